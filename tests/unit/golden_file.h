/*
 * Expected outputs in files: compares, or rewrites them where CONTPLAN_UPDATE_GOLDEN=1 is set
 * (never under CI). Knows nothing of what the bytes mean.
 */
#ifndef CONTPLAN_TESTS_GOLDEN_FILE_H
#define CONTPLAN_TESTS_GOLDEN_FILE_H

#include <contplan/base.h>

/* Fails the running test where the file `path` (from the folder of the sources) does not hold
 * exactly `bytes`. */
void golden_check(const char *path, struct cp_str bytes);

#endif
