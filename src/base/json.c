/*
 * Writing JSON (RFC 8259), pretty or on one line. Whatever the text, what leaves is valid UTF-8 and
 * holds no character that a terminal or log would obey or hide. Knows no schema.
 */
#include "printable.h"

#include <assert.h>

enum { INDENT = 2 };

void cp_json_init(struct cp_json *json, struct cp_buf *out, bool is_compact)
{
    *json = (struct cp_json){.out = out, .is_compact = is_compact};
}

static void break_line(struct cp_json *json)
{
    if (!json->is_compact) {
        cp_buf_putc(json->out, '\n');
        cp_buf_repeat(json->out, ' ', (size_t)json->depth * INDENT);
    }
}

/* How a character leaves that may not leave as it is. */
static void put_escape(struct cp_buf *out, uint32_t c)
{
    static const char names[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                 ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    if (c < sizeof names && names[c]) {
        cp_buf_putc(out, '\\');
        cp_buf_putc(out, names[c]);
    } else if (c < 0x10000) {
        cp_buf_printf(out, "\\u%04x", (unsigned)c);
    } else {
        unsigned above = (unsigned)c - 0x10000;
        cp_buf_printf(out, "\\u%04x\\u%04x", 0xd800 + (above >> 10), 0xdc00 + (above & 0x3ff));
    }
}

static bool is_plain(struct cp_str s, size_t at)
{
    char c = s.at[at];
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && !cp_is_command_mark(s, at);
}

/* Puts the character at byte `at` and returns its length. */
static size_t put_character(struct cp_buf *out, struct cp_str s, size_t at)
{
    uint32_t c = 0;
    struct cp_str rest = cp_str_slice(s, at, s.len);
    size_t len = cp_utf8_decode(&c, rest);
    if (len == 0) {
        cp_buf_puts(out, "\xef\xbf\xbd");
        return 1;
    }
    if (c >= 0x7f && !cp_is_unprintable(c)) {
        cp_buf_put(out, cp_str_slice(rest, 0, len));
    } else {
        put_escape(out, c);
    }
    return len;
}

static void put_string(struct cp_buf *out, struct cp_str s)
{
    cp_buf_putc(out, '"');
    for (size_t at = 0; at < s.len;) {
        size_t end = at;
        while (end < s.len && is_plain(s, end)) {
            end++;
        }
        cp_buf_put(out, cp_str_slice(s, at, end - at));
        at = end < s.len ? end + put_character(out, s, end) : end;
    }
    cp_buf_putc(out, '"');
}

/* All that stands before a value. */
static void begin(struct cp_json *json, const char *key)
{
    if (json->needs_comma) {
        cp_buf_putc(json->out, ',');
    }
    if (json->depth > 0) {
        break_line(json);
    }
    if (key) {
        put_string(json->out, cp_str_of(key));
        cp_buf_puts(json->out, json->is_compact ? ":" : ": ");
    }
    json->needs_comma = json->depth > 0;
}

static void open_group(struct cp_json *json, const char *key, char bracket)
{
    begin(json, key);
    cp_buf_putc(json->out, bracket);
    json->depth++;
    json->needs_comma = false;
}

static void close_group(struct cp_json *json, char bracket)
{
    assert(json->depth > 0);
    json->depth--;
    if (json->needs_comma) {
        break_line(json);
    }
    cp_buf_putc(json->out, bracket);
    json->needs_comma = json->depth > 0;
}

void cp_json_object(struct cp_json *json, const char *key)
{
    open_group(json, key, '{');
}

void cp_json_array(struct cp_json *json, const char *key)
{
    open_group(json, key, '[');
}

void cp_json_end_object(struct cp_json *json)
{
    close_group(json, '}');
}

void cp_json_end_array(struct cp_json *json)
{
    close_group(json, ']');
}

void cp_json_string(struct cp_json *json, const char *key, struct cp_str value)
{
    begin(json, key);
    put_string(json->out, value);
}

void cp_json_number(struct cp_json *json, const char *key, int64_t value)
{
    begin(json, key);
    cp_buf_printf(json->out, "%lld", (long long)value);
}

void cp_json_bool(struct cp_json *json, const char *key, bool value)
{
    begin(json, key);
    cp_buf_puts(json->out, value ? "true" : "false");
}

void cp_json_null(struct cp_json *json, const char *key)
{
    begin(json, key);
    cp_buf_puts(json->out, "null");
}
