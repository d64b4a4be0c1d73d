/*
 * A git repository in a temporary folder, built through libgit2 with fixed names and dates: what
 * tests of sources and of history stand on. Failures end the test.
 */
#ifndef CONTPLAN_TESTS_GIT_CASE_H
#define CONTPLAN_TESTS_GIT_CASE_H

#include <contplan/source.h>

#include <git2.h>

struct git_case {
    char folder[256]; /* the work tree's root, absolute, links resolved */
    git_repository *git;
    unsigned commits;   /* made so far; each is a day younger than the one before */
    const char *author; /* of what is committed from now on; NULL: Jon Reyes */
};

/* An empty repository with the branch "main", unborn, in a temporary folder. */
void git_case_init(struct git_case *out);
/* The same in a folder that is there, and stays; released by git_case_leave(). */
void git_case_enter(struct git_case *out, const char *folder);
void git_case_leave(struct git_case *test);
/* Frees it and removes its folder. */
void git_case_release(struct git_case *test);
/* Writes a file of the work tree, with the folders above it; stages nothing. */
void git_case_write(struct git_case *test, const char *path, const char *text);
void git_case_link(struct git_case *test, const char *path, const char *text);
void git_case_remove(struct git_case *test, const char *path);
/* Stages a file, or that it is gone. */
void git_case_stage(struct git_case *test, const char *path);
/* Enters a file as `git add -N` does, a merge conflict of it, or a submodule at HEAD. */
void git_case_intend(struct git_case *test, const char *path);
void git_case_conflict(struct git_case *test, const char *path);
void git_case_submodule(struct git_case *test, const char *path);
/* Stages whatever the work tree holds and commits it on the branch that is checked out. */
struct cp_commit git_case_commit(struct git_case *test, const char *message);
struct cp_commit git_case_commit_staged(struct git_case *test, const char *message);
/* As git_case_commit(), with another commit as its second parent. */
struct cp_commit git_case_merge(struct git_case *test, const char *message,
                                const struct cp_commit *other);
/* Puts a branch at a commit. */
void git_case_branch(struct git_case *test, const char *name, const struct cp_commit *at);
/* Lets HEAD name the branch; the work tree stays as it is. */
void git_case_switch(struct git_case *test, const char *name);
/* Writes a file of the repository itself ("shallow", "config"), or adds to it. */
void git_case_append_git_file(struct git_case *test, const char *name, const char *text);
/* Takes an object out of the repository. */
void git_case_lose(struct git_case *test, const char *id);

/* Opens it around a folder below its root ("" for the root); fails the test where it is unusable.
 */
struct cp_repository *git_case_open(const struct git_case *test, const char *folder);

#endif
