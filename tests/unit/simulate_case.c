/*
 * Outages of small portfolios for the tests of the simulation.
 */
#include "simulate_case.h"

#include "suites.h"

#include <stdlib.h>
#include <string.h>

/* ---- a portfolio, and a loss ----------------------------------------------------------------- */

static void parse(struct cp_yaml *out, struct cp_arena *arena, const char *path, const char *text,
                  struct cp_diags *diags)
{
    struct cp_file *file = cp_arena_alloc(arena, sizeof *file);
    cp_file_init(file, path);
    cp_file_set(file, cp_str_of(text));
    cp_yaml_parse(out, arena, file, diags);
    cp_file_drop(file);
}

static void add_plan(struct simulate_case *out, const char *text)
{
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_yaml yaml;
    struct cp_plan plan;
    cp_arena_init(&arena);
    cp_diags_init(&diags);
    parse(&yaml, &arena, "plan.yaml", text, &diags);
    cp_plan_decode(&plan, &arena, &yaml, CP_STR(""), &out->portfolio, &diags);
    out->facts[out->count++] =
        cp_facts_new(&plan, CP_STR("stem"), &out->portfolio, CP_FACTS_RECOVERY, &arena);
    cp_diags_release(&diags);
    cp_arena_release(&arena);
}

static void read_portfolio(struct simulate_case *out, const char *config)
{
    struct cp_diags diags;
    struct cp_yaml yaml;
    struct cp_zone zone = {0};
    struct cp_error error;
    cp_diags_init(&diags);
    cp_portfolio_init(&out->portfolio);
    parse(&yaml, &out->portfolio.arena, "contplan.yaml", config ? config : "", &diags);
    cp_portfolio_decode(&out->portfolio, &yaml, &diags);
    const struct cp_text *name = &out->portfolio.config.calendar.time_zone;
    if (name->leaf.state == CP_SET) {
        ck_assert_int_eq(cp_zone_load(&zone, NULL, name->text, &out->arena, &error), 0);
    }
    cp_almanac_init(&out->almanac, &out->portfolio, zone, &out->arena);
    cp_diags_release(&diags);
}

static size_t copy_names(struct cp_str out[SIMULATE_NAMES], const char *const names[SIMULATE_NAMES])
{
    size_t count = 0;
    for (; count < SIMULATE_NAMES && names[count]; count++) {
        out[count] = cp_str_of(names[count]);
    }
    return count;
}

/* A Monday without anything special, unless a time is stated. */
static void ask(struct simulate_case *out, const struct simulate_row *row)
{
    struct cp_time time;
    ck_assert(cp_time_parse(&time, cp_str_of(row->at ? row->at : "2026-06-01T09:00")));
    out->loss =
        (struct cp_loss){.lost = out->lose,
                         .lost_count = copy_names(out->lose, row->lose),
                         .absent = out->absent,
                         .absent_count = copy_names(out->absent, row->absent),
                         .scenario = row->scenario ? cp_str_of(row->scenario) : (struct cp_str){0},
                         .at = cp_time_instant(time, &out->almanac.zone),
                         .almanac = &out->almanac};
    cp_simulate(&out->simulation, &out->arena, &out->network, &out->loss);
}

void simulate_case_init(struct simulate_case *out, const struct simulate_row *row)
{
    *out = (struct simulate_case){.count = 0};
    cp_arena_init(&out->arena);
    read_portfolio(out, row->config);
    for (size_t i = 0; i < SIMULATE_PLANS && row->plans[i]; i++) {
        add_plan(out, row->plans[i]);
    }
    cp_network_init(&out->network, &out->portfolio, (const struct cp_facts *const *)out->facts,
                    NULL, out->count);
    ask(out, row);
}

void simulate_case_release(struct simulate_case *outage)
{
    cp_network_release(&outage->network);
    for (size_t i = 0; i < outage->count; i++) {
        free(outage->facts[i]);
    }
    cp_portfolio_release(&outage->portfolio);
    cp_arena_release(&outage->arena);
}

/* ---- the answer as a line -------------------------------------------------------------------- */

void simulate_case_put_time(struct cp_buf *out, int64_t time)
{
    if (time == CP_TIME_UNKNOWN) {
        cp_buf_puts(out, "?");
    } else if (time % MINUTE != 0) {
        cp_buf_printf(out, "%lld s", (long long)time);
    } else {
        cp_buf_printf(out, "%lld", (long long)(time / MINUTE));
    }
}

static void put_range(struct cp_buf *out, int64_t from, int64_t to)
{
    simulate_case_put_time(out, from);
    cp_buf_puts(out, "-");
    simulate_case_put_time(out, to);
}

static void put_name(struct cp_buf *out, struct cp_str name)
{
    cp_buf_puts(out, name.len > 0 ? " " : " -");
    cp_buf_put(out, name);
}

void simulate_case_put_answer(struct cp_buf *out, const struct simulate_case *outage)
{
    const struct cp_simulation *simulation = &outage->simulation;
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        if (service->state == CP_SERVICE_UNAFFECTED && service->breaches.count == 0) {
            continue;
        }
        cp_buf_put(out, cp_network_id(&outage->network, service->plan));
        cp_buf_printf(out, " %s ", cp_service_state_name(service->state));
        put_range(out, service->from, service->up_at);
        cp_buf_puts(out, " own ");
        simulate_case_put_time(out, service->own);
        for (size_t j = 0; j < service->breaches.count; j++) {
            const struct cp_breach *breach = &service->breaches.items[j];
            cp_buf_printf(out, " %s ", cp_promise_name(breach->promise));
            simulate_case_put_time(out, breach->actual);
            cp_buf_puts(out, ">");
            simulate_case_put_time(out, breach->limit);
        }
        cp_buf_puts(out, "; ");
    }
    for (size_t i = 0; i < simulation->steps.count; i++) {
        const struct cp_step_outcome *step = &simulation->steps.items[i];
        cp_buf_put(out, cp_network_id(&outage->network, step->plan));
        put_name(out, step->runbook);
        put_name(out, step->step);
        put_name(out, step->holder);
        cp_buf_puts(out, " ");
        put_range(out, step->start, step->end);
        cp_buf_puts(out, "; ");
    }
    cp_buf_puts(out, "bound ");
    simulate_case_put_time(out, simulation->lower_bound);
}

void simulate_case_check(const struct simulate_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct simulate_case outage;
        struct cp_buf answer;
        cp_buf_init(&answer);
        simulate_case_init(&outage, &rows[i]);
        simulate_case_put_answer(&answer, &outage);
        ck_assert_msg(strcmp(answer.at, rows[i].expected) == 0, "row %zu\nis       %s\nexpected %s",
                      i, answer.at, rows[i].expected);
        cp_buf_release(&answer);
        simulate_case_release(&outage);
    }
}
