/*
 * Evidence as one JSON document, version 1 of its shape. Text leaves as it is in the files, since
 * the JSON writer escapes it; what there is not is null.
 */
#include "evidence.h"

enum { SHAPE_VERSION = 1 };

static void put_date(struct cp_json *json, const char *key, bool is_given, struct cp_date date)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_date_put(&text, date);
    if (is_given) {
        cp_json_string(json, key, cp_buf_str(&text));
    } else {
        cp_json_null(json, key);
    }
    cp_buf_release(&text);
}

static void put_record(struct cp_json *json, const struct cp_record *record)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "kind", cp_str_of(cp_record_name(record->kind)));
    put_date(json, "date", true, record->date);
    cp_json_string(json, "field", record->field);
    cp_json_string(json, "what", record->what);
    cp_json_end_object(json);
}

/* Null where the history is not known. */
static void put_commits(struct cp_json *json, const struct cp_evidence_row *row)
{
    if (!row->plan->has_history) {
        cp_json_null(json, "commits");
        return;
    }
    cp_json_array(json, "commits");
    for (size_t i = 0; i < row->commits.count; i++) {
        const struct cp_evidence_commit *commit = &row->commits.items[i];
        cp_json_object(json, NULL);
        cp_json_string(json, "id", commit->id);
        put_date(json, "date", true, commit->date);
        if (commit->author.len > 0) {
            cp_json_string(json, "author", commit->author);
        } else {
            cp_json_null(json, "author");
        }
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

static void put_lists(struct cp_json *json, const struct cp_evidence_row *row)
{
    cp_json_array(json, "findings");
    for (size_t i = 0; i < row->findings.count; i++) {
        cp_json_string(json, NULL, cp_str_of(row->findings.items[i]->code));
    }
    cp_json_end_array(json);
    cp_json_array(json, "records");
    for (size_t i = 0; i < row->records.count; i++) {
        put_record(json, row->records.items[i]);
    }
    cp_json_end_array(json);
    put_commits(json, row);
    cp_json_array(json, "gaps");
    for (size_t i = 0; i < row->gaps.count; i++) {
        cp_json_string(json, NULL, row->gaps.items[i]);
    }
    cp_json_end_array(json);
}

static void put_row(struct cp_json *json, const struct cp_evidence_row *row)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "clause", row->clause);
    if (row->field.len > 0) {
        cp_json_string(json, "field", row->field);
    } else {
        cp_json_null(json, "field");
    }
    cp_json_bool(json, "cited_by_profile", row->is_of_profile);
    cp_json_bool(json, "cited_by_plan", row->is_of_plan);
    cp_json_string(json, "plan", row->plan->id);
    cp_json_string(json, "path", row->plan->path);
    cp_json_string(json, "state", cp_str_of(cp_evidence_state_name(row->state)));
    put_date(json, "until", row->has_until, row->until);
    cp_json_number(json, "values", (int64_t)row->of);
    cp_json_number(json, "values_in_state", (int64_t)row->in);
    put_lists(json, row);
    cp_json_end_object(json);
}

static void put_plan(struct cp_json *json, const struct cp_evidence_plan *plan)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "plan", plan->id);
    cp_json_string(json, "path", plan->path);
    cp_json_array(json, "records");
    for (size_t i = 0; i < plan->records.count; i++) {
        put_record(json, &plan->records.items[i]);
    }
    cp_json_end_array(json);
    cp_json_end_object(json);
}

void evidence_write_json(struct cp_buf *out, const struct cp_evidence *evidence)
{
    struct cp_json json;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", SHAPE_VERSION);
    cp_json_string(&json, "standard", evidence->standard);
    cp_json_string(&json, "title", evidence_title(evidence));
    put_date(&json, "from", evidence->has_from, evidence->from);
    put_date(&json, "to", true, evidence->to);
    cp_json_string(&json, "audience", cp_str_of(cp_audience_name(evidence->audience)));
    cp_json_number(&json, "withheld", (int64_t)evidence->withheld);
    cp_json_number(&json, "gaps", (int64_t)evidence->gaps);
    cp_json_array(&json, "rows");
    for (size_t i = 0; i < evidence->rows.count; i++) {
        put_row(&json, evidence->rows.items[i]);
    }
    cp_json_end_array(&json);
    cp_json_array(&json, "plans");
    for (size_t i = 0; i < evidence->plans.count; i++) {
        put_plan(&json, evidence->plans.items[i]);
    }
    cp_json_end_array(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}
