/*
 * Private to edit: a Markdown document on its way into a plan. What the pieces of the import share:
 * the document divided at its headings, and the plan in the making.
 */
#ifndef EDIT_IMPORT_H
#define EDIT_IMPORT_H

#include "draft.h"

#include <contplan/edit.h>
#include <contplan/markdown.h>

/* A heading that is known by its words. */
struct heading {
    const char *path; /* of the field it stands for: "summary", "scope", "scope.in", ".notes" */
    bool is_weak;     /* counts only at the top, or in its own section */
};

/* A block of the document, or the rest of one whose first line was a heading. */
struct bit {
    const struct cp_reading_block *block;
    bool is_definition;    /* of links or footnotes: it goes where it is used */
    size_t index;          /* of the block */
    size_t offset, length; /* bytes of the source */
};

/* A heading and what stands under it, up to the next. */
struct part {
    unsigned level;      /* 0: what stands before all headings */
    struct cp_str title; /* its words */
    size_t offset;       /* of its line in the source */
    size_t from, to;     /* what stands under it */
    size_t first_bit, bit_count;
    size_t parent;     /* index of the part it stands under, or SIZE_MAX */
    size_t end;        /* index behind the last part that stands under it */
    const char *path;  /* of the field that its words stand for, or NULL */
    size_t first_part; /* its own index */
    bool is_title;
    bool is_done;   /* went somewhere as a whole with another part */
    bool is_titled; /* its title stands above its text */
};

/* Lines `[label]: target` that links of the document refer to. */
struct definition {
    struct cp_str lines;
    bool is_used;
};

/* An objective that the document states somewhere. */
struct candidate {
    const char *key;    /* "rto" */
    struct cp_str text; /* the length */
    size_t offset;
    bool is_sure; /* false: there is more to it than the length */
};

struct import {
    const struct cp_import *asked;
    struct cp_arena *arena;
    struct cp_str source; /* the document with \n for every line's end, without mark */
    struct cp_reading *reading;
    struct draft *plan;
    struct cp_map headings; /* normal words -> struct heading */
    struct cp_map heads;    /* of tables: normal words -> what they may mean */
    struct cp_map facts;    /* labels in normal words -> the field they stand for */
    struct cp_map ids;      /* those that were given, with their list before them */
    CP_LIST(size_t) lines;  /* where each line of the source begins */
    size_t open[16];        /* by level: the last part of that level, or 0 */
    struct cp_str title;    /* of the document, whole */
    struct cp_str name;     /* of the service; empty until it is known */
    size_t at;              /* the block that is being divided */
    bool was_definition;    /* the one before it held definitions */
    CP_LIST(struct bit) bits;
    CP_LIST(struct part) parts;
    CP_LIST(struct definition *) definitions;
    struct cp_map labels;              /* of the definitions, in small letters */
    CP_LIST(struct cp_str) empty;      /* "Notes (line 14)": headings without text of their own */
    CP_LIST(struct cp_str) remarks;    /* comments for the top */
    struct cp_str bold;                /* the first bold line, where no heading stands above it */
    bool is_house;                     /* the document is in the house format */
    bool is_day_first, is_month_first; /* some date of the document settles it */
    CP_LIST(struct candidate) candidates;
    size_t signs;        /* of its being a continuity plan */
    size_t strong_signs; /* those that no other document has: its title, an objective's length */
    size_t software;     /* headings of a program's own pages: "Installation", "Usage" */
};

/* ---- import_words.c: words ------------------------------------------------------------------- */

/* Puts the words of a heading or a column's head in their normal form: small letters, no numbering,
 * punctuation, plural or word of no weight. */
void words_put_normal(struct cp_buf *out, struct cp_str text);
/* The text of a buffer in the arena; the buffer is released. */
struct cp_str words_keep(struct cp_arena *arena, struct cp_buf *buf);
/* The normal form in the arena. */
struct cp_str words_normal(struct cp_arena *arena, struct cp_str text);
/* The next run of letters and digits (and bytes beyond ASCII) of `*rest`; false at the end. */
bool words_next(struct cp_str *out, struct cp_str *rest);
/* Whether every word of `text` stands in `there` as often, in small letters. */
bool words_are_in(struct cp_arena *arena, struct cp_str text, struct cp_str there);
/* Puts what a piece of a block holds besides the block's words: the target of a link, unless it is
 * its words; tags, but not that of a line's end. */
void words_put_piece(struct cp_buf *out, const struct cp_reading_piece *piece);
/* Puts every text and comment of a draft, one a line. */
void words_put_draft(struct cp_buf *out, const struct draft *draft);
bool words_is_letter(char c);
/* A text without pictures, dashes and quotes at its ends. */
struct cp_str words_trim_marks(struct cp_str text);
/* Whether a word, of small letters, stands at `at` in any case, and ends there. */
bool words_have_at(struct cp_str text, size_t at, const char *word);
/* Whether a part of words stands anywhere in a text, in any case. */
bool words_have(struct cp_str text, const char *part);
/* The next of several wordings between '|'. */
bool words_alternative(struct cp_str *out, struct cp_str *rest);
/* An id that was not given yet in the list at a path: with a number behind it where it was. */
struct cp_str words_free_id(struct import *import, const char *list, struct cp_str id);
/* A line of Markdown without the marks of lists and of bold. */
struct cp_str words_plain_line(struct cp_arena *arena, struct cp_str line);
/* A text as the id of something; empty where nothing is left of it. */
struct cp_str words_id(struct cp_arena *arena, struct cp_str text);

/* ---- import_headings.c ----------------------------------------------------------------------- */

/* Fills import->headings. 0; -1 with `error` where the portfolio's `headings` name no field. */
int headings_open(struct import *import, struct cp_error *error);
/* What a heading stands for, whose part stands in the section `section` ("": at the top); NULL. */
const struct heading *headings_find(const struct import *import, struct cp_str title,
                                    struct cp_str section);
/* The heading without an anchor, `{#contacts}`, at its end. */
struct cp_str headings_bare(struct cp_str title);
/* Whether the path belongs to a section that only a continuity plan has. */
bool headings_are_telling(const struct heading *heading);
/* Whether it is one that the pages of a program have: "Installation", "Contributing". */
bool headings_are_of_software(struct cp_arena *arena, struct cp_str title);
/* The wording of the house format for a path, or NULL. */
const char *headings_of_house(const char *path);
/* Whether a heading stands for the path, as contplan knows it. */
bool headings_mean(struct cp_str title, const char *path);
/* Whether a document in the house format may have the heading for the path: a section's, in any
 * words, or below it one of the format's own, in its words. Under others its text stays as it is,
 * since the format gives it back under them alone. */
bool headings_are_house(const char *path, struct cp_str title);

/* ---- import_parts.c -------------------------------------------------------------------------- */

/* Finds where lines begin. */
void lines_open(struct import *import);
/* Divides the document at its headings. */
void parts_open(struct import *import);
/* The line of a byte of the source, from 1. */
unsigned import_line(const struct import *import, size_t offset);
/* A comment: the text with "(FILE:LINE)" behind it. */
struct cp_str import_check(struct import *import, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- import_prose.c -------------------------------------------------------------------------- */

/* Whether a block holds definitions of links or of footnotes, or (where it stands right behind such
 * a block) goes on with them. */
bool prose_is_definition(const struct import *import, const struct cp_reading_block *block,
                         bool is_behind);
/* Keeps the definitions of a block of them. */
void prose_define(struct import *import, const struct cp_reading_block *block);
/* The Markdown of a stretch of the source as it stands, without blank lines at its ends. */
struct cp_str prose_stretch(const struct import *import, size_t from, size_t to);
/* The Markdown of a stretch on lines of its own inside an item of a list: without the indentation
 * that its lines share. */
struct cp_str prose_dedented(struct import *import, size_t from, size_t to);
/* The Markdown of words in a line or a cell: on one line, without escaped bars, links by reference
 * written out. */
struct cp_str prose_line(struct import *import, const struct cp_reading_block *block);
/* Where the words of a block begin on its first line, behind the mark of an item. */
size_t prose_start(const struct import *import, const struct cp_reading_block *block);
/* A text with the definitions, of footnotes above all, that it uses. */
struct cp_str prose_noted(struct import *import, struct cp_str text);
/* Two Markdown texts with an empty line between; either may be empty. */
struct cp_str prose_join(struct cp_arena *arena, struct cp_str a, struct cp_str b);

/* ---- import_title.c -------------------------------------------------------------------------- */

/* Whether a title says that this is a plan of the kind. */
bool titles_are_telling(struct cp_str title);
/* Takes the name of the service from a title, where there is none yet. */
void titles_take(struct import *import, struct cp_str title);
/* Reads the front matter, a part of the source; what it says that is no field stays as a comment.
 */
void titles_read_front_matter(struct import *import, struct cp_str text);
/* What the service is called, and the plan's id, whatever is known by now. */
void titles_settle(struct import *import);

/* ---- import_dates.c -------------------------------------------------------------------------- */

/* A date somewhere in a text. */
struct found_date {
    size_t from, to; /* in the text */
    struct cp_date readings[CP_DATE_READINGS];
    size_t count;
    bool is_sure; /* then the first reading is meant */
};

/* The first date of `text` from byte `at` on; false where there is none. */
bool dates_find(struct found_date *out, const struct import *import, struct cp_str text, size_t at);
/* Learns from the dates of the document which comes first, the day or the month. */
void dates_learn(struct import *import);
/* YYYY-MM-DD in the arena. */
struct cp_str dates_text(struct cp_arena *arena, struct cp_date date);

/* ---- import_values.c ------------------------------------------------------------------------- */

/* The bytes at the start of `text` that are one length of time; 0 where there is none. */
size_t values_length(struct cp_str text);
/* "internal" or "external", where a text says which kind of dependency something is ("Third
 * party"); NULL. */
const char *values_place(struct cp_str text);
/* Whether a text names a person or team so that no reader takes it for an id. */
bool values_is_holder(const struct import *import, struct cp_str text);
/* The text as a value of the field's type, or empty where it is none that is sure. */
struct cp_str values_read(struct import *import, const struct cp_field *field, struct cp_str text);

/* ---- import_objectives.c --------------------------------------------------------------------- */

/* Whether the whole text is what an objective is called: its key, or NULL. */
const char *objectives_key(struct cp_str text);
/* Keeps what the document states of one. */
void objectives_add(struct import *import, const char *key, struct cp_str text, size_t offset,
                    bool is_sure);
/* Keeps those that a sentence states. */
void objectives_scan(struct import *import, struct cp_str text, size_t offset);
/* Puts those that were found, where the document states one of each. */
void objectives_settle(struct import *import);

/* ---- import_facts.c -------------------------------------------------------------------------- */

/* Lifts what lines such as "Service owner: Jane Smith" and sentences such as "last tested on
 * 25/11/2025" state. The words stay where they are. `path`: of the part they stand in, or NULL. */
void facts_scan(struct import *import, const struct cp_reading_block *block, const char *path);
/* Fills import->facts. */
void facts_open(struct import *import);
/* Sets the field that a label stands for; whether it is one and the value could be read. */
bool facts_set(struct import *import, struct cp_str label, struct cp_str value, size_t offset,
               const char *path);

/* ---- import_contacts.c ----------------------------------------------------------------------- */

/* Whether a line is too much to be a contact: several sentences. */
bool contacts_are_prose(struct cp_str text);
/* Puts what a line of words says of a contact: its name, role and how to reach it. */
void contacts_read(struct import *import, struct draft *item, struct cp_str words);
/* Where a contact's name is none ("rota", "vacant"), its role becomes the name and the word goes to
 * the role. `role`: its words without what else was put there. */
void contacts_settle(struct import *import, struct draft *item, struct cp_str role);
/* Turns a paragraph, each line of which names somebody and how to reach them, into contacts. False,
 * and nothing changed, where it says anything else. */
bool contacts_take_lines(struct import *import, const struct bit *bit);
/* Lifts "Service owner: Jane Smith (jane@example.org)" into a contact, beside the words; the name,
 * or empty where it is none. */
struct cp_str contacts_lift(struct import *import, struct cp_str label, struct cp_str value,
                            size_t offset);

/* ---- import_tables.c, import_lists.c --------------------------------------------------------- */

/* Fills import->heads. */
void tables_open(struct import *import);
/* Turns a table (a list) into what it lists, where every word of it finds a place. False, and
 * nothing changed, where it is not known what it lists. */
bool tables_take(struct import *import, const struct bit *bit, const char *path);
bool lists_take(struct import *import, const struct bit *bit, const char *path);

/* ---- import_links.c -------------------------------------------------------------------------- */

/* What a list of dependencies says where nobody tells which are whose. */
extern const char links_doubt[];
/* Makes dependencies of the plans that the document links to. */
void links_take(struct import *import);

/* ---- import_sections.c ----------------------------------------------------------------------- */

/* Puts every part where it belongs. */
void sections_take(struct import *import);

/* ---- import_unknown.c ------------------------------------------------------------------------ */

/* Lets the caller of the import date the values that are unknown. */
void unknowns_date(struct import *import);
/* Which of the values an older version leaves unknown in the same words. */
void unknowns_compare(bool *is_said, struct import *older, const struct cp_import_unknown *wanted,
                      size_t count);

#endif
