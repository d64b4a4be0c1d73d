/*
 * How much data can be lost, the RPO it is held against, and the day on which something is due
 * again: boundary days, ends of months, leap years, unknown parts.
 */
#include "suites.h"

#include <contplan/analysis.h>

#include <stdlib.h>
#include <string.h>

/* ---- due days -------------------------------------------------------------------------------- */

static struct cp_duration duration(const char *text)
{
    struct cp_duration out;
    ck_assert_msg(cp_duration_parse(&out, cp_str_of(text)) == CP_DURATION_OK, "%s", text);
    return out;
}

static struct cp_date date(const char *text)
{
    struct cp_date out;
    ck_assert_msg(cp_date_parse(&out, cp_str_of(text)), "%s", text);
    return out;
}

START_TEST(months_are_calendar_months_and_days_whole_days)
{
    static const struct {
        const char *last, *every, *due;
    } rows[] = {
        {"2026-05-23", "6mo", "2026-11-23"}, {"2026-08-31", "6mo", "2027-02-28"},
        {"2027-08-31", "6mo", "2028-02-29"}, {"2024-02-29", "1y", "2025-02-28"},
        {"2024-02-29", "4y", "2028-02-29"},  {"2026-12-31", "2mo", "2027-02-28"},
        {"2026-01-31", "1mo", "2026-02-28"}, {"2026-11-30", "1mo", "2026-12-30"},
        {"2026-02-28", "1d", "2026-03-01"},  {"2028-02-28", "1d", "2028-02-29"},
        {"2026-05-23", "26w", "2026-11-21"}, {"2026-05-23", "36h", "2026-05-24"},
        {"2026-05-23", "5wd", "2026-05-30"},
    };
    struct cp_portfolio portfolio;
    cp_portfolio_init(&portfolio);
    struct cp_opening *hours = &portfolio.config.calendar.hours;
    portfolio.config.calendar.leaf.state = hours->leaf.state = CP_SET;
    ck_assert(cp_hours_add(&hours->hours, CP_STR("Mon-Fri 09:00-17:00")));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cp_date due;
        ck_assert(cp_date_due(&due, date(rows[i].last), duration(rows[i].every), &portfolio));
        ck_assert_msg(due.days == date(rows[i].due).days, "%s + %s", rows[i].last, rows[i].every);
    }
    cp_portfolio_release(&portfolio);
}
END_TEST

START_TEST(a_due_day_that_cannot_be_told_is_none)
{
    struct cp_portfolio portfolio;
    struct cp_date due;
    cp_portfolio_init(&portfolio);
    ck_assert(!cp_date_due(&due, date("2026-05-23"), duration("20wd"), &portfolio));
    ck_assert(!cp_date_due(&due, date("2026-05-23"), (struct cp_duration){.seconds = INT64_MAX},
                           &portfolio));
    ck_assert(cp_date_due(&due, date("9999-12-31"), duration("200y"), &portfolio));
    cp_portfolio_release(&portfolio);
}
END_TEST

/* ---- exposure of one backup ------------------------------------------------------------------ */

/* NULL: absent; "?": unknown; "continuous". */
static struct cp_length length(const char *text)
{
    struct cp_length out = {0};
    if (!text) {
        return out;
    }
    out.leaf.state = strcmp(text, "?") == 0 ? CP_UNKNOWN : CP_SET;
    out.is_continuous = strcmp(text, "continuous") == 0;
    if (out.leaf.state == CP_SET && !out.is_continuous) {
        out.duration = duration(text);
    }
    return out;
}

enum { MAX_COPIES = 2 };

struct exposure_row {
    const char *every, *takes, *lag;
    size_t copies;
    const char *copy_lags[MAX_COPIES];
    const char *length;
    bool is_exact;
};

static void check_exposure(const struct exposure_row *row, const struct cp_portfolio *portfolio)
{
    struct cp_copy copies[MAX_COPIES] = {{.leaf = {.state = CP_SET}}, {.leaf = {.state = CP_SET}}};
    struct cp_backup backup = {
        .every = length(row->every), .takes = length(row->takes), .lag = length(row->lag)};
    for (size_t i = 0; i < row->copies; i++) {
        copies[i].lag = length(row->copy_lags[i]);
    }
    backup.copies.leaf.state = row->copies > 0 ? CP_SET : CP_ABSENT;
    backup.copies.items = copies;
    backup.copies.count = row->copies;
    struct cp_exposure exposure = cp_backup_exposure(&backup, portfolio);
    ck_assert_int_eq(exposure.length.seconds, duration(row->length).seconds);
    ck_assert_int_eq(exposure.is_exact, row->is_exact);
    ck_assert_ptr_eq(exposure.backup, &backup);
}

START_TEST(exposure_is_interval_duration_and_lags)
{
    static const struct exposure_row rows[] = {
        {"24h", "40m", "5m", 0, {NULL, NULL}, "1d 45m", true},
        {"24h", "40m", "5m", 2, {"8h", "15m"}, "1d 1h", true},
        {"24h", "40m", NULL, 2, {"15m", "8h"}, "1d 55m", true},
        {"24h", NULL, NULL, 2, {"15m", NULL}, "1d", true},
        {"continuous", "1m", "2m", 1, {"3m", NULL}, "6m", true},
        {"continuous", NULL, NULL, 0, {NULL, NULL}, "0", true},
        {NULL, "1m", NULL, 0, {NULL, NULL}, "1m", false},
        {"?", "1m", NULL, 0, {NULL, NULL}, "1m", false},
        {"24h", "?", "5m", 0, {NULL, NULL}, "1d 5m", false},
        {"24h", NULL, NULL, 2, {"15m", "?"}, "1d", false},
        {"24h", NULL, NULL, 2, {"?", "15m"}, "1d", false},
    };
    struct cp_portfolio portfolio;
    cp_portfolio_init(&portfolio);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check_exposure(&rows[i], &portfolio);
    }
    cp_portfolio_release(&portfolio);
}
END_TEST

START_TEST(copies_that_are_unknown_leave_a_lower_bound)
{
    struct cp_portfolio portfolio;
    struct cp_backup backup = {.every = length("1h")};
    cp_portfolio_init(&portfolio);
    backup.copies.leaf.state = CP_UNKNOWN;
    struct cp_exposure exposure = cp_backup_exposure(&backup, &portfolio);
    ck_assert(!exposure.is_exact);
    ck_assert_int_eq(exposure.length.seconds, duration("1h").seconds);
    cp_portfolio_release(&portfolio);
}
END_TEST

/* ---- stores and objectives ------------------------------------------------------------------- */

/* A plan and all that it points to. */
struct decoded {
    struct cp_arena arena;
    struct cp_file file;
    struct cp_diags diags;
    struct cp_portfolio portfolio;
    struct cp_plan plan;
};

static void decode(struct decoded *out, const char *text)
{
    struct cp_yaml yaml;
    cp_arena_init(&out->arena);
    cp_diags_init(&out->diags);
    cp_portfolio_init(&out->portfolio);
    cp_file_init(&out->file, "plan.yaml");
    cp_file_set(&out->file, cp_str_of(text));
    cp_yaml_parse(&yaml, &out->arena, &out->file, &out->diags);
    cp_plan_decode(&out->plan, &out->arena, &yaml, CP_STR(""), &out->portfolio, &out->diags);
    ck_assert_uint_eq(out->diags.items.count, 0);
}

static void release(struct decoded *d)
{
    cp_portfolio_release(&d->portfolio);
    cp_diags_release(&d->diags);
    cp_file_drop(&d->file);
    cp_arena_release(&d->arena);
}

START_TEST(the_least_exposure_counts_and_replicas_by_themselves)
{
    struct decoded d;
    struct cp_savings savings;
    decode(&d, "backup_restore:\n"
               "  stores: [{id: a}, {id: b}, {id: c}]\n"
               "  backups:\n"
               "    - {id: w, store: a, method: dump, every: 1w}\n"
               "    - {id: r, store: a, method: replica, every: continuous, lag: 5s}\n"
               "    - {id: n, store: a, method: dump, every: 1d}\n"
               "    - {id: s, store: b, method: replica, every: continuous}\n");
    cp_savings_init(&savings, &d.plan, &d.portfolio, &d.arena);
    ck_assert(savings.is_whole);
    ck_assert_uint_eq(savings.stores[0].backups, 2);
    ck_assert_uint_eq(savings.stores[0].replicas, 1);
    ck_assert_int_eq(savings.stores[0].least.length.seconds, 5);
    ck_assert_int_eq(savings.stores[0].uncorrupted.length.seconds, duration("1d").seconds);
    ck_assert(savings.stores[1].has_least && !savings.stores[1].has_uncorrupted);
    ck_assert(!savings.stores[2].has_least);
    ck_assert_uint_eq(savings.store_of[3], 1);
    release(&d);
}
END_TEST

START_TEST(a_backup_of_no_store_leaves_the_savings_unsure)
{
    struct decoded d;
    struct cp_savings savings;
    decode(&d, "backup_restore:\n  stores: [{id: a}]\n  backups: [{id: w, every: 1w}]\n");
    cp_savings_init(&savings, &d.plan, &d.portfolio, &d.arena);
    ck_assert(!savings.is_whole);
    ck_assert_uint_eq(savings.store_of[0], SIZE_MAX);
    release(&d);
}
END_TEST

START_TEST(the_strictest_rpo_of_all_and_of_corruption)
{
    static const struct {
        const char *objectives;
        int64_t any, corruption; /* minutes, -1 for none */
    } rows[] = {
        {"[{rpo: 1h}, {rpo: 30m}, {rto: 1m}]", 30, 30},
        {"[{rpo: 1h}, {scenario: fire, rpo: 1m}]", 1, 60},
        {"[{rpo: 1m}, {scenario: virus, rpo: 1h}]", 1, 1},
        {"[{rpo: 1m}, {scenario: virus, rpo: 1h}, {scenario: typo, rpo: 2h}]", 1, 60},
        {"[{scenario: fire, rpo: 1m}]", 1, -1},
        {"[{rpo: 1h}, {scenario: flu, rpo: 1m}]", 60, 60},
        {"[{rto: 1h}]", -1, -1},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct decoded d;
        char text[512];
        snprintf(text, sizeof(text),
                 "disaster_recovery:\n"
                 "  scenarios: [{id: fire, kind: region}, {id: flu, kind: people}, {id: virus, "
                 "kind: ransomware}, "
                 "{id: typo, kind: data-corruption}]\n"
                 "  objectives: %s\n",
                 rows[i].objectives);
        decode(&d, text);
        struct cp_strictest rpo = cp_strictest_rpo(&d.plan, &d.portfolio);
        ck_assert_int_eq(rpo.any ? rpo.any->duration.seconds / 60 : -1, rows[i].any);
        ck_assert_int_eq(rpo.corruption ? rpo.corruption->duration.seconds / 60 : -1,
                         rows[i].corruption);
        release(&d);
    }
}
END_TEST

/* ---- restore tests and facts ----------------------------------------------------------------- */

START_TEST(restore_tests_of_a_store_stand_together)
{
    struct decoded d;
    decode(&d, "backup_restore:\n"
               "  stores: [{id: a}, {id: b}]\n"
               "  backups:\n"
               "    - {id: x, store: a, method: dump}\n"
               "    - {id: y, store: b, method: dump}\n"
               "  restore_tests:\n"
               "    - {date: 2026-01-01, store: b}\n"
               "    - {date: 2026-01-02, store: a}\n"
               "    - {date: 2026-01-03, backup: y}\n"
               "    - {date: 2026-01-04}\n");
    struct cp_facts *facts =
        cp_facts_new(&d.plan, CP_STR("a"), &d.portfolio, CP_FACTS_RULES, &d.arena);
    const struct cp_fact_dated *dates = cp_facts_dates(facts);
    static const struct {
        enum cp_dated_kind kind;
        const char *about;
        const char *date;
    } expected[] = {
        {CP_DATED_RECORD, "", "2026-01-04"},
        {CP_DATED_RESTORE_TEST, "a", "2026-01-02"},
        {CP_DATED_RESTORE_TEST, "b", "2026-01-01"},
        {CP_DATED_RESTORE_TEST, "b", "2026-01-03"},
    };
    ck_assert_uint_eq(cp_facts_count(facts, CP_POOL_DATES), 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(dates[i].kind, expected[i].kind);
        ck_assert(cp_str_is(cp_fact_str(facts, dates[i].about), expected[i].about));
        ck_assert_int_eq(dates[i].date.days, date(expected[i].date).days);
    }
    ck_assert_int_eq(facts->terms[CP_TERM_RESTORE_TEST].source, CP_TERM_BY_DEFAULT);
    free(facts);
    release(&d);
}
END_TEST

Suite *cp_suite_exposure(void)
{
    Suite *suite = suite_create("exposure");
    TCase *due = tcase_create("due");
    TCase *exposure = tcase_create("exposure");
    tcase_add_test(due, months_are_calendar_months_and_days_whole_days);
    tcase_add_test(due, a_due_day_that_cannot_be_told_is_none);
    tcase_add_test(due, restore_tests_of_a_store_stand_together);
    tcase_add_test(exposure, exposure_is_interval_duration_and_lags);
    tcase_add_test(exposure, copies_that_are_unknown_leave_a_lower_bound);
    tcase_add_test(exposure, the_least_exposure_counts_and_replicas_by_themselves);
    tcase_add_test(exposure, a_backup_of_no_store_leaves_the_savings_unsure);
    tcase_add_test(exposure, the_strictest_rpo_of_all_and_of_corruption);
    suite_add_tcase(suite, due);
    suite_add_tcase(suite, exposure);
    return suite;
}
