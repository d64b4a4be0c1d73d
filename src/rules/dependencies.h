/*
 * What the files of CP5 share: its one table stands in network.c.
 */
#ifndef CONTPLAN_RULES_DEPENDENCIES_H
#define CONTPLAN_RULES_DEPENDENCIES_H

#include "topics.h"

/* dependencies.c: what one plan and the portfolio file tell. */
extern const struct cp_rule cp_rule_dependency_without_plan, cp_rule_supplier_without_commitment;
extern const struct cp_rule cp_rule_tool_lost, cp_rule_criticality_not_stated;
void cp_check_without_plan(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_without_commitment(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_tool_lost(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_no_criticality(const struct cp_plan_input *in, const struct cp_rule *rule);

/* network.c: where something of a plan's facts stands. */
struct cp_place cp_fact_place(const struct cp_portfolio_input *in, size_t plan, struct cp_span span,
                              bool is_inherited);

/* copied.c; its row stands in hygiene.c. */
extern const struct cp_rule cp_rule_copied_section;
void cp_check_copied(const struct cp_portfolio_input *in, const struct cp_rule *rule);

#endif
