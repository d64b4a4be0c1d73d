/*
 * diag: findings. A file with its line table, a place in it, a rule's identity, a finding with its
 * help and notes, and the list they are collected in. Knows neither YAML nor plans, and prints
 * nothing: writers do, and they make every text printable.
 */
#ifndef CONTPLAN_DIAG_H
#define CONTPLAN_DIAG_H

#include <contplan/base.h>

enum cp_severity { CP_OFF, CP_INFO, CP_WARNING, CP_ERROR };

/* "error", "warning", "info", "off". */
const char *cp_severity_name(enum cp_severity severity);
/* False where `name` is none of them. */
bool cp_severity_parse(enum cp_severity *out, struct cp_str name);

/* Whether findings of a rule can be mended without asking: not; by `--fix`, since what the file
 * says stays what its author meant; or only where that was asked for, since it says more than
 * before. */
enum cp_fixable { CP_FIX_NONE, CP_FIX_SAFE, CP_FIX_UNSAFE };

/* "none", "safe", "unsafe". */
const char *cp_fixable_name(enum cp_fixable fixable);
/* The same as a sentence of a rule that is fixable. */
const char *cp_fixable_words(enum cp_fixable fixable);

/* What a rule is called and says of itself. Rows of this stand beside the code that emits them;
 * the registry of the rules layer lists them all. */
struct cp_rule {
    const char *code; /* CP301, never reused */
    const char *name; /* rto-exceeds-mtpd */
    enum cp_severity severity;
    const char *summary;     /* one line: what is wrong where it fires */
    const char *explanation; /* why it matters and what to do, Markdown paragraphs */
    const char *clause;      /* the source that asks for it, or NULL */
    enum cp_fixable fix;     /* of those findings that carry a fix */
    bool is_of_several;      /* reported in one of several plans, with notes in the others */
    /* Examples, run as tests: a (partial) plan in which the rule fires, and one in which it does
     * not. Several files begin with a line `# file: PATH` each. */
    const char *bad;
    const char *good;
};

/* ---- files and places ---------------------------------------------------------------------- */

/* A file that findings point into. The record lives as long as the findings; the bytes may be
 * dropped in between and set again before findings are resolved. */
struct cp_file {
    const char *path; /* as the user may type it, borrowed */
    struct cp_str bytes;
    uint32_t *lines; /* byte offset of each line's start, owned */
    uint32_t line_count;
    bool is_loaded;
    bool is_shared; /* many workers look at its nodes: nobody marks them */
};

void cp_file_init(struct cp_file *file, const char *path);
/* Lends the bytes (at most 2^31) and builds the line table. LF, CRLF and CR end a line, as in
 * editors. */
void cp_file_set(struct cp_file *file, struct cp_str bytes);
/* Forgets bytes and line table; path and `is_shared` stay. */
void cp_file_drop(struct cp_file *file);

/* Bytes of a file, `length` of them from `offset`. */
struct cp_span {
    uint32_t offset;
    uint32_t length;
};

struct cp_place {
    struct cp_file *file;
    struct cp_span span;
};

/* A place as people and editors count it: lines and columns from 1, columns in code points, the
 * end exclusive. `excerpt` is the source line (at most 200 bytes, whole code points);
 * `excerpt_column` is the column of its first character (1 unless the line is long). */
struct cp_location {
    const char *path;
    uint32_t line, column, end_line, end_column;
    uint32_t excerpt_column;
    uint32_t excerpt_offset; /* the byte of the file at which the excerpt starts */
    struct cp_str excerpt;
};

/* ---- waivers ------------------------------------------------------------------------------- */

/* What a waiver's comment says, each part as written and borrowed; empty where it is missing. */
struct cp_waiver {
    struct cp_str rule; /* code or name */
    struct cp_str until, by, reason;
    struct cp_date last_day; /* `until` read as a date */
    bool has_last_day;
    bool is_misspelt; /* meant as one, and not written as one */
};

/* Reads `# contplan: ignore CP301 until 2027-01-31 by jon.reyes -- reason`: blanks are free,
 * `until` and `by` stand in any order, a name may hold blanks, the reason is the rest of the line.
 * A comment that begins with the program's name and goes on with a rule's code, or a word such as
 * `disable` and a code, was meant as one. False where the comment (with its #) is no waiver, whole,
 * in part or misspelt. */
bool cp_waiver_parse(struct cp_waiver *out, struct cp_str comment);

/* A comment that waives a rule there is, and says until when; whether it holds is another matter.
 */
struct cp_waived {
    const struct cp_rule *rule;
    struct cp_waiver said;
    struct cp_str field; /* path of what it covers; empty for nothing */
    const char *path;    /* of the file it stands in */
};

/* ---- baselines ----------------------------------------------------------------------------- */

/* An entry of a baseline: so many findings of a rule at a field of a file are known already. Where
 * the value stands in its line or file plays no part. */
struct cp_known {
    struct cp_str file;  /* path from the baseline's folder */
    struct cp_str plan;  /* id of the plan, where the file is one; else empty */
    struct cp_str field; /* path of the value; empty for none */
    struct cp_str rule;  /* code */
    uint32_t count;
    uint32_t line;   /* of the baseline; 0: it was learnt in this run */
    uint32_t found;  /* how many of them this run found */
    bool is_checked; /* whether this run would have found all there are */
};

struct cp_baseline {
    struct cp_arena arena; /* of the texts */
    CP_LIST(struct cp_known) items;
};

enum { CP_BASELINE_VERSION = 1, CP_BASELINE_BYTES = 16 * 1024 * 1024, CP_KNOWN_MOST = 1000 * 1000 };

void cp_baseline_init(struct cp_baseline *out);
void cp_baseline_release(struct cp_baseline *baseline);
/* Adds the entries of a baseline as cp_baseline_put() writes it: YAML, of which comments, blank
 * lines and other quotes may differ. -1 with `error`, which names the line ("line 7 is ..."), where
 * it is anything else. */
int cp_baseline_parse(struct cp_baseline *out, struct cp_str bytes, struct cp_error *error);
/* Forgets what an earlier run found and learnt. */
void cp_baseline_restart(struct cp_baseline *baseline);
/* Of what was checked, keeps what was found; joins entries of the same place. */
void cp_baseline_prune(struct cp_baseline *baseline);
/* Puts all of it, an entry a line, in the order of file, field and rule. Sorts the entries. */
void cp_baseline_put(struct cp_buf *out, struct cp_baseline *baseline);

/* ---- findings ------------------------------------------------------------------------------ */

/* Why a finding is silenced, as its waiver says. */
struct cp_excuse {
    struct cp_str by, reason;
    struct cp_date until; /* its last day */
};

/* What a fix makes of the document, so that it can be shown that it makes nothing else of it. */
enum cp_fix_change {
    CP_FIX_VALUE,   /* the scalar at `target` is read as `meant` */
    CP_FIX_KEY,     /* the key at `target` is */
    CP_FIX_ENTRY,   /* the entry or key whose value stands at `target` is gone */
    CP_FIX_ADDED,   /* the mapping at `target` has more keys: those of `text` */
    CP_FIX_COMMENT, /* nothing that is read as YAML changes */
    CP_FIX_TEXT     /* the file is no YAML, and other bytes stand in it */
};

/* How a finding is mended: some bytes of one file are taken out, and others put in their place. */
struct cp_fix {
    struct cp_place place; /* what goes; of length 0 where nothing does */
    struct cp_str text;    /* what comes, at most CP_FIX_BYTES; may be empty */
    struct cp_location at; /* of `place`, filled by resolving */
    enum cp_fix_change change;
    struct cp_span target; /* of a value or key as cp_node has it */
    struct cp_str meant;   /* what is read there then */
    struct cp_str title;   /* what it does, as an order: "write 2026-01-31" */
};

enum { CP_FIX_BYTES = 16 * 1024 };

/* A second place that explains a finding: "declared here". */
struct cp_note {
    struct cp_place place;
    struct cp_location at;
    struct cp_str message;
};

struct cp_diagnostic {
    const struct cp_rule *rule;
    enum cp_severity severity; /* the rule's, until the engine settles it */
    struct cp_place place;
    struct cp_location at; /* filled by resolving */
    bool is_resolved;
    bool is_waived;          /* silenced for a time by a waiver: counted and not reported */
    bool is_known;           /* from a baseline: counted and not reported, unless it is waived */
    bool has_fixed_severity; /* the requirement of a profile said which: tables do not change it */
    bool is_aged;            /* has been found for so long that it is one step more severe */
    uint32_t plan_index;     /* the engine's number of the subject plan, UINT32_MAX for none */
    uint32_t plan_count;     /* how many plans it concerns ("in 37 plans"), at least 1 */
    struct cp_str field;     /* path: disaster_recovery.objectives[0].rto */
    struct cp_str message;
    struct cp_str help;   /* what to write; empty where there is none */
    struct cp_str clause; /* the source clause; the rule's unless a profile gave one */
    CP_LIST(struct cp_note) notes;
    const struct cp_excuse *excuse; /* of the waiver; NULL where it is not waived */
    struct cp_fix *fix;             /* NULL where a person has to mend it */
};

/* Bytes of a file that must not be shown: neither in excerpts nor in messages that quote them. */
struct cp_secret {
    struct cp_place place;
    struct cp_str text;
};

struct cp_rule_count {
    const struct cp_rule *rule;
    uint32_t count;
    uint32_t surplus; /* 1 + the index of its struct cp_surplus; 0: there is none */
};

/* Findings of one rule in one file that were not kept. */
struct cp_surplus {
    const struct cp_rule *rule;
    struct cp_file *file;
    uint32_t plan_index;
    uint32_t count;
};

/* Findings as they are found. Text is copied into the list's own arena. */
struct cp_diags {
    struct cp_arena arena;
    CP_LIST(struct cp_diagnostic *) items;
    CP_LIST(struct cp_secret) secrets;
    uint32_t plan_index;                   /* stamped on what is added */
    CP_LIST(struct cp_rule_count) in_file; /* kept since cp_diags_begin_file() */
    CP_LIST(struct cp_surplus) surplus;    /* over the limit, of all files */
    bool is_muted;                         /* nothing is added: values that were judged elsewhere */
    bool is_tally;                         /* nothing is added either, but counted in `in_file` */
};

/* How many findings of one file are reported. As many are kept of each rule, since only settling
 * knows which rules are wanted. */
enum { CP_FINDINGS_PER_FILE = 200 };

void cp_diags_init(struct cp_diags *diags);
void cp_diags_release(struct cp_diags *diags);
/* Starts counting towards the limit of a file, and names the plan of what follows. */
void cp_diags_begin_file(struct cp_diags *diags, uint32_t plan_index);
/* Whether further findings of the rule in this file are only counted, or (muted) not even that. */
bool cp_diags_is_full(const struct cp_diags *diags, const struct cp_rule *rule);

/* Adds a finding at `place` about the field path `field` (copied; may be empty). The message is
 * one sentence part without a full stop; values in it come through cp_diags_quote(). Returns the
 * finding for help and notes, or NULL where it was not kept (muted, or over the limit). */
struct cp_diagnostic *cp_diags_add(struct cp_diags *diags, const struct cp_rule *rule,
                                   struct cp_place place, struct cp_str field, const char *format,
                                   ...) __attribute__((cold, format(printf, 5, 6)));
/* Both accept a NULL finding and do nothing then. */
void cp_diagnostic_help(struct cp_diags *diags, struct cp_diagnostic *diagnostic,
                        const char *format, ...) __attribute__((cold, format(printf, 3, 4)));
void cp_diagnostic_note(struct cp_diags *diags, struct cp_diagnostic *diagnostic,
                        struct cp_place place, const char *format, ...)
    __attribute__((cold, format(printf, 4, 5)));
/* Gives the finding, whose rule is fixable, a fix; its texts are copied. Nothing where the finding
 * is NULL or the text too long. */
void cp_diagnostic_fix(struct cp_diags *diags, struct cp_diagnostic *diagnostic,
                       const struct cp_fix *fix);
/* 'value' in single quotes for a message, cut at 60 code points with an ellipsis; owned by the
 * list. Still untrusted: the writers make it printable. */
const char *cp_diags_quote(struct cp_diags *diags, struct cp_str value);

/* Remembers a secret at `place` of a loaded file; also where the list is muted or over its limit,
 * since other findings may show it. */
void cp_diags_keep_secret(struct cp_diags *diags, struct cp_place place);
/* The same for what is read otherwise than it is written: `text` is copied, `place` is where that
 * stands. */
void cp_diags_keep_read_secret(struct cp_diags *diags, struct cp_place place, struct cp_str text);
/* Whether any of what stands there was found to be a secret: nothing is then made of it, since what
 * is no longer the same bytes is not hidden. */
bool cp_diags_has_secret(const struct cp_diags *diags, struct cp_place place);

/* A secret in an order, with what that order is good for. */
struct cp_hidden {
    const struct cp_secret *secret;
    int64_t link;
};

/* All secrets of a run: the lists they are borrowed from stay as they are meanwhile. */
struct cp_secrets {
    CP_LIST(struct cp_hidden) by_place; /* link: where those up to this one end */
    CP_LIST(struct cp_hidden) by_text;  /* link: the one that this one begins with, or -1 */
};

void cp_secrets_init(struct cp_secrets *secrets);
void cp_secrets_release(struct cp_secrets *secrets);
void cp_secrets_add(struct cp_secrets *secrets, const struct cp_diags *diags);
/* Once all were added. */
void cp_secrets_sort(struct cp_secrets *secrets);
/* Hides the secrets wherever the finding, its help and its notes show one: in excerpts each
 * character is an asterisk, in texts three stand for all of it. Hidden are those of the files it
 * points into, those of shared files, and those too long to be a word. A fix that would show or
 * move one is taken away. New text is owned by `arena`. The finding's locations must be resolved.
 */
void cp_diagnostic_mask(struct cp_diagnostic *diagnostic, const struct cp_secrets *secrets,
                        struct cp_arena *arena);
/* The same for the finding's field alone, whether it is resolved or not. */
void cp_diagnostic_mask_field(struct cp_diagnostic *diagnostic, const struct cp_secrets *secrets,
                              struct cp_arena *arena);
/* The text with every secret hidden that is hidden in all findings; the text itself where there is
 * none, else owned by `arena`. */
struct cp_str cp_secrets_mask(const struct cp_secrets *secrets, struct cp_str text,
                              struct cp_arena *arena);
/* The same for a text of the files that the secrets stand in: every one is hidden. */
struct cp_str cp_secrets_mask_own(const struct cp_secrets *secrets, struct cp_str text,
                                  struct cp_arena *arena);

/* What a run found, settled and sorted: by path, place, code. Everything is borrowed. */
struct cp_findings {
    struct cp_diagnostic *const *items;
    size_t count;
    size_t errors, warnings, infos;
    size_t waived; /* findings that waivers silenced; they are not among the items */
    struct cp_diagnostic *const
        *waived_items; /* they, each with its excuse; sorted like the items */
    size_t known;      /* findings that a baseline holds; they are not among the items either */
    struct cp_diagnostic *const *known_items; /* they, but for those that were not kept */
    size_t known_count;
    bool has_baseline;
    size_t plans;     /* plans checked */
    size_t documents; /* Markdown documents checked that were asked for by themselves */
    const struct cp_str *plan_ids; /* by plan_index */
    const struct cp_omission *omissions;
    size_t omission_count;
    const char *const
        *failures; /* printable sentences: what could not be read, and was not checked */
    size_t failure_count;
};

/* Findings of one file over CP_FINDINGS_PER_FILE that are not reported. */
struct cp_omission {
    const char *path;
    uint32_t count;
};

/* Fills the locations of findings (and notes) whose file is loaded and which have none yet. */
void cp_diags_resolve(struct cp_diags *diags);
/* The location of a place in a loaded file; the excerpt is copied into `arena`. */
struct cp_location cp_location_of(struct cp_place place, struct cp_arena *arena);

#endif
