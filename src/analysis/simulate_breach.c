/*
 * The promises that a plan breaks in its outage (R23, R24): of each kind the one that is exceeded
 * most; for the RPO, what is left of the stores that were hit.
 */
#include "simulate.h"

#include <stdlib.h>

/* ---- loss of data ---------------------------------------------------------------------------- */

/* A plan whose data were hit. */
struct damage {
    struct cp_sim_run *run;
    const struct cp_sim_service *service;
    const struct cp_facts *facts;
    const struct cp_fact_scenario *scenario;
    int64_t from;
};

static bool is_expendable(const struct cp_fact_store *store)
{
    bool is_rebuilt = store->rebuild_from != CP_ABSENT && store->rebuild_from != CP_NOT_APPLICABLE;
    bool is_canonical = store->canonical == CP_FACT_NOT_STATED || store->canonical == CP_FACT_YES;
    return is_rebuilt || !is_canonical;
}

/* Whether a lost plan loses its data with it. */
static bool is_all_hit(const struct damage *damage)
{
    if (!damage->service->is_lost || damage->service->waits_for_place) {
        return false;
    }
    uint8_t kind = damage->scenario ? damage->scenario->kind : (uint8_t)CP_FACT_ABSENT;
    return kind != CP_KIND_NETWORK && kind != CP_KIND_PEOPLE && kind != CP_KIND_PREMISES &&
           kind != CP_KIND_DENIAL_OF_SERVICE;
}

static bool is_left_behind(const struct damage *damage, struct cp_str place)
{
    const struct cp_sim_run *run = damage->run;
    for (uint32_t i = damage->service->first_hit; i != CP_SIM_NONE; i = run->hits.items[i].next) {
        const struct cp_sim_hit *hit = &run->hits.items[i];
        if (hit->is_moved && cp_sim_lies_in(place, run->lost.items[hit->lost].thing.id)) {
            return true;
        }
    }
    return false;
}

/* Whether all of it is where the plan has moved away from. */
static bool is_store_left(const struct damage *damage, const struct cp_fact_store *store)
{
    const struct cp_fact_word *words = cp_fact_words(damage->facts, store->located);
    for (uint32_t i = 0; i < store->located.count; i++) {
        if (words[i].state != CP_SET ||
            !is_left_behind(damage, cp_fact_str(damage->facts, words[i].text))) {
            return false;
        }
    }
    return store->located.count > 0;
}

static bool is_hit(const struct damage *damage, const struct cp_fact_store *store)
{
    struct cp_str id = cp_fact_str(damage->facts, store->id);
    bool is_lost = damage->service->has_store_hit && cp_sim_is_store_lost(damage->run, id);
    return store->state == CP_SET && !is_expendable(store) &&
           (is_lost || is_all_hit(damage) || is_store_left(damage, store));
}

static bool is_copy_lost(const struct damage *damage, const struct cp_fact_copy *copy)
{
    struct cp_fact_text place = copy->region_state == CP_SET ? copy->region : copy->provider;
    bool is_placed = copy->region_state == CP_SET || copy->provider_state == CP_SET;
    return copy->state == CP_SET && is_placed &&
           cp_sim_is_lost(damage->run, cp_fact_str(damage->facts, place));
}

/* When the data of the fastest copy that is left are that old, after `from`; false: none is left.
 */
static bool add_copy(int64_t *out, const struct damage *damage, struct cp_fact_list copies,
                     int64_t from)
{
    const struct cp_fact_copy *items = cp_fact_copies(damage->facts, copies);
    bool is_left = copies.count == 0;
    *out = copies.count > 0 ? CP_SIM_NEVER : from;
    for (uint32_t i = 0; i < copies.count; i++) {
        if (is_copy_lost(damage, &items[i])) {
            continue;
        }
        int64_t end =
            items[i].state == CP_SET ? cp_sim_end(damage->run, items[i].lag, from) : CP_SIM_NEVER;
        *out = end < *out ? end : *out;
        is_left = true;
    }
    return is_left;
}

/* How old what it restores is; false where nothing of it is left. */
static bool exposure_of(int64_t *out, const struct damage *damage,
                        const struct cp_fact_backup *backup)
{
    const struct cp_sim_run *run = damage->run;
    int64_t end = CP_SIM_NEVER;
    if (backup->every.state != CP_ABSENT) {
        end = cp_sim_end(run, backup->every, damage->from);
        end = cp_sim_end(run, backup->takes, end);
        end = cp_sim_end(run, backup->lag, end);
    }
    bool is_left = add_copy(&end, damage, backup->copies, end);
    *out = end == CP_SIM_NEVER ? end : end - damage->from;
    return is_left;
}

static bool is_corruption(const struct cp_fact_scenario *scenario)
{
    return scenario &&
           (scenario->kind == CP_KIND_DATA_CORRUPTION || scenario->kind == CP_KIND_RANSOMWARE);
}

/* The least exposure of each store by index. */
static void find_least(int64_t *least, const struct damage *damage)
{
    const struct cp_facts *facts = damage->facts;
    const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
    const struct cp_fact_backup *backups = cp_fact_backups(facts, facts->backups);
    struct cp_map ids;
    cp_map_init(&ids);
    for (uint32_t i = 0; i < facts->stores.count; i++) {
        least[i] = CP_SIM_NEVER;
        cp_map_put(&ids, cp_fact_str(facts, stores[i].id), &least[i]);
    }
    for (uint32_t i = 0; i < facts->backups.count; i++) {
        bool is_counted =
            backups[i].state == CP_SET && backups[i].store_state == CP_SET &&
            !(backups[i].method == CP_METHOD_REPLICA && is_corruption(damage->scenario));
        int64_t *of = is_counted ? cp_map_find(&ids, cp_fact_str(facts, backups[i].store)) : NULL;
        int64_t exposure;
        if (of && exposure_of(&exposure, damage, &backups[i])) {
            *of = exposure < *of ? exposure : *of;
        }
    }
    cp_map_release(&ids);
}

/* The worst of the stores hit; false: none is. */
static bool find_damage(int64_t *out, struct cp_str *store, const struct damage *damage)
{
    const struct cp_facts *facts = damage->facts;
    const struct cp_fact_store *stores = cp_fact_stores(facts, facts->stores);
    bool is_any = false;
    bool has_moved = damage->service->has_moved || damage->service->is_lost ||
                     damage->service->down_from != CP_SIM_NEVER;
    int64_t *least = cp_alloc((facts->stores.count + 1) * sizeof *least);
    if (has_moved && facts->stores.count > 0) {
        find_least(least, damage);
    }
    for (uint32_t i = 0; has_moved && i < facts->stores.count; i++) {
        if (is_hit(damage, &stores[i]) && (!is_any || least[i] > *out)) {
            *out = least[i];
            *store = cp_fact_str(facts, stores[i].id);
            is_any = true;
        }
    }
    free(least);
    return is_any;
}

/* ---- rows ------------------------------------------------------------------------------------ */

/* A promise as a row of the objectives makes it. */
struct promised {
    const struct cp_sim_run *run;
    const struct cp_facts *facts;
    const struct cp_fact_objective *row;
    struct cp_fact_length length;
    int64_t down_from;
    bool is_of_tier;
};

/* Whether the length counts: it is known, and there is a calendar to compare it on. */
static bool find_limit(int64_t *out, const struct promised *promised, int64_t from)
{
    const struct cp_almanac *almanac = promised->run->problem->almanac;
    bool is_working = promised->length.unit == CP_FACT_WORKING;
    int64_t start = from == CP_SIM_NEVER ? promised->down_from : from;
    if (promised->length.state != CP_SET ||
        (is_working && (almanac->is_assumed || almanac->is_unknown))) {
        return false;
    }
    int64_t end = cp_sim_end(promised->run, promised->length, start);
    *out = end == CP_SIM_NEVER ? end : end - start;
    return end != CP_SIM_NEVER;
}

static int64_t overrun(const struct cp_breach *breach)
{
    return breach->actual == CP_TIME_UNKNOWN ? CP_TIME_UNKNOWN : breach->actual - breach->limit;
}

/* Keeps it if it is one, and worse than the one before; `best->limit` below 0: there is none. */
static void keep_worst(struct cp_breach *best, const struct promised *promised,
                       enum cp_promise promise, int64_t from, int64_t actual)
{
    struct cp_breach breach = {.promise = promise,
                               .clock = promised->row->clock <= CP_CLOCK_DECLARATION
                                            ? (enum cp_clock)promised->row->clock
                                            : CP_CLOCK_DISRUPTION,
                               .subject = cp_fact_str(promised->facts, promised->row->subject),
                               .scenario = cp_fact_str(promised->facts, promised->row->scenario),
                               .actual = actual,
                               .is_working = promised->length.unit == CP_FACT_WORKING,
                               .is_of_tier = promised->is_of_tier};
    if (!find_limit(&breach.limit, promised, from) ||
        (actual != CP_TIME_UNKNOWN && actual <= breach.limit)) {
        return;
    }
    bool is_worse = best->limit < 0 || overrun(&breach) > overrun(best) ||
                    (overrun(&breach) == overrun(best) && breach.limit < best->limit);
    if (is_worse) {
        *best = breach;
    }
}

static int64_t since(int64_t end, int64_t start)
{
    return end == CP_SIM_NEVER || start == CP_SIM_NEVER ? CP_SIM_NEVER : end - start;
}

struct worst {
    struct cp_breach rto, rpo, mtpd;
};

/* What of a row is broken. */
static void judge_row(struct worst *worst, const struct damage *damage,
                      const struct cp_fact_objective *row, int64_t up, int64_t data)
{
    const struct cp_sim_service *service = damage->service;
    struct cp_fact_effective effective;
    struct promised promised = {
        .run = damage->run, .facts = damage->facts, .row = row, .down_from = damage->from};
    cp_fact_effective(&effective, damage->facts, row, damage->run->problem->portfolio);
    if (service->down_from != CP_SIM_NEVER) {
        int64_t start = cp_sim_clock_start(service, row);
        promised.length = effective.rto;
        promised.is_of_tier = row->rto.state == CP_ABSENT;
        keep_worst(&worst->rto, &promised, CP_PROMISE_RTO, start, since(up, start));
        promised.length = effective.mtpd;
        promised.is_of_tier = row->mtpd.state == CP_ABSENT;
        keep_worst(&worst->mtpd, &promised, CP_PROMISE_MTPD, service->down_from,
                   since(cp_sim_end(damage->run, effective.wrt, up), service->down_from));
    }
    if (data >= 0) {
        promised.length = effective.rpo;
        promised.is_of_tier = row->rpo.state == CP_ABSENT;
        keep_worst(&worst->rpo, &promised, CP_PROMISE_RPO, damage->from, data);
    }
}

static void add_breach(struct cp_service_outcome *out, const struct cp_breach *breach)
{
    if (breach->limit >= 0) {
        out->breaches.items[out->breaches.count++] = *breach;
    }
}

const struct cp_fact_scenario *cp_sim_scenario_of(const struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_facts *facts = cp_sim_facts(run->problem, plan);
    uint32_t scenario = run->services[plan].scenario;
    return scenario == CP_SIM_NONE ? NULL : &cp_fact_scenarios(facts, facts->scenarios)[scenario];
}

/* Working time that no calendar counts is compared with nothing (R22), which is said: it is no
 * promise kept. */
static void assume_of_row(struct cp_sim_run *run, uint32_t plan,
                          const struct cp_fact_objective *row)
{
    const struct cp_almanac *almanac = run->problem->almanac;
    struct cp_fact_effective effective;
    cp_fact_effective(&effective, cp_sim_facts(run->problem, plan), row, run->problem->portfolio);
    const struct cp_fact_length *lengths[] = {&effective.rto, &effective.mtpd};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (lengths[i]->state == CP_SET && lengths[i]->unit == CP_FACT_WORKING &&
            (almanac->is_assumed || almanac->is_unknown)) {
            cp_sim_assume(run, plan,
                          "an objective in working time is compared with nothing, since no "
                          "calendar states office hours");
            return;
        }
    }
}

void cp_sim_find_breaches(struct cp_service_outcome *out, struct cp_arena *arena,
                          struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_service *service = &run->services[plan];
    const struct cp_facts *facts = cp_sim_facts(run->problem, plan);
    const struct cp_fact_objective *rows = cp_fact_objectives(facts, facts->objectives);
    struct damage damage = {.run = run,
                            .service = service,
                            .facts = facts,
                            .scenario = cp_sim_scenario_of(run, plan),
                            .from = service->down_from == CP_SIM_NEVER ? 0 : service->down_from};
    struct cp_sim_rows chosen = cp_sim_rows_of(facts, damage.scenario);
    struct worst worst = {{.limit = -1}, {.limit = -1}, {.limit = -1}};
    struct cp_str store = {0};
    int64_t data = -1;
    if (!find_damage(&data, &store, &damage)) {
        data = -1;
    }
    for (uint32_t i = 0; i < facts->objectives.count; i++) {
        if (cp_sim_rows_has(&chosen, &rows[i])) {
            judge_row(&worst, &damage, &rows[i], out->up_again, data);
            if (service->down_from != CP_SIM_NEVER) {
                assume_of_row(run, plan, &rows[i]);
            }
        }
    }
    worst.rpo.store = store;
    out->breaches.items = cp_arena_alloc(arena, 3 * sizeof *out->breaches.items);
    add_breach(out, &worst.rto);
    add_breach(out, &worst.rpo);
    add_breach(out, &worst.mtpd);
}
