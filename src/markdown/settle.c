/*
 * Settling a tree, for good and for every writer: emphasis and breaks in the one form that Markdown
 * can say, and lists that do not run into their neighbours. Loses no word and no target.
 */
#include "private.h"

static bool is_of_type(cmark_node *node, cmark_node_type type)
{
    return node && cmark_node_get_type(node) == type;
}

static bool is_emphasis(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_EMPH) || is_of_type(node, CMARK_NODE_STRONG);
}

/* ---- emphasis ------------------------------------------------------------------------------ */

static void unwrap(cmark_node *node)
{
    cmark_node *child;
    while ((child = cmark_node_first_child(node))) {
        cmark_node_insert_before(node, child);
    }
    cmark_node_free(node);
}

static bool is_inside_its_like(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    cmark_node *around = cmark_node_parent(node);
    while (around && !is_of_type(around, type)) {
        around = cmark_node_parent(around);
    }
    return around;
}

static bool is_nested(cmark_node *node)
{
    return is_emphasis(node) && is_inside_its_like(node);
}

/* Delimiters of one emphasis right behind those of another would be read as one run. */
static void part_from_previous(cmark_node *emphasis)
{
    cmark_node *before = cmark_node_previous(emphasis);
    if (is_of_type(before, cmark_node_get_type(emphasis))) {
        cp_node_move_children(before, emphasis);
        cmark_node_free(emphasis);
    } else if (is_emphasis(before)) {
        unwrap(is_of_type(emphasis, CMARK_NODE_EMPH) ? emphasis : before);
    }
}

/* ---- code ---------------------------------------------------------------------------------- */

static bool is_code(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_CODE);
}

/* The same for the backticks of code. */
static void join_previous_code(cmark_node *code)
{
    cmark_node *before = cmark_node_previous(code);
    if (!is_code(before)) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, cmark_node_get_literal(before));
    cp_buf_puts(&text, cmark_node_get_literal(code));
    cp_node_set_literal(before, cp_buf_str(&text));
    cmark_node_free(code);
    cp_buf_release(&text);
}

/* ---- breaks -------------------------------------------------------------------------------- */

static bool is_break(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_LINEBREAK) || is_of_type(node, CMARK_NODE_SOFTBREAK);
}

static bool is_blank_text(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_TEXT) &&
           cp_str_trim(cp_str_of(cmark_node_get_literal(node))).len == 0;
}

static void hoist_breaks(cmark_node *emphasis)
{
    cmark_node *edge;
    while (is_break(edge = cmark_node_first_child(emphasis))) {
        cmark_node_insert_before(emphasis, edge);
    }
    while (is_break(edge = cmark_node_last_child(emphasis))) {
        cmark_node_insert_after(emphasis, edge);
    }
    if (!cmark_node_first_child(emphasis)) {
        cmark_node_free(emphasis);
    }
}

/* Blanks and soft breaks say nothing beside a hard break, nor does another one behind it, nor any
 * at the start of a block. */
static void drop_beside_break(cmark_node *node)
{
    cmark_node *before = cmark_node_previous(node);
    bool is_soft = is_of_type(node, CMARK_NODE_SOFTBREAK);
    bool is_first = !before && (is_of_type(cmark_node_parent(node), CMARK_NODE_PARAGRAPH) ||
                                is_of_type(cmark_node_parent(node), CMARK_NODE_HEADING));
    if (is_first || is_of_type(before, CMARK_NODE_LINEBREAK) ||
        (is_soft && is_of_type(cmark_node_next(node), CMARK_NODE_LINEBREAK))) {
        cmark_node_free(node);
    }
}

static bool is_break_or_blank(cmark_node *node)
{
    return is_break(node) || is_blank_text(node);
}

static void settle_each(cmark_node *root, cmark_event_type event,
                        bool (*is_wanted)(cmark_node *node), void (*settle)(cmark_node *node))
{
    struct cp_nodes nodes = {0};
    cp_nodes_pick(&nodes, root, event, is_wanted);
    for (size_t i = 0; i < nodes.count; i++) {
        settle(nodes.items[i]);
    }
    cp_list_release(&nodes);
}

void cp_inlines_settle(cmark_node *root)
{
    settle_each(root, CMARK_EVENT_EXIT, is_nested, unwrap);
    settle_each(root, CMARK_EVENT_EXIT, is_emphasis, hoist_breaks); /* inner ones first */
    settle_each(root, CMARK_EVENT_EXIT, is_emphasis, part_from_previous);
    settle_each(root, CMARK_EVENT_EXIT, is_emphasis, part_from_previous); /* of those unwrapped */
    settle_each(root, CMARK_EVENT_ENTER, is_code, join_previous_code);
    settle_each(root, CMARK_EVENT_ENTER, is_break_or_blank, drop_beside_break);
}

/* ---- lists ------------------------------------------------------------------------------------
 */

static bool is_list(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_LIST;
}

static bool is_list_of(cmark_node *node, cmark_list_type type)
{
    return node && is_list(node) && cmark_node_get_list_type(node) == type;
}

/* In a tight list nothing would separate a paragraph from the next block of its item. */
static bool has_separate_blocks(cmark_node *list)
{
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item)) {
        cmark_node *child = cmark_node_first_child(item);
        for (; child && cmark_node_next(child); child = cmark_node_next(child)) {
            if (is_list(child) || !is_list(cmark_node_next(child))) {
                return true;
            }
        }
    }
    return false;
}

static void insert_separator(cmark_node *list)
{
    cmark_node *separator = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
    cmark_node_insert_after(list, separator);
}

/* Lists of numbers take turns with their delimiter. Where cmark's writer would put a comment
 * between a list and the next block, an empty block stands instead. */
static void part_from_next(cmark_node *list)
{
    cmark_node *next = cmark_node_next(list);
    bool is_code = next && cmark_node_get_type(next) == CMARK_NODE_CODE_BLOCK;
    bool are_bullets = is_list_of(list, CMARK_BULLET_LIST) && is_list_of(next, CMARK_BULLET_LIST);
    if (!next || are_bullets || !(is_code || is_list(next))) {
        return;
    }
    if (is_list_of(list, CMARK_ORDERED_LIST) && is_list_of(next, CMARK_ORDERED_LIST)) {
        bool is_period = cmark_node_get_list_delim(list) != CMARK_PAREN_DELIM;
        cmark_node_set_list_delim(next, is_period ? CMARK_PAREN_DELIM : CMARK_PERIOD_DELIM);
    }
    insert_separator(list);
}

/* Of adjacent bullet lists every other one is starred: its user data is itself. */
static void choose_bullet(cmark_node *list)
{
    cmark_node *before = cmark_node_previous(list);
    bool takes_star = is_list_of(list, CMARK_BULLET_LIST) &&
                      is_list_of(before, CMARK_BULLET_LIST) && !cmark_node_get_user_data(before);
    cmark_node_set_user_data(list, takes_star ? list : NULL);
}

static bool is_item(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_ITEM);
}

/* The item at the end of a list, or of the list that is all it holds, and so on. */
static cmark_node *innermost_last_item(cmark_node *list)
{
    cmark_node *item = cmark_node_last_child(list);
    while (is_of_type(cmark_node_first_child(item), CMARK_NODE_LIST)) {
        item = cmark_node_last_child(cmark_node_first_child(item));
    }
    return item;
}

/* Right behind an item's mark, a list would move what follows it out of the item: that joins the
 * list's last item. */
static void join_last_item(cmark_node *list)
{
    cmark_node *item = innermost_last_item(list);
    cmark_node *next;
    while ((next = cmark_node_next(list))) {
        cmark_node_append_child(item, next);
    }
}

static cmark_node *blank_paragraph(void)
{
    cmark_node *paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node *blank = cp_node_literal(CMARK_NODE_TEXT, CP_STR("\xC2\xA0"));
    cmark_node_append_child(paragraph, blank);
    return paragraph;
}

/* Marks of nothing in a row could be read as a line across the page. */
static bool is_behind_marks(cmark_node *item)
{
    cmark_node *list = cmark_node_parent(item);
    return is_of_type(cmark_node_parent(list), CMARK_NODE_ITEM) && !cmark_node_previous(list);
}

/* cmark separates blocks by what paragraphs leave behind, so each item has one, be it empty; and
 * it leaves a blank line above tables and rules, which may not stand right behind a mark. */
static void settle_item(cmark_node *item)
{
    cmark_node *first = cmark_node_first_child(item);
    if (!first && !is_behind_marks(item)) {
        cmark_node_append_child(item, cmark_node_new(CMARK_NODE_PARAGRAPH));
    } else if (!first || is_of_type(first, CMARK_NODE_CUSTOM_BLOCK) ||
               is_of_type(first, CMARK_NODE_THEMATIC_BREAK)) {
        cmark_node_prepend_child(item, blank_paragraph());
    } else if (is_list(first)) {
        join_last_item(first);
    }
}

void cp_tree_settle(cmark_node *root)
{
    cp_inlines_settle(root);
    settle_each(root, CMARK_EVENT_EXIT, is_item, settle_item);
    struct cp_nodes lists = {0};
    cp_nodes_pick(&lists, root, CMARK_EVENT_ENTER, is_list);
    for (size_t i = 0; i < lists.count; i++) {
        if (has_separate_blocks(lists.items[i])) {
            cmark_node_set_list_tight(lists.items[i], 0);
        }
        part_from_next(lists.items[i]);
        choose_bullet(lists.items[i]);
    }
    cp_list_release(&lists);
}
