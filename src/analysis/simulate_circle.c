/*
 * Plans that depend on one another: strongly connected components (Tarjan 1972, in loops), once
 * over all hard links, in a run over those that hold a service down (R13), and at its end over all
 * that is waited for in vain. Knows nothing of time.
 */
#include "simulate.h"

#include <stdlib.h>
#include <string.h>

struct node {
    uint32_t index, low; /* index 0: not visited */
    uint32_t next;       /* link to look at */
    uint32_t component;  /* 0: not settled */
};

struct cp_sim_circles {
    struct node *nodes;
    struct cp_sim_numbers visited, stack, path;
    uint32_t indices, components;
};

/* Whether the way leads along a link. */
typedef bool follows_link(const void *context, uint32_t link);

static void visit(struct cp_sim_circles *circles, const struct cp_sim_problem *problem,
                  uint32_t plan)
{
    struct node *node = &circles->nodes[plan];
    node->index = node->low = ++circles->indices;
    node->next = problem->first[plan];
    cp_sim_numbers_push(&circles->visited, plan);
    cp_sim_numbers_push(&circles->stack, plan);
    cp_sim_numbers_push(&circles->path, plan);
}

/* Takes the component that `plan` is the root of from the stack; it is the tail of the items. */
static void settle(struct cp_sim_circles *circles, uint32_t plan)
{
    uint32_t member;
    circles->components++;
    do {
        member = circles->stack.items[--circles->stack.count];
        circles->nodes[member].component = circles->components;
    } while (member != plan);
}

/* Goes one link further from the last of the path; or back. */
static void walk(struct cp_sim_circles *circles, const struct cp_sim_problem *problem,
                 follows_link *follows, const void *context)
{
    uint32_t plan = circles->path.items[circles->path.count - 1];
    struct node *node = &circles->nodes[plan];
    if (node->next < problem->first[plan + 1]) {
        uint32_t link = node->next++;
        uint32_t to = problem->links[link].to;
        if (to == CP_SIM_NONE || !follows(context, link)) {
            return;
        }
        struct node *other = &circles->nodes[to];
        if (other->index == 0) {
            visit(circles, problem, to);
        } else if (other->component == 0 && other->index < node->low) {
            node->low = other->index;
        }
        return;
    }
    circles->path.count--;
    if (node->low == node->index) {
        settle(circles, plan);
    }
    if (circles->path.count > 0) {
        struct node *before = &circles->nodes[circles->path.items[circles->path.count - 1]];
        before->low = node->low < before->low ? node->low : before->low;
    }
}

static void explore(struct cp_sim_circles *circles, const struct cp_sim_problem *problem,
                    uint32_t plan, follows_link *follows, const void *context)
{
    if (circles->nodes[plan].index != 0) {
        return;
    }
    visit(circles, problem, plan);
    while (circles->path.count > 0) {
        walk(circles, problem, follows, context);
    }
}

struct cp_sim_circles *cp_sim_circles_new(const struct cp_sim_problem *problem)
{
    struct cp_sim_circles *circles = cp_alloc(sizeof *circles);
    *circles =
        (struct cp_sim_circles){.nodes = cp_alloc((problem->plans + 1) * sizeof(struct node))};
    memset(circles->nodes, 0, (problem->plans + 1) * sizeof(struct node));
    return circles;
}

void cp_sim_circles_free(struct cp_sim_circles *circles)
{
    cp_list_release(&circles->visited);
    cp_list_release(&circles->stack);
    cp_list_release(&circles->path);
    free(circles->nodes);
    free(circles);
}

static void forget(struct cp_sim_circles *circles)
{
    for (size_t i = 0; i < circles->visited.count; i++) {
        circles->nodes[circles->visited.items[i]] = (struct node){0};
    }
    circles->visited.count = circles->stack.count = circles->path.count = 0;
    circles->indices = circles->components = 0;
}

/* ---- all hard links -------------------------------------------------------------------------- */

static bool is_hard(const void *context, uint32_t link)
{
    const struct cp_sim_problem *problem = context;
    return problem->links[link].criticality == CP_HARD;
}

void cp_sim_components(struct cp_sim_problem *problem)
{
    struct cp_sim_circles *circles = cp_sim_circles_new(problem);
    problem->component = cp_arena_room(&problem->arena, (problem->plans + 1) * sizeof(uint32_t));
    problem->is_circular = cp_arena_alloc(&problem->arena, problem->plans + 1);
    for (uint32_t i = 0; i < problem->plans; i++) {
        explore(circles, problem, i, is_hard, problem);
    }
    uint32_t *members =
        cp_arena_alloc(&problem->arena, (circles->components + 2) * sizeof *members);
    for (uint32_t i = 0; i < problem->plans; i++) {
        problem->component[i] = circles->nodes[i].component;
        members[problem->component[i]]++;
    }
    for (uint32_t i = 0; i < problem->plans; i++) {
        problem->is_circular[i] = members[problem->component[i]] > 1;
    }
    cp_sim_circles_free(circles);
}

/* ---- those that hold one another down -------------------------------------------------------- */

/* Down for nothing but its circle. */
static bool is_held_by_circle(const struct cp_sim_service *service)
{
    return service->is_down && service->has_begun && service->blocks == 0;
}

static bool is_blocking(const void *context, uint32_t link)
{
    const struct cp_sim_run *run = context;
    return run->links[link].state == CP_LINK_BLOCKED &&
           is_held_by_circle(&run->services[run->problem->links[link].to]);
}

/* Whether whatever holds `plan` down is of its own component. */
static bool is_closed(const struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_problem *problem = run->problem;
    const struct node *nodes = run->circles->nodes;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        if (run->links[i].state == CP_LINK_BLOCKED &&
            (problem->links[i].to == CP_SIM_NONE ||
             nodes[problem->links[i].to].component != nodes[plan].component)) {
            return false;
        }
    }
    return true;
}

static bool is_candidate(const struct cp_sim_run *run, uint32_t plan)
{
    return is_held_by_circle(&run->services[plan]) && run->services[plan].inner > 0;
}

void cp_sim_circles_find(struct cp_sim_run *run, const struct cp_sim_numbers *candidates,
                         struct cp_sim_numbers *out)
{
    struct cp_sim_circles *circles = run->circles;
    for (size_t i = 0; i < candidates->count; i++) {
        if (is_candidate(run, candidates->items[i])) {
            explore(circles, run->problem, candidates->items[i], is_blocking, run);
        }
    }
    bool *is_open = cp_alloc(circles->components + 1);
    for (size_t i = 0; i <= circles->components; i++) {
        is_open[i] = false;
    }
    for (size_t i = 0; i < circles->visited.count; i++) {
        uint32_t plan = circles->visited.items[i];
        is_open[circles->nodes[plan].component] |= !is_closed(run, plan);
    }
    for (size_t i = 0; i < circles->visited.count; i++) {
        uint32_t plan = circles->visited.items[i];
        if (!is_open[circles->nodes[plan].component]) {
            cp_sim_numbers_push(out, plan);
        }
    }
    free(is_open);
    forget(circles);
}

/* ---- those that wait for one another for good ------------------------------------------------ */

static bool is_waiting(const void *context, uint32_t link)
{
    const struct cp_sim_run *run = context;
    const struct cp_sim_service *to = &run->services[run->problem->links[link].to];
    return to->is_touched && to->is_down &&
           (run->links[link].gates != 0 || run->links[link].state == CP_LINK_BLOCKED);
}

/* Whether the plan's recovery needs one that waits for it in turn. */
static bool is_needing_its_own(const struct cp_sim_run *run, uint32_t plan)
{
    const struct cp_sim_problem *problem = run->problem;
    const struct node *nodes = run->circles->nodes;
    for (uint32_t i = problem->first[plan]; i < problem->first[plan + 1]; i++) {
        uint32_t to = problem->links[i].to;
        if (run->links[i].gates != 0 && to != CP_SIM_NONE &&
            nodes[to].component == nodes[plan].component) {
            return true;
        }
    }
    return false;
}

/* A circle of hard dependencies alone comes up together (R13): it takes a need to deadlock. */
void cp_sim_find_deadlocks(struct cp_sim_run *run)
{
    struct cp_sim_circles *circles = run->circles;
    for (size_t i = 0; i < run->touched.count; i++) {
        if (run->services[run->touched.items[i]].is_down) {
            explore(circles, run->problem, run->touched.items[i], is_waiting, run);
        }
    }
    bool *is_dead = cp_alloc(circles->components + 1);
    memset(is_dead, 0, circles->components + 1);
    for (size_t i = 0; i < circles->visited.count; i++) {
        uint32_t plan = circles->visited.items[i];
        is_dead[circles->nodes[plan].component] |= is_needing_its_own(run, plan);
    }
    for (size_t i = 0; i < circles->visited.count; i++) {
        struct cp_sim_service *service = &run->services[circles->visited.items[i]];
        service->waiting = circles->nodes[circles->visited.items[i]].component;
        service->is_deadlocked = is_dead[service->waiting];
    }
    free(is_dead);
    forget(circles);
}
