/*
 * The registry of the formats for findings, and what a run says of all of them: the summary line
 * and the statistics. Knows no format from inside.
 */
#include "findings.h"

#include <stdlib.h>
#include <string.h>

static const struct cp_findings_format formats[] = {
    {"text", "each finding with its source line, help and notes, for people",
     cp_findings_write_text},
    {"concise", "a line each: path:line:column: severity, code, message",
     cp_findings_write_concise},
    {"json", "one document for programs", cp_findings_write_json},
    {"jsonl", "a JSON object a line, for programs that read as they go", cp_findings_write_jsonl},
    {"sarif", "SARIF 2.1.0, for code scanning and viewers, with what is waived",
     cp_findings_write_sarif},
    {"github", "workflow commands, which GitHub shows beside the changed lines",
     cp_findings_write_github},
    {"gitlab", "a code quality report, which GitLab shows beside the changed lines",
     cp_findings_write_gitlab},
    {"junit", "a test report in XML, which most CI servers show", cp_findings_write_junit},
    {"markdown", "a summary for a job's page or a comment", cp_findings_write_markdown},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

size_t cp_findings_formats(const struct cp_findings_format **out)
{
    *out = formats;
    return FORMATS;
}

const struct cp_findings_format *cp_findings_format_find(struct cp_str name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

/* ---- the summary line ---------------------------------------------------------------------- */

static void put_count(struct cp_buf *out, size_t count, const char *noun)
{
    cp_buf_printf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

/* Adds "2 errors" to a list with commas; nothing where there are none. */
static void put_part(struct cp_buf *out, size_t start, size_t count, const char *noun)
{
    if (count == 0) {
        return;
    }
    if (out->len > start) {
        cp_buf_puts(out, ", ");
    }
    put_count(out, count, noun);
}

static size_t count_omitted(const struct cp_findings *findings)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->omission_count; i++) {
        count += findings->omissions[i].count;
    }
    return count;
}

static size_t count_fixable(const struct cp_findings *findings, enum cp_fixable fixable)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++) {
        count += findings->items[i]->fix && findings->items[i]->rule->fix == fixable;
    }
    return count;
}

/* "; 3 can be fixed with --fix, 1 more with --unsafe-fixes" */
static void put_fixable(struct cp_buf *out, const struct cp_findings *findings)
{
    size_t unsafe = count_fixable(findings, CP_FIX_UNSAFE);
    size_t safe = count_fixable(findings, CP_FIX_SAFE);
    if (safe > 0) {
        cp_buf_printf(out, "; %zu can be fixed with --fix", safe);
    }
    if (unsafe > 0) {
        cp_buf_printf(out,
                      safe > 0 ? ", %zu more with --unsafe-fixes"
                               : "; %zu can be fixed with --fix --unsafe-fixes",
                      unsafe);
    }
}

void cp_findings_put_summary(struct cp_buf *out, const struct cp_findings *findings)
{
    size_t start = out->len;
    put_part(out, start, findings->errors, "error");
    put_part(out, start, findings->warnings, "warning");
    put_part(out, start, findings->infos, "info");
    if (out->len == start) {
        cp_buf_puts(out, "no findings");
    }
    cp_buf_puts(out, " in ");
    if (findings->plans > 0) {
        put_count(out, findings->plans, "plan");
    }
    if (findings->plans > 0 && findings->documents > 0) {
        cp_buf_puts(out, " and ");
    }
    if (findings->documents > 0) {
        put_count(out, findings->documents, "document");
    } else if (findings->plans == 0) {
        cp_buf_puts(out, "the portfolio file");
    }
    if (findings->waived > 0) {
        cp_buf_printf(out, "; %zu waived", findings->waived);
    }
    if (findings->known > 0) {
        cp_buf_printf(out, "; %zu known from the baseline", findings->known);
    }
    size_t omitted = count_omitted(findings);
    if (omitted > 0) {
        cp_buf_printf(out, "; %zu not shown", omitted);
    }
    put_fixable(out, findings);
    cp_buf_putc(out, '\n');
}

/* ---- statistics ---------------------------------------------------------------------------- */

struct tally {
    const struct cp_rule *rule;
    size_t count;
};

static int compare_by_code(const void *left, const void *right)
{
    const struct tally *a = left;
    const struct tally *b = right;
    return strcmp(a->rule->code, b->rule->code);
}

static int compare_by_count(const void *left, const void *right)
{
    const struct tally *a = left;
    const struct tally *b = right;
    if (a->count != b->count) {
        return a->count < b->count ? 1 : -1;
    }
    return compare_by_code(left, right);
}

/* One tally for each rule that fired; returns how many. `tallies` has room for one a finding. */
static size_t count_by_rule(struct tally *tallies, const struct cp_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        tallies[i] = (struct tally){findings->items[i]->rule, 1};
    }
    qsort(tallies, findings->count, sizeof *tallies, compare_by_code);
    size_t rules = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (rules > 0 && compare_by_code(&tallies[rules - 1], &tallies[i]) == 0) {
            tallies[rules - 1].count++;
        } else {
            tallies[rules++] = tallies[i];
        }
    }
    return rules;
}

void cp_findings_put_statistics(struct cp_buf *out, const struct cp_findings *findings)
{
    if (findings->count == 0) {
        return;
    }
    struct tally *tallies = cp_alloc(findings->count * sizeof *tallies);
    size_t rules = count_by_rule(tallies, findings);
    qsort(tallies, rules, sizeof *tallies, compare_by_count);
    for (size_t i = 0; i < rules; i++) {
        const struct cp_rule *rule = tallies[i].rule;
        cp_buf_printf(out, "%6zu  %s  %s: %s\n", tallies[i].count, rule->code, rule->name,
                      rule->summary);
    }
    free(tallies);
}
