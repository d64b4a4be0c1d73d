/*
 * The names of the files in a folder of expectations, for suites that run a test for each.
 */
#ifndef CONTPLAN_TESTS_NAMES_H
#define CONTPLAN_TESTS_NAMES_H

#include <contplan/base.h>

struct names {
    CP_LIST(char *) items; /* never given back: the suites live as long as the program */
};

/* Adds those that end so, in byte order; none where there is no such folder. */
void names_list(struct names *out, const char *folder, const char *ending);

#endif
