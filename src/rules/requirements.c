/*
 * CP101, what the profile asks of a plan: each requirement's path is followed through the plan,
 * into every item of its lists. `unknown`, `not_applicable` and broken values satisfy it, and a
 * missing section is one finding, not one for each field that could have stood in it.
 */
#include "profiles.h"

#include <string.h>

struct asking {
    const struct cp_plan_input *in;
    const struct cp_rule *rule;
    const struct cp_requirement *requirement;
};

/* Fields with a rule of their own, which knows more of them and cites the requirement. */
static const char *const answered_elsewhere[] = {
    "accountability.accountable",
    "incident_response.roles",
    "incident_response.activation.criteria",
    "disaster_recovery.objectives",
    "disaster_recovery.objectives[].mtpd",
};

static bool is_answered_elsewhere(const char *field)
{
    for (size_t i = 0; i < sizeof answered_elsewhere / sizeof answered_elsewhere[0]; i++) {
        if (strcmp(answered_elsewhere[i], field) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- paths ----------------------------------------------------------------------------------- */

static size_t key_length(const char *path)
{
    return strcspn(path, ".[");
}

const char *cp_requirement_fault(const char *path, const struct cp_object **object)
{
    *object = &cp_object_plan;
    for (;;) {
        size_t len = key_length(path);
        const struct cp_field *field = cp_field_find(*object, (struct cp_str){path, len});
        const char *rest = path + len;
        if (!field) {
            return path;
        }
        if (*rest == '\0') {
            return NULL;
        }
        const char *link = field->is_list ? "[]." : ".";
        bool is_linked = field->type == CP_TYPE_OBJECT && strncmp(rest, link, strlen(link)) == 0;
        if (!is_linked) {
            return path;
        }
        *object = field->of;
        path = rest + strlen(link);
    }
}

/* ---- what is missing ------------------------------------------------------------------------- */

/* The id of a list's item, or NULL. */
static const struct cp_text *id_of(const struct cp_object *object, const struct cp_leaf *value)
{
    const struct cp_field *field = cp_field_find(object, CP_STR("id"));
    const struct cp_leaf *id = field ? cp_field_get(field, value) : NULL;
    return id && cp_leaf_is_set(id) ? (const struct cp_text *)(const void *)id : NULL;
}

/* Where an item of a list lacks something: at its id, else where it begins. */
static struct cp_place item_place(const struct cp_text *id, const struct cp_node *item)
{
    if (id) {
        return cp_node_place(id->leaf.node);
    }
    return cp_node_place(item->kind == CP_NODE_MAPPING && item->first ? item->first->key : item);
}

/* "'incident_response' has no 'call_tree'"; `at` is the object it should stand in, NULL for the
 * plan itself. */
static struct cp_diagnostic *add_missing(const struct asking *asking,
                                         const struct cp_object *object, const struct cp_leaf *at,
                                         const char *rest)
{
    struct cp_diags *diags = asking->in->diags;
    const struct cp_plan *plan = asking->in->plan;
    struct cp_str field = cp_str_of(asking->requirement->field);
    if (!at) {
        return cp_diags_add(diags, asking->rule, cp_missing_place(plan, NULL), field,
                            "the plan has no '%s'", rest);
    }
    if (at->node->key) {
        size_t len = field.len - strlen(rest) - 1;
        return cp_diags_add(diags, asking->rule, cp_missing_place(plan, at), field,
                            "'%.*s' has no '%s'", (int)len, field.at, rest);
    }
    struct cp_buf path;
    const struct cp_text *id = id_of(object, at);
    cp_buf_init(&path);
    cp_node_path(&path, at->node);
    struct cp_diagnostic *finding = cp_diags_add(
        diags, asking->rule, item_place(id, at->node), cp_buf_str(&path), "the %s%s%s has no '%s'",
        object->name, id ? " " : "", id ? cp_diags_quote(diags, id->text) : "", rest);
    cp_buf_release(&path);
    return finding;
}

static void apply(struct cp_diagnostic *finding, const struct cp_plan_input *in,
                  const struct cp_requirement *requirement)
{
    if (finding) {
        finding->severity =
            cp_profile_requirement_severity(in->profile, requirement, finding->rule);
        finding->has_fixed_severity = true;
        finding->clause = requirement->clause ? cp_str_of(requirement->clause) : finding->clause;
    }
}

static void report(const struct asking *asking, const struct cp_object *object,
                   const struct cp_leaf *at, const char *rest)
{
    const struct cp_requirement *requirement = asking->requirement;
    struct cp_diagnostic *finding = add_missing(asking, object, at, rest);
    if (requirement->message) {
        cp_diagnostic_help(asking->in->diags, finding, "%s", requirement->message);
    } else {
        cp_diagnostic_help(asking->in->diags, finding,
                           "state it, or write {unknown: {reason, owner, due}} or "
                           "{not_applicable: {reason, by}} in its place");
    }
    apply(finding, asking->in, requirement);
    if (finding && !requirement->clause) {
        finding->clause = CP_STR(""); /* whoever asks names no source: the rule's is another's */
    }
}

/* Whether the profile asks for the object that is missing on the way: then that is the finding. */
static bool is_asked_itself(const struct asking *asking, const char *rest)
{
    struct cp_str path = cp_str_of(asking->requirement->field);
    path.len -= strlen(rest) - key_length(rest);
    const char *parent = cp_arena_copy(asking->in->arena, path).at;
    return cp_profile_requirement(asking->in->profile, asking->in->plan, parent) != NULL;
}

static void ask(const struct asking *asking, const struct cp_object *object,
                const struct cp_leaf *at, const char *rest);

static void ask_items(const struct asking *asking, const struct cp_field *field,
                      const struct cp_leaf *list, const char *rest)
{
    const struct cp_values *values = (const struct cp_values *)(const void *)list;
    for (size_t i = 0; i < values->count; i++) {
        const void *item = (const char *)values->items + i * cp_field_size(field);
        const struct cp_leaf *leaf = item;
        if (cp_leaf_is_set(leaf)) {
            ask(asking, field->of, leaf, rest);
        }
    }
}

/* Follows `rest` from `at`, an object of the plan that is set (NULL: the plan itself). */
static void ask(const struct asking *asking, const struct cp_object *object,
                const struct cp_leaf *at, const char *rest)
{
    for (;;) {
        size_t len = key_length(rest);
        const struct cp_field *field = cp_field_find(object, (struct cp_str){rest, len});
        const struct cp_leaf *value = cp_field_get(field, at ? at : &asking->in->plan->leaf);
        if (value->state == CP_ABSENT) {
            bool is_of_items = strchr(rest, '[') != NULL;
            if (!is_of_items && (rest[len] == '\0' || !is_asked_itself(asking, rest))) {
                report(asking, object, at, rest);
            }
            return;
        }
        if (rest[len] == '\0' || !cp_leaf_is_set(value)) {
            return;
        }
        if (rest[len] == '[') {
            ask_items(asking, field, value, rest + len + strlen("[]."));
            return;
        }
        object = field->of;
        at = value;
        rest += len + 1;
    }
}

/* ---- the rule -------------------------------------------------------------------------------- */

void cp_requirements_check(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for (const struct cp_profile *from = in->profile; from; from = from->extends) {
        for (size_t i = 0; i < from->count; i++) {
            const struct cp_requirement *requirement = &from->requires[i];
            struct asking asking = {in, rule, requirement};
            bool is_asked =
                cp_profile_requirement(in->profile, in->plan, requirement->field) == requirement;
            if (is_asked && !is_answered_elsewhere(requirement->field)) {
                ask(&asking, &cp_object_plan, NULL, requirement->field);
            }
        }
    }
}

/* Cites whoever asks for the section in which something lacks, but not for what the items of its
 * lists lack. What baseline asks of all is no more exact than the rule's own clause. */
static void cite_section(const struct cp_plan_input *in, struct cp_diagnostic *finding,
                         const char *field)
{
    const struct cp_requirement *asked = NULL;
    for (size_t len = strchr(field, '[') ? 0 : strlen(field); len > 0 && !asked; len--) {
        if (field[len] == '.') {
            const char *parent = cp_arena_copy(in->arena, (struct cp_str){field, len}).at;
            asked = cp_profile_requirement(in->profile, in->plan, parent);
        }
    }
    bool is_exact = asked && asked->clause &&
                    cp_profile_requirement(&cp_profile_baseline, in->plan, asked->field) != asked;
    if (finding && is_exact) {
        finding->clause = cp_str_of(asked->clause);
    }
}

void cp_requirement_cite(const struct cp_plan_input *in, struct cp_diagnostic *finding,
                         const char *field)
{
    const struct cp_requirement *requirement = cp_profile_requirement(in->profile, in->plan, field);
    if (requirement) {
        apply(finding, in, requirement);
    } else {
        cite_section(in, finding, field);
    }
}
