/* Opening hours: entries that can be read, entries that cannot, the longest day. */
#include "suites.h"

#include <contplan/base.h>

static void assert_put(const struct cp_hours *hours, const char *expected)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_hours_put(&buf, hours);
    ck_assert_str_eq(buf.at, expected);
    cp_buf_release(&buf);
}

START_TEST(reads_and_writes)
{
    const struct {
        const char *text;
        const char *put;
        unsigned longest;
    } rows[] = {
        {"24x7", "24x7", 0},
        {" 24X7 ", "24x7", 0},
        {"office", "office", 0},
        {"Mon-Fri 08:00-18:00", "Mon-Fri 08:00-18:00", 600},
        {"mon-fri 08:00 - 18:00", "Mon-Fri 08:00-18:00", 600},
        {"Sat 09:00-13:00", "Sat 09:00-13:00", 240},
        {"Mon,Wed 10:00-12:00", "Mon,Wed 10:00-12:00", 120},
        {"Mon, Wed,Fri 10:00-12:30", "Mon,Wed,Fri 10:00-12:30", 150},
        {"Tue-Thu,Sun 00:00-24:00", "Tue-Thu,Sun 00:00-24:00", 1440},
        {"Fri-Mon 10:00-12:00", "Mon,Fri-Sun 10:00-12:00", 120},
        {"Mon-Sun 10:00-12:00", "Mon-Sun 10:00-12:00", 120},
        {"Mon-Mon 10:00-12:00", "Mon 10:00-12:00", 120},
        {"Mon,Tue,Wed  09:05-09:06", "Mon-Wed 09:05-09:06", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_hours hours = {0};
        ck_assert_msg(cp_hours_add(&hours, cp_str_of(rows[i].text)), "%s", rows[i].text);
        ck_assert_uint_eq(hours.count, 1);
        assert_put(&hours, rows[i].put);
        ck_assert_uint_eq(cp_hours_longest_day(&hours), rows[i].longest);
    }
}
END_TEST

START_TEST(refuses_what_is_none)
{
    const char *rows[] = {"",
                          "24/7",
                          "24x7x",
                          "always",
                          "Mon",
                          "Mon-Fri",
                          "08:00-18:00",
                          "Mon-Fri 8:00-18:00",
                          "Mon-Fri 08:00",
                          "Mon-Fri 08:00-",
                          "Mon-Fri 18:00-08:00",
                          "Mon-Fri 08:00-08:00",
                          "Mon-Fri 08:00-24:01",
                          "Mon-Fri 24:00-24:00",
                          "Mon-Fri 08:60-09:00",
                          "Mon-Fri 99:99-99:99",
                          "Mon-Fri 08:00-18:00 x",
                          "Mon-Fri08:00-18:00",
                          "Monday-Friday 08:00-18:00",
                          "Mon,,Fri 08:00-18:00",
                          "Mon, 08:00-18:00",
                          "Mon-Fry 08:00-18:00",
                          "Mon-Fri 08.00-18.00",
                          "Mon-Fri 0a:00-18:00"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_hours hours = {0};
        ck_assert_msg(!cp_hours_add(&hours, cp_str_of(rows[i])), "%s", rows[i]);
        ck_assert_uint_eq(hours.count, 0);
    }
}
END_TEST

START_TEST(entries_add_up)
{
    struct cp_hours hours = {0};
    ck_assert(cp_hours_add(&hours, CP_STR("Mon-Fri 08:00-12:00")));
    ck_assert(cp_hours_add(&hours, CP_STR("Mon-Thu 13:00-17:00")));
    ck_assert(cp_hours_add(&hours, CP_STR("Sat 09:00-13:00")));
    ck_assert_int_eq(hours.kind, CP_HOURS_WEEKLY);
    assert_put(&hours, "Mon-Fri 08:00-12:00, Mon-Thu 13:00-17:00, Sat 09:00-13:00");
    ck_assert_uint_eq(cp_hours_longest_day(&hours), 480);
}
END_TEST

START_TEST(entries_must_go_together)
{
    struct cp_hours hours = {0};
    ck_assert(cp_hours_add(&hours, CP_STR("Mon-Fri 08:00-18:00")));
    ck_assert(!cp_hours_add(&hours, CP_STR("24x7")));
    ck_assert(!cp_hours_add(&hours, CP_STR("office")));
    ck_assert(!cp_hours_add(&hours, CP_STR("Fri 17:59-20:00")));
    ck_assert(cp_hours_add(&hours, CP_STR("Fri 18:00-20:00")));
    ck_assert_uint_eq(hours.count, 2);
    const char *whole[] = {"24x7", "office"};
    for (size_t i = 0; i < 2; i++) {
        hours = (struct cp_hours){0};
        ck_assert(cp_hours_add(&hours, cp_str_of(whole[i])));
        ck_assert(!cp_hours_add(&hours, cp_str_of(whole[i])));
        ck_assert(!cp_hours_add(&hours, CP_STR("Sat 09:00-13:00")));
        assert_put(&hours, whole[i]);
    }
}
END_TEST

START_TEST(a_week_has_room_for_fourteen)
{
    struct cp_arena arena;
    struct cp_hours hours = {0};
    cp_arena_init(&arena);
    for (int i = 0; i < CP_HOURS_SPANS; i++) {
        ck_assert(cp_hours_add(&hours, cp_arena_printf(&arena, "Mon %02d:00-%02d:30", i, i)));
    }
    ck_assert(!cp_hours_add(&hours, CP_STR("Mon 23:00-24:00")));
    ck_assert_uint_eq(cp_hours_longest_day(&hours), CP_HOURS_SPANS * 30);
    cp_arena_release(&arena);
}
END_TEST

Suite *cp_suite_base_hours(void)
{
    Suite *suite = suite_create("base_hours");
    TCase *tests = tcase_create("hours");
    tcase_add_test(tests, reads_and_writes);
    tcase_add_test(tests, refuses_what_is_none);
    tcase_add_test(tests, entries_add_up);
    tcase_add_test(tests, entries_must_go_together);
    tcase_add_test(tests, a_week_has_room_for_fourteen);
    suite_add_tcase(suite, tests);
    return suite;
}
