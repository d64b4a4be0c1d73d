/* JSON (RFC 8259) and the part of XML 1.0 that our writers use, read strictly. */
#include "readers.h"

#include <string.h>

enum { DEPTH = 24, WHERE = 256 };

struct reader {
    struct cp_str rest;
    piece_found found;
    void *context;
    struct cp_buf value;
    char where[WHERE];
    unsigned depth;
};

static bool take(struct reader *reader, const char *word)
{
    bool is_there = cp_str_has_prefix(reader->rest, word);
    reader->rest = cp_str_slice(reader->rest, is_there ? strlen(word) : 0, reader->rest.len);
    return is_there;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->rest.len > 0 && strchr(" \n\r\t", reader->rest.at[0])) {
        reader->rest = cp_str_slice(reader->rest, 1, reader->rest.len);
    }
}

static void tell(struct reader *reader, struct cp_str value)
{
    if (reader->found) {
        reader->found(reader->context, reader->where, value);
    }
}

static void tell_value(struct reader *reader)
{
    cp_buf_puts(&reader->value, "");
    tell(reader, cp_buf_str(&reader->value));
}

/* Appends to where we are; false where that gets too long. */
static bool enter(struct reader *reader, const char *separator, struct cp_str name)
{
    size_t len = strlen(reader->where);
    if (len + strlen(separator) + name.len + 1 > WHERE || memchr(name.at, '\0', name.len)) {
        return false;
    }
    snprintf(reader->where + len, WHERE - len, "%s%.*s", separator, CP_ARG(name));
    return true;
}

/* One character, of which only well-formed UTF-8 is one. */
static bool take_character(struct reader *reader)
{
    uint32_t c = 0;
    size_t len = cp_utf8_decode(&c, reader->rest);
    cp_buf_put(&reader->value, cp_str_slice(reader->rest, 0, len));
    reader->rest = cp_str_slice(reader->rest, len, reader->rest.len);
    return len > 0 && (c >= 0x20 || c == '\n' || c == '\t') && c != 0xfffe && c != 0xffff;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static bool take_unit(uint32_t *out, struct reader *reader)
{
    static const char digits[] = "0123456789abcdef";
    *out = 0;
    for (int i = 0; i < 4; i++) {
        const char *digit = reader->rest.len > 0 ? strchr(digits, reader->rest.at[0]) : NULL;
        if (!digit || *digit == '\0') {
            return false;
        }
        *out = *out * 16 + (uint32_t)(digit - digits);
        reader->rest = cp_str_slice(reader->rest, 1, reader->rest.len);
    }
    return true;
}

static void put_code_point(struct cp_buf *out, uint32_t c)
{
    if (c < 0x80) {
        cp_buf_putc(out, (char)c);
    } else if (c < 0x800) {
        cp_buf_printf(out, "%c%c", (int)(0xc0 | (c >> 6)), (int)(0x80 | (c & 0x3f)));
    } else if (c < 0x10000) {
        cp_buf_printf(out, "%c%c%c", (int)(0xe0 | (c >> 12)), (int)(0x80 | ((c >> 6) & 0x3f)),
                      (int)(0x80 | (c & 0x3f)));
    } else {
        cp_buf_printf(out, "%c%c%c%c", (int)(0xf0 | (c >> 18)), (int)(0x80 | ((c >> 12) & 0x3f)),
                      (int)(0x80 | ((c >> 6) & 0x3f)), (int)(0x80 | (c & 0x3f)));
    }
}

/* Behind the backslash and the u. */
static bool take_code_point(struct reader *reader)
{
    uint32_t c;
    uint32_t low;
    if (!take_unit(&c, reader) || (c >= 0xdc00 && c < 0xe000)) {
        return false;
    }
    if (c >= 0xd800 && c < 0xdc00) {
        if (!take(reader, "\\u") || !take_unit(&low, reader) || low < 0xdc00 || low >= 0xe000) {
            return false;
        }
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    put_code_point(&reader->value, c);
    return true;
}

static bool take_escape(struct reader *reader)
{
    static const char names[] = "\"\\/bfnrt";
    static const char means[] = "\"\\/\b\f\n\r\t";
    if (take(reader, "u")) {
        return take_code_point(reader);
    }
    const char *name = reader->rest.len > 0 ? strchr(names, reader->rest.at[0]) : NULL;
    if (!name || *name == '\0') {
        return false;
    }
    cp_buf_putc(&reader->value, means[name - names]);
    reader->rest = cp_str_slice(reader->rest, 1, reader->rest.len);
    return true;
}

/* Into `value`. */
static bool take_string(struct reader *reader)
{
    cp_buf_clear(&reader->value);
    if (!take(reader, "\"")) {
        return false;
    }
    while (!take(reader, "\"")) {
        bool is_escape = take(reader, "\\");
        bool is_broken = !is_escape && reader->rest.len > 0 &&
                         (reader->rest.at[0] == '\n' || reader->rest.at[0] == '\t');
        if (is_broken || !(is_escape ? take_escape(reader) : take_character(reader))) {
            return false;
        }
    }
    return true;
}

static bool take_number(struct reader *reader)
{
    size_t len = take(reader, "-") ? 1 : 0;
    size_t digits = 0;
    while (digits < reader->rest.len && strchr("0123456789", reader->rest.at[digits])) {
        digits++;
    }
    cp_buf_clear(&reader->value);
    cp_buf_put(&reader->value, cp_str_slice(reader->rest, 0, digits));
    reader->rest = cp_str_slice(reader->rest, digits, reader->rest.len);
    return digits > 0 && len <= 1;
}

static bool take_word(struct reader *reader)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        if (take(reader, words[i])) {
            cp_buf_clear(&reader->value);
            cp_buf_puts(&reader->value, words[i]);
            return true;
        }
    }
    return false;
}

static bool take_json(struct reader *reader);

static bool take_member(struct reader *reader, bool is_object)
{
    size_t len = strlen(reader->where);
    bool is_first = len == 0;
    skip_blanks(reader);
    if (is_object &&
        (!take_string(reader) || !enter(reader, is_first ? "" : ".", cp_buf_str(&reader->value)))) {
        return false;
    }
    if (!is_object && !enter(reader, "[]", CP_STR(""))) {
        return false;
    }
    skip_blanks(reader);
    if ((is_object && !take(reader, ":")) || !take_json(reader)) {
        return false;
    }
    reader->where[len] = '\0';
    skip_blanks(reader);
    return true;
}

static bool take_members(struct reader *reader, bool is_object)
{
    const char *end = is_object ? "}" : "]";
    skip_blanks(reader);
    if (take(reader, end)) {
        return true;
    }
    do {
        if (!take_member(reader, is_object)) {
            return false;
        }
    } while (take(reader, ","));
    return take(reader, end);
}

static bool take_json(struct reader *reader)
{
    bool is_right = false;
    skip_blanks(reader);
    if (reader->depth++ < DEPTH) {
        if (take(reader, "{")) {
            tell(reader, (struct cp_str){0});
            is_right = take_members(reader, true);
        } else if (take(reader, "[")) {
            is_right = take_members(reader, false);
        } else {
            is_right = take_string(reader) || take_word(reader) || take_number(reader);
            tell_value(reader);
        }
    }
    reader->depth--;
    return is_right;
}

bool json_read(struct cp_str text, piece_found found, void *context)
{
    struct reader reader = {.rest = text, .found = found, .context = context};
    cp_buf_init(&reader.value);
    bool is_right = take_json(&reader);
    skip_blanks(&reader);
    cp_buf_release(&reader.value);
    return is_right && reader.rest.len == 0;
}

/* ---- XML ------------------------------------------------------------------------------------- */

static bool take_name(struct cp_str *out, struct reader *reader)
{
    size_t len = 0;
    while (len < reader->rest.len && strchr("abcdefghijklmnopqrstuvwxyz-", reader->rest.at[len])) {
        len++;
    }
    *out = cp_str_slice(reader->rest, 0, len);
    reader->rest = cp_str_slice(reader->rest, len, reader->rest.len);
    return len > 0;
}

static bool take_entity(struct reader *reader)
{
    static const char *const names[] = {"amp;", "lt;", "gt;", "quot;", "apos;"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (take(reader, names[i])) {
            cp_buf_putc(&reader->value, "&<>\"'"[i]);
            return true;
        }
    }
    return false;
}

/* Up to `end`, which stays. */
static bool take_text(struct reader *reader, char end)
{
    cp_buf_clear(&reader->value);
    while (reader->rest.len > 0 && reader->rest.at[0] != end) {
        bool is_entity = take(reader, "&");
        if (cp_str_has_prefix(reader->rest, "]]>") || (!is_entity && reader->rest.at[0] == '<') ||
            !(is_entity ? take_entity(reader) : take_character(reader))) {
            return false;
        }
    }
    return true;
}

static bool take_attributes(struct reader *reader)
{
    size_t len = strlen(reader->where);
    struct cp_str name;
    while (take(reader, " ")) {
        if (!take_name(&name, reader) || !enter(reader, " ", name) || !take(reader, "=\"") ||
            !take_text(reader, '"') || !take(reader, "\"") ||
            memchr(reader->value.at, '\n', reader->value.len)) {
            return false;
        }
        tell_value(reader);
        reader->where[len] = '\0';
    }
    return true;
}

static bool take_element(struct reader *reader);

static bool take_content(struct reader *reader, struct cp_str name)
{
    char end[64];
    snprintf(end, sizeof end, "</%.*s>", CP_ARG(name));
    for (;;) {
        snprintf(reader->where, WHERE, "%.*s #", CP_ARG(name));
        if (!take_text(reader, '<')) {
            return false;
        }
        tell_value(reader);
        if (take(reader, end)) {
            return true;
        }
        if (!take_element(reader)) {
            return false;
        }
    }
}

static bool take_element(struct reader *reader)
{
    struct cp_str name;
    if (reader->depth >= DEPTH || !take(reader, "<") || !take_name(&name, reader)) {
        return false;
    }
    snprintf(reader->where, WHERE, "%.*s", CP_ARG(name));
    tell(reader, (struct cp_str){0});
    if (!take_attributes(reader)) {
        return false;
    }
    if (take(reader, "/>")) {
        return true;
    }
    reader->depth++;
    bool is_right = take(reader, ">") && take_content(reader, name);
    reader->depth--;
    return is_right;
}

bool xml_read(struct cp_str text, piece_found found, void *context)
{
    struct reader reader = {.rest = text, .found = found, .context = context};
    cp_buf_init(&reader.value);
    cp_buf_puts(&reader.value, "");
    bool is_right = take(&reader, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") &&
                    take_element(&reader) && take(&reader, "\n");
    cp_buf_release(&reader.value);
    return is_right && reader.rest.len == 0;
}
