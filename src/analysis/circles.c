/*
 * Circles of recovery needs: the strongly connected components of the plans that must be up before
 * others can begin, and a way around one.
 */
#include "survey.h"

#include <stdlib.h>
#include <string.h>

bool cp_edge_is_need(const struct cp_network *network, const struct cp_edge *edge)
{
    return edge->dependency->recovery_needs == CP_FACT_YES &&
           network->plans[edge->from]->phase != CP_RETIRED &&
           network->plans[edge->to]->phase != CP_RETIRED;
}

/* The needs alone, as a graph. */
static void take_needs(uint32_t *first, uint32_t *heads, const struct cp_network *network)
{
    uint32_t count = 0;
    for (size_t i = 0; i < network->count; i++) {
        first[i] = count;
        for (uint32_t j = network->first[i]; j < network->first[i + 1]; j++) {
            if (cp_edge_is_need(network, &network->edges[j])) {
                heads[count++] = network->edges[j].to;
            }
        }
    }
    first[network->count] = count;
}

/* All plans by their component, which is counted out; `first` has room for one more than those. */
static void sort_by_component(uint32_t *order, uint32_t *first, const struct cp_components *parts,
                              size_t count)
{
    memset(first, 0, (parts->count + 1) * sizeof *first);
    for (size_t i = 0; i < count; i++) {
        first[parts->of[i] + 1]++;
    }
    for (size_t i = 0; i < parts->count; i++) {
        first[i + 1] += first[i];
    }
    for (size_t i = 0; i < count; i++) {
        order[first[parts->of[i]]++] = (uint32_t)i;
    }
}

/* Whether the plan's file stands before the other's. */
static bool is_before(const struct cp_network *network, size_t plan, size_t other)
{
    return network->files ? strcmp(network->files[plan]->path, network->files[other]->path) < 0
                          : network->origin[plan] < network->origin[other];
}

static const uint32_t *find_first(struct cp_survey *survey, size_t circles)
{
    const struct cp_network *network = survey->network;
    uint32_t *first = cp_arena_room(&survey->arena, (circles + 1) * sizeof *first);
    for (size_t i = 0; i < circles; i++) {
        first[i] = NONE;
    }
    for (size_t i = 0; i < network->count; i++) {
        uint32_t *of = survey->circle[i] == NONE ? NULL : &first[survey->circle[i]];
        bool is_asked = !network->is_asked || network->is_asked[i];
        if (of && is_asked && (*of == NONE || is_before(network, i, *of))) {
            *of = (uint32_t)i;
        }
    }
    return first;
}

void cp_circles_init(struct cp_survey *survey, uint32_t *order)
{
    const struct cp_network *network = survey->network;
    size_t count = network->count;
    struct cp_components parts;
    uint32_t *first = cp_alloc((count + 2) * sizeof *first);
    uint32_t *heads = cp_alloc((network->first[count] + 1) * sizeof *heads);
    uint32_t *circle = cp_arena_room(&survey->arena, (count + 1) * sizeof *circle);
    take_needs(first, heads, network);
    cp_components_init(&parts, first, heads, count, &survey->arena);
    sort_by_component(order, first, &parts, count);
    for (size_t i = 0; i < count; i++) {
        circle[i] = parts.is_circular[parts.of[i]] ? parts.of[i] : NONE;
    }
    survey->circle = circle;
    survey->circle_sizes = parts.sizes;
    survey->circle_first = find_first(survey, parts.count);
    free(first);
    free(heads);
}

/* ---- a way around ---------------------------------------------------------------------------- */

/* A plan of a circle as it is reached, breadth first. */
struct stop {
    uint32_t plan, edge;
    size_t before; /* the stop that the edge comes from */
};

struct tour {
    struct stop stops[CP_CIRCLE_SHOWN + 1]; /* the first is where it begins, the last its end */
    size_t count;
};

static bool has_stop(const struct tour *tour, uint32_t plan)
{
    for (size_t i = 1; i < tour->count; i++) {
        if (tour->stops[i].plan == plan) {
            return true;
        }
    }
    return false;
}

/* Adds what the plan at a stop needs; true once that is the plan with which the tour begins. */
static bool go_on(struct tour *tour, const struct cp_survey *survey, size_t at)
{
    const struct cp_network *network = survey->network;
    uint32_t plan = tour->stops[at].plan;
    uint32_t first = tour->stops[0].plan;
    for (uint32_t i = network->first[plan]; i < network->first[plan + 1]; i++) {
        uint32_t to = network->edges[i].to;
        bool is_inside = survey->circle[to] == survey->circle[first];
        if (is_inside && cp_edge_is_need(network, &network->edges[i]) && !has_stop(tour, to)) {
            tour->stops[tour->count++] = (struct stop){to, i, at};
            if (to == first) {
                return true;
            }
        }
    }
    return false;
}

size_t cp_circle_trace(uint32_t out[CP_CIRCLE_SHOWN], const struct cp_survey *survey, uint32_t from)
{
    struct tour tour = {.stops = {{.plan = from}}, .count = 1};
    uint32_t circle = survey->circle[from];
    if (circle == NONE || survey->circle_sizes[circle] > CP_CIRCLE_SHOWN) {
        return 0;
    }
    for (size_t at = 0; at < tour.count; at++) {
        if (!go_on(&tour, survey, at)) {
            continue;
        }
        size_t length = 0;
        for (size_t i = tour.count - 1; i > 0; i = tour.stops[i].before) {
            length++;
        }
        size_t left = length;
        for (size_t i = tour.count - 1; i > 0; i = tour.stops[i].before) {
            out[--left] = tour.stops[i].edge;
        }
        return length;
    }
    return 0;
}
