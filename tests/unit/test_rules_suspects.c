// The first look at a text never clears one in which a search would find something; and it does
// clear ordinary prose, or it would be of no use.
#include "suites.h"

#include <contplan/rules.h>
#include <contplan/schema.h>

#include <string.h>

static const struct search_row {
    unsigned suspect;
    struct cp_str (*find)(struct cp_str text);
} searches[] = {
    {CP_SUSPECT_WORD, cp_placeholder_find},
    {CP_SUSPECT_MARKUP, cp_placeholder_markup_find},
    {CP_SUSPECT_VAGUE, cp_vague_find},
};

enum { SEARCHES = sizeof searches / sizeof searches[0] };

static void check_text(struct cp_str text)
{
    unsigned suspects = cp_text_suspects(text);
    for (size_t i = 0; i < SEARCHES; i++) {
        if (searches[i].find(text).len > 0 && !(suspects & searches[i].suspect)) {
            ck_abort_msg("search %zu finds what was not suspected in: %.*s", i, CP_ARG(text));
        }
    }
}

// What each search looks for, in every form it knows.
static const struct {
    unsigned suspect;
    const char *text;
} known[] = {
    {CP_SUSPECT_WORD, "TBC"},
    {CP_SUSPECT_WORD, "TBD."},
    {CP_SUSPECT_WORD, "TODO"},
    {CP_SUSPECT_WORD, "FIXME"},
    {CP_SUSPECT_WORD, "Owner to be confirmed"},
    {CP_SUSPECT_WORD, "TO BE ADDED"},
    {CP_SUSPECT_WORD, "to\nbe decided"},
    {CP_SUSPECT_MARKUP, "<DIAGRAM>"},
    {CP_SUSPECT_MARKUP, "<img src=\"\">"},
    {CP_SUSPECT_MARKUP, "<insert name>"},
    {CP_SUSPECT_MARKUP, "[insert name]"},
    {CP_SUSPECT_MARKUP, "[INSERT NAME]"},
    {CP_SUSPECT_MARKUP, "[runbook]()"},
    {CP_SUSPECT_MARKUP, "[runbook](TBC)"},
    {CP_SUSPECT_MARKUP, "![](<>)"},
    {CP_SUSPECT_MARKUP, "Lorem ipsum"},
    {CP_SUSPECT_MARKUP, "LOREM IPSUM"},
    {CP_SUSPECT_VAGUE, "a number of days"},
    {CP_SUSPECT_VAGUE, "A NUMBER OF DAYS"},
    {CP_SUSPECT_VAGUE, "a few hours"},
    {CP_SUSPECT_VAGUE, "A FEW HOURS"},
    {CP_SUSPECT_VAGUE, "a couple of weeks"},
    {CP_SUSPECT_VAGUE, "several working days"},
    {CP_SUSPECT_VAGUE, "Several months"},
    {CP_SUSPECT_VAGUE, "2-4 hours"},
    {CP_SUSPECT_VAGUE, "6 months - 1 year"},
    {CP_SUSPECT_VAGUE, "10 to 12 office hours"},
    {CP_SUSPECT_VAGUE, "1.5\xe2\x80\x93"
                       "2.5 hours"},
    {CP_SUSPECT_VAGUE, "6months-1year"},
    {CP_SUSPECT_TERM, "Recover Point Objective"},
    {CP_SUSPECT_TERM, "RETURN TIME OBJECTIVE"},
    {CP_SUSPECT_TERM, "maximum tolerable period of downtime"},
    {CP_SUSPECT_TERM, "MAXIMUM TOLERATED PERIOD OF DISRUPTION"},
    {CP_SUSPECT_TERM, "disaster recover plan"},
    {CP_SUSPECT_TERM, "DISASTER RECOVER PLAN"},
    {CP_SUSPECT_YEAR, "Tested on 12 March 2026"},
};

START_TEST(every_known_form_is_suspected)
{
    struct cp_str text = cp_str_of(known[_i].text);
    ck_assert(cp_text_suspects(text) & known[_i].suspect);
    for (size_t i = 0; i < SEARCHES; i++) {
        bool is_due = searches[i].suspect == known[_i].suspect;
        ck_assert_msg(!is_due || searches[i].find(text).len > 0, "not found: %s", known[_i].text);
    }
}
END_TEST

static const char *const pieces[] = {
    "TBC",     "TODO",      "FIXME",        "to",      "To",      "TO",      "be",
    "BE",      "confirmed", "Added",        "decided", "a",       "A",       "number",
    "of",      "few",       "FEW",          "couple",  "several", "Several", "days",
    "hours",   "2",         "12.5",         "-",       "to",      "<",       ">",
    "DIAGRAM", "img",       "src=",         "\"\"",    "[",       "]",       "](",
    ")",       "insert",    "INSERT",       "lorem",   "IPSUM",   "ipsum",   " ",
    " ",       " ",         "\n",           ".",       "*",       "x",       "\xc3\xa9",
    "working", "business",  "\xe2\x80\x93", "years",
};

START_TEST(no_search_finds_what_was_not_suspected)
{
    uint64_t chance = 20260727;
    struct cp_buf text;
    cp_buf_init(&text);
    for (int round = 0; round < 20000; round++) {
        cp_buf_clear(&text);
        for (int i = 0; i < 8; i++) {
            chance = chance * 6364136223846793005u + 1442695040888963407u;
            cp_buf_puts(&text, pieces[(chance >> 33) % (sizeof pieces / sizeof pieces[0])]);
        }
        check_text(cp_buf_str(&text));
    }
    cp_buf_release(&text);
}
END_TEST

START_TEST(ordinary_prose_is_cleared)
{
    static const char *const texts[] = {
        "",
        "x",
        "The incident lead closes the incident when the catching-up is done.",
        "Restore to the minute, next to the damaged cases, and carry on with what is sound.",
        "Boats wait for leave to shift; one hour (at most) without it does no harm.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ck_assert_msg(cp_text_suspects(cp_str_of(texts[i])) == 0, "%s", texts[i]);
    }
}
END_TEST

// Wherever in a text it stands, the last byte too.
START_TEST(bytes_that_print_nothing_are_suspected)
{
    static const char *const texts[] = {"?", "?a", "a?", "ab?", "a?b", "?ab", "abc?"};
    for (unsigned byte = 0; byte < 256; byte++) {
        bool is_plain =
            (byte >= ' ' && byte <= '~') || byte == '\t' || byte == '\n' || byte == '\r';
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
            char text[8];
            size_t len = strlen(texts[i]);
            memcpy(text, texts[i], len);
            text[strcspn(texts[i], "?")] = (char)byte;
            unsigned suspects = cp_text_suspects((struct cp_str){text, len});
            ck_assert_msg(!(suspects & CP_SUSPECT_INVISIBLE) == is_plain, "%u in %s", byte,
                          texts[i]);
        }
    }
}
END_TEST

Suite *cp_suite_rules_suspects(void)
{
    Suite *suite = suite_create("rules_suspects");
    TCase *tcase = tcase_create("suspects");
    tcase_add_loop_test(tcase, every_known_form_is_suspected, 0,
                        (int)(sizeof known / sizeof known[0]));
    tcase_add_test(tcase, no_search_finds_what_was_not_suspected);
    tcase_add_test(tcase, ordinary_prose_is_cleared);
    tcase_add_test(tcase, bytes_that_print_nothing_are_suspected);
    suite_add_tcase(suite, tcase);
    return suite;
}
