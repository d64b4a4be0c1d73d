/*
 * Private to the files of the simulation in which a plan goes down: the plan with its outage, and
 * what its choice of a scenario is made of.
 */
#ifndef ANALYSIS_SIMULATE_CHOICE_H
#define ANALYSIS_SIMULATE_CHOICE_H

#include "simulate.h"

/* A plan that has just gone down. */
struct cp_sim_outage {
    struct cp_sim_run *run;
    struct cp_sim_service *service;
    const struct cp_facts *facts;
    uint32_t plan;
    bool is_settling; /* before the first instant: places and suppliers alone (readings: O32) */
};

/* Switch-overs that are all needed: the longest counts. */
struct cp_sim_switch {
    struct cp_fact_length takes;
    struct cp_str standby;
    int64_t end;
    bool is_any, is_missing;
    bool is_in_doubt; /* whether there is a standby for one of them is not known */
    bool is_gone;     /* that of one of them is lost as well */
};

/* What a plan has against the loss of a thing. */
struct cp_sim_standby {
    const struct cp_fact_redundancy *row; /* NULL: none */
    bool is_in_doubt;                     /* whether there is one is not known; no row */
    bool is_gone;                         /* there would be, but it is lost as well; no row */
};

/* Whether the word is set; its text. */
bool cp_sim_get_word(const struct cp_facts *facts, const struct cp_fact_word *word,
                     struct cp_str *text);
void cp_sim_keep_later(int64_t *latest, int64_t at);

/* Whether the hit counts now: it is not answered for good, and the place is not back. */
bool cp_sim_is_hit(const struct cp_sim_outage *outage, const struct cp_sim_hit *hit);
/* Whether the word is a supplier or a place; whose. */
bool cp_sim_is_place(const struct cp_sim_problem *problem, struct cp_str word, uint32_t *supplier);
bool cp_sim_declares_store(const struct cp_facts *facts, struct cp_str id);
/* When the supplier of the link is back for this plan. */
int64_t cp_sim_link_back(const struct cp_sim_outage *outage, uint32_t link);

/* Whether its response answers nothing: the return of what is lost is waited for. */
bool cp_sim_is_waiting(const struct cp_fact_scenario *scenario);
/* Whether the scenario loses the place, by name or with what is around it. */
bool cp_sim_loses_place(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario,
                        struct cp_str place);
/* Whether the scenario says how stores are restored: it is one of data loss (R4), or asked for. */
bool cp_sim_is_of_data(const struct cp_sim_outage *outage, const struct cp_fact_scenario *scenario);

/* What the redundancy against a thing that is lost is called. */
enum cp_against cp_sim_against_of(enum cp_thing_kind kind);
/* The first against it, else against a wider thing, whose standby is left (R7); `scenario`, where
 * not NULL, says what a lost service takes as lost. */
struct cp_sim_standby cp_sim_find_standby(const struct cp_sim_outage *outage,
                                          const struct cp_fact_scenario *scenario,
                                          enum cp_against thing);
/* Adds a switch-over to those that are needed, of unknown length where it is in doubt; false, which
 * is kept as well, where there is none. */
bool cp_sim_add_switch(struct cp_sim_switch *out, const struct cp_sim_outage *outage,
                       struct cp_sim_standby standby);

/* Chooses the scenario (R5), and its recovery with it; NULL: there is none. */
const struct cp_fact_scenario *cp_sim_choose(struct cp_sim_own *own,
                                             const struct cp_sim_outage *outage);

#endif
