/*
 * What a plan or the portfolio says that it does not know: it is not known in the answer either, or
 * it is assumed, and then that is said.
 */
#include "simulate_case.h"
#include "suites.h"

/* ---- how long a runbook takes ---------------------------------------------------------------- */

#define NONE_OF_IT "{not_applicable: {reason: none, by: mo}}"
#define STEPS(steps, more)                                                                         \
    "id: a\ndisaster_recovery:\n"                                                                  \
    "  scenarios: [{id: s, runbooks: [fix]}]\n"                                                    \
    "  runbooks: [{id: fix" more ", steps: " steps "}]\n"

START_TEST(steps_that_are_not_known_take_an_unknown_time)
{
    static const struct simulate_row rows[] = {
        {.plans = {STEPS(UNKNOWN, ""), "id: b\n" ON(HARD("a", ""))},
         .lose = {"a"},
         .expected = "a down 0-? own ?; b down 0-? own 0; bound ?"},
        {.plans = {STEPS(NONE_OF_IT, "")}, .lose = {"a"}, .expected = "a down 0-? own ?; bound ?"},
        /* The whole of it is known all the same. */
        {.plans = {STEPS(UNKNOWN, ", duration: 30m")},
         .lose = {"a"},
         .expected = "a down 0-30 own 30; a fix - - 0-30; bound 30"},
        {.plans = {STEPS("[{id: x, duration: 5m}, " UNKNOWN "]", ", duration: 30m")},
         .lose = {"a"},
         .expected = "a down 0-? own ?; a fix x - 0-5; a fix - - ?-?; bound ?"},
    };
    CHECK(rows);
}
END_TEST

/* ---- what is assumed ------------------------------------------------------------------------- */

/* Whether the sentence is among the assumptions. */
static bool is_said(const struct simulate_case *outage, const char *sentence)
{
    for (size_t i = 0; i < outage->simulation.assumptions.count; i++) {
        if (cp_str_is(outage->simulation.assumptions.items[i], sentence)) {
            return true;
        }
    }
    return false;
}

/* A row, and what is assumed in it; NULL: nothing. */
struct assumed_row {
    struct simulate_row row;
    const char *sentence;
};

static void check_assumed(const struct assumed_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct simulate_case outage;
        simulate_case_check(&rows[i].row, 1);
        simulate_case_init(&outage, &rows[i].row);
        if (rows[i].sentence) {
            ck_assert_msg(is_said(&outage, rows[i].sentence), "row %zu: %s", i, rows[i].sentence);
        } else {
            ck_assert_msg(outage.simulation.assumptions.count == 0, "row %zu", i);
        }
        simulate_case_release(&outage);
    }
}

#define CHECK_ASSUMED(rows) check_assumed(rows, sizeof(rows) / sizeof((rows)[0]))
/* A plan that recovers within an hour, and leaves nothing to be assumed. */
#define HOUR(id, more)                                                                             \
    RECOVERS(id, "60", more)                                                                       \
    "incident_response: {activation: {times: {detect: 0, declare: 0}}}\n"

START_TEST(what_is_not_known_of_dependencies_is_assumed_and_said)
{
    static const struct assumed_row rows[] = {
        {{.plans = {HOUR("a", ""),
                    "id: b\n" ON(HARD("a", ", fallback: {text: x, sustain: " UNKNOWN "}"))},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; b down 0-60 own 0; a fix - - 0-60; bound 60"},
         "b: a fallback of which it is not known how long it lasts is taken to cover nothing."},
        {{.plans = {HOUR("a", ""), "id: b\n" ON(HARD("a", ", fallback: " UNKNOWN))},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; b down 0-60 own 0; a fix - - 0-60; bound 60"},
         "b: a dependency of which it is not known whether it has a fallback is taken to have "
         "none."},
        {{.plans = {HOUR("a", ""), "id: b\n" ON(HARD("a", ", fallback: " NONE_OF_IT))},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; b down 0-60 own 0; a fix - - 0-60; bound 60"},
         NULL},
        {{.plans = {HOUR("a", ""), "id: b\n" ON("{service: a, criticality: " UNKNOWN "}")},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; b down 0-60 own 0; a fix - - 0-60; bound 60"},
         "b: a dependency of which the criticality is not known is taken as hard."},
        {{.plans = {HOUR("a", ""),
                    HOUR("b", ON("{service: a, criticality: soft, recovery_needs: " UNKNOWN "}"))},
          .lose = {"a", "b"},
          .expected = "a down 0-60 own 60; b down 0-120 own 60; a fix - - 0-60; "
                      "b fix - - 60-120; bound 120"},
         "b: a dependency of which it is not known whether its recovery needs it is taken to be "
         "needed."},
        /* It is up: nothing rests on it. */
        {{.plans = {HOUR("a", ""),
                    HOUR("b", ON("{service: a, criticality: soft, recovery_needs: " UNKNOWN "}"))},
          .lose = {"b"},
          .expected = "b down 0-60 own 60; b fix - - 0-60; bound 60"},
         NULL},
        {{.plans = {HOUR("a", "scope: {workaround: {text: x, sustain: " UNKNOWN "}}\n")},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; a fix - - 0-60; bound 60"},
         "a: how long its workaround lasts is not known: it is taken to cover nothing."},
        {{.plans = {HOUR("a", "scope: {workaround: " UNKNOWN "}\n")},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; a fix - - 0-60; bound 60"},
         "a: whether it has a workaround is not known: it is taken to have none."},
    };
    CHECK_ASSUMED(rows);
}
END_TEST

/* ---- suppliers and places -------------------------------------------------------------------- */

#define OPEN_GROUND(ground)                                                                        \
    "suppliers:\n"                                                                                 \
    "  - {id: cloud, name: Cloud, commits: {rto: 3h}}\n"                                           \
    "  - {id: pay, name: Pay, runs_on: " ground ", commits: {rto: 1h}}\n"                          \
    "  - {id: shop, name: Shop, runs_on: [pay], commits: {rto: 1h}}\n"
#define ON_SUPPLIER(id) "id: a\ndependencies: {external: [{supplier: " id ", criticality: hard}]}\n"

START_TEST(what_a_supplier_runs_on_may_not_be_known)
{
    static const struct assumed_row rows[] = {
        {{.config = OPEN_GROUND(UNKNOWN),
          .plans = {ON_SUPPLIER("pay")},
          .lose = {"cloud"},
          .expected = "bound 0"},
         "a: a supplier of which it is not known what it runs on is taken not to fall with what is "
         "lost."},
        /* Nor what is below it. */
        {{.config = OPEN_GROUND("[" UNKNOWN "]"),
          .plans = {"id: a\nit_continuity: {hosting: shop}\n"},
          .lose = {"cloud"},
          .expected = "bound 0"},
         "a: a supplier of which it is not known what it runs on is taken not to fall with what is "
         "lost."},
        /* Nothing else is lost. */
        {{.config = OPEN_GROUND(UNKNOWN),
          .plans = {ON_SUPPLIER("pay")},
          .lose = {"pay"},
          .expected = "a down 0-60 own 0; bound 60"},
         NULL},
        /* It may have to wait for the other. */
        {{.config = OPEN_GROUND(UNKNOWN),
          .plans = {ON_SUPPLIER("pay")},
          .lose = {"pay", "cloud"},
          .expected = "a down 0-? own 0; bound ?"},
         NULL},
        {{.config = OPEN_GROUND(UNKNOWN),
          .plans = {"id: a\nit_continuity: {hosting: " UNKNOWN "}\n"},
          .lose = {"cloud"},
          .expected = "bound 0"},
         "a: where it runs is not known: it is taken to run nowhere else than where it says."},
    };
    CHECK_ASSUMED(rows);
}
END_TEST

#define SOUTH(more) "id: a\nit_continuity: {regions: [cloud.south], redundancy: " more "}\n"
#define AUTOMATIC                                                                                  \
    "disaster_recovery:\n"                                                                         \
    "  scenarios: [{id: s, kind: region, loses: [cloud.south], response: automatic}]\n"            \
    "  objectives: [{rto: 30m}]\n"
#define SWITCH(level, uses) "[{against: region, level: " level ", uses: " uses ", takes: 5m}]"

START_TEST(a_standby_in_doubt_makes_the_answer_unknown)
{
    static const struct simulate_row rows[] = {
        {.config = CLOUD,
         .plans = {SOUTH(UNKNOWN)},
         .lose = {"cloud.south"},
         .expected = "a down 0-? own ?; bound ?"},
        {.config = CLOUD,
         .plans = {SOUTH("[" UNKNOWN "]")},
         .lose = {"cloud.south"},
         .expected = "a down 0-? own ?; bound ?"},
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH(UNKNOWN, "cloud.north"))},
         .lose = {"cloud.south"},
         .expected = "a down 0-? own ?; bound ?"},
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH("warm-standby", UNKNOWN))},
         .lose = {"cloud.south"},
         .expected = "a down 0-? own ?; bound ?"},
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH(UNKNOWN, UNKNOWN)) AUTOMATIC},
         .lose = {"cloud.south"},
         .expected = "a down 0-? own ? rto ?>30; bound ?"},
        /* Said not to apply is known; what is lost is no standby, whatever it is. */
        {.config = CLOUD,
         .plans = {SOUTH(NONE_OF_IT)},
         .lose = {"cloud.south"},
         .expected = "a down 0-180 own 0; bound 180"},
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH(UNKNOWN, "cloud.north"))},
         .lose = {"cloud.south", "cloud.north"},
         .expected = "a down 0-180 own 0; bound 180"},
        /* A clear one that stands before it. */
        {.config = CLOUD,
         .plans = {SOUTH("[{against: region, level: warm-standby, takes: 5m}, " UNKNOWN "]")},
         .lose = {"cloud.south"},
         .expected = "a down 0-5 own 5; bound 5"},
    };
    CHECK(rows);
}
END_TEST

/* A response that rests on a standby promises nothing where that is lost as well. */
START_TEST(an_automatic_response_without_its_standby_is_no_promise)
{
#define BOTH                                                                                       \
    "disaster_recovery:\n"                                                                         \
    "  scenarios:\n"                                                                               \
    "    - {id: s, kind: region, loses: [cloud.south], response: automatic}\n"                     \
    "    - {id: t, kind: supplier, loses: [cloud.south, cloud.north], runbooks: [fix]}\n"          \
    "  runbooks: [{id: fix, duration: 50m}]\n"                                                     \
    "  objectives: [{rto: 4h}]\n"
    static const struct simulate_row rows[] = {
        /* The case at hand is not that of the scenario: the place is waited for. */
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH("warm-standby", "cloud.north")) AUTOMATIC},
         .lose = {"cloud.south", "cloud.north"},
         .expected = "a down 0-180 own 0 rto 180>30; bound 180"},
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH("warm-standby", "cloud.north")) BOTH},
         .lose = {"cloud.south", "cloud.north"},
         .expected = "a down 0-50 own 50; a fix - - 0-50; bound 50"},
        /* By itself it is what it is. */
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH("warm-standby", "cloud.north")) AUTOMATIC},
         .lose = {"cloud.south"},
         .expected = "a down 0-5 own 5; bound 5"},
        /* A lost service that says no more of itself is not known to come back. */
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH("warm-standby", "cloud.south")) AUTOMATIC},
         .lose = {"a"},
         .expected = "a down 0-? own ? rto ?>30; bound ?"},
        {.config = CLOUD,
         .plans = {SOUTH(SWITCH("warm-standby", "cloud.south")) BOTH},
         .lose = {"a"},
         .expected = "a down 0-50 own 50; a fix - - 0-50; bound 50"},
        /* Without any, the RTO is taken at its word, as ever. */
        {.config = CLOUD,
         .plans = {SOUTH("[{against: region, level: none}]") AUTOMATIC},
         .lose = {"cloud.south"},
         .expected = "a down 0-30 own 30; bound 30"},
    };
    CHECK(rows);
}
END_TEST

/* ---- why, and what to write ------------------------------------------------------------------ */

START_TEST(the_reason_is_the_standby)
{
    static const struct {
        struct simulate_row row;
        const char *reason;
    } rows[] = {
        {{.config = CLOUD, .plans = {SOUTH(UNKNOWN)}, .lose = {"cloud.south"}},
         "whether a standby takes over"},
        {{.config = CLOUD,
          .plans = {SOUTH(SWITCH("warm-standby", UNKNOWN)) AUTOMATIC},
          .lose = {"cloud.south"}},
         "whether a standby takes over"},
        {{.config = CLOUD,
          .plans = {SOUTH(SWITCH("warm-standby", "cloud.south")) AUTOMATIC},
          .lose = {"a"}},
         "how it recovers where its standby is lost as well"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct simulate_case outage;
        simulate_case_init(&outage, &rows[i].row);
        const struct cp_hold *hold = &outage.simulation.services.items[0].limited_by;
        ck_assert_msg(cp_str_is(hold->name, rows[i].reason), "%.*s", CP_ARG(hold->name));
        ck_assert_ptr_nonnull(cp_hold_advice(hold));
        simulate_case_release(&outage);
    }
}
END_TEST

/* ---- teams ----------------------------------------------------------------------------------- */

#define TEAM(more) "teams: [{id: ops, name: Ops, hours: 24x7, call_out: 0" more "}]\n"
#define TWO_STEPS                                                                                  \
    WORKED("a", "ops", STEP("x", "60") ", " STEP("y", "60"))                                       \
    "incident_response: {activation: {times: {detect: 0, declare: 0}}}\n"

START_TEST(what_is_not_known_of_teams_is_assumed_and_said)
{
    static const struct assumed_row rows[] = {
        {{.config = TEAM(", members: " UNKNOWN),
          .plans = {TWO_STEPS},
          .lose = {"a"},
          .expected = "a down 0-120 own 60; a fix x ops 0-60; a fix y ops 60-120; bound 120"},
         "a: a team of which it is not known who is in it is taken to have somebody there."},
        {{.config = TEAM(", members: [" UNKNOWN ", " UNKNOWN "], capacity: 1"),
          .plans = {TWO_STEPS},
          .lose = {"a"},
          .expected = "a down 0-120 own 60; a fix x ops 0-60; a fix y ops 60-120; bound 120"},
         "a: a team of which it is not known who is in it is taken to have somebody there."},
        {{.config = TEAM(", capacity: " UNKNOWN),
          .plans = {TWO_STEPS},
          .lose = {"a"},
          .expected = "a down 0-120 own 60; a fix x ops 0-60; a fix y ops 60-120; bound 120"},
         "a: a team of which it is not known how many things it can do at a time is taken to do "
         "one for each of its members."},
        {{.config = TEAM(", capacity: 2"),
          .plans = {TWO_STEPS},
          .lose = {"a"},
          .expected = "a down 0-60 own 60; a fix x ops 0-60; a fix y ops 0-60; bound 60"},
         NULL},
    };
    CHECK_ASSUMED(rows);
}
END_TEST

Suite *cp_suite_simulate_unknown(void)
{
    Suite *suite = suite_create("simulate_unknown");
    TCase *tests = tcase_create("unknown");
    tcase_add_test(tests, steps_that_are_not_known_take_an_unknown_time);
    tcase_add_test(tests, what_is_not_known_of_dependencies_is_assumed_and_said);
    tcase_add_test(tests, what_a_supplier_runs_on_may_not_be_known);
    tcase_add_test(tests, a_standby_in_doubt_makes_the_answer_unknown);
    tcase_add_test(tests, an_automatic_response_without_its_standby_is_no_promise);
    tcase_add_test(tests, the_reason_is_the_standby);
    tcase_add_test(tests, what_is_not_known_of_teams_is_assumed_and_said);
    suite_add_tcase(suite, tests);
    return suite;
}
