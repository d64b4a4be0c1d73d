/*
 * Finding and opening a git repository, and saying plainly why one cannot be read. A repository is
 * content of somebody else: which folder is its work tree is believed only where both agree.
 */
#define _DEFAULT_SOURCE /* realpath() */

#include "git.h"

#include <stdlib.h>
#include <string.h>

/* Formats that only change what git writes, or what is read here as well. */
static const char *known_extensions[] = {"noop", "preciousobjects", "partialclone",
                                         "worktreeconfig", "relativeworktrees"};

struct opening {
    struct cp_repository *out;
    const struct cp_repository_place *place;
    struct cp_error *error;
    struct git_handle *handle;
    const char *told; /* the work tree by the repository's own word, NULL where it is bare */
};

/* ---- paths ----------------------------------------------------------------------------------- */

/* Links resolved, as far as that can be done. */
static const char *real_path(struct cp_arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *result = real ? cp_arena_copy(arena, cp_str_of(real)).at : path;
    free(real);
    return cp_path_clean(arena, result);
}

static const char *below(struct cp_arena *arena, const char *path, const char *root)
{
    size_t len = strcmp(root, "/") == 0 ? 0 : strlen(root);
    return path[len] == '/' ? cp_arena_copy(arena, cp_str_of(path + len + 1)).at : "";
}

static const char *quoted_path(struct opening *opening, const char *path)
{
    return cp_printable_in(&opening->out->arena, cp_str_of(path));
}

/* ---- what cannot be opened ------------------------------------------------------------------- */

static bool is_owner_problem(int code)
{
    const git_error *last = git_error_last();
    return code == GIT_EOWNER ||
           (code == GIT_ENOTFOUND && last && last->klass == GIT_ERROR_CONFIG && last->message &&
            strstr(last->message, "safe.directory"));
}

/* The folder that git asks to be trusted: the one that has the `.git`, or a bare repository. */
static const char *trusted_folder(struct opening *opening)
{
    struct cp_arena *arena = &opening->out->arena;
    const struct cp_repository_place *place = opening->place;
    if (place->git_dir) {
        const char *git = real_path(arena, cp_path_join(arena, place->here, place->git_dir));
        return strcmp(cp_path_name(git), ".git") == 0 ? cp_path_parent(arena, git) : git;
    }
    for (const char *folder = opening->out->here;; folder = cp_path_parent(arena, folder)) {
        const char *git = cp_path_join(arena, folder, ".git");
        if (cp_source_folder.kind(&cp_source_folder, git) != CP_PATH_MISSING) {
            return folder;
        }
        if (strcmp(folder, "/") == 0) {
            return opening->out->here;
        }
    }
}

static int refuse_owner(struct opening *opening)
{
    const char *folder = trusted_folder(opening);
    return cp_error_set(opening->error,
                        "the git repository in %s belongs to somebody else, so it is not read; if "
                        "you trust it, run git config --global --add safe.directory %s",
                        quoted_path(opening, folder), git_shell_word(&opening->out->arena, folder));
}

static int refuse_extension(struct opening *opening, const char *what)
{
    return cp_error_set(
        opening->error,
        "the git repository around %s %s, which contplan cannot read; for the files "
        "of a revision, run git worktree add FOLDER REV and check FOLDER",
        quoted_path(opening, opening->out->here), what);
}

static int refuse(struct opening *opening)
{
    struct cp_arena *arena = &opening->out->arena;
    const char *reason = git_reason(arena);
    const char *extension = strstr(reason, "extensions.");
    if (opening->place->git_dir && !extension) {
        return cp_error_set(opening->error,
                            "GIT_DIR is %s, which cannot be opened as a git repository (%s); unset "
                            "it, or name another",
                            quoted_path(opening, opening->place->git_dir), reason);
    }
    if (!extension) {
        return cp_error_set(opening->error,
                            "cannot open the git repository around %s: %s; git status may say more",
                            quoted_path(opening, opening->out->here), reason);
    }
    return refuse_extension(opening, strstr(extension, "objectformat")
                                         ? "names its objects by SHA-256"
                                     : strstr(extension, "refstorage")
                                         ? "keeps its branches in a reftable"
                                         : cp_arena_printf(arena, "uses %s", extension).at);
}

/* ---- opening --------------------------------------------------------------------------------- */

static int open_git(git_repository **out, struct opening *opening)
{
    const struct cp_repository_place *place = opening->place;
    if (place->git_dir) {
        const char *path = cp_path_join(&opening->out->arena, place->here, place->git_dir);
        return git_repository_open_ext(out, path, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
    }
    unsigned flags = place->is_across_filesystems ? GIT_REPOSITORY_OPEN_CROSS_FS : 0;
    return git_repository_open_ext(out, place->here, flags, place->ceilings);
}

static enum cp_repository_state open_first(struct opening *opening)
{
    git_repository *git = NULL;
    int code = open_git(&git, opening);
    if (code == 0) {
        opening->out->git_dir =
            cp_arena_copy(&opening->out->arena, cp_str_of(git_repository_path(git))).at;
        const char *told = git_repository_workdir(git);
        opening->told = told ? real_path(&opening->out->arena, told) : NULL;
        git_repository_free(git);
        return CP_REPOSITORY_USABLE;
    }
    if (is_owner_problem(code)) {
        refuse_owner(opening);
    } else if (code == GIT_ENOTFOUND && !opening->place->git_dir) {
        cp_error_set(opening->error,
                     "there is no git repository around %s; go into one, or name one with -C DIR",
                     quoted_path(opening, opening->out->here));
        return CP_REPOSITORY_NONE;
    } else {
        refuse(opening);
    }
    return CP_REPOSITORY_UNUSABLE;
}

/* ---- the work tree --------------------------------------------------------------------------- */

/* What git keeps for one of several work trees alone; libgit2 does not look there. */
static bool has_own_setting(struct opening *opening, const char *name, bool is_flag)
{
    struct cp_arena *arena = &opening->out->arena;
    const char *path = cp_path_join(arena, opening->out->git_dir, "config.worktree");
    git_config *common = NULL;
    git_config *own = NULL;
    git_buf text = {0};
    int is_on = 0;
    if (git_repository_config_snapshot(&common, opening->handle->git) == 0 &&
        git_config_get_bool(&is_on, common, "extensions.worktreeconfig") == 0 && is_on &&
        git_config_open_ondisk(&own, path) == 0) {
        is_on = is_flag ? git_config_get_bool(&is_on, own, name) == 0 && is_on
                        : git_config_get_string_buf(&text, own, name) == 0;
    } else {
        is_on = 0;
    }
    git_buf_dispose(&text);
    git_config_free(own);
    git_config_free(common);
    return is_on != 0;
}

/* Whether the `.git` of a work tree leads to the repository that claims it. */
static bool is_claimed(struct opening *opening, const char *root)
{
    struct cp_arena *arena = &opening->out->arena;
    git_buf found = {0};
    bool result = git_repository_discover(&found, root, 1, NULL) == 0 &&
                  strcmp(real_path(arena, found.ptr), real_path(arena, opening->out->git_dir)) == 0;
    git_buf_dispose(&found);
    return result;
}

static int refuse_work_tree(struct opening *opening, const char *root)
{
    const char *folder = cp_path_clean(&opening->out->arena, opening->out->git_dir);
    return cp_error_set(opening->error,
                        "%s looks like a git repository with the work tree %s, which does not know "
                        "of it, so it is not read; go to a folder outside, or set GIT_DIR to it if "
                        "you mean it",
                        quoted_path(opening, folder), quoted_path(opening, root));
}

static bool has_work_tree_setting(struct opening *opening)
{
    git_buf text = {0};
    git_config *config = NULL;
    bool result = git_repository_config_snapshot(&config, opening->handle->git) == 0 &&
                  git_config_get_string_buf(&text, config, "core.worktree") == 0;
    git_buf_dispose(&text);
    git_config_free(config);
    return result || has_own_setting(opening, "core.worktree", false);
}

static void set_root(struct opening *opening, const char *root)
{
    struct cp_repository *out = opening->out;
    out->root = root;
    out->base = root ? root : out->here;
    out->prefix = below(&out->arena, out->here, out->base);
}

static int find_named_root(struct opening *opening)
{
    struct cp_arena *arena = &opening->out->arena;
    const struct cp_repository_place *place = opening->place;
    const char *root = real_path(arena, cp_path_join(arena, place->here, place->work_tree));
    if (!cp_path_is_below(opening->out->here, root)) {
        return cp_error_set(opening->error,
                            "GIT_WORK_TREE is %s, and the working directory does not lie in it; "
                            "unset it, or go there",
                            quoted_path(opening, root));
    }
    set_root(opening, root);
    return 0;
}

/* A repository named by GIT_DIR is trusted to be meant; git takes the working directory for its
 * work tree, unless that lies in the one it knows. One that was found is not trusted. */
static int find_root(struct opening *opening)
{
    struct cp_repository *out = opening->out;
    const char *root = opening->told;
    bool is_bare = !root || has_own_setting(opening, "core.bare", true) ||
                   cp_path_is_below(out->here, real_path(&out->arena, out->git_dir));
    bool is_known = root && cp_path_is_below(out->here, root) && is_claimed(opening, root);
    if (opening->place->work_tree) {
        return find_named_root(opening);
    }
    if (opening->place->git_dir) {
        bool is_set = root && cp_path_is_below(out->here, root) && has_work_tree_setting(opening);
        set_root(opening, is_bare ? NULL : is_known || is_set ? root : out->here);
        return 0;
    }
    if (root && (!is_known || has_own_setting(opening, "core.worktree", false))) {
        return refuse_work_tree(opening, root);
    }
    set_root(opening, is_bare ? NULL : root);
    return 0;
}

/* ---- the rest -------------------------------------------------------------------------------- */

static bool find_shallow(struct opening *opening)
{
    struct cp_buf bytes;
    struct cp_error ignored;
    const char *common = git_repository_commondir(opening->handle->git);
    const char *path = cp_path_join(&opening->out->arena, common, "shallow");
    cp_buf_init(&bytes);
    bool result =
        cp_source_folder.load(&cp_source_folder, path, 1, &bytes, &ignored) == 0 && bytes.len > 0;
    cp_buf_release(&bytes);
    return result;
}

/* Settings are matched by hand: libgit2 1.5 leaks memory with each name that a pattern misses. */
static int see_promisor(const git_config_entry *entry, void *context)
{
    bool *is_partial = context;
    struct cp_str name = cp_str_of(entry->name);
    if (cp_str_has_prefix(name, "remote.") && cp_str_has_suffix(name, ".promisor")) {
        *is_partial = strcmp(entry->value ? entry->value : "true", "false") != 0;
    }
    return 0;
}

static bool find_partial(struct opening *opening)
{
    bool is_partial = false;
    git_config *config = NULL;
    if (git_repository_config_snapshot(&config, opening->handle->git) == 0) {
        git_config_foreach(config, see_promisor, &is_partial);
    }
    git_config_free(config);
    return is_partial;
}

static bool find_sparse(struct opening *opening)
{
    int is_on = 0;
    git_config *config = NULL;
    if (git_repository_config_snapshot(&config, opening->handle->git) != 0 ||
        git_config_get_bool(&is_on, config, "core.sparsecheckout") != 0) {
        is_on = 0;
    }
    git_config_free(config);
    return is_on || has_own_setting(opening, "core.sparsecheckout", true);
}

static void add_objects(struct opening *opening, const char *path, size_t len)
{
    struct cp_arena *arena = &opening->out->arena;
    const char *folder = cp_arena_copy(arena, (struct cp_str){path, len}).at;
    if (len > 0) {
        *(const char **)cp_list_push(&opening->out->objects, sizeof folder) =
            cp_path_join(arena, opening->place->here, folder);
    }
}

static void take_environment(struct opening *opening)
{
    struct cp_repository *out = opening->out;
    const struct cp_repository_place *place = opening->place;
    out->index_file = place->index_file ? cp_path_join(&out->arena, place->here, place->index_file)
                                        : cp_path_join(&out->arena, out->git_dir, "index");
    if (place->object_directory) {
        add_objects(opening, place->object_directory, strlen(place->object_directory));
    }
    for (const char *at = place->alternates; at && *at;) {
        size_t len = strcspn(at, ":");
        add_objects(opening, at, len);
        at += len + (at[len] == ':');
    }
}

static int check_packs(struct opening *opening)
{
    struct cp_repository *out = opening->out;
    const char *common = git_repository_commondir(opening->handle->git);
    const char *own = cp_path_join(&out->arena, common, "objects");
    int result = git_packs_check(out, own, opening->error);
    for (size_t i = 0; result == 0 && i < out->objects.count; i++) {
        result = git_packs_check(out, out->objects.items[i], opening->error);
    }
    return result;
}

static int open_second(struct opening *opening)
{
    struct cp_repository *out = opening->out;
    take_environment(opening);
    opening->handle = git_handle_take(out, opening->error);
    if (!opening->handle) {
        return -1;
    }
    int result = find_root(opening);
    if (result == 0) {
        result = check_packs(opening);
    }
    if (result == 0) {
        out->is_shallow = find_shallow(opening);
        out->is_sparse = find_sparse(opening);
        out->is_partial = find_partial(opening);
    }
    git_handle_give(out, opening->handle);
    return result;
}

static enum cp_repository_state open_all(struct opening *opening)
{
    size_t count = sizeof known_extensions / sizeof *known_extensions;
    if (opening->place->common_dir) {
        cp_error_set(opening->error, "GIT_COMMON_DIR is set, which contplan does not follow; unset "
                                     "it");
        return CP_REPOSITORY_UNUSABLE;
    }
    if (git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known_extensions, count) != 0) {
        refuse(opening);
        return CP_REPOSITORY_UNUSABLE;
    }
    enum cp_repository_state state = open_first(opening);
    if (state == CP_REPOSITORY_USABLE && open_second(opening) != 0) {
        state = CP_REPOSITORY_UNUSABLE;
    }
    return state;
}

enum cp_repository_state cp_repository_open(struct cp_repository **out,
                                            const struct cp_repository_place *place,
                                            struct cp_error *error)
{
    struct cp_repository *repository = cp_alloc(sizeof *repository);
    struct opening opening = {.out = repository, .place = place, .error = error};
    *repository = (struct cp_repository){0};
    *out = NULL;
    cp_arena_init(&repository->arena);
    git_libgit2_init();
    repository->here = real_path(&repository->arena, place->here);
    enum cp_repository_state state = open_all(&opening);
    if (state == CP_REPOSITORY_USABLE) {
        *out = repository;
    } else {
        cp_repository_close(repository);
    }
    return state;
}

void cp_repository_close(struct cp_repository *repository)
{
    if (repository) {
        git_handles_release(repository);
        cp_list_release(&repository->objects);
        cp_list_release(&repository->loose);
        cp_arena_release(&repository->arena);
        free(repository);
        git_libgit2_shutdown();
    }
}

/* ---- asking ---------------------------------------------------------------------------------- */

const char *git_path_in_tree(struct cp_arena *arena, const struct cp_repository *repository,
                             const char *path)
{
    const char *absolute = cp_path_absolute(arena, repository->here, path);
    if (!cp_path_is_below(absolute, repository->base)) {
        return NULL;
    }
    absolute += strcmp(repository->base, "/") == 0 ? 0 : strlen(repository->base);
    return absolute + (*absolute == '/');
}

bool cp_repository_is_sparse(const struct cp_repository *repository)
{
    return repository->is_sparse;
}

const char *cp_repository_root(const struct cp_repository *repository)
{
    return repository->root;
}

const char *cp_repository_prefix(const struct cp_repository *repository)
{
    return repository->prefix;
}
