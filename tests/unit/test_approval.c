/*
 * What an approval covers, as canonical JSON written by hand, and its fingerprint; SHA-256 on the
 * published vectors.
 */
#include "report_case.h"
#include "suites.h"

#include <contplan/analysis.h>

#include <string.h>

START_TEST(sha256_gives_the_published_digests)
{
    static const struct {
        const char *text, *digest;
    } rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrl"
         "mnopqrsmnopqrstnopqrstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
    };
    char out[CP_SHA256_TEXT];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cp_sha256(out, cp_str_of(rows[i].text));
        ck_assert_str_eq(out, rows[i].digest);
    }
}
END_TEST

START_TEST(sha256_of_a_million_letters)
{
    struct cp_buf text;
    char out[CP_SHA256_TEXT];
    cp_buf_init(&text);
    cp_buf_repeat(&text, 'a', 1000000);
    cp_sha256(out, cp_buf_str(&text));
    cp_buf_release(&text);
    ck_assert_str_eq(out, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}
END_TEST

/* Lengths around those at which padding takes a second block, as another program digests them. */
START_TEST(sha256_pads_at_the_edge_of_a_block)
{
    static const struct {
        size_t length;
        const char *digest;
    } rows[] = {
        {55, "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072"},
        {56, "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e"},
        {63, "75220b47218278e656f2013bb8f0c455a25eaf01e86c64924e9d48d89776d6f2"},
        {64, "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c"},
        {65, "9537c5fdf120482f7d58d25e9ed583f52c02b4e304ea814db1633ad565aed7e9"},
        {119, "000b48d4edf0fa7bee3c6236ecd2785baa5db4eeb8bb54341b029e0d9fa5fb0c"},
        {120, "13f05a0b594787f5ecd315edc96141bd3243203d1b7d4f0836f37308b276ba98"},
    };
    char out[CP_SHA256_TEXT];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_buf text;
        cp_buf_init(&text);
        cp_buf_repeat(&text, 'x', rows[i].length);
        cp_sha256(out, cp_buf_str(&text));
        cp_buf_release(&text);
        ck_assert_msg(strcmp(out, rows[i].digest) == 0, "%zu bytes: %s", rows[i].length, out);
    }
}
END_TEST

static const char config[] = "people:\n"
                             "  - {id: maya, name: Maya Lind}\n"
                             "calendar: {hours: Mon-Fri 09:00-17:00}\n"
                             "tiers:\n"
                             "  2: {objectives: {mtpd: 2d, rpo: 1h}}\n"
                             "defaults:\n"
                             "  accountability: {accountable: maya}\n";

/* The canonical JSON of a plan, compared with what was written by hand. */
static void compare(const char *of_config, const char *plan, const char *expected)
{
    struct report_case c;
    struct cp_buf json;
    cp_buf_init(&json);
    report_case_init(&c, of_config, plan);
    cp_approval_put(&json, &c.plan, &c.portfolio);
    ck_assert_str_eq(json.at, expected);
    cp_buf_release(&json);
    report_case_release(&c);
}

START_TEST(the_json_is_canonical)
{
    compare(config,
            "id: a\ntier: 2\ndisaster_recovery:\n  objectives:\n"
            "    - wrt: 5wd\n      rto: 1d 2h\n      for: Agents\n      clock: detection\n"
            "    - {rto: 30wm, rpo: 0, mbco: \"a \\\"b\\\"\\n\\\\ \\u0001 \\u00e9\"}\n",
            "{\"accountable\":\"maya\",\"objectives\":["
            "{\"clock\":\"detection\",\"for\":\"Agents\",\"mtpd\":172800,\"rpo\":3600,"
            "\"rto\":93600,\"wrt\":\"144000ws\"},"
            "{\"mbco\":\"a \\\"b\\\"\\n\\\\ \\u0001 \xc3\xa9\",\"mtpd\":172800,\"rpo\":0,"
            "\"rto\":\"1800ws\"}],\"tier\":\"2\"}");
}
END_TEST

START_TEST(what_is_not_stated_is_left_out)
{
    compare("", "id: a\n", "{}");
    compare("", "id: a\ndisaster_recovery: {objectives: [{rto: 5wd}]}\n",
            "{\"objectives\":[{\"rto\":\"5wd\"}]}");
    compare("", "id: a\ndisaster_recovery: {objectives: [{rto: 8wh}]}\n",
            "{\"objectives\":[{\"rto\":\"28800ws\"}]}");
}
END_TEST

START_TEST(what_is_not_a_value_stands_as_written)
{
    compare(config,
            "id: a\naccountability: {accountable: {not_applicable: {reason: None, by: maya}}}\n"
            "disaster_recovery:\n  objectives:\n    - rto: TBC\n"
            "      rpo: {unknown: {reason: Not measured, owner: maya, due: 2027-01-31}}\n",
            "{\"accountable\":{\"not_applicable\":{\"by\":\"maya\",\"reason\":\"None\"}},"
            "\"objectives\":[{\"rpo\":{\"unknown\":{\"due\":\"2027-01-31\",\"owner\":\"maya\","
            "\"reason\":\"Not measured\"}},\"rto\":\"TBC\"}]}");
}
END_TEST

static void content_of(char out[CP_SHA256_TEXT], const char *of_config, const char *plan)
{
    struct report_case c;
    report_case_init(&c, of_config, plan);
    cp_approval_content(out, &c.plan, &c.portfolio);
    report_case_release(&c);
}

START_TEST(the_content_is_the_digest_of_the_json)
{
    char content[CP_SHA256_TEXT];
    char digest[CP_SHA256_TEXT];
    content_of(content, "", "id: a\ntier: 1\ndisaster_recovery: {objectives: [{rto: 4h}]}\n");
    cp_sha256(digest, CP_STR("{\"objectives\":[{\"rto\":14400}],\"tier\":\"1\"}"));
    ck_assert_str_eq(content, digest);
}
END_TEST

START_TEST(spelling_does_not_change_the_content)
{
    char first[CP_SHA256_TEXT];
    char second[CP_SHA256_TEXT];
    content_of(first, "", "id: a\ndisaster_recovery: {objectives: [{rto: 4h, rpo: 1d}]}\n");
    content_of(second, "",
               "id: a\nname: Other\ndisaster_recovery:\n  objectives:\n"
               "    - {rpo: PT24H, rto: 240 minutes}\n");
    ck_assert_str_eq(first, second);
    content_of(second, "", "id: a\ndisaster_recovery: {objectives: [{rto: 5h, rpo: 1d}]}\n");
    ck_assert_str_ne(first, second);
}
END_TEST

/* The live plans of the example are approved as they stand. */
START_TEST(the_example_is_approved)
{
    struct report_case c;
    report_case_load_example(&c, (size_t)_i);
    if (cp_plan_phase(&c.plan) == CP_LIVE) {
        char content[CP_SHA256_TEXT];
        cp_approval_content(content, &c.plan, &c.portfolio);
        ck_assert_uint_eq(c.plan.review.approvals.count, 1);
        ck_assert_msg(cp_str_is(c.plan.review.approvals.items[0].content.text, content), "%s: %s",
                      example_plans[_i], content);
    }
    report_case_release(&c);
}
END_TEST

Suite *cp_suite_approval(void)
{
    Suite *suite = suite_create("approval");
    TCase *tests = tcase_create("approval");
    tcase_add_test(tests, sha256_gives_the_published_digests);
    tcase_add_test(tests, sha256_of_a_million_letters);
    tcase_add_test(tests, sha256_pads_at_the_edge_of_a_block);
    tcase_add_test(tests, the_json_is_canonical);
    tcase_add_test(tests, what_is_not_stated_is_left_out);
    tcase_add_test(tests, what_is_not_a_value_stands_as_written);
    tcase_add_test(tests, the_content_is_the_digest_of_the_json);
    tcase_add_test(tests, spelling_does_not_change_the_content);
    tcase_add_loop_test(tests, the_example_is_approved, 0, (int)example_plan_count);
    suite_add_tcase(suite, tests);
    return suite;
}
