/*
 * The run of a simulation: a queue of events, and what happens at one instant in its order (R10).
 * What is recovered and by whom is not known here, only what holds a service down.
 */
#include "simulate.h"

#include <stdlib.h>
#include <string.h>

/* A ring of fallbacks and resumes can knock plans down for ever. */
enum { FALLS_MOST = 20 };

/* ---- time ------------------------------------------------------------------------------------ */

int64_t cp_sim_end(const struct cp_sim_run *run, struct cp_fact_length length, int64_t from)
{
    int64_t start;
    int64_t end;
    if (length.state == CP_ABSENT || from == CP_SIM_NEVER) {
        return from;
    }
    if (length.state != CP_SET || !cp_add(&start, run->at, from) ||
        !cp_duration_end(&end, &run->problem->office, cp_fact_duration(length), start)) {
        return CP_SIM_NEVER;
    }
    return end - run->at;
}

static bool is_before(const struct cp_sim_event *a, const struct cp_sim_event *b)
{
    if (a->at != b->at) {
        return a->at < b->at;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind;
    }
    return a->index != b->index ? a->index < b->index : a->stamp < b->stamp;
}

void cp_sim_schedule(struct cp_sim_run *run, int64_t at, enum cp_sim_event_kind kind,
                     uint32_t index, uint32_t stamp)
{
    if (at == CP_SIM_NEVER) {
        return;
    }
    struct cp_sim_event event = {.at = at, .index = index, .stamp = stamp, .kind = (uint8_t)kind};
    cp_list_push(&run->events, sizeof event);
    struct cp_sim_event *heap = run->events.items;
    size_t i = run->events.count - 1;
    while (i > 0 && is_before(&event, &heap[(i - 1) / 2])) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = event;
}

static struct cp_sim_event next_event(struct cp_sim_run *run)
{
    struct cp_sim_event *heap = run->events.items;
    struct cp_sim_event first = heap[0];
    size_t count = --run->events.count;
    struct cp_sim_event last = heap[count];
    size_t i = 0;
    for (size_t child = 1; child < count; child = 2 * i + 1) {
        child += child + 1 < count && is_before(&heap[child + 1], &heap[child]);
        if (!is_before(&heap[child], &last)) {
            break;
        }
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return first;
}

/* ---- services -------------------------------------------------------------------------------- */

struct cp_sim_service *cp_sim_touch(struct cp_sim_run *run, uint32_t plan)
{
    struct cp_sim_service *service = &run->services[plan];
    if (!service->is_touched) {
        uint32_t first = run->problem->first[plan];
        uint32_t count = run->problem->first[plan + 1] - first;
        *service = (struct cp_sim_service){.is_touched = true,
                                           .scenario = CP_SIM_NONE,
                                           .down_from = CP_SIM_NEVER,
                                           .last_up = CP_SIM_NEVER,
                                           .degraded_from = CP_SIM_NEVER,
                                           .degraded_to = CP_SIM_NEVER,
                                           .declared = CP_SIM_NEVER,
                                           .deadline = CP_SIM_NEVER,
                                           .first_hit = CP_SIM_NONE,
                                           .first_interval = CP_SIM_NONE,
                                           .last_interval = CP_SIM_NONE};
        memset(run->links + first, 0, count * sizeof *run->links);
        cp_sim_numbers_push(&run->touched, plan);
    }
    return service;
}

/* Looked at in this instant: nothing may hold it down any more. */
static void may_rise(struct cp_sim_run *run, uint32_t plan)
{
    if (!run->services[plan].is_queued) {
        run->services[plan].is_queued = true;
        cp_sim_numbers_push(&run->risers, plan);
    }
}

void cp_sim_block(struct cp_sim_run *run, uint32_t plan)
{
    run->services[plan].blocks++;
}

void cp_sim_unblock(struct cp_sim_run *run, uint32_t plan, struct cp_sim_cause cause)
{
    run->services[plan].blocks--;
    run->services[plan].cause = cause;
    run->services[plan].cause_at = run->now;
    may_rise(run, plan);
}

static void degrade(struct cp_sim_run *run, uint32_t plan)
{
    struct cp_sim_service *service = cp_sim_touch(run, plan);
    if (service->degraded_from == CP_SIM_NEVER) {
        service->degraded_from = run->now;
    }
    service->softs++;
}

static void undegrade(struct cp_sim_run *run, uint32_t plan)
{
    struct cp_sim_service *service = &run->services[plan];
    if (--service->softs == 0) {
        service->degraded_to = run->now;
    }
}

/* ---- links ----------------------------------------------------------------------------------- */

static bool is_inner(const struct cp_sim_problem *problem, uint32_t link)
{
    const struct cp_sim_link *of = &problem->links[link];
    return of->to != CP_SIM_NONE && problem->component[of->to] == problem->component[of->from];
}

static void block_by_link(struct cp_sim_run *run, uint32_t link)
{
    struct cp_sim_service *service = &run->services[run->problem->links[link].from];
    run->links[link].state = CP_LINK_BLOCKED;
    if (is_inner(run->problem, link)) {
        service->inner++;
    } else {
        service->blocks++;
    }
}

static void unblock_by_link(struct cp_sim_run *run, uint32_t link)
{
    uint32_t from = run->problem->links[link].from;
    struct cp_sim_cause cause = {CP_CAUSE_LINK, link};
    if (is_inner(run->problem, link)) {
        run->services[from].inner--;
        run->services[from].cause = cause;
        run->services[from].cause_at = run->now;
        may_rise(run, from);
    } else {
        cp_sim_unblock(run, from, cause);
    }
}

static void must_fall(struct cp_sim_run *run, uint32_t plan)
{
    if (!run->services[plan].is_down) {
        cp_sim_numbers_push(&run->falling, plan);
    }
}

/* Takes back what the link does to its plan. */
static void release_link(struct cp_sim_run *run, uint32_t link)
{
    struct cp_sim_link_run *state = &run->links[link];
    uint32_t from = run->problem->links[link].from;
    switch ((enum cp_sim_link_state)state->state) {
    case CP_LINK_FALLBACK:
    case CP_LINK_DEGRADED:
    case CP_LINK_RESUME_SOFT:
        undegrade(run, from);
        break;
    case CP_LINK_BLOCKED:
        unblock_by_link(run, link);
        break;
    case CP_LINK_RESUME_HARD:
        cp_sim_unblock(run, from, (struct cp_sim_cause){CP_CAUSE_LINK, link});
        break;
    case CP_LINK_CLEAR:
    case CP_LINK_ANSWERED:
        break;
    }
    state->state = CP_LINK_CLEAR;
    state->generation++;
}

void cp_sim_answer_link(struct cp_sim_run *run, uint32_t link)
{
    release_link(run, link);
    run->links[link].state = CP_LINK_ANSWERED;
}

/* One whose length is not known covers nothing. */
static int64_t fallback_end(const struct cp_sim_run *run, const struct cp_fact_dependency *fact)
{
    if (fact->sustain.state == CP_ABSENT) {
        return CP_SIM_NEVER;
    }
    return fact->sustain.state == CP_SET ? cp_sim_end(run, fact->sustain, run->now) : run->now;
}

static void assume_of_link(struct cp_sim_run *run, const struct cp_sim_link *of)
{
    const struct cp_fact_dependency *fact = of->fact;
    if (of->is_assumed) {
        cp_sim_assume(run, of->from,
                      fact->criticality == CP_FACT_ABSENT
                          ? "a dependency that states no criticality is taken as hard"
                          : "a dependency of which the criticality is not known is taken as hard");
    }
    if (of->has_fallback && fact->sustain.state == CP_ABSENT) {
        cp_sim_assume(run, of->from,
                      "a fallback that does not say how long it lasts is taken to last");
    } else if (of->has_fallback && fact->sustain.state != CP_SET) {
        cp_sim_assume(
            run, of->from,
            "a fallback of which it is not known how long it lasts is taken to cover nothing");
    } else if (of->criticality == CP_HARD && cp_sim_is_in_doubt(fact->fallback)) {
        cp_sim_assume(run, of->from,
                      "a dependency of which it is not known whether it has a fallback is taken to "
                      "have none");
    }
}

/* What it leads to has gone down (R14). */
void cp_sim_lower_link(struct cp_sim_run *run, uint32_t link)
{
    const struct cp_sim_link *of = &run->problem->links[link];
    struct cp_sim_link_run *state = &run->links[link];
    cp_sim_touch(run, of->from);
    if (state->state == CP_LINK_ANSWERED || of->criticality == CP_SOFT) {
        return;
    }
    assume_of_link(run, of);
    int64_t end = of->has_fallback ? fallback_end(run, of->fact) : run->now;
    if (of->criticality == CP_DEGRADED || end > run->now) {
        degrade(run, of->from);
        release_link(run, link);
        state->state = of->has_fallback ? CP_LINK_FALLBACK : CP_LINK_DEGRADED;
        if (of->has_fallback) {
            cp_sim_schedule(run, end, CP_EVENT_FALLBACK_END, link, state->generation);
        }
        return;
    }
    release_link(run, link);
    block_by_link(run, link);
    must_fall(run, of->from);
}

/* What it leads to is up; `has_resume` false: together with its plan. */
static void raise_link(struct cp_sim_run *run, uint32_t link, bool has_resume)
{
    const struct cp_sim_link *of = &run->problem->links[link];
    struct cp_sim_link_run *state = &run->links[link];
    if (state->state != CP_LINK_FALLBACK && state->state != CP_LINK_DEGRADED &&
        state->state != CP_LINK_BLOCKED) {
        return;
    }
    int64_t normal = has_resume ? cp_sim_end(run, of->fact->resume, run->now) : run->now;
    if (normal == run->now) {
        release_link(run, link);
        return;
    }
    if (state->state == CP_LINK_BLOCKED) {
        cp_sim_block(run, of->from);
        release_link(run, link);
        state->state = CP_LINK_RESUME_HARD;
    } else {
        state->state = CP_LINK_RESUME_SOFT;
        state->generation++;
    }
    cp_sim_schedule(run, normal, CP_EVENT_RESUMED, link, state->generation);
}

/* Those whose dependency has not come up in time. */
static void end_fallbacks(struct cp_sim_run *run)
{
    for (size_t i = 0; i < run->expired.count; i++) {
        uint32_t link = run->expired.items[i].step;
        const struct cp_sim_link_run *state = &run->links[link];
        if (state->state == CP_LINK_FALLBACK && state->generation == run->expired.items[i].stamp) {
            release_link(run, link);
            block_by_link(run, link);
            must_fall(run, run->problem->links[link].from);
        }
    }
    run->expired.count = 0;
}

/* ---- up and down ----------------------------------------------------------------------------- */

static void rise(struct cp_sim_run *run, uint32_t plan)
{
    struct cp_sim_service *service = &run->services[plan];
    service->is_down = false;
    service->last_up = run->now;
    run->intervals.items[service->last_interval].to = run->now;
    cp_sim_numbers_push(&run->risen, plan);
}

static void raise_dependants(struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_problem *problem = run->problem;
    for (uint32_t i = problem->first_incoming[plan]; i < problem->first_incoming[plan + 1]; i++) {
        raise_link(run, problem->incoming[i], true);
    }
}

/* It has waited for the circle, unless it was its own work that the circle waited for. */
static void leave_circle(struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_problem *problem = run->problem;
    struct cp_sim_service *service = &run->services[plan];
    struct cp_sim_cause cause = service->cause;
    bool is_last = service->cause_at == run->now && cause.kind != CP_CAUSE_CIRCLE;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        if (run->links[i].state == CP_LINK_BLOCKED) {
            raise_link(run, i, false);
            cause = is_last ? cause : (struct cp_sim_cause){CP_CAUSE_CIRCLE, problem->links[i].to};
        }
    }
    service->cause = cause;
}

/* Those of one circle come up together; their links to one another wait for no resume (R13). */
static void rise_together(struct cp_sim_run *run, const struct cp_sim_numbers *plans)
{
    for (size_t i = 0; i < plans->count; i++) {
        rise(run, plans->items[i]);
    }
    for (size_t i = 0; i < plans->count; i++) {
        leave_circle(run, plans->items[i]);
    }
    for (size_t i = 0; i < plans->count; i++) {
        raise_dependants(run, plans->items[i]);
    }
}

static bool is_free(const struct cp_sim_service *service)
{
    return service->is_down && service->has_begun && service->blocks == 0 && service->inner == 0;
}

static void rise_all(struct cp_sim_run *run)
{
    struct cp_sim_numbers circled = {0};
    struct cp_sim_numbers together = {0};
    size_t at = 0;
    do {
        circled.count = together.count = 0;
        for (; at < run->risers.count; at++) {
            uint32_t plan = run->risers.items[at];
            run->services[plan].is_queued = false;
            if (is_free(&run->services[plan])) {
                rise(run, plan);
                raise_dependants(run, plan);
            } else if (run->services[plan].inner > 0) {
                cp_sim_numbers_push(&circled, plan);
            }
        }
        cp_sim_circles_find(run, &circled, &together);
        rise_together(run, &together);
    } while (at < run->risers.count);
    run->risers.count = 0;
    cp_list_release(&circled);
    cp_list_release(&together);
}

static void fall(struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_problem *problem = run->problem;
    struct cp_sim_service *service = cp_sim_touch(run, plan);
    if (service->is_down) {
        return;
    }
    service->is_down = true;
    struct cp_sim_interval *interval = cp_list_push(&run->intervals, sizeof *interval);
    *interval = (struct cp_sim_interval){run->now, CP_SIM_NEVER, CP_SIM_NONE};
    uint32_t index = (uint32_t)run->intervals.count - 1;
    if (service->last_interval == CP_SIM_NONE) {
        service->first_interval = index;
        service->down_from = run->now;
        cp_sim_numbers_push(&run->newly, plan);
    } else {
        run->intervals.items[service->last_interval].next = index;
    }
    service->last_interval = index;
    if (++service->falls == FALLS_MOST) {
        service->blocks++;
        service->unknown = "whether it stays up: it and others bring one another down again";
    }
    for (uint32_t i = problem->first_incoming[plan]; i < problem->first_incoming[plan + 1]; i++) {
        cp_sim_lower_link(run, problem->incoming[i]);
    }
}

static void fall_all(struct cp_sim_run *run)
{
    end_fallbacks(run);
    for (size_t i = 0; i < run->falling.count; i++) {
        fall(run, run->falling.items[i]);
    }
    run->falling.count = 0;
}

/* ---- one instant ----------------------------------------------------------------------------- */

static void resume(struct cp_sim_run *run, const struct cp_sim_event *event)
{
    const struct cp_sim_link_run *state = &run->links[event->index];
    bool is_resuming = state->state == CP_LINK_RESUME_SOFT || state->state == CP_LINK_RESUME_HARD;
    if (is_resuming && state->generation == event->stamp) {
        release_link(run, event->index);
    }
}

static void expire(struct cp_sim_run *run, const struct cp_sim_event *event)
{
    struct cp_sim_waiter *expired = cp_list_push(&run->expired, sizeof *expired);
    *expired = (struct cp_sim_waiter){event->index, event->stamp};
}

static void supplier_up(struct cp_sim_run *run, uint32_t link)
{
    run->links[link].is_back = true;
    cp_sim_pass_gate(run, link);
    raise_link(run, link, true);
}

static void work_off(struct cp_sim_run *run, const struct cp_sim_event *event)
{
    uint32_t index = event->index;
    switch ((enum cp_sim_event_kind)event->kind) {
    case CP_EVENT_STEP_END:
        cp_sim_end_step(run, index);
        break;
    case CP_EVENT_DONE:
        cp_sim_unblock(run, index, (struct cp_sim_cause){CP_CAUSE_SWITCH, 0});
        break;
    case CP_EVENT_PROMISE:
        cp_sim_unblock(run, index, (struct cp_sim_cause){CP_CAUSE_PROMISE, 0});
        break;
    case CP_EVENT_RETURN:
        cp_sim_unblock(run, index, (struct cp_sim_cause){CP_CAUSE_RETURN, event->stamp});
        break;
    case CP_EVENT_LINK_UP:
        supplier_up(run, index);
        break;
    case CP_EVENT_RESUMED:
        resume(run, event);
        break;
    case CP_EVENT_DECLARED:
        cp_sim_numbers_push(&run->asking, index);
        break;
    case CP_EVENT_WAKE:
        cp_sim_wake(run, index, event->stamp);
        break;
    case CP_EVENT_FALLBACK_END:
        expire(run, event);
        break;
    }
}

static void work_off_due(struct cp_sim_run *run)
{
    while (run->events.count > 0 && run->events.items[0].at == run->now) {
        struct cp_sim_event event = next_event(run);
        work_off(run, &event);
    }
}

/* Recoveries begin once the cascade has settled (R26). */
static void begin_all(struct cp_sim_run *run)
{
    for (size_t i = 0; i < run->newly.count; i++) {
        cp_sim_begin(run, run->newly.items[i]);
        may_rise(run, run->newly.items[i]);
    }
    run->newly.count = 0;
    for (size_t i = 0; i < run->asking.count; i++) {
        cp_sim_ask(run, run->asking.items[i], CP_GATE_STEPS);
    }
    run->asking.count = 0;
    for (size_t i = 0; i < run->risen.count; i++) {
        uint32_t plan = run->risen.items[i];
        const struct cp_sim_problem *problem = run->problem;
        for (uint32_t j = problem->first_incoming[plan];
             !run->services[plan].is_down && j < problem->first_incoming[plan + 1]; j++) {
            cp_sim_pass_gate(run, problem->incoming[j]);
        }
    }
    run->risen.count = 0;
}

static void live_through(struct cp_sim_run *run)
{
    work_off_due(run);
    rise_all(run);
    fall_all(run);
    begin_all(run);
    cp_sim_start_steps(run);
}

void cp_sim_go(struct cp_sim_run *run)
{
    run->now = 0;
    cp_sim_lose(run);
    cp_sim_settle(run);
    fall_all(run);
    begin_all(run);
    cp_sim_start_steps(run);
    while (run->risers.count > 0 || run->events.count > 0) {
        run->now = run->risers.count > 0 ? run->now : run->events.items[0].at;
        live_through(run);
    }
}

bool cp_sim_is_in_doubt(uint8_t state)
{
    return state == CP_UNKNOWN || state == CP_BROKEN;
}

void cp_sim_assume(struct cp_sim_run *run, uint32_t plan, const char *text)
{
    if (!run->is_quiet) {
        struct cp_str id = cp_sim_id(run->problem, plan);
        struct cp_str *assumption = cp_list_push(&run->assumptions, sizeof *assumption);
        *assumption = cp_arena_printf(&run->arena, "%.*s: %s.", (int)id.len, id.at, text);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

void cp_sim_run_init(struct cp_sim_run *out, struct cp_sim_problem *problem)
{
    *out = (struct cp_sim_run){.problem = problem};
    out->services = cp_alloc((problem->plans + 1) * sizeof *out->services);
    out->links = cp_alloc((problem->link_count + 1) * sizeof *out->links);
    out->back = cp_alloc((problem->suppliers + 1) * sizeof *out->back);
    out->is_supplier_lost = cp_alloc(problem->suppliers + 1);
    out->service_mark = cp_alloc((problem->plans + 1) * sizeof(uint32_t));
    out->supplier_mark = cp_alloc((problem->suppliers + 1) * sizeof(uint32_t));
    memset(out->services, 0, (problem->plans + 1) * sizeof *out->services);
    out->ground_mark = cp_alloc((problem->suppliers + 1) * sizeof(uint32_t));
    memset(out->ground_mark, 0, (problem->suppliers + 1) * sizeof(uint32_t));
    memset(out->service_mark, 0, (problem->plans + 1) * sizeof(uint32_t));
    memset(out->supplier_mark, 0, (problem->suppliers + 1) * sizeof(uint32_t));
    cp_map_init(&out->lost_ids);
    cp_map_init(&out->class_keys);
    cp_arena_init(&out->arena);
    out->circles = cp_sim_circles_new(problem);
}

void cp_sim_run_start(struct cp_sim_run *run, const struct cp_loss *loss)
{
    run->loss = loss;
    run->at = loss->at;
    run->now = 0;
    for (size_t i = 0; i < run->touched.count; i++) {
        run->services[run->touched.items[i]] = (struct cp_sim_service){.is_touched = false};
    }
    for (size_t i = 0; i < run->busy.count; i++) {
        run->problem->holders.items[run->busy.items[i]].is_touched = false;
        run->problem->holders.items[run->busy.items[i]].is_away = false;
    }
    for (uint32_t i = 0; i < run->problem->suppliers; i++) {
        run->back[i] = -1;
        run->is_supplier_lost[i] = false;
    }
    run->touched.count = run->busy.count = run->lost.count = run->widest.count = 0;
    run->hits.count = run->intervals.count = run->steps.count = run->afters.count = 0;
    run->candidates.count = run->events.count = run->assumptions.count = 0;
    cp_map_release(&run->lost_ids);
    cp_map_init(&run->lost_ids);
    cp_map_release(&run->class_keys);
    cp_map_init(&run->class_keys);
    run->class_count = 0;
    cp_arena_reset(&run->arena);
}

void cp_sim_run_release(struct cp_sim_run *run)
{
    struct cp_sim_numbers *numbers[] = {&run->touched, &run->widest, &run->candidates, &run->risers,
                                        &run->falling, &run->newly,  &run->risen,      &run->asking,
                                        &run->freed,   &run->busy};
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        cp_list_release(numbers[i]);
    }
    cp_list_release(&run->lost);
    cp_list_release(&run->hits);
    cp_list_release(&run->intervals);
    cp_list_release(&run->steps);
    cp_list_release(&run->afters);
    cp_list_release(&run->events);
    cp_list_release(&run->agenda);
    cp_list_release(&run->expired);
    free(run->ground_mark);
    cp_list_release(&run->assumptions);
    for (size_t i = 0; i < run->classes.count; i++) {
        cp_list_release(&run->classes.items[i].waiters);
    }
    cp_list_release(&run->classes);
    cp_map_release(&run->class_keys);
    cp_map_release(&run->lost_ids);
    cp_arena_release(&run->arena);
    cp_sim_circles_free(run->circles);
    free(run->services);
    free(run->links);
    free(run->back);
    free(run->is_supplier_lost);
    free(run->service_mark);
    free(run->supplier_mark);
}
