/*
 * What must hold of contplan's answers whatever the portfolio (recovery arithmetic, "Properties").
 * The oracle has no part in it.
 */
#include "agree.h"
#include "chance.h"
#include "lengths.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { PARTS = 4, PORTFOLIOS = 50 };
#else
enum { PARTS = 4, PORTFOLIOS = 250 };
#endif

enum { FACTOR = 7 };

static struct world world;
static struct answer before;
static struct answer after;

static const struct manner plain = {.jobs = 1};

static void ask(struct answer *out, const struct world *of, const struct manner *manner)
{
    bool is_odd = false;
    contplan_answer(out, &is_odd, of, manner);
    ck_assert(!is_odd);
}

/* ---- the same answer ------------------------------------------------------------------------- */

static void expect_same(uint64_t seed, const char *why)
{
    char *a = answer_text(&world, &before);
    char *b = answer_text(&world, &after);
    ck_assert_msg(strcmp(a, b) == 0, "seed %llu, %s:\n%s--\n%s", (unsigned long long)seed, why, a,
                  b);
    free(a);
    free(b);
}

START_TEST(order_and_workers_change_nothing)
{
    static const struct manner backwards = {.is_backwards = true, .jobs = 3};
    for (uint64_t seed = (uint64_t)_i * PORTFOLIOS; seed < (uint64_t)(_i + 1) * PORTFOLIOS;
         seed++) {
        world_generate(&world, seed);
        ask(&before, &world, &plain);
        ask(&after, &world, &backwards);
        expect_same(seed, "files in another order, three workers");
    }
}
END_TEST

static int longer(int minutes)
{
    return minutes < NEVER ? minutes * FACTOR : minutes;
}

static void stretch_answer(struct answer *answer)
{
    for (int i = 0; i < MOST_PLANS; i++) {
        struct outcome *outcome = &answer->outcomes[i];
        outcome->from = longer(outcome->from);
        outcome->up_at = longer(outcome->up_at);
        outcome->own = longer(outcome->own);
        for (int j = 0; j < PROMISES; j++) {
            outcome->breaches[j].limit = longer(outcome->breaches[j].limit);
            outcome->breaches[j].actual = longer(outcome->breaches[j].actual);
        }
    }
    for (int i = 0; i < answer->work_count; i++) {
        answer->works[i].start = longer(answer->works[i].start);
        answer->works[i].end = longer(answer->works[i].end);
    }
    answer->lower_bound *= answer->lower_bound > 0 ? FACTOR : 1;
}

START_TEST(without_calendars_all_scales)
{
    for (uint64_t seed = (uint64_t)_i * PORTFOLIOS; seed < (uint64_t)(_i + 1) * PORTFOLIOS;
         seed++) {
        world_generate(&world, seed);
        world_open_always(&world);
        ask(&before, &world, &plain);
        stretch_answer(&before);
        world_stretch(&world, FACTOR);
        ask(&after, &world, &plain);
        /* Half a minute of load, stretched, is no longer rounded. */
        before.lower_bound = after.lower_bound =
            llabs(before.lower_bound - after.lower_bound) <= FACTOR ? 0 : after.lower_bound;
        expect_same(seed, "all lengths stretched");
    }
}
END_TEST

/* ---- never later ----------------------------------------------------------------------------- */

static bool is_same_choice(void)
{
    for (int i = 0; i < world.plan_count; i++) {
        const struct outcome *a = &before.outcomes[i];
        const struct outcome *b = &after.outcomes[i];
        if (a->is_present && b->state == DOWN && !name_is_same(&a->scenario, &b->scenario)) {
            return false;
        }
    }
    return true;
}

static void expect_no_delay(uint64_t seed, const char *why)
{
    for (int i = 0; i < world.plan_count; i++) {
        const struct outcome *a = &before.outcomes[i];
        const struct outcome *b = &after.outcomes[i];
        /* The end of being degraded is no later end of being down. */
        bool is_alike = a->state == b->state || b->state == UNAFFECTED;
        ck_assert_msg(!is_alike || b->up_at <= a->up_at,
                      "seed %llu, %s: %s was up at %d, is up at %d", (unsigned long long)seed, why,
                      world.plans[i].id.text, a->up_at, b->up_at);
        ck_assert_msg(b->state <= a->state, "seed %llu, %s: %s is worse", (unsigned long long)seed,
                      why, world.plans[i].id.text);
    }
}

static bool reaches(const struct world *of, int from, int to, int depth)
{
    for (int i = 0; i < of->plans[from].dependency_count; i++) {
        const struct dependency *dependency = &of->plans[from].dependencies[i];
        for (int j = 0; j < of->plan_count; j++) {
            if (name_is_same(&of->plans[j].id, &dependency->target) &&
                (j == to || (depth > 0 && reaches(of, j, to, depth - 1)))) {
                return true;
            }
        }
    }
    return false;
}

/* Whether the dependency is part of a circle, or has its own commitment. */
static bool is_special(const struct world *of, int plan, const struct dependency *dependency)
{
    for (int i = 0; i < of->plan_count; i++) {
        if (name_is_same(&of->plans[i].id, &dependency->target)) {
            return i == plan || reaches(of, i, plan, of->plan_count);
        }
    }
    return dependency->rto.kind != NOT_STATED;
}

START_TEST(removing_a_dependency_delays_nothing)
{
    int compared = 0;
    for (uint64_t seed = (uint64_t)_i * PORTFOLIOS; seed < (uint64_t)(_i + 1) * PORTFOLIOS;
         seed++) {
        struct chance chance = chance_of(seed + 1);
        world_generate(&world, seed);
        world_lift_capacity(&world);
        world_begin_at_once(&world);
        int index = pick(&chance, world.plan_count);
        struct plan *plan = &world.plans[index];
        if (plan->dependency_count == 0 ||
            is_special(&world, index, &plan->dependencies[plan->dependency_count - 1])) {
            continue;
        }
        ask(&before, &world, &plain);
        plan->dependency_count--;
        ask(&after, &world, &plain);
        if (is_same_choice()) {
            compared++;
            expect_no_delay(seed, "a dependency removed");
        }
    }
    ck_assert_int_gt(compared, PORTFOLIOS / 5);
}
END_TEST

/* Somebody more for some roles; whether there is such a role. */
static bool add_somebody(struct chance *chance, const char *id)
{
    bool has_added = false;
    for (int i = 0; i < world.plan_count; i++) {
        for (int j = 0; j < world.plans[i].role_count; j++) {
            if (maybe(chance, 50)) {
                names_add(&world.plans[i].roles[j].deputies, id);
                has_added = true;
            }
        }
    }
    return has_added;
}

START_TEST(adding_a_person_delays_nothing)
{
    int compared = 0;
    for (uint64_t seed = (uint64_t)_i * PORTFOLIOS; seed < (uint64_t)(_i + 1) * PORTFOLIOS;
         seed++) {
        struct chance chance = chance_of(seed + 2);
        world_generate(&world, seed);
        world_lift_capacity(&world);
        world_begin_at_once(&world);
        struct team *team = &world.teams[world.team_count++];
        *team = (struct team){.id = name_of("t9"), .capacity = 50};
        team->hours.kind = maybe(&chance, 50) ? HOURS_ALWAYS : HOURS_OFFICE;
        ask(&before, &world, &plain);
        compared += add_somebody(&chance, "t9");
        ask(&after, &world, &plain);
        expect_no_delay(seed, "somebody added");
    }
    ck_assert_int_gt(compared, PORTFOLIOS / 5);
}
END_TEST

/* With limits of capacity only the lower bound is monotone (Graham's anomalies). */
START_TEST(adding_a_person_raises_no_lower_bound)
{
    for (uint64_t seed = (uint64_t)_i * PORTFOLIOS; seed < (uint64_t)(_i + 1) * PORTFOLIOS;
         seed++) {
        struct chance chance = chance_of(seed + 3);
        world_generate(&world, seed);
        world_begin_at_once(&world);
        if (world.person_count == 0 || world.person_count == MOST_PEOPLE) {
            continue;
        }
        world.people[world.person_count++] = (struct person){.id = name_of("p9")};
        ask(&before, &world, &plain);
        add_somebody(&chance, "p9");
        ask(&after, &world, &plain);
        ck_assert_msg(before.lower_bound < 0 ||
                          (after.lower_bound >= 0 && after.lower_bound <= before.lower_bound),
                      "seed %llu: %ld, then %ld s", (unsigned long long)seed,
                      (long)before.lower_bound, (long)after.lower_bound);
    }
}
END_TEST

Suite *suite_properties(void)
{
    Suite *suite = suite_create("properties");
    TCase *tests = tcase_create("properties");
    tcase_add_loop_test(tests, order_and_workers_change_nothing, 0, PARTS);
    tcase_add_loop_test(tests, without_calendars_all_scales, 0, PARTS);
    tcase_add_loop_test(tests, removing_a_dependency_delays_nothing, 0, PARTS);
    tcase_add_loop_test(tests, adding_a_person_delays_nothing, 0, PARTS);
    tcase_add_loop_test(tests, adding_a_person_raises_no_lower_bound, 0, PARTS);
    suite_add_tcase(suite, tests);
    return suite;
}
