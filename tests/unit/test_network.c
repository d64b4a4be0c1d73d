/*
 * The facts of recovery as they are kept of a plan, and the plans of a portfolio joined by what
 * they depend on.
 */
#include "suites.h"

#include <contplan/analysis.h>
#include <contplan/engine.h>
#include <contplan/source.h>

#include <stdlib.h>
#include <string.h>

#define UNKNOWN "{unknown: {reason: asked, owner: mo, due: 2027-01-01}}"

/* ---- facts ----------------------------------------------------------------------------------- */

/* The facts of a plan, and the portfolio of which they are. */
struct kept {
    struct cp_portfolio portfolio;
    struct cp_facts *facts;
};

static struct cp_facts *keep(const struct cp_portfolio *portfolio, const char *text)
{
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
    struct cp_plan plan;
    cp_arena_init(&arena);
    cp_diags_init(&diags);
    cp_file_init(&file, "plan.yaml");
    cp_file_set(&file, cp_str_of(text));
    cp_yaml_parse(&yaml, &arena, &file, &diags);
    cp_plan_decode(&plan, &arena, &yaml, CP_STR(""), portfolio, &diags);
    struct cp_facts *facts =
        cp_facts_new(&plan, CP_STR("stem"), portfolio,
                     CP_FACTS_RULES | CP_FACTS_RECOVERY | CP_FACTS_PROSE, &arena);
    cp_file_drop(&file);
    cp_diags_release(&diags);
    cp_arena_release(&arena);
    return facts;
}

static void keep_one(struct kept *out, const char *text)
{
    cp_portfolio_init(&out->portfolio);
    out->facts = keep(&out->portfolio, text);
}

static void release(struct kept *kept)
{
    free(kept->facts);
    cp_portfolio_release(&kept->portfolio);
}

static bool is_text(const struct cp_facts *facts, struct cp_fact_text text, const char *expected)
{
    return cp_str_is(cp_fact_str(facts, text), expected);
}

static struct cp_fact_length length(int64_t amount, int32_t days, enum cp_fact_unit unit)
{
    return (struct cp_fact_length){amount, days, (uint8_t)unit, CP_SET};
}

static void check_length(struct cp_fact_length is, struct cp_fact_length expected)
{
    ck_assert_int_eq(is.state, expected.state);
    ck_assert_int_eq(is.unit, expected.unit);
    ck_assert_int_eq(is.amount, expected.amount);
    ck_assert_int_eq(is.days, expected.days);
}

START_TEST(dependencies_keep_what_they_say)
{
    struct kept k;
    keep_one(&k, "id: portal\n"
                 "dependencies:\n"
                 "  internal:\n"
                 "    - service: identity\n"
                 "      criticality: hard\n"
                 "      recovery_needs: yes\n"
                 "      resume: 5m\n"
                 "      fallback: {text: Paper, sustain: 1wd 4wh}\n"
                 "    - {name: Print room, holds_data: no}\n"
                 "  external:\n"
                 "    - {name: Cloud, commits: {rto: 4h, rpo: " UNKNOWN "}}\n"
                 "    - {name: Maps, criticality: " UNKNOWN "}\n");
    const struct cp_facts *facts = k.facts;
    const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
    static const struct {
        const char *name;
        enum cp_dependency_kind kind;
        unsigned criticality;
    } expected[] = {
        {"identity", CP_ON_PLAN, CP_HARD},
        {"Print room", CP_ON_NAME_INTERNAL, CP_FACT_ABSENT},
        {"Cloud", CP_ON_NAME_EXTERNAL, CP_FACT_ABSENT},
        {"Maps", CP_ON_NAME_EXTERNAL, CP_FACT_UNCLEAR},
    };
    ck_assert_uint_eq(facts->dependencies.count, 4);
    ck_assert_int_eq(facts->dependencies.state, CP_SET);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(is_text(facts, on[i].target.text, expected[i].name));
        ck_assert_int_eq(on[i].kind, expected[i].kind);
        ck_assert_uint_eq(on[i].criticality, expected[i].criticality);
    }
    ck_assert(is_text(facts, on[0].target.field, "dependencies.internal[0].service"));
    ck_assert_int_eq(on[0].recovery_needs, CP_FACT_YES);
    ck_assert_int_eq(on[0].fallback, CP_SET);
    check_length(on[0].resume, length(300, 0, CP_FACT_ELAPSED));
    check_length(on[0].sustain, length(4 * 3600, 1, CP_FACT_WORKING));
    ck_assert_int_eq(on[1].holds_data, CP_FACT_NO);
    ck_assert_int_eq(on[1].recovery_needs, CP_FACT_NOT_STATED);
    check_length(on[2].rto, length(4 * 3600, 0, CP_FACT_ELAPSED));
    ck_assert_int_eq(on[2].rpo.state, CP_UNKNOWN);
    release(&k);
}
END_TEST

START_TEST(what_stands_in_the_unknown_is_unknown)
{
    struct kept k;
    keep_one(&k, "id: portal\n"
                 "dependencies: " UNKNOWN "\n"
                 "disaster_recovery:\n"
                 "  scenarios: " UNKNOWN "\n"
                 "it_continuity: {not_applicable: {reason: r, by: a}}\n");
    ck_assert_int_eq(k.facts->dependencies.state, CP_UNKNOWN);
    ck_assert_int_eq(k.facts->consumers.state, CP_UNKNOWN);
    ck_assert_int_eq(k.facts->scenarios.state, CP_UNKNOWN);
    ck_assert_int_eq(k.facts->runbooks.state, CP_ABSENT);
    ck_assert_int_eq(k.facts->hosting_state, CP_NOT_APPLICABLE);
    ck_assert_int_eq(k.facts->zones.state, CP_NOT_APPLICABLE);
    release(&k);
}
END_TEST

START_TEST(runbooks_keep_steps_and_their_order)
{
    struct kept k;
    keep_one(&k,
             "id: portal\n"
             "incident_response: {roles: [{role: lead}], tools: [{name: vault}]}\n"
             "disaster_recovery:\n"
             "  scenarios:\n"
             "    - {id: fire, kind: premises, loses: [portal], runbooks: [a, b]}\n"
             "    - {id: flood, response: wait}\n"
             "  runbooks:\n"
             "    - {id: a, type: restore, duration: 2h, owner: ops, needs: [identity, vault]}\n"
             "    - id: b\n"
             "      steps:\n"
             "        - {id: one, role: lead, duration: 10m}\n"
             "        - {id: two, after: []}\n"
             "        - {id: three, after: [one, two]}\n");
    const struct cp_facts *facts = k.facts;
    const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
    const struct cp_fact_runbook *runbooks = cp_fact_runbooks(facts, facts->runbooks);
    const struct cp_fact_step *steps = cp_fact_steps(facts, runbooks[1].steps);
    ck_assert_uint_eq(facts->scenarios.count, 2);
    ck_assert_int_eq(scenarios[0].kind, CP_KIND_PREMISES);
    ck_assert_int_eq(scenarios[0].response, CP_RESPONSE_RUNBOOK);
    ck_assert_int_eq(scenarios[1].response, CP_RESPONSE_WAIT);
    ck_assert(is_text(facts, cp_fact_words(facts, scenarios[0].runbooks)[1].text, "b"));
    ck_assert(is_text(facts, cp_fact_words(facts, runbooks[0].needs)[1].text, "vault"));
    ck_assert(is_text(facts, runbooks[0].owner, "ops"));
    ck_assert_int_eq(runbooks[1].type, CP_FACT_ABSENT);
    ck_assert_uint_eq(runbooks[1].steps.count, 3);
    ck_assert(is_text(facts, steps[0].role, "lead"));
    ck_assert_int_eq(steps[0].after.state, CP_ABSENT);
    ck_assert_int_eq(steps[1].after.state, CP_SET);
    ck_assert_uint_eq(steps[1].after.count, 0);
    ck_assert(is_text(facts, cp_fact_words(facts, steps[2].after)[1].text, "two"));
    release(&k);
}
END_TEST

START_TEST(backups_roles_and_tools_are_kept)
{
    struct kept k;
    keep_one(&k, "id: portal\n"
                 "summary: Takes\n  applications. And more.\n"
                 "incident_response:\n"
                 "  activation: {times: {detect: 5m, declare: 10m}}\n"
                 "  roles:\n"
                 "    - {role: lead, holders: [mo]}\n"
                 "    - {role: scribe, holders: [mo], deputies: [jo]}\n"
                 "  channels: [{name: Chat, alternative: Phone}]\n"
                 "  tools: [{name: Vault, depends_on: [identity]}]\n"
                 "backup_restore:\n"
                 "  stores: [{id: cases, canonical: yes, located: []}]\n"
                 "  backups: [{id: log, store: cases, method: pitr, every: continuous, copies: "
                 "[{account: far, lag: 1h}]}]\n");
    const struct cp_facts *facts = k.facts;
    const struct cp_fact_role *roles = cp_fact_roles(facts, facts->roles);
    const struct cp_fact_tool *tools = cp_fact_tools(facts, facts->tools);
    const struct cp_fact_backup *backup = cp_fact_backups(facts, facts->backups);
    const struct cp_fact_store *store = cp_fact_stores(facts, facts->stores);
    ck_assert(is_text(facts, facts->summary, "Takes applications."));
    check_length(facts->detect, length(300, 0, CP_FACT_ELAPSED));
    ck_assert(is_text(facts, roles[0].role.text, "lead"));
    ck_assert(is_text(facts, roles[0].role.field, "incident_response.roles[0].holders[0]"));
    ck_assert(is_text(facts, roles[1].role.field, ""));
    ck_assert(tools[0].is_channel && !tools[1].is_channel);
    ck_assert_int_eq(tools[0].alternative, CP_SET);
    ck_assert(is_text(facts, cp_fact_words(facts, tools[1].depends_on)->text, "identity"));
    ck_assert_uint_eq(store->located.count, 0);
    ck_assert_int_eq(store->canonical, CP_FACT_YES);
    ck_assert_int_eq(backup->method, CP_METHOD_PITR);
    check_length(backup->every, length(0, 0, CP_FACT_ELAPSED));
    check_length(cp_fact_copies(facts, backup->copies)->lag, length(3600, 0, CP_FACT_ELAPSED));
    release(&k);
}
END_TEST

START_TEST(long_prose_has_a_fingerprint_without_its_white_space)
{
    char text[2000];
    char prose[300];
    memset(prose, 'x', 250);
    prose[250] = '\0';
    snprintf(text, sizeof(text),
             "id: a\n"
             "architecture:\n  description: |\n    one %s\n    two\n"
             "releases:\n  process: one   %s two\n  rollback: short\n",
             prose, prose);
    struct kept k;
    keep_one(&k, text);
    const struct cp_fact_prose *kept = cp_fact_prose(k.facts, k.facts->prose);
    ck_assert_uint_eq(k.facts->prose.count, 2);
    ck_assert_uint_eq(kept[0].fingerprint, kept[1].fingerprint);
    ck_assert_uint_eq(kept[0].length, 258);
    ck_assert(is_text(k.facts, kept[1].field, "releases.process"));
    release(&k);
}
END_TEST

START_TEST(an_objective_is_filled_from_the_tier)
{
    struct kept k;
    struct cp_fact_effective effective;
    keep_one(&k, "id: a\n"
                 "tier: 2\n"
                 "disaster_recovery:\n"
                 "  objectives: [{rto: 1h, rpo: " UNKNOWN "}]\n");
    struct cp_tier *tier = &k.portfolio.config.tiers.tier[1];
    tier->objectives.rto = tier->objectives.rpo = tier->objectives.mtpd =
        (struct cp_length){.leaf = {.state = CP_SET}, .duration = {.seconds = 7200}};
    tier->leaf.state = tier->objectives.leaf.state = CP_SET;
    const struct cp_fact_objective *objective = cp_fact_objectives(k.facts, k.facts->objectives);
    cp_fact_effective(&effective, k.facts, objective, &k.portfolio);
    check_length(effective.rto, length(3600, 0, CP_FACT_ELAPSED));
    check_length(effective.mtpd, length(7200, 0, CP_FACT_ELAPSED));
    ck_assert_int_eq(effective.rpo.state, CP_UNKNOWN);
    ck_assert_int_eq(effective.wrt.state, CP_ABSENT);
    ck_assert(is_text(k.facts, objective->rto_place.field, "disaster_recovery.objectives[0].rto"));
    release(&k);
}
END_TEST

/* ---- the network ----------------------------------------------------------------------------- */

START_TEST(plans_are_joined_both_ways_in_the_order_of_their_ids)
{
    static const char *const texts[] = {
        "id: c\ndependencies: {internal: [{service: a}, {service: b-file}, {service: none}]}\n",
        "id: a\n",
        "id: b\ndependencies: {internal: [{service: a}, {service: b}]}\n",
    };
    static const struct cp_str stems[] = {{"c", 1}, {"a", 1}, {"b-file", 6}};
    struct cp_portfolio portfolio;
    struct cp_facts *facts[3];
    struct cp_network network;
    cp_portfolio_init(&portfolio);
    for (size_t i = 0; i < 3; i++) {
        facts[i] = keep(&portfolio, texts[i]);
    }
    cp_network_init(&network, &portfolio, (const struct cp_facts *const *)facts, stems, 3);
    static const uint32_t edges[][2] = {{1, 0}, {1, 1}, {2, 0}, {2, 1}};
    static const uint32_t first[] = {0, 0, 2, 4};
    static const uint32_t first_incoming[] = {0, 2, 4, 4};
    static const uint32_t incoming[] = {0, 2, 1, 3};
    static const uint32_t origin[] = {1, 2, 0};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_uint_eq(network.edges[i].from, edges[i][0]);
        ck_assert_uint_eq(network.edges[i].to, edges[i][1]);
        ck_assert_uint_eq(network.first[i], first[i]);
        ck_assert_uint_eq(network.incoming[i], incoming[i]);
        ck_assert_uint_eq(network.first_incoming[i], first_incoming[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(network.origin[i], origin[i]);
    }
    ck_assert_uint_eq(cp_network_find(&network, CP_STR("b-file")), 1);
    ck_assert_uint_eq(cp_network_find(&network, CP_STR("d")), SIZE_MAX);
    ck_assert(cp_str_is(cp_network_id(&network, 2), "c"));
    cp_network_release(&network);
    for (size_t i = 0; i < 3; i++) {
        free(facts[i]);
    }
    cp_portfolio_release(&portfolio);
}
END_TEST

START_TEST(no_plans_make_an_empty_network)
{
    struct cp_portfolio portfolio;
    struct cp_network network;
    cp_portfolio_init(&portfolio);
    cp_network_init(&network, &portfolio, NULL, NULL, 0);
    ck_assert_uint_eq(network.first[0], 0);
    ck_assert_uint_eq(network.first_incoming[0], 0);
    cp_network_release(&network);
    cp_portfolio_release(&portfolio);
}
END_TEST

static bool check_network(void *context, const struct cp_network *network)
{
    size_t *seen = context;
    ++*seen;
    ck_assert_uint_eq(network->count, 3);
    ck_assert_str_eq(network->files[1]->path, "plans/b.yaml");
    ck_assert(network->is_asked[0] && !network->is_asked[1]);
    ck_assert(!network->plans[2]->is_parsed);
    ck_assert_uint_eq(network->edges[0].to, 2);
    ck_assert_uint_eq(network->first[3], 1);
    return true;
}

START_TEST(the_engine_reads_the_whole_portfolio_and_says_what_was_asked_for)
{
    const struct cp_overlay_file files[] = {
        {"contplan.yaml", cp_str_of("organisation: o\n")},
        {"plans/a.yaml", cp_str_of("id: a\ndependencies: {internal: [{service: c}]}\n")},
        {"plans/b.yaml", cp_str_of("id: b\n")},
        {"plans/c.yaml", cp_str_of("id: [\n")},
    };
    struct cp_overlay overlay = {files, 4, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    const char *path = "plans/a.yaml";
    struct cp_request request = {
        .paths = &path, .path_count = 1, .today = cp_date_of(2026, 11, 23), .jobs = 2};
    struct cp_engine *engine = cp_engine_new(&source, &request);
    size_t seen = 0;
    cp_engine_each_network(engine, check_network, &seen);
    ck_assert_uint_eq(seen, 1);
    cp_engine_free(engine);
}
END_TEST

Suite *cp_suite_network(void)
{
    Suite *suite = suite_create("network");
    TCase *facts = tcase_create("facts");
    TCase *network = tcase_create("network");
    tcase_add_test(facts, dependencies_keep_what_they_say);
    tcase_add_test(facts, what_stands_in_the_unknown_is_unknown);
    tcase_add_test(facts, runbooks_keep_steps_and_their_order);
    tcase_add_test(facts, backups_roles_and_tools_are_kept);
    tcase_add_test(facts, long_prose_has_a_fingerprint_without_its_white_space);
    tcase_add_test(facts, an_objective_is_filled_from_the_tier);
    tcase_add_test(network, plans_are_joined_both_ways_in_the_order_of_their_ids);
    tcase_add_test(network, the_engine_reads_the_whole_portfolio_and_says_what_was_asked_for);
    tcase_add_test(network, no_plans_make_an_empty_network);
    suite_add_tcase(suite, facts);
    suite_add_tcase(suite, network);
    return suite;
}
