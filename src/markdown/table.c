/*
 * Tables: their cells, and what they look like in each target. cmark emits this text as it stands,
 * even in safe mode, so every byte of it is escaped here or rendered by cmark's own writers.
 */
#include "private.h"

#include <stdlib.h>
#include <string.h>

struct cp_table *cp_table_new(struct cp_document *document, size_t columns)
{
    struct cp_table *table = cp_alloc(sizeof(*table));
    *table = (struct cp_table){.node = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK),
                               .columns = columns,
                               .aligns = cp_alloc(columns * sizeof(enum cp_align))};
    for (size_t i = 0; i < columns; i++) {
        table->aligns[i] = CP_ALIGN_NONE;
    }
    *(struct cp_table **)cp_list_push(&document->tables, sizeof(table)) = table;
    return table;
}

void cp_table_free(struct cp_table *table)
{
    for (size_t i = 0; i < table->cells.count; i++) {
        cmark_node_free(table->cells.items[i]);
    }
    cp_list_release(&table->cells);
    free(table->aligns);
    free(table);
}

cmark_node *cp_table_push(struct cp_table *table)
{
    cmark_node *cell = cmark_node_new(CMARK_NODE_PARAGRAPH);
    *(cmark_node **)cp_list_push(&table->cells, sizeof(cell)) = cell;
    return cell;
}

/* ---- empty columns ------------------------------------------------------------------------- */

static bool is_empty_column(const struct cp_table *table, size_t column)
{
    for (size_t i = table->columns + column; i < table->cells.count; i += table->columns) {
        if (cmark_node_first_child(table->cells.items[i])) {
            return false;
        }
    }
    return true;
}

static void drop_column(struct cp_table *table, size_t column)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->cells.count; i++) {
        if (i % table->columns == column) {
            cmark_node_free(table->cells.items[i]);
        } else {
            table->cells.items[kept++] = table->cells.items[i];
        }
    }
    table->cells.count = kept;
    table->columns--;
}

bool cp_table_prune(struct cp_table *table)
{
    for (size_t column = table->columns; column-- > 0;) {
        if (is_empty_column(table, column)) {
            drop_column(table, column);
        }
    }
    return table->columns > 0;
}

/* ---- Markdown ------------------------------------------------------------------------------ */

/* On one line, and with no bar that would end the cell. */
static void put_cell_bytes(struct cp_buf *out, const char *text)
{
    for (const char *at = text; *at; at++) {
        if (*at == '|') {
            cp_buf_puts(out, "\\|");
        } else if (*at == '\n') {
            cp_buf_puts(out, "<br>");
        } else if (at[0] == ' ' && at[1] == ' ' && at[2] == '\n') {
            at++; /* the writer's mark of a hard break */
        } else {
            cp_buf_putc(out, *at);
        }
    }
}

void cp_cell_write_markdown(struct cp_buf *out, cmark_node *cell)
{
    struct cp_guards guards = {0};
    cp_inlines_settle(cell);
    cp_guards_raise(&guards, cell);
    char *text = cmark_render_commonmark(cell, CMARK_OPT_NOBREAKS, 0);
    cp_guards_lower(&guards);
    size_t end = strlen(text);
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == ' ')) {
        text[--end] = '\0';
    }
    put_cell_bytes(out, text);
    free(text);
}

static void put_rule(struct cp_buf *out, enum cp_align align, size_t width)
{
    bool is_left = align == CP_ALIGN_LEFT || align == CP_ALIGN_CENTRE;
    bool is_right = align == CP_ALIGN_RIGHT || align == CP_ALIGN_CENTRE;
    cp_buf_putc(out, is_left ? ':' : '-');
    cp_buf_repeat(out, '-', width < 3 ? 1 : width - 2);
    cp_buf_putc(out, is_right ? ':' : '-');
}

/* The rule under the heads is as wide as they are. */
static void put_heads(struct cp_buf *out, const struct cp_table *table)
{
    struct cp_buf rules;
    cp_buf_init(&rules);
    for (size_t i = 0; i < table->columns; i++) {
        cp_buf_puts(out, i ? " | " : "| ");
        size_t start = out->len;
        cp_cell_write_markdown(out, table->cells.items[i]);
        struct cp_str head = cp_str_slice(cp_buf_str(out), start, out->len);
        cp_buf_puts(&rules, i ? " | " : "| ");
        put_rule(&rules, table->aligns[i], cp_text_width(head));
    }
    cp_buf_puts(out, " |\n");
    cp_buf_put(out, cp_buf_str(&rules));
    cp_buf_puts(out, " |");
    cp_buf_release(&rules);
}

void cp_table_write_markdown(struct cp_buf *out, const struct cp_table *table)
{
    if (!table->is_headless) {
        put_heads(out, table);
    }
    for (size_t i = table->columns; i < table->cells.count; i++) {
        bool is_first = table->is_headless && i == table->columns;
        cp_buf_puts(out, i % table->columns ? " | " : is_first ? "| " : "\n| ");
        cp_cell_write_markdown(out, table->cells.items[i]);
        cp_buf_puts(out, i % table->columns == table->columns - 1 ? " |" : "");
    }
}

/* ---- HTML ---------------------------------------------------------------------------------- */

static const char *const align_styles[] = {
    [CP_ALIGN_NONE] = "",
    [CP_ALIGN_LEFT] = " style=\"text-align: left\"",
    [CP_ALIGN_CENTRE] = " style=\"text-align: center\"",
    [CP_ALIGN_RIGHT] = " style=\"text-align: right\"",
};

/* cmark wraps the cell in a paragraph, which is taken off again. */
static void put_cell_html(struct cp_buf *out, cmark_node *cell)
{
    char *html = cmark_render_html(cell, CMARK_OPT_NOBREAKS);
    struct cp_str text = cp_str_trim(cp_str_of(html));
    if (cp_str_has_prefix(text, "<p>") && cp_str_has_suffix(text, "</p>")) {
        text = cp_str_slice(text, 3, text.len - 7);
    }
    cp_buf_put(out, text);
    free(html);
}

static void put_row_html(struct cp_buf *out, const struct cp_table *table, size_t row)
{
    const char *tag = row == 0 ? "th" : "td";
    cp_buf_puts(out, "<tr>");
    for (size_t i = 0; i < table->columns; i++) {
        cp_buf_printf(out, "<%s%s%s>", tag, row == 0 ? " scope=\"col\"" : "",
                      align_styles[table->aligns[i]]);
        put_cell_html(out, table->cells.items[row * table->columns + i]);
        cp_buf_printf(out, "</%s>", tag);
    }
    cp_buf_puts(out, "</tr>\n");
}

void cp_table_write_html(struct cp_buf *out, const struct cp_table *table)
{
    cp_buf_puts(out, "<div class=\"table\">\n<table>\n");
    if (!table->is_headless) {
        cp_buf_puts(out, "<thead>\n");
        put_row_html(out, table, 0);
        cp_buf_puts(out, "</thead>\n");
    }
    cp_buf_puts(out, "<tbody>\n");
    for (size_t row = 1; row * table->columns < table->cells.count; row++) {
        put_row_html(out, table, row);
    }
    cp_buf_puts(out, "</tbody>\n</table>\n</div>");
}
