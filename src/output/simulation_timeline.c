/*
 * The timeline of a simulated outage: a bar a service, and a scale of as many marks as there is
 * room for. Draws in ASCII or, where the terminal has it, UTF-8.
 */
#include "simulation.h"
#include "table.h"

enum { LEAST_WIDTH = 40, MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, GAP = 2 };

/* How a column of a bar is drawn. */
enum mark { MARK_NONE, MARK_DEGRADED, MARK_DOWN, MARK_UNKNOWN };

static const char *const ascii_marks[] = {" ", "=", "#", "?"};
static const char *const utf8_marks[] = {" ", "▒", "█", "?"};

struct timeline {
    const struct cp_outage *outage;
    const char *const *marks;
    const char *cut;       /* ends a name that is cut */
    size_t names, columns; /* the widths of names and bars */
    int64_t end;           /* the right end of the bars, seconds after the disruption */
    int64_t tick;          /* from one mark of the scale to the next */
};

/* Whether a service has a bar. */
static bool is_told(const struct cp_outage *outage, const struct cp_service_outcome *service)
{
    return service->state != CP_SERVICE_UNAFFECTED && !simulation_is_kept(outage, service);
}

/* ---- the scale ------------------------------------------------------------------------------- */

/* The latest time that is known of anybody. */
static int64_t known_end(const struct cp_simulation *simulation)
{
    int64_t end = 0;
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        for (size_t j = 0; j < service->spans.count; j++) {
            const struct cp_outage_span *span = &service->spans.items[j];
            int64_t to = span->to == CP_TIME_UNKNOWN ? span->from : span->to;
            end = to != CP_TIME_UNKNOWN && to > end ? to : end;
        }
    }
    return end;
}

static bool is_open_ended(const struct cp_service_outcome *service)
{
    bool is_open = service->up_at == CP_TIME_UNKNOWN;
    for (size_t i = 0; i < service->spans.count; i++) {
        is_open = is_open || service->spans.items[i].to == CP_TIME_UNKNOWN;
    }
    return is_open;
}

/* Past the latest known time where somebody's is not known: the bar goes on. */
static int64_t find_end(const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    bool is_open = false;
    int64_t end = known_end(simulation);
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        is_open = is_open || (!simulation_is_kept(outage, service) && is_open_ended(service));
    }
    if (is_open) {
        end += end < INT64_MAX / 2 ? end / 4 : 0;
    }
    return end > 0 ? end : HOUR;
}

/* The first column of the mark at `seconds`. */
static size_t column_of(const struct timeline *line, int64_t seconds)
{
    double share = (double)seconds / (double)line->end;
    return (size_t)(share * (double)line->columns);
}

/* Distances between marks that people count in; longer ones are multiples of the last. */
static int64_t find_tick(const struct timeline *line, size_t room)
{
    static const int64_t ticks[] = {1,           5,           15,   MINUTE,   5 * MINUTE,
                                    15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR,
                                    6 * HOUR,    12 * HOUR,   DAY,  2 * DAY,  7 * DAY};
    int64_t least = line->end / (int64_t)(line->columns / room + 1) + 1;
    for (size_t i = 0; i < sizeof ticks / sizeof ticks[0]; i++) {
        if (ticks[i] >= least) {
            return ticks[i];
        }
    }
    return (least / (28 * DAY) + 1) * 28 * DAY;
}

/* ---- lines ----------------------------------------------------------------------------------- */

/* Puts what stands left of the bars: a printable text, cut or filled up. */
static void put_name(struct cp_buf *out, const struct timeline *line, struct cp_str name)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_printable(&text, name);
    table_guard_start(&text);
    table_cut(&text, line->names, line->cut);
    cp_buf_put(out, cp_buf_str(&text));
    cp_buf_repeat(out, ' ', line->names + GAP - cp_text_width(cp_buf_str(&text)));
    cp_buf_release(&text);
}

static void end_line(struct cp_buf *out)
{
    while (out->len > 0 && out->at[out->len - 1] == ' ') {
        out->len--;
    }
    cp_buf_putc(out, '\n');
}

/* Puts a label at each mark, of elapsed or of local time, as far as there is room. */
static void put_scale(struct cp_buf *out, const struct timeline *line, const char *name,
                      void (*put)(struct cp_buf *out, const struct timeline *line, int64_t at))
{
    size_t at = 0;
    struct cp_buf label;
    cp_buf_init(&label);
    put_name(out, line, cp_str_of(name));
    for (int64_t time = 0; time <= line->end; time += line->tick) {
        size_t column = column_of(line, time);
        cp_buf_clear(&label);
        put(&label, line, time);
        if (column + label.len > line->columns || (column < at + 2 && time > 0)) {
            continue;
        }
        cp_buf_repeat(out, ' ', column - at);
        cp_buf_put(out, cp_buf_str(&label));
        at = column + label.len;
    }
    end_line(out);
    cp_buf_release(&label);
}

static void put_elapsed(struct cp_buf *out, const struct timeline *line, int64_t at)
{
    (void)line;
    simulation_put_length(out, at);
}

/* "03:35", and the day where it is another one. */
static void put_clock(struct cp_buf *out, const struct timeline *line, int64_t at)
{
    simulation_put_clock(out, line->outage->zone, line->outage->simulation->at, at);
}

/* The worst that a service is between two instants. */
static enum mark mark_of(const struct cp_service_outcome *service, int64_t from, int64_t to)
{
    enum mark mark = MARK_NONE;
    for (size_t i = 0; i < service->spans.count; i++) {
        const struct cp_outage_span *span = &service->spans.items[i];
        if (span->from < to && span->to > from) {
            enum mark other = span->state == CP_SERVICE_DOWN ? MARK_DOWN : MARK_DEGRADED;
            mark = other > mark ? other : mark;
        }
    }
    return mark;
}

static void put_bar(struct cp_buf *out, const struct timeline *line,
                    const struct cp_service_outcome *service)
{
    put_name(out, line, cp_network_id(line->outage->network, service->plan));
    for (size_t i = 0; i < line->columns; i++) {
        double cell = (double)line->end / (double)line->columns;
        int64_t from = (int64_t)((double)i * cell);
        int64_t to = (int64_t)((double)(i + 1) * cell);
        enum mark mark = mark_of(service, from, to > from ? to : from + 1);
        if (i + 1 == line->columns && is_open_ended(service)) {
            mark = MARK_UNKNOWN;
        }
        cp_buf_puts(out, line->marks[mark]);
    }
    end_line(out);
    cp_buf_pass(out);
}

/* The widest name, but no more than a third of the line. */
static size_t width_of_names(const struct cp_outage *outage, unsigned width)
{
    size_t widest = sizeof "clocks show" - 1;
    struct cp_buf text;
    cp_buf_init(&text);
    for (size_t i = 0; i < outage->simulation->services.count; i++) {
        const struct cp_service_outcome *service = &outage->simulation->services.items[i];
        if (is_told(outage, service)) {
            cp_buf_clear(&text);
            cp_printable(&text, cp_network_id(outage->network, service->plan));
            table_guard_start(&text);
            size_t len = cp_text_width(cp_buf_str(&text));
            widest = len > widest ? len : widest;
        }
    }
    cp_buf_release(&text);
    return widest < width / 3 ? widest : width / 3;
}

static void put_legend(struct cp_buf *out, const struct timeline *line)
{
    cp_buf_printf(out, "%s down  %s degraded  %s until unknown\n", line->marks[MARK_DOWN],
                  line->marks[MARK_DEGRADED], line->marks[MARK_UNKNOWN]);
}

bool simulation_has_timeline(const struct cp_outage *outage)
{
    for (size_t i = 0; i < outage->simulation->services.count; i++) {
        if (is_told(outage, &outage->simulation->services.items[i])) {
            return true;
        }
    }
    return false;
}

void simulation_put_timeline(struct cp_buf *out, const struct cp_outage *outage, unsigned width,
                             bool has_utf8)
{
    const struct cp_simulation *simulation = outage->simulation;
    struct timeline line = {.outage = outage,
                            .marks = has_utf8 ? utf8_marks : ascii_marks,
                            .cut = has_utf8 ? "…" : "~",
                            .end = find_end(outage)};
    if (!simulation_has_timeline(outage)) {
        return;
    }
    width = width < LEAST_WIDTH ? LEAST_WIDTH : width;
    line.names = width_of_names(outage, width);
    line.columns = width - line.names - GAP;
    /* labels with a day need more room than those without */
    int64_t last = line.end;
    bool has_days = cp_zone_date(outage->zone, simulation->at).days !=
                    cp_zone_date(outage->zone, simulation->at + last).days;
    line.tick = find_tick(&line, has_days ? 18 : 9);
    put_scale(out, &line, "after", put_elapsed);
    put_scale(out, &line, "clocks show", put_clock);
    for (size_t i = 0; i < simulation->services.count; i++) {
        if (is_told(outage, &simulation->services.items[i])) {
            put_bar(out, &line, &simulation->services.items[i]);
        }
    }
    put_legend(out, &line);
}
