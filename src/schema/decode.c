/*
 * Decoding: a mapping of the document into a struct, by the rows of its table, merged field by
 * field with what it inherits. Reports the shape of the plan's own text; what it inherits was
 * judged where it is written. Knows no field by name.
 */
#include "decode.h"

#include <assert.h>
#include <string.h>

enum { MAX_FIELDS = 32, SHOWN_BYTES = 60, FIRST_STATED = 512 };

/* The values of one mapping by the rows of its table, and its stated audience. */
struct keyed {
    uint32_t rows;                  /* those that have a value, a bit each */
    struct cp_node *at[MAX_FIELDS]; /* of these alone */
    uint8_t audience;
};

/* `is_item`: `field` is the row of a list, and this is one of its items. */
static void decode_value(struct cp_decoder *decoder, const struct cp_field *field, bool is_item,
                         struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited);
static void decode_object(struct cp_decoder *decoder, const struct cp_object *object,
                          struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited);

/* ---- what was stated ----------------------------------------------------------------------- */

static void make_room(struct cp_decoder *decoder)
{
    struct cp_stated_values *stated = decoder->stated;
    size_t room = stated->room > 0 ? 2 * stated->room : FIRST_STATED;
    struct cp_stated *items = cp_arena_room(decoder->arena, room * sizeof *items);
    if (stated->count > 0) {
        memcpy(items, stated->items, stated->count * sizeof *items);
    }
    stated->items = items;
    stated->room = room;
}

static inline void state(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *leaf, bool is_exempt)
{
    struct cp_stated_values *stated = decoder->stated;
    if (!stated) {
        return;
    }
    if (stated->count == stated->room) {
        make_room(decoder);
    }
    stated->items[stated->count++] = (struct cp_stated){field, leaf, is_exempt};
}

/* A value that belongs to no row, and is not listed. */
static void decode_unlisted(struct cp_decoder *decoder, const struct cp_field *field,
                            struct cp_leaf *out, struct cp_node *node)
{
    struct cp_stated_values *stated = decoder->stated;
    decoder->stated = NULL;
    decode_value(decoder, field, false, out, node, NULL);
    decoder->stated = stated;
}

/* ---- keys ---------------------------------------------------------------------------------- */

/* What may have been meant, `audience` among it whether or not the object takes one. */
static size_t list_keys(struct cp_str out[MAX_FIELDS + 1], const struct cp_object *object)
{
    size_t count = 0;
    for (; count < object->count; count++) {
        out[count] = cp_str_of(object->fields[count].key);
    }
    out[count++] = CP_STR("audience");
    return count;
}

/* The key that was meant; empty where none is near. */
static struct cp_str nearest_key(const struct cp_object *object, struct cp_str key)
{
    struct cp_str candidates[MAX_FIELDS + 1];
    size_t count = list_keys(candidates, object);
    for (size_t i = 0; i < count; i++) {
        if (cp_str_is_equal_folded(key, candidates[i])) {
            return candidates[i];
        }
    }
    return cp_str_nearest(key, candidates, count);
}

static void put_keys(struct cp_buf *out, const struct cp_object *object)
{
    for (size_t i = 0; i < object->count; i++) {
        cp_buf_puts(out, i > 0 ? ", " : "");
        cp_buf_puts(out, object->fields[i].key);
    }
}

/* Finds the row of a key; plans mostly keep the table's order, so the search starts behind the last
 * one found. SIZE_MAX where there is none. */
static inline size_t row_of(const struct cp_object *object, struct cp_str key, size_t hint)
{
    for (size_t i = 0; i < object->count; i++) {
        size_t at = hint + i < object->count ? hint + i : hint + i - object->count;
        if (cp_field_is(&object->fields[at], key)) {
            return at;
        }
    }
    return SIZE_MAX;
}

/* `Pilotage: see the pilot plan`, where an entry is a text: YAML takes its colon for a key's. */
static bool help_colon(struct cp_decoder *decoder, const struct cp_object *object,
                       const struct cp_node *child, struct cp_diagnostic *finding)
{
    bool is_text = object->shorthand && child->parent->count == 1 &&
                   child->kind == CP_NODE_SCALAR && child->text.len > 0 &&
                   child->key->style == CP_STYLE_PLAIN;
    bool is_quotable = cp_str_find(child->key->text, CP_STR("\"")) == SIZE_MAX &&
                       cp_str_find(child->text, CP_STR("\"")) == SIZE_MAX &&
                       cp_str_find(child->text, CP_STR("\\")) == SIZE_MAX;
    if (is_text) {
        cp_diagnostic_help(decoder->diags, finding, "put quotes around the whole text: %s",
                           is_quotable && child->text.len <= SHOWN_BYTES
                               ? cp_arena_printf(decoder->arena, "\"%.*s: %.*s\"",
                                                 CP_ARG(child->key->text), CP_ARG(child->text))
                                     .at
                               : "it holds a ': '");
    }
    return is_text;
}

/* `detect:5m` between braces is a key to YAML, without a value. */
static bool help_blank(struct cp_decoder *decoder, const struct cp_object *object,
                       const struct cp_node *child, struct cp_diagnostic *finding)
{
    struct cp_str key = child->key->text;
    size_t colon = cp_str_find(key, CP_STR(":"));
    bool is_joined = colon != SIZE_MAX && child->kind == CP_NODE_SCALAR && child->text.len == 0 &&
                     row_of(object, cp_str_slice(key, 0, colon), 0) != SIZE_MAX;
    if (is_joined) {
        cp_diagnostic_help(decoder->diags, finding, "put a blank behind the ':', as '%.*s: %.*s'",
                           (int)colon, key.at, CP_ARG(cp_str_slice(key, colon + 1, SIZE_MAX)));
    }
    return is_joined;
}

/* Only where nothing else can have been meant. */
static void fix_key(struct cp_decoder *decoder, const struct cp_object *object,
                    const struct cp_node *child, struct cp_str nearest,
                    struct cp_diagnostic *finding)
{
    struct cp_str candidates[MAX_FIELDS + 1];
    size_t count = list_keys(candidates, object);
    if (cp_str_is_nearest_alone(child->key->text, nearest, candidates, count)) {
        cp_node_fix_key(decoder->diags, finding, child, nearest);
    }
}

/* `nearest`: the key that was meant, or empty. */
static void report_unknown_key(struct cp_decoder *decoder, const struct cp_object *object,
                               struct cp_node *child, struct cp_str nearest)
{
    struct cp_str key = child->key->text;
    /* what is wrong with its value was said, and is another mistake */
    struct cp_node *about = child->is_broken ? child->key : child;
    struct cp_diagnostic *finding = cp_node_report_at(
        decoder->diags, &cp_rule_unknown_key, about, cp_node_place(child->key),
        "unknown key %s in the %s", cp_diags_quote(decoder->diags, key), object->name);
    bool is_taken = object->takes_audience || !cp_str_is(nearest, "audience");
    if (help_blank(decoder, object, child, finding)) {
        return;
    }
    if (nearest.len > 0 && is_taken) {
        cp_diagnostic_help(decoder->diags, finding, "did you mean '%.*s'?", CP_ARG(nearest));
        fix_key(decoder, object, child, nearest, finding);
        return;
    }
    if (help_colon(decoder, object, child, finding)) {
        return;
    }
    struct cp_buf keys;
    cp_buf_init(&keys);
    put_keys(&keys, object);
    cp_diagnostic_help(decoder->diags, finding, "its keys are %.*s", CP_ARG(cp_buf_str(&keys)));
    cp_buf_release(&keys);
}

/* What is no audience was meant to keep the value from somebody: it is kept from all that may be.
 */
static uint8_t read_audience(struct cp_decoder *decoder, struct cp_node *node)
{
    static const char *const words[] = {"public", "internal", "restricted", NULL};
    static const struct cp_field field = {
        .key = "audience", .type = CP_TYPE_CHOICE, .choices = words};
    struct cp_choice choice = {0};
    decode_unlisted(decoder, &field, &choice.leaf, node);
    return choice.leaf.state == CP_SET ? (uint8_t)(CP_PUBLIC + choice.value)
                                       : (uint8_t)CP_RESTRICTED;
}

static bool has_row(const struct keyed *keyed, size_t row)
{
    return (keyed->rows >> row & 1) != 0;
}

/* Of two audiences the narrower one holds: a misspelt key beside the right one shows nothing. */
static void narrow(struct keyed *out, uint8_t audience)
{
    out->audience = audience > out->audience ? audience : out->audience;
}

/* A misspelt key stands for the one that was meant, as a broken value: what is said of the key is
 * not said of the missing value again. */
static void adopt_misspelt(const struct cp_object *object, const struct cp_node *mapping,
                           struct keyed *out)
{
    for (struct cp_node *child = mapping->first; child; child = child->next) {
        if (!child->is_broken || row_of(object, child->key->text, 0) != SIZE_MAX) {
            continue;
        }
        size_t at = row_of(object, nearest_key(object, child->key->text), 0);
        if (at != SIZE_MAX && !has_row(out, at)) {
            out->rows |= (uint32_t)1 << at;
            out->at[at] = child;
        }
    }
}

static void sort_keys(struct cp_decoder *decoder, const struct cp_object *object,
                      struct cp_node *mapping, struct keyed *out)
{
    size_t hint = 0;
    bool has_stray = false;
    out->rows = 0;
    out->audience = CP_AUDIENCE_UNSTATED;
    for (struct cp_node *child = mapping ? mapping->first : NULL; child; child = child->next) {
        size_t at = row_of(object, child->key->text, hint);
        if (at != SIZE_MAX) {
            if (!has_row(out, at)) {
                out->rows |= (uint32_t)1 << at;
                out->at[at] = child;
            }
            hint = at + 1;
        } else if (object->takes_audience && cp_str_is(child->key->text, "audience")) {
            narrow(out, read_audience(decoder, child));
        } else {
            struct cp_str nearest = nearest_key(object, child->key->text);
            report_unknown_key(decoder, object, child, nearest);
            narrow(out, cp_str_is(nearest, "audience") ? CP_RESTRICTED : CP_AUDIENCE_UNSTATED);
            has_stray = true;
        }
    }
    if (has_stray) {
        adopt_misspelt(object, mapping, out);
    }
}

/* ---- shapes -------------------------------------------------------------------------------- */

static const char *kind_name(const struct cp_node *node)
{
    if (node->kind == CP_NODE_MAPPING) {
        return "a mapping";
    }
    return node->kind == CP_NODE_SEQUENCE ? "a list" : "a text";
}

static void report_wrong_type(struct cp_decoder *decoder, const struct cp_field *field,
                              struct cp_leaf *out, const char *due, const char *help)
{
    struct cp_diagnostic *finding =
        cp_node_report(decoder->diags, &cp_rule_wrong_type, out->node,
                       "'%s' takes %s, and %s stands here", field->key, due, kind_name(out->node));
    cp_diagnostic_help(decoder->diags, finding, "%s", help);
    leaf_break(out);
}

static bool is_sequence(const struct cp_node *node)
{
    return node && node->kind == CP_NODE_SEQUENCE;
}

static bool is_entry(const struct cp_node *node)
{
    return is_sequence(node->parent);
}

static bool is_empty(const struct cp_node *node)
{
    if (node->kind != CP_NODE_SCALAR) {
        return node->count == 0;
    }
    struct cp_str text = node->text;
    return text.len == 0 || ((unsigned char)text.at[0] <= ' ' && cp_str_trim(text).len == 0);
}

static void report_empty_entry(struct cp_decoder *decoder, const struct cp_field *field,
                               struct cp_leaf *out)
{
    struct cp_diagnostic *finding = cp_node_report(decoder->diags, &cp_rule_empty_value, out->node,
                                                   "an entry of '%s' is empty", field->key);
    cp_diagnostic_help(decoder->diags, finding, "fill it in, or take it out of the list");
    leaf_break(out);
}

static void report_empty(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out)
{
    if (is_entry(out->node)) {
        report_empty_entry(decoder, field, out);
        return;
    }
    struct cp_diagnostic *finding =
        cp_node_report_at(decoder->diags, &cp_rule_empty_value, out->node,
                          cp_node_key_place(out->node), "'%s' is present but empty", field->key);
    if (field->type == CP_TYPE_ID && !field->is_list) {
        cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    } else {
        cp_diagnostic_help(decoder->diags, finding,
                           "fill it in, or write {unknown: {reason, owner, due}} or "
                           "{not_applicable: {reason, by}}; a key that the profile does not ask "
                           "for may be left out");
    }
    leaf_break(out);
}

/* ---- scalars ------------------------------------------------------------------------------- */

static void report_not_scalar(struct cp_decoder *decoder, const struct cp_field *field,
                              struct cp_leaf *out)
{
    const char *write = cp_type_get(field->type)->write;
    struct cp_str help = cp_arena_printf(
        decoder->arena, "%swrite %s%s", is_sequence(out->node) ? "only one is allowed: " : "",
        write, is_sequence(out->node) ? ", without '[' or '-'" : "");
    report_wrong_type(decoder, field, out, "exactly one value", help.at);
}

static void decode_scalar(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out)
{
    const struct cp_type_row *type = cp_type_row(field->type);
    struct cp_node *node = out->node;
    bool is_fit =
        node->kind == CP_NODE_SCALAR || (type->takes_sequence && node->kind == CP_NODE_SEQUENCE);
    if (!is_fit) {
        report_not_scalar(decoder, field, out);
        return;
    }
    state(decoder, field, out, false);
    if (type->is_text) {
        ((struct cp_text *)(void *)out)->text = node->text;
    }
    if (type->decode) {
        type->decode(decoder, field, out);
    }
}

static void decode_settings(struct cp_decoder *decoder, const struct cp_field *field,
                            struct cp_leaf *out)
{
    static const struct cp_field item = {.key = "setting", .type = CP_TYPE_TEXT};
    struct cp_values *values = (struct cp_values *)(void *)out;
    if (out->node->kind != CP_NODE_MAPPING) {
        report_wrong_type(decoder, field, out, "a mapping", "write one 'name: value' a line");
        return;
    }
    struct cp_text *texts = cp_arena_alloc(decoder->arena, out->node->count * sizeof *texts);
    values->items = texts;
    for (struct cp_node *child = out->node->first; child; child = child->next) {
        decode_unlisted(decoder, &item, &texts[values->count++].leaf, child);
    }
}

/* ---- lists --------------------------------------------------------------------------------- */

/* The text under the first of the merge keys that an item gives; empty where it gives none. */
static struct cp_str merge_name(const struct cp_field *field, const struct cp_node *item)
{
    char key[32];
    const char *at = field->merge_key;
    while (*at) {
        size_t len = strcspn(at, " ");
        assert(len < sizeof key);
        memcpy(key, at, len);
        key[len] = '\0';
        const struct cp_node *name = cp_node_find(item, key);
        if (name && name->kind == CP_NODE_SCALAR && name->text.len > 0) {
            return name->text;
        }
        at += len + strspn(at + len, " ");
    }
    return (struct cp_str){0};
}

static void index_items(struct cp_map *out, const struct cp_field *field, struct cp_node *list)
{
    cp_map_init(out);
    for (struct cp_node *item = list->first; item; item = item->next) {
        struct cp_str name = merge_name(field, item);
        if (name.len > 0) {
            cp_map_put(out, name, item);
        }
    }
}

static struct cp_leaf *item_at(const struct cp_field *field, const struct cp_values *values,
                               size_t index)
{
    return (struct cp_leaf *)(void *)((char *)values->items + index * cp_field_size(field));
}

static void decode_item(struct cp_decoder *decoder, const struct cp_field *field,
                        struct cp_values *values, struct cp_node *own, struct cp_node *inherited)
{
    decode_value(decoder, field, true, item_at(field, values, values->count++), own, inherited);
}

/* Inherited items come first, each merged with the plan's first item of the same name; the plan's
 * other items follow in their order. */
static void decode_merged_items(struct cp_decoder *decoder, const struct cp_field *field,
                                struct cp_values *values, struct cp_node *own,
                                struct cp_node *inherited)
{
    struct cp_map ours;
    struct cp_map theirs;
    index_items(&ours, field, own);
    index_items(&theirs, field, inherited);
    for (struct cp_node *item = inherited->first; item; item = item->next) {
        decode_item(decoder, field, values, cp_map_find(&ours, merge_name(field, item)), item);
    }
    for (struct cp_node *item = own->first; item; item = item->next) {
        struct cp_str name = merge_name(field, item);
        if (!cp_map_find(&theirs, name) || cp_map_find(&ours, name) != item) {
            decode_item(decoder, field, values, item, NULL);
        }
    }
    cp_map_release(&ours);
    cp_map_release(&theirs);
}

static void report_twice(struct cp_decoder *decoder, const struct cp_field *row,
                         const struct cp_leaf *first, struct cp_leaf *second)
{
    struct cp_str id = ((const struct cp_text *)(const void *)second)->text;
    struct cp_diagnostic *finding =
        cp_node_report(decoder->diags, &cp_rule_duplicate_id, second->node,
                       "'%s' %s is given twice", row->key, cp_diags_quote(decoder->diags, id));
    cp_diagnostic_help(decoder->diags, finding, "give each its own '%s'", row->key);
    cp_diagnostic_note(decoder->diags, finding, cp_node_place(first->node), "first given here");
    leaf_break(second);
}

/* Ids that a row declares must be one of a kind among the items of its list. */
static void check_declared(struct cp_decoder *decoder, const struct cp_field *list,
                           const struct cp_values *values, const struct cp_field *row)
{
    struct cp_map seen;
    cp_map_init(&seen);
    for (size_t i = 0; i < values->count; i++) {
        struct cp_leaf *item = item_at(list, values, i);
        struct cp_leaf *id = item->state == CP_SET ? cp_field_get(row, item) : NULL;
        if (!id || id->state != CP_SET) {
            continue;
        }
        struct cp_leaf *first =
            cp_map_put(&seen, ((const struct cp_text *)(const void *)id)->text, id);
        if (first) {
            report_twice(decoder, row, first, id);
        }
    }
    cp_map_release(&seen);
}

static void check_items(struct cp_decoder *decoder, const struct cp_field *field,
                        const struct cp_values *values)
{
    if (field->type != CP_TYPE_OBJECT || values->count < 2) {
        return;
    }
    for (size_t i = 0; i < field->of->count; i++) {
        if (field->of->fields[i].flags & CP_FIELD_DECLARES) {
            check_declared(decoder, field, values, &field->of->fields[i]);
        }
    }
}

/* `-text`, the dash of an entry to whoever wrote it, and part of the text to YAML. */
static bool is_joined_dash(const struct cp_node *node)
{
    return node->kind == CP_NODE_SCALAR && node->style == CP_STYLE_PLAIN && node->text.len > 1 &&
           node->text.at[0] == '-' && node->text.at[1] != '-';
}

static void decode_list(struct cp_decoder *decoder, const struct cp_field *field,
                        struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited)
{
    struct cp_values *values = (struct cp_values *)(void *)out;
    if (!is_sequence(out->node)) {
        report_wrong_type(decoder, field, out, "a list",
                          is_joined_dash(out->node)
                              ? "put a blank behind the '-' of each entry"
                              : "write each entry on a line of its own behind '- '");
        return;
    }
    bool is_merged = field->merge_key && is_sequence(own) && is_sequence(inherited);
    struct cp_node *list = own ? own : inherited;
    size_t most = (size_t)list->count + (is_merged ? inherited->count : 0);
    values->items = cp_arena_alloc(decoder->arena, most * cp_field_size(field));
    if (is_merged) {
        decode_merged_items(decoder, field, values, own, inherited);
    } else {
        for (struct cp_node *item = list->first; item; item = item->next) {
            decode_item(decoder, field, values, own ? item : NULL, own ? NULL : item);
        }
    }
    check_items(decoder, field, values);
}

/* ---- objects and fields -------------------------------------------------------------------- */

static bool is_mapping(const struct cp_node *node)
{
    return node && node->kind == CP_NODE_MAPPING;
}

static void decode_members(struct cp_decoder *decoder, const struct cp_object *object,
                           struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited)
{
    struct keyed ours;
    struct keyed theirs;
    assert(object->count <= MAX_FIELDS);
    sort_keys(decoder, object, own, &ours);
    bool was_muted = decoder->diags->is_muted;
    decoder->diags->is_muted = true;
    sort_keys(decoder, object, inherited, &theirs);
    decoder->diags->is_muted = was_muted;
    out->audience = ours.audience ? ours.audience : theirs.audience;
    out->stated = ours.rows | theirs.rows;
    for (uint32_t rows = out->stated; rows != 0;) {
        unsigned row = take_row(&rows);
        const struct cp_field *field = &object->fields[row];
        decode_value(decoder, field, false, cp_field_get(field, out),
                     has_row(&ours, row) ? ours.at[row] : NULL,
                     has_row(&theirs, row) ? theirs.at[row] : NULL);
    }
}

static void decode_shorthand(struct cp_decoder *decoder, const struct cp_object *object,
                             struct cp_leaf *out)
{
    const struct cp_field *field = cp_field_find(object, cp_str_of(object->shorthand));
    struct cp_leaf *value = cp_field_get(field, out);
    decode_value(decoder, field, false, value, out->is_inherited ? NULL : out->node,
                 out->is_inherited ? out->node : NULL);
    out->stated = (uint32_t)1 << (field - object->fields);
    if (value->state == CP_BROKEN) {
        leaf_break(out);
    }
}

static void decode_object(struct cp_decoder *decoder, const struct cp_object *object,
                          struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited)
{
    if (object->shorthand && out->node->kind == CP_NODE_SCALAR) {
        decode_shorthand(decoder, object, out);
        return;
    }
    decode_members(decoder, object, out, is_mapping(own) ? own : NULL,
                   is_mapping(inherited) && (!own || is_mapping(own)) ? inherited : NULL);
}

static bool is_one_line(struct cp_str text)
{
    return text.len > 0 && text.len <= SHOWN_BYTES && cp_str_find(text, CP_STR("\n")) == SIZE_MAX;
}

/* Names the keys, so that nobody has to guess them. */
static void report_not_mapping(struct cp_decoder *decoder, const struct cp_field *field,
                               struct cp_leaf *out)
{
    struct cp_buf keys;
    const struct cp_node *node = out->node;
    cp_buf_init(&keys);
    put_keys(&keys, field->of);
    struct cp_diagnostic *finding =
        cp_node_report(decoder->diags, &cp_rule_wrong_type, out->node,
                       "%s'%s' takes a mapping, and %s stands here",
                       is_entry(node) ? "an entry of " : "", field->key, kind_name(node));
    if (is_entry(node) && node->kind == CP_NODE_SCALAR && is_one_line(node->text)) {
        cp_diagnostic_help(decoder->diags, finding, "write '- %s: %.*s'; its keys are %.*s",
                           field->of->fields[0].key, CP_ARG(node->text), CP_ARG(cp_buf_str(&keys)));
    } else {
        cp_diagnostic_help(decoder->diags, finding, "write its keys below it, indented: %.*s",
                           CP_ARG(cp_buf_str(&keys)));
    }
    cp_buf_release(&keys);
    leaf_break(out);
}

static void decode_by_type(struct cp_decoder *decoder, const struct cp_field *field, bool is_item,
                           struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited)
{
    if (field->type == CP_TYPE_ANY) {
        return;
    }
    if (is_empty(out->node) && !(field->flags & CP_FIELD_MAY_BE_EMPTY)) {
        report_empty(decoder, field, out);
    } else if (field->is_list && !is_item) {
        decode_list(decoder, field, out, own, inherited);
    } else if (field->type == CP_TYPE_SETTINGS) {
        decode_settings(decoder, field, out);
    } else if (field->type != CP_TYPE_OBJECT) {
        decode_scalar(decoder, field, out);
    } else if (is_mapping(out->node) ||
               (field->of->shorthand && out->node->kind == CP_NODE_SCALAR)) {
        decode_object(decoder, field->of, out, own, inherited);
    } else {
        report_not_mapping(decoder, field, out);
    }
}

/* A value of the plan stands before an inherited one; two mappings, and two lists whose items have
 * names, are merged. */
static void decode_value(struct cp_decoder *decoder, const struct cp_field *field, bool is_item,
                         struct cp_leaf *out, struct cp_node *own, struct cp_node *inherited)
{
    assert(own || inherited);
    bool was_muted = decoder->diags->is_muted;
    out->node = own ? own : inherited;
    out->state = CP_SET;
    out->is_inherited = own == NULL;
    if (!own) {
        decoder->diags->is_muted = true;
    }
    if (out->node->is_broken) {
        leaf_break(out);
    } else if (cp_decode_exemption(decoder, field, out)) {
        state(decoder, field, out, true);
    } else {
        decode_by_type(decoder, field, is_item, out, own, inherited);
    }
    decoder->diags->is_muted = was_muted;
}

void cp_decode(struct cp_decoder *decoder, const struct cp_object *object, void *out,
               struct cp_node *own, struct cp_node *inherited)
{
    struct cp_leaf *leaf = out;
    memset(out, 0, object->size);
    leaf->node = own ? own : inherited;
    if (!leaf->node) {
        return;
    }
    leaf->state = CP_SET;
    leaf->is_inherited = own == NULL;
    decode_members(decoder, object, leaf, is_mapping(own) ? own : NULL,
                   is_mapping(inherited) ? inherited : NULL);
}
