/*
 * CP3: its table, and the arithmetic of one objective: what is promised against what can be borne,
 * and against what the tier asks. Recovery, impact and approval have a file each.
 */
#include "objectives.h"

#include <contplan/analysis.h>

#include <string.h>

/* One objective with its lengths, filled from the tier: of a plan, or of a tier by itself. */
struct subject {
    const struct cp_objective *objective; /* NULL: the tier's own objectives */
    struct cp_effective lengths;
    unsigned tier;
};

bool cp_judged_init(struct cp_judged *out, const struct cp_plan_input *in, size_t index)
{
    const struct cp_objective *objective = &in->plan->disaster_recovery.objectives.items[index];
    struct cp_effective lengths;
    cp_effective_init(&lengths, objective, cp_portfolio_find_tier(in->portfolio, in->plan));
    *out = (struct cp_judged){.objective = objective, .rto = lengths.rto};
    out->node = lengths.rto == &objective->rto ? objective->rto.leaf.node : objective->leaf.node;
    return objective->leaf.state == CP_SET && cp_length_is_known(lengths.rto);
}

void cp_put_length(struct cp_buf *out, const char *name, const struct cp_length *length)
{
    cp_buf_printf(out, "%s ", name);
    cp_duration_put(out, length->duration);
}

void cp_put_longest(struct cp_buf *out, struct cp_duration length, struct cp_duration limit,
                    const struct cp_portfolio *portfolio)
{
    int64_t seconds;
    if (cp_duration_is_working(length) && !cp_duration_is_working(limit) &&
        cp_duration_longest(&seconds, length, portfolio)) {
        cp_buf_puts(out, " (up to ");
        cp_duration_put(out, (struct cp_duration){.seconds = seconds});
        cp_buf_puts(out, " with nights and weekends)");
    }
}

/* ---- RTO + WRT against MTPD ------------------------------------------------------------------ */

/* RTO and WRT together; the RTO alone where the WRT is not known, since it can only add. */
static bool find_sum(struct cp_duration *out, const struct cp_effective *lengths)
{
    if (!cp_length_is_known(lengths->rto) || !cp_length_is_known(lengths->mtpd)) {
        return false;
    }
    *out = lengths->rto->duration;
    return !cp_length_is_known(lengths->wrt) ||
           cp_duration_sum(out, lengths->rto->duration, lengths->wrt->duration);
}

/* The value to point at: the RTO, else whichever of the three the objective states itself. All from
 * the tier: NULL, since the tier is judged where it is written. */
static const struct cp_length *find_culprit(const struct subject *subject)
{
    const struct cp_objective *own = subject->objective;
    const struct cp_effective *lengths = &subject->lengths;
    if (!own || lengths->rto == &own->rto) {
        return lengths->rto;
    }
    if (lengths->wrt == &own->wrt) {
        return lengths->wrt;
    }
    return lengths->mtpd == &own->mtpd ? lengths->mtpd : NULL;
}

static void put_sum(struct cp_buf *out, const struct subject *subject, struct cp_duration sum,
                    const struct cp_portfolio *portfolio)
{
    const struct cp_effective *lengths = &subject->lengths;
    cp_put_length(out, "RTO", lengths->rto);
    if (cp_length_is_known(lengths->wrt)) {
        cp_put_length(out, " + WRT", lengths->wrt);
        cp_buf_puts(out, " = ");
        cp_duration_put(out, sum);
    }
    cp_put_longest(out, sum, lengths->mtpd->duration, portfolio);
    cp_put_length(out, " is over the MTPD", lengths->mtpd);
}

/* Notes the length that is compared with, and whether the tier brought it in. */
static void note_length(struct cp_diags *diags, struct cp_diagnostic *finding,
                        const struct subject *subject, const char *name,
                        const struct cp_length *length, bool is_own)
{
    if (is_own || subject->tier == 0) {
        cp_diagnostic_note(diags, finding, cp_node_place(length->leaf.node), "the %s stands here",
                           name);
    } else {
        cp_diagnostic_note(diags, finding, cp_node_place(length->leaf.node),
                           "the %s of tier %u stands here", name, subject->tier);
    }
}

static bool is_own(const struct subject *subject, const struct cp_length *length)
{
    const struct cp_objective *own = subject->objective;
    return !own || length == &own->mtpd || length == &own->rto || length == &own->wrt ||
           length == &own->rpo;
}

static void judge_sum(const struct subject *subject, const struct cp_portfolio *portfolio,
                      struct cp_diags *diags, const struct cp_rule *rule)
{
    struct cp_duration sum;
    const struct cp_length *culprit = find_culprit(subject);
    if (!culprit || !find_sum(&sum, &subject->lengths) ||
        cp_duration_judge(sum, subject->lengths.mtpd->duration, portfolio) != CP_OVER) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    put_sum(&text, subject, sum, portfolio);
    struct cp_diagnostic *finding =
        cp_node_report(diags, rule, culprit->leaf.node, "%.*s", CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(
        diags, finding,
        "shorten the RTO or the WRT and show that the runbooks can keep it; lengthen "
        "the MTPD only if the business can bear it");
    if (culprit != subject->lengths.mtpd) {
        note_length(diags, finding, subject, "MTPD", subject->lengths.mtpd,
                    is_own(subject, subject->lengths.mtpd));
    }
}

static bool init_subject(struct subject *out, const struct cp_plan_input *in, size_t index)
{
    const struct cp_objective *objective = &in->plan->disaster_recovery.objectives.items[index];
    *out = (struct subject){.objective = objective, .tier = cp_plan_tier(in->plan)};
    cp_effective_init(&out->lengths, objective, cp_portfolio_find_tier(in->portfolio, in->plan));
    return objective->leaf.state == CP_SET;
}

static void check_sums(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        struct subject subject;
        if (init_subject(&subject, in, i)) {
            judge_sum(&subject, in->portfolio, in->diags, rule);
        }
    }
}

static void check_tier_sums(const struct cp_config_input *in, const struct cp_rule *rule)
{
    for (unsigned i = 0; i < CP_TIERS; i++) {
        const struct cp_tier_objectives *tier = &in->portfolio->config.tiers.tier[i].objectives;
        struct subject subject = {
            .lengths = {.mtpd = &tier->mtpd, .rto = &tier->rto, .wrt = &tier->wrt}};
        judge_sum(&subject, in->portfolio, in->diags, rule);
    }
}

static const struct cp_rule rule_rto_exceeds_mtpd = {
    .code = "CP301",
    .name = "rto-exceeds-mtpd",
    .severity = CP_ERROR,
    .summary = "RTO and WRT together are longer than the MTPD",
    .explanation =
        "The MTPD is how long the harm can be borne. Within it the service must be back (RTO) and "
        "the work caught up with and checked (WRT): RTO + WRT <= MTPD. Lengths that an objective "
        "leaves out come from its tier. Working time is counted at its worst: 8 working hours from "
        "Friday's closing time end on Monday.",
    .clause = "ISO 22301:2019, 8.2.2; NIST SP 800-34r1",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {mtpd: 4h, rto: 3h, wrt: 2h, rpo: 1h}\n",
    .good = "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 6h, rto: 3h, wrt: 2h, rpo: 1h}\n",
};

/* ---- the tier's default ---------------------------------------------------------------------- */

/* The lengths of an objective that a tier is a yardstick for. The WRT is none: what counts of it is
 * in the sum with the RTO. */
static const struct {
    const char *name;
    size_t own, tier;
} yardsticks[] = {
    {"MTPD", offsetof(struct cp_objective, mtpd), offsetof(struct cp_tier_objectives, mtpd)},
    {"RTO", offsetof(struct cp_objective, rto), offsetof(struct cp_tier_objectives, rto)},
    {"RPO", offsetof(struct cp_objective, rpo), offsetof(struct cp_tier_objectives, rpo)},
};

enum { YARDSTICKS = sizeof(yardsticks) / sizeof(yardsticks[0]) };

static const struct cp_length *length_at(const void *lengths, size_t offset)
{
    return (const struct cp_length *)(const void *)((const char *)lengths + offset);
}

/* An objective's own length and the tier's, where both are known. */
static bool find_pair(const struct cp_length **own, const struct cp_length **tier,
                      const struct cp_plan_input *in, const struct subject *subject, size_t index)
{
    const struct cp_tier *of = cp_portfolio_find_tier(in->portfolio, in->plan);
    if (!of) {
        return false;
    }
    *own = length_at(subject->objective, yardsticks[index].own);
    *tier = length_at(&of->objectives, yardsticks[index].tier);
    return cp_length_is_known(*own) && cp_length_is_known(*tier);
}

static void report_weaker(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct subject *subject, size_t index)
{
    const char *name = yardsticks[index].name;
    const struct cp_length *own;
    const struct cp_length *tier;
    if (!find_pair(&own, &tier, in, subject, index) ||
        cp_duration_judge(own->duration, tier->duration, in->portfolio) != CP_OVER) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_put_length(&text, name, own);
    cp_put_longest(&text, own->duration, tier->duration, in->portfolio);
    cp_buf_puts(&text, " is weaker than the ");
    cp_duration_put(&text, tier->duration);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, own->leaf.node, "%.*s of tier %u",
                       CP_ARG(cp_buf_str(&text)), subject->tier);
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "meet what the tier asks, or put the service into the tier whose objectives "
                       "it can keep");
    note_length(in->diags, finding, subject, name, tier, false);
}

static void check_weaker(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        struct subject subject;
        for (size_t j = 0; init_subject(&subject, in, i) && j < YARDSTICKS; j++) {
            report_weaker(in, rule, &subject, j);
        }
    }
}

static const struct cp_rule rule_weaker_than_tier = {
    .code = "CP308",
    .name = "weaker-than-tier",
    .severity = CP_WARNING,
    .summary = "an objective promises less than the service's tier asks",
    .explanation =
        "The tiers in contplan.yaml say what the organisation expects of services of one "
        "criticality; dependants and the business rely on it. A plan may promise more, but one "
        "that promises less either has the wrong tier or has not been agreed with whoever set it.",
    .clause = "ISO 22301:2019, 8.2.2",
    .bad = "# file: contplan.yaml\n"
           "tiers:\n"
           "  2: {objectives: {mtpd: 24h, rto: 4h, rpo: 1h}}\n"
           "# file: plans/permits.yaml\n"
           "tier: 2\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {rto: 8h, rpo: 1h}\n",
    .good = "# file: contplan.yaml\n"
            "tiers:\n"
            "  2: {objectives: {mtpd: 24h, rto: 4h, rpo: 1h}}\n"
            "# file: plans/permits.yaml\n"
            "tier: 2\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {rto: 4h, rpo: 15m}\n",
};

/* ---- working and elapsed time ---------------------------------------------------------------- */

/* One length of an objective that is held against another. */
struct pair {
    const char *name, *limit_name;
    const struct cp_length *length, *limit;
};

struct cp_diagnostic *cp_report_without_calendar(const struct cp_plan_input *in,
                                                 const struct cp_rule *rule, struct cp_node *node,
                                                 struct cp_str length, struct cp_str limit)
{
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, node,
                       "%.*s cannot be compared with the %.*s: the portfolio has no calendar that "
                       "says how long a working day is",
                       CP_ARG(length), CP_ARG(limit));
    cp_diagnostic_help(in->diags, finding,
                       "write both in the same kind of time, or state the office hours in "
                       "contplan.yaml: 'calendar: {hours: Mon-Fri 09:00-17:00}'");
    return finding;
}

/* Points at whichever of the two the objective states itself, else at the length that a sum of the
 * tier's stands with. */
static void report_mixed(const struct cp_plan_input *in, const struct cp_rule *rule,
                         const struct subject *subject, struct pair pair)
{
    if (!is_own(subject, pair.length) && is_own(subject, pair.limit)) {
        pair = (struct pair){pair.limit_name, pair.name, pair.limit, pair.length};
    }
    const struct cp_length *at = is_own(subject, pair.length) ? pair.length : find_culprit(subject);
    struct cp_buf length;
    struct cp_buf limit;
    cp_buf_init(&length);
    cp_buf_init(&limit);
    cp_put_length(&length, pair.name, pair.length);
    cp_put_length(&limit, pair.limit_name, pair.limit);
    struct cp_diagnostic *finding = cp_report_without_calendar(
        in, rule, at->leaf.node, cp_buf_str(&length), cp_buf_str(&limit));
    cp_buf_release(&length);
    cp_buf_release(&limit);
    if (at != pair.length) {
        note_length(in->diags, finding, subject, pair.name, pair.length, false);
    }
    note_length(in->diags, finding, subject, pair.limit_name, pair.limit,
                is_own(subject, pair.limit));
}

/* Of RTO and WRT, whose sum cannot be held against the MTPD, the one that differs from it: that
 * alone cannot be compared with it, or is of another kind. */
static struct pair find_different(const struct cp_effective *lengths,
                                  const struct cp_portfolio *portfolio)
{
    struct pair rto = {"RTO", "MTPD", lengths->rto, lengths->mtpd};
    struct pair wrt = {"WRT", "MTPD", lengths->wrt, lengths->mtpd};
    struct cp_duration mtpd = lengths->mtpd->duration;
    if (!cp_length_is_known(wrt.length) ||
        cp_duration_judge(rto.length->duration, mtpd, portfolio) == CP_NO_CALENDAR) {
        return rto;
    }
    bool is_wrt = cp_duration_judge(wrt.length->duration, mtpd, portfolio) == CP_NO_CALENDAR ||
                  cp_duration_is_working(rto.length->duration) == cp_duration_is_working(mtpd);
    return is_wrt ? wrt : rto;
}

/* One finding an objective: its RTO and WRT against its MTPD, else its lengths against the tier's.
 * Whether there is one. */
static bool check_mixed_in(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const struct subject *subject)
{
    const struct cp_effective *lengths = &subject->lengths;
    struct cp_duration sum;
    if (find_culprit(subject) && find_sum(&sum, lengths) &&
        cp_duration_judge(sum, lengths->mtpd->duration, in->portfolio) == CP_NO_CALENDAR) {
        report_mixed(in, rule, subject, find_different(lengths, in->portfolio));
        return true;
    }
    for (size_t i = 0; i < YARDSTICKS; i++) {
        const struct cp_length *own;
        const struct cp_length *tier;
        if (find_pair(&own, &tier, in, subject, i) &&
            cp_duration_judge(own->duration, tier->duration, in->portfolio) == CP_NO_CALENDAR) {
            const char *name = yardsticks[i].name;
            report_mixed(in, rule, subject, (struct pair){name, name, own, tier});
            return true;
        }
    }
    return false;
}

/* What no objective says by itself is held against its recovery. */
static void check_mixed(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    size_t count = in->plan->disaster_recovery.objectives.count;
    bool *is_found = cp_arena_alloc(in->arena, count * sizeof *is_found + 1);
    for (size_t i = 0; i < count; i++) {
        struct subject subject;
        is_found[i] = init_subject(&subject, in, i) && check_mixed_in(in, rule, &subject);
    }
    cp_check_recovery_without_calendar(in, rule, is_found);
}

static const struct cp_rule rule_working_and_elapsed = {
    .code = "CP306",
    .name = "working-and-elapsed",
    .severity = CP_ERROR,
    .summary = "working time is held against elapsed time, and no calendar says how they relate",
    .explanation =
        "Five working days are a week for one office and eleven days over a holiday for another; "
        "without hours they cannot be compared with 4d. State the office hours in contplan.yaml "
        "under `calendar`, or write both lengths in the same kind of time. With a calendar the "
        "worst start in a week counts.",
    .clause = "ISO 22301:2019, 8.2.2",
    .bad = "disaster_recovery:\n"
           "  objectives:\n"
           "    - {mtpd: 5d, rto: 5wd, rpo: 1h}\n",
    .good = "# file: contplan.yaml\n"
            "calendar:\n"
            "  hours: Mon-Fri 09:00-17:00\n"
            "# file: plans/permits.yaml\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 8d, rto: 5wd, rpo: 1h}\n",
};

/* All of CP3, from this file and those beside it. */
static const struct cp_check checks[] = {
    {.rule = &rule_rto_exceeds_mtpd, .check_plan = check_sums, .check_config = check_tier_sums},
    {.rule = &cp_rule_capability_over_rto,
     .other = &cp_rule_thin_margin,
     .check_plan = cp_check_capability},
    {.rule = &cp_rule_thin_margin},
    {.rule = &cp_rule_fast_rto_by_hand, .check_plan = cp_check_by_hand},
    {.rule = &cp_rule_rto_out_of_hours, .check_plan = cp_check_out_of_hours},
    {.rule = &rule_working_and_elapsed, .check_plan = check_mixed},
    {.rule = &cp_rule_one_objective, .check_plan = cp_check_one_objective},
    {.rule = &rule_weaker_than_tier, .check_plan = check_weaker},
    {.rule = &cp_rule_severe_before_mtpd, .check_plan = cp_check_severe},
    {.rule = &cp_rule_impact_falls, .check_plan = cp_check_falls},
    {.rule = &cp_rule_objective_not_approved, .check_plan = cp_check_not_approved},
    {.rule = &cp_rule_changed_since_approval, .check_plan = cp_check_changed},
    {.rule = &cp_rule_objective_weakened, .check_history = cp_check_weakened},
};

const struct cp_topic cp_topic_objectives = CP_TOPIC(checks);
