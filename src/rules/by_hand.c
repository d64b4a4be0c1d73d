/*
 * CP3, faster than hands: an RTO that leaves no time for a runbook that people work through.
 */
#include "recoveries.h"

/* The first runbook on the way back that is done by hand, whether or not it says how long it takes;
 * or NULL. */
static const struct cp_runbook *find_manual(const struct cp_recoveries *recoveries,
                                            const struct cp_recovery *recovery)
{
    const struct cp_scenario *scenario = recovery ? recovery->scenario : NULL;
    if (!scenario || scenario->leaf.state != CP_SET || !cp_scenario_is_by_runbook(scenario)) {
        return NULL;
    }
    for (size_t i = 0; i < scenario->runbooks.count; i++) {
        const struct cp_text *id = &scenario->runbooks.items[i];
        if (id->leaf.state == CP_SET && cp_map_find(&recoveries->manual, id->text)) {
            return cp_map_find(&recoveries->manual, id->text);
        }
    }
    return NULL;
}

static const struct cp_runbook *find_general_manual(const struct cp_recoveries *recoveries)
{
    for (size_t i = 0; i < recoveries->count; i++) {
        const struct cp_runbook *runbook =
            cp_recoveries_is_general(recoveries, &recoveries->items[i])
                ? find_manual(recoveries, &recoveries->items[i])
                : NULL;
        if (runbook) {
            return runbook;
        }
    }
    return NULL;
}

/* A day of work, or a limit in such, is no short time. */
static bool is_fast(const struct cp_length *rto, const struct cp_limits *limits)
{
    const struct cp_duration *limit = &limits->fast_rto->duration;
    int64_t seconds = limit->seconds + limit->work_seconds;
    return rto->duration.seconds < seconds && rto->duration.work_seconds < seconds &&
           rto->duration.work_days == 0;
}

static void report_by_hand(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const struct cp_judged *subject, const struct cp_runbook *runbook)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_put_length(&text, "RTO", subject->rto);
    cp_put_length(&text, " is under", in->limits->fast_rto);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, subject->node, "%.*s, and %s is done by hand",
                       CP_ARG(cp_buf_str(&text)), cp_diags_quote(in->diags, runbook->id.text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "automate the runbook, have a standby take over, or agree on an RTO that "
                       "people can keep at night");
    cp_diagnostic_note(in->diags, finding, cp_node_place(runbook->automation.leaf.node),
                       "the runbook says so here");
}

void cp_check_by_hand(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    struct cp_recoveries recoveries;
    struct cp_judged subject;
    bool is_any_fast = false;
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        is_any_fast =
            is_any_fast || (cp_recovered_init(&subject, in, i) && is_fast(subject.rto, in->limits));
    }
    if (!is_any_fast || !cp_has_recoveries(in->plan)) {
        return;
    }
    cp_recoveries_init(&recoveries, in);
    const struct cp_runbook *general = find_general_manual(&recoveries);
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        if (!cp_recovered_init(&subject, in, i) || !is_fast(subject.rto, in->limits)) {
            continue;
        }
        const struct cp_text *scenario = &subject.objective->scenario;
        const struct cp_runbook *runbook = scenario->leaf.state == CP_ABSENT ? general : NULL;
        if (scenario->leaf.state == CP_SET) {
            runbook =
                find_manual(&recoveries, cp_map_find(&recoveries.by_scenario, scenario->text));
        }
        if (runbook) {
            report_by_hand(in, rule, &subject, runbook);
        }
    }
    cp_recoveries_release(&recoveries);
}

const struct cp_rule cp_rule_fast_rto_by_hand = {
    .code = "CP304",
    .name = "fast-rto-by-hand",
    .severity = CP_WARNING,
    .summary = "an RTO under an hour rests on a runbook that is done by hand",
    .explanation =
        "Somebody must notice, be called, wake up, find the runbook and do it, without a mistake. "
        "Within an hour that works in a rehearsal. Where the service truly must be back so fast, "
        "let it switch over by itself, or automate the runbook. Judged are runbooks that say "
        "`automation: manual`; one that does not say is not taken for that. The option `fast_rto` "
        "says how short is too short, where that is not an hour.",
    .clause = "GOV.UK Service Standard 14",
    .bad = "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
           "  runbooks:\n"
           "    - {id: restore-data, automation: manual, duration: 20m}\n"
           "  objectives:\n"
           "    - {scenario: data-lost, rto: 45m, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
            "  runbooks:\n"
            "    - {id: restore-data, automation: full, duration: 20m}\n"
            "  objectives:\n"
            "    - {scenario: data-lost, rto: 45m, rpo: 1h}\n",
};
