/*
 * Who may do a step (R17, R18): those who hold its role, or whose runbook it is, less whoever is
 * away. Knows not when they do it.
 */
#include "simulate.h"

static bool is_plain_text(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ' ' || (text.at[i] >= 'A' && text.at[i] <= 'Z')) {
            return true;
        }
    }
    return false;
}

static uint32_t text_holder(struct cp_sim_run *run, struct cp_str text)
{
    struct cp_sim_problem *problem = run->problem;
    uintptr_t known = (uintptr_t)cp_map_find(&problem->texts, text);
    if (known == 0) {
        struct cp_sim_holder *holder = cp_list_push(&problem->holders, sizeof *holder);
        holder->id = text;
        holder->kind = CP_HOLDER_TEXT;
        holder->team = CP_SIM_NONE;
        holder->until = INT64_MAX;
        known = problem->holders.count;
        cp_map_put(&problem->texts, text, (void *)known);
    }
    return (uint32_t)(known - 1);
}

/* The person or team of that id; else NONE. */
static uint32_t declared_holder(const struct cp_sim_problem *problem, struct cp_str id)
{
    const struct cp_person *person = cp_portfolio_find_person(problem->portfolio, id);
    const struct cp_team *team = cp_portfolio_find_team(problem->portfolio, id);
    if (person) {
        return (uint32_t)(person - problem->portfolio->config.people.items);
    }
    return team ? problem->people + (uint32_t)(team - problem->portfolio->config.teams.items)
                : CP_SIM_NONE;
}

static void assume_of_team(struct cp_sim_run *run, uint32_t plan, uint32_t holder)
{
    const struct cp_sim_problem *problem = run->problem;
    if (problem->holders.items[holder].kind != CP_HOLDER_TEAM) {
        return;
    }
    const struct cp_team *team = &problem->portfolio->config.teams.items[holder - problem->people];
    bool is_open = cp_sim_is_in_doubt(team->members.leaf.state);
    for (size_t i = 0; i < team->members.count; i++) {
        is_open |= team->members.items[i].leaf.state != CP_SET;
    }
    if (is_open) {
        cp_sim_assume(
            run, plan,
            "a team of which it is not known who is in it is taken to have somebody there");
    }
    if (cp_sim_is_in_doubt(team->capacity.leaf.state)) {
        cp_sim_assume(run, plan,
                      "a team of which it is not known how many things it can do at a time is "
                      "taken to do one for each of its members");
    }
}

static void add_candidate(struct cp_sim_run *run, uint32_t step, uint32_t holder)
{
    struct cp_sim_step *of = &run->steps.items[step];
    of->is_missed |= holder != CP_SIM_NONE && cp_sim_is_missed(run, holder);
    if (holder == CP_SIM_NONE || cp_sim_capacity(run, holder, run->now) == 0) {
        return;
    }
    for (uint32_t i = 0; i < of->candidate_count; i++) {
        if (run->candidates.items[of->candidate + i] == holder) {
            return;
        }
    }
    assume_of_team(run, of->service, holder);
    cp_sim_touch_holder(run, holder);
    cp_sim_numbers_push(&run->candidates, holder);
    of->candidate_count++;
}

/* A holder as a list names one; a slug that names nobody is nobody. */
static void add_named(struct cp_sim_run *run, uint32_t step, struct cp_str text,
                      bool is_text_welcome)
{
    const struct cp_sim_problem *problem = run->problem;
    uint32_t holder = declared_holder(problem, text);
    bool is_text =
        is_plain_text(text) || (is_text_welcome && problem->people == 0 && problem->teams == 0);
    if (holder == CP_SIM_NONE && text.len > 0 && is_text) {
        holder = text_holder(run, text);
    }
    add_candidate(run, step, holder);
}

static void add_list(struct cp_sim_run *run, uint32_t step, const struct cp_facts *facts,
                     struct cp_fact_list list)
{
    const struct cp_fact_word *words = cp_fact_words(facts, list);
    run->steps.items[step].is_unclear |= cp_sim_is_in_doubt(list.state);
    for (uint32_t i = 0; i < list.count; i++) {
        run->steps.items[step].is_unclear |= cp_sim_is_in_doubt(words[i].state);
        if (words[i].state == CP_SET) {
            add_named(run, step, cp_fact_str(facts, words[i].text), true);
        }
    }
}

static const struct cp_fact_role *find_role(const struct cp_facts *facts, struct cp_str name)
{
    const struct cp_fact_role *roles = cp_fact_roles(facts, facts->roles);
    for (uint32_t i = 0; i < facts->roles.count; i++) {
        if (roles[i].role.state == CP_SET &&
            cp_str_is_equal(cp_fact_str(facts, roles[i].role.text), name)) {
            return &roles[i];
        }
    }
    return NULL;
}

static void add_role(struct cp_sim_run *run, uint32_t step, const struct cp_facts *facts,
                     struct cp_str name)
{
    const struct cp_fact_role *role = find_role(facts, name);
    if (!role) {
        add_named(run, step, name, false);
        return;
    }
    add_list(run, step, facts, role->holders);
    add_list(run, step, facts, role->deputies);
    run->steps.items[step].is_unclear |= cp_sim_is_in_doubt(role->rota_state);
    if (role->rota_state == CP_SET) {
        add_named(run, step, cp_fact_str(facts, role->rota), true);
    }
}

void cp_sim_find_candidates(struct cp_sim_run *run, uint32_t step, struct cp_str role,
                            uint8_t state, const struct cp_fact_runbook *runbook)
{
    struct cp_sim_step *of = &run->steps.items[step];
    const struct cp_facts *facts = cp_sim_facts(run->problem, of->service);
    of->candidate = (uint32_t)run->candidates.count;
    of->is_unclear = cp_sim_is_in_doubt(state) ||
                     (state == CP_ABSENT && cp_sim_is_in_doubt(runbook->owner_state));
    if (state == CP_SET) {
        of->role = role;
        add_role(run, step, facts, role);
    } else if (state == CP_ABSENT && runbook->owner_state == CP_ABSENT) {
        of->is_free = true;
    } else if (state == CP_ABSENT && runbook->owner_state == CP_SET) {
        of->role = cp_fact_str(facts, runbook->owner);
        add_named(run, step, of->role, true);
    }
    if (run->change.kind == CP_CHANGE_ROLE && run->change.index == of->service &&
        of->role.len > 0 && of->candidate_count == 0 &&
        cp_str_is_equal(run->change.role, of->role)) {
        add_candidate(run, step, text_holder(run, CP_STR("\n")));
    }
}
