/*
 * CP3, approval: whether somebody has agreed to the objectives, and to these. What is compared is
 * analysis's; the file is changed by `contplan approve` alone.
 */
#include "objectives.h"

#include <contplan/analysis.h>

/* Whether approvals are asked for: a live service that states objectives. */
static bool is_asked(const struct cp_plan *plan)
{
    return cp_plan_phase(plan) == CP_LIVE && plan->disaster_recovery.objectives.count > 0;
}

/* A day in the future is a mistake of its own, and nothing was approved on it. */
static bool is_to_come(const struct cp_plan_input *in, const struct cp_approval *approval)
{
    return cp_leaf_is_set(&approval->leaf) && cp_leaf_is_set(&approval->on.leaf) &&
           approval->on.date.days > in->today.days;
}

/* The latest approval, of those that say what they approve where `with_content`; the later entry of
 * two on one day. NULL where there is none. */
static const struct cp_approval *find_latest(const struct cp_plan_input *in, bool with_content)
{
    const struct cp_plan *plan = in->plan;
    const struct cp_approval *latest = NULL;
    for (size_t i = 0; i < plan->review.approvals.count; i++) {
        const struct cp_approval *approval = &plan->review.approvals.items[i];
        if (approval->leaf.state != CP_SET || is_to_come(in, approval) ||
            (with_content && approval->content.leaf.state != CP_SET)) {
            continue;
        }
        bool is_dated = approval->on.leaf.state == CP_SET;
        bool is_later = !latest || latest->on.leaf.state != CP_SET ||
                        (is_dated && approval->on.date.days >= latest->on.date.days);
        latest = is_later ? approval : latest;
    }
    return latest;
}

/* Puts " by 'Ruth Calloway' on 2026-09-29", as far as it is stated. */
static void put_who(struct cp_buf *out, const struct cp_approval *approval,
                    const struct cp_plan_input *in)
{
    if (approval->by.leaf.state == CP_SET) {
        cp_buf_printf(
            out, " by %s",
            cp_diags_quote(in->diags, cp_portfolio_name_of(in->portfolio, approval->by.text)));
    }
    if (approval->on.leaf.state == CP_SET) {
        cp_buf_puts(out, " on ");
        cp_date_put(out, approval->on.date);
    }
}

/* The id for the command that is offered. */
static struct cp_str id_of(const struct cp_plan *plan)
{
    return plan->id.leaf.state == CP_SET ? plan->id.text : CP_STR("PLAN");
}

/* ---- not approved ---------------------------------------------------------------------------- */

static void report_none(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_leaf *review = &in->plan->review.section.leaf;
    bool is_here = review->state == CP_SET && !review->is_inherited;
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, cp_missing_place(in->plan, is_here ? review : NULL),
                     CP_STR("review.approvals"), "nobody has approved the objectives");
    cp_diagnostic_help(in->diags, finding,
                       "show them to whoever answers for the service, then record it: 'contplan "
                       "approve %.*s --by NAME'",
                       CP_ARG(id_of(in->plan)));
}

static void report_empty(const struct cp_plan_input *in, const struct cp_rule *rule,
                         const struct cp_approval *approval)
{
    struct cp_buf who;
    cp_buf_init(&who);
    put_who(&who, approval, in);
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, approval->leaf.node,
        "the approval%.*s does not say which objectives it is of", CP_ARG(cp_buf_str(&who)));
    cp_buf_release(&who);
    cp_diagnostic_help(in->diags, finding,
                       "'contplan approve %.*s --by NAME' records an approval with its 'content'",
                       CP_ARG(id_of(in->plan)));
}

/* Whether an approval leaves its content out; one that cannot be read is spoken of elsewhere. */
static bool are_empty(const struct cp_plan_input *in)
{
    const struct cp_review *review = &in->plan->review;
    for (size_t i = 0; i < review->approvals.count; i++) {
        const struct cp_approval *approval = &review->approvals.items[i];
        if (!is_to_come(in, approval) &&
            (approval->leaf.state != CP_SET || approval->content.leaf.state != CP_ABSENT)) {
            return false;
        }
    }
    return true;
}

static bool are_to_come(const struct cp_plan_input *in)
{
    const struct cp_review *review = &in->plan->review;
    size_t count = 0;
    while (count < review->approvals.count && is_to_come(in, &review->approvals.items[count])) {
        count++;
    }
    return count > 0 && count == review->approvals.count;
}

void cp_check_not_approved(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_review *review = &in->plan->review;
    bool is_readable =
        review->section.leaf.state == CP_SET || review->section.leaf.state == CP_ABSENT;
    if (!is_asked(in->plan) || !is_readable) {
        return;
    }
    if (review->approvals.leaf.state == CP_ABSENT || are_to_come(in)) {
        report_none(in, rule);
    } else if (review->approvals.leaf.state == CP_SET && review->approvals.count > 0 &&
               are_empty(in)) {
        report_empty(in, rule, find_latest(in, false));
    }
}

const struct cp_rule cp_rule_objective_not_approved = {
    .code = "CP311",
    .name = "objective-not-approved",
    .severity = CP_INFO,
    .summary = "nobody has approved the objectives",
    .explanation =
        "Objectives decide what is spent and what is lost; whoever answers for the service should "
        "have agreed to them. `contplan approve` records who, when, and a fingerprint of what was "
        "approved (tier, accountable and objectives), so that a later change shows. Asked of live "
        "services; before that, objectives may still be a draft.",
    .clause = "GOV.UK Service Standard 14; ISO 22301:2019, 5.3",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {mtpd: 1d, rto: 4h, rpo: 1h}\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 1d, rto: 4h, rpo: 1h}\n"
            "review:\n"
            "  approvals:\n"
            "    - by: Ruth Calloway\n"
            "      on: 2026-09-29\n"
            "      content: 35cb9925b1b7babce61f1452fe6f9f2a390b5e49fececaa5bf3bdfcc7d1e2439\n",
};

/* ---- changed since --------------------------------------------------------------------------- */

/* Whether two approvals are of one day, or of none. */
static bool is_as_late(const struct cp_approval *approval, const struct cp_approval *latest)
{
    bool has_day = approval->on.leaf.state == CP_SET;
    return has_day == (latest->on.leaf.state == CP_SET) &&
           (!has_day || approval->on.date.days == latest->on.date.days);
}

/* Whether one of the day of the latest approval is of this content: earlier ones were replaced. */
static bool is_approved(const struct cp_plan *plan, const struct cp_approval *latest,
                        struct cp_str content)
{
    for (size_t i = 0; i < plan->review.approvals.count; i++) {
        const struct cp_approval *approval = &plan->review.approvals.items[i];
        if (approval->leaf.state == CP_SET && approval->content.leaf.state == CP_SET &&
            is_as_late(approval, latest) &&
            cp_str_is_equal_folded(approval->content.text, content)) {
            return true;
        }
    }
    return false;
}

void cp_check_changed(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_approval *latest = find_latest(in, true);
    char content[CP_SHA256_TEXT];
    if (!latest || in->plan->disaster_recovery.objectives.count == 0 ||
        cp_approval_is_in_doubt(in->plan)) {
        return;
    }
    cp_approval_content(content, in->plan, in->portfolio);
    if (is_approved(in->plan, latest, cp_str_of(content))) {
        return;
    }
    struct cp_buf who;
    cp_buf_init(&who);
    put_who(&who, latest, in);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, latest->content.leaf.node,
                       "tier, accountable or objectives have changed since the approval%.*s",
                       CP_ARG(cp_buf_str(&who)));
    cp_buf_release(&who);
    cp_diagnostic_help(in->diags, finding,
                       "if the change is meant, have it approved: 'contplan approve %.*s --by "
                       "NAME'; else take it back",
                       CP_ARG(id_of(in->plan)));
}

const struct cp_rule cp_rule_changed_since_approval = {
    .code = "CP312",
    .name = "changed-since-approval",
    .severity = CP_WARNING,
    .summary = "the objectives are no longer those that were approved",
    .explanation =
        "The fingerprint in `content` is that of the tier, the accountable holder and the "
        "objectives (with what the tier fills in) on the day of the approval. It no longer fits: "
        "somebody has changed one of them since, here or in contplan.yaml. Have them approved "
        "again, or take the change back. How a length is spelled makes no difference.",
    .clause = "ISO 22301:2019, 7.5",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  objectives:\n"
           "    - {mtpd: 1d, rto: 8h, rpo: 1h}\n"
           "review:\n"
           "  approvals:\n"
           "    - by: Ruth Calloway\n"
           "      on: 2026-09-29\n"
           "      content: 35cb9925b1b7babce61f1452fe6f9f2a390b5e49fececaa5bf3bdfcc7d1e2439\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  objectives:\n"
            "    - {mtpd: 1d, rto: 4h, rpo: 1h}\n"
            "review:\n"
            "  approvals:\n"
            "    - by: Ruth Calloway\n"
            "      on: 2026-09-29\n"
            "      content: 35cb9925b1b7babce61f1452fe6f9f2a390b5e49fececaa5bf3bdfcc7d1e2439\n",
};
