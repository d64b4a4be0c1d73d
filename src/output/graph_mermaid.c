/*
 * A graph as a flowchart of Mermaid. Nodes are numbers and every text of a plan is a label in
 * quotes; what Mermaid, or the HTML that it makes of labels, could take for anything but text is
 * written as an entity of its own (`#34;`).
 */
#include "graph.h"

#include <string.h>

/* What stands around the label. */
static const struct {
    const char *open, *close;
} shapes[CP_GRAPH_KINDS] = {
    [CP_GRAPH_PLAN] = {"[\"", "\"]"},
    [CP_GRAPH_SUPPLIER] = {"[[\"", "\"]]"},
    [CP_GRAPH_NAME] = {"([\"", "\"])"},
    [CP_GRAPH_LOST] = {">\"", "\"]"},
};

/* Also those characters by which Mermaid marks entities on its way. */
static bool is_plain(uint32_t c)
{
    bool is_letter = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    bool is_mark = c == 0xB0 || c == 0xB6 || c == 0xDF || c == 0xFB02;
    return is_letter || (c < 0x80 ? strchr(" ,.()/_-", (int)c) != NULL : !is_mark);
}

static void put_escaped(struct cp_buf *out, struct cp_str text)
{
    while (text.len > 0) {
        uint32_t c = 0;
        size_t len = cp_utf8_decode(&c, text);
        if (is_plain(c)) {
            cp_buf_put(out, cp_str_slice(text, 0, len));
        } else {
            cp_buf_printf(out, "#%u;", (unsigned)c);
        }
        text = cp_str_slice(text, len > 0 ? len : 1, SIZE_MAX);
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

static void put_node(struct cp_buf *out, const struct cp_graph *graph, uint32_t index,
                     const char *indent)
{
    static const char *const circles[] = {"", ":::hardcircle", ":::recoverycircle",
                                          ":::recoverycircle"};
    const struct cp_graph_node *node = &graph->nodes.items[index];
    const char *remark = graph_remark(node);
    cp_buf_printf(out, "%sn%u%s", indent, (unsigned)index, shapes[node->kind].open);
    put_label(out, node->label);
    if (remark) {
        cp_buf_printf(out, " (%s)", remark);
    }
    cp_buf_printf(out, "%s%s\n", shapes[node->kind].close, circles[node->circles]);
}

static void put_link(struct cp_buf *out, const struct cp_graph_link *link)
{
    static const char *const arrows[] = {
        [CP_HARD] = "==>", [CP_DEGRADED] = "-->", [CP_SOFT] = "-.->"};
    bool is_stated = link->criticality < sizeof arrows / sizeof arrows[0];
    cp_buf_printf(out, "  n%u %s%s n%u\n", (unsigned)link->from,
                  is_stated         ? arrows[link->criticality]
                  : link->is_ground ? "--o"
                                    : "---",
                  link->is_needed   ? "|first|"
                  : link->is_ground ? "|runs on|"
                                    : "",
                  (unsigned)link->to);
}

/* Circles are told by the number of the link. */
static void put_colours(struct cp_buf *out, const struct cp_graph *graph)
{
    static const char *const colours[] = {"", "#d97706", "#c01c28", "#c01c28"};
    cp_buf_printf(out, "  classDef hardcircle stroke:%s,stroke-width:2px\n", colours[1]);
    cp_buf_printf(out, "  classDef recoverycircle stroke:%s,stroke-width:2px\n", colours[2]);
    cp_buf_puts(out, "  classDef focus stroke-width:4px\n");
    for (size_t i = 0; i < graph->nodes.count; i++) {
        if (graph->nodes.items[i].is_focus) {
            cp_buf_printf(out, "  class n%zu focus\n", i);
        }
    }
    for (size_t i = 0; i < graph->links.count; i++) {
        if (graph->links.items[i].circles) {
            cp_buf_printf(out, "  linkStyle %zu stroke:%s\n", i,
                          colours[graph->links.items[i].circles]);
        }
    }
}

void graph_write_mermaid(struct cp_buf *out, const struct cp_graph *graph)
{
    struct cp_arena arena;
    const struct graph_cluster *clusters;
    cp_arena_init(&arena);
    size_t count = graph_clusters(&clusters, graph, &arena);
    cp_buf_puts(out, "flowchart LR\n");
    for (size_t i = 0; i < count; i++) {
        bool has_title = clusters[i].title.len > 0;
        if (has_title) {
            cp_buf_printf(out, "  subgraph c%zu[\"", i);
            put_escaped(out, clusters[i].title);
            cp_buf_puts(out, "\"]\n");
        }
        for (size_t j = 0; j < clusters[i].count; j++) {
            put_node(out, graph, clusters[i].nodes[j], has_title ? "    " : "  ");
        }
        cp_buf_puts(out, has_title ? "  end\n" : "");
    }
    for (size_t i = 0; i < graph->links.count; i++) {
        put_link(out, &graph->links.items[i]);
    }
    put_colours(out, graph);
    cp_arena_release(&arena);
}
