/*
 * How much data can be lost: interval + duration + lag of each backup, the least of them a store,
 * and the RPO it has to fit into. Judges nothing; what is unknown makes a length a lower bound.
 */
#include "recovery.h"

/* ---- one backup ------------------------------------------------------------------------------ */

/* Adds a part. Absent it is 0; unknown, broken or not applicable it is unknown. */
static void add_part(struct cp_exposure *out, const struct cp_length *part)
{
    if (part->leaf.state == CP_ABSENT) {
        return;
    }
    out->is_exact &=
        cp_length_is_known(part) && cp_duration_sum(&out->length, out->length, part->duration);
}

static void add_interval(struct cp_exposure *out, const struct cp_length *every)
{
    bool is_continuous = every->leaf.state == CP_SET && every->is_continuous;
    if (every->leaf.state == CP_ABSENT) {
        out->is_exact = false;
    } else if (!is_continuous) {
        add_part(out, every);
    }
}

/* The lag of a copy; false where it is unknown. */
static bool find_copy_lag(struct cp_duration *out, const struct cp_copy *copy)
{
    *out = (struct cp_duration){0};
    if (copy->leaf.state != CP_SET) {
        return false;
    }
    if (copy->lag.leaf.state == CP_ABSENT) {
        return true;
    }
    *out = copy->lag.duration;
    return cp_length_is_known(&copy->lag);
}

/* An unknown lag may be 0, so nothing is added for it. */
static void add_fastest_copy(struct cp_exposure *out, const struct cp_backup *backup,
                             const struct cp_portfolio *portfolio)
{
    struct cp_duration fastest = {0};
    bool is_exact = backup->copies.leaf.state == CP_ABSENT || backup->copies.count > 0;
    for (size_t i = 0; i < backup->copies.count; i++) {
        struct cp_duration lag;
        bool is_known = find_copy_lag(&lag, &backup->copies.items[i]);
        if (i == 0 || !is_known || cp_duration_judge(fastest, lag, portfolio) == CP_OVER) {
            fastest = is_known ? lag : (struct cp_duration){0};
        }
        is_exact &= is_known;
    }
    out->copy_lag = fastest;
    out->is_exact &= is_exact && cp_duration_sum(&out->length, out->length, fastest);
}

struct cp_exposure cp_backup_exposure(const struct cp_backup *backup,
                                      const struct cp_portfolio *portfolio)
{
    struct cp_exposure out = {.backup = backup, .is_exact = true};
    add_interval(&out, &backup->every);
    add_part(&out, &backup->takes);
    add_part(&out, &backup->lag);
    add_fastest_copy(&out, backup, portfolio);
    return out;
}

/* ---- the stores ------------------------------------------------------------------------------ */

bool cp_store_is_expendable(const struct cp_store *store)
{
    bool is_canonical = store->canonical.leaf.state == CP_ABSENT ||
                        (store->canonical.leaf.state == CP_SET && store->canonical.is_yes);
    bool is_rebuilt = store->rebuild_from.leaf.state != CP_ABSENT &&
                      store->rebuild_from.leaf.state != CP_NOT_APPLICABLE;
    return !is_canonical || is_rebuilt;
}

/* Keeps the lesser of both. Lengths that do not compare leave no answer. */
static void keep_least(struct cp_exposure *least, bool *has_least, bool is_first,
                       const struct cp_exposure *exposure, const struct cp_portfolio *portfolio)
{
    if (is_first) {
        *least = *exposure;
        *has_least = true;
        return;
    }
    enum cp_verdict verdict = cp_duration_judge(least->length, exposure->length, portfolio);
    if (verdict == CP_OVER) {
        *least = *exposure;
    } else if (verdict != CP_WITHIN) {
        *has_least = false;
    }
}

static void add_backup(struct cp_saving *saving, const struct cp_backup *backup,
                       const struct cp_portfolio *portfolio)
{
    struct cp_exposure exposure = cp_backup_exposure(backup, portfolio);
    keep_least(&saving->least, &saving->has_least, saving->backups + saving->replicas == 0,
               &exposure, portfolio);
    if (backup->method.leaf.state == CP_SET && backup->method.value == CP_METHOD_REPLICA) {
        saving->replicas++;
        return;
    }
    keep_least(&saving->uncorrupted, &saving->has_uncorrupted, saving->backups == 0, &exposure,
               portfolio);
    saving->backups++;
}

/* id -> store; the first of an id that is given twice. */
static void index_stores(struct cp_map *out, const struct cp_backup_restore *section)
{
    cp_map_init(out);
    for (size_t i = 0; i < section->stores.count; i++) {
        struct cp_store *store = &section->stores.items[i];
        if (store->leaf.state == CP_SET && store->id.leaf.state == CP_SET) {
            cp_map_put(out, store->id.text, store);
        }
    }
}

void cp_savings_init(struct cp_savings *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    const struct cp_backup_restore *section = &plan->backup_restore;
    struct cp_map stores;
    *out = (struct cp_savings){.is_whole = true};
    out->stores = cp_arena_alloc(arena, (section->stores.count + 1) * sizeof(*out->stores));
    out->store_of = cp_arena_alloc(arena, (section->backups.count + 1) * sizeof(*out->store_of));
    index_stores(&stores, section);
    for (size_t i = 0; i < section->backups.count; i++) {
        const struct cp_backup *backup = &section->backups.items[i];
        bool is_named = backup->leaf.state == CP_SET && backup->store.leaf.state == CP_SET;
        const struct cp_store *store = is_named ? cp_map_find(&stores, backup->store.text) : NULL;
        out->store_of[i] = store ? (size_t)(store - section->stores.items) : SIZE_MAX;
        out->is_whole &= store != NULL;
        if (store) {
            add_backup(&out->stores[out->store_of[i]], backup, portfolio);
        }
    }
    cp_map_release(&stores);
}

/* ---- what they have to fit into -------------------------------------------------------------- */

static bool is_corruption(const struct cp_scenario *scenario)
{
    return scenario->leaf.state == CP_SET && scenario->id.leaf.state == CP_SET &&
           scenario->kind.leaf.state == CP_SET &&
           (scenario->kind.value == CP_KIND_DATA_CORRUPTION ||
            scenario->kind.value == CP_KIND_RANSOMWARE);
}

/* Whether the scenario leaves all data where they are (recovery.md, "Breach"): nothing is restored
 * from a backup then. */
static bool is_harmless(const struct cp_scenario *scenario)
{
    if (scenario->leaf.state != CP_SET || scenario->id.leaf.state != CP_SET ||
        scenario->kind.leaf.state != CP_SET) {
        return false;
    }
    return scenario->kind.value == CP_KIND_NETWORK || scenario->kind.value == CP_KIND_PEOPLE ||
           scenario->kind.value == CP_KIND_PREMISES ||
           scenario->kind.value == CP_KIND_DENIAL_OF_SERVICE;
}

/* id -> scenario, of those that are such. */
static void index_scenarios(struct cp_map *out, const struct cp_disaster_recovery *recovery,
                            bool (*is_such)(const struct cp_scenario *scenario))
{
    cp_map_init(out);
    for (size_t i = 0; i < recovery->scenarios.count; i++) {
        struct cp_scenario *scenario = &recovery->scenarios.items[i];
        if (is_such(scenario)) {
            cp_map_put(out, scenario->id.text, scenario);
        }
    }
}

/* Whether each of `corruptions`, and there is one, has an objective of its own. */
static bool are_all_covered(const struct cp_map *corruptions,
                            const struct cp_disaster_recovery *recovery)
{
    struct cp_map covered;
    cp_map_init(&covered);
    for (size_t i = 0; i < recovery->objectives.count; i++) {
        const struct cp_text *scenario = &recovery->objectives.items[i].scenario;
        void *own =
            scenario->leaf.state == CP_SET ? cp_map_find(corruptions, scenario->text) : NULL;
        if (own) {
            cp_map_put(&covered, scenario->text, own);
        }
    }
    bool are_all = corruptions->count > 0 && covered.count == corruptions->count;
    cp_map_release(&covered);
    return are_all;
}

static void keep_strictest(const struct cp_length **strictest, const struct cp_length *rpo,
                           const struct cp_portfolio *portfolio)
{
    if (!*strictest ||
        cp_duration_judge((*strictest)->duration, rpo->duration, portfolio) == CP_OVER) {
        *strictest = rpo;
    }
}

struct cp_strictest cp_strictest_rpo(const struct cp_plan *plan,
                                     const struct cp_portfolio *portfolio)
{
    const struct cp_disaster_recovery *recovery = &plan->disaster_recovery;
    const struct cp_tier *tier = cp_portfolio_find_tier(portfolio, plan);
    struct cp_strictest out = {0};
    struct cp_map corruptions;
    struct cp_map harmless;
    index_scenarios(&corruptions, recovery, is_corruption);
    index_scenarios(&harmless, recovery, is_harmless);
    bool are_covered = are_all_covered(&corruptions, recovery);
    for (size_t i = 0; i < recovery->objectives.count; i++) {
        const struct cp_objective *objective = &recovery->objectives.items[i];
        struct cp_effective effective;
        cp_effective_init(&effective, objective, tier);
        if (objective->leaf.state != CP_SET || !cp_length_is_known(effective.rpo)) {
            continue;
        }
        bool is_general = objective->scenario.leaf.state != CP_SET;
        if (!is_general && cp_map_find(&harmless, objective->scenario.text)) {
            continue;
        }
        keep_strictest(&out.any, effective.rpo, portfolio);
        if (is_general ? !are_covered
                       : cp_map_find(&corruptions, objective->scenario.text) != NULL) {
            keep_strictest(&out.corruption, effective.rpo, portfolio);
        }
    }
    cp_map_release(&corruptions);
    cp_map_release(&harmless);
    return out;
}
