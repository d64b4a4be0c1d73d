/* Findings as a line each, for editors, grep and people in a hurry. */
#include "findings.h"

void cp_finding_put_concise(struct cp_buf *out, const struct cp_diagnostic *diagnostic,
                            bool has_color)
{
    static const char *const letters[] = {"-", "I", "W", "E"};
    static const enum cp_ink inks[] = {CP_INK_DIM, CP_INK_INFO, CP_INK_WARNING, CP_INK_ERROR};
    enum cp_severity severity = diagnostic->severity;
    cp_location_put(out, &diagnostic->at);
    cp_ink_put(out, inks[severity], has_color, letters[severity]);
    cp_buf_printf(out, " %s ", diagnostic->rule->code);
    cp_message_put(out, diagnostic);
    cp_buf_putc(out, '\n');
    cp_buf_pass(out);
}

void cp_findings_write_concise(struct cp_buf *out, const struct cp_findings *findings,
                               const struct cp_output_options *options)
{
    for (size_t i = 0; i < findings->count; i++) {
        cp_finding_put_concise(out, findings->items[i], options->has_color);
    }
    cp_omissions_put(out, findings);
}
