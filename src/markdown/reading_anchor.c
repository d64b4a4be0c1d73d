/*
 * The anchors of a document that is read, as GitHub makes them: slugs of headings, and the ids and
 * names that HTML gives.
 */
#include "reading.h"

#include <string.h>

struct slug {
    unsigned copies; /* headings that have had it */
};

/* ---- letters ------------------------------------------------------------------------------- */

/* Characters beyond ASCII that are neither letters nor marks nor digits. */
static const struct {
    uint32_t first, last;
} others[] = {
    {0x80, 0xA9},       {0xAB, 0xB4},        {0xB6, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
    {0xF7, 0xF7},       {0x2000, 0x200B},    {0x200E, 0x203E}, {0x2041, 0x2053}, {0x2055, 0x2070},
    {0x2074, 0x207E},   {0x2080, 0x208F},    {0x20A0, 0x20CF}, {0x2190, 0x245F}, {0x249C, 0x24B5},
    {0x24EA, 0x2BFF},   {0x2E00, 0x2E7F},    {0x3000, 0x3004}, {0x3008, 0x3020}, {0xE000, 0xF8FF},
    {0xFF00, 0xFF0F},   {0xFF1A, 0xFF20},    {0xFF3B, 0xFF3E}, {0xFF5B, 0xFF65}, {0xFFF0, 0xFFFF},
    {0x1F000, 0x1FAFF}, {0xF0000, 0x10FFFF},
};

static bool is_word(uint32_t c)
{
    if (c < 0x80) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (c >= others[i].first && c <= others[i].last) {
            return false;
        }
    }
    return true;
}

static uint32_t to_lower(uint32_t c)
{
    bool is_latin = (c >= 0xC0 && c <= 0xDE && c != 0xD7);
    bool is_greek = c >= 0x391 && c <= 0x3A9;
    bool is_cyrillic = c >= 0x410 && c <= 0x42F;
    if ((c >= 'A' && c <= 'Z') || is_latin || is_greek || is_cyrillic) {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 80;
    }
    bool is_even = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177);
    bool is_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    return (is_even && c % 2 == 0) || (is_odd && c % 2 == 1) ? c + 1 : c;
}

/* Letters, digits, `_` and `-` stay, a blank is `-`, all else goes. */
static void put_slug(struct cp_buf *out, struct cp_str words)
{
    while (words.len > 0) {
        uint32_t c = 0;
        size_t length = cp_utf8_decode(&c, words);
        c = to_lower(c);
        if (length && cp_is_blank(words.at[0])) {
            cp_buf_putc(out, '-');
        } else if (length && is_word(c)) {
            cp_utf8_put(out, c);
        }
        words = cp_str_slice(words, length ? length : 1, words.len);
    }
}

/* ---- anchors ------------------------------------------------------------------------------- */

static struct slug *keep_anchor(struct cp_reading *reading, struct cp_str name)
{
    struct slug *slug = cp_map_find(&reading->anchors, name);
    if (!slug) {
        slug = cp_arena_alloc(&reading->arena, sizeof(*slug));
        struct cp_str *kept = cp_list_push(&reading->names, sizeof(*kept));
        *kept = cp_arena_copy(&reading->arena, name);
        cp_map_put(&reading->anchors, *kept, slug);
    }
    return slug;
}

/* A repeated slug gets the number of those before it. */
static struct cp_str keep_slug(struct cp_reading *reading, struct cp_str words)
{
    struct cp_buf text;
    cp_buf_init(&text);
    put_slug(&text, cp_str_trim(words));
    struct slug *slug = keep_anchor(reading, cp_buf_str(&text));
    if (slug->copies > 0) {
        cp_buf_printf(&text, "-%u", slug->copies);
        keep_anchor(reading, cp_buf_str(&text));
    }
    slug->copies++;
    struct cp_str kept = cp_arena_copy(&reading->arena, cp_buf_str(&text));
    cp_buf_release(&text);
    return kept;
}

/* Some generators let the author name it: `## Words {#anchor}`. */
static struct cp_str stated_anchor(struct cp_str words)
{
    struct cp_str open = CP_STR("{#");
    words = cp_str_trim(words);
    size_t at = cp_str_has_suffix(words, "}") ? cp_str_find(words, open) : SIZE_MAX;
    return at == SIZE_MAX ? (struct cp_str){0}
                          : cp_str_slice(words, at + open.len, words.len - at - open.len - 1);
}

/* The alternative text of an image is no part of a heading's slug. */
void cp_reading_slug(struct cp_reading *reading, struct cp_reading_block *heading)
{
    struct cp_buf words;
    size_t from = 0;
    cp_buf_init(&words);
    for (size_t i = heading->first_piece; i < reading->pieces.count; i++) {
        const struct cp_reading_piece *piece = &reading->pieces.items[i];
        if (piece->kind == CP_PIECE_IMAGE && piece->text_offset >= from) {
            cp_buf_put(&words, cp_str_slice(heading->text, from, piece->text_offset - from));
            from = piece->text_offset + piece->text.len;
        }
    }
    cp_buf_put(&words, cp_str_slice(heading->text, from, heading->text.len));
    if (stated_anchor(heading->text).len > 0) {
        keep_anchor(reading, stated_anchor(heading->text));
    }
    heading->info = keep_slug(reading, cp_buf_str(&words));
    cp_buf_release(&words);
}

/* ---- HTML ---------------------------------------------------------------------------------- */

/* The value of the attribute whose name ends at `at`, in one tag; empty where it has none. */
static struct cp_str attribute_value(struct cp_str html, size_t at)
{
    while (at < html.len && cp_is_blank(html.at[at])) {
        at++;
    }
    if (at >= html.len || html.at[at] != '=') {
        return (struct cp_str){0};
    }
    for (at++; at < html.len && cp_is_blank(html.at[at]); at++) {
    }
    char quote = at < html.len && (html.at[at] == '"' || html.at[at] == '\'') ? html.at[at] : '\0';
    size_t start = at + (quote != '\0');
    size_t end = start;
    while (end < html.len &&
           (quote ? html.at[end] != quote : !cp_is_blank(html.at[end]) && html.at[end] != '>')) {
        end++;
    }
    return cp_str_slice(html, start, end - start);
}

static bool is_name(struct cp_str html, size_t at, const char *name)
{
    size_t length = strlen(name);
    return at > 0 && cp_is_blank(html.at[at - 1]) &&
           cp_str_is_equal_folded(cp_str_slice(html, at, length), cp_str_of(name));
}

struct cp_str cp_html_attribute(struct cp_str tag, const char *name)
{
    for (size_t at = 1; at < tag.len; at++) {
        struct cp_str value =
            is_name(tag, at, name) ? attribute_value(tag, at + strlen(name)) : (struct cp_str){0};
        if (value.len > 0) {
            return value;
        }
    }
    return (struct cp_str){0};
}

static void keep_attributes(struct cp_reading *reading, struct cp_str tag)
{
    static const char *const names[] = {"id", "name"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct cp_str value = cp_html_attribute(tag, names[i]);
        if (value.len > 0) {
            keep_anchor(reading, value);
        }
    }
}

static bool is_heading_tag(struct cp_str tag)
{
    return tag.len >= 4 && (tag.at[1] == 'h' || tag.at[1] == 'H') && tag.at[2] >= '1' &&
           tag.at[2] <= '6' && (tag.at[3] == '>' || cp_is_blank(tag.at[3]));
}

static bool is_heading_end(struct cp_str tag)
{
    return tag.len >= 5 && tag.at[1] == '/' && (tag.at[2] == 'h' || tag.at[2] == 'H') &&
           cp_is_digit(tag.at[3]);
}

void cp_reading_html_anchors(struct cp_reading *reading, struct cp_str html)
{
    struct cp_buf heading;
    bool is_heading = false;
    cp_buf_init(&heading);
    while (html.len > 0) {
        const char *open = memchr(html.at, '<', html.len);
        size_t words = open ? (size_t)(open - html.at) : html.len;
        if (is_heading) {
            cp_buf_put(&heading, cp_str_slice(html, 0, words));
        }
        html = cp_str_slice(html, words, html.len);
        const char *close = html.len > 0 ? memchr(html.at, '>', html.len) : NULL;
        size_t length = close ? (size_t)(close - html.at) + 1 : html.len;
        struct cp_str tag = cp_str_slice(html, 0, length);
        keep_attributes(reading, tag);
        if (is_heading && is_heading_end(tag)) {
            keep_slug(reading, cp_buf_str(&heading));
            cp_buf_clear(&heading);
            is_heading = false;
        }
        is_heading |= is_heading_tag(tag);
        html = cp_str_slice(html, length, html.len);
    }
    cp_buf_release(&heading);
}

/* ---- looking up ---------------------------------------------------------------------------- */

static int hex_of(char c)
{
    return cp_is_digit(c)           ? c - '0'
           : (c >= 'a' && c <= 'f') ? c - 'a' + 10
           : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                    : -1;
}

static void put_decoded(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        int high = text.at[i] == '%' && i + 2 < text.len ? hex_of(text.at[i + 1]) : -1;
        int low = high >= 0 ? hex_of(text.at[i + 2]) : -1;
        cp_buf_putc(out, low >= 0 ? (char)(high * 16 + low) : text.at[i]);
        i += low >= 0 ? 2 : 0;
    }
}

void cp_anchor_put(struct cp_buf *out, struct cp_str fragment)
{
    static const char prefix[] = "user-content-"; /* as GitHub's pages have it */
    if (cp_str_is_equal_folded(fragment, CP_STR("top"))) {
        return;
    }
    if (cp_str_has_prefix(fragment, prefix)) {
        fragment = cp_str_slice(fragment, strlen(prefix), fragment.len);
    }
    put_decoded(out, fragment);
}

bool cp_reading_has_anchor(const struct cp_reading *reading, struct cp_str fragment)
{
    struct cp_buf name;
    cp_buf_init(&name);
    cp_anchor_put(&name, fragment);
    bool is_known = name.len == 0 || cp_map_find(&reading->anchors, cp_buf_str(&name)) != NULL;
    cp_buf_release(&name);
    return is_known;
}

size_t cp_reading_anchor_count(const struct cp_reading *reading)
{
    return reading->names.count;
}

struct cp_str cp_reading_anchor_get(const struct cp_reading *reading, size_t index)
{
    return reading->names.items[index];
}
