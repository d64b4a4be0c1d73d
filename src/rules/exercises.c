/*
 * CP8, exercises and restore tests: whether they are done in time, what they measured, and what
 * they found. "Never" needs no day and is the plan's own; what is overdue is told from the facts.
 */
#include "topics.h"

#include <contplan/analysis.h>

/* ---- in time: exercises ---------------------------------------------------------------------- */

/* Whether the list may be found wanting: not where it is exempt or broken, nor where the profile
 * asks for it by itself and it is missing: that is one finding already (CP101). */
static bool is_judged(const struct cp_plan_input *in, const struct cp_leaf *list, const char *path)
{
    return list->state == CP_SET ||
           (list->state == CP_ABSENT && !cp_profile_requirement(in->profile, in->plan, path));
}

/* A day in the future is a mistake of its own (CP810); nothing was done on it. */
static bool is_to_come(const struct cp_plan_input *in, const struct cp_day *day)
{
    return day->leaf.state == CP_SET && day->date.days > in->today.days;
}

/* Whether no exercise states a day that has come. */
static bool is_never(const struct cp_plan_input *in)
{
    const struct cp_supporting *supporting = &in->plan->supporting;
    for (size_t i = 0; i < supporting->exercises.count; i++) {
        const struct cp_exercise *exercise = &supporting->exercises.items[i];
        if (exercise->leaf.state != CP_SET ||
            (exercise->date.leaf.state != CP_ABSENT && !is_to_come(in, &exercise->date))) {
            return false;
        }
    }
    return true;
}

static void check_exercised(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_supporting *supporting = &in->plan->supporting;
    const struct cp_leaf *list = &supporting->exercises.leaf;
    if (supporting->section.leaf.state != CP_SET || !is_judged(in, list, "supporting.exercises") ||
        !is_never(in) ||
        cp_term_of(in->plan, in->portfolio, CP_TERM_EXERCISE).source == CP_TERM_UNSURE) {
        return;
    }
    const struct cp_leaf *parent = list->state == CP_SET ? list : &supporting->section.leaf;
    struct cp_diagnostic *finding =
        cp_diags_add(in->diags, rule, cp_missing_place(in->plan, parent),
                     CP_STR("supporting.exercises"), "no exercise of this plan has taken place");
    cp_diagnostic_help(in->diags, finding,
                       "exercise it and record the day: 'exercises: [{id: first, date: …, type: "
                       "tabletop, scenario: …, result: passed}]'; where one is planned, write "
                       "'exercises: {unknown: {reason: …, owner: …, due: …}}'");
}

static void check_exercise_due(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    struct cp_dues dues = cp_dues_of(in, CP_DUE_EXERCISE);
    struct cp_due due;
    while (cp_dues_next(&due, &dues)) {
        if (due.is_overdue) {
            cp_overdue_report(in, rule, CP_TERM_EXERCISE, &due,
                              "the last exercise of this plan was on",
                              "exercise the plan and record it; exercises stand under "
                              "'supporting.exercises'");
        }
    }
}

static const struct cp_rule rule_exercise_overdue = {
    .code = "CP801",
    .name = "exercise-overdue",
    .severity = CP_ERROR,
    .summary = "the plan was not exercised in time, or never",
    .explanation =
        "A plan that nobody has tried is a guess, and people, names and systems change faster than "
        "anybody rereads it. The interval is the plan's `exercise_every`, else its tier's, else "
        "the option of that name, which is 12 months, in calendar months from the latest exercise; "
        "the day itself is still in time. "
        "An exercise that went badly was held all the same and counts, whatever its `result`: what "
        "it measured and found is asked about by CP804 and CP806. "
        "Where there was none yet, write `{unknown: {reason, owner, due}}` for `exercises`.",
    .clause = "ISO 22301:2019, 8.5; DORA 11(6)(a); SOC 2 A1.3",
    .bad = "tier: 2\n"
           "supporting:\n"
           "  exercise_every: 6mo\n"
           "  exercises: [{id: spring, date: 2026-05-22, type: functional}]\n",
    .good = "tier: 2\n"
            "supporting:\n"
            "  exercise_every: 6mo\n"
            "  exercises: [{id: spring, date: 2026-05-23, type: functional}]\n",
};

/* ---- in time: restore tests ------------------------------------------------------------------ */

static void report_untested(const struct cp_plan_input *in, const struct cp_rule *rule,
                            const struct cp_store *store, bool has_failed)
{
    const struct cp_backup_restore *section = &in->plan->backup_restore;
    const struct cp_leaf *list = &section->restore_tests.leaf;
    const struct cp_leaf *parent = list->state == CP_SET ? list : &section->section.leaf;
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, rule, cp_missing_place(in->plan, parent), CP_STR("backup_restore.restore_tests"),
        has_failed ? "no restore test of the store %s has succeeded"
                   : "no restore of the store %s was tested",
        cp_diags_quote(in->diags, store->id.text));
    cp_diagnostic_help(in->diags, finding,
                       "restore it and record the day: 'restore_tests: [{date: …, store: %.*s, "
                       "backup: …, result: passed, took: …}]'; or say which job does it: "
                       "'{automated: yes, store: %.*s, every: …, evidence: …}'",
                       CP_ARG(store->id.text), CP_ARG(store->id.text));
    cp_diagnostic_note(in->diags, finding, cp_node_place(store->id.leaf.node),
                       "the store stands here");
}

/* The interval that is asked for. */
static struct cp_duration asked_of(const struct cp_plan_input *in)
{
    struct cp_term term = cp_term_of(in->plan, in->portfolio, CP_TERM_RESTORE_TEST);
    return term.source == CP_TERM_BY_DEFAULT ? in->limits->every[CP_TERM_RESTORE_TEST]->duration
                                             : term.every;
}

static void check_job(const struct cp_plan_input *in, const struct cp_rule *rule,
                      const struct cp_store *store, const struct cp_length *every)
{
    struct cp_duration asked = asked_of(in);
    if (!every || !cp_duration_is_longer(every->duration, asked, in->portfolio)) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_duration_put(&text, every->duration);
    cp_buf_puts(&text, ", less often than every ");
    cp_duration_put(&text, asked);
    struct cp_diagnostic *finding =
        cp_node_report(in->diags, rule, every->leaf.node, "a job restores the store %s every %.*s",
                       cp_diags_quote(in->diags, store->id.text), CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "have the job run more often, or restore it by hand in between and record "
                       "the day");
}

/* How far the tests of one store have shown that it can be restored. */
enum shown { NOT_TESTED, HAS_FAILED, IS_TESTED };

/* By store. A day that is not known counts: somebody says that there was one. */
static enum shown *list_shown(const struct cp_plan_input *in, const struct cp_restore_tests *tests)
{
    const struct cp_backup_restore *section = &in->plan->backup_restore;
    enum shown *shown = cp_arena_alloc(in->arena, section->stores.count * sizeof *shown);
    for (size_t i = 0; i < section->restore_tests.count; i++) {
        const struct cp_restore_test *test = &section->restore_tests.items[i];
        size_t store = tests->store_of[i];
        bool is_job = test->automated.leaf.state == CP_SET && test->automated.is_yes;
        if (store == SIZE_MAX || is_job || test->date.leaf.state == CP_ABSENT ||
            is_to_come(in, &test->date)) {
            continue;
        }
        enum shown by_this = cp_restore_test_has_failed(test) ? HAS_FAILED : IS_TESTED;
        shown[store] = by_this > shown[store] ? by_this : shown[store];
    }
    return shown;
}

static void check_tested(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_backup_restore *section = &in->plan->backup_restore;
    if (section->stores.count == 0 ||
        !is_judged(in, &section->restore_tests.leaf, "backup_restore.restore_tests") ||
        cp_term_of(in->plan, in->portfolio, CP_TERM_RESTORE_TEST).source == CP_TERM_UNSURE) {
        return;
    }
    struct cp_restore_tests tests;
    cp_restore_tests_init(&tests, in->plan, in->arena);
    const enum shown *shown = list_shown(in, &tests);
    for (size_t i = 0; i < section->stores.count; i++) {
        if (!tests.is_asked[i] || shown[i] == IS_TESTED) {
            continue;
        }
        if (tests.is_automated[i]) {
            check_job(in, rule, &section->stores.items[i], tests.every[i]);
        } else {
            report_untested(in, rule, &section->stores.items[i], shown[i] == HAS_FAILED);
        }
    }
}

static void report_test_due(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                            const struct cp_due *due)
{
    struct cp_buf what;
    cp_buf_init(&what);
    cp_buf_printf(&what, "the store %s was last restored as a test on",
                  cp_diags_quote(in->diags, cp_fact_str(in->subject, due->dated->about)));
    cp_overdue_report(in, rule, CP_TERM_RESTORE_TEST, due, what.at,
                      "restore it from its backup and record the day, the result and how long it "
                      "took");
    cp_buf_release(&what);
}

static void check_test_due(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    struct cp_dues dues = cp_dues_of(in, CP_DUE_RESTORE_TEST);
    struct cp_due due;
    while (cp_dues_next(&due, &dues)) {
        if (due.is_overdue) {
            report_test_due(in, rule, &due);
        }
    }
}

static const struct cp_rule rule_restore_test_overdue = {
    .code = "CP802",
    .name = "restore-test-overdue",
    .severity = CP_ERROR,
    .summary = "a store that was not restored as a test in time, or never",
    .explanation =
        "A backup that was never restored is a hope. Each store with a backup is asked for; those "
        "only replicated or rebuilt are exempt, and so are those that a job restores often enough "
        "(`automated: yes`, `every`). The interval is the plan's `restore_test_every`, else its "
        "tier's, "
        "else the option of that name, which is 12 months, in calendar months from the latest test "
        "of that store; the day itself is still in time. A test whose `result` is failed or "
        "incomplete has not shown that the store can be restored, and does not count as done.",
    .clause = "NIST SP 800-53r5, CP-9(1); DORA 12(7); NCSC CAF 4.0, B5.c",
    .bad = "backup_restore:\n"
           "  restore_test_every: 3mo\n"
           "  stores: [{id: cases}]\n"
           "  backups: [{id: nightly, store: cases, method: dump}]\n"
           "  restore_tests: [{date: 2026-08-22, store: cases, result: passed}]\n",
    .good = "backup_restore:\n"
            "  restore_test_every: 3mo\n"
            "  stores: [{id: cases}, {id: index}]\n"
            "  backups:\n"
            "    - {id: nightly, store: cases, method: dump}\n"
            "    - {id: standby, store: index, method: replica}\n"
            "  restore_tests: [{date: 2026-08-23, store: cases, result: passed}]\n",
};

/* ---- what was measured ----------------------------------------------------------------------- */

static bool is_functional(const struct cp_exercise *exercise)
{
    return exercise->leaf.state == CP_SET && exercise->type.leaf.state == CP_SET &&
           exercise->type.value >= CP_EXERCISE_FUNCTIONAL;
}

static bool has_achieved(const struct cp_achieved *achieved)
{
    return achieved->leaf.state == CP_SET
               ? achieved->rto.leaf.state != CP_ABSENT || achieved->rpo.leaf.state != CP_ABSENT
               : achieved->leaf.state != CP_ABSENT;
}

static void check_measured(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_supporting *supporting = &in->plan->supporting;
    for (size_t i = 0; i < supporting->exercises.count; i++) {
        const struct cp_exercise *exercise = &supporting->exercises.items[i];
        if (!is_functional(exercise) || has_achieved(&exercise->achieved)) {
            continue;
        }
        struct cp_node *type = exercise->type.leaf.node;
        struct cp_diagnostic *finding = cp_node_report(
            in->diags, rule, type, "an exercise of the type %s does not say what times it achieved",
            cp_diags_quote(in->diags, type->text));
        cp_diagnostic_help(in->diags, finding,
                           "write how long recovery took and how much data was lost: 'achieved: "
                           "{rto: …, rpo: …}'; where nothing could be measured, 'achieved: "
                           "{not_applicable: {reason: …, by: …}}'");
    }
}

static const struct cp_rule rule_exercise_without_achieved = {
    .code = "CP803",
    .name = "exercise-without-achieved",
    .severity = CP_WARNING,
    .summary = "an exercise that really recovered something, without the times it took",
    .explanation =
        "An exercise of the type functional, parallel, full-interruption or live recovers "
        "something, so it can be measured. The achieved times are the only proof that an objective "
        "can be kept; without them the exercise shows that people were there.",
    .clause = "SOC 2 A1.3; ISO 22301:2019, 8.5",
    .bad = "supporting:\n"
           "  exercises: [{id: spring, date: 2026-05-22, type: functional, result: passed}]\n",
    .good = "supporting:\n"
            "  exercises:\n"
            "    - {id: spring, date: 2026-05-22, type: functional, achieved: {rto: 2h, rpo: 5m}}\n"
            "    - {id: autumn, date: 2026-10-22, type: tabletop, result: passed}\n",
};

/* ---- achieved against the objectives --------------------------------------------------------- */

/* The two times that are measured. */
enum measure { ACHIEVED_RTO, ACHIEVED_RPO, MEASURES };

static const char *const measure_names[] = {"RTO", "RPO"};

/* The latest record of one scenario that measured something, and the last day of which a record has
 * a finding that somebody is on; INT32_MAX where that record's day is not known. */
struct latest {
    const struct cp_exercise *record[MEASURES];
    bool has_finding;
    int32_t found;
};

static const struct cp_length *achieved_of(const struct cp_exercise *record, int measure)
{
    return measure == ACHIEVED_RTO ? &record->achieved.rto : &record->achieved.rpo;
}

/* Whether somebody is on it: open, with an owner and a day. What is broken or not known was spoken
 * of. */
static bool is_seen_to(const struct cp_plan_input *in, const struct cp_finding *finding)
{
    uint8_t done = finding->done.leaf.state;
    bool is_open = done == CP_ABSENT || done == CP_UNKNOWN || is_to_come(in, &finding->done);
    return finding->leaf.state != CP_SET || (is_open && finding->owner.leaf.state != CP_ABSENT &&
                                             finding->due.leaf.state != CP_ABSENT);
}

static bool has_finding_seen_to(const struct cp_plan_input *in, const struct cp_exercise *record)
{
    for (size_t i = 0; i < record->findings.count; i++) {
        if (is_seen_to(in, &record->findings.items[i])) {
            return true;
        }
    }
    /* Findings that are not known may well be open. */
    return record->findings.leaf.state != CP_SET && record->findings.leaf.state != CP_ABSENT;
}

/* Whether it is known of which scenario the record is, be it of none. */
static bool has_clear_scenario(const struct cp_exercise *record)
{
    return record->leaf.state == CP_SET &&
           (record->scenario.leaf.state == CP_SET || record->scenario.leaf.state == CP_ABSENT);
}

static struct cp_str scenario_of(const struct cp_exercise *record)
{
    return record->scenario.leaf.state == CP_SET ? record->scenario.text : CP_STR("");
}

/* A record without a day is of no time that could be told. */
static void add_finding(struct latest *own, const struct cp_plan_input *in,
                        const struct cp_exercise *record)
{
    if (record->date.leaf.state != CP_ABSENT && has_finding_seen_to(in, record)) {
        bool has_day = record->date.leaf.state == CP_SET;
        int32_t day = has_day ? record->date.date.days : INT32_MAX;
        own->found = own->has_finding && own->found > day ? own->found : day;
        own->has_finding = true;
    }
}

static void add_record(struct cp_map *latest, const struct cp_plan_input *in,
                       const struct cp_exercise *record)
{
    if (!has_clear_scenario(record) || is_to_come(in, &record->date)) {
        return;
    }
    struct latest *own = cp_map_find(latest, scenario_of(record));
    if (!own) {
        own = cp_arena_alloc(in->arena, sizeof(*own));
        cp_map_put(latest, scenario_of(record), own);
    }
    add_finding(own, in, record);
    for (int i = 0; i < MEASURES && record->date.leaf.state == CP_SET; i++) {
        const struct cp_exercise *before = own->record[i];
        if (cp_length_is_known(achieved_of(record, i)) &&
            (!before || record->date.date.days >= before->date.date.days)) {
            own->record[i] = record;
        }
    }
}

/* The strictest length of the objectives that are of `scenario` (empty: of none). */
static const struct cp_length *find_strictest(const struct cp_plan_input *in,
                                              struct cp_str scenario, int measure, bool *is_stated)
{
    const struct cp_tier *tier = cp_portfolio_find_tier(in->portfolio, in->plan);
    const struct cp_length *strictest = NULL;
    for (size_t i = 0; i < in->plan->disaster_recovery.objectives.count; i++) {
        const struct cp_objective *objective = &in->plan->disaster_recovery.objectives.items[i];
        struct cp_effective effective;
        if (objective->leaf.state != CP_SET ||
            (scenario.len > 0 ? objective->scenario.leaf.state != CP_SET ||
                                    !cp_str_is_equal(objective->scenario.text, scenario)
                              : objective->scenario.leaf.state != CP_ABSENT)) {
            continue;
        }
        *is_stated = true;
        cp_effective_init(&effective, objective, tier);
        const struct cp_length *length = measure == ACHIEVED_RTO ? effective.rto : effective.rpo;
        if (cp_length_is_known(length) &&
            (!strictest ||
             cp_duration_judge(strictest->duration, length->duration, in->portfolio) == CP_OVER)) {
            strictest = length;
        }
    }
    return strictest;
}

/* The scenario's own objective, else the one without a scenario; NULL where none is known. */
static const struct cp_length *find_objective(const struct cp_plan_input *in,
                                              struct cp_str scenario, int measure)
{
    bool is_stated = false;
    const struct cp_length *own = find_strictest(in, scenario, measure, &is_stated);
    return is_stated ? own : find_strictest(in, CP_STR(""), measure, &is_stated);
}

static void judge_achieved(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const struct cp_exercise *record, int measure)
{
    const struct cp_length *achieved = achieved_of(record, measure);
    const struct cp_length *objective = find_objective(in, scenario_of(record), measure);
    if (!objective ||
        cp_duration_judge(achieved->duration, objective->duration, in->portfolio) != CP_OVER) {
        return;
    }
    const char *name = measure_names[measure];
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "the %s last achieved, ", name);
    cp_duration_put(&text, achieved->duration);
    cp_buf_printf(&text, ", is worse than the %s ", name);
    cp_duration_put(&text, objective->duration);
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, achieved->leaf.node,
        "%.*s, and no finding with an owner and a day is open on it", CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(in->diags, finding,
                       "record what has to change, who sees to it and by when: 'findings: [{id: "
                       "…, text: …, owner: …, due: …}]'; or agree an objective that can be kept");
    cp_diagnostic_note(in->diags, finding, cp_node_place(objective->leaf.node),
                       "the %s stands here", name);
}

static void judge_records(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_map *latest, const struct cp_exercise *records,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct latest *own =
            has_clear_scenario(&records[i]) ? cp_map_find(latest, scenario_of(&records[i])) : NULL;
        for (int j = 0; own && j < MEASURES; j++) {
            bool is_seen_to = own->has_finding && own->found >= records[i].date.date.days;
            if (own->record[j] == &records[i] && !is_seen_to) {
                judge_achieved(in, rule, &records[i], j);
            }
        }
    }
}

static void check_achieved(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    const struct cp_supporting *supporting = &in->plan->supporting;
    struct cp_map latest;
    cp_map_init(&latest);
    for (size_t i = 0; i < supporting->exercises.count; i++) {
        add_record(&latest, in, &supporting->exercises.items[i]);
    }
    for (size_t i = 0; i < supporting->activations.count; i++) {
        add_record(&latest, in, &supporting->activations.items[i]);
    }
    judge_records(in, rule, &latest, supporting->exercises.items, supporting->exercises.count);
    judge_records(in, rule, &latest, supporting->activations.items, supporting->activations.count);
    cp_map_release(&latest);
}

static const struct cp_rule rule_achieved_worse = {
    .code = "CP804",
    .name = "achieved-worse",
    .severity = CP_ERROR,
    .summary = "what was last achieved is worse than the objective, and nobody is on it",
    .explanation =
        "An exercise or a real activation measured that the service comes back later, or loses "
        "more, than its objective promises. That is what exercises are for; but until a finding "
        "with an owner and a day is open on it, the plan promises what it is known not to keep. Of "
        "each scenario the latest record counts, held against its own objective, else against the "
        "one without a scenario. The finding stands in that record or in a later one of the same "
        "scenario, has an `owner` and a `due`, and is not `done`.",
    .clause = "ISO 22301:2019, 8.6; SOC 2 A1.3",
    .bad = "disaster_recovery:\n"
           "  objectives: [{rto: 4h, rpo: 1h}]\n"
           "supporting:\n"
           "  exercises:\n"
           "    - {id: spring, date: 2026-05-22, type: functional, achieved: {rto: 6h, rpo: 1h}}\n",
    .good =
        "disaster_recovery:\n"
        "  objectives: [{rto: 4h, rpo: 1h}]\n"
        "supporting:\n"
        "  exercises:\n"
        "    - {id: spring, date: 2026-05-22, type: functional, achieved: {rto: 6h, rpo: 1h}}\n"
        "    - {id: autumn, date: 2026-10-22, type: functional, achieved: {rto: 3h, rpo: 1h}}\n",
};

/* ---- what was found -------------------------------------------------------------------------- */

static void report_finding(const struct cp_portfolio_input *in, const struct cp_rule *rule,
                           const struct cp_fact_dated *open)
{
    struct cp_str about = cp_fact_str(in->subject, open->about);
    struct cp_buf due;
    cp_buf_init(&due);
    cp_date_put(&due, open->date);
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, rule, cp_dated_place(in, open), cp_fact_str(in->subject, open->field),
        "the finding %s was due by %s and is open", cp_diags_quote(in->diags, about), due.at);
    cp_buf_release(&due);
    cp_diagnostic_help(in->diags, finding,
                       "write the day it was done ('done: …'), or agree a new day with its owner");
}

static void check_findings(const struct cp_portfolio_input *in, const struct cp_rule *rule)
{
    struct cp_dues dues = cp_dues_of(in, CP_DUE_FINDING);
    struct cp_due due;
    while (cp_dues_next(&due, &dues)) {
        if (due.is_overdue) {
            report_finding(in, rule, due.dated);
        }
    }
}

static const struct cp_rule rule_finding_overdue = {
    .code = "CP806",
    .name = "finding-overdue",
    .severity = CP_WARNING,
    .summary = "a finding of an exercise or activation that is past due and still open",
    .explanation =
        "An exercise pays only where what it found is mended. A finding without `done` is open; "
        "its `due` is a promise of its owner. The day itself is still in time. A `done` that has "
        "not come yet does not close it.",
    .clause = "ISO 22301:2019, 10.1; SOC 2 A1.3",
    .bad = "supporting:\n"
           "  exercises:\n"
           "    - id: spring\n"
           "      date: 2026-05-22\n"
           "      findings: [{id: old-key, text: The key had run out., due: 2026-11-22}]\n",
    .good = "supporting:\n"
            "  exercises:\n"
            "    - id: spring\n"
            "      date: 2026-05-22\n"
            "      findings: [{id: old-key, text: The key had run out., due: 2026-11-23}]\n",
};

/* ---- how real they were ---------------------------------------------------------------------- */

enum { LOWEST_TIER_ASKED = 2 };

/* The latest exercise where all of them only talked; NULL where one did more, or does not say. */
static const struct cp_exercise *find_latest_talk(const struct cp_plan_input *in)
{
    const struct cp_supporting *supporting = &in->plan->supporting;
    const struct cp_exercise *latest = NULL;
    for (size_t i = 0; i < supporting->exercises.count; i++) {
        const struct cp_exercise *exercise = &supporting->exercises.items[i];
        if (exercise->leaf.state == CP_SET && is_to_come(in, &exercise->date)) {
            continue;
        }
        if (exercise->leaf.state != CP_SET || exercise->type.leaf.state != CP_SET ||
            exercise->type.value > CP_EXERCISE_TABLETOP) {
            return NULL;
        }
        bool is_later = !latest || exercise->date.date.days >= latest->date.date.days;
        latest = is_later ? exercise : latest;
    }
    return latest;
}

static void check_types(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    unsigned tier = cp_plan_tier(in->plan);
    const struct cp_exercise *latest = find_latest_talk(in);
    if (!latest || tier == 0 || tier > LOWEST_TIER_ASKED) {
        return;
    }
    struct cp_node *type = latest->type.leaf.node;
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, type, "a service of tier %u has only been talked through, last as a %.*s",
        tier, CP_ARG(type->text));
    cp_diagnostic_help(in->diags, finding,
                       "recover something for the next exercise: 'type: functional' restores or "
                       "switches over for real, away from users if need be");
}

static const struct cp_rule rule_only_discussion_based = {
    .code = "CP807",
    .name = "only-discussion-based",
    .severity = CP_WARNING,
    .summary = "a service of tier 1 or 2 whose exercises were all discussions",
    .explanation =
        "Checklists, walk-throughs and tabletops show whether people know the plan; they do not "
        "show whether it works, how long it takes, or whether the access is there. A service of "
        "tier 1 or 2 needs exercises that do something: simulation, functional, parallel, "
        "full-interruption or live.",
    .clause = "DORA 11(6)(a); NCSC CAF 4.0, B5.a; UK FCA SYSC 15A.5",
    .bad = "tier: 2\n"
           "supporting:\n"
           "  exercises: [{id: spring, date: 2026-05-22, type: tabletop}]\n",
    .good = "tier: 2\n"
            "supporting:\n"
            "  exercises:\n"
            "    - {id: spring, date: 2026-05-22, type: tabletop}\n"
            "    - {id: autumn, date: 2026-10-22, type: functional, achieved: {rto: 2h}}\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_exercise_overdue,
     .check_plan = check_exercised,
     .check_portfolio = check_exercise_due},
    {.rule = &rule_restore_test_overdue,
     .check_plan = check_tested,
     .check_portfolio = check_test_due},
    {.rule = &rule_exercise_without_achieved, .check_plan = check_measured},
    {.rule = &rule_achieved_worse, .check_plan = check_achieved},
    {.rule = &cp_rule_changed_since_exercise, .check_history = cp_check_changed_since_exercise},
    {.rule = &rule_finding_overdue, .check_portfolio = check_findings},
    {.rule = &rule_only_discussion_based, .check_plan = check_types},
};

const struct cp_topic cp_topic_exercises = CP_TOPIC(checks);
