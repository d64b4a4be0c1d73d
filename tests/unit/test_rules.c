/*
 * The registry, the profile, and what becomes of a finding's severity.
 */
#include "suites.h"

#include <contplan/rules.h>

#include <string.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

START_TEST(rules_are_found_by_code_and_name)
{
    const struct cp_rule *rule = cp_rules_find(CP_STR("CP301"));
    ck_assert_ptr_nonnull(rule);
    ck_assert_ptr_eq(rule, cp_rules_find(CP_STR("rto-exceeds-mtpd")));
    ck_assert_ptr_null(cp_rules_find(CP_STR("CP3")));
    ck_assert_ptr_null(cp_rules_find(CP_STR("")));
    ck_assert_ptr_null(cp_checks_get(cp_checks_count()));
    EQ(cp_rules_nearest(CP_STR("rto-exceeds-mtdp")), "rto-exceeds-mtpd");
    ck_assert_uint_eq(cp_rules_nearest(CP_STR("something else altogether")).len, 0);
}
END_TEST

START_TEST(every_requirement_is_a_field_of_the_plan)
{
    const struct cp_profile *profile = cp_profile_find(CP_STR("baseline"));
    struct cp_plan plan = {0};
    ck_assert_ptr_nonnull(profile);
    ck_assert_ptr_null(cp_profile_find(CP_STR("Baseline")));
    for (size_t i = 0; i < profile->count; i++) {
        const struct cp_requirement *requirement = &profile->requires[i];
        ck_assert_msg(cp_value_find(&cp_object_plan, &plan, requirement->field, NULL) != NULL,
                      "%s is no field", requirement->field);
        ck_assert_msg(requirement->message && strlen(requirement->message) > 20,
                      "%s: nothing says what to write", requirement->field);
        ck_assert_int_ne(requirement->severity, CP_OFF);
    }
}
END_TEST

START_TEST(every_profile_is_named)
{
    const struct cp_str *names;
    size_t count = cp_profile_names(&names);
    ck_assert_uint_gt(count, 0);
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(cp_profile_find(names[i]) != NULL, "%.*s", CP_ARG(names[i]));
    }
}
END_TEST

/* ---- severities ------------------------------------------------------------------------------ */

static enum cp_severity settle(const struct cp_selection *selection, const char *code,
                               enum cp_phase phase)
{
    const struct cp_rule *rule = cp_rules_find(cp_str_of(code));
    ck_assert_ptr_nonnull(rule);
    struct cp_diagnostic finding = {.rule = rule, .severity = rule->severity};
    return cp_settle_severity(selection, &finding, phase);
}

START_TEST(the_phase_lowers_severities)
{
    static const struct {
        const char *code;
        enum cp_severity alpha, live, retired;
    } rows[] = {
        {"CP006", CP_ERROR, CP_ERROR, CP_ERROR},   {"CP101", CP_WARNING, CP_ERROR, CP_OFF},
        {"CP107", CP_WARNING, CP_WARNING, CP_OFF}, {"CP206", CP_INFO, CP_INFO, CP_OFF},
        {"CP406", CP_WARNING, CP_ERROR, CP_OFF},
    };
    struct cp_selection selection;
    cp_selection_init(&selection);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_int_eq(settle(&selection, rows[i].code, CP_ALPHA), rows[i].alpha);
        ck_assert_int_eq(settle(&selection, rows[i].code, CP_BETA), rows[i].alpha);
        ck_assert_int_eq(settle(&selection, rows[i].code, CP_LIVE), rows[i].live);
        ck_assert_int_eq(settle(&selection, rows[i].code, CP_RETIRED), rows[i].retired);
    }
    cp_selection_release(&selection);
}
END_TEST

START_TEST(the_later_word_wins)
{
    struct cp_selection selection;
    cp_selection_init(&selection);
    ck_assert(cp_selection_set_severity(&selection, CP_STR("rto-exceeds-mtpd"), CP_WARNING));
    ck_assert_int_eq(settle(&selection, "CP301", CP_LIVE), CP_WARNING);
    ck_assert(cp_selection_set_severity(&selection, CP_STR("CP3"), CP_INFO));
    ck_assert_int_eq(settle(&selection, "CP301", CP_LIVE), CP_INFO);
    ck_assert_int_eq(settle(&selection, "CP101", CP_LIVE), CP_ERROR);
    ck_assert(cp_selection_set_severity(&selection, CP_STR("CP101"), CP_ERROR));
    ck_assert_int_eq(settle(&selection, "CP101", CP_ALPHA), CP_ERROR);
    ck_assert_int_eq(settle(&selection, "CP101", CP_RETIRED), CP_OFF);
    ck_assert(cp_selection_ignore(&selection, CP_STR("ALL")));
    ck_assert_int_eq(settle(&selection, "CP101", CP_LIVE), CP_OFF);
    ck_assert(!cp_selection_ignore(&selection, CP_STR("CP9999")));
    ck_assert(!cp_selection_ignore(&selection, CP_STR("C")));
    ck_assert(!cp_selection_select(&selection, CP_STR("")));
    ck_assert(!selection.has_select);
    cp_selection_release(&selection);
}
END_TEST

START_TEST(selecting_leaves_the_rest_out)
{
    struct cp_selection selection;
    cp_selection_init(&selection);
    ck_assert(cp_selection_set_severity(&selection, CP_STR("CP404"), CP_OFF));
    ck_assert(cp_selection_select(&selection, CP_STR("CP4")));
    ck_assert(cp_selection_ignore(&selection, CP_STR("CP406")));
    ck_assert_int_eq(settle(&selection, "CP401", CP_LIVE), CP_ERROR);
    ck_assert_int_eq(settle(&selection, "CP406", CP_LIVE), CP_OFF);
    ck_assert_int_eq(settle(&selection, "CP301", CP_LIVE), CP_OFF);
    /* A group does not bring back what the portfolio file switched off; its very code does. */
    ck_assert_int_eq(settle(&selection, "CP404", CP_LIVE), CP_OFF);
    ck_assert(cp_selection_select(&selection, CP_STR("deputy-of-oneself")));
    ck_assert_int_eq(settle(&selection, "CP404", CP_LIVE), CP_WARNING);
    cp_selection_release(&selection);
}
END_TEST

Suite *cp_suite_rules(void)
{
    Suite *suite = suite_create("rules");
    TCase *tables = tcase_create("tables");
    tcase_add_test(tables, rules_are_found_by_code_and_name);
    tcase_add_test(tables, every_requirement_is_a_field_of_the_plan);
    tcase_add_test(tables, every_profile_is_named);
    TCase *severities = tcase_create("severities");
    tcase_add_test(severities, the_phase_lowers_severities);
    tcase_add_test(severities, the_later_word_wins);
    tcase_add_test(severities, selecting_leaves_the_rest_out);
    suite_add_tcase(suite, tables);
    suite_add_tcase(suite, severities);
    return suite;
}
