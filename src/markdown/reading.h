/*
 * What the files that read a document share: the reading behind its opaque name, and the steps
 * that fill it. Nothing here leaves the layer.
 */
#ifndef CONTPLAN_MARKDOWN_READING_H
#define CONTPLAN_MARKDOWN_READING_H

#include "private.h"

/* A line of the document: its bytes are [start, end), its line end lies behind them. */
struct cp_reading_line {
    size_t start, end;
};

/* From byte `text_at` of a block's text on, the bytes stand at `offset` and behind it. */
struct cp_reading_run {
    uint32_t text_at;
    size_t offset;
};

/* What a block keeps for itself: its first byte that is no indentation and no mark of what it
 * stands in, and the way from its text to the document. */
struct cp_reading_spot {
    size_t start;
    uint32_t first_run, run_count;
};

/* A paragraph that is a pipe table: `heads` is the line of its heads. */
struct cp_reading_table {
    cmark_node *node;
    size_t first, heads, last; /* lines */
};

struct cp_reading {
    struct cp_str source;
    struct cp_str clean; /* the same bytes, NUL replaced; of the same length */
    struct cp_arena arena;
    struct cp_map anchors;        /* -> their struct slug */
    CP_LIST(struct cp_str) names; /* of the anchors */
    CP_LIST(struct cp_reading_line) lines;
    CP_LIST(struct cp_reading_block) blocks;
    CP_LIST(struct cp_reading_spot) spots; /* one a block */
    CP_LIST(struct cp_reading_piece) pieces;
    CP_LIST(struct cp_reading_run) runs;
};

/* While a document is read. */
struct cp_reading_walk {
    struct cp_reading *reading;
    size_t first_line; /* of what cmark was given */
    size_t next_line;  /* the first one that no block has taken yet */
    uint32_t block;    /* the open one, or CP_READING_NONE */
    CP_LIST(struct cp_reading_table) tables;
    size_t next_table;
    cmark_node *parsed; /* the paragraphs of all tables' cells, in order */
    cmark_node *cell;   /* the next of them */
};

/* ---- lines (reading_line.c) ---------------------------------------------------------------- */

void cp_reading_split(struct cp_reading *reading, size_t from);
struct cp_str cp_reading_line(const struct cp_reading *reading, size_t line);
/* A line without the marks of lists and quotes, as far as a paragraph's continuation has them:
 * `quotes` marks of quotes at most. */
struct cp_str cp_reading_strip(const struct cp_reading *reading, size_t line, size_t quotes);
/* Whether nothing is in the text that the packaged cmark is slow on. */
bool cp_reading_is_bounded(const struct cp_reading *reading, size_t from);
/* Bytes of front matter at the start of the document, its line end included; 0 where it has none.
 */
size_t cp_reading_front_matter(struct cp_str source);
/* Lines that a link's definition at line `first` takes; 0 where none stands there. */
size_t cp_reading_definition(const struct cp_reading *reading, size_t first, size_t last,
                             size_t quotes);

/* ---- blocks (reading.c) -------------------------------------------------------------------- */

/* Opens a block over whole lines, below the open one, and returns it; it is borrowed until the
 * next is opened. */
struct cp_reading_block *cp_reading_begin(struct cp_reading_walk *walk, enum cp_reading_kind kind,
                                          size_t first, size_t last, size_t start);
void cp_reading_end(struct cp_reading_walk *walk);
void cp_reading_push_run(struct cp_reading *reading, size_t text_at, size_t offset);

/* ---- pieces (reading_piece.c) -------------------------------------------------------------- */

/* Fills the open block from the inlines below `node`, whose bytes stand in [from, to). `skip` bytes
 * of their first text are not of the document. */
void cp_reading_pieces(struct cp_reading_walk *walk, cmark_node *node, size_t from, size_t to,
                       size_t skip);

/* ---- tables (reading_table.c) -------------------------------------------------------------- */

/* Finds the tables below `root` and parses their cells. */
void cp_reading_tables_find(struct cp_reading_walk *walk, cmark_node *root);
/* Whether `paragraph` is the next table; then it has been opened, filled and ended. */
bool cp_reading_table(struct cp_reading_walk *walk, cmark_node *paragraph, size_t first);

/* ---- anchors (reading_anchor.c) ------------------------------------------------------------ */

/* Gives a heading its slug, and keeps it. */
void cp_reading_slug(struct cp_reading *reading, struct cp_reading_block *heading);
/* Keeps the ids and names of a piece of HTML, and the slugs of its headings. */
void cp_reading_html_anchors(struct cp_reading *reading, struct cp_str html);

#endif
