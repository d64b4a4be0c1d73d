/*
 * From libyaml's marks to bytes, and small looks at the bytes around a place.
 * Knows the shape of lines and of node properties; builds nothing and reports nothing.
 */
#include "place.h"

#include <string.h>

#define MARK "\xEF\xBB\xBF"

void cp_yaml_cursor_init(struct cp_yaml_cursor *cursor, struct cp_str bytes, uint32_t body,
                         bool is_ascii)
{
    *cursor = (struct cp_yaml_cursor){
        .bytes = bytes, .body = body, .is_ascii = is_ascii, .at = body, .index = 0};
}

/* Length of the character that starts with `lead`; the bytes are known to be UTF-8. */
static uint32_t width_of(char lead)
{
    unsigned char byte = (unsigned char)lead;
    if (byte < 0x80) {
        return 1;
    }
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

uint32_t cp_yaml_cursor_walk(struct cp_yaml_cursor *cursor, size_t index)
{
    size_t len = cursor->bytes.len;
    const char *bytes = cursor->bytes.at;
    uint32_t at = cursor->at;
    uint32_t here = cursor->index;
    for (; here < index && at < len; here++) {
        at += width_of(bytes[at]);
    }
    for (; here > index && at > cursor->body; here--) {
        do {
            at--;
        } while (at > cursor->body && is_continuation(bytes[at]));
    }
    cursor->at = at;
    cursor->index = here;
    return at;
}

uint32_t cp_yaml_break_length(struct cp_str bytes, uint32_t at)
{
    struct cp_str rest = cp_str_slice(bytes, at, 3);
    if (rest.len == 0) {
        return 0;
    }
    switch (rest.at[0]) {
    case '\n':
        return 1;
    case '\r':
        return cp_str_has_prefix(rest, "\r\n") ? 2 : 1;
    case '\xC2':
        return cp_str_has_prefix(rest, "\xC2\x85") ? 2 : 0;
    case '\xE2':
        return cp_str_is(rest, "\xE2\x80\xA8") || cp_str_is(rest, "\xE2\x80\xA9") ? 3 : 0;
    default:
        return 0;
    }
}

uint32_t cp_yaml_find_hash(struct cp_str bytes, uint32_t at)
{
    const char *hash = at < bytes.len ? memchr(bytes.at + at, '#', bytes.len - at) : NULL;
    return hash ? (uint32_t)(hash - bytes.at) : (uint32_t)bytes.len;
}

uint32_t cp_yaml_comment_end(struct cp_str bytes, uint32_t at)
{
    uint32_t end = cp_yaml_line_end(bytes, at);
    while (at < end &&
           ((unsigned char)bytes.at[at] < 0x80 || cp_yaml_break_length(bytes, at) == 0)) {
        at++;
    }
    return at;
}

uint32_t cp_yaml_line_start(struct cp_str bytes, uint32_t at)
{
    while (at > 0 && !cp_yaml_is_line_end(bytes.at[at - 1])) {
        at--;
    }
    return at;
}

uint32_t cp_yaml_line_end(struct cp_str bytes, uint32_t at)
{
    while (at < bytes.len && !cp_yaml_is_line_end(bytes.at[at])) {
        at++;
    }
    return at;
}

uint32_t cp_yaml_skip_spaces(struct cp_str bytes, uint32_t at, uint32_t end)
{
    while (at < end && bytes.at[at] == ' ') {
        at++;
    }
    return at;
}

uint32_t cp_yaml_skip_blanks(struct cp_str bytes, uint32_t at, uint32_t end)
{
    while (at < end && cp_yaml_is_blank(bytes.at[at])) {
        at++;
    }
    return at;
}

uint32_t cp_yaml_trim_blanks(struct cp_str bytes, uint32_t from, uint32_t end)
{
    while (end > from && cp_yaml_is_blank(bytes.at[end - 1])) {
        end--;
    }
    return end;
}

/* Behind the characters libyaml takes into the name of an anchor. */
static uint32_t skip_anchor(struct cp_str bytes, uint32_t at, uint32_t end)
{
    for (at++; at < end; at++) {
        char c = bytes.at[at];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!is_letter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
            break;
        }
    }
    return at;
}

/* A tag is ASCII to libyaml: any other byte begins a line end that is no ASCII. */
static uint32_t skip_tag(struct cp_str bytes, uint32_t at, uint32_t end)
{
    bool is_verbatim = at + 1 < end && bytes.at[at + 1] == '<';
    for (; at < end; at++) {
        char c = bytes.at[at];
        bool is_end = cp_yaml_is_blank(c) || cp_yaml_is_line_end(c) || (unsigned char)c >= 0x80;
        if (is_end || (!is_verbatim && c == ',')) {
            break;
        }
    }
    return at;
}

static bool is_behind_break(struct cp_str bytes, uint32_t at)
{
    for (uint32_t length = 1; length <= 3 && length <= at; length++) {
        if (cp_yaml_break_length(bytes, at - length) == length) {
            return true;
        }
    }
    return false;
}

/* Length of the blank, line end, comment or byte-order mark at `at`; libyaml reads over such a mark
 * at the start of any line. */
static uint32_t between_length(struct cp_str bytes, uint32_t at)
{
    switch (bytes.at[at]) {
    case ' ':
    case '\t':
        return 1;
    case '#':
        return cp_yaml_comment_end(bytes, at) - at;
    case '\xEF':
        return is_behind_break(bytes, at) && cp_str_has_prefix(cp_str_slice(bytes, at, 3), MARK)
                   ? 3
                   : 0;
    default:
        return cp_yaml_break_length(bytes, at);
    }
}

static uint32_t skip_between(struct cp_str bytes, uint32_t at, uint32_t end)
{
    uint32_t length = 1;
    while (at < end && length > 0) {
        length = between_length(bytes, at);
        at += length;
    }
    return at < end ? at : end;
}

uint32_t cp_yaml_walk_properties(struct cp_str bytes, uint32_t at, uint32_t end)
{
    while (at < end && (bytes.at[at] == '&' || bytes.at[at] == '!')) {
        at = bytes.at[at] == '&' ? skip_anchor(bytes, at, end) : skip_tag(bytes, at, end);
        at = skip_between(bytes, at, end);
    }
    return at;
}

uint32_t cp_yaml_value_end(struct cp_str bytes, uint32_t at)
{
    uint32_t end = at;
    while (end < bytes.len && !cp_yaml_is_line_end(bytes.at[end])) {
        if (bytes.at[end] == '#' && end > at && cp_yaml_is_blank(bytes.at[end - 1])) {
            break;
        }
        end++;
    }
    return cp_yaml_trim_blanks(bytes, at, end);
}

struct cp_str cp_yaml_lead(struct cp_str bytes, uint32_t at)
{
    uint32_t start = cp_yaml_skip_blanks(bytes, cp_yaml_line_start(bytes, at), at);
    return cp_str_slice(bytes, start, at - start);
}
