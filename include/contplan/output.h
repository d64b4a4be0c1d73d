/*
 * output: every writer, one file each, in registries: findings for people and for the services that
 * show them; plans as markdown, html, json; comparisons and simulated outages as text, markdown,
 * json. Writers fill a buffer; whoever calls them writes it out. All text that came from files
 * leaves printable: no control character, no line that a plan could forge.
 */
#ifndef CONTPLAN_OUTPUT_H
#define CONTPLAN_OUTPUT_H

#include <contplan/analysis.h>
#include <contplan/base.h>
#include <contplan/diag.h>
#include <contplan/model.h>
#include <contplan/report.h>
#include <contplan/rules.h>

struct cp_output_options {
    bool has_color; /* terminal colours wanted: the caller decided from --color, NO_COLOR, isatty */
    unsigned width; /* columns of the terminal; 0 where it is none */
    bool has_utf8;  /* bars and marks may be drawn with more than ASCII */
};

struct cp_findings_format {
    const char *name; /* "text" */
    const char *doc;  /* for the manual and -h */
    void (*write)(struct cp_buf *out, const struct cp_findings *findings,
                  const struct cp_output_options *options);
};

/* NULL where there is no such format. */
const struct cp_findings_format *cp_findings_format_find(struct cp_str name);
/* All of them, in the order of the manual. */
size_t cp_findings_formats(const struct cp_findings_format **out);

struct cp_plan_format {
    const char *name;      /* "markdown" */
    const char *extension; /* "md" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_plan *plan,
                  const struct cp_portfolio *portfolio, const struct cp_report_options *options);
};

const struct cp_plan_format *cp_plan_format_find(struct cp_str name);
size_t cp_plan_formats(const struct cp_plan_format **out);

/* Puts the summary line of a run, with its line end: "2 errors, 1 warning in 9 plans; 1
 * can be fixed with --fix". */
void cp_findings_put_summary(struct cp_buf *out, const struct cp_findings *findings);
/* Puts a line for each rule that fired, the most frequent first; nothing where none did. */
void cp_findings_put_statistics(struct cp_buf *out, const struct cp_findings *findings);

/* ---- comparisons ----------------------------------------------------------------------------- */

struct cp_comparison_format {
    const char *name; /* "markdown" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_comparison *comparison,
                  const struct cp_output_options *options);
};

const struct cp_comparison_format *cp_comparison_format_find(struct cp_str name);
size_t cp_comparison_formats(const struct cp_comparison_format **out);

/* ---- evidence -------------------------------------------------------------------------------- */

enum cp_evidence_state {
    CP_EVIDENCE_STATED,
    CP_EVIDENCE_NOT_APPLICABLE,
    CP_EVIDENCE_WITHHELD, /* it is for a narrower audience */
    CP_EVIDENCE_UNKNOWN,
    CP_EVIDENCE_BROKEN,
    CP_EVIDENCE_MISSING,
    CP_EVIDENCE_NO_FIELD /* what a plan cites is no field of the format */
};
enum { CP_EVIDENCE_STATES = CP_EVIDENCE_NO_FIELD + 1 };

/* "not applicable". */
const char *cp_evidence_state_name(enum cp_evidence_state state);

enum cp_record_kind {
    CP_RECORD_APPROVAL,
    CP_RECORD_REVIEW,
    CP_RECORD_EXERCISE,
    CP_RECORD_ACTIVATION,
    CP_RECORD_RESTORE_TEST
};

/* "restore test". */
const char *cp_record_name(enum cp_record_kind kind);

/* Something that a plan says was done on a day. */
struct cp_record {
    enum cp_record_kind kind;
    struct cp_date date;
    struct cp_str field; /* path of the entry: "supporting.exercises[0]" */
    struct cp_str what;  /* raw: "functional, passed", "Maya Lind, of the present objectives" */
};

/* A commit that changed a field in the period. */
struct cp_evidence_commit {
    struct cp_str id, author; /* author: raw; empty for the public */
    struct cp_date date;
};

struct cp_evidence_plan {
    struct cp_str id, path, config; /* config: of the portfolio file, empty where there is none */
    bool has_history;               /* false: which commits there are is not known */
    CP_LIST(struct cp_record) records; /* in the period, by day */
};

/* A field of a plan under a clause that asks for it. */
struct cp_evidence_row {
    struct cp_evidence_plan *plan;
    struct cp_str clause, field;
    bool is_of_profile, is_of_plan; /* who says that it satisfies the clause */
    enum cp_evidence_state state;   /* the worst, where the field stands in several items */
    size_t in, of;                  /* how many of how many values are so; 1 of 1 elsewhere */
    struct cp_date until;           /* of what is unknown; has_until */
    bool has_until;
    CP_LIST(const struct cp_rule *) findings; /* open at the field or below it, each once */
    bool is_inherited; /* some of it comes from the portfolio file's defaults */
    CP_LIST(const struct cp_record *) records;
    CP_LIST(struct cp_evidence_commit) commits; /* by day */
    CP_LIST(struct cp_str) gaps;
};

/* What plans show for the clauses of one standard. Everything is owned by it. */
struct cp_evidence {
    struct cp_str standard;           /* its id */
    const struct cp_profile *profile; /* of that name, or NULL: only plans cite clauses */
    bool has_from;
    struct cp_date from, to; /* the period, both days in it */
    struct cp_date today;
    enum cp_audience audience;
    CP_LIST(struct cp_evidence_plan *) plans;
    CP_LIST(struct cp_evidence_row *) rows; /* by clause, field, plan */
    size_t gaps, withheld;
    struct cp_arena arena;
};

/* `evidence` holds standard, profile, period, today and audience, borrowed; the rest is set. */
void cp_evidence_init(struct cp_evidence *evidence);
void cp_evidence_release(struct cp_evidence *evidence);
/* Adds the rows of a plan: what the profile asks of it under a clause of the standard, and what the
 * plan itself cites. `findings` are those of a run over its portfolio. Plans come in path order. */
void cp_evidence_add(struct cp_evidence *evidence, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, struct cp_str id, const char *path,
                     const struct cp_findings *findings);
/* Hides the secrets in what was added last, for a plan of whose files they are. */
void cp_evidence_hide(struct cp_evidence *evidence, const struct cp_secrets *secrets);
/* Adds a commit that changed the field of a row; once, however often it is added. */
void cp_evidence_add_commit(struct cp_evidence *evidence, struct cp_evidence_row *row,
                            struct cp_str id, struct cp_str author, struct cp_date date);
/* Sorts and counts; nothing is added afterwards. */
void cp_evidence_settle(struct cp_evidence *evidence);

struct cp_evidence_format {
    const char *name; /* "csv" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_evidence *evidence);
};

size_t cp_evidence_formats(const struct cp_evidence_format **out);
const struct cp_evidence_format *cp_evidence_format_find(struct cp_str name);

/* ---- history --------------------------------------------------------------------------------- */

/* What one commit changed. Texts are raw; author and subject are NULL where the audience is not
 * told them. */
struct cp_history_entry {
    struct cp_str commit, author, subject;
    struct cp_date date;
    struct cp_comparison comparison;
};

struct cp_history_format {
    const char *name; /* "markdown" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_history_entry *const *entries, size_t count,
                  const struct cp_output_options *options);
};

const struct cp_history_format *cp_history_format_find(struct cp_str name);
size_t cp_history_formats(const struct cp_history_format **out);

/* ---- simulated outages ----------------------------------------------------------------------- */

/* What is written of a simulated outage. Everything is borrowed, and text is raw. */
struct cp_outage {
    const struct cp_network *network;
    const struct cp_zone *zone; /* whose clocks are shown */
    struct cp_str zone_name;    /* "Europe/London" */
    const struct cp_simulation *simulation;
    struct cp_hold *path; /* what the service that is up last waited for, through others */
    size_t path_count;
    struct cp_remedy *remedies; /* best first */
    size_t remedy_count;
    size_t
        last; /* its index in simulation->services; SIZE_MAX: nothing goes down for a known time */
    const struct cp_str *asked; /* what the user named: it is known to be lost, or absent */
    size_t asked_count;
    enum cp_audience audience;
    size_t withheld;     /* names and lengths that are for a narrower audience */
    const bool *is_kept; /* by plan: its times are; NULL: nobody's */
    bool has_kept_times, has_kept_limits;
};

/* What is written of the loss of each thing alone. Everything is borrowed, and text is raw. */
struct cp_ranking {
    const struct cp_zone *zone;
    struct cp_str zone_name;
    int64_t at;
    const struct cp_worst *things; /* worst first */
    size_t count;
    const struct cp_str *assumptions;
    size_t assumption_count;
    enum cp_audience audience;
    size_t withheld;
    bool has_kept_times; /* how long anything takes is for a narrower audience */
};

/* What a plan keeps back from an audience. */
struct cp_reserved_plan {
    bool is_closed;  /* the plan as a whole: what is not stated for the audience is kept back */
    bool has_times;  /* a length from which ends are counted is */
    bool has_limits; /* a length that it promises is */
};

/* What plans keep back, as far as a simulated outage could tell of it; and people, teams and
 * suppliers of the portfolio file, which are internal unless they state an audience, and shown to
 * others under the names by which a plan refers to them in a value that these may see. */
struct cp_reserved {
    const struct cp_portfolio *portfolio; /* borrowed */
    enum cp_audience audience;
    struct cp_map plans; /* id -> struct cp_reserved_plan */
    struct cp_map names; /* "plan\nname": kept back; of a plan that is closed, shown */
    struct cp_map kept;  /* names that a plan keeps back of what can be lost */
    struct cp_map open;  /* names of the portfolio file that a plan shows */
    bool has_lengths;    /* any plan keeps one back */
    struct cp_arena arena;
};

void cp_reserved_init(struct cp_reserved *out, const struct cp_portfolio *portfolio,
                      enum cp_audience audience);
void cp_reserved_release(struct cp_reserved *reserved);
void cp_reserved_add(struct cp_reserved *reserved, const struct cp_plan *plan, struct cp_str id);
/* What the plan of that id keeps back; never NULL. */
const struct cp_reserved_plan *cp_reserved_plan(const struct cp_reserved *reserved,
                                                struct cp_str plan);
/* Whether a name that something in this plan leads to is kept back; whether one is that stands in
 * the portfolio file; and one of something that is lost. */
bool cp_reserved_keeps(const struct cp_reserved *reserved, struct cp_str plan, struct cp_str name);
bool cp_reserved_is_narrow(const struct cp_reserved *reserved, struct cp_str name);
bool cp_reserved_keeps_thing(const struct cp_reserved *reserved, struct cp_str name);

/* Writes "(withheld)" for such names in `simulation`, which is the outage's, makes times and limits
 * unknown that rest on lengths that are kept back, and says which; counts all of it. Hides secrets
 * in every text. New text is owned by `arena`. */
void cp_outage_hide(struct cp_outage *outage, struct cp_simulation *simulation,
                    const struct cp_reserved *reserved, const struct cp_secrets *secrets,
                    struct cp_arena *arena);

/* The same for `things`, which are the ranking's; lengths become 0. */
void cp_ranking_hide(struct cp_ranking *ranking, struct cp_worst *things,
                     const struct cp_reserved *reserved, const struct cp_secrets *secrets,
                     struct cp_arena *arena);

struct cp_simulation_format {
    const char *name; /* "markdown" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_outage *outage,
                  const struct cp_output_options *options);
    void (*write_ranking)(struct cp_buf *out, const struct cp_ranking *ranking,
                          const struct cp_output_options *options);
};

const struct cp_simulation_format *cp_simulation_format_find(struct cp_str name);
size_t cp_simulation_formats(const struct cp_simulation_format **out);

/* ---- rules ----------------------------------------------------------------------------------- */

/* Puts what `contplan explain` says of a rule, folded at 80 columns. */
void cp_rule_put(struct cp_buf *out, const struct cp_rule *rule);
/* Puts all rules with all that they say of themselves as one JSON document. */
void cp_rules_put_json(struct cp_buf *out);
/* Puts text folded at blanks within 80 columns, each line but the first behind `margin` blanks; or
 * within so many `columns`. */
void cp_folded_put(struct cp_buf *out, struct cp_str text, size_t margin);
void cp_folded_put_within(struct cp_buf *out, struct cp_str text, size_t margin, size_t columns);

/* ---- views of a portfolio -------------------------------------------------------------------- */

/* A plan as the views take it. */
struct cp_viewed {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    const struct cp_profile *profile;
    struct cp_str id; /* stated, else the file's stem */
    const char *path;
    const struct cp_secrets *own, *shared; /* of its file, and of all portfolio files: hidden */
};

/* ---- calendars ------------------------------------------------------------------------------- */

enum cp_event_kind {
    CP_EVENT_EXERCISE,
    CP_EVENT_RESTORE_TEST,
    CP_EVENT_REVIEW,
    CP_EVENT_FINDING,
    CP_EVENT_WAIVER
};

/* Something that has to be done by a day, or ends with it. Texts are raw. */
struct cp_event {
    enum cp_event_kind kind;
    struct cp_date date;
    bool is_overdue;
    struct cp_str uid; /* of whose event it is, and which of them; not of its day */
    struct cp_str summary;
    struct cp_str description; /* lines */
    size_t order;              /* in which it was added */
};

/* What falls due in a portfolio. Everything is owned by it. */
struct cp_agenda {
    enum cp_audience audience;
    struct cp_date today;
    struct cp_str organisation; /* of the first portfolio file that names one */
    CP_LIST(struct cp_event) events;
    size_t withheld;    /* events that are for a narrower audience */
    struct cp_map seen; /* of what plans inherit: each waiver once */
    struct cp_map uids; /* -> how many events had it before */
    struct cp_arena arena;
};

void cp_agenda_init(struct cp_agenda *out, enum cp_audience audience, struct cp_date today);
void cp_agenda_release(struct cp_agenda *agenda);
/* Adds what falls due of a plan, and the waivers it states: those of its `suppressions` and the
 * `count` that are `waived` by comments of its file. Plans come in path order. */
void cp_agenda_add(struct cp_agenda *agenda, const struct cp_viewed *viewed,
                   const struct cp_waived *waived, size_t count);
/* Adds what a comment of a portfolio file waives. */
void cp_agenda_add_shared(struct cp_agenda *agenda, const struct cp_waived *waived,
                          const struct cp_secrets *shared);
/* Puts it as iCalendar (RFC 5545), by day; nothing is added afterwards. */
void cp_agenda_put(struct cp_buf *out, struct cp_agenda *agenda);

/* ---- tables ---------------------------------------------------------------------------------- */

/* A number is a text of at most nine digits; only a list holds several values in JSON, where others
 * have their first one. */
enum cp_column_kind { CP_COLUMN_TEXT, CP_COLUMN_NUMBER, CP_COLUMN_LIST };

struct cp_table_column {
    const char *name; /* key in JSON and CSV, heading in capitals */
    enum cp_column_kind kind;
};

enum { CP_TABLE_COLUMNS = 24 }; /* at most */

/* Which columns of a table for people go first where it is too wide: those of the highest rank. */
enum { CP_RANK_NEEDED = 0, CP_RANK_PROGRAMS = 255 /* it stands only in what programs read */ };

enum cp_cell_state {
    CP_CELL_GIVEN,
    CP_CELL_UNKNOWN,
    CP_CELL_NOT_APPLICABLE,
    CP_CELL_BROKEN,
    CP_CELL_EMPTY,   /* nothing stands behind its key */
    CP_CELL_WITHHELD /* it is for a narrower audience */
};

/* One value of a cell; a cell without any is empty. */
struct cp_table_item {
    uint32_t row;
    uint8_t column;
    uint8_t state; /* enum cp_cell_state */
    struct cp_str text;
};

/* "plans", 9: said below a table, and in JSON. */
struct cp_table_total {
    const char *name;
    size_t number;
};

struct cp_table {
    const char *what; /* "plans": the key of the rows in JSON */
    const struct cp_table_column *columns;
    const uint8_t *ranks; /* by column; NULL: all are needed */
    CP_LIST(struct cp_table_total) totals;
    size_t column_count, row_count, withheld;
    CP_LIST(struct cp_table_item) items; /* in the order of rows and columns */
    struct cp_arena arena;
    struct cp_map seen;   /* values of the row that is being added: each stands once in a cell */
    struct cp_arena keys; /* of `seen` */
};

void cp_table_init(struct cp_table *table, const char *what, const struct cp_table_column *columns,
                   size_t count);
void cp_table_release(struct cp_table *table);
void cp_table_add_row(struct cp_table *table);
/* Adds a value, which is copied, to a cell of the last row, once; the columns of a row are filled
 * in their order. The text is raw: the writers make it printable. */
void cp_table_add(struct cp_table *table, size_t column, enum cp_cell_state state,
                  struct cp_str text);

/* Adds a total; `name` is a constant, with underscores for blanks. */
void cp_table_total(struct cp_table *table, const char *name, size_t number);

struct cp_table_format {
    const char *name; /* "csv" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_table *table,
                  const struct cp_output_options *options);
};

size_t cp_table_formats(const struct cp_table_format **out);
const struct cp_table_format *cp_table_format_find(struct cp_str name);

/* The table of plans that `contplan list` writes. */
void cp_listing_init(struct cp_table *table);
/* Adds the row of a plan, as far as it is for `audience`. */
void cp_listing_add(struct cp_table *table, const struct cp_plan *plan,
                    const struct cp_portfolio *portfolio, struct cp_str id,
                    enum cp_audience audience);
/* The table of all rules. */
void cp_rules_tabulate(struct cp_table *table);

/* ---- overviews ------------------------------------------------------------------------------- */

/* The portfolio at a glance: a row a plan, with what a run found in it. Everything is owned by it.
 */
struct cp_overview {
    enum cp_audience audience;
    struct cp_date today;
    struct cp_table table;
    struct cp_map verdicts; /* by path of a plan's file: what was found there */
    size_t unreadable, failing, overdue, open_findings, never_exercised;
    size_t errors, warnings, infos; /* of the whole run */
    struct cp_arena arena;
};

/* `findings` are those of a run over the plans that are added. */
void cp_overview_init(struct cp_overview *out, const struct cp_findings *findings,
                      enum cp_audience audience, struct cp_date today);
void cp_overview_release(struct cp_overview *overview);
/* Adds the row of a plan, as far as it is for the audience. */
void cp_overview_add(struct cp_overview *overview, const struct cp_viewed *viewed);
/* Adds the row of a file that holds no plan that can be read. */
void cp_overview_add_unreadable(struct cp_overview *overview, struct cp_str id, const char *path);
/* Counts; nothing is added afterwards. */
void cp_overview_settle(struct cp_overview *overview);

/* ---- graphs ---------------------------------------------------------------------------------- */

enum cp_graph_kind {
    CP_GRAPH_PLAN,
    CP_GRAPH_SUPPLIER,
    CP_GRAPH_NAME, /* something that a plan calls by a plain name */
    CP_GRAPH_LOST  /* an id that no plan has */
};
enum { CP_GRAPH_KINDS = CP_GRAPH_LOST + 1 };

/* In which circles something lies, a bit each. */
enum { CP_CIRCLE_HARD = 1, CP_CIRCLE_RECOVERY = 2 };

/* Texts are raw. */
struct cp_graph_node {
    enum cp_graph_kind kind;
    struct cp_str id;    /* of a plan or supplier; else the name */
    struct cp_str label; /* what people call it */
    struct cp_str owner; /* who is accountable; empty where not stated, or not for the audience */
    unsigned tier;       /* 0: none, or not for the audience */
    bool is_retired, is_unreadable;
    unsigned circles;
    bool is_focus;
};

struct cp_graph_link {
    uint32_t from, to;   /* indices of nodes */
    uint8_t criticality; /* enum cp_criticality, CP_FACT_ABSENT or CP_FACT_UNCLEAR */
    bool is_needed;      /* `recovery_needs`: it must be up before recovery starts */
    bool is_ground;      /* of a supplier on one that it `runs_on`; then without criticality */
    unsigned circles;    /* of which it is a part */
};

enum cp_graph_cluster { CP_CLUSTER_TIER, CP_CLUSTER_OWNER, CP_CLUSTER_NONE };

/* Who depends on what. Everything is owned by it. */
struct cp_graph {
    enum cp_audience audience;
    enum cp_graph_cluster cluster;
    CP_LIST(struct cp_graph_node) nodes;
    CP_LIST(struct cp_graph_link) links; /* by the node they lead from, once settled */
    size_t withheld;                     /* links that are for a narrower audience */
    struct cp_map known;                 /* of the network that is added: what -> 1 + node */
    struct cp_arena arena;
};

void cp_graph_init(struct cp_graph *out, enum cp_audience audience, enum cp_graph_cluster cluster);
void cp_graph_release(struct cp_graph *graph);
/* Adds the plans asked for of a network, what they depend on or are needed by, and what those
 * suppliers run on. */
void cp_graph_add(struct cp_graph *graph, const struct cp_network *network);
/* Sorts, and finds the circles; nothing is added afterwards. */
void cp_graph_settle(struct cp_graph *graph);
/* Hides the secrets in all texts. */
void cp_graph_hide(struct cp_graph *graph, const struct cp_secrets *secrets);
/* Leaves only the plan or supplier `id`, what it depends on and what depends on it, over at most
 * `depth` links. False, and nothing left out, where there is none of that id; `*meant` is then the
 * nearest one, or empty. */
bool cp_graph_focus(struct cp_graph *graph, struct cp_str *meant, struct cp_str id, size_t depth);

/* "plan". */
const char *cp_graph_kind_name(enum cp_graph_kind kind);
/* "hard", or "not stated". */
const char *cp_graph_criticality_name(uint8_t criticality);

struct cp_graph_format {
    const char *name; /* "dot" */
    const char *doc;
    void (*write)(struct cp_buf *out, const struct cp_graph *graph);
};

size_t cp_graph_formats(const struct cp_graph_format **out);
/* NULL where there is no such format. */
const struct cp_graph_format *cp_graph_format_find(struct cp_str name);

#endif
