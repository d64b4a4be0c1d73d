/*
 * Any bytes through the reader of YAML: one finding where they are refused, and a tree in which
 * every node, comment and replayed scalar agrees with the bytes where they are not.
 */
#include "../../src/yaml/replay.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, so that the fuzzer keeps the input, where `holds` is false. */
static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void check_span(struct cp_span span, size_t size)
{
    require((size_t)span.offset + span.length <= size, "a span lies within the file");
}

static void check_scalar(const struct cp_node *node)
{
    struct cp_yaml_replay replay;
    cp_yaml_replay_build(&replay, node);
    require(cp_str_is_equal(cp_buf_str(&replay.value), node->text), "a replay is the value");
    for (size_t i = 0; i < replay.runs.count; i++) {
        const struct cp_yaml_run *run = &replay.runs.items[i];
        check_span((struct cp_span){run->source, run->source_length}, node->file->bytes.len);
    }
    cp_yaml_replay_release(&replay);
    size_t half = node->text.len / 2;
    check_span(cp_node_inner_place(node, half, 3).span, node->file->bytes.len);
}

/* Returns how many nodes stand under `node`, counting what aliases share each time. */
static size_t check_node(const struct cp_node *node, unsigned depth)
{
    require(depth <= CP_YAML_DEPTH, "depth is bounded");
    check_span(node->span, node->file->bytes.len);
    check_span(cp_node_key_place(node).span, node->file->bytes.len);
    if (node->kind == CP_NODE_SCALAR) {
        check_scalar(node);
        return 1;
    }
    size_t nodes = 1;
    uint32_t count = 0;
    for (const struct cp_node *child = node->first; child; child = child->next) {
        require(child->index == count++, "children are numbered");
        require(!child->key == (node->kind == CP_NODE_SEQUENCE), "values of a mapping have keys");
        nodes += check_node(child, depth + 1) + (child->key ? 1 : 0);
    }
    require(count == node->count, "children are counted");
    return nodes;
}

static void check_comments(const struct cp_yaml *yaml)
{
    uint32_t end = 0;
    for (size_t i = 0; i < yaml->comments.count; i++) {
        struct cp_span span = yaml->comments.items[i].span;
        check_span(span, yaml->file->bytes.len);
        require(span.length > 0 && yaml->file->bytes.at[span.offset] == '#',
                "comments start with #");
        require(span.offset >= end, "comments are in order");
        end = span.offset + span.length;
    }
}

static void check_findings(const struct cp_yaml *yaml, const struct cp_diags *diags)
{
    require(yaml->is_broken == !yaml->root, "no root where something is broken");
    size_t fatal = 0;
    for (size_t i = 0; i < diags->items.count; i++) {
        const struct cp_diagnostic *found = diags->items.items[i];
        check_span(found->place.span, yaml->file->bytes.len);
        require(found->message.len > 0 && found->is_resolved, "findings say something");
        fatal += strcmp(found->rule->code, "CP003") <= 0;
        for (size_t j = 0; j < found->notes.count; j++) {
            check_span(found->notes.items[j].place.span, yaml->file->bytes.len);
        }
    }
    require(fatal <= 1, "one mistake ends a document");
    require(fatal == 1 || !yaml->is_broken || diags->surplus.count > 0,
            "a broken document says why");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cp_file file;
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_yaml yaml;
    cp_file_init(&file, "fuzz.yaml");
    cp_file_set(&file, (struct cp_str){(const char *)data, size});
    cp_arena_init(&arena);
    cp_diags_init(&diags);
    cp_yaml_parse(&yaml, &arena, &file, &diags);
    check_findings(&yaml, &diags);
    if (yaml.root) {
        require(check_node(yaml.root, 0) <= CP_YAML_NODES, "nodes are bounded");
    }
    check_comments(&yaml);
    cp_yaml_check_swallowed(&yaml, &diags);
    cp_diags_release(&diags);
    cp_arena_release(&arena);
    cp_file_drop(&file);
    return 0;
}
