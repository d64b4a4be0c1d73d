/*
 * The cells of a plan that stand in more than one table of plans. Private to the output layer.
 */
#ifndef OUTPUT_LISTING_H
#define OUTPUT_LISTING_H

#include <contplan/analysis.h>
#include <contplan/output.h>

/* A plan whose row is being filled. */
struct listing {
    struct cp_table *table;
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    enum cp_audience audience;
};

/* Each fills the column and the one behind it: id and name; tier and phase; the RTO and the RPO of
 * each objective, filled from the tier. */
void listing_add_identity(const struct listing *listing, size_t column, struct cp_str id);
void listing_add_class(const struct listing *listing, size_t column);
void listing_add_objectives(const struct listing *listing, size_t column);

/* A value, or that it is for a narrower audience. */
void listing_add_text(const struct listing *listing, size_t column, const struct cp_member *at,
                      struct cp_str text);
bool listing_shows(const struct listing *listing, const struct cp_member *at);

#endif
