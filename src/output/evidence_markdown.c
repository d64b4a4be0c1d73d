/*
 * Evidence as a Markdown document: a heading a clause, a table of the fields that satisfy it in
 * each plan, and at the end what was done in the period. Built as a document tree, so that no text
 * becomes markup.
 */
#include "evidence.h"

struct writer {
    struct cp_document *document;
    const struct cp_evidence *evidence;
    struct cp_buf text;
};

static void put_text(struct writer *writer)
{
    cp_document_text(writer->document, cp_buf_str(&writer->text));
    cp_buf_clear(&writer->text);
}

static void put_count(struct writer *writer, size_t count, const char *noun)
{
    cp_buf_printf(&writer->text, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

static void put_unknown_history(struct writer *writer)
{
    const struct cp_evidence *evidence = writer->evidence;
    size_t count = 0;
    for (size_t i = 0; i < evidence->plans.count; i++) {
        count += !evidence->plans.items[i]->has_history;
    }
    if (count > 0) {
        cp_buf_puts(&writer->text, " History unknown of ");
        put_count(writer, count, "plan");
        cp_buf_puts(&writer->text, ": which commits changed a field is not shown.");
    }
}

static void put_opening(struct writer *writer)
{
    const struct cp_evidence *evidence = writer->evidence;
    cp_document_begin(writer->document, CP_BLOCK_PARAGRAPH);
    if (evidence->has_from) {
        cp_buf_puts(&writer->text, "From ");
        cp_date_put(&writer->text, evidence->from);
        cp_buf_puts(&writer->text, " to ");
    } else {
        cp_buf_puts(&writer->text, "Up to ");
    }
    cp_date_put(&writer->text, evidence->to);
    cp_buf_puts(&writer->text, ", in ");
    put_count(writer, evidence->plans.count, "plan");
    cp_buf_puts(&writer->text, ": ");
    put_count(writer, evidence->gaps, "gap");
    if (evidence->withheld > 0) {
        cp_buf_puts(&writer->text, "; ");
        put_count(writer, evidence->withheld, "value");
        cp_buf_puts(&writer->text, " withheld");
    }
    cp_buf_putc(&writer->text, '.');
    put_unknown_history(writer);
    put_text(writer);
    cp_document_end(writer->document);
}

static void put_findings(struct writer *writer, const struct cp_evidence_row *row)
{
    cp_document_cell(writer->document);
    for (size_t i = 0; i < row->findings.count; i++) {
        cp_buf_printf(&writer->text, "%s%s", i > 0 ? ", " : "", row->findings.items[i]->code);
    }
    put_text(writer);
}

static void put_records(struct writer *writer, const struct cp_evidence_row *row)
{
    cp_document_cell(writer->document);
    for (size_t i = 0; i < row->records.count; i++) {
        cp_buf_puts(&writer->text, i > 0 ? "; " : "");
        evidence_put_record(&writer->text, row->records.items[i]);
    }
    put_text(writer);
}

static void put_commits(struct writer *writer, const struct cp_evidence_row *row)
{
    cp_document_cell(writer->document);
    for (size_t i = 0; i < row->commits.count; i++) {
        cp_buf_puts(&writer->text, i > 0 ? "; " : "");
        evidence_put_commit(&writer->text, &row->commits.items[i]);
    }
    put_text(writer);
}

static void put_gaps(struct writer *writer, const struct cp_evidence_row *row)
{
    cp_document_cell(writer->document);
    for (size_t i = 0; i < row->gaps.count; i++) {
        cp_document_text(writer->document, i > 0 ? CP_STR("; ") : (struct cp_str){0});
        cp_document_strong(writer->document, row->gaps.items[i]);
    }
}

/* Whether nothing is to be said of it but its state. */
static bool is_plain(const struct cp_evidence_row *row)
{
    return row->findings.count == 0 && row->records.count == 0 && row->gaps.count == 0 &&
           row->commits.count == 0 && row->in == row->of && !row->has_until;
}

static bool is_alike(const struct cp_evidence_row *a, const struct cp_evidence_row *b)
{
    return cp_str_is_equal(a->clause, b->clause) && cp_str_is_equal(a->field, b->field) &&
           is_plain(a) && is_plain(b) && a->state == b->state;
}

/* The plans of rows that follow one another and say the same; how many there are. */
static size_t put_plans(struct writer *writer, size_t from)
{
    const struct cp_evidence *evidence = writer->evidence;
    struct cp_evidence_row *const *rows = &evidence->rows.items[from];
    size_t count = 1;
    while (from + count < evidence->rows.count && is_alike(rows[0], rows[count])) {
        count++;
    }
    if (count > 1 && count == evidence->plans.count) {
        cp_buf_printf(&writer->text, "all %zu", count);
    } else {
        for (size_t i = 0; i < count; i++) {
            cp_buf_puts(&writer->text, i > 0 ? ", " : "");
            cp_buf_put(&writer->text, rows[i]->plan->id);
        }
    }
    put_text(writer);
    return count;
}

static size_t put_rows(struct writer *writer, size_t from)
{
    const struct cp_evidence_row *row = writer->evidence->rows.items[from];
    cp_document_cell(writer->document);
    cp_document_code(writer->document, row->field);
    cp_document_cell(writer->document);
    size_t count = put_plans(writer, from);
    cp_document_cell(writer->document);
    evidence_put_state(&writer->text, row);
    put_text(writer);
    put_findings(writer, row);
    put_records(writer, row);
    put_commits(writer, row);
    put_gaps(writer, row);
    return count;
}

/* All rows of the clause that begins at `from`; the index behind them. */
static size_t put_clause(struct writer *writer, size_t from)
{
    static const char *const columns[] = {"Field", "Plans",   "State", "Findings",
                                          "Done",  "Commits", "Gaps"};
    const struct cp_evidence *evidence = writer->evidence;
    struct cp_str clause = evidence->rows.items[from]->clause;
    cp_document_heading(writer->document, 2, (struct cp_str){0}, clause);
    cp_document_begin_table(writer->document, columns, sizeof columns / sizeof columns[0]);
    size_t at = from;
    while (at < evidence->rows.count && cp_str_is_equal(evidence->rows.items[at]->clause, clause)) {
        at += put_rows(writer, at);
    }
    cp_document_end_table(writer->document);
    return at;
}

static void put_done(struct writer *writer)
{
    static const char *const columns[] = {"Plan", "Day", "What", "Field"};
    const struct cp_evidence *evidence = writer->evidence;
    cp_document_heading(writer->document, 2, (struct cp_str){0}, CP_STR("What was done"));
    cp_document_begin_table(writer->document, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < evidence->plans.count; i++) {
        const struct cp_evidence_plan *plan = evidence->plans.items[i];
        for (size_t j = 0; j < plan->records.count; j++) {
            const struct cp_record *record = &plan->records.items[j];
            cp_document_cell(writer->document);
            cp_document_text(writer->document, plan->id);
            cp_document_cell(writer->document);
            cp_date_put(&writer->text, record->date);
            put_text(writer);
            cp_document_cell(writer->document);
            cp_buf_puts(&writer->text, cp_record_name(record->kind));
            cp_buf_puts(&writer->text, record->what.len > 0 ? ": " : "");
            cp_buf_put(&writer->text, record->what);
            put_text(writer);
            cp_document_cell(writer->document);
            cp_document_code(writer->document, record->field);
        }
    }
    cp_document_end_table(writer->document);
    if (cp_document_is_at_heading(writer->document)) {
        cp_document_begin(writer->document, CP_BLOCK_PARAGRAPH);
        cp_document_text(writer->document, CP_STR("Nothing that the plans record."));
        cp_document_end(writer->document);
    }
}

void evidence_write_markdown(struct cp_buf *out, const struct cp_evidence *evidence)
{
    struct writer writer = {.document = cp_document_new(), .evidence = evidence};
    struct cp_str title = evidence_title(evidence);
    cp_buf_init(&writer.text);
    title.len -= cp_str_has_suffix(title, ".");
    cp_buf_puts(&writer.text, "Evidence: ");
    cp_buf_put(&writer.text, title);
    cp_document_heading(writer.document, 1, (struct cp_str){0}, cp_buf_str(&writer.text));
    cp_buf_clear(&writer.text);
    put_opening(&writer);
    for (size_t i = 0; i < evidence->rows.count;) {
        i = put_clause(&writer, i);
    }
    put_done(&writer);
    cp_document_write_markdown(out, writer.document);
    cp_document_free(writer.document);
    cp_buf_release(&writer.text);
}
