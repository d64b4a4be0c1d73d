/*
 * The days of a plan that are compared with today: what was done when, and what is open until when.
 * Knows no today.
 */
#include "facts.h"

static void keep_day(struct gather *gather, enum cp_dated_kind kind, const struct cp_day *day,
                     struct cp_str about)
{
    if (day->leaf.state != CP_SET) {
        return;
    }
    struct cp_fact_dated *dated = keep_fact(gather, CP_POOL_DATES);
    dated->field = keep_path(gather, day->leaf.node);
    dated->about = keep_text(gather, about);
    dated->span = cp_node_place(day->leaf.node).span;
    dated->date = day->date;
    dated->kind = (uint8_t)kind;
    dated->is_inherited = day->leaf.is_inherited;
}

/* The day that was kept last, where that was more than `before` of them; else NULL. */
static struct cp_fact_dated *find_kept(const struct gather *gather, size_t before)
{
    const struct cp_list *dates = &gather->pools[CP_POOL_DATES];
    return dates->count > before ? (struct cp_fact_dated *)dates->items + before : NULL;
}

/* ---- exercises and activations --------------------------------------------------------------- */

static void keep_finding(struct gather *gather, const struct cp_finding *finding)
{
    struct cp_str about = finding->id.leaf.state == CP_SET ? finding->id.text : finding->text.text;
    if (finding->leaf.state != CP_SET) {
        return;
    }
    keep_day(gather, CP_DATED_RECORD, &finding->done, (struct cp_str){0});
    size_t before = gather->pools[CP_POOL_DATES].count;
    bool has_done = finding->done.leaf.state == CP_SET;
    if (has_done || finding->done.leaf.state == CP_ABSENT ||
        finding->done.leaf.state == CP_UNKNOWN) {
        keep_day(gather, CP_DATED_FINDING, &finding->due, about);
    }
    struct cp_fact_dated *dated = find_kept(gather, before);
    if (dated && has_done) {
        dated->has_done = true;
        dated->done = finding->done.date;
    }
}

static void keep_exercise(struct gather *gather, enum cp_dated_kind kind,
                          const struct cp_exercise *exercise)
{
    if (exercise->leaf.state != CP_SET) {
        return;
    }
    keep_day(gather, kind, &exercise->date, (struct cp_str){0});
    for (size_t i = 0; i < exercise->findings.count; i++) {
        keep_finding(gather, &exercise->findings.items[i]);
    }
}

static void keep_supporting(struct gather *gather)
{
    const struct cp_supporting *supporting = &gather->plan->supporting;
    for (size_t i = 0; i < supporting->exercises.count; i++) {
        keep_exercise(gather, CP_DATED_EXERCISE, &supporting->exercises.items[i]);
    }
    for (size_t i = 0; i < supporting->activations.count; i++) {
        keep_exercise(gather, CP_DATED_RECORD, &supporting->activations.items[i]);
    }
}

/* ---- restore tests --------------------------------------------------------------------------- */

/* Links the tests of each store, in order: `first` by store, `next` by test, SIZE_MAX at the end.
 */
static void link_tests(size_t *first, size_t *next, const struct cp_restore_tests *tests,
                       const struct cp_backup_restore *section)
{
    for (size_t i = 0; i < section->stores.count; i++) {
        first[i] = SIZE_MAX;
    }
    for (size_t i = section->restore_tests.count; i > 0; i--) {
        size_t store = tests->store_of[i - 1];
        if (store != SIZE_MAX) {
            next[i - 1] = first[store];
            first[store] = i - 1;
        }
    }
}

/* Not where a job does it, which does not say how often. */
static bool is_due_by_date(const struct cp_restore_tests *tests, size_t store)
{
    return store != SIZE_MAX && tests->is_asked[store] &&
           (!tests->is_automated[store] || tests->every[store]);
}

static void keep_test(struct gather *gather, const struct cp_restore_tests *tests, size_t store,
                      const struct cp_day *day)
{
    size_t before = gather->pools[CP_POOL_DATES].count;
    keep_day(gather, CP_DATED_RESTORE_TEST, day,
             gather->plan->backup_restore.stores.items[store].id.text);
    struct cp_fact_dated *dated = find_kept(gather, before);
    if (dated && tests->is_automated[store]) {
        dated->has_job = true;
        dated->job = tests->every[store]->duration;
    }
}

static void keep_restore_tests(struct gather *gather)
{
    const struct cp_backup_restore *section = &gather->plan->backup_restore;
    size_t count = section->restore_tests.count;
    if (count == 0) {
        return;
    }
    struct cp_restore_tests tests;
    size_t *first = cp_arena_alloc(gather->arena, (section->stores.count + 1) * sizeof(*first));
    size_t *next = cp_arena_alloc(gather->arena, count * sizeof(*next));
    cp_restore_tests_init(&tests, gather->plan, gather->arena);
    link_tests(first, next, &tests, section);
    for (size_t i = 0; i < count; i++) {
        const struct cp_restore_test *test = &section->restore_tests.items[i];
        if (!is_due_by_date(&tests, tests.store_of[i]) || cp_restore_test_has_failed(test)) {
            keep_day(gather, CP_DATED_RECORD, &test->date, (struct cp_str){0});
        }
    }
    for (size_t i = 0; i < section->stores.count; i++) {
        for (size_t at = first[i]; is_due_by_date(&tests, i) && at != SIZE_MAX; at = next[at]) {
            if (!cp_restore_test_has_failed(&section->restore_tests.items[at])) {
                keep_test(gather, &tests, i, &section->restore_tests.items[at].date);
            }
        }
    }
}

/* ---- governance ------------------------------------------------------------------------------ */

static void keep_review(struct gather *gather)
{
    const struct cp_review *review = &gather->plan->review;
    keep_day(gather, CP_DATED_REVIEW, &review->last, (struct cp_str){0});
    for (size_t i = 0; i < review->approvals.count; i++) {
        keep_day(gather, CP_DATED_RECORD, &review->approvals.items[i].on, (struct cp_str){0});
    }
}

void keep_dates(struct gather *gather)
{
    keep_restore_tests(gather);
    keep_supporting(gather);
    keep_review(gather);
}

void keep_terms(struct cp_fact_term out[CP_TERMS], const struct gather *gather)
{
    for (int i = 0; i < CP_TERMS; i++) {
        struct cp_term term = cp_term_of(gather->plan, gather->portfolio, (enum cp_term_kind)i);
        out[i] = (struct cp_fact_term){
            .every = term.every, .source = (uint8_t)term.source, .is_in_config = term.is_in_config};
        if (term.node) {
            out[i].span = cp_node_place(term.node).span;
        }
    }
}
