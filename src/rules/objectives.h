/*
 * What the files of CP3 share: its one table stands in objectives.c; recovery as the runbooks add
 * it up, the impact and the approval have a file each.
 */
#ifndef CONTPLAN_RULES_OBJECTIVES_H
#define CONTPLAN_RULES_OBJECTIVES_H

#include "topics.h"

/* Puts "RTO 4h". */
void cp_put_length(struct cp_buf *out, const char *name, const struct cp_length *length);
/* Puts what working time can amount to, where it is held against elapsed time. */
void cp_put_longest(struct cp_buf *out, struct cp_duration length, struct cp_duration limit,
                    const struct cp_portfolio *portfolio);

/* Reports at `node` that `length` and `limit` ("RTO 4h") are of kinds that only a calendar could
 * compare; the finding, or NULL. */
struct cp_diagnostic *cp_report_without_calendar(const struct cp_plan_input *in,
                                                 const struct cp_rule *rule, struct cp_node *node,
                                                 struct cp_str length, struct cp_str limit);

/* An objective with an RTO, its own or the tier's, and where a finding about it points. */
struct cp_judged {
    const struct cp_objective *objective;
    const struct cp_length *rto;
    struct cp_node *node;
};

/* False where the objective is not stated, or its RTO is not known. */
bool cp_judged_init(struct cp_judged *out, const struct cp_plan_input *in, size_t index);

/* capability.c; a thin margin is found together with its lack. */
extern const struct cp_rule cp_rule_capability_over_rto, cp_rule_thin_margin;
void cp_check_capability(const struct cp_plan_input *in, const struct cp_rule *rule);
/* Reports the objectives, but those that are `found` already, whose recovery only a calendar could
 * compare with the RTO. */
void cp_check_recovery_without_calendar(const struct cp_plan_input *in, const struct cp_rule *rule,
                                        const bool *found);

/* by_hand.c, one_objective.c */
extern const struct cp_rule cp_rule_fast_rto_by_hand, cp_rule_one_objective;
void cp_check_by_hand(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_one_objective(const struct cp_plan_input *in, const struct cp_rule *rule);

/* out_of_hours.c */
extern const struct cp_rule cp_rule_rto_out_of_hours;
void cp_check_out_of_hours(const struct cp_plan_input *in, const struct cp_rule *rule);

/* impact.c */
extern const struct cp_rule cp_rule_severe_before_mtpd, cp_rule_impact_falls;
void cp_check_severe(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_falls(const struct cp_plan_input *in, const struct cp_rule *rule);

/* approval.c */
extern const struct cp_rule cp_rule_objective_not_approved, cp_rule_changed_since_approval;
void cp_check_not_approved(const struct cp_plan_input *in, const struct cp_rule *rule);
void cp_check_changed(const struct cp_plan_input *in, const struct cp_rule *rule);

#endif
