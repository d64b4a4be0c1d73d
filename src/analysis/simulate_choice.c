/*
 * Which scenario a plan uses that goes down, and what its recovery is then (R5 to R8): what hits
 * the plan, what redundancy answers, how long it takes by itself. Leaves marks and
 * assumptions in the run, and changes nothing else of it.
 */
#include "simulate_choice.h"

static const struct cp_fact_length no_time = {.unit = CP_FACT_ELAPSED, .state = CP_SET};

bool cp_sim_get_word(const struct cp_facts *facts, const struct cp_fact_word *word,
                     struct cp_str *text)
{
    *text = cp_fact_str(facts, word->text);
    return word->state == CP_SET;
}

bool cp_sim_is_waiting(const struct cp_fact_scenario *scenario)
{
    return scenario->response == CP_RESPONSE_WAIT || scenario->response == CP_RESPONSE_ACCEPT;
}

/* ---- what hits it ---------------------------------------------------------------------------- */

bool cp_sim_is_hit(const struct cp_sim_outage *outage, const struct cp_sim_hit *hit)
{
    struct cp_sim_run *run = outage->run;
    uint32_t supplier = run->lost.items[hit->lost].supplier;
    return !hit->is_settled &&
           (run->now == 0 || cp_sim_back_for(run, outage->plan, supplier) > run->now);
}

/* Whether the link takes the plan down. */
static bool is_link_hit(const struct cp_sim_outage *outage, uint32_t link)
{
    const struct cp_sim_run *run = outage->run;
    const struct cp_sim_link *of = &run->problem->links[link];
    if (!outage->is_settling) {
        return run->links[link].state == CP_LINK_BLOCKED;
    }
    return of->supplier != CP_SIM_NONE && run->is_supplier_lost[of->supplier] &&
           of->criticality == CP_HARD && !of->has_fallback;
}

static void mark_hits(const struct cp_sim_outage *outage)
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

bool cp_sim_loses_place(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario,
                        struct cp_str place)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) && cp_sim_lies_in(place, word)) {
            return true;
        }
    }
    return false;
}

bool cp_sim_declares_store(const struct cp_facts *facts, struct cp_str id)
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
static bool is_store_hit(const struct cp_sim_outage *outage, struct cp_str id)
{
    return !outage->is_settling && outage->service->has_store_hit &&
           cp_sim_is_store_lost(outage->run, id) && cp_sim_declares_store(outage->facts, id);
}

static bool is_named(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario)
{
    struct cp_str named = outage->run->loss->scenario;
    return named.len > 0 && cp_str_is_equal(cp_fact_str(outage->facts, scenario->id), named);
}

/* Whether a hit place lies in the word. */
static bool meets_place(const struct cp_sim_outage *outage, struct cp_str word)
{
    const struct cp_sim_run *run = outage->run;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_hit *hit = &run->hits.items[i];
        if (cp_sim_is_hit(outage, hit) &&
            cp_sim_lies_in(run->lost.items[hit->lost].thing.id, word)) {
            return true;
        }
    }
    return false;
}

/* What a word of `loses` stands for among the links that hit. */
static bool meets_link(const struct cp_sim_outage *outage, struct cp_str word)
{
    const struct cp_sim_run *run = outage->run;
    size_t plan = cp_network_find(run->problem->network, word);
    const struct cp_supplier *supplier = cp_portfolio_find_supplier(run->problem->portfolio, word);
    return (plan != SIZE_MAX && run->service_mark[plan] == run->mark) ||
           (supplier &&
            run->supplier_mark[supplier - run->problem->portfolio->config.suppliers.items] ==
                run->mark);
}

bool cp_sim_is_of_data(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario)
{
    return scenario->kind == CP_KIND_DATA_LOSS || is_named(outage, scenario);
}

/* Whether it loses something that hits the plan; marks are set. */
static bool meets(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) &&
            (meets_place(outage, word) || meets_link(outage, word) ||
             (cp_sim_is_of_data(outage, scenario) && is_store_hit(outage, word)))) {
            return true;
        }
    }
    return false;
}

/* ---- redundancy ------------------------------------------------------------------------------ */

/* Lost in the run, or what a lost service takes as lost. */
static bool is_standby_lost(const struct cp_sim_outage *outage,
                            const struct cp_fact_scenario *scenario, struct cp_str standby)
{
    return cp_sim_is_lost(outage->run, standby) ||
           (scenario && outage->service->is_lost && cp_sim_loses_place(outage, scenario, standby));
}

/* Whether a row is against the thing, or may be. */
static bool is_against(const struct cp_fact_redundancy *row, unsigned thing)
{
    return row->level != CP_REDUNDANCY_NONE &&
           (row->against == thing || row->against == CP_FACT_UNCLEAR);
}

/* Whether it is known of a row that it is a standby, against what, and where. */
static bool is_clear(const struct cp_fact_redundancy *row)
{
    return row->state == CP_SET && row->against != CP_FACT_UNCLEAR &&
           row->level != CP_FACT_UNCLEAR &&
           (row->uses_state == CP_SET || row->uses_state == CP_ABSENT);
}

struct cp_sim_standby cp_sim_find_standby(const struct cp_sim_outage *outage,
                                          const struct cp_fact_scenario *scenario,
                                          enum cp_against thing)
{
    const struct cp_facts *facts = outage->facts;
    const struct cp_fact_redundancy *rows = cp_fact_redundancies(facts, facts->redundancy);
    unsigned widest = thing <= CP_AGAINST_SUPPLIER ? CP_AGAINST_SUPPLIER : thing;
    bool is_gone = false;
    for (unsigned against = thing; against <= widest; against++) {
        for (uint32_t i = 0; i < facts->redundancy.count; i++) {
            if (!is_against(&rows[i], against)) {
                continue;
            }
            if (rows[i].uses_state == CP_SET &&
                is_standby_lost(outage, scenario, cp_fact_str(facts, rows[i].uses))) {
                is_gone = true;
                continue;
            }
            return is_clear(&rows[i]) ? (struct cp_sim_standby){.row = &rows[i]}
                                      : (struct cp_sim_standby){.is_in_doubt = true};
        }
    }
    bool is_in_doubt = cp_sim_is_in_doubt(facts->redundancy.state);
    return (struct cp_sim_standby){.is_in_doubt = is_in_doubt, .is_gone = is_gone && !is_in_doubt};
}

enum cp_against cp_sim_against_of(enum cp_thing_kind kind)
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

static struct cp_fact_length takes_of(const struct cp_sim_outage *outage,
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

static bool add_doubt(struct cp_sim_switch *out)
{
    out->is_any = out->is_in_doubt = true;
    out->takes = (struct cp_fact_length){.state = CP_UNKNOWN};
    out->standby = (struct cp_str){0};
    out->end = CP_SIM_NEVER;
    return true;
}

bool cp_sim_add_switch(struct cp_sim_switch *out, const struct cp_sim_outage *outage,
                       struct cp_sim_standby standby)
{
    const struct cp_fact_redundancy *row = standby.row;
    if (standby.is_in_doubt) {
        return add_doubt(out);
    }
    if (!row) {
        out->is_missing = true;
        out->is_gone |= standby.is_gone;
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
static void switch_hits(struct cp_sim_switch *out, const struct cp_sim_outage *outage,
                        const struct cp_fact_scenario *scenario)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_lost *lost = &run->lost.items[run->hits.items[i].lost];
        if (cp_sim_is_hit(outage, &run->hits.items[i]) &&
            cp_sim_loses_place(outage, scenario, lost->thing.id)) {
            cp_sim_add_switch(
                out, outage,
                cp_sim_find_standby(outage, scenario, cp_sim_against_of(lost->thing.kind)));
        }
    }
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (!cp_sim_get_word(outage->facts, &words[i], &word)) {
            continue;
        }
        if (cp_sim_is_of_data(outage, scenario) && is_store_hit(outage, word)) {
            cp_sim_add_switch(out, outage, cp_sim_find_standby(outage, scenario, CP_AGAINST_DATA));
        } else if (meets_link(outage, word)) {
            bool is_supplier = cp_network_find(run->problem->network, word) == SIZE_MAX;
            cp_sim_add_switch(out, outage,
                              is_supplier
                                  ? cp_sim_find_standby(outage, scenario, CP_AGAINST_SUPPLIER)
                                  : (struct cp_sim_standby){.row = NULL});
        }
    }
}

/* The same for a lost service: for all that it loses. */
static void switch_losses(struct cp_sim_switch *out, const struct cp_sim_outage *outage,
                          const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    enum cp_thing_kind kind;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) &&
            cp_sim_classify(&kind, outage->run->problem, word) && kind != CP_THING_SERVICE &&
            kind != CP_THING_PERSON && kind != CP_THING_TEAM) {
            cp_sim_add_switch(out, outage,
                              cp_sim_find_standby(outage, scenario, cp_sim_against_of(kind)));
        }
    }
}

bool cp_sim_is_place(const struct cp_sim_problem *problem, struct cp_str word, uint32_t *supplier)
{
    enum cp_thing_kind kind;
    *supplier = cp_sim_supplier_of(problem, word);
    return cp_sim_classify(&kind, problem, word) &&
           (kind == CP_THING_SUPPLIER || kind == CP_THING_REGION || kind == CP_THING_ZONE);
}

int64_t cp_sim_link_back(const struct cp_sim_outage *outage, uint32_t link)
{
    const struct cp_sim_link *of = &outage->run->problem->links[link];
    return of->fact->rto.state != CP_ABSENT
               ? cp_sim_back(outage->run, of->supplier, &of->fact->rto)
               : cp_sim_back_for(outage->run, outage->plan, of->supplier);
}

void cp_sim_keep_later(int64_t *latest, int64_t at)
{
    *latest = at > *latest ? at : *latest;
}

/* The latest return of the hits it loses. */
static int64_t wait_for_hits(const struct cp_sim_outage *outage,
                             const struct cp_fact_scenario *scenario)
{
    struct cp_sim_run *run = outage->run;
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    int64_t latest = 0;
    for (uint32_t i = outage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_lost *lost = &run->lost.items[run->hits.items[i].lost];
        if (cp_sim_is_hit(outage, &run->hits.items[i]) &&
            cp_sim_loses_place(outage, scenario, lost->thing.id)) {
            cp_sim_keep_later(&latest, cp_sim_back_for(run, outage->plan, lost->supplier));
        }
    }
    for (uint32_t i = problem->first[outage->plan]; i < problem->first[outage->plan + 1]; i++) {
        if (problem->links[i].supplier != CP_SIM_NONE && is_link_hit(outage, i) &&
            cp_sim_loses_place(outage, scenario,
                               cp_sim_supplier_id(problem, problem->links[i].supplier))) {
            cp_sim_keep_later(&latest, cp_sim_link_back(outage, i));
        }
    }
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) &&
            cp_sim_is_of_data(outage, scenario) && is_store_hit(outage, word)) {
            latest = CP_SIM_NEVER;
        }
    }
    return latest;
}

/* The latest return of all suppliers and places it loses; -1: there is none. */
static int64_t wait_for_losses(const struct cp_sim_outage *outage,
                               const struct cp_fact_scenario *scenario)
{
    const struct cp_fact_word *words = cp_fact_words(outage->facts, scenario->loses);
    struct cp_str word;
    uint32_t supplier;
    int64_t latest = -1;
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_sim_get_word(outage->facts, &words[i], &word) &&
            cp_sim_is_place(outage->run->problem, word, &supplier)) {
            cp_sim_keep_later(&latest, cp_sim_back_for(outage->run, outage->plan, supplier));
        }
    }
    return latest;
}

static struct cp_sim_own promise(const struct cp_sim_outage *outage,
                                 const struct cp_fact_scenario *scenario)
{
    struct cp_sim_own own = {.kind = CP_SIM_OWN_PROMISE};
    own.deadline = cp_sim_deadline(&own.length, outage->run, outage->plan, scenario);
    return own;
}

/* By what takes over by itself; a promise where nothing is said to. */
static struct cp_sim_own own_by_switch(const struct cp_sim_outage *outage,
                                       const struct cp_fact_scenario *scenario)
{
    static const struct cp_fact_length unknown = {.state = CP_UNKNOWN};
    struct cp_sim_switch switch_over = {.is_any = false};
    if (outage->service->is_lost) {
        switch_losses(&switch_over, outage, scenario);
    } else {
        switch_hits(&switch_over, outage, scenario);
    }
    if (switch_over.is_gone) {
        return (struct cp_sim_own){
            .kind = CP_SIM_OWN_SWITCH, .length = CP_SIM_NEVER, .takes = unknown, .is_void = true};
    }
    if (!switch_over.is_any || switch_over.is_missing) {
        return promise(outage, scenario);
    }
    int64_t end = switch_over.end;
    return (struct cp_sim_own){.kind = CP_SIM_OWN_SWITCH,
                               .length = end == CP_SIM_NEVER ? end : end - outage->run->now,
                               .takes = switch_over.takes,
                               .standby = switch_over.standby,
                               .is_in_doubt = switch_over.is_in_doubt};
}

/* No runbook of it states a time. */
static struct cp_sim_own own_by_response(const struct cp_sim_outage *outage,
                                         const struct cp_fact_scenario *scenario)
{
    if (scenario->response == CP_RESPONSE_AUTOMATIC) {
        return own_by_switch(outage, scenario);
    }
    if (cp_sim_is_waiting(scenario)) {
        int64_t back = outage->service->is_lost ? wait_for_losses(outage, scenario)
                                                : wait_for_hits(outage, scenario);
        if (back >= 0) {
            return (struct cp_sim_own){.kind = CP_SIM_OWN_WAIT, .length = back};
        }
    }
    return promise(outage, scenario);
}

static struct cp_sim_own own_of(const struct cp_sim_outage *outage,
                                const struct cp_fact_scenario *scenario)
{
    int64_t length;
    if (cp_sim_measure(&length, outage->run, outage->plan, scenario)) {
        return (struct cp_sim_own){.kind = CP_SIM_OWN_STEPS, .length = length};
    }
    return own_by_response(outage, scenario);
}

/* ---- the choice ------------------------------------------------------------------------------ */

/* The longest is chosen, of a lost service one that is not void; then the first by id. */
static bool is_chosen_before(const struct cp_sim_outage *outage,
                             const struct cp_fact_scenario *scenario, const struct cp_sim_own *own,
                             const struct cp_fact_scenario *other, const struct cp_sim_own *its)
{
    if (own->is_void != its->is_void) {
        return its->is_void;
    }
    if (own->length != its->length) {
        return own->length > its->length;
    }
    return cp_str_compare(cp_fact_str(outage->facts, scenario->id),
                          cp_fact_str(outage->facts, other->id)) < 0;
}

/* An automatic scenario whose standby is lost as well is not the case at hand: whatever it would
 * answer is left to the others, to redundancy and to waiting. */
const struct cp_fact_scenario *cp_sim_choose(struct cp_sim_own *own,
                                             const struct cp_sim_outage *outage)
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
        if (other.is_void && !outage->service->is_lost) {
            continue;
        }
        if (!best || is_chosen_before(outage, scenario, &other, best, own)) {
            best = scenario;
            *own = other;
        }
    }
    if (!best && outage->service->is_lost) {
        *own = promise(outage, NULL);
    }
    return best;
}
