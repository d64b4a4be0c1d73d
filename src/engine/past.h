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

/* The newest version of a day or before it, or the one that a commit saw; SIZE_MAX where there was
 * none. `log` may be NULL. */
size_t version_by_day(const struct cp_log_file *log, struct cp_date day);
size_t version_at(const struct cp_log_file *log, const struct cp_log_commit *commit);

/* The portfolio file as a version left it, SIZE_MAX for none; NULL where it cannot be read. */
const struct cp_portfolio *old_portfolio(const struct cp_engine *engine, struct group *group,
                                         size_t version);
/* Adds the secrets of one that was read so. */
void old_portfolio_add_secrets(struct cp_secrets *out, const struct group *group, size_t version);
void old_configs_release(struct group *group);

void old_plan_init(struct old_plan *old);
void old_plan_release(struct old_plan *old);
/* Loads the bytes of a version; false where they cannot be read. */
bool old_plan_load(const struct cp_engine *engine, struct old_plan *old,
                   const struct cp_log_version *version);
/* Makes a plan of them; whether it is one. */
bool old_plan_decode(struct old_plan *old, const char *path, const struct cp_portfolio *portfolio);

#endif
