/*
 * What rules want of the past: earlier versions of a plan, each decoded in the light of the
 * portfolio file of its time. Knows commits only as versions of files; which of them is judged, and
 * how, is the rules' business.
 */
#include "past.h"

#include <stdlib.h>

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

void history_close(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        old_configs_release(engine->groups.items[i]);
    }
    if (engine->log.files) {
        cp_log_release(&engine->log);
    }
}

/* ---- a version ------------------------------------------------------------------------------- */

/* A version of the plan with a version of the portfolio file; nothing where it cannot be had. */
static void open_version(struct cp_earlier *out, struct cp_engine *engine, const struct unit *unit,
                         struct old_plan *old, size_t version, size_t config)
{
    const struct cp_log_version *found = &unit->log->versions.items[version];
    const struct cp_portfolio *portfolio = old_portfolio(engine, unit->group, config);
    if (portfolio && old_plan_load(engine, old, found) &&
        old_plan_decode(old, found->path, portfolio)) {
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

/* Line ends are no change. */
static bool is_same_text(struct cp_str a, struct cp_str b)
{
    struct cp_str left;
    struct cp_str right;
    bool has_left = true;
    bool has_right = true;
    while (has_left && has_right) {
        has_left = cp_str_line(&left, &a);
        has_right = cp_str_line(&right, &b);
        if (has_left && has_right && !cp_str_is_equal(left, right)) {
            return false;
        }
    }
    return has_left == has_right;
}

/* A path as messages say it. */
static const char *in_words(const struct cp_engine *engine, struct cp_arena *arena,
                            const char *path)
{
    const char *here = engine->request->here;
    return here ? cp_path_normal(arena, here, path) : cp_path_clean(arena, path);
}

/* Where its file was that day, and is now; with another path it is another file, and a change of
 * the plan. */
static bool is_rewritten(struct cp_engine *engine, const struct cp_runbook *was,
                         const struct cp_runbook *is, struct cp_date day, struct cp_arena *arena)
{
    struct cp_buf texts[2];
    struct cp_error ignored;
    if (!cp_leaf_is_set(&was->path.leaf) || !cp_leaf_is_set(&is->path.leaf) ||
        !cp_str_is_equal(was->path.text, is->path.text)) {
        return false;
    }
    const char *then = link_path(arena, &was->path.leaf, was->path.text);
    const char *now = link_path(arena, &is->path.leaf, is->path.text);
    cp_buf_init(&texts[0]);
    cp_buf_init(&texts[1]);
    bool result =
        then && now && old_file_load(engine, &texts[0], in_words(engine, arena, then), day) &&
        engine->source->load(engine->source, now, CP_YAML_BYTES, &texts[1], &ignored) == 0 &&
        !is_same_text(cp_buf_str(&texts[0]), cp_buf_str(&texts[1]));
    cp_buf_release(&texts[0]);
    cp_buf_release(&texts[1]);
    return result;
}

static const struct cp_runbook *find_runbook(const struct cp_plan *plan, struct cp_str id)
{
    for (size_t i = 0; i < plan->disaster_recovery.runbooks.count; i++) {
        const struct cp_runbook *runbook = &plan->disaster_recovery.runbooks.items[i];
        if (cp_leaf_is_set(&runbook->leaf) && cp_leaf_is_set(&runbook->id.leaf) &&
            cp_str_is_equal(runbook->id.text, id)) {
            return runbook;
        }
    }
    return NULL;
}

static void compare_runbooks(struct cp_history *out, struct cp_engine *engine,
                             const struct cp_plan *plan, struct cp_date day, struct cp_arena *arena)
{
    size_t count = plan->disaster_recovery.runbooks.count;
    const struct cp_runbook **found = cp_arena_alloc(arena, (count + 1) * sizeof *found);
    out->rewritten = found;
    for (size_t i = 0; i < count; i++) {
        const struct cp_runbook *is = &plan->disaster_recovery.runbooks.items[i];
        bool is_named = cp_leaf_is_set(&is->leaf) && cp_leaf_is_set(&is->id.leaf);
        const struct cp_runbook *was =
            is_named ? find_runbook(out->exercised.plan, is->id.text) : NULL;
        if (was && is_rewritten(engine, was, is, day, arena)) {
            found[out->rewritten_count++] = is;
        }
    }
}

static void open_exercised(struct cp_history *out, struct cp_engine *engine,
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
        open_version(&out->exercised, engine, unit, old, version,
                     version_by_day(unit->group->log, day));
    }
    if (version == SIZE_MAX) {
        note_start(engine, unit->log);
    }
    if (out->exercised.plan) {
        compare_runbooks(out, engine, plan, day, &old->arena);
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

/* The first version, back from the newest, with another day of review, left decoded in `old`;
 * `*reviewed` is the one that was made from it, SIZE_MAX for the plan at hand. False where there is
 * none. */
static bool find_read(struct cp_earlier *out, size_t *reviewed, struct cp_engine *engine,
                      const struct unit *unit, struct cp_date day, struct old_plan *old)
{
    struct cp_buf text;
    bool is_found = false;
    cp_buf_init(&text);
    cp_date_put(&text, day);
    *reviewed = SIZE_MAX;
    for (size_t i = unit->log->versions.count > 0 ? 0 : SIZE_MAX; i != SIZE_MAX;
         i = version_before(unit->log, i)) {
        const struct cp_log_commit *commit = unit->log->versions.items[i].commit;
        if (!old_plan_load(engine, old, &unit->log->versions.items[i])) {
            break;
        }
        if (!says_last(cp_buf_str(&old->bytes), cp_buf_str(&text))) {
            old_plan_release(old);
            old_plan_init(old);
            open_version(out, engine, unit, old, i, version_at(engine, unit->group->log, commit));
            is_found = out->plan && !is_reviewed_on(out->plan, day);
            if (is_found || !out->plan) {
                break;
            }
        }
        *reviewed = i;
    }
    cp_buf_release(&text);
    return is_found;
}

static void open_reviewed(struct cp_history *out, struct cp_engine *engine, const struct unit *unit,
                          const struct cp_plan *plan, struct old_plan *read,
                          struct old_plan *reviewed)
{
    if (!unit->log || !cp_checks_is_on(&unit->group->off, &cp_rule_review_date_alone) ||
        !cp_leaf_is_set(&plan->review.last.leaf) || plan->review.note.leaf.state != CP_ABSENT) {
        return;
    }
    size_t version;
    if (!find_read(&out->read, &version, engine, unit, plan->review.last.date, read)) {
        out->read = (struct cp_earlier){0};
        note_start(engine, unit->log);
    } else if (version == SIZE_MAX) {
        out->reviewed = (struct cp_earlier){plan, &unit->group->portfolio};
    } else {
        const struct cp_log_commit *commit = unit->log->versions.items[version].commit;
        open_version(&out->reviewed, engine, unit, reviewed, version,
                     version_at(engine, unit->group->log, commit));
    }
}

/* ---- as it was before ------------------------------------------------------------------------ */

static void open_since(struct cp_earlier *out, struct cp_engine *engine, const struct unit *unit,
                       const struct cp_plan *plan, struct old_plan *old)
{
    struct cp_error ignored;
    const struct cp_source *before = engine->request->before;
    if (!before || !cp_checks_is_on(&unit->group->off, &cp_rule_objective_weakened)) {
        return;
    }
    const struct unit *was = before_find(engine, unit, plan);
    if (was && !was->group->portfolio.is_unusable &&
        before->load(before, was->file.path, CP_YAML_BYTES + 1, &old->bytes, &ignored) == 0 &&
        old_plan_decode(old, was->file.path, &was->group->portfolio)) {
        *out = (struct cp_earlier){&old->plan, &was->group->portfolio};
    }
}

/* ---- checking -------------------------------------------------------------------------------- */

void history_check(struct cp_engine *engine, struct worker *worker, const struct unit *unit,
                   const struct cp_plan *plan)
{
    enum { VERSIONS = 4 };
    struct cp_history history = {0};
    struct cp_str id = cp_leaf_is_set(&plan->id.leaf) ? plan->id.text : unit->stem;
    struct old_plan *old;
    if (!unit->log && !engine->request->before) {
        return;
    }
    old = cp_alloc(VERSIONS * sizeof *old);
    for (size_t i = 0; i < VERSIONS; i++) {
        old_plan_init(&old[i]);
    }
    open_since(&history.since, engine, unit, plan, &old[0]);
    open_exercised(&history, engine, unit, plan, &old[1]);
    open_reviewed(&history, engine, unit, plan, &old[2], &old[3]);
    struct cp_history_input in = {.plan = plan,
                                  .portfolio = &unit->group->portfolio,
                                  .history = &history,
                                  .today = engine->request->today,
                                  .diags = &worker->diags};
    const struct cp_plan *versions[] = {history.exercised.plan, history.read.plan,
                                        history.reviewed.plan};
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        if (versions[i]) {
            note_id(engine, versions[i], id);
        }
    }
    cp_rules_check_history(&in, &unit->group->off);
    for (size_t i = 0; i < VERSIONS; i++) {
        old_plan_release(&old[i]);
    }
    free(old);
}
