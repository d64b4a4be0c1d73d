/* Dates: parsing, arithmetic of months, weekdays, readings of other notations. */
#include "suites.h"

#include <contplan/base.h>

static void assert_put(struct cp_date date, const char *expected)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_date_put(&buf, date);
    ck_assert_str_eq(buf.at, expected);
    cp_buf_release(&buf);
}

static struct cp_date parsed(const char *text)
{
    struct cp_date date = {0};
    ck_assert_msg(cp_date_parse(&date, cp_str_of(text)), "%s", text);
    return date;
}

START_TEST(known_days)
{
    ck_assert_int_eq(parsed("1970-01-01").days, 0);
    ck_assert_int_eq(parsed("1969-12-31").days, -1);
    ck_assert_int_eq(parsed("2000-02-29").days, 11016);
    ck_assert_int_eq(parsed("2026-11-23").days, 20780);
    ck_assert_int_eq(parsed("1900-01-01").days, -25567);
    ck_assert_int_eq(parsed("9999-12-31").days, 2932896);
}
END_TEST

/* Every day from 1900 to 9999, against a count of its own. */
START_TEST(every_day_goes_there_and_back)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = -25567;
    for (int year = 1900; year <= 9999; year++) {
        bool is_leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (unsigned month = 1; month <= 12; month++) {
            unsigned last = days[month - 1] + (is_leap && month == 2);
            for (unsigned day = 1; day <= last; day++, expected++) {
                int y;
                unsigned m;
                unsigned d;
                struct cp_date date = cp_date_of(year, month, day);
                cp_date_split(date, &y, &m, &d);
                if (date.days != expected || y != year || m != month || d != day) {
                    ck_abort_msg("%d-%u-%u is %d", year, month, day, date.days);
                }
            }
        }
    }
}
END_TEST

START_TEST(days_before_the_era)
{
    int year;
    unsigned month;
    unsigned day;
    cp_date_split(cp_date_of(-1, 12, 31), &year, &month, &day);
    ck_assert_int_eq(year, -1);
    ck_assert_uint_eq(month, 12);
    ck_assert_uint_eq(day, 31);
    ck_assert_int_eq(cp_date_of(0, 1, 1).days, cp_date_of(-1, 12, 31).days + 1);
    cp_date_split((struct cp_date){INT32_MIN}, &year, &month, &day);
    ck_assert_int_lt(year, -5000000);
    cp_date_split((struct cp_date){INT32_MAX}, &year, &month, &day);
    ck_assert_int_gt(year, 5000000);
}
END_TEST

START_TEST(only_real_days_in_this_form)
{
    const char *rows[] = {"",           "2026-1-6",   "2026-02-30",  "2025-02-29", "1900-02-29",
                          "2026-13-01", "2026-00-10", "2026-01-00",  "2026-04-31", "1899-12-31",
                          "0000-01-01", "2026/01/06", "2026-01-06 ", "2026-01-6x", "+026-01-06",
                          "20260106",   "2026-01- 6"};
    struct cp_date date = {7};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert_msg(!cp_date_parse(&date, cp_str_of(rows[i])), "%s", rows[i]);
    }
    ck_assert_int_eq(date.days, 7);
    assert_put(parsed("2024-02-29"), "2024-02-29");
    assert_put(parsed("1900-01-01"), "1900-01-01");
}
END_TEST

START_TEST(months_end_where_the_day_does_not_exist)
{
    assert_put(cp_date_add_months(parsed("2026-01-31"), 1), "2026-02-28");
    assert_put(cp_date_add_months(parsed("2024-01-31"), 1), "2024-02-29");
    assert_put(cp_date_add_months(parsed("2024-02-29"), 12), "2025-02-28");
    assert_put(cp_date_add_months(parsed("2026-11-30"), 3), "2027-02-28");
    assert_put(cp_date_add_months(parsed("2026-01-15"), -1), "2025-12-15");
    assert_put(cp_date_add_months(parsed("2026-03-31"), -13), "2025-02-28");
    assert_put(cp_date_add_months(parsed("2026-05-05"), 0), "2026-05-05");
    assert_put(cp_date_add_months(parsed("2026-05-05"), 2400), "2226-05-05");
}
END_TEST

START_TEST(weekdays)
{
    ck_assert_uint_eq(cp_date_weekday(parsed("1970-01-01")), 3);
    ck_assert_uint_eq(cp_date_weekday(parsed("2026-11-23")), 0);
    ck_assert_uint_eq(cp_date_weekday(parsed("2026-11-29")), 6);
    ck_assert_uint_eq(cp_date_weekday(parsed("1969-12-28")), 6);
    ck_assert_uint_eq(cp_date_weekday(parsed("1969-12-29")), 0);
    ck_assert_uint_le(cp_date_weekday((struct cp_date){INT32_MAX}), 6);
    ck_assert_uint_le(cp_date_weekday((struct cp_date){INT32_MIN}), 6);
}
END_TEST

START_TEST(readings_of_other_notations)
{
    const struct {
        const char *text;
        size_t count;
        const char *first;
        const char *second;
        const char *third;
    } rows[] = {
        {"06/01/26", 3, "2026-01-06", "2026-06-01", "2006-01-26"},
        {"26-10-01", 2, "2001-10-26", "2026-10-01", NULL},
        {"06 Nov 25", 1, "2025-11-06", NULL, NULL},
        {"25/11/2025", 1, "2025-11-25", NULL, NULL},
        {"11/25/2025", 1, "2025-11-25", NULL, NULL},
        {"06/01/2026", 2, "2026-01-06", "2026-06-01", NULL},
        {"6.1.2026", 2, "2026-01-06", "2026-06-01", NULL},
        {"05/05/2026", 1, "2026-05-05", NULL, NULL},
        {"25.11.25", 1, "2025-11-25", NULL, NULL},
        {"2025/11/25", 1, "2025-11-25", NULL, NULL},
        {"2025-1-6", 1, "2025-01-06", NULL, NULL},
        {"25 November 2025", 1, "2025-11-25", NULL, NULL},
        {"25 nov 2025", 1, "2025-11-25", NULL, NULL},
        {"25-Sept-2025", 1, "2025-09-25", NULL, NULL},
        {"25th November, 2025", 1, "2025-11-25", NULL, NULL},
        {"November 25, 2025", 1, "2025-11-25", NULL, NULL},
        {"NOV 25TH 2025", 1, "2025-11-25", NULL, NULL},
        {"2025 Nov 25", 1, "2025-11-25", NULL, NULL},
        {"2025-11-25T09:00", 1, "2025-11-25", NULL, NULL},
        {"2025-11-25 09:00:00Z", 1, "2025-11-25", NULL, NULL},
        {" 25/11/2025 ", 1, "2025-11-25", NULL, NULL},
        {"31/11/2025", 0, NULL, NULL, NULL},
        {"29/02/2025", 0, NULL, NULL, NULL},
        {"25/11", 0, NULL, NULL, NULL},
        {"November 2025", 0, NULL, NULL, NULL},
        {"25 Ma 2025", 0, NULL, NULL, NULL},
        {"25 Novembre 2025", 0, NULL, NULL, NULL},
        {"25/11/20251", 0, NULL, NULL, NULL},
        {"99999999999/1/2025", 0, NULL, NULL, NULL},
        {"25/11/2025/1", 0, NULL, NULL, NULL},
        {"25/Nov/Dec", 0, NULL, NULL, NULL},
        {"25x/11/2025", 0, NULL, NULL, NULL},
        {"Nov Nov Nov", 0, NULL, NULL, NULL},
        {"Nov 25 Nov", 0, NULL, NULL, NULL},
        {"12 12 12", 1, "2012-12-12", NULL, NULL},
        {"next week", 0, NULL, NULL, NULL},
        {"", 0, NULL, NULL, NULL},
        {"01/01/1066", 0, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_date out[CP_DATE_READINGS];
        size_t count = cp_date_readings(out, cp_str_of(rows[i].text));
        ck_assert_msg(count == rows[i].count, "%s: %zu", rows[i].text, count);
        if (count > 0) {
            assert_put(out[0], rows[i].first);
        }
        if (count > 1) {
            assert_put(out[1], rows[i].second);
        }
        if (count > 2) {
            assert_put(out[2], rows[i].third);
        }
    }
}
END_TEST

Suite *cp_suite_base_date(void)
{
    Suite *suite = suite_create("base_date");
    TCase *tests = tcase_create("date");
    tcase_add_test(tests, known_days);
    tcase_add_test(tests, every_day_goes_there_and_back);
    tcase_add_test(tests, days_before_the_era);
    tcase_add_test(tests, only_real_days_in_this_form);
    tcase_add_test(tests, months_end_where_the_day_does_not_exist);
    tcase_add_test(tests, weekdays);
    tcase_add_test(tests, readings_of_other_notations);
    suite_add_tcase(suite, tests);
    return suite;
}
