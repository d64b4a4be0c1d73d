/*
 * commands: the command line. One row a command and one row an option; parsing, -h and the manual
 * come from the rows. The only layer that knows the process: arguments, environment, clock,
 * streams, exit status.
 */
#ifndef CONTPLAN_COMMANDS_H
#define CONTPLAN_COMMANDS_H

#include <contplan/base.h>

enum cp_status {
    CP_STATUS_CLEAN = 0,
    CP_STATUS_FINDINGS = 1,
    CP_STATUS_USAGE = 2,
    CP_STATUS_WORLD = 3 /* unreadable file, full disk, closed pipe */
};

/* Options of all commands, so that a value is found by its name alone. */
enum cp_option_id {
    CP_OPTION_HELP,
    CP_OPTION_VERSION,
    CP_OPTION_FOLDER,
    CP_OPTION_CONFIG,
    CP_OPTION_COLOR,
    CP_OPTION_TODAY,
    CP_OPTION_JOBS,
    CP_OPTION_FORMAT,
    CP_OPTION_PROFILE,
    CP_OPTION_SELECT,
    CP_OPTION_IGNORE,
    CP_OPTION_SEVERITY,
    CP_OPTION_FAIL_ON,
    CP_OPTION_STATISTICS,
    CP_OPTION_BASELINE,
    CP_OPTION_WRITE_BASELINE,
    CP_OPTION_PRUNE_BASELINE,
    CP_OPTION_STDIN_FILENAME,
    CP_OPTION_TO,
    CP_OPTION_OUTPUT,
    CP_OPTION_SECTION,
    CP_OPTION_AUDIENCE,
    CP_OPTION_TEMPLATE,
    CP_OPTION_BY,
    CP_OPTION_REV,
    CP_OPTION_STAGED,
    CP_OPTION_UNSTAGED,
    CP_OPTION_SINCE,
    CP_OPTION_HISTORY,
    CP_OPTION_FIELD,
    CP_OPTION_STANDARD,
    CP_OPTION_FROM,
    CP_OPTION_UNTIL,
    CP_OPTION_EXIT_CODE,
    CP_OPTION_CLUSTER,
    CP_OPTION_FOCUS,
    CP_OPTION_DEPTH,
    CP_OPTION_LOSE,
    CP_OPTION_ABSENT,
    CP_OPTION_SCENARIO,
    CP_OPTION_AT,
    CP_OPTION_ALL,
    CP_OPTION_CANDIDATES,
    CP_OPTION_CI,
    CP_OPTION_CHECK,
    CP_OPTION_FIX,
    CP_OPTION_DIFF,
    CP_OPTION_UNSAFE_FIXES,
    CP_OPTION_FOLLOW
};

struct cp_option {
    enum cp_option_id id;
    const char *name;         /* "--format" */
    const char *letter;       /* "-o", or NULL */
    const char *argument;     /* what to call its value; NULL: takes none */
    const char *const *words; /* the values it takes, NULL-terminated; NULL: any */
    bool is_repeatable;       /* otherwise the last one counts */
    const char *doc;
};

/* One option as it was given. */
struct cp_given {
    const struct cp_option *option;
    const char *value; /* NULL where it takes none */
};

struct cp_arguments {
    const char *program; /* what the program was called by: a path from where it was started, or a
                            name on the PATH */
    char *started_in;    /* the working directory before -C; NULL: it is still the same */
    CP_LIST(struct cp_given) options;
    CP_LIST(const char *) operands;
    bool has_dashes;      /* `--` was given */
    size_t before_dashes; /* then: operands before it */
};

struct cp_command {
    const char *name;
    const char *operands; /* "[PATH ...]" */
    const char *summary;  /* one line */
    const char *doc;      /* a paragraph for -h and the manual */
    const struct cp_option *options;
    size_t option_count;
    int (*run)(const struct cp_arguments *arguments); /* enum cp_status */
};

/* The options that every command takes. */
size_t cp_global_options(const struct cp_option **out);
/* All commands in the order of the manual. */
size_t cp_commands(const struct cp_command *const **out);
/* Puts what -h prints: of one command, or of the program where `command` is NULL. */
void cp_help_put(struct cp_buf *out, const struct cp_command *command);

/* Puts what may stand in the place of the last of the words behind the program's name, a line each
 * with a tab and what it is, where that is known, as contplan-completion(1) describes. Every
 * candidate is a word that shells take as it is. Reads the plans and the repository around the
 * working directory where the answer lies there; what cannot be read has no candidates. Where `-C`
 * is among the words, the working directory changes meanwhile: -1 with `error` where there is no
 * way back, else 0. */
int cp_candidates_put(struct cp_buf *out, const char *const *words, size_t count,
                      struct cp_error *error);

/* The value of the last such option, NULL where it was not given (or takes none). */
const char *cp_argument_find(const struct cp_arguments *arguments, enum cp_option_id id);
bool cp_argument_is_given(const struct cp_arguments *arguments, enum cp_option_id id);

/* The program: runs the command that `argv` names; the exit status. */
int cp_main(int argc, char **argv);

#endif
