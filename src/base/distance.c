/*
 * Did-you-mean: the edits between two words, and the nearest of some candidates. Works on bytes and
 * bounded words; knows nothing of what the words are.
 */
#include <contplan/base.h>

#include <string.h>

enum { WORD_BYTES = 64, NEAREST_EDITS = 3 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Which bytes the word has, as far as 64 bits can tell. */
static uint64_t letters_of(struct cp_str word)
{
    uint64_t letters = 0;
    for (size_t i = 0; i < word.len; i++) {
        letters |= UINT64_C(1) << ((unsigned char)word.at[i] % 64);
    }
    return letters;
}

static bool has_more_than(uint64_t letters, size_t limit)
{
    for (size_t i = 0; i < limit; i++) {
        letters &= letters - 1;
    }
    return letters != 0;
}

/* An edit brings at most one letter and takes at most one away, so most words are told apart
 * without looking at their order. */
static bool is_out_of_reach(struct cp_str a, struct cp_str b, size_t limit)
{
    uint64_t in_a = letters_of(a);
    uint64_t in_b = letters_of(b);
    return has_more_than(in_a & ~in_b, limit) || has_more_than(in_b & ~in_a, limit);
}

/* Fills `row` (the distances of a's first `i` bytes to each prefix of b) from the two rows before
 * it and returns the smallest of it, below which no later row can fall. Prefixes that differ by
 * more than `limit` in length are left out, but for one on either side. */
static size_t fill_row(size_t *row, const size_t *last, const size_t *before_last, struct cp_str a,
                       size_t i, struct cp_str b, size_t limit)
{
    size_t from = i > limit ? i - limit : 1;
    size_t to = least(b.len, i + limit);
    size_t smallest = row[from - 1] = from == 1 ? i : limit + 1;
    for (size_t j = from; j <= to; j++) {
        size_t is_other = a.at[i - 1] != b.at[j - 1];
        row[j] = least(last[j - 1] + is_other, least(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1]) {
            row[j] = least(row[j], before_last[j - 2] + 1);
        }
        smallest = least(smallest, row[j]);
    }
    row[to + 1] = limit + 1;
    return smallest;
}

size_t cp_str_distance(struct cp_str a, struct cp_str b, size_t limit)
{
    size_t rows[3][WORD_BYTES + 2];
    a = cp_str_slice(a, 0, WORD_BYTES);
    b = cp_str_slice(b, 0, WORD_BYTES);
    limit = least(limit, WORD_BYTES); /* no two words are further apart */
    if ((a.len > b.len ? a.len - b.len : b.len - a.len) > limit || is_out_of_reach(a, b, limit)) {
        return limit + 1;
    }
    memset(rows, 0, sizeof rows);
    for (size_t j = 0; j <= b.len; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a.len; i++) {
        if (fill_row(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], a, i, b, limit) > limit) {
            return limit + 1;
        }
    }
    return least(rows[a.len % 3][b.len], limit + 1);
}

struct cp_str cp_str_nearest(struct cp_str word, const struct cp_str *candidates, size_t count)
{
    struct cp_str nearest = {NULL, 0};
    bool is_sign = word.len == 1; /* any other sign is one edit away: that is no likeness */
    size_t limit = least(word.len / 3, NEAREST_EDITS);
    limit = limit > 0 ? limit : 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance = cp_str_is_equal_folded(word, candidates[i])
                              ? !cp_str_is_equal(word, candidates[i])
                              : cp_str_distance(word, candidates[i], limit);
        if (distance == 0) {
            return candidates[i];
        }
        if (distance <= limit && !is_sign && candidates[i].len > 1) {
            nearest = candidates[i];
            /* Only a strictly nearer one replaces it: the first of equals stays. */
            limit = distance - 1;
        }
    }
    return nearest;
}

bool cp_str_is_nearest_alone(struct cp_str word, struct cp_str nearest,
                             const struct cp_str *candidates, size_t count)
{
    if (cp_str_is_equal_folded(word, nearest)) {
        return true;
    }
    size_t distance = cp_str_distance(word, nearest, NEAREST_EDITS);
    size_t alike = 0;
    for (size_t i = 0; i < count; i++) {
        alike += cp_str_distance(word, candidates[i], distance) <= distance;
    }
    return alike == 1;
}
