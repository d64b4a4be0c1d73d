/*
 * What the files of CP7 share: its one table stands in runbooks.c; the commands of steps have a
 * file of their own.
 */
#ifndef CONTPLAN_RULES_RUNBOOKS_H
#define CONTPLAN_RULES_RUNBOOKS_H

#include "topics.h"

/* runbook_commands.c; long options are found together with typographic characters. */
extern const struct cp_rule cp_rule_typographic_command, cp_rule_single_dash_option;
extern const struct cp_rule cp_rule_undeclared_parameter;
void cp_check_commands(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_parameters(const struct cp_plan_input *in, const struct cp_rule *rule);

#endif
