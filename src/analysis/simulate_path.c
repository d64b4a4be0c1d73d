/*
 * What held a service up, told backwards from its coming up: stretches of work and of waiting, and
 * for what never ended, what is not known of it. Reads a run that is over.
 */
#include "simulate.h"

/* Stretches being collected, the latest first. */
struct trail {
    const struct cp_sim_run *run;
    struct cp_arena *arena;
    struct {
        struct cp_hold *items;
        size_t count;
        size_t capacity;
    } holds;
};

static void add_hold(struct trail *trail, struct cp_hold hold)
{
    struct cp_hold *place = cp_list_push(&trail->holds, sizeof *place);
    *place = hold;
}

static struct cp_str holder_id(const struct cp_sim_run *run, uint32_t holder)
{
    return holder == CP_SIM_NONE ? (struct cp_str){0} : run->problem->holders.items[holder].id;
}

/* Whoever is called out: a person's team. */
static struct cp_str team_id(const struct cp_sim_run *run, uint32_t holder)
{
    const struct cp_sim_holder *of = &run->problem->holders.items[holder];
    return of->team == CP_SIM_NONE
               ? of->id
               : run->problem->holders.items[run->problem->people + of->team].id;
}

/* What the link leads to. */
static struct cp_str link_id(const struct cp_sim_run *run, uint32_t link)
{
    const struct cp_sim_link *of = &run->problem->links[link];
    return of->to != CP_SIM_NONE ? cp_sim_id(run->problem, of->to)
                                 : cp_sim_supplier_id(run->problem, of->supplier);
}

/* ---- why a step started when it did ---------------------------------------------------------- */

static struct cp_hold hold_of(const struct cp_sim_run *run, const struct cp_sim_step *step,
                              struct cp_sim_cause cause)
{
    const struct cp_sim_service *service = &run->services[step->service];
    struct cp_hold hold = {.kind = CP_HOLD_NONE, .from = step->ready, .to = step->start};
    const struct cp_sim_step *other = NULL;
    switch ((enum cp_sim_cause_kind)cause.kind) {
    case CP_CAUSE_STEP:
        other = &run->steps.items[cause.index];
        hold.kind = other->order == step->order ? CP_HOLD_STEP : CP_HOLD_RUNBOOK;
        hold.name = holder_id(run, other->holder);
        hold.from = other->start;
        break;
    case CP_CAUSE_BUSY:
        other = &run->steps.items[cause.index];
        hold.kind = CP_HOLD_BUSY;
        hold.name = holder_id(run, other->holder);
        break;
    case CP_CAUSE_NEED:
        hold.kind = CP_HOLD_NEED;
        hold.name = link_id(run, cause.index);
        hold.from = service->declared;
        break;
    case CP_CAUSE_CALL_OUT:
        hold.kind = CP_HOLD_CALL_OUT;
        hold.name = team_id(run, cause.index);
        break;
    case CP_CAUSE_HOURS:
        hold.kind = CP_HOLD_HOURS;
        hold.name = holder_id(run, cause.index);
        break;
    case CP_CAUSE_DECLARED:
        hold.kind = service->declared > service->down_from ? CP_HOLD_DECLARATION : CP_HOLD_NONE;
        hold.from = service->down_from;
        break;
    default:
        break;
    }
    if (other) {
        hold.service = cp_sim_id(run->problem, other->service);
        hold.runbook = other->runbook;
        hold.step = other->id;
    }
    return hold;
}

/* Why nobody who may do the step ever does, if that is known; one that is queued for somebody is
 * not looked at any more when they are busy for good. */
static struct cp_sim_cause never_cause(const struct cp_sim_run *run, const struct cp_sim_step *step)
{
    const struct cp_sim_holder *holders = run->problem->holders.items;
    if (step->never_cause.kind == CP_CAUSE_NONE && step->wanted != CP_SIM_NONE &&
        holders[step->wanted].running.count > 0) {
        return (struct cp_sim_cause){CP_CAUSE_BUSY, holders[step->wanted].running.items[0].step};
    }
    return step->never_cause;
}

/* What is not known of a step that does not end. */
static struct cp_hold unknown_of(const struct cp_sim_run *run, const struct cp_sim_step *step)
{
    struct cp_hold hold = {.kind = CP_HOLD_UNSTATED,
                           .service = cp_sim_id(run->problem, step->service),
                           .runbook = step->runbook,
                           .step = step->id,
                           .from = step->start,
                           .to = CP_TIME_UNKNOWN};
    if (step->state == CP_STEP_RUNNING) {
        hold.name = CP_STR("how long the step takes");
    } else if (step->is_broken || step->state == CP_STEP_WAITING) {
        hold.name = CP_STR("when what the step comes after is done");
    } else if (never_cause(run, step).kind != CP_CAUSE_NONE) {
        return hold_of(run, step, never_cause(run, step));
    } else {
        bool is_unclear = step->candidate_count == 0 && step->is_unclear;
        hold.kind = is_unclear ? CP_HOLD_UNSTATED : CP_HOLD_UNFILLED;
        hold.name = is_unclear ? CP_STR("who does the step") : step->role;
        hold.from = step->ready;
    }
    return hold;
}

/* ---- back through the steps ------------------------------------------------------------------ */

static void add_start(struct trail *trail, const struct cp_sim_service *service)
{
    if (service->declared > service->detected) {
        add_hold(trail, (struct cp_hold){.kind = CP_HOLD_DECLARATION,
                                         .from = service->detected,
                                         .to = service->declared});
    }
    if (service->detected > service->down_from) {
        add_hold(trail, (struct cp_hold){.kind = CP_HOLD_DETECTION,
                                         .from = service->down_from,
                                         .to = service->detected});
    }
}

/* A step and its waiting; the step before it, or NONE. */
static uint32_t add_step(struct trail *trail, uint32_t index)
{
    const struct cp_sim_run *run = trail->run;
    const struct cp_sim_step *step = &run->steps.items[index];
    const struct cp_sim_service *service = &run->services[step->service];
    add_hold(trail, (struct cp_hold){.kind = CP_HOLD_STEP,
                                     .name = holder_id(run, step->holder),
                                     .service = cp_sim_id(run->problem, step->service),
                                     .runbook = step->runbook,
                                     .step = step->id,
                                     .from = step->start,
                                     .to = step->end});
    if (step->start > step->ready) {
        add_hold(trail, hold_of(run, step, step->start_cause));
    }
    if (step->ready_cause.kind == CP_CAUSE_STEP) {
        return step->ready_cause.index;
    }
    if (step->ready_cause.kind == CP_CAUSE_NEED && step->ready > service->declared) {
        struct cp_hold hold = hold_of(run, step, step->ready_cause);
        hold.to = step->ready;
        add_hold(trail, hold);
    }
    add_start(trail, service);
    return CP_SIM_NONE;
}

/* ---- back from the coming up ----------------------------------------------------------------- */

/* When what a service waited for was up for the last time. */
static int64_t up_before(const struct cp_sim_run *run, uint32_t plan, int64_t at)
{
    const struct cp_sim_service *service = &run->services[plan];
    int64_t up = CP_SIM_NEVER;
    uint32_t next = service->is_touched ? service->first_interval : CP_SIM_NONE;
    for (uint32_t i = next; i != CP_SIM_NONE; i = run->intervals.items[i].next) {
        if (run->intervals.items[i].to <= at) {
            up = run->intervals.items[i].to;
        }
    }
    return up;
}

static void add_link(struct trail *trail, const struct cp_sim_service *service, uint32_t link)
{
    const struct cp_sim_run *run = trail->run;
    const struct cp_sim_link *of = &run->problem->links[link];
    int64_t up =
        of->to != CP_SIM_NONE ? up_before(run, of->to, service->last_up) : run->links[link].back;
    up = up > service->last_up ? service->last_up : up;
    if (up < service->last_up) {
        add_hold(trail, (struct cp_hold){.kind = CP_HOLD_RESUME,
                                         .name = link_id(run, link),
                                         .from = up,
                                         .to = service->last_up});
    }
    add_hold(trail,
             (struct cp_hold){.kind = of->to != CP_SIM_NONE ? CP_HOLD_DEPENDENCY : CP_HOLD_RETURN,
                              .name = link_id(run, link),
                              .from = service->down_from,
                              .to = up});
}

/* A switch-over or promise that may have waited for what it needs. */
static void add_switch(struct trail *trail, const struct cp_sim_service *service, bool is_promise)
{
    bool is_late = service->switch_gate.kind == CP_CAUSE_NEED &&
                   (!is_promise || service->switch_from > service->own.deadline);
    int64_t from = is_promise && !is_late ? service->down_from : service->switch_from;
    if (!is_promise || !is_late) {
        add_hold(trail, (struct cp_hold){.kind = is_promise ? CP_HOLD_PROMISE : CP_HOLD_SWITCH_OVER,
                                         .name = is_promise ? (struct cp_str){0} : service->standby,
                                         .from = from,
                                         .to = service->last_up});
    }
    if (is_late) {
        add_hold(trail, (struct cp_hold){.kind = CP_HOLD_NEED,
                                         .name = link_id(trail->run, service->switch_gate.index),
                                         .from = service->down_from,
                                         .to = service->switch_from});
    }
}

static void trace(struct trail *trail, const struct cp_sim_service *service)
{
    const struct cp_sim_run *run = trail->run;
    struct cp_hold hold = {.from = service->down_from, .to = service->last_up};
    switch ((enum cp_sim_cause_kind)service->cause.kind) {
    case CP_CAUSE_STEP:
        for (uint32_t step = service->cause.index; step != CP_SIM_NONE;) {
            step = add_step(trail, step);
        }
        return;
    case CP_CAUSE_LINK:
        add_link(trail, service, service->cause.index);
        return;
    case CP_CAUSE_SWITCH:
    case CP_CAUSE_PROMISE:
        add_switch(trail, service, service->cause.kind == CP_CAUSE_PROMISE);
        return;
    case CP_CAUSE_RETURN:
        hold.kind = CP_HOLD_RETURN;
        hold.name = cp_sim_supplier_id(run->problem, service->cause.index);
        break;
    case CP_CAUSE_CIRCLE:
        hold.kind = CP_HOLD_CIRCLE;
        hold.name = cp_sim_id(run->problem, service->cause.index);
        break;
    default:
        return;
    }
    add_hold(trail, hold);
}

/* ---- what is never over ---------------------------------------------------------------------- */

/* How much a link tells of why a service never comes up; 0: nothing, it does not wait there. That
 * plans of a circle wait for each other tells less than what one of them waits for outside. */
static int weight_of(const struct cp_sim_run *run, uint32_t link)
{
    const struct cp_sim_link *of = &run->problem->links[link];
    const struct cp_sim_link_run *state = &run->links[link];
    if (state->gates == 0 && state->state != CP_LINK_BLOCKED &&
        state->state != CP_LINK_RESUME_HARD) {
        return 0;
    }
    const struct cp_sim_service *from = &run->services[of->from];
    bool is_round = of->to != CP_SIM_NONE && state->state != CP_LINK_RESUME_HARD &&
                    run->services[of->to].waiting == from->waiting;
    return !is_round ? 2 : from->is_deadlocked ? 3 : 1;
}

/* The link that tells most of why the plan waits, the first of such; NONE. `is_gate`: only what its
 * recovery needs so that its steps can begin. */
static uint32_t waiting_link(const struct cp_sim_run *run, uint32_t plan, bool is_gate)
{
    const struct cp_sim_problem *problem = run->problem;
    uint32_t best = CP_SIM_NONE;
    int most = 0;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        int weight = is_gate && (run->links[i].gates & CP_GATE_STEPS) == 0 ? 0 : weight_of(run, i);
        if (weight > most) {
            most = weight;
            best = i;
        }
    }
    return best;
}

static struct cp_hold unknown_link(const struct cp_sim_run *run, uint32_t plan, bool is_gate)
{
    struct cp_hold hold = {.kind = CP_HOLD_UNSTATED, .name = CP_STR("how long its recovery takes")};
    uint32_t link = waiting_link(run, plan, is_gate);
    if (link == CP_SIM_NONE) {
        return hold;
    }
    const struct cp_sim_link *of = &run->problem->links[link];
    hold.name = link_id(run, link);
    if (run->links[link].state == CP_LINK_RESUME_HARD) {
        hold.kind = CP_HOLD_RESUME;
    } else if (of->to == CP_SIM_NONE) {
        hold.kind = CP_HOLD_RETURN;
    } else if (weight_of(run, link) == 3) {
        hold.kind = CP_HOLD_DEADLOCK;
    } else {
        hold.kind = run->links[link].gates != 0 ? CP_HOLD_NEED : CP_HOLD_DEPENDENCY;
    }
    return hold;
}

static const struct cp_hold undeclared = {.kind = CP_HOLD_UNSTATED,
                                          .name = {"when it is detected and declared", 32}};

/* A step of a recovery that never begins waits for what that waits for. */
struct cp_hold cp_sim_why(const struct cp_sim_run *run, const struct cp_sim_step *step)
{
    const struct cp_sim_service *service = &run->services[step->service];
    if (step->start != CP_SIM_NEVER) {
        return hold_of(run, step, step->start_cause);
    }
    bool is_undeclared = service->declared == CP_SIM_NEVER;
    if (step->state == CP_STEP_WAITING && (is_undeclared || service->steps_waits > 0)) {
        struct cp_hold hold = is_undeclared ? undeclared : unknown_link(run, step->service, true);
        hold.from = service->down_from;
        hold.to = CP_TIME_UNKNOWN;
        return hold;
    }
    return unknown_of(run, step);
}

/* The first of its steps that does not end, where one is not only waiting for another; rather one
 * that does not wait for what its holder does meanwhile. */
static const struct cp_sim_step *stuck_step(const struct cp_sim_run *run,
                                            const struct cp_sim_service *service)
{
    const struct cp_sim_step *stuck = NULL;
    if (service->steps_waits > 0) {
        return NULL;
    }
    for (uint32_t i = 0; i < service->step_count; i++) {
        const struct cp_sim_step *step = &run->steps.items[service->first_step + i];
        bool is_busy = step->state == CP_STEP_READY && never_cause(run, step).kind == CP_CAUSE_BUSY;
        if (step->state == CP_STEP_RUNNING || (step->state == CP_STEP_READY && !is_busy)) {
            return step;
        }
        bool is_better = !stuck || (is_busy && stuck->state == CP_STEP_WAITING);
        stuck = is_better && step->state != CP_STEP_DONE ? step : stuck;
    }
    return stuck;
}

static struct cp_hold find_unknown(const struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_service *service = &run->services[plan];
    const struct cp_sim_step *step = stuck_step(run, service);
    struct cp_hold hold = {.kind = CP_HOLD_UNSTATED};
    if (service->unknown) {
        hold.kind = service->is_missing ? CP_HOLD_RETURN : CP_HOLD_UNSTATED;
        hold.name = service->is_missing ? cp_sim_supplier_id(run->problem, service->missing)
                                        : cp_str_of(service->unknown);
    } else if (service->step_count > 0 && service->declared == CP_SIM_NEVER) {
        hold = undeclared;
    } else if (service->steps_left > 0 && step) {
        return unknown_of(run, step);
    } else {
        hold = unknown_link(run, plan, false);
    }
    hold.from = service->down_from;
    hold.to = CP_TIME_UNKNOWN;
    return hold;
}

void cp_sim_find_path(struct cp_service_outcome *out, struct cp_arena *arena,
                      const struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_service *service = &run->services[plan];
    struct trail trail = {.run = run, .arena = arena};
    if (service->down_from == CP_SIM_NEVER) {
        return;
    }
    if (service->is_down) {
        add_hold(&trail, find_unknown(run, plan));
    } else {
        trace(&trail, service);
    }
    out->critical_path.count = trail.holds.count;
    out->critical_path.items =
        cp_arena_alloc(arena, (trail.holds.count + 1) * sizeof *out->critical_path.items);
    for (size_t i = 0; i < trail.holds.count; i++) {
        out->critical_path.items[i] = trail.holds.items[trail.holds.count - 1 - i];
    }
    if (trail.holds.count > 0) {
        out->limited_by = trail.holds.items[0];
    }
    cp_list_release(&trail.holds);
}

/* ---- what to write --------------------------------------------------------------------------- */

/* By what is not known; the phrases are those that a service or a step is left with. */
static const struct {
    const char *what, *advice;
} unstated[] = {
    {"how long its recovery takes",
     "Write a 'duration' into the steps of its runbooks, or at least its RTO."},
    {"how long its runbooks take",
     "Write a runbook that its scenario can name, with a type and the 'duration' of its steps."},
    {"how long its switch-over takes", "Write 'takes' at the redundancy that answers this loss."},
    {"whether a standby takes over",
     "Write the 'level' of the redundancy against this loss, and what it 'uses'."},
    {"how it recovers where its standby is lost as well",
     "Write a scenario that loses both, and its runbook."},
    {"how long the step takes", "Write its 'duration'."},
    {"how the lost store is restored",
     "Write a scenario of kind 'data-loss' that names the store under 'loses', and its runbook."},
    {"who does the step", "Write its 'role', and who holds that role."},
    {"when it is detected and declared",
     "Write 'detect' and 'declare' under 'times' of its activation."},
    {"when what the step comes after is done",
     "See that the steps under 'after' do not wait for one another."},
};

const char *cp_hold_advice(const struct cp_hold *hold)
{
    if (hold->to != CP_TIME_UNKNOWN) {
        return NULL;
    }
    switch (hold->kind) {
    case CP_HOLD_RETURN:
        return "Write 'commits: {rto: …}' at the supplier, or at the dependency on it.";
    case CP_HOLD_RESUME:
        return "Write 'resume' at the dependency.";
    case CP_HOLD_CALL_OUT:
        return "Write 'call_out' at the team.";
    case CP_HOLD_HOURS:
        return "Write 'hours' there, or those of the calendar where 'office' is meant.";
    case CP_HOLD_UNFILLED:
        return "Name deputies or a rota who are there.";
    case CP_HOLD_DEADLOCK:
        return "Have one of them recover without the other, and write 'recovery_needs: no' there.";
    default:
        break;
    }
    for (size_t i = 0; hold->kind == CP_HOLD_UNSTATED && i < sizeof unstated / sizeof *unstated;
         i++) {
        if (cp_str_is(hold->name, unstated[i].what)) {
            return unstated[i].advice;
        }
    }
    return NULL;
}
