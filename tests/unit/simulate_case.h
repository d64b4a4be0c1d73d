/*
 * Outages of small portfolios for the tests of the simulation: the portfolio in the text of its
 * files, what is lost of it, and the answer as a line. No file is read.
 */
#ifndef CONTPLAN_TESTS_SIMULATE_CASE_H
#define CONTPLAN_TESTS_SIMULATE_CASE_H

#include <contplan/analysis.h>

enum { MINUTE = 60, SIMULATE_PLANS = 8, SIMULATE_NAMES = 4 };

/* What is asked, and what is expected, in minutes: services that are not unaffected, then steps. */
struct simulate_row {
    const char *config, *plans[SIMULATE_PLANS], *lose[SIMULATE_NAMES], *absent[SIMULATE_NAMES],
        *scenario, *at;
    const char *expected;
};

struct simulate_case {
    struct cp_arena arena;
    struct cp_portfolio portfolio;
    struct cp_almanac almanac;
    struct cp_facts *facts[SIMULATE_PLANS];
    size_t count;
    struct cp_network network;
    struct cp_loss loss;
    struct cp_str lose[SIMULATE_NAMES], absent[SIMULATE_NAMES];
    struct cp_simulation simulation;
};

/* Reads the portfolio of the row, and asks. */
void simulate_case_init(struct simulate_case *out, const struct simulate_row *row);
void simulate_case_release(struct simulate_case *outage);
/* Minutes, "7 s" where there are not whole ones, "?" where it is not known. */
void simulate_case_put_time(struct cp_buf *out, int64_t time);
/* "a down 0-60 own 60 rto 60>30; a fix s1 ann 0-60; bound 60". */
void simulate_case_put_answer(struct cp_buf *out, const struct simulate_case *outage);
/* Each row has the answer that it expects. */
void simulate_case_check(const struct simulate_row *rows, size_t count);

#define CHECK(rows) simulate_case_check(rows, sizeof(rows) / sizeof((rows)[0]))

/* A plan that recovers within `minutes`; `more` stands behind. */
#define RECOVERS(id, minutes, more)                                                                \
    "id: " id "\n"                                                                                 \
    "disaster_recovery:\n"                                                                         \
    "  scenarios: [{id: lost-" id ", runbooks: [fix]}]\n"                                          \
    "  runbooks: [{id: fix, duration: " minutes "m}]\n" more
/* Dependencies on services. */
#define ON(...) "dependencies: {internal: [" __VA_ARGS__ "]}\n"
#define HARD(id, more) "{service: " id ", criticality: hard" more "}"
#define UNKNOWN "{unknown: {reason: asked, owner: mo, due: 2027-01-01}}"
/* A plan at a place. */
#define RUNS(id, place) "id: " id "\nit_continuity: {" place "}\n"
/* A plan at a place, and what it does about it. */
#define AT(id, place, redundancy)                                                                  \
    "id: " id "\nit_continuity: {" place ", redundancy: [" redundancy "]}\n"
#define CLOUD                                                                                      \
    "suppliers:\n"                                                                                 \
    "  - {id: cloud, name: Cloud, regions: [north, south], commits: {rto: 3h}}\n"                  \
    "  - {id: pay, name: Pay, runs_on: [cloud.south], commits: {rto: 1h}}\n"                       \
    "  - {id: mail, name: Mail}\n"

#define PEOPLE                                                                                     \
    "calendar: {hours: Mon-Fri 09:00-17:00, holidays: [2026-06-02]}\n"                             \
    "people:\n"                                                                                    \
    "  - {id: ann, name: Ann, team: day}\n"                                                        \
    "  - {id: bob, name: Bob, hours: 24x7}\n"                                                      \
    "  - {id: dee, name: Dee, hours: 24x7}\n"                                                      \
    "  - {id: cy, name: Cy, hours: 24x7, until: 2026-06-01}\n"                                     \
    "teams:\n"                                                                                     \
    "  - {id: day, name: Day, members: [ann], hours: office}\n"                                    \
    "  - {id: duty, name: Duty, members: [bob, cy], hours: 24x7, call_out: 15m, capacity: 9}\n"
/* A plan of one step for each duration given, all at the start. */
#define WORKED(id, who, ...)                                                                       \
    "id: " id "\ndisaster_recovery:\n"                                                             \
    "  scenarios: [{id: lost-" id ", runbooks: [fix]}]\n"                                          \
    "  runbooks: [{id: fix, owner: " who ", steps: [" __VA_ARGS__ "]}]\n"
#define STEP(id, minutes) "{id: " id ", duration: " minutes "m, after: []}"

#endif
