/*
 * What rules want of the past: earlier versions of a plan, each decoded in the light of the
 * portfolio file of its time, and how long a finding has stood. Knows commits only as versions of
 * files; which of them is judged, and how, is the rules' business.
 */
#include "engine.h"

#include <contplan/analysis.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* A portfolio file as it was: of the version with that index, SIZE_MAX for none. */
struct old_config {
    size_t version;
    struct cp_file file;
    struct cp_buf bytes;
    struct cp_diags diags;
    struct cp_portfolio portfolio;
};

/* A plan as it was. Owns all but its portfolio. */
struct old_plan {
    struct cp_arena arena;
    struct cp_buf bytes;
    struct cp_file file;
    struct cp_diags diags;
    struct cp_yaml yaml;
    struct cp_plan plan;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- opening --------------------------------------------------------------------------------- */

static void assign_logs(struct cp_engine *engine)
{
    size_t next = 0;
    for (size_t i = 0; i < engine->groups.count; i++) {
        if (engine->groups.items[i]->config_path) {
            engine->groups.items[i]->log = &engine->log.files[next++];
        }
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        engine->units.items[i]->log = &engine->log.files[next++];
    }
}

static void add_path(void *list, const char *path)
{
    *(const char **)cp_list_push(list, sizeof path) = path;
}

void history_open(struct cp_engine *engine)
{
    const struct cp_past *past = engine->request->past;
    CP_LIST(const char *) paths = {0};
    struct cp_error error;
    if (!past) {
        return;
    }
    for (size_t i = 0; i < engine->groups.count; i++) {
        if (engine->groups.items[i]->config_path) {
            add_path(&paths, engine->groups.items[i]->config_path);
        }
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        add_path(&paths, engine->units.items[i]->file.path);
    }
    if (past->log(past, &engine->log, paths.items, paths.count, &error) == 0) {
        assign_logs(engine);
    } else {
        engine->lost_past = cp_arena_copy(&engine->arena, cp_str_of(error.text)).at;
    }
    cp_list_release(&paths);
}

static void free_old_config(struct old_config *old)
{
    cp_portfolio_release(&old->portfolio);
    cp_diags_release(&old->diags);
    cp_file_drop(&old->file);
    cp_buf_release(&old->bytes);
    free(old);
}

void history_close(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        for (size_t j = 0; j < group->old_configs.count; j++) {
            free_old_config(group->old_configs.items[j]);
        }
        cp_list_release(&group->old_configs);
    }
    if (engine->log.files) {
        cp_log_release(&engine->log);
    }
}

/* ---- which version --------------------------------------------------------------------------- */

/* The newest version of a day or before it; SIZE_MAX where there was none. */
static size_t version_by_day(const struct cp_log_file *log, struct cp_date day)
{
    for (size_t i = 0; log && i < log->versions.count; i++) {
        if (log->versions.items[i].commit->committed.days <= day.days) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* The version that a commit saw. */
static size_t version_at(const struct cp_log_file *log, const struct cp_log_commit *commit)
{
    for (size_t i = 0; log && i < log->versions.count; i++) {
        if (log->versions.items[i].commit->order >= commit->order) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* ---- the portfolio file as it was ------------------------------------------------------------ */

static void load_old_config(const struct cp_engine *engine, const struct group *group,
                            struct old_config *old)
{
    const struct cp_past *past = engine->request->past;
    struct cp_error ignored;
    struct cp_yaml yaml;
    cp_file_init(&old->file, group->config_path);
    old->file.is_shared = true;
    if (past->load(past, &group->log->versions.items[old->version], CP_YAML_BYTES + 1, &old->bytes,
                   &ignored) != 0) {
        old->portfolio.is_unusable = true;
        return;
    }
    cp_file_set(&old->file, cp_buf_str(&old->bytes));
    cp_yaml_parse(&yaml, &old->portfolio.arena, &old->file, &old->diags);
    cp_portfolio_decode(&old->portfolio, &yaml, &old->diags);
}

static struct old_config *new_old_config(const struct cp_engine *engine, struct group *group,
                                         size_t version)
{
    struct old_config *old = cp_alloc(sizeof *old);
    *old = (struct old_config){.version = version};
    cp_portfolio_init(&old->portfolio);
    cp_buf_init(&old->bytes);
    cp_diags_init(&old->diags);
    old->diags.is_muted = true;
    if (version != SIZE_MAX) {
        load_old_config(engine, group, old);
    }
    *(struct old_config **)cp_list_push(&group->old_configs, sizeof old) = old;
    return old;
}

/* Workers share what one of them has read; NULL where it cannot be read. */
static const struct cp_portfolio *portfolio_of(const struct cp_engine *engine, struct group *group,
                                               size_t version)
{
    struct old_config *found = NULL;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; !found && i < group->old_configs.count; i++) {
        struct old_config *old = group->old_configs.items[i];
        found = old->version == version ? old : NULL;
    }
    found = found ? found : new_old_config(engine, group, version);
    pthread_mutex_unlock(&lock);
    return found->portfolio.is_unusable ? NULL : &found->portfolio;
}

/* ---- a plan as it was ------------------------------------------------------------------------ */

static void old_plan_init(struct old_plan *old)
{
    *old = (struct old_plan){0};
    cp_arena_init(&old->arena);
    cp_buf_init(&old->bytes);
    cp_diags_init(&old->diags);
    old->diags.is_muted = true;
}

static void old_plan_release(struct old_plan *old)
{
    cp_file_drop(&old->file);
    cp_arena_release(&old->arena);
    cp_buf_release(&old->bytes);
    cp_diags_release(&old->diags);
}

/* Makes a plan of the bytes that were loaded into it. */
static bool decode_old(struct old_plan *old, const char *path, const struct cp_portfolio *portfolio)
{
    cp_file_init(&old->file, path);
    cp_file_set(&old->file, cp_buf_str(&old->bytes));
    cp_yaml_parse(&old->yaml, &old->arena, &old->file, &old->diags);
    cp_plan_decode(&old->plan, &old->arena, &old->yaml, cp_path_stem(path), portfolio, &old->diags);
    return old->plan.leaf.state == CP_SET;
}

static bool load_old(const struct cp_engine *engine, struct old_plan *old,
                     const struct cp_log_version *version)
{
    const struct cp_past *past = engine->request->past;
    struct cp_error ignored;
    cp_buf_clear(&old->bytes);
    return past->load(past, version, CP_YAML_BYTES + 1, &old->bytes, &ignored) == 0;
}

/* A version of the plan with a version of the portfolio file; whether it can be had. */
static void open_version(struct cp_earlier *out, const struct cp_engine *engine,
                         const struct unit *unit, struct old_plan *old, size_t version,
                         size_t config)
{
    const struct cp_log_version *found = &unit->log->versions.items[version];
    const struct cp_portfolio *portfolio = portfolio_of(engine, unit->group, config);
    if (portfolio && load_old(engine, old, found) && decode_old(old, found->path, portfolio)) {
        *out = (struct cp_earlier){&old->plan, portfolio};
    }
}

/* ---- as it was exercised --------------------------------------------------------------------- */

static bool find_exercised(struct cp_date *out, const struct cp_plan *plan, struct cp_date today)
{
    bool is_found = false;
    for (size_t i = 0; i < plan->supporting.exercises.count; i++) {
        const struct cp_exercise *exercise = &plan->supporting.exercises.items[i];
        bool is_past = cp_leaf_is_set(&exercise->leaf) && cp_leaf_is_set(&exercise->date.leaf) &&
                       exercise->date.date.days <= today.days;
        if (is_past && (!is_found || exercise->date.date.days > out->days)) {
            *out = exercise->date.date;
            is_found = true;
        }
    }
    return is_found;
}

static void open_exercised(struct cp_earlier *out, const struct cp_engine *engine,
                           const struct unit *unit, const struct cp_plan *plan,
                           struct old_plan *old)
{
    struct cp_date day = {0};
    if (!unit->log || !cp_checks_is_on(&unit->group->off, &cp_rule_changed_since_exercise) ||
        !find_exercised(&day, plan, engine->request->today)) {
        return;
    }
    size_t version = version_by_day(unit->log, day);
    if (version != SIZE_MAX) {
        open_version(out, engine, unit, old, version, version_by_day(unit->group->log, day));
    }
}

/* ---- as it was reviewed ---------------------------------------------------------------------- */

/* Whether the text says `last: DAY` as plainly as nearly everybody writes it. */
static bool says_last(struct cp_str text, struct cp_str day)
{
    for (size_t at = 0, from = 0; from < text.len; from += at + day.len) {
        struct cp_str rest = cp_str_slice(text, from, SIZE_MAX);
        at = cp_str_find(rest, day);
        if (at == SIZE_MAX) {
            return false;
        }
        struct cp_str before = cp_str_trim(cp_str_slice(rest, 0, at));
        if (cp_str_has_suffix(before, "last:")) {
            return true;
        }
    }
    return false;
}

static bool is_reviewed_on(const struct cp_plan *plan, struct cp_date day)
{
    return cp_leaf_is_set(&plan->review.last.leaf) && plan->review.last.date.days == day.days;
}

/* The newest version with another day of review, left decoded in `old`; SIZE_MAX where none is. */
static size_t find_read(struct cp_earlier *out, const struct cp_engine *engine,
                        const struct unit *unit, struct cp_date day, struct old_plan *old)
{
    struct cp_buf text;
    size_t found = SIZE_MAX;
    cp_buf_init(&text);
    cp_date_put(&text, day);
    for (size_t i = 0; found == SIZE_MAX && i < unit->log->versions.count; i++) {
        const struct cp_log_commit *commit = unit->log->versions.items[i].commit;
        if (!load_old(engine, old, &unit->log->versions.items[i])) {
            break;
        }
        if (says_last(cp_buf_str(&old->bytes), cp_buf_str(&text))) {
            continue;
        }
        old_plan_release(old);
        old_plan_init(old);
        open_version(out, engine, unit, old, i, version_at(unit->group->log, commit));
        if (!out->plan) {
            break;
        }
        found = is_reviewed_on(out->plan, day) ? SIZE_MAX : i;
    }
    cp_buf_release(&text);
    return found;
}

static void open_reviewed(struct cp_history *out, const struct cp_engine *engine,
                          const struct unit *unit, const struct cp_plan *plan,
                          struct old_plan *read, struct old_plan *reviewed)
{
    if (!unit->log || !cp_checks_is_on(&unit->group->off, &cp_rule_review_date_alone) ||
        !cp_leaf_is_set(&plan->review.last.leaf) || plan->review.note.leaf.state != CP_ABSENT) {
        return;
    }
    size_t found = find_read(&out->read, engine, unit, plan->review.last.date, read);
    if (found == SIZE_MAX) {
        out->read = (struct cp_earlier){0};
    } else if (found == 0) {
        out->reviewed = (struct cp_earlier){plan, &unit->group->portfolio};
    } else {
        const struct cp_log_commit *commit = unit->log->versions.items[found - 1].commit;
        open_version(&out->reviewed, engine, unit, reviewed, found - 1,
                     version_at(unit->group->log, commit));
    }
}

/* ---- as it was before ------------------------------------------------------------------------ */

/* The plan that stood at the path, else the one with the same file name. */
static const struct unit *find_before(const struct cp_engine *engine, const struct unit *unit)
{
    const struct cp_engine *earlier = engine->earlier;
    const struct unit *same_name = NULL;
    for (size_t i = 0; i < earlier->groups.count; i++) {
        const struct unit *found =
            cp_map_find(&earlier->groups.items[i]->by_path, cp_str_of(unit->file.path));
        if (found) {
            return found;
        }
    }
    for (size_t i = 0; i < earlier->units.count && !same_name; i++) {
        const struct unit *found = earlier->units.items[i];
        same_name = cp_str_is_equal(found->stem, unit->stem) ? found : NULL;
    }
    return same_name;
}

static void open_since(struct cp_earlier *out, const struct cp_engine *engine,
                       const struct unit *unit, struct old_plan *old)
{
    struct cp_error ignored;
    const struct cp_source *before = engine->request->before;
    if (!before || !cp_checks_is_on(&unit->group->off, &cp_rule_objective_weakened)) {
        return;
    }
    const struct unit *was = find_before(engine, unit);
    if (was && !was->group->portfolio.is_unusable &&
        before->load(before, was->file.path, CP_YAML_BYTES + 1, &old->bytes, &ignored) == 0 &&
        decode_old(old, was->file.path, &was->group->portfolio)) {
        *out = (struct cp_earlier){&old->plan, &was->group->portfolio};
    }
}

/* ---- checking -------------------------------------------------------------------------------- */

void history_check(struct cp_engine *engine, struct worker *worker, const struct unit *unit,
                   const struct cp_plan *plan)
{
    enum { VERSIONS = 4 };
    struct cp_history history = {0};
    struct old_plan *old;
    if (!unit->log && !engine->request->before) {
        return;
    }
    old = cp_alloc(VERSIONS * sizeof *old);
    for (size_t i = 0; i < VERSIONS; i++) {
        old_plan_init(&old[i]);
    }
    open_since(&history.since, engine, unit, &old[0]);
    open_exercised(&history.exercised, engine, unit, plan, &old[1]);
    open_reviewed(&history, engine, unit, plan, &old[2], &old[3]);
    struct cp_history_input in = {.plan = plan,
                                  .portfolio = &unit->group->portfolio,
                                  .history = &history,
                                  .today = engine->request->today,
                                  .diags = &worker->diags};
    cp_rules_check_history(&in, &unit->group->off);
    for (size_t i = 0; i < VERSIONS; i++) {
        old_plan_release(&old[i]);
    }
    free(old);
}

/* ---- age ------------------------------------------------------------------------------------- */

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
        if (decode_old(old, aging->log->path, &aging->group->portfolio)) {
            cp_rules_check_plan(&old->plan, &aging->group->portfolio, aging->group->profile, &off,
                                &old->arena, &old->diags);
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
        bool is_loaded = load_old(engine, old, &log->versions.items[i]);
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
