/* cp_str: comparing, cutting, lines, searching, hashing. */
#include "suites.h"

#include <contplan/base.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

START_TEST(equality_is_by_bytes)
{
    ck_assert(cp_str_is_equal(CP_STR("rto"), CP_STR("rto")));
    ck_assert(!cp_str_is_equal(CP_STR("rto"), CP_STR("rpo")));
    ck_assert(!cp_str_is_equal(CP_STR("rto"), CP_STR("rto ")));
    ck_assert(cp_str_is_equal(CP_STR(""), cp_str_of(NULL)));
    ck_assert(!cp_str_is(CP_STR("a\0b"), "a"));
}
END_TEST

START_TEST(prefix_and_suffix)
{
    ck_assert(cp_str_has_prefix(CP_STR("plans/a.yaml"), "plans/"));
    ck_assert(!cp_str_has_prefix(CP_STR("pl"), "plans/"));
    ck_assert(cp_str_has_suffix(CP_STR("plans/a.yaml"), ".yaml"));
    ck_assert(!cp_str_has_suffix(CP_STR("yaml"), ".yaml"));
    ck_assert(cp_str_has_prefix(CP_STR(""), ""));
    ck_assert(cp_str_has_suffix(CP_STR(""), ""));
}
END_TEST

START_TEST(order_is_that_of_unsigned_bytes)
{
    ck_assert_int_lt(cp_str_compare(CP_STR("a"), CP_STR("b")), 0);
    ck_assert_int_lt(cp_str_compare(CP_STR("a"), CP_STR("aa")), 0);
    ck_assert_int_gt(cp_str_compare(CP_STR("\xc3"), CP_STR("z")), 0);
    ck_assert_int_eq(cp_str_compare(CP_STR("x"), CP_STR("x")), 0);
    ck_assert_int_eq(cp_str_compare(cp_str_of(NULL), CP_STR("")), 0);
    ck_assert_int_lt(cp_str_compare(cp_str_of(NULL), CP_STR("a")), 0);
}
END_TEST

START_TEST(trim_takes_blanks_at_both_ends)
{
    EQ(cp_str_trim(CP_STR(" \t\r\n 4 h \n")), "4 h");
    EQ(cp_str_trim(CP_STR(" \n ")), "");
    EQ(cp_str_trim(cp_str_of(NULL)), "");
}
END_TEST

START_TEST(slice_is_cut_to_what_is_there)
{
    EQ(cp_str_slice(CP_STR("abcdef"), 2, 3), "cde");
    EQ(cp_str_slice(CP_STR("abcdef"), 4, 9), "ef");
    EQ(cp_str_slice(CP_STR("abcdef"), 6, 1), "");
    EQ(cp_str_slice(CP_STR("abcdef"), 60, 1), "");
    EQ(cp_str_slice(CP_STR("abcdef"), 1, SIZE_MAX), "bcdef");
    EQ(cp_str_slice(cp_str_of(NULL), 3, 3), "");
}
END_TEST

START_TEST(every_line_end_ends_a_line)
{
    struct cp_str rest = CP_STR("a\nb\r\n\rc\n");
    const char *expected[] = {"a", "b", "", "c"};
    struct cp_str line;
    for (size_t i = 0; i < 4; i++) {
        ck_assert(cp_str_line(&line, &rest));
        EQ(line, expected[i]);
    }
    ck_assert(!cp_str_line(&line, &rest));
}
END_TEST

START_TEST(last_line_needs_no_end)
{
    struct cp_str rest = CP_STR("x\r");
    struct cp_str line;
    ck_assert(cp_str_line(&line, &rest));
    EQ(line, "x");
    ck_assert(!cp_str_line(&line, &rest));
    rest = CP_STR("y");
    ck_assert(cp_str_line(&line, &rest));
    EQ(line, "y");
    ck_assert(!cp_str_line(&line, &rest));
}
END_TEST

START_TEST(find_gives_the_first_offset)
{
    ck_assert_uint_eq(cp_str_find(CP_STR("aabaab"), CP_STR("ab")), 1);
    ck_assert_uint_eq(cp_str_find(CP_STR("aab"), CP_STR("aab")), 0);
    ck_assert_uint_eq(cp_str_find(CP_STR("aab"), CP_STR("b")), 2);
    ck_assert_uint_eq(cp_str_find(CP_STR("aab"), CP_STR("aabb")), SIZE_MAX);
    ck_assert_uint_eq(cp_str_find(CP_STR("aab"), CP_STR("ba")), SIZE_MAX);
    ck_assert_uint_eq(cp_str_find(CP_STR(""), CP_STR("a")), SIZE_MAX);
    ck_assert_uint_eq(cp_str_find(CP_STR(""), CP_STR("")), 0);
}
END_TEST

START_TEST(folding_is_for_ascii_only)
{
    ck_assert(cp_str_is_equal_folded(CP_STR("ToBeConfirmed"), CP_STR("tobeCONFIRMED")));
    ck_assert(!cp_str_is_equal_folded(CP_STR("\xc3\xa9"), CP_STR("\xc3\x89")));
    ck_assert(!cp_str_is_equal_folded(CP_STR("["), CP_STR("{")));
    ck_assert(!cp_str_is_equal_folded(CP_STR("a"), CP_STR("aa")));
}
END_TEST

/* The published test vectors of FNV-1a, 64 bits. */
START_TEST(hash_is_fnv_1a)
{
    ck_assert_uint_eq(cp_str_hash(CP_STR("")), UINT64_C(0xcbf29ce484222325));
    ck_assert_uint_eq(cp_str_hash(CP_STR("a")), UINT64_C(0xaf63dc4c8601ec8c));
    ck_assert_uint_eq(cp_str_hash(CP_STR("foobar")), UINT64_C(0x85944171f73967e8));
}
END_TEST

Suite *cp_suite_base_str(void)
{
    Suite *suite = suite_create("base_str");
    TCase *tests = tcase_create("str");
    tcase_add_test(tests, equality_is_by_bytes);
    tcase_add_test(tests, prefix_and_suffix);
    tcase_add_test(tests, order_is_that_of_unsigned_bytes);
    tcase_add_test(tests, trim_takes_blanks_at_both_ends);
    tcase_add_test(tests, slice_is_cut_to_what_is_there);
    tcase_add_test(tests, every_line_end_ends_a_line);
    tcase_add_test(tests, last_line_needs_no_end);
    tcase_add_test(tests, find_gives_the_first_offset);
    tcase_add_test(tests, folding_is_for_ascii_only);
    tcase_add_test(tests, hash_is_fnv_1a);
    suite_add_tcase(suite, tests);
    return suite;
}
