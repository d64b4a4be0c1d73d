/*
 * The oracle's answer: runs the world with its capacities, and once more without for the lower
 * bound.
 */
#include "oracle.h"

#include "reckoning.h"

#include <string.h>

static struct reckoning limited;
static struct reckoning unlimited;

static void prepare(struct reckoning *r, const struct world *world, bool is_unlimited)
{
    memset(r->is_due, 0, (size_t)r->last_due + 1);
    r->last_due = 0;
    r->world = world;
    r->now = 0;
    r->is_unlimited = is_unlimited;
    r->lost_count = 0;
    r->job_count = 0;
    memset(r->is_team_lost, 0, sizeof(r->is_team_lost));
    memset(r->is_asked, 0, sizeof(r->is_asked));
    memset(r->services, 0, sizeof(r->services));
    almanac_init(&r->almanac, world);
    for (int i = 0; i < world->plan_count; i++) {
        struct service *service = &r->services[i];
        service->scenario = service->switch_over = service->switch_end = service->promised = -1;
        service->degraded_from = service->degraded_to = -1;
        service->unclear = NEVER;
        service->detected = almanac_length_end(&r->almanac, world->plans[i].detect, 0);
        service->declared =
            almanac_length_end(&r->almanac, world->plans[i].declare, service->detected);
    }
    reckon_holders(r);
    reckon_losses(r);
    for (int i = 0; i < world->plan_count; i++) {
        if (!world->plans[i].is_retired) {
            reckon_silent_answers(r, i);
        }
    }
}

/* ---- services -------------------------------------------------------------------------------- */

static int end_of_outage(const struct service *service)
{
    return service->is_down ? NEVER : service->last_up;
}

/* A workaround turns the first part of the outage into being degraded (R15). */
static void tell_outage(struct reckoning *r, int plan, struct outcome *out)
{
    const struct plan *it = &r->world->plans[plan];
    const struct service *service = &r->services[plan];
    int covered = service->down_from;
    if (it->has_workaround && it->workaround.kind != UNKNOWN_LENGTH) {
        covered = it->workaround.kind == NOT_STATED
                      ? NEVER
                      : almanac_length_end(&r->almanac, it->workaround, service->down_from);
    }
    out->up_at = end_of_outage(service);
    if (covered >= out->up_at && it->has_workaround && covered > service->down_from) {
        bool was_degraded =
            service->degraded_from >= 0 && service->degraded_from < service->down_from;
        out->state = DEGRADED_STATE;
        out->from = was_degraded ? service->degraded_from : service->down_from;
    } else {
        out->state = DOWN;
        out->from = covered;
    }
}

static void tell_service(struct reckoning *r, int plan, struct outcome *out)
{
    struct service *service = &r->services[plan];
    *out = (struct outcome){.is_present = !r->world->plans[plan].is_retired,
                            .own = service->was_down ? service->own : 0};
    if (service->scenario >= 0) {
        out->scenario = r->world->plans[plan].scenarios[service->scenario].id;
    }
    if (service->was_down) {
        tell_outage(r, plan, out);
    } else if (service->degraded_from >= 0) {
        out->state = DEGRADED_STATE;
        out->from = service->degraded_from;
        out->up_at = service->degraded_to;
    }
    service->last_up = end_of_outage(service);
}

/* ---- steps ----------------------------------------------------------------------------------- */

static bool is_work_before(const struct reckoning *r, const struct job *a, const struct job *b)
{
    (void)r;
    if (a->start != b->start) {
        return a->start < b->start;
    }
    if (a->plan != b->plan) {
        return a->plan < b->plan;
    }
    return a->runbook != b->runbook ? a->runbook < b->runbook : a->step < b->step;
}

static void tell_work(const struct reckoning *r, struct answer *out)
{
    bool is_told[MOST_WORK] = {false};
    for (out->work_count = 0; out->work_count < r->job_count; out->work_count++) {
        const struct job *next = NULL;
        for (int i = 0; i < r->job_count; i++) {
            if (!is_told[i] && (!next || is_work_before(r, &r->jobs[i], next))) {
                next = &r->jobs[i];
            }
        }
        is_told[next - r->jobs] = true;
        out->works[out->work_count] = (struct work){
            .plan = next->plan,
            .runbook = next->book->id,
            .step = next->step < 0 ? (struct name){{0}} : next->book->steps[next->step].id,
            .holder = next->holder < 0 ? (struct name){{0}} : r->holders[next->holder].id,
            .start = next->start,
            .end = next->end,
        };
    }
}

/* ---- what is lost ---------------------------------------------------------------------------- */

void answer_add_lost(struct answer *answer, struct name name)
{
    int at = 0;
    while (at < answer->lost_count && strcmp(answer->lost[at].text, name.text) < 0) {
        at++;
    }
    if (answer->lost_count == MOST_LOST ||
        (at < answer->lost_count && name_is_same(&answer->lost[at], &name))) {
        return;
    }
    memmove(&answer->lost[at + 1], &answer->lost[at],
            (size_t)(answer->lost_count - at) * sizeof(name));
    answer->lost[at] = name;
    answer->lost_count++;
}

/* Of names that stand anywhere, the places that lie in something lost. */
static void tell_places(const struct reckoning *r, struct answer *out, const struct names *names)
{
    for (int i = 0; i < names->count; i++) {
        if (find_supplier(r->world, &names->at[i]) >= 0 && is_place_lost(r, &names->at[i])) {
            answer_add_lost(out, names->at[i]);
        }
    }
}

static void tell_place(const struct reckoning *r, struct answer *out, const struct name *name)
{
    tell_places(r, out, &(struct names){{*name}, 1});
}

static void tell_named(const struct reckoning *r, struct answer *out, const struct plan *plan)
{
    tell_places(r, out, &plan->zones);
    tell_places(r, out, &plan->regions);
    for (int i = 0; i < plan->redundancy_count; i++) {
        tell_place(r, out, &plan->redundancy[i].uses);
    }
    for (int i = 0; i < plan->scenario_count; i++) {
        tell_places(r, out, &plan->scenarios[i].loses);
    }
    for (int i = 0; i < plan->store_count; i++) {
        tell_places(r, out, &plan->stores[i].located);
    }
    for (int i = 0; i < plan->backup_count; i++) {
        for (int j = 0; j < plan->backups[i].copy_count; j++) {
            tell_place(r, out, &plan->backups[i].copies[j].region);
        }
    }
}

static void tell_suppliers(const struct reckoning *r, struct answer *out)
{
    for (int i = 0; i < r->world->supplier_count; i++) {
        const struct supplier *supplier = &r->world->suppliers[i];
        tell_place(r, out, &supplier->id);
        tell_places(r, out, &supplier->runs_on);
        for (int j = 0; j < supplier->regions.count; j++) {
            struct name region;
            snprintf(region.text, sizeof(region.text), "%.8s.%.8s", supplier->id.text,
                     supplier->regions.at[j].text);
            tell_place(r, out, &region);
        }
    }
}

static void tell_lost(const struct reckoning *r, struct answer *out)
{
    for (int i = 0; i < r->world->plan_count; i++) {
        const struct plan *plan = &r->world->plans[i];
        if (plan->is_retired) {
            continue;
        }
        if (r->services[i].is_lost) {
            answer_add_lost(out, plan->id);
        }
        for (int j = 0; j < r->services[i].stores.count; j++) {
            answer_add_lost(out, r->services[i].stores.at[j]);
        }
        tell_named(r, out, plan);
    }
    for (int i = 0; i < r->world->team_count; i++) {
        if (r->is_team_lost[i]) {
            answer_add_lost(out, r->world->teams[i].id);
        }
    }
    tell_places(r, out, &r->world->question.lose);
    tell_suppliers(r, out);
}

/* ---- the lower bound (R25) ------------------------------------------------------------------- */

/* The only one who can do the job, or -1. */
static int only_one(const struct reckoning *r, const struct job *job)
{
    int only = -1;
    for (int i = 0; i < job->candidate_count; i++) {
        int candidate = job->candidates[i];
        if (candidate == only || holder_capacity(r, candidate, 0) == 0) {
            continue;
        }
        if (only >= 0) {
            return -1;
        }
        only = candidate;
    }
    return only;
}

/* Seconds at which the load on the holder is done at the earliest. */
static int64_t load_end(struct reckoning *r, int holder)
{
    int from = NEVER;
    int64_t seconds = 0;
    for (int i = 0; i < r->job_count; i++) {
        const struct job *job = &r->jobs[i];
        int minutes = job_minutes(r, job->duration);
        if (only_one(r, job) == holder && job->is_started && minutes < NEVER) {
            from = job->start < from ? job->start : from;
            seconds += minutes * (int64_t)60;
        }
    }
    if (from >= NEVER) {
        return 0;
    }
    int capacity = holder_capacity(r, holder, from);
    capacity = capacity > 0 ? capacity : 1;
    seconds = (seconds + capacity - 1) / capacity;
    int shift = r->holders[holder].shift;
    if (shift < 0) {
        return from * (int64_t)60 + seconds;
    }
    int whole = (int)(seconds / 60);
    int rest = (int)(seconds % 60);
    int end = almanac_end(&r->almanac, shift, from, rest > 0 ? whole + 1 : whole);
    return (rest > 0 ? end - 1 : end) * (int64_t)60 + rest;
}

static int64_t tell_bound(struct reckoning *r)
{
    int64_t bound = 0;
    for (int i = 0; i < r->world->plan_count; i++) {
        struct outcome outcome;
        tell_service(r, i, &outcome);
        if (outcome.up_at >= NEVER) {
            return -1;
        }
        bound = outcome.up_at * (int64_t)60 > bound ? outcome.up_at * (int64_t)60 : bound;
    }
    for (int i = 0; i < r->holder_count; i++) {
        int64_t end = load_end(r, i);
        bound = end > bound ? end : bound;
    }
    return bound;
}

void oracle_answer(struct answer *out, const struct world *world, bool is_thorough)
{
    memset(out, 0, sizeof(*out));
    prepare(&limited, world, false);
    prepare(&unlimited, world, true);
    out->is_beyond = !reckoning_run(&limited, is_thorough) || !reckoning_run(&unlimited, false);
    for (int i = 0; i < world->plan_count; i++) {
        tell_service(&limited, i, &out->outcomes[i]);
    }
    reckon_breaches(&limited, out);
    tell_work(&limited, out);
    tell_lost(&limited, out);
    out->lower_bound = tell_bound(&unlimited);
}
