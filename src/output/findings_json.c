/*
 * Findings as one JSON document, and what JSON Lines say of each. Text leaves as it is in the
 * files, since the JSON writer escapes it; facts that a finding does not have are null.
 */
#include "findings.h"

static void put_text(struct cp_json *json, const char *key, struct cp_str text)
{
    if (text.len > 0) {
        cp_json_string(json, key, text);
    } else {
        cp_json_null(json, key);
    }
}

static void put_position(struct cp_json *json, const char *key, uint32_t position)
{
    if (position > 0) {
        cp_json_number(json, key, position);
    } else {
        cp_json_null(json, key);
    }
}

static void put_start(struct cp_json *json, const struct cp_location *at)
{
    put_text(json, "path", cp_str_of(at->path));
    put_position(json, "line", at->line);
    put_position(json, "column", at->column);
}

static void put_related(struct cp_json *json, const struct cp_diagnostic *diagnostic)
{
    cp_json_array(json, "related");
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        const struct cp_note *note = &diagnostic->notes.items[i];
        cp_json_object(json, NULL);
        put_start(json, &note->at);
        cp_json_string(json, "message", note->message);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

void cp_finding_put_json(struct cp_json *json, const struct cp_findings *findings,
                         const struct cp_diagnostic *diagnostic)
{
    cp_json_string(json, "code", cp_str_of(diagnostic->rule->code));
    cp_json_string(json, "name", cp_str_of(diagnostic->rule->name));
    cp_json_string(json, "severity", cp_str_of(cp_severity_name(diagnostic->severity)));
    cp_json_string(json, "message", diagnostic->message);
    put_text(json, "help", diagnostic->help);
    put_text(json, "clause", diagnostic->clause);
    put_start(json, &diagnostic->at);
    put_position(json, "end_line", diagnostic->at.end_line);
    put_position(json, "end_column", diagnostic->at.end_column);
    put_text(json, "plan", cp_finding_plan(findings, diagnostic));
    cp_json_number(json, "plans", diagnostic->plan_count);
    put_text(json, "field", diagnostic->field);
    put_related(json, diagnostic);
}

void cp_summary_put_json(struct cp_json *json, const struct cp_findings *findings)
{
    cp_json_number(json, "errors", (int64_t)findings->errors);
    cp_json_number(json, "warnings", (int64_t)findings->warnings);
    cp_json_number(json, "infos", (int64_t)findings->infos);
    cp_json_number(json, "waived", (int64_t)findings->waived);
    cp_json_number(json, "known", (int64_t)findings->known);
    cp_json_number(json, "plans", (int64_t)findings->plans);
    cp_json_number(json, "documents", (int64_t)findings->documents);
    cp_json_array(json, "omitted");
    for (size_t i = 0; i < findings->omission_count; i++) {
        cp_json_object(json, NULL);
        cp_json_string(json, "path", cp_str_of(findings->omissions[i].path));
        cp_json_number(json, "count", findings->omissions[i].count);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

void cp_findings_write_json(struct cp_buf *out, const struct cp_findings *findings,
                            const struct cp_output_options *options)
{
    (void)options;
    struct cp_json json;
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_number(&json, "version", CP_FINDINGS_SHAPE);
    cp_json_array(&json, "findings");
    for (size_t i = 0; i < findings->count; i++) {
        cp_json_object(&json, NULL);
        cp_finding_put_json(&json, findings, findings->items[i]);
        cp_json_end_object(&json);
        cp_buf_pass(out);
    }
    cp_json_end_array(&json);
    cp_json_object(&json, "summary");
    cp_summary_put_json(&json, findings);
    cp_json_end_object(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}
