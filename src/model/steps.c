/*
 * The steps of runbooks: that `after` names steps of the same runbook, and that none waits for
 * itself in the end. Loops instead of recursion, since the lists come from outside. Knows no
 * durations.
 */
#include "resolve.h"

#define NOTHING SIZE_MAX

enum { SHOWN_STEPS = 5, SHOWN_NOTES = 4 };

/* A step on the way of the search, with the wait that is looked at. */
struct stage {
    size_t step, wait;
};

/* From `from` on, the way is a circle: each step waits for the one behind it, the last for the
 * first. */
struct way {
    const struct cp_runbook *runbook;
    const struct cp_map *ids;
    struct stage *stages;
    size_t count, from;
    size_t *depth; /* by step: its place on the way; NOTHING: not on it */
    bool *is_seen;
};

/* The ids of a runbook's steps. */
static void index_steps(struct cp_map *out, struct cp_runbook *runbook)
{
    cp_map_init(out);
    for (size_t i = 0; i < runbook->steps.count; i++) {
        struct cp_step *step = &runbook->steps.items[i];
        if (step->id.leaf.state == CP_SET) {
            cp_map_put(out, step->id.text, step);
        }
    }
}

static void resolve_after(const struct cp_map *ids, struct cp_step *step, struct cp_diags *diags)
{
    for (size_t i = 0; i < step->after.count; i++) {
        struct cp_text *after = &step->after.items[i];
        if (after->leaf.state != CP_SET || cp_map_find(ids, after->text)) {
            continue;
        }
        struct cp_diagnostic *finding =
            cp_node_report(diags, &cp_rule_unresolved_reference, after->leaf.node,
                           "'after' names %s, and no step of this runbook has that id",
                           cp_diags_quote(diags, after->text));
        cp_diagnostic_help(diags, finding, "write the id of a step of the same runbook");
        after->leaf.state = CP_BROKEN;
    }
}

/* ---- circles --------------------------------------------------------------------------------- */

/* For how many a step is said to wait: without `after`, for the step before it. */
static size_t count_waits(const struct way *way, size_t step)
{
    const struct cp_step *at = &way->runbook->steps.items[step];
    return at->after.leaf.state == CP_ABSENT ? step > 0 : at->after.count;
}

static size_t waits_for(const struct way *way, size_t step, size_t wait)
{
    const struct cp_step *at = &way->runbook->steps.items[step];
    if (at->after.leaf.state == CP_ABSENT) {
        return step - 1;
    }
    const struct cp_text *after = &at->after.items[wait];
    const struct cp_step *before =
        after->leaf.state == CP_SET ? cp_map_find(way->ids, after->text) : NULL;
    return before ? (size_t)(before - way->runbook->steps.items) : NOTHING;
}

static void enter(struct way *way, size_t step)
{
    way->is_seen[step] = true;
    way->depth[step] = way->count;
    way->stages[way->count++] = (struct stage){step, 0};
}

/* Follows the waits from `first`; true where they come back to a step on the way. */
static bool search(struct way *way, size_t first)
{
    enter(way, first);
    while (way->count > 0) {
        struct stage *stage = &way->stages[way->count - 1];
        if (stage->wait == count_waits(way, stage->step)) {
            way->depth[stage->step] = NOTHING;
            way->count--;
            continue;
        }
        size_t before = waits_for(way, stage->step, stage->wait);
        if (before != NOTHING && way->depth[before] != NOTHING) {
            way->from = way->depth[before];
            return true;
        }
        if (before != NOTHING && !way->is_seen[before]) {
            enter(way, before);
        } else {
            stage->wait++;
        }
    }
    return false;
}

/* `wait` of a step that was left for the next one on the way is that one still. */
static bool find_circle(struct way *way)
{
    for (size_t i = 0; i < way->runbook->steps.count; i++) {
        if (!way->is_seen[i] && search(way, i)) {
            return true;
        }
    }
    return false;
}

/* Of the circle, from any of its steps on: at most once round. */
static const struct stage *stage_at(const struct way *way, size_t index)
{
    size_t count = way->count - way->from;
    return &way->stages[way->from + (index < count ? index : index - count)];
}

/* Where the circle is told from: the first wait for a step that stands no earlier in the list.
 * There is one, since a step without `after` waits for an earlier one. */
static size_t find_culprit(const struct way *way)
{
    size_t culprit = 0;
    for (size_t i = way->count - way->from; i-- > 0;) {
        culprit = stage_at(way, i + 1)->step >= stage_at(way, i)->step ? i : culprit;
    }
    return culprit;
}

/* 'dns', or "step 3" for one without an id. */
static const char *name_of(const struct way *way, size_t step, struct cp_diags *diags)
{
    const struct cp_text *id = &way->runbook->steps.items[step].id;
    return id->leaf.state == CP_SET ? cp_diags_quote(diags, id->text)
                                    : cp_arena_printf(&diags->arena, "number %zu", step + 1).at;
}

static void put_circle(struct cp_buf *out, const struct way *way, size_t culprit,
                       struct cp_diags *diags)
{
    size_t count = way->count - way->from;
    cp_buf_printf(out, "step %s waits for ", name_of(way, stage_at(way, culprit)->step, diags));
    if (count == 1) {
        cp_buf_puts(out, "itself");
        return;
    }
    for (size_t i = 1; i <= count; i++) {
        if (i > SHOWN_STEPS && i < count) {
            continue;
        }
        cp_buf_puts(out, i == 1 ? "" : i > SHOWN_STEPS ? ", and so on, to " : ", which waits for ");
        cp_buf_puts(out, name_of(way, stage_at(way, culprit + i)->step, diags));
    }
}

/* The entry of `after` by which a stage waits; the step itself where it has none. */
static struct cp_node *wait_node(const struct way *way, const struct stage *stage)
{
    const struct cp_step *step = &way->runbook->steps.items[stage->step];
    return step->after.leaf.state == CP_ABSENT ? step->leaf.node
                                               : step->after.items[stage->wait].leaf.node;
}

static void note_waits(const struct way *way, size_t culprit, struct cp_diags *diags,
                       struct cp_diagnostic *finding)
{
    size_t count = way->count - way->from;
    for (size_t i = 1; i < count && i <= SHOWN_NOTES; i++) {
        const struct stage *stage = stage_at(way, culprit + i);
        const struct cp_leaf *after = &way->runbook->steps.items[stage->step].after.leaf;
        cp_diagnostic_note(diags, finding, cp_node_place(wait_node(way, stage)),
                           after->state == CP_ABSENT
                               ? "%s states no 'after', and so waits for the step before it"
                               : "%s waits here",
                           name_of(way, stage->step, diags));
    }
}

static void report_circle(const struct way *way, struct cp_diags *diags)
{
    size_t culprit = find_culprit(way);
    const struct stage *stage = stage_at(way, culprit);
    struct cp_step *step = &way->runbook->steps.items[stage->step];
    struct cp_buf text;
    cp_buf_init(&text);
    put_circle(&text, way, culprit, diags);
    struct cp_diagnostic *finding = cp_node_report(
        diags, &cp_rule_step_circle, wait_node(way, stage), "%.*s", CP_ARG(cp_buf_str(&text)));
    cp_buf_release(&text);
    cp_diagnostic_help(diags, finding,
                       "take one of these out of 'after': none of the steps can begin, and how "
                       "long the runbook takes cannot be reckoned");
    note_waits(way, culprit, diags, finding);
    step->after.items[stage->wait].leaf.state = CP_BROKEN;
}

static void check_circle(struct cp_runbook *runbook, const struct cp_map *ids,
                         struct cp_arena *arena, struct cp_diags *diags)
{
    size_t count = runbook->steps.count;
    struct way way = {.runbook = runbook, .ids = ids};
    way.stages = cp_arena_alloc(arena, (count + 1) * sizeof *way.stages);
    way.depth = cp_arena_alloc(arena, (count + 1) * sizeof *way.depth);
    way.is_seen = cp_arena_alloc(arena, count + 1);
    for (size_t i = 0; i < count; i++) {
        way.depth[i] = NOTHING;
    }
    if (find_circle(&way)) {
        report_circle(&way, diags);
    }
}

void cp_steps_resolve(struct cp_plan *plan, struct cp_arena *arena, struct cp_diags *diags)
{
    for (size_t i = 0; i < plan->disaster_recovery.runbooks.count; i++) {
        struct cp_runbook *runbook = &plan->disaster_recovery.runbooks.items[i];
        struct cp_map ids;
        index_steps(&ids, runbook);
        for (size_t j = 0; j < runbook->steps.count; j++) {
            resolve_after(&ids, &runbook->steps.items[j], diags);
        }
        check_circle(runbook, &ids, arena, diags);
        cp_map_release(&ids);
    }
}
