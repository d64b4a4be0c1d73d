/* The history of files: one walk, newest first, through renames and merges. */
#include "git_case.h"
#include "suites.h"

#include <string.h>

static struct git_case test;
static struct cp_repository *repository;
static struct cp_past_of_repository state;
static struct cp_log walked;
static struct cp_error error;

static const char plan[] = "id: permits\nname: Permits\nsummary: one\ntier: 1\nphase: live\n";
static const char changed[] = "id: permits\nname: Permits\nsummary: two\ntier: 1\nphase: live\n";

static void setup(void)
{
    repository = NULL;
    walked = (struct cp_log){0};
    git_case_init(&test);
}

static void teardown(void)
{
    if (walked.files) {
        cp_log_release(&walked);
    }
    cp_repository_close(repository);
    git_case_release(&test);
}

static int load(const char *folder, const char *rev, const char *const *paths, size_t count)
{
    repository = git_case_open(&test, folder);
    state.repository = repository;
    ck_assert_int_eq(cp_repository_find_commit(&state.from, repository, rev, &error),
                     CP_COMMIT_FOUND);
    struct cp_past past = cp_past_of(&state);
    return past.log(&past, &walked, paths, count, &error);
}

/* "subject@path subject@path" of a file's versions; until the next call. */
static const char *versions_of(size_t file)
{
    static char text[1024];
    struct cp_buf out;
    cp_buf_init(&out);
    for (size_t i = 0; i < walked.files[file].versions.count; i++) {
        const struct cp_log_version *version = &walked.files[file].versions.items[i];
        cp_buf_printf(&out, "%s%.*s@%s", i > 0 ? " " : "", CP_ARG(version->commit->subject),
                      version->path);
    }
    cp_buf_puts(&out, "");
    snprintf(text, sizeof text, "%s", out.at);
    cp_buf_release(&out);
    return text;
}

static const char *history_of(const char *path)
{
    ck_assert_msg(load("", "HEAD", &path, 1) == 0, "%s", error.text);
    return versions_of(0);
}

START_TEST(test_only_commits_that_changed_it)
{
    git_case_write(&test, "plans/a.yaml", plan);
    git_case_write(&test, "plans/b.yaml", "id: b\n");
    git_case_commit(&test, "first");
    git_case_write(&test, "README", "text");
    git_case_commit(&test, "other");
    git_case_write(&test, "plans/b.yaml", "id: b\nname: B\n");
    git_case_commit(&test, "b");
    git_case_write(&test, "plans/a.yaml", changed);
    git_case_commit(&test, "a");
    const char *const paths[] = {"plans/b.yaml", "plans/none.yaml", "plans/a.yaml"};
    ck_assert_int_eq(load("", "HEAD", paths, 3), 0);
    ck_assert_str_eq(versions_of(0), "b@plans/b.yaml first@plans/b.yaml");
    ck_assert_str_eq(versions_of(1), "");
    ck_assert_str_eq(versions_of(2), "a@plans/a.yaml first@plans/a.yaml");
}
END_TEST

START_TEST(test_what_a_version_tells)
{
    struct cp_buf bytes;
    struct cp_buf day;
    git_case_write(&test, "a.yaml", plan);
    git_case_commit(&test, "first\n\nbody");
    git_case_write(&test, "a.yaml", changed);
    struct cp_commit second = git_case_commit(&test, "second");
    history_of("a.yaml");
    const struct cp_log_version *version = &walked.files[0].versions.items[0];
    ck_assert_str_eq(version->commit->commit.id, second.id);
    ck_assert_str_eq(version->commit->author.at, "Jon Reyes");
    ck_assert_str_eq(version[1].commit->subject.at, "first");
    ck_assert_uint_gt(version[1].commit->order, version->commit->order);
    struct cp_past past = cp_past_of(&state);
    cp_buf_init(&bytes);
    cp_buf_init(&day);
    cp_date_put(&day, version->commit->authored);
    ck_assert_str_eq(day.at, "2026-01-02");
    ck_assert_int_eq(past.load(&past, version + 1, 1000, &bytes, &error), 0);
    ck_assert_str_eq(bytes.at, plan);
    cp_buf_release(&bytes);
    cp_buf_release(&day);
}
END_TEST

START_TEST(test_renamed_with_the_same_bytes)
{
    git_case_write(&test, "plans/old.yaml", plan);
    git_case_write(&test, "plans/other.yaml", "id: other\n");
    git_case_commit(&test, "first");
    git_case_remove(&test, "plans/old.yaml");
    git_case_remove(&test, "plans/other.yaml");
    git_case_write(&test, "services/new.yaml", plan);
    git_case_commit(&test, "moved");
    git_case_write(&test, "services/new.yaml", changed);
    git_case_commit(&test, "second");
    ck_assert_str_eq(history_of("services/new.yaml"),
                     "second@services/new.yaml moved@services/new.yaml first@plans/old.yaml");
}
END_TEST

START_TEST(test_renamed_and_rewritten)
{
    git_case_write(&test, "old.yaml", plan);
    git_case_write(&test, "more.yaml", "id: more\n# nothing\n# in common\n");
    git_case_commit(&test, "first");
    git_case_remove(&test, "old.yaml");
    git_case_remove(&test, "more.yaml");
    git_case_write(&test, "same-id.yaml", "id: permits\nno: line\nbut: the\nid is: the same\n");
    git_case_write(&test, "nothing.yaml", "id: nothing\nlike: these\n");
    git_case_commit(&test, "second");
    const char *const paths[] = {"same-id.yaml", "nothing.yaml"};
    ck_assert_int_eq(load("", "HEAD", paths, 2), 0);
    ck_assert_str_eq(versions_of(0), "second@same-id.yaml first@old.yaml");
    ck_assert_str_eq(versions_of(1), "second@nothing.yaml");
}
END_TEST

START_TEST(test_renamed_with_another_id)
{
    git_case_write(&test, "old.yaml", plan);
    git_case_commit(&test, "first");
    git_case_remove(&test, "old.yaml");
    git_case_write(&test, "new.yaml", "id: new\nname: Permits\nsummary: one\ntier: 1\n");
    git_case_commit(&test, "second");
    ck_assert_str_eq(history_of("new.yaml"), "second@new.yaml first@old.yaml");
}
END_TEST

/* A branch from the first commit and one commit on main, with `plan` on main. */
static struct cp_commit branch_off(const char *text_on_branch)
{
    git_case_write(&test, "a.yaml", plan);
    struct cp_commit first = git_case_commit(&test, "first");
    git_case_branch(&test, "side", &first);
    git_case_switch(&test, "side");
    git_case_write(&test, "a.yaml", text_on_branch);
    git_case_write(&test, "side", "side");
    struct cp_commit side = git_case_commit(&test, "side");
    git_case_switch(&test, "main");
    git_case_remove(&test, "side");
    return side;
}

START_TEST(test_a_merge_that_takes_one_side_changes_nothing)
{
    struct cp_commit side = branch_off(changed);
    git_case_write(&test, "a.yaml", plan);
    git_case_write(&test, "main", "main");
    git_case_commit(&test, "main");
    git_case_write(&test, "a.yaml", changed);
    git_case_merge(&test, "merge", &side);
    ck_assert_str_eq(history_of("a.yaml"), "side@a.yaml first@a.yaml");
}
END_TEST

START_TEST(test_the_side_that_a_merge_drops_is_not_followed)
{
    struct cp_commit side = branch_off(changed);
    git_case_write(&test, "a.yaml", plan);
    git_case_write(&test, "main", "main");
    git_case_commit(&test, "main");
    git_case_merge(&test, "merge", &side);
    ck_assert_str_eq(history_of("a.yaml"), "first@a.yaml");
}
END_TEST

START_TEST(test_a_merge_that_differs_from_both_is_a_change)
{
    struct cp_commit side = branch_off(changed);
    git_case_write(&test, "a.yaml", "id: permits\nname: On main\n");
    git_case_commit(&test, "main");
    git_case_write(&test, "a.yaml", "id: permits\nname: Of both\n");
    git_case_merge(&test, "merge", &side);
    ck_assert_str_eq(history_of("a.yaml"), "merge@a.yaml main@a.yaml side@a.yaml first@a.yaml");
}
END_TEST

START_TEST(test_renamed_on_a_branch_and_changed_on_the_other)
{
    struct cp_commit side = branch_off(changed);
    git_case_remove(&test, "a.yaml");
    git_case_write(&test, "b.yaml", plan);
    git_case_commit(&test, "renamed");
    git_case_write(&test, "b.yaml", changed);
    git_case_merge(&test, "merge", &side);
    ck_assert_str_eq(history_of("b.yaml"), "merge@b.yaml renamed@b.yaml side@a.yaml first@a.yaml");
}
END_TEST

START_TEST(test_paths_are_those_of_the_working_directory)
{
    const char *const paths[] = {"../top.yaml", "new.yaml", "../../outside.yaml"};
    git_case_write(&test, "top.yaml", "id: top\n");
    git_case_write(&test, "old.yaml", plan);
    git_case_write(&test, "plans/keep", "");
    git_case_commit(&test, "first");
    git_case_remove(&test, "old.yaml");
    git_case_write(&test, "plans/new.yaml", plan);
    git_case_commit(&test, "second");
    ck_assert_int_eq(load("plans", "HEAD", paths, 3), 0);
    ck_assert_str_eq(versions_of(0), "first@../top.yaml");
    ck_assert_str_eq(versions_of(1), "second@new.yaml first@../old.yaml");
    ck_assert_str_eq(versions_of(2), "");
}
END_TEST

START_TEST(test_history_ends_at_the_revision)
{
    const char *path = "a.yaml";
    git_case_write(&test, path, plan);
    git_case_commit(&test, "first");
    git_case_write(&test, path, changed);
    git_case_commit(&test, "second");
    ck_assert_int_eq(load("", "HEAD~1", &path, 1), 0);
    ck_assert_str_eq(versions_of(0), "first@a.yaml");
}
END_TEST

START_TEST(test_a_shallow_clone_knows_nothing)
{
    const char *path = "a.yaml";
    git_case_write(&test, path, plan);
    struct cp_commit first = git_case_commit(&test, "first");
    git_case_append_git_file(&test, "shallow", first.id);
    git_case_append_git_file(&test, "shallow", "\n");
    ck_assert_int_eq(load("", "HEAD", &path, 1), -1);
    ck_assert_ptr_nonnull(strstr(error.text, "the history is not known"));
    ck_assert_ptr_nonnull(strstr(error.text, "depth 0"));
    ck_assert_str_eq(versions_of(0), "");
}
END_TEST

START_TEST(test_a_lost_commit_is_said)
{
    const char *path = "a.yaml";
    git_case_write(&test, path, plan);
    struct cp_commit first = git_case_commit(&test, "first");
    git_case_write(&test, path, changed);
    git_case_commit(&test, "second");
    git_case_lose(&test, first.id);
    ck_assert_int_eq(load("", "HEAD", &path, 1), -1);
    ck_assert_ptr_nonnull(strstr(error.text, first.id));
    ck_assert_str_eq(versions_of(0), "");
}
END_TEST

Suite *cp_suite_log(void)
{
    Suite *suite = suite_create("log");
    TCase *tests = tcase_create("log");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_only_commits_that_changed_it);
    tcase_add_test(tests, test_what_a_version_tells);
    tcase_add_test(tests, test_renamed_with_the_same_bytes);
    tcase_add_test(tests, test_renamed_and_rewritten);
    tcase_add_test(tests, test_renamed_with_another_id);
    tcase_add_test(tests, test_a_merge_that_takes_one_side_changes_nothing);
    tcase_add_test(tests, test_the_side_that_a_merge_drops_is_not_followed);
    tcase_add_test(tests, test_a_merge_that_differs_from_both_is_a_change);
    tcase_add_test(tests, test_renamed_on_a_branch_and_changed_on_the_other);
    tcase_add_test(tests, test_paths_are_those_of_the_working_directory);
    tcase_add_test(tests, test_history_ends_at_the_revision);
    tcase_add_test(tests, test_a_shallow_clone_knows_nothing);
    tcase_add_test(tests, test_a_lost_commit_is_said);
    suite_add_tcase(suite, tests);
    return suite;
}
