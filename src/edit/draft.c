/*
 * A plan in the making: keys in the order of their table, texts, comments. Knows neither YAML nor
 * where the words come from.
 */
#include "draft.h"

#include <assert.h>

static size_t row_of(const struct cp_object *object, struct cp_str key)
{
    const struct cp_field *field = object ? cp_field_find(object, key) : NULL;
    return field ? (size_t)(field - object->fields) : SIZE_MAX;
}

struct draft *draft_new(struct cp_arena *arena, const struct cp_object *object)
{
    struct draft *draft = cp_arena_alloc(arena, sizeof *draft);
    draft->kind = DRAFT_MAPPING;
    draft->object = object;
    return draft;
}

static struct draft *find(const struct draft *mapping, struct cp_str key)
{
    for (struct draft *child = mapping->first; child; child = child->next) {
        if (cp_str_is_equal(child->key, key)) {
            return child;
        }
    }
    return NULL;
}

struct draft *draft_find(const struct draft *mapping, const char *key)
{
    return find(mapping, cp_str_of(key));
}

/* The part of a dotted path up to the first dot, moving `*path` behind it. */
static struct cp_str next_key(const char **path)
{
    struct cp_str key = {*path, strcspn(*path, ".")};
    *path += key.len + ((*path)[key.len] == '.');
    return key;
}

struct draft *draft_reach(struct draft *root, const char *path)
{
    while (root && *path) {
        root = root->kind == DRAFT_MAPPING ? find(root, next_key(&path)) : NULL;
    }
    return root;
}

/* Behind the last of those that stand before it in the table. */
static void insert(struct draft *mapping, struct draft *child)
{
    size_t row = row_of(mapping->object, child->key);
    struct draft **at = &mapping->first;
    while (*at && row_of(mapping->object, (*at)->key) <= row) {
        at = &(*at)->next;
    }
    child->next = *at;
    *at = child;
    mapping->last = child->next ? mapping->last : child;
    mapping->count++;
}

static struct draft *make(struct cp_arena *arena, struct draft *mapping, struct cp_str key)
{
    const struct cp_field *field = mapping->object ? cp_field_find(mapping->object, key) : NULL;
    struct draft *child = cp_arena_alloc(arena, sizeof *child);
    assert(field || !mapping->object || cp_str_is(key, "unknown"));
    child->key = key;
    child->field = field;
    if (field && field->is_list) {
        child->kind = DRAFT_LIST;
    } else if (field && field->type == CP_TYPE_OBJECT) {
        child->kind = DRAFT_MAPPING;
        child->object = field->of;
    }
    insert(mapping, child);
    return child;
}

struct draft *draft_at(struct cp_arena *arena, struct draft *mapping, const char *path)
{
    while (*path) {
        struct cp_str key = next_key(&path);
        assert(mapping->kind == DRAFT_MAPPING);
        struct draft *child = find(mapping, key);
        mapping = child ? child : make(arena, mapping, key);
    }
    return mapping;
}

static struct draft *append(struct cp_arena *arena, struct draft *list, enum draft_kind kind)
{
    struct draft *item = cp_arena_alloc(arena, sizeof *item);
    assert(list->kind == DRAFT_LIST);
    item->kind = kind;
    item->field = list->field;
    item->object = kind == DRAFT_MAPPING ? list->field->of : NULL;
    *(list->last ? &list->last->next : &list->first) = item;
    list->last = item;
    list->count++;
    return item;
}

struct draft *draft_add(struct cp_arena *arena, struct draft *list)
{
    return append(arena, list, list->field->type == CP_TYPE_OBJECT ? DRAFT_MAPPING : DRAFT_TEXT);
}

struct draft *draft_add_text(struct cp_arena *arena, struct draft *list, struct cp_str text)
{
    struct draft *item = append(arena, list, DRAFT_TEXT);
    item->text = text;
    return item;
}

struct draft *draft_set(struct cp_arena *arena, struct draft *mapping, const char *key,
                        struct cp_str text)
{
    struct draft *child = draft_find(mapping, key);
    child = child ? child : make(arena, mapping, cp_str_of(key));
    child->text = text;
    return child;
}

void draft_append(struct cp_arena *arena, struct draft *draft, struct cp_str text)
{
    size_t needed = text.len + strlen("\n\n") + 1;
    if (draft->room < needed) {
        size_t room = draft->text.len + 2 * needed;
        char *copy = cp_arena_room(arena, draft->text.len + room);
        memcpy(copy, draft->text.at, draft->text.len);
        draft->text.at = copy;
        draft->room = room;
    }
    char *end = (char *)(uintptr_t)draft->text.at + draft->text.len;
    memcpy(end, "\n\n", 2);
    memcpy(end + 2, text.at, text.len);
    end[2 + text.len] = '\0';
    draft->text.len += 2 + text.len;
    draft->room -= 2 + text.len;
}

void draft_note(struct cp_arena *arena, struct draft *draft, struct cp_str text)
{
    struct draft_note **at = &draft->above;
    while (*at) {
        at = &(*at)->next;
    }
    *at = cp_arena_alloc(arena, sizeof **at);
    (*at)->text = text;
}

void draft_move_items(struct draft *list, struct draft *from)
{
    if (from->first) {
        *(list->last ? &list->last->next : &list->first) = from->first;
        list->last = from->last;
        list->count += from->count;
        from->first = from->last = NULL;
        from->count = 0;
    }
}

void draft_adopt(struct draft *mapping, struct draft *from)
{
    assert(mapping->count == 0);
    mapping->first = from->first;
    mapping->last = from->last;
    mapping->count = from->count;
}

static void unlink_child(struct draft *parent, struct draft *child)
{
    struct draft *before = NULL;
    for (struct draft *at = parent->first; at != child; at = at->next) {
        before = at;
    }
    *(before ? &before->next : &parent->first) = child->next;
    parent->last = parent->last == child ? before : parent->last;
    parent->count--;
}

bool draft_move_item(struct draft *list, struct draft *from, struct draft *item)
{
    const struct cp_object *object = list->field->of;
    for (const struct draft *child = item->first; child; child = child->next) {
        if (!cp_field_find(object, child->key)) {
            return false;
        }
    }
    unlink_child(from, item);
    *(list->last ? &list->last->next : &list->first) = item;
    list->last = item;
    list->count++;
    item->next = NULL;
    item->field = list->field;
    item->object = object;
    for (struct draft *child = item->first; child; child = child->next) {
        child->field = cp_field_find(object, child->key);
    }
    return true;
}

void draft_drop_last(struct draft *list)
{
    unlink_child(list, list->last);
}

void draft_remove(struct draft *mapping, const char *key)
{
    struct draft *child = draft_find(mapping, key);
    if (child) {
        unlink_child(mapping, child);
    }
}

void draft_set_unknown(struct cp_arena *arena, struct draft *mapping, const char *key,
                       struct cp_str reason, struct cp_str note)
{
    draft_remove(mapping, key);
    struct draft *child = make(arena, mapping, cp_str_of(key));
    child->kind = DRAFT_MAPPING;
    child->object = NULL;
    struct draft *unknown = make(arena, child, CP_STR("unknown"));
    unknown->kind = DRAFT_MAPPING;
    unknown->object = &cp_object_unknown;
    draft_set(arena, unknown, "reason", reason);
    draft_note(arena, unknown, note);
}

/* As deep as the tables are. */
void draft_prune(struct cp_arena *arena, struct draft *draft)
{
    struct draft *next;
    for (struct draft *child = draft->first; child; child = next) {
        next = child->next;
        draft_prune(arena, child);
        if (child->kind != DRAFT_TEXT && !child->first) {
            for (const struct draft_note *note = child->above; note; note = note->next) {
                draft_note(arena, draft, note->text);
            }
            unlink_child(draft, child);
        }
    }
}

/* No-break spaces as blanks. */
static struct cp_str with_blanks(struct cp_arena *arena, struct cp_str text)
{
    if (cp_str_find(text, CP_STR("\xc2\xa0")) == SIZE_MAX) {
        return text;
    }
    char *out = cp_arena_room(arena, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = cp_str_has_prefix(cp_str_slice(text, i, 2), "\xc2\xa0");
        out[len++] = is_blank ? ' ' : text.at[i];
        i += is_blank;
    }
    out[len] = '\0';
    return (struct cp_str){out, len};
}

void draft_settle_blanks(struct cp_arena *arena, struct draft *draft)
{
    const struct cp_field *field = draft->field;
    bool is_prose = field && (field->type == CP_TYPE_PROSE || field->type == CP_TYPE_OBJECT);
    if (draft->kind == DRAFT_TEXT && !is_prose) {
        draft->text = with_blanks(arena, draft->text);
    }
    for (struct draft *child = draft->first; child; child = child->next) {
        draft_settle_blanks(arena, child);
    }
}
