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

/* Whom each profile speaks for; baseline cites whoever asks. */
static const char *const standards[] = {"", "ISO 22301:2019, ", "NIST SP 800-34r1, ", "DORA "};

START_TEST(every_requirement_is_a_field_of_the_plan)
{
    const struct cp_str *names;
    const struct cp_object *object;
    cp_profile_names(&names);
    const struct cp_profile *profile = cp_profile_find(names[_i]);
    ck_assert_msg(profile != NULL, "%.*s", CP_ARG(names[_i]));
    ck_assert_uint_gt(profile->count, 10);
    for (size_t i = 0; i < profile->count; i++) {
        const struct cp_requirement *requirement = &profile->requires[i];
        ck_assert_msg(!cp_requirement_fault(requirement->field, &object), "%s is no field",
                      requirement->field);
        ck_assert_msg(requirement->message && strlen(requirement->message) > 20,
                      "%s: nothing says what to write", requirement->field);
        ck_assert_msg(_i == 0 || requirement->clause, "%s: no clause", requirement->field);
        ck_assert_msg(_i == 0 || cp_str_has_prefix(cp_str_of(requirement->clause), standards[_i]),
                      "%s: asked in another's name: %s", requirement->field, requirement->clause);
        ck_assert_int_ne(requirement->severity, CP_OFF);
        for (size_t j = 0; j < i; j++) {
            ck_assert_str_ne(profile->requires[j].field, requirement->field);
        }
    }
    for (size_t i = 0; i < profile->severity_count; i++) {
        const char *rules = profile->severities[i].rules;
        ck_assert_msg(cp_rules_find(cp_str_of(rules)) != NULL, "%s is no rule", rules);
    }
    ck_assert_ptr_eq(profile->extends, _i == 0 ? NULL : cp_profile_find(CP_STR("baseline")));
}
END_TEST

START_TEST(profiles_are_known_by_name_others_by_path)
{
    ck_assert_ptr_null(cp_profile_find(CP_STR("Baseline")));
    ck_assert(!cp_profile_is_path(CP_STR("nist-800-34")));
    ck_assert(cp_profile_is_path(CP_STR("ours.yaml")));
    ck_assert(cp_profile_is_path(CP_STR("./ours")));
}
END_TEST

/* What is said of an option where nobody states it is what then holds. */
START_TEST(options_are_what_they_say_by_default)
{
    struct cp_config config = {0};
    struct cp_limits limits;
    struct cp_buf text;
    cp_limits_init(&limits, cp_profile_find(CP_STR("dora")), &config);
    const struct cp_length *const lengths[] = {
        limits.fast_rto, limits.placeholder_age, limits.every[CP_TERM_EXERCISE],
        limits.every[CP_TERM_RESTORE_TEST], limits.every[CP_TERM_REVIEW]};
    cp_buf_init(&text);
    cp_buf_printf(&text, "%lld %%", (long long)limits.margin->value);
    ck_assert_str_eq(text.at, cp_object_options.fields[0].example);
    for (size_t i = 1; i < cp_object_options.count; i++) {
        cp_buf_clear(&text);
        cp_duration_put(&text, lengths[i - 1]->duration);
        ck_assert_str_eq(text.at, cp_object_options.fields[i].example);
    }
    cp_buf_release(&text);
    for (size_t i = 0; i < cp_object_options.count; i++) {
        struct cp_str code = {cp_object_options.fields[i].doc, 5};
        ck_assert_msg(cp_rules_find(code) != NULL, "%.*s is no rule", CP_ARG(code));
        ck_assert_ptr_null(cp_rules_find(cp_str_of(cp_object_options.fields[i].key)));
    }
}
END_TEST

START_TEST(the_nearest_word_on_an_option_counts)
{
    struct cp_config config = {0};
    struct cp_options theirs = {
        .margin = {.leaf = {.state = CP_SET}, .value = 30},
        .fast_rto = {.leaf = {.state = CP_SET}, .duration = {.seconds = 60}}};
    struct cp_options ours = {.margin = {.leaf = {.state = CP_BROKEN}, .value = 40}};
    struct cp_profile parent = {.name = "theirs", .options = &theirs};
    struct cp_profile profile = {.name = "ours", .extends = &parent, .options = &ours};
    struct cp_limits limits;
    cp_limits_init(&limits, &profile, &config);
    ck_assert_int_eq(limits.margin->value, 30);
    ck_assert_int_eq(limits.fast_rto->duration.seconds, 60);
    config.options.margin = (struct cp_number){.leaf = {.state = CP_SET}, .value = 50};
    cp_limits_init(&limits, &profile, &config);
    ck_assert_int_eq(limits.margin->value, 50);
}
END_TEST

START_TEST(a_fault_in_a_path_is_where_it_stands)
{
    static const struct {
        const char *path, *fault;
    } rows[] = {
        {"summary", NULL},
        {"incident_response.roles[].holders", NULL},
        {"disaster_recovery.runbooks[].steps[].role", NULL},
        {"disaster_recovery.runbook[].owner", "runbook[].owner"},
        {"disaster_recovery.runbooks.owner", "runbooks.owner"},
        {"scope[].in", "scope[].in"},
        {"summary.text", "summary.text"},
        {"scope.in[]", "in[]"},
        {"scope.", ""},
        {"", ""},
    };
    const struct cp_object *object;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *fault = cp_requirement_fault(rows[i].path, &object);
        ck_assert_msg(rows[i].fault ? fault && strcmp(fault, rows[i].fault) == 0 : !fault, "%s: %s",
                      rows[i].path, fault ? fault : "no fault");
    }
}
END_TEST

START_TEST(standards_ask_for_approval_more_loudly)
{
    const struct cp_rule *rule = cp_rules_find(CP_STR("CP311"));
    struct cp_diagnostic finding = {.rule = rule, .severity = rule->severity};
    ck_assert_int_eq(cp_profile_severity(cp_profile_find(CP_STR("baseline")), &finding), CP_INFO);
    ck_assert_int_eq(cp_profile_severity(cp_profile_find(CP_STR("dora")), &finding), CP_WARNING);
}
END_TEST

START_TEST(the_nearest_requirement_counts)
{
    static const struct cp_requirement below[] = {
        {.field = "summary", .severity = CP_ERROR},
        {.field = "tier", .severity = CP_ERROR},
        {.field = "impact", .severity = CP_ERROR},
    };
    static const struct cp_requirement above[] = {
        {.field = "summary", .severity = CP_OFF},
        {.field = "tier", .severity = CP_WARNING, .phases = 1U << CP_BETA},
    };
    static const struct cp_profile_severity severities[] = {{"CP4", CP_INFO}};
    static const struct cp_profile base = {.requires = below, .count = 3};
    static const struct cp_profile own = {.extends = &base,
                                          .requires = above,
                                          .count = 2,
                                          .severities = severities,
                                          .severity_count = 1};
    struct cp_plan plan = {0};
    ck_assert_ptr_null(cp_profile_requirement(&own, &plan, "summary"));
    ck_assert_ptr_eq(cp_profile_requirement(&own, &plan, "tier"), &below[1]);
    ck_assert_ptr_eq(cp_profile_requirement(&own, &plan, "impact"), &below[2]);
    ck_assert_ptr_null(cp_profile_requirement(&own, &plan, "scope"));
    plan.phase.leaf.state = CP_SET;
    plan.phase.value = CP_BETA;
    ck_assert_ptr_eq(cp_profile_requirement(&own, &plan, "tier"), &above[1]);
    struct cp_diagnostic finding = {.rule = cp_rules_find(CP_STR("CP404")), .severity = CP_WARNING};
    ck_assert_int_eq(cp_profile_severity(&own, &finding), CP_INFO);
    ck_assert_int_eq(cp_profile_severity(&base, &finding), CP_WARNING);
    finding.has_fixed_severity = true;
    ck_assert_int_eq(cp_profile_severity(&own, &finding), CP_WARNING);
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
    const struct cp_str *names;
    Suite *suite = suite_create("rules");
    TCase *tables = tcase_create("tables");
    tcase_add_test(tables, rules_are_found_by_code_and_name);
    tcase_add_loop_test(tables, every_requirement_is_a_field_of_the_plan, 0,
                        (int)cp_profile_names(&names));
    tcase_add_test(tables, profiles_are_known_by_name_others_by_path);
    tcase_add_test(tables, options_are_what_they_say_by_default);
    tcase_add_test(tables, the_nearest_word_on_an_option_counts);
    tcase_add_test(tables, a_fault_in_a_path_is_where_it_stands);
    tcase_add_test(tables, standards_ask_for_approval_more_loudly);
    tcase_add_test(tables, the_nearest_requirement_counts);
    TCase *severities = tcase_create("severities");
    tcase_add_test(severities, the_phase_lowers_severities);
    tcase_add_test(severities, the_later_word_wins);
    tcase_add_test(severities, selecting_leaves_the_rest_out);
    suite_add_tcase(suite, tables);
    suite_add_tcase(suite, severities);
    return suite;
}
