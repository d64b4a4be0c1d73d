/*
 * What YAML forbids and libyaml lets pass: lines that are not deep enough, blank lines that are too
 * deep, a dash as a value, and keys that are given twice.
 */
#include "build.h"

#include <string.h>

enum { FEW_KEYS = 32 }; /* up to here comparing each with each is faster than a map */

static bool refuse_line(struct cp_yaml_builder *b, uint32_t from, uint32_t line, bool is_flow)
{
    struct cp_diagnostic *found = cp_diags_add(
        b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, line, cp_yaml_line_end(b->bytes, line)),
        CP_STR(""), "this line belongs to a %s and must be indented deeper than what holds it",
        is_flow ? "list or mapping in brackets" : "quoted value");
    cp_diagnostic_help(b->diags, found,
                       is_flow ? "indent the line"
                               : "indent the line, or close the quote above it");
    cp_diagnostic_note(b->diags, found, cp_yaml_place(b, from, from + 1), "it begins here");
    return false;
}

/* The line whose first byte is `at`, of what begins at `from`, ends at `end` and needs `needed`
 * spaces. */
static bool check_line(struct cp_yaml_builder *b, uint32_t from, uint32_t at, uint32_t end,
                       uint32_t needed, bool is_flow)
{
    uint32_t text = cp_yaml_skip_spaces(b->bytes, at, end);
    uint32_t content = cp_yaml_skip_blanks(b->bytes, text, end);
    if (content == end || cp_yaml_is_line_end(b->bytes.at[content])) {
        return true;
    }
    char c = b->bytes.at[content];
    if (is_flow && c == '#') {
        return true;
    }
    /* The closing bracket below the key that holds it is what most people write. */
    bool is_closer = is_flow && (c == ']' || c == '}');
    if (text - at + (is_closer ? 1 : 0) >= needed) {
        return true;
    }
    if (b->bytes.at[text] == '\t') {
        cp_yaml_report_tab(b, text);
        return false;
    }
    return refuse_line(b, from, content, is_flow);
}

bool cp_yaml_check_lines(struct cp_yaml_builder *b, uint32_t from, uint32_t end, bool is_flow)
{
    const struct cp_yaml_frame *top = b->top;
    if (!top || top->node->style == CP_STYLE_FLOW) {
        return true;
    }
    const char *bytes = b->bytes.at;
    for (uint32_t at = from; at < end;) {
        const char *newline = memchr(bytes + at, '\n', end - at);
        if (!newline) {
            break;
        }
        at = (uint32_t)(newline - bytes) + 1;
        if (!check_line(b, from, at, end, top->column + 1, is_flow)) {
            return false;
        }
    }
    return true;
}

/* The deepest of the blank lines in [from, end). */
static uint32_t deepest_blank(struct cp_str bytes, uint32_t from, uint32_t end, uint32_t *line)
{
    uint32_t deepest = 0;
    for (uint32_t at = from; at < end;) {
        uint32_t line_end = cp_yaml_line_end(bytes, at);
        if (line_end - at > deepest) {
            deepest = line_end - at;
            *line = at;
        }
        at = line_end + 1;
    }
    return deepest;
}

bool cp_yaml_check_blank_lines(struct cp_yaml_builder *b, uint32_t from, uint32_t end)
{
    const struct cp_yaml_frame *top = b->top;
    uint32_t header = cp_yaml_line_end(b->bytes, from);
    uint32_t line = 0;
    uint32_t deepest = deepest_blank(b->bytes, header + 1, end, &line);
    uint32_t text = cp_yaml_skip_spaces(b->bytes, end, (uint32_t)b->bytes.len);
    bool has_text = text < b->bytes.len && !cp_yaml_is_line_end(b->bytes.at[text]);
    if (!has_text || text - end >= deepest || (top && text - end <= top->column)) {
        return true;
    }
    struct cp_diagnostic *found = cp_diags_add(
        b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, line, line + deepest), CP_STR(""),
        "a blank line above this text has more spaces than the text is indented");
    cp_diagnostic_help(b->diags, found, "remove the spaces of the blank line");
    cp_diagnostic_note(b->diags, found, cp_yaml_place(b, text, cp_yaml_line_end(b->bytes, text)),
                       "the text begins here");
    return false;
}

bool cp_yaml_check_dash(struct cp_yaml_builder *b, const struct cp_node *node)
{
    const struct cp_yaml_frame *top = b->top;
    bool is_dash = node->style == CP_STYLE_PLAIN && node->text.len == 1 && node->text.at[0] == '-';
    if (!is_dash || !top || top->node->style != CP_STYLE_FLOW) {
        return true;
    }
    struct cp_diagnostic *found = cp_diags_add(b->diags, &cp_rule_yaml_syntax, cp_node_place(node),
                                               CP_STR(""), "a '-' alone is no value in brackets");
    cp_diagnostic_help(b->diags, found, "put quotes around it: \"-\"");
    return false;
}

static void report_duplicate(struct cp_yaml_builder *b, struct cp_node *first,
                             struct cp_node *second)
{
    const char *key = cp_diags_quote(b->diags, second->key->text);
    struct cp_diagnostic *found =
        cp_node_report_at(b->diags, &cp_rule_duplicate_key, second, cp_node_place(second->key),
                          "the key %s is given twice in this mapping", key);
    cp_diagnostic_help(b->diags, found, "remove one of the two, or put both values under one");
    cp_diagnostic_note(b->diags, found, cp_node_place(first->key), "first given here");
}

/* The child before `child` that has its key, or NULL. */
static struct cp_node *find_in_list(struct cp_node *mapping, struct cp_node *child)
{
    for (struct cp_node *other = mapping->first; other != child; other = other->next) {
        if (cp_str_is_equal(other->key->text, child->key->text)) {
            return other;
        }
    }
    return NULL;
}

/* One of 64 bits, the same for keys that are equal: where no key before had it, none is. */
static uint64_t bit_of(struct cp_str key)
{
    size_t mix = key.len;
    if (key.len > 0) {
        mix +=
            5 * (size_t)(unsigned char)key.at[0] + 11 * (size_t)(unsigned char)key.at[key.len - 1];
    }
    return (uint64_t)1 << (mix & 63);
}

void cp_yaml_drop_duplicates(struct cp_yaml_builder *b, struct cp_node *mapping)
{
    struct cp_map map;
    cp_map_init(&map);
    bool is_large = mapping->count > FEW_KEYS;
    uint32_t index = 0;
    uint64_t seen = 0;
    for (struct cp_node **link = &mapping->first; *link;) {
        struct cp_node *child = *link;
        uint64_t bit = bit_of(child->key->text);
        struct cp_node *first = NULL;
        if (is_large) {
            first = cp_map_put(&map, child->key->text, child);
        } else if (seen & bit) {
            first = find_in_list(mapping, child);
        }
        seen |= bit;
        if (first) {
            report_duplicate(b, first, child);
            *link = child->next;
        } else {
            child->index = index++;
            link = &child->next;
        }
    }
    mapping->count = index;
    cp_map_release(&map);
}
