/*
 * A graph in the language of Graphviz. Nodes are numbers and every text of a plan is a label in
 * quotes, so that none of them can add a node, a link or an attribute.
 */
#include "graph.h"

static const char head[] =
    "digraph contplan {\n"
    "  rankdir=LR;\n"
    "  ranksep=0.9;\n"
    "  fontname=\"Helvetica\";\n"
    "  node [fontname=\"Helvetica\", fontsize=11, shape=box, style=\"rounded,filled\", "
    "fillcolor=\"#ffffff\", color=\"#4a5568\"];\n"
    "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#4a5568\"];\n";

/* By tier; 0 has none. */
static const char *const fills[] = {"#ffffff", "#fbd5c9", "#fdebc0", "#dcecd4", "#dde7f3"};

static const char *const shapes[CP_GRAPH_KINDS] = {
    [CP_GRAPH_PLAN] = "",
    [CP_GRAPH_SUPPLIER] = ", shape=component, style=filled, fillcolor=\"#eceff3\"",
    [CP_GRAPH_NAME] = ", shape=ellipse, style=filled, fillcolor=\"#eceff3\"",
    [CP_GRAPH_LOST] = ", shape=note, style=\"filled,dashed\", fillcolor=\"#ffffff\"",
};

static const char hard_circle[] = "#d97706";
static const char recovery_circle[] = "#c01c28";

/* Printable text inside a quoted label: quotes and backslashes would end it or be escapes, and an
 * ampersand begins an entity. */
static void put_escaped(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        cp_buf_puts(out, c == '"' || c == '\\' ? "\\" : "");
        if (c == '&') {
            cp_buf_puts(out, "&amp;");
        } else {
            cp_buf_putc(out, c);
        }
    }
}

static void put_label(struct cp_buf *out, struct cp_str text)
{
    struct cp_buf line;
    cp_buf_init(&line);
    graph_put_text(&line, text);
    put_escaped(out, cp_buf_str(&line));
    cp_buf_release(&line);
}

static const char *colour_of(unsigned circles)
{
    return circles & CP_CIRCLE_RECOVERY ? recovery_circle : circles ? hard_circle : NULL;
}

static void put_node(struct cp_buf *out, const struct cp_graph *graph, uint32_t index,
                     const char *indent)
{
    const struct cp_graph_node *node = &graph->nodes.items[index];
    const char *remark = graph_remark(node);
    const char *colour = colour_of(node->circles);
    cp_buf_printf(out, "%sn%u [label=\"", indent, (unsigned)index);
    put_label(out, node->label);
    if (node->kind == CP_GRAPH_PLAN && !cp_str_is_equal(node->id, node->label)) {
        cp_buf_puts(out, "\\n");
        put_label(out, node->id);
    }
    if (remark) {
        cp_buf_printf(out, "\\n(%s)", remark);
    }
    cp_buf_printf(out, "\"%s", shapes[node->kind]);
    if (node->tier > 0) {
        cp_buf_printf(out, ", fillcolor=\"%s\"", fills[node->tier]);
    }
    if (colour) {
        cp_buf_printf(out, ", color=\"%s\"", colour);
    }
    cp_buf_printf(out, "%s];\n", node->is_focus ? ", penwidth=3" : colour ? ", penwidth=2" : "");
}

static void put_link(struct cp_buf *out, const struct cp_graph_link *link)
{
    static const char *const styles[] = {
        [CP_HARD] = "penwidth=2", [CP_DEGRADED] = "style=dashed", [CP_SOFT] = "style=dotted"};
    bool is_stated = link->criticality < sizeof styles / sizeof styles[0];
    const char *colour = colour_of(link->circles);
    cp_buf_printf(out, "  n%u -> n%u [%s", (unsigned)link->from, (unsigned)link->to,
                  link->is_ground ? "arrowhead=odiamond"
                  : is_stated     ? styles[link->criticality]
                                  : "arrowhead=open");
    cp_buf_puts(out, link->is_needed ? ", dir=both, arrowtail=dot" : "");
    if (colour) {
        cp_buf_printf(out, ", color=\"%s\"", colour);
    }
    cp_buf_puts(out, "];\n");
}

static void put_cluster(struct cp_buf *out, const struct cp_graph *graph,
                        const struct graph_cluster *cluster, size_t index)
{
    bool has_title = cluster->title.len > 0;
    if (has_title) {
        cp_buf_printf(out, "  subgraph cluster_%zu {\n    label=\"", index);
        put_escaped(out, cluster->title);
        cp_buf_puts(out, "\";\n    color=\"#a0aec0\";\n    style=rounded;\n");
    }
    for (size_t i = 0; i < cluster->count; i++) {
        put_node(out, graph, cluster->nodes[i], has_title ? "    " : "  ");
    }
    cp_buf_puts(out, has_title ? "  }\n" : "");
}

void graph_write_dot(struct cp_buf *out, const struct cp_graph *graph)
{
    struct cp_arena arena;
    const struct graph_cluster *clusters;
    cp_arena_init(&arena);
    size_t count = graph_clusters(&clusters, graph, &arena);
    cp_buf_puts(out, head);
    for (size_t i = 0; i < count; i++) {
        put_cluster(out, graph, &clusters[i], i);
    }
    for (size_t i = 0; i < graph->links.count; i++) {
        put_link(out, &graph->links.items[i]);
    }
    cp_buf_puts(out, "}\n");
    cp_arena_release(&arena);
}
