/*
 * Simulated outages as one JSON document, version 1 of its shape. Times are whole seconds since the
 * disruption; null is unknown, and what there is not. Text leaves as it is in the files, since the
 * JSON writer escapes it.
 */
#include "simulation.h"

enum { SHAPE_VERSION = 1 };

static void put_time(struct cp_json *json, const char *key, int64_t seconds)
{
    if (seconds == CP_TIME_UNKNOWN) {
        cp_json_null(json, key);
    } else {
        cp_json_number(json, key, seconds);
    }
}

static void put_text(struct cp_json *json, const char *key, struct cp_str text)
{
    if (text.len > 0) {
        cp_json_string(json, key, text);
    } else {
        cp_json_null(json, key);
    }
}

static void put_moment(struct cp_json *json, const struct cp_zone *zone, struct cp_str zone_name,
                       int64_t at)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_time_put(&text, zone, at);
    cp_json_string(json, "at", cp_buf_str(&text));
    cp_json_string(json, "time_zone", zone_name);
    cp_buf_release(&text);
}

static void put_names(struct cp_json *json, const char *key, const struct cp_str *names,
                      size_t count)
{
    cp_json_array(json, key);
    for (size_t i = 0; i < count; i++) {
        cp_json_string(json, NULL, names[i]);
    }
    cp_json_end_array(json);
}

static void put_hold(struct cp_json *json, const char *key, const struct cp_hold *hold)
{
    if (hold->kind == CP_HOLD_NONE) {
        cp_json_null(json, key);
        return;
    }
    cp_json_object(json, key);
    cp_json_string(json, "kind", cp_str_of(cp_hold_name(hold->kind)));
    put_text(json, "name", hold->name);
    put_text(json, "service", hold->service);
    put_text(json, "runbook", hold->runbook);
    put_text(json, "step", hold->step);
    put_time(json, "from", hold->from);
    put_time(json, "to", hold->to);
    cp_json_end_object(json);
}

static void put_breach(struct cp_json *json, const struct cp_breach *breach)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "objective", cp_str_of(cp_promise_name(breach->promise)));
    put_time(json, "limit", breach->limit);
    put_time(json, "actual", breach->actual);
    put_text(json, "for", breach->subject);
    put_text(json, "scenario", breach->scenario);
    put_text(json, "store", breach->store);
    cp_json_bool(json, "is_working_time", breach->is_working);
    cp_json_bool(json, "is_of_tier", breach->is_of_tier);
    cp_json_bool(json, "is_withheld", breach->limit == CP_TIME_UNKNOWN);
    cp_json_end_object(json);
}

static void put_service(struct cp_json *json, const struct cp_outage *outage,
                        const struct cp_service_outcome *service)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "id", cp_network_id(outage->network, service->plan));
    cp_json_string(json, "state", cp_str_of(cp_service_state_name(service->state)));
    put_time(json, "from", service->from);
    put_time(json, "up_at", service->up_at);
    put_time(json, "own", service->own);
    cp_json_bool(json, "is_withheld", simulation_is_kept(outage, service));
    cp_json_bool(json, "is_promised", service->is_promised);
    put_text(json, "scenario", service->scenario);
    put_hold(json, "limited_by", &service->limited_by);
    cp_json_array(json, "critical_path");
    for (size_t i = 0; i < service->critical_path.count; i++) {
        put_hold(json, NULL, &service->critical_path.items[i]);
    }
    cp_json_end_array(json);
    cp_json_array(json, "breaches");
    for (size_t i = 0; i < service->breaches.count; i++) {
        put_breach(json, &service->breaches.items[i]);
    }
    cp_json_end_array(json);
    cp_json_array(json, "spans");
    for (size_t i = 0; i < service->spans.count; i++) {
        const struct cp_outage_span *span = &service->spans.items[i];
        cp_json_object(json, NULL);
        cp_json_string(json, "state", cp_str_of(cp_service_state_name(span->state)));
        put_time(json, "from", span->from);
        put_time(json, "to", span->to);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
    cp_json_end_object(json);
}

static void put_step(struct cp_json *json, const struct cp_outage *outage,
                     const struct cp_step_outcome *step)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "service", cp_network_id(outage->network, step->plan));
    put_text(json, "runbook", step->runbook);
    put_text(json, "step", step->step);
    put_text(json, "holder", step->holder);
    put_time(json, "start", step->start);
    put_time(json, "end", step->end);
    put_hold(json, "waited_for", &step->why);
    cp_json_end_object(json);
}

static void put_loss(struct cp_json *json, const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    cp_json_array(json, "lost");
    for (size_t i = 0; i < simulation->lost.count; i++) {
        cp_json_string(json, NULL, simulation->lost.items[i].id);
    }
    cp_json_end_array(json);
    put_names(json, "absent", simulation->absent.items, simulation->absent.count);
    put_moment(json, outage->zone, outage->zone_name, simulation->at);
    put_names(json, "assumptions", simulation->assumptions.items, simulation->assumptions.count);
}

static void put_unknowns(struct cp_json *json, const struct cp_outage *outage)
{
    struct cp_arena arena;
    struct simulation_unknown *unknowns;
    cp_arena_init(&arena);
    size_t count = simulation_unknowns(&unknowns, &arena, outage);
    cp_json_array(json, "not_known");
    for (size_t i = 0; i < count; i++) {
        cp_json_object(json, NULL);
        cp_json_string(json, "service", unknowns[i].service);
        cp_json_string(json, "reason", unknowns[i].reason);
        cp_json_string(json, "advice", cp_str_of(unknowns[i].advice));
        cp_json_end_object(json);
        cp_buf_pass(json->out);
    }
    cp_json_end_array(json);
    cp_arena_release(&arena);
}

static void put_result(struct cp_json *json, const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    cp_json_array(json, "services");
    for (size_t i = 0; i < simulation->services.count; i++) {
        put_service(json, outage, &simulation->services.items[i]);
        cp_buf_pass(json->out);
    }
    cp_json_end_array(json);
    cp_json_array(json, "steps");
    for (size_t i = 0; i < simulation->steps.count; i++) {
        put_step(json, outage, &simulation->steps.items[i]);
        cp_buf_pass(json->out);
    }
    cp_json_end_array(json);
    put_unknowns(json, outage);
    put_time(json, "lower_bound", simulation->lower_bound);
}

static void put_remedies(struct cp_json *json, const struct cp_outage *outage)
{
    cp_json_array(json, "remedies");
    for (size_t i = 0; i < outage->remedy_count; i++) {
        const struct cp_remedy *remedy = &outage->remedies[i];
        cp_json_object(json, NULL);
        cp_json_string(json, "kind", cp_str_of(cp_remedy_name(remedy->kind)));
        cp_json_string(json, "name", remedy->name);
        put_text(json, "service", remedy->service);
        if (remedy->kind == CP_REMEDY_COMMITMENT) {
            put_time(json, "within", remedy->within);
        }
        put_time(json, "saved", remedy->saved);
        cp_json_number(json, "services", (int64_t)remedy->services);
        cp_json_number(json, "made_known", remedy->made_known);
        cp_json_number(json, "breaches_avoided", remedy->breaches);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

/* Every document begins so. */
static void begin(struct cp_json *json, struct cp_buf *out)
{
    cp_json_init(json, out, false);
    cp_json_object(json, NULL);
    cp_json_number(json, "version", SHAPE_VERSION);
}

/* For whom it is. */
static void put_audience(struct cp_json *json, enum cp_audience audience, size_t withheld)
{
    cp_json_string(json, "audience", cp_str_of(cp_audience_name(audience)));
    cp_json_number(json, "withheld", (int64_t)withheld);
}

static void end(struct cp_json *json)
{
    cp_json_end_object(json);
    cp_buf_putc(json->out, '\n');
}

void simulation_write_json(struct cp_buf *out, const struct cp_outage *outage,
                           const struct cp_output_options *options)
{
    struct cp_json json;
    (void)options;
    begin(&json, out);
    put_loss(&json, outage);
    put_audience(&json, outage->audience, outage->withheld);
    put_result(&json, outage);
    put_remedies(&json, outage);
    end(&json);
}

static void put_worst(struct cp_json *json, const struct cp_worst *worst, bool is_kept)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "kind", cp_str_of(cp_thing_name(worst->thing.kind)));
    cp_json_string(json, "id", worst->thing.id);
    cp_json_number(json, "down", (int64_t)worst->down);
    cp_json_number(json, "degraded", (int64_t)worst->degraded);
    cp_json_number(json, "unknown", (int64_t)worst->unknown);
    cp_json_number(json, "breaches", (int64_t)worst->breaches);
    cp_json_number(json, "unmeasured", (int64_t)worst->unmeasured);
    if (worst->breaches > 0) {
        put_time(json, "overrun", is_kept ? CP_TIME_UNKNOWN : worst->overrun);
        put_text(json, "service", worst->service);
        cp_json_string(json, "objective", cp_str_of(cp_promise_name(worst->promise)));
    }
    put_time(json, "last_up", is_kept ? CP_TIME_UNKNOWN : worst->last_up);
    cp_json_bool(json, "is_withheld", is_kept);
    put_hold(json, "reason", &worst->reason);
    cp_json_end_object(json);
}

void ranking_write_json(struct cp_buf *out, const struct cp_ranking *ranking,
                        const struct cp_output_options *options)
{
    struct cp_json json;
    (void)options;
    begin(&json, out);
    put_moment(&json, ranking->zone, ranking->zone_name, ranking->at);
    put_names(&json, "assumptions", ranking->assumptions, ranking->assumption_count);
    put_audience(&json, ranking->audience, ranking->withheld);
    cp_json_array(&json, "things");
    for (size_t i = 0; i < ranking->count; i++) {
        put_worst(&json, &ranking->things[i], ranking->has_kept_times);
        cp_buf_pass(out);
    }
    cp_json_end_array(&json);
    end(&json);
}
