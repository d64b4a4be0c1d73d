/*
 * A source line as it may be shown: printable, tabs expanded, behind a gutter, with a caret and
 * tildes under the place. Knows locations only; the line is hostile text.
 */
#include "findings.h"

enum { TAB_COLUMNS = 8, GUTTER_DIGITS = 5 };

/* The line as it is printed, and between which of its terminal columns (from 0) the place stands.
 */
struct picture {
    struct cp_buf line;
    size_t from;
    size_t to;
};

static size_t width_of(const struct cp_buf *line)
{
    return cp_text_width(cp_buf_str(line));
}

/* Puts the bytes from `from` to `to` of the source line. */
static void put_run(struct cp_buf *line, struct cp_str text, size_t from, size_t to)
{
    while (from < to) {
        if (text.at[from] == '\t') {
            cp_buf_repeat(line, ' ', TAB_COLUMNS - width_of(line) % TAB_COLUMNS);
            from++;
        } else {
            from += cp_printable_next(line, text, from);
        }
    }
}

/* The byte of the excerpt at which a column of the source line stands; its end for what lies
 * behind. */
static size_t offset_of(const struct cp_location *at, uint32_t column)
{
    size_t offset = 0;
    for (uint32_t i = at->excerpt_column; i < column && offset < at->excerpt.len; i++) {
        uint32_t c;
        size_t len = cp_utf8_decode(&c, cp_str_slice(at->excerpt, offset, at->excerpt.len));
        offset += len > 0 ? len : 1;
    }
    return offset;
}

/* A value of several lines is underlined up to the end of its first line's text. */
static size_t end_of_text(struct cp_str text)
{
    while (text.len > 0 && (text.at[text.len - 1] == ' ' || text.at[text.len - 1] == '\t')) {
        text.len--;
    }
    return text.len;
}

static bool is_cut_behind(const struct cp_location *at)
{
    uint32_t column = at->excerpt_column + (uint32_t)cp_utf8_count(at->excerpt);
    return at->end_line == at->line && at->end_column > column;
}

static void draw(struct picture *out, const struct cp_location *at)
{
    struct cp_str text = at->excerpt;
    size_t from = offset_of(at, at->column);
    size_t to = at->end_line > at->line ? end_of_text(text) : offset_of(at, at->end_column);
    to = to > from ? to : from;
    if (at->excerpt_column > 1) {
        cp_buf_puts(&out->line, CP_ELLIPSIS);
    }
    put_run(&out->line, text, 0, from);
    out->from = width_of(&out->line);
    put_run(&out->line, text, from, to);
    out->to = width_of(&out->line);
    put_run(&out->line, text, to, text.len);
    if (is_cut_behind(at)) {
        cp_buf_puts(&out->line, CP_ELLIPSIS);
    }
}

static void put_gutter(struct cp_buf *out, const char *number, bool has_color)
{
    cp_ink_put(out, CP_INK_DIM, has_color, number);
    cp_ink_put(out, CP_INK_DIM, has_color, " |");
}

static void put_marks(struct cp_buf *out, const struct picture *picture, bool has_color)
{
    struct cp_buf marks;
    cp_buf_init(&marks);
    cp_buf_putc(&marks, '^');
    for (size_t i = picture->from + 1; i < picture->to; i++) {
        cp_buf_putc(&marks, '~');
    }
    cp_buf_repeat(out, ' ', picture->from + 1);
    cp_ink_put(out, CP_INK_MARK, has_color, marks.at);
    cp_buf_release(&marks);
}

static void put_picture(struct cp_buf *out, const struct picture *picture, unsigned line,
                        bool has_color)
{
    char number[16];
    int digits = snprintf(number, sizeof number, "%*u", GUTTER_DIGITS, line);
    put_gutter(out, number, has_color);
    if (picture->line.len > 0) {
        cp_buf_putc(out, ' ');
        cp_buf_put(out, cp_buf_str(&picture->line));
    }
    cp_buf_putc(out, '\n');
    snprintf(number, sizeof number, "%*s", digits, "");
    put_gutter(out, number, has_color);
    put_marks(out, picture, has_color);
    cp_buf_putc(out, '\n');
}

void cp_excerpt_put(struct cp_buf *out, const struct cp_location *at, bool has_color)
{
    if (at->line == 0) {
        return;
    }
    struct picture picture = {.from = 0};
    cp_buf_init(&picture.line);
    draw(&picture, at);
    put_picture(out, &picture, (unsigned)at->line, has_color);
    cp_buf_release(&picture.line);
}
