/*
 * Findings as workflow commands of GitHub Actions, errors first, as many as it takes from a step;
 * the others as lines of the log. Text is made printable first and then escaped, so that nothing in
 * it can end a property, a command or a line.
 */
#include "findings.h"

/* GitHub shows so many annotations of each level of a step, and drops the others. */
enum { MOST = 10 };

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

/* ---- what GitHub would drop ------------------------------------------------------------------ */

/* How many findings of each severity are commands, how many are not. */
struct shares {
    size_t shown[CP_ERROR + 1], cut[CP_ERROR + 1];
};

static bool has_cut(const struct shares *shares)
{
    return shares->cut[CP_ERROR] + shares->cut[CP_WARNING] + shares->cut[CP_INFO] > 0;
}

static void limit(struct shares *shares, enum cp_severity severity, size_t most)
{
    size_t count = shares->shown[severity] + shares->cut[severity];
    shares->shown[severity] = count < most ? count : most;
    shares->cut[severity] = count - shares->shown[severity];
}

/* The line on what was cut is a notice, and takes the place of one. */
static void share_out(struct shares *out, const struct cp_findings *findings)
{
    *out = (struct shares){0};
    for (size_t i = 0; i < findings->count; i++) {
        out->shown[findings->items[i]->severity]++;
    }
    for (enum cp_severity severity = CP_ERROR; severity > CP_OFF; severity--) {
        limit(out, severity, MOST);
    }
    if (has_cut(out) || findings->omission_count > 0) {
        limit(out, CP_INFO, MOST - 1);
    }
}

static void put_part(struct cp_buf *out, size_t *parts, size_t count, const char *noun)
{
    if (count > 0) {
        cp_buf_printf(out, "%s%zu %s%s", *parts > 0 ? ", " : "", count, noun,
                      count == 1 ? "" : "s");
        ++*parts;
    }
}

static void put_cut(struct cp_buf *out, const struct shares *shares,
                    const struct cp_findings *findings)
{
    size_t parts = 0;
    size_t omitted = 0;
    for (size_t i = 0; i < findings->omission_count; i++) {
        omitted += findings->omissions[i].count;
    }
    cp_buf_puts(out, "::notice title=contplan::Not shown here: ");
    put_part(out, &parts, shares->cut[CP_ERROR], "error");
    put_part(out, &parts, shares->cut[CP_WARNING], "warning");
    put_part(out, &parts, shares->cut[CP_INFO], "info");
    if (parts > 0) {
        cp_buf_printf(out, ", which stand in the log of this step (GitHub shows %d of a level)",
                      MOST);
    }
    if (omitted > 0) {
        cp_buf_printf(out, "%s%zu finding%s of files with more than %d, which are not kept",
                      parts > 0 ? "; " : "", omitted, omitted == 1 ? "" : "s",
                      CP_FINDINGS_PER_FILE);
    }
    cp_buf_putc(out, '\n');
}

/* ---- all of them ----------------------------------------------------------------------------- */

static void put_first(struct cp_buf *out, const struct cp_findings *findings,
                      enum cp_severity severity, size_t count)
{
    for (size_t i = 0; i < findings->count && count > 0; i++) {
        if (findings->items[i]->severity == severity) {
            put_finding(out, findings->items[i]);
            cp_buf_pass(out);
            count--;
        }
    }
}

static void put_others(struct cp_buf *out, const struct cp_findings *findings,
                       enum cp_severity severity, size_t skip)
{
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i]->severity != severity) {
            continue;
        }
        if (skip > 0) {
            skip--;
        } else {
            cp_finding_put_concise(out, findings->items[i], false);
        }
    }
}

void cp_findings_write_github(struct cp_buf *out, const struct cp_findings *findings,
                              const struct cp_output_options *options)
{
    struct shares shares;
    (void)options;
    share_out(&shares, findings);
    for (enum cp_severity severity = CP_ERROR; severity > CP_OFF; severity--) {
        put_first(out, findings, severity, shares.shown[severity]);
    }
    if (has_cut(&shares) || findings->omission_count > 0) {
        put_cut(out, &shares, findings);
    }
    for (enum cp_severity severity = CP_ERROR; severity > CP_OFF; severity--) {
        put_others(out, findings, severity, shares.shown[severity]);
    }
    cp_omissions_put(out, findings);
}
