/*
 * The generator's plans. Knows nothing of contplan.
 */
#include "generate.h"

#include <string.h>

static void make_dependency(struct making *making, struct plan *plan, const char *target,
                            bool is_external)
{
    struct chance *chance = &making->chance;
    struct dependency *dependency = &plan->dependencies[plan->dependency_count];
    for (int i = 0; i < plan->dependency_count; i++) {
        if (name_is(&plan->dependencies[i].target, target)) {
            return;
        }
    }
    if (plan->dependency_count == MOST_DEPENDENCIES || name_is(&plan->id, target)) {
        return;
    }
    plan->dependency_count++;
    *dependency = (struct dependency){.target = name_of(target), .is_external = is_external};
    dependency->criticality = maybe(chance, 65) ? HARD : (enum criticality)pick(chance, 4);
    dependency->is_needed = maybe(chance, 15);
    dependency->is_need_unknown = !dependency->is_needed && make_unknown(making, 10);
    dependency->resume = make_length(making, 90, 60);
    dependency->rto =
        is_external ? make_working_length(making, 360, 70) : (struct length){NOT_STATED, 0};
    dependency->has_fallback = maybe(chance, 25);
    dependency->is_fallback_unknown = !dependency->has_fallback && make_unknown(making, 10);
    if (dependency->has_fallback) {
        dependency->sustain = make_length(making, 360, 25);
    }
}

/* Mostly on earlier plans; a circle now and then. */
static void make_dependencies(struct making *making, struct plan *plan, int index)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    int count = pick(chance, 4);
    for (int i = 0; i < count; i++) {
        bool is_back = index == 0 || maybe(chance, 18);
        int target = pick(chance, is_back ? world->plan_count : index);
        make_dependency(making, plan, world->plans[target].id.text, false);
    }
    if (world->supplier_count > 0 && maybe(chance, 35)) {
        struct name supplier = make_supplier(making);
        make_dependency(making, plan, supplier.text, true);
    }
}

static void make_roles(struct making *making, struct plan *plan)
{
    static const char *const ids[] = {"lead", "fix", "check"};
    struct chance *chance = &making->chance;
    plan->role_count = pick(chance, MOST_ROLES + 1);
    for (size_t i = 0; i < (size_t)plan->role_count && i < sizeof ids / sizeof ids[0]; i++) {
        struct role *role = &plan->roles[i];
        role->id = name_of(ids[i]);
        for (int j = maybe(chance, 3) ? 0 : between(chance, 1, 2); j > 0; j--) {
            struct name holder = make_person_or_team(making);
            names_add(&role->holders, holder.text);
        }
        if (maybe(chance, 40)) {
            struct name deputy = make_person_or_team(making);
            names_add(&role->deputies, deputy.text);
        }
        if (making->world->team_count > 0 && maybe(chance, 20)) {
            role->rota = making->world->teams[pick(chance, making->world->team_count)].id;
        }
    }
}

static void make_places(struct making *making, struct plan *plan)
{
    struct chance *chance = &making->chance;
    for (int i = pick(chance, 3); i > 0; i--) {
        struct name place = make_place(making);
        if (place_depth(&place) == 0) {
            plan->hosting = place;
        } else {
            names_add(place_depth(&place) == 1 ? &plan->regions : &plan->zones, place.text);
        }
    }
    plan->is_redundancy_unknown = make_unknown(making, 10);
    plan->redundancy_count = plan->is_redundancy_unknown ? 0 : pick(chance, MOST_REDUNDANCY + 1);
    for (int i = 0; i < plan->redundancy_count; i++) {
        struct redundancy *row = &plan->redundancy[i];
        row->against = (enum against)pick(chance, maybe(chance, 80) ? 3 : 5);
        row->level = (enum level)pick(chance, 6);
        row->takes = make_length(making, 90, 12);
        row->is_level_unknown = make_unknown(making, 10);
        row->is_use_unknown = make_unknown(making, 10);
        if (maybe(chance, 60) && !row->is_use_unknown) {
            row->uses = make_place(making);
        }
    }
}

static void make_stores(struct making *making, struct plan *plan)
{
    struct chance *chance = &making->chance;
    const struct name owner = plan->id;
    plan->store_count = pick(chance, 3);
    for (int i = 0; i < plan->store_count; i++) {
        struct store *store = &plan->stores[i];
        snprintf(store->id.text, sizeof(store->id.text), "d%d%.4s", i, owner.text);
        if (maybe(chance, 10)) {
            store->id = name_of(i == 0 ? "shared" : "spread");
        }
        store->is_not_canonical = maybe(chance, 10);
        store->is_rebuilt = maybe(chance, 10);
        for (int j = making->world->supplier_count > 0 ? pick(chance, 3) : 0; j > 0; j--) {
            bool is_here = plan->regions.count > 0 && maybe(chance, 60);
            struct name place = is_here ? plan->regions.at[0] : make_place(making);
            names_add(&store->located, place.text);
        }
    }
}

static void make_backups(struct making *making, struct plan *plan)
{
    struct chance *chance = &making->chance;
    plan->backup_count = plan->store_count > 0 ? pick(chance, MOST_BACKUPS + 1) : 0;
    for (int i = 0; i < plan->backup_count; i++) {
        struct backup *backup = &plan->backups[i];
        snprintf(backup->id.text, sizeof(backup->id.text), "b%d", i);
        backup->store = plan->stores[pick(chance, plan->store_count)].id;
        backup->is_replica = maybe(chance, 25);
        backup->every = make_length(making, 1440, 8);
        backup->takes = make_length(making, 60, 50);
        backup->lag = make_length(making, 60, 60);
        backup->copy_count = making->world->supplier_count > 0 ? pick(chance, MOST_COPIES + 1) : 0;
        for (int j = 0; j < backup->copy_count; j++) {
            struct copy *copy = &backup->copies[j];
            struct name place = make_place(making);
            if (place_depth(&place) == 0 || maybe(chance, 50)) {
                copy->provider = name_of(place.text);
                copy->provider.text[strcspn(copy->provider.text, ".")] = '\0';
            }
            if (place_depth(&place) == 1) {
                copy->region = place;
            }
            copy->lag = make_length(making, 60, 50);
        }
    }
}

void make_plan(struct making *making, int index)
{
    struct plan *plan = &making->world->plans[index];
    struct chance *chance = &making->chance;
    plan->is_retired = maybe(chance, 4);
    plan->tier = maybe(chance, 40) ? 2 : pick(chance, 5);
    plan->detect = make_length(making, 60, 50);
    plan->declare = make_length(making, 60, 50);
    plan->has_workaround = maybe(chance, 20);
    if (plan->has_workaround) {
        plan->workaround = make_length(making, 240, 30);
    }
    make_dependencies(making, plan, index);
    make_roles(making, plan);
    if (making->world->supplier_count > 0) {
        make_places(making, plan);
    }
    make_stores(making, plan);
    make_backups(making, plan);
    make_recovery(making, plan);
}
