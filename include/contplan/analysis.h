/*
 * analysis: what follows from plans and stands in none of them: objectives filled from the tier,
 * plans joined by what they depend on, what an approval covers, lengths of time compared, how fast
 * runbooks recover, who the call tree reaches. Numbers and graphs, never messages; pure functions
 * of their arguments, integers only, overflow checked. An answer that cannot be given is said to be
 * unknown, never guessed.
 */
#ifndef CONTPLAN_ANALYSIS_H
#define CONTPLAN_ANALYSIS_H

#include <contplan/base.h>
#include <contplan/model.h>
#include <contplan/schema.h>

/* ---- objectives ------------------------------------------------------------------------------ */

/* An objective as it holds: each length is the objective's own where it states one (be it unknown,
 * not applicable or broken), else the tier's, else NULL. Borrowed from plan and portfolio. */
struct cp_effective {
    const struct cp_length *mtpd, *rto, *wrt, *rpo;
};

/* Fills the lengths of `objective` from `tier`, which may be NULL. */
void cp_effective_init(struct cp_effective *out, const struct cp_objective *objective,
                       const struct cp_tier *tier);
/* Whether the length may be counted with: given, and neither unknown nor broken. NULL is not. */
bool cp_length_is_known(const struct cp_length *length);

/* The lengths of an objective of a plan's facts, filled from the tier that the portfolio declares
 * for it; CP_ABSENT where neither says. */
struct cp_fact_effective {
    struct cp_fact_length mtpd, rto, wrt, rpo;
};

void cp_fact_effective(struct cp_fact_effective *out, const struct cp_facts *facts,
                       const struct cp_fact_objective *objective,
                       const struct cp_portfolio *portfolio);

/* ---- the network ----------------------------------------------------------------------------- */

/* A dependency of a plan on a plan. */
struct cp_edge {
    uint32_t from, to; /* indices of plans */
    const struct cp_fact_dependency *dependency;
};

/* All plans of a portfolio, by id, with the names of plans resolved. Borrows facts, which must have
 * the part CP_FACTS_RECOVERY, and portfolio. */
struct cp_network {
    const struct cp_portfolio *portfolio;
    const struct cp_facts *const *plans; /* in the order of their ids; those of one id in that in
                                            which they were given */
    size_t count;
    struct cp_map index;         /* id, or file's stem -> &plans[i]; the first of an id, and an id
                                    goes before a stem */
    const struct cp_edge *edges; /* names that lead to no plan make none */
    const uint32_t *first;    /* edges of plan i: first[i] to before first[i + 1], in the order of
                                 the file */
    const uint32_t *incoming; /* indices of edges, by `to`, in their order */
    const uint32_t *first_incoming;
    const uint32_t *origin; /* by plan: its index in the arrays given */
    /* By plan, set by whoever knows them; else NULL. */
    struct cp_file *const *files; /* not loaded */
    bool *is_asked;               /* the others are only there to be referred to */
    struct cp_arena arena;
};

/* `facts[i]` stands in a file of stem `stems[i]`; `stems` may be NULL. In linear time, but for
 * sorting. */
void cp_network_init(struct cp_network *out, const struct cp_portfolio *portfolio,
                     const struct cp_facts *const *facts, const struct cp_str *stems, size_t count);
void cp_network_release(struct cp_network *network);
/* The index of a plan by id or stem; SIZE_MAX where there is no such plan. */
size_t cp_network_find(const struct cp_network *network, struct cp_str id);
/* The id of plan i, borrowed. */
struct cp_str cp_network_id(const struct cp_network *network, size_t plan);

/* ---- circles --------------------------------------------------------------------------------- */

/* The strongly connected components of a graph: each node is in one, and leads only to nodes of its
 * own and of components with a lesser index, so that ascending is the order of recovery. Arrays are
 * the arena's. */
struct cp_components {
    const uint32_t *of;      /* by node: its component */
    const uint32_t *sizes;   /* by component: how many nodes */
    const bool *is_circular; /* by component: several nodes, or one that leads to itself */
    size_t count;
};

/* Node i of `count` leads to heads[first[i]] to before heads[first[i + 1]]. Linear in nodes and
 * edges (Tarjan 1972), whatever the depth. */
void cp_components_init(struct cp_components *out, const uint32_t *first, const uint32_t *heads,
                        size_t count, struct cp_arena *arena);
/* Those of the network's plans by the edges that are wanted. */
void cp_components_of(struct cp_components *out, const struct cp_network *network,
                      bool (*is_wanted)(const struct cp_edge *edge), struct cp_arena *arena);
/* ---- the survey of a network ------------------------------------------------------------------
 */

/* Of a plan's objectives, the index of that which counts where a length is asked for, or
 * UINT32_MAX: of scenarios of a kind, of those that name no scenario or one without kind, of all.
 * Across `for` the strictest counts. */
struct cp_promised {
    uint32_t of_kind[CP_KINDS];
    uint32_t general, all;
};

/* What plans promise, each filled from its tier: to themselves the strictest counts, to others the
 * weakest of their scenarios (recovery.md, "Effective objective"). */
struct cp_promises {
    struct cp_promised strictest_rto, weakest_rto, strictest_rpo, weakest_rpo;
};

/* A dependency that is waited for. */
struct cp_need {
    const struct cp_fact_dependency *on; /* NULL: there is none */
    uint32_t plan;                       /* UINT32_MAX: a supplier */
    struct cp_duration length;           /* until it is ready, at its longest */
};

/* When a plan is ready, without any start, at its longest as far as that is known; what is unknown
 * adds nothing (recovery.md, "Readiness"). */
struct cp_ready {
    bool is_known;    /* false as well in a circle of recovery needs, and behind one alone */
    bool is_promised; /* `own` is an RTO, which contains its own waiting */
    bool is_late;     /* a path of its own leads past one of its RTOs: see cp_lates_find() */
    bool is_told;     /* a dependency on the path that counts has a weakness of its own */
    struct cp_duration length, own;
    struct cp_need need; /* the longest */
};

/* Somebody who alone fills a role, without deputy or rota. */
struct cp_sole {
    uint32_t plans;                      /* in how many plans */
    uint32_t first[2];                   /* two of them */
    const struct cp_fact_role *roles[2]; /* the first role in each */
    uint32_t last;                       /* the last one, while they are counted */
};

/* Prose that stands in several plans. */
struct cp_shared_prose {
    const struct cp_fact_prose *prose;
    uint32_t plan;
    uint32_t plans; /* of the first of equal ones: in how many plans it stands */
};

/* What rules over a network ask more than once. Retired plans take no part in recovery. */
struct cp_survey {
    const struct cp_network *network;
    const struct cp_promises *promises; /* by plan */
    const struct cp_ready *ready;       /* by plan */
    const bool *const *is_answered;     /* by plan, NULL for nothing, and dependency: a scenario
                                           answers its loss */
    const uint32_t *circle;       /* by plan: of recovery needs, UINT32_MAX for none; numbered */
    const uint32_t *circle_sizes; /* by number */
    const uint32_t *circle_first; /* by number: the first of its plans that were asked for, by the
                                     paths of their files; UINT32_MAX where none was */
    const uint64_t *edges;        /* from and to of all edges, sorted */
    size_t edge_count;
    const uint64_t *consumers; /* the same of who says to be used by whom: provider, consumer */
    size_t consumer_count;
    struct cp_map sole;                  /* id of a person -> struct cp_sole */
    const struct cp_shared_prose *prose; /* sorted by fingerprint, length, plan */
    size_t prose_count;
    struct cp_arena arena;
};

/* In linear time but for sorting, without recursion. Borrows the network. */
void cp_survey_init(struct cp_survey *out, const struct cp_network *network);
void cp_survey_release(struct cp_survey *survey);

/* A hard dependency that may be away for longer, or lose more, than the plan allows itself. */
struct cp_weakness {
    bool is_rpo;
    struct cp_fact_length theirs, ours;
    uint32_t objective;                   /* of ours, which states it */
    uint32_t their_objective, their_plan; /* UINT32_MAX: a supplier's commitment */
    struct cp_duration resume, sustain;   /* what counts beside it: of ours, of the fallback */
};

/* In what dependency `on` of a plan is so, RTO before RPO, and how many of the two: RTO and time to
 * resume against our RTO and what the fallback bridges; RPO where it holds our data. None where
 * that is not known, where something lasts as long (a fallback that
 * states no end, a pattern, redundancy against the supplier), and where a scenario answers its
 * loss. */
size_t cp_weakness_find(struct cp_weakness out[2], const struct cp_survey *survey, size_t plan,
                        const struct cp_fact_dependency *on);

/* An objective that cannot be kept for what must be up before. */
struct cp_late {
    const struct cp_fact_objective *objective;
    struct cp_fact_length rto;
    struct cp_duration own; /* 0 where it is not known */
    struct cp_need need;
    struct cp_duration total;
};

/* Those of a plan where no dependency on the path has a weakness of its own; the count,
 * `*out` owned by `arena`. What a scenario loses is answered by its response, and not waited for.
 */
size_t cp_lates_find(const struct cp_late **out, const struct cp_survey *survey, size_t plan,
                     struct cp_arena *arena);

/* The person who alone fills a role of a plan; empty for none, and for whoever is not declared. */
struct cp_str cp_sole_name(const struct cp_network *network, const struct cp_facts *facts,
                           const struct cp_fact_role *role);
/* The first of equal texts, which the others follow; NULL where it is not among them. */
const struct cp_shared_prose *cp_shared_prose_find(const struct cp_survey *survey,
                                                   const struct cp_fact_prose *prose);
/* Whether the sorted pairs have this one. */
bool cp_pairs_have(const uint64_t *pairs, size_t count, uint32_t from, uint32_t to);
/* Whether they have one from there. */
bool cp_pairs_have_any(const uint64_t *pairs, size_t count, uint32_t from);

/* The shortest way from a plan of a circle of recovery needs back to itself, as edges; how many, 0
 * where the circle has more than CP_CIRCLE_SHOWN plans. */
enum { CP_CIRCLE_SHOWN = 32 };
size_t cp_circle_trace(uint32_t out[CP_CIRCLE_SHOWN], const struct cp_survey *survey,
                       uint32_t from);

/* ---- approval -------------------------------------------------------------------------------- */

/* Puts what an approval approves: the resolved `tier`, `accountable` and `objectives` as canonical
 * JSON (keys sorted, no blanks, what is absent omitted, the fewest escapes). Lengths are whole
 * seconds, working time "Nws" (its shortest form where no calendar says how long a day is), other
 * values their text. An objective has the lengths its tier fills in; `audience` is not content.
 * Not safe to show: text stands as in the file. */
void cp_approval_put(struct cp_buf *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio);
/* Its SHA-256: what stands under `review.approvals[].content`. */
void cp_approval_content(char out[CP_SHA256_TEXT], const struct cp_plan *plan,
                         const struct cp_portfolio *portfolio);
/* Whether a part of what is approved cannot be read, be it for a misspelt key: then its content is
 * that of nothing anybody meant. */
bool cp_approval_is_in_doubt(const struct cp_plan *plan);

/* ---- lengths of time ------------------------------------------------------------------------- */

enum cp_verdict {
    CP_WITHIN,      /* whenever the clock starts, the length ends no later than the limit */
    CP_OVER,        /* there is a start for which it ends later */
    CP_NO_CALENDAR, /* only the portfolio's calendar could tell, and there is none */
    CP_UNDECIDED    /* it depends: on the months, on which of several kinds of time comes first; or
                       the calendar cannot be read, or numbers overflow */
};

/* Judges `length` against `limit`. Elapsed against elapsed, and working against working time, are
 * compared as they stand; working against elapsed time on the calendar of `portfolio`, at the worst
 * start in a week without holidays (recovery.md: "Working time"). Sums of both are decided where
 * the order of their parts makes no difference: they take at least their working part and at least
 * all parts one after the other. Months count where their length makes no difference. */
enum cp_verdict cp_duration_judge(struct cp_duration length, struct cp_duration limit,
                                  const struct cp_portfolio *portfolio);
/* Whether `length` is the longer one whichever months and days it falls into: 13 months than a
 * year, and 367 days than a year, but not 31 days than a month. */
bool cp_duration_is_longer(struct cp_duration length, struct cp_duration limit,
                           const struct cp_portfolio *portfolio);
/* The most elapsed seconds that `duration` can take on the calendar; false where unknown. */
bool cp_duration_longest(int64_t *out, struct cp_duration duration,
                         const struct cp_portfolio *portfolio);
/* The most working seconds that can pass in `duration`: all of its elapsed time falls into office
 * hours. False where unknown, and where that is longer than they are open at a time. */
bool cp_duration_most_work(int64_t *out, struct cp_duration duration,
                           const struct cp_portfolio *portfolio);
/* a + b, each kind of time by itself; false, and `*out` untouched, on overflow. */
bool cp_duration_sum(struct cp_duration *out, struct cp_duration a, struct cp_duration b);
/* The least and the most elapsed seconds in which `work` seconds of work get done in the weekly
 * `hours`, over all starts in a week without holidays. Work ends at the closing minute, not at the
 * next opening: 7 days of 8 hours from Friday 17:00 are 264 hours on Mon-Fri 09:00-17:00. False
 * for hours without an open minute or taken from a calendar (`office`), and on overflow. */
bool cp_working_elapsed(int64_t *least, int64_t *most, const struct cp_hours *hours, int64_t work);

/* The day by which something last done on `last` is due again; that day itself is in time. Months
 * are calendar months (31 August + 6mo is the last of February), elapsed time counts whole days,
 * working time the most it can take on the calendar. False where that cannot be told. */
bool cp_date_due(struct cp_date *out, struct cp_date last, struct cp_duration every,
                 const struct cp_portfolio *portfolio);

enum cp_due_kind { CP_DUE_EXERCISE, CP_DUE_RESTORE_TEST, CP_DUE_REVIEW, CP_DUE_FINDING };

/* Something that has to be done by a day. */
struct cp_due {
    enum cp_due_kind kind;
    struct cp_date date;               /* the last day that is in time */
    const struct cp_fact_dated *dated; /* when it was last done; of a finding, the finding */
    struct cp_duration every;          /* not of a finding */
    bool is_overdue;
};

/* A walk over what falls due of one plan. */
struct cp_dues {
    const struct cp_facts *facts;
    const struct cp_portfolio *portfolio;
    const struct cp_length *const *every; /* where neither plan nor tier says; CP_TERMS of them */
    struct cp_date today;
    unsigned kinds; /* those wanted, a bit 1 << enum cp_due_kind each; 0: all */
    uint32_t at;    /* 0 at the start */
    bool has_exercise;
};

/* The next of: each review, the plan's exercises, the restore tests of each store, each finding
 * that is not done. What was done last counts, not what is on a day after today; a store that a job
 * tests often enough is due by no day. False at the end. */
bool cp_dues_next(struct cp_due *out, struct cp_dues *dues);

/* ---- working time ---------------------------------------------------------------------------- */

/* What the hours of all who work for a portfolio have in common: its zone, holidays and office
 * hours. */
struct cp_almanac {
    struct cp_zone zone;
    struct cp_hours office;         /* the calendar's; Mon-Fri 09:00-17:00 where it states none */
    bool is_assumed;                /* it states none */
    bool is_unknown;                /* it says that they are unknown, or they cannot be read */
    const struct cp_date *holidays; /* ascending, each once */
    const uint32_t (*before)[7]; /* before[i]: how many of the first i are Mondays, Tuesdays … */
    size_t holiday_count;
};

/* Takes the calendar of `portfolio`; its time zone's name is not looked at, `zone` is that zone.
 * Arrays are the arena's. */
void cp_almanac_init(struct cp_almanac *out, const struct cp_portfolio *portfolio,
                     struct cp_zone zone, struct cp_arena *arena);

/* Open from one second of a day to before another. */
struct cp_open {
    int32_t from, to;
};

/* Hours in which somebody works. An instant is open where clocks then show a time within the hours,
 * on a day that is no holiday (`24x7`: always). So an hour that clocks skip is nobody's, and one
 * that they show twice is worked twice. */
struct cp_worktime {
    const struct cp_almanac *almanac;
    bool is_always;
    bool is_known;              /* false: taken from a calendar whose hours are not known */
    bool is_assumed;            /* taken from a calendar that states none */
    const struct cp_open *open; /* of the week, in its order; those of one day do not touch */
    uint8_t first[8];           /* open[first[d]] to open[first[d + 1] - 1] are of weekday d */
    int32_t before[8];          /* open seconds of the week before weekday d; [7]: of all of it */
    int32_t longest;            /* those of the longest day: one working day */
};

/* `hours` NULL or empty: `office`. Borrows the almanac; arrays are the arena's. */
void cp_worktime_init(struct cp_worktime *out, const struct cp_almanac *almanac,
                      const struct cp_hours *hours, struct cp_arena *arena);
/* The first open instant at or after `at`. This and the next three: false where the hours are not
 * known, where they are never open, and where the answer lies more than 400 years away. Each takes
 * as long as a few searches in sorted arrays, however much time is in between. */
bool cp_worktime_next(int64_t *out, const struct cp_worktime *worktime, int64_t at);
/* When `work` seconds begun at `start`, or as soon after it as it is open, are done. Work ends at
 * the closing minute, not at the next opening; none at all ends when it can begin. */
bool cp_worktime_end(int64_t *out, const struct cp_worktime *worktime, int64_t start, int64_t work);
/* The open seconds from `from` until before `to`; 0 where that is no later. */
bool cp_worktime_between(int64_t *out, const struct cp_worktime *worktime, int64_t from,
                         int64_t to);
/* When a stated length begun at `start` ends: elapsed time as it is, working time in these hours, a
 * working day being their longest. False for months as well. */
bool cp_duration_end(int64_t *out, const struct cp_worktime *worktime, struct cp_duration length,
                     int64_t start);

/* ---- simulation ------------------------------------------------------------------------------ */

/* A length or an instant that is not known. All times are whole seconds since the disruption. */
#define CP_TIME_UNKNOWN INT64_MAX

/* What can be lost. */
enum cp_thing_kind {
    CP_THING_SERVICE,
    CP_THING_SUPPLIER,
    CP_THING_REGION,
    CP_THING_ZONE,
    CP_THING_STORE,
    CP_THING_PERSON,
    CP_THING_TEAM
};
const char *cp_thing_name(enum cp_thing_kind kind); /* "service" */
struct cp_thing {
    enum cp_thing_kind kind;
    struct cp_str id;
};

/* All that can be lost alone, by kind and id, each once (zones: those that somebody names); the
 * count. For --all, and for did-you-mean. Retired plans are not among them. */
size_t cp_things_get(struct cp_thing **out, struct cp_arena *arena,
                     const struct cp_network *network);
/* Whether `id` names something that can be lost (`supplier.region.zone` of a declared region may be
 * any), or may be said to be absent (a person). */
bool cp_network_can_lose(const struct cp_network *network, struct cp_str id);
/* Whether a plan (not retired) declares the scenario; with it, what is lost where nothing is named
 * is cp_simulate()'s business. */
bool cp_network_has_scenario(const struct cp_network *network, struct cp_str id);

/* What is asked. */
struct cp_loss {
    const struct cp_str *lost; /* ids of anything; may be none where `scenario` is given */
    size_t lost_count;
    const struct cp_str *absent; /* people */
    size_t absent_count;
    struct cp_str scenario;           /* empty: none */
    int64_t at;                       /* UTC seconds since 1970 of the disruption */
    const struct cp_almanac *almanac; /* of the network's portfolio; required */
    bool is_at_assumed;
};

enum cp_service_state { CP_SERVICE_UNAFFECTED, CP_SERVICE_DEGRADED, CP_SERVICE_DOWN };
const char *cp_service_state_name(enum cp_service_state state);

/* Why something did not happen earlier, or what a stretch of the critical path is. */
enum cp_hold_kind {
    CP_HOLD_NONE,      /* nothing: it began at once */
    CP_HOLD_DETECTION, /* until somebody noticed */
    CP_HOLD_DECLARATION,
    CP_HOLD_CALL_OUT,    /* `name`: the team */
    CP_HOLD_STEP,        /* work: `runbook`, `step` (or empty); `name`: the holder or empty */
    CP_HOLD_RUNBOOK,     /* the runbook before (`runbook`) had to be done */
    CP_HOLD_NEED,        /* recovery needs the service `name` */
    CP_HOLD_DEPENDENCY,  /* the service `name`, a hard dependency, had to come up */
    CP_HOLD_RESUME,      /* the time to be normal again after the service `name` */
    CP_HOLD_RETURN,      /* the return of the supplier, region or zone `name` */
    CP_HOLD_BUSY,        /* the holder `name` did something else: `service`'s `runbook`, `step` */
    CP_HOLD_HOURS,       /* out of the holder's (`name`) hours */
    CP_HOLD_SWITCH_OVER, /* automatic; `name`: the standby, or empty */
    CP_HOLD_PROMISE,     /* no runbook states a time: the RTO was taken at its word */
    CP_HOLD_CIRCLE,      /* comes up together with `name`: they depend hard on each other */
    CP_HOLD_UNFILLED,    /* unknown: nobody fills the role `name` */
    CP_HOLD_UNSTATED,    /* unknown: a length that is not stated, or stated as unknown: `name` says
                            which,    as a noun phrase ("the duration of the step", "when northgrid is
                            back") */
    CP_HOLD_DEADLOCK /* unknown: services whose recoveries need one another, `name` one of them */
};
const char *cp_hold_name(enum cp_hold_kind kind); /* "recovery need" … for JSON; one word or two */

/* One stretch of time and what it was spent with. */
struct cp_hold {
    enum cp_hold_kind kind;
    struct cp_str name; /* as above: an id (or plain text of a holder); empty where there is none */
    struct cp_str service, runbook, step;
    int64_t from, to; /* to may be unknown */
};

/* What to write so that an end that is not known becomes known, as whole sentences; NULL where the
 * service itself has nothing to write (it waits for another one, or its end is known). */
const char *cp_hold_advice(const struct cp_hold *hold);

enum cp_promise { CP_PROMISE_RTO, CP_PROMISE_RPO, CP_PROMISE_MTPD };
const char *cp_promise_name(enum cp_promise promise); /* "rto" */

struct cp_breach {
    enum cp_promise promise;
    struct cp_str subject, scenario; /* of the objective; may be empty */
    enum cp_clock clock;             /* of an RTO */
    int64_t limit;       /* elapsed seconds; a working limit as it falls on the calendar */
    int64_t actual;      /* or CP_TIME_UNKNOWN */
    struct cp_str store; /* of an RPO: the store that loses most */
    bool is_working;     /* the limit is stated in working time */
    bool is_of_tier;     /* the limit is the tier's */
};

/* An interval of not being well. */
struct cp_outage_span {
    enum cp_service_state state;
    int64_t from, to;
};

struct cp_service_outcome {
    size_t plan;                 /* index in the network */
    enum cp_service_state state; /* the worst */
    int64_t from;                /* when that state began; 0 where unaffected */
    int64_t up_at;               /* all well again (JSON up_at) */
    int64_t own;                 /* own recovery as a length; 0 where it has none of its own */
    bool is_promised;            /* `own` is the RTO, not shown by runbooks */
    struct cp_str scenario;      /* the one it used; empty: none */
    int64_t down_from,
        up_again; /* of the outage; down_from CP_TIME_UNKNOWN where it never went down */
    struct cp_hold limited_by; /* what held up its coming up last */
    CP_LIST(struct cp_hold)
    critical_path; /* its own stretches in order; a stretch NEED or DEPENDENCY goes
            on with that service's. See cp_simulation_trace() */
    CP_LIST(struct cp_breach) breaches;
    CP_LIST(struct cp_outage_span) spans; /* in order, not overlapping, for a timeline */
};

struct cp_step_outcome {
    size_t plan;
    struct cp_str runbook, step; /* step empty: the runbook as a whole (JSON null) */
    struct cp_str holder;        /* id or plain text; empty: nobody (JSON null) */
    int64_t start, end;          /* CP_TIME_UNKNOWN */
    struct cp_hold why;          /* what it waited for last: why it did not start earlier */
};

struct cp_simulation {
    int64_t at;
    bool is_at_assumed;
    CP_LIST(struct cp_thing) lost;      /* all that is lost in the end, by kind, id */
    CP_LIST(struct cp_str) absent;      /* people, by id */
    CP_LIST(struct cp_str) assumptions; /* whole sentences, sorted, each once */
    CP_LIST(struct cp_service_outcome)
    services; /* affected ones and all others, in id order; without retired */
    CP_LIST(struct cp_step_outcome) steps; /* in start order */
    int64_t lower_bound;
    size_t breach_count;
};

/* `out` is owned by `arena`. Ids that name nothing are ignored: the command has refused them. */
void cp_simulate(struct cp_simulation *out, struct cp_arena *arena,
                 const struct cp_network *network, const struct cp_loss *loss);

/* The whole critical path of services.items[service], through the services it waited for, from the
 * disruption to up again, at most `most` stretches (the latest ones); the count. */
size_t cp_simulation_trace(struct cp_hold **out, struct cp_arena *arena,
                           const struct cp_network *network, const struct cp_simulation *simulation,
                           size_t service, size_t most);

/* ---- the loss of each alone ------------------------------------------------------------------ */

struct cp_worst {
    struct cp_thing thing;
    size_t down, degraded; /* services */
    size_t unknown;        /* of them, not known when they are up again */
    size_t breaches;
    size_t unmeasured;     /* of them, by how much is not known */
    int64_t overrun;       /* the largest that is known; CP_TIME_UNKNOWN: none is */
    struct cp_str service; /* whose it is; empty without a breach */
    enum cp_promise promise;
    int64_t last_up;
    /* Where it is not known when a service is up again, why: of the first, by id, that does not
     * only wait for another; its `service` is that. Else of no kind. */
    struct cp_hold reason;
};
/* One for each thing that can be lost, worst first: those that break a promise by a known time, by
 * the largest; those that break one; most breaches, kind, id. */
size_t cp_simulate_each(struct cp_worst **out, struct cp_arena *arena,
                        const struct cp_network *network, const struct cp_almanac *almanac,
                        int64_t at);

/* ---- the change that would help most --------------------------------------------------------- */

enum cp_remedy_kind {
    CP_REMEDY_CAPACITY,  /* team `name` can do one thing more at a time */
    CP_REMEDY_DEPUTY,    /* a second person beside `name`: the same hours, the same call-out */
    CP_REMEDY_ROLE,      /* somebody, always there, for role `name` of `service` */
    CP_REMEDY_HOURS,     /* `name`, a person or a team, is at work round the clock */
    CP_REMEDY_FALLBACK,  /* `service` has a fallback that lasts for its dependency `name` */
    CP_REMEDY_COMMITMENT /* supplier `name` commits itself to be back after `within` */
};
const char *cp_remedy_name(enum cp_remedy_kind kind); /* "capacity" */

struct cp_remedy {
    enum cp_remedy_kind kind;
    struct cp_str name, service; /* service may be empty */
    int64_t within;     /* seconds since the disruption, the earliest RTO of those who wait; or 0 */
    int64_t saved;      /* seconds by which services are well again sooner, summed over those of
                           which that is known with and without; never negative */
    size_t services;    /* of those, the ones that are sooner */
    int64_t made_known; /* services of which it is known only with it; less those only without */
    int64_t breaches;   /* fewer broken promises; never negative */
};

/* Which single change to the plans would help most in an outage: each of what held something up is
 * changed alone, and the outage lived through again. Best first: fewer broken promises, then more
 * services known to be well again, then more seconds saved; at most `most`, and only those that do
 * some good and, summed up, no harm. Of more than 64 things that held something up, and in
 * portfolios of thousands of plans of more than 8, those that did for longest are tried. `out` is
 * owned by `arena`, or borrows from the network. The count. */
size_t cp_simulate_remedies(struct cp_remedy **out, struct cp_arena *arena,
                            const struct cp_network *network, const struct cp_loss *loss,
                            size_t most);

/* ---- loss of data ---------------------------------------------------------------------------- */

/* How much data, in time, can be lost where a backup is what is left. */
struct cp_exposure {
    const struct cp_backup *backup; /* NULL: there is none */
    struct cp_duration length;      /* interval + duration + lag, as far as they are known */
    struct cp_duration copy_lag;    /* the part that the fastest copy adds */
    bool is_exact;                  /* false: some part is unknown, so that it can be longer */
};

/* `every` + `takes` + `lag` + the `lag` of the fastest copy (rules.md, CP6; NIST SP 800-53r5,
 * CP-9). `continuous` is 0, and what is absent but `every` counts as 0. */
struct cp_exposure cp_backup_exposure(const struct cp_backup *backup,
                                      const struct cp_portfolio *portfolio);

/* How one store is saved. */
struct cp_saving {
    size_t backups, replicas;        /* replicas are not among the backups */
    struct cp_exposure least;        /* over backups and replicas */
    struct cp_exposure uncorrupted;  /* over backups alone: a replica repeats corruption */
    bool has_least, has_uncorrupted; /* false: there is none, or lengths that do not compare */
};

struct cp_savings {
    struct cp_saving *stores; /* by store */
    size_t *store_of;         /* by backup: the index of its store, SIZE_MAX for none */
    bool is_whole;            /* every backup says which store it is of */
};

/* All stores and backups of the plan in one pass; arrays are the arena's. */
void cp_savings_init(struct cp_savings *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, struct cp_arena *arena);
/* Whether losing the store loses no data: it is rebuilt, or not canonical. Not where neither is
 * stated. */
bool cp_store_is_expendable(const struct cp_store *store);

/* The strictest RPOs of a plan, each objective filled from its tier; NULL where none is known. */
struct cp_strictest {
    const struct cp_length *any; /* over all objectives but those of a scenario that leaves the data
                                    where they are: network, people, premises, denial of service */
    /* Over those that hold for data-corruption and ransomware: of such a scenario, or of none
     * unless each such scenario of the plan has an objective of its own. */
    const struct cp_length *corruption;
};

struct cp_strictest cp_strictest_rpo(const struct cp_plan *plan,
                                     const struct cp_portfolio *portfolio);

/* ---- recovery -------------------------------------------------------------------------------- */

/* How long it is from the declaration until somebody is at work: of those who may do a step,
 * whoever is there first. `team` is theirs, NULL where none is called. */
struct cp_call_out {
    struct cp_duration length;
    const struct cp_team *team;
    bool is_known;
    bool is_assumed; /* nothing states it: counted as 0 */
};

/* The critical path of a runbook: no step of it waits longer than for the one before. */
struct cp_runbook_path {
    const struct cp_runbook *runbook;
    bool is_counted;                    /* its type recovers, and it states a time */
    bool is_known;                      /* false as well where steps wait for one another */
    struct cp_duration length;          /* with `call_out` */
    const struct cp_step *const *steps; /* none where the runbook's own duration counts */
    size_t count;
    size_t assumed;              /* steps on it that state no duration: counted as 0 */
    struct cp_call_out call_out; /* of its first step; only where it is the first runbook */
};

enum cp_own {
    CP_OWN_UNKNOWN,     /* nothing says how long it takes: promised at best, not shown */
    CP_OWN_RUNBOOKS,    /* the runbooks of the scenario, one after the other */
    CP_OWN_SWITCH_OVER, /* an automatic response: `standby` takes over */
    CP_OWN_RETURN       /* nothing is done but to wait for the return of what is lost */
};

/* A plan's own recovery in one of its scenarios (recovery.md, "Own recovery"). */
struct cp_recovery {
    const struct cp_scenario *scenario;
    enum cp_own own_is;
    struct cp_duration own;    /* from the first step to the last, or the switch-over */
    struct cp_duration called; /* the same with the call-out that it begins with */
    bool is_called;            /* whether `called` is known */
    const struct cp_runbook_path *const *paths; /* the runbooks counted, in order */
    size_t count;
    const struct cp_redundancy *standby; /* against what is lost, whatever the response; or NULL */
    const struct cp_redundancy *bare;    /* without a standby: what says that there is none */
    const struct cp_length *promise;     /* the commitment to return that is waited for */
    struct cp_str promised_by;           /* the supplier's name */
    struct cp_str held_up;               /* that of the supplier that runs on it; or empty */
};

/* The value under which `lost` (ids of what is lost -> anything) holds the thing, a place in which
 * it lies, or one on which its supplier runs, directly or not; NULL where it stands, or where that
 * is not known. */
void *cp_lost_find(const struct cp_portfolio *portfolio, const struct cp_map *lost,
                   struct cp_str thing);
/* Whether a runbook brings the service back: fail-back, maintenance and communications do not. One
 * without a type does. */
bool cp_runbook_is_recovery(const struct cp_runbook *runbook);
/* Whether the scenario is answered by its runbooks, as it is where it does not say. */
bool cp_scenario_is_by_runbook(const struct cp_scenario *scenario);
/* One for each of the plan's scenarios, in their order; owned by `arena`. Takes time in proportion
 * to what the plan says. */
struct cp_recovery *cp_recoveries_get(const struct cp_plan *plan,
                                      const struct cp_portfolio *portfolio, struct cp_arena *arena);

/* A plan at hand, for those who look at it one after the other. */
struct cp_study {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    struct cp_arena *arena; /* scratch, gone with the plan */
    struct cp_recovery *recoveries;
};
/* The same as cp_recoveries_get(), worked out by whoever asks first: `recoveries` starts NULL. */
struct cp_recovery *cp_study_recoveries(struct cp_study *study);

/* When the service is back, counted from the clock's start: detection and declaration (absent: 0,
 * assumed) as far as they come after it, the call-out, and the plan's own recovery; a switch-over
 * and the return of what was lost begin at the disruption. */
struct cp_capability {
    struct cp_duration detect, declare; /* what of them counts */
    struct cp_duration total;
};

/* False where it is not known. */
bool cp_capability(struct cp_capability *out, const struct cp_recovery *recovery,
                   const struct cp_plan *plan, enum cp_clock clock);

/* The longest time in a week without holidays in which nobody is at work of those who may begin. */
struct cp_gap {
    int64_t seconds;
    unsigned from, until;       /* minutes from Monday 00:00 */
    struct cp_str name;         /* the role or holder who begins */
    const struct cp_node *node; /* where the first of their hours are stated */
};

/* For a recovery by runbooks, with the first step on its path. False where somebody is always
 * there, where it is automated in full or nobody's, and where hours are not known. */
bool cp_recovery_gap(struct cp_gap *out, const struct cp_recovery *recovery,
                     const struct cp_plan *plan, const struct cp_portfolio *portfolio);

/* ---- people ---------------------------------------------------------------------------------- */

/* Which roles the call tree reaches from its first caller: reached[i] for response->roles.items[i].
 * A role is reached under its own name or that of a holder, a deputy or its rota, and who is
 * reached calls on as any of them. `arena` is scratch. False where the tree has no first caller. */
bool cp_call_tree_reach(bool *reached, const struct cp_incident_response *response,
                        const struct cp_portfolio *portfolio, struct cp_arena *arena);
/* Which calls close a cycle: closes[i] is the call with which the cycle begins that call i ends, or
 * SIZE_MAX. Depth first in the order of the file. `arena` is scratch. */
void cp_call_tree_cycles(size_t *closes, const struct cp_incident_response *response,
                         const struct cp_portfolio *portfolio, struct cp_arena *arena);

/* ---- comparison ------------------------------------------------------------------------------ */

/* Words of a text, or of two, one after the other: as they were kept, taken out, put in. */
enum cp_words_kind { CP_WORDS_KEPT, CP_WORDS_REMOVED, CP_WORDS_ADDED };

struct cp_words {
    enum cp_words_kind kind;
    struct cp_str text; /* words, a blank between two; a line end that counts is U+21B5 */
};

/* Whether two texts are the same but for blanks and line ends. Inside a text with blocks of code
 * line ends count. */
bool cp_words_are_equal(struct cp_str a, struct cp_str b);
/* What turns `was` into `is`, by words, in the order of reading, what was taken out before what
 * was put in; the count, `*out` owned by `arena`. The other way round gives the mirror image.
 * 0 where they are too long or too different for that: time and memory are bounded. */
size_t cp_words_compare(const struct cp_words **out, struct cp_arena *arena, struct cp_str was,
                        struct cp_str is);

/* Which way a value has gone, by its row's direction. Strengthened and weakened are of the plan. */
enum cp_change_kind {
    CP_CHANGE_WEAKENED,
    CP_CHANGE_STRENGTHENED,
    CP_CHANGE_CHANGED, /* the row has no direction, or it cannot be told */
    CP_CHANGE_ADDED,
    CP_CHANGE_REMOVED
};
enum { CP_CHANGE_KINDS = CP_CHANGE_REMOVED + 1 };

/* "weakened". */
const char *cp_change_name(enum cp_change_kind kind);

struct cp_change {
    enum cp_change_kind kind;
    bool is_withheld;      /* it is for a narrower audience: texts are empty, the kind is CHANGED */
    bool is_inherited;     /* of defaults or a tier: the plans it reaches are listed */
    bool is_of_older;      /* the path is of the older file: nothing of it is in the newer one */
    bool is_prose;         /* was and is are prose; without words, it was rewritten */
    struct cp_str field;   /* path; empty for a plan or portfolio file as a whole */
    struct cp_str label;   /* in words: "role 'scribe': deputies" */
    struct cp_str was, is; /* empty: not stated. Lengths in their shortest form; of an object, what
                              its members say. Raw text. */
    size_t left_out;       /* values of such an object that are for a narrower audience */
    const struct cp_words *words;
    size_t word_count;
    CP_LIST(struct cp_str) plans; /* ids, in the order of their paths */
};

/* A plan, or a portfolio file, and what has changed in it: weakened first, then in the plan's
 * order. */
struct cp_compared {
    struct cp_str id;   /* of the plan; empty for another file */
    struct cp_str path; /* of the newer file, else of the older one */
    const char *head;   /* what it is: "Plan", "Portfolio file", "Profile" */
    CP_LIST(struct cp_change) changes;
};

/* Everything is owned by it, and nothing borrowed from the plans. */
struct cp_comparison {
    enum cp_audience audience;
    CP_LIST(struct cp_compared *)
    files; /* those that have changed, a portfolio file before its
              plans */
    size_t counts[CP_CHANGE_KINDS];
    size_t withheld; /* changes, and left out values, that are for a narrower audience */
    struct cp_arena arena;
    struct cp_map inherited;       /* of the portfolio at hand: path, behind a "-" where it is
                              of the older file -> struct cp_change */
    struct cp_compared *portfolio; /* the file at hand */
    CP_LIST(struct cp_compared *) unasked; /* portfolio files nobody asked for */
    const struct cp_secrets *shared;       /* of portfolio files: hidden in all that is added */
    const struct cp_secrets *own; /* of both sides of the plan that is added; either may be NULL */
};

void cp_comparison_init(struct cp_comparison *out, enum cp_audience audience);
void cp_comparison_release(struct cp_comparison *comparison);

/* One side of a pair. */
struct cp_compared_plan {
    const char *path; /* of its file */
    struct cp_str id;
    const struct cp_plan *plan; /* its state is not CP_SET where the file cannot be read */
    const struct cp_portfolio *portfolio;
};

/* Adds the changes of a portfolio file; what its plans inherit is compared as a plan. The plans of
 * the portfolio are added next. Where it was not asked for, only changes that reach a plan are
 * kept. */
void cp_comparison_add_portfolio(struct cp_comparison *comparison, const char *path,
                                 const struct cp_portfolio *was, const struct cp_portfolio *is,
                                 bool is_asked);
/* Adds the changes of another file that the table describes, a profile; roots may be NULL. */
void cp_comparison_add_file(struct cp_comparison *comparison, const char *path,
                            const struct cp_object *table, struct cp_node *was, struct cp_node *is);
/* Adds the changes of a plan; `was` or `is` NULL: there is none. Effective values count: objectives
 * and terms are filled from the tier. A change that comes from the portfolio file alone is added
 * to its entry there. Items of lists are matched by merge key, by what tells them apart, or else by
 * likeness; one that only moved has not changed unless the row's order says something. */
void cp_comparison_add_plan(struct cp_comparison *comparison, const struct cp_compared_plan *was,
                            const struct cp_compared_plan *is);
/* Leaves only the changes that `keep` returns true for; before settling. */
void cp_comparison_keep(struct cp_comparison *comparison,
                        bool (*keep)(void *context, const struct cp_compared *file,
                                     const struct cp_change *change),
                        void *context);
/* Sorts and counts; nothing is added afterwards. */
void cp_comparison_settle(struct cp_comparison *comparison);

#endif
