/*
 * The history of plans, commit by commit: each plan that a commit changed, itself or through its
 * portfolio file, is compared with what it was before. Says nothing of which changes matter.
 */
#include "past.h"

#include <contplan/analysis.h>

#include <stdlib.h>

/* A commit that changed a file that is asked about. */
struct event {
    const struct cp_log_commit *commit;
    struct group *group;
    size_t parents;
};

struct telling {
    struct cp_engine *engine;
    const struct cp_log_visitor *visitor;
    CP_LIST(struct event) events;
};

/* ---- which commits --------------------------------------------------------------------------- */

static void add_events(struct telling *telling, const struct cp_log_file *log, struct group *group)
{
    for (size_t i = 0; log && i < log->versions.count; i++) {
        struct event *event = cp_list_push(&telling->events, sizeof *event);
        *event = (struct event){log->versions.items[i].commit, group,
                                log->versions.items[i].parent_count};
    }
}

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_commit(const void *a, const void *b)
{
    const struct event *left = a;
    const struct event *right = b;
    int order = compare_numbers(left->commit->order, right->commit->order);
    return order != 0 ? order : strcmp(left->group->folder, right->group->folder);
}

static void collect(struct telling *telling)
{
    struct cp_engine *engine = telling->engine;
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        bool is_asked = false;
        for (size_t j = 0; j < group->units.count; j++) {
            const struct unit *unit = group->units.items[j];
            add_events(telling, unit->is_asked ? unit->log : NULL, group);
            is_asked = is_asked || unit->is_asked;
        }
        add_events(telling, is_asked ? group->log : NULL, group);
    }
    if (telling->events.count > 1) {
        qsort(telling->events.items, telling->events.count, sizeof *telling->events.items,
              by_commit);
    }
}

/* ---- one commit ------------------------------------------------------------------------------ */

/* A commit beside one of its parents. */
struct edge {
    const struct cp_log_commit *commit;
    size_t parent;
};

/* The version that a commit held, and that its parent did; of a parent without the file, that of
 * another one. */
struct step {
    size_t is, was;
};

static struct step step_at(struct cp_engine *engine, const struct cp_log_file *log,
                           const struct edge *edge)
{
    size_t made = version_by(log, edge->commit);
    if (made == SIZE_MAX) {
        size_t held = version_at(engine, log, edge->commit);
        return (struct step){held, held};
    }
    const struct cp_log_version *version = &log->versions.items[made];
    size_t was = edge->parent < version->parent_count ? version->before[edge->parent] : SIZE_MAX;
    return (struct step){made, was != SIZE_MAX ? was : version_before(log, made)};
}

/* A version of a plan; one that was not yet there says nothing. False where it cannot be read. */
static bool open_side(struct cp_compared_plan *out, struct cp_engine *engine,
                      const struct unit *unit, struct old_plan *old, size_t version,
                      const struct cp_portfolio *portfolio)
{
    static const struct cp_plan nothing = {.leaf = {.state = CP_SET}};
    *out = (struct cp_compared_plan){unit->file.path, unit->stem, &nothing, portfolio};
    if (version == SIZE_MAX) {
        return true;
    }
    const struct cp_log_version *found = &unit->log->versions.items[version];
    if (!old_plan_load(engine, old, found)) {
        return false;
    }
    old_plan_decode(old, found->path, portfolio);
    cp_rules_check_source(&old->yaml, &old->diags);
    out->path = found->path;
    out->plan = &old->plan;
    out->id = old->plan.id.leaf.state == CP_SET ? old->plan.id.text : cp_path_stem(found->path);
    return true;
}

/* The newest version from there on that is a plan, so that what a broken one hid is told once it is
 * mended; `version` where none is. */
static size_t readable_from(struct cp_engine *engine, const struct unit *unit, struct old_plan *old,
                            size_t version, const struct cp_portfolio *portfolio)
{
    for (size_t i = version; i != SIZE_MAX; i = version_before(unit->log, i)) {
        const struct cp_log_version *found = &unit->log->versions.items[i];
        bool is_plan =
            old_plan_load(engine, old, found) && old_plan_decode(old, found->path, portfolio);
        old_plan_release(old);
        old_plan_init(old);
        if (is_plan) {
            return i;
        }
    }
    return version;
}

static void add_plan(struct cp_comparison *comparison, const struct cp_compared_plan sides[2],
                     const struct old_plan old[2])
{
    struct cp_secrets secrets;
    cp_secrets_init(&secrets);
    cp_secrets_add(&secrets, &old[0].diags);
    cp_secrets_add(&secrets, &old[1].diags);
    cp_secrets_sort(&secrets);
    comparison->own = &secrets;
    cp_comparison_add_plan(comparison, &sides[0], &sides[1]);
    comparison->own = NULL;
    cp_secrets_release(&secrets);
}

static void compare_plan(struct cp_comparison *comparison, struct cp_engine *engine,
                         const struct unit *unit, const struct edge *edge,
                         const struct cp_portfolio *const portfolios[2])
{
    struct step step = step_at(engine, unit->log, edge);
    struct cp_compared_plan sides[2];
    if (step.is == SIZE_MAX) {
        return;
    }
    struct old_plan *old = cp_alloc(2 * sizeof *old);
    old_plan_init(&old[0]);
    old_plan_init(&old[1]);
    step.was = readable_from(engine, unit, &old[0], step.was, portfolios[0]);
    if (open_side(&sides[0], engine, unit, &old[0], step.was, portfolios[0]) &&
        open_side(&sides[1], engine, unit, &old[1], step.is, portfolios[1])) {
        add_plan(comparison, sides, old);
    }
    old_plan_release(&old[0]);
    old_plan_release(&old[1]);
    free(old);
}

/* As for plans; where none could be read, there was none. */
static const struct cp_portfolio *readable_portfolio(struct cp_engine *engine, struct group *group,
                                                     size_t *version)
{
    const struct cp_portfolio *portfolio = old_portfolio(engine, group, *version);
    while (!portfolio) {
        *version = version_before(group->log, *version);
        portfolio = old_portfolio(engine, group, *version);
    }
    return portfolio;
}

/* A portfolio, and those of its plans that changed; all, where the portfolio file did. */
static void compare_group(struct cp_comparison *comparison, struct cp_engine *engine,
                          struct group *group, const struct edge *edge)
{
    struct step step = step_at(engine, group->log, edge);
    const struct cp_portfolio *const portfolios[2] = {readable_portfolio(engine, group, &step.was),
                                                      readable_portfolio(engine, group, &step.is)};
    struct cp_secrets secrets;
    cp_secrets_init(&secrets);
    old_portfolio_add_secrets(&secrets, group, step.was);
    old_portfolio_add_secrets(&secrets, group, step.is);
    cp_secrets_sort(&secrets);
    comparison->shared = &secrets;
    cp_comparison_add_portfolio(comparison, group->config_path ? group->config_path : group->folder,
                                portfolios[0], portfolios[1], false);
    for (size_t i = 0; i < group->units.count; i++) {
        const struct unit *unit = group->units.items[i];
        bool is_made = version_by(unit->log, edge->commit) != SIZE_MAX;
        if (unit->is_asked && (step.is != step.was || is_made)) {
            compare_plan(comparison, engine, unit, edge, portfolios);
        }
    }
    comparison->shared = NULL;
    cp_secrets_release(&secrets);
}

/* ---- merges ---------------------------------------------------------------------------------- */

static const struct cp_change *find_alike(const struct cp_compared *file,
                                          const struct cp_change *change)
{
    for (size_t i = 0; i < file->changes.count; i++) {
        const struct cp_change *other = &file->changes.items[i];
        if (cp_str_is_equal(other->field, change->field) &&
            cp_str_is_equal(other->label, change->label) &&
            cp_str_is_equal(other->is, change->is)) {
            return other;
        }
    }
    return NULL;
}

/* Whether the change is one against the other parent, too; else it came from there. */
static bool is_in(const struct cp_comparison *other, const struct cp_compared *file,
                  const struct cp_change *change)
{
    for (size_t i = 0; i < other->files.count; i++) {
        const struct cp_compared *found = other->files.items[i];
        if (cp_str_is_equal(found->path, file->path) && find_alike(found, change)) {
            return true;
        }
    }
    return false;
}

static bool is_own(void *context, const struct cp_compared *file, const struct cp_change *change)
{
    return is_in(context, file, change);
}

/* ---- all commits ----------------------------------------------------------------------------- */

/* Events `from` to `to` are of one commit, a portfolio's together. */
static void compare_parent(struct cp_comparison *out, struct telling *telling, size_t from,
                           size_t to, size_t parent)
{
    const struct event *events = telling->events.items;
    const struct edge edge = {events[from].commit, parent};
    cp_comparison_init(out, telling->visitor->audience);
    for (size_t i = from; i < to; i++) {
        if (i == from || events[i].group != events[i - 1].group) {
            compare_group(out, telling->engine, events[i].group, &edge);
        }
    }
}

/* What a merge changed is what differs from each of its parents. */
static void tell_commit(struct telling *telling, size_t from, size_t to)
{
    const struct cp_log_visitor *visitor = telling->visitor;
    const struct event *events = telling->events.items;
    struct cp_comparison comparison;
    compare_parent(&comparison, telling, from, to, 0);
    for (size_t i = 1; i < events[from].parents; i++) {
        struct cp_comparison other;
        compare_parent(&other, telling, from, to, i);
        cp_comparison_keep(&comparison, is_own, &other);
        cp_comparison_release(&other);
    }
    cp_comparison_keep(&comparison, visitor->is_wanted, visitor->context);
    cp_comparison_settle(&comparison);
    if (comparison.files.count > 0) {
        visitor->commit(visitor->context, events[from].commit, &comparison);
    } else {
        cp_comparison_release(&comparison);
    }
}

bool cp_engine_has_history(const struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->units.count; i++) {
        const struct unit *unit = engine->units.items[i];
        if (unit->is_asked && unit->log && unit->log->versions.count > 0) {
            return true;
        }
    }
    return false;
}

int cp_engine_log(struct cp_engine *engine, const struct cp_log_visitor *visitor,
                  struct cp_error *error)
{
    struct telling telling = {.engine = engine, .visitor = visitor};
    history_open(engine);
    if (engine->lost_past) {
        return cp_error_set(error, "%s", engine->lost_past);
    }
    collect(&telling);
    for (size_t from = 0, to = 0; from < telling.events.count; from = to) {
        while (to < telling.events.count &&
               telling.events.items[to].commit->order == telling.events.items[from].commit->order) {
            to++;
        }
        tell_commit(&telling, from, to);
    }
    cp_list_release(&telling.events);
    if (engine->lost_past) {
        return cp_error_set(error, "%s", engine->lost_past);
    }
    return 0;
}
