/*
 * What the files of CP7 share: its one table stands in runbooks.c; steps and their commands have
 * files of their own.
 */
#ifndef CONTPLAN_RULES_RUNBOOKS_H
#define CONTPLAN_RULES_RUNBOOKS_H

#include "topics.h"

/* Calls `visit` for each runbook that has steps. */
void cp_for_runbooks(const struct cp_plan_input *in, const struct cp_rule *rule,
                     void (*visit)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                   const struct cp_runbook *runbook));
/* 'restore', the runbook's id or name, for messages; owned by the list of findings. */
const char *cp_runbook_name(const struct cp_plan_input *in, const struct cp_runbook *runbook);

/* runbook_commands.c; long options are found together with typographic characters. */
extern const struct cp_rule cp_rule_typographic_command, cp_rule_single_dash_option;
extern const struct cp_rule cp_rule_undeclared_parameter;
void cp_check_commands(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_parameters(const struct cp_plan_input *in, const struct cp_rule *rule);

/* runbook_steps.c */
extern const struct cp_rule cp_rule_steps_out_of_order, cp_rule_unverified_steps;
extern const struct cp_rule cp_rule_access_role_differs;
void cp_check_step_order(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_verified(const struct cp_plan_input *in, const struct cp_rule *rule);
/* The number that a text begins with ("Step 3: …", "3. …", "3) …"), or 0; its bytes. */
unsigned cp_step_number(struct cp_str *out, struct cp_str text);
void cp_check_access_roles(const struct cp_plan_input *in, const struct cp_rule *rule);

#endif
