/* Plans decoded with what they inherit, names resolved, audiences, facts: the model's own promises.
 */
#include "suites.h"

#include <contplan/model.h>

#include <stdlib.h>
#include <string.h>

/* A portfolio file and a plan, decoded; findings in `diags`. */
struct decoded {
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file config_file, plan_file;
    struct cp_portfolio portfolio;
    struct cp_plan plan;
};

static void parse(struct cp_yaml *out, struct cp_arena *arena, struct cp_file *file,
                  const char *path, const char *text, struct cp_diags *diags)
{
    cp_file_init(file, path);
    cp_file_set(file, cp_str_of(text));
    cp_yaml_parse(out, arena, file, diags);
}

static void decode(struct decoded *out, const char *config, const char *plan)
{
    struct cp_yaml yaml;
    memset(out, 0, sizeof *out);
    cp_arena_init(&out->arena);
    cp_diags_init(&out->diags);
    cp_portfolio_init(&out->portfolio);
    parse(&yaml, &out->portfolio.arena, &out->config_file, "contplan.yaml", config, &out->diags);
    cp_portfolio_decode(&out->portfolio, &yaml, &out->diags);
    parse(&yaml, &out->arena, &out->plan_file, "plans/a.yaml", plan, &out->diags);
    cp_plan_decode(&out->plan, &out->arena, &yaml, CP_STR("a"), &out->portfolio, &out->diags);
}

static void release(struct decoded *decoded)
{
    cp_portfolio_release(&decoded->portfolio);
    cp_file_drop(&decoded->config_file);
    cp_file_drop(&decoded->plan_file);
    cp_diags_release(&decoded->diags);
    cp_arena_release(&decoded->arena);
}

static const char *code_of(const struct decoded *decoded, size_t index)
{
    return index < decoded->diags.items.count ? decoded->diags.items.items[index]->rule->code
                                              : "none";
}

START_TEST(test_inherited_values_keep_their_place)
{
    struct decoded d;
    decode(&d,
           "organisation: Office\ndefaults:\n  releases:\n    process: Inherited.\n"
           "    rollback: Inherited too.\n",
           "id: a\nreleases:\n  rollback: Our own.\n");
    ck_assert_uint_eq(d.diags.items.count, 0);
    const struct cp_releases *releases = &d.plan.releases;
    ck_assert(cp_str_is(releases->process.text, "Inherited."));
    ck_assert(releases->process.leaf.is_inherited);
    ck_assert_ptr_eq(releases->process.leaf.node->file, &d.config_file);
    ck_assert(cp_str_is(releases->rollback.text, "Our own."));
    ck_assert(!releases->rollback.leaf.is_inherited);
    release(&d);
}
END_TEST

START_TEST(test_named_items_merge_and_others_follow)
{
    struct decoded d;
    decode(&d,
           "organisation: Office\ndefaults:\n  incident_response:\n    roles:\n"
           "    - role: lead\n      rota: Duty lead\n    - role: scribe\n      rota: Duty scribe\n",
           "id: a\nincident_response:\n  roles:\n  - role: comms\n    rota: Press desk\n"
           "  - role: scribe\n    channel: Room 2\n");
    ck_assert_uint_eq(d.diags.items.count, 0);
    ck_assert_uint_eq(d.plan.incident_response.roles.count, 3);
    const struct cp_role *roles = d.plan.incident_response.roles.items;
    ck_assert(cp_str_is(roles[0].role.text, "lead"));
    ck_assert(cp_str_is(roles[1].role.text, "scribe"));
    ck_assert(cp_str_is(roles[1].channel.text, "Room 2"));
    ck_assert(cp_str_is(roles[1].rota.text, "Duty scribe"));
    ck_assert(roles[1].rota.leaf.is_inherited);
    ck_assert(cp_str_is(roles[2].role.text, "comms"));
    release(&d);
}
END_TEST

START_TEST(test_a_name_given_twice_is_seen_beside_an_inherited_one)
{
    struct decoded d;
    decode(&d, "defaults:\n  incident_response:\n    roles:\n    - role: lead\n",
           "id: a\nincident_response:\n  roles:\n  - role: lead\n  - role: lead\n");
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert_str_eq(code_of(&d, 0), "CP008");
    release(&d);
}
END_TEST

START_TEST(test_lists_without_names_are_replaced)
{
    struct decoded d;
    decode(&d, "defaults:\n  scope:\n    in: [theirs, also theirs]\n",
           "id: a\nscope:\n  in: [ours]\n");
    ck_assert_uint_eq(d.plan.scope.in.count, 1);
    ck_assert(cp_str_is(d.plan.scope.in.items[0].text.text, "ours"));
    release(&d);
}
END_TEST

START_TEST(test_defaults_are_judged_once_where_they_stand)
{
    struct decoded d;
    decode(&d, "defaults:\n  releases:\n    proces: x\n", "id: a\n");
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert_str_eq(code_of(&d, 0), "CP006");
    ck_assert_ptr_eq(d.diags.items.items[0]->place.file, &d.config_file);
    release(&d);
}
END_TEST

START_TEST(test_unknown_and_not_applicable_are_states)
{
    struct decoded d;
    decode(&d, "organisation: Office\n",
           "id: a\nreleases: {not_applicable: {reason: bought as it is, by: Ada Hale}}\n"
           "disaster_recovery:\n  objectives:\n  - rto: {unknown: {reason: asked, owner: Ada Hale, "
           "due: 2027-01-31}}\n    rpo: {unknown: {reason: asked}}\n");
    ck_assert_int_eq(d.plan.releases.section.leaf.state, CP_NOT_APPLICABLE);
    const struct cp_objective *objective = &d.plan.disaster_recovery.objectives.items[0];
    ck_assert_int_eq(objective->rto.leaf.state, CP_UNKNOWN);
    ck_assert_int_eq(objective->rpo.leaf.state, CP_BROKEN);
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert_str_eq(code_of(&d, 0), "CP205");
    struct cp_unknown unknown;
    struct cp_buf due;
    cp_buf_init(&due);
    cp_unknown_decode(&unknown, &objective->rto.leaf, &d.arena);
    cp_date_put(&due, unknown.due.date);
    ck_assert_str_eq(due.at, "2027-01-31");
    cp_buf_release(&due);
    release(&d);
}
END_TEST

START_TEST(test_an_unknown_version_is_the_only_finding)
{
    struct decoded d;
    decode(&d, "organisation: Office\n", "schema: contplan/v9\nid: b\nnonsense: 1\n");
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert_str_eq(code_of(&d, 0), "CP013");
    release(&d);
}
END_TEST

START_TEST(test_places_resolve_down_to_undeclared_zones)
{
    struct decoded d;
    decode(&d, "suppliers:\n- id: aws\n  regions: [eu-west-1]\n",
           "id: a\nit_continuity:\n  hosting: aws\n  regions: [aws.eu-west-1, aws.eu-west-2]\n"
           "  zones: [aws.eu-west-1.a]\n");
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert_str_eq(code_of(&d, 0), "CP015");
    ck_assert_uint_eq(d.diags.items.items[0]->at.line, 4);
    release(&d);
}
END_TEST

START_TEST(test_plain_words_are_names_and_slugs_are_ids)
{
    struct decoded d;
    decode(&d, "people:\n- id: ada.hale\n  name: Ada Hale\n",
           "id: a\naccountability:\n  accountable: ada.hail\n  responsible: [The duty team, "
           "ada.hale]\n");
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert_str_eq(code_of(&d, 0), "CP015");
    ck_assert(cp_str_find(d.diags.items.items[0]->help, CP_STR("ada.hale")) != SIZE_MAX);
    ck_assert_uint_eq(d.diags.items.items[0]->notes.count, 1);
    release(&d);
}
END_TEST

START_TEST(test_audience_looks_at_the_item_then_the_row_then_the_section)
{
    struct decoded d;
    decode(&d, "organisation: Office\n",
           "id: a\nclassification: public\naccountability:\n  audience: restricted\n  contacts:\n"
           "  - name: Desk\n    phone: 020 7946 0001\n"
           "  - name: Line\n    phone: 020 7946 0002\n    audience: public\n");
    const struct cp_field *contacts = NULL;
    cp_value_find(&cp_object_plan, &d.plan, "accountability.contacts", &contacts);
    const struct cp_field *phone = cp_field_find(contacts->of, CP_STR("phone"));
    const struct cp_leaf *section = &d.plan.accountability.section.leaf;
    const struct cp_contact *desk = &d.plan.accountability.contacts.items[0];
    const struct cp_contact *line = &d.plan.accountability.contacts.items[1];
    ck_assert_int_eq(cp_audience_of(&d.plan, phone, &desk->phone.leaf, &desk->leaf, section),
                     CP_RESTRICTED);
    ck_assert_int_eq(cp_audience_of(&d.plan, phone, &line->phone.leaf, &line->leaf, section),
                     CP_PUBLIC);
    ck_assert_int_eq(cp_audience_of(&d.plan, NULL, &d.plan.name.leaf, NULL, NULL), CP_PUBLIC);
    release(&d);
}
END_TEST

START_TEST(test_an_audience_that_is_none_is_the_narrowest)
{
    struct decoded d;
    decode(&d, "organisation: Office\n",
           "id: a\nclassification: Public\nscope: {audience: secret, users: All,\n"
           "  workaround: {text: Paper, audience: internal}}\n");
    const struct cp_scope *scope = &d.plan.scope;
    ck_assert_uint_eq(d.diags.items.count, 3);
    ck_assert_int_eq(cp_audience_of(&d.plan, NULL, &scope->users.leaf, NULL, &scope->section.leaf),
                     CP_RESTRICTED);
    ck_assert_int_eq(
        cp_audience_of(&d.plan, NULL, &scope->workaround.text.leaf, &scope->workaround.leaf, NULL),
        CP_RESTRICTED);
    ck_assert_int_eq(cp_audience_of(&d.plan, NULL, &d.plan.summary.leaf, NULL, NULL),
                     CP_RESTRICTED);
    release(&d);
}
END_TEST

START_TEST(test_facts_keep_what_others_decide)
{
    struct decoded d;
    decode(&d, "organisation: Office\n",
           "id: a\ntier: 2\nphase: beta\ndependencies:\n  internal:\n  - service: payments\n"
           "    purpose: {unknown: {reason: asked, owner: Ada Hale, due: 2027-01-31}}\n");
    struct cp_facts *facts =
        cp_facts_new(&d.plan, CP_STR("a"), &d.portfolio, CP_FACTS_RULES, &d.arena);
    ck_assert(cp_str_is(cp_fact_str(facts, facts->id), "a"));
    ck_assert_int_eq(facts->phase, CP_BETA);
    ck_assert_int_eq(facts->tier, 2);
    ck_assert_uint_eq(cp_facts_count(facts, CP_POOL_REFERENCES), 1);
    ck_assert(cp_str_is(cp_fact_str(facts, cp_facts_references(facts)[0].id), "payments"));
    ck_assert(cp_str_is(cp_fact_str(facts, cp_facts_references(facts)[0].field),
                        "dependencies.internal[0].service"));
    ck_assert_uint_eq(cp_facts_count(facts, CP_POOL_UNKNOWNS), 1);
    free(facts);
    release(&d);
}
END_TEST

/* Thousands of plans are kept: a text that says what another says takes no room, and neither does
 * what no rule will ask for. */
START_TEST(test_facts_keep_little)
{
    static const char *const few = "id: a\nit_continuity:\n  zones: [north.east.one]\n"
                                   "review:\n  last: 2026-10-16\n";
    static const char *const same = "id: a\nit_continuity:\n"
                                    "  zones: [north.east.one, north.east.one]\n"
                                    "review:\n  last: 2026-10-16\n";
    struct decoded d[2];
    decode(&d[0], "", few);
    decode(&d[1], "", same);
    struct cp_facts *with = cp_facts_new(&d[0].plan, CP_STR("a"), &d[0].portfolio,
                                         CP_FACTS_RULES | CP_FACTS_RECOVERY, &d[0].arena);
    struct cp_facts *without =
        cp_facts_new(&d[0].plan, CP_STR("a"), &d[0].portfolio, CP_FACTS_RECOVERY, &d[0].arena);
    struct cp_facts *twice =
        cp_facts_new(&d[1].plan, CP_STR("a"), &d[1].portfolio, CP_FACTS_RECOVERY, &d[1].arena);
    ck_assert_uint_eq(cp_facts_count(with, CP_POOL_DATES), 1);
    ck_assert_uint_eq(cp_facts_count(without, CP_POOL_DATES), 0);
    ck_assert_uint_lt(without->size, with->size);
    ck_assert_uint_eq(twice->zones.count, 2);
    ck_assert(cp_str_is(cp_fact_str(twice, cp_fact_words(twice, twice->zones)[1].text),
                        "north.east.one"));
    ck_assert_uint_eq(twice->size - twice->text, without->size - without->text);
    free(twice);
    free(without);
    free(with);
    release(&d[1]);
    release(&d[0]);
}
END_TEST

/* A thousand suppliers and a plan that names as many plain ones: the first slip is found, and
 * behind so many names nothing is guessed any more, neither slips nor what was meant. */
START_TEST(test_a_file_full_of_names_is_not_guessed_at_without_end)
{
    enum { MANY = 1000 };
    struct decoded d;
    struct cp_buf config;
    struct cp_buf plan;
    cp_buf_init(&config);
    cp_buf_init(&plan);
    cp_buf_puts(&config, "organisation: Office\nsuppliers:\n- id: northcloud\n");
    cp_buf_puts(&plan, "id: a\nbackup_restore:\n  backups:\n"
                       "  - {id: first, copies: [{provider: northclod}]}\n");
    for (size_t i = 0; i < MANY; i++) {
        cp_buf_printf(&config, "- id: supplier%04zu\n", i);
        cp_buf_printf(&plan, "  - {id: b%04zu, copies: [{provider: hardware}]}\n", i);
    }
    cp_buf_puts(&plan, "  - {id: last, copies: [{provider: northclod}]}\n");
    decode(&d, config.at, plan.at);
    ck_assert_uint_eq(d.diags.items.count, 1);
    ck_assert(
        cp_str_is(d.diags.items.items[0]->field, "backup_restore.backups[0].copies[0].provider"));
    ck_assert(cp_str_is(d.diags.items.items[0]->help, "did you mean 'northcloud'?"));
    release(&d);
    cp_buf_release(&config);
    cp_buf_release(&plan);
}
END_TEST

/* Of ten thousand people, twenty strangers are too many to look for; each file has its own share.
 */
START_TEST(test_findings_of_one_file_share_what_is_looked_at)
{
    enum { MANY = 10000, STRANGERS = 20 };
    struct decoded d;
    struct cp_buf config;
    struct cp_buf plan;
    cp_buf_init(&config);
    cp_buf_init(&plan);
    cp_buf_puts(&config, "organisation: Office\npeople:\n- {id: ada.hale, name: Ada Hale}\n");
    cp_buf_puts(&plan, "id: a\naccountability:\n  responsible:\n");
    for (size_t i = 0; i < MANY; i++) {
        cp_buf_printf(&config, "- {id: p%05zu, name: P %05zu}\n", i, i);
    }
    for (size_t i = 0; i < STRANGERS; i++) {
        cp_buf_printf(&plan, "  - ada.hael\n");
    }
    decode(&d, config.at, plan.at);
    ck_assert_uint_eq(d.diags.items.count, STRANGERS);
    ck_assert_str_eq(d.diags.items.items[0]->help.at, "did you mean 'ada.hale'?");
    ck_assert(cp_str_find(d.diags.items.items[STRANGERS - 1]->help, CP_STR("ada.hale")) ==
              SIZE_MAX);
    release(&d);
    cp_buf_release(&config);
    cp_buf_release(&plan);
}
END_TEST

Suite *cp_suite_model(void)
{
    Suite *suite = suite_create("model");
    TCase *tests = tcase_create("model");
    tcase_add_test(tests, test_inherited_values_keep_their_place);
    tcase_add_test(tests, test_named_items_merge_and_others_follow);
    tcase_add_test(tests, test_a_name_given_twice_is_seen_beside_an_inherited_one);
    tcase_add_test(tests, test_lists_without_names_are_replaced);
    tcase_add_test(tests, test_defaults_are_judged_once_where_they_stand);
    tcase_add_test(tests, test_unknown_and_not_applicable_are_states);
    tcase_add_test(tests, test_an_unknown_version_is_the_only_finding);
    tcase_add_test(tests, test_places_resolve_down_to_undeclared_zones);
    tcase_add_test(tests, test_plain_words_are_names_and_slugs_are_ids);
    tcase_add_test(tests, test_audience_looks_at_the_item_then_the_row_then_the_section);
    tcase_add_test(tests, test_an_audience_that_is_none_is_the_narrowest);
    tcase_add_test(tests, test_a_file_full_of_names_is_not_guessed_at_without_end);
    tcase_add_test(tests, test_findings_of_one_file_share_what_is_looked_at);
    tcase_add_test(tests, test_facts_keep_what_others_decide);
    tcase_add_test(tests, test_facts_keep_little);
    suite_add_tcase(suite, tests);
    return suite;
}
