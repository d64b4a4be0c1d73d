/*
 * libyaml's events into the tree of nodes, with the place of each. Makes no sense of any key or
 * value; what a file may not do is judged in the files beside this one.
 */
#include "build.h"
#include "scan.h"

#include <assert.h>
#include <string.h>

enum step { STEP_ON, STEP_DONE, STEP_FAILED };

static enum step step_if(bool is_fine)
{
    return is_fine ? STEP_ON : STEP_FAILED;
}

/* ---- nodes ----------------------------------------------------------------------------------- */

static inline struct cp_node *new_node(struct cp_yaml_builder *b, enum cp_node_kind kind,
                                       uint32_t from, uint32_t end)
{
    if (!cp_yaml_count(b, 1, from, end)) {
        return NULL;
    }
    struct cp_node *node = cp_arena_room(b->arena, sizeof *node);
    *node = (struct cp_node){.file = b->file, .kind = (uint8_t)kind, .span = {from, end - from}};
    return node;
}

static bool refuse_key(struct cp_yaml_builder *b, uint32_t from, uint32_t end)
{
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, from, end), CP_STR(""),
                     "a list or mapping cannot be a key");
    cp_diagnostic_help(b->diags, found,
                       "write a word as the key; where this is text in braces or brackets, put "
                       "quotes around it");
    return false;
}

static bool refuse_merge(struct cp_yaml_builder *b, const struct cp_node *key)
{
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_syntax, cp_node_place(key), CP_STR(""),
                     "the merge key '<<' is not part of the format");
    cp_diagnostic_help(b->diags, found,
                       "write the keys out, or put what several files share under 'defaults' of "
                       "the portfolio file");
    return false;
}

static bool is_key_next(const struct cp_yaml_frame *top)
{
    return top && top->node->kind == CP_NODE_MAPPING && !top->key;
}

static bool attach_key(struct cp_yaml_builder *b, struct cp_yaml_frame *top, struct cp_node *key)
{
    if (key->kind != CP_NODE_SCALAR) {
        return refuse_key(b, key->span.offset, key->span.offset + key->span.length);
    }
    if (key->style == CP_STYLE_PLAIN && cp_str_is_equal(key->text, CP_STR("<<"))) {
        return refuse_merge(b, key);
    }
    key->parent = top->node;
    top->key = key;
    return true;
}

/* Links a node where the document has it: as the root, a key, a value or an item. */
static inline bool attach(struct cp_yaml_builder *b, struct cp_node *node)
{
    struct cp_yaml_frame *top = b->top;
    if (!top) {
        b->root = node;
        return true;
    }
    if (is_key_next(top)) {
        return attach_key(b, top, node);
    }
    node->parent = top->node;
    node->key = top->key;
    node->index = top->node->count++;
    top->key = NULL;
    *top->tail = node;
    top->tail = &node->next;
    return true;
}

static bool name_node(struct cp_yaml_builder *b, struct cp_yaml_anchor **out,
                      const yaml_char_t *name, struct cp_node *node)
{
    *out = NULL;
    return !name || cp_yaml_anchor_add(b, out, (const char *)name, node);
}

/* ---- scalars --------------------------------------------------------------------------------- */

static bool is_quoted(uint8_t style)
{
    return style == CP_STYLE_SINGLE || style == CP_STYLE_DOUBLE;
}

static bool is_block_text(uint8_t style)
{
    return style == CP_STYLE_LITERAL || style == CP_STYLE_FOLDED;
}

static const uint8_t styles[] = {
    [YAML_ANY_SCALAR_STYLE] = CP_STYLE_PLAIN,
    [YAML_PLAIN_SCALAR_STYLE] = CP_STYLE_PLAIN,
    [YAML_SINGLE_QUOTED_SCALAR_STYLE] = CP_STYLE_SINGLE,
    [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = CP_STYLE_DOUBLE,
    [YAML_LITERAL_SCALAR_STYLE] = CP_STYLE_LITERAL,
    [YAML_FOLDED_SCALAR_STYLE] = CP_STYLE_FOLDED,
};

/* Whether the bytes of a scalar are its value. On one line nothing is folded, and only double
 * quotes know escapes that are as long as what they stand for. */
static bool is_as_written(const yaml_event_t *event, uint8_t style, struct cp_str source)
{
    struct cp_str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    bool is_plain_line = event->start_mark.line == event->end_mark.line &&
                         (style == CP_STYLE_PLAIN || style == CP_STYLE_SINGLE);
    assert(!is_plain_line || value.len != source.len || cp_str_is_equal(value, source));
    return is_plain_line ? value.len == source.len : cp_str_is_equal(value, source);
}

/* The value: the file's own bytes where they are the value as they stand, else a copy. */
static struct cp_str text_of(const struct cp_yaml_builder *b, const yaml_event_t *event,
                             const struct cp_node *node)
{
    struct cp_str source = cp_str_slice(b->bytes, node->span.offset, node->span.length);
    if (is_quoted(node->style) && source.len >= 2) {
        source = cp_str_slice(source, 1, source.len - 2);
    }
    if (is_as_written(event, node->style, source)) {
        return source;
    }
    struct cp_str value = {(const char *)event->data.scalar.value, event->data.scalar.length};
    return cp_arena_copy(b->arena, value);
}

/* The end of a block scalar that libyaml says ends at `end`: behind its last line with text. */
static uint32_t block_end(struct cp_str bytes, uint32_t from, uint32_t end)
{
    uint32_t text = end;
    while (text > from &&
           (cp_yaml_is_blank(bytes.at[text - 1]) || cp_yaml_is_line_end(bytes.at[text - 1]))) {
        text--;
    }
    uint32_t line_end = cp_yaml_line_end(bytes, text);
    return line_end < end ? line_end : end;
}

static bool has_text(struct cp_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] != '\n') {
            return true;
        }
    }
    return false;
}

/* The checks of a scalar whose source libyaml says is [from, end). */
static bool check_scalar(struct cp_yaml_builder *b, const struct cp_node *node, uint32_t from,
                         uint32_t end)
{
    if (is_quoted(node->style)) {
        return cp_yaml_check_lines(b, from, end, false);
    }
    if (is_block_text(node->style)) {
        return cp_yaml_take_header_comment(b, from) &&
               (has_text(node->text) || cp_yaml_check_blank_lines(b, from, end));
    }
    return node->text.len != 1 || cp_yaml_check_dash(b, node);
}

/* `!!str` and the other types that YAML names itself, which change nothing here. */
static bool is_own_tag(struct cp_str tag)
{
    static const char *const types[] = {"str",  "int",    "float",     "bool",
                                        "null", "binary", "timestamp", NULL};
    struct cp_str prefix = CP_STR("tag:yaml.org,2002:");
    if (!cp_str_has_prefix(tag, prefix.at)) {
        return false;
    }
    size_t i = 0;
    while (types[i] && !cp_str_is(cp_str_slice(tag, prefix.len, tag.len), types[i])) {
        i++;
    }
    return types[i] != NULL;
}

/* Keeps the tag that stands between `start` and the scalar. */
static void take_tag(struct cp_yaml_builder *b, const yaml_event_t *event, struct cp_node *node,
                     uint32_t start)
{
    const char *tag = (const char *)event->data.scalar.tag;
    uint32_t from = node->span.offset;
    const char *at = tag && !is_own_tag(cp_str_of(tag)) && start < from
                         ? memchr(b->bytes.at + start, '!', from - start)
                         : NULL;
    if (!at) {
        return;
    }
    uint32_t begin = (uint32_t)(at - b->bytes.at);
    uint32_t end = begin;
    while (end < from && !cp_yaml_is_blank(b->bytes.at[end]) &&
           !cp_yaml_is_line_end(b->bytes.at[end])) {
        end++;
    }
    struct cp_tag *kept = cp_list_push(&b->tags, sizeof *kept);
    *kept = (struct cp_tag){.span = {begin, end - begin}, .node = node};
}

static enum step take_scalar(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    uint32_t start = cp_yaml_cursor_seek(&b->cursor, event->start_mark.index);
    uint32_t end = cp_yaml_cursor_seek(&b->cursor, event->end_mark.index);
    uint32_t from = cp_yaml_skip_properties(b->bytes, start, end);
    struct cp_node *node = new_node(b, CP_NODE_SCALAR, from, end);
    if (!node || !cp_yaml_take_comments(b, from)) {
        return STEP_FAILED;
    }
    node->style = styles[event->data.scalar.style];
    if (is_block_text(node->style)) {
        node->span.length = block_end(b->bytes, from, end) - from;
    }
    node->text = text_of(b, event, node);
    take_tag(b, event, node, start);
    b->gap = end;
    b->end = from + node->span.length;
    b->previous = node;
    struct cp_yaml_anchor *anchor = NULL;
    return step_if(check_scalar(b, node, from, end) &&
                   name_node(b, &anchor, event->data.scalar.anchor, node) && attach(b, node));
}

static enum step take_alias(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    uint32_t from = cp_yaml_cursor_seek(&b->cursor, event->start_mark.index);
    uint32_t end = cp_yaml_cursor_seek(&b->cursor, event->end_mark.index);
    struct cp_node *copy = NULL;
    if (!cp_yaml_take_comments(b, from) ||
        !cp_yaml_alias_build(b, &copy, (const char *)event->data.alias.anchor, from, end)) {
        return STEP_FAILED;
    }
    b->gap = b->end = end;
    b->previous = NULL;
    return step_if(attach(b, copy));
}

/* ---- collections ----------------------------------------------------------------------------- */

static bool check_depth(struct cp_yaml_builder *b, uint32_t from)
{
    if (b->depth < CP_YAML_DEPTH) {
        return true;
    }
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_limit, cp_yaml_place(b, from, from + 1), CP_STR(""),
                     "values are nested %u levels deep here, more than the limit of %d",
                     (unsigned)b->depth + 1, CP_YAML_DEPTH);
    cp_diagnostic_help(b->diags, found, "nest less deeply");
    return false;
}

static enum step open_collection(struct cp_yaml_builder *b, const yaml_event_t *event,
                                 enum cp_node_kind kind, const yaml_char_t *name, bool is_flow)
{
    uint32_t start = cp_yaml_cursor_seek(&b->cursor, event->start_mark.index);
    uint32_t from = cp_yaml_skip_properties(b->bytes, start, (uint32_t)b->bytes.len);
    if (!check_depth(b, from)) {
        return STEP_FAILED;
    }
    if (is_key_next(b->top)) {
        return step_if(refuse_key(b, from, cp_yaml_value_end(b->bytes, from)));
    }
    struct cp_node *node = new_node(b, kind, from, from);
    struct cp_yaml_anchor *anchor = NULL;
    if (!node || !name_node(b, &anchor, name, node) || !attach(b, node)) {
        return STEP_FAILED;
    }
    node->style = is_flow ? CP_STYLE_FLOW : CP_STYLE_BLOCK;
    b->top = &b->frames[b->depth++];
    *b->top = (struct cp_yaml_frame){.node = node,
                                     .tail = &node->first,
                                     .anchor = anchor,
                                     .nodes_before = b->nodes - 1,
                                     .brought_before = b->brought,
                                     .column = (uint32_t)event->start_mark.column};
    return STEP_ON;
}

static enum step open_sequence(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    return open_collection(b, event, CP_NODE_SEQUENCE, event->data.sequence_start.anchor,
                           event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
}

static enum step open_mapping(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    return open_collection(b, event, CP_NODE_MAPPING, event->data.mapping_start.anchor,
                           event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
}

/* What the frame above and the anchor learn of a collection that is complete. */
static void pass_up(struct cp_yaml_builder *b, const struct cp_yaml_frame *frame)
{
    uint32_t height = frame->height + 1;
    struct cp_yaml_frame *top = b->top;
    if (top && height > top->height) {
        top->height = height;
    }
    /* The name may have been given again to a node inside this one. */
    if (frame->anchor && frame->anchor->node == frame->node) {
        frame->anchor->size = b->nodes - frame->nodes_before;
        frame->anchor->height = height;
        frame->anchor->brought = b->brought - frame->brought_before;
        frame->anchor->is_open = false;
    }
}

static enum step close_collection(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    const struct cp_yaml_frame *frame = b->top;
    struct cp_node *node = frame->node;
    b->top = --b->depth > 0 ? &b->frames[b->depth - 1] : NULL;
    bool is_flow = node->style == CP_STYLE_FLOW;
    if (is_flow) {
        b->end = cp_yaml_cursor_seek(&b->cursor, event->end_mark.index);
    }
    uint32_t from = node->span.offset;
    node->span.length = b->end > from ? b->end - from : 0;
    if (node->kind == CP_NODE_MAPPING) {
        cp_yaml_drop_duplicates(b, node);
    }
    pass_up(b, frame);
    return step_if(!is_flow || cp_yaml_check_lines(b, from, b->end, true));
}

/* ---- documents ------------------------------------------------------------------------------- */

static enum step refuse_empty(struct cp_yaml_builder *b)
{
    struct cp_diagnostic *found = cp_diags_add(
        b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, 0, 0), CP_STR(""), "the file is empty");
    cp_diagnostic_help(b->diags, found, "write a document into it, or remove the file");
    return STEP_FAILED;
}

static enum step refuse_second(struct cp_yaml_builder *b, uint32_t at)
{
    struct cp_diagnostic *found = cp_diags_add(
        b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, at, cp_yaml_value_end(b->bytes, at)),
        CP_STR(""), "a second document starts here; a file holds only one");
    cp_diagnostic_help(b->diags, found,
                       "remove this line, or move what follows it into a file of its own");
    return STEP_FAILED;
}

/* Behind blank lines, comments and `...` lines from `at`. */
static uint32_t skip_to_content(struct cp_str bytes, uint32_t at)
{
    while (at < bytes.len) {
        uint32_t text = cp_yaml_skip_blanks(bytes, at, (uint32_t)bytes.len);
        uint32_t end = cp_yaml_line_end(bytes, text);
        struct cp_str line = cp_str_slice(bytes, text, cp_yaml_value_end(bytes, text) - text);
        if (line.len > 0 && line.at[0] != '#' && !cp_str_is(line, "...")) {
            return text;
        }
        at = end < bytes.len ? end + 1 : end;
    }
    return at;
}

/* The document is complete. libyaml is not asked about what follows: directives there would cost it
 * quadratic time, and nothing may follow. */
static enum step end_document(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    uint32_t at = cp_yaml_cursor_seek(&b->cursor, event->end_mark.index);
    uint32_t rest = skip_to_content(b->bytes, at);
    struct cp_str text = cp_str_slice(b->bytes, rest, b->bytes.len);
    if (cp_str_has_prefix(text, "---") || cp_str_has_prefix(text, "%")) {
        return refuse_second(b, rest);
    }
    if (text.len > 0) {
        return STEP_ON; /* to libyaml's own words about it */
    }
    if (!b->root || (b->root->style == CP_STYLE_PLAIN && b->root->span.length == 0)) {
        return refuse_empty(b);
    }
    return cp_yaml_take_comments(b, (uint32_t)b->bytes.len) ? STEP_DONE : STEP_FAILED;
}

static enum step start_document(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    uint32_t at = cp_yaml_cursor_seek(&b->cursor, event->start_mark.index);
    return b->root ? refuse_second(b, at) : STEP_ON;
}

static enum step take_event(struct cp_yaml_builder *b, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return take_scalar(b, event);
    case YAML_ALIAS_EVENT:
        return take_alias(b, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_sequence(b, event);
    case YAML_MAPPING_START_EVENT:
        return open_mapping(b, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return close_collection(b, event);
    case YAML_DOCUMENT_START_EVENT:
        return start_document(b, event);
    case YAML_DOCUMENT_END_EVENT:
        return end_document(b, event);
    case YAML_STREAM_END_EVENT:
        return refuse_empty(b);
    case YAML_STREAM_START_EVENT:
    case YAML_NO_EVENT:
        break;
    }
    return STEP_ON;
}

static bool take_events(struct cp_yaml_builder *b)
{
    enum step step = STEP_ON;
    while (step == STEP_ON) {
        yaml_event_t event;
        if (!yaml_parser_parse(&b->parser, &event)) {
            cp_yaml_report_problem(b);
            return false;
        }
        step = take_event(b, &event);
        yaml_event_delete(&event);
    }
    return step == STEP_DONE;
}

static void builder_init(struct cp_yaml_builder *b, const struct cp_yaml_scan *scan)
{
    b->bytes = b->file->bytes;
    b->gap = b->end = scan->body;
    b->hash = cp_yaml_find_hash(b->bytes, scan->body);
    cp_yaml_cursor_init(&b->cursor, b->bytes, scan->body, scan->is_ascii);
    cp_map_init(&b->anchors);
    if (!yaml_parser_initialize(&b->parser)) {
        cp_yaml_run_out();
    }
    struct cp_str body = cp_str_slice(b->bytes, scan->body, b->bytes.len);
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    const char *input = body.len > 0 ? body.at : "";
    yaml_parser_set_input_string(&b->parser, (const unsigned char *)input, body.len);
}

static void builder_release(struct cp_yaml_builder *b)
{
    yaml_parser_delete(&b->parser);
    cp_map_release(&b->anchors);
    cp_list_release(&b->comments);
    cp_list_release(&b->tags);
}

static void *copy_items(struct cp_arena *arena, const void *items, size_t size)
{
    void *copy = size > 0 ? cp_arena_alloc(arena, size) : NULL;
    if (copy) {
        memcpy(copy, items, size);
    }
    return copy;
}

/* Hands over comments and tags, from the heap to the arena. */
static void give_lists(struct cp_yaml *out, const struct cp_yaml_builder *b)
{
    out->comments.items =
        copy_items(b->arena, b->comments.items, b->comments.count * sizeof *out->comments.items);
    out->comments.count = out->comments.capacity = b->comments.count;
    out->tags.items = copy_items(b->arena, b->tags.items, b->tags.count * sizeof *out->tags.items);
    out->tags.count = out->tags.capacity = b->tags.count;
}

void cp_yaml_parse(struct cp_yaml *out, struct cp_arena *arena, struct cp_file *file,
                   struct cp_diags *diags)
{
    assert(file->is_loaded);
    *out = (struct cp_yaml){.file = file, .is_broken = true};
    struct cp_yaml_scan scan;
    if (!cp_yaml_scan(&scan, file, diags)) {
        return;
    }
    struct cp_yaml_frame frames[CP_YAML_DEPTH];
    struct cp_yaml_builder builder = {
        .arena = arena, .diags = diags, .file = file, .frames = frames};
    builder_init(&builder, &scan);
    if (take_events(&builder)) {
        out->root = builder.root;
        out->is_broken = false;
        give_lists(out, &builder);
    }
    builder_release(&builder);
}
