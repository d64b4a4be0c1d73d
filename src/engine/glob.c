/*
 * Patterns of plan files. Walks folders through the source, never follows a link to a folder, and
 * hands out no file that a link leads out of the portfolio.
 */
#include "engine.h"

#include <fnmatch.h>
#include <string.h>

enum { MAX_DEPTH = 32 };

struct level {
    const struct glob *glob;
    const char *folder;
    const char *part; /* this level's pattern */
    const char *rest; /* of the levels below; NULL for the last */
    unsigned depth;
};

static void expand(const struct glob *glob, const char *folder, const char *pattern,
                   unsigned depth);

static void give_file(const struct level *level, const struct cp_entry *entry)
{
    const struct glob *glob = level->glob;
    const char *path = cp_path_join(glob->arena, level->folder, entry->name);
    if (!entry->is_link || glob->source->is_inside(glob->source, path, glob->root)) {
        glob->each(glob->context, path);
        return;
    }
    glob->fail(glob->context,
               cp_arena_printf(glob->arena,
                               "%s is a symbolic link that leads out of its portfolio; it was not "
                               "read",
                               cp_printable_in(glob->arena, cp_str_of(path)))
                   .at);
}

/* Hidden names are found only by patterns that say so. */
static bool is_match(const char *pattern, const char *name)
{
    return fnmatch(pattern, name, FNM_PERIOD) == 0;
}

static bool visit(void *context, const struct cp_entry *entry)
{
    const struct level *level = context;
    bool is_folder = entry->kind == CP_PATH_FOLDER && !entry->is_link;
    if (strcmp(level->part, "**") == 0) {
        if (is_folder && entry->name[0] != '.') {
            expand(level->glob, cp_path_join(level->glob->arena, level->folder, entry->name),
                   cp_arena_printf(level->glob->arena, "**/%s", level->rest ? level->rest : "*").at,
                   level->depth + 1);
        }
    } else if (is_match(level->part, entry->name)) {
        if (is_folder && level->rest) {
            expand(level->glob, cp_path_join(level->glob->arena, level->folder, entry->name),
                   level->rest, level->depth + 1);
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

static void expand(const struct glob *glob, const char *folder, const char *pattern, unsigned depth)
{
    const char *slash = strchr(pattern, '/');
    size_t len = slash ? (size_t)(slash - pattern) : strlen(pattern);
    struct level level = {.glob = glob, .folder = folder, .depth = depth};
    level.part = cp_arena_copy(glob->arena, (struct cp_str){pattern, len}).at;
    level.rest = slash ? slash + 1 : NULL;
    if (depth > MAX_DEPTH || glob->source->kind(glob->source, folder) != CP_PATH_FOLDER) {
        return;
    }
    if (!has_wildcard(level.part) && level.rest) {
        expand(glob, cp_path_join(glob->arena, folder, level.part), level.rest, depth + 1);
        return;
    }
    if (strcmp(level.part, "**") == 0 && level.rest) {
        expand(glob, folder, level.rest, depth + 1);
    }
    struct cp_error error;
    if (glob->source->list(glob->source, folder, visit, &level, &error) != 0) {
        glob->fail(glob->context, cp_arena_copy(glob->arena, cp_str_of(error.text)).at);
    }
}

void glob_expand(const struct glob *glob, const char *folder, const char *pattern)
{
    expand(glob, folder, cp_path_clean(glob->arena, pattern), 0);
}
