/*
 * From the paths of the command line to portfolios and their plans: the portfolio of a plan is the
 * nearest contplan.yaml upwards; a folder means every plan below it. Reads no plan.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

static const char config_name[] = "contplan.yaml";
static const char baseline_name[] = "contplan-baseline.yaml";

enum { MAX_UPWARDS = 64, MAX_DOWNWARDS = 16, MAX_PATTERNS = 256 };

static const char *printable(struct cp_engine *engine, const char *path)
{
    return cp_printable_in(&engine->arena, cp_str_of(path));
}

/* The path with what tells which of its states is meant. */
static const char *named(struct cp_engine *engine, const char *path)
{
    const char *where = engine->source->where;
    return where ? cp_arena_printf(&engine->arena, "%s %s", printable(engine, path), where).at
                 : printable(engine, path);
}

/* Without a working directory, as in texts that stand for files, a path is what it says. */
static const char *normal(struct cp_engine *engine, const char *path)
{
    const char *here = engine->request->here;
    const char *normal =
        here ? cp_path_normal(&engine->scratch, here, path) : cp_path_clean(&engine->scratch, path);
    normal = cp_arena_copy(&engine->arena, cp_str_of(normal)).at;
    cp_arena_reset(&engine->scratch);
    return normal;
}

/* As it is compared with others; owned by `arena`, or the path itself. */
static const char *absolute(const struct cp_engine *engine, struct cp_arena *arena,
                            const char *path)
{
    const char *here = engine->request->here;
    return here ? cp_path_absolute(arena, here, path) : path;
}

/* `folder` is absolute already. */
static bool is_below_absolute(struct cp_engine *engine, const char *path, const char *folder)
{
    bool is_below = cp_path_is_below(absolute(engine, &engine->scratch, path), folder);
    cp_arena_reset(&engine->scratch);
    return is_below;
}

static bool is_below(struct cp_engine *engine, const char *path, const char *folder)
{
    return is_below_absolute(engine, path, absolute(engine, &engine->arena, folder));
}

static enum cp_path_kind kind_of(const struct cp_engine *engine, const char *path)
{
    return engine->source->kind(engine->source, path);
}

/* ---- groups and units ---------------------------------------------------------------------- */

static void list_plans(struct cp_engine *engine, struct group *group);

static struct group *group_of(struct cp_engine *engine, const char *config_path, const char *folder)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        bool is_same =
            config_path && group->config_path
                ? strcmp(config_path, group->config_path) == 0
                : !config_path && !group->config_path && strcmp(folder, group->folder) == 0;
        if (is_same) {
            return group;
        }
    }
    struct group *group = cp_arena_alloc(&engine->arena, sizeof *group);
    *(struct group **)cp_list_push(&engine->groups, sizeof group) = group;
    group->folder = folder;
    group->config_path = config_path;
    if (config_path) {
        cp_map_put(&engine->by_config, cp_str_of(config_path), group);
    }
    cp_portfolio_init(&group->portfolio);
    cp_map_init(&group->by_path);
    cp_buf_init(&group->config_bytes);
    load_config(engine, group);
    list_plans(engine, group);
    return group;
}

static struct unit *unit_of(struct cp_engine *engine, struct group *group, const char *path)
{
    path = normal(engine, path);
    struct unit *unit = cp_map_find(&group->by_path, cp_str_of(path));
    if (unit) {
        return unit;
    }
    unit = cp_arena_alloc(&engine->arena, sizeof *unit);
    cp_file_init(&unit->file, path);
    unit->group = group;
    bool is_nameless = engine->request->nameless && strcmp(path, engine->request->nameless) == 0;
    unit->stem = is_nameless ? (struct cp_str){0} : cp_path_stem(path);
    cp_map_put(&group->by_path, cp_str_of(path), unit);
    *(struct unit **)cp_list_push(&group->units, sizeof unit) = unit;
    return unit;
}

/* ---- the plans of a portfolio -------------------------------------------------------------- */

struct listing {
    struct cp_engine *engine;
    struct group *group;
};

/* What stands among the plans and is none. */
static bool is_own_file(struct cp_engine *engine, const char *path)
{
    const char *baseline = engine->request->baseline_path;
    const char *name = cp_path_name(path);
    return strcmp(name, config_name) == 0 || strcmp(name, baseline_name) == 0 ||
           (baseline && strcmp(absolute(engine, &engine->scratch, path), baseline) == 0);
}

static void list_plan(void *context, const char *path)
{
    struct listing *listing = context;
    bool is_plan = !is_own_file(listing->engine, path);
    cp_arena_reset(&listing->engine->scratch);
    if (is_plan) {
        unit_of(listing->engine, listing->group, path);
    }
}

static void list_failure(void *context, const char *message)
{
    struct listing *listing = context;
    *(const char **)cp_list_push(&listing->group->failures, sizeof(const char *)) = message;
}

bool path_leads_out(struct cp_str pattern)
{
    return cp_str_has_prefix(pattern, "/") || cp_str_is(pattern, "..") ||
           cp_str_has_prefix(pattern, "../") || cp_str_has_suffix(pattern, "/..") ||
           cp_str_find(pattern, CP_STR("/../")) != SIZE_MAX;
}

static void list_pattern(const struct glob *glob, struct listing *listing,
                         const struct cp_text *pattern)
{
    struct cp_engine *engine = listing->engine;
    if (pattern->leaf.state != CP_SET) {
        return;
    }
    if (!path_leads_out(pattern->text)) {
        glob_expand(glob, listing->group->folder, cp_arena_copy(&engine->arena, pattern->text).at);
        return;
    }
    struct cp_diagnostic *finding =
        cp_node_report(&engine->diags, &cp_rule_bad_value, pattern->leaf.node,
                       "the pattern %s leads out of the portfolio's folder",
                       cp_diags_quote(&engine->diags, pattern->text));
    cp_diagnostic_help(&engine->diags, finding,
                       "write patterns of files below the folder of contplan.yaml");
}

/* Each pattern walks the folders anew. */
static void report_patterns(struct cp_engine *engine, const struct cp_text *first_beyond)
{
    struct cp_diagnostic *finding =
        cp_node_report(&engine->diags, &cp_rule_yaml_limit, first_beyond->leaf.node,
                       "'plans' has more than %d patterns", MAX_PATTERNS);
    cp_diagnostic_help(&engine->diags, finding,
                       "from here on they are not read; write a few patterns with '*' or '**'");
}

/* Some of too many would be taken for all. */
static void forget_plans(struct group *group)
{
    group->units.count = 0;
    cp_map_release(&group->by_path);
    cp_map_init(&group->by_path);
}

static void list_plans(struct cp_engine *engine, struct group *group)
{
    struct listing listing = {engine, group};
    struct glob glob = {.engine = engine,
                        .root = group->folder,
                        .each = list_plan,
                        .fail = list_failure,
                        .context = &listing};
    const struct cp_config *config = &group->portfolio.config;
    for (size_t i = 0; i < config->plans.count && i < MAX_PATTERNS; i++) {
        list_pattern(&glob, &listing, &config->plans.items[i]);
    }
    if (config->plans.count > MAX_PATTERNS) {
        report_patterns(engine, &config->plans.items[MAX_PATTERNS]);
    }
    if (config->plans.leaf.state == CP_ABSENT) {
        glob_expand(&glob, group->folder, "plans/*.yaml");
    }
    if (group->units.count == 0 && !group->config_path) {
        glob_expand(&glob, group->folder, "*.yaml");
    }
    if (engine->has_too_many) {
        forget_plans(group);
    }
}

/* ---- paths ----------------------------------------------------------------------------------- */

/* The folder above: ".." of ".", "../.." of "..", the parent's name of others. */
static const char *folder_above(struct cp_engine *engine, const char *folder)
{
    if (strcmp(folder, ".") == 0) {
        return "..";
    }
    if (strcmp(cp_path_name(folder), "..") == 0) {
        return cp_path_join(&engine->arena, folder, "..");
    }
    return cp_path_parent(&engine->arena, folder);
}

static const char *find_upwards(struct cp_engine *engine, const char *folder)
{
    for (unsigned i = 0; i < MAX_UPWARDS; i++) {
        const char *config = cp_path_join(&engine->arena, folder, config_name);
        if (kind_of(engine, config) != CP_PATH_MISSING) {
            return config;
        }
        /* A repository's edge is the portfolio's. */
        const char *git = cp_path_join(&engine->arena, folder, ".git");
        if (strcmp(folder, "/") == 0 || kind_of(engine, git) != CP_PATH_MISSING) {
            return NULL;
        }
        folder = folder_above(engine, folder);
    }
    return NULL;
}

static struct group *group_for(struct cp_engine *engine, const char *folder)
{
    const char *config = engine->request->config ? normal(engine, engine->request->config)
                                                 : find_upwards(engine, folder);
    return group_of(engine, config, config ? cp_path_parent(&engine->arena, config) : folder);
}

static void ask_file(struct cp_engine *engine, const char *path)
{
    const char *folder = cp_path_parent(&engine->arena, path);
    struct group *group = group_for(engine, folder);
    if (group->config_path && strcmp(group->config_path, path) == 0) {
        group->is_asked = true;
        return;
    }
    const char *root = group->config_path            ? group->folder
                       : cp_path_is_below(path, ".") ? "."
                                                     : folder;
    if (engine->source->is_inside(engine->source, path, root) && cp_path_is_markdown(path)) {
        documents_ask(engine, group, path);
    } else if (engine->source->is_inside(engine->source, path, root)) {
        unit_of(engine, group, path)->is_asked = true;
    } else if (is_below(engine, path, root)) {
        engine_fail(engine,
                    "%s is a symbolic link that leads out of its portfolio; it was not read",
                    printable(engine, path));
    } else {
        engine_fail(engine, "%s lies outside the portfolio's folder, %s; it was not read",
                    printable(engine, path), printable(engine, root));
    }
}

/* What went wrong while the plans were listed concerns those who ask for all of them. */
static void say_listing(struct cp_engine *engine, struct group *group)
{
    for (size_t i = 0; i < group->failures.count; i++) {
        engine_fail(engine, "%s", group->failures.items[i]);
    }
    group->failures.count = 0;
}

static void fail_empty(struct cp_engine *engine, const struct group *group, const char *folder)
{
    const struct cp_config *config = &group->portfolio.config;
    bool is_stated = group->units.count == 0 && config->plans.count > 0 &&
                     config->plans.items[0].leaf.state == CP_SET;
    if (is_stated) {
        engine_fail(engine, "no plans found in %s: 'plans' in %s is '%s'%s, which matches no file",
                    named(engine, folder),
                    cp_printable_in(&engine->arena, cp_str_of(group->config_path)),
                    cp_printable_in(&engine->arena, config->plans.items[0].text),
                    config->plans.count > 1 ? " and others" : "");
    } else {
        engine_fail(engine,
                    "no plans found in %s: plans are files called *.yaml, in plans/ unless "
                    "contplan.yaml says where",
                    named(engine, folder));
    }
}

static void ask_group(struct cp_engine *engine, struct group *group, const char *folder)
{
    size_t asked = 0;
    say_listing(engine, group);
    const char *wanted = absolute(engine, &engine->arena, folder);
    for (size_t i = 0; i < group->units.count; i++) {
        struct unit *unit = group->units.items[i];
        bool is_wanted = is_below_absolute(engine, unit->file.path, wanted);
        unit->is_asked = unit->is_asked || is_wanted;
        asked += is_wanted;
    }
    group->is_asked = group->is_asked ||
                      (group->config_path && is_below(engine, group->config_path, folder)) ||
                      asked == group->units.count;
    if (asked == 0 && !group->is_unreadable && !engine->has_too_many && !engine->request->is_side &&
        !engine->request->is_empty_fine) {
        fail_empty(engine, group, folder);
    }
}

struct descent {
    struct cp_engine *engine;
    const char *folder;
    unsigned depth;
    bool has_found;
};

/* Portfolios below a folder that has none itself or above it. */
static bool descend(void *context, const struct cp_entry *entry)
{
    struct descent *descent = context;
    struct cp_engine *engine = descent->engine;
    const char *path = cp_path_join(&engine->arena, descent->folder, entry->name);
    if (strcmp(entry->name, config_name) == 0) {
        ask_group(engine, group_of(engine, path, descent->folder), descent->folder);
        descent->has_found = true;
    } else if (entry->kind == CP_PATH_FOLDER && !entry->is_link && entry->name[0] != '.' &&
               strcmp(entry->name, "node_modules") != 0 && descent->depth < MAX_DOWNWARDS) {
        struct descent below = {engine, path, descent->depth + 1, false};
        const char *failure = folder_list(engine, path, descend, &below);
        if (failure) {
            engine_fail(engine, "%s", failure);
        }
        descent->has_found = descent->has_found || below.has_found;
    }
    return true;
}

static void ask_folder(struct cp_engine *engine, const char *folder)
{
    bool has_config = engine->request->config || find_upwards(engine, folder);
    struct descent descent = {engine, folder, 0, false};
    const char *failure = has_config ? NULL : folder_list(engine, folder, descend, &descent);
    if (failure) {
        engine_fail(engine, "%s", failure);
    } else if (!descent.has_found) {
        ask_group(engine, group_for(engine, folder), folder);
    }
}

/* The plan of the portfolio here whose file is called so; NULL where there is none. */
static const char *plan_called(struct cp_engine *engine, const char *id)
{
    const struct group *group = group_for(engine, ".");
    for (size_t i = 0; i < group->units.count; i++) {
        if (cp_str_is(group->units.items[i]->stem, id)) {
            return group->units.items[i]->file.path;
        }
    }
    return NULL;
}

/* Somebody may have meant a plan by its id. */
static void fail_missing(struct cp_engine *engine, const char *given, const char *path)
{
    const char *meant = strchr(given, '/') ? NULL : plan_called(engine, given);
    if (meant) {
        engine_fail(engine, "%s: there is no such file or folder; did you mean %s?",
                    named(engine, path), printable(engine, meant));
    } else {
        engine_fail(engine, "%s: there is no such file or folder", named(engine, path));
    }
}

static void ask_path(struct cp_engine *engine, const char *given)
{
    const char *path = normal(engine, given);
    switch (kind_of(engine, path)) {
    case CP_PATH_FILE:
        ask_file(engine, path);
        break;
    case CP_PATH_FOLDER:
        ask_folder(engine, path);
        break;
    case CP_PATH_MISSING:
        if (engine->request->is_side) {
            /* It may be there under another name. */
            (void)group_for(engine, cp_path_parent(&engine->arena, path));
        } else {
            fail_missing(engine, given, path);
        }
        break;
    case CP_PATH_OTHER:
        engine_fail(engine, "%s is neither a regular file nor a folder", named(engine, path));
        break;
    }
}

/* ---- putting it together --------------------------------------------------------------------- */

static int by_path(const void *a, const void *b)
{
    const struct unit *const *left = a;
    const struct unit *const *right = b;
    return strcmp((*left)->file.path, (*right)->file.path);
}

static void gather_units(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        if (group->units.count > 1) {
            qsort(group->units.items, group->units.count, sizeof *group->units.items, by_path);
        }
        for (size_t j = 0; j < group->units.count; j++) {
            *(struct unit **)cp_list_push(&engine->units, sizeof(struct unit *)) =
                group->units.items[j];
        }
    }
    if (engine->units.count > 1) {
        qsort(engine->units.items, engine->units.count, sizeof *engine->units.items, by_path);
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        engine->units.items[i]->index = (uint32_t)i;
    }
}

void engine_discover(struct cp_engine *engine)
{
    static const char *const here[] = {"."};
    const struct cp_request *request = engine->request;
    const char *const *paths = request->path_count > 0 ? request->paths : here;
    size_t count = request->path_count > 0 ? request->path_count : 1;
    for (size_t i = 0; i < count; i++) {
        ask_path(engine, paths[i]);
    }
    gather_units(engine);
}

void cp_engine_home(struct cp_engine *engine, struct cp_home *out)
{
    const struct group *group = group_for(engine, ".");
    bool is_lost = group->config_path && group->portfolio.is_unusable;
    *out = (struct cp_home){.folder = group->folder,
                            .config = group->config_path,
                            .portfolio = &group->portfolio,
                            .profile = group->profile,
                            .is_sound =
                                !is_lost && !group->has_bad_profile && !engine->has_bad_profile};
}
