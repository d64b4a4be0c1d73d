/* contplan list: the plans of a portfolio in a table. */
#include "commands.h"

#include <contplan/output.h>

static const char *const format_words[] = {"table", "json", "csv", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .words = format_words,
     .doc = "Write a table (the default), json, or csv for spreadsheets."},
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE",
     .doc = "Write into FILE, not on standard output."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Withhold what is above public, internal (the default) or restricted."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "List the plans as they stand in git at REV: a branch, a tag, a commit, HEAD~1."},
    {.id = CP_OPTION_STDIN_FILENAME,
     .name = "--stdin-filename",
     .argument = "FILE",
     .doc = "Take what '-' reads as if it stood in FILE."},
};

struct listing {
    struct cp_table table;
    enum cp_audience audience;
    int status;
};

static bool list_view(void *context, const struct cp_view *view)
{
    struct listing *listing = context;
    if (view->is_parsed) {
        cp_listing_add(&listing->table, view->plan, view->portfolio, view->id, listing->audience);
        return true;
    }
    say_unreadable(view->path);
    listing->status = CP_STATUS_FINDINGS;
    return true;
}

static int write_out(const struct listing *listing, const struct cp_arguments *arguments)
{
    const char *format = cp_argument_find(arguments, CP_OPTION_FORMAT);
    struct cp_buf out;
    cp_buf_init(&out);
    cp_table_format_find(cp_str_of(format ? format : "table"))
        ->write(&out, &listing->table, &(struct cp_output_options){.width = 0});
    int status = print_into(cp_argument_find(arguments, CP_OPTION_OUTPUT), cp_buf_str(&out));
    cp_buf_release(&out);
    return status;
}

static int list_all(struct listing *listing, const struct cp_arguments *arguments)
{
    struct run run;
    int status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = run_need_portfolio(&run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        cp_engine_each(run.engine, list_view, listing);
        bool is_whole = !run_say_failures(&run);
        say_flaws(run.engine);
        status = write_out(listing, arguments);
        if (status == CP_STATUS_CLEAN) {
            status = is_whole ? listing->status : CP_STATUS_WORLD;
        }
    }
    run_close(&run);
    return status;
}

static int list(const struct cp_arguments *arguments)
{
    struct listing listing = {.audience = audience_of(arguments)};
    cp_listing_init(&listing.table);
    int status = list_all(&listing, arguments);
    cp_table_release(&listing.table);
    return status;
}

const struct cp_command command_list = {
    .name = "list",
    .operands = "[PATH ...]",
    .summary = "list plans in a table",
    .doc = "Lists plans with their tier, phase, who is accountable, and the RTO and RPO of their "
           "objectives.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = list,
};
