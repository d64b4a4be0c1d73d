/*
 * Anchors and aliases, and the number of nodes a document stands for. An alias shares what its
 * anchor names, so a short file can stand for any number of nodes, of bytes, and any depth: all are
 * counted here before anybody walks them.
 */
#include "build.h"
#include "quote.h"

bool cp_yaml_refuse_count(struct cp_yaml_builder *b, uint32_t from, uint32_t end)
{
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_limit, cp_yaml_place(b, from, end), CP_STR(""),
                     "the document holds at least %u values, more than the limit of %d",
                     (unsigned)b->nodes, CP_YAML_NODES);
    cp_diagnostic_help(b->diags, found,
                       "split the file; what stands behind an alias counts each time it is used");
    return false;
}

bool cp_yaml_anchor_add(struct cp_yaml_builder *b, struct cp_yaml_anchor **out, const char *name,
                        struct cp_node *node)
{
    if (++b->anchor_count > CP_YAML_ANCHORS) {
        uint32_t at = node->span.offset;
        struct cp_diagnostic *found =
            cp_diags_add(b->diags, &cp_rule_yaml_limit, cp_yaml_place(b, at, at), CP_STR(""),
                         "the document has at least %u anchors, more than the limit of %d",
                         (unsigned)b->anchor_count, CP_YAML_ANCHORS);
        cp_diagnostic_help(b->diags, found, "write values out instead of naming them with '&'");
        return false;
    }
    struct cp_str key = cp_str_of(name);
    struct cp_yaml_anchor *anchor = cp_map_find(&b->anchors, key);
    if (!anchor) {
        anchor = cp_arena_alloc(b->arena, sizeof *anchor);
        cp_map_put(&b->anchors, cp_arena_copy(b->arena, key), anchor);
    }
    /* A name given again names the new node from here on. */
    *anchor = (struct cp_yaml_anchor){.node = node, .size = 1};
    anchor->is_open = node->kind != CP_NODE_SCALAR;
    *out = anchor;
    return true;
}

static bool refuse_alias(struct cp_yaml_builder *b, const struct cp_yaml_anchor *anchor,
                         uint32_t from, uint32_t end)
{
    const char *alias = cp_diags_quote(b->diags, cp_str_slice(b->bytes, from, end - from));
    struct cp_place place = cp_yaml_place(b, from, end);
    if (anchor) {
        struct cp_diagnostic *found =
            cp_diags_add(b->diags, &cp_rule_yaml_syntax, place, CP_STR(""),
                         "the alias %s stands inside the value that it names", alias);
        cp_diagnostic_help(b->diags, found, "name a value that is complete above the alias");
        return false;
    }
    struct cp_diagnostic *found = cp_diags_add(b->diags, &cp_rule_yaml_syntax, place, CP_STR(""),
                                               "the alias %s names no anchor above it", alias);
    uint32_t text_end = cp_yaml_value_end(b->bytes, from);
    cp_yaml_help_quotes(b->diags, found, cp_yaml_lead(b->bytes, from),
                        cp_str_slice(b->bytes, from, text_end - from));
    return false;
}

static bool check_height(struct cp_yaml_builder *b, uint32_t height, uint32_t from, uint32_t end)
{
    if (b->depth + height <= CP_YAML_DEPTH) {
        return true;
    }
    cp_diags_add(b->diags, &cp_rule_yaml_limit, cp_yaml_place(b, from, end), CP_STR(""),
                 "with what the alias brings, values are nested %u levels deep; the limit is %d",
                 (unsigned)(b->depth + height), CP_YAML_DEPTH);
    return false;
}

static bool count_bytes(struct cp_yaml_builder *b, const struct cp_yaml_anchor *anchor,
                        uint32_t from, uint32_t end)
{
    b->brought += anchor->node->span.length + anchor->brought; /* each at most CP_YAML_BYTES */
    if (b->brought <= CP_YAML_BYTES) {
        return true;
    }
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_limit, cp_yaml_place(b, from, end), CP_STR(""),
                     "aliases bring at least %u bytes into the document, more than the limit of %d",
                     (unsigned)b->brought, CP_YAML_BYTES);
    cp_diagnostic_help(b->diags, found, "name short values with '&', and use them less often");
    return false;
}

bool cp_yaml_alias_build(struct cp_yaml_builder *b, struct cp_node **out, const char *name,
                         uint32_t from, uint32_t end)
{
    const struct cp_yaml_anchor *anchor = cp_map_find(&b->anchors, cp_str_of(name));
    if (!anchor || anchor->is_open) {
        return refuse_alias(b, anchor, from, end);
    }
    if (!cp_yaml_count(b, anchor->size, from, end) || !count_bytes(b, anchor, from, end) ||
        !check_height(b, anchor->height, from, end)) {
        return false;
    }
    struct cp_yaml_frame *top = b->top;
    if (top && anchor->height > top->height) {
        top->height = anchor->height;
    }
    struct cp_node *copy = cp_arena_alloc(b->arena, sizeof *copy);
    *copy = *anchor->node;
    copy->parent = copy->key = copy->next = NULL;
    *out = copy;
    return true;
}
