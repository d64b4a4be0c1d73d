/* contplan status: the portfolio at a glance. */
#include "commands.h"

#include <contplan/output.h>

static const char *const format_words[] = {"table", "json", "csv", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .words = format_words,
     .doc = "Write a table (the default) as wide as the terminal, json, or csv for spreadsheets."},
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE",
     .doc = "Write into FILE, not on standard output."},
    {.id = CP_OPTION_PROFILE,
     .name = "--profile",
     .argument = "NAME",
     .doc = "Hold the plans to this profile, instead of the portfolio file's or baseline."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Withhold what is above public, internal (the default) or restricted."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "Take the plans as they stand in git at REV: a branch, a tag, a commit, HEAD~1."},
};

struct collecting {
    struct cp_overview overview;
    int status;
};

static bool add_view(void *context, const struct cp_view *view)
{
    struct collecting *in = context;
    if (!view->is_parsed) {
        say_unreadable(view->path);
        cp_overview_add_unreadable(&in->overview, view->stem, view->path);
        in->status = CP_STATUS_FINDINGS;
        return true;
    }
    struct cp_viewed viewed = {.plan = view->plan,
                               .portfolio = view->portfolio,
                               .profile = view->profile,
                               .id = view->id,
                               .path = view->path};
    cp_overview_add(&in->overview, &viewed);
    return true;
}

static int write_out(const struct collecting *in, const struct cp_arguments *arguments)
{
    const char *format = cp_argument_find(arguments, CP_OPTION_FORMAT);
    const char *file = cp_argument_find(arguments, CP_OPTION_OUTPUT);
    struct cp_output_options how = run_output_options(arguments);
    const struct cp_table_format *found =
        cp_table_format_find(cp_str_of(format ? format : "table"));
    struct cp_buf out;
    cp_buf_init(&out);
    how.width = file ? 0 : how.width;
    found->write(&out, &in->overview.table, &how);
    int status = print_into(file, cp_buf_str(&out));
    cp_buf_release(&out);
    return status;
}

/* The plans are checked, and then looked at one by one. */
static int collect(struct collecting *in, struct run *run, const struct cp_arguments *arguments)
{
    struct cp_selection selection;
    cp_selection_init(&selection);
    struct cp_engine *plans = cp_engine_new(&run->source, &run->request);
    cp_overview_init(&in->overview, cp_engine_validate(run->engine, &selection),
                     audience_of(arguments), run->request.today);
    cp_engine_each(plans, add_view, in);
    cp_overview_settle(&in->overview);
    say_flaws(plans);
    cp_engine_free(plans);
    cp_selection_release(&selection);
    bool is_whole = !run_say_failures(run);
    int status = write_out(in, arguments);
    cp_overview_release(&in->overview);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    return is_whole ? in->status : CP_STATUS_WORLD;
}

static int status(const struct cp_arguments *arguments)
{
    struct collecting in = {.status = CP_STATUS_CLEAN};
    struct run run;
    int result = run_open(&run, arguments);
    if (result == CP_STATUS_CLEAN) {
        result = run_check_profile(arguments);
    }
    if (result == CP_STATUS_CLEAN) {
        result = run_need_portfolio(&run, arguments);
    }
    if (result == CP_STATUS_CLEAN) {
        result = collect(&in, &run, arguments);
    }
    run_close(&run);
    return result;
}

const struct cp_command command_status = {
    .name = "status",
    .operands = "[PATH ...]",
    .summary = "show the portfolio at a glance",
    .doc = "Shows of each plan what it promises and what its own runbooks add up to, when it was "
           "last exercised and what that measured, what is due next, what is open, and the worst "
           "that validate finds in it.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = status,
};
