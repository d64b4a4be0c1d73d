/*
 * Plain text as mdoc source. Knows roff's traps: a request at the start of a line, macros called
 * inside macro lines, the backslash, sentences that end in mid-line. Knows no field.
 */
#include "roff.h"

#include <string.h>

enum { FILL_COLUMNS = 76 };

/* What lies beyond ASCII is named by its code point: not every roff reads UTF-8. */
static void put_code_point(struct cp_buf *out, uint32_t code_point, bool is_literal)
{
    if (code_point == '\\') {
        cp_buf_puts(out, "\\e");
    } else if (code_point == '-' && is_literal) {
        cp_buf_puts(out, "\\-");
    } else if (code_point == '"' && is_literal) {
        cp_buf_puts(out, "\\(dq");
    } else if (code_point < 0x80) {
        cp_buf_putc(out, (char)code_point);
    } else {
        cp_buf_printf(out, "\\[u%04X]", (unsigned)code_point);
    }
}

static void put_escaped(struct cp_buf *out, struct cp_str text, bool is_literal)
{
    uint32_t code_point;
    size_t len;
    while ((len = cp_utf8_decode(&code_point, text)) > 0) {
        put_code_point(out, code_point, is_literal);
        text = cp_str_slice(text, len, text.len);
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
    put_escaped(out, argument, true);
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
    put_escaped(filler->out, word, false);
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
