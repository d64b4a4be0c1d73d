/*
 * The critical path of runbooks against an enumeration of every path on small random graphs, and
 * what a plan's capability is made of.
 */
#include "report_case.h"
#include "suites.h"

#include <contplan/analysis.h>

#include <stdlib.h>

enum { STEPS = 7, ROUNDS = 400, MINUTE = 60 };

/* ---- against every path ---------------------------------------------------------------------- */

struct sample {
    size_t count;
    int64_t minutes[STEPS];
    bool is_after[STEPS][STEPS]; /* [i][j]: i waits for j */
};

/* A generator of its own, so that every machine tries the same graphs. */
static unsigned draw(uint64_t *state, unsigned below)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (unsigned)(*state >> 33) % below;
}

/* Most edges follow a hidden order, so that most graphs, but not all, have no circle. */
static void draw_sample(struct sample *out, uint64_t *state)
{
    size_t order[STEPS] = {0};
    *out = (struct sample){.count = 1 + draw(state, STEPS)};
    for (size_t i = 0; i < out->count; i++) {
        size_t j = draw(state, (unsigned)i + 1);
        order[i] = order[j];
        order[j] = i;
        out->minutes[i] = draw(state, 4) * 10;
    }
    for (size_t i = 0; i < out->count; i++) {
        for (size_t j = 0; j < out->count; j++) {
            bool is_forward = order[j] < order[i] && draw(state, 3) == 0;
            out->is_after[i][j] = is_forward || draw(state, 100) == 0;
        }
    }
}

static void put_sample(struct cp_buf *out, const struct sample *sample)
{
    cp_buf_puts(out, "id: a\ndisaster_recovery:\n  scenarios:\n"
                     "    - {id: lost, name: Lost, runbooks: [fix]}\n"
                     "  runbooks:\n    - id: fix\n      steps:\n");
    for (size_t i = 0; i < sample->count; i++) {
        cp_buf_printf(out, "        - {id: s%zu, duration: %lldm, after: [", i,
                      (long long)sample->minutes[i]);
        const char *comma = "";
        for (size_t j = 0; j < sample->count; j++) {
            if (sample->is_after[i][j]) {
                cp_buf_printf(out, "%ss%zu", comma, j);
                comma = ", ";
            }
        }
        cp_buf_puts(out, "]}\n");
    }
}

/* Walks every way backwards from step `at`; -1 where one comes back to a step that is on it. */
static int64_t longest_to(const struct sample *sample, size_t at, unsigned on_way)
{
    int64_t longest = 0;
    if ((on_way >> at & 1U) != 0) {
        return -1;
    }
    for (size_t j = 0; j < sample->count; j++) {
        if (sample->is_after[at][j]) {
            int64_t before = longest_to(sample, j, on_way | 1U << at);
            if (before < 0) {
                return -1;
            }
            longest = before > longest ? before : longest;
        }
    }
    return longest + sample->minutes[at] * MINUTE;
}

static int64_t enumerate(const struct sample *sample)
{
    int64_t longest = 0;
    for (size_t i = 0; i < sample->count; i++) {
        int64_t length = longest_to(sample, i, 0);
        if (length < 0) {
            return -1;
        }
        longest = length > longest ? length : longest;
    }
    return longest;
}

/* The steps said to be critical form a way through the graph that is as long as the answer. */
static void check_path(const struct sample *sample, const struct cp_recovery *recovery)
{
    const struct cp_runbook_path *path = recovery->paths[0];
    int64_t length = 0;
    for (size_t i = 0; i < path->count; i++) {
        size_t at = (size_t)(path->steps[i] - path->runbook->steps.items);
        length += sample->minutes[at] * MINUTE;
        if (i > 0) {
            size_t before = (size_t)(path->steps[i - 1] - path->runbook->steps.items);
            ck_assert(sample->is_after[at][before]);
        }
    }
    ck_assert_int_eq(length, recovery->own.seconds);
}

START_TEST(the_critical_path_is_the_longest_of_all)
{
    uint64_t state = 20261123;
    size_t circles = 0;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct sample sample;
        struct report_case c;
        struct cp_buf text;
        cp_buf_init(&text);
        draw_sample(&sample, &state);
        put_sample(&text, &sample);
        report_case_init(&c, "", text.at);
        const struct cp_recovery *recovery = cp_recoveries_get(&c.plan, &c.portfolio, &c.arena);
        int64_t expected = enumerate(&sample);
        if (expected < 0) {
            circles++;
            ck_assert_msg(recovery->own_is == CP_OWN_UNKNOWN, "%s", text.at);
        } else {
            ck_assert_msg(recovery->own_is == CP_OWN_RUNBOOKS && recovery->is_called &&
                              recovery->own.seconds == expected &&
                              recovery->called.seconds == expected,
                          "%lld: %s", (long long)expected, text.at);
            check_path(&sample, recovery);
        }
        report_case_release(&c);
        cp_buf_release(&text);
    }
    ck_assert_uint_gt(circles, ROUNDS / 20);
    ck_assert_uint_lt(circles, ROUNDS / 2);
}
END_TEST

/* ---- by hand --------------------------------------------------------------------------------- */

static const char config[] = "teams:\n"
                             "  - {id: slow, name: Slow, call_out: 30m}\n"
                             "  - {id: quick, name: Quick, call_out: 5m}\n"
                             "  - {id: unsure, name: Unsure, call_out: {unknown: {reason: New}}}\n"
                             "people:\n"
                             "  - {id: ada, name: Ada Moss, team: slow}\n";

#define ONE_RUNBOOK                                                                                \
    "id: a\ndisaster_recovery:\n  scenarios: [{id: x, runbooks: [r]}]\n  runbooks:\n    - id: r\n" \
    "      owner: ada\n      steps:\n"

/* Each with what it takes of its own and from the declaration on; NULL where that is unknown. */
static const struct {
    const char *plan, *own, *called;
} rows[] = {
    {ONE_RUNBOOK "        - {duration: 10m}\n        - {duration: 20m}\n", "30m", "1h"},
    /* The longer branch is that of whoever is there sooner. */
    {ONE_RUNBOOK "        - {duration: 50m, role: quick}\n"
                 "        - {duration: 20m, role: slow, after: []}\n",
     "50m", "55m"},
    /* With the call-out, another branch is the longer one. */
    {ONE_RUNBOOK "        - {duration: 50m, role: quick}\n"
                 "        - {duration: 40m, role: slow, after: []}\n",
     "50m", "1h 10m"},
    {ONE_RUNBOOK "        - {duration: 10m, role: unsure}\n", "10m", NULL},
    {ONE_RUNBOOK "        - {id: s, duration: 10m, after: [s]}\n", NULL, NULL},
    {ONE_RUNBOOK "        - {duration: 10m, after: [none]}\n", NULL, NULL},
    {ONE_RUNBOOK "        - {duration: 10m}\n        - {duration: TBC}\n", NULL, NULL},
    {ONE_RUNBOOK "        - {duration: 10m}\n        - {action: Look.}\n", "10m", "40m"},
    /* Working and elapsed time add up, but neither is the longer of two branches. */
    {ONE_RUNBOOK "        - {duration: 1h, role: quick}\n        - {duration: 2wh}\n", "1h 2wh",
     "1h 5m 2wh"},
    {ONE_RUNBOOK "        - {duration: 1h}\n        - {duration: 2wh, after: []}\n", NULL, NULL},
    {"id: a\ndisaster_recovery:\n  scenarios: [{id: x, runbooks: [r, s, t]}]\n  runbooks:\n"
     "    - {id: r, owner: quick, duration: 1h}\n"
     "    - {id: s, owner: slow, duration: 1h}\n"
     "    - {id: t, owner: slow, duration: 1h, type: failback}\n",
     "2h", "2h 5m"},
    {"id: a\ndisaster_recovery:\n  scenarios: [{id: x, runbooks: [r, missing]}]\n  runbooks:\n"
     "    - {id: r, duration: 1h}\n",
     NULL, NULL},
};

static void compare(struct cp_duration got, const char *expected, const char *plan)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_duration_put(&text, got);
    ck_assert_msg(cp_str_is(cp_buf_str(&text), expected), "%s: %s, not %s", plan, text.at,
                  expected);
    cp_buf_release(&text);
}

START_TEST(recoveries_by_hand)
{
    struct report_case c;
    report_case_init(&c, config, rows[_i].plan);
    const struct cp_recovery *recovery = cp_recoveries_get(&c.plan, &c.portfolio, &c.arena);
    ck_assert_msg((recovery->own_is == CP_OWN_RUNBOOKS) == (rows[_i].own != NULL), "%s",
                  rows[_i].plan);
    if (rows[_i].own) {
        compare(recovery->own, rows[_i].own, rows[_i].plan);
        ck_assert_msg(recovery->is_called == (rows[_i].called != NULL), "%s", rows[_i].plan);
    }
    if (rows[_i].called) {
        compare(recovery->called, rows[_i].called, rows[_i].plan);
    }
    report_case_release(&c);
}
END_TEST

START_TEST(times_that_are_unknown_leave_the_capability_unknown)
{
    static const struct {
        const char *activation;
        bool is_known;
    } times[] = {
        {"{authority: [Ada Moss]}", true},
        {"{times: {detect: 5m}}", true},
        {"{times: {detect: TBC}}", false},
        {"{times: {declare: {unknown: {reason: New}}}}", false},
        {"{times: {unknown: {reason: New}}}", false},
        {"{unknown: {reason: New}}", false},
    };
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct report_case c;
        struct cp_buf plan;
        struct cp_capability capability;
        cp_buf_init(&plan);
        cp_buf_printf(&plan, "%s        - {duration: 1h}\nincident_response:\n  activation: %s\n",
                      ONE_RUNBOOK, times[i].activation);
        report_case_init(&c, config, plan.at);
        const struct cp_recovery *recovery = cp_recoveries_get(&c.plan, &c.portfolio, &c.arena);
        ck_assert_msg(cp_capability(&capability, recovery, &c.plan, CP_CLOCK_DISRUPTION) ==
                          times[i].is_known,
                      "%s", plan.at);
        report_case_release(&c);
        cp_buf_release(&plan);
    }
}
END_TEST

START_TEST(a_standby_in_doubt_leaves_the_recovery_unknown)
{
    static const struct {
        const char *row;
        bool is_known;
    } standbys[] = {
        {"{against: region, level: warm-standby, uses: cloud.b, takes: 5m}", true},
        {"{against: region, level: warm-standby, takes: 5m}", true},
        {"{against: region, level: {unknown: {reason: New}}, uses: cloud.b, takes: 5m}", false},
        {"{against: region, level: warm-standby, uses: {unknown: {reason: New}}, takes: 5m}",
         false},
        {"{against: region, level: warm-standby, uses: cloud.a, takes: 5m}", false},
    };
    for (size_t i = 0; i < sizeof standbys / sizeof standbys[0]; i++) {
        struct report_case c;
        struct cp_buf plan;
        cp_buf_init(&plan);
        cp_buf_printf(&plan,
                      "id: a\ndisaster_recovery:\n  scenarios: [{id: x, response: automatic, "
                      "loses: [cloud.a]}]\nit_continuity: {redundancy: [%s]}\n",
                      standbys[i].row);
        report_case_init(&c, "suppliers: [{id: cloud, name: Cloud, regions: [a, b]}]\n", plan.at);
        const struct cp_recovery *recovery = cp_recoveries_get(&c.plan, &c.portfolio, &c.arena);
        ck_assert_msg((recovery->own_is == CP_OWN_SWITCH_OVER) == standbys[i].is_known, "%s",
                      standbys[i].row);
        report_case_release(&c);
        cp_buf_release(&plan);
    }
}
END_TEST

/* A chain as long as a document may hold is no deeper for it. */
START_TEST(a_long_chain_is_walked_not_descended)
{
    enum { LENGTH = 8000 };
    struct report_case c;
    struct cp_buf plan;
    cp_buf_init(&plan);
    cp_buf_puts(&plan, ONE_RUNBOOK);
    for (size_t i = 0; i < LENGTH; i++) {
        cp_buf_printf(&plan, "        - {id: s%zu, duration: 1s, after: [s%zu]}\n", i, i + 1);
    }
    cp_buf_printf(&plan, "        - {id: s%d, duration: 1s, after: []}\n", LENGTH);
    report_case_init(&c, config, plan.at);
    const struct cp_recovery *recovery = cp_recoveries_get(&c.plan, &c.portfolio, &c.arena);
    ck_assert_int_eq(recovery->own.seconds, LENGTH + 1);
    ck_assert_uint_eq(recovery->paths[0]->count, LENGTH + 1);
    report_case_release(&c);
    cp_buf_release(&plan);
}
END_TEST

Suite *cp_suite_capability(void)
{
    Suite *suite = suite_create("capability");
    TCase *tests = tcase_create("capability");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_critical_path_is_the_longest_of_all);
    tcase_add_loop_test(tests, recoveries_by_hand, 0, (int)(sizeof rows / sizeof rows[0]));
    tcase_add_test(tests, times_that_are_unknown_leave_the_capability_unknown);
    tcase_add_test(tests, a_standby_in_doubt_leaves_the_recovery_unknown);
    tcase_add_test(tests, a_long_chain_is_walked_not_descended);
    suite_add_tcase(suite, tests);
    return suite;
}
