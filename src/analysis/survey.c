/*
 * What rules over a network ask more than once: pairs of who depends on whom, people who alone fill
 * roles, prose that stands in several plans; the rest is worked out beside it.
 */
#include "survey.h"

#include <stdlib.h>

/* ---- pairs ----------------------------------------------------------------------------------- */

static uint64_t pair_of(uint32_t from, uint32_t to)
{
    return (uint64_t)from << 32 | to;
}

static int compare_pairs(const void *a, const void *b)
{
    const uint64_t *left = a;
    const uint64_t *right = b;
    return (*left > *right) - (*left < *right);
}

bool cp_pairs_have(const uint64_t *pairs, size_t count, uint32_t from, uint32_t to)
{
    uint64_t pair = pair_of(from, to);
    return count > 0 && bsearch(&pair, pairs, count, sizeof *pairs, compare_pairs);
}

bool cp_pairs_have_any(const uint64_t *pairs, size_t count, uint32_t from)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pairs[middle] < pair_of(from, 0)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && pairs[low] >> 32 == from;
}

static void pair_edges(struct cp_survey *survey)
{
    const struct cp_network *network = survey->network;
    size_t count = network->first[network->count];
    uint64_t *pairs = cp_arena_room(&survey->arena, (count + 1) * sizeof *pairs);
    for (size_t i = 0; i < count; i++) {
        pairs[i] = pair_of(network->edges[i].from, network->edges[i].to);
    }
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    survey->edges = pairs;
    survey->edge_count = count;
}

static void pair_consumers(struct cp_survey *survey)
{
    const struct cp_network *network = survey->network;
    size_t most = 0;
    for (size_t i = 0; i < network->count; i++) {
        most += network->plans[i]->consumers.count;
    }
    uint64_t *pairs = cp_arena_room(&survey->arena, (most + 1) * sizeof *pairs);
    size_t count = 0;
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        const struct cp_fact_name *consumers = cp_fact_names(facts, facts->consumers);
        for (uint32_t j = 0; j < facts->consumers.count; j++) {
            size_t by = (consumers[j].refers & CP_REFERS_PLAN)
                            ? cp_network_find(network, cp_fact_str(facts, consumers[j].text))
                            : SIZE_MAX;
            if (by != SIZE_MAX) {
                pairs[count++] = pair_of((uint32_t)i, (uint32_t)by);
            }
        }
    }
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    survey->consumers = pairs;
    survey->consumer_count = count;
}

/* ---- people ---------------------------------------------------------------------------------- */

struct cp_str cp_sole_name(const struct cp_network *network, const struct cp_facts *facts,
                           const struct cp_fact_role *role)
{
    bool is_alone = role->holders.count == 1 && role->deputies.count == 0 &&
                    cp_fact_is_plain(role->deputies.state) && role->rota_state == CP_ABSENT;
    struct cp_str name = is_alone ? cp_fact_str(facts, cp_fact_words(facts, role->holders)->text)
                                  : (struct cp_str){0};
    bool is_person = name.len > 0 && !cp_portfolio_find_team(network->portfolio, name) &&
                     cp_portfolio_find_person(network->portfolio, name);
    return is_person ? name : (struct cp_str){0};
}

static void add_sole(struct cp_survey *survey, uint32_t plan, struct cp_str name,
                     const struct cp_fact_role *role)
{
    struct cp_sole *sole = cp_map_find(&survey->sole, name);
    if (!sole) {
        sole = cp_arena_alloc(&survey->arena, sizeof *sole);
        sole->last = NONE;
        cp_map_put(&survey->sole, name, sole);
    }
    if (sole->last == plan) {
        return;
    }
    sole->last = plan;
    if (sole->plans < 2) {
        sole->first[sole->plans] = plan;
        sole->roles[sole->plans] = role;
    }
    sole->plans++;
}

static void find_people(struct cp_survey *survey)
{
    const struct cp_network *network = survey->network;
    cp_map_init(&survey->sole);
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        const struct cp_fact_role *roles = cp_fact_roles(facts, facts->roles);
        for (uint32_t j = 0; facts->phase != CP_RETIRED && j < facts->roles.count; j++) {
            struct cp_str name = cp_sole_name(network, facts, &roles[j]);
            if (name.len > 0) {
                add_sole(survey, (uint32_t)i, name, &roles[j]);
            }
        }
    }
}

/* ---- prose ----------------------------------------------------------------------------------- */

static int compare_texts(const struct cp_shared_prose *a, const struct cp_shared_prose *b)
{
    const struct cp_fact_prose *left = a->prose;
    const struct cp_fact_prose *right = b->prose;
    if (left->fingerprint != right->fingerprint) {
        return left->fingerprint < right->fingerprint ? -1 : 1;
    }
    return (left->length > right->length) - (left->length < right->length);
}

static int compare_prose(const void *a, const void *b)
{
    const struct cp_shared_prose *left = a;
    const struct cp_shared_prose *right = b;
    int order = compare_texts(left, right);
    order = order != 0 ? order : (left->plan > right->plan) - (left->plan < right->plan);
    return order != 0 ? order
                      : (left->prose->span.offset > right->prose->span.offset) -
                            (left->prose->span.offset < right->prose->span.offset);
}

/* Counts, at the first of equal texts, in how many plans they stand. */
static void count_plans(struct cp_shared_prose *all, size_t count)
{
    size_t first = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || compare_texts(&all[i], &all[first]) != 0) {
            first = i;
            all[i].plans = 1;
        } else {
            all[first].plans += all[i].plan != all[i - 1].plan;
        }
    }
}

static void find_shared_prose(struct cp_survey *survey)
{
    const struct cp_network *network = survey->network;
    size_t count = 0;
    for (size_t i = 0; i < network->count; i++) {
        count += network->plans[i]->prose.count;
    }
    struct cp_shared_prose *all = cp_arena_room(&survey->arena, (count + 1) * sizeof *all);
    count = 0;
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        const struct cp_fact_prose *prose = cp_fact_prose(facts, facts->prose);
        for (uint32_t j = 0; j < facts->prose.count; j++) {
            all[count++] = (struct cp_shared_prose){&prose[j], (uint32_t)i, 0};
        }
    }
    qsort(all, count, sizeof *all, compare_prose);
    count_plans(all, count);
    survey->prose = all;
    survey->prose_count = count;
}

const struct cp_shared_prose *cp_shared_prose_find(const struct cp_survey *survey,
                                                   const struct cp_fact_prose *prose)
{
    struct cp_shared_prose key = {.prose = prose};
    size_t from = 0;
    size_t to = survey->prose_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (compare_texts(&survey->prose[middle], &key) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < survey->prose_count && compare_texts(&survey->prose[from], &key) == 0
               ? &survey->prose[from]
               : NULL;
}

/* ---- all of it ------------------------------------------------------------------------------- */

void cp_survey_init(struct cp_survey *out, const struct cp_network *network)
{
    *out = (struct cp_survey){.network = network};
    cp_arena_init(&out->arena);
    uint32_t *order = cp_alloc((network->count + 1) * sizeof *order);
    cp_promises_init(out);
    cp_answers_init(out);
    cp_circles_init(out, order);
    cp_readiness_init(out, order);
    free(order);
    pair_edges(out);
    pair_consumers(out);
    find_people(out);
    find_shared_prose(out);
}

void cp_survey_release(struct cp_survey *survey)
{
    cp_map_release(&survey->sole);
    cp_arena_release(&survey->arena);
}
