/*
 * Objectives: which rows count, when a promise falls due, what is broken (R8, R23, R24).
 */
#include "reckoning.h"

static bool is_known(struct length length)
{
    return length.kind != NOT_STATED && length.kind != UNKNOWN_LENGTH;
}

static bool is_working(struct length length)
{
    return length.kind == WORKING_MINUTES || length.kind == WORKING_DAYS;
}

/* ---- rows ------------------------------------------------------------------------------------ */

static struct limits filled(const struct world *world, const struct plan *plan, struct limits own)
{
    if (world->has_tiers && plan->tier > 0) {
        const struct limits *tier = &world->tiers[plan->tier - 1];
        own.mtpd = own.mtpd.kind == NOT_STATED ? tier->mtpd : own.mtpd;
        own.rto = own.rto.kind == NOT_STATED ? tier->rto : own.rto;
        own.wrt = own.wrt.kind == NOT_STATED ? tier->wrt : own.wrt;
        own.rpo = own.rpo.kind == NOT_STATED ? tier->rpo : own.rpo;
    }
    return own;
}

/* The rows of the scenario, else those without one, else all. */
int reckon_rows(struct limits out[MOST_OBJECTIVES], enum clock clocks[MOST_OBJECTIVES],
                const struct world *world, int plan, int scenario)
{
    const struct plan *it = &world->plans[plan];
    int count = 0;
    for (int pass = scenario < 0 ? 1 : 0; pass < 3 && count == 0; pass++) {
        for (int i = 0; i < it->objective_count; i++) {
            const struct name *of = &it->objectives[i].scenario;
            bool is_taken = pass == 0   ? name_is_same(of, &it->scenarios[scenario].id)
                            : pass == 1 ? !name_is_stated(of)
                                        : true;
            if (is_taken) {
                clocks[count] = it->objectives[i].clock;
                out[count++] = filled(world, it, it->objectives[i].limits);
            }
        }
    }
    return count;
}

int reckon_clock(const struct service *service, enum clock clock)
{
    return clock == CLOCK_DETECTION     ? service->detected
           : clock == CLOCK_DECLARATION ? service->declared
                                        : service->down_from;
}

int reckon_deadline(struct reckoning *r, int plan, int scenario, int *length)
{
    struct limits rows[MOST_OBJECTIVES];
    enum clock clocks[MOST_OBJECTIVES];
    int count = reckon_rows(rows, clocks, r->world, plan, scenario);
    int earliest = NEVER;
    *length = NEVER;
    for (int i = 0; i < count; i++) {
        int from = reckon_clock(&r->services[plan], clocks[i]);
        if (!is_known(rows[i].rto)) {
            continue;
        }
        int end = almanac_length_end(&r->almanac, rows[i].rto, from);
        int own = end < NEVER                   ? end - from
                  : rows[i].rto.kind == ELAPSED ? rows[i].rto.amount
                                                : NEVER;
        if (end < earliest || (end == earliest && own < *length)) {
            earliest = end;
            *length = own;
        }
    }
    return earliest;
}

/* ---- loss of data ---------------------------------------------------------------------------- */

static bool is_corruption(enum kind kind)
{
    return kind == KIND_CORRUPTION || kind == KIND_RANSOMWARE;
}

static bool is_harmless(enum kind kind)
{
    return kind == KIND_NETWORK || kind == KIND_PEOPLE || kind == KIND_PREMISES ||
           kind == KIND_DENIAL;
}

static enum kind kind_of(const struct reckoning *r, int plan)
{
    int scenario = r->services[plan].scenario;
    return scenario < 0 ? KIND_ABSENT : r->world->plans[plan].scenarios[scenario].kind;
}

static bool lies_in_moved(const struct service *service, const struct store *store)
{
    int inside = 0;
    for (int i = 0; i < store->located.count; i++) {
        bool is_inside = false;
        for (int j = 0; j < service->moved_count; j++) {
            is_inside |= place_contains(&service->moved_from[j], &store->located.at[i]);
        }
        inside += is_inside;
    }
    return store->located.count > 0 && inside == store->located.count;
}

static bool is_hit(const struct reckoning *r, int plan, const struct store *store)
{
    const struct service *service = &r->services[plan];
    if (store->is_not_canonical || store->is_rebuilt) {
        return false;
    }
    return (service->is_lost && !service->is_waiting && !is_harmless(kind_of(r, plan))) ||
           names_has(&service->stores, &store->id) || lies_in_moved(service, store);
}

static bool is_copy_lost(const struct reckoning *r, const struct copy *copy)
{
    if (name_is_stated(&copy->region)) {
        return is_place_lost(r, &copy->region);
    }
    return name_is_stated(&copy->provider) && is_place_lost(r, &copy->provider);
}

/* Adds a part that may be left out; NEVER where it is unknown. */
static int plus(int sum, struct length part)
{
    if (part.kind == UNKNOWN_LENGTH || sum >= NEVER) {
        return NEVER;
    }
    return sum + (part.kind == NOT_STATED ? 0 : part.amount);
}

/* -1: all copies are lost. */
static int exposure_of(const struct reckoning *r, const struct backup *backup)
{
    int sum = backup->every.kind == NOT_STATED ? NEVER : plus(0, backup->every);
    int fastest = -1;
    sum = plus(plus(sum, backup->takes), backup->lag);
    if (backup->copy_count == 0) {
        return sum;
    }
    for (int i = 0; i < backup->copy_count; i++) {
        if (!is_copy_lost(r, &backup->copies[i])) {
            int lag = plus(0, backup->copies[i].lag);
            fastest = fastest < 0 || lag < fastest ? lag : fastest;
        }
    }
    if (fastest < 0) {
        return -1;
    }
    return fastest >= NEVER || sum >= NEVER ? NEVER : sum + fastest;
}

/* The worst of the stores hit, each by its least exposure; -1: none is hit. */
static int data_lost(const struct reckoning *r, int plan)
{
    const struct plan *it = &r->world->plans[plan];
    int worst = -1;
    for (int i = 0; i < it->store_count; i++) {
        int least = NEVER;
        if (!is_hit(r, plan, &it->stores[i])) {
            continue;
        }
        for (int j = 0; j < it->backup_count; j++) {
            const struct backup *backup = &it->backups[j];
            bool is_useless = backup->is_replica && is_corruption(kind_of(r, plan));
            if (name_is_same(&backup->store, &it->stores[i].id) && !is_useless) {
                int exposure = exposure_of(r, backup);
                least = exposure >= 0 && exposure < least ? exposure : least;
            }
        }
        worst = least > worst ? least : worst;
    }
    return worst;
}

/* ---- breaches -------------------------------------------------------------------------------- */

/* Keeps the row with the greatest overrun. */
static void judge(struct breach *breach, int limit, int actual)
{
    long overrun = actual >= NEVER ? NEVER : (long)actual - limit;
    long worst = breach->actual >= NEVER ? NEVER : (long)breach->actual - breach->limit;
    if (overrun > 0 &&
        (!breach->is_breached || overrun > worst || (overrun == worst && limit < breach->limit))) {
        *breach = (struct breach){true, limit, actual};
    }
}

/* A working limit counts from the clock's start on the calendar, and where that is unknown from the
 * disruption. */
static void judge_time(struct reckoning *r, struct breach *breach, struct length limit,
                       int down_from, int from, int until)
{
    if (!is_known(limit) || (is_working(limit) && !r->world->calendar.is_stated)) {
        return;
    }
    int counted = from < NEVER ? from : down_from;
    int length = almanac_length_end(&r->almanac, limit, counted) - counted;
    judge(breach, length, from >= NEVER || until >= NEVER ? NEVER : until - from);
}

static void breaches_of(struct reckoning *r, int plan, struct outcome *out)
{
    const struct service *service = &r->services[plan];
    struct limits rows[MOST_OBJECTIVES];
    enum clock clocks[MOST_OBJECTIVES];
    int count = reckon_rows(rows, clocks, r->world, plan, service->scenario);
    bool is_moved = service->was_down || service->is_lost || service->moved_count > 0;
    int lost = is_moved ? data_lost(r, plan) : -1;
    for (int i = 0; i < count; i++) {
        if (service->was_down) {
            judge_time(r, &out->breaches[PROMISE_RTO], rows[i].rto, service->down_from,
                       reckon_clock(service, clocks[i]), service->last_up);
            judge_time(r, &out->breaches[PROMISE_MTPD], rows[i].mtpd, service->down_from,
                       service->down_from,
                       almanac_length_end(&r->almanac, rows[i].wrt, service->last_up));
        }
        if (lost >= 0 && is_known(rows[i].rpo)) {
            judge(&out->breaches[PROMISE_RPO], rows[i].rpo.amount, lost);
        }
    }
}

void reckon_breaches(struct reckoning *r, struct answer *out)
{
    for (int i = 0; i < r->world->plan_count; i++) {
        if (out->outcomes[i].is_present) {
            breaches_of(r, i, &out->outcomes[i]);
        }
    }
}
