/*
 * A prose field on its way into a document: bounded, made printable, parsed, its tables found, its
 * headings moved to where it stands; as blocks, or as pieces of one paragraph.
 */
#include "private.h"

#include <string.h>

enum { DEEPEST_HEADING = 6 };

/* ---- bounds -------------------------------------------------------------------------------- */

size_t cp_markdown_mark(struct cp_str line)
{
    size_t digits = 0;
    if (line.len > 0 && line.at[0] == '>') {
        return 1;
    }
    while (digits < line.len && digits < 9 && line.at[digits] >= '0' && line.at[digits] <= '9') {
        digits++;
    }
    const char *marks = digits ? ".)" : "-+*";
    if (digits >= line.len || !strchr(marks, line.at[digits])) {
        return 0;
    }
    bool is_ended =
        digits + 1 == line.len || line.at[digits + 1] == ' ' || line.at[digits + 1] == '\t';
    return is_ended ? digits + 1 : 0;
}

size_t cp_markdown_depth(struct cp_str line)
{
    size_t depth = 0;
    size_t length;
    while ((length = cp_markdown_mark(line = cp_str_trim(line))) > 0) {
        line = cp_str_slice(line, length, line.len);
        depth++;
    }
    return depth;
}

static size_t count_brackets(struct cp_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += text.at[i] == '[';
    }
    return count;
}

/* What the packaged cmark is slow on is not given to it. */
static bool is_within_bounds(struct cp_str text)
{
    struct cp_str line;
    if (text.len > CP_PROSE_BYTES || count_brackets(text) > CP_PROSE_BRACKETS) {
        return false;
    }
    while (cp_str_line(&line, &text)) {
        if (cp_markdown_depth(line) > CP_PROSE_NESTING) {
            return false;
        }
    }
    return true;
}

/* ---- parsing ------------------------------------------------------------------------------- */

/* Paragraphs of the lines as they are. */
static cmark_node *plain_text(struct cp_str text)
{
    cmark_node *root = cmark_node_new(CMARK_NODE_DOCUMENT);
    cmark_node *paragraph = NULL;
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        line = cp_str_trim(line);
        if (line.len == 0) {
            paragraph = NULL;
            continue;
        }
        if (paragraph) {
            cmark_node_append_child(paragraph, cmark_node_new(CMARK_NODE_LINEBREAK));
        } else {
            paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
            cmark_node_append_child(root, paragraph);
        }
        cmark_node_append_child(paragraph, cp_node_literal(CMARK_NODE_TEXT, line));
    }
    return root;
}

/* The field as a tree of its own; its tables belong to `document`. */
static cmark_node *parse_field(struct cp_document *document, struct cp_str text)
{
    struct cp_buf clean;
    cp_buf_init(&clean);
    cp_text_put_lines(&clean, text);
    cmark_node *root;
    if (is_within_bounds(cp_buf_str(&clean))) {
        root = cp_markdown_parse(cp_buf_str(&clean));
        cp_pipe_tables_find(document, root, cp_buf_str(&clean));
    } else {
        root = plain_text(cp_buf_str(&clean));
    }
    cp_buf_release(&clean);
    return root;
}

/* ---- blocks -------------------------------------------------------------------------------- */

static bool is_heading(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_HEADING;
}

/* The field's highest headings get `base_level`. */
static void move_headings(cmark_node *root, int base_level)
{
    struct cp_nodes headings = {0};
    int highest = DEEPEST_HEADING;
    cp_nodes_pick(&headings, root, CMARK_EVENT_ENTER, is_heading);
    for (size_t i = 0; i < headings.count; i++) {
        int level = cmark_node_get_heading_level(headings.items[i]);
        highest = level < highest ? level : highest;
    }
    for (size_t i = 0; i < headings.count; i++) {
        int level = cmark_node_get_heading_level(headings.items[i]) - highest + base_level;
        cmark_node_set_heading_level(headings.items[i],
                                     level < DEEPEST_HEADING ? level : DEEPEST_HEADING);
    }
    cp_list_release(&headings);
}

void cp_document_prose(struct cp_document *document, struct cp_str text, unsigned base_level)
{
    cmark_node *root = parse_field(document, text);
    move_headings(root, (int)base_level);
    if (cmark_node_get_type(document->at) == CMARK_NODE_ITEM) {
        cmark_node_set_list_tight(cmark_node_parent(document->at),
                                  0); /* its paragraphs stay apart */
    }
    cp_node_move_children(document->at, root);
    cmark_node_free(root);
}

bool cp_prose_is_inline(struct cp_str text)
{
    struct cp_document *document = cp_document_new();
    cp_document_prose(document, text, 1);
    cmark_node *first = cmark_node_first_child(document->root);
    bool is_inline =
        !first || (cmark_node_get_type(first) == CMARK_NODE_PARAGRAPH && !cmark_node_next(first));
    cp_document_free(document);
    return is_inline;
}

/* ---- pieces -------------------------------------------------------------------------------- */

static void add_break(struct cp_document *document)
{
    if (cmark_node_last_child(cp_document_inlines(document))) {
        cp_document_break(document);
    }
}

static void add_code_lines(struct cp_document *document, cmark_node *code)
{
    struct cp_str line, rest = cp_str_of(cmark_node_get_literal(code));
    for (bool is_first = true; cp_str_line(&line, &rest); is_first = false) {
        if (!is_first) {
            cp_document_break(document);
        }
        cp_document_code(document, line);
    }
}

static void add_children(struct cp_document *document, cmark_node *block)
{
    cp_node_move_children(cp_document_inlines(document), block);
}

static void add_row(struct cp_document *document, const struct cp_table *table, size_t row)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (i > 0) {
            cp_document_text(document, CP_STR(" | "));
        }
        add_children(document, table->cells.items[row * table->columns + i]);
    }
}

static void add_table(struct cp_document *document, const struct cp_document *from,
                      cmark_node *node)
{
    for (size_t i = 0; i < from->tables.count; i++) {
        const struct cp_table *table = from->tables.items[i];
        size_t rows = table->cells.count / table->columns;
        for (size_t row = 0; row < rows && table->node == node; row++) {
            if (row > 0) {
                cp_document_break(document);
            }
            add_row(document, table, row);
        }
    }
}

/* The mark of a list's item stands before its first paragraph. */
static void add_item_mark(struct cp_document *document, cmark_node *block)
{
    cmark_node *item = cmark_node_parent(block);
    if (cmark_node_get_type(item) != CMARK_NODE_ITEM || cmark_node_previous(block)) {
        return;
    }
    cmark_node *list = cmark_node_parent(item);
    int number = cmark_node_get_list_start(list);
    while ((item = cmark_node_previous(item))) {
        number++;
    }
    struct cp_buf mark;
    cp_buf_init(&mark);
    if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST) {
        cp_buf_printf(&mark, "%d. ", number);
    } else {
        cp_buf_puts(&mark, "- ");
    }
    cp_document_text(document, cp_buf_str(&mark));
    cp_buf_release(&mark);
}

static bool is_leaf_block(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING ||
           type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_CUSTOM_BLOCK;
}

static void add_block(struct cp_document *document, const struct cp_document *from,
                      cmark_node *block)
{
    add_break(document);
    add_item_mark(document, block);
    switch (cmark_node_get_type(block)) {
    case CMARK_NODE_CODE_BLOCK:
        add_code_lines(document, block);
        break;
    case CMARK_NODE_CUSTOM_BLOCK:
        add_table(document, from, block);
        break;
    default:
        add_children(document, block);
    }
}

void cp_document_prose_inline(struct cp_document *document, struct cp_str text)
{
    struct cp_document *from = cp_document_new();
    struct cp_nodes blocks = {0};
    cp_document_prose(from, text, 1);
    cp_nodes_pick(&blocks, from->root, CMARK_EVENT_ENTER, is_leaf_block);
    bool is_one = blocks.count == 1 && cmark_node_parent(blocks.items[0]) == from->root;
    for (size_t i = 0; i < blocks.count; i++) {
        if (is_one && cmark_node_get_type(blocks.items[i]) == CMARK_NODE_PARAGRAPH) {
            add_children(document, blocks.items[i]); /* it goes on where the pieces before it end */
        } else {
            add_block(document, from, blocks.items[i]);
        }
    }
    cp_list_release(&blocks);
    cp_document_free(from);
}
