/*
 * The one way from untrusted text to text that a person may safely read. Knows which characters a
 * terminal or a page would obey or hide instead of showing.
 */
#include "printable.h"

#include "ascii.h"

struct range {
    uint32_t first;
    uint32_t last;
};

/* Above ASCII, in order. */
static const struct range unprintable[] = {
    {0x7f, 0x9f},       /* DEL, C1 controls */
    {0xad, 0xad},       /* soft hyphen */
    {0x61c, 0x61c},     /* Arabic letter mark */
    {0x180e, 0x180e},   /* Mongolian vowel separator */
    {0x200b, 0x200f},   /* zero-width, direction marks */
    {0x2028, 0x202e},   /* line and paragraph separators, direction embeddings and overrides */
    {0x2060, 0x206f},   /* word joiner, invisible operators, direction isolates */
    {0xfeff, 0xfeff},   /* byte order mark */
    {0xfff9, 0xfffb},   /* interlinear annotation */
    {0xfffe, 0xffff},   /* no characters at all, which XML refuses */
    {0xe0000, 0xe007f}, /* tags */
};

bool cp_is_unprintable(uint32_t code_point)
{
    if (code_point < 0x7f) {
        return code_point < 0x20 && code_point != '\n' && code_point != '\t';
    }
    for (size_t i = 0; i < sizeof unprintable / sizeof unprintable[0]; i++) {
        if (code_point <= unprintable[i].last) {
            return code_point >= unprintable[i].first;
        }
    }
    return false;
}

bool cp_is_command_mark(struct cp_str s, size_t at)
{
    if (at == 0 || s.at[at] != '#' || s.at[at - 1] != '#') {
        return false;
    }
    do {
        at++;
    } while (at < s.len && is_letter(s.at[at]));
    return at < s.len && s.at[at] == '[';
}

/* How many bytes from `at` on may stand as they are. */
static size_t plain_run(struct cp_str s, size_t at)
{
    size_t end = at;
    while (end < s.len && s.at[end] >= 0x20 && s.at[end] < 0x7f && !cp_is_command_mark(s, end)) {
        end++;
    }
    return end - at;
}

size_t cp_printable_next(struct cp_buf *out, struct cp_str s, size_t at)
{
    uint32_t c = 0;
    struct cp_str rest = cp_str_slice(s, at, s.len);
    size_t len = cp_utf8_decode(&c, rest);
    if (len == 0) {
        cp_buf_printf(out, "<0x%02X>", (unsigned)(unsigned char)s.at[at]);
        return 1;
    }
    bool is_layout = c == '\n' || c == '\t';
    if (cp_is_unprintable(c) || is_layout || cp_is_command_mark(s, at)) {
        cp_buf_printf(out, "<U+%04X>", (unsigned)c);
    } else {
        cp_buf_put(out, cp_str_slice(rest, 0, len));
    }
    return len;
}

void cp_printable(struct cp_buf *out, struct cp_str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t len = plain_run(s, at);
        if (len > 0) {
            cp_buf_put(out, cp_str_slice(s, at, len));
            at += len;
        } else {
            at += cp_printable_next(out, s, at);
        }
    }
}

const char *cp_printable_in(struct cp_arena *arena, struct cp_str s)
{
    if (plain_run(s, 0) == s.len) {
        return cp_arena_copy(arena, s).at;
    }
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_printable(&buf, s);
    const char *text = cp_arena_copy(arena, cp_buf_str(&buf)).at;
    cp_buf_release(&buf);
    return text;
}
