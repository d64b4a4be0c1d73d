/*
 * Private to the model layer: the version a file states, and resolving the
 * names that a plan or the portfolio file uses.
 */
#ifndef MODEL_RESOLVE_H
#define MODEL_RESOLVE_H

#include <contplan/model.h>

/* False, with a finding, where `root` states a version of its format other than `version`: the one
 * finding of its file, since its keys may mean something else there. */
bool cp_version_is_known(const struct cp_node *root, const char *version, struct cp_diags *diags);
/* Whether plain text may be meant: it has a blank or a capital letter, or nothing of the kinds
 * asked for is declared. */
bool cp_reference_is_text(const struct cp_portfolio *portfolio, const struct cp_field *field,
                          struct cp_str id);
/* Whether `id` names something of the kinds in `refers` that the plan (may be NULL) or the
 * portfolio declares. */
bool cp_reference_is_resolved(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                              unsigned refers, struct cp_str id);
/* Reports every reference of a plan that leads nowhere; those that may name a plan are left to the
 * facts. */
void cp_plan_resolve(struct cp_plan *plan, const struct cp_portfolio *portfolio,
                     struct cp_arena *arena, struct cp_diags *diags);
/* The same for the portfolio file. */
void cp_portfolio_resolve(struct cp_portfolio *portfolio, struct cp_diags *diags);
/* Reports what the steps of the plan's runbooks wait for and should not: what is no step of the
 * same runbook, and once for each runbook, steps that wait for one another in a circle. */
void cp_steps_resolve(struct cp_plan *plan, struct cp_arena *arena, struct cp_diags *diags);
/* Puts "plan, person or team" for the kinds of `refers`. */
void cp_refers_put(struct cp_buf *out, unsigned refers);

/* Calls `each` for every declared thing of the kinds asked for, with what it is called by people
 * where it has such a name (else NULL, or not set), until it returns true. */
struct search {
    unsigned refers;
    bool (*each)(void *context, const struct cp_text *id, const struct cp_text *label);
    void *context;
};

bool search_plan(const struct search *search, const struct cp_plan *plan);
bool search_portfolio(const struct search *search, const struct cp_config *config);

/* How many names are looked at for one file to tell what was meant, or that something else was:
 * beyond it nothing is guessed any more. `left`, below, is what remains of it. For each file by
 * itself, so that what is said of it depends on nothing else. */
enum { COMPARISONS_PER_FILE = 1 << 17 };

/* Whether the text has neither blanks nor capitals. */
bool is_wordlike(struct cp_str id);
/* The name without capitals, cut at `size`, in `out`. */
struct cp_str fold_name(char *out, size_t size, struct cp_str name);
/* Whether plain text is most likely a slip for something that is declared: the same but for
 * capitals; of places and suppliers, a region without its supplier, or a word off by one sign.
 * `plan` may be NULL. */
bool is_slip(const struct cp_plan *plan, const struct cp_portfolio *portfolio, unsigned refers,
             struct cp_str text, size_t *left);
/* Helps with a name that leads nowhere: what was probably meant, else what there is. */
void help_unresolved(struct cp_diags *diags, struct cp_diagnostic *finding,
                     const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                     const struct cp_field *field, struct cp_str id, size_t *left);
/* The like of what the plan declares, or empty: for names that may be a plan's, of which nothing is
 * known yet. */
struct cp_str nearest_declared(const struct cp_plan *plan, unsigned refers, struct cp_str id);
/* What is most like a name that may be a plan's, or empty: of the ids of plans, and what
 * nearest_declared() said. */
struct near {
    struct cp_str plan, part;
};

/* The same as help_unresolved(), of a name that is no plan's either. */
void help_no_plan(struct cp_diags *diags, struct cp_diagnostic *finding,
                  const struct cp_portfolio *portfolio, unsigned refers, struct cp_str id,
                  const struct near *near, size_t *left);

/* calendar.c: reports what the calendar says and cannot mean. */
void calendar_check(struct cp_calendar *calendar, struct cp_diags *diags);

#endif
