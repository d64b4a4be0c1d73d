/*
 * Documents brought in: each tests/golden/import/NAME.md must become NAME.yaml beside it, byte for
 * byte; and that plan must have no defect of shape, whatever it lacks. CONTPLAN_UPDATE_GOLDEN=1
 * rewrites what is expected.
 */
#include "golden_file.h"
#include "suites.h"

#include <contplan/edit.h>
#include <contplan/engine.h>
#include <contplan/source.h>

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DOCUMENTS = 256 };

static const char folder[] = CONTPLAN_SOURCE_DIR "/tests/golden/import";
static char names[MAX_DOCUMENTS][120]; /* without the ending */
static int name_count;

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void find_documents(void)
{
    struct dirent *entry;
    DIR *dir = opendir(folder);
    while (dir && (entry = readdir(dir)) && name_count < MAX_DOCUMENTS) {
        size_t len = strlen(entry->d_name);
        if (len > 3 && len < sizeof names[0] && strcmp(entry->d_name + len - 3, ".md") == 0) {
            memcpy(names[name_count], entry->d_name, len - 3);
            names[name_count++][len - 3] = '\0';
        }
    }
    if (dir) {
        closedir(dir);
    }
    qsort(names, (size_t)name_count, sizeof names[0], by_name);
}

static void load(struct cp_buf *out, struct cp_arena *arena, const char *name)
{
    struct cp_error error;
    const char *path = cp_arena_printf(arena, "%s/%s.md", folder, name).at;
    cp_buf_init(out);
    if (cp_source_folder.load(&cp_source_folder, path, SIZE_MAX, out, &error) != 0) {
        ck_abort_msg("%s", error.text);
    }
}

/* Whatever a document lacks, its plan can be read, and every name in it leads somewhere. */
static void expect_shape(struct cp_arena *arena, const char *id, struct cp_str plan)
{
    struct cp_selection selection;
    struct cp_overlay_file file = {cp_arena_printf(arena, "%s.yaml", id).at, plan};
    struct cp_overlay overlay = {&file, 1, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {
        .today = cp_date_of(2026, 11, 23), .jobs = 1, .nameless = file.path};
    cp_selection_init(&selection);
    struct cp_engine *engine = cp_engine_new(&source, &request);
    const struct cp_findings *findings = cp_engine_validate(engine, &selection);
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        ck_assert_msg(strncmp(finding->rule->code, "CP0", 3) != 0, "%s: line %u: %s: %.*s", id,
                      finding->at.line, finding->rule->code, CP_ARG(finding->message));
    }
    cp_engine_free(engine);
    cp_selection_release(&selection);
}

START_TEST(a_document_becomes_the_plan_beside_it)
{
    struct cp_arena arena;
    struct cp_buf document;
    struct cp_buf plan;
    struct cp_error error;
    char id[120];
    cp_arena_init(&arena);
    cp_buf_init(&plan);
    load(&document, &arena, names[_i]);
    struct cp_import asked = {.document = cp_buf_str(&document),
                              .name = cp_arena_printf(&arena, "%s.md", names[_i]).at};
    if (cp_import_put(&plan, &asked, &error) != CP_IMPORT_DONE) {
        ck_abort_msg("%s: %s", names[_i], error.text);
    }
    const char *at = strstr(plan.at, "\nid: ");
    ck_assert_ptr_nonnull(at);
    ck_assert_int_eq(sscanf(at, "\nid: %100s", id), 1);
    expect_shape(&arena, id, cp_buf_str(&plan));
    golden_check(cp_arena_printf(&arena, "tests/golden/import/%s.yaml", names[_i]).at,
                 cp_buf_str(&plan));
    cp_buf_release(&plan);
    cp_buf_release(&document);
    cp_arena_release(&arena);
}
END_TEST

Suite *cp_golden_import(void)
{
    Suite *suite = suite_create("import");
    TCase *documents = tcase_create("documents");
    find_documents();
    tcase_add_loop_test(documents, a_document_becomes_the_plan_beside_it, 0, name_count);
    suite_add_tcase(suite, documents);
    return suite;
}
