/*
 * Where the links of a document lead, among the documents that are imported with it. Looks at paths
 * only: what is found was read already.
 */
#include "import.h"

#include <string.h>

/* While one document is imported. */
struct linking {
    struct importing *importing;
    const struct document *from;
    const char *path;      /* of it, absolute */
    const char *root;      /* of the repository around it; NULL where there is none */
    struct cp_arena arena; /* while a link is looked at */
};

/* The plan of the document at a path, but not of the one that links. */
static const struct cp_import_plan *find_plan(const struct linking *linking, const char *path)
{
    const struct document *document =
        cp_map_find(&linking->importing->documents.by_path, cp_str_of(path));
    bool is_other = document && document->is_plan && document != linking->from;
    return is_other ? &document->called : NULL;
}

/* Generators of sites take the ending off, put another one, or make a folder of the page. */
static const struct cp_import_plan *find_page(struct linking *linking, const char *path)
{
    static const char *const endings[] = {"", ".md", ".markdown", "/README.md", "/index.md"};
    const struct cp_import_plan *plan = NULL;
    struct cp_str stem = cp_str_of(path);
    stem.len -= cp_str_has_suffix(stem, ".html") ? strlen(".html") : 0;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !plan; i++) {
        struct cp_str page = cp_arena_printf(&linking->arena, "%.*s%s", CP_ARG(stem), endings[i]);
        plan = find_plan(linking, page.at);
    }
    return plan;
}

/* A link that begins with '/' starts from the root of the repository. */
static const struct cp_import_plan *find(void *context, struct cp_str target)
{
    struct linking *linking = context;
    bool is_rooted = cp_str_has_prefix(target, "/") && linking->root;
    const char *from =
        is_rooted ? cp_path_join(&linking->arena, linking->root, "page") : linking->path;
    const char *path =
        cp_link_target(&linking->arena, from, cp_str_slice(target, is_rooted, SIZE_MAX));
    const struct cp_import_plan *plan =
        path ? find_page(linking, cp_path_absolute(&linking->arena, "/", path)) : NULL;
    cp_arena_reset(&linking->arena);
    return plan;
}

static const char *root_around(struct cp_arena *arena, const char *folder)
{
    while (true) {
        const char *git = cp_path_join(arena, folder, ".git");
        if (cp_source_folder.kind(&cp_source_folder, git) != CP_PATH_MISSING) {
            return folder;
        }
        if (strcmp(folder, "/") == 0) {
            return NULL;
        }
        folder = cp_path_parent(arena, folder);
    }
}

enum cp_import_result link_import(struct importing *importing, struct document *document,
                                  struct cp_error *error)
{
    struct cp_arena *arena = &importing->run.arena;
    struct linking linking = {.importing = importing, .from = document};
    linking.path = cp_path_absolute(arena, importing->run.here, document->path);
    linking.root = root_around(arena, cp_path_parent(arena, linking.path));
    cp_arena_init(&linking.arena);
    const struct cp_import_links links = {.find = find, .context = &linking};
    cp_buf_clear(&document->plan);
    enum cp_import_result result = put_import(importing, document, &links, error);
    cp_arena_release(&linking.arena);
    return result;
}
