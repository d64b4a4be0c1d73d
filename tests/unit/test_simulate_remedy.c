/*
 * The single change that would help most, with the numbers worked out by hand: each kind of it,
 * where it is found and where there is none.
 */
#include "simulate_case.h"
#include "suites.h"

/* "capacity ops: 2 sooner by 120, 0 known, 2 kept; ", in minutes. */
static void put_remedy(struct cp_buf *out, const struct cp_remedy *remedy)
{
    cp_buf_printf(out, "%s %.*s", cp_remedy_name(remedy->kind), CP_ARG(remedy->name));
    if (remedy->service.len > 0) {
        cp_buf_printf(out, " of %.*s", CP_ARG(remedy->service));
    }
    if (remedy->within > 0) {
        cp_buf_puts(out, " within ");
        simulate_case_put_time(out, remedy->within);
    }
    cp_buf_printf(out, ": %zu sooner by ", remedy->services);
    simulate_case_put_time(out, remedy->saved);
    cp_buf_printf(out, ", %lld known, %lld kept; ", (long long)remedy->made_known,
                  (long long)remedy->breaches);
}

static void check_remedies(const struct simulate_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct simulate_case outage;
        struct cp_remedy *remedies;
        struct cp_buf answer;
        cp_buf_init(&answer);
        cp_buf_puts(&answer, "");
        simulate_case_init(&outage, &rows[i]);
        size_t found = cp_simulate_remedies(&remedies, &outage.arena, &outage.network, &outage.loss,
                                            SIMULATE_NAMES);
        for (size_t j = 0; j < found; j++) {
            put_remedy(&answer, &remedies[j]);
        }
        ck_assert_msg(cp_str_is(cp_buf_str(&answer), rows[i].expected),
                      "row %zu\nis       %.*s\nexpected %s", i, CP_ARG(cp_buf_str(&answer)),
                      rows[i].expected);
        cp_buf_release(&answer);
        simulate_case_release(&outage);
    }
}

#define OPS "teams: [{id: ops, name: Ops, hours: 24x7, call_out: 0, capacity: 1}]\n"
#define WITHIN(rto) "  objectives: [{rto: " rto "}]\n"
#define ON_MAIL "dependencies: {external: [{supplier: mail, criticality: hard}]}\n"

START_TEST(the_change_that_helps_most_is_found)
{
    static const struct simulate_row rows[] = {
        /* One after the other at 60, 120, 180; two at a time at 60, 60, 120. */
        {.config = OPS,
         .plans = {WORKED("a", "ops", STEP("x", "60")) WITHIN("90m"),
                   WORKED("b", "ops", STEP("x", "60")) WITHIN("100m"),
                   WORKED("c", "ops", STEP("x", "60")) WITHIN("150m")},
         .lose = {"a", "b", "c"},
         .expected = "capacity ops: 2 sooner by 120, 0 known, 2 kept; "},
        {.config = PEOPLE,
         .plans = {WORKED("a", "dee", STEP("x", "60") ", " STEP("y", "60"))},
         .lose = {"a"},
         .expected = "deputy dee: 1 sooner by 60, 0 known, 0 kept; "},
        /* The same of somebody who stands in the file by name alone. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "The Vendor", STEP("x", "10")),
                   WORKED("b", "The Vendor", STEP("x", "10"))},
         .lose = {"a", "b"},
         .expected = "deputy The Vendor: 1 sooner by 10, 0 known, 0 kept; "},
        /* Of cy, who leaves today, a second one is not like the first. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "cy", STEP("x", "60") ", " STEP("y", "60"))},
         .lose = {"a"},
         .expected = ""},
        /* Who is away can be stood in for; not where the whole team is away. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "ann", STEP("x", "60")) WITHIN("1h")},
         .lose = {"a"},
         .absent = {"ann"},
         .expected = "deputy ann: 0 sooner by 0, 1 known, 1 kept; "},
        {.config = PEOPLE,
         .plans = {WORKED("a", "bob", STEP("x", "60"))},
         .lose = {"a", "duty"},
         .expected = "role bob of a: 0 sooner by 0, 1 known, 0 kept; "},
        /* The one who could has left. */
        {.config = PEOPLE,
         .plans = {"incident_response: {roles: [{role: dba, holders: [cy]}]}\n" WORKED(
             "a", "dee", "{id: x, role: dba, duration: 60m}")},
         .lose = {"a"},
         .at = "2026-06-03T09:00",
         .expected = "role dba of a: 0 sooner by 0, 1 known, 0 kept; "},
        /* From Monday 17:00 over a holiday to Wednesday 09:00 is 40 h. */
        {.config = PEOPLE,
         .plans = {WORKED("a", "ann", STEP("x", "60"))},
         .lose = {"a"},
         .at = "2026-06-01T17:00",
         .expected = "hours ann: 1 sooner by 2400, 0 known, 0 kept; "},
        /* b is degraded for as long as it was down; c, that stands on it, is not touched. */
        {.plans = {RECOVERS("a", "60", ""),
                   "id: b\n" ON(HARD("a", "")) "disaster_recovery:\n" WITHIN("30m"),
                   "id: c\n" ON(HARD("b", ""))},
         .lose = {"a"},
         .expected = "fallback a of b: 1 sooner by 60, 0 known, 1 kept; "},
        /* A fallback that is too short might last. */
        {.plans = {RECOVERS("a", "60", ""),
                   "id: b\n" ON(HARD("a", ", fallback: {text: Paper, sustain: 20m}")),
                   "id: c\n" ON(HARD("b", ", resume: 5m"))},
         .lose = {"a"},
         .expected = "fallback a of b: 1 sooner by 65, 0 known, 0 kept; "},
        /* As soon as the stricter of those who wait has promised: a and b at 120. */
        {.config = CLOUD,
         .plans = {"id: a\n" ON_MAIL "disaster_recovery:\n" WITHIN("2h"),
                   "id: b\n" ON_MAIL "disaster_recovery:\n" WITHIN("4h")},
         .lose = {"mail"},
         .expected = "commitment mail within 120: 0 sooner by 0, 2 known, 2 kept; "
                     "fallback mail of a: 0 sooner by 0, 0 known, 1 kept; "
                     "fallback mail of b: 0 sooner by 0, 0 known, 1 kept; "},
        /* Nobody has promised anything by which it could be measured. */
        {.config = CLOUD, .plans = {"id: a\n" ON_MAIL}, .lose = {"mail"}, .expected = ""},
        /* Nothing is held up but by its own work. */
        {.plans = {RECOVERS("a", "60", WITHIN("30m"))}, .lose = {"a"}, .expected = ""},
    };
    check_remedies(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *cp_suite_simulate_remedy(void)
{
    Suite *suite = suite_create("simulate_remedy");
    TCase *tests = tcase_create("remedies");
    tcase_add_test(tests, the_change_that_helps_most_is_found);
    suite_add_tcase(suite, tests);
    return suite;
}
