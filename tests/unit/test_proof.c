/*
 * The proof that an import lost nothing: what counts as standing in the plan, and that it fails
 * where one word, target or image is taken out, or words are moved under another heading.
 */
#include "suites.h"

#include <contplan/edit.h>

#include <stdlib.h>
#include <string.h>

static const char document[] =
    "# Continuity of Tide Tables\n"
    "\n"
    "Tables of high water for 40 harbours.\n"
    "\n"
    "## Contacts\n"
    "\n"
    "| Name | Role | Phone |\n"
    "|---|---|---|\n"
    "| Ada Moor | owner | 01632 960001 |\n"
    "\n"
    "## Recovery objectives\n"
    "\n"
    "Recovery Time Objective: 4 hours\n"
    "\n"
    "## Backups\n"
    "\n"
    "Every night, to [the vault](https://vault.example/tides). Tested 14 October 2026.\n"
    "\n"
    "## Visitors from the museum\n"
    "\n"
    "They see ![the old machine](img/machine.png) on Sundays.\n";

static const char plan[] =
    "# Imported from tides.md, \"Continuity of Tide Tables\".\n"
    "schema: contplan/v1\n"
    "id: tides\n"
    "name: Tide Tables\n"
    "summary: Tables of high water for 40 harbours.\n"
    "accountability:\n"
    "  contacts:\n"
    "    - name: Ada Moor\n"
    "      role: owner\n"
    "      phone: 01632 960001\n"
    "disaster_recovery:\n"
    "  objectives:\n"
    "    - rto: 4h\n"
    "backup_restore:\n"
    "  description: |\n"
    "    Every night, to [the vault](https://vault.example/tides). Tested 14 October 2026.\n"
    "  restore_tests:\n"
    "    - date: 2026-10-14\n"
    "more:\n"
    "  - title: Visitors from the museum\n"
    "    text: They see ![the old machine](img/machine.png) on Sundays.\n";

/* `text` with the first `old` made `new`; to be freed. */
static char *changed(const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    ck_assert_ptr_nonnull(at);
    size_t size = strlen(text) + strlen(new) + 1;
    char *out = cp_alloc(size);
    snprintf(out, size, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
    return out;
}

/* "13: lost-word 'hours'; …" of what does not stand in the plan. */
static void put_lost(struct cp_buf *out, struct cp_diags *diags)
{
    cp_diags_resolve(diags);
    for (size_t i = 0; i < diags->items.count; i++) {
        const struct cp_diagnostic *finding = diags->items.items[i];
        const char *quote = memchr(finding->message.at, '\'', finding->message.len);
        const char *end = quote ? strchr(quote + 1, '\'') : NULL;
        cp_buf_printf(out, "%s%u: %s %.*s", i > 0 ? "; " : "", (unsigned)finding->at.line,
                      finding->rule->name, quote && end ? (int)(end - quote + 1) : 0, quote);
    }
}

static void assert_lost(const char *markdown, const char *yaml, const char *expected)
{
    struct cp_diags diags;
    struct cp_file file;
    struct cp_buf lost;
    struct cp_error error = {0};
    cp_diags_init(&diags);
    cp_buf_init(&lost);
    cp_file_init(&file, "document.md");
    cp_file_set(&file, cp_str_of(markdown));
    ck_assert_int_eq(cp_import_check(&diags, &file, cp_str_of(yaml), NULL, &error), 0);
    put_lost(&lost, &diags);
    ck_assert_str_eq(lost.at ? lost.at : "", expected);
    cp_buf_release(&lost);
    cp_file_drop(&file);
    cp_diags_release(&diags);
}

/* ---- what counts ----------------------------------------------------------------------------- */

START_TEST(a_plan_that_holds_everything)
{
    assert_lost(document, plan, "");
}
END_TEST

struct change {
    const char *name, *old, *new, *lost;
};

static const struct change losses[] = {
    {"a word", "harbours.", ".", "3: lost-word 'harbours'"},
    {"a word that stands elsewhere as well", "the vault", "vault", "17: lost-word 'the'"},
    {"a target", "https://vault.example/tides", "https://vault.example/tide",
     "17: lost-link 'https://vault.example/tides'"},
    {"a longer target", "https://vault.example/tides", "https://vault.example/tides/2",
     "17: lost-link 'https://vault.example/tides'"},
    {"an image", "![the old machine](img/machine.png)", "the old machine",
     "21: lost-image 'img/machine.png'"},
    {"an image that is only linked", "![the old machine]", "[the old machine]",
     "21: lost-image 'img/machine.png'"},
    {"the words of an image", "the old machine", "", "21: lost-word 'the old machine'"},
    {"a cell", "01632 960001", "01632 960002", "9: lost-word '960001'"},
    {"a length of time that is another", "4h", "5h", "13: lost-word '4 hours'"},
    {"the key of a label", "rto:", "rpo:", "13: lost-word 'Recovery Time Objective'"},
    {"a heading", "Visitors from the museum", "Visitors",
     "19: lost-heading 'Visitors from the museum'"},
    {"a word in other letters", "Every night", "every night", "17: lost-word 'Every'"},
    {"words at the start of a text", "Every night, to [", "[", "17: lost-word 'Every night, to'"},
};

START_TEST(what_is_taken_out_is_found)
{
    char *yaml = changed(plan, losses[_i].old, losses[_i].new);
    assert_lost(document, yaml, losses[_i].lost);
    free(yaml);
}
END_TEST

START_TEST(words_moved_to_another_section)
{
    char *without = changed(plan, " on Sundays.", ".");
    char *moved = changed(without, "harbours.", "harbours. on Sundays.");
    assert_lost(document, moved, "21: lost-word 'on Sundays'");
    free(moved);
    free(without);
}
END_TEST

static const struct change likes[] = {
    {"a date as a date", " Tested 14 October 2026.", " Tested.", ""},
    {"a length in the document's words", "rto: 4h", "rto: 4 hours", ""},
    {"a comment for a label", "    - name: Ada Moor",
     "    # Name, Role, Phone\n    - name: Ada Moor", ""},
};

START_TEST(what_says_the_same_counts)
{
    char *yaml = changed(plan, likes[_i].old, likes[_i].new);
    assert_lost(document, yaml, likes[_i].lost);
    free(yaml);
}
END_TEST

/* ---- dates ----------------------------------------------------------------------------------- */

static void assert_date(const char *words, const char *date, const char *lost)
{
    char markdown[256];
    char yaml[256];
    snprintf(markdown, sizeof markdown, "# Tides\n\n## Backups\n\n%s\n", words);
    snprintf(yaml, sizeof yaml, "name: Tides\nbackup_restore:\n  restore_tests:\n    - date: %s\n",
             date);
    assert_lost(markdown, yaml, lost);
}

START_TEST(dates_with_two_readings)
{
    assert_date("14/10/2026", "2026-10-14", "");
    assert_date("10/14/2026", "2026-10-14", "");
    assert_date("October 14th, 2026", "2026-10-14", "");
    assert_date("07/07/2026", "2026-07-07", "");
    assert_date("04/03/2026", "2026-03-04", "5: lost-word '04/03/2026'");
    assert_date("13/03/2026", "2026-03-14", "5: lost-word '13/03/2026'");
}
END_TEST

START_TEST(a_document_settles_its_dates)
{
    assert_lost("# Tides\n\n## Backups\n\n- 04/03/2026\n- 31/03/2026\n",
                "name: Tides\nbackup_restore:\n  restore_tests:\n    - date: 2026-03-04\n"
                "    - date: 2026-03-31\n",
                "");
    assert_lost("# Tides\n\n## Backups\n\n- 04/03/2026\n- 03/31/2026\n",
                "name: Tides\nbackup_restore:\n  restore_tests:\n    - date: 2026-03-04\n"
                "    - date: 2026-03-31\n",
                "5: lost-word '04/03/2026'");
}
END_TEST

/* ---- the house format ------------------------------------------------------------------------ */

static void assert_order(const char *rendered, const char *expected)
{
    static const char house[] = "# Service Continuity for Tides\n\n## Releases\n\nEvery spring,\n"
                                "after 2 hours of tests.\n\n### Notes\n";
    struct cp_diags diags;
    struct cp_file file;
    struct cp_buf lost;
    cp_diags_init(&diags);
    cp_buf_init(&lost);
    cp_file_init(&file, "document.md");
    cp_file_set(&file, cp_str_of(house));
    cp_import_check_order(&diags, &file, cp_str_of(rendered));
    put_lost(&lost, &diags);
    ck_assert_str_eq(lost.at ? lost.at : "", expected);
    cp_buf_release(&lost);
    cp_file_drop(&file);
    cp_diags_release(&diags);
}

START_TEST(words_come_back_in_order)
{
    assert_order("# Service Continuity for Tides\n\n## Releases\n\n**When:** Every spring, after "
                 "2h of *many* tests.\n\n### Notes\n",
                 "");
    assert_order("# Service Continuity for Tides\n\n## Releases\n\nspring, Every after 2h of "
                 "tests.\n\n### Notes\n",
                 "5: lost-order 'spring'");
    assert_order("# Service Continuity for Tides\n\n## Releases\n\nEvery spring, after 2h of "
                 "tests.\n",
                 "8: lost-heading 'Notes'");
    assert_order("# Service Continuity for Tides\n\n## Releases\n\nEvery spring, after 2h of\n\n"
                 "### Notes\n\n## Architecture\n\ntests\n",
                 "6: lost-order 'tests'");
}
END_TEST

START_TEST(the_house_format_is_known)
{
    ck_assert(!cp_import_is_house(cp_str_of(document)));
    ck_assert(cp_import_is_house(cp_str_of(
        "## Service Accountability (Accountable / Responsible)\n## Service Scope\n"
        "## Interfaces and Dependencies (Internal and External)\n## Architecture (HLD/LLD)\n"
        "## IT Continuity Plans (Resilience)\n")));
}
END_TEST

Suite *cp_suite_proof(void)
{
    Suite *suite = suite_create("proof");
    TCase *tests = tcase_create("proof");
    tcase_add_test(tests, a_plan_that_holds_everything);
    tcase_add_loop_test(tests, what_is_taken_out_is_found, 0,
                        (int)(sizeof losses / sizeof *losses));
    tcase_add_test(tests, words_moved_to_another_section);
    tcase_add_loop_test(tests, what_says_the_same_counts, 0, (int)(sizeof likes / sizeof *likes));
    tcase_add_test(tests, dates_with_two_readings);
    tcase_add_test(tests, a_document_settles_its_dates);
    tcase_add_test(tests, words_come_back_in_order);
    tcase_add_test(tests, the_house_format_is_known);
    suite_add_tcase(suite, tests);
    return suite;
}
