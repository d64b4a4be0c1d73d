/*
 * A plan and its portfolio decoded from text or files, and rendered: what the tests of reports and
 * of the plans' formats start from.
 */
#ifndef CONTPLAN_TESTS_REPORT_CASE_H
#define CONTPLAN_TESTS_REPORT_CASE_H

#include <contplan/report.h>

struct report_case {
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file config_file, plan_file;
    struct cp_buf config, text; /* bytes of the files */
    struct cp_portfolio portfolio;
    struct cp_plan plan;
};

/* `config` may be empty. */
void report_case_init(struct report_case *out, const char *config, const char *plan);
/* Paths from the folder of the sources; the stem of `plan` is its id. */
void report_case_load(struct report_case *out, const char *config, const char *plan);
void report_case_release(struct report_case *report_case);

/* Renders into buffers, either of which may be NULL. */
void report_case_render(struct report_case *report_case, const struct cp_report_options *options,
                        struct cp_buf *markdown, struct cp_buf *html);

/* Renders `plan` and asserts that `wanted` stands in the Markdown in that order, and of `unwanted`
 * (NULL: nothing) nothing. Both end with NULL. */
void report_case_expect(const char *config, const char *plan,
                        const struct cp_report_options *options, const char *const *wanted,
                        const char *const *unwanted);
/* The same of the HTML. */
void report_case_expect_html(const char *config, const char *plan,
                             const struct cp_report_options *options, const char *const *wanted,
                             const char *const *unwanted);

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The plans of plans/example, by their stems. */
extern const char *const example_plans[];
extern const size_t example_plan_count;
void report_case_load_example(struct report_case *out, size_t index);

#endif
