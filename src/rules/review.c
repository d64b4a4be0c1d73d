/*
 * CP8, reviews and recorded days: whether somebody still reads the plan, and that what is recorded
 * as done has happened.
 */
#include "topics.h"

#include <contplan/analysis.h>

/* ---- reviews --------------------------------------------------------------------------------- */

static void check_review_due(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    struct cp_dues dues = cp_dues_of(in, CP_DUE_REVIEW);
    struct cp_due due;
    while (cp_dues_next(&due, &dues)) {
        if (due.is_overdue) {
            cp_overdue_report(in, rule, CP_TERM_REVIEW, &due, "the last review was on",
                              "read the plan with whoever works by it, correct it, and record the "
                              "day and what was looked at: 'last' and 'note'");
        }
    }
}

static const struct cp_rule rule_review_overdue = {
    .code = "CP808",
    .name = "review-overdue",
    .severity = CP_ERROR,
    .summary = "the plan was not reviewed in time",
    .explanation =
        "A plan grows wrong by itself: people leave, systems move, numbers change. The interval is "
        "`review.every`, else the tier's `review_every`, else the option of that name, which is 12 "
        "months, in calendar months from `review.last`; the day itself is still in time. Moving "
        "the date without reading the plan "
        "helps nobody: say in `note` what was looked at.",
    .clause = "ISO 22301:2019, 8.6; UK FCA SYSC 15A.2",
    .bad = "review: {last: 2026-05-22, every: 6mo, by: Ada Moss}\n",
    .good = "review: {last: 2026-05-23, every: 6mo, by: Ada Moss}\n",
};

/* ---- days that have not come yet ------------------------------------------------------------- */

static void check_future(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    const struct cp_fact_dated *dates = cp_facts_dates(in->subject);
    for (uint32_t i = 0; i < cp_facts_count(in->subject, CP_POOL_DATES); i++) {
        if (dates[i].kind == CP_DATED_FINDING || dates[i].date.days <= in->today.days) {
            continue;
        }
        struct cp_str field = cp_fact_str(in->subject, dates[i].field);
        struct cp_buf text;
        cp_buf_init(&text);
        cp_date_put(&text, dates[i].date);
        cp_buf_puts(&text, ", which is after today, ");
        cp_date_put(&text, in->today);
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, rule, cp_dated_place(in, &dates[i]), field, "'%.*s' is %.*s",
                         CP_ARG(field), CP_ARG(cp_buf_str(&text)));
        cp_buf_release(&text);
        cp_diagnostic_help(in->diags, finding,
                           "write the day on which it was done; what is only planned is recorded "
                           "once it has taken place");
    }
}

static const struct cp_rule rule_date_in_future = {
    .code = "CP810",
    .name = "date-in-future",
    .severity = CP_ERROR,
    .summary = "something recorded as done on a day that has not come yet",
    .explanation =
        "`last`, `date`, `on` and `done` say when something was done. A day in the future is a "
        "slip of the pen or a plan written down as a fact, and it would keep an exercise or a "
        "review from ever falling due; so no rule takes such a day for done: exercises and restore "
        "tests on it have not taken place, and a finding with it as `done` is open.",
    .clause = "ISO 22301:2019, 7.5",
    .bad = "review: {last: 2026-11-24, by: Ada Moss}\n",
    .good = "review: {last: 2026-11-23, by: Ada Moss}\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_review_overdue, .check_portfolio = check_review_due},
    {.rule = &cp_rule_review_date_alone, .check_history = cp_check_review_date},
    {.rule = &rule_date_in_future, .check_portfolio = check_future},
};

const struct cp_topic cp_topic_review = CP_TOPIC(checks);
