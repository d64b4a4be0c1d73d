/* Durations: what is read, why something is none, what is written. */
#include "suites.h"

#include <contplan/base.h>

/* Each text with the form in which it is written again. */
START_TEST(reads_and_writes)
{
    const struct {
        const char *text;
        const char *put;
    } rows[] = {
        {"0", "0"},
        {"0h", "0"},
        {"30s", "30s"},
        {"90m", "1h 30m"},
        {"4h", "4h"},
        {"24h", "1d"},
        {"36h", "1d 12h"},
        {"2d", "2d"},
        {"10d", "10d"},
        {"14d", "2w"},
        {"1w", "1w"},
        {"6mo", "6mo"},
        {"18mo", "1y 6mo"},
        {"12mo", "1y"},
        {"1y", "1y"},
        {"1d 12h", "1d 12h"},
        {"1d12h", "1d 12h"},
        {"12h 1d", "1d 12h"},
        {"  4h\n", "4h"},
        {"4 h", "4h"},
        {"2 hours", "2h"},
        {"2 Hours", "2h"},
        {"1 hour", "1h"},
        {"1 HOURS", "1h"},
        {"2hrs", "2h"},
        {"30 mins", "30m"},
        {"45 sec", "45s"},
        {"6 months", "6mo"},
        {"13 weeks", "13w"},
        {"1 day 12 hours", "1d 12h"},
        {"2 yrs", "2y"},
        {"1y 6mo", "1y 6mo"},
        {"PT4H", "4h"},
        {"P1DT12H", "1d 12h"},
        {"P6M", "6mo"},
        {"PT6M", "6m"},
        {"P1W", "1w"},
        {"P1Y6M", "1y 6mo"},
        {"P1W2DT3H4M5S", "9d 3h 4m 5s"},
        {" P1D ", "1d"},
        {"PT0S", "0"},
        {"5wd", "5wd"},
        {"8wh", "8wh"},
        {"90wm", "1wh 30wm"},
        {"2wd 4wh", "2wd 4wh"},
        {"5 working days", "5wd"},
        {"5 Business Days", "5wd"},
        {"8 working hours", "8wh"},
        {"1 working day", "1wd"},
        {"0004h", "4h"},
        {"200y", "200y"},
    };
    struct cp_buf buf;
    cp_buf_init(&buf);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_duration duration;
        enum cp_duration_fault fault = cp_duration_parse(&duration, cp_str_of(rows[i].text));
        ck_assert_msg(fault == CP_DURATION_OK, "'%s': fault %d", rows[i].text, (int)fault);
        cp_buf_clear(&buf);
        cp_duration_put(&buf, duration);
        ck_assert_str_eq(buf.at, rows[i].put);
        struct cp_duration again;
        ck_assert_int_eq(cp_duration_parse(&again, cp_buf_str(&buf)), CP_DURATION_OK);
        ck_assert_int_eq(again.seconds, duration.seconds);
        ck_assert_int_eq(again.work_seconds, duration.work_seconds);
        ck_assert_int_eq(again.work_days, duration.work_days);
        ck_assert_int_eq(again.months, duration.months);
    }
    cp_buf_release(&buf);
}
END_TEST

static void assert_faults(const char *const *texts, enum cp_duration_fault expected)
{
    for (; *texts; texts++) {
        struct cp_duration duration = {.seconds = 77};
        enum cp_duration_fault fault = cp_duration_parse(&duration, cp_str_of(*texts));
        ck_assert_msg(fault == expected, "'%s': fault %d", *texts, (int)fault);
        ck_assert_int_eq(duration.seconds, 77);
    }
}

START_TEST(malformed)
{
    const char *const texts[] = {
        "",
        " ",
        "four hours",
        "4x",
        "1.5h",
        "1,5h",
        "4H",
        "4M",
        "1D",
        "h4",
        "4h/day",
        "4h 4h",
        "1h 60m 2h",
        "P",
        "PT",
        "P1DT",
        "P1H",
        "PT1D",
        "PT1.5H",
        "P1D1Y",
        "PT1H1H",
        "p1d",
        "pt4h",
        "4h.",
        "+4h",
        "24x7",
        "2025-11-25",
        "1 working",
        "1 working week",
        "2 4h",
        "working",
        "<4h",
        "within 4h",
        "daily",
        "4\xc2\xa0h",
        "P-1D",
        "1d, 12h",
        "- - 4h",
        "-",
        "none",
        NULL,
    };
    assert_faults(texts, CP_DURATION_MALFORMED);
}
END_TEST

START_TEST(numbers_need_a_unit)
{
    const char *const texts[] = {"90", "1", " 4 ", "1d 12", "4h30", "99999999999999999999", NULL};
    assert_faults(texts, CP_DURATION_NO_UNIT);
}
END_TEST

START_TEST(ranges)
{
    const char *const texts[] = {
        "2-4 hours",
        "2 - 4 hours",
        "6 months - 1 year",
        "1 to 2 hours",
        "2h\xe2\x80\x93"
        "4h",
        "2h \xe2\x80\x94 4h",
        "between 2 and 4 hours",
        "Between 1d and 2d",
        "2-4",
        "1..2h",
        "1d 12h - 2d",
        "5-10 working days",
        NULL,
    };
    assert_faults(texts, CP_DURATION_RANGE);
}
END_TEST

START_TEST(negatives)
{
    const char *const texts[] = {"-4h",
                                 "- 4 hours",
                                 "-P1D",
                                 "-1",
                                 "\xe2\x88\x92"
                                 "4h",
                                 NULL};
    assert_faults(texts, CP_DURATION_NEGATIVE);
}
END_TEST

START_TEST(vague_words)
{
    const char *const texts[] = {
        "a number of days",
        "several hours",
        "a few days",
        "some time",
        "as soon as possible",
        "asap",
        "ASAP",
        "Immediately",
        "best effort",
        "soon",
        "shortly",
        "promptly",
        "Promptly",
        "various",
        "about 2 hours",
        "approx. 4h",
        "within a few hours",
        "hours",
        "Days",
        "a couple of weeks",
        "varies (2-4 hours)",
        NULL,
    };
    assert_faults(texts, CP_DURATION_VAGUE);
}
END_TEST

START_TEST(kinds_do_not_mix)
{
    const char *const texts[] = {"1d 4wh", "5wd 12h", "1mo 2w", "P1Y2D", "1y 5wd", "0h 1wd", NULL};
    assert_faults(texts, CP_DURATION_MIXED);
}
END_TEST

START_TEST(two_hundred_years_are_the_limit)
{
    const char *const texts[] = {
        "201y",
        "2401mo",
        "73201d",
        "73201wd",
        "99999999999999999999s",
        "9223372036854775807h",
        "P99999999999999999999Y",
        "9223372036854775807s 1m",
        "200y 1mo",
        NULL,
    };
    assert_faults(texts, CP_DURATION_OVERFLOW);
}
END_TEST

START_TEST(kinds_are_known)
{
    struct cp_duration elapsed = {.seconds = 60};
    struct cp_duration working = {.work_days = 5};
    struct cp_duration hours = {.work_seconds = 3600};
    struct cp_duration months = {.months = 1};
    ck_assert(!cp_duration_is_working(elapsed) && !cp_duration_has_months(elapsed));
    ck_assert(cp_duration_is_working(working) && cp_duration_is_working(hours));
    ck_assert(!cp_duration_is_working(months) && cp_duration_has_months(months));
}
END_TEST

START_TEST(results_of_arithmetic_can_be_written)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_buf_puts(&buf, "x: ");
    cp_duration_put(&buf, (struct cp_duration){.seconds = -5400});
    ck_assert_str_eq(buf.at, "x: -1h -30m");
    cp_buf_clear(&buf);
    cp_duration_put(&buf, (struct cp_duration){3600, 60, 2, 13});
    ck_assert_str_eq(buf.at, "1y 1mo 1h 2wd 1wm");
    cp_buf_clear(&buf);
    cp_duration_put(&buf, (struct cp_duration){.seconds = INT64_MIN});
    ck_assert_uint_gt(buf.len, 0);
    cp_buf_clear(&buf);
    cp_duration_put(&buf, (struct cp_duration){.work_seconds = 30});
    ck_assert_str_eq(buf.at, "0");
    cp_buf_release(&buf);
}
END_TEST

Suite *cp_suite_base_duration(void)
{
    Suite *suite = suite_create("base_duration");
    TCase *tests = tcase_create("duration");
    tcase_add_test(tests, reads_and_writes);
    tcase_add_test(tests, malformed);
    tcase_add_test(tests, numbers_need_a_unit);
    tcase_add_test(tests, ranges);
    tcase_add_test(tests, negatives);
    tcase_add_test(tests, vague_words);
    tcase_add_test(tests, kinds_do_not_mix);
    tcase_add_test(tests, two_hundred_years_are_the_limit);
    tcase_add_test(tests, kinds_are_known);
    tcase_add_test(tests, results_of_arithmetic_can_be_written);
    suite_add_tcase(suite, tests);
    return suite;
}
