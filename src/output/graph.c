/*
 * Who depends on what, for those who draw it: plans, suppliers and plain names as nodes, the
 * dependencies between them, and the circles among these. Knows no format.
 */
#include "graph.h"

#include <stdlib.h>
#include <string.h>

void cp_graph_init(struct cp_graph *out, enum cp_audience audience, enum cp_graph_cluster cluster)
{
    *out = (struct cp_graph){.audience = audience, .cluster = cluster};
    cp_map_init(&out->known);
    cp_arena_init(&out->arena);
}

void cp_graph_release(struct cp_graph *graph)
{
    cp_list_release(&graph->nodes);
    cp_list_release(&graph->links);
    cp_map_release(&graph->known);
    cp_arena_release(&graph->arena);
}

const char *cp_graph_kind_name(enum cp_graph_kind kind)
{
    static const char *const names[CP_GRAPH_KINDS] = {
        [CP_GRAPH_PLAN] = "plan",
        [CP_GRAPH_SUPPLIER] = "supplier",
        [CP_GRAPH_NAME] = "name",
        [CP_GRAPH_LOST] = "missing",
    };
    return names[kind];
}

const char *cp_graph_criticality_name(uint8_t criticality)
{
    static const char *const names[] = {
        [CP_HARD] = "hard", [CP_DEGRADED] = "degraded", [CP_SOFT] = "soft"};
    return criticality < sizeof names / sizeof names[0] ? names[criticality] : "not stated";
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static struct cp_graph_node *add_node(struct cp_graph *graph, enum cp_graph_kind kind,
                                      struct cp_str id, struct cp_str label)
{
    struct cp_graph_node *node = cp_list_push(&graph->nodes, sizeof *node);
    *node = (struct cp_graph_node){.kind = kind,
                                   .id = cp_arena_copy(&graph->arena, id),
                                   .label = cp_arena_copy(&graph->arena, label)};
    return node;
}

static void add_plan(struct cp_graph *graph, const struct cp_network *network, size_t index)
{
    const struct cp_facts *facts = network->plans[index];
    struct cp_str id = cp_network_id(network, index);
    struct cp_str name = cp_fact_str(facts, facts->name);
    struct cp_graph_node *node = add_node(graph, CP_GRAPH_PLAN, id, name.len > 0 ? name : id);
    node->is_retired = facts->phase == CP_RETIRED;
    node->is_unreadable = !facts->is_parsed;
    node->tier = (enum cp_audience)facts->tier_audience <= graph->audience ? facts->tier : 0;
    if (facts->owner_state == CP_SET &&
        (enum cp_audience)facts->owner_audience <= graph->audience) {
        struct cp_str owner = cp_fact_str(facts, facts->owner);
        node->owner = cp_arena_copy(&graph->arena, cp_portfolio_name_of(network->portfolio, owner));
    }
}

/* A network while it is added. */
struct adding {
    struct cp_graph *graph;
    const struct cp_network *network;
    uint32_t *plans; /* by plan: 1 + its node, 0 for none */
};

static uint32_t node_of_plan(struct adding *in, size_t plan)
{
    if (in->plans[plan] == 0) {
        add_plan(in->graph, in->network, plan);
        in->plans[plan] = (uint32_t)in->graph->nodes.count;
    }
    return in->plans[plan] - 1;
}

/* Of what is no plan: one node however many plans name it. */
static uint32_t node_of_other(struct adding *in, enum cp_graph_kind kind, struct cp_str id)
{
    struct cp_graph *graph = in->graph;
    struct cp_str key =
        cp_arena_printf(&graph->arena, "%s %.*s", cp_graph_kind_name(kind), CP_ARG(id));
    uint32_t *kept = cp_map_find(&graph->known, key);
    if (!kept) {
        kept = cp_arena_alloc(&graph->arena, sizeof(*kept));
        cp_map_put(&graph->known, key, kept);
        *kept = (uint32_t)graph->nodes.count;
        struct cp_str label =
            kind == CP_GRAPH_SUPPLIER ? cp_portfolio_name_of(in->network->portfolio, id) : id;
        add_node(graph, kind, id, label);
    }
    return *kept;
}

/* ---- links ----------------------------------------------------------------------------------- */

static bool is_asked(const struct cp_network *network, size_t plan)
{
    return !network->is_asked || network->is_asked[plan];
}

static void add_link(struct adding *in, size_t plan, const struct cp_fact_dependency *on)
{
    const struct cp_facts *facts = in->network->plans[plan];
    struct cp_str name = cp_fact_str(facts, on->target.text);
    size_t to = on->kind == CP_ON_PLAN ? cp_network_find(in->network, name) : SIZE_MAX;
    if (on->target.state != CP_SET ||
        (!is_asked(in->network, plan) && (to == SIZE_MAX || !is_asked(in->network, to)))) {
        return;
    }
    if ((enum cp_audience)on->audience > in->graph->audience) {
        in->graph->withheld++;
        return;
    }
    struct cp_graph_link link = {.criticality = on->criticality,
                                 .is_needed = on->recovery_needs == CP_FACT_YES};
    link.from = node_of_plan(in, plan);
    link.to = to != SIZE_MAX               ? node_of_plan(in, to)
              : on->kind == CP_ON_PLAN     ? node_of_other(in, CP_GRAPH_LOST, name)
              : on->kind == CP_ON_SUPPLIER ? node_of_other(in, CP_GRAPH_SUPPLIER, name)
                                           : node_of_other(in, CP_GRAPH_NAME, name);
    *(struct cp_graph_link *)cp_list_push(&in->graph->links, sizeof link) = link;
}

/* What the supplier of a node runs on, or on a place of which. */
static void add_grounds(struct adding *in, uint32_t node)
{
    const struct cp_portfolio *portfolio = in->network->portfolio;
    const struct cp_supplier *supplier =
        cp_portfolio_find_supplier(portfolio, in->graph->nodes.items[node].id);
    for (size_t i = 0; supplier && i < supplier->runs_on.count; i++) {
        const struct cp_text *place = &supplier->runs_on.items[i];
        struct cp_str id = cp_str_slice(place->text, 0, cp_str_find(place->text, CP_STR(".")));
        const struct cp_supplier *below =
            place->leaf.state == CP_SET ? cp_portfolio_find_supplier(portfolio, id) : NULL;
        if (below && below != supplier) {
            struct cp_graph_link link = {
                .from = node, .criticality = CP_FACT_ABSENT, .is_ground = true};
            link.to = node_of_other(in, CP_GRAPH_SUPPLIER, id);
            *(struct cp_graph_link *)cp_list_push(&in->graph->links, sizeof link) = link;
        }
    }
}

void cp_graph_add(struct cp_graph *graph, const struct cp_network *network)
{
    struct adding in = {graph, network, cp_alloc((network->count + 1) * sizeof(uint32_t))};
    memset(in.plans, 0, (network->count + 1) * sizeof(uint32_t));
    size_t before = graph->nodes.count;
    cp_map_release(&graph->known);
    cp_map_init(&graph->known);
    for (size_t i = 0; i < network->count; i++) {
        if (is_asked(network, i)) {
            (void)node_of_plan(&in, i);
        }
    }
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
        for (uint32_t j = 0; j < facts->dependencies.count; j++) {
            add_link(&in, i, &on[j]);
        }
    }
    /* Suppliers below them are added while they are gone through. */
    for (size_t i = before; i < graph->nodes.count; i++) {
        if (graph->nodes.items[i].kind == CP_GRAPH_SUPPLIER) {
            add_grounds(&in, (uint32_t)i);
        }
    }
    free(in.plans);
}

/* ---- links by node --------------------------------------------------------------------------- */

/* Links as lists of heads, by the node they lead from, or, backwards, to. */
struct adjacency {
    uint32_t *first, *heads;
};

static uint32_t tail_of(const struct cp_graph_link *link, bool is_backwards)
{
    return is_backwards ? link->to : link->from;
}

/* Links of which `is_wanted` (NULL: all), by counting. */
static void adjacency_init(struct adjacency *out, const struct cp_graph *graph, bool is_backwards,
                           bool (*is_wanted)(const struct cp_graph_link *link),
                           struct cp_arena *arena)
{
    size_t nodes = graph->nodes.count;
    uint32_t *at = cp_arena_alloc(arena, (nodes + 1) * sizeof(*at));
    out->first = cp_arena_alloc(arena, (nodes + 2) * sizeof(*out->first));
    out->heads = cp_arena_alloc(arena, (graph->links.count + 1) * sizeof(*out->heads));
    for (size_t i = 0; i < graph->links.count; i++) {
        const struct cp_graph_link *link = &graph->links.items[i];
        out->first[tail_of(link, is_backwards) + 1] += !is_wanted || is_wanted(link);
    }
    for (size_t i = 0; i < nodes; i++) {
        out->first[i + 1] += out->first[i];
        at[i] = out->first[i];
    }
    for (size_t i = 0; i < graph->links.count; i++) {
        const struct cp_graph_link *link = &graph->links.items[i];
        if (!is_wanted || is_wanted(link)) {
            out->heads[at[tail_of(link, is_backwards)]++] = tail_of(link, !is_backwards);
        }
    }
}

/* ---- circles --------------------------------------------------------------------------------- */

static bool is_hard(const struct cp_graph_link *link)
{
    return link->criticality == CP_HARD;
}

static bool is_needed(const struct cp_graph_link *link)
{
    return link->is_needed;
}

static void mark_circles(struct cp_graph *graph, bool (*is_wanted)(const struct cp_graph_link *),
                         unsigned circle)
{
    struct cp_arena arena;
    struct adjacency links;
    struct cp_components found;
    cp_arena_init(&arena);
    adjacency_init(&links, graph, false, is_wanted, &arena);
    cp_components_init(&found, links.first, links.heads, graph->nodes.count, &arena);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        graph->nodes.items[i].circles |= found.is_circular[found.of[i]] ? circle : 0;
    }
    for (size_t i = 0; i < graph->links.count; i++) {
        struct cp_graph_link *link = &graph->links.items[i];
        bool is_inside = found.of[link->from] == found.of[link->to];
        link->circles |= is_wanted(link) && is_inside ? circle : 0;
    }
    cp_arena_release(&arena);
}

static int by_ends(const void *a, const void *b)
{
    const struct cp_graph_link *left = a;
    const struct cp_graph_link *right = b;
    int from = (left->from > right->from) - (left->from < right->from);
    int to = (left->to > right->to) - (left->to < right->to);
    int hard = (left->criticality > right->criticality) - (left->criticality < right->criticality);
    return from != 0 ? from : to != 0 ? to : hard;
}

/* A supplier may run on several places of another. */
static void drop_same_grounds(struct cp_graph *graph)
{
    size_t kept = 0;
    for (size_t i = 0; i < graph->links.count; i++) {
        struct cp_graph_link link = graph->links.items[i];
        if (kept == 0 || !link.is_ground || by_ends(&link, &graph->links.items[kept - 1]) != 0) {
            graph->links.items[kept++] = link;
        }
    }
    graph->links.count = kept;
}

void cp_graph_settle(struct cp_graph *graph)
{
    if (graph->links.count > 1) {
        qsort(graph->links.items, graph->links.count, sizeof *graph->links.items, by_ends);
    }
    drop_same_grounds(graph);
    mark_circles(graph, is_hard, CP_CIRCLE_HARD);
    mark_circles(graph, is_needed, CP_CIRCLE_RECOVERY);
}

void cp_graph_hide(struct cp_graph *graph, const struct cp_secrets *secrets)
{
    for (size_t i = 0; i < graph->nodes.count; i++) {
        struct cp_graph_node *node = &graph->nodes.items[i];
        node->id = cp_secrets_mask_own(secrets, node->id, &graph->arena);
        node->label = cp_secrets_mask_own(secrets, node->label, &graph->arena);
        node->owner = cp_secrets_mask_own(secrets, node->owner, &graph->arena);
    }
}

/* ---- focus ----------------------------------------------------------------------------------- */

/* Marks all that can be reached from `start` over at most `depth` links, by breadth. */
static void reach(bool *kept, const struct cp_graph *graph, uint32_t start, size_t depth,
                  bool is_backwards)
{
    struct cp_arena arena;
    struct adjacency links;
    cp_arena_init(&arena);
    adjacency_init(&links, graph, is_backwards, NULL, &arena);
    uint32_t *queue = cp_arena_alloc(&arena, (graph->nodes.count + 1) * sizeof(*queue));
    bool *is_seen = cp_arena_alloc(&arena, graph->nodes.count + 1);
    size_t end = 1;
    queue[0] = start;
    is_seen[start] = true;
    for (size_t at = 0, level = 0, level_end = 1; at < end && level < depth; at++) {
        for (uint32_t i = links.first[queue[at]]; i < links.first[queue[at] + 1]; i++) {
            uint32_t head = links.heads[i];
            if (!is_seen[head]) {
                is_seen[head] = true;
                queue[end++] = head;
            }
        }
        if (at + 1 == level_end) {
            level_end = end;
            level++;
        }
    }
    for (size_t i = 0; i < end; i++) {
        kept[queue[i]] = true;
    }
    cp_arena_release(&arena);
}

static void keep(struct cp_graph *graph, const bool *kept, uint32_t *places)
{
    size_t nodes = 0;
    size_t links = 0;
    for (size_t i = 0; i < graph->nodes.count; i++) {
        if (kept[i]) {
            places[i] = (uint32_t)nodes;
            graph->nodes.items[nodes++] = graph->nodes.items[i];
        }
    }
    for (size_t i = 0; i < graph->links.count; i++) {
        struct cp_graph_link link = graph->links.items[i];
        if (kept[link.from] && kept[link.to]) {
            link.from = places[link.from];
            link.to = places[link.to];
            graph->links.items[links++] = link;
        }
    }
    graph->nodes.count = nodes;
    graph->links.count = links;
}

/* Plans before suppliers, those before anything else. */
static uint32_t find_node(const struct cp_graph *graph, struct cp_str id)
{
    for (int kind = 0; kind < CP_GRAPH_KINDS; kind++) {
        for (uint32_t i = 0; i < graph->nodes.count; i++) {
            const struct cp_graph_node *node = &graph->nodes.items[i];
            if ((int)node->kind == kind && cp_str_is_equal(node->id, id)) {
                return i;
            }
        }
    }
    return UINT32_MAX;
}

static struct cp_str find_meant(const struct cp_graph *graph, struct cp_str id)
{
    struct cp_str *ids = cp_alloc((graph->nodes.count + 1) * sizeof *ids);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        ids[i] = graph->nodes.items[i].id;
    }
    struct cp_str nearest = cp_str_nearest(id, ids, graph->nodes.count);
    free(ids);
    return nearest;
}

bool cp_graph_focus(struct cp_graph *graph, struct cp_str *meant, struct cp_str id, size_t depth)
{
    struct cp_arena arena;
    uint32_t start = find_node(graph, id);
    if (start == UINT32_MAX) {
        *meant = find_meant(graph, id);
        return false;
    }
    cp_arena_init(&arena);
    bool *kept = cp_arena_alloc(&arena, graph->nodes.count + 1);
    uint32_t *places = cp_arena_alloc(&arena, (graph->nodes.count + 1) * sizeof(*places));
    graph->nodes.items[start].is_focus = true;
    reach(kept, graph, start, depth, false);
    reach(kept, graph, start, depth, true);
    keep(graph, kept, places);
    cp_arena_release(&arena);
    return true;
}
