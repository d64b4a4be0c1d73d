/*
 * The house format: under each heading of the document that plans/opg/serve-opg.yaml transcribes,
 * its words and link targets stand in order under the same heading of the rendered Markdown.
 */
#include "golden_file.h"
#include "report_case.h"
#include "suites.h"

#include <contplan/edit.h>

#include <stdlib.h>
#include <string.h>

static const char seed_path[] =
    CONTPLAN_SOURCE_DIR "/../shared/seed/service-continuity-serve-opg.md";

static void render_house(struct cp_buf *markdown)
{
    struct report_case report;
    struct cp_report_options house = {CP_TEMPLATE_HOUSE, CP_INTERNAL, NULL};
    report_case_load(&report, "plans/opg/contplan.yaml", "plans/opg/serve-opg.yaml");
    report_case_render(&report, &house, markdown, NULL);
    report_case_release(&report);
}

START_TEST(serve_opg_as_it_is_expected)
{
    struct cp_buf markdown;
    cp_buf_init(&markdown);
    render_house(&markdown);
    golden_check("tests/golden/render/serve-opg.house.md", cp_buf_str(&markdown));
    cp_buf_release(&markdown);
}
END_TEST

static bool load_seed(struct cp_buf *out)
{
    FILE *file = fopen(seed_path, "rb");
    char part[4096];
    if (!file) {
        return false;
    }
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;) {
        cp_buf_put(out, (struct cp_str){part, len});
    }
    fclose(file);
    return true;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80 || (c != '\0' && strchr(":/.#-_", c));
}

/* The next word or target of `*rest`, without the dots and dashes around it. */
static bool next_word(struct cp_str *out, struct cp_str *rest)
{
    size_t start = 0;
    while (start < rest->len && !is_word_byte(rest->at[start])) {
        start++;
    }
    size_t end = start;
    while (end < rest->len && is_word_byte(rest->at[end])) {
        end++;
    }
    *out = cp_str_slice(*rest, start, end - start);
    *rest = cp_str_slice(*rest, end, rest->len);
    while (out->len > 0 && strchr(":.#-_", out->at[0])) {
        *out = cp_str_slice(*out, 1, out->len);
    }
    while (out->len > 0 && strchr(":.#-_", out->at[out->len - 1])) {
        out->len--;
    }
    return end > start;
}

/* The text under the next heading of `*rest`, which is put into `*heading`. */
static bool next_heading(struct cp_str *heading, struct cp_str *body, struct cp_str *rest)
{
    struct cp_str line;
    do {
        if (!cp_str_line(&line, rest)) {
            return false;
        }
    } while (!cp_str_has_prefix(line, "#"));
    *heading = cp_str_trim(line);
    body->at = rest->at;
    for (struct cp_str ahead = *rest; !cp_str_has_prefix(ahead, "#");) {
        if (!cp_str_line(&line, &ahead)) {
            break;
        }
        *rest = ahead;
    }
    body->len = (size_t)(rest->at - body->at);
    return true;
}

static void expect_words(struct cp_str heading, struct cp_str seed, struct cp_str rendered)
{
    struct cp_str wanted, word = {0};
    while (next_word(&wanted, &seed)) {
        if (wanted.len == 0) {
            continue;
        }
        do {
            ck_assert_msg(next_word(&word, &rendered),
                          "under '%.*s' the words from '%.*s' on are "
                          "not there",
                          CP_ARG(heading), CP_ARG(wanted));
        } while (!cp_str_is_equal(word, wanted));
    }
}

/* Under each heading of the original, its words in order. */
static void expect_original(struct cp_str seed, struct cp_str rendered)
{
    struct cp_str heading, body, rendered_heading, rendered_body;
    size_t count = 0;
    for (; next_heading(&heading, &body, &seed); count++) {
        do {
            ck_assert_msg(next_heading(&rendered_heading, &rendered_body, &rendered),
                          "the heading '%.*s' is not there, or not in its place", CP_ARG(heading));
        } while (!cp_str_is_equal(heading, rendered_heading));
        expect_words(heading, body, rendered_body);
    }
    ck_assert_uint_eq(count, 16);
}

START_TEST(words_of_the_original_stand_under_its_headings)
{
    struct cp_buf seed, markdown;
    cp_buf_init(&seed);
    cp_buf_init(&markdown);
    if (!load_seed(&seed)) {
        puts("test_report_house: the original document is not here, skipped");
        return;
    }
    render_house(&markdown);
    expect_original(cp_buf_str(&seed), cp_buf_str(&markdown));
    cp_buf_release(&seed);
    cp_buf_release(&markdown);
}
END_TEST

/* The same of the plan that import makes of it. */
START_TEST(words_of_the_original_come_back_from_its_import)
{
    struct cp_buf seed, plan, markdown;
    struct cp_error error;
    struct report_case report;
    struct cp_report_options house = {CP_TEMPLATE_HOUSE, CP_INTERNAL, NULL};
    cp_buf_init(&seed);
    cp_buf_init(&plan);
    cp_buf_init(&markdown);
    if (!load_seed(&seed)) {
        puts("test_report_house: the original document is not here, skipped");
        return;
    }
    struct cp_import asked = {.document = cp_buf_str(&seed), .name = "seed.md"};
    ck_assert_int_eq(cp_import_put(&plan, &asked, &error), CP_IMPORT_DONE);
    report_case_init(&report, "", plan.at);
    report_case_render(&report, &house, &markdown, NULL);
    expect_original(cp_buf_str(&seed), cp_buf_str(&markdown));
    report_case_release(&report);
    cp_buf_release(&seed);
    cp_buf_release(&plan);
    cp_buf_release(&markdown);
}
END_TEST

Suite *cp_suite_report_house(void)
{
    Suite *suite = suite_create("report_house");
    TCase *tests = tcase_create("house");
    tcase_add_test(tests, serve_opg_as_it_is_expected);
    tcase_add_test(tests, words_of_the_original_stand_under_its_headings);
    tcase_add_test(tests, words_of_the_original_come_back_from_its_import);
    suite_add_tcase(suite, tests);
    return suite;
}
