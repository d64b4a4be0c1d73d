/*
 * The plans of a portfolio as a network: facts read by the workers, joined, shown. Checks nothing.
 */
#include "engine.h"

#include <stdlib.h>

static void read_unit(struct cp_engine *engine, struct worker *worker, struct unit *unit)
{
    struct cp_plan plan;
    bool is_loaded = tally_unit(engine, worker, unit, &plan);
    keep_facts(unit, is_loaded ? &plan : NULL, worker);
}

static void build_network(struct group *group)
{
    size_t count = group->units.count;
    struct cp_network *network = &group->network;
    const struct cp_facts **facts = cp_alloc((count + 1) * sizeof(*facts));
    struct cp_str *stems = cp_alloc((count + 1) * sizeof *stems);
    for (size_t i = 0; i < count; i++) {
        facts[i] = group->units.items[i]->facts;
        stems[i] = group->units.items[i]->stem;
    }
    cp_network_init(network, &group->portfolio, facts, stems, count);
    free(stems);
    free(facts);
    struct cp_file **files = cp_arena_alloc(&network->arena, (count + 1) * sizeof(*files));
    bool *is_asked = cp_arena_alloc(&network->arena, count + 1);
    for (size_t i = 0; i < count; i++) {
        files[i] = &group->units.items[network->origin[i]]->file;
        is_asked[i] = group->units.items[network->origin[i]]->is_asked;
        group->units.items[network->origin[i]]->plan = i;
    }
    network->files = files;
    network->is_asked = is_asked;
    group->has_network = true;
}

void build_networks(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        if (engine->groups.items[i]->parts & CP_FACTS_NETWORK) {
            build_network(engine->groups.items[i]);
        }
    }
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
    build_networks(engine);
    for (size_t i = 0; is_wanted && i < engine->groups.count; i++) {
        is_wanted = visit(context, &engine->groups.items[i]->network);
    }
}

void cp_engine_add_secrets(const struct cp_engine *engine, struct cp_secrets *out)
{
    for (size_t i = 0; i < engine->worker_count; i++) {
        cp_secrets_add(out, &engine->workers[i].diags);
    }
}
