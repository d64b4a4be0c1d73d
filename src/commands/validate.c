/* contplan validate: checks plans, and writes what it found in the formats asked for. */
#include "commands.h"

#include <contplan/output.h>
#include <contplan/rules.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const fail_words[] = {"error", "warning", "info", "never", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT[:FILE]",
     .is_repeatable = true,
     .doc = "Write the findings as text, concise, json, jsonl, sarif, github, gitlab, junit or "
            "markdown, to standard output or to FILE. May be given several times. Without it: "
            "text; in a job of GitHub Actions, github."},
    {.id = CP_OPTION_PROFILE,
     .name = "--profile",
     .argument = "NAME|PATH",
     .doc = "Hold the plans to this profile, instead of the portfolio file's or baseline: one that "
            "ships with contplan, or a file of your own."},
    {.id = CP_OPTION_SELECT,
     .name = "--select",
     .argument = "RULES",
     .is_repeatable = true,
     .doc = "Report only these: codes, names, beginnings of codes (CP3) or ALL, with commas."},
    {.id = CP_OPTION_IGNORE,
     .name = "--ignore",
     .argument = "RULES",
     .is_repeatable = true,
     .doc = "Do not report these."},
    {.id = CP_OPTION_SEVERITY,
     .name = "--severity",
     .argument = "RULE=LEVEL",
     .is_repeatable = true,
     .doc = "Report a rule as error, warning or info, or switch it off."},
    {.id = CP_OPTION_FAIL_ON,
     .name = "--fail-on",
     .argument = "LEVEL",
     .words = fail_words,
     .doc = "Exit with status 1 where a finding is at least an error (the default), a warning or "
            "an info; or never."},
    {.id = CP_OPTION_BASELINE,
     .name = "--baseline",
     .argument = "FILE",
     .doc = "Do not report the findings that FILE holds, and say which entries match nothing any "
            "more."},
    {.id = CP_OPTION_WRITE_BASELINE,
     .name = "--write-baseline",
     .doc = "Write what is found into the file of --baseline: from then on only what is new is "
            "reported."},
    {.id = CP_OPTION_PRUNE_BASELINE,
     .name = "--prune-baseline",
     .doc = "Take what matches nothing any more out of the file of --baseline."},
    {.id = CP_OPTION_STATISTICS,
     .name = "--statistics",
     .doc = "Say on standard error how often each rule fired."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "Check the plans as they stand in git at REV: a branch, a tag, a commit, HEAD~1."},
    {.id = CP_OPTION_STAGED,
     .name = "--staged",
     .doc = "Check the plans as git commit would commit them."},
    {.id = CP_OPTION_SINCE,
     .name = "--since",
     .argument = "REV",
     .doc = "Check only what changed since the history parted from REV: changed plans, plans that "
            "name one of them, plans whose recovery needs one of them, however many others stand "
            "between, and plans whose portfolio file or linked files changed."},
    {.id = CP_OPTION_HISTORY,
     .name = "--history",
     .doc =
         "Hold the plans against their past in git as well: since when a value is a placeholder, "
         "what has changed since the last exercise, whether a review only moved its date."},
    {.id = CP_OPTION_STDIN_FILENAME,
     .name = "--stdin-filename",
     .argument = "FILE",
     .doc = "Check what '-' reads as if it stood in FILE."},
    {.id = CP_OPTION_FIX,
     .name = "--fix",
     .doc = "Mend in the files what can be mended without a doubt, then report what is left. "
            "contplan rules says of which rules."},
    {.id = CP_OPTION_UNSAFE_FIXES,
     .name = "--unsafe-fixes",
     .doc = "With --fix or --diff: mend also where the file then says more than before, for "
            "somebody to look at."},
    {.id = CP_OPTION_DIFF,
     .name = "--diff",
     .doc = "Write nothing but what --fix would change, to standard output; exit with status 1 "
            "where that is anything."},
};

/* ---- options --------------------------------------------------------------------------------- */

static int select_patterns(struct cp_selection *selection, const struct cp_given *given,
                           bool (*enter)(struct cp_selection *selection, struct cp_str pattern))
{
    const char *at = given->value;
    if (*at == '\0') {
        return say_usage("%s names no rule", given->option->name);
    }
    while (*at) {
        struct cp_str pattern = {at, strcspn(at, ",")};
        at += pattern.len + (at[pattern.len] == ',');
        pattern = cp_str_trim(pattern);
        if (pattern.len > 0 && !enter(selection, pattern)) {
            return say_unknown_rule(given->option->name, pattern);
        }
    }
    return CP_STATUS_CLEAN;
}

static int set_severity(struct cp_selection *selection, const struct cp_given *given)
{
    size_t len = strcspn(given->value, "=");
    enum cp_severity severity;
    if (given->value[len] != '=' ||
        !cp_severity_parse(&severity, cp_str_of(given->value + len + 1))) {
        return say_usage("--severity takes RULE=error, warning, info or off, not %s",
                         quoted(given->value));
    }
    struct cp_str pattern = {given->value, len};
    return cp_selection_set_severity(selection, pattern, severity)
               ? CP_STATUS_CLEAN
               : say_unknown_rule("--severity", pattern);
}

static int read_selection(struct cp_selection *out, const struct cp_arguments *arguments)
{
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < arguments->options.count; i++) {
        const struct cp_given *given = &arguments->options.items[i];
        if (given->option->id == CP_OPTION_SELECT) {
            status = select_patterns(out, given, cp_selection_select);
        } else if (given->option->id == CP_OPTION_IGNORE) {
            status = select_patterns(out, given, cp_selection_ignore);
        } else if (given->option->id == CP_OPTION_SEVERITY) {
            status = set_severity(out, given);
        }
    }
    return status;
}

/* ---- formats --------------------------------------------------------------------------------- */

struct target {
    const struct cp_findings_format *format;
    const char *file; /* NULL: standard output */
};

struct targets {
    CP_LIST(struct target) items;
};

static int add_target(struct targets *targets, const char *value)
{
    struct cp_str name = {value, strcspn(value, ":")};
    const char *file = value[name.len] == ':' ? value + name.len + 1 : NULL;
    const struct cp_findings_format *format = cp_findings_format_find(name);
    if (!format) {
        const struct cp_findings_format *formats;
        size_t count = cp_findings_formats(&formats);
        return say_unknown_format("--format", formats, count, sizeof *formats, name);
    }
    if (file && *file == '\0') {
        return say_usage("--format %s names no file behind the colon", quoted(value));
    }
    for (size_t i = 0; i < targets->items.count; i++) {
        const char *other = targets->items.items[i].file;
        if (file && other && strcmp(file, other) == 0) {
            return say_usage("two formats go to the file %s; give each its own", quoted(file));
        }
        if (!file && !other) {
            return say_usage("only one format can go to standard output; write %s:FILE",
                             format->name);
        }
    }
    struct target *target = cp_list_push(&targets->items, sizeof *target);
    *target = (struct target){format, file};
    return CP_STATUS_CLEAN;
}

/* GitHub tells every job so. */
static const char *usual_format(void)
{
    const char *github = getenv("GITHUB_ACTIONS");
    return github && strcmp(github, "true") == 0 ? "github" : "text";
}

static int read_targets(struct targets *out, const struct cp_arguments *arguments)
{
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < arguments->options.count; i++) {
        if (arguments->options.items[i].option->id == CP_OPTION_FORMAT) {
            status = add_target(out, arguments->options.items[i].value);
        }
    }
    if (status == CP_STATUS_CLEAN && out->items.count == 0) {
        status = add_target(out, usual_format());
    }
    return status;
}

static bool write_target(const struct target *target, const struct cp_findings *findings,
                         const struct cp_arguments *arguments)
{
    struct cp_output_options how = {.has_color = !target->file && run_wants_color(arguments)};
    struct cp_outlet outlet = {.stream = stdout, .name = "standard output"};
    struct cp_error error;
    struct cp_buf out;
    if (target->file && check_way(target->file) != CP_STATUS_CLEAN) {
        return false;
    }
    cp_buf_init(&out);
    out.outlet = target->file ? NULL : &outlet;
    target->format->write(&out, findings, &how);
    int result = target->file ? cp_file_write(target->file, cp_buf_str(&out), &error)
                              : cp_buf_finish(&out, &error);
    cp_buf_release(&out);
    if (result != 0) {
        say("%s", error.text);
    }
    return result == 0;
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool has_failed(const struct cp_findings *findings, const struct cp_arguments *arguments)
{
    const char *level = cp_argument_find(arguments, CP_OPTION_FAIL_ON);
    if (!level || strcmp(level, "error") == 0) {
        return findings->errors > 0;
    }
    if (strcmp(level, "warning") == 0) {
        return findings->errors + findings->warnings > 0;
    }
    return strcmp(level, "info") == 0 && findings->count > 0;
}

static void say_summary(const struct cp_findings *findings, const struct cp_arguments *arguments,
                        bool is_whole)
{
    struct cp_buf out;
    bool is_since = cp_argument_is_given(arguments, CP_OPTION_SINCE);
    cp_buf_init(&out);
    if (cp_argument_is_given(arguments, CP_OPTION_STATISTICS)) {
        cp_findings_put_statistics(&out, findings);
    }
    if (findings->plans == 0 && is_whole && is_since) {
        say("no plan has changed since %s", quoted(cp_argument_find(arguments, CP_OPTION_SINCE)));
    }
    /* Of nothing, nothing is clean; where no plan was asked for, the portfolio file was. */
    if (findings->plans > 0 || findings->documents > 0 || findings->count > 0 ||
        (is_whole && !is_since)) {
        cp_findings_put_summary(&out, findings);
    }
    if (out.len > 0) {
        fwrite(out.at, 1, out.len, stderr);
    }
    cp_buf_release(&out);
}

static void say_lost_past(const struct run *run)
{
    const char *lost = cp_engine_lost_past(run->engine);
    if (lost) {
        say("warning: %s; what needs history is not checked", lost);
    }
}

/* Few plans have ever changed places: only where one may have, the past is walked once more, which
 * takes reading what stood in each version. */
static const struct cp_findings *find(struct run *run, const struct cp_selection *selection)
{
    const struct cp_findings *findings = cp_engine_validate(run->engine, selection);
    if (run->past_of.is_by_path && cp_engine_has_other_ids(run->engine)) {
        run->past_of.is_by_path = false;
        cp_engine_free(run->engine);
        run->engine = cp_engine_new(&run->source, &run->request);
        findings = cp_engine_validate(run->engine, selection);
    }
    return findings;
}

/* Writes the findings where they were asked for, and sums them up; a status. `baseline` may be
 * NULL: nothing is said of it. */
static int report(struct run *run, const struct cp_arguments *arguments,
                  const struct targets *targets, const struct cp_findings *findings,
                  struct baseline *baseline)
{
    bool is_written = true;
    for (size_t i = 0; i < targets->items.count; i++) {
        is_written = write_target(&targets->items.items[i], findings, arguments) && is_written;
    }
    bool is_whole = !run_say_failures(run);
    say_lost_past(run);
    say_summary(findings, arguments, is_whole);
    int status = baseline ? baseline_finish(baseline, is_whole) : CP_STATUS_CLEAN;
    if (!is_written || !is_whole) {
        return CP_STATUS_WORLD;
    }
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    return has_failed(findings, arguments) ? CP_STATUS_FINDINGS : CP_STATUS_CLEAN;
}

/* What is left is reported of the files as they are then; where that is not what was wanted, at
 * least the failure is told. */
static int mend(struct run *run, const struct cp_arguments *arguments,
                const struct cp_selection *selection, const struct targets *targets,
                const struct cp_findings *found)
{
    struct cp_mending mending;
    int status = fix_findings(&mending, run, arguments, selection, found);
    if (cp_argument_is_given(arguments, CP_OPTION_DIFF)) {
        status = run_say_failures(run) ? CP_STATUS_WORLD : status;
    } else {
        int reported = report(run, arguments, targets, mending.findings, NULL);
        status = status == CP_STATUS_CLEAN ? reported : status;
    }
    cp_mending_close(&mending);
    return status;
}

static int check(const struct cp_arguments *arguments, const struct cp_selection *selection,
                 const struct targets *targets, struct baseline *baseline)
{
    struct run run;
    int status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        baseline_ask(baseline, &run);
        const struct cp_findings *findings = find(&run, selection);
        status = fix_is_asked(arguments) ? mend(&run, arguments, selection, targets, findings)
                                         : report(&run, arguments, targets, findings, baseline);
    }
    run_close(&run);
    return status;
}

static int validate(const struct cp_arguments *arguments)
{
    struct cp_selection selection;
    struct targets targets = {0};
    struct baseline baseline;
    cp_selection_init(&selection);
    int status = baseline_open(&baseline, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = fix_check(arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = run_check_profile(arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = read_selection(&selection, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = read_targets(&targets, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = check(arguments, &selection, &targets, &baseline);
    }
    baseline_close(&baseline);
    cp_list_release(&targets.items);
    cp_selection_release(&selection);
    return status;
}

const struct cp_command command_validate = {
    .name = "validate",
    .operands = "[PATH ...]",
    .summary = "check plans",
    .doc = "Checks plans: files, every plan of a folder, or standard input as '-'; the working "
           "directory where no PATH is given. A Markdown runbook may be given as well. Plans are "
           "checked in the light of their whole "
           "portfolio, and only those asked for are reported.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = validate,
};
