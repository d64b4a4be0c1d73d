/*
 * Which words stand for a missing fact, and which only look so.
 */
#include "suites.h"

#include <contplan/schema.h>

#include <stdlib.h>
#include <string.h>

struct row {
    const char *text;
    const char *found; /* NULL: nothing */
};

static void assert_rows(const struct row *rows, size_t count,
                        struct cp_str (*find)(struct cp_str text))
{
    for (size_t i = 0; i < count; i++) {
        struct cp_str found = find(cp_str_of(rows[i].text));
        ck_assert_msg(cp_str_is(found, rows[i].found ? rows[i].found : ""), "in '%s': found '%.*s'",
                      rows[i].text, CP_ARG(found));
    }
}

#define ASSERT_ROWS(rows, find) assert_rows(rows, sizeof(rows) / sizeof((rows)[0]), find)

START_TEST(placeholder_words)
{
    static const struct row rows[] = {
        {"TBC", "TBC"},
        {"Currently TBC.", "TBC"},
        {"(TBD)", "TBD"},
        {"TBC/TBD", "TBC"},
        {"owner: TODO, later", "TODO"},
        {"FIXME:", "FIXME"},
        {"TBC\xE2\x80\xA6", "TBC"},
        {"last tested fully on TBC", "TBC"},
        {"tbc", NULL},
        {"Tbc.", NULL},
        {"TBCs", NULL},
        {"TODO_LIST", NULL},
        {"TODO.md", NULL},
        {"MYTODO", NULL},
        {"", NULL},
        {"T", NULL},
    };
    ASSERT_ROWS(rows, cp_placeholder_find);
}
END_TEST

START_TEST(placeholder_phrases)
{
    static const struct row rows[] = {
        {"to be confirmed", "to be confirmed"},
        {"Description to be added", "to be added"},
        {"The region is to be decided. Then we go on.", "to be decided"},
        {"To  be\nagreed!", "To  be\nagreed"},
        {"**To be confirmed**", "To be confirmed"},
        {"| to be provided | 4h |", "to be provided"},
        {"Date (to be announced)", "to be announced"},
        {"- to be added\n- another", "to be added"},
        {"to be defined\n\nNext", "to be defined"},
        {"Who has access: to be confirmed", "to be confirmed"},
        {"to be confirmed by the board", NULL},
        {"whether this is to be decided\nby them", NULL},
        {"The data have to be confirmed.", NULL},
        {"Each change needs to be agreed.", NULL},
        {"Wait for the copy to be completed.", NULL},
        {"to be added to the list", NULL},
        {"tobe confirmed", NULL},
        {"onto be confirmed", NULL},
        {"to be", NULL},
    };
    ASSERT_ROWS(rows, cp_placeholder_find);
}
END_TEST

START_TEST(placeholder_markup)
{
    static const struct row rows[] = {
        {"see <DIAGRAM> below", "<DIAGRAM>"},
        {"<TEAM NAME>", "<TEAM NAME>"},
        {"<insert name>", "<insert name>"},
        {"<img src=\"\">", "<img src=\"\">"},
        {"<IMG alt='x' SRC='' />", "<IMG alt='x' SRC='' />"},
        {"<img src= >", "<img src= >"},
        {"[Insert the name here]", "[Insert the name here]"},
        {"the [design]() says", "[design]()"},
        {"![an image]( )", "[an image]( )"},
        {"[a [b] c](<>)", "[a [b] c](<>)"},
        {"[runbook](TBC)", "[runbook](TBC)"},
        {"Lorem  ipsum dolor", "Lorem  ipsum"},
        {"<img src=\"a.svg\">", NULL},
        {"<img data-src=\"\" src=\"a.svg\">", NULL},
        {"<BR> and <TABLE>", NULL},
        {"<b>", NULL},
        {"<snapshot-id>", NULL},
        {"a < B and C > d", NULL},
        {"[insert coin](https://example.org)", NULL},
        {"[insert coin][1]", NULL},
        {"[design](design.md)", NULL},
        {"lorem", NULL},
        {"]()", NULL},
        {"<", NULL},
    };
    ASSERT_ROWS(rows, cp_placeholder_markup_find);
}
END_TEST

START_TEST(vague_quantities)
{
    static const struct row rows[] = {
        {"a number of days", "a number of days"},
        {"It takes several working days.", "several working days"},
        {"6 months - 1 year", "6 months - 1 year"},
        {"within 2-4 hours", "2-4 hours"},
        {"2 to 4 hours", "2 to 4 hours"},
        {"1.5 \xE2\x80\x93 2 hrs", "1.5 \xE2\x80\x93 2 hrs"},
        {"A few minutes", "A few minutes"},
        {"a couple of weeks", "a couple of weeks"},
        {"4 hours", NULL},
        {"a number of people", NULL},
        {"several regions", NULL},
        {"09:00-17:00 hours", NULL},
        {"on 2026-01-06 hours", NULL},
        {"chapter 2-4", NULL},
        {"a", NULL},
        {"2-", NULL},
    };
    ASSERT_ROWS(rows, cp_vague_find);
}
END_TEST

/* Texts that would be slow for a search that starts over; they must only end. */
START_TEST(hostile_texts_end)
{
    static const char *const parts[] = {"<",    "[",    "](", "to be ",   "need to be added) ",
                                        "1 - ", "a   ", "T",  "[insert ", "<img src= "};
    enum { SIZE = 1 << 20 };
    char *text = cp_alloc(SIZE);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        size_t len = strlen(parts[i]);
        for (size_t at = 0; at < SIZE; at++) {
            text[at] = parts[i][at % len];
        }
        struct cp_str all = {text, SIZE};
        struct cp_str found = cp_placeholder_find(all);
        ck_assert(found.len == 0 || found.at + found.len <= text + SIZE);
        found = cp_placeholder_markup_find(all);
        ck_assert(found.len == 0 || found.at + found.len <= text + SIZE);
        found = cp_vague_find(all);
        ck_assert(found.len == 0 || found.at + found.len <= text + SIZE);
    }
    free(text);
}
END_TEST

Suite *cp_suite_rules_words(void)
{
    Suite *suite = suite_create("rules_words");
    TCase *words = tcase_create("words");
    tcase_add_test(words, placeholder_words);
    tcase_add_test(words, placeholder_phrases);
    tcase_add_test(words, placeholder_markup);
    tcase_add_test(words, vague_quantities);
    tcase_add_test(words, hostile_texts_end);
    suite_add_tcase(suite, words);
    return suite;
}
