/* The formats of plans: the page stands by itself and is closed, the JSON is what the plan says. */
#include "golden_file.h"
#include "report_case.h"
#include "suites.h"

#include <contplan/output.h>

#include <stdlib.h>
#include <string.h>

static void write_as(struct cp_buf *out, const char *format, struct report_case *report,
                     const struct cp_report_options *options)
{
    const struct cp_plan_format *found = cp_plan_format_find(cp_str_of(format));
    ck_assert_ptr_nonnull(found);
    found->write(out, &report->plan, &report->portfolio, options);
}

static const struct cp_report_options house = {CP_TEMPLATE_HOUSE, CP_INTERNAL, NULL};
static const struct cp_report_options internal = {CP_TEMPLATE_STANDARD, CP_INTERNAL, NULL};

START_TEST(formats_are_found_by_name)
{
    const struct cp_plan_format *formats;
    ck_assert_uint_eq(cp_plan_formats(&formats), 3);
    ck_assert_str_eq(formats[0].name, "markdown");
    ck_assert_str_eq(cp_plan_format_find(CP_STR("html"))->extension, "html");
    ck_assert_ptr_null(cp_plan_format_find(CP_STR("pdf")));
}
END_TEST

static size_t count_of(const char *text, const char *needle)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, needle)); at++) {
        count++;
    }
    return count;
}

static const char *const paired[] = {"html", "head", "title", "style", "body",  "header",
                                     "nav",  "main", "table", "thead", "tbody", "ul"};

static void expect_pairs(const char *html)
{
    for (size_t i = 0; i < sizeof paired / sizeof paired[0]; i++) {
        char open[32], close[32];
        snprintf(open, sizeof open, "<%s", paired[i]);
        snprintf(close, sizeof close, "</%s>", paired[i]);
        size_t longer = strcmp(paired[i], "head") == 0 ? count_of(html, "<header") : 0;
        longer = strcmp(paired[i], "ul") == 0 ? 0 : longer;
        ck_assert_msg(count_of(html, open) - longer == count_of(html, close), "<%s> and its end",
                      paired[i]);
    }
}

/* Every entry of the contents leads to an anchor that is there once. */
static void expect_anchors(const char *html)
{
    size_t count = 0;
    for (const char *at = html; (at = strstr(at, "<li><a href=\"#")); count++) {
        char anchor[256];
        at += strlen("<li><a href=\"#");
        snprintf(anchor, sizeof anchor, "id=\"%.*s\"", (int)strcspn(at, "\""), at);
        ck_assert_msg(count_of(html, anchor) == 1, "%s", anchor);
    }
    ck_assert_uint_gt(count, 9);
}

START_TEST(a_page_stands_by_itself)
{
    struct report_case report;
    struct cp_buf html;
    cp_buf_init(&html);
    report_case_load_example(&report, (size_t)_i);
    write_as(&html, "html", &report, &internal);
    ck_assert_ptr_nonnull(strstr(html.at, "<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    ck_assert_ptr_nonnull(strstr(html.at, "Audience: internal"));
    ck_assert_ptr_nonnull(strstr(html.at, "@media print"));
    ck_assert_uint_eq(count_of(html.at, "<h1 "), 1);
    ck_assert_uint_eq(count_of(html.at, "<script"), 0);
    ck_assert_uint_eq(count_of(html.at, "<link"), 0);
    ck_assert_uint_eq(count_of(html.at, " src="), count_of(html.at, "<img src=\""));
    expect_pairs(html.at);
    expect_anchors(html.at);
    cp_buf_release(&html);
    report_case_release(&report);
}
END_TEST

START_TEST(every_format_says_whom_it_is_for_and_what_is_withheld)
{
    static const char *const expected[][3] = {
        {"markdown", "service continuity plan\n\n**Audience: internal**\n\n## ", ": 2 values of "},
        {"html", "Audience: internal</p>", ": 2 values of the portfolio file are "},
        {"json", "\"audience\": \"internal\"", "\"withheld\": 2"}};
    struct report_case report;
    report_case_init(&report, "people: [{id: jon, name: Jon, email: j@x.example, phone: +44 1}]\n",
                     "id: a\nincident_response: {roles: [{role: scribe, holders: [jon]}]}\n");
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        struct cp_buf text;
        cp_buf_init(&text);
        write_as(&text, expected[i][0], &report, &internal);
        ck_assert_msg(strstr(text.at, expected[i][1]), "%s", text.at);
        ck_assert_msg(strstr(text.at, expected[i][2]), "%s", text.at);
        cp_buf_release(&text);
    }
    report_case_release(&report);
}
END_TEST

START_TEST(a_page_of_one_section_has_no_contents)
{
    struct report_case report;
    struct cp_buf html;
    struct cp_report_options options = internal;
    options.section = "incident_response";
    cp_buf_init(&html);
    report_case_load_example(&report, 0);
    write_as(&html, "html", &report, &options);
    ck_assert_ptr_null(strstr(html.at, "<nav"));
    ck_assert_ptr_nonnull(strstr(html.at, "<main>\n<h2 id=\"incident-response\">"));
    cp_buf_release(&html);
    report_case_release(&report);
}
END_TEST

START_TEST(a_page_holds_no_markup_of_the_plan)
{
    struct report_case report;
    struct cp_buf html;
    cp_buf_init(&html);
    report_case_init(&report, "",
                     "id: a\nname: \"</title><script>x</script>\\u202E</h1>\"\n"
                     "scope:\n  users: \"</main><iframe src=x>\"\n  notes: \"<style>*{}</style>\"\n"
                     "more:\n  - {title: \"\\\" onclick=x <b>\", text: t}\n");
    write_as(&html, "html", &report, &internal);
    ck_assert_ptr_null(strstr(html.at, "<script"));
    ck_assert_ptr_null(strstr(html.at, "<iframe"));
    ck_assert_ptr_null(strstr(html.at, "<style>*"));
    ck_assert_ptr_null(strstr(html.at, "\" onclick"));
    ck_assert_ptr_null(strstr(html.at, "\xE2\x80\xAE"));
    expect_pairs(html.at);
    cp_buf_release(&html);
    report_case_release(&report);
}
END_TEST

START_TEST(serve_opg_as_json)
{
    struct report_case report;
    struct cp_buf json;
    cp_buf_init(&json);
    report_case_load(&report, "plans/opg/contplan.yaml", "plans/opg/serve-opg.yaml");
    write_as(&json, "json", &report, &house);
    golden_check("tests/golden/render/serve-opg.json", cp_buf_str(&json));
    cp_buf_release(&json);
    report_case_release(&report);
}
END_TEST

static const char config[] =
    "people: [{id: jon, name: Jon Reyes, phone: +44 1}]\n"
    "teams: [{id: ops, name: Operations, members: [jon]}]\n"
    "suppliers: [{id: north, name: Northcloud, regions: [east]}]\n"
    "tiers: {2: {name: Essential, objectives: {mtpd: 24h, rto: 8h, rpo: 1h}}}\n"
    "defaults:\n  incident_response:\n    roles:\n      - {role: lead, holders: [jon], channel: "
    "\"#inc\"}\n";

/* Merging, states, types, the tier, names, and what is withheld. */
START_TEST(resolved_values_as_json)
{
    struct report_case report;
    struct cp_buf json;
    cp_buf_init(&json);
    report_case_init(
        &report, config,
        "id: a\nname: A\ntier: 2\nclassification: internal\n"
        "accountability:\n  accountable: {unknown: {reason: Asked, owner: ops, due: 2027-01-31}}\n"
        "  contacts: [{name: Desk, phone: +44 2, hours: [Mon-Fri 09:00-17:00]}]\n"
        "scope: {audience: restricted, users: Nobody may know}\n"
        "dependencies:\n  external: [{supplier: north, recovery_needs: yes, commits: {rto: 90m}}]\n"
        "architecture: {not_applicable: {reason: A form on paper, by: jon}}\n"
        "incident_response:\n  roles: [{role: lead, rota: ops}]\n"
        "disaster_recovery:\n  runbooks: [{id: r, steps: [{id: s, action: Go, after: []}]}]\n"
        "  objectives: [{rto: PT4H, rpo: TBC}]\n"
        "backup_restore:\n  restore_tests: [{date: 2026-05-12, automated: no}]\n");
    write_as(&json, "json", &report, &internal);
    golden_check("tests/golden/render/resolved.json", cp_buf_str(&json));
    cp_buf_release(&json);
    report_case_release(&report);
}
END_TEST

START_TEST(json_of_one_section)
{
    struct report_case report;
    struct cp_buf json;
    struct cp_report_options options = internal;
    options.section = "scope";
    cp_buf_init(&json);
    report_case_init(&report, "", "id: a\nname: A\nscope: {users: All}\nreleases: {url: /x}\n");
    write_as(&json, "json", &report, &options);
    ck_assert_str_eq(json.at, "{\n  \"version\": 1,\n  \"audience\": \"internal\",\n"
                              "  \"withheld\": 0,\n  \"plan\": {\n    \"id\": \"a\",\n"
                              "    \"name\": \"A\",\n    \"scope\": {\n      \"users\": \"All\"\n"
                              "    }\n  },\n  \"names\": {}\n}\n");
    cp_buf_release(&json);
    report_case_release(&report);
}
END_TEST

Suite *cp_suite_output_plans(void)
{
    Suite *suite = suite_create("output_plans");
    TCase *tests = tcase_create("formats");
    tcase_add_test(tests, formats_are_found_by_name);
    tcase_add_loop_test(tests, a_page_stands_by_itself, 0, (int)example_plan_count);
    tcase_add_test(tests, every_format_says_whom_it_is_for_and_what_is_withheld);
    tcase_add_test(tests, a_page_of_one_section_has_no_contents);
    tcase_add_test(tests, a_page_holds_no_markup_of_the_plan);
    tcase_add_test(tests, serve_opg_as_json);
    tcase_add_test(tests, resolved_values_as_json);
    tcase_add_test(tests, json_of_one_section);
    suite_add_tcase(suite, tests);
    return suite;
}
