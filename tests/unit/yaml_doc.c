/*
 * A document read from text, for the tests of the layer yaml and those above it.
 */
#include "yaml_doc.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

void yaml_doc_init(struct yaml_doc *doc, struct cp_str bytes)
{
    cp_file_init(&doc->file, "plan.yaml");
    cp_file_set(&doc->file, bytes);
    cp_arena_init(&doc->arena);
    cp_diags_init(&doc->diags);
    cp_yaml_parse(&doc->yaml, &doc->arena, &doc->file, &doc->diags);
}

void yaml_doc_release(struct yaml_doc *doc)
{
    cp_diags_release(&doc->diags);
    cp_arena_release(&doc->arena);
    cp_file_drop(&doc->file);
}

static struct cp_node *child_of(const struct cp_node *node, const char *name)
{
    if (node->kind == CP_NODE_MAPPING) {
        return cp_node_find(node, name);
    }
    struct cp_node *child = node->first;
    for (long index = strtol(name, NULL, 10); child && index > 0; index--) {
        child = child->next;
    }
    return child;
}

struct cp_node *yaml_doc_get(const struct yaml_doc *doc, const char *path)
{
    struct cp_node *node = doc->yaml.root;
    char name[64];
    while (*path) {
        size_t length = strcspn(path, " ");
        ck_assert_uint_lt(length, sizeof name);
        memcpy(name, path, length);
        name[length] = '\0';
        ck_assert_ptr_nonnull(node);
        node = child_of(node, name);
        path += length + (path[length] == ' ');
    }
    ck_assert_ptr_nonnull(node);
    return node;
}

const struct cp_diagnostic *yaml_doc_only(const struct yaml_doc *doc)
{
    ck_assert_uint_eq(doc->diags.items.count, 1);
    return doc->diags.items.items[0];
}
