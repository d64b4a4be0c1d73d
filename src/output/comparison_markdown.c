/*
 * A comparison as Markdown, for a comment on a pull request. Built as a document tree, so that no
 * text becomes markup; values are code, so that code hosts see nobody mentioned and nothing closed
 * in them.
 */
#include "comparison.h"
#include "markdown_text.h"

struct writer {
    struct cp_document *document;
    const struct cp_comparison *comparison;
    struct cp_buf scratch;
};

static void put_own(struct writer *writer, const char *words)
{
    cp_document_text(writer->document, cp_str_of(words));
}

static void put_text(struct writer *writer, struct cp_str text)
{
    markdown_put_text(writer->document, text);
}

static void put_scratch(struct writer *writer, void (*put)(struct cp_document *, struct cp_str))
{
    put(writer->document, cp_buf_str(&writer->scratch));
    cp_buf_clear(&writer->scratch);
}

static void put_side(struct writer *writer, struct cp_str text)
{
    if (text.len == 0) {
        put_own(writer, "not stated");
        return;
    }
    comparison_put_excerpt(&writer->scratch, text);
    put_scratch(writer, cp_document_code);
}

static void put_words(struct writer *writer, const struct cp_change *change)
{
    for (size_t i = 0; i < change->word_count; i++) {
        const struct cp_words *words = &change->words[i];
        put_own(writer, i > 0 ? " " : "");
        if (words->kind == CP_WORDS_KEPT) {
            comparison_put_kept(&writer->scratch, change, i);
            put_text(writer, cp_buf_str(&writer->scratch));
            cp_buf_clear(&writer->scratch);
            continue;
        }
        comparison_put_excerpt(&writer->scratch, words->text);
        put_scratch(writer,
                    words->kind == CP_WORDS_REMOVED ? cp_document_deleted : cp_document_inserted);
    }
}

static void put_values(struct writer *writer, const struct cp_change *change)
{
    bool is_one_sided = change->kind == CP_CHANGE_ADDED || change->kind == CP_CHANGE_REMOVED;
    if (change->is_withheld || comparison_is_bare(change)) {
        return;
    }
    put_own(writer, ": ");
    if (is_one_sided) {
        put_side(writer, change->is.len > 0 ? change->is : change->was);
    } else if (change->word_count > 0) {
        put_words(writer, change);
    } else {
        put_own(writer, comparison_is_rewritten(change) ? "rewritten, " : "");
        put_side(writer, change->was);
        put_own(writer, " \xE2\x86\x92 ");
        put_side(writer, change->is);
    }
}

static void put_kind(struct writer *writer, enum cp_change_kind kind)
{
    struct cp_str name = cp_str_of(cp_change_name(kind));
    if (kind == CP_CHANGE_WEAKENED) {
        cp_document_strong(writer->document, name);
    } else {
        cp_document_text(writer->document, name);
    }
    put_own(writer, " ");
}

static void put_change(struct writer *writer, const struct cp_change *change)
{
    cp_document_begin(writer->document, CP_BLOCK_ITEM);
    put_kind(writer, change->kind);
    put_text(writer, change->label);
    if (change->is_withheld) {
        cp_buf_printf(&writer->scratch, " (%s)", comparison_withheld(writer->comparison));
    }
    put_scratch(writer, cp_document_text);
    put_values(writer, change);
    if (change->left_out > 0) {
        cp_buf_printf(&writer->scratch, " (%zu withheld)", change->left_out);
    }
    comparison_put_reach(&writer->scratch, change);
    put_text(writer, cp_buf_str(&writer->scratch));
    cp_buf_clear(&writer->scratch);
    cp_document_end(writer->document);
}

static void put_file(struct writer *writer, const struct cp_compared *file)
{
    bool is_plan = file->id.len > 0;
    cp_document_begin(writer->document, CP_BLOCK_PARAGRAPH);
    put_own(writer, file->head);
    put_own(writer, " ");
    cp_document_code(writer->document, is_plan ? file->id : file->path);
    if (is_plan) {
        put_own(writer, " in ");
        cp_document_code(writer->document, file->path);
    }
    cp_document_end(writer->document);
    cp_document_begin(writer->document, CP_BLOCK_BULLETS);
    for (size_t i = 0; i < file->changes.count; i++) {
        put_change(writer, &file->changes.items[i]);
    }
    cp_document_end(writer->document);
}

void comparison_put_blocks(struct cp_document *document, const struct cp_comparison *comparison)
{
    struct writer writer = {.document = document, .comparison = comparison};
    cp_buf_init(&writer.scratch);
    for (size_t i = 0; i < comparison->files.count; i++) {
        put_file(&writer, comparison->files.items[i]);
    }
    cp_buf_release(&writer.scratch);
}

void comparison_write_markdown(struct cp_buf *out, const struct cp_comparison *comparison,
                               const struct cp_output_options *options)
{
    struct writer writer = {.document = cp_document_new(), .comparison = comparison};
    (void)options;
    cp_buf_init(&writer.scratch);
    cp_document_heading(writer.document, 2, (struct cp_str){0},
                        CP_STR("Changes to continuity plans"));
    cp_document_begin(writer.document, CP_BLOCK_PARAGRAPH);
    if (comparison->files.count > 0) {
        comparison_put_totals(&writer.scratch, comparison);
    } else {
        cp_buf_puts(&writer.scratch, "None");
    }
    cp_buf_putc(&writer.scratch, '.');
    put_scratch(&writer, cp_document_text);
    cp_document_end(writer.document);
    comparison_put_blocks(writer.document, comparison);
    cp_document_write_markdown(out, writer.document);
    cp_document_free(writer.document);
    cp_buf_release(&writer.scratch);
}
