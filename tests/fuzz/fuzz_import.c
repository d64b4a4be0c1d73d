/*
 * Any bytes as a document to be imported: it becomes a plan, or is refused for what it is; what is
 * made of it is never refused by ourselves and has no defect of shape.
 */
#include <contplan/edit.h>
#include <contplan/engine.h>
#include <contplan/source.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the program, so that the fuzzer keeps the input, where `holds` is false. */
static void require(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "does not hold: %s\n", what);
        abort();
    }
}

static void check_shape(struct cp_str plan)
{
    struct cp_selection selection;
    struct cp_overlay_file file = {"fuzzed.yaml", plan};
    struct cp_overlay overlay = {&file, 1, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {
        .today = cp_date_of(2026, 11, 23), .jobs = 1, .nameless = file.path};
    cp_selection_init(&selection);
    struct cp_engine *engine = cp_engine_new(&source, &request);
    const struct cp_findings *findings = cp_engine_validate(engine, &selection);
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        if (strncmp(finding->rule->code, "CP0", 3) == 0) {
            fprintf(stderr, "%s: %.*s\n", finding->rule->code, CP_ARG(finding->message));
        }
        require(strncmp(finding->rule->code, "CP0", 3) != 0, "a plan without defects of shape");
    }
    cp_engine_free(engine);
    cp_selection_release(&selection);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cp_buf plan;
    struct cp_error error;
    struct cp_import asked = {
        .document = {(const char *)data, size}, .name = "fuzzed.md", .id = "fuzzed"};
    cp_buf_init(&plan);
    enum cp_import_result result = cp_import_put(&plan, &asked, &error);
    require(result != CP_IMPORT_FAILED || strstr(error.text, "UTF-8"), error.text);
    require((result == CP_IMPORT_DONE) == (plan.len > 0), "a plan, or nothing");
    if (result == CP_IMPORT_DONE) {
        check_shape(cp_buf_str(&plan));
    }
    cp_buf_release(&plan);
    return 0;
}
