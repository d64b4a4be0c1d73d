/*
 * The pipe tables of a document that is read. All cells are parsed at once, each a paragraph, so
 * that no markup crosses them and the document's definitions hold in them.
 */
#include "reading.h"

#include <string.h>

static size_t quotes_of(cmark_node *node)
{
    size_t depth = 0;
    while ((node = cmark_node_parent(node))) {
        depth += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    }
    return depth;
}

/* A line of the paragraph as its rows are split; the first one begins where the paragraph does. */
static struct cp_str row_line(const struct cp_reading_walk *walk, cmark_node *paragraph,
                              size_t line)
{
    const struct cp_reading *reading = walk->reading;
    if (line == walk->first_line + (size_t)cmark_node_get_start_line(paragraph) - 1) {
        size_t column = (size_t)cmark_node_get_start_column(paragraph) - 1;
        struct cp_str text = cp_reading_line(reading, line);
        return cp_str_trim(cp_str_slice(text, column, text.len));
    }
    return cp_reading_strip(reading, line, quotes_of(paragraph));
}

static bool find_heads(struct cp_reading_table *out, const struct cp_reading_walk *walk,
                       cmark_node *paragraph)
{
    size_t first = walk->first_line + (size_t)cmark_node_get_start_line(paragraph) - 1;
    size_t last = walk->first_line + (size_t)cmark_node_get_end_line(paragraph) - 1;
    if (cmark_node_get_start_line(paragraph) < 1 || last >= walk->reading->lines.count) {
        return false;
    }
    for (size_t line = first + 1; line <= last; line++) {
        if (cp_pipe_is_rule(row_line(walk, paragraph, line), row_line(walk, paragraph, line - 1))) {
            *out = (struct cp_reading_table){paragraph, first, line - 1, last};
            return true;
        }
    }
    return false;
}

/* The next cell of a row of `columns`; what stands beyond the last one joins it. */
static bool next_cell(struct cp_str *out, struct cp_str *row, size_t *column, size_t columns)
{
    struct cp_str rest = *row;
    if (*column == columns || !cp_pipe_next_cell(out, row)) {
        return false;
    }
    if (++*column == columns && row->len > 0) {
        *out = cp_str_trim(rest);
    }
    return true;
}

/* ---- parsing ------------------------------------------------------------------------------- */

static void put_row(struct cp_buf *out, struct cp_str line, size_t columns)
{
    size_t column = 0;
    struct cp_str cell, row = cp_pipe_row(line);
    while (next_cell(&cell, &row, &column, columns)) {
        cp_buf_puts(out, CP_PIPE_MARK);
        cp_pipe_put_cell(out, cell);
        cp_buf_puts(out, "\n\n");
    }
}

/* The lines above the heads are a paragraph; indented, none of its lines begins another block. */
static void put_table(struct cp_buf *out, const struct cp_reading_walk *walk,
                      const struct cp_reading_table *table)
{
    size_t columns = cp_pipe_count(row_line(walk, table->node, table->heads));
    for (size_t line = table->first; line < table->heads; line++) {
        cp_buf_puts(out, line == table->first ? CP_PIPE_MARK : "\n     ");
        cp_buf_put(out, row_line(walk, table->node, line));
    }
    if (table->heads > table->first) {
        cp_buf_puts(out, "\n\n");
    }
    put_row(out, row_line(walk, table->node, table->heads), columns);
    for (size_t line = table->heads + 2; line <= table->last; line++) {
        put_row(out, row_line(walk, table->node, line), columns);
    }
}

static bool is_paragraph(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH;
}

void cp_reading_tables_find(struct cp_reading_walk *walk, cmark_node *root)
{
    struct cp_nodes paragraphs = {0};
    struct cp_buf parse;
    if (!memchr(walk->reading->clean.at, '|', walk->reading->clean.len)) {
        return;
    }
    cp_buf_init(&parse);
    cp_nodes_pick(&paragraphs, root, CMARK_EVENT_ENTER, is_paragraph);
    for (size_t i = 0; i < paragraphs.count; i++) {
        struct cp_reading_table table;
        if (find_heads(&table, walk, paragraphs.items[i])) {
            *(struct cp_reading_table *)cp_list_push(&walk->tables, sizeof(table)) = table;
            put_table(&parse, walk, &table);
        }
    }
    if (walk->tables.count > 0) {
        for (size_t line = walk->first_line; line < walk->reading->lines.count; line++) {
            cp_pipe_put_definition(&parse, cp_reading_line(walk->reading, line));
        }
        walk->parsed = cmark_parse_document(parse.at, parse.len, CMARK_OPT_DEFAULT);
        walk->cell = cmark_node_first_child(walk->parsed);
    }
    cp_buf_release(&parse);
    cp_list_release(&paragraphs);
}

/* ---- blocks -------------------------------------------------------------------------------- */

static size_t offset_in(const struct cp_reading *reading, struct cp_str part)
{
    return (size_t)(part.at - reading->clean.at);
}

/* Fills the open block with the next of the parsed paragraphs. */
static void fill(struct cp_reading_walk *walk, size_t from, size_t to)
{
    if (walk->cell && is_paragraph(walk->cell)) {
        cp_reading_pieces(walk, walk->cell, from, to, strlen(CP_PIPE_MARK));
        walk->cell = cmark_node_next(walk->cell);
    }
}

static void add_row(struct cp_reading_walk *walk, struct cp_str line, size_t at, unsigned number,
                    size_t columns)
{
    struct cp_reading *reading = walk->reading;
    size_t column = 0;
    struct cp_str cell, row = cp_pipe_row(line);
    cp_reading_begin(walk, CP_READING_ROW, at, at, offset_in(reading, line))->number = number;
    while (next_cell(&cell, &row, &column, columns)) {
        size_t offset = offset_in(reading, cell);
        struct cp_reading_block *block = cp_reading_begin(walk, CP_READING_CELL, at, at, offset);
        block->offset = offset;
        block->length = cell.len;
        block->number = (unsigned)column - 1;
        fill(walk, offset, offset + cell.len);
        cp_reading_end(walk);
    }
    cp_reading_end(walk);
}

bool cp_reading_table(struct cp_reading_walk *walk, cmark_node *paragraph, size_t first)
{
    if (walk->next_table == walk->tables.count ||
        walk->tables.items[walk->next_table].node != paragraph) {
        return false;
    }
    const struct cp_reading_table *table = &walk->tables.items[walk->next_table++];
    struct cp_reading *reading = walk->reading;
    struct cp_str heads = row_line(walk, paragraph, table->heads);
    size_t columns = cp_pipe_count(heads);
    if (table->heads > table->first) {
        size_t last = table->heads - 1;
        size_t start = offset_in(reading, row_line(walk, paragraph, first));
        cp_reading_begin(walk, CP_READING_PARAGRAPH, first, last, start);
        fill(walk, start, reading->lines.items[last].end);
        cp_reading_end(walk);
    }
    cp_reading_begin(walk, CP_READING_TABLE, table->heads, table->last, offset_in(reading, heads));
    add_row(walk, heads, table->heads, 0, columns);
    for (size_t line = table->heads + 2; line <= table->last; line++) {
        add_row(walk, row_line(walk, paragraph, line), line, (unsigned)(line - table->heads - 1),
                columns);
    }
    cp_reading_end(walk);
    return true;
}
