/*
 * The folders of a run: each is listed once, however many patterns lead to it, and all of them
 * together hold a bounded number of names. Knows nothing of patterns and plans.
 */
#include "engine.h"

#include <string.h>

/* Far above what any portfolio holds; a tree in git that holds itself over and over is above. */
enum { MAX_LISTED = 100000 };

struct folder {
    CP_LIST(struct cp_entry) entries;
    const char *failure; /* why there are none, NULL where it was listed */
};

struct listing {
    struct cp_engine *engine;
    struct folder *folder;
};

static bool keep_entry(void *context, const struct cp_entry *entry)
{
    const struct listing *listing = context;
    struct cp_engine *engine = listing->engine;
    if (++engine->listed > MAX_LISTED) {
        engine->has_too_many = true;
        return false;
    }
    struct cp_entry *kept = cp_list_push(&listing->folder->entries, sizeof *kept);
    *kept = *entry;
    kept->name = cp_arena_copy(&engine->arena, cp_str_of(entry->name)).at;
    return true;
}

static const char *failure_of(struct cp_engine *engine, const char *path, struct folder *folder)
{
    struct listing listing = {engine, folder};
    struct cp_error error;
    if (!engine->has_too_many &&
        engine->source->list(engine->source, path, keep_entry, &listing, &error) != 0) {
        return cp_arena_copy(&engine->arena, cp_str_of(error.text)).at;
    }
    if (!engine->has_too_many) {
        return NULL;
    }
    const char *where = engine->source->where;
    return cp_arena_printf(&engine->arena,
                           "cannot look for plans%s%s: there are more than %d files and folders; "
                           "write narrower patterns under 'plans'",
                           where ? " " : "", where ? where : "", MAX_LISTED)
        .at;
}

/* Of a comparison, the side on disk enters no work tree of another repository, as no commit and no
 * index does: its plans would all be new. */
static void leave_out_repositories(struct cp_engine *engine, const char *path,
                                   struct folder *folder)
{
    for (size_t i = 0; i < folder->entries.count; i++) {
        struct cp_entry *entry = &folder->entries.items[i];
        if (entry->kind == CP_PATH_FOLDER) {
            const char *below = cp_path_join(&engine->arena, path, entry->name);
            const char *git = cp_path_join(&engine->arena, below, ".git");
            bool is_other = engine->source->kind(engine->source, git) != CP_PATH_MISSING;
            entry->kind = is_other ? CP_PATH_OTHER : CP_PATH_FOLDER;
        }
    }
}

static struct folder *folder_at(struct cp_engine *engine, const char *path)
{
    struct folder *folder = cp_map_find(&engine->folders, cp_str_of(path));
    if (!folder) {
        folder = cp_arena_alloc(&engine->arena, sizeof *folder);
        *folder = (struct folder){0};
        *(struct folder **)cp_list_push(&engine->listings, sizeof folder) = folder;
        cp_map_put(&engine->folders, cp_arena_copy(&engine->arena, cp_str_of(path)), folder);
        folder->failure = failure_of(engine, path, folder);
        if (folder->failure) {
            folder_lose(engine, path);
        }
        if (engine->request->is_side) {
            leave_out_repositories(engine, path, folder);
        }
    }
    return folder;
}

const char *folder_list(struct cp_engine *engine, const char *path,
                        bool (*each)(void *context, const struct cp_entry *entry), void *context)
{
    const struct folder *folder = folder_at(engine, path);
    for (size_t i = 0; !folder->failure && i < folder->entries.count; i++) {
        if (!each(context, &folder->entries.items[i])) {
            break;
        }
    }
    return folder->failure;
}

void folder_lose(struct cp_engine *engine, const char *path)
{
    *(const char **)cp_list_push(&engine->lost, sizeof path) =
        cp_arena_copy(&engine->arena, cp_str_of(path)).at;
}

bool folder_is_lost(const struct cp_engine *engine, const char *path)
{
    for (size_t i = 0; i < engine->lost.count; i++) {
        if (cp_path_is_below(path, engine->lost.items[i])) {
            return true;
        }
    }
    return engine->has_too_many;
}

void folders_release(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->listings.count; i++) {
        cp_list_release(&engine->listings.items[i]->entries);
    }
    cp_list_release(&engine->listings);
    cp_list_release(&engine->lost);
    cp_map_release(&engine->folders);
}
