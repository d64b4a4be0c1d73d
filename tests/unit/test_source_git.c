/* Sources over the tree of a commit and over the index. */
#include "git_case.h"
#include "suites.h"

#include <stdlib.h>

static struct git_case test;
static struct cp_repository *repository;
static struct cp_source source;

static void setup(void)
{
    repository = NULL;
    source = (struct cp_source){0};
    git_case_init(&test);
}

static void teardown(void)
{
    cp_source_close(&source);
    cp_repository_close(repository);
    git_case_release(&test);
}

static void open_commit(const char *folder, const struct cp_commit *commit)
{
    struct cp_error error;
    repository = git_case_open(&test, folder);
    ck_assert_msg(cp_source_open_commit(&source, repository, commit, "v1", &error) == 0, "%s",
                  error.text);
}

static void open_index(const char *folder)
{
    struct cp_error error;
    repository = git_case_open(&test, folder);
    ck_assert_msg(cp_source_open_index(&source, repository, &error) == 0, "%s", error.text);
}

/* What stands in the file, or why it cannot be read; until the next call. */
static const char *text_of(const char *path)
{
    static char text[512];
    struct cp_buf bytes;
    struct cp_error error;
    cp_buf_init(&bytes);
    if (source.load(&source, path, 400, &bytes, &error) == 0) {
        snprintf(text, sizeof text, "%.*s", CP_ARG(cp_buf_str(&bytes)));
    } else {
        snprintf(text, sizeof text, "%.500s", error.text);
    }
    cp_buf_release(&bytes);
    return text;
}

static bool put_entry(void *context, const struct cp_entry *entry)
{
    static const char *const kinds[] = {"missing", "file", "folder", "other"};
    cp_buf_printf(context, "%s%s=%s", entry->name, entry->is_link ? "@" : "", kinds[entry->kind]);
    cp_buf_putc(context, ' ');
    return true;
}

/* The names in a folder with their kinds, or why it cannot be listed; until the next call. */
static const char *names_in(const char *folder)
{
    static char text[512];
    struct cp_buf out;
    struct cp_error error;
    cp_buf_init(&out);
    if (source.list(&source, folder, put_entry, &out, &error) != 0) {
        cp_buf_puts(&out, error.text);
    }
    snprintf(text, sizeof text, "%.*s", CP_ARG(cp_buf_str(&out)));
    cp_buf_release(&out);
    return text;
}

START_TEST(test_commit_reads_what_was_committed)
{
    git_case_write(&test, "plans/a.yaml", "old");
    struct cp_commit first = git_case_commit(&test, "first");
    git_case_write(&test, "plans/a.yaml", "new");
    git_case_write(&test, "plans/b.yaml", "new");
    git_case_commit(&test, "second");
    open_commit("", &first);
    ck_assert_str_eq(text_of("plans/a.yaml"), "old");
    ck_assert_str_eq(text_of("./plans//a.yaml"), "old");
    ck_assert_str_eq(text_of("plans/b.yaml"),
                     "cannot read plans/b.yaml at 'v1': there is no such file");
    ck_assert_str_eq(text_of("plans"), "cannot read plans at 'v1': it is a folder");
    ck_assert_str_eq(names_in("plans"), "a.yaml=file ");
    ck_assert_int_eq(source.kind(&source, "plans"), CP_PATH_FOLDER);
    ck_assert_int_eq(source.kind(&source, "plans/b.yaml"), CP_PATH_MISSING);
}
END_TEST

START_TEST(test_paths_are_those_of_the_working_directory)
{
    char absolute[300];
    git_case_write(&test, "docs/plans/a.yaml", "a");
    git_case_write(&test, "other.yaml", "other");
    struct cp_commit commit = git_case_commit(&test, "first");
    open_commit("docs/plans", &commit);
    ck_assert_str_eq(cp_repository_root(repository), test.folder);
    ck_assert_str_eq(cp_repository_prefix(repository), "docs/plans");
    snprintf(absolute, sizeof absolute, "%s/other.yaml", test.folder);
    ck_assert_str_eq(text_of("a.yaml"), "a");
    ck_assert_str_eq(text_of("../../other.yaml"), "other");
    ck_assert_str_eq(text_of(absolute), "other");
    ck_assert_str_eq(text_of("../../../../etc/passwd"),
                     "cannot read ../../../../etc/passwd at 'v1': it lies outside the repository");
    ck_assert_int_eq(source.kind(&source, "../../.."), CP_PATH_MISSING);
    ck_assert_int_eq(source.kind(&source, "/etc/passwd"), CP_PATH_MISSING);
    ck_assert_str_eq(names_in("../.."), "docs=folder other.yaml=file ");
}
END_TEST

START_TEST(test_links_stay_in_the_tree)
{
    git_case_write(&test, "plans/a.yaml", "a");
    git_case_link(&test, "good/name.yaml", "../plans/a.yaml");
    git_case_link(&test, "folder", "plans/../plans");
    git_case_link(&test, "out.yaml", "../../etc/passwd");
    git_case_link(&test, "absolute.yaml", "/etc/passwd");
    git_case_link(&test, "nowhere.yaml", "missing.yaml");
    git_case_link(&test, "self.yaml", "self.yaml");
    struct cp_commit commit = git_case_commit(&test, "first");
    open_commit("", &commit);
    ck_assert_str_eq(text_of("good/name.yaml"), "a");
    ck_assert_str_eq(text_of("folder/a.yaml"), "a");
    ck_assert_str_eq(text_of("out.yaml"),
                     "cannot read out.yaml at 'v1': a symbolic link leads out of the repository");
    ck_assert_str_eq(
        text_of("absolute.yaml"),
        "cannot read absolute.yaml at 'v1': a symbolic link leads out of the repository");
    ck_assert_int_eq(source.kind(&source, "self.yaml"), CP_PATH_OTHER);
    ck_assert_str_eq(names_in("."),
                     "absolute.yaml@=other folder@=folder good=folder nowhere.yaml@=other "
                     "out.yaml@=other plans=folder self.yaml@=other ");
    ck_assert(source.is_inside(&source, "good/name.yaml", "plans"));
    ck_assert(!source.is_inside(&source, "good/name.yaml", "good"));
    ck_assert(!source.is_inside(&source, "out.yaml", "."));
    ck_assert(source.is_inside(&source, "nowhere.yaml", "."));
}
END_TEST

START_TEST(test_index_is_what_would_be_committed)
{
    git_case_write(&test, "plans/a.yaml", "committed");
    git_case_write(&test, "plans/gone.yaml", "gone");
    git_case_commit(&test, "first");
    git_case_write(&test, "plans/a.yaml", "staged");
    git_case_stage(&test, "plans/a.yaml");
    git_case_write(&test, "plans/a.yaml", "not staged");
    git_case_write(&test, "plans/new.yaml", "not staged");
    git_case_remove(&test, "plans/gone.yaml");
    git_case_stage(&test, "plans/gone.yaml");
    open_index("");
    ck_assert_str_eq(text_of("plans/a.yaml"), "staged");
    ck_assert_str_eq(names_in("plans"), "a.yaml=file ");
    ck_assert_str_eq(names_in("."), "plans=folder ");
    ck_assert_str_eq(text_of("plans/new.yaml"),
                     "cannot read plans/new.yaml as staged: there is no such file");
}
END_TEST

START_TEST(test_index_without_a_commit)
{
    git_case_write(&test, "a.yaml", "a");
    git_case_stage(&test, "a.yaml");
    open_index("");
    ck_assert_str_eq(text_of("a.yaml"), "a");
}
END_TEST

START_TEST(test_index_lists_names_in_order)
{
    git_case_write(&test, "a/x", "1");
    git_case_write(&test, "a.b", "2");
    git_case_write(&test, "a-b/y", "3");
    git_case_write(&test, "a/z/w", "4");
    git_case_commit(&test, "first");
    open_index("");
    ck_assert_str_eq(names_in("."), "a=folder a-b=folder a.b=file ");
    ck_assert_str_eq(names_in("a"), "x=file z=folder ");
}
END_TEST

START_TEST(test_same_compares_what_is_there)
{
    git_case_write(&test, "a.yaml", "one\n");
    git_case_write(&test, "b.yaml", "one\n");
    struct cp_commit commit = git_case_commit(&test, "first");
    git_case_write(&test, "a.yaml", "two\n");
    git_case_stage(&test, "a.yaml");
    struct cp_source index;
    struct cp_error error;
    open_commit("", &commit);
    ck_assert_int_eq(cp_source_open_index(&index, repository, &error), 0);
    ck_assert(!cp_source_is_same(&source, &index, "a.yaml"));
    ck_assert(cp_source_is_same(&source, &index, "b.yaml"));
    ck_assert(cp_source_is_same(&source, &index, "c.yaml"));
    ck_assert(cp_source_is_same(&source, &index, "."));
    cp_source_close(&index);
    struct cp_overlay_file files[] = {{"a.yaml", CP_STR("one\r\n")}, {"b.yaml", CP_STR("one")}};
    struct cp_overlay overlay = {.files = files, .count = 2};
    struct cp_source texts = cp_source_overlay(&overlay);
    ck_assert(cp_source_is_same(&source, &texts, "a.yaml"));
    ck_assert(!cp_source_is_same(&source, &texts, "b.yaml"));
}
END_TEST

START_TEST(test_what_is_missing_is_said)
{
    char path[CP_OBJECT_TEXT];
    char expected[256];
    git_case_write(&test, "plans/a.yaml", "a");
    struct cp_commit commit = git_case_commit(&test, "first");
    open_commit("", &commit);
    ck_assert(source.name(&source, "plans/a.yaml", path));
    cp_source_close(&source);
    cp_repository_close(repository);
    git_case_lose(&test, path);
    open_commit("", &commit);
    snprintf(expected, sizeof expected,
             "cannot read plans/a.yaml at 'v1': its content, object %s, is missing from the "
             "repository; run git fsck",
             path);
    ck_assert_str_eq(text_of("plans/a.yaml"), expected);
}
END_TEST

START_TEST(test_revisions)
{
    struct cp_error error;
    struct cp_commit found;
    git_case_write(&test, "a.yaml", "1");
    struct cp_commit first = git_case_commit(&test, "first");
    git_case_write(&test, "a.yaml", "2");
    struct cp_commit second = git_case_commit(&test, "second");
    git_case_branch(&test, "release", &first);
    repository = git_case_open(&test, "");
    ck_assert_int_eq(cp_repository_find_commit(&found, repository, "HEAD~1", &error), 0);
    ck_assert_str_eq(found.id, first.id);
    ck_assert_int_eq(cp_repository_find_commit(&found, repository, "release", &error), 0);
    ck_assert_str_eq(found.id, first.id);
    ck_assert_int_eq(cp_repository_find_base(&found, repository, &first, &second, &error), 0);
    ck_assert_str_eq(found.id, first.id);
    ck_assert_int_eq(cp_repository_find_commit(&found, repository, "nothing", &error),
                     CP_COMMIT_NONE);
    ck_assert_str_eq(error.text, "there is no revision 'nothing' here; git branch -a, git tag and "
                                 "git log list what there is");
    ck_assert_int_eq(cp_repository_find_commit(&found, repository, "HEAD:a.yaml", &error),
                     CP_COMMIT_NONE);
    ck_assert_str_eq(error.text, "'HEAD:a.yaml' names a file, not a commit; write a branch, a tag "
                                 "or a commit");
    ck_assert_int_eq(cp_repository_find_commit(&found, repository, "a..b", &error), CP_COMMIT_NONE);
    ck_assert_str_eq(error.text, "'a..b' is a range; write one revision");
}
END_TEST

Suite *cp_suite_source_git(void)
{
    Suite *suite = suite_create("source_git");
    TCase *tests = tcase_create("git");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_commit_reads_what_was_committed);
    tcase_add_test(tests, test_paths_are_those_of_the_working_directory);
    tcase_add_test(tests, test_links_stay_in_the_tree);
    tcase_add_test(tests, test_index_is_what_would_be_committed);
    tcase_add_test(tests, test_index_without_a_commit);
    tcase_add_test(tests, test_index_lists_names_in_order);
    tcase_add_test(tests, test_same_compares_what_is_there);
    tcase_add_test(tests, test_what_is_missing_is_said);
    tcase_add_test(tests, test_revisions);
    suite_add_tcase(suite, tests);
    return suite;
}
