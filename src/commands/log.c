/* contplan log: the history of what plans promise, commit by commit. */
#include "commands.h"

#include <contplan/output.h>

#include <stdlib.h>
#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_FIELD,
     .name = "--field",
     .argument = "PATH",
     .is_repeatable = true,
     .doc = "Tell the history of this field and all below it, such as review, scope.users or "
            "disaster_recovery.objectives.rto; of all entries of a list."},
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .doc = "Write text (the default), markdown or json."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Withhold what is above public, internal (the default) or restricted."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "Begin with the plans and commits of REV instead of HEAD."},
};

struct history {
    const struct cp_arguments *arguments;
    CP_LIST(struct cp_history_entry *) entries;
    bool is_public; /* whom commits do not name: what they say of themselves has no audience */
};

/* ---- what is wanted -------------------------------------------------------------------------- */

/* Puts a path without its indexes: `objectives[0].rto` and `objectives[].rto` are one. */
static void put_plain(struct cp_buf *out, struct cp_str path)
{
    bool is_index = false;
    for (size_t i = 0; i < path.len; i++) {
        is_index = is_index || path.at[i] == '[';
        if (!is_index) {
            cp_buf_putc(out, path.at[i]);
        }
        is_index = is_index && path.at[i] != ']';
    }
}

static bool is_below(struct cp_str path, struct cp_str above)
{
    return cp_str_has_prefix(path, above.at) &&
           (path.len == above.len || path.at[above.len] == '.');
}

/* Whether either holds the other: an entry that was added holds its fields. */
static bool is_about(struct cp_str path, const char *wanted)
{
    struct cp_buf plain;
    struct cp_buf field;
    cp_buf_init(&plain);
    cp_buf_init(&field);
    put_plain(&plain, path);
    put_plain(&field, cp_str_of(wanted));
    cp_buf_puts(&plain, "");
    cp_buf_puts(&field, "");
    bool result = is_below(cp_buf_str(&plain), cp_buf_str(&field)) ||
                  is_below(cp_buf_str(&field), cp_buf_str(&plain));
    cp_buf_release(&plain);
    cp_buf_release(&field);
    return result;
}

static bool is_promise(struct cp_str path)
{
    struct cp_str tiers = CP_STR("tiers.");
    static const char *const promises[] = {"disaster_recovery.objectives",
                                           "incident_response.roles", "supporting.exercises",
                                           "supporting.activations", "review.approvals"};
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
        if (is_about(path, promises[i])) {
            return true;
        }
    }
    return cp_str_has_prefix(path, tiers.at) &&
           cp_str_find(path, CP_STR(".objectives")) != SIZE_MAX;
}

/* A file as a whole has no path; what plans inherit stands below `defaults`. */
static bool is_wanted(void *context, const struct cp_compared *file, const struct cp_change *change)
{
    (void)file;
    const struct history *history = context;
    const struct cp_arguments *arguments = history->arguments;
    struct cp_str defaults = CP_STR("defaults.");
    struct cp_str path = change->field;
    bool has_field = false;
    if (path.len == 0) {
        return true;
    }
    if (change->is_inherited && cp_str_has_prefix(path, defaults.at)) {
        path = cp_str_slice(path, defaults.len, SIZE_MAX);
    }
    for (size_t i = 0; i < arguments->options.count; i++) {
        const struct cp_given *given = &arguments->options.items[i];
        if (given->option->id == CP_OPTION_FIELD) {
            has_field = true;
            if (is_about(path, given->value) || is_about(change->field, given->value)) {
                return true;
            }
        }
    }
    return !has_field && is_promise(path);
}

/* ---- telling --------------------------------------------------------------------------------- */

static void add_entry(void *context, const struct cp_log_commit *commit,
                      struct cp_comparison *comparison)
{
    struct history *history = context;
    struct cp_history_entry *entry = cp_alloc(sizeof *entry);
    *entry = (struct cp_history_entry){.commit = cp_str_of(commit->commit.id),
                                       .date = commit->authored,
                                       .comparison = *comparison};
    if (!history->is_public) {
        entry->author = commit->author;
        entry->subject = commit->subject;
    }
    *(struct cp_history_entry **)cp_list_push(&history->entries, sizeof entry) = entry;
}

static void release(struct history *history)
{
    for (size_t i = 0; i < history->entries.count; i++) {
        cp_comparison_release(&history->entries.items[i]->comparison);
        free(history->entries.items[i]);
    }
    cp_list_release(&history->entries);
}

static int write_out(const struct history *history, const struct cp_history_format *format)
{
    const struct cp_output_options how = {.has_color = run_wants_color(history->arguments)};
    struct cp_buf out;
    cp_buf_init(&out);
    format->write(&out, (const struct cp_history_entry *const *)history->entries.items,
                  history->entries.count, &how);
    int status = print(cp_buf_str(&out));
    cp_buf_release(&out);
    return status;
}

static int tell(struct run *run, const struct cp_arguments *arguments,
                const struct cp_history_format *format)
{
    enum cp_audience audience = audience_of(arguments);
    struct history history = {.arguments = arguments, .is_public = audience == CP_PUBLIC};
    const struct cp_log_visitor visitor = {
        .audience = audience, .is_wanted = is_wanted, .commit = add_entry, .context = &history};
    struct cp_error error;
    if (!run_find_past(run, arguments, &error) ||
        cp_engine_log(run->engine, &visitor, &error) != 0) {
        say("%s", error.text);
        release(&history);
        return CP_STATUS_WORLD;
    }
    if (!cp_argument_find(arguments, CP_OPTION_REV) && !cp_repository_root(run->repository)) {
        say("this git repository is bare and has no files to begin with; name a revision with "
            "--rev");
        release(&history);
        return CP_STATUS_WORLD;
    }
    bool has_failed = run_say_failures(run);
    int status = write_out(&history, format);
    if (history.entries.count == 0 && !has_failed) {
        say(cp_engine_has_history(run->engine) ? "no commit here has changed what was asked for"
                                               : "no commit here holds what was asked for; "
                                                 "contplan diff shows what is not committed");
    }
    release(&history);
    return has_failed ? CP_STATUS_WORLD : status;
}

/* The first name of the path that no table has, and the table that lacks it; NULL where it leads to
 * a field, or below a value that has no fields. */
static const struct cp_object *find_lost(struct cp_str *key, const struct cp_object *object,
                                         const char *path)
{
    while (object && *path) {
        size_t len = strcspn(path, ".[");
        const struct cp_field *field = cp_field_find(object, (struct cp_str){path, len});
        *key = (struct cp_str){path, len};
        if (!field) {
            return cp_str_is(*key, "audience") ? NULL : object;
        }
        object = field->of;
        path += strcspn(path, ".");
        path += *path == '.';
    }
    return NULL;
}

static int say_no_field(const char *path, struct cp_str key, const struct cp_object *object)
{
    struct cp_str keys[64];
    size_t count = 0;
    for (size_t i = 0; i < object->count && count < sizeof keys / sizeof *keys; i++) {
        keys[count++] = cp_str_of(object->fields[i].key);
    }
    struct cp_str nearest = cp_str_nearest(key, keys, count);
    return nearest.len > 0
               ? say_usage("--field %s: there is no such field; did you mean '%.*s'?", quoted(path),
                           CP_ARG(nearest))
               : say_usage("--field %s: there is no such field; contplan-plan(5) lists those there "
                           "are",
                           quoted(path));
}

/* A field of a plan, also as it stands below `defaults`; or one of the portfolio file. */
static int check_field(const char *path)
{
    struct cp_str defaults = CP_STR("defaults.");
    struct cp_str key;
    struct cp_str ignored;
    bool is_default = cp_str_has_prefix(cp_str_of(path), defaults.at);
    const struct cp_object *lost =
        find_lost(&key, &cp_object_plan, path + (is_default ? defaults.len : 0));
    if (*path == '\0') {
        return say_usage("--field names no field");
    }
    return !lost || (!is_default && !find_lost(&ignored, &cp_object_config, path))
               ? CP_STATUS_CLEAN
               : say_no_field(path, key, lost);
}

static int check_fields(const struct cp_arguments *arguments)
{
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < arguments->options.count; i++) {
        const struct cp_given *given = &arguments->options.items[i];
        if (given->option->id == CP_OPTION_FIELD) {
            status = check_field(given->value);
        }
    }
    return status;
}

/* One operand is a plan by its id or file; several are paths. */
static int open_run(struct run *run, const struct cp_arguments *arguments)
{
    const char *plan = arguments->operands.count == 1 ? arguments->operands.items[0] : NULL;
    bool is_folder = plan && cp_source_folder.kind(&cp_source_folder, plan) == CP_PATH_FOLDER;
    return plan && !is_folder && strcmp(plan, "-") != 0 ? run_open_plan(run, arguments, plan)
                                                        : run_open(run, arguments);
}

static int log_plans(const struct cp_arguments *arguments)
{
    const char *name = cp_argument_find(arguments, CP_OPTION_FORMAT);
    const struct cp_history_format *format =
        cp_history_format_find(cp_str_of(name ? name : "text"));
    struct run run;
    if (!format) {
        const struct cp_history_format *formats;
        size_t count = cp_history_formats(&formats);
        return say_unknown_format("--format", formats, count, sizeof *formats, cp_str_of(name));
    }
    int status = check_fields(arguments);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    status = open_run(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = tell(&run, arguments, format);
    }
    run_close(&run);
    return status;
}

const struct cp_command command_log = {
    .name = "log",
    .operands = "[PLAN ...]",
    .summary = "show the history of what plans promise",
    .doc = "Tells, commit by commit and through renames, how the objectives, roles, exercises, "
           "activations and approvals of plans have changed, also by way of the portfolio file. "
           "PLAN is a plan's id, its file, or a folder; the working directory where none is given.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = log_plans,
};
