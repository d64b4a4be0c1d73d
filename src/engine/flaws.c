/*
 * What is wrong in files that are looked at and not checked: counted while they are read, so that
 * whoever answers from them can say so. Says nothing of what it is: that is what checking is for.
 */
#include "engine.h"

#include <string.h>

/* Whether a finding of the rule leaves a value out: the shape of files, references, and what nobody
 * can measure. */
static bool is_flaw(const struct cp_rule *rule)
{
    bool is_of_values = strncmp(rule->code, "CP0", 3) == 0 || strncmp(rule->code, "CP2", 3) == 0;
    return is_of_values && rule->severity == CP_ERROR;
}

bool tally_unit(const struct cp_engine *engine, struct worker *worker, struct unit *unit,
                struct cp_plan *plan)
{
    worker->diags.is_tally = true;
    bool is_loaded = load_unit(engine, worker, unit, plan);
    unit->flaws = 0;
    for (size_t i = 0; is_loaded && plan->leaf.state == CP_SET && i < worker->diags.in_file.count;
         i++) {
        const struct cp_rule_count *found = &worker->diags.in_file.items[i];
        unit->flaws += is_flaw(found->rule) ? found->count : 0;
    }
    return is_loaded;
}

static void add_file(struct cp_flaws *out, const char *path, size_t errors)
{
    enum { NAMED = sizeof out->paths / sizeof out->paths[0] };
    if (errors > 0 && out->file_count < NAMED) {
        out->paths[out->file_count] = path;
    }
    out->file_count += errors > 0;
    out->errors += errors;
}

/* Portfolio files are always checked as they are read. */
static size_t count_of_config(const struct cp_engine *engine, const struct group *group)
{
    size_t count = 0;
    for (size_t i = 0; i < engine->diags.items.count; i++) {
        const struct cp_diagnostic *found = engine->diags.items.items[i];
        count += found->place.file == &group->config_file && is_flaw(found->rule);
    }
    for (size_t i = 0; i < engine->diags.surplus.count; i++) {
        const struct cp_surplus *surplus = &engine->diags.surplus.items[i];
        bool is_here = surplus->file == &group->config_file && is_flaw(surplus->rule);
        count += is_here ? surplus->count : 0;
    }
    return count;
}

void cp_engine_flaws(const struct cp_engine *engine, struct cp_flaws *out)
{
    *out = (struct cp_flaws){0};
    for (size_t i = 0; i < engine->groups.count; i++) {
        const struct group *group = engine->groups.items[i];
        add_file(out, group->config_path, count_of_config(engine, group));
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        add_file(out, engine->units.items[i]->file.path, engine->units.items[i]->flaws);
    }
}

const char *cp_engine_unusable(const struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        const struct group *group = engine->groups.items[i];
        if (group->config_path && group->portfolio.is_unusable) {
            return group->config_path;
        }
    }
    return NULL;
}
