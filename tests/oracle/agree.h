/*
 * Two answers to one question held side by side as text, and the smallest world that still tells
 * them apart. contplan.c is the only file of the oracle that knows contplan.
 */
#ifndef CONTPLAN_ORACLE_AGREE_H
#define CONTPLAN_ORACLE_AGREE_H

#include "oracle.h"

/* How the world is handed over. */
struct manner {
    bool is_backwards; /* the last plan first */
    unsigned jobs;     /* workers */
};

enum { MOST_REMEDIES = 16 };

enum remedy_kind { MORE_CAPACITY, LONGER_HOURS, LASTING_FALLBACK, COMMITMENT, OTHER_REMEDY };

/* A change that contplan says would help, and what by. */
struct remedy {
    enum remedy_kind kind;
    struct name name, service;
    int64_t within, saved; /* seconds */
    int services, made_known, breaches;
};

/* How all plans fare: when nothing of each is amiss any more, in seconds (INT64_MAX: unknown), and
 * how many promises are broken. */
struct fares {
    int64_t well[MOST_PLANS];
    int breaches;
};

/* What contplan says would help in the world, best first; the count. */
int contplan_remedies(struct remedy out[MOST_REMEDIES], struct fares *fares,
                      const struct world *world);

/* contplan's answer in process, its files in memory. `*odd` is set where a time is not a whole
 * minute, which none should be. */
void contplan_answer(struct answer *out, bool *odd, const struct world *world,
                     const struct manner *manner);
/* How many findings of the group CP0 contplan has about the files: of a sound generator none. */
int contplan_faults(const struct world *world, FILE *out);

/* All of an answer that is compared, a line each. */
void answer_write(FILE *out, const struct world *world, const struct answer *answer);
/* The same as a string; freed with free(). */
char *answer_text(const struct world *world, const struct answer *answer);

/* Whether both answer alike; else, where `out` is not NULL, both answers are put there. A world
 * whose outage is not over at the oracle's horizon agrees with anything; `*skipped` counts them. */
bool worlds_agree(FILE *out, const struct world *world, int *skipped);
/* Leaves out what can be left out while the answers still differ. */
void world_minimise(struct world *world, bool (*is_wrong)(const struct world *world));
/* The world, its question and both answers. */
void world_report(FILE *out, const struct world *world);

#endif
