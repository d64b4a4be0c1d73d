/*
 * The suites of the oracle's binary.
 */
#ifndef CONTPLAN_ORACLE_SUITES_H
#define CONTPLAN_ORACLE_SUITES_H

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The oracle against answers worked out by hand. */
Suite *suite_cases(void);
/* contplan against the oracle. */
Suite *suite_agreement(void);
/* What holds of contplan's answers whatever the portfolio. */
Suite *suite_properties(void);

/* What contplan says would help most does, when it is done. */
Suite *suite_remedies(void);

/* Compares `count` seeds; how many have two answers, which are reported, minimised unless
 * `is_short`. */
int agreement_run(FILE *out, uint64_t from, uint64_t count, bool is_short);

#endif
