/*
 * The recoveries of a plan, and which of them an objective is about. Judges nothing.
 */
#include "recoveries.h"

static bool is_manual(const struct cp_runbook *runbook)
{
    const struct cp_choice *automation = &runbook->automation;
    return cp_runbook_is_recovery(runbook) && automation->leaf.state == CP_SET &&
           automation->value == CP_AUTOMATION_MANUAL;
}

void cp_recoveries_init(struct cp_recoveries *out, const struct cp_plan_input *in)
{
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    out->items = cp_study_recoveries(in->study);
    out->count = recovery->scenarios.count;
    cp_map_init(&out->by_scenario);
    cp_map_init(&out->with_own);
    cp_map_init(&out->manual);
    for (size_t i = 0; i < out->count; i++) {
        if (recovery->scenarios.items[i].id.leaf.state == CP_SET) {
            cp_map_put(&out->by_scenario, recovery->scenarios.items[i].id.text, &out->items[i]);
        }
    }
    for (size_t i = 0; i < recovery->objectives.count; i++) {
        struct cp_text *scenario = &recovery->objectives.items[i].scenario;
        if (scenario->leaf.state == CP_SET) {
            cp_map_put(&out->with_own, scenario->text, scenario);
        }
    }
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        struct cp_runbook *runbook = &recovery->runbooks.items[i];
        if (runbook->id.leaf.state == CP_SET && is_manual(runbook)) {
            cp_map_put(&out->manual, runbook->id.text, runbook);
        }
    }
}

void cp_recoveries_release(struct cp_recoveries *recoveries)
{
    cp_map_release(&recoveries->by_scenario);
    cp_map_release(&recoveries->with_own);
    cp_map_release(&recoveries->manual);
}

bool cp_recoveries_is_general(const struct cp_recoveries *recoveries,
                              const struct cp_recovery *recovery)
{
    const struct cp_text *id = &recovery->scenario->id;
    return recovery->scenario->leaf.state == CP_SET && id->leaf.state == CP_SET &&
           !cp_map_find(&recoveries->with_own, id->text);
}

enum cp_clock cp_objective_clock(const struct cp_objective *objective)
{
    return objective->clock.leaf.state == CP_SET ? (enum cp_clock)objective->clock.value
                                                 : CP_CLOCK_DISRUPTION;
}

bool cp_recovered_init(struct cp_judged *out, const struct cp_plan_input *in, size_t index)
{
    return cp_judged_init(out, in, index) && (out->objective->clock.leaf.state == CP_SET ||
                                              out->objective->clock.leaf.state == CP_ABSENT);
}

bool cp_has_recoveries(const struct cp_plan *plan)
{
    return plan->disaster_recovery.objectives.count > 0 &&
           plan->disaster_recovery.scenarios.count > 0;
}
