/*
 * The index: what `git commit` would commit. Read once when the source is opened, so that all
 * threads see the same, whatever git does meanwhile.
 */
#include "objects.h"

#include <stdlib.h>
#include <string.h>

/* ---- looking up ------------------------------------------------------------------------------ */

/* The first file whose path is not less than `path`. */
static size_t first_from(const struct git_source *source, const char *path, size_t len)
{
    size_t low = 0;
    size_t high = source->files.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(source->files.items[middle].path, path, len);
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Where the files below a folder begin. */
static size_t first_below(const struct git_source *source, const char *folder)
{
    struct cp_buf prefix;
    cp_buf_init(&prefix);
    cp_buf_printf(&prefix, "%s/", folder);
    size_t first = *folder ? first_from(source, prefix.at, prefix.len) : 0;
    cp_buf_release(&prefix);
    return first;
}

/* The path behind a folder, NULL where the file does not lie below it. */
static const char *behind(const struct git_source *source, size_t at, const char *folder)
{
    size_t len = strlen(folder);
    const char *path = at < source->files.count ? source->files.items[at].path : NULL;
    if (!path || len == 0) {
        return path;
    }
    return strncmp(path, folder, len) == 0 && path[len] == '/' ? path + len + 1 : NULL;
}

static struct node find(const struct git_source *source, struct git_handle *handle,
                        const char *path)
{
    (void)handle;
    size_t at = first_from(source, path, strlen(path) + 1);
    if (*path && at < source->files.count && strcmp(source->files.items[at].path, path) == 0) {
        return source->files.items[at].node;
    }
    bool is_folder = *path == '\0' || behind(source, first_below(source, path), path);
    return (struct node){.kind = is_folder ? NODE_FOLDER : NODE_MISSING};
}

static struct node each(const struct git_source *source, struct git_handle *handle,
                        const char *folder,
                        void (*put)(void *context, struct cp_str name, struct node node),
                        void *context)
{
    struct cp_str last = {0};
    const char *path;
    for (size_t i = first_below(source, folder); (path = behind(source, i, folder)); i++) {
        struct cp_str name = {path, strcspn(path, "/")};
        bool is_file = path[name.len] == '\0';
        if (is_file || !cp_str_is_equal(name, last)) {
            struct node below = {.kind = NODE_FOLDER};
            put(context, name, is_file ? source->files.items[i].node : below);
        }
        last = is_file ? (struct cp_str){0} : name;
    }
    return find(source, handle, folder);
}

/* ---- reading --------------------------------------------------------------------------------- */

static struct node node_of(const git_index_entry *entry)
{
    struct node node = {.kind = NODE_FILE, .id = entry->id};
    if (git_index_entry_is_conflict(entry)) {
        node.kind = NODE_CONFLICT;
    } else if ((entry->mode & 0170000) == GIT_FILEMODE_LINK) {
        node.kind = NODE_LINK;
    } else if ((entry->mode & 0170000) == GIT_FILEMODE_COMMIT) {
        node.kind = NODE_SUBMODULE;
    }
    return node;
}

static int by_path(const void *a, const void *b)
{
    const struct staged_file *left = a;
    const struct staged_file *right = b;
    return strcmp(left->path, right->path);
}

/* A conflict has up to three entries of one path. */
static void drop_doubles(struct git_source *source)
{
    size_t kept = 0;
    for (size_t i = 0; i < source->files.count; i++) {
        struct staged_file *file = &source->files.items[i];
        if (kept == 0 || strcmp(source->files.items[kept - 1].path, file->path) != 0) {
            source->files.items[kept++] = *file;
        }
    }
    source->files.count = kept;
}

static void read_entries(struct git_source *source, const git_index *index)
{
    for (size_t i = 0; i < git_index_entrycount((git_index *)(uintptr_t)index); i++) {
        const git_index_entry *entry = git_index_get_byindex((git_index *)(uintptr_t)index, i);
        if (!(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)) {
            struct staged_file *file = cp_list_push(&source->files, sizeof *file);
            file->path = cp_arena_copy(&source->arena, cp_str_of(entry->path)).at;
            file->node = node_of(entry);
        }
    }
    if (source->files.count > 1) {
        qsort(source->files.items, source->files.count, sizeof *source->files.items, by_path);
    }
    drop_doubles(source);
}

static int fail(struct cp_error *error, struct git_source *source)
{
    const git_error *last = git_error_last();
    const char *path = cp_printable_in(&source->arena, cp_str_of(source->repository->index_file));
    const char *message = last && last->message ? last->message : "";
    if (strstr(message, "mandatory extension: 'link'")) {
        return cp_error_set(error,
                            "git's index %s is split, which contplan cannot read; run git "
                            "update-index --no-split-index",
                            path);
    }
    if (strstr(message, "mandatory extension: 'sdir'")) {
        return cp_error_set(error,
                            "git's index %s is sparse, which contplan cannot read; run git "
                            "sparse-checkout reapply --no-sparse-index",
                            path);
    }
    return cp_error_set(error, "cannot read git's index %s: %s", path, git_reason(&source->arena));
}

int cp_source_open_index(struct cp_source *out, struct cp_repository *repository,
                         struct cp_error *error)
{
    git_index *index = NULL;
    int result = 0;
    struct git_source *source = git_source_new(repository);
    source->where = "as staged";
    source->find = find;
    source->each = each;
    enum cp_path_kind kind = cp_source_folder.kind(&cp_source_folder, repository->index_file);
    if (kind != CP_PATH_FILE && kind != CP_PATH_MISSING) {
        result = cp_error_set(error, "cannot read git's index %s: it is not a regular file",
                              cp_printable_in(&source->arena, cp_str_of(repository->index_file)));
        git_source_free(source);
    } else if (git_index_open(&index, repository->index_file) == 0) {
        read_entries(source, index);
        git_source_open(out, source);
    } else {
        result = fail(error, source);
        git_source_free(source);
    }
    git_index_free(index);
    return result;
}
