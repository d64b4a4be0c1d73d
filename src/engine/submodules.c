/*
 * Whether a path that leads nowhere lies in a git submodule, whose files may not be here: a clone
 * has them only where they were asked for. Knows git's file of submodules, and nothing else of it.
 */
#include "engine.h"

#include <string.h>

enum { MOST_BYTES = 64 * 1024 };

/* The path on a line such as `path = libs/runbooks`; empty where it is another line. */
static struct cp_str path_on(struct cp_str line)
{
    line = cp_str_trim(line);
    bool is_path = cp_str_is_equal_folded(cp_str_slice(line, 0, 4), CP_STR("path"));
    struct cp_str rest = cp_str_trim(cp_str_slice(line, 4, SIZE_MAX));
    if (!is_path || !cp_str_has_prefix(rest, "=")) {
        return (struct cp_str){0};
    }
    struct cp_str path = cp_str_trim(cp_str_slice(rest, 1, SIZE_MAX));
    bool is_quoted = path.len > 2 && cp_str_has_prefix(path, "\"") && cp_str_has_suffix(path, "\"");
    path = is_quoted ? cp_str_slice(path, 1, path.len - 2) : path;
    return cp_str_has_prefix(path, "/") ? (struct cp_str){0} : path;
}

/* Whether the file of submodules in a folder names one that holds the path; both absolute. */
static bool names_holder(struct cp_arena *arena, struct cp_str text, const char *folder,
                         const char *path)
{
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        struct cp_str name = path_on(line);
        const char *holder = cp_path_join(arena, folder, cp_arena_copy(arena, name).at);
        if (name.len > 0 && strcmp(holder, folder) != 0 && cp_path_is_below(path, holder)) {
            return true;
        }
    }
    return false;
}

static bool is_listed(const struct cp_engine *engine, struct cp_arena *arena, const char *folder,
                      const char *path, const char *here)
{
    const struct cp_source *source = engine->source;
    const char *list = cp_path_normal(arena, here, cp_path_join(arena, folder, ".gitmodules"));
    struct cp_error ignored;
    struct cp_buf text;
    cp_buf_init(&text);
    bool result = source->kind(source, list) == CP_PATH_FILE &&
                  source->load(source, list, MOST_BYTES, &text, &ignored) == 0 &&
                  names_holder(arena, cp_buf_str(&text), folder, path);
    cp_buf_release(&text);
    return result;
}

static bool stop(void *context, const struct cp_entry *entry)
{
    (void)context;
    (void)entry;
    return false;
}

/* In a tree of git, a submodule is a folder that cannot be listed. */
static bool is_closed(const struct cp_source *source, const char *folder)
{
    struct cp_error ignored;
    return source->list(source, folder, stop, NULL, &ignored) != 0;
}

/* From the nearest folder that is there up to the root of the work tree. */
bool is_in_submodule(const struct cp_engine *engine, struct cp_arena *arena, const char *path,
                     const char *here)
{
    const struct cp_source *source = engine->source;
    const char *whole = cp_path_absolute(arena, here, path);
    bool is_nearest = true;
    for (const char *at = whole; strcmp(at, "/") != 0;) {
        at = cp_path_parent(arena, at);
        const char *folder = cp_path_normal(arena, here, at);
        if (source->kind(source, folder) != CP_PATH_FOLDER) {
            continue;
        }
        if ((is_nearest && is_closed(source, folder)) ||
            is_listed(engine, arena, at, whole, here)) {
            return true;
        }
        if (source->kind(source, cp_path_join(arena, folder, ".git")) != CP_PATH_MISSING) {
            return false;
        }
        is_nearest = false;
    }
    return false;
}
