/*
 * What the files of this layer share: the document behind its opaque name, its tables, and the
 * cleaning of text and targets. Nothing here leaves the layer.
 */
#ifndef CONTPLAN_MARKDOWN_PRIVATE_H
#define CONTPLAN_MARKDOWN_PRIVATE_H

#include <contplan/markdown.h>

#include <cmark.h>

/* cmark has no tables and gives headings no anchor. Both are CUSTOM_BLOCK nodes, whose text the
 * writers set anew for their target before they render the tree; as they do with deletions,
 * CUSTOM_INLINE nodes that have themselves as user data. */
struct cp_heading {
    cmark_node *node;
    unsigned level;
    struct cp_buf id, text;
    unsigned copies; /* headings whose ids were made from this one's */
};

enum cp_align { CP_ALIGN_NONE, CP_ALIGN_LEFT, CP_ALIGN_CENTRE, CP_ALIGN_RIGHT };

/* Cells row by row, the heads first; each a paragraph outside the tree. */
struct cp_table {
    cmark_node *node;
    size_t columns;
    bool is_part;          /* of one that stands in several documents */
    bool is_headless;      /* the heads, which are empty, stand in another one */
    enum cp_align *aligns; /* one a column */
    CP_LIST(cmark_node *) cells;
};

struct cp_document {
    cmark_node *root;
    cmark_node *at;         /* the open block, or the paragraph of the open cell */
    cmark_node *outside;    /* the open block around the open table, or NULL */
    struct cp_table *table; /* the open one, or NULL */
    CP_LIST(struct cp_heading *) headings;
    struct cp_map ids; /* -> struct cp_heading */
    CP_LIST(struct cp_table *) tables;
};

/* Nodes picked from a tree before it is changed. */
struct cp_nodes {
    cmark_node **items;
    size_t count;
    size_t capacity;
};

void cp_nodes_push(struct cp_nodes *nodes, cmark_node *node);
/* The nodes below `root` (and itself) for which `is_wanted`, on `event`, in that order. */
void cp_nodes_pick(struct cp_nodes *nodes, cmark_node *root, cmark_event_type event,
                   bool (*is_wanted)(cmark_node *node));

/* A node with `text` as its literal. */
cmark_node *cp_node_literal(cmark_node_type type, struct cp_str text);
void cp_node_set_literal(cmark_node *node, struct cp_str text);
/* Moves all children of `from` behind those of `to`. */
void cp_node_move_children(cmark_node *to, cmark_node *from);
/* Puts the words below a node: literals, breaks as blanks. */
void cp_node_words(struct cp_buf *out, cmark_node *node);

/* Puts `text` printable and on one line: line ends and tabs are blanks. */
void cp_text_put_line(struct cp_buf *out, struct cp_str text);
/* The same for text that stands beside other text: a blank at either end stays. */
void cp_text_put_piece(struct cp_buf *out, struct cp_str text);
/* Puts `text` printable; line ends (as LF) and tabs stay. */
void cp_text_put_lines(struct cp_buf *out, struct cp_str text);
/* Puts a link target with everything percent-encoded that is unprintable or that a writer could
 * take for markup; false where it must not become a link. */
bool cp_url_put(struct cp_buf *out, struct cp_str url);

/* Where pieces go: the open paragraph or cell, or the item's last paragraph (made if needed). */
cmark_node *cp_document_inlines(struct cp_document *document);

/* A character of a text that stands in the tree as markup while Markdown is written. */
struct cp_guard {
    cmark_node *node;
    char text[5];
};
struct cp_guards {
    struct cp_guard *items;
    size_t count;
    size_t capacity;
};
/* Guards what cmark's Markdown writer gets wrong below `root` (and itself), and puts the characters
 * back. */
void cp_guards_raise(struct cp_guards *guards, cmark_node *root);
void cp_guards_lower(struct cp_guards *guards);
/* Brings emphasis and breaks below `root` into the form that Markdown can say. */
void cp_inlines_settle(cmark_node *root);
/* The same for a whole tree, lists included. Starred lists have themselves as user data. */
void cp_tree_settle(cmark_node *root);

struct cp_table *cp_table_new(struct cp_document *document, size_t columns);
void cp_table_free(struct cp_table *table);
/* A new empty cell at the end. */
cmark_node *cp_table_push(struct cp_table *table);
/* Removes the columns whose cells are empty but for the head; false where no cell is left. */
bool cp_table_prune(struct cp_table *table);
void cp_table_write_markdown(struct cp_buf *out, const struct cp_table *table);
void cp_table_write_html(struct cp_buf *out, const struct cp_table *table);
/* Renders a paragraph outside the tree as one line. */
void cp_cell_write_markdown(struct cp_buf *out, cmark_node *cell);

/* Bytes of the mark of a list or quote at the start of `line`, 0 where there is none. */
size_t cp_markdown_mark(struct cp_str line);
/* Block quotes and lists that one line opens. */
size_t cp_markdown_depth(struct cp_str line);

/* Stands before each cell while cells are parsed, so that none can begin another kind of block. */
#define CP_PIPE_MARK "x "
/* The next cell of `*row`, moving `*row` behind its bar; false at the end of the row. */
bool cp_pipe_next_cell(struct cp_str *out, struct cp_str *row);
/* A line without the bars at its ends. */
struct cp_str cp_pipe_row(struct cp_str line);
/* Whether `rule` is the rule under the `heads` of a table; it has as many cells. */
bool cp_pipe_is_rule(struct cp_str rule, struct cp_str heads);
size_t cp_pipe_count(struct cp_str line);
/* Puts a cell as it is parsed: `\|` is a bar inside it. */
void cp_pipe_put_cell(struct cp_buf *out, struct cp_str cell);
/* Puts the line if it may define a link's target. */
void cp_pipe_put_definition(struct cp_buf *out, struct cp_str line);

/* Turns the paragraphs below `root`, parsed from `source`, that are pipe tables into tables of the
 * document. */
void cp_pipe_tables_find(struct cp_document *document, cmark_node *root, struct cp_str source);
/* Makes a parsed tree fit to be written: HTML, targets and unprintable characters. */
void cp_parsed_clean(cmark_node *root);
/* Parses without looking at tables, and cleans. The result is the caller's. */
cmark_node *cp_markdown_parse(struct cp_str source);

#endif
