/*
 * History as Markdown, built as a document tree. What a commit says of itself is code: code hosts
 * then see nobody mentioned in it, and nothing closed.
 */
#include "history.h"

enum { COMMIT_DIGITS = 10 };

static void put_excerpt(struct cp_document *document, struct cp_str text)
{
    struct cp_buf excerpt;
    cp_buf_init(&excerpt);
    comparison_put_excerpt(&excerpt, text);
    cp_document_code(document, cp_buf_str(&excerpt));
    cp_buf_release(&excerpt);
}

static void put_commit(struct cp_document *document, const struct cp_history_entry *entry)
{
    struct cp_buf heading;
    cp_buf_init(&heading);
    cp_date_put(&heading, entry->date);
    cp_buf_printf(&heading, ", commit %.*s", CP_ARG(cp_str_slice(entry->commit, 0, COMMIT_DIGITS)));
    cp_document_heading(document, 3, (struct cp_str){0}, cp_buf_str(&heading));
    cp_buf_release(&heading);
    if (entry->author.at) {
        cp_document_begin(document, CP_BLOCK_PARAGRAPH);
        put_excerpt(document, entry->subject);
        cp_document_text(document, CP_STR(" by "));
        put_excerpt(document, entry->author);
        cp_document_end(document);
    }
    comparison_put_blocks(document, &entry->comparison);
}

void history_write_markdown(struct cp_buf *out, const struct cp_history_entry *const *entries,
                            size_t count, const struct cp_output_options *options)
{
    struct cp_document *document = cp_document_new();
    (void)options;
    cp_document_heading(document, 2, (struct cp_str){0}, CP_STR("History of continuity plans"));
    if (count == 0) {
        cp_document_begin(document, CP_BLOCK_PARAGRAPH);
        cp_document_text(document, CP_STR("No commit has changed them."));
        cp_document_end(document);
    }
    for (size_t i = 0; i < count; i++) {
        put_commit(document, entries[i]);
    }
    cp_document_write_markdown(out, document);
    cp_document_free(document);
}
