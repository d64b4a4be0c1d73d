/*
 * Fuzzes the way from bytes to a tree: parsing, the check for swallowed text, and the replay of
 * every scalar to places in the file. Any crash, overrun, leak or hang is a defect; findings are
 * not.
 */
#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/yaml.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The node after `node` in document order; no recursion. */
static const struct cp_node *next_node(const struct cp_node *node)
{
    if (node->first) {
        return node->first;
    }
    while (node && !node->next) {
        node = node->parent;
    }
    return node ? node->next : NULL;
}

/* Places from the beginning, the middle and the end of the value. */
static void replay_scalar(const struct cp_node *node)
{
    const size_t offsets[] = {0, node->text.len / 2, node->text.len};
    for (size_t i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++) {
        struct cp_place place = cp_node_inner_place(node, offsets[i], 1);
        if (place.span.offset > node->file->bytes.len) {
            __builtin_trap();
        }
    }
}

static void walk(const struct cp_yaml *yaml)
{
    /* Aliases share children, so that a document of the permitted size can still be long to walk.
     */
    size_t left = 2000;
    for (const struct cp_node *node = yaml->root; node && left > 0;
         node = next_node(node), left--) {
        if (node->kind == CP_NODE_SCALAR) {
            replay_scalar(node);
        }
        struct cp_buf path;
        cp_buf_init(&path);
        cp_node_path(&path, node);
        cp_buf_release(&path);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
    cp_arena_init(&arena);
    cp_diags_init(&diags);
    cp_file_init(&file, "fuzz.yaml");
    cp_file_set(&file, (struct cp_str){(const char *)data, size});
    cp_diags_begin_file(&diags, UINT32_MAX);
    cp_yaml_parse(&yaml, &arena, &file, &diags);
    cp_yaml_check_swallowed(&yaml, &diags);
    walk(&yaml);
    cp_diags_resolve(&diags);
    cp_file_drop(&file);
    cp_diags_release(&diags);
    cp_arena_release(&arena);
    return 0;
}
