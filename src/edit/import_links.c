/*
 * Links from one document to another that is imported with it: the plan of that one becomes a
 * dependency of this one. The links stay where they are. Knows neither paths nor files.
 */
#include "import.h"

const char links_doubt[] = "check: move to 'internal' what your own organisation runs";

/* A link to another plan. */
struct link {
    const struct cp_import_plan *plan;
    struct cp_str text; /* its words; empty where it is HTML */
    size_t offset;
    bool is_of_consumers; /* stands where the document says who uses the service */
    bool is_of_section;   /* stands where it speaks of dependencies */
};

struct linking {
    struct import *import;
    CP_LIST(struct link) links;
    struct cp_map done;                          /* ids of plans that are dependencies */
    struct cp_map internal, external, consumers; /* names in normal words -> entries */
    bool is_external_meant;                      /* the document itself divides its dependencies */
};

/* ---- what links there are -------------------------------------------------------------------- */

/* The field that the words at a place stand for, told by the headings above; "" at the top. */
static const char *path_at(const struct import *import, size_t *part, size_t offset)
{
    while (*part + 1 < import->parts.count && import->parts.items[*part + 1].from <= offset) {
        ++*part;
    }
    size_t at = *part;
    while (at < import->parts.count && !import->parts.items[at].path) {
        at = import->parts.items[at].parent;
    }
    return at < import->parts.count ? import->parts.items[at].path : "";
}

static bool is_section(const char *path, const char *section)
{
    size_t len = strlen(section);
    return strncmp(path, section, len) == 0 && (path[len] == '\0' || path[len] == '.');
}

static struct cp_str target_of(const struct cp_reading_piece *piece)
{
    bool is_anchor = piece->kind == CP_PIECE_HTML && piece->text.len > 3 &&
                     cp_str_is_equal_folded(cp_str_slice(piece->text, 0, 2), CP_STR("<a")) &&
                     cp_is_blank(piece->text.at[2]);
    return piece->kind == CP_PIECE_LINK ? piece->target
           : is_anchor                  ? cp_html_attribute(piece->text, "href")
                                        : (struct cp_str){0};
}

static void add_link(struct linking *linking, const struct cp_reading_piece *piece, size_t *part)
{
    const struct cp_import_links *known = linking->import->asked->links;
    struct cp_str target = target_of(piece);
    const struct cp_import_plan *plan = target.len > 0 ? known->find(known->context, target) : NULL;
    if (plan) {
        const char *path = path_at(linking->import, part, piece->offset);
        struct link *link = cp_list_push(&linking->links, sizeof *link);
        *link = (struct link){.plan = plan,
                              .offset = piece->offset,
                              .is_of_consumers = is_section(path, "dependencies.consumers"),
                              .is_of_section = is_section(path, "dependencies")};
        link->text = piece->kind == CP_PIECE_LINK ? piece->text : link->text;
    }
}

static void find_links(struct linking *linking)
{
    const struct cp_reading *reading = linking->import->reading;
    size_t part = 0;
    for (size_t i = 0; i < cp_reading_count(reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(reading, i);
        for (uint32_t j = 0; j < block->piece_count; j++) {
            add_link(linking, cp_reading_piece_get(reading, block->first_piece + j), &part);
        }
    }
}

/* ---- what the plan lists already ------------------------------------------------------------- */

static struct draft *list_at(const struct linking *linking, const char *path)
{
    struct draft *list = draft_reach(linking->import->plan, path);
    return list && list->kind == DRAFT_LIST ? list : NULL;
}

static void index_names(struct linking *linking, struct cp_map *names, const char *path)
{
    struct draft *list = list_at(linking, path);
    cp_map_init(names);
    for (struct draft *item = list ? list->first : NULL; item; item = item->next) {
        const struct draft *name = item->kind == DRAFT_MAPPING ? draft_find(item, "name") : NULL;
        if (name) {
            cp_map_put(names, words_normal(linking->import->arena, name->text), item);
        }
    }
}

/* The entry that is called as the plan is; or, where the link stands among dependencies, as its
 * words are. */
static struct draft *find_entry(const struct linking *linking, const struct cp_map *names,
                                const struct link *link)
{
    struct cp_str normal = words_normal(linking->import->arena, link->plan->name);
    struct draft *entry = normal.len > 0 ? cp_map_find(names, normal) : NULL;
    if (!entry && link->is_of_section && link->text.len > 0) {
        normal = words_normal(linking->import->arena, link->text);
        entry = normal.len > 0 ? cp_map_find(names, normal) : NULL;
    }
    return entry && !draft_find(entry, "service") ? entry : NULL;
}

static void set_service(struct linking *linking, struct draft *entry, const struct link *link,
                        const char *check)
{
    struct draft *service = draft_set(linking->import->arena, entry, "service", link->plan->id);
    service->beside = import_check(linking->import, link->offset, "%s", check);
}

static bool is_done(const struct linking *linking, const struct link *link)
{
    return cp_map_find(&linking->done, link->plan->id) != NULL;
}

static void set_done(struct linking *linking, const struct link *link)
{
    cp_map_put(&linking->done, link->plan->id, linking);
}

/* A list that is empty now asks nobody anything. */
static void drop_doubt(struct draft *list)
{
    struct draft_note **at = &list->above;
    while (list->count == 0 && *at) {
        bool is_doubt = cp_str_has_prefix((*at)->text, links_doubt);
        if (is_doubt) {
            *at = (*at)->next;
        } else {
            at = &(*at)->next;
        }
    }
}

/* An entry that the document did not call external belongs to the internal ones. */
static bool move(struct linking *linking, struct draft *entry)
{
    struct draft *external = list_at(linking, "dependencies.external");
    struct draft *internal =
        linking->is_external_meant
            ? NULL
            : draft_at(linking->import->arena, linking->import->plan, "dependencies.internal");
    bool is_moved =
        internal && internal->kind == DRAFT_LIST && draft_move_item(internal, external, entry);
    if (is_moved) {
        drop_doubt(external);
    }
    return is_moved;
}

static void match(struct linking *linking, const struct link *link)
{
    static const char check[] = "check: the document links it to this plan";
    struct draft *entry;
    if (link->is_of_consumers) {
        entry = find_entry(linking, &linking->consumers, link);
        if (entry) {
            set_service(linking, entry, link, check);
        }
        return;
    }
    if (is_done(linking, link)) {
        return;
    }
    entry = find_entry(linking, &linking->internal, link);
    if (!entry) {
        entry = find_entry(linking, &linking->external, link);
        entry = entry && move(linking, entry) ? entry : NULL;
    }
    if (entry) {
        set_service(linking, entry, link, check);
        set_done(linking, link);
    }
}

/* ---- what it does not ------------------------------------------------------------------------ */

/* Whether the plan can take more dependencies: it does not say that they are unknown. */
static bool can_take(const struct linking *linking)
{
    struct draft *section = draft_find(linking->import->plan, "dependencies");
    struct draft *list = section ? draft_find(section, "internal") : NULL;
    return !section || (section->kind == DRAFT_MAPPING && section->object &&
                        (!list || list->kind == DRAFT_LIST));
}

static void add(struct linking *linking, const struct link *link)
{
    struct import *import = linking->import;
    if (is_done(linking, link) || link->is_of_consumers) {
        return;
    }
    set_done(linking, link);
    if (!can_take(linking)) {
        draft_note(import->arena, draft_find(import->plan, "dependencies"),
                   import_check(import, link->offset,
                                "check: the document links to the plan %.*s; is that a dependency?",
                                CP_ARG(link->plan->id)));
        return;
    }
    struct draft *list = draft_at(import->arena, import->plan, "dependencies.internal");
    bool is_external = find_entry(linking, &linking->external, link) != NULL;
    set_service(linking, draft_add(import->arena, list), link,
                is_external ? "check: linked to, and listed under 'external'; keep one of the two"
                            : "check: the document links to this plan; say what it needs it for");
}

void links_take(struct import *import)
{
    struct linking linking = {.import = import, .is_external_meant = import->is_house};
    if (!import->asked->links) {
        return;
    }
    cp_map_init(&linking.done);
    for (size_t i = 0; i < import->parts.count; i++) {
        const char *path = import->parts.items[i].path;
        linking.is_external_meant =
            linking.is_external_meant || (path && strcmp(path, "dependencies.external") == 0);
    }
    find_links(&linking);
    index_names(&linking, &linking.internal, "dependencies.internal");
    index_names(&linking, &linking.external, "dependencies.external");
    index_names(&linking, &linking.consumers, "dependencies.consumers");
    for (size_t i = 0; i < linking.links.count; i++) {
        match(&linking, &linking.links.items[i]);
    }
    for (size_t i = 0; i < linking.links.count; i++) {
        add(&linking, &linking.links.items[i]);
    }
    cp_map_release(&linking.internal);
    cp_map_release(&linking.external);
    cp_map_release(&linking.consumers);
    cp_map_release(&linking.done);
    cp_list_release(&linking.links);
}
