/*
 * The cure of most mistakes in YAML: quotes around the value, spelled out as it must be written.
 * Knows the two quoted styles; decides nothing about what needs quotes.
 */
#include "quote.h"

#include <string.h>

enum { CURE_BYTES = 120 }; /* longer ones are not spelled out */

/* In the quotes that need the least escaping. */
static void put_quoted(struct cp_buf *out, struct cp_str text)
{
    bool is_single =
        text.len > 0 && (memchr(text.at, '"', text.len) || memchr(text.at, '\\', text.len));
    char quote = is_single ? '\'' : '"';
    cp_buf_putc(out, quote);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\'' && is_single) {
            cp_buf_putc(out, '\'');
        }
        cp_buf_putc(out, text.at[i]);
    }
    cp_buf_putc(out, quote);
}

void cp_yaml_help_quotes(struct cp_diags *diags, struct cp_diagnostic *found, struct cp_str before,
                         struct cp_str text)
{
    if (before.len + text.len > CURE_BYTES || (text.len > 0 && memchr(text.at, '\n', text.len))) {
        cp_diagnostic_help(diags, found, "put quotes around the whole value");
        return;
    }
    struct cp_buf cure;
    cp_buf_init(&cure);
    cp_buf_put(&cure, before);
    put_quoted(&cure, text);
    cp_diagnostic_help(diags, found, "put quotes around the whole value: %s", cure.at);
    cp_buf_release(&cure);
}
