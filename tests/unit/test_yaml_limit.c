/*
 * Documents made to be expensive: each ends at once with one finding that names the limit.
 */
#include "suites.h"
#include "yaml_doc.h"

#include <string.h>

static void repeat(struct cp_buf *buf, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++) {
        cp_buf_puts(buf, text);
    }
}

/* Reads what `buf` holds, releases it, and expects one finding. */
static void assert_one(struct cp_buf *buf, const char *code, const char *message)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(buf));
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, code);
    ck_assert_msg(cp_str_is(found->message, message), "%.*s", CP_ARG(found->message));
    ck_assert_ptr_null(doc.yaml.root);
    yaml_doc_release(&doc);
    cp_buf_release(buf);
}

static void assert_flood(const char *head, const char *text, size_t times, const char *code,
                         const char *message)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_buf_puts(&buf, head);
    repeat(&buf, text, times);
    assert_one(&buf, code, message);
}

static const char too_deep[] = "values are nested 65 levels deep here, more than the limit of 64";

START_TEST(size)
{
    assert_flood("", "a: bcde\n", CP_YAML_BYTES / 8 + 1, "CP003",
                 "the file has more than 1048576 bytes (1 MiB), the limit of a plan");
}
END_TEST

START_TEST(depth)
{
    assert_flood("", "[", CP_YAML_BYTES, "CP003", too_deep);
    assert_flood("", "{a: ", 32 * 1024, "CP003", too_deep);
    assert_flood("", "- ", 512 * 1024, "CP003", too_deep);
    assert_flood("a: ", "[", 64, "CP003", too_deep);
}
END_TEST

START_TEST(the_limit_itself_is_allowed)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    repeat(&buf, "[", CP_YAML_DEPTH);
    repeat(&buf, "]", CP_YAML_DEPTH);
    repeat(&buf, "\n", CP_YAML_BYTES - 2 * CP_YAML_DEPTH);
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&buf));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    yaml_doc_release(&doc);
    cp_buf_release(&buf);
}
END_TEST

START_TEST(values)
{
    assert_flood("", "-\n", 300 * 1000, "CP003",
                 "the document holds at least 200001 values, more than the limit of 200000");
    assert_flood("[", "a,", 300 * 1000, "CP003",
                 "the document holds at least 200001 values, more than the limit of 200000");
}
END_TEST

START_TEST(directives)
{
    assert_flood("", "%TAG !a! tag:x\n", 60 * 1000, "CP003",
                 "the file has 60000 directives, more than the limit of 8");
    assert_flood("# c\n\n", "%TAG !a! tag:x\n# c\n", 9, "CP003",
                 "the file has 9 directives, more than the limit of 8");
    assert_flood("a: 1\n...\n", "%TAG !a! tag:x\n", 60 * 1000, "CP001",
                 "a second document starts here; a file holds only one");
}
END_TEST

START_TEST(anchors)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    for (int i = 0; i < 60 * 1000; i++) {
        cp_buf_printf(&buf, "- &a%d x\n", i);
    }
    assert_one(&buf, "CP003",
               "the document has at least 1001 anchors, more than the limit of 1000");
    assert_flood("", "- &a x\n", 60 * 1000, "CP003",
                 "the document has at least 1001 anchors, more than the limit of 1000");
}
END_TEST

/* Each level names the one before it ten times: ten to the ninth values in a few hundred bytes. */
START_TEST(alias_bomb)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_buf_puts(&buf, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
        cp_buf_printf(&buf, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++) {
            cp_buf_printf(&buf, "*a%d,", i - 1);
        }
        cp_buf_puts(&buf, "]\n");
    }
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&buf));
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, "CP003");
    ck_assert(cp_str_has_suffix(found->message, "values, more than the limit of 200000"));
    ck_assert_uint_eq(found->at.line, 6);
    yaml_doc_release(&doc);
    cp_buf_release(&buf);
}
END_TEST

/* A few long values, each used often and again through one another. */
START_TEST(aliases_bring_no_more_bytes_than_a_file_may_hold)
{
    struct cp_buf buf;
    struct yaml_doc doc;
    cp_buf_init(&buf);
    cp_buf_puts(&buf, "- &a ");
    repeat(&buf, "x", 1000);
    cp_buf_puts(&buf, "\n- &b [*a, *a, *a, *a]\n");
    repeat(&buf, "- *b\n", 250);
    yaml_doc_init(&doc, cp_buf_str(&buf));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    yaml_doc_release(&doc);
    assert_flood(buf.at, "- *b\n", 100, "CP003",
                 "aliases bring at least 1052176 bytes into the document, more than the limit of "
                 "1048576");
    cp_buf_release(&buf);
}
END_TEST

/* Each value alone is within the limit; what the aliases bring goes one over it, and no further. */
START_TEST(aliases_do_not_add_up_to_depth)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_buf_puts(&buf, "a: &a ");
    repeat(&buf, "[", 40);
    repeat(&buf, "]", 40);
    cp_buf_puts(&buf, "\nb: &b ");
    repeat(&buf, "[", 20);
    cp_buf_puts(&buf, "*a");
    repeat(&buf, "]", 20);
    cp_buf_puts(&buf, "\nc: [[[*b]]]\nd: [[[[*b]]]]\n");
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&buf));
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, "CP003");
    ck_assert(cp_str_is(found->message, "with what the alias brings, values are nested 65 levels "
                                        "deep; the limit is 64"));
    ck_assert_uint_eq(found->at.line, 4);
    ck_assert_uint_eq(found->at.column, 8);
    yaml_doc_release(&doc);
    cp_buf_release(&buf);
}
END_TEST

START_TEST(findings_about_keys_are_bounded)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    repeat(&buf, "a: 1\n", 90 * 1000);
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_buf_str(&buf));
    ck_assert_uint_eq(doc.diags.items.count, CP_FINDINGS_PER_FILE);
    ck_assert_uint_eq(doc.yaml.root->count, 1);
    yaml_doc_release(&doc);
    cp_buf_release(&buf);
}
END_TEST

Suite *cp_suite_yaml_limit(void)
{
    Suite *suite = suite_create("yaml_limit");
    TCase *tcase = tcase_create("floods");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, size);
    tcase_add_test(tcase, depth);
    tcase_add_test(tcase, the_limit_itself_is_allowed);
    tcase_add_test(tcase, values);
    tcase_add_test(tcase, directives);
    tcase_add_test(tcase, anchors);
    tcase_add_test(tcase, alias_bomb);
    tcase_add_test(tcase, aliases_bring_no_more_bytes_than_a_file_may_hold);
    tcase_add_test(tcase, aliases_do_not_add_up_to_depth);
    tcase_add_test(tcase, findings_about_keys_are_bounded);
    suite_add_tcase(suite, tcase);
    return suite;
}
