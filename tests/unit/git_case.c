/* Building repositories for tests. */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include "git_case.h"

#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY = 24 * 60 * 60, FIRST_COMMIT = 1767225600 /* 2026-01-01 */ };

static void must(int code)
{
    const git_error *last = git_error_last();
    ck_assert_msg(code == 0, "libgit2: %d %s", code, last ? last->message : "");
}

static const char *path_of(struct cp_arena *arena, const struct git_case *test, const char *path)
{
    return cp_path_join(arena, test->folder, path);
}

void git_case_init(struct git_case *out)
{
    char folder[] = "/tmp/contplan-git-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    git_case_enter(out, folder);
}

void git_case_enter(struct git_case *out, const char *folder)
{
    git_repository_init_options options = {.version = GIT_REPOSITORY_INIT_OPTIONS_VERSION};
    *out = (struct git_case){0};
    snprintf(out->folder, sizeof out->folder, "%s", folder);
    git_libgit2_init();
    options.flags = GIT_REPOSITORY_INIT_MKPATH;
    options.initial_head = "main";
    must(git_repository_init_ext(&out->git, out->folder, &options));
}

void git_case_leave(struct git_case *test)
{
    git_repository_free(test->git);
    git_libgit2_shutdown();
}

void git_case_release(struct git_case *test)
{
    char command[300];
    git_case_leave(test);
    snprintf(command, sizeof command, "rm -rf '%s'", test->folder);
    ck_assert_int_eq(system(command), 0);
}

static void make_parent(struct cp_arena *arena, const char *path)
{
    struct cp_error error;
    ck_assert_msg(cp_folder_make(cp_path_parent(arena, path), &error) == 0, "%s", error.text);
}

void git_case_write(struct git_case *test, const char *path, const char *text)
{
    struct cp_arena arena;
    struct cp_error error;
    cp_arena_init(&arena);
    const char *whole = path_of(&arena, test, path);
    make_parent(&arena, whole);
    ck_assert_msg(cp_file_write(whole, cp_str_of(text), &error) == 0, "%s", error.text);
    cp_arena_release(&arena);
}

void git_case_link(struct git_case *test, const char *path, const char *text)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    const char *whole = path_of(&arena, test, path);
    make_parent(&arena, whole);
    ck_assert_int_eq(symlink(text, whole), 0);
    cp_arena_release(&arena);
}

void git_case_remove(struct git_case *test, const char *path)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    ck_assert_int_eq(unlink(path_of(&arena, test, path)), 0);
    cp_arena_release(&arena);
}

void git_case_stage(struct git_case *test, const char *path)
{
    struct cp_arena arena;
    git_index *index;
    cp_arena_init(&arena);
    enum cp_path_kind kind = cp_source_folder.kind(&cp_source_folder, path_of(&arena, test, path));
    must(git_repository_index(&index, test->git));
    must(git_index_read(index, 0));
    must(kind == CP_PATH_MISSING ? git_index_remove_bypath(index, path)
                                 : git_index_add_bypath(index, path));
    must(git_index_write(index));
    git_index_free(index);
    cp_arena_release(&arena);
}

/* Writes an entry as it is, whatever stands in the work tree. */
static void add_entry(struct git_case *test, const git_index_entry *entry)
{
    git_index *index;
    must(git_repository_index(&index, test->git));
    must(git_index_read(index, 0));
    must(git_index_add(index, entry));
    must(git_index_write(index));
    git_index_free(index);
}

void git_case_intend(struct git_case *test, const char *path)
{
    git_index_entry entry = {.path = path,
                             .mode = GIT_FILEMODE_BLOB,
                             .flags = GIT_INDEX_ENTRY_EXTENDED,
                             .flags_extended = GIT_INDEX_ENTRY_INTENT_TO_ADD};
    must(git_blob_create_from_buffer(&entry.id, test->git, "", 0));
    add_entry(test, &entry);
}

void git_case_conflict(struct git_case *test, const char *path)
{
    git_index *index;
    git_index_entry ours = {.path = path, .mode = GIT_FILEMODE_BLOB};
    git_index_entry theirs = ours;
    must(git_blob_create_from_buffer(&ours.id, test->git, "ours", 4));
    must(git_blob_create_from_buffer(&theirs.id, test->git, "theirs", 6));
    must(git_repository_index(&index, test->git));
    must(git_index_read(index, 0));
    must(git_index_remove_bypath(index, path));
    must(git_index_conflict_add(index, NULL, &ours, &theirs));
    must(git_index_write(index));
    git_index_free(index);
}

void git_case_submodule(struct git_case *test, const char *path)
{
    git_index_entry entry = {.path = path, .mode = GIT_FILEMODE_COMMIT};
    must(git_reference_name_to_id(&entry.id, test->git, "HEAD"));
    add_entry(test, &entry);
}

static void stage_all(struct git_case *test)
{
    git_index *index;
    must(git_repository_index(&index, test->git));
    must(git_index_read(index, 0));
    must(git_index_add_all(index, NULL, GIT_INDEX_ADD_DEFAULT, NULL, NULL));
    must(git_index_update_all(index, NULL, NULL, NULL));
    must(git_index_write(index));
    git_index_free(index);
}

static git_tree *write_tree(struct git_case *test)
{
    git_oid id;
    git_tree *tree;
    git_index *index;
    must(git_repository_index(&index, test->git));
    must(git_index_read(index, 0));
    must(git_index_write_tree(&id, index));
    must(git_tree_lookup(&tree, test->git, &id));
    git_index_free(index);
    return tree;
}

static git_commit *head_of(struct git_case *test)
{
    git_oid id;
    git_commit *commit = NULL;
    if (git_reference_name_to_id(&id, test->git, "HEAD") == 0) {
        must(git_commit_lookup(&commit, test->git, &id));
    }
    return commit;
}

struct cp_commit git_case_commit(struct git_case *test, const char *message)
{
    stage_all(test);
    return git_case_commit_staged(test, message);
}

/* `other`: a second parent, or NULL. */
static struct cp_commit commit_staged(struct git_case *test, const char *message, git_commit *other)
{
    git_oid id;
    struct cp_commit result;
    git_signature *who;
    git_tree *tree = write_tree(test);
    git_commit *head = head_of(test);
    const git_commit *parents[] = {head, other};
    size_t count = !head ? 0 : other ? 2 : 1;
    must(git_signature_new(&who, test->author ? test->author : "Jon Reyes", "jon.reyes@example.org",
                           FIRST_COMMIT + (git_time_t)test->commits++ * DAY, 0));
    must(git_commit_create(&id, test->git, "HEAD", who, who, NULL, message, tree, count, parents));
    git_oid_tostr(result.id, sizeof result.id, &id);
    git_commit_free(head);
    git_tree_free(tree);
    git_signature_free(who);
    return result;
}

struct cp_commit git_case_commit_staged(struct git_case *test, const char *message)
{
    return commit_staged(test, message, NULL);
}

struct cp_commit git_case_merge(struct git_case *test, const char *message,
                                const struct cp_commit *other)
{
    git_oid id;
    git_commit *parent;
    must(git_oid_fromstr(&id, other->id));
    must(git_commit_lookup(&parent, test->git, &id));
    stage_all(test);
    struct cp_commit result = commit_staged(test, message, parent);
    git_commit_free(parent);
    return result;
}

void git_case_branch(struct git_case *test, const char *name, const struct cp_commit *at)
{
    git_oid id;
    git_commit *commit;
    git_reference *reference;
    must(git_oid_fromstr(&id, at->id));
    must(git_commit_lookup(&commit, test->git, &id));
    must(git_branch_create(&reference, test->git, name, commit, 1));
    git_reference_free(reference);
    git_commit_free(commit);
}

void git_case_switch(struct git_case *test, const char *name)
{
    char reference[128];
    snprintf(reference, sizeof reference, "refs/heads/%s", name);
    must(git_repository_set_head(test->git, reference));
}

void git_case_append_git_file(struct git_case *test, const char *name, const char *text)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    FILE *file = fopen(cp_path_join(&arena, git_repository_path(test->git), name), "ab");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
    cp_arena_release(&arena);
}

void git_case_lose(struct git_case *test, const char *id)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_str path =
        cp_arena_printf(&arena, "%sobjects/%.2s/%s", git_repository_path(test->git), id, id + 2);
    ck_assert_int_eq(unlink(path.at), 0);
    cp_arena_release(&arena);
}

struct cp_repository *git_case_open(const struct git_case *test, const char *folder)
{
    struct cp_arena arena;
    struct cp_error error = {""};
    struct cp_repository *repository;
    cp_arena_init(&arena);
    struct cp_repository_place place = {.here = path_of(&arena, test, folder)};
    enum cp_repository_state state = cp_repository_open(&repository, &place, &error);
    ck_assert_msg(state == CP_REPOSITORY_USABLE, "%s", error.text);
    cp_arena_release(&arena);
    return repository;
}
