/*
 * What contplan says would help most, done: the change is written into the portfolio, the outage
 * simulated again, and the gain has to be what was said. Changes that a portfolio can state in
 * several ways are left out: a second person, somebody for a role, and the hours of a team.
 */
#include "agree.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { PARTS = 4, PORTFOLIOS = 50 };
#else
enum { PARTS = 4, PORTFOLIOS = 250 };
#endif

static struct world world;
static struct world changed;

/* ---- changes --------------------------------------------------------------------------------- */

/* A team that states its capacity, and has nobody in it who would count as well. */
static bool add_capacity(const struct remedy *remedy)
{
    for (int i = 0; i < changed.team_count; i++) {
        struct team *team = &changed.teams[i];
        bool has_members = team->members.count > 0;
        for (int j = 0; j < changed.person_count; j++) {
            has_members = has_members || name_is_same(&changed.people[j].team, &team->id);
        }
        if (name_is_same(&team->id, &remedy->name) && !has_members) {
            team->capacity = (team->capacity > 0 ? team->capacity : 1) + 1;
            team->is_capacity_unknown = false;
            return true;
        }
    }
    return false;
}

static bool open_always(const struct remedy *remedy)
{
    for (int i = 0; i < changed.person_count; i++) {
        struct person *person = &changed.people[i];
        if (name_is_same(&person->id, &remedy->name) && !person->has_until) {
            person->hours = (struct hours){.kind = HOURS_ALWAYS};
            return true;
        }
    }
    return false;
}

/* The only dependency of the plan on that thing. */
static bool add_fallback(const struct remedy *remedy)
{
    struct dependency *only = NULL;
    int count = 0;
    for (int i = 0; i < changed.plan_count; i++) {
        struct plan *plan = &changed.plans[i];
        for (int j = 0; name_is_same(&plan->id, &remedy->service) && j < plan->dependency_count;
             j++) {
            if (name_is_same(&plan->dependencies[j].target, &remedy->name)) {
                only = &plan->dependencies[j];
                count++;
            }
        }
    }
    if (count == 1) {
        only->has_fallback = true;
        only->is_fallback_unknown = false;
        only->sustain = (struct length){.kind = NOT_STATED};
    }
    return count == 1;
}

static bool commit(const struct remedy *remedy)
{
    for (int i = 0; i < changed.supplier_count; i++) {
        struct supplier *supplier = &changed.suppliers[i];
        if (name_is_same(&supplier->id, &remedy->name) && remedy->within % 60 == 0) {
            supplier->rto = (struct length){ELAPSED, (int)(remedy->within / 60)};
            return true;
        }
    }
    return false;
}

/* Whether the change can be written in one way only, and was. */
static bool change(const struct remedy *remedy)
{
    changed = world;
    switch (remedy->kind) {
    case MORE_CAPACITY:
        return add_capacity(remedy);
    case LONGER_HOURS:
        return open_always(remedy);
    case LASTING_FALLBACK:
        return add_fallback(remedy);
    case COMMITMENT:
        return commit(remedy);
    case OTHER_REMEDY:
        break;
    }
    return false;
}

/* ---- the gain -------------------------------------------------------------------------------- */

static struct remedy gain_of(const struct fares *without, const struct fares *with)
{
    struct remedy gain = {.breaches = without->breaches - with->breaches};
    for (int i = 0; i < world.plan_count; i++) {
        bool was_known = without->well[i] != INT64_MAX;
        bool is_known = with->well[i] != INT64_MAX;
        gain.made_known += (int)is_known - (int)was_known;
        if (was_known && is_known) {
            gain.saved += without->well[i] - with->well[i];
            gain.services += with->well[i] < without->well[i];
        }
    }
    return gain;
}

static void expect_gain(uint64_t seed, const struct remedy *said, const struct fares *without)
{
    static struct remedy others[MOST_REMEDIES];
    struct fares with;
    (void)contplan_remedies(others, &with, &changed);
    struct remedy gain = gain_of(without, &with);
    ck_assert_msg(
        gain.saved == said->saved && gain.services == said->services &&
            gain.made_known == said->made_known && gain.breaches == said->breaches,
        "seed %llu, kind %d, %s of %s: said %lld s in %d services, %d known, %d promises; "
        "is %lld s in %d, %d, %d",
        (unsigned long long)seed, (int)said->kind, said->name.text, said->service.text,
        (long long)said->saved, said->services, said->made_known, said->breaches,
        (long long)gain.saved, gain.services, gain.made_known, gain.breaches);
}

START_TEST(what_would_help_does)
{
    static struct remedy remedies[MOST_REMEDIES];
    int done[OTHER_REMEDY + 1] = {0};
    for (uint64_t seed = (uint64_t)_i * PORTFOLIOS; seed < (uint64_t)(_i + 1) * PORTFOLIOS;
         seed++) {
        struct fares without;
        world_generate(&world, seed);
        int count = contplan_remedies(remedies, &without, &world);
        for (int i = 0; i < count; i++) {
            if (change(&remedies[i])) {
                done[remedies[i].kind]++;
                expect_gain(seed, &remedies[i], &without);
            }
        }
    }
    ck_assert_int_gt(done[LASTING_FALLBACK], 0);
    ck_assert_int_gt(done[COMMITMENT] + done[LONGER_HOURS] + done[MORE_CAPACITY], 0);
}
END_TEST

Suite *suite_remedies(void)
{
    Suite *suite = suite_create("remedies");
    TCase *tests = tcase_create("remedies");
    tcase_add_loop_test(tests, what_would_help_does, 0, PARTS);
    suite_add_tcase(suite, tests);
    return suite;
}
