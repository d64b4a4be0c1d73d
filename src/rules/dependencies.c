/*
 * CP5, as far as one plan and the portfolio file tell: dependencies without a plan, a commitment or
 * a criticality, and tools that fall with what they are meant to bring back. What takes other plans
 * stands in network.c; the table of CP5 is there.
 */
#include "dependencies.h"

#include <contplan/analysis.h>

/* The value by which a dependency is known, or NULL where that cannot be read. */
static const struct cp_text *name_of(const struct cp_dependency *dependency, bool is_external)
{
    const struct cp_text *id = is_external ? &dependency->supplier : &dependency->service;
    const struct cp_text *name = id->leaf.state != CP_ABSENT ? id : &dependency->name;
    return dependency->leaf.state == CP_SET && name->leaf.state == CP_SET ? name : NULL;
}

/* ---- without a plan -------------------------------------------------------------------------- */

void cp_check_without_plan(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_dependencies *dependencies = &in->plan->dependencies;
    for (size_t i = 0; i < dependencies->internal.count; i++) {
        const struct cp_text *name = name_of(&dependencies->internal.items[i], false);
        if (!name || name == &dependencies->internal.items[i].service) {
            continue;
        }
        struct cp_diagnostic *finding = cp_node_report(
            in->diags, rule, name->leaf.node, "this service depends on %s, which has no plan here",
            cp_diags_quote(in->diags, name->text));
        cp_diagnostic_help(in->diags, finding,
                           "write its plan and name that, 'service: ID'; what is another "
                           "organisation's stands under 'external'");
    }
}

const struct cp_rule cp_rule_dependency_without_plan = {
    .code = "CP501",
    .name = "dependency-without-plan",
    .severity = CP_WARNING,
    .summary = "an internal dependency has no plan",
    .explanation =
        "A service that is named by `name` alone is one of which nobody has written down how long "
        "it is away when it fails, nor who brings it back. What depends on it can promise nothing "
        "that is better than a guess. Write at least a short plan with its objectives, and name it "
        "by `service`, so that both plans are held against each other.",
    .clause = "ISO 22301:2019, 8.4.4; NIST SP 800-34r1, ISCP template (associated plans)",
    .bad = "dependencies:\n"
           "  internal:\n"
           "    - {name: Print room, purpose: Prints the letters, criticality: soft}\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: print-room, purpose: Prints the letters, criticality: soft}\n"
            "# file: plans/print-room.yaml\n"
            "id: print-room\n",
};

/* ---- without a commitment -------------------------------------------------------------------- */

static bool is_needed(const struct cp_dependency *dependency)
{
    const struct cp_choice *criticality = &dependency->criticality;
    const struct cp_flag *needs = &dependency->recovery_needs;
    return (criticality->leaf.state == CP_SET && criticality->value == CP_HARD) ||
           (needs->leaf.state == CP_SET && needs->is_yes);
}

/* Whether it states no time, nor says why not. */
static bool is_silent(const struct cp_commits *commits)
{
    return commits->leaf.state == CP_ABSENT ||
           (commits->leaf.state == CP_SET && commits->rto.leaf.state == CP_ABSENT);
}

void cp_check_without_commitment(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_dependencies *dependencies = &in->plan->dependencies;
    for (size_t i = 0; i < dependencies->external.count; i++) {
        const struct cp_dependency *dependency = &dependencies->external.items[i];
        const struct cp_text *name = name_of(dependency, true);
        bool is_declared = name == &dependency->supplier;
        const struct cp_supplier *supplier =
            name && is_declared ? cp_portfolio_find_supplier(in->portfolio, name->text) : NULL;
        if (!name || (is_declared && !supplier) || !is_needed(dependency) ||
            !is_silent(&dependency->commits) || (supplier && !is_silent(&supplier->commits))) {
            continue;
        }
        struct cp_str shown =
            supplier ? cp_portfolio_name_of(in->portfolio, name->text) : name->text;
        bool is_hard = dependency->criticality.leaf.state == CP_SET &&
                       dependency->criticality.value == CP_HARD;
        struct cp_diagnostic *finding =
            cp_node_report(in->diags, rule, name->leaf.node,
                           "%s cannot do without %s, which has not committed itself to a time",
                           is_hard ? "this service" : "the recovery of this service",
                           cp_diags_quote(in->diags, shown));
        cp_diagnostic_help(in->diags, finding,
                           "add what the contract or their published terms say: "
                           "'commits: {rto: …, rpo: …}'");
        if (supplier) {
            cp_diagnostic_note(in->diags, finding, cp_node_place(supplier->id.leaf.node),
                               "the supplier is declared here");
        }
    }
}

const struct cp_rule cp_rule_supplier_without_commitment = {
    .code = "CP503",
    .name = "supplier-without-commitment",
    .severity = CP_WARNING,
    .summary = "nothing says when a supplier that cannot be done without is back",
    .explanation =
        "An RTO that rests on somebody who has promised nothing is not ours to give. For a "
        "supplier "
        "that is `hard`, or that must be up before our own recovery can start, write down what the "
        "contract or the published terms say, at the supplier in the portfolio file or, where this "
        "service has terms of its own, under `commits` of the dependency. Where they promise "
        "nothing, `unknown` with an owner and a day says so honestly.",
    .clause = "NIST SP 800-53r5, CP-2(7); EU 2022/2554 (DORA), 11(4)",
    .bad = "dependencies:\n"
           "  external:\n"
           "    - {name: Address lookup, purpose: Finds the street, criticality: hard}\n",
    .good = "dependencies:\n"
            "  external:\n"
            "    - name: Address lookup\n"
            "      purpose: Finds the street\n"
            "      criticality: hard\n"
            "      commits: {rto: 4h}\n",
};

/* ---- without a criticality ------------------------------------------------------------------- */

static void check_criticality(const struct cp_plan_input *in, const struct cp_rule *rule,
                              const struct cp_dependency *dependency, bool is_external)
{
    const struct cp_text *name = name_of(dependency, is_external);
    if (!name || dependency->criticality.leaf.state != CP_ABSENT) {
        return;
    }
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, name->leaf.node, "nothing says what happens to this service without %s",
        cp_diags_quote(in->diags, name->text));
    cp_diagnostic_help(in->diags, finding,
                       "add 'criticality: hard' (down without it), 'degraded' (works worse) or "
                       "'soft' (does not notice at once)");
}

void cp_check_no_criticality(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_dependencies *dependencies = &in->plan->dependencies;
    for (size_t i = 0; i < dependencies->internal.count; i++) {
        check_criticality(in, rule, &dependencies->internal.items[i], false);
    }
    for (size_t i = 0; i < dependencies->external.count; i++) {
        check_criticality(in, rule, &dependencies->external.items[i], true);
    }
}

const struct cp_rule cp_rule_criticality_not_stated = {
    .code = "CP510",
    .name = "criticality-not-stated",
    .severity = CP_INFO,
    .summary = "a dependency does not say what happens without it",
    .explanation =
        "In an incident the first question is which of the services that hang together are down "
        "and which only limp. `criticality` answers it: `hard` is down without the other, "
        "`degraded` works worse, `soft` does not notice at once. Rules that hold two plans against "
        "each other look at what is stated alone; a simulation takes what is not stated for "
        "`hard`, and says so.",
    .clause = "ISO 22301:2019, 8.4.4",
    .bad = "dependencies:\n"
           "  external:\n"
           "    - {name: Address lookup, purpose: Finds the street}\n",
    .good = "dependencies:\n"
            "  external:\n"
            "    - {name: Address lookup, purpose: Finds the street, criticality: degraded}\n",
};

/* ---- tools that fall too --------------------------------------------------------------------- */

/* Adds what a scenario loses: id -> the value that says so. */
static void add_lost(struct cp_map *lost, const struct cp_scenario *scenario)
{
    for (size_t i = 0; i < scenario->loses.count; i++) {
        struct cp_text *thing = &scenario->loses.items[i];
        if (thing->leaf.state == CP_SET) {
            cp_map_put(lost, thing->text, thing);
        }
    }
}

/* A tool or channel that nothing stands in for, and that works only with what is lost, or with
 * another such one. */
struct fall {
    const struct cp_tool *tool;
    const struct cp_text *thing; /* what it works only with */
    const struct cp_text *lost;  /* where a scenario loses what that comes down to */
};

struct falls {
    struct cp_map lost;    /* id -> where a scenario loses it */
    struct cp_map by_name; /* of a tool -> its fall */
    struct fall *items;
    size_t count;
};

/* Where the thing, or what it stands on, is lost; NULL where it is not. */
static const struct cp_text *find_lost(const struct cp_plan_input *in, const struct falls *falls,
                                       const struct cp_text *thing)
{
    if (thing->leaf.state != CP_SET) {
        return NULL;
    }
    const struct cp_text *lost = cp_lost_find(in->portfolio, &falls->lost, thing->text);
    const struct fall *fall = lost ? NULL : cp_map_find(&falls->by_name, thing->text);
    return fall ? fall->lost : lost;
}

/* Adds the tool if it falls; what was added is left alone. */
static void add_fall(struct falls *falls, const struct cp_plan_input *in,
                     const struct cp_tool *tool)
{
    if (tool->leaf.state != CP_SET || tool->name.leaf.state != CP_SET ||
        tool->alternative.leaf.state != CP_ABSENT ||
        cp_map_find(&falls->by_name, tool->name.text)) {
        return;
    }
    for (size_t i = 0; i < tool->depends_on.count; i++) {
        const struct cp_text *thing = &tool->depends_on.items[i];
        const struct cp_text *lost = find_lost(in, falls, thing);
        if (lost) {
            struct fall *fall = &falls->items[falls->count++];
            *fall = (struct fall){tool, thing, lost};
            cp_map_put(&falls->by_name, tool->name.text, fall);
            return;
        }
    }
}

/* Tools that stand on tools are followed so many times, which is more than people stack up. */
static void find_falls(struct falls *falls, const struct cp_plan_input *in)
{
    enum { DEEPEST = 16 };
    const struct cp_incident_response *response = &in->plan->incident_response;
    size_t before = SIZE_MAX;
    size_t most = response->channels.count + response->tools.count;
    falls->items = cp_arena_alloc(in->arena, (most + 1) * sizeof *falls->items);
    for (int depth = 0; depth < DEEPEST && before != falls->count && falls->lost.count > 0;
         depth++) {
        before = falls->count;
        for (size_t i = 0; i < response->channels.count; i++) {
            add_fall(falls, in, &response->channels.items[i]);
        }
        for (size_t i = 0; i < response->tools.count; i++) {
            add_fall(falls, in, &response->tools.items[i]);
        }
    }
}

static void falls_init(struct falls *out)
{
    *out = (struct falls){.count = 0};
    cp_map_init(&out->lost);
    cp_map_init(&out->by_name);
}

static void falls_release(struct falls *falls)
{
    cp_map_release(&falls->by_name);
    cp_map_release(&falls->lost);
}

/* Reports that WHAT works only with the thing, which WHO loses; or that what the thing stands on is
 * lost. */
static void report_lost(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct falls *falls, const struct fall *found,
                        const struct cp_text *runbook)
{
    const struct cp_text *what = runbook ? runbook : &found->tool->name;
    const struct fall *below = cp_lost_find(in->portfolio, &falls->lost, found->thing->text)
                                   ? NULL
                                   : cp_map_find(&falls->by_name, found->thing->text);
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, runbook ? "runbook %s needs " : "%s works only with ",
                  cp_diags_quote(in->diags, what->text));
    cp_buf_puts(&text, cp_diags_quote(in->diags, found->thing->text));
    if (below) {
        cp_buf_printf(&text, ", which works only with %s",
                      cp_diags_quote(in->diags, below->thing->text));
    }
    cp_buf_printf(&text, ", which %s loses", runbook ? "its scenario" : "a scenario of this plan");
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, found->thing->leaf.node, "%.*s", CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding, "%s",
                       runbook ? "write the runbook so that it works without that"
                               : "add an 'alternative' that works without it");
    if (below) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(below->thing->leaf.node),
                           "%s stands on that", cp_diags_quote(in->diags, below->tool->name.text));
    }
    cp_diagnostic_note(in->diags, finding, cp_node_place(found->lost->leaf.node),
                       "a scenario loses %s here", cp_diags_quote(in->diags, found->lost->text));
}

static void check_tools(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    struct falls falls;
    falls_init(&falls);
    for (size_t i = 0; i < in->plan->disaster_recovery.scenarios.count; i++) {
        add_lost(&falls.lost, &in->plan->disaster_recovery.scenarios.items[i]);
    }
    find_falls(&falls, in);
    for (size_t i = 0; i < falls.count; i++) {
        report_lost(in, rule, &falls, &falls.items[i], NULL);
    }
    falls_release(&falls);
}

static void check_needs(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct cp_runbook *runbook, const struct falls *falls)
{
    for (size_t i = 0; i < runbook->needs.count; i++) {
        const struct cp_text *thing = &runbook->needs.items[i];
        const struct fall found = {NULL, thing, find_lost(in, falls, thing)};
        if (found.lost) {
            report_lost(in, rule, falls, &found, &runbook->id);
        }
    }
}

/* The runbooks of a scenario, each of which is judged with it. Of very many scenarios and tools,
 * what the tools stand on is left out. */
static void check_runbooks(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const struct cp_scenario *scenario, const struct cp_map *runbooks)
{
    enum { MOST = 100000 };
    const struct cp_incident_response *response = &in->plan->incident_response;
    size_t tools = response->channels.count + response->tools.count;
    struct falls falls;
    falls_init(&falls);
    add_lost(&falls.lost, scenario);
    if (tools * in->plan->disaster_recovery.scenarios.count <= MOST) {
        find_falls(&falls, in);
    }
    for (size_t i = 0; falls.lost.count > 0 && i < scenario->runbooks.count; i++) {
        const struct cp_text *id = &scenario->runbooks.items[i];
        const struct cp_runbook *runbook =
            id->leaf.state == CP_SET ? cp_map_find(runbooks, id->text) : NULL;
        if (runbook) {
            check_needs(in, rule, runbook, &falls);
        }
    }
    falls_release(&falls);
}

void cp_check_tool_lost(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    struct cp_map runbooks;
    check_tools(in, rule);
    cp_map_init(&runbooks);
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        struct cp_runbook *runbook = &recovery->runbooks.items[i];
        if (runbook->id.leaf.state == CP_SET && runbook->needs.count > 0) {
            cp_map_put(&runbooks, runbook->id.text, runbook);
        }
    }
    for (size_t i = 0; runbooks.count > 0 && i < recovery->scenarios.count; i++) {
        check_runbooks(in, rule, &recovery->scenarios.items[i], &runbooks);
    }
    cp_map_release(&runbooks);
}

const struct cp_rule cp_rule_tool_lost = {
    .code = "CP505",
    .name = "tool-lost-with-service",
    .severity = CP_WARNING,
    .summary = "a tool of the incident or the recovery falls with what it is needed for",
    .explanation =
        "The chat that runs in the region that is gone, the runbooks in the repository that cannot "
        "be reached: tools are needed most when they are least to be had. A channel or tool whose "
        "`depends_on` a scenario `loses` needs an `alternative`; what a runbook `needs` must be "
        "there in each scenario that runs it. A supplier falls with what it lies in and with what "
        "it `runs_on`, a tool with another that it `depends_on`.",
    .clause = "NCSC CAF 4.0, B5.b.4; GOV.UK Service Standard 14",
    .bad = "# file: plans/plan.yaml\n"
           "id: plan\n"
           "incident_response:\n"
           "  tools:\n"
           "    - {name: Runbook library, depends_on: [identity]}\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: locked-out, name: Nobody can sign in, loses: [identity]}\n"
           "# file: plans/identity.yaml\n"
           "id: identity\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "incident_response:\n"
            "  tools:\n"
            "    - {name: Runbook library, depends_on: [identity], alternative: The printed copy}\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: locked-out, name: Nobody can sign in, loses: [identity]}\n"
            "# file: plans/identity.yaml\n"
            "id: identity\n",
};
