/*
 * model: what a plan and a portfolio file say, as plain structs filled through the field tables;
 * names resolved; facts kept for the rules that see all plans. Does no I/O and judges nothing but
 * identity and references.
 */
#ifndef CONTPLAN_MODEL_H
#define CONTPLAN_MODEL_H

#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/schema.h>
#include <contplan/yaml.h>

/* ---- pieces that many sections share -------------------------------------------------------- */

/* Titled prose in order. */
struct cp_more {
    struct cp_leaf leaf;
    struct cp_text title, text;
};

/* What every section has: prose printed first, titled prose, prose printed last. */
struct cp_section {
    struct cp_leaf leaf;
    struct cp_text description, notes;
    CP_VALUES(struct cp_more) more;
};

/* A plain-text list item: text, or {text, audience}. */
struct cp_item {
    struct cp_leaf leaf;
    struct cp_text text;
};

struct cp_link {
    struct cp_leaf leaf;
    struct cp_text title, url, text;
};

struct cp_contact {
    struct cp_leaf leaf;
    struct cp_text name, role, email, phone, chat, url;
    struct cp_opening hours;
};

struct cp_commits {
    struct cp_leaf leaf;
    struct cp_length rto, rpo;
    struct cp_opening support_hours; /* suppliers only */
};

/* ---- accountability, scope, impact ----------------------------------------------------------- */

struct cp_accountability {
    struct cp_section section;
    struct cp_text accountable;
    CP_VALUES(struct cp_text) responsible, consulted, informed;
    CP_VALUES(struct cp_contact) contacts;
};

struct cp_workaround {
    struct cp_leaf leaf;
    struct cp_text text;
    struct cp_length sustain;
};

struct cp_scope {
    struct cp_section section;
    CP_VALUES(struct cp_item) in, out, assumptions;
    struct cp_text users;
    struct cp_opening support_hours;
    struct cp_workaround workaround;
};

enum cp_impact_level { CP_NEGLIGIBLE, CP_MINOR, CP_MODERATE, CP_MAJOR, CP_SEVERE };

struct cp_impact {
    struct cp_leaf leaf;
    struct cp_length at;
    struct cp_choice level; /* enum cp_impact_level */
    CP_VALUES(struct cp_choice) kinds;
    struct cp_text note;
};

/* ---- dependencies ---------------------------------------------------------------------------- */

enum cp_criticality { CP_HARD, CP_DEGRADED, CP_SOFT };

/* One dependency; `service` stands on internal ones, `supplier`, `commits` and `contact` on
 * external ones. */
struct cp_dependency {
    struct cp_leaf leaf;
    struct cp_text service, supplier, name, purpose;
    struct cp_commits commits;
    struct cp_contact contact;
    struct cp_choice criticality; /* enum cp_criticality */
    struct cp_flag recovery_needs, holds_data;
    struct cp_length resume;
    CP_VALUES(struct cp_choice) pattern;
    struct cp_workaround fallback;
};

struct cp_consumer {
    struct cp_leaf leaf;
    struct cp_text service, name, purpose;
};

/* A software item and one of the items it consists of. */
struct cp_software_part {
    struct cp_leaf leaf;
    struct cp_text name, version, url, text;
};

struct cp_software {
    struct cp_leaf leaf;
    struct cp_text name, version, url, text;
    CP_VALUES(struct cp_software_part) items;
};

struct cp_dependencies {
    struct cp_section section;
    CP_VALUES(struct cp_dependency) internal, external;
    CP_VALUES(struct cp_consumer) consumers;
    CP_VALUES(struct cp_software) software;
    struct cp_link sbom;
};

/* ---- architecture ---------------------------------------------------------------------------- */

struct cp_diagram {
    struct cp_leaf leaf;
    struct cp_text title, src, alt;
};

struct cp_component {
    struct cp_leaf leaf;
    struct cp_text name, text;
};

struct cp_environment {
    struct cp_leaf leaf;
    struct cp_text name, account, data, access, text;
};

struct cp_architecture {
    struct cp_section section;
    CP_VALUES(struct cp_diagram) diagrams;
    CP_VALUES(struct cp_link) documents;
    CP_VALUES(struct cp_component) components;
    CP_VALUES(struct cp_environment) environments;
};

/* ---- incident response ----------------------------------------------------------------------- */

struct cp_times {
    struct cp_leaf leaf;
    struct cp_length detect, declare;
};

struct cp_activation {
    struct cp_leaf leaf;
    CP_VALUES(struct cp_item) criteria;
    CP_VALUES(struct cp_text) authority;
    struct cp_text deactivation, declare_recovered;
    struct cp_times times;
};

struct cp_role {
    struct cp_leaf leaf;
    struct cp_text role;
    CP_VALUES(struct cp_text) holders, deputies;
    struct cp_text rota, responsibilities, channel;
};

struct cp_call {
    struct cp_leaf leaf;
    struct cp_text from, to;
    CP_VALUES(struct cp_choice) by;
    struct cp_length within;
};

struct cp_notification {
    struct cp_leaf leaf;
    struct cp_text who, when, by, url;
    struct cp_length within;
};

/* A channel or a tool of the incident. */
struct cp_tool {
    struct cp_leaf leaf;
    struct cp_text name, url, alternative;
    CP_VALUES(struct cp_text) depends_on;
};

struct cp_incident_response {
    struct cp_section section;
    struct cp_link process;
    struct cp_activation activation;
    CP_VALUES(struct cp_role) roles;
    CP_VALUES(struct cp_call) call_tree;
    CP_VALUES(struct cp_notification) notifications;
    CP_VALUES(struct cp_tool) channels, tools;
    struct cp_contact security_contact;
    struct cp_link records, post_incident;
};

/* ---- continuity and disaster recovery -------------------------------------------------------- */

enum cp_against {
    CP_AGAINST_ZONE,
    CP_AGAINST_REGION,
    CP_AGAINST_SUPPLIER,
    CP_AGAINST_ACCOUNT,
    CP_AGAINST_DATA
};

enum cp_redundancy_level {
    CP_REDUNDANCY_NONE,
    CP_REDUNDANCY_BACKUP_RESTORE,
    CP_REDUNDANCY_PILOT_LIGHT,
    CP_REDUNDANCY_WARM_STANDBY,
    CP_REDUNDANCY_ACTIVE_PASSIVE,
    CP_REDUNDANCY_ACTIVE_ACTIVE
};

struct cp_redundancy {
    struct cp_leaf leaf;
    struct cp_choice against, level; /* enum cp_against, enum cp_redundancy_level */
    struct cp_text uses;
    struct cp_length takes;
};

struct cp_it_continuity {
    struct cp_section section;
    struct cp_text hosting;
    CP_VALUES(struct cp_text) regions, zones;
    CP_VALUES(struct cp_redundancy) redundancy;
    CP_VALUES(struct cp_item) measures, degraded_modes;
};

enum cp_kind {
    CP_KIND_DATA_LOSS,
    CP_KIND_DATA_CORRUPTION,
    CP_KIND_RANSOMWARE,
    CP_KIND_ACCOUNT_COMPROMISE,
    CP_KIND_ZONE,
    CP_KIND_REGION,
    CP_KIND_SUPPLIER,
    CP_KIND_PEOPLE,
    CP_KIND_PREMISES,
    CP_KIND_NETWORK,
    CP_KIND_POWER,
    CP_KIND_INSIDER,
    CP_KIND_DENIAL_OF_SERVICE,
    CP_KIND_DEPENDENCY_POISONING,
    CP_KIND_OTHER
};
enum { CP_KINDS = CP_KIND_OTHER + 1 };

enum cp_response {
    CP_RESPONSE_RUNBOOK,
    CP_RESPONSE_AUTOMATIC,
    CP_RESPONSE_WAIT,
    CP_RESPONSE_ACCEPT
};

struct cp_scenario {
    struct cp_leaf leaf;
    struct cp_text id, name, strategy;
    struct cp_choice kind, likelihood, impact, response; /* enum cp_kind, enum cp_response */
    CP_VALUES(struct cp_text) loses, runbooks;
    CP_VALUES(struct cp_item) alternatives, fail_back;
};

struct cp_parameter {
    struct cp_leaf leaf;
    struct cp_text name, meaning;
};

struct cp_step {
    struct cp_leaf leaf;
    struct cp_text id, action, role, command, verify, rollback;
    struct cp_length duration;
    CP_VALUES(struct cp_text) after;
};

enum cp_runbook_type {
    CP_RUNBOOK_RECOVERY,
    CP_RUNBOOK_FAILOVER,
    CP_RUNBOOK_RESTORE,
    CP_RUNBOOK_REBUILD,
    CP_RUNBOOK_FAILBACK,
    CP_RUNBOOK_MAINTENANCE_MODE,
    CP_RUNBOOK_COMMUNICATIONS
};

enum cp_automation { CP_AUTOMATION_FULL, CP_AUTOMATION_PARTIAL, CP_AUTOMATION_MANUAL };

struct cp_runbook {
    struct cp_leaf leaf;
    struct cp_text id, name, description, path, url, owner;
    struct cp_choice type, automation; /* enum cp_runbook_type, enum cp_automation */
    struct cp_length duration;
    CP_VALUES(struct cp_text) needs;
    CP_VALUES(struct cp_item) access;
    CP_VALUES(struct cp_parameter) parameters;
    CP_VALUES(struct cp_step) steps;
};

enum cp_clock { CP_CLOCK_DISRUPTION, CP_CLOCK_DETECTION, CP_CLOCK_DECLARATION };

struct cp_objective {
    struct cp_leaf leaf;
    struct cp_text subject; /* `for`: a user group or function */
    struct cp_text scenario, mbco, rationale;
    struct cp_length mtpd, rto, wrt, rpo;
    struct cp_choice clock, basis; /* clock: enum cp_clock */
};

struct cp_disaster_recovery {
    struct cp_section section;
    CP_VALUES(struct cp_scenario) scenarios;
    CP_VALUES(struct cp_runbook) runbooks;
    CP_VALUES(struct cp_objective) objectives;
    struct cp_text objectives_description;
};

/* ---- backup ---------------------------------------------------------------------------------- */

struct cp_store {
    struct cp_leaf leaf;
    struct cp_text id, what, rebuild_from;
    struct cp_flag canonical;
    CP_VALUES(struct cp_text) located;
};

struct cp_copy {
    struct cp_leaf leaf;
    struct cp_text provider, region, account;
    struct cp_flag offline, immutable, encrypted;
    struct cp_length lag, retention;
};

enum cp_method {
    CP_METHOD_SNAPSHOT,
    CP_METHOD_PITR,
    CP_METHOD_LOG_SHIPPING,
    CP_METHOD_DUMP,
    CP_METHOD_REPLICA,
    CP_METHOD_EXPORT,
    CP_METHOD_VERSIONING
};

struct cp_backup {
    struct cp_leaf leaf;
    struct cp_text id, store;
    struct cp_choice method; /* enum cp_method */
    struct cp_length every;  /* interval */
    struct cp_length takes, lag, retention;
    CP_VALUES(struct cp_copy) copies;
};

enum cp_result {
    CP_RESULT_PASSED,
    CP_RESULT_PASSED_WITH_ISSUES,
    CP_RESULT_FAILED,
    CP_RESULT_INCOMPLETE
};

struct cp_restore_test {
    struct cp_leaf leaf;
    struct cp_day date;
    struct cp_text store, backup;
    struct cp_choice result; /* enum cp_result */
    struct cp_length took, every;
    struct cp_flag automated;
    struct cp_text evidence;
};

struct cp_backup_restore {
    struct cp_section section;
    CP_VALUES(struct cp_store) stores;
    CP_VALUES(struct cp_backup) backups;
    CP_VALUES(struct cp_restore_test) restore_tests;
    struct cp_length restore_test_every;
};

/* ---- supporting information, releases, governance -------------------------------------------- */

struct cp_achieved {
    struct cp_leaf leaf;
    struct cp_length rto, rpo;
};

struct cp_finding {
    struct cp_leaf leaf;
    struct cp_text id, text, owner;
    struct cp_choice severity;
    struct cp_day due, done;
    struct cp_text evidence;
};

enum cp_exercise_type {
    CP_EXERCISE_CHECKLIST,
    CP_EXERCISE_WALKTHROUGH,
    CP_EXERCISE_TABLETOP,
    CP_EXERCISE_SIMULATION,
    CP_EXERCISE_FUNCTIONAL,
    CP_EXERCISE_PARALLEL,
    CP_EXERCISE_FULL_INTERRUPTION,
    CP_EXERCISE_LIVE
};

/* An exercise, or an activation: the same without `type`, with `summary`. */
struct cp_exercise {
    struct cp_leaf leaf;
    struct cp_text id, scenario, summary;
    struct cp_day date;
    struct cp_choice type, result; /* type: enum cp_exercise_type */
    CP_VALUES(struct cp_text) runbooks, participants;
    struct cp_achieved achieved;
    CP_VALUES(struct cp_item) evidence;
    CP_VALUES(struct cp_finding) findings;
};

struct cp_supporting {
    struct cp_section section;
    CP_VALUES(struct cp_link) risks, tests;
    CP_VALUES(struct cp_exercise) exercises, activations;
    struct cp_length exercise_every;
};

struct cp_releases {
    struct cp_section section;
    struct cp_text process, rollback, url;
};

struct cp_approval {
    struct cp_leaf leaf;
    struct cp_text by, content;
    struct cp_day on;
};

struct cp_review {
    struct cp_section section;
    struct cp_day last;
    struct cp_length every;
    struct cp_text by, note;
    CP_VALUES(struct cp_approval) approvals;
};

struct cp_standard {
    struct cp_leaf leaf;
    struct cp_text id, clause;
    CP_VALUES(struct cp_text) satisfied_by;
};

struct cp_suppression {
    struct cp_leaf leaf;
    struct cp_text rule, reason, by;
    struct cp_day until;
};

/* ---- the plan
 * --------------------------------------------------------------------------------------------------
 */

enum cp_phase { CP_DISCOVERY, CP_ALPHA, CP_BETA, CP_LIVE, CP_RETIRED };

/* A name that the plan declares, and what it stands for: enum cp_refers. */
struct cp_declared {
    struct cp_str name;
    unsigned kinds;
};

struct cp_plan {
    struct cp_leaf leaf;
    struct cp_text schema, id, name, summary, repository;
    CP_VALUES(struct cp_text) aliases, urls;
    struct cp_choice phase; /* enum cp_phase */
    struct cp_choice tier;  /* 0 for tier 1 */
    struct cp_choice classification;
    CP_VALUES(struct cp_more) more;
    struct cp_accountability accountability;
    struct cp_scope scope;
    CP_VALUES(struct cp_impact) impact;
    struct cp_dependencies dependencies;
    struct cp_architecture architecture;
    struct cp_incident_response incident_response;
    struct cp_it_continuity it_continuity;
    struct cp_disaster_recovery disaster_recovery;
    struct cp_backup_restore backup_restore;
    struct cp_supporting supporting;
    struct cp_releases releases;
    struct cp_review review;
    CP_VALUES(struct cp_standard) standards;
    CP_VALUES(struct cp_suppression) suppressions;
    struct cp_stated_values stated;     /* every value of it, inherited ones among them */
    const struct cp_declared *declared; /* what its own references may name, sorted by name */
    size_t declared_count;
};

extern const struct cp_object cp_object_plan;

/* What tells how long a runbook takes. */
enum cp_timing {
    CP_TIMING_NONE,   /* nothing: it does not count */
    CP_TIMING_STEPS,  /* its steps, be it that of one of them it is not known */
    CP_TIMING_WHOLE,  /* its own `duration` */
    CP_TIMING_UNCLEAR /* its steps, and those are not known at all */
};
enum cp_timing cp_runbook_timing(const struct cp_runbook *runbook);

/* The phase, live where the plan states none. */
enum cp_phase cp_plan_phase(const struct cp_plan *plan);
/* 1 (most critical) to 4, or 0 where none is stated. */
unsigned cp_plan_tier(const struct cp_plan *plan);
/* The audience of a value: its own; else that of the list item or contact (`object`) it stands in;
 * else what its row says (phone, account: restricted); else its section's; else the plan's
 * classification; else internal. One that is stated and broken is restricted. `field`, `object` and
 * `section` may be NULL. */
enum cp_audience cp_audience_of(const struct cp_plan *plan, const struct cp_field *field,
                                const struct cp_leaf *leaf, const struct cp_leaf *object,
                                const struct cp_leaf *section);

/* ---- the portfolio file ---------------------------------------------------------------------- */

struct cp_calendar {
    struct cp_leaf leaf;
    struct cp_text time_zone;
    struct cp_opening hours;
    CP_VALUES(struct cp_day) holidays;
};

struct cp_person {
    struct cp_leaf leaf;
    struct cp_text id, name, team, email, phone;
    struct cp_opening hours;
    struct cp_day until; /* last day */
    bool has_left;       /* by cp_portfolio_settle() */
};

struct cp_team {
    struct cp_leaf leaf;
    struct cp_text id, name;
    CP_VALUES(struct cp_text) members;
    struct cp_opening hours;
    struct cp_length call_out;
    struct cp_number capacity;
    struct cp_contact contact;
};

struct cp_supplier {
    struct cp_leaf leaf;
    struct cp_text id, name, status_page;
    struct cp_contact contact;
    CP_VALUES(struct cp_text) regions, runs_on;
    struct cp_commits commits;
};

struct cp_tier_objectives {
    struct cp_leaf leaf;
    struct cp_length mtpd, rto, wrt, rpo;
};

struct cp_tier {
    struct cp_leaf leaf;
    struct cp_text name;
    struct cp_tier_objectives objectives;
    struct cp_length review_every, exercise_every, restore_test_every;
};

enum { CP_TIERS = 4 };

struct cp_tiers {
    struct cp_leaf leaf;
    struct cp_tier tier[CP_TIERS];
};

/* Limits that rules judge by, where the portfolio file or a profile states others than usual. */
struct cp_options {
    struct cp_leaf leaf;
    struct cp_number margin; /* percent */
    struct cp_length fast_rto, placeholder_age, exercise_every, restore_test_every, review_every;
};

extern const struct cp_object cp_object_options;

struct cp_config {
    struct cp_leaf leaf;
    struct cp_text schema, organisation, profile;
    CP_VALUES(struct cp_text) plans, incident_roles;
    struct cp_calendar calendar;
    CP_VALUES(struct cp_person) people;
    CP_VALUES(struct cp_team) teams;
    CP_VALUES(struct cp_supplier) suppliers;
    struct cp_tiers tiers;
    CP_VALUES(struct cp_text) rules; /* settings: code or name -> severity */
    struct cp_options options;       /* the others of `rules` */
    struct cp_leaf headings, defaults;
};

extern const struct cp_object cp_object_config;

/* The portfolio file decoded, with its names indexed. Lives longer than any plan. */
struct cp_portfolio {
    struct cp_arena arena;
    struct cp_file *file; /* NULL where there is no contplan.yaml */
    struct cp_config config;
    struct cp_stated_values stated;         /* every value of it */
    struct cp_map people, teams, suppliers; /* id -> its struct */
    struct cp_map names;                    /* their id -> struct cp_text, what it is printed as */
    struct cp_map folded;                   /* the same by id and name in small letters -> id */
    struct cp_map regions;                  /* supplier.region -> struct cp_supplier */
    struct cp_node *defaults;               /* mapping, or NULL */
    bool has_leavers;                       /* somebody has a last day, whenever that is */
    bool is_unusable; /* there is such a file, and nothing of it could be read */
    bool is_doubtful; /* a part of it could not: who it declares is not known for sure */
};

void cp_portfolio_init(struct cp_portfolio *portfolio);
void cp_portfolio_release(struct cp_portfolio *portfolio);
/* Decodes the parsed contplan.yaml (NULL root: everything at its default), checks the shape of
 * `defaults` by itself, ids given twice and references inside the file. */
void cp_portfolio_decode(struct cp_portfolio *portfolio, const struct cp_yaml *yaml,
                         struct cp_diags *diags);
/* Settles who has left by `today`: whose last day is over. The one thing that plan rules take from
 * the date: without it they would count on people who cannot come. Until then nobody has. */
void cp_portfolio_settle(struct cp_portfolio *portfolio, struct cp_date today);
/* NULL where there is no such person (team, supplier). */
const struct cp_person *cp_portfolio_find_person(const struct cp_portfolio *portfolio,
                                                 struct cp_str id);
const struct cp_team *cp_portfolio_find_team(const struct cp_portfolio *portfolio,
                                             struct cp_str id);
const struct cp_supplier *cp_portfolio_find_supplier(const struct cp_portfolio *portfolio,
                                                     struct cp_str id);
/* The tier of a plan as the portfolio declares it, or NULL. */
const struct cp_tier *cp_portfolio_find_tier(const struct cp_portfolio *portfolio,
                                             const struct cp_plan *plan);
/* A person or team as somebody names them who may not know the ids. */
struct cp_holder {
    struct cp_str id, name; /* name: as it is printed */
    struct cp_str other;    /* the id of another who may be meant; empty: nobody else is */
    bool is_certain;        /* that is the id, or the name in full, capitals aside */
};
/* Looks for the person or team that `text` names, or was probably meant to; false where it is like
 * none of them. What is found is borrowed from the portfolio. */
bool cp_portfolio_find_holder(struct cp_holder *out, const struct cp_portfolio *portfolio,
                              struct cp_str text);
/* Whether `text` may stand for somebody: an id, plain text, or anything where nobody is declared.
 */
bool cp_portfolio_knows_holder(const struct cp_portfolio *portfolio, struct cp_str text);
/* What an id stands for among people, teams and suppliers: the name to print; `id` itself where it
 * names nobody. */
struct cp_str cp_portfolio_name_of(const struct cp_portfolio *portfolio, struct cp_str id);
/* The length in working seconds, days counted by the calendar; false without calendar hours. */
bool cp_portfolio_working_seconds(int64_t *out, const struct cp_portfolio *portfolio,
                                  struct cp_duration duration);

/* ---- decoding a plan ------------------------------------------------------------------------- */

/* Rules of this layer. */
extern const struct cp_rule cp_rule_schema_version;
extern const struct cp_rule cp_rule_id_mismatch;
extern const struct cp_rule cp_rule_unresolved_reference;
extern const struct cp_rule cp_rule_step_circle;

/* Decodes a parsed plan merged with the portfolio's defaults; checks the schema version, the id
 * against `stem` (the file's name without .yaml; empty where a name says nothing), ids given twice
 * in it, and references to its own items and to the portfolio file. References to plans are left to
 * the facts. `plan` and what it points to are owned by `arena`. */
void cp_plan_decode(struct cp_plan *plan, struct cp_arena *arena, const struct cp_yaml *yaml,
                    struct cp_str stem, const struct cp_portfolio *portfolio,
                    struct cp_diags *diags);

/* ---- history --------------------------------------------------------------------------------- */

/* A plan as it once was, with the portfolio file of that time; `plan` NULL: not known. */
struct cp_earlier {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
};

/* What is known of a plan's past, filled by the engine where it was asked for. */
struct cp_history {
    struct cp_earlier since;     /* where what is checked parted from --since */
    struct cp_earlier exercised; /* at the end of the day of the last exercise */
    /* Runbooks of the plan that are files, which say something else since then. */
    const struct cp_runbook *const *rewritten;
    size_t rewritten_count;
    struct cp_earlier read;     /* the last version with another day of review */
    struct cp_earlier reviewed; /* the version after it; the plan at hand where that is not yet in
                                   a commit */
};

/* ---- what has to be done again and again ----------------------------------------------------- */

enum cp_term_kind { CP_TERM_EXERCISE, CP_TERM_RESTORE_TEST, CP_TERM_REVIEW, CP_TERMS };

enum cp_term_source {
    CP_TERM_UNSURE, /* what is stated is unknown, not applicable or broken: nothing is due */
    CP_TERM_OF_PLAN,
    CP_TERM_OF_TIER,
    CP_TERM_BY_DEFAULT /* neither says: rules know how often it is then, `every` is nothing */
};

/* How often it is to be done: as the plan says, else as its tier does. */
struct cp_term {
    struct cp_duration every;
    const struct cp_node *node; /* where it is stated; NULL by default */
    enum cp_term_source source;
    bool is_in_config; /* stated in the portfolio file: by the tier, or inherited */
};

struct cp_term cp_term_of(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                          enum cp_term_kind kind);

/* Of which stores a restore has to be tested, and which tests there are of each. A store is asked
 * for where it has a backup that is no replica: those only replicated or rebuilt are exempt. A job
 * that names no store tests them all; a single test that names neither store nor backup is of the
 * only store there is. Arrays are the arena's. */
struct cp_restore_tests {
    bool *is_asked;                 /* by store */
    bool *is_automated;             /* by store: a job tests it */
    const struct cp_length **every; /* by store: how often the job does it that does it most often;
                                       NULL: one does not say */
    size_t *store_of;               /* by test: the index of its store, SIZE_MAX for none */
};

void cp_restore_tests_init(struct cp_restore_tests *out, const struct cp_plan *plan,
                           struct cp_arena *arena);
/* Whether the test says that it failed or was not brought to an end: then it has not shown that the
 * store can be restored. */
bool cp_restore_test_has_failed(const struct cp_restore_test *test);

/* ---- facts
 * ------------------------------------------------------------------------------------------------------
 */

/* A piece of text of a facts block: offset from the start of its text, and length. */
struct cp_fact_text {
    uint32_t at, len;
};

/* Items of one kind stand together in the block; a list is a run of them. */
struct cp_fact_list {
    uint32_t first, count; /* among all of its kind */
    uint8_t state; /* enum cp_state of the list, or of a section around it that says nothing */
};

/* A name that other plans or a date decide about. */
struct cp_fact_reference {
    struct cp_fact_text id, field; /* field: the path */
    struct cp_fact_text meant;     /* what is like it and stands in the plan, or empty */
    struct cp_span span;
    uint16_t refers;   /* enum cp_refers: what it may name */
    bool is_inherited; /* span lies in the portfolio file */
    bool is_dated;     /* stands in a dated record */
};

/* A value that is honestly unknown. */
struct cp_fact_unknown {
    struct cp_fact_text field, reason, owner;
    struct cp_span span;
    struct cp_date due;
    bool is_inherited;
};

/* What a day stands for. */
enum cp_dated_kind {
    CP_DATED_RECORD,       /* something done: an activation, an approval, a finding's `done`, a
                              restore test that failed */
    CP_DATED_EXERCISE,     /* done as well */
    CP_DATED_RESTORE_TEST, /* done, of a store that has to be tested by hand: `about` */
    CP_DATED_REVIEW,       /* done */
    CP_DATED_FINDING       /* a finding's `due`, unless it is done without a day; `about` is its id,
                              else its text */
};

/* A day that is compared with today. */
struct cp_fact_dated {
    struct cp_fact_text field, about;
    struct cp_span span;
    struct cp_date date;
    struct cp_duration job; /* of a restore test: how often a job tests the same store */
    struct cp_date done;    /* of a finding: the day it states as done, which may be to come */
    uint8_t kind;           /* enum cp_dated_kind */
    bool has_job, has_done;
    bool is_inherited;
};

struct cp_fact_term {
    struct cp_duration every;
    struct cp_span span; /* where it is stated */
    uint8_t source;      /* enum cp_term_source */
    bool is_in_config;
};

/* ---- facts of recovery -------------------------------------------------------------------------
 * What simulation, graph, status and the rules about several plans see of a plan. The state of a
 * value is that of what it stands in where that is unknown, not applicable or broken. Text is empty
 * where its state is not CP_SET.
 */

enum cp_fact_unit { CP_FACT_ELAPSED, CP_FACT_WORKING, CP_FACT_MONTHS };

/* A length as stated; `continuous` is 0 elapsed. */
struct cp_fact_length {
    int64_t amount; /* seconds, working seconds or months */
    int32_t days;   /* working days, beside working seconds */
    uint8_t unit;   /* enum cp_fact_unit */
    uint8_t state;  /* enum cp_state */
};

struct cp_fact_length cp_fact_length_of(const struct cp_length *length);
struct cp_duration cp_fact_duration(struct cp_fact_length length);

enum cp_fact_flag { CP_FACT_NOT_STATED, CP_FACT_YES, CP_FACT_NO, CP_FACT_UNSURE };

/* An item of a list of names. */
struct cp_fact_word {
    struct cp_fact_text text;
    uint8_t state;
};

/* A name with its place. */
struct cp_fact_name {
    struct cp_fact_text text, field; /* field: the path */
    struct cp_span span;
    uint16_t refers; /* enum cp_refers: what it may name; 0 for plain text */
    uint8_t state;
    bool is_inherited; /* span lies in the portfolio file */
};

enum cp_dependency_kind {
    CP_ON_PLAN,     /* `service` */
    CP_ON_SUPPLIER, /* `supplier` */
    CP_ON_NAME_INTERNAL,
    CP_ON_NAME_EXTERNAL
};

/* What a choice is that states none of its words. */
enum { CP_FACT_ABSENT = 254, CP_FACT_UNCLEAR = 255 };

struct cp_fact_dependency {
    struct cp_fact_name target;    /* what `service` or `supplier`, else `name` says */
    uint8_t kind;                  /* enum cp_dependency_kind */
    uint8_t criticality;           /* enum cp_criticality, CP_FACT_ABSENT or CP_FACT_UNCLEAR */
    uint8_t recovery_needs;        /* enum cp_fact_flag */
    uint8_t holds_data;            /* enum cp_fact_flag */
    uint8_t fallback;              /* enum cp_state */
    uint8_t pattern;               /* enum cp_state */
    uint8_t audience;              /* enum cp_audience of the target */
    struct cp_fact_length sustain; /* of the fallback */
    struct cp_fact_length resume;
    struct cp_fact_length rto, rpo; /* its own `commits` */
};

struct cp_fact_scenario {
    struct cp_fact_text id;
    uint8_t state;
    uint8_t kind;     /* enum cp_kind, CP_FACT_ABSENT or CP_FACT_UNCLEAR */
    uint8_t response; /* enum cp_response (runbook where absent), or CP_FACT_UNCLEAR */
    bool has_own;     /* by cp_facts_set_own() */
    struct cp_fact_list loses, runbooks; /* of struct cp_fact_word */
    struct cp_duration own;              /* of its recovery by itself, without any start */
};

struct cp_fact_runbook {
    struct cp_fact_text id, owner;
    uint8_t state, owner_state;
    uint8_t type;   /* enum cp_runbook_type, CP_FACT_ABSENT or CP_FACT_UNCLEAR */
    uint8_t timing; /* enum cp_timing */
    struct cp_fact_length duration;
    struct cp_fact_list steps; /* of struct cp_fact_step */
    struct cp_fact_list needs; /* of struct cp_fact_word */
};

struct cp_fact_step {
    struct cp_fact_text id, role;
    uint8_t state, role_state;
    struct cp_fact_length duration;
    struct cp_fact_list after; /* of struct cp_fact_word; CP_ABSENT: after the step before; set and
                                  empty: at the start */
};

struct cp_fact_objective {
    struct cp_fact_text subject, scenario;     /* subject: `for` */
    uint8_t state, scenario_state;             /* scenario_state CP_ABSENT: it holds for all */
    uint8_t clock;                             /* enum cp_clock, or CP_FACT_UNCLEAR */
    struct cp_fact_name rto_place;             /* place of `rto`, else of the objective; no text */
    struct cp_fact_length mtpd, rto, wrt, rpo; /* as stated: the tier fills what is absent */
};

struct cp_fact_redundancy {
    struct cp_fact_text uses;
    uint8_t state, uses_state;
    uint8_t against, level; /* enum cp_against, enum cp_redundancy_level, or CP_FACT_… */
    struct cp_fact_length takes;
};

struct cp_fact_store {
    struct cp_fact_text id;
    uint8_t state;
    uint8_t canonical;           /* enum cp_fact_flag */
    uint8_t rebuild_from;        /* enum cp_state */
    struct cp_fact_list located; /* of struct cp_fact_word */
};

struct cp_fact_backup {
    struct cp_fact_text id, store;
    uint8_t state, store_state;
    uint8_t method; /* enum cp_method, or CP_FACT_… */
    struct cp_fact_length every, takes, lag;
    struct cp_fact_list copies; /* of struct cp_fact_copy */
};

struct cp_fact_copy {
    struct cp_fact_text provider, region, account;
    uint8_t state, provider_state, region_state, account_state;
    struct cp_fact_length lag;
};

struct cp_fact_role {
    struct cp_fact_name role;              /* its place is that of the only one who fills it, and
                                              empty where there are several or none */
    struct cp_fact_list holders, deputies; /* of struct cp_fact_word */
    struct cp_fact_text rota;
    uint8_t rota_state;
};

/* A tool or channel of the incident. */
struct cp_fact_tool {
    struct cp_fact_text name;
    struct cp_fact_list depends_on; /* of struct cp_fact_word */
    uint8_t state;
    uint8_t alternative; /* enum cp_state */
    bool is_channel;
};

/* Prose of the plan's own, of at least so many characters once white space is folded. */
enum { CP_FACT_PROSE_LEAST = 200 };

struct cp_fact_prose {
    uint64_t fingerprint; /* of the text so folded */
    struct cp_fact_text field;
    struct cp_span span;
    uint32_t length; /* of the text so folded, in characters */
};

enum cp_fact_pool {
    CP_POOL_DATES, /* restore tests of one store stand together */
    CP_POOL_REFERENCES,
    CP_POOL_UNKNOWNS,
    CP_POOL_DEPENDENCIES,
    CP_POOL_SCENARIOS,
    CP_POOL_RUNBOOKS,
    CP_POOL_STEPS,
    CP_POOL_OBJECTIVES,
    CP_POOL_REDUNDANCY,
    CP_POOL_STORES,
    CP_POOL_BACKUPS,
    CP_POOL_COPIES,
    CP_POOL_ROLES,
    CP_POOL_TOOLS,
    CP_POOL_NAMES,
    CP_POOL_WORDS,
    CP_POOL_PROSE,
    CP_FACT_POOLS
};

struct cp_fact_pool_place {
    uint32_t at, count; /* at: offset from the block's start */
};

/* What more is gathered of a plan than who it is, a bit each. */
enum cp_facts_part {
    CP_FACTS_NETWORK = 1, /* dependencies, consumers, scenarios, objectives, redundancy, roles */
    CP_FACTS_PROSE = 2,
    CP_FACTS_RECOVERY = 4 | CP_FACTS_NETWORK, /* the rest of what a simulation takes */
    CP_FACTS_RULES = 8 /* what rules ask of every plan: references, unknowns, days, terms; and
                          the paths of fields wherever else they stand */
};

/* What is kept of a plan when its worker is done: one relocatable block, no pointers. What stands
 * behind `parts` is empty where that part was not gathered. */
struct cp_facts {
    uint32_t size;
    uint32_t text; /* offset of the text, which ends the block */
    struct cp_fact_pool_place pools[CP_FACT_POOLS];
    struct cp_fact_text id; /* the id it states, else the file's stem */
    struct cp_span id_span;
    uint8_t phase; /* enum cp_phase */
    uint8_t tier;  /* 1..4, 0 for none */
    bool is_parsed;
    struct cp_fact_term terms[CP_TERMS];
    uint8_t parts; /* enum cp_facts_part */
    uint8_t owner_state, hosting_state;
    uint8_t owner_audience, tier_audience; /* enum cp_audience */
    uint8_t workaround;                    /* enum cp_state of scope.workaround */
    struct cp_fact_text name, summary;     /* summary: its first sentence, cut at 200 bytes */
    struct cp_fact_text owner, hosting;    /* owner: who is accountable */
    struct cp_fact_length workaround_sustain;
    struct cp_fact_length detect, declare; /* of incident_response.activation.times */
    struct cp_fact_list regions, zones;    /* of struct cp_fact_word */
    struct cp_fact_list dependencies; /* internal ones, then external ones; its state is CP_SET or
                                         CP_ABSENT only where neither list is unknown or broken */
    struct cp_fact_list consumers;    /* of struct cp_fact_name */
    struct cp_fact_name consumers_place; /* of the list; no text */
    struct cp_fact_list scenarios, runbooks, objectives, redundancy;
    struct cp_fact_list stores, backups;
    struct cp_fact_list roles;
    struct cp_fact_list tools; /* channels, then tools */
    struct cp_fact_list prose;
};

/* Builds the facts of a decoded plan (NULL: a file that did not parse, known by its stem alone),
 * with the arena as scratch; `parts` says what more is gathered. Freed with free(). */
struct cp_facts *cp_facts_new(const struct cp_plan *plan, struct cp_str stem,
                              const struct cp_portfolio *portfolio, unsigned parts,
                              struct cp_arena *arena);
/* Sets what the recovery of a scenario takes, by its place in the list: for those who have worked
 * it out while they had the plan. */
void cp_facts_set_own(struct cp_facts *facts, size_t scenario, struct cp_duration own);
struct cp_str cp_fact_str(const struct cp_facts *facts, struct cp_fact_text text);
/* How many there are of a kind. */
uint32_t cp_facts_count(const struct cp_facts *facts, enum cp_fact_pool pool);
/* All of a kind. */
const struct cp_fact_reference *cp_facts_references(const struct cp_facts *facts);
const struct cp_fact_unknown *cp_facts_unknowns(const struct cp_facts *facts);
const struct cp_fact_dated *cp_facts_dates(const struct cp_facts *facts);
/* The items of a list, `list.count` of them. */
const struct cp_fact_dependency *cp_fact_dependencies(const struct cp_facts *facts,
                                                      struct cp_fact_list list);
const struct cp_fact_scenario *cp_fact_scenarios(const struct cp_facts *facts,
                                                 struct cp_fact_list list);
const struct cp_fact_runbook *cp_fact_runbooks(const struct cp_facts *facts,
                                               struct cp_fact_list list);
const struct cp_fact_step *cp_fact_steps(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_objective *cp_fact_objectives(const struct cp_facts *facts,
                                                   struct cp_fact_list list);
const struct cp_fact_redundancy *cp_fact_redundancies(const struct cp_facts *facts,
                                                      struct cp_fact_list list);
const struct cp_fact_store *cp_fact_stores(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_backup *cp_fact_backups(const struct cp_facts *facts,
                                             struct cp_fact_list list);
const struct cp_fact_copy *cp_fact_copies(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_role *cp_fact_roles(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_tool *cp_fact_tools(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_name *cp_fact_names(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_word *cp_fact_words(const struct cp_facts *facts, struct cp_fact_list list);
const struct cp_fact_prose *cp_fact_prose(const struct cp_facts *facts, struct cp_fact_list list);

/* Reports the references of `subject` that may name a plan and name none of `plans` (id ->
 * anything). `file` is the subject's; `ids` are all plans' ids, for did-you-mean. A name that the
 * portfolio file may declare is left alone where that file is in doubt. */
void cp_facts_check_names(const struct cp_facts *subject, struct cp_file *file,
                          const struct cp_portfolio *portfolio, const struct cp_map *plans,
                          const struct cp_str *ids, size_t id_count, struct cp_diags *diags);

#endif
