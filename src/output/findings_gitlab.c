/*
 * Findings as the code quality report of GitLab: a list of objects with description, check_name,
 * fingerprint, severity and location, all of which it requires. Whether two findings are the same
 * is told by the fingerprint alone: those with one that was there before would not be shown.
 */
#include "findings.h"

/* Nothing is without a file and a line: what is about a whole file stands at its start. */
static void put_location(struct cp_json *json, const char *path, uint32_t line)
{
    cp_json_object(json, "location");
    cp_shown_put_json(json, "path", cp_str_of(path ? path : "."));
    cp_json_object(json, "lines");
    cp_json_number(json, "begin", line > 0 ? line : 1);
    cp_json_end_object(json);
    cp_json_end_object(json);
}

/* One text is all that is shown. */
static void put_description(struct cp_json *json, const struct cp_diagnostic *diagnostic)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_message_put(&text, diagnostic);
    if (diagnostic->help.len > 0) {
        cp_buf_puts(&text, "; ");
        cp_printable(&text, diagnostic->help);
    }
    cp_json_string(json, "description", cp_buf_str(&text));
    cp_buf_release(&text);
}

static void put_finding(struct cp_json *json, const struct cp_diagnostic *diagnostic,
                        const char *fingerprint)
{
    static const char *const severities[] = {"info", "info", "minor", "major"};
    struct cp_buf name;
    cp_buf_init(&name);
    cp_buf_printf(&name, "%s %s", diagnostic->rule->code, diagnostic->rule->name);
    cp_json_object(json, NULL);
    put_description(json, diagnostic);
    cp_json_string(json, "check_name", cp_buf_str(&name));
    cp_json_string(json, "fingerprint", cp_str_of(fingerprint));
    cp_json_string(json, "severity", cp_str_of(severities[diagnostic->severity]));
    put_location(json, diagnostic->at.path, diagnostic->at.line);
    cp_json_end_object(json);
    cp_buf_release(&name);
}

static void put_omission(struct cp_json *json, const struct cp_omission *omission)
{
    char fingerprint[CP_SHA256_TEXT];
    struct cp_buf text;
    cp_buf_init(&text);
    cp_omission_put(&text, omission);
    cp_buf_puts(&text, "this file");
    cp_sha256(fingerprint, cp_str_of(omission->path));
    cp_json_object(json, NULL);
    cp_json_string(json, "description", cp_buf_str(&text));
    cp_json_string(json, "check_name", CP_STR("contplan"));
    cp_json_string(json, "fingerprint", cp_str_of(fingerprint));
    cp_json_string(json, "severity", CP_STR("info"));
    put_location(json, omission->path, 0);
    cp_json_end_object(json);
    cp_buf_release(&text);
}

void cp_findings_write_gitlab(struct cp_buf *out, const struct cp_findings *findings,
                              const struct cp_output_options *options)
{
    struct cp_identity identity;
    struct cp_json json;
    (void)options;
    cp_identity_init(&identity);
    cp_json_init(&json, out, false);
    cp_json_array(&json, NULL);
    for (size_t i = 0; i < findings->count; i++) {
        char fingerprint[CP_IDENTITY_TEXT];
        cp_identity_next(fingerprint, &identity, findings, findings->items[i]);
        put_finding(&json, findings->items[i], fingerprint);
        cp_buf_pass(out);
    }
    for (size_t i = 0; i < findings->omission_count; i++) {
        put_omission(&json, &findings->omissions[i]);
    }
    cp_json_end_array(&json);
    cp_buf_putc(out, '\n');
    cp_identity_release(&identity);
}
