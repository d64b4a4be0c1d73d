/*
 * Strict little readers of what our writers of JSON and XML put out: what is not well-formed is
 * refused, and what is in it is told piece by piece. No reader for input of anybody else's.
 */
#ifndef CONTPLAN_TESTS_READERS_H
#define CONTPLAN_TESTS_READERS_H

#include <contplan/base.h>

/* Of JSON: an object (`value.at` NULL) or a scalar at `where`, as "runs[].results[].ruleId";
 * strings are unescaped, other scalars as they stand.
 * Of XML: an element that begins ("testsuite", `value.at` NULL), an attribute ("testsuite name") or
 * a piece of text ("testsuite #"). */
typedef void (*piece_found)(void *context, const char *where, struct cp_str value);

/* False where the text is not one JSON value, with nothing but blanks around it. */
bool json_read(struct cp_str text, piece_found found, void *context);
/* False where the text is not one XML document of elements, attributes and text, with the five
 * entities that need no declaration. */
bool xml_read(struct cp_str text, piece_found found, void *context);

#endif
