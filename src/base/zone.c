/*
 * Time zones: from instants to what clocks show and back, and times as people write them. The
 * table of changes comes from tzif.c. Knows neither the process's zone nor the time it is.
 */
#include <contplan/base.h>

#include "ascii.h"

enum { DAY_SECONDS = 24 * 60 * 60, LARGEST_OFFSET = 26 * 60 * 60 };

static const int64_t cycle = INT64_C(146097) * DAY_SECONDS; /* 400 years */

/* a + b, stopped at the ends. */
static int64_t plus(int64_t a, int64_t b)
{
    int64_t sum;
    return cp_add(&sum, a, b) ? sum : a < 0 ? INT64_MIN : INT64_MAX;
}

/* The number of changes at or before `at`. */
static size_t count_until(const struct cp_zone *zone, int64_t at)
{
    size_t low = 0;
    size_t high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].at <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

struct cp_zone_stretch cp_zone_find(const struct cp_zone *zone, int64_t at)
{
    int64_t shift = 0;
    if (zone->repeats_from != 0 && at >= zone->repeats_from) {
        shift = (at - zone->repeats_from) / cycle * cycle;
    }
    size_t next = count_until(zone, at - shift);
    return (struct cp_zone_stretch){
        .from = next > 0 ? zone->changes[next - 1].at + shift : INT64_MIN,
        .to = next < zone->count ? plus(zone->changes[next].at, shift) : INT64_MAX,
        .offset = next > 0 ? zone->changes[next - 1].offset : zone->first,
    };
}

int64_t cp_zone_local(const struct cp_zone *zone, int64_t at)
{
    return plus(at, cp_zone_find(zone, at).offset);
}

/* Days and seconds of the day since 1970-01-01 00:00. */
static int64_t split(int64_t *seconds, int64_t local)
{
    bool is_back = local % DAY_SECONDS < 0;
    *seconds = local % DAY_SECONDS + (is_back ? DAY_SECONDS : 0);
    return local / DAY_SECONDS - (is_back ? 1 : 0);
}

static struct cp_date date_of(int64_t days)
{
    return (struct cp_date){(int32_t)(days < INT32_MIN   ? INT32_MIN
                                      : days > INT32_MAX ? INT32_MAX
                                                         : days)};
}

struct cp_date cp_zone_date(const struct cp_zone *zone, int64_t at)
{
    int64_t seconds;
    return date_of(split(&seconds, cp_zone_local(zone, at)));
}

/* Looks at one stretch after the other: in the first that reaches so far, the time is shown for the
 * first time; before a stretch that begins later than that, it is skipped. */
int64_t cp_zone_instant(const struct cp_zone *zone, int64_t local)
{
    struct cp_zone_stretch stretch = cp_zone_find(zone, plus(local, -LARGEST_OFFSET));
    for (;;) {
        int64_t at = plus(local, -(int64_t)stretch.offset);
        if (at < stretch.to || stretch.to == INT64_MAX) {
            return at;
        }
        struct cp_zone_stretch next = cp_zone_find(zone, stretch.to);
        if (plus(local, -(int64_t)next.offset) < next.from) {
            return at;
        }
        stretch = next;
    }
}

/* ---- times as they are written ------------------------------------------------------------- */

/* Reads two digits up to `most` from the front of `*rest`, behind `mark` where it is not 0. */
static bool take_number(int *out, struct cp_str *rest, char mark, int most)
{
    struct cp_str s = *rest;
    if (mark && s.len > 0) {
        if (s.at[0] != mark) {
            return false;
        }
        s = cp_str_slice(s, 1, s.len);
    }
    if (s.len < 2 || !cp_is_digit(s.at[0]) || !cp_is_digit(s.at[1])) {
        return false;
    }
    *out = (s.at[0] - '0') * 10 + (s.at[1] - '0');
    *rest = cp_str_slice(s, 2, s.len);
    return *out <= most;
}

/* `01:30` or `01:30:15`, and what of `*rest` stands behind it. */
static bool take_clock(int64_t *seconds, struct cp_str *rest)
{
    int hour;
    int minute;
    int second = 0;
    if (!take_number(&hour, rest, 0, 23) || !take_number(&minute, rest, ':', 59) ||
        (rest->len > 0 && rest->at[0] == ':' && !take_number(&second, rest, ':', 59))) {
        return false;
    }
    *seconds = ((int64_t)hour * 60 + minute) * 60 + second;
    return true;
}

/* `Z`, `+01:00`, or nothing. */
static bool parse_offset(struct cp_time *time, struct cp_str s)
{
    int hours;
    int minutes;
    if (s.len == 0) {
        return true;
    }
    char sign = s.at[0];
    time->has_offset = true;
    s = cp_str_slice(s, 1, s.len);
    if (sign == 'Z' || sign == 'z') {
        return s.len == 0;
    }
    if ((sign != '+' && sign != '-') || !take_number(&hours, &s, 0, 23) ||
        !take_number(&minutes, &s, ':', 59) || s.len > 0) {
        return false;
    }
    time->offset = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
    return true;
}

bool cp_time_parse(struct cp_time *out, struct cp_str s)
{
    enum { DATE_LENGTH = 10 };
    struct cp_date date;
    struct cp_time time = {0};
    int64_t seconds = 0;
    if (!cp_date_parse(&date, cp_str_slice(s, 0, DATE_LENGTH))) {
        return false;
    }
    struct cp_str rest = cp_str_slice(s, DATE_LENGTH, s.len);
    if (rest.len > 0) {
        bool is_marked = rest.at[0] == 'T' || rest.at[0] == 't' || rest.at[0] == ' ';
        rest = cp_str_slice(rest, 1, rest.len);
        if (!is_marked || !take_clock(&seconds, &rest) || !parse_offset(&time, rest)) {
            return false;
        }
    }
    time.local = (int64_t)date.days * DAY_SECONDS + seconds;
    *out = time;
    return true;
}

int64_t cp_time_instant(struct cp_time time, const struct cp_zone *zone)
{
    return time.has_offset ? time.local - time.offset : cp_zone_instant(zone, time.local);
}

void cp_time_put(struct cp_buf *out, const struct cp_zone *zone, int64_t at)
{
    int32_t offset = cp_zone_find(zone, at).offset;
    offset = offset % 60 == 0 ? offset : 0;
    int64_t seconds;
    struct cp_date date = date_of(split(&seconds, plus(at, offset)));
    cp_date_put(out, date);
    cp_buf_printf(out, "T%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                  (int)(seconds % 60));
    if (offset == 0) {
        cp_buf_putc(out, 'Z');
        return;
    }
    int minutes = (offset < 0 ? -offset : offset) / 60;
    cp_buf_printf(out, "%c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}
