/*
 * The writers of findings and what they share. Private to the output layer; the registry in
 * findings.c is the only way to them from outside.
 */
#ifndef CONTPLAN_OUTPUT_FINDINGS_H
#define CONTPLAN_OUTPUT_FINDINGS_H

#include <contplan/output.h>

void cp_findings_write_text(struct cp_buf *out, const struct cp_findings *findings,
                            const struct cp_output_options *options);
void cp_findings_write_concise(struct cp_buf *out, const struct cp_findings *findings,
                               const struct cp_output_options *options);
void cp_findings_write_json(struct cp_buf *out, const struct cp_findings *findings,
                            const struct cp_output_options *options);
void cp_findings_write_github(struct cp_buf *out, const struct cp_findings *findings,
                              const struct cp_output_options *options);

void cp_findings_write_jsonl(struct cp_buf *out, const struct cp_findings *findings,
                             const struct cp_output_options *options);
void cp_findings_write_junit(struct cp_buf *out, const struct cp_findings *findings,
                             const struct cp_output_options *options);
void cp_findings_write_gitlab(struct cp_buf *out, const struct cp_findings *findings,
                              const struct cp_output_options *options);
void cp_findings_write_sarif(struct cp_buf *out, const struct cp_findings *findings,
                             const struct cp_output_options *options);
void cp_findings_write_markdown(struct cp_buf *out, const struct cp_findings *findings,
                                const struct cp_output_options *options);

enum { CP_FINDINGS_SHAPE = 1 }; /* the version of what json and jsonl say */

/* The members of a finding, into the open object. */
void cp_finding_put_json(struct cp_json *json, const struct cp_findings *findings,
                         const struct cp_diagnostic *diagnostic);
/* The members of the summary, into the open object. */
void cp_summary_put_json(struct cp_json *json, const struct cp_findings *findings);
/* A finding as one line for people. */
void cp_finding_put_concise(struct cp_buf *out, const struct cp_diagnostic *diagnostic,
                            bool has_color);
/* The id of the plan that the finding is about; empty where there is none. */
struct cp_str cp_finding_plan(const struct cp_findings *findings,
                              const struct cp_diagnostic *diagnostic);

/* What findings are known by from one run to the next, told one after the other. */
struct cp_identity {
    struct cp_arena arena;
    struct cp_map seen; /* what was told -> how often, as a pointer to size_t */
};

enum { CP_IDENTITY_TEXT = 64 };

void cp_identity_init(struct cp_identity *out);
void cp_identity_release(struct cp_identity *identity);
/* Of the next finding: made of its rule, plan (else file), field and value, but not of its line or
 * message, so that it stays when others come and go above; findings that are alike in all of that
 * are counted. Within one run no two are the same. */
void cp_identity_next(char out[CP_IDENTITY_TEXT], struct cp_identity *identity,
                      const struct cp_findings *findings, const struct cp_diagnostic *diagnostic);

/* A member whose text services show to people: printable. */
void cp_shown_put_json(struct cp_json *json, const char *key, struct cp_str text);

/* Puts what a line of text or concise starts with: `path:line:column: `, or `path: ` where the
 * line is not known, or the program's name where there is no file. A path that a build server
 * could take for a command gets `./` in front. */
void cp_location_put(struct cp_buf *out, const struct cp_location *at);
/* Puts the message, printable, and " (in 37 plans)" where it concerns several. */
void cp_message_put(struct cp_buf *out, const struct cp_diagnostic *diagnostic);
/* Puts the source line of `at` behind a gutter with its number, and a caret with tildes under the
 * place; nothing where the line is not known. */
void cp_excerpt_put(struct cp_buf *out, const struct cp_location *at, bool has_color);
/* Puts "and 12 more findings in " with no line end: the path is for the caller, in his way. */
void cp_omission_put(struct cp_buf *out, const struct cp_omission *omission);
/* Puts the lines "and 12 more findings in PATH". */
void cp_omissions_put(struct cp_buf *out, const struct cp_findings *findings);

/* What is coloured: our own words and marks, never text from a file. */
enum cp_ink { CP_INK_ERROR, CP_INK_WARNING, CP_INK_INFO, CP_INK_NOTE, CP_INK_MARK, CP_INK_DIM };

/* Puts `text`, coloured where `has_color`. */
void cp_ink_put(struct cp_buf *out, enum cp_ink ink, bool has_color, const char *text);

#endif
