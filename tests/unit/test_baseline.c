/*
 * Baselines: what stands in their file, and what they know of the findings in all fixtures of the
 * rules: the same files again hold nothing new, whatever the lines or the order of the run; what
 * the baseline does not know is reported, and nothing else; what is gone is told.
 */
#include "suites.h"

#include <contplan/engine.h>
#include <contplan/rules.h>
#include <contplan/source.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static const char folder[] = CONTPLAN_SOURCE_DIR "/tests/golden/rules";

/* ---- files ----------------------------------------------------------------------------------- */

struct tree {
    struct cp_arena arena;
    CP_LIST(struct cp_overlay_file) files;
};

static void tree_release(struct tree *tree)
{
    cp_list_release(&tree->files);
    cp_arena_release(&tree->arena);
}

/* Cuts a fixture into its files; those of another day are left out. */
static void tree_load(struct tree *out, const char *name)
{
    static const char mark[] = "--- # file: ";
    struct cp_error error;
    struct cp_buf bytes;
    struct cp_str line;
    struct cp_overlay_file *file = NULL;
    *out = (struct tree){0};
    cp_arena_init(&out->arena);
    cp_buf_init(&bytes);
    const char *path = cp_path_join(&out->arena, folder, name);
    ck_assert_int_eq(cp_source_folder.load(&cp_source_folder, path, SIZE_MAX, &bytes, &error), 0);
    struct cp_str rest = cp_arena_copy(&out->arena, cp_buf_str(&bytes));
    struct cp_str all = rest;
    cp_buf_release(&bytes);
    for (const char *from = rest.at; cp_str_line(&line, &rest); from = rest.at) {
        const char *end = rest.len > 0 ? rest.at : all.at + all.len;
        if (cp_str_has_prefix(line, mark)) {
            struct cp_str named = cp_str_slice(line, strlen(mark), SIZE_MAX);
            bool is_old = cp_str_find(named, CP_STR(" ")) != SIZE_MAX;
            file = is_old ? NULL : cp_list_push(&out->files, sizeof *file);
            if (file) {
                *file = (struct cp_overlay_file){cp_arena_copy(&out->arena, named).at, {end, 0}};
            }
        } else if (file) {
            file->bytes.len += (size_t)(end - from);
        }
    }
}

/* Two lines more above everything, and one below. */
static void move_lines(struct tree *tree)
{
    for (size_t i = 0; i < tree->files.count; i++) {
        struct cp_overlay_file *file = &tree->files.items[i];
        if (cp_str_has_suffix(cp_str_of(file->path), ".yaml")) {
            file->bytes =
                cp_arena_printf(&tree->arena, "# Moved\n\n%.*s\n# by lines\n", CP_ARG(file->bytes));
        }
    }
}

/* Plans keep their ids. */
static void rename_plans(struct tree *tree)
{
    for (size_t i = 0; i < tree->files.count; i++) {
        struct cp_overlay_file *file = &tree->files.items[i];
        if (cp_str_has_prefix(cp_str_of(file->path), "plans/") &&
            cp_str_find(file->bytes, CP_STR("\nid: ")) != SIZE_MAX) {
            file->path = cp_arena_printf(&tree->arena, "plans/renamed-%s", file->path + 6).at;
        }
    }
}

/* ---- runs ------------------------------------------------------------------------------------ */

struct result {
    size_t found, known;
    struct cp_known first; /* what was found, its text in static storage */
};

/* How a run is asked for; all plans where it names no path. */
struct asking {
    bool learns;
    unsigned jobs;
    const char *ignored, *path;
};

static struct result check(const struct tree *tree, struct cp_baseline *baseline,
                           struct asking asking)
{
    static char field[512];
    struct cp_overlay overlay = {.files = tree->files.items, .count = tree->files.count};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {.here = "/work",
                                 .today = cp_date_of(2026, 11, 23),
                                 .paths = &asking.path,
                                 .path_count = asking.path ? 1 : 0,
                                 .jobs = asking.jobs > 0 ? asking.jobs : 1,
                                 .baseline = baseline,
                                 .baseline_path = "/work/known/b.yaml",
                                 .learns = asking.learns};
    struct cp_selection selection;
    cp_selection_init(&selection);
    if (asking.ignored) {
        ck_assert(cp_selection_ignore(&selection, cp_str_of(asking.ignored)));
    }
    struct cp_engine *engine = cp_engine_new(&source, &request);
    const struct cp_findings *findings = cp_engine_validate(engine, &selection);
    struct result result = {.found = findings->count, .known = findings->known};
    if (findings->count > 0) {
        snprintf(field, sizeof field, "%.*s", CP_ARG(findings->items[0]->field));
        result.first.field = cp_str_of(field);
        result.first.rule = cp_str_of(findings->items[0]->rule->code);
    }
    for (size_t i = 0; i < findings->omission_count; i++) {
        result.found += findings->omissions[i].count;
    }
    cp_engine_free(engine);
    cp_selection_release(&selection);
    return result;
}

static size_t count_stale(const struct cp_baseline *baseline)
{
    size_t count = 0;
    for (size_t i = 0; i < baseline->items.count; i++) {
        const struct cp_known *known = &baseline->items.items[i];
        count += known->is_checked && known->found < known->count;
    }
    return count;
}

/* Of what is found, as it comes back from its file. */
static void learn(struct cp_baseline *out, const struct tree *tree)
{
    struct cp_error error;
    struct cp_buf text;
    cp_baseline_init(out);
    cp_buf_init(&text);
    check(tree, out, (struct asking){.learns = true});
    cp_baseline_prune(out);
    cp_baseline_put(&text, out);
    cp_baseline_release(out);
    cp_baseline_init(out);
    ck_assert_msg(cp_baseline_parse(out, cp_buf_str(&text), &error) == 0, "%s", error.text);
    cp_buf_release(&text);
}

/* ---- what holds of all fixtures -------------------------------------------------------------- */

static CP_LIST(char *) names;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list_fixtures(void)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        if (cp_str_has_suffix(cp_str_of(entry->d_name), ".yaml")) {
            size_t size = strlen(entry->d_name) + 1;
            char *name = cp_alloc(size);
            memcpy(name, entry->d_name, size);
            *(char **)cp_list_push(&names, sizeof name) = name;
        }
    }
    if (dir) {
        closedir(dir);
    }
    qsort(names.items, names.count, sizeof *names.items, compare_names);
}

START_TEST(test_what_is_known_is_not_found_again)
{
    struct tree tree;
    struct cp_baseline baseline;
    tree_load(&tree, names.items[_i]);
    learn(&baseline, &tree);
    struct result again = check(&tree, &baseline, (struct asking){.jobs = 3});
    ck_assert_msg(again.found == 0, "%s: %zu of %zu are found again", names.items[_i], again.found,
                  again.found + again.known);
    ck_assert_uint_eq(count_stale(&baseline), 0);
    check(&tree, &baseline, (struct asking){.ignored = "ALL"});
    ck_assert_msg(count_stale(&baseline) == 0, "%s: what was not asked for is gone",
                  names.items[_i]);
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

START_TEST(test_a_part_holds_nothing_new)
{
    struct tree tree;
    struct cp_baseline baseline;
    tree_load(&tree, names.items[_i]);
    learn(&baseline, &tree);
    for (size_t i = 0; i < tree.files.count; i++) {
        const char *path = tree.files.items[i].path;
        bool is_plan = cp_str_has_prefix(cp_str_of(path), "plans/") &&
                       cp_str_has_suffix(cp_str_of(path), ".yaml");
        struct result part = {0};
        if (is_plan) {
            part = check(&tree, &baseline, (struct asking){.path = path});
        }
        ck_assert_msg(part.found == 0, "%s: %s by itself has %zu, first %.*s at %.*s",
                      names.items[_i], path, part.found, CP_ARG(part.first.rule),
                      CP_ARG(part.first.field));
        ck_assert_msg(!is_plan || count_stale(&baseline) == 0,
                      "%s: by %s alone, entries are said to match nothing", names.items[_i], path);
    }
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

START_TEST(test_lines_may_move)
{
    struct tree tree;
    struct cp_baseline baseline;
    tree_load(&tree, names.items[_i]);
    learn(&baseline, &tree);
    move_lines(&tree);
    struct result moved = check(&tree, &baseline, (struct asking){0});
    ck_assert_msg(moved.found == 0, "%s: %zu are new where lines moved, first %.*s at %.*s",
                  names.items[_i], moved.found, CP_ARG(moved.first.rule),
                  CP_ARG(moved.first.field));
    ck_assert_uint_eq(count_stale(&baseline), 0);
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

START_TEST(test_what_is_not_known_is_found_alone)
{
    struct tree tree;
    struct cp_baseline baseline;
    tree_load(&tree, names.items[_i]);
    learn(&baseline, &tree);
    for (size_t i = 0; i < baseline.items.count; i++) {
        struct cp_known *taken = &baseline.items.items[i];
        taken->count--;
        struct result result = check(&tree, &baseline, (struct asking){0});
        ck_assert_msg(result.found == 1, "%s: without %.*s at %.*s, %zu are new", names.items[_i],
                      CP_ARG(taken->rule), CP_ARG(taken->field), result.found);
        ck_assert_msg(cp_str_is_equal(result.first.rule, taken->rule) &&
                          cp_str_is_equal(result.first.field, taken->field),
                      "%s: without %.*s at %.*s, %.*s at %.*s is new", names.items[_i],
                      CP_ARG(taken->rule), CP_ARG(taken->field), CP_ARG(result.first.rule),
                      CP_ARG(result.first.field));
        taken->count++;
    }
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

/* What is found of the names themselves is new, as CP014 is, and whom else it leads to. */
START_TEST(test_files_may_be_renamed)
{
    struct tree tree;
    struct cp_baseline baseline;
    tree_load(&tree, "CP201-placeholder-word.yaml");
    learn(&baseline, &tree);
    ck_assert_uint_gt(baseline.items.count, 10);
    rename_plans(&tree);
    struct result renamed = check(&tree, &baseline, (struct asking){.ignored = "CP014"});
    ck_assert_msg(renamed.found == 0, "%zu are new, first %.*s at %.*s", renamed.found,
                  CP_ARG(renamed.first.rule), CP_ARG(renamed.first.field));
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

/* ---- plans of our own ------------------------------------------------------------------------ */

static void put_plan(struct tree *tree, const char *path, const char *text)
{
    struct cp_overlay_file *file = cp_list_push(&tree->files, sizeof *file);
    *file = (struct cp_overlay_file){path, cp_str_of(text)};
}

START_TEST(test_entries_of_lists_may_move)
{
    struct tree tree = {0};
    struct cp_baseline baseline;
    cp_arena_init(&tree.arena);
    put_plan(&tree, "plans/a.yaml", "id: a\naliases:\n- TBC one\n- TBD two\n- TODO three\n");
    learn(&baseline, &tree);
    tree.files.items[0].bytes = cp_str_of("id: a\naliases:\n- zero\n- TBC one\n- TBD two\n"
                                          "- half\n- TODO three\n");
    ck_assert_uint_eq(check(&tree, &baseline, (struct asking){0}).found, 0);
    tree.files.items[0].bytes = cp_str_of("id: a\naliases:\n- TBC zero\n- TBC one\n- TBD two\n"
                                          "- TODO three\n");
    ck_assert_uint_eq(check(&tree, &baseline, (struct asking){0}).found, 1);
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

/* More of a rule than are kept of a file are known all the same, and one more is new. */
START_TEST(test_what_is_not_kept_is_known_too)
{
    enum { COUNT = CP_FINDINGS_PER_FILE + 60 };
    struct tree tree = {0};
    struct cp_baseline baseline;
    struct cp_buf text;
    cp_arena_init(&tree.arena);
    cp_buf_init(&text);
    cp_buf_puts(&text, "id: a\naliases:\n");
    for (int i = 0; i < COUNT; i++) {
        cp_buf_puts(&text, "- TBC\n");
    }
    put_plan(&tree, "plans/a.yaml", text.at);
    learn(&baseline, &tree);
    ck_assert_uint_eq(check(&tree, &baseline, (struct asking){0}).found, 0);
    ck_assert_uint_eq(count_stale(&baseline), 0);
    cp_buf_puts(&text, "- TBC\n");
    tree.files.items[0].bytes = cp_buf_str(&text);
    ck_assert_uint_eq(check(&tree, &baseline, (struct asking){0}).found, 1);
    text.len -= 2 * strlen("- TBC\n");
    tree.files.items[0].bytes = cp_buf_str(&text);
    ck_assert_uint_eq(check(&tree, &baseline, (struct asking){0}).found, 0);
    ck_assert_uint_eq(count_stale(&baseline), 1);
    cp_buf_release(&text);
    cp_baseline_release(&baseline);
    tree_release(&tree);
}
END_TEST

/* ---- the file -------------------------------------------------------------------------------- */

static int parse(struct cp_baseline *out, const char *text)
{
    struct cp_error error;
    cp_baseline_init(out);
    return cp_baseline_parse(out, cp_str_of(text), &error);
}

/* Whatever a file, a field or an id is called, it comes back, on a line of its own. */
START_TEST(test_any_text_comes_back)
{
    static const char *const texts[] = {"a b",
                                        "\"",
                                        "\\",
                                        "it's",
                                        "}, {file: x",
                                        "# no",
                                        "\n- {x: y}",
                                        "\x1b[31m",
                                        "\xc2\x85",
                                        "\xe2\x80\xae",
                                        "\xe2\x80\xa8",
                                        "\xf3\xa0\x80\x81",
                                        "\xc3\xa9",
                                        "yes",
                                        "-",
                                        "]",
                                        "\t",
                                        "\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct cp_str text = cp_str_of(texts[i]);
        struct cp_baseline was;
        struct cp_baseline is;
        struct cp_buf out;
        cp_buf_init(&out);
        cp_baseline_init(&was);
        *(struct cp_known *)cp_list_push(&was.items, sizeof(struct cp_known)) = (struct cp_known){
            .file = text, .plan = text, .field = text, .rule = CP_STR("CP101"), .count = 7};
        cp_baseline_put(&out, &was);
        ck_assert_msg(parse(&is, out.at) == 0, "'%s' does not come back", texts[i]);
        ck_assert_uint_eq(is.items.count, 1);
        ck_assert(cp_str_is_equal(is.items.items[0].file, text));
        ck_assert(cp_str_is_equal(is.items.items[0].plan, text));
        ck_assert(cp_str_is_equal(is.items.items[0].field, text));
        ck_assert_uint_eq(is.items.items[0].count, 7);
        ck_assert_uint_eq(is.items.items[0].line, 5);
        cp_baseline_release(&is);
        cp_baseline_release(&was);
        cp_buf_release(&out);
    }
}
END_TEST

START_TEST(test_other_hands_may_write_it)
{
    struct cp_baseline baseline;
    ck_assert_int_eq(parse(&baseline, "\xef\xbb\xbf# ours\r\n\r\nversion: '1'  # the first\r\n"
                                      "findings:\r\n  - { rule: CP101 , file: plans/a.yaml }\r\n"
                                      "- {count: 2, file: 'it''s', rule: \"CP\\x3101\"}"),
                     0);
    ck_assert_uint_eq(baseline.items.count, 2);
    ck_assert(cp_str_is(baseline.items.items[0].file, "plans/a.yaml"));
    ck_assert_uint_eq(baseline.items.items[0].count, 1);
    ck_assert(cp_str_is(baseline.items.items[1].file, "it's"));
    ck_assert(cp_str_is(baseline.items.items[1].rule, "CP101"));
    cp_baseline_release(&baseline);
}
END_TEST

/* Bytes are cut and changed at any place: it is read or refused, and nothing else happens. */
START_TEST(test_no_bytes_do_harm)
{
    static const char whole[] = "version: 1\nfindings:\n"
                                "- {file: \"\\u00e9\", plan: 'x''', field: a[0], rule: CP101}\n";
    char text[sizeof whole];
    for (size_t i = 0; i < sizeof whole; i++) {
        for (unsigned c = 0; c < 256; c += 5) {
            struct cp_error error;
            struct cp_baseline baseline;
            memcpy(text, whole, sizeof whole);
            text[i] = (char)c;
            cp_baseline_init(&baseline);
            (void)cp_baseline_parse(&baseline, (struct cp_str){text, sizeof whole - 1}, &error);
            cp_baseline_release(&baseline);
            cp_baseline_init(&baseline);
            int cut = cp_baseline_parse(&baseline, (struct cp_str){whole, i}, &error);
            ck_assert(cut == 0 || error.text[0] != '\0');
            cp_baseline_release(&baseline);
        }
    }
}
END_TEST

Suite *cp_suite_baseline(void)
{
    list_fixtures();
    int count = (int)names.count;
    Suite *suite = suite_create("baseline");
    TCase *tests = tcase_create("baseline");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_what_is_known_is_not_found_again, 0, count);
    tcase_add_loop_test(tests, test_a_part_holds_nothing_new, 0, count);
    tcase_add_loop_test(tests, test_lines_may_move, 0, count);
    tcase_add_loop_test(tests, test_what_is_not_known_is_found_alone, 0, count);
    tcase_add_test(tests, test_files_may_be_renamed);
    tcase_add_test(tests, test_entries_of_lists_may_move);
    tcase_add_test(tests, test_what_is_not_kept_is_known_too);
    tcase_add_test(tests, test_any_text_comes_back);
    tcase_add_test(tests, test_other_hands_may_write_it);
    tcase_add_test(tests, test_no_bytes_do_harm);
    suite_add_tcase(suite, tests);
    return suite;
}
