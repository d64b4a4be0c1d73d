/*
 * Lists of facts: contacts, dependencies, software, roles, links, plain items. What a list is of is
 * told by the heading; it is taken only where every word of it finds a place. Knows no table.
 */
#include "import.h"

enum { NAME_BYTES = 80, ITEM_BYTES = 400 };

/* An item of a list. */
struct entry {
    const struct cp_reading_block *item;
    const struct cp_reading_block *own;  /* its first paragraph */
    size_t nested;                       /* index of the list inside it, or SIZE_MAX */
    struct cp_str words;                 /* of the paragraph */
    struct cp_str raw;                   /* its Markdown, on one line */
    const struct cp_reading_piece *link; /* the first, or NULL */
    bool is_link;                        /* nothing but the link */
};

typedef bool take_entry(struct import *import, struct draft *item, const struct entry *entry);

static const struct cp_reading_block *block_at(const struct import *import, size_t index)
{
    return cp_reading_get(import->reading, index);
}

static size_t next_of(const struct import *import, size_t index)
{
    uint32_t end = block_at(import, index)->end;
    return end > index ? end : index + 1;
}

/* ---- items ----------------------------------------------------------------------------------- */

static void find_link(struct import *import, struct entry *entry)
{
    for (uint32_t i = 0; i < entry->own->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, entry->own->first_piece + i);
        if (piece->kind == CP_PIECE_LINK && piece->target.len > 0) {
            entry->link = piece;
            entry->is_link =
                cp_str_is_equal(cp_str_trim(piece->text), entry->words) && piece->text.len > 0;
            return;
        }
    }
}

/* False where an item holds anything else than a paragraph and perhaps a list. */
static bool read_entry(struct import *import, struct entry *out, size_t index)
{
    *out = (struct entry){.item = block_at(import, index), .nested = SIZE_MAX};
    for (size_t at = index + 1; at < out->item->end; at = next_of(import, at)) {
        const struct cp_reading_block *block = block_at(import, at);
        if (block->kind == CP_READING_PARAGRAPH && !out->own && out->nested == SIZE_MAX) {
            out->own = block;
        } else if (block->kind == CP_READING_LIST && out->own && out->nested == SIZE_MAX) {
            out->nested = at;
        } else {
            return false;
        }
    }
    if (!out->own) {
        return false;
    }
    out->words = cp_arena_copy(import->arena, cp_str_trim(out->own->text));
    out->raw = prose_line(import, out->own);
    find_link(import, out);
    return out->words.len > 0 && out->raw.len <= ITEM_BYTES;
}

/* ---- what stands in one ---------------------------------------------------------------------- */

/* Whether a bracket is open at `at`. */
static bool is_bracketed(struct cp_str text, size_t at)
{
    int depth = 0;
    for (size_t i = 0; i < at; i++) {
        depth += text.at[i] == '(' ? 1 : text.at[i] == ')' ? -1 : 0;
    }
    return depth > 0;
}

static const char *const separators[] = {": ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "};

/* "Name: the rest", "Name - the rest": the name in words, the rest as Markdown; the whole as the
 * name where there is no rest. False where the name would be none. */
static bool split(struct cp_str *name, struct cp_str *rest, const struct entry *entry)
{
    size_t at = SIZE_MAX;
    size_t len = 0;
    *rest = (struct cp_str){0};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        size_t found = cp_str_find(entry->words, cp_str_of(separators[i]));
        if (found < at && !is_bracketed(entry->words, found)) {
            size_t raw =
                cp_str_find(cp_str_slice(entry->raw, found, SIZE_MAX), cp_str_of(separators[i]));
            at = found;
            len = strlen(separators[i]);
            *rest = raw == SIZE_MAX
                        ? entry->raw
                        : cp_str_trim(cp_str_slice(entry->raw, found + raw + len, SIZE_MAX));
        }
    }
    *name = cp_str_trim(cp_str_slice(entry->words, 0, at));
    size_t raw_colon = cp_str_find(entry->raw, CP_STR(":**"));
    if (raw_colon != SIZE_MAX && at != SIZE_MAX && raw_colon <= at + 4) { /* "**Name:** the rest" */
        *rest = cp_str_trim(cp_str_slice(entry->raw, raw_colon + 3, SIZE_MAX));
    }
    bool is_sentence = cp_str_find(*name, CP_STR(". ")) != SIZE_MAX ||
                       (rest->len == 0 && cp_str_has_suffix(*name, "."));
    return name->len > 0 && name->len <= NAME_BYTES && !is_sentence;
}

static struct cp_str target_of(struct import *import, const struct entry *entry)
{
    return cp_arena_copy(import->arena, entry->link->target);
}

/* A name, and what is said of it under another key. */
static bool take_named(struct import *import, struct draft *item, const struct entry *entry,
                       const char *rest_key)
{
    struct cp_str name;
    struct cp_str rest;
    if (entry->nested != SIZE_MAX || !split(&name, &rest, entry)) {
        return false;
    }
    bool has_url = item->object && cp_field_find(item->object, CP_STR("url")) != NULL;
    draft_set(import->arena, item, "name", name);
    if (entry->link && has_url) {
        draft_set(import->arena, item, "url", target_of(import, entry));
    }
    bool is_lost = entry->link && !has_url && cp_str_find(rest, entry->link->target) == SIZE_MAX;
    rest = is_lost ? entry->raw : rest;
    if (rest.len > 0) {
        draft_set(import->arena, item, rest_key, rest);
    }
    return true;
}

static bool take_dependency(struct import *import, struct draft *item, const struct entry *entry)
{
    return take_named(import, item, entry, "purpose");
}

static bool take_component(struct import *import, struct draft *item, const struct entry *entry)
{
    return take_named(import, item, entry, "text");
}

static bool take_link(struct import *import, struct draft *item, const struct entry *entry)
{
    if (!entry->link || entry->nested != SIZE_MAX) {
        return false;
    }
    struct cp_str title = cp_arena_copy(import->arena, cp_str_trim(entry->link->text));
    bool is_whole = entry->is_link && title.len > 0;
    draft_set(import->arena, item, "title", title.len > 0 ? title : entry->words);
    if (!is_whole) {
        draft_set(import->arena, item, "text", entry->raw);
    }
    draft_set(import->arena, item, "url", target_of(import, entry));
    return true;
}

static bool is_address(struct cp_str target)
{
    return cp_str_find(target, CP_STR("://")) != SIZE_MAX || cp_str_has_prefix(target, "#") ||
           cp_str_has_prefix(target, "mailto:") || cp_str_has_prefix(target, "/");
}

static bool take_runbook(struct import *import, struct draft *item, const struct entry *entry)
{
    if (!entry->link || entry->nested != SIZE_MAX) {
        return false;
    }
    struct cp_str name = cp_arena_copy(import->arena, cp_str_trim(entry->link->text));
    struct cp_str target = target_of(import, entry);
    draft_set(import->arena, item, "name", name.len > 0 ? name : entry->words);
    if (!entry->is_link) {
        draft_set(import->arena, item, "description", entry->raw);
    }
    draft_set(import->arena, item, is_address(target) ? "url" : "path", target);
    return true;
}

static bool take_text(struct import *import, struct draft *item, const struct entry *entry)
{
    size_t start = prose_start(import, entry->own);
    item->kind = DRAFT_TEXT;
    item->text = prose_dedented(import, start, entry->item->offset + entry->item->length);
    return item->text.len > 0;
}

static bool take_holder(struct import *import, struct draft *item, const struct entry *entry)
{
    item->text = entry->words;
    return entry->nested == SIZE_MAX && !entry->link && values_is_holder(import, entry->words);
}

/* ---- roles ----------------------------------------------------------------------------------- */

/* Two or three words with capitals: a name rather than a duty. */
static bool is_name(struct cp_str text)
{
    struct cp_str word;
    size_t count = 0;
    for (struct cp_str rest = text; words_next(&word, &rest); count++) {
        if (word.at[0] < 'A' || word.at[0] > 'Z') {
            return false;
        }
    }
    return count >= 2 && count <= 3 && !strchr(".,", text.at[text.len - 1]);
}

static bool take_role(struct import *import, struct draft *item, const struct entry *entry)
{
    struct cp_str name;
    struct cp_str rest;
    if (entry->nested != SIZE_MAX || !split(&name, &rest, entry) || rest.len == 0) {
        return false;
    }
    draft_set(import->arena, item, "role", words_id(import->arena, name));
    if (is_name(rest) && values_is_holder(import, rest)) {
        draft_add_text(import->arena, draft_at(import->arena, item, "holders"), rest);
    } else {
        draft_set(import->arena, item, "responsibilities", rest);
    }
    return true;
}

/* ---- contacts -------------------------------------------------------------------------------- */

static bool take_contact(struct import *import, struct draft *item, const struct entry *entry)
{
    if (contacts_are_prose(entry->words) || entry->nested != SIZE_MAX ||
        (!import->is_house && cp_placeholder_find(entry->words).len > 0)) {
        return false;
    }
    if (!entry->is_link) {
        contacts_read(import, item, entry->words);
    }
    if (entry->link) {
        struct cp_str target = target_of(import, entry);
        bool is_mail = cp_str_has_prefix(target, "mailto:");
        struct cp_str address = is_mail ? cp_str_slice(target, 7, SIZE_MAX) : target;
        const char *key = is_mail ? "email" : "url";
        struct draft *old = draft_find(item, key);
        if (!old) {
            draft_set(import->arena, item, key, address);
        }
    }
    if (!draft_find(item, "name")) {
        struct draft *only = item->first;
        draft_set(import->arena, item, "name", only && !entry->is_link ? only->text : entry->words);
    }
    return draft_find(item, "name")->text.len <= NAME_BYTES;
}

/* ---- software -------------------------------------------------------------------------------- */

/* `PHP >= 8.4`: the name, and the version from its sign or first figure on. */
static bool split_version(struct cp_str *name, struct cp_str *version, struct cp_str text)
{
    size_t at = 0;
    while (at < text.len && !(strchr("<>=~^", text.at[at]) && at > 0)) {
        bool is_figure = cp_is_digit(text.at[at]) && at > 0 && text.at[at - 1] == ' ';
        bool is_v = text.at[at] == 'v' && at > 0 && text.at[at - 1] == ' ' && at + 1 < text.len &&
                    cp_is_digit(text.at[at + 1]);
        if (is_figure || is_v) {
            break;
        }
        at++;
    }
    *name = cp_str_trim(cp_str_slice(text, 0, at));
    *version = cp_str_trim(cp_str_slice(text, at, SIZE_MAX));
    bool has_figure = false;
    for (size_t i = 0; i < version->len; i++) {
        has_figure = has_figure || cp_is_digit(version->at[i]);
        bool is_part = cp_is_digit(version->at[i]) || strchr("<>=~^.v -+x*", version->at[i]);
        if (!is_part && version->len > 20) {
            return false;
        }
    }
    bool is_one = cp_str_find(*version, CP_STR(", ")) == SIZE_MAX && version->len <= 24;
    return name->len > 0 && name->len <= NAME_BYTES && has_figure && is_one;
}

/* A version in code (`PHP >= 8.4`), or as the end of a short item (PostgreSQL 15.4). */
static bool find_version(struct import *import, struct cp_str *name, struct cp_str *version,
                         const struct entry *entry)
{
    for (uint32_t i = 0; i < entry->own->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, entry->own->first_piece + i);
        if (piece->kind == CP_PIECE_CODE && split_version(name, version, piece->text)) {
            *name = cp_arena_copy(import->arena, *name);
            *version = cp_arena_copy(import->arena, *version);
            return true;
        }
    }
    bool is_short = entry->words.len <= 40 && cp_str_find(*version, CP_STR(" ")) == SIZE_MAX;
    return is_short && split_version(name, version, entry->words) &&
           cp_str_find(*version, CP_STR(" ")) == SIZE_MAX &&
           cp_str_find(*name, CP_STR(":")) == SIZE_MAX;
}

static bool take_software_parts(struct import *import, struct draft *item, size_t list);

static bool take_software(struct import *import, struct draft *item, const struct entry *entry)
{
    struct cp_str name = {0};
    struct cp_str version = {0};
    struct cp_str rest;
    bool has_version = find_version(import, &name, &version, entry);
    if (has_version) {
        draft_set(import->arena, item, "version", version);
        rest =
            words_are_in(import->arena, entry->words,
                         cp_arena_printf(import->arena, "%.*s %.*s", CP_ARG(name), CP_ARG(version)))
                ? (struct cp_str){0}
                : entry->raw;
    } else if (entry->is_link) {
        name = entry->words;
        rest = (struct cp_str){0};
    } else if (!split(&name, &rest, entry)) {
        return false;
    }
    draft_set(import->arena, item, "name", name);
    if (rest.len > 0) {
        draft_set(import->arena, item, "text", rest);
    }
    if (entry->link && cp_str_find(rest, entry->link->target) == SIZE_MAX) {
        draft_set(import->arena, item, "url", target_of(import, entry));
    }
    bool takes_parts = entry->nested != SIZE_MAX && cp_field_find(item->object, CP_STR("items"));
    return entry->nested == SIZE_MAX ||
           (takes_parts && take_software_parts(import, item, entry->nested));
}

/* Only one level of them: parts have none. */
static bool take_software_parts(struct import *import, struct draft *item, size_t list)
{
    struct draft *parts = draft_at(import->arena, item, "items");
    for (size_t at = list + 1; at < block_at(import, list)->end; at = next_of(import, at)) {
        struct entry entry;
        if (!read_entry(import, &entry, at) || entry.nested != SIZE_MAX ||
            !take_software(import, draft_add(import->arena, parts), &entry)) {
            return false;
        }
    }
    return true;
}

/* A link to the list of all code. */
static bool is_sbom(const struct entry *entry)
{
    static const char *const words[] = {"SBOM", "bill of materials", "dependency list",
                                        "Software Bill of Materials"};
    for (size_t i = 0; entry->is_link && entry->nested == SIZE_MAX && i < 4; i++) {
        if (cp_str_find(entry->words, cp_str_of(words[i])) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* ---- lists ----------------------------------------------------------------------------------- */

struct list_kind {
    const char *path; /* of the heading */
    const char *list; /* of what is made; NULL: the same */
    take_entry *take;
    const char *id; /* the key whose words give an item its id, or NULL */
};

static const struct list_kind kinds[] = {
    {"accountability.contacts", NULL, take_contact, NULL},
    {"accountability.responsible", NULL, take_holder, NULL},
    {"scope.in", NULL, take_text, NULL},
    {"scope.out", NULL, take_text, NULL},
    {"scope.assumptions", NULL, take_text, NULL},
    {"dependencies", "dependencies.external", take_dependency, NULL},
    {"dependencies.internal", NULL, take_dependency, NULL},
    {"dependencies.external", NULL, take_dependency, NULL},
    {"dependencies.consumers", NULL, take_dependency, NULL},
    {"dependencies.software", NULL, take_software, NULL},
    {"architecture.documents", NULL, take_link, NULL},
    {"architecture.components", NULL, take_component, NULL},
    {"architecture.environments", NULL, take_component, NULL},
    {"incident_response.activation.criteria", NULL, take_text, NULL},
    {"incident_response.roles", NULL, take_role, NULL},
    {"it_continuity.measures", NULL, take_text, NULL},
    {"it_continuity.degraded_modes", NULL, take_text, NULL},
    {"disaster_recovery.runbooks", NULL, take_runbook, "name"},
    {"supporting.risks", NULL, take_link, NULL},
    {"supporting.tests", NULL, take_link, NULL},
};

static const struct list_kind *find_kind(const char *path)
{
    for (size_t i = 0; path && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].path, path) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* Every word and target of what stands in a list. */
static void put_list_words(struct cp_buf *out, const struct import *import, size_t list)
{
    for (size_t at = list; at < block_at(import, list)->end; at++) {
        const struct cp_reading_block *block = block_at(import, at);
        if (block->kind != CP_READING_PARAGRAPH && block->kind != CP_READING_CODE) {
            continue;
        }
        cp_buf_put(out, block->text);
        cp_buf_putc(out, '\n');
        for (uint32_t i = 0; i < block->piece_count; i++) {
            const struct cp_reading_piece *piece =
                cp_reading_piece_get(import->reading, block->first_piece + i);
            words_put_piece(out, piece);
        }
    }
}

static bool is_whole(struct import *import, size_t list, const struct draft *made)
{
    struct cp_buf wanted;
    struct cp_buf given;
    cp_buf_init(&wanted);
    cp_buf_init(&given);
    put_list_words(&wanted, import, list);
    words_put_draft(&given, made);
    bool is_in = words_are_in(import->arena, cp_buf_str(&wanted), cp_buf_str(&given));
    cp_buf_release(&wanted);
    cp_buf_release(&given);
    return is_in;
}

static void give_ids(struct import *import, struct draft *list, const struct list_kind *kind)
{
    for (struct draft *item = list->first; item; item = item->next) {
        struct draft *role = draft_find(item, "role");
        const struct draft *source = kind->id ? draft_find(item, kind->id) : NULL;
        if (source) {
            struct cp_str id = words_id(import->arena, source->text);
            draft_set(import->arena, item, "id", words_free_id(import, kind->path, id));
        } else if (role && kind->take == take_role) {
            role->text = words_free_id(import, kind->path, role->text);
        }
    }
}

/* The items of a list in a plan of their own, so that nothing is left of them where one fails. */
static bool make(struct import *import, struct draft *made, size_t index,
                 const struct list_kind *kind)
{
    const char *path = kind->list ? kind->list : kind->path;
    struct draft *list = draft_at(import->arena, made, path);
    bool is_software = kind->take == take_software;
    for (size_t at = index + 1; at < block_at(import, index)->end; at = next_of(import, at)) {
        struct entry entry;
        if (!read_entry(import, &entry, at)) {
            return false;
        }
        if (is_software && is_sbom(&entry) && !draft_reach(import->plan, "dependencies.sbom") &&
            !draft_reach(made, "dependencies.sbom")) {
            struct draft *sbom = draft_at(import->arena, made, "dependencies.sbom");
            take_link(import, sbom, &entry);
        } else if (!kind->take(import, draft_add(import->arena, list), &entry)) {
            return false;
        }
    }
    return list->count > 0 || draft_reach(made, "dependencies.sbom");
}

bool lists_take(struct import *import, const struct bit *bit, const char *path)
{
    const struct list_kind *kind = find_kind(path);
    struct draft *made = draft_new(import->arena, &cp_object_plan);
    if (!kind || !make(import, made, bit->index, kind) || !is_whole(import, bit->index, made)) {
        return false;
    }
    const char *list_path = kind->list ? kind->list : kind->path;
    struct draft *sbom = draft_reach(made, "dependencies.sbom");
    struct draft *list = draft_reach(made, list_path);
    if (sbom) {
        draft_adopt(draft_at(import->arena, import->plan, "dependencies.sbom"), sbom);
    }
    if (list->count == 0) {
        return true;
    }
    struct draft *there = draft_at(import->arena, import->plan, list_path);
    if (there->kind != DRAFT_LIST) {
        return false;
    }
    if (kind->list) {
        draft_note(import->arena, there, import_check(import, bit->offset, "%s", links_doubt));
    }
    give_ids(import, list, kind);
    draft_move_items(there, list);
    return true;
}
