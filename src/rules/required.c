/*
 * CP1, what a plan must state. What the profile requires is asked for in requirements.c; here are
 * the rules that know more of their field, and take clause and severity from the profile.
 */
#include "topics.h"

#include <contplan/analysis.h>

#include <string.h>

struct cp_place cp_missing_place(const struct cp_plan *plan, const struct cp_leaf *parent)
{
    if (parent) {
        return cp_node_key_place(parent->node);
    }
    if (plan->id.leaf.node) {
        return cp_node_place(plan->id.leaf.node);
    }
    return plan->name.leaf.node ? cp_node_place(plan->name.leaf.node)
                                : cp_node_key_place(plan->leaf.node);
}

void cp_raise_in_tier_1(struct cp_diagnostic *finding, const struct cp_plan *plan)
{
    if (finding && cp_plan_tier(plan) == 1) {
        finding->severity = CP_ERROR;
    }
}

static bool is_absent(const struct cp_leaf *leaf)
{
    return leaf->state == CP_ABSENT;
}

static bool is_set(const struct cp_leaf *leaf)
{
    return leaf->state == CP_SET;
}

static const struct cp_rule rule_required_missing = {
    .code = "CP101",
    .name = "required-missing",
    .severity = CP_ERROR,
    .summary = "a section or field that the profile requires is missing",
    .explanation =
        "The profile says what a plan must state; its source stands in the finding. A gap is "
        "discovered either now, by this check, or by whoever opens the plan during an incident. "
        "Where the answer is not known yet, write `{unknown: {reason, owner, due}}`; where the "
        "section means nothing for the service, `{not_applicable: {reason, by}}`. Both count as "
        "an answer.",
    .clause = "ISO 22301:2019, 8.4.4",
    .bad = "# file: plans/permits.yaml\n"
           "schema: contplan/v1\n"
           "id: permits\n"
           "name: Harbour permits\n"
           "accountability:\n"
           "  accountable: Maya Lind\n"
           "  contacts:\n"
           "    - {name: Permits desk, phone: +44 20 7946 0101}\n"
           "scope:\n"
           "  in: [Applications and refunds]\n"
           "dependencies:\n"
           "  external:\n"
           "    - {name: Hosting company, purpose: Runs the servers}\n"
           "architecture:\n"
           "  documents:\n"
           "    - {title: Design, url: \"https://docs.example.org/permits\"}\n"
           "incident_response:\n"
           "  activation:\n"
           "    criteria: [Nobody can apply for 15 minutes]\n"
           "  roles:\n"
           "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n"
           "it_continuity:\n"
           "  measures: [Two servers share the load]\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {mtpd: 1d, rto: 8h, rpo: 4h}\n"
           "backup_restore:\n"
           "  description: A copy of all cases is taken each hour.\n"
           "supporting:\n"
           "  tests:\n"
           "    - {title: Tests, url: \"https://docs.example.org/permits/tests\"}\n",
    .good = "# file: plans/permits.yaml\n"
            "schema: contplan/v1\n"
            "id: permits\n"
            "name: Harbour permits\n"
            "accountability:\n"
            "  accountable: Maya Lind\n"
            "  contacts:\n"
            "    - {name: Permits desk, phone: +44 20 7946 0101}\n"
            "scope:\n"
            "  in: [Applications and refunds]\n"
            "dependencies:\n"
            "  external:\n"
            "    - {name: Hosting company, purpose: Runs the servers}\n"
            "architecture:\n"
            "  documents:\n"
            "    - {title: Design, url: \"https://docs.example.org/permits\"}\n"
            "incident_response:\n"
            "  activation:\n"
            "    criteria: [Nobody can apply for 15 minutes]\n"
            "  roles:\n"
            "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n"
            "it_continuity:\n"
            "  measures: [Two servers share the load]\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 1d, rto: 8h, rpo: 4h}\n"
            "backup_restore:\n"
            "  description: A copy of all cases is taken each hour.\n"
            "supporting:\n"
            "  tests:\n"
            "    - {title: Tests, url: \"https://docs.example.org/permits/tests\"}\n"
            "releases:\n"
            "  process: Every merge to main is published.\n",
};

/* ---- objectives ------------------------------------------------------------------------------ */

/* Whether any objective has the length, its tier's included; what is broken or exempt has. */
static bool any_objective_has(const struct cp_plan_input *in,
                              const struct cp_length *(*get)(const struct cp_effective *))
{
    const struct cp_tier *tier = cp_portfolio_find_tier(in->portfolio, in->plan);
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    for (size_t i = 0; i < recovery->objectives.count; i++) {
        const struct cp_objective *objective = &recovery->objectives.items[i];
        struct cp_effective effective;
        cp_effective_init(&effective, objective, tier);
        if (!is_set(&objective->leaf) || get(&effective)) {
            return true;
        }
    }
    return false;
}

static const struct cp_length *get_rto(const struct cp_effective *effective)
{
    return effective->rto;
}

static const struct cp_length *get_rpo(const struct cp_effective *effective)
{
    return effective->rpo;
}

static const struct cp_length *get_mtpd(const struct cp_effective *effective)
{
    return effective->mtpd;
}

static void report_length_missing(const struct cp_plan_input *in, const struct cp_rule *rule,
                                  const char *what)
{
    const struct cp_leaf *objectives = &in->plan->disaster_recovery.objectives.leaf;
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, cp_node_key_place(objectives->node),
                     CP_STR("disaster_recovery.objectives"), "no objective states %s", what);
    cp_diagnostic_help(in->diags, finding,
                       "agree both with whoever is accountable and write them: "
                       "'- {rto: 4h, rpo: 1h}'");
    cp_requirement_cite(in, finding, "disaster_recovery.objectives");
}

static void check_objectives(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    if (!is_set(&recovery->section.leaf)) {
        return;
    }
    if (is_absent(&recovery->objectives.leaf)) {
        struct cp_diagnostic *finding = cp_diags_add(
            in->diags, rule, cp_missing_place(in->plan, &recovery->section.leaf),
            CP_STR("disaster_recovery.objectives"), "'disaster_recovery' has no 'objectives'");
        cp_diagnostic_help(in->diags, finding,
                           "state how fast the service must be back and how much data it may "
                           "lose: 'objectives: [{rto: 4h, rpo: 1h}]'");
        cp_requirement_cite(in, finding, "disaster_recovery.objectives");
    } else if (is_set(&recovery->objectives.leaf)) {
        bool has_rto = any_objective_has(in, get_rto);
        bool has_rpo = any_objective_has(in, get_rpo);
        if (!has_rto || !has_rpo) {
            report_length_missing(in, rule,
                                  has_rto   ? "an RPO"
                                  : has_rpo ? "an RTO"
                                            : "an RTO or an RPO");
        }
    }
}

static const struct cp_rule rule_no_objectives = {
    .code = "CP103",
    .name = "no-objectives",
    .severity = CP_ERROR,
    .summary = "a plan without an RTO or without an RPO",
    .explanation =
        "Without a recovery time objective and a recovery point objective nobody can say whether "
        "the runbooks are fast enough or the backups frequent enough. The two are independent and "
        "both are needed. A tier in contplan.yaml fills what a stated objective leaves out; a plan "
        "that states no objective at all has none.",
    .clause = "DORA 12(6); ISO 22301:2019, 8.2.2",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 4h}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 4h, rpo: 1h}\n",
};

static void check_mtpd(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    bool is_judged = is_set(&recovery->section.leaf) && is_set(&recovery->objectives.leaf) &&
                     (any_objective_has(in, get_rto) || any_objective_has(in, get_rpo));
    if (!is_judged || any_objective_has(in, get_mtpd)) {
        return;
    }
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, cp_node_key_place(recovery->objectives.leaf.node),
                     CP_STR("disaster_recovery.objectives"), "no objective states an MTPD");
    cp_diagnostic_help(in->diags, finding,
                       "ask the business after how long the harm can no longer be borne, and "
                       "write it beside the RTO: 'mtpd: 24h'");
    cp_raise_in_tier_1(finding, in->plan);
    cp_requirement_cite(in, finding, "disaster_recovery.objectives[].mtpd");
}

static const struct cp_rule rule_mtpd_missing = {
    .code = "CP104",
    .name = "mtpd-missing",
    .severity = CP_WARNING,
    .summary = "objectives without the MTPD they have to fit into",
    .explanation =
        "The maximum tolerable period of disruption comes from the business impact analysis; RTO "
        "and WRT are what the service promises within it. Without it nobody can see whether the "
        "RTO is short enough, or needlessly expensive. In tier 1 this is an error.",
    .clause = "ISO 22301:2019, 8.2.2",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 4h, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 24h, rto: 4h, rpo: 1h}\n",
};

/* ---- people and activation ------------------------------------------------------------------- */

static void check_roles(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_incident_response *response = &in->plan->incident_response;
    if (!is_set(&response->section.leaf) || !is_absent(&response->roles.leaf)) {
        return;
    }
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, cp_missing_place(in->plan, &response->section.leaf),
                     CP_STR("incident_response.roles"), "'incident_response' has no 'roles'");
    cp_diagnostic_help(in->diags, finding,
                       "name who leads, who keeps the record, and their deputies: "
                       "'roles: [{role: lead, holders: […], deputies: […]}]'");
    cp_requirement_cite(in, finding, "incident_response.roles");
}

static const struct cp_rule rule_no_incident_roles = {
    .code = "CP105",
    .name = "no-incident-roles",
    .severity = CP_ERROR,
    .summary = "an incident section that names nobody who fills a role",
    .explanation =
        "A description of the incident process tells how things are done, not who does them "
        "tonight. List the roles and who fills each, so that whoever finds the service down knows "
        "whom to call, and so that contplan can tell which roles have no deputy.",
    .clause = "ISO 22301:2019, 8.4.2",
    .bad = "incident_response:\n"
           "  description: Incident leads are a rotating list.\n",
    .good = "incident_response:\n"
            "  roles:\n"
            "    - {role: lead, holders: [Maya Lind], deputies: [Sam Ward]}\n",
};

static void check_accountable(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_accountability *accountability = &in->plan->accountability;
    if (!is_set(&accountability->section.leaf) || !is_absent(&accountability->accountable.leaf)) {
        return;
    }
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, cp_missing_place(in->plan, &accountability->section.leaf),
                     CP_STR("accountability.accountable"), "'accountability' has no 'accountable'");
    cp_diagnostic_help(in->diags, finding,
                       "name the one person who answers for the service: "
                       "'accountable: Maya Lind'");
    cp_requirement_cite(in, finding, "accountability.accountable");
}

static const struct cp_rule rule_no_accountable = {
    .code = "CP106",
    .name = "no-accountable",
    .severity = CP_ERROR,
    .summary = "nobody is named who answers for the service",
    .explanation =
        "Somebody must be able to accept a risk, approve objectives and release money; a contact "
        "page or a team mailbox cannot. Name exactly one person or role as `accountable`; those "
        "who do the work are `responsible`.",
    .clause = "ISO 22301:2019, 5.3",
    .bad = "accountability:\n"
           "  responsible: [Permits team]\n",
    .good = "accountability:\n"
            "  accountable: Maya Lind\n"
            "  responsible: [Permits team]\n",
};

static void check_criteria(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_incident_response *response = &in->plan->incident_response;
    const struct cp_activation *activation = &response->activation;
    bool has_activation = is_set(&activation->leaf);
    if (!is_set(&response->section.leaf) ||
        !is_absent(has_activation ? &activation->criteria.leaf : &activation->leaf)) {
        return;
    }
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, rule,
        cp_missing_place(in->plan, has_activation ? &activation->leaf : &response->section.leaf),
        CP_STR("incident_response.activation.criteria"), "'%s' has no %s",
        has_activation ? "activation" : "incident_response",
        has_activation ? "'criteria'" : "'activation' with its 'criteria'");
    cp_diagnostic_help(in->diags, finding,
                       "write the facts at which this plan is used: 'activation: {criteria: [No "
                       "user can sign in for 15 minutes]}'");
    cp_requirement_cite(in, finding, "incident_response.activation.criteria");
}

static const struct cp_rule rule_no_activation_criteria = {
    .code = "CP107",
    .name = "no-activation-criteria",
    .severity = CP_WARNING,
    .summary = "nothing says when the plan is to be used",
    .explanation =
        "Time is lost at the start of an incident while people wonder whether it is bad enough. "
        "Criteria that a tired person can check (an error rate, a lost region, a number of "
        "minutes) end that discussion before it begins.",
    .clause = "ISO 22301:2019, 8.4.4; DORA RTS on ICT risk (EU 2024/1774), 26(1)(a)",
    .bad = "incident_response:\n"
           "  activation:\n"
           "    authority: [Duty desk]\n",
    .good = "incident_response:\n"
            "  activation:\n"
            "    criteria: [Nobody can sign in for 15 minutes]\n"
            "    authority: [Duty desk]\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_required_missing, .check_plan = cp_requirements_check},
    {.rule = &cp_rule_empty_value},
    {.rule = &rule_no_objectives, .check_plan = check_objectives},
    {.rule = &rule_mtpd_missing, .check_plan = check_mtpd},
    {.rule = &rule_no_incident_roles, .check_plan = check_roles},
    {.rule = &rule_no_accountable, .check_plan = check_accountable},
    {.rule = &rule_no_activation_criteria, .check_plan = check_criteria},
};

const struct cp_topic cp_topic_required = CP_TOPIC(checks);
