/*
 * Comments where they stand, and text that became one by mistake.
 */
#include "suites.h"
#include "yaml_doc.h"

#include <string.h>

static struct cp_str comment_text(const struct yaml_doc *doc, size_t i)
{
    struct cp_span span = doc->yaml.comments.items[i].span;
    return cp_str_slice(doc->file.bytes, span.offset, span.length);
}

START_TEST(comments_are_found_in_order)
{
    static const char *const wanted[] = {"# top",  "# a",  "# in",   "# header", "# item",
                                         "# flow", "# f2", "# prop", "# last"};
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("\xEF\xBB\xBF# top\r\n"
                               "a: 1 # a\r\n"
                               "s:\r\n"
                               "  # in\r\n"
                               "  - \"# no\" \r\n"
                               "b: |2- # header\r\n"
                               "   # no\r\n"
                               "c:\r\n"
                               "- '# no'' # no'\r\n"
                               "- x#no # item\r\n"
                               "d: [1, # flow\r\n"
                               "  2 # f2\r\n"
                               "  ]\r\n"
                               "e: &n # prop\r\n"
                               "  k: v\r\n"
                               "...\r\n"
                               "# last"));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    ck_assert_uint_eq(doc.yaml.comments.count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < doc.yaml.comments.count; i++) {
        ck_assert_msg(cp_str_is(comment_text(&doc, i), wanted[i]), "%zu: %.*s", i,
                      CP_ARG(comment_text(&doc, i)));
    }
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(a_comment_knows_the_plain_value_before_it)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a: x # 0\n"
                               "b:   # 1\n"
                               "c: 'x' # 2\n"
                               "d: # 3\n"
                               "  - # 4\n"
                               "  - &n # 5\n"
                               "  - *n # 6\n"
                               "# 7\n"
                               "e: x\n"
                               "  y # 8\n"
                               "f: [x, # 9\n"
                               "  y # 10\n"
                               "  ]\n"
                               "? g # 11\n"
                               ": x\n"));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    const struct cp_node *behind[] = {
        yaml_doc_get(&doc, "a"),
        yaml_doc_get(&doc, "b"),
        NULL,
        NULL,
        yaml_doc_get(&doc, "d 0"),
        yaml_doc_get(&doc, "d 1"),
        NULL,
        NULL,
        yaml_doc_get(&doc, "e"),
        NULL,
        yaml_doc_get(&doc, "f 1"),
        NULL,
    };
    ck_assert_uint_eq(doc.yaml.comments.count, sizeof behind / sizeof *behind);
    for (size_t i = 0; i < doc.yaml.comments.count; i++) {
        ck_assert_msg(doc.yaml.comments.items[i].behind == behind[i], "%zu", i);
    }
    yaml_doc_release(&doc);
}
END_TEST

struct swallowed {
    const char *text;
    unsigned line, column, end_column;
    bool is_broken;
    const char *field, *message, *help;
};

static void assert_swallowed(const struct swallowed *row)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_str_of(row->text));
    cp_yaml_check_swallowed(&doc.yaml, &doc.diags);
    ck_assert_msg(doc.diags.items.count == 1, "%s", row->text);
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, "CP005");
    ck_assert_int_eq(found->severity, CP_WARNING);
    ck_assert_msg(cp_str_is(found->message, row->message), "%.*s", CP_ARG(found->message));
    ck_assert_msg(cp_str_is(found->help, row->help), "%.*s", CP_ARG(found->help));
    ck_assert_msg(cp_str_is(found->field, row->field), "%.*s", CP_ARG(found->field));
    ck_assert_uint_eq(found->at.line, row->line);
    ck_assert_uint_eq(found->at.column, row->column);
    ck_assert_uint_eq(found->at.end_column, row->end_column);
    ck_assert_msg(doc.yaml.comments.items[0].behind->is_broken == row->is_broken, "%s", row->text);
    yaml_doc_release(&doc);
}

#define QUOTES "put quotes around the whole value"

START_TEST(swallowed_text_is_reported_with_its_cure)
{
    static const struct swallowed rows[] = {
        {"a: 1\nchat: #permits  \n", 2, 7, 15, true, "chat",
         "YAML takes '#permits' for a comment, so the value is empty",
         QUOTES ": chat: \"#permits\""},
        {"n: see ticket #42\n", 1, 15, 18, false, "n",
         "YAML takes '#42' for a comment, so the value ends before it",
         QUOTES ": n: \"see ticket #42\""},
        {"s:\n  - #one\n", 2, 5, 9, true, "s[0]",
         "YAML takes '#one' for a comment, so the value is empty", QUOTES ": - \"#one\""},
        {"n: a\n  b\t#\xC3\xA9 \"x\"\n", 2, 5, 11, false, "n",
         "YAML takes '#\xC3\xA9 \"x\"' for a comment, so the value ends before it",
         QUOTES ": n: 'a b #\xC3\xA9 \"x\"'"},
        {"n: [it's, C #2\n ]\n", 1, 13, 15, false, "n[1]",
         "YAML takes '#2' for a comment, so the value ends before it", QUOTES ": \"C #2\""},
        {"word #x\n", 1, 6, 8, false, "",
         "YAML takes '#x' for a comment, so the value ends before it", QUOTES ": \"word #x\""},
        {"n: it's \"so\" #1\n", 1, 14, 16, false, "n",
         "YAML takes '#1' for a comment, so the value ends before it",
         QUOTES ": n: 'it''s \"so\" #1'"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_swallowed(&rows[i]);
    }
}
END_TEST

/* The only tag's node; `row->is_broken` is whether it was marked. */
static void assert_tag(const struct swallowed *row)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_str_of(row->text));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    cp_yaml_check_swallowed(&doc.yaml, &doc.diags);
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, "CP005");
    ck_assert_msg(cp_str_is(found->message, row->message), "%.*s", CP_ARG(found->message));
    ck_assert_msg(cp_str_is(found->help, row->help), "%.*s", CP_ARG(found->help));
    ck_assert_msg(cp_str_is(found->field, row->field), "%.*s", CP_ARG(found->field));
    ck_assert_uint_eq(found->at.line, row->line);
    ck_assert_uint_eq(found->at.column, row->column);
    ck_assert_uint_eq(found->at.end_column, row->end_column);
    ck_assert(doc.yaml.tags.items[0].node->is_broken == row->is_broken);
    yaml_doc_release(&doc);
}

START_TEST(tags_are_swallowed_text)
{
    static const struct swallowed rows[] = {
        {"a: 1\nr: !important text\n", 2, 4, 14, false, "r",
         "YAML takes '!important' for a tag, so the value begins behind it",
         QUOTES ": r: \"!important text\""},
        {"r: !now\n", 1, 4, 8, true, "r", "YAML takes '!now' for a tag, so the value is empty",
         QUOTES ": r: \"!now\""},
        {"- &x ! text\n", 1, 6, 7, false, "[0]",
         "YAML takes '!' for a tag, so the value begins behind it", QUOTES ": - \"! text\""},
        {"r: !!urgent text\n", 1, 4, 12, false, "r",
         "YAML takes '!!urgent' for a tag, so the value begins behind it",
         QUOTES ": r: \"!!urgent text\""},
        {"r: !x 'text'\n", 1, 4, 6, false, "r",
         "YAML takes '!x' for a tag, which is no part of the value",
         "write it inside the value, or remove it"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_tag(&rows[i]);
    }
}
END_TEST

START_TEST(a_long_cure_is_not_spelled_out)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, "n: see #1 ");
    cp_buf_repeat(&text, 'x', 200);
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&text));
    cp_yaml_check_swallowed(&doc.yaml, &doc.diags);
    ck_assert(cp_str_is(yaml_doc_only(&doc)->help, QUOTES));
    yaml_doc_release(&doc);
    cp_buf_release(&text);
}
END_TEST

START_TEST(comments_are_no_swallowed_text)
{
    static const char *const texts[] = {
        "a: # contplan: ignore CP301 until 2027-01-31 by jon.reyes -- why\n",
        "a: x # 42\n",
        "a: !!str x\nb: !!int 4\nc: x !y\n",
        "a: !<tag:yaml.org,2002:str> x\n",
        "#a\na: x\n#b\n  #c\n",
        "a: 'x' #b\n",
        "a: \"x\" #b\n",
        "a: #people\n  - x\n",
        "a: #people\n  b: x\n",
        "a: #text\n  x\n",
        "a: | #b\n  x\n",
        "a: [x, #b\n  y]\n",
        "a: [x] #b\n",
        "a: x #-- b\n",
        "a: x #\n",
        "a: x ##\n",
        "a: x #\xE2\x80\x94 b\n",
        "a: x#b\n",
        "a: &n x\nb: *n #c\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct yaml_doc doc;
        yaml_doc_init(&doc, cp_str_of(texts[i]));
        cp_yaml_check_swallowed(&doc.yaml, &doc.diags);
        ck_assert_msg(doc.diags.items.count == 0, "%s", texts[i]);
        yaml_doc_release(&doc);
    }
}
END_TEST

START_TEST(nothing_is_swallowed_where_nothing_parses)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a: x #b\nc: [\n"));
    cp_yaml_check_swallowed(&doc.yaml, &doc.diags);
    ck_assert_str_eq(yaml_doc_only(&doc)->rule->code, "CP001");
    yaml_doc_release(&doc);
}
END_TEST

Suite *cp_suite_yaml_comment(void)
{
    Suite *suite = suite_create("yaml_comment");
    TCase *tcase = tcase_create("comments");
    tcase_add_test(tcase, comments_are_found_in_order);
    tcase_add_test(tcase, a_comment_knows_the_plain_value_before_it);
    tcase_add_test(tcase, swallowed_text_is_reported_with_its_cure);
    tcase_add_test(tcase, tags_are_swallowed_text);
    tcase_add_test(tcase, a_long_cure_is_not_spelled_out);
    tcase_add_test(tcase, comments_are_no_swallowed_text);
    tcase_add_test(tcase, nothing_is_swallowed_where_nothing_parses);
    suite_add_tcase(suite, tcase);
    return suite;
}
