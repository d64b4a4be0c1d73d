/*
 * A first look at a text for the searches of CP2 and CP9: each pattern they know holds a pair of
 * neighbouring bytes that is rare in honest prose, so one pass over the pairs says which of them
 * need not look at all. Knows the pairs, not the patterns; a test holds the two together.
 */
#include <contplan/rules.h>

/* A pair: a byte of its first kind and behind it one of its second, in any case where the pattern
 * is. A pattern that has no rare pair has two that rarely stand in one text. */
enum {
    IN_WORD = 1 << 0,       /* TB TO FI: TBC TBD TODO FIXME */
    IN_TO_BE = 1 << 1,      /* be: "to be confirmed" */
    IN_LINK = 1 << 2,       /* [i ](: "[insert name]", a link without a target */
    IN_LOREM = 1 << 3,      /* ps: "lorem ipsum" */
    IN_TAG = 1 << 4,        /* < and anything */
    IN_FEW = 1 << 5,        /* fe: "a few" */
    IN_SEVERAL = 1 << 6,    /* ev, and */
    IN_SEVERAL_2 = 1 << 7,  /* ra: "several" */
    IN_NUMBER = 1 << 8,     /* mb: "a number of" */
    IN_COUPLE = 1 << 9,     /* up, and */
    IN_COUPLE_2 = 1 << 10,  /* pl: "a couple of" */
    IN_DIGIT = 1 << 11,     /* a digit and anything, and either */
    IN_RANGE = 1 << 12,     /* a dash and a digit or blank: "2-4 hours", or */
    IN_TO = 1 << 13,        /* o and a blank: "2 to 4 hours" */
    IN_OBJECTIVE = 1 << 14, /* bj xi: "recover point objective", "maximum tolerated" */
    IN_DISASTER = 1 << 15,  /* sa: "disaster recover plan" */
    IN_YEAR = 1 << 16,      /* 20 */
    IN_ODD = 1 << 17        /* a byte that is no blank and not in ASCII's print, and anything */
};

/* A letter in either case. */
#define LETTER(small, capital, pairs) [small] = (pairs), [capital] = (pairs)

static const uint32_t first[256] = {
    ['T'] = IN_WORD,
    ['F'] = IN_WORD | IN_FEW,
    ['f'] = IN_FEW,
    LETTER('b', 'B', IN_TO_BE | IN_OBJECTIVE),
    LETTER('e', 'E', IN_SEVERAL),
    LETTER('m', 'M', IN_NUMBER),
    LETTER('o', 'O', IN_TO),
    LETTER('p', 'P', IN_LOREM | IN_COUPLE_2),
    LETTER('r', 'R', IN_SEVERAL_2),
    LETTER('s', 'S', IN_DISASTER),
    LETTER('u', 'U', IN_COUPLE),
    LETTER('x', 'X', IN_OBJECTIVE),
    ['['] = IN_LINK,
    [']'] = IN_LINK,
    ['<'] = IN_TAG,
    ['-'] = IN_RANGE,
    ['0' ... '1'] = IN_DIGIT,
    ['2'] = IN_DIGIT | IN_YEAR,
    ['3' ... '9'] = IN_DIGIT,
    [0x00 ... 0x08] = IN_ODD,
    [0x0B ... 0x0C] = IN_ODD,
    [0x0E ... 0x1F] = IN_ODD,
    [0x7F ... 0x92] = IN_ODD,
    [0x93 ... 0x94] = IN_ODD | IN_RANGE, /* the last bytes of an en dash and an em dash */
    [0x95 ... 0xFF] = IN_ODD,
};

static const uint32_t second[256] = {
    ['B'] = IN_WORD | IN_NUMBER,
    ['b'] = IN_NUMBER,
    ['O'] = IN_WORD,
    ['I'] = IN_WORD | IN_LINK | IN_OBJECTIVE,
    ['i'] = IN_LINK | IN_OBJECTIVE,
    LETTER('a', 'A', IN_DISASTER | IN_SEVERAL_2),
    LETTER('e', 'E', IN_TO_BE | IN_FEW),
    LETTER('j', 'J', IN_OBJECTIVE),
    LETTER('l', 'L', IN_COUPLE_2),
    LETTER('p', 'P', IN_COUPLE),
    LETTER('s', 'S', IN_LOREM),
    LETTER('v', 'V', IN_SEVERAL),
    ['('] = IN_LINK,
    ['\t' ... '\n'] = IN_TO | IN_RANGE,
    ['\r'] = IN_TO | IN_RANGE,
    [' '] = IN_TO | IN_RANGE,
    ['0'] = IN_RANGE | IN_YEAR,
    ['1' ... '9'] = IN_RANGE,
};

static bool has_all(uint32_t seen, uint32_t pairs)
{
    return (seen & pairs) == pairs;
}

static bool may_be_vague(uint32_t seen)
{
    return (seen & (IN_FEW | IN_NUMBER)) != 0 || has_all(seen, IN_SEVERAL | IN_SEVERAL_2) ||
           has_all(seen, IN_COUPLE | IN_COUPLE_2) ||
           ((seen & IN_DIGIT) && (seen & (IN_RANGE | IN_TO)));
}

/* What two neighbours are in. */
static uint32_t pair(unsigned char before, unsigned char after)
{
    return first[before] & (second[after] | IN_TAG | IN_DIGIT | IN_ODD);
}

unsigned cp_text_suspects(struct cp_str text)
{
    const unsigned char *at = (const unsigned char *)text.at;
    uint32_t seen = text.len > 0 ? first[at[text.len - 1]] & IN_ODD : 0;
    size_t i = 1;
    for (; i + 3 < text.len; i += 4) { /* four at a time: every byte of every value comes by here */
        seen |= pair(at[i - 1], at[i]) | pair(at[i], at[i + 1]) | pair(at[i + 1], at[i + 2]) |
                pair(at[i + 2], at[i + 3]);
    }
    for (; i < text.len; i++) {
        seen |= pair(at[i - 1], at[i]);
    }
    return (seen & (IN_WORD | IN_TO_BE) ? CP_SUSPECT_WORD : 0U) |
           (seen & (IN_LINK | IN_LOREM | IN_TAG) ? CP_SUSPECT_MARKUP : 0U) |
           (may_be_vague(seen) ? CP_SUSPECT_VAGUE : 0U) |
           (seen & (IN_OBJECTIVE | IN_DISASTER) ? CP_SUSPECT_TERM : 0U) |
           (seen & IN_YEAR ? CP_SUSPECT_YEAR : 0U) | (seen & IN_ODD ? CP_SUSPECT_INVISIBLE : 0U);
}
