/*
 * Canonical JSON: one text for one meaning, whatever the order of keys and the style of scalars.
 * It is made to be compared and hashed, never shown: text stands in it raw.
 */
#include "canonical.h"

#include <stdlib.h>

void canonical_put_string(struct cp_buf *out, struct cp_str s)
{
    static const char names[] = {
        ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"'};
    cp_buf_putc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        char name = c < sizeof names ? names[c] : (char)(c == '\\' ? '\\' : 0);
        if (name) {
            cp_buf_putc(out, '\\');
            cp_buf_putc(out, name);
        } else if (c < 0x20) {
            cp_buf_printf(out, "\\u%04x", c);
        } else {
            cp_buf_putc(out, s.at[i]);
        }
    }
    cp_buf_putc(out, '"');
}

void canonical_put_key(struct cp_buf *out, bool *is_first, struct cp_str key)
{
    if (!*is_first) {
        cp_buf_putc(out, ',');
    }
    *is_first = false;
    canonical_put_string(out, key);
    cp_buf_putc(out, ':');
}

static int compare_keys(const void *a, const void *b)
{
    const struct cp_node *const *first = a;
    const struct cp_node *const *second = b;
    return cp_str_compare((*first)->key->text, (*second)->key->text);
}

static void put_mapping(struct cp_buf *out, const struct cp_node *mapping)
{
    CP_LIST(const struct cp_node *) members = {0};
    for (const struct cp_node *node = mapping->first; node; node = node->next) {
        *(const struct cp_node **)cp_list_push(&members, sizeof(*members.items)) = node;
    }
    if (members.count > 0) {
        qsort(members.items, members.count, sizeof(*members.items), compare_keys);
    }
    bool is_first = true;
    cp_buf_putc(out, '{');
    for (size_t i = 0; i < members.count; i++) {
        canonical_put_key(out, &is_first, members.items[i]->key->text);
        canonical_put_node(out, members.items[i]);
    }
    cp_buf_putc(out, '}');
    cp_list_release(&members);
}

void canonical_put_node(struct cp_buf *out, const struct cp_node *node)
{
    if (!node) {
        cp_buf_puts(out, "null");
    } else if (node->kind == CP_NODE_SCALAR) {
        canonical_put_string(out, node->text);
    } else if (node->kind == CP_NODE_MAPPING) {
        put_mapping(out, node);
    } else {
        cp_buf_putc(out, '[');
        for (const struct cp_node *item = node->first; item; item = item->next) {
            cp_buf_puts(out, item == node->first ? "" : ",");
            canonical_put_node(out, item);
        }
        cp_buf_putc(out, ']');
    }
}
