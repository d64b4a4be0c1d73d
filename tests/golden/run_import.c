/*
 * Documents brought in: each tests/golden/import/NAME.md must become NAME.yaml beside it, byte for
 * byte; that plan must have no defect of shape, whatever it lacks, and hold every word, heading,
 * link target and image of the document. What is no plan is refused in the words of NAME.err.
 * CONTPLAN_UPDATE_GOLDEN=1 rewrites what is expected.
 */
#include "golden_file.h"
#include "names.h"
#include "suites.h"

#include <contplan/edit.h>
#include <contplan/engine.h>
#include <contplan/output.h>
#include <contplan/source.h>

#include <stdlib.h>
#include <string.h>

static const char folder[] = CONTPLAN_SOURCE_DIR "/tests/golden/import";
static struct names names;

static void load(struct cp_buf *out, struct cp_arena *arena, const char *name)
{
    struct cp_error error;
    const char *path = cp_arena_printf(arena, "%s/%s.md", folder, name).at;
    cp_buf_init(out);
    if (cp_source_folder.load(&cp_source_folder, path, SIZE_MAX, out, &error) != 0) {
        ck_abort_msg("%s", error.text);
    }
}

/* ---- the proof ------------------------------------------------------------------------------- */

static void expect_none(struct cp_diags *diags, const char *name)
{
    struct cp_buf lost;
    cp_buf_init(&lost);
    cp_buf_puts(&lost, "");
    cp_diags_resolve(diags);
    for (size_t i = 0; i < diags->items.count; i++) {
        const struct cp_diagnostic *finding = diags->items.items[i];
        cp_buf_printf(&lost, "\n%s.md:%u: %.*s", name, finding->at.line, CP_ARG(finding->message));
    }
    ck_assert_msg(diags->items.count == 0, "%.*s", CP_ARG(cp_buf_str(&lost)));
    cp_buf_release(&lost);
}

static bool render_view(void *context, const struct cp_view *view)
{
    struct cp_report_options how = {.template = CP_TEMPLATE_HOUSE, .audience = CP_RESTRICTED};
    cp_plan_format_find(CP_STR("markdown"))->write(context, view->plan, view->portfolio, &how);
    return false;
}

static void expect_order(struct cp_diags *diags, struct cp_file *document, const char *path,
                         struct cp_str plan)
{
    struct cp_buf rendered;
    struct cp_overlay_file file = {path, plan};
    struct cp_overlay overlay = {&file, 1, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {.today = cp_date_of(2026, 11, 23), .jobs = 1, .nameless = path};
    struct cp_engine *engine = cp_engine_new(&source, &request);
    cp_buf_init(&rendered);
    cp_engine_each(engine, render_view, &rendered);
    cp_import_check_order(diags, document, cp_buf_str(&rendered));
    cp_buf_release(&rendered);
    cp_engine_free(engine);
}

/* Both are read afresh; that the proof can fail, its own unit tests show. */
static void expect_whole(struct cp_arena *arena, const char *name, const char *id,
                         struct cp_str document, struct cp_str plan)
{
    struct cp_diags diags;
    struct cp_file file;
    struct cp_error error;
    cp_diags_init(&diags);
    cp_file_init(&file, "document.md");
    cp_file_set(&file, document);
    ck_assert_int_eq(cp_import_check(&diags, &file, plan, NULL, &error), 0);
    if (cp_import_is_house(document)) {
        expect_order(&diags, &file, cp_arena_printf(arena, "%s.yaml", id).at, plan);
    }
    expect_none(&diags, name);
    cp_file_drop(&file);
    cp_diags_release(&diags);
}

/* ---- the plan -------------------------------------------------------------------------------- */

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

static void expect_plan(struct cp_arena *arena, const char *name, struct cp_str document,
                        const struct cp_buf *plan)
{
    char id[120];
    const char *at = strstr(plan->at, "\nid: ");
    ck_assert_ptr_nonnull(at);
    ck_assert_int_eq(sscanf(at, "\nid: %100s", id), 1);
    golden_check(cp_arena_printf(arena, "tests/golden/import/%s.yaml", name).at, cp_buf_str(plan));
    expect_shape(arena, id, cp_buf_str(plan));
    expect_whole(arena, name, id, document, cp_buf_str(plan));
}

START_TEST(a_document_becomes_the_plan_beside_it)
{
    struct cp_arena arena;
    struct cp_buf document;
    struct cp_buf plan;
    struct cp_error error;
    cp_arena_init(&arena);
    const char *file = names.items.items[_i];
    const char *name = cp_arena_printf(&arena, "%.*s", (int)(strlen(file) - 3), file).at;
    cp_buf_init(&plan);
    load(&document, &arena, name);
    struct cp_import asked = {.document = cp_buf_str(&document),
                              .name = cp_arena_printf(&arena, "%s.md", name).at};
    if (cp_import_put(&plan, &asked, &error) == CP_IMPORT_DONE) {
        expect_plan(&arena, name, cp_buf_str(&document), &plan);
    } else {
        golden_check(cp_arena_printf(&arena, "tests/golden/import/%s.err", name).at,
                     cp_arena_printf(&arena, "%s\n", error.text));
    }
    cp_buf_release(&plan);
    cp_buf_release(&document);
    cp_arena_release(&arena);
}
END_TEST

Suite *cp_golden_import(void)
{
    Suite *suite = suite_create("import");
    TCase *documents = tcase_create("documents");
    names_list(&names, folder, ".md");
    tcase_add_loop_test(documents, a_document_becomes_the_plan_beside_it, 0,
                        (int)names.items.count);
    suite_add_tcase(suite, documents);
    return suite;
}
