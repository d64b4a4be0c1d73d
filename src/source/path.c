/* Paths as text: joined, cleaned, taken apart. Never asks a file system. */
#include <contplan/source.h>

#include <string.h>

const char *cp_path_clean(struct cp_arena *arena, const char *path)
{
    char *out = cp_arena_alloc(arena, strlen(path) + 2);
    size_t len = 0;
    if (*path == '/') {
        out[len++] = '/';
    }
    while (*path) {
        size_t part = strcspn(path, "/");
        if (part > 0 && !(part == 1 && *path == '.')) {
            if (len > 0 && out[len - 1] != '/') {
                out[len++] = '/';
            }
            memcpy(out + len, path, part);
            len += part;
        }
        path += part + (path[part] == '/');
    }
    if (len == 0) {
        out[len++] = '.';
    }
    out[len] = '\0';
    return out;
}

/* Takes the `..` of a cleaned absolute path together with what stands before them. */
static void fold_parents(char *path)
{
    size_t len = 0;
    const char *at = path;
    while (*at) {
        size_t part = 1 + strcspn(at + 1, "/");
        if (part == 3 && strncmp(at, "/..", 3) == 0) {
            while (len > 0 && path[--len] != '/') {
            }
        } else {
            memmove(path + len, at, part);
            len += part;
        }
        at += part;
    }
    path[len] = '\0';
}

const char *cp_path_absolute(struct cp_arena *arena, const char *here, const char *path)
{
    const char *whole = cp_path_join(arena, here, path);
    char *folded = cp_arena_alloc(arena, strlen(whole) + 2);
    memcpy(folded, whole, strlen(whole));
    fold_parents(folded);
    return *folded ? folded : "/";
}

const char *cp_path_normal(struct cp_arena *arena, const char *here, const char *path)
{
    const char *absolute = cp_path_absolute(arena, here, path);
    size_t len = strlen(here);
    if (strcmp(here, "/") == 0 || !cp_path_is_below(absolute, here)) {
        return cp_path_clean(arena, path);
    }
    return absolute[len] == '\0' ? "." : absolute + len + 1;
}

const char *cp_path_join(struct cp_arena *arena, const char *folder, const char *name)
{
    if (*name == '/') {
        return cp_path_clean(arena, name);
    }
    size_t len = strlen(folder);
    char *whole = cp_arena_alloc(arena, len + strlen(name) + 2);
    memcpy(whole, folder, len);
    whole[len] = '/';
    memcpy(whole + len + 1, name, strlen(name));
    return cp_path_clean(arena, whole);
}

const char *cp_path_parent(struct cp_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash) {
        return strcmp(path, "..") == 0 ? "../.." : ".";
    }
    if (slash == path) {
        return "/";
    }
    return cp_arena_copy(arena, (struct cp_str){path, (size_t)(slash - path)}).at;
}

const char *cp_path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

struct cp_str cp_path_stem(const char *path)
{
    struct cp_str name = cp_str_of(cp_path_name(path));
    if (cp_str_has_suffix(name, ".yaml")) {
        name.len -= 5;
    } else if (cp_str_has_suffix(name, ".yml")) {
        name.len -= 4;
    }
    return name;
}

bool cp_path_is_markdown(const char *path)
{
    struct cp_str name = cp_str_of(path);
    static const char *const endings[] = {".md", ".markdown", ".MD"};
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        if (cp_str_has_suffix(name, endings[i])) {
            return true;
        }
    }
    return false;
}

bool cp_path_is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    if (strcmp(folder, ".") == 0) {
        return *path != '/' && strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0;
    }
    if (strcmp(folder, "/") == 0) {
        return *path == '/';
    }
    return strncmp(path, folder, len) == 0 && (path[len] == '\0' || path[len] == '/');
}
