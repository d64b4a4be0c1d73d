/*
 * Fixes that exchange one scalar or key for another: how it must be written where it stands. Knows
 * no rule, and not why.
 */
#include <contplan/yaml.h>

#include <string.h>

/* Whether the text is the same one between quotes of either kind, and outside of them on one line.
 */
static bool is_simple(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint32_t c;
        size_t len = cp_utf8_decode(&c, cp_str_slice(text, i, SIZE_MAX));
        if (len == 0 || c == '\t' || c == '\n' || c == '"' || c == '\'' || c == '\\' ||
            cp_is_unprintable(c)) {
            return false;
        }
        i += len - 1;
    }
    return text.len > 0;
}

/* Whether it can stand without quotes, between brackets as well; rather too seldom. */
static bool is_plain(struct cp_str text)
{
    char first = text.at[0];
    bool is_word = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
                   (first >= '0' && first <= '9') || first == '/' || first == '.' || first == '+';
    bool is_odd = text.at[text.len - 1] == ' ' || text.at[text.len - 1] == ':' ||
                  cp_str_find(text, CP_STR(": ")) != SIZE_MAX ||
                  cp_str_find(text, CP_STR(" #")) != SIZE_MAX;
    for (size_t i = 0; i < text.len && !is_odd; i++) {
        is_odd = strchr(",[]{}", text.at[i]) != NULL;
    }
    return is_word && !is_odd;
}

/* How many bytes of quotes the scalar has, if it is written as it is read: 0 or 2; else -1. */
static int quotes_of(const struct cp_node *node)
{
    size_t quotes = node->style == CP_STYLE_PLAIN ? 0 : 2;
    bool is_on_line = node->style == CP_STYLE_PLAIN || node->style == CP_STYLE_SINGLE ||
                      node->style == CP_STYLE_DOUBLE;
    bool is_same = node->kind == CP_NODE_SCALAR && is_on_line &&
                   node->span.length == node->text.len + quotes && node->span.length > 0 &&
                   cp_str_find(node->text, CP_STR("\n")) == SIZE_MAX;
    return is_same ? (int)quotes : -1;
}

static void exchange(struct cp_diags *diags, struct cp_diagnostic *found,
                     const struct cp_node *scalar, enum cp_fix_change change, struct cp_str meant)
{
    int quotes = quotes_of(scalar);
    if (!found || quotes < 0 || !is_simple(meant)) {
        return;
    }
    struct cp_buf text;
    struct cp_buf title;
    bool is_bare = quotes == 0 && is_plain(meant);
    const char *quote = is_bare ? "" : scalar->style == CP_STYLE_SINGLE ? "'" : "\"";
    cp_buf_init(&text);
    cp_buf_init(&title);
    cp_buf_printf(&text, "%s%.*s%s", quote, CP_ARG(meant), quote);
    cp_buf_printf(&title, "write %.*s", CP_ARG(cp_buf_str(&text)));
    const struct cp_fix fix = {.place = {scalar->file, scalar->span},
                               .text = cp_buf_str(&text),
                               .change = change,
                               .target = scalar->span,
                               .meant = meant,
                               .title = cp_buf_str(&title)};
    cp_diagnostic_fix(diags, found, &fix);
    cp_buf_release(&title);
    cp_buf_release(&text);
}

void cp_node_fix_value(struct cp_diags *diags, struct cp_diagnostic *found,
                       const struct cp_node *node, struct cp_str meant)
{
    exchange(diags, found, node, CP_FIX_VALUE, meant);
}

static bool is_blank_between(struct cp_str bytes, size_t from, size_t to)
{
    while (from < to && bytes.at[from] == ' ') {
        from++;
    }
    return from >= to;
}

void cp_node_fix_swallowed(struct cp_diags *diags, struct cp_diagnostic *found,
                           const struct cp_node *node, struct cp_span comment)
{
    struct cp_str bytes = node->file->bytes;
    bool is_empty = node->span.length == 0;
    size_t from = is_empty ? comment.offset : node->span.offset;
    size_t end = (size_t)comment.offset + comment.length;
    struct cp_str meant = cp_str_slice(bytes, from, end - from);
    if (!found || !is_simple(meant) || node->span.length != node->text.len ||
        !is_blank_between(bytes, (size_t)node->span.offset + node->span.length, comment.offset)) {
        return;
    }
    struct cp_buf text;
    struct cp_buf title;
    cp_buf_init(&text);
    cp_buf_init(&title);
    cp_buf_printf(&text, "\"%.*s\"", CP_ARG(meant));
    cp_buf_printf(&title, "write %.*s", CP_ARG(cp_buf_str(&text)));
    const struct cp_fix fix = {.place = {node->file, {(uint32_t)from, (uint32_t)(end - from)}},
                               .text = cp_buf_str(&text),
                               .change = CP_FIX_VALUE,
                               .target = node->span,
                               .meant = meant,
                               .title = cp_buf_str(&title)};
    cp_diagnostic_fix(diags, found, &fix);
    cp_buf_release(&title);
    cp_buf_release(&text);
}

void cp_node_fix_key(struct cp_diags *diags, struct cp_diagnostic *found,
                     const struct cp_node *node, struct cp_str meant)
{
    for (const struct cp_node *child = node->parent->first; child; child = child->next) {
        if (cp_str_is_equal(child->key->text, meant)) {
            return;
        }
    }
    exchange(diags, found, node->key, CP_FIX_KEY, meant);
}
