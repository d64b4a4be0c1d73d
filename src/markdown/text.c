/*
 * Untrusted text and link targets on their way into nodes: what is unprintable becomes visible,
 * what is no allowed target does not become a link. Knows no tree.
 */
#include "private.h"

#include <string.h>

static bool is_space(char c)
{
    return c == '\n' || c == '\t' || c == '\r';
}

static size_t span_until_space(struct cp_str s)
{
    size_t end = 0;
    while (end < s.len && !is_space(s.at[end])) {
        end++;
    }
    return end;
}

void cp_text_put_line(struct cp_buf *out, struct cp_str text)
{
    text = cp_str_trim(text);
    while (text.len > 0) {
        size_t end = span_until_space(text);
        cp_printable(out, cp_str_slice(text, 0, end));
        if (end < text.len) {
            cp_buf_putc(out, ' ');
        }
        while (end < text.len && (is_space(text.at[end]) || text.at[end] == ' ')) {
            end++;
        }
        text = cp_str_slice(text, end, text.len);
    }
}

void cp_text_put_piece(struct cp_buf *out, struct cp_str text)
{
    struct cp_str words = cp_str_trim(text);
    if (text.len > 0 && (words.len == 0 || words.at > text.at)) {
        cp_buf_putc(out, ' ');
    }
    cp_text_put_line(out, words);
    if (words.len > 0 && words.at + words.len < text.at + text.len) {
        cp_buf_putc(out, ' ');
    }
}

/* Tabs stay: they indent code. */
static void put_line_with_tabs(struct cp_buf *out, struct cp_str line)
{
    while (line.len > 0) {
        const char *tab = memchr(line.at, '\t', line.len);
        size_t end = tab ? (size_t)(tab - line.at) : line.len;
        cp_printable(out, cp_str_slice(line, 0, end));
        if (tab) {
            cp_buf_putc(out, '\t');
        }
        line = cp_str_slice(line, end + (tab ? 1 : 0), line.len);
    }
}

void cp_text_put_lines(struct cp_buf *out, struct cp_str text)
{
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        put_line_with_tabs(out, line);
        cp_buf_putc(out, '\n');
    }
}

/* ---- targets ------------------------------------------------------------------------------- */

static const char *const schemes[] = {"http", "https", "mailto", "tel"};

/* A colon before any of / ? # ends a scheme. */
static bool is_allowed(struct cp_str url)
{
    size_t end = 0;
    while (end < url.len && !strchr(":/?#", url.at[end])) {
        end++;
    }
    if (end == url.len || url.at[end] != ':') {
        return true;
    }
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
        if (cp_str_is_equal_folded(cp_str_slice(url, 0, end), cp_str_of(schemes[i]))) {
            return true;
        }
    }
    return false;
}

static void put_encoded(struct cp_buf *out, struct cp_str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        cp_buf_printf(out, "%%%02X", (unsigned)(unsigned char)bytes.at[i]);
    }
}

/* Whether `&` at the start of `s` would be read as a character reference: in Markdown it would turn
 * into another character than the one that was judged. */
static bool is_reference(struct cp_str s)
{
    size_t end = 1;
    while (end < s.len && end < 40 &&
           strchr("#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                  "0123456789",
                  s.at[end])) {
        end++;
    }
    return end > 1 && end < s.len && s.at[end] == ';';
}

static bool is_encoded(uint32_t code_point, struct cp_str rest)
{
    if (code_point == '&') {
        return is_reference(rest);
    }
    return code_point <= ' ' || (code_point < 0x80 && strchr("<>\"\\`|", (int)code_point)) ||
           cp_is_unprintable(code_point);
}

bool cp_url_put(struct cp_buf *out, struct cp_str url)
{
    size_t start = out->len;
    url = cp_str_trim(url);
    while (url.len > 0) {
        uint32_t code_point = 0;
        size_t length = cp_utf8_decode(&code_point, url);
        if (length == 0) {
            put_encoded(out, cp_str_slice(url, 0, 1));
        } else if (is_encoded(code_point, url)) {
            put_encoded(out, cp_str_slice(url, 0, length));
        } else {
            cp_buf_put(out, cp_str_slice(url, 0, length));
        }
        url = cp_str_slice(url, length ? length : 1, url.len);
    }
    struct cp_str clean = cp_str_slice(cp_buf_str(out), start, out->len);
    return clean.len > 0 && is_allowed(clean);
}

void cp_html_put(struct cp_buf *out, struct cp_str text)
{
    struct cp_buf clean;
    cp_buf_init(&clean);
    cp_text_put_line(&clean, text);
    for (size_t i = 0; i < clean.len; i++) {
        switch (clean.at[i]) {
        case '&':
            cp_buf_puts(out, "&amp;");
            break;
        case '<':
            cp_buf_puts(out, "&lt;");
            break;
        case '>':
            cp_buf_puts(out, "&gt;");
            break;
        case '"':
            cp_buf_puts(out, "&quot;");
            break;
        default:
            cp_buf_putc(out, clean.at[i]);
        }
    }
    cp_buf_release(&clean);
}
