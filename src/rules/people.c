/*
 * CP4, who fills the incident roles. Which roles every plan must fill (the key roles) is the
 * portfolio file's `incident_roles`. Knows nothing of calls and contacts.
 */
#include "topics.h"

static const struct cp_incident_response *response_of(const struct cp_plan_input *in)
{
    return &in->plan->incident_response;
}

/* The role of that name in the plan, or NULL. Hashed, since both lists come from outside. */
static void index_roles(struct cp_map *roles, const struct cp_plan_input *in)
{
    const struct cp_incident_response *response = response_of(in);
    cp_map_init(roles);
    for (size_t i = 0; i < response->roles.count; i++) {
        struct cp_role *role = &response->roles.items[i];
        if (role->leaf.state == CP_SET && role->role.leaf.state == CP_SET) {
            cp_map_put(roles, role->role.text, role);
        }
    }
}

/* Calls `visit` for each key role, with the plan's entry of it or NULL. Not at all where the plan
 * lists no roles: that is one finding of its own (CP105). */
static void for_key_roles(const struct cp_plan_input *in, const struct cp_rule *rule,
                          void (*visit)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                        const struct cp_text *key, const struct cp_role *role,
                                        struct cp_map *seen))
{
    const struct cp_config *config = &in->portfolio->config;
    if (config->incident_roles.count == 0 || response_of(in)->roles.leaf.state != CP_SET) {
        return;
    }
    struct cp_map roles;
    struct cp_map seen;
    index_roles(&roles, in);
    cp_map_init(&seen);
    for (size_t i = 0; i < config->incident_roles.count; i++) {
        const struct cp_text *key = &config->incident_roles.items[i];
        if (key->leaf.state == CP_SET) {
            visit(in, rule, key, cp_map_find(&roles, key->text), &seen);
        }
    }
    cp_map_release(&seen);
    cp_map_release(&roles);
}

static bool is_stated(const struct cp_leaf *leaf)
{
    return leaf->state != CP_ABSENT;
}

static bool is_filled(const struct cp_role *role)
{
    return is_stated(&role->holders.leaf) || is_stated(&role->rota.leaf);
}

/* ---- mandatory roles ------------------------------------------------------------------------- */

static void check_filled(const struct cp_plan_input *in, const struct cp_rule *rule,
                         const struct cp_text *key, const struct cp_role *role, struct cp_map *seen)
{
    (void)seen;
    const char *name = cp_diags_quote(in->diags, key->text);
    struct cp_diagnostic *finding = NULL;
    if (!role) {
        finding = cp_diags_add(in->diags, rule, cp_node_key_place(response_of(in)->roles.leaf.node),
                               CP_STR("incident_response.roles"),
                               "the mandatory role %s is not among the roles", name);
    } else if (!is_filled(role)) {
        finding = cp_node_report(in->diags, rule, role->role.leaf.node,
                                 "the mandatory role %s has neither 'holders' nor 'rota'", name);
    } else {
        return;
    }
    cp_diagnostic_help(in->diags, finding,
                       "say who fills it: '{role: %.*s, holders: […], deputies: […]}'",
                       CP_ARG(key->text));
    cp_diagnostic_note(in->diags, finding, cp_node_place(key->leaf.node),
                       "every plan must fill it: declared here");
}

static void check_mandatory(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for_key_roles(in, rule, check_filled);
}

static const struct cp_rule rule_mandatory_role_absent = {
    .code = "CP401",
    .name = "mandatory-role-absent",
    .severity = CP_ERROR,
    .summary = "a role that every plan must fill is not filled",
    .explanation =
        "`incident_roles` in contplan.yaml lists the roles that must be filled in every incident, "
        "such as a lead who decides and a scribe who records. A process that demands a scribe is "
        "worth nothing while no plan names one. Name holders, or the rota that provides them.",
    .clause = "ISO 22301:2019, 8.4.2",
    .bad = "# file: contplan.yaml\n"
           "incident_roles: [lead, scribe]\n"
           "# file: plans/permits.yaml\n"
           "incident_response:\n"
           "  roles:\n"
           "    - {role: lead, rota: On-call leads}\n",
    .good = "# file: contplan.yaml\n"
            "incident_roles: [lead, scribe]\n"
            "# file: plans/permits.yaml\n"
            "incident_response:\n"
            "  roles:\n"
            "    - {role: lead, rota: On-call leads}\n"
            "    - {role: scribe, holders: [Sam Ward], deputies: [Ines Roth]}\n",
};

/* ---- deputies -------------------------------------------------------------------------------- */

/* Whether more than one person stands behind a holder: a team of several, or of unknown size. */
static bool is_several(const struct cp_plan_input *in, const struct cp_text *holder)
{
    const struct cp_team *team = cp_portfolio_find_team(in->portfolio, holder->text);
    return team && team->members.count != 1;
}

/* The one person whom a role hangs on, or NULL: nobody is stated, there are several, or a rota. */
static const struct cp_text *sole_holder(const struct cp_plan_input *in, const struct cp_role *role)
{
    bool is_one = role->holders.leaf.state == CP_SET && role->holders.count == 1 &&
                  !is_stated(&role->rota.leaf);
    const struct cp_text *holder = is_one ? &role->holders.items[0] : NULL;
    return holder && holder->leaf.state == CP_SET && !is_several(in, holder) ? holder : NULL;
}

static void check_deputy(const struct cp_plan_input *in, const struct cp_rule *rule,
                         const struct cp_text *key, const struct cp_role *role, struct cp_map *seen)
{
    (void)seen;
    const struct cp_text *holder = role ? sole_holder(in, role) : NULL;
    if (!holder || is_stated(&role->deputies.leaf)) {
        return;
    }
    struct cp_str name = cp_portfolio_name_of(in->portfolio, holder->text);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, role->role.leaf.node,
                       "the key role %s has no deputy and no rota: without %s nobody fills it",
                       cp_diags_quote(in->diags, key->text), cp_diags_quote(in->diags, name));
    cp_diagnostic_help(in->diags, finding,
                       "name somebody who steps in ('deputies: […]') or the team that fills it in "
                       "turns ('rota: …')");
    cp_diagnostic_note(in->diags, finding, cp_node_place(holder->leaf.node), "the only holder");
    cp_raise_in_tier_1(finding, in->plan);
}

static void check_deputies(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for_key_roles(in, rule, check_deputy);
}

static const struct cp_rule rule_key_role_without_deputy = {
    .code = "CP402",
    .name = "key-role-without-deputy",
    .severity = CP_WARNING,
    .summary = "a key role that hangs on one person",
    .explanation =
        "People are on leave, ill or asleep when services fail. A role of `incident_roles` needs a "
        "deputy or a rota, or several holders; a team of several counts as such. In tier 1 this is "
        "an error.",
    .clause = "ISO 22301:2019, 8.4.2; NCSC CAF 4.0, D1.b.4",
    .bad = "# file: contplan.yaml\n"
           "incident_roles: [lead]\n"
           "# file: plans/permits.yaml\n"
           "incident_response:\n"
           "  roles:\n"
           "    - {role: lead, holders: [Maya Lind]}\n",
    .good = "# file: contplan.yaml\n"
            "incident_roles: [lead]\n"
            "# file: plans/permits.yaml\n"
            "incident_response:\n"
            "  roles:\n"
            "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n",
};

/* ---- one person, two roles ------------------------------------------------------------------- */

/* Where somebody was first seen holding a key role. */
struct holding {
    const struct cp_role *role;
    const struct cp_text *holder;
};

static void report_two_roles(const struct cp_plan_input *in, const struct cp_rule *rule,
                             const struct holding *first, const struct holding *second)
{
    struct cp_str name = cp_portfolio_name_of(in->portfolio, second->holder->text);
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, second->holder->leaf.node, "%s holds two key roles: %s and %s",
        cp_diags_quote(in->diags, name), cp_diags_quote(in->diags, first->role->role.text),
        cp_diags_quote(in->diags, second->role->role.text));
    cp_diagnostic_help(in->diags, finding, "give one of the two roles to somebody else");
    cp_diagnostic_note(in->diags, finding, cp_node_place(first->holder->leaf.node),
                       "the first role is held here");
}

/* Two roles with several holders each may share one: somebody else takes the other role. */
static void check_holders(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_text *key, const struct cp_role *role,
                          struct cp_map *seen)
{
    (void)key;
    for (size_t i = 0; role && i < role->holders.count; i++) {
        const struct cp_text *holder = &role->holders.items[i];
        if (holder->leaf.state != CP_SET || is_several(in, holder)) {
            continue;
        }
        struct holding *holding = cp_arena_alloc(in->arena, sizeof(*holding));
        *holding = (struct holding){role, holder};
        struct holding *first =
            cp_map_put(seen, cp_portfolio_name_of(in->portfolio, holder->text), holding);
        if (first && first->role != role &&
            (sole_holder(in, role) || sole_holder(in, first->role))) {
            report_two_roles(in, rule, first, holding);
        }
    }
}

static void check_two_roles(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for_key_roles(in, rule, check_holders);
}

static const struct cp_rule rule_one_person_two_key_roles = {
    .code = "CP403",
    .name = "one-person-two-key-roles",
    .severity = CP_WARNING,
    .summary = "one person holds two key roles",
    .explanation =
        "Whoever leads an incident cannot also write down what happens, and whoever speaks to the "
        "public cannot also decide what is restarted. Each role of `incident_roles` needs somebody "
        "of its own at the time. Roles with several holders may share some of them.",
    .clause = "house standard of incident roles",
    .bad = "# file: contplan.yaml\n"
           "incident_roles: [lead, scribe]\n"
           "# file: plans/permits.yaml\n"
           "incident_response:\n"
           "  roles:\n"
           "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n"
           "    - {role: scribe, holders: [Maya Lind], deputies: [Sam Ward]}\n",
    .good = "# file: contplan.yaml\n"
            "incident_roles: [lead, scribe]\n"
            "# file: plans/permits.yaml\n"
            "incident_response:\n"
            "  roles:\n"
            "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n"
            "    - {role: scribe, holders: [Ines Roth], deputies: [Sam Ward]}\n",
};

/* ---- deputy of oneself ----------------------------------------------------------------------- */

static void check_own_deputies(const struct cp_plan_input *in, const struct cp_rule *rule,
                               const struct cp_role *role)
{
    struct cp_map holders;
    cp_map_init(&holders);
    for (size_t i = 0; i < role->holders.count; i++) {
        struct cp_text *holder = &role->holders.items[i];
        if (holder->leaf.state == CP_SET) {
            cp_map_put(&holders, cp_portfolio_name_of(in->portfolio, holder->text), holder);
        }
    }
    for (size_t i = 0; i < role->deputies.count; i++) {
        const struct cp_text *deputy = &role->deputies.items[i];
        struct cp_str name = cp_portfolio_name_of(in->portfolio, deputy->text);
        const struct cp_text *holder =
            deputy->leaf.state == CP_SET ? cp_map_find(&holders, name) : NULL;
        if (holder) {
            struct cp_diagnostic *finding = cp_node_report(
                in->diags, rule, deputy->leaf.node, "%s is named as deputy of a role they hold",
                cp_diags_quote(in->diags, name));
            cp_diagnostic_help(in->diags, finding, "name somebody else, who can step in");
            cp_diagnostic_note(in->diags, finding, cp_node_place(holder->leaf.node),
                               "named as holder here");
        }
    }
    cp_map_release(&holders);
}

static void check_own_deputy(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_incident_response *response = response_of(in);
    for (size_t i = 0; i < response->roles.count; i++) {
        const struct cp_role *role = &response->roles.items[i];
        if (role->holders.count > 0 && role->deputies.count > 0) {
            check_own_deputies(in, rule, role);
        }
    }
}

static const struct cp_rule rule_deputy_of_oneself = {
    .code = "CP404",
    .name = "deputy-of-oneself",
    .severity = CP_WARNING,
    .summary = "somebody is named as deputy of a role they hold",
    .explanation =
        "A deputy is there for when the holder is not. Somebody who is both adds a name and no "
        "cover. Name somebody else.",
    .clause = "ISO 22301:2019, 8.4.2",
    .bad = "incident_response:\n"
           "  roles:\n"
           "    - {role: lead, holders: [Maya Lind], deputies: [Maya Lind]}\n",
    .good = "incident_response:\n"
            "  roles:\n"
            "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_mandatory_role_absent, .check_plan = check_mandatory},
    {.rule = &rule_key_role_without_deputy, .check_plan = check_deputies},
    {.rule = &rule_one_person_two_key_roles, .check_plan = check_two_roles},
    {.rule = &rule_deputy_of_oneself, .check_plan = check_own_deputy},
};

const struct cp_topic cp_topic_people = CP_TOPIC(checks);
