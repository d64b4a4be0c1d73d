/*
 * How fast a plan's runbooks bring the service back, scenario by scenario (recovery.md, "Own
 * recovery", "Start", "Capability"). Every runbook is solved once, in loops: its steps come from
 * outside. Judges nothing; what cannot be told is unknown.
 */
#include <contplan/analysis.h>

#include <assert.h>

#define NOTHING SIZE_MAX

static const struct cp_duration zero;

/* ---- lengths of several kinds ---------------------------------------------------------------- */

static bool is_equal(struct cp_duration a, struct cp_duration b)
{
    return a.seconds == b.seconds && a.work_seconds == b.work_seconds &&
           a.work_days == b.work_days && a.months == b.months;
}

/* Each kind of time at its longest: as long as both, and often longer than either. */
static struct cp_duration cover(struct cp_duration a, struct cp_duration b)
{
    a.seconds = b.seconds > a.seconds ? b.seconds : a.seconds;
    a.work_seconds = b.work_seconds > a.work_seconds ? b.work_seconds : a.work_seconds;
    a.work_days = b.work_days > a.work_days ? b.work_days : a.work_days;
    a.months = b.months > a.months ? b.months : a.months;
    return a;
}

static bool is_at_least(struct cp_duration a, struct cp_duration b)
{
    return is_equal(cover(a, b), a);
}

/* The length as stated; zero where there is none. False where it is not known. */
static bool find_length(struct cp_duration *out, const struct cp_length *length)
{
    *out = length->leaf.state == CP_SET ? length->duration : zero;
    return length->leaf.state == CP_ABSENT || cp_length_is_known(length);
}

/* ---- who is called out ----------------------------------------------------------------------- */

struct solver {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    struct cp_arena *arena;
    struct cp_map roles;     /* role -> struct cp_role */
    struct cp_map callees;   /* role, team, person or text -> struct cp_call_out */
    struct cp_map runbooks;  /* id -> struct solution */
    struct cp_map reliances; /* supplier -> struct reliance */
};

/* A runbook solved: by itself, and as the first one, whose steps wait for somebody to be there. */
struct solution {
    struct cp_runbook_path later, first;
};

static struct cp_call_out call_out_of_team(const struct cp_team *team)
{
    struct cp_call_out out = {.team = team, .is_assumed = team->call_out.leaf.state == CP_ABSENT};
    out.is_known = find_length(&out.length, &team->call_out);
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

/* Whoever is there first; unknown as soon as one of them is. */
static void take_sooner(struct cp_call_out *best, bool *is_first, struct cp_call_out other)
{
    bool is_sooner = *is_first || !is_at_least(other.length, best->length);
    bool is_comparable = *is_first || is_at_least(other.length, best->length) ||
                         is_at_least(best->length, other.length);
    bool is_known = other.is_known && is_comparable && (*is_first || best->is_known);
    if (is_sooner) {
        *best = other;
    }
    best->is_known = is_known;
    *is_first = false;
}

/* Stated and readable, or not stated at all. */
static bool is_plain(const struct cp_leaf *leaf)
{
    return leaf->state == CP_SET || leaf->state == CP_ABSENT;
}

static struct cp_call_out call_out_of_role(const struct solver *solver, const struct cp_role *role)
{
    struct cp_call_out best = {.is_known = false};
    bool is_first = true;
    if (!is_plain(&role->holders.leaf) || !is_plain(&role->deputies.leaf)) {
        return best;
    }
    for (size_t i = 0; i < role->holders.count; i++) {
        take_sooner(&best, &is_first, call_out_of_holder(solver, &role->holders.items[i]));
    }
    for (size_t i = 0; i < role->deputies.count; i++) {
        take_sooner(&best, &is_first, call_out_of_holder(solver, &role->deputies.items[i]));
    }
    if (role->rota.leaf.state != CP_ABSENT) {
        take_sooner(&best, &is_first, call_out_of_holder(solver, &role->rota));
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
        *known = of ? call_out_of_role(solver, of) : call_out_of_holder(solver, name);
        cp_map_put(&solver->callees, name->text, known);
    }
    return *known;
}

/* ---- the critical path of a runbook ---------------------------------------------------------- */

bool cp_runbook_is_recovery(const struct cp_runbook *runbook)
{
    return runbook->type.leaf.state != CP_SET || runbook->type.value <= CP_RUNBOOK_REBUILD;
}

/* Whether a step says how long it takes, or says that this is not known. */
static bool has_timed_step(const struct cp_runbook *runbook)
{
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        if (step->leaf.state != CP_SET || step->duration.leaf.state != CP_ABSENT) {
            return true;
        }
    }
    return false;
}

/* Whether the runbook states a time; steps that are not known are a time that is not. */
static bool is_timed(const struct cp_runbook *runbook)
{
    return runbook->duration.leaf.state != CP_ABSENT || has_timed_step(runbook) ||
           !is_plain(&runbook->steps.leaf);
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
                   find_length(&graph->nodes[i].length, &step->duration) &&
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
        last = cover(last, graph->nodes[at].end);
    }
    size_t found = NOTHING;
    for (size_t i = 0; i < count; i++) {
        size_t at = of ? graph->edges.items[of->first_in + i].from : i;
        if (at < found && is_equal(graph->nodes[at].end, last)) {
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
                    find_length(&out->length, &out->runbook->duration) &&
                    cp_duration_sum(&out->length, out->call_out.length, out->length);
}

static void solve_runbook(struct solution *out, struct solver *solver,
                          const struct cp_runbook *runbook)
{
    struct graph graph = {.runbook = runbook, .count = runbook->steps.count};
    bool has_steps = has_timed_step(runbook);
    *out = (struct solution){.later.runbook = runbook, .first.runbook = runbook};
    out->later.is_counted = out->first.is_counted =
        cp_runbook_is_recovery(runbook) && is_timed(runbook);
    if (!out->later.is_counted || !is_plain(&runbook->type.leaf)) {
        return;
    }
    if (!has_steps) {
        solve_whole(&out->later, solver, false);
        solve_whole(&out->first, solver, true);
    } else if (build(&graph, solver)) {
        solve_steps(&out->later, solver, &graph, false);
        solve_steps(&out->first, solver, &graph, true);
    }
    cp_list_release(&graph.edges);
}

/* ---- automatic responses --------------------------------------------------------------------- */

/* PLACE_BYTES: `supplier.region.zone` is no longer, each being an id. */
enum { CANDIDATES = 16, THINGS = CP_AGAINST_DATA + 1, PLACE_BYTES = 200 };

/* The redundancy against each thing, in the order of the file; what is beyond CANDIDATES is not
 * looked at, and then an answer is unknown. */
struct standbys {
    const struct cp_redundancy *rows[THINGS][CANDIDATES];
    size_t count[THINGS];
    const struct cp_redundancy *bare[THINGS]; /* says that there is none */
    bool is_unsure;                           /* there may be others */
};

static void collect_standbys(struct standbys *out, const struct cp_plan *plan)
{
    const struct cp_it_continuity *continuity = &plan->it_continuity;
    *out = (struct standbys){.is_unsure = !is_plain(&continuity->section.leaf) ||
                                          !is_plain(&continuity->redundancy.leaf)};
    for (size_t i = 0; i < plan->it_continuity.redundancy.count; i++) {
        const struct cp_redundancy *row = &plan->it_continuity.redundancy.items[i];
        bool is_none = row->level.leaf.state == CP_SET && row->level.value == CP_REDUNDANCY_NONE;
        out->is_unsure |= row->leaf.state != CP_SET || !is_plain(&row->against.leaf);
        if (row->leaf.state != CP_SET || row->against.leaf.state != CP_SET) {
            continue;
        }
        if (is_none) {
            out->bare[row->against.value] = row;
        } else {
            size_t *count = &out->count[row->against.value];
            if (*count < CANDIDATES) {
                out->rows[row->against.value][*count] = row;
                ++*count;
            }
        }
    }
}

/* What is lost with `id`, as a bit 1 << enum cp_against; 0 where redundancy says nothing of it. */
static unsigned thing_of(const struct cp_portfolio *portfolio, const struct cp_map *stores,
                         struct cp_str id)
{
    if (cp_portfolio_find_supplier(portfolio, id)) {
        return 1U << CP_AGAINST_SUPPLIER;
    }
    if (cp_map_find(&portfolio->regions, id)) {
        return 1U << CP_AGAINST_REGION;
    }
    struct cp_str region = id;
    while (region.len > 0 && region.at[region.len - 1] != '.') {
        region.len--;
    }
    if (region.len > 0 &&
        cp_map_find(&portfolio->regions, cp_str_slice(region, 0, region.len - 1))) {
        return 1U << CP_AGAINST_ZONE;
    }
    return cp_map_find(stores, id) ? 1U << CP_AGAINST_DATA : 0;
}

/* What a kind of scenario loses where it does not name it. */
static unsigned thing_of_kind(const struct cp_scenario *scenario)
{
    static const unsigned char against[] = {
        [CP_KIND_DATA_LOSS] = 1U << CP_AGAINST_DATA,
        [CP_KIND_DATA_CORRUPTION] = 1U << CP_AGAINST_DATA,
        [CP_KIND_RANSOMWARE] = 1U << CP_AGAINST_DATA,
        [CP_KIND_ACCOUNT_COMPROMISE] = 1U << CP_AGAINST_ACCOUNT,
        [CP_KIND_ZONE] = 1U << CP_AGAINST_ZONE,
        [CP_KIND_REGION] = 1U << CP_AGAINST_REGION,
        [CP_KIND_SUPPLIER] = 1U << CP_AGAINST_SUPPLIER,
    };
    bool is_known = scenario->kind.leaf.state == CP_SET && scenario->kind.value < sizeof against;
    return is_known ? against[scenario->kind.value] : 0;
}

/* Whether a standby, or what it lies in (`northgrid`, `northgrid.south`), is among the lost. */
static bool is_lost(const struct cp_map *lost, struct cp_str standby)
{
    for (size_t len = standby.len <= PLACE_BYTES ? standby.len : 0; len > 0; len--) {
        bool is_whole = len == standby.len || standby.at[len] == '.';
        if (is_whole && cp_map_find(lost, cp_str_slice(standby, 0, len))) {
            return true;
        }
    }
    return false;
}

/* The first standby that is left against the thing, else against a wider one. */
static const struct cp_redundancy *find_against(const struct standbys *standbys,
                                                const struct cp_map *lost, unsigned thing)
{
    unsigned widest = thing <= CP_AGAINST_SUPPLIER ? CP_AGAINST_SUPPLIER : thing;
    for (unsigned against = thing; against <= widest; against++) {
        for (size_t i = 0; i < standbys->count[against]; i++) {
            const struct cp_redundancy *row = standbys->rows[against][i];
            if (row->uses.leaf.state != CP_SET || !is_lost(lost, row->uses.text)) {
                return row;
            }
        }
    }
    return NULL;
}

/* The switch-over; an active-active one that states no time takes none. */
static bool find_takes(struct cp_duration *out, const struct cp_redundancy *row)
{
    bool is_none = row->takes.leaf.state == CP_ABSENT;
    bool is_both =
        row->level.leaf.state == CP_SET && row->level.value == CP_REDUNDANCY_ACTIVE_ACTIVE;
    return find_length(out, &row->takes) && (!is_none || is_both);
}

/* What answers `things`, and how long it takes: all must have been switched over, so that the
 * longest counts. False where that is not known. */
static bool find_answer(struct cp_recovery *out, struct cp_duration *takes,
                        const struct standbys *standbys, const struct cp_map *lost, unsigned things)
{
    bool is_known = things != 0 && !standbys->is_unsure;
    for (unsigned thing = 0; thing < THINGS; thing++) {
        if ((things >> thing & 1U) == 0) {
            continue;
        }
        const struct cp_redundancy *row = find_against(standbys, lost, thing);
        struct cp_duration other = zero;
        is_known = row && find_takes(&other, row) && is_known &&
                   (is_at_least(other, *takes) || is_at_least(*takes, other));
        if (row && (!out->standby || !is_at_least(*takes, other))) {
            out->standby = row;
            *takes = other;
        }
        out->bare = row || out->bare ? out->bare : standbys->bare[thing];
    }
    return is_known;
}

/* The standby against what a scenario loses, and its switch-over. */
static bool find_standby(struct cp_recovery *out, struct cp_duration *takes,
                         const struct solver *solver, const struct standbys *standbys,
                         const struct cp_map *stores)
{
    const struct cp_scenario *scenario = out->scenario;
    struct cp_map lost;
    unsigned things = 0;
    cp_map_init(&lost);
    for (size_t i = 0; i < scenario->loses.count; i++) {
        struct cp_text *id = &scenario->loses.items[i];
        if (id->leaf.state == CP_SET) {
            cp_map_put(&lost, id->text, id);
            things |= thing_of(solver->portfolio, stores, id->text);
        }
    }
    bool is_known =
        find_answer(out, takes, standbys, &lost, things ? things : thing_of_kind(scenario));
    cp_map_release(&lost);
    return is_known;
}

/* ---- by runbooks ----------------------------------------------------------------------------- */

bool cp_scenario_is_by_runbook(const struct cp_scenario *scenario)
{
    const struct cp_choice *response = &scenario->response;
    return response->leaf.state == CP_ABSENT ||
           (response->leaf.state == CP_SET && response->value == CP_RESPONSE_RUNBOOK);
}

/* Appends a runbook's path; false where the answer is unknown with it. */
static bool add_runbook(struct cp_recovery *out, const struct cp_runbook_path **paths,
                        const struct solver *solver, const struct cp_text *id)
{
    const struct solution *solution =
        id->leaf.state == CP_SET ? cp_map_find(&solver->runbooks, id->text) : NULL;
    if (!solution || !solution->later.is_counted) {
        return solution;
    }
    const struct cp_runbook_path *path = out->count == 0 ? &solution->first : &solution->later;
    paths[out->count++] = path;
    out->is_called = out->is_called && path->is_known &&
                     cp_duration_sum(&out->called, out->called, path->length);
    return solution->later.is_known && cp_duration_sum(&out->own, out->own, solution->later.length);
}

static void recover_by_runbooks(struct cp_recovery *out, const struct solver *solver,
                                const struct cp_scenario *scenario)
{
    size_t count = scenario->runbooks.count;
    const struct cp_runbook_path **paths =
        cp_arena_alloc(solver->arena, (count + 1) * sizeof(*paths));
    bool is_known = scenario->runbooks.leaf.state == CP_SET;
    out->is_called = true;
    for (size_t i = 0; is_known && i < count; i++) {
        is_known = add_runbook(out, paths, solver, &scenario->runbooks.items[i]);
    }
    out->paths = paths;
    out->own_is = is_known && out->count > 0 ? CP_OWN_RUNBOOKS : CP_OWN_UNKNOWN;
}

/* ---- waiting for what is lost ---------------------------------------------------------------- */

/* The supplier of `supplier`, `supplier.region` or `supplier.region.zone`, or NULL. */
static const struct cp_supplier *supplier_of(const struct cp_portfolio *portfolio,
                                             struct cp_str place)
{
    const struct cp_supplier *supplier = cp_portfolio_find_supplier(portfolio, place);
    for (size_t len = place.len <= PLACE_BYTES ? place.len : 0; !supplier && len > 0; len--) {
        if (len == place.len || place.at[len] == '.') {
            supplier = cp_map_find(&portfolio->regions, cp_str_slice(place, 0, len));
        }
    }
    return supplier;
}

/* Where the service runs: the most specific of zones, regions and hosting says so. */
struct home {
    const struct cp_text *places;
    size_t count; /* 0 as well where it is not known, or where there are too many to look at */
};

static struct home home_of(const struct cp_it_continuity *continuity)
{
    struct home home = {&continuity->hosting, continuity->hosting.leaf.state == CP_SET};
    if (continuity->zones.leaf.state != CP_ABSENT) {
        home = (struct home){continuity->zones.items, continuity->zones.count};
    } else if (continuity->regions.leaf.state != CP_ABSENT) {
        home = (struct home){continuity->regions.items, continuity->regions.count};
    }
    home.count = home.count <= CANDIDATES ? home.count : 0;
    return home;
}

/* Whether nothing is left of it. */
static bool is_home_lost(const struct home *home, const struct cp_map *lost)
{
    for (size_t i = 0; i < home->count; i++) {
        if (home->places[i].leaf.state != CP_SET || !is_lost(lost, home->places[i].text)) {
            return false;
        }
    }
    return home->count > 0;
}

/* Whether a part of it lies in the place. */
static bool is_home_in(const struct home *home, struct cp_str place)
{
    for (size_t i = 0; i < home->count; i++) {
        struct cp_str at = home->places[i].text;
        if (cp_str_is_equal(cp_str_slice(at, 0, place.len), place) &&
            (at.len == place.len || at.at[place.len] == '.')) {
            return true;
        }
    }
    return false;
}

/* The plan's dependencies on one supplier. */
struct reliance {
    const struct cp_dependency *first;
    bool has_several;
};

static void index_reliances(struct solver *solver)
{
    const struct cp_dependencies *dependencies = &solver->plan->dependencies;
    cp_map_init(&solver->reliances);
    for (size_t i = 0; i < dependencies->external.count; i++) {
        const struct cp_dependency *dependency = &dependencies->external.items[i];
        if (dependency->leaf.state != CP_SET || dependency->supplier.leaf.state != CP_SET) {
            continue;
        }
        struct reliance *reliance = cp_arena_alloc(solver->arena, sizeof *reliance);
        reliance->first = dependency;
        struct reliance *first =
            cp_map_put(&solver->reliances, dependency->supplier.text, reliance);
        if (first) {
            first->has_several = true;
        }
    }
}

/* Whether nothing helps while the supplier is away. */
static bool is_down_without(const struct cp_dependency *dependency)
{
    return dependency->criticality.leaf.state == CP_SET &&
           dependency->criticality.value == CP_HARD &&
           dependency->pattern.leaf.state == CP_ABSENT &&
           dependency->fallback.leaf.state == CP_ABSENT;
}

/* When the supplier is back: as the plan has agreed with it, else as it promises to everybody. NULL
 * where that is not known. */
static const struct cp_length *find_promise(const struct cp_supplier *supplier,
                                            const struct reliance *reliance)
{
    const struct cp_length *promise = &supplier->commits.rto;
    if (reliance) {
        const struct cp_commits *own = &reliance->first->commits;
        bool is_clear = is_plain(&own->leaf) && !reliance->has_several;
        promise = own->rto.leaf.state != CP_ABSENT ? &own->rto : promise;
        promise = is_clear ? promise : NULL;
    }
    return cp_length_is_known(promise) ? promise : NULL;
}

/* Adds the wait for one thing that is lost, and for our own time to be normal again. What the
 * service can do without is not waited for; `home` is empty where some of it is left. False where
 * that is not known. */
static bool add_return(struct cp_recovery *out, const struct solver *solver,
                       const struct home *home, struct cp_str lost)
{
    const struct cp_supplier *supplier = supplier_of(solver->portfolio, lost);
    const struct reliance *reliance =
        supplier ? cp_map_find(&solver->reliances, supplier->id.text) : NULL;
    bool is_down = reliance && cp_str_is_equal(lost, supplier->id.text) &&
                   (reliance->has_several || is_down_without(reliance->first));
    struct cp_duration resume = zero;
    if (!supplier || (!is_down && !is_home_in(home, lost))) {
        return supplier;
    }
    const struct cp_length *promise = find_promise(supplier, reliance);
    struct cp_duration length;
    if (!promise || (is_down && !find_length(&resume, &reliance->first->resume)) ||
        !cp_duration_sum(&length, promise->duration, resume) ||
        (!is_at_least(length, out->own) && !is_at_least(out->own, length))) {
        return false;
    }
    if (!out->promise || !is_at_least(out->own, length)) {
        out->promise = promise;
        out->promised_by = cp_portfolio_name_of(solver->portfolio, supplier->id.text);
        out->own = length;
    }
    return true;
}

/* What has a standby is not waited for, and a store does not return by itself. */
static void recover_by_waiting(struct cp_recovery *out, const struct solver *solver,
                               const struct standbys *standbys)
{
    const struct cp_scenario *scenario = out->scenario;
    bool is_known = !out->standby && !standbys->is_unsure && is_plain(&scenario->loses.leaf);
    struct home home = home_of(&solver->plan->it_continuity);
    struct cp_map lost;
    cp_map_init(&lost);
    for (size_t i = 0; is_known && i < scenario->loses.count; i++) {
        struct cp_text *thing = &scenario->loses.items[i];
        is_known = thing->leaf.state == CP_SET;
        cp_map_put(&lost, thing->text, thing);
    }
    home.count = is_known && is_home_lost(&home, &lost) ? home.count : 0;
    for (size_t i = 0; is_known && i < scenario->loses.count; i++) {
        is_known = add_return(out, solver, &home, scenario->loses.items[i].text);
    }
    cp_map_release(&lost);
    out->own_is = is_known && out->promise ? CP_OWN_RETURN : CP_OWN_UNKNOWN;
}

/* ---- scenarios ------------------------------------------------------------------------------- */

/* Whether a runbook states times although the response is another: which of the two is meant is
 * not for us to say. */
static bool has_counted_runbook(const struct solver *solver, const struct cp_scenario *scenario)
{
    for (size_t i = 0; i < scenario->runbooks.count; i++) {
        const struct cp_text *id = &scenario->runbooks.items[i];
        const struct solution *solution =
            id->leaf.state == CP_SET ? cp_map_find(&solver->runbooks, id->text) : NULL;
        if (!solution || solution->later.is_counted) {
            return true;
        }
    }
    return !is_plain(&scenario->runbooks.leaf);
}

static void recover(struct cp_recovery *out, const struct solver *solver,
                    const struct standbys *standbys, const struct cp_map *stores,
                    const struct cp_scenario *scenario)
{
    *out = (struct cp_recovery){.scenario = scenario};
    if (scenario->leaf.state != CP_SET) {
        return;
    }
    const struct cp_choice *response = &scenario->response;
    struct cp_duration takes = zero;
    bool is_known = find_standby(out, &takes, solver, standbys, stores);
    if (cp_scenario_is_by_runbook(scenario)) {
        recover_by_runbooks(out, solver, scenario);
    } else if (response->leaf.state != CP_SET || has_counted_runbook(solver, scenario)) {
        return;
    } else if (response->value != CP_RESPONSE_AUTOMATIC) {
        recover_by_waiting(out, solver, standbys);
    } else if (is_known) {
        out->own_is = CP_OWN_SWITCH_OVER;
        out->own = takes;
    }
}

static void init_solver(struct solver *solver)
{
    index_reliances(solver);
    cp_map_init(&solver->roles);
    cp_map_init(&solver->callees);
    cp_map_init(&solver->runbooks);
    for (size_t i = 0; i < solver->plan->incident_response.roles.count; i++) {
        struct cp_role *role = &solver->plan->incident_response.roles.items[i];
        if (role->role.leaf.state == CP_SET) {
            cp_map_put(&solver->roles, role->role.text, role);
        }
    }
    for (size_t i = 0; i < solver->plan->disaster_recovery.runbooks.count; i++) {
        const struct cp_runbook *runbook = &solver->plan->disaster_recovery.runbooks.items[i];
        if (runbook->id.leaf.state == CP_SET && !cp_map_find(&solver->runbooks, runbook->id.text)) {
            struct solution *solution = cp_arena_alloc(solver->arena, sizeof *solution);
            solve_runbook(solution, solver, runbook);
            cp_map_put(&solver->runbooks, runbook->id.text, solution);
        }
    }
}

struct cp_recovery *cp_recoveries_get(const struct cp_plan *plan,
                                      const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    struct solver solver = {.plan = plan, .portfolio = portfolio, .arena = arena};
    struct standbys standbys;
    struct cp_map stores;
    size_t count = plan->disaster_recovery.scenarios.count;
    struct cp_recovery *recoveries = cp_arena_alloc(arena, count * sizeof *recoveries + 1);
    init_solver(&solver);
    collect_standbys(&standbys, plan);
    cp_map_init(&stores);
    for (size_t i = 0; i < plan->backup_restore.stores.count; i++) {
        struct cp_store *store = &plan->backup_restore.stores.items[i];
        if (store->id.leaf.state == CP_SET) {
            cp_map_put(&stores, store->id.text, store);
        }
    }
    for (size_t i = 0; i < count; i++) {
        recover(&recoveries[i], &solver, &standbys, &stores,
                &plan->disaster_recovery.scenarios.items[i]);
    }
    cp_map_release(&stores);
    cp_map_release(&solver.roles);
    cp_map_release(&solver.callees);
    cp_map_release(&solver.runbooks);
    cp_map_release(&solver.reliances);
    return recoveries;
}

/* ---- capability ------------------------------------------------------------------------------ */

/* A switch-over begins at the disruption: what of it lies before the clock's start does not count.
 */
static bool find_rest(struct cp_duration *out, struct cp_duration takes, struct cp_duration before)
{
    if (is_equal(before, zero)) {
        *out = takes;
        return true;
    }
    bool is_elapsed = is_equal(takes, (struct cp_duration){.seconds = takes.seconds}) &&
                      is_equal(before, (struct cp_duration){.seconds = before.seconds});
    *out = (struct cp_duration){
        .seconds = takes.seconds > before.seconds ? takes.seconds - before.seconds : 0};
    return is_elapsed;
}

/* A time as stated, zero where it is not, nor is it needed; false where it is unknown. */
static bool find_time(struct cp_duration *out, const struct cp_incident_response *response,
                      const struct cp_length *time, bool is_needed)
{
    const struct cp_activation *activation = &response->activation;
    *out = zero;
    return !is_needed || (is_plain(&response->section.leaf) && is_plain(&activation->leaf) &&
                          is_plain(&activation->times.leaf) && find_length(out, time));
}

bool cp_capability(struct cp_capability *out, const struct cp_recovery *recovery,
                   const struct cp_plan *plan, enum cp_clock clock)
{
    const struct cp_incident_response *response = &plan->incident_response;
    const struct cp_times *times = &response->activation.times;
    bool is_by_hand = recovery->own_is == CP_OWN_RUNBOOKS;
    struct cp_duration detect;
    struct cp_duration declare;
    struct cp_duration both;
    *out = (struct cp_capability){0};
    /* By hand what comes after the clock's start is added; otherwise what comes before is left out.
     */
    if (recovery->own_is == CP_OWN_UNKNOWN ||
        !find_time(&detect, response, &times->detect,
                   (clock == CP_CLOCK_DISRUPTION) == is_by_hand) ||
        !find_time(&declare, response, &times->declare,
                   (clock != CP_CLOCK_DECLARATION) == is_by_hand) ||
        !cp_duration_sum(&both, detect, declare)) {
        return false;
    }
    if (!is_by_hand) {
        return find_rest(&out->total, recovery->own, both);
    }
    out->detect = detect;
    out->declare = declare;
    return recovery->is_called && cp_duration_sum(&out->total, both, recovery->called);
}
