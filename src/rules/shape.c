/*
 * CP0, syntax and shape: rows of findings that lower layers make while they read a file, and the
 * one about the portfolio file's `rules`. Judges no plan.
 */
#include "topics.h"

const struct cp_rule cp_rule_invalid_setting = {
    .code = "CP016",
    .name = "invalid-setting",
    .severity = CP_ERROR,
    .summary = "a rule, severity or option in the portfolio file's `rules` that does not exist",
    .explanation =
        "`rules` in contplan.yaml sets severities by a rule's code or name, and the options that "
        "rules have. An entry that names no rule and no option, or gives no severity, changes "
        "nothing, and whoever wrote it believes that it does. Severities are `error`, `warning`, "
        "`info` and `off`.",
    .bad = "# file: contplan.yaml\n"
           "rules:\n"
           "  CP301: severe\n"
           "# file: plans/permits.yaml\n"
           "id: permits\n",
    .good = "# file: contplan.yaml\n"
            "rules:\n"
            "  CP301: warning\n"
            "# file: plans/permits.yaml\n"
            "id: permits\n",
};

static void check_settings(const struct cp_config_input *in, const struct cp_rule *rule)
{
    (void)rule;
    struct cp_selection selection;
    cp_selection_init(&selection);
    cp_selection_add_config(&selection, &in->portfolio->config, in->diags);
    cp_selection_release(&selection);
}

static const struct cp_check checks[] = {
    {.rule = &cp_rule_yaml_syntax},
    {.rule = &cp_rule_yaml_encoding},
    {.rule = &cp_rule_yaml_limit},
    {.rule = &cp_rule_duplicate_key},
    {.rule = &cp_rule_swallowed_text},
    {.rule = &cp_rule_unknown_key},
    {.rule = &cp_rule_wrong_type},
    {.rule = &cp_rule_duplicate_id},
    {.rule = &cp_rule_bad_choice},
    {.rule = &cp_rule_bad_date},
    {.rule = &cp_rule_bad_duration},
    {.rule = &cp_rule_bad_value},
    {.rule = &cp_rule_schema_version},
    {.rule = &cp_rule_id_mismatch},
    {.rule = &cp_rule_unresolved_reference},
    {.rule = &cp_rule_invalid_setting, .check_config = check_settings},
    {.rule = &cp_rule_step_circle},
};

const struct cp_topic cp_topic_shape = CP_TOPIC(checks);
