/*
 * The writers. Both settle the tree first, so that no list runs into its neighbour; the Markdown
 * one then raises the guards and gives every other one of adjacent bullet lists another mark. All
 * of that keeps the tree fit for the other writer.
 */
#include "private.h"

#include <stdlib.h>
#include <string.h>

/* ---- bullets ------------------------------------------------------------------------------- */

static bool is_starred(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_LIST && cmark_node_get_user_data(node);
}

/* cmark writes items as "  - "; what is inside them is indented further. */
static void put_starred(struct cp_buf *out, struct cp_str markdown)
{
    struct cp_str line;
    while (cp_str_line(&line, &markdown)) {
        bool is_item = cp_str_has_prefix(line, "  - ");
        cp_buf_puts(out, is_item ? "  * " : "");
        cp_buf_put(out, cp_str_slice(line, is_item ? 4 : 0, line.len));
        cp_buf_puts(out, markdown.len > 0 ? "\n" : "");
    }
}

/* A list that a block with its text stands for while Markdown is written. */
struct swap {
    cmark_node *list, *block;
};

struct swaps {
    struct swap *items;
    size_t count;
    size_t capacity;
};

static void star_lists(cmark_node *root, struct swaps *swaps)
{
    struct cp_nodes lists = {0};
    struct cp_buf text;
    cp_buf_init(&text);
    cp_nodes_pick(&lists, root, CMARK_EVENT_EXIT, is_starred); /* inner ones first */
    for (size_t i = 0; i < lists.count; i++) {
        struct swap swap = {lists.items[i], cmark_node_new(CMARK_NODE_CUSTOM_BLOCK)};
        cmark_node_replace(swap.list, swap.block);
        char *markdown = cmark_render_commonmark(swap.list, CMARK_OPT_NOBREAKS, 0);
        cp_buf_clear(&text);
        put_starred(&text, cp_str_of(markdown));
        cmark_node_set_on_enter(swap.block, text.at);
        free(markdown);
        *(struct swap *)cp_list_push(swaps, sizeof(swap)) = swap;
    }
    cp_buf_release(&text);
    cp_list_release(&lists);
}

static void unstar_lists(struct swaps *swaps)
{
    for (size_t i = swaps->count; i-- > 0;) {
        cmark_node_replace(swaps->items[i].block, swaps->items[i].list);
        cmark_node_free(swaps->items[i].block);
    }
    cp_list_release(swaps);
}

/* ---- blocks of our own --------------------------------------------------------------------- */

static void heading_markdown(struct cp_buf *out, const struct cp_heading *heading)
{
    cmark_node *line = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node_append_child(line, cp_node_literal(CMARK_NODE_TEXT, cp_buf_str(&heading->text)));
    cp_buf_repeat(out, '#', heading->level);
    cp_buf_putc(out, ' ');
    char *text = cmark_render_commonmark(line, CMARK_OPT_NOBREAKS, 0);
    cp_buf_put(out, cp_str_trim(cp_str_of(text)));
    free(text);
    cmark_node_free(line);
}

static void heading_html(struct cp_buf *out, const struct cp_heading *heading)
{
    cp_buf_printf(out, "<h%u id=\"", heading->level);
    cp_html_put(out, cp_buf_str(&heading->id));
    cp_buf_puts(out, "\">");
    cp_html_put(out, cp_buf_str(&heading->text));
    cp_buf_printf(out, "</h%u>", heading->level);
}

static void set_own_blocks(struct cp_document *document,
                           void (*write_heading)(struct cp_buf *, const struct cp_heading *),
                           void (*write_table)(struct cp_buf *, const struct cp_table *))
{
    struct cp_buf text;
    cp_buf_init(&text);
    for (size_t i = 0; i < document->headings.count; i++) {
        cp_buf_clear(&text);
        write_heading(&text, document->headings.items[i]);
        cmark_node_set_on_enter(document->headings.items[i]->node, text.at);
    }
    for (size_t i = 0; i < document->tables.count; i++) {
        cp_buf_clear(&text);
        write_table(&text, document->tables.items[i]);
        cmark_node_set_on_enter(document->tables.items[i]->node, text.at);
    }
    cp_buf_release(&text);
}

static bool is_deletion(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_CUSTOM_INLINE && cmark_node_get_user_data(node);
}

static void set_deletions(struct cp_document *document, const char *before, const char *after)
{
    struct cp_nodes nodes = {0};
    cp_nodes_pick(&nodes, document->root, CMARK_EVENT_ENTER, is_deletion);
    for (size_t i = 0; i < nodes.count; i++) {
        cmark_node_set_on_enter(nodes.items[i], before);
        cmark_node_set_on_exit(nodes.items[i], after);
    }
    cp_list_release(&nodes);
}

/* Build servers obey a line of a log that begins with two colons, and rendered documents are
 * written to logs. In Markdown only code can still begin a line so. */
static bool is_command(struct cp_str line)
{
    return cp_str_has_prefix(cp_str_trim(line), "::");
}

static void put_line(struct cp_buf *out, struct cp_str line, const char *colon)
{
    size_t at = is_command(line) ? cp_str_find(line, CP_STR("::")) : 0;
    cp_buf_put(out, cp_str_slice(line, 0, at));
    if (is_command(line)) {
        cp_buf_puts(out, colon);
        at++;
    }
    cp_buf_put(out, cp_str_slice(line, at, line.len));
    cp_buf_putc(out, '\n');
}

/* cmark indents the blank lines inside items, too; those at the end are none of ours. */
static void put_markdown(struct cp_buf *out, struct cp_str text)
{
    struct cp_str line;
    while (text.len > 0 && strchr(" \n", text.at[text.len - 1])) {
        text.len--;
    }
    while (cp_str_line(&line, &text)) {
        bool is_blank = cp_str_trim(line).len == 0;
        put_line(out, is_blank ? (struct cp_str){0} : line, "<U+003A>");
    }
}

/* Whether the words of the link at the start of `html` are its target. */
static bool is_bare_link(struct cp_str html)
{
    static const char start[] = "<a href=\"";
    struct cp_str rest = cp_str_slice(html, sizeof start - 1, html.len);
    size_t quote = cp_str_find(rest, CP_STR("\">"));
    if (!cp_str_has_prefix(html, start) || quote == SIZE_MAX) {
        return false;
    }
    struct cp_str words = cp_str_slice(rest, quote + 2, quote);
    struct cp_str after = cp_str_slice(rest, quote + 2 + quote, rest.len);
    return cp_str_is_equal(words, cp_str_slice(rest, 0, quote)) && cp_str_has_prefix(after, "</a>");
}

static void put_links(struct cp_buf *out, struct cp_str html)
{
    while (html.len > 0) {
        size_t link = cp_str_find(html, CP_STR("<a "));
        cp_buf_put(out, cp_str_slice(html, 0, link));
        html = cp_str_slice(html, link, html.len);
        if (html.len > 0) {
            cp_buf_puts(out, is_bare_link(html) ? "<a class=\"bare\"" : "<a");
            html = cp_str_slice(html, 2, html.len);
        }
    }
}

void cp_document_write_markdown(struct cp_buf *out, struct cp_document *document)
{
    struct cp_guards guards = {0};
    struct swaps swaps = {0};
    cp_tree_settle(document->root);
    set_deletions(document, "~~", "~~");
    set_own_blocks(document, heading_markdown, cp_table_write_markdown);
    cp_guards_raise(&guards, document->root);
    star_lists(document->root, &swaps);
    char *text = cmark_render_commonmark(document->root, CMARK_OPT_NOBREAKS, 0);
    put_markdown(out, cp_str_of(text));
    free(text);
    unstar_lists(&swaps);
    cp_guards_lower(&guards);
}

void cp_document_write_html(struct cp_buf *out, struct cp_document *document)
{
    cp_tree_settle(document->root);
    set_deletions(document, "<del>", "</del>");
    set_own_blocks(document, heading_html, cp_table_write_html);
    char *text = cmark_render_html(document->root, CMARK_OPT_NOBREAKS);
    struct cp_buf marked;
    cp_buf_init(&marked);
    put_links(&marked, cp_str_of(text));
    struct cp_str line, rest = cp_buf_str(&marked);
    while (cp_str_line(&line, &rest)) {
        put_line(out, line, "&#58;");
    }
    cp_buf_release(&marked);
    free(text);
}
