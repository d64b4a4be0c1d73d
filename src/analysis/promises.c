/*
 * What plans promise each other: the objectives that count, and whether a hard dependency promises
 * less than the plan that rests on it. Numbers only; what is unknown is no answer.
 */
#include "survey.h"

#include <string.h>

bool cp_fact_is_plain(uint8_t state)
{
    return state == CP_SET || state == CP_ABSENT;
}

/* ---- the objectives of a plan ---------------------------------------------------------------- */

/* One of the two lengths of an objective that are compared. */
static struct cp_fact_length length_of(const struct cp_network *network, size_t plan,
                                       uint32_t objective, bool is_rpo)
{
    const struct cp_facts *facts = network->plans[plan];
    struct cp_fact_effective effective;
    cp_fact_effective(&effective, facts, &cp_fact_objectives(facts, facts->objectives)[objective],
                      network->portfolio);
    return is_rpo ? effective.rpo : effective.rto;
}

struct choice {
    const struct cp_network *network;
    size_t plan;
    bool is_rpo;
};

/* Keeps of two objectives the shorter, or the longer one; the first where only a calendar that is
 * missing could tell. */
static void choose(uint32_t *kept, uint32_t other, bool is_shorter, const struct choice *choice)
{
    if (*kept == NONE || other == NONE) {
        *kept = *kept == NONE ? other : *kept;
        return;
    }
    struct cp_duration a =
        cp_fact_duration(length_of(choice->network, choice->plan, *kept, choice->is_rpo));
    struct cp_duration b =
        cp_fact_duration(length_of(choice->network, choice->plan, other, choice->is_rpo));
    enum cp_verdict verdict = is_shorter ? cp_duration_judge(a, b, choice->network->portfolio)
                                         : cp_duration_judge(b, a, choice->network->portfolio);
    *kept = verdict == CP_OVER ? other : *kept;
}

/* Objectives of one scenario, of which the strictest counts. */
struct row {
    uint32_t strictest;
    unsigned kind; /* CP_KINDS: none, or no scenario */
};

/* The scenarios of a plan, and the rows that are found; scratch of one plan. */
struct plan_rows {
    struct cp_map scenarios; /* id -> struct cp_fact_scenario */
    struct cp_map by_id;     /* id, empty for none -> struct row */
    CP_LIST(struct row *) rows;
    struct cp_arena *arena;
};

static struct row *get_row(struct plan_rows *rows, struct cp_str scenario)
{
    struct row *row = cp_map_find(&rows->by_id, scenario);
    if (!row) {
        const struct cp_fact_scenario *of = cp_map_find(&rows->scenarios, scenario);
        row = cp_arena_alloc(rows->arena, sizeof *row);
        row->strictest = NONE;
        row->kind = of && of->kind < CP_KINDS ? of->kind : CP_KINDS;
        cp_map_put(&rows->by_id, scenario, row);
        *(struct row **)cp_list_push(&rows->rows, sizeof row) = row;
    }
    return row;
}

static void add_objectives(struct plan_rows *rows, const struct choice *choice)
{
    const struct cp_facts *facts = choice->network->plans[choice->plan];
    const struct cp_fact_objective *objectives = cp_fact_objectives(facts, facts->objectives);
    for (uint32_t i = 0; i < facts->objectives.count; i++) {
        const struct cp_fact_objective *objective = &objectives[i];
        if (objective->state == CP_SET && cp_fact_is_plain(objective->scenario_state) &&
            length_of(choice->network, choice->plan, i, choice->is_rpo).state == CP_SET) {
            struct row *row = get_row(rows, cp_fact_str(facts, objective->scenario));
            choose(&row->strictest, i, true, choice);
        }
    }
}

static void fold_rows(struct cp_promised *out, const struct plan_rows *rows, bool is_shorter,
                      const struct choice *choice)
{
    memset(out, 0xFF, sizeof *out);
    for (size_t i = 0; i < rows->rows.count; i++) {
        const struct row *row = rows->rows.items[i];
        uint32_t *kept = row->kind < CP_KINDS ? &out->of_kind[row->kind] : &out->general;
        choose(kept, row->strictest, is_shorter, choice);
        choose(&out->all, row->strictest, is_shorter, choice);
    }
}

static void promise(struct cp_promised *strictest, struct cp_promised *weakest,
                    const struct cp_map *scenarios, const struct choice *choice,
                    struct cp_arena *arena)
{
    struct plan_rows rows = {.scenarios = *scenarios, .arena = arena};
    cp_map_init(&rows.by_id);
    add_objectives(&rows, choice);
    fold_rows(strictest, &rows, true, choice);
    fold_rows(weakest, &rows, false, choice);
    cp_map_release(&rows.by_id);
    cp_list_release(&rows.rows);
}

static void promise_plan(struct cp_promises *out, const struct cp_network *network, size_t plan,
                         struct cp_arena *arena)
{
    const struct cp_facts *facts = network->plans[plan];
    const struct cp_fact_scenario *all = cp_fact_scenarios(facts, facts->scenarios);
    struct choice choice = {network, plan, false};
    struct cp_map scenarios;
    cp_map_init(&scenarios);
    for (uint32_t i = 0; i < facts->scenarios.count; i++) {
        if (all[i].id.len > 0) {
            cp_map_put(&scenarios, cp_fact_str(facts, all[i].id), (void *)&all[i]);
        }
    }
    promise(&out->strictest_rto, &out->weakest_rto, &scenarios, &choice, arena);
    choice.is_rpo = true;
    promise(&out->strictest_rpo, &out->weakest_rpo, &scenarios, &choice, arena);
    cp_map_release(&scenarios);
}

void cp_promises_init(struct cp_survey *survey)
{
    const struct cp_network *network = survey->network;
    struct cp_promises *promises =
        cp_arena_room(&survey->arena, (network->count + 1) * sizeof *promises);
    struct cp_arena scratch;
    cp_arena_init(&scratch);
    for (size_t i = 0; i < network->count; i++) {
        memset(&promises[i], 0xFF, sizeof promises[i]);
        if (network->plans[i]->objectives.count > 0) {
            promise_plan(&promises[i], network, i, &scratch);
            cp_arena_reset(&scratch);
        }
    }
    cp_arena_release(&scratch);
    survey->promises = promises;
}

/* ---- what scenarios answer ------------------------------------------------------------------- */

/* Adds what is lost and answered, so that it is not waited for; what is unclear may be. Whether
 * that is any supplier there is. */
static bool add_answered(struct cp_map *answered, const struct cp_facts *facts)
{
    const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
    bool is_any = false;
    for (uint32_t i = 0; i < facts->scenarios.count; i++) {
        const struct cp_fact_word *loses = cp_fact_words(facts, scenarios[i].loses);
        bool is_waiting = scenarios[i].response == CP_RESPONSE_WAIT ||
                          scenarios[i].response == CP_RESPONSE_ACCEPT;
        for (uint32_t j = 0; !is_waiting && j < scenarios[i].loses.count; j++) {
            if (loses[j].text.len > 0) {
                cp_map_put(answered, cp_fact_str(facts, loses[j].text), answered);
            }
        }
        is_any |=
            !is_waiting && scenarios[i].kind == CP_KIND_SUPPLIER && scenarios[i].loses.count == 0;
    }
    return is_any;
}

/* By dependency of a plan; NULL where nothing is answered. */
static const bool *answer_plan(const struct cp_facts *facts, struct cp_arena *arena)
{
    const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
    bool *is_answered = NULL;
    struct cp_map answered;
    cp_map_init(&answered);
    bool is_any = add_answered(&answered, facts);
    if (is_any || answered.count > 0) {
        is_answered = cp_arena_alloc(arena, facts->dependencies.count + 1);
    }
    for (uint32_t i = 0; is_answered && i < facts->dependencies.count; i++) {
        is_answered[i] = (is_any && on[i].kind == CP_ON_SUPPLIER) ||
                         cp_map_find(&answered, cp_fact_str(facts, on[i].target.text));
    }
    cp_map_release(&answered);
    return is_answered;
}

void cp_answers_init(struct cp_survey *survey)
{
    const struct cp_network *network = survey->network;
    const bool **answers = cp_arena_alloc(&survey->arena, (network->count + 1) * sizeof(*answers));
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        if (facts->dependencies.count > 0 && facts->scenarios.count > 0) {
            answers[i] = answer_plan(facts, &survey->arena);
        }
    }
    survey->is_answered = answers;
}

/* ---- ours against theirs --------------------------------------------------------------------- */

/* Whether what happens to one service happens to what it rests on as well. */
static bool is_of_both(unsigned kind)
{
    return kind == CP_KIND_ZONE || kind == CP_KIND_REGION || kind == CP_KIND_SUPPLIER ||
           kind == CP_KIND_PEOPLE || kind == CP_KIND_PREMISES || kind == CP_KIND_NETWORK ||
           kind == CP_KIND_POWER;
}

/* Our objective while they are away for what is of that kind (CP_KINDS: of none). */
static uint32_t find_ours(const struct cp_promised *ours, unsigned kind)
{
    uint32_t same = kind < CP_KINDS ? ours->of_kind[kind] : NONE;
    if (same != NONE && is_of_both(kind)) {
        return same;
    }
    return ours->general != NONE ? ours->general : same != NONE ? same : ours->all;
}

struct cp_fact_length cp_commitment_find(const struct cp_portfolio *portfolio,
                                         const struct cp_facts *facts,
                                         const struct cp_fact_dependency *on, bool is_rpo)
{
    struct cp_fact_length own = is_rpo ? on->rpo : on->rto;
    const struct cp_supplier *supplier =
        on->kind == CP_ON_SUPPLIER
            ? cp_portfolio_find_supplier(portfolio, cp_fact_str(facts, on->target.text))
            : NULL;
    if (own.state != CP_ABSENT || !supplier || supplier->commits.leaf.state != CP_SET) {
        return own;
    }
    return cp_fact_length_of(is_rpo ? &supplier->commits.rpo : &supplier->commits.rto);
}

/* What comes before the clock of an objective starts; false where that is not known. */
static bool find_before_clock(struct cp_duration *out, const struct cp_facts *facts,
                              const struct cp_fact_objective *objective)
{
    struct cp_duration declare = {0};
    *out = (struct cp_duration){0};
    if (objective->clock == CP_FACT_UNCLEAR) {
        return false;
    }
    if (objective->clock != CP_CLOCK_DISRUPTION) {
        *out = cp_fact_duration(facts->detect);
    }
    if (objective->clock == CP_CLOCK_DECLARATION) {
        declare = cp_fact_duration(facts->declare);
    }
    return cp_fact_is_plain(facts->detect.state) && cp_fact_is_plain(facts->declare.state) &&
           cp_duration_sum(out, *out, declare);
}

/* A comparison on its way: the plan and its dependency. */
struct comparing {
    const struct cp_survey *survey;
    size_t plan;
    const struct cp_fact_dependency *on;
};

/* Whether theirs, and our time to resume, is longer than ours with what the fallback bridges; data
 * that are lost come back by neither. */
static bool is_weaker(const struct comparing *comparing, const struct cp_weakness *weakness)
{
    const struct cp_network *network = comparing->survey->network;
    const struct cp_facts *facts = network->plans[comparing->plan];
    struct cp_duration theirs = cp_fact_duration(weakness->theirs);
    struct cp_duration ours = cp_fact_duration(weakness->ours);
    struct cp_duration before = {0};
    if (weakness->is_rpo) {
        return cp_duration_judge(theirs, ours, network->portfolio) == CP_OVER;
    }
    const struct cp_fact_objective *objective =
        &cp_fact_objectives(facts, facts->objectives)[weakness->objective];
    return find_before_clock(&before, facts, objective) && cp_duration_sum(&ours, ours, before) &&
           cp_duration_sum(&ours, ours, weakness->sustain) &&
           cp_duration_sum(&theirs, theirs, weakness->resume) &&
           cp_duration_judge(theirs, ours, network->portfolio) == CP_OVER;
}

/* Tries their objective (of plan `theirs`, or a supplier's commitment) against ours; keeps the
 * longest of theirs that is weaker. */
static void try_pair(struct cp_weakness *best, bool *is_found, const struct comparing *comparing,
                     struct cp_weakness pair)
{
    const struct cp_network *network = comparing->survey->network;
    if (pair.objective == NONE || pair.theirs.state != CP_SET) {
        return;
    }
    pair.ours = length_of(network, comparing->plan, pair.objective, pair.is_rpo);
    if (is_weaker(comparing, &pair) &&
        (!*is_found ||
         cp_duration_judge(cp_fact_duration(pair.theirs), cp_fact_duration(best->theirs),
                           network->portfolio) == CP_OVER)) {
        *best = pair;
        *is_found = true;
    }
}

/* Against another plan: kind by kind. */
static bool find_in_plan(struct cp_weakness *out, const struct comparing *comparing,
                         struct cp_weakness base, size_t other)
{
    const struct cp_survey *survey = comparing->survey;
    const struct cp_promises *own = &survey->promises[comparing->plan];
    const struct cp_promises *their = &survey->promises[other];
    const struct cp_promised *ours = base.is_rpo ? &own->strictest_rpo : &own->strictest_rto;
    const struct cp_promised *theirs = base.is_rpo ? &their->weakest_rpo : &their->weakest_rto;
    bool is_found = false;
    for (unsigned kind = 0; kind <= CP_KINDS; kind++) {
        base.their_objective = kind < CP_KINDS ? theirs->of_kind[kind] : theirs->general;
        if (base.their_objective != NONE) {
            base.their_plan = (uint32_t)other;
            base.theirs = length_of(survey->network, other, base.their_objective, base.is_rpo);
            base.objective = find_ours(ours, kind);
            try_pair(out, &is_found, comparing, base);
        }
    }
    return is_found;
}

static bool find_in_supplier(struct cp_weakness *out, const struct comparing *comparing,
                             struct cp_weakness base)
{
    const struct cp_survey *survey = comparing->survey;
    const struct cp_promises *own = &survey->promises[comparing->plan];
    bool is_found = false;
    base.theirs =
        cp_commitment_find(survey->network->portfolio, survey->network->plans[comparing->plan],
                           comparing->on, base.is_rpo);
    base.objective =
        find_ours(base.is_rpo ? &own->strictest_rpo : &own->strictest_rto, CP_KIND_SUPPLIER);
    base.their_plan = base.their_objective = NONE;
    try_pair(out, &is_found, comparing, base);
    return is_found;
}

/* ---- what makes it bearable ------------------------------------------------------------------ */

static bool has_standby(const struct cp_facts *facts)
{
    const struct cp_fact_redundancy *rows = cp_fact_redundancies(facts, facts->redundancy);
    for (uint32_t i = 0; i < facts->redundancy.count; i++) {
        bool is_against = rows[i].against == CP_AGAINST_SUPPLIER ||
                          rows[i].against == CP_FACT_UNCLEAR || rows[i].state != CP_SET;
        if (is_against && rows[i].level != CP_REDUNDANCY_NONE) {
            return true;
        }
    }
    return !cp_fact_is_plain(facts->redundancy.state);
}

/* A hard dependency whose loss is borne for no time, or for a stated one. */
static bool is_bare(const struct cp_survey *survey, size_t plan,
                    const struct cp_fact_dependency *on)
{
    const struct cp_facts *facts = survey->network->plans[plan];
    bool is_lasting =
        on->fallback != CP_ABSENT && (on->fallback != CP_SET || on->sustain.state != CP_SET);
    size_t index = (size_t)(on - cp_fact_dependencies(facts, facts->dependencies));
    bool is_answered = survey->is_answered[plan] && survey->is_answered[plan][index];
    return on->criticality == CP_HARD && on->target.state == CP_SET && !is_lasting &&
           on->pattern == CP_ABSENT && !is_answered &&
           (on->kind != CP_ON_SUPPLIER || !has_standby(facts));
}

/* The other plan, NONE for a supplier; false where there is nothing to compare with. */
static bool find_other(uint32_t *out, const struct comparing *comparing)
{
    const struct cp_network *network = comparing->survey->network;
    const struct cp_facts *facts = network->plans[comparing->plan];
    *out = NONE;
    if (comparing->on->kind != CP_ON_PLAN) {
        return comparing->on->kind != CP_ON_NAME_INTERNAL;
    }
    size_t other = cp_network_find(network, cp_fact_str(facts, comparing->on->target.text));
    *out = (uint32_t)other;
    return other != SIZE_MAX && other != comparing->plan &&
           network->plans[other]->phase != CP_RETIRED;
}

/* `other` NONE: a supplier. */
static bool find_in(struct cp_weakness *out, const struct comparing *comparing,
                    struct cp_weakness base, uint32_t other)
{
    return other == NONE ? find_in_supplier(out, comparing, base)
                         : find_in_plan(out, comparing, base, other);
}

size_t cp_weakness_find(struct cp_weakness out[2], const struct cp_survey *survey, size_t plan,
                        const struct cp_fact_dependency *on)
{
    struct comparing comparing = {survey, plan, on};
    const struct cp_facts *facts = survey->network->plans[plan];
    struct cp_weakness base = {.resume = cp_fact_duration(on->resume),
                               .sustain = cp_fact_duration(on->sustain)};
    uint32_t other;
    if (facts->phase == CP_RETIRED || facts->objectives.count == 0 || !is_bare(survey, plan, on) ||
        !find_other(&other, &comparing)) {
        return 0;
    }
    size_t count = find_in(out, &comparing, base, other);
    if (on->holds_data == CP_FACT_YES) {
        base.is_rpo = true;
        count += find_in(&out[count], &comparing, base, other);
    }
    return count;
}
