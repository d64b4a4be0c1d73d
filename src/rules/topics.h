/*
 * What the topics share: their lists of rows, the values of a file, and where a finding about
 * something that is missing points.
 */
#ifndef CONTPLAN_RULES_TOPICS_H
#define CONTPLAN_RULES_TOPICS_H

#include <contplan/rules.h>

/* One a file; the registry lists them in the order of their codes. */
extern const struct cp_topic cp_topic_shape;
extern const struct cp_topic cp_topic_required;
extern const struct cp_topic cp_topic_placeholders;
extern const struct cp_topic cp_topic_objectives;
extern const struct cp_topic cp_topic_people;
extern const struct cp_topic cp_topic_contacts;
extern const struct cp_topic cp_topic_calltree;

/* Made while a selection reads the portfolio file's `rules`. */
extern const struct cp_rule cp_rule_invalid_setting;

/* Adds to `values`, a list of struct cp_value on the heap, every scalar value below `object_value`
 * that is set and, with `own_only`, not inherited. */
void cp_values_collect(struct cp_list *values, const struct cp_object *object,
                       const void *object_value, bool own_only);

/* Where a finding points whose field is missing: at the key of `parent`, in which it should stand;
 * for the plan itself (NULL) at the value of `id`, else of `name`, else at the plan's start. */
struct cp_place cp_missing_place(const struct cp_plan *plan, const struct cp_leaf *parent);
/* Makes a warning an error where the plan is of tier 1. Accepts a NULL finding. */
void cp_raise_in_tier_1(struct cp_diagnostic *finding, const struct cp_plan *plan);

#endif
