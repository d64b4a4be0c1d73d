/*
 * Simulated outages for people: sentences, the timeline, tables. All text of files leaves through
 * cp_printable() or a table; sentences are folded, so that no word of them is a command.
 */
#include "simulation.h"
#include "table.h"

enum { WIDTH = 80, MARGIN = 2 };

/* Puts a raw sentence, folded; a word of it that two colons begin could stand at the start of a
 * line, where build servers obey it. */
static void put_sentence(struct cp_buf *out, struct cp_str raw, size_t margin)
{
    struct cp_buf text;
    struct cp_buf safe;
    cp_buf_init(&text);
    cp_buf_init(&safe);
    cp_printable(&text, raw);
    for (size_t i = 0; i < text.len; i++) {
        bool is_doubled = text.at[i] == ':' && i + 1 < text.len && text.at[i + 1] == ':';
        cp_buf_put(&safe, is_doubled ? CP_STR("<U+003A>") : (struct cp_str){text.at + i, 1});
    }
    cp_folded_put(out, cp_buf_str(&safe), margin);
    cp_buf_release(&safe);
    cp_buf_release(&text);
}

/* Puts what is in `text`, and empties it. */
static void put_said(struct cp_buf *out, struct cp_buf *text)
{
    put_sentence(out, cp_buf_str(text), 0);
    cp_buf_clear(text);
}

static void put_table(struct cp_buf *out, const char *heading, struct cp_table *table)
{
    if (table->row_count > 0) {
        cp_buf_printf(out, "\n%s\n", heading);
        table_put(out, table, &(struct cp_output_options){.width = 0});
    }
    cp_table_release(table);
}

static void put_items(struct cp_buf *out, const char *heading, const struct cp_str *items,
                      size_t count)
{
    if (count > 0 && heading) {
        cp_buf_printf(out, "\n%s\n", heading);
    }
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, "- ");
        put_sentence(out, items[i], MARGIN);
        cp_buf_pass(out);
    }
}

static void put_path(struct cp_buf *out, const struct cp_outage *outage)
{
    struct cp_table table;
    struct cp_buf heading;
    if (outage->path_count == 0) {
        return;
    }
    cp_buf_init(&heading);
    cp_buf_puts(&heading, "Critical path, up to ");
    cp_printable(&heading, simulation_last(outage));
    simulation_tabulate_path(&table, outage);
    put_table(out, heading.at, &table);
    cp_buf_release(&heading);
}

static void put_unknowns(struct cp_buf *out, const struct cp_outage *outage)
{
    struct cp_arena arena;
    struct cp_str *unknowns;
    cp_arena_init(&arena);
    size_t count = simulation_unknowns(&unknowns, &arena, outage);
    put_items(out, "Not known", unknowns, count);
    cp_arena_release(&arena);
}

static void put_tables(struct cp_buf *out, const struct cp_outage *outage)
{
    struct cp_table table;
    simulation_tabulate_services(&table, outage);
    put_table(out, "Services", &table);
    simulation_tabulate_breaches(&table, outage);
    put_table(out, "Broken promises", &table);
    put_unknowns(out, outage);
    simulation_tabulate_steps(&table, outage);
    put_table(out, "Order of recovery", &table);
    put_path(out, outage);
}

static void put_remedies(struct cp_buf *out, const struct cp_outage *outage)
{
    struct cp_buf text;
    cp_buf_init(&text);
    for (size_t i = 0; i < outage->remedy_count; i++) {
        simulation_put_remedy(&text, &outage->remedies[i]);
        struct cp_str sentence = cp_buf_str(&text);
        put_items(out, i == 0 ? SIMULATION_REMEDIES : NULL, &sentence, 1);
        cp_buf_clear(&text);
    }
    cp_buf_release(&text);
}

static void put_withheld(struct cp_buf *out, size_t withheld)
{
    if (withheld > 0) {
        cp_buf_printf(out, "\n%zu value%s withheld from this audience\n", withheld,
                      withheld == 1 ? " is" : "s are");
    }
}

void simulation_write_text(struct cp_buf *out, const struct cp_outage *outage,
                           const struct cp_output_options *options)
{
    struct cp_buf text;
    cp_buf_init(&text);
    simulation_put_loss(&text, outage);
    put_said(out, &text);
    simulation_put_result(&text, outage);
    put_said(out, &text);
    cp_buf_putc(&text, '\n');
    simulation_put_timeline(&text, outage, options->width > 0 ? options->width : WIDTH,
                            options->has_utf8);
    cp_buf_put(out, text.len > 1 ? cp_buf_str(&text) : (struct cp_str){0});
    cp_buf_pass(out);
    cp_buf_clear(&text);
    put_tables(out, outage);
    simulation_put_bound(&text, outage);
    if (text.len > 0) {
        cp_buf_putc(out, '\n');
        put_said(out, &text);
    }
    put_remedies(out, outage);
    put_items(out, "Assumptions", outage->simulation->assumptions.items,
              outage->simulation->assumptions.count);
    put_withheld(out, outage->withheld);
    cp_buf_release(&text);
}

void ranking_write_text(struct cp_buf *out, const struct cp_ranking *ranking,
                        const struct cp_output_options *options)
{
    struct cp_buf text;
    struct cp_table table;
    (void)options;
    cp_buf_init(&text);
    ranking_put_opening(&text, ranking);
    put_said(out, &text);
    simulation_tabulate_ranking(&table, ranking);
    put_table(out, "Worst first", &table);
    put_items(out, "Assumptions", ranking->assumptions, ranking->assumption_count);
    put_withheld(out, ranking->withheld);
    cp_buf_release(&text);
}
