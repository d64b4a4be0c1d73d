/*
 * History for people: a line for each commit, and below it what it changed. A commit's texts are
 * somebody else's: they leave through cp_printable(), cut to one line.
 */
#include "findings.h"
#include "history.h"

enum { COMMIT_DIGITS = 10 };

/* What a commit says of itself. */
static void put_origin(struct cp_buf *out, const struct cp_history_entry *entry)
{
    struct cp_buf text;
    if (!entry->author.at) {
        return;
    }
    cp_buf_init(&text);
    comparison_put_excerpt(&text, entry->author);
    cp_buf_puts(&text, ": ");
    comparison_put_excerpt(&text, entry->subject);
    cp_buf_putc(out, ' ');
    cp_printable(out, cp_buf_str(&text));
    cp_buf_release(&text);
}

static void put_commit(struct cp_buf *out, const struct cp_history_entry *entry,
                       const struct cp_output_options *options)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_date_put(&text, entry->date);
    cp_buf_printf(&text, " %.*s", CP_ARG(cp_str_slice(entry->commit, 0, COMMIT_DIGITS)));
    cp_ink_put(out, CP_INK_INFO, options->has_color, text.at);
    cp_buf_release(&text);
    put_origin(out, entry);
    cp_buf_putc(out, '\n');
}

void history_write_text(struct cp_buf *out, const struct cp_history_entry *const *entries,
                        size_t count, const struct cp_output_options *options)
{
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i > 0 ? "\n" : "");
        put_commit(out, entries[i], options);
        comparison_put_text(out, &entries[i]->comparison, options);
    }
}
