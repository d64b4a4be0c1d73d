/* The names that a repository gives to commits: branches, tags. What they lead to is not looked at.
 */
#include "git.h"

int cp_repository_each_reference(struct cp_repository *repository,
                                 bool (*visit)(void *context, const char *name), void *context,
                                 struct cp_error *error)
{
    git_reference_iterator *names = NULL;
    struct git_handle *handle = git_handle_take(repository, error);
    const char *name;
    if (!handle) {
        return -1;
    }
    int code = git_reference_iterator_new(&names, handle->git);
    while (code == 0 && (code = git_reference_next_name(&name, names)) == 0) {
        code = visit(context, name) ? 0 : GIT_ITEROVER;
    }
    git_reference_iterator_free(names);
    git_handle_give(repository, handle);
    return code == 0 || code == GIT_ITEROVER
               ? 0
               : cp_error_set(error, "cannot list the branches and tags of this repository");
}
