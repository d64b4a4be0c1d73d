/* Writing files whole, making folders, writing to streams that refuse. */
#include "suites.h"

#include <contplan/base.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];
static char path[160];
static struct cp_error error;

static const char *in_folder(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_folder(void)
{
    strcpy(folder, "/tmp/contplan-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    memset(&error, 0, sizeof error);
}

/* Removes the folder; fails where anything but files known to the test is left in it. */
static void remove_folder(void)
{
    const char *names[] = {"a/b/c", "a/b", "a", "new", "old", "link", "other", "pipe", "gone"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        remove(in_folder(names[i]));
    }
    ck_assert_msg(rmdir(folder) == 0, "something was left in %s", folder);
}

static void put_file(const char *name, const char *text, mode_t mode)
{
    FILE *file = fopen(in_folder(name), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    ck_assert_int_eq(chmod(path, mode), 0);
}

static void assert_file(const char *name, const char *text)
{
    char bytes[256] = {0};
    FILE *file = fopen(in_folder(name), "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fread(bytes, 1, sizeof bytes - 1, file), strlen(text));
    fclose(file);
    ck_assert_str_eq(bytes, text);
}

static struct stat look_at(const char *name)
{
    struct stat found;
    ck_assert_int_eq(lstat(in_folder(name), &found), 0);
    return found;
}

static void assert_error_ends(const char *reason)
{
    ck_assert_msg(cp_str_has_suffix(cp_str_of(error.text), reason), "%s", error.text);
}

START_TEST(new_files_get_the_umask)
{
    mode_t old = umask(027);
    ck_assert_int_eq(cp_file_write(in_folder("new"), CP_STR("one\n"), &error), 0);
    umask(old);
    assert_file("new", "one\n");
    ck_assert_uint_eq(look_at("new").st_mode & 0777, 0640);
}
END_TEST

START_TEST(existing_files_keep_their_mode)
{
    put_file("old", "one", 0604);
    ck_assert_int_eq(cp_file_write(in_folder("old"), CP_STR("two"), &error), 0);
    assert_file("old", "two");
    ck_assert_uint_eq(look_at("old").st_mode & 0777, 0604);
    ck_assert_int_eq(cp_file_write(in_folder("old"), cp_str_of(NULL), &error), 0);
    assert_file("old", "");
}
END_TEST

START_TEST(equal_files_are_not_touched)
{
    put_file("old", "same", 0644);
    ino_t before = look_at("old").st_ino;
    ck_assert_int_eq(cp_file_write(in_folder("old"), CP_STR("same"), &error), 0);
    ck_assert_uint_eq(look_at("old").st_ino, before);
    /* Another file: the first still holds its number when the second gets one. */
    ck_assert_int_eq(cp_file_write(in_folder("old"), CP_STR("sama"), &error), 0);
    ck_assert_uint_ne(look_at("old").st_ino, before);
    assert_file("old", "sama");
}
END_TEST

START_TEST(a_program_may_be_run_by_those_who_may_read_it)
{
    mode_t mask = umask(027);
    ck_assert_int_eq(cp_program_write(in_folder("new"), CP_STR("one"), &error), 0);
    umask(mask);
    ck_assert_uint_eq(look_at("new").st_mode & 0777, 0750);
    put_file("old", "one", 0640);
    ck_assert_int_eq(cp_program_write(in_folder("old"), CP_STR("one"), &error), 0);
    ck_assert_uint_eq(look_at("old").st_mode & 0777, 0750);
    put_file("old", "one", 0604);
    ck_assert_int_eq(cp_program_write(in_folder("old"), CP_STR("two"), &error), 0);
    ck_assert_uint_eq(look_at("old").st_mode & 0777, 0705);
    assert_file("old", "two");
}
END_TEST

START_TEST(large_files_are_compared_to_the_end)
{
    size_t size = 200 * 1000;
    char *bytes = cp_alloc(size);
    memset(bytes, 'x', size);
    ck_assert_int_eq(cp_file_write(in_folder("new"), (struct cp_str){bytes, size}, &error), 0);
    ino_t before = look_at("new").st_ino;
    ck_assert_int_eq(cp_file_write(in_folder("new"), (struct cp_str){bytes, size}, &error), 0);
    ck_assert_uint_eq(look_at("new").st_ino, before);
    bytes[size - 1] = 'y';
    ck_assert_int_eq(cp_file_write(in_folder("new"), (struct cp_str){bytes, size}, &error), 0);
    ck_assert_uint_ne(look_at("new").st_ino, before);
    free(bytes);
}
END_TEST

/* As somebody whom protection binds; the superuser writes anything. */
START_TEST(protected_files_stay)
{
    ck_assert_int_eq(chmod(folder, 0777), 0);
    put_file("old", "old", 0444);
    pid_t child = fork();
    if (child == 0) {
        bool is_bound = geteuid() != 0 || setuid(65534) == 0;
        int result = cp_file_write(in_folder("old"), CP_STR("new"), &error);
        _exit(is_bound && result == -1 && strstr(error.text, "Permission denied") ? 0 : 1);
    }
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    assert_file("old", "old");
}
END_TEST

START_TEST(what_others_wrote_meanwhile_stays)
{
    put_file("old", "one", 0644);
    ck_assert_int_eq(cp_file_replace(in_folder("old"), CP_STR("one"), CP_STR("two"), &error), 0);
    assert_file("old", "two");
    ck_assert_int_eq(cp_file_replace(in_folder("old"), CP_STR("one"), CP_STR("three"), &error), -1);
    ck_assert_ptr_nonnull(strstr(error.text, "meanwhile"));
    assert_file("old", "two");
    ck_assert_int_eq(cp_file_replace(in_folder("gone"), CP_STR("one"), CP_STR("two"), &error), -1);
    ck_assert_int_eq(access(in_folder("gone"), F_OK), -1);
}
END_TEST

START_TEST(links_stay_links)
{
    put_file("old", "one", 0644);
    ck_assert_int_eq(symlink("old", in_folder("other")), 0);
    char target[160];
    snprintf(target, sizeof target, "%s/other", folder);
    ck_assert_int_eq(symlink(target, in_folder("link")), 0);
    ck_assert_int_eq(cp_file_write(in_folder("link"), CP_STR("two"), &error), 0);
    ck_assert(S_ISLNK(look_at("link").st_mode));
    ck_assert(S_ISLNK(look_at("other").st_mode));
    ck_assert(S_ISREG(look_at("old").st_mode));
    assert_file("old", "two");
}
END_TEST

START_TEST(links_to_nothing_are_refused)
{
    ck_assert_int_eq(symlink("gone", in_folder("link")), 0);
    ck_assert_int_eq(cp_file_write(in_folder("link"), CP_STR("x"), &error), -1);
    assert_error_ends("/link': it is a symbolic link to something that does not exist");
    remove(in_folder("link"));
    ck_assert_int_eq(symlink("link", in_folder("link")), 0);
    ck_assert_int_eq(cp_file_write(in_folder("link"), CP_STR("x"), &error), -1);
    assert_error_ends("/link': Too many levels of symbolic links");
}
END_TEST

START_TEST(only_files_are_replaced)
{
    ck_assert_int_eq(mkdir(in_folder("a"), 0777), 0);
    ck_assert_int_eq(cp_file_write(in_folder("a"), CP_STR("x"), &error), -1);
    assert_error_ends("/a': it is a folder");
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0666), 0);
    ck_assert_int_eq(cp_file_write(in_folder("pipe"), CP_STR("x"), &error), -1);
    assert_error_ends("/pipe': it is not a regular file");
    ck_assert_int_eq(cp_file_write("/dev/null", CP_STR("x"), &error), -1);
    ck_assert_str_eq(error.text, "cannot write '/dev/null': it is not a regular file");
}
END_TEST

START_TEST(missing_folders_are_named)
{
    ck_assert_int_eq(cp_file_write(in_folder("gone/new"), CP_STR("x"), &error), -1);
    assert_error_ends("/gone/new': its folder does not exist");
    put_file("old", "x", 0644);
    ck_assert_int_eq(cp_file_write(in_folder("old/new"), CP_STR("x"), &error), -1);
    assert_error_ends("/old/new': Not a directory");
    ck_assert_int_eq(cp_file_write("", CP_STR("x"), &error), -1);
}
END_TEST

/* A limit on the size of files stands for the full disk: the old file stays and nothing is left. */
START_TEST(a_failed_write_leaves_the_old_file)
{
    put_file("old", "one", 0644);
    struct rlimit old_limit;
    ck_assert_int_eq(getrlimit(RLIMIT_FSIZE, &old_limit), 0);
    struct rlimit limit = {100, old_limit.rlim_max};
    void (*old_action)(int) = signal(SIGXFSZ, SIG_IGN);
    char bytes[500];
    memset(bytes, 'x', sizeof bytes);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int result = cp_file_write(in_folder("old"), (struct cp_str){bytes, sizeof bytes}, &error);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &old_limit), 0);
    signal(SIGXFSZ, old_action);
    ck_assert_int_eq(result, -1);
    assert_error_ends("/old': File too large");
    assert_file("old", "one");
}
END_TEST

START_TEST(names_in_errors_are_printable_and_short)
{
    ck_assert_int_eq(cp_file_write("/nowhere/\x1b[2J\n", CP_STR("x"), &error), -1);
    ck_assert_str_eq(error.text, "cannot write '/nowhere/<U+001B>[2J<U+000A>': its folder does not "
                                 "exist");
    char longest[2000] = "/nowhere/";
    for (size_t i = 9; i + 3 < sizeof longest; i += 3) {
        memcpy(longest + i, "/\xc3\xa9", 4);
    }
    ck_assert_int_eq(cp_file_write(longest, CP_STR("x"), &error), -1);
    assert_error_ends("/\xc3\xa9': its folder does not exist");
    ck_assert(cp_str_has_prefix(cp_str_of(error.text), "cannot write '\xe2\x80\xa6"));
    ck_assert_uint_lt(strlen(error.text), 300);
}
END_TEST

START_TEST(folders_are_made_with_those_above)
{
    ck_assert_int_eq(cp_folder_make(in_folder("a/b/c"), &error), 0);
    ck_assert(S_ISDIR(look_at("a/b/c").st_mode));
    ck_assert_int_eq(cp_folder_make(in_folder("a//b/"), &error), 0);
    ck_assert_int_eq(cp_folder_make("/", &error), 0);
    ck_assert_int_eq(cp_folder_make(".", &error), 0);
}
END_TEST

START_TEST(folders_do_not_replace_files)
{
    put_file("old", "x", 0644);
    ck_assert_int_eq(cp_folder_make(in_folder("old"), &error), -1);
    assert_error_ends("/old': a file of that name exists");
    ck_assert_int_eq(cp_folder_make(in_folder("old/a"), &error), -1);
    assert_error_ends("/old': a file of that name exists");
    ck_assert_int_eq(cp_folder_make("", &error), -1);
    ck_assert_str_eq(error.text, "cannot make folder '': it has no name");
}
END_TEST

START_TEST(streams_take_all_bytes)
{
    FILE *stream = fopen(in_folder("new"), "w");
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(cp_stream_write(stream, "it", CP_STR("a\0b"), &error), 0);
    ck_assert_int_eq(cp_stream_write(stream, "it", cp_str_of(NULL), &error), 0);
    ck_assert_uint_eq((size_t)look_at("new").st_size, 3);
    fclose(stream);
}
END_TEST

START_TEST(full_disks_are_reported)
{
    FILE *stream = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(stream);
    ck_assert_int_eq(cp_stream_write(stream, "standard output", CP_STR("x"), &error), -1);
    ck_assert_str_eq(error.text, "cannot write standard output: No space left on device");
    fclose(stream);
}
END_TEST

START_TEST(closed_pipes_are_reported)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    close(ends[0]);
    void (*old_action)(int) = signal(SIGPIPE, SIG_IGN);
    FILE *stream = fdopen(ends[1], "w");
    ck_assert_ptr_nonnull(stream);
    int result = cp_stream_write(stream, "standard output", CP_STR("x"), &error);
    fclose(stream);
    signal(SIGPIPE, old_action);
    ck_assert_int_eq(result, -1);
    ck_assert_str_eq(error.text, "cannot write standard output: its reader has closed the pipe");
}
END_TEST

static void put_blocks(struct cp_buf *out, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        cp_buf_repeat(out, 'x', 1000);
        cp_buf_pass(out);
    }
}

START_TEST(long_answers_leave_while_they_grow)
{
    struct cp_outlet outlet = {.stream = fopen(in_folder("new"), "w"), .name = "it"};
    struct cp_buf out;
    ck_assert_ptr_nonnull(outlet.stream);
    cp_buf_init(&out);
    out.outlet = &outlet;
    put_blocks(&out, 10);
    ck_assert_uint_eq(out.len, 10 * 1000);
    ck_assert_uint_eq((size_t)look_at("new").st_size, 0);
    put_blocks(&out, 990);
    ck_assert_uint_lt(out.capacity, 200 * 1000);
    ck_assert_uint_gt((size_t)look_at("new").st_size, 800 * 1000);
    ck_assert_int_eq(cp_buf_finish(&out, &error), 0);
    ck_assert_uint_eq((size_t)look_at("new").st_size, 1000 * 1000);
    cp_buf_release(&out);
    fclose(outlet.stream);
}
END_TEST

START_TEST(a_buffer_without_an_outlet_keeps_everything)
{
    struct cp_buf out;
    cp_buf_init(&out);
    put_blocks(&out, 100);
    ck_assert_uint_eq(out.len, 100 * 1000);
    cp_buf_release(&out);
}
END_TEST

/* Also where the disk has room again in the end. */
START_TEST(what_failed_on_the_way_is_reported_in_the_end)
{
    struct cp_outlet outlet = {.stream = fopen("/dev/full", "w"), .name = "standard output"};
    struct cp_buf out;
    ck_assert_ptr_nonnull(outlet.stream);
    cp_buf_init(&out);
    out.outlet = &outlet;
    put_blocks(&out, 100);
    ck_assert(outlet.has_failed);
    fclose(outlet.stream);
    outlet.stream = fopen(in_folder("new"), "w");
    ck_assert_ptr_nonnull(outlet.stream);
    put_blocks(&out, 100);
    ck_assert_int_eq(cp_buf_finish(&out, &error), -1);
    ck_assert_str_eq(error.text, "cannot write standard output: No space left on device");
    ck_assert_uint_eq((size_t)look_at("new").st_size, 0);
    cp_buf_release(&out);
    fclose(outlet.stream);
}
END_TEST

Suite *cp_suite_base_file(void)
{
    Suite *suite = suite_create("base_file");
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_test(tests, new_files_get_the_umask);
    tcase_add_test(tests, existing_files_keep_their_mode);
    tcase_add_test(tests, equal_files_are_not_touched);
    tcase_add_test(tests, a_program_may_be_run_by_those_who_may_read_it);
    tcase_add_test(tests, large_files_are_compared_to_the_end);
    tcase_add_test(tests, protected_files_stay);
    tcase_add_test(tests, what_others_wrote_meanwhile_stays);
    tcase_add_test(tests, links_stay_links);
    tcase_add_test(tests, links_to_nothing_are_refused);
    tcase_add_test(tests, only_files_are_replaced);
    tcase_add_test(tests, missing_folders_are_named);
    tcase_add_test(tests, a_failed_write_leaves_the_old_file);
    tcase_add_test(tests, names_in_errors_are_printable_and_short);
    tcase_add_test(tests, folders_are_made_with_those_above);
    tcase_add_test(tests, folders_do_not_replace_files);
    tcase_add_test(tests, streams_take_all_bytes);
    tcase_add_test(tests, full_disks_are_reported);
    tcase_add_test(tests, closed_pipes_are_reported);
    tcase_add_test(tests, long_answers_leave_while_they_grow);
    tcase_add_test(tests, a_buffer_without_an_outlet_keeps_everything);
    tcase_add_test(tests, what_failed_on_the_way_is_reported_in_the_end);
    suite_add_tcase(suite, tests);
    return suite;
}
