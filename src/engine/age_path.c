/*
 * Where a value stood in an older version of its file: mappings are entered by key, lists by what
 * tells their items apart, so that one that only moved is still the same. Judges no value.
 */
#include "past.h"

#include <contplan/model.h>
#include <contplan/schema.h>

#include <string.h>

/* The table of what stands at a key, and the row of a list there. */
struct place {
    const struct cp_object *table;
    const struct cp_field *list;
};

static struct place enter(struct place at, struct cp_str key)
{
    bool is_defaults = at.table == &cp_object_config && cp_str_is(key, "defaults");
    const struct cp_field *field = at.table ? cp_field_find(at.table, key) : NULL;
    return (struct place){is_defaults ? &cp_object_plan : field ? field->of : NULL, field};
}

/* ---- items ----------------------------------------------------------------------------------- */

/* An item that is no more than its text says one of its keys. */
static struct cp_str text_at(const struct cp_node *item, const struct cp_object *table,
                             struct cp_str key)
{
    if (item->kind == CP_NODE_SCALAR) {
        bool is_short = table->shorthand && cp_str_is(key, table->shorthand);
        return is_short ? item->text : (struct cp_str){0};
    }
    for (const struct cp_node *child = item->first; child; child = child->next) {
        if (child->key && cp_str_is_equal(child->key->text, key)) {
            return child->kind == CP_NODE_SCALAR ? child->text : (struct cp_str){0};
        }
    }
    return (struct cp_str){0};
}

/* By the first of the keys that either has, or by all of them; false where none is given. */
static bool is_named_alike(const struct cp_node *a, const struct cp_node *b,
                           const struct cp_object *table, const char *keys, bool is_by_all)
{
    bool is_given = false;
    while (*keys) {
        struct cp_str key = {keys, strcspn(keys, " ")};
        struct cp_str left = text_at(a, table, key);
        struct cp_str right = text_at(b, table, key);
        keys += key.len + strspn(keys + key.len, " ");
        if (left.len == 0 && right.len == 0) {
            continue;
        }
        if (!cp_str_is_equal(left, right)) {
            return false;
        }
        is_given = true;
        if (!is_by_all) {
            break;
        }
    }
    return is_given;
}

/* Items that nothing tells apart are known by their place, while there are as many. */
static bool is_same_item(const struct cp_node *now, const struct cp_node *old, struct place at)
{
    const char *keys = at.list && at.table ? cp_field_keys(at.list) : NULL;
    const char *all = at.table && !keys ? at.table->identity : NULL;
    if (keys || all) {
        return is_named_alike(now, old, at.table, keys ? keys : all, !keys);
    }
    if (now->kind == CP_NODE_SCALAR && old->kind == CP_NODE_SCALAR) {
        return cp_str_is_equal(now->text, old->text);
    }
    return now->index == old->index && now->parent->count == old->parent->count;
}

/* ---- the way down ---------------------------------------------------------------------------- */

static const struct cp_node *child_before(const struct cp_node *now, const struct cp_node *parent,
                                          struct place at)
{
    for (const struct cp_node *child = parent->first; child; child = child->next) {
        bool is_same = !now->key != !child->key ? false
                       : now->key               ? cp_str_is_equal(now->key->text, child->key->text)
                                                : is_same_item(now, child, at);
        if (is_same) {
            return child;
        }
    }
    return NULL;
}

const struct cp_node *node_before(const struct cp_node *now, const struct cp_node *root,
                                  const struct cp_object *table)
{
    const struct cp_node *chain[CP_YAML_DEPTH + 1];
    struct place at = {.table = table};
    size_t count = 0;
    for (; now->parent && count <= CP_YAML_DEPTH; now = now->parent) {
        chain[count++] = now;
    }
    for (size_t i = count; root && i > 0; i--) {
        root = child_before(chain[i - 1], root, at);
        at =
            chain[i - 1]->key ? enter(at, chain[i - 1]->key->text) : (struct place){at.table, NULL};
    }
    return root;
}
