/*
 * Which facts stand in the overview of a portfolio: what each plan promises, what its own runbooks
 * add up to, when it was last exercised and what that measured, what is due, what is open, and the
 * worst that was found. Writes nothing: the formats are the table's.
 */
#include "due.h"
#include "listing.h"

enum {
    ID,
    NAME,
    TIER,
    PHASE,
    RTO,
    RPO,
    CAPABILITY,
    SCENARIO,
    UNTIMED,
    EXERCISED,
    TYPE,
    ACHIEVED_RTO,
    ACHIEVED_RPO,
    ACHIEVED_ON,
    DUE,
    DUE_FOR,
    OVERDUE,
    FINDINGS,
    ERRORS,
    WARNINGS,
    INFOS,
    WORST,
    COLUMNS
};

static const struct cp_table_column columns[COLUMNS] = {
    [ID] = {"id", CP_COLUMN_TEXT},
    [NAME] = {"name", CP_COLUMN_TEXT},
    [TIER] = {"tier", CP_COLUMN_NUMBER},
    [PHASE] = {"phase", CP_COLUMN_TEXT},
    [RTO] = {"rto", CP_COLUMN_LIST},
    [RPO] = {"rpo", CP_COLUMN_LIST},
    [CAPABILITY] = {"capability", CP_COLUMN_TEXT},
    [SCENARIO] = {"capability_scenario", CP_COLUMN_TEXT},
    [UNTIMED] = {"scenarios_unknown", CP_COLUMN_NUMBER},
    [EXERCISED] = {"exercised", CP_COLUMN_TEXT},
    [TYPE] = {"exercise_type", CP_COLUMN_TEXT},
    [ACHIEVED_RTO] = {"achieved_rto", CP_COLUMN_TEXT},
    [ACHIEVED_RPO] = {"achieved_rpo", CP_COLUMN_TEXT},
    [ACHIEVED_ON] = {"achieved_on", CP_COLUMN_TEXT},
    [DUE] = {"due", CP_COLUMN_TEXT},
    [DUE_FOR] = {"due_for", CP_COLUMN_TEXT},
    [OVERDUE] = {"overdue", CP_COLUMN_NUMBER},
    [FINDINGS] = {"open_findings", CP_COLUMN_NUMBER},
    [ERRORS] = {"errors", CP_COLUMN_NUMBER},
    [WARNINGS] = {"warnings", CP_COLUMN_NUMBER},
    [INFOS] = {"infos", CP_COLUMN_NUMBER},
    [WORST] = {"worst", CP_COLUMN_TEXT},
};

static const uint8_t ranks[COLUMNS] = {
    [NAME] = 10,
    [TIER] = 2,
    [PHASE] = 9,
    [RTO] = 1,
    [RPO] = 4,
    [CAPABILITY] = 1,
    [SCENARIO] = CP_RANK_PROGRAMS,
    [UNTIMED] = CP_RANK_PROGRAMS,
    [EXERCISED] = 5,
    [TYPE] = CP_RANK_PROGRAMS,
    [ACHIEVED_RTO] = 6,
    [ACHIEVED_RPO] = 7,
    [ACHIEVED_ON] = CP_RANK_PROGRAMS,
    [DUE] = 1,
    [DUE_FOR] = 3,
    [OVERDUE] = CP_RANK_PROGRAMS,
    [FINDINGS] = 8,
    [ERRORS] = CP_RANK_PROGRAMS,
    [WARNINGS] = CP_RANK_PROGRAMS,
    [INFOS] = CP_RANK_PROGRAMS,
};

/* What was found in one file. */
struct verdict {
    size_t errors, warnings, infos;
    enum cp_severity severity;  /* the worst */
    const struct cp_rule *rule; /* the first that is as bad */
};

static void note_finding(struct cp_overview *out, const struct cp_diagnostic *finding)
{
    struct cp_str path = cp_str_of(finding->place.file->path);
    struct verdict *verdict = cp_map_find(&out->verdicts, path);
    if (!verdict) {
        verdict = cp_arena_alloc(&out->arena, sizeof(*verdict));
        cp_map_put(&out->verdicts, cp_arena_copy(&out->arena, path), verdict);
    }
    verdict->errors += finding->severity == CP_ERROR;
    verdict->warnings += finding->severity == CP_WARNING;
    verdict->infos += finding->severity == CP_INFO;
    if (!verdict->rule || finding->severity > verdict->severity) {
        verdict->severity = finding->severity;
        verdict->rule = finding->rule;
    }
}

void cp_overview_init(struct cp_overview *out, const struct cp_findings *findings,
                      enum cp_audience audience, struct cp_date today)
{
    *out = (struct cp_overview){.audience = audience,
                                .today = today,
                                .errors = findings->errors,
                                .warnings = findings->warnings,
                                .infos = findings->infos};
    cp_table_init(&out->table, "plans", columns, COLUMNS);
    out->table.ranks = ranks;
    cp_map_init(&out->verdicts);
    cp_arena_init(&out->arena);
    for (size_t i = 0; i < findings->count; i++) {
        note_finding(out, findings->items[i]);
    }
}

void cp_overview_release(struct cp_overview *overview)
{
    cp_table_release(&overview->table);
    cp_map_release(&overview->verdicts);
    cp_arena_release(&overview->arena);
}

/* ---- cells ----------------------------------------------------------------------------------- */

/* A row that is being filled. */
struct row {
    struct cp_overview *overview;
    const struct cp_viewed *viewed;
    struct listing listing;
    struct cp_arena *arena; /* scratch */
};

static void add_given(struct cp_overview *overview, size_t column, struct cp_str text)
{
    if (text.len > 0) {
        cp_table_add(&overview->table, column, CP_CELL_GIVEN, text);
    }
}

static void add_number(struct cp_overview *overview, size_t column, size_t number)
{
    enum { MOST = 999999999 }; /* that a column of numbers takes */
    size_t shown = number > MOST ? MOST : number;
    add_given(overview, column, cp_arena_printf(&overview->arena, "%zu", shown));
}

static void add_day(struct cp_overview *overview, size_t column, struct cp_date date)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_date_put(&text, date);
    add_given(overview, column, cp_buf_str(&text));
    cp_buf_release(&text);
}

static void add_duration(struct cp_overview *overview, size_t column, struct cp_duration duration)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_duration_put(&text, duration);
    add_given(overview, column, cp_buf_str(&text));
    cp_buf_release(&text);
}

/* ---- capability ------------------------------------------------------------------------------ */

static bool shows_member(const struct row *row, const struct cp_member *entry, const char *key)
{
    struct cp_member at;
    return !cp_member_find(&at, entry, key) || listing_shows(&row->listing, &at);
}

/* Whether the audience may know how long each item of a list takes. */
static bool shows_lengths(const struct row *row, const struct cp_member *from, const char *list,
                          const char *length)
{
    struct cp_member at;
    if (!cp_member_find(&at, from, list)) {
        return true;
    }
    bool is_open = listing_shows(&row->listing, &at);
    for (size_t i = 0; is_open && cp_member_is_list(&at) && i < cp_member_count(&at); i++) {
        struct cp_member item = cp_member_item(&at, i);
        is_open = listing_shows(&row->listing, &item) &&
                  (item.leaf->state != CP_SET || shows_member(row, &item, length));
    }
    return is_open;
}

/* A sum tells of its parts: it is for those who may see all of them. */
static bool shows_capability(const struct row *row)
{
    struct cp_member plan = viewed_plan(row->viewed);
    struct cp_member runbooks;
    bool is_open = shows_lengths(row, &plan, "disaster_recovery.scenarios", "id") &&
                   shows_lengths(row, &plan, "disaster_recovery.runbooks", "duration") &&
                   shows_lengths(row, &plan, "it_continuity.redundancy", "takes") &&
                   shows_member(row, &plan, "incident_response.activation.times.detect") &&
                   shows_member(row, &plan, "incident_response.activation.times.declare");
    if (!cp_member_find(&runbooks, &plan, "disaster_recovery.runbooks") ||
        !cp_member_is_list(&runbooks)) {
        return is_open;
    }
    for (size_t i = 0; is_open && i < cp_member_count(&runbooks); i++) {
        struct cp_member runbook = cp_member_item(&runbooks, i);
        is_open =
            runbook.leaf->state != CP_SET || shows_lengths(row, &runbook, "steps", "duration");
    }
    return is_open;
}

/* The scenario from which the service is back last, counted from the disruption. */
struct worst {
    const struct cp_scenario *scenario; /* NULL: of none it is known */
    struct cp_duration total;
    size_t unknown; /* scenarios of which it is not */
};

static void find_worst(struct worst *out, const struct row *row)
{
    const struct cp_viewed *viewed = row->viewed;
    size_t count = viewed->plan->disaster_recovery.scenarios.count;
    const struct cp_recovery *recoveries =
        cp_recoveries_get(viewed->plan, viewed->portfolio, row->arena);
    for (size_t i = 0; i < count; i++) {
        struct cp_capability one;
        if (!cp_capability(&one, &recoveries[i], viewed->plan, CP_CLOCK_DISRUPTION)) {
            out->unknown++;
        } else if (!out->scenario ||
                   cp_duration_judge(one.total, out->total, viewed->portfolio) == CP_OVER) {
            out->scenario = recoveries[i].scenario;
            out->total = one.total;
        }
    }
}

static void add_capability(const struct row *row)
{
    struct cp_overview *overview = row->overview;
    struct worst worst = {0};
    if (row->viewed->plan->disaster_recovery.scenarios.count == 0) {
        return;
    }
    if (!shows_capability(row)) {
        cp_table_add(&overview->table, CAPABILITY, CP_CELL_WITHHELD, (struct cp_str){0});
        return;
    }
    find_worst(&worst, row);
    if (worst.scenario) {
        add_duration(overview, CAPABILITY, worst.total);
    }
    if (worst.unknown > 0) { /* beside what is known, which in JSON is all: it says how many */
        cp_table_add(&overview->table, CAPABILITY, CP_CELL_UNKNOWN, (struct cp_str){0});
    }
    if (worst.scenario && worst.scenario->id.leaf.state == CP_SET) {
        add_given(overview, SCENARIO, worst.scenario->id.text);
    }
    add_number(overview, UNTIMED, worst.unknown);
}

/* ---- exercises ------------------------------------------------------------------------------- */

static const struct cp_day *day_of(const struct cp_member *at)
{
    return (const struct cp_day *)(const void *)at->leaf;
}

static bool has_achieved(const struct cp_member *record)
{
    struct cp_member at;
    return viewed_find(&at, record, "achieved.rto", CP_RESTRICTED) ||
           viewed_find(&at, record, "achieved.rpo", CP_RESTRICTED);
}

/* Finds the latest of a list's records that has taken place; of those that measured something,
 * where only they are wanted. */
static bool find_latest(struct cp_member *out, struct cp_date *day, const struct row *row,
                        const char *path, bool is_measured)
{
    struct cp_member plan = viewed_plan(row->viewed);
    struct cp_member list, date;
    bool is_found = out->leaf != NULL;
    if (!cp_member_find(&list, &plan, path) || !cp_member_is_list(&list)) {
        return is_found;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member record = cp_member_item(&list, i);
        if (record.leaf->state != CP_SET || !viewed_find(&date, &record, "date", CP_RESTRICTED) ||
            day_of(&date)->date.days > row->overview->today.days ||
            (is_found && day_of(&date)->date.days < day->days) ||
            (is_measured && !has_achieved(&record))) {
            continue;
        }
        *out = record;
        *day = day_of(&date)->date;
        is_found = true;
    }
    return is_found;
}

/* Whether the audience may know the record and its day; else the cell says so. */
static bool add_date(const struct row *row, size_t column, const struct cp_member *record,
                     struct cp_date day)
{
    bool is_open = listing_shows(&row->listing, record) && shows_member(row, record, "date");
    if (is_open) {
        add_day(row->overview, column, day);
    } else {
        cp_table_add(&row->overview->table, column, CP_CELL_WITHHELD, (struct cp_str){0});
    }
    return is_open;
}

static void add_achieved(const struct row *row, size_t column, const struct cp_member *record,
                         const char *path)
{
    struct cp_member at;
    if (!viewed_find(&at, record, path, CP_RESTRICTED)) {
        return;
    }
    if (listing_shows(&row->listing, record) && listing_shows(&row->listing, &at)) {
        add_duration(row->overview, column,
                     ((const struct cp_length *)(const void *)at.leaf)->duration);
    } else {
        cp_table_add(&row->overview->table, column, CP_CELL_WITHHELD, (struct cp_str){0});
    }
}

static void add_exercises(const struct row *row)
{
    struct cp_overview *overview = row->overview;
    struct cp_member latest = {0};
    struct cp_member measured = {0};
    struct cp_date day = {0};
    if (find_latest(&latest, &day, row, "supporting.exercises", false)) {
        if (add_date(row, EXERCISED, &latest, day)) {
            add_given(overview, TYPE, viewed_text(&latest, "type", overview->audience));
        }
    } else if (cp_plan_phase(row->viewed->plan) != CP_RETIRED) {
        overview->never_exercised++;
    }
    (void)find_latest(&measured, &day, row, "supporting.exercises", true);
    if (find_latest(&measured, &day, row, "supporting.activations", true)) {
        add_achieved(row, ACHIEVED_RTO, &measured, "achieved.rto");
        add_achieved(row, ACHIEVED_RPO, &measured, "achieved.rpo");
        (void)add_date(row, ACHIEVED_ON, &measured, day);
    }
}

/* ---- what is due and open -------------------------------------------------------------------- */

static const char *const due_words[] = {
    [CP_DUE_EXERCISE] = "exercise",
    [CP_DUE_RESTORE_TEST] = "restore test",
    [CP_DUE_REVIEW] = "review",
    [CP_DUE_FINDING] = "finding",
};

static void add_due(const struct row *row)
{
    struct cp_overview *overview = row->overview;
    struct due_items items;
    const struct cp_due *first = NULL;
    size_t overdue = 0;
    due_items_init(&items, row->viewed, overview->audience, overview->today, row->arena);
    for (size_t i = 0; i < items.items.count; i++) {
        const struct cp_due *due = &items.items.items[i].due;
        first = !first || due->date.days < first->date.days ? due : first;
        overdue += due->is_overdue;
    }
    if (first) {
        add_day(overview, DUE, first->date);
        add_given(overview, DUE_FOR, cp_str_of(due_words[first->kind]));
        add_given(overview, DUE_FOR, cp_str_of(first->is_overdue ? "overdue" : ""));
    }
    add_number(overview, OVERDUE, overdue);
    overview->overdue += overdue;
    overview->table.withheld += items.withheld;
    due_items_release(&items);
}

static bool is_open(const struct row *row, const struct cp_member *finding)
{
    const struct cp_finding *stated = (const struct cp_finding *)(const void *)finding->leaf;
    bool is_done =
        stated->done.leaf.state == CP_SET
            ? stated->done.date.days <= row->overview->today.days
            : stated->done.leaf.state != CP_ABSENT && stated->done.leaf.state != CP_UNKNOWN;
    return !is_done && listing_shows(&row->listing, finding);
}

static size_t count_open(const struct row *row, const char *path)
{
    struct cp_member plan = viewed_plan(row->viewed);
    struct cp_member list, findings;
    size_t count = 0;
    if (!cp_member_find(&list, &plan, path) || !cp_member_is_list(&list)) {
        return 0;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member record = cp_member_item(&list, i);
        if (record.leaf->state != CP_SET || !cp_member_find(&findings, &record, "findings") ||
            !cp_member_is_list(&findings)) {
            continue;
        }
        for (size_t j = 0; j < cp_member_count(&findings); j++) {
            struct cp_member finding = cp_member_item(&findings, j);
            count += finding.leaf->state == CP_SET && is_open(row, &finding);
        }
    }
    return count;
}

static void add_open(const struct row *row)
{
    size_t count =
        count_open(row, "supporting.exercises") + count_open(row, "supporting.activations");
    add_number(row->overview, FINDINGS, count);
    row->overview->open_findings += count;
}

/* ---- what was found -------------------------------------------------------------------------- */

static void add_verdict(struct cp_overview *overview, const char *path)
{
    static const struct verdict none = {0};
    const struct verdict *verdict = cp_map_find(&overview->verdicts, cp_str_of(path));
    verdict = verdict ? verdict : &none;
    add_number(overview, ERRORS, verdict->errors);
    add_number(overview, WARNINGS, verdict->warnings);
    add_number(overview, INFOS, verdict->infos);
    if (verdict->rule) {
        add_given(overview, WORST,
                  cp_arena_printf(&overview->arena, "%s %s", cp_severity_name(verdict->severity),
                                  verdict->rule->code));
    }
    overview->failing += verdict->errors > 0;
}

void cp_overview_add(struct cp_overview *overview, const struct cp_viewed *viewed)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct row row = {
        .overview = overview,
        .viewed = viewed,
        .listing = {&overview->table, viewed->plan, viewed->portfolio, overview->audience},
        .arena = &arena};
    cp_table_add_row(&overview->table);
    listing_add_identity(&row.listing, ID, viewed->id);
    listing_add_class(&row.listing, TIER);
    listing_add_objectives(&row.listing, RTO);
    add_capability(&row);
    add_exercises(&row);
    add_due(&row);
    add_open(&row);
    add_verdict(overview, viewed->path);
    cp_arena_release(&arena);
}

void cp_overview_add_unreadable(struct cp_overview *overview, struct cp_str id, const char *path)
{
    cp_table_add_row(&overview->table);
    add_given(overview, ID, id);
    add_verdict(overview, path);
    overview->unreadable++;
}

void cp_overview_settle(struct cp_overview *overview)
{
    struct cp_table *table = &overview->table;
    cp_table_total(table, "plans", table->row_count);
    cp_table_total(table, "unreadable", overview->unreadable);
    cp_table_total(table, "with_errors", overview->failing);
    cp_table_total(table, "never_exercised", overview->never_exercised);
    cp_table_total(table, "overdue", overview->overdue);
    cp_table_total(table, "open_findings", overview->open_findings);
    cp_table_total(table, "errors", overview->errors);
    cp_table_total(table, "warnings", overview->warnings);
    cp_table_total(table, "infos", overview->infos);
}
