/*
 * The single change that would help most: whatever held something up in a run is changed alone, and
 * the outage is run again. Decides nothing of how an outage goes; the run does, which is told of
 * the change.
 */
#include "simulate.h"

#include <stdlib.h>

enum { MOST_TRIES = 64, LEAST_TRIES = 8, PLANS_RUN = 200000 };

/* Something that held up somebody, and could be otherwise. */
struct trial {
    enum cp_remedy_kind kind;
    uint32_t index;     /* a holder, plan (of a role), link or supplier */
    struct cp_str role; /* where it is one */
    uint32_t endless;   /* how often it held something up for good */
    int64_t held;       /* seconds, of all the other times */
};

struct trials {
    struct trial *items;
    size_t count;
    size_t capacity;
};

/* How a plan fared without any change. */
struct fare {
    int64_t well; /* from when on nothing of it is amiss; NEVER: that is not known */
    size_t breaches;
};

struct trying {
    struct cp_sim_run run;
    struct cp_sim_problem problem;
    const struct cp_loss *loss;
    struct cp_arena scratch;
    struct trials trials;
    struct fare *fares; /* by plan */
};

const char *cp_remedy_name(enum cp_remedy_kind kind)
{
    static const char *const names[] = {
        [CP_REMEDY_CAPACITY] = "capacity", [CP_REMEDY_DEPUTY] = "deputy",
        [CP_REMEDY_ROLE] = "role",         [CP_REMEDY_HOURS] = "hours",
        [CP_REMEDY_FALLBACK] = "fallback", [CP_REMEDY_COMMITMENT] = "commitment"};
    return names[kind];
}

/* ---- what held something up ------------------------------------------------------------------ */

static void add_trial(struct trying *trying, enum cp_remedy_kind kind, uint32_t index, int64_t from,
                      int64_t to)
{
    struct trial *trial = cp_list_push(&trying->trials, sizeof *trial);
    bool is_endless = to == CP_SIM_NEVER;
    *trial = (struct trial){
        .kind = kind, .index = index, .endless = is_endless, .held = is_endless ? 0 : to - from};
}

/* One more of the holder. Of somebody who leaves, a second one would not have the same hours. */
static void add_unit(struct trying *trying, uint32_t index, int64_t from, int64_t to)
{
    const struct cp_sim_holder *holder = &trying->problem.holders.items[index];
    if (holder->kind == CP_HOLDER_TEAM) {
        add_trial(trying, CP_REMEDY_CAPACITY, index, from, to);
    } else if (holder->until == INT64_MAX) {
        add_trial(trying, CP_REMEDY_DEPUTY, index, from, to);
    }
}

/* A step that never starts, although it may. */
static void add_stuck(struct trying *trying, const struct cp_sim_step *step)
{
    for (uint32_t i = 0; i < step->candidate_count; i++) {
        add_unit(trying, trying->run.candidates.items[step->candidate + i], 0, CP_SIM_NEVER);
    }
    if (step->candidate_count == 0 && !step->is_missed && step->role.len > 0) {
        add_trial(trying, CP_REMEDY_ROLE, step->service, 0, CP_SIM_NEVER);
        trying->trials.items[trying->trials.count - 1].role = step->role;
    }
}

static void add_of_step(struct trying *trying, const struct cp_sim_step *step)
{
    struct cp_sim_cause cause = step->start_cause;
    if (step->state == CP_STEP_READY) {
        add_stuck(trying, step);
    } else if (step->start == CP_SIM_NEVER || step->start == step->ready) {
        return;
    } else if (cause.kind == CP_CAUSE_BUSY) {
        add_unit(trying, trying->run.steps.items[cause.index].holder, step->ready, step->start);
    } else if (cause.kind == CP_CAUSE_HOURS) {
        add_trial(trying, CP_REMEDY_HOURS, cause.index, step->ready, step->start);
    }
}

static bool is_holding_down(const struct cp_sim_run *run, uint32_t link)
{
    return run->links[link].state == CP_LINK_BLOCKED ||
           run->links[link].state == CP_LINK_RESUME_HARD;
}

/* Hard dependencies that it came up with, or still waits for. */
static void add_of_service(struct trying *trying, uint32_t plan)
{
    const struct cp_sim_run *run = &trying->run;
    const struct cp_sim_service *service = &run->services[plan];
    if (service->down_from == CP_SIM_NEVER) {
        return;
    }
    if (!service->is_down && service->cause.kind == CP_CAUSE_LINK) {
        add_trial(trying, CP_REMEDY_FALLBACK, service->cause.index, service->down_from,
                  service->last_up);
    }
    for (uint32_t i = trying->problem.first[plan];
         service->is_down && i < trying->problem.first[plan + 1]; i++) {
        if (is_holding_down(run, i)) {
            add_trial(trying, CP_REMEDY_FALLBACK, i, 0, CP_SIM_NEVER);
        }
    }
}

/* People whose absence is part of the question. */
static void add_missed(struct trying *trying)
{
    for (size_t i = 0; i < trying->run.busy.count; i++) {
        if (cp_sim_is_missed(&trying->run, trying->run.busy.items[i])) {
            add_trial(trying, CP_REMEDY_DEPUTY, trying->run.busy.items[i], 0, 0);
        }
    }
}

/* Suppliers that are lost, or of which a place is, and do not say when they are back. */
static void add_suppliers(struct trying *trying)
{
    const struct cp_sim_run *run = &trying->run;
    for (size_t i = 0; i < run->lost.count; i++) {
        uint32_t supplier = run->lost.items[i].supplier;
        if (supplier != CP_SIM_NONE && cp_sim_term(run, supplier) == CP_SIM_NEVER) {
            add_trial(trying, CP_REMEDY_COMMITMENT, supplier, 0, CP_SIM_NEVER);
        }
    }
}

static int compare_subjects(const void *a, const void *b)
{
    const struct trial *left = a;
    const struct trial *right = b;
    if (left->kind != right->kind) {
        return left->kind < right->kind ? -1 : 1;
    }
    if (left->index != right->index) {
        return left->index < right->index ? -1 : 1;
    }
    return cp_str_compare(left->role, right->role);
}

static int compare_weights(const void *a, const void *b)
{
    const struct trial *left = a;
    const struct trial *right = b;
    if (left->endless != right->endless) {
        return left->endless > right->endless ? -1 : 1;
    }
    if (left->held != right->held) {
        return left->held > right->held ? -1 : 1;
    }
    return compare_subjects(a, b);
}

/* Each thing once, with all that it held up; the heaviest first, and no more than can be tried. */
static void merge(struct trials *trials, size_t most)
{
    size_t count = 0;
    if (trials->count == 0) {
        return;
    }
    qsort(trials->items, trials->count, sizeof *trials->items, compare_subjects);
    for (size_t i = 0; i < trials->count; i++) {
        struct trial *last = &trials->items[count - (count > 0)];
        if (count == 0 || compare_subjects(last, &trials->items[i]) != 0) {
            trials->items[count++] = trials->items[i];
            continue;
        }
        last->endless += trials->items[i].endless;
        if (!cp_add(&last->held, last->held, trials->items[i].held)) {
            last->held = INT64_MAX;
        }
    }
    qsort(trials->items, count, sizeof *trials->items, compare_weights);
    trials->count = count < most ? count : most;
}

static void find_trials(struct trying *trying)
{
    const struct cp_sim_run *run = &trying->run;
    size_t most = PLANS_RUN / (trying->problem.plans + 1);
    for (size_t i = 0; i < run->steps.count; i++) {
        add_of_step(trying, &run->steps.items[i]);
    }
    for (size_t i = 0; i < run->touched.count; i++) {
        add_of_service(trying, run->touched.items[i]);
    }
    add_missed(trying);
    add_suppliers(trying);
    most = most < LEAST_TRIES ? LEAST_TRIES : most;
    merge(&trying->trials, most < MOST_TRIES ? most : MOST_TRIES);
}

/* ---- how plans fare -------------------------------------------------------------------------- */

static struct fare fare_of(struct trying *trying, uint32_t plan)
{
    const struct cp_sim_service *service = &trying->run.services[plan];
    struct cp_service_outcome outcome;
    if (!service->is_touched) {
        return (struct fare){0};
    }
    cp_sim_summarise(&outcome, &trying->run, plan);
    cp_sim_find_breaches(&outcome, &trying->scratch, &trying->run, plan);
    struct fare fare = {.well = outcome.up_at, .breaches = outcome.breaches.count};
    /* What is up may still be degraded. */
    if (service->degraded_from != CP_SIM_NEVER) {
        int64_t softs = service->softs > 0 ? CP_SIM_NEVER : service->degraded_to;
        fare.well = softs > fare.well ? softs : fare.well;
    }
    cp_arena_reset(&trying->scratch);
    return fare;
}

static void live_through(struct trying *trying)
{
    cp_sim_run_start(&trying->run, trying->loss);
    cp_sim_go(&trying->run);
}

static void compare_fares(struct cp_remedy *out, const struct fare *without,
                          const struct fare *with)
{
    int64_t less;
    out->breaches += (int64_t)without->breaches - (int64_t)with->breaches;
    out->made_known += (without->well == CP_SIM_NEVER) - (with->well == CP_SIM_NEVER);
    if (without->well == CP_SIM_NEVER || with->well == CP_SIM_NEVER) {
        return;
    }
    less = without->well - with->well;
    out->services += less > 0;
    if (!cp_add(&out->saved, out->saved, less)) {
        out->saved = less > 0 ? INT64_MAX : INT64_MIN;
    }
}

/* Lives through it once more, with the change, which `out` tells of. */
static void weigh(struct cp_remedy *out, struct trying *trying)
{
    live_through(trying);
    for (uint32_t i = 0; i < trying->problem.plans; i++) {
        struct fare fare = fare_of(trying, i);
        compare_fares(out, &trying->fares[i], &fare);
    }
}

/* ---- one change ------------------------------------------------------------------------------ */

static void weigh_change(struct cp_remedy *out, struct trying *trying, struct cp_sim_change change)
{
    trying->run.change = change;
    weigh(out, trying);
    trying->run.change = (struct cp_sim_change){.kind = CP_CHANGE_NONE};
}

static struct cp_str holder_id(const struct trying *trying, uint32_t holder)
{
    return trying->problem.holders.items[holder].id;
}

static void weigh_fallback(struct cp_remedy *out, struct trying *trying, uint32_t index)
{
    struct cp_sim_link *link = &trying->problem.links[index];
    const struct cp_sim_link stated = *link;
    struct cp_fact_dependency lasting = *link->fact;
    lasting.sustain = (struct cp_fact_length){.state = CP_ABSENT};
    link->fact = &lasting;
    link->has_fallback = true;
    out->service = cp_sim_id(&trying->problem, link->from);
    out->name = link->to != CP_SIM_NONE ? cp_sim_id(&trying->problem, link->to)
                                        : cp_sim_supplier_id(&trying->problem, link->supplier);
    weigh(out, trying);
    *link = stated;
}

/* The earliest RTO, since the disruption, of those that wait for a supplier without end. Of the
 * run without a change. */
static int64_t find_term(const struct trying *trying)
{
    const struct cp_sim_run *run = &trying->run;
    int64_t term = CP_SIM_NEVER;
    for (size_t i = 0; i < run->touched.count; i++) {
        uint32_t plan = run->touched.items[i];
        const struct cp_sim_service *service = &run->services[plan];
        bool is_waiting = service->is_missing;
        for (uint32_t j = trying->problem.first[plan]; j < trying->problem.first[plan + 1]; j++) {
            is_waiting |=
                trying->problem.links[j].supplier != CP_SIM_NONE && is_holding_down(run, j);
        }
        if (service->is_down && is_waiting && service->deadline > 0 && service->deadline < term) {
            term = service->deadline;
        }
    }
    return term;
}

static void try_one(struct cp_remedy *out, struct trying *trying, const struct trial *trial,
                    int64_t term)
{
    struct cp_sim_change change = {CP_CHANGE_UNIT, trial->index, trial->role, 0};
    *out = (struct cp_remedy){.kind = trial->kind};
    switch (trial->kind) {
    case CP_REMEDY_CAPACITY:
    case CP_REMEDY_DEPUTY:
        out->name = holder_id(trying, trial->index);
        break;
    case CP_REMEDY_HOURS:
        change.kind = CP_CHANGE_HOURS;
        out->name = holder_id(trying, trial->index);
        break;
    case CP_REMEDY_ROLE:
        change.kind = CP_CHANGE_ROLE;
        out->name = trial->role;
        out->service = cp_sim_id(&trying->problem, trial->index);
        break;
    case CP_REMEDY_COMMITMENT:
        change.kind = CP_CHANGE_TERM;
        change.term = out->within = term;
        out->name = cp_sim_supplier_id(&trying->problem, trial->index);
        break;
    case CP_REMEDY_FALLBACK:
        weigh_fallback(out, trying, trial->index);
        return;
    }
    weigh_change(out, trying, change);
}

/* ---- the best of them ------------------------------------------------------------------------ */

static bool is_help(const struct cp_remedy *remedy)
{
    return remedy->breaches >= 0 && remedy->made_known >= 0 && remedy->saved >= 0 &&
           (remedy->breaches > 0 || remedy->made_known > 0 || remedy->saved > 0);
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_remedies(const void *a, const void *b)
{
    const struct cp_remedy *left = a;
    const struct cp_remedy *right = b;
    const int orders[] = {compare_numbers(right->breaches, left->breaches),
                          compare_numbers(right->made_known, left->made_known),
                          compare_numbers(right->saved, left->saved),
                          compare_numbers(left->kind, right->kind),
                          cp_str_compare(left->name, right->name),
                          cp_str_compare(left->service, right->service)};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        if (orders[i] != 0) {
            return orders[i];
        }
    }
    return 0;
}

static size_t try_all(struct cp_remedy *out, struct trying *trying)
{
    int64_t term = find_term(trying);
    size_t count = 0;
    for (size_t i = 0; i < trying->trials.count; i++) {
        if (trying->trials.items[i].kind != CP_REMEDY_COMMITMENT || term != CP_SIM_NEVER) {
            try_one(&out[count], trying, &trying->trials.items[i], term);
            count += is_help(&out[count]);
        }
    }
    if (count > 0) {
        qsort(out, count, sizeof *out, compare_remedies);
    }
    return count;
}

size_t cp_simulate_remedies(struct cp_remedy **out, struct cp_arena *arena,
                            const struct cp_network *network, const struct cp_loss *loss,
                            size_t most)
{
    struct trying trying = {.loss = loss};
    cp_arena_init(&trying.scratch);
    cp_sim_problem_init(&trying.problem, network, loss->almanac);
    cp_sim_run_init(&trying.run, &trying.problem);
    trying.run.is_quiet = true;
    trying.fares = cp_alloc((trying.problem.plans + 1) * sizeof *trying.fares);
    live_through(&trying);
    for (uint32_t i = 0; i < trying.problem.plans; i++) {
        trying.fares[i] = fare_of(&trying, i);
    }
    find_trials(&trying);
    *out = cp_arena_alloc(arena, (trying.trials.count + 1) * sizeof(**out));
    size_t count = try_all(*out, &trying);
    for (size_t i = 0; i < count; i++) {
        (*out)[i].name = cp_arena_copy(arena, (*out)[i].name);
        (*out)[i].service = cp_arena_copy(arena, (*out)[i].service);
    }
    free(trying.fares);
    cp_list_release(&trying.trials);
    cp_sim_run_release(&trying.run);
    cp_sim_problem_release(&trying.problem);
    cp_arena_release(&trying.scratch);
    return count < most ? count : most;
}
