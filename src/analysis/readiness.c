/*
 * Readiness (recovery.md): when a plan can be back with what must be up before it, at its longest,
 * and which objectives that breaks. What is unknown adds nothing, so that every number is a lower
 * bound of the longest.
 */
#include "survey.h"

static const struct cp_duration zero;

static bool is_longer(const struct cp_network *network, struct cp_duration a, struct cp_duration b)
{
    return cp_duration_judge(a, b, network->portfolio) == CP_OVER;
}

/* ---- what is waited for ---------------------------------------------------------------------- */

/* One dependency as a need; false where it is none, or not known. */
static bool find_need(struct cp_need *out, const struct cp_survey *survey, size_t plan,
                      const struct cp_fact_dependency *on)
{
    const struct cp_network *network = survey->network;
    const struct cp_facts *facts = network->plans[plan];
    *out = (struct cp_need){on, NONE, zero};
    if (on->recovery_needs != CP_FACT_YES || on->target.state != CP_SET ||
        on->kind == CP_ON_NAME_INTERNAL) {
        return false;
    }
    if (on->kind != CP_ON_PLAN) {
        struct cp_fact_length back = cp_commitment_find(network->portfolio, facts, on, false);
        out->length = cp_fact_duration(back);
        return back.state == CP_SET;
    }
    size_t to = cp_network_find(network, cp_fact_str(facts, on->target.text));
    if (to == SIZE_MAX || network->plans[to]->phase == CP_RETIRED || !survey->ready[to].is_known) {
        return false;
    }
    out->plan = (uint32_t)to;
    out->length = survey->ready[to].length;
    return true;
}

static bool is_lost_in(const struct cp_facts *facts, const struct cp_fact_scenario *scenario,
                       const struct cp_fact_dependency *on)
{
    struct cp_str target = cp_fact_str(facts, on->target.text);
    const struct cp_fact_word *loses = cp_fact_words(facts, scenario->loses);
    for (uint32_t i = 0; i < scenario->loses.count; i++) {
        if (cp_str_is_equal(cp_fact_str(facts, loses[i].text), target)) {
            return true;
        }
    }
    return false;
}

/* The longest need of a plan, without what the scenario loses (NULL: none). */
static struct cp_need find_longest(const struct cp_survey *survey, size_t plan,
                                   const struct cp_fact_scenario *scenario)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
    struct cp_need longest = {NULL, NONE, zero};
    struct cp_need need;
    for (uint32_t i = 0; i < facts->dependencies.count; i++) {
        if (find_need(&need, survey, plan, &on[i]) &&
            (!longest.on || is_longer(survey->network, need.length, longest.length)) &&
            !(scenario && is_lost_in(facts, scenario, &on[i]))) {
            longest = need;
        }
    }
    return longest;
}

/* The longest need by scenario; looked for anew only where the scenario loses the one that is
 * longest otherwise, and then, of very many, not at all. */
static struct cp_need need_in(const struct cp_survey *survey, size_t plan,
                              const struct cp_need *longest,
                              const struct cp_fact_scenario *scenario)
{
    enum { MOST = 64 };
    const struct cp_facts *facts = survey->network->plans[plan];
    if (!longest->on || !is_lost_in(facts, scenario, longest->on)) {
        return *longest;
    }
    return facts->dependencies.count <= MOST ? find_longest(survey, plan, scenario)
                                             : (struct cp_need){NULL, NONE, zero};
}

/* ---- scenarios ------------------------------------------------------------------------------- */

/* A scenario of a plan with what it takes: own recovery behind the longest need. */
struct course {
    const struct cp_fact_scenario *scenario;
    struct cp_duration own, total;
    struct cp_need need;
    bool is_own_stated; /* an objective names the scenario */
};

struct courses {
    struct course *items;
    size_t count;
    struct cp_need longest; /* whatever the scenario */
    struct cp_map by_id;    /* -> struct course */
};

/* Who only waits for the return of what is lost begins nothing that a need could hold up: the later
 * of both counts. */
static void wait_for_both(struct course *course, const struct cp_network *network)
{
    if (course->need.on && is_longer(network, course->need.length, course->own)) {
        course->own = zero;
        course->total = course->need.length;
    } else {
        course->need = (struct cp_need){NULL, NONE, zero};
        course->total = course->own;
    }
}

static void init_courses(struct courses *out, const struct cp_survey *survey, size_t plan,
                         struct cp_arena *arena)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
    *out = (struct courses){.count = facts->scenarios.count};
    out->longest = find_longest(survey, plan, NULL);
    out->items = cp_arena_alloc(arena, (out->count + 1) * sizeof *out->items);
    cp_map_init(&out->by_id);
    for (size_t i = 0; i < out->count; i++) {
        struct course *course = &out->items[i];
        course->scenario = &scenarios[i];
        course->own = scenarios[i].has_own ? scenarios[i].own : zero;
        course->need = need_in(survey, plan, &out->longest, &scenarios[i]);
        if (scenarios[i].response == CP_RESPONSE_WAIT ||
            scenarios[i].response == CP_RESPONSE_ACCEPT) {
            wait_for_both(course, survey->network);
        } else if (!cp_duration_sum(&course->total, course->own, course->need.length)) {
            course->total = course->own;
            course->need.on = NULL;
        }
        if (scenarios[i].id.len > 0) {
            cp_map_put(&out->by_id, cp_fact_str(facts, scenarios[i].id), course);
        }
    }
}

/* ---- objectives ------------------------------------------------------------------------------ */

static void mark_stated(struct courses *courses, const struct cp_facts *facts)
{
    const struct cp_fact_objective *objectives = cp_fact_objectives(facts, facts->objectives);
    for (uint32_t i = 0; i < facts->objectives.count; i++) {
        struct course *course =
            objectives[i].scenario.len > 0
                ? cp_map_find(&courses->by_id, cp_fact_str(facts, objectives[i].scenario))
                : NULL;
        if (course) {
            course->is_own_stated = true;
        }
    }
}

/* Of the scenarios that no objective names the one that takes longest; without any scenario, the
 * longest need by itself. */
static struct course find_general(const struct courses *courses, const struct cp_network *network)
{
    struct course general = {.need = courses->longest, .total = courses->longest.length};
    bool has_any = courses->count == 0;
    for (size_t i = 0; i < courses->count; i++) {
        const struct course *course = &courses->items[i];
        if (!course->is_own_stated &&
            (!has_any || is_longer(network, course->total, general.total))) {
            general = *course;
            has_any = true;
        }
    }
    return has_any ? general : (struct course){.need = {NULL, NONE, zero}};
}

/* Whether a dependency on the way has been reported by itself. */
static bool is_told(const struct cp_survey *survey, size_t plan, const struct cp_need *need)
{
    struct cp_weakness weakness[2];
    return cp_weakness_find(weakness, survey, plan, need->on) > 0 ||
           (need->plan != NONE && survey->ready[need->plan].is_told);
}

/* Whether the way of an objective is longer than its RTO, for what is waited for. */
static bool is_late(const struct cp_survey *survey, size_t plan, const struct course *course,
                    struct cp_fact_length rto)
{
    const struct cp_network *network = survey->network;
    return course->need.on && rto.state == CP_SET &&
           is_longer(network, course->total, cp_fact_duration(rto)) &&
           !is_longer(network, course->own, cp_fact_duration(rto)) &&
           !is_told(survey, plan, &course->need);
}

/* Calls for each objective that is late; returns how many. `out` NULL: only counted. */
static size_t find_lates(struct cp_late *out, const struct cp_survey *survey, size_t plan,
                         const struct courses *courses)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    const struct cp_fact_objective *objectives = cp_fact_objectives(facts, facts->objectives);
    struct course general = find_general(courses, survey->network);
    size_t count = 0;
    for (uint32_t i = 0; i < facts->objectives.count; i++) {
        const struct cp_fact_objective *objective = &objectives[i];
        struct cp_fact_effective effective;
        const struct course *course =
            objective->scenario_state == CP_ABSENT ? &general
            : objective->scenario.len > 0
                ? cp_map_find(&courses->by_id, cp_fact_str(facts, objective->scenario))
                : NULL;
        cp_fact_effective(&effective, facts, objective, survey->network->portfolio);
        if (objective->state == CP_SET && course && is_late(survey, plan, course, effective.rto)) {
            if (out) {
                out[count] = (struct cp_late){objective, effective.rto, course->own, course->need,
                                              course->total};
            }
            count++;
        }
    }
    return count;
}

size_t cp_lates_find(const struct cp_late **out, const struct cp_survey *survey, size_t plan,
                     struct cp_arena *arena)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    struct cp_late *lates = cp_arena_alloc(arena, (facts->objectives.count + 1) * sizeof *lates);
    struct courses courses;
    *out = lates;
    if (!survey->ready[plan].is_late) {
        return 0;
    }
    init_courses(&courses, survey, plan, arena);
    mark_stated(&courses, facts);
    size_t count = find_lates(lates, survey, plan, &courses);
    cp_map_release(&courses.by_id);
    return count;
}

/* ---- plans ----------------------------------------------------------------------------------- */

/* The longest RTO that the plan promises others. */
static bool find_promise(struct cp_duration *out, const struct cp_survey *survey, size_t plan)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    uint32_t objective = survey->promises[plan].weakest_rto.all;
    struct cp_fact_effective effective;
    if (objective == NONE) {
        return false;
    }
    cp_fact_effective(&effective, facts, &cp_fact_objectives(facts, facts->objectives)[objective],
                      survey->network->portfolio);
    *out = cp_fact_duration(effective.rto);
    return true;
}

/* By the longest of the scenarios whose recovery is known. */
static bool ready_by_course(struct cp_ready *out, const struct cp_network *network,
                            const struct courses *courses)
{
    bool is_known = false;
    for (size_t i = 0; i < courses->count; i++) {
        const struct course *course = &courses->items[i];
        if (course->scenario->has_own &&
            (!is_known || is_longer(network, course->total, out->length))) {
            is_known = true;
            out->own = course->own;
            out->need = course->need;
            out->length = course->total;
        }
    }
    return is_known;
}

/* A plan that shows no recovery has promised one; that is over with its RTO, or when what it needs
 * is up, if that is later. */
static void ready_by_promise(struct cp_ready *out, const struct cp_survey *survey, size_t plan,
                             const struct cp_need *need)
{
    struct cp_duration promise;
    bool is_promised = find_promise(&promise, survey, plan);
    out->is_known = is_promised || need->on;
    out->is_promised =
        is_promised && !(need->on && is_longer(survey->network, need->length, promise));
    out->need = out->is_promised ? (struct cp_need){NULL, NONE, zero} : *need;
    out->own = out->is_promised ? promise : zero;
    out->length = out->is_promised ? promise : need->length;
}

static void ready_plan(struct cp_ready *out, const struct cp_survey *survey, size_t plan,
                       struct cp_arena *arena)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    struct courses courses;
    if (facts->phase == CP_RETIRED || survey->circle[plan] != NONE) {
        return;
    }
    init_courses(&courses, survey, plan, arena);
    mark_stated(&courses, facts);
    out->is_known = ready_by_course(out, survey->network, &courses);
    if (!out->is_known) {
        ready_by_promise(out, survey, plan, &courses.longest);
    }
    if (courses.longest.on) {
        out->is_late = find_lates(NULL, survey, plan, &courses) > 0;
        out->is_told = out->need.on && is_told(survey, plan, &out->need);
    }
    cp_map_release(&courses.by_id);
}

void cp_readiness_init(struct cp_survey *survey, const uint32_t *order)
{
    size_t count = survey->network->count;
    struct cp_ready *ready = cp_arena_alloc(&survey->arena, (count + 1) * sizeof *ready);
    struct cp_arena scratch;
    survey->ready = ready;
    cp_arena_init(&scratch);
    for (size_t i = 0; i < count; i++) {
        ready_plan(&ready[order[i]], survey, order[i], &scratch);
        cp_arena_reset(&scratch);
    }
    cp_arena_release(&scratch);
}
