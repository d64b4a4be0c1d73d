/*
 * CP3, recovery against its objective: what the runbooks of a scenario add up to, and how much is
 * left.
 */
#include "recoveries.h"

enum { CLOCKS = CP_CLOCK_DECLARATION + 1 };

/* Both in one kind of time: as they stand; in days where both are; in working time, with all
 * elapsed time in office hours; or, against elapsed time, the most that working time can take. */
static bool find_pair(int64_t *length, int64_t *limit, struct cp_duration total,
                      struct cp_duration rto, const struct cp_portfolio *portfolio)
{
    if (rto.months != 0) {
        return false;
    }
    if (!cp_duration_is_working(rto)) {
        *limit = rto.seconds;
        return cp_duration_longest(length, total, portfolio);
    }
    if (rto.seconds != 0) {
        return false;
    }
    if (total.seconds != 0) {
        return cp_duration_most_work(length, total, portfolio) &&
               cp_portfolio_working_seconds(limit, portfolio, rto);
    }
    if (total.work_days == 0 && rto.work_days == 0) {
        *length = total.work_seconds;
        *limit = rto.work_seconds;
        return true;
    }
    if (total.work_seconds == 0 && rto.work_seconds == 0) {
        *length = total.work_days;
        *limit = rto.work_days;
        return true;
    }
    return cp_portfolio_working_seconds(length, portfolio, total) &&
           cp_portfolio_working_seconds(limit, portfolio, rto);
}

/* What is left of the RTO in percent, rounded down; false where it cannot be said: kinds of time
 * that do not compare, or no RTO to speak of. */
static bool find_margin(int64_t *out, struct cp_duration total, struct cp_duration rto,
                        const struct cp_portfolio *portfolio)
{
    int64_t length;
    int64_t limit;
    int64_t left;
    if (!find_pair(&length, &limit, total, rto, portfolio) || limit <= 0 ||
        !cp_mul(&left, limit - length, 100)) {
        return false;
    }
    *out = left / limit;
    return true;
}

static void report(const struct cp_plan_input *in, const struct cp_rule *rule,
                   const struct cp_judged *subject, const struct cp_recovery *recovery,
                   const struct cp_capability *capability, const char *help, int64_t margin)
{
    struct cp_buf text;
    struct cp_buf assumed;
    cp_buf_init(&text);
    cp_buf_init(&assumed);
    cp_put_capability(&text, capability, recovery, in);
    cp_put_longest(&text, capability->total, subject->rto->duration, in->portfolio);
    cp_put_length(&text, margin < 0 ? " > RTO" : " of RTO", subject->rto);
    if (margin >= 0) {
        cp_buf_printf(&text, " leaves %lld %%", (long long)margin);
    }
    cp_put_assumed(&assumed, recovery, subject->objective, in->plan);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, subject->node, "%.*s", CP_ARG(cp_buf_str(&text)));
    cp_diagnostic_help(in->diags, finding, "%s%.*s", help, CP_ARG(cp_buf_str(&assumed)));
    cp_diagnostic_note(in->diags, finding, cp_node_place(recovery->scenario->id.leaf.node),
                       "in this scenario");
    if (recovery->own_is == CP_OWN_SWITCH_OVER && recovery->standby->takes.leaf.state == CP_SET) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(recovery->standby->takes.leaf.node),
                           "the switch-over takes this long");
    }
    if (recovery->own_is == CP_OWN_RETURN) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(recovery->promise->leaf.node),
                           "the commitment to be back stands here");
    }
    cp_buf_release(&text);
    cp_buf_release(&assumed);
}

static void judge(const struct cp_plan_input *in, const struct cp_judged *subject,
                  const struct cp_recovery *recovery, const struct cp_capability *capability)
{
    static const char *const help_over[] = {
        [CP_OWN_RUNBOOKS] = "shorten the path (a step automated, steps side by side with 'after'), "
                            "have it begun sooner, or agree on an RTO that can be kept",
        [CP_OWN_SWITCH_OVER] =
            "make the standby readier to take over, or agree on an RTO that can be kept",
        [CP_OWN_RETURN] = "have something ready that takes over meanwhile, agree on a shorter "
                          "commitment, or on an RTO that can be kept",
    };
    static const char *const help_thin[] = {
        [CP_OWN_RUNBOOKS] = "nothing may go wrong then: shorten the path, or agree on a longer RTO",
        [CP_OWN_SWITCH_OVER] =
            "nothing may go wrong then: make the standby readier, or agree on a longer RTO",
        [CP_OWN_RETURN] =
            "nothing may go wrong then: agree on a shorter commitment, or on a longer RTO",
    };
    int64_t margin;
    enum cp_verdict verdict =
        cp_duration_judge(capability->total, subject->rto->duration, in->portfolio);
    if (verdict == CP_OVER) {
        report(in, &cp_rule_capability_over_rto, subject, recovery, capability,
               help_over[recovery->own_is], -1);
    } else if (verdict == CP_WITHIN &&
               find_margin(&margin, capability->total, subject->rto->duration, in->portfolio) &&
               margin < in->limits->margin->value) {
        report(in, &cp_rule_thin_margin, subject, recovery, capability, help_thin[recovery->own_is],
               margin);
    }
}

/* A recovery with its capability; `recovery` NULL where none is known. */
struct slowest {
    const struct cp_recovery *recovery;
    struct cp_capability capability;
};

/* Of several scenarios the one that takes longest, and that of those of which only a calendar could
 * say how long they take. */
struct general {
    struct slowest counted, uncounted;
};

static void keep_slower(struct slowest *slowest, const struct slowest *other,
                        const struct cp_portfolio *portfolio)
{
    int64_t first;
    int64_t second;
    bool is_slower =
        !slowest->recovery ||
        (cp_duration_longest(&first, other->capability.total, portfolio)
             ? cp_duration_longest(&second, slowest->capability.total, portfolio) && first > second
             : cp_duration_judge(other->capability.total, slowest->capability.total, portfolio) ==
                   CP_OVER);
    if (is_slower) {
        *slowest = *other;
    }
}

/* Of the scenarios without objectives of their own, the slowest by each clock. */
static void find_slowest(struct general out[CLOCKS], const struct cp_plan_input *in,
                         const struct cp_recoveries *recoveries)
{
    for (size_t clock = 0; clock < CLOCKS; clock++) {
        out[clock] = (struct general){0};
        for (size_t i = 0; i < recoveries->count; i++) {
            struct slowest other = {.recovery = &recoveries->items[i]};
            int64_t seconds;
            if (cp_recoveries_is_general(recoveries, other.recovery) &&
                cp_capability(&other.capability, other.recovery, in->plan, (enum cp_clock)clock)) {
                bool is_counted =
                    cp_duration_longest(&seconds, other.capability.total, in->portfolio);
                keep_slower(is_counted ? &out[clock].counted : &out[clock].uncounted, &other,
                            in->portfolio);
            }
        }
    }
}

/* Those that an objective is about. */
static struct general find_judged(const struct cp_plan_input *in,
                                  const struct cp_recoveries *recoveries,
                                  const struct general general[CLOCKS],
                                  const struct cp_judged *subject)
{
    const struct cp_text *scenario = &subject->objective->scenario;
    struct general out = {0};
    if (scenario->leaf.state == CP_ABSENT) {
        return general[cp_objective_clock(subject->objective)];
    }
    struct slowest *of = &out.counted;
    of->recovery = scenario->leaf.state == CP_SET
                       ? cp_map_find(&recoveries->by_scenario, scenario->text)
                       : NULL;
    if (of->recovery && !cp_capability(&of->capability, of->recovery, in->plan,
                                       cp_objective_clock(subject->objective))) {
        of->recovery = NULL;
    }
    return out;
}

static enum cp_verdict verdict_on(const struct cp_plan_input *in, const struct cp_judged *subject,
                                  const struct slowest *of)
{
    return of->recovery
               ? cp_duration_judge(of->capability.total, subject->rto->duration, in->portfolio)
               : CP_UNDECIDED;
}

/* One finding an objective: what is over it before what is nearly so. */
static void check_capability(const struct cp_plan_input *in, const struct cp_rule *rule,
                             const struct cp_judged *subject, const struct general *of)
{
    (void)rule; /* of this pair of rules, only one fires */
    bool is_uncounted =
        of->uncounted.recovery &&
        (!of->counted.recovery || (verdict_on(in, subject, &of->uncounted) == CP_OVER &&
                                   verdict_on(in, subject, &of->counted) != CP_OVER));
    const struct slowest *slowest = is_uncounted ? &of->uncounted : &of->counted;
    if (slowest->recovery) {
        judge(in, subject, slowest->recovery, &slowest->capability);
    }
}

static void check_without_calendar(const struct cp_plan_input *in, const struct cp_rule *rule,
                                   const struct cp_judged *subject, const struct general *of)
{
    const struct slowest *slowest = of->uncounted.recovery ? &of->uncounted : &of->counted;
    if (verdict_on(in, subject, slowest) != CP_NO_CALENDAR) {
        return;
    }
    struct cp_buf length;
    struct cp_buf limit;
    cp_buf_init(&length);
    cp_buf_init(&limit);
    cp_put_capability(&length, &slowest->capability, slowest->recovery, in);
    cp_put_length(&limit, "RTO", subject->rto);
    struct cp_diagnostic *finding = cp_report_without_calendar(
        in, rule, subject->node, cp_buf_str(&length), cp_buf_str(&limit));
    cp_diagnostic_note(in->diags, finding, cp_node_place(slowest->recovery->scenario->id.leaf.node),
                       "in this scenario");
    cp_buf_release(&length);
    cp_buf_release(&limit);
}

/* Checks each objective, but those that are `found` already (NULL: none). */
static void check_subjects(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const bool *found,
                           void (*check)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                         const struct cp_judged *subject, const struct general *of))
{
    struct cp_recoveries recoveries;
    struct general general[CLOCKS];
    if (!cp_has_recoveries(in->plan)) {
        return;
    }
    cp_recoveries_init(&recoveries, in);
    find_slowest(general, in, &recoveries);
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        struct cp_judged subject;
        if (cp_recovered_init(&subject, in, i) && !(found && found[i])) {
            struct general of = find_judged(in, &recoveries, general, &subject);
            check(in, rule, &subject, &of);
        }
    }
    cp_recoveries_release(&recoveries);
}

void cp_check_capability(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    check_subjects(in, rule, NULL, check_capability);
}

void cp_check_recovery_without_calendar(const struct cp_plan_input *in, const struct cp_rule *rule,
                                        const bool *found)
{
    if (in->portfolio->config.calendar.hours.leaf.state != CP_SET) {
        check_subjects(in, rule, found, check_without_calendar);
    }
}

const struct cp_rule cp_rule_capability_over_rto = {
    .code = "CP302",
    .name = "capability-over-rto",
    .severity = CP_ERROR,
    .summary = "recovery as the plan states it takes longer than the RTO",
    .explanation =
        "The capability is what the plan itself shows: the time to detect and to declare, the "
        "call-out of whoever begins, and the longest path through the steps of the scenario's "
        "runbooks (`after` says which wait for which; fail-back and communications do not count). "
        "An automatic response takes as long as its switch-over. Where the response is `wait` or "
        "`accept`, the service is back when the supplier is that hosts it, or that it cannot do "
        "without (`hard`, with neither `fallback` nor `pattern`): within what the supplier has "
        "committed itself to, to this service before all others, and no sooner than what that "
        "supplier runs on, if it is lost as well. An RTO below that is a wish. People whose last "
        "day is over do not count. What is not stated counts as 0, so that the truth can only be "
        "worse; where a step's duration or a commitment is unknown, nothing is said.",
    .clause = "ISO 22301:2019, 8.4.4; NIST SP 800-53r5, CP-10",
    .bad = "incident_response:\n"
           "  activation: {times: {declare: 30m}}\n"
           "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
           "  runbooks:\n"
           "    - id: restore-data\n"
           "      steps:\n"
           "        - {id: restore, action: Restore the newest backup., duration: 3h}\n"
           "        - {id: verify, action: Count the cases., duration: 1h}\n"
           "  objectives:\n"
           "    - {scenario: data-lost, rto: 4h, rpo: 1h}\n",
    .good = "incident_response:\n"
            "  activation: {times: {declare: 30m}}\n"
            "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
            "  runbooks:\n"
            "    - id: restore-data\n"
            "      steps:\n"
            "        - {id: restore, action: Restore the newest backup., duration: 2h}\n"
            "        - {id: verify, action: Count the cases., duration: 30m}\n"
            "  objectives:\n"
            "    - {scenario: data-lost, rto: 4h, rpo: 1h}\n",
};

const struct cp_rule cp_rule_thin_margin = {
    .code = "CP303",
    .name = "thin-margin",
    .severity = CP_WARNING,
    .summary = "recovery as the plan states it leaves too little of the RTO to spare",
    .explanation =
        "A recovery that uses up its RTO even when all goes well is late when anything does not: "
        "a first attempt that fails, a deputy who reads slowly, a backup that must be fetched. "
        "Counted as for `capability-over-rto`; at least 20 % of the RTO should be left, or as much "
        "as the option `margin` says.",
    .clause = "NIST SP 800-53r5, CP-10",
    .bad = "disaster_recovery:\n"
           "  scenarios:\n"
           "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
           "  runbooks:\n"
           "    - {id: restore-data, duration: 3h 30m}\n"
           "  objectives:\n"
           "    - {scenario: data-lost, rto: 4h, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  scenarios:\n"
            "    - {id: data-lost, name: The data is lost, runbooks: [restore-data]}\n"
            "  runbooks:\n"
            "    - {id: restore-data, duration: 3h}\n"
            "  objectives:\n"
            "    - {scenario: data-lost, rto: 4h, rpo: 1h}\n",
};
