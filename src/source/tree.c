/* The tree of a commit, folder by folder. */
#include "objects.h"

#include <string.h>

static struct node node_of(const git_tree_entry *entry)
{
    struct node node = {.kind = NODE_FILE, .id = *git_tree_entry_id(entry)};
    switch (git_tree_entry_filemode_raw(entry) & 0170000) {
    case GIT_FILEMODE_TREE:
        node.kind = NODE_FOLDER;
        break;
    case GIT_FILEMODE_LINK:
        node.kind = NODE_LINK;
        break;
    case GIT_FILEMODE_COMMIT:
        node.kind = NODE_SUBMODULE;
        break;
    default:
        break;
    }
    return node;
}

static struct node broken(const git_oid *id, int code)
{
    return (struct node){.kind = NODE_BROKEN, .id = *id, .code = code};
}

/* The path is a name below the last of its folders. */
struct node git_tree_find(struct git_handle *handle, const git_oid *root, const char *path)
{
    struct node node = {.kind = NODE_FOLDER, .id = *root};
    while (*path && node.kind == NODE_FOLDER) {
        char name[256];
        size_t len = strcspn(path, "/");
        git_tree *tree;
        int code = git_handle_tree(&tree, handle, &node.id);
        if (code != 0) {
            return broken(&node.id, code);
        }
        if (len >= sizeof name) {
            return (struct node){.kind = NODE_MISSING};
        }
        memcpy(name, path, len);
        name[len] = '\0';
        const git_tree_entry *entry = git_tree_entry_byname(tree, name);
        node = entry ? node_of(entry) : (struct node){.kind = NODE_MISSING};
        path += len + (path[len] == '/');
    }
    return *path ? (struct node){.kind = NODE_MISSING} : node;
}

static struct node find(const struct git_source *source, struct git_handle *handle,
                        const char *path)
{
    return git_tree_find(handle, &source->tree, path);
}

static struct node each(const struct git_source *source, struct git_handle *handle,
                        const char *folder,
                        void (*put)(void *context, struct cp_str name, struct node node),
                        void *context)
{
    git_tree *tree;
    struct node node = find(source, handle, folder);
    int code = node.kind == NODE_FOLDER ? git_handle_tree(&tree, handle, &node.id) : 0;
    if (code != 0) {
        return broken(&node.id, code);
    }
    for (size_t i = 0; node.kind == NODE_FOLDER && i < git_tree_entrycount(tree); i++) {
        const git_tree_entry *entry = git_tree_entry_byindex(tree, i);
        put(context, cp_str_of(git_tree_entry_name(entry)), node_of(entry));
    }
    return node;
}

/* The commit's tree, by name; libgit2's code. */
static int find_tree(git_oid *out, struct git_handle *handle, const struct cp_commit *commit)
{
    git_oid id;
    git_commit *found = NULL;
    int code = git_oid_fromstr(&id, commit->id);
    if (code == 0) {
        *out = id;
        code = git_commit_lookup(&found, handle->git, &id);
    }
    if (code == 0) {
        *out = *git_commit_tree_id(found);
    }
    git_commit_free(found);
    return code;
}

int cp_source_open_commit(struct cp_source *out, struct cp_repository *repository,
                          const struct cp_commit *commit, const char *name, struct cp_error *error)
{
    struct git_handle *handle = git_handle_take(repository, error);
    if (!handle) {
        return -1;
    }
    git_tree *tree;
    struct git_source *source = git_source_new(repository);
    const char *quoted = cp_printable_in(&source->arena, cp_str_of(name));
    source->where = cp_arena_printf(&source->arena, "at '%s'", quoted).at;
    source->find = find;
    source->each = each;
    int code = find_tree(&source->tree, handle, commit);
    code = code == 0 ? git_handle_tree(&tree, handle, &source->tree) : code;
    if (code == 0) {
        git_source_open(out, source);
    } else {
        git_fail_object(error, repository, source->where, "its commit or tree", &source->tree,
                        code);
        git_source_free(source);
    }
    git_handle_give(repository, handle);
    return code == 0 ? 0 : -1;
}
