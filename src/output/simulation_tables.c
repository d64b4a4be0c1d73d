/*
 * What the tables of a simulated outage hold, whatever the format: services, broken promises,
 * steps, the critical path, and the loss of each thing alone.
 */
#include "simulation.h"

/* ---- cells ----------------------------------------------------------------------------------- */

static void add_text(struct cp_table *table, size_t column, struct cp_str text)
{
    if (text.len > 0) {
        cp_table_add(table, column, CP_CELL_GIVEN, text);
    }
}

/* Adds what is in `text`, and empties it. */
static void add_buf(struct cp_table *table, size_t column, struct cp_buf *text)
{
    add_text(table, column, cp_buf_str(text));
    cp_buf_clear(text);
}

static void add_length(struct cp_table *table, size_t column, int64_t seconds)
{
    struct cp_buf text;
    cp_buf_init(&text);
    simulation_put_length(&text, seconds);
    add_text(table, column, cp_buf_str(&text));
    cp_buf_release(&text);
}

/* The same, or that it is withheld. */
static void add_kept(struct cp_table *table, size_t column, int64_t seconds, bool is_kept)
{
    if (is_kept && seconds == CP_TIME_UNKNOWN) {
        cp_table_add(table, column, CP_CELL_WITHHELD, (struct cp_str){0});
    } else {
        add_length(table, column, seconds);
    }
}

static void add_clock(struct cp_table *table, size_t column, const struct cp_outage *outage,
                      int64_t seconds, bool is_kept)
{
    struct cp_buf text;
    if (is_kept && seconds == CP_TIME_UNKNOWN) {
        cp_table_add(table, column, CP_CELL_WITHHELD, (struct cp_str){0});
        return;
    }
    cp_buf_init(&text);
    simulation_put_clock(&text, outage->zone, outage->simulation->at, seconds);
    add_text(table, column, cp_buf_str(&text));
    cp_buf_release(&text);
}

static void add_hold(struct cp_table *table, size_t column, const struct cp_hold *hold)
{
    struct cp_buf text;
    cp_buf_init(&text);
    if (hold->kind != CP_HOLD_NONE) {
        simulation_put_hold(&text, hold);
    }
    add_text(table, column, cp_buf_str(&text));
    cp_buf_release(&text);
}

/* ---- services -------------------------------------------------------------------------------- */

enum { SERVICE, STATE, FROM, UP, AFTER, OWN, HELD };

static const struct cp_table_column service_columns[] = {
    [SERVICE] = {"service", CP_COLUMN_TEXT}, [STATE] = {"state", CP_COLUMN_TEXT},
    [FROM] = {"from", CP_COLUMN_TEXT},       [UP] = {"up again", CP_COLUMN_TEXT},
    [AFTER] = {"after", CP_COLUMN_TEXT},     [OWN] = {"own recovery", CP_COLUMN_TEXT},
    [HELD] = {"held up by", CP_COLUMN_TEXT},
};

static void add_own(struct cp_table *table, const struct cp_service_outcome *service, bool is_kept)
{
    struct cp_buf text;
    cp_buf_init(&text);
    if (is_kept) {
        cp_buf_puts(&text, "withheld");
    } else if (service->own != 0 || service->scenario.len > 0) {
        simulation_put_length(&text, service->own);
        bool is_promised = service->is_promised && service->own != CP_TIME_UNKNOWN;
        cp_buf_puts(&text, is_promised ? ", promised" : "");
    }
    if (service->scenario.len > 0 && !cp_str_is(service->scenario, "(withheld)")) {
        cp_buf_puts(&text, " (");
        cp_buf_put(&text, service->scenario);
        cp_buf_puts(&text, ")");
    }
    add_buf(table, OWN, &text);
    cp_buf_release(&text);
}

/* A service that is down while people help themselves. */
static void add_state(struct cp_table *table, const struct cp_service_outcome *service)
{
    bool is_helped = service->state == CP_SERVICE_DEGRADED && service->down_from != CP_TIME_UNKNOWN;
    add_text(table, STATE,
             is_helped ? CP_STR("degraded (workaround)")
                       : cp_str_of(cp_service_state_name(service->state)));
}

void simulation_tabulate_services(struct cp_table *out, const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    cp_table_init(out, "services", service_columns,
                  sizeof service_columns / sizeof service_columns[0]);
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        if (service->state != CP_SERVICE_UNAFFECTED) {
            bool is_kept = simulation_is_kept(outage, service);
            cp_table_add_row(out);
            add_text(out, SERVICE, cp_network_id(outage->network, service->plan));
            add_state(out, service);
            add_clock(out, FROM, outage, service->from, is_kept);
            add_clock(out, UP, outage, service->up_at, is_kept);
            add_kept(out, AFTER, service->up_at, is_kept);
            add_own(out, service, is_kept);
            add_hold(out, HELD, &service->limited_by);
        }
    }
}

/* ---- broken promises ------------------------------------------------------------------------- */

enum { BREACH_SERVICE, PROMISE, LIMIT, ACTUAL, OVER, OBJECTIVE };

static const struct cp_table_column breach_columns[] = {
    [BREACH_SERVICE] = {"service", CP_COLUMN_TEXT},
    [PROMISE] = {"promise", CP_COLUMN_TEXT},
    [LIMIT] = {"limit", CP_COLUMN_TEXT},
    [ACTUAL] = {"actual", CP_COLUMN_TEXT},
    [OVER] = {"over by", CP_COLUMN_TEXT},
    [OBJECTIVE] = {"objective", CP_COLUMN_TEXT},
};

/* Puts ", WORDS NAME" (without the comma at the start), where there is a name. */
static void put_part(struct cp_buf *out, const char *words, struct cp_str name)
{
    if (name.len > 0) {
        cp_buf_puts(out, out->len > 0 ? ", " : "");
        cp_buf_puts(out, words);
        cp_buf_put(out, name);
    }
}

static void add_origin(struct cp_table *table, const struct cp_breach *breach)
{
    static const char *const clocks[] = {
        [CP_CLOCK_DISRUPTION] = "",
        [CP_CLOCK_DETECTION] = "from detection on",
        [CP_CLOCK_DECLARATION] = "from declaration on",
    };
    struct cp_buf text;
    cp_buf_init(&text);
    put_part(&text, "for ", breach->subject);
    put_part(&text, "scenario ", breach->scenario);
    put_part(&text, "store ", breach->store);
    if (breach->promise == CP_PROMISE_RTO && breach->clock <= CP_CLOCK_DECLARATION) {
        put_part(&text, "", cp_str_of(clocks[breach->clock]));
    }
    put_part(&text, "", cp_str_of(breach->is_working ? "in working time" : NULL));
    put_part(&text, "", cp_str_of(breach->is_of_tier ? "of its tier" : NULL));
    add_buf(table, OBJECTIVE, &text);
    cp_buf_release(&text);
}

static void add_breach(struct cp_table *table, struct cp_str service,
                       const struct cp_breach *breach, bool is_kept)
{
    bool has_limit = breach->limit != CP_TIME_UNKNOWN;
    int64_t over = CP_TIME_UNKNOWN;
    if (breach->actual != CP_TIME_UNKNOWN && breach->limit != CP_TIME_UNKNOWN) {
        over = breach->actual - breach->limit;
    }
    cp_table_add_row(table);
    add_text(table, BREACH_SERVICE, service);
    add_text(table, PROMISE, cp_str_of(simulation_promise(breach->promise)));
    add_kept(table, LIMIT, breach->limit, true);
    add_kept(table, ACTUAL, breach->actual, is_kept);
    add_kept(table, OVER, over, is_kept || !has_limit);
    add_origin(table, breach);
}

void simulation_tabulate_breaches(struct cp_table *out, const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    cp_table_init(out, "breaches", breach_columns, sizeof breach_columns / sizeof *breach_columns);
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        for (size_t j = 0; j < service->breaches.count; j++) {
            add_breach(out, cp_network_id(outage->network, service->plan),
                       &service->breaches.items[j], simulation_is_kept(outage, service));
        }
    }
}

/* ---- steps ----------------------------------------------------------------------------------- */

enum { STEP_AFTER, STEP_START, STEP_END, STEP_SERVICE, STEP, HOLDER, WAITED };

static const struct cp_table_column step_columns[] = {
    [STEP_AFTER] = {"after", CP_COLUMN_TEXT},  [STEP_START] = {"start", CP_COLUMN_TEXT},
    [STEP_END] = {"end", CP_COLUMN_TEXT},      [STEP_SERVICE] = {"service", CP_COLUMN_TEXT},
    [STEP] = {"step", CP_COLUMN_TEXT},         [HOLDER] = {"by", CP_COLUMN_TEXT},
    [WAITED] = {"waited for", CP_COLUMN_TEXT},
};

void simulation_tabulate_steps(struct cp_table *out, const struct cp_outage *outage)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_table_init(out, "steps", step_columns, sizeof step_columns / sizeof step_columns[0]);
    for (size_t i = 0; i < outage->simulation->steps.count; i++) {
        const struct cp_step_outcome *step = &outage->simulation->steps.items[i];
        bool is_kept = outage->is_kept && outage->is_kept[step->plan];
        cp_table_add_row(out);
        add_kept(out, STEP_AFTER, step->start, is_kept);
        add_clock(out, STEP_START, outage, step->start, is_kept);
        add_clock(out, STEP_END, outage, step->end, is_kept);
        add_text(out, STEP_SERVICE, cp_network_id(outage->network, step->plan));
        simulation_put_step(&text, step->runbook, step->step);
        add_buf(out, STEP, &text);
        add_text(out, HOLDER, step->holder);
        add_hold(out, WAITED, &step->why);
    }
    cp_buf_release(&text);
}

/* ---- the critical path ----------------------------------------------------------------------- */

enum { PATH_AFTER, PATH_FROM, PATH_TAKES, PATH_SERVICE, PATH_WHAT };

static const struct cp_table_column path_columns[] = {
    [PATH_AFTER] = {"after", CP_COLUMN_TEXT}, [PATH_FROM] = {"from", CP_COLUMN_TEXT},
    [PATH_TAKES] = {"takes", CP_COLUMN_TEXT}, [PATH_SERVICE] = {"service", CP_COLUMN_TEXT},
    [PATH_WHAT] = {"what", CP_COLUMN_TEXT},
};

void simulation_tabulate_path(struct cp_table *out, const struct cp_outage *outage)
{
    cp_table_init(out, "path", path_columns, sizeof path_columns / sizeof path_columns[0]);
    for (size_t i = 0; i < outage->path_count; i++) {
        const struct cp_hold *hold = &outage->path[i];
        cp_table_add_row(out);
        add_length(out, PATH_AFTER, hold->from);
        add_clock(out, PATH_FROM, outage, hold->from, false);
        add_length(out, PATH_TAKES,
                   hold->to == CP_TIME_UNKNOWN || hold->from == CP_TIME_UNKNOWN
                       ? CP_TIME_UNKNOWN
                       : hold->to - hold->from);
        add_text(out, PATH_SERVICE, hold->service);
        add_hold(out, PATH_WHAT, hold);
    }
}

/* ---- the loss of each alone ------------------------------------------------------------------ */

/* Of each effect what there is to say, in the order in which add_ranked() says it. */
static const struct cp_table_column broken_columns[] = {
    {"lost", CP_COLUMN_TEXT},       {"broken", CP_COLUMN_NUMBER},   {"worst", CP_COLUMN_TEXT},
    {"down", CP_COLUMN_NUMBER},     {"degraded", CP_COLUMN_NUMBER}, {"unknown", CP_COLUMN_NUMBER},
    {"well after", CP_COLUMN_TEXT},
};
static const struct cp_table_column unmeasured_columns[] = {
    {"lost", CP_COLUMN_TEXT},       {"broken", CP_COLUMN_NUMBER},  {"down", CP_COLUMN_NUMBER},
    {"degraded", CP_COLUMN_NUMBER}, {"unknown", CP_COLUMN_NUMBER}, {"why", CP_COLUMN_TEXT},
};
static const struct cp_table_column felt_columns[] = {
    {"lost", CP_COLUMN_TEXT},      {"down", CP_COLUMN_NUMBER},     {"degraded", CP_COLUMN_NUMBER},
    {"unknown", CP_COLUMN_NUMBER}, {"well after", CP_COLUMN_TEXT},
};

static const struct {
    const struct cp_table_column *columns;
    size_t count;
} of_effect[] = {
    [RANKING_BROKEN] = {broken_columns, sizeof broken_columns / sizeof *broken_columns},
    [RANKING_UNMEASURED] = {unmeasured_columns,
                            sizeof unmeasured_columns / sizeof *unmeasured_columns},
    [RANKING_FELT] = {felt_columns, sizeof felt_columns / sizeof *felt_columns},
};

static void add_number(struct cp_table *table, size_t column, size_t number)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "%zu", number);
    add_text(table, column, cp_buf_str(&text));
    cp_buf_release(&text);
}

/* "RTO of permits by 3h 10m". */
static void add_worst(struct cp_table *table, size_t column, const struct cp_worst *worst,
                      bool is_kept)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_printf(&text, "%s of ", simulation_promise(worst->promise));
    cp_buf_put(&text, worst->service);
    if (!is_kept) {
        cp_buf_puts(&text, " by ");
        simulation_put_length(&text, worst->overrun);
    }
    add_buf(table, column, &text);
    cp_buf_release(&text);
}

/* "identity: how the lost store is restored is not known". */
static void add_reason(struct cp_table *table, size_t column, const struct cp_worst *worst)
{
    struct cp_buf text;
    cp_buf_init(&text);
    if (worst->reason.kind != CP_HOLD_NONE) {
        cp_buf_put(&text, worst->reason.service);
        cp_buf_puts(&text, ": ");
        simulation_put_reason(&text, &worst->reason);
    }
    add_buf(table, column, &text);
    cp_buf_release(&text);
}

static void add_ranked(struct cp_table *table, const struct cp_worst *worst,
                       enum ranking_effect effect, bool is_kept)
{
    struct cp_buf text;
    size_t column = 0;
    cp_buf_init(&text);
    cp_table_add_row(table);
    cp_buf_printf(&text, "%s ", cp_thing_name(worst->thing.kind));
    cp_buf_put(&text, worst->thing.id);
    add_buf(table, column++, &text);
    cp_buf_release(&text);
    if (effect != RANKING_FELT) {
        add_number(table, column++, worst->breaches);
    }
    if (effect == RANKING_BROKEN) {
        add_worst(table, column++, worst, is_kept);
    }
    add_number(table, column++, worst->down);
    add_number(table, column++, worst->degraded);
    add_number(table, column++, worst->unknown);
    if (effect == RANKING_UNMEASURED) {
        add_reason(table, column, worst);
    } else if (is_kept && worst->last_up != CP_TIME_UNKNOWN) {
        cp_table_add(table, column, CP_CELL_WITHHELD, (struct cp_str){0});
    } else {
        add_length(table, column, worst->last_up);
    }
}

void simulation_tabulate_ranking(struct cp_table *out, const struct cp_ranking *ranking,
                                 enum ranking_effect effect)
{
    cp_table_init(out, "things", of_effect[effect].columns, of_effect[effect].count);
    for (size_t i = 0; i < ranking->count; i++) {
        if (ranking_effect_of(&ranking->things[i]) == effect) {
            add_ranked(out, &ranking->things[i], effect, ranking->has_kept_times);
        }
    }
}
