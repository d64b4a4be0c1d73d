/*
 * The critical path of each runbook (recovery.md, "Own recovery"), by itself and with the call-out
 * of whoever begins. Solved once, in loops: steps come from outside. What cannot be told is
 * unknown.
 */
#include "recovery.h"

#include <assert.h>

#define NOTHING SIZE_MAX

static const struct cp_duration zero;

/* ---- who is called out ----------------------------------------------------------------------- */

struct solver {
    const struct cp_portfolio *portfolio;
    struct cp_arena *arena;
    struct cp_map roles;   /* role -> struct cp_role */
    struct cp_map callees; /* role, team, person or text -> struct cp_call_out */
};

/* Whether the name is that of somebody who has left, or of a team with nobody else in it. */
static bool is_gone(const struct solver *solver, const struct cp_text *name)
{
    const struct cp_team *team = cp_portfolio_find_team(solver->portfolio, name->text);
    const struct cp_person *person = cp_portfolio_find_person(solver->portfolio, name->text);
    if (!team) {
        return person && person->has_left;
    }
    for (size_t i = 0; i < team->members.count; i++) {
        const struct cp_text *member = &team->members.items[i];
        person = member->leaf.state == CP_SET
                     ? cp_portfolio_find_person(solver->portfolio, member->text)
                     : NULL;
        if (!person || !person->has_left) {
            return false;
        }
    }
    return team->members.count > 0;
}

static struct cp_call_out call_out_of_team(const struct cp_team *team)
{
    struct cp_call_out out = {.team = team, .is_assumed = team->call_out.leaf.state == CP_ABSENT};
    out.is_known = cp_length_find(&out.length, &team->call_out);
    return out;
}

/* Of a person, that of the team; of plain text, none. */
static struct cp_call_out call_out_of_holder(const struct solver *solver,
                                             const struct cp_text *name)
{
    if (name->leaf.state != CP_SET) {
        return (struct cp_call_out){.is_known = false};
    }
    const struct cp_team *team = cp_portfolio_find_team(solver->portfolio, name->text);
    const struct cp_person *person = cp_portfolio_find_person(solver->portfolio, name->text);
    if (!team && person && person->team.leaf.state != CP_ABSENT) {
        team = cp_portfolio_find_team(solver->portfolio, person->team.text);
        if (!team) {
            return (struct cp_call_out){.is_known = false};
        }
    }
    return team ? call_out_of_team(team)
                : (struct cp_call_out){.is_known = true, .is_assumed = true};
}

/* Whoever is there first, of those who are still there; unknown as soon as one of them is. */
static void take_sooner(const struct solver *solver, struct cp_call_out *best, bool *is_first,
                        const struct cp_text *name)
{
    if (name->leaf.state == CP_SET && is_gone(solver, name)) {
        return;
    }
    struct cp_call_out other = call_out_of_holder(solver, name);
    bool is_sooner = *is_first || !cp_duration_is_at_least(other.length, best->length);
    bool is_comparable = *is_first || cp_duration_is_at_least(other.length, best->length) ||
                         cp_duration_is_at_least(best->length, other.length);
    bool is_known = other.is_known && is_comparable && (*is_first || best->is_known);
    if (is_sooner) {
        *best = other;
    }
    best->is_known = is_known;
    *is_first = false;
}

static struct cp_call_out call_out_of_role(const struct solver *solver, const struct cp_role *role)
{
    struct cp_call_out best = {.is_known = false};
    bool is_first = true;
    if (!cp_leaf_is_plain(&role->holders.leaf) || !cp_leaf_is_plain(&role->deputies.leaf)) {
        return best;
    }
    for (size_t i = 0; i < role->holders.count; i++) {
        take_sooner(solver, &best, &is_first, &role->holders.items[i]);
    }
    for (size_t i = 0; i < role->deputies.count; i++) {
        take_sooner(solver, &best, &is_first, &role->deputies.items[i]);
    }
    if (role->rota.leaf.state != CP_ABSENT) {
        take_sooner(solver, &best, &is_first, &role->rota);
    }
    return best;
}

/* Who does a step, or a whole runbook: the role it names, else the runbook's owner, else nobody who
 * would have to be called. */
static struct cp_call_out call_out_of(struct solver *solver, const struct cp_runbook *runbook,
                                      const struct cp_text *role)
{
    const struct cp_text *name = role && role->leaf.state != CP_ABSENT ? role : &runbook->owner;
    if (name->leaf.state != CP_SET) {
        return (struct cp_call_out){.is_known = name->leaf.state == CP_ABSENT, .is_assumed = true};
    }
    struct cp_call_out *known = cp_map_find(&solver->callees, name->text);
    if (!known) {
        const struct cp_role *of = cp_map_find(&solver->roles, name->text);
        known = cp_arena_alloc(solver->arena, sizeof *known);
        *known = of                      ? call_out_of_role(solver, of)
                 : is_gone(solver, name) ? (struct cp_call_out){.is_known = false}
                                         : call_out_of_holder(solver, name);
        cp_map_put(&solver->callees, name->text, known);
    }
    return *known;
}

/* ---- the critical path of a runbook ---------------------------------------------------------- */

bool cp_runbook_is_recovery(const struct cp_runbook *runbook)
{
    return runbook->type.leaf.state != CP_SET || runbook->type.value <= CP_RUNBOOK_REBUILD;
}

struct node {
    struct cp_duration length, end;
    size_t before;             /* the step it had to wait for, or NOTHING */
    size_t first_in, in_count; /* its rows of `edges` */
    size_t waits;              /* for how many it still waits */
    size_t first_out;          /* chained through `next_out` of the edges */
};

struct edge {
    size_t from, to, next_out;
};

struct graph {
    const struct cp_runbook *runbook;
    struct node *nodes;
    size_t count;
    CP_LIST(struct edge) edges;
};

static void add_edge(struct graph *graph, size_t from, size_t to)
{
    size_t index = graph->edges.count;
    struct edge *edge = cp_list_push(&graph->edges, sizeof *edge);
    *edge = (struct edge){from, to, graph->nodes[from].first_out};
    graph->nodes[from].first_out = index;
    graph->nodes[to].in_count++;
    graph->nodes[to].waits++;
}

/* The edges of what a step comes after; false where one of them is not known. */
static bool add_after(struct graph *graph, const struct cp_map *ids, size_t index)
{
    const struct cp_step *step = &graph->runbook->steps.items[index];
    graph->nodes[index].first_in = graph->edges.count;
    if (step->after.leaf.state == CP_ABSENT) {
        if (index > 0) {
            add_edge(graph, index - 1, index);
        }
        return true;
    }
    for (size_t i = 0; i < step->after.count; i++) {
        const struct cp_text *after = &step->after.items[i];
        const struct cp_step *before =
            after->leaf.state == CP_SET ? cp_map_find(ids, after->text) : NULL;
        if (!before) {
            return false;
        }
        add_edge(graph, (size_t)(before - graph->runbook->steps.items), index);
    }
    return step->after.leaf.state == CP_SET;
}

static bool build(struct graph *graph, struct solver *solver)
{
    const struct cp_runbook *runbook = graph->runbook;
    struct cp_map ids;
    bool is_known = true;
    cp_map_init(&ids);
    for (size_t i = 0; i < graph->count; i++) {
        struct cp_step *step = &runbook->steps.items[i];
        if (step->id.leaf.state == CP_SET) {
            cp_map_put(&ids, step->id.text, step);
        }
    }
    graph->nodes = cp_arena_alloc(solver->arena, (graph->count + 1) * sizeof *graph->nodes);
    for (size_t i = 0; i < graph->count; i++) {
        graph->nodes[i].before = graph->nodes[i].first_out = NOTHING;
    }
    for (size_t i = 0; is_known && i < graph->count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        is_known = step->leaf.state == CP_SET &&
                   cp_length_find(&graph->nodes[i].length, &step->duration) &&
                   add_after(graph, &ids, i);
    }
    cp_map_release(&ids);
    return is_known;
}

/* Those whose end, of `count` candidates, is no earlier than that of any other: the first such, or
 * NOTHING where kinds of time that only a calendar could compare leave it open. */
static size_t find_last(const struct graph *graph, const struct node *of)
{
    struct cp_duration last = zero;
    size_t count = of ? of->in_count : graph->count;
    for (size_t i = 0; i < count; i++) {
        size_t at = of ? graph->edges.items[of->first_in + i].from : i;
        last = cp_duration_cover(last, graph->nodes[at].end);
    }
    size_t found = NOTHING;
    for (size_t i = 0; i < count; i++) {
        size_t at = of ? graph->edges.items[of->first_in + i].from : i;
        if (at < found && cp_duration_is_equal(graph->nodes[at].end, last)) {
            found = at;
        }
    }
    return found;
}

/* When a step that waits for no other ends: once whoever does it is there. */
static bool end_source(struct solver *solver, const struct graph *graph, struct node *node,
                       bool is_first)
{
    const struct cp_step *step = &graph->runbook->steps.items[node - graph->nodes];
    struct cp_call_out call_out = {.is_known = true};
    if (is_first) {
        call_out = call_out_of(solver, graph->runbook, &step->role);
    }
    return call_out.is_known && cp_duration_sum(&node->end, call_out.length, node->length);
}

static bool end_node(struct solver *solver, const struct graph *graph, struct node *node,
                     bool is_first)
{
    if (node->in_count == 0) {
        return end_source(solver, graph, node, is_first);
    }
    node->before = find_last(graph, node);
    return node->before != NOTHING &&
           cp_duration_sum(&node->end, graph->nodes[node->before].end, node->length);
}

/* Ends every step in an order in which none comes before one it waits for. False where they wait
 * for one another in a circle. */
static bool end_all(struct solver *solver, struct graph *graph, bool is_first)
{
    size_t *queue = cp_arena_alloc(solver->arena, graph->count * sizeof *queue);
    size_t queued = 0;
    for (size_t i = 0; i < graph->count; i++) {
        graph->nodes[i].waits = graph->nodes[i].in_count;
        if (graph->nodes[i].waits == 0) {
            queue[queued++] = i;
        }
    }
    for (size_t at = 0; at < queued; at++) {
        struct node *node = &graph->nodes[queue[at]];
        if (!end_node(solver, graph, node, is_first)) {
            return false;
        }
        for (size_t i = node->first_out; i != NOTHING; i = graph->edges.items[i].next_out) {
            assert(graph->edges.items && i < graph->edges.count);
            size_t to = graph->edges.items[i].to;
            if (--graph->nodes[to].waits == 0) {
                queue[queued++] = to;
            }
        }
    }
    return queued == graph->count;
}

/* The steps that lead to `last`, the first of them first. */
static void trace(struct cp_runbook_path *out, const struct graph *graph, size_t last,
                  struct cp_arena *arena)
{
    for (size_t i = last; i != NOTHING; i = graph->nodes[i].before) {
        out->count++;
    }
    const struct cp_step **steps = cp_arena_alloc(arena, out->count * sizeof(*steps));
    size_t at = out->count;
    for (size_t i = last; i != NOTHING; i = graph->nodes[i].before) {
        steps[--at] = &graph->runbook->steps.items[i];
        out->assumed += steps[at]->duration.leaf.state == CP_ABSENT;
    }
    out->steps = steps;
}

static void solve_steps(struct cp_runbook_path *out, struct solver *solver, struct graph *graph,
                        bool is_first)
{
    if (!end_all(solver, graph, is_first)) {
        return;
    }
    size_t last = find_last(graph, NULL);
    if (last != NOTHING) {
        out->is_known = true;
        out->length = graph->nodes[last].end;
        trace(out, graph, last, solver->arena);
        if (is_first) {
            out->call_out = call_out_of(solver, out->runbook, &out->steps[0]->role);
        }
    }
}

static void solve_whole(struct cp_runbook_path *out, struct solver *solver, bool is_first)
{
    out->call_out.is_known = true;
    if (is_first) {
        out->call_out = call_out_of(solver, out->runbook, NULL);
    }
    out->is_known = out->runbook->duration.leaf.state != CP_ABSENT && out->call_out.is_known &&
                    cp_length_find(&out->length, &out->runbook->duration) &&
                    cp_duration_sum(&out->length, out->call_out.length, out->length);
}

static void solve_runbook(struct cp_solution *out, struct solver *solver,
                          const struct cp_runbook *runbook)
{
    struct graph graph = {.runbook = runbook, .count = runbook->steps.count};
    enum cp_timing timing = cp_runbook_timing(runbook);
    *out = (struct cp_solution){.later.runbook = runbook, .first.runbook = runbook};
    out->later.is_counted = out->first.is_counted =
        cp_runbook_is_recovery(runbook) && timing != CP_TIMING_NONE;
    if (!out->later.is_counted || !cp_leaf_is_plain(&runbook->type.leaf)) {
        return;
    }
    if (timing != CP_TIMING_STEPS) {
        solve_whole(&out->later, solver, false);
        solve_whole(&out->first, solver, true);
    } else if (build(&graph, solver)) {
        solve_steps(&out->later, solver, &graph, false);
        solve_steps(&out->first, solver, &graph, true);
    }
    cp_list_release(&graph.edges);
}

void cp_runbooks_solve(struct cp_map *out, const struct cp_plan *plan,
                       const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    struct solver solver = {.portfolio = portfolio, .arena = arena};
    cp_map_init(&solver.roles);
    cp_map_init(&solver.callees);
    for (size_t i = 0; i < plan->incident_response.roles.count; i++) {
        struct cp_role *role = &plan->incident_response.roles.items[i];
        if (role->role.leaf.state == CP_SET) {
            cp_map_put(&solver.roles, role->role.text, role);
        }
    }
    for (size_t i = 0; i < plan->disaster_recovery.runbooks.count; i++) {
        const struct cp_runbook *runbook = &plan->disaster_recovery.runbooks.items[i];
        if (runbook->id.leaf.state == CP_SET && !cp_map_find(out, runbook->id.text)) {
            struct cp_solution *solution = cp_arena_alloc(arena, sizeof *solution);
            solve_runbook(solution, &solver, runbook);
            cp_map_put(out, runbook->id.text, solution);
        }
    }
    cp_map_release(&solver.roles);
    cp_map_release(&solver.callees);
}
