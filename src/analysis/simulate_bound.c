/*
 * The lower bound beside list scheduling (R25, Graham 1969): no order of work can be faster than
 * the critical path without limits to capacity, nor than the load of whoever alone can do it.
 */
#include "simulate.h"

#include <stdlib.h>

struct load {
    int64_t work, earliest;
};

static void add_load(struct load *load, const struct cp_sim_step *step)
{
    int64_t work;
    if (step->work == CP_SIM_NEVER || step->start == CP_SIM_NEVER ||
        !cp_add(&work, load->work, step->work)) {
        return;
    }
    load->work = work;
    load->earliest = step->start < load->earliest ? step->start : load->earliest;
}

static int64_t end_of_load(struct cp_sim_run *run, uint32_t holder, const struct load *load)
{
    if (load->earliest == CP_SIM_NEVER) {
        return 0;
    }
    int64_t capacity = cp_sim_capacity(run, holder, load->earliest);
    int64_t share = capacity > 0 ? load->work / capacity + (load->work % capacity > 0) : 0;
    return cp_sim_work_end(run, holder, load->earliest, share);
}

int64_t cp_sim_bound(struct cp_sim_run *run)
{
    size_t holders = run->problem->holders.count;
    struct load *loads = cp_alloc((holders + 1) * sizeof *loads);
    int64_t latest = 0;
    for (size_t i = 0; i < run->touched.count; i++) {
        struct cp_service_outcome outcome;
        cp_sim_summarise(&outcome, run, run->touched.items[i]);
        latest = outcome.up_at > latest ? outcome.up_at : latest;
    }
    for (size_t i = 0; i < holders; i++) {
        loads[i] = (struct load){0, CP_SIM_NEVER};
    }
    for (size_t i = 0; i < run->steps.count; i++) {
        const struct cp_sim_step *step = &run->steps.items[i];
        if (step->candidate_count == 1) {
            add_load(&loads[run->candidates.items[step->candidate]], step);
        }
    }
    for (uint32_t i = 0; i < holders; i++) {
        int64_t end = end_of_load(run, i, &loads[i]);
        latest = end > latest ? end : latest;
    }
    free(loads);
    return latest;
}
