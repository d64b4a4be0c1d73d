/*
 * What is lost in the end (R1 to R4): what was asked for, what falls with it, when it is back, and
 * which plans have a place in it. Knows nothing of recovery.
 */
#include "simulate.h"

#include <stdlib.h>

enum { PLACE_BYTES = 200 }; /* as of a place in a plan */

/* ---- what is asked for ----------------------------------------------------------------------- */

uint32_t cp_sim_find_lost(const struct cp_sim_run *run, struct cp_str id)
{
    uintptr_t found = (uintptr_t)cp_map_find(&run->lost_ids, id);
    return found == 0 ? CP_SIM_NONE : (uint32_t)(found - 1);
}

/* Adds a thing unless it is there; the first kind of an id stays. */
static void add_lost(struct cp_sim_run *run, enum cp_thing_kind kind, struct cp_str id)
{
    if (cp_sim_find_lost(run, id) != CP_SIM_NONE) {
        return;
    }
    struct cp_sim_lost *lost = cp_list_push(&run->lost, sizeof *lost);
    *lost = (struct cp_sim_lost){.thing = {kind, id}, .supplier = CP_SIM_NONE};
    cp_map_put(&run->lost_ids, id, (void *)(uintptr_t)run->lost.count);
    if (kind == CP_THING_SUPPLIER || kind == CP_THING_REGION || kind == CP_THING_ZONE) {
        lost->supplier = cp_sim_supplier_of(run->problem, id);
    }
    if (kind == CP_THING_SUPPLIER) {
        run->is_supplier_lost[lost->supplier] = true;
    }
}

/* Whether it lies in a declared region, as validation asks of whoever names a zone. */
static bool is_zone(const struct cp_portfolio *portfolio, struct cp_str id)
{
    for (size_t len = id.len > 0 && id.len <= PLACE_BYTES ? id.len - 1 : 0; len > 1; len--) {
        if (id.at[len - 1] == '.' &&
            cp_map_find(&portfolio->regions, cp_str_slice(id, 0, len - 1))) {
            return true;
        }
    }
    return false;
}

bool cp_sim_classify(enum cp_thing_kind *out, const struct cp_sim_problem *problem,
                     struct cp_str id)
{
    const struct cp_portfolio *portfolio = problem->portfolio;
    size_t plan = cp_network_find(problem->network, id);
    if (plan != SIZE_MAX && !cp_sim_is_retired(problem, (uint32_t)plan)) {
        *out = CP_THING_SERVICE;
    } else if (cp_portfolio_find_supplier(portfolio, id)) {
        *out = CP_THING_SUPPLIER;
    } else if (cp_map_find(&portfolio->regions, id)) {
        *out = CP_THING_REGION;
    } else if (cp_portfolio_find_person(portfolio, id)) {
        *out = CP_THING_PERSON;
    } else if (cp_portfolio_find_team(portfolio, id)) {
        *out = CP_THING_TEAM;
    } else if (cp_map_find(&problem->stores, id)) {
        *out = CP_THING_STORE;
    } else if (is_zone(portfolio, id)) {
        *out = CP_THING_ZONE;
    } else {
        return false;
    }
    return true;
}

static void lose(struct cp_sim_run *run, struct cp_str id)
{
    enum cp_thing_kind kind;
    if (!cp_sim_classify(&kind, run->problem, id)) {
        return;
    }
    /* A plan may be called by its file's name as well. */
    if (kind == CP_THING_SERVICE) {
        id = cp_sim_id(run->problem, (uint32_t)cp_network_find(run->problem->network, id));
    }
    add_lost(run, kind, id);
}

const struct cp_fact_scenario *cp_sim_find_scenario(const struct cp_facts *facts, struct cp_str id)
{
    const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
    for (uint32_t i = 0; id.len > 0 && i < facts->scenarios.count; i++) {
        if (scenarios[i].state == CP_SET &&
            cp_str_is_equal(cp_fact_str(facts, scenarios[i].id), id)) {
            return &scenarios[i];
        }
    }
    return NULL;
}

/* Without anything named, what the scenario loses; else the plan that declares it. */
static void lose_by_scenario(struct cp_sim_run *run)
{
    for (uint32_t i = 0; i < run->problem->plans; i++) {
        const struct cp_facts *facts = cp_sim_facts(run->problem, i);
        const struct cp_fact_scenario *scenario =
            cp_sim_is_retired(run->problem, i) ? NULL
                                               : cp_sim_find_scenario(facts, run->loss->scenario);
        if (!scenario) {
            continue;
        }
        const struct cp_fact_word *words = cp_fact_words(facts, scenario->loses);
        for (uint32_t j = 0; j < scenario->loses.count; j++) {
            lose(run, cp_fact_str(facts, words[j].text));
        }
        if (scenario->loses.count == 0) {
            add_lost(run, CP_THING_SERVICE, cp_sim_id(run->problem, i));
        }
    }
}

/* ---- what falls with it ---------------------------------------------------------------------- */

bool cp_sim_is_lost(const struct cp_sim_run *run, struct cp_str id)
{
    for (size_t len = id.len; len > 0; len--) {
        if ((len == id.len || id.at[len] == '.') &&
            cp_sim_find_lost(run, cp_str_slice(id, 0, len)) != CP_SIM_NONE) {
            return true;
        }
    }
    return false;
}

static void lose_regions(struct cp_sim_run *run, uint32_t supplier)
{
    const struct cp_supplier *of = &run->problem->portfolio->config.suppliers.items[supplier];
    for (size_t i = 0; i < of->regions.count; i++) {
        const struct cp_text *region = &of->regions.items[i];
        if (region->leaf.state == CP_SET) {
            add_lost(run, CP_THING_REGION,
                     cp_arena_printf(&run->arena, "%.*s.%.*s", (int)of->id.text.len, of->id.text.at,
                                     (int)region->text.len, region->text.at));
        }
    }
}

/* Each thing takes with it who runs on it, and those in turn. */
static void sink(struct cp_sim_run *run)
{
    const struct cp_sim_problem *problem = run->problem;
    for (size_t i = 0; i < run->lost.count; i++) {
        uint32_t supplier = run->lost.items[i].supplier;
        struct cp_str place = run->lost.items[i].thing.id;
        if (supplier == CP_SIM_NONE) {
            continue;
        }
        if (run->lost.items[i].thing.kind == CP_THING_SUPPLIER) {
            lose_regions(run, supplier);
        }
        for (uint32_t j = problem->first_ground[supplier]; j < problem->first_ground[supplier + 1];
             j++) {
            if (cp_sim_lies_in(problem->grounds[j].place, place)) {
                add_lost(run, CP_THING_SUPPLIER,
                         cp_sim_supplier_id(problem, problem->grounds[j].above));
            }
        }
    }
}

static void find_widest(struct cp_sim_run *run)
{
    for (uint32_t i = 0; i < run->lost.count; i++) {
        struct cp_sim_lost *lost = &run->lost.items[i];
        struct cp_str around = lost->thing.id;
        while (around.len > 0 && around.at[around.len - 1] != '.') {
            around.len--;
        }
        lost->is_widest =
            lost->supplier != CP_SIM_NONE &&
            (around.len == 0 || !cp_sim_is_lost(run, cp_str_slice(around, 0, around.len - 1)));
        if (lost->is_widest) {
            cp_sim_numbers_push(&run->widest, i);
        }
    }
}

/* ---- when it is back ------------------------------------------------------------------------- */

int64_t cp_sim_term(const struct cp_sim_run *run, uint32_t supplier)
{
    if (run->change.kind == CP_CHANGE_TERM && run->change.index == supplier) {
        return run->change.term;
    }
    const struct cp_supplier *of = &run->problem->portfolio->config.suppliers.items[supplier];
    struct cp_fact_length rto = cp_fact_length_of(&of->commits.rto);
    bool is_stated = of->commits.leaf.state == CP_SET && rto.state != CP_ABSENT;
    return is_stated ? cp_sim_end(run, rto, 0) : CP_SIM_NEVER;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Whether it leaves open what it runs on. */
static bool is_ground_in_doubt(const struct cp_supplier *supplier)
{
    bool is_in_doubt = cp_sim_is_in_doubt(supplier->runs_on.leaf.state);
    for (size_t i = 0; i < supplier->runs_on.count; i++) {
        is_in_doubt |= supplier->runs_on.items[i].leaf.state != CP_SET;
    }
    return is_in_doubt;
}

/* Whether another supplier, or a place of one, was lost to begin with. */
static bool has_other(const struct cp_sim_run *run, uint32_t supplier)
{
    for (size_t i = 0; i < run->asked; i++) {
        uint32_t other = run->lost.items[i].supplier;
        if (other != CP_SIM_NONE && other != supplier) {
            return true;
        }
    }
    return false;
}

/* The latest of those below `supplier` that are lost with what it runs on, however deep; NEVER
 * where one of them may run on something else that is lost. */
static int64_t latest_below(struct cp_sim_run *run, uint32_t supplier)
{
    const struct cp_sim_problem *problem = run->problem;
    struct cp_sim_numbers queue = {0};
    int64_t latest = 0;
    run->ground++;
    run->ground_mark[supplier] = run->ground;
    cp_sim_numbers_push(&queue, supplier);
    for (size_t i = 0; i < queue.count; i++) {
        const struct cp_supplier *of = &problem->portfolio->config.suppliers.items[queue.items[i]];
        if (is_ground_in_doubt(of) && has_other(run, queue.items[i])) {
            latest = CP_SIM_NEVER;
        }
        for (size_t j = 0; j < of->runs_on.count; j++) {
            struct cp_str place = of->runs_on.items[j].text;
            uint32_t below = cp_sim_supplier_of(problem, place);
            if (below == CP_SIM_NONE || run->ground_mark[below] == run->ground ||
                !cp_sim_is_lost(run, place)) {
                continue;
            }
            latest = later(latest, cp_sim_term(run, below));
            if (run->is_supplier_lost[below]) {
                run->ground_mark[below] = run->ground;
                cp_sim_numbers_push(&queue, below);
            }
        }
    }
    cp_list_release(&queue);
    return latest;
}

int64_t cp_sim_back(struct cp_sim_run *run, uint32_t supplier, const struct cp_fact_length *own)
{
    if (own && own->state != CP_ABSENT) {
        return later(cp_sim_end(run, *own, 0), latest_below(run, supplier));
    }
    if (run->back[supplier] < 0) {
        run->back[supplier] = later(cp_sim_term(run, supplier), latest_below(run, supplier));
    }
    return run->back[supplier];
}

int64_t cp_sim_back_for(struct cp_sim_run *run, uint32_t plan, uint32_t supplier)
{
    const struct cp_sim_problem *problem = run->problem;
    int64_t latest = -1;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        if (problem->links[i].supplier == supplier &&
            problem->links[i].fact->rto.state != CP_ABSENT) {
            latest = later(latest, cp_sim_back(run, supplier, &problem->links[i].fact->rto));
        }
    }
    return latest >= 0 ? latest : cp_sim_back(run, supplier, NULL);
}

/* ---- whom it hits ---------------------------------------------------------------------------- */

static void add_hit(struct cp_sim_run *run, uint32_t plan, uint32_t lost, bool is_inside)
{
    struct cp_sim_service *service = cp_sim_touch(run, plan);
    for (uint32_t i = service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        if (run->hits.items[i].lost == lost) {
            run->hits.items[i].is_inside &= is_inside;
            return;
        }
    }
    struct cp_sim_hit *hit = cp_list_push(&run->hits, sizeof *hit);
    *hit = (struct cp_sim_hit){.lost = lost, .next = service->first_hit, .is_inside = is_inside};
    service->first_hit = (uint32_t)run->hits.count - 1;
}

static void hit_place(struct cp_sim_run *run, uint32_t plan, struct cp_str place)
{
    for (size_t i = 0; i < run->widest.count; i++) {
        uint32_t lost = run->widest.items[i];
        struct cp_str id = run->lost.items[lost].thing.id;
        bool is_in = cp_sim_lies_in(place, id);
        if (is_in || cp_sim_lies_in(id, place)) {
            add_hit(run, plan, lost, !is_in);
        }
    }
}

/* Whether one of the list lies in the place. */
static bool has_within(const struct cp_facts *facts, struct cp_fact_list list, struct cp_str place)
{
    const struct cp_fact_word *words = cp_fact_words(facts, list);
    for (uint32_t i = 0; i < list.count; i++) {
        if (words[i].state == CP_SET && cp_sim_lies_in(cp_fact_str(facts, words[i].text), place)) {
            return true;
        }
    }
    return false;
}

/* The most specific of where it runs: a region of which a zone is stated is left out, and so on. */
static void hit_plan(struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_facts *facts = cp_sim_facts(run->problem, plan);
    const struct cp_fact_word *zones = cp_fact_words(facts, facts->zones);
    const struct cp_fact_word *regions = cp_fact_words(facts, facts->regions);
    struct cp_str hosting = cp_fact_str(facts, facts->hosting);
    for (uint32_t i = 0; i < facts->zones.count; i++) {
        if (zones[i].state == CP_SET) {
            hit_place(run, plan, cp_fact_str(facts, zones[i].text));
        }
    }
    for (uint32_t i = 0; i < facts->regions.count; i++) {
        struct cp_str region = cp_fact_str(facts, regions[i].text);
        if (regions[i].state == CP_SET && !has_within(facts, facts->zones, region)) {
            hit_place(run, plan, region);
        }
    }
    if (facts->hosting_state == CP_SET && !has_within(facts, facts->zones, hosting) &&
        !has_within(facts, facts->regions, hosting)) {
        hit_place(run, plan, hosting);
    }
}

/* ---- zones that somebody names --------------------------------------------------------------- */

/* A zone is declared by nobody: it is told as lost where it is named. */
static void lose_zone(struct cp_sim_run *run, struct cp_str place)
{
    struct cp_str region = place;
    while (region.len > 0 && region.at[region.len - 1] != '.') {
        region.len--;
    }
    enum cp_thing_kind kind;
    if (region.len > 0 && cp_sim_is_lost(run, place) &&
        cp_map_find(&run->problem->portfolio->regions, cp_str_slice(region, 0, region.len - 1)) &&
        cp_sim_classify(&kind, run->problem, place) && kind == CP_THING_ZONE) {
        add_lost(run, CP_THING_ZONE, place);
    }
}

static void lose_zones_of_list(struct cp_sim_run *run, const struct cp_facts *facts,
                               struct cp_fact_list list)
{
    const struct cp_fact_word *words = cp_fact_words(facts, list);
    for (uint32_t i = 0; i < list.count; i++) {
        if (words[i].state == CP_SET) {
            lose_zone(run, cp_fact_str(facts, words[i].text));
        }
    }
}

static void lose_zones_of_plan(struct cp_sim_run *run, const struct cp_facts *facts)
{
    const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
    const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
    const struct cp_fact_redundancy *rows = cp_fact_redundancies(facts, facts->redundancy);
    const struct cp_fact_backup *backups = cp_fact_backups(facts, facts->backups);
    lose_zones_of_list(run, facts, facts->zones);
    lose_zones_of_list(run, facts, facts->regions);
    for (uint32_t i = 0; i < facts->scenarios.count; i++) {
        lose_zones_of_list(run, facts, scenarios[i].loses);
    }
    for (uint32_t i = 0; i < facts->stores.count; i++) {
        lose_zones_of_list(run, facts, stores[i].located);
    }
    for (uint32_t i = 0; i < facts->redundancy.count; i++) {
        lose_zone(run, cp_fact_str(facts, rows[i].uses));
    }
    for (uint32_t i = 0; i < facts->backups.count; i++) {
        const struct cp_fact_copy *copies = cp_fact_copies(facts, backups[i].copies);
        for (uint32_t j = 0; j < backups[i].copies.count; j++) {
            lose_zone(run, cp_fact_str(facts, copies[j].region));
        }
    }
}

static void lose_zones(struct cp_sim_run *run)
{
    const struct cp_sim_problem *problem = run->problem;
    for (uint32_t i = 0; i < problem->plans; i++) {
        if (!cp_sim_is_retired(problem, i)) {
            lose_zones_of_plan(run, cp_sim_facts(problem, i));
        }
    }
    for (uint32_t i = 0; i < problem->ground_count; i++) {
        lose_zone(run, problem->grounds[i].place);
    }
}

/* ---- what is not known of it ----------------------------------------------------------------- */

/* By supplier: whether it, or another that it runs on, leaves open what it runs on. The caller
 * frees it. */
static bool *find_doubts(const struct cp_sim_problem *problem)
{
    const struct cp_supplier *suppliers = problem->portfolio->config.suppliers.items;
    bool *out = cp_alloc(problem->suppliers + 1);
    struct cp_sim_numbers queue = {0};
    for (uint32_t i = 0; i < problem->suppliers; i++) {
        out[i] = is_ground_in_doubt(&suppliers[i]);
        if (out[i]) {
            cp_sim_numbers_push(&queue, i);
        }
    }
    for (size_t i = 0; i < queue.count; i++) {
        for (uint32_t j = problem->first_ground[queue.items[i]];
             j < problem->first_ground[queue.items[i] + 1]; j++) {
            uint32_t above = problem->grounds[j].above;
            if (!out[above]) {
                out[above] = true;
                cp_sim_numbers_push(&queue, above);
            }
        }
    }
    cp_list_release(&queue);
    return out;
}

/* A supplier in doubt that could be lost with what was. */
static bool is_doubted(const struct cp_sim_run *run, const bool *doubts, uint32_t supplier)
{
    return supplier != CP_SIM_NONE && doubts[supplier] && !run->is_supplier_lost[supplier] &&
           has_other(run, supplier);
}

static bool has_doubted_place(const struct cp_sim_run *run, const struct cp_facts *facts,
                              const bool *doubts)
{
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_fact_list lists[] = {facts->regions, facts->zones};
    bool is_doubted_place =
        is_doubted(run, doubts, cp_sim_supplier_of(problem, cp_fact_str(facts, facts->hosting)));
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct cp_fact_word *words = cp_fact_words(facts, lists[i]);
        for (uint32_t j = 0; j < lists[i].count; j++) {
            struct cp_str place = cp_fact_str(facts, words[j].text);
            is_doubted_place |= is_doubted(run, doubts, cp_sim_supplier_of(problem, place));
        }
    }
    return is_doubted_place;
}

static bool has_doubted_link(const struct cp_sim_run *run, uint32_t plan, const bool *doubts)
{
    const struct cp_sim_problem *problem = run->problem;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        if (problem->links[i].criticality != CP_SOFT &&
            is_doubted(run, doubts, problem->links[i].supplier)) {
            return true;
        }
    }
    return false;
}

/* Where the answer rests on that something which is not known is not lost. */
static void assume_of_places(struct cp_sim_run *run)
{
    const struct cp_sim_problem *problem = run->problem;
    bool *doubts = find_doubts(problem);
    for (uint32_t i = 0; i < problem->plans; i++) {
        const struct cp_facts *facts = cp_sim_facts(problem, i);
        if (cp_sim_is_retired(problem, i)) {
            continue;
        }
        if (has_doubted_link(run, i, doubts) || has_doubted_place(run, facts, doubts)) {
            cp_sim_assume(run, i,
                          "a supplier of which it is not known what it runs on is taken not to "
                          "fall with what is lost");
        }
        if (cp_sim_is_in_doubt(facts->hosting_state) || cp_sim_is_in_doubt(facts->regions.state) ||
            cp_sim_is_in_doubt(facts->zones.state)) {
            cp_sim_assume(run, i,
                          "where it runs is not known: it is taken to run nowhere else than where "
                          "it says");
        }
    }
    free(doubts);
}

/* ---- who is not there ------------------------------------------------------------------------ */

static void send_away(struct cp_sim_run *run, uint32_t holder)
{
    cp_sim_touch_holder(run, holder)->is_away = true;
}

static void lose_team(struct cp_sim_run *run, uint32_t team)
{
    const struct cp_sim_problem *problem = run->problem;
    const struct cp_sim_holder *holder = &problem->holders.items[problem->people + team];
    send_away(run, problem->people + team);
    for (uint32_t i = 0; i < holder->member_count; i++) {
        uint32_t member = problem->members[holder->first_member + i];
        if (member != CP_SIM_NONE) {
            send_away(run, member);
        }
    }
}

static void lose_people(struct cp_sim_run *run)
{
    const struct cp_portfolio *portfolio = run->problem->portfolio;
    for (size_t i = 0; i < run->lost.count; i++) {
        struct cp_thing thing = run->lost.items[i].thing;
        if (thing.kind == CP_THING_PERSON) {
            send_away(run, (uint32_t)(cp_portfolio_find_person(portfolio, thing.id) -
                                      portfolio->config.people.items));
        } else if (thing.kind == CP_THING_TEAM) {
            lose_team(run, (uint32_t)(cp_portfolio_find_team(portfolio, thing.id) -
                                      portfolio->config.teams.items));
        }
    }
    for (size_t i = 0; i < run->loss->absent_count; i++) {
        const struct cp_person *person = cp_portfolio_find_person(portfolio, run->loss->absent[i]);
        if (person) {
            send_away(run, (uint32_t)(person - portfolio->config.people.items));
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void lose_stores(struct cp_sim_run *run, struct cp_str id)
{
    for (uint32_t i = 0; i < run->problem->plans; i++) {
        const struct cp_facts *facts = cp_sim_facts(run->problem, i);
        const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
        for (uint32_t j = 0; !cp_sim_is_retired(run->problem, i) && j < facts->stores.count; j++) {
            if (stores[j].state == CP_SET &&
                cp_str_is_equal(cp_fact_str(facts, stores[j].id), id)) {
                cp_sim_touch(run, i)->has_store_hit = true;
            }
        }
    }
}

void cp_sim_lose(struct cp_sim_run *run)
{
    const struct cp_sim_problem *problem = run->problem;
    for (size_t i = 0; i < run->loss->lost_count; i++) {
        lose(run, run->loss->lost[i]);
    }
    if (run->loss->lost_count == 0) {
        lose_by_scenario(run);
    }
    run->asked = run->lost.count;
    sink(run);
    find_widest(run);
    lose_people(run);
    for (size_t i = 0; i < run->lost.count; i++) {
        struct cp_thing thing = run->lost.items[i].thing;
        if (thing.kind == CP_THING_SERVICE) {
            cp_sim_touch(run, (uint32_t)cp_network_find(problem->network, thing.id))->is_lost =
                true;
        } else if (thing.kind == CP_THING_STORE) {
            lose_stores(run, thing.id);
        }
    }
    if (run->widest.count > 0 && !run->is_quiet) {
        lose_zones(run);
        assume_of_places(run);
    }
    for (uint32_t i = 0; run->widest.count > 0 && i < problem->plans; i++) {
        if (!cp_sim_is_retired(problem, i)) {
            hit_plan(run, i);
        }
    }
}
