/*
 * What is lost, what falls with it, what that hits, and when it is back (R1 to R4).
 */
#include "reckoning.h"

#include <string.h>

int find_plan(const struct world *world, const struct name *id)
{
    for (int i = 0; i < world->plan_count; i++) {
        if (name_is_same(&world->plans[i].id, id)) {
            return i;
        }
    }
    return -1;
}

int find_supplier(const struct world *world, const struct name *place)
{
    for (int i = 0; i < world->supplier_count; i++) {
        if (place_contains(&world->suppliers[i].id, place)) {
            return i;
        }
    }
    return -1;
}

bool is_place_lost(const struct reckoning *r, const struct name *place)
{
    for (int i = 0; i < r->lost_count; i++) {
        if (place_contains(&r->lost[i], place)) {
            return true;
        }
    }
    return false;
}

/* ---- losing ---------------------------------------------------------------------------------- */

static void lose_place(struct reckoning *r, const struct name *place)
{
    if (is_place_lost(r, place)) {
        return;
    }
    int kept = 0;
    for (int i = 0; i < r->lost_count; i++) {
        if (!place_contains(place, &r->lost[i])) {
            r->lost[kept++] = r->lost[i];
        }
    }
    r->lost[kept] = *place;
    r->lost_count = kept + 1;
}

/* What runs on something lost is lost with it (R2). */
static bool lose_runners(struct reckoning *r)
{
    bool has_changed = false;
    for (int i = 0; i < r->world->supplier_count; i++) {
        const struct supplier *supplier = &r->world->suppliers[i];
        for (int j = 0; j < supplier->runs_on.count; j++) {
            if (is_place_lost(r, &supplier->runs_on.at[j]) && !is_place_lost(r, &supplier->id)) {
                lose_place(r, &supplier->id);
                has_changed = true;
            }
        }
    }
    return has_changed;
}

static void lose_person(struct reckoning *r, const struct name *id)
{
    for (int i = 0; i < r->holder_count; i++) {
        if (name_is_same(&r->holders[i].id, id)) {
            r->holders[i].is_absent = true;
        }
    }
}

/* A lost team takes its members along (R4). */
static void lose_team(struct reckoning *r, int index)
{
    const struct team *team = &r->world->teams[index];
    r->is_team_lost[index] = true;
    for (int i = 0; i < r->world->person_count; i++) {
        const struct person *person = &r->world->people[i];
        if (name_is_same(&person->team, &team->id) || names_has(&team->members, &person->id)) {
            lose_person(r, &person->id);
        }
    }
}

static void lose_store(struct reckoning *r, const struct name *id)
{
    for (int i = 0; i < r->world->plan_count; i++) {
        const struct plan *plan = &r->world->plans[i];
        for (int j = 0; j < plan->store_count && !plan->is_retired; j++) {
            if (name_is_same(&plan->stores[j].id, id)) {
                names_add(&r->services[i].stores, id->text);
            }
        }
    }
}

static void lose(struct reckoning *r, const struct name *id)
{
    int plan = find_plan(r->world, id);
    if (plan >= 0) {
        r->services[plan].is_lost = !r->world->plans[plan].is_retired;
        return;
    }
    if (find_supplier(r->world, id) >= 0) {
        r->is_asked[find_supplier(r->world, id)] = true;
        lose_place(r, id);
        return;
    }
    for (int i = 0; i < r->world->team_count; i++) {
        if (name_is_same(&r->world->teams[i].id, id)) {
            lose_team(r, i);
            return;
        }
    }
    lose_person(r, id);
    lose_store(r, id);
}

/* `--scenario` alone loses what it says, plan by plan (R1). */
static void lose_by_scenario(struct reckoning *r)
{
    for (int i = 0; i < r->world->plan_count; i++) {
        const struct plan *plan = &r->world->plans[i];
        for (int j = 0; j < plan->scenario_count && !plan->is_retired; j++) {
            const struct scenario *scenario = &plan->scenarios[j];
            if (!name_is_same(&scenario->id, &r->world->question.scenario)) {
                continue;
            }
            for (int k = 0; k < scenario->loses.count; k++) {
                lose(r, &scenario->loses.at[k]);
            }
            if (scenario->loses.count == 0) {
                lose(r, &plan->id);
            }
        }
    }
}

/* ---- what is hit ----------------------------------------------------------------------------- */

static bool has_inner(const struct names *names, const struct name *outer)
{
    for (int i = 0; i < names->count; i++) {
        if (place_contains(outer, &names->at[i])) {
            return true;
        }
    }
    return false;
}

static void hit_place(struct reckoning *r, int plan, const struct name *place)
{
    struct service *service = &r->services[plan];
    for (int i = 0; i < r->lost_count; i++) {
        bool is_new = true;
        for (int j = 0; j < service->hit_count; j++) {
            is_new &= !name_is_same(&service->hits[j], &r->lost[i]);
        }
        if (is_new && (place_contains(&r->lost[i], place) || place_contains(place, &r->lost[i]))) {
            service->hits[service->hit_count++] = r->lost[i];
        }
    }
}

/* The most specific places are hit by what contains them or lies in them (R3). */
static void hit_plan(struct reckoning *r, int index)
{
    const struct plan *plan = &r->world->plans[index];
    for (int i = 0; i < plan->zones.count; i++) {
        hit_place(r, index, &plan->zones.at[i]);
    }
    for (int i = 0; i < plan->regions.count; i++) {
        if (!has_inner(&plan->zones, &plan->regions.at[i])) {
            hit_place(r, index, &plan->regions.at[i]);
        }
    }
    if (name_is_stated(&plan->hosting) && !has_inner(&plan->zones, &plan->hosting) &&
        !has_inner(&plan->regions, &plan->hosting)) {
        hit_place(r, index, &plan->hosting);
    }
}

/* ---- and when it is back --------------------------------------------------------------------- */

static int return_of(struct reckoning *r, int supplier, struct length own)
{
    const struct supplier *it = &r->world->suppliers[supplier];
    int back = own.kind == NOT_STATED ? NEVER : almanac_length_end(&r->almanac, own, 0);
    /* It may run on what else is lost. */
    for (int i = 0; it->is_ground_unknown && i < r->world->supplier_count; i++) {
        back = i != supplier && r->is_asked[i] ? NEVER : back;
    }
    for (int i = 0; i < it->runs_on.count; i++) {
        if (is_place_lost(r, &it->runs_on.at[i])) {
            int below = find_supplier(r->world, &it->runs_on.at[i]);
            int other = return_of(r, below, r->world->suppliers[below].rto);
            back = other > back ? other : back;
        }
    }
    return back;
}

int reckon_return(struct reckoning *r, int plan, const struct name *place)
{
    int supplier = find_supplier(r->world, place);
    const struct plan *it = &r->world->plans[plan];
    struct length own = r->world->suppliers[supplier].rto;
    for (int i = 0; i < it->dependency_count; i++) {
        const struct dependency *dependency = &it->dependencies[i];
        if (name_is_same(&dependency->target, &r->world->suppliers[supplier].id) &&
            dependency->rto.kind != NOT_STATED) {
            own = dependency->rto;
        }
    }
    return return_of(r, supplier, own);
}

static void init_edges(struct reckoning *r, int index)
{
    const struct plan *plan = &r->world->plans[index];
    for (int i = 0; i < plan->dependency_count; i++) {
        const struct name *target = &plan->dependencies[i].target;
        struct edge *edge = &r->services[index].edges[i];
        *edge = (struct edge){.plan = find_plan(r->world, target),
                              .supplier = find_supplier(r->world, target),
                              .back = -1,
                              .degrades_from = NEVER};
        if (edge->supplier >= 0 && is_place_lost(r, target)) {
            edge->back = reckon_return(r, index, target);
            reckoning_note(r, edge->back);
        }
    }
}

void reckon_losses(struct reckoning *r)
{
    const struct question *question = &r->world->question;
    for (int i = 0; i < question->lose.count; i++) {
        lose(r, &question->lose.at[i]);
    }
    if (question->lose.count == 0) {
        lose_by_scenario(r);
    }
    for (int i = 0; i < question->absent.count; i++) {
        lose_person(r, &question->absent.at[i]);
    }
    while (lose_runners(r)) {
    }
    for (int i = 0; i < r->world->plan_count; i++) {
        if (!r->world->plans[i].is_retired) {
            hit_plan(r, i);
            init_edges(r, i);
        }
    }
}
