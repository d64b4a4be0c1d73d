/*
 * CP7, runbooks as a plan states them: what somebody needs who follows one at night and has never
 * seen it.
 */
#include "runbooks.h"

/* ---- the table ------------------------------------------------------------------------------- */

static const struct cp_check checks[] = {
    {.rule = &cp_rule_typographic_command,
     .other = &cp_rule_single_dash_option,
     .check_plan = cp_check_commands},
    {.rule = &cp_rule_single_dash_option},
    {.rule = &cp_rule_undeclared_parameter, .check_plan = cp_check_parameters},
};

const struct cp_topic cp_topic_runbooks = CP_TOPIC(checks);
