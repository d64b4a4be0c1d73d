/*
 * Simulated outages as Markdown, built as a document tree, so that no text of a file becomes
 * markup. The timeline is code.
 */
#include "simulation.h"
#include "table.h"

#include <contplan/markdown.h>

enum { WIDTH = 78 };

/* "up again" -> "Up again". */
static const char *title_of(struct cp_arena *arena, const char *name)
{
    struct cp_str title = cp_arena_copy(arena, cp_str_of(name));
    char *first = (char *)title.at;
    *first = *first >= 'a' && *first <= 'z' ? (char)(*first - 'a' + 'A') : *first;
    return title.at;
}

/* The cells have been made printable already; what the document does to them then changes nothing.
 */
static void put_cells(struct cp_document *document, const struct cp_table *table)
{
    size_t from = 0;
    struct cp_buf cell;
    cp_buf_init(&cell);
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->column_count; j++) {
            cp_buf_clear(&cell);
            table_put_cell(&cell, table, &from, i, j);
            cp_document_cell(document);
            cp_document_text(document, cp_buf_str(&cell));
        }
    }
    cp_buf_release(&cell);
}

static void put_table(void *context, struct cp_str heading, const struct cp_table *table)
{
    struct cp_document *document = context;
    struct cp_arena arena;
    const char *titles[CP_TABLE_COLUMNS];
    cp_arena_init(&arena);
    for (size_t i = 0; i < table->column_count; i++) {
        titles[i] = title_of(&arena, table->columns[i].name);
    }
    cp_document_heading(document, 3, (struct cp_str){0}, heading);
    cp_document_begin_table(document, titles, table->column_count);
    put_cells(document, table);
    cp_document_end_table(document);
    cp_arena_release(&arena);
}

static void put_items(void *context, struct cp_str heading, const struct cp_str *items,
                      size_t count)
{
    struct cp_document *document = context;
    cp_document_heading(document, 3, (struct cp_str){0}, heading);
    cp_document_begin(document, CP_BLOCK_BULLETS);
    for (size_t i = 0; i < count; i++) {
        cp_document_begin(document, CP_BLOCK_ITEM);
        cp_document_text(document, items[i]);
        cp_document_end(document);
    }
    cp_document_end(document);
}

static void put_sentence(void *context, struct cp_str sentence)
{
    struct cp_document *document = context;
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_text(document, sentence);
    cp_document_end(document);
}

/* Adds what is in `text` as a paragraph, and empties it. */
static void put_paragraph(struct cp_document *document, struct cp_buf *text)
{
    put_sentence(document, cp_buf_str(text));
    cp_buf_clear(text);
}

static struct simulation_parts parts_of(struct cp_document *document)
{
    return (struct simulation_parts){
        .sentence = put_sentence, .table = put_table, .items = put_items, .context = document};
}

static void put_withheld(struct cp_document *document, size_t withheld)
{
    struct cp_buf text;
    if (withheld == 0) {
        return;
    }
    cp_buf_init(&text);
    cp_buf_printf(&text, "%zu value%s withheld from this audience.", withheld,
                  withheld == 1 ? " is" : "s are");
    put_paragraph(document, &text);
    cp_buf_release(&text);
}

static void put_opening(struct cp_document *document, const struct cp_outage *outage,
                        struct cp_buf *text)
{
    cp_document_heading(document, 2, (struct cp_str){0}, CP_STR("Simulated outage"));
    simulation_put_loss(text, outage);
    put_paragraph(document, text);
    simulation_put_result(text, outage);
    put_paragraph(document, text);
    simulation_put_timeline(text, outage, WIDTH, true);
    if (text->len > 0) {
        cp_document_code_block(document, CP_STR("text"), cp_buf_str(text));
        cp_buf_clear(text);
    }
}

void simulation_write_markdown(struct cp_buf *out, const struct cp_outage *outage,
                               const struct cp_output_options *options)
{
    struct cp_document *document = cp_document_new();
    struct cp_buf text;
    (void)options;
    cp_buf_init(&text);
    put_opening(document, outage, &text);
    const struct simulation_parts parts = parts_of(document);
    simulation_tell(&parts, outage);
    put_withheld(document, outage->withheld);
    cp_document_write_markdown(out, document);
    cp_document_free(document);
    cp_buf_release(&text);
}

void ranking_write_markdown(struct cp_buf *out, const struct cp_ranking *ranking,
                            const struct cp_output_options *options)
{
    struct cp_document *document = cp_document_new();
    struct cp_buf text;
    (void)options;
    cp_buf_init(&text);
    cp_document_heading(document, 2, (struct cp_str){0}, CP_STR("Single points of failure"));
    ranking_put_opening(&text, ranking);
    put_paragraph(document, &text);
    const struct simulation_parts parts = parts_of(document);
    ranking_tell(&parts, ranking);
    put_withheld(document, ranking->withheld);
    cp_document_write_markdown(out, document);
    cp_document_free(document);
    cp_buf_release(&text);
}
