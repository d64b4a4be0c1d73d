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
};

struct level {
    struct walk *walk;
    const char *folder;
    const char *part; /* this level's pattern */
    const char *rest; /* of the levels below; NULL for the last */
    unsigned depth;
};

static void expand(struct walk *walk, const char *folder, const char *pattern, unsigned depth);

static bool is_inside(const struct glob *glob, const char *path)
{
    if (glob->source->is_inside(glob->source, path, glob->root)) {
        return true;
    }
    glob->fail(glob->context,
               cp_arena_printf(glob->arena,
                               "%s is a symbolic link that leads out of its portfolio; it was not "
                               "read",
                               cp_printable_in(glob->arena, cp_str_of(path)))
                   .at);
    return false;
}

static void give_file(const struct level *level, const struct cp_entry *entry)
{
    const struct glob *glob = level->walk->glob;
    const char *path = cp_path_join(glob->arena, level->folder, entry->name);
    if (!entry->is_link || is_inside(glob, path)) {
        glob->each(glob->context, path);
    }
}

/* Hidden names are found only by patterns that say so. */
static bool is_match(const char *pattern, const char *name)
{
    return fnmatch(pattern, name, FNM_PERIOD) == 0;
}

static void expand_below(const struct level *level, const struct cp_entry *entry,
                         const char *pattern)
{
    const char *folder = cp_path_join(level->walk->glob->arena, level->folder, entry->name);
    expand(level->walk, folder, pattern, level->depth + 1);
}

static bool visit(void *context, const struct cp_entry *entry)
{
    const struct level *level = context;
    bool is_folder = entry->kind == CP_PATH_FOLDER && !entry->is_link;
    if (strcmp(level->part, "**") == 0) {
        if (is_folder && entry->name[0] != '.') {
            const char *rest = level->rest ? level->rest : "*";
            expand_below(level, entry, cp_arena_printf(level->walk->glob->arena, "**/%s", rest).at);
        }
    } else if (is_match(level->part, entry->name)) {
        if (is_folder && level->rest) {
            expand_below(level, entry, level->rest);
        } else if (!level->rest && entry->kind != CP_PATH_FOLDER) {
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
    struct cp_str key = cp_arena_printf(walk->glob->arena, "%s//%s", folder, pattern);
    return cp_map_put(&walk->seen, key, walk) != NULL;
}

static void list_level(struct level *level)
{
    const struct glob *glob = level->walk->glob;
    struct cp_error error;
    if (glob->source->list(glob->source, level->folder, visit, level, &error) != 0) {
        glob->fail(glob->context, cp_arena_copy(glob->arena, cp_str_of(error.text)).at);
    }
}

static void expand(struct walk *walk, const char *folder, const char *pattern, unsigned depth)
{
    const struct glob *glob = walk->glob;
    const char *slash = strchr(pattern, '/');
    size_t len = slash ? (size_t)(slash - pattern) : strlen(pattern);
    struct level level = {.walk = walk, .folder = folder, .depth = depth};
    level.part = cp_arena_copy(glob->arena, (struct cp_str){pattern, len}).at;
    level.rest = slash ? slash + 1 : NULL;
    bool is_any_depth = strcmp(level.part, "**") == 0;
    if (depth > MAX_DEPTH || glob->source->kind(glob->source, folder) != CP_PATH_FOLDER ||
        (is_any_depth && was_seen(walk, folder, pattern))) {
        return;
    }
    if (!has_wildcard(level.part) && level.rest) {
        const char *below = cp_path_join(glob->arena, folder, level.part);
        if (is_inside(glob, below)) {
            expand(walk, below, level.rest, depth + 1);
        }
        return;
    }
    if (is_any_depth && level.rest) {
        expand(walk, folder, level.rest, depth + 1);
    }
    list_level(&level);
}

void glob_expand(const struct glob *glob, const char *folder, const char *pattern)
{
    struct walk walk = {.glob = glob};
    cp_map_init(&walk.seen);
    expand(&walk, folder, cp_path_clean(glob->arena, pattern), 0);
    cp_map_release(&walk.seen);
}
