/* A graph as one JSON document: nodes, and links by the numbers of their nodes. */
#include "graph.h"

enum { SHAPE_VERSION = 1 };

static void put_text(struct cp_json *json, const char *key, struct cp_str text)
{
    if (text.len > 0) {
        cp_json_string(json, key, text);
    } else {
        cp_json_null(json, key);
    }
}

static void put_circles(struct cp_json *json, unsigned circles)
{
    cp_json_array(json, "circles");
    if (circles & CP_CIRCLE_HARD) {
        cp_json_string(json, NULL, CP_STR("hard"));
    }
    if (circles & CP_CIRCLE_RECOVERY) {
        cp_json_string(json, NULL, CP_STR("recovery"));
    }
    cp_json_end_array(json);
}

static void put_node(struct cp_json *json, const struct cp_graph_node *node)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "kind", cp_str_of(cp_graph_kind_name(node->kind)));
    cp_json_string(json, "id", node->id);
    cp_json_string(json, "name", node->label);
    if (node->tier > 0) {
        cp_json_number(json, "tier", node->tier);
    } else {
        cp_json_null(json, "tier");
    }
    put_text(json, "owner", node->owner);
    cp_json_bool(json, "retired", node->is_retired);
    cp_json_bool(json, "unreadable", node->is_unreadable);
    put_circles(json, node->circles);
    cp_json_end_object(json);
}

static void put_link(struct cp_json *json, const struct cp_graph *graph,
                     const struct cp_graph_link *link)
{
    bool is_stated = link->criticality <= CP_SOFT;
    cp_json_object(json, NULL);
    cp_json_number(json, "from", link->from);
    cp_json_number(json, "to", link->to);
    cp_json_string(json, "from_id", graph->nodes.items[link->from].id);
    cp_json_string(json, "to_id", graph->nodes.items[link->to].id);
    put_text(json, "criticality",
             is_stated ? cp_str_of(cp_graph_criticality_name(link->criticality))
                       : (struct cp_str){0});
    cp_json_bool(json, "recovery_needs", link->is_needed);
    cp_json_bool(json, "runs_on", link->is_ground);
    put_circles(json, link->circles);
    cp_json_end_object(json);
}

void graph_write_json(struct cp_buf *out, const struct cp_graph *graph)
{
    struct cp_json json;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_number(&json, "withheld", (int64_t)graph->withheld);
    cp_json_array(&json, "nodes");
    for (size_t i = 0; i < graph->nodes.count; i++) {
        put_node(&json, &graph->nodes.items[i]);
    }
    cp_json_end_array(&json);
    cp_json_array(&json, "links");
    for (size_t i = 0; i < graph->links.count; i++) {
        put_link(&json, graph, &graph->links.items[i]);
    }
    cp_json_end_array(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}
