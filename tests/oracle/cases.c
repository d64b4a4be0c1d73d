/*
 * The oracle against small outages worked out by hand, so that it is wrong about something only
 * where the hand was wrong as well. Knows nothing of contplan.
 */
#include "oracle.h"
#include "suites.h"

#include <string.h>

enum { HOUR = 60, DAY = 1440 };

static struct world world;
static struct answer answer;

/* ---- building -------------------------------------------------------------------------------- */

/* A Monday, 00:00 UTC. */
static void begin(void)
{
    memset(&world, 0, sizeof(world));
    world.question.at = day_of(2026, 11, 23) * (int64_t)DAY;
}

static struct length minutes(int amount)
{
    return (struct length){ELAPSED, amount};
}

static struct plan *add_plan(const char *id)
{
    struct plan *plan = &world.plans[world.plan_count++];
    plan->id = name_of(id);
    return plan;
}

static struct objective *add_rto(struct plan *plan, int rto)
{
    struct objective *objective = &plan->objectives[plan->objective_count++];
    objective->limits.rto = minutes(rto);
    return objective;
}

static struct dependency *add_dependency(struct plan *plan, const char *target)
{
    struct dependency *dependency = &plan->dependencies[plan->dependency_count++];
    dependency->target = name_of(target);
    dependency->is_external = target[0] == 's';
    return dependency;
}

static struct runbook *add_runbook(struct plan *plan, const char *id, const char *owner)
{
    struct runbook *runbook = &plan->runbooks[plan->runbook_count++];
    runbook->id = name_of(id);
    runbook->owner = name_of(owner);
    return runbook;
}

static struct step *add_step(struct runbook *runbook, const char *id, int duration)
{
    struct step *step = &runbook->steps[runbook->step_count++];
    step->id = name_of(id);
    step->duration = minutes(duration);
    return step;
}

static struct scenario *add_scenario(struct plan *plan, const char *id, const char *loses)
{
    struct scenario *scenario = &plan->scenarios[plan->scenario_count++];
    scenario->id = name_of(id);
    if (loses[0] != '\0') {
        names_add(&scenario->loses, loses);
    }
    for (int i = 0; i < plan->runbook_count; i++) {
        names_add(&scenario->runbooks, plan->runbooks[i].id.text);
    }
    return scenario;
}

static struct person *add_person(const char *id)
{
    struct person *person = &world.people[world.person_count++];
    person->id = name_of(id);
    person->hours.kind = HOURS_ALWAYS;
    return person;
}

static struct supplier *add_supplier(const char *id, int rto)
{
    struct supplier *supplier = &world.suppliers[world.supplier_count++];
    supplier->id = name_of(id);
    names_add(&supplier->regions, "eu");
    supplier->rto = minutes(rto);
    return supplier;
}

/* A plan lost that one person recovers in so many minutes. */
static struct plan *add_work(const char *id, const char *owner, int duration)
{
    struct plan *plan = add_plan(id);
    add_step(add_runbook(plan, "r", owner), "x", duration);
    add_scenario(plan, "a", "");
    names_add(&world.question.lose, id);
    return plan;
}

static void ask(const char *lost)
{
    if (lost[0] != '\0') {
        names_add(&world.question.lose, lost);
    }
    oracle_answer(&answer, &world, true);
    ck_assert(!answer.is_beyond);
}

static void expect(int plan, enum state state, int from, int up_at)
{
    const struct outcome *outcome = &answer.outcomes[plan];
    ck_assert_int_eq(outcome->state, state);
    ck_assert_int_eq(outcome->from, from);
    ck_assert_int_eq(outcome->up_at, up_at);
}

static void expect_work(int index, const char *holder, int start, int end)
{
    ck_assert_int_lt(index, answer.work_count);
    ck_assert_str_eq(answer.works[index].holder.text, holder);
    ck_assert_int_eq(answer.works[index].start, start);
    ck_assert_int_eq(answer.works[index].end, end);
}

static void expect_breach(int plan, enum promise promise, int limit, int actual)
{
    const struct breach *breach = &answer.outcomes[plan].breaches[promise];
    ck_assert(breach->is_breached);
    ck_assert_int_eq(breach->limit, limit);
    ck_assert_int_eq(breach->actual, actual);
}

/* ---- down and up ----------------------------------------------------------------------------- */

START_TEST(a_dependant_resumes_after_what_it_depends_on)
{
    begin();
    add_rto(add_plan("v0"), HOUR);
    struct plan *second = add_plan("v1");
    add_dependency(second, "v0")->resume = minutes(30);
    add_dependency(add_plan("v2"), "v1");
    ask("v0");
    expect(0, DOWN, 0, 60);
    expect(1, DOWN, 0, 90);
    expect(2, DOWN, 0, 90);
    ck_assert_int_eq(answer.outcomes[0].own, 60);
    ck_assert_int_eq(answer.outcomes[1].own, 0);
}
END_TEST

START_TEST(a_circle_comes_up_together)
{
    begin();
    struct plan *first = add_work("v0", "", 40);
    struct plan *second = add_work("v1", "", 70);
    add_dependency(first, "v1")->resume = minutes(500);
    add_dependency(second, "v0")->resume = minutes(500);
    add_dependency(add_plan("v2"), "v1")->resume = minutes(5);
    ask("");
    expect(0, DOWN, 0, 70);
    expect(1, DOWN, 0, 70);
    expect(2, DOWN, 0, 75);
}
END_TEST

START_TEST(a_circle_of_recovery_needs_is_unknown)
{
    begin();
    struct plan *first = add_work("v0", "", 40);
    struct plan *second = add_work("v1", "", 70);
    add_dependency(first, "v1")->is_needed = true;
    add_dependency(second, "v0")->is_needed = true;
    first->dependencies[0].criticality = second->dependencies[0].criticality = SOFT;
    ask("");
    expect(0, DOWN, 0, NEVER);
    expect(1, DOWN, 0, NEVER);
    expect_work(0, "", NEVER, NEVER);
}
END_TEST

START_TEST(a_need_holds_up_the_first_step_only)
{
    begin();
    add_work("v0", "", 100);
    struct plan *second = add_work("v1", "", 30);
    second->detect = minutes(20);
    second->declare = minutes(60);
    struct dependency *need = add_dependency(second, "v0");
    need->criticality = SOFT;
    need->is_needed = true;
    ask("");
    expect_work(1, "", 100, 130);
    expect(1, DOWN, 0, 130);
}
END_TEST

START_TEST(a_fallback_lasts_to_the_minute)
{
    begin();
    add_rto(add_plan("v0"), HOUR);
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"v1", "v2", "v3"};
        struct dependency *dependency = add_dependency(add_plan(ids[i]), "v0");
        dependency->has_fallback = true;
        dependency->sustain = i < 2 ? minutes(60 - i) : (struct length){NOT_STATED, 0};
        dependency->resume = minutes(10);
    }
    ask("v0");
    expect(1, DEGRADED_STATE, 0, 70);
    expect(2, DOWN, 59, 70);
    expect(3, DEGRADED_STATE, 0, 70);
}
END_TEST

START_TEST(a_workaround_covers_the_beginning)
{
    begin();
    struct plan *plan = add_plan("v0");
    add_rto(plan, 3 * HOUR)->limits.mtpd = minutes(2 * HOUR);
    plan->has_workaround = true;
    plan->workaround = minutes(HOUR);
    add_dependency(add_plan("v1"), "v0");
    ask("v0");
    expect(0, DOWN, 60, 180);
    expect(1, DOWN, 0, 180);
    expect_breach(0, PROMISE_MTPD, 120, 180);
    ck_assert(!answer.outcomes[0].breaches[PROMISE_RTO].is_breached);
}
END_TEST

/* ---- suppliers and places -------------------------------------------------------------------- */

START_TEST(a_supplier_falls_with_what_it_runs_on)
{
    begin();
    add_supplier("s0", 90);
    names_add(&add_supplier("s1", 30)->runs_on, "s0.eu");
    add_dependency(add_plan("v0"), "s1")->resume = minutes(5);
    struct plan *other = add_plan("v1");
    add_dependency(other, "s1")->rto = minutes(200);
    add_dependency(add_plan("v2"), "s0"); /* lost only with all of it */
    ask("s0.eu");
    expect(0, DOWN, 0, 95);
    expect(1, DOWN, 0, 200);
    expect(2, UNAFFECTED, 0, 0);
}
END_TEST

START_TEST(a_place_is_answered_by_scenario_redundancy_or_waiting)
{
    begin();
    add_supplier("s0", 300);
    static const char *const ids[] = {"v0", "v1", "v2", "v3"};
    for (int i = 0; i < 4; i++) {
        names_add(&add_plan(ids[i])->regions, "s0.eu");
    }
    add_step(add_runbook(&world.plans[0], "r", ""), "x", 45);
    add_scenario(&world.plans[0], "a", "s0.eu");
    struct plan *second = &world.plans[1];
    second->redundancy[0] = (struct redundancy){.against = AGAINST_REGION,
                                                .level = LEVEL_WARM,
                                                .uses = name_of("s0.eu.b"),
                                                .takes = minutes(1)};
    second->redundancy[1] =
        (struct redundancy){.against = AGAINST_SUPPLIER, .level = LEVEL_WARM, .takes = minutes(20)};
    second->redundancy_count = 2;
    second->detect = minutes(30);
    struct plan *fourth = &world.plans[3];
    fourth->redundancy[0] = (struct redundancy){.against = AGAINST_REGION, .level = LEVEL_ACTIVE};
    fourth->redundancy_count = 1;
    ask("s0.eu");
    expect(0, DOWN, 0, 45);
    expect(1, DOWN, 0, 20);
    expect(2, DOWN, 0, 300);
    expect(3, UNAFFECTED, 0, 0);
    ck_assert_int_eq(answer.outcomes[2].own, 0);
}
END_TEST

START_TEST(the_longest_scenario_is_taken_unless_one_is_named)
{
    begin();
    struct plan *plan = add_plan("v0");
    add_runbook(plan, "r", "")->duration = minutes(50);
    add_scenario(plan, "b", "");
    add_runbook(plan, "q", "")->duration = minutes(20);
    add_scenario(plan, "a", "");
    plan->runbooks[1].type = TYPE_FAILBACK;
    ask("v0");
    ck_assert_str_eq(answer.outcomes[0].scenario.text, "a"); /* both 50 */
    plan->runbooks[1].type = TYPE_RECOVERY;
    oracle_answer(&answer, &world, false);
    expect(0, DOWN, 0, 70);
    world.question.scenario = name_of("b");
    oracle_answer(&answer, &world, false);
    expect(0, DOWN, 0, 50);
}
END_TEST

/* ---- people ---------------------------------------------------------------------------------- */

START_TEST(the_lower_tier_goes_first)
{
    begin();
    add_person("p0");
    add_work("v0", "p0", 60)->tier = 2;
    add_work("v1", "p0", 40)->tier = 1;
    ask("");
    expect_work(0, "p0", 0, 40);
    expect_work(1, "p0", 40, 100);
    ck_assert_int_eq(answer.lower_bound, 100 * 60);
}
END_TEST

START_TEST(a_step_goes_to_who_would_end_it_first)
{
    begin();
    add_person("p0");
    add_person("p1")->hours =
        (struct hours){HOURS_WEEKLY, {{0x7f, 30, 24 * HOUR}}, 1}; /* from half past midnight */
    struct plan *plan = add_work("v0", "p0", 50);
    plan->roles[0] = (struct role){.id = name_of("fix")};
    names_add(&plan->roles[0].holders, "p0");
    names_add(&plan->roles[0].deputies, "p1");
    plan->role_count = 1;
    struct step *second = add_step(&plan->runbooks[0], "y", 50);
    second->has_after = true;
    plan->runbooks[0].steps[0].role = second->role = name_of("fix");
    ask("");
    expect_work(0, "p0", 0, 50);
    expect_work(1, "p1", 30, 80);
    names_add(&world.question.absent, "p1");
    oracle_answer(&answer, &world, true);
    expect_work(1, "p0", 50, 100);
}
END_TEST

START_TEST(work_stops_overnight_and_ends_at_the_closing_minute)
{
    begin();
    struct person *person = add_person("p0");
    person->hours.kind = HOURS_OFFICE; /* assumed: Mon-Fri 09:00-17:00 UTC */
    add_work("v0", "p0", 9 * HOUR);
    add_work("v1", "p0", 7 * HOUR);
    ask("");
    expect_work(0, "p0", 9 * HOUR, DAY + 10 * HOUR);
    expect_work(1, "p0", DAY + 10 * HOUR, DAY + 17 * HOUR);
}
END_TEST

START_TEST(the_night_the_clocks_go_back_is_an_hour_longer)
{
    begin();
    world.calendar = (struct calendar){.is_stated = true, .zone = ZONE_LONDON};
    world.calendar.hours = (struct hours){HOURS_WEEKLY, {{0x1f, 9 * HOUR, 17 * HOUR}}, 1};
    world.question.at = day_of(2026, 10, 24) * (int64_t)DAY + 23 * HOUR; /* Sunday, 00:00 there */
    add_person("p0")->hours = (struct hours){HOURS_WEEKLY, {{0x40, 0, 6 * HOUR}}, 1};
    add_work("v0", "p0", 7 * HOUR);
    ask("");
    expect_work(0, "p0", 0, 7 * HOUR);
}
END_TEST

START_TEST(holidays_close_all_but_those_who_are_always_there)
{
    begin();
    world.calendar = (struct calendar){.is_stated = true, .zone = ZONE_UTC, .holiday_count = 1};
    world.calendar.hours = (struct hours){HOURS_WEEKLY, {{0x7f, 0, 24 * HOUR}}, 1};
    world.calendar.holidays[0] = day_of(2026, 11, 23);
    add_person("p0")->hours.kind = HOURS_OFFICE;
    add_person("p1");
    add_work("v0", "p0", 10);
    add_work("v1", "p1", 10);
    ask("");
    expect_work(0, "p1", 0, 10);
    expect_work(1, "p0", DAY, DAY + 10);
}
END_TEST

START_TEST(a_team_does_as_much_at_once_as_it_has_members)
{
    begin();
    add_person("p0");
    add_person("p1");
    world.teams[world.team_count++] = (struct team){.id = name_of("t0"),
                                                    .hours = {.kind = HOURS_ALWAYS},
                                                    .call_out = minutes(15),
                                                    .capacity = 3};
    world.people[0].team = world.people[1].team = name_of("t0");
    add_work("v0", "t0", 30);
    add_work("v1", "t0", 30);
    add_work("v2", "t0", 31);
    ask("");
    expect_work(1, "t0", 15, 45);
    expect_work(2, "t0", 45, 76);
    ck_assert_int_eq(answer.lower_bound, (15 * 60) + (91 * 60 / 2));
    names_add(&world.question.lose, "t0");
    oracle_answer(&answer, &world, true);
    expect_work(0, "", NEVER, NEVER);
    ck_assert_int_eq(answer.lower_bound, -1);
}
END_TEST

/* ---- data ------------------------------------------------------------------------------------ */

START_TEST(data_lost_is_the_least_exposure_of_what_is_left)
{
    begin();
    add_supplier("s0", 60);
    add_supplier("s1", 60);
    struct plan *plan = add_plan("v0");
    names_add(&plan->regions, "s0.eu");
    add_runbook(plan, "r", "")->duration = minutes(50);
    add_scenario(plan, "a", "s0.eu");
    add_rto(plan, HOUR)->limits.rpo = minutes(30);
    plan->stores[0].id = name_of("d");
    names_add(&plan->stores[0].located, "s0.eu.a");
    plan->store_count = 1;
    plan->backups[0] =
        (struct backup){.id = name_of("b"), .store = name_of("d"), .every = minutes(1)};
    plan->backups[0].copies[0].region = name_of("s0.eu");
    plan->backups[0].copy_count = 1;
    plan->backups[1] = (struct backup){
        .id = name_of("c"), .store = name_of("d"), .every = minutes(40), .takes = minutes(5)};
    plan->backups[1].copies[0] = (struct copy){name_of("s0"), name_of("s0.eu"), minutes(1)};
    plan->backups[1].copies[1] = (struct copy){name_of("s1"), {{0}}, minutes(7)};
    plan->backups[1].copy_count = 2;
    plan->backup_count = 2;
    ask("s0.eu");
    expect_breach(0, PROMISE_RPO, 30, 52);
    plan->backup_count = 1;
    oracle_answer(&answer, &world, false);
    expect_breach(0, PROMISE_RPO, 30, NEVER);
}
END_TEST

Suite *suite_cases(void)
{
    Suite *suite = suite_create("cases");
    TCase *tests = tcase_create("cases");
    tcase_add_test(tests, a_dependant_resumes_after_what_it_depends_on);
    tcase_add_test(tests, a_circle_comes_up_together);
    tcase_add_test(tests, a_circle_of_recovery_needs_is_unknown);
    tcase_add_test(tests, a_need_holds_up_the_first_step_only);
    tcase_add_test(tests, a_fallback_lasts_to_the_minute);
    tcase_add_test(tests, a_workaround_covers_the_beginning);
    tcase_add_test(tests, a_supplier_falls_with_what_it_runs_on);
    tcase_add_test(tests, a_place_is_answered_by_scenario_redundancy_or_waiting);
    tcase_add_test(tests, the_longest_scenario_is_taken_unless_one_is_named);
    tcase_add_test(tests, the_lower_tier_goes_first);
    tcase_add_test(tests, a_step_goes_to_who_would_end_it_first);
    tcase_add_test(tests, work_stops_overnight_and_ends_at_the_closing_minute);
    tcase_add_test(tests, the_night_the_clocks_go_back_is_an_hour_longer);
    tcase_add_test(tests, holidays_close_all_but_those_who_are_always_there);
    tcase_add_test(tests, a_team_does_as_much_at_once_as_it_has_members);
    tcase_add_test(tests, data_lost_is_the_least_exposure_of_what_is_left);
    suite_add_tcase(suite, tests);
    return suite;
}
