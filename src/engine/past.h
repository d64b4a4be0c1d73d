/* Private to the engine: what its files that look at the past share. */
#ifndef ENGINE_PAST_H
#define ENGINE_PAST_H

#include "engine.h"

/* A plan as it was. Owns all but its portfolio. */
struct old_plan {
    struct cp_arena arena;
    struct cp_buf bytes;
    struct cp_file file;
    struct cp_diags diags;
    struct cp_yaml yaml;
    struct cp_plan plan;
};

/* The newest version of a day or before it, the one that a commit made, or held; SIZE_MAX where
 * there was none. `log` may be NULL. */
size_t version_by_day(const struct cp_log_file *log, struct cp_date day);
size_t version_by(const struct cp_log_file *log, const struct cp_log_commit *commit);
size_t version_at(const struct cp_engine *engine, const struct cp_log_file *log,
                  const struct cp_log_commit *commit);
/* What a version was made from, in a merge on the first side that held the file; SIZE_MAX where it
 * was added. */
size_t version_before(const struct cp_log_file *log, size_t version);

/* The portfolio file as a version left it, SIZE_MAX for none; NULL where it cannot be read. */
const struct cp_portfolio *old_portfolio(struct cp_engine *engine, struct group *group,
                                         size_t version);
/* Adds the secrets of one that was read so. */
void old_portfolio_add_secrets(struct cp_secrets *out, const struct group *group, size_t version);
void old_configs_release(struct group *group);

void old_plan_init(struct old_plan *old);
void old_plan_release(struct old_plan *old);
/* Remembers why the past is lost to the run. */
void lose_past(struct cp_engine *engine, const struct cp_error *error);
/* Loads the bytes of a version; false where they cannot be read, and the past is lost to the run.
 */
bool old_bytes_load(struct cp_engine *engine, struct cp_buf *out,
                    const struct cp_log_version *version);
bool old_plan_load(struct cp_engine *engine, struct old_plan *old,
                   const struct cp_log_version *version);
/* The bytes of the file that stood at a path at the end of a day; false where none did, or that is
 * not known. */
bool old_file_load(struct cp_engine *engine, struct cp_buf *out, const char *path,
                   struct cp_date day);
/* Remembers where a version states another id than the plan does now. */
void note_id(struct cp_engine *engine, const struct cp_plan *old, struct cp_str id);
/* The same where the file is not known before it was added, and may have been another one. */
void note_start(struct cp_engine *engine, const struct cp_log_file *log);
/* Makes a plan of them; whether it is one. */
bool old_plan_decode(struct old_plan *old, const char *path, const struct cp_portfolio *portfolio);

/* age.c: notes how long a finding has stood, which may make it more severe. */
void tell_age(struct cp_engine *engine, struct cp_diagnostic *finding,
              const struct cp_log_commit *since);
/* age_document.c: the ages of findings in documents. */
void documents_age(struct cp_engine *engine);

/* age_path.c: the value in an older tree that stands for one in a newer: the same keys, items of
 * lists by what tells them from their like, wherever they stand. `table` describes the roots; NULL
 * where it is not there. */
const struct cp_node *node_before(const struct cp_node *now, const struct cp_node *root,
                                  const struct cp_object *table);

#endif
