/*
 * Simulated outages for people: sentences, the timeline, tables. All text of files leaves through
 * cp_printable() or a table; sentences are folded, so that no word of them is a command.
 */
#include "simulation.h"
#include "table.h"

enum { WIDTH = 80, LEAST_WIDTH = 40, MARGIN = 2 };

/* Where it goes, and within how many columns sentences are folded. */
struct writing {
    struct cp_buf *out;
    size_t width;
};

/* Puts a raw sentence, folded; a word of it that two colons begin could stand at the start of a
 * line, where build servers obey it. */
static void put_sentence(const struct writing *to, struct cp_str raw, size_t margin)
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
    cp_folded_put_within(to->out, cp_buf_str(&safe), margin, to->width);
    cp_buf_release(&safe);
    cp_buf_release(&text);
}

/* Puts what is in `text`, and empties it. */
static void put_said(const struct writing *to, struct cp_buf *text)
{
    put_sentence(to, cp_buf_str(text), 0);
    cp_buf_clear(text);
}

static void put_heading(struct cp_buf *out, struct cp_str heading)
{
    cp_buf_putc(out, '\n');
    cp_printable(out, heading);
    cp_buf_putc(out, '\n');
}

static void put_table(void *context, struct cp_str heading, const struct cp_table *table)
{
    struct cp_buf *out = ((struct writing *)context)->out;
    put_heading(out, heading);
    table_put(out, table, &(struct cp_output_options){.width = 0});
}

static void put_items(void *context, struct cp_str heading, const struct cp_str *items,
                      size_t count)
{
    const struct writing *to = context;
    put_heading(to->out, heading);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(to->out, "- ");
        put_sentence(to, items[i], MARGIN);
        cp_buf_pass(to->out);
    }
}

static void put_remark(void *context, struct cp_str sentence)
{
    const struct writing *to = context;
    cp_buf_putc(to->out, '\n');
    put_sentence(to, sentence, 0);
}

static struct writing writing_of(struct cp_buf *out, const struct cp_output_options *options)
{
    size_t width = options->width > 0 ? options->width : WIDTH;
    return (struct writing){out, width < LEAST_WIDTH ? LEAST_WIDTH : width};
}

static struct simulation_parts parts_of(struct writing *to)
{
    return (struct simulation_parts){
        .sentence = put_remark, .table = put_table, .items = put_items, .context = to};
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
    struct writing to = writing_of(out, options);
    struct cp_buf text;
    cp_buf_init(&text);
    simulation_put_loss(&text, outage);
    put_said(&to, &text);
    simulation_put_result(&text, outage);
    put_said(&to, &text);
    cp_buf_puts(out, simulation_has_timeline(outage) ? "\n" : "");
    simulation_put_timeline(out, outage, (unsigned)to.width, options->has_utf8);
    const struct simulation_parts parts = parts_of(&to);
    simulation_tell(&parts, outage);
    put_withheld(out, outage->withheld);
    cp_buf_release(&text);
}

void ranking_write_text(struct cp_buf *out, const struct cp_ranking *ranking,
                        const struct cp_output_options *options)
{
    struct writing to = writing_of(out, options);
    struct cp_buf text;
    cp_buf_init(&text);
    ranking_put_opening(&text, ranking);
    put_said(&to, &text);
    const struct simulation_parts parts = parts_of(&to);
    ranking_tell(&parts, ranking);
    put_withheld(out, ranking->withheld);
    cp_buf_release(&text);
}
