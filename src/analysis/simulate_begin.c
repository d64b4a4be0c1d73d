/*
 * What a plan does when it first goes down (R6 to R8): what its scenario and redundancy answer, and
 * what is waited for. Knows neither people nor the clock's hours.
 */
#include "simulate_choice.h"

/* ---- what is answered without an outage ------------------------------------------------------ */

static void answer_supplier(const struct cp_sim_outage *outage, uint32_t supplier)
{
    const struct cp_sim_problem *problem = outage->run->problem;
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        if (problem->links[i].supplier == supplier) {
            cp_sim_answer_link(outage->run, i);
        }
    }
}

/* Whether a switch-over of 0 answers the lost place. */
static bool is_answered_at_once(const struct cp_sim_outage *outage,
                                const struct cp_fact_scenario *scenario,
                                const struct cp_sim_own *own, const struct cp_sim_lost *lost)
{
    if (scenario && cp_sim_loses_place(outage, scenario, lost->thing.id)) {
        return own->kind == CP_SIM_OWN_SWITCH && own->length == 0;
    }
    struct cp_sim_switch switch_over = {.is_any = false};
    struct cp_sim_standby standby =
        cp_sim_find_standby(outage, NULL, cp_sim_against_of(lost->thing.kind));
    return cp_sim_add_switch(&switch_over, outage, standby) && switch_over.end == outage->run->now;
}

static void start_clocks(const struct cp_sim_outage *outage)
{
    struct cp_sim_service *service = outage->service;
    const struct cp_sim_run *run = outage->run;
    service->detected = cp_sim_end(run, outage->facts->detect, run->now);
    service->declared = cp_sim_end(run, outage->facts->declare, service->detected);
}

static void keep_choice(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_scenario *scenarios =
        cp_fact_scenarios(outage->facts, outage->facts->scenarios);
    outage->service->scenario = scenario ? (uint32_t)(scenario - scenarios) : CP_SIM_NONE;
}

/* Settles what is answered in 0; whether something is left that takes the plan down. */
static bool settle(const struct cp_sim_outage *outage)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    struct cp_sim_own own;
    outage->service->down_from = run->now;
    start_clocks(outage);
    const struct cp_fact_scenario *scenario = cp_sim_choose(&own, outage);
    outage->service->down_from = CP_SIM_NEVER;
    bool is_switched = scenario && own.kind == CP_SIM_OWN_SWITCH && own.length == 0;
    bool is_down = outage->service->has_store_hit || (outage->service->is_lost && !is_switched);
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        struct cp_sim_hit *hit = &run->hits.items[i];
        const struct cp_sim_lost *lost = &run->lost.items[hit->lost];
        if (!is_answered_at_once(outage, scenario, &own, lost)) {
            is_down = true;
            continue;
        }
        hit->is_settled = hit->is_moved = outage->service->has_moved = true;
        if (lost->thing.kind == CP_THING_SUPPLIER) {
            answer_supplier(outage, lost->supplier);
        }
    }
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        uint32_t supplier = problem->links[i].supplier;
        if (supplier != CP_SIM_NONE && is_switched &&
            cp_sim_loses_place(outage, scenario, cp_sim_supplier_id(problem, supplier))) {
            cp_sim_answer_link(run, i);
        }
    }
    if (is_switched) {
        keep_choice(outage, scenario);
    }
    return is_down;
}

static struct cp_sim_outage outage_of(struct cp_sim_run *run, uint32_t plan, bool is_settling)
{
    return (struct cp_sim_outage){.run = run,
                                  .service = cp_sim_touch(run, plan),
                                  .facts = cp_sim_facts(run->problem, plan),
                                  .plan = plan,
                                  .is_settling = is_settling};
}

void cp_sim_settle(struct cp_sim_run *run)
{
    const struct cp_sim_problem *problem = run->problem;
    for (uint32_t i = 0; i < problem->suppliers; i++) {
        for (uint32_t j = problem->first_by_supplier[i];
             run->is_supplier_lost[i] && j < problem->first_by_supplier[i + 1]; j++) {
            cp_sim_touch(run, problem->links[problem->by_supplier[j]].from);
        }
    }
    size_t count = run->touched.count;
    for (size_t i = 0; i < count; i++) {
        struct cp_sim_outage outage = outage_of(run, run->touched.items[i], true);
        if (settle(&outage)) {
            cp_sim_numbers_push(&run->falling, outage.plan);
        }
    }
    for (uint32_t i = 0; i < problem->suppliers; i++) {
        for (uint32_t j = problem->first_by_supplier[i];
             run->is_supplier_lost[i] && j < problem->first_by_supplier[i + 1]; j++) {
            uint32_t link = problem->by_supplier[j];
            struct cp_sim_outage outage = outage_of(run, problem->links[link].from, false);
            cp_sim_lower_link(run, link);
            run->links[link].back = cp_sim_link_back(&outage, link);
            cp_sim_schedule(run, run->links[link].back, CP_EVENT_LINK_UP, link, 0);
        }
    }
}

/* ---- going down for the first time ----------------------------------------------------------- */

static void never(const struct cp_sim_outage *outage, const char *what)
{
    cp_sim_block(outage->run, outage->plan);
    outage->service->unknown = outage->service->unknown ? outage->service->unknown : what;
}

static void wait_for(const struct cp_sim_outage *outage, uint32_t supplier)
{
    struct cp_sim_run *run = outage->run;
    int64_t back = cp_sim_back_for(run, outage->plan, supplier);
    if (back == CP_SIM_NEVER) {
        outage->service->missing = supplier;
        outage->service->is_missing = !outage->service->unknown;
        never(outage, "when the supplier is back");
    } else if (back > run->now) {
        cp_sim_block(run, outage->plan);
        cp_sim_schedule(run, back, CP_EVENT_RETURN, outage->plan, supplier);
    }
}

/* What the scenario loses is neither waited for nor does it gate (R6). */
static void answer_links(const struct cp_sim_outage *outage,
                         const struct cp_fact_scenario *scenario)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    run->mark++;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        bool is_set = cp_sim_get_word(outage->facts, &words[i], &word);
        size_t plan = is_set ? cp_network_find(problem->network, word) : SIZE_MAX;
        const struct cp_supplier *supplier =
            is_set ? cp_portfolio_find_supplier(problem->portfolio, word) : NULL;
        if (plan != SIZE_MAX) {
            run->service_mark[plan] = run->mark;
        }
        if (supplier) {
            run->supplier_mark[supplier - problem->portfolio->config.suppliers.items] = run->mark;
        }
    }
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        const struct cp_sim_link *link = &problem->links[i];
        if (link->to != CP_SIM_NONE ? run->service_mark[link->to] == run->mark
                                    : run->supplier_mark[link->supplier] == run->mark) {
            cp_sim_answer_link(run, i);
        }
    }
}

static void begin_places(const struct cp_sim_outage *outage,
                         const struct cp_fact_scenario *scenario, struct cp_sim_switch *switch_over)
{
    struct cp_sim_run *run = outage->run;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        struct cp_sim_hit *hit = &run->hits.items[i];
        const struct cp_sim_lost *lost = &run->lost.items[hit->lost];
        if (!cp_sim_is_hit(outage, hit)) {
            continue;
        }
        if (hit->is_inside) {
            cp_sim_assume(run, outage->plan, "it runs in the part of its place that is lost");
        }
        if (scenario && cp_sim_loses_place(outage, scenario, lost->thing.id)) {
            hit->is_moved = !cp_sim_is_waiting(scenario);
            if (cp_sim_is_waiting(scenario)) {
                wait_for(outage, lost->supplier);
            }
            continue;
        }
        struct cp_sim_standby standby =
            cp_sim_find_standby(outage, NULL, cp_sim_against_of(lost->thing.kind));
        if (!cp_sim_add_switch(switch_over, outage, standby)) {
            wait_for(outage, lost->supplier);
            continue;
        }
        hit->is_moved = true;
        if (lost->thing.kind == CP_THING_SUPPLIER) {
            answer_supplier(outage, lost->supplier);
        }
    }
}

/* Whether the scenario says how this store is restored. */
static bool loses_store(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario,
                        struct cp_str id)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = 0; cp_sim_is_of_data(outage, scenario) && i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) && cp_str_is_equal(word, id)) {
            return true;
        }
    }
    return false;
}

/* A lost service recovers with its stores; any other has to say how. */
static void begin_stores(const struct cp_sim_outage *outage,
                         const struct cp_fact_scenario *scenario)
{
    const struct cp_sim_run *run = outage->run;
    bool is_asked = outage->service->has_store_hit && !outage->service->is_lost;
    for (size_t i = 0; is_asked && i < run->lost.count; i++) {
        struct cp_thing thing = run->lost.items[i].thing;
        if (thing.kind != CP_THING_STORE || !cp_sim_declares_store(outage->facts, thing.id)) {
            continue;
        }
        bool is_met = scenario && loses_store(outage, scenario, thing.id);
        if (!is_met || cp_sim_is_waiting(scenario)) {
            never(outage, "how the lost store is restored");
            outage->service->is_own_unknown |= !is_met;
        }
    }
}

/* Waits of a lost service for what its scenario loses, lost in this run or not. */
static void begin_losses(const struct cp_sim_outage *outage,
                         const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    uint32_t supplier;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) &&
            cp_sim_is_place(outage->run->problem, word, &supplier)) {
            wait_for(outage, supplier);
            outage->service->waits_for_place = true;
        }
    }
}

static void assume_of_own(const struct cp_sim_outage *outage)
{
    struct cp_sim_run *run = outage->run;
    bool is_worked = outage->service->own.kind == CP_SIM_OWN_STEPS;
    if (is_worked && outage->facts->detect.state == CP_ABSENT) {
        cp_sim_assume(run, outage->plan,
                      "it states no time to detect an outage, which is taken as none");
    }
    if (is_worked && outage->facts->declare.state == CP_ABSENT) {
        cp_sim_assume(run, outage->plan,
                      "it states no time to declare an outage, which is taken as none");
    }
    if (outage->service->own.kind == CP_SIM_OWN_PROMISE &&
        outage->service->own.deadline != CP_SIM_NEVER) {
        cp_sim_assume(
            run, outage->plan,
            "no runbook says how long its recovery takes: its RTO is promised, not shown");
    }
    if (outage->facts->workaround == CP_SET &&
        outage->facts->workaround_sustain.state == CP_ABSENT) {
        cp_sim_assume(run, outage->plan,
                      "its workaround does not say how long it lasts and is taken to last");
    } else if (outage->facts->workaround == CP_SET &&
               outage->facts->workaround_sustain.state != CP_SET) {
        cp_sim_assume(run, outage->plan,
                      "how long its workaround lasts is not known: it is taken to cover nothing");
    } else if (cp_sim_is_in_doubt(outage->facts->workaround)) {
        cp_sim_assume(run, outage->plan,
                      "whether it has a workaround is not known: it is taken to have none");
    }
}

static void say_doubt(struct cp_sim_service *service, const struct cp_sim_switch *switch_over)
{
    if (!service->unknown && service->own.is_void) {
        service->unknown = "how it recovers where its standby is lost as well";
    } else if (!service->unknown && switch_over->is_in_doubt) {
        service->unknown = "whether a standby takes over";
    }
}

/* Its own recovery waits to begin; a switch-over begins at the disruption, work once it is declared
 * (R8). */
static void begin_own(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario,
                      struct cp_sim_switch *switch_over)
{
    struct cp_sim_run *run = outage->run;
    struct cp_sim_service *service = outage->service;
    assume_of_own(outage);
    if (service->own.kind == CP_SIM_OWN_STEPS) {
        cp_sim_block(run, outage->plan);
        cp_sim_prepare(run, outage->plan, scenario);
        cp_sim_schedule(run, service->declared, CP_EVENT_DECLARED, outage->plan, 0);
    } else if (service->own.kind == CP_SIM_OWN_PROMISE) {
        service->has_promise = true;
        cp_sim_block(run, outage->plan);
    } else if (service->own.kind == CP_SIM_OWN_SWITCH) {
        int64_t end = cp_sim_end(run, service->own.takes, run->now);
        if (!switch_over->is_any || end > switch_over->end) {
            *switch_over = (struct cp_sim_switch){.takes = service->own.takes,
                                                  .standby = service->own.standby,
                                                  .end = end,
                                                  .is_any = true};
        }
        switch_over->is_in_doubt |= service->own.is_in_doubt;
    }
    if (switch_over->is_any) {
        say_doubt(service, switch_over);
        int64_t end = switch_over->end;
        cp_sim_keep_later(&service->own.length, end == CP_SIM_NEVER ? end : end - run->now);
        service->has_switch = true;
        service->takes = switch_over->takes;
        service->standby = switch_over->standby;
        cp_sim_block(run, outage->plan);
    }
    if (service->has_promise || service->has_switch) {
        cp_sim_ask(run, outage->plan, CP_GATE_SWITCH);
    }
}

void cp_sim_begin(struct cp_sim_run *run, uint32_t plan)
{
    struct cp_sim_outage outage = outage_of(run, plan, false);
    struct cp_sim_service *service = outage.service;
    struct cp_sim_switch switch_over = {.is_any = false};
    int64_t length;
    start_clocks(&outage);
    const struct cp_fact_scenario *scenario = cp_sim_choose(&service->own, &outage);
    service->has_begun = true;
    keep_choice(&outage, scenario);
    service->deadline = cp_sim_deadline(&length, run, plan, scenario);
    if (scenario && !cp_sim_is_waiting(scenario)) {
        answer_links(&outage, scenario);
    }
    begin_places(&outage, scenario, &switch_over);
    begin_stores(&outage, scenario);
    if (scenario && service->is_lost && cp_sim_is_waiting(scenario)) {
        begin_losses(&outage, scenario);
    }
    begin_own(&outage, scenario, &switch_over);
}
