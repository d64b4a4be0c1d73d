/*
 * What is taken out of a simulated outage before it is written for an audience: names that plans
 * and portfolio file keep back, lengths that rest on one they keep back, and secrets. What is taken
 * out is gone, so that no writer can tell it.
 */
#include <contplan/output.h>

struct hiding {
    const struct cp_reserved *reserved;
    const struct cp_secrets *secrets;
    struct cp_arena *arena;
    const struct cp_outage *outage; /* NULL of a ranking */
    struct cp_map seen;             /* what was withheld, by plan and name: each counts once */
    struct cp_map hidden;           /* the same by name alone */
    size_t count;                   /* lengths and sentences that were */
};

static void hiding_init(struct hiding *out, const struct cp_reserved *reserved,
                        const struct cp_secrets *secrets, struct cp_arena *arena)
{
    *out = (struct hiding){.reserved = reserved, .secrets = secrets, .arena = arena};
    cp_map_init(&out->seen);
    cp_map_init(&out->hidden);
}

/* How many values were withheld. */
static size_t hiding_release(struct hiding *hiding)
{
    size_t count = hiding->seen.count + hiding->count;
    cp_map_release(&hiding->seen);
    cp_map_release(&hiding->hidden);
    return count;
}

static const char withheld[] = "(withheld)"; /* stands for a name */

/* ---- names ----------------------------------------------------------------------------------- */

static void mask(const struct hiding *hiding, struct cp_str *text)
{
    *text = cp_secrets_mask_own(hiding->secrets, *text, hiding->arena);
}

static void withhold(struct hiding *hiding, struct cp_str *name, struct cp_str plan)
{
    struct cp_str key = cp_arena_printf(hiding->arena, "%.*s\n%.*s", CP_ARG(plan), CP_ARG(*name));
    cp_map_put(&hiding->seen, key, hiding);
    cp_map_put(&hiding->hidden, *name, hiding);
    *name = cp_str_of(withheld);
}

/* `plan`: whose name it is, or who names it. */
static void hide(struct hiding *hiding, struct cp_str *name, struct cp_str plan)
{
    if (name->len == 0 || cp_str_is(*name, withheld)) {
        return;
    }
    if (cp_reserved_keeps(hiding->reserved, plan, *name)) {
        withhold(hiding, name, plan);
        return;
    }
    mask(hiding, name);
}

/* `waiting`: the plan that was held up, where the stretch names no other. What is not known is said
 * in words of our own. */
static void hide_hold(struct hiding *hiding, struct cp_hold *hold, struct cp_str waiting)
{
    struct cp_str plan = hold->service.len > 0 ? hold->service : waiting;
    if (hold->kind == CP_HOLD_UNSTATED) {
        mask(hiding, &hold->name);
    } else {
        hide(hiding, &hold->name, waiting.len > 0 ? waiting : plan);
    }
    hide(hiding, &hold->runbook, plan);
    hide(hiding, &hold->step, plan);
    mask(hiding, &hold->service);
}

static void hide_service(struct hiding *hiding, struct cp_service_outcome *service)
{
    struct cp_str plan = cp_network_id(hiding->outage->network, service->plan);
    hide(hiding, &service->scenario, plan);
    hide_hold(hiding, &service->limited_by, plan);
    for (size_t i = 0; i < service->critical_path.count; i++) {
        hide_hold(hiding, &service->critical_path.items[i], plan);
    }
    for (size_t i = 0; i < service->breaches.count; i++) {
        hide(hiding, &service->breaches.items[i].subject, plan);
        hide(hiding, &service->breaches.items[i].scenario, plan);
        hide(hiding, &service->breaches.items[i].store, plan);
    }
}

static void hide_step(struct hiding *hiding, struct cp_step_outcome *step)
{
    struct cp_str plan = cp_network_id(hiding->outage->network, step->plan);
    hide(hiding, &step->runbook, plan);
    hide(hiding, &step->step, plan);
    hide(hiding, &step->holder, plan);
    hide_hold(hiding, &step->why, plan);
}

static bool is_among(const struct cp_str *names, size_t count, struct cp_str name)
{
    for (size_t i = 0; i < count; i++) {
        if (cp_str_is_equal(names[i], name)) {
            return true;
        }
    }
    return false;
}

/* Something that is lost or absent: whoever asked for it knows its name, and what a plan is called
 * is known to everybody. */
static void hide_thing(struct hiding *hiding, struct cp_str *id, bool is_service)
{
    const struct cp_outage *outage = hiding->outage;
    bool is_asked = outage && is_among(outage->asked, outage->asked_count, *id);
    if (!is_service && !is_asked && cp_reserved_keeps_thing(hiding->reserved, *id)) {
        withhold(hiding, id, (struct cp_str){0});
    } else {
        mask(hiding, id);
    }
}

/* A change touches several plans: what one of them withholds, it does not name. */
static void hide_remedy(struct hiding *hiding, struct cp_remedy *remedy)
{
    struct cp_str name = remedy->name;
    if (remedy->service.len > 0) {
        hide(hiding, &remedy->name, remedy->service);
    } else if (cp_map_find(&hiding->hidden, name) ||
               cp_reserved_is_narrow(hiding->reserved, name)) {
        withhold(hiding, &remedy->name, remedy->service);
    }
    mask(hiding, &remedy->name);
    mask(hiding, &remedy->service);
}

static void mask_assumptions(struct hiding *hiding, struct cp_simulation *simulation)
{
    for (size_t i = 0; i < simulation->assumptions.count; i++) {
        mask(hiding, &simulation->assumptions.items[i]);
    }
}

/* ---- lengths --------------------------------------------------------------------------------- */

/* Whether a stretch is counted from what the portfolio file keeps back: a call-out, hours, the
 * return of a supplier. */
static bool is_of_narrow(const struct hiding *hiding, const struct cp_hold *hold)
{
    return hold->kind != CP_HOLD_UNSTATED && cp_reserved_is_narrow(hiding->reserved, hold->name);
}

static bool rests_on_kept(const struct hiding *hiding, const struct cp_service_outcome *service)
{
    struct cp_str id = cp_network_id(hiding->outage->network, service->plan);
    const struct cp_reserved_plan *plan = cp_reserved_plan(hiding->reserved, id);
    bool is_kept = plan->has_times || (plan->has_limits && service->is_promised) ||
                   is_of_narrow(hiding, &service->limited_by);
    for (size_t i = 0; i < service->critical_path.count; i++) {
        is_kept = is_kept || is_of_narrow(hiding, &service->critical_path.items[i]);
    }
    return is_kept && service->state != CP_SERVICE_UNAFFECTED;
}

/* Plans whose times are withheld, and those that are still to be followed. */
struct spreading {
    bool *is_kept, *is_hit; /* by plan */
    size_t *queue;
    size_t count;
};

static void keep(struct spreading *out, size_t plan)
{
    if (out->is_hit[plan] && !out->is_kept[plan]) {
        out->is_kept[plan] = true;
        out->queue[out->count++] = plan;
    }
}

/* Who does a step may have been busy with another plan's. */
static bool spread_by_holders(struct spreading *out, const struct cp_simulation *simulation)
{
    struct cp_map busy; /* holders of steps of plans whose times are withheld */
    size_t before = out->count;
    cp_map_init(&busy);
    for (size_t i = 0; i < simulation->steps.count; i++) {
        const struct cp_step_outcome *step = &simulation->steps.items[i];
        if (step->holder.len > 0 && out->is_kept[step->plan]) {
            cp_map_put(&busy, step->holder, out);
        }
    }
    for (size_t i = 0; i < simulation->steps.count; i++) {
        const struct cp_step_outcome *step = &simulation->steps.items[i];
        if (step->holder.len > 0 && cp_map_find(&busy, step->holder)) {
            keep(out, step->plan);
        }
    }
    cp_map_release(&busy);
    return out->count > before;
}

/* The times of which plans rest on a length that is kept back: their own, that of a plan they
 * depend on, directly or not, or of one that shares a holder with them. By plan, the arena's. */
static const bool *find_kept(const struct hiding *hiding)
{
    const struct cp_network *network = hiding->outage->network;
    const struct cp_simulation *simulation = hiding->outage->simulation;
    struct spreading out = {
        .is_kept = cp_arena_alloc(hiding->arena, network->count + 1),
        .is_hit = cp_arena_alloc(hiding->arena, network->count + 1),
        .queue = cp_arena_alloc(hiding->arena, (network->count + 1) * sizeof *out.queue)};
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        out.is_hit[service->plan] = service->state != CP_SERVICE_UNAFFECTED;
        if (rests_on_kept(hiding, service)) {
            keep(&out, service->plan);
        }
    }
    size_t next = 0;
    do {
        for (; next < out.count; next++) {
            size_t to = out.queue[next];
            for (uint32_t i = network->first_incoming[to]; i < network->first_incoming[to + 1];
                 i++) {
                keep(&out, network->edges[network->incoming[i]].from);
            }
        }
    } while (spread_by_holders(&out, simulation));
    return out.is_kept;
}

/* What is not known at all stays so. */
static void drop(int64_t *time)
{
    *time = CP_TIME_UNKNOWN;
}

static void drop_stretch(struct cp_hold *hold)
{
    drop(&hold->from);
    drop(&hold->to);
}

static void drop_times(struct hiding *hiding, struct cp_service_outcome *service)
{
    drop(&service->from);
    drop(&service->up_at);
    drop(&service->own);
    drop(&service->down_from);
    drop(&service->up_again);
    drop_stretch(&service->limited_by);
    for (size_t i = 0; i < service->critical_path.count; i++) {
        drop_stretch(&service->critical_path.items[i]);
    }
    for (size_t i = 0; i < service->breaches.count; i++) {
        drop(&service->breaches.items[i].actual);
    }
    service->spans.count = 0;
    hiding->count++;
}

static void drop_limits(struct hiding *hiding, struct cp_service_outcome *service)
{
    for (size_t i = 0; i < service->breaches.count; i++) {
        drop(&service->breaches.items[i].limit);
        hiding->count++;
    }
}

/* The latest of all ends tells of each that may be it; what a change saves, and by which limit it
 * is measured, of all that wait. */
static void drop_sums(struct hiding *hiding, struct cp_outage *outage,
                      struct cp_simulation *simulation)
{
    if (outage->has_kept_times) {
        drop(&simulation->lower_bound);
    }
    for (size_t i = 0; i < outage->remedy_count; i++) {
        struct cp_remedy *remedy = &outage->remedies[i];
        if (outage->has_kept_times && remedy->saved > 0) {
            drop(&remedy->saved);
            hiding->count++;
        }
        if (outage->has_kept_limits && remedy->within > 0) {
            drop(&remedy->within);
            hiding->count++;
        }
    }
}

static void hide_lengths(struct hiding *hiding, struct cp_outage *outage,
                         struct cp_simulation *simulation)
{
    outage->is_kept = find_kept(hiding);
    for (size_t i = 0; i < simulation->services.count; i++) {
        struct cp_service_outcome *service = &simulation->services.items[i];
        struct cp_str id = cp_network_id(outage->network, service->plan);
        bool has_limits = cp_reserved_plan(hiding->reserved, id)->has_limits;
        if (outage->is_kept[service->plan]) {
            drop_times(hiding, service);
            outage->has_kept_times = true;
        }
        if (has_limits && service->state != CP_SERVICE_UNAFFECTED) {
            drop_limits(hiding, service);
            outage->has_kept_limits = true;
        }
    }
    for (size_t i = 0; i < simulation->steps.count; i++) {
        struct cp_step_outcome *step = &simulation->steps.items[i];
        if (outage->is_kept[step->plan]) {
            drop(&step->start);
            drop(&step->end);
            drop_stretch(&step->why);
        }
    }
    drop_sums(hiding, outage, simulation);
}

/* ---- the critical path ----------------------------------------------------------------------- */

/* Which services it leads through tells who depends on whom: it begins behind the last of them that
 * the next does not name to everybody. */
static void cut_path(struct hiding *hiding, struct cp_outage *outage,
                     const struct cp_simulation *simulation)
{
    size_t first = 0;
    if (outage->last != SIZE_MAX &&
        outage->is_kept[simulation->services.items[outage->last].plan]) {
        first = outage->path_count;
    }
    for (size_t i = first + 1; i < outage->path_count; i++) {
        struct cp_str from = outage->path[i - 1].service;
        struct cp_str to = outage->path[i].service;
        if (!cp_str_is_equal(from, to) && cp_reserved_keeps(hiding->reserved, to, from)) {
            first = i;
        }
    }
    hiding->count += first > 0;
    outage->path += first;
    outage->path_count -= first;
}

/* ---- the whole ------------------------------------------------------------------------------- */

void cp_outage_hide(struct cp_outage *outage, struct cp_simulation *simulation,
                    const struct cp_reserved *reserved, const struct cp_secrets *secrets,
                    struct cp_arena *arena)
{
    struct hiding hiding;
    hiding_init(&hiding, reserved, secrets, arena);
    hiding.outage = outage;
    hide_lengths(&hiding, outage, simulation);
    cut_path(&hiding, outage, simulation);
    for (size_t i = 0; i < simulation->services.count; i++) {
        hide_service(&hiding, &simulation->services.items[i]);
    }
    for (size_t i = 0; i < simulation->steps.count; i++) {
        hide_step(&hiding, &simulation->steps.items[i]);
    }
    for (size_t i = 0; i < outage->path_count; i++) {
        hide_hold(&hiding, &outage->path[i], (struct cp_str){0});
    }
    for (size_t i = 0; i < simulation->lost.count; i++) {
        struct cp_thing *thing = &simulation->lost.items[i];
        hide_thing(&hiding, &thing->id, thing->kind == CP_THING_SERVICE);
    }
    for (size_t i = 0; i < simulation->absent.count; i++) {
        hide_thing(&hiding, &simulation->absent.items[i], false);
    }
    for (size_t i = 0; i < outage->remedy_count; i++) {
        hide_remedy(&hiding, &outage->remedies[i]);
    }
    mask_assumptions(&hiding, simulation);
    outage->withheld = hiding_release(&hiding);
}

/* It is not told which plans each loss hits, so one that keeps a length back keeps back all. */
static void drop_worst(struct hiding *hiding, struct cp_worst *worst)
{
    hiding->count += worst->overrun != CP_TIME_UNKNOWN && worst->breaches > 0;
    hiding->count += worst->last_up != CP_TIME_UNKNOWN;
    worst->overrun = worst->overrun == CP_TIME_UNKNOWN ? CP_TIME_UNKNOWN : 0;
    worst->last_up = worst->last_up == CP_TIME_UNKNOWN ? CP_TIME_UNKNOWN : 0;
    drop_stretch(&worst->reason);
}

void cp_ranking_hide(struct cp_ranking *ranking, struct cp_worst *things,
                     const struct cp_reserved *reserved, const struct cp_secrets *secrets,
                     struct cp_arena *arena)
{
    struct hiding hiding;
    hiding_init(&hiding, reserved, secrets, arena);
    ranking->has_kept_times = reserved->has_lengths;
    for (size_t i = 0; i < ranking->count; i++) {
        hide_thing(&hiding, &things[i].thing.id, things[i].thing.kind == CP_THING_SERVICE);
        hide_hold(&hiding, &things[i].reason, (struct cp_str){0});
        if (ranking->has_kept_times) {
            drop_worst(&hiding, &things[i]);
        }
    }
    ranking->withheld = hiding_release(&hiding);
}
