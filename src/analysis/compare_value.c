/*
 * Two values of one row side by side, down to the scalars: what is said of the difference. Knows
 * no field by name; how items are matched, and which way is weaker, is asked elsewhere.
 */
#include "compare.h"

#include <stdlib.h>

static const struct cp_leaf nothing;

static void compare(struct comparer *comparer, const struct spot *spot);

/* ---- spots ----------------------------------------------------------------------------------- */

static bool is_entered(const struct cp_field *field, bool is_item)
{
    return field->type == CP_TYPE_OBJECT && (!field->is_list || is_item);
}

/* The nearest audience around what stands in `leaf`: a section's counts as the section's. */
static const struct cp_leaf *object_around(const struct spot *above, enum side side)
{
    const struct cp_leaf *leaf = above->leaf[side];
    bool is_stated = leaf->audience != CP_AUDIENCE_UNSTATED && leaf != above->section[side];
    return is_stated ? leaf : above->object[side];
}

struct spot spot_of_member(const struct spot *object, const struct cp_field *field)
{
    struct spot spot = {.above = object, .field = field};
    spot.table = is_entered(field, false) ? field->of : NULL;
    for (enum side side = WAS; side < SIDES; side++) {
        bool is_here = object->leaf[side] != &nothing;
        spot.leaf[side] = is_here ? cp_field_get(field, object->leaf[side]) : &nothing;
        if (object->above) {
            spot.section[side] = object->section[side];
            spot.object[side] = object_around(object, side);
        } else {
            spot.section[side] = spot.leaf[side];
        }
    }
    return spot;
}

struct spot spot_of_item(const struct spot *list, const struct cp_leaf *was,
                         const struct cp_leaf *is)
{
    struct spot spot = {.above = list, .field = list->field, .is_item = true};
    spot.table = is_entered(list->field, true) ? list->field->of : NULL;
    spot.leaf[WAS] = was ? was : &nothing;
    spot.leaf[IS] = is ? is : &nothing;
    for (enum side side = WAS; side < SIDES; side++) {
        bool is_stated = spot.leaf[side]->audience != CP_AUDIENCE_UNSTATED;
        spot.section[side] = list->section[side];
        spot.object[side] = is_stated ? spot.leaf[side] : list->object[side];
    }
    return spot;
}

size_t list_count(const struct spot *list, enum side side)
{
    const struct cp_leaf *leaf = list->leaf[side];
    return leaf->state == CP_SET ? ((const struct cp_values *)(const void *)leaf)->count : 0;
}

const struct cp_leaf *list_item(const struct spot *list, enum side side, size_t index)
{
    const struct cp_values *values = (const void *)list->leaf[side];
    const struct cp_field *field = list->field;
    size_t size = field->type == CP_TYPE_SETTINGS ? sizeof(struct cp_text) : cp_field_size(field);
    return (const struct cp_leaf *)(const void *)((const char *)values->items + index * size);
}

bool spot_is_shown(const struct comparer *comparer, const struct spot *spot, enum side side)
{
    const struct cp_leaf *leaf = spot->leaf[side];
    bool is_name = !comparer->is_portfolio && !spot->above->above &&
                   (spot->field->flags & CP_FIELD_NAMES_PLAN) != 0;
    return leaf->state == CP_ABSENT || is_name ||
           cp_audience_of(comparer->plan[side], spot->field, leaf, spot->object[side],
                          spot->section[side]) <= comparer->all->audience;
}

/* ---- what is said ---------------------------------------------------------------------------- */

/* What of a value is told. */
enum what {
    THE_VALUE, /* of a list or an object: whether it is stated */
    ITS_MEMBERS,
    ITS_AUDIENCE,
    ITS_ORDER
};

static const struct cp_node *node_of(const struct spot *spot)
{
    const struct cp_node *node = spot->leaf[IS]->node;
    return node ? node : spot->leaf[WAS]->node;
}

static struct cp_str path_of(const struct spot *spot, enum what what, struct cp_arena *arena)
{
    struct cp_buf path;
    cp_buf_init(&path);
    cp_node_path(&path, node_of(spot));
    if (what == ITS_AUDIENCE) {
        cp_buf_puts(&path, path.len > 0 ? ".audience" : "audience");
    }
    struct cp_str out = cp_arena_copy(arena, cp_buf_str(&path));
    cp_buf_release(&path);
    return out;
}

/* Whether all that is there comes from the portfolio file. */
static bool is_from_portfolio(const struct comparer *comparer, const struct spot *spot)
{
    bool is_from = true;
    for (enum side side = WAS; side < SIDES; side++) {
        const struct cp_node *node = spot->leaf[side]->node;
        const struct cp_file *file = comparer->portfolio[side]->file;
        is_from = is_from && (!node || (file && node->file == file));
    }
    return is_from;
}

/* The change of the portfolio file that holds the path: its own entry, or one of what is around
 * it. `key` is the path as the index has it. */
static struct cp_change *find_inherited(const struct comparer *comparer, struct cp_str key)
{
    const struct cp_map *inherited = &comparer->all->inherited;
    for (size_t len = key.len; len > 0; len--) {
        bool is_end = len == key.len || key.at[len] == '.' || key.at[len] == '[';
        struct cp_change *change =
            is_end ? cp_map_find(inherited, cp_str_slice(key, 0, len)) : NULL;
        if (change) {
            return change;
        }
    }
    return cp_map_find(inherited, (struct cp_str){0});
}

struct cp_str inherited_key(struct cp_arena *arena, struct cp_str path, bool is_of_older)
{
    return is_of_older ? cp_arena_printf(arena, "-%.*s", CP_ARG(path)) : path;
}

static bool is_of_older(const struct spot *spot)
{
    return !spot->leaf[IS]->node;
}

/* Whether the change is one of the portfolio file, which is then said there, with the plan. */
static bool is_told_there(struct comparer *comparer, const struct spot *spot, struct cp_str path)
{
    if (comparer->is_portfolio || !is_from_portfolio(comparer, spot)) {
        return false;
    }
    struct cp_change *change =
        find_inherited(comparer, inherited_key(&comparer->scratch, path, is_of_older(spot)));
    if (!change) {
        return false;
    }
    size_t count = change->plans.count;
    if (count == 0 || !cp_str_is_equal(change->plans.items[count - 1], comparer->id)) {
        *(struct cp_str *)cp_list_push(&change->plans, sizeof(struct cp_str)) =
            cp_arena_copy(&comparer->all->arena, comparer->id);
    }
    return true;
}

static struct cp_str label_of(const struct comparer *comparer, const struct spot *spot,
                              enum what what)
{
    struct cp_buf label;
    cp_buf_init(&label);
    cp_buf_puts(&label, comparer->is_defaults ? "defaults: " : "");
    label_put(&label, comparer, spot);
    cp_buf_puts(&label, what == ITS_AUDIENCE ? ": audience" : what == ITS_ORDER ? ": order" : "");
    struct cp_str out = cp_arena_copy(&comparer->all->arena, cp_buf_str(&label));
    cp_buf_release(&label);
    return out;
}

static const char *audience_word(const struct cp_leaf *leaf)
{
    static const char *const words[] = {[CP_AUDIENCE_UNSTATED] = "",
                                        [CP_PUBLIC] = "public",
                                        [CP_INTERNAL] = "internal",
                                        [CP_RESTRICTED] = "restricted"};
    return words[leaf->audience];
}

static bool is_list(const struct spot *spot)
{
    return !spot->is_item && (spot->field->is_list || spot->field->type == CP_TYPE_SETTINGS);
}

/* The items that this audience may know, in their order, by their ids or as they are. */
static void put_order(struct cp_buf *out, struct comparer *comparer, const struct spot *list,
                      enum side side)
{
    for (size_t i = 0; i < list_count(list, side); i++) {
        const struct cp_leaf *leaf = list_item(list, side, i);
        struct spot item = spot_of_item(list, side == WAS ? leaf : NULL, side == IS ? leaf : NULL);
        if (!spot_is_shown(comparer, &item, side)) {
            continue;
        }
        cp_buf_puts(out, out->len > 0 ? ", " : "");
        if (item.table) {
            struct cp_str key = key_text(list->field, leaf);
            cp_buf_put(out, key.len > 0 ? key : CP_STR("..."));
        } else {
            value_put(out, list->field, leaf, &comparer->scratch);
        }
    }
}

static void put_value(struct cp_buf *out, struct comparer *comparer, const struct spot *spot,
                      enum side side)
{
    if (spot->leaf[side]->state == CP_SET && is_list(spot)) {
        cp_buf_puts(out, list_count(spot, side) > 0 ? "stated" : "none");
    } else {
        value_put(out, spot->field, spot->leaf[side], &comparer->scratch);
    }
}

static struct cp_str text_of(struct comparer *comparer, const struct spot *spot, enum what what,
                             enum side side, size_t *left_out)
{
    struct cp_buf text;
    struct cp_str out = {0};
    cp_buf_init(&text);
    if (what == ITS_AUDIENCE) {
        cp_buf_puts(&text, audience_word(spot->leaf[side]));
    } else if (what == ITS_ORDER) {
        put_order(&text, comparer, spot, side);
    } else if (what == ITS_MEMBERS && spot->leaf[side]->state == CP_SET) {
        summary_put(&text, left_out, comparer, spot, side, &comparer->scratch);
    } else {
        put_value(&text, comparer, spot, side);
    }
    if (text.len > 0) {
        out = cp_arena_copy(&comparer->all->arena, cp_buf_str(&text));
    }
    cp_buf_release(&text);
    return out;
}

/* A value that somebody may not know is not told, neither what it was nor which way it went. */
static void withhold(struct cp_change *change)
{
    change->kind = CP_CHANGE_CHANGED;
    change->is_withheld = true;
    change->was = change->is = (struct cp_str){0};
    change->left_out = 0;
}

/* Members are judged one by one; whom a value is for is not what it says. */
static bool is_shown(const struct comparer *comparer, const struct spot *spot, enum what what,
                     const struct cp_change *change)
{
    bool is_summary = what == ITS_MEMBERS &&
                      (spot->leaf[WAS]->state == CP_SET || spot->leaf[IS]->state == CP_SET);
    if (is_summary && (change->was.len > 0 || change->is.len > 0)) {
        return true;
    }
    return what == ITS_AUDIENCE ||
           (spot_is_shown(comparer, spot, WAS) && spot_is_shown(comparer, spot, IS));
}

static void fill_texts(struct comparer *comparer, struct cp_change *change, const struct spot *spot,
                       enum what what)
{
    change->was = text_of(comparer, spot, what, WAS, &change->left_out);
    change->is = text_of(comparer, spot, what, IS, &change->left_out);
    if (!is_shown(comparer, spot, what, change)) {
        withhold(change);
    }
    change->is_prose = spot->field->type == CP_TYPE_PROSE && what == THE_VALUE;
    if (change->is_prose && change->was.len > 0 && change->is.len > 0) {
        change->word_count =
            cp_words_compare(&change->words, &comparer->all->arena, change->was, change->is);
    }
}

static void tell(struct comparer *comparer, const struct spot *spot, enum what what,
                 enum cp_change_kind kind)
{
    struct cp_str path = path_of(spot, what, &comparer->all->arena);
    if (is_told_there(comparer, spot, path)) {
        return;
    }
    struct cp_change *change = cp_list_push(&comparer->file->changes, sizeof *change);
    change->kind = kind;
    change->field = path;
    change->is_of_older = is_of_older(spot);
    change->label = label_of(comparer, spot, what);
    fill_texts(comparer, change, spot, what);
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_same(const struct spot *spot)
{
    struct cp_buf was;
    struct cp_buf is;
    cp_buf_init(&was);
    cp_buf_init(&is);
    canon_put(&was, spot->field, spot->leaf[WAS], spot->is_item);
    canon_put(&is, spot->field, spot->leaf[IS], spot->is_item);
    bool is_equal = cp_str_is_equal(cp_buf_str(&was), cp_buf_str(&is));
    cp_buf_release(&was);
    cp_buf_release(&is);
    return is_equal;
}

static enum cp_change_kind by_presence(const struct spot *spot)
{
    return spot->leaf[WAS]->state == CP_ABSENT  ? CP_CHANGE_ADDED
           : spot->leaf[IS]->state == CP_ABSENT ? CP_CHANGE_REMOVED
                                                : CP_CHANGE_CHANGED;
}

static void compare_scalar(struct comparer *comparer, const struct spot *spot)
{
    if (!is_same(spot) && !hours_are_same(comparer, spot)) {
        tell(comparer, spot, THE_VALUE, direction_of(comparer, spot));
    }
}

static void compare_audience(struct comparer *comparer, const struct spot *spot)
{
    const struct cp_leaf *was = spot->leaf[WAS];
    const struct cp_leaf *is = spot->leaf[IS];
    if (was->audience == is->audience || was->state != CP_SET || is->state != CP_SET) {
        return;
    }
    tell(comparer, spot, ITS_AUDIENCE,
         was->audience == CP_AUDIENCE_UNSTATED  ? CP_CHANGE_ADDED
         : is->audience == CP_AUDIENCE_UNSTATED ? CP_CHANGE_REMOVED
                                                : CP_CHANGE_CHANGED);
}

void compare_members(struct comparer *comparer, const struct spot *object)
{
    for (size_t i = 0; i < object->table->count; i++) {
        struct spot member = spot_of_member(object, &object->table->fields[i]);
        compare(comparer, &member);
    }
}

/* Of an object or a list: that it is unknown, does not apply or cannot be read, where its members
 * or items say nothing. */
static void compare_states(struct comparer *comparer, const struct spot *spot)
{
    enum cp_state was = (enum cp_state)spot->leaf[WAS]->state;
    enum cp_state is = (enum cp_state)spot->leaf[IS]->state;
    bool is_plain = (was == CP_SET || was == CP_ABSENT) && (is == CP_SET || is == CP_ABSENT);
    if (!is_plain && (was != is || !is_same(spot))) {
        tell(comparer, spot, THE_VALUE, by_presence(spot));
    }
}

static void compare_object(struct comparer *comparer, const struct spot *spot)
{
    compare_states(comparer, spot);
    compare_audience(comparer, spot);
    if (spot->leaf[WAS]->state == CP_SET || spot->leaf[IS]->state == CP_SET) {
        compare_members(comparer, spot);
    }
}

/* ---- lists ----------------------------------------------------------------------------------- */

/* An item that only one side has. A plain item is no more than its text. */
static void tell_item(struct comparer *comparer, const struct spot *item)
{
    enum cp_change_kind kind = direction_of(comparer, item);
    enum side side = item->leaf[IS]->state != CP_ABSENT ? IS : WAS;
    if (item->table && is_plain_item(item->table) && item->leaf[side]->state == CP_SET) {
        struct spot text = spot_of_member(item, &item->table->fields[0]);
        tell(comparer, &text, THE_VALUE, kind);
    } else {
        tell(comparer, item, item->table ? ITS_MEMBERS : THE_VALUE, kind);
    }
}

/* Where the order says something, what both sides have must follow one another alike. */
static void compare_order(struct comparer *comparer, const struct spot *list, const size_t *matches)
{
    size_t last = 0;
    bool is_moved = false;
    for (size_t i = 0; i < list_count(list, IS); i++) {
        if (matches[i] != SIZE_MAX) {
            is_moved = is_moved || matches[i] < last;
            last = matches[i];
        }
    }
    if (is_moved && (list->field->flags & CP_FIELD_ORDERED)) {
        tell(comparer, list, ITS_ORDER, CP_CHANGE_CHANGED);
    }
}

static void compare_items(struct comparer *comparer, const struct spot *list)
{
    size_t *matches = match_items(comparer, list);
    bool *is_matched =
        cp_arena_alloc(&comparer->scratch, (list_count(list, WAS) + 1) * sizeof *is_matched);
    for (size_t i = 0; i < list_count(list, IS); i++) {
        bool has_old = matches[i] != SIZE_MAX;
        const struct cp_leaf *old = has_old ? list_item(list, WAS, matches[i]) : NULL;
        struct spot item = spot_of_item(list, old, list_item(list, IS, i));
        if (has_old) {
            is_matched[matches[i]] = true;
            compare(comparer, &item);
        } else {
            tell_item(comparer, &item);
        }
    }
    for (size_t i = 0; i < list_count(list, WAS); i++) {
        if (!is_matched[i]) {
            struct spot item = spot_of_item(list, list_item(list, WAS, i), NULL);
            tell_item(comparer, &item);
        }
    }
    compare_order(comparer, list, matches);
}

/* `[]` says something that an absent list does not. */
static bool has_become_empty(const struct spot *list)
{
    const struct cp_leaf *was = list->leaf[WAS];
    const struct cp_leaf *is = list->leaf[IS];
    bool is_empty = list_count(list, WAS) == 0 && list_count(list, IS) == 0;
    return is_empty && ((was->state == CP_ABSENT && is->state == CP_SET) ||
                        (was->state == CP_SET && is->state == CP_ABSENT));
}

static void compare_list(struct comparer *comparer, const struct spot *list)
{
    compare_states(comparer, list);
    if (has_become_empty(list)) {
        tell(comparer, list, THE_VALUE, by_presence(list));
    }
    if (list_count(list, WAS) > 0 || list_count(list, IS) > 0) {
        compare_items(comparer, list);
    }
}

/* The depth of this recursion is that of the field tables. */
static void compare(struct comparer *comparer, const struct spot *spot)
{
    const struct cp_field *field = spot->field;
    bool is_nothing = spot->leaf[WAS]->state == CP_ABSENT && spot->leaf[IS]->state == CP_ABSENT;
    /* Defaults are a plan in part, and compared as one. */
    if (is_nothing || (field->type == CP_TYPE_ANY && field->of)) {
        return;
    }
    if (is_list(spot)) {
        compare_list(comparer, spot);
    } else if (spot->table) {
        compare_object(comparer, spot);
    } else {
        compare_scalar(comparer, spot);
    }
}
