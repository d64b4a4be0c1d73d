/*
 * Text from files in Markdown that is shown by code hosts. Private to the output layer.
 */
#ifndef OUTPUT_MARKDOWN_TEXT_H
#define OUTPUT_MARKDOWN_TEXT_H

#include <contplan/markdown.h>

/* Puts text from a file beside our own, of which code hosts make nothing: nobody is mentioned, and
 * no issue or address becomes a link. */
void markdown_put_text(struct cp_document *document, struct cp_str text);

#endif
