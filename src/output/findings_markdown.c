/*
 * Findings as Markdown for the page of a job: a table, errors first. Built as a document tree, so
 * that no text becomes markup. A job's page takes a limited size, and nothing of what is larger.
 */
#include "findings.h"
#include "markdown_text.h"

/* GitHub takes 1 MiB of a step and refuses more; the rest is for what else the step writes. */
enum { MOST_BYTES = 900 * 1024, MOST_ROWS = 10000 };

static void put_scratch(struct cp_document *document, struct cp_buf *scratch,
                        void (*put)(struct cp_document *, struct cp_str))
{
    put(document, cp_buf_str(scratch));
    cp_buf_clear(scratch);
}

static void put_place(struct cp_document *document, const struct cp_location *at)
{
    struct cp_buf place;
    cp_buf_init(&place);
    if (at->path) {
        cp_buf_puts(&place, at->path);
        if (at->line > 0) {
            cp_buf_printf(&place, ":%u:%u", (unsigned)at->line, (unsigned)at->column);
        }
    }
    put_scratch(document, &place, cp_document_code);
    cp_buf_release(&place);
}

static void put_finding(struct cp_document *document, const struct cp_diagnostic *diagnostic)
{
    struct cp_buf scratch;
    cp_buf_init(&scratch);
    cp_document_cell(document);
    cp_document_text(document, cp_str_of(cp_severity_name(diagnostic->severity)));
    cp_document_cell(document);
    put_place(document, &diagnostic->at);
    cp_document_cell(document);
    cp_buf_printf(&scratch, "%s %s", diagnostic->rule->code, diagnostic->rule->name);
    put_scratch(document, &scratch, cp_document_text);
    cp_document_cell(document);
    cp_message_put(&scratch, diagnostic);
    put_scratch(document, &scratch, markdown_put_text);
    cp_document_cell(document);
    markdown_put_text(document, diagnostic->help);
    cp_buf_release(&scratch);
}

/* The table of the first `most` findings. */
static void put_table(struct cp_document *document, const struct cp_findings *findings, size_t most)
{
    static const char *const columns[] = {"Severity", "Place", "Rule", "What is wrong",
                                          "What to write"};
    cp_document_begin_table(document, columns, sizeof columns / sizeof columns[0]);
    for (enum cp_severity severity = CP_ERROR; severity > CP_OFF; severity--) {
        for (size_t i = 0; i < findings->count && most > 0; i++) {
            if (findings->items[i]->severity == severity) {
                put_finding(document, findings->items[i]);
                most--;
            }
        }
    }
    cp_document_end_table(document);
}

static void put_sentence(struct cp_document *document, struct cp_buf *scratch)
{
    cp_document_begin(document, CP_BLOCK_PARAGRAPH);
    put_scratch(document, scratch, cp_document_text);
    cp_document_end(document);
}

static void put_omissions(struct cp_document *document, const struct cp_findings *findings)
{
    struct cp_buf scratch;
    cp_buf_init(&scratch);
    cp_document_begin(document, CP_BLOCK_BULLETS);
    for (size_t i = 0; i < findings->omission_count; i++) {
        cp_document_begin(document, CP_BLOCK_ITEM);
        cp_omission_put(&scratch, &findings->omissions[i]);
        put_scratch(document, &scratch, cp_document_text);
        cp_document_code(document, cp_str_of(findings->omissions[i].path));
        cp_document_end(document);
    }
    cp_document_end(document);
    cp_buf_release(&scratch);
}

static void write_most(struct cp_buf *out, const struct cp_findings *findings, size_t most)
{
    struct cp_document *document = cp_document_new();
    struct cp_buf scratch;
    cp_buf_init(&scratch);
    cp_document_heading(document, 2, CP_STR(""), CP_STR("Continuity plans"));
    cp_findings_put_summary(&scratch, findings);
    scratch.at[--scratch.len] = '.';
    scratch.len++;
    put_sentence(document, &scratch);
    put_table(document, findings, most);
    put_omissions(document, findings);
    if (most < findings->count) {
        cp_buf_printf(&scratch, "%zu more findings are left out: a job's page holds 1 MiB.",
                      findings->count - most);
        put_sentence(document, &scratch);
    }
    cp_document_write_markdown(out, document);
    cp_document_free(document);
    cp_buf_release(&scratch);
}

/* Halves what it shows until that fits; a page that holds few of many is still small. */
void cp_findings_write_markdown(struct cp_buf *out, const struct cp_findings *findings,
                                const struct cp_output_options *options)
{
    size_t start = out->len;
    size_t most = findings->count < MOST_ROWS ? findings->count : MOST_ROWS;
    (void)options;
    for (;; most /= 2) {
        write_most(out, findings, most);
        if (out->len - start <= MOST_BYTES || most == 0) {
            return;
        }
        out->len = start;
    }
}
