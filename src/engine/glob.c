/*
 * Patterns of plan files. Walks folders through the source; a wildcard never follows a link to a
 * folder, and no link leads out of the portfolio.
 */
#include "engine.h"

#include <fnmatch.h>
#include <string.h>

enum { MAX_DEPTH = 32 };

/* The patterns of folders that `**` has led to already: several of them in one pattern meet again
 * and again, and more often with each level. */
struct walk {
    const struct glob *glob;
    struct cp_map seen;
    bool is_too_deep; /* one of the folders, which was said */
};

struct level {
    struct walk *walk;
    const char *folder;
    const char *part; /* this level's pattern */
    const char *rest; /* of the levels below; NULL for the last */
    unsigned depth;   /* of the folder */
};

static void expand(struct walk *walk, const char *folder, const char *pattern, unsigned depth);

static bool is_inside(const struct glob *glob, const char *path)
{
    if (glob->engine->source->is_inside(glob->engine->source, path, glob->root)) {
        return true;
    }
    glob->fail(glob->context,
               cp_arena_printf(&glob->engine->arena,
                               "%s is a symbolic link that leads out of its portfolio; it was not "
                               "read",
                               cp_printable_in(&glob->engine->arena, cp_str_of(path)))
                   .at);
    return false;
}

static void give_file(const struct level *level, const struct cp_entry *entry)
{
    const struct glob *glob = level->walk->glob;
    const char *path = cp_path_join(&glob->engine->arena, level->folder, entry->name);
    if (!entry->is_link || is_inside(glob, path)) {
        glob->each(glob->context, path);
    }
}

/* A pattern of YAML files asks for no folder: one that is called as a plan hides what somebody put
 * into it. */
static void refuse_folder(const struct level *level, const struct cp_entry *entry)
{
    struct cp_str part = cp_str_of(level->part);
    if (!cp_str_has_suffix(part, ".yaml") && !cp_str_has_suffix(part, ".yml")) {
        return;
    }
    const struct glob *glob = level->walk->glob;
    struct cp_arena *arena = &glob->engine->arena;
    const char *path = cp_path_join(arena, level->folder, entry->name);
    glob->fail(glob->context,
               cp_arena_printf(arena, "%s is a folder, where a plan is a file; it was not read",
                               cp_printable_in(arena, cp_str_of(path)))
                   .at);
}

/* Hidden names are found only by patterns that say so. */
static bool is_match(const char *pattern, const char *name)
{
    return fnmatch(pattern, name, FNM_PERIOD) == 0;
}

static void expand_below(const struct level *level, const struct cp_entry *entry,
                         const char *pattern)
{
    const char *folder =
        cp_path_join(&level->walk->glob->engine->arena, level->folder, entry->name);
    expand(level->walk, folder, pattern, level->depth + 1);
}

static bool visit(void *context, const struct cp_entry *entry)
{
    const struct level *level = context;
    bool is_folder = entry->kind == CP_PATH_FOLDER && !entry->is_link;
    if (strcmp(level->part, "**") == 0) {
        if (is_folder && entry->name[0] != '.') {
            const char *rest = level->rest ? level->rest : "*";
            expand_below(level, entry,
                         cp_arena_printf(&level->walk->glob->engine->arena, "**/%s", rest).at);
        }
    } else if (is_match(level->part, entry->name)) {
        if (is_folder && level->rest) {
            expand_below(level, entry, level->rest);
        } else if (!level->rest && entry->kind == CP_PATH_FOLDER) {
            refuse_folder(level, entry);
        } else if (!level->rest) {
            give_file(level, entry);
        }
    }
    return true;
}

static bool has_wildcard(const char *part)
{
    return strpbrk(part, "*?[") != NULL;
}

static bool was_seen(struct walk *walk, const char *folder, const char *pattern)
{
    /* No folder's path has two slashes in a row. */
    struct cp_str key = cp_arena_printf(&walk->glob->engine->arena, "%s//%s", folder, pattern);
    return cp_map_put(&walk->seen, key, walk) != NULL;
}

static void list_level(struct level *level)
{
    const struct glob *glob = level->walk->glob;
    const char *failure = folder_list(glob->engine, level->folder, visit, level);
    if (failure) {
        glob->fail(glob->context, failure);
    }
}

/* What is too deep is not found, and said once a pattern. */
static void fail_depth(struct walk *walk, const char *folder)
{
    const struct glob *glob = walk->glob;
    folder_lose(glob->engine, folder);
    if (!walk->is_too_deep) {
        glob->fail(
            glob->context,
            cp_arena_printf(
                &glob->engine->arena,
                "%s was not searched for plans: it stands more than %d folders deep; move it up",
                cp_printable_in(&glob->engine->arena, cp_str_of(folder)), MAX_DEPTH)
                .at);
    }
    walk->is_too_deep = true;
}

/* Whether there is a folder to look into. What stands in git and cannot be read is a file to it,
 * for whoever reads it to say why. */
static bool is_folder(const struct glob *glob, const char *folder)
{
    const struct cp_source *source = glob->engine->source;
    enum cp_path_kind kind = source->kind(source, folder);
    struct cp_error error;
    struct cp_buf nothing;
    cp_buf_init(&nothing);
    if (kind == CP_PATH_FILE && source->load(source, folder, 0, &nothing, &error) != 0) {
        folder_lose(glob->engine, folder);
        glob->fail(glob->context, cp_arena_copy(&glob->engine->arena, cp_str_of(error.text)).at);
    }
    cp_buf_release(&nothing);
    return kind == CP_PATH_FOLDER;
}

static void expand(struct walk *walk, const char *folder, const char *pattern, unsigned depth)
{
    const struct glob *glob = walk->glob;
    const char *slash = strchr(pattern, '/');
    size_t len = slash ? (size_t)(slash - pattern) : strlen(pattern);
    struct level level = {.walk = walk, .folder = folder, .depth = depth};
    level.part = cp_arena_copy(&glob->engine->arena, (struct cp_str){pattern, len}).at;
    level.rest = slash ? slash + 1 : NULL;
    bool is_any_depth = strcmp(level.part, "**") == 0;
    if (glob->engine->has_too_many || !is_folder(glob, folder) ||
        (is_any_depth && was_seen(walk, folder, pattern))) {
        return;
    }
    if (depth > MAX_DEPTH) {
        fail_depth(walk, folder);
        return;
    }
    if (!has_wildcard(level.part) && level.rest) {
        const char *below = cp_path_join(&glob->engine->arena, folder, level.part);
        if (is_inside(glob, below)) {
            expand(walk, below, level.rest, depth + 1);
        }
        return;
    }
    if (is_any_depth && level.rest) {
        expand(walk, folder, level.rest, depth);
    }
    list_level(&level);
}

/* Cleaned, and several `**` in a row as one, which finds the same. */
static const char *clean_pattern(struct cp_arena *arena, const char *pattern)
{
    const char *from = cp_path_clean(arena, pattern);
    char *out = cp_arena_alloc(arena, strlen(from) + 1);
    size_t len = 0;
    bool was_any = false;
    while (*from) {
        size_t part = strcspn(from, "/");
        size_t whole = part + (from[part] == '/');
        bool is_any = cp_str_is((struct cp_str){from, part}, "**");
        if (is_any && was_any) {
            len -= out[len - 1] == '/' ? 3 : 2;
        }
        memcpy(out + len, from, whole);
        len += whole;
        from += whole;
        was_any = is_any;
    }
    out[len] = '\0';
    return out;
}

void glob_expand(const struct glob *glob, const char *folder, const char *pattern)
{
    struct walk walk = {.glob = glob};
    cp_map_init(&walk.seen);
    expand(&walk, folder, clean_pattern(&glob->engine->arena, pattern), 0);
    cp_map_release(&walk.seen);
}
