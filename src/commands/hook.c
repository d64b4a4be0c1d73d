/*
 * contplan hook: the check before a commit, over the index, and the file that has git run it. What
 * that file says and where it goes is in hooks.c.
 */
#include "commands.h"

#include <contplan/output.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- run ------------------------------------------------------------------------------------- */

static int open_repository(struct run *run)
{
    struct cp_error error;
    if (run_open_repository(run, &error) != CP_REPOSITORY_USABLE) {
        return say_failure(&error);
    }
    if (cp_repository_root(run->repository)) {
        return CP_STATUS_CLEAN;
    }
    say("this git repository is bare: nothing is committed in it, so it has no use for a "
        "pre-commit "
        "hook; check what is pushed with contplan validate --rev in its pre-receive hook");
    return CP_STATUS_WORLD;
}

/* What is about to be committed, and what it is compared with: before the first commit, nothing. */
static int open_staged(struct run *run)
{
    struct cp_error error;
    struct cp_commit head;
    if (cp_source_open_index(&run->source, run->repository, &error) != 0) {
        return say_failure(&error);
    }
    if (cp_repository_find_commit(&head, run->repository, "HEAD", &error) != CP_COMMIT_FOUND) {
        return CP_STATUS_CLEAN;
    }
    if (cp_source_open_commit(&run->before, run->repository, &head, "HEAD", &error) != 0) {
        return say_failure(&error);
    }
    run->request.before = &run->before;
    return CP_STATUS_CLEAN;
}

/* The whole work tree, also where somebody runs it from a folder below. */
static int open_engine(struct run *run)
{
    int status = open_repository(run);
    if (status == CP_STATUS_CLEAN) {
        status = open_staged(run);
    }
    if (status == CP_STATUS_CLEAN) {
        if (*cp_repository_prefix(run->repository)) {
            *(const char **)cp_list_push(&run->paths, sizeof(const char *)) =
                cp_repository_root(run->repository);
        }
        run->request.is_empty_fine = true;
        run->request.paths = run->paths.items;
        run->request.path_count = run->paths.count;
        run->engine = cp_engine_new(&run->source, &run->request);
    }
    return status;
}

static void say_findings(const struct cp_findings *findings, const struct cp_arguments *arguments)
{
    struct cp_output_options how = {.has_color = run_wants_color(arguments)};
    struct cp_buf out;
    cp_buf_init(&out);
    cp_findings_format_find(CP_STR("text"))->write(&out, findings, &how);
    cp_findings_put_summary(&out, findings);
    fwrite(out.at, 1, out.len, stderr);
    cp_buf_release(&out);
}

/* Quiet where there is nothing to say: it runs at every commit. */
static int check_staged(struct run *run, const struct cp_arguments *arguments)
{
    struct cp_selection selection;
    cp_selection_init(&selection);
    const struct cp_findings *findings = cp_engine_validate(run->engine, &selection);
    if (findings->count > 0) {
        say_findings(findings, arguments);
    }
    int status = run_say_failures(run)  ? CP_STATUS_WORLD
                 : findings->errors > 0 ? CP_STATUS_FINDINGS
                                        : CP_STATUS_CLEAN;
    cp_selection_release(&selection);
    return status;
}

static int run_hook(const struct cp_arguments *arguments)
{
    struct run run;
    struct cp_arguments without = *arguments;
    without.operands.count = 0;
    int status = run_prepare(&run, &without);
    if (status == CP_STATUS_CLEAN) {
        status = open_engine(&run);
    }
    if (status == CP_STATUS_CLEAN) {
        status = check_staged(&run, arguments);
    }
    run_close(&run);
    if (status != CP_STATUS_CLEAN) {
        say("nothing is committed%s; git commit --no-verify commits without this check",
            status == CP_STATUS_FINDINGS ? " until the errors are put right and staged" : "");
    }
    return status;
}

/* ---- install and uninstall ------------------------------------------------------------------- */

/* By the PATH, as a shell would; the name itself where that finds nothing. */
static const char *find_on_path(struct cp_arena *arena, const char *name)
{
    const char *at = getenv("PATH");
    while (at && *at) {
        struct cp_str folder = {at, strcspn(at, ":")};
        const char *path = cp_arena_printf(arena, "%.*s/%s", CP_ARG(folder), name).at;
        if (*path == '/' && access(path, X_OK) == 0 &&
            cp_source_folder.kind(&cp_source_folder, path) == CP_PATH_FILE) {
            return path;
        }
        at += folder.len + (at[folder.len] == ':');
    }
    return name;
}

/* Links are not resolved: one that leads to the present version will lead to the next. */
static const char *own_path(struct run *run, const struct cp_arguments *arguments)
{
    const char *from = arguments->started_in ? arguments->started_in : run->here;
    return strchr(arguments->program, '/') ? cp_path_join(&run->arena, from, arguments->program)
                                           : find_on_path(&run->arena, arguments->program);
}

static int change_hook(const struct cp_arguments *arguments, bool is_install)
{
    struct run run;
    struct cp_arguments without = *arguments;
    without.operands.count = 0;
    int status = run_prepare(&run, &without);
    if (status == CP_STATUS_CLEAN) {
        status = open_repository(&run);
    }
    if (status == CP_STATUS_CLEAN) {
        status = is_install ? hook_install(&run, own_path(&run, arguments)) : hook_uninstall(&run);
    }
    run_close(&run);
    return status;
}

/* ---- the command ----------------------------------------------------------------------------- */

static int say_bad_action(const char *action)
{
    static const char *const actions[] = {"install", "run", "uninstall"};
    struct cp_str names[sizeof actions / sizeof actions[0]];
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        names[i] = cp_str_of(actions[i]);
    }
    return say_bad_choice("hook", names, sizeof names / sizeof names[0], cp_str_of(action));
}

static int hook(const struct cp_arguments *arguments)
{
    if (arguments->operands.count != 1) {
        return say_usage("hook takes one of three words: hook install, hook run or hook uninstall");
    }
    const char *action = arguments->operands.items[0];
    if (strcmp(action, "run") == 0) {
        return run_hook(arguments);
    }
    bool is_install = strcmp(action, "install") == 0;
    return is_install || strcmp(action, "uninstall") == 0 ? change_hook(arguments, is_install)
                                                          : say_bad_action(action);
}

const struct cp_command command_hook = {
    .name = "hook",
    .operands = "install|run|uninstall",
    .summary = "check plans before each commit",
    .doc =
        "Has git check the plans that a commit changes, as they would be committed, and stops the "
        "commit where they hold errors. install adds the pre-commit hook of the repository "
        "around the working directory and keeps one that is there; uninstall takes it out; run "
        "is what the hook does.",
    .run = hook,
};
