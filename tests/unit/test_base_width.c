/* Columns on a terminal. */
#include "suites.h"

#include <contplan/base.h>

START_TEST(ascii_takes_one_column)
{
    ck_assert_uint_eq(cp_text_width(CP_STR("")), 0);
    ck_assert_uint_eq(cp_text_width(CP_STR("rto: 4h")), 7);
}
END_TEST

START_TEST(accents_take_one_column)
{
    ck_assert_uint_eq(cp_text_width(CP_STR("caf\xc3\xa9")), 4);
    ck_assert_uint_eq(cp_text_width(CP_STR("cafe\xcc\x81")), 4);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xe2\x80\x93\xe2\x80\xa6")), 2);
}
END_TEST

START_TEST(wide_characters_take_two)
{
    ck_assert_uint_eq(cp_text_width(CP_STR("\xe6\xbc\xa2\xe5\xad\x97")), 4);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xed\x95\x9c")), 2);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xef\xbc\xa1")), 2);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xf0\x9f\x98\x80")), 2);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xf0\xa0\x80\x80")), 2);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xe1\x84\x80\xe1\x85\xa1")), 2);
}
END_TEST

START_TEST(unprintable_and_malformed)
{
    ck_assert_uint_eq(cp_text_width(CP_STR("\x1b\xe2\x80\xae\xe2\x80\x8b")), 0);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xff\xc3")), 2);
    ck_assert_uint_eq(cp_text_width(CP_STR("\xf4\x8f\xbf\xbf")), 1);
}
END_TEST

Suite *cp_suite_base_width(void)
{
    Suite *suite = suite_create("base_width");
    TCase *tests = tcase_create("width");
    tcase_add_test(tests, ascii_takes_one_column);
    tcase_add_test(tests, accents_take_one_column);
    tcase_add_test(tests, wide_characters_take_two);
    tcase_add_test(tests, unprintable_and_malformed);
    suite_add_tcase(suite, tests);
    return suite;
}
