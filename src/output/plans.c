/* The formats of plans: one row each, written in a file of their own. */
#include "plans.h"

static const struct cp_plan_format formats[] = {
    {"markdown", "md", "CommonMark with pipe tables", plan_markdown_write},
    {"html", "html",
     "one page with its style in it, to be read or printed; images stay files of their own, and "
     "relative links are not rewritten",
     plan_html_write},
    {"json", "json", "the plan with what it inherits filled in, and names beside ids",
     plan_json_write},
};

size_t cp_plan_formats(const struct cp_plan_format **out)
{
    *out = formats;
    return sizeof formats / sizeof formats[0];
}

const struct cp_plan_format *cp_plan_format_find(struct cp_str name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}
