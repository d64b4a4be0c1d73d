/* Severities, line tables, locations, findings. */
#include "suites.h"

#include <contplan/diag.h>

#include <string.h>

#define EQ(s, text) ck_assert_msg(cp_str_is((s), (text)), "'%.*s' is not '%s'", CP_ARG(s), (text))

static const struct cp_rule rule = {
    .code = "CP001",
    .name = "test-rule",
    .severity = CP_WARNING,
    .summary = "a rule of the tests",
    .explanation = "It fires here.",
    .clause = "ISO 22301 8.4.4",
};

static struct cp_location locate(struct cp_file *file, uint32_t offset, uint32_t length,
                                 struct cp_arena *arena)
{
    return cp_location_of((struct cp_place){file, {offset, length}}, arena);
}

static void assert_location(struct cp_location at, unsigned line, unsigned column,
                            unsigned end_line, unsigned end_column)
{
    ck_assert_uint_eq(at.line, line);
    ck_assert_uint_eq(at.column, column);
    ck_assert_uint_eq(at.end_line, end_line);
    ck_assert_uint_eq(at.end_column, end_column);
}

START_TEST(severities_have_names)
{
    for (int i = CP_OFF; i <= CP_ERROR; i++) {
        enum cp_severity parsed = CP_OFF;
        ck_assert(cp_severity_parse(&parsed, cp_str_of(cp_severity_name((enum cp_severity)i))));
        ck_assert_int_eq((int)parsed, i);
    }
    enum cp_severity untouched = CP_INFO;
    ck_assert(!cp_severity_parse(&untouched, CP_STR("Error")));
    ck_assert(!cp_severity_parse(&untouched, CP_STR("")));
    ck_assert_int_eq(untouched, CP_INFO);
}
END_TEST

START_TEST(line_table_knows_all_line_ends)
{
    const struct {
        struct cp_str bytes;
        uint32_t count;
        uint32_t lines[5];
    } rows[] = {
        {CP_STR(""), 1, {0}},
        {CP_STR("a"), 1, {0}},
        {CP_STR("a\n"), 2, {0, 2}},
        {CP_STR("a\nbc\n\nd"), 4, {0, 2, 5, 6}},
        {CP_STR("a\r\nb\rc\n"), 4, {0, 3, 5, 7}},
        {CP_STR("\r\r\n\n"), 4, {0, 1, 3, 4}},
        {CP_STR("a\r"), 2, {0, 2}},
        {CP_STR("\xef\xbb\xbf"
                "a\nb"),
         2,
         {3, 5}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_file file;
        cp_file_init(&file, "a.yaml");
        ck_assert(!file.is_loaded);
        cp_file_set(&file, rows[i].bytes);
        ck_assert(file.is_loaded);
        ck_assert_uint_eq(file.line_count, rows[i].count);
        ck_assert_mem_eq(file.lines, rows[i].lines, rows[i].count * sizeof(uint32_t));
        cp_file_drop(&file);
        ck_assert(!file.is_loaded);
        ck_assert_str_eq(file.path, "a.yaml");
    }
}
END_TEST

START_TEST(line_table_grows)
{
    char bytes[5000];
    struct cp_file file;
    cp_file_init(&file, "a.yaml");
    for (int round = 0; round < 2; round++) {
        memset(bytes, round == 0 ? '\n' : '\r', sizeof bytes);
        cp_file_set(&file, (struct cp_str){bytes, sizeof bytes});
        ck_assert_uint_eq(file.line_count, 5001);
        for (uint32_t i = 0; i < file.line_count; i++) {
            ck_assert_uint_eq(file.lines[i], i);
        }
    }
    cp_file_drop(&file);
}
END_TEST

START_TEST(locations_count_characters_from_one)
{
    struct cp_arena arena;
    struct cp_file file;
    cp_arena_init(&arena);
    cp_file_init(&file, "plans/a.yaml");
    cp_file_set(&file, CP_STR("id: a\nname: caf\xc3\xa9 b\r\nx\n"));
    struct cp_location at = locate(&file, 0, 2, &arena);
    assert_location(at, 1, 1, 1, 3);
    EQ(at.excerpt, "id: a");
    ck_assert_str_eq(at.path, "plans/a.yaml");
    at = locate(&file, 18, 1, &arena);
    assert_location(at, 2, 12, 2, 13);
    EQ(at.excerpt, "name: caf\xc3\xa9 b");
    ck_assert_uint_eq(at.excerpt_column, 1);
    assert_location(locate(&file, 4, 10, &arena), 1, 5, 2, 9);
    /* Inside the character of two bytes, at both ends. */
    assert_location(locate(&file, 16, 0, &arena), 2, 10, 2, 10);
    assert_location(locate(&file, 15, 1, &arena), 2, 10, 2, 10);
    assert_location(locate(&file, 15, 2, &arena), 2, 10, 2, 11);
    cp_file_drop(&file);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(locations_at_line_ends_and_beyond)
{
    struct cp_arena arena;
    struct cp_file file;
    cp_arena_init(&arena);
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, CP_STR("ab\r\ncd\n"));
    assert_location(locate(&file, 2, 0, &arena), 1, 3, 1, 3);
    assert_location(locate(&file, 3, 0, &arena), 1, 3, 1, 3);
    assert_location(locate(&file, 4, 3, &arena), 2, 1, 3, 1);
    assert_location(locate(&file, 7, 0, &arena), 3, 1, 3, 1);
    assert_location(locate(&file, 700, UINT32_MAX, &arena), 3, 1, 3, 1);
    cp_file_set(&file, CP_STR(""));
    assert_location(locate(&file, 0, 0, &arena), 1, 1, 1, 1);
    cp_file_set(&file, CP_STR("\xef\xbb\xbf"
                              "ab"));
    assert_location(locate(&file, 0, 3, &arena), 1, 1, 1, 1);
    assert_location(locate(&file, 4, 1, &arena), 1, 2, 1, 3);
    EQ(locate(&file, 0, 0, &arena).excerpt, "ab");
    cp_file_drop(&file);
    cp_arena_release(&arena);
}
END_TEST

/* Every place in a long line of two-byte characters: the excerpt is whole, short enough, and holds
 * the place where its column says. */
START_TEST(long_lines_give_a_window)
{
    char bytes[1001];
    struct cp_arena arena;
    struct cp_file file;
    for (size_t i = 0; i < 1000; i += 2) {
        memcpy(bytes + i, "\xc3\xa9", 3);
    }
    cp_arena_init(&arena);
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, (struct cp_str){bytes, 1000});
    for (uint32_t offset = 0; offset <= 1000; offset += 2) {
        struct cp_location at = locate(&file, offset, 0, &arena);
        ck_assert_uint_eq(at.column, offset / 2 + 1);
        ck_assert_uint_ge(at.excerpt.len, 198);
        ck_assert_uint_le(at.excerpt.len, 200);
        ck_assert_uint_eq(cp_utf8_count(at.excerpt) * 2, at.excerpt.len);
        ck_assert_uint_le(at.excerpt_column, at.column);
        ck_assert_uint_le(at.column, at.excerpt_column + 100);
    }
    ck_assert_uint_eq(locate(&file, 100, 0, &arena).excerpt_column, 1);
    cp_file_drop(&file);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(malformed_long_lines_are_bounded)
{
    char bytes[1000];
    struct cp_arena arena;
    struct cp_file file;
    memset(bytes, 0x80, sizeof bytes);
    cp_arena_init(&arena);
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, (struct cp_str){bytes, sizeof bytes});
    for (uint32_t offset = 0; offset <= 1000; offset++) {
        struct cp_location at = locate(&file, offset, 1, &arena);
        ck_assert_uint_eq(at.column, offset + 1);
        ck_assert_uint_le(at.excerpt.len, 200);
        ck_assert_uint_ge(at.excerpt.len, 197);
        ck_assert_uint_le(at.excerpt_column, at.column);
    }
    cp_file_drop(&file);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(a_finding_carries_its_rule_and_place)
{
    struct cp_file file;
    struct cp_diags diags;
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, CP_STR("rto: 5h\n"));
    cp_diags_init(&diags);
    cp_diags_begin_file(&diags, 7);
    struct cp_place place = {&file, {5, 2}};
    struct cp_diagnostic *found =
        cp_diags_add(&diags, &rule, place, CP_STR("objectives[0].rto"), "rto is %d hours", 5);
    cp_diagnostic_help(&diags, found, "write %s", "4h");
    cp_diagnostic_note(&diags, found, (struct cp_place){&file, {0, 3}}, "declared %s", "here");
    ck_assert_uint_eq(diags.items.count, 1);
    ck_assert_ptr_eq(diags.items.items[0], found);
    ck_assert_int_eq(found->severity, CP_WARNING);
    ck_assert_uint_eq(found->plan_index, 7);
    ck_assert_uint_eq(found->plan_count, 1);
    EQ(found->field, "objectives[0].rto");
    EQ(found->message, "rto is 5 hours");
    EQ(found->help, "write 4h");
    EQ(found->clause, "ISO 22301 8.4.4");
    ck_assert(found->is_resolved);
    assert_location(found->at, 1, 6, 1, 8);
    ck_assert_uint_eq(found->notes.count, 1);
    EQ(found->notes.items[0].message, "declared here");
    assert_location(found->notes.items[0].at, 1, 1, 1, 4);
    cp_diags_release(&diags);
    cp_file_drop(&file);
}
END_TEST

START_TEST(places_are_resolved_when_bytes_come)
{
    struct cp_file file;
    struct cp_diags diags;
    cp_file_init(&file, "a.yaml");
    cp_diags_init(&diags);
    struct cp_place place = {&file, {2, 1}};
    struct cp_diagnostic *found = cp_diags_add(&diags, &rule, place, CP_STR(""), "late");
    cp_diagnostic_note(&diags, found, place, "also late");
    struct cp_diagnostic *nowhere =
        cp_diags_add(&diags, &rule, (struct cp_place){NULL, {0, 0}}, CP_STR(""), "nowhere");
    cp_diags_resolve(&diags);
    ck_assert(!found->is_resolved);
    ck_assert_str_eq(found->at.path, "a.yaml");
    ck_assert_str_eq(found->notes.items[0].at.path, "a.yaml");
    char bytes[] = "a\nb\n";
    cp_file_set(&file, cp_str_of(bytes));
    cp_diags_resolve(&diags);
    cp_file_drop(&file);
    bytes[2] = '!';
    cp_diags_resolve(&diags);
    ck_assert(found->is_resolved);
    assert_location(found->at, 2, 1, 2, 2);
    EQ(found->at.excerpt, "b");
    assert_location(found->notes.items[0].at, 2, 1, 2, 2);
    ck_assert(!nowhere->is_resolved);
    ck_assert_ptr_null(nowhere->at.path);
    cp_diags_release(&diags);
}
END_TEST

START_TEST(a_file_has_a_limit)
{
    struct cp_diags diags;
    struct cp_place place = {NULL, {0, 0}};
    cp_diags_init(&diags);
    ck_assert_uint_eq(diags.plan_index, UINT32_MAX);
    for (int round = 1; round <= 2; round++) {
        cp_diags_begin_file(&diags, (uint32_t)round);
        for (int i = 0; i < CP_FINDINGS_PER_FILE; i++) {
            ck_assert_ptr_nonnull(cp_diags_add(&diags, &rule, place, CP_STR(""), "no. %d", i));
        }
        for (int i = 0; i < 5; i++) {
            ck_assert_ptr_null(cp_diags_add(&diags, &rule, place, CP_STR(""), "too many"));
        }
        const struct cp_surplus *surplus = &diags.surplus.items[round - 1];
        ck_assert_uint_eq(diags.surplus.count, (size_t)round);
        ck_assert_ptr_eq(surplus->rule, &rule);
        ck_assert_uint_eq(surplus->plan_index, (uint32_t)round);
        ck_assert_uint_eq(surplus->count, 5);
        ck_assert_uint_eq(diags.items.count, (size_t)(CP_FINDINGS_PER_FILE * round));
    }
    cp_diags_release(&diags);
}
END_TEST

START_TEST(muted_lists_take_nothing)
{
    struct cp_diags diags;
    struct cp_place place = {NULL, {0, 0}};
    cp_diags_init(&diags);
    diags.is_muted = true;
    struct cp_diagnostic *found = cp_diags_add(&diags, &rule, place, CP_STR(""), "unheard");
    ck_assert_ptr_null(found);
    cp_diagnostic_help(&diags, found, "none");
    cp_diagnostic_note(&diags, found, place, "none");
    ck_assert_uint_eq(diags.items.count, 0);
    ck_assert_uint_eq(diags.surplus.count, 0);
    cp_diags_release(&diags);
}
END_TEST

START_TEST(long_messages_are_kept_whole)
{
    struct cp_diags diags;
    struct cp_place place = {NULL, {0, 0}};
    cp_diags_init(&diags);
    struct cp_diagnostic *found = cp_diags_add(&diags, &rule, place, CP_STR(""), "%900d", 1);
    ck_assert_uint_eq(found->message.len, 900);
    ck_assert_int_eq(found->message.at[899], '1');
    cp_diags_release(&diags);
}
END_TEST

START_TEST(values_are_quoted_and_cut)
{
    struct cp_diags diags;
    cp_diags_init(&diags);
    ck_assert_str_eq(cp_diags_quote(&diags, CP_STR("4 horas")), "'4 horas'");
    ck_assert_str_eq(cp_diags_quote(&diags, CP_STR("")), "''");
    ck_assert_str_eq(cp_diags_quote(&diags, CP_STR("a\0b\xff")), "'a<U+0000>b\xff'");
    char value[200];
    for (size_t i = 0; i + 2 <= sizeof value; i += 2) {
        memcpy(value + i, "\xc3\xa9", 2);
    }
    const char *whole = cp_diags_quote(&diags, (struct cp_str){value, 120});
    ck_assert_uint_eq(strlen(whole), 122);
    const char *cut = cp_diags_quote(&diags, (struct cp_str){value, 122});
    ck_assert_uint_eq(strlen(cut), 125);
    ck_assert_str_eq(cut + 121, "\xe2\x80\xa6'");
    cp_diags_release(&diags);
}
END_TEST

Suite *cp_suite_diag(void)
{
    Suite *suite = suite_create("diag");
    TCase *tests = tcase_create("diag");
    tcase_add_test(tests, severities_have_names);
    tcase_add_test(tests, line_table_knows_all_line_ends);
    tcase_add_test(tests, line_table_grows);
    tcase_add_test(tests, locations_count_characters_from_one);
    tcase_add_test(tests, locations_at_line_ends_and_beyond);
    tcase_add_test(tests, long_lines_give_a_window);
    tcase_add_test(tests, malformed_long_lines_are_bounded);
    tcase_add_test(tests, a_finding_carries_its_rule_and_place);
    tcase_add_test(tests, places_are_resolved_when_bytes_come);
    tcase_add_test(tests, a_file_has_a_limit);
    tcase_add_test(tests, muted_lists_take_nothing);
    tcase_add_test(tests, long_messages_are_kept_whole);
    tcase_add_test(tests, values_are_quoted_and_cut);
    suite_add_tcase(suite, tests);
    return suite;
}
