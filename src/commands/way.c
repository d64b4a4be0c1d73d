/*
 * Where a file ends up that is to be written. Links may be committed, and whoever runs the program
 * over somebody else's change must not write through them into files of their own. Writes nothing.
 */
#include "commands.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The part of the path that stands already: it, or a folder above it, up to `top`. */
static const char *standing_part(struct cp_arena *arena, const char *path, const char *top)
{
    while (strcmp(path, top) != 0 &&
           cp_source_folder.kind(&cp_source_folder, path) == CP_PATH_MISSING) {
        path = cp_path_parent(arena, path);
    }
    return path;
}

static bool is_inside(const char *path, const char *folder)
{
    return cp_source_folder.is_inside(&cp_source_folder, path, folder);
}

/* Git's own files may be programs, which git runs. */
static bool is_led_to_git(struct cp_arena *arena, const char *path, const char *part,
                          const char *top)
{
    const char *git = cp_path_join(arena, top, ".git");
    return !cp_path_is_below(path, git) &&
           cp_source_folder.kind(&cp_source_folder, git) == CP_PATH_FOLDER && is_inside(part, git);
}

static bool is_way_sound(struct cp_arena *arena, const char *here, const char *path)
{
    const char *top = here;
    const char *whole = cp_path_absolute(arena, here, path);
    if (*path == '/' && !cp_path_is_below(whole, here)) {
        return true;
    }
    while (!cp_path_is_below(whole, top)) {
        top = cp_path_parent(arena, top);
    }
    const char *part = standing_part(arena, whole, top);
    return is_inside(part, top) && !is_led_to_git(arena, whole, part, top);
}

bool leads_out(struct cp_arena *arena, const char *path, const char *folder)
{
    return !is_inside(standing_part(arena, path, folder), folder);
}

int check_way(const char *path)
{
    struct cp_arena arena;
    char *here = getcwd(NULL, 0);
    cp_arena_init(&arena);
    bool is_sound = !here || is_way_sound(&arena, here, path);
    cp_arena_release(&arena);
    free(here);
    if (is_sound) {
        return CP_STATUS_CLEAN;
    }
    say("%s leads out of its folder by a symbolic link; nothing was written", quoted(path));
    return CP_STATUS_WORLD;
}

int check_own_name(const char *path)
{
    struct stat found;
    if (lstat(path, &found) != 0 || !S_ISLNK(found.st_mode)) {
        return CP_STATUS_CLEAN;
    }
    say("%s is a symbolic link, and contplan chose that name; nothing was written to it",
        quoted(path));
    return CP_STATUS_WORLD;
}

int check_home(const char *folder, const char *home)
{
    bool is_there = cp_source_folder.kind(&cp_source_folder, folder) != CP_PATH_MISSING;
    if (!is_there || is_inside(folder, home)) {
        return CP_STATUS_CLEAN;
    }
    say("%s is a symbolic link that leads out of the portfolio; nothing was written",
        quoted(folder));
    return CP_STATUS_WORLD;
}
