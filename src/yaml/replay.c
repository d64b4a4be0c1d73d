/*
 * A scalar read once more from its source, keeping where each byte of the value came from; so that
 * a finding about a word inside a value stands at that word. Follows libyaml's reading, not the
 * specification, wherever the two differ: the value is libyaml's.
 */
#include "replay.h"

#include "place.h"

#include <string.h>

struct replayer {
    struct cp_yaml_replay *out;
    struct cp_str src; /* the file */
    const struct cp_node *node;
};

/* ---- runs ------------------------------------------------------------------------------------ */

static void put(struct replayer *r, struct cp_str value, uint32_t source, uint32_t source_length)
{
    if (value.len == 0) {
        return;
    }
    uint32_t at = (uint32_t)r->out->value.len;
    uint32_t length = (uint32_t)value.len;
    cp_buf_put(&r->out->value, value);
    struct cp_yaml_run *run = cp_list_push(&r->out->runs, sizeof *run);
    *run = (struct cp_yaml_run){at, length, source, source_length};
}

static void copy(struct replayer *r, uint32_t from, uint32_t end)
{
    put(r, cp_str_slice(r->src, from, end - from), from, end - from);
}

/* ---- line ends, as libyaml knows them -------------------------------------------------------- */

/* U+2028 and U+2029 stay in the value as they are; every other line end becomes LF. */
static bool is_kept(struct cp_str src, uint32_t at)
{
    return src.at[at] == '\xE2';
}

static void put_break(struct replayer *r, uint32_t at)
{
    uint32_t length = cp_yaml_break_length(r->src, at);
    if (is_kept(r->src, at)) {
        copy(r, at, at + length);
    } else {
        put(r, CP_STR("\n"), at, length);
    }
}

/* The line ends in [from, end), which holds nothing else but blanks. */
static void put_breaks(struct replayer *r, uint32_t from, uint32_t end)
{
    for (uint32_t at = from; at < end;) {
        uint32_t length = cp_yaml_break_length(r->src, at);
        if (length > 0) {
            put_break(r, at);
        }
        at += length > 0 ? length : 1;
    }
}

/* ---- plain and quoted scalars ---------------------------------------------------------------- */

static bool is_white(struct cp_str src, uint32_t at)
{
    return cp_yaml_is_blank(src.at[at]) || cp_yaml_break_length(src, at) > 0;
}

static uint32_t skip_white(struct cp_str src, uint32_t at, uint32_t end)
{
    while (at < end && is_white(src, at)) {
        at += cp_yaml_is_blank(src.at[at]) ? 1 : cp_yaml_break_length(src, at);
    }
    return at < end ? at : end;
}

/* Blanks and line ends between words: one line end is a space, more lose the first. */
static void put_white(struct replayer *r, uint32_t from, uint32_t end)
{
    uint32_t first = cp_yaml_skip_blanks(r->src, from, end);
    if (first == end) {
        copy(r, from, end);
        return;
    }
    uint32_t length = cp_yaml_break_length(r->src, first);
    uint32_t second = cp_yaml_skip_blanks(r->src, first + length, end);
    if (is_kept(r->src, first)) {
        put_breaks(r, first, end);
    } else if (second == end) {
        put(r, CP_STR(" "), first, length);
    } else {
        put_breaks(r, second, end);
    }
}

static void replay_plain(struct replayer *r, uint32_t from, uint32_t end)
{
    for (uint32_t at = from; at < end;) {
        uint32_t word = at;
        while (word < end && !is_white(r->src, word)) {
            word++;
        }
        copy(r, at, word);
        at = skip_white(r->src, word, end);
        put_white(r, word, at);
    }
}

static void replay_single(struct replayer *r, uint32_t from, uint32_t end)
{
    for (uint32_t at = from; at < end;) {
        uint32_t word = at;
        while (word < end && !is_white(r->src, word) && r->src.at[word] != '\'') {
            word++;
        }
        copy(r, at, word);
        if (word < end && r->src.at[word] == '\'') {
            put(r, CP_STR("'"), word, 2);
            at = word + 2;
        } else {
            at = skip_white(r->src, word, end);
            put_white(r, word, at);
        }
    }
}

/* What the escapes of one character stand for. */
static const struct {
    char escape;
    const char *value;
} escapes[] = {
    {'a', "\a"},           {'b', "\b"},       {'t', "\t"},       {'\t', "\t"},
    {'n', "\n"},           {'v', "\v"},       {'f', "\f"},       {'r', "\r"},
    {'e', "\x1B"},         {' ', " "},        {'"', "\""},       {'/', "/"},
    {'\\', "\\"},          {'N', "\xC2\x85"}, {'_', "\xC2\xA0"}, {'L', "\xE2\x80\xA8"},
    {'P', "\xE2\x80\xA9"},
};

static uint32_t hex_value(struct cp_str digits)
{
    uint32_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.at[i];
        uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c & 0x5F) - 'A' + 10);
        value = value * 16 + digit;
    }
    return value;
}

static uint32_t put_code(struct replayer *r, uint32_t at, uint32_t digits)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_utf8_put(&text, hex_value(cp_str_slice(r->src, at + 2, digits)));
    put(r, cp_buf_str(&text), at, digits + 2);
    cp_buf_release(&text);
    return at + 2 + digits;
}

/* The escape at `at`, which libyaml has accepted; returns what follows it. */
static uint32_t put_escape(struct replayer *r, uint32_t at, uint32_t end)
{
    uint32_t line_end = cp_yaml_break_length(r->src, at + 1);
    if (line_end > 0) {
        uint32_t next = skip_white(r->src, at + 1 + line_end, end);
        put_breaks(r, at + 1 + line_end, next);
        return next;
    }
    char c = r->src.at[at + 1];
    if (c == 'x' || c == 'u' || c == 'U') {
        return put_code(r, at, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    }
    if (c == '0') {
        put(r, (struct cp_str){"", 1}, at, 2);
    }
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (escapes[i].escape == c) {
            put(r, cp_str_of(escapes[i].value), at, 2);
        }
    }
    return at + 2;
}

static void replay_double(struct replayer *r, uint32_t from, uint32_t end)
{
    for (uint32_t at = from; at < end;) {
        uint32_t word = at;
        while (word < end && !is_white(r->src, word) && r->src.at[word] != '\\') {
            word++;
        }
        copy(r, at, word);
        if (word < end && r->src.at[word] == '\\') {
            at = put_escape(r, word, end);
        } else {
            at = skip_white(r->src, word, end);
            put_white(r, word, at);
        }
    }
}

/* ---- block scalars --------------------------------------------------------------------------- */

struct block {
    struct replayer *r;
    uint32_t indent;
    uint32_t at;        /* where reading goes on */
    uint32_t column;    /* spaces before it on its line */
    uint32_t lead;      /* the line end behind the last line of text */
    bool has_lead;      /* there is one that is not put yet */
    uint32_t blank_at;  /* blank lines from here */
    uint32_t blank_end; /* to here, whose line ends are not put yet */
    bool was_blank;     /* the last line of text began with a blank */
    bool is_folded;
    char chomping; /* '+', '-', or clip */
};

/* Over the header, to the first byte of the line behind it. */
static void read_header(struct block *block, struct cp_str src)
{
    uint32_t at = block->at + 1;
    for (; at < src.len && strchr("+-0123456789", src.at[at]); at++) {
        if (src.at[at] == '+' || src.at[at] == '-') {
            block->chomping = src.at[at];
        }
    }
    while (at < src.len && cp_yaml_break_length(src, at) == 0) {
        at++;
    }
    block->at = at < src.len ? at + cp_yaml_break_length(src, at) : at;
}

/* The indentation of the text: not stated in the source in general, but what the first line of the
 * value that is not empty has fewer spaces than the source. */
static uint32_t find_indent(struct cp_str src, uint32_t at, struct cp_str value)
{
    uint32_t in_value = 0;
    for (uint32_t length; (length = cp_yaml_break_length(value, in_value)) > 0;) {
        in_value += length;
        uint32_t line_end = cp_yaml_skip_spaces(src, at, (uint32_t)src.len);
        at = line_end + cp_yaml_break_length(src, line_end);
    }
    uint32_t value_text = cp_yaml_skip_spaces(value, in_value, (uint32_t)value.len);
    uint32_t source_text = cp_yaml_skip_spaces(src, at, (uint32_t)src.len);
    uint32_t spaces = source_text - at;
    return spaces - (value_text - in_value);
}

/* Over blank lines and the indentation of the next line with text. */
static void read_blank_lines(struct block *block)
{
    struct cp_str src = block->r->src;
    block->blank_at = block->at;
    for (;;) {
        uint32_t line = block->at;
        uint32_t limit = line + block->indent < src.len ? line + block->indent : (uint32_t)src.len;
        block->at = cp_yaml_skip_spaces(src, line, limit);
        block->column = block->at - line;
        uint32_t length = cp_yaml_break_length(src, block->at);
        if (length == 0) {
            break;
        }
        block->at += length;
        block->blank_end = block->at;
    }
    block->blank_end = block->blank_end > block->blank_at ? block->blank_end : block->blank_at;
}

/* The line ends between the last line of text and the next, which starts at block->at. */
static void put_between(struct block *block)
{
    struct replayer *r = block->r;
    bool is_blank = cp_yaml_is_blank(r->src.at[block->at]);
    bool is_fold = block->is_folded && block->has_lead && !is_kept(r->src, block->lead) &&
                   !block->was_blank && !is_blank;
    bool has_blank_lines = block->blank_end > block->blank_at;
    if (is_fold && !has_blank_lines) {
        put(r, CP_STR(" "), block->lead, cp_yaml_break_length(r->src, block->lead));
    } else if (!is_fold && block->has_lead) {
        put_break(r, block->lead);
    }
    put_breaks(r, block->blank_at, block->blank_end);
    block->was_blank = is_blank;
}

static void read_text_line(struct block *block)
{
    struct replayer *r = block->r;
    uint32_t end = block->at;
    while (end < r->src.len && cp_yaml_break_length(r->src, end) == 0) {
        end++;
    }
    copy(r, block->at, end);
    block->lead = end;
    block->has_lead = end < r->src.len;
    block->at = end + cp_yaml_break_length(r->src, end);
}

/* A value of nothing but line ends: the first ones behind the header. */
static void replay_blank(struct replayer *r, uint32_t at)
{
    while (r->out->value.len < r->node->text.len && at < r->src.len) {
        at = cp_yaml_skip_blanks(r->src, at, (uint32_t)r->src.len);
        uint32_t length = cp_yaml_break_length(r->src, at);
        if (length == 0) {
            break;
        }
        put_break(r, at);
        at += length;
    }
}

static bool has_only_breaks(struct cp_str value)
{
    uint32_t at = 0;
    for (uint32_t length; (length = cp_yaml_break_length(value, at)) > 0;) {
        at += length;
    }
    return at == value.len;
}

static void replay_block(struct replayer *r, uint32_t from)
{
    struct block block = {.r = r, .at = from, .is_folded = r->node->style == CP_STYLE_FOLDED};
    read_header(&block, r->src);
    if (has_only_breaks(r->node->text)) {
        replay_blank(r, block.at);
        return;
    }
    block.indent = find_indent(r->src, block.at, r->node->text);
    read_blank_lines(&block);
    while (block.at < r->src.len && block.column == block.indent) {
        put_between(&block);
        read_text_line(&block);
        read_blank_lines(&block);
    }
    if (block.has_lead && block.chomping != '-') {
        put_break(r, block.lead);
    }
    if (block.chomping == '+') {
        put_breaks(r, block.blank_at, block.blank_end);
    }
}

/* ---- the way in ------------------------------------------------------------------------------ */

void cp_yaml_replay_build(struct cp_yaml_replay *out, const struct cp_node *node)
{
    *out = (struct cp_yaml_replay){0};
    cp_buf_init(&out->value);
    struct replayer r = {out, node->file->bytes, node};
    uint32_t from = node->span.offset;
    uint32_t end = from + node->span.length;
    switch (node->style) {
    case CP_STYLE_SINGLE:
        replay_single(&r, from + 1, end - 1);
        break;
    case CP_STYLE_DOUBLE:
        replay_double(&r, from + 1, end - 1);
        break;
    case CP_STYLE_LITERAL:
    case CP_STYLE_FOLDED:
        replay_block(&r, from);
        break;
    default:
        replay_plain(&r, from, end);
        break;
    }
}

void cp_yaml_replay_release(struct cp_yaml_replay *replay)
{
    cp_list_release(&replay->runs);
    cp_buf_release(&replay->value);
}

/* Where the byte `offset` of the value stands; behind the last one: the end of the source. */
static struct cp_span source_of(const struct cp_yaml_replay *replay, size_t offset)
{
    for (size_t i = 0; i < replay->runs.count; i++) {
        const struct cp_yaml_run *run = &replay->runs.items[i];
        if (offset >= (size_t)run->value + run->value_length) {
            continue;
        }
        if (run->value_length != run->source_length) {
            return (struct cp_span){run->source, run->source_length};
        }
        return (struct cp_span){run->source + (uint32_t)(offset - run->value), 1};
    }
    const struct cp_yaml_run *last = &replay->runs.items[replay->runs.count - 1];
    return (struct cp_span){last->source + last->source_length, 0};
}

static struct cp_span inner_span(const struct cp_yaml_replay *replay, struct cp_str src,
                                 size_t offset, size_t length)
{
    struct cp_span first = source_of(replay, offset);
    struct cp_span last = length > 0 ? source_of(replay, offset + length - 1) : first;
    uint32_t end = length > 0 ? last.offset + last.length : first.offset;
    uint32_t line_end = cp_yaml_line_end(src, first.offset);
    end = end < line_end ? end : line_end;
    return (struct cp_span){first.offset, end > first.offset ? end - first.offset : 0};
}

struct cp_place cp_node_inner_place(const struct cp_node *node, size_t offset, size_t length)
{
    struct cp_place place = cp_node_place(node);
    if (node->kind != CP_NODE_SCALAR || !node->file->is_loaded || node->text.len == 0 ||
        node->text.len > CP_REPLAY_BYTES) {
        return place;
    }
    struct cp_yaml_replay replay;
    cp_yaml_replay_build(&replay, node);
    /* Not asserted: the tests show them equal wherever people write, but libyaml's oddities (a byte
     * order mark inside a value) are endless and the input is hostile. The whole value is near
     * enough. */
    if (cp_str_is_equal(cp_buf_str(&replay.value), node->text)) {
        length = length < SIZE_MAX - offset ? length : SIZE_MAX - offset;
        place.span = inner_span(&replay, node->file->bytes, offset, length);
    }
    cp_yaml_replay_release(&replay);
    return place;
}
