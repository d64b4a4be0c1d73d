/*
 * What the topics share: their lists of rows, the values of a file, and where a finding about
 * something that is missing points.
 */
#ifndef CONTPLAN_RULES_TOPICS_H
#define CONTPLAN_RULES_TOPICS_H

#include <contplan/analysis.h>
#include <contplan/rules.h>

/* One a file; the registry lists them in the order of their codes. */
extern const struct cp_topic cp_topic_shape;
extern const struct cp_topic cp_topic_required;
extern const struct cp_topic cp_topic_placeholders;
extern const struct cp_topic cp_topic_objectives;
extern const struct cp_topic cp_topic_people;
extern const struct cp_topic cp_topic_contacts;
extern const struct cp_topic cp_topic_calltree;
extern const struct cp_topic cp_topic_dependencies;
extern const struct cp_topic cp_topic_backup;
extern const struct cp_topic cp_topic_runbooks;
extern const struct cp_topic cp_topic_exercises;
extern const struct cp_topic cp_topic_review;
extern const struct cp_topic cp_topic_secrets;
extern const struct cp_topic cp_topic_hygiene;
extern const struct cp_topic cp_topic_waivers;

/* Made while the portfolio file's `rules` and a profile's `severities` are read. */
extern const struct cp_rule cp_rule_invalid_setting;

/* Reads one entry of a table of severities, called `table` in messages; false, with a finding where
 * it is defective, where there is nothing to enter. */
bool cp_setting_read(struct cp_severity_choice *out, const char *table,
                     const struct cp_text *setting, struct cp_diags *diags);

/* Reports what the profile asks for and the plan lacks, but what CP103 to CP107 report. */
void cp_requirements_check(const struct cp_plan_input *in, const struct cp_rule *rule);
/* Gives a finding that `field` is missing the severity and clause of the profile's requirement,
 * where it has one. Accepts a NULL finding. */
void cp_requirement_cite(const struct cp_plan_input *in, struct cp_diagnostic *finding,
                         const char *field);

/* Adds to what is looked at, in the arena, those among `stated` that are set and, with `own_only`,
 * not inherited. */
void cp_values_add(struct cp_values_input *in, const struct cp_stated_values *stated,
                   struct cp_arena *arena, bool own_only);

/* Where `words`, a part of the `text` of a node, stand in the file. Telling that reads the value
 * once more, which is not worth it for findings over the limit of a file: these are only counted.
 */
struct cp_place cp_words_place(const struct cp_diags *diags, const struct cp_rule *rule,
                               struct cp_node *node, struct cp_str text, struct cp_str words);
/* Where a finding points whose field is missing: at the key of `parent`, in which it should stand;
 * for the plan itself (NULL) at the value of `id`, else of `name`, else at the plan's start. */
struct cp_place cp_missing_place(const struct cp_plan *plan, const struct cp_leaf *parent);
/* Makes a warning an error where the plan is of tier 1. Accepts a NULL finding. */
void cp_raise_in_tier_1(struct cp_diagnostic *finding, const struct cp_plan *plan);

/* history.c */
void cp_check_weakened(const struct cp_history_input *in, const struct cp_rule *rule);
void cp_check_changed_since_exercise(const struct cp_history_input *in, const struct cp_rule *rule);
void cp_check_review_date(const struct cp_history_input *in, const struct cp_rule *rule);

/* Where a day of the subject's facts stands. */
struct cp_place cp_dated_place(const struct cp_portfolio_input *in,
                               const struct cp_fact_dated *dated);
/* What of one kind falls due of the subject, from its beginning. */
struct cp_dues cp_dues_of(const struct cp_portfolio_input *in, enum cp_due_kind kind);
/* Reports, where it was last done, that it is due again since. `what` begins the message ("the last
 * review was on"), `help` says what to do. */
void cp_overdue_report(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                       enum cp_term_kind kind, const struct cp_due *due, const char *what,
                       const char *help);

#endif
