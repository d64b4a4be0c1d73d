/* Repositories that are odd, hostile, or somebody else's. */
#define _DEFAULT_SOURCE /* lchown() */

#include "git_case.h"
#include "suites.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct git_case test;
static struct cp_repository *repository;
static struct cp_source source;
static struct cp_error error;

static void setup(void)
{
    repository = NULL;
    source = (struct cp_source){0};
    error = (struct cp_error){""};
    git_case_init(&test);
}

static void teardown(void)
{
    cp_source_close(&source);
    cp_repository_close(repository);
    git_case_release(&test);
}

static enum cp_repository_state open_at(const char *folder)
{
    char here[300];
    snprintf(here, sizeof here, "%s/%s", test.folder, folder);
    struct cp_repository_place place = {.here = here};
    return cp_repository_open(&repository, &place, &error);
}

/* What `git` prints is of no matter; whether it could do it is. */
static bool run(const char *format, const char *argument)
{
    char command[600];
    snprintf(command, sizeof command, format, test.folder, argument);
    return system(command) == 0; /* NOLINT(cert-env33-c) */
}

/* ---- whose it is ----------------------------------------------------------------------------- */

START_TEST(test_of_somebody_else)
{
    char expected[700];
    git_case_write(&test, "sub/a", "a");
    if (geteuid() != 0) {
        return; /* nobody can give a folder away */
    }
    ck_assert(run("chown -R 12345 '%s'%s", ""));
    ck_assert_int_eq(open_at("sub"), CP_REPOSITORY_UNUSABLE);
    snprintf(expected, sizeof expected,
             "the git repository in %s belongs to somebody else, so it is not read; if you trust "
             "it, run git config --global --add safe.directory %s",
             test.folder, test.folder);
    ck_assert_str_eq(error.text, expected);
    ck_assert_ptr_null(repository);
}
END_TEST

START_TEST(test_names_for_a_shell)
{
    char folder[320];
    if (geteuid() != 0) {
        return;
    }
    git_case_write(&test, "it's; here/.git/HEAD", "ref: refs/heads/main\n");
    git_case_write(&test, "it's; here/.git/objects/x", "");
    git_case_write(&test, "it's; here/.git/refs/x", "");
    ck_assert(run("chown -R 12345 '%s'%s", ""));
    ck_assert_int_eq(open_at("it's; here"), CP_REPOSITORY_UNUSABLE);
    snprintf(folder, sizeof folder, "safe.directory '%s/it'\\''s; here'", test.folder);
    ck_assert_ptr_nonnull(strstr(error.text, folder));
}
END_TEST

/* ---- which work tree ------------------------------------------------------------------------- */

START_TEST(test_main_repository_is_bare_by_its_own_settings)
{
    git_case_write(&test, "a.yaml", "a");
    struct cp_commit commit = git_case_commit(&test, "first");
    git_case_append_git_file(&test, "config",
                             "[core]\n\trepositoryformatversion = 1\n"
                             "[extensions]\n\tworktreeConfig = true\n");
    git_case_append_git_file(&test, "config.worktree", "[core]\n\tbare = true\n");
    ck_assert_int_eq(open_at("."), CP_REPOSITORY_USABLE);
    ck_assert_ptr_null(cp_repository_root(repository));
    ck_assert_int_eq(cp_source_open_commit(&source, repository, &commit, "v1", &error), 0);
    ck_assert_int_eq(source.kind(&source, "a.yaml"), CP_PATH_FILE);
}
END_TEST

START_TEST(test_work_tree_is_elsewhere_by_its_own_settings)
{
    git_case_append_git_file(&test, "config",
                             "[core]\n\trepositoryformatversion = 1\n"
                             "[extensions]\n\tworktreeConfig = true\n");
    git_case_append_git_file(&test, "config.worktree", "[core]\n\tworktree = /etc\n");
    ck_assert_int_eq(open_at("."), CP_REPOSITORY_UNUSABLE);
    ck_assert_ptr_nonnull(strstr(error.text, "set GIT_DIR to it if you mean it"));
}
END_TEST

START_TEST(test_inside_the_git_folder)
{
    git_case_write(&test, "a.yaml", "a");
    struct cp_commit commit = git_case_commit(&test, "first");
    ck_assert_int_eq(open_at(".git/refs"), CP_REPOSITORY_USABLE);
    ck_assert_ptr_null(cp_repository_root(repository));
    ck_assert_int_eq(cp_source_open_commit(&source, repository, &commit, "v1", &error), 0);
    ck_assert_int_eq(source.kind(&source, "a.yaml"), CP_PATH_FILE);
}
END_TEST

START_TEST(test_real_sha256)
{
    if (run("git init -q --object-format=sha256 '%s/%s' 2>/dev/null", "sub")) {
        ck_assert_int_eq(open_at("sub"), CP_REPOSITORY_UNUSABLE);
        ck_assert_ptr_nonnull(strstr(error.text, "names its objects by SHA-256"));
    }
}
END_TEST

START_TEST(test_real_reftable)
{
    if (run("git init -q --ref-format=reftable '%s/%s' 2>/dev/null", "sub")) {
        ck_assert_int_eq(open_at("sub"), CP_REPOSITORY_UNUSABLE);
        ck_assert_ptr_nonnull(strstr(error.text, "keeps its branches in a reftable"));
    }
}
END_TEST

/* ---- hostile objects ------------------------------------------------------------------------- */

/* A tree as it is written, which libgit2's own builder would refuse; a commit of it. */
static struct cp_commit commit_tree(struct cp_str bytes)
{
    git_oid id;
    git_odb *odb;
    git_tree *tree;
    git_signature *who;
    struct cp_commit commit;
    ck_assert_int_eq(git_repository_odb(&odb, test.git), 0);
    ck_assert_int_eq(git_odb_write(&id, odb, bytes.at, bytes.len, GIT_OBJECT_TREE), 0);
    ck_assert_int_eq(git_tree_lookup(&tree, test.git, &id), 0);
    ck_assert_int_eq(git_signature_new(&who, "Jon", "jon@example.org", 0, 0), 0);
    ck_assert_int_eq(git_commit_create(&id, test.git, NULL, who, who, NULL, "x", tree, 0, NULL), 0);
    git_oid_tostr(commit.id, sizeof commit.id, &id);
    git_signature_free(who);
    git_tree_free(tree);
    git_odb_free(odb);
    return commit;
}

static void put_tree_entry(struct cp_buf *out, const char *mode, const char *name,
                           const git_oid *id)
{
    cp_buf_printf(out, "%s %s", mode, name);
    cp_buf_putc(out, '\0');
    cp_buf_put(out, (struct cp_str){(const char *)id->id, GIT_OID_RAWSZ});
}

static bool put_name(void *context, const struct cp_entry *entry)
{
    cp_buf_printf(context, "%s ", entry->name);
    return true;
}

START_TEST(test_names_that_no_folder_holds)
{
    git_oid blob;
    struct cp_buf tree;
    struct cp_buf names;
    ck_assert_int_eq(git_blob_create_from_buffer(&blob, test.git, "text", 4), 0);
    cp_buf_init(&tree);
    cp_buf_init(&names);
    put_tree_entry(&tree, "100644", ".", &blob);
    put_tree_entry(&tree, "100644", "..", &blob);
    put_tree_entry(&tree, "100644", "../../etc/passwd", &blob);
    put_tree_entry(&tree, "100644", "a\033[2J.yaml", &blob);
    struct cp_commit commit = commit_tree(cp_buf_str(&tree));
    repository = git_case_open(&test, "");
    ck_assert_int_eq(cp_source_open_commit(&source, repository, &commit, "v1", &error), 0);
    ck_assert_int_eq(source.list(&source, ".", put_name, &names, &error), 0);
    ck_assert_str_eq(names.at, "a\033[2J.yaml ");
    ck_assert_int_eq(source.kind(&source, "../../etc/passwd"), CP_PATH_MISSING);
    ck_assert_int_eq(source.kind(&source, ".."), CP_PATH_MISSING);
    cp_buf_release(&names);
    cp_buf_release(&tree);
}
END_TEST

/* Where the index of a pack says that its only object is: behind the header and the fan-out, the
 * name and its checksum. */
enum { OFFSET_OF_ONLY_OBJECT = 8 + 256 * 4 + 20 + 4 };

START_TEST(test_index_that_leads_out_of_its_pack)
{
    struct cp_arena arena;
    git_oid blob;
    git_packbuilder *packs;
    cp_arena_init(&arena);
    ck_assert_int_eq(git_blob_create_from_buffer(&blob, test.git, "text", 4), 0);
    ck_assert_int_eq(git_packbuilder_new(&packs, test.git), 0);
    ck_assert_int_eq(git_packbuilder_insert(packs, &blob, "a"), 0);
    ck_assert_int_eq(git_packbuilder_write(packs, NULL, 0600, NULL, NULL), 0);
    ck_assert_int_eq(open_at("."), CP_REPOSITORY_USABLE);
    cp_repository_close(repository);
    struct cp_str name =
        cp_arena_printf(&arena, "%sobjects/pack/pack-%s.idx", git_repository_path(test.git),
                        git_oid_tostr_s(git_packbuilder_hash(packs)));
    FILE *file = fopen(name.at, "r+b");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, OFFSET_OF_ONLY_OBJECT, SEEK_SET), 0);
    ck_assert_int_eq(fputc(0x10, file), 0x10);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(open_at("."), CP_REPOSITORY_UNUSABLE);
    ck_assert_ptr_nonnull(strstr(error.text, ".idx leads to places that its pack does not have"));
    git_packbuilder_free(packs);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(test_gitfile_that_leads_to_itself)
{
    git_case_write(&test, "sub/.git", "gitdir: .git\n");
    ck_assert_int_ne(open_at("sub"), CP_REPOSITORY_USABLE);
    git_case_write(&test, "deep/.git", "gitdir: /etc\n");
    ck_assert_int_ne(open_at("deep"), CP_REPOSITORY_USABLE);
    ck_assert_ptr_null(repository);
}
END_TEST

/* ---- many threads ---------------------------------------------------------------------------- */

enum { FILES = 40, THREADS = 4 };

static void *read_all(void *context)
{
    size_t *good = context;
    for (unsigned i = 0; i < FILES; i++) {
        char path[32];
        char text[32];
        struct cp_buf bytes;
        struct cp_error ignored;
        cp_buf_init(&bytes);
        snprintf(path, sizeof path, "plans/%u.yaml", i);
        snprintf(text, sizeof text, "text %u", i);
        *good += source.load(&source, path, 100, &bytes, &ignored) == 0 &&
                 cp_str_is(cp_buf_str(&bytes), text);
        cp_buf_release(&bytes);
    }
    return NULL;
}

START_TEST(test_many_threads)
{
    pthread_t threads[THREADS];
    size_t good[THREADS] = {0};
    for (unsigned i = 0; i < FILES; i++) {
        char path[32];
        char text[32];
        snprintf(path, sizeof path, "plans/%u.yaml", i);
        snprintf(text, sizeof text, "text %u", i);
        git_case_write(&test, path, text);
    }
    struct cp_commit commit = git_case_commit(&test, "first");
    repository = git_case_open(&test, "");
    ck_assert_int_eq(cp_source_open_commit(&source, repository, &commit, "v1", &error), 0);
    for (size_t i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_all, &good[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_uint_eq(good[i], FILES);
    }
}
END_TEST

Suite *cp_suite_repository(void)
{
    Suite *suite = suite_create("repository");
    TCase *tests = tcase_create("odd");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_of_somebody_else);
    tcase_add_test(tests, test_names_for_a_shell);
    tcase_add_test(tests, test_main_repository_is_bare_by_its_own_settings);
    tcase_add_test(tests, test_work_tree_is_elsewhere_by_its_own_settings);
    tcase_add_test(tests, test_inside_the_git_folder);
    tcase_add_test(tests, test_real_sha256);
    tcase_add_test(tests, test_real_reftable);
    tcase_add_test(tests, test_names_that_no_folder_holds);
    tcase_add_test(tests, test_index_that_leads_out_of_its_pack);
    tcase_add_test(tests, test_gitfile_that_leads_to_itself);
    tcase_add_test(tests, test_many_threads);
    suite_add_tcase(suite, tests);
    return suite;
}
