/*
 * The call tree as a graph: whom it reaches from its first caller, and which calls lead back to
 * somebody already calling. Loops instead of recursion and hashing instead of comparing all with
 * all, since the lists come from outside. Prints nothing.
 */
#include <contplan/analysis.h>

#define NOTHING SIZE_MAX

/* Somebody who calls or is called, by the name the portfolio knows them under. */
struct party {
    struct party *leader;         /* of those who are as good as one another; itself where alone */
    size_t first_call, last_call; /* calls made, chained through `next` of the graph */
    size_t depth;                 /* where on the way of the search, NOTHING when not on it */
    bool is_seen;
};

struct graph {
    struct cp_map parties;
    struct cp_arena *arena;
    const struct cp_portfolio *portfolio;
    const struct cp_call *calls;
    size_t count;
    size_t *next; /* the caller's next call, or NOTHING */
};

static struct party *party_of(struct graph *graph, struct cp_str id)
{
    struct cp_str name = cp_portfolio_name_of(graph->portfolio, id);
    struct party *party = cp_map_find(&graph->parties, name);
    if (!party) {
        party = cp_arena_alloc(graph->arena, sizeof(*party));
        *party = (struct party){.leader = party, .first_call = NOTHING, .depth = NOTHING};
        cp_map_put(&graph->parties, name, party);
    }
    return party;
}

static struct party *leader_of(struct party *party)
{
    while (party->leader != party) {
        party->leader = party->leader->leader;
        party = party->leader;
    }
    return party;
}

static void join(struct graph *graph, struct party *party, const struct cp_text *text)
{
    if (text->leaf.state == CP_SET) {
        leader_of(party_of(graph, text->text))->leader = leader_of(party);
    }
}

/* A role, its holders, deputies and rota answer for one another. */
static void join_role(struct graph *graph, const struct cp_role *role)
{
    if (role->role.leaf.state != CP_SET) {
        return;
    }
    struct party *party = party_of(graph, role->role.text);
    join(graph, party, &role->rota);
    for (size_t i = 0; i < role->holders.count; i++) {
        join(graph, party, &role->holders.items[i]);
    }
    for (size_t i = 0; i < role->deputies.count; i++) {
        join(graph, party, &role->deputies.items[i]);
    }
}

static bool is_whole(const struct cp_call *call)
{
    return call->from.leaf.state == CP_SET && call->to.leaf.state == CP_SET;
}

static void init(struct graph *graph, const struct cp_incident_response *response,
                 const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    *graph = (struct graph){.arena = arena,
                            .portfolio = portfolio,
                            .calls = response->call_tree.items,
                            .count = response->call_tree.count};
    cp_map_init(&graph->parties);
    graph->next = cp_arena_alloc(arena, graph->count * sizeof(*graph->next) + 1);
}

/* Chains every call to its caller (or the caller's leader), in the order of the file. */
static void chain_calls(struct graph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        graph->next[i] = NOTHING;
        if (!is_whole(&graph->calls[i])) {
            continue;
        }
        struct party *caller = leader_of(party_of(graph, graph->calls[i].from.text));
        if (caller->first_call == NOTHING) {
            caller->first_call = i;
        } else {
            graph->next[caller->last_call] = i;
        }
        caller->last_call = i;
    }
}

/* Marks everybody who is reached from `first`, which is a leader. */
static void spread(struct graph *graph, struct party *first)
{
    CP_LIST(struct party *) queue = {0};
    *(struct party **)cp_list_push(&queue, sizeof(*queue.items)) = first;
    first->is_seen = true;
    for (size_t at = 0; at < queue.count; at++) {
        for (size_t i = queue.items[at]->first_call; i != NOTHING; i = graph->next[i]) {
            struct party *callee = leader_of(party_of(graph, graph->calls[i].to.text));
            if (!callee->is_seen) {
                callee->is_seen = true;
                *(struct party **)cp_list_push(&queue, sizeof(*queue.items)) = callee;
            }
        }
    }
    cp_list_release(&queue);
}

bool cp_call_tree_reach(bool *reached, const struct cp_incident_response *response,
                        const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    if (response->call_tree.count == 0 || response->call_tree.items[0].from.leaf.state != CP_SET) {
        return false;
    }
    struct graph graph;
    init(&graph, response, portfolio, arena);
    for (size_t i = 0; i < response->roles.count; i++) {
        join_role(&graph, &response->roles.items[i]);
    }
    chain_calls(&graph);
    spread(&graph, leader_of(party_of(&graph, graph.calls[0].from.text)));
    for (size_t i = 0; i < response->roles.count; i++) {
        const struct cp_text *role = &response->roles.items[i].role;
        reached[i] = role->leaf.state != CP_SET || leader_of(party_of(&graph, role->text))->is_seen;
    }
    cp_map_release(&graph.parties);
    return true;
}

/* One caller on the way of the search, with the call that is looked at. */
struct stage {
    struct party *party;
    size_t call;
};

struct way {
    CP_LIST(struct stage) stages;
};

static void enter(struct way *way, struct party *party)
{
    party->is_seen = true;
    party->depth = way->stages.count;
    struct stage *stage = cp_list_push(&way->stages, sizeof(*stage));
    *stage = (struct stage){party, party->first_call};
}

/* Searches everything that `first` leads to; a call to somebody on the way closes a cycle. */
static void search(struct graph *graph, size_t *closes, struct party *first)
{
    struct way way = {0};
    enter(&way, first);
    while (way.stages.count > 0) {
        struct stage *stage = &way.stages.items[way.stages.count - 1];
        if (stage->call == NOTHING) {
            stage->party->depth = NOTHING;
            way.stages.count--;
            if (way.stages.count > 0) {
                struct stage *before = stage - 1;
                before->call = graph->next[before->call];
            }
            continue;
        }
        struct party *callee = party_of(graph, graph->calls[stage->call].to.text);
        if (callee->is_seen) {
            if (callee->depth != NOTHING) {
                closes[stage->call] = way.stages.items[callee->depth].call;
            }
            stage->call = graph->next[stage->call];
        } else {
            enter(&way, callee);
        }
    }
    cp_list_release(&way.stages);
}

void cp_call_tree_cycles(size_t *closes, const struct cp_incident_response *response,
                         const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    struct graph graph;
    init(&graph, response, portfolio, arena);
    chain_calls(&graph);
    for (size_t i = 0; i < graph.count; i++) {
        closes[i] = NOTHING;
    }
    for (size_t i = 0; i < graph.count; i++) {
        if (is_whole(&graph.calls[i])) {
            struct party *caller = party_of(&graph, graph.calls[i].from.text);
            if (!caller->is_seen) {
                search(&graph, closes, caller);
            }
        }
    }
    cp_map_release(&graph.parties);
}
