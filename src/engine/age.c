/*
 * How long a finding has stood: from version to version of its file, back to the first in which the
 * value at its path was already a placeholder, or unknown.
 */
#include "past.h"

#include <contplan/analysis.h>

#include <stdlib.h>

/* A finding that grows more severe, on its way into the past of its file. */
struct aging {
    struct cp_diagnostic *finding;
    const struct cp_log_file *log;
    const struct group *group;
    const struct cp_log_commit *since; /* NULL: not yet in a commit */
    bool is_over;
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
static void judge_old(const struct aging *aging, struct old_plan *old, struct cp_date today)
{
    struct cp_checks_off off = {0};
    cp_checks_choose_aging(&off);
    old->diags.is_muted = false;
    if (!is_config_log(aging)) {
        if (old_plan_decode(old, aging->log->path, &aging->group->portfolio)) {
            cp_rules_check_plan(&old->plan, &aging->group->portfolio, aging->group->profile, &off,
                                today, &old->arena, &old->diags);
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

static bool is_unknown_at(const struct cp_yaml *yaml, struct cp_str path)
{
    bool is_whole;
    const struct cp_node *node = cp_node_reach(yaml->root, path, &is_whole);
    return node && is_whole && cp_node_find(node, "unknown");
}

/* Whether nothing was known at the path: a placeholder then, or unknown. */
static bool is_found_at(const struct old_plan *old, struct cp_str path)
{
    for (size_t i = 0; i < old->diags.items.count; i++) {
        const struct cp_diagnostic *found = old->diags.items.items[i];
        if (cp_rule_ages(found->rule) && cp_str_is_equal(found->field, path)) {
            return true;
        }
    }
    return is_unknown_at(&old->yaml, path);
}

/* A value that a plan inherits stands below `defaults` in the portfolio file. */
static bool is_found(const struct aging *aging, const struct old_plan *old)
{
    struct cp_str path = aging->finding->field;
    struct cp_buf below;
    if (!is_config_log(aging) || cp_str_has_prefix(path, "defaults.")) {
        return is_found_at(old, path);
    }
    cp_buf_init(&below);
    cp_buf_printf(&below, "defaults.%.*s", CP_ARG(path));
    bool result = is_found_at(old, path) || is_found_at(old, cp_buf_str(&below));
    cp_buf_release(&below);
    return result;
}

/* Moves the findings of one file into its past until the last has not been there. */
static void walk_back(const struct cp_engine *engine, struct aging *agings, size_t count)
{
    size_t left = count;
    const struct cp_log_file *log = agings[0].log;
    for (size_t i = 0; left > 0 && i < log->versions.count; i++) {
        struct old_plan *old = cp_alloc(sizeof *old);
        old_plan_init(old);
        bool is_loaded = old_plan_load(engine, old, &log->versions.items[i]);
        if (is_loaded) {
            judge_old(&agings[0], old, engine->request->today);
        }
        for (size_t j = 0; j < count; j++) {
            if (agings[j].is_over) {
                continue;
            }
            agings[j].is_over = !is_loaded || !is_found(&agings[j], old);
            agings[j].since = agings[j].is_over ? agings[j].since : log->versions.items[i].commit;
            left -= agings[j].is_over;
        }
        old_plan_release(old);
        free(old);
    }
}

static void tell_age(struct cp_engine *engine, const struct aging *aging)
{
    struct cp_limits limits;
    struct cp_buf day;
    struct cp_date due;
    const struct cp_log_commit *since = aging->since;
    if (!since) {
        return;
    }
    cp_limits_init(&limits, aging->group->profile, &aging->group->portfolio.config);
    aging->finding->is_aged = cp_date_due(&due, since->authored, limits.placeholder_age->duration,
                                          &aging->group->portfolio) &&
                              engine->request->today.days > due.days;
    cp_buf_init(&day);
    cp_date_put(&day, since->authored);
    cp_diagnostic_note(&engine->diags, aging->finding, aging->finding->place,
                       "not filled in since %.*s (commit %.10s by %s)", CP_ARG(cp_buf_str(&day)),
                       since->commit.id, cp_diags_quote(&engine->diags, since->author));
    cp_buf_release(&day);
}

static void add_aging(struct cp_engine *engine, void *list, struct cp_diagnostic *finding)
{
    const struct group *group = group_of_finding(engine, finding);
    if (!group || !cp_rule_ages(finding->rule)) {
        return;
    }
    bool is_in_config = finding->place.file == &group->config_file;
    const struct cp_log_file *log = is_in_config ? group->log
                                    : finding->plan_index != UINT32_MAX
                                        ? engine->units.items[finding->plan_index]->log
                                        : NULL;
    if (log) {
        *(struct aging *)cp_list_push(list, sizeof(struct aging)) =
            (struct aging){.finding = finding, .log = log, .group = group};
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
        tell_age(engine, &list.items[i]);
    }
    cp_list_release(&list);
}
