/*
 * What a plan has promised for its outage: which rows of its objectives count (R23), when an RTO is
 * due. Compares nothing.
 */
#include "simulate.h"

static bool has_rows(const struct cp_facts *facts, struct cp_str scenario)
{
    const struct cp_fact_objective *rows = cp_fact_objectives(facts, facts->objectives);
    for (uint32_t i = 0; i < facts->objectives.count; i++) {
        bool is_of = scenario.len == 0
                         ? rows[i].scenario_state == CP_ABSENT
                         : rows[i].scenario_state == CP_SET &&
                               cp_str_is_equal(cp_fact_str(facts, rows[i].scenario), scenario);
        if (rows[i].state == CP_SET && is_of) {
            return true;
        }
    }
    return false;
}

struct cp_sim_rows cp_sim_rows_of(const struct cp_facts *facts,
                                  const struct cp_fact_scenario *scenario)
{
    struct cp_str id = scenario ? cp_fact_str(facts, scenario->id) : (struct cp_str){0};
    struct cp_sim_rows rows = {.facts = facts, .kind = CP_ROWS_ALL};
    if (id.len > 0 && has_rows(facts, id)) {
        rows.kind = CP_ROWS_OF_SCENARIO;
        rows.scenario = id;
    } else if (has_rows(facts, (struct cp_str){0})) {
        rows.kind = CP_ROWS_OF_NONE;
    }
    return rows;
}

bool cp_sim_rows_has(const struct cp_sim_rows *rows, const struct cp_fact_objective *row)
{
    bool is_clear = row->scenario_state == CP_ABSENT || row->scenario_state == CP_SET;
    if (row->state != CP_SET || !is_clear) {
        return false;
    }
    switch (rows->kind) {
    case CP_ROWS_OF_SCENARIO:
        return row->scenario_state == CP_SET &&
               cp_str_is_equal(cp_fact_str(rows->facts, row->scenario), rows->scenario);
    case CP_ROWS_OF_NONE:
        return row->scenario_state == CP_ABSENT;
    case CP_ROWS_ALL:
        break;
    }
    return true;
}

int64_t cp_sim_clock_start(const struct cp_sim_service *service,
                           const struct cp_fact_objective *row)
{
    switch (row->clock) {
    case CP_CLOCK_DISRUPTION:
        return service->down_from;
    case CP_CLOCK_DETECTION:
        return service->detected;
    case CP_CLOCK_DECLARATION:
        return service->declared;
    default:
        return CP_SIM_NEVER;
    }
}

int64_t cp_sim_deadline(int64_t *length, const struct cp_sim_run *run, uint32_t plan,
                        const struct cp_fact_scenario *scenario)
{
    const struct cp_facts *facts = cp_sim_facts(run->problem, plan);
    const struct cp_fact_objective *objectives = cp_fact_objectives(facts, facts->objectives);
    struct cp_sim_rows rows = cp_sim_rows_of(facts, scenario);
    int64_t earliest = CP_SIM_NEVER;
    *length = CP_SIM_NEVER;
    for (uint32_t i = 0; i < facts->objectives.count; i++) {
        struct cp_fact_effective effective;
        int64_t start = cp_sim_clock_start(&run->services[plan], &objectives[i]);
        cp_fact_effective(&effective, facts, &objectives[i], run->problem->portfolio);
        if (!cp_sim_rows_has(&rows, &objectives[i]) || effective.rto.state != CP_SET) {
            continue;
        }
        /* Elapsed time is as long wherever it begins. */
        bool is_elapsed = effective.rto.unit == CP_FACT_ELAPSED;
        int64_t from = start == CP_SIM_NEVER && is_elapsed ? run->services[plan].down_from : start;
        int64_t end = cp_sim_end(run, effective.rto, from);
        int64_t due = start == CP_SIM_NEVER ? CP_SIM_NEVER : end;
        int64_t rto = end == CP_SIM_NEVER ? CP_SIM_NEVER : end - from;
        if (due < earliest || (due == earliest && rto < *length)) {
            earliest = due;
            *length = rto;
        }
    }
    return earliest;
}
