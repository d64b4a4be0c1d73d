/*
 * From --rev, --staged and --since to the sources of a run. What was asked of git and cannot be had
 * is a failure; what only spares work, --since, gives way to all plans and one warning.
 */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

struct asked {
    const char *rev;
    const char *since;
    bool is_staged;
};

static int check_options(const struct asked *asked, bool has_stdin)
{
    const char *option = asked->rev ? "--rev" : asked->is_staged ? "--staged" : "--since";
    if (asked->rev && asked->is_staged) {
        return say_usage("--rev and --staged are two different things to check; give one of them");
    }
    if ((asked->rev && *asked->rev == '\0') || (asked->since && *asked->since == '\0')) {
        return say_usage("%s names no revision; write a branch, a tag, a commit or HEAD~1",
                         asked->rev && *asked->rev == '\0' ? "--rev" : "--since");
    }
    if (has_stdin) {
        return say_usage("what '-' reads is not in git: leave out %s, or name files", option);
    }
    return CP_STATUS_CLEAN;
}

/* The answer without git: more than was asked for, and nothing wrong. */
static int warn(const struct cp_error *error)
{
    say("warning: %s; all plans are checked", error->text);
    return CP_STATUS_CLEAN;
}

enum cp_repository_state run_open_repository(struct run *run, struct cp_error *error)
{
    const struct cp_repository_place place = {
        .here = run->here,
        .git_dir = getenv("GIT_DIR"),
        .work_tree = getenv("GIT_WORK_TREE"),
        .common_dir = getenv("GIT_COMMON_DIR"),
        .index_file = getenv("GIT_INDEX_FILE"),
        .object_directory = getenv("GIT_OBJECT_DIRECTORY"),
        .alternates = getenv("GIT_ALTERNATE_OBJECT_DIRECTORIES"),
        .ceilings = getenv("GIT_CEILING_DIRECTORIES"),
        .is_across_filesystems = getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM") != NULL,
    };
    return run->repository ? CP_REPOSITORY_USABLE
                           : cp_repository_open(&run->repository, &place, error);
}

/* ---- what is checked ------------------------------------------------------------------------- */

/* The source that holds it, and the commit its changes end in. */
static int open_checked(struct run *run, const struct asked *asked, struct cp_commit *commit)
{
    struct cp_error error;
    bool has_tree = cp_repository_root(run->repository);
    if (asked->rev) {
        bool is_open =
            cp_repository_find_commit(commit, run->repository, asked->rev, &error) ==
                CP_COMMIT_FOUND &&
            cp_source_open_commit(&run->source, run->repository, commit, asked->rev, &error) == 0;
        return is_open ? CP_STATUS_CLEAN : say_failure(&error);
    }
    if (!has_tree) {
        say("this git repository is bare and has no files to check; name a revision with --rev");
        return CP_STATUS_WORLD;
    }
    if (asked->is_staged && cp_source_open_index(&run->source, run->repository, &error) != 0) {
        return say_failure(&error);
    }
    return CP_STATUS_CLEAN;
}

/* ---- what it is compared with ---------------------------------------------------------------- */

static enum cp_commit_outcome find_start(struct run *run, const struct asked *asked,
                                         const struct cp_commit *end, struct cp_commit *out,
                                         struct cp_error *error)
{
    struct cp_commit since;
    struct cp_commit head;
    enum cp_commit_outcome outcome =
        cp_repository_find_commit(&since, run->repository, asked->since, error);
    if (outcome == CP_COMMIT_FOUND && !asked->rev) {
        outcome = cp_repository_find_commit(&head, run->repository, "HEAD", error);
        end = &head;
    }
    return outcome == CP_COMMIT_FOUND
               ? cp_repository_find_base(out, run->repository, &since, end, error)
               : outcome;
}

static int open_before(struct run *run, const struct asked *asked, const struct cp_commit *end)
{
    struct cp_error error;
    struct cp_commit start;
    switch (find_start(run, asked, end, &start, &error)) {
    case CP_COMMIT_FOUND:
        break;
    case CP_COMMIT_NONE:
        return say_failure(&error);
    case CP_COMMIT_UNKNOWN:
        return warn(&error);
    }
    if (cp_source_open_commit(&run->before, run->repository, &start, asked->since, &error) != 0) {
        return warn(&error);
    }
    run->request.before = &run->before;
    return CP_STATUS_CLEAN;
}

static void warn_of_sparse(const struct run *run, const struct asked *asked)
{
    if (!asked->rev && !asked->is_staged && cp_repository_is_sparse(run->repository)) {
        say("warning: this is a sparse check-out, and plans outside of it are not checked; run git "
            "sparse-checkout disable, or check --rev HEAD");
    }
}

/* ---- history --------------------------------------------------------------------------------- */

/* Of the files on disk; --since has said it, and --follow is of documents that were named. */
static void warn_of_what_is_left_out(const struct run *run, const struct cp_arguments *arguments)
{
    bool is_on_disk = !cp_argument_find(arguments, CP_OPTION_REV) &&
                      !cp_argument_is_given(arguments, CP_OPTION_FOLLOW) &&
                      !cp_argument_find(arguments, CP_OPTION_SINCE) &&
                      !cp_argument_is_given(arguments, CP_OPTION_STAGED);
    if (is_on_disk && cp_repository_is_sparse(run->repository)) {
        say("warning: this is a sparse check-out, and plans outside of it are left out; run git "
            "sparse-checkout disable");
    }
}

bool run_find_past(struct run *run, const struct cp_arguments *arguments, struct cp_error *error)
{
    const char *rev = cp_argument_find(arguments, CP_OPTION_REV);
    if (run_open_repository(run, error) != CP_REPOSITORY_USABLE ||
        cp_repository_find_commit(&run->past_of.from, run->repository, rev ? rev : "HEAD", error) !=
            CP_COMMIT_FOUND) {
        return false;
    }
    warn_of_what_is_left_out(run, arguments);
    run->past_of.repository = run->repository;
    run->past_of.now = rev ? NULL : &run->source;
    run->past = cp_past_of(&run->past_of);
    run->request.past = &run->past;
    return true;
}

void run_open_past(struct run *run, const struct cp_arguments *arguments)
{
    struct cp_error error;
    if (!cp_argument_is_given(arguments, CP_OPTION_HISTORY)) {
        return;
    }
    run->past_of.is_by_path = true;
    if (!run_find_past(run, arguments, &error)) {
        say("warning: %s; what needs history is not checked", error.text);
    }
}

/* ---- the command line ------------------------------------------------------------------------ */

int run_open_sources(struct run *run, const struct cp_arguments *arguments)
{
    const struct asked asked = {.rev = cp_argument_find(arguments, CP_OPTION_REV),
                                .since = cp_argument_find(arguments, CP_OPTION_SINCE),
                                .is_staged = cp_argument_is_given(arguments, CP_OPTION_STAGED)};
    struct cp_commit end;
    struct cp_error error;
    if (!asked.rev && !asked.since && !asked.is_staged) {
        return CP_STATUS_CLEAN;
    }
    int status = check_options(&asked, run->stdin_file.path);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    if (run_open_repository(run, &error) != CP_REPOSITORY_USABLE) {
        return asked.rev || asked.is_staged ? say_failure(&error) : warn(&error);
    }
    status = open_checked(run, &asked, &end);
    if (status == CP_STATUS_CLEAN && asked.since) {
        warn_of_sparse(run, &asked);
        status = open_before(run, &asked, &end);
    }
    return status;
}
