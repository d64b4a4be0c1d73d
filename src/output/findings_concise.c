/* Findings as a line each, for editors, grep and people in a hurry. */
#include "findings.h"

void cp_findings_write_concise(struct cp_buf *out, const struct cp_findings *findings,
                               const struct cp_output_options *options)
{
    static const char *const letters[] = {"-", "I", "W", "E"};
    static const enum cp_ink inks[] = {CP_INK_DIM, CP_INK_INFO, CP_INK_WARNING, CP_INK_ERROR};
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *diagnostic = findings->items[i];
        enum cp_severity severity = diagnostic->severity;
        cp_location_put(out, &diagnostic->at);
        cp_ink_put(out, inks[severity], options->has_color, letters[severity]);
        cp_buf_printf(out, " %s ", diagnostic->rule->code);
        cp_message_put(out, diagnostic);
        cp_buf_putc(out, '\n');
        cp_buf_pass(out);
    }
    cp_omissions_put(out, findings);
}
