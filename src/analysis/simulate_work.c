/*
 * The steps of a plan's recovery (R9, R19): which runbooks count, in which order steps may start,
 * how long they take by themselves. Knows nothing of who does them.
 */
#include "simulate.h"

#include <stdlib.h>

/* The runbooks of one scenario being laid out at the end of the run's steps. */
struct layout {
    struct cp_sim_run *run;
    const struct cp_facts *facts;
    uint32_t plan, first;
    uint32_t order;  /* of the next runbook that counts */
    uint32_t broken; /* the first of which nothing can be said; NONE */
    bool is_real;    /* not only to be measured */
};

/* ---- which runbooks count -------------------------------------------------------------------- */

static bool is_list_clear(struct cp_fact_list list)
{
    return list.state == CP_SET || list.state == CP_ABSENT;
}

static bool is_recovery(const struct cp_fact_runbook *runbook)
{
    return runbook->type <= CP_RUNBOOK_REBUILD || runbook->type == CP_FACT_ABSENT;
}

static const struct cp_fact_runbook *find_runbook(const struct cp_facts *facts, struct cp_str id)
{
    const struct cp_fact_runbook *runbooks = cp_fact_runbooks(facts, facts->runbooks);
    for (uint32_t i = 0; i < facts->runbooks.count; i++) {
        if (runbooks[i].state == CP_SET &&
            cp_str_is_equal(cp_fact_str(facts, runbooks[i].id), id)) {
            return &runbooks[i];
        }
    }
    return NULL;
}

/* ---- steps ----------------------------------------------------------------------------------- */

static int64_t work_of(const struct cp_sim_problem *problem, const struct cp_fact_length *length)
{
    int64_t days;
    int64_t work;
    bool is_short = length->state == CP_SET && length->unit != CP_FACT_MONTHS;
    if (length->state == CP_ABSENT) {
        return 0;
    }
    if (!is_short || (length->days > 0 && !problem->office.is_known) ||
        !cp_mul(&days, length->unit == CP_FACT_WORKING ? length->days : 0,
                problem->office.longest) ||
        !cp_add(&work, days, length->amount)) {
        return CP_SIM_NEVER;
    }
    return work;
}

static uint32_t add_step(struct layout *layout, const struct cp_fact_runbook *runbook,
                         struct cp_fact_text id, const struct cp_fact_length *length)
{
    struct cp_sim_run *run = layout->run;
    struct cp_sim_step *step = cp_list_push(&run->steps, sizeof *step);
    *step = (struct cp_sim_step){.runbook = cp_fact_str(layout->facts, runbook->id),
                                 .id = cp_fact_str(layout->facts, id),
                                 .length = length,
                                 .work = work_of(run->problem, length),
                                 .service = layout->plan,
                                 .order = layout->order,
                                 .first_after = CP_SIM_NONE,
                                 .holder = CP_SIM_NONE,
                                 .wanted = CP_SIM_NONE,
                                 .class = CP_SIM_NONE,
                                 .ready = CP_SIM_NEVER,
                                 .start = CP_SIM_NEVER,
                                 .end = CP_SIM_NEVER};
    return (uint32_t)run->steps.count - 1;
}

static void add_after(struct cp_sim_run *run, uint32_t before, uint32_t step)
{
    struct cp_sim_after *after = cp_list_push(&run->afters, sizeof *after);
    *after = (struct cp_sim_after){step, run->steps.items[before].first_after};
    run->steps.items[before].first_after = (uint32_t)run->afters.count - 1;
    run->steps.items[step].waits++;
}

/* What the steps of a runbook come after; `first` is the first of them. */
static void join_steps(struct layout *layout, const struct cp_fact_runbook *runbook,
                       const struct cp_map *ids, uint32_t first)
{
    struct cp_sim_run *run = layout->run;
    const struct cp_fact_step *steps = cp_fact_steps(layout->facts, runbook->steps);
    for (uint32_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_fact_word *words = cp_fact_words(layout->facts, steps[i].after);
        struct cp_sim_step *step = &run->steps.items[first + i];
        step->is_broken = steps[i].state != CP_SET || !is_list_clear(steps[i].after);
        if (steps[i].after.state == CP_ABSENT && i > 0) {
            add_after(run, first + i - 1, first + i);
        }
        for (uint32_t j = 0; j < steps[i].after.count; j++) {
            struct cp_str word = cp_fact_str(layout->facts, words[j].text);
            uintptr_t before = words[j].state == CP_SET ? (uintptr_t)cp_map_find(ids, word) : 0;
            if (before == 0) {
                step->is_broken = true;
            } else {
                add_after(run, first + (uint32_t)before - 1, first + i);
            }
        }
    }
}

static void lay_out_steps(struct layout *layout, const struct cp_fact_runbook *runbook)
{
    struct cp_sim_run *run = layout->run;
    const struct cp_fact_step *steps = cp_fact_steps(layout->facts, runbook->steps);
    uint32_t first = (uint32_t)run->steps.count;
    struct cp_map ids;
    cp_map_init(&ids);
    for (uint32_t i = 0; i < runbook->steps.count; i++) {
        uint32_t step = add_step(layout, runbook, steps[i].id, &steps[i].duration);
        struct cp_str id = run->steps.items[step].id;
        if (id.len > 0) {
            cp_map_put(&ids, id, (void *)(uintptr_t)(i + 1));
        }
        if (layout->is_real) {
            cp_sim_find_candidates(run, step, cp_fact_str(layout->facts, steps[i].role),
                                   steps[i].role_state, runbook);
        }
        if (layout->is_real && steps[i].duration.state == CP_ABSENT) {
            cp_sim_assume(run, layout->plan, "steps that state no duration take no time");
        }
    }
    join_steps(layout, runbook, &ids, first);
    cp_map_release(&ids);
}

static void keep_broken(struct layout *layout)
{
    layout->broken = layout->order < layout->broken ? layout->order : layout->broken;
}

static void lay_out_runbook(struct layout *layout, const struct cp_fact_runbook *runbook)
{
    if (runbook->timing == CP_TIMING_NONE ||
        (!is_recovery(runbook) && runbook->type != CP_FACT_UNCLEAR)) {
        return;
    }
    if (!is_recovery(runbook) || runbook->timing == CP_TIMING_UNCLEAR) {
        keep_broken(layout);
    } else if (runbook->timing == CP_TIMING_STEPS) {
        lay_out_steps(layout, runbook);
    } else {
        uint32_t step = add_step(layout, runbook, (struct cp_fact_text){0}, &runbook->duration);
        if (layout->is_real) {
            cp_sim_find_candidates(layout->run, step, (struct cp_str){0}, CP_ABSENT, runbook);
        }
    }
    layout->order++;
}

/* Lays out all that count, each once. */
static void lay_out(struct layout *layout, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(layout->facts, scenario->runbooks);
    struct cp_map seen;
    cp_map_init(&seen);
    layout->first = (uint32_t)layout->run->steps.count;
    layout->broken = is_list_clear(scenario->runbooks) ? CP_SIM_NONE : 0;
    layout->order = layout->broken == 0;
    for (uint32_t i = 0; i < scenario->runbooks.count; i++) {
        struct cp_str word = cp_fact_str(layout->facts, words[i].text);
        const struct cp_fact_runbook *runbook =
            words[i].state == CP_SET ? find_runbook(layout->facts, word) : NULL;
        if (!runbook) {
            keep_broken(layout);
            layout->order++;
        } else if (!cp_map_put(&seen, word, layout)) {
            lay_out_runbook(layout, runbook);
        }
    }
    cp_map_release(&seen);
}

/* ---- how long they take ---------------------------------------------------------------------- */

/* The longest way through the steps of one runbook, first to before `to`; NEVER where it is not
 * known. Uses `ready` and `end`. */
static int64_t longest_way(struct cp_sim_run *run, uint32_t first, uint32_t to)
{
    struct cp_sim_step *steps = run->steps.items;
    struct cp_sim_numbers queue = {0};
    int64_t longest = 0;
    for (uint32_t i = first; i < to; i++) {
        steps[i].ready = 0;
        if (steps[i].waits == 0) {
            cp_sim_numbers_push(&queue, i);
        }
    }
    for (size_t i = 0; i < queue.count; i++) {
        struct cp_sim_step *step = &steps[queue.items[i]];
        if (step->is_broken || step->work == CP_SIM_NEVER ||
            !cp_add(&step->end, step->ready, step->work)) {
            longest = CP_SIM_NEVER;
            break;
        }
        longest = step->end > longest ? step->end : longest;
        for (uint32_t j = step->first_after; j != CP_SIM_NONE; j = run->afters.items[j].next) {
            struct cp_sim_step *next = &steps[run->afters.items[j].step];
            next->ready = step->end > next->ready ? step->end : next->ready;
            if (--next->waits == 0) {
                cp_sim_numbers_push(&queue, run->afters.items[j].step);
            }
        }
    }
    longest = queue.count < to - first ? CP_SIM_NEVER : longest;
    cp_list_release(&queue);
    return longest;
}

bool cp_sim_measure(int64_t *out, struct cp_sim_run *run, uint32_t plan,
                    const struct cp_fact_scenario *scenario)
{
    struct layout layout = {.run = run, .facts = cp_sim_facts(run->problem, plan), .plan = plan};
    size_t steps = run->steps.count;
    size_t afters = run->afters.count;
    int64_t length = 0;
    lay_out(&layout, scenario);
    for (uint32_t first = layout.first; first < run->steps.count;) {
        uint32_t to = first;
        while (to < run->steps.count &&
               run->steps.items[to].order == run->steps.items[first].order) {
            to++;
        }
        int64_t longest = longest_way(run, first, to);
        if (length == CP_SIM_NEVER || longest == CP_SIM_NEVER ||
            !cp_add(&length, length, longest)) {
            length = CP_SIM_NEVER;
        }
        first = to;
    }
    run->steps.count = steps;
    run->afters.count = afters;
    *out = layout.broken == CP_SIM_NONE ? length : CP_SIM_NEVER;
    return layout.order > 0;
}

/* ---- in their order -------------------------------------------------------------------------- */

void cp_sim_prepare(struct cp_sim_run *run, uint32_t plan, const struct cp_fact_scenario *scenario)
{
    struct layout layout = {
        .run = run, .facts = cp_sim_facts(run->problem, plan), .plan = plan, .is_real = true};
    struct cp_sim_service *service = &run->services[plan];
    lay_out(&layout, scenario);
    service->first_step = service->next_step = layout.first;
    service->step_count = service->steps_left = (uint32_t)run->steps.count - layout.first;
    service->broken = layout.broken;
    if (layout.broken != CP_SIM_NONE) {
        service->unknown = service->unknown ? service->unknown : "how long its runbooks take";
    }
}

/* The next runbook begins, unless nothing can be said of one before it. */
static void begin_runbook(struct cp_sim_run *run, uint32_t plan, struct cp_sim_cause cause)
{
    struct cp_sim_service *service = &run->services[plan];
    uint32_t first = service->next_step;
    uint32_t end = service->first_step + service->step_count;
    uint32_t order = first < end ? run->steps.items[first].order : 0;
    if (first == end || order > service->broken) {
        return;
    }
    while (service->next_step < end && run->steps.items[service->next_step].order == order) {
        service->next_step++;
    }
    service->runbook_left = service->next_step - first;
    for (uint32_t i = first; i < service->next_step; i++) {
        if (run->steps.items[i].waits == 0 && !run->steps.items[i].is_broken) {
            cp_sim_ready(run, i, cause);
        }
    }
}

void cp_sim_begin_steps(struct cp_sim_run *run, uint32_t plan, struct cp_sim_cause cause)
{
    begin_runbook(run, plan, cause);
}

void cp_sim_end_step(struct cp_sim_run *run, uint32_t index)
{
    struct cp_sim_step *step = &run->steps.items[index];
    struct cp_sim_service *service = &run->services[step->service];
    struct cp_sim_cause cause = {CP_CAUSE_STEP, index};
    step->state = CP_STEP_DONE;
    cp_sim_free_unit(run, index);
    for (uint32_t i = step->first_after; i != CP_SIM_NONE; i = run->afters.items[i].next) {
        struct cp_sim_step *next = &run->steps.items[run->afters.items[i].step];
        if (--next->waits == 0 && !next->is_broken) {
            cp_sim_ready(run, run->afters.items[i].step, cause);
        }
    }
    service->steps_left--;
    if (--service->runbook_left == 0) {
        begin_runbook(run, step->service, cause);
    }
    if (service->steps_left == 0 && service->broken == CP_SIM_NONE) {
        cp_sim_unblock(run, step->service, cause);
    }
}
