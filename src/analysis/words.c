/*
 * Two texts word by word: the shortest way from one to the other (Myers, "An O(ND) difference
 * algorithm", 1986), under limits, so that hostile prose costs no more than its length. Knows
 * neither Markdown nor plans.
 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 64 * 1024, MAX_EDITS = 512 };

static const char line_end[] = "\xE2\x86\xB5";

/* ---- reading words --------------------------------------------------------------------------- */

struct reader {
    struct cp_str text;
    size_t at;
    bool keeps_lines;
};

/* Only in code is a line end more than a blank. */
static bool has_code_block(struct cp_str text)
{
    return cp_str_find(text, CP_STR("```")) != SIZE_MAX ||
           cp_str_find(text, CP_STR("~~~")) != SIZE_MAX ||
           cp_str_find(text, CP_STR("\n    ")) != SIZE_MAX ||
           cp_str_find(text, CP_STR("\n\t")) != SIZE_MAX;
}

static struct reader reader_of(struct cp_str text, bool keeps_lines)
{
    return (struct reader){cp_str_trim(text), 0, keeps_lines};
}

/* The next word, or line end where it counts; false at the end. */
static bool read_word(struct cp_str *out, struct reader *reader)
{
    const struct cp_str text = reader->text;
    bool has_line_end = false;
    while (reader->at < text.len && cp_is_blank(text.at[reader->at])) {
        has_line_end = has_line_end || text.at[reader->at] == '\n';
        reader->at++;
    }
    if (has_line_end && reader->keeps_lines) {
        *out = CP_STR(line_end);
        return true;
    }
    size_t from = reader->at;
    while (reader->at < text.len && !cp_is_blank(text.at[reader->at])) {
        reader->at++;
    }
    *out = cp_str_slice(text, from, reader->at - from);
    return out->len > 0;
}

bool cp_words_are_equal(struct cp_str a, struct cp_str b)
{
    bool keeps_lines = has_code_block(a) || has_code_block(b);
    struct reader first = reader_of(a, keeps_lines);
    struct reader second = reader_of(b, keeps_lines);
    struct cp_str left;
    struct cp_str right;
    bool is_equal = true;
    while (is_equal && read_word(&left, &first)) {
        is_equal = read_word(&right, &second) && cp_str_is_equal(left, right);
    }
    return is_equal && !read_word(&right, &second);
}

void words_put(struct cp_buf *out, struct cp_str text)
{
    struct reader reader = reader_of(text, has_code_block(text));
    struct cp_str word;
    bool is_first = true;
    while (read_word(&word, &reader)) {
        cp_buf_puts(out, is_first ? "" : " ");
        cp_buf_put(out, word);
        is_first = false;
    }
}

/* ---- the shortest way ------------------------------------------------------------------------ */

struct word {
    struct cp_str text;
    uint64_t hash;
    bool is_kept;
};

struct sequence {
    struct word *words;
    size_t count;
};

static struct sequence read_words(struct cp_arena *arena, struct cp_str text, bool keeps_lines)
{
    struct sequence out = {0};
    struct reader reader = reader_of(text, keeps_lines);
    struct cp_str word;
    while (read_word(&word, &reader)) {
        out.count++;
    }
    out.words = cp_arena_alloc(arena, (out.count + 1) * sizeof *out.words);
    reader.at = 0;
    for (size_t i = 0; read_word(&word, &reader); i++) {
        out.words[i] = (struct word){word, cp_str_hash(word), false};
    }
    return out;
}

static bool is_same(const struct word *a, const struct word *b)
{
    return a->hash == b->hash && cp_str_is_equal(a->text, b->text);
}

/* What stays at both ends needs no search; the middles are left. */
static void strip_ends(struct sequence *a, struct sequence *b)
{
    while (a->count > 0 && b->count > 0 && is_same(a->words, b->words)) {
        (a->words++)->is_kept = true;
        (b->words++)->is_kept = true;
        a->count--;
        b->count--;
    }
    while (a->count > 0 && b->count > 0 &&
           is_same(&a->words[a->count - 1], &b->words[b->count - 1])) {
        a->words[--a->count].is_kept = true;
        b->words[--b->count].is_kept = true;
    }
}

/* How far each diagonal (index in `a` less index in `b`) was reached, by the number of edits. */
struct search {
    struct sequence a, b;
    int32_t reach[2 * MAX_EDITS + 3]; /* of the number of edits at hand; the middle is diagonal 0 */
    int32_t *trace[MAX_EDITS + 1];    /* `reach` before each step, diagonals -step-1 .. step+1 */
};

static int32_t *reach_at(int32_t *middle, int diagonal)
{
    return middle + diagonal;
}

/* Whether diagonal `k` is reached best from the one above: by a word put in. */
static bool comes_from_above(int32_t *middle, int k, int edits)
{
    return k == -edits || (k != edits && *reach_at(middle, k - 1) < *reach_at(middle, k + 1));
}

/* Goes on along diagonal `k` as far as words are the same; whether that is the end of both. */
static bool follow(struct search *search, int32_t *middle, int k, int edits)
{
    int32_t x = comes_from_above(middle, k, edits) ? *reach_at(middle, k + 1)
                                                   : *reach_at(middle, k - 1) + 1;
    int32_t y = x - k;
    int32_t width = (int32_t)search->a.count;
    int32_t height = (int32_t)search->b.count;
    while (x < width && y < height && is_same(&search->a.words[x], &search->b.words[y])) {
        x++;
        y++;
    }
    *reach_at(middle, k) = x;
    return x >= width && y >= height;
}

static void keep_trace(struct search *search, struct cp_arena *arena, int edits)
{
    size_t size = (2 * (size_t)edits + 3) * sizeof(int32_t);
    int32_t *middle = search->reach + MAX_EDITS + 1;
    search->trace[edits] = cp_arena_alloc(arena, size);
    memcpy(search->trace[edits], reach_at(middle, -edits - 1), size);
}

/* The number of edits; -1 where there are too many. */
static int find_edits(struct search *search, struct cp_arena *arena)
{
    int32_t *middle = search->reach + MAX_EDITS + 1;
    *reach_at(middle, 1) = 0;
    for (int edits = 0; edits <= MAX_EDITS; edits++) {
        keep_trace(search, arena, edits);
        for (int k = -edits; k <= edits; k += 2) {
            if (follow(search, middle, k, edits)) {
                return edits;
            }
        }
    }
    return -1;
}

static void mark_kept(struct search *search, int32_t x, int32_t y)
{
    search->a.words[x].is_kept = true;
    search->b.words[y].is_kept = true;
}

/* From the end of both back to their start, along the way that was found. */
static void walk_back(struct search *search, int edits)
{
    int32_t x = (int32_t)search->a.count;
    int32_t y = (int32_t)search->b.count;
    for (; edits >= 0; edits--) {
        int32_t *middle = search->trace[edits] + edits + 1;
        int k = x - y;
        int before = comes_from_above(middle, k, edits) ? k + 1 : k - 1;
        int32_t from_x = edits > 0 ? *reach_at(middle, before) : 0;
        int32_t from_y = edits > 0 ? from_x - before : 0;
        while (x > from_x && y > from_y) {
            mark_kept(search, --x, --y);
        }
        x = from_x;
        y = from_y;
    }
}

/* Marks the words that both keep; false where they are too different. */
static bool mark_common(struct cp_arena *arena, struct sequence a, struct sequence b)
{
    strip_ends(&a, &b);
    if (a.count == 0 || b.count == 0) {
        return true;
    }
    struct search *search = cp_arena_alloc(arena, sizeof *search);
    search->a = a;
    search->b = b;
    int edits = find_edits(search, arena);
    if (edits >= 0) {
        walk_back(search, edits);
    }
    return edits >= 0;
}

/* ---- the pieces ------------------------------------------------------------------------------ */

struct pieces {
    struct cp_words *items;
    size_t count;
    struct cp_arena *arena;
};

/* Adds `count` words from `*at`. */
static void add_run(struct pieces *out, enum cp_words_kind kind, const struct sequence *words,
                    size_t *at, size_t count)
{
    struct cp_buf text;
    if (count == 0) {
        return;
    }
    cp_buf_init(&text);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(&text, i > 0 ? " " : "");
        cp_buf_put(&text, words->words[(*at)++].text);
    }
    out->items[out->count++] =
        (struct cp_words){kind, cp_arena_copy(out->arena, cp_buf_str(&text))};
    cp_buf_release(&text);
}

/* How many words from `at` on are kept, or are not. */
static size_t run_length(const struct sequence *words, size_t at, bool is_kept)
{
    size_t from = at;
    while (at < words->count && words->words[at].is_kept == is_kept) {
        at++;
    }
    return at - from;
}

static void add_pieces(struct pieces *out, const struct sequence *was, const struct sequence *is)
{
    size_t old = 0;
    size_t new = 0;
    out->items = cp_arena_alloc(out->arena, (was->count + is->count + 1) * sizeof *out->items);
    while (old < was->count || new < is->count) {
        add_run(out, CP_WORDS_REMOVED, was, &old, run_length(was, old, false));
        add_run(out, CP_WORDS_ADDED, is, &new, run_length(is, new, false));
        size_t kept = run_length(was, old, true);
        size_t kept_too = run_length(is, new, true);
        kept = kept < kept_too ? kept : kept_too;
        old += kept;
        add_run(out, CP_WORDS_KEPT, is, &new, kept);
    }
}

size_t cp_words_compare(const struct cp_words **out, struct cp_arena *arena, struct cp_str was,
                        struct cp_str is)
{
    struct cp_arena scratch;
    struct pieces pieces = {.arena = arena};
    if (was.len > MAX_TEXT || is.len > MAX_TEXT) {
        return 0;
    }
    cp_arena_init(&scratch);
    bool keeps_lines = has_code_block(was) || has_code_block(is);
    struct sequence old = read_words(&scratch, was, keeps_lines);
    struct sequence new = read_words(&scratch, is, keeps_lines);
    /* Of several shortest ways the search takes one: from the same side whichever text is newer. */
    bool is_known = cp_str_compare(was, is) <= 0 ? mark_common(&scratch, old, new)
                                                 : mark_common(&scratch, new, old);
    if (is_known) {
        add_pieces(&pieces, &old, &new);
    }
    cp_arena_release(&scratch);
    *out = pieces.items;
    return pieces.count;
}
