/*
 * How fast a plan is back, scenario by scenario (recovery.md, "Own recovery", "Start",
 * "Capability"), from its runbooks and from what answers an outage by itself. Judges nothing; what
 * cannot be told is unknown.
 */
#include "recovery.h"

static const struct cp_duration zero;

/* ---- lengths of several kinds ---------------------------------------------------------------- */

bool cp_duration_is_equal(struct cp_duration a, struct cp_duration b)
{
    return a.seconds == b.seconds && a.work_seconds == b.work_seconds &&
           a.work_days == b.work_days && a.months == b.months;
}

struct cp_duration cp_duration_cover(struct cp_duration a, struct cp_duration b)
{
    a.seconds = b.seconds > a.seconds ? b.seconds : a.seconds;
    a.work_seconds = b.work_seconds > a.work_seconds ? b.work_seconds : a.work_seconds;
    a.work_days = b.work_days > a.work_days ? b.work_days : a.work_days;
    a.months = b.months > a.months ? b.months : a.months;
    return a;
}

bool cp_duration_is_at_least(struct cp_duration a, struct cp_duration b)
{
    return cp_duration_is_equal(cp_duration_cover(a, b), a);
}

bool cp_length_find(struct cp_duration *out, const struct cp_length *length)
{
    *out = length->leaf.state == CP_SET ? length->duration : zero;
    return length->leaf.state == CP_ABSENT || cp_length_is_known(length);
}

bool cp_leaf_is_plain(const struct cp_leaf *leaf)
{
    return leaf->state == CP_SET || leaf->state == CP_ABSENT;
}

/* ---- by runbooks ----------------------------------------------------------------------------- */

bool cp_scenario_is_by_runbook(const struct cp_scenario *scenario)
{
    const struct cp_choice *response = &scenario->response;
    return response->leaf.state == CP_ABSENT ||
           (response->leaf.state == CP_SET && response->value == CP_RESPONSE_RUNBOOK);
}

/* Appends a runbook's path; false where the answer is unknown with it. */
static bool add_runbook(struct cp_recovery *out, const struct cp_runbook_path **paths,
                        const struct cp_map *solutions, const struct cp_text *id)
{
    const struct cp_solution *solution =
        id->leaf.state == CP_SET ? cp_map_find(solutions, id->text) : NULL;
    if (!solution || !solution->later.is_counted) {
        return solution;
    }
    const struct cp_runbook_path *path = out->count == 0 ? &solution->first : &solution->later;
    paths[out->count++] = path;
    out->is_called = out->is_called && path->is_known &&
                     cp_duration_sum(&out->called, out->called, path->length);
    return solution->later.is_known && cp_duration_sum(&out->own, out->own, solution->later.length);
}

static void recover_by_runbooks(struct cp_recovery *out, const struct cp_map *solutions,
                                struct cp_arena *arena)
{
    const struct cp_scenario *scenario = out->scenario;
    size_t count = scenario->runbooks.count;
    const struct cp_runbook_path **paths = cp_arena_alloc(arena, (count + 1) * sizeof(*paths));
    bool is_known = scenario->runbooks.leaf.state == CP_SET;
    out->is_called = true;
    for (size_t i = 0; is_known && i < count; i++) {
        is_known = add_runbook(out, paths, solutions, &scenario->runbooks.items[i]);
    }
    out->paths = paths;
    out->own_is = is_known && out->count > 0 ? CP_OWN_RUNBOOKS : CP_OWN_UNKNOWN;
}

/* ---- scenarios ------------------------------------------------------------------------------- */

/* Whether a runbook states times although the response is another: which of the two is meant is
 * not for us to say. */
static bool has_counted_runbook(const struct cp_map *solutions, const struct cp_scenario *scenario)
{
    for (size_t i = 0; i < scenario->runbooks.count; i++) {
        const struct cp_text *id = &scenario->runbooks.items[i];
        const struct cp_solution *solution =
            id->leaf.state == CP_SET ? cp_map_find(solutions, id->text) : NULL;
        if (!solution || solution->later.is_counted) {
            return true;
        }
    }
    return !cp_leaf_is_plain(&scenario->runbooks.leaf);
}

static void recover(struct cp_recovery *out, const struct cp_map *solutions,
                    const struct cp_outages *outages, const struct cp_scenario *scenario,
                    struct cp_arena *arena)
{
    *out = (struct cp_recovery){.scenario = scenario};
    if (scenario->leaf.state != CP_SET) {
        return;
    }
    const struct cp_choice *response = &scenario->response;
    struct cp_duration takes = zero;
    bool is_known = cp_standby_find(out, &takes, outages);
    if (cp_scenario_is_by_runbook(scenario)) {
        recover_by_runbooks(out, solutions, arena);
    } else if (response->leaf.state != CP_SET || has_counted_runbook(solutions, scenario)) {
        return;
    } else if (response->value != CP_RESPONSE_AUTOMATIC) {
        cp_recover_by_waiting(out, outages);
    } else if (is_known) {
        out->own_is = CP_OWN_SWITCH_OVER;
        out->own = takes;
    }
}

struct cp_recovery *cp_recoveries_get(const struct cp_plan *plan,
                                      const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    size_t count = plan->disaster_recovery.scenarios.count;
    struct cp_recovery *recoveries = cp_arena_alloc(arena, count * sizeof *recoveries + 1);
    struct cp_outages *outages = cp_outages_new(plan, portfolio, arena);
    struct cp_map solutions;
    cp_map_init(&solutions);
    cp_runbooks_solve(&solutions, plan, portfolio, arena);
    for (size_t i = 0; i < count; i++) {
        recover(&recoveries[i], &solutions, outages, &plan->disaster_recovery.scenarios.items[i],
                arena);
    }
    cp_map_release(&solutions);
    cp_outages_release(outages);
    return recoveries;
}

struct cp_recovery *cp_study_recoveries(struct cp_study *study)
{
    if (!study->recoveries) {
        study->recoveries = cp_recoveries_get(study->plan, study->portfolio, study->arena);
    }
    return study->recoveries;
}

/* ---- capability ------------------------------------------------------------------------------ */

/* A switch-over begins at the disruption: what of it lies before the clock's start does not count.
 */
static bool find_rest(struct cp_duration *out, struct cp_duration takes, struct cp_duration before)
{
    if (cp_duration_is_equal(before, zero)) {
        *out = takes;
        return true;
    }
    bool is_elapsed = cp_duration_is_equal(takes, (struct cp_duration){.seconds = takes.seconds}) &&
                      cp_duration_is_equal(before, (struct cp_duration){.seconds = before.seconds});
    *out = (struct cp_duration){
        .seconds = takes.seconds > before.seconds ? takes.seconds - before.seconds : 0};
    return is_elapsed;
}

/* A time as stated, zero where it is not, nor is it needed; false where it is unknown. */
static bool find_time(struct cp_duration *out, const struct cp_incident_response *response,
                      const struct cp_length *time, bool is_needed)
{
    const struct cp_activation *activation = &response->activation;
    *out = zero;
    return !is_needed ||
           (cp_leaf_is_plain(&response->section.leaf) && cp_leaf_is_plain(&activation->leaf) &&
            cp_leaf_is_plain(&activation->times.leaf) && cp_length_find(out, time));
}

bool cp_capability(struct cp_capability *out, const struct cp_recovery *recovery,
                   const struct cp_plan *plan, enum cp_clock clock)
{
    const struct cp_incident_response *response = &plan->incident_response;
    const struct cp_times *times = &response->activation.times;
    bool is_by_hand = recovery->own_is == CP_OWN_RUNBOOKS;
    struct cp_duration detect;
    struct cp_duration declare;
    struct cp_duration both;
    *out = (struct cp_capability){0};
    /* By hand what comes after the clock's start is added; otherwise what comes before is left out.
     */
    if (recovery->own_is == CP_OWN_UNKNOWN ||
        !find_time(&detect, response, &times->detect,
                   (clock == CP_CLOCK_DISRUPTION) == is_by_hand) ||
        !find_time(&declare, response, &times->declare,
                   (clock != CP_CLOCK_DECLARATION) == is_by_hand) ||
        !cp_duration_sum(&both, detect, declare)) {
        return false;
    }
    if (!is_by_hand) {
        return find_rest(&out->total, recovery->own, both);
    }
    out->detect = detect;
    out->declare = declare;
    return recovery->is_called && cp_duration_sum(&out->total, both, recovery->called);
}
