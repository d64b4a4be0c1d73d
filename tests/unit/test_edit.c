/*
 * Text that goes into files: entries added to lists in every style of YAML that people and programs
 * write, what is refused and why, scalars that are read as what they were, and forms that parse.
 */
#include "suites.h"
#include "yaml_doc.h"

#include <contplan/edit.h>

#include <string.h>

static const char entry[] = "by: Ann\non: 2026-11-23\n";

/* Bytes that may hold anything but NUL; what they must become, or why not. */
struct row {
    const char *name, *before, *after, *why;
};

/* ---- where it may go ------------------------------------------------------------------------- */

static const struct row grown[] = {
    {.name = "at the end of the list",
     .before = "review:\n  approvals:\n    - by: Bob\n      on: 2026-01-01\nname: x\n",
     .after = "review:\n  approvals:\n    - by: Bob\n      on: 2026-01-01\n"
              "    - by: Ann\n      on: 2026-11-23\nname: x\n"},
    {.name = "dashes under the key",
     .before = "review:\n  approvals:\n  - by: Bob\nname: x\n",
     .after = "review:\n  approvals:\n  - by: Bob\n  - by: Ann\n    on: 2026-11-23\nname: x\n"},
    {.name = "no list yet",
     .before = "review:\n    last: 2026-01-01\nname: x\n",
     .after = "review:\n    last: 2026-01-01\n    approvals:\n      - by: Ann\n"
              "        on: 2026-11-23\nname: x\n"},
    {.name = "no section yet",
     .before = "name: x\n",
     .after = "name: x\nreview:\n  approvals:\n    - by: Ann\n      on: 2026-11-23\n"},
    {.name = "no line end at the end",
     .before = "review:\n  approvals:\n    - by: Bob",
     .after = "review:\n  approvals:\n    - by: Bob\n    - by: Ann\n      on: 2026-11-23\n"},
    {.name = "line ends of Windows",
     .before = "review:\r\n  approvals:\r\n    - by: Bob\r\n",
     .after = "review:\r\n  approvals:\r\n    - by: Bob\r\n    - by: Ann\r\n"
              "      on: 2026-11-23\r\n"},
    {.name = "a byte-order mark",
     .before = "\xef\xbb\xbfname: x\n",
     .after = "\xef\xbb\xbfname: x\nreview:\n  approvals:\n    - by: Ann\n      on: 2026-11-23\n"},
    {.name = "comments everywhere",
     .before = "# top\nreview: # of it\n  # above\n  approvals: # a list\n\n    # first\n"
               "    - by: Bob # who\n\n    # behind\n# end\n",
     .after = "# top\nreview: # of it\n  # above\n  approvals: # a list\n\n    # first\n"
              "    - by: Bob # who\n    - by: Ann\n      on: 2026-11-23\n\n    # behind\n# end\n"},
    {.name = "entries in braces",
     .before = "review:\n  approvals:\n    - {by: Bob, on: 2026-01-01}\n",
     .after = "review:\n  approvals:\n    - {by: Bob, on: 2026-01-01}\n    - by: Ann\n"
              "      on: 2026-11-23\n"},
    {.name = "keys in quotes",
     .before = "'review':\n  \"approvals\":\n    - 'by': \"Bob\"\n",
     .after = "'review':\n  \"approvals\":\n    - 'by': \"Bob\"\n    - by: Ann\n"
              "      on: 2026-11-23\n"},
    {.name = "keys behind question marks",
     .before = "? review\n: approvals:\n    - by: Bob\n",
     .after = "? review\n: approvals:\n    - by: Bob\n    - by: Ann\n      on: 2026-11-23\n"},
    {.name = "anchors on the way",
     .before = "review: &r\n  approvals: &a\n    - &b {by: Bob}\n    - *b\n",
     .after = "review: &r\n  approvals: &a\n    - &b {by: Bob}\n    - *b\n    - by: Ann\n"
              "      on: 2026-11-23\n"},
    {.name = "values over several lines",
     .before = "review:\n  approvals:\n    - by: Bob\n        and \"Eve\"\n      note: \"a\n       "
               " b\"\n",
     .after =
         "review:\n  approvals:\n    - by: Bob\n        and \"Eve\"\n      note: \"a\n        b\"\n"
         "    - by: Ann\n      on: 2026-11-23\n"},
    {.name = "a block of text last",
     .before =
         "review:\n  approvals:\n    - note: |\n        # no comment\n        - no entry\n\n\n",
     .after = "review:\n  approvals:\n    - note: |\n        # no comment\n        - no entry\n"
              "    - by: Ann\n      on: 2026-11-23\n\n\n"},
    {.name = "marks of a document",
     .before = "---\nname: x\n...\n",
     .after = "---\nname: x\nreview:\n  approvals:\n    - by: Ann\n      on: 2026-11-23\n...\n"},
    {.name = "a document that is indented",
     .before = "  name: x\n",
     .after = "  name: x\n  review:\n    approvals:\n      - by: Ann\n        on: 2026-11-23\n"},
    {.name = "letters of many bytes",
     .before = "name: Zoë — 港\nreview:\n  approvals:\n    - by: Ünal\n",
     .after = "name: Zoë — 港\nreview:\n  approvals:\n    - by: Ünal\n    - by: Ann\n"
              "      on: 2026-11-23\n"},
    {.name = "a key with nothing behind it",
     .before = "review:\n  approvals:   # none yet\n  last: 2026-01-01\n",
     .after = "review:\n  approvals:   # none yet\n    - by: Ann\n      on: 2026-11-23\n"
              "  last: 2026-01-01\n"},
    {.name = "a section with nothing in it",
     .before = "review:\nname: x\n",
     .after = "review:\n  approvals:\n    - by: Ann\n      on: 2026-11-23\nname: x\n"},
    {.name = "a section with nothing in it at the very end",
     .before = "name: x\nreview:",
     .after = "name: x\nreview:\n  approvals:\n    - by: Ann\n      on: 2026-11-23\n"},
    {.name = "empty brackets",
     .before = "review:\n  approvals: [] # none yet\n  last: 2026-01-01\n",
     .after = "review:\n  approvals: # none yet\n    - by: Ann\n      on: 2026-11-23\n"
              "  last: 2026-01-01\n"},
    {.name = "empty braces",
     .before = "review:  { }\r\nname: x\r\n",
     .after = "review:\r\n  approvals:\r\n    - by: Ann\r\n      on: 2026-11-23\r\nname: x\r\n"},
};

static int append(struct cp_buf *out, const char *before, struct cp_error *error)
{
    cp_buf_init(out);
    return cp_list_append(out, cp_str_of(before), "review.approvals", cp_str_of(entry), error);
}

START_TEST(entries_are_added)
{
    const struct row *row = &grown[_i];
    struct cp_error error = {0};
    struct cp_buf out;
    ck_assert_msg(append(&out, row->before, &error) == 0, "%s: %s", row->name, error.text);
    ck_assert_msg(strcmp(out.at, row->after) == 0, "%s:\n%s", row->name, out.at);
    cp_buf_release(&out);
}
END_TEST

/* ---- where it may not ------------------------------------------------------------------------ */

static const struct row refused[] = {
    {"a list in brackets", "review:\n  approvals: [{by: Bob}]\n", NULL, "brackets"},
    {"a list in brackets over lines", "review:\n  approvals: [\n    {by: Bob}\n  ]\n", NULL,
     "brackets"},
    {"brackets with a comment in them", "review:\n  approvals: [\n    # none\n  ]\n", NULL,
     "brackets"},
    {"a section in braces", "review: {last: 2026-01-01}\n", NULL, "brackets"},
    {"empty brackets in braces", "review: {approvals: []}\n", NULL, "brackets"},
    {"nothing in braces", "review: {approvals: }\n", NULL, "text"},
    {"a document in braces", "{name: x}\n", NULL, "brackets"},
    {"a list behind an alias", "more: &m\n  - by: Bob\nreview:\n  approvals: *m\n", NULL,
     "something else"},
    {"a list that an alias repeats", "review:\n  approvals: &m\n    - by: Bob\nmore: *m\n", NULL,
     "something else"},
    {"a section that an alias repeats", "review: &m\n  last: 2026-01-01\nmore: *m\n", NULL,
     "something else"},
    {"nothing, that an alias repeats", "review:\n  approvals: &m\nmore: *m\n", NULL,
     "something else"},
    {"text that keeps its empty lines", "review:\n  approvals:\n    - by: |+\n        Bob\n\n\n",
     NULL, "something else"},
    {"a text", "review:\n  approvals: nobody\n", NULL, "text"},
    {"an empty text", "review:\n  approvals: ''\n", NULL, "text"},
    {"a sign for nothing", "review: ~\n", NULL, "text"},
    {"a mapping", "review:\n  approvals:\n    by: Bob\n", NULL, "mapping"},
    {"a list on the way", "review:\n  - approvals\n", NULL, "list"},
    {"unknown", "review:\n  approvals: {unknown: {reason: r, owner: o, due: 2027-01-01}}\n", NULL,
     "unknown"},
    {"not applicable", "review:\n  not_applicable:\n    reason: r\n    by: b\n", NULL,
     "not applicable"},
    {"a key given twice", "review:\n  last: a\nreview:\n  last: b\n", NULL, "mistake"},
    {"what is no YAML", "review: [\n", NULL, "mistake"},
    {"nothing", "", NULL, "mistake"},
    {"two documents", "name: x\n---\nname: y\n", NULL, "mistake"},
};

START_TEST(what_cannot_be_kept_is_refused)
{
    const struct row *row = &refused[_i];
    struct cp_error error = {0};
    struct cp_buf out;
    ck_assert_msg(append(&out, row->before, &error) == -1, "%s:\n%s", row->name, out.at);
    ck_assert_msg(strstr(error.text, row->why), "%s: %s", row->name, error.text);
    ck_assert_uint_eq(out.len, 0);
    cp_buf_release(&out);
}
END_TEST

/* Whether the second is the first with something put in at one place. */
static bool is_added_to(struct cp_str before, struct cp_str after)
{
    size_t head = 0;
    size_t tail = 0;
    while (head < before.len && head < after.len && before.at[head] == after.at[head]) {
        head++;
    }
    while (tail < before.len - head &&
           before.at[before.len - 1 - tail] == after.at[after.len - 1 - tail]) {
        tail++;
    }
    return head + tail == before.len;
}

/* What is put is the file with lines put in, but for brackets that held nothing. */
static void assert_only_added(struct cp_str before, struct cp_str after)
{
    static const char *const nothings[] = {" []", "  { }"};
    bool is_added = is_added_to(before, after);
    for (size_t i = 0; i < sizeof nothings / sizeof *nothings; i++) {
        size_t at = cp_str_find(before, cp_str_of(nothings[i]));
        struct cp_buf without;
        cp_buf_init(&without);
        cp_buf_put(&without, cp_str_slice(before, 0, at));
        cp_buf_put(&without, at == SIZE_MAX
                                 ? (struct cp_str){0}
                                 : cp_str_slice(before, at + strlen(nothings[i]), SIZE_MAX));
        is_added = is_added || is_added_to(cp_buf_str(&without), after);
        cp_buf_release(&without);
    }
    ck_assert_msg(is_added, "of\n%.*s\nbecame\n%.*s", CP_ARG(before), CP_ARG(after));
}

/* Every beginning of every document above. */
START_TEST(beginnings_of_documents_are_safe)
{
    const struct row *row = &grown[_i];
    for (size_t len = 0; len < strlen(row->before); len++) {
        struct cp_error error;
        struct cp_buf out;
        struct cp_str before = {row->before, len};
        cp_buf_init(&out);
        if (cp_list_append(&out, before, "review.approvals", cp_str_of(entry), &error) == 0) {
            assert_only_added(before, cp_buf_str(&out));
        }
        cp_buf_release(&out);
    }
}
END_TEST

START_TEST(entries_may_be_added_again_and_again)
{
    struct cp_error error;
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, "review: {}\n");
    for (size_t i = 0; i < 3; i++) {
        struct cp_buf out;
        cp_buf_init(&out);
        ck_assert_int_eq(
            cp_list_append(&out, cp_buf_str(&text), "review.approvals", cp_str_of(entry), &error),
            0);
        cp_buf_release(&text);
        text = out;
    }
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&text));
    ck_assert_uint_eq(yaml_doc_get(&doc, "review approvals")->count, 3);
    yaml_doc_release(&doc);
    cp_buf_release(&text);
}
END_TEST

/* ---- scalars --------------------------------------------------------------------------------- */

static void assert_reads_as_itself(const char *text)
{
    struct yaml_doc doc;
    struct cp_buf out;
    cp_buf_init(&out);
    cp_buf_puts(&out, "key:\n  - by: ");
    cp_scalar_put(&out, cp_str_of(text));
    cp_buf_puts(&out, "\n    on: then\n");
    yaml_doc_init(&doc, cp_buf_str(&out));
    ck_assert_msg(doc.yaml.root && doc.diags.items.count == 0, "'%s':\n%s", text, out.at);
    const struct cp_node *node = yaml_doc_get(&doc, "key 0 by");
    ck_assert_msg(cp_str_is(node->text, text), "'%s' is read as '%.*s'", text, CP_ARG(node->text));
    yaml_doc_release(&doc);
    cp_buf_release(&out);
}

/* All texts of up to three of the signs that mean something to YAML, alone and between letters. */
START_TEST(scalars_are_read_as_what_they_were)
{
    static const char signs[] = "a1 -?:,[]{}#&*!|>'\"%@`\\~=<.";
    const size_t count = sizeof signs - 1;
    for (size_t i = 0; i < count * count * count; i++) {
        char text[] = {signs[i % count], signs[i / count % count], signs[i / count / count], 0};
        char within[] = {'a', text[0], text[1], text[2], 'z', 0};
        assert_reads_as_itself(text);
        assert_reads_as_itself(within);
        if (i < count * count) {
            text[2] = '\0';
            assert_reads_as_itself(text);
        }
    }
    assert_reads_as_itself("");
}
END_TEST

/* ---- forms ----------------------------------------------------------------------------------- */

/* A form is YAML in which every key of the profile's stands, and each that asks is empty. */
START_TEST(forms_of_all_profiles_can_be_read)
{
    const struct cp_str *names;
    ck_assert_uint_eq(cp_profile_names(&names), 4);
    struct yaml_doc doc;
    struct cp_buf out;
    cp_buf_init(&out);
    cp_plan_form_put(&out, CP_STR("permits"), cp_profile_find(names[_i]), NULL,
                     "../plan.schema.json");
    yaml_doc_init(&doc, cp_buf_str(&out));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    ck_assert(cp_str_has_prefix(cp_buf_str(&out),
                                "# yaml-language-server: $schema=../plan.schema.json\n"));
    ck_assert(cp_str_is(yaml_doc_get(&doc, "schema")->text, "contplan/v1"));
    ck_assert(cp_str_is(yaml_doc_get(&doc, "id")->text, "permits"));
    ck_assert_uint_eq(yaml_doc_get(&doc, "name")->span.length, 0);
    ck_assert_uint_eq(yaml_doc_get(&doc, "disaster_recovery objectives 0 rto")->span.length, 0);
    yaml_doc_release(&doc);
    cp_buf_release(&out);
}
END_TEST

START_TEST(forms_of_little_have_what_every_plan_has)
{
    static const struct cp_requirement one[] = {
        {.field = "releases.url", .severity = CP_WARNING},
        {.field = "disaster_recovery.runbooks[].owner", .severity = CP_ERROR},
    };
    static const struct cp_profile little = {.name = "little", .requires = one, .count = 2};
    struct yaml_doc doc;
    struct cp_buf out;
    cp_buf_init(&out);
    cp_plan_form_put(&out, CP_STR("permits"), &little, NULL, NULL);
    yaml_doc_init(&doc, cp_buf_str(&out));
    ck_assert_uint_eq(doc.yaml.root->count, 5);
    yaml_doc_get(&doc, "schema");
    yaml_doc_get(&doc, "id");
    yaml_doc_get(&doc, "name");
    yaml_doc_get(&doc, "releases url");
    yaml_doc_get(&doc, "disaster_recovery runbooks 0 owner");
    yaml_doc_release(&doc);
    cp_buf_release(&out);
}
END_TEST

START_TEST(forms_have_an_entry_for_each_mandatory_role)
{
    struct cp_text roles[] = {{.leaf.state = CP_SET, .text = CP_STR("lead")},
                              {.leaf.state = CP_SET, .text = CP_STR("scribe")},
                              {.leaf.state = CP_BROKEN}};
    struct cp_config config = {.incident_roles = {.items = roles, .count = 3}};
    struct yaml_doc doc;
    struct cp_buf out;
    cp_buf_init(&out);
    cp_plan_form_put(&out, CP_STR("permits"), cp_profile_find(CP_STR("baseline")), &config, NULL);
    yaml_doc_init(&doc, cp_buf_str(&out));
    ck_assert_uint_eq(yaml_doc_get(&doc, "incident_response roles")->count, 3);
    ck_assert(cp_str_is(yaml_doc_get(&doc, "incident_response roles 0 role")->text, "lead"));
    ck_assert(cp_str_is(yaml_doc_get(&doc, "incident_response roles 1 role")->text, "scribe"));
    ck_assert_uint_eq(yaml_doc_get(&doc, "incident_response roles 2 role")->span.length, 0);
    yaml_doc_get(&doc, "incident_response roles 1 deputies");
    yaml_doc_release(&doc);
    cp_buf_release(&out);
}
END_TEST

START_TEST(records_of_exercises_go_into_lists)
{
    struct yaml_doc doc;
    struct cp_error error;
    struct cp_buf record;
    struct cp_buf out;
    static const struct cp_plan plan; /* without scenarios and runbooks */
    cp_buf_init(&record);
    cp_buf_init(&out);
    cp_exercise_form_put(&record, CP_STR("2026-11-23-2"), cp_date_of(2026, 11, 23), &plan);
    ck_assert_int_eq(cp_list_append(&out, CP_STR("supporting:\n  exercises: []\n"),
                                    "supporting.exercises", cp_buf_str(&record), &error),
                     0);
    yaml_doc_init(&doc, cp_buf_str(&out));
    ck_assert(cp_str_is(yaml_doc_get(&doc, "supporting exercises 0 id")->text, "2026-11-23-2"));
    ck_assert(cp_str_is(yaml_doc_get(&doc, "supporting exercises 0 date")->text, "2026-11-23"));
    ck_assert_uint_eq(yaml_doc_get(&doc, "supporting exercises 0 achieved rto")->span.length, 0);
    const struct cp_node *exercise = yaml_doc_get(&doc, "supporting exercises 0");
    ck_assert_ptr_null(cp_node_find(exercise, "scenario"));
    ck_assert_ptr_null(cp_node_find(exercise, "runbooks"));
    yaml_doc_release(&doc);
    cp_buf_release(&record);
    cp_buf_release(&out);
}
END_TEST

Suite *cp_suite_edit(void)
{
    Suite *suite = suite_create("edit");
    TCase *tests = tcase_create("edit");
    const int places = (int)(sizeof grown / sizeof *grown);
    tcase_add_loop_test(tests, entries_are_added, 0, places);
    tcase_add_loop_test(tests, what_cannot_be_kept_is_refused, 0,
                        (int)(sizeof refused / sizeof *refused));
    tcase_add_loop_test(tests, beginnings_of_documents_are_safe, 0, places);
    tcase_add_test(tests, entries_may_be_added_again_and_again);
    tcase_add_test(tests, scalars_are_read_as_what_they_were);
    tcase_add_loop_test(tests, forms_of_all_profiles_can_be_read, 0, 4);
    tcase_add_test(tests, forms_of_little_have_what_every_plan_has);
    tcase_add_test(tests, forms_have_an_entry_for_each_mandatory_role);
    tcase_add_test(tests, records_of_exercises_go_into_lists);
    suite_add_tcase(suite, tests);
    return suite;
}
