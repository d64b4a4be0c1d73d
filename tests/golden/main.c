/*
 * Runs the golden suites: inputs with what is expected beside them. A suite registers each of its
 * cases as a test; this file knows the suites' names only.
 */
#include "suites.h"

#include <stdlib.h>

int main(void)
{
    SRunner *runner = srunner_create(cp_golden_rules());
    srunner_add_suite(runner, cp_golden_fixes());
    srunner_add_suite(runner, cp_golden_cli());
    srunner_add_suite(runner, cp_golden_examples());
    srunner_add_suite(runner, cp_golden_import());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
