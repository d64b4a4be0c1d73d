/*
 * Findings as a test report in the XML of JUnit, with the elements and attributes that Jenkins'
 * schema (junit-10) knows and GitLab, Azure Pipelines and the reporters of GitHub read: a suite a
 * file, a case a finding. An error is a failure; warnings and infos are skipped cases, since a
 * report knows nothing between good and bad. The first suite is the run, which is never empty.
 */
#include "findings.h"

#include <contplan/markdown.h>

struct tally {
    size_t tests, failures, skipped;
};

static void put_attribute(struct cp_buf *out, const char *name, struct cp_str value)
{
    cp_buf_printf(out, " %s=\"", name);
    cp_html_put(out, value);
    cp_buf_putc(out, '"');
}

static void put_numbers(struct cp_buf *out, struct tally tally)
{
    cp_buf_printf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\" time=\"0\"",
                  tally.tests, tally.failures, tally.skipped);
}

/* ---- a finding ------------------------------------------------------------------------------- */

static void put_line(struct cp_buf *out, struct cp_buf *line)
{
    cp_html_put(out, cp_buf_str(line));
    cp_buf_putc(out, '\n');
    cp_buf_clear(line);
}

static void put_remark(struct cp_buf *out, struct cp_buf *line, const char *label,
                       struct cp_str text)
{
    if (text.len > 0) {
        cp_buf_printf(line, "%s ", label);
        cp_printable(line, text);
        put_line(out, line);
    }
}

/* All that text says of it but for the source line. */
static void put_body(struct cp_buf *out, const struct cp_diagnostic *diagnostic)
{
    struct cp_buf line;
    cp_buf_init(&line);
    cp_location_put(&line, &diagnostic->at);
    cp_buf_printf(&line, "%s: ", cp_severity_name(diagnostic->severity));
    cp_message_put(&line, diagnostic);
    put_line(out, &line);
    put_remark(out, &line, "help:", diagnostic->help);
    put_remark(out, &line, "asked by", diagnostic->clause);
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        cp_location_put(&line, &diagnostic->notes.items[i].at);
        put_remark(out, &line, "note:", diagnostic->notes.items[i].message);
    }
    cp_buf_release(&line);
}

static void put_message(struct cp_buf *out, const struct cp_diagnostic *diagnostic)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "%s: ", cp_severity_name(diagnostic->severity));
    cp_message_put(&text, diagnostic);
    put_attribute(out, "message", cp_buf_str(&text));
    cp_buf_release(&text);
}

/* Servers follow a case from run to run by these two, so neither names a line. */
static void put_names(struct cp_buf *out, const struct cp_findings *findings,
                      const struct cp_diagnostic *diagnostic)
{
    struct cp_str plan = cp_finding_plan(findings, diagnostic);
    struct cp_buf name;
    cp_buf_init(&name);
    cp_buf_printf(&name, "%s %s", diagnostic->rule->code, diagnostic->rule->name);
    if (diagnostic->field.len > 0) {
        cp_buf_puts(&name, " at ");
        cp_printable(&name, diagnostic->field);
    }
    put_attribute(out, "name", cp_buf_str(&name));
    cp_buf_clear(&name);
    cp_buf_puts(&name, "contplan.");
    cp_printable(&name, plan.len > 0 ? plan : cp_str_of(diagnostic->at.path));
    put_attribute(out, "classname", cp_buf_str(&name));
    cp_buf_release(&name);
}

static void put_case(struct cp_buf *out, const struct cp_findings *findings,
                     const struct cp_diagnostic *diagnostic)
{
    const char *element = diagnostic->severity == CP_ERROR ? "failure" : "skipped";
    cp_buf_puts(out, "    <testcase");
    put_names(out, findings, diagnostic);
    cp_buf_printf(out, " time=\"0\">\n      <%s", element);
    put_message(out, diagnostic);
    if (diagnostic->severity == CP_ERROR) {
        put_attribute(out, "type", cp_str_of(diagnostic->rule->code));
    }
    cp_buf_puts(out, ">\n");
    put_body(out, diagnostic);
    cp_buf_printf(out, "      </%s>\n    </testcase>\n", element);
}

/* ---- suites ---------------------------------------------------------------------------------- */

static struct cp_str path_of(const struct cp_diagnostic *diagnostic)
{
    return diagnostic->at.path ? cp_str_of(diagnostic->at.path) : CP_STR("no file");
}

static void count(struct tally *tally, const struct cp_diagnostic *diagnostic)
{
    tally->tests++;
    tally->failures += diagnostic->severity == CP_ERROR;
    tally->skipped += diagnostic->severity != CP_ERROR;
}

static void open_suite(struct cp_buf *out, struct cp_str name, struct tally tally)
{
    cp_buf_puts(out, "  <testsuite");
    put_attribute(out, "name", name);
    put_numbers(out, tally);
    cp_buf_puts(out, ">\n");
}

/* The run itself: its summary, and what was not kept. */
static void put_run(struct cp_buf *out, const struct cp_findings *findings)
{
    struct cp_buf line;
    cp_buf_init(&line);
    open_suite(out, CP_STR("contplan"), (struct tally){.tests = 1});
    cp_buf_puts(out, "    <testcase name=\"validate\" classname=\"contplan\" time=\"0\">\n"
                     "      <system-out>\n");
    cp_findings_put_summary(&line, findings);
    cp_html_put(out, cp_str_trim(cp_buf_str(&line)));
    cp_buf_putc(out, '\n');
    cp_buf_clear(&line);
    cp_omissions_put(&line, findings);
    struct cp_str rest = cp_buf_str(&line);
    struct cp_str omission;
    while (cp_str_line(&omission, &rest)) {
        cp_html_put(out, omission);
        cp_buf_putc(out, '\n');
    }
    cp_buf_puts(out, "      </system-out>\n    </testcase>\n  </testsuite>\n");
    cp_buf_release(&line);
}

/* The suite of the findings from `from` on that stand in one file; returns where the next begins.
 */
static size_t put_suite(struct cp_buf *out, const struct cp_findings *findings, size_t from)
{
    struct cp_str path = path_of(findings->items[from]);
    struct tally tally = {0};
    size_t to = from;
    for (; to < findings->count && cp_str_is_equal(path_of(findings->items[to]), path); to++) {
        count(&tally, findings->items[to]);
    }
    open_suite(out, path, tally);
    for (size_t i = from; i < to; i++) {
        put_case(out, findings, findings->items[i]);
        cp_buf_pass(out);
    }
    cp_buf_puts(out, "  </testsuite>\n");
    return to;
}

void cp_findings_write_junit(struct cp_buf *out, const struct cp_findings *findings,
                             const struct cp_output_options *options)
{
    struct tally tally = {.tests = 1};
    (void)options;
    for (size_t i = 0; i < findings->count; i++) {
        count(&tally, findings->items[i]);
    }
    cp_buf_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<testsuites name=\"contplan\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
                  "time=\"0\">\n",
                  tally.tests, tally.failures);
    put_run(out, findings);
    for (size_t i = 0; i < findings->count;) {
        i = put_suite(out, findings, i);
    }
    cp_buf_puts(out, "</testsuites>\n");
}
