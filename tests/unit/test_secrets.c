/*
 * Secrets never leave: whatever finding stands on their line or quotes them, in every format, also
 * where the rule itself is switched off.
 */
#include "suites.h"

#include <contplan/engine.h>
#include <contplan/output.h>
#include <contplan/rules.h>
#include <contplan/source.h>

#include <string.h>

static const char *const secrets[] = {
    "hunter2-tide",     "Ebbe-und-Flut9", "glpat-1a2b3c4d5e6f7g8h9i0j", "MIIEowIBAAKCAQEAx7Yx0V9f",
    "q8nQ0m8R4u5T1Zb2", "words of Flut99"};

#define FILE_OF(path_, text)                                                                       \
    {                                                                                              \
        .path = path_, .bytes = { text, sizeof(text) - 1 }                                         \
    }

/* Each secret stands beside, or in, something that is found wrong for another reason. */
static const struct cp_overlay_file files[] = {
    FILE_OF("contplan.yaml", "schema: contplan-config/v1\n"
                             "password: hunter2-tide # an unknown key\n"),
    FILE_OF("plans/keys.yaml", "id: keys\n"
                               "id: password=hunter2-tide\n"
                               "password=hunter2-tide: an unknown key\n"
                               "name: TBC, password=Ebbe-und-Flut9 TBC\n"
                               "urls: ['https://a:hunter2-tide@example.org:x/']\n"
                               "phase: this is not a phase but has the token glpat-1a2b3c4d5e6f7g8"
                               "h9i0j\n"
                               "notes: |\n"
                               "  -----BEGIN EC PRIVATE KEY-----\n"
                               "  MIIEowIBAAKCAQEAx7Yx0V9f TBC\n"
                               "  q8nQ0m8R4u5T1Zb2\n"
                               "  -----END EC PRIVATE KEY-----\n"),
    FILE_OF("plans/other.yaml", "{id: keys, name: password=hunter2-tide}\n"),
    FILE_OF("plans/syntax.yaml", "id: syntax\n"
                                 "name: [\"password=hunter2-tide\" }\n"
                                 "phase: PASSWORD=\"two words of Flut99\"\n"),
};

static void check_format(const struct cp_findings_format *format,
                         const struct cp_findings *findings)
{
    struct cp_output_options options = {.has_color = false};
    struct cp_buf out;
    cp_buf_init(&out);
    format->write(&out, findings, &options);
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        ck_assert_msg(strstr(out.at, secrets[i]) == NULL, "%s shows %s:\n%s", format->name,
                      secrets[i], out.at);
    }
    ck_assert_ptr_null(strstr(out.at, "hunter2"));
    ck_assert_ptr_null(strstr(out.at, "glpat-1a"));
    ck_assert(strstr(out.at, "***") || strstr(out.at, "\\*\\*\\*")); /* as Markdown has it */
    cp_buf_release(&out);
}

static void check_formats(const struct cp_selection *selection)
{
    struct cp_overlay overlay = {files, sizeof files / sizeof files[0], NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {.today = cp_date_of(2026, 11, 23), .jobs = 2};
    struct cp_engine *engine = cp_engine_new(&source, &request);
    const struct cp_findings *findings = cp_engine_validate(engine, selection);
    const struct cp_findings_format *formats;
    size_t count = cp_findings_formats(&formats);
    ck_assert_uint_gt(findings->count, 8);
    for (size_t i = 0; i < count; i++) {
        check_format(&formats[i], findings);
    }
    cp_engine_free(engine);
}

START_TEST(never_leave_in_any_format)
{
    struct cp_selection selection;
    cp_selection_init(&selection);
    check_formats(&selection);
    cp_selection_release(&selection);
}
END_TEST

START_TEST(never_leave_where_their_rule_is_off)
{
    struct cp_selection selection;
    cp_selection_init(&selection);
    ck_assert(cp_selection_ignore(&selection, CP_STR("CP902")));
    check_formats(&selection);
    cp_selection_release(&selection);
}
END_TEST

/* ---- masking --------------------------------------------------------------------------------- */

static const struct cp_rule rule = {.code = "CP999", .name = "test", .severity = CP_ERROR};

static void mask(struct cp_diagnostic *finding, struct cp_diags *diags)
{
    struct cp_secrets all;
    cp_secrets_init(&all);
    cp_secrets_add(&all, diags);
    cp_secrets_sort(&all);
    cp_diagnostic_mask(finding, &all, &diags->arena);
    cp_secrets_release(&all);
}

START_TEST(keeps_the_columns_of_the_line)
{
    struct cp_file file;
    struct cp_diags diags;
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, CP_STR("a: caf\xc3\xa9 b\nc: caf\xc3\xa9 d\n"));
    cp_diags_init(&diags);
    struct cp_diagnostic *finding = cp_diags_add(&diags, &rule, (struct cp_place){&file, {16, 1}},
                                                 CP_STR(""), "holds 'caf\xc3\xa9 d'");
    cp_diagnostic_note(&diags, finding, (struct cp_place){&file, {0, 1}}, "of caf\xe2\x80\xa6");
    cp_diags_keep_secret(&diags, (struct cp_place){&file, {14, 5}});
    mask(finding, &diags);
    ck_assert(cp_str_is(finding->at.excerpt, "c: **** d"));
    ck_assert(cp_str_is(finding->message, "holds '*** d'"));
    ck_assert(cp_str_is(finding->notes.items[0].message, "of ***\xe2\x80\xa6"));
    ck_assert(cp_str_is(finding->notes.items[0].at.excerpt, "a: caf\xc3\xa9 b"));
    cp_diags_release(&diags);
    cp_file_drop(&file);
}
END_TEST

/* A shorter secret, or one that begins alike, does not leave the rest of a longer one. */
START_TEST(hide_the_longest_that_stands_there)
{
    static const char text[] = "abc1234 abc1234xyzQ abc1239 bc12 cut";
    static const struct cp_span spans[] = {{0, 7}, {8, 11}, {20, 7}, {28, 4}, {9, 4}};
    struct cp_file file;
    struct cp_diags diags;
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, cp_str_of(text));
    cp_diags_init(&diags);
    struct cp_diagnostic *finding =
        cp_diags_add(&diags, &rule, (struct cp_place){&file, {33, 3}}, CP_STR(""),
                     "'abc1234xyzQ' abc1234 'abc12\xe2\x80\xa6' abc12 xbc129 zbc12z");
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
        cp_diags_keep_secret(&diags, (struct cp_place){&file, spans[i]});
    }
    ck_assert(cp_diags_has_secret(&diags, (struct cp_place){&file, {26, 1}}));
    ck_assert(!cp_diags_has_secret(&diags, (struct cp_place){&file, {27, 1}}));
    mask(finding, &diags);
    ck_assert(cp_str_is(finding->message, "'***' *** '***\xe2\x80\xa6' a*** x***9 z***z"));
    ck_assert(cp_str_is(finding->at.excerpt, "******* *********** ******* **** cut"));
    cp_diags_release(&diags);
    cp_file_drop(&file);
}
END_TEST

/* In other files a short one may be a word; what is shared is quoted anywhere. */
START_TEST(are_hidden_in_findings_of_other_files)
{
    static const struct {
        const char *bytes;
        bool is_shared;
        const char *message, *path;
    } rows[] = {
        {"harbour", false, "of harbour", "harbour.yaml"},
        {"harbour", true, "of ***", "***.yaml"},
        {"glpat-ab3de5fg7hi9jk1lm3no", false, "of harbour", "harbour.yaml"},
        {"harbourharbour77", false, "of harbour", "harbour.yaml"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_file other;
        struct cp_file file;
        struct cp_diags diags;
        cp_file_init(&other, "other.yaml");
        cp_file_set(&other, cp_str_of(rows[i].bytes));
        other.is_shared = rows[i].is_shared;
        cp_file_init(&file, "harbour.yaml");
        cp_file_set(&file, CP_STR("id: a\n"));
        cp_diags_init(&diags);
        struct cp_diagnostic *finding =
            cp_diags_add(&diags, &rule, (struct cp_place){&file, {0, 1}}, CP_STR(""), "of harbour");
        cp_diags_keep_secret(&diags,
                             (struct cp_place){&other, {0, (uint32_t)strlen(rows[i].bytes)}});
        mask(finding, &diags);
        ck_assert(cp_str_is(finding->message, rows[i].message));
        ck_assert_str_eq(finding->at.path, rows[i].path);
        cp_diags_release(&diags);
        cp_file_drop(&file);
        cp_file_drop(&other);
    }
}
END_TEST

/* A text of the same files: also what is short enough to be a word of others. */
START_TEST(are_hidden_in_texts_of_their_files)
{
    struct cp_file file;
    struct cp_diags diags;
    struct cp_secrets all;
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, CP_STR("harbour"));
    cp_diags_init(&diags);
    cp_diags_keep_secret(&diags, (struct cp_place){&file, {0, 7}});
    cp_secrets_init(&all);
    cp_secrets_add(&all, &diags);
    cp_secrets_sort(&all);
    struct cp_str text = CP_STR("of harbour");
    ck_assert(cp_str_is(cp_secrets_mask(&all, text, &diags.arena), "of harbour"));
    ck_assert(cp_str_is(cp_secrets_mask_own(&all, text, &diags.arena), "of ***"));
    cp_secrets_release(&all);
    cp_diags_release(&diags);
    cp_file_drop(&file);
}
END_TEST

START_TEST(are_kept_where_findings_are_muted)
{
    struct cp_file file;
    struct cp_diags diags;
    struct cp_arena arena;
    struct cp_yaml yaml;
    cp_arena_init(&arena);
    cp_file_init(&file, "a.yaml");
    cp_file_set(&file, CP_STR("notes: password=hunter2\n"));
    cp_diags_init(&diags);
    diags.is_muted = true;
    cp_yaml_parse(&yaml, &arena, &file, &diags);
    cp_rules_check_source(&yaml, &diags);
    ck_assert_uint_eq(diags.items.count, 0);
    ck_assert_uint_eq(diags.secrets.count, 1);
    ck_assert(cp_str_is(diags.secrets.items[0].text, "hunter2"));
    cp_diags_release(&diags);
    cp_file_drop(&file);
    cp_arena_release(&arena);
}
END_TEST

Suite *cp_suite_secrets(void)
{
    Suite *suite = suite_create("secrets");
    TCase *output = tcase_create("output");
    TCase *mask = tcase_create("mask");
    tcase_add_test(output, never_leave_in_any_format);
    tcase_add_test(output, never_leave_where_their_rule_is_off);
    tcase_add_test(mask, keeps_the_columns_of_the_line);
    tcase_add_test(mask, hide_the_longest_that_stands_there);
    tcase_add_test(mask, are_hidden_in_findings_of_other_files);
    tcase_add_test(mask, are_hidden_in_texts_of_their_files);
    tcase_add_test(mask, are_kept_where_findings_are_muted);
    suite_add_tcase(suite, output);
    suite_add_tcase(suite, mask);
    return suite;
}
