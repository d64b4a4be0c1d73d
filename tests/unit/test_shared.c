/* Sections that several plans state alike: which are found, and how they are proposed. */
#include "suites.h"

#include <contplan/edit.h>

static size_t find(struct cp_shared_section *out, const char *a, const char *b)
{
    struct cp_str plans[] = {cp_str_of(a), cp_str_of(b)};
    return cp_shared_sections_find(out, plans, 2);
}

START_TEST(values_count_and_neither_comments_nor_style)
{
    struct cp_shared_section found[CP_SHARED_SECTIONS];
    size_t count = find(found, "id: a\nscope:\n  # of a\n  in: [x]  # y\nreleases: {rollback: z}\n",
                        "id: b\nreleases:\n  rollback: 'z'\nscope:\n  in:\n    - \"x\"\n");
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(found[0].key, "scope");
    ck_assert(cp_str_is(found[0].lines, "scope:\n  # of a\n  in: [x]  # y"));
    ck_assert_str_eq(found[1].key, "releases");
    ck_assert(cp_str_is(found[1].lines, "releases: {rollback: z}"));
}
END_TEST

START_TEST(what_differs_or_is_missing_is_not_shared)
{
    struct cp_shared_section found[CP_SHARED_SECTIONS];
    ck_assert_uint_eq(find(found, "scope: {in: [x]}\n", "scope: {in: [x, y]}\n"), 0);
    ck_assert_uint_eq(find(found, "scope: {in: [x]}\n", "id: b\n"), 0);
    ck_assert_uint_eq(find(found, "id: b\n", "scope: {in: [x]}\n"), 0);
    ck_assert_uint_eq(find(found, "scope: {in: [x]}\n", ""), 0);
}
END_TEST

START_TEST(one_plan_shares_nothing)
{
    struct cp_shared_section found[CP_SHARED_SECTIONS];
    const struct cp_str plan = CP_STR("scope: {in: [x]}\n");
    ck_assert_uint_eq(cp_shared_sections_find(found, &plan, 1), 0);
    ck_assert_uint_eq(cp_shared_sections_find(found, &plan, 0), 0);
}
END_TEST

START_TEST(reviews_names_and_what_is_unknown_are_never_shared)
{
    struct cp_shared_section found[CP_SHARED_SECTIONS];
    const char *plan = "name: A\nurls: [https://a.example]\nscope: {unknown: {reason: TBC}}\n"
                       "review: {last: 2026-01-06}\n";
    ck_assert_uint_eq(find(found, plan, plan), 0);
}
END_TEST

START_TEST(too_much_for_a_portfolio_file_is_not_proposed)
{
    struct cp_buf lines;
    struct cp_buf out;
    cp_buf_init(&lines);
    cp_buf_init(&out);
    cp_buf_repeat(&lines, 'x', 300000);
    const struct cp_shared_section section = {"scope", cp_buf_str(&lines)};
    cp_shared_sections_put(&out, &section, 1, 2);
    ck_assert_uint_eq(out.len, 0);
    cp_shared_sections_put(&out, &section, 0, 2);
    ck_assert_uint_eq(out.len, 0);
    cp_buf_release(&lines);
    cp_buf_release(&out);
}
END_TEST

Suite *cp_suite_shared(void)
{
    Suite *suite = suite_create("shared");
    TCase *sections = tcase_create("sections");
    tcase_add_test(sections, values_count_and_neither_comments_nor_style);
    tcase_add_test(sections, what_differs_or_is_missing_is_not_shared);
    tcase_add_test(sections, one_plan_shares_nothing);
    tcase_add_test(sections, reviews_names_and_what_is_unknown_are_never_shared);
    tcase_add_test(sections, too_much_for_a_portfolio_file_is_not_proposed);
    suite_add_tcase(suite, sections);
    return suite;
}
