/*
 * Where git looks for the hooks of a repository: githooks(5), core.hooksPath in git-config(1).
 * Reads settings, and neither hooks nor folders.
 */
#include "git.h"

#include <string.h>

/* What git keeps for one of several work trees alone; libgit2 does not look there. */
static bool find_own_setting(git_buf *out, const struct cp_repository *repository,
                             git_config *common, struct cp_arena *arena)
{
    const char *path = cp_path_join(arena, repository->git_dir, "config.worktree");
    git_config *own = NULL;
    int is_on = 0;
    bool result = git_config_get_bool(&is_on, common, "extensions.worktreeconfig") == 0 && is_on &&
                  git_config_open_ondisk(&own, path) == 0 &&
                  git_config_get_path(out, own, "core.hookspath") == 0;
    git_config_free(own);
    return result;
}

/* core.hooksPath with `~` resolved; NULL where it is not set. */
static int find_setting(const char **out, const struct cp_repository *repository,
                        struct git_handle *handle, struct cp_arena *arena)
{
    git_config *config = NULL;
    git_buf text = {0};
    *out = NULL;
    int code = git_repository_config_snapshot(&config, handle->git);
    if (code == 0 && !find_own_setting(&text, repository, config, arena)) {
        code = git_config_get_path(&text, config, "core.hookspath");
    }
    if (code == 0) {
        *out = cp_arena_copy(arena, cp_str_of(text.ptr)).at;
    }
    git_buf_dispose(&text);
    git_config_free(config);
    return code == GIT_ENOTFOUND ? 0 : code;
}

static enum cp_hooks_place place_of(const struct cp_repository *repository, const char *folder,
                                    const char *common)
{
    if (cp_path_is_below(folder, common)) {
        return CP_HOOKS_REPOSITORY;
    }
    return cp_path_is_below(folder, repository->root) ? CP_HOOKS_TREE : CP_HOOKS_ELSEWHERE;
}

static int read_hooks(struct cp_hooks *out, const struct cp_repository *repository,
                      struct git_handle *handle, struct cp_arena *arena, struct cp_error *error)
{
    const char *common = cp_path_clean(arena, git_repository_commondir(handle->git));
    const char *setting;
    if (find_setting(&setting, repository, handle, arena) != 0) {
        return cp_error_set(error,
                            "cannot read core.hooksPath: %s; git config --show-origin "
                            "core.hooksPath says where it stands",
                            git_reason(arena));
    }
    if (setting && (*setting == '\0' || cp_str_has_prefix(cp_str_of(setting), "%("))) {
        return cp_error_set(error,
                            "core.hooksPath is '%s', which names no folder that contplan "
                            "could find; git config --show-origin core.hooksPath says where "
                            "it stands",
                            cp_printable_in(arena, cp_str_of(setting)));
    }
    out->is_set = setting != NULL;
    out->folder = setting ? cp_path_absolute(arena, repository->root, setting)
                          : cp_path_join(arena, common, "hooks");
    out->place = place_of(repository, out->folder, common);
    return 0;
}

int cp_repository_hooks(struct cp_hooks *out, struct cp_repository *repository,
                        struct cp_arena *arena, struct cp_error *error)
{
    struct git_handle *handle = git_handle_take(repository, error);
    if (!handle) {
        return -1;
    }
    int result = read_hooks(out, repository, handle, arena, error);
    git_handle_give(repository, handle);
    return result;
}
