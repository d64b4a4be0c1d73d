/*
 * What a plan or the portfolio says that it does not know: it is not known in the answer either, or
 * it is assumed, and then that is said.
 */
#include "simulate_case.h"
#include "suites.h"

/* ---- how long a runbook takes ---------------------------------------------------------------- */

#define NONE_OF_IT "{not_applicable: {reason: none, decided_by: mo, date: 2026-01-01}}"
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

Suite *cp_suite_simulate_unknown(void)
{
    Suite *suite = suite_create("simulate_unknown");
    TCase *tests = tcase_create("unknown");
    tcase_add_test(tests, steps_that_are_not_known_take_an_unknown_time);
    suite_add_tcase(suite, tests);
    return suite;
}
