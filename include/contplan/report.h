/*
 * report: a plan as a document for people: which facts stand in which order under which headings,
 * and what is said of those that are missing or withheld. Builds a document tree; knows no target
 * format and does no I/O.
 */
#ifndef CONTPLAN_REPORT_H
#define CONTPLAN_REPORT_H

#include <contplan/base.h>
#include <contplan/markdown.h>
#include <contplan/model.h>

enum cp_template { CP_TEMPLATE_STANDARD, CP_TEMPLATE_HOUSE };

struct cp_report_options {
    enum cp_template template;
    enum cp_audience audience; /* values above it are absent; how many were withheld is said */
    const char *section; /* a section's key ("incident_response"), or NULL for the whole plan */
};

/* Builds the document; the caller frees it with cp_document_free(). It borrows nothing. A section
 * that the plan does not have is said to be not stated; one that does not exist is an error of the
 * caller: see cp_report_sections(). */
struct cp_document *cp_report_build(const struct cp_plan *plan,
                                    const struct cp_portfolio *portfolio,
                                    const struct cp_report_options *options);

/* The keys that cp_report_options.section may hold, in the order of the plan: their count, `*out`
 * borrowed. */
size_t cp_report_sections(const struct cp_str **out);
/* Whether there is a section of that key. */
bool cp_report_has_section(const char *key);

/* The title of a plan's document: the house's words, or the service's name. */
void cp_report_put_title(struct cp_buf *out, const struct cp_plan *plan,
                         const struct cp_report_options *options);

/* ---- audiences ----------------------------------------------------------------------------- */

/* "public", "internal" or "restricted". */
const char *cp_audience_name(enum cp_audience audience);

/* Where a value stands: whose plan, in which section, and the nearest object around it that states
 * an audience (NULL: none does). */
struct cp_frame {
    const struct cp_plan *plan;
    const struct cp_leaf *section, *object;
};

/* The frame of what stands inside `object`. */
struct cp_frame cp_frame_enter(const struct cp_frame *frame, const struct cp_leaf *object);
/* Whether a value of the row `field` is for `audience`. */
bool cp_frame_shows(const struct cp_frame *frame, const struct cp_field *field,
                    const struct cp_leaf *leaf, enum cp_audience audience);
/* A value with its row and where it stands. */
struct cp_member {
    const struct cp_field *field; /* NULL for the plan itself */
    const struct cp_leaf *leaf;
    struct cp_frame frame;
    bool is_item; /* one of the values of a list row */
};

/* The member of the row `field` in the object of `parent`; its leaf may be absent. */
struct cp_member cp_member_in(const struct cp_member *parent, const struct cp_field *field);
/* The value at a dotted path below the object of `parent`; where an object on the way is unknown
 * or does not apply, that object. False where it is not stated. */
bool cp_member_find(struct cp_member *out, const struct cp_member *parent, const char *path);
/* The text of an entry of a text type that is set, else empty. */
struct cp_str cp_member_text(const struct cp_member *entry);
/* Whether it is a list with its values; they are then counted and got by index. */
bool cp_member_is_list(const struct cp_member *entry);
size_t cp_member_count(const struct cp_member *list);
struct cp_member cp_member_item(const struct cp_member *list, size_t index);

/* How many of the scalar values in an entry are for an audience, and how many are not. */
struct cp_tally {
    size_t shown, withheld;
};
void cp_member_tally(struct cp_tally *tally, const struct cp_member *entry,
                     enum cp_audience audience);

/* Whether a row of the plan's own is shown to every audience: what a plan is called. */
bool cp_field_is_identity(const struct cp_field *field);
/* How many scalar values of the row `field` of the plan (NULL: of all its rows) are not for
 * `audience`. */
size_t cp_plan_withheld(const struct cp_plan *plan, const struct cp_field *field,
                        enum cp_audience audience);

/* How many values of a plan, and of the people, teams and suppliers of the portfolio file that its
 * document shows beside their names, are not for an audience; each once. */
struct cp_withheld {
    size_t plan, portfolio;
};
struct cp_withheld cp_report_withheld(const struct cp_plan *plan,
                                      const struct cp_portfolio *portfolio,
                                      enum cp_audience audience);

#endif
