/*
 * Private to the schema layer: the rows of the type table, and what decoding a scalar needs of the
 * decoder.
 */
#ifndef SCHEMA_DECODE_H
#define SCHEMA_DECODE_H

#include <contplan/schema.h>

struct cp_type_row {
    struct cp_type about;
    /* Reads the scalar behind `out->node` into the struct that `out` begins. Adds a finding and
     * sets the state to CP_BROKEN where it does not fit. NULL: text as it stands. */
    void (*decode)(struct cp_decoder *decoder, const struct cp_field *field, struct cp_leaf *out);
    bool is_text;        /* struct cp_text: `text` is filled before `decode` */
    bool takes_sequence; /* a sequence is as good as a scalar */
};

const struct cp_type_row *cp_type_row(enum cp_type_id id);

/* Reports a value that is a placeholder, or says nothing, where a typed value is due; false where
 * it is neither. */
bool cp_decode_placeholder(struct cp_decoder *decoder, const struct cp_field *field,
                           struct cp_leaf *out);

/* What a text that is no length of time was probably meant to say: `6H`, `4.5h`, `six hours`,
 * `06:00`,
 * `<6h`, `yearly`. False where nobody could tell. */
bool cp_length_guess(struct cp_duration *out, struct cp_str text);

/* Whether a text of which that could be guessed can have meant nothing else: it is a number with
 * its unit, and neither a limit nor a time of the day. */
bool cp_length_is_certain(struct cp_str text);

/* Reads `{unknown: …}` or `{not_applicable: …}`: sets the state (BROKEN, with a finding, where a
 * part is missing). False where the node is neither. */
bool cp_decode_exemption(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out);

/* What hangs on `not_applicable`; of it and of `unknown` the parts that must be there are the first
 * rows. */
extern const struct cp_object cp_object_not_applicable;
enum { UNKNOWN_PARTS = 3, NOT_APPLICABLE_PARTS = 2 };

/* Takes the lowest number out of a set of rows (a bit each, not empty) and returns it. */
static inline unsigned take_row(uint32_t *rows)
{
    unsigned row = (unsigned)__builtin_ctz(*rows);
    *rows &= *rows - 1;
    return row;
}

/* Marks a value broken after a finding. */
static inline void leaf_break(struct cp_leaf *leaf)
{
    leaf->state = CP_BROKEN;
}

#endif
