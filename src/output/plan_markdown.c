/* A plan as Markdown. */
#include "plans.h"

void plan_markdown_write(struct cp_buf *out, const struct cp_plan *plan,
                         const struct cp_portfolio *portfolio,
                         const struct cp_report_options *options)
{
    struct cp_document *document = cp_report_build(plan, portfolio, options);
    cp_document_write_markdown(out, document);
    cp_document_free(document);
}
