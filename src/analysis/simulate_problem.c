/*
 * The problem of a simulation: plans, suppliers and those who do the work as indices, compiled once
 * from a network and asked about many losses. Knows nothing of a loss.
 */
#include "simulate.h"

#include <stdlib.h>

enum { DAY = 24 * 60 * 60, PLACE_BYTES = 200 };

void cp_sim_numbers_push(struct cp_sim_numbers *numbers, uint32_t number)
{
    uint32_t *place = cp_list_push(numbers, sizeof *place);
    *place = number;
}

/* ---- names ----------------------------------------------------------------------------------- */

const struct cp_facts *cp_sim_facts(const struct cp_sim_problem *problem, uint32_t plan)
{
    return problem->network->plans[plan];
}

struct cp_str cp_sim_id(const struct cp_sim_problem *problem, uint32_t plan)
{
    return cp_network_id(problem->network, plan);
}

bool cp_sim_is_retired(const struct cp_sim_problem *problem, uint32_t plan)
{
    return cp_sim_facts(problem, plan)->phase == CP_RETIRED;
}

struct cp_str cp_sim_supplier_id(const struct cp_sim_problem *problem, uint32_t supplier)
{
    return problem->portfolio->config.suppliers.items[supplier].id.text;
}

uint32_t cp_sim_supplier_of(const struct cp_sim_problem *problem, struct cp_str place)
{
    const struct cp_supplier *items = problem->portfolio->config.suppliers.items;
    for (size_t len = place.len <= PLACE_BYTES ? place.len : 0; len > 0; len--) {
        if (len == place.len || place.at[len] == '.') {
            const struct cp_supplier *found =
                cp_portfolio_find_supplier(problem->portfolio, cp_str_slice(place, 0, len));
            if (found) {
                return (uint32_t)(found - items);
            }
        }
    }
    return CP_SIM_NONE;
}

bool cp_sim_lies_in(struct cp_str place, struct cp_str around)
{
    return around.len > 0 && place.len >= around.len &&
           cp_str_is_equal(cp_str_slice(place, 0, around.len), around) &&
           (place.len == around.len || place.at[around.len] == '.');
}

/* ---- links ----------------------------------------------------------------------------------- */

/* The numbers 0 to count - 1 by what `key` gives for each; NONE is left out. `*first` gets keys + 1
 * places. */
static uint32_t *group(struct cp_arena *arena, uint32_t **first, uint32_t keys, uint32_t count,
                       const struct cp_sim_link *links, uint32_t (*key)(const struct cp_sim_link *))
{
    uint32_t *starts = cp_arena_alloc(arena, (keys + 3) * sizeof *starts);
    uint32_t *numbers = cp_arena_room(arena, (count + 1) * sizeof *numbers);
    for (uint32_t i = 0; i < count; i++) {
        if (key(&links[i]) != CP_SIM_NONE) {
            starts[key(&links[i]) + 2]++;
        }
    }
    for (uint32_t i = 2; i < keys + 2; i++) {
        starts[i] += starts[i - 1];
    }
    /* One place further than where a key begins, which filling them in puts right. */
    for (uint32_t i = 0; i < count; i++) {
        if (key(&links[i]) != CP_SIM_NONE) {
            numbers[starts[key(&links[i]) + 1]++] = i;
        }
    }
    *first = starts;
    return numbers;
}

static uint32_t to_of(const struct cp_sim_link *link)
{
    return link->to;
}

static uint32_t supplier_of(const struct cp_sim_link *link)
{
    return link->supplier;
}

/* False where it leads to nothing that can be lost. */
static bool resolve_link(struct cp_sim_link *out, const struct cp_sim_problem *problem,
                         uint32_t plan, const struct cp_fact_dependency *fact)
{
    struct cp_str target = cp_fact_str(cp_sim_facts(problem, plan), fact->target.text);
    bool is_clear = fact->criticality <= CP_SOFT;
    *out = (struct cp_sim_link){.fact = fact,
                                .from = plan,
                                .to = CP_SIM_NONE,
                                .supplier = CP_SIM_NONE,
                                .criticality = is_clear ? fact->criticality : (uint8_t)CP_HARD,
                                .is_assumed = !is_clear,
                                .is_need = fact->recovery_needs == CP_FACT_YES ||
                                           fact->recovery_needs == CP_FACT_UNSURE};
    out->has_fallback = out->criticality == CP_HARD && fact->fallback == CP_SET;
    if (fact->target.state != CP_SET) {
        return false;
    }
    if (fact->kind == CP_ON_PLAN) {
        size_t to = cp_network_find(problem->network, target);
        if (to != SIZE_MAX && to != plan && !cp_sim_is_retired(problem, (uint32_t)to)) {
            out->to = (uint32_t)to;
        }
    } else if (fact->kind == CP_ON_SUPPLIER) {
        const struct cp_supplier *supplier = cp_portfolio_find_supplier(problem->portfolio, target);
        if (supplier) {
            out->supplier = (uint32_t)(supplier - problem->portfolio->config.suppliers.items);
        }
    }
    return out->to != CP_SIM_NONE || out->supplier != CP_SIM_NONE;
}

static void collect_links(struct cp_sim_problem *out)
{
    size_t most = 0;
    for (uint32_t i = 0; i < out->plans; i++) {
        most += cp_sim_facts(out, i)->dependencies.count;
    }
    out->links = cp_arena_room(&out->arena, (most + 1) * sizeof *out->links);
    out->first = cp_arena_room(&out->arena, (out->plans + 1) * sizeof *out->first);
    for (uint32_t i = 0; i < out->plans; i++) {
        const struct cp_facts *facts = cp_sim_facts(out, i);
        const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
        out->first[i] = out->link_count;
        for (uint32_t j = 0; !cp_sim_is_retired(out, i) && j < facts->dependencies.count; j++) {
            out->link_count += resolve_link(&out->links[out->link_count], out, i, &on[j]);
        }
    }
    out->first[out->plans] = out->link_count;
    out->incoming =
        group(&out->arena, &out->first_incoming, out->plans, out->link_count, out->links, to_of);
    out->by_supplier = group(&out->arena, &out->first_by_supplier, out->suppliers, out->link_count,
                             out->links, supplier_of);
}

/* ---- suppliers ------------------------------------------------------------------------------- */

static void add_grounds(struct cp_sim_problem *out, struct cp_sim_ground *grounds, uint32_t above)
{
    const struct cp_supplier *supplier = &out->portfolio->config.suppliers.items[above];
    for (size_t i = 0; i < supplier->runs_on.count; i++) {
        const struct cp_text *place = &supplier->runs_on.items[i];
        uint32_t below =
            place->leaf.state == CP_SET ? cp_sim_supplier_of(out, place->text) : CP_SIM_NONE;
        if (below != CP_SIM_NONE) {
            grounds[out->ground_count++] = (struct cp_sim_ground){above, below, place->text};
        }
    }
}

/* Who runs on whom, by those below. */
static void collect_grounds(struct cp_sim_problem *out)
{
    size_t most = 0;
    for (uint32_t i = 0; i < out->suppliers; i++) {
        most += out->portfolio->config.suppliers.items[i].runs_on.count;
    }
    struct cp_sim_ground *grounds = cp_arena_room(&out->arena, (most + 1) * sizeof *grounds);
    for (uint32_t i = 0; i < out->suppliers; i++) {
        add_grounds(out, grounds, i);
    }
    out->grounds = cp_arena_room(&out->arena, (most + 1) * sizeof *grounds);
    out->first_ground = cp_arena_alloc(&out->arena, (out->suppliers + 3) * sizeof(uint32_t));
    for (uint32_t i = 0; i < out->ground_count; i++) {
        out->first_ground[grounds[i].below + 2]++;
    }
    for (uint32_t i = 2; i < out->suppliers + 2; i++) {
        out->first_ground[i] += out->first_ground[i - 1];
    }
    for (uint32_t i = 0; i < out->ground_count; i++) {
        out->grounds[out->first_ground[grounds[i].below + 1]++] = grounds[i];
    }
}

/* ---- people and teams ------------------------------------------------------------------------ */

static uint32_t person_index(const struct cp_sim_problem *problem, struct cp_str id)
{
    const struct cp_person *person = cp_portfolio_find_person(problem->portfolio, id);
    return person ? (uint32_t)(person - problem->portfolio->config.people.items) : CP_SIM_NONE;
}

static uint32_t team_index(const struct cp_sim_problem *problem, const struct cp_text *id)
{
    const struct cp_team *team =
        id->leaf.state == CP_SET ? cp_portfolio_find_team(problem->portfolio, id->text) : NULL;
    return team ? (uint32_t)(team - problem->portfolio->config.teams.items) : CP_SIM_NONE;
}

static void add_person(struct cp_sim_problem *out, const struct cp_person *person)
{
    struct cp_sim_holder *holder = cp_list_push(&out->holders, sizeof *holder);
    holder->id = person->id.text;
    holder->kind = CP_HOLDER_PERSON;
    holder->team = team_index(out, &person->team);
    holder->hours = person->hours.leaf.state != CP_ABSENT ? &person->hours : NULL;
    holder->until = INT64_MAX;
    if (person->until.leaf.state == CP_SET) {
        holder->until =
            cp_zone_instant(&out->almanac->zone, ((int64_t)person->until.date.days + 1) * DAY);
    }
}

static void add_team(struct cp_sim_problem *out, const struct cp_team *team)
{
    struct cp_sim_holder *holder = cp_list_push(&out->holders, sizeof *holder);
    holder->id = team->id.text;
    holder->kind = CP_HOLDER_TEAM;
    holder->team = CP_SIM_NONE;
    holder->hours = team->hours.leaf.state != CP_ABSENT ? &team->hours : NULL;
    holder->call_out = &team->call_out;
    holder->until = INT64_MAX;
    holder->stated = team->capacity.leaf.state == CP_SET ? team->capacity.value : 0;
}

/* Puts person i, whose team it may become, among the members of a team. */
static void add_member(struct cp_sim_problem *out, struct cp_sim_numbers *members, uint32_t team,
                       const struct cp_text *member)
{
    uint32_t person = member->leaf.state == CP_SET ? person_index(out, member->text) : CP_SIM_NONE;
    if (person != CP_SIM_NONE && out->holders.items[person].team == CP_SIM_NONE) {
        out->holders.items[person].team = team;
    }
    cp_sim_numbers_push(members, person);
}

static bool is_listed(const struct cp_sim_holder *team, const struct cp_sim_numbers *members,
                      uint32_t person)
{
    for (size_t i = team->first_member; i < members->count; i++) {
        if (members->items[i] == person) {
            return true;
        }
    }
    return false;
}

/* Those whom the team lists, then those who say that they are of it. */
static void collect_members(struct cp_sim_problem *out, struct cp_sim_numbers *members,
                            uint32_t team, const struct cp_sim_numbers *claims)
{
    const struct cp_team *stated = &out->portfolio->config.teams.items[team];
    struct cp_sim_holder *holder = &out->holders.items[out->people + team];
    holder->first_member = (uint32_t)members->count;
    for (size_t i = 0; i < stated->members.count; i++) {
        add_member(out, members, team, &stated->members.items[i]);
    }
    for (size_t i = 0; i < claims->count; i++) {
        if (!is_listed(holder, members, claims->items[i])) {
            cp_sim_numbers_push(members, claims->items[i]);
        }
    }
    holder->member_count = (uint32_t)members->count - holder->first_member;
}

/* What a person leaves to the team: hours and call-out. */
static void inherit_from_team(struct cp_sim_problem *out, struct cp_sim_holder *person)
{
    if (person->team == CP_SIM_NONE) {
        return;
    }
    const struct cp_sim_holder *team = &out->holders.items[out->people + person->team];
    person->call_out = team->call_out;
    person->hours = person->hours ? person->hours : team->hours;
}

static void collect_holders(struct cp_sim_problem *out)
{
    const struct cp_config *config = &out->portfolio->config;
    struct cp_sim_numbers members = {0};
    struct cp_sim_numbers *claims = cp_alloc((out->teams + 1) * sizeof *claims);
    for (uint32_t i = 0; i < out->people; i++) {
        add_person(out, &config->people.items[i]);
    }
    for (uint32_t i = 0; i < out->teams; i++) {
        add_team(out, &config->teams.items[i]);
        claims[i] = (struct cp_sim_numbers){0};
    }
    for (uint32_t i = 0; i < out->people; i++) {
        if (out->holders.items[i].team != CP_SIM_NONE) {
            cp_sim_numbers_push(&claims[out->holders.items[i].team], i);
        }
    }
    for (uint32_t i = 0; i < out->teams; i++) {
        collect_members(out, &members, i, &claims[i]);
        cp_list_release(&claims[i]);
    }
    for (uint32_t i = 0; i < out->people; i++) {
        inherit_from_team(out, &out->holders.items[i]);
    }
    free(claims);
    out->members = members.items;
}

static void index_stores(struct cp_sim_problem *out)
{
    cp_map_init(&out->stores);
    for (uint32_t i = 0; i < out->plans; i++) {
        const struct cp_facts *facts = cp_sim_facts(out, i);
        const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
        for (uint32_t j = 0; !cp_sim_is_retired(out, i) && j < facts->stores.count; j++) {
            if (stores[j].state == CP_SET && stores[j].id.len > 0) {
                cp_map_put(&out->stores, cp_fact_str(facts, stores[j].id), (void *)facts);
            }
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

void cp_sim_problem_init(struct cp_sim_problem *out, const struct cp_network *network,
                         const struct cp_almanac *almanac)
{
    const struct cp_config *config = &network->portfolio->config;
    *out = (struct cp_sim_problem){.network = network,
                                   .portfolio = network->portfolio,
                                   .almanac = almanac,
                                   .plans = (uint32_t)network->count,
                                   .suppliers = (uint32_t)config->suppliers.count,
                                   .people = (uint32_t)config->people.count,
                                   .teams = (uint32_t)config->teams.count};
    cp_arena_init(&out->arena);
    cp_map_init(&out->texts);
    index_stores(out);
    /* Without an almanac, to ask for names alone. */
    if (almanac) {
        cp_worktime_init(&out->office, almanac, NULL, &out->arena);
        collect_grounds(out);
        collect_links(out);
        cp_sim_components(out);
        collect_holders(out);
    }
}

void cp_sim_problem_release(struct cp_sim_problem *problem)
{
    for (size_t i = 0; i < problem->holders.count; i++) {
        struct cp_sim_holder *holder = &problem->holders.items[i];
        cp_list_release(&holder->running);
        cp_list_release(&holder->queue);
        cp_list_release(&holder->rivals);
    }
    cp_list_release(&problem->holders);
    free(problem->members);
    cp_map_release(&problem->texts);
    cp_map_release(&problem->stores);
    cp_arena_release(&problem->arena);
}
