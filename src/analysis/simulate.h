/*
 * Private to the simulation of an outage: the problem in indices, compiled once from a network, and
 * one run over it. Times are whole seconds since the disruption, NEVER where they are not known.
 * "R" with a number is a rule of recovery.md, "Precisely".
 */
#ifndef ANALYSIS_SIMULATE_H
#define ANALYSIS_SIMULATE_H

#include <contplan/analysis.h>

#define CP_SIM_NEVER CP_TIME_UNKNOWN
#define CP_SIM_NONE UINT32_MAX

/* Indices, the heap's. */
struct cp_sim_numbers {
    uint32_t *items;
    size_t count;
    size_t capacity;
};

void cp_sim_numbers_push(struct cp_sim_numbers *numbers, uint32_t number);

/* ---- the problem (simulate_problem.c) -------------------------------------------------------- */

/* A dependency of a plan that takes part on another such plan, or on a supplier. */
struct cp_sim_link {
    const struct cp_fact_dependency *fact;
    uint32_t from;
    uint32_t to;         /* NONE: on a supplier */
    uint32_t supplier;   /* NONE: on a plan */
    uint8_t criticality; /* enum cp_criticality */
    bool is_assumed;     /* the criticality is */
    bool is_need;
    bool has_fallback; /* that counts: only where it is hard */
};

/* A supplier that runs on another or on a place of it. */
struct cp_sim_ground {
    uint32_t above, below; /* suppliers */
    struct cp_str place;
};

enum cp_sim_holder_kind { CP_HOLDER_PERSON, CP_HOLDER_TEAM, CP_HOLDER_TEXT };

struct cp_sim_running {
    uint32_t step;
    int64_t end;
};

/* A step that waits, as long as its stamp is still that. */
struct cp_sim_waiter {
    uint32_t step, stamp;
};

struct cp_sim_waiters {
    struct cp_sim_waiter *items;
    size_t count;
    size_t capacity;
};

/* Whoever does steps: first all people, then all teams, then plain text as it turns up. */
struct cp_sim_holder {
    struct cp_str id;
    enum cp_sim_holder_kind kind;
    uint32_t team;                       /* of a person, by index of teams; NONE */
    const struct cp_length *call_out;    /* NULL: none */
    const struct cp_opening *hours;      /* NULL: as the calendar has them */
    const struct cp_worktime *worktime;  /* NULL until it is asked for; always of a text */
    int64_t until;                       /* UTC: a person's hours end there for good; INT64_MAX */
    uint32_t first_member, member_count; /* of a team */
    int64_t stated;                      /* its capacity; 0: none */
    /* What follows is the run's. */
    bool is_touched, is_away, is_freed, is_asked;
    struct {
        struct cp_sim_running *items;
        size_t count;
        size_t capacity;
    } running;
    struct cp_sim_waiters queue;  /* heap by contention: they wait because it is busy */
    struct cp_sim_waiters rivals; /* they wait for it, and others could do it as well */
};

struct cp_sim_problem {
    const struct cp_network *network;
    const struct cp_portfolio *portfolio;
    const struct cp_almanac *almanac;
    struct cp_worktime office;
    struct cp_arena arena;
    uint32_t plans;
    struct cp_sim_link *links;
    uint32_t link_count;
    uint32_t *first;                           /* links of plan i */
    uint32_t *incoming, *first_incoming;       /* links by `to` */
    uint32_t *by_supplier, *first_by_supplier; /* links by `supplier` */
    uint32_t *component; /* plans that depend hard on one another in a circle share theirs */
    bool *is_circular;   /* by plan: its component has others */
    uint32_t suppliers;
    struct cp_sim_ground *grounds; /* by `below` */
    uint32_t ground_count;
    uint32_t *first_ground;
    struct {
        struct cp_sim_holder *items;
        size_t count;
        size_t capacity;
    } holders;
    uint32_t *members; /* people by index; NONE: not declared */
    uint32_t people, teams;
    struct cp_map stores; /* ids of all stores */
    struct cp_map texts;  /* of holders that are plain text -> uint32_t, its index */
};

void cp_sim_problem_init(struct cp_sim_problem *out, const struct cp_network *network,
                         const struct cp_almanac *almanac);
void cp_sim_problem_release(struct cp_sim_problem *problem);
const struct cp_facts *cp_sim_facts(const struct cp_sim_problem *problem, uint32_t plan);
struct cp_str cp_sim_id(const struct cp_sim_problem *problem, uint32_t plan);
bool cp_sim_is_retired(const struct cp_sim_problem *problem, uint32_t plan);
/* The supplier of `supplier`, `supplier.region` or `supplier.region.zone`, or NONE. */
uint32_t cp_sim_supplier_of(const struct cp_sim_problem *problem, struct cp_str place);
struct cp_str cp_sim_supplier_id(const struct cp_sim_problem *problem, uint32_t supplier);
/* Whether `place` is `around` or lies in it. */
bool cp_sim_lies_in(struct cp_str place, struct cp_str around);

/* ---- circles (simulate_circle.c) ------------------------------------------------------------- */

/* Fills `component` and `is_circular`. */
void cp_sim_components(struct cp_sim_problem *problem);

/* ---- the run --------------------------------------------------------------------------------- */

/* Why something happened when it did. */
enum cp_sim_cause_kind {
    CP_CAUSE_NONE,
    CP_CAUSE_DECLARED,
    CP_CAUSE_STEP,    /* index: a step that ended */
    CP_CAUSE_NEED,    /* index: a link that was waited for */
    CP_CAUSE_LINK,    /* index: a hard dependency, with its resume */
    CP_CAUSE_RETURN,  /* index: a supplier whose return, or that of a place of it, was waited for */
    CP_CAUSE_SWITCH,  /* a switch-over */
    CP_CAUSE_PROMISE, /* the RTO */
    CP_CAUSE_CIRCLE,  /* index: a service of the circle */
    CP_CAUSE_BUSY,    /* index: a step that had the holder */
    CP_CAUSE_CALL_OUT, /* index: a holder */
    CP_CAUSE_HOURS     /* index: a holder */
};

struct cp_sim_cause {
    uint8_t kind; /* enum cp_sim_cause_kind */
    uint32_t index;
};

enum cp_sim_link_state {
    CP_LINK_CLEAR,
    CP_LINK_ANSWERED,
    CP_LINK_FALLBACK,
    CP_LINK_DEGRADED,
    CP_LINK_BLOCKED,
    CP_LINK_RESUME_SOFT, /* it is up, and we are degraded until we are normal again */
    CP_LINK_RESUME_HARD  /* it is up, and we are not yet */
};

/* Bits of `gates`: who waits at the link. */
enum { CP_GATE_SWITCH = 1, CP_GATE_STEPS = 2 };

struct cp_sim_link_run {
    uint32_t generation; /* a timer of an earlier one is void */
    uint8_t state;       /* enum cp_sim_link_state */
    uint8_t gates;
    bool is_back; /* the supplier is */
    int64_t back; /* when that is */
};

/* Steps that are all offered the same: whoever may do them, and for how long. Only the first of
 * them is looked at. */
struct cp_sim_class {
    struct cp_sim_waiters waiters; /* heap by contention */
};

/* Something lost. */
struct cp_sim_lost {
    struct cp_thing thing;
    uint32_t supplier; /* of a place */
    bool is_widest;    /* a place or supplier that lies in no other that is lost */
};

/* A lost place that hits a plan. */
struct cp_sim_hit {
    uint32_t lost;   /* index of `lost` */
    uint32_t next;   /* of the same plan; NONE */
    bool is_inside;  /* it only lies within a place of the plan's */
    bool is_settled; /* answered without an outage */
    bool is_moved;   /* the plan has moved away from it */
};

/* What a plan does about its outage. */
enum cp_sim_own_kind {
    CP_SIM_OWN_NONE,
    CP_SIM_OWN_STEPS,
    CP_SIM_OWN_SWITCH,
    CP_SIM_OWN_PROMISE,
    CP_SIM_OWN_WAIT
};

struct cp_sim_own {
    enum cp_sim_own_kind kind;
    int64_t length;              /* NEVER: not known */
    struct cp_fact_length takes; /* of a switch-over */
    struct cp_str standby;
    int64_t deadline; /* of a promise */
    bool is_in_doubt; /* whether there is a standby is not known */
    bool is_void;     /* an automatic one, whose standby is lost as well */
};

/* A stretch of time in which a service was down, or was degraded. */
struct cp_sim_interval {
    int64_t from, to;
    uint32_t next; /* of the same service; NONE */
};

struct cp_sim_service {
    bool is_touched, is_lost, is_down, has_begun, is_queued;
    bool is_deadlocked, is_missing;
    bool is_own_unknown;
    bool waits_for_place; /* a lost service, by its scenario */
    bool has_store_hit;   /* a lost store is its own */
    bool has_moved;       /* at once, without an outage */
    uint32_t waiting;     /* services that wait for one another for good share theirs */
    uint32_t scenario;    /* index; NONE */
    struct cp_sim_own own;
    int64_t down_from, last_up; /* NEVER */
    int64_t degraded_from, degraded_to;
    int64_t detected, declared;
    int64_t deadline; /* of its RTO, as it first went down */
    uint32_t falls;
    uint32_t missing;   /* a supplier of which it is not known when it is back */
    uint32_t blocks;    /* what holds it down, but for links to its own circle */
    uint32_t inner;     /* such links */
    uint32_t softs;     /* what degrades it */
    uint32_t first_hit; /* places */
    uint32_t first_interval, last_interval;
    struct cp_sim_cause cause; /* of its coming up: what was done last */
    int64_t cause_at;
    struct cp_sim_cause switch_gate, steps_gate; /* what they waited for last */
    int64_t switch_from;                         /* when the switch-over began */
    uint32_t switch_waits, steps_waits;          /* needs still waited for */
    bool has_switch, has_promise;
    struct cp_fact_length takes; /* the longest switch-over */
    struct cp_str standby;
    const char *unknown; /* what is not known, where its recovery cannot be */
    uint32_t first_step, step_count, steps_left;
    uint32_t next_step, runbook_left; /* where the next runbook begins; what is left of this one */
    uint32_t broken;                  /* the runbook that never ends, by order; NONE */
};

enum cp_sim_step_state {
    CP_STEP_WAITING, /* for others, or for the recovery to begin */
    CP_STEP_READY,
    CP_STEP_RUNNING,
    CP_STEP_DONE
};

struct cp_sim_step {
    struct cp_str runbook, id;
    const struct cp_fact_length *length;
    int64_t work;            /* seconds; NEVER: not known */
    uint32_t service, order; /* order: of its runbook among those that count */
    uint32_t waits;
    uint32_t first_after;                /* of `afters`; NONE */
    uint32_t candidate, candidate_count; /* in `candidates` */
    bool is_free;                        /* it occupies nobody */
    bool is_broken;                      /* it never starts: what it comes after is not known */
    bool is_missed;                      /* one who may do it is away, and can be stood in for */
    bool is_unclear;                     /* who else may do it is not known */
    uint8_t state;                       /* enum cp_sim_step_state */
    uint32_t stamp;                      /* of its waiting */
    uint32_t wanted;                     /* the holder it waits for; NONE */
    uint32_t class;                      /* of `classes`; NONE: call-outs are still to come */
    struct cp_sim_cause wait_cause;
    struct cp_sim_cause never_cause; /* why the first of those who may do it never can */
    uint32_t holder;                 /* NONE */
    int64_t ready, start, end;
    struct cp_sim_cause ready_cause, start_cause;
    struct cp_str role; /* what it says; or the owner */
};

/* A step that comes after another. */
struct cp_sim_after {
    uint32_t step, next;
};

/* In the order in which they are worked off at one instant. */
enum cp_sim_event_kind {
    CP_EVENT_STEP_END,
    CP_EVENT_DONE,        /* index: a service whose switch-over is done */
    CP_EVENT_PROMISE,     /* the same of a promise */
    CP_EVENT_RETURN,      /* index: a service; something it waits for is back */
    CP_EVENT_LINK_UP,     /* index: a link to a supplier */
    CP_EVENT_RESUMED,     /* index: a link */
    CP_EVENT_DECLARED,    /* index: a service */
    CP_EVENT_WAKE,        /* index: a step */
    CP_EVENT_FALLBACK_END /* index: a link */
};

struct cp_sim_event {
    int64_t at;
    uint32_t index, stamp;
    uint8_t kind;
};

/* What a run takes to be other than the plans say; of fallbacks the problem's links tell. */
enum cp_sim_change_kind {
    CP_CHANGE_NONE,
    CP_CHANGE_UNIT,  /* index: a holder that can do one thing more at a time, or is stood in for */
    CP_CHANGE_HOURS, /* index: a holder that is always at work */
    CP_CHANGE_ROLE,  /* index: a plan of which somebody fills the role */
    CP_CHANGE_TERM   /* index: a supplier that is back by `term` */
};

struct cp_sim_change {
    enum cp_sim_change_kind kind;
    uint32_t index;
    struct cp_str role;
    int64_t term;
};

struct cp_sim_run {
    struct cp_sim_problem *problem;
    const struct cp_loss *loss;
    struct cp_sim_change change; /* the next run keeps it */
    int64_t at;
    int64_t now;
    bool is_unlimited; /* capacities are not counted */
    bool is_quiet;     /* assumptions are not collected */
    struct cp_sim_service *services;
    struct cp_sim_link_run *links;
    struct cp_sim_numbers touched; /* services */
    struct {
        struct cp_sim_lost *items;
        size_t count;
        size_t capacity;
    } lost;
    size_t asked;                 /* how many of them were lost to begin with */
    struct cp_map lost_ids;       /* -> index + 1 of `lost`, as a pointer */
    struct cp_sim_numbers widest; /* of lost */
    int64_t *back;                /* by supplier: when it is back, if it is lost */
    bool *is_supplier_lost;
    struct {
        struct cp_sim_hit *items;
        size_t count;
        size_t capacity;
    } hits;
    struct {
        struct cp_sim_interval *items;
        size_t count;
        size_t capacity;
    } intervals;
    struct {
        struct cp_sim_step *items;
        size_t count;
        size_t capacity;
    } steps;
    struct {
        struct cp_sim_after *items;
        size_t count;
        size_t capacity;
    } afters;
    struct cp_sim_numbers candidates;
    struct {
        struct cp_sim_class *items;
        size_t count;
        size_t capacity;
    } classes;
    size_t class_count;       /* of them in this run */
    struct cp_map class_keys; /* who and how long -> index + 1 of `classes`, as a pointer */
    struct {
        struct cp_sim_event *items;
        size_t count;
        size_t capacity;
    } events;
    struct cp_sim_numbers risers;  /* services that may come up */
    struct cp_sim_numbers falling; /* services that must go down */
    struct cp_sim_numbers newly;   /* gone down for the first time at this instant */
    struct cp_sim_numbers risen;   /* come up in this round */
    struct cp_sim_numbers asking;  /* declared in this round */
    struct cp_sim_waiters expired; /* fallbacks that end at this instant: links */
    struct cp_sim_waiters agenda;  /* heap by contention: steps to be looked at */
    struct cp_sim_numbers freed;   /* holders */
    struct cp_sim_numbers busy;    /* holders touched */
    uint32_t *service_mark, *supplier_mark, mark;
    uint32_t *ground_mark, ground;
    struct cp_sim_circles *circles;
    struct {
        struct cp_str *items;
        size_t count;
        size_t capacity;
    } assumptions;
    struct cp_arena arena; /* of texts */
};

/* ---- simulate_run.c -------------------------------------------------------------------------- */

void cp_sim_run_init(struct cp_sim_run *out, struct cp_sim_problem *problem);
void cp_sim_run_release(struct cp_sim_run *run);
/* Forgets the run before. */
void cp_sim_run_start(struct cp_sim_run *run, const struct cp_loss *loss);
/* Runs to the end; what has not happened then never does. */
void cp_sim_go(struct cp_sim_run *run);
/* When a stated length begun at `from` ends: working time on the calendar. */
int64_t cp_sim_end(const struct cp_sim_run *run, struct cp_fact_length length, int64_t from);
void cp_sim_schedule(struct cp_sim_run *run, int64_t at, enum cp_sim_event_kind kind,
                     uint32_t index, uint32_t stamp);
struct cp_sim_service *cp_sim_touch(struct cp_sim_run *run, uint32_t plan);
/* One thing more, or less, holds the service down. */
void cp_sim_block(struct cp_sim_run *run, uint32_t plan);
void cp_sim_unblock(struct cp_sim_run *run, uint32_t plan, struct cp_sim_cause cause);
/* What the link leads to has gone down. */
void cp_sim_lower_link(struct cp_sim_run *run, uint32_t link);
/* From now on it neither takes down nor degrades, and is not waited for. */
void cp_sim_answer_link(struct cp_sim_run *run, uint32_t link);
/* Whether a state leaves open what there is: unknown or broken, but neither absent nor said not to
 * apply. */
bool cp_sim_is_in_doubt(uint8_t state);
/* Keeps what is assumed of a plan; `text` has no full stop, and names nothing that the plan may
 * keep from some of its readers. */
void cp_sim_assume(struct cp_sim_run *run, uint32_t plan, const char *text);

/* ---- simulate_circle.c ----------------------------------------------------------------------- */

struct cp_sim_circles *cp_sim_circles_new(const struct cp_sim_problem *problem);
void cp_sim_circles_free(struct cp_sim_circles *circles);
/* Those, with one of `candidates` among them, that hold nobody but one another down. */
void cp_sim_circles_find(struct cp_sim_run *run, const struct cp_sim_numbers *candidates,
                         struct cp_sim_numbers *out);
/* At the end of the run: which services wait for one another for good (`waiting`), and for which
 * that is a recovery that needs what in the end needs it (`is_deadlocked`). */
void cp_sim_find_deadlocks(struct cp_sim_run *run);

/* ---- simulate_loss.c ------------------------------------------------------------------------- */

/* What is lost, who is not there, which plans are hit. */
void cp_sim_lose(struct cp_sim_run *run);
/* Which kind of thing an id names; false: none. */
bool cp_sim_classify(enum cp_thing_kind *out, const struct cp_sim_problem *problem,
                     struct cp_str id);
/* The index of what is lost under that very id, or NONE. */
uint32_t cp_sim_find_lost(const struct cp_sim_run *run, struct cp_str id);
/* Whether it, or what it lies in, is lost. */
bool cp_sim_is_lost(const struct cp_sim_run *run, struct cp_str id);
bool cp_sim_is_store_lost(const struct cp_sim_run *run, struct cp_str id);
/* NULL: the plan declares no such scenario. */
const struct cp_fact_scenario *cp_sim_find_scenario(const struct cp_facts *facts, struct cp_str id);
/* When a supplier, or a place of it, is back: by `own` where that is stated, else by its own
 * commitment, and no sooner than what it runs on and is lost. */
int64_t cp_sim_back(struct cp_sim_run *run, uint32_t supplier, const struct cp_fact_length *own);
/* The same by what the plan has agreed with it. */
int64_t cp_sim_back_for(struct cp_sim_run *run, uint32_t plan, uint32_t supplier);
/* When the supplier by itself is back, as it says. */
int64_t cp_sim_term(const struct cp_sim_run *run, uint32_t supplier);

/* ---- simulate_begin.c ------------------------------------------------------------------------ */

/* Before the first instant: what is answered without an outage, and who goes down. */
void cp_sim_settle(struct cp_sim_run *run);
/* The service has gone down for the first time: chooses its scenario and begins to recover. */
void cp_sim_begin(struct cp_sim_run *run, uint32_t plan);

/* ---- simulate_gate.c ------------------------------------------------------------------------- */

/* Its recovery could begin: asks for what it needs. */
void cp_sim_ask(struct cp_sim_run *run, uint32_t plan, unsigned gate);
/* What the link leads to is up: whoever waits at it waits no more. */
void cp_sim_pass_gate(struct cp_sim_run *run, uint32_t link);

/* ---- simulate_work.c ------------------------------------------------------------------------- */

/* How long the scenario's runbooks take by themselves; false where none of them counts. */
bool cp_sim_measure(int64_t *out, struct cp_sim_run *run, uint32_t plan,
                    const struct cp_fact_scenario *scenario);
/* Lays out the steps of the scenario's runbooks. */
void cp_sim_prepare(struct cp_sim_run *run, uint32_t plan, const struct cp_fact_scenario *scenario);
/* The first runbook begins. */
void cp_sim_begin_steps(struct cp_sim_run *run, uint32_t plan, struct cp_sim_cause cause);
void cp_sim_end_step(struct cp_sim_run *run, uint32_t step);

/* ---- simulate_candidates.c ------------------------------------------------------------------- */

/* Finds who may do the step: of `role`, which is stated or not by `state`, else the owner. */
void cp_sim_find_candidates(struct cp_sim_run *run, uint32_t step, struct cp_str role,
                            uint8_t state, const struct cp_fact_runbook *runbook);

/* ---- simulate_people.c ----------------------------------------------------------------------- */

struct cp_sim_holder *cp_sim_touch_holder(struct cp_sim_run *run, uint32_t holder);
/* The step may start from now on. */
void cp_sim_ready(struct cp_sim_run *run, uint32_t step, struct cp_sim_cause cause);
void cp_sim_wake(struct cp_sim_run *run, uint32_t step, uint32_t stamp);
/* Starts what can start now, in the order of contention (R21). */
void cp_sim_start_steps(struct cp_sim_run *run);
/* The unit that did the step is free. */
void cp_sim_free_unit(struct cp_sim_run *run, uint32_t step);
/* How many the holder can do at a time, at `now`. */
int64_t cp_sim_capacity(const struct cp_sim_run *run, uint32_t holder, int64_t now);
/* Whether it is a person who is away, though not with the whole team. */
bool cp_sim_is_missed(const struct cp_sim_run *run, uint32_t holder);
/* When work of the holder begun at `start` is done. */
int64_t cp_sim_work_end(struct cp_sim_run *run, uint32_t holder, int64_t start, int64_t work);

/* ---- simulate_objective.c -------------------------------------------------------------------- */

/* Which rows of a plan's objectives count. */
enum cp_sim_rows_kind { CP_ROWS_OF_SCENARIO, CP_ROWS_OF_NONE, CP_ROWS_ALL };

struct cp_sim_rows {
    const struct cp_facts *facts;
    enum cp_sim_rows_kind kind;
    struct cp_str scenario;
};

struct cp_sim_rows cp_sim_rows_of(const struct cp_facts *facts,
                                  const struct cp_fact_scenario *scenario);
bool cp_sim_rows_has(const struct cp_sim_rows *rows, const struct cp_fact_objective *row);
/* When the row's clock starts in the service's outage. */
int64_t cp_sim_clock_start(const struct cp_sim_service *service,
                           const struct cp_fact_objective *row);
/* The earliest RTO of the plan in the scenario (NULL: none) as an instant, by the outage's
 * beginning; `length`: that RTO. NEVER: none is known. */
int64_t cp_sim_deadline(int64_t *length, const struct cp_sim_run *run, uint32_t plan,
                        const struct cp_fact_scenario *scenario);
const struct cp_fact_scenario *cp_sim_scenario_of(const struct cp_sim_run *run, uint32_t plan);

/* ---- simulate_breach.c ----------------------------------------------------------------------- */

/* The promises that the plan breaks; `out->up_again` and `down_from` are set. */
void cp_sim_find_breaches(struct cp_service_outcome *out, struct cp_arena *arena,
                          struct cp_sim_run *run, uint32_t plan);

/* ---- simulate_result.c ----------------------------------------------------------------------- */

/* State and times of a plan at the end of the run; no path, breaches or spans. */
void cp_sim_summarise(struct cp_service_outcome *out, const struct cp_sim_run *run, uint32_t plan);
/* All that the run has shown but the lower bound. */
void cp_sim_report(struct cp_simulation *out, struct cp_arena *arena, struct cp_sim_run *run);

/* ---- simulate_path.c ------------------------------------------------------------------------- */

/* What held the plan up, stretch by stretch: `critical_path`, `limited_by`. */
void cp_sim_find_path(struct cp_service_outcome *out, struct cp_arena *arena,
                      const struct cp_sim_run *run, uint32_t plan);
/* Why the step did not start earlier. */
struct cp_hold cp_sim_why(const struct cp_sim_run *run, const struct cp_sim_step *step);

/* ---- simulate_bound.c ------------------------------------------------------------------------ */

/* From a run without limits to capacity (R25). */
int64_t cp_sim_bound(struct cp_sim_run *run);

#endif
