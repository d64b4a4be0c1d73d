/*
 * CP5, plans held against each other: single dependencies first, then circles and paths, then
 * people. Sees facts alone; what they add up to is the analysis layer's.
 */
#include "dependencies.h"

#include <contplan/analysis.h>

enum { SHOWN_PLANS = 6 };

/* ---- places and names ------------------------------------------------------------------------ */

struct cp_place cp_fact_place(const struct cp_portfolio_input *in, size_t plan, struct cp_span span,
                              bool is_inherited)
{
    struct cp_file *file = is_inherited ? in->portfolio->file : in->survey->network->files[plan];
    return (struct cp_place){file, span};
}

static struct cp_place place_of(const struct cp_portfolio_input *in, size_t plan,
                                const struct cp_fact_name *name)
{
    return cp_fact_place(in, plan, name->span, name->is_inherited);
}

static struct cp_diagnostic *report_at(const struct cp_portfolio_input *in,
                                       const struct cp_rule *rule, const struct cp_fact_name *name,
                                       struct cp_str message)
{
    return cp_diags_add(in->diags, rule, place_of(in, in->plan, name),
                        cp_fact_str(in->subject, name->field), "%.*s", CP_ARG(message));
}

static struct cp_str id_of(const struct cp_portfolio_input *in, size_t plan)
{
    return cp_network_id(in->survey->network, plan);
}

static const char *quote_id(const struct cp_portfolio_input *in, size_t plan)
{
    return cp_diags_quote(in->diags, id_of(in, plan));
}

/* Calls `check` for each dependency of the subject on another plan. */
static void each_edge(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                      void (*check)(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                                    const struct cp_edge *edge))
{
    const struct cp_network *network = in->survey->network;
    for (uint32_t i = network->first[in->plan]; i < network->first[in->plan + 1]; i++) {
        check(in, rule, &network->edges[i]);
    }
}

/* ---- weaker than what rests on it ------------------------------------------------------------ */

static void put_duration(struct cp_buf *out, const char *before, struct cp_duration length,
                         const char *behind)
{
    cp_buf_puts(out, before);
    cp_duration_put(out, length);
    cp_buf_puts(out, behind);
}

static bool is_zero(struct cp_duration length)
{
    return length.seconds == 0 && length.months == 0 && !cp_duration_is_working(length);
}

/* "RTO 8h of 'identity' + 15m to resume > RTO 4h + 2h of fallback". */
static void put_weakness(struct cp_buf *out, const struct cp_portfolio_input *in,
                         const struct cp_fact_dependency *on, const struct cp_weakness *weakness)
{
    const char *name = weakness->is_rpo ? "RPO " : "RTO ";
    struct cp_str target = cp_fact_str(in->subject, on->target.text);
    put_duration(out, name, cp_fact_duration(weakness->theirs), " of ");
    cp_buf_puts(out, cp_diags_quote(in->diags, on->kind == CP_ON_SUPPLIER
                                                   ? cp_portfolio_name_of(in->portfolio, target)
                                                   : target));
    if (!weakness->is_rpo && !is_zero(weakness->resume)) {
        put_duration(out, " + ", weakness->resume, " to resume");
    }
    cp_buf_puts(out, " > ");
    put_duration(out, name, cp_fact_duration(weakness->ours), "");
    if (!weakness->is_rpo && !is_zero(weakness->sustain)) {
        put_duration(out, " + ", weakness->sustain, " of fallback");
    }
    cp_buf_puts(out, weakness->is_rpo ? ", and it holds data of this service"
                                      : ", and this service is down without it");
}

/* Where their promise stands, as far as that is another place. */
static void note_theirs(const struct cp_portfolio_input *in, struct cp_diagnostic *finding,
                        const struct cp_fact_dependency *on, const struct cp_weakness *weakness)
{
    const struct cp_network *network = in->survey->network;
    const char *name = weakness->is_rpo ? "RPO" : "RTO";
    struct cp_fact_length own = weakness->is_rpo ? on->rpo : on->rto;
    if (weakness->their_plan != UINT32_MAX) {
        const struct cp_facts *facts = network->plans[weakness->their_plan];
        const struct cp_fact_objective *objective =
            &cp_fact_objectives(facts, facts->objectives)[weakness->their_objective];
        cp_diagnostic_note(in->diags, finding,
                           place_of(in, weakness->their_plan, &objective->rto_place),
                           "the objective of %s stands here", quote_id(in, weakness->their_plan));
    } else if (on->kind == CP_ON_SUPPLIER && own.state == CP_ABSENT) {
        const struct cp_supplier *supplier =
            cp_portfolio_find_supplier(in->portfolio, cp_fact_str(in->subject, on->target.text));
        const struct cp_length *length =
            weakness->is_rpo ? &supplier->commits.rpo : &supplier->commits.rto;
        cp_diagnostic_note(in->diags, finding, cp_node_place(length->leaf.node),
                           "the supplier has committed itself to this %s", name);
    }
}

/* Notes both promises of a weakness; those that were noted for the one before are not again. */
static void note_both(const struct cp_portfolio_input *in, struct cp_diagnostic *finding,
                      const struct cp_fact_dependency *on, const struct cp_weakness *found,
                      size_t index)
{
    const struct cp_weakness *weakness = &found[index];
    const struct cp_weakness *before = index > 0 ? &found[index - 1] : NULL;
    bool is_theirs_noted = before && weakness->their_plan != UINT32_MAX &&
                           before->their_objective == weakness->their_objective;
    if (!is_theirs_noted) {
        note_theirs(in, finding, on, weakness);
    }
    if (!before || before->objective != weakness->objective) {
        const struct cp_fact_objective *ours =
            &cp_fact_objectives(in->subject, in->subject->objectives)[weakness->objective];
        cp_diagnostic_note(in->diags, finding, place_of(in, in->plan, &ours->rto_place),
                           "what this plan promises stands here");
    }
}

static void check_weaker(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                         const struct cp_fact_dependency *on)
{
    static const char *const advice[] = {
        "agree on a stricter RTO with its owner, add a 'fallback' that lasts as long, or promise "
        "no "
        "more than it does",
        "agree on the stricter RPO with its owner, keep the data here as well, or promise no more "
        "than it does",
        "agree on the stricter RTO and RPO with its owner, add a 'fallback' that lasts as long and "
        "keep the data here as well, or promise no more than it does",
    };
    struct cp_weakness found[2];
    size_t count =
        cp_diags_is_full(in->diags, rule) ? 0 : cp_weakness_find(found, in->survey, in->plan, on);
    if (count == 0) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(&text, i > 0 ? "; " : "");
        put_weakness(&text, in, on, &found[i]);
    }
    struct cp_diagnostic *finding = report_at(in, rule, &on->target, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding, "%s", advice[count == 2 ? 2 : found[0].is_rpo]);
    for (size_t i = 0; i < count; i++) {
        note_both(in, finding, on, found, i);
    }
}

static void check_weaker_all(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_facts *facts = in->subject;
    const struct cp_fact_dependency *on = cp_fact_dependencies(facts, facts->dependencies);
    for (uint32_t i = 0; i < facts->dependencies.count; i++) {
        check_weaker(in, rule, &on[i]);
    }
}

static const struct cp_rule rule_weaker_dependency = {
    .code = "CP502",
    .name = "weaker-dependency",
    .severity = CP_ERROR,
    .summary = "a hard dependency may be away for longer, or lose more, than this plan promises",
    .explanation =
        "A service that is down without another cannot be back sooner than that one, whatever its "
        "own plan says. Held against each other are the strictest objective of this plan and the "
        "weakest of the other's scenarios, each filled from its tier; a supplier counts by its "
        "commitment, the dependency's own before the supplier's. A zone, a region, a supplier, "
        "people, premises, the network or power that is lost is lost to both: then objectives of "
        "the same kind are compared. Time to `resume` counts as theirs, what a `fallback` "
        "sustains as ours. A fallback without an end, a `pattern`, redundancy against the "
        "supplier, or a scenario that loses the other and answers it by a runbook or by itself, "
        "makes it bearable. Where it `holds_data`, its RPO bounds ours as well.",
    .clause = "ISO 22301:2019, 8.2.2, 8.4.4; NIST SP 800-53r5, CP-2(7)",
    .bad = "# file: plans/plan.yaml\n"
           "id: plan\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: identity, purpose: Signs people in, criticality: hard}\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 4h, rpo: 1h}\n"
           "# file: plans/identity.yaml\n"
           "id: identity\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 8h, rpo: 1h}\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: identity, purpose: Signs people in, criticality: hard}\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 8h, rpo: 1h}\n"
            "# file: plans/identity.yaml\n"
            "id: identity\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 4h, rpo: 1h}\n",
};

/* ---- circles --------------------------------------------------------------------------------- */

/* The first dependency of the subject that leads on in its circle. */
static const struct cp_edge *find_in_circle(const struct cp_portfolio_input *in)
{
    const struct cp_survey *survey = in->survey;
    const struct cp_network *network = survey->network;
    for (uint32_t i = network->first[in->plan]; i < network->first[in->plan + 1]; i++) {
        const struct cp_edge *edge = &network->edges[i];
        if (edge->dependency->recovery_needs == CP_FACT_YES &&
            survey->circle[edge->to] == survey->circle[in->plan] &&
            (edge->to == in->plan) == (survey->circle_sizes[survey->circle[in->plan]] == 1)) {
            return edge;
        }
    }
    return NULL;
}

/* "'a' needs 'b' needs 'a'", or how many there are. */
static void put_circle(struct cp_buf *out, const struct cp_portfolio_input *in, const uint32_t *way,
                       size_t count)
{
    const struct cp_network *network = in->survey->network;
    uint32_t size = in->survey->circle_sizes[in->survey->circle[in->plan]];
    cp_buf_put(out, id_of(in, in->plan));
    for (size_t i = 0; i < count && i < SHOWN_PLANS; i++) {
        cp_buf_puts(out, " needs ");
        cp_buf_put(out, id_of(in, network->edges[way[i]].to));
    }
    if (count > SHOWN_PLANS) {
        cp_buf_printf(out, " and so on, over %zu more, back to the first", count - SHOWN_PLANS);
    }
    if (count == 0) {
        cp_buf_printf(out, " is one of %u plans that need each other", size);
    }
    cp_buf_puts(out, ": none of them can begin to recover before the others");
}

/* Notes the plans of the circle that the way does not lead through, as far as they are few. */
static void note_others(const struct cp_portfolio_input *in, struct cp_diagnostic *finding,
                        const uint32_t *way, size_t count)
{
    const struct cp_network *network = in->survey->network;
    uint32_t circle = in->survey->circle[in->plan];
    size_t left = in->survey->circle_sizes[circle] - count;
    left = left < SHOWN_PLANS ? left : SHOWN_PLANS;
    for (size_t i = 0; i < network->count && left > 0 && count > 0; i++) {
        bool is_on_way = in->survey->circle[i] != circle;
        for (size_t j = 0; !is_on_way && j < count; j++) {
            is_on_way = network->edges[way[j]].from == i;
        }
        if (!is_on_way) {
            cp_diagnostic_note(in->diags, finding,
                               cp_fact_place(in, i, network->plans[i]->id_span, false),
                               "%s is caught in it as well", quote_id(in, i));
            left--;
        }
    }
}

/* Once a circle: with the first of its plans that are reported, in the order of their paths. */
static void check_circle(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    uint32_t way[CP_CIRCLE_SHOWN];
    const struct cp_network *network = in->survey->network;
    uint32_t circle = in->survey->circle[in->plan];
    bool is_first = circle != UINT32_MAX && in->survey->circle_first[circle] == in->plan;
    const struct cp_edge *first = is_first ? find_in_circle(in) : NULL;
    if (!first) {
        return;
    }
    size_t count = cp_circle_trace(way, in->survey, (uint32_t)in->plan);
    first = count > 0 ? &network->edges[way[0]] : first;
    struct cp_buf text;
    cp_buf_init(&text);
    put_circle(&text, in, way, count);
    struct cp_diagnostic *finding =
        report_at(in, rule, &first->dependency->target, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "have one of them recover without the other (a local account, a printed "
                       "list, a second path), and say there 'recovery_needs: no'");
    for (size_t i = 1; i < count && i <= SHOWN_PLANS; i++) {
        const struct cp_edge *edge = &network->edges[way[i]];
        cp_diagnostic_note(in->diags, finding, place_of(in, edge->from, &edge->dependency->target),
                           "%s needs %s here", quote_id(in, edge->from), quote_id(in, edge->to));
    }
    note_others(in, finding, way, count);
}

static const struct cp_rule rule_recovery_circle = {
    .code = "CP504",
    .name = "recovery-circle",
    .is_of_several = true,
    .severity = CP_ERROR,
    .summary = "plans need each other to be up before any of them can recover",
    .explanation =
        "If signing in takes the network to be managed, and managing the network takes signing in, "
        "a day on which both are down does not end by any runbook. Followed are dependencies with "
        "`recovery_needs: yes`. Somewhere in the circle a way is needed that does without: an "
        "emergency account, a console cable, a printed list. Make it, write it into the runbook, "
        "and say `recovery_needs: no` there. A circle is reported once, at the first of its "
        "plans.",
    .clause = "ISO 22301:2019, 8.4.4; NIST SP 800-34r1, ISCP template (recovery sequence)",
    .bad = "# file: plans/plan.yaml\n"
           "id: plan\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: network, criticality: hard, recovery_needs: yes}\n"
           "# file: plans/network.yaml\n"
           "id: network\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: plan, criticality: soft, recovery_needs: yes}\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: network, criticality: hard, recovery_needs: yes}\n"
            "# file: plans/network.yaml\n"
            "id: network\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: plan, criticality: soft, recovery_needs: no}\n",
};

/* ---- consumers ------------------------------------------------------------------------------- */

/* Whether a list may hold what we do not see in it. */
static bool is_unsure(uint8_t state)
{
    return state != CP_SET && state != CP_ABSENT;
}

/* The other one lists who uses it, and not us. */
static void check_provider(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                           const struct cp_edge *edge)
{
    const struct cp_survey *survey = in->survey;
    const struct cp_facts *provider = survey->network->plans[edge->to];
    if (edge->from == edge->to || provider->consumers.state != CP_SET ||
        provider->phase == CP_RETIRED || cp_diags_is_full(in->diags, rule) ||
        !cp_pairs_have_any(survey->consumers, survey->consumer_count, edge->to) ||
        cp_pairs_have(survey->consumers, survey->consumer_count, edge->to, edge->from)) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "this service depends on %s, whose plan does not list it as a consumer",
                  quote_id(in, edge->to));
    struct cp_diagnostic *finding =
        report_at(in, rule, &edge->dependency->target, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "add '- {service: %.*s}' to its consumers, or drop the dependency",
                       CP_ARG(id_of(in, in->plan)));
    cp_diagnostic_note(in->diags, finding, place_of(in, edge->to, &provider->consumers_place),
                       "its consumers stand here");
}

/* We list one that does not say that it depends on us. */
static void check_consumer(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                           const struct cp_fact_name *name)
{
    const struct cp_network *network = in->survey->network;
    size_t by = name->state == CP_SET && (name->refers & CP_REFERS_PLAN)
                    ? cp_network_find(network, cp_fact_str(in->subject, name->text))
                    : SIZE_MAX;
    if (by == SIZE_MAX || by == in->plan || !network->plans[by]->is_parsed ||
        network->plans[by]->phase == CP_RETIRED ||
        is_unsure(network->plans[by]->dependencies.state) || cp_diags_is_full(in->diags, rule) ||
        cp_pairs_have(in->survey->edges, in->survey->edge_count, (uint32_t)by,
                      (uint32_t)in->plan)) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "%s is listed as a consumer, and its plan does not depend on this service",
                  quote_id(in, by));
    struct cp_diagnostic *finding = report_at(in, rule, name, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "add '- {service: %.*s, criticality: …}' to its internal dependencies, or "
                       "drop the consumer",
                       CP_ARG(id_of(in, in->plan)));
    cp_diagnostic_note(in->diags, finding,
                       cp_fact_place(in, by, network->plans[by]->id_span, false),
                       "its plan stands here");
}

static void check_consumers(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_fact_name *names = cp_fact_names(in->subject, in->subject->consumers);
    if (in->subject->phase == CP_RETIRED) {
        return;
    }
    each_edge(in, rule, check_provider);
    for (uint32_t i = 0; i < in->subject->consumers.count; i++) {
        check_consumer(in, rule, &names[i]);
    }
}

static const struct cp_rule rule_consumers_disagree = {
    .code = "CP506",
    .name = "consumers-disagree",
    .severity = CP_WARNING,
    .summary = "one plan says that it depends on another, and the other does not say so",
    .explanation =
        "Who is hit by an outage is asked of the plan of what is down: of its `consumers`. A "
        "consumer that is not listed is not told; one that is listed and does not know of it has "
        "not thought about living without. Where a plan names plans among its consumers, the list "
        "and the others' `dependencies` must say the same; a plan that names none is left alone.",
    .clause = "NIST SP 800-34r1, ISCP template (interconnections)",
    .bad = "# file: plans/plan.yaml\n"
           "id: plan\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: identity, criticality: soft}\n"
           "# file: plans/archive.yaml\n"
           "id: archive\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: identity, criticality: soft}\n"
           "# file: plans/identity.yaml\n"
           "id: identity\n"
           "dependencies:\n"
           "  consumers:\n"
           "    - {service: archive}\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: identity, criticality: soft}\n"
            "# file: plans/archive.yaml\n"
            "id: archive\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: identity, criticality: soft}\n"
            "# file: plans/identity.yaml\n"
            "id: identity\n"
            "dependencies:\n"
            "  consumers:\n"
            "    - {service: archive}\n"
            "    - {service: plan}\n",
};

/* ---- readiness ------------------------------------------------------------------------------- */

static void put_part(struct cp_buf *out, struct cp_str name, const char *what,
                     struct cp_duration length)
{
    cp_buf_put(out, name);
    if (!is_zero(length)) {
        cp_buf_printf(out, " (%s ", what);
        put_duration(out, "", length, ")");
    }
}

/* "plan (own 2h) after identity (own 1h) after network (own 2h): 5h". */
static void put_late(struct cp_buf *out, const struct cp_portfolio_input *in,
                     const struct cp_late *late)
{
    const struct cp_survey *survey = in->survey;
    const struct cp_need *need = &late->need;
    size_t from = in->plan;
    put_part(out, id_of(in, in->plan), "own", late->own);
    for (size_t shown = 1; need->on && shown < SHOWN_PLANS; shown++) {
        cp_buf_puts(out, " after ");
        if (need->plan == UINT32_MAX) {
            const struct cp_facts *facts = survey->network->plans[from];
            struct cp_str name = cp_fact_str(facts, need->on->target.text);
            bool is_id = need->on->kind == CP_ON_SUPPLIER;
            put_part(out, is_id ? name : cp_str_of(cp_diags_quote(in->diags, name)), "committed to",
                     need->length);
            break;
        }
        const struct cp_ready *ready = &survey->ready[need->plan];
        put_part(out, id_of(in, need->plan), ready->is_promised ? "RTO" : "own", ready->own);
        from = need->plan;
        need = &ready->need;
    }
    cp_buf_puts(out, need->on && need->plan != UINT32_MAX ? " and more before that" : "");
    put_duration(out, ": ", late->total, " > RTO ");
    cp_duration_put(out, cp_fact_duration(late->rto));
}

static void check_ready(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_late *lates;
    struct cp_arena arena;
    struct cp_buf text;
    if (!in->survey->ready[in->plan].is_late) {
        return;
    }
    cp_arena_init(&arena);
    cp_buf_init(&text);
    size_t count = cp_lates_find(&lates, in->survey, in->plan, &arena);
    for (size_t i = 0; i < count; i++) {
        cp_buf_clear(&text);
        put_late(&text, in, &lates[i]);
        struct cp_diagnostic *finding =
            report_at(in, rule, &lates[i].objective->rto_place, cp_buf_str(&text));
        cp_diagnostic_help(in->diags, finding,
                           "make one of them faster, have the recovery begin without the one "
                           "before, or agree on an RTO that can be kept");
        cp_diagnostic_note(in->diags, finding, place_of(in, in->plan, &lates[i].need.on->target),
                           "this must be up before");
    }
    cp_buf_release(&text);
    cp_arena_release(&arena);
}

static const struct cp_rule rule_readiness_over_rto = {
    .code = "CP507",
    .name = "readiness-over-rto",
    .severity = CP_ERROR,
    .summary = "with all that must be up before, recovery takes longer than the RTO",
    .explanation =
        "Each plan by itself may keep its RTO, and the last of a chain cannot: where a recovery "
        "needs another service to be up (`recovery_needs: yes`), its own time comes on top of that "
        "one's, and of what that one needs. Counted is the longest chain, each plan with its own "
        "recovery in its longest scenario; a plan that shows none counts by its RTO, which "
        "contains "
        "its waiting already, and a supplier by its commitment. Nothing of detection, declaration "
        "and call-out is counted, so that the truth can only be worse. A chain is reported where "
        "no single dependency on it has been (`weaker-dependency`).",
    .clause = "ISO 22301:2019, 8.4.4; NIST SP 800-34r1, ISCP template (recovery sequence)",
    .bad = "# file: plans/plan.yaml\n"
           "id: plan\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: identity, criticality: hard, recovery_needs: yes}\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
           "  runbooks:\n"
           "    - {id: restore-data, duration: 3h}\n"
           "  objectives:\n"
           "    - {rto: 4h, rpo: 1h}\n"
           "# file: plans/identity.yaml\n"
           "id: identity\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 2h, rpo: 1h}\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: identity, criticality: hard, recovery_needs: no}\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
            "  runbooks:\n"
            "    - {id: restore-data, duration: 3h}\n"
            "  objectives:\n"
            "    - {rto: 4h, rpo: 1h}\n"
            "# file: plans/identity.yaml\n"
            "id: identity\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 2h, rpo: 1h}\n",
};

/* ---- people ---------------------------------------------------------------------------------- */

enum { MANY_PLANS = 3 };

static void report_sole(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                        const struct cp_fact_role *role, struct cp_str name,
                        const struct cp_sole *sole)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "%s alone fills %s, without deputy or rota, and roles in %u other plans",
                  cp_diags_quote(in->diags, cp_portfolio_name_of(in->portfolio, name)),
                  cp_diags_quote(in->diags, cp_fact_str(in->subject, role->role.text)),
                  sole->plans - 1);
    struct cp_diagnostic *finding = report_at(in, rule, &role->role, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "name deputies or a rota: when this person is away, all these plans are "
                       "without");
    size_t other = sole->first[0] == in->plan ? 1 : 0;
    if (!sole->roles[other]->role.is_inherited || !role->role.is_inherited) {
        cp_diagnostic_note(in->diags, finding,
                           place_of(in, sole->first[other], &sole->roles[other]->role),
                           "one of the others is %s", quote_id(in, sole->first[other]));
    }
}

static void check_sole(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_facts *facts = in->subject;
    const struct cp_fact_role *roles = cp_fact_roles(facts, facts->roles);
    struct cp_map told; /* once a plan for each person */
    cp_map_init(&told);
    for (uint32_t i = 0; facts->phase != CP_RETIRED && i < facts->roles.count; i++) {
        struct cp_str name = cp_sole_name(in->survey->network, facts, &roles[i]);
        struct cp_sole *sole = name.len > 0 ? cp_map_find(&in->survey->sole, name) : NULL;
        if (sole && sole->plans >= MANY_PLANS && !cp_map_put(&told, name, sole)) {
            report_sole(in, rule, &roles[i], name, sole);
        }
    }
    cp_map_release(&told);
}

static const struct cp_rule rule_one_person = {
    .code = "CP508",
    .name = "one-person-many-plans",
    .severity = CP_WARNING,
    .summary = "one person alone fills a role in three plans or more",
    .explanation =
        "A role with one holder, no deputy and no rota waits for that person. Where the same name "
        "stands alone in three plans or more, one holiday or one illness takes something from all "
        "of them at once, and in an outage that hits several services the person can do one thing "
        "at a time. Share the knowledge: name deputies, or a rota. People count whom the portfolio "
        "file declares, and plans that are not retired.",
    .clause = "NCSC CAF 4.0, D1.b.4; SOC 2, A1.3",
    .bad = "# file: contplan.yaml\n"
           "people: [{id: mo.farah, name: Mo Farah}]\n"
           "# file: plans/one.yaml\n"
           "id: one\n"
           "incident_response: {roles: [{role: recovery, holders: [mo.farah]}]}\n"
           "# file: plans/two.yaml\n"
           "id: two\n"
           "incident_response: {roles: [{role: recovery, holders: [mo.farah]}]}\n"
           "# file: plans/three.yaml\n"
           "id: three\n"
           "incident_response: {roles: [{role: recovery, holders: [mo.farah]}]}\n",
    .good = "# file: contplan.yaml\n"
            "people: [{id: mo.farah, name: Mo Farah}, {id: jo.lee, name: Jo Lee}]\n"
            "# file: plans/one.yaml\n"
            "id: one\n"
            "incident_response: {roles: [{role: recovery, holders: [mo.farah]}]}\n"
            "# file: plans/two.yaml\n"
            "id: two\n"
            "incident_response: {roles: [{role: recovery, holders: [mo.farah]}]}\n"
            "# file: plans/three.yaml\n"
            "id: three\n"
            "incident_response:\n"
            "  roles: [{role: recovery, holders: [mo.farah], deputies: [jo.lee]}]\n",
};

/* ---- retired --------------------------------------------------------------------------------- */

static void check_retired_edge(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                               const struct cp_edge *edge)
{
    const struct cp_facts *other = in->survey->network->plans[edge->to];
    if (other->phase != CP_RETIRED || in->subject->phase == CP_RETIRED) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "this service depends on %s, which is retired", quote_id(in, edge->to));
    struct cp_diagnostic *finding =
        report_at(in, rule, &edge->dependency->target, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding, "name what has taken its place, or drop the dependency");
    cp_diagnostic_note(in->diags, finding, cp_fact_place(in, edge->to, other->id_span, false),
                       "the retired plan stands here");
}

static void check_retired(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    each_edge(in, rule, check_retired_edge);
}

static const struct cp_rule rule_retired_dependency = {
    .code = "CP509",
    .name = "retired-dependency",
    .severity = CP_ERROR,
    .summary = "a retired service is still depended on",
    .explanation =
        "Nobody brings back what is retired: either this service has long found another, and its "
        "plan sends people after something that is gone, or the other must not be switched off "
        "yet. Both are to be known before an incident.",
    .clause = "ISO 22301:2019, 8.6",
    .bad = "# file: plans/plan.yaml\n"
           "id: plan\n"
           "dependencies:\n"
           "  internal:\n"
           "    - {service: identity, criticality: soft}\n"
           "# file: plans/identity.yaml\n"
           "id: identity\n"
           "phase: retired\n",
    .good = "# file: plans/plan.yaml\n"
            "id: plan\n"
            "dependencies:\n"
            "  internal:\n"
            "    - {service: identity, criticality: soft}\n"
            "# file: plans/identity.yaml\n"
            "id: identity\n"
            "phase: live\n",
};

/* All of CP5, from this file and the one beside it. */
static const struct cp_check checks[] = {
    {.rule = &cp_rule_dependency_without_plan, .check_plan = cp_check_without_plan},
    {.rule = &rule_weaker_dependency,
     .check_portfolio = check_weaker_all,
     .facts = CP_FACTS_NETWORK},
    {.rule = &cp_rule_supplier_without_commitment, .check_plan = cp_check_without_commitment},
    {.rule = &rule_recovery_circle, .check_portfolio = check_circle, .facts = CP_FACTS_NETWORK},
    {.rule = &cp_rule_tool_lost, .check_plan = cp_check_tool_lost},
    {.rule = &rule_consumers_disagree,
     .check_portfolio = check_consumers,
     .facts = CP_FACTS_NETWORK},
    {.rule = &rule_readiness_over_rto, .check_portfolio = check_ready, .facts = CP_FACTS_NETWORK},
    {.rule = &rule_one_person, .check_portfolio = check_sole, .facts = CP_FACTS_NETWORK},
    {.rule = &rule_retired_dependency, .check_portfolio = check_retired, .facts = CP_FACTS_NETWORK},
    {.rule = &cp_rule_criticality_not_stated, .check_plan = cp_check_no_criticality},
};

const struct cp_topic cp_topic_dependencies = CP_TOPIC(checks);
