/*
 * Private to edit: the proof that an import lost nothing. What its pieces share: words and targets
 * of a text, lines and what they are, the document divided at its headings, the plan as one long
 * row of words. It reads the document and the plan afresh and knows nothing of how one was made
 * from the other; only the table of headings is shared with the import.
 */
#ifndef EDIT_PROOF_H
#define EDIT_PROOF_H

#include <contplan/base.h>
#include <contplan/edit.h>
#include <contplan/model.h>
#include <contplan/yaml.h>

#include <stdlib.h>

/* ---- proof_text.c: words and targets --------------------------------------------------------- */

/* A run of letters and figures, or one picture character; borrowed from the text it was read of. */
struct proof_word {
    struct cp_str text;
    uint32_t at; /* byte of the text */
};

struct proof_words {
    struct proof_word *items;
    size_t count, capacity;
};

struct proof_target {
    struct cp_str text;  /* as written, without brackets */
    struct cp_str label; /* of a definition `[label]: target`; empty for all others */
    uint32_t at;
    bool is_image;
};

struct proof_targets {
    struct proof_target *items;
    size_t count, capacity;
};

/* The next word of `text` from byte `*at`, which moves behind it; false at the end. No markup is
 * known here. */
bool proof_word_next(struct proof_word *out, struct cp_str text, size_t *at);
/* Adds the words of Markdown, without targets, labels of references, tags and entities; and its
 * targets, those of tags as well. Either list may be NULL. */
void proof_text_read(struct proof_words *words, struct proof_targets *targets, struct cp_str text);
/* Whether two texts have the same words in the same order. */
bool proof_is_same_words(struct cp_str a, struct cp_str b);

/* ---- proof_lines.c: lines -------------------------------------------------------------------- */

enum proof_line_kind {
    PROOF_BLANK,
    PROOF_TEXT,
    PROOF_CODE,    /* of a fenced block, the fences too */
    PROOF_HEADING, /* # or underlined or <h2>; of the underlined kind the line that has the words */
    PROOF_STRONG,  /* nothing but bold words: may be meant as a heading */
    PROOF_RULER,   /* underlines a heading, divides the head of a table, or is a line across */
    PROOF_HEAD_ROW, /* of a table */
    PROOF_FRONT     /* front matter, its marks too */
};

struct proof_line {
    enum proof_line_kind kind;
    unsigned level;      /* of a heading */
    uint32_t from, to;   /* bytes, without the line's end */
    struct cp_str title; /* of a heading and of strong words: without their marks */
};

struct proof_lines {
    struct proof_line *items;
    size_t count, capacity;
};

void proof_lines_read(struct proof_lines *out, struct cp_str text);

/* ---- proof_plan.c: the plan ------------------------------------------------------------------ */

/* Words of the plan from one index up to another. */
struct proof_range {
    uint32_t from, to;
};

/* A value of the plan. */
struct proof_value {
    const struct cp_node *node;
    const struct cp_field *field; /* NULL where the tables have none */
    struct proof_range range;
};

/* Words that carry a heading of the document: the title of a titled text, or a heading in prose;
 * with what stands under them. */
struct proof_carrier {
    struct cp_str title;
    struct proof_range words; /* of the title */
    struct proof_range range; /* behind them */
};

/* The words of a mapping or list. */
struct proof_branch {
    const struct cp_node *node;
    struct proof_range range;
};

/* A target of the plan and the word it stands before. */
struct proof_link {
    struct cp_str target;
    uint32_t at;
    bool is_image;
};

/* A label in its normal form, and the keys that say it, blank-separated. */
struct proof_wording {
    struct cp_str normal;
    const char *keys;
};

/* A comment and the word it stands before. */
struct proof_remark {
    struct cp_str text;
    uint32_t at;
};

struct proof_entry {
    struct cp_str text;
    uint32_t index;
};

struct proof_plan {
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
    struct proof_words words;  /* in the order of the file */
    struct proof_entry *index; /* the words by text, then by their place in the plan */
    uint32_t *next_free;       /* by place in the index: the nearest that is not used up */
    CP_LIST(struct proof_value) values;
    CP_LIST(struct proof_value) typed;      /* those of them that can say the same in other words */
    CP_LIST(struct proof_wording) wordings; /* of labels */
    CP_LIST(struct proof_carrier) carriers;
    CP_LIST(struct proof_branch) branches;
    CP_LIST(struct proof_link) links;
    CP_LIST(struct proof_remark) remarks;
    size_t comment_count; /* of the file's, taken so far */
};

/* Reads the YAML; false where it does not parse. Released in either case. */
bool proof_plan_open(struct proof_plan *plan, struct cp_str bytes);
void proof_plan_close(struct proof_plan *plan);
/* The words of the value or branch at a dotted path, or of the nearest above it that is there; 0 to
 * 0 where not even its section is. A stretch that holds dates alone has no words. */
struct proof_range proof_plan_reach(const struct proof_plan *plan, const char *path);
/* Uses up the first free occurrence of the word in the range; false where there is none. */
bool proof_plan_take(struct proof_plan *plan, struct cp_str word, struct proof_range range);
/* Whether the word stands in the range, used or not; `*at` (may be NULL) is where. */
bool proof_plan_has(const struct proof_plan *plan, struct cp_str word, struct proof_range range,
                    uint32_t *at);
/* Whether it stands there so many times, at least once. */
bool proof_plan_has_as_often(const struct proof_plan *plan, struct cp_str word, size_t times,
                             struct proof_range range);
/* Whether the word stands in a comment among the values of the range, right above or beside them.
 */
bool proof_plan_has_remark(const struct proof_plan *plan, struct cp_str word,
                           struct proof_range range);

/* ---- proof_document.c: the document ---------------------------------------------------------- */

/* A heading and what stands under it, up to the next. */
struct proof_part {
    struct cp_str title; /* empty before the first heading */
    struct cp_str note;  /* of a footnote: its label; the title is that of the heading above */
    const char *path;    /* of the field it stands for, or NULL */
    unsigned level;      /* 7: strong words */
    uint32_t line;       /* index of its line */
    uint32_t from, to;   /* bytes under it */
    uint32_t parent;     /* index, or UINT32_MAX */
    struct proof_range *ranges; /* where its words are sought, the narrowest first */
    size_t range_count;
    bool is_title; /* the document's */
    bool is_front; /* front matter */
    bool is_lost;  /* nothing in the plan carries it */
};

struct proof_document {
    struct cp_str source;
    struct proof_lines lines;
    struct proof_words words;
    struct proof_targets targets;
    CP_LIST(struct proof_part) parts;
    bool is_day_first, is_month_first; /* a date that can be read in one way only settles it */
};

/* Divides the document at its headings, and at strong words where they carry one in the plan, and
 * finds for each where its words must stand. 0; -1 with `error` where the portfolio's names of
 * headings are no fields; to be closed in either case. */
int proof_document_open(struct proof_document *document, struct cp_str source,
                        struct proof_plan *plan, const struct cp_config *config,
                        struct cp_error *error);
void proof_document_close(struct proof_document *document);

/* ---- proof_value.c: the same value in other words -------------------------------------------- */

/* How many of the `count` words from `first` on say a date, a length of time or a word of choice
 * that the plan has in the range; 0: none. */
size_t proof_value_covers(const struct proof_document *document, const struct proof_plan *plan,
                          const struct proof_word *first, size_t count, struct proof_range range);
/* Puts the length of time or the day that the words say, all of them, as a plan writes it; false
 * where they say none, or a day with two readings. */
bool proof_value_put(struct cp_buf *out, const struct proof_word *words, size_t count);

/* ---- proof_labels.c: keys -------------------------------------------------------------------- */

/* Fills plan->wordings. */
void proof_labels_open(struct proof_plan *plan);
/* Whether a label of the document ("Recovery Time Objective", "Why we need it") is said by a key
 * of the plan in the range. */
bool proof_label_is_key(const struct proof_plan *plan, struct cp_str label,
                        struct proof_range range);

/* ---- proof.c and what it is made of ---------------------------------------------------------- */

struct proof {
    struct cp_file *file;
    struct cp_diags *diags;
    struct proof_plan plan;
    struct proof_document document;
    const struct proof_line *sought; /* the last line that was sought elsewhere */
    bool is_sought_found;
    bool *is_found;     /* by word of the document */
    bool *is_exchanged; /* likewise: another word stands where this one was found */
};

/* proof_place.c. */
struct cp_str proof_slice(const struct proof *proof, uint32_t from, uint32_t to);
uint32_t proof_word_end(const struct proof_word *word);
/* The first of the words, which stand in order, at or behind a byte. */
size_t proof_word_from(const struct proof_words *words, uint32_t at);
const struct proof_line *proof_line_of(const struct proof *proof, uint32_t at);
/* The part of a byte. */
const struct proof_part *proof_part_of(const struct proof *proof, uint32_t at);
struct cp_place proof_place(const struct proof *proof, uint32_t from, uint32_t to);
/* The label that a word is part of: the cell of a table's head, or what stands before a colon or in
 * the first cell of a row; empty where it is part of none. */
struct cp_str proof_label_of(const struct proof *proof, const struct proof_word *word);

/* proof_other.c: whether a word that was not found is said otherwise. */
bool proof_is_excused(struct proof *proof, const struct proof_part *part, size_t word);
/* Prose that is read in its place, and no part of an entry in a list: a line of the document cannot
 * have gone there as a fact. */
bool proof_is_running_text(const struct proof_value *value);

/* proof_targets.c: adds the findings. */
void proof_check_targets(struct proof *proof);

#endif
