/*
 * Worlds made over, for the properties.
 */
#include "lengths.h"

#include <string.h>

enum { ANY_NUMBER = 50 };

static void change_limits(struct limits *limits, void (*change)(struct length *, int), int factor)
{
    change(&limits->mtpd, factor);
    change(&limits->rto, factor);
    change(&limits->wrt, factor);
    change(&limits->rpo, factor);
}

static void change_runbooks(struct plan *plan, void (*change)(struct length *, int), int factor)
{
    for (int i = 0; i < plan->runbook_count; i++) {
        change(&plan->runbooks[i].duration, factor);
        for (int j = 0; j < plan->runbooks[i].step_count; j++) {
            change(&plan->runbooks[i].steps[j].duration, factor);
        }
    }
}

static void change_backups(struct plan *plan, void (*change)(struct length *, int), int factor)
{
    for (int i = 0; i < plan->backup_count; i++) {
        struct backup *backup = &plan->backups[i];
        change(&backup->every, factor);
        change(&backup->takes, factor);
        change(&backup->lag, factor);
        for (int j = 0; j < backup->copy_count; j++) {
            change(&backup->copies[j].lag, factor);
        }
    }
}

static void change_plan(struct plan *plan, void (*change)(struct length *, int), int factor)
{
    change(&plan->workaround, factor);
    change(&plan->detect, factor);
    change(&plan->declare, factor);
    for (int i = 0; i < plan->dependency_count; i++) {
        change(&plan->dependencies[i].sustain, factor);
        change(&plan->dependencies[i].resume, factor);
        change(&plan->dependencies[i].rto, factor);
    }
    for (int i = 0; i < plan->redundancy_count; i++) {
        change(&plan->redundancy[i].takes, factor);
    }
    for (int i = 0; i < plan->objective_count; i++) {
        change_limits(&plan->objectives[i].limits, change, factor);
    }
    change_runbooks(plan, change, factor);
    change_backups(plan, change, factor);
}

static void change_all(struct world *world, void (*change)(struct length *, int), int factor)
{
    for (int i = 0; i < world->plan_count; i++) {
        change_plan(&world->plans[i], change, factor);
    }
    for (int i = 0; i < TIERS; i++) {
        change_limits(&world->tiers[i], change, factor);
    }
    for (int i = 0; i < world->team_count; i++) {
        change(&world->teams[i].call_out, factor);
    }
    for (int i = 0; i < world->supplier_count; i++) {
        change(&world->suppliers[i].rto, factor);
    }
}

static void stretch(struct length *length, int factor)
{
    length->amount *= factor;
}

static void make_elapsed(struct length *length, int day)
{
    if (length->kind == WORKING_DAYS) {
        length->amount *= day;
    }
    if (length->kind == WORKING_MINUTES || length->kind == WORKING_DAYS) {
        length->kind = ELAPSED;
    }
}

void world_stretch(struct world *world, int factor)
{
    change_all(world, stretch, factor);
}

void world_open_always(struct world *world)
{
    static const struct hours always = {.kind = HOURS_ALWAYS};
    world->calendar.is_stated = false;
    change_all(world, make_elapsed, 480);
    for (int i = 0; i < world->person_count; i++) {
        world->people[i].hours = always;
        world->people[i].has_until = false;
    }
    for (int i = 0; i < world->team_count; i++) {
        world->teams[i].hours = always;
    }
}

/* ---- capacity -------------------------------------------------------------------------------- */

/* A team stands in for a person, and for a text. */
static void replace_name(struct name *name, const struct name *team)
{
    if (name->text[0] == 'p' || strchr(name->text, ' ') != NULL) {
        *name = *team;
    }
}

static void replace_names(struct names *names, const struct name *team)
{
    for (int i = 0; i < names->count; i++) {
        replace_name(&names->at[i], team);
    }
    if (names->count == 2 && name_is_same(&names->at[0], &names->at[1])) {
        names->count = 1;
    }
}

static void replace_people(struct plan *plan, const struct name *team)
{
    for (int i = 0; i < plan->role_count; i++) {
        replace_names(&plan->roles[i].holders, team);
        replace_names(&plan->roles[i].deputies, team);
    }
    for (int i = 0; i < plan->runbook_count; i++) {
        replace_name(&plan->runbooks[i].owner, team);
        for (int j = 0; j < plan->runbooks[i].step_count; j++) {
            replace_name(&plan->runbooks[i].steps[j].role, team);
        }
    }
    for (int i = 0; i < plan->scenario_count; i++) {
        replace_names(&plan->scenarios[i].loses, team);
    }
}

void world_lift_capacity(struct world *world)
{
    if (world->team_count == 0) {
        world->teams[world->team_count++] = (struct team){.id = name_of("t0")};
    }
    for (int i = 0; i < world->plan_count; i++) {
        replace_people(&world->plans[i], &world->teams[0].id);
    }
    for (int i = 0; i < world->team_count; i++) {
        world->teams[i].members.count = 0;
        world->teams[i].capacity = ANY_NUMBER;
    }
    replace_names(&world->question.lose, &world->teams[0].id);
    world->question.absent.count = 0;
    world->person_count = 0;
}

void world_begin_at_once(struct world *world)
{
    for (int i = 0; i < world->plan_count; i++) {
        struct plan *plan = &world->plans[i];
        plan->has_workaround = false;
        plan->workaround.kind = NOT_STATED;
        for (int j = 0; j < plan->dependency_count; j++) {
            plan->dependencies[j].sustain.kind = NOT_STATED;
        }
    }
}
