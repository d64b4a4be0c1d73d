/*
 * What other writers need of those of tables. Private to the output layer.
 */
#ifndef OUTPUT_TABLE_H
#define OUTPUT_TABLE_H

#include <contplan/output.h>

/* Makes a printable text fit for the start of a line: build servers obey one that starts with "::",
 * after any white space, also beyond ASCII. */
void table_guard_start(struct cp_buf *text);
/* Cuts a printable text that takes more than `width` columns, and ends it with `mark`, which takes
 * one. */
void table_cut(struct cp_buf *text, size_t width, const char *mark);
/* Puts columns for people. */
void table_put(struct cp_buf *out, const struct cp_table *table,
               const struct cp_output_options *options);
/* The values of a cell, printable, on one line; the cells are asked for in their order, `*from`
 * starts at 0. Empty where there are none. */
void table_put_cell(struct cp_buf *out, const struct cp_table *table, size_t *from, size_t row,
                    size_t column);

#endif
