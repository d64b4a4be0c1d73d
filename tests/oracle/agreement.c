/*
 * The suite in which contplan and the oracle are held against each other, seed by seed.
 */
#include "agree.h"
#include "suites.h"

#include <stdlib.h>

enum { PARTS = 20 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { PORTFOLIOS = 1000 };
#else
enum { PORTFOLIOS = 10000 };
#endif

static bool is_wrong(const struct world *world)
{
    int skipped = 0;
    return (world->question.lose.count > 0 || name_is_stated(&world->question.scenario)) &&
           !worlds_agree(NULL, world, &skipped);
}

int agreement_run(FILE *out, uint64_t from, uint64_t count, bool is_short)
{
    static struct world world;
    int wrong = 0;
    int skipped = 0;
    for (uint64_t seed = from; seed < from + count; seed++) {
        world_generate(&world, seed);
        if (worlds_agree(NULL, &world, &skipped)) {
            continue;
        }
        wrong++;
        fprintf(out, "seed %llu\n", (unsigned long long)seed);
        if (!is_short) {
            world_minimise(&world, is_wrong);
            world_report(out, &world);
            fputc('\n', out);
        }
    }
    if (skipped > 0) {
        fprintf(out, "%d were not over at the oracle's horizon\n", skipped);
    }
    return wrong;
}

START_TEST(contplan_agrees_with_the_oracle)
{
    int wrong =
        agreement_run(stderr, (uint64_t)_i * (PORTFOLIOS / PARTS), PORTFOLIOS / PARTS, false);
    ck_assert_msg(wrong == 0, "%d portfolios have two answers", wrong);
}
END_TEST

START_TEST(the_portfolios_are_sound)
{
    static struct world world;
    for (uint64_t seed = 0; seed < 200; seed++) {
        world_generate(&world, seed);
        ck_assert_msg(contplan_faults(&world, stderr) == 0, "seed %llu", (unsigned long long)seed);
    }
}
END_TEST

Suite *suite_agreement(void)
{
    Suite *suite = suite_create("agreement");
    TCase *tests = tcase_create("agreement");
    tcase_add_test(tests, the_portfolios_are_sound);
    tcase_add_loop_test(tests, contplan_agrees_with_the_oracle, 0, PARTS);
    suite_add_tcase(suite, tests);
    return suite;
}
