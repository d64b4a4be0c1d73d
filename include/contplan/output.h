/*
 * output: every writer, one file each, in registries: findings as text, concise, json, github;
 * plans as markdown, html, json. Writers fill a buffer; whoever calls them writes it out. All text
 * that came from files leaves printable: no control character, no line that a plan could forge.
 */
#ifndef CONTPLAN_OUTPUT_H
#define CONTPLAN_OUTPUT_H

#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/model.h>
#include <contplan/report.h>

struct cp_output_options {
    bool has_color; /* terminal colours wanted: the caller decided from --color, NO_COLOR, isatty */
    unsigned width; /* columns of the terminal; 0 where it is none */
};

struct cp_findings_format {
    const char *name; /* "text" */
    const char *doc;  /* for the manual and -h */
    void (*write)(struct cp_buf *out, const struct cp_findings *findings,
                  const struct cp_output_options *options);
};

/* NULL where there is no such format. */
const struct cp_findings_format *cp_findings_format_find(struct cp_str name);
/* All of them, in the order of the manual. */
size_t cp_findings_formats(const struct cp_findings_format **out);

struct cp_plan_format {
    const char *name;      /* "markdown" */
    const char *extension; /* "md" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_plan *plan,
                  const struct cp_portfolio *portfolio, const struct cp_report_options *options);
};

const struct cp_plan_format *cp_plan_format_find(struct cp_str name);
size_t cp_plan_formats(const struct cp_plan_format **out);

/* Puts the summary line of a run, with its line end: "2 errors, 1 warning in 9 plans". */
void cp_findings_put_summary(struct cp_buf *out, const struct cp_findings *findings);
/* Puts a line for each rule that fired, the most frequent first; nothing where none did. */
void cp_findings_put_statistics(struct cp_buf *out, const struct cp_findings *findings);

#endif
