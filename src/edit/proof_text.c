/*
 * Words and targets of Markdown, told from its markup by the scanner of prose rather than by the
 * reading that the import goes by: what is no known markup is words. Knows no plan.
 */
#include "proof.h"

#include <contplan/markdown.h>

/* ---- words ----------------------------------------------------------------------------------- */

static bool is_plain(char c)
{
    return cp_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Blanks, dashes, quotes and other marks between words; and what only alters a picture. */
static bool is_mark(uint32_t point)
{
    return (point >= 0x80 && point < 0xc0 && point != 0xaa && point != 0xb5 && point != 0xba &&
            !(point >= 0xb2 && point <= 0xb3) && point != 0xb9 &&
            !(point >= 0xbc && point <= 0xbe)) ||
           point == 0xd7 || (point >= 0x2000 && point < 0x2070) ||
           (point >= 0x3000 && point < 0x3004) || (point >= 0xfe00 && point < 0xfe10) ||
           point == 0xfeff || point == 0x20e3;
}

/* Arrows, signs and pictures: each is a word of its own. */
static bool is_picture(uint32_t point)
{
    return (point >= 0x2190 && point < 0x2c00) || point >= 0x1f000;
}

bool proof_word_next(struct proof_word *out, struct cp_str text, size_t *at)
{
    size_t start = SIZE_MAX;
    size_t i = *at;
    while (i < text.len) {
        uint32_t point = 0;
        bool is_ascii = (unsigned char)text.at[i] < 0x80;
        size_t length = is_ascii ? 1 : cp_utf8_decode(&point, cp_str_slice(text, i, SIZE_MAX));
        bool is_alone = !is_ascii && length > 0 && is_picture(point);
        bool is_part = is_ascii ? is_plain(text.at[i]) : length == 0 || !is_mark(point);
        length = length > 0 ? length : 1;
        if ((!is_part || is_alone) && start != SIZE_MAX) {
            break;
        }
        if (is_alone) {
            start = i;
            i += length;
            break;
        }
        start = is_part && start == SIZE_MAX ? i : start;
        i += length;
    }
    *at = i;
    if (start == SIZE_MAX) {
        return false;
    }
    *out = (struct proof_word){cp_str_slice(text, start, i - start), (uint32_t)start};
    return true;
}

bool proof_is_same_words(struct cp_str a, struct cp_str b)
{
    struct proof_word left;
    struct proof_word right;
    size_t i = 0;
    size_t j = 0;
    for (;;) {
        bool has_left = proof_word_next(&left, a, &i);
        bool has_right = proof_word_next(&right, b, &j);
        if (!has_left || !has_right) {
            return has_left == has_right;
        }
        if (!cp_str_is_equal(left.text, right.text)) {
            return false;
        }
    }
}

/* ---- what is markup -------------------------------------------------------------------------- */

/* The text with a blank for every byte of markup, so that places stay. */
struct mask {
    struct cp_str text;
    char *bytes;
    struct proof_targets *targets;
};

static void hide(struct mask *mask, struct cp_str part)
{
    size_t from = part.len > 0 ? (size_t)(part.at - mask->text.at) : 0;
    memset(mask->bytes + from, ' ', part.len);
}

static void show(struct mask *mask, struct cp_str part)
{
    if (part.len > 0) {
        memcpy(mask->bytes + (part.at - mask->text.at), part.at, part.len);
    }
}

static void add_target(struct mask *mask, struct cp_str target, struct cp_str label, bool is_image)
{
    struct cp_str text = cp_str_trim(target);
    if (mask->targets && text.len > 0) {
        *(struct proof_target *)cp_list_push(mask->targets, sizeof(struct proof_target)) =
            (struct proof_target){text, label, (uint32_t)(text.at - mask->text.at), is_image};
    }
}

/* ---- tags ------------------------------------------------------------------------------------ */

static struct cp_str tag_name(struct cp_str tag)
{
    size_t from = tag.len > 1 && tag.at[1] == '/' ? 2 : 1;
    size_t to = from;
    while (to < tag.len && is_plain(tag.at[to])) {
        to++;
    }
    return cp_str_slice(tag, from, to - from);
}

/* Elements that people write in Markdown. What is none of them is words in angle brackets. */
static bool is_element(struct cp_str name)
{
    static const char *const names[] = {
        "a",       "abbr",    "address", "article", "aside",  "audio",  "b",        "blockquote",
        "br",      "caption", "center",  "cite",    "code",   "col",    "colgroup", "dd",
        "del",     "details", "dfn",     "div",     "dl",     "dt",     "em",       "figcaption",
        "figure",  "font",    "footer",  "h1",      "h2",     "h3",     "h4",       "h5",
        "h6",      "header",  "hr",      "i",       "iframe", "img",    "ins",      "kbd",
        "li",      "link",    "main",    "mark",    "meta",   "nav",    "ol",       "p",
        "picture", "pre",     "q",       "s",       "samp",   "script", "section",  "small",
        "source",  "span",    "strike",  "strong",  "style",  "sub",    "summary",  "sup",
        "svg",     "table",   "tbody",   "td",      "tfoot",  "th",     "thead",    "time",
        "tr",      "tt",      "u",       "ul",      "var",    "video",  "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (cp_str_is_equal_folded(name, cp_str_of(names[i]))) {
            return true;
        }
    }
    return false;
}

/* The value of the attribute at `*at` of a tag, with its name; false where there is none left. */
static bool next_attribute(struct cp_str *name, struct cp_str *value, struct cp_str tag, size_t *at)
{
    size_t equals = *at;
    while (equals < tag.len && tag.at[equals] != '=') {
        equals++;
    }
    size_t from = equals;
    while (from > *at && (is_plain(tag.at[from - 1]) || tag.at[from - 1] == '-')) {
        from--;
    }
    *name = cp_str_slice(tag, from, equals - from);
    size_t start = equals + 1;
    char quote = start < tag.len ? tag.at[start] : '\0';
    bool is_quoted = quote == '"' || quote == '\'';
    start += is_quoted;
    size_t end = start;
    while (end < tag.len &&
           (is_quoted ? tag.at[end] != quote : !cp_is_blank(tag.at[end]) && tag.at[end] != '>')) {
        end++;
    }
    *value = cp_str_slice(tag, start, end - start);
    *at = end;
    return equals < tag.len;
}

static bool is_one_of(struct cp_str name, const char *a, const char *b)
{
    return cp_str_is_equal_folded(name, cp_str_of(a)) || cp_str_is_equal_folded(name, cp_str_of(b));
}

static void mask_tag(struct mask *mask, struct cp_str tag)
{
    struct cp_str name;
    struct cp_str value;
    struct cp_str element = tag_name(tag);
    if (!is_element(element)) {
        return;
    }
    bool is_image = is_one_of(element, "img", "source");
    hide(mask, tag);
    for (size_t at = element.len + 1; next_attribute(&name, &value, tag, &at);) {
        if (is_one_of(name, "href", "src")) {
            add_target(mask, value, (struct cp_str){0}, is_image);
        } else if (is_one_of(name, "alt", "title")) {
            show(mask, value);
        }
    }
}

/* ---- references and entities ----------------------------------------------------------------- */

/* `][label]`: the second brackets hold no words. */
static void mask_labels(struct mask *mask)
{
    for (size_t i = 0; i + 1 < mask->text.len; i++) {
        if (mask->bytes[i] != ']' || mask->bytes[i + 1] != '[') {
            continue;
        }
        size_t end = i + 2;
        while (end < mask->text.len && !strchr("[]\n", mask->bytes[end])) {
            end++;
        }
        if (end < mask->text.len && mask->bytes[end] == ']') {
            hide(mask, cp_str_slice(mask->text, i + 1, end - i));
            i = end;
        }
    }
}

/* `2.` and `2)` before an item of a list say no more than its place. */
static void mask_numbers(struct mask *mask)
{
    struct cp_str line;
    struct cp_str rest = mask->text;
    while (cp_str_line(&line, &rest)) {
        size_t at = 0;
        while (at < line.len && strchr("> \t", line.at[at])) {
            at++;
        }
        size_t end = at;
        while (end < line.len && end - at < 4 && cp_is_digit(line.at[end])) {
            end++;
        }
        if (end > at && end + 1 < line.len && strchr(".)", line.at[end]) &&
            cp_is_blank(line.at[end + 1])) {
            hide(mask, cp_str_slice(line, at, end - at));
        }
    }
}

/* Entities that stand for a mark between words. */
static bool is_mark_entity(struct cp_str name)
{
    static const char *const names[] = {
        "nbsp",  "amp",   "lt",     "gt",   "quot",   "apos",  "ndash", "mdash", "lsquo", "rsquo",
        "ldquo", "rdquo", "hellip", "bull", "middot", "laquo", "raquo", "times", "shy",   "zwnj",
        "ensp",  "emsp",  "thinsp", "#160", "#39",    "#x27",  "#34",   "#38",   "#8217", "#8211"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (cp_str_is(name, names[i])) {
            return true;
        }
    }
    return false;
}

static void mask_entities(struct mask *mask)
{
    for (size_t i = 0; i < mask->text.len; i++) {
        size_t end = i + 1;
        if (mask->bytes[i] != '&') {
            continue;
        }
        while (end < mask->text.len && end - i < 10 &&
               (is_plain(mask->text.at[end]) || mask->text.at[end] == '#')) {
            end++;
        }
        struct cp_str name = cp_str_slice(mask->text, i + 1, end - i - 1);
        if (end < mask->text.len && mask->text.at[end] == ';' && is_mark_entity(name)) {
            hide(mask, cp_str_slice(mask->text, i, end - i + 1));
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* `[label]: target` is the only link whose words stand before a colon. */
static bool is_definition(const struct mask *mask, const struct cp_prose_run *run)
{
    size_t behind = run->text.len > 0 ? (size_t)(run->text.at - mask->text.at) + run->text.len : 0;
    return behind > 0 && behind + 1 < mask->text.len && mask->text.at[behind] == ']' &&
           mask->text.at[behind + 1] == ':' && run->target.at > run->text.at;
}

static void mask_run(struct mask *mask, const struct cp_prose_run *run)
{
    bool is_image = run->kind == CP_PROSE_IMAGE;
    if (run->kind == CP_PROSE_HTML) {
        mask_tag(mask, run->text);
    } else if (run->kind != CP_PROSE_TEXT) {
        bool is_named = is_definition(mask, run);
        hide(mask, run->target);
        if (is_named) {
            hide(mask, run->text);
        }
        add_target(mask, run->target, is_named ? run->text : (struct cp_str){0}, is_image);
    }
}

void proof_text_read(struct proof_words *words, struct proof_targets *targets, struct cp_str text)
{
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    struct proof_word word;
    struct mask mask = {.text = text, .bytes = cp_alloc(text.len + 1), .targets = targets};
    show(&mask, text);
    cp_prose_scan_init(&scan, text);
    while (cp_prose_scan_next(&run, &scan)) {
        mask_run(&mask, &run);
    }
    mask_labels(&mask);
    mask_entities(&mask);
    mask_numbers(&mask);
    struct cp_str rest = {mask.bytes, text.len};
    for (size_t at = 0; words && proof_word_next(&word, rest, &at);) {
        *(struct proof_word *)cp_list_push(words, sizeof word) =
            (struct proof_word){cp_str_slice(text, word.at, word.text.len), word.at};
    }
    free(mask.bytes);
}
