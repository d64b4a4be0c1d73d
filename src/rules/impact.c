/*
 * CP3, the impact over time: harm does not shrink while the service is away, and it is not severe
 * before the MTPD says so.
 */
#include "objectives.h"

#include <contplan/analysis.h>

#include <stdlib.h>

/* An entry that says when and how bad, with `at` in elapsed seconds at its longest. */
struct entry {
    const struct cp_impact *impact;
    int64_t at;
};

static bool init_entry(struct entry *out, const struct cp_impact *impact,
                       const struct cp_portfolio *portfolio)
{
    out->impact = impact;
    return impact->leaf.state == CP_SET && impact->level.leaf.state == CP_SET &&
           cp_length_is_known(&impact->at) &&
           cp_duration_longest(&out->at, impact->at.duration, portfolio);
}

/* ---- severe before the MTPD ------------------------------------------------------------------ */

static const struct cp_impact *find_first_severe(const struct cp_plan_input *in)
{
    struct entry first = {0};
    for (size_t i = 0; i < in->plan->impact.count; i++) {
        struct entry entry;
        if (init_entry(&entry, &in->plan->impact.items[i], in->portfolio) &&
            entry.impact->level.value == CP_SEVERE && (!first.impact || entry.at < first.at)) {
            first = entry;
        }
    }
    return first.impact;
}

static void report_severe(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_impact *impact, const struct cp_length *mtpd, bool is_own)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_put_length(&text, "MTPD", mtpd);
    cp_put_length(&text, " is after the impact becomes severe, at", &impact->at);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, is_own ? mtpd->leaf.node : impact->at.leaf.node, "%.*s",
                       CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "the MTPD is when the harm becomes unacceptable: shorten it, or say at what "
                       "level the impact truly is by then");
    if (is_own) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(impact->level.leaf.node),
                           "severe from here");
    } else {
        cp_diagnostic_note(in->diags, finding, cp_node_place(mtpd->leaf.node),
                           "the MTPD of tier %u stands here", cp_plan_tier(in->plan));
    }
}

void cp_check_severe(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_impact *severe = find_first_severe(in);
    const struct cp_tier *tier = cp_portfolio_find_tier(in->portfolio, in->plan);
    bool is_tier_judged = false;
    for (size_t i = 0; severe && i < in->plan->disaster_recovery.objectives.count; i++) {
        const struct cp_objective *objective = &in->plan->disaster_recovery.objectives.items[i];
        struct cp_effective lengths;
        cp_effective_init(&lengths, objective, tier);
        bool is_own = lengths.mtpd == &objective->mtpd;
        if (objective->leaf.state != CP_SET || !cp_length_is_known(lengths.mtpd) ||
            (!is_own && is_tier_judged) ||
            cp_duration_judge(lengths.mtpd->duration, severe->at.duration, in->portfolio) !=
                CP_OVER) {
            continue;
        }
        is_tier_judged = is_tier_judged || !is_own;
        report_severe(in, rule, severe, lengths.mtpd, is_own);
    }
}

const struct cp_rule cp_rule_severe_before_mtpd = {
    .code = "CP309",
    .name = "severe-before-mtpd",
    .severity = CP_WARNING,
    .summary = "the impact is severe before the MTPD is over",
    .explanation =
        "The MTPD is the time after which the harm can no longer be borne; an impact that is "
        "severe earlier says that it could not be borne for so long. One of the two is wrong, and "
        "the RTO was derived from it.",
    .clause = "ISO 22301:2019, 8.2.2",
    .bad = "impact:\n"
           "  - {at: 2h, level: severe}\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {mtpd: 8h, rto: 1h, rpo: 1h}\n",
    .good = "impact:\n"
            "  - {at: 2h, level: moderate}\n"
            "  - {at: 8h, level: severe}\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 8h, rto: 1h, rpo: 1h}\n",
};

/* ---- falling over time ----------------------------------------------------------------------- */

/* The bit behind those of the kinds: harm of all kinds, taken together. */
enum { KINDS = 6, ALL_TOGETHER = 1 << KINDS };

static int compare_entries(const void *a, const void *b)
{
    const struct entry *first = a;
    const struct entry *second = b;
    if (first->at != second->at) {
        return first->at < second->at ? -1 : 1;
    }
    if (first->impact->level.value != second->impact->level.value) {
        return first->impact->level.value < second->impact->level.value ? -1 : 1;
    }
    return (first->impact > second->impact) - (first->impact < second->impact);
}

/* The kinds of harm an entry speaks of; all together where it does not say; none where that is not
 * known. */
static unsigned kinds_of(const struct cp_impact *impact)
{
    unsigned kinds = 0;
    for (size_t i = 0; i < impact->kinds.count; i++) {
        if (impact->kinds.items[i].leaf.state == CP_SET) {
            kinds |= 1U << impact->kinds.items[i].value;
        }
    }
    return impact->kinds.leaf.state == CP_ABSENT ? ALL_TOGETHER : kinds;
}

static void report_fall(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct cp_impact *from, const struct cp_impact *to)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_put_length(&text, "the impact at", &to->at);
    cp_buf_printf(&text, " is %.*s", CP_ARG(to->level.leaf.node->text));
    cp_put_length(&text, ", less than at", &from->at);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, to->level.leaf.node, "%.*s: %.*s",
                       CP_ARG(cp_buf_str(&text)), CP_ARG(from->level.leaf.node->text));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "harm adds up while the service is away: raise this level or lower the "
                       "earlier one, or name the 'kinds' each speaks of where they differ");
    cp_diagnostic_note(in->diags, finding, cp_node_place(from->level.leaf.node),
                       "the earlier level stands here");
}

/* The first of the entries before that said more of the harm than this one does. All kinds together
 * are no less than one of them; one of them may be less than all were. */
static const struct cp_impact *find_higher(const struct cp_impact *const last[KINDS + 1],
                                           const struct cp_impact *impact, unsigned kinds)
{
    for (size_t kind = 0; kind <= KINDS; kind++) {
        bool is_spoken_of = (kinds >> kind & 1U) != 0 || kinds == ALL_TOGETHER;
        if (is_spoken_of && last[kind] && last[kind]->level.value > impact->level.value) {
            return last[kind];
        }
    }
    return NULL;
}

/* Holds each entry against those before it that speak of the same kind of harm. */
static void check_entries(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct entry *entries, size_t count)
{
    const struct cp_impact *last[KINDS + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        const struct cp_impact *impact = entries[i].impact;
        unsigned kinds = kinds_of(impact);
        const struct cp_impact *higher = find_higher(last, impact, kinds);
        for (size_t kind = 0; kind <= KINDS; kind++) {
            last[kind] = (kinds >> kind & 1U) != 0 ? impact : last[kind];
        }
        if (higher) {
            report_fall(in, rule, higher, impact);
        }
    }
}

void cp_check_falls(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    CP_LIST(struct entry) entries = {0};
    for (size_t i = 0; i < in->plan->impact.count; i++) {
        struct entry entry;
        if (init_entry(&entry, &in->plan->impact.items[i], in->portfolio)) {
            *(struct entry *)cp_list_push(&entries, sizeof entry) = entry;
        }
    }
    if (entries.count > 1) {
        qsort(entries.items, entries.count, sizeof(*entries.items), compare_entries);
        check_entries(in, rule, entries.items, entries.count);
    }
    cp_list_release(&entries);
}

const struct cp_rule cp_rule_impact_falls = {
    .code = "CP310",
    .name = "impact-falls",
    .severity = CP_WARNING,
    .summary = "the impact is less at a later time than at an earlier one",
    .explanation =
        "Levels say how bad the harm is by then, all told; it does not shrink while the service "
        "stays away. A curve that falls was copied wrongly, or mixes kinds of harm: then say with "
        "`kinds` which entry speaks of what.",
    .clause = "ISO 22301:2019, 8.2.2",
    .bad = "impact:\n"
           "  - {at: 1h, level: major}\n"
           "  - {at: 1d, level: minor}\n",
    .good = "impact:\n"
            "  - {at: 1h, level: minor}\n"
            "  - {at: 1d, level: major}\n",
};
