/*
 * The lines of a document that is read: what stands before their words, what cmark must not be
 * given, and the two things it does not show: front matter and the definitions of links.
 */
#include "reading.h"

#include <string.h>

enum {
    MOST_NESTING = 32,    /* block quotes and lists opened by one line */
    MOST_STEPS = 1 << 24, /* that cmark takes over open brackets at closing ones */
    LONGEST_LABEL = 1000,
    MOST_TITLE_LINES = 16
};

void cp_reading_split(struct cp_reading *reading, size_t from)
{
    struct cp_str line;
    struct cp_str rest = cp_str_slice(reading->clean, from, reading->clean.len);
    while (cp_str_line(&line, &rest)) {
        struct cp_reading_line *kept = cp_list_push(&reading->lines, sizeof(*kept));
        kept->start = (size_t)(line.at - reading->clean.at);
        kept->end = kept->start + line.len;
    }
}

struct cp_str cp_reading_line(const struct cp_reading *reading, size_t line)
{
    if (line >= reading->lines.count) {
        return (struct cp_str){0};
    }
    const struct cp_reading_line *at = &reading->lines.items[line];
    return cp_str_slice(reading->clean, at->start, at->end - at->start);
}

struct cp_str cp_reading_strip(const struct cp_reading *reading, size_t line, size_t quotes)
{
    struct cp_str text = cp_str_trim(cp_reading_line(reading, line));
    for (; quotes > 0 && cp_str_has_prefix(text, ">"); quotes--) {
        text = cp_str_trim(cp_str_slice(text, 1, text.len));
    }
    return text;
}

/* ---- bounds -------------------------------------------------------------------------------- */

/* At each closing bracket cmark may look at all that are open in the paragraph. */
static size_t bracket_steps(struct cp_str line, size_t *open)
{
    size_t steps = 0;
    for (size_t i = 0; line.at && i < line.len; i++) {
        if (line.at[i] == '[') {
            ++*open;
        } else if (line.at[i] == ']' && *open > 0) {
            steps += --*open;
        }
    }
    return steps;
}

bool cp_reading_is_bounded(const struct cp_reading *reading, size_t from)
{
    size_t open = 0;
    size_t steps = 0;
    for (size_t i = from; i < reading->lines.count; i++) {
        struct cp_str line = cp_reading_line(reading, i);
        if (cp_str_trim(line).len == 0) {
            open = 0;
            continue;
        }
        steps += bracket_steps(line, &open);
        if (steps > MOST_STEPS || cp_markdown_depth(line) > MOST_NESTING) {
            return false;
        }
    }
    return true;
}

/* ---- front matter -------------------------------------------------------------------------- */

/* A rule across the page is no front matter: a key or a comment follows its first line. */
static bool is_metadata(struct cp_str line)
{
    return cp_str_has_prefix(line, "#") || cp_str_find(line, CP_STR(":")) != SIZE_MAX;
}

size_t cp_reading_front_matter(struct cp_str source)
{
    struct cp_str line;
    struct cp_str rest = source;
    bool is_second = true;
    if (!cp_str_line(&line, &rest) || !cp_str_is(cp_str_trim(line), "---") ||
        !cp_str_has_prefix(line, "---")) {
        return 0;
    }
    while (cp_str_line(&line, &rest)) {
        struct cp_str word = cp_str_trim(line);
        if (cp_str_has_prefix(line, "---") || cp_str_has_prefix(line, "...")) {
            return word.len == 3 ? source.len - rest.len : 0;
        }
        if (is_second && !is_metadata(word)) {
            return 0;
        }
        is_second = false;
    }
    return 0;
}

/* ---- definitions --------------------------------------------------------------------------- */

/* What stands behind `[label]:`; false where that is not how the line begins. */
static bool skip_label(struct cp_str *out, struct cp_str line)
{
    if (!cp_str_has_prefix(line, "[")) {
        return false;
    }
    for (size_t i = 1; i + 1 < line.len && i < LONGEST_LABEL; i++) {
        if (line.at[i] == '\\') {
            i++;
        } else if (line.at[i] == '[') {
            return false;
        } else if (line.at[i] == ']') {
            *out = cp_str_trim(cp_str_slice(line, i + 2, line.len));
            return i > 1 && line.at[i + 1] == ':';
        }
    }
    return false;
}

/* What stands behind the target at the start of `text`. */
static struct cp_str skip_destination(struct cp_str text)
{
    size_t end = 0;
    bool is_bracketed = cp_str_has_prefix(text, "<");
    while (end < text.len && (is_bracketed ? text.at[end] != '>' : !cp_is_blank(text.at[end]))) {
        end++;
    }
    return cp_str_trim(cp_str_slice(text, end + is_bracketed, text.len));
}

/* Lines that a title takes whose first line is `text`, at `line`; 0 where it is none. */
static size_t title_lines(const struct cp_reading *reading, struct cp_str text, size_t line,
                          size_t last, size_t quotes)
{
    if (text.len == 0 || !strchr("\"'(", text.at[0])) {
        return 0;
    }
    char close = text.at[0] == '(' ? ')' : text.at[0];
    text = cp_str_slice(text, 1, text.len);
    for (size_t count = 1; count <= MOST_TITLE_LINES; count++) {
        const char *end = text.len > 0 ? memchr(text.at, close, text.len) : NULL;
        if (end || line + count > last) {
            return end == text.at + text.len - 1 ? count : 0;
        }
        text = cp_reading_strip(reading, line + count, quotes);
    }
    return 0;
}

size_t cp_reading_definition(const struct cp_reading *reading, size_t first, size_t last,
                             size_t quotes)
{
    struct cp_str rest;
    struct cp_str text = cp_reading_strip(reading, first, SIZE_MAX);
    while (!cp_str_has_prefix(text, "[") && cp_markdown_mark(text) > 0) {
        text = cp_str_trim(cp_str_slice(text, cp_markdown_mark(text), text.len));
    }
    if (!skip_label(&rest, text)) {
        return 0;
    }
    size_t line = first;
    if (rest.len == 0 && line < last) {
        rest = cp_reading_strip(reading, ++line, quotes);
    }
    if (rest.len == 0) {
        return 0;
    }
    rest = skip_destination(rest);
    if (rest.len > 0) {
        size_t count = title_lines(reading, rest, line, last, quotes);
        return count ? line + count - first : 0;
    }
    size_t title = line < last ? title_lines(reading, cp_reading_strip(reading, line + 1, quotes),
                                             line + 1, last, quotes)
                               : 0;
    return line + 1 + title - first;
}
