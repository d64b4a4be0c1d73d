/*
 * contplan import --follow: since when a document has left a value unknown. Each older version is
 * read as the document itself is, until none of them says it any more.
 */
#include "import.h"

#include <stdlib.h>
#include <string.h>

/* ---- the history of the documents ------------------------------------------------------------ */

void close_follow(struct importing *importing)
{
    if (importing->log.files) {
        cp_log_release(&importing->log);
    }
}

int open_follow(struct importing *importing, const char *const *paths, size_t count)
{
    struct run *run = &importing->run;
    struct cp_arguments none = {0};
    struct cp_error error;
    if (run_open_repository(run, &error) != CP_REPOSITORY_USABLE) {
        say("%s; without --follow the document is imported as it is", error.text);
        return CP_STATUS_WORLD;
    }
    run->past_of.is_by_path = true; /* documents have no id */
    const char **normal = cp_arena_alloc(&run->arena, (count + 1) * sizeof *normal);
    for (size_t i = 0; i < count; i++) {
        normal[i] = cp_path_normal(&run->arena, run->here, paths[i]);
    }
    bool has_commit = run_find_past(run, &none, &error);
    if (has_commit && run->past.log(&run->past, &importing->log, normal, count, &error) == 0) {
        return CP_STATUS_CLEAN;
    }
    importing->has_lost_past = has_commit;
    close_follow(importing);
    say("warning: %s; since when values are unknown is not written", error.text);
    return CP_STATUS_CLEAN;
}

static const struct cp_log_file *find_log(const struct importing *importing, const char *path)
{
    struct cp_arena arena;
    const struct cp_log_file *found = NULL;
    cp_arena_init(&arena);
    path = cp_path_normal(&arena, importing->run.here, path);
    for (size_t i = 0; i < importing->log.count; i++) {
        const struct cp_log_file *file = &importing->log.files[i];
        found = strcmp(file->path, path) == 0 ? file : found;
    }
    cp_arena_release(&arena);
    return found;
}

/* ---- its versions ---------------------------------------------------------------------------- */

struct versions {
    const struct following *following;
    const struct cp_log_file *log;
    const struct cp_import_unknown *unknowns;
    bool *is_said;
    size_t count;
};

/* The version, loaded; false where it cannot be had, which was said. */
static bool load_version(struct cp_buf *out, const struct versions *versions, size_t version)
{
    const struct cp_past *past = &versions->following->importing->run.past;
    struct cp_error error;
    if (past->load(past, &versions->log->versions.items[version], CP_YAML_BYTES + 1, out, &error) !=
        0) {
        say("warning: %s", error.text);
        return false;
    }
    return out->len <= CP_YAML_BYTES;
}

static bool judge(void *context, size_t version, struct cp_standing *items)
{
    const struct versions *versions = context;
    struct cp_home home;
    struct cp_buf bytes;
    cp_buf_init(&bytes);
    cp_engine_home(versions->following->importing->run.engine, &home);
    bool is_read = load_version(&bytes, versions, version);
    struct cp_import older = {.document = cp_buf_str(&bytes),
                              .name = versions->log->versions.items[version].path,
                              .config = &home.portfolio->config};
    is_read =
        is_read && cp_import_says(versions->is_said, &older, versions->unknowns, versions->count);
    for (size_t i = 0; is_read && i < versions->count; i++) {
        items[i].is_said = versions->is_said[i];
    }
    cp_buf_release(&bytes);
    return is_read;
}

/* ---- telling --------------------------------------------------------------------------------- */

/* What is in the document, and in no commit. */
static void warn_of_new(const struct following *following, const struct cp_import_unknown *unknowns,
                        size_t count)
{
    struct cp_buf fields;
    cp_buf_init(&fields);
    for (size_t i = 0; i < count; i++) {
        if (!unknowns[i].has_since && !unknowns[i].is_lost) {
            cp_buf_puts(&fields, fields.len > 0 ? ", " : "");
            cp_buf_put(&fields, unknowns[i].path);
        }
    }
    if (fields.len > 0) {
        say("warning: %s: that nothing is known of %.*s is in no commit yet, and gets no 'since'",
            quoted(following->path), CP_ARG(cp_buf_str(&fields)));
    }
    cp_buf_release(&fields);
}

static void follow(struct cp_standings *standings, const struct following *following,
                   const struct cp_log_file *log, struct cp_import_unknown *unknowns)
{
    cp_standings_find(standings, log);
    for (size_t i = 0; i < standings->count; i++) {
        const struct cp_standing *found = &standings->items[i];
        unknowns[i].is_lost = found->is_lost;
        unknowns[i].has_since = found->since != SIZE_MAX && !found->is_lost;
        if (unknowns[i].has_since) {
            unknowns[i].since = log->versions.items[found->since].commit->authored;
        }
    }
    warn_of_new(following, unknowns, standings->count);
}

void date_unknowns(void *context, struct cp_import_unknown *unknowns, size_t count)
{
    const struct following *following = context;
    const struct cp_log_file *log = find_log(following->importing, following->path);
    struct versions versions = {.following = following,
                                .log = log,
                                .unknowns = unknowns,
                                .is_said = cp_alloc(count * sizeof *versions.is_said),
                                .count = count};
    struct cp_standings standings = {.items = cp_alloc(count * sizeof *standings.items),
                                     .count = count,
                                     .judge = judge,
                                     .context = &versions};
    if (log) {
        follow(&standings, following, log, unknowns);
    }
    for (size_t i = 0; i < count && !log; i++) {
        unknowns[i].is_lost = following->importing->has_lost_past;
    }
    free(standings.items);
    free(versions.is_said);
}
