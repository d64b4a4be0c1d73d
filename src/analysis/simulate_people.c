/*
 * Who does the steps, and when (R17 to R22): list scheduling in a fixed order. A waiting step is
 * looked at again only when that may have changed: those it waits for are free, at work, called out
 * or taken by another.
 */
#include "simulate.h"

#include <string.h>

/* ---- holders --------------------------------------------------------------------------------- */

struct cp_sim_holder *cp_sim_touch_holder(struct cp_sim_run *run, uint32_t index)
{
    struct cp_sim_holder *holder = &run->problem->holders.items[index];
    if (!holder->is_touched) {
        holder->is_touched = true;
        holder->is_away = holder->is_freed = holder->is_asked = false;
        holder->running.count = holder->queue.count = holder->rivals.count = 0;
        cp_sim_numbers_push(&run->busy, index);
    }
    return holder;
}

static const struct cp_worktime *worktime_of(struct cp_sim_run *run, uint32_t index)
{
    struct cp_sim_problem *problem = run->problem;
    struct cp_sim_holder *holder = &problem->holders.items[index];
    if (!holder->worktime) {
        struct cp_worktime *worktime = cp_arena_alloc(&problem->arena, sizeof *worktime);
        bool is_stated = holder->hours && holder->hours->leaf.state == CP_SET;
        cp_worktime_init(worktime, problem->almanac, is_stated ? &holder->hours->hours : NULL,
                         &problem->arena);
        worktime->is_known = worktime->is_known && (!holder->hours || is_stated);
        holder->worktime = worktime;
    }
    return holder->worktime;
}

/* Texts, and whoever is taken to be. */
static bool is_always_open(const struct cp_sim_run *run, uint32_t index)
{
    return run->problem->holders.items[index].kind == CP_HOLDER_TEXT ||
           (run->change.kind == CP_CHANGE_HOURS && run->change.index == index);
}

static bool next_open(int64_t *out, struct cp_sim_run *run, uint32_t index, int64_t at)
{
    int64_t open;
    *out = at;
    if (is_always_open(run, index)) {
        return true;
    }
    const struct cp_worktime *worktime = worktime_of(run, index);
    if (!worktime->is_known || !cp_worktime_next(&open, worktime, run->at + at)) {
        return false;
    }
    *out = open - run->at;
    return true;
}

int64_t cp_sim_work_end(struct cp_sim_run *run, uint32_t index, int64_t start, int64_t work)
{
    int64_t end;
    if (work == CP_SIM_NEVER) {
        return CP_SIM_NEVER;
    }
    if (is_always_open(run, index)) {
        return cp_add(&end, start, work) ? end : CP_SIM_NEVER;
    }
    const struct cp_worktime *worktime = worktime_of(run, index);
    return worktime->is_known && cp_worktime_end(&end, worktime, run->at + start, work)
               ? end - run->at
               : CP_SIM_NEVER;
}

static bool is_away(const struct cp_sim_holder *holder)
{
    return holder->is_touched && holder->is_away;
}

/* Members who are there. */
static int64_t count_present(const struct cp_sim_run *run, const struct cp_sim_holder *team,
                             int64_t at)
{
    const struct cp_sim_problem *problem = run->problem;
    int64_t present = 0;
    for (uint32_t i = 0; i < team->member_count; i++) {
        uint32_t member = problem->members[team->first_member + i];
        const struct cp_sim_holder *person =
            member == CP_SIM_NONE ? NULL : &problem->holders.items[member];
        present += !person || (!is_away(person) && person->until > run->at + at);
    }
    return present;
}

bool cp_sim_is_missed(const struct cp_sim_run *run, uint32_t index)
{
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_sim_holder *holder = &problem->holders.items[index];
    return holder->kind == CP_HOLDER_PERSON && is_away(holder) && holder->until == INT64_MAX &&
           (holder->team == CP_SIM_NONE ||
            !is_away(&problem->holders.items[problem->people + holder->team]));
}

static int64_t capacity_of(const struct cp_sim_run *run, const struct cp_sim_holder *holder,
                           int64_t at)
{
    if (is_away(holder)) {
        return 0;
    }
    if (holder->kind != CP_HOLDER_TEAM) {
        return holder->until > run->at + at;
    }
    if (holder->member_count == 0) {
        return holder->stated > 0 ? holder->stated : 1;
    }
    int64_t present = count_present(run, holder, at);
    return holder->stated > 0 && holder->stated < present ? holder->stated : present;
}

int64_t cp_sim_capacity(const struct cp_sim_run *run, uint32_t index, int64_t at)
{
    bool has_more = run->change.kind == CP_CHANGE_UNIT && run->change.index == index;
    return capacity_of(run, &run->problem->holders.items[index], at) + has_more;
}

/* ---- what a holder can offer ----------------------------------------------------------------- */

/* When a holder could do a step, as things stand. */
struct offer {
    uint32_t holder;
    int64_t start, end;
    bool is_busy;            /* a unit is free by then, but not yet */
    struct cp_sim_cause why; /* it is not at once; of none: why there is none, if that is known */
};

/* When somebody called at the declaration is there; NEVER where it is not known. */
static int64_t called_out(const struct cp_sim_run *run, const struct cp_sim_step *step,
                          const struct cp_sim_holder *holder)
{
    int64_t declared = run->services[step->service].declared;
    return holder->call_out ? cp_sim_end(run, cp_fact_length_of(holder->call_out), declared)
                            : declared;
}

/* Units in use at `at`; those of steps that end at this very instant are in use now. */
static int64_t count_used(const struct cp_sim_run *run, const struct cp_sim_holder *holder,
                          int64_t at, struct cp_sim_running *first)
{
    int64_t used = 0;
    *first = (struct cp_sim_running){CP_SIM_NONE, CP_SIM_NEVER};
    for (size_t i = 0; !run->is_unlimited && i < holder->running.count; i++) {
        struct cp_sim_running other = holder->running.items[i];
        if (other.end > at) {
            used++;
            *first = used == 1 || other.end < first->end ? other : *first;
        }
    }
    return used;
}

/* Whether all its units are held at this instant. */
static bool is_full(const struct cp_sim_run *run, uint32_t index)
{
    return !run->is_unlimited && (int64_t)run->problem->holders.items[index].running.count >=
                                     cp_sim_capacity(run, index, run->now);
}

/* Finds the first open instant at or after `at` at which a unit is free. */
static bool find_start(struct offer *out, struct cp_sim_run *run, int64_t at)
{
    const struct cp_sim_holder *holder = &run->problem->holders.items[out->holder];
    for (;;) {
        struct cp_sim_running first;
        bool is_open = next_open(&out->start, run, out->holder, at);
        if (!is_open || out->start > at) {
            out->why = (struct cp_sim_cause){CP_CAUSE_HOURS, out->holder};
            out->is_busy = false;
        }
        if (!is_open) {
            return false;
        }
        int64_t used = count_used(run, holder, out->start, &first);
        int64_t capacity = cp_sim_capacity(run, out->holder, out->start);
        if (capacity == 0) {
            out->why = (struct cp_sim_cause){CP_CAUSE_NONE, 0};
            return false;
        }
        if (used < capacity) {
            out->is_busy |= out->start == run->now && is_full(run, out->holder);
            return true;
        }
        out->why = (struct cp_sim_cause){CP_CAUSE_BUSY, first.step};
        out->is_busy = true;
        if (first.end == CP_SIM_NEVER) {
            return false;
        }
        at = first.end;
    }
}

/* False where the holder can never do it. */
static bool make_offer(struct offer *out, struct cp_sim_run *run, const struct cp_sim_step *step,
                       uint32_t index)
{
    const struct cp_sim_holder *holder = &run->problem->holders.items[index];
    int64_t called = called_out(run, step, holder);
    *out = (struct offer){.holder = index};
    if (called > run->now) {
        out->why = (struct cp_sim_cause){CP_CAUSE_CALL_OUT, index};
    }
    if (called == CP_SIM_NEVER || !find_start(out, run, called > run->now ? called : run->now)) {
        return false;
    }
    out->end = cp_sim_work_end(run, index, out->start, step->work);
    /* Of work that may take any time, nobody can say that it does not end by then. */
    int64_t least = out->end == CP_SIM_NEVER ? out->start : out->end;
    if (holder->until == INT64_MAX || least <= holder->until - run->at) {
        return true;
    }
    out->why = (struct cp_sim_cause){CP_CAUSE_NONE, 0};
    return false;
}

/* Who would end it first, as things stand (R17); where nobody ever does, `out` tells only why. */
static bool find_best(struct offer *out, struct cp_sim_run *run, const struct cp_sim_step *step)
{
    bool has_best = false;
    *out = (struct offer){.why = {CP_CAUSE_NONE, 0}};
    for (uint32_t i = 0; i < step->candidate_count; i++) {
        struct offer offer;
        uint32_t holder = run->candidates.items[step->candidate + i];
        if (!make_offer(&offer, run, step, holder)) {
            out->why = !has_best && out->why.kind == CP_CAUSE_NONE ? offer.why : out->why;
        } else if (!has_best || offer.end < out->end) {
            *out = offer;
            has_best = true;
        }
    }
    return has_best;
}

/* ---- the order of contention ----------------------------------------------------------------- */

static bool is_first(const struct cp_sim_run *run, uint32_t a, uint32_t b)
{
    const struct cp_sim_step *left = &run->steps.items[a];
    const struct cp_sim_step *right = &run->steps.items[b];
    if (left->service != right->service) {
        unsigned tier = (cp_sim_facts(run->problem, left->service)->tier + 255U) % 256U;
        unsigned other = (cp_sim_facts(run->problem, right->service)->tier + 255U) % 256U;
        int64_t due = run->services[left->service].deadline;
        int64_t other_due = run->services[right->service].deadline;
        if (tier != other) {
            return tier < other;
        }
        return due != other_due ? due < other_due : left->service < right->service;
    }
    return a < b;
}

static void push_waiter(struct cp_sim_run *run, struct cp_sim_waiters *heap, uint32_t step)
{
    struct cp_sim_waiter waiter = {step, run->steps.items[step].stamp};
    cp_list_push(heap, sizeof waiter);
    size_t i = heap->count - 1;
    while (i > 0 && is_first(run, step, heap->items[(i - 1) / 2].step)) {
        heap->items[i] = heap->items[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap->items[i] = waiter;
}

static struct cp_sim_waiter pop_waiter(struct cp_sim_run *run, struct cp_sim_waiters *heap)
{
    struct cp_sim_waiter first = heap->items[0];
    size_t count = --heap->count;
    struct cp_sim_waiter last = heap->items[count];
    size_t i = 0;
    for (size_t child = 1; child < count; child = 2 * i + 1) {
        child += child + 1 < count &&
                 is_first(run, heap->items[child + 1].step, heap->items[child].step);
        if (!is_first(run, heap->items[child].step, last.step)) {
            break;
        }
        heap->items[i] = heap->items[child];
        i = child;
    }
    heap->items[i] = last;
    return first;
}

static bool is_waiting(const struct cp_sim_run *run, struct cp_sim_waiter waiter)
{
    const struct cp_sim_step *step = &run->steps.items[waiter.step];
    return step->state == CP_STEP_READY && step->stamp == waiter.stamp;
}

/* ---- starting -------------------------------------------------------------------------------- */

static void look_again(struct cp_sim_run *run, uint32_t step)
{
    run->steps.items[step].stamp++;
    push_waiter(run, &run->agenda, step);
}

void cp_sim_ready(struct cp_sim_run *run, uint32_t index, struct cp_sim_cause cause)
{
    struct cp_sim_step *step = &run->steps.items[index];
    step->state = CP_STEP_READY;
    step->ready = run->now;
    step->ready_cause = step->wait_cause = cause;
    look_again(run, index);
}

void cp_sim_wake(struct cp_sim_run *run, uint32_t step, uint32_t stamp)
{
    if (is_waiting(run, (struct cp_sim_waiter){step, stamp})) {
        look_again(run, step);
    }
}

void cp_sim_free_unit(struct cp_sim_run *run, uint32_t index)
{
    uint32_t at = run->steps.items[index].holder;
    if (at == CP_SIM_NONE) {
        return;
    }
    struct cp_sim_holder *holder = &run->problem->holders.items[at];
    size_t i = 0;
    while (holder->running.items[i].step != index) {
        i++;
    }
    holder->running.items[i] = holder->running.items[--holder->running.count];
    if (!holder->is_freed) {
        holder->is_freed = true;
        cp_sim_numbers_push(&run->freed, at);
    }
}

static void start(struct cp_sim_run *run, uint32_t index, int64_t end)
{
    struct cp_sim_step *step = &run->steps.items[index];
    step->state = CP_STEP_RUNNING;
    step->start = run->now;
    step->end = end;
    step->start_cause = step->start == step->ready ? step->ready_cause : step->wait_cause;
    cp_sim_schedule(run, end, CP_EVENT_STEP_END, index, 0);
}

static void assume_of_holder(struct cp_sim_run *run, const struct cp_sim_holder *holder,
                             uint32_t plan)
{
    if (holder->kind == CP_HOLDER_TEXT) {
        cp_sim_assume(run, plan,
                      "somebody who is not declared is taken to be always there, for one thing at "
                      "a time");
        return;
    }
    if (holder->worktime && holder->worktime->is_assumed) {
        cp_sim_assume(run, plan,
                      "office hours that no calendar states are taken as Mon-Fri 09:00-17:00 UTC");
    }
    if (!holder->call_out || holder->call_out->leaf.state == CP_ABSENT) {
        cp_sim_assume(run, plan, "a call-out that is not stated is taken as none");
    }
}

/* Takes a unit; those who could do without this holder look again. */
static void occupy(struct cp_sim_run *run, uint32_t index, const struct offer *offer)
{
    struct cp_sim_holder *holder = &run->problem->holders.items[offer->holder];
    struct cp_sim_running *running = cp_list_push(&holder->running, sizeof *running);
    *running = (struct cp_sim_running){index, offer->end};
    run->steps.items[index].holder = offer->holder;
    assume_of_holder(run, holder, run->steps.items[index].service);
    start(run, index, offer->end);
    for (size_t i = 0; i < holder->rivals.count; i++) {
        if (is_waiting(run, holder->rivals.items[i])) {
            look_again(run, holder->rivals.items[i].step);
        }
    }
    holder->rivals.count = 0;
}

static void wait_for(struct cp_sim_run *run, uint32_t index, const struct offer *offer)
{
    struct cp_sim_step *step = &run->steps.items[index];
    struct cp_sim_holder *holder = &run->problem->holders.items[offer->holder];
    step->wanted = offer->holder;
    if (offer->why.kind != CP_CAUSE_NONE) {
        step->wait_cause = offer->why;
    }
    if (offer->is_busy) {
        push_waiter(run, &holder->queue, index);
    } else {
        cp_sim_schedule(run, offer->start, CP_EVENT_WAKE, index, step->stamp);
    }
    if (step->candidate_count > 1 && !run->is_unlimited) {
        struct cp_sim_waiter *rival = cp_list_push(&holder->rivals, sizeof *rival);
        *rival = (struct cp_sim_waiter){index, step->stamp};
    }
}

/* ---- steps alike ----------------------------------------------------------------------------- */

static bool is_called_out(const struct cp_sim_run *run, const struct cp_sim_step *step)
{
    for (uint32_t i = 0; i < step->candidate_count; i++) {
        uint32_t holder = run->candidates.items[step->candidate + i];
        int64_t called = called_out(run, step, &run->problem->holders.items[holder]);
        if (called > run->now && called != CP_SIM_NEVER) {
            return false;
        }
    }
    return true;
}

/* The class of all that the same holders may do in the same time. */
static uint32_t class_of(struct cp_sim_run *run, const struct cp_sim_step *step)
{
    size_t size = step->candidate_count * sizeof(uint32_t);
    char *key = cp_arena_alloc(&run->arena, size + sizeof step->work);
    memcpy(key, run->candidates.items + step->candidate, size);
    memcpy(key + size, &step->work, sizeof step->work);
    struct cp_str name = {key, size + sizeof step->work};
    uintptr_t known = (uintptr_t)cp_map_find(&run->class_keys, name);
    if (known == 0) {
        if (run->class_count == run->classes.count) {
            cp_list_push(&run->classes, sizeof(struct cp_sim_class));
        }
        run->classes.items[run->class_count].waiters.count = 0;
        known = ++run->class_count;
        cp_map_put(&run->class_keys, name, (void *)known);
    }
    return (uint32_t)(known - 1);
}

/* The first of a class that still waits; NONE. */
static uint32_t first_of_class(struct cp_sim_run *run, uint32_t class)
{
    struct cp_sim_waiters *waiters = &run->classes.items[class].waiters;
    while (waiters->count > 0 && run->steps.items[waiters->items[0].step].state != CP_STEP_READY) {
        pop_waiter(run, waiters);
    }
    return waiters->count > 0 ? waiters->items[0].step : CP_SIM_NONE;
}

/* Whether the step has to be looked at again by itself: none like it goes before it. */
static bool leads_its_class(struct cp_sim_run *run, uint32_t index)
{
    struct cp_sim_step *step = &run->steps.items[index];
    if (step->class == CP_SIM_NONE && is_called_out(run, step)) {
        step->class = class_of(run, step);
        push_waiter(run, &run->classes.items[step->class].waiters, index);
    }
    return step->class == CP_SIM_NONE || first_of_class(run, step->class) == index;
}

static void look_at_next_of_class(struct cp_sim_run *run, uint32_t class)
{
    uint32_t next = class == CP_SIM_NONE ? CP_SIM_NONE : first_of_class(run, class);
    if (next != CP_SIM_NONE) {
        look_again(run, next);
    }
}

/* ---- one step -------------------------------------------------------------------------------- */

static void look_at(struct cp_sim_run *run, uint32_t index)
{
    struct cp_sim_step *step = &run->steps.items[index];
    struct offer offer;
    if (step->wanted != CP_SIM_NONE) {
        run->problem->holders.items[step->wanted].is_asked = false;
    }
    if (step->is_free) {
        bool is_elapsed = step->length->state == CP_ABSENT || step->length->unit == CP_FACT_ELAPSED;
        int64_t end = step->work;
        if (!is_elapsed) {
            end = cp_sim_end(run, *step->length, run->now);
        } else if (end != CP_SIM_NEVER && !cp_add(&end, run->now, end)) {
            end = CP_SIM_NEVER;
        }
        start(run, index, end);
    } else if (find_best(&offer, run, step)) {
        if (offer.start == run->now && !offer.is_busy) {
            occupy(run, index, &offer);
            look_at_next_of_class(run, step->class);
        } else if (leads_its_class(run, index)) {
            wait_for(run, index, &offer);
        }
    } else {
        step->never_cause = offer.why;
    }
}

/* The first of those who wait for a holder with a unit free is looked at; one at a time. */
static void ask_queues(struct cp_sim_run *run)
{
    for (size_t i = 0; i < run->freed.count; i++) {
        uint32_t index = run->freed.items[i];
        struct cp_sim_holder *holder = &run->problem->holders.items[index];
        while (holder->queue.count > 0 && !holder->is_asked && !is_full(run, index)) {
            struct cp_sim_waiter waiter = pop_waiter(run, &holder->queue);
            if (is_waiting(run, waiter)) {
                holder->is_asked = true;
                look_again(run, waiter.step);
            }
        }
    }
}

void cp_sim_start_steps(struct cp_sim_run *run)
{
    for (ask_queues(run); run->agenda.count > 0; ask_queues(run)) {
        struct cp_sim_waiter waiter = pop_waiter(run, &run->agenda);
        if (is_waiting(run, waiter)) {
            look_at(run, waiter.step);
        }
    }
    for (size_t i = 0; i < run->freed.count; i++) {
        run->problem->holders.items[run->freed.items[i]].is_freed = false;
    }
    run->freed.count = 0;
}
