/*
 * Which findings are reported and how severe they are: the rule's severity, lowered by the plan's
 * phase, then the portfolio file's word, then the command line's. Finds nothing wrong with plans.
 */
#include "topics.h"

#include <string.h>

void cp_selection_init(struct cp_selection *selection)
{
    *selection = (struct cp_selection){0};
}

void cp_selection_release(struct cp_selection *selection)
{
    cp_list_release(&selection->choices);
    selection->has_select = false;
}

/* Whether the pattern names this very rule. */
static bool is_exact(struct cp_str pattern, const struct cp_rule *rule)
{
    return cp_str_is(pattern, rule->code) || cp_str_is(pattern, rule->name);
}

bool cp_rule_is_match(struct cp_str pattern, const struct cp_rule *rule)
{
    struct cp_str code = cp_str_of(rule->code);
    bool is_prefix =
        pattern.len >= 2 && cp_str_is_equal_folded(pattern, cp_str_slice(code, 0, pattern.len));
    return is_prefix || cp_str_is(pattern, rule->name) || cp_str_is(pattern, "ALL");
}

static bool matches_any(struct cp_str pattern)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        if (cp_rule_is_match(pattern, cp_checks_get(i)->rule)) {
            return true;
        }
    }
    return false;
}

static bool add(struct cp_selection *selection, struct cp_severity_choice choice)
{
    if (!matches_any(choice.pattern)) {
        return false;
    }
    *(struct cp_severity_choice *)cp_list_push(&selection->choices,
                                               sizeof(*selection->choices.items)) = choice;
    return true;
}

bool cp_selection_select(struct cp_selection *selection, struct cp_str pattern)
{
    bool is_known =
        add(selection, (struct cp_severity_choice){.pattern = pattern, .is_select = true});
    selection->has_select |= is_known;
    return is_known;
}

bool cp_selection_ignore(struct cp_selection *selection, struct cp_str pattern)
{
    return add(selection, (struct cp_severity_choice){.pattern = pattern, .is_ignore = true});
}

bool cp_selection_set_severity(struct cp_selection *selection, struct cp_str pattern,
                               enum cp_severity severity)
{
    return add(selection, (struct cp_severity_choice){.pattern = pattern, .severity = severity});
}

/* ---- the portfolio file ---------------------------------------------------------------------- */

/* The rule, else the option, that was probably meant; or empty. */
static struct cp_str nearest_setting(struct cp_str word)
{
    struct cp_str options[16];
    struct cp_str nearest = cp_rules_nearest(word);
    size_t count = 0;
    for (; nearest.len == 0 && count < cp_object_options.count && count < 16; count++) {
        options[count] = cp_str_of(cp_object_options.fields[count].key);
    }
    return nearest.len > 0 ? nearest : cp_str_nearest(word, options, count);
}

static void report_rule(struct cp_diags *diags, const char *table, const struct cp_text *setting)
{
    struct cp_node *node = setting->leaf.node;
    struct cp_diagnostic *finding = cp_node_report_at(
        diags, &cp_rule_invalid_setting, node, cp_node_key_place(node),
        "'%s' names %s, and there is no such rule%s", table, cp_diags_quote(diags, node->key->text),
        strcmp(table, "rules") == 0 ? " or option" : "");
    struct cp_str nearest = nearest_setting(node->key->text);
    if (cp_field_find(&cp_object_options, node->key->text)) {
        cp_diagnostic_help(diags, finding, "that is an option: write it under 'options'");
    } else if (nearest.len > 0) {
        cp_diagnostic_help(diags, finding, "did you mean '%.*s'?", CP_ARG(nearest));
    } else {
        cp_diagnostic_help(diags, finding, "write a code such as CP301, or a rule's name");
    }
}

static void report_severity(struct cp_diags *diags, const struct cp_text *setting)
{
    struct cp_node *node = setting->leaf.node;
    struct cp_diagnostic *finding = cp_node_report(
        diags, &cp_rule_invalid_setting, node, "%s is set to %s, which is no severity",
        cp_diags_quote(diags, node->key->text), cp_diags_quote(diags, setting->text));
    cp_diagnostic_help(diags, finding, "write error, warning, info or off");
}

bool cp_setting_read(struct cp_severity_choice *out, const char *table,
                     const struct cp_text *setting, struct cp_diags *diags)
{
    if (setting->leaf.state != CP_SET) {
        return false;
    }
    *out = (struct cp_severity_choice){.pattern = setting->leaf.node->key->text};
    if (!matches_any(out->pattern)) {
        report_rule(diags, table, setting);
        return false;
    }
    if (!cp_severity_parse(&out->severity, setting->text)) {
        report_severity(diags, setting);
        return false;
    }
    return true;
}

void cp_selection_add_config(struct cp_selection *selection, const struct cp_config *config,
                             struct cp_diags *diags)
{
    for (size_t i = 0; i < config->rules.count; i++) {
        struct cp_severity_choice choice;
        if (cp_setting_read(&choice, "rules", &config->rules.items[i], diags)) {
            cp_selection_set_severity(selection, choice.pattern, choice.severity);
        }
    }
}

/* ---- settling -------------------------------------------------------------------------------- */

/* The severity in the plan's phase: before live, what a plan still lacks is no error yet, unless it
 * has lacked it for long; of a retired service only shape, what still depends on it, and what must
 * not be published counts. */
static enum cp_severity severity_in(const struct cp_diagnostic *diagnostic, enum cp_phase phase)
{
    char group = diagnostic->rule->code[2];
    if (phase == CP_RETIRED) {
        return strchr("059", group) ? diagnostic->severity : CP_OFF;
    }
    bool is_lowered = phase < CP_LIVE && group >= '1' && group <= '8';
    enum cp_severity severity = diagnostic->severity;
    severity = is_lowered && severity == CP_ERROR ? CP_WARNING : severity;
    return diagnostic->is_aged && severity != CP_OFF && severity < CP_ERROR ? severity + 1
                                                                            : severity;
}

enum cp_severity cp_settle_severity(const struct cp_selection *selection,
                                    const struct cp_diagnostic *diagnostic, enum cp_phase phase)
{
    enum cp_severity settled = severity_in(diagnostic, phase);
    enum cp_severity severity = settled;
    bool is_on = !selection->has_select;
    if (settled == CP_OFF) {
        return CP_OFF;
    }
    for (size_t i = 0; i < selection->choices.count; i++) {
        const struct cp_severity_choice *choice = &selection->choices.items[i];
        if (!cp_rule_is_match(choice->pattern, diagnostic->rule)) {
            continue;
        }
        if (choice->is_select || choice->is_ignore) {
            is_on = choice->is_select;
            bool is_wanted =
                is_on && severity == CP_OFF && is_exact(choice->pattern, diagnostic->rule);
            severity = is_wanted ? settled : severity;
        } else {
            severity = choice->severity;
        }
    }
    return is_on ? severity : CP_OFF;
}
