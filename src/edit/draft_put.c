/*
 * A draft as YAML that a person would write: plain scalars where they are safe, quotes where they
 * are needed, block scalars for prose, comments above or beside. Knows no field by name.
 */
#include "draft.h"

enum { WIDTH = 100, SHORT_PROSE = 76, STEP = 2 };

/* ---- which style ----------------------------------------------------------------------------- */

/* What YAML does not take as it is, or takes for a line's end. */
static bool is_special(uint32_t point)
{
    return point < 0x20 || point == 0x7f || (point >= 0x80 && point < 0xa0) || point == 0x2028 ||
           point == 0x2029 || point == 0xfeff || point == 0xfffe || point == 0xffff;
}

/* Whether it can only be said with escapes. */
static bool needs_escapes(struct cp_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t point = 0;
        size_t len = cp_utf8_decode(&point, cp_str_slice(text, at, SIZE_MAX));
        if (len == 0 || (is_special(point) && point != '\n' && point != '\t')) {
            return true;
        }
        at += len;
    }
    return false;
}

static bool has_byte(struct cp_str text, char byte)
{
    return text.len > 0 && memchr(text.at, byte, text.len) != NULL;
}

/* Words that other readers of YAML type: the text would not come back. */
static bool is_typed_word(struct cp_str text)
{
    static const char *const words[] = {"y",    "n",     "yes",   "no", "on", "off",
                                        "true", "false", "null",  "~",  "=",  ".inf",
                                        ".nan", "-.inf", "+.inf", "<<"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is_equal_folded(text, cp_str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Numbers, dates and times of day: nothing but figures and what stands between them. */
static bool is_number_like(struct cp_str text)
{
    bool has_digit = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        has_digit = has_digit || cp_is_digit(c);
        if (!cp_is_digit(c) && !strchr(".:,_+-eExX", c)) {
            return false;
        }
    }
    return has_digit && (cp_is_digit(text.at[0]) || strchr(".+-", text.at[0]));
}

/* Whether the field is one whose values may look like a number or a word of YAML. */
static bool is_typed_field(const struct cp_field *field)
{
    return field && field->type != CP_TYPE_TEXT && field->type != CP_TYPE_PROSE &&
           field->type != CP_TYPE_PHONE && field->type != CP_TYPE_OBJECT &&
           field->type != CP_TYPE_REFERENCE && field->type != CP_TYPE_ID;
}

static bool is_plain(const struct cp_field *field, struct cp_str text)
{
    if (text.len == 0 || has_byte(text, '\n') || has_byte(text, '\t') ||
        strchr("-?:,[]{}#&*!|>'\"%@` ", text.at[0]) || strchr(": ", text.at[text.len - 1]) ||
        cp_str_find(text, CP_STR(": ")) != SIZE_MAX ||
        cp_str_find(text, CP_STR(" #")) != SIZE_MAX) {
        return false;
    }
    return is_typed_field(field) || (!is_typed_word(text) && !is_number_like(text));
}

static bool is_prose(const struct draft *draft)
{
    const struct cp_field *field = draft->field;
    return field && (field->type == CP_TYPE_PROSE || field->type == CP_TYPE_OBJECT);
}

/* Prose of several lines, long prose, and prose that quotes would make hard to read. */
static bool is_block(const struct draft *draft, bool is_safe)
{
    struct cp_str text = draft->text;
    bool has_marks = has_byte(text, '"') || has_byte(text, '\\') || has_byte(text, '`') ||
                     has_byte(text, '[') || has_byte(text, '*');
    return has_byte(text, '\n') || (is_prose(draft) && text.len > SHORT_PROSE) ||
           (is_prose(draft) && !is_safe && has_marks);
}

/* ---- scalars --------------------------------------------------------------------------------- */

static void put_escape(struct cp_buf *out, struct cp_str text, size_t *at)
{
    uint32_t point = 0;
    size_t len = cp_utf8_decode(&point, cp_str_slice(text, *at, SIZE_MAX));
    if (len == 0) {
        point = 0xfffd; /* no YAML holds such a byte */
    }
    if (point == '\n') {
        cp_buf_puts(out, "\\n");
    } else if (point == '"' || point == '\\') {
        cp_buf_printf(out, "\\%c", (char)point);
    } else if (is_special(point)) {
        cp_buf_printf(out, "\\u%04X", (unsigned)point);
    } else {
        cp_utf8_put(out, point);
    }
    *at += len > 0 ? len : 1;
}

static void put_double(struct cp_buf *out, struct cp_str text)
{
    cp_buf_putc(out, '"');
    for (size_t at = 0; at < text.len;) {
        put_escape(out, text, &at);
    }
    cp_buf_putc(out, '"');
}

static void put_single(struct cp_buf *out, struct cp_str text)
{
    cp_buf_putc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        cp_buf_puts(out, text.at[i] == '\'' ? "'" : "");
        cp_buf_putc(out, text.at[i]);
    }
    cp_buf_putc(out, '\'');
}

/* Lines below `|`, whose header says how far they are indented where the first begins with a blank.
 */
static void put_block(struct cp_buf *out, struct cp_str text, size_t indent)
{
    struct cp_str rest = text;
    struct cp_str line;
    struct cp_str first = cp_str_trim(text);
    bool is_indented = first.at != text.at;
    cp_buf_puts(out, is_indented ? "|2" : "|");
    while (cp_str_line(&line, &rest)) {
        cp_buf_putc(out, '\n');
        if (line.len > 0) {
            cp_buf_repeat(out, ' ', indent);
            cp_buf_put(out, line);
        }
    }
}

static void put_scalar(struct cp_buf *out, const struct draft *draft, size_t indent)
{
    struct cp_str text = draft->text;
    bool is_safe = is_plain(draft->field, text);
    if (needs_escapes(text)) {
        put_double(out, text);
    } else if (is_block(draft, is_safe)) {
        put_block(out, text, indent);
    } else if (is_safe) {
        cp_buf_put(out, text);
    } else if (has_byte(text, '"') || has_byte(text, '\\')) {
        put_single(out, text);
    } else {
        put_double(out, text);
    }
}

/* ---- comments -------------------------------------------------------------------------------- */

/* Comment lines, folded at blanks. */
static void put_note(struct cp_buf *out, struct cp_str text, size_t indent)
{
    size_t column = SIZE_MAX;
    size_t at = 0;
    while (at < text.len) {
        size_t end = at;
        while (end < text.len && !cp_is_blank(text.at[end])) {
            end++;
        }
        struct cp_str word = cp_str_slice(text, at, end - at);
        if (word.len > 0 && (column == SIZE_MAX || column + 1 + cp_utf8_count(word) > WIDTH)) {
            cp_buf_puts(out, column == SIZE_MAX ? "" : "\n");
            cp_buf_repeat(out, ' ', indent);
            cp_buf_putc(out, '#');
            column = indent + 1;
        }
        if (word.len > 0) {
            cp_buf_putc(out, ' ');
            cp_printable(out, word);
            column += 1 + cp_utf8_count(word);
        }
        at = end + 1;
    }
    cp_buf_puts(out, column == SIZE_MAX ? "" : "\n");
}

static void put_notes(struct cp_buf *out, const struct draft *draft, size_t indent)
{
    for (const struct draft_note *note = draft->above; note; note = note->next) {
        put_note(out, note->text, indent);
    }
}

/* Whether the comment fits behind the text, which then stands on one line. */
static bool is_beside(const struct draft *draft, size_t indent)
{
    size_t used = indent + draft->key.len + 4 + draft->text.len;
    return draft->beside.len > 0 && !has_byte(draft->text, '\n') &&
           used + 3 + cp_utf8_count(draft->beside) <= WIDTH;
}

/* ---- the tree -------------------------------------------------------------------------------- */

static void put_mapping(struct cp_buf *out, const struct draft *mapping, size_t indent,
                        bool is_behind_dash);

static void put_text(struct cp_buf *out, const struct draft *draft, size_t indent)
{
    cp_buf_putc(out, ' ');
    put_scalar(out, draft, indent);
    if (is_beside(draft, indent)) {
        cp_buf_puts(out, "  # ");
        cp_printable(out, draft->beside);
    }
    cp_buf_putc(out, '\n');
}

static void put_above(struct cp_buf *out, const struct draft *draft, size_t indent)
{
    put_notes(out, draft, indent);
    if (draft->beside.len > 0 && !is_beside(draft, indent + STEP)) {
        put_note(out, draft->beside, indent);
    }
}

static void put_items(struct cp_buf *out, const struct draft *list, size_t indent)
{
    for (const struct draft *item = list->first; item; item = item->next) {
        put_above(out, item, indent);
        if (item->first) {
            put_above(out, item->first, indent);
        }
        cp_buf_repeat(out, ' ', indent);
        cp_buf_putc(out, '-');
        if (item->kind == DRAFT_MAPPING) {
            cp_buf_putc(out, ' ');
            put_mapping(out, item, indent + STEP, true);
        } else {
            put_text(out, item, indent + STEP);
        }
    }
}

/* A draft is as deep as the tables are. */
static void put_mapping(struct cp_buf *out, const struct draft *mapping, size_t indent,
                        bool is_behind_dash)
{
    for (const struct draft *child = mapping->first; child; child = child->next) {
        if (!is_behind_dash) {
            cp_buf_puts(out, indent == 0 && child->kind != DRAFT_TEXT ? "\n" : "");
            put_above(out, child, indent);
            cp_buf_repeat(out, ' ', indent);
        }
        is_behind_dash = false;
        cp_buf_put(out, child->key);
        cp_buf_putc(out, ':');
        if (child->kind == DRAFT_TEXT) {
            put_text(out, child, indent + STEP);
            continue;
        }
        cp_buf_putc(out, '\n');
        if (child->kind == DRAFT_LIST) {
            put_items(out, child, indent + STEP);
        } else {
            put_mapping(out, child, indent + STEP, false);
        }
    }
}

void draft_put(struct cp_buf *out, const struct draft *root)
{
    put_notes(out, root, 0);
    put_mapping(out, root, 0, false);
}

/* ---- read again ------------------------------------------------------------------------------ */

/* A block scalar ends with a line's end that the text does not have. */
static struct cp_str without_line_end(struct cp_str text)
{
    return cp_str_has_suffix(text, "\n") ? cp_str_slice(text, 0, text.len - 1) : text;
}

bool draft_is_same(const struct draft *draft, const struct cp_node *node)
{
    static const enum cp_node_kind kinds[] = {
        [DRAFT_TEXT] = CP_NODE_SCALAR,
        [DRAFT_MAPPING] = CP_NODE_MAPPING,
        [DRAFT_LIST] = CP_NODE_SEQUENCE,
    };
    if (!node || node->kind != kinds[draft->kind] || node->count != draft->count) {
        return false;
    }
    if (draft->kind == DRAFT_TEXT) {
        return cp_str_is_equal(without_line_end(node->text), without_line_end(draft->text));
    }
    const struct cp_node *other = node->first;
    for (const struct draft *child = draft->first; child; child = child->next) {
        bool is_key = draft->kind == DRAFT_LIST || cp_str_is_equal(child->key, other->key->text);
        if (!is_key || !draft_is_same(child, other)) {
            return false;
        }
        other = other->next;
    }
    return true;
}
