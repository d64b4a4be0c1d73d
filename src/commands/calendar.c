/* contplan calendar: what falls due, for the calendars that people look at. */
#include "commands.h"

#include <contplan/output.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE",
     .doc = "Write into FILE, not on standard output."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Leave out what is above public, internal (the default) or restricted, and say how "
            "much that was."},
    {.id = CP_OPTION_REV,
     .name = "--rev",
     .argument = "REV",
     .doc = "Take the plans as they stand in git at REV: a branch, a tag, a commit, HEAD~1."},
    {.id = CP_OPTION_STDIN_FILENAME,
     .name = "--stdin-filename",
     .argument = "FILE",
     .doc = "Take what '-' reads as if it stood in FILE."},
};

struct collecting {
    struct cp_agenda agenda;
    struct cp_secrets shared; /* of portfolio files */
    int status;
};

static bool add_view(void *context, const struct cp_view *view)
{
    struct collecting *in = context;
    if (!view->is_parsed) {
        say_unreadable(view->path);
        in->status = CP_STATUS_FINDINGS;
        return true;
    }
    struct cp_viewed viewed = {.plan = view->plan,
                               .portfolio = view->portfolio,
                               .profile = view->profile,
                               .id = view->id,
                               .path = view->path,
                               .own = view->secrets,
                               .shared = &in->shared};
    cp_agenda_add(&in->agenda, &viewed, view->waived, view->waived_count);
    return true;
}

static void collect(struct collecting *in, struct run *run)
{
    const struct cp_waived *waived;
    size_t count = cp_engine_shared_waived(run->engine, &waived);
    cp_secrets_init(&in->shared);
    cp_engine_add_shared_secrets(run->engine, &in->shared);
    cp_secrets_sort(&in->shared);
    for (size_t i = 0; i < count; i++) {
        cp_agenda_add_shared(&in->agenda, &waived[i], &in->shared);
    }
    cp_engine_each(run->engine, add_view, in);
    cp_secrets_release(&in->shared);
}

static int write_out(struct collecting *in, const struct cp_arguments *arguments)
{
    struct cp_buf out;
    cp_buf_init(&out);
    cp_agenda_put(&out, &in->agenda);
    int status = print_into(cp_argument_find(arguments, CP_OPTION_OUTPUT), cp_buf_str(&out));
    cp_buf_release(&out);
    if (status == CP_STATUS_CLEAN && in->agenda.withheld > 0) {
        say("%zu %s for a narrower audience left out", in->agenda.withheld,
            in->agenda.withheld == 1 ? "day is" : "days are");
    }
    return status;
}

static int collect_and_write(struct collecting *in, struct run *run,
                             const struct cp_arguments *arguments)
{
    collect(in, run);
    bool is_whole = !run_say_failures(run);
    say_flaws(run->engine);
    int status = write_out(in, arguments);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    return is_whole ? in->status : CP_STATUS_WORLD;
}

static int calendar(const struct cp_arguments *arguments)
{
    struct collecting in = {.status = CP_STATUS_CLEAN};
    struct run run;
    int status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = run_need_portfolio(&run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        cp_agenda_init(&in.agenda, audience_of(arguments), run.request.today);
        status = collect_and_write(&in, &run, arguments);
        cp_agenda_release(&in.agenda);
    }
    run_close(&run);
    return status;
}

const struct cp_command command_calendar = {
    .name = "calendar",
    .operands = "[PATH ...]",
    .summary = "write what falls due as iCalendar",
    .doc = "Writes the days on which exercises, restore tests, reviews and findings are due and "
           "waivers end, as events of an iCalendar file.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = calendar,
};
