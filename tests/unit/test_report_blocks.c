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

Suite *cp_suite_report_blocks(void)
{
    Suite *suite = suite_create("report_blocks");
    TCase *tests = tcase_create("blocks");
    tcase_add_test(tests, commands_keep_their_lines);
    suite_add_tcase(suite, tests);
    return suite;
}
