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
        *event = (struct event){log->versions.items[i].commit, group};
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

/* The version that a commit saw, and the one before where the commit made it. */
struct step {
    size_t is, was;
};

static struct step step_at(const struct cp_log_file *log, const struct cp_log_commit *commit)
{
    size_t is = version_at(log, commit);
    size_t count = log ? log->versions.count : 0;
    bool is_made = is < count && log->versions.items[is].commit == commit;
    return (struct step){is, !is_made ? is : is + 1 < count ? is + 1 : SIZE_MAX};
}

/* A version of a plan; one that was not yet there says nothing. False where it cannot be read. */
static bool open_side(struct cp_compared_plan *out, const struct cp_engine *engine,
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
static size_t readable_from(const struct cp_engine *engine, const struct unit *unit,
                            struct old_plan *old, size_t version,
                            const struct cp_portfolio *portfolio)
{
    size_t count = unit->log->versions.count;
    for (size_t i = version; i < count; i++) {
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

static void compare_plan(struct cp_comparison *comparison, const struct cp_engine *engine,
                         const struct unit *unit, const struct cp_log_commit *commit,
                         const struct cp_portfolio *const portfolios[2])
{
    struct step step = step_at(unit->log, commit);
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

static bool is_made_by(const struct cp_log_file *log, const struct cp_log_commit *commit)
{
    size_t version = version_at(log, commit);
    return version != SIZE_MAX && log->versions.items[version].commit == commit;
}

/* A portfolio, and those of its plans that changed; all, where the portfolio file did. */
static void compare_group(struct cp_comparison *comparison, const struct cp_engine *engine,
                          struct group *group, const struct cp_log_commit *commit)
{
    struct step step = step_at(group->log, commit);
    const struct cp_portfolio *const portfolios[2] = {old_portfolio(engine, group, step.was),
                                                      old_portfolio(engine, group, step.is)};
    if (!portfolios[0] || !portfolios[1]) {
        return;
    }
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
        if (unit->is_asked && (step.is != step.was || is_made_by(unit->log, commit))) {
            compare_plan(comparison, engine, unit, commit, portfolios);
        }
    }
    comparison->shared = NULL;
    cp_secrets_release(&secrets);
}

/* Events `from` to `to` are of one commit, a portfolio's together. */
static void tell_commit(struct telling *telling, size_t from, size_t to)
{
    const struct cp_log_visitor *visitor = telling->visitor;
    const struct event *events = telling->events.items;
    struct cp_comparison comparison;
    cp_comparison_init(&comparison, visitor->audience);
    for (size_t i = from; i < to; i++) {
        if (i == from || events[i].group != events[i - 1].group) {
            compare_group(&comparison, telling->engine, events[i].group, events[i].commit);
        }
    }
    cp_comparison_keep(&comparison, visitor->is_wanted, visitor->context);
    cp_comparison_settle(&comparison);
    if (comparison.files.count > 0) {
        visitor->commit(visitor->context, events[from].commit, &comparison);
    } else {
        cp_comparison_release(&comparison);
    }
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
    return 0;
}
