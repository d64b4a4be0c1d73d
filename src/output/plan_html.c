/*
 * A plan as one HTML page: the document's own HTML with a table of contents, in a frame that holds
 * its own style, needs no script and prints as it is. Images and relative links stay what the plan
 * says. Knows no field of a plan.
 */
#include <contplan/markdown.h>

#include "plans.h"

/* Colours keep a contrast of at least 7:1; on paper there are none but black. */
static const char *const style[] = {
    ":root { --ink: #1b1f24; --muted: #4a5260; --line: #c9ced6; --shade: #f2f4f7; --link: #0b4a8f; "
    "}",
    "* { box-sizing: border-box; }",
    "html { font: 100%/1.5 system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif;",
    "  color: var(--ink); background: #fff; -webkit-text-size-adjust: 100%; }",
    "body { margin: 0 auto; padding: 1.5rem; max-width: 84rem; }",
    "h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.75em 0 .5em; text-wrap: balance; }",
    "h1 { font-size: 2rem; margin-top: 0; }",
    "h2 { font-size: 1.5rem; padding-top: .5em; border-top: 2px solid var(--ink); }",
    "h3 { font-size: 1.2rem; } h4 { font-size: 1.05rem; } h5, h6 { font-size: 1rem; }",
    "p, ul, ol, pre, blockquote { margin: .6em 0; max-width: 46rem; }",
    "li { margin: .25em 0; } ul, ol { padding-left: 1.5em; }",
    "a { color: var(--link); text-underline-offset: .15em; overflow-wrap: anywhere; }",
    "td a { overflow-wrap: break-word; } a[href^='tel:'] { white-space: nowrap; }",
    "a:focus-visible { outline: 3px solid #d98200; outline-offset: 2px; }",
    "code { font: .92em ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace;",
    "  background: var(--shade); padding: .1em .3em; border-radius: 3px; overflow-wrap: anywhere; "
    "}",
    "pre { background: var(--shade); padding: .75em 1em; overflow-x: auto; border-radius: 4px; }",
    "pre code { padding: 0; background: none; overflow-wrap: normal; }",
    "blockquote { padding-left: 1em; border-left: 4px solid var(--line); color: var(--muted); }",
    "hr { border: 0; border-top: 1px solid var(--line); margin: 2em 0 1em; }",
    "img { max-width: 100%; height: auto; }",
    ".table { overflow-x: auto; margin: .8em 0; }",
    "table { border-collapse: collapse; font-size: .94rem; line-height: 1.4; }",
    "th, td { padding: .45em .7em; border: 1px solid var(--line); text-align: left;",
    "  vertical-align: top; }",
    "th { background: var(--shade); white-space: nowrap; } td { min-width: 4em; }",
    "tbody td:first-child { font-weight: 600; }",
    ".audience { display: inline-block; margin: 0 0 1em; padding: .15em .6em; font-size: .9rem;",
    "  border: 1px solid currentColor; border-radius: 3px; color: var(--muted); }",
    ".audience.restricted { color: #8c1210; font-weight: 700; }",
    "nav { background: var(--shade); padding: 1em 1.25em; margin: 1em 0 2em; border-radius: 4px; }",
    "nav h2 { font-size: 1rem; margin: 0 0 .5em; padding: 0; border: 0; }",
    "nav ul { margin: 0; padding: 0; list-style: none; max-width: none; columns: 18rem; }",
    "nav li { break-inside: avoid; margin: 0; padding: .15em 0; }",
    "@media print {",
    "  @page { size: A4; margin: 14mm 12mm; }",
    "  html { font-size: 9.5pt; } body { padding: 0; max-width: none; }",
    "  p, ul, ol, pre, blockquote { max-width: none; }",
    "  h1, h2, h3, h4, h5, h6 { break-after: avoid; } tr, li, img { break-inside: avoid; }",
    "  thead { display: table-header-group; } .table { overflow: visible; }",
    "  table { font-size: 8pt; width: 100%; } th { white-space: normal; } td { min-width: 0; }",
    "  pre, code { white-space: pre-wrap; } nav, th, code, pre { background: none; }",
    "  nav { border: 1px solid #000; padding: .6em .8em; } pre { border: 1px solid #000; }",
    "  a { color: inherit; text-decoration: none; }",
    "  main a[href^='http']:not(.bare)::after { content: ' (' attr(href) ')'; font-size: .85em; }",
    "}",
};

/* Nothing is fetched but the images that the plan names. */
static void put_head(struct cp_buf *out, struct cp_str title)
{
    cp_buf_puts(out,
                "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src 'self' http: https:; style-src 'unsafe-inline'\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n"
                "<meta name=\"generator\" content=\"contplan " CONTPLAN_VERSION "\">\n<title>");
    cp_html_put(out, title);
    cp_buf_puts(out, "</title>\n<style>\n");
    for (size_t i = 0; i < sizeof style / sizeof style[0]; i++) {
        cp_buf_puts(out, style[i]);
        cp_buf_putc(out, '\n');
    }
    cp_buf_puts(out, "</style>\n</head>\n");
}

/* The chapters; a page of one chapter needs no table of contents. */
static void put_contents(struct cp_buf *out, const struct cp_document *document)
{
    static const unsigned chapter_level = 2;
    cp_buf_puts(out,
                "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">Contents</h2>\n<ul>\n");
    for (size_t i = 0; i < cp_document_heading_count(document); i++) {
        struct cp_document_heading heading = cp_document_heading_get(document, i);
        if (heading.level == chapter_level) {
            cp_buf_puts(out, "<li><a href=\"#");
            cp_html_put(out, heading.id);
            cp_buf_puts(out, "\">");
            cp_html_put(out, heading.text);
            cp_buf_puts(out, "</a></li>\n");
        }
    }
    cp_buf_puts(out, "</ul>\n</nav>\n");
}

/* The document begins with its title; the audience and the contents stand right under it. */
static void put_body(struct cp_buf *out, struct cp_document *document,
                     const struct cp_report_options *options)
{
    struct cp_buf body;
    cp_buf_init(&body);
    cp_document_write_html(&body, document);
    struct cp_str html = cp_buf_str(&body);
    size_t title_end = cp_str_find(html, CP_STR("</h1>\n")) + sizeof "</h1>\n" - 1;
    cp_buf_puts(out, "<body>\n<header>\n");
    cp_buf_put(out, cp_str_slice(html, 0, title_end));
    const char *audience = cp_audience_name(options->audience);
    cp_buf_printf(out, "<p class=\"audience %s\">Audience: %s</p>\n</header>\n", audience,
                  audience);
    if (!options->section) {
        put_contents(out, document);
    }
    cp_buf_puts(out, "<main>\n");
    cp_buf_put(out, cp_str_slice(html, title_end, html.len));
    cp_buf_puts(out, "</main>\n</body>\n</html>\n");
    cp_buf_release(&body);
}

void plan_html_write(struct cp_buf *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, const struct cp_report_options *options)
{
    struct cp_document *document = cp_report_build(plan, portfolio, options);
    struct cp_buf title;
    cp_buf_init(&title);
    cp_report_put_title(&title, plan, options);
    put_head(out, cp_buf_str(&title));
    put_body(out, document, options);
    cp_buf_release(&title);
    cp_document_free(document);
}
