/* Values of several lines or blocks in documents: none is joined, flattened or cut. */
#include "report_case.h"
#include "suites.h"

static const struct cp_report_options internal = {CP_TEMPLATE_STANDARD, CP_INTERNAL, NULL};

static const char commands[] = "id: a\n"
                               "disaster_recovery:\n"
                               "  runbooks:\n"
                               "    - id: restore\n"
                               "      steps:\n"
                               "        - {id: one, action: Look, command: 'ls <dir>'}\n"
                               "        - id: two\n"
                               "          action: Restore\n"
                               "          command: |\n"
                               "            cd /srv/loans\n"
                               "            for f in *; do\n"
                               "              pg_restore \"$f\" | tee log\n"
                               "            done\n"
                               "        - action: Leave\n"
                               "          command: |\n"
                               "            cd\n"
                               "            exit\n"
                               "        - action: One line\n"
                               "          command: |\n"
                               "            reboot\n";

START_TEST(commands_keep_their_lines)
{
    report_case_expect("", commands, &internal,
                       WORDS("| one | Look | `ls <dir>` |", "| two | Restore | see below |",
                             "| Leave | see below |", "| One line | `reboot` |",
                             "**Step two:**\n\n"
                             "``` text\ncd /srv/loans\nfor f in *; do\n"
                             "  pg_restore \"$f\" | tee log\ndone\n```\n",
                             "**Step 3:**\n\n``` text\ncd\nexit\n```\n"),
                       WORDS("loans for", "cd exit", "Step one", "Step 4"));
    report_case_expect_html("", commands, &internal,
                            WORDS("<code>ls &lt;dir&gt;</code>", "<td>see below</td>",
                                  "<strong>Step two:</strong></p>\n<pre><code "
                                  "class=\"language-text\">cd /srv/loans\nfor f in *; do\n"
                                  "  pg_restore &quot;$f&quot; | tee log\ndone\n</code></pre>"),
                            WORDS("loans for", "cd exit"));
}
END_TEST

static const char prose[] =
    "id: a\n"
    "scope:\n"
    "  users: |\n    Everybody\n    here.\n"
    "  workaround:\n    sustain: 2d\n    text: |\n      1. Take paper.\n      2. Write.\n"
    "  in:\n    - Plain\n    - |\n      Two\n\n      ```\n      code\n        more\n      ```\n"
    "    - |\n      First part.\n\n      Second part.\n\n      | A | B |\n      | - | - |\n"
    "      | 1 | 2 |\n"
    "incident_response:\n"
    "  process: {title: Guide, url: 'https://x.example/', text: \"- one\\n- two\"}\n"
    "  records: {title: Log, text: Kept by the desk}\n"
    "releases:\n"
    "  rollback: |\n    # By hand\n\n    Call them.\n\n    | Who | Where |\n"
    "    | --- | ----- |\n    | Ann | Here |\n"
    "  url: https://x.example/releases\n";

START_TEST(prose_with_blocks_keeps_its_markdown)
{
    report_case_expect("", prose, &internal,
                       WORDS("  - **Users:** Everybody here.\n",
                             "### Workaround\n\nfor up to 2d\n\n", "1.  Take paper.\n2.  Write.\n",
                             "### In Scope\n\n  - Plain\n",
                             "  - Two\n\n    ``` \n    code\n      more\n    ```\n",
                             "  - First part.\n\n    Second part.\n\n",
                             "    | A | B |\n    | --- | --- |\n    | 1 | 2 |\n",
                             "  - **Records:** Log: Kept by the desk",
                             "### Process\n\n[Guide](https://x.example/)\n\n", "one\n", "two\n",
                             "## Releases\n\n  - **Releases:** <https://x.example/releases>\n\n"
                             "### Rollback\n\n#### By hand\n\nCall them.\n\n"
                             "| Who | Where |\n| --- | ----- |\n| Ann | Here |\n"),
                       WORDS("**Rollback:**", "Take paper. 2", "Who | Where Ann"));
    report_case_expect_html("", prose, &internal,
                            WORDS("<ol>\n<li>Take paper.</li>\n<li>Write.</li>\n</ol>",
                                  "<pre><code>code\n  more\n</code></pre>",
                                  "<p>First part.</p>\n<p>Second part.</p>", "<td>1</td><td>2</td>",
                                  "<ul>\n<li>one</li>", "By hand</h4>",
                                  "<td>Ann</td><td>Here</td>"),
                            NULL);
}
END_TEST

Suite *cp_suite_report_blocks(void)
{
    Suite *suite = suite_create("report_blocks");
    TCase *tests = tcase_create("blocks");
    tcase_add_test(tests, commands_keep_their_lines);
    tcase_add_test(tests, prose_with_blocks_keeps_its_markdown);
    suite_add_tcase(suite, tests);
    return suite;
}
