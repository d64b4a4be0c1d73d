/*
 * What has to be done again and again: how often, and of which stores a restore has to be tested.
 * Knows no today: whether anything is overdue is the rules' to say.
 */
#include <contplan/model.h>

/* ---- how often ------------------------------------------------------------------------------- */

static const struct cp_length *stated_in_plan(const struct cp_plan *plan, enum cp_term_kind kind)
{
    switch (kind) {
    case CP_TERM_EXERCISE:
        return &plan->supporting.exercise_every;
    case CP_TERM_RESTORE_TEST:
        return &plan->backup_restore.restore_test_every;
    default:
        return &plan->review.every;
    }
}

static const struct cp_length *stated_in_tier(const struct cp_tier *tier, enum cp_term_kind kind)
{
    switch (kind) {
    case CP_TERM_EXERCISE:
        return &tier->exercise_every;
    case CP_TERM_RESTORE_TEST:
        return &tier->restore_test_every;
    default:
        return &tier->review_every;
    }
}

struct cp_term cp_term_of(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                          enum cp_term_kind kind)
{
    const struct cp_tier *tier = cp_portfolio_find_tier(portfolio, plan);
    const struct cp_length *stated = stated_in_plan(plan, kind);
    bool is_own = stated->leaf.state != CP_ABSENT;
    if (!is_own && tier) {
        stated = stated_in_tier(tier, kind);
    }
    if (stated->leaf.state == CP_ABSENT) {
        return (struct cp_term){.source = CP_TERM_BY_DEFAULT};
    }
    bool is_known = stated->leaf.state == CP_SET;
    return (struct cp_term){.every = stated->duration,
                            .node = stated->leaf.node,
                            .is_in_config = !is_own || stated->leaf.is_inherited,
                            .source = !is_known ? CP_TERM_UNSURE
                                      : is_own  ? CP_TERM_OF_PLAN
                                                : CP_TERM_OF_TIER};
}

/* ---- of which stores ------------------------------------------------------------------------- */

/* The section with its names indexed. */
struct names {
    const struct cp_backup_restore *section;
    struct cp_map stores, backups; /* id -> its struct */
};

static void names_init(struct names *names, const struct cp_backup_restore *section)
{
    names->section = section;
    cp_map_init(&names->stores);
    cp_map_init(&names->backups);
    for (size_t i = 0; i < section->stores.count; i++) {
        struct cp_store *store = &section->stores.items[i];
        if (store->id.leaf.state == CP_SET) {
            cp_map_put(&names->stores, store->id.text, store);
        }
    }
    for (size_t i = 0; i < section->backups.count; i++) {
        struct cp_backup *backup = &section->backups.items[i];
        if (backup->id.leaf.state == CP_SET) {
            cp_map_put(&names->backups, backup->id.text, backup);
        }
    }
}

/* The index of the store of that name, or SIZE_MAX. */
static size_t find_store(const struct names *names, const struct cp_text *id)
{
    const struct cp_store *store =
        id->leaf.state == CP_SET ? cp_map_find(&names->stores, id->text) : NULL;
    return store ? (size_t)(store - names->section->stores.items) : SIZE_MAX;
}

static bool is_replica(const struct cp_backup *backup)
{
    return backup->method.leaf.state == CP_SET && backup->method.value == CP_METHOD_REPLICA;
}

/* Of which store a test is: the one it names, that of the backup it names, the only one. */
static size_t find_tested(const struct names *names, const struct cp_restore_test *test)
{
    size_t store = find_store(names, &test->store);
    if (store == SIZE_MAX && test->backup.leaf.state == CP_SET) {
        const struct cp_backup *backup = cp_map_find(&names->backups, test->backup.text);
        store = backup ? find_store(names, &backup->store) : SIZE_MAX;
    }
    bool is_named = test->store.leaf.state != CP_ABSENT || test->backup.leaf.state != CP_ABSENT;
    return !is_named && names->section->stores.count == 1 ? 0 : store;
}

/* Seconds, with months of the usual length: near enough to tell which of two jobs comes first. */
static int64_t seconds_of(const struct cp_length *every)
{
    enum { DAY = 24 * 60 * 60, YEAR = 365 * DAY };
    const struct cp_duration *length = &every->duration;
    return length->seconds + length->work_seconds + (int64_t)length->work_days * DAY +
           (int64_t)length->months * YEAR / 12;
}

static void add_job_of(struct cp_restore_tests *out, size_t store,
                       const struct cp_restore_test *test)
{
    const struct cp_length *every = test->every.leaf.state == CP_SET ? &test->every : NULL;
    const struct cp_length *before = out->every[store];
    bool is_first = !out->is_automated[store];
    if (is_first || !every || (before && seconds_of(every) < seconds_of(before))) {
        out->every[store] = every;
    }
    out->is_automated[store] = true;
}

static void add_job(struct cp_restore_tests *out, const struct names *names,
                    const struct cp_restore_test *test, size_t store)
{
    bool is_named = test->store.leaf.state != CP_ABSENT || test->backup.leaf.state != CP_ABSENT;
    for (size_t i = 0; !is_named && i < names->section->stores.count; i++) {
        add_job_of(out, i, test);
    }
    if (is_named && store != SIZE_MAX) {
        add_job_of(out, store, test);
    }
}

static void add_test(struct cp_restore_tests *out, const struct names *names, size_t index)
{
    const struct cp_restore_test *test = &names->section->restore_tests.items[index];
    size_t store = test->leaf.state == CP_SET ? find_tested(names, test) : SIZE_MAX;
    out->store_of[index] = store;
    if (test->automated.leaf.state == CP_SET && test->automated.is_yes) {
        add_job(out, names, test, store);
    }
}

void cp_restore_tests_init(struct cp_restore_tests *out, const struct cp_plan *plan,
                           struct cp_arena *arena)
{
    const struct cp_backup_restore *section = &plan->backup_restore;
    size_t stores = section->stores.count + 1;
    struct names names;
    names_init(&names, section);
    out->is_asked = cp_arena_alloc(arena, stores * sizeof(bool));
    out->is_automated = cp_arena_alloc(arena, stores * sizeof(bool));
    out->every = cp_arena_alloc(arena, stores * sizeof(*out->every));
    out->store_of = cp_arena_alloc(arena, (section->restore_tests.count + 1) * sizeof(size_t));
    for (size_t i = 0; i < section->backups.count; i++) {
        size_t store = find_store(&names, &section->backups.items[i].store);
        if (store != SIZE_MAX && !is_replica(&section->backups.items[i])) {
            out->is_asked[store] = true;
        }
    }
    for (size_t i = 0; i < section->restore_tests.count; i++) {
        add_test(out, &names, i);
    }
    cp_map_release(&names.stores);
    cp_map_release(&names.backups);
}

bool cp_restore_test_has_failed(const struct cp_restore_test *test)
{
    return cp_leaf_is_set(&test->leaf) && cp_leaf_is_set(&test->result.leaf) &&
           (test->result.value == CP_RESULT_FAILED || test->result.value == CP_RESULT_INCOMPLETE);
}
