/* The generated parts of the manual pages, each by its name. */
#ifndef CONTPLAN_TESTS_PARTS_H
#define CONTPLAN_TESTS_PARTS_H

#include <contplan/base.h>

/* Puts a part as mdoc source: `options validate`, `rules`. False where there is no such part. */
bool manual_put_part(struct cp_buf *out, const char *name);

#endif
