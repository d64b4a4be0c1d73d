/*
 * The graph of commits, read once, and its order: the youngest first, and none before those that
 * grew from it, whatever the clocks said. Knows no files.
 */
#include "log.h"

#include <stdlib.h>

/* ---- reading --------------------------------------------------------------------------------- */

static struct log_node *node_of(struct log_graph *graph, const git_oid *id)
{
    struct cp_str key = {(const char *)id->id, GIT_OID_RAWSZ};
    struct log_node *node = cp_map_find(&graph->by_id, key);
    if (node) {
        return node;
    }
    node = cp_arena_alloc(graph->arena, sizeof *node);
    node->id = *id;
    node->sequence = graph->nodes.count;
    key.at = (const char *)node->id.id;
    cp_map_put(&graph->by_id, key, node);
    *(struct log_node **)cp_list_push(&graph->nodes, sizeof node) = node;
    return node;
}

static int read_node(struct log_graph *graph, struct log_node *node)
{
    git_commit *commit = NULL;
    int code = git_commit_lookup(&commit, graph->handle->git, &node->id);
    if (code != 0) {
        graph->lost = node->id;
        return code;
    }
    node->tree = *git_commit_tree_id(commit);
    node->time = git_commit_time(commit);
    node->offset = git_commit_time_offset(commit);
    node->parent_count = git_commit_parentcount(commit);
    graph->has_merges = graph->has_merges || node->parent_count > 1;
    node->parents = cp_arena_alloc(graph->arena, (node->parent_count + 1) * sizeof(node));
    for (unsigned i = 0; i < node->parent_count; i++) {
        node->parents[i] = node_of(graph, git_commit_parent_id(commit, i));
        node->parents[i]->waiting++;
    }
    git_commit_free(commit);
    return 0;
}

/* ---- order ----------------------------------------------------------------------------------- */

static bool is_before(const struct log_node *a, const struct log_node *b)
{
    return a->time != b->time ? a->time > b->time : a->sequence < b->sequence;
}

static void swap(struct log_node **a, struct log_node **b)
{
    struct log_node *node = *a;
    *a = *b;
    *b = node;
}

static void put_ready(struct log_graph *graph, struct log_node *node)
{
    *(struct log_node **)cp_list_push(&graph->ready, sizeof node) = node;
    struct log_node **heap = graph->ready.items;
    for (size_t i = graph->ready.count - 1; i > 0 && is_before(heap[i], heap[(i - 1) / 2]);
         i = (i - 1) / 2) {
        swap(&heap[i], &heap[(i - 1) / 2]);
    }
}

struct log_node *log_graph_next(struct log_graph *graph)
{
    struct log_node **heap = graph->ready.items;
    if (graph->ready.count == 0) {
        return NULL;
    }
    struct log_node *first = heap[0];
    size_t count = --graph->ready.count;
    heap[0] = heap[count];
    for (size_t i = 0; 2 * i + 1 < count;) {
        size_t child = 2 * i + 1;
        child += child + 1 < count && is_before(heap[child + 1], heap[child]);
        if (!is_before(heap[child], heap[i])) {
            break;
        }
        swap(&heap[child], &heap[i]);
        i = child;
    }
    return first;
}

void log_graph_visited(struct log_graph *graph, const struct log_node *node)
{
    for (unsigned i = 0; i < node->parent_count; i++) {
        if (--node->parents[i]->waiting == 0) {
            put_ready(graph, node->parents[i]);
        }
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

int log_graph_load(struct log_graph *out, const git_oid *from)
{
    int code = 0;
    put_ready(out, node_of(out, from));
    for (size_t i = 0; code == 0 && i < out->nodes.count; i++) {
        code = read_node(out, out->nodes.items[i]);
    }
    return code;
}

void log_graph_release(struct log_graph *graph)
{
    cp_map_release(&graph->by_id);
    cp_list_release(&graph->nodes);
    cp_list_release(&graph->ready);
}
