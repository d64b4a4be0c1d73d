/*
 * CP3, recovery against its objective: what the runbooks of a scenario add up to, how much is left,
 * and whether the objectives are as different as the ways of recovering are.
 */
#include "objectives.h"

#include <contplan/analysis.h>

enum { SHOWN_STEPS = 6, CLOCKS = CP_CLOCK_DECLARATION + 1 };

/* ---- which recovery an objective is about ---------------------------------------------------- */

struct recoveries {
    struct cp_recovery *items; /* by scenario */
    size_t count;
    struct cp_map by_scenario; /* id -> its recovery */
    struct cp_map with_own;    /* ids of scenarios that have objectives of their own */
    struct cp_map manual;      /* id -> runbook that is done by hand */
};

static bool is_manual(const struct cp_runbook *runbook)
{
    const struct cp_choice *automation = &runbook->automation;
    return cp_runbook_is_recovery(runbook) && automation->leaf.state == CP_SET &&
           automation->value == CP_AUTOMATION_MANUAL;
}

static void init_recoveries(struct recoveries *out, const struct cp_plan_input *in)
{
    const struct cp_disaster_recovery *recovery = &in->plan->disaster_recovery;
    out->items = cp_study_recoveries(in->study);
    out->count = recovery->scenarios.count;
    cp_map_init(&out->by_scenario);
    cp_map_init(&out->with_own);
    cp_map_init(&out->manual);
    for (size_t i = 0; i < out->count; i++) {
        if (recovery->scenarios.items[i].id.leaf.state == CP_SET) {
            cp_map_put(&out->by_scenario, recovery->scenarios.items[i].id.text, &out->items[i]);
        }
    }
    for (size_t i = 0; i < recovery->objectives.count; i++) {
        struct cp_text *scenario = &recovery->objectives.items[i].scenario;
        if (scenario->leaf.state == CP_SET) {
            cp_map_put(&out->with_own, scenario->text, scenario);
        }
    }
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        struct cp_runbook *runbook = &recovery->runbooks.items[i];
        if (runbook->id.leaf.state == CP_SET && is_manual(runbook)) {
            cp_map_put(&out->manual, runbook->id.text, runbook);
        }
    }
}

static void release_recoveries(struct recoveries *recoveries)
{
    cp_map_release(&recoveries->by_scenario);
    cp_map_release(&recoveries->with_own);
    cp_map_release(&recoveries->manual);
}

/* Whether an objective that names no scenario holds in this one. */
static bool is_general(const struct recoveries *recoveries, const struct cp_recovery *recovery)
{
    const struct cp_text *id = &recovery->scenario->id;
    return recovery->scenario->leaf.state == CP_SET && id->leaf.state == CP_SET &&
           !cp_map_find(&recoveries->with_own, id->text);
}

static enum cp_clock clock_of(const struct cp_objective *objective)
{
    return objective->clock.leaf.state == CP_SET ? (enum cp_clock)objective->clock.value
                                                 : CP_CLOCK_DISRUPTION;
}

/* Whether its recovery can be judged: the clock is known as well. */
static bool init_subject(struct cp_judged *out, const struct cp_plan_input *in, size_t index)
{
    return cp_judged_init(out, in, index) && (out->objective->clock.leaf.state == CP_SET ||
                                              out->objective->clock.leaf.state == CP_ABSENT);
}

/* ---- capability in words --------------------------------------------------------------------- */

static void put_timed(struct cp_buf *out, size_t *shown, size_t all, struct cp_duration length)
{
    cp_buf_puts(out, " (");
    cp_duration_put(out, length);
    cp_buf_puts(out, ")");
    if (++*shown == SHOWN_STEPS && all > SHOWN_STEPS) {
        cp_buf_printf(out, " then %zu more", all - SHOWN_STEPS);
    }
}

/* Puts " then NAME" for a step, or for a runbook that counts as one. */
static void put_name(struct cp_buf *out, size_t shown, const struct cp_runbook *runbook,
                     const struct cp_step *step)
{
    cp_buf_puts(out, shown > 0 ? " then " : "");
    if (!step) {
        cp_buf_put(out, runbook->id.text);
    } else if (step->id.leaf.state == CP_SET) {
        cp_buf_put(out, step->id.text);
    } else {
        cp_buf_printf(out, "step %zu", (size_t)(step - runbook->steps.items) + 1);
    }
}

static size_t count_stated(const struct cp_recovery *recovery)
{
    size_t stated = 0;
    for (size_t i = 0; i < recovery->count; i++) {
        const struct cp_runbook_path *path = recovery->paths[i];
        stated += path->count == 0 ? 1 : path->count - path->assumed;
    }
    return stated;
}

/* Puts "restore (3h) then verify (1h)": the steps of the critical path that state a duration. */
static void put_path(struct cp_buf *out, const struct cp_recovery *recovery)
{
    size_t all = count_stated(recovery);
    size_t shown = 0;
    for (size_t i = 0; i < recovery->count; i++) {
        const struct cp_runbook_path *path = recovery->paths[i];
        if (path->count == 0 && shown < SHOWN_STEPS) {
            put_name(out, shown, path->runbook, NULL);
            put_timed(out, &shown, all, path->runbook->duration.duration);
        }
        for (size_t j = 0; j < path->count && shown < SHOWN_STEPS; j++) {
            if (path->steps[j]->duration.leaf.state == CP_SET) {
                put_name(out, shown, path->runbook, path->steps[j]);
                put_timed(out, &shown, all, path->steps[j]->duration.duration);
            }
        }
    }
    cp_buf_puts(out, all == 0 ? "the runbooks (0)" : "");
}

static bool is_zero(struct cp_duration duration)
{
    return duration.seconds == 0 && duration.months == 0 && !cp_duration_is_working(duration);
}

static void put_part(struct cp_buf *out, size_t *parts, struct cp_duration length, const char *what)
{
    if (!is_zero(length)) {
        cp_buf_puts(out, (*parts)++ == 0 ? " after " : " + ");
        cp_duration_put(out, length);
        cp_buf_puts(out, what);
    }
}

/* Puts "... after 10m to detect + 30m to declare + 15m call-out of 'Platform': 4h 30m". */
static void put_capability(struct cp_buf *out, const struct cp_capability *capability,
                           const struct cp_recovery *recovery, const struct cp_plan_input *in)
{
    size_t parts = 0;
    if (recovery->own_is != CP_OWN_RUNBOOKS) {
        bool is_return = recovery->own_is == CP_OWN_RETURN;
        cp_buf_puts(out, is_return ? "waiting for " : "switching over");
        if (recovery->held_up.len > 0) {
            cp_buf_printf(out, "%s, which runs on ", cp_diags_quote(in->diags, recovery->held_up));
        }
        cp_buf_puts(out, is_return ? cp_diags_quote(in->diags, recovery->promised_by) : "");
        cp_buf_puts(out, " (");
        cp_duration_put(out, recovery->own);
        cp_buf_puts(out, ")");
    } else {
        const struct cp_call_out *call_out = &recovery->paths[0]->call_out;
        put_path(out, recovery);
        put_part(out, &parts, capability->detect, " to detect");
        put_part(out, &parts, capability->declare, " to declare");
        put_part(out, &parts, call_out->length, " call-out");
        if (call_out->team && !is_zero(call_out->length)) {
            struct cp_str name = cp_portfolio_name_of(in->portfolio, call_out->team->id.text);
            cp_buf_printf(out, " of %s", cp_diags_quote(in->diags, name));
        }
    }
    cp_buf_puts(out, ": ");
    cp_duration_put(out, capability->total);
}

/* What was counted as nothing because the plan does not say it. */
static void put_assumed(struct cp_buf *out, const struct cp_recovery *recovery,
                        const struct cp_objective *objective, const struct cp_plan *plan)
{
    const struct cp_times *times = &plan->incident_response.activation.times;
    size_t steps = 0;
    for (size_t i = 0; i < recovery->count; i++) {
        steps += recovery->paths[i]->assumed;
    }
    bool is_by_hand = recovery->own_is == CP_OWN_RUNBOOKS;
    bool needs_detect = is_by_hand && clock_of(objective) == CP_CLOCK_DISRUPTION;
    bool needs_declare = is_by_hand && clock_of(objective) != CP_CLOCK_DECLARATION;
    const char *mark = "; not stated and counted as 0: ";
    if (needs_detect && times->detect.leaf.state == CP_ABSENT) {
        cp_buf_printf(out, "%sthe time to detect", mark);
        mark = ", ";
    }
    if (needs_declare && times->declare.leaf.state == CP_ABSENT) {
        cp_buf_printf(out, "%sthe time to declare", mark);
        mark = ", ";
    }
    if (is_by_hand && recovery->paths[0]->call_out.is_assumed) {
        cp_buf_printf(out, "%sthe call-out", mark);
        mark = ", ";
    }
    if (steps > 0) {
        cp_buf_printf(out, "%s%zu step%s", mark, steps, steps == 1 ? "" : "s");
    }
}

/* ---- over the RTO, or nearly ----------------------------------------------------------------- */

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
    put_capability(&text, capability, recovery, in);
    cp_put_longest(&text, capability->total, subject->rto->duration, in->portfolio);
    cp_put_length(&text, margin < 0 ? " > RTO" : " of RTO", subject->rto);
    if (margin >= 0) {
        cp_buf_printf(&text, " leaves %lld %%", (long long)margin);
    }
    put_assumed(&assumed, recovery, subject->objective, in->plan);
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
                         const struct recoveries *recoveries)
{
    for (size_t clock = 0; clock < CLOCKS; clock++) {
        out[clock] = (struct general){0};
        for (size_t i = 0; i < recoveries->count; i++) {
            struct slowest other = {.recovery = &recoveries->items[i]};
            int64_t seconds;
            if (is_general(recoveries, other.recovery) &&
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
                                  const struct recoveries *recoveries,
                                  const struct general general[CLOCKS],
                                  const struct cp_judged *subject)
{
    const struct cp_text *scenario = &subject->objective->scenario;
    struct general out = {0};
    if (scenario->leaf.state == CP_ABSENT) {
        return general[clock_of(subject->objective)];
    }
    struct slowest *of = &out.counted;
    of->recovery = scenario->leaf.state == CP_SET
                       ? cp_map_find(&recoveries->by_scenario, scenario->text)
                       : NULL;
    if (of->recovery &&
        !cp_capability(&of->capability, of->recovery, in->plan, clock_of(subject->objective))) {
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
    put_capability(&length, &slowest->capability, slowest->recovery, in);
    cp_put_length(&limit, "RTO", subject->rto);
    struct cp_diagnostic *finding = cp_report_without_calendar(
        in, rule, subject->node, cp_buf_str(&length), cp_buf_str(&limit));
    cp_diagnostic_note(in->diags, finding, cp_node_place(slowest->recovery->scenario->id.leaf.node),
                       "in this scenario");
    cp_buf_release(&length);
    cp_buf_release(&limit);
}

/* Whether there is anything to hold against anything. */
static bool has_both(const struct cp_plan *plan)
{
    return plan->disaster_recovery.objectives.count > 0 &&
           plan->disaster_recovery.scenarios.count > 0;
}

/* Checks each objective, but those that are `found` already (NULL: none). */
static void check_subjects(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const bool *found,
                           void (*check)(const struct cp_plan_input *in, const struct cp_rule *rule,
                                         const struct cp_judged *subject, const struct general *of))
{
    struct recoveries recoveries;
    struct general general[CLOCKS];
    if (!has_both(in->plan)) {
        return;
    }
    init_recoveries(&recoveries, in);
    find_slowest(general, in, &recoveries);
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        struct cp_judged subject;
        if (init_subject(&subject, in, i) && !(found && found[i])) {
            struct general of = find_judged(in, &recoveries, general, &subject);
            check(in, rule, &subject, &of);
        }
    }
    release_recoveries(&recoveries);
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

/* ---- faster than hands ----------------------------------------------------------------------- */

/* The first runbook on the way back that is done by hand, whether or not it says how long it takes;
 * or NULL. */
static const struct cp_runbook *find_manual(const struct recoveries *recoveries,
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

static const struct cp_runbook *find_general_manual(const struct recoveries *recoveries)
{
    for (size_t i = 0; i < recoveries->count; i++) {
        const struct cp_runbook *runbook = is_general(recoveries, &recoveries->items[i])
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
    struct recoveries recoveries;
    struct cp_judged subject;
    bool is_any_fast = false;
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        is_any_fast =
            is_any_fast || (init_subject(&subject, in, i) && is_fast(subject.rto, in->limits));
    }
    if (!is_any_fast || !has_both(in->plan)) {
        return;
    }
    init_recoveries(&recoveries, in);
    const struct cp_runbook *general = find_general_manual(&recoveries);
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        if (!init_subject(&subject, in, i) || !is_fast(subject.rto, in->limits)) {
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
    release_recoveries(&recoveries);
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

/* ---- one objective for all scenarios --------------------------------------------------------- */

/* Whether no objective names a scenario; false as well where there is none to judge. */
static bool are_general(const struct cp_plan *plan)
{
    for (size_t i = 0; i < plan->disaster_recovery.objectives.count; i++) {
        const struct cp_objective *objective = &plan->disaster_recovery.objectives.items[i];
        if (objective->leaf.state != CP_SET || objective->scenario.leaf.state != CP_ABSENT) {
            return false;
        }
    }
    return has_both(plan);
}

/* The redundancy that a scenario meets, or NULL where the plan does not say. */
static const struct cp_choice *level_of(const struct cp_recovery *recovery)
{
    const struct cp_redundancy *row = recovery->standby ? recovery->standby : recovery->bare;
    return row && row->level.leaf.state == CP_SET ? &row->level : NULL;
}

/* The first two scenarios whose loss is answered by redundancy of different levels. */
static bool find_different(const struct cp_recovery *out[2], const struct recoveries *recoveries)
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
        if (init_subject(out, in, i)) {
            return true;
        }
    }
    return false;
}

void cp_check_one_objective(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    struct recoveries recoveries;
    struct cp_judged subject;
    const struct cp_recovery *pair[2];
    if (in->plan->it_continuity.redundancy.count < 2 || !are_general(in->plan) ||
        !find_first_subject(&subject, in)) {
        return;
    }
    init_recoveries(&recoveries, in);
    if (find_different(pair, &recoveries)) {
        report_one(in, rule, &subject, pair);
    }
    release_recoveries(&recoveries);
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
