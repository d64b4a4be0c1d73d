/*
 * The formats of evidence, one row each, and what their writers share. The one for spreadsheets is
 * here: it is a table like others.
 */
#include "evidence.h"

static const struct cp_evidence_format formats[] = {
    {"markdown", "a document for people", evidence_write_markdown},
    {"json", "one document for programs", evidence_write_json},
    {"csv", "a row a clause, field and plan, for spreadsheets", evidence_write_csv},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

size_t cp_evidence_formats(const struct cp_evidence_format **out)
{
    *out = formats;
    return FORMATS;
}

const struct cp_evidence_format *cp_evidence_format_find(struct cp_str name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

struct cp_str evidence_title(const struct cp_evidence *evidence)
{
    return evidence->profile ? cp_str_of(evidence->profile->title) : evidence->standard;
}

void evidence_put_state(struct cp_buf *out, const struct cp_evidence_row *row)
{
    cp_buf_puts(out, cp_evidence_state_name(row->state));
    if (row->has_until) {
        cp_buf_puts(out, " until ");
        cp_date_put(out, row->until);
    }
    if (row->in < row->of) {
        cp_buf_printf(out, ", in %zu of %zu", row->in, row->of);
    }
}

void evidence_put_record(struct cp_buf *out, const struct cp_record *record)
{
    cp_date_put(out, record->date);
    cp_buf_printf(out, " %s", cp_record_name(record->kind));
    cp_buf_puts(out, record->what.len > 0 ? ": " : "");
    cp_buf_put(out, record->what);
}

void evidence_put_commit(struct cp_buf *out, const struct cp_evidence_commit *commit)
{
    enum { SHORT = 12 };
    cp_date_put(out, commit->date);
    cp_buf_putc(out, ' ');
    cp_buf_put(out, cp_str_slice(commit->id, 0, SHORT));
    cp_buf_puts(out, commit->author.len > 0 ? " " : "");
    cp_buf_put(out, commit->author);
}

/* ---- spreadsheets ---------------------------------------------------------------------------- */

enum { CLAUSE, FIELD, SOURCE, PLAN, PATH, STATE, FINDINGS, RECORDS, COMMITS, GAPS };

static const struct cp_table_column columns[] = {
    [CLAUSE] = {"clause", CP_COLUMN_TEXT},     [FIELD] = {"field", CP_COLUMN_TEXT},
    [SOURCE] = {"cited_by", CP_COLUMN_LIST},   [PLAN] = {"plan", CP_COLUMN_TEXT},
    [PATH] = {"path", CP_COLUMN_TEXT},         [STATE] = {"state", CP_COLUMN_TEXT},
    [FINDINGS] = {"findings", CP_COLUMN_LIST}, [RECORDS] = {"records", CP_COLUMN_LIST},
    [COMMITS] = {"commits", CP_COLUMN_LIST},   [GAPS] = {"gaps", CP_COLUMN_LIST},
};

static void add_text(struct cp_table *table, size_t column, struct cp_str text)
{
    if (text.len > 0) {
        cp_table_add(table, column, CP_CELL_GIVEN, text);
    }
}

static void add_said(struct cp_table *table, const struct cp_evidence_row *row)
{
    struct cp_buf text;
    cp_buf_init(&text);
    evidence_put_state(&text, row);
    add_text(table, STATE, cp_buf_str(&text));
    for (size_t i = 0; i < row->findings.count; i++) {
        add_text(table, FINDINGS, cp_str_of(row->findings.items[i]->code));
    }
    for (size_t i = 0; i < row->records.count; i++) {
        cp_buf_clear(&text);
        evidence_put_record(&text, row->records.items[i]);
        add_text(table, RECORDS, cp_buf_str(&text));
    }
    for (size_t i = 0; i < row->commits.count; i++) {
        cp_buf_clear(&text);
        evidence_put_commit(&text, &row->commits.items[i]);
        add_text(table, COMMITS, cp_buf_str(&text));
    }
    if (!row->plan->has_history) {
        cp_table_add(table, COMMITS, CP_CELL_UNKNOWN, (struct cp_str){0});
    }
    cp_buf_release(&text);
}

static void add_row(struct cp_table *table, const struct cp_evidence_row *row)
{
    cp_table_add_row(table);
    add_text(table, CLAUSE, row->clause);
    add_text(table, FIELD, row->field);
    add_text(table, SOURCE, row->is_of_profile ? CP_STR("profile") : (struct cp_str){0});
    add_text(table, SOURCE, row->is_of_plan ? CP_STR("plan") : (struct cp_str){0});
    add_text(table, PLAN, row->plan->id);
    add_text(table, PATH, row->plan->path);
    add_said(table, row);
    for (size_t i = 0; i < row->gaps.count; i++) {
        add_text(table, GAPS, row->gaps.items[i]);
    }
}

void evidence_write_csv(struct cp_buf *out, const struct cp_evidence *evidence)
{
    struct cp_table table;
    cp_table_init(&table, "rows", columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < evidence->rows.count; i++) {
        add_row(&table, evidence->rows.items[i]);
    }
    cp_table_format_find(CP_STR("csv"))
        ->write(out, &table, &(struct cp_output_options){.width = 0});
    cp_table_release(&table);
}
