/*
 * The oracle: answers a question about a world by letting time pass minute by minute. It is slow
 * and plain on purpose and shares neither code nor ideas with contplan. Rn in comments is rule n of
 * the definition of recovery arithmetic.
 */
#ifndef CONTPLAN_ORACLE_ORACLE_H
#define CONTPLAN_ORACLE_ORACLE_H

#include "world.h"

/* Minutes since the disruption; NEVER stands for unknown. */
enum { NEVER = 1 << 29, HORIZON = 400 * 1440 };

enum state { UNAFFECTED, DEGRADED_STATE, DOWN };
enum promise { PROMISE_RTO, PROMISE_RPO, PROMISE_MTPD, PROMISES };

struct breach {
    bool is_breached;
    int limit, actual; /* of the row with the greatest overrun */
};

struct outcome {
    bool is_present; /* retired plans are not */
    enum state state;
    int from, up_at, own;
    struct name scenario;
    struct breach breaches[PROMISES];
};

struct work {
    int plan;
    struct name runbook, step, holder; /* step empty: the runbook as a whole */
    int start, end;
};

enum { MOST_WORK = MOST_PLANS * MOST_RUNBOOKS * MOST_STEPS };

enum { MOST_LOST = 64 };

struct answer {
    struct outcome outcomes[MOST_PLANS];
    struct work works[MOST_WORK]; /* in the order of R25 */
    int work_count;
    struct name lost[MOST_LOST]; /* ids, sorted; not people */
    int lost_count;
    int64_t lower_bound; /* seconds; -1: unknown */
    bool is_beyond;      /* not all was over at the horizon: no answer */
};

/* Adds to what is lost, which stays sorted, each once. */
void answer_add_lost(struct answer *answer, struct name name);
/* `is_thorough`: looks again at every minute, not only at those at which something was due. */
void oracle_answer(struct answer *out, const struct world *world, bool is_thorough);

#endif
