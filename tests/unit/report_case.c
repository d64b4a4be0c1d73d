/* Decodes a plan with its portfolio as the engine would, and renders it. */
#include "report_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

const char *const example_plans[] = {"berth-forecast", "documents",     "identity", "network",
                                     "notifications",  "payments",      "permits",  "portal",
                                     "reporting",      "vessel-traffic"};
const size_t example_plan_count = sizeof(example_plans) / sizeof(example_plans[0]);

static void parse(struct cp_yaml *out, struct cp_arena *arena, struct cp_file *file,
                  const char *path, struct cp_str text, struct cp_diags *diags)
{
    cp_file_init(file, path);
    cp_file_set(file, text);
    cp_yaml_parse(out, arena, file, diags);
}

static void decode(struct report_case *out, struct cp_str stem)
{
    struct cp_yaml yaml;
    cp_arena_init(&out->arena);
    cp_diags_init(&out->diags);
    cp_portfolio_init(&out->portfolio);
    parse(&yaml, &out->portfolio.arena, &out->config_file, "contplan.yaml",
          cp_buf_str(&out->config), &out->diags);
    cp_portfolio_decode(&out->portfolio, &yaml, &out->diags);
    parse(&yaml, &out->arena, &out->plan_file, "plan.yaml", cp_buf_str(&out->text), &out->diags);
    cp_plan_decode(&out->plan, &out->arena, &yaml, stem, &out->portfolio, &out->diags);
}

void report_case_init(struct report_case *out, const char *config, const char *plan)
{
    memset(out, 0, sizeof *out);
    cp_buf_puts(&out->config, config);
    cp_buf_puts(&out->text, plan);
    decode(out, CP_STR("a"));
}

static void read_file(struct cp_buf *out, const char *path)
{
    char full[1024];
    snprintf(full, sizeof full, "%s/%s", CONTPLAN_SOURCE_DIR, path);
    FILE *file = fopen(full, "rb");
    ck_assert_msg(file, "cannot read %s", full);
    char part[4096];
    for (size_t len; (len = fread(part, 1, sizeof part, file)) > 0;) {
        cp_buf_put(out, (struct cp_str){part, len});
    }
    fclose(file);
}

static struct cp_str stem_of(const char *path)
{
    struct cp_str stem = cp_str_of(strrchr(path, '/') + 1);
    return cp_str_slice(stem, 0, stem.len - strlen(".yaml"));
}

void report_case_load(struct report_case *out, const char *config, const char *plan)
{
    memset(out, 0, sizeof *out);
    read_file(&out->config, config);
    read_file(&out->text, plan);
    decode(out, stem_of(plan));
}

void report_case_load_example(struct report_case *out, size_t index)
{
    char path[256];
    snprintf(path, sizeof path, "plans/example/plans/%s.yaml", example_plans[index]);
    report_case_load(out, "plans/example/contplan.yaml", path);
}

void report_case_release(struct report_case *report_case)
{
    cp_portfolio_release(&report_case->portfolio);
    cp_file_drop(&report_case->config_file);
    cp_file_drop(&report_case->plan_file);
    cp_diags_release(&report_case->diags);
    cp_arena_release(&report_case->arena);
    cp_buf_release(&report_case->config);
    cp_buf_release(&report_case->text);
}

void report_case_render(struct report_case *report_case, const struct cp_report_options *options,
                        struct cp_buf *markdown, struct cp_buf *html)
{
    struct cp_document *document =
        cp_report_build(&report_case->plan, &report_case->portfolio, options);
    if (markdown) {
        cp_document_write_markdown(markdown, document);
    }
    if (html) {
        cp_document_write_html(html, document);
    }
    cp_document_free(document);
}

static void expect_words(const char *text, const char *const *wanted, const char *const *unwanted)
{
    const char *at = text;
    for (; *wanted; wanted++) {
        const char *found = strstr(at, *wanted);
        ck_assert_msg(found, "expected, in this order: %s\nin:\n%s", *wanted, text);
        at = found + strlen(*wanted);
    }
    for (; unwanted && *unwanted; unwanted++) {
        ck_assert_msg(!strstr(text, *unwanted), "not expected: %s\nin:\n%s", *unwanted, text);
    }
}

static void expect_rendered(const char *config, const char *plan,
                            const struct cp_report_options *options, bool is_html,
                            const char *const *wanted, const char *const *unwanted)
{
    struct report_case report;
    struct cp_buf text;
    cp_buf_init(&text);
    report_case_init(&report, config, plan);
    report_case_render(&report, options, is_html ? NULL : &text, is_html ? &text : NULL);
    expect_words(text.at, wanted, unwanted);
    cp_buf_release(&text);
    report_case_release(&report);
}

void report_case_expect(const char *config, const char *plan,
                        const struct cp_report_options *options, const char *const *wanted,
                        const char *const *unwanted)
{
    expect_rendered(config, plan, options, false, wanted, unwanted);
}

void report_case_expect_html(const char *config, const char *plan,
                             const struct cp_report_options *options, const char *const *wanted,
                             const char *const *unwanted)
{
    expect_rendered(config, plan, options, true, wanted, unwanted);
}
