/*
 * What the parts of the generator share. Everything they make resolves: names are those of the
 * world at hand. Knows nothing of contplan.
 */
#ifndef CONTPLAN_ORACLE_GENERATE_H
#define CONTPLAN_ORACLE_GENERATE_H

#include "chance.h"
#include "world.h"

/* A world in the making, and how wild it is. */
struct making {
    struct world *world;
    struct chance chance;
    int unknowns; /* per cent of lengths that are unknown */
};

/* Something else than a length is unknown in `percent` per cent, where anything is. */
bool make_unknown(struct making *making, int percent);
/* A length of up to `most` minutes; absent in `absent` per cent, sometimes 0 or unknown. */
struct length make_length(struct making *making, int most, int absent);
/* The same, but in working time now and then. */
struct length make_working_length(struct making *making, int most, int absent);
struct limits make_limits(struct making *making, int absent);
/* A supplier, region or zone. */
struct name make_place(struct making *making);
struct name make_person_or_team(struct making *making);
struct name make_supplier(struct making *making);

void make_portfolio(struct making *making);
void make_plan(struct making *making, int index);
/* The sections of a plan that deal with scenarios, runbooks and objectives. */
void make_recovery(struct making *making, struct plan *plan);
void make_question(struct making *making);

#endif
