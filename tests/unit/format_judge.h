/*
 * Whether an output of findings is one that only we can have written. A format that nobody here
 * judges fails the test that asks.
 */
#ifndef CONTPLAN_TESTS_FORMAT_JUDGE_H
#define CONTPLAN_TESTS_FORMAT_JUDGE_H

#include <contplan/output.h>

/* What is wrong with an output, or NULL: raw characters, lines and commands that are not ours, a
 * document that is not well-formed, or another number of findings. `path` is what a line that names
 * a file begins with. */
const char *judge_findings(const char *format, struct cp_str text, const char *path, int findings);
/* The output without the colours that we put there ourselves. */
void judge_strip_colour(struct cp_buf *out, struct cp_str text);

#endif
