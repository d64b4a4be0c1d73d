/* The writers of history, listed in history.c. Private to the output layer. */
#ifndef OUTPUT_HISTORY_H
#define OUTPUT_HISTORY_H

#include "comparison.h"

void history_write_text(struct cp_buf *out, const struct cp_history_entry *const *entries,
                        size_t count, const struct cp_output_options *options);
void history_write_markdown(struct cp_buf *out, const struct cp_history_entry *const *entries,
                            size_t count, const struct cp_output_options *options);
void history_write_json(struct cp_buf *out, const struct cp_history_entry *const *entries,
                        size_t count, const struct cp_output_options *options);

#endif
