/*
 * The plans of a portfolio joined by what they depend on: sorted by id, names resolved, edges both
 * ways. Judges nothing; loops, no recursion, and linear but for the sorting.
 */
#include <contplan/analysis.h>

#include <stdlib.h>

/* A plan on its way into the order of ids. */
struct entry {
    struct cp_str id;
    const struct cp_facts *facts;
    uint32_t origin;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = a;
    const struct entry *right = b;
    int order = cp_str_compare(left->id, right->id);
    return order != 0 ? order : (left->origin > right->origin) - (left->origin < right->origin);
}

static void sort_plans(struct cp_network *out, const struct cp_facts *const *facts)
{
    struct entry *entries = cp_alloc((out->count + 1) * sizeof *entries);
    const struct cp_facts **plans = cp_arena_room(&out->arena, (out->count + 1) * sizeof(*plans));
    uint32_t *origin = cp_arena_room(&out->arena, (out->count + 1) * sizeof *origin);
    for (size_t i = 0; i < out->count; i++) {
        entries[i] = (struct entry){cp_fact_str(facts[i], facts[i]->id), facts[i], (uint32_t)i};
    }
    qsort(entries, out->count, sizeof *entries, compare_entries);
    for (size_t i = 0; i < out->count; i++) {
        plans[i] = entries[i].facts;
        origin[i] = entries[i].origin;
    }
    free(entries);
    out->plans = plans;
    out->origin = origin;
}

/* All ids before any stem: a file's name is only what a plan may be called beside its id. */
static void index_plans(struct cp_network *out, const struct cp_str *stems)
{
    cp_map_init(&out->index);
    for (size_t i = 0; i < out->count; i++) {
        cp_map_put(&out->index, cp_network_id(out, i), (void *)&out->plans[i]);
    }
    for (size_t i = 0; stems && i < out->count; i++) {
        struct cp_str stem = stems[out->origin[i]];
        if (stem.len > 0) {
            cp_map_put(&out->index, stem, (void *)&out->plans[i]);
        }
    }
}

static void join_plans(struct cp_network *out)
{
    size_t most = 0;
    for (size_t i = 0; i < out->count; i++) {
        most += out->plans[i]->dependencies.count;
    }
    struct cp_edge *edges = cp_arena_room(&out->arena, (most + 1) * sizeof *edges);
    uint32_t *first = cp_arena_room(&out->arena, (out->count + 1) * sizeof *first);
    uint32_t count = 0;
    for (size_t i = 0; i < out->count; i++) {
        const struct cp_facts *facts = out->plans[i];
        const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
        first[i] = count;
        for (uint32_t j = 0; j < facts->dependencies.count; j++) {
            bool is_named = on[j].kind == CP_ON_PLAN && on[j].target.state == CP_SET;
            size_t to =
                is_named ? cp_network_find(out, cp_fact_str(facts, on[j].target.text)) : SIZE_MAX;
            if (to != SIZE_MAX) {
                edges[count++] = (struct cp_edge){(uint32_t)i, (uint32_t)to, &on[j]};
            }
        }
    }
    first[out->count] = count;
    out->edges = edges;
    out->first = first;
}

/* By counting how many lead to each plan. */
static void join_back(struct cp_network *out)
{
    uint32_t count = out->first[out->count];
    uint32_t *incoming = cp_arena_room(&out->arena, (count + 1) * sizeof *incoming);
    uint32_t *first = cp_arena_alloc(&out->arena, (out->count + 2) * sizeof *first);
    for (uint32_t i = 0; i < count; i++) {
        first[out->edges[i].to + 2]++;
    }
    for (size_t i = 2; i < out->count + 2; i++) {
        first[i] += first[i - 1];
    }
    /* One place further than where a plan's edges begin, which filling them in puts right. */
    for (uint32_t i = 0; i < count; i++) {
        incoming[first[out->edges[i].to + 1]++] = i;
    }
    out->incoming = incoming;
    out->first_incoming = first;
}

void cp_network_init(struct cp_network *out, const struct cp_portfolio *portfolio,
                     const struct cp_facts *const *facts, const struct cp_str *stems, size_t count)
{
    *out = (struct cp_network){.portfolio = portfolio, .count = count};
    cp_arena_init(&out->arena);
    sort_plans(out, facts);
    index_plans(out, stems);
    join_plans(out);
    join_back(out);
}

void cp_network_release(struct cp_network *network)
{
    cp_map_release(&network->index);
    cp_arena_release(&network->arena);
}

size_t cp_network_find(const struct cp_network *network, struct cp_str id)
{
    const struct cp_facts *const *at = cp_map_find(&network->index, id);
    return at ? (size_t)(at - network->plans) : SIZE_MAX;
}

struct cp_str cp_network_id(const struct cp_network *network, size_t plan)
{
    return cp_fact_str(network->plans[plan], network->plans[plan]->id);
}
