/*
 * A source over git's objects: maps paths of the working directory into the tree, follows links
 * inside it and never out of it, reads files in full and folders by name. Where its names come from
 * is the backend's business.
 */
#include "objects.h"

#include <stdlib.h>
#include <string.h>

/* As many links as the system follows. */
enum { MAX_LINKS = 40, MAX_LINK_BYTES = 4096 };
static const size_t max_file_bytes = (size_t)64 << 20;

/* ---- walking --------------------------------------------------------------------------------- */

struct walk {
    const struct git_source *source;
    struct git_handle *handle;
    struct cp_arena arena;
};

/* What a path leads to. */
struct target {
    struct node node;
    const char *path;  /* of the node, links resolved */
    bool is_outside;   /* of the repository */
    bool leads_out;    /* by a link */
    bool is_link_last; /* the path's own last part is a link */
    bool is_beyond;    /* something below a file or a submodule, which is the node */
};

static const struct git_source *state_of(const struct cp_source *source)
{
    return source->state;
}

static bool walk_begin(struct walk *walk, const struct git_source *source, struct cp_error *error)
{
    *walk = (struct walk){.source = source};
    cp_arena_init(&walk->arena);
    walk->handle = git_handle_take(source->repository, error);
    return walk->handle;
}

static void walk_end(struct walk *walk)
{
    if (walk->handle) {
        git_handle_give(walk->source->repository, walk->handle);
    }
    cp_arena_release(&walk->arena);
}

static struct node find(struct walk *walk, const char *path)
{
    return walk->source->find(walk->source, walk->handle, path);
}

/* What a link says, NULL where it leads out by its first letter or says nothing sensible. */
static const char *read_link(struct walk *walk, const struct node *node)
{
    git_blob *blob = NULL;
    const char *result = NULL;
    if (git_blob_lookup(&blob, walk->handle->git, &node->id) == 0) {
        struct cp_str text = {git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)};
        if (text.len > 0 && text.len <= MAX_LINK_BYTES && *text.at != '/' &&
            !memchr(text.at, '\0', text.len)) {
            result = cp_arena_copy(&walk->arena, text).at;
        }
    }
    git_blob_free(blob);
    return result;
}

/* One step from the folder in `out` to a name in it; a link's text goes before the rest. */
static bool step(struct walk *walk, struct target *out, struct cp_str name, const char **rest)
{
    struct cp_arena *arena = &walk->arena;
    if (cp_str_is(name, "..")) {
        const char *slash = strrchr(out->path, '/');
        out->leads_out = *out->path == '\0';
        size_t len = slash ? (size_t)(slash - out->path) : 0;
        out->path = cp_arena_copy(arena, (struct cp_str){out->path, len}).at;
        out->node = find(walk, out->path);
        return !out->leads_out;
    }
    const char *path =
        cp_arena_printf(arena, "%s%s%.*s", out->path, *out->path ? "/" : "", CP_ARG(name)).at;
    struct node node = find(walk, path);
    if (node.kind != NODE_LINK) {
        out->path = path;
        out->node = node;
        return node.kind != NODE_MISSING && node.kind != NODE_BROKEN;
    }
    const char *text = read_link(walk, &node);
    out->is_link_last = out->is_link_last || **rest == '\0';
    out->leads_out = !text;
    if (text) {
        *rest = cp_arena_printf(arena, "%s/%s", text, *rest).at;
    }
    return text;
}

static struct target resolve(struct walk *walk, const char *given)
{
    const char *rest = git_path_in_tree(&walk->arena, walk->source->repository, given);
    struct target out = {.path = "", .is_outside = !rest};
    unsigned links = 0;
    bool is_going = rest;
    out.node = find(walk, "");
    while (is_going && *rest) {
        struct cp_str name = {rest, strcspn(rest, "/")};
        const char *behind = rest + name.len + (rest[name.len] == '/');
        rest = behind;
        if (name.len == 0 || cp_str_is(name, ".")) {
            continue;
        }
        if (out.node.kind != NODE_FOLDER) {
            out.is_beyond = out.node.kind != NODE_BROKEN;
            return out;
        }
        is_going = step(walk, &out, name, &rest);
        links += rest != behind;
        if (links > MAX_LINKS) {
            out.node.kind = NODE_MISSING;
            out.is_link_last = true;
            return out;
        }
    }
    return out;
}

static bool has_node(const struct target *target)
{
    return !target->is_outside && !target->leads_out && !target->is_beyond;
}

static bool is_file(const struct target *target)
{
    return has_node(target) && target->node.kind == NODE_FILE;
}

/* ---- kinds ----------------------------------------------------------------------------------- */

/* Something that cannot be read is a file, so that whoever reads it says why. */
static enum cp_path_kind kind_of(const struct target *target)
{
    if (!has_node(target) || target->node.kind == NODE_MISSING) {
        return target->is_link_last ? CP_PATH_OTHER : CP_PATH_MISSING;
    }
    return target->node.kind == NODE_FOLDER || target->node.kind == NODE_SUBMODULE ? CP_PATH_FOLDER
                                                                                   : CP_PATH_FILE;
}

static enum cp_path_kind kind(const struct cp_source *source, const char *path)
{
    struct walk walk;
    struct cp_error ignored;
    enum cp_path_kind result = CP_PATH_OTHER;
    if (walk_begin(&walk, state_of(source), &ignored)) {
        struct target target = resolve(&walk, path);
        result = kind_of(&target);
    }
    walk_end(&walk);
    return result;
}

static bool is_inside(const struct cp_source *source, const char *path, const char *folder)
{
    struct walk walk;
    struct cp_error ignored;
    bool result = true;
    if (walk_begin(&walk, state_of(source), &ignored)) {
        struct target inner = resolve(&walk, path);
        struct target outer = resolve(&walk, folder);
        bool is_known = inner.node.kind != NODE_MISSING && !outer.is_outside;
        result = !inner.is_outside && !inner.leads_out &&
                 (!is_known || *outer.path == '\0' || cp_path_is_below(inner.path, outer.path));
    }
    walk_end(&walk);
    return result;
}

static bool name_of(const struct cp_source *source, const char *path, char out[CP_OBJECT_TEXT])
{
    struct walk walk;
    struct cp_error ignored;
    bool result = false;
    if (walk_begin(&walk, state_of(source), &ignored)) {
        struct target target = resolve(&walk, path);
        result = is_file(&target);
        git_oid_tostr(out, CP_OBJECT_TEXT, &target.node.id);
    }
    walk_end(&walk);
    return result;
}

/* ---- reading --------------------------------------------------------------------------------- */

/* Why there is no file to read at the path. */
static const char *problem_of(const struct target *target)
{
    if (target->is_outside) {
        return "it lies outside the repository";
    }
    if (target->leads_out) {
        return "a symbolic link leads out of the repository";
    }
    switch (target->node.kind) {
    case NODE_SUBMODULE:
        return "it is in a submodule; check the submodule by itself, in its own work tree";
    case NODE_CONFLICT:
        return "its merge conflict is not resolved; resolve it and run git add";
    case NODE_FOLDER:
        return "it is a folder";
    default:
        return "there is no such file";
    }
}

static int fail(struct cp_error *error, struct walk *walk, const char *path,
                const struct target *target)
{
    const char *subject =
        cp_arena_printf(&walk->arena, "%s %s", cp_printable_in(&walk->arena, cp_str_of(path)),
                        walk->source->where)
            .at;
    if (target->node.kind == NODE_BROKEN) {
        return git_fail_object(error, walk->source->repository, subject, "its folder",
                               &target->node.id, target->node.code);
    }
    return cp_error_set(error, "cannot read %s: %s", subject, problem_of(target));
}

static int read_blob(struct walk *walk, const char *path, const git_oid *id, size_t limit,
                     struct cp_buf *out, struct cp_error *error)
{
    size_t size = 0;
    git_object_t type;
    git_blob *blob = NULL;
    const char *subject =
        cp_arena_printf(&walk->arena, "%s %s", cp_printable_in(&walk->arena, cp_str_of(path)),
                        walk->source->where)
            .at;
    int code = git_odb_read_header(&size, &type, walk->handle->objects, id);
    if (code == 0 && size > max_file_bytes) {
        return cp_error_set(error, "cannot read %s: it is larger than 64 MiB", subject);
    }
    code = code == 0 ? git_blob_lookup(&blob, walk->handle->git, id) : code;
    if (code != 0) {
        return git_fail_object(error, walk->source->repository, subject, "its content", id, code);
    }
    struct cp_str bytes = {git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob)};
    cp_buf_put(out, cp_str_slice(bytes, 0, limit));
    git_blob_free(blob);
    return 0;
}

static int load(const struct cp_source *source, const char *path, size_t limit, struct cp_buf *out,
                struct cp_error *error)
{
    struct walk walk;
    int result = -1;
    if (walk_begin(&walk, state_of(source), error)) {
        struct target target = resolve(&walk, path);
        result = is_file(&target) ? read_blob(&walk, path, &target.node.id, limit, out, error)
                                  : fail(error, &walk, path, &target);
    }
    walk_end(&walk);
    return result;
}

/* ---- listing --------------------------------------------------------------------------------- */

struct names {
    struct walk *walk;
    const char *folder;
    CP_LIST(struct cp_entry) entries;
};

/* Names that no folder on disk could hold are nobody's files. */
static bool is_possible(struct cp_str name)
{
    return name.len > 0 && !cp_str_is(name, ".") && !cp_str_is(name, "..") &&
           !memchr(name.at, '/', name.len);
}

/* A submodule is something other to who looks for files, so that no wildcard enters it. */
static void put_name(void *context, struct cp_str name, struct node node)
{
    struct names *names = context;
    if (is_possible(name)) {
        struct cp_entry *entry = cp_list_push(&names->entries, sizeof *entry);
        *entry = (struct cp_entry){.name = cp_arena_copy(&names->walk->arena, name).at,
                                   .kind = node.kind == NODE_FOLDER      ? CP_PATH_FOLDER
                                           : node.kind == NODE_SUBMODULE ? CP_PATH_OTHER
                                                                         : CP_PATH_FILE,
                                   .is_link = node.kind == NODE_LINK};
    }
}

static void follow_links(struct names *names)
{
    for (size_t i = 0; i < names->entries.count; i++) {
        struct cp_entry *entry = &names->entries.items[i];
        if (entry->is_link) {
            const char *path = cp_path_join(&names->walk->arena, names->folder, entry->name);
            struct target target = resolve(names->walk, path);
            entry->kind = kind_of(&target);
        }
    }
}

static int by_name(const void *a, const void *b)
{
    const struct cp_entry *left = a;
    const struct cp_entry *right = b;
    return strcmp(left->name, right->name);
}

static int read_names(struct names *names, struct cp_error *error)
{
    struct walk *walk = names->walk;
    struct target target = resolve(walk, names->folder);
    if (has_node(&target) && target.node.kind == NODE_FOLDER) {
        target.node = walk->source->each(walk->source, walk->handle, target.path, put_name, names);
    }
    if (!has_node(&target) || target.node.kind != NODE_FOLDER) {
        return fail(error, walk, names->folder, &target);
    }
    follow_links(names);
    if (names->entries.count > 1) {
        qsort(names->entries.items, names->entries.count, sizeof *names->entries.items, by_name);
    }
    return 0;
}

/* The handle is given back before anybody is called, who may want one. */
static int list(const struct cp_source *source, const char *folder,
                bool (*each)(void *context, const struct cp_entry *entry), void *context,
                struct cp_error *error)
{
    struct walk walk;
    struct names names = {.walk = &walk, .folder = folder};
    int result = walk_begin(&walk, state_of(source), error) ? read_names(&names, error) : -1;
    if (walk.handle) {
        git_handle_give(walk.source->repository, walk.handle);
        walk.handle = NULL;
    }
    for (size_t i = 0; result == 0 && i < names.entries.count; i++) {
        if (!each(context, &names.entries.items[i])) {
            break;
        }
    }
    cp_list_release(&names.entries);
    walk_end(&walk);
    return result;
}

/* ---- opening and closing --------------------------------------------------------------------- */

struct git_source *git_source_new(struct cp_repository *repository)
{
    struct git_source *source = cp_alloc(sizeof *source);
    *source = (struct git_source){.repository = repository};
    cp_arena_init(&source->arena);
    return source;
}

void git_source_free(struct git_source *source)
{
    cp_list_release(&source->files);
    cp_arena_release(&source->arena);
    free(source);
}

void git_source_open(struct cp_source *out, struct git_source *source)
{
    *out = (struct cp_source){.load = load,
                              .kind = kind,
                              .list = list,
                              .is_inside = is_inside,
                              .name = name_of,
                              .where = source->where,
                              .state = source};
}

void cp_source_close(struct cp_source *source)
{
    if (source->load == load) {
        git_source_free((struct git_source *)(uintptr_t)source->state);
        *source = (struct cp_source){0};
    }
}
