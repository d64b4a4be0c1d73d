/* Documents beside plans: how often each is read. What is found in them, fixtures of rules say. */
#include "suites.h"

#include <contplan/engine.h>

#include <string.h>

static const struct cp_overlay_file files[] = {
    {"plans/a.yaml", CP_STR("id: a\n"
                            "scope:\n"
                            "  description: Read [one](one.md#start), [two](two.md#end).\n"
                            "  notes: Read [one again](one.md#gone).\n")},
    {"plans/one.md", CP_STR("# Start\n\nSee [itself](one.md#start), [two](two.md#gone).\n")},
    {"plans/two.md", CP_STR("# End\n\nSee [one](one.md#start), [three](three.md#there).\n")},
    {"plans/three.md", CP_STR("# There\n")},
};
static const struct cp_overlay overlay = {.files = files, .count = sizeof files / sizeof *files};

static struct cp_source below;
static unsigned loads[sizeof files / sizeof *files];

static int count_load(const struct cp_source *source, const char *path, size_t limit,
                      struct cp_buf *out, struct cp_error *error)
{
    (void)source;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        loads[i] += strcmp(path, files[i].path) == 0;
    }
    return below.load(&below, path, limit, out, error);
}

START_TEST(each_is_read_once)
{
    static const char *const paths[] = {"plans/a.yaml"};
    struct cp_selection selection;
    const struct cp_request request = {.paths = paths, .path_count = 1, .jobs = 1};
    memset(loads, 0, sizeof loads);
    below = cp_source_overlay(&overlay);
    struct cp_source source = below;
    source.load = count_load;
    struct cp_engine *engine = cp_engine_new(&source, &request);
    cp_selection_init(&selection);
    const struct cp_findings *findings = cp_engine_validate(engine, &selection);
    size_t dead = 0;
    for (size_t i = 0; i < findings->count; i++) {
        dead += strcmp(findings->items[i]->rule->code, "CP702") == 0;
    }
    ck_assert_uint_eq(dead, 2);
    cp_engine_free(engine);
    cp_selection_release(&selection);
    for (size_t i = 1; i < sizeof files / sizeof *files; i++) {
        ck_assert_msg(loads[i] == 1, "%s was read %u times", files[i].path, loads[i]);
    }
}
END_TEST

Suite *cp_suite_documents(void)
{
    Suite *suite = suite_create("documents");
    TCase *tests = tcase_create("reading");
    tcase_add_test(tests, each_is_read_once);
    suite_add_tcase(suite, tests);
    return suite;
}
