/*
 * Files as they were: which version held when, the portfolio file of that time, shared by all
 * workers, and a plan decoded in its light. Judges nothing.
 */
#include "past.h"

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

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Whichever is met first: the same is said at every run. */
static void note_loss(struct cp_engine *engine, const struct cp_error *error)
{
    if (!engine->lost_past || strcmp(error->text, engine->lost_past) < 0) {
        engine->lost_past = cp_arena_copy(&engine->arena, cp_str_of(error->text)).at;
    }
}

void lose_past(struct cp_engine *engine, const struct cp_error *error)
{
    pthread_mutex_lock(&lock);
    note_loss(engine, error);
    pthread_mutex_unlock(&lock);
}

/* ---- which version --------------------------------------------------------------------------- */

/* The newest version of a day or before it; SIZE_MAX where there was none. */
size_t version_by_day(const struct cp_log_file *log, struct cp_date day)
{
    for (size_t i = 0; log && i < log->versions.count; i++) {
        if (log->versions.items[i].commit->committed.days <= day.days) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t version_by(const struct cp_log_file *log, const struct cp_log_commit *commit)
{
    for (size_t i = 0; log && i < log->versions.count; i++) {
        if (log->versions.items[i].commit == commit) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Without branches it is the next one behind. */
size_t version_at(const struct cp_engine *engine, const struct cp_log_file *log,
                  const struct cp_log_commit *commit)
{
    const struct cp_past *past = engine->request->past;
    size_t made = version_by(log, commit);
    if (made != SIZE_MAX || !log) {
        return made;
    }
    if (!engine->log.is_linear) {
        return past->find(past, log, commit);
    }
    for (size_t i = 0; i < log->versions.count; i++) {
        if (log->versions.items[i].commit->order >= commit->order) {
            return i;
        }
    }
    return SIZE_MAX;
}

size_t version_before(const struct cp_log_file *log, size_t version)
{
    const struct cp_log_version *found = &log->versions.items[version];
    for (size_t i = 0; i < found->parent_count; i++) {
        if (found->before[i] != SIZE_MAX) {
            return found->before[i];
        }
    }
    return SIZE_MAX;
}

/* ---- the portfolio file as it was ------------------------------------------------------------ */

static void load_old_config(struct cp_engine *engine, const struct group *group,
                            struct old_config *old)
{
    const struct cp_past *past = engine->request->past;
    struct cp_error error;
    struct cp_yaml yaml;
    cp_file_init(&old->file, group->config_path);
    old->file.is_shared = true;
    if (past->load(past, &group->log->versions.items[old->version], CP_YAML_BYTES + 1, &old->bytes,
                   &error) != 0) {
        note_loss(engine, &error);
        old->portfolio.is_unusable = true;
        return;
    }
    cp_file_set(&old->file, cp_buf_str(&old->bytes));
    cp_yaml_parse(&yaml, &old->portfolio.arena, &old->file, &old->diags);
    cp_rules_check_source(&yaml, &old->diags);
    cp_portfolio_decode(&old->portfolio, &yaml, &old->diags);
}

static struct old_config *new_old_config(struct cp_engine *engine, struct group *group,
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
const struct cp_portfolio *old_portfolio(struct cp_engine *engine, struct group *group,
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

void old_portfolio_add_secrets(struct cp_secrets *out, const struct group *group, size_t version)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < group->old_configs.count; i++) {
        const struct old_config *old = group->old_configs.items[i];
        if (old->version == version) {
            cp_secrets_add(out, &old->diags);
        }
    }
    pthread_mutex_unlock(&lock);
}

/* ---- a plan as it was ------------------------------------------------------------------------ */

void old_plan_init(struct old_plan *old)
{
    *old = (struct old_plan){0};
    cp_arena_init(&old->arena);
    cp_buf_init(&old->bytes);
    cp_diags_init(&old->diags);
    old->diags.is_muted = true;
}

void old_plan_release(struct old_plan *old)
{
    cp_file_drop(&old->file);
    cp_arena_release(&old->arena);
    cp_buf_release(&old->bytes);
    cp_diags_release(&old->diags);
}

/* Makes a plan of the bytes that were loaded into it. */
bool old_plan_decode(struct old_plan *old, const char *path, const struct cp_portfolio *portfolio)
{
    cp_file_init(&old->file, path);
    cp_file_set(&old->file, cp_buf_str(&old->bytes));
    cp_yaml_parse(&old->yaml, &old->arena, &old->file, &old->diags);
    cp_plan_decode(&old->plan, &old->arena, &old->yaml, cp_path_stem(path), portfolio, &old->diags);
    return old->plan.leaf.state == CP_SET;
}

void note_id(struct cp_engine *engine, const struct cp_plan *old, struct cp_str id)
{
    if (cp_leaf_is_set(&old->id.leaf) && !cp_str_is_equal(old->id.text, id)) {
        engine->has_other_ids = true;
    }
}

void note_start(struct cp_engine *engine, const struct cp_log_file *log)
{
    if (log->is_start_crowded) {
        engine->has_other_ids = true;
    }
}

bool old_bytes_load(struct cp_engine *engine, struct cp_buf *out,
                    const struct cp_log_version *version)
{
    const struct cp_past *past = engine->request->past;
    struct cp_error error;
    cp_buf_clear(out);
    if (past->load(past, version, CP_YAML_BYTES + 1, out, &error) == 0) {
        return true;
    }
    lose_past(engine, &error);
    return false;
}

bool old_plan_load(struct cp_engine *engine, struct old_plan *old,
                   const struct cp_log_version *version)
{
    return old_bytes_load(engine, &old->bytes, version);
}

bool old_file_load(struct cp_engine *engine, struct cp_buf *out, const char *path,
                   struct cp_date day)
{
    const struct cp_past *past = engine->request->past;
    const struct cp_log *log = &engine->log;
    struct cp_error error;
    bool is_file = false;
    size_t i = 0;
    while (i < log->days.count && log->days.items[i].day.days > day.days) {
        i++;
    }
    if (i == log->days.count) {
        return false;
    }
    if (past->read(past, &is_file, &log->days.items[i].commit, path, CP_YAML_BYTES, out, &error) !=
        0) {
        lose_past(engine, &error);
        return false;
    }
    return is_file;
}

static void free_old_config(struct old_config *old)
{
    cp_portfolio_release(&old->portfolio);
    cp_diags_release(&old->diags);
    cp_file_drop(&old->file);
    cp_buf_release(&old->bytes);
    free(old);
}

void old_configs_release(struct group *group)
{
    for (size_t j = 0; j < group->old_configs.count; j++) {
        free_old_config(group->old_configs.items[j]);
    }
    cp_list_release(&group->old_configs);
}
