/* What may be typed next: from the tables, and nothing that a shell would expand. */
#include "suites.h"

#include <contplan/commands.h>

#include <string.h>

static struct cp_buf out;

static void setup(void)
{
    cp_buf_init(&out);
}

static void teardown(void)
{
    cp_buf_release(&out);
}

/* The answer for words that stand in one text with blanks between them, the last one behind the
 * last blank. */
static const char *ask(const char *line)
{
    static char text[256];
    const char *words[16];
    size_t count = 0;
    snprintf(text, sizeof text, "%s", line);
    for (char *at = text; at && count < sizeof words / sizeof words[0];) {
        char *blank = strchr(at, ' ');
        words[count++] = at;
        at = blank ? blank + 1 : NULL;
        if (blank) {
            *blank = '\0';
        }
    }
    out.len = 0;
    struct cp_error error;
    ck_assert_int_eq(cp_candidates_put(&out, words, count, &error), 0);
    return cp_buf_str(&out).len > 0 ? out.at : "";
}

START_TEST(test_no_words_have_no_candidates)
{
    ck_assert_int_eq(cp_candidates_put(&out, NULL, 0, NULL), 0);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

START_TEST(test_every_command_and_option_is_one)
{
    const struct cp_command *const *commands;
    size_t count = cp_commands(&commands);
    for (size_t i = 0; i < count; i++) {
        char line[128];
        ck_assert_msg(strstr(ask(""), commands[i]->name), "%s", commands[i]->name);
        snprintf(line, sizeof line, "%s --", commands[i]->name);
        for (size_t j = 0; j < commands[i]->option_count; j++) {
            ck_assert_msg(strstr(ask(line), commands[i]->options[j].name), "%s %s",
                          commands[i]->name, commands[i]->options[j].name);
        }
        ck_assert(strstr(ask(line), "--config\t"));
    }
}
END_TEST

/* What only the user knows. */
static bool is_free(enum cp_option_id id)
{
    static const enum cp_option_id ids[] = {
        CP_OPTION_TODAY, CP_OPTION_JOBS,  CP_OPTION_FROM,  CP_OPTION_UNTIL,    CP_OPTION_BY,
        CP_OPTION_AT,    CP_OPTION_FIELD, CP_OPTION_DEPTH, CP_OPTION_SCENARIO, CP_OPTION_ABSENT};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static void check_values(const char *command, const struct cp_option *option)
{
    char line[128];
    snprintf(line, sizeof line, "-C plans/example %s %s ", command, option->name);
    if (option->argument && !is_free(option->id)) {
        ck_assert_msg(*ask(line), "no values: %s", line);
    }
    snprintf(line, sizeof line, "%s %s=", command, option->name);
    if (option->words) {
        ck_assert_msg(strstr(ask(line), option->words[0]), "no words: %s", line);
    }
}

/* A new option that takes a value is either known here or named above. */
START_TEST(test_options_have_values)
{
    const struct cp_command *const *commands;
    const struct cp_option *globals;
    size_t count = cp_commands(&commands);
    size_t global_count = cp_global_options(&globals);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < commands[i]->option_count; j++) {
            check_values(commands[i]->name, &commands[i]->options[j]);
        }
    }
    for (size_t i = 0; i < global_count; i++) {
        check_values("list", &globals[i]);
    }
}
END_TEST

START_TEST(test_operands_are_those_of_the_table)
{
    ck_assert_str_eq(ask("hook "), "install\nrun\nuninstall\n");
    ck_assert_str_eq(ask("hook run "), "");
    ck_assert_str_eq(ask("schema "), "plan\nportfolio\n");
    ck_assert_str_eq(ask("schema plan "), "");
    ck_assert_str_eq(ask("new "), "exercise\n");
    ck_assert_str_eq(ask("new other "), "");
    ck_assert_str_eq(ask("init "), ":folders\n");
    ck_assert_str_eq(ask("rules "), "");
    ck_assert_str_eq(ask("validate a b "), ":files\n");
    ck_assert_str_eq(ask("validate -- --fo"), ":files\n");
    ck_assert_str_eq(ask("explain CP301 rto-ex"),
                     "rto-exceeds-mtpd\tRTO and WRT together are longer than the MTPD\n");
    ck_assert_str_eq(ask("diff a b "), ":files\n");
    ck_assert_str_eq(ask("nonsense v"), ask("v"));
}
END_TEST

START_TEST(test_what_stands_before_stays)
{
    ck_assert_str_eq(ask("validate --select CP3,CP30"), ask("validate --select CP3,CP30"));
    ck_assert(strstr(ask("validate --select CP3,CP301"), "CP3,CP301\trto-exceeds-mtpd\n"));
    ck_assert_str_eq(ask("validate --severity CP301="),
                     "CP301=error\nCP301=warning\nCP301=info\nCP301=off\n");
    ck_assert_str_eq(ask("validate --severity=CP301=o"), "--severity=CP301=off\n");
    ck_assert_str_eq(ask("validate --select $(x),CP301"), "");
    ck_assert_str_eq(ask("validate --format json:pl"), ":files-behind-colon\n");
    ck_assert_str_eq(ask("validate --format=sarif:"), ":files-behind-colon\n");
    ck_assert_str_eq(ask("validate --format nonsense:pl"), "");
    ck_assert_str_eq(ask("validate --select 'CP3,CP301"), "");
}
END_TEST

START_TEST(test_plans_are_those_of_the_portfolio)
{
    ck_assert_str_eq(ask("-C plans/example approve docu"), "documents\n:files\n");
    ck_assert_str_eq(ask("-C plans/nowhere approve docu"), "");
    ck_assert_str_eq(ask("approve docu --config plans/example/contplan.yaml per"), "");
    ck_assert_str_eq(ask("-C plans/example simulate --scenario north-l"), "north-lost\n");
    ck_assert_str_eq(ask("-C plans/example simulate --absent=anton-silva,ar"),
                     "--absent=anton-silva,arjun-dasgupta\n");
}
END_TEST

Suite *cp_suite_candidates(void)
{
    Suite *suite = suite_create("candidates");
    TCase *tests = tcase_create("candidates");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, test_no_words_have_no_candidates);
    tcase_add_test(tests, test_every_command_and_option_is_one);
    tcase_add_test(tests, test_options_have_values);
    tcase_add_test(tests, test_operands_are_those_of_the_table);
    tcase_add_test(tests, test_what_stands_before_stays);
    tcase_add_test(tests, test_plans_are_those_of_the_portfolio);
    suite_add_tcase(suite, tests);
    return suite;
}
