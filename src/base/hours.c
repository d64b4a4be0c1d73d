/*
 * Opening hours: reading and writing entries of a week. Knows no date, holiday or time zone; the
 * calendar does.
 */
#include <contplan/base.h>

#include "ascii.h"

enum { DAYS = 7, EVERY_DAY = 0x7f, MINUTES = 24 * 60 };

static const char *const day_names[DAYS] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/* Moves `*rest` behind the terminated `text`; false where it does not start with it. */
static bool take(struct cp_str *rest, const char *text)
{
    struct cp_str expected = cp_str_of(text);
    if (!cp_str_is_equal_folded(cp_str_slice(*rest, 0, expected.len), expected)) {
        return false;
    }
    *rest = cp_str_slice(*rest, expected.len, rest->len);
    return true;
}

static void skip_blanks(struct cp_str *rest)
{
    while (rest->len > 0 && cp_is_blank(rest->at[0])) {
        *rest = cp_str_slice(*rest, 1, rest->len);
    }
}

static bool take_day(unsigned *out, struct cp_str *rest)
{
    for (unsigned day = 0; day < DAYS; day++) {
        if (take(rest, day_names[day])) {
            *out = day;
            return true;
        }
    }
    return false;
}

/* `Mon` or `Mon-Fri`; `Fri-Mon` goes round the end of the week. */
static bool take_days_range(uint8_t *days, struct cp_str *rest)
{
    unsigned first;
    if (!take_day(&first, rest)) {
        return false;
    }
    unsigned last = first;
    if (take(rest, "-") && !take_day(&last, rest)) {
        return false;
    }
    for (unsigned day = first; day != last; day = (day + 1) % DAYS) {
        *days = (uint8_t)(*days | 1U << day);
    }
    *days = (uint8_t)(*days | 1U << last);
    return true;
}

static bool take_days(uint8_t *days, struct cp_str *rest)
{
    *days = 0;
    do {
        skip_blanks(rest);
        if (!take_days_range(days, rest)) {
            return false;
        }
    } while (take(rest, ","));
    return true;
}

/* `08:00`; `24:00` is the end of the day. */
static bool take_time(uint16_t *minutes, struct cp_str *rest)
{
    struct cp_str s = cp_str_slice(*rest, 0, 5);
    if (s.len < 5 || s.at[2] != ':' || !cp_is_digit(s.at[0]) || !cp_is_digit(s.at[1]) ||
        !cp_is_digit(s.at[3]) || !cp_is_digit(s.at[4])) {
        return false;
    }
    unsigned hour = (unsigned)((s.at[0] - '0') * 10 + (s.at[1] - '0'));
    unsigned minute = (unsigned)((s.at[3] - '0') * 10 + (s.at[4] - '0'));
    *minutes = (uint16_t)(hour * 60 + minute);
    *rest = cp_str_slice(*rest, 5, rest->len);
    return minute < 60 && *minutes <= MINUTES;
}

static bool parse_span(struct cp_hours_span *out, struct cp_str s)
{
    if (!take_days(&out->days, &s) || s.len == 0 || !cp_is_blank(s.at[0])) {
        return false;
    }
    skip_blanks(&s);
    if (!take_time(&out->from, &s)) {
        return false;
    }
    skip_blanks(&s);
    if (!take(&s, "-")) {
        return false;
    }
    skip_blanks(&s);
    return take_time(&out->to, &s) && s.len == 0 && out->from < out->to;
}

static bool overlaps(const struct cp_hours *hours, struct cp_hours_span span)
{
    for (size_t i = 0; i < hours->count; i++) {
        const struct cp_hours_span *other = &hours->spans[i];
        if ((other->days & span.days) && other->from < span.to && span.from < other->to) {
            return true;
        }
    }
    return false;
}

/* `24x7` and `office` say it all: they stand alone. */
static bool set_whole(struct cp_hours *hours, enum cp_hours_kind kind)
{
    if (hours->count > 0) {
        return false;
    }
    *hours = (struct cp_hours){.kind = kind, .count = 1};
    if (kind == CP_HOURS_ALWAYS) {
        hours->spans[0] = (struct cp_hours_span){EVERY_DAY, 0, MINUTES};
    }
    return true;
}

bool cp_hours_add(struct cp_hours *hours, struct cp_str s)
{
    s = cp_str_trim(s);
    if (cp_str_is_equal_folded(s, CP_STR("24x7"))) {
        return set_whole(hours, CP_HOURS_ALWAYS);
    }
    if (cp_str_is_equal_folded(s, CP_STR("office"))) {
        return set_whole(hours, CP_HOURS_OFFICE);
    }
    struct cp_hours_span span;
    bool is_open = hours->count == 0 || hours->kind == CP_HOURS_WEEKLY;
    if (!is_open || hours->count == CP_HOURS_SPANS || !parse_span(&span, s) ||
        overlaps(hours, span)) {
        return false;
    }
    hours->kind = CP_HOURS_WEEKLY;
    hours->spans[hours->count++] = span;
    return true;
}

/* Runs of days as `Mon-Fri`, others after commas. */
static void put_days(struct cp_buf *out, uint8_t days)
{
    const char *separator = "";
    for (unsigned first = 0; first < DAYS; first++) {
        if (!(days & 1U << first)) {
            continue;
        }
        unsigned last = first;
        while (last + 1 < DAYS && (days & 1U << (last + 1))) {
            last++;
        }
        cp_buf_printf(out, "%s%s", separator, day_names[first]);
        if (last > first) {
            cp_buf_printf(out, "-%s", day_names[last]);
        }
        separator = ",";
        first = last;
    }
}

void cp_hours_put(struct cp_buf *out, const struct cp_hours *hours)
{
    if (hours->kind != CP_HOURS_WEEKLY) {
        cp_buf_puts(out, hours->kind == CP_HOURS_ALWAYS ? "24x7" : "office");
        return;
    }
    for (size_t i = 0; i < hours->count; i++) {
        const struct cp_hours_span *span = &hours->spans[i];
        cp_buf_puts(out, i > 0 ? ", " : "");
        put_days(out, span->days);
        cp_buf_printf(out, " %02d:%02d-%02d:%02d", span->from / 60, span->from % 60, span->to / 60,
                      span->to % 60);
    }
}

unsigned cp_hours_longest_day(const struct cp_hours *hours)
{
    unsigned longest = 0;
    for (unsigned day = 0; hours->kind == CP_HOURS_WEEKLY && day < DAYS; day++) {
        unsigned minutes = 0;
        for (size_t i = 0; i < hours->count; i++) {
            const struct cp_hours_span *span = &hours->spans[i];
            minutes += span->days & 1U << day ? (unsigned)(span->to - span->from) : 0;
        }
        longest = minutes > longest ? minutes : longest;
    }
    return longest;
}
