/*
 * Handles on a repository, one a thread: taken from those that lie idle, else opened. Knows neither
 * sources nor revisions.
 */
#include "git.h"

#include <stdlib.h>

static void handle_free(struct git_handle *handle)
{
    for (size_t i = 0; i < KEPT_TREES; i++) {
        git_tree_free(handle->trees[i]);
    }
    git_odb_free(handle->objects);
    git_repository_free(handle->git);
    free(handle);
}

/* Format and owner were looked at when the repository was found. */
static int handle_open(struct git_handle *handle, const struct cp_repository *repository)
{
    int code = git_repository_open_bare(&handle->git, repository->git_dir);
    if (code == 0) {
        code = git_repository_odb(&handle->objects, handle->git);
    }
    if (code == 0) {
        code = git_loose_open(handle, repository);
    }
    for (size_t i = 0; code == 0 && i < repository->objects.count; i++) {
        code = git_odb_add_disk_alternate(handle->objects, repository->objects.items[i]);
    }
    return code;
}

static struct git_handle *handle_new(struct cp_repository *repository, struct cp_error *error)
{
    struct git_handle *handle = cp_alloc(sizeof *handle);
    *handle = (struct git_handle){0};
    if (handle_open(handle, repository) == 0) {
        return handle;
    }
    struct cp_arena arena;
    cp_arena_init(&arena);
    cp_error_set(error, "cannot open the git repository %s: %s",
                 cp_printable_in(&arena, cp_str_of(repository->git_dir)), git_reason(&arena));
    cp_arena_release(&arena);
    handle_free(handle);
    return NULL;
}

struct git_handle *git_handle_take(struct cp_repository *repository, struct cp_error *error)
{
    for (size_t i = 0; i < MAX_IDLE_HANDLES; i++) {
        struct git_handle *handle = atomic_exchange(&repository->idle[i], NULL);
        if (handle) {
            return handle;
        }
    }
    return handle_new(repository, error);
}

void git_handle_give(struct cp_repository *repository, struct git_handle *handle)
{
    for (size_t i = 0; i < MAX_IDLE_HANDLES; i++) {
        struct git_handle *none = NULL;
        if (atomic_compare_exchange_strong(&repository->idle[i], &none, handle)) {
            return;
        }
    }
    handle_free(handle);
}

void git_handles_release(struct cp_repository *repository)
{
    for (size_t i = 0; i < MAX_IDLE_HANDLES; i++) {
        struct git_handle *handle = atomic_exchange(&repository->idle[i], NULL);
        if (handle) {
            handle_free(handle);
        }
    }
}

int git_handle_tree(git_tree **out, struct git_handle *handle, const git_oid *id)
{
    for (size_t i = 0; i < KEPT_TREES; i++) {
        if (handle->trees[i] && git_oid_equal(git_tree_id(handle->trees[i]), id)) {
            *out = handle->trees[i];
            return 0;
        }
    }
    git_tree *tree = NULL;
    int code = git_tree_lookup(&tree, handle->git, id);
    if (code != 0) {
        return code;
    }
    git_tree **place = &handle->trees[handle->next_tree++ % KEPT_TREES];
    git_tree_free(*place);
    *place = tree;
    *out = tree;
    return 0;
}
