/*
 * Time passes: at each minute, in rounds, work ends, services come up, what must go down does,
 * recoveries begin and steps start (R10), until nothing changes any more.
 */
#include "reckoning.h"

#include <string.h>

void reckoning_note(struct reckoning *r, int minute)
{
    if (minute >= 0 && minute < HORIZON) {
        r->is_due[minute] = 1;
        r->last_due = minute > r->last_due ? minute : r->last_due;
    }
}

/* ---- dependencies ---------------------------------------------------------------------------- */

static bool is_hard(const struct dependency *dependency)
{
    return dependency->criticality == HARD || dependency->criticality == CRITICALITY_ABSENT;
}

bool is_needed(const struct dependency *dependency)
{
    return dependency->is_needed || dependency->is_need_unknown;
}

bool is_edge_down(const struct reckoning *r, int plan, int index)
{
    const struct edge *edge = &r->services[plan].edges[index];
    if (edge->plan >= 0) {
        return r->services[edge->plan].is_down;
    }
    return edge->back >= 0 && !edge->has_returned;
}

/* When its fallback is over; a fallback of unknown length is none (O17). */
static int fallback_end(struct reckoning *r, int plan, int index)
{
    const struct dependency *dependency = &r->world->plans[plan].dependencies[index];
    const struct edge *edge = &r->services[plan].edges[index];
    int since = edge->plan >= 0 ? r->services[edge->plan].down_since : 0;
    if (!dependency->has_fallback || dependency->sustain.kind == UNKNOWN_LENGTH) {
        return since;
    }
    return dependency->sustain.kind == NOT_STATED
               ? NEVER
               : almanac_length_end(&r->almanac, dependency->sustain, since);
}

bool is_edge_blocking(struct reckoning *r, int plan, int index)
{
    const struct edge *edge = &r->services[plan].edges[index];
    if (!is_hard(&r->world->plans[plan].dependencies[index]) || edge->is_answered ||
        !is_edge_down(r, plan, index)) {
        return false;
    }
    int end = fallback_end(r, plan, index);
    reckoning_note(r, end);
    /* It is over when things go down, not yet when they come up (R10). */
    return r->is_rising && !edge->is_held ? r->now > end : r->now >= end;
}

static bool is_edge_degrading(struct reckoning *r, int plan, int index)
{
    const struct dependency *dependency = &r->world->plans[plan].dependencies[index];
    const struct edge *edge = &r->services[plan].edges[index];
    if (edge->is_answered || dependency->criticality == SOFT) {
        return false;
    }
    if (r->now < edge->degrades_to) {
        return true;
    }
    return is_edge_down(r, plan, index) && !is_edge_blocking(r, plan, index);
}

/* What the dependency was has come up: the time to be normal again begins. */
static void edge_came_up(struct reckoning *r, int plan, int index)
{
    struct edge *edge = &r->services[plan].edges[index];
    const struct dependency *dependency = &r->world->plans[plan].dependencies[index];
    int normal = almanac_length_end(&r->almanac, dependency->resume, r->now);
    if (edge->is_held) {
        edge->is_held = false;
        edge->held_until = normal;
    }
    edge->degrades_to = dependency->criticality == SOFT ? 0 : normal;
    reckoning_note(r, normal);
}

/* ---- work ends ------------------------------------------------------------------------------- */

static bool end_jobs(struct reckoning *r)
{
    bool has_changed = false;
    for (int i = 0; i < r->job_count; i++) {
        struct job *job = &r->jobs[i];
        bool is_over = job->holder < 0 ? job->end <= r->now : job->left == 0;
        if (job->is_started && !job->is_done && is_over) {
            job->is_done = true;
            job->end = r->now;
            has_changed = true;
        }
    }
    return has_changed;
}

static bool return_suppliers(struct reckoning *r)
{
    bool has_changed = false;
    for (int i = 0; i < r->world->plan_count; i++) {
        for (int j = 0; j < r->world->plans[i].dependency_count; j++) {
            struct edge *edge = &r->services[i].edges[j];
            if (edge->back >= 0 && !edge->has_returned && edge->back <= r->now) {
                edge->has_returned = true;
                edge_came_up(r, i, j);
                has_changed = true;
            }
        }
    }
    return has_changed;
}

/* ---- services come up ------------------------------------------------------------------------ */

static bool is_own_done(const struct reckoning *r, int plan)
{
    const struct service *service = &r->services[plan];
    bool has_switch = service->switch_over >= 0 || service->promised >= 0;
    bool is_switched = !has_switch || (service->switch_end >= 0 && service->switch_end <= r->now);
    return service->is_chosen && !service->is_hopeless && is_switched &&
           service->wait_until <= r->now && are_jobs_done(r, plan);
}

/* Waits for nothing but plans that are down. */
static bool is_apart_done(struct reckoning *r, int plan)
{
    const struct service *service = &r->services[plan];
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        const struct edge *edge = &service->edges[i];
        bool is_on_plan = edge->plan >= 0;
        if (edge->is_answered) {
            continue;
        }
        if ((!is_on_plan && is_edge_blocking(r, plan, i)) ||
            (!is_edge_down(r, plan, i) && edge->held_until > r->now)) {
            return false;
        }
    }
    return is_own_done(r, plan);
}

/* reaches[a][b]: a waits for b, at once or through others that are down. */
static void find_reach(struct reckoning *r, bool reaches[MOST_PLANS][MOST_PLANS])
{
    int count = r->world->plan_count;
    memset(reaches, 0, sizeof(bool[MOST_PLANS][MOST_PLANS]));
    for (int i = 0; i < count; i++) {
        for (int j = 0; j < r->world->plans[i].dependency_count; j++) {
            int target = r->services[i].edges[j].plan;
            if (r->services[i].is_down && target >= 0 && is_edge_blocking(r, i, j)) {
                reaches[i][target] = true;
            }
        }
    }
    for (int k = 0; k < count; k++) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                reaches[i][j] |= reaches[i][k] && reaches[k][j];
            }
        }
    }
}

/* The plans that wait for one another come up together, once none waits for anything else (R13). */
static bool can_come_up(struct reckoning *r, int plan, bool reaches[MOST_PLANS][MOST_PLANS])
{
    for (int i = 0; i < r->world->plan_count; i++) {
        bool is_in_circle = i == plan || (reaches[plan][i] && reaches[i][plan]);
        if (is_in_circle ? !is_apart_done(r, i) : reaches[plan][i]) {
            return false;
        }
    }
    return true;
}

static void come_up(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    service->is_down = false;
    service->last_up = r->now;
}

/* Tells those that depend on it, but for those that came up with it. */
static void tell_up(struct reckoning *r, int plan, const bool *comes)
{
    for (int i = 0; i < r->world->plan_count; i++) {
        for (int j = 0; j < r->world->plans[i].dependency_count; j++) {
            struct edge *edge = &r->services[i].edges[j];
            if (edge->plan != plan) {
                continue;
            }
            if (comes[i] && edge->is_held) {
                edge->is_held = false;
                edge->held_until = r->now;
                edge->degrades_to = r->now;
            } else {
                edge_came_up(r, i, j);
            }
        }
    }
}

static bool come_up_once(struct reckoning *r)
{
    bool reaches[MOST_PLANS][MOST_PLANS];
    bool comes[MOST_PLANS] = {false};
    bool has_changed = false;
    find_reach(r, reaches);
    for (int i = 0; i < r->world->plan_count && !has_changed; i++) {
        if (!r->services[i].is_down || !can_come_up(r, i, reaches)) {
            continue;
        }
        has_changed = true;
        comes[i] = true;
        for (int j = 0; j < r->world->plan_count; j++) {
            comes[j] |= reaches[i][j] && reaches[j][i];
        }
    }
    for (int i = 0; i < r->world->plan_count; i++) {
        if (comes[i]) {
            come_up(r, i);
        }
    }
    for (int i = 0; i < r->world->plan_count; i++) {
        if (comes[i]) {
            tell_up(r, i, comes);
        }
    }
    return has_changed;
}

/* ---- and go down ----------------------------------------------------------------------------- */

static bool must_go_down(struct reckoning *r, int plan, bool is_first)
{
    struct service *service = &r->services[plan];
    bool must = is_first && ((service->is_lost && !service->is_silent) || service->hit_count > 0 ||
                             (service->stores.count > 0 && !service->are_stores_answered));
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        must |= is_edge_blocking(r, plan, i);
    }
    return must;
}

/* Plans can knock one another down for ever; at some time that is the end of it. */
enum { MOST_DOWNS = 20 };

static void go_down(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    service->is_down = true;
    service->down_since = r->now;
    service->is_hopeless |= ++service->times_down == MOST_DOWNS;
    if (!service->was_down) {
        service->was_down = true;
        service->down_from = r->now;
    }
}

static bool is_taking_part(const struct reckoning *r, int plan)
{
    return !r->world->plans[plan].is_retired;
}

static bool go_down_all(struct reckoning *r, bool is_first)
{
    bool has_changed = false;
    for (int i = 0; i < r->world->plan_count; i++) {
        if (is_taking_part(r, i) && !r->services[i].is_down && must_go_down(r, i, is_first)) {
            go_down(r, i);
            has_changed = true;
        }
    }
    return has_changed;
}

/* Notes what each plan that is down waits for, and who is degraded. */
static void look_around(struct reckoning *r)
{
    for (int i = 0; i < r->world->plan_count; i++) {
        struct service *service = &r->services[i];
        bool is_degraded = false;
        for (int j = 0; j < r->world->plans[i].dependency_count && is_taking_part(r, i); j++) {
            service->edges[j].is_held |= is_edge_blocking(r, i, j);
            is_degraded |= is_edge_degrading(r, i, j);
        }
        is_degraded &= !service->is_down;
        if (is_degraded && service->degraded_from < 0) {
            service->degraded_from = r->now;
        }
        if (service->is_degraded || is_degraded) {
            service->degraded_to = is_degraded ? NEVER : r->now;
        }
        service->is_degraded = is_degraded;
    }
}

/* ---- recoveries begin ------------------------------------------------------------------------ */

/* Looks which recovery needs are up; each is asked once (R12). */
static void ask_needs(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        struct edge *edge = &service->edges[i];
        bool is_up = !is_edge_down(r, plan, i);
        edge->was_seen_by_switch |= is_up;
        edge->was_seen_by_runbooks |= is_up && service->declared <= r->now;
    }
}

static bool is_switch_gate_open(const struct reckoning *r, int plan)
{
    const struct plan *it = &r->world->plans[plan];
    for (int i = 0; i < it->dependency_count; i++) {
        const struct edge *edge = &r->services[plan].edges[i];
        if (is_needed(&it->dependencies[i]) && !edge->is_answered && !edge->was_seen_by_switch) {
            return false;
        }
    }
    return true;
}

/* A switch-over takes its time from then on; a promise is kept then at the earliest (R8). */
static void begin_switch(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    if (service->switch_end >= 0 || !is_switch_gate_open(r, plan)) {
        return;
    }
    service->switch_end = r->now;
    if (service->switch_over > 0) {
        service->switch_end = service->switch_over < NEVER ? r->now + service->switch_over : NEVER;
    }
    if (service->promised >= 0) {
        service->switch_end =
            service->promised > service->switch_end ? service->promised : service->switch_end;
    }
    reckoning_note(r, service->switch_end);
}

static bool begin_recoveries(struct reckoning *r)
{
    bool has_changed = false;
    for (int i = 0; i < r->world->plan_count; i++) {
        struct service *service = &r->services[i];
        if (!service->was_down) {
            continue;
        }
        if (!service->is_chosen) {
            reckon_choice(r, i);
            has_changed = true;
        }
        ask_needs(r, i);
        int before = service->switch_end;
        begin_switch(r, i);
        has_changed |= before != service->switch_end;
    }
    return has_changed;
}

/* ---- time ------------------------------------------------------------------------------------ */

/* Whether anything changed; the first round is always followed by one in which things end. */
static bool go_round(struct reckoning *r, bool is_first)
{
    bool has_changed = is_first;
    if (!is_first) {
        has_changed |= end_jobs(r);
        has_changed |= return_suppliers(r);
        r->is_rising = true;
        while (come_up_once(r)) {
            has_changed = true;
        }
        r->is_rising = false;
    }
    while (go_down_all(r, is_first)) {
        has_changed = true;
    }
    look_around(r);
    has_changed |= begin_recoveries(r);
    has_changed |= reckon_starts(r);
    return has_changed;
}

static bool work_a_minute(struct reckoning *r)
{
    bool has_ended = false;
    for (int i = 0; i < r->job_count; i++) {
        struct job *job = &r->jobs[i];
        if (!job->is_started || job->is_done || job->holder < 0 || job->left <= 0) {
            continue;
        }
        int shift = r->holders[job->holder].shift;
        job->left -= shift < 0 || almanac_is_open(&r->almanac, shift, r->now);
        has_ended |= job->left == 0;
    }
    return has_ended;
}

static bool is_anything_to_come(const struct reckoning *r)
{
    bool is_working = r->last_due > r->now;
    for (int i = 0; i < r->job_count; i++) {
        const struct job *job = &r->jobs[i];
        is_working |= job->is_started && !job->is_done && job->left > 0;
    }
    return is_working;
}

/* False where not all was over at the horizon. */
bool reckoning_run(struct reckoning *r, bool is_thorough)
{
    bool is_due = true;
    for (r->now = 0; r->now < HORIZON; r->now++) {
        bool is_first = r->now == 0;
        while (is_due && go_round(r, is_first)) {
            is_first = false;
        }
        if (!is_anything_to_come(r)) {
            return true;
        }
        is_due = work_a_minute(r) || r->is_due[r->now + 1] || is_thorough;
    }
    return false;
}
