/*
 * Findings as workflow commands of GitHub Actions, a line each and no other line. Text is made
 * printable first and then escaped, so that nothing in it can end a property, a command or a line.
 */
#include "findings.h"

/* Escapes as the runner undoes it: these characters in data and, of a property, also its ends. */
static void put_escaped(struct cp_buf *out, struct cp_str text, bool is_property)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_end = is_property && (c == ':' || c == ',');
        if (c == '%' || c == '\r' || c == '\n' || is_end) {
            cp_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        } else {
            cp_buf_putc(out, c);
        }
    }
}

static void put_untrusted(struct cp_buf *out, struct cp_str text, bool is_property)
{
    struct cp_buf printable;
    cp_buf_init(&printable);
    cp_printable(&printable, text);
    put_escaped(out, cp_buf_str(&printable), is_property);
    cp_buf_release(&printable);
}

static void put_file(struct cp_buf *out, const char *path)
{
    if (path) {
        cp_buf_puts(out, "file=");
        put_untrusted(out, cp_str_of(path), true);
        cp_buf_putc(out, ',');
    }
}

/* Columns are refused where a place goes over several lines. */
static void put_place(struct cp_buf *out, const struct cp_location *at)
{
    put_file(out, at->path);
    if (!at->path || at->line == 0) {
        return;
    }
    cp_buf_printf(out, "line=%u,endLine=%u,", (unsigned)at->line, (unsigned)at->end_line);
    if (at->line == at->end_line) {
        cp_buf_printf(out, "col=%u,endColumn=%u,", (unsigned)at->column, (unsigned)at->end_column);
    }
}

/* A further line of the message. */
static void put_remark(struct cp_buf *out, const char *label, struct cp_str text)
{
    if (text.len > 0) {
        cp_buf_printf(out, "%%0A%s ", label);
        put_untrusted(out, text, false);
    }
}

static void put_note(struct cp_buf *out, const struct cp_note *note)
{
    struct cp_buf place;
    cp_buf_init(&place);
    cp_location_put(&place, &note->at);
    cp_buf_puts(out, "%0A");
    put_escaped(out, cp_buf_str(&place), false);
    cp_buf_release(&place);
    cp_buf_puts(out, "note: ");
    put_untrusted(out, note->message, false);
}

static void put_finding(struct cp_buf *out, const struct cp_diagnostic *diagnostic)
{
    static const char *const commands[] = {"debug", "notice", "warning", "error"};
    cp_buf_printf(out, "::%s ", commands[diagnostic->severity]);
    put_place(out, &diagnostic->at);
    cp_buf_printf(out, "title=%s %s::", diagnostic->rule->code, diagnostic->rule->name);
    put_untrusted(out, diagnostic->message, false);
    if (diagnostic->plan_count > 1) {
        cp_buf_printf(out, " (in %u plans)", (unsigned)diagnostic->plan_count);
    }
    put_remark(out, "help:", diagnostic->help);
    put_remark(out, "asked by", diagnostic->clause);
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        put_note(out, &diagnostic->notes.items[i]);
    }
    cp_buf_putc(out, '\n');
}

static void put_omission(struct cp_buf *out, const struct cp_omission *omission)
{
    cp_buf_puts(out, "::notice ");
    put_file(out, omission->path);
    cp_buf_printf(out, "title=contplan::and %u more finding%s in ", (unsigned)omission->count,
                  omission->count == 1 ? "" : "s");
    put_untrusted(out, cp_str_of(omission->path), false);
    cp_buf_putc(out, '\n');
}

void cp_findings_write_github(struct cp_buf *out, const struct cp_findings *findings,
                              const struct cp_output_options *options)
{
    (void)options;
    for (size_t i = 0; i < findings->count; i++) {
        put_finding(out, findings->items[i]);
        cp_buf_pass(out);
    }
    for (size_t i = 0; i < findings->omission_count; i++) {
        put_omission(out, &findings->omissions[i]);
    }
}
