/*
 * Private to the model layer: what is gathered of a plan on the way to its facts.
 */
#ifndef MODEL_FACTS_H
#define MODEL_FACTS_H

#include <contplan/model.h>

enum { KNOWN_TEXTS = 256 };

/* What is gathered on the way to a block. */
struct gather {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    struct cp_arena *arena; /* scratch */
    bool has_paths;         /* of the fields that findings are about */
    struct cp_buf text;
    struct cp_fact_text known[KNOWN_TEXTS]; /* texts that stand in it, by a hash; len 0: none */
    struct cp_list pools[CP_FACT_POOLS];
};

/* One more of a kind, zeroed; until the next of that kind. */
void *keep_fact(struct gather *gather, enum cp_fact_pool pool);
struct cp_fact_text keep_text(struct gather *gather, struct cp_str text);
struct cp_fact_text keep_path(struct gather *gather, const struct cp_node *node);

/* facts_dates.c: the days that are compared with today, and how often things are to be done. */
void keep_dates(struct gather *gather);
void keep_terms(struct cp_fact_term out[CP_TERMS], const struct gather *gather);

/* facts_recovery.c and facts_prose.c: a part of the facts each, and its lists in the header. */
void keep_network(struct gather *gather, struct cp_facts *facts);
void keep_recovery(struct gather *gather, struct cp_facts *facts);
void keep_prose(struct gather *gather, struct cp_facts *facts);

#endif
