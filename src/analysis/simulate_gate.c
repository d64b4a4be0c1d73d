/*
 * Gates: recovery that waits for what it needs (R12), asked for once, and begins when the last of
 * it is up. Knows nothing of how a recovery goes on.
 */
#include "simulate.h"

static bool is_link_down(const struct cp_sim_run *run, uint32_t link)
{
    const struct cp_sim_link *of = &run->problem->links[link];
    if (of->to != CP_SIM_NONE) {
        return run->services[of->to].is_touched && run->services[of->to].is_down;
    }
    return run->is_supplier_lost[of->supplier] && !run->links[link].is_back;
}

static void finish_promise(struct cp_sim_run *run, uint32_t plan)
{
    struct cp_sim_service *service = &run->services[plan];
    int64_t done = service->own.deadline;
    if (done == CP_SIM_NEVER) {
        service->unknown = service->unknown ? service->unknown : "how long its recovery takes";
        return;
    }
    cp_sim_schedule(run, done > run->now ? done : run->now, CP_EVENT_PROMISE, plan, 0);
}

/* All needs are up: what waited for them begins. */
static void open_gate(struct cp_sim_run *run, uint32_t plan, unsigned gate,
                      struct cp_sim_cause cause)
{
    struct cp_sim_service *service = &run->services[plan];
    if (gate == CP_GATE_STEPS) {
        cp_sim_begin_steps(run, plan, cause);
        return;
    }
    service->switch_from = run->now;
    service->switch_gate = cause;
    if (service->has_promise) {
        finish_promise(run, plan);
    }
    if (service->has_switch) {
        int64_t done = cp_sim_end(run, service->takes, run->now);
        if (done == CP_SIM_NEVER) {
            service->unknown =
                service->unknown ? service->unknown : "how long its switch-over takes";
        }
        cp_sim_schedule(run, done, CP_EVENT_DONE, plan, 0);
    }
}

void cp_sim_ask(struct cp_sim_run *run, uint32_t plan, unsigned gate)
{
    const struct cp_sim_problem *problem = run->problem;
    struct cp_sim_service *service = &run->services[plan];
    uint32_t *waits = gate == CP_GATE_STEPS ? &service->steps_waits : &service->switch_waits;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        if (problem->links[i].is_need && run->links[i].state != CP_LINK_ANSWERED &&
            is_link_down(run, i)) {
            if (problem->links[i].fact->recovery_needs == CP_FACT_UNSURE) {
                cp_sim_assume(run, plan,
                              "a dependency of which it is not known whether its recovery needs it "
                              "is taken to be needed");
            }
            run->links[i].gates |= (uint8_t)gate;
            ++*waits;
        }
    }
    if (*waits == 0) {
        open_gate(
            run, plan, gate,
            (struct cp_sim_cause){gate == CP_GATE_STEPS ? CP_CAUSE_DECLARED : CP_CAUSE_NONE, plan});
    }
}

void cp_sim_pass_gate(struct cp_sim_run *run, uint32_t link)
{
    uint32_t plan = run->problem->links[link].from;
    struct cp_sim_service *service = &run->services[plan];
    unsigned gates = run->links[link].gates;
    struct cp_sim_cause cause = {CP_CAUSE_NEED, link};
    run->links[link].gates = 0;
    if ((gates & CP_GATE_SWITCH) != 0 && --service->switch_waits == 0) {
        open_gate(run, plan, CP_GATE_SWITCH, cause);
    }
    if ((gates & CP_GATE_STEPS) != 0 && --service->steps_waits == 0) {
        open_gate(run, plan, CP_GATE_STEPS, cause);
    }
}
