/* Private to the output layer: the writers of plans, listed in plans.c. */
#ifndef OUTPUT_PLANS_H
#define OUTPUT_PLANS_H

#include <contplan/output.h>

void plan_markdown_write(struct cp_buf *out, const struct cp_plan *plan,
                         const struct cp_portfolio *portfolio,
                         const struct cp_report_options *options);
void plan_html_write(struct cp_buf *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, const struct cp_report_options *options);
void plan_json_write(struct cp_buf *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, const struct cp_report_options *options);

#endif
