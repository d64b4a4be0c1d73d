/*
 * What a recovery adds up to, in words. Judges nothing.
 */
#include "recoveries.h"

enum { SHOWN_STEPS = 6 };

static void put_timed(struct cp_buf *out, size_t *shown, size_t all, struct cp_duration length)
{
    cp_buf_puts(out, " (");
    cp_duration_put(out, length);
    cp_buf_puts(out, ")");
    if (++*shown == SHOWN_STEPS && all > SHOWN_STEPS) {
        cp_buf_printf(out, " then %zu more", all - SHOWN_STEPS);
    }
}

/* Puts " then NAME" for a step, or for a runbook that counts as one. */
static void put_name(struct cp_buf *out, size_t shown, const struct cp_runbook *runbook,
                     const struct cp_step *step)
{
    cp_buf_puts(out, shown > 0 ? " then " : "");
    if (!step) {
        cp_buf_put(out, runbook->id.text);
    } else if (step->id.leaf.state == CP_SET) {
        cp_buf_put(out, step->id.text);
    } else {
        cp_buf_printf(out, "step %zu", (size_t)(step - runbook->steps.items) + 1);
    }
}

static size_t count_stated(const struct cp_recovery *recovery)
{
    size_t stated = 0;
    for (size_t i = 0; i < recovery->count; i++) {
        const struct cp_runbook_path *path = recovery->paths[i];
        stated += path->count == 0 ? 1 : path->count - path->assumed;
    }
    return stated;
}

/* Puts "restore (3h) then verify (1h)": the steps of the critical path that state a duration. */
static void put_path(struct cp_buf *out, const struct cp_recovery *recovery)
{
    size_t all = count_stated(recovery);
    size_t shown = 0;
    for (size_t i = 0; i < recovery->count; i++) {
        const struct cp_runbook_path *path = recovery->paths[i];
        if (path->count == 0 && shown < SHOWN_STEPS) {
            put_name(out, shown, path->runbook, NULL);
            put_timed(out, &shown, all, path->runbook->duration.duration);
        }
        for (size_t j = 0; j < path->count && shown < SHOWN_STEPS; j++) {
            if (path->steps[j]->duration.leaf.state == CP_SET) {
                put_name(out, shown, path->runbook, path->steps[j]);
                put_timed(out, &shown, all, path->steps[j]->duration.duration);
            }
        }
    }
    cp_buf_puts(out, all == 0 ? "the runbooks (0)" : "");
}

static bool is_zero(struct cp_duration duration)
{
    return duration.seconds == 0 && duration.months == 0 && !cp_duration_is_working(duration);
}

static void put_part(struct cp_buf *out, size_t *parts, struct cp_duration length, const char *what)
{
    if (!is_zero(length)) {
        cp_buf_puts(out, (*parts)++ == 0 ? " after " : " + ");
        cp_duration_put(out, length);
        cp_buf_puts(out, what);
    }
}

void cp_put_capability(struct cp_buf *out, const struct cp_capability *capability,
                       const struct cp_recovery *recovery, const struct cp_plan_input *in)
{
    size_t parts = 0;
    if (recovery->own_is != CP_OWN_RUNBOOKS) {
        bool is_return = recovery->own_is == CP_OWN_RETURN;
        cp_buf_puts(out, is_return ? "waiting for " : "switching over");
        if (recovery->held_up.len > 0) {
            cp_buf_printf(out, "%s, which runs on ", cp_diags_quote(in->diags, recovery->held_up));
        }
        cp_buf_puts(out, is_return ? cp_diags_quote(in->diags, recovery->promised_by) : "");
        cp_buf_puts(out, " (");
        cp_duration_put(out, recovery->own);
        cp_buf_puts(out, ")");
    } else {
        const struct cp_call_out *call_out = &recovery->paths[0]->call_out;
        put_path(out, recovery);
        put_part(out, &parts, capability->detect, " to detect");
        put_part(out, &parts, capability->declare, " to declare");
        put_part(out, &parts, call_out->length, " call-out");
        if (call_out->team && !is_zero(call_out->length)) {
            struct cp_str name = cp_portfolio_name_of(in->portfolio, call_out->team->id.text);
            cp_buf_printf(out, " of %s", cp_diags_quote(in->diags, name));
        }
    }
    cp_buf_puts(out, ": ");
    cp_duration_put(out, capability->total);
}

void cp_put_assumed(struct cp_buf *out, const struct cp_recovery *recovery,
                    const struct cp_objective *objective, const struct cp_plan *plan)
{
    const struct cp_times *times = &plan->incident_response.activation.times;
    size_t steps = 0;
    for (size_t i = 0; i < recovery->count; i++) {
        steps += recovery->paths[i]->assumed;
    }
    bool is_by_hand = recovery->own_is == CP_OWN_RUNBOOKS;
    bool needs_detect = is_by_hand && cp_objective_clock(objective) == CP_CLOCK_DISRUPTION;
    bool needs_declare = is_by_hand && cp_objective_clock(objective) != CP_CLOCK_DECLARATION;
    const char *mark = "; not stated and counted as 0: ";
    if (needs_detect && times->detect.leaf.state == CP_ABSENT) {
        cp_buf_printf(out, "%sthe time to detect", mark);
        mark = ", ";
    }
    if (needs_declare && times->declare.leaf.state == CP_ABSENT) {
        cp_buf_printf(out, "%sthe time to declare", mark);
        mark = ", ";
    }
    if (is_by_hand && recovery->paths[0]->call_out.is_assumed) {
        cp_buf_printf(out, "%sthe call-out", mark);
        mark = ", ";
    }
    if (steps > 0) {
        cp_buf_printf(out, "%s%zu step%s", mark, steps, steps == 1 ? "" : "s");
    }
}
