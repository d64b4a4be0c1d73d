/*
 * Simulated outages as Markdown, built as document trees, so that no text of a file becomes markup:
 * one after the other, since one tree of thousands of services would take more room than all their
 * plans. The timeline is code.
 */
#include "simulation.h"
#include "table.h"

#include <contplan/markdown.h>

enum { WIDTH = 78, PIECE_ROWS = 200 };

/* What is put together, and where it goes. */
struct writing {
    struct cp_buf *out;
    struct cp_document *document;
    bool has_begun; /* something stands there already */
};

/* Writes what has been put together, if anything, behind what separates it from what stands there.
 */
static void flush(struct writing *writing, const char *separator)
{
    struct cp_buf piece;
    cp_buf_init(&piece);
    cp_document_write_markdown(&piece, writing->document);
    cp_document_free(writing->document);
    writing->document = cp_document_new();
    cp_buf_puts(writing->out, writing->has_begun && piece.len > 0 ? separator : "");
    cp_buf_put(writing->out, cp_buf_str(&piece));
    writing->has_begun = writing->has_begun || piece.len > 0;
    cp_buf_release(&piece);
    cp_buf_pass(writing->out);
}

/* "up again" -> "Up again". */
static const char *title_of(struct cp_arena *arena, const char *name)
{
    struct cp_str title = cp_arena_copy(arena, cp_str_of(name));
    char *first = (char *)title.at;
    *first = *first >= 'a' && *first <= 'z' ? (char)(*first - 'a' + 'A') : *first;
    return title.at;
}

/* The columns with anything in them. */
static size_t find_filled(size_t filled[CP_TABLE_COLUMNS], const struct cp_table *table)
{
    bool is_filled[CP_TABLE_COLUMNS] = {false};
    size_t count = 0;
    for (size_t i = 0; i < table->items.count; i++) {
        is_filled[table->items.items[i].column] = true;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        filled[count] = i;
        count += is_filled[i];
    }
    return count;
}

/* The cells have been made printable already; what the document does to them then changes nothing.
 */
static void put_row(struct cp_document *document, const struct cp_table *table, size_t row,
                    const size_t *filled, size_t *from)
{
    struct cp_buf cell;
    cp_buf_init(&cell);
    for (size_t i = 0, next = 0; i < table->column_count; i++) {
        cp_buf_clear(&cell);
        table_put_cell(&cell, table, from, row, i);
        if (i == filled[next]) {
            cp_document_cell(document);
            cp_document_text(document, cp_buf_str(&cell));
            next++;
        }
    }
    cp_buf_release(&cell);
}

static void put_table(void *context, struct cp_str heading, const struct cp_table *table)
{
    struct writing *writing = context;
    struct cp_arena arena;
    const char *titles[CP_TABLE_COLUMNS];
    size_t filled[CP_TABLE_COLUMNS + 1];
    size_t from = 0;
    cp_arena_init(&arena);
    size_t columns = find_filled(filled, table);
    filled[columns] = SIZE_MAX;
    for (size_t i = 0; i < columns; i++) {
        titles[i] = title_of(&arena, table->columns[filled[i]].name);
    }
    cp_document_heading(writing->document, 3, (struct cp_str){0}, heading);
    for (size_t i = 0; i < table->row_count; i++) {
        if (i == 0) {
            cp_document_begin_part(writing->document, titles, columns);
        } else if (i % PIECE_ROWS == 0) {
            cp_document_end_table(writing->document);
            flush(writing, i == PIECE_ROWS ? "\n" : "");
            cp_document_begin_part(writing->document, NULL, columns);
        }
        put_row(writing->document, table, i, filled, &from);
    }
    cp_document_end_table(writing->document);
    flush(writing, table->row_count <= PIECE_ROWS ? "\n" : "");
    cp_arena_release(&arena);
}

static void put_items(void *context, struct cp_str heading, const struct cp_str *items,
                      size_t count)
{
    struct cp_document *document = ((struct writing *)context)->document;
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
    struct cp_document *document = ((struct writing *)context)->document;
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    cp_document_text(document, sentence);
    cp_document_end(document);
}

/* Adds what is in `text` as a paragraph, and empties it. */
static void put_paragraph(struct writing *writing, struct cp_buf *text)
{
    put_sentence(writing, cp_buf_str(text));
    cp_buf_clear(text);
}

static struct simulation_parts parts_of(struct writing *writing)
{
    return (struct simulation_parts){
        .sentence = put_sentence, .table = put_table, .items = put_items, .context = writing};
}

static void put_withheld(struct writing *writing, size_t withheld)
{
    struct cp_buf text;
    if (withheld == 0) {
        return;
    }
    cp_buf_init(&text);
    cp_buf_printf(&text, "%zu value%s withheld from this audience.", withheld,
                  withheld == 1 ? " is" : "s are");
    put_paragraph(writing, &text);
    cp_buf_release(&text);
}

static void put_opening(struct writing *writing, const struct cp_outage *outage,
                        struct cp_buf *text)
{
    cp_document_heading(writing->document, 2, (struct cp_str){0}, CP_STR("Simulated outage"));
    simulation_put_loss(text, outage);
    put_paragraph(writing, text);
    simulation_put_result(text, outage);
    put_paragraph(writing, text);
    simulation_put_timeline(text, outage, WIDTH, true);
    if (text->len > 0) {
        cp_document_code_block(writing->document, CP_STR("text"), cp_buf_str(text));
        cp_buf_release(text);
    }
    flush(writing, "\n");
}

/* Writes what is left. */
static void finish(struct writing *writing, size_t withheld)
{
    put_withheld(writing, withheld);
    flush(writing, "\n");
    cp_document_free(writing->document);
}

void simulation_write_markdown(struct cp_buf *out, const struct cp_outage *outage,
                               const struct cp_output_options *options)
{
    struct writing writing = {.out = out, .document = cp_document_new()};
    struct cp_buf text;
    (void)options;
    cp_buf_init(&text);
    put_opening(&writing, outage, &text);
    const struct simulation_parts parts = parts_of(&writing);
    simulation_tell(&parts, outage);
    finish(&writing, outage->withheld);
    cp_buf_release(&text);
}

void ranking_write_markdown(struct cp_buf *out, const struct cp_ranking *ranking,
                            const struct cp_output_options *options)
{
    struct writing writing = {.out = out, .document = cp_document_new()};
    struct cp_buf text;
    (void)options;
    cp_buf_init(&text);
    cp_document_heading(writing.document, 2, (struct cp_str){0},
                        CP_STR("Single points of failure"));
    ranking_put_opening(&text, ranking);
    put_paragraph(&writing, &text);
    const struct simulation_parts parts = parts_of(&writing);
    ranking_tell(&parts, ranking);
    finish(&writing, ranking->withheld);
    cp_buf_release(&text);
}
