/*
 * Finding a node, and naming one: its children by key, its path from the root, its places.
 * Reads the tree only.
 */
#include <contplan/yaml.h>

#include <string.h>

enum {
    KEY_BYTES = 64
}; /* of a path: keys of the format are shorter, those of a hostile file not */

struct cp_node *cp_node_find(const struct cp_node *node, const char *key)
{
    if (!node || node->kind != CP_NODE_MAPPING) {
        return NULL;
    }
    struct cp_str wanted = cp_str_of(key);
    for (struct cp_node *child = node->first; child; child = child->next) {
        if (cp_str_is_equal(child->key->text, wanted)) {
            return child;
        }
    }
    return NULL;
}

/* Whether the value or its key holds the byte; of an alias only the key does. */
static bool holds(const struct cp_node *node, size_t offset)
{
    const struct cp_span *own = &node->span;
    const struct cp_span *first = node->key ? &node->key->span : own;
    const struct cp_span *last = own->offset >= first->offset ? own : first;
    return offset >= first->offset && offset < (size_t)last->offset + last->length;
}

const struct cp_node *cp_node_at(const struct cp_node *root, size_t offset)
{
    const struct cp_node *found = root;
    const struct cp_node *child = root ? root->first : NULL;
    while (child) {
        if (holds(child, offset)) {
            found = child;
            child = child->first;
        } else {
            child = child->next;
        }
    }
    return found;
}

static void put_key(struct cp_buf *out, struct cp_str key)
{
    if (key.len <= KEY_BYTES) {
        cp_buf_put(out, key);
        return;
    }
    size_t len = KEY_BYTES;
    while (len > 0 && ((unsigned char)key.at[len] & 0xC0) == 0x80) {
        len--;
    }
    cp_buf_put(out, cp_str_slice(key, 0, len));
    cp_buf_puts(out, "\xE2\x80\xA6");
}

/* `[0]`: without printf(), since each fact has a path. */
static void put_index(struct cp_buf *out, uint32_t index)
{
    char text[sizeof "[4294967295]"];
    char *at = text + sizeof text;
    *--at = ']';
    do {
        *--at = (char)('0' + index % 10);
        index /= 10;
    } while (index > 0);
    *--at = '[';
    cp_buf_put(out, (struct cp_str){at, (size_t)(text + sizeof text - at)});
}

/* The node's own part: `.rto`, or `[0]`. */
static void put_part(struct cp_buf *out, const struct cp_node *node, bool is_first)
{
    if (node->parent->kind == CP_NODE_SEQUENCE) {
        put_index(out, node->index);
        return;
    }
    if (!is_first) {
        cp_buf_putc(out, '.');
    }
    put_key(out, node->key ? node->key->text : node->text);
}

void cp_node_path(struct cp_buf *out, const struct cp_node *node)
{
    const struct cp_node *chain[CP_YAML_DEPTH + 1];
    size_t count = 0;
    for (; node && node->parent && count <= CP_YAML_DEPTH; node = node->parent) {
        chain[count++] = node;
    }
    for (size_t i = count; i > 0; i--) {
        put_part(out, chain[i - 1], i == count);
    }
}

/* The child whose part of the path is what `*rest` begins with, moving it on. */
static struct cp_node *step_down(const struct cp_node *node, struct cp_str *rest)
{
    struct cp_buf part;
    struct cp_node *found = NULL;
    cp_buf_init(&part);
    for (struct cp_node *child = node->first; child && !found; child = child->next) {
        cp_buf_clear(&part);
        put_part(&part, child, true);
        struct cp_str behind = cp_str_slice(*rest, part.len, SIZE_MAX);
        if (cp_str_has_prefix(*rest, part.at) &&
            (behind.len == 0 || cp_str_has_prefix(behind, ".") || cp_str_has_prefix(behind, "["))) {
            found = child;
            *rest = cp_str_has_prefix(behind, ".") ? cp_str_slice(behind, 1, SIZE_MAX) : behind;
        }
    }
    cp_buf_release(&part);
    return found;
}

struct cp_node *cp_node_reach(struct cp_node *root, struct cp_str path, bool *is_whole)
{
    struct cp_node *node = root;
    for (struct cp_node *child = root; child && path.len > 0;) {
        child = step_down(node, &path);
        node = child ? child : node;
    }
    if (is_whole) {
        *is_whole = node && path.len == 0;
    }
    return node;
}

struct cp_place cp_node_place(const struct cp_node *node)
{
    return (struct cp_place){node->file, node->span};
}

struct cp_place cp_node_key_place(const struct cp_node *node)
{
    const struct cp_node *named = node;
    while (!named->key && named->parent) {
        named = named->parent;
    }
    if (!named->key) {
        return (struct cp_place){node->file, {0, 0}};
    }
    /* The key's own file: a copy made by an alias keeps its key where the alias stands. */
    return cp_node_place(named->key);
}
