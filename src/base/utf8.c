/*
 * UTF-8: one code point in, one out, and counting them. Knows nothing of what a character is for;
 * printable.c and width.c do.
 */
#include <contplan/base.h>

#include <assert.h>

/* One row for each length above 1: lead byte (value under mask), and the least code point that
 * needs this length. */
struct form {
    unsigned char mask;
    unsigned char lead;
    uint32_t least;
};

static const struct form forms[] = {
    {0xe0, 0xc0, 0x80},
    {0xf0, 0xe0, 0x800},
    {0xf8, 0xf0, 0x10000},
};

static bool is_code_point(uint32_t c)
{
    return c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
}

static size_t decode_long(uint32_t *out, struct cp_str s)
{
    const unsigned char *at = (const unsigned char *)s.at;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const struct form *form = &forms[i];
        size_t len = i + 2;
        if ((at[0] & form->mask) != form->lead) {
            continue;
        }
        if (s.len < len) {
            return 0;
        }
        uint32_t c = at[0] & (unsigned char)~form->mask;
        for (size_t j = 1; j < len; j++) {
            if ((at[j] & 0xc0) != 0x80) {
                return 0;
            }
            c = c << 6 | (at[j] & 0x3f);
        }
        if (c < form->least || !is_code_point(c)) {
            return 0;
        }
        *out = c;
        return len;
    }
    return 0;
}

size_t cp_utf8_decode(uint32_t *out, struct cp_str s)
{
    if (s.len == 0) {
        return 0;
    }
    unsigned char first = (unsigned char)s.at[0];
    if (first >= 0x80) {
        return decode_long(out, s);
    }
    *out = first;
    return 1;
}

void cp_utf8_put(struct cp_buf *buf, uint32_t code_point)
{
    assert(is_code_point(code_point));
    if (code_point < 0x80) {
        cp_buf_putc(buf, (char)code_point);
        return;
    }
    size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    char bytes[4];
    for (size_t i = len - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (code_point & 0x3f));
        code_point >>= 6;
    }
    bytes[0] = (char)(forms[len - 2].lead | code_point);
    cp_buf_put(buf, (struct cp_str){bytes, len});
}

size_t cp_utf8_count(struct cp_str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; count++) {
        uint32_t c;
        bool is_ascii = (unsigned char)s.at[i] < 0x80;
        size_t len = is_ascii ? 1 : cp_utf8_decode(&c, cp_str_slice(s, i, s.len));
        i += len > 0 ? len : 1;
    }
    return count;
}
