/* The formats of history, one row each. Knows no format from inside. */
#include "history.h"

static const struct cp_history_format formats[] = {
    {"text", "each commit with its changes, a line each, for people", history_write_text},
    {"markdown", "the same as a document", history_write_markdown},
    {"json", "one document for programs", history_write_json},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

size_t cp_history_formats(const struct cp_history_format **out)
{
    *out = formats;
    return FORMATS;
}

const struct cp_history_format *cp_history_format_find(struct cp_str name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}
