/*
 * From REV, A..B, A...B, --staged and --unstaged to the two sources that are compared. Decides as
 * git does which operand is a revision and which a path; knows nothing of plans.
 */
#include "sides.h"

#include <string.h>

/* ---- which operand is a revision ------------------------------------------------------------- */

/* Where `..` or `...` stands in the word, or NULL; `*len` is how long it is. */
static const char *find_dots(const char *word, size_t *len)
{
    const char *dots = strstr(word, "..");
    *len = dots && dots[2] == '.' ? 3 : 2;
    return dots;
}

static bool is_revision(struct run *run, const char *word)
{
    struct cp_commit commit;
    struct cp_error error;
    return cp_repository_find_commit(&commit, run->repository, word, &error) == CP_COMMIT_FOUND;
}

static bool is_path(const char *word)
{
    return cp_source_folder.kind(&cp_source_folder, word) != CP_PATH_MISSING;
}

/* What is neither may have been a path, whose file is no longer there. */
static int check_revision(struct run *run, const char *word)
{
    struct cp_str text = cp_str_of(word);
    size_t len;
    bool is_like_path = strchr(word, '/') || cp_str_has_suffix(text, ".yaml");
    if (!is_like_path || find_dots(word, &len) || is_revision(run, word)) {
        return CP_STATUS_CLEAN;
    }
    say("%s is neither a revision nor a path; write -- before a path that is no longer there",
        quoted(word));
    return CP_STATUS_WORLD;
}

/* Before `--` stands a revision; without it, what is no path is one. */
static int count_revisions(struct sides *out, struct run *run, const struct cp_arguments *arguments)
{
    const char *first = arguments->operands.count > 0 ? arguments->operands.items[0] : NULL;
    if (arguments->has_dashes) {
        out->operands = arguments->before_dashes;
        return out->operands <= 1 ? CP_STATUS_CLEAN
                                  : say_usage("before '--' stands one revision, or two as A..B");
    }
    if (!first || !is_path(first)) {
        out->operands = first != NULL;
        return first ? check_revision(run, first) : CP_STATUS_CLEAN;
    }
    return is_revision(run, first)
               ? say_usage("%s is a revision and a path; write -- behind the one or before the "
                           "other",
                           quoted(first))
               : CP_STATUS_CLEAN;
}

static const char *or_head(const char *revision)
{
    return *revision ? revision : "HEAD";
}

/* Two states that are no commits leave no room for one. */
static int check_options(const struct sides *out)
{
    if (out->is_unstaged && out->is_staged) {
        return say_usage("--staged and --unstaged compare two different things; give one of them");
    }
    return out->is_unstaged && out->operands > 0
               ? say_usage("--unstaged compares the files of the work tree with the index, and "
                           "with no revision; write -- before a path that is no longer there")
               : CP_STATUS_CLEAN;
}

static int read_revisions(struct sides *out, struct run *run, const char *word)
{
    size_t len;
    const char *dots = find_dots(word, &len);
    if (*word == '\0') {
        return say_usage("an empty word names no revision");
    }
    if (!dots) {
        out->was = word;
        return CP_STATUS_CLEAN;
    }
    struct cp_str first = {word, (size_t)(dots - word)};
    out->was = or_head(cp_arena_copy(&run->arena, first).at);
    out->is = or_head(dots + len);
    out->is_from_base = len == 3;
    return out->is_staged ? say_usage("--staged compares the index with one revision, not with two")
                          : CP_STATUS_CLEAN;
}

int sides_read(struct sides *out, struct run *run, const struct cp_arguments *arguments)
{
    struct cp_error error;
    *out = (struct sides){.was = "HEAD",
                          .is_staged = cp_argument_is_given(arguments, CP_OPTION_STAGED),
                          .is_unstaged = cp_argument_is_given(arguments, CP_OPTION_UNSTAGED)};
    if (run_open_repository(run, &error) != CP_REPOSITORY_USABLE) {
        return say_failure(&error);
    }
    int status = count_revisions(out, run, arguments);
    status = status == CP_STATUS_CLEAN ? check_options(out) : status;
    return status == CP_STATUS_CLEAN && out->operands > 0
               ? read_revisions(out, run, arguments->operands.items[0])
               : status;
}

/* ---- sources --------------------------------------------------------------------------------- */

static int open_commit(struct cp_source *out, struct run *run, const struct cp_commit *commit,
                       const char *name)
{
    struct cp_error error;
    return cp_source_open_commit(out, run->repository, commit, name, &error) == 0
               ? CP_STATUS_CLEAN
               : say_failure(&error);
}

static int find_commit(struct cp_commit *out, struct run *run, const char *revision)
{
    struct cp_error error;
    return cp_repository_find_commit(out, run->repository, revision, &error) == CP_COMMIT_FOUND
               ? CP_STATUS_CLEAN
               : say_failure(&error);
}

static int open_index(struct cp_source *out, struct run *run)
{
    struct cp_error error;
    return cp_source_open_index(out, run->repository, &error) == 0 ? CP_STATUS_CLEAN
                                                                   : say_failure(&error);
}

static int open_was(const struct sides *sides, struct run *run, const struct cp_commit *is)
{
    struct cp_commit commit;
    struct cp_error error;
    if (sides->is_unstaged) {
        return open_index(&run->before, run);
    }
    int status = find_commit(&commit, run, sides->was);
    if (status == CP_STATUS_CLEAN && sides->is_from_base &&
        cp_repository_find_base(&commit, run->repository, &commit, is, &error) != CP_COMMIT_FOUND) {
        return say_failure(&error);
    }
    return status == CP_STATUS_CLEAN ? open_commit(&run->before, run, &commit, sides->was) : status;
}

/* What is not a commit: the index, or the files of the work tree, which run->source is already. */
static int open_working(const struct sides *sides, struct run *run)
{
    if (!cp_repository_root(run->repository)) {
        say("this git repository is bare and has no files to compare; name two revisions as A..B");
        return CP_STATUS_WORLD;
    }
    if (sides->is_staged) {
        return open_index(&run->source, run);
    }
    if (cp_repository_is_sparse(run->repository)) {
        say("warning: this is a sparse check-out, and plans outside of it are said to be removed; "
            "run git sparse-checkout disable, or compare with --staged");
    }
    return CP_STATUS_CLEAN;
}

int sides_open(const struct sides *sides, struct run *run)
{
    struct cp_commit is;
    int status = sides->is ? find_commit(&is, run, sides->is) : open_working(sides, run);
    if (status == CP_STATUS_CLEAN && sides->is) {
        status = open_commit(&run->source, run, &is, sides->is);
    }
    return status == CP_STATUS_CLEAN ? open_was(sides, run, &is) : status;
}
