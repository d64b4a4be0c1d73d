/*
 * Pipe tables in prose, which cmark reads as paragraphs. Their source lines are split by the rules
 * of GitHub's Markdown; all cells of a field are then parsed at once, each as a paragraph, so that
 * markup cannot cross cells and the field's link definitions hold in them.
 */
#include "private.h"

#include <string.h>

struct search {
    struct cp_document *document;
    struct cp_str source;
    CP_LIST(struct cp_str) lines; /* of the source */
    CP_LIST(cmark_node *) cells;  /* waiting for their paragraphs, in the order of `parse` */
    struct cp_buf definitions;    /* the lines `[label]: target` of the source */
    struct cp_buf parse;          /* the cells */
};

/* ---- rows ---------------------------------------------------------------------------------- */

static bool is_bar(struct cp_str row, size_t at)
{
    return row.at[at] == '|' && (at == 0 || row.at[at - 1] != '\\');
}

bool cp_pipe_next_cell(struct cp_str *out, struct cp_str *row)
{
    if (row->len == 0) {
        return false;
    }
    size_t end = 0;
    while (end < row->len && !is_bar(*row, end)) {
        end++;
    }
    *out = cp_str_trim(cp_str_slice(*row, 0, end));
    *row = cp_str_slice(*row, end + 1, row->len);
    return true;
}

static struct cp_str row_start(struct cp_str line)
{
    line = cp_str_trim(line);
    return cp_str_has_prefix(line, "|") ? cp_str_slice(line, 1, line.len) : line;
}

static struct cp_str without_end_bar(struct cp_str row)
{
    row = cp_str_trim(row);
    return row.len > 0 && is_bar(row, row.len - 1) ? cp_str_slice(row, 0, row.len - 1) : row;
}

struct cp_str cp_pipe_row(struct cp_str line)
{
    return without_end_bar(row_start(line));
}

size_t cp_pipe_count(struct cp_str line)
{
    size_t count = 0;
    struct cp_str cell, row = row_start(line);
    while (cp_pipe_next_cell(&cell, &row)) {
        count++;
    }
    return count;
}

/* The alignment a cell of the rule under the heads states; false where it is no such cell. */
static bool parse_rule_cell(enum cp_align *out, struct cp_str cell)
{
    bool is_left = cp_str_has_prefix(cell, ":");
    bool is_right = cell.len > 1 && cp_str_has_suffix(cell, ":");
    struct cp_str dashes = cp_str_slice(cell, is_left, cell.len - is_left - is_right);
    for (size_t i = 0; i < dashes.len; i++) {
        if (dashes.at[i] != '-') {
            return false;
        }
    }
    *out = is_left && is_right ? CP_ALIGN_CENTRE
           : is_left           ? CP_ALIGN_LEFT
           : is_right          ? CP_ALIGN_RIGHT
                               : CP_ALIGN_NONE;
    return dashes.len > 0;
}

static bool is_rule(struct cp_str line)
{
    enum cp_align align;
    struct cp_str cell, row = row_start(line);
    if (!memchr(line.at ? line.at : "", '|', line.len)) {
        return false;
    }
    while (cp_pipe_next_cell(&cell, &row)) {
        if (!parse_rule_cell(&align, cell)) {
            return false;
        }
    }
    return true;
}

bool cp_pipe_is_rule(struct cp_str rule, struct cp_str heads)
{
    return is_rule(rule) && cp_pipe_count(rule) == cp_pipe_count(heads);
}

/* ---- lines --------------------------------------------------------------------------------- */

void cp_pipe_put_definition(struct cp_buf *out, struct cp_str line)
{
    line = cp_str_trim(line);
    if (cp_str_has_prefix(line, "[") && cp_str_find(line, CP_STR("]:")) != SIZE_MAX) {
        cp_buf_put(out, line);
        cp_buf_putc(out, '\n');
    }
}

static void split_lines(struct search *search, struct cp_str source)
{
    struct cp_str line;
    while (cp_str_line(&line, &source)) {
        *(struct cp_str *)cp_list_push(&search->lines, sizeof(line)) = line;
        cp_pipe_put_definition(&search->definitions, line);
    }
}

static size_t quote_depth(cmark_node *node)
{
    size_t depth = 0;
    while ((node = cmark_node_parent(node))) {
        depth += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    }
    return depth;
}

/* A line of a paragraph without what its block quotes and lists put before it. */
static struct cp_str paragraph_line(const struct search *search, cmark_node *paragraph, size_t line)
{
    assert(search->lines.items && line <= search->lines.count);
    struct cp_str text = search->lines.items[line - 1];
    if (line == (size_t)cmark_node_get_start_line(paragraph)) {
        size_t column = (size_t)cmark_node_get_start_column(paragraph);
        return cp_str_trim(cp_str_slice(text, column - 1, text.len));
    }
    text = cp_str_trim(text);
    for (size_t depth = quote_depth(paragraph); depth > 0 && cp_str_has_prefix(text, ">");
         depth--) {
        text = cp_str_trim(cp_str_slice(text, 1, text.len));
    }
    return text;
}

/* Short rows are filled up with cells that nobody wrote; a table has no more of them than its field
 * has bytes. */
static bool is_too_large(const struct search *search, size_t columns, size_t rows)
{
    return rows > 0 && columns > search->source.len / rows;
}

/* The line of the rule under the heads, or 0 where the paragraph is no table. */
static size_t find_rule(const struct search *search, cmark_node *paragraph)
{
    size_t first = (size_t)cmark_node_get_start_line(paragraph);
    size_t last = (size_t)cmark_node_get_end_line(paragraph);
    if (first == 0 || last > search->lines.count) {
        return 0;
    }
    for (size_t line = first + 1; line <= last; line++) {
        struct cp_str rule = paragraph_line(search, paragraph, line);
        if (cp_pipe_is_rule(rule, paragraph_line(search, paragraph, line - 1))) {
            return is_too_large(search, cp_pipe_count(rule), last - line) ? 0 : line;
        }
    }
    return 0;
}

/* ---- tables -------------------------------------------------------------------------------- */

void cp_pipe_put_cell(struct cp_buf *out, struct cp_str cell)
{
    for (size_t i = 0; i < cell.len; i++) {
        bool is_escape = cell.at[i] == '\\' && i + 1 < cell.len && cell.at[i + 1] == '|';
        if (!is_escape) {
            cp_buf_putc(out, cell.at[i]);
        }
    }
}

static void add_cell(struct search *search, struct cp_table *table, struct cp_str cell)
{
    cmark_node *node = cp_table_push(table);
    *(cmark_node **)cp_list_push(&search->cells, sizeof(node)) = node;
    cp_buf_puts(&search->parse, CP_PIPE_MARK);
    cp_pipe_put_cell(&search->parse, cell);
    cp_buf_puts(&search->parse, "\n\n");
}

/* What stands beyond the last column joins its cell. */
static void add_row(struct search *search, struct cp_table *table, struct cp_str line)
{
    struct cp_str row = row_start(line);
    for (size_t column = 0; column < table->columns; column++) {
        struct cp_str cell = {0};
        struct cp_str rest = row;
        bool is_last = column + 1 == table->columns;
        if (cp_pipe_next_cell(&cell, &row) && is_last && row.len > 0) {
            cell = without_end_bar(rest);
        }
        add_cell(search, table, cell);
    }
}

static void read_aligns(struct cp_table *table, struct cp_str line)
{
    struct cp_str cell, row = row_start(line);
    for (size_t column = 0; cp_pipe_next_cell(&cell, &row); column++) {
        parse_rule_cell(&table->aligns[column], cell);
    }
}

/* Lines above the heads are a paragraph before the table. */
static void add_lines_before(struct search *search, cmark_node *paragraph, size_t heads)
{
    struct cp_buf text;
    cp_buf_init(&text);
    size_t first = (size_t)cmark_node_get_start_line(paragraph);
    for (size_t line = first; line < heads; line++) {
        cp_buf_put(&text, paragraph_line(search, paragraph, line));
        cp_buf_putc(&text, '\n');
    }
    cp_buf_putc(&text, '\n');
    cp_buf_put(&text, cp_buf_str(&search->definitions));
    cmark_node *parsed = cp_markdown_parse(cp_buf_str(&text));
    cmark_node *child;
    while ((child = cmark_node_first_child(parsed))) {
        cmark_node_insert_before(paragraph, child);
    }
    cmark_node_free(parsed);
    cp_buf_release(&text);
}

static void make_table(struct search *search, cmark_node *paragraph, size_t rule)
{
    struct cp_str rule_line = paragraph_line(search, paragraph, rule);
    struct cp_table *table = cp_table_new(search->document, cp_pipe_count(rule_line));
    read_aligns(table, rule_line);
    add_row(search, table, paragraph_line(search, paragraph, rule - 1));
    size_t last = (size_t)cmark_node_get_end_line(paragraph);
    for (size_t line = rule + 1; line <= last; line++) {
        add_row(search, table, paragraph_line(search, paragraph, line));
    }
    if (rule - 1 > (size_t)cmark_node_get_start_line(paragraph)) {
        add_lines_before(search, paragraph, rule - 1);
    }
    cmark_node_replace(paragraph, table->node);
    cmark_node_free(paragraph);
}

/* ---- cells --------------------------------------------------------------------------------- */

/* An empty cell has lost the blank of its mark. */
static void take_mark_off(cmark_node *paragraph)
{
    cmark_node *text = cmark_node_first_child(paragraph);
    struct cp_buf rest;
    cp_buf_init(&rest);
    cp_buf_put(&rest, cp_str_slice(cp_str_of(cmark_node_get_literal(text)), strlen(CP_PIPE_MARK),
                                   SIZE_MAX));
    if (rest.len > 0) {
        cp_node_set_literal(text, cp_buf_str(&rest));
    } else {
        cmark_node_free(text);
    }
    cp_buf_release(&rest);
}

static void fill_cells(struct search *search)
{
    cp_buf_put(&search->parse, cp_buf_str(&search->definitions));
    cmark_node *parsed =
        cmark_parse_document(search->parse.at, search->parse.len, CMARK_OPT_DEFAULT);
    for (size_t i = 0; i < search->cells.count; i++) {
        cmark_node *paragraph = cmark_node_first_child(parsed);
        assert(cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH);
        take_mark_off(paragraph);
        cp_parsed_clean(paragraph);
        cp_node_move_children(search->cells.items[i], paragraph);
        cmark_node_free(paragraph);
    }
    cmark_node_free(parsed);
}

static bool is_paragraph(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH;
}

void cp_pipe_tables_find(struct cp_document *document, cmark_node *root, struct cp_str source)
{
    struct search search = {.document = document, .source = source};
    struct cp_nodes paragraphs = {0};
    if (cp_str_find(source, CP_STR("|")) == SIZE_MAX) {
        return;
    }
    split_lines(&search, source);
    cp_nodes_pick(&paragraphs, root, CMARK_EVENT_ENTER, is_paragraph);
    for (size_t i = 0; i < paragraphs.count; i++) {
        size_t rule = find_rule(&search, paragraphs.items[i]);
        if (rule) {
            make_table(&search, paragraphs.items[i], rule);
        }
    }
    if (search.cells.count > 0) {
        fill_cells(&search);
    }
    cp_list_release(&paragraphs);
    cp_list_release(&search.lines);
    cp_list_release(&search.cells);
    cp_buf_release(&search.definitions);
    cp_buf_release(&search.parse);
}
