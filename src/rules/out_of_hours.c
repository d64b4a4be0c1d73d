/*
 * CP3, an RTO against the nights and weekends of those who begin the recovery.
 */
#include "objectives.h"

#include <contplan/analysis.h>

/* Only where the RTO is elapsed time. */
static bool init_subject(struct cp_judged *out, const struct cp_plan_input *in, size_t index)
{
    return cp_judged_init(out, in, index) && !cp_duration_is_working(out->rto->duration) &&
           out->rto->duration.months == 0;
}

static void put_time(struct cp_buf *out, unsigned minute)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    enum { DAY = 24 * 60 };
    cp_buf_printf(out, "%s %02u:%02u", days[minute / DAY % 7], minute % DAY / 60, minute % 60);
}

static void report(const struct cp_plan_input *in, const struct cp_rule *rule,
                   const struct cp_judged *subject, const struct cp_recovery *recovery,
                   const struct cp_gap *gap)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_put_length(&text, "RTO", subject->rto);
    cp_buf_printf(&text, " < ");
    cp_duration_put(&text, (struct cp_duration){.seconds = gap->seconds});
    cp_buf_printf(&text, " in which nobody is at work who begins the recovery (%s): ",
                  cp_diags_quote(in->diags, gap->name));
    put_time(&text, gap->from);
    cp_buf_puts(&text, " to ");
    put_time(&text, gap->until);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, subject->node, "%.*s", CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "have somebody on call at night, let it switch over by itself, or agree on "
                       "an RTO in working time");
    cp_diagnostic_note(in->diags, finding, cp_node_place(gap->node), "their hours stand here");
    cp_diagnostic_note(in->diags, finding, cp_node_place(recovery->scenario->id.leaf.node),
                       "in this scenario");
}

/* Whether the objective is about the scenario: its own, or, naming none, all that no objective
 * names. */
static bool is_about(const struct cp_objective *objective, const struct cp_recovery *recovery,
                     const struct cp_map *with_own)
{
    const struct cp_text *id = &recovery->scenario->id;
    if (recovery->scenario->leaf.state != CP_SET || id->leaf.state != CP_SET) {
        return false;
    }
    return objective->scenario.leaf.state == CP_SET
               ? cp_str_is_equal(objective->scenario.text, id->text)
               : objective->scenario.leaf.state == CP_ABSENT && !cp_map_find(with_own, id->text);
}

/* The first scenario of an objective with a gap that is longer than the RTO. */
static void check_subject(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_judged *subject, const struct cp_recovery *recoveries,
                          const struct cp_gap *gaps, const struct cp_map *with_own)
{
    for (size_t i = 0; i < in->plan->disaster_recovery.scenarios.count; i++) {
        if (gaps[i].seconds > subject->rto->duration.seconds &&
            is_about(subject->objective, &recoveries[i], with_own)) {
            report(in, rule, subject, &recoveries[i], &gaps[i]);
            return;
        }
    }
}

void cp_check_out_of_hours(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    if (recovery->objectives.count == 0 || recovery->scenarios.count == 0) {
        return;
    }
    struct cp_recovery *recoveries = cp_study_recoveries(in->study);
    struct cp_gap *gaps = cp_arena_alloc(in->arena, recovery->scenarios.count * sizeof *gaps);
    bool has_gap = false;
    for (size_t i = 0; i < recovery->scenarios.count; i++) {
        has_gap |= cp_recovery_gap(&gaps[i], &recoveries[i], in->plan, in->portfolio);
    }
    struct cp_map with_own;
    cp_map_init(&with_own);
    for (size_t i = 0; has_gap && i < recovery->objectives.count; i++) {
        struct cp_text *scenario = &recovery->objectives.items[i].scenario;
        if (scenario->leaf.state == CP_SET) {
            cp_map_put(&with_own, scenario->text, scenario);
        }
    }
    for (size_t i = 0; has_gap && i < recovery->objectives.count; i++) {
        struct cp_judged subject;
        if (init_subject(&subject, in, i)) {
            check_subject(in, rule, &subject, recoveries, gaps, &with_own);
        }
    }
    cp_map_release(&with_own);
}

const struct cp_rule cp_rule_rto_out_of_hours = {
    .code = "CP305",
    .name = "rto-out-of-hours",
    .severity = CP_WARNING,
    .summary = "an RTO is shorter than the time in which nobody is at work who could begin",
    .explanation =
        "An outage on Friday evening waits for Monday where those who begin the recovery work in "
        "office hours: no runbook is fast enough for that. Looked at is the first step of the "
        "scenario's runbooks: who fills its role, the deputies and the rota, with their own hours, "
        "else their team's, else the office's; in a week without holidays. Where one of them is "
        "there around the clock, or the runbook runs by itself (`automation: full`), nothing is "
        "said, nor is it of an RTO in working time.",
    .clause = "NIST SP 800-53r5, CP-10",
    .bad = "# file: contplan.yaml\n"
           "calendar: {hours: 'Mon-Fri 09:00-17:00'}\n"
           "people:\n"
           "  - {id: mo.farah, name: Mo Farah}\n"
           "# file: plans/permits.yaml\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
           "  runbooks:\n"
           "    - {id: restore-data, owner: mo.farah, duration: 2h}\n"
           "  objectives:\n"
           "    - {scenario: data-lost, rto: 4h, rpo: 1h}\n",
    .good = "# file: contplan.yaml\n"
            "calendar: {hours: 'Mon-Fri 09:00-17:00'}\n"
            "people:\n"
            "  - {id: mo.farah, name: Mo Farah}\n"
            "# file: plans/permits.yaml\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
            "  runbooks:\n"
            "    - {id: restore-data, owner: mo.farah, duration: 2h}\n"
            "  objectives:\n"
            "    - {scenario: data-lost, rto: 1wd, rpo: 1h}\n",
};
