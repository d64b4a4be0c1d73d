/*
 * What a run has shown, as its writers see it: states, spans, steps in the order of their starts,
 * what is lost, what was assumed. Reads a run that is over.
 */
#include "simulate.h"

#include <stdlib.h>

/* ---- services -------------------------------------------------------------------------------- */

/* Until when the workaround covers an outage; its beginning where there is none (R15). */
static int64_t covered_until(const struct cp_sim_run *run, const struct cp_facts *facts,
                             int64_t from)
{
    if (facts->workaround != CP_SET) {
        return from;
    }
    if (facts->workaround_sustain.state == CP_ABSENT) {
        return CP_SIM_NEVER;
    }
    return facts->workaround_sustain.state == CP_SET
               ? cp_sim_end(run, facts->workaround_sustain, from)
               : from;
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void summarise_down(struct cp_service_outcome *out, const struct cp_sim_run *run,
                           const struct cp_sim_service *service)
{
    const struct cp_facts *facts = cp_sim_facts(run->problem, (uint32_t)out->plan);
    int64_t covered = covered_until(run, facts, service->down_from);
    bool has_workaround = facts->workaround == CP_SET && covered > service->down_from;
    out->down_from = service->down_from;
    out->up_again = service->is_down ? CP_SIM_NEVER : service->last_up;
    out->up_at = out->up_again;
    out->state = CP_SERVICE_DOWN;
    out->from = covered;
    if (has_workaround && (covered == CP_SIM_NEVER || out->up_again <= covered)) {
        out->state = CP_SERVICE_DEGRADED;
        out->from = earlier(service->down_from, service->degraded_from);
    }
}

void cp_sim_summarise(struct cp_service_outcome *out, const struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_service *service = &run->services[plan];
    *out = (struct cp_service_outcome){.plan = plan, .down_from = CP_TIME_UNKNOWN};
    if (!service->is_touched) {
        return;
    }
    const struct cp_fact_scenario *scenario = cp_sim_scenario_of(run, plan);
    if (scenario) {
        out->scenario = cp_fact_str(cp_sim_facts(run->problem, plan), scenario->id);
    }
    if (service->down_from != CP_SIM_NEVER) {
        out->own = service->is_own_unknown ? CP_TIME_UNKNOWN : service->own.length;
        out->is_promised = service->own.kind == CP_SIM_OWN_PROMISE;
        summarise_down(out, run, service);
    } else if (service->degraded_from != CP_SIM_NEVER) {
        out->state = CP_SERVICE_DEGRADED;
        out->from = service->degraded_from;
        out->up_at = service->softs > 0 ? CP_SIM_NEVER : service->degraded_to;
    }
}

/* ---- spans ----------------------------------------------------------------------------------- */

static void add_span(struct cp_service_outcome *out, enum cp_service_state state, int64_t from,
                     int64_t to)
{
    if (from < to) {
        out->spans.items[out->spans.count++] = (struct cp_outage_span){state, from, to};
    }
}

/* The outage, then what it is degraded before, between and after. */
static void find_spans(struct cp_service_outcome *out, struct cp_arena *arena,
                       const struct cp_sim_run *run)
{
    const struct cp_sim_service *service = &run->services[out->plan];
    const struct cp_facts *facts = cp_sim_facts(run->problem, (uint32_t)out->plan);
    int64_t softs_to = service->softs > 0 ? CP_SIM_NEVER : service->degraded_to;
    bool has_softs = service->degraded_from != CP_SIM_NEVER;
    int64_t at = has_softs ? service->degraded_from : 0;
    size_t most = 2;
    for (uint32_t i = service->first_interval; i != CP_SIM_NONE; i = run->intervals.items[i].next) {
        most += 3;
    }
    out->spans.items = cp_arena_alloc(arena, most * sizeof *out->spans.items);
    int64_t covered = covered_until(run, facts, service->down_from);
    for (uint32_t i = service->first_interval; i != CP_SIM_NONE; i = run->intervals.items[i].next) {
        struct cp_sim_interval interval = run->intervals.items[i];
        if (has_softs) {
            add_span(out, CP_SERVICE_DEGRADED, at, earlier(interval.from, softs_to));
        }
        int64_t visible = covered > interval.from ? earlier(covered, interval.to) : interval.from;
        add_span(out, CP_SERVICE_DEGRADED, interval.from, visible);
        add_span(out, CP_SERVICE_DOWN, visible, interval.to);
        at = interval.to > at ? interval.to : at;
    }
    if (has_softs) {
        add_span(out, CP_SERVICE_DEGRADED, at, softs_to);
    }
}

static void report_services(struct cp_simulation *out, struct cp_arena *arena,
                            struct cp_sim_run *run)
{
    uint32_t plans = run->problem->plans;
    out->services.items = cp_arena_alloc(arena, (plans + 1) * sizeof *out->services.items);
    for (uint32_t i = 0; i < plans; i++) {
        if (cp_sim_is_retired(run->problem, i)) {
            continue;
        }
        struct cp_service_outcome *outcome = &out->services.items[out->services.count++];
        cp_sim_summarise(outcome, run, i);
        if (run->services[i].is_touched) {
            cp_sim_find_path(outcome, arena, run, i);
            cp_sim_find_breaches(outcome, arena, run, i);
            find_spans(outcome, arena, run);
        }
        out->breach_count += outcome->breaches.count;
    }
}

/* ---- steps ----------------------------------------------------------------------------------- */

struct started {
    int64_t start;
    uint32_t plan, step;
};

static int compare_started(const void *a, const void *b)
{
    const struct started *left = a;
    const struct started *right = b;
    if (left->start != right->start) {
        return left->start < right->start ? -1 : 1;
    }
    if (left->plan != right->plan) {
        return left->plan < right->plan ? -1 : 1;
    }
    return (left->step > right->step) - (left->step < right->step);
}

static void report_step(struct cp_step_outcome *out, const struct cp_sim_run *run,
                        const struct cp_sim_step *step)
{
    *out = (struct cp_step_outcome){.plan = step->service,
                                    .runbook = step->runbook,
                                    .step = step->id,
                                    .start = step->start,
                                    .end = step->end,
                                    .why = cp_sim_why(run, step)};
    if (step->holder != CP_SIM_NONE) {
        out->holder = run->problem->holders.items[step->holder].id;
    }
}

static void report_steps(struct cp_simulation *out, struct cp_arena *arena,
                         const struct cp_sim_run *run)
{
    size_t count = run->steps.count;
    struct started *order = cp_alloc((count + 1) * sizeof *order);
    for (uint32_t i = 0; i < count; i++) {
        order[i] = (struct started){run->steps.items[i].start, run->steps.items[i].service, i};
    }
    qsort(order, count, sizeof *order, compare_started);
    out->steps.items = cp_arena_alloc(arena, (count + 1) * sizeof *out->steps.items);
    for (size_t i = 0; i < count; i++) {
        report_step(&out->steps.items[out->steps.count++], run, &run->steps.items[order[i].step]);
    }
    free(order);
}

/* ---- what is lost, what was assumed ---------------------------------------------------------- */

static int compare_things(const void *a, const void *b)
{
    const struct cp_thing *left = a;
    const struct cp_thing *right = b;
    return left->kind != right->kind ? (int)left->kind - (int)right->kind
                                     : cp_str_compare(left->id, right->id);
}

static int compare_texts(const void *a, const void *b)
{
    return cp_str_compare(*(const struct cp_str *)a, *(const struct cp_str *)b);
}

static void report_lost(struct cp_simulation *out, struct cp_arena *arena,
                        const struct cp_sim_run *run)
{
    out->lost.items = cp_arena_alloc(arena, (run->lost.count + 1) * sizeof *out->lost.items);
    for (size_t i = 0; i < run->lost.count; i++) {
        struct cp_thing thing = run->lost.items[i].thing;
        out->lost.items[out->lost.count++] =
            (struct cp_thing){thing.kind, cp_arena_copy(arena, thing.id)};
    }
    qsort(out->lost.items, out->lost.count, sizeof *out->lost.items, compare_things);
}

static void report_absent(struct cp_simulation *out, struct cp_arena *arena,
                          const struct cp_sim_run *run)
{
    const struct cp_sim_problem *problem = run->problem;
    out->absent.items = cp_arena_alloc(arena, (problem->people + 1) * sizeof *out->absent.items);
    for (uint32_t i = 0; i < problem->people; i++) {
        const struct cp_sim_holder *person = &problem->holders.items[i];
        if ((person->is_touched && person->is_away) || person->until <= run->at) {
            out->absent.items[out->absent.count++] = person->id;
        }
    }
    qsort(out->absent.items, out->absent.count, sizeof *out->absent.items, compare_texts);
}

static void report_assumptions(struct cp_simulation *out, struct cp_arena *arena,
                               struct cp_sim_run *run)
{
    size_t count = run->assumptions.count;
    out->assumptions.items = cp_arena_alloc(arena, (count + 1) * sizeof *out->assumptions.items);
    if (count > 0) {
        qsort(run->assumptions.items, count, sizeof *run->assumptions.items, compare_texts);
    }
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !cp_str_is_equal(run->assumptions.items[i], run->assumptions.items[i - 1])) {
            out->assumptions.items[out->assumptions.count++] =
                cp_arena_copy(arena, run->assumptions.items[i]);
        }
    }
}

void cp_sim_report(struct cp_simulation *out, struct cp_arena *arena, struct cp_sim_run *run)
{
    *out = (struct cp_simulation){.at = run->at, .is_at_assumed = run->loss->is_at_assumed};
    cp_sim_find_deadlocks(run);
    report_lost(out, arena, run);
    report_absent(out, arena, run);
    report_services(out, arena, run);
    report_steps(out, arena, run);
    report_assumptions(out, arena, run);
}
