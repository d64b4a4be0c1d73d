/*
 * The suites of the unit tests, one for each test_<topic>.c, in alphabetical order. A suite is
 * declared here and listed in main.c; ctest runs each by its topic.
 */
#ifndef CONTPLAN_TESTS_SUITES_H
#define CONTPLAN_TESTS_SUITES_H

#include <check.h>

Suite *cp_suite_analysis(void);
Suite *cp_suite_approval(void);
Suite *cp_suite_base_date(void);
Suite *cp_suite_baseline(void);
Suite *cp_suite_base_distance(void);
Suite *cp_suite_base_duration(void);
Suite *cp_suite_base_file(void);
Suite *cp_suite_base_hours(void);
Suite *cp_suite_base_json(void);
Suite *cp_suite_base_memory(void);
Suite *cp_suite_base_str(void);
Suite *cp_suite_base_text(void);
Suite *cp_suite_base_width(void);
Suite *cp_suite_base_zone(void);
Suite *cp_suite_candidates(void);
Suite *cp_suite_capability(void);
Suite *cp_suite_command(void);
Suite *cp_suite_compare(void);
Suite *cp_suite_diag(void);
Suite *cp_suite_documents(void);
Suite *cp_suite_edit(void);
Suite *cp_suite_exposure(void);
Suite *cp_suite_fields(void);
Suite *cp_suite_import(void);
Suite *cp_suite_log(void);
Suite *cp_suite_manual(void);
Suite *cp_suite_markdown(void);
Suite *cp_suite_markdown_prose(void);
Suite *cp_suite_markdown_reading(void);
Suite *cp_suite_markdown_scan(void);
Suite *cp_suite_model(void);
Suite *cp_suite_network(void);
Suite *cp_suite_output_findings(void);
Suite *cp_suite_output_formats(void);
Suite *cp_suite_output_messages(void);
Suite *cp_suite_components(void);
Suite *cp_suite_output_hostile(void);
Suite *cp_suite_output_views(void);
Suite *cp_suite_output_plans(void);
Suite *cp_suite_output_simulation(void);
Suite *cp_suite_rules(void);
Suite *cp_suite_rules_words(void);
Suite *cp_suite_proof(void);
Suite *cp_suite_report(void);
Suite *cp_suite_report_blocks(void);
Suite *cp_suite_report_house(void);
Suite *cp_suite_schema_messages(void);
Suite *cp_suite_rules_suspects(void);
Suite *cp_suite_secrets(void);
Suite *cp_suite_repository(void);
Suite *cp_suite_shared(void);
Suite *cp_suite_simulate(void);
Suite *cp_suite_simulate_remedy(void);
Suite *cp_suite_simulate_unknown(void);
Suite *cp_suite_source_git(void);
Suite *cp_suite_survey(void);
Suite *cp_suite_touches(void);
Suite *cp_suite_waiver(void);
Suite *cp_suite_worktime(void);
Suite *cp_suite_yaml(void);
Suite *cp_suite_yaml_comment(void);
Suite *cp_suite_yaml_limit(void);
Suite *cp_suite_yaml_replay(void);
Suite *cp_suite_yaml_suite(void);
Suite *cp_suite_yaml_syntax(void);

#endif
