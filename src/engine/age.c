/*
 * How long a finding has stood: from version to version of its file, back to the first in which the
 * value at its path was already a placeholder, or unknown.
 */
#include "past.h"

#include <contplan/analysis.h>

#include <stdlib.h>
#include <string.h>

/* A finding that grows more severe, on its way into the past of its file. */
struct aging {
    struct cp_diagnostic *finding;
    const struct cp_log_file *log;
    const struct group *group;
    struct cp_str id;                  /* of the plan */
    const struct cp_log_commit *since; /* NULL: not yet in a commit, or not known */
};

static int by_log(const void *a, const void *b)
{
    const struct aging *left = a;
    const struct aging *right = b;
    return (left->log > right->log) - (left->log < right->log);
}

static bool is_config_log(const struct aging *aging)
{
    return aging->log == aging->group->log;
}

/* The findings of a version, and its tree. */
static void judge_old(struct cp_engine *engine, const struct aging *aging, struct old_plan *old)
{
    struct cp_date today = engine->request->today;
    struct cp_checks_off off = {0};
    cp_checks_choose_aging(&off);
    old->diags.is_muted = false;
    if (!is_config_log(aging)) {
        if (old_plan_decode(old, aging->log->path, &aging->group->portfolio)) {
            struct cp_study study = {
                .plan = &old->plan, .portfolio = &aging->group->portfolio, .arena = &old->arena};
            note_id(engine, &old->plan, aging->id);
            cp_rules_check_plan(&study, aging->group->profile, &off, today, &old->diags);
        } else {
            engine->has_other_ids = true; /* it may: nobody can tell */
        }
        return;
    }
    struct cp_portfolio portfolio;
    cp_portfolio_init(&portfolio);
    cp_file_init(&old->file, aging->log->path);
    cp_file_set(&old->file, cp_buf_str(&old->bytes));
    cp_yaml_parse(&old->yaml, &old->arena, &old->file, &old->diags);
    cp_portfolio_decode(&portfolio, &old->yaml, &old->diags);
    cp_rules_check_config(&portfolio, today, &old->diags);
    cp_portfolio_release(&portfolio);
}

/* Whether nothing was known there: a placeholder then, or unknown. */
static bool is_found_at(const struct old_plan *old, const struct cp_node *node)
{
    struct cp_buf path;
    bool result = cp_node_find(node, "unknown") != NULL;
    cp_buf_init(&path);
    cp_node_path(&path, node);
    for (size_t i = 0; !result && i < old->diags.items.count; i++) {
        const struct cp_diagnostic *found = old->diags.items.items[i];
        result = cp_rule_ages(found->rule) && found->place.file == &old->file &&
                 cp_str_is_equal(found->field, cp_buf_str(&path));
    }
    cp_buf_release(&path);
    return result;
}

/* The value that the finding is about. What a plan inherits stands below `defaults`. */
static const struct cp_node *value_of(const struct aging *aging, const struct old_plan *now)
{
    struct cp_str path = aging->finding->field;
    struct cp_buf below;
    bool is_whole = false;
    const struct cp_node *node = cp_node_reach(now->yaml.root, path, &is_whole);
    if (!is_whole && is_config_log(aging)) {
        cp_buf_init(&below);
        cp_buf_printf(&below, "defaults.%.*s", CP_ARG(path));
        node = cp_node_reach(now->yaml.root, cp_buf_str(&below), &is_whole);
        cp_buf_release(&below);
    }
    return is_whole ? node : NULL;
}

static bool is_found(const struct aging *aging, const struct old_plan *now,
                     const struct old_plan *old)
{
    const struct cp_object *table = is_config_log(aging) ? &cp_object_config : &cp_object_plan;
    const struct cp_node *node = value_of(aging, now);
    node = node ? node_before(node, old->yaml.root, table) : NULL;
    return node && is_found_at(old, node);
}

/* ---- versions -------------------------------------------------------------------------------- */

/* The findings of one file on their way through its versions. */
struct walk {
    struct cp_engine *engine;
    const struct cp_log_file *log;
    struct aging *agings;
    size_t count;
    struct old_plan *now; /* what they were found in */
};

static bool judge_version(void *context, size_t version, struct cp_standing *items)
{
    struct walk *walk = context;
    struct old_plan *old = cp_alloc(sizeof *old);
    old_plan_init(old);
    bool is_loaded = old_plan_load(walk->engine, old, &walk->log->versions.items[version]);
    if (is_loaded) {
        judge_old(walk->engine, &walk->agings[0], old);
    }
    for (size_t i = 0; is_loaded && i < walk->count; i++) {
        items[i].is_said = items[i].is_asked && is_found(&walk->agings[i], walk->now, old);
    }
    old_plan_release(old);
    free(old);
    return is_loaded;
}

static bool load_now(struct walk *walk)
{
    struct cp_error ignored;
    const struct cp_source *source = walk->engine->source;
    struct old_plan *now = walk->now;
    if (source->load(source, walk->log->path, CP_YAML_BYTES + 1, &now->bytes, &ignored) != 0) {
        return false;
    }
    cp_file_init(&now->file, walk->log->path);
    cp_file_set(&now->file, cp_buf_str(&now->bytes));
    cp_yaml_parse(&now->yaml, &now->arena, &now->file, &now->diags);
    return true;
}

static void find_since(struct walk *walk)
{
    struct cp_standings standings = {.items = cp_alloc(walk->count * sizeof *standings.items),
                                     .count = walk->count,
                                     .judge = judge_version,
                                     .context = walk};
    cp_standings_find(&standings, walk->log);
    for (size_t i = 0; i < walk->count; i++) {
        const struct cp_standing *found = &standings.items[i];
        if (found->since == SIZE_MAX) {
            continue;
        }
        walk->agings[i].since =
            found->is_lost ? NULL : walk->log->versions.items[found->since].commit;
        if (found->since + 1 == walk->log->versions.count) {
            note_start(walk->engine, walk->log);
        }
    }
    free(standings.items);
}

/* Follows the findings of one file into its past, until the last has not been there. */
static void walk_back(struct cp_engine *engine, struct aging *agings, size_t count)
{
    struct walk walk = {.engine = engine, .log = agings[0].log, .agings = agings, .count = count};
    walk.now = cp_alloc(sizeof *walk.now);
    old_plan_init(walk.now);
    if (load_now(&walk)) {
        find_since(&walk);
    }
    old_plan_release(walk.now);
    free(walk.now);
}

/* ---- telling --------------------------------------------------------------------------------- */

void tell_age(struct cp_engine *engine, struct cp_diagnostic *finding,
              const struct cp_log_commit *since)
{
    const struct group *group = group_of_finding(engine, finding);
    struct cp_limits limits;
    struct cp_buf day;
    struct cp_date due;
    cp_limits_init(&limits, group->profile, &group->portfolio.config);
    finding->is_aged =
        cp_date_due(&due, since->authored, limits.placeholder_age->duration, &group->portfolio) &&
        engine->request->today.days > due.days;
    cp_buf_init(&day);
    cp_date_put(&day, since->authored);
    cp_diagnostic_note(&engine->diags, finding, finding->place,
                       "not filled in since %.*s (commit %.10s by %s)", CP_ARG(cp_buf_str(&day)),
                       since->commit.id, cp_diags_quote(&engine->diags, since->author));
    cp_buf_release(&day);
}

static void add_aging(struct cp_engine *engine, void *list, struct cp_diagnostic *finding)
{
    const struct group *group = group_of_finding(engine, finding);
    if (!group || !cp_rule_ages(finding->rule) || group_of_document(engine, finding->place.file)) {
        return;
    }
    bool is_in_config = finding->place.file == &group->config_file;
    const struct unit *unit = !is_in_config && finding->plan_index != UINT32_MAX
                                  ? engine->units.items[finding->plan_index]
                                  : NULL;
    const struct cp_log_file *log = is_in_config ? group->log : unit ? unit->log : NULL;
    if (log) {
        *(struct aging *)cp_list_push(list, sizeof(struct aging)) = (struct aging){
            .finding = finding,
            .log = log,
            .group = group,
            .id = unit ? cp_fact_str(unit->facts, unit->facts->id) : (struct cp_str){0}};
    }
}

void history_age(struct cp_engine *engine)
{
    CP_LIST(struct aging) list = {0};
    if (!engine->log.files) {
        return;
    }
    for (size_t i = 0; i < engine->found.count; i++) {
        add_aging(engine, &list, engine->found.items[i]);
    }
    if (list.count > 1) {
        qsort(list.items, list.count, sizeof *list.items, by_log);
    }
    for (size_t from = 0, to = 0; from < list.count; from = to) {
        while (to < list.count && list.items[to].log == list.items[from].log) {
            to++;
        }
        walk_back(engine, &list.items[from], to - from);
    }
    for (size_t i = 0; i < list.count; i++) {
        if (list.items[i].since) {
            tell_age(engine, list.items[i].finding, list.items[i].since);
        }
    }
    cp_list_release(&list);
    documents_age(engine);
}
