/*
 * One finding for each mistake: its place, its words, its cure, its second place.
 */
#include "suites.h"
#include "yaml_doc.h"

#include <string.h>

struct mistake {
    const char *text;
    unsigned line, column, end_column;
    const char *message;
    const char *help; /* or NULL: none */
    unsigned note_line, note_column;
};

static void assert_text(struct cp_str is, const char *wanted, const char *source)
{
    ck_assert_msg(cp_str_is(is, wanted), "'%.*s' is not '%s' for:\n%s", CP_ARG(is), wanted, source);
}

static void assert_note(const struct cp_diagnostic *found, const struct mistake *row)
{
    ck_assert_msg(found->notes.count == (row->note_line > 0 ? 1 : 0), "notes for:\n%s", row->text);
    if (row->note_line > 0) {
        const struct cp_location *at = &found->notes.items[0].at;
        ck_assert_msg(at->line == row->note_line && at->column == row->note_column,
                      "note at %u:%u for:\n%s", (unsigned)at->line, (unsigned)at->column,
                      row->text);
    }
}

static void assert_mistake(const struct mistake *row, const char *code)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, cp_str_of(row->text));
    ck_assert_msg(doc.diags.items.count == 1, "%zu findings for:\n%s", doc.diags.items.count,
                  row->text);
    const struct cp_diagnostic *found = doc.diags.items.items[0];
    ck_assert_str_eq(found->rule->code, code);
    assert_text(found->message, row->message, row->text);
    assert_text(found->help, row->help ? row->help : "", row->text);
    ck_assert_msg(found->at.line == row->line && found->at.column == row->column &&
                      found->at.end_column == row->end_column,
                  "at %u:%u-%u for:\n%s", (unsigned)found->at.line, (unsigned)found->at.column,
                  (unsigned)found->at.end_column, row->text);
    assert_note(found, row);
    ck_assert(doc.yaml.is_broken);
    ck_assert_ptr_null(doc.yaml.root);
    ck_assert_uint_eq(doc.yaml.comments.count, 0);
    yaml_doc_release(&doc);
}

static void assert_mistakes(const struct mistake *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_mistake(&rows[i], "CP001");
    }
}

#define ASSERT_ALL(rows) assert_mistakes(rows, sizeof(rows) / sizeof *(rows))

#define QUOTES "put quotes around the whole value"

START_TEST(comments_that_hide_a_bracket)
{
    static const struct mistake rows[] = {
        {"in:\n  - {name: Web, text: see ticket #42 for that}\n  - b\n", 2, 34, 47,
         "everything behind this '#' is a comment, the closing '}' too",
         QUOTES ": text: \"see ticket #42 for that\"", 2, 5},
        {"a: [systems, #desk]\nb:\n  - x\n", 1, 14, 20,
         "everything behind this '#' is a comment, the closing ']' too", QUOTES ": \"#desk\"", 1,
         4},
        {"a: [systems, #desk, x]", 1, 14, 23,
         "everything behind this '#' is a comment, the closing ']' too", QUOTES ": \"#desk\"", 1,
         4},
        {"a: [b,#c]\nd: e\n", 1, 7, 10,
         "everything behind this '#' is a comment, the closing ']' too", QUOTES ": \"#c\"", 1, 4},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(dashes_without_a_blank)
{
    static const struct mistake rows[] = {
        {"in:\n - Buying\n -Returning\n", 3, 2, 3, "no blank stands behind the '-' of a list item",
         "write '- Returning'", 0, 0},
        {"in:\n -Buying # x\n - {text: x}\n", 2, 2, 3,
         "no blank stands behind the '-' of a list item", "write '- Buying'", 0, 0},
        {"in:\n - text: x\n -Returning: y\n", 3, 2, 3,
         "no blank stands behind the '-' of a list item", "write '- Returning: y'", 0, 0},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(values_that_need_quotes)
{
    static const struct mistake rows[] = {
        {"a: 1\nnote: see this: that\n", 2, 15, 16,
         "a ':' inside the value of 'note' makes YAML read another key",
         QUOTES ": note: \"see this: that\"", 0, 0},
        {"- x: \xC3\xA9t\xC3\xA9: \"q\"  # why\n", 1, 9, 10,
         "a ':' inside the value of 'x' makes YAML read another key",
         QUOTES ": - x: '\xC3\xA9t\xC3\xA9: \"q\"'", 0, 0},
        {"a: @team # x\n", 1, 4, 9, "a value without quotes cannot start with '@'",
         QUOTES ": a: \"@team\"", 0, 0},
        {"a: `x` y\n", 1, 4, 9, "a value without quotes cannot start with a backtick",
         QUOTES ": a: \"`x` y\"", 0, 0},
        {"- [@x, y]\n", 1, 4, 6, "a value without quotes cannot start with '@'",
         QUOTES ": - [\"@x\"", 0, 0},
        {"a: %x\n", 1, 4, 6, "a value without quotes cannot start with '%'", QUOTES ": a: \"%x\"",
         0, 0},
        {"a: *bold* x\n", 1, 4, 12, "a value without quotes cannot start with '*'",
         QUOTES ": a: \"*bold* x\"", 0, 0},
        {"a: & b\n", 1, 4, 7, "a value without quotes cannot start with '&'", QUOTES ": a: \"& b\"",
         0, 0},
        {"a: !now!!\n", 1, 4, 10, "a value without quotes cannot start with '!'",
         QUOTES ": a: \"!now!!\"", 0, 0},
        {"a: >4h\n", 1, 4, 7, "a value without quotes cannot start with '>'", QUOTES ": a: \">4h\"",
         0, 0},
        {"a: | b\n", 1, 4, 7, "a value without quotes cannot start with '|'", QUOTES ": a: \"| b\"",
         0, 0},
        {"a: ? b\n", 1, 4, 7, "a value without quotes cannot start with '?'", QUOTES ": a: \"? b\"",
         0, 0},
        {"a: ]\n", 1, 4, 5, "a value without quotes cannot start with ']'", QUOTES ": a: \"]\"", 0,
         0},
        {"a: [x](y)\n", 1, 7, 10, "text follows the ']' that closes the value",
         QUOTES ": a: \"[x](y)\"", 0, 0},
        {"%x: y\n", 1, 1, 6, "a value without quotes cannot start with '%'", QUOTES ": \"%x: y\"",
         0, 0},
        {"a: {{ b }}\n", 1, 5, 11, "a list or mapping cannot be a key",
         "write a word as the key; where this is text in braces or brackets, put quotes around it",
         0, 0},
        {"a: [-]\n", 1, 5, 6, "a '-' alone is no value in brackets", "put quotes around it: \"-\"",
         0, 0},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(tabs_and_indentation)
{
    static const char spaces[] = "indent with spaces only";
    static const char tab[] = "a tab is used for indentation";
    static const char like[] = "give it exactly the indentation of the lines it belongs with";
    static const struct mistake rows[] = {
        {"a:\n\t\tb: 1\n", 2, 1, 3, tab, spaces, 0, 0},
        {"a:\n  b: 1\n\tc: 2\n", 3, 1, 2, tab, spaces, 0, 0},
        {"a: |\n\tb\n", 2, 1, 2, tab, spaces, 0, 0},
        {"a: \"b\n\tc\"\n", 2, 1, 2, tab, spaces, 0, 0},
        {"a: [\n\tb]\n", 2, 1, 2, tab, spaces, 0, 0},
        {"a:\n    b: 1\n  c: 2\n", 3, 3, 4, "the indentation of 'c' fits nothing above it", like, 1,
         1},
        {"a:\n  - x\n  b: 1\n", 3, 3, 4, "the indentation of 'b' fits nothing above it", like, 2,
         3},
        {"  a: 1\nb: 2\n", 2, 1, 2, "the indentation of 'b' fits nothing above it", like, 0, 0},
        {"a: b\n  c: d\n", 2, 3, 4, "the key 'c' is indented deeper than the line above it allows",
         "give it the indentation of the keys it stands beside", 1, 1},
        {"x:\n  a b.c\n  d: e\n", 3, 3, 4,
         "the key 'd' is indented deeper than the line above it allows",
         "put a ':' behind the key of the line above: a: b.c", 2, 3},
        {"x:\n a: b\n  d: e\n", 3, 3, 4,
         "the key 'd' is indented deeper than the line above it allows",
         "give it the indentation of the keys it stands beside", 2, 2},
        {"a: some\n  more words: here\n", 2, 13, 14,
         "this ':' makes YAML read 'more words' as a key inside a value",
         "put quotes around the whole value, or write it as a block of text with '|'", 0, 0},
        {"a: |\ntext\nb: 1\n", 2, 1, 5,
         "a block of text must be indented deeper than the key it belongs to",
         "indent the lines of the text", 0, 0},
        {"a: |\n     \n  text\n", 2, 1, 6,
         "a blank line above this text has more spaces than the text is indented",
         "remove the spaces of the blank line", 3, 3},
        {"a: \"b\nc\"\n", 2, 1, 3,
         "this line belongs to a quoted value and must be indented deeper than what holds it",
         "indent the line, or close the quote above it", 1, 4},
        {"a: [b,\nc]\n", 2, 1, 3,
         "this line belongs to a list or mapping in brackets and must be indented deeper than what "
         "holds it",
         "indent the line", 1, 4},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(keys_and_items_out_of_place)
{
    static const struct mistake rows[] = {
        {"a: 1\nfoo bar\nb: 2\n", 2, 1, 8, "'foo bar' is neither a key nor part of the value above",
         "put a ':' behind a key; indent the line deeper where it belongs to the value", 0, 0},
        {"a:1\nb: 2\n", 1, 2, 3, "no blank stands behind the ':' of 'a'", "write 'a: 1'", 0, 0},
        {"a: 1\n- b\n", 2, 1, 2, "a list item stands where the next key must stand",
         "put the list under a key of its own", 1, 1},
        {"a: - b\n", 1, 4, 5, "a list cannot start on the line of its key",
         "start it on the next line, or put quotes around the value if '-' is text", 0, 0},
        {"a: \"b\"\n  - c\n", 2, 3, 4, "a list item stands where the next key must stand",
         "put the list under a key of its own", 1, 1},
        {": x\n", 1, 1, 2, "no key stands before this ':'", "write the key", 0, 0},
        {"[a]: b\n", 1, 1, 7, "a list or mapping cannot be a key",
         "write a word as the key; where this is text in braces or brackets, put quotes around it",
         0, 0},
        {"a: {b: 1}\nc:\n  <<: x\n", 3, 3, 5, "the merge key '<<' is not part of the format",
         "write the keys out, or put what several files share under 'defaults' of the portfolio "
         "file",
         0, 0},
        {"a: see #42\n  and more\n", 2, 3, 11, "a value cannot go on behind a comment",
         "put quotes around the whole value of a", 1, 8},
        {"a: [b]#c\n", 1, 7, 9, "no blank stands before the '#' of a comment",
         "put a blank before the '#'", 0, 0},
        {"a: &x &y z\n", 1, 7, 11, "'&y z' cannot stand here", NULL, 0, 0},
        {"a: [, b]\n", 1, 5, 6, "a value is missing here",
         "write the value, or \"\" for an empty one", 0, 0},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(quotes_and_brackets)
{
    static const struct mistake rows[] = {
        {"a: \"b\n  c: 1\n", 1, 4, 5, "the quote opened here is never closed",
         "close it with \" at the end of the value", 3, 1},
        {"a: 'b\n---\n", 1, 4, 5, "the quote opened here is never closed",
         "close it with ' at the end of the value", 2, 1},
        {"a: 'it's here'\n", 1, 8, 15, "text follows the quote that closes the value",
         "where a quote is part of the text, write it twice: ''", 1, 4},
        {"a: 'Ships' sail\n", 1, 12, 16, "text follows the quote that closes the value",
         QUOTES ": \"'Ships' sail\"", 1, 4},
        {"a: \"Ships\" sail # so\n", 1, 12, 16, "text follows the quote that closes the value",
         QUOTES ": '\"Ships\" sail'", 1, 4},
        {"a: \"say \"hi\" now\"\n", 1, 10, 18, "text follows the quote that closes the value",
         "where a quote is part of the text, write it as \\\"", 1, 4},
        {"a: \"C:\\path\"\n", 1, 7, 9, "'\\p' means nothing in double quotes",
         "write \\\\ for a backslash, or put the value in single quotes", 0, 0},
        {"a: \"\\xZZ\"\n", 1, 5, 7, "'\\x' means nothing in double quotes",
         "write \\\\ for a backslash, or put the value in single quotes", 0, 0},
        {"a: [x, y\nb: 1\n", 1, 4, 5, "the '[' opened here is not closed", "close it with ']'", 2,
         2},
        {"a: {x: y", 1, 4, 5, "the '{' opened here is not closed", "close it with '}'", 1, 9},
        {"a: [\"x\" y]\n", 1, 9, 10, "a ',' or ']' is missing here",
         "where the bracket is text, put quotes around the whole value", 1, 4},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(aliases_that_name_nothing)
{
    static const struct mistake rows[] = {
        {"a: *team\n", 1, 4, 9, "the alias '*team' names no anchor above it",
         QUOTES ": a: \"*team\"", 0, 0},
        {"a: &a [*a]\n", 1, 8, 10, "the alias '*a' stands inside the value that it names",
         "name a value that is complete above the alias", 0, 0},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(documents)
{
    static const char remove[] = "remove this line, or move what follows it into a file of its own";
    static const char second[] = "a second document starts here; a file holds only one";
    static const char write[] = "write a document into it, or remove the file";
    static const struct mistake rows[] = {
        {"", 1, 1, 1, "the file is empty", write, 0, 0},
        {"# only\n\n  # words\n", 1, 1, 1, "the file is empty", write, 0, 0},
        {"---\n# nothing\n...\n", 1, 1, 1, "the file is empty", write, 0, 0},
        {"\xEF\xBB\xBF", 1, 1, 1, "the file is empty", write, 0, 0},
        {"a: 1\n---\nb: 1\n", 2, 1, 4, second, remove, 0, 0},
        {"---\na: 1\n...\n# c\n--- # d\n", 5, 1, 4, second, remove, 0, 0},
        {"a: 1\n...\n%YAML 1.2\n---\nb: 1\n", 3, 1, 10, second, remove, 0, 0},
        {"---\na: 1\n---\n", 3, 1, 4, second, remove, 0, 0},
        {"[a] b\n", 1, 5, 6, "text follows the ']' that closes the value", QUOTES ": \"[a] b\"", 0,
         0},
    };
    ASSERT_ALL(rows);
}
END_TEST

START_TEST(anything_else_is_said_in_libyamls_words)
{
    static const struct mistake rows[] = {
        {"%YAML 3.0\n---\na: 1\n", 1, 1, 2, "found incompatible YAML document", NULL, 0, 0},
        {"a: |0\n  b\n", 1, 5, 6,
         "found an indentation indicator equal to 0, while scanning a block scalar", NULL, 0, 0},
    };
    ASSERT_ALL(rows);
}
END_TEST

static void assert_encoding(struct cp_str bytes, uint32_t offset, uint32_t length,
                            const char *message)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc, bytes);
    const struct cp_diagnostic *found = yaml_doc_only(&doc);
    ck_assert_str_eq(found->rule->code, "CP002");
    assert_text(found->message, message, "");
    ck_assert_uint_eq(found->place.span.offset, offset);
    ck_assert_uint_eq(found->place.span.length, length);
    ck_assert_uint_gt(found->help.len, 0);
    ck_assert(doc.yaml.is_broken);
    yaml_doc_release(&doc);
}

START_TEST(bytes_that_are_no_text)
{
    static const char utf16[] = "the file is encoded as UTF-16 or UTF-32";
    assert_encoding(CP_STR("\xFF\xFE"
                           "a\0:\0 \0b\0"),
                    0, 0, utf16);
    assert_encoding(CP_STR("\xFE\xFF\0a"), 0, 0, utf16);
    assert_encoding(CP_STR("a\0:\0 \0b\0"), 0, 0, utf16);
    assert_encoding(CP_STR("\0a\0:\0 \0b"), 0, 0, utf16);
    assert_encoding(CP_STR("\0\0\0a\0\0\0:"), 0, 0, utf16);
    assert_encoding(CP_STR("a: b\0c\n"), 4, 1, "the file holds a NUL byte, so it is not text");
    assert_encoding(CP_STR("\x89PNG\r\n\x1A\n\0\0\0"), 0, 1, "the byte 0x89 is not UTF-8");
    assert_encoding(CP_STR("a: caf\xE9 x\n"), 6, 1, "the byte 0xE9 is not UTF-8");
    assert_encoding(CP_STR("a: \xC3\xA9\xED\xA0\x80\n"), 5, 1, "the byte 0xED is not UTF-8");
    assert_encoding(CP_STR("a: \xC0\x80\n"), 3, 1, "the byte 0xC0 is not UTF-8");
    assert_encoding(CP_STR("a: x\x1B[2J\n"), 4, 1,
                    "the control character U+001B stands in the file");
    assert_encoding(CP_STR("a: x\x7F\n"), 4, 1, "the control character U+007F stands in the file");
    assert_encoding(CP_STR("a: \xC2\x9B\n"), 3, 2,
                    "the control character U+009B stands in the file");
    assert_encoding(
        CP_STR("0123456789012345678901234567890123456789012345678901234567890123456\x07"), 67, 1,
        "the control character U+0007 stands in the file");
}
END_TEST

/* Bytes are looked at many at a time: each is judged alike wherever it stands among them. */
START_TEST(every_byte_of_ascii_wherever_it_stands)
{
    enum { LENGTH = 400, STEP = 37 };
    for (size_t at = 4; at < LENGTH - 2; at += STEP) {
        for (int byte = 1; byte < 0x80; byte++) {
            char text[LENGTH];
            memset(text, 'x', sizeof text);
            memcpy(text, "a: '", 4);
            memcpy(text + LENGTH - 2, "'\n", 2);
            text[at] = (char)byte;
            struct yaml_doc doc;
            yaml_doc_init(&doc, (struct cp_str){text, LENGTH});
            bool is_control = (byte < 0x20 && !strchr("\t\n\r", byte)) || byte == 0x7F;
            bool is_found = doc.diags.items.count == 1 &&
                            doc.diags.items.items[0]->place.span.offset == at &&
                            strcmp(doc.diags.items.items[0]->rule->code, "CP002") == 0;
            ck_assert_msg(is_found == is_control, "0x%02x at %zu", (unsigned)byte, at);
            yaml_doc_release(&doc);
        }
    }
}
END_TEST

START_TEST(every_character_of_utf8_is_read)
{
    struct yaml_doc doc;
    yaml_doc_init(&doc,
                  CP_STR("a: \xC2\xA0\xE2\x82\xAC\xF0\x9F\x9A\xA2\xEF\xBF\xBD\nb: \"\xC2\x85\"\n"
                         "c: \"\\e[2J\\0\"\r\n"));
    ck_assert_uint_eq(doc.diags.items.count, 0);
    ck_assert_uint_eq(yaml_doc_get(&doc, "a")->text.len, 12);
    ck_assert_uint_eq(yaml_doc_get(&doc, "c")->text.len, 5);
    yaml_doc_release(&doc);
}
END_TEST

START_TEST(what_people_write_is_no_mistake)
{
    static const char *const texts[] = {
        "a: [\n  b,\n  c\n]\n",
        "a: {\n  b: 1,\n\n# c\n  d: 2\n}\n",
        "a: 'b\n\n  c'\n",
        "{\n\t\"a\": \"b\"\n}\n",
        "a: b\tc\n",
        "a: \"b\tc\"\t# d\n",
        "a: http://x:80/y#z\n",
        "a: 10:30\n",
        "a: x@y -- `z`\n",
        "a: b#c\n",
        "a:\n- b\n- c\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: !unknown b\n",
        "? a\n: b\n",
        "a: [x,y]\n",
        "a: |2\n    b\n",
        "- - - a\n",
        "a: \"\n  b\n  \"\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct yaml_doc doc;
        yaml_doc_init(&doc, cp_str_of(texts[i]));
        ck_assert_msg(doc.diags.items.count == 0, "%s", texts[i]);
        yaml_doc_release(&doc);
    }
}
END_TEST

Suite *cp_suite_yaml_syntax(void)
{
    Suite *suite = suite_create("yaml_syntax");
    TCase *tcase = tcase_create("mistakes");
    tcase_add_test(tcase, comments_that_hide_a_bracket);
    tcase_add_test(tcase, dashes_without_a_blank);
    tcase_add_test(tcase, values_that_need_quotes);
    tcase_add_test(tcase, tabs_and_indentation);
    tcase_add_test(tcase, keys_and_items_out_of_place);
    tcase_add_test(tcase, quotes_and_brackets);
    tcase_add_test(tcase, aliases_that_name_nothing);
    tcase_add_test(tcase, documents);
    tcase_add_test(tcase, anything_else_is_said_in_libyamls_words);
    tcase_add_test(tcase, bytes_that_are_no_text);
    tcase_add_test(tcase, every_byte_of_ascii_wherever_it_stands);
    tcase_add_test(tcase, every_character_of_utf8_is_read);
    tcase_add_test(tcase, what_people_write_is_no_mistake);
    suite_add_tcase(suite, tcase);
    return suite;
}
