/*
 * Private to the source layer: a source over git's objects. One backend a kind of it: the tree of a
 * commit, the index.
 */
#ifndef SOURCE_OBJECTS_H
#define SOURCE_OBJECTS_H

#include "git.h"

enum node_kind {
    NODE_MISSING,
    NODE_FILE,
    NODE_LINK,
    NODE_FOLDER,
    NODE_SUBMODULE,
    NODE_CONFLICT, /* a file that waits for a merge to be resolved */
    NODE_BROKEN    /* `id` names the folder that cannot be read, `code` libgit2's reason */
};

/* What stands at a path, links not followed. */
struct node {
    enum node_kind kind;
    git_oid id;
    int code;
};

/* One file of the index. */
struct staged_file {
    const char *path;
    struct node node;
};

/* Paths here are seen from the root: no `.`, no `..`, no slash at either end, "" for the root. */
struct git_source {
    struct cp_repository *repository;
    struct cp_arena arena;
    const char *where; /* printable, for messages: "at 'HEAD~1'" */
    struct node (*find)(const struct git_source *source, struct git_handle *handle,
                        const char *path);
    /* Calls `put` for every name in the folder, in any order; a node that is broken where it cannot
     * be read. */
    struct node (*each)(const struct git_source *source, struct git_handle *handle,
                        const char *folder,
                        void (*put)(void *context, struct cp_str name, struct node node),
                        void *context);
    git_oid tree;                      /* of the commit */
    CP_LIST(struct staged_file) files; /* of the index, by path */
};

/* tree.c. What stands at a path of a tree. */
struct node git_tree_find(struct git_handle *handle, const git_oid *tree, const char *path);

/* objects.c */
struct git_source *git_source_new(struct cp_repository *repository);
void git_source_open(struct cp_source *out, struct git_source *source);
void git_source_free(struct git_source *source);

#endif
