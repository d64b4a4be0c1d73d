/* contplan diff: what changed in the plans between two states of the repository, in their terms. */
#include "sides.h"

#include <contplan/output.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_STAGED,
     .name = "--staged",
     .doc = "Compare what is staged, instead of the files of the work tree."},
    {.id = CP_OPTION_UNSTAGED,
     .name = "--unstaged",
     .doc = "Compare the files of the work tree with what is staged."},
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .doc = "Write text (the default), markdown (for a comment on a pull request) or json."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Withhold what is above public, internal (the default) or restricted, and say how much "
            "that was."},
    {.id = CP_OPTION_EXIT_CODE,
     .name = "--exit-code",
     .doc = "Exit with status 1 where anything changed."},
};

struct difference {
    const struct cp_comparison_format *format;
    struct cp_comparison comparison;
    struct sides sides;
};

/* ---- the command line ------------------------------------------------------------------------ */

/* ---- the two engines ------------------------------------------------------------------------- */

static void add_portfolio(void *context, const char *path, const struct cp_portfolio *was,
                          const struct cp_portfolio *is, bool is_asked)
{
    struct difference *difference = context;
    cp_comparison_add_portfolio(&difference->comparison, path, was, is, is_asked);
}

static void add_profile(void *context, const char *path, struct cp_node *was, struct cp_node *is)
{
    struct difference *difference = context;
    cp_comparison_add_file(&difference->comparison, path, &cp_object_profile, was, is);
}

static struct cp_compared_plan side_of(const struct cp_view *view)
{
    return (struct cp_compared_plan){view->path, view->id, view->plan, view->portfolio};
}

static void add_plan(void *context, const struct cp_view *was, const struct cp_view *is,
                     const struct cp_secrets *own)
{
    struct difference *difference = context;
    struct cp_compared_plan sides[2];
    if (was) {
        sides[0] = side_of(was);
    }
    if (is) {
        sides[1] = side_of(is);
    }
    difference->comparison.own = own;
    cp_comparison_add_plan(&difference->comparison, was ? &sides[0] : NULL, is ? &sides[1] : NULL);
    difference->comparison.own = NULL;
}

static bool is_missing(const struct run *run, const char *path)
{
    return run->source.kind(&run->source, path) == CP_PATH_MISSING &&
           run->before.kind(&run->before, path) == CP_PATH_MISSING;
}

/* A path must stand for something on one side at least. */
static int check_paths(const struct run *run)
{
    struct cp_commit commit;
    struct cp_error error;
    for (size_t i = 0; i < run->paths.count; i++) {
        const char *path = run->paths.items[i];
        if (is_missing(run, path)) {
            bool is_revision = cp_repository_find_commit(&commit, run->repository, path, &error) ==
                               CP_COMMIT_FOUND;
            say("%s: there is no such file or folder on either side%s", quoted(path),
                is_revision ? "; two revisions are written as A..B" : "");
            return CP_STATUS_WORLD;
        }
    }
    return CP_STATUS_CLEAN;
}

static bool has_nothing(const struct cp_engine *was, const struct cp_engine *is)
{
    return cp_engine_plans(was) == 0 && cp_engine_plans(is) == 0;
}

/* What no finding shows is not shown as a change either. */
static void compare_engines(struct difference *difference, struct cp_engine *was,
                            struct cp_engine *is)
{
    const struct cp_pair_visitor visitor = {add_portfolio, add_profile, add_plan, difference};
    struct cp_secrets shared;
    cp_secrets_init(&shared);
    cp_engine_add_shared_secrets(was, &shared);
    cp_engine_add_shared_secrets(is, &shared);
    cp_secrets_sort(&shared);
    difference->comparison.shared = &shared;
    cp_engine_compare(was, is, &visitor);
    difference->comparison.shared = NULL;
    cp_secrets_release(&shared);
    cp_comparison_settle(&difference->comparison);
}

static int compare(struct difference *difference, struct run *run)
{
    run->request.is_side = true;
    struct cp_engine *was = cp_engine_new(&run->before, &run->request);
    run->engine = cp_engine_new(&run->source, &run->request);
    compare_engines(difference, was, run->engine);
    bool has_failed = say_failures(was);
    has_failed = run_say_failures(run) || has_failed;
    if (!has_failed && has_nothing(was, run->engine) && difference->comparison.files.count == 0) {
        say("no plans found on either side");
        has_failed = true;
    }
    cp_engine_free(was);
    return has_failed ? CP_STATUS_WORLD : CP_STATUS_CLEAN;
}

static int write_out(const struct difference *difference, const struct cp_arguments *arguments)
{
    const struct cp_output_options how = {.has_color = run_wants_color(arguments)};
    struct cp_buf out;
    cp_buf_init(&out);
    difference->format->write(&out, &difference->comparison, &how);
    int status = print(cp_buf_str(&out));
    cp_buf_release(&out);
    return status;
}

static int compare_all(struct difference *difference, struct run *run,
                       const struct cp_arguments *arguments)
{
    int status = check_paths(run);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    status = compare(difference, run);
    int written = write_out(difference, arguments);
    if (status != CP_STATUS_CLEAN || written != CP_STATUS_CLEAN) {
        return CP_STATUS_WORLD;
    }
    bool is_asked = cp_argument_is_given(arguments, CP_OPTION_EXIT_CODE);
    return is_asked && difference->comparison.files.count > 0 ? CP_STATUS_FINDINGS
                                                              : CP_STATUS_CLEAN;
}

/* The operands behind the revision are paths. */
static int read_paths(const struct sides *sides, struct run *run,
                      const struct cp_arguments *arguments)
{
    for (size_t i = sides->operands; i < arguments->operands.count; i++) {
        const char *path = arguments->operands.items[i];
        if (*path == '\0') {
            return say_usage("an empty path names no file");
        }
        *(const char **)cp_list_push(&run->paths, sizeof(const char *)) = path;
    }
    run->request.paths = run->paths.items;
    run->request.path_count = run->paths.count;
    return CP_STATUS_CLEAN;
}

static int diff(const struct cp_arguments *arguments)
{
    const char *name = cp_argument_find(arguments, CP_OPTION_FORMAT);
    struct difference difference = {.format =
                                        cp_comparison_format_find(cp_str_of(name ? name : "text"))};
    struct cp_arguments globals = *arguments;
    struct run run;
    if (!difference.format) {
        const struct cp_comparison_format *formats;
        size_t count = cp_comparison_formats(&formats);
        return say_unknown_format("--format", formats, count, sizeof *formats, cp_str_of(name));
    }
    globals.operands.count = 0;
    cp_comparison_init(&difference.comparison, audience_of(arguments));
    int status = run_prepare(&run, &globals);
    if (status == CP_STATUS_CLEAN) {
        status = sides_read(&difference.sides, &run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = read_paths(&difference.sides, &run, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = sides_open(&difference.sides, &run);
    }
    if (status == CP_STATUS_CLEAN) {
        status = compare_all(&difference, &run, arguments);
    }
    run_close(&run);
    cp_comparison_release(&difference.comparison);
    return status;
}

const struct cp_command command_diff = {
    .name = "diff",
    .operands = "[REV[..REV]] [PATH ...]",
    .summary = "show what changed in the plans",
    .doc = "Compares the plans of two states of a git repository in the plans' own terms: what was "
           "weakened or strengthened, added, removed or changed. Without REV, the files of the "
           "work tree with the last commit.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = diff,
};
