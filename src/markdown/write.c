/*
 * The writers. Both settle the tree first, so that no list runs into its neighbour; the Markdown
 * one then guards what cmark's writer would not escape, and gives every other one of adjacent
 * bullet lists another mark. All of that keeps the tree fit for the other writer.
 */
#include "private.h"

#include <stdlib.h>
#include <string.h>

/* ---- settling ------------------------------------------------------------------------------ */

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

static void settle(cmark_node *root)
{
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

/* ---- guards -------------------------------------------------------------------------------- */

static bool is_text(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_TEXT;
}

static bool is_line_start(cmark_node *text)
{
    cmark_node *before = cmark_node_previous(text);
    cmark_node_type type = before ? cmark_node_get_type(before) : CMARK_NODE_NONE;
    return type == CMARK_NODE_LINEBREAK ||
           (!before && cmark_node_get_type(cmark_node_parent(text)) == CMARK_NODE_PARAGRAPH);
}

/* Blanks at the start of a line would be dropped, or make it code. */
static void drop_leading_blanks(cmark_node *text)
{
    struct cp_str literal = cp_str_of(cmark_node_get_literal(text));
    size_t blanks = strspn(literal.at, " ");
    if (blanks > 0) {
        struct cp_buf rest;
        cp_buf_init(&rest);
        cp_buf_put(&rest, cp_str_slice(literal, blanks, literal.len));
        cp_node_set_literal(text, cp_buf_str(&rest));
        cp_buf_release(&rest);
    }
}

/* Characters that begin a fence, or a rule under a table's heads, and that cmark leaves alone. */
static void guard_first_character(cmark_node *text, struct cp_nodes *guards)
{
    const char *literal = cmark_node_get_literal(text);
    if (literal[0] == '\0' || !strchr("~|:", literal[0])) {
        return;
    }
    cmark_node *guard = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    char escaped[] = {'\\', literal[0], '\0'};
    cmark_node_set_on_enter(guard, escaped);
    cmark_node_insert_before(text, guard);
    cp_nodes_push(guards, guard);
    struct cp_buf rest;
    cp_buf_init(&rest);
    cp_buf_puts(&rest, literal + 1);
    cp_node_set_literal(text, cp_buf_str(&rest));
    cp_buf_release(&rest);
}

static void guard_texts(cmark_node *root, struct cp_nodes *guards)
{
    struct cp_nodes texts = {0};
    cp_nodes_pick(&texts, root, CMARK_EVENT_ENTER, is_text);
    for (size_t i = 0; i < texts.count; i++) {
        if (is_line_start(texts.items[i])) {
            drop_leading_blanks(texts.items[i]);
            guard_first_character(texts.items[i], guards);
        }
    }
    cp_list_release(&texts);
}

/* The guarded character goes back into the tree as text. */
static void lift_guards(struct cp_nodes *guards)
{
    for (size_t i = 0; i < guards->count; i++) {
        cmark_node *guard = guards->items[i];
        struct cp_str character = cp_str_of(cmark_node_get_on_enter(guard) + 1);
        cmark_node_replace(guard, cp_node_literal(CMARK_NODE_TEXT, character));
        cmark_node_free(guard);
    }
    cp_list_release(guards);
}

/* ---- bullets ------------------------------------------------------------------------------- */

static bool is_starred(cmark_node *node)
{
    return is_list(node) && cmark_node_get_user_data(node);
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
    struct cp_nodes guards = {0};
    struct swaps swaps = {0};
    settle(document->root);
    set_own_blocks(document, heading_markdown, cp_table_write_markdown);
    guard_texts(document->root, &guards);
    star_lists(document->root, &swaps);
    char *text = cmark_render_commonmark(document->root, CMARK_OPT_NOBREAKS, 0);
    put_markdown(out, cp_str_of(text));
    free(text);
    unstar_lists(&swaps);
    lift_guards(&guards);
}

void cp_document_write_html(struct cp_buf *out, struct cp_document *document)
{
    settle(document->root);
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
