/*
 * One plan: decoded with what it inherits, its identity checked. Does not look at other plans.
 */
#include <contplan/model.h>

#include "resolve.h"

static const char plan_schema[] = "contplan/v1";

enum cp_phase cp_plan_phase(const struct cp_plan *plan)
{
    return plan->phase.leaf.state == CP_SET ? (enum cp_phase)plan->phase.value : CP_LIVE;
}

unsigned cp_plan_tier(const struct cp_plan *plan)
{
    return plan->tier.leaf.state == CP_SET ? plan->tier.value + 1U : 0;
}

enum cp_audience cp_audience_of(const struct cp_plan *plan, const struct cp_field *field,
                                const struct cp_leaf *leaf, const struct cp_leaf *object,
                                const struct cp_leaf *section)
{
    if (leaf && leaf->audience != CP_AUDIENCE_UNSTATED) {
        return (enum cp_audience)leaf->audience;
    }
    if (object && object != section && object->audience != CP_AUDIENCE_UNSTATED) {
        return (enum cp_audience)object->audience;
    }
    if (field && field->audience != CP_AUDIENCE_UNSTATED) {
        return field->audience;
    }
    if (section && section->audience != CP_AUDIENCE_UNSTATED) {
        return (enum cp_audience)section->audience;
    }
    if (plan->classification.leaf.state == CP_SET) {
        return (enum cp_audience)(CP_PUBLIC + plan->classification.value);
    }
    bool is_silent =
        plan->classification.leaf.state == CP_ABSENT && plan->leaf.audience == CP_AUDIENCE_UNSTATED;
    return is_silent ? CP_INTERNAL : CP_RESTRICTED;
}

bool cp_version_is_known(const struct cp_node *root, const char *version, struct cp_diags *diags)
{
    struct cp_node *schema = cp_node_find(root, "schema");
    if (!schema || schema->kind != CP_NODE_SCALAR || schema->text.len == 0 ||
        cp_str_is(schema->text, version)) {
        return true;
    }
    struct cp_diagnostic *finding =
        cp_node_report(diags, &cp_rule_schema_version, schema,
                       "%s is no version of this format that this program knows",
                       cp_diags_quote(diags, schema->text));
    cp_diagnostic_help(diags, finding, "write %s, or use a newer contplan", version);
    return false;
}

static void check_id(struct cp_plan *plan, struct cp_str stem, struct cp_diags *diags)
{
    if (stem.len == 0 || plan->id.leaf.state != CP_SET || cp_str_is_equal(plan->id.text, stem)) {
        return;
    }
    struct cp_diagnostic *finding =
        cp_node_report(diags, &cp_rule_id_mismatch, plan->id.leaf.node,
                       "the plan's id is %s, and its file is named %s",
                       cp_diags_quote(diags, plan->id.text), cp_diags_quote(diags, stem));
    cp_diagnostic_help(diags, finding, "make the two one: write 'id: %.*s', or rename the file",
                       CP_ARG(stem));
}

/* Whether the file is a plan of a format that is known; a finding where it is not. */
static bool is_plan(const struct cp_yaml *yaml, struct cp_str stem, struct cp_diags *diags)
{
    if (!yaml->root) {
        return false;
    }
    if (yaml->root->kind == CP_NODE_MAPPING) {
        return cp_version_is_known(yaml->root, plan_schema, diags);
    }
    struct cp_diagnostic *finding =
        cp_node_report(diags, &cp_rule_wrong_type, yaml->root,
                       "a plan must be a mapping of keys with their values");
    cp_diagnostic_help(diags, finding, "start with the lines 'schema: %s' and 'id: %.*s'",
                       plan_schema, CP_ARG(stem));
    return false;
}

void cp_plan_decode(struct cp_plan *plan, struct cp_arena *arena, const struct cp_yaml *yaml,
                    struct cp_str stem, const struct cp_portfolio *portfolio,
                    struct cp_diags *diags)
{
    bool is_read = is_plan(yaml, stem, diags);
    struct cp_decoder decoder = {.arena = arena, .diags = diags, .stated = &plan->stated};
    cp_decode(&decoder, &cp_object_plan, plan, is_read ? yaml->root : NULL,
              is_read ? portfolio->defaults : NULL);
    if (is_read) {
        check_id(plan, stem, diags);
        cp_plan_resolve(plan, portfolio, arena, diags);
    }
}
