/*
 * Private to the source layer: libgit2's side of a repository. Its objects belong to one thread at
 * a time, so whoever reads takes a handle and gives it back.
 */
#ifndef SOURCE_GIT_H
#define SOURCE_GIT_H

#include <contplan/source.h>

#include <git2.h>
#include <stdatomic.h>

enum { MAX_IDLE_HANDLES = 64, KEPT_TREES = 8 };

/* The repository as one thread has it open. Trees read last are kept, since libgit2 itself keeps
 * none of more than a hundred entries. */
struct git_handle {
    git_repository *git;
    git_odb *objects;
    git_tree *trees[KEPT_TREES];
    size_t next_tree;
};

struct cp_repository {
    struct cp_arena arena;
    const char *git_dir;           /* what handles open */
    const char *root;              /* NULL in a bare repository */
    const char *base;              /* the folder that the root of a tree stands for */
    const char *here;              /* links resolved */
    const char *prefix;            /* `here` below `base` */
    const char *index_file;        /* NULL: the repository's own */
    CP_LIST(const char *) objects; /* folders of objects beside the repository's own */
    CP_LIST(const char *) loose;   /* all such folders, and those that they borrow from */
    bool is_shallow;               /* history ends early because the clone was told so */
    bool is_sparse;
    bool is_partial; /* a clone that fetches objects when git needs them */
    _Atomic(struct git_handle *) idle[MAX_IDLE_HANDLES];
};

/* handle.c. Takes a handle for the calling thread, NULL with `error` where none can be had. */
struct git_handle *git_handle_take(struct cp_repository *repository, struct cp_error *error);
void git_handle_give(struct cp_repository *repository, struct git_handle *handle);
void git_handles_release(struct cp_repository *repository);
/* The tree, kept by the handle until as many others were read; 0 or libgit2's code. */
int git_handle_tree(git_tree **out, struct git_handle *handle, const git_oid *id);

/* repository.c. A path of the working directory as seen from the root of a tree, in the arena; NULL
 * where it does not lie in it. */
const char *git_path_in_tree(struct cp_arena *arena, const struct cp_repository *repository,
                             const char *path);

/* mapping.c. The bytes of a regular file; none where it is not there, or empty. */
struct git_mapping {
    const unsigned char *at;
    size_t size;
    bool is_odd; /* something is there that is no regular file, or cannot be opened */
};
struct git_mapping git_mapping_open(const char *path);
void git_mapping_close(const struct git_mapping *mapping);

/* packs.c. Whether what the folder of objects holds, and those it borrows from, can be read without
 * harm; -1 with `error` where it cannot. Remembers each of these folders. */
int git_packs_check(struct cp_repository *repository, const char *objects, struct cp_error *error);

/* loose.c. Lets the handle read objects that have a file each; libgit2's code. */
int git_loose_open(struct git_handle *handle, const struct cp_repository *repository);

/* message.c. What to do about a shallow clone. */
extern const char git_deepen[];
/* What libgit2 says of its last failure, printable; owned by the arena. */
const char *git_reason(struct cp_arena *arena);
/* A word as a shell takes it. */
const char *git_shell_word(struct cp_arena *arena, const char *word);
/* Sets why an object (`what`: "its content") that should be there cannot be read; -1. */
int git_fail_object(struct cp_error *error, const struct cp_repository *repository,
                    const char *subject, const char *what, const git_oid *id, int code);

#endif
