/*
 * Private to the rules that hold an objective against the recovery it is about: which that is, and
 * how its length is said.
 */
#ifndef RULES_RECOVERIES_H
#define RULES_RECOVERIES_H

#include "objectives.h"

#include <contplan/analysis.h>

/* Those of a plan. */
struct cp_recoveries {
    struct cp_recovery *items; /* by scenario */
    size_t count;
    struct cp_map by_scenario; /* id -> its recovery */
    struct cp_map with_own;    /* ids of scenarios that have objectives of their own */
    struct cp_map manual;      /* id -> runbook that is done by hand */
};

void cp_recoveries_init(struct cp_recoveries *out, const struct cp_plan_input *in);
void cp_recoveries_release(struct cp_recoveries *recoveries);
/* Whether an objective that names no scenario holds in this one. */
bool cp_recoveries_is_general(const struct cp_recoveries *recoveries,
                              const struct cp_recovery *recovery);
/* Whether there is anything to hold against anything. */
bool cp_has_recoveries(const struct cp_plan *plan);

enum cp_clock cp_objective_clock(const struct cp_objective *objective);
/* Whether the recovery of the objective can be judged: the clock is known as well. */
bool cp_recovered_init(struct cp_judged *out, const struct cp_plan_input *in, size_t index);

/* Puts "... after 10m to detect + 30m to declare + 15m call-out of 'Platform': 4h 30m". */
void cp_put_capability(struct cp_buf *out, const struct cp_capability *capability,
                       const struct cp_recovery *recovery, const struct cp_plan_input *in);
/* What was counted as nothing because the plan does not say it. */
void cp_put_assumed(struct cp_buf *out, const struct cp_recovery *recovery,
                    const struct cp_objective *objective, const struct cp_plan *plan);

#endif
