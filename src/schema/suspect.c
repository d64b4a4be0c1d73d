/*
 * A first look at a text for the searches in placeholder.c: each pattern they know holds a pair of
 * neighbouring bytes that is rare in honest prose, so one pass over the pairs says which of them
 * need not look at all. Knows the pairs, not the patterns; a test holds the two together.
 */
#include <contplan/schema.h>

/* A pair: a byte of its first kind and behind it one of its second, in any case where the pattern
 * is. */
enum {
    IN_WORD = 1,   /* TB TO FI: TBC TBD TODO FIXME */
    IN_TO_BE = 2,  /* be: "to be confirmed" */
    IN_LINK = 4,   /* [i ](: "[insert name]", a link without a target */
    IN_LOREM = 8,  /* ps: "lorem ipsum" */
    IN_FEW = 16,   /* ew ev: "a few", "several" */
    IN_MANY = 32,  /* mb pl: "a number of", "a couple of" */
    IN_TAG = 64,   /* < and anything */
    IN_RANGE = 128 /* a digit and anything */
};

static const uint8_t first[256] = {
    ['T'] = IN_WORD,
    ['F'] = IN_WORD,
    ['b'] = IN_TO_BE,
    ['B'] = IN_TO_BE,
    ['['] = IN_LINK,
    [']'] = IN_LINK,
    ['e'] = IN_FEW,
    ['E'] = IN_FEW,
    ['m'] = IN_MANY,
    ['M'] = IN_MANY,
    ['p'] = IN_LOREM | IN_MANY,
    ['P'] = IN_LOREM | IN_MANY,
    ['<'] = IN_TAG,
    ['0'] = IN_RANGE,
    ['1'] = IN_RANGE,
    ['2'] = IN_RANGE,
    ['3'] = IN_RANGE,
    ['4'] = IN_RANGE,
    ['5'] = IN_RANGE,
    ['6'] = IN_RANGE,
    ['7'] = IN_RANGE,
    ['8'] = IN_RANGE,
    ['9'] = IN_RANGE,
};

static const uint8_t second[256] = {
    ['B'] = IN_WORD | IN_MANY,
    ['b'] = IN_MANY,
    ['O'] = IN_WORD,
    ['I'] = IN_WORD | IN_LINK,
    ['i'] = IN_LINK,
    ['('] = IN_LINK,
    ['e'] = IN_TO_BE,
    ['E'] = IN_TO_BE,
    ['s'] = IN_LOREM,
    ['S'] = IN_LOREM,
    ['w'] = IN_FEW,
    ['W'] = IN_FEW,
    ['v'] = IN_FEW,
    ['V'] = IN_FEW,
    ['l'] = IN_MANY,
    ['L'] = IN_MANY,
};

unsigned cp_text_suspects(struct cp_str text)
{
    unsigned seen = 0;
    for (size_t i = 1; i < text.len; i++) {
        unsigned behind = second[(unsigned char)text.at[i]] | IN_TAG | IN_RANGE;
        seen |= first[(unsigned char)text.at[i - 1]] & behind;
    }
    return (seen & (IN_WORD | IN_TO_BE) ? CP_SUSPECT_WORD : 0U) |
           (seen & (IN_LINK | IN_LOREM | IN_TAG) ? CP_SUSPECT_MARKUP : 0U) |
           (seen & (IN_FEW | IN_MANY | IN_RANGE) ? CP_SUSPECT_VAGUE : 0U);
}
