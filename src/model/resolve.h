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
/* Reports what the steps of the plan's runbooks wait for and should not: what is no step of the same
 * runbook, and once for each runbook, steps that wait for one another in a circle. */
void cp_steps_resolve(struct cp_plan *plan, struct cp_arena *arena, struct cp_diags *diags);
/* Puts "plan, person or team" for the kinds of `refers`. */
void cp_refers_put(struct cp_buf *out, unsigned refers);

#endif
