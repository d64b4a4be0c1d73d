/*
 * What answers an outage without a runbook: the redundancy that takes over, or the return of what
 * was lost (recovery.md, "Lost", 2 to 8). What cannot be told is unknown.
 */
#include "recovery.h"

static const struct cp_duration zero;

/* ---- automatic responses --------------------------------------------------------------------- */

/* PLACE_BYTES: `supplier.region.zone` is no longer, each being an id. */
enum { CANDIDATES = 16, THINGS = CP_AGAINST_DATA + 1, PLACE_BYTES = 200 };

/* The redundancy against each thing, in the order of the file; what is beyond CANDIDATES is not
 * looked at, and then an answer is unknown. */
struct standbys {
    const struct cp_redundancy *rows[THINGS][CANDIDATES];
    size_t count[THINGS];
    const struct cp_redundancy *bare[THINGS]; /* says that there is none */
    bool is_unsure;                           /* there may be others */
};

/* What is asked of a plan for each of its scenarios. */
struct cp_outages {
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    struct standbys standbys;
    struct cp_map stores;    /* id -> struct cp_store */
    struct cp_map reliances; /* supplier -> struct reliance */
    /* Those that the plan relies on, be it as home, and that run on others. */
    const struct cp_supplier *grounded[CANDIDATES];
    size_t grounded_count;
    bool is_ground_unsure; /* there are more */
};

static void collect_standbys(struct standbys *out, const struct cp_plan *plan)
{
    const struct cp_it_continuity *continuity = &plan->it_continuity;
    *out = (struct standbys){.is_unsure = !cp_leaf_is_plain(&continuity->section.leaf) ||
                                          !cp_leaf_is_plain(&continuity->redundancy.leaf)};
    for (size_t i = 0; i < plan->it_continuity.redundancy.count; i++) {
        const struct cp_redundancy *row = &plan->it_continuity.redundancy.items[i];
        bool is_none = row->level.leaf.state == CP_SET && row->level.value == CP_REDUNDANCY_NONE;
        out->is_unsure |= row->leaf.state != CP_SET || !cp_leaf_is_plain(&row->against.leaf);
        if (row->leaf.state != CP_SET || row->against.leaf.state != CP_SET) {
            continue;
        }
        if (is_none) {
            out->bare[row->against.value] = row;
        } else {
            size_t *count = &out->count[row->against.value];
            if (*count < CANDIDATES) {
                out->rows[row->against.value][*count] = row;
                ++*count;
            }
        }
    }
}

/* What is lost with `id`, as a bit 1 << enum cp_against; 0 where redundancy says nothing of it. */
static unsigned thing_of(const struct cp_portfolio *portfolio, const struct cp_map *stores,
                         struct cp_str id)
{
    if (cp_portfolio_find_supplier(portfolio, id)) {
        return 1U << CP_AGAINST_SUPPLIER;
    }
    if (cp_map_find(&portfolio->regions, id)) {
        return 1U << CP_AGAINST_REGION;
    }
    struct cp_str region = id;
    while (region.len > 0 && region.at[region.len - 1] != '.') {
        region.len--;
    }
    if (region.len > 0 &&
        cp_map_find(&portfolio->regions, cp_str_slice(region, 0, region.len - 1))) {
        return 1U << CP_AGAINST_ZONE;
    }
    return cp_map_find(stores, id) ? 1U << CP_AGAINST_DATA : 0;
}

/* What a kind of scenario loses where it does not name it. */
static unsigned thing_of_kind(const struct cp_scenario *scenario)
{
    static const unsigned char against[] = {
        [CP_KIND_DATA_LOSS] = 1U << CP_AGAINST_DATA,
        [CP_KIND_DATA_CORRUPTION] = 1U << CP_AGAINST_DATA,
        [CP_KIND_RANSOMWARE] = 1U << CP_AGAINST_DATA,
        [CP_KIND_ACCOUNT_COMPROMISE] = 1U << CP_AGAINST_ACCOUNT,
        [CP_KIND_ZONE] = 1U << CP_AGAINST_ZONE,
        [CP_KIND_REGION] = 1U << CP_AGAINST_REGION,
        [CP_KIND_SUPPLIER] = 1U << CP_AGAINST_SUPPLIER,
    };
    bool is_known = scenario->kind.leaf.state == CP_SET && scenario->kind.value < sizeof against;
    return is_known ? against[scenario->kind.value] : 0;
}

/* What is kept of the lost under a place or what it lies in (`northgrid`, `northgrid.south`). */
static void *find_lost(const struct cp_map *lost, struct cp_str place)
{
    void *found = NULL;
    for (size_t len = place.len <= PLACE_BYTES ? place.len : 0; !found && len > 0; len--) {
        bool is_whole = len == place.len || place.at[len] == '.';
        found = is_whole ? cp_map_find(lost, cp_str_slice(place, 0, len)) : NULL;
    }
    return found;
}

static bool is_lost(const struct cp_map *lost, struct cp_str place)
{
    return find_lost(lost, place) != NULL;
}

/* The first standby that is left against the thing, else against a wider one. */
static const struct cp_redundancy *find_against(const struct standbys *standbys,
                                                const struct cp_map *lost, unsigned thing)
{
    unsigned widest = thing <= CP_AGAINST_SUPPLIER ? CP_AGAINST_SUPPLIER : thing;
    for (unsigned against = thing; against <= widest; against++) {
        for (size_t i = 0; i < standbys->count[against]; i++) {
            const struct cp_redundancy *row = standbys->rows[against][i];
            if (row->uses.leaf.state != CP_SET || !is_lost(lost, row->uses.text)) {
                return row;
            }
        }
    }
    return NULL;
}

/* The switch-over; an active-active one that states no time takes none. */
static bool find_takes(struct cp_duration *out, const struct cp_redundancy *row)
{
    bool is_none = row->takes.leaf.state == CP_ABSENT;
    bool is_both =
        row->level.leaf.state == CP_SET && row->level.value == CP_REDUNDANCY_ACTIVE_ACTIVE;
    return cp_length_find(out, &row->takes) && (!is_none || is_both);
}

/* Whether it is known that it is a standby, and where. */
static bool is_clear(const struct cp_redundancy *row)
{
    return cp_leaf_is_plain(&row->level.leaf) && cp_leaf_is_plain(&row->uses.leaf);
}

/* What answers `things`, and how long it takes: all must have been switched over, so that the
 * longest counts. False where that is not known. */
static bool find_answer(struct cp_recovery *out, struct cp_duration *takes,
                        const struct standbys *standbys, const struct cp_map *lost, unsigned things)
{
    bool is_known = things != 0 && !standbys->is_unsure;
    for (unsigned thing = 0; thing < THINGS; thing++) {
        if ((things >> thing & 1U) == 0) {
            continue;
        }
        const struct cp_redundancy *row = find_against(standbys, lost, thing);
        struct cp_duration other = zero;
        is_known =
            row && is_clear(row) && find_takes(&other, row) && is_known &&
            (cp_duration_is_at_least(other, *takes) || cp_duration_is_at_least(*takes, other));
        if (row && (!out->standby || !cp_duration_is_at_least(*takes, other))) {
            out->standby = row;
            *takes = other;
        }
        out->bare = row || out->bare ? out->bare : standbys->bare[thing];
    }
    return is_known;
}

bool cp_standby_find(struct cp_recovery *out, struct cp_duration *takes,
                     const struct cp_outages *outages)
{
    const struct cp_scenario *scenario = out->scenario;
    struct cp_map lost;
    unsigned things = 0;
    cp_map_init(&lost);
    for (size_t i = 0; i < scenario->loses.count; i++) {
        struct cp_text *id = &scenario->loses.items[i];
        if (id->leaf.state == CP_SET) {
            cp_map_put(&lost, id->text, id);
            things |= thing_of(outages->portfolio, &outages->stores, id->text);
        }
    }
    bool is_known = find_answer(out, takes, &outages->standbys, &lost,
                                things ? things : thing_of_kind(scenario));
    cp_map_release(&lost);
    return is_known;
}

/* ---- waiting for what is lost ---------------------------------------------------------------- */

/* The supplier of `supplier`, `supplier.region` or `supplier.region.zone`, or NULL. */
static const struct cp_supplier *supplier_of(const struct cp_portfolio *portfolio,
                                             struct cp_str place)
{
    const struct cp_supplier *supplier = cp_portfolio_find_supplier(portfolio, place);
    for (size_t len = place.len <= PLACE_BYTES ? place.len : 0; !supplier && len > 0; len--) {
        if (len == place.len || place.at[len] == '.') {
            supplier = cp_map_find(&portfolio->regions, cp_str_slice(place, 0, len));
        }
    }
    return supplier;
}

/* Where the service runs: the most specific of zones, regions and hosting says so. */
struct home {
    const struct cp_text *places;
    size_t count; /* 0 as well where it is not known, or where there are too many to look at */
};

static struct home home_of(const struct cp_it_continuity *continuity)
{
    struct home home = {&continuity->hosting, continuity->hosting.leaf.state == CP_SET};
    if (continuity->zones.leaf.state != CP_ABSENT) {
        home = (struct home){continuity->zones.items, continuity->zones.count};
    } else if (continuity->regions.leaf.state != CP_ABSENT) {
        home = (struct home){continuity->regions.items, continuity->regions.count};
    }
    home.count = home.count <= CANDIDATES ? home.count : 0;
    return home;
}

/* Whether nothing is left of it. */
static bool is_home_lost(const struct home *home, const struct cp_map *lost)
{
    for (size_t i = 0; i < home->count; i++) {
        if (home->places[i].leaf.state != CP_SET || !is_lost(lost, home->places[i].text)) {
            return false;
        }
    }
    return home->count > 0;
}

/* Whether a part of it lies in the place. */
static bool is_home_in(const struct home *home, struct cp_str place)
{
    for (size_t i = 0; i < home->count; i++) {
        struct cp_str at = home->places[i].text;
        if (cp_str_is_equal(cp_str_slice(at, 0, place.len), place) &&
            (at.len == place.len || at.at[place.len] == '.')) {
            return true;
        }
    }
    return false;
}

/* The plan's dependencies on one supplier. */
struct reliance {
    const struct cp_dependency *first;
    bool has_several;
};

static void index_reliances(struct cp_outages *outages, struct cp_arena *arena)
{
    const struct cp_dependencies *dependencies = &outages->plan->dependencies;
    cp_map_init(&outages->reliances);
    for (size_t i = 0; i < dependencies->external.count; i++) {
        const struct cp_dependency *dependency = &dependencies->external.items[i];
        if (dependency->leaf.state != CP_SET || dependency->supplier.leaf.state != CP_SET) {
            continue;
        }
        struct reliance *reliance = cp_arena_alloc(arena, sizeof *reliance);
        reliance->first = dependency;
        struct reliance *first =
            cp_map_put(&outages->reliances, dependency->supplier.text, reliance);
        if (first) {
            first->has_several = true;
        }
    }
}

/* Whether nothing helps while the supplier is away. */
static bool is_down_without(const struct cp_dependency *dependency)
{
    return dependency->criticality.leaf.state == CP_SET &&
           dependency->criticality.value == CP_HARD &&
           dependency->pattern.leaf.state == CP_ABSENT &&
           dependency->fallback.leaf.state == CP_ABSENT;
}

/* When the supplier is back: as the plan has agreed with it, else as it promises to everybody. NULL
 * where that is not known. */
static const struct cp_length *find_promise(const struct cp_supplier *supplier,
                                            const struct reliance *reliance)
{
    const struct cp_length *promise = &supplier->commits.rto;
    if (reliance) {
        const struct cp_commits *own = &reliance->first->commits;
        bool is_clear = cp_leaf_is_plain(&own->leaf) && !reliance->has_several;
        promise = own->rto.leaf.state != CP_ABSENT ? &own->rto : promise;
        promise = is_clear ? promise : NULL;
    }
    return cp_length_is_known(promise) ? promise : NULL;
}

/* ---- what a supplier runs on ----------------------------------------------------------------- */

/* A supplier and all that it runs on, directly or not. */
struct ground {
    const struct cp_supplier *suppliers[CANDIDATES];
    bool is_lost[CANDIDATES];   /* it, or all that it cannot do without */
    bool is_waited[CANDIDATES]; /* the first one is not back before */
    size_t count;
};

static size_t ground_index(const struct ground *ground, const struct cp_supplier *supplier)
{
    size_t i = 0;
    while (i < ground->count && ground->suppliers[i] != supplier) {
        i++;
    }
    return i;
}

/* False where it is not known, or where there is too much to look at. */
static bool ground_collect(struct ground *ground, const struct cp_portfolio *portfolio,
                           const struct cp_supplier *first)
{
    *ground = (struct ground){.suppliers = {first}, .count = 1};
    for (size_t i = 0; i < ground->count; i++) {
        const struct cp_supplier *supplier = ground->suppliers[i];
        if (!cp_leaf_is_plain(&supplier->runs_on.leaf) || supplier->runs_on.count > CANDIDATES) {
            return false;
        }
        for (size_t j = 0; j < supplier->runs_on.count; j++) {
            const struct cp_text *place = &supplier->runs_on.items[j];
            const struct cp_supplier *below =
                place->leaf.state == CP_SET ? supplier_of(portfolio, place->text) : NULL;
            size_t at = ground_index(ground, below);
            if (!below || at == CANDIDATES) {
                return false;
            }
            ground->suppliers[at] = below;
            ground->count += at == ground->count;
        }
    }
    return true;
}

/* One round over all that lies under the supplier: it is lost with what it runs on, and what is
 * lost under one that is waited for is waited for. Whether anything has changed. */
static bool ground_sink(struct ground *ground, const struct cp_portfolio *portfolio,
                        const struct cp_map *lost)
{
    bool has_changed = false;
    for (size_t i = 0; i < ground->count; i++) {
        const struct cp_supplier *supplier = ground->suppliers[i];
        for (size_t j = 0; j < supplier->runs_on.count; j++) {
            struct cp_str place = supplier->runs_on.items[j].text;
            size_t below = ground_index(ground, supplier_of(portfolio, place));
            if (!ground->is_lost[below] && !is_lost(lost, place)) {
                continue;
            }
            has_changed |= !ground->is_lost[i];
            ground->is_lost[i] = true;
            has_changed |= ground->is_waited[i] && !ground->is_waited[below];
            ground->is_waited[below] |= ground->is_waited[i];
        }
    }
    return has_changed;
}

/* Finds what of `supplier` is lost and holds it up; circles are no trouble, since each round but
 * the last marks something more. False where that is not known. */
static bool ground_find(struct ground *out, const struct cp_portfolio *portfolio,
                        const struct cp_supplier *supplier, const struct cp_map *lost)
{
    if (!ground_collect(out, portfolio, supplier)) {
        return false;
    }
    out->is_waited[0] = true;
    for (size_t i = 0; i < out->count; i++) {
        out->is_lost[i] = is_lost(lost, out->suppliers[i]->id.text);
    }
    while (ground_sink(out, portfolio, lost)) {
    }
    return true;
}

void *cp_lost_find(const struct cp_portfolio *portfolio, const struct cp_map *lost,
                   struct cp_str thing)
{
    struct ground ground;
    void *found = find_lost(lost, thing);
    const struct cp_supplier *supplier = found ? NULL : supplier_of(portfolio, thing);
    if (!supplier || supplier->runs_on.count == 0 ||
        !ground_find(&ground, portfolio, supplier, lost) || !ground.is_lost[0]) {
        return found;
    }
    for (size_t i = 0; !found && i < ground.count; i++) {
        for (size_t j = 0; !found && j < ground.suppliers[i]->runs_on.count; j++) {
            found = find_lost(lost, ground.suppliers[i]->runs_on.items[j].text);
        }
    }
    return found;
}

/* ---- the wait -------------------------------------------------------------------------------- */

/* When a supplier is back. */
struct back {
    const struct cp_length *promise; /* the one that is kept last */
    const struct cp_supplier *by;    /* whose promise that is */
};

/* As the supplier has committed itself, and no sooner than what it runs on, as far as that is lost.
 * False where that is not known; so too where the plan has an agreement of its own with one of
 * those: whether the other can rely on that is not for us to say. */
static bool find_back(struct back *out, const struct cp_outages *outages,
                      const struct cp_supplier *supplier, const struct cp_map *lost)
{
    struct ground ground;
    const struct reliance *reliance = cp_map_find(&outages->reliances, supplier->id.text);
    *out = (struct back){find_promise(supplier, reliance), supplier};
    bool is_known = out->promise && ground_find(&ground, outages->portfolio, supplier, lost);
    for (size_t i = 1; is_known && i < ground.count; i++) {
        if (!ground.is_waited[i]) {
            continue;
        }
        const struct cp_supplier *below = ground.suppliers[i];
        const struct cp_length *promise = find_promise(below, NULL);
        reliance = cp_map_find(&outages->reliances, below->id.text);
        is_known = promise && find_promise(below, reliance) == promise &&
                   (cp_duration_is_at_least(promise->duration, out->promise->duration) ||
                    cp_duration_is_at_least(out->promise->duration, promise->duration));
        if (is_known && !cp_duration_is_at_least(out->promise->duration, promise->duration)) {
            *out = (struct back){promise, below};
        }
    }
    return is_known;
}

/* Adds the wait for one thing that is lost, and for our own time to be normal again. What the
 * service can do without is not waited for; `home` is empty where some of it is left. False where
 * that is not known. */
static bool add_return(struct cp_recovery *out, const struct cp_outages *outages,
                       const struct home *home, struct cp_str thing, const struct cp_map *lost)
{
    const struct cp_supplier *supplier = supplier_of(outages->portfolio, thing);
    const struct reliance *reliance =
        supplier ? cp_map_find(&outages->reliances, supplier->id.text) : NULL;
    bool is_down = reliance && cp_str_is_equal(thing, supplier->id.text) &&
                   (reliance->has_several || is_down_without(reliance->first));
    struct cp_duration resume = zero;
    if (!supplier || (!is_down && !is_home_in(home, thing))) {
        return supplier;
    }
    struct back back;
    struct cp_duration length;
    if (!find_back(&back, outages, supplier, lost) ||
        (is_down && !cp_length_find(&resume, &reliance->first->resume)) ||
        !cp_duration_sum(&length, back.promise->duration, resume) ||
        (!cp_duration_is_at_least(length, out->own) &&
         !cp_duration_is_at_least(out->own, length))) {
        return false;
    }
    if (!out->promise || !cp_duration_is_at_least(out->own, length)) {
        bool is_below = back.by != supplier;
        out->promise = back.promise;
        out->promised_by = cp_portfolio_name_of(outages->portfolio, back.by->id.text);
        out->held_up = is_below ? cp_portfolio_name_of(outages->portfolio, supplier->id.text)
                                : (struct cp_str){0};
        out->own = length;
    }
    return true;
}

/* Adds the wait for the suppliers that fall with what they run on, and keeps them as lost. False
 * where it is not known whether they do. */
static bool sink_suppliers(const struct cp_supplier *fallen[CANDIDATES], size_t *count,
                           const struct cp_outages *outages, struct cp_map *lost)
{
    for (size_t i = 0; i < outages->grounded_count; i++) {
        const struct cp_supplier *supplier = outages->grounded[i];
        struct ground ground;
        if (!ground_find(&ground, outages->portfolio, supplier, lost)) {
            return false;
        }
        if (ground.is_lost[0] && !is_lost(lost, supplier->id.text)) {
            fallen[*count] = supplier;
            cp_map_put(lost, supplier->id.text, &fallen[*count]);
            ++*count;
        }
    }
    return !outages->is_ground_unsure;
}

/* What has a standby is not waited for, and a store does not return by itself. */
void cp_recover_by_waiting(struct cp_recovery *out, const struct cp_outages *outages)
{
    const struct cp_scenario *scenario = out->scenario;
    bool is_known =
        !out->standby && !outages->standbys.is_unsure && cp_leaf_is_plain(&scenario->loses.leaf);
    struct home home = home_of(&outages->plan->it_continuity);
    const struct cp_supplier *fallen[CANDIDATES];
    size_t count = 0;
    struct cp_map lost;
    cp_map_init(&lost);
    for (size_t i = 0; is_known && i < scenario->loses.count; i++) {
        struct cp_text *thing = &scenario->loses.items[i];
        is_known = thing->leaf.state == CP_SET;
        cp_map_put(&lost, thing->text, thing);
    }
    is_known = is_known && sink_suppliers(fallen, &count, outages, &lost);
    home.count = is_known && is_home_lost(&home, &lost) ? home.count : 0;
    for (size_t i = 0; is_known && i < scenario->loses.count; i++) {
        is_known = add_return(out, outages, &home, scenario->loses.items[i].text, &lost);
    }
    for (size_t i = 0; is_known && i < count; i++) {
        is_known = add_return(out, outages, &home, fallen[i]->id.text, &lost);
    }
    cp_map_release(&lost);
    out->own_is = is_known && out->promise ? CP_OWN_RETURN : CP_OWN_UNKNOWN;
}

/* ---- of a plan ------------------------------------------------------------------------------- */

static void add_grounded(struct cp_outages *outages, const struct cp_text *place)
{
    const struct cp_supplier *supplier =
        place->leaf.state == CP_SET ? supplier_of(outages->portfolio, place->text) : NULL;
    if (!supplier || supplier->runs_on.leaf.state == CP_ABSENT) {
        return;
    }
    for (size_t i = 0; i < outages->grounded_count; i++) {
        if (outages->grounded[i] == supplier) {
            return;
        }
    }
    if (outages->grounded_count < CANDIDATES) {
        outages->grounded[outages->grounded_count++] = supplier;
    } else {
        outages->is_ground_unsure = true;
    }
}

static void collect_grounded(struct cp_outages *outages)
{
    const struct cp_dependencies *dependencies = &outages->plan->dependencies;
    struct home home = home_of(&outages->plan->it_continuity);
    for (size_t i = 0; i < dependencies->external.count; i++) {
        add_grounded(outages, &dependencies->external.items[i].supplier);
    }
    for (size_t i = 0; i < home.count; i++) {
        add_grounded(outages, &home.places[i]);
    }
}

struct cp_outages *cp_outages_new(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                                  struct cp_arena *arena)
{
    struct cp_outages *outages = cp_arena_alloc(arena, sizeof *outages);
    outages->plan = plan;
    outages->portfolio = portfolio;
    collect_standbys(&outages->standbys, plan);
    index_reliances(outages, arena);
    outages->grounded_count = 0;
    outages->is_ground_unsure = false;
    collect_grounded(outages);
    cp_map_init(&outages->stores);
    for (size_t i = 0; i < plan->backup_restore.stores.count; i++) {
        struct cp_store *store = &plan->backup_restore.stores.items[i];
        if (store->id.leaf.state == CP_SET) {
            cp_map_put(&outages->stores, store->id.text, store);
        }
    }
    return outages;
}

void cp_outages_release(struct cp_outages *outages)
{
    cp_map_release(&outages->stores);
    cp_map_release(&outages->reliances);
}
