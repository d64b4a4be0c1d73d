/*
 * Private to the analysis of recovery: the runbooks solved, what answers an outage, and lengths of
 * several kinds of time.
 */
#ifndef ANALYSIS_RECOVERY_H
#define ANALYSIS_RECOVERY_H

#include <contplan/analysis.h>

bool cp_duration_is_equal(struct cp_duration a, struct cp_duration b);
/* Each kind of time at its longest: as long as both, and often longer than either. */
struct cp_duration cp_duration_cover(struct cp_duration a, struct cp_duration b);
bool cp_duration_is_at_least(struct cp_duration a, struct cp_duration b);
/* The length as stated; zero where there is none. False where it is not known. */
bool cp_length_find(struct cp_duration *out, const struct cp_length *length);
/* Stated and readable, or not stated at all. */
bool cp_leaf_is_plain(const struct cp_leaf *leaf);

/* ---- runbooks.c ------------------------------------------------------------------------------ */

/* A runbook solved: by itself, and as the first one, whose steps wait for somebody to be there. */
struct cp_solution {
    struct cp_runbook_path later, first;
};

/* Fills `out`, initialised: id -> struct cp_solution, of the arena's. */
void cp_runbooks_solve(struct cp_map *out, const struct cp_plan *plan,
                       const struct cp_portfolio *portfolio, struct cp_arena *arena);

/* ---- outage.c -------------------------------------------------------------------------------- */

struct cp_outages;

/* What the plan says of standbys, dependencies and places; of the arena's. */
struct cp_outages *cp_outages_new(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                                  struct cp_arena *arena);
void cp_outages_release(struct cp_outages *outages);
/* Finds `standby` and `bare` for what the scenario of `out` loses, and the switch-over; false where
 * that is not known. */
bool cp_standby_find(struct cp_recovery *out, struct cp_duration *takes,
                     const struct cp_outages *outages);
/* Recovers by the return of what the scenario of `out` loses; its standby was looked for. */
void cp_recover_by_waiting(struct cp_recovery *out, const struct cp_outages *outages);

#endif
