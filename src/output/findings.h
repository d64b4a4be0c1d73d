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

/* Puts what a line of text or concise starts with: `path:line:column: `, or `path: ` where the
 * line is not known, or the program's name where there is no file. A path that a build server
 * could take for a command gets `./` in front. */
void cp_location_put(struct cp_buf *out, const struct cp_location *at);
/* Puts the message, printable, and " (in 37 plans)" where it concerns several. */
void cp_message_put(struct cp_buf *out, const struct cp_diagnostic *diagnostic);
/* Puts the source line of `at` behind a gutter with its number, and a caret with tildes under the
 * place; nothing where the line is not known. */
void cp_excerpt_put(struct cp_buf *out, const struct cp_location *at, bool has_color);
/* Puts the lines "and 12 more findings in PATH". */
void cp_omissions_put(struct cp_buf *out, const struct cp_findings *findings);

/* What is coloured: our own words and marks, never text from a file. */
enum cp_ink { CP_INK_ERROR, CP_INK_WARNING, CP_INK_INFO, CP_INK_NOTE, CP_INK_MARK, CP_INK_DIM };

/* Puts `text`, coloured where `has_color`. */
void cp_ink_put(struct cp_buf *out, enum cp_ink ink, bool has_color, const char *text);

#endif
