/* Commits by what people call them, and what two of them have in common. */
#include "git.h"

#include <string.h>

struct search {
    struct cp_repository *repository;
    struct git_handle *handle;
    struct cp_arena arena;
    struct cp_error *error;
};

static bool search_begin(struct search *search, struct cp_repository *repository,
                         struct cp_error *error)
{
    *search = (struct search){.repository = repository, .error = error};
    cp_arena_init(&search->arena);
    search->handle = git_handle_take(repository, error);
    return search->handle;
}

static void search_end(struct search *search)
{
    if (search->handle) {
        git_handle_give(search->repository, search->handle);
    }
    cp_arena_release(&search->arena);
}

/* ---- a revision ------------------------------------------------------------------------------ */

static const char *quoted(struct search *search, const char *expression)
{
    return cp_arena_printf(&search->arena, "'%s'",
                           cp_printable_in(&search->arena, cp_str_of(expression)))
        .at;
}

/* Whether HEAD, or the branch that it names, is asked for, and has no commit yet. */
static bool is_unborn(struct search *search, const char *expression)
{
    git_reference *head = NULL;
    bool result = false;
    if (git_repository_head_unborn(search->handle->git) == 1 &&
        git_reference_lookup(&head, search->handle->git, "HEAD") == 0) {
        const char *target = git_reference_symbolic_target(head);
        const char *branch = target ? strrchr(target, '/') : NULL;
        result = strncmp(expression, "HEAD", 4) == 0 || *expression == '@' ||
                 (branch && strcmp(branch + 1, expression) == 0);
    }
    git_reference_free(head);
    return result;
}

/* Whether the name led to an object that is not there; a full name that is none is just wrong. */
static bool is_object_lost(const char *expression)
{
    const git_error *last = git_error_last();
    size_t digits = strspn(expression, "0123456789abcdefABCDEF");
    return last && last->klass == GIT_ERROR_ODB && expression[digits] != '\0';
}

static enum cp_commit_outcome say_missing(struct search *search, const char *expression)
{
    const char *name = quoted(search, expression);
    bool is_lost = is_object_lost(expression);
    if (is_unborn(search, expression)) {
        cp_error_set(search->error,
                     "%s names no commit, for there is none yet; run git commit first", name);
        return CP_COMMIT_UNKNOWN;
    }
    if (search->repository->is_shallow) {
        cp_error_set(search->error, "there is no revision %s here; %s", name, git_deepen);
        return CP_COMMIT_UNKNOWN;
    }
    if (is_lost) {
        cp_error_set(search->error,
                     "cannot find the revision %s: an object on the way to it is missing; run git "
                     "fsck",
                     name);
        return CP_COMMIT_UNKNOWN;
    }
    cp_error_set(search->error,
                 "there is no revision %s here; git branch -a, git tag and git log list what there "
                 "is",
                 name);
    return CP_COMMIT_NONE;
}

/* What gitrevisions(7) has no meaning for, or one that libgit2 does not know. */
static bool is_beyond_libgit2(void)
{
    const git_error *last = git_error_last();
    return last && last->message && strstr(last->message, "unimplemented");
}

static enum cp_commit_outcome say_unresolved(struct search *search, const char *expression,
                                             int code)
{
    const char *name = quoted(search, expression);
    if (code == GIT_ENOTFOUND) {
        return say_missing(search, expression);
    }
    if (code == GIT_EAMBIGUOUS) {
        cp_error_set(search->error, "%s may be any of several objects; write more of its digits",
                     name);
    } else if (strstr(expression, "..")) {
        cp_error_set(search->error, "%s is a range; write one revision", name);
    } else if (code == GIT_EINVALIDSPEC || is_beyond_libgit2()) {
        cp_error_set(search->error,
                     "%s is no revision; write a branch, a tag, a commit or HEAD~1 "
                     "(gitrevisions(7))",
                     name);
    } else {
        cp_error_set(search->error, "cannot find the revision %s: %s; run git fsck", name,
                     git_reason(&search->arena));
    }
    return CP_COMMIT_NONE;
}

static enum cp_commit_outcome peel(struct cp_commit *out, struct search *search,
                                   const char *expression, const git_object *object)
{
    git_object *commit = NULL;
    int code = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);
    if (code == 0) {
        git_oid_tostr(out->id, sizeof out->id, git_object_id(commit));
        git_object_free(commit);
        return CP_COMMIT_FOUND;
    }
    if (code == GIT_ENOTFOUND) {
        return say_missing(search, expression);
    }
    cp_error_set(search->error, "%s names a %s, not a commit; write a branch, a tag or a commit",
                 quoted(search, expression),
                 git_object_type(object) == GIT_OBJECT_TREE   ? "folder"
                 : git_object_type(object) == GIT_OBJECT_BLOB ? "file"
                                                              : "tag of something else");
    return CP_COMMIT_NONE;
}

/* A name alone is looked up without libgit2's parser, which forgets the reference where the object
 * that it names cannot be read. */
static int find_object(git_object **out, git_repository *git, const char *expression)
{
    git_reference *name = NULL;
    if (git_reference_dwim(&name, git, expression) != 0) {
        return git_revparse_single(out, git, expression);
    }
    int code = git_object_lookup(out, git, git_reference_target(name), GIT_OBJECT_ANY);
    git_reference_free(name);
    return code;
}

enum cp_commit_outcome cp_repository_find_commit(struct cp_commit *out,
                                                 struct cp_repository *repository,
                                                 const char *expression, struct cp_error *error)
{
    struct search search;
    git_object *object = NULL;
    enum cp_commit_outcome outcome = CP_COMMIT_NONE;
    if (search_begin(&search, repository, error)) {
        int code = find_object(&object, search.handle->git, expression);
        outcome = code == 0 ? peel(out, &search, expression, object)
                            : say_unresolved(&search, expression, code);
    }
    git_object_free(object);
    search_end(&search);
    return outcome;
}

/* ---- two commits ----------------------------------------------------------------------------- */

/* The commits that one grew from, nearest first, as far as they are here. */
struct ancestors {
    struct cp_map seen; /* by name */
    CP_LIST(struct cp_commit *) queue;
    size_t next;
};

static void add_ancestor(struct ancestors *ancestors, struct search *search, const git_oid *id)
{
    struct cp_commit *commit = cp_arena_alloc(&search->arena, sizeof *commit);
    git_oid_tostr(commit->id, sizeof commit->id, id);
    if (!cp_map_put(&ancestors->seen, cp_str_of(commit->id), commit)) {
        *(struct cp_commit **)cp_list_push(&ancestors->queue, sizeof commit) = commit;
    }
}

static const struct cp_commit *next_ancestor(struct ancestors *ancestors, struct search *search)
{
    git_oid id;
    while (ancestors->next < ancestors->queue.count) {
        git_commit *found = NULL;
        const struct cp_commit *commit = ancestors->queue.items[ancestors->next++];
        if (git_oid_fromstr(&id, commit->id) == 0 &&
            git_commit_lookup(&found, search->handle->git, &id) == 0) {
            for (unsigned i = 0; i < git_commit_parentcount(found); i++) {
                add_ancestor(ancestors, search, git_commit_parent_id(found, i));
            }
            git_commit_free(found);
            return commit;
        }
    }
    return NULL;
}

/* In a shallow clone: a commit that both grew from. A better one may be hidden where the history is
 * cut off, from which less has changed. libgit2 gives up there, and forgets some memory. */
static int find_base_in_shallow(git_oid *out, struct search *search, const git_oid *a,
                                const git_oid *b)
{
    struct ancestors left = {0};
    struct ancestors right = {0};
    const struct cp_commit *commit;
    cp_map_init(&left.seen);
    cp_map_init(&right.seen);
    add_ancestor(&left, search, a);
    add_ancestor(&right, search, b);
    while (next_ancestor(&left, search)) {
    }
    while ((commit = next_ancestor(&right, search))) {
        if (cp_map_find(&left.seen, cp_str_of(commit->id))) {
            break;
        }
    }
    int code = commit ? git_oid_fromstr(out, commit->id) : GIT_ENOTFOUND;
    cp_list_release(&left.queue);
    cp_list_release(&right.queue);
    cp_map_release(&left.seen);
    cp_map_release(&right.seen);
    return code;
}

static enum cp_commit_outcome say_no_base(struct search *search, int code)
{
    if (search->repository->is_shallow) {
        cp_error_set(search->error, "where the two histories part is not known; %s", git_deepen);
        return CP_COMMIT_UNKNOWN;
    }
    if (code == GIT_ENOTFOUND) {
        const git_error *last = git_error_last();
        if (!last || last->klass != GIT_ERROR_ODB) {
            cp_error_set(search->error, "the two histories have no commit in common; name a "
                                        "revision that this one grew from");
            return CP_COMMIT_NONE;
        }
    }
    cp_error_set(search->error, "cannot walk the history: %s; run git fsck",
                 git_reason(&search->arena));
    return CP_COMMIT_UNKNOWN;
}

enum cp_commit_outcome cp_repository_find_base(struct cp_commit *out,
                                               struct cp_repository *repository,
                                               const struct cp_commit *a, const struct cp_commit *b,
                                               struct cp_error *error)
{
    struct search search;
    git_oid left;
    git_oid right;
    git_oid base;
    enum cp_commit_outcome outcome = CP_COMMIT_NONE;
    if (strcmp(a->id, b->id) == 0) {
        *out = *a;
        return CP_COMMIT_FOUND;
    }
    if (search_begin(&search, repository, error)) {
        int code = git_oid_fromstr(&left, a->id) || git_oid_fromstr(&right, b->id) ? GIT_EINVALID
                   : repository->is_shallow
                       ? find_base_in_shallow(&base, &search, &left, &right)
                       : git_merge_base(&base, search.handle->git, &left, &right);
        outcome = code == 0 ? CP_COMMIT_FOUND : say_no_base(&search, code);
    }
    if (outcome == CP_COMMIT_FOUND) {
        git_oid_tostr(out->id, sizeof out->id, &base);
    }
    search_end(&search);
    return outcome;
}
