/*
 * The suites of the oracle's binary.
 */
#ifndef CONTPLAN_ORACLE_SUITES_H
#define CONTPLAN_ORACLE_SUITES_H

#include <check.h>

/* The oracle against answers worked out by hand. */
Suite *suite_cases(void);

#endif
