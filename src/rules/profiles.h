/*
 * Private to the profiles: those that ship with the program, one file each.
 */
#ifndef CONTPLAN_RULES_PROFILES_H
#define CONTPLAN_RULES_PROFILES_H

#include "topics.h"

extern const struct cp_profile cp_profile_baseline;
extern const struct cp_profile cp_profile_iso22301;
extern const struct cp_profile cp_profile_nist;
extern const struct cp_profile cp_profile_dora;

/* The members of struct cp_profile for a table of requirements. */
#define CP_REQUIRES(rows) .requires = rows, .count = sizeof(rows) / sizeof((rows)[0])
#define CP_SEVERITIES(rows) .severities = rows, .severity_count = sizeof(rows) / sizeof((rows)[0])

#endif
