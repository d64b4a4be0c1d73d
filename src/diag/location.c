/*
 * A place in bytes as people and editors count it, with its source line. Knows files and characters
 * only.
 */
#include <contplan/diag.h>

#include <assert.h>

enum {
    EXCERPT_BYTES = 200,
    EXCERPT_LEAD = 60, /* bytes of a long line that are shown before the place */
};

struct position {
    uint32_t line;   /* from 0 */
    uint32_t column; /* from 1 */
    size_t offset;   /* not beyond the end of the line's text */
};

/* The last line that starts at or before `offset`. */
static uint32_t find_line(const struct cp_file *file, size_t offset)
{
    uint32_t low = 0;
    uint32_t high = file->line_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (file->lines[middle] <= offset) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The text of a line without its end. */
static struct cp_str line_text(const struct cp_file *file, uint32_t line)
{
    struct cp_str rest = cp_str_slice(file->bytes, file->lines[line], file->bytes.len);
    if (line + 1 < file->line_count) {
        rest.len = file->lines[line + 1] - file->lines[line];
    }
    struct cp_str text = rest;
    cp_str_line(&text, &rest);
    return text;
}

/* The column, from 1, of the character that byte `at` of a line is in. */
static uint32_t column_of(struct cp_str text, size_t at)
{
    uint32_t column = 1;
    size_t next = 0;
    while (next < at && next < text.len) {
        uint32_t c;
        size_t len = cp_utf8_decode(&c, cp_str_slice(text, next, text.len));
        next += len > 0 ? len : 1;
        column += next <= at;
    }
    return column;
}

static struct position position_of(const struct cp_file *file, size_t offset)
{
    uint32_t line = find_line(file, offset);
    struct cp_str text = line_text(file, line);
    size_t start = file->lines[line];
    size_t within = offset > start ? offset - start : 0;
    within = within < text.len ? within : text.len;
    return (struct position){line, column_of(text, within), start + within};
}

static bool is_inside_character(struct cp_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80;
}

/* The next start of a character at or after `at`; malformed text does not lead far away. */
static size_t character_from(struct cp_str text, size_t at)
{
    for (int i = 0; i < 3 && is_inside_character(text, at); i++) {
        at++;
    }
    return at;
}

/* The end of the last whole character at or before `at`. */
static size_t character_until(struct cp_str text, size_t at)
{
    size_t end = at;
    for (int i = 0; i < 3 && end > 0 && is_inside_character(text, end); i++) {
        end--;
    }
    return is_inside_character(text, end) ? at : end;
}

/* Where the excerpt of a long line starts, so that the place and some text before it are in it. */
static size_t excerpt_start(struct cp_str text, size_t within)
{
    if (text.len <= EXCERPT_BYTES || within + EXCERPT_LEAD <= EXCERPT_BYTES) {
        return 0;
    }
    size_t start = within - EXCERPT_LEAD;
    size_t last = text.len - EXCERPT_BYTES;
    return character_from(text, start < last ? start : last);
}

/* `text` is the line, which starts at byte `line_start` of the file. */
static void set_excerpt(struct cp_location *out, struct cp_str text, size_t line_start,
                        size_t within, struct cp_arena *arena)
{
    size_t start = excerpt_start(text, within);
    size_t end = start + EXCERPT_BYTES;
    end = end < text.len ? character_until(text, end) : text.len;
    out->excerpt_column = column_of(text, start);
    out->excerpt_offset = (uint32_t)(line_start + start);
    out->excerpt = cp_arena_copy(arena, cp_str_slice(text, start, end - start));
}

struct cp_location cp_location_of(struct cp_place place, struct cp_arena *arena)
{
    const struct cp_file *file = place.file;
    assert(file && file->is_loaded);
    struct position start = position_of(file, place.span.offset);
    struct position end = position_of(file, (size_t)place.span.offset + place.span.length);
    struct cp_location location = {
        .path = file->path,
        .line = start.line + 1,
        .column = start.column,
        .end_line = end.line + 1,
        .end_column = end.column,
    };
    size_t line_start = file->lines[start.line];
    set_excerpt(&location, line_text(file, start.line), line_start, start.offset - line_start,
                arena);
    return location;
}
