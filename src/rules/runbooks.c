/*
 * CP7, runbooks as a plan states them: that there is one where a scenario relies on it, and a way
 * back from where one leads. Their steps and commands have files of their own; the table of the
 * group stands here.
 */
#include "runbooks.h"

#include "document.h"

static const struct cp_disaster_recovery *section_of(const struct cp_plan_input *in)
{
    return &in->plan->disaster_recovery;
}

/* Whether a list says what there is, if only by being left out. */
static bool is_plain(const struct cp_leaf *leaf)
{
    return leaf->state == CP_SET || leaf->state == CP_ABSENT;
}

static bool is_of_type(const struct cp_runbook *runbook, enum cp_runbook_type type)
{
    return runbook->type.leaf.state == CP_SET && runbook->type.value == type;
}

void cp_for_runbooks(const struct cp_plan_input *in, const struct cp_rule *rule,
                     void (*visit)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                   const struct cp_runbook *runbook))
{
    const struct cp_disaster_recovery *recovery = section_of(in);
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        if (recovery->runbooks.items[i].steps.count > 0) {
            visit(in, rule, &recovery->runbooks.items[i]);
        }
    }
}

const char *cp_runbook_name(const struct cp_plan_input *in, const struct cp_runbook *runbook)
{
    const struct cp_text *name = runbook->id.leaf.state == CP_SET ? &runbook->id : &runbook->name;
    return name->leaf.state == CP_SET ? cp_diags_quote(in->diags, name->text) : "a runbook";
}

/* ---- a runbook to run ------------------------------------------------------------------------ */

/* An id to show in the help: a runbook's of the plan. */
static struct cp_str example_of(const struct cp_disaster_recovery *recovery)
{
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        const struct cp_runbook *runbook = &recovery->runbooks.items[i];
        if (runbook->id.leaf.state == CP_SET && cp_runbook_is_recovery(runbook)) {
            return runbook->id.text;
        }
    }
    return CP_STR("restore");
}

static void report_unanswered(const struct cp_plan_input *in, const struct cp_rule *rule,
                              const struct cp_scenario *scenario)
{
    const struct cp_text *id = &scenario->id;
    bool has_id = id->leaf.state == CP_SET;
    bool is_stated = scenario->response.leaf.state == CP_SET;
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, has_id ? id->leaf.node : scenario->leaf.node,
                       is_stated ? "the scenario %s is answered by a runbook, and names none"
                                 : "the scenario %s names no runbook, and says of no other answer",
                       has_id ? cp_diags_quote(in->diags, id->text) : "without an id");
    if (!finding) {
        return;
    }
    cp_diagnostic_help(in->diags, finding,
                       "name what is run, in order: 'runbooks: [%.*s]'; or say how else the "
                       "service comes back: 'response: automatic', 'wait' or 'accept'",
                       CP_ARG(example_of(section_of(in))));
}

static void check_answered(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_disaster_recovery *recovery = section_of(in);
    for (size_t i = 0; is_plain(&recovery->runbooks.leaf) && i < recovery->scenarios.count; i++) {
        const struct cp_scenario *scenario = &recovery->scenarios.items[i];
        if (scenario->leaf.state == CP_SET && scenario->runbooks.leaf.state == CP_ABSENT &&
            cp_scenario_is_by_runbook(scenario)) {
            report_unanswered(in, rule, scenario);
        }
    }
}

static const struct cp_rule rule_scenario_without_runbook = {
    .code = "CP701",
    .name = "scenario-without-runbook",
    .severity = CP_ERROR,
    .summary = "a scenario that is answered by a runbook and names none",
    .explanation =
        "A scenario says what the service is prepared for. Unless `response` says otherwise, the "
        "answer is a runbook; where none is named, whoever is called has to find out how to bring "
        "the service back while it is down, and how long it takes cannot be reckoned. A strategy "
        "in prose is no procedure. Where the service comes back by itself, where nothing can be "
        "done but wait, or where the loss is accepted, say so in `response`.",
    .clause = "ISO 22301:2019, 8.4.4; DORA RTS on ICT risk (EU 2024/1774), 26(2)",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: region-lost, kind: region, strategy: Restore in the west.}\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: region-lost, kind: region, runbooks: [rebuild]}\n"
            "    - {id: zone-lost, kind: zone, response: automatic}\n"
            "  runbooks:\n"
            "    - {id: rebuild, path: runbooks/rebuild.md}\n",
};

/* ---- a way back ------------------------------------------------------------------------------ */

/* How the scenarios that run a runbook end. */
struct ending {
    const struct cp_scenario *user; /* the first of them, or NULL */
    bool is_told;
};

/* The ways back of a plan. */
struct ways_back {
    struct cp_map by_id;    /* of a runbook -> its struct ending */
    struct ending *endings; /* by runbook */
    bool any_is_told;       /* of any scenario's */
};

static void add_scenario(struct ways_back *ways, const struct cp_scenario *scenario)
{
    bool is_told = scenario->fail_back.leaf.state != CP_ABSENT || scenario->leaf.state != CP_SET;
    ways->any_is_told |= is_told;
    for (size_t i = 0; i < scenario->runbooks.count; i++) {
        const struct cp_text *id = &scenario->runbooks.items[i];
        struct ending *ending =
            id->leaf.state == CP_SET ? cp_map_find(&ways->by_id, id->text) : NULL;
        if (ending) {
            ending->is_told |= is_told;
            ending->user = ending->user ? ending->user : scenario;
        }
    }
}

static void read_ways(struct ways_back *out, const struct cp_plan_input *in)
{
    const struct cp_disaster_recovery *recovery = section_of(in);
    cp_map_init(&out->by_id);
    out->any_is_told = false;
    out->endings = cp_arena_alloc(in->arena, recovery->runbooks.count * sizeof(*out->endings));
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        const struct cp_text *id = &recovery->runbooks.items[i].id;
        if (id->leaf.state == CP_SET) {
            cp_map_put(&out->by_id, id->text, &out->endings[i]);
        }
    }
    for (size_t i = 0; i < recovery->scenarios.count; i++) {
        add_scenario(out, &recovery->scenarios.items[i]);
    }
}

static void report_one_way(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const struct cp_runbook *runbook, const struct cp_scenario *user)
{
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, runbook->type.leaf.node,
                       "nothing says how the service returns from the failover by %s",
                       cp_runbook_name(in, runbook));
    cp_diagnostic_help(
        in->diags, finding,
        "say how in the scenario's 'return', or write a runbook of 'type: failback': "
        "when it is safe, how data are brought level, and who decides");
    if (user) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(user->leaf.node),
                           "the scenario that it answers");
    }
}

static void check_way_back(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_disaster_recovery *recovery = section_of(in);
    size_t failovers = 0;
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        const struct cp_runbook *runbook = &recovery->runbooks.items[i];
        failovers += is_of_type(runbook, CP_RUNBOOK_FAILOVER);
        if (runbook->leaf.state != CP_SET || is_of_type(runbook, CP_RUNBOOK_FAILBACK)) {
            return;
        }
    }
    if (failovers == 0) {
        return;
    }
    struct ways_back ways;
    read_ways(&ways, in);
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        const struct ending *ending = &ways.endings[i];
        const struct cp_runbook *runbook = &recovery->runbooks.items[i];
        if (is_of_type(runbook, CP_RUNBOOK_FAILOVER) &&
            !(ending->user ? ending->is_told : ways.any_is_told)) {
            report_one_way(in, rule, runbook, ending->user);
        }
    }
    cp_map_release(&ways.by_id);
}

static const struct cp_rule rule_failover_without_failback = {
    .code = "CP709",
    .name = "failover-without-failback",
    .severity = CP_WARNING,
    .summary = "a failover with no way back",
    .explanation =
        "After a failover the service runs where it was not meant to stay: with less room, at a "
        "higher price, and without another standby. The way back is the riskier one, since data "
        "have been written meanwhile, and it is made by tired people. Say in the scenario's "
        "`return` how the service comes back to its usual place, or write a runbook of type "
        "`failback`.",
    .clause = "ISO 22301:2019, 8.4.5; NIST SP 800-34r1, reconstitution",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: north-lost, runbooks: [move-south]}\n"
           "  runbooks:\n"
           "    - {id: move-south, type: failover, path: runbooks/move-south.md}\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: north-lost, runbooks: [move-south], return: [On a Sunday, by move-north]}\n"
            "  runbooks:\n"
            "    - {id: move-south, type: failover, path: runbooks/move-south.md}\n"
            "    - {id: move-north, type: failback, path: runbooks/move-north.md}\n",
};

/* ---- the table ------------------------------------------------------------------------------- */

static const struct cp_check checks[] = {
    {.rule = &rule_scenario_without_runbook, .check_plan = check_answered},
    {.rule = &cp_rule_dead_link, .check_document = cp_check_document_links},
    {.rule = &cp_rule_link_text_differs, .check_document = cp_check_document_link_texts},
    {.rule = &cp_rule_typographic_command,
     .other = &cp_rule_single_dash_option,
     .check_plan = cp_check_commands,
     .check_document = cp_check_document_commands},
    {.rule = &cp_rule_single_dash_option},
    {.rule = &cp_rule_undeclared_parameter,
     .check_plan = cp_check_parameters,
     .check_document = cp_check_document_parameters},
    {.rule = &cp_rule_steps_out_of_order,
     .check_plan = cp_check_step_order,
     .check_document = cp_check_document_order},
    {.rule = &cp_rule_unverified_steps,
     .check_plan = cp_check_verified,
     .check_document = cp_check_document_verified},
    {.rule = &rule_failover_without_failback, .check_plan = check_way_back},
    {.rule = &cp_rule_access_role_differs,
     .check_plan = cp_check_access_roles,
     .check_document = cp_check_document_roles},
    {.rule = &cp_rule_prose_duration, .check_document = cp_check_document_durations},
};

const struct cp_topic cp_topic_runbooks = CP_TOPIC(checks);
