/*
 * Plans of the source before whose path holds none any more, and which of them a plan is under a
 * new name. Judges no difference.
 */
#include "engine.h"

#include <stdlib.h>

enum {
    MAX_GONE = 64,            /* that are read */
    ALIKE = CP_LINES_SAME / 2 /* from which a file counts as another under a new name */
};

struct gone {
    const struct unit *unit;
    struct cp_str id;
    struct cp_lines lines;
};

const struct unit *unit_at(const struct cp_engine *engine, const char *path)
{
    const struct unit *found = NULL;
    for (size_t i = 0; !found && i < engine->groups.count; i++) {
        found = cp_map_find(&engine->groups.items[i]->by_path, cp_str_of(path));
    }
    return found;
}

/* One that cannot be read is none. */
static void add_gone(struct cp_engine *engine, struct worker *worker, struct unit *unit)
{
    struct cp_plan plan;
    if (load_unit(engine->earlier, worker, unit, &plan)) {
        struct gone *gone = cp_arena_alloc(&engine->arena, sizeof *gone);
        gone->unit = unit;
        gone->id = cp_arena_copy(&engine->arena,
                                 plan.id.leaf.state == CP_SET ? plan.id.text : (struct cp_str){0});
        cp_lines_read(&gone->lines, cp_buf_str(&worker->bytes));
        *(struct gone **)cp_list_push(&engine->gone, sizeof gone) = gone;
    }
    cp_file_drop(&unit->file);
}

void gone_open(struct cp_engine *engine)
{
    struct worker worker;
    worker_init(&worker);
    worker.diags.is_muted = true;
    for (size_t i = 0; i < engine->earlier->units.count && engine->gone.count < MAX_GONE; i++) {
        struct unit *unit = engine->earlier->units.items[i];
        if (!unit_at(engine, unit->file.path)) {
            add_gone(engine, &worker, unit);
        }
    }
    worker_release(&worker);
}

static const struct unit *find_alike(const struct cp_engine *engine, const struct unit *unit)
{
    const struct unit *best = NULL;
    size_t best_score = ALIKE - 1;
    struct cp_lines *lines = cp_alloc(sizeof *lines);
    cp_lines_read(lines, unit->file.bytes);
    for (size_t i = 0; i < engine->gone.count; i++) {
        const struct gone *gone = engine->gone.items[i];
        size_t score = cp_lines_likeness(lines, &gone->lines);
        best = score > best_score ? gone->unit : best;
        best_score = score > best_score ? score : best_score;
    }
    free(lines);
    return best;
}

const struct unit *gone_find(const struct cp_engine *engine, const struct unit *unit,
                             const struct cp_plan *plan)
{
    const struct unit *same_name = NULL;
    for (size_t i = 0; i < engine->gone.count; i++) {
        const struct gone *gone = engine->gone.items[i];
        if (plan->id.leaf.state == CP_SET && cp_str_is_equal(gone->id, plan->id.text)) {
            return gone->unit;
        }
        same_name = cp_str_is_equal(gone->unit->stem, unit->stem) ? gone->unit : same_name;
    }
    return same_name || engine->gone.count == 0 ? same_name : find_alike(engine, unit);
}
