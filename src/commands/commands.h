/* Private to the commands: what they share. */
#ifndef COMMANDS_COMMANDS_H
#define COMMANDS_COMMANDS_H

#include <contplan/commands.h>
#include <contplan/engine.h>
#include <contplan/output.h>

extern const struct cp_command command_validate;
extern const struct cp_command command_render;
extern const struct cp_command command_init;
extern const struct cp_command command_new;
extern const struct cp_command command_import;

extern const struct cp_command command_approve;
extern const struct cp_command command_schema;
extern const struct cp_command command_explain;
extern const struct cp_command command_rules;
extern const struct cp_command command_list;
extern const struct cp_command command_log;
extern const struct cp_command command_diff;
extern const struct cp_command command_hook;
extern const struct cp_command command_evidence;
extern const struct cp_command command_calendar;
extern const struct cp_command command_status;
extern const struct cp_command command_graph;
extern const struct cp_command command_simulate;
extern const struct cp_command command_completion;

/* arguments.c: splits `argv` behind the program's name. NULL on a usage error, which was said. */
struct parsing {
    const struct cp_command *command; /* NULL: none given */
    struct cp_arguments arguments;
};
bool arguments_parse(struct parsing *out, int argc, char **argv);
void arguments_release(struct parsing *parsing);
/* An option of the command (NULL: none) or of all commands by its name or letter, and a command;
 * NULL where there is none. */
const struct cp_option *option_find(const struct cp_command *command, struct cp_str name);
const struct cp_command *command_find(const char *name);

/* audience.c: what --audience takes, and what it says; internal where it is not given. */
extern const char *const audience_words[];
enum cp_audience audience_of(const struct cp_arguments *arguments);

/* candidates.c: what may be typed; words that complete `typed` go to `out` behind `kept`. */
struct candidates {
    struct cp_buf *out;
    struct cp_str kept;  /* what stands before, and stays */
    struct cp_str typed; /* what a candidate begins with */
    const struct cp_arguments *arguments;
    struct cp_arena *arena; /* while candidates are found */
    size_t left;            /* how many more are put */
};
/* Whether shells take the word as it is. Where it may be an option or is a request to the shell, it
 * is no candidate all the same. */
bool candidate_is_plain(struct cp_str word);
/* Adds a word, where it is one that shells take as it is; `what` may be NULL. */
void candidate_put(struct candidates *to, struct cp_str word, const char *what);
/* candidate_values.c: those for the value of an option, and for an operand called so in the table
 * ("PATH", "REV[..REV]"). */
void candidate_values_put(struct candidates *to, const struct cp_command *command,
                          const struct cp_option *option);
void candidate_operands_put(struct candidates *to, struct cp_str name);
/* candidate_names.c: those that plans, portfolio file and repository hold. */
void candidate_revisions_put(struct candidates *to);
void candidate_plans_put(struct candidates *to);
void candidate_subjects_put(struct candidates *to);
void candidate_losses_put(struct candidates *to);
void candidate_people_put(struct candidates *to);
void candidate_scenarios_put(struct candidates *to);

/* completion_scripts.c: what each shell reads. */
struct completion_script {
    const char *shell;
    const char *text;
};
size_t completion_scripts(const struct completion_script **out);

/* say.c: one line on standard error, behind the program's name; values are made printable by the
 * caller. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same for wrong use, with where to read on; returns CP_STATUS_USAGE. */
int say_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* That a file holds no plan, with where to read why. */
void say_unreadable(const char *path);
/* What the world refused; returns CP_STATUS_WORLD. */
int say_failure(const struct cp_error *error);
/* "--format takes text or json, not 'xml'". */
int say_bad_choice(const char *option, const struct cp_str *names, size_t count,
                   struct cp_str given);
/* The same of formats: rows of `size` bytes whose first member is their name. */
int say_unknown_format(const char *option, const void *formats, size_t count, size_t size,
                       struct cp_str given);
/* Puts "a, b or c", with `last` before the last one. */
void put_names(struct cp_buf *out, const struct cp_str *names, size_t count, const char *last);
/* That no rule is called so, with those that were probably meant; `option` may be NULL. */
int say_unknown_rule(const char *option, struct cp_str word);
/* A word in quotes, printable, in storage that lasts until the program ends. */
const char *quoted(const char *word);

/* print.c: a result on standard output; the status. */
int print(struct cp_str text);
/* The same of what a buffer with an outlet still holds. */
int print_rest(struct cp_buf *out);
/* The same into a file, NULL for standard output; never over a plan or a portfolio file. */
int print_into(const char *file, struct cp_str text);

/* run.c: what commands that look at plans need of the world around an engine. */
struct run {
    struct cp_request request;
    struct cp_source source;
    struct cp_source before;          /* what changes are measured from, where that was asked */
    struct cp_repository *repository; /* NULL until it is needed */
    struct cp_past_of_repository past_of;
    struct cp_past past;
    struct cp_overlay overlay;
    struct cp_overlay_file stdin_file;
    struct cp_buf stdin_bytes;
    CP_LIST(const char *) paths;
    struct cp_arena arena;
    char *here;            /* the working directory */
    struct cp_arena names; /* the path of a plan that was named by its id */
    struct cp_engine *engine;
};
/* Reads the global options and operands into run->request, whose sources are then opened. */
int run_prepare(struct run *run, const struct cp_arguments *arguments);
/* Opens an engine for the global options and operands; a status other than CLEAN where it cannot,
 * which was said. */
int run_open(struct run *run, const struct cp_arguments *arguments);
/* Whether the options of every command have values that can be read; a status. */
int run_check_globals(const struct cp_arguments *arguments);
/* revisions.c: lets the run read what --rev, --staged and --since ask for; a status. */
int run_open_sources(struct run *run, const struct cp_arguments *arguments);
/* Lets the run ask for the history that ends in --rev or HEAD, where --history is given; a warning
 * where there is none. */
void run_open_past(struct run *run, const struct cp_arguments *arguments);
/* The same whatever was given; false, with `error`, where there is none. */
bool run_find_past(struct run *run, const struct cp_arguments *arguments, struct cp_error *error);
/* Opens the repository around the working directory, or where git says it is; once per run. */
enum cp_repository_state run_open_repository(struct run *run, struct cp_error *error);
/* Whether --profile names a profile, or a file that can be read; a status. */
int run_check_profile(const struct cp_arguments *arguments);
void run_close(struct run *run);
/* The same for one plan: a file, or the id of a plan of the portfolio around the working folder.
 * run->paths holds its path. */
int run_open_plan(struct run *run, const struct cp_arguments *arguments, const char *plan);
/* Whether plans were asked for, and not the portfolio file alone; a status. */
int run_need_plans(struct run *run, const struct cp_arguments *arguments);
/* The same, and whether the portfolio files behind them can be read: without them nothing that
 * plans say can be counted, nor is it known who may see it. */
int run_need_portfolio(struct run *run, const struct cp_arguments *arguments);
/* Says how many errors there are in the files that an answer rests on. */
void say_flaws(const struct cp_engine *engine);
/* Says what could not be read; whether there was anything. */
bool run_say_failures(struct run *run);
bool say_failures(struct cp_engine *engine);
/* Whether standard output is to be coloured. */
bool run_wants_color(const struct cp_arguments *arguments);
/* Colour; the width that COLUMNS states, else the terminal's; whether the locale is one of UTF-8.
 */
struct cp_output_options run_output_options(const struct cp_arguments *arguments);

/* fix.c: whether --fix and --diff go with what else was given; a status. */
int fix_check(const struct cp_arguments *arguments);
/* Whether findings are to be mended, in the files or in a difference. */
bool fix_is_asked(const struct cp_arguments *arguments);
/* Mends what the run's engine found, and writes the files or, for --diff, the difference; says what
 * was done and what was left. A status: for --diff, FINDINGS where there is a difference. */
int fix_findings(struct cp_mending *out, struct run *run, const struct cp_arguments *arguments,
                 const struct cp_selection *selection, const struct cp_findings *found);

/* baseline.c: the findings that --baseline names, none where it was not given. */
struct baseline {
    const char *file; /* NULL: none */
    bool is_written, is_pruned;
    bool is_there; /* and holds `bytes` */
    struct cp_buf bytes;
    struct cp_baseline known;
};
/* Reads the options and the file; a status. Closed in any case. */
int baseline_open(struct baseline *out, const struct cp_arguments *arguments);
void baseline_close(struct baseline *baseline);
/* Has the run, which is open, look for what is known. */
void baseline_ask(struct baseline *baseline, struct run *run);
/* Once plans were checked: writes the file, or says what is found no more; a status. `is_whole`:
 * all that was asked for was read. */
int baseline_finish(struct baseline *baseline, bool is_whole);

/* draw.c: has a graph in Graphviz's language drawn as SVG; a status, and said why not. */
int draw(struct cp_buf *out, struct cp_str graph);

/* hooks.c: the hook file; both say what they did, and return a status. `program` is what it calls,
 * absolute, or a name on the PATH. */
int hook_install(struct run *run, const char *program);
int hook_uninstall(struct run *run);

/* way.c: whether a file may be written where a path leads; a status, and said where not. */
/* What the user named: links may lead anywhere inside the folder that it is relative to, except to
 * git's own files. An absolute path to elsewhere is taken as it is. */
int check_way(const char *path);
/* Whether a path below a folder, both absolute, leads out of it by a symbolic link. */
bool leads_out(struct cp_arena *arena, const char *path, const char *folder);
/* A name that the program chose: there is no link of that name. */
int check_own_name(const char *path);
/* A folder of plans that is there lies in its portfolio, `home`. */
int check_home(const char *folder, const char *home);

/* start.c: what init and new leave behind. */
extern const char plan_schema_name[];
/* Writes a file that is not there yet, with the folder it stands in, and says so on standard
 * output; a file that is there is kept, and that is said on standard error. A status. */
int start_file(const char *path, struct cp_str bytes, bool *is_written);
/* Writes the schema of plans, or of portfolio files, into a folder, as start_file(). */
int start_schemas(const char *folder);
/* pipelines.c: the services that start_pipeline() knows, NULL-terminated. */
extern const char *const pipeline_words[];
/* Writes a pipeline for such a service at the root of the git repository around a folder that is
 * there, which then validates that folder; as start_file(). Says what is left to do. */
int start_pipeline(const char *folder, const char *service);

#endif
