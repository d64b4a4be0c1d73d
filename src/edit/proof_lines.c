/*
 * The lines of a Markdown text and what each is: by its own first bytes and its neighbours, without
 * a tree. Knows headings in all the ways that people write them, and no words.
 */
#include "proof.h"

struct reader {
    struct proof_lines *out;
    struct cp_str text;
    char fence; /* of the open block of code, or 0 */
    size_t fence_length;
};

static size_t count_of(struct cp_str text, char c)
{
    size_t count = 0;
    while (count < text.len && text.at[count] == c) {
        count++;
    }
    return count;
}

/* ---- headings -------------------------------------------------------------------------------- */

/* `## Title ##`; 0 where it is none. */
static unsigned numbered_level(struct cp_str text, struct cp_str *title)
{
    size_t level = count_of(text, '#');
    if (level == 0 || level > 6 || (level < text.len && !cp_is_blank(text.at[level]))) {
        return 0;
    }
    *title = cp_str_trim(cp_str_slice(text, level, SIZE_MAX));
    size_t end = title->len;
    while (end > 0 && title->at[end - 1] == '#') {
        end--;
    }
    if (end < title->len && (end == 0 || cp_is_blank(title->at[end - 1]))) {
        *title = cp_str_trim(cp_str_slice(*title, 0, end));
    }
    return (unsigned)level;
}

/* `<h2 id="x">Title</h2>` on one line; 0 where it is none. */
static unsigned tag_level(struct cp_str text, struct cp_str *title)
{
    if (text.len < 4 || text.at[0] != '<' || (text.at[1] | 0x20) != 'h' || text.at[2] < '1' ||
        text.at[2] > '6' || (text.at[3] != '>' && !cp_is_blank(text.at[3]))) {
        return 0;
    }
    size_t open = cp_str_find(text, CP_STR(">"));
    size_t close = cp_str_find(text, CP_STR("</h"));
    close = close == SIZE_MAX ? cp_str_find(text, CP_STR("</H")) : close;
    if (open == SIZE_MAX || close == SIZE_MAX || close < open) {
        return 0;
    }
    *title = cp_str_slice(text, open + 1, close - open - 1);
    return (unsigned)(text.at[2] - '0');
}

/* `**Title**`, `__Title__`, with a colon or not. */
static bool is_strong(struct cp_str text, struct cp_str *title)
{
    char c = text.len > 4 ? text.at[0] : '\0';
    size_t end = text.len;
    if ((c != '*' && c != '_') || text.at[1] != c) {
        return false;
    }
    end -= text.at[end - 1] == ':';
    if (end < 5 || text.at[end - 1] != c || text.at[end - 2] != c) {
        return false;
    }
    *title = cp_str_slice(text, 2, end - 4);
    char marks[] = {c, c, '\0'};
    return cp_str_find(*title, cp_str_of(marks)) == SIZE_MAX;
}

/* ---- lines that divide ----------------------------------------------------------------------- */

/* Nothing but one of `=`, `-`, `*`, `_` and blanks. */
static char ruler_of(struct cp_str text)
{
    char c = text.len > 0 ? text.at[0] : '\0';
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != c && !cp_is_blank(text.at[i])) {
            return '\0';
        }
    }
    return c != '\0' && strchr("=-*_", c) ? c : '\0';
}

/* `|:--|--:|`, `--- | ---`. */
static bool is_divider(struct cp_str text)
{
    bool has_bar = false;
    bool has_dash = false;
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("|:- \t", text.at[i])) {
            return false;
        }
        has_bar = has_bar || text.at[i] == '|';
        has_dash = has_dash || text.at[i] == '-';
    }
    return has_bar && has_dash;
}

/* A line that no underline makes a heading of. */
static bool is_other_block(struct cp_str text)
{
    size_t digits = 0;
    while (digits < text.len && cp_is_digit(text.at[digits])) {
        digits++;
    }
    bool is_numbered = digits > 0 && digits + 1 < text.len && strchr(".)", text.at[digits]) &&
                       cp_is_blank(text.at[digits + 1]);
    bool is_item = text.len > 1 && strchr("-+*", text.at[0]) && cp_is_blank(text.at[1]);
    return is_numbered || is_item || text.at[0] == '>' || text.at[0] == '|';
}

/* What the line means for the one above it. */
static bool take_ruler(struct reader *reader, struct proof_line *line, struct cp_str text)
{
    struct proof_line *above =
        reader->out->count > 0 ? &reader->out->items[reader->out->count - 1] : NULL;
    bool is_below = above && (above->kind == PROOF_TEXT || above->kind == PROOF_STRONG);
    struct cp_str words = {0};
    if (is_below) {
        words = cp_str_trim(cp_str_slice(reader->text, above->from, above->to - above->from));
    }
    char c = ruler_of(text);
    if (is_below && is_divider(text) && memchr(words.at, '|', words.len)) {
        above->kind = PROOF_HEAD_ROW;
    } else if (is_below && (c == '=' || c == '-') && !is_other_block(words)) {
        above->title = above->kind == PROOF_STRONG ? above->title : words;
        above->kind = PROOF_HEADING;
        above->level = c == '=' ? 1 : 2;
    } else if (c == '\0' || text.len < 3) {
        return false;
    }
    line->kind = PROOF_RULER;
    return true;
}

/* ---- one after another ----------------------------------------------------------------------- */

static bool take_fence(struct reader *reader, struct cp_str text)
{
    char c = text.len > 0 ? text.at[0] : '\0';
    size_t length = count_of(text, c);
    bool is_mark = (c == '`' || c == '~') && length >= 3;
    if (reader->fence) {
        bool is_end =
            is_mark && c == reader->fence && length >= reader->fence_length && length == text.len;
        reader->fence = is_end ? '\0' : reader->fence;
        return true;
    }
    if (is_mark && !(c == '`' && memchr(text.at + length, '`', text.len - length))) {
        reader->fence = c;
        reader->fence_length = length;
        return true;
    }
    return false;
}

static void take_line(struct reader *reader, struct proof_line line)
{
    struct cp_str whole = cp_str_slice(reader->text, line.from, line.to - line.from);
    struct cp_str text = cp_str_trim(whole);
    bool is_indented = cp_str_has_prefix(whole, "    ") || cp_str_has_prefix(whole, "\t");
    line.kind = PROOF_TEXT;
    if (take_fence(reader, text)) {
        line.kind = PROOF_CODE;
    } else if (text.len == 0) {
        line.kind = PROOF_BLANK;
    } else if (!is_indented && !take_ruler(reader, &line, text)) {
        unsigned level = numbered_level(text, &line.title);
        line.level = level > 0 ? level : tag_level(text, &line.title);
        line.kind = line.level > 0                 ? PROOF_HEADING
                    : is_strong(text, &line.title) ? PROOF_STRONG
                                                   : PROOF_TEXT;
    }
    *(struct proof_line *)cp_list_push(reader->out, sizeof line) = line;
}

/* Behind the front matter at the start of a document: between two lines `---`. 0: none. */
static size_t front_end(struct cp_str text)
{
    struct cp_str line;
    struct cp_str rest = text;
    if (!cp_str_line(&line, &rest) || !cp_str_is(cp_str_trim(line), "---")) {
        return 0;
    }
    while (cp_str_line(&line, &rest)) {
        struct cp_str mark = cp_str_trim(line);
        if (cp_str_is(mark, "---") || cp_str_is(mark, "...")) {
            return (size_t)(line.at - text.at) + line.len;
        }
    }
    return 0;
}

void proof_lines_read(struct proof_lines *out, struct cp_str text)
{
    struct cp_str line;
    struct cp_str rest = text;
    struct reader reader = {.out = out, .text = text};
    bool has_mark = cp_str_has_prefix(text, "\xef\xbb\xbf");
    size_t front = front_end(cp_str_slice(text, has_mark ? 3 : 0, SIZE_MAX));
    front += front > 0 && has_mark ? 3 : 0;
    while (cp_str_line(&line, &rest)) {
        size_t from = (size_t)(line.at - text.at);
        from += from == 0 && has_mark ? 3 : 0;
        struct proof_line found = {.from = (uint32_t)from,
                                   .to = (uint32_t)((size_t)(line.at - text.at) + line.len)};
        if (from < front) {
            found.kind = PROOF_FRONT;
            *(struct proof_line *)cp_list_push(out, sizeof found) = found;
        } else {
            take_line(&reader, found);
        }
    }
}
