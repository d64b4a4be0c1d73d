/*
 * Findings for people: where, what, the source line with the value underlined, what to write, who
 * asks for it, and the second places that explain it.
 */
#include "findings.h"

static void put_severity(struct cp_buf *out, enum cp_severity severity, bool has_color)
{
    static const enum cp_ink inks[] = {CP_INK_DIM, CP_INK_INFO, CP_INK_WARNING, CP_INK_ERROR};
    cp_ink_put(out, inks[severity], has_color, cp_severity_name(severity));
    cp_buf_puts(out, ": ");
}

static void put_rule(struct cp_buf *out, const struct cp_rule *rule, bool has_color)
{
    cp_buf_puts(out, " [");
    cp_ink_put(out, CP_INK_DIM, has_color, rule->code);
    cp_buf_putc(out, ' ');
    cp_ink_put(out, CP_INK_DIM, has_color, rule->name);
    cp_buf_puts(out, "]\n");
}

/* A line under the excerpt, in line with its gutter. */
static void put_remark(struct cp_buf *out, const char *label, struct cp_str text, bool has_color)
{
    if (text.len == 0) {
        return;
    }
    cp_buf_puts(out, "      = ");
    cp_ink_put(out, CP_INK_NOTE, has_color, label);
    cp_buf_putc(out, ' ');
    cp_printable(out, text);
    cp_buf_putc(out, '\n');
}

static void put_note(struct cp_buf *out, const struct cp_note *note, bool has_color)
{
    cp_location_put(out, &note->at);
    cp_ink_put(out, CP_INK_NOTE, has_color, "note:");
    cp_buf_putc(out, ' ');
    cp_printable(out, note->message);
    cp_buf_putc(out, '\n');
    cp_excerpt_put(out, &note->at, has_color);
}

static void put_finding(struct cp_buf *out, const struct cp_diagnostic *diagnostic, bool has_color)
{
    cp_location_put(out, &diagnostic->at);
    put_severity(out, diagnostic->severity, has_color);
    cp_message_put(out, diagnostic);
    put_rule(out, diagnostic->rule, has_color);
    cp_excerpt_put(out, &diagnostic->at, has_color);
    put_remark(out, "help:", diagnostic->help, has_color);
    put_remark(out, "asked by", diagnostic->clause, has_color);
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        put_note(out, &diagnostic->notes.items[i], has_color);
    }
}

void cp_findings_write_text(struct cp_buf *out, const struct cp_findings *findings,
                            const struct cp_output_options *options)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (i > 0) {
            cp_buf_putc(out, '\n');
        }
        put_finding(out, findings->items[i], options->has_color);
        cp_buf_pass(out);
    }
    if (findings->count > 0 && findings->omission_count > 0) {
        cp_buf_putc(out, '\n');
    }
    cp_omissions_put(out, findings);
}
