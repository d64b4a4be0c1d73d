/*
 * The plans of a portfolio as a network: facts read by the workers, joined, shown. Checks nothing.
 */
#include "engine.h"

#include <stdlib.h>

static void read_unit(struct cp_engine *engine, struct worker *worker, struct unit *unit)
{
    struct cp_plan plan;
    worker->diags.is_muted = true;
    bool is_loaded = load_unit(engine, worker, unit, &plan);
    keep_facts(unit, is_loaded ? &plan : NULL, worker);
}

void build_network(struct cp_network *out, const struct group *group)
{
    size_t count = group->units.count;
    const struct cp_facts **facts = cp_alloc((count + 1) * sizeof(*facts));
    struct cp_str *stems = cp_alloc((count + 1) * sizeof *stems);
    for (size_t i = 0; i < count; i++) {
        facts[i] = group->units.items[i]->facts;
        stems[i] = group->units.items[i]->stem;
    }
    cp_network_init(out, &group->portfolio, facts, stems, count);
    free(stems);
    free(facts);
    struct cp_file **files = cp_arena_alloc(&out->arena, (count + 1) * sizeof(*files));
    bool *is_asked = cp_arena_alloc(&out->arena, count + 1);
    for (size_t i = 0; i < count; i++) {
        files[i] = &group->units.items[out->origin[i]]->file;
        is_asked[i] = group->units.items[out->origin[i]]->is_asked;
    }
    out->files = files;
    out->is_asked = is_asked;
}

void cp_engine_each_network(struct cp_engine *engine,
                            bool (*visit)(void *context, const struct cp_network *network),
                            void *context)
{
    bool is_wanted = true;
    for (size_t i = 0; i < engine->groups.count; i++) {
        engine->groups.items[i]->parts = CP_FACTS_RECOVERY;
    }
    start_workers(engine);
    run_workers(engine, read_unit);
    gather_failures(engine);
    for (size_t i = 0; is_wanted && i < engine->groups.count; i++) {
        struct cp_network network;
        build_network(&network, engine->groups.items[i]);
        is_wanted = visit(context, &network);
        cp_network_release(&network);
    }
}

void cp_engine_add_secrets(const struct cp_engine *engine, struct cp_secrets *out)
{
    for (size_t i = 0; i < engine->worker_count; i++) {
        cp_secrets_add(out, &engine->workers[i].diags);
    }
}
