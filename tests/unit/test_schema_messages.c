/*
 * What values that do not fit are told: the words of the finding and of its cure, a row each.
 */
#include "report_case.h"
#include "suites.h"

#include <string.h>

#define OBJECTIVE "disaster_recovery:\n  objectives:\n    - "
#define EXEMPT "{unknown: {reason, owner, due}}"

static const struct row {
    const char *plan, *code, *at, *message, *help;
} rows[] = {
    {"tier: 5\n", "CP009", "5", "'tier' is '5', which is not among the words it takes",
     "write 1, 2, 3 or 4"},
    {"phase: lvie\n", "CP009", "lvie", "'phase' is 'lvie', which is not among the words it takes",
     "did you mean live? It takes discovery, alpha, beta, live or retired"},
    {"accountability:\n  responsible: [x, \"\"]\n", "CP102", "\"\"",
     "an entry of 'responsible' is empty", "fill it in, or take it out of the list"},
    {"accountability:\n  accountable: [x, y]\n", "CP007", "[x, y]",
     "'accountable' takes exactly one value, and a list stands here",
     "only one is allowed: write the id of what is meant, without '[' or '-'"},
    {"summary: {a: b}\n", "CP007", "{a: b}",
     "'summary' takes exactly one value, and a mapping stands here", "write Markdown text"},
    {"scope:\n  in:\n   -Returning\n", "CP007", "-Returning",
     "'in' takes a list, and a text stands here", "put a blank behind the '-' of each entry"},
    {OBJECTIVE "rto: unknown\n", "CP203", "unknown", "'rto' is 'unknown', and nothing more",
     "write " EXEMPT ", or a length of time such as 4h, 90m, 1d 12h or 5wd (working days)"},
    {OBJECTIVE "rto: N/A\n", "CP203", "N/A", "'rto' is 'N/A', and nothing more",
     "write {not_applicable: {reason, by}}, or a length of time such as 4h, 90m, 1d 12h or 5wd "
     "(working days)"},
    {OBJECTIVE "rto: 2-4 hours\n", "CP204", "2-4 hours",
     "'rto' is '2-4 hours', a range, not one length of time",
     "write the one length that is promised, as 4h"},
    {OBJECTIVE "rto: 90\n", "CP011", "90", "'rto' is '90', a number without a unit",
     "add the unit, as 90m or 90h"},
    {OBJECTIVE "rto: 1h30\n", "CP011", "1h30", "'rto' is '1h30', a number without a unit",
     "add the unit, as 1h 30m"},
    {OBJECTIVE "rto: 2 days 12\n", "CP011", "2 days 12",
     "'rto' is '2 days 12', a number without a unit", "add the unit, as 2 days 12h"},
    {"review:\n  every: 90\n", "CP011", "90", "'every' is '90', a number without a unit",
     "add the unit, as 90d"},
    {"review:\n  last: 2026-02-30\n", "CP010", "2026-02-30",
     "'last' is '2026-02-30', and that day does not exist",
     "write a day of the calendar, from the year 1900 on"},
    {"review:\n  last: 26-10-01\n", "CP010", "26-10-01",
     "'last' is '26-10-01', which is no date written YYYY-MM-DD", "write 2001-10-26 or 2026-10-01"},
    {"review:\n  last: last week\n", "CP010", "last week",
     "'last' is 'last week', which is no date written YYYY-MM-DD", "write a date as 2026-01-31"},
    {"scope: {unknown: {reason: Why, owner: Ada}}\n", "CP205",
     "{unknown: {reason: Why, owner: Ada}}", "'scope' is unknown without a valid 'due'",
     "write {unknown: {reason: why, owner: who finds out, due: YYYY-MM-DD}}, with your own words "
     "and date"},
    {"scope:\n  in:\n    - {text: The vault, audiense: restricted}\n", "CP006", "audiense",
     "unknown key 'audiense' in the item", "did you mean 'audience'?"},
    {"Name: Portal\n", "CP006", "Name", "unknown key 'Name' in the plan", "did you mean 'name'?"},
};

static void assert_is(struct cp_str is, const char *wanted, const char *plan)
{
    ck_assert_msg(cp_str_is(is, wanted), "'%.*s' is not '%s' for:\n%s", CP_ARG(is), wanted, plan);
}

START_TEST(each_is_told_its_cure)
{
    const struct row *row = &rows[_i];
    struct report_case test;
    report_case_init(&test, "organisation: Office\n", row->plan);
    ck_assert_msg(test.diags.items.count == 1, "%zu findings for:\n%s", test.diags.items.count,
                  row->plan);
    const struct cp_diagnostic *found = test.diags.items.items[0];
    ck_assert_str_eq(found->rule->code, row->code);
    assert_is(found->message, row->message, row->plan);
    assert_is(found->help, row->help, row->plan);
    struct cp_span span = found->place.span;
    assert_is(cp_str_slice(test.plan_file.bytes, span.offset, span.length), row->at, row->plan);
    report_case_release(&test);
}
END_TEST

/* A value whose audience cannot be read is for the narrowest one, whatever else is stated. */
START_TEST(a_misspelt_audience_fails_closed)
{
    static const char *const items[] = {
        "{text: The vault, audiense: public}",
        "{text: The vault, Audience: public}",
        "{text: The vault, audence: internal, audience: public}",
        "{text: The vault, audience: public, audeince: public}",
    };
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        struct cp_buf plan;
        struct report_case test;
        cp_buf_init(&plan);
        cp_buf_printf(&plan, "scope:\n  in:\n    - %s\n", items[i]);
        report_case_init(&test, "organisation: Office\n", plan.at);
        ck_assert_uint_eq(test.plan.scope.in.count, 1);
        ck_assert_uint_eq(test.plan.scope.in.items[0].leaf.audience, CP_RESTRICTED);
        report_case_release(&test);
        cp_buf_release(&plan);
    }
}
END_TEST

Suite *cp_suite_schema_messages(void)
{
    Suite *suite = suite_create("schema_messages");
    TCase *tests = tcase_create("messages");
    tcase_add_loop_test(tests, each_is_told_its_cure, 0, (int)(sizeof rows / sizeof rows[0]));
    tcase_add_test(tests, a_misspelt_audience_fails_closed);
    suite_add_tcase(suite, tests);
    return suite;
}
