/*
 * The simulation of an outage: what can be lost, one loss lived through, and the whole of a
 * critical path. The arithmetic is in the files beside this one.
 */
#include "simulate.h"

#include <assert.h>
#include <stdlib.h>

/* ---- words ----------------------------------------------------------------------------------- */

const char *cp_thing_name(enum cp_thing_kind kind)
{
    static const char *const names[] = {
        [CP_THING_SERVICE] = "service", [CP_THING_SUPPLIER] = "supplier",
        [CP_THING_REGION] = "region",   [CP_THING_ZONE] = "zone",
        [CP_THING_STORE] = "store",     [CP_THING_PERSON] = "person",
        [CP_THING_TEAM] = "team"};
    return names[kind];
}

const char *cp_service_state_name(enum cp_service_state state)
{
    static const char *const names[] = {[CP_SERVICE_UNAFFECTED] = "unaffected",
                                        [CP_SERVICE_DEGRADED] = "degraded",
                                        [CP_SERVICE_DOWN] = "down"};
    return names[state];
}

const char *cp_hold_name(enum cp_hold_kind kind)
{
    static const char *const names[] = {
        [CP_HOLD_NONE] = "none",
        [CP_HOLD_DETECTION] = "detection",
        [CP_HOLD_DECLARATION] = "declaration",
        [CP_HOLD_CALL_OUT] = "call-out",
        [CP_HOLD_STEP] = "step",
        [CP_HOLD_RUNBOOK] = "runbook",
        [CP_HOLD_NEED] = "recovery need",
        [CP_HOLD_DEPENDENCY] = "dependency",
        [CP_HOLD_RESUME] = "resume",
        [CP_HOLD_RETURN] = "return",
        [CP_HOLD_BUSY] = "busy",
        [CP_HOLD_HOURS] = "hours",
        [CP_HOLD_SWITCH_OVER] = "switch-over",
        [CP_HOLD_PROMISE] = "promise",
        [CP_HOLD_CIRCLE] = "circle",
        [CP_HOLD_UNFILLED] = "unfilled",
        [CP_HOLD_UNSTATED] = "unknown",
        [CP_HOLD_DEADLOCK] = "deadlock",
    };
    return names[kind];
}

const char *cp_promise_name(enum cp_promise promise)
{
    static const char *const names[] = {
        [CP_PROMISE_RTO] = "rto", [CP_PROMISE_RPO] = "rpo", [CP_PROMISE_MTPD] = "mtpd"};
    return names[promise];
}

/* ---- what can be lost ------------------------------------------------------------------------ */

struct things {
    struct cp_thing *items;
    size_t count;
    size_t capacity;
};

static void add_thing(struct things *things, enum cp_thing_kind kind, struct cp_str id)
{
    struct cp_thing *thing = cp_list_push(things, sizeof *thing);
    *thing = (struct cp_thing){kind, id};
}

static void add_declared(struct things *things, struct cp_arena *arena,
                         const struct cp_portfolio *portfolio)
{
    const struct cp_config *config = &portfolio->config;
    for (size_t i = 0; i < config->suppliers.count; i++) {
        const struct cp_supplier *supplier = &config->suppliers.items[i];
        if (supplier->id.leaf.state != CP_SET) {
            continue;
        }
        add_thing(things, CP_THING_SUPPLIER, supplier->id.text);
        for (size_t j = 0; j < supplier->regions.count; j++) {
            struct cp_str id = supplier->id.text;
            struct cp_str region = supplier->regions.items[j].text;
            if (supplier->regions.items[j].leaf.state == CP_SET) {
                add_thing(things, CP_THING_REGION,
                          cp_arena_printf(arena, "%.*s.%.*s", (int)id.len, id.at, (int)region.len,
                                          region.at));
            }
        }
    }
    for (size_t i = 0; i < config->people.count; i++) {
        if (config->people.items[i].id.leaf.state == CP_SET) {
            add_thing(things, CP_THING_PERSON, config->people.items[i].id.text);
        }
    }
    for (size_t i = 0; i < config->teams.count; i++) {
        if (config->teams.items[i].id.leaf.state == CP_SET) {
            add_thing(things, CP_THING_TEAM, config->teams.items[i].id.text);
        }
    }
}

static void add_of_plan(struct things *things, const struct cp_facts *facts)
{
    const struct cp_fact_word *zones = cp_fact_words(facts, facts->zones);
    const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
    add_thing(things, CP_THING_SERVICE, cp_fact_str(facts, facts->id));
    for (uint32_t i = 0; i < facts->zones.count; i++) {
        if (zones[i].state == CP_SET) {
            add_thing(things, CP_THING_ZONE, cp_fact_str(facts, zones[i].text));
        }
    }
    for (uint32_t i = 0; i < facts->stores.count; i++) {
        if (stores[i].state == CP_SET && stores[i].id.len > 0) {
            add_thing(things, CP_THING_STORE, cp_fact_str(facts, stores[i].id));
        }
    }
}

static int compare_things(const void *a, const void *b)
{
    const struct cp_thing *left = a;
    const struct cp_thing *right = b;
    return left->kind != right->kind ? (int)left->kind - (int)right->kind
                                     : cp_str_compare(left->id, right->id);
}

size_t cp_things_get(struct cp_thing **out, struct cp_arena *arena,
                     const struct cp_network *network)
{
    struct things things = {0};
    struct cp_sim_problem problem;
    cp_sim_problem_init(&problem, network, NULL);
    add_declared(&things, arena, network->portfolio);
    for (uint32_t i = 0; i < problem.plans; i++) {
        if (!cp_sim_is_retired(&problem, i)) {
            add_of_plan(&things, cp_sim_facts(&problem, i));
        }
    }
    if (things.count > 0) {
        qsort(things.items, things.count, sizeof *things.items, compare_things);
    }
    *out = cp_arena_alloc(arena, (things.count + 1) * sizeof(**out));
    size_t count = 0;
    for (size_t i = 0; i < things.count; i++) {
        enum cp_thing_kind kind;
        bool is_again = i > 0 && compare_things(&things.items[i], &things.items[i - 1]) == 0;
        if (!is_again && cp_sim_classify(&kind, &problem, things.items[i].id) &&
            kind == things.items[i].kind) {
            (*out)[count++] = things.items[i];
        }
    }
    cp_list_release(&things);
    cp_sim_problem_release(&problem);
    return count;
}

bool cp_network_can_lose(const struct cp_network *network, struct cp_str id)
{
    struct cp_sim_problem problem;
    enum cp_thing_kind kind;
    cp_sim_problem_init(&problem, network, NULL);
    bool can = cp_sim_classify(&kind, &problem, id);
    cp_sim_problem_release(&problem);
    return can;
}

bool cp_network_has_scenario(const struct cp_network *network, struct cp_str id)
{
    for (size_t i = 0; i < network->count; i++) {
        if (network->plans[i]->phase != CP_RETIRED && cp_sim_find_scenario(network->plans[i], id)) {
            return true;
        }
    }
    return false;
}

/* ---- one loss -------------------------------------------------------------------------------- */

void cp_simulate(struct cp_simulation *out, struct cp_arena *arena,
                 const struct cp_network *network, const struct cp_loss *loss)
{
    struct cp_sim_problem problem;
    struct cp_sim_run run;
    assert(loss->almanac);
    cp_sim_problem_init(&problem, network, loss->almanac);
    cp_sim_run_init(&run, &problem);
    cp_sim_run_start(&run, loss);
    cp_sim_go(&run);
    cp_sim_report(out, arena, &run);
    run.is_quiet = run.is_unlimited = true;
    cp_sim_run_start(&run, loss);
    cp_sim_go(&run);
    out->lower_bound = cp_sim_bound(&run);
    cp_sim_run_release(&run);
    cp_sim_problem_release(&problem);
}

/* ---- the whole of a critical path ------------------------------------------------------------ */

/* The outcome of the plan, by binary search; NULL. */
static const struct cp_service_outcome *find_outcome(const struct cp_simulation *simulation,
                                                     size_t plan)
{
    size_t low = 0;
    size_t high = simulation->services.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (simulation->services.items[middle].plan < plan) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool is_found =
        low < simulation->services.count && simulation->services.items[low].plan == plan;
    return is_found ? &simulation->services.items[low] : NULL;
}

/* Whether the stretch goes on with the path of the service that it names. */
static bool is_waiting_for_service(const struct cp_hold *hold)
{
    return hold->to != CP_TIME_UNKNOWN &&
           (hold->kind == CP_HOLD_NEED || hold->kind == CP_HOLD_DEPENDENCY);
}

size_t cp_simulation_trace(struct cp_hold **out, struct cp_arena *arena,
                           const struct cp_network *network, const struct cp_simulation *simulation,
                           size_t service, size_t most)
{
    struct cp_hold *holds = cp_arena_alloc(arena, (most + 1) * sizeof *holds);
    const struct cp_service_outcome *at = &simulation->services.items[service];
    size_t count = 0;
    while (at && count < most) {
        const struct cp_service_outcome *next = NULL;
        size_t left = at->critical_path.count;
        for (; left > 0 && count < most; left--) {
            const struct cp_hold *hold = &at->critical_path.items[left - 1];
            size_t plan =
                is_waiting_for_service(hold) ? cp_network_find(network, hold->name) : SIZE_MAX;
            next = plan != SIZE_MAX ? find_outcome(simulation, plan) : NULL;
            /* What it waited for tells the rest, unless that came up at another time since. */
            if (next && next->up_again == hold->to) {
                break;
            }
            next = NULL;
            holds[count] = *hold;
            if (holds[count].service.len == 0) {
                holds[count].service = cp_network_id(network, at->plan);
            }
            count++;
        }
        at = next;
    }
    for (size_t i = 0; i < count / 2; i++) {
        struct cp_hold swap = holds[i];
        holds[i] = holds[count - 1 - i];
        holds[count - 1 - i] = swap;
    }
    *out = holds;
    return count;
}
