/*
 * A small portfolio as plain structs that are copied by value: what the generator makes, the writer
 * writes as YAML and the oracle reckons with. Knows nothing of contplan. Times are whole minutes.
 */
#ifndef CONTPLAN_ORACLE_WORLD_H
#define CONTPLAN_ORACLE_WORLD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum {
    MOST_PLANS = 8,
    MOST_DEPENDENCIES = 6,
    MOST_SCENARIOS = 4,
    MOST_RUNBOOKS = 4,
    MOST_STEPS = 5,
    MOST_ROLES = 3,
    MOST_STORES = 3,
    MOST_BACKUPS = 3,
    MOST_COPIES = 2,
    MOST_OBJECTIVES = 3,
    MOST_REDUNDANCY = 3,
    MOST_PEOPLE = 6,
    MOST_TEAMS = 4,
    MOST_SUPPLIERS = 4,
    MOST_NAMES = 4,
    MOST_SPANS = 2,
    TIERS = 4
};

struct name {
    char text[24]; /* empty: not stated */
};

struct names {
    struct name at[MOST_NAMES];
    int count;
};

enum length_kind { NOT_STATED, ELAPSED, WORKING_MINUTES, WORKING_DAYS, UNKNOWN_LENGTH };

struct length {
    enum length_kind kind;
    int amount;
};

/* Minutes of the day on the days whose bits are set (bit 0 Monday). */
struct span {
    unsigned days;
    int from, to;
};

enum hours_kind { HOURS_ABSENT, HOURS_ALWAYS, HOURS_OFFICE, HOURS_WEEKLY };

struct hours {
    enum hours_kind kind;
    struct span spans[MOST_SPANS];
    int count;
};

enum zone { ZONE_ABSENT, ZONE_UTC, ZONE_LONDON, ZONE_LORD_HOWE, ZONE_KATHMANDU, ZONES };

enum { MOST_HOLIDAYS = 3 };

struct calendar {
    bool is_stated;
    enum zone zone;
    struct hours hours;
    int holidays[MOST_HOLIDAYS]; /* days since 1970 */
    int holiday_count;
};

struct person {
    struct name id, team;
    struct hours hours;
    bool has_until;
    int until; /* the last day, days since 1970 */
};

struct team {
    struct name id;
    struct names members;
    struct hours hours;
    struct length call_out;
    int capacity; /* -1: not stated */
    bool are_members_unknown, is_capacity_unknown;
};

struct supplier {
    struct name id;
    struct names regions; /* short */
    struct names runs_on;
    bool is_ground_unknown; /* instead of runs_on */
    struct length rto;
};

struct limits {
    struct length mtpd, rto, wrt, rpo;
};

enum criticality { CRITICALITY_ABSENT, HARD, DEGRADED, SOFT };

struct dependency {
    struct name target;
    bool is_external;
    enum criticality criticality;
    bool is_needed; /* recovery_needs: yes */
    bool is_need_unknown, is_fallback_unknown;
    bool has_fallback;
    struct length sustain, resume, rto; /* rto: its own `commits` */
};

struct role {
    struct name id;
    struct names holders, deputies;
    struct name rota;
};

enum against { AGAINST_ZONE, AGAINST_REGION, AGAINST_SUPPLIER, AGAINST_ACCOUNT, AGAINST_DATA };

enum level { LEVEL_NONE, LEVEL_BACKUP, LEVEL_PILOT, LEVEL_WARM, LEVEL_PASSIVE, LEVEL_ACTIVE };

struct redundancy {
    enum against against;
    enum level level;
    struct name uses;
    struct length takes;
    bool is_level_unknown, is_use_unknown; /* instead of what is stated */
};

enum kind {
    KIND_ABSENT,
    KIND_DATA_LOSS,
    KIND_CORRUPTION,
    KIND_RANSOMWARE,
    KIND_ZONE,
    KIND_REGION,
    KIND_SUPPLIER,
    KIND_PEOPLE,
    KIND_PREMISES,
    KIND_NETWORK,
    KIND_DENIAL,
    KIND_OTHER,
    KINDS
};

enum response { RESPONSE_ABSENT, RUNBOOK, AUTOMATIC, WAIT, ACCEPT };

struct scenario {
    struct name id;
    enum kind kind;
    enum response response;
    struct names loses, runbooks;
};

enum runbook_type {
    TYPE_ABSENT,
    TYPE_RECOVERY,
    TYPE_FAILOVER,
    TYPE_RESTORE,
    TYPE_REBUILD,
    TYPE_FAILBACK,
    TYPE_COMMUNICATIONS
};

struct step {
    struct name id, role;
    struct length duration;
    bool has_after;
    struct names after;
};

struct runbook {
    struct name id, owner;
    enum runbook_type type;
    struct length duration;
    struct step steps[MOST_STEPS];
    int step_count;
    bool are_steps_unknown; /* instead of steps */
};

enum clock { CLOCK_ABSENT, CLOCK_DISRUPTION, CLOCK_DETECTION, CLOCK_DECLARATION };

struct objective {
    struct name subject, scenario;
    struct limits limits;
    enum clock clock;
};

struct store {
    struct name id;
    bool is_not_canonical, is_rebuilt;
    struct names located;
};

struct copy {
    struct name provider, region;
    struct length lag;
};

struct backup {
    struct name id, store;
    bool is_replica;
    struct length every, takes, lag;
    struct copy copies[MOST_COPIES];
    int copy_count;
};

struct plan {
    struct name id;
    bool is_retired;
    int tier; /* 0: none */
    bool has_workaround;
    struct length workaround, detect, declare;
    struct dependency dependencies[MOST_DEPENDENCIES];
    int dependency_count;
    struct role roles[MOST_ROLES];
    int role_count;
    struct name hosting;
    struct names regions, zones;
    struct redundancy redundancy[MOST_REDUNDANCY];
    int redundancy_count;
    bool is_redundancy_unknown; /* all of it */
    struct scenario scenarios[MOST_SCENARIOS];
    int scenario_count;
    struct runbook runbooks[MOST_RUNBOOKS];
    int runbook_count;
    struct objective objectives[MOST_OBJECTIVES];
    int objective_count;
    struct store stores[MOST_STORES];
    int store_count;
    struct backup backups[MOST_BACKUPS];
    int backup_count;
};

/* What is asked. */
struct question {
    struct names lose, absent;
    struct name scenario;
    int64_t at; /* minutes since 1970, UTC */
};

struct world {
    struct calendar calendar;
    struct person people[MOST_PEOPLE];
    int person_count;
    struct team teams[MOST_TEAMS];
    int team_count;
    struct supplier suppliers[MOST_SUPPLIERS];
    int supplier_count;
    bool has_tiers;
    struct limits tiers[TIERS]; /* of tier 1 .. 4 */
    struct plan plans[MOST_PLANS];
    int plan_count;
    struct question question;
};

/* As it stands in a calendar. */
const char *zone_name(enum zone zone);

bool name_is(const struct name *name, const char *text);
bool name_is_same(const struct name *a, const struct name *b);
bool name_is_stated(const struct name *name);
struct name name_of(const char *text);
void names_add(struct names *names, const char *text);
bool names_has(const struct names *names, const struct name *name);
/* Whether the place `inner` is `outer` or lies in it. */
bool place_contains(const struct name *outer, const struct name *inner);
/* 0 supplier, 1 region, 2 zone: the dots in it. */
int place_depth(const struct name *place);
/* Days since 1970, and the weekday of one: 0 Monday. */
int day_of(int year, int month, int day);
int weekday_of(int day);

/* A world of its own for each seed. */
void world_generate(struct world *out, uint64_t seed);
/* contplan.yaml, and plan number `plan`. */
void world_write_portfolio(FILE *out, const struct world *world);
void world_write_plan(FILE *out, const struct world *world, int plan);
/* The question as options of the command. */
void world_write_question(FILE *out, const struct world *world);

#endif
