/*
 * What is wrong in the text of a command, and what to write instead; the parameters it leaves to
 * fill in; and the access roles that a text names. Functions over bytes: they know neither plan nor
 * file, so that the steps of a plan and the blocks of a Markdown runbook are judged alike.
 */
#ifndef CONTPLAN_RULES_COMMAND_H
#define CONTPLAN_RULES_COMMAND_H

#include <contplan/base.h>
#include <contplan/diag.h>

/* What may be wrong in a text, a bit each: bytes beyond ASCII, a dash with two letters behind it,
 * an angle bracket. One short pass, for those who have many texts. */
enum { CP_LOOK_ODD = 1, CP_LOOK_OPTION = 2, CP_LOOK_ANGLE = 4 };
unsigned cp_command_look(struct cp_str text);

/* ---- flaws ----------------------------------------------------------------------------------- */

enum cp_flaw_kind {
    CP_FLAW_DASH,  /* a typographic dash, or several in a row */
    CP_FLAW_QUOTE, /* a typographic quotation mark */
    CP_FLAW_OPTION /* a long option behind a single dash */
};

/* Something in a command that is not read as it was meant. */
struct cp_flaw {
    enum cp_flaw_kind kind;
    struct cp_str wrong; /* borrowed from the command; of an option without its `=value` */
    const char *instead; /* what to write; of an option what to put before it */
    struct cp_str tool;  /* options: whose; borrowed from the command */
};

enum { CP_FLAWS_MOST = 32 };
struct cp_flaws {
    struct cp_flaw items[CP_FLAWS_MOST]; /* in the order of the text */
    size_t count;
    bool is_cut; /* there are more */
};

/* The flaws of a command, which may have several lines. Left alone are comments, the bodies of
 * here-documents, and what stands in straight quotes unless it cannot be text. */
void cp_command_check(struct cp_flaws *out, struct cp_str command);
/* The line of the command in which a flaw stands, without the blanks around it. */
struct cp_str cp_flaw_line(const struct cp_flaw *flaw, struct cp_str command);
/* Whether the line stands at the place byte for byte, so that it can be exchanged there. */
bool cp_line_is_as_written(struct cp_place place, struct cp_str line);
/* Puts the line of a command with every flaw in it mended. False where too many are known of for
 * that; nothing is put then. */
bool cp_flaws_mend(struct cp_buf *out, struct cp_str line, const struct cp_flaws *flaws);
/* Puts what to write in place of the flaw alone. */
void cp_flaw_put(struct cp_buf *out, const struct cp_flaw *flaw);

static inline bool cp_flaw_is_option(const struct cp_flaw *flaw)
{
    return flaw->kind == CP_FLAW_OPTION;
}
/* Whether no flaw of the same rule stands before it in its line: that one is reported, and the line
 * is mended as a whole. */
bool cp_flaw_is_first(const struct cp_flaws *flaws, size_t index);
/* Puts the message of a finding; `what` names the command: "'command'". Holds text of the file. */
void cp_flaw_describe(struct cp_buf *out, const struct cp_flaw *flaw, const char *what);
/* Puts its help: the line with all its `flaws` mended. These are NULL where no more may be shown
 * than the flaw itself, since the command holds a secret. */
void cp_flaw_advise(struct cp_buf *out, const struct cp_flaw *flaw, const struct cp_flaws *flaws,
                    struct cp_str command);

/* ---- options, command_options.c -------------------------------------------------------------- */

/* The words of a command that precede an option. */
struct cp_command_words {
    struct cp_str tool;
    struct cp_str items[8];   /* those behind the tool that are no options */
    bool is_operand[8];       /* whether it is certain that it is no option's value */
    size_t count, overlooked; /* words that found no room */
};

/* Whether the tool has `--name` and is known not to take `-name` for it. */
bool cp_option_is_long(const struct cp_command_words *words, struct cp_str name);
/* Whether the tool's long options stand behind a single dash. */
bool cp_tool_is_single_dash(struct cp_str tool);
/* Whether one of the words, separated by single blanks, is this one. */
bool cp_words_has(const char *words, struct cp_str word);

/* ---- parameters ------------------------------------------------------------------------------ */

/* A search for `<parameters>`; the members are its own. */
struct cp_parameter_scan {
    struct cp_str text;
    size_t at, left;
};

void cp_parameter_scan_init(struct cp_parameter_scan *scan, struct cp_str text);
/* The name of the next one, borrowed from the text; its brackets stand right around it.
 * Redirection, here-documents, markup, addresses and the names of keys are none. */
bool cp_parameter_next(struct cp_str *out, struct cp_parameter_scan *scan);

/* ---- code in prose --------------------------------------------------------------------------- */

/* The next code between single backticks from byte `*at` on, moving that behind it; borrowed. */
bool cp_code_next(struct cp_str *out, struct cp_str text, size_t *at);

/* ---- access roles ---------------------------------------------------------------------------- */

/* The next access role that a Markdown text names from byte `*at` on, moving that behind it: in
 * code, before the word "role" ("the `operator` role", "the `a` or `b` roles"). Borrowed from the
 * text, without the backticks. */
bool cp_access_role_next(struct cp_str *out, struct cp_str text, size_t *at);

#endif
