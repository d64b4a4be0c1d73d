/* Did-you-mean: edit distance with a limit, and the nearest candidate. */
#include "suites.h"

#include <contplan/base.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

START_TEST(each_edit_counts_one)
{
    ck_assert_uint_eq(cp_str_distance(CP_STR("rto"), CP_STR("rto"), 3), 0);
    ck_assert_uint_eq(cp_str_distance(CP_STR("rto"), CP_STR("rpo"), 3), 1);
    ck_assert_uint_eq(cp_str_distance(CP_STR("scop"), CP_STR("scope"), 3), 1);
    ck_assert_uint_eq(cp_str_distance(CP_STR("scoope"), CP_STR("scope"), 3), 1);
    ck_assert_uint_eq(cp_str_distance(CP_STR("socpe"), CP_STR("scope"), 3), 1);
    ck_assert_uint_eq(cp_str_distance(CP_STR("kitten"), CP_STR("sitting"), 9), 3);
    ck_assert_uint_eq(cp_str_distance(CP_STR(""), CP_STR("abc"), 9), 3);
}
END_TEST

START_TEST(beyond_the_limit_is_limit_plus_one)
{
    ck_assert_uint_eq(cp_str_distance(CP_STR("abc"), CP_STR("xyz"), 2), 3);
    ck_assert_uint_eq(cp_str_distance(CP_STR("a"), CP_STR("abcdef"), 2), 3);
    ck_assert_uint_eq(cp_str_distance(CP_STR("ab"), CP_STR("cd"), 0), 1);
}
END_TEST

/* Words of three letters, from a series that repeats in every run. */
static struct cp_str next_word(char out[8], uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    size_t len = *seed >> 29;
    for (size_t i = 0; i < len; i++) {
        *seed = *seed * 1664525 + 1013904223;
        out[i] = (char)('a' + (*seed >> 16) % 3);
    }
    return (struct cp_str){out, len};
}

START_TEST(a_limit_changes_no_distance_within_it)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < 5000; i++) {
        char letters[2][8];
        struct cp_str a = next_word(letters[0], &seed);
        struct cp_str b = next_word(letters[1], &seed);
        size_t distance = cp_str_distance(a, b, SIZE_MAX);
        for (size_t limit = 0; limit < 8; limit++) {
            ck_assert_uint_eq(cp_str_distance(a, b, limit),
                              distance <= limit ? distance : limit + 1);
        }
    }
}
END_TEST

START_TEST(long_words_are_cut)
{
    char a[100];
    char b[100];
    for (size_t i = 0; i < sizeof a; i++) {
        a[i] = 'x';
        b[i] = i < 64 ? 'x' : 'y';
    }
    ck_assert_uint_eq(
        cp_str_distance((struct cp_str){a, sizeof a}, (struct cp_str){b, sizeof b}, 3), 0);
}
END_TEST

START_TEST(nearest_within_a_third)
{
    const struct cp_str keys[] = {CP_STR("backup_restore"), CP_STR("review"), CP_STR("releases")};
    EQ(cp_str_nearest(CP_STR("backup_restor"), keys, 3), "backup_restore");
    EQ(cp_str_nearest(CP_STR("reveiw"), keys, 3), "review");
    EQ(cp_str_nearest(CP_STR("restaurant"), keys, 3), "");
    EQ(cp_str_nearest(CP_STR("review"), NULL, 0), "");
}
END_TEST

START_TEST(short_words_allow_one_edit)
{
    const struct cp_str keys[] = {CP_STR("rto"), CP_STR("id")};
    EQ(cp_str_nearest(CP_STR("di"), keys, 2), "id");
    EQ(cp_str_nearest(CP_STR("rtp"), keys, 2), "rto");
    EQ(cp_str_nearest(CP_STR("xyo"), keys, 2), "");
}
END_TEST

START_TEST(signs_have_no_likeness)
{
    const struct cp_str tiers[] = {CP_STR("1"), CP_STR("2"), CP_STR("at")};
    EQ(cp_str_nearest(CP_STR("5"), tiers, 3), "");
    EQ(cp_str_nearest(CP_STR("12"), tiers, 3), "");
    EQ(cp_str_nearest(CP_STR("a"), tiers, 3), "");
    EQ(cp_str_nearest(CP_STR("2"), tiers, 3), "2");
}
END_TEST

START_TEST(the_first_of_equals_wins)
{
    const struct cp_str keys[] = {CP_STR("rto"), CP_STR("rpo"), CP_STR("rxo")};
    EQ(cp_str_nearest(CP_STR("rzo"), keys, 3), "rto");
    EQ(cp_str_nearest(CP_STR("rpo"), keys, 3), "rpo");
}
END_TEST

START_TEST(a_nearer_one_further_down_wins)
{
    const struct cp_str keys[] = {CP_STR("contract"), CP_STR("contacts")};
    EQ(cp_str_nearest(CP_STR("contcts"), keys, 2), "contacts");
}
END_TEST

Suite *cp_suite_base_distance(void)
{
    Suite *suite = suite_create("base_distance");
    TCase *tests = tcase_create("distance");
    tcase_add_test(tests, each_edit_counts_one);
    tcase_add_test(tests, beyond_the_limit_is_limit_plus_one);
    tcase_add_test(tests, a_limit_changes_no_distance_within_it);
    tcase_add_test(tests, long_words_are_cut);
    tcase_add_test(tests, nearest_within_a_third);
    tcase_add_test(tests, short_words_allow_one_edit);
    tcase_add_test(tests, signs_have_no_likeness);
    tcase_add_test(tests, the_first_of_equals_wins);
    tcase_add_test(tests, a_nearer_one_further_down_wins);
    suite_add_tcase(suite, tests);
    return suite;
}
