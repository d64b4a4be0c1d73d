/*
 * Guards for the Markdown writer: characters that cmark leaves bare and that would be read as
 * something else. At the start of a line they are escaped; beside the delimiters of emphasis they
 * become character references, which are punctuation to both sides, so that the delimiters open
 * and close whatever the words are (CommonMark 6.2: left- and right-flanking).
 */
#include "private.h"

#include <string.h>

/* ---- characters ---------------------------------------------------------------------------- */

static bool is_of_type(cmark_node *node, cmark_node_type type)
{
    return node && cmark_node_get_type(node) == type;
}

static bool is_text(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_TEXT);
}

static bool is_emphasis(cmark_node *node)
{
    return is_of_type(node, CMARK_NODE_EMPH) || is_of_type(node, CMARK_NODE_STRONG);
}

static struct cp_str literal_of(cmark_node *text)
{
    return cp_str_of(cmark_node_get_literal(text));
}

static void set_slice(cmark_node *text, struct cp_str slice)
{
    struct cp_buf copy;
    cp_buf_init(&copy);
    cp_buf_put(&copy, slice);
    cp_node_set_literal(text, cp_buf_str(&copy));
    cp_buf_release(&copy);
}

/* Takes `length` bytes off the start or the end of `text`; a guard that writes `markup` stands for
 * them. */
static void guard_bytes(struct cp_guards *guards, cmark_node *text, bool is_first, size_t length,
                        const char *markup)
{
    struct cp_str literal = literal_of(text);
    struct cp_guard *guard = cp_list_push(guards, sizeof(*guard));
    guard->node = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
    memcpy(guard->text, is_first ? literal.at : literal.at + literal.len - length, length);
    cmark_node_set_on_enter(guard->node, markup);
    if (is_first) {
        cmark_node_insert_before(text, guard->node);
        set_slice(text, cp_str_slice(literal, length, literal.len));
    } else {
        cmark_node_insert_after(text, guard->node);
        set_slice(text, cp_str_slice(literal, 0, literal.len - length));
    }
    if (literal_of(text).len == 0) {
        cmark_node_free(text);
    }
}

void cp_guards_lower(struct cp_guards *guards)
{
    for (size_t i = 0; i < guards->count; i++) {
        cmark_node *node = guards->items[i].node;
        cmark_node_replace(node,
                           cp_node_literal(CMARK_NODE_TEXT, cp_str_of(guards->items[i].text)));
        cmark_node_free(node);
    }
    cp_list_release(guards);
}

/* ---- starts of lines ----------------------------------------------------------------------- */

static bool is_line_start(cmark_node *text)
{
    cmark_node *before = cmark_node_previous(text);
    return is_of_type(before, CMARK_NODE_LINEBREAK) ||
           (!before && is_of_type(cmark_node_parent(text), CMARK_NODE_PARAGRAPH));
}

/* Blanks at the start of a line would be dropped, or make it code; fences, and the rule under a
 * table's heads, begin with characters that cmark does not escape. */
static void guard_line_start(struct cp_guards *guards, cmark_node *text)
{
    struct cp_str literal = literal_of(text);
    size_t blanks = strspn(literal.at, " ");
    if (blanks > 0) {
        set_slice(text, cp_str_slice(literal, blanks, literal.len));
        literal = literal_of(text);
    }
    if (literal.len > 0 && strchr("~|:", literal.at[0])) {
        char markup[] = {'\\', literal.at[0], '\0'};
        guard_bytes(guards, text, true, 1, markup);
    } else if (literal.len == 0) {
        cmark_node_free(text);
    }
}

/* ---- emphasis ------------------------------------------------------------------------------ */

enum kind { KIND_BLANK, KIND_PUNCTUATION, KIND_WORD, KIND_OTHER };

static const struct {
    uint32_t first, last;
    enum kind kind;
} kinds[] = {
    {'\t', ' ', KIND_BLANK},      {'!', '/', KIND_PUNCTUATION}, {'0', '9', KIND_WORD},
    {':', '@', KIND_PUNCTUATION}, {'A', 'Z', KIND_WORD},        {'[', '`', KIND_PUNCTUATION},
    {'a', 'z', KIND_WORD},        {'{', '~', KIND_PUNCTUATION}, {0xA0, 0xA0, KIND_BLANK},
    {0xA1, 0xBF, KIND_OTHER},     {0xC0, 0xD6, KIND_WORD},      {0xD7, 0xD7, KIND_OTHER},
    {0xD8, 0xF6, KIND_WORD},      {0xF7, 0xF7, KIND_OTHER},     {0xF8, 0x36F, KIND_WORD},
    {0x370, 0x1FFF, KIND_OTHER},  {0x2000, 0x200A, KIND_BLANK}, {0x200B, 0x202E, KIND_OTHER},
    {0x202F, 0x202F, KIND_BLANK}, {0x2030, 0x205E, KIND_OTHER}, {0x205F, 0x205F, KIND_BLANK},
    {0x2060, 0x2FFF, KIND_OTHER}, {0x3000, 0x3000, KIND_BLANK}, {0x3001, 0x10FFFF, KIND_OTHER},
};

/* What nobody need know whether it is a letter or punctuation is OTHER. */
static enum kind kind_of(uint32_t code_point)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (code_point >= kinds[i].first && code_point <= kinds[i].last) {
            return kinds[i].kind;
        }
    }
    return KIND_OTHER;
}

/* The first or last character of a text; its length in bytes. */
static size_t edge_character(uint32_t *out, struct cp_str text, bool is_first)
{
    size_t at = is_first ? 0 : text.len - 1;
    while (at > 0 && !is_first && ((unsigned char)text.at[at] & 0xC0) == 0x80) {
        at--;
    }
    return cp_utf8_decode(out, cp_str_slice(text, at, text.len));
}

static cmark_node *edge_child(cmark_node *node, bool is_first)
{
    return is_first ? cmark_node_first_child(node) : cmark_node_last_child(node);
}

static cmark_node *neighbour(cmark_node *node, bool is_before)
{
    return is_before ? cmark_node_previous(node) : cmark_node_next(node);
}

/* The innermost node at an edge of emphasis: delimiters that touch are one run. */
static cmark_node *node_inside(cmark_node *emphasis, bool is_opening)
{
    cmark_node *node = emphasis;
    while (node && is_emphasis(node)) {
        node = edge_child(node, is_opening);
    }
    return node;
}

static cmark_node *node_outside(cmark_node *emphasis, bool is_opening)
{
    cmark_node *node = emphasis;
    while (!neighbour(node, is_opening) && is_emphasis(cmark_node_parent(node))) {
        node = cmark_node_parent(node);
    }
    return neighbour(node, is_opening);
}

static enum kind kind_at(cmark_node *node, bool is_first)
{
    uint32_t code_point = 0;
    if (!node || is_of_type(node, CMARK_NODE_LINEBREAK) || is_of_type(node, CMARK_NODE_SOFTBREAK)) {
        return KIND_BLANK;
    }
    if (!is_text(node)) {
        return KIND_PUNCTUATION; /* a delimiter, a bracket, a guard */
    }
    edge_character(&code_point, literal_of(node), is_first);
    return kind_of(code_point);
}

static void guard_reference(struct cp_guards *guards, cmark_node *text, bool is_first)
{
    uint32_t code_point = 0;
    char markup[16];
    size_t length = edge_character(&code_point, literal_of(text), is_first);
    snprintf(markup, sizeof(markup), "&#%u;", (unsigned)code_point);
    guard_bytes(guards, text, is_first, length, markup);
}

static void guard_edge(struct cp_guards *guards, cmark_node *emphasis, bool is_opening)
{
    cmark_node *inside = node_inside(emphasis, is_opening);
    cmark_node *outside = node_outside(emphasis, is_opening);
    enum kind inner = kind_at(inside, is_opening);
    enum kind outer = kind_at(outside, !is_opening);
    if (inner == KIND_WORD) {
        return;
    }
    if (is_text(outside) && (outer == KIND_WORD || outer == KIND_OTHER)) {
        guard_reference(guards, outside, !is_opening);
    }
    if (is_text(inside) && inner == KIND_BLANK) {
        guard_reference(guards, inside, is_opening);
    }
}

/* ---- all ----------------------------------------------------------------------------------- */

static bool is_empty_text(cmark_node *node)
{
    return is_text(node) && literal_of(node).len == 0;
}

static bool is_starting_text(cmark_node *node)
{
    return is_text(node) && is_line_start(node);
}

void cp_guards_raise(struct cp_guards *guards, cmark_node *root)
{
    struct cp_nodes nodes = {0};
    cp_nodes_pick(&nodes, root, CMARK_EVENT_ENTER, is_empty_text);
    for (size_t i = 0; i < nodes.count; i++) {
        cmark_node_free(nodes.items[i]);
    }
    nodes.count = 0;
    cp_nodes_pick(&nodes, root, CMARK_EVENT_ENTER, is_starting_text);
    for (size_t i = 0; i < nodes.count; i++) {
        guard_line_start(guards, nodes.items[i]);
    }
    nodes.count = 0;
    cp_nodes_pick(&nodes, root, CMARK_EVENT_ENTER, is_emphasis);
    for (size_t i = 0; i < nodes.count; i++) {
        guard_edge(guards, nodes.items[i], true);
        guard_edge(guards, nodes.items[i], false);
    }
    cp_list_release(&nodes);
}
