/*
 * What a length of time may have meant that cannot be read as one: offered, never taken. Knows no
 * field.
 */
#include "decode.h"

#include <string.h>

enum { TEXT_BYTES = 40 };

struct word {
    const char *word, *means;
};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whole phrases. */
static const char *find_phrase(struct cp_str text)
{
    static const struct word phrases[] = {
        {"hourly", "1h"},        {"daily", "1d"},         {"nightly", "1d"},
        {"weekly", "1w"},        {"fortnightly", "2w"},   {"monthly", "1mo"},
        {"quarterly", "3mo"},    {"half-yearly", "6mo"},  {"twice a year", "6mo"},
        {"twice yearly", "6mo"}, {"twice a day", "12h"},  {"twice daily", "12h"},
        {"yearly", "1y"},        {"annually", "1y"},      {"once a year", "1y"},
        {"every year", "1y"},    {"every month", "1mo"},  {"every week", "1w"},
        {"every day", "1d"},     {"every night", "1d"},   {"every hour", "1h"},
        {"half a day", "12h"},   {"half an hour", "30m"}, {"half a year", "6mo"},
        {"zero", "0"},           {"immediately", "0"},    {"at once", "0"},
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (cp_str_is(text, phrases[i].word)) {
            return phrases[i].means;
        }
    }
    return NULL;
}

/* `<6h`, `max. 6h`, `up to six hours`: the length behind. */
static struct cp_str skip_limit(struct cp_str text)
{
    static const char *const limits[] = {
        "<=",      "<",      "\xe2\x89\xa4", "max. ",  "max ",     "up to ", "at most ",
        "within ", "under ", "every ",       "about ", "approx. ", "~",      "ca. "};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (cp_str_has_prefix(text, limits[i])) {
            return cp_str_trim(cp_str_slice(text, strlen(limits[i]), SIZE_MAX));
        }
    }
    return text;
}

/* `six hours`, `a day`: with a number in figures. */
static bool read_words(struct cp_duration *out, struct cp_str text)
{
    static const struct word numbers[] = {
        {"a", "1"},    {"an", "1"},   {"one", "1"},     {"two", "2"},          {"three", "3"},
        {"four", "4"}, {"five", "5"}, {"six", "6"},     {"seven", "7"},        {"eight", "8"},
        {"nine", "9"}, {"ten", "10"}, {"twelve", "12"}, {"twenty-four", "24"},
    };
    size_t blank = cp_str_find(text, CP_STR(" "));
    for (size_t i = 0; blank != SIZE_MAX && i < sizeof numbers / sizeof *numbers; i++) {
        if (cp_str_is(cp_str_slice(text, 0, blank), numbers[i].word)) {
            struct cp_buf figures;
            cp_buf_init(&figures);
            cp_buf_puts(&figures, numbers[i].means);
            cp_buf_put(&figures, cp_str_slice(text, blank, SIZE_MAX));
            bool is_read = cp_duration_parse(out, cp_buf_str(&figures)) == CP_DURATION_OK;
            cp_buf_release(&figures);
            return is_read;
        }
    }
    return false;
}

/* The digits from `*at` on, at most four of them; false where there are none or more. */
static bool read_digits(int64_t *out, struct cp_str text, size_t *at)
{
    size_t from = *at;
    *out = 0;
    while (*at < text.len && cp_is_digit(text.at[*at])) {
        *out = *out * 10 + (text.at[(*at)++] - '0');
    }
    return *at > from && *at - from <= 4;
}

/* `06:00` and `6:30:00` as hours, minutes and seconds. */
static bool read_clock(struct cp_duration *out, struct cp_str text)
{
    int64_t parts[3] = {0};
    size_t at = 0;
    size_t count = 0;
    while (count < 3 && read_digits(&parts[count], text, &at)) {
        count++;
        if (at == text.len || text.at[at] != ':') {
            break;
        }
        at++;
    }
    *out = (struct cp_duration){.seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]};
    return at == text.len && count > 1 && parts[1] < 60 && parts[2] < 60;
}

/* `4.5h`, `1,5 days`: a number with tenths. */
static bool read_tenths(struct cp_duration *out, struct cp_str text)
{
    static const struct {
        const char *units[3];
        int64_t seconds;
    } rows[] = {{{"m", "min", "minutes"}, 60},
                {{"h", "hour", "hours"}, 3600},
                {{"d", "day", "days"}, 86400}};
    int64_t whole;
    int64_t tenth;
    size_t at = 0;
    bool is_number = read_digits(&whole, text, &at) && at < text.len && strchr(".,", text.at[at]);
    size_t from = ++at;
    is_number = is_number && read_digits(&tenth, text, &at) && at - from == 1;
    struct cp_str unit = cp_str_trim(cp_str_slice(text, at, SIZE_MAX));
    for (size_t i = 0; is_number && i < 9; i++) {
        if (cp_str_is(unit, rows[i / 3].units[i % 3])) {
            *out = (struct cp_duration){.seconds = rows[i / 3].seconds * (10 * whole + tenth) / 10};
            return true;
        }
    }
    return false;
}

/* In small letters, for as long as `bytes` is there; empty where there is no room. */
static struct cp_str fold(char bytes[TEXT_BYTES], struct cp_str text)
{
    if (text.len == 0 || text.len > TEXT_BYTES || memchr(text.at, '\0', text.len)) {
        return (struct cp_str){0};
    }
    for (size_t i = 0; i < text.len; i++) {
        bytes[i] = lower(text.at[i]);
    }
    return (struct cp_str){bytes, text.len};
}

/* `6M` is six months to some, and six minutes to others. */
static bool has_lone_m(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char next = i + 1 < text.len ? lower(text.at[i + 1]) : ' ';
        if (text.at[i] == 'M' && (next < 'a' || next > 'z')) {
            return true;
        }
    }
    return false;
}

bool cp_length_is_certain(struct cp_str text)
{
    char bytes[TEXT_BYTES];
    struct cp_duration read;
    struct cp_str folded = fold(bytes, cp_str_trim(text));
    return folded.len > 0 && !has_lone_m(text) &&
           (cp_duration_parse(&read, folded) == CP_DURATION_OK || read_words(&read, folded) ||
            read_tenths(&read, folded));
}

bool cp_length_guess(struct cp_duration *out, struct cp_str text)
{
    char bytes[TEXT_BYTES];
    struct cp_str folded = fold(bytes, cp_str_trim(text));
    if (folded.len == 0) {
        return false;
    }
    const char *phrase = find_phrase(folded);
    folded = skip_limit(folded);
    phrase = phrase ? phrase : find_phrase(folded);
    if (phrase) {
        return cp_duration_parse(out, cp_str_of(phrase)) == CP_DURATION_OK;
    }
    return cp_duration_parse(out, folded) == CP_DURATION_OK || read_words(out, folded) ||
           read_clock(out, folded) || read_tenths(out, folded);
}
