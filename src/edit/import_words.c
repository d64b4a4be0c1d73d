/*
 * Words: the normal form in which headings are compared, and whether all words of a text stand in
 * another. Knows neither headings nor plans.
 */
#include "import.h"

#include <stdlib.h>

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word_byte(char c)
{
    return cp_is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

/* Punctuation beyond ASCII; pictures and arrows are words of a kind. */
static bool is_punctuation(uint32_t point)
{
    return (point >= 0x80 && point < 0xc0) || (point >= 0x2000 && point < 0x2070) ||
           (point >= 0x3000 && point < 0x3040) || (point >= 0xfe00 && point < 0xfe10) ||
           point == 0xfeff;
}

/* The length of the character at `at` where it belongs to a word, else 0; `*len`: in any case. */
static size_t word_part(struct cp_str text, size_t at, size_t *len)
{
    uint32_t point = 0;
    if ((unsigned char)text.at[at] < 0x80) {
        *len = 1;
        return is_word_byte(text.at[at]) ? 1 : 0;
    }
    *len = cp_utf8_decode(&point, cp_str_slice(text, at, SIZE_MAX));
    *len = *len > 0 ? *len : 1;
    return is_punctuation(point) ? 0 : *len;
}

bool words_next(struct cp_str *out, struct cp_str *rest)
{
    size_t start = 0;
    size_t len = 0;
    while (start < rest->len && word_part(*rest, start, &len) == 0) {
        start += len;
    }
    size_t end = start;
    while (end < rest->len && word_part(*rest, end, &len) > 0) {
        end += len;
    }
    *out = cp_str_slice(*rest, start, end - start);
    *rest = cp_str_slice(*rest, end, SIZE_MAX);
    return end > start;
}

/* ---- the normal form ------------------------------------------------------------------------- */

/* What stands for no letter: punctuation, arrows, pictures. */
static bool is_mark(uint32_t point)
{
    return (point >= 0x80 && point < 0xc0) || (point >= 0x2000 && point < 0x2c00) ||
           (point >= 0x3000 && point < 0x3040) || (point >= 0xfe00 && point < 0xfe10) ||
           point == 0xfeff || point >= 0x1f000;
}

struct cp_str words_trim_marks(struct cp_str text)
{
    uint32_t point = 0;
    size_t len;
    while ((len = cp_utf8_decode(&point, text)) > 0 && (is_mark(point) || point == '"')) {
        text = cp_str_slice(text, len, SIZE_MAX);
    }
    for (size_t at = text.len; at > 0 && text.len - at < 4;) {
        at--;
        len = cp_utf8_decode(&point, cp_str_slice(text, at, SIZE_MAX));
        if (len == text.len - at && (is_mark(point) || point == '"')) {
            text.len = at;
        }
    }
    return text;
}

/* Small letters and figures, everything else a blank; an apostrophe joins. */
static void put_plain(struct cp_buf *out, struct cp_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t point = 0;
        size_t len = cp_utf8_decode(&point, cp_str_slice(text, at, SIZE_MAX));
        if (len <= 1) {
            char c = lower(text.at[at]);
            bool is_word = len == 1 && is_word_byte(c);
            if (c != '\'') {
                cp_buf_putc(out, is_word ? c : ' ');
            }
        } else if (is_mark(point)) {
            cp_buf_puts(out, point == 0x2019 ? "" : " ");
        } else {
            cp_buf_put(out, cp_str_slice(text, at, len));
        }
        at += len > 0 ? len : 1;
    }
}

static bool is_among(struct cp_str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (cp_str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static bool is_weightless(struct cp_str word)
{
    static const char *const words[] = {"a",   "an",  "the",  "of",   "for", "and",
                                        "or",  "to",  "in",   "on",   "by",  "at",
                                        "our", "its", "this", "with", "s",   "your"};
    return is_among(word, words, sizeof words / sizeof *words);
}

/* `3`, `3 1`, `iv`, `b` before the first word that says something; "appendix a", "section 3". */
static bool is_number(struct cp_str word)
{
    static const char *const roman[] = {"i",  "ii",  "iii",  "iv", "v",
                                        "vi", "vii", "viii", "ix", "x"};
    size_t digits = 0;
    while (digits < word.len && cp_is_digit(word.at[digits])) {
        digits++;
    }
    return digits == word.len || is_among(word, roman, 10) || (word.len == 1 && word.at[0] != 'a');
}

static bool is_division(struct cp_str word)
{
    static const char *const words[] = {"section", "part", "chapter", "appendix", "annex", "step"};
    return is_among(word, words, sizeof words / sizeof *words);
}

/* Behind the numbering at the start of plain words; the text itself where nothing else is left. */
static struct cp_str skip_numbering(struct cp_str plain)
{
    struct cp_str rest = plain;
    struct cp_str word;
    struct cp_str before = rest;
    bool is_divided = false;
    while (words_next(&word, &rest)) {
        bool is_letter = is_divided && word.len == 1;
        if (!is_number(word) && !is_division(word) && !is_letter) {
            return before;
        }
        is_divided = is_division(word);
        before = rest;
    }
    return plain;
}

static struct cp_str singular(struct cp_str word, bool *is_y)
{
    *is_y = word.len > 4 && cp_str_has_suffix(word, "ies");
    if (*is_y) {
        return cp_str_slice(word, 0, word.len - 3);
    }
    if (cp_str_has_suffix(word, "sses")) {
        return cp_str_slice(word, 0, word.len - 2);
    }
    bool is_plural = word.len > 3 && cp_str_has_suffix(word, "s") &&
                     !cp_str_has_suffix(word, "ss") && !cp_str_has_suffix(word, "us") &&
                     !cp_str_has_suffix(word, "is");
    return is_plural ? cp_str_slice(word, 0, word.len - 1) : word;
}

void words_put_normal(struct cp_buf *out, struct cp_str text)
{
    struct cp_buf plain;
    struct cp_str word;
    size_t start = out->len;
    cp_buf_init(&plain);
    put_plain(&plain, text);
    struct cp_str rest = skip_numbering(cp_buf_str(&plain));
    while (words_next(&word, &rest)) {
        bool is_y = false;
        if (!is_weightless(word)) {
            cp_buf_puts(out, out->len > start ? " " : "");
            cp_buf_put(out, singular(word, &is_y));
            cp_buf_puts(out, is_y ? "y" : "");
        }
    }
    cp_buf_release(&plain);
}

struct cp_str words_keep(struct cp_arena *arena, struct cp_buf *buf)
{
    struct cp_str copy = cp_arena_copy(arena, cp_buf_str(buf));
    cp_buf_release(buf);
    return copy;
}

struct cp_str words_normal(struct cp_arena *arena, struct cp_str text)
{
    struct cp_buf normal;
    cp_buf_init(&normal);
    words_put_normal(&normal, text);
    return words_keep(arena, &normal);
}

struct cp_str words_id(struct cp_arena *arena, struct cp_str text)
{
    char id[64];
    size_t len = 0;
    for (size_t i = 0; i < text.len && len < sizeof id; i++) {
        char c = lower(text.at[i]);
        bool is_taken = cp_is_digit(c) || (c >= 'a' && c <= 'z');
        bool is_joint = c == '\'' || (unsigned char)c >= 0x80;
        if (is_taken) {
            id[len++] = c;
        } else if (!is_joint && len > 0 && id[len - 1] != '-') {
            id[len++] = '-';
        }
    }
    len -= len > 0 && id[len - 1] == '-';
    return cp_arena_copy(arena, (struct cp_str){id, len});
}

bool words_alternative(struct cp_str *out, struct cp_str *rest)
{
    size_t bar = cp_str_find(*rest, CP_STR("|"));
    *out = cp_str_slice(*rest, 0, bar);
    *rest = bar == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(*rest, bar + 1, SIZE_MAX);
    return out->len > 0;
}

/* Each id that is taken counts how often it was asked for. */
struct cp_str words_free_id(struct import *import, const char *list, struct cp_str id)
{
    struct cp_str free_id = id.len > 0 ? id : CP_STR("item");
    struct cp_str base = cp_str_slice(free_id, 0, 56);
    size_t *asked = NULL;
    for (;;) {
        struct cp_str key = cp_arena_printf(import->arena, "%s/%.*s", list, CP_ARG(free_id));
        size_t *count = cp_arena_alloc(import->arena, sizeof *count);
        size_t *old = cp_map_put(&import->ids, key, count);
        if (!old) {
            return free_id;
        }
        asked = asked ? asked : old;
        free_id = cp_arena_printf(import->arena, "%.*s-%zu", CP_ARG(base), ++*asked + 1);
    }
}

struct cp_str words_plain_line(struct cp_arena *arena, struct cp_str line)
{
    struct cp_buf plain;
    cp_buf_init(&plain);
    line = cp_str_trim(line);
    while (line.len > 1 && strchr("-+*>#", line.at[0]) && line.at[1] == ' ') {
        line = cp_str_trim(cp_str_slice(line, 2, SIZE_MAX));
    }
    for (size_t i = 0; i < line.len; i++) {
        bool is_mark = line.at[i] == '*' || line.at[i] == '`';
        if (!is_mark) {
            cp_buf_putc(&plain, line.at[i]);
        }
    }
    return cp_str_trim(words_keep(arena, &plain));
}

/* ---- parts of a text ------------------------------------------------------------------------- */

bool words_is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

bool words_have_at(struct cp_str text, size_t at, const char *word)
{
    size_t len = strlen(word);
    return cp_str_is_equal_folded(cp_str_slice(text, at, len), (struct cp_str){word, len}) &&
           (at + len == text.len || !words_is_letter(text.at[at + len])) &&
           (at == 0 || !words_is_letter(text.at[at - 1]));
}

bool words_have(struct cp_str text, const char *part)
{
    size_t len = strlen(part);
    for (size_t at = 0; at + len <= text.len; at++) {
        if (cp_str_is_equal_folded(cp_str_slice(text, at, len), (struct cp_str){part, len})) {
            return true;
        }
    }
    return false;
}

/* ---- whether words are there ----------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
    return cp_str_compare(*(const struct cp_str *)a, *(const struct cp_str *)b);
}

struct words {
    struct cp_str *items;
    size_t count, capacity;
};

/* Figures and the letters behind them ("2h") are words of their own. */
static size_t figures_of(struct cp_str word)
{
    size_t len = 1;
    while (len < word.len && cp_is_digit(word.at[len]) == cp_is_digit(word.at[0])) {
        len++;
    }
    return len;
}

static void add_word(struct words *out, char *at, struct cp_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        at[i] = lower(word.at[i]);
    }
    while (word.len > 0) {
        size_t len = figures_of(word);
        *(struct cp_str *)cp_list_push(out, sizeof(struct cp_str)) = (struct cp_str){at, len};
        at += len;
        word = cp_str_slice(word, len, SIZE_MAX);
    }
}

/* The words of a text in small letters, sorted. */
static void read_words(struct words *out, struct cp_arena *arena, struct cp_str text)
{
    struct cp_str word;
    struct cp_str rest = text;
    char *copy = cp_arena_room(arena, text.len + 1);
    *out = (struct words){0};
    while (words_next(&word, &rest)) {
        add_word(out, copy + (word.at - text.at), word);
    }
    if (out->count > 0) {
        qsort(out->items, out->count, sizeof *out->items, by_bytes);
    }
}

bool words_are_in(struct cp_arena *arena, struct cp_str text, struct cp_str there)
{
    struct words wanted;
    struct words given;
    size_t at = 0;
    bool is_in = true;
    read_words(&wanted, arena, text);
    read_words(&given, arena, there);
    for (size_t i = 0; is_in && i < wanted.count; i++) {
        while (at < given.count && cp_str_compare(given.items[at], wanted.items[i]) < 0) {
            at++;
        }
        is_in = at < given.count && cp_str_is_equal(given.items[at], wanted.items[i]);
        at++;
    }
    cp_list_release(&wanted);
    cp_list_release(&given);
    return is_in;
}

void words_put_draft(struct cp_buf *out, const struct draft *draft)
{
    cp_buf_put(out, draft->key);
    cp_buf_putc(out, '\n');
    cp_buf_put(out, draft->text);
    cp_buf_putc(out, '\n');
    cp_buf_put(out, draft->beside);
    cp_buf_putc(out, '\n');
    for (const struct draft_note *note = draft->above; note; note = note->next) {
        cp_buf_put(out, note->text);
        cp_buf_putc(out, '\n');
    }
    for (const struct draft *child = draft->first; child; child = child->next) {
        words_put_draft(out, child);
    }
}

void words_put_piece(struct cp_buf *out, const struct cp_reading_piece *piece)
{
    bool is_mail = cp_str_has_prefix(piece->target, "mailto:");
    struct cp_str target = cp_str_slice(piece->target, is_mail ? 7 : 0, SIZE_MAX);
    bool is_break = cp_str_is_equal_folded(cp_str_slice(piece->text, 0, 3), CP_STR("<br"));
    bool is_tag = piece->kind == CP_PIECE_HTML && !is_break;
    cp_buf_putc(out, '\n');
    cp_buf_put(out, cp_str_is_equal(target, piece->text) ? CP_STR("") : target);
    cp_buf_put(out, is_tag ? piece->text : CP_STR(""));
    cp_buf_putc(out, '\n');
}
