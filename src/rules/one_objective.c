/*
 * CP3, one objective for all scenarios: whether the objectives are as different as the ways of
 * recovering are.
 */
#include "recoveries.h"

/* Whether no objective names a scenario; false as well where there is none to judge. */
static bool are_general(const struct cp_plan *plan)
{
    for (size_t i = 0; i < plan->disaster_recovery.objectives.count; i++) {
        const struct cp_objective *objective = &plan->disaster_recovery.objectives.items[i];
        if (objective->leaf.state != CP_SET || objective->scenario.leaf.state != CP_ABSENT) {
            return false;
        }
    }
    return cp_has_recoveries(plan);
}

/* The redundancy that a scenario meets, or NULL where the plan does not say. */
static const struct cp_choice *level_of(const struct cp_recovery *recovery)
{
    const struct cp_redundancy *row = recovery->standby ? recovery->standby : recovery->bare;
    return row && row->level.leaf.state == CP_SET ? &row->level : NULL;
}

/* The first two scenarios whose loss is answered by redundancy of different levels. */
static bool find_different(const struct cp_recovery *out[2], const struct cp_recoveries *recoveries)
{
    out[0] = NULL;
    for (size_t i = 0; i < recoveries->count; i++) {
        const struct cp_recovery *recovery = &recoveries->items[i];
        const struct cp_choice *level = level_of(recovery);
        if (!level || recovery->scenario->id.leaf.state != CP_SET) {
            continue;
        }
        if (!out[0]) {
            out[0] = recovery;
        } else if (level->value != level_of(out[0])->value) {
            out[1] = recovery;
            return true;
        }
    }
    return false;
}

static const char *words_of(const struct cp_recovery *recovery)
{
    static const char *const words[] = {
        [CP_REDUNDANCY_NONE] = "no redundancy",
        [CP_REDUNDANCY_BACKUP_RESTORE] = "backup-restore",
        [CP_REDUNDANCY_PILOT_LIGHT] = "pilot-light",
        [CP_REDUNDANCY_WARM_STANDBY] = "warm-standby",
        [CP_REDUNDANCY_ACTIVE_PASSIVE] = "active-passive",
        [CP_REDUNDANCY_ACTIVE_ACTIVE] = "active-active",
    };
    return words[level_of(recovery)->value];
}

static void report_one(const struct cp_plan_input *in, const struct cp_rule *rule,
                       const struct cp_judged *subject, const struct cp_recovery *const pair[2])
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_put_length(&text, "RTO", subject->rto);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, subject->node,
                       "%.*s is for every scenario, though %s is answered by %s and %s by %s",
                       CP_ARG(cp_buf_str(&text)),
                       cp_diags_quote(in->diags, pair[0]->scenario->id.text), words_of(pair[0]),
                       cp_diags_quote(in->diags, pair[1]->scenario->id.text), words_of(pair[1]));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "state an objective for each scenario that differs: '- {scenario: %.*s, "
                       "rto: …}'",
                       CP_ARG(pair[1]->scenario->id.text));
    for (size_t i = 0; i < 2; i++) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(level_of(pair[i])->leaf.node),
                           "the answer to %s stands here",
                           cp_diags_quote(in->diags, pair[i]->scenario->id.text));
    }
}

static bool find_first_subject(struct cp_judged *out, const struct cp_plan_input *in)
{
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        if (cp_recovered_init(out, in, i)) {
            return true;
        }
    }
    return false;
}

void cp_check_one_objective(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    struct cp_recoveries recoveries;
    struct cp_judged subject;
    const struct cp_recovery *pair[2];
    if (in->plan->it_continuity.redundancy.count < 2 || !are_general(in->plan) ||
        !find_first_subject(&subject, in)) {
        return;
    }
    cp_recoveries_init(&recoveries, in);
    if (find_different(pair, &recoveries)) {
        report_one(in, rule, &subject, pair);
    }
    cp_recoveries_release(&recoveries);
}

const struct cp_rule cp_rule_one_objective = {
    .code = "CP307",
    .name = "one-objective",
    .severity = CP_INFO,
    .summary = "one objective for all scenarios, though they are recovered in different ways",
    .explanation =
        "A service that survives the loss of a zone within seconds and restores lost data in half "
        "a day has two RTOs. One figure for both is either a promise that the restore breaks or "
        "one "
        "that says nothing of the zone. State an objective for each scenario that differs.",
    .clause = "GOV.UK Service Standard 14",
    .bad = "it_continuity:\n"
           "  redundancy:\n"
           "    - {against: zone, level: active-active}\n"
           "    - {against: data, level: backup-restore}\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: zone-lost, name: A zone is lost, kind: zone}\n"
           "    - {id: data-lost, name: The data is lost, kind: data-loss}\n"
           "  objectives:\n"
           "    - {rto: 4h, rpo: 1h}\n",
    .good = "it_continuity:\n"
            "  redundancy:\n"
            "    - {against: zone, level: active-active}\n"
            "    - {against: data, level: backup-restore}\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: zone-lost, name: A zone is lost, kind: zone}\n"
            "    - {id: data-lost, name: The data is lost, kind: data-loss}\n"
            "  objectives:\n"
            "    - {scenario: zone-lost, rto: 5m, rpo: 0}\n"
            "    - {scenario: data-lost, rto: 4h, rpo: 1h}\n",
};
