/*
 * Runs the unit suites named on the command line, or all of them. Knows the suites' names only;
 * what they test is theirs.
 */
#include "suites.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct suite_row {
    const char *topic;
    Suite *(*build)(void);
};

/* In alphabetical order; a file tests/unit/test_<topic>.c without its row here fails in ctest. */
static const struct suite_row suites[] = {
    {"analysis", cp_suite_analysis},
    {"approval", cp_suite_approval},
    {"base_date", cp_suite_base_date},
    {"base_distance", cp_suite_base_distance},
    {"base_duration", cp_suite_base_duration},
    {"base_file", cp_suite_base_file},
    {"base_hours", cp_suite_base_hours},
    {"base_json", cp_suite_base_json},
    {"base_memory", cp_suite_base_memory},
    {"base_str", cp_suite_base_str},
    {"base_text", cp_suite_base_text},
    {"base_width", cp_suite_base_width},
    {"base_zone", cp_suite_base_zone},
    {"baseline", cp_suite_baseline},
    {"candidates", cp_suite_candidates},
    {"capability", cp_suite_capability},
    {"command", cp_suite_command},
    {"compare", cp_suite_compare},
    {"diag", cp_suite_diag},
    {"documents", cp_suite_documents},
    {"edit", cp_suite_edit},
    {"exposure", cp_suite_exposure},
    {"fields", cp_suite_fields},
    {"import", cp_suite_import},
    {"log", cp_suite_log},
    {"manual", cp_suite_manual},
    {"markdown", cp_suite_markdown},
    {"markdown_prose", cp_suite_markdown_prose},
    {"markdown_reading", cp_suite_markdown_reading},
    {"markdown_scan", cp_suite_markdown_scan},
    {"model", cp_suite_model},
    {"network", cp_suite_network},
    {"output_findings", cp_suite_output_findings},
    {"output_formats", cp_suite_output_formats},
    {"output_messages", cp_suite_output_messages},
    {"components", cp_suite_components},
    {"output_hostile", cp_suite_output_hostile},
    {"output_views", cp_suite_output_views},
    {"output_plans", cp_suite_output_plans},
    {"output_simulation", cp_suite_output_simulation},
    {"repository", cp_suite_repository},
    {"rules", cp_suite_rules},
    {"rules_words", cp_suite_rules_words},
    {"proof", cp_suite_proof},
    {"report", cp_suite_report},
    {"report_blocks", cp_suite_report_blocks},
    {"report_house", cp_suite_report_house},
    {"schema_messages", cp_suite_schema_messages},
    {"rules_suspects", cp_suite_rules_suspects},
    {"secrets", cp_suite_secrets},
    {"shared", cp_suite_shared},
    {"simulate", cp_suite_simulate},
    {"simulate_remedy", cp_suite_simulate_remedy},
    {"simulate_unknown", cp_suite_simulate_unknown},
    {"source_git", cp_suite_source_git},
    {"survey", cp_suite_survey},
    {"touches", cp_suite_touches},
    {"waiver", cp_suite_waiver},
    {"worktime", cp_suite_worktime},
    {"yaml", cp_suite_yaml},
    {"yaml_comment", cp_suite_yaml_comment},
    {"yaml_limit", cp_suite_yaml_limit},
    {"yaml_replay", cp_suite_yaml_replay},
    {"yaml_suite", cp_suite_yaml_suite},
    {"yaml_syntax", cp_suite_yaml_syntax},
    {NULL, NULL},
};

static const struct suite_row *find_suite(const char *topic)
{
    for (const struct suite_row *row = suites; row->topic; row++) {
        if (strcmp(row->topic, topic) == 0) {
            return row;
        }
    }
    return NULL;
}

static bool add_named(SRunner *runner, int count, char **topics)
{
    for (int i = 0; i < count; i++) {
        const struct suite_row *row = find_suite(topics[i]);
        if (!row) {
            fprintf(stderr, "no suite '%s': declare it in suites.h and list it in main.c\n",
                    topics[i]);
            return false;
        }
        srunner_add_suite(runner, row->build());
    }
    return true;
}

static void add_all(SRunner *runner)
{
    for (const struct suite_row *row = suites; row->topic; row++) {
        srunner_add_suite(runner, row->build());
    }
}

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    bool known = true;
    if (argc > 1) {
        known = add_named(runner, argc - 1, argv + 1);
    } else {
        add_all(runner);
    }
    if (known) {
        srunner_run_all(runner, CK_NORMAL);
    }
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return known && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
