/*
 * What is told of an outage behind its opening: which tables, lists and sentences, under which
 * headings, in which order. Does not know what they are written in.
 */
#include "simulation.h"
#include "table.h"

static void tell_table(const struct simulation_parts *parts, struct cp_str heading,
                       struct cp_table *table)
{
    if (table->row_count > 0) {
        parts->table(parts->context, heading, table);
    }
    cp_table_release(table);
}

static void tell_items(const struct simulation_parts *parts, struct cp_str heading,
                       const struct cp_str *items, size_t count)
{
    if (count > 0) {
        parts->items(parts->context, heading, items, count);
    }
}

static void tell_unknowns(const struct simulation_parts *parts, const struct cp_outage *outage)
{
    struct cp_arena arena;
    struct simulation_unknown *unknowns;
    cp_arena_init(&arena);
    size_t count = simulation_unknowns(&unknowns, &arena, outage);
    struct cp_str *sentences = cp_arena_alloc(&arena, (count + 1) * sizeof *sentences);
    for (size_t i = 0; i < count; i++) {
        sentences[i] = cp_arena_printf(&arena, "%.*s: %.*s. %s", CP_ARG(unknowns[i].service),
                                       CP_ARG(unknowns[i].reason), unknowns[i].advice);
    }
    tell_items(parts, CP_STR("Not known"), sentences, count);
    cp_arena_release(&arena);
}

static void tell_path(const struct simulation_parts *parts, const struct cp_outage *outage)
{
    struct cp_table table;
    struct cp_buf heading;
    if (outage->path_count == 0) {
        return;
    }
    cp_buf_init(&heading);
    cp_buf_puts(&heading, "Critical path, up to ");
    cp_buf_put(&heading, simulation_last(outage));
    simulation_tabulate_path(&table, outage);
    tell_table(parts, cp_buf_str(&heading), &table);
    cp_buf_release(&heading);
}

static void tell_bound(const struct simulation_parts *parts, const struct cp_outage *outage)
{
    struct cp_buf text;
    cp_buf_init(&text);
    simulation_put_bound(&text, outage);
    if (text.len > 0) {
        parts->sentence(parts->context, cp_buf_str(&text));
    }
    cp_buf_release(&text);
}

static void tell_remedies(const struct simulation_parts *parts, const struct cp_outage *outage)
{
    struct cp_arena arena;
    struct cp_buf text;
    cp_arena_init(&arena);
    cp_buf_init(&text);
    struct cp_str *sentences =
        cp_arena_alloc(&arena, (outage->remedy_count + 1) * sizeof *sentences);
    for (size_t i = 0; i < outage->remedy_count; i++) {
        cp_buf_clear(&text);
        simulation_put_remedy(&text, &outage->remedies[i]);
        sentences[i] = cp_arena_copy(&arena, cp_buf_str(&text));
    }
    tell_items(parts, CP_STR("What would help most, each alone"), sentences, outage->remedy_count);
    cp_buf_release(&text);
    cp_arena_release(&arena);
}

void simulation_tell(const struct simulation_parts *parts, const struct cp_outage *outage)
{
    struct cp_table table;
    simulation_tabulate_services(&table, outage);
    tell_table(parts, CP_STR("Services"), &table);
    simulation_tabulate_breaches(&table, outage);
    tell_table(parts, CP_STR("Broken promises"), &table);
    tell_unknowns(parts, outage);
    simulation_tabulate_steps(&table, outage);
    tell_table(parts, CP_STR("Order of recovery"), &table);
    tell_path(parts, outage);
    tell_bound(parts, outage);
    tell_remedies(parts, outage);
    tell_items(parts, CP_STR("Assumptions"), outage->simulation->assumptions.items,
               outage->simulation->assumptions.count);
}

void ranking_tell(const struct simulation_parts *parts, const struct cp_ranking *ranking)
{
    static const struct {
        enum ranking_effect effect;
        const char *heading;
    } tables[] = {
        {RANKING_BROKEN, "Broken promises, worst first"},
        {RANKING_UNMEASURED, "Broken promises, by how much is not known"},
        {RANKING_FELT, "Felt, with no promise broken"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        struct cp_table table;
        simulation_tabulate_ranking(&table, ranking, tables[i].effect);
        tell_table(parts, cp_str_of(tables[i].heading), &table);
    }
    tell_items(parts, CP_STR("Assumptions"), ranking->assumptions, ranking->assumption_count);
}
