/*
 * The versions that a walk found: which one came from which, also where branches were merged; which
 * one a commit held; their bytes.
 */
#include "log.h"
#include "objects.h"

#include <string.h>

/* Of a commit with more parents the rest is not looked at. */
enum { MOST_PARENTS = 16 };

/* ---- which came from which ------------------------------------------------------------------- */

void cp_log_chain(struct cp_log *log)
{
    log->is_linear = true;
    for (size_t i = 0; i < log->count; i++) {
        struct cp_log_file *file = &log->files[i];
        size_t *next = cp_arena_alloc(&log->arena, (file->versions.count + 1) * sizeof *next);
        for (size_t j = 0; j < file->versions.count; j++) {
            next[j] = j + 1 < file->versions.count ? j + 1 : SIZE_MAX;
            file->versions.items[j].before = &next[j];
            file->versions.items[j].parent_count = 1;
        }
    }
}

void log_makings_add(struct log_makings *makings, struct cp_arena *arena,
                     const struct log_node *node, const char *name, const git_oid *blob)
{
    struct log_making *making = cp_list_push(&makings->items, sizeof *making);
    making->name = name;
    making->blob = *blob;
    making->parent_count = node->parent_count < MOST_PARENTS ? node->parent_count : MOST_PARENTS;
    making->origins = cp_arena_alloc(arena, (making->parent_count + 1) * sizeof *making->origins);
}

void log_makings_note(struct log_makings *makings, unsigned parent, const char *name,
                      const git_oid *blob)
{
    struct log_making *making = &makings->items.items[makings->items.count - 1];
    if (parent < making->parent_count) {
        making->origins[parent] = (struct log_making){.name = name, .blob = *blob};
    }
}

/* The nearest version behind that has the name and the bytes. Where two branches had come to the
 * same, it may be that of the other one. */
static size_t find_origin(const struct log_makings *makings, size_t from,
                          const struct log_making *origin)
{
    for (size_t i = from; origin->name && i < makings->items.count; i++) {
        const struct log_making *making = &makings->items.items[i];
        if (git_oid_equal(&making->blob, &origin->blob) &&
            strcmp(making->name, origin->name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

void log_makings_link(struct cp_log *out, const struct log_makings *makings)
{
    for (size_t i = 0; i < out->count; i++) {
        for (size_t j = 0; j < makings[i].items.count; j++) {
            const struct log_making *making = &makings[i].items.items[j];
            struct cp_log_version *version = &out->files[i].versions.items[j];
            size_t *before =
                cp_arena_alloc(&out->arena, (making->parent_count + 1) * sizeof *before);
            for (unsigned k = 0; k < making->parent_count; k++) {
                before[k] = find_origin(&makings[i], j + 1, &making->origins[k]);
            }
            version->before = before;
            version->parent_count = making->parent_count;
        }
    }
}

/* ---- which one a commit held ----------------------------------------------------------------- */

static size_t find_bytes(const struct cp_log_file *file, const char *path, const git_oid *blob)
{
    char name[CP_OBJECT_TEXT];
    git_oid_tostr(name, sizeof name, blob);
    for (size_t i = 0; i < file->versions.count; i++) {
        const struct cp_log_version *version = &file->versions.items[i];
        if (strcmp(version->blob, name) == 0 && strcmp(version->path, path) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Under each name that the file has had, the newest first. */
static size_t find_in_tree(const struct cp_log_file *file, const struct cp_repository *repository,
                           struct git_handle *handle, const git_oid *tree)
{
    struct cp_arena arena;
    const char *last = "";
    size_t found = SIZE_MAX;
    cp_arena_init(&arena);
    for (size_t i = 0; found == SIZE_MAX && i < file->versions.count; i++) {
        const char *path = file->versions.items[i].path;
        const char *name =
            strcmp(path, last) != 0 ? git_path_in_tree(&arena, repository, path) : NULL;
        struct node node = {.kind = NODE_MISSING};
        if (name) {
            node = git_tree_find(handle, tree, name);
        }
        if (node.kind == NODE_FILE || node.kind == NODE_LINK) {
            found = find_bytes(file, path, &node.id);
        }
        last = path;
    }
    cp_arena_release(&arena);
    return found;
}

/* The tree of a commit, the caller's to free; NULL where it cannot be read. */
static git_commit *open_commit(struct git_handle *handle, const struct cp_commit *commit)
{
    git_oid id;
    git_commit *found = NULL;
    if (git_oid_fromstr(&id, commit->id) == 0) {
        (void)git_commit_lookup(&found, handle->git, &id);
    }
    return found;
}

size_t log_version_find(const struct cp_past *past, const struct cp_log_file *file,
                        const struct cp_log_commit *commit)
{
    const struct cp_past_of_repository *state = past->state;
    struct cp_error ignored;
    size_t result = SIZE_MAX;
    struct git_handle *handle = git_handle_take(state->repository, &ignored);
    if (!handle) {
        return SIZE_MAX;
    }
    git_commit *found = open_commit(handle, &commit->commit);
    if (found) {
        result = find_in_tree(file, state->repository, handle, git_commit_tree_id(found));
    }
    git_commit_free(found);
    git_handle_give(state->repository, handle);
    return result;
}

/* ---- their bytes ----------------------------------------------------------------------------- */

/* The bytes of a blob, which stood at a path. */
static int read_blob(const struct cp_repository *repository, struct git_handle *handle,
                     const git_oid *id, const char *path, size_t limit, struct cp_buf *out,
                     struct cp_error *error)
{
    git_odb_object *object = NULL;
    int code = git_odb_read(&object, handle->objects, id);
    if (code == 0) {
        struct cp_str bytes = {git_odb_object_data(object), git_odb_object_size(object)};
        cp_buf_put(out, cp_str_slice(bytes, 0, limit));
    } else {
        struct cp_arena arena;
        cp_arena_init(&arena);
        git_fail_object(error, repository, cp_printable_in(&arena, cp_str_of(path)), "its content",
                        id, code);
        cp_arena_release(&arena);
    }
    git_odb_object_free(object);
    return code == 0 ? 0 : -1;
}

int log_version_load(const struct cp_past *past, const struct cp_log_version *version, size_t limit,
                     struct cp_buf *out, struct cp_error *error)
{
    const struct cp_past_of_repository *state = past->state;
    git_oid id = {0};
    struct git_handle *handle = git_handle_take(state->repository, error);
    if (!handle) {
        return -1;
    }
    (void)git_oid_fromstr(&id, version->blob);
    int result = read_blob(state->repository, handle, &id, version->path, limit, out, error);
    git_handle_give(state->repository, handle);
    return result;
}

/* Symbolic links are no files here: where they lead is another tree's to know. */
int log_file_read(const struct cp_past *past, bool *is_file, const struct cp_commit *commit,
                  const char *path, size_t limit, struct cp_buf *out, struct cp_error *error)
{
    const struct cp_past_of_repository *state = past->state;
    struct cp_arena arena;
    struct node node = {.kind = NODE_MISSING};
    struct git_handle *handle = git_handle_take(state->repository, error);
    if (!handle) {
        return -1;
    }
    cp_arena_init(&arena);
    const char *name = git_path_in_tree(&arena, state->repository, path);
    git_commit *found = open_commit(handle, commit);
    if (found && name) {
        node = git_tree_find(handle, git_commit_tree_id(found), name);
    }
    git_commit_free(found);
    *is_file = node.kind == NODE_FILE;
    int result =
        node.kind == NODE_BROKEN
            ? git_fail_object(error, state->repository, cp_printable_in(&arena, cp_str_of(path)),
                              "its folder", &node.id, node.code)
        : *is_file ? read_blob(state->repository, handle, &node.id, path, limit, out, error)
                   : 0;
    cp_arena_release(&arena);
    git_handle_give(state->repository, handle);
    return result;
}
