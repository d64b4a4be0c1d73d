/*
 * Which plan of the source before a plan is: the one of its id, wherever that stood, else the one
 * at its path, else one that has gone from there and is like it; never one that another plan is
 * now. Judges no difference.
 */
#include "engine.h"

#include <stdlib.h>

enum {
    MAX_GONE = 64,            /* that are judged by their lines */
    ALIKE = CP_LINES_SAME / 2 /* from which a file counts as another under a new name */
};

/* A plan of the source before whose file has changed, or gone. */
struct former {
    const struct unit *unit;
    struct cp_str id;
    struct cp_lines *lines; /* of one that has gone; NULL for others, and for too many */
    bool is_gone;
};

/* ---- opening --------------------------------------------------------------------------------- */

const struct unit *unit_at(const struct cp_engine *engine, const char *path)
{
    const struct unit *found = NULL;
    for (size_t i = 0; !found && i < engine->groups.count; i++) {
        found = cp_map_find(&engine->groups.items[i]->by_path, cp_str_of(path));
    }
    return found;
}

static struct cp_str id_of(const struct unit *unit, const struct cp_plan *plan)
{
    return plan->id.leaf.state == CP_SET ? plan->id.text : unit->stem;
}

/* One that cannot be read is none. */
static void add_former(struct cp_engine *engine, struct worker *worker, struct unit *unit,
                       bool is_gone, size_t *gone)
{
    struct cp_plan plan;
    if (load_unit(engine->earlier, worker, unit, &plan)) {
        struct former *former = cp_arena_alloc(&engine->arena, sizeof *former);
        *former = (struct former){.unit = unit, .is_gone = is_gone};
        former->id = cp_arena_copy(&engine->arena, id_of(unit, &plan));
        if (is_gone && (*gone)++ < MAX_GONE) {
            former->lines = cp_arena_alloc(&engine->arena, sizeof *former->lines);
            cp_lines_read(former->lines, cp_buf_str(&worker->bytes));
        }
        *(struct former **)cp_list_push(&engine->formers, sizeof former) = former;
    }
    cp_file_drop(&unit->file);
}

static void add_present(struct cp_engine *engine, struct worker *worker, struct unit *unit)
{
    struct cp_plan plan;
    if (load_unit(engine, worker, unit, &plan)) {
        cp_map_put(&engine->present, cp_arena_copy(&engine->arena, id_of(unit, &plan)), unit);
    }
    cp_file_drop(&unit->file);
}

/* A plan whose file is the same on both sides has kept its id. */
void before_open(struct cp_engine *engine)
{
    struct worker worker;
    size_t gone = 0;
    worker_init(&worker);
    worker.diags.is_muted = true;
    cp_map_init(&engine->present);
    for (size_t i = 0; i < engine->units.count; i++) {
        struct unit *unit = engine->units.items[i];
        if (unit->is_changed) {
            add_present(engine, &worker, unit);
        }
    }
    for (size_t i = 0; i < engine->earlier->units.count; i++) {
        struct unit *unit = engine->earlier->units.items[i];
        const struct unit *now = unit_at(engine, unit->file.path);
        if (!now || now->is_changed) {
            add_former(engine, &worker, unit, !now, &gone);
        }
    }
    worker_release(&worker);
}

void before_close(struct cp_engine *engine)
{
    cp_list_release(&engine->formers);
    cp_map_release(&engine->present);
}

/* ---- finding --------------------------------------------------------------------------------- */

static const struct former *former_of(const struct cp_engine *engine, const struct unit *unit)
{
    for (size_t i = 0; unit && i < engine->formers.count; i++) {
        if (engine->formers.items[i]->unit == unit) {
            return engine->formers.items[i];
        }
    }
    return NULL;
}

/* Of several with the id the one at the path, else one that has gone. */
static const struct unit *find_by_id(const struct cp_engine *engine, const struct former *own,
                                     struct cp_str id)
{
    const struct former *best = NULL;
    for (size_t i = 0; i < engine->formers.count; i++) {
        const struct former *former = engine->formers.items[i];
        if (cp_str_is_equal(former->id, id) &&
            (!best || former == own || (former->is_gone && best != own))) {
            best = former;
        }
    }
    return best ? best->unit : NULL;
}

static bool is_another_now(const struct cp_engine *engine, const struct former *former)
{
    return cp_map_find(&engine->present, former->id) != NULL;
}

static const struct unit *find_alike(const struct cp_engine *engine, const struct unit *unit)
{
    const struct unit *best = NULL;
    size_t best_score = ALIKE - 1;
    struct cp_lines *lines = cp_alloc(sizeof *lines);
    cp_lines_read(lines, unit->file.bytes);
    for (size_t i = 0; i < engine->formers.count; i++) {
        const struct former *former = engine->formers.items[i];
        bool is_free = former->lines && !is_another_now(engine, former);
        size_t score = is_free ? cp_lines_likeness(lines, former->lines) : 0;
        best = score > best_score ? former->unit : best;
        best_score = score > best_score ? score : best_score;
    }
    free(lines);
    return best;
}

static const struct unit *find_same_name(const struct cp_engine *engine, const struct unit *unit)
{
    for (size_t i = 0; i < engine->formers.count; i++) {
        const struct former *former = engine->formers.items[i];
        if (former->unit && former->is_gone && !is_another_now(engine, former) &&
            cp_str_is_equal(former->unit->stem, unit->stem)) {
            return former->unit;
        }
    }
    return NULL;
}

const struct unit *before_find(const struct cp_engine *engine, const struct unit *unit,
                               const struct cp_plan *plan)
{
    const struct unit *at = unit_at(engine->earlier, unit->file.path);
    const struct former *former = former_of(engine, at);
    if (at && !former) {
        return at;
    }
    const struct unit *found = find_by_id(engine, former, id_of(unit, plan));
    if (!found && at && !is_another_now(engine, former)) {
        found = at;
    }
    found = found ? found : find_same_name(engine, unit);
    return found ? found : find_alike(engine, unit);
}
