/*
 * source: where bytes come from. A folder on disk, the tree of a commit, git's index, or unsaved
 * text laid over another source; and which commits changed them. Gives bytes and names; knows no
 * YAML.
 */
#ifndef CONTPLAN_SOURCE_H
#define CONTPLAN_SOURCE_H

#include <contplan/base.h>

/* ---- paths: text only, with '/' -------------------------------------------------------------- */

/* `folder`/`name`, cleaned; an absolute `name` stands alone. Owned by the arena. */
const char *cp_path_join(struct cp_arena *arena, const char *folder, const char *name);
/* Without `./`, doubled slashes and a slash at the end; "." for nothing. `..` stays. */
const char *cp_path_clean(struct cp_arena *arena, const char *path);
/* The path from the root, `..` taken together with what stands before it, as seen from the folder
 * `here` (absolute). Looks at the text only, not at links. */
const char *cp_path_absolute(struct cp_arena *arena, const char *here, const char *path);
/* The path as the user sees it from the folder `here`, so that one file has one name: what lies
 * below `here` is relative to it, however it was written; anything else is cleaned. */
const char *cp_path_normal(struct cp_arena *arena, const char *here, const char *path);
/* The folder a cleaned path stands in: "." for a bare name, "/" for the root's children. */
const char *cp_path_parent(struct cp_arena *arena, const char *path);
/* The last part of a path, borrowed from it. */
const char *cp_path_name(const char *path);
/* The file name without `.yaml` or `.yml`. */
struct cp_str cp_path_stem(const char *path);
/* Whether a file is a Markdown document, by its name. */
bool cp_path_is_markdown(const char *path);
/* Whether a cleaned `path` is `folder` or lies below it ("." contains every relative path that does
 * not start with `..`). */
bool cp_path_is_below(const char *path, const char *folder);

/* ---- sources --------------------------------------------------------------------------------- */

/* A link that leads nowhere is something other. */
enum cp_path_kind { CP_PATH_MISSING, CP_PATH_FILE, CP_PATH_FOLDER, CP_PATH_OTHER };

/* One name in a folder. */
struct cp_entry {
    const char *name;
    enum cp_path_kind kind; /* links followed */
    bool is_link;
};

/* Room for the name of a git object: 40 hexadecimal digits and the end. */
enum { CP_OBJECT_TEXT = 41 };

struct cp_source {
    /* Appends at most `limit` bytes of the file. -1 with `error` where it is no regular file or
     * cannot be read. Safe to call from several threads. */
    int (*load)(const struct cp_source *source, const char *path, size_t limit, struct cp_buf *out,
                struct cp_error *error);
    /* What stands at the path, links followed. */
    enum cp_path_kind (*kind)(const struct cp_source *source, const char *path);
    /* Calls `each` for everything in a folder, in byte order of the names, until it returns false.
     * -1 with `error` where the folder cannot be read. */
    int (*list)(const struct cp_source *source, const char *folder,
                bool (*each)(void *context, const struct cp_entry *entry), void *context,
                struct cp_error *error);
    /* Whether the path, links followed, still lies in the folder. */
    bool (*is_inside)(const struct cp_source *source, const char *path, const char *folder);
    /* Where files have names by their bytes, as in git: the file's, links followed; false where
     * there is no file. NULL where there are no such names. */
    bool (*name)(const struct cp_source *source, const char *path, char out[CP_OBJECT_TEXT]);
    /* What messages say behind a path, printable: "at 'v1'"; NULL for files on disk. */
    const char *where;
    const void *state;
};

/* The files on disk, relative to the working directory. */
extern const struct cp_source cp_source_folder;

/* Texts that stand in for files. */
struct cp_overlay_file {
    const char *path;
    struct cp_str bytes;
};

struct cp_overlay {
    const struct cp_overlay_file *files;
    size_t count;
    const struct cp_source *below; /* for everything else; NULL: there is nothing else */
};

/* A source that answers from `overlay` first, which must outlive it. */
struct cp_source cp_source_overlay(const struct cp_overlay *overlay);

/* Whether both sources hold the same at the path, links followed: a file with the same bytes (a
 * line end CRLF is as good as LF), a folder in both, or nothing in both. Two sources of one
 * repository compare names of objects and read nothing. False where either cannot be read. */
bool cp_source_is_same(const struct cp_source *a, const struct cp_source *b, const char *path);

/* ---- git repositories ------------------------------------------------------------------------ */

/* Nothing here writes, runs git, a hook or a filter. libgit2 is initialised by the first repository
 * opened and shut down by the last one closed; everything below but open and close is safe to call
 * from several threads. Replaced and grafted commits are read as they were written. */

/* Where the repository is: around a folder, unless the environment says otherwise, as git has it
 * for its hooks. Paths of the environment are relative to `here`; NULL where the variable is not
 * set. */
struct cp_repository_place {
    const char *here;             /* the working directory, absolute */
    const char *git_dir;          /* GIT_DIR */
    const char *work_tree;        /* GIT_WORK_TREE */
    const char *common_dir;       /* GIT_COMMON_DIR: refused */
    const char *index_file;       /* GIT_INDEX_FILE: what `git commit -a` is about to commit */
    const char *object_directory; /* GIT_OBJECT_DIRECTORY: what a push brings, before it is taken */
    const char *alternates;       /* GIT_ALTERNATE_OBJECT_DIRECTORIES */
    const char *ceilings;         /* GIT_CEILING_DIRECTORIES */
    bool is_across_filesystems;   /* GIT_DISCOVERY_ACROSS_FILESYSTEM */
};

enum cp_repository_state {
    CP_REPOSITORY_USABLE,
    CP_REPOSITORY_NONE,    /* there is none around the folder */
    CP_REPOSITORY_UNUSABLE /* there is one, and it cannot or must not be read */
};

struct cp_repository;

/* Opens the repository. Where it is not usable `*out` is NULL and `error` a sentence that says why
 * and what to run. A repository whose work tree does not hold `here`, or whose work tree does not
 * name it as its own, is unusable: a committed folder may look like one. */
enum cp_repository_state cp_repository_open(struct cp_repository **out,
                                            const struct cp_repository_place *place,
                                            struct cp_error *error);
/* Closes it; sources over it are closed before. NULL is ignored. */
void cp_repository_close(struct cp_repository *repository);

/* Whether the work tree lacks files that are in the index on purpose (git sparse-checkout). */
bool cp_repository_is_sparse(const struct cp_repository *repository);
/* The work tree's root, absolute, links resolved; NULL in a bare repository. Borrowed. */
const char *cp_repository_root(const struct cp_repository *repository);
/* `here` as seen from the root of the tree: "" at the root and in a bare repository, else
 * "docs/plans". Borrowed. */
const char *cp_repository_prefix(const struct cp_repository *repository);

/* Whose hooks lie in a folder of hooks. */
enum cp_hooks_place {
    CP_HOOKS_REPOSITORY, /* this repository's, with all its work trees */
    CP_HOOKS_TREE,       /* files of the work tree, which may be committed */
    CP_HOOKS_ELSEWHERE   /* perhaps of other repositories as well */
};

/* Where git looks for hooks. */
struct cp_hooks {
    const char *folder; /* absolute; need not be there */
    bool is_set;        /* by core.hooksPath; else git's own folder */
    enum cp_hooks_place place;
};

/* Tells it, with paths owned by the arena: what core.hooksPath says, relative to the root
 * of the work tree, else `hooks` of the directory that linked work trees share. 0, or -1 with
 * `error` where the setting cannot be read. The repository is not bare. */
int cp_repository_hooks(struct cp_hooks *out, struct cp_repository *repository,
                        struct cp_arena *arena, struct cp_error *error);

/* A commit by its full name. */
struct cp_commit {
    char id[CP_OBJECT_TEXT];
};

enum cp_commit_outcome {
    CP_COMMIT_FOUND,
    CP_COMMIT_NONE,   /* no such revision, no commit in common */
    CP_COMMIT_UNKNOWN /* the history that would tell is not here: a shallow clone, no commit yet */
};

/* The commit that an expression of gitrevisions(7) names. Else a sentence in `error`. */
enum cp_commit_outcome cp_repository_find_commit(struct cp_commit *out,
                                                 struct cp_repository *repository,
                                                 const char *expression, struct cp_error *error);
/* The best common ancestor of two commits. */
enum cp_commit_outcome cp_repository_find_base(struct cp_commit *out,
                                               struct cp_repository *repository,
                                               const struct cp_commit *a, const struct cp_commit *b,
                                               struct cp_error *error);

/* Shows the full names of branches and tags ("refs/heads/main"), in no order, until `visit` returns
 * false; they are whatever the repository holds. 0, or -1 with `error`. */
int cp_repository_each_reference(struct cp_repository *repository,
                                 bool (*visit)(void *context, const char *name), void *context,
                                 struct cp_error *error);

/* A source over the tree of a commit; `name` is what messages call it ("HEAD~1") and is copied.
 * Paths are those of the working directory, as with files on disk, and stand for what the tree
 * holds there. Links are followed inside the tree only; submodules are folders that cannot be
 * entered; what Git LFS keeps elsewhere is the pointer's text. 0, or -1 with `error`. */
int cp_source_open_commit(struct cp_source *out, struct cp_repository *repository,
                          const struct cp_commit *commit, const char *name, struct cp_error *error);
/* The same over the index as it is now: what `git commit` would commit. What was added with
 * `git add -N` is not there; a file with merge conflicts is, and cannot be read. */
int cp_source_open_index(struct cp_source *out, struct cp_repository *repository,
                         struct cp_error *error);
/* Closes a source that one of these two opened; others are left alone. */
void cp_source_close(struct cp_source *source);

/* ---- history --------------------------------------------------------------------------------- */

/* A commit as it names itself; texts are raw, days are those of the place where it was made. */
struct cp_log_commit {
    struct cp_commit commit;
    struct cp_str author, subject;
    struct cp_date authored, committed;
    int64_t time; /* committed, seconds since 1970 */
    size_t order; /* 0 is the newest: no commit comes before one that grew from it */
};

/* A file as one commit left it. */
struct cp_log_version {
    const struct cp_log_commit *commit;
    const char *path; /* at that commit, as seen from the working directory */
    char blob[CP_OBJECT_TEXT];
    /* By parent of the commit: the index of the version it held, SIZE_MAX where it held none. Of
     * several the file differs from each. */
    const size_t *before;
    size_t parent_count;
};

/* The commits that changed a file, newest first, through renames. None where the newest commit does
 * not hold it. Where branches were merged, the version behind one need not be what it was made
 * from: `before` says that. */
struct cp_log_file {
    const char *path;      /* as it was asked for, borrowed */
    bool is_start_crowded; /* a commit that changed other files added it: by its id it may be older
                            */
    CP_LIST(struct cp_log_version) versions;
};

/* The newest commit of a day, among those that lead to where the walk began. */
struct cp_log_day {
    struct cp_date day;
    struct cp_commit commit;
};

struct cp_log {
    struct cp_arena arena;
    CP_LIST(struct cp_log_day)
    days;                      /* the newest first; left out where an older commit is of a
                                  later day */
    struct cp_log_file *files; /* in the order they were asked for */
    size_t count;
    bool is_linear; /* no commit has several parents */
};

/* Lets each version of each file be made from the one behind it, as in a history without merges. */
void cp_log_chain(struct cp_log *log);

/* Where the past of files comes from: a repository, or texts in a test. */
struct cp_past {
    /* Tells the history of the files in one walk; `out` is released by the caller. -1 with `error`
     * where it is not known; it then holds nothing. */
    int (*log)(const struct cp_past *past, struct cp_log *out, const char *const *paths,
               size_t count, struct cp_error *error);
    /* Appends at most `limit` bytes of a version. Safe to call from several threads. */
    int (*load)(const struct cp_past *past, const struct cp_log_version *version, size_t limit,
                struct cp_buf *out, struct cp_error *error);
    /* Appends at most `limit` bytes of the file that a commit held at a path; `*is_file` tells
     * whether it held one. May be NULL, where `days` is empty. Safe to call from several threads.
     */
    int (*read)(const struct cp_past *past, bool *is_file, const struct cp_commit *commit,
                const char *path, size_t limit, struct cp_buf *out, struct cp_error *error);
    /* The index of the version that a commit of the same walk held, whether it made it or not;
     * SIZE_MAX where it held none, or that cannot be told. Not asked where the history is linear.
     * Safe to call from several threads. */
    size_t (*find)(const struct cp_past *past, const struct cp_log_file *file,
                   const struct cp_log_commit *commit);
    const void *state;
};

/* The past of `from`, which must outlive it like the repository. Tree ids are compared and nothing
 * else is read but for renames; a file counts as changed in a merge where it differs from all
 * parents, and is followed into the parent that it equals. A file that was added is one that was
 * taken away in the same commit where that has the same bytes, else the same `id` or half of its
 * lines. In a shallow clone nothing is known. */
struct cp_past_of_repository {
    struct cp_repository *repository;
    struct cp_commit from;
    /* What may hold files under names that `from` does not know: the work tree, the index; NULL:
     * nothing does. It was renamed likewise where its former name is gone from there. */
    const struct cp_source *now;
    /* Plans that changed places are not told apart by their ids, which would be read of all
     * versions that were changed together: whoever meets another id in a version has to ask again.
     */
    bool is_by_path;
};
struct cp_past cp_past_of(const struct cp_past_of_repository *state);
void cp_log_release(struct cp_log *log);

#endif
