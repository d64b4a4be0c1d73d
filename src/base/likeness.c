/*
 * How alike two texts are, by the lines they have in common wherever these stand. Looks at the
 * first lines only, so that no text makes it slow; knows nothing of what the lines say.
 */
#include <contplan/base.h>

#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
    const uint64_t *left = a;
    const uint64_t *right = b;
    return (*left > *right) - (*left < *right);
}

void cp_lines_read(struct cp_lines *out, struct cp_str text)
{
    struct cp_str line;
    out->count = 0;
    while (out->count < CP_LINES_MOST && cp_str_line(&line, &text)) {
        if (cp_str_trim(line).len > 0) {
            out->at[out->count++] = cp_str_hash(cp_str_trim(line));
        }
    }
    qsort(out->at, out->count, sizeof *out->at, by_value);
}

size_t cp_lines_likeness(const struct cp_lines *a, const struct cp_lines *b)
{
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        int order = by_value(&a->at[i], &b->at[j]);
        common += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    size_t total = a->count + b->count;
    return total > 0 ? 2 * CP_LINES_SAME * common / total : 0;
}
