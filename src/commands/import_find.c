/*
 * The Markdown documents behind the operands of import: files as they were named, and of folders
 * whatever lies below them. Reads none of them.
 */
#include "import.h"

#include <stdlib.h>
#include <string.h>

/* Far above what any organisation has written; what is above is no folder of documents. */
enum { MAX_LISTED = 100000, MAX_DEPTH = 16 };

struct place {
    const char *path;
    unsigned depth;
};

struct search {
    struct importing *importing;
    struct place at;
    CP_LIST(struct place) folders; /* to be looked into */
    size_t listed;
};

static void add_document(struct search *search, const char *given)
{
    struct documents *documents = &search->importing->documents;
    struct run *run = &search->importing->run;
    const char *path = cp_path_absolute(&run->arena, run->here, given);
    if (cp_map_find(&documents->by_path, cp_str_of(path))) {
        return;
    }
    struct document *document = cp_arena_alloc(&run->arena, sizeof *document);
    document->path = cp_path_normal(&run->arena, run->here, given);
    cp_buf_init(&document->bytes);
    cp_buf_init(&document->plan);
    cp_map_put(&documents->by_path, cp_str_of(path), document);
    *(struct document **)cp_list_push(&documents->items, sizeof document) = document;
}

static void add_folder(struct search *search, const char *path, unsigned depth)
{
    struct place *place = cp_list_push(&search->folders, sizeof *place);
    *place = (struct place){path, depth};
}

/* Hidden folders and other people's code hold no plans of ours; a link may lead anywhere. */
static bool look_at(void *context, const struct cp_entry *entry)
{
    struct search *search = context;
    const char *path = cp_path_join(&search->importing->run.arena, search->at.path, entry->name);
    bool is_folder = entry->kind == CP_PATH_FOLDER;
    if (entry->name[0] == '.' || strcmp(entry->name, "node_modules") == 0 ||
        !(is_folder || cp_path_is_markdown(entry->name))) {
        return ++search->listed <= MAX_LISTED;
    }
    if (entry->is_link) {
        say("%s is a symbolic link and was left out; name it to import what it leads to",
            quoted(path));
    } else if (is_folder) {
        add_folder(search, path, search->at.depth + 1);
    } else {
        add_document(search, path);
    }
    return ++search->listed <= MAX_LISTED;
}

static int say_bound(const struct search *search)
{
    if (search->at.depth > MAX_DEPTH) {
        say("%s lies more than %d folders deep, and nothing was written: import a folder further "
            "down",
            quoted(search->at.path), MAX_DEPTH);
        return CP_STATUS_WORLD;
    }
    if (search->listed > MAX_LISTED) {
        say("there are more than %d files and folders, and nothing was written: import a smaller "
            "folder",
            MAX_LISTED);
        return CP_STATUS_WORLD;
    }
    return CP_STATUS_CLEAN;
}

static int look_into(struct search *search, struct place place)
{
    struct cp_error error;
    search->at = place;
    if (place.depth <= MAX_DEPTH &&
        cp_source_folder.list(&cp_source_folder, place.path, look_at, search, &error) != 0) {
        return say_failure(&error);
    }
    return say_bound(search);
}

static int by_path(const void *a, const void *b)
{
    const struct document *const *left = a;
    const struct document *const *right = b;
    return strcmp((*left)->path, (*right)->path);
}

bool is_folder(const char *path)
{
    return cp_source_folder.kind(&cp_source_folder, path) == CP_PATH_FOLDER;
}

int find_documents(struct importing *importing, const struct cp_arguments *arguments)
{
    struct search search = {.importing = importing};
    struct documents *found = &importing->documents;
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; i < arguments->operands.count; i++) {
        const char *path = arguments->operands.items[i];
        if (is_folder(path)) {
            add_folder(&search, cp_path_normal(&importing->run.arena, importing->run.here, path),
                       0);
        } else {
            add_document(&search, path);
        }
    }
    for (size_t i = 0; i < search.folders.count && status == CP_STATUS_CLEAN; i++) {
        status = look_into(&search, search.folders.items[i]);
    }
    cp_list_release(&search.folders);
    if (status == CP_STATUS_CLEAN && found->items.count == 0) {
        say("no documents found in %s: they are files called *.md or *.markdown",
            quoted(arguments->operands.items[0]));
        status = CP_STATUS_WORLD;
    }
    if (found->items.count > 1) {
        qsort(found->items.items, found->items.count, sizeof(struct document *), by_path);
    }
    return status;
}

void release_documents(struct documents *documents)
{
    for (size_t i = 0; i < documents->items.count; i++) {
        cp_buf_release(&documents->items.items[i]->bytes);
        cp_buf_release(&documents->items.items[i]->plan);
    }
    cp_list_release(&documents->items);
    cp_map_release(&documents->by_path);
}
