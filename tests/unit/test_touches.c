/* Which versions of a file changed what stands at a field: values are compared, not bytes. */
#include "suites.h"

#include <contplan/engine.h>

#include <stdlib.h>
#include <string.h>

enum { MOST = 4 };

static const char path[] = "plans/a.yaml";
static struct cp_log_commit commits[MOST];
static const char *const *texts; /* the newest first; NULL: cannot be read */
static size_t text_count;
static struct cp_buf told;

/* ---- a past of texts ------------------------------------------------------------------------- */

static int give_log(const struct cp_past *past, struct cp_log *out, const char *const *paths,
                    size_t count, struct cp_error *error)
{
    (void)past;
    (void)error;
    *out = (struct cp_log){.files = cp_alloc((count + 1) * sizeof *out->files), .count = count};
    cp_arena_init(&out->arena);
    for (size_t i = 0; i < count; i++) {
        out->files[i] = (struct cp_log_file){.path = paths[i]};
        for (size_t j = 0; j < text_count; j++) {
            struct cp_log_version *version = cp_list_push(&out->files[i].versions, sizeof *version);
            *version = (struct cp_log_version){.commit = &commits[j], .path = path};
        }
    }
    cp_log_chain(out);
    return 0;
}

static int give_text(const struct cp_past *past, const struct cp_log_version *version, size_t limit,
                     struct cp_buf *out, struct cp_error *error)
{
    (void)past;
    (void)limit;
    const char *text = texts[version->commit->order];
    if (!text) {
        return cp_error_set(error, "it is not there");
    }
    cp_buf_puts(out, text);
    return 0;
}

static void tell(void *context, size_t field, const struct cp_log_commit *commit)
{
    const char *const *fields = context;
    cp_buf_printf(&told, "%s%zu %s", told.len > 0 ? ", " : "", commit->order, fields[field]);
}

/* Commit 0 is of 2026-01-10, each before it a day older. `wanted` tells all touches; NULL: they are
 * not known. */
static void check(const char *const *versions, size_t count, const char *field, const char *wanted)
{
    static const char *const paths[] = {path};
    const char *const fields[] = {field};
    const struct cp_overlay_file file = {path, CP_STR("id: a\n")};
    const struct cp_overlay overlay = {.files = &file, .count = 1};
    const struct cp_source source = cp_source_overlay(&overlay);
    const struct cp_past past = {.log = give_log, .load = give_text};
    const struct cp_request request = {.paths = paths, .path_count = 1, .past = &past, .jobs = 1};
    const struct cp_touches asked = {.fields = fields,
                                     .count = 1,
                                     .has_from = true,
                                     .from = cp_date_of(2026, 1, 8),
                                     .to = cp_date_of(2026, 1, 10),
                                     .touch = tell,
                                     .context = (void *)(uintptr_t)fields};
    texts = versions;
    text_count = count;
    cp_buf_init(&told);
    struct cp_engine *engine = cp_engine_new(&source, &request);
    bool is_known = cp_engine_touches(engine, path, &asked);
    cp_engine_free(engine);
    ck_assert_int_eq(is_known, wanted != NULL);
    ck_assert_str_eq(told.len > 0 ? told.at : "", wanted ? wanted : "");
    cp_buf_release(&told);
}

#define CHECK(field, wanted, ...)                                                                  \
    check((const char *const[]){__VA_ARGS__},                                                      \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), field, wanted)

static void setup(void)
{
    for (size_t i = 0; i < MOST; i++) {
        commits[i] = (struct cp_log_commit){.order = i, .committed = cp_date_of(2026, 1, 10)};
        commits[i].committed.days -= (int32_t)i;
    }
}

/* ---- tests ----------------------------------------------------------------------------------- */

START_TEST(ways_of_writing_are_no_change)
{
    CHECK("scope", "1 scope", "scope: {out: [b], in: ['a']} # as before\n",
          "scope:\n  in:\n    - a\n  out: [\"b\"]\n");
    CHECK("scope.in", "", "scope: {in: [a], out: [c]}\n", "scope: {in: [a], out: [b]}\n",
          "scope: {in: [a]}\n", "scope: {in: [a]}\n");
}
END_TEST

START_TEST(order_in_a_list_is_a_change)
{
    CHECK("scope.in", "0 scope.in, 1 scope.in", "scope: {in: [b, a]}\n", "scope: {in: [a, b]}\n");
}
END_TEST

START_TEST(lists_are_entered)
{
    CHECK("roles[].to", "0 roles[].to", "roles: [{to: a}, {to: c}]\n",
          "roles: [{to: a}, {to: b}]\n", "roles: [{to: a, by: d}, {to: b}]\n",
          "roles: [{to: a, by: d}, {to: b}]\n");
    CHECK("roles[0].to", "", "roles: [{to: a}, {to: c}]\n", "roles: [{to: a}, {to: b}]\n",
          "roles: [{to: a}]\n", "roles: [{to: a}]\n");
    CHECK("roles.to", "0 roles.to, 1 roles.to", "roles: [{to: b}]\n", "roles: [{to: a}]\n");
}
END_TEST

START_TEST(what_stands_above_counts_where_it_is_exempt)
{
    CHECK("scope.in", "0 scope.in, 1 scope.in", "scope: {unknown: {reason: b}}\n",
          "scope: {unknown: {reason: a}}\n");
    CHECK("scope.in", "0 scope.in", "scope: {in: [a]}\n", "scope: none\n", "scope: none\n",
          "scope: none\n");
}
END_TEST

START_TEST(only_the_period_is_told)
{
    CHECK("name", "2 name", "name: b\n", "name: b\n", "name: b\n", "name: a\n");
    CHECK("name", "", "name: b\n", "name: b\n", "name: b\n", "name: b\n");
}
END_TEST

START_TEST(what_cannot_be_read_is_not_known)
{
    CHECK("name", NULL, "name: b\n", "name: b\n", NULL);
    CHECK("name", "0 name, 1 name", "name: b\n", "name: [\n", "name: b\n", "name: b\n");
    check(NULL, 0, "name", NULL);
}
END_TEST

Suite *cp_suite_touches(void)
{
    Suite *suite = suite_create("touches");
    TCase *tests = tcase_create("touches");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, ways_of_writing_are_no_change);
    tcase_add_test(tests, order_in_a_list_is_a_change);
    tcase_add_test(tests, lists_are_entered);
    tcase_add_test(tests, what_stands_above_counts_where_it_is_exempt);
    tcase_add_test(tests, only_the_period_is_told);
    tcase_add_test(tests, what_cannot_be_read_is_not_known);
    suite_add_tcase(suite, tests);
    return suite;
}
