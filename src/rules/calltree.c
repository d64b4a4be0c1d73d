/*
 * CP4, the call tree: whom it reaches, whether it goes in circles, and by how many means. The graph
 * is the analysis layer's.
 */
#include "topics.h"

#include <contplan/analysis.h>

static const struct cp_incident_response *response_of(const struct cp_plan_input *in)
{
    return &in->plan->incident_response;
}

/* ---- who is not reached ---------------------------------------------------------------------- */

static void report_unreached(const struct cp_plan_input *in, const struct cp_rule *rule,
                             const struct cp_text *role)
{
    const struct cp_text *first = &response_of(in)->call_tree.items[0].from;
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, role->leaf.node, "no call leads to the role %s",
                       cp_diags_quote(in->diags, role->text));
    cp_diagnostic_help(
        in->diags, finding,
        "add a call to it, to one of its holders or to its rota: 'call_tree: [{from: "
        "…, to: %.*s, by: […]}]'",
        CP_ARG(role->text));
    cp_diagnostic_note(in->diags, finding, cp_node_place(first->leaf.node),
                       "the call tree begins here");
}

/* A call from or to somebody who could not be told may be the one that is missing. */
static bool is_doubtful(const struct cp_incident_response *response)
{
    for (size_t i = 0; i < response->call_tree.count; i++) {
        const struct cp_call *call = &response->call_tree.items[i];
        if (call->leaf.state == CP_BROKEN || call->from.leaf.state == CP_BROKEN ||
            call->to.leaf.state == CP_BROKEN) {
            return true;
        }
    }
    return false;
}

static void check_reach(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_incident_response *response = response_of(in);
    size_t count = response->roles.count;
    if (response->call_tree.count == 0 || count == 0 || is_doubtful(response)) {
        return;
    }
    bool *reached = cp_arena_alloc(in->arena, count * sizeof(*reached));
    if (!cp_call_tree_reach(reached, response, in->portfolio, in->arena)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (!reached[i]) {
            report_unreached(in, rule, &response->roles.items[i].role);
        }
    }
}

static const struct cp_rule rule_call_tree_unreachable = {
    .code = "CP408",
    .name = "call-tree-unreachable",
    .severity = CP_WARNING,
    .summary = "a role that no call of the call tree leads to",
    .explanation =
        "The call tree begins with its first caller; a role that cannot be reached from there is "
        "not told of the incident. A call to the role, to one of its holders or deputies, or to "
        "its rota reaches it.",
    .clause = "ISO 22301:2019, 8.4.3",
    .bad = "incident_response:\n"
           "  roles:\n"
           "    - {role: lead, holders: [Maya Lind]}\n"
           "    - {role: press, holders: [Sam Ward]}\n"
           "  call_tree:\n"
           "    - {from: Duty desk, to: lead, by: [phone, pager]}\n",
    .good = "incident_response:\n"
            "  roles:\n"
            "    - {role: lead, holders: [Maya Lind]}\n"
            "    - {role: press, holders: [Sam Ward]}\n"
            "  call_tree:\n"
            "    - {from: Duty desk, to: lead, by: [phone, pager]}\n"
            "    - {from: lead, to: press, by: [phone, sms]}\n",
};

/* ---- circles --------------------------------------------------------------------------------- */

static void check_cycles(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_incident_response *response = response_of(in);
    size_t count = response->call_tree.count;
    if (count == 0) {
        return;
    }
    size_t *closes = cp_arena_alloc(in->arena, count * sizeof(*closes));
    cp_call_tree_cycles(closes, response, in->portfolio, in->arena);
    for (size_t i = 0; i < count; i++) {
        const struct cp_call *call = &response->call_tree.items[i];
        if (closes[i] == SIZE_MAX) {
            continue;
        }
        struct cp_diagnostic *finding = cp_node_report(
            in->diags, rule, call->leaf.node, "the call from %s to %s closes a circle",
            cp_diags_quote(in->diags, call->from.text), cp_diags_quote(in->diags, call->to.text));
        cp_diagnostic_help(in->diags, finding,
                           "take out the call that leads back: who has already called need not be "
                           "called");
        if (closes[i] != i) {
            cp_diagnostic_note(in->diags, finding,
                               cp_node_place(response->call_tree.items[closes[i]].leaf.node),
                               "the circle begins with this call");
        }
    }
}

static const struct cp_rule rule_call_tree_cycle = {
    .code = "CP409",
    .name = "call-tree-cycle",
    .severity = CP_WARNING,
    .summary = "calls of the call tree lead back to somebody who already called",
    .explanation =
        "A call tree spreads the news outwards. Where it comes back to somebody on its own way, a "
        "call is wasted, and often the person who should have been called instead is missing.",
    .clause = "ISO 22301:2019, 8.4.3",
    .bad = "incident_response:\n"
           "  roles: [{role: lead}, {role: scribe}]\n"
           "  call_tree:\n"
           "    - {from: Duty desk, to: lead}\n"
           "    - {from: lead, to: scribe}\n"
           "    - {from: scribe, to: lead}\n",
    .good = "incident_response:\n"
            "  roles: [{role: lead}, {role: scribe}]\n"
            "  call_tree:\n"
            "    - {from: Duty desk, to: lead}\n"
            "    - {from: lead, to: scribe}\n",
};

/* ---- means
 * -----------------------------------------------------------------------------------------------
 */

/* By what means somebody is called, over all calls to them. */
struct callee {
    const struct cp_call *first;
    unsigned means; /* a bit each */
    const struct cp_str *word;
    bool is_exempt;
};

static void add_means(struct callee *callee, const struct cp_call *call)
{
    callee->is_exempt |= call->by.leaf.state != CP_SET && call->by.leaf.state != CP_ABSENT;
    for (size_t i = 0; i < call->by.count; i++) {
        const struct cp_choice *means = &call->by.items[i];
        if (means->leaf.state == CP_SET) {
            callee->means |= 1U << means->value;
            callee->word = &means->leaf.node->text;
        } else {
            callee->is_exempt = true;
        }
    }
}

static void report_one_means(const struct cp_plan_input *in, const struct cp_rule *rule,
                             const struct callee *callee)
{
    const char *to = cp_diags_quote(in->diags, callee->first->to.text);
    struct cp_diagnostic *finding =
        callee->word ? cp_node_report(in->diags, rule, callee->first->leaf.node,
                                      "%s is called by %.*s alone", to, CP_ARG(*callee->word))
                     : cp_node_report(in->diags, rule, callee->first->leaf.node,
                                      "nothing says by what means %s is called", to);
    cp_diagnostic_help(in->diags, finding,
                       "name two that do not fail together, first choice first: 'by: [pager, "
                       "phone]'");
}

static bool is_one(unsigned bits)
{
    return (bits & (bits - 1)) == 0;
}

static void check_means(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_incident_response *response = response_of(in);
    size_t count = response->call_tree.count;
    if (count == 0) {
        return;
    }
    struct callee *callees = cp_arena_alloc(in->arena, count * sizeof(*callees));
    struct cp_map seen;
    cp_map_init(&seen);
    for (size_t i = 0; i < count; i++) {
        const struct cp_call *call = &response->call_tree.items[i];
        if (call->leaf.state == CP_SET && call->to.leaf.state == CP_SET) {
            struct cp_str name = cp_portfolio_name_of(in->portfolio, call->to.text);
            struct callee *before = cp_map_put(&seen, name, &callees[i]);
            callees[i].first = before ? NULL : call;
            add_means(before ? before : &callees[i], call);
        }
    }
    cp_map_release(&seen);
    for (size_t i = 0; i < count; i++) {
        if (callees[i].first && !callees[i].is_exempt && is_one(callees[i].means)) {
            report_one_means(in, rule, &callees[i]);
        }
    }
}

static const struct cp_rule rule_call_tree_one_channel = {
    .code = "CP410",
    .name = "call-tree-one-channel",
    .severity = CP_WARNING,
    .summary = "somebody in the call tree is called by one means only, or by none that is stated",
    .explanation =
        "The incident that takes the service down may take the chat or the telephone with it. Each "
        "call needs a second means that does not fail with the first. Several calls to the same "
        "person or role count together.",
    .clause = "ISO 22301:2019, 8.4.3",
    .bad = "incident_response:\n"
           "  call_tree:\n"
           "    - {from: Duty desk, to: Incident lead, by: [phone]}\n",
    .good = "incident_response:\n"
            "  call_tree:\n"
            "    - {from: Duty desk, to: Incident lead, by: [phone, pager]}\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_call_tree_unreachable, .check_plan = check_reach},
    {.rule = &rule_call_tree_cycle, .check_plan = check_cycles},
    {.rule = &rule_call_tree_one_channel, .check_plan = check_means},
};

const struct cp_topic cp_topic_calltree = CP_TOPIC(checks);
