/* Working time on real calendars: against a walk minute by minute, and cases worked out by hand. */
#include "suites.h"

#include <contplan/analysis.h>

enum { MINUTE = 60, HOUR = 3600, DAY = 24 * HOUR };

/* A portfolio's calendar and somebody's hours on it. */
struct desk {
    struct cp_arena arena;
    struct cp_portfolio portfolio;
    struct cp_almanac almanac;
    struct cp_hours hours;
    struct cp_worktime worktime;
    struct cp_day holidays[4];
};

struct desk_row {
    const char *zone, *hours[3], *office, *holidays[4];
};

static void add_hours(struct cp_hours *hours, const char *text)
{
    ck_assert_msg(!text || cp_hours_add(hours, cp_str_of(text)), "%s", text);
}

/* Takes the time zone data of the system; `hours` none: nothing is stated. */
static void desk_init(struct desk *out, const struct desk_row *row)
{
    struct cp_zone zone;
    struct cp_error error;
    *out = (struct desk){0};
    cp_arena_init(&out->arena);
    cp_portfolio_init(&out->portfolio);
    struct cp_calendar *calendar = &out->portfolio.config.calendar;
    ck_assert_msg(cp_zone_load(&zone, NULL, cp_str_of(row->zone), &out->arena, &error) == 0, "%s",
                  error.text);
    if (row->office) {
        calendar->leaf.state = calendar->hours.leaf.state = CP_SET;
        add_hours(&calendar->hours.hours, row->office);
    }
    calendar->holidays.items = out->holidays;
    for (size_t i = 0; i < 4 && row->holidays[i]; i++) {
        out->holidays[i].leaf.state = CP_SET;
        ck_assert(cp_date_parse(&out->holidays[i].date, cp_str_of(row->holidays[i])));
        calendar->holidays.count = i + 1;
    }
    for (size_t i = 0; i < 3; i++) {
        add_hours(&out->hours, row->hours[i]);
    }
    cp_almanac_init(&out->almanac, &out->portfolio, zone, &out->arena);
    cp_worktime_init(&out->worktime, &out->almanac, &out->hours, &out->arena);
}

static void desk_release(struct desk *desk)
{
    desk->portfolio.config.calendar.holidays.count = 0;
    desk->portfolio.config.calendar.holidays.items = NULL;
    cp_portfolio_release(&desk->portfolio);
    cp_arena_release(&desk->arena);
}

static int64_t at(const struct desk *desk, const char *text)
{
    struct cp_time time = {0};
    ck_assert_msg(cp_time_parse(&time, cp_str_of(text)), "%s", text);
    return cp_time_instant(time, &desk->almanac.zone);
}

static void assert_time(const struct desk *desk, int64_t found, const char *expected,
                        const char *what)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_time_put(&buf, &desk->almanac.zone, found);
    ck_assert_msg(found == at(desk, expected), "%s: %s instead of %s", what, buf.at, expected);
    cp_buf_release(&buf);
}

/* ---- by hand ------------------------------------------------------------------------------- */

#define LONDON .zone = "Europe/London", .hours = {"Mon-Fri 09:00-17:00"}

static const struct {
    struct desk_row desk;
    const char *start;
    int64_t work;
    const char *next, *end;
} work_rows[] = {
    {{LONDON, .office = NULL},
     "2026-11-23T10:00",
     2 * HOUR,
     "2026-11-23T10:00",
     "2026-11-23T12:00"},
    /* the closing minute, not the next opening; one second more is tomorrow's */
    {{LONDON, .office = NULL},
     "2026-11-23T10:00",
     7 * HOUR,
     "2026-11-23T10:00",
     "2026-11-23T17:00"},
    {{LONDON, .office = NULL},
     "2026-11-23T10:00",
     7 * HOUR + 1,
     "2026-11-23T10:00",
     "2026-11-24T09:00:01"},
    {{LONDON, .office = NULL}, "2026-11-23T17:00", 1, "2026-11-24T09:00", "2026-11-24T09:00:01"},
    {{LONDON, .office = NULL}, "2026-11-23T16:59:59", 1, "2026-11-23T16:59:59", "2026-11-23T17:00"},
    {{LONDON, .office = NULL},
     "2026-11-20T17:00",
     7 * 8 * HOUR,
     "2026-11-23T09:00",
     "2026-12-01T17:00"},
    {{LONDON, .office = NULL}, "2026-11-23T20:00", 0, "2026-11-24T09:00", "2026-11-24T09:00"},
    /* over the changes of March (Sunday the 29th) and October (Sunday the 25th) */
    {{LONDON, .office = NULL},
     "2026-03-27T16:00",
     2 * HOUR,
     "2026-03-27T16:00",
     "2026-03-30T10:00"},
    {{LONDON, .office = NULL},
     "2026-10-23T16:00",
     2 * HOUR,
     "2026-10-23T16:00",
     "2026-10-26T10:00"},
    /* Christmas 2026: Friday and Monday are holidays */
    {{LONDON, .holidays = {"2026-12-25", "2026-12-28"}},
     "2026-12-24T16:00",
     2 * HOUR,
     "2026-12-24T16:00",
     "2026-12-29T10:00"},
    {{LONDON, .holidays = {"2026-12-28", "2026-12-25", "2026-12-26", "2026-12-25"}},
     "2026-12-25T12:00",
     8 * HOUR,
     "2026-12-29T09:00",
     "2026-12-29T17:00"},
    /* a night of 7 hours, and one of 9: 01:00 to 02:00 is skipped, or worked twice */
    {{.zone = "Europe/London", .hours = {"Sun 00:00-08:00"}},
     "2026-03-29T00:00",
     7 * HOUR,
     "2026-03-29T00:00",
     "2026-03-29T08:00"},
    {{.zone = "Europe/London", .hours = {"Sun 00:00-08:00"}},
     "2026-10-25T00:00",
     9 * HOUR,
     "2026-10-25T00:00",
     "2026-10-25T08:00"},
    /* hours that the clock skips altogether; and nobody's half hour of them */
    {{.zone = "Europe/London", .hours = {"Sun 01:00-02:00"}},
     "2026-03-28T12:00",
     HOUR,
     "2026-04-05T01:00",
     "2026-04-05T02:00"},
    {{.zone = "Europe/London", .hours = {"Sun 01:30-03:00"}},
     "2026-03-28T12:00",
     HOUR,
     "2026-03-29T02:00",
     "2026-03-29T03:00"},
    {{.zone = "Europe/London", .hours = {"Sun 01:00-01:30"}},
     "2026-10-25T00:00",
     HOUR,
     "2026-10-25T01:00+01:00",
     "2026-10-25T01:30+00:00"},
    /* half an hour of Lord Howe: 02:00 to 02:30 is skipped, 01:30 to 02:00 comes twice */
    {{.zone = "Australia/Lord_Howe", .hours = {"Mon-Sun 00:00-04:00"}},
     "2026-10-04T00:00",
     3 * HOUR + 30 * MINUTE,
     "2026-10-04T00:00",
     "2026-10-04T04:00"},
    {{.zone = "Australia/Lord_Howe", .hours = {"Mon-Sun 00:00-04:00"}},
     "2026-04-05T00:00",
     4 * HOUR + 30 * MINUTE,
     "2026-04-05T00:00",
     "2026-04-05T04:00"},
    /* the south: clocks go back in April */
    {{.zone = "Australia/Sydney", .hours = {"Mon-Fri 09:00-17:00"}},
     "2026-04-03T16:00",
     2 * HOUR,
     "2026-04-03T16:00",
     "2026-04-06T10:00"},
    {{.zone = "Australia/Sydney", .hours = {"Mon-Sun 00:00-24:00"}},
     "2026-04-05T00:00",
     25 * HOUR,
     "2026-04-05T00:00",
     "2026-04-06T00:00"},
    /* over midnight: the second half is the next day's */
    {{.zone = "Europe/Amsterdam", .hours = {"Mon-Thu 22:00-24:00", "Tue-Fri 00:00-06:00"}},
     "2026-11-23T20:00",
     8 * HOUR,
     "2026-11-23T22:00",
     "2026-11-24T06:00"},
    {{.zone = "Europe/Amsterdam", .hours = {"Mon-Thu 22:00-24:00", "Tue-Fri 00:00-06:00"}},
     "2026-11-27T05:00",
     2 * HOUR,
     "2026-11-27T05:00",
     "2026-11-30T23:00"},
    {{.zone = "Europe/Amsterdam",
      .hours = {"Mon-Thu 22:00-24:00", "Tue-Fri 00:00-06:00"},
      .holidays = {"2026-11-24"}},
     "2026-11-23T22:00",
     3 * HOUR,
     "2026-11-23T22:00",
     "2026-11-25T01:00"},
    /* holidays do not close 24x7, but all other hours, be they of the whole week */
    {{.zone = "Europe/London", .hours = {"24x7"}, .holidays = {"2026-12-25"}},
     "2026-12-25T00:00",
     DAY,
     "2026-12-25T00:00",
     "2026-12-26T00:00"},
    {{.zone = "Europe/London", .hours = {"Mon-Sun 00:00-24:00"}, .holidays = {"2026-12-25"}},
     "2026-12-25T00:00",
     DAY,
     "2026-12-26T00:00",
     "2026-12-27T00:00"},
    /* spans that touch are one, in whatever order they stand */
    {{.zone = "UTC", .hours = {"Mon 12:00-14:00", "Mon 09:00-12:00"}},
     "2026-11-23T09:00",
     5 * HOUR,
     "2026-11-23T09:00",
     "2026-11-23T14:00"},
    /* 8,000 working hours: 200 weeks */
    {{LONDON, .office = NULL},
     "2026-11-23T09:00",
     8000 * HOUR,
     "2026-11-23T09:00",
     "2030-09-20T17:00"},
};

START_TEST(work_ends_where_a_person_would_say)
{
    for (size_t i = 0; i < sizeof work_rows / sizeof work_rows[0]; i++) {
        struct desk desk;
        char what[32];
        int64_t found;
        snprintf(what, sizeof what, "row %zu", i);
        desk_init(&desk, &work_rows[i].desk);
        int64_t start = at(&desk, work_rows[i].start);
        ck_assert(cp_worktime_next(&found, &desk.worktime, start));
        assert_time(&desk, found, work_rows[i].next, what);
        ck_assert(cp_worktime_end(&found, &desk.worktime, start, work_rows[i].work));
        assert_time(&desk, found, work_rows[i].end, what);
        ck_assert(cp_worktime_between(&found, &desk.worktime, start, found));
        ck_assert_msg(found == work_rows[i].work, "%s: %lld between", what, (long long)found);
        desk_release(&desk);
    }
}
END_TEST

START_TEST(office_is_the_calendars)
{
    static const struct {
        struct desk_row desk;
        const char *end; /* of an hour from Monday 00:00 */
        bool is_assumed;
    } rows[] = {
        {{.zone = "Europe/London", .hours = {"office"}, .office = "Mon-Fri 08:00-16:00"},
         "2026-11-23T09:00",
         false},
        {{.zone = "Europe/London", .hours = {NULL}, .office = "Mon-Fri 08:00-16:00"},
         "2026-11-23T09:00",
         false},
        {{.zone = "UTC", .hours = {"office"}}, "2026-11-23T10:00", true},
        {{.zone = "UTC", .hours = {NULL}}, "2026-11-23T10:00", true},
        {{.zone = "UTC", .hours = {"Mon-Fri 10:00-12:00"}}, "2026-11-23T11:00", false},
        {{.zone = "UTC", .hours = {"office"}, .office = "24x7", .holidays = {"2026-11-23"}},
         "2026-11-23T01:00",
         false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct desk desk;
        int64_t found;
        desk_init(&desk, &rows[i].desk);
        ck_assert(desk.worktime.is_known);
        ck_assert(desk.worktime.is_assumed == rows[i].is_assumed);
        ck_assert(cp_worktime_end(&found, &desk.worktime, at(&desk, "2026-11-23T00:00"), HOUR));
        assert_time(&desk, found, rows[i].end, "office");
        desk_release(&desk);
    }
}
END_TEST

START_TEST(hours_that_are_not_known_answer_nothing)
{
    static const enum cp_state states[] = {CP_UNKNOWN, CP_BROKEN, CP_NOT_APPLICABLE};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        struct desk desk;
        struct cp_worktime worktime;
        struct cp_hours own = {0};
        int64_t found = 7;
        desk_init(&desk,
                  &(struct desk_row){.zone = "UTC", .hours = {NULL}, .office = "Mon 09:00-10:00"});
        desk.portfolio.config.calendar.hours.leaf.state = (uint8_t)states[i];
        cp_almanac_init(&desk.almanac, &desk.portfolio, (struct cp_zone){0}, &desk.arena);
        cp_worktime_init(&worktime, &desk.almanac, NULL, &desk.arena);
        ck_assert(!worktime.is_known && !worktime.is_assumed);
        ck_assert(!cp_worktime_next(&found, &worktime, 0));
        ck_assert(!cp_worktime_end(&found, &worktime, 0, 1));
        ck_assert(!cp_worktime_between(&found, &worktime, 0, 1));
        ck_assert_int_eq(found, 7);
        add_hours(&own, "24x7");
        cp_worktime_init(&worktime, &desk.almanac, &own, &desk.arena);
        ck_assert(cp_worktime_next(&found, &worktime, 0));
        ck_assert_int_eq(found, 0);
        desk_release(&desk);
    }
}
END_TEST

START_TEST(what_is_too_far_away_is_no_answer)
{
    struct desk desk;
    int64_t found = 7;
    desk_init(&desk, &(struct desk_row){.zone = "Europe/London", .hours = {"Mon 09:00-09:01"}});
    ck_assert(cp_worktime_end(&found, &desk.worktime, 0, 20000 * MINUTE));
    found = 7;
    ck_assert(!cp_worktime_end(&found, &desk.worktime, 0, 21000 * MINUTE));
    ck_assert(!cp_worktime_end(&found, &desk.worktime, 0, INT64_MAX));
    ck_assert(!cp_worktime_end(&found, &desk.worktime, 0, -1));
    ck_assert(!cp_worktime_end(&found, &desk.worktime, INT64_MAX, 1));
    ck_assert(!cp_worktime_next(&found, &desk.worktime, INT64_MAX));
    ck_assert(!cp_worktime_next(&found, &desk.worktime, INT64_MIN));
    ck_assert(!cp_worktime_between(&found, &desk.worktime, 0, INT64_MAX));
    ck_assert(!cp_worktime_between(&found, &desk.worktime, INT64_MIN, 0));
    ck_assert_int_eq(found, 7);
    ck_assert(cp_worktime_between(&found, &desk.worktime, 0, INT64_MIN));
    ck_assert_int_eq(found, 0);
    struct cp_hours never = {.kind = CP_HOURS_WEEKLY, .count = 1};
    cp_worktime_init(&desk.worktime, &desk.almanac, &never, &desk.arena);
    ck_assert(!cp_worktime_next(&found, &desk.worktime, 0));
    desk_release(&desk);
}
END_TEST

START_TEST(stated_lengths_end)
{
    static const struct {
        struct cp_duration length;
        const char *end; /* from Friday 16:00; NULL: cannot be told */
    } rows[] = {
        {{0}, "2026-11-20T16:00"},
        {{.seconds = 2 * HOUR}, "2026-11-20T18:00"},
        {{.work_seconds = 2 * HOUR}, "2026-11-23T10:00"},
        {{.work_days = 1}, "2026-11-23T16:00"},
        {{.work_days = 5}, "2026-11-27T16:00"},
        {{.seconds = HOUR, .work_seconds = HOUR}, "2026-11-23T10:00"},
        {{.months = 1}, NULL},
        {{.work_seconds = INT64_MAX, .work_days = 1}, NULL},
        {{.seconds = INT64_MAX}, NULL},
    };
    struct desk desk;
    desk_init(&desk, &(struct desk_row){LONDON, .office = NULL});
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t found;
        int64_t start = at(&desk, "2026-11-20T16:00");
        bool is_told = cp_duration_end(&found, &desk.worktime, rows[i].length, start);
        ck_assert_msg(is_told == (rows[i].end != NULL), "row %zu", i);
        if (is_told) {
            assert_time(&desk, found, rows[i].end, "length");
        }
    }
    desk_release(&desk);
}
END_TEST

/* ---- minute by minute ---------------------------------------------------------------------- */

/* Whether clocks show a time within the hours at `instant`: the definition, word by word. */
static bool is_open(const struct desk *desk, int64_t instant)
{
    if (desk->hours.kind == CP_HOURS_ALWAYS) {
        return true;
    }
    int64_t local = cp_zone_local(&desk->almanac.zone, instant);
    struct cp_date date = cp_zone_date(&desk->almanac.zone, instant);
    int minute = (int)((local - (int64_t)date.days * DAY) / MINUTE);
    for (size_t i = 0; i < desk->portfolio.config.calendar.holidays.count; i++) {
        if (desk->holidays[i].date.days == date.days) {
            return false;
        }
    }
    for (size_t i = 0; i < desk->hours.count; i++) {
        const struct cp_hours_span *span = &desk->hours.spans[i];
        if (span->days & 1U << cp_date_weekday(date) && span->from <= minute && minute < span->to) {
            return true;
        }
    }
    return false;
}

static unsigned draw(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 8) % below;
}

/* Up to 30 working hours from `start`, walked through minute by minute. */
static void walk(const struct desk *desk, int64_t start, unsigned minutes)
{
    int64_t found;
    int64_t instant = start;
    unsigned left = minutes;
    bool is_first = true;
    while (left > 0) {
        if (is_open(desk, instant)) {
            if (is_first) {
                ck_assert(cp_worktime_next(&found, &desk->worktime, start));
                ck_assert_int_eq(found, instant);
                is_first = false;
            }
            left--;
        }
        instant += MINUTE;
    }
    ck_assert(cp_worktime_end(&found, &desk->worktime, start, (int64_t)minutes * MINUTE));
    ck_assert_int_eq(found, instant);
    ck_assert(cp_worktime_between(&found, &desk->worktime, start, instant));
    ck_assert_int_eq(found, (int64_t)minutes * MINUTE);
}

START_TEST(agrees_with_a_walk_minute_by_minute)
{
    static const struct desk_row rows[] = {
        {LONDON, .holidays = {"2026-03-30", "2026-10-26"}},
        {.zone = "Europe/London", .hours = {"Sun 00:30-01:30", "Mon-Fri 20:00-24:00"}},
        {.zone = "Europe/Amsterdam", .hours = {"Sat-Sun 01:00-04:00", "Mon-Fri 00:00-02:15"}},
        {.zone = "Australia/Sydney",
         .hours = {"Mon-Sun 00:00-24:00"},
         .holidays = {"2026-04-05", "2026-10-04"}},
        {.zone = "Australia/Lord_Howe",
         .hours = {"Sun 01:15-02:20", "Sun 02:20-03:00", "Sat 23:00-24:00"}},
        {.zone = "America/St_Johns", .hours = {"24x7"}, .holidays = {"2026-04-05"}},
    };
    static const char *const around[] = {"2026-03-27T00:00", "2026-10-23T00:00", "2026-04-03T00:00",
                                         "2026-10-02T00:00"};
    unsigned seed = 20261123;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct desk desk;
        desk_init(&desk, &rows[i]);
        for (unsigned j = 0; j < 24; j++) {
            int64_t start = at(&desk, around[j % 4]) + draw(&seed, 4 * 24 * 60) * (int64_t)MINUTE;
            walk(&desk, start, 1 + draw(&seed, 30 * 60));
        }
        desk_release(&desk);
    }
}
END_TEST

Suite *cp_suite_worktime(void)
{
    Suite *suite = suite_create("worktime");
    TCase *tcase = tcase_create("worktime");
    tcase_add_test(tcase, work_ends_where_a_person_would_say);
    tcase_add_test(tcase, office_is_the_calendars);
    tcase_add_test(tcase, hours_that_are_not_known_answer_nothing);
    tcase_add_test(tcase, what_is_too_far_away_is_no_answer);
    tcase_add_test(tcase, stated_lengths_end);
    tcase_add_test(tcase, agrees_with_a_walk_minute_by_minute);
    suite_add_tcase(suite, tcase);
    return suite;
}
