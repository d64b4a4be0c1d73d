/*
 * Plain text as mdoc source. Knows roff's traps: a request at the start of a line, macros called
 * inside macro lines, the backslash, sentences that end in mid-line. Knows no field.
 */
#include "roff.h"

#include <string.h>

enum { FILL_COLUMNS = 76 };

static void put_byte(struct cp_buf *out, char c, bool is_literal)
{
    if (c == '\\') {
        cp_buf_puts(out, "\\e");
    } else if (c == '-' && is_literal) {
        cp_buf_puts(out, "\\-");
    } else {
        cp_buf_putc(out, c);
    }
}

static bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* An argument of two or three bytes may be the name of a macro; one that begins or ends with a mark
 * may be taken for a delimiter. A zero-width character beside it ends both. */
static void put_argument(struct cp_buf *out, struct cp_str argument)
{
    if (argument.len == 0) {
        cp_buf_puts(out, "\"\"");
        return;
    }
    bool is_quoted = memchr(argument.at, ' ', argument.len);
    cp_buf_puts(out, is_quoted ? "\"" : "");
    bool is_guarded = argument.len <= 3 || !is_letter_or_digit(argument.at[0]);
    cp_buf_puts(out, is_guarded ? "\\&" : "");
    for (size_t i = 0; i < argument.len; i++) {
        if (argument.at[i] == '"') {
            cp_buf_puts(out, "\\(dq");
        } else {
            put_byte(out, argument.at[i], true);
        }
    }
    is_guarded = !is_letter_or_digit(argument.at[argument.len - 1]);
    cp_buf_puts(out, is_guarded ? "\\&" : "");
    cp_buf_puts(out, is_quoted ? "\"" : "");
}

void cp_roff_put_macro(struct cp_buf *out, const char *macro, struct cp_str argument,
                       const char *tail)
{
    cp_buf_printf(out, ".%s ", macro);
    put_argument(out, argument);
    cp_buf_printf(out, "%s%s\n", *tail ? " " : "", tail);
}

/* ---- text ---------------------------------------------------------------------------------- */

/* A line of text being filled. */
struct filler {
    struct cp_buf *out;
    size_t column;
};

static void end_line(struct filler *filler)
{
    if (filler->column > 0) {
        cp_buf_putc(filler->out, '\n');
        filler->column = 0;
    }
}

static void put_word(struct filler *filler, struct cp_str word)
{
    if (filler->column > 0 && filler->column + 1 + word.len > FILL_COLUMNS) {
        end_line(filler);
    }
    if (filler->column > 0) {
        cp_buf_putc(filler->out, ' ');
        filler->column++;
    } else if (word.at[0] == '.' || word.at[0] == '\'') {
        cp_buf_puts(filler->out, "\\&");
    }
    for (size_t i = 0; i < word.len; i++) {
        put_byte(filler->out, word.at[i], false);
    }
    filler->column += word.len;
    if (strchr(".?!", word.at[word.len - 1])) {
        end_line(filler);
    }
}

/* A literal and the marks that follow it without a blank: a line of its own. Returns the text
 * behind them. */
static const char *put_literal(struct filler *filler, const char *text)
{
    size_t len = strcspn(text, "`");
    struct cp_str literal = {text, len};
    text += len + (text[len] == '`');
    char tail[16] = "";
    size_t at = 0;
    while (*text && strchr(".,;:)", *text) && at + 3 < sizeof tail) {
        if (at > 0) {
            tail[at++] = ' ';
        }
        tail[at++] = *text++;
    }
    tail[at] = '\0';
    end_line(filler);
    cp_roff_put_macro(filler->out, "Ql", literal, tail);
    return text;
}

void cp_roff_put_text(struct cp_buf *out, const char *text)
{
    struct filler filler = {out, 0};
    while (*text) {
        size_t len = strcspn(text, " `");
        if (len > 0) {
            put_word(&filler, (struct cp_str){text, len});
            text += len;
        } else if (*text == '`') {
            text = put_literal(&filler, text + 1);
        } else {
            text++;
        }
    }
    end_line(&filler);
}
