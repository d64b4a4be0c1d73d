/*
 * The writers of comparisons, listed in comparison.c, and what they share. Private to the output
 * layer.
 */
#ifndef OUTPUT_COMPARISON_H
#define OUTPUT_COMPARISON_H

#include <contplan/markdown.h>
#include <contplan/output.h>

void comparison_write_text(struct cp_buf *out, const struct cp_comparison *comparison,
                           const struct cp_output_options *options);
void comparison_write_markdown(struct cp_buf *out, const struct cp_comparison *comparison,
                               const struct cp_output_options *options);
void comparison_write_json(struct cp_buf *out, const struct cp_comparison *comparison,
                           const struct cp_output_options *options);

/* Puts the files and their changes, without totals: as text, as blocks, as the items of an array.
 */
void comparison_put_text(struct cp_buf *out, const struct cp_comparison *comparison,
                         const struct cp_output_options *options);
void comparison_put_blocks(struct cp_document *document, const struct cp_comparison *comparison);
void comparison_put_items(struct cp_json *json, const struct cp_comparison *comparison);

/* Puts "3 changes in 2 files: 2 weakened, 1 added; 4 values withheld". */
void comparison_put_totals(struct cp_buf *out, const struct cp_comparison *comparison);
/* Puts " (in 3 plans: a, b, c)" for what plans inherit, the ids raw; nothing for the rest. */
void comparison_put_reach(struct cp_buf *out, const struct cp_change *change);
/* Puts the beginning of a text on one line, with an ellipsis where it is cut; raw. */
void comparison_put_excerpt(struct cp_buf *out, struct cp_str text);
/* Puts what is shown of the kept words at `index`: those beside a change. Raw. */
void comparison_put_kept(struct cp_buf *out, const struct cp_change *change, size_t index);
/* What stands for a value that is for a narrower audience. */
const char *comparison_withheld(const struct cp_comparison *comparison);
/* Whether prose has changed too much to say which words did. */
bool comparison_is_rewritten(const struct cp_change *change);
/* Whether a value stands on neither side. */
bool comparison_is_bare(const struct cp_change *change);

#endif
