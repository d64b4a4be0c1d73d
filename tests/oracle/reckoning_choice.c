/*
 * Which scenario a plan uses, what that answers, and what its own recovery consists of (R5 to R9).
 */
#include "reckoning.h"

#include <string.h>

static int later(int a, int b)
{
    return a > b ? a : b;
}

/* ---- runbooks -------------------------------------------------------------------------------- */

static bool has_timed_step(const struct runbook *runbook)
{
    for (int i = 0; i < runbook->step_count; i++) {
        if (runbook->steps[i].duration.kind != NOT_STATED) {
            return true;
        }
    }
    return false;
}

bool is_counted(const struct runbook *runbook)
{
    bool is_recovery = runbook->type != TYPE_FAILBACK && runbook->type != TYPE_COMMUNICATIONS;
    bool is_timed = has_timed_step(runbook) || runbook->duration.kind != NOT_STATED;
    return is_recovery && (is_timed || runbook->are_steps_unknown);
}

bool is_unclear(const struct runbook *runbook)
{
    return runbook->are_steps_unknown && runbook->duration.kind == NOT_STATED;
}

/* Steps wait for earlier ones only, so one pass in their order tells all ends. */
static int path_of(const struct reckoning *r, const struct runbook *runbook)
{
    int ends[MOST_STEPS];
    int last = 0;
    if (is_unclear(runbook)) {
        return NEVER;
    }
    if (!has_timed_step(runbook)) {
        return job_minutes(r, runbook->duration);
    }
    for (int i = 0; i < runbook->step_count; i++) {
        const struct step *step = &runbook->steps[i];
        int start = step->has_after || i == 0 ? 0 : ends[i - 1];
        for (int j = 0; j < i; j++) {
            if (names_has(&step->after, &runbook->steps[j].id)) {
                start = later(start, ends[j]);
            }
        }
        ends[i] = start + job_minutes(r, step->duration);
        ends[i] = ends[i] < NEVER ? ends[i] : NEVER;
        last = later(last, ends[i]);
    }
    return last;
}

int reckon_critical_path(const struct reckoning *r, int plan, const struct scenario *scenario)
{
    const struct plan *it = &r->world->plans[plan];
    int sum = -1;
    for (int i = 0; i < it->runbook_count; i++) {
        const struct runbook *runbook = &it->runbooks[i];
        if (names_has(&scenario->runbooks, &runbook->id) && is_counted(runbook)) {
            int path = path_of(r, runbook);
            sum = (sum < 0 ? 0 : sum) + path;
            sum = sum < NEVER ? sum : NEVER;
        }
    }
    return sum;
}

/* ---- redundancy ------------------------------------------------------------------------------ */

/* Whether it loses the place, or something that contains it. */
static bool loses_place(const struct scenario *scenario, const struct name *place)
{
    for (int i = 0; i < scenario->loses.count; i++) {
        if (place_contains(&scenario->loses.at[i], place)) {
            return true;
        }
    }
    return false;
}

enum { NO_STANDBY = -1, LOST_STANDBY = -2 };

/* How long the first redundancy against the kind takes whose standby is not lost, be it in a
 * scenario that is only supposed (or NULL). One of which not all is known takes an unknown time. */
static int find_row(const struct reckoning *r, int plan, enum against against,
                    const struct scenario *supposed)
{
    const struct plan *it = &r->world->plans[plan];
    int found = NO_STANDBY;
    for (int i = 0; i < it->redundancy_count; i++) {
        const struct redundancy *row = &it->redundancy[i];
        if (row->against != against || (row->level == LEVEL_NONE && !row->is_level_unknown)) {
            continue;
        }
        if (is_place_lost(r, &row->uses) || (supposed && loses_place(supposed, &row->uses))) {
            found = LOST_STANDBY;
            continue;
        }
        if (row->is_level_unknown || row->is_use_unknown) {
            return NEVER;
        }
        if (row->takes.kind == ELAPSED) {
            return row->takes.amount;
        }
        bool is_at_once = row->takes.kind == NOT_STATED && row->level == LEVEL_ACTIVE;
        return is_at_once ? 0 : NEVER;
    }
    return it->is_redundancy_unknown ? NEVER : found;
}

static int find_switch_over(const struct reckoning *r, int plan, const struct name *place,
                            const struct scenario *supposed)
{
    static const enum against kinds[] = {AGAINST_SUPPLIER, AGAINST_REGION, AGAINST_ZONE};
    int found = NO_STANDBY;
    for (int i = place_depth(place); i >= 0; i--) {
        int takes = find_row(r, plan, kinds[i], supposed);
        if (takes >= 0) {
            return takes;
        }
        found = takes == LOST_STANDBY ? takes : found;
    }
    return found;
}

/* ---- what a scenario is about ---------------------------------------------------------------- */

static bool is_answering(const struct scenario *scenario)
{
    return scenario->response != WAIT && scenario->response != ACCEPT;
}

static bool loses_edge(const struct reckoning *r, int plan, int edge,
                       const struct scenario *scenario)
{
    return loses_place(scenario, &r->world->plans[plan].dependencies[edge].target);
}

/* A store is the business of data-loss scenarios, and of the one that is asked for (R4). */
static bool loses_store(const struct reckoning *r, const struct scenario *scenario,
                        const struct name *store)
{
    bool is_asked = name_is_same(&scenario->id, &r->world->question.scenario);
    return (is_asked || scenario->kind == KIND_DATA_LOSS) && names_has(&scenario->loses, store);
}

/* What a choice looks at: an edge that takes the plan down now. `is_early`: before the first
 * instant. */
static bool is_edge_hit(struct reckoning *r, int plan, int edge, bool is_early)
{
    const struct dependency *dependency = &r->world->plans[plan].dependencies[edge];
    if (is_early) {
        bool is_hard =
            dependency->criticality == HARD || dependency->criticality == CRITICALITY_ABSENT;
        return is_hard && !dependency->has_fallback && r->services[plan].edges[edge].back >= 0;
    }
    return is_edge_blocking(r, plan, edge);
}

static bool is_candidate(struct reckoning *r, int plan, const struct scenario *scenario,
                         bool is_early)
{
    const struct service *service = &r->services[plan];
    if (service->is_lost) {
        return true;
    }
    for (int i = 0; i < service->hit_count; i++) {
        if (loses_place(scenario, &service->hits[i])) {
            return true;
        }
    }
    for (int i = 0; i < service->stores.count; i++) {
        if (loses_store(r, scenario, &service->stores.at[i])) {
            return true;
        }
    }
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        if (is_edge_hit(r, plan, i, is_early) && loses_edge(r, plan, i, scenario)) {
            return true;
        }
    }
    return false;
}

/* ---- how long a scenario takes --------------------------------------------------------------- */

/* The longest; but the worst of what has none. */
static int all_of(const int *takes, int count)
{
    int longest = NO_STANDBY;
    int worst = 0;
    for (int i = 0; i < count; i++) {
        worst = takes[i] < worst ? takes[i] : worst;
        longest = later(longest, takes[i]);
    }
    return worst < 0 ? worst : longest;
}

/* Of an automatic one: how long all takes that it answers. */
static int switch_of_lost(const struct reckoning *r, int plan, const struct scenario *scenario)
{
    int takes[MOST_NAMES];
    int count = 0;
    for (int i = 0; i < scenario->loses.count; i++) {
        const struct name *thing = &scenario->loses.at[i];
        bool is_store = false;
        for (int j = 0; j < r->world->plans[plan].store_count; j++) {
            is_store |= name_is_same(&r->world->plans[plan].stores[j].id, thing);
        }
        if (is_store || find_supplier(r->world, thing) >= 0) {
            takes[count++] = is_store ? find_row(r, plan, AGAINST_DATA, scenario)
                                      : find_switch_over(r, plan, thing, scenario);
        }
    }
    return all_of(takes, count);
}

static int switch_of_hit(struct reckoning *r, int plan, const struct scenario *scenario,
                         bool is_early)
{
    const struct service *service = &r->services[plan];
    int takes[MOST_HITS + MOST_NAMES + MOST_DEPENDENCIES];
    int count = 0;
    for (int i = 0; i < service->hit_count; i++) {
        if (loses_place(scenario, &service->hits[i])) {
            takes[count++] = find_switch_over(r, plan, &service->hits[i], NULL);
        }
    }
    for (int i = 0; i < service->stores.count; i++) {
        if (loses_store(r, scenario, &service->stores.at[i])) {
            takes[count++] = find_row(r, plan, AGAINST_DATA, NULL);
        }
    }
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        if (is_edge_hit(r, plan, i, is_early) && loses_edge(r, plan, i, scenario)) {
            bool is_supplier = service->edges[i].supplier >= 0;
            takes[count++] = is_supplier ? find_row(r, plan, AGAINST_SUPPLIER, NULL) : -1;
        }
    }
    return all_of(takes, count);
}

/* Of a waiting one: when the last of it is back; -1: it loses nothing that comes back. */
static int return_of_lost(struct reckoning *r, int plan, const struct scenario *scenario)
{
    int last = -1;
    for (int i = 0; i < scenario->loses.count; i++) {
        if (find_supplier(r->world, &scenario->loses.at[i]) >= 0) {
            last = later(last, reckon_return(r, plan, &scenario->loses.at[i]));
        }
    }
    return last;
}

static int return_of_hit(struct reckoning *r, int plan, const struct scenario *scenario)
{
    const struct service *service = &r->services[plan];
    int last = 0;
    for (int i = 0; i < service->hit_count; i++) {
        if (loses_place(scenario, &service->hits[i])) {
            last = later(last, reckon_return(r, plan, &service->hits[i]));
        }
    }
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        if (service->edges[i].supplier >= 0 && is_edge_hit(r, plan, i, false) &&
            loses_edge(r, plan, i, scenario)) {
            last = later(last, service->edges[i].back);
        }
    }
    for (int i = 0; i < service->stores.count; i++) {
        last = loses_store(r, scenario, &service->stores.at[i]) ? NEVER : last;
    }
    return last;
}

/* How a scenario would recover. */
struct way {
    int own;
    int switch_over; /* -1: not by itself */
    int wait_until;
    bool is_promised, has_runbooks, is_waiting;
    bool is_void; /* automatic, with its standby lost as well */
};

static struct way way_of(struct reckoning *r, int plan, int index, bool is_early)
{
    const struct scenario *scenario = &r->world->plans[plan].scenarios[index];
    bool is_lost = r->services[plan].is_lost;
    struct way way = {.own = reckon_critical_path(r, plan, scenario), .switch_over = -1};
    way.has_runbooks = way.own >= 0;
    int back = -1;
    if (!is_answering(scenario)) {
        back = is_lost ? return_of_lost(r, plan, scenario) : return_of_hit(r, plan, scenario);
        way.wait_until = later(back, 0);
        way.is_waiting = back >= 0;
    }
    if (way.has_runbooks) {
        return way;
    }
    if (back >= 0) {
        way.own = back;
        return way;
    }
    if (scenario->response == AUTOMATIC) {
        way.switch_over = is_lost ? switch_of_lost(r, plan, scenario)
                                  : switch_of_hit(r, plan, scenario, is_early);
        way.is_void = way.switch_over == LOST_STANDBY;
        way.switch_over = way.is_void ? NEVER : way.switch_over;
        way.own = way.switch_over;
    }
    if (way.switch_over < 0) {
        way.is_promised = true;
        reckon_deadline(r, plan, index, &way.own);
    }
    return way;
}

/* The scenario asked for, else the longest; -1. */
static int choose(struct reckoning *r, int plan, bool is_early)
{
    const struct plan *it = &r->world->plans[plan];
    bool is_lost = r->services[plan].is_lost;
    int best = -1;
    struct way longest = {.own = -1};
    for (int i = 0; i < it->scenario_count; i++) {
        const struct scenario *scenario = &it->scenarios[i];
        if (!is_candidate(r, plan, scenario, is_early)) {
            continue;
        }
        if (name_is_same(&scenario->id, &r->world->question.scenario)) {
            return i;
        }
        struct way way = way_of(r, plan, i, is_early);
        bool is_first = best >= 0 && strcmp(scenario->id.text, it->scenarios[best].id.text) < 0;
        bool is_longer = way.own > longest.own || (way.own == longest.own && is_first);
        if (way.is_void && !is_lost) {
            continue;
        }
        if (best < 0 || (way.is_void == longest.is_void ? is_longer : longest.is_void)) {
            best = i;
            longest = way;
        }
    }
    return best;
}

/* ---- what it answers ------------------------------------------------------------------------- */

static void move_away(struct service *service, int hit)
{
    service->moved_from[service->moved_count++] = service->hits[hit];
    service->hits[hit] = service->hits[--service->hit_count];
}

static void answer_hits(struct reckoning *r, int plan, const struct scenario *scenario)
{
    struct service *service = &r->services[plan];
    for (int i = service->hit_count - 1; i >= 0; i--) {
        if (loses_place(scenario, &service->hits[i])) {
            move_away(service, i);
        }
    }
}

static void answer_edges(struct reckoning *r, int plan, const struct scenario *scenario)
{
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        if (loses_edge(r, plan, i, scenario)) {
            r->services[plan].edges[i].is_answered = true;
        }
    }
}

/* A redundancy also answers dependencies on the supplier (R7). */
static void answer_by_switch(struct reckoning *r, int plan, int hit)
{
    struct service *service = &r->services[plan];
    int supplier = find_supplier(r->world, &service->hits[hit]);
    for (int i = 0; i < r->world->plans[plan].dependency_count; i++) {
        service->edges[i].is_answered |= service->edges[i].supplier == supplier;
    }
    move_away(service, hit);
}

void reckon_silent_answers(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    const struct plan *it = &r->world->plans[plan];
    int index = choose(r, plan, true);
    if (index >= 0) {
        struct way way = way_of(r, plan, index, true);
        if (way.switch_over == 0) {
            answer_hits(r, plan, &it->scenarios[index]);
            answer_edges(r, plan, &it->scenarios[index]);
            bool is_all = true;
            for (int i = 0; i < service->stores.count; i++) {
                is_all &= loses_store(r, &it->scenarios[index], &service->stores.at[i]);
            }
            service->are_stores_answered = is_all;
            service->scenario = index;
            service->is_silent = true;
        }
    }
    for (int i = service->hit_count - 1; i >= 0; i--) {
        if (!(index >= 0 && loses_place(&it->scenarios[index], &service->hits[i])) &&
            find_switch_over(r, plan, &service->hits[i], NULL) == 0) {
            answer_by_switch(r, plan, i);
        }
    }
}

/* ---- the choice ------------------------------------------------------------------------------ */

static void begin_promise(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    int own;
    service->promised = reckon_deadline(r, plan, service->scenario, &own);
    service->own = later(service->own, own);
    reckoning_note(r, service->promised);
}

static void follow_scenario(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    const struct scenario *scenario = &r->world->plans[plan].scenarios[service->scenario];
    struct way way = way_of(r, plan, service->scenario, false);
    service->own = way.own;
    service->switch_over = way.switch_over;
    service->wait_until = way.wait_until;
    service->is_waiting = service->is_lost && way.is_waiting;
    if (way.is_promised) {
        begin_promise(r, plan);
    }
    if (way.has_runbooks) {
        reckon_jobs(r, plan);
    }
    for (int i = 0; i < service->stores.count && !service->is_lost; i++) {
        service->is_hopeless |=
            !loses_store(r, scenario, &service->stores.at[i]) && !service->are_stores_answered;
    }
    if (is_answering(scenario)) {
        answer_hits(r, plan, scenario);
        answer_edges(r, plan, scenario);
    }
}

/* Places that no scenario answers: by redundancy, else waited for (R7). */
static void answer_rest(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    const struct scenario *chosen =
        service->scenario >= 0 ? &r->world->plans[plan].scenarios[service->scenario] : NULL;
    for (int i = service->hit_count - 1; i >= 0; i--) {
        const struct name *hit = &service->hits[i];
        bool is_awaited = chosen && loses_place(chosen, hit);
        int takes = is_awaited ? -1 : find_switch_over(r, plan, hit, NULL);
        if (takes >= 0) {
            service->switch_over = later(service->switch_over, takes);
            service->own = later(service->own, takes);
            answer_by_switch(r, plan, i);
        } else {
            service->wait_until = later(service->wait_until, reckon_return(r, plan, hit));
        }
    }
}

void reckon_choice(struct reckoning *r, int plan)
{
    struct service *service = &r->services[plan];
    const struct plan *it = &r->world->plans[plan];
    service->is_chosen = true;
    service->detected = almanac_length_end(&r->almanac, it->detect, service->down_from);
    service->declared = almanac_length_end(&r->almanac, it->declare, service->detected);
    service->scenario = choose(r, plan, false);
    service->own = 0;
    if (service->scenario >= 0) {
        follow_scenario(r, plan);
    } else if (service->is_lost) {
        begin_promise(r, plan);
    }
    service->is_hopeless |= service->scenario < 0 && service->stores.count > 0 &&
                            !service->is_lost && !service->are_stores_answered;
    answer_rest(r, plan);
    service->own = service->is_hopeless ? NEVER : service->own;
    int length;
    service->deadline = reckon_deadline(r, plan, service->scenario, &length);
    reckoning_note(r, service->declared);
    reckoning_note(r, service->wait_until);
}
