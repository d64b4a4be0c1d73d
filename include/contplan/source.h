/*
 * source: where bytes come from. A folder on disk, or unsaved text laid over another source. Gives
 * bytes and names; knows no YAML.
 */
#ifndef CONTPLAN_SOURCE_H
#define CONTPLAN_SOURCE_H

#include <contplan/base.h>

/* ---- paths: text only, with '/' -------------------------------------------------------------- */

/* `folder`/`name`, cleaned; an absolute `name` stands alone. Owned by the arena. */
const char *cp_path_join(struct cp_arena *arena, const char *folder, const char *name);
/* Without `./`, doubled slashes and a slash at the end; "." for nothing. `..` stays. */
const char *cp_path_clean(struct cp_arena *arena, const char *path);
/* The path from the root, `..` taken together with what stands before it, as seen from the folder
 * `here` (absolute). Looks at the text only, not at links. */
const char *cp_path_absolute(struct cp_arena *arena, const char *here, const char *path);
/* The path as the user sees it from the folder `here`, so that one file has one name: what lies
 * below `here` is relative to it, however it was written; anything else is cleaned. */
const char *cp_path_normal(struct cp_arena *arena, const char *here, const char *path);
/* The folder a cleaned path stands in: "." for a bare name, "/" for the root's children. */
const char *cp_path_parent(struct cp_arena *arena, const char *path);
/* The last part of a path, borrowed from it. */
const char *cp_path_name(const char *path);
/* The file name without `.yaml` or `.yml`. */
struct cp_str cp_path_stem(const char *path);
/* Whether a cleaned `path` is `folder` or lies below it ("." contains every relative path that does
 * not start with `..`). */
bool cp_path_is_below(const char *path, const char *folder);

/* ---- sources --------------------------------------------------------------------------------- */

/* A link that leads nowhere is something other. */
enum cp_path_kind { CP_PATH_MISSING, CP_PATH_FILE, CP_PATH_FOLDER, CP_PATH_OTHER };

/* One name in a folder. */
struct cp_entry {
    const char *name;
    enum cp_path_kind kind; /* links followed */
    bool is_link;
};

struct cp_source {
    /* Appends at most `limit` bytes of the file. -1 with `error` where it is no regular file or
     * cannot be read. Safe to call from several threads. */
    int (*load)(const struct cp_source *source, const char *path, size_t limit, struct cp_buf *out,
                struct cp_error *error);
    /* What stands at the path, links followed. */
    enum cp_path_kind (*kind)(const struct cp_source *source, const char *path);
    /* Calls `each` for everything in a folder, in byte order of the names, until it returns false.
     * -1 with `error` where the folder cannot be read. */
    int (*list)(const struct cp_source *source, const char *folder,
                bool (*each)(void *context, const struct cp_entry *entry), void *context,
                struct cp_error *error);
    /* Whether the path, links followed, still lies in the folder. */
    bool (*is_inside)(const struct cp_source *source, const char *path, const char *folder);
    const void *state;
};

/* The files on disk, relative to the working directory. */
extern const struct cp_source cp_source_folder;

/* Texts that stand in for files. */
struct cp_overlay_file {
    const char *path;
    struct cp_str bytes;
};

struct cp_overlay {
    const struct cp_overlay_file *files;
    size_t count;
    const struct cp_source *below; /* for everything else; NULL: there is nothing else */
};

/* A source that answers from `overlay` first, which must outlive it. */
struct cp_source cp_source_overlay(const struct cp_overlay *overlay);

#endif
