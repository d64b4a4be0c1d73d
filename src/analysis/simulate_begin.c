/*
 * What a plan does when it first goes down (R5 to R8): which scenario it uses, what that answers,
 * what is answered by redundancy, and what is waited for. Knows neither people nor the clock's
 * hours.
 */
#include "simulate.h"

#include <stdlib.h>

static const struct cp_fact_length no_time = {.unit = CP_FACT_ELAPSED, .state = CP_SET};

/* A plan that has just gone down. */
struct outage {
    struct cp_sim_run *run;
    struct cp_sim_service *service;
    const struct cp_facts *facts;
    uint32_t plan;
    bool is_settling; /* before the first instant: places and suppliers alone (readings: O32) */
};

/* Switch-overs that are all needed: the longest counts. */
struct switch_over {
    struct cp_fact_length takes;
    struct cp_str standby;
    int64_t end;
    bool is_any, is_missing;
};

static bool is_word(const struct cp_facts *facts, const struct cp_fact_word *word,
                    struct cp_str *text)
{
    *text = cp_fact_str(facts, word->text);
    return word->state == CP_SET;
}

static bool is_waiting(const struct cp_fact_scenario *scenario)
{
    return scenario->response == CP_RESPONSE_WAIT || scenario->response == CP_RESPONSE_ACCEPT;
}

/* ---- what hits it ---------------------------------------------------------------------------- */

/* Whether the hit counts now: it is not answered for good, and the place is not back. */
static bool is_hit(const struct outage *outage, const struct cp_sim_hit *hit)
{
    struct cp_sim_run *run = outage->run;
    uint32_t supplier = run->lost.items[hit->lost].supplier;
    return !hit->is_settled &&
           (run->now == 0 || cp_sim_back_for(run, outage->plan, supplier) > run->now);
}

/* Whether the link takes the plan down. */
static bool is_link_hit(const struct outage *outage, uint32_t link)
{
    const struct cp_sim_run *run = outage->run;
    const struct cp_sim_link *of = &run->problem->links[link];
    if (!outage->is_settling) {
        return run->links[link].state == CP_LINK_BLOCKED;
    }
    return of->supplier != CP_SIM_NONE && run->is_supplier_lost[of->supplier] &&
           of->criticality == CP_HARD && !of->has_fallback;
}

static void mark_hits(const struct outage *outage)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    run->mark++;
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        if (is_link_hit(outage, i)) {
            if (problem->links[i].to != CP_SIM_NONE) {
                run->service_mark[problem->links[i].to] = run->mark;
            } else {
                run->supplier_mark[problem->links[i].supplier] = run->mark;
            }
        }
    }
}

/* Whether the scenario loses the place, by name or with what is around it. */
static bool loses_place(const struct outage *outage, const struct cp_fact_scenario *scenario,
                        struct cp_str place)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) && cp_sim_lies_in(place, word)) {
            return true;
        }
    }
    return false;
}

static bool declares_store(const struct cp_facts *facts, struct cp_str id)
{
    const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
    for (uint32_t i = 0; i < facts->stores.count; i++) {
        if (stores[i].state == CP_SET && cp_str_is_equal(cp_fact_str(facts, stores[i].id), id)) {
            return true;
        }
    }
    return false;
}

bool cp_sim_is_store_lost(const struct cp_sim_run *run, struct cp_str id)
{
    uint32_t lost = cp_sim_find_lost(run, id);
    return lost != CP_SIM_NONE && run->lost.items[lost].thing.kind == CP_THING_STORE;
}

/* A lost store of the plan's. */
static bool is_store_hit(const struct outage *outage, struct cp_str id)
{
    return !outage->is_settling && outage->service->has_store_hit &&
           cp_sim_is_store_lost(outage->run, id) && declares_store(outage->facts, id);
}

static bool is_named(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    struct cp_str named = outage->run->loss->scenario;
    return named.len > 0 && cp_str_is_equal(cp_fact_str(outage->facts, scenario->id), named);
}

/* Whether a hit place lies in the word. */
static bool meets_place(const struct outage *outage, struct cp_str word)
{
    const struct cp_sim_run *run = outage->run;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_hit *hit = &run->hits.items[i];
        if (is_hit(outage, hit) && cp_sim_lies_in(run->lost.items[hit->lost].thing.id, word)) {
            return true;
        }
    }
    return false;
}

/* What a word of `loses` stands for among the links that hit. */
static bool meets_link(const struct outage *outage, struct cp_str word)
{
    const struct cp_sim_run *run = outage->run;
    size_t plan = cp_network_find(run->problem->network, word);
    const struct cp_supplier *supplier = cp_portfolio_find_supplier(run->problem->portfolio, word);
    return (plan != SIZE_MAX && run->service_mark[plan] == run->mark) ||
           (supplier &&
            run->supplier_mark[supplier - run->problem->portfolio->config.suppliers.items] ==
                run->mark);
}

/* Whether the scenario says how the store is restored: it is one of data loss (R4), or asked for.
 */
static bool is_of_data(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    return scenario->kind == CP_KIND_DATA_LOSS || is_named(outage, scenario);
}

/* Whether it loses something that hits the plan; marks are set. */
static bool meets(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) &&
            (meets_place(outage, word) || meets_link(outage, word) ||
             (is_of_data(outage, scenario) && is_store_hit(outage, word)))) {
            return true;
        }
    }
    return false;
}

/* ---- redundancy ------------------------------------------------------------------------------ */

/* Lost in the run, or what a lost service takes as lost. */
static bool is_standby_lost(const struct outage *outage, const struct cp_fact_scenario *scenario,
                            struct cp_str standby)
{
    return cp_sim_is_lost(outage->run, standby) ||
           (scenario && outage->service->is_lost && loses_place(outage, scenario, standby));
}

/* The first against it, else against a wider thing, whose standby is left (R7). */
static const struct cp_fact_redundancy *find_redundancy(const struct outage *outage,
                                                        const struct cp_fact_scenario *scenario,
                                                        enum cp_against thing)
{
    const struct cp_facts *facts = outage->facts;
    const struct cp_fact_redundancy *rows = cp_fact_redundancies(facts, facts->redundancy);
    unsigned widest = thing <= CP_AGAINST_SUPPLIER ? CP_AGAINST_SUPPLIER : thing;
    for (unsigned against = thing; against <= widest; against++) {
        for (uint32_t i = 0; i < facts->redundancy.count; i++) {
            bool is_left = rows[i].uses_state != CP_SET ||
                           !is_standby_lost(outage, scenario, cp_fact_str(facts, rows[i].uses));
            if (rows[i].state == CP_SET && rows[i].against == against &&
                rows[i].level != CP_REDUNDANCY_NONE && is_left) {
                return &rows[i];
            }
        }
    }
    return NULL;
}

static enum cp_against against_of(enum cp_thing_kind kind)
{
    switch (kind) {
    case CP_THING_REGION:
        return CP_AGAINST_REGION;
    case CP_THING_ZONE:
        return CP_AGAINST_ZONE;
    case CP_THING_STORE:
        return CP_AGAINST_DATA;
    default:
        return CP_AGAINST_SUPPLIER;
    }
}

static struct cp_fact_length takes_of(const struct outage *outage,
                                      const struct cp_fact_redundancy *row)
{
    struct cp_fact_length takes = row->takes;
    if (takes.state == CP_ABSENT && row->level == CP_REDUNDANCY_ACTIVE_ACTIVE) {
        cp_sim_assume(outage->run, outage->plan,
                      "an active-active standby without 'takes' takes over at once");
        return no_time;
    }
    if (takes.state == CP_ABSENT) {
        takes.state = CP_UNKNOWN;
    }
    return takes;
}

static bool add_switch(struct switch_over *out, const struct outage *outage,
                       const struct cp_fact_redundancy *row)
{
    if (!row) {
        out->is_missing = true;
        return false;
    }
    struct cp_fact_length takes = takes_of(outage, row);
    int64_t end = cp_sim_end(outage->run, takes, outage->run->now);
    if (!out->is_any || end > out->end) {
        out->takes = takes;
        out->end = end;
        out->standby =
            row->uses_state == CP_SET ? cp_fact_str(outage->facts, row->uses) : (struct cp_str){0};
    }
    out->is_any = true;
    return true;
}

/* ---- own recovery in a scenario -------------------------------------------------------------- */

/* The switch-overs for what of the hits the scenario loses; a service's going down has none. */
static void switch_hits(struct switch_over *out, const struct outage *outage,
                        const struct cp_fact_scenario *scenario)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_lost *lost = &run->lost.items[run->hits.items[i].lost];
        if (is_hit(outage, &run->hits.items[i]) && loses_place(outage, scenario, lost->thing.id)) {
            add_switch(out, outage,
                       find_redundancy(outage, scenario, against_of(lost->thing.kind)));
        }
    }
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (!is_word(outage->facts, &words[i], &word)) {
            continue;
        }
        if (is_of_data(outage, scenario) && is_store_hit(outage, word)) {
            add_switch(out, outage, find_redundancy(outage, scenario, CP_AGAINST_DATA));
        } else if (meets_link(outage, word)) {
            bool is_supplier = cp_network_find(run->problem->network, word) == SIZE_MAX;
            add_switch(out, outage,
                       is_supplier ? find_redundancy(outage, scenario, CP_AGAINST_SUPPLIER) : NULL);
        }
    }
}

/* The same for a lost service: for all that it loses. */
static void switch_losses(struct switch_over *out, const struct outage *outage,
                          const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    enum cp_thing_kind kind;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) &&
            cp_sim_classify(&kind, outage->run->problem, word) && kind != CP_THING_SERVICE &&
            kind != CP_THING_PERSON && kind != CP_THING_TEAM) {
            add_switch(out, outage, find_redundancy(outage, scenario, against_of(kind)));
        }
    }
}

static bool is_place(const struct cp_sim_problem *problem, struct cp_str word, uint32_t *supplier)
{
    enum cp_thing_kind kind;
    *supplier = cp_sim_supplier_of(problem, word);
    return cp_sim_classify(&kind, problem, word) &&
           (kind == CP_THING_SUPPLIER || kind == CP_THING_REGION || kind == CP_THING_ZONE);
}

static int64_t link_back(const struct outage *outage, uint32_t link)
{
    const struct cp_sim_link *of = &outage->run->problem->links[link];
    return of->fact->rto.state != CP_ABSENT
               ? cp_sim_back(outage->run, of->supplier, &of->fact->rto)
               : cp_sim_back_for(outage->run, outage->plan, of->supplier);
}

static void keep_later(int64_t *latest, int64_t at)
{
    *latest = at > *latest ? at : *latest;
}

/* The latest return of the hits it loses. */
static int64_t wait_for_hits(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    int64_t latest = 0;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_lost *lost = &run->lost.items[run->hits.items[i].lost];
        if (is_hit(outage, &run->hits.items[i]) && loses_place(outage, scenario, lost->thing.id)) {
            keep_later(&latest, cp_sim_back_for(run, outage->plan, lost->supplier));
        }
    }
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        if (problem->links[i].supplier != CP_SIM_NONE && is_link_hit(outage, i) &&
            loses_place(outage, scenario,
                        cp_sim_supplier_id(problem, problem->links[i].supplier))) {
            keep_later(&latest, link_back(outage, i));
        }
    }
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) && is_of_data(outage, scenario) &&
            is_store_hit(outage, word)) {
            latest = CP_SIM_NEVER;
        }
    }
    return latest;
}

/* The latest return of all suppliers and places it loses; -1: there is none. */
static int64_t wait_for_losses(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    uint32_t supplier;
    int64_t latest = -1;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) &&
            is_place(outage->run->problem, word, &supplier)) {
            keep_later(&latest, cp_sim_back_for(outage->run, outage->plan, supplier));
        }
    }
    return latest;
}

static struct cp_sim_own promise(const struct outage *outage,
                                 const struct cp_fact_scenario *scenario)
{
    struct cp_sim_own own = {.kind = CP_SIM_OWN_PROMISE};
    own.deadline = cp_sim_deadline(&own.length, outage->run, outage->plan, scenario);
    return own;
}

/* No runbook of it states a time. */
static struct cp_sim_own own_by_response(const struct outage *outage,
                                         const struct cp_fact_scenario *scenario)
{
    bool is_lost = outage->service->is_lost;
    if (scenario->response == CP_RESPONSE_AUTOMATIC) {
        struct switch_over switch_over = {.is_any = false};
        if (is_lost) {
            switch_losses(&switch_over, outage, scenario);
        } else {
            switch_hits(&switch_over, outage, scenario);
        }
        if (switch_over.is_any && !switch_over.is_missing) {
            int64_t length = switch_over.end;
            length = length == CP_SIM_NEVER ? length : length - outage->run->now;
            return (struct cp_sim_own){.kind = CP_SIM_OWN_SWITCH,
                                       .length = length,
                                       .takes = switch_over.takes,
                                       .standby = switch_over.standby};
        }
    } else if (is_waiting(scenario)) {
        int64_t back =
            is_lost ? wait_for_losses(outage, scenario) : wait_for_hits(outage, scenario);
        if (back >= 0) {
            return (struct cp_sim_own){.kind = CP_SIM_OWN_WAIT, .length = back};
        }
    }
    return promise(outage, scenario);
}

static struct cp_sim_own own_of(const struct outage *outage,
                                const struct cp_fact_scenario *scenario)
{
    int64_t length;
    if (cp_sim_measure(&length, outage->run, outage->plan, scenario)) {
        return (struct cp_sim_own){.kind = CP_SIM_OWN_STEPS, .length = length};
    }
    return own_by_response(outage, scenario);
}

/* ---- the choice ------------------------------------------------------------------------------ */

/* Chooses the scenario (R5), and its recovery with it; NULL: there is none. */
static const struct cp_fact_scenario *choose(struct cp_sim_own *own, const struct outage *outage)
{
    const struct cp_facts *facts = outage->facts;
    const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
    const struct cp_fact_scenario *best = NULL;
    *own = (struct cp_sim_own){.kind = CP_SIM_OWN_NONE};
    mark_hits(outage);
    for (uint32_t i = 0; i < facts->scenarios.count; i++) {
        const struct cp_fact_scenario *scenario = &scenarios[i];
        if (scenario->state != CP_SET || !(outage->service->is_lost || meets(outage, scenario))) {
            continue;
        }
        struct cp_sim_own other = own_of(outage, scenario);
        if (is_named(outage, scenario)) {
            *own = other;
            return scenario;
        }
        bool is_longer =
            !best || other.length > own->length ||
            (other.length == own->length &&
             cp_str_compare(cp_fact_str(facts, scenario->id), cp_fact_str(facts, best->id)) < 0);
        if (is_longer) {
            best = scenario;
            *own = other;
        }
    }
    if (!best && outage->service->is_lost) {
        *own = promise(outage, NULL);
    }
    return best;
}

static void keep_choice(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_scenario *scenarios =
        cp_fact_scenarios(outage->facts, outage->facts->scenarios);
    outage->service->scenario = scenario ? (uint32_t)(scenario - scenarios) : CP_SIM_NONE;
}

/* ---- what is answered without an outage ------------------------------------------------------ */

static void answer_supplier(const struct outage *outage, uint32_t supplier)
{
    const struct cp_sim_problem *problem = outage->run->problem;
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        if (problem->links[i].supplier == supplier) {
            cp_sim_answer_link(outage->run, i);
        }
    }
}

/* Whether a switch-over of 0 answers the lost place. */
static bool is_answered_at_once(const struct outage *outage,
                                const struct cp_fact_scenario *scenario,
                                const struct cp_sim_own *own, const struct cp_sim_lost *lost)
{
    if (scenario && loses_place(outage, scenario, lost->thing.id)) {
        return own->kind == CP_SIM_OWN_SWITCH && own->length == 0;
    }
    struct switch_over switch_over = {.is_any = false};
    const struct cp_fact_redundancy *row =
        find_redundancy(outage, NULL, against_of(lost->thing.kind));
    return add_switch(&switch_over, outage, row) && switch_over.end == outage->run->now;
}

static void start_clocks(const struct outage *outage)
{
    struct cp_sim_service *service = outage->service;
    const struct cp_sim_run *run = outage->run;
    service->detected = cp_sim_end(run, outage->facts->detect, run->now);
    service->declared = cp_sim_end(run, outage->facts->declare, service->detected);
}

/* Settles what is answered in 0; whether something is left that takes the plan down. */
static bool settle(const struct outage *outage)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    struct cp_sim_own own;
    outage->service->down_from = run->now;
    start_clocks(outage);
    const struct cp_fact_scenario *scenario = choose(&own, outage);
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
            loses_place(outage, scenario, cp_sim_supplier_id(problem, supplier))) {
            cp_sim_answer_link(run, i);
        }
    }
    if (is_switched) {
        keep_choice(outage, scenario);
    }
    return is_down;
}

static struct outage outage_of(struct cp_sim_run *run, uint32_t plan, bool is_settling)
{
    return (struct outage){.run = run,
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
        struct outage outage = outage_of(run, run->touched.items[i], true);
        if (settle(&outage)) {
            cp_sim_numbers_push(&run->falling, outage.plan);
        }
    }
    for (uint32_t i = 0; i < problem->suppliers; i++) {
        for (uint32_t j = problem->first_by_supplier[i];
             run->is_supplier_lost[i] && j < problem->first_by_supplier[i + 1]; j++) {
            uint32_t link = problem->by_supplier[j];
            struct outage outage = outage_of(run, problem->links[link].from, false);
            cp_sim_lower_link(run, link);
            run->links[link].back = link_back(&outage, link);
            cp_sim_schedule(run, run->links[link].back, CP_EVENT_LINK_UP, link, 0);
        }
    }
}

/* ---- going down for the first time ----------------------------------------------------------- */

static void never(const struct outage *outage, const char *what)
{
    cp_sim_block(outage->run, outage->plan);
    outage->service->unknown = outage->service->unknown ? outage->service->unknown : what;
}

static void wait_for(const struct outage *outage, uint32_t supplier)
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
static void answer_links(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    run->mark++;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        bool is_set = is_word(outage->facts, &words[i], &word);
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

static void begin_places(const struct outage *outage, const struct cp_fact_scenario *scenario,
                         struct switch_over *switch_over)
{
    struct cp_sim_run *run = outage->run;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        struct cp_sim_hit *hit = &run->hits.items[i];
        const struct cp_sim_lost *lost = &run->lost.items[hit->lost];
        if (!is_hit(outage, hit)) {
            continue;
        }
        if (hit->is_inside) {
            cp_sim_assume(run, outage->plan, "it runs in the part of its place that is lost");
        }
        if (scenario && loses_place(outage, scenario, lost->thing.id)) {
            hit->is_moved = !is_waiting(scenario);
            if (is_waiting(scenario)) {
                wait_for(outage, lost->supplier);
            }
            continue;
        }
        const struct cp_fact_redundancy *row =
            find_redundancy(outage, NULL, against_of(lost->thing.kind));
        if (!row) {
            wait_for(outage, lost->supplier);
            continue;
        }
        add_switch(switch_over, outage, row);
        hit->is_moved = true;
        if (lost->thing.kind == CP_THING_SUPPLIER) {
            answer_supplier(outage, lost->supplier);
        }
    }
}

/* Whether the scenario says how the store is restored: it is one of data loss (R4), or asked for.
 */
static bool loses_store(const struct outage *outage, const struct cp_fact_scenario *scenario,
                        struct cp_str id)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = 0; is_of_data(outage, scenario) && i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) && cp_str_is_equal(word, id)) {
            return true;
        }
    }
    return false;
}

/* A lost service recovers with its stores; any other has to say how. */
static void begin_stores(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_sim_run *run = outage->run;
    bool is_asked = outage->service->has_store_hit && !outage->service->is_lost;
    for (size_t i = 0; is_asked && i < run->lost.count; i++) {
        struct cp_thing thing = run->lost.items[i].thing;
        if (thing.kind != CP_THING_STORE || !declares_store(outage->facts, thing.id)) {
            continue;
        }
        bool is_met = scenario && loses_store(outage, scenario, thing.id);
        if (!is_met || is_waiting(scenario)) {
            never(outage, "how the lost store is restored");
            outage->service->is_own_unknown |= !is_met;
        }
    }
}

/* Waits of a lost service for what its scenario loses, lost in this run or not. */
static void begin_losses(const struct outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    uint32_t supplier;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (is_word(outage->facts, &words[i], &word) &&
            is_place(outage->run->problem, word, &supplier)) {
            wait_for(outage, supplier);
            outage->service->waits_for_place = true;
        }
    }
}

static void assume_of_own(const struct outage *outage)
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
    }
}

/* Its own recovery waits to begin; a switch-over begins at the disruption, work once it is declared
 * (R8). */
static void begin_own(const struct outage *outage, const struct cp_fact_scenario *scenario,
                      struct switch_over *switch_over)
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
            *switch_over = (struct switch_over){.takes = service->own.takes,
                                                .standby = service->own.standby,
                                                .end = end,
                                                .is_any = true};
        }
    }
    if (switch_over->is_any) {
        int64_t end = switch_over->end;
        keep_later(&service->own.length, end == CP_SIM_NEVER ? end : end - run->now);
        service->has_switch = true;
        service->takes = switch_over->takes;
        service->standby = switch_over->standby;
        cp_sim_block(run, outage->plan);
    }
    cp_sim_ask(run, outage->plan, CP_GATE_SWITCH);
}

void cp_sim_begin(struct cp_sim_run *run, uint32_t plan)
{
    struct outage outage = outage_of(run, plan, false);
    struct cp_sim_service *service = outage.service;
    struct switch_over switch_over = {.is_any = false};
    int64_t length;
    start_clocks(&outage);
    const struct cp_fact_scenario *scenario = choose(&service->own, &outage);
    service->has_begun = true;
    keep_choice(&outage, scenario);
    service->deadline = cp_sim_deadline(&length, run, plan, scenario);
    if (scenario && !is_waiting(scenario)) {
        answer_links(&outage, scenario);
    }
    begin_places(&outage, scenario, &switch_over);
    begin_stores(&outage, scenario);
    if (scenario && service->is_lost && is_waiting(scenario)) {
        begin_losses(&outage, scenario);
    }
    begin_own(&outage, scenario, &switch_over);
}

/* ---- gates ----------------------------------------------------------------------------------- */

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
