/*
 * The oracle's binary. Without arguments it runs its suites.
 *
 *   contplan-oracle                    runs the suites
 *   contplan-oracle write SEED FOLDER  writes the portfolio of a seed, and prints the question
 *   contplan-oracle agree FROM COUNT   compares that many seeds, and reports each mismatch
 *   contplan-oracle list FROM COUNT    the same, but only lists the seeds
 */
#include "oracle.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static FILE *open_file(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return file;
}

static int write_seed(uint64_t seed, const char *folder)
{
    static struct world world;
    char name[64];
    world_generate(&world, seed);
    snprintf(name, sizeof(name), "%s/plans", folder);
    mkdir(folder, 0777);
    mkdir(name, 0777);
    FILE *file = open_file(folder, "contplan.yaml");
    world_write_portfolio(file, &world);
    fclose(file);
    for (int i = 0; i < world.plan_count; i++) {
        snprintf(name, sizeof(name), "plans/%s.yaml", world.plans[i].id.text);
        file = open_file(folder, name);
        world_write_plan(file, &world, i);
        fclose(file);
    }
    world_write_question(stdout, &world);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "write") == 0) {
        return write_seed(strtoull(argv[2], NULL, 10), argv[3]);
    }
    if (argc == 4 && (strcmp(argv[1], "agree") == 0 || strcmp(argv[1], "list") == 0)) {
        uint64_t from = strtoull(argv[2], NULL, 10);
        uint64_t count = strtoull(argv[3], NULL, 10);
        int wrong = agreement_run(stdout, from, count, argv[1][0] == 'l');
        printf("%d of %llu have two answers\n", wrong, (unsigned long long)count);
        return wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    SRunner *runner = srunner_create(suite_cases());
    srunner_add_suite(runner, suite_agreement());
    srunner_add_suite(runner, suite_properties());
    srunner_add_suite(runner, suite_remedies());
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
