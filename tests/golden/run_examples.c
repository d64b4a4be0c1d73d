/*
 * The examples of the rules, as `contplan explain` prints them: in the bad one the rule fires, in
 * the good one it does not. Neither may have a defect of shape that is not its rule's.
 */
#include "past.h"
#include "suites.h"

#include <contplan/engine.h>
#include <contplan/rules.h>
#include <contplan/source.h>

#include <string.h>

/* An example without `# file:` lines is one plan of this name. */
static const char nameless[] = "plan.yaml";

struct example {
    struct cp_arena arena;
    CP_LIST(struct cp_overlay_file) files;
    struct past_case past;
};

static void split(struct example *example, const char *text)
{
    struct cp_str mark = CP_STR("# file: ");
    struct cp_str rest = cp_str_of(text);
    struct cp_str line;
    struct cp_overlay_file *file = NULL;
    struct past_file *old = NULL;
    for (const char *from = text; cp_str_line(&line, &rest); from = rest.at) {
        bool is_head = cp_str_has_prefix(line, mark.at);
        old = is_head ? past_case_add(&example->past, cp_str_slice(line, mark.len, SIZE_MAX)) : old;
        if (old) {
            const char *begin = old->text.at ? old->text.at : from;
            const char *stop = rest.len > 0 ? rest.at : text + strlen(text);
            old->text = (struct cp_str){begin, (size_t)(stop - begin)};
            continue;
        }
        if (is_head || !file) {
            file = cp_list_push(&example->files, sizeof *file);
            file->path = nameless;
            file->bytes = (struct cp_str){from, 0};
        }
        if (is_head) {
            struct cp_str path = cp_str_slice(line, mark.len, SIZE_MAX);
            file->path = cp_arena_copy(&example->arena, path).at;
        }
        const char *end = rest.len > 0 ? rest.at : text + strlen(text);
        file->bytes.len += (size_t)(end - from);
    }
}

/* How often `rule` fires; fails where the shape of the example is wrong in another way. */
static size_t count(const struct cp_rule *rule, const struct cp_findings *findings)
{
    size_t fires = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        bool is_own = strcmp(finding->rule->code, rule->code) == 0;
        ck_assert_msg(is_own || strncmp(finding->rule->code, "CP0", 3) != 0 ||
                          strncmp(rule->code, "CP0", 3) == 0,
                      "%s: %s:%u: %s: %.*s", rule->code, finding->at.path, finding->at.line,
                      finding->rule->code, CP_ARG(finding->message));
        fires += is_own;
    }
    return fires;
}

static size_t run(const struct cp_rule *rule, const char *text)
{
    struct example example = {0};
    struct cp_selection selection;
    cp_arena_init(&example.arena);
    past_case_init(&example.past);
    cp_selection_init(&selection);
    split(&example, text);
    struct cp_overlay overlay = {example.files.items, example.files.count, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {
        .today = cp_date_of(2026, 11, 23), .jobs = 1, .nameless = nameless};
    if (past_case_open(&example.past, &source)) {
        request.past = &example.past.past;
        request.before = &example.past.before;
    }
    struct cp_engine *engine = cp_engine_new(&source, &request);
    size_t fires = count(rule, cp_engine_validate(engine, &selection));
    cp_engine_free(engine);
    cp_selection_release(&selection);
    cp_list_release(&example.files);
    past_case_release(&example.past);
    cp_arena_release(&example.arena);
    return fires;
}

START_TEST(the_bad_example_is_found_and_the_good_one_is_not)
{
    const struct cp_rule *rule = cp_checks_get((size_t)_i)->rule;
    ck_assert_msg(rule->bad && rule->good, "%s has no examples", rule->code);
    ck_assert_msg(run(rule, rule->bad) > 0, "%s: its bad example is not found", rule->code);
    ck_assert_msg(run(rule, rule->good) == 0, "%s: its good example is found", rule->code);
}
END_TEST

Suite *cp_golden_examples(void)
{
    Suite *suite = suite_create("examples");
    TCase *examples = tcase_create("examples");
    tcase_add_loop_test(examples, the_bad_example_is_found_and_the_good_one_is_not, 0,
                        (int)cp_checks_count());
    suite_add_tcase(suite, examples);
    return suite;
}
