/*
 * Text such as nobody writes by mistake, from a seed, and what must hold of whatever shows it.
 */
#ifndef CONTPLAN_TESTS_HOSTILE_H
#define CONTPLAN_TESTS_HOSTILE_H

#include <contplan/base.h>

struct chance {
    uint64_t state;
};

size_t chance_below(struct chance *chance, size_t limit);
/* At most `most` pieces: line ends, control characters, malformed UTF-8, commands of build servers,
 * punctuation of every format. */
void chance_fill(struct cp_buf *out, struct chance *chance, size_t most);

/* Whether a character could do something to a terminal, or is none. */
bool has_raw(struct cp_str text);
/* Aborts the test where a character could do something to a terminal, or is none. */
void check_printable(const char *format, struct cp_str text);
/* What a runner of GitHub Actions or Azure Pipelines looks for anywhere in a line. */
bool has_mark(struct cp_str line);
/* Without the white space that .NET trims before it looks for "::", as far as it is printable. */
struct cp_str trim_start(struct cp_str line);

#endif
