/*
 * Documents brought in: what becomes of a few lines, row by row. Whole documents are golden tests.
 */
#include "suites.h"

#include <contplan/edit.h>
#include <contplan/source.h>

#include <string.h>

/* `wanted` (and `also`) must stand in the plan that the document becomes; `unwanted` must not. */
struct row {
    const char *document, *wanted, *also, *unwanted;
};

#define TITLE "# Service Continuity for X\n\n"

static const struct row rows[] = {
    /* what YAML would take for something else */
    {TITLE "## Service Scope\n\nSee: this # that\n", "description: \"See: this # that\"\n", NULL,
     NULL},
    {TITLE "## Odd\n\nyes\n", "text: \"yes\"\n", "title: Odd\n", NULL},
    {TITLE "## 2026-01-02\n\n@home\n", "title: \"2026-01-02\"\n", "text: \"@home\"\n", NULL},
    {TITLE "## Odd\n\n    indented code\n\nText\n",
     "text: |2\n          indented code\n\n      Text\n", NULL, NULL},
    {TITLE "## Odd\n\na\x1b[1mb\n", "text: \"a\\u001B[1mb\"\n", NULL, NULL},
    {TITLE "## Odd\n\nIt's \"so\"\n", "text: It's \"so\"\n", NULL, NULL},
    /* headings */
    {TITLE "## 3.1 RTO & RPO:\n\nSoon.\n", "  objectives_description: Soon.\n",
     "# Heading: 3.1 RTO & RPO:\n", NULL},
    {TITLE "DISASTER RECOVERY PLANS\n---\n\nSoon.\n", "disaster_recovery:\n  description: Soon.\n",
     NULL, NULL},
    {TITLE "<h2 id=\"dr\">Disaster&nbsp;Recovery</h2>\n\nSoon.\n", NULL, "Soon.", NULL},
    {TITLE "<H2>Backups</H2>\n\nSoon.\n", "backup_restore:\n  description: Soon.\n", NULL, NULL},
    {"**X: disaster recovery plan**\n\n**Backups**\n\nNightly.\n\n**Odd one**\n\nText.\n",
     "backup_restore:\n  description: Nightly.\n", "  - title: Odd one\n    text: Text.\n", NULL},
    {TITLE "## Backups\n\n### Tapes\n\n#### Old\n\nGone.\n",
     "  more:\n    - title: Tapes\n      text: |\n        #### Old\n\n        Gone.\n", NULL, NULL},
    {TITLE "## Contacts\n\n### Notes\n\nRing twice.\n", "accountability:\n  notes: Ring twice.\n",
     NULL, NULL},
    /* objectives */
    {TITLE "RTO 4h / RPO 24h.\n", "- rto: 4h  #", "rpo: 24h  #", NULL},
    {TITLE "RTO/RPO: 4h/1h\n", "- rto: 4h  #", "rpo: 1h  #", NULL},
    {TITLE "Recovery Time Objective (RTO): 4 working hours\n", "- rto: 4 working hours  #", NULL,
     NULL},
    {TITLE "The RTO is 2h, the RPO is 10min.\n", "- rto: 2h  #", "rpo: 10min  #", NULL},
    {TITLE "RTO: 4 hours or 8 hours\n", "check: what the document states as rto", NULL, "- rto"},
    {TITLE "RTO 4h for a; RTO 2d for b; RPO 0.\n", "- rpo: 0  #", "check: ", "rto: 4h"},
    {TITLE "RTO: 4 hours in office hours\n", "check: ", NULL, "- rto"},
    {TITLE "RTO: half a day. Then more.\n", "one plain length: half a day (x.md:3)", NULL, "- rto"},
    {"# x\n\n## Install\n\na\n\n## Usage\n\nb\n\n## Recovery\n\nRTO: 4h\n", "- rto: 4h", NULL,
     NULL},
    {TITLE "## RTO and RPO\n\nCurrently TBC.\n", "    unknown:\n      reason: Currently TBC.\n",
     "# check: add who finds out", NULL},
    /* dates */
    {TITLE "## Backups\n\nLast tested fully on 25/11/2025.\n",
     "- date: 2025-11-25  # Last tested fully on 25/11/2025 (x.md:5)\n", NULL, NULL},
    {TITLE "## Backups\n\nLast tested: July 7th, 2026\n", "- date: 2026-07-07  #", NULL, NULL},
    {TITLE "## Backups\n\nLast tested on 07/07/2026.\n", "- date: 2026-07-07  #", NULL, NULL},
    {TITLE "## Backups\n\nLast tested on 03/04/2026.\n", "it may be 2026-04-03 or 2026-03-04", NULL,
     "- date"},
    {TITLE "## Backups\n\nLast tested on 03/04/2026, written 13/04/2026.\n",
     "- date: 2026-04-03  #", NULL, NULL},
    {TITLE "## Backups\n\nLast tested on 03/04/2026, written 04/13/2026.\n",
     "- date: 2026-03-04  #", NULL, NULL},
    /* lists and tables */
    {TITLE "## Contacts\n\n- [Desk](https://x.example)\n- Jo, jo@x.example, 01632 960001\n",
     "    - name: Desk\n      url: https://x.example\n",
     "    - name: Jo\n      email: jo@x.example\n      phone: 01632 960001\n", NULL},
    {TITLE "### Software\n\n- Built with `PHP >= 8.4`\n- Redis 7.2\n  - [App](https://x.example)\n",
     "    - name: PHP\n      version: \">= 8.4\"\n      text: Built with `PHP >= 8.4`\n",
     "      items:\n        - name: App\n          url: https://x.example\n", NULL},
    {TITLE "### External Dependencies\n\n| Why | Who |\n|-|-|\n| Mail \\| post | A |\n",
     "    - name: A\n      purpose: Mail | post\n", NULL, NULL},
    {TITLE "### External Dependencies\n\n| Name | Fax |\n|-|-|\n| A | 1 |\n",
     "    - name: A\n      purpose: \"Fax: 1\"\n", NULL, NULL},
    {TITLE
     "## Roles and responsibilities\n\n| Role | Deputy |\n|-|-|\n| Incident lead | Jo Ray |\n",
     "    - role: incident-lead\n      deputies:\n        - Jo Ray\n", NULL, NULL},
    {TITLE "Accountable: Jo\xc2\xa0Ray\n", "accountable: Jo Ray\n", NULL, NULL},
    {TITLE "## Dependencies\n\n| Name | Type |\n|-|-|\n| A | Internal |\n| B | Third party |\n",
     "  internal:\n    - name: A\n", "    - name: B\n      purpose: \"Type: Third party\"\n",
     "check: move"},
    {TITLE "## Contacts\n\n| Role | Name | Phone |\n|-|-|-|\n| Duty lead | rota | 01632 960001 |\n",
     "    - name: Duty lead\n      role: rota\n", "phone: 01632 960001\n", NULL},
    {TITLE "## Contacts\n\nBursar (on site): Mr D. Ray, 01632 960410\nDesk, 01632 960411\n",
     "    - name: Mr D. Ray\n      role: Bursar (on site)\n",
     "    - name: Desk\n      phone: 01632 960411\n", NULL},
    {TITLE "## Contacts\n\n- On-call engineer: #oncall\n",
     "    - name: On-call engineer\n      chat: \"#oncall\"\n", NULL, NULL},
    {TITLE "Service owner: Jane Doe (jane@x.example)\n", "  accountable: Jane Doe",
     "      role: Service owner\n      email: jane@x.example\n", NULL},
    /* links, notes */
    {TITLE "## Backups\n\nSee [it][a].\n\n## Releases\n\nNone.\n\n[a]: https://x.example\n",
     "    See [it][a].\n\n    [a]: https://x.example\n", "process: None.\n", NULL},
    {TITLE "## Backups\n\nSee.[^1]\n\n## Releases\n\nNone.\n\n[^1]: A note.\n",
     "    See.[^1]\n\n    [^1]: A note.\n", "process: None.\n", NULL},
    {TITLE "## Architecture\n\nText.\n\n<img src=\"a.png\" alt=\"Two boxes\">\n",
     "    - src: a.png\n      alt: Two boxes\n", "description: Text.\n", NULL},
    {"---\ntitle: X DR plan\nlast_reviewed_on: 2026-03-01\nreview_in: 6 months\nkey: "
     "v\n---\n\nText.\n",
     "  last: 2026-03-01\n  every: 6 months\n", "# Front matter: key: v (x.md:5)\n", NULL},
    {"\xef\xbb\xbf# X recovery plan\r\n\r\n## Backups\r\n\r\nOne.\r\nTwo.\r\n",
     "  description: |\n    One.\n    Two.\n", "name: X\n", "\r"},
};

START_TEST(a_few_lines_become)
{
    const struct row *row = &rows[_i];
    struct cp_buf plan;
    struct cp_error error;
    struct cp_import asked = {.document = cp_str_of(row->document), .name = "x.md"};
    cp_buf_init(&plan);
    if (cp_import_put(&plan, &asked, &error) != CP_IMPORT_DONE) {
        ck_abort_msg("%s\n%s", row->document, error.text);
    }
    ck_assert_msg(!row->wanted || strstr(plan.at, row->wanted), "%s\nbecomes\n%s\nwithout\n%s",
                  row->document, plan.at, row->wanted);
    ck_assert_msg(!row->also || strstr(plan.at, row->also), "%s\nbecomes\n%s\nwithout\n%s",
                  row->document, plan.at, row->also);
    ck_assert_msg(!row->unwanted || !strstr(plan.at, row->unwanted), "%s\nbecomes\n%s\nwith\n%s",
                  row->document, plan.at, row->unwanted);
    cp_buf_release(&plan);
}
END_TEST

START_TEST(what_is_no_plan_is_none)
{
    static const char *const documents[] = {
        "",
        "# left-join\n\n## Installation\n\nnpm\n\n## Dependencies\n\nNone.\n",
        "Hello.\n",
        "# tool\n\nHow fast it must be back (RTO), and as under an RTO of two.\n",
        "# pg-operator\n\n## Install\n\nhelm\n\n## Usage\n\nx\n\n## High availability\n\nYes.\n",
    };
    struct cp_buf plan;
    struct cp_error error;
    struct cp_import asked = {.document = cp_str_of(documents[_i]), .name = "x.md"};
    cp_buf_init(&plan);
    ck_assert_int_eq(cp_import_put(&plan, &asked, &error), CP_IMPORT_NO_PLAN);
    ck_assert_uint_eq(plan.len, 0);
    cp_buf_release(&plan);
}
END_TEST

/* The project's own front page speaks of RTO and runbooks on every screen, and is no plan. */
START_TEST(the_front_page_is_no_plan)
{
    struct cp_buf document;
    struct cp_buf plan;
    struct cp_error error;
    cp_buf_init(&document);
    cp_buf_init(&plan);
    ck_assert_int_eq(cp_source_folder.load(&cp_source_folder, CONTPLAN_SOURCE_DIR "/README.md",
                                           SIZE_MAX, &document, &error),
                     0);
    struct cp_import asked = {.document = cp_buf_str(&document), .name = "README.md"};
    ck_assert_int_eq(cp_import_put(&plan, &asked, &error), CP_IMPORT_NO_PLAN);
    cp_buf_release(&plan);
    cp_buf_release(&document);
}
END_TEST

/* ---- what cannot be taken -------------------------------------------------------------------- */

struct refusal {
    struct cp_str document;
    const char *name, *words; /* of the message */
};

static const struct refusal refusals[] = {
    {{"# X\n\nCaf\xe9\n", 10}, "x.md", "line 3 is not UTF-8 text; it looks like Windows-1252"},
    {{"# X\n\nCaf\xe9\n", 10}, "x.md", "iconv -f WINDOWS-1252 -t UTF-8 x.md > utf-8.md"},
    {{"# X\n\nCaf\xe9\n", 10}, "my plan.md", "-t UTF-8 DOCUMENT.md > utf-8.md"},
    {{"\xff\xfe#\0 \0X\0", 8}, "x.md", "line 1 is not UTF-8 text; it looks like UTF-16"},
    {{"#\0 \0X\0\n\0", 8}, "x.md", "iconv -f UTF-16 -t UTF-8 x.md"},
    {{"# \xc3\xa9\n\xe9\n", 7}, "x.md", "line 2 is not UTF-8 text, though what stands before"},
    {{"# Long enough\n\n\0", 16}, "x.md", "line 3 holds a zero byte"},
};

START_TEST(what_is_no_text_is_refused)
{
    const struct refusal *refusal = &refusals[_i];
    struct cp_buf plan;
    struct cp_error error;
    struct cp_import asked = {.document = refusal->document, .name = refusal->name};
    cp_buf_init(&plan);
    ck_assert_int_eq(cp_import_put(&plan, &asked, &error), CP_IMPORT_FAILED);
    ck_assert_msg(strstr(error.text, refusal->words) != NULL, "%s", error.text);
    ck_assert_uint_eq(plan.len, 0);
    cp_buf_release(&plan);
}
END_TEST

/* Rows of a table take more room as entries of a list. */
START_TEST(a_plan_beyond_the_limit_is_refused)
{
    struct cp_buf document;
    struct cp_buf plan;
    struct cp_error error;
    cp_buf_init(&document);
    cp_buf_init(&plan);
    cp_buf_puts(&document, TITLE "## Contacts\n\n| Name | Role |\n|-|-|\n");
    for (int i = 0; i < 40000; i++) {
        cp_buf_printf(&document, "| Person %d | role |\n", i);
    }
    struct cp_import asked = {.document = cp_buf_str(&document), .name = "x.md"};
    ck_assert_int_eq(cp_import_put(&plan, &asked, &error), CP_IMPORT_FAILED);
    ck_assert_msg(strstr(error.text, "no plan may be larger than 1024 KiB") != NULL, "%s",
                  error.text);
    ck_assert_msg(strstr(error.text, "from line 3 on, under \"Contacts\"") != NULL, "%s",
                  error.text);
    ck_assert_uint_eq(plan.len, 0);
    cp_buf_release(&plan);
    cp_buf_release(&document);
}
END_TEST

Suite *cp_suite_import(void)
{
    Suite *suite = suite_create("import");
    TCase *tests = tcase_create("lines");
    tcase_add_loop_test(tests, a_few_lines_become, 0, (int)(sizeof rows / sizeof *rows));
    tcase_add_loop_test(tests, what_is_no_plan_is_none, 0, 5);
    tcase_add_test(tests, the_front_page_is_no_plan);
    tcase_add_loop_test(tests, what_is_no_text_is_refused, 0,
                        (int)(sizeof refusals / sizeof *refusals));
    tcase_add_test(tests, a_plan_beyond_the_limit_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
