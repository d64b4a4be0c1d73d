/* The files of a past, sorted into versions. */
#include "past.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static int log_files(const struct cp_past *past, struct cp_log *out, const char *const *paths,
                     size_t count, struct cp_error *error);
static int load(const struct cp_past *past, const struct cp_log_version *version, size_t limit,
                struct cp_buf *out, struct cp_error *error);

void past_case_init(struct past_case *out)
{
    *out = (struct past_case){0};
    cp_arena_init(&out->arena);
}

void past_case_release(struct past_case *past)
{
    cp_list_release(&past->files);
    cp_list_release(&past->oldest);
    cp_arena_release(&past->arena);
}

struct past_file *past_case_add(struct past_case *past, struct cp_str name)
{
    struct cp_date day;
    size_t blank = cp_str_find(name, CP_STR(" "));
    if (blank == SIZE_MAX) {
        return NULL;
    }
    ck_assert_msg(cp_date_parse(&day, cp_str_slice(name, blank + 1, SIZE_MAX)),
                  "no day behind the path: %.*s", CP_ARG(name));
    struct past_file *file = cp_arena_alloc(&past->arena, sizeof *file);
    file->path = cp_arena_copy(&past->arena, cp_str_slice(name, 0, blank)).at;
    file->day = day;
    *(struct past_file **)cp_list_push(&past->files, sizeof file) = file;
    return file;
}

/* ---- in order -------------------------------------------------------------------------------- */

static int newest_first(const void *a, const void *b)
{
    const struct past_file *left = *(struct past_file *const *)a;
    const struct past_file *right = *(struct past_file *const *)b;
    return (left->day.days < right->day.days) - (left->day.days > right->day.days);
}

static struct cp_overlay_file *oldest_of(struct past_case *past, const char *path)
{
    for (size_t i = 0; i < past->oldest.count; i++) {
        if (strcmp(past->oldest.items[i].path, path) == 0) {
            return &past->oldest.items[i];
        }
    }
    struct cp_overlay_file *file = cp_list_push(&past->oldest, sizeof *file);
    file->path = path;
    return file;
}

bool past_case_open(struct past_case *past, const struct cp_source *now)
{
    if (past->files.count == 0) {
        return false;
    }
    qsort(past->files.items, past->files.count, sizeof *past->files.items, newest_first);
    for (size_t i = 0; i < past->files.count; i++) {
        oldest_of(past, past->files.items[i]->path)->bytes = past->files.items[i]->text;
    }
    past->overlay = (struct cp_overlay){past->oldest.items, past->oldest.count, now};
    past->before = cp_source_overlay(&past->overlay);
    past->past = (struct cp_past){.log = log_files, .load = load, .state = past};
    return true;
}

/* ---- as a past ------------------------------------------------------------------------------- */

static void add_version(const struct past_case *state, struct cp_log *log, struct cp_log_file *file,
                        size_t index)
{
    struct cp_log_commit *commit = cp_arena_alloc(&log->arena, sizeof *commit);
    snprintf(commit->commit.id, sizeof commit->commit.id, "%040zx", index);
    commit->author = CP_STR("Ada Moss");
    commit->subject = CP_STR("a change");
    commit->authored = commit->committed = state->files.items[index]->day;
    commit->order = index;
    struct cp_log_version *version = cp_list_push(&file->versions, sizeof *version);
    version->commit = commit;
    version->path = file->path;
    snprintf(version->blob, sizeof version->blob, "%040zx", index);
}

static int log_files(const struct cp_past *past, struct cp_log *out, const char *const *paths,
                     size_t count, struct cp_error *error)
{
    const struct past_case *state = past->state;
    (void)error;
    *out = (struct cp_log){.count = count};
    cp_arena_init(&out->arena);
    out->files = cp_alloc((count + 1) * sizeof *out->files);
    memset(out->files, 0, (count + 1) * sizeof *out->files);
    for (size_t i = 0; i < count; i++) {
        out->files[i].path = paths[i];
        for (size_t j = 0; j < state->files.count; j++) {
            if (strcmp(state->files.items[j]->path, paths[i]) == 0) {
                add_version(state, out, &out->files[i], j);
            }
        }
    }
    cp_log_chain(out);
    return 0;
}

static int load(const struct cp_past *past, const struct cp_log_version *version, size_t limit,
                struct cp_buf *out, struct cp_error *error)
{
    const struct past_case *state = past->state;
    (void)error;
    cp_buf_put(out, cp_str_slice(state->files.items[version->commit->order]->text, 0, limit));
    return 0;
}
