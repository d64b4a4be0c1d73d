/* What the ways from untrusted text to safe text share. */
#ifndef CONTPLAN_SRC_BASE_PRINTABLE_H
#define CONTPLAN_SRC_BASE_PRINTABLE_H

#include <contplan/base.h>

/* Whether the byte at `at` is the second # of a mark like "##[error]" or "##vso[task]". Build
 * servers obey such a mark anywhere in a line of a job's log, so it never leaves as it is. */
bool cp_is_command_mark(struct cp_str s, size_t at);

#endif
