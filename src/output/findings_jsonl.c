/*
 * Findings as JSON Lines: a document a line, so that a program can begin before the last one is
 * written. The members are those of the format json; the last line is the summary.
 */
#include "findings.h"

static void begin_line(struct cp_json *json, struct cp_buf *out, const char *type)
{
    cp_json_init(json, out, true);
    cp_json_object(json, NULL);
    cp_json_string(json, "type", cp_str_of(type));
}

static void end_line(struct cp_json *json)
{
    cp_json_end_object(json);
    cp_buf_putc(json->out, '\n');
    cp_buf_pass(json->out);
}

void cp_findings_write_jsonl(struct cp_buf *out, const struct cp_findings *findings,
                             const struct cp_output_options *options)
{
    struct cp_json json;
    (void)options;
    for (size_t i = 0; i < findings->count; i++) {
        begin_line(&json, out, "finding");
        cp_finding_put_json(&json, findings, findings->items[i]);
        end_line(&json);
    }
    begin_line(&json, out, "summary");
    cp_json_number(&json, "version", CP_FINDINGS_SHAPE);
    cp_summary_put_json(&json, findings);
    end_line(&json);
}
