/*
 * The state of a world in an outage, shared by the parts of the oracle.
 */
#ifndef CONTPLAN_ORACLE_RECKONING_H
#define CONTPLAN_ORACLE_RECKONING_H

#include "almanac.h"

/* A dependency as the outage goes on. */
struct edge {
    int plan, supplier; /* what it is on: index, or -1 */
    bool is_answered;   /* by scenario or redundancy: of no account any more */
    int back;           /* of a lost supplier: when it returns for this plan; -1: it is not lost */
    bool has_returned;
    bool is_held;      /* the plan waits for it */
    int held_until;    /* once it is up: until we are normal again */
    int degrades_from; /* NEVER: it does not */
    int degrades_to;
    bool was_seen_by_switch, was_seen_by_runbooks; /* recovery needs that are met */
};

enum { MOST_HITS = 8 };

struct service {
    /* what happened to it */
    bool is_lost, is_silent; /* itself; answered in no time */
    struct name hits[MOST_HITS];
    int hit_count;
    struct names stores;               /* lost ones that it declares */
    bool are_stores_answered;          /* in no time */
    struct name moved_from[MOST_HITS]; /* places that it moved away from */
    int moved_count;
    /* down and up */
    bool is_down, was_down, is_chosen;
    int down_from, down_since, last_up, times_down;
    int degraded_from, degraded_to; /* -1: never was */
    bool is_degraded;
    /* its recovery */
    int scenario; /* -1: none */
    int own;
    int detected, declared;
    int wait_until;              /* the returns that it waits for */
    int switch_over, switch_end; /* -1: none; not begun */
    int promised;                /* -1: nothing is */
    bool is_waiting;             /* lost itself, it waits for what its scenario loses */
    int unclear;      /* of the scenario's runbooks the first that never ends; NEVER: none */
    bool is_hopeless; /* there is something nobody knows how to recover */
    int deadline;
    struct edge edges[MOST_DEPENDENCIES];
};

enum { MOST_TEXTS = 4, MOST_HOLDERS = MOST_PEOPLE + MOST_TEAMS + MOST_TEXTS };

/* Somebody or something that does work. */
struct holder {
    struct name id;
    int shift;  /* -1: always there */
    int leaves; /* from then on gone for good */
    struct length call_out;
    bool is_absent;
    int team; /* index, or -1 */
};

struct job {
    int plan, runbook, step; /* indices; runbook: in the scenario's list; step -1: all of it */
    const struct runbook *book;
    struct length duration;
    int candidates[3 * MOST_NAMES]; /* in order, none absent */
    int candidate_count;
    bool is_for_nobody; /* occupies nobody */
    bool is_started, is_done;
    int holder, start, end, left; /* left: minutes of work; -1 unknown */
};

struct reckoning {
    const struct world *world;
    struct almanac almanac;
    bool is_unlimited; /* capacity */
    bool is_rising;    /* services come up just now */
    int now;
    struct names lost_suppliers;                  /* whole */
    struct name lost[MOST_HITS + MOST_SUPPLIERS]; /* places, only the widest */
    int lost_count;
    bool is_team_lost[MOST_TEAMS];
    bool is_asked[MOST_SUPPLIERS]; /* something of it was lost to begin with */
    struct service services[MOST_PLANS];
    struct holder holders[MOST_HOLDERS];
    int holder_count;
    struct job jobs[MOST_WORK];
    int job_count;
    unsigned char is_due[HORIZON + 1];
    int last_due;
};

/* Something may change at `minute`. */
void reckoning_note(struct reckoning *r, int minute);

/* ---- reckoning_loss.c: what is lost and when it is back ---- */
void reckon_losses(struct reckoning *r);
/* When a supplier, or a place of one, is back for a plan. */
int reckon_return(struct reckoning *r, int plan, const struct name *place);
/* Whether the place lies in something lost. */
bool is_place_lost(const struct reckoning *r, const struct name *place);
int find_plan(const struct world *world, const struct name *id);
int find_supplier(const struct world *world, const struct name *place);

/* ---- reckoning_choice.c: scenarios and how they recover ---- */
/* What is answered at once, before anything goes down. */
void reckon_silent_answers(struct reckoning *r, int plan);
/* Chooses for a plan that has gone down for the first time. */
void reckon_choice(struct reckoning *r, int plan);
/* The critical path of the scenario's runbooks; -1: none is counted. */
int reckon_critical_path(const struct reckoning *r, int plan, const struct scenario *scenario);
bool is_counted(const struct runbook *runbook);
/* Whether nobody can say what is to be done, nor how long it takes in all. */
bool is_unclear(const struct runbook *runbook);

/* ---- reckoning_limits.c: objectives ---- */
/* The rows that count, tier filled in; how many. */
int reckon_rows(struct limits out[MOST_OBJECTIVES], enum clock clocks[MOST_OBJECTIVES],
                const struct world *world, int plan, int scenario);
int reckon_clock(const struct service *service, enum clock clock);
/* The earliest RTO as an instant, and as a length; NEVER. */
int reckon_deadline(struct reckoning *r, int plan, int scenario, int *length);
void reckon_breaches(struct reckoning *r, struct answer *out);

/* ---- reckoning_people.c: who does it ---- */
void reckon_holders(struct reckoning *r);
void reckon_jobs(struct reckoning *r, int plan);
/* Starts what can start now; whether anything did. */
bool reckon_starts(struct reckoning *r);
int job_minutes(const struct reckoning *r, struct length duration);
int holder_capacity(const struct reckoning *r, int holder, int minute);
bool are_jobs_done(const struct reckoning *r, int plan);

/* ---- reckoning_run.c ---- */
/* Whether the recovery needs it, or may. */
bool is_needed(const struct dependency *dependency);
/* Whether the dependency is down for the plan now, and since when. */
bool is_edge_down(const struct reckoning *r, int plan, int edge);
bool is_edge_blocking(struct reckoning *r, int plan, int edge);
bool reckoning_run(struct reckoning *r, bool is_thorough);

#endif
