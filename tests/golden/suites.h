/*
 * The golden suites, one for each run_<folder>.c.
 */
#ifndef CONTPLAN_TESTS_GOLDEN_SUITES_H
#define CONTPLAN_TESTS_GOLDEN_SUITES_H

#include <check.h>

Suite *cp_golden_cli(void);
Suite *cp_golden_examples(void);
Suite *cp_golden_import(void);
Suite *cp_golden_rules(void);
Suite *cp_golden_fixes(void);

#endif
