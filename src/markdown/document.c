/*
 * Building a document: blocks that open and close, pieces of text inside them, headings. Prose
 * fields come in prose.c, tables' insides in table.c, targets in write.c.
 */
#include "private.h"

#include <assert.h>
#include <stdlib.h>

static cmark_node *new_node(cmark_node_type type)
{
    return cmark_node_new(type);
}

struct cp_document *cp_document_new(void)
{
    struct cp_document *document = cp_alloc(sizeof(*document));
    *document = (struct cp_document){.root = new_node(CMARK_NODE_DOCUMENT)};
    document->at = document->root;
    return document;
}

void cp_document_free(struct cp_document *document)
{
    if (!document) {
        return;
    }
    for (size_t i = 0; i < document->headings.count; i++) {
        cp_buf_release(&document->headings.items[i]->id);
        cp_buf_release(&document->headings.items[i]->text);
        free(document->headings.items[i]);
    }
    for (size_t i = 0; i < document->tables.count; i++) {
        cp_table_free(document->tables.items[i]);
    }
    cp_map_release(&document->ids);
    cp_list_release(&document->headings);
    cp_list_release(&document->tables);
    cmark_node_free(document->root);
    free(document);
}

/* ---- blocks -------------------------------------------------------------------------------- */

static const cmark_node_type block_types[] = {
    [CP_BLOCK_PARAGRAPH] = CMARK_NODE_PARAGRAPH, [CP_BLOCK_QUOTE] = CMARK_NODE_BLOCK_QUOTE,
    [CP_BLOCK_BULLETS] = CMARK_NODE_LIST,        [CP_BLOCK_NUMBERS] = CMARK_NODE_LIST,
    [CP_BLOCK_ITEM] = CMARK_NODE_ITEM,
};

void cp_document_begin(struct cp_document *document, enum cp_block block)
{
    assert(!document->table);
    cmark_node *node = new_node(block_types[block]);
    if (block == CP_BLOCK_BULLETS || block == CP_BLOCK_NUMBERS) {
        bool is_numbered = block == CP_BLOCK_NUMBERS;
        cmark_node_set_list_type(node, is_numbered ? CMARK_ORDERED_LIST : CMARK_BULLET_LIST);
        cmark_node_set_list_tight(node, 1);
        cmark_node_set_list_start(node, is_numbered ? 1 : 0);
    }
    int is_added = cmark_node_append_child(document->at, node);
    assert(is_added); /* such a block may not stand here */
    (void)is_added;
    document->at = node;
}

void cp_document_end(struct cp_document *document)
{
    cmark_node *node = document->at;
    assert(!document->table && node != document->root);
    document->at = cmark_node_parent(node);
    if (!cmark_node_first_child(node)) {
        cmark_node_free(node);
    }
}

void cp_document_code_block(struct cp_document *document, struct cp_str language,
                            struct cp_str text)
{
    struct cp_buf clean;
    cp_buf_init(&clean);
    cp_text_put_line(&clean, language);
    cmark_node *node = new_node(CMARK_NODE_CODE_BLOCK);
    cmark_node_set_fence_info(node, clean.len ? clean.at : "");
    cp_buf_clear(&clean);
    cp_text_put_lines(&clean, text);
    cp_node_set_literal(node, cp_buf_str(&clean));
    cmark_node_append_child(document->at, node);
    cp_buf_release(&clean);
}

void cp_document_rule(struct cp_document *document)
{
    cmark_node_append_child(document->at, new_node(CMARK_NODE_THEMATIC_BREAK));
}

/* ---- headings ------------------------------------------------------------------------------ */

/* As the code hosts make anchors: lower case, punctuation dropped, blanks as hyphens. */
static void put_slug(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                       (unsigned char)c >= 0x80;
        if (is_kept || c == ' ') {
            cp_buf_putc(out, is_kept ? c : '-');
        }
    }
}

/* The second of a name is name-1; counting goes on from there, however many there are. */
static void put_unique_id(struct cp_buf *out, const struct cp_document *document,
                          struct cp_str wanted)
{
    struct cp_heading *first = cp_map_find(&document->ids, wanted);
    cp_buf_put(out, wanted);
    while (first && cp_map_find(&document->ids, cp_buf_str(out))) {
        cp_buf_clear(out);
        cp_buf_put(out, wanted);
        cp_buf_printf(out, "-%u", ++first->copies);
    }
}

static void set_id(struct cp_heading *heading, struct cp_document *document, struct cp_str id)
{
    struct cp_buf wanted;
    cp_buf_init(&wanted);
    if (id.len > 0) {
        cp_text_put_line(&wanted, id);
    } else {
        put_slug(&wanted, cp_buf_str(&heading->text));
    }
    put_unique_id(&heading->id, document, cp_buf_str(&wanted));
    cp_map_put(&document->ids, cp_buf_str(&heading->id), heading);
    cp_buf_release(&wanted);
}

void cp_document_heading(struct cp_document *document, unsigned level, struct cp_str id,
                         struct cp_str text)
{
    assert(level >= 1 && level <= 6 && !document->table);
    struct cp_heading *heading = cp_alloc(sizeof(*heading));
    *heading = (struct cp_heading){.node = new_node(CMARK_NODE_CUSTOM_BLOCK), .level = level};
    cp_text_put_line(&heading->text, text);
    set_id(heading, document, id);
    cmark_node_append_child(document->at, heading->node);
    *(struct cp_heading **)cp_list_push(&document->headings, sizeof(heading)) = heading;
}

size_t cp_document_heading_count(const struct cp_document *document)
{
    return document->headings.count;
}

struct cp_document_heading cp_document_heading_get(const struct cp_document *document, size_t index)
{
    assert(index < document->headings.count);
    const struct cp_heading *heading = document->headings.items[index];
    return (struct cp_document_heading){.level = heading->level,
                                        .id = cp_buf_str(&heading->id),
                                        .text = cp_buf_str(&heading->text)};
}

bool cp_document_is_at_heading(const struct cp_document *document)
{
    size_t count = document->headings.count;
    return count > 0 &&
           cmark_node_last_child(document->root) == document->headings.items[count - 1]->node;
}

/* ---- tables -------------------------------------------------------------------------------- */

static void add_line(cmark_node *parent, cmark_node_type type, struct cp_str text)
{
    struct cp_buf clean;
    cp_buf_init(&clean);
    cp_text_put_line(&clean, text);
    cmark_node_append_child(parent, cp_node_literal(type, cp_buf_str(&clean)));
    cp_buf_release(&clean);
}

void cp_document_begin_table(struct cp_document *document, const char *const *columns, size_t count)
{
    assert(!document->table && count > 0);
    document->table = cp_table_new(document, count);
    cmark_node_append_child(document->at, document->table->node);
    for (size_t i = 0; i < count; i++) {
        cmark_node *head = cp_table_push(document->table);
        if (columns) {
            add_line(head, CMARK_NODE_TEXT, cp_str_of(columns[i]));
        }
    }
    document->outside = document->at;
    document->at = document->table->node;
}

void cp_document_begin_part(struct cp_document *document, const char *const *columns, size_t count)
{
    cp_document_begin_table(document, columns, count);
    document->table->is_part = true;
    document->table->is_headless = !columns;
}

void cp_document_cell(struct cp_document *document)
{
    assert(document->table);
    document->at = cp_table_push(document->table);
}

void cp_document_end_table(struct cp_document *document)
{
    struct cp_table *table = document->table;
    assert(table);
    while (table->cells.count % table->columns != 0) {
        cp_table_push(table);
    }
    document->at = document->outside;
    document->table = NULL;
    if (!table->is_part && !cp_table_prune(table)) {
        cmark_node_free(table->node);
        cp_table_free(table);
        document->tables.count--;
    }
}

/* ---- pieces -------------------------------------------------------------------------------- */

cmark_node *cp_document_inlines(struct cp_document *document)
{
    cmark_node *at = document->at;
    if (cmark_node_get_type(at) == CMARK_NODE_PARAGRAPH) {
        return at;
    }
    assert(cmark_node_get_type(at) == CMARK_NODE_ITEM);
    cmark_node *last = cmark_node_last_child(at);
    if (!last || cmark_node_get_type(last) != CMARK_NODE_PARAGRAPH) {
        last = new_node(CMARK_NODE_PARAGRAPH);
        cmark_node_append_child(at, last);
    }
    return last;
}

void cp_document_text(struct cp_document *document, struct cp_str text)
{
    struct cp_buf clean;
    cp_buf_init(&clean);
    cp_text_put_piece(&clean, text);
    if (clean.len > 0) {
        cmark_node *node = cp_node_literal(CMARK_NODE_TEXT, cp_buf_str(&clean));
        cmark_node_append_child(cp_document_inlines(document), node);
    }
    cp_buf_release(&clean);
}

static void add_wrapped(struct cp_document *document, cmark_node_type type, struct cp_str text)
{
    if (cp_str_trim(text).len > 0) {
        cmark_node *node = new_node(type);
        add_line(node, CMARK_NODE_TEXT, text);
        cmark_node_append_child(cp_document_inlines(document), node);
    }
}

void cp_document_strong(struct cp_document *document, struct cp_str text)
{
    add_wrapped(document, CMARK_NODE_STRONG, text);
}

void cp_document_emphasis(struct cp_document *document, struct cp_str text)
{
    add_wrapped(document, CMARK_NODE_EMPH, text);
}

void cp_document_code(struct cp_document *document, struct cp_str text)
{
    if (cp_str_trim(text).len > 0) {
        add_line(cp_document_inlines(document), CMARK_NODE_CODE, text);
    }
}

static cmark_node *add_code_in(struct cp_document *document, cmark_node_type type,
                               struct cp_str text)
{
    cmark_node *node = new_node(type);
    add_line(node, CMARK_NODE_CODE, text);
    cmark_node_append_child(cp_document_inlines(document), node);
    return node;
}

void cp_document_deleted(struct cp_document *document, struct cp_str text)
{
    if (cp_str_trim(text).len > 0) {
        cmark_node *node = add_code_in(document, CMARK_NODE_CUSTOM_INLINE, text);
        cmark_node_set_user_data(node, node);
    }
}

void cp_document_inserted(struct cp_document *document, struct cp_str text)
{
    if (cp_str_trim(text).len > 0) {
        add_code_in(document, CMARK_NODE_STRONG, text);
    }
}

/* A target that may not become a link stands behind the words. */
static void add_refused(struct cp_document *document, struct cp_str text, struct cp_str url)
{
    cp_document_text(document, text);
    if (url.len > 0 && !cp_str_is_equal(text, url)) {
        cp_document_text(document, text.len > 0 ? CP_STR(" (") : CP_STR(""));
        cp_document_text(document, url);
        cp_document_text(document, text.len > 0 ? CP_STR(")") : CP_STR(""));
    }
}

static void add_target(struct cp_document *document, cmark_node_type type, struct cp_str text,
                       struct cp_str url)
{
    struct cp_buf target;
    cp_buf_init(&target);
    if (cp_url_put(&target, url)) {
        cmark_node *node = new_node(type);
        cmark_node_set_url(node, target.at);
        add_line(node, CMARK_NODE_TEXT, cp_str_trim(text).len > 0 ? text : url);
        cmark_node_append_child(cp_document_inlines(document), node);
    } else {
        add_refused(document, text, url);
    }
    cp_buf_release(&target);
}

void cp_document_link(struct cp_document *document, struct cp_str text, struct cp_str url)
{
    add_target(document, CMARK_NODE_LINK, text, url);
}

void cp_document_image(struct cp_document *document, struct cp_str alt, struct cp_str url)
{
    add_target(document, CMARK_NODE_IMAGE, alt, url);
}

void cp_document_break(struct cp_document *document)
{
    cmark_node_append_child(cp_document_inlines(document), new_node(CMARK_NODE_LINEBREAK));
}
