/* The formats of graphs, one row each, and what their writers share. */
#include "graph.h"

#include <stdlib.h>

static const struct cp_graph_format formats[] = {
    {"dot", "the language of Graphviz", graph_write_dot},
    {"mermaid", "a flowchart of Mermaid, which code hosts draw in Markdown", graph_write_mermaid},
    {"json", "one document for programs", graph_write_json},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

size_t cp_graph_formats(const struct cp_graph_format **out)
{
    *out = formats;
    return FORMATS;
}

const struct cp_graph_format *cp_graph_format_find(struct cp_str name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

/* ---- words ----------------------------------------------------------------------------------- */

void graph_put_text(struct cp_buf *out, struct cp_str text)
{
    enum { MOST = 60 };
    struct cp_buf line;
    size_t at = 0;
    cp_buf_init(&line);
    cp_printable(&line, cp_str_trim(text));
    struct cp_str all = cp_buf_str(&line);
    for (size_t shown = 0; at < all.len && shown < MOST; shown++) {
        uint32_t code_point;
        at += cp_utf8_decode(&code_point, cp_str_slice(all, at, SIZE_MAX));
    }
    cp_buf_put(out, cp_str_slice(all, 0, at));
    cp_buf_puts(out, at < all.len ? "…" : "");
    cp_buf_release(&line);
}

const char *graph_remark(const struct cp_graph_node *node)
{
    return node->kind == CP_GRAPH_LOST ? "no such plan"
           : node->is_unreadable       ? "cannot be read"
           : node->is_retired          ? "retired"
                                       : NULL;
}

/* ---- clusters -------------------------------------------------------------------------------- */

/* A node on its way into its cluster; those without one go last. */
struct place {
    struct cp_str title;
    uint32_t node;
};

static int by_title(const void *a, const void *b)
{
    const struct place *left = a;
    const struct place *right = b;
    if ((left->title.len == 0) != (right->title.len == 0)) {
        return left->title.len == 0 ? 1 : -1;
    }
    int order = cp_str_compare(left->title, right->title);
    return order != 0 ? order : (left->node > right->node) - (left->node < right->node);
}

static struct cp_str title_of(const struct cp_graph *graph, const struct cp_graph_node *node,
                              struct cp_arena *arena)
{
    struct cp_buf text;
    struct cp_str title = {0};
    if (graph->cluster == CP_CLUSTER_TIER && node->tier > 0) {
        title = cp_arena_printf(arena, "Tier %u", node->tier);
    } else if (graph->cluster == CP_CLUSTER_OWNER && node->owner.len > 0) {
        cp_buf_init(&text);
        graph_put_text(&text, node->owner);
        title = cp_arena_copy(arena, cp_buf_str(&text));
        cp_buf_release(&text);
    }
    return title;
}

size_t graph_clusters(const struct graph_cluster **out, const struct cp_graph *graph,
                      struct cp_arena *arena)
{
    size_t nodes = graph->nodes.count;
    struct place *places = cp_arena_alloc(arena, (nodes + 1) * sizeof(*places));
    uint32_t *order = cp_arena_alloc(arena, (nodes + 1) * sizeof(*order));
    struct graph_cluster *clusters = cp_arena_alloc(arena, (nodes + 1) * sizeof(*clusters));
    size_t count = 0;
    for (size_t i = 0; i < nodes; i++) {
        places[i] = (struct place){title_of(graph, &graph->nodes.items[i], arena), (uint32_t)i};
    }
    if (nodes > 1) {
        qsort(places, nodes, sizeof *places, by_title);
    }
    for (size_t i = 0; i < nodes; i++) {
        order[i] = places[i].node;
        if (i == 0 || !cp_str_is_equal(places[i].title, places[i - 1].title)) {
            clusters[count++] = (struct graph_cluster){places[i].title, &order[i], 0};
        }
        clusters[count - 1].count++;
    }
    *out = clusters;
    return count;
}
