/*
 * contplan import --check: whether a plan holds every word, link target and image of the document
 * it was made of; and for a document in the house format, whether it gives them back in order.
 */
#include "import.h"

#include <stdlib.h>

/* A plan that stands nowhere is read as if it stood here. */
static const char nowhere[] = "imported.yaml";

struct rendering {
    struct cp_buf out;
    bool is_done;
};

static bool render_view(void *context, const struct cp_view *view)
{
    struct rendering *rendering = context;
    const struct cp_plan_format *format = cp_plan_format_find(CP_STR("markdown"));
    struct cp_report_options how = {.template = CP_TEMPLATE_HOUSE, .audience = CP_RESTRICTED};
    if (view->is_parsed) {
        format->write(&rendering->out, view->plan, view->portfolio, &how);
        rendering->is_done = true;
    }
    return false;
}

/* Writes the plan in the house format, for all eyes; false where it cannot be read. */
static bool render(struct rendering *rendering, struct run *run, const char *file,
                   struct cp_str plan)
{
    const char *path = cp_path_normal(&run->arena, run->here, file ? file : nowhere);
    const struct cp_overlay_file laid = {.path = path, .bytes = plan};
    const struct cp_overlay overlay = {.files = &laid, .count = 1, .below = &cp_source_folder};
    const struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = run->request;
    request.paths = &path;
    request.path_count = 1;
    request.nameless = file ? NULL : path;
    struct cp_engine *engine = cp_engine_new(&source, &request);
    cp_engine_each(engine, render_view, rendering);
    cp_engine_free(engine);
    return rendering->is_done;
}

/* Findings of a document in its order: words by parts, then targets, were found apart. */
static int by_place(const void *a, const void *b)
{
    const struct cp_diagnostic *left = *(const struct cp_diagnostic *const *)a;
    const struct cp_diagnostic *right = *(const struct cp_diagnostic *const *)b;
    uint32_t places[] = {left->place.span.offset, right->place.span.offset};
    return (places[0] > places[1]) - (places[0] < places[1]);
}

/* Writes the findings; a status. */
static int tell(const char *path, struct cp_diags *diags)
{
    struct cp_output_options how = {0};
    struct cp_buf out;
    struct cp_findings findings = {.count = diags->items.count, .errors = diags->items.count};
    if (diags->items.count == 0) {
        say("%s: every word, heading, link target and image stands in the plan", quoted(path));
        return CP_STATUS_CLEAN;
    }
    cp_diags_resolve(diags);
    qsort(diags->items.items, diags->items.count, sizeof *diags->items.items, by_place);
    findings.items = diags->items.items;
    cp_buf_init(&out);
    cp_findings_format_find(CP_STR("text"))->write(&out, &findings, &how);
    int status = print(cp_buf_str(&out));
    cp_buf_release(&out);
    return status == CP_STATUS_CLEAN ? CP_STATUS_FINDINGS : status;
}

static int check(struct run *run, struct cp_diags *diags, struct cp_file *document,
                 const char *file, struct cp_str plan)
{
    struct cp_home home;
    struct cp_error error;
    struct rendering rendering = {0};
    cp_engine_home(run->engine, &home);
    if (cp_import_check(diags, document, plan, &home.portfolio->config, &error) != 0) {
        say("%s: %s", quoted(file ? file : document->path), error.text);
        return CP_STATUS_FINDINGS;
    }
    if (!cp_import_is_house(document->bytes)) {
        return CP_STATUS_CLEAN;
    }
    cp_buf_init(&rendering.out);
    int status = CP_STATUS_CLEAN;
    if (render(&rendering, run, file, plan)) {
        cp_import_check_order(diags, document, cp_buf_str(&rendering.out));
    } else {
        say_unreadable(file ? file : document->path);
        status = CP_STATUS_FINDINGS;
    }
    cp_buf_release(&rendering.out);
    return status;
}

int check_import(struct run *run, const char *path, struct cp_str document, const char *file,
                 struct cp_str plan)
{
    struct cp_diags diags;
    struct cp_file source;
    cp_diags_init(&diags);
    cp_file_init(&source, path);
    cp_file_set(&source, document);
    int status = check(run, &diags, &source, file, plan);
    status = status == CP_STATUS_CLEAN ? tell(path, &diags) : status;
    cp_file_drop(&source);
    cp_diags_release(&diags);
    return status;
}
