/*
 * Private to the source layer: a walk over history. The graph of commits says in which order, the
 * trees say what differs, the renames where an added file was before.
 */
#ifndef SOURCE_LOG_H
#define SOURCE_LOG_H

#include "git.h"

enum { MAX_TREE_DEPTH = 64, LOG_TREES = 64 };

/* One commit of the graph. Which files are followed in it, a bit each, and what they are called
 * there; NULL until a commit that grew from it says so. */
struct log_node {
    git_oid id, tree;
    int64_t time;
    int offset;      /* of the committer's clock, in minutes */
    size_t sequence; /* in which it was found */
    struct log_node **parents;
    unsigned parent_count;
    unsigned waiting; /* commits that grew from it and have not been visited */
    const uint64_t *followed;
    const char *const *names;
};

/* log_graph.c. All commits that one grew from, and itself: the first. */
struct log_graph {
    struct cp_arena *arena;
    struct git_handle *handle;
    struct cp_map by_id;
    CP_LIST(struct log_node *) nodes;
    CP_LIST(struct log_node *) ready; /* a heap: the youngest first */
    bool has_merges;
    git_oid lost; /* what could not be read */
};

/* Reads the graph; libgit2's code, with the object in `lost` where one cannot be read. */
int log_graph_load(struct log_graph *out, const git_oid *from);
void log_graph_release(struct log_graph *graph);
/* The next commit in order, NULL after the last. Once it was visited, its parents may follow. */
struct log_node *log_graph_next(struct log_graph *graph);
void log_graph_visited(struct log_graph *graph, const struct log_node *node);

/* One name in a raw tree, borrowed from it. */
struct tree_entry {
    struct cp_str name;
    const unsigned char *id; /* GIT_OID_RAWSZ bytes */
    bool is_folder, is_file; /* neither: a submodule */
};

/* Two trees, walked name by name. */
struct tree_pair {
    struct cp_str rest[2];
    struct tree_entry entry[2];
    bool has[2];
};

/* log_tree.c. Raw trees, the ones read last kept; they are borrowed from a cache of its own. */
struct log_trees {
    struct git_handle *handle;
    git_odb_object *kept[LOG_TREES];
    size_t next;
    git_oid lost;
};

void log_trees_release(struct log_trees *trees);
/* A tree's bytes, its object the caller's to free; libgit2's code. NULL id: an empty one. */
int log_tree_read(struct cp_str *out, git_odb_object **object, struct log_trees *trees,
                  const git_oid *id);
/* The next name that differs between two trees: `entry[0]` and `entry[1]`, each where `has`. What
 * is broken in a tree ends it. */
void tree_pair_init(struct tree_pair *out, struct cp_str a, struct cp_str b);
bool tree_pair_next(struct tree_pair *pair);

/* A plan or document that one commit took away, or that it changed. */
struct log_removed {
    const char *path; /* from the root of the tree */
    git_oid id;
    git_oid now;   /* what stands there instead */
    bool is_there; /* something does */
    bool is_taken;
};

/* A file for which a former name is looked for, a plan's for a plan, a document's for a document.
 */
struct log_added {
    const char *path;
    git_oid id;
    struct cp_str text; /* of one that is in no commit; without, the object's */
};

/* log_rename.c. What was taken away on the way from one tree to another, and which of it an added
 * file was before. */
struct log_renames {
    struct log_trees *trees;
    struct cp_arena *arena;
    /* Whether a path of the older tree counts; NULL: what the newer one lacks does. */
    bool (*is_gone)(void *context, const char *path);
    void *context;
    struct cp_buf path;
    size_t seen;
    bool has_changed;   /* what was changed is wanted as well, for its id */
    bool has_documents; /* Markdown documents are followed, and wanted as well */
    CP_LIST(struct log_removed) removed;
};

/* `is` NULL: an empty tree. */
int log_renames_find(struct log_renames *renames, const git_oid *was, const git_oid *is);
/* The one of the same bytes, or the one most alike; NULL where there is none; each is found once.
 * libgit2's code where one of them cannot be read. */
int log_renames_take(struct log_removed **out, struct log_renames *renames,
                     const struct log_added *added, bool is_exact);
/* The one that has the id, as log_id_read() tells it, and has it no more; `*out` stays where there
 * is none. */
int log_renames_take_id(struct log_removed **out, struct log_renames *renames, uint64_t id);
/* What a plan's line `id:` comes to, 0 where it has none. */
int log_id_read(uint64_t *out, struct log_trees *trees, const git_oid *blob);
void log_renames_release(struct log_renames *renames);

/* One version of a file on its way, and what the parents of its commit held of it. */
struct log_making {
    const char *name; /* from the root of the tree */
    git_oid blob;
    struct log_making *origins; /* by parent; without a name where it held none */
    unsigned parent_count;
};

struct log_makings {
    CP_LIST(struct log_making) items;
};

/* log_version.c. Which version came from which: `add` follows each version that is added to the
 * log, `note` tells what a parent of its commit held, `link` sets `before` of all versions. */
void log_makings_add(struct log_makings *makings, struct cp_arena *arena,
                     const struct log_node *node, const char *name, const git_oid *blob);
void log_makings_note(struct log_makings *makings, unsigned parent, const char *name,
                      const git_oid *blob);
void log_makings_link(struct cp_log *out, const struct log_makings *makings);

int log_file_read(const struct cp_past *past, bool *is_file, const struct cp_commit *commit,
                  const char *path, size_t limit, struct cp_buf *out, struct cp_error *error);
int log_version_load(const struct cp_past *past, const struct cp_log_version *version, size_t limit,
                     struct cp_buf *out, struct cp_error *error);
size_t log_version_find(const struct cp_past *past, const struct cp_log_file *file,
                        const struct cp_log_commit *commit);

#endif
