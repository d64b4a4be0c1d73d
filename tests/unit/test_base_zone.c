/* Time zones: the C library as a second opinion, skipped and repeated times, what is refused. */
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <contplan/base.h>

enum { HOUR = 3600, DAY = 24 * HOUR };

static struct cp_zone zone_of(const char *name, struct cp_arena *arena)
{
    struct cp_zone zone;
    struct cp_error error;
    ck_assert_msg(cp_zone_load(&zone, NULL, cp_str_of(name), arena, &error) == 0, "%s", error.text);
    return zone;
}

static struct cp_time time_of(const char *text)
{
    struct cp_time time = {0};
    ck_assert_msg(cp_time_parse(&time, cp_str_of(text)), "%s", text);
    return time;
}

static void assert_put(const struct cp_zone *zone, int64_t at, const char *expected)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_time_put(&buf, zone, at);
    ck_assert_str_eq(buf.at, expected);
    cp_buf_release(&buf);
}

/* ---- a second opinion ---------------------------------------------------------------------- */

static long offset_by_library(int64_t at)
{
    time_t seconds = (time_t)at;
    struct tm shown;
    ck_assert_ptr_nonnull(localtime_r(&seconds, &shown));
    struct cp_date date =
        cp_date_of(shown.tm_year + 1900, (unsigned)shown.tm_mon + 1, (unsigned)shown.tm_mday);
    int64_t local =
        (int64_t)date.days * DAY + shown.tm_hour * HOUR + shown.tm_min * 60L + shown.tm_sec;
    return (long)(local - at);
}

static void assert_like_library(const struct cp_zone *zone, const char *name, int64_t at)
{
    long expected = offset_by_library(at);
    long found = (long)cp_zone_find(zone, at).offset;
    ck_assert_msg(found == expected, "%s at %lld: %ld instead of %ld", name, (long long)at, found,
                  expected);
}

/* Each change up to the year 2500 from one second before it on, and instants two months apart. */
static void compare_zone(const char *name)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_zone zone = zone_of(name, &arena);
    setenv("TZ", name, 1);
    tzset();
    int64_t last = (int64_t)cp_date_of(2500, 1, 1).days * DAY;
    int64_t first = (int64_t)cp_date_of(1850, 1, 1).days * DAY;
    for (struct cp_zone_stretch at = cp_zone_find(&zone, first); at.to < last;
         at = cp_zone_find(&zone, at.to)) {
        ck_assert(at.from < at.to);
        assert_like_library(&zone, name, at.to - 1);
        assert_like_library(&zone, name, at.to);
    }
    for (int64_t at = first; at < last; at += 60 * DAY + 12345) {
        assert_like_library(&zone, name, at);
    }
    cp_arena_release(&arena);
}

START_TEST(agrees_with_the_c_library)
{
    static const char *const names[] = {
        "Europe/London",          "Europe/Amsterdam", "Europe/Dublin",  "America/New_York",
        "America/Santiago",       "Australia/Sydney", "Asia/Jerusalem", "Australia/Lord_Howe",
        "Africa/Casablanca",      "Antarctica/Troll", "Asia/Kathmandu", "America/Godthab",
        "Pacific/Apia",           "Asia/Tehran",      "EST5EDT",        "Etc/GMT+5",
        "America/Argentina/Salta"};
    const char *before = getenv("TZ");
    char *kept = before ? strdup(before) : NULL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        compare_zone(names[i]);
    }
    if (kept) {
        setenv("TZ", kept, 1);
    } else {
        unsetenv("TZ");
    }
    tzset();
    free(kept);
}
END_TEST

/* ---- local times --------------------------------------------------------------------------- */

START_TEST(a_local_time_is_an_instant)
{
    static const struct {
        const char *zone, *local, *instant;
    } rows[] = {
        {"Europe/London", "2026-01-15T12:00", "2026-01-15T12:00:00Z"},
        {"Europe/London", "2026-07-15T12:00", "2026-07-15T11:00:00Z"},
        /* 01:00 to 02:00 is skipped: counted by the hour before */
        {"Europe/London", "2026-03-29T00:59:59", "2026-03-29T00:59:59Z"},
        {"Europe/London", "2026-03-29T01:00", "2026-03-29T01:00:00Z"},
        {"Europe/London", "2026-03-29T01:30", "2026-03-29T01:30:00Z"},
        {"Europe/London", "2026-03-29T02:00", "2026-03-29T01:00:00Z"},
        /* 01:00 to 02:00 is shown twice: the first time is meant */
        {"Europe/London", "2026-10-25T00:30", "2026-10-24T23:30:00Z"},
        {"Europe/London", "2026-10-25T01:00", "2026-10-25T00:00:00Z"},
        {"Europe/London", "2026-10-25T01:59:59", "2026-10-25T00:59:59Z"},
        {"Europe/London", "2026-10-25T02:00", "2026-10-25T02:00:00Z"},
        {"Europe/Amsterdam", "2026-03-29T02:30", "2026-03-29T01:30:00Z"},
        {"Europe/Amsterdam", "2026-10-25T02:30", "2026-10-25T00:30:00Z"},
        /* the south: summer ends in April */
        {"Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30:00Z"},
        {"Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:30:00Z"},
        /* half an hour */
        {"Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z"},
        {"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45:00Z"},
        {"Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30:00Z"},
        /* a day that never was: Friday, 30 December 2011 */
        {"Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z"},
        {"Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00:00Z"},
        {"UTC", "2026-03-29T01:30", "2026-03-29T01:30:00Z"},
        {"Etc/UTC", "2026-03-29T01:30", "2026-03-29T01:30:00Z"},
        /* far beyond what the file tells, and beyond the 400 years of its rule */
        {"Europe/London", "2426-07-15T12:00", "2426-07-15T11:00:00Z"},
        {"Europe/London", "9999-07-15T12:00", "9999-07-15T11:00:00Z"},
        {"Europe/London", "9999-01-15T12:00", "9999-01-15T12:00:00Z"},
    };
    const struct cp_zone utc = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_arena arena;
        cp_arena_init(&arena);
        struct cp_zone zone = zone_of(rows[i].zone, &arena);
        assert_put(&utc, cp_time_instant(time_of(rows[i].local), &zone), rows[i].instant);
        cp_arena_release(&arena);
    }
}
END_TEST

START_TEST(days_of_23_and_25_hours)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_zone zone = zone_of("Europe/London", &arena);
    int64_t from = cp_time_instant(time_of("2026-03-29"), &zone);
    int64_t to = cp_time_instant(time_of("2026-03-30"), &zone);
    ck_assert_int_eq(to - from, 23 * HOUR);
    ck_assert_int_eq(cp_zone_date(&zone, to - 1).days, cp_date_of(2026, 3, 29).days);
    ck_assert_int_eq(cp_zone_date(&zone, to).days, cp_date_of(2026, 3, 30).days);
    from = cp_time_instant(time_of("2026-10-25"), &zone);
    to = cp_time_instant(time_of("2026-10-26"), &zone);
    ck_assert_int_eq(to - from, 25 * HOUR);
    assert_put(&zone, from + 2 * HOUR - 1, "2026-10-25T01:59:59+01:00");
    assert_put(&zone, from + 2 * HOUR, "2026-10-25T01:00:00Z");
    cp_arena_release(&arena);
}
END_TEST

START_TEST(ends_of_time_overflow_nothing)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_zone zone = zone_of("Europe/London", &arena);
    static const int64_t times[] = {INT64_MIN,        INT64_MIN + 1, -(INT64_C(1) << 60),
                                    INT64_C(1) << 60, INT64_MAX - 1, INT64_MAX};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct cp_zone_stretch stretch = cp_zone_find(&zone, times[i]);
        ck_assert(stretch.from <= times[i]);
        ck_assert(stretch.to > times[i] || stretch.to == INT64_MAX);
        ck_assert(cp_zone_local(&zone, times[i]) / DAY - times[i] / DAY <= 1);
        ck_assert(cp_zone_instant(&zone, times[i]) / DAY - times[i] / DAY <= 1);
        cp_zone_date(&zone, times[i]);
    }
    cp_arena_release(&arena);
}
END_TEST

/* ---- times as they are written ------------------------------------------------------------- */

START_TEST(reads_times)
{
    static const struct {
        const char *text, *put;
    } rows[] = {
        {"2026-03-29", "2026-03-29T00:00:00Z"},
        {"2026-03-29T14:05", "2026-03-29T14:05:00Z"},
        {"2026-03-29 14:05", "2026-03-29T14:05:00Z"},
        {"2026-03-29t14:05:59", "2026-03-29T14:05:59Z"},
        {"2026-03-29T14:05Z", "2026-03-29T14:05:00Z"},
        {"2026-03-29T14:05z", "2026-03-29T14:05:00Z"},
        {"2026-03-29T14:05+02:00", "2026-03-29T12:05:00Z"},
        {"2026-03-29 14:05:01-09:30", "2026-03-29T23:35:01Z"},
        {"2026-03-29T00:00+00:01", "2026-03-28T23:59:00Z"},
        {"1900-01-01T00:00", "1900-01-01T00:00:00Z"},
        {"9999-12-31T23:59:59-23:59", "10000-01-01T23:58:59Z"},
    };
    const struct cp_zone utc = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_put(&utc, cp_time_instant(time_of(rows[i].text), &utc), rows[i].put);
    }
}
END_TEST

START_TEST(refuses_times)
{
    static const char *const rows[] = {
        "",
        "now",
        "14:05",
        "29/03/2026",
        "2026-3-29",
        "2026-02-30T12:00",
        "2026-03-29T",
        "2026-03-29 ",
        "2026-03-29Z",
        "2026-03-29T24:00",
        "2026-03-29T12:60",
        "2026-03-29T12:00:60",
        "2026-03-29T12",
        "2026-03-29T1:00",
        "2026-03-29T12:0",
        "2026-03-29T1200",
        "2026-03-29T12:00:",
        "2026-03-29T12:00:00.5",
        "2026-03-29T12:00 Z",
        "2026-03-29T12:00Z ",
        "2026-03-29T12:00+1",
        "2026-03-29T12:00+01",
        "2026-03-29T12:00+0100",
        "2026-03-29T12:00+24:00",
        "2026-03-29T12:00+01:60",
        "2026-03-29T12:00+01:00x",
        "2026-03-29_12:00",
        "1899-12-31T12:00",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_time time;
        ck_assert_msg(!cp_time_parse(&time, cp_str_of(rows[i])), "'%s'", rows[i]);
    }
}
END_TEST

START_TEST(puts_odd_offsets)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_zone kathmandu = zone_of("Asia/Kathmandu", &arena);
    assert_put(&kathmandu, 0, "1970-01-01T05:30:00+05:30");
    assert_put(&kathmandu, INT64_C(1767225600), "2026-01-01T05:45:00+05:45");
    struct cp_zone newfoundland = zone_of("America/St_Johns", &arena);
    assert_put(&newfoundland, INT64_C(1767225600), "2025-12-31T20:30:00-03:30");
    struct cp_zone amsterdam = zone_of("Europe/Amsterdam", &arena);
    assert_put(&amsterdam, -(int64_t)36500 * DAY, "1870-01-25T00:00:00Z"); /* by the sun */
    cp_arena_release(&arena);
}
END_TEST

/* ---- files --------------------------------------------------------------------------------- */

static void put_number(struct cp_buf *out, uint64_t value, unsigned size)
{
    for (unsigned i = size; i-- > 0;) {
        cp_buf_putc(out, (char)(value >> (8 * i)));
    }
}

struct file {
    char version;
    uint32_t leaps, changes, types;
    const int64_t *at;
    const char *kinds, *footer;
    int32_t offsets[2];
};

static void put_header(struct cp_buf *out, const struct file *file, bool is_empty)
{
    cp_buf_puts(out, "TZif");
    cp_buf_putc(out, file->version);
    for (int i = 0; i < 15; i++) {
        cp_buf_putc(out, '\0');
    }
    uint32_t counts[] = {0, 0, file->leaps, file->changes, file->types, 4};
    for (size_t i = 0; i < 6; i++) {
        put_number(out, is_empty ? i == 4 : counts[i], 4);
    }
}

/* A slim file: its first block, for old readers, holds one type and nothing else. */
static void put_file(struct cp_buf *out, const struct file *file)
{
    put_header(out, file, true);
    put_number(out, 0, 6);
    put_header(out, file, false);
    for (uint32_t i = 0; i < file->changes; i++) {
        put_number(out, (uint64_t)file->at[i], 8);
    }
    for (uint32_t i = 0; i < file->changes; i++) {
        cp_buf_putc(out, (char)(file->kinds[i] - '0'));
    }
    for (uint32_t i = 0; i < file->types && i < 2; i++) {
        put_number(out, (uint32_t)file->offsets[i], 4);
        put_number(out, 0, 2);
    }
    put_number(out, 0x41424300, 4);
    cp_buf_puts(out, file->footer);
}

static bool parse(struct cp_zone *out, const struct file *file, struct cp_arena *arena)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    put_file(&buf, file);
    bool is_read = cp_zone_parse(out, cp_buf_str(&buf), arena);
    cp_buf_release(&buf);
    return is_read;
}

START_TEST(reads_the_rule_of_a_file)
{
    static const struct {
        const char *footer, *at;
        int32_t offset;
    } rows[] = {
        {"\nGMT0BST,M3.5.0/1,M10.5.0\n", "2026-03-29T00:59:59Z", 0},
        {"\nGMT0BST,M3.5.0/1,M10.5.0\n", "2026-03-29T01:00:00Z", HOUR},
        {"\nGMT0BST,M3.5.0/1,M10.5.0\n", "2026-10-25T00:59:59Z", HOUR},
        {"\nGMT0BST,M3.5.0/1,M10.5.0\n", "2026-10-25T01:00:00Z", 0},
        {"\n<+1030>-10:30<+11>-11,M10.1.0,M4.1.0\n", "2026-04-04T14:59:59Z", 11 * HOUR},
        {"\n<+1030>-10:30<+11>-11,M10.1.0,M4.1.0\n", "2026-04-04T15:00:00Z", 10 * HOUR + 1800},
        {"\nIST-2IDT,M3.4.4/26,M10.5.0\n", "2026-03-26T23:59:59Z", 2 * HOUR},
        {"\nIST-2IDT,M3.4.4/26,M10.5.0\n", "2026-03-27T00:00:00Z", 3 * HOUR},
        {"\n<-02>2<-01>,M3.5.0/-1,M10.5.0/0\n", "2026-03-29T00:59:59Z", -2 * HOUR},
        {"\n<-02>2<-01>,M3.5.0/-1,M10.5.0/0\n", "2026-03-29T01:00:00Z", -HOUR},
        /* the 60th day but for leap days is 1 March; day 59 is 1 March unless it is leap day */
        {"\nAAA0BBB,J60/0,J300\n", "2028-02-29T23:59:59Z", 0},
        {"\nAAA0BBB,J60/0,J300\n", "2028-03-01T00:00:00Z", HOUR},
        {"\nAAA0BBB,59/0,300\n", "2028-02-29T00:00:00Z", HOUR},
        {"\nAAA0BBB,59/0,300\n", "2026-02-28T23:59:59Z", 0},
        /* summer all the year */
        {"\nXXX3EDT4,0/0,J365/23\n", "2026-12-31T23:30:00Z", -4 * HOUR},
        {"\nXXX3EDT4,0/0,J365/23\n", "2027-01-01T04:30:00Z", -4 * HOUR},
        {"\n<+01>-1\n", "2026-07-15T12:00:00Z", HOUR},
        {"\nAAA-5:45:30\n", "2026-07-15T12:00:00Z", 5 * HOUR + 45 * 60 + 30},
        {"\n\n", "2026-07-15T12:00:00Z", 7},
    };
    const struct cp_zone utc = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_arena arena;
        struct cp_zone zone;
        cp_arena_init(&arena);
        struct file file = {.version = '3', .types = 1, .offsets = {7}, .footer = rows[i].footer};
        ck_assert_msg(parse(&zone, &file, &arena), "%s", rows[i].footer);
        int64_t at = cp_time_instant(time_of(rows[i].at), &utc);
        ck_assert_msg(cp_zone_find(&zone, at).offset == rows[i].offset, "%s %s: %ld",
                      rows[i].footer, rows[i].at, (long)cp_zone_find(&zone, at).offset);
        cp_arena_release(&arena);
    }
}
END_TEST

START_TEST(reads_changes_of_a_file)
{
    struct cp_arena arena;
    struct cp_zone zone;
    cp_arena_init(&arena);
    struct file file = {.version = '2',
                        .changes = 2,
                        .types = 2,
                        .at = (const int64_t[]){-100, 100},
                        .kinds = "10",
                        .offsets = {HOUR, -HOUR},
                        .footer = "\n\n"};
    ck_assert(parse(&zone, &file, &arena));
    ck_assert_int_eq(cp_zone_find(&zone, -101).offset, HOUR);
    ck_assert_int_eq(cp_zone_find(&zone, -100).offset, -HOUR);
    ck_assert_int_eq(cp_zone_find(&zone, 99).offset, -HOUR);
    ck_assert_int_eq(cp_zone_find(&zone, 100).offset, HOUR);
    ck_assert_int_eq(cp_zone_find(&zone, INT64_MAX).offset, HOUR);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(refuses_files)
{
    const int64_t rising[] = {-100, 100};
    const int64_t falling[] = {100, 100};
    const struct file rows[] = {
        {.version = '\0', .types = 1, .footer = "\nUTC0\n"},
        {.version = '2', .types = 0, .footer = "\nUTC0\n"},
        {.version = '2', .types = 1, .leaps = 1, .footer = "\nUTC0\n"},
        {.version = '2', .types = 1, .footer = ""},
        {.version = '2', .types = 1, .footer = "\nUTC0"},
        {.version = '2', .types = 1, .footer = "\nUT0\n"},
        {.version = '2', .types = 1, .footer = "\nUTC\n"},
        {.version = '2', .types = 1, .footer = "\n<UTC0\n"},
        {.version = '2', .types = 1, .footer = "\nUTC25\n"},
        {.version = '2', .types = 1, .footer = "\nUTC0:60\n"},
        {.version = '2', .types = 1, .footer = "\nUTC0x\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,M3.5.0\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,M13.5.0,M10.5.0\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,M3.6.0,M10.5.0\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,M3.5.7,M10.5.0\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,J0,J300\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,J366,J300\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,M3.5.0/168,M10.5.0\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,M3.5.0,M10.5.0,\n"},
        {.version = '2', .types = 1, .footer = "\nGMT0BST,1,364/100\n"},
        {.version = '2', .types = 1, .offsets = {27 * HOUR}, .footer = "\nUTC0\n"},
        {.version = '2', .types = 1, .offsets = {INT32_MIN}, .footer = "\nUTC0\n"},
        {.version = '2', .types = 4001, .footer = "\nUTC0\n"},
        {.version = '2', .types = 1, .changes = 2, .at = rising, .kinds = "01", .footer = "\n\n"},
        {.version = '2', .types = 1, .changes = 2, .at = falling, .kinds = "00", .footer = "\n\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_arena arena;
        struct cp_zone zone = {.first = 1};
        cp_arena_init(&arena);
        ck_assert_msg(!parse(&zone, &rows[i], &arena), "row %zu", i);
        ck_assert(zone.count == 0 && zone.first == 0 && zone.repeats_from == 0);
        cp_arena_release(&arena);
    }
}
END_TEST

/* Every beginning of a file, but the whole, is refused, and read within its bytes. */
START_TEST(refuses_files_cut_short)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    struct file file = {.version = '2',
                        .changes = 2,
                        .types = 2,
                        .at = (const int64_t[]){-100, 100},
                        .kinds = "10",
                        .footer = "\nGMT0BST,M3.5.0/1,M10.5.0\n"};
    put_file(&buf, &file);
    for (size_t len = 0; len <= buf.len; len++) {
        struct cp_arena arena;
        struct cp_zone zone;
        cp_arena_init(&arena);
        char *exact = cp_alloc(len + 1);
        memcpy(exact, buf.at, len);
        ck_assert(cp_zone_parse(&zone, (struct cp_str){exact, len}, &arena) == (len == buf.len));
        free(exact);
        cp_arena_release(&arena);
    }
    cp_buf_release(&buf);
}
END_TEST

static void assert_not_loaded(const char *folder, const char *name, const char *message)
{
    struct cp_arena arena;
    struct cp_zone zone = {.first = 1};
    struct cp_error error;
    cp_arena_init(&arena);
    ck_assert_msg(cp_zone_load(&zone, folder, cp_str_of(name), &arena, &error) == -1, "%s", name);
    ck_assert_str_eq(error.text, message);
    ck_assert_int_eq(zone.first, 0);
    cp_arena_release(&arena);
}

START_TEST(refuses_names)
{
    assert_not_loaded(NULL, "Europe/Londn",
                      "the time zone 'Europe/Londn' is not in the time zone data of this system");
    assert_not_loaded(NULL, "Europe",
                      "the time zone 'Europe' is not in the time zone data of this system");
    assert_not_loaded(
        NULL, "Europe/London/x",
        "the time zone 'Europe/London/x' is not in the time zone data of this system");
    assert_not_loaded("/nowhere", "Europe/London",
                      "the time zone 'Europe/London' is not in the time zone data of this system");
    assert_not_loaded(NULL, "", "'' is no name of a time zone");
    assert_not_loaded(NULL, "/etc/passwd", "'/etc/passwd' is no name of a time zone");
    assert_not_loaded(NULL, "../zoneinfo/UCT", "'../zoneinfo/UCT' is no name of a time zone");
    assert_not_loaded(NULL, "Europe/../UCT", "'Europe/../UCT' is no name of a time zone");
    assert_not_loaded(NULL, "Europe//London", "'Europe//London' is no name of a time zone");
    assert_not_loaded(NULL, "Europe/", "'Europe/' is no name of a time zone");
    assert_not_loaded(NULL, ":Europe/London", "':Europe/London' is no name of a time zone");
    assert_not_loaded(NULL, "\x1b[2J", "'<U+001B>[2J' is no name of a time zone");
}
END_TEST

START_TEST(reads_data_of_another_folder)
{
    char folder[] = "/tmp/contplan-zone-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    struct cp_buf path;
    struct cp_buf bytes;
    struct cp_error error;
    cp_buf_init(&path);
    cp_buf_init(&bytes);
    cp_buf_printf(&path, "%s/Here", folder);
    struct file file = {.version = '2', .types = 1, .offsets = {HOUR}, .footer = "\n\n"};
    put_file(&bytes, &file);
    ck_assert_int_eq(cp_file_write(path.at, cp_buf_str(&bytes), &error), 0);
    struct cp_arena arena;
    struct cp_zone zone;
    cp_arena_init(&arena);
    ck_assert_int_eq(cp_zone_load(&zone, folder, CP_STR("Here"), &arena, &error), 0);
    ck_assert_int_eq(zone.first, HOUR);
    ck_assert_int_eq(cp_file_write(path.at, CP_STR("Europe/London"), &error), 0);
    assert_not_loaded(folder, "Here",
                      "the file of the time zone 'Here' is not one of the time zone data "
                      "(RFC 8536)");
    cp_arena_release(&arena);
    unlink(path.at);
    rmdir(folder);
    cp_buf_release(&path);
    cp_buf_release(&bytes);
}
END_TEST

Suite *cp_suite_base_zone(void)
{
    Suite *suite = suite_create("base_zone");
    TCase *tcase = tcase_create("zone");
    tcase_add_test(tcase, agrees_with_the_c_library);
    tcase_add_test(tcase, a_local_time_is_an_instant);
    tcase_add_test(tcase, days_of_23_and_25_hours);
    tcase_add_test(tcase, ends_of_time_overflow_nothing);
    tcase_add_test(tcase, reads_times);
    tcase_add_test(tcase, refuses_times);
    tcase_add_test(tcase, puts_odd_offsets);
    tcase_add_test(tcase, reads_the_rule_of_a_file);
    tcase_add_test(tcase, reads_changes_of_a_file);
    tcase_add_test(tcase, refuses_files);
    tcase_add_test(tcase, refuses_files_cut_short);
    tcase_add_test(tcase, refuses_names);
    tcase_add_test(tcase, reads_data_of_another_folder);
    suite_add_tcase(suite, tcase);
    return suite;
}
