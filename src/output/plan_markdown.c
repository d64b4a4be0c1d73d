/*
 * A plan as Markdown: the document, with whom it is for below its title. The house's documents have
 * no such line; one that must not get about has it all the same.
 */
#include "plans.h"

void plan_markdown_write(struct cp_buf *out, const struct cp_plan *plan,
                         const struct cp_portfolio *portfolio,
                         const struct cp_report_options *options)
{
    struct cp_document *document = cp_report_build(plan, portfolio, options);
    struct cp_buf body;
    struct cp_str title, rest;
    cp_buf_init(&body);
    cp_document_write_markdown(&body, document);
    rest = cp_buf_str(&body);
    cp_str_line(&title, &rest);
    cp_buf_put(out, title);
    cp_buf_putc(out, '\n');
    if (options->template != CP_TEMPLATE_HOUSE || options->audience == CP_RESTRICTED) {
        cp_buf_printf(out, "\n**Audience: %s**\n", cp_audience_name(options->audience));
    }
    cp_buf_put(out, rest);
    cp_buf_release(&body);
    cp_document_free(document);
}
