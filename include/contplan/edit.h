/*
 * edit: text that goes into the files of a portfolio. Plans and records to fill in, made from the
 * field tables and a profile; entries added to a file that is there, and fixes applied to it, of
 * which every other byte stays. Reads and writes no file.
 */
#ifndef CONTPLAN_EDIT_H
#define CONTPLAN_EDIT_H

#include <contplan/base.h>
#include <contplan/model.h>
#include <contplan/rules.h>

/* ---- to be filled in ------------------------------------------------------------------------- */

/* Puts a plan to fill in from top to bottom: every field that `profile` asks of a live service
 * without a tier, and what the rules ask of these, in the order of the format; above each what to
 * write, with an example; and, behind comment signs, what few would guess that it may state.
 * `config` is the portfolio file's, whose mandatory roles each get an entry; NULL: there is none.
 * `schema` is the path of the JSON Schema, seen from the plan, for the line that editors read;
 * NULL: without that line. `id` is written as it stands. */
void cp_plan_form_put(struct cp_buf *out, struct cp_str id, const struct cp_profile *profile,
                      const struct cp_config *config, const char *schema);
/* Puts the record of an exercise of the plan on a day, to fill in, as one entry: keys from the
 * first column on, without a dash. Scenario and runbooks are asked for where the plan has any. */
void cp_exercise_form_put(struct cp_buf *out, struct cp_str id, struct cp_date day,
                          const struct cp_plan *plan);

/* ---- entries added --------------------------------------------------------------------------- */

/* Puts the YAML document `bytes` with one more entry at the end of the list at the dotted `path`
 * (through mappings, from the top: "review.approvals"), making the keys that are missing; a key
 * with nothing behind it, or with empty brackets, which go, is filled. `entry` is a block mapping
 * in the first column, with a line end behind its last line. Nothing else changes; line ends are
 * the document's. The result is read again and must differ by this entry alone: else, and where
 * the list is written in a way that cannot be added to (in brackets, behind an alias, as a text),
 * -1 with an `error` that says why, and nothing is put. */
int cp_list_append(struct cp_buf *out, struct cp_str bytes, const char *path, struct cp_str entry,
                   struct cp_error *error);
/* Puts a text as one YAML value on a line: as it is where that is read as the same text, else in
 * single quotes. `text` holds no line break and no control character. */
void cp_scalar_put(struct cp_buf *out, struct cp_str text);

/* ---- fixes ----------------------------------------------------------------------------------- */

enum cp_fix_outcome {
    CP_FIX_APPLIED,
    CP_FIX_WAITS,  /* it overlaps one before it in the file */
    CP_FIX_REFUSED /* something else in the file would change with it */
};

struct cp_fix_try {
    const struct cp_fix *fix;
    enum cp_fix_outcome outcome; /* told by applying */
};

/* Puts `bytes` with the fixes applied, all of them of one file and made for these very bytes; puts
 * them in the order of the file. Of those that overlap the first wins. Every other byte stays, and
 * so does every comment; the result is read again and must say what the fixes mean and otherwise
 * what it said before: fixes for which it does not are left out. How many were applied. */
size_t cp_fixes_apply(struct cp_buf *out, struct cp_str bytes, struct cp_fix_try *fixes,
                      size_t count);
/* Puts the difference of two texts in the unified form, three lines around each change; nothing
 * where they are equal. Lines are printable but for their ends and tabs, and none is a command to a
 * build server. */
void cp_unified_put(struct cp_buf *out, const char *path, struct cp_str was, struct cp_str is);

/* ---- documents brought in -------------------------------------------------------------------- */

/* A value that a document leaves unknown, saying "Currently TBC." or the like. */
struct cp_import_unknown {
    struct cp_str path;   /* of the field */
    struct cp_str reason; /* the document's own words */
    struct cp_date since; /* the day from which it has said so */
    bool has_since;
    bool is_lost; /* that day is not known, which a comment is to say */
};

/* The plan of another document that is imported together with this one. */
struct cp_import_plan {
    struct cp_str id, name;
};

/* Knows where links lead. */
struct cp_import_links {
    /* The plan of the document that a link's target leads to; NULL: none, or this one. */
    const struct cp_import_plan *(*find)(void *context, struct cp_str target);
    void *context;
};

/* A Markdown document to be made into a plan. Everything is borrowed. */
struct cp_import {
    struct cp_str document; /* its bytes */
    const char *name;       /* of its file, as comments name it: printable */
    const char *id;         /* of the plan; NULL: made of the title, else of the file's name */
    const struct cp_config *config; /* the portfolio's, for `headings`; NULL: there is none */
    /* Tells since when the values are unknown, where there are any; NULL: nobody does. */
    void (*date)(void *context, struct cp_import_unknown *unknowns, size_t count);
    void *context;
    /* A plan that the document links to becomes an internal dependency: the entry that has its name
     * already, else a new one. NULL: nothing is known of other plans. */
    const struct cp_import_links *links;
};

enum cp_import_result {
    CP_IMPORT_DONE,
    CP_IMPORT_NO_PLAN, /* the document speaks of no continuity */
    CP_IMPORT_FAILED   /* it is no UTF-8 text, too large, or `headings` name no field */
};

/* Puts the plan as YAML. What a heading stands for is a field of the plan, told by its words; the
 * prose below it stays as it is; facts are lifted where they are sure, and where a person has to
 * decide a comment `# check: …` says so. Every word, link and image of the document stands in the
 * plan or in a comment of it. A document is a continuity plan where its title says so, where a
 * heading is one that only such plans have, or where it states an RTO, RPO or MTPD. What is put was
 * read again and says what was meant. Where the result is not DONE nothing is put, and `error` says
 * why. */
enum cp_import_result cp_import_put(struct cp_buf *out, const struct cp_import *import,
                                    struct cp_error *error);

/* Sets is_said[i] for each value that an older version of a document leaves unknown as well, in the
 * same words but for case and punctuation; false where the version cannot be read. One that is no
 * continuity plan says nothing. */
bool cp_import_says(bool *is_said, const struct cp_import *older,
                    const struct cp_import_unknown *unknowns, size_t count);

/* A section that several plans state alike. */
struct cp_shared_section {
    const char *key;     /* "incident_response" */
    struct cp_str lines; /* as the first of the plans states it, its key with it */
};

enum { CP_SHARED_SECTIONS = 32 }; /* more than a plan has */

/* Finds those whose values are the same in all `count` YAML plans, whatever their comments and
 * style; none where there are not two plans. What one plan says of itself alone (its review) and
 * what is unknown everywhere is none. The count; `out` has room for CP_SHARED_SECTIONS, and borrows
 * the first plan. */
size_t cp_shared_sections_find(struct cp_shared_section *out, const struct cp_str *plans,
                               size_t count);
/* Puts them as comment lines of a portfolio file, to be taken for its `defaults` by removing the
 * first two characters of each line from `# defaults:` on; nothing where they are too large for
 * one. `plans` is how many state them. */
void cp_shared_sections_put(struct cp_buf *out, const struct cp_shared_section *sections,
                            size_t count, size_t plans);

/* ---- and the proof --------------------------------------------------------------------------- */

/* What the proof finds; no rules of plans. */
extern const struct cp_rule cp_rule_lost_word;
extern const struct cp_rule cp_rule_lost_heading;
extern const struct cp_rule cp_rule_lost_link;
extern const struct cp_rule cp_rule_lost_image;
extern const struct cp_rule cp_rule_lost_order;

/* Adds a finding, at its place in the document, for every word, heading, link target and image of
 * it that does not stand in the YAML `plan`, however that was made: both are read afresh. `config`
 * is as in struct cp_import. A word stands in the plan where it is among the words of the section
 * or titled text that carries its heading, as often as in the document. Besides, and only so:
 *  - a date or length of time stands there as a value that is the same day or length; a word of
 *    choice or an id is the same but for capitals and dashes; a date with two readings counts only
 *    where another date of the document settles the order;
 *  - a label (the head of a column, what stands before a colon) is said by the key of the field it
 *    became, or by a comment there; a heading likewise, by its section or a comment;
 *  - a whole line stands elsewhere as one fact, in one entry of a list or one value, but not in
 *    running text;
 *  - front matter may stand in comments.
 * 0; -1 with `error` where the plan cannot be read or `headings` name no field. */
int cp_import_check(struct cp_diags *diags, struct cp_file *document, struct cp_str plan,
                    const struct cp_config *config, struct cp_error *error);
/* Whether most headings of a document are those of the house format, word for word. */
bool cp_import_is_house(struct cp_str document);
/* Adds a finding for every heading of the document that is missing in `rendered`, its plan written
 * in the house format for all to see; and, heading by heading, for the first word that does not
 * come back in the document's order. Dates and lengths of time count as above. */
void cp_import_check_order(struct cp_diags *diags, struct cp_file *document,
                           struct cp_str rendered);

#endif
