/*
 * Which plans a change concerns: those that changed since another source, those that name one of
 * them, those whose portfolio file, profile or linked files changed. Knows nothing of git.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

static bool has_changed(const struct cp_engine *engine, const char *path)
{
    return !cp_source_is_same(engine->request->before, engine->source, path);
}

/* ---- before the workers ---------------------------------------------------------------------- */

/* The same paths as they were, and all of their portfolios, in which a plan may have stood
 * elsewhere. What could not be read then is no matter now. */
static void open_earlier(struct cp_engine *engine)
{
    const struct cp_request *request = engine->request;
    size_t count = request->path_count;
    const char **paths =
        cp_arena_alloc(&engine->arena, (count + engine->groups.count + 1) * sizeof *paths);
    if (count > 0) {
        memcpy(paths, request->paths, count * sizeof *paths);
    }
    for (size_t i = 0; count > 0 && i < engine->groups.count; i++) {
        paths[count + i] = engine->groups.items[i]->folder;
    }
    engine->earlier_request = *request;
    engine->earlier_request.paths = paths;
    engine->earlier_request.path_count = count > 0 ? count + engine->groups.count : 0;
    engine->earlier_request.before = NULL;
    engine->earlier_request.past = NULL;
    engine->earlier = cp_engine_new(engine->request->before, &engine->earlier_request);
}

static bool has_profile_changed(const struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->profile_files.count; i++) {
        if (has_changed(engine, engine->profile_files.items[i]->file.path)) {
            return true;
        }
    }
    return false;
}

void since_open(struct cp_engine *engine)
{
    if (!engine->request->before) {
        return;
    }
    open_earlier(engine);
    for (size_t i = 0; i < engine->units.count; i++) {
        engine->units.items[i]->is_changed = has_changed(engine, engine->units.items[i]->file.path);
    }
    before_open(engine);
    bool is_changed = has_profile_changed(engine);
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        group->is_changed =
            is_changed || (group->config_path && has_changed(engine, group->config_path));
    }
}

/* ---- a plan, by its worker ------------------------------------------------------------------- */

struct comparing {
    const struct cp_engine *engine;
    struct unit *unit;
};

static bool compare_link(void *context, const char *path)
{
    const struct comparing *comparing = context;
    comparing->unit->is_concerned = has_changed(comparing->engine, path);
    return !comparing->unit->is_concerned;
}

void since_check(const struct cp_engine *engine, struct worker *worker, struct unit *unit,
                 const struct cp_plan *plan)
{
    if (!engine->request->before) {
        return;
    }
    struct comparing comparing = {engine, unit};
    unit->is_concerned = unit->is_changed || unit->group->is_changed;
    if (unit->is_asked && !unit->is_concerned && plan && plan->leaf.state == CP_SET) {
        follow_links(plan, &worker->arena, compare_link, &comparing);
    }
}

/* ---- all plans ------------------------------------------------------------------------------- */

/* Names by which others may know a plan that changed, now or before. */
struct changed {
    struct cp_arena arena;
    struct cp_map names;
    struct cp_map now; /* path -> unit */
};

static void add_name(struct changed *changed, struct cp_str name)
{
    if (name.len > 0) {
        cp_map_put(&changed->names, cp_arena_copy(&changed->arena, name), changed);
    }
}

static void add_names(struct changed *changed, const struct unit *unit)
{
    add_name(changed, unit->stem);
    add_name(changed, cp_fact_str(unit->facts, unit->facts->id));
}

/* The plan as it was: its id may have been another. */
static void add_earlier_names(struct changed *changed, struct cp_engine *earlier,
                              struct worker *worker, struct unit *unit)
{
    struct cp_plan plan;
    bool is_loaded = load_unit(earlier, worker, unit, &plan);
    keep_facts(unit, is_loaded ? &plan : NULL, worker);
    add_names(changed, unit);
}

static bool has_same_config_path(const struct group *a, const struct group *b)
{
    return a->config_path && b->config_path ? strcmp(a->config_path, b->config_path) == 0
                                            : !a->config_path && !b->config_path;
}

static void compare_earlier(struct changed *changed, struct cp_engine *engine)
{
    struct worker worker;
    worker_init(&worker);
    worker.diags.is_muted = true;
    for (size_t i = 0; i < engine->earlier->units.count; i++) {
        struct unit *before = engine->earlier->units.items[i];
        struct unit *now = cp_map_find(&changed->now, cp_str_of(before->file.path));
        if (now && !has_same_config_path(now->group, before->group)) {
            now->is_changed = true;
            now->is_concerned = true;
        }
        if (!now || now->is_changed) {
            before->is_asked = false;
            add_earlier_names(changed, engine->earlier, &worker, before);
        }
    }
    worker_release(&worker);
}

static bool names_changed(const struct changed *changed, const struct cp_facts *facts)
{
    const struct cp_fact_reference *references = cp_facts_references(facts);
    for (uint32_t i = 0; i < cp_facts_count(facts, CP_POOL_REFERENCES); i++) {
        if ((references[i].refers & CP_REFERS_PLAN) &&
            cp_map_find(&changed->names, cp_fact_str(facts, references[i].id))) {
            return true;
        }
    }
    return false;
}

/* Two plans of one id concern each other. */
static bool is_concerned(const struct changed *changed, const struct unit *unit)
{
    return unit->is_concerned || unit->is_behind ||
           cp_map_find(&changed->names, cp_fact_str(unit->facts, unit->facts->id)) ||
           names_changed(changed, unit->facts);
}

/* Who must be up before others can recover concerns those others, and those behind them. */
static void concern_dependants(struct group *group)
{
    const struct cp_network *network = &group->network;
    uint32_t *queue = cp_alloc((network->count + 1) * sizeof *queue);
    size_t queued = 0;
    for (size_t i = 0; i < network->count; i++) {
        if (group->units.items[network->origin[i]]->is_changed) {
            queue[queued++] = (uint32_t)i;
        }
    }
    for (size_t at = 0; at < queued; at++) {
        uint32_t plan = queue[at];
        for (uint32_t i = network->first_incoming[plan]; i < network->first_incoming[plan + 1];
             i++) {
            const struct cp_edge *edge = &network->edges[network->incoming[i]];
            struct unit *unit = group->units.items[network->origin[edge->from]];
            if (edge->dependency->recovery_needs == CP_FACT_YES && !unit->is_changed &&
                !unit->is_behind) {
                unit->is_behind = true;
                queue[queued++] = edge->from;
            }
        }
    }
    free(queue);
}

static void choose(struct cp_engine *engine, const struct changed *changed)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        if (engine->groups.items[i]->has_network) {
            concern_dependants(engine->groups.items[i]);
        }
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        struct unit *unit = engine->units.items[i];
        unit->is_asked = unit->is_asked && is_concerned(changed, unit);
    }
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        group->is_asked = group->is_asked && group->is_changed;
        for (size_t j = 0; group->has_network && j < group->units.count; j++) {
            const struct unit *unit = group->units.items[j];
            group->network.is_asked[unit->plan] = unit->is_asked;
        }
    }
}

void since_choose(struct cp_engine *engine)
{
    struct changed changed = {0};
    if (!engine->request->before) {
        return;
    }
    cp_arena_init(&changed.arena);
    cp_map_init(&changed.names);
    cp_map_init(&changed.now);
    for (size_t i = 0; i < engine->units.count; i++) {
        struct unit *unit = engine->units.items[i];
        cp_map_put(&changed.now, cp_str_of(unit->file.path), unit);
    }
    compare_earlier(&changed, engine);
    for (size_t i = 0; i < engine->units.count; i++) {
        if (engine->units.items[i]->is_changed) {
            add_names(&changed, engine->units.items[i]);
        }
    }
    choose(engine, &changed);
    cp_map_release(&changed.now);
    cp_map_release(&changed.names);
    cp_arena_release(&changed.arena);
}

void since_close(struct cp_engine *engine)
{
    if (engine->earlier) {
        cp_engine_free(engine->earlier);
        before_close(engine);
    }
}
