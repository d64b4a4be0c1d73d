/*
 * Days of the proleptic Gregorian calendar, and what a date in another notation may have meant.
 * Knows no time zone, no clock and no locale.
 */
#include <contplan/base.h>

#include <assert.h>

#include "ascii.h"

enum {
    FIRST_YEAR = 1900,
    LAST_YEAR = 9999,
    EPOCH_OFFSET = 719468, /* days from 0000-03-01 to 1970-01-01 */
    DAYS_PER_ERA = 146097, /* 400 years */
    LARGEST_SHIFT = 12 * 20000,
};

static unsigned days_in_month(int year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && is_leap ? 1U : 0U);
}

/* Years are counted from March, so that the leap day is the last of its year; 153 days are five
 * months, whichever of them. */
struct cp_date cp_date_of(int year, unsigned month, unsigned day)
{
    assert(month >= 1 && month <= 12 && day >= 1 && day <= 31);
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int months_from_march = (int)(month + 9) % 12;
    int day_of_year = (153 * months_from_march + 2) / 5 + (int)day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (struct cp_date){era * DAYS_PER_ERA + day_of_era - EPOCH_OFFSET};
}

void cp_date_split(struct cp_date date, int *year, unsigned *month, unsigned *day)
{
    int64_t days = (int64_t)date.days + EPOCH_OFFSET;
    int era = (int)((days >= 0 ? days : days - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA);
    int day_of_era = (int)(days - (int64_t)era * DAYS_PER_ERA);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_PER_ERA - 1)) /
        365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int months_from_march = (5 * day_of_year + 2) / 153;
    *day = (unsigned)(day_of_year - (153 * months_from_march + 2) / 5 + 1);
    *month = (unsigned)((months_from_march + 2) % 12 + 1);
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

static bool is_day(int year, unsigned month, unsigned day)
{
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* The value of `len` digits (at most 4) at `at`, or -1. */
static int read_digits(const char *at, size_t len)
{
    int value = 0;
    for (size_t i = 0; i < len; i++) {
        if (!cp_is_digit(at[i])) {
            return -1;
        }
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

bool cp_date_parse(struct cp_date *out, struct cp_str s)
{
    if (s.len != 10 || s.at[4] != '-' || s.at[7] != '-') {
        return false;
    }
    int year = read_digits(s.at, 4);
    int month = read_digits(s.at + 5, 2);
    int day = read_digits(s.at + 8, 2);
    if (month < 0 || day < 0 || !is_day(year, (unsigned)month, (unsigned)day)) {
        return false;
    }
    *out = cp_date_of(year, (unsigned)month, (unsigned)day);
    return true;
}

void cp_date_put(struct cp_buf *out, struct cp_date date)
{
    int year;
    unsigned month;
    unsigned day;
    cp_date_split(date, &year, &month, &day);
    cp_buf_printf(out, "%04d-%02u-%02u", year, month, day);
}

struct cp_date cp_date_add_months(struct cp_date date, int32_t months)
{
    assert(months >= -LARGEST_SHIFT && months <= LARGEST_SHIFT);
    int year;
    unsigned month;
    unsigned day;
    cp_date_split(date, &year, &month, &day);
    int since_zero = year * 12 + (int)month - 1 + months;
    int of_year = since_zero % 12;
    of_year = of_year < 0 ? of_year + 12 : of_year;
    year = (since_zero - of_year) / 12;
    month = (unsigned)of_year + 1;
    unsigned last = days_in_month(year, month);
    return cp_date_of(year, month, day < last ? day : last);
}

/* 1970-01-01 was a Thursday. */
unsigned cp_date_weekday(struct cp_date date)
{
    int64_t since_monday = ((int64_t)date.days + 3) % 7;
    return (unsigned)(since_monday < 0 ? since_monday + 7 : since_monday);
}

/* ---- readings ------------------------------------------------------------------------------ */

/* A number with its digits, or a month by name (digits 0). */
struct token {
    int value;
    size_t digits;
};

static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};

/* The month whose name (or its beginning, of three letters or more) `word` is, or 0. */
static int find_month(struct cp_str word)
{
    for (int i = 0; word.len >= 3 && i < 12; i++) {
        struct cp_str name = cp_str_slice(cp_str_of(month_names[i]), 0, word.len);
        if (cp_str_is_equal_folded(word, name)) {
            return i + 1;
        }
    }
    return 0;
}

static bool is_ordinal(struct cp_str word)
{
    return cp_str_is_equal_folded(word, CP_STR("st")) ||
           cp_str_is_equal_folded(word, CP_STR("nd")) ||
           cp_str_is_equal_folded(word, CP_STR("rd")) || cp_str_is_equal_folded(word, CP_STR("th"));
}

static size_t run_of(struct cp_str s, bool (*is_member)(char))
{
    size_t len = 0;
    while (len < s.len && is_member(s.at[len])) {
        len++;
    }
    return len;
}

static bool is_separator(char c)
{
    return cp_is_blank(c) || c == '/' || c == '.' || c == '-' || c == ',';
}

/* Reads one token from the front of `*rest`. False where it is neither number nor month. */
static bool read_token(struct token *out, struct cp_str *rest)
{
    size_t digits = run_of(*rest, cp_is_digit);
    struct cp_str word = cp_str_slice(*rest, digits, rest->len);
    word.len = run_of(word, is_letter);
    *rest = cp_str_slice(*rest, digits + word.len, rest->len);
    if (digits > 0) {
        *out = (struct token){digits <= 4 ? read_digits(word.at - digits, digits) : 0, digits};
        return digits <= 4 && (word.len == 0 || is_ordinal(word));
    }
    *out = (struct token){find_month(word), 0};
    return out->value > 0;
}

/* Reads exactly three tokens. */
static bool read_tokens(struct token out[3], struct cp_str s)
{
    for (size_t i = 0; i < 3; i++) {
        if (s.len == 0 || !read_token(&out[i], &s)) {
            return false;
        }
        size_t gap = run_of(s, is_separator);
        if (gap == 0 && s.len > 0) {
            return false;
        }
        s = cp_str_slice(s, gap, s.len);
    }
    return s.len == 0;
}

/* Adds the reading where it is a day and not there yet. */
static size_t add_reading(struct cp_date out[CP_DATE_READINGS], size_t count, struct token year,
                          struct token month, struct token day)
{
    int full_year = year.digits == 2 ? 2000 + year.value : year.value;
    bool fits = (year.digits == 2 || year.digits == 4) && month.digits <= 2 &&
                (day.digits == 1 || day.digits == 2);
    if (!fits || !is_day(full_year, (unsigned)month.value, (unsigned)day.value)) {
        return count;
    }
    struct cp_date date = cp_date_of(full_year, (unsigned)month.value, (unsigned)day.value);
    for (size_t i = 0; i < count; i++) {
        if (out[i].days == date.days) {
            return count;
        }
    }
    out[count] = date;
    return count + 1;
}

size_t cp_date_readings(struct cp_date out[CP_DATE_READINGS], struct cp_str s)
{
    struct token t[3];
    s = cp_str_trim(s);
    /* A time of day behind the date: 2025-11-25T09:00, 2025-11-25 09:00. */
    if (s.len > 10 && (s.at[10] == 'T' || s.at[10] == ' ') &&
        cp_date_parse(&out[0], cp_str_slice(s, 0, 10))) {
        return 1;
    }
    if (!read_tokens(t, s)) {
        return 0;
    }
    if (t[0].digits == 0) {
        return add_reading(out, 0, t[2], t[0], t[1]);
    }
    if (t[0].digits == 4) {
        return add_reading(out, 0, t[0], t[1], t[2]);
    }
    size_t count = add_reading(out, 0, t[2], t[1], t[0]);
    if (t[1].digits > 0) {
        count = add_reading(out, count, t[2], t[0], t[1]);
        count = t[0].digits == 2 ? add_reading(out, count, t[0], t[1], t[2]) : count;
    }
    return count;
}
