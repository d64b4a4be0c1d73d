/*
 * The generator's scenarios, runbooks and objectives. Knows nothing of contplan.
 */
#include "generate.h"

#include <string.h>

static struct name make_role_of_step(struct making *making, const struct plan *plan)
{
    struct chance *chance = &making->chance;
    if (maybe(chance, 25)) {
        return (struct name){{0}};
    }
    if (plan->role_count > 0 && maybe(chance, 60)) {
        return plan->roles[pick(chance, plan->role_count)].id;
    }
    struct name name = make_person_or_team(making);
    bool is_text = strchr(name.text, ' ') != NULL; /* stands for nobody here */
    return is_text ? (struct name){{0}} : name;
}

static void make_after(struct making *making, struct runbook *runbook, int index)
{
    struct chance *chance = &making->chance;
    struct step *step = &runbook->steps[index];
    step->has_after = maybe(chance, 40);
    for (int i = step->has_after && index > 0 ? pick(chance, 3) : 0; i > 0; i--) {
        names_add(&step->after, runbook->steps[pick(chance, index)].id.text);
    }
}

static void make_runbook(struct making *making, struct plan *plan, int index)
{
    struct chance *chance = &making->chance;
    struct runbook *runbook = &plan->runbooks[index];
    bool is_timed = maybe(chance, 85);
    snprintf(runbook->id.text, sizeof(runbook->id.text), "r%d", index % 10);
    runbook->type = maybe(chance, 75) ? (enum runbook_type)between(chance, 0, 4)
                                      : (enum runbook_type)pick(chance, 7);
    if (maybe(chance, 60)) {
        runbook->owner = make_person_or_team(making);
    }
    runbook->duration = make_length(making, 180, 40);
    runbook->are_steps_unknown = make_unknown(making, 12);
    bool has_steps = !runbook->are_steps_unknown && !maybe(chance, 25);
    runbook->step_count = has_steps ? between(chance, 1, MOST_STEPS) : 0;
    for (int i = 0; i < runbook->step_count; i++) {
        struct step *step = &runbook->steps[i];
        snprintf(step->id.text, sizeof(step->id.text), "x%d", i % 10);
        step->role = make_role_of_step(making, plan);
        if (is_timed) {
            step->duration = maybe(chance, 6) ? make_working_length(making, 120, 10)
                                              : make_length(making, 120, 10);
        }
        make_after(making, runbook, i);
    }
}

/* Ids of anything, but mostly of what the plan itself stands on. */
static struct name make_loss(struct making *making, const struct plan *plan)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    int kind = pick(chance, 8);
    if (kind < 2 && plan->dependency_count > 0) {
        return plan->dependencies[pick(chance, plan->dependency_count)].target;
    }
    if (kind == 2 && plan->store_count > 0) {
        return plan->stores[pick(chance, plan->store_count)].id;
    }
    if (kind < 6 && plan->regions.count > 0) {
        return plan->regions.at[0];
    }
    if (kind == 6 && world->person_count > 0) {
        return world->people[pick(chance, world->person_count)].id;
    }
    return world->supplier_count > 0 ? make_place(making)
                                     : world->plans[pick(chance, world->plan_count)].id;
}

static void make_scenario(struct making *making, struct plan *plan, int index)
{
    struct chance *chance = &making->chance;
    struct scenario *scenario = &plan->scenarios[index];
    snprintf(scenario->id.text, sizeof(scenario->id.text), "%c", "caebd"[index]);
    scenario->kind = (enum kind)pick(chance, KINDS);
    scenario->response = maybe(chance, 60) ? RESPONSE_ABSENT : (enum response)pick(chance, 5);
    for (int i = pick(chance, 3); i > 0; i--) {
        struct name loss = make_loss(making, plan);
        names_add(&scenario->loses, loss.text);
    }
    bool has_runbooks = plan->runbook_count > 0 && maybe(chance, 85);
    for (int i = has_runbooks ? between(chance, 1, 2) : 0; i > 0; i--) {
        names_add(&scenario->runbooks, plan->runbooks[pick(chance, plan->runbook_count)].id.text);
    }
}

static void make_objective(struct making *making, struct plan *plan, int index)
{
    struct chance *chance = &making->chance;
    struct objective *objective = &plan->objectives[index];
    objective->limits = make_limits(making, 25);
    objective->clock = maybe(chance, 60) ? CLOCK_ABSENT : (enum clock)between(chance, 1, 3);
    if (maybe(chance, 30)) {
        objective->subject = name_of(index == 0 ? "Everybody" : "Staff");
    }
    if (plan->scenario_count > 0 && maybe(chance, 40)) {
        objective->scenario = plan->scenarios[pick(chance, plan->scenario_count)].id;
    }
}

void make_recovery(struct making *making, struct plan *plan)
{
    struct chance *chance = &making->chance;
    plan->runbook_count = maybe(chance, 12) ? 0 : between(chance, 1, MOST_RUNBOOKS);
    for (int i = 0; i < plan->runbook_count; i++) {
        make_runbook(making, plan, i);
    }
    plan->scenario_count = maybe(chance, 12) ? 0 : between(chance, 1, MOST_SCENARIOS);
    for (int i = 0; i < plan->scenario_count; i++) {
        make_scenario(making, plan, i);
    }
    plan->objective_count = maybe(chance, 10) ? 0 : between(chance, 1, MOST_OBJECTIVES);
    for (int i = 0; i < plan->objective_count; i++) {
        make_objective(making, plan, i);
    }
}
