/*
 * Makes a world smaller step by step while two answers still differ. Every step leaves a world in
 * which all names resolve.
 */
#include "agree.h"

#include <stdlib.h>
#include <string.h>

/* The walk over all that could be left out; the one whose turn it is, is. */
struct walk {
    struct world *world;
    int left;
    bool is_done;
};

static bool is_turn(struct walk *walk)
{
    walk->is_done |= walk->left == 0;
    return walk->left-- == 0;
}

/* ---- pieces ---------------------------------------------------------------------------------- */

/* Takes item `at` out of an array. */
static void take_out(void *items, int *count, int at, size_t size)
{
    char *item = (char *)items + (size_t)at * size;
    memmove(item, item + size, (size_t)(*count - 1 - at) * size);
    --*count;
}

static void drop_length(struct walk *walk, struct length *length)
{
    if (length->kind != NOT_STATED && is_turn(walk)) {
        length->kind = NOT_STATED;
        length->amount = 0;
    }
    if (length->kind == ELAPSED && length->amount != 0 && length->amount % 60 != 0 &&
        is_turn(walk)) {
        length->amount = length->amount / 60 * 60 + 60;
    }
}

static void drop_limits(struct walk *walk, struct limits *limits)
{
    drop_length(walk, &limits->mtpd);
    drop_length(walk, &limits->rto);
    drop_length(walk, &limits->wrt);
    drop_length(walk, &limits->rpo);
}

static void drop_flag(struct walk *walk, bool *flag)
{
    if (*flag && is_turn(walk)) {
        *flag = false;
    }
}

static void drop_name(struct walk *walk, struct name *name)
{
    if (name_is_stated(name) && is_turn(walk)) {
        *name = (struct name){{0}};
    }
}

static void drop_names(struct walk *walk, struct names *names)
{
    for (int i = 0; i < names->count; i++) {
        if (is_turn(walk)) {
            take_out(names->at, &names->count, i, sizeof(*names->at));
            return;
        }
    }
}

static void drop_hours(struct walk *walk, struct hours *hours)
{
    if (hours->kind != HOURS_ALWAYS && is_turn(walk)) {
        *hours = (struct hours){.kind = HOURS_ALWAYS};
    }
}

static void forget(struct names *names, const struct name *name)
{
    for (int i = 0; i < names->count; i++) {
        if (name_is_same(&names->at[i], name)) {
            take_out(names->at, &names->count, i, sizeof(*names->at));
            i--;
        }
    }
}

/* ---- a plan ---------------------------------------------------------------------------------- */

static void forget_runbook(struct plan *plan, const struct name *id)
{
    for (int i = 0; i < plan->scenario_count; i++) {
        forget(&plan->scenarios[i].runbooks, id);
    }
}

static void forget_scenario(struct world *world, struct plan *plan, const struct name *id)
{
    for (int i = 0; i < plan->objective_count; i++) {
        if (name_is_same(&plan->objectives[i].scenario, id)) {
            take_out(plan->objectives, &plan->objective_count, i, sizeof(*plan->objectives));
            i--;
        }
    }
    (void)world;
}

static void forget_role(struct plan *plan, const struct name *id)
{
    for (int i = 0; i < plan->runbook_count; i++) {
        for (int j = 0; j < plan->runbooks[i].step_count; j++) {
            struct step *step = &plan->runbooks[i].steps[j];
            if (name_is_same(&step->role, id)) {
                step->role = (struct name){{0}};
            }
        }
    }
}

static void drop_step(struct walk *walk, struct runbook *runbook)
{
    drop_flag(walk, &runbook->are_steps_unknown);
    for (int i = 0; i < runbook->step_count; i++) {
        struct step *step = &runbook->steps[i];
        drop_length(walk, &step->duration);
        drop_name(walk, &step->role);
        drop_names(walk, &step->after);
        if (is_turn(walk)) {
            struct name id = step->id;
            take_out(runbook->steps, &runbook->step_count, i, sizeof(*step));
            for (int j = 0; j < runbook->step_count; j++) {
                forget(&runbook->steps[j].after, &id);
            }
        }
        if (i < runbook->step_count && step->has_after && is_turn(walk)) {
            step->has_after = false;
            step->after.count = 0;
        }
    }
}

static void drop_runbooks(struct walk *walk, struct plan *plan)
{
    for (int i = 0; i < plan->runbook_count; i++) {
        struct runbook *runbook = &plan->runbooks[i];
        drop_step(walk, runbook);
        drop_name(walk, &runbook->owner);
        drop_length(walk, &runbook->duration);
        if (runbook->type != TYPE_ABSENT && is_turn(walk)) {
            runbook->type = TYPE_ABSENT;
        }
        if (is_turn(walk)) {
            forget_runbook(plan, &runbook->id);
            take_out(plan->runbooks, &plan->runbook_count, i, sizeof(*runbook));
        }
    }
}

static void drop_scenarios(struct walk *walk, struct plan *plan)
{
    for (int i = 0; i < plan->scenario_count; i++) {
        struct scenario *scenario = &plan->scenarios[i];
        drop_names(walk, &scenario->loses);
        drop_names(walk, &scenario->runbooks);
        if (scenario->kind != KIND_ABSENT && is_turn(walk)) {
            scenario->kind = KIND_ABSENT;
        }
        if (scenario->response != RESPONSE_ABSENT && is_turn(walk)) {
            scenario->response = RESPONSE_ABSENT;
        }
        if (is_turn(walk)) {
            forget_scenario(walk->world, plan, &scenario->id);
            take_out(plan->scenarios, &plan->scenario_count, i, sizeof(*scenario));
        }
    }
}

static void drop_dependencies(struct walk *walk, struct plan *plan)
{
    for (int i = 0; i < plan->dependency_count; i++) {
        struct dependency *dependency = &plan->dependencies[i];
        drop_length(walk, &dependency->sustain);
        drop_length(walk, &dependency->resume);
        drop_length(walk, &dependency->rto);
        drop_flag(walk, &dependency->is_need_unknown);
        drop_flag(walk, &dependency->is_fallback_unknown);
        if (dependency->is_needed && is_turn(walk)) {
            dependency->is_needed = false;
        }
        if (dependency->has_fallback && is_turn(walk)) {
            dependency->has_fallback = false;
            dependency->sustain.kind = NOT_STATED;
        }
        if (is_turn(walk)) {
            take_out(plan->dependencies, &plan->dependency_count, i, sizeof(*dependency));
        }
    }
}

static void drop_stores(struct walk *walk, struct plan *plan)
{
    for (int i = 0; i < plan->backup_count; i++) {
        struct backup *backup = &plan->backups[i];
        drop_length(walk, &backup->every);
        drop_length(walk, &backup->takes);
        drop_length(walk, &backup->lag);
        if (backup->copy_count > 0 && is_turn(walk)) {
            backup->copy_count--;
        }
        if (is_turn(walk)) {
            take_out(plan->backups, &plan->backup_count, i, sizeof(*backup));
        }
    }
    for (int i = 0; i < plan->store_count; i++) {
        drop_names(walk, &plan->stores[i].located);
    }
    if (plan->backup_count == 0 && plan->store_count > 0 && is_turn(walk)) {
        struct name id = plan->stores[plan->store_count - 1].id;
        plan->store_count--;
        for (int i = 0; i < plan->scenario_count; i++) {
            forget(&plan->scenarios[i].loses, &id);
        }
        forget(&walk->world->question.lose, &id);
    }
}

static void drop_roles(struct walk *walk, struct plan *plan)
{
    for (int i = 0; i < plan->role_count; i++) {
        drop_names(walk, &plan->roles[i].holders);
        drop_names(walk, &plan->roles[i].deputies);
        drop_name(walk, &plan->roles[i].rota);
        if (is_turn(walk)) {
            forget_role(plan, &plan->roles[i].id);
            take_out(plan->roles, &plan->role_count, i, sizeof(*plan->roles));
        }
    }
}

static void drop_in_plan(struct walk *walk, struct plan *plan)
{
    drop_scenarios(walk, plan);
    drop_dependencies(walk, plan);
    drop_runbooks(walk, plan);
    drop_roles(walk, plan);
    drop_stores(walk, plan);
    drop_name(walk, &plan->hosting);
    drop_names(walk, &plan->regions);
    drop_names(walk, &plan->zones);
    drop_length(walk, &plan->detect);
    drop_length(walk, &plan->declare);
    drop_length(walk, &plan->workaround);
    if (plan->has_workaround && is_turn(walk)) {
        plan->has_workaround = false;
        plan->workaround.kind = NOT_STATED;
    }
    if (plan->tier > 0 && is_turn(walk)) {
        plan->tier = 0;
    }
    drop_flag(walk, &plan->is_redundancy_unknown);
    for (int i = 0; i < plan->redundancy_count; i++) {
        drop_flag(walk, &plan->redundancy[i].is_level_unknown);
        drop_flag(walk, &plan->redundancy[i].is_use_unknown);
        drop_name(walk, &plan->redundancy[i].uses);
        drop_length(walk, &plan->redundancy[i].takes);
        if (is_turn(walk)) {
            take_out(plan->redundancy, &plan->redundancy_count, i, sizeof(*plan->redundancy));
        }
    }
    for (int i = 0; i < plan->objective_count; i++) {
        drop_limits(walk, &plan->objectives[i].limits);
        drop_name(walk, &plan->objectives[i].scenario);
        if (plan->objectives[i].clock != CLOCK_ABSENT && is_turn(walk)) {
            plan->objectives[i].clock = CLOCK_ABSENT;
        }
        if (is_turn(walk)) {
            take_out(plan->objectives, &plan->objective_count, i, sizeof(*plan->objectives));
        }
    }
}

/* ---- the portfolio --------------------------------------------------------------------------- */

static void forget_plan(struct world *world, const struct name *id)
{
    for (int i = 0; i < world->plan_count; i++) {
        struct plan *plan = &world->plans[i];
        for (int j = 0; j < plan->dependency_count; j++) {
            if (name_is_same(&plan->dependencies[j].target, id)) {
                take_out(plan->dependencies, &plan->dependency_count, j,
                         sizeof(*plan->dependencies));
                j--;
            }
        }
        for (int j = 0; j < plan->scenario_count; j++) {
            forget(&plan->scenarios[j].loses, id);
        }
    }
    forget(&world->question.lose, id);
}

static void drop_in_portfolio(struct walk *walk)
{
    struct world *world = walk->world;
    if (world->calendar.is_stated && is_turn(walk)) {
        world->calendar = (struct calendar){0};
    }
    if (world->calendar.holiday_count > 0 && is_turn(walk)) {
        world->calendar.holiday_count--;
    }
    if (world->has_tiers && is_turn(walk)) {
        world->has_tiers = false;
    }
    for (int i = 0; i < TIERS && world->has_tiers; i++) {
        drop_limits(walk, &world->tiers[i]);
    }
    for (int i = 0; i < world->person_count; i++) {
        drop_hours(walk, &world->people[i].hours);
        drop_name(walk, &world->people[i].team);
        if (world->people[i].has_until && is_turn(walk)) {
            world->people[i].has_until = false;
        }
    }
    for (int i = 0; i < world->team_count; i++) {
        drop_hours(walk, &world->teams[i].hours);
        drop_length(walk, &world->teams[i].call_out);
        drop_names(walk, &world->teams[i].members);
        drop_flag(walk, &world->teams[i].are_members_unknown);
        drop_flag(walk, &world->teams[i].is_capacity_unknown);
    }
    for (int i = 0; i < world->supplier_count; i++) {
        drop_length(walk, &world->suppliers[i].rto);
        drop_names(walk, &world->suppliers[i].runs_on);
        drop_flag(walk, &world->suppliers[i].is_ground_unknown);
    }
}

/* How often the id stands in the files and the question, as a word or the beginning of a place. */
static int count_mentions(const struct world *world, const char *id)
{
    char *text = NULL;
    size_t size = 0;
    int count = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) {
        abort();
    }
    world_write_portfolio(out, world);
    for (int i = 0; i < world->plan_count; i++) {
        world_write_plan(out, world, i);
    }
    world_write_question(out, world);
    fclose(out);
    for (const char *at = strstr(text, id); at; at = strstr(at + 1, id)) {
        bool is_start = at == text || strchr(" [,", at[-1]) != NULL;
        count += is_start && strchr(" ,].}\n", at[strlen(id)]) != NULL;
    }
    free(text);
    return count;
}

/* Those who are only declared. */
static void drop_declared(struct walk *walk)
{
    struct world *world = walk->world;
    for (int i = 0; i < world->person_count; i++) {
        if (count_mentions(world, world->people[i].id.text) == 1 && is_turn(walk)) {
            take_out(world->people, &world->person_count, i, sizeof(*world->people));
            return;
        }
    }
    for (int i = 0; i < world->team_count; i++) {
        if (count_mentions(world, world->teams[i].id.text) == 1 && is_turn(walk)) {
            take_out(world->teams, &world->team_count, i, sizeof(*world->teams));
            return;
        }
    }
    for (int i = 0; i < world->supplier_count; i++) {
        if (count_mentions(world, world->suppliers[i].id.text) == 1 && is_turn(walk)) {
            take_out(world->suppliers, &world->supplier_count, i, sizeof(*world->suppliers));
            return;
        }
    }
}

/* One of the things that can be left out; false where there is no such. */
static bool leave_out(struct world *world, int index)
{
    struct walk walk = {world, index, false};
    for (int i = 0; i < world->plan_count; i++) {
        if (world->plan_count > 1 && is_turn(&walk)) {
            struct name id = world->plans[i].id;
            take_out(world->plans, &world->plan_count, i, sizeof(*world->plans));
            forget_plan(world, &id);
            return true;
        }
    }
    if (world->question.lose.count > 1) {
        drop_names(&walk, &world->question.lose);
    }
    drop_names(&walk, &world->question.absent);
    if (world->question.lose.count > 0) {
        drop_name(&walk, &world->question.scenario);
    }
    for (int i = 0; i < world->plan_count && !walk.is_done; i++) {
        drop_in_plan(&walk, &world->plans[i]);
    }
    drop_in_portfolio(&walk);
    if (!walk.is_done) {
        drop_declared(&walk);
    }
    return walk.is_done;
}

void world_minimise(struct world *world, bool (*is_wrong)(const struct world *world))
{
    static struct world smaller;
    for (int i = 0;; i++) {
        smaller = *world;
        if (!leave_out(&smaller, i)) {
            return;
        }
        if (is_wrong(&smaller)) {
            *world = smaller;
            i = i > 8 ? i - 8 : -1;
        }
    }
}
