/* Texts laid over another source: standard input under a file's name, unsaved editors, tests. */
#include <contplan/source.h>

#include <string.h>

static const struct cp_overlay *overlay_of(const struct cp_source *source)
{
    return source->state;
}

static const struct cp_overlay_file *find(const struct cp_overlay *overlay, const char *path)
{
    for (size_t i = 0; i < overlay->count; i++) {
        if (strcmp(overlay->files[i].path, path) == 0) {
            return &overlay->files[i];
        }
    }
    return NULL;
}

static bool holds_below(const struct cp_overlay *overlay, const char *folder)
{
    for (size_t i = 0; i < overlay->count; i++) {
        if (cp_path_is_below(overlay->files[i].path, folder)) {
            return true;
        }
    }
    return false;
}

static int load(const struct cp_source *source, const char *path, size_t limit, struct cp_buf *out,
                struct cp_error *error)
{
    const struct cp_overlay *overlay = overlay_of(source);
    const struct cp_overlay_file *file = find(overlay, path);
    if (file) {
        cp_buf_put(out, cp_str_slice(file->bytes, 0, limit));
        return 0;
    }
    if (overlay->below) {
        return overlay->below->load(overlay->below, path, limit, out, error);
    }
    return cp_error_set(error, "there is no such file");
}

static enum cp_path_kind kind(const struct cp_source *source, const char *path)
{
    const struct cp_overlay *overlay = overlay_of(source);
    if (find(overlay, path)) {
        return CP_PATH_FILE;
    }
    enum cp_path_kind below =
        overlay->below ? overlay->below->kind(overlay->below, path) : CP_PATH_MISSING;
    return below == CP_PATH_MISSING && holds_below(overlay, path) ? CP_PATH_FOLDER : below;
}

/* The name that a path has right below a folder, cut at the next slash; empty where it is not
 * below it. */
static struct cp_str name_below(const char *path, const char *folder)
{
    size_t len = strcmp(folder, ".") == 0 ? 0 : strlen(folder) + 1;
    if (!cp_path_is_below(path, folder) || strlen(path) <= len) {
        return (struct cp_str){0};
    }
    return (struct cp_str){path + len, strcspn(path + len, "/")};
}

/* The smallest name in the folder that is greater than `after`, of the overlay's own. */
static struct cp_str next_name(const struct cp_overlay *overlay, const char *folder,
                               struct cp_str after)
{
    struct cp_str next = {0};
    for (size_t i = 0; i < overlay->count; i++) {
        struct cp_str name = name_below(overlay->files[i].path, folder);
        if (cp_str_compare(name, after) > 0 && (!next.at || cp_str_compare(name, next) < 0)) {
            next = name;
        }
    }
    return next;
}

struct merged_list {
    const struct cp_source *source;
    const char *folder;
    bool (*each)(void *context, const struct cp_entry *entry);
    void *context;
    struct cp_arena arena;
    struct cp_str last; /* the overlay's name that was given last */
    bool is_wanted;
};

static void give_until(struct merged_list *merged, const char *limit)
{
    for (;;) {
        struct cp_str name = next_name(overlay_of(merged->source), merged->folder, merged->last);
        if (!merged->is_wanted || !name.at ||
            (limit && cp_str_compare(name, cp_str_of(limit)) >= 0)) {
            return;
        }
        merged->last = cp_arena_copy(&merged->arena, name);
        const char *path = cp_path_join(&merged->arena, merged->folder, merged->last.at);
        struct cp_entry entry = {.name = merged->last.at, .kind = kind(merged->source, path)};
        merged->is_wanted = merged->each(merged->context, &entry);
    }
}

static bool give_below(void *context, const struct cp_entry *entry)
{
    struct merged_list *merged = context;
    give_until(merged, entry->name);
    struct cp_str next = next_name(overlay_of(merged->source), merged->folder, merged->last);
    if (merged->is_wanted && !(next.at && cp_str_is(next, entry->name))) {
        merged->is_wanted = merged->each(merged->context, entry);
    }
    return merged->is_wanted;
}

static int list(const struct cp_source *source, const char *folder,
                bool (*each)(void *context, const struct cp_entry *entry), void *context,
                struct cp_error *error)
{
    const struct cp_overlay *overlay = overlay_of(source);
    struct merged_list merged = {source, folder, each, context, {0}, {0}, true};
    int result = 0;
    cp_arena_init(&merged.arena);
    if (overlay->below && overlay->below->kind(overlay->below, folder) == CP_PATH_FOLDER) {
        result = overlay->below->list(overlay->below, folder, give_below, &merged, error);
    }
    if (result == 0) {
        give_until(&merged, NULL);
    }
    cp_arena_release(&merged.arena);
    return result;
}

static bool is_inside(const struct cp_source *source, const char *path, const char *folder)
{
    const struct cp_overlay *overlay = overlay_of(source);
    if (find(overlay, path) || !overlay->below) {
        return true;
    }
    return overlay->below->is_inside(overlay->below, path, folder);
}

struct cp_source cp_source_overlay(const struct cp_overlay *overlay)
{
    return (struct cp_source){
        .load = load, .kind = kind, .list = list, .is_inside = is_inside, .state = overlay};
}
