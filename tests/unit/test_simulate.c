/*
 * The simulation of an outage, rule by rule of recovery.md ("Precisely"), on small portfolios with
 * the numbers worked out by hand; what is told beside them.
 */
#include "simulate_case.h"
#include "suites.h"

/* ---- what is lost ---------------------------------------------------------------------------- */

START_TEST(what_is_lost_takes_with_it_what_stands_on_it)
{
    static const struct simulate_row rows[] = {
        /* R2: pay commits itself to an hour, but stands on cloud.south, which takes three. */
        {.config = CLOUD,
         .plans = {"id: a\ndependencies: {external: [{supplier: pay, criticality: hard}]}\n"},
         .lose = {"cloud.south"},
         .expected = "a down 0-180 own 0; bound 180"},
        /* Agreed with this plan: replaces what pay promises everybody, not what it stands on. */
        {.config = CLOUD,
         .plans = {"id: a\ndependencies: {external: [{supplier: pay, criticality: hard, "
                   "commits: {rto: 4h}}]}\n"},
         .lose = {"pay"},
         .expected = "a down 0-240 own 0; bound 240"},
        {.config = CLOUD,
         .plans = {"id: a\ndependencies: {external: [{supplier: mail, criticality: hard}]}\n"},
         .lose = {"mail"},
         .expected = "a down 0-? own 0; bound ?"},
        /* R3: the most specific place counts; a dependency on the supplier is not one on a region.
         */
        {.config = CLOUD,
         .plans = {RUNS("a", "hosting: cloud, regions: [cloud.north]"),
                   "id: b\ndependencies: {external: [{supplier: cloud, criticality: hard}]}\n",
                   RUNS("c", "hosting: cloud"), RUNS("d", "zones: [cloud.south.x]")},
         .lose = {"cloud.south"},
         .expected = "c down 0-180 own 0; d down 0-180 own 0; bound 180"},
        /* R4: retired plans take no part; nobody says how the store is restored. */
        {.plans = {"id: a\nphase: retired\n" ON(HARD("b", "")),
                   "id: b\nbackup_restore: {stores: [{id: files}]}\n"},
         .lose = {"files"},
         .expected = "b down 0-? own ?; bound ?"},
        /* R1: a scenario without anything named loses what it loses, else the plan itself. */
        {.config = CLOUD,
         .plans = {RUNS("a", "regions: [cloud.south]") "disaster_recovery:\n"
                                                       "  scenarios: [{id: flood, loses: "
                                                       "[cloud.south], runbooks: [fix]}]\n"
                                                       "  runbooks: [{id: fix, duration: 50m}]\n",
                   RUNS("b", "regions: [cloud.south]")},
         .scenario = "flood",
         .expected = "a down 0-50 own 50; b down 0-180 own 0; a fix - - 0-50; bound 180"},
    };
    CHECK(rows);
}
END_TEST

/* ---- scenarios and redundancy ---------------------------------------------------------------- */

#define TWO_WAYS                                                                                   \
    "id: a\n"                                                                                      \
    "disaster_recovery:\n"                                                                         \
    "  scenarios:\n"                                                                               \
    "    - {id: fast, runbooks: [small]}\n"                                                        \
    "    - {id: slow, runbooks: [small, large, back]}\n"                                           \
    "  runbooks:\n"                                                                                \
    "    - {id: small, duration: 10m}\n"                                                           \
    "    - {id: large, duration: 30m}\n"                                                           \
    "    - {id: back, type: failback, duration: 90m}\n"

START_TEST(a_plan_uses_one_scenario)
{
    static const struct simulate_row rows[] = {
        /* R5: the longest of its own, or the one that is asked for. */
        {.plans = {TWO_WAYS},
         .lose = {"a"},
         .expected = "a down 0-40 own 40; a small - - 0-10; a large - - 10-40; bound 40"},
        {.plans = {TWO_WAYS},
         .lose = {"a"},
         .scenario = "fast",
         .expected = "a down 0-10 own 10; a small - - 0-10; bound 10"},
        /* R6: answered by a runbook: not waited for. R8: nothing shown is promised by the RTO. */
        {.plans = {RECOVERS("a", "60", ""),
                   "id: b\n" ON(
                       HARD("a", "")) "disaster_recovery:\n"
                                      "  scenarios: [{id: alone, loses: [a], runbooks: [fix]}]\n"
                                      "  runbooks: [{id: fix, duration: 20m}]\n",
                   "id: c\n" ON(HARD("a", "")) "disaster_recovery:\n"
                                               "  scenarios: [{id: alone, loses: [a]}]\n"
                                               "  objectives: [{rto: 90m}]\n"},
         .lose = {"a"},
         .expected = "a down 0-60 own 60; b down 0-20 own 20; c down 0-90 own 90; "
                     "a fix - - 0-60; b fix - - 0-20; bound 90"},
        /* wait answers nothing. */
        {.config = CLOUD,
         .plans = {AT(
             "a", "regions: [cloud.south]",
             "{against: region, level: pilot-light, takes: 5m}") "disaster_recovery: {scenarios: "
                                                                 "[{id: w, response: wait, loses: "
                                                                 "[cloud.south]}]}\n"},
         .lose = {"cloud.south"},
         .expected = "a down 0-180 own 180; bound 180"},
        /* R7: the first redundancy left; against the wider thing where there is none; 0 is none. */
        {.config = CLOUD,
         .plans = {AT("a", "regions: [cloud.south]",
                      "{against: region, level: warm-standby, uses: cloud.south, takes: 1m}, "
                      "{against: region, level: warm-standby, uses: cloud.north, takes: 7m}"),
                   AT("b", "zones: [cloud.south.x]",
                      "{against: supplier, level: warm-standby, takes: 9m}"),
                   AT("c", "regions: [cloud.south]", "{against: region, level: active-active}"),
                   AT("d", "regions: [cloud.south]", "{against: region, level: none}"),
                   AT("e", "regions: [cloud.south]", "{against: region, level: warm-standby}")},
         .lose = {"cloud.south"},
         .expected =
             "a down 0-7 own 7; b down 0-9 own 9; d down 0-180 own 0; e down 0-? own ?; bound ?"},
        /* R8: a switch-over waits neither for detection nor for declaration. */
        {.config = CLOUD,
         .plans =
             {AT("a", "regions: [cloud.south]",
                 "{against: region, level: warm-standby, takes: 7m}") "incident_response: "
                                                                      "{activation: {times: "
                                                                      "{detect: 10m, declare: "
                                                                      "5m}}}\n",
              RECOVERS("b", "30",
                       "incident_response: {activation: {times: {detect: 10m, declare: 5m}}}\n")},
         .lose = {"cloud.south", "b"},
         .expected = "a down 0-7 own 7; b down 0-45 own 30; b fix - - 15-45; bound 45"},
    };
    CHECK(rows);
}
END_TEST

/* ---- up and down ----------------------------------------------------------------------------- */

START_TEST(services_wait_for_what_they_need)
{
    static const struct simulate_row rows[] = {
        /* R11: up + resume; degraded does not spread, soft changes nothing, absent is hard. */
        {.plans = {RECOVERS("a", "60", ""), "id: b\n" ON("{service: a}"),
                   "id: c\n" ON(HARD("b", ", resume: 10m")),
                   "id: d\n" ON("{service: b, criticality: degraded, resume: 5m}"),
                   "id: e\n" ON(HARD("d", "")), "id: f\n" ON("{service: a, criticality: soft}")},
         .lose = {"a"},
         .expected = "a down 0-60 own 60; b down 0-60 own 0; c down 0-70 own 0; "
                     "d degraded 0-65 own 0; a fix - - 0-60; bound 70"},
        /* R12: a need gates the work, not detection; and a circle of them has no end. */
        {.plans = {RECOVERS("a", "60", ""),
                   RECOVERS("b", "30",
                            ON("{service: a, criticality: soft, recovery_needs: "
                               "yes}") "incident_response: {activation: {times: "
                                       "{detect: 10m}}}\n")},
         .lose = {"a", "b"},
         .expected =
             "a down 0-60 own 60; b down 0-90 own 30; a fix - - 0-60; b fix - - 60-90; bound 90"},
        {.plans = {RECOVERS("a", "60", ON("{service: b, criticality: soft, recovery_needs: yes}")),
                   RECOVERS("b", "30", ON("{service: a, criticality: soft, recovery_needs: yes}"))},
         .lose = {"a", "b"},
         .expected = "a down 0-? own 60; b down 0-? own 30; a fix - - ?-?; b fix - - ?-?; bound ?"},
        /* R13: a circle of hard dependencies comes up together, without resume inside. */
        {.plans = {RECOVERS("a", "60", ON(HARD("b", ", resume: 9m"))),
                   RECOVERS("b", "30", ON(HARD("a", ", resume: 9m"))),
                   "id: c\n" ON(HARD("a", ", resume: 9m"))},
         .lose = {"a", "b"},
         .expected = "a down 0-60 own 60; b down 0-60 own 30; c down 0-69 own 0; "
                     "a fix - - 0-60; b fix - - 0-30; bound 69"},
        /* R14: up at the very end of the fallback is in time; a minute less is not. */
        {.plans = {RECOVERS("a", "60", ""),
                   "id: b\n" ON(HARD("a", ", resume: 5m, fallback: {text: Paper, sustain: 60m}")),
                   "id: c\n" ON(HARD("a", ", resume: 5m, fallback: {text: Paper, sustain: 59m}")),
                   "id: d\n" ON(HARD("a", ", fallback: {text: Paper}"))},
         .lose = {"a"},
         .expected = "a down 0-60 own 60; b degraded 0-65 own 0; c down 59-65 own 0; "
                     "d degraded 0-60 own 0; a fix - - 0-60; bound 65"},
        /* R15: users have their workaround; dependants and promises do not. */
        {.plans = {RECOVERS("a", "60",
                            "  objectives: [{rto: 30m}]\n"
                            "scope: {workaround: {text: Paper, sustain: 60m}}\n"),
                   "id: b\n" ON(HARD("a", ""))},
         .lose = {"a"},
         .expected =
             "a degraded 0-60 own 60 rto 60>30; b down 0-60 own 0; a fix - - 0-60; bound 60"},
        {.plans = {RECOVERS("a", "60", "scope: {workaround: {text: Paper, sustain: 45m}}\n")},
         .lose = {"a"},
         .expected = "a down 45-60 own 60; a fix - - 0-60; bound 60"},
        /* Unknown spreads. */
        {.plans = {"id: a\ndisaster_recovery:\n"
                   "  scenarios: [{id: x, runbooks: [fix]}]\n"
                   "  runbooks: [{id: fix, duration: " UNKNOWN "}]\n",
                   "id: b\n" ON(HARD("a", ""))},
         .lose = {"a"},
         .expected = "a down 0-? own ?; b down 0-? own 0; a fix - - 0-?; bound ?"},
    };
    CHECK(rows);
}
END_TEST

/* ---- people ---------------------------------------------------------------------------------- */

START_TEST(work_waits_for_those_who_do_it)
{
    static const struct simulate_row rows[] = {
        /* Overnight, and over the holiday of Tuesday: 16:30 on Monday is 31.5 h from Wednesday
         * 09:00 less the half hour: 30 min on Monday, 30 min on Wednesday. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "ann", STEP("x", "60"))},
         .lose = {"a"},
         .at = "2026-06-01T16:30",
         .expected = "a down 0-2460 own 60; a fix x ann 0-2460; bound 2460"},
        /* Done at the closing minute, not at the next opening. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "ann", STEP("x", "30"))},
         .lose = {"a"},
         .at = "2026-06-01T16:30",
         .expected = "a down 0-30 own 30; a fix x ann 0-30; bound 30"},
        /* R19, R20: called out; both members, of whom cy has left after today. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "duty", STEP("x", "60") ", " STEP("y", "60") ", " STEP("z", "60"))},
         .lose = {"a"},
         .expected = "a down 0-135 own 60; a fix x duty 15-75; a fix y duty 15-75; "
                     "a fix z duty 75-135; bound 105"},
        {.config = PEOPLE,
         .plans = {WORKED("a", "duty", STEP("x", "60") ", " STEP("y", "60"))},
         .lose = {"a"},
         .absent = {"bob"},
         .expected = "a down 0-135 own 60; a fix x duty 15-75; a fix y duty 75-135; bound 135"},
        /* R18: a slug that names nobody, a team that is lost; a step without anybody. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "duty", "{id: x, duration: 5m, role: nobody}"),
                   WORKED("b", "duty", STEP("x", "60")),
                   "id: c\ndisaster_recovery:\n"
                   "  scenarios: [{id: s, runbooks: [fix]}]\n"
                   "  runbooks: [{id: fix, steps: [{id: x, duration: 5m}, {id: y}]}]\n"},
         .lose = {"a", "b", "c", "duty"},
         .expected = "a down 0-? own 5; b down 0-? own 60; c down 0-5 own 5; c fix x - 0-5; "
                     "c fix y - 5-5; a fix x - ?-?; b fix x - ?-?; bound ?"},
        /* R17: whoever would end it first: bob, called out with his team, is free later, but ann
         * would not end it today. */
        {.config = PEOPLE,
         .plans = {"id: a\n"
                   "incident_response: {roles: [{role: dba, holders: [ann], deputies: [bob]}]}\n"
                   "disaster_recovery:\n"
                   "  scenarios: [{id: s, runbooks: [fix]}]\n"
                   "  runbooks:\n"
                   "    - {id: fix, steps: [{id: x, role: bob, duration: 40m},\n"
                   "                        {id: y, role: dba, duration: 60m, after: []}]}\n"},
         .lose = {"a"},
         .at = "2026-06-01T16:30",
         .expected = "a down 0-115 own 60; a fix x bob 15-55; a fix y bob 55-115; bound 75"},
        /* R21: tier, then the RTO, then the id. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "dee", STEP("x", "10")),
                   "tier: 2\n" WORKED("b", "dee", STEP("x", "10")),
                   WORKED("c", "dee", STEP("x", "10")) "  objectives: [{rto: 1d}]\n",
                   WORKED("d", "dee", STEP("x", "10"))},
         .lose = {"d", "c", "b", "a"},
         .expected =
             "a down 0-30 own 10; b down 0-10 own 10; c down 0-20 own 10; d down 0-40 own 10; "
             "b fix x dee 0-10; c fix x dee 10-20; a fix x dee 20-30; d fix x dee 30-40; bound 40"},
        /* Equal plain text is one holder across the portfolio. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "The Vendor", STEP("x", "10")),
                   WORKED("b", "The Vendor", STEP("x", "10"))},
         .lose = {"a", "b"},
         .expected = "a down 0-10 own 10; b down 0-20 own 10; a fix x The Vendor 0-10; "
                     "b fix x The Vendor 10-20; bound 20"},
        /* R26: a step of length 0 holds a unit until it is over, and frees no second one. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "dee", STEP("x", "0") ", " STEP("y", "10") ", " STEP("z", "10"))},
         .lose = {"a"},
         .expected =
             "a down 0-20 own 10; a fix x dee 0-0; a fix y dee 0-10; a fix z dee 10-20; bound 20"},
    };
    CHECK(rows);
}
END_TEST

/* A gate that opened before the cascade of the same instant has settled would depend on ids: b goes
 * down with a, whichever of c's and b's ids comes first. */
START_TEST(a_gate_waits_for_the_cascade)
{
#define LAST(id) RECOVERS(id, "10", ON("{service: m, criticality: soft, recovery_needs: yes}"))
    static const struct simulate_row rows[] = {
        {.plans = {RECOVERS("k", "60", ""), "id: m\n" ON(HARD("k", "")), LAST("a"), LAST("z")},
         .lose = {"a", "k", "z"},
         .expected =
             "a down 0-70 own 10; k down 0-60 own 60; m down 0-60 own 0; z down 0-70 own 10; "
             "k fix - - 0-60; a fix - - 60-70; z fix - - 60-70; bound 70"},
    };
    CHECK(rows);
}
END_TEST

/* ---- promises -------------------------------------------------------------------------------- */

START_TEST(promises_are_broken_by_so_much)
{
    static const struct simulate_row rows[] = {
        /* R23: the clock starts at the declaration; the working time begun later is on top. */
        {.plans =
             {RECOVERS("a", "60",
                       "  objectives: [{rto: 59m, mtpd: 100m, wrt: 20m}]\n"
                       "incident_response: {activation: {times: {detect: 10m, declare: 11m}}}\n"),
              RECOVERS("b", "60",
                       "  objectives: [{rto: 59m, clock: declaration}]\n"
                       "incident_response: {activation: {times: {detect: 10m, declare: 11m}}}\n"),
              RECOVERS("c", "60", "  objectives: [{rto: 60m}, {scenario: lost-c, rto: 10m}]\n")},
         .lose = {"a", "b", "c"},
         .expected =
             "a down 0-81 own 60 rto 81>59 mtpd 101>100; b down 0-81 own 60 rto 60>59; "
             "c down 0-60 own 60 rto 60>10; c fix - - 0-60; a fix - - 21-81; b fix - - 21-81; "
             "bound 81"},
        /* On the calendar: 1wd from Monday 16:00 is Wednesday 16:00, Tuesday being a holiday. */
        {.config = PEOPLE,
         .plans = {RECOVERS("a", "2881", "  objectives: [{rto: 1wd}]\n")},
         .lose = {"a"},
         .at = "2026-06-01T16:00",
         .expected = "a down 0-2881 own 2881 rto 2881>2880; a fix - - 0-2881; bound 2881"},
        /* Without a calendar such limits are not compared. */
        {.plans = {RECOVERS("a", "60", "  objectives: [{rto: 1wm}]\n")},
         .lose = {"a"},
         .expected = "a down 0-60 own 60; a fix - - 0-60; bound 60"},
        /* R24: the copy in the south is gone with the region; replicas repeat a corruption. */
        {.config = CLOUD,
         .plans = {AT(
             "a", "regions: [cloud.south]",
             "{against: region, level: warm-standby, takes: 5m}") "disaster_recovery: {objectives: "
                                                                  "[{rpo: 10m}]}\n"
                                                                  "backup_restore:\n"
                                                                  "  stores: [{id: files, located: "
                                                                  "[cloud.south]}, {id: cache, "
                                                                  "canonical: no, "
                                                                  "located: [cloud.south]}, {id: "
                                                                  "far, located: [cloud.south, "
                                                                  "cloud.north]}]\n"
                                                                  "  backups:\n"
                                                                  "    - {id: x, store: files, "
                                                                  "every: 1m, copies: [{region: "
                                                                  "cloud.south}]}\n"
                                                                  "    - {id: y, store: files, "
                                                                  "every: 10m, takes: 2m, lag: "
                                                                  "1m,\n"
                                                                  "       copies: [{region: "
                                                                  "cloud.north, lag: 4m}]}\n"},
         .lose = {"cloud.south"},
         .expected = "a down 0-5 own 5 rpo 17>10; bound 5"},
        {.plans = {"id: a\ndisaster_recovery:\n"
                   "  scenarios: [{id: r, kind: ransomware, runbooks: [fix]}]\n"
                   "  runbooks: [{id: fix, duration: 5m}]\n"
                   "  objectives: [{rpo: 10m}]\n"
                   "backup_restore:\n"
                   "  stores: [{id: files}]\n"
                   "  backups: [{id: x, store: files, method: replica, every: continuous},\n"
                   "            {id: y, store: files, method: dump, every: 1d}]\n"},
         .lose = {"a"},
         .expected = "a down 0-5 own 5 rpo 1440>10; a fix - - 0-5; bound 5"},
        /* Nothing left. */
        {.plans = {RECOVERS("a", "5",
                            "  objectives: [{rpo: 10m}]\n"
                            "backup_restore: {stores: [{id: files}]}\n")},
         .lose = {"a"},
         .expected = "a down 0-5 own 5 rpo ?>10; a fix - - 0-5; bound 5"},
    };
    CHECK(rows);
}
END_TEST

/* ---- what is told beside it ------------------------------------------------------------------ */

static void check_hold(const struct cp_hold *hold, enum cp_hold_kind kind, const char *name,
                       int64_t from, int64_t to)
{
    ck_assert_str_eq(cp_hold_name(hold->kind), cp_hold_name(kind));
    ck_assert_msg(cp_str_is(hold->name, name), "%.*s", (int)hold->name.len, hold->name.at);
    ck_assert_int_eq(hold->from, from * MINUTE);
    ck_assert_int_eq(hold->to, to * MINUTE);
}

START_TEST(the_critical_path_goes_through_services)
{
    static const struct simulate_row row = {
        .config = PEOPLE,
        .plans = {WORKED("a", "duty", STEP("x", "20")) "incident_response: {activation: {times: "
                                                       "{detect: 10m, declare: 5m}}}\n",
                  "id: b\n" ON(HARD("a", ", resume: 7m"))},
        .lose = {"a"},
        .expected = ""};
    struct simulate_case outage;
    struct cp_hold *holds;
    simulate_case_init(&outage, &row);
    ck_assert_uint_eq(
        cp_simulation_trace(&holds, &outage.arena, &outage.network, &outage.simulation, 1, 10), 5);
    check_hold(&holds[0], CP_HOLD_DETECTION, "", 0, 10);
    check_hold(&holds[1], CP_HOLD_DECLARATION, "", 10, 15);
    check_hold(&holds[2], CP_HOLD_CALL_OUT, "duty", 15, 30);
    check_hold(&holds[3], CP_HOLD_STEP, "duty", 30, 50);
    check_hold(&holds[4], CP_HOLD_RESUME, "a", 50, 57);
    ck_assert(cp_str_is(holds[3].service, "a"));
    ck_assert(cp_str_is(holds[4].service, "b"));
    simulate_case_release(&outage);
}
END_TEST

START_TEST(what_is_unknown_says_why)
{
    static const struct simulate_row row = {
        .config = PEOPLE,
        .plans = {RECOVERS("a", "60", ON("{service: b, criticality: soft, recovery_needs: yes}")),
                  RECOVERS("b", "30", ON("{service: a, criticality: soft, recovery_needs: yes}")),
                  WORKED("c", "bob", STEP("x", "5")), "id: d\n" ON(HARD("c", ""))},
        .lose = {"a", "b", "c"},
        .absent = {"bob"},
        .expected = ""};
    static const struct {
        enum cp_hold_kind kind;
        const char *name;
    } expected[] = {{CP_HOLD_DEADLOCK, "b"},
                    {CP_HOLD_DEADLOCK, "a"},
                    {CP_HOLD_UNFILLED, "bob"},
                    {CP_HOLD_DEPENDENCY, "c"}};
    struct simulate_case outage;
    simulate_case_init(&outage, &row);
    for (size_t i = 0; i < 4; i++) {
        const struct cp_hold *hold = &outage.simulation.services.items[i].limited_by;
        ck_assert_str_eq(cp_hold_name(hold->kind), cp_hold_name(expected[i].kind));
        ck_assert(cp_str_is(hold->name, expected[i].name));
        ck_assert_int_eq(hold->to, CP_TIME_UNKNOWN);
        ck_assert_int_eq(!cp_hold_advice(hold), hold->kind == CP_HOLD_DEPENDENCY);
    }
    simulate_case_release(&outage);
}
END_TEST

START_TEST(what_is_assumed_is_said_once)
{
    static const struct simulate_row row = {
        .plans = {WORKED("a", "The Vendor", STEP("x", "5")),
                  "id: b\n" ON("{service: a, fallback: {text: Paper}}"),
                  "id: c\ndisaster_recovery: {objectives: [{rto: 1h}]}\n"},
        .lose = {"a", "c"},
        .expected = ""};
    static const char *const expected[] = {
        "a: it states no time to declare an outage, which is taken as none.",
        "a: it states no time to detect an outage, which is taken as none.",
        "a: somebody who is not declared is taken to be always there, for one thing at a time.",
        "b: a dependency that states no criticality is taken as hard.",
        "b: a fallback that does not say how long it lasts is taken to last.",
        "c: no runbook says how long its recovery takes: its RTO is promised, not shown."};
    struct simulate_case outage;
    simulate_case_init(&outage, &row);
    ck_assert_uint_eq(outage.simulation.assumptions.count, sizeof(expected) / sizeof(expected[0]));
    for (size_t i = 0; i < outage.simulation.assumptions.count; i++) {
        struct cp_str is = outage.simulation.assumptions.items[i];
        ck_assert_msg(cp_str_is(is, expected[i]), "%.*s", (int)is.len, is.at);
    }
    simulate_case_release(&outage);
}
END_TEST

START_TEST(each_thing_is_lost_alone_worst_first)
{
    static const struct simulate_row row = {
        .config = CLOUD,
        .plans = {RECOVERS("a", "60", "  objectives: [{rto: 50m}]\n"),
                  RECOVERS("b", "10", "  objectives: [{rto: 30m}]\n" ON(HARD("a", ""))),
                  RUNS("c", "regions: [cloud.south]"),
                  RECOVERS("d", "600", "  objectives: [{rto: 50m}]\n"),
                  "id: e\nbackup_restore: {stores: [{id: notes}]}\n"
                  "disaster_recovery: {objectives: [{rto: 1h}]}\n"},
        .lose = {"a"},
        .expected = ""};
    struct simulate_case outage;
    struct cp_worst *worst;
    simulate_case_init(&outage, &row);
    size_t count = cp_simulate_each(&worst, &outage.arena, &outage.network, &outage.almanac, 0);
    ck_assert_uint_eq(count, 11);
    ck_assert(cp_str_is(worst[0].thing.id, "d"));
    ck_assert_uint_eq(worst[0].breaches, 1);
    ck_assert_int_eq(worst[0].overrun, 550 * MINUTE);
    ck_assert(cp_str_is(worst[1].thing.id, "a"));
    ck_assert_uint_eq(worst[1].breaches, 2);
    ck_assert_int_eq(worst[1].overrun, 30 * MINUTE);
    ck_assert(cp_str_is(worst[1].service, "b"));
    ck_assert_uint_eq(worst[1].down, 2);
    ck_assert_int_eq(worst[1].reason.kind, CP_HOLD_NONE);
    /* What is not known stands behind what is, with the reason. */
    ck_assert(cp_str_is(worst[2].thing.id, "notes"));
    ck_assert_uint_eq(worst[2].unmeasured, 1);
    ck_assert_int_eq(worst[2].overrun, CP_TIME_UNKNOWN);
    ck_assert(cp_str_is(worst[2].reason.service, "e"));
    ck_assert(cp_str_is(worst[2].reason.name, "how the lost store is restored"));
    ck_assert_uint_eq(worst[3].breaches, 0);
    ck_assert(cp_str_is(worst[3].thing.id, "b"));
    ck_assert_int_eq(worst[3].last_up, 10 * MINUTE);
    simulate_case_release(&outage);
}
END_TEST

/* A ring in which each comes up because of a fallback, and goes down when it ends, has an end. */
START_TEST(rings_that_go_round_for_ever_end)
{
#define RING(id, on, more)                                                                         \
    "id: " id "\n" ON(HARD(on, ", resume: 4h, fallback: {text: Paper, sustain: 3h}")) more
    static const struct simulate_row rows[] = {
        {.plans = {RING("a", "b",
                        "disaster_recovery:\n"
                        "  scenarios: [{id: s, runbooks: [fix]}]\n"
                        "  runbooks: [{id: fix, duration: 4h}]\n"),
                   RING("b", "c", ""), RING("c", "a", "")},
         .lose = {"a"},
         .expected = "a down 0-? own 240; b down 360-? own 0; c down 180-? own 0; "
                     "a fix - - 0-240; bound ?"},
    };
    CHECK(rows);
}
END_TEST

Suite *cp_suite_simulate(void)
{
    Suite *suite = suite_create("simulate");
    TCase *rules = tcase_create("rules");
    tcase_add_test(rules, what_is_lost_takes_with_it_what_stands_on_it);
    tcase_add_test(rules, a_plan_uses_one_scenario);
    tcase_add_test(rules, services_wait_for_what_they_need);
    tcase_add_test(rules, work_waits_for_those_who_do_it);
    tcase_add_test(rules, a_gate_waits_for_the_cascade);
    tcase_add_test(rules, promises_are_broken_by_so_much);
    suite_add_tcase(suite, rules);
    TCase *beside = tcase_create("beside");
    tcase_add_test(beside, the_critical_path_goes_through_services);
    tcase_add_test(beside, what_is_unknown_says_why);
    tcase_add_test(beside, what_is_assumed_is_said_once);
    tcase_add_test(beside, each_thing_is_lost_alone_worst_first);
    tcase_add_test(beside, rings_that_go_round_for_ever_end);
    suite_add_tcase(suite, beside);
    return suite;
}
