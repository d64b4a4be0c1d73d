/*
 * The writers of findings: registry, summary, statistics, the picture of a source line, and whole
 * outputs against tests/golden/output. Hostile text at large is test_output_hostile's.
 */
#include "findings_case.h"
#include "golden_file.h"
#include "suites.h"

#include <string.h>

static const struct cp_output_options plain = {.has_color = false};

static void write_as(struct cp_buf *out, const char *format, const struct cp_findings *findings,
                     const struct cp_output_options *options)
{
    const struct cp_findings_format *found = cp_findings_format_find(cp_str_of(format));
    ck_assert_ptr_nonnull(found);
    cp_buf_init(out);
    found->write(out, findings, options);
}

/* ---- registry, summary, statistics --------------------------------------------------------- */

START_TEST(formats_are_found_by_name)
{
    const struct cp_findings_format *formats;
    static const char *const names[] = {"text",   "concise", "json",  "jsonl",   "sarif",
                                        "github", "gitlab",  "junit", "markdown"};
    enum { NAMES = sizeof names / sizeof names[0] };
    ck_assert_uint_eq(cp_findings_formats(&formats), NAMES);
    for (size_t i = 0; i < NAMES; i++) {
        ck_assert_str_eq(formats[i].name, names[i]);
        ck_assert_ptr_eq(cp_findings_format_find(cp_str_of(names[i])), &formats[i]);
    }
    ck_assert_ptr_null(cp_findings_format_find(CP_STR("xml")));
    ck_assert_ptr_null(cp_findings_format_find(CP_STR("")));
}
END_TEST

static const struct summary_row {
    size_t errors, warnings, infos, plans;
    uint32_t omitted;
    size_t waived;
    const char *expected;
} summaries[] = {
    {0, 0, 0, 9, 0, 0, "no findings in 9 plans\n"},
    {0, 0, 0, 1, 0, 0, "no findings in 1 plan\n"},
    {1, 0, 0, 1, 0, 0, "1 error in 1 plan\n"},
    {2, 1, 0, 9, 0, 0, "2 errors, 1 warning in 9 plans\n"},
    {0, 0, 3, 0, 0, 0, "3 infos in the portfolio file\n"},
    {0, 0, 0, 1, 0, 2, "no findings in 1 plan; 2 waived\n"},
    {1, 0, 0, 2, 3, 1, "1 error in 2 plans; 1 waived; 3 not shown\n"},
    {2, 2, 1, 9, 40, 0, "2 errors, 2 warnings, 1 info in 9 plans; 40 not shown\n"},
};

START_TEST(summary_counts_in_words)
{
    const struct summary_row *row = &summaries[_i];
    struct cp_omission omission = {"a.yaml", row->omitted};
    struct cp_findings findings = {
        .errors = row->errors,
        .warnings = row->warnings,
        .infos = row->infos,
        .waived = row->waived,
        .plans = row->plans,
        .omissions = &omission,
        .omission_count = row->omitted > 0,
    };
    struct cp_buf out;
    cp_buf_init(&out);
    cp_findings_put_summary(&out, &findings);
    ck_assert_str_eq(out.at, row->expected);
    cp_buf_release(&out);
}
END_TEST

START_TEST(statistics_put_the_most_frequent_rule_first)
{
    struct findings_case c;
    findings_case_init(&c, "a.yaml", CP_STR("rto: 4h\n"));
    struct cp_place place = findings_case_place(&c, "4h");
    cp_diags_add(&c.diags, &findings_case_error, place, CP_STR(""), "m");
    for (int i = 0; i < 12; i++) {
        cp_diags_add(&c.diags, &findings_case_info, place, CP_STR(""), "m");
    }
    cp_diags_add(&c.diags, &findings_case_warning, place, CP_STR(""), "m");
    struct cp_buf out;
    cp_buf_init(&out);
    cp_findings_put_statistics(&out, findings_case_count(&c));
    ck_assert_str_eq(out.at,
                     "    12  CP205  honest-unknown: a fact that is stated as unknown\n"
                     "     1  CP007  swallowed-text: text that YAML reads as a comment\n"
                     "     1  CP301  rto-exceeds-mtpd: RTO and WRT together exceed the MTPD\n");
    cp_buf_release(&out);
    findings_case_release(&c);
}
END_TEST

START_TEST(statistics_of_nothing_are_nothing)
{
    struct cp_findings findings = {.plans = 3};
    struct cp_buf out;
    cp_buf_init(&out);
    cp_findings_put_statistics(&out, &findings);
    ck_assert_uint_eq(out.len, 0);
    cp_buf_release(&out);
}
END_TEST

/* ---- the picture of a source line ---------------------------------------------------------- */

static const struct picture_row {
    const char *text;
    const char *words;
    const char *line;
    const char *marks;
} pictures[] = {
    {"rto: 4h\n", "4h", "    1 | rto: 4h", "      |      ^~"},
    {"rto: 4h", "rto: 4h", "    1 | rto: 4h", "      | ^~~~~~~"},
    {"a: 1\nb:\n", "b", "    2 | b:", "      | ^"},
    {"rto: 4h\n", "", "    1 | rto: 4h", "      | ^"},
    {"rto: 4h\n", "none", "    2 |", "      | ^"},
    {"", "none", "    1 |", "      | ^"},
    {"rto: 4h", "none", "    1 | rto: 4h", "      |        ^"},
    {"a:\tx y\n", "x", "    1 | a:      x y", "      |         ^"},
    {"a: x\ty\n", "x\ty", "    1 | a: x    y", "      |    ^~~~~~"},
    {"\t\tb\n", "b", "    1 |                 b", "      |                 ^"},
    {"n: \xe6\xb8\xaf\xe6\xb9\xbe ok\n", "ok", "    1 | n: \xe6\xb8\xaf\xe6\xb9\xbe ok",
     "      |         ^~"},
    {"n: \xe6\xb8\xaf\xe6\xb9\xbe ok\n", "\xe6\xb8\xaf\xe6\xb9\xbe",
     "    1 | n: \xe6\xb8\xaf\xe6\xb9\xbe ok", "      |    ^~~~"},
    {"n: e\xcc\x81 ok\n", "ok", "    1 | n: e\xcc\x81 ok", "      |      ^~"},
    {"n: \x1b[2J ok\n", "ok", "    1 | n: <U+001B>[2J ok", "      |                ^~"},
    {"n: a\x1b ok\n", "a\x1b", "    1 | n: a<U+001B> ok", "      |    ^~~~~~~~~"},
    {"n: \xe2\x80\xae ok\n", "ok", "    1 | n: <U+202E> ok", "      |             ^~"},
    {"n: \xff ok\n", "ok", "    1 | n: <0xFF> ok", "      |           ^~"},
    {"n: ##[error]x\n", "[error]", "    1 | n: #<U+0023>[error]x", "      |             ^~~~~~~"},
    {"n: |\n  two\n  lines\n", "|\n  two", "    1 | n: |", "      |    ^"},
    {"n: one  \n  two\n", "one  \n  two", "    1 | n: one  ", "      |    ^~~"},
    {"n: \"a\r\n  b\"\r\n", "\"a\r\n  b\"", "    1 | n: \"a", "      |    ^~"},
    {"a: 1\n  \n b: 2\n", "  \n b", "    2 |   ", "      | ^"},
};

START_TEST(caret_stands_under_the_value)
{
    const struct picture_row *row = &pictures[_i];
    struct findings_case c;
    findings_case_init(&c, "a.yaml", cp_str_of(row->text));
    cp_diags_add(&c.diags, &findings_case_info, findings_case_place(&c, row->words), CP_STR(""),
                 "m");
    struct cp_buf out;
    write_as(&out, "text", findings_case_count(&c), &plain);
    struct cp_str rest = cp_buf_str(&out);
    struct cp_str head;
    struct cp_str line;
    struct cp_str marks;
    ck_assert(cp_str_line(&head, &rest) && cp_str_line(&line, &rest));
    ck_assert(cp_str_line(&marks, &rest));
    ck_assert_msg(cp_str_is(line, row->line), "got:\n%s", out.at);
    ck_assert_msg(cp_str_is(marks, row->marks), "got:\n%s", out.at);
    ck_assert_uint_eq(rest.len, 0);
    cp_buf_release(&out);
    findings_case_release(&c);
}
END_TEST

/* A line of 4,000 bytes with the value in its middle: cut on both sides, and said so. */
START_TEST(long_line_is_cut_around_the_value)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, "n: ");
    cp_buf_repeat(&text, 'x', 2000);
    cp_buf_puts(&text, " <here> ");
    cp_buf_repeat(&text, 'y', 2000);
    struct findings_case c;
    findings_case_init(&c, "a.yaml", cp_buf_str(&text));
    struct cp_place place = findings_case_place(&c, "<here>");
    cp_diags_add(&c.diags, &findings_case_info, place, CP_STR(""), "m");
    place.span.length = 1900;
    cp_diags_add(&c.diags, &findings_case_info, place, CP_STR(""), "m");
    struct cp_buf out;
    write_as(&out, "text", findings_case_count(&c), &plain);
    golden_check("tests/golden/output/long.text", cp_buf_str(&out));
    cp_buf_release(&out);
    findings_case_release(&c);
    cp_buf_release(&text);
}
END_TEST

/* ---- whole outputs ------------------------------------------------------------------------- */

static void build_usual(struct findings_case *out)
{
    findings_case_init(out, "plans/permits.yaml",
                       CP_STR("schema: contplan/v1\n"
                              "id: permits\n"
                              "disaster_recovery:\n"
                              "  objectives:\n"
                              "  - mtpd: 8h\n"
                              "    rto: 6h\n"
                              "    wrt: 4h\n"
                              "    rpo: {unknown: {reason: not yet measured}}\n"));
    static const struct cp_str ids[] = {{"permits", 7}};
    out->findings.plan_ids = ids;
    out->diags.plan_index = 0;
    struct cp_diagnostic *finding = cp_diags_add(
        &out->diags, &findings_case_error, findings_case_place(out, "6h"),
        CP_STR("disaster_recovery.objectives[0].rto"), "RTO 6h and WRT 4h exceed the MTPD of 8h");
    cp_diagnostic_help(&out->diags, finding, "write an RTO of at most 4h, or a longer MTPD");
    cp_diagnostic_note(&out->diags, finding, findings_case_place(out, "8h"),
                       "the MTPD is declared here");
    cp_diagnostic_note(&out->diags, finding, findings_case_place(out, "4h"), "the WRT is here");
    finding = cp_diags_add(&out->diags, &findings_case_info, findings_case_place(out, "{unknown"),
                           CP_STR("disaster_recovery.objectives[0].rpo"), "RPO is unknown");
    finding->plan_count = 37;
}

/* A finding without a file, one without a line, and files with more findings than are kept. */
static void build_sparse(struct findings_case *out)
{
    findings_case_init(out, "plans/huge.yaml", CP_STR(""));
    struct cp_place nowhere = {NULL, {0, 0}};
    struct cp_diagnostic *finding =
        cp_diags_add(&out->diags, &findings_case_warning, nowhere, CP_STR(""), "no plans found");
    cp_diagnostic_note(&out->diags, finding, nowhere, "plans are looked for in 'plans/*.yaml'");
    cp_file_drop(&out->file);
    struct cp_place whole = {&out->file, {0, 0}};
    cp_diags_add(&out->diags, &findings_case_error, whole, CP_STR(""), "the file is too large");
    static const struct cp_omission omissions[] = {
        {"plans/huge.yaml", 1},
        {"::error::x.yaml", 1200},
    };
    out->findings.omissions = omissions;
    out->findings.omission_count = 2;
    out->findings.plans = 2;
}

static const char hostile_line[] =
    "a: \x1b[2J\xc2\x9b##[error]x \xe2\x80\xae::error::%0A \xff\t. #\n";

static void build_hostile(struct findings_case *out)
{
    findings_case_init(out, "::error file=a,line=1::x\n\x1b[1m##[add-mask]%0A.yaml",
                       CP_STR(hostile_line));
    struct cp_diagnostic *finding = cp_diags_add(
        &out->diags, &findings_case_error, findings_case_place(out, "::error::%0A"),
        CP_STR("x\n::error::field"), "%s",
        "unknown key 'a\r\n::error::b\x1b]0;t\x07 ##[error]c ##vso[task.x]d %0A::error::e \xff'");
    finding->clause = CP_STR("clause\n::error::clause");
    cp_diagnostic_help(&out->diags, finding, "%s", "write\n##[error]help\xe2\x80\xa8::error::f");
    cp_diagnostic_note(&out->diags, finding, findings_case_place(out, "x"), "%s",
                       "\n::error::note, with: both%25");
}

static const struct golden_row {
    const char *name;
    void (*build)(struct findings_case *out);
} goldens[] = {
    {"usual", build_usual},
    {"sparse", build_sparse},
    {"hostile", build_hostile},
};

static void check_golden(const char *name, const char *format, const struct cp_findings *findings)
{
    char path[256];
    struct cp_buf out;
    struct cp_buf shorter;
    snprintf(path, sizeof path, "tests/golden/output/%s.%s", name, format);
    cp_buf_init(&shorter);
    write_as(&out, format, findings, &plain);
    golden_check(path, findings_case_without_rules(&shorter, cp_buf_str(&out)));
    cp_buf_release(&shorter);
    cp_buf_release(&out);
}

START_TEST(outputs_are_as_expected)
{
    const struct golden_row *row = &goldens[_i];
    struct findings_case c;
    row->build(&c);
    const struct cp_findings_format *formats;
    for (size_t i = cp_findings_formats(&formats); i > 0; i--) {
        check_golden(row->name, formats[i - 1].name, findings_case_count(&c));
    }
    findings_case_release(&c);
}
END_TEST

START_TEST(no_findings_are_no_lines)
{
    struct cp_findings findings = {.plans = 3};
    static const char *const silent[] = {"text", "concise", "github"};
    for (size_t i = 0; i < 3; i++) {
        struct cp_buf out;
        write_as(&out, silent[i], &findings, &plain);
        ck_assert_uint_eq(out.len, 0);
        cp_buf_release(&out);
    }
    static const char *const said[] = {"json", "jsonl", "gitlab", "junit", "markdown"};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        check_golden("none", said[i], &findings);
    }
}
END_TEST

START_TEST(colour_is_around_our_own_words)
{
    struct findings_case c;
    build_usual(&c);
    struct cp_output_options options = {.has_color = true};
    struct cp_buf out;
    write_as(&out, "text", findings_case_count(&c), &options);
    ck_assert_ptr_nonnull(
        strstr(out.at, "plans/permits.yaml:6:10: \033[1;31merror\033[0m: RTO 6h"));
    ck_assert_ptr_nonnull(strstr(out.at, "[\033[2mCP301\033[0m \033[2mrto-exceeds-mtpd\033[0m]\n"));
    ck_assert_ptr_nonnull(strstr(out.at, "\033[2m |\033[0m     rto: 6h\n"));
    ck_assert_ptr_nonnull(strstr(out.at, "\033[1;32m^~\033[0m\n"));
    cp_buf_release(&out);
    write_as(&out, "concise", findings_case_count(&c), &options);
    ck_assert_ptr_nonnull(strstr(out.at, ":6:10: \033[1;31mE\033[0m CP301 RTO 6h"));
    cp_buf_release(&out);
    write_as(&out, "github", findings_case_count(&c), &options);
    ck_assert_ptr_null(strchr(out.at, '\033'));
    cp_buf_release(&out);
    findings_case_release(&c);
}
END_TEST

Suite *cp_suite_output_findings(void)
{
    Suite *suite = suite_create("output_findings");
    TCase *tcase = tcase_create("findings");
    tcase_add_test(tcase, formats_are_found_by_name);
    tcase_add_loop_test(tcase, summary_counts_in_words, 0,
                        (int)(sizeof summaries / sizeof summaries[0]));
    tcase_add_test(tcase, statistics_put_the_most_frequent_rule_first);
    tcase_add_test(tcase, statistics_of_nothing_are_nothing);
    tcase_add_loop_test(tcase, caret_stands_under_the_value, 0,
                        (int)(sizeof pictures / sizeof pictures[0]));
    tcase_add_test(tcase, long_line_is_cut_around_the_value);
    tcase_add_loop_test(tcase, outputs_are_as_expected, 0,
                        (int)(sizeof goldens / sizeof goldens[0]));
    tcase_add_test(tcase, no_findings_are_no_lines);
    tcase_add_test(tcase, colour_is_around_our_own_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
