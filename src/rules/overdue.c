/*
 * What the rules about days share: where a day stands, and the finding that something is overdue.
 */
#include "topics.h"

#include <contplan/analysis.h>

struct cp_place cp_dated_place(const struct cp_portfolio_input *in,
                               const struct cp_fact_dated *dated)
{
    return (struct cp_place){dated->is_inherited ? in->portfolio->file : in->file, dated->span};
}

/* Says where the interval comes from. */
static void note_term(const struct cp_portfolio_input *in, struct cp_diagnostic *finding,
                      const struct cp_fact_term *term)
{
    struct cp_place place = {term->is_in_config ? in->portfolio->file : in->file, term->span};
    if (term->source == CP_TERM_OF_TIER) {
        cp_diagnostic_note(in->diags, finding, place, "tier %u asks for it this often",
                           (unsigned)in->subject->tier);
    } else if (term->source == CP_TERM_OF_PLAN) {
        cp_diagnostic_note(in->diags, finding, place, "how often is stated here");
    }
}

/* Where neither plan nor tier says how often. */
static void note_limit(const struct cp_portfolio_input *in, struct cp_diagnostic *finding,
                       const struct cp_length *limit)
{
    if (limit->leaf.node) {
        cp_diagnostic_note(in->diags, finding, cp_node_place(limit->leaf.node),
                           "how often is stated here, for plans that do not say");
    }
}

struct cp_dues cp_dues_of(const struct cp_portfolio_input *in, enum cp_due_kind kind)
{
    return (struct cp_dues){.facts = in->subject,
                            .portfolio = in->portfolio,
                            .every = in->limits->every,
                            .today = in->today,
                            .kinds = 1U << kind};
}

void cp_overdue_report(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                       enum cp_term_kind kind, const struct cp_due *due, const char *what,
                       const char *help)
{
    const struct cp_fact_term *term = &in->subject->terms[kind];
    const struct cp_fact_dated *last = due->dated;
    struct cp_buf text;
    cp_buf_init(&text);
    cp_date_put(&text, last->date);
    cp_buf_puts(&text, "; at one every ");
    cp_duration_put(&text, due->every);
    cp_buf_puts(&text, " the next was due by ");
    cp_date_put(&text, due->date);
    struct cp_diagnostic *finding = cp_diags_add(in->diags, rule, cp_dated_place(in, last),
                                                 cp_fact_str(in->subject, last->field), "%s %.*s",
                                                 what, CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding, "%s", help);
    if (term->source == CP_TERM_BY_DEFAULT) {
        note_limit(in, finding, in->limits->every[kind]);
    } else {
        note_term(in, finding, term);
    }
}
