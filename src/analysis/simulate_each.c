/*
 * The loss of each thing alone, worst first: the portfolio's single points of failure. One problem,
 * and one run after the other over it.
 */
#include "simulate.h"

#include <stdlib.h>

static void add_breach(struct cp_worst *out, const struct cp_breach *breach, struct cp_str service)
{
    int64_t overrun =
        breach->actual == CP_TIME_UNKNOWN ? breach->actual : breach->actual - breach->limit;
    bool is_known = overrun != CP_TIME_UNKNOWN;
    if (out->breaches == 0 ||
        (is_known && (out->overrun == CP_TIME_UNKNOWN || overrun > out->overrun))) {
        out->overrun = overrun;
        out->service = service;
        out->promise = breach->promise;
    }
    out->unmeasured += !is_known;
    out->breaches++;
}

/* Finds why it is not known when they are up again: all else waits for such a one. */
static void find_reason(struct cp_worst *out, struct cp_arena *scratch, struct cp_sim_run *run)
{
    cp_sim_find_deadlocks(run);
    for (size_t i = 0; i < run->touched.count && out->reason.kind == CP_HOLD_NONE; i++) {
        struct cp_service_outcome outcome;
        uint32_t plan = run->touched.items[i];
        cp_sim_summarise(&outcome, run, plan);
        if (outcome.up_at == CP_TIME_UNKNOWN) {
            cp_sim_find_path(&outcome, scratch, run, plan);
            if (cp_hold_advice(&outcome.limited_by)) {
                out->reason = outcome.limited_by;
                out->reason.service = cp_sim_id(run->problem, plan);
            }
            cp_arena_reset(scratch);
        }
    }
}

static void add_service(struct cp_worst *out, struct cp_arena *arena, struct cp_sim_run *run,
                        uint32_t plan)
{
    struct cp_service_outcome outcome;
    cp_sim_summarise(&outcome, run, plan);
    out->down += outcome.state == CP_SERVICE_DOWN;
    out->degraded += outcome.state == CP_SERVICE_DEGRADED;
    out->unknown += outcome.up_at == CP_TIME_UNKNOWN;
    out->last_up = outcome.up_at > out->last_up ? outcome.up_at : out->last_up;
    cp_sim_find_breaches(&outcome, arena, run, plan);
    for (size_t i = 0; i < outcome.breaches.count; i++) {
        add_breach(out, &outcome.breaches.items[i], cp_sim_id(run->problem, plan));
    }
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void lose_one(struct cp_worst *out, struct cp_arena *scratch, struct cp_sim_run *run,
                     const struct cp_loss *loss)
{
    cp_sim_run_start(run, loss);
    cp_sim_go(run);
    /* In the order of ids, so that the first of those equally bad is named. */
    if (run->touched.count > 0) {
        qsort(run->touched.items, run->touched.count, sizeof(uint32_t), compare_numbers);
    }
    for (size_t i = 0; i < run->touched.count; i++) {
        add_service(out, scratch, run, run->touched.items[i]);
        cp_arena_reset(scratch);
    }
    if (out->unknown > 0) {
        find_reason(out, scratch, run);
    }
}

static int compare_worst(const void *a, const void *b)
{
    const struct cp_worst *left = a;
    const struct cp_worst *right = b;
    if ((left->breaches > 0) != (right->breaches > 0)) {
        return left->breaches > 0 ? -1 : 1;
    }
    bool is_known = left->overrun != CP_TIME_UNKNOWN;
    if (is_known != (right->overrun != CP_TIME_UNKNOWN)) {
        return is_known ? -1 : 1;
    }
    if (left->overrun != right->overrun) {
        return left->overrun > right->overrun ? -1 : 1;
    }
    if (left->breaches != right->breaches) {
        return left->breaches > right->breaches ? -1 : 1;
    }
    return left->thing.kind != right->thing.kind ? (int)left->thing.kind - (int)right->thing.kind
                                                 : cp_str_compare(left->thing.id, right->thing.id);
}

size_t cp_simulate_each(struct cp_worst **out, struct cp_arena *arena,
                        const struct cp_network *network, const struct cp_almanac *almanac,
                        int64_t at)
{
    struct cp_thing *things;
    struct cp_sim_problem problem;
    struct cp_sim_run run;
    struct cp_arena scratch;
    size_t count = cp_things_get(&things, arena, network);
    cp_arena_init(&scratch);
    cp_sim_problem_init(&problem, network, almanac);
    cp_sim_run_init(&run, &problem);
    run.is_quiet = true;
    *out = cp_arena_alloc(arena, (count + 1) * sizeof(**out));
    for (size_t i = 0; i < count; i++) {
        struct cp_loss loss = {
            .lost = &things[i].id, .lost_count = 1, .at = at, .almanac = almanac};
        (*out)[i].thing = things[i];
        lose_one(&(*out)[i], &scratch, &run, &loss);
    }
    qsort(*out, count, sizeof(**out), compare_worst);
    cp_sim_run_release(&run);
    cp_sim_problem_release(&problem);
    cp_arena_release(&scratch);
    return count;
}
