/*
 * What validate does with fixes: the files they change are written, or shown as a difference. Which
 * fixes there are and what they do is the engine's.
 */
#include "commands.h"

#include <contplan/edit.h>

#include <stdio.h>
#include <string.h>

bool fix_is_asked(const struct cp_arguments *arguments)
{
    return cp_argument_is_given(arguments, CP_OPTION_FIX) ||
           cp_argument_is_given(arguments, CP_OPTION_DIFF);
}

static bool reads_stdin(const struct cp_arguments *arguments)
{
    for (size_t i = 0; i < arguments->operands.count; i++) {
        if (strcmp(arguments->operands.items[i], "-") == 0) {
            return true;
        }
    }
    return false;
}

int fix_check(const struct cp_arguments *arguments)
{
    if (!fix_is_asked(arguments)) {
        return CP_STATUS_CLEAN;
    }
    bool is_diff = cp_argument_is_given(arguments, CP_OPTION_DIFF);
    const char *option = is_diff ? "--diff" : "--fix";
    if (cp_argument_is_given(arguments, CP_OPTION_REV)) {
        return say_usage("%s is about files on disk, and --rev checks a revision: leave out one of "
                         "them",
                         option);
    }
    if (cp_argument_is_given(arguments, CP_OPTION_STAGED)) {
        return say_usage("%s is about files on disk, and --staged checks what git would commit: "
                         "leave out one of them",
                         option);
    }
    if (reads_stdin(arguments)) {
        return say_usage("%s is about files, and '-' is none: name the file", option);
    }
    if (is_diff && cp_argument_is_given(arguments, CP_OPTION_FORMAT)) {
        return say_usage("--diff writes no findings: leave out --format");
    }
    return CP_STATUS_CLEAN;
}

/* ---- writing --------------------------------------------------------------------------------- */

static int write_file(const struct cp_mended *file)
{
    struct cp_error error;
    int status = check_way(file->path);
    if (status == CP_STATUS_CLEAN &&
        cp_file_replace(file->path, cp_buf_str(&file->was), cp_buf_str(&file->is), &error) != 0) {
        status = say_failure(&error);
    }
    return status;
}

/* Secrets are hidden on both sides before they are compared: so they are no difference. */
static void put_difference(struct cp_buf *out, const struct cp_mended *file,
                           const struct cp_secrets *secrets)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_str was = cp_secrets_mask_own(secrets, cp_buf_str(&file->was), &arena);
    struct cp_str is = cp_secrets_mask_own(secrets, cp_buf_str(&file->is), &arena);
    cp_unified_put(out, cp_secrets_mask(secrets, cp_str_of(file->path), &arena).at, was, is);
    cp_arena_release(&arena);
}

static int print_difference(const struct run *run, const struct cp_mending *mending)
{
    struct cp_buf out;
    struct cp_secrets secrets;
    cp_buf_init(&out);
    cp_secrets_init(&secrets);
    cp_engine_add_secrets(run->engine, &secrets);
    cp_engine_add_shared_secrets(run->engine, &secrets);
    cp_secrets_sort(&secrets);
    for (size_t i = 0; i < mending->files.count; i++) {
        put_difference(&out, &mending->files.items[i], &secrets);
    }
    int status = print(cp_buf_str(&out));
    cp_secrets_release(&secrets);
    cp_buf_release(&out);
    return status == CP_STATUS_CLEAN && mending->files.count > 0 ? CP_STATUS_FINDINGS : status;
}

/* ---- saying ---------------------------------------------------------------------------------- */

static void say_left(const struct cp_mending *mending)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    for (size_t i = 0; i < mending->left.count; i++) {
        const struct cp_unmended *left = &mending->left.items[i];
        say("%s:%u: %s is left as it is: %s", cp_printable_in(&arena, cp_str_of(left->path)),
            (unsigned)left->line, left->rule->code, left->why);
    }
    cp_arena_release(&arena);
}

static void say_fixed(const struct cp_mending *mending, bool is_diff)
{
    size_t files = mending->files.count;
    if (mending->fixed > 0) {
        say("%zu finding%s %s fixed in %zu file%s", mending->fixed, mending->fixed == 1 ? "" : "s",
            is_diff               ? "would be"
            : mending->fixed == 1 ? "was"
                                  : "were",
            files, files == 1 ? "" : "s");
    } else if (mending->left.count == 0) {
        say("there is nothing to fix");
    }
}

int fix_findings(struct cp_mending *out, struct run *run, const struct cp_arguments *arguments,
                 const struct cp_selection *selection, const struct cp_findings *found)
{
    bool is_diff = cp_argument_is_given(arguments, CP_OPTION_DIFF);
    int status = CP_STATUS_CLEAN;
    cp_mending_open(out, &run->source, &run->request, selection, found,
                    cp_argument_is_given(arguments, CP_OPTION_UNSAFE_FIXES));
    if (is_diff) {
        status = print_difference(run, out);
    }
    for (size_t i = 0; !is_diff && i < out->files.count; i++) {
        int written = write_file(&out->files.items[i]);
        status = written != CP_STATUS_CLEAN ? written : status;
    }
    say_left(out);
    if (status == CP_STATUS_CLEAN || is_diff) {
        say_fixed(out, is_diff);
    }
    return status;
}
