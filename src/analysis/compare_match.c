/*
 * Which item of an older list an item of a newer one is: by its key; else by being the same; else
 * by what tells it from its like; else by likeness, under a limit. Never by its position.
 */
#include "compare.h"

#include <stdlib.h>

enum {
    MAX_TOKENS = 4096, /* of an item, when its likeness is judged */
    MAX_LIKENESS = 200 /* items of either side that are judged so */
};

struct matching {
    struct comparer *comparer;
    const struct spot *list;
    size_t count[SIDES];
    size_t *old_of; /* by item of the newer list; SIZE_MAX: none */
    bool *is_taken; /* by item of the older one */
    bool is_keyed;
};

static bool is_free(const struct matching *matching, enum side side, size_t index)
{
    return side == WAS ? !matching->is_taken[index] : matching->old_of[index] == SIZE_MAX;
}

static void match(struct matching *matching, size_t old, size_t new)
{
    matching->old_of[new] = old;
    matching->is_taken[old] = true;
}

/* ---- by key ---------------------------------------------------------------------------------- */

static struct cp_str key_of(const struct matching *matching, enum side side, size_t index)
{
    const struct cp_leaf *item = list_item(matching->list, side, index);
    if (matching->list->field->type == CP_TYPE_SETTINGS) {
        return item->node->key->text;
    }
    return key_text(matching->list->field, item);
}

static void match_keys(struct matching *matching)
{
    struct cp_map old;
    cp_map_init(&old);
    for (size_t i = 0; i < matching->count[WAS]; i++) {
        struct cp_str key = key_of(matching, WAS, i);
        if (key.len > 0) {
            cp_map_put(&old, key, &matching->is_taken[i]);
        }
    }
    for (size_t i = 0; i < matching->count[IS]; i++) {
        bool *taken = cp_map_find(&old, key_of(matching, IS, i));
        if (taken && !*taken) {
            match(matching, (size_t)(taken - matching->is_taken), i);
        }
    }
    cp_map_release(&old);
}

/* ---- by a text that is the same -------------------------------------------------------------- */

struct named {
    struct cp_str text;
    size_t index;
};

static int by_text(const void *a, const void *b)
{
    const struct named *left = a;
    const struct named *right = b;
    int order = cp_str_compare(left->text, right->text);
    return order != 0 ? order : (left->index > right->index) - (left->index < right->index);
}

typedef void namer(struct cp_buf *out, const struct matching *matching, enum side side,
                   size_t index);

struct names {
    struct named *items;
    size_t count;
};

static struct names name_free_items(const struct matching *matching, enum side side, namer *put)
{
    struct cp_arena *arena = &matching->comparer->scratch;
    struct names out = {cp_arena_alloc(arena, (matching->count[side] + 1) * sizeof *out.items), 0};
    struct cp_buf text;
    cp_buf_init(&text);
    for (size_t i = 0; i < matching->count[side]; i++) {
        if (is_free(matching, side, i)) {
            cp_buf_clear(&text);
            put(&text, matching, side, i);
            out.items[out.count++] = (struct named){cp_arena_copy(arena, cp_buf_str(&text)), i};
        }
    }
    cp_buf_release(&text);
    if (out.count > 1) {
        qsort(out.items, out.count, sizeof *out.items, by_text);
    }
    return out;
}

static size_t run_length(const struct names *names, size_t from)
{
    size_t length = 1;
    while (from + length < names->count &&
           cp_str_is_equal(names->items[from + length].text, names->items[from].text)) {
        length++;
    }
    return length;
}

/* Items whose texts are the same are one another's, unless several share a text that need not be
 * theirs alone (`is_name`): then likeness decides between them. */
static void match_texts(struct matching *matching, namer *put, bool is_name)
{
    struct names old = name_free_items(matching, WAS, put);
    struct names new = name_free_items(matching, IS, put);
    size_t i = 0;
    size_t j = 0;
    while (i < old.count && j < new.count) {
        int order = cp_str_compare(old.items[i].text, new.items[j].text);
        size_t olds = run_length(&old, i);
        size_t news = run_length(&new, j);
        size_t pairs = order != 0 ? 0 : olds < news ? olds : news;
        pairs = is_name && (olds > 1 || news > 1) ? 0 : pairs;
        for (size_t k = 0; k < pairs; k++) {
            match(matching, old.items[i + k].index, new.items[j + k].index);
        }
        i += order <= 0 ? olds : 0;
        j += order >= 0 ? news : 0;
    }
}

static void put_whole(struct cp_buf *out, const struct matching *matching, enum side side,
                      size_t index)
{
    canon_put(out, matching->list->field, list_item(matching->list, side, index), true);
}

/* The members that tell items apart, what is absent among them. */
static void put_identity(struct cp_buf *out, const struct matching *matching, enum side side,
                         size_t index)
{
    const struct cp_object *object = matching->list->field->of;
    const struct cp_leaf *item = list_item(matching->list, side, index);
    const char *keys = object->identity;
    if (item->state != CP_SET) {
        canon_put(out, matching->list->field, item, true);
    }
    while (item->state == CP_SET && *keys) {
        struct cp_str key = {keys, strcspn(keys, " ")};
        const struct cp_field *field = cp_field_find(object, key);
        const struct cp_leaf *leaf = cp_field_get(field, item);
        size_t from = out->len;
        canon_put(out, field, leaf, false);
        cp_buf_printf(out, "/%zu;", out->len - from);
        keys += key.len + strspn(keys + key.len, " ");
    }
}

/* ---- by likeness ----------------------------------------------------------------------------- */

/* What an item says, in pieces: each word of a text, every other value whole. */
struct bag {
    uint64_t *tokens; /* sorted */
    size_t count;
    size_t index; /* of the item */
};

static void add_token(struct bag *bag, const char *key, struct cp_str text)
{
    if (bag->count < MAX_TOKENS) {
        bag->tokens[bag->count++] = cp_str_hash(text) * 31 + cp_str_hash(cp_str_of(key));
    }
}

static void add_words(struct bag *bag, const char *key, struct cp_str text)
{
    while (text.len > 0) {
        const char *blank = memchr(text.at, ' ', text.len);
        size_t len = blank ? (size_t)(blank - text.at) : text.len;
        add_token(bag, key, cp_str_slice(text, 0, len));
        text = cp_str_slice(text, len + 1, text.len);
    }
}

static void add_value(struct bag *bag, const struct cp_field *field, const struct cp_leaf *leaf,
                      bool is_item);

static void add_members(struct bag *bag, const struct cp_object *object,
                        const struct cp_leaf *value)
{
    for (size_t i = 0; i < object->count && bag->count < MAX_TOKENS; i++) {
        const struct cp_leaf *leaf = cp_field_get(&object->fields[i], value);
        if (leaf->state != CP_ABSENT) {
            add_value(bag, &object->fields[i], leaf, false);
        }
    }
}

static void add_items(struct bag *bag, const struct cp_field *field, const struct cp_leaf *list)
{
    const struct cp_values *values = (const void *)list;
    for (size_t i = 0; i < values->count && bag->count < MAX_TOKENS; i++) {
        const char *at = (const char *)values->items + i * cp_field_size(field);
        add_value(bag, field, (const struct cp_leaf *)(const void *)at, true);
    }
}

static void add_value(struct bag *bag, const struct cp_field *field, const struct cp_leaf *leaf,
                      bool is_item)
{
    struct cp_buf text;
    if (leaf->state == CP_SET && field->is_list && !is_item) {
        add_items(bag, field, leaf);
    } else if (leaf->state == CP_SET && field->type == CP_TYPE_OBJECT) {
        add_members(bag, field->of, leaf);
    } else {
        cp_buf_init(&text);
        canon_put(&text, field, leaf, is_item);
        if (field->type == CP_TYPE_PROSE || field->type == CP_TYPE_TEXT) {
            add_words(bag, field->key, cp_buf_str(&text));
        } else {
            add_token(bag, field->key, cp_buf_str(&text));
        }
        cp_buf_release(&text);
    }
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *left = a;
    const uint64_t *right = b;
    return (*left > *right) - (*left < *right);
}

static void fill_bag(struct bag *out, const struct matching *matching, enum side side, size_t index)
{
    struct cp_arena *arena = &matching->comparer->scratch;
    uint64_t tokens[MAX_TOKENS];
    struct bag bag = {tokens, 0, index};
    add_value(&bag, matching->list->field, list_item(matching->list, side, index), true);
    qsort(tokens, bag.count, sizeof *tokens, by_value);
    *out = bag;
    out->tokens = cp_arena_alloc(arena, (bag.count + 1) * sizeof *tokens);
    memcpy(out->tokens, tokens, bag.count * sizeof *tokens);
}

/* Items that have a key are what their key says: likeness is for those without. */
static size_t fill_bags(struct bag *out, const struct matching *matching, enum side side)
{
    size_t count = 0;
    for (size_t i = 0; i < matching->count[side] && count < MAX_LIKENESS; i++) {
        bool has_key = matching->is_keyed && key_of(matching, side, i).len > 0;
        if (is_free(matching, side, i) && !has_key) {
            fill_bag(&out[count++], matching, side, i);
        }
    }
    return count;
}

static size_t count_common(const struct bag *a, const struct bag *b)
{
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        int order = by_value(&a->tokens[i], &b->tokens[j]);
        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return common;
}

struct candidate {
    size_t old, new;
    size_t likeness; /* of a thousand (Dice's coefficient) */
};

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* The likest first; of those that are equally like the first ones, and those that moved least: seen
 * from either side the same. */
static int by_likeness(const void *a, const void *b)
{
    const struct candidate *left = a;
    const struct candidate *right = b;
    size_t keys[3][2] = {{right->likeness, left->likeness},
                         {left->old + left->new, right->old + right->new},
                         {distance(left->old, left->new), distance(right->old, right->new)}};
    for (size_t i = 0; i < 3; i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return (left->old > right->old) - (left->old < right->old);
}

static size_t find_candidates(struct candidate *out, const struct bag *old, size_t olds,
                              const struct bag *new, size_t news)
{
    size_t count = 0;
    for (size_t i = 0; i < olds; i++) {
        for (size_t j = 0; j < news; j++) {
            size_t common = count_common(&old[i], &new[j]);
            size_t total = old[i].count + new[j].count;
            size_t likeness = total > 0 ? 2000 * common / total : 0;
            if (likeness >= 500) {
                out[count++] = (struct candidate){old[i].index, new[j].index, likeness};
            }
        }
    }
    return count;
}

static void match_likeness(struct matching *matching)
{
    struct cp_arena *arena = &matching->comparer->scratch;
    struct bag *old = cp_arena_alloc(arena, MAX_LIKENESS * sizeof *old);
    struct bag *new = cp_arena_alloc(arena, MAX_LIKENESS * sizeof *new);
    size_t olds = fill_bags(old, matching, WAS);
    size_t news = fill_bags(new, matching, IS);
    struct candidate *candidates = cp_arena_alloc(arena, (olds * news + 1) * sizeof *candidates);
    size_t count = find_candidates(candidates, old, olds, new, news);
    qsort(candidates, count, sizeof *candidates, by_likeness);
    for (size_t i = 0; i < count; i++) {
        if (is_free(matching, WAS, candidates[i].old) && is_free(matching, IS, candidates[i].new)) {
            match(matching, candidates[i].old, candidates[i].new);
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* Of scalars only texts are changed; another reference is another one. */
static bool can_be_like(const struct cp_field *field)
{
    return field->type == CP_TYPE_OBJECT || field->type == CP_TYPE_TEXT ||
           field->type == CP_TYPE_PROSE;
}

static bool has_free(const struct matching *matching, enum side side)
{
    for (size_t i = 0; i < matching->count[side]; i++) {
        if (is_free(matching, side, i)) {
            return true;
        }
    }
    return false;
}

static bool is_open(const struct matching *matching)
{
    return has_free(matching, WAS) && has_free(matching, IS);
}

size_t *match_items(struct comparer *comparer, const struct spot *list)
{
    struct matching matching = {.comparer = comparer, .list = list};
    const struct cp_field *field = list->field;
    matching.is_keyed = field->type == CP_TYPE_SETTINGS || list_is_keyed(field);
    matching.count[WAS] = list_count(list, WAS);
    matching.count[IS] = list_count(list, IS);
    matching.old_of =
        cp_arena_alloc(&comparer->scratch, (matching.count[IS] + 1) * sizeof *matching.old_of);
    matching.is_taken =
        cp_arena_alloc(&comparer->scratch, (matching.count[WAS] + 1) * sizeof *matching.is_taken);
    memset(matching.old_of, 0xFF, matching.count[IS] * sizeof *matching.old_of);
    if (matching.is_keyed) {
        match_keys(&matching);
    }
    /* A setting is its name: another one with the same value is another. */
    if (is_open(&matching) && field->type != CP_TYPE_SETTINGS) {
        match_texts(&matching, put_whole, false);
    }
    if (is_open(&matching) && field->of && field->of->identity && !matching.is_keyed) {
        match_texts(&matching, put_identity, true);
    }
    if (is_open(&matching) && can_be_like(field)) {
        match_likeness(&matching);
    }
    return matching.old_of;
}
