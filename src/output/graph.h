/* The writers of graphs, listed in graph_formats.c, and what they share. Private to the layer. */
#ifndef OUTPUT_GRAPH_H
#define OUTPUT_GRAPH_H

#include <contplan/output.h>

void graph_write_dot(struct cp_buf *out, const struct cp_graph *graph);
void graph_write_mermaid(struct cp_buf *out, const struct cp_graph *graph);
void graph_write_json(struct cp_buf *out, const struct cp_graph *graph);

/* Nodes that are drawn together. */
struct graph_cluster {
    struct cp_str title;   /* printable; empty for those that stand by themselves, which are last */
    const uint32_t *nodes; /* in their order */
    size_t count;
};

/* The clusters in their order: the count, `*out` the arena's. */
size_t graph_clusters(const struct graph_cluster **out, const struct cp_graph *graph,
                      struct cp_arena *arena);

/* Puts a text on one line, printable, cut where it is long. */
void graph_put_text(struct cp_buf *out, struct cp_str text);
/* What stands behind the name of a node: "retired", "no such plan"; NULL for nothing. */
const char *graph_remark(const struct cp_graph_node *node);

#endif
