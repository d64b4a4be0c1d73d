/*
 * What the files of the comparison share: two values side by side, with where they stand. Private
 * to the analysis layer.
 */
#ifndef ANALYSIS_COMPARE_H
#define ANALYSIS_COMPARE_H

#include <contplan/analysis.h>

enum side { WAS, IS, SIDES };

/* A value on both sides. A side that has none holds an absent leaf, so that there is no NULL. */
struct spot {
    const struct spot *above;      /* NULL for the outermost mapping */
    const struct cp_field *field;  /* NULL for the same */
    const struct cp_object *table; /* of an object */
    const struct cp_leaf *leaf[SIDES];
    const struct cp_leaf *object[SIDES];  /* the nearest around it that states an audience */
    const struct cp_leaf *section[SIDES]; /* the outermost around it */
    bool is_item;
};

/* Two plans, or two portfolio files, while they are compared. */
struct comparer {
    struct cp_comparison *all;
    struct cp_compared *file;
    const struct cp_plan *plan[SIDES]; /* whose classification counts */
    const struct cp_portfolio *portfolio[SIDES];
    struct cp_str id; /* of the plan */
    bool is_portfolio;
    bool is_defaults; /* a plan in part, inside a portfolio file */
    struct cp_arena scratch;
};

/* compare_value.c */
void compare_members(struct comparer *comparer, const struct spot *object);
/* The spot of a row, or of two items of a list (NULL: none on that side). */
struct spot spot_of_member(const struct spot *object, const struct cp_field *field);
struct spot spot_of_item(const struct spot *list, const struct cp_leaf *was,
                         const struct cp_leaf *is);
const struct cp_leaf *list_item(const struct spot *list, enum side side, size_t index);
size_t list_count(const struct spot *list, enum side side);
/* What a change of the portfolio file is found by: its path, apart from one of the older file. */
struct cp_str inherited_key(struct cp_arena *arena, struct cp_str path, bool is_of_older);
/* Whether the value of a side is for the audience; what is absent is. */
bool spot_is_shown(const struct comparer *comparer, const struct spot *spot, enum side side);

/* compare_match.c: for each item of the newer list the index of the older one's it is, or SIZE_MAX;
 * owned by the scratch arena. */
size_t *match_items(struct comparer *comparer, const struct spot *list);

/* compare_text.c */
/* What a value says, on one line or as prose: what is shown of it. */
void value_put(struct cp_buf *out, const struct cp_field *field, const struct cp_leaf *leaf,
               struct cp_arena *scratch);
/* The same of an object or a list: its members with their names; adds to `*left_out` what is for a
 * narrower audience. */
void summary_put(struct cp_buf *out, size_t *left_out, const struct comparer *comparer,
                 const struct spot *spot, enum side side, struct cp_arena *scratch);
/* A text that is the same for two values exactly where they say the same: not to be shown. A list
 * row's value is taken for the list unless it `is_item`. */
void canon_put(struct cp_buf *out, const struct cp_field *field, const struct cp_leaf *leaf,
               bool is_item);
/* Whether the items of a list have keys: of merging, or ids that they declare. */
bool list_is_keyed(const struct cp_field *list);
/* The text under the first of the keys that an item of the list gives; empty where none. */
struct cp_str key_text(const struct cp_field *list, const struct cp_leaf *item);
/* Where the value stands, in words. */
void label_put(struct cp_buf *out, const struct comparer *comparer, const struct spot *spot);
/* Whether items are no more than a text: a table of one row with a shorthand. */
bool is_plain_item(const struct cp_object *object);

/* words.c: the words of a text with a blank between two. */
void words_put(struct cp_buf *out, struct cp_str text);

/* direction.c */
/* Whether hours are the same week, written otherwise. */
bool hours_are_same(const struct comparer *comparer, const struct spot *spot);
/* Which way a scalar has gone, or an item that one side lacks. */
enum cp_change_kind direction_of(const struct comparer *comparer, const struct spot *spot);

#endif
