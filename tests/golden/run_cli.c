/*
 * The program as a user runs it: each folder of tests/golden/cli and tests/golden/git holds `cmd`
 * (a shell script, run in a folder of its own with the program on the path) and what it must print:
 * `out`, `err` and `status`, the first two absent where nothing is printed. The folder is empty, or
 * the repository that a file `repo` tells (repo.h). CONTPLAN_UPDATE_GOLDEN=1 rewrites what is
 * expected.
 */
#define _DEFAULT_SOURCE /* mkdtemp() */

#include "repo.h"
#include "suites.h"

#include <contplan/base.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_CASES = 256, MAX_PATH = 4096 };

static char cases[MAX_CASES][300];
static int case_count;

static const char cases_folder[] = CONTPLAN_SOURCE_DIR "/tests/golden";

static void slurp(struct cp_buf *out, const char *path)
{
    char block[4096];
    size_t got;
    FILE *file = fopen(path, "rb");
    cp_buf_init(out);
    while (file && (got = fread(block, 1, sizeof block, file)) > 0) {
        cp_buf_put(out, (struct cp_str){block, got});
    }
    if (file) {
        fclose(file);
    }
}

/* In the child: the script, its streams to files beside the working folder. */
static void run_script(const char *name, const char *folder)
{
    char script[MAX_PATH];
    char path[MAX_PATH];
    snprintf(script, sizeof script, "%s/%s/cmd", cases_folder, name);
    snprintf(path, sizeof path, "%s/bin:/usr/bin:/bin", folder);
    setenv("PATH", path, 1);
    setenv("LC_ALL", "C", 1);
    setenv("TZ", "UTC", 1);
    setenv("SOURCE", CONTPLAN_SOURCE_DIR, 1);
    setenv("HOME", folder, 1);
    unsetenv("NO_COLOR");
    unsetenv("COLUMNS");
    unsetenv("GITHUB_ACTIONS");
    snprintf(path, sizeof path, "%s/out", folder);
    if (!freopen(path, "wb", stdout)) {
        _exit(126);
    }
    snprintf(path, sizeof path, "%s/err", folder);
    if (!freopen(path, "wb", stderr) || !freopen("/dev/null", "rb", stdin)) {
        _exit(126);
    }
    snprintf(path, sizeof path, "%s/work", folder);
    if (chdir(path) != 0) {
        _exit(126);
    }
    execl("/bin/sh", "sh", script, (char *)NULL);
    _exit(127);
}

static void make_folder(const char *folder)
{
    char path[MAX_PATH];
    snprintf(path, sizeof path, "%s/bin", folder);
    ck_assert_int_eq(mkdir(path, 0755), 0);
    snprintf(path, sizeof path, "%s/bin/contplan", folder);
    ck_assert_int_eq(symlink(CONTPLAN_PROGRAM, path), 0);
    snprintf(path, sizeof path, "%s/work", folder);
    ck_assert_int_eq(mkdir(path, 0755), 0);
}

static void make_repository(const char *name, const char *folder)
{
    char path[MAX_PATH];
    char work[MAX_PATH];
    struct cp_buf script;
    snprintf(path, sizeof path, "%s/%s/repo", cases_folder, name);
    snprintf(work, sizeof work, "%s/work", folder);
    slurp(&script, path);
    if (script.len > 0) {
        repo_build(cp_buf_str(&script), work);
    }
    cp_buf_release(&script);
}

static void remove_folder(const char *folder)
{
    char command[MAX_PATH];
    snprintf(command, sizeof command, "chmod -R u+rwX '%s'; rm -rf '%s'", folder, folder);
    ck_assert_int_eq(system(command), 0);
}

static void compare(const char *name, const char *what, struct cp_str got)
{
    char path[MAX_PATH];
    struct cp_buf expected;
    snprintf(path, sizeof path, "%s/%s/%s", cases_folder, name, what);
    if (getenv("CONTPLAN_UPDATE_GOLDEN") && !getenv("CI")) {
        struct cp_error error;
        if (got.len == 0) {
            unlink(path);
        } else {
            ck_assert_msg(cp_file_write(path, got, &error) == 0, "%s", error.text);
        }
        return;
    }
    slurp(&expected, path);
    ck_assert_msg(cp_str_is_equal(cp_buf_str(&expected), got),
                  "%s: '%s' is not what was expected\n--- expected\n%.*s\n--- got\n%.*s", name,
                  what, CP_ARG(cp_buf_str(&expected)), CP_ARG(got));
    cp_buf_release(&expected);
}

/* With another name for the folder of the case, whose own is new each time. */
static void put_without_folder(struct cp_buf *out, struct cp_str text, const char *folder)
{
    size_t at;
    while ((at = cp_str_find(text, cp_str_of(folder))) != SIZE_MAX) {
        cp_buf_put(out, cp_str_slice(text, 0, at));
        cp_buf_puts(out, "/case");
        text = cp_str_slice(text, at + strlen(folder), SIZE_MAX);
    }
    cp_buf_put(out, text);
}

static void compare_file(const char *name, const char *what, const char *folder)
{
    char path[MAX_PATH];
    struct cp_buf got;
    struct cp_buf shown;
    snprintf(path, sizeof path, "%s/%s", folder, what);
    slurp(&got, path);
    cp_buf_init(&shown);
    put_without_folder(&shown, cp_buf_str(&got), folder);
    compare(name, what, cp_buf_str(&shown));
    cp_buf_release(&shown);
    cp_buf_release(&got);
}

START_TEST(test_case)
{
    const char *name = cases[_i];
    char folder[] = "/tmp/contplan-cli-XXXXXX";
    char text[16];
    int status = 0;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    make_folder(folder);
    make_repository(name, folder);
    pid_t child = fork();
    if (child == 0) {
        run_script(name, folder);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    int len = snprintf(text, sizeof text, "%d\n",
                       WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    compare_file(name, "out", folder);
    compare_file(name, "err", folder);
    compare(name, "status", (struct cp_str){text, (size_t)len});
    remove_folder(folder);
}
END_TEST

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void list_folder(const char *name)
{
    char path[MAX_PATH];
    struct dirent *entry;
    snprintf(path, sizeof path, "%s/%s", cases_folder, name);
    DIR *folder = opendir(path);
    while (folder && (entry = readdir(folder)) && case_count < MAX_CASES) {
        if (entry->d_name[0] != '.') {
            snprintf(cases[case_count++], sizeof cases[0], "%s/%s", name, entry->d_name);
        }
    }
    if (folder) {
        closedir(folder);
    }
}

static void list_cases(void)
{
    list_folder("cli");
    list_folder("git");
    qsort(cases, (size_t)case_count, sizeof cases[0], by_name);
}

Suite *cp_golden_cli(void)
{
    Suite *suite = suite_create("cli");
    TCase *tests = tcase_create("cases");
    list_cases();
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_case, 0, case_count);
    suite_add_tcase(suite, tests);
    return suite;
}
