/*
 * From a place inside a value to the place in the file: every style, every kind of line end.
 */
#include "../../src/yaml/replay.h"

#include "suites.h"
#include "yaml_doc.h"

#include <string.h>

START_TEST(the_replayed_value_is_the_value)
{
    static const char *const texts[] = {
        "plain words  with\ttabs",
        "plain\n folded\n\n\n  twice  \n x",
        "'it''s\n\n quoted ''  \n  twice '",
        "\"\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\/\\\\\\N\\_\\L\\P\\0\\x41\\u20AC\\U0001F6A2 \\\t.\"",
        "\"one\\\n   two \\\n\n\n  three\n  four\\  \n five\\n\n six \"",
        "\" \n a \n\n \"",
        "|\n one\n  two\n\n three\n",
        "|2-\n   one\n  two\n\n",
        "|+\n one\n\n \n\n",
        "|1+\n   \n  x\n \n",
        "|1+\n   \n",
        "|+\n\n  \n\n",
        "|-\n one",
        "|\n",
        "|  # comment\n\n\n   one\n\n\n",
        ">\n one\n two\n\n three\n\n\n  more\n   indented\n\n four\n \ttab\n five\n",
        ">-\n\n one\n\n\n two\n",
        ">+\n one\n  two\n\n three\n\n",
        ">2\n\n\n    one\n    two\n   three\n",
        ">1\n \tone\n two\n",
        "one\xC2\x85 two\xE2\x80\xA8 three\xE2\x80\xA9\xE2\x80\xA8 four\n five",
        "\"one\xC2\x85 two\xE2\x80\xA8 three\n\xE2\x80\xA9 four\"",
        "|\n one\xC2\x85 two\xE2\x80\xA8 three\xE2\x80\xA9\n four\n",
        ">\n one\xC2\x85 two\xE2\x80\xA8 three\xE2\x80\xA9\n four\n five\n",
        "|\r\n one\r\n\r\n two\r\n",
        ">\r\n one\r\n two\r\n",
        "'one\r\n two\r\n\r\n three'",
        "|\r one\r two\r",
        "&a !!str  # c\n  x",
        "&an:chor",
        "!<tag:x,y> '#'",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct yaml_doc doc;
        yaml_doc_init(&doc, cp_str_of(texts[i]));
        ck_assert_msg(doc.yaml.root, "%s", texts[i]);
        struct cp_yaml_replay replay;
        cp_yaml_replay_build(&replay, doc.yaml.root);
        ck_assert_msg(cp_str_is_equal(cp_buf_str(&replay.value), doc.yaml.root->text),
                      "%s\nis '%.*s'\nbut '%.*s'", texts[i], CP_ARG(doc.yaml.root->text),
                      CP_ARG(cp_buf_str(&replay.value)));
        cp_yaml_replay_release(&replay);
        yaml_doc_release(&doc);
    }
}
END_TEST

struct inner {
    const char *text;   /* of the document, whose root is the value */
    const char *needle; /* in the value */
    const char *source; /* what stands there in the file */
    unsigned line, column;
};

START_TEST(a_word_of_a_value_is_found_in_the_file)
{
    static const struct inner rows[] = {
        {"one TBC two", "TBC", "TBC", 1, 5},
        {"'it''s TBC'", "TBC", "TBC", 1, 8},
        {"'it''s TBC'", "t's", "t''s", 1, 3},
        {"\"a\\tTBC\"", "TBC", "TBC", 1, 5},
        {"\"a\\tTBC\"", "\t", "\\t", 1, 3},
        {"\"\\u20AC x\"", "\xE2\x82\xAC x", "\\u20AC x", 1, 2},
        {"\"\\u20AC x\"", "\x82", "\\u20AC", 1, 2},
        {"# c\n|  # c\n  \xC3\xA9\n\n  see [x](y) there\n", "[x](y)", "[x](y)", 5, 7},
        {">\n  some\n  long TBC\n  text\n", "TBC", "TBC", 3, 8},
        {">\n  some\n  long TBC\n  text\n", "TBC text", "TBC", 3, 8},
        {">\n  some\n  long\n", "some long", "some", 2, 3},
        {">\n  to be\n  confirmed\n", " confirmed", "", 2, 8},
        {"\"to be\n  confirmed\"", "confirmed", "confirmed", 2, 3},
        {"to\n\n  be", "\nbe", "", 2, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct inner *row = &rows[i];
        struct yaml_doc doc;
        yaml_doc_init(&doc, cp_str_of(row->text));
        const struct cp_node *root = doc.yaml.root;
        ck_assert_ptr_nonnull(root);
        size_t offset = cp_str_find(root->text, cp_str_of(row->needle));
        ck_assert_uint_ne(offset, SIZE_MAX);
        struct cp_place place = cp_node_inner_place(root, offset, strlen(row->needle));
        struct cp_location at = cp_location_of(place, &doc.arena);
        ck_assert_msg(at.line == row->line && at.column == row->column, "%u:%u %s",
                      (unsigned)at.line, (unsigned)at.column, row->text);
        struct cp_str source = cp_str_slice(doc.file.bytes, place.span.offset, place.span.length);
        ck_assert_msg(cp_str_is(source, row->source), "'%.*s' for %s", CP_ARG(source), row->text);
        yaml_doc_release(&doc);
    }
}
END_TEST

START_TEST(places_beyond_the_value_stay_at_its_end)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR("a: 'x y'\nb:\nc: [1]\n"));
    const struct cp_node *node = yaml_doc_get(&doc, "a");
    ck_assert_uint_eq(cp_node_inner_place(node, 2, SIZE_MAX).span.offset, 6);
    ck_assert_uint_eq(cp_node_inner_place(node, 2, SIZE_MAX).span.length, 1);
    ck_assert_uint_eq(cp_node_inner_place(node, 3, 1).span.offset, 7);
    ck_assert_uint_eq(cp_node_inner_place(node, SIZE_MAX, SIZE_MAX).span.length, 0);
    ck_assert_uint_eq(cp_node_inner_place(node, 1, 0).span.offset, 5);
    ck_assert_uint_eq(cp_node_inner_place(node, 1, 0).span.length, 0);
    const struct cp_node *empty = yaml_doc_get(&doc, "b");
    ck_assert_uint_eq(cp_node_inner_place(empty, 0, 5).span.offset, empty->span.offset);
    const struct cp_node *list = yaml_doc_get(&doc, "c");
    ck_assert_uint_eq(cp_node_inner_place(list, 1, 1).span.length, 3);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(without_bytes_the_whole_value_is_the_place)
{
    static char bytes[] = "a: \"b\\tc\"\n";
    struct yaml_doc doc;
    yaml_doc_init(&doc, CP_STR(bytes));
    const struct cp_node *node = yaml_doc_get(&doc, "a");
    ck_assert_uint_eq(cp_node_inner_place(node, 1, 1).span.offset, 5);
    cp_file_drop(&doc.file);
    ck_assert_uint_eq(cp_node_inner_place(node, 1, 1).span.offset, 3);
    ck_assert_uint_eq(cp_node_inner_place(node, 1, 1).span.length, 6);
    yaml_doc_release(&doc);
}
END_TEST

Suite *cp_suite_yaml_replay(void)
{
    Suite *suite = suite_create("yaml_replay");
    TCase *tcase = tcase_create("replay");
    tcase_add_test(tcase, the_replayed_value_is_the_value);
    tcase_add_test(tcase, a_word_of_a_value_is_found_in_the_file);
    tcase_add_test(tcase, places_beyond_the_value_stay_at_its_end);
    tcase_add_test(tcase, without_bytes_the_whole_value_is_the_place);
    suite_add_tcase(suite, tcase);
    return suite;
}
