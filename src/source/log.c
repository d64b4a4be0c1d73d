/*
 * One walk over history for many files: from the newest commit to the first, comparing each
 * commit's tree with those of its parents, into as few folders as hold a file that is followed.
 * Each commit knows which files are followed in it and what they are called there, so that a rename
 * on one branch says nothing of another.
 */
#include "log.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 64, MAX_NEW_BYTES = 1 << 20 };

/* A followed file in which a commit and one of its parents differ. */
struct touched {
    size_t file;
    git_oid blob;
    git_oid blob_in_parent;
    bool is_in_parent; /* under the same name */
    bool is_moved;     /* but what stood there was another plan */
};

struct edge {
    CP_LIST(struct touched) touched;
    bool has_removed; /* names that the parent has and the commit has not */
    size_t changed;   /* files in folders that hold one that is followed, itself or not */
    size_t replaced;  /* those that the parent has as well */
};

/* Files that have, or had, the same path. */
struct same_path {
    CP_LIST(size_t) files;
};

struct log_walk {
    struct cp_repository *repository;
    struct git_handle *handle;
    const struct cp_source *now; /* where files may have new names; NULL: they have none */
    bool is_by_path;             /* ids are not read */
    bool has_documents;          /* among the files that are followed */
    struct cp_log *out;
    struct cp_arena arena;
    struct log_graph graph;
    struct log_trees trees;
    struct cp_map by_path; /* from the root of the tree -> struct same_path */
    struct cp_map folders; /* that hold such a path, "" for the root */
    CP_LIST(struct same_path *) paths;
    size_t words;                /* of a set of files */
    unsigned *reached;           /* by file: how many parents, from the first, differ in it */
    struct log_makings *makings; /* by file; NULL in a history without merges */
    struct cp_buf path;
    const struct log_node *node; /* at hand */
    size_t order;
};

/* ---- sets of files --------------------------------------------------------------------------- */

static bool has_file(const uint64_t *set, size_t file)
{
    return set[file / BITS] >> (file % BITS) & 1;
}

static void add_file(uint64_t *set, size_t file)
{
    set[file / BITS] |= (uint64_t)1 << (file % BITS);
}

static void take_file(uint64_t *set, size_t file)
{
    set[file / BITS] &= ~((uint64_t)1 << (file % BITS));
}

static uint64_t *copy_set(struct log_walk *walk, const uint64_t *set)
{
    uint64_t *copy = cp_arena_alloc(&walk->arena, walk->words * sizeof *copy);
    if (set) {
        memcpy(copy, set, walk->words * sizeof *copy);
    }
    return copy;
}

static bool is_none(const struct log_walk *walk, const uint64_t *set)
{
    for (size_t i = 0; i < walk->words; i++) {
        if (set[i]) {
            return false;
        }
    }
    return true;
}

/* ---- paths ----------------------------------------------------------------------------------- */

static const char *path_in_tree(struct log_walk *walk, const char *path)
{
    return git_path_in_tree(&walk->arena, walk->repository, path);
}

static void want_folders(struct log_walk *walk, const char *path)
{
    struct cp_str whole = cp_str_of(path);
    cp_map_put(&walk->folders, CP_STR(""), walk);
    for (size_t i = 0; i < whole.len; i++) {
        if (whole.at[i] == '/') {
            cp_map_put(&walk->folders, cp_str_slice(whole, 0, i), walk);
        }
    }
}

/* Lets a file be met at the path, which lives as long as the walk. */
static void want_path(struct log_walk *walk, size_t file, const char *path)
{
    struct same_path *same = cp_map_find(&walk->by_path, cp_str_of(path));
    if (!same) {
        same = cp_arena_alloc(&walk->arena, sizeof *same);
        cp_map_put(&walk->by_path, cp_str_of(path), same);
        *(struct same_path **)cp_list_push(&walk->paths, sizeof same) = same;
        want_folders(walk, path);
    }
    for (size_t i = 0; i < same->files.count; i++) {
        if (same->files.items[i] == file) {
            return;
        }
    }
    *(size_t *)cp_list_push(&same->files, sizeof file) = file;
}

/* ---- what differs ---------------------------------------------------------------------------- */

static void touch(struct log_walk *walk, struct edge *edge, const struct tree_pair *pair)
{
    struct cp_str path = cp_buf_str(&walk->path);
    const struct same_path *same = cp_map_find(&walk->by_path, path);
    for (size_t i = 0; same && i < same->files.count; i++) {
        size_t file = same->files.items[i];
        if (has_file(walk->node->followed, file) && cp_str_is(path, walk->node->names[file])) {
            struct touched *touched = cp_list_push(&edge->touched, sizeof *touched);
            touched->file = file;
            touched->is_in_parent = pair->has[1] && pair->entry[1].is_file;
            memcpy(touched->blob.id, pair->entry[0].id, GIT_OID_RAWSZ);
            if (touched->is_in_parent) {
                memcpy(touched->blob_in_parent.id, pair->entry[1].id, GIT_OID_RAWSZ);
            }
        }
    }
}

static int compare_folders(struct log_walk *walk, struct edge *edge, const git_oid *a,
                           const git_oid *b, unsigned depth);

/* One name that differs: a file that is followed, or a folder that holds one. */
static int compare_names(struct log_walk *walk, struct edge *edge, const struct tree_pair *pair,
                         unsigned depth)
{
    git_oid ids[2];
    size_t len = walk->path.len;
    int code = 0;
    bool was_folder = pair->has[1] && pair->entry[1].is_folder;
    if (!pair->has[0]) {
        edge->has_removed = true;
        return 0; /* a file that is followed is there */
    }
    cp_buf_puts(&walk->path, depth > 0 ? "/" : "");
    cp_buf_put(&walk->path, pair->entry[0].name);
    if (pair->entry[0].is_file) {
        edge->changed++;
        edge->replaced += pair->has[1];
        touch(walk, edge, pair);
    } else if (pair->entry[0].is_folder && depth < MAX_TREE_DEPTH &&
               cp_map_find(&walk->folders, cp_buf_str(&walk->path))) {
        memcpy(ids[0].id, pair->entry[0].id, GIT_OID_RAWSZ);
        if (was_folder) {
            memcpy(ids[1].id, pair->entry[1].id, GIT_OID_RAWSZ);
        }
        code = compare_folders(walk, edge, &ids[0], was_folder ? &ids[1] : NULL, depth + 1);
    }
    walk->path.len = len;
    return code;
}

/* NULL for a folder that is not there. */
static int compare_folders(struct log_walk *walk, struct edge *edge, const git_oid *a,
                           const git_oid *b, unsigned depth)
{
    git_odb_object *objects[2] = {0};
    struct cp_str bytes[2];
    struct tree_pair pair;
    int code = log_tree_read(&bytes[0], &objects[0], &walk->trees, a);
    if (code == 0) {
        code = log_tree_read(&bytes[1], &objects[1], &walk->trees, b);
    }
    if (code == 0) {
        tree_pair_init(&pair, bytes[0], bytes[1]);
    }
    while (code == 0 && tree_pair_next(&pair)) {
        code = compare_names(walk, edge, &pair, depth);
    }
    git_odb_object_free(objects[0]);
    git_odb_object_free(objects[1]);
    return code;
}

static int compare_trees(struct log_walk *walk, struct edge *edge, const git_oid *parent)
{
    cp_buf_clear(&walk->path);
    return parent && git_oid_equal(&walk->node->tree, parent)
               ? 0
               : compare_folders(walk, edge, &walk->node->tree, parent, 0);
}

/* ---- what is found --------------------------------------------------------------------------- */

/* Seconds since 1970, and how many minutes the clock was ahead. */
static struct cp_date day_at(int64_t time, int offset)
{
    const int64_t day = (int64_t)24 * 60 * 60;
    const int64_t first = cp_date_of(1900, 1, 1).days;
    const int64_t last = cp_date_of(9999, 12, 31).days;
    int64_t seconds = time + (int64_t)offset * 60;
    int64_t days = cp_date_of(1970, 1, 1).days + seconds / day - (seconds % day < 0);
    return (struct cp_date){(int32_t)(days < first ? first : days > last ? last : days)};
}

static struct cp_date day_of(const git_signature *signature)
{
    return day_at(signature->when.time, signature->when.offset);
}

static struct cp_str copy_text(struct log_walk *walk, const char *text)
{
    return cp_arena_copy(&walk->out->arena, cp_str_of(text ? text : ""));
}

static int describe(const struct cp_log_commit **out, struct log_walk *walk)
{
    git_commit *found = NULL;
    int code = git_commit_lookup(&found, walk->handle->git, &walk->node->id);
    if (code != 0) {
        walk->graph.lost = walk->node->id;
        return code;
    }
    struct cp_log_commit *commit = cp_arena_alloc(&walk->out->arena, sizeof *commit);
    git_oid_tostr(commit->commit.id, sizeof commit->commit.id, &walk->node->id);
    commit->author = copy_text(walk, git_commit_author(found)->name);
    commit->subject = copy_text(walk, git_commit_summary(found));
    commit->authored = day_of(git_commit_author(found));
    commit->committed = day_of(git_commit_committer(found));
    commit->time = walk->node->time;
    commit->order = walk->order;
    git_commit_free(found);
    *out = commit;
    return 0;
}

/* A path of the tree as it is known in the working directory, which may lie below the root. */
static const char *seen_from_here(struct log_walk *walk, const char *name)
{
    struct cp_arena *arena = &walk->out->arena;
    const char *prefix = walk->repository->prefix;
    size_t len = strlen(prefix);
    if (cp_path_is_below(name, prefix) || len == 0) {
        return cp_arena_copy(arena, cp_str_of(name + (len > 0 ? len + 1 : 0))).at;
    }
    const char *path = cp_arena_printf(arena, "../%s", name).at;
    for (size_t i = 0; i < len; i++) {
        path = prefix[i] == '/' ? cp_arena_printf(arena, "../%s", path).at : path;
    }
    return path;
}

static const char *path_here(struct log_walk *walk, size_t file)
{
    const char *asked = walk->out->files[file].path;
    const char *in_tree = path_in_tree(walk, asked);
    const char *name = walk->node->names[file];
    return in_tree && strcmp(in_tree, name) == 0 ? asked : seen_from_here(walk, name);
}

static void add_version(struct log_walk *walk, const struct touched *touched,
                        const struct cp_log_commit *commit)
{
    struct cp_log_file *file = &walk->out->files[touched->file];
    struct cp_log_version *version = cp_list_push(&file->versions, sizeof *version);
    version->commit = commit;
    version->path = path_here(walk, touched->file);
    git_oid_tostr(version->blob, sizeof version->blob, &touched->blob);
    if (walk->makings) {
        log_makings_add(&walk->makings[touched->file], &walk->arena, walk->node,
                        walk->node->names[touched->file], &touched->blob);
    }
}

/* What a parent held of a file that the commit made a version of. */
static void note_origin(struct log_walk *walk, size_t file, unsigned parent, const char *name,
                        const git_oid *blob)
{
    if (walk->makings) {
        log_makings_note(&walk->makings[file], parent, name, blob);
    }
}

/* ---- into the parents ------------------------------------------------------------------------ */

/* What is followed in a parent, as seen from one commit. */
struct legacy {
    const uint64_t *followed;
    const char *const *names;
};

static bool is_subset(const struct log_walk *walk, const uint64_t *a, const uint64_t *b)
{
    for (size_t i = 0; i < walk->words; i++) {
        if (a[i] & ~b[i]) {
            return false;
        }
    }
    return true;
}

/* Another commit that grew from the same parent may have spoken before: its names stay. */
static void hand_over(struct log_walk *walk, struct log_node *parent, const struct legacy *legacy)
{
    if (!parent->followed) {
        parent->followed = legacy->followed;
        parent->names = legacy->names;
        return;
    }
    if (is_subset(walk, legacy->followed, parent->followed)) {
        return;
    }
    uint64_t *followed = copy_set(walk, parent->followed);
    const char **names = NULL;
    for (size_t i = 0; i < walk->out->count; i++) {
        if (!has_file(legacy->followed, i) || has_file(followed, i)) {
            continue;
        }
        add_file(followed, i);
        if (!names && parent->names != legacy->names) {
            names = cp_arena_alloc(&walk->arena, walk->out->count * sizeof *names);
            memcpy(names, parent->names, walk->out->count * sizeof *names);
        }
        if (names) {
            names[i] = legacy->names[i];
        }
    }
    parent->followed = followed;
    parent->names = names ? names : parent->names;
}

/* Lets a file that the commit added be followed under the name it had. */
static void follow_rename(struct log_walk *walk, struct legacy *legacy, uint64_t *followed,
                          size_t file, const struct log_removed *removed)
{
    const char **names = cp_arena_alloc(&walk->arena, walk->out->count * sizeof *names);
    memcpy(names, legacy->names, walk->out->count * sizeof *names);
    names[file] = removed->path;
    legacy->names = names;
    want_path(walk, file, removed->path);
    add_file(followed, file);
}

/* Ids of what an edge touched: in the commit, and in the parent; 0 where there is none. */
struct ids {
    uint64_t *is, *was;
};

static bool is_own(const struct log_walk *walk, const struct touched *touched)
{
    return walk->reached[touched->file] == walk->node->parent_count;
}

static int read_ids(struct ids *out, struct log_walk *walk, const struct edge *edge)
{
    int code = 0;
    out->is = cp_arena_alloc(&walk->arena, (edge->touched.count + 1) * sizeof *out->is);
    out->was = cp_arena_alloc(&walk->arena, (edge->touched.count + 1) * sizeof *out->was);
    for (size_t i = 0; code == 0 && i < edge->touched.count; i++) {
        const struct touched *touched = &edge->touched.items[i];
        if (is_own(walk, touched)) {
            code = log_id_read(&out->is[i], &walk->trees, &touched->blob);
        }
        if (code == 0 && is_own(walk, touched) && touched->is_in_parent) {
            code = log_id_read(&out->was[i], &walk->trees, &touched->blob_in_parent);
        }
    }
    return code;
}

/* The path in the parent of the plan that a touched file is, where it made room for another one. */
static bool find_moved(struct log_removed *out, const struct log_walk *walk,
                       const struct edge *edge, const struct ids *ids, uint64_t id)
{
    for (size_t i = 0; i < edge->touched.count; i++) {
        const struct touched *touched = &edge->touched.items[i];
        if (ids->was[i] == id && ids->is[i] != id) {
            out->path = walk->node->names[touched->file];
            out->id = touched->blob_in_parent;
            return true;
        }
    }
    return false;
}

/* Whether what stood at the path is now another file that is followed. */
static bool is_another_now(const struct edge *edge, const struct ids *ids, uint64_t id)
{
    for (size_t i = 0; i < edge->touched.count; i++) {
        if (ids->is[i] == id && ids->was[i] != id) {
            return true;
        }
    }
    return false;
}

static int find_elsewhere(struct log_removed *out, bool *is_found, struct log_walk *walk,
                          const struct log_node *parent, uint64_t id)
{
    struct log_renames renames = {
        .trees = &walk->trees, .arena = &walk->arena, .has_changed = true};
    struct log_removed *removed = NULL;
    cp_buf_init(&renames.path);
    int code = log_renames_find(&renames, &parent->tree, &walk->node->tree);
    if (code == 0) {
        code = log_renames_take_id(&removed, &renames, id);
    }
    if (removed) {
        *out = *removed;
        *is_found = true;
    }
    log_renames_release(&renames);
    return code;
}

/* Plans that changed places: the path holds another one than before, by its id, and the one that is
 * there now stood elsewhere. */
static int follow_moved(struct log_walk *walk, struct legacy *legacy, uint64_t *followed,
                        struct edge *edge, unsigned index)
{
    struct ids ids;
    if (walk->is_by_path || (edge->changed < 2 && !edge->has_removed)) {
        return 0;
    }
    int code = read_ids(&ids, walk, edge);
    for (size_t i = 0; code == 0 && i < edge->touched.count; i++) {
        struct touched *touched = &edge->touched.items[i];
        struct log_removed origin;
        if (ids.is[i] == 0 || ids.is[i] == ids.was[i]) {
            continue;
        }
        bool is_found = find_moved(&origin, walk, edge, &ids, ids.is[i]);
        if (!is_found && ids.was[i] != 0) {
            code = find_elsewhere(&origin, &is_found, walk, walk->node->parents[index], ids.is[i]);
        }
        touched->is_moved = is_found || (ids.was[i] != 0 && is_another_now(edge, &ids, ids.was[i]));
        if (is_found) {
            follow_rename(walk, legacy, followed, touched->file, &origin);
            note_origin(walk, touched->file, index, origin.path, &origin.id);
        }
    }
    return code;
}

/* Files that differ from all parents and are not in this one under their name. */
static int follow_added(struct log_walk *walk, struct legacy *legacy, uint64_t *followed,
                        const struct edge *edge, unsigned index)
{
    const struct log_node *parent = walk->node->parents[index];
    struct log_renames renames = {
        .trees = &walk->trees, .arena = &walk->arena, .has_documents = walk->has_documents};
    bool *is_found = cp_arena_alloc(&walk->arena, edge->touched.count + 1);
    bool is_searched = false;
    int code = 0;
    cp_buf_init(&renames.path);
    for (int is_exact = 1; code == 0 && is_exact >= 0; is_exact--) {
        for (size_t i = 0; code == 0 && i < edge->touched.count; i++) {
            const struct touched *touched = &edge->touched.items[i];
            if (touched->is_in_parent || touched->is_moved || is_found[i] ||
                !is_own(walk, touched)) {
                continue;
            }
            code = is_searched ? 0 : log_renames_find(&renames, &parent->tree, &walk->node->tree);
            is_searched = true;
            struct log_removed *removed = NULL;
            const struct log_added added = {.path = walk->node->names[touched->file],
                                            .id = touched->blob};
            if (code == 0) {
                code = log_renames_take(&removed, &renames, &added, is_exact);
            }
            walk->out->files[touched->file].is_start_crowded |= !is_exact && edge->replaced > 0;
            if (removed) {
                is_found[i] = true;
                follow_rename(walk, legacy, followed, touched->file, removed);
                note_origin(walk, touched->file, index, removed->path, &removed->id);
            }
        }
    }
    log_renames_release(&renames);
    return code;
}

/* A parent gets the files that are the same in it and in no parent before it, and those that differ
 * from all. */
static int hand_down(struct log_walk *walk, struct edge *edges, unsigned index)
{
    const struct log_node *node = walk->node;
    struct log_node *parent = node->parents[index];
    struct legacy legacy = {node->followed, node->names};
    int code = 0;
    if (edges[0].touched.count == 0) {
        if (index == 0) {
            hand_over(walk, parent, &legacy);
        }
        return 0;
    }
    uint64_t *followed = copy_set(walk, index == 0 ? node->followed : NULL);
    for (size_t i = 0; i < edges[0].touched.count; i++) {
        size_t file = edges[0].touched.items[i].file;
        take_file(followed, file);
        if (walk->reached[file] == index) {
            add_file(followed, file);
        }
    }
    legacy.followed = followed;
    code = follow_moved(walk, &legacy, followed, &edges[index], index);
    for (size_t i = 0; i < edges[index].touched.count; i++) {
        const struct touched *touched = &edges[index].touched.items[i];
        if (touched->is_in_parent && !touched->is_moved && is_own(walk, touched)) {
            add_file(followed, touched->file);
            note_origin(walk, touched->file, index, node->names[touched->file],
                        &touched->blob_in_parent);
        }
    }
    code = code == 0 ? follow_added(walk, &legacy, followed, &edges[index], index) : code;
    hand_over(walk, parent, &legacy);
    return code;
}

/* ---- a commit -------------------------------------------------------------------------------- */

static int compare_parents(struct log_walk *walk, struct edge *edges)
{
    const struct log_node *node = walk->node;
    int code = node->parent_count == 0 ? compare_trees(walk, &edges[0], NULL) : 0;
    for (unsigned i = 0; code == 0 && i < node->parent_count; i++) {
        if (i > 0 && edges[i - 1].touched.count == 0) {
            break;
        }
        code = compare_trees(walk, &edges[i], &node->parents[i]->tree);
        for (size_t j = 0; j < edges[i].touched.count; j++) {
            unsigned *reached = &walk->reached[edges[i].touched.items[j].file];
            *reached += *reached == i;
        }
    }
    return code;
}

/* Files that differ from every parent. */
static int add_versions(struct log_walk *walk, const struct edge *edge)
{
    const struct cp_log_commit *commit = NULL;
    int code = 0;
    for (size_t i = 0; code == 0 && i < edge->touched.count; i++) {
        const struct touched *touched = &edge->touched.items[i];
        if (walk->reached[touched->file] < walk->node->parent_count) {
            continue;
        }
        code = commit ? 0 : describe(&commit, walk);
        if (code == 0) {
            add_version(walk, touched, commit);
        }
    }
    return code;
}

static int visit_edges(struct log_walk *walk, struct edge *edges)
{
    int code = compare_parents(walk, edges);
    if (code == 0) {
        code = add_versions(walk, &edges[0]);
    }
    for (unsigned i = 0; code == 0 && i < walk->node->parent_count; i++) {
        code = hand_down(walk, edges, i);
    }
    for (size_t i = 0; i < edges[0].touched.count; i++) {
        walk->reached[edges[0].touched.items[i].file] = 0;
    }
    return code;
}

static int visit(struct log_walk *walk, const struct log_node *node)
{
    size_t count = node->parent_count > 0 ? node->parent_count : 1;
    struct edge few[2] = {0};
    struct edge *edges = few;
    if (!node->followed || is_none(walk, node->followed)) {
        return 0;
    }
    if (count > 2) {
        edges = cp_alloc(count * sizeof *edges);
        memset(edges, 0, count * sizeof *edges);
    }
    walk->node = node;
    int code = visit_edges(walk, edges);
    walk->order++;
    for (size_t i = 0; i < count; i++) {
        cp_list_release(&edges[i].touched);
    }
    if (edges != few) {
        free(edges);
    }
    return code;
}

/* ---- what is in no commit yet ---------------------------------------------------------------- */

/* Whether a file of the newest commit has gone from what is looked at now. */
static bool is_gone(void *context, const char *path)
{
    struct log_walk *walk = context;
    return walk->now->kind(walk->now, seen_from_here(walk, path)) == CP_PATH_MISSING;
}

static int find_former(struct log_removed **out, struct log_walk *walk, struct log_renames *renames,
                       size_t file, bool is_exact)
{
    struct cp_buf bytes;
    struct cp_error ignored;
    struct log_added added = {.path = walk->out->files[file].path};
    int code = 0;
    *out = NULL;
    cp_buf_init(&bytes);
    if (walk->now->load(walk->now, walk->out->files[file].path, MAX_NEW_BYTES, &bytes, &ignored) ==
            0 &&
        bytes.len > 0) {
        added.text = cp_buf_str(&bytes);
        code = git_odb_hash(&added.id, bytes.at, bytes.len, GIT_OBJECT_BLOB);
        code = code == 0 ? log_renames_take(out, renames, &added, is_exact) : code;
    }
    cp_buf_release(&bytes);
    return code;
}

/* Files that the newest commit does not hold, and that it had under a name that has gone. */
static int follow_new(struct log_walk *walk, const uint64_t *all, uint64_t *held,
                      const char **names)
{
    struct log_renames renames = {.trees = &walk->trees,
                                  .arena = &walk->arena,
                                  .is_gone = is_gone,
                                  .context = walk,
                                  .has_documents = walk->has_documents};
    bool is_searched = false;
    int code = 0;
    cp_buf_init(&renames.path);
    for (int is_exact = 1; code == 0 && is_exact >= 0; is_exact--) {
        for (size_t i = 0; code == 0 && i < walk->out->count; i++) {
            struct log_removed *removed = NULL;
            if (!has_file(all, i) || has_file(held, i)) {
                continue;
            }
            code = is_searched ? 0 : log_renames_find(&renames, &walk->node->tree, NULL);
            is_searched = true;
            code = code == 0 ? find_former(&removed, walk, &renames, i, is_exact) : code;
            if (removed) {
                names[i] = removed->path;
                want_path(walk, i, removed->path);
                add_file(held, i);
            }
        }
    }
    log_renames_release(&renames);
    return code;
}

/* ---- the whole ------------------------------------------------------------------------------- */

/* Follows the files that the newest commit holds. */
static int start(struct log_walk *walk, struct log_node *newest)
{
    struct cp_log *out = walk->out;
    const char **names = cp_arena_alloc(&walk->arena, (out->count + 1) * sizeof *names);
    uint64_t *all = copy_set(walk, NULL);
    uint64_t *held = copy_set(walk, NULL);
    struct edge edge = {0};
    for (size_t i = 0; i < out->count; i++) {
        names[i] = path_in_tree(walk, out->files[i].path);
        walk->has_documents = walk->has_documents || cp_path_is_markdown(out->files[i].path);
        if (names[i]) {
            want_path(walk, i, names[i]);
            add_file(all, i);
        }
    }
    newest->followed = all;
    newest->names = names;
    walk->node = newest;
    int code = compare_trees(walk, &edge, NULL);
    for (size_t i = 0; i < edge.touched.count; i++) {
        add_file(held, edge.touched.items[i].file);
    }
    newest->followed = held;
    cp_list_release(&edge.touched);
    return code == 0 && walk->now ? follow_new(walk, all, held, names) : code;
}

static void note_day(struct log_walk *walk, const struct log_node *node)
{
    struct cp_log *out = walk->out;
    struct cp_date day = day_at(node->time, node->offset);
    if (out->days.count == 0 || day.days < out->days.items[out->days.count - 1].day.days) {
        struct cp_log_day *found = cp_list_push(&out->days, sizeof *found);
        found->day = day;
        git_oid_tostr(found->commit.id, sizeof found->commit.id, &node->id);
    }
}

static int walk_all(struct log_walk *walk, const git_oid *from)
{
    struct log_node *node;
    int code = log_graph_load(&walk->graph, from);
    if (code == 0 && walk->graph.has_merges) {
        walk->makings = cp_alloc((walk->out->count + 1) * sizeof *walk->makings);
        memset(walk->makings, 0, (walk->out->count + 1) * sizeof *walk->makings);
    }
    if (code == 0) {
        code = start(walk, walk->graph.nodes.items[0]);
    }
    while (code == 0 && (node = log_graph_next(&walk->graph))) {
        note_day(walk, node);
        code = visit(walk, node);
        log_graph_visited(&walk->graph, node);
    }
    if (code == 0 && walk->makings) {
        log_makings_link(walk->out, walk->makings);
    } else if (code == 0) {
        cp_log_chain(walk->out);
    }
    return code;
}

static void walk_release(struct log_walk *walk)
{
    log_graph_release(&walk->graph);
    log_trees_release(&walk->trees);
    for (size_t i = 0; i < walk->paths.count; i++) {
        cp_list_release(&walk->paths.items[i]->files);
    }
    for (size_t i = 0; walk->makings && i < walk->out->count; i++) {
        cp_list_release(&walk->makings[i].items);
    }
    free(walk->makings);
    cp_list_release(&walk->paths);
    cp_map_release(&walk->by_path);
    cp_map_release(&walk->folders);
    cp_buf_release(&walk->path);
    cp_arena_release(&walk->arena);
}

static int fail(const struct log_walk *walk, int code, struct cp_error *error)
{
    const git_oid *lost =
        git_oid_is_zero(&walk->trees.lost) ? &walk->graph.lost : &walk->trees.lost;
    return git_fail_object(error, walk->repository, "the history",
                           lost == &walk->graph.lost ? "a commit" : "a folder or file", lost, code);
}

static void init_log(struct cp_log *out, const char *const *paths, size_t count)
{
    *out = (struct cp_log){.count = count};
    cp_arena_init(&out->arena);
    out->files = cp_alloc((count + 1) * sizeof *out->files);
    memset(out->files, 0, (count + 1) * sizeof *out->files);
    for (size_t i = 0; i < count; i++) {
        out->files[i].path = paths[i];
    }
}

/* libgit2 would hash each object once more, which costs as much again as reading it. */
static int walk_unverified(struct log_walk *walk, const git_oid *from)
{
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
    int code = walk_all(walk, from);
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 1);
    return code;
}

static int load_log(const struct cp_past *past, struct cp_log *out, const char *const *paths,
                    size_t count, struct cp_error *error)
{
    const struct cp_past_of_repository *state = past->state;
    struct log_walk walk = {.repository = state->repository,
                            .now = state->now,
                            .is_by_path = state->is_by_path,
                            .out = out};
    git_oid from;
    init_log(out, paths, count);
    if (state->repository->is_shallow) {
        return cp_error_set(error, "the history is not known: %s", git_deepen);
    }
    walk.handle = git_handle_take(state->repository, error);
    if (!walk.handle) {
        return -1;
    }
    cp_arena_init(&walk.arena);
    walk.words = count / BITS + 1;
    walk.reached = cp_arena_alloc(&walk.arena, (count + 1) * sizeof *walk.reached);
    walk.graph.arena = &walk.arena;
    walk.graph.handle = walk.trees.handle = walk.handle;
    int code = git_oid_fromstr(&from, state->from.id);
    code = code == 0 ? walk_unverified(&walk, &from) : code;
    int result = code == 0 ? 0 : fail(&walk, code, error);
    walk_release(&walk);
    git_handle_give(state->repository, walk.handle);
    if (result != 0) {
        cp_log_release(out);
        init_log(out, paths, count);
    }
    return result;
}

struct cp_past cp_past_of(const struct cp_past_of_repository *state)
{
    return (struct cp_past){.log = load_log,
                            .load = log_version_load,
                            .read = log_file_read,
                            .find = log_version_find,
                            .state = state};
}

void cp_log_release(struct cp_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        cp_list_release(&log->files[i].versions);
    }
    cp_list_release(&log->days);
    free(log->files);
    cp_arena_release(&log->arena);
    *log = (struct cp_log){0};
}
