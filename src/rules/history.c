/*
 * Rules that hold a plan against what it was: an objective that was weakened, a day of review that
 * was moved alone, a plan that is no longer the one that was exercised. Which version is judged is
 * the engine's business; what differs is told by the comparison, so that comments and layout do not
 * count.
 */
#include "topics.h"

#include <contplan/analysis.h>

enum { MAX_NAMED = 3 };

static void compare(struct cp_comparison *out, const struct cp_earlier *was,
                    const struct cp_earlier *is)
{
    struct cp_compared_plan sides[] = {{"", CP_STR("plan"), was->plan, was->portfolio},
                                       {"", CP_STR("plan"), is->plan, is->portfolio}};
    cp_comparison_init(out, CP_RESTRICTED);
    cp_comparison_add_portfolio(out, "", was->portfolio, is->portfolio, false);
    cp_comparison_add_plan(out, &sides[0], &sides[1]);
    cp_comparison_settle(out);
}

static struct cp_earlier at_hand(const struct cp_history_input *in)
{
    return (struct cp_earlier){in->plan, in->portfolio};
}

/* The part of the plan that a change is about, also where it stands in the portfolio file. */
static struct cp_str place_in_plan(const struct cp_change *change)
{
    struct cp_str defaults = CP_STR("defaults.");
    bool is_below = change->is_inherited && cp_str_has_prefix(change->field, defaults.at);
    return is_below ? cp_str_slice(change->field, defaults.len, SIZE_MAX) : change->field;
}

/* An objective of the plan, of `defaults`, or of a tier. */
static bool is_objective(const struct cp_change *change)
{
    return cp_str_has_prefix(place_in_plan(change), "disaster_recovery.objectives") ||
           (change->is_inherited && cp_str_has_prefix(change->field, "tiers.") &&
            cp_str_find(change->field, CP_STR(".objectives")) != SIZE_MAX);
}

/* ---- weakened -------------------------------------------------------------------------------- */

static const char *quote_or_nothing(const struct cp_history_input *in, struct cp_str text)
{
    return text.len > 0 ? cp_diags_quote(in->diags, text) : "not stated";
}

/* Where the value stands; of one that is no longer stated, where its like do. */
static struct cp_place place_of(const struct cp_history_input *in, const struct cp_change *change)
{
    struct cp_node *root =
        change->is_inherited ? in->portfolio->config.leaf.node : in->plan->leaf.node;
    bool is_whole = false;
    struct cp_node *node = cp_node_reach(root, change->field, &is_whole);
    if (is_whole && change->is.len > 0) {
        return cp_node_place(node);
    }
    node = change->is_inherited ? node
                                : cp_node_reach(root, CP_STR("disaster_recovery.objectives"), NULL);
    return node ? cp_node_key_place(node) : (struct cp_place){0};
}

static void report_weakened(const struct cp_history_input *in, const struct cp_rule *rule,
                            const struct cp_change *change)
{
    struct cp_place place = place_of(in, change);
    if (!place.file) {
        return;
    }
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, rule, place, change->field, "%.*s is weakened: it was %s and is %s",
        CP_ARG(change->label), quote_or_nothing(in, change->was), quote_or_nothing(in, change->is));
    cp_diagnostic_help(in->diags, finding,
                       "say in 'rationale' why it is promised no longer, and have the objectives "
                       "approved as they are now (contplan approve); or take the change back");
}

void cp_check_weakened(const struct cp_history_input *in, const struct cp_rule *rule)
{
    struct cp_comparison comparison;
    struct cp_earlier now = at_hand(in);
    if (!in->history->since.plan) {
        return;
    }
    compare(&comparison, &in->history->since, &now);
    for (size_t i = 0; i < comparison.files.count; i++) {
        const struct cp_compared *file = comparison.files.items[i];
        for (size_t j = 0; j < file->changes.count; j++) {
            const struct cp_change *change = &file->changes.items[j];
            if (change->kind == CP_CHANGE_WEAKENED && is_objective(change)) {
                report_weakened(in, rule, change);
            }
        }
    }
    cp_comparison_release(&comparison);
}

const struct cp_rule cp_rule_objective_weakened = {
    .code = "CP313",
    .name = "objective-weakened",
    .severity = CP_WARNING,
    .summary = "an objective promises less than it did",
    .explanation =
        "With `--since`, objectives are held against those of the commit where this work began. "
        "A longer RTO or RPO is sometimes right, and it is never a detail: somebody counts on the "
        "old one. It is pointed out once, in the change that makes it, so that it is decided and "
        "does not just happen. What the tier or `defaults` state counts as well.",
    .clause = "ISO 22301:2019, 6.3; DORA 11(1)",
    .bad = "# file: plans/permits.yaml 2026-09-01\n"
           "disaster_recovery:\n"
           "  objectives: [{mtpd: 1d, rto: 4h, rpo: 1h}]\n"
           "# file: plans/permits.yaml\n"
           "disaster_recovery:\n"
           "  objectives: [{mtpd: 1d, rto: 8h, rpo: 1h}]\n",
    .good = "# file: plans/permits.yaml 2026-09-01\n"
            "disaster_recovery:\n"
            "  objectives: [{mtpd: 1d, rto: 4h, rpo: 1h}]\n"
            "# file: plans/permits.yaml\n"
            "disaster_recovery:\n"
            "  objectives: [{mtpd: 1d, rto: 2h, rpo: 1h}]\n",
};

/* ---- changed since the last exercise --------------------------------------------------------- */

/* What an exercise tries. */
static bool is_exercised(const struct cp_change *change)
{
    static const char *const parts[] = {"it_continuity.redundancy",  "backup_restore.stores",
                                        "backup_restore.backups",    "dependencies.internal",
                                        "dependencies.external",     "incident_response.roles",
                                        "disaster_recovery.runbooks"};
    struct cp_str field = place_in_plan(change);
    if (is_objective(change)) {
        return !change->is_prose;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (cp_str_has_prefix(field, parts[i])) {
            return !change->is_prose || cp_str_find(field, CP_STR(".steps[")) != SIZE_MAX;
        }
    }
    return false;
}

struct naming {
    struct cp_buf text;
    size_t count;
};

static void name_change(struct naming *naming, const struct cp_change *change)
{
    if (naming->count++ < MAX_NAMED) {
        cp_buf_printf(&naming->text, "%s%.*s (%s)", naming->count > 1 ? ", " : "",
                      CP_ARG(change->label), cp_change_name(change->kind));
    }
}

/* What stands in the file of a runbook is as much of it as its steps. */
static void name_rewritten(struct naming *naming, const struct cp_runbook *runbook)
{
    if (naming->count++ < MAX_NAMED) {
        cp_buf_printf(&naming->text, "%srunbook '%.*s': its file (changed)",
                      naming->count > 1 ? ", " : "", CP_ARG(runbook->id.text));
    }
}

/* The latest that is not in the future. */
static const struct cp_exercise *last_exercise(const struct cp_history_input *in)
{
    const struct cp_exercise *last = NULL;
    for (size_t i = 0; i < in->plan->supporting.exercises.count; i++) {
        const struct cp_exercise *exercise = &in->plan->supporting.exercises.items[i];
        bool is_past = cp_leaf_is_set(&exercise->leaf) && cp_leaf_is_set(&exercise->date.leaf) &&
                       exercise->date.date.days <= in->today.days;
        last =
            is_past && (!last || exercise->date.date.days > last->date.date.days) ? exercise : last;
    }
    return last;
}

static void report_changed(const struct cp_history_input *in, const struct cp_rule *rule,
                           const struct naming *naming)
{
    const struct cp_exercise *last = last_exercise(in);
    struct cp_buf day;
    cp_buf_init(&day);
    cp_date_put(&day, last->date.date);
    if (naming->count > MAX_NAMED) {
        cp_buf_printf(&day, ": %.*s and %zu more", CP_ARG(cp_buf_str(&naming->text)),
                      naming->count - MAX_NAMED);
    } else {
        cp_buf_printf(&day, ": %.*s", CP_ARG(cp_buf_str(&naming->text)));
    }
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, last->date.leaf.node,
        "the plan has changed since it was exercised on %.*s", CP_ARG(cp_buf_str(&day)));
    cp_buf_release(&day);
    cp_diagnostic_help(in->diags, finding,
                       "exercise what has changed, be it around a table, and record it under "
                       "'supporting.exercises'");
}

void cp_check_changed_since_exercise(const struct cp_history_input *in, const struct cp_rule *rule)
{
    struct cp_comparison comparison;
    struct cp_earlier now = at_hand(in);
    struct naming naming = {0};
    if (!in->history->exercised.plan) {
        return;
    }
    cp_buf_init(&naming.text);
    compare(&comparison, &in->history->exercised, &now);
    for (size_t i = 0; i < comparison.files.count; i++) {
        const struct cp_compared *file = comparison.files.items[i];
        for (size_t j = 0; j < file->changes.count; j++) {
            if (is_exercised(&file->changes.items[j])) {
                name_change(&naming, &file->changes.items[j]);
            }
        }
    }
    for (size_t i = 0; i < in->history->rewritten_count; i++) {
        name_rewritten(&naming, in->history->rewritten[i]);
    }
    if (naming.count > 0) {
        report_changed(in, rule, &naming);
    }
    cp_comparison_release(&comparison);
    cp_buf_release(&naming.text);
}

const struct cp_rule cp_rule_changed_since_exercise = {
    .code = "CP805",
    .name = "changed-since-exercise",
    .severity = CP_WARNING,
    .summary = "what was exercised is no longer what the plan says",
    .explanation =
        "An exercise shows that the plan of that day works. With `--history`, the plan and the "
        "portfolio file as they stood in git at the end of that day are held against those of "
        "today: objectives (with what the tier fills in), redundancy, stores, backups, "
        "dependencies, roles, steps, and the files of runbooks. Where one of them has changed, "
        "what was shown then is no longer shown. Prose outside of steps does not count.",
    .clause = "ISO 22301:2019, 8.5; DORA 11(6)(a)",
    .bad = "# file: plans/permits.yaml 2026-05-01\n"
           "disaster_recovery:\n"
           "  objectives: [{mtpd: 1d, rto: 4h, rpo: 1h}]\n"
           "# file: plans/permits.yaml\n"
           "disaster_recovery:\n"
           "  objectives: [{mtpd: 1d, rto: 2h, rpo: 1h}]\n"
           "supporting:\n"
           "  exercises: [{id: spring, date: 2026-05-22, type: functional}]\n",
    .good = "# file: plans/permits.yaml 2026-05-01\n"
            "disaster_recovery:\n"
            "  objectives: [{mtpd: 1d, rto: 4h, rpo: 1h}]\n"
            "# file: plans/permits.yaml\n"
            "disaster_recovery:\n"
            "  objectives: [{mtpd: 1d, rto: 4h, rpo: 1h}]\n"
            "supporting:\n"
            "  exercises: [{id: spring, date: 2026-05-22, type: functional}]\n",
};

/* ---- the day of review moved alone ----------------------------------------------------------- */

static bool is_all_of_review(const struct cp_comparison *comparison)
{
    bool has_day = false;
    for (size_t i = 0; i < comparison->files.count; i++) {
        const struct cp_compared *file = comparison->files.items[i];
        for (size_t j = 0; j < file->changes.count; j++) {
            struct cp_str field = file->changes.items[j].field;
            has_day = has_day || cp_str_is(field, "review.last");
            if (!cp_str_is(field, "review.last") && !cp_str_is(field, "review.by")) {
                return false;
            }
        }
    }
    return has_day;
}

void cp_check_review_date(const struct cp_history_input *in, const struct cp_rule *rule)
{
    struct cp_comparison comparison;
    const struct cp_history *history = in->history;
    if (!history->read.plan || !history->reviewed.plan ||
        !cp_leaf_is_set(&history->read.plan->review.last.leaf)) {
        return;
    }
    compare(&comparison, &history->read, &history->reviewed);
    if (is_all_of_review(&comparison)) {
        struct cp_diagnostic *finding =
            cp_node_report(in->diags, rule, in->plan->review.last.leaf.node,
                           "the day of review was moved here, and nothing else was changed");
        cp_diagnostic_help(in->diags, finding,
                           "say in 'note' what was looked at and found to be right: 'note: Read "
                           "with the crew; the numbers still hold'");
    }
    cp_comparison_release(&comparison);
}

const struct cp_rule cp_rule_review_date_alone = {
    .code = "CP809",
    .name = "review-date-alone",
    .severity = CP_WARNING,
    .summary = "the day of review was moved, nothing else, and no note says what was looked at",
    .explanation =
        "With `--history`, the change that brought today's `review.last` is held against the "
        "version before it. Where it moved the day and nothing else, nobody can tell a review "
        "from a date that was in the way. A plan that was read and is still right exists: then "
        "`review.note` says what was looked at.",
    .clause = "ISO 22301:2019, 8.6",
    .bad = "# file: plans/permits.yaml 2026-05-01\n"
           "review: {last: 2025-11-01, by: Ada Moss}\n"
           "# file: plans/permits.yaml\n"
           "review: {last: 2026-11-01, by: Ada Moss}\n",
    .good = "# file: plans/permits.yaml 2026-05-01\n"
            "review: {last: 2025-11-01, by: Ada Moss}\n"
            "# file: plans/permits.yaml\n"
            "review: {last: 2026-11-01, by: Ada Moss, note: The numbers still hold.}\n",
};
