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

/* ---- people and teams ------------------------------------------------------------------------ */

#define DESK                                                                                       \
    "calendar: {hours: Mon-Fri 09:00-17:00}\n"                                                     \
    "people:\n"                                                                                    \
    "  - {id: ann, name: Ann, team: desk}\n"                                                       \
    "  - {id: ben, name: Ben, team: desk}\n"                                                       \
    "  - {id: kit, name: Kit, hours: 24x7}\n"                                                      \
    "teams:\n"                                                                                     \
    "  - {id: desk, name: Desk, hours: office, call_out: 30m}\n"                                   \
    "  - {id: vault, name: Vault, hours: 24x7, call_out: " UNKNOWN "}\n"
#define EMPTY_ROLE "incident_response: {roles: [{role: lead}]}\n"
#define LEAD(holders) "incident_response: {roles: [{role: lead, holders: [" holders "]}]}\n"

START_TEST(people_who_would_help_are_found)
{
    static const struct simulate_row rows[] = {
        /* A team out of its hours: from Monday 17:00 to Tuesday 09:00 is 16 h; its members are two
         * already. */
        {.config = DESK,
         .plans = {WORKED("a", "desk", STEP("x", "60") ", " STEP("y", "60"))},
         .lose = {"a"},
         .at = "2026-06-01T17:00",
         .expected = "hours desk: 1 sooner by 930, 0 known, 0 kept; "},
        /* The hours of one of its people, who are the team's, are theirs alone. */
        {.config = DESK,
         .plans = {WORKED("a", "ann", STEP("x", "60")), WORKED("b", "ben", STEP("x", "60"))},
         .lose = {"a", "b"},
         .at = "2026-06-01T17:00",
         .expected = "hours ann: 1 sooner by 930, 0 known, 0 kept; "
                     "hours ben: 1 sooner by 930, 0 known, 0 kept; "},
        /* Weekends too: from Friday 17:00 to Monday 09:00 is 64 h. */
        {.config = DESK,
         .plans = {WORKED("a", "desk", STEP("x", "60")) WITHIN("2h"), "id: b\n" ON(HARD("a", ""))},
         .lose = {"a"},
         .at = "2026-06-05T17:00",
         .expected = "hours desk: 2 sooner by 7620, 0 known, 1 kept; "},
        /* Who is away is stood in for, with the same call-out. */
        {.config = DESK,
         .plans = {LEAD("ann") WORKED("a", "kit", "{id: x, role: lead, duration: 60m}")
                       WITHIN("90m")},
         .lose = {"a"},
         .absent = {"ann"},
         .expected = "deputy ann: 0 sooner by 0, 1 known, 1 kept; "},
        /* One of two who fill the role: the other does it, and nothing is gained. */
        {.config = DESK,
         .plans = {LEAD("ann, ben") WORKED("a", "kit", "{id: x, role: lead, duration: 60m}")},
         .lose = {"a"},
         .absent = {"ann"},
         .expected = ""},
        /* Both are away: either of them would do. */
        {.config = DESK,
         .plans = {LEAD("ann, ben") WORKED("a", "kit", "{id: x, role: lead, duration: 60m}")},
         .lose = {"a"},
         .absent = {"ann", "ben"},
         .expected = "deputy ann: 0 sooner by 0, 1 known, 0 kept; "
                     "deputy ben: 0 sooner by 0, 1 known, 0 kept; "},
        /* The same person holds up two services. */
        {.config = DESK,
         .plans = {WORKED("a", "kit", STEP("x", "60")), WORKED("b", "kit", STEP("x", "60"))},
         .lose = {"a", "b"},
         .expected = "deputy kit: 1 sooner by 60, 0 known, 0 kept; "},
        /* A role without anybody, in two services: each is somebody else's to fill. */
        {.config = DESK,
         .plans = {EMPTY_ROLE WORKED("a", "kit", "{id: x, role: lead, duration: 60m}"),
                   EMPTY_ROLE WORKED("b", "kit", "{id: x, role: lead, duration: 60m}")},
         .lose = {"a", "b"},
         .expected = "role lead of a: 0 sooner by 0, 1 known, 0 kept; "
                     "role lead of b: 0 sooner by 0, 1 known, 0 kept; "},
        /* Filled, the role would still wait for what is not known. */
        {.config = DESK,
         .plans = {EMPTY_ROLE WORKED("a", "kit", "{id: x, role: lead, duration: " UNKNOWN "}")},
         .lose = {"a"},
         .expected = ""},
        /* Nobody knows when the team is there: another like it is not there sooner. */
        {.config = DESK,
         .plans = {WORKED("a", "vault", STEP("x", "60"))},
         .lose = {"a"},
         .expected = ""},
    };
    check_remedies(rows, sizeof rows / sizeof rows[0]);
}
END_TEST

Suite *cp_suite_simulate_remedy(void)
{
    Suite *suite = suite_create("simulate_remedy");
    TCase *tests = tcase_create("remedies");
    tcase_add_test(tests, the_change_that_helps_most_is_found);
    tcase_add_test(tests, people_who_would_help_are_found);
    suite_add_tcase(suite, tests);
    return suite;
}
