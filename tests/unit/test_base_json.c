/* JSON: layout, and text that must not leave as it is. */
#include "suites.h"

#include <contplan/base.h>

static void write_sample(struct cp_json *json)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "id", CP_STR("permits"));
    cp_json_array(json, "lines");
    cp_json_number(json, NULL, -1);
    cp_json_number(json, NULL, INT64_MIN);
    cp_json_array(json, NULL);
    cp_json_end_array(json);
    cp_json_end_array(json);
    cp_json_object(json, "none");
    cp_json_end_object(json);
    cp_json_object(json, "in\"ner");
    cp_json_bool(json, "yes", true);
    cp_json_bool(json, "no", false);
    cp_json_end_object(json);
    cp_json_null(json, "clause");
    cp_json_end_object(json);
}

START_TEST(pretty_layout)
{
    struct cp_buf buf;
    struct cp_json json;
    cp_buf_init(&buf);
    cp_json_init(&json, &buf, false);
    write_sample(&json);
    ck_assert_str_eq(buf.at, "{\n"
                             "  \"id\": \"permits\",\n"
                             "  \"lines\": [\n"
                             "    -1,\n"
                             "    -9223372036854775808,\n"
                             "    []\n"
                             "  ],\n"
                             "  \"none\": {},\n"
                             "  \"in\\\"ner\": {\n"
                             "    \"yes\": true,\n"
                             "    \"no\": false\n"
                             "  },\n"
                             "  \"clause\": null\n"
                             "}");
    cp_buf_release(&buf);
}
END_TEST

START_TEST(compact_layout)
{
    struct cp_buf buf;
    struct cp_json json;
    cp_buf_init(&buf);
    cp_json_init(&json, &buf, true);
    write_sample(&json);
    ck_assert_str_eq(buf.at, "{\"id\":\"permits\",\"lines\":[-1,-9223372036854775808,[]],"
                             "\"none\":{},\"in\\\"ner\":{\"yes\":true,\"no\":false},"
                             "\"clause\":null}");
    cp_buf_release(&buf);
}
END_TEST

START_TEST(strings_are_safe)
{
    const struct {
        struct cp_str text;
        const char *expected;
    } rows[] = {
        {CP_STR(""), "\"\""},
        {CP_STR("a<b>&'/"), "\"a<b>&'/\""},
        {CP_STR("\"\\"), "\"\\\"\\\\\""},
        {CP_STR("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\""},
        {CP_STR("\0\x01\x1f"), "\"\\u0000\\u0001\\u001f\""},
        {CP_STR("\x1b[2J\x7f"), "\"\\u001b[2J\\u007f\""},
        {CP_STR("caf\xc3\xa9 \xf0\x9f\x98\x80"), "\"caf\xc3\xa9 \xf0\x9f\x98\x80\""},
        {CP_STR("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae"), "\"\\u2028\\u2029\\u202e\""},
        {CP_STR("\xf3\xa0\x81\x81"), "\"\\udb40\\udc41\""},
        {CP_STR("## ##[error]"), "\"## #\\u0023[error]\""},
        {CP_STR("a\xff\xc3"
                "b"),
         "\"a\xef\xbf\xbd\xef\xbf\xbd"
         "b\""},
        {CP_STR("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_buf buf;
        struct cp_json json;
        cp_buf_init(&buf);
        cp_json_init(&json, &buf, i % 2 == 0);
        cp_json_string(&json, NULL, rows[i].text);
        ck_assert_str_eq(buf.at, rows[i].expected);
        cp_buf_release(&buf);
    }
}
END_TEST

START_TEST(one_value_after_the_other)
{
    struct cp_buf buf;
    struct cp_json json;
    cp_buf_init(&buf);
    cp_json_init(&json, &buf, true);
    for (int i = 0; i < 2; i++) {
        cp_json_array(&json, NULL);
        cp_json_number(&json, NULL, i);
        cp_json_end_array(&json);
        cp_buf_putc(&buf, '\n');
    }
    ck_assert_str_eq(buf.at, "[0]\n[1]\n");
    cp_buf_release(&buf);
}
END_TEST

Suite *cp_suite_base_json(void)
{
    Suite *suite = suite_create("base_json");
    TCase *tests = tcase_create("json");
    tcase_add_test(tests, pretty_layout);
    tcase_add_test(tests, compact_layout);
    tcase_add_test(tests, strings_are_safe);
    tcase_add_test(tests, one_value_after_the_other);
    suite_add_tcase(suite, tests);
    return suite;
}
