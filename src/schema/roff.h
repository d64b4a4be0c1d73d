/*
 * Plain text as mdoc source: words filled into lines that no checker complains of, literals as
 * macros, everything that roff would read as a request escaped. Private to the manual's writer.
 */
#ifndef CONTPLAN_SCHEMA_ROFF_H
#define CONTPLAN_SCHEMA_ROFF_H

#include <contplan/base.h>

/* Puts a line `.MACRO ARGUMENT TAIL`: one argument, quoted where it needs to be; `tail` is taken
 * as it stands ("" for none). */
void cp_roff_put_macro(struct cp_buf *out, const char *macro, struct cp_str argument,
                       const char *tail);
/* Puts sentences, one begun on each line and filled; `backticks` set a literal. */
void cp_roff_put_text(struct cp_buf *out, const char *text);

#endif
