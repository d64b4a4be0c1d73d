/*
 * Small helpers over cmark's nodes. Nothing here recurses: the depth of a tree is its author's.
 */
#include "private.h"

void cp_nodes_push(struct cp_nodes *nodes, cmark_node *node)
{
    *(cmark_node **)cp_list_push(nodes, sizeof(cmark_node *)) = node;
}

void cp_nodes_pick(struct cp_nodes *nodes, cmark_node *root, cmark_event_type event,
                   bool (*is_wanted)(cmark_node *node))
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type now;
    while ((now = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (now == event && is_wanted(node)) {
            cp_nodes_push(nodes, node);
        }
    }
    cmark_iter_free(iter);
}

void cp_node_set_literal(cmark_node *node, struct cp_str text)
{
    struct cp_buf copy;
    cp_buf_init(&copy);
    cp_buf_put(&copy, text);
    cmark_node_set_literal(node, copy.len ? copy.at : "");
    cp_buf_release(&copy);
}

cmark_node *cp_node_literal(cmark_node_type type, struct cp_str text)
{
    cmark_node *node = cmark_node_new(type);
    cp_node_set_literal(node, text);
    return node;
}

void cp_node_move_children(cmark_node *to, cmark_node *from)
{
    cmark_node *child;
    while ((child = cmark_node_first_child(from))) {
        cmark_node_append_child(to, child);
    }
}

void cp_node_words(struct cp_buf *out, cmark_node *node)
{
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(at);
        if (event != CMARK_EVENT_ENTER) {
            continue;
        }
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            cp_buf_puts(out, cmark_node_get_literal(at));
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            cp_buf_putc(out, ' ');
        }
    }
    cmark_iter_free(iter);
}
