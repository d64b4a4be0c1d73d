/*
 * Findings built by hand for the tests of the writers: one file of text, places in it found by the
 * words that stand there. Uses diag alone; no plan is read.
 */
#ifndef CONTPLAN_TESTS_FINDINGS_CASE_H
#define CONTPLAN_TESTS_FINDINGS_CASE_H

#include <contplan/output.h>

struct findings_case {
    struct cp_file file;
    struct cp_diags diags;
    struct cp_findings findings;
};

/* `path` and `text` are borrowed. */
void findings_case_init(struct findings_case *out, const char *path, struct cp_str text);
void findings_case_release(struct findings_case *findings_case);
/* The place of the first `words` in the text; the end of the text where it is not there. */
struct cp_place findings_case_place(struct findings_case *findings_case, const char *words);
/* The findings so far, counted. */
const struct cp_findings *findings_case_count(struct findings_case *findings_case);

/* An output without what SARIF says of the program, and changes with it: version, rules, and where
 * among them one stands; `out` holds it where there was any. */
struct cp_str findings_case_without_rules(struct cp_buf *out, struct cp_str text);

/* Rules for the tests, one of each severity. */
extern const struct cp_rule findings_case_error, findings_case_warning, findings_case_info;

#endif
