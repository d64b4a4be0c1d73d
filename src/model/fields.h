/*
 * The field tables' objects that cross files, and the rows that every section has. The tables
 * state facts about one field each; what fields mean together is the rules' business.
 */
#ifndef CONTPLAN_MODEL_FIELDS_H
#define CONTPLAN_MODEL_FIELDS_H

#include <contplan/model.h>

/*
 * Directions (CP_FIELD_MORE_IS_WEAKER and its like) stand on what is promised: objectives and
 * commitments, how long a thing takes or lags, how often it is done, who is there when, how ready a
 * standby is, how hard the service hangs on another (`hard` is the first word and the weakest).
 * They do not stand on what is judged (impact, likelihood), chosen (method, response), recorded
 * (achieved times, results, `took`) or merely says when (`until` of a person, `last`): these are
 * corrected, not weakened. CP_FIELD_PROMISE stands where to say nothing leaves nothing to hold
 * anybody to; not where absence is read as 0, as the tier says, or as `no`. What silences findings
 * has a direction as well: a phase in which less is asked, a severity, a suppression.
 */

/* fields_common.c */
extern const struct cp_object cp_object_more;
extern const struct cp_object cp_object_item;
extern const struct cp_object cp_object_link;
extern const struct cp_object cp_object_contact;
extern const struct cp_object cp_object_workaround;

/* The plan's sections, in its order; fields_plan.c puts them together. */
extern const struct cp_object cp_object_accountability;
extern const struct cp_object cp_object_scope;
extern const struct cp_object cp_object_impact;
extern const struct cp_object cp_object_dependencies;
extern const struct cp_object cp_object_architecture;
extern const struct cp_object cp_object_incident_response;
extern const struct cp_object cp_object_it_continuity;
extern const struct cp_object cp_object_disaster_recovery;
extern const struct cp_object cp_object_backup_restore;
extern const struct cp_object cp_object_supporting;
extern const struct cp_object cp_object_releases;
extern const struct cp_object cp_object_review;
extern const struct cp_object cp_object_standard;
extern const struct cp_object cp_object_suppression;

/* Rows of disaster_recovery that fill a file each. */
extern const struct cp_object cp_object_runbook;

/* The first and the last rows of every section: S begins with a cp_section called `section`. */
#define CP_SECTION_FIRST(S)                                                                        \
    CP_PROSE(S, section.description, "description",                                                \
             "What a reader should know before anything else in this section; printed first.",     \
             .example = "Two teams share this work; the first is called at any hour.")
#define CP_SECTION_LAST(S)                                                                         \
    CP_OBJECTS(S, struct cp_more, section.more, "more",                                            \
               "Titled prose for what the section's own fields do not cover; printed in this "     \
               "order, before the notes.",                                                         \
               .of = &cp_object_more),                                                             \
        CP_PROSE(S, section.notes, "notes",                                                        \
                 "What remains to be said of this section; printed last.",                         \
                 .example = "The supplier's portal needs an account of its own.")

#endif
