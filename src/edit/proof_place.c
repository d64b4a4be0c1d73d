/*
 * Places in a document under proof: its words, lines and parts by their bytes, and the label that a
 * word is part of.
 */
#include "proof.h"

struct cp_str proof_slice(const struct proof *proof, uint32_t from, uint32_t to)
{
    return cp_str_slice(proof->document.source, from, to - from);
}

uint32_t proof_word_end(const struct proof_word *word)
{
    return word->at + (uint32_t)word->text.len;
}

size_t proof_word_from(const struct proof_words *words, uint32_t at)
{
    size_t low = 0;
    size_t high = words->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (words->items[middle].at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct proof_line *proof_line_of(const struct proof *proof, uint32_t at)
{
    size_t low = 0;
    size_t high = proof->document.lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (proof->document.lines.items[middle].from <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &proof->document.lines.items[low];
}

/* The part of a byte; parts stand in order. */
const struct proof_part *proof_part_of(const struct proof *proof, uint32_t at)
{
    size_t i = proof->document.parts.count - 1;
    while (i > 0 && proof->document.parts.items[i].from > at) {
        i--;
    }
    return &proof->document.parts.items[i];
}

struct cp_place proof_place(const struct proof *proof, uint32_t from, uint32_t to)
{
    return (struct cp_place){proof->file, {from, to - from}};
}

/* ---- labels ---------------------------------------------------------------------------------- */

/* A mark that ends a label: between the cells of a row, or a colon with a blank or bold marks
 * behind it. */
static bool is_label_end(struct cp_str source, uint32_t at)
{
    char c = source.at[at];
    char next = at + 1 < source.len ? source.at[at + 1] : '\n';
    return c == '|' || ((c == ':' || c == '=') && strchr(" \t\r\n*_:<", next));
}

/* How many words a label has at most. */
enum { LABEL_WORDS = 8 };

static bool is_short(struct cp_str text)
{
    struct proof_word word;
    size_t count = 0;
    for (size_t at = 0; count <= LABEL_WORDS && proof_word_next(&word, text, &at);) {
        count++;
    }
    return count <= LABEL_WORDS;
}

/* The label that a word is part of: the cell of a table's head, or what stands before a colon or in
 * the first cell of a row; empty where it is part of none. */
struct cp_str proof_label_of(const struct proof *proof, const struct proof_word *word)
{
    const struct proof_line *line = proof_line_of(proof, word->at);
    struct cp_str source = proof->document.source;
    uint32_t from = word->at;
    uint32_t to = proof_word_end(word);
    while (from > line->from && !is_label_end(source, from - 1)) {
        from--;
    }
    while (to < line->to && !is_label_end(source, to)) {
        to++;
    }
    struct cp_str text = proof_slice(proof, from, to);
    bool is_first =
        to < line->to &&
        (from == line->from || cp_str_trim(proof_slice(proof, line->from, from - 1)).len == 0);
    bool is_closed = to < line->to && source.at[to] != '|';
    bool is_label =
        line->kind == PROOF_HEAD_ROW || line->kind == PROOF_FRONT || is_closed || is_first;
    return is_label && is_short(text) ? text : (struct cp_str){0};
}
