/*
 * Somebody else's Markdown document as a flat list of blocks that know their place: cmark's tree,
 * our pipe tables, and what cmark takes away (front matter, definitions of links). It judges
 * nothing and changes no word.
 */
#include "reading.h"

#include <stdlib.h>
#include <string.h>

/* ---- blocks -------------------------------------------------------------------------------- */

struct cp_reading_block *cp_reading_begin(struct cp_reading_walk *walk, enum cp_reading_kind kind,
                                          size_t first, size_t last, size_t start)
{
    struct cp_reading *reading = walk->reading;
    struct cp_reading_block *block = cp_list_push(&reading->blocks, sizeof(*block));
    struct cp_reading_spot *spot = cp_list_push(&reading->spots, sizeof(*spot));
    const struct cp_reading_line *lines = reading->lines.items;
    block->kind = kind;
    block->parent = walk->block;
    block->offset = lines[first].start;
    block->length = lines[last].end - block->offset;
    block->first_piece = (uint32_t)reading->pieces.count;
    spot->start = start;
    spot->first_run = (uint32_t)reading->runs.count;
    walk->block = (uint32_t)(reading->blocks.count - 1);
    return block;
}

void cp_reading_end(struct cp_reading_walk *walk)
{
    struct cp_reading *reading = walk->reading;
    struct cp_reading_block *block = &reading->blocks.items[walk->block];
    struct cp_reading_spot *spot = &reading->spots.items[walk->block];
    block->end = (uint32_t)reading->blocks.count;
    if (block->end == walk->block + 1) { /* what stands in a block has pieces and runs of its own */
        block->piece_count = (uint32_t)reading->pieces.count - block->first_piece;
        spot->run_count = (uint32_t)reading->runs.count - spot->first_run;
    }
    walk->block = block->parent;
}

void cp_reading_push_run(struct cp_reading *reading, size_t text_at, size_t offset)
{
    struct cp_reading_run *run = cp_list_push(&reading->runs, sizeof(*run));
    *run = (struct cp_reading_run){(uint32_t)text_at, offset};
}

/* ---- literals ------------------------------------------------------------------------------ */

/* Puts the lines of `literal`, each of which ends a line of the document from `first` on. */
static void put_lines(struct cp_reading *reading, struct cp_buf *out, struct cp_str literal,
                      size_t first)
{
    struct cp_str line;
    for (size_t at = first; cp_str_line(&line, &literal); at++) {
        if (at < reading->lines.count) {
            const struct cp_reading_line *place = &reading->lines.items[at];
            size_t length = place->end - place->start;
            cp_reading_push_run(reading, out->len,
                                place->end - (line.len < length ? line.len : length));
        }
        cp_buf_put(out, line);
        cp_buf_putc(out, '\n');
    }
}

static struct cp_str keep_lines(struct cp_reading *reading, struct cp_str literal, size_t first)
{
    struct cp_buf text;
    cp_buf_init(&text);
    put_lines(reading, &text, literal, first);
    struct cp_str kept = cp_arena_copy(&reading->arena, cp_buf_str(&text));
    cp_buf_release(&text);
    return kept;
}

/* ---- definitions --------------------------------------------------------------------------- */

static bool is_blank(const struct cp_reading *reading, size_t line)
{
    struct cp_str text = cp_str_trim(cp_reading_line(reading, line));
    size_t mark;
    while ((mark = cp_markdown_mark(text)) > 0) {
        text = cp_str_trim(cp_str_slice(text, mark, text.len));
    }
    return text.len == 0;
}

static void add_definitions(struct cp_reading_walk *walk, size_t first, size_t last)
{
    struct cp_reading *reading = walk->reading;
    struct cp_buf text;
    cp_buf_init(&text);
    cp_reading_begin(walk, CP_READING_DEFINITIONS, first, last, reading->lines.items[first].start);
    for (size_t line = first; line <= last; line++) {
        struct cp_str words = cp_reading_strip(reading, line, SIZE_MAX);
        cp_reading_push_run(reading, text.len, (size_t)(words.at - reading->clean.at));
        cp_buf_put(&text, words);
        cp_buf_putc(&text, '\n');
    }
    reading->blocks.items[walk->block].text = cp_arena_copy(&reading->arena, cp_buf_str(&text));
    cp_buf_release(&text);
    cp_reading_end(walk);
}

/* Lines before `line` that no block has taken hold definitions, or nothing. */
static void take_lines_before(struct cp_reading_walk *walk, size_t line)
{
    size_t first = walk->next_line;
    while (first < line) {
        size_t end = first;
        while (end < line && !is_blank(walk->reading, end)) {
            end++;
        }
        if (end > first) {
            add_definitions(walk, first, end - 1);
        }
        first = end + 1;
    }
    walk->next_line = walk->next_line < line ? line : walk->next_line;
}

/* Definitions at the start of a paragraph; the line behind them. */
static size_t take_definitions(struct cp_reading_walk *walk, size_t first, size_t last,
                               size_t quotes)
{
    size_t count;
    size_t line = first;
    while (line < last && (count = cp_reading_definition(walk->reading, line, last, quotes)) > 0 &&
           line + count <= last) {
        line += count;
    }
    if (line > first) {
        add_definitions(walk, first, line - 1);
    }
    return line;
}

/* ---- nodes --------------------------------------------------------------------------------- */

static size_t line_of(const struct cp_reading_walk *walk, int line)
{
    size_t last = walk->reading->lines.count - 1;
    size_t at = walk->first_line + (line > 0 ? (size_t)line - 1 : 0);
    return at < last ? at : last;
}

static size_t start_of(const struct cp_reading_walk *walk, cmark_node *node)
{
    const struct cp_reading_line *line =
        &walk->reading->lines.items[line_of(walk, cmark_node_get_start_line(node))];
    int column = cmark_node_get_start_column(node);
    size_t start = line->start + (column > 0 ? (size_t)column - 1 : 0);
    return start < line->end ? start : line->end;
}

static size_t last_of(const struct cp_reading_walk *walk, cmark_node *node)
{
    size_t first = line_of(walk, cmark_node_get_start_line(node));
    size_t last = line_of(walk, cmark_node_get_end_line(node));
    return last < first ? first : last;
}

static size_t quotes_around(cmark_node *node)
{
    size_t depth = 0;
    while ((node = cmark_node_parent(node))) {
        depth += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
    }
    return depth;
}

static void add_leaf(struct cp_reading_walk *walk, cmark_node *node, enum cp_reading_kind kind)
{
    struct cp_reading *reading = walk->reading;
    size_t last = last_of(walk, node);
    size_t first = line_of(walk, cmark_node_get_start_line(node));
    size_t behind = take_definitions(walk, first, last, quotes_around(node));
    size_t start = behind > first ? reading->lines.items[behind].start : start_of(walk, node);
    if (kind == CP_READING_PARAGRAPH && cp_reading_table(walk, node, behind)) {
        return;
    }
    struct cp_reading_block *block = cp_reading_begin(walk, kind, behind, last, start);
    block->level = kind == CP_READING_HEADING ? (unsigned)cmark_node_get_heading_level(node) : 0;
    while (kind == CP_READING_HEADING && start < reading->lines.items[behind].end &&
           reading->clean.at[start] == '#') {
        start++;
    }
    cp_reading_pieces(walk, node, start, reading->lines.items[last].end, 0);
    if (kind == CP_READING_HEADING) {
        cp_reading_slug(reading, &reading->blocks.items[walk->block]);
    }
    cp_reading_end(walk);
}

/* Indented code may begin with a fence, which then is its own first line. */
static bool begins_with_fence(const struct cp_reading *reading, size_t start, struct cp_str literal)
{
    struct cp_str first = {0};
    struct cp_str own = {0};
    struct cp_str from = cp_str_slice(reading->clean, start, reading->clean.len);
    if (!cp_str_has_prefix(from, "```") && !cp_str_has_prefix(from, "~~~")) {
        return false;
    }
    return !cp_str_line(&own, &literal) || !cp_str_line(&first, &from) ||
           !cp_str_is_equal(first, own);
}

static void add_code(struct cp_reading_walk *walk, cmark_node *node)
{
    struct cp_reading *reading = walk->reading;
    size_t first = line_of(walk, cmark_node_get_start_line(node));
    size_t start = start_of(walk, node);
    struct cp_str literal = cp_str_of(cmark_node_get_literal(node));
    bool is_fenced = begins_with_fence(reading, start, literal);
    struct cp_reading_block *block =
        cp_reading_begin(walk, CP_READING_CODE, first, last_of(walk, node), start);
    block->text = keep_lines(reading, literal, first + (is_fenced ? 1 : 0));
    block->info = cp_arena_copy(&reading->arena, cp_str_of(cmark_node_get_fence_info(node)));
    cp_reading_end(walk);
}

static size_t count_lines(struct cp_str text)
{
    struct cp_str line;
    size_t count = 0;
    while (cp_str_line(&line, &text)) {
        count++;
    }
    return count;
}

/* cmark's last line of HTML is one too early where a closing tag ends it. */
static void add_html(struct cp_reading_walk *walk, cmark_node *node)
{
    struct cp_reading *reading = walk->reading;
    size_t first = line_of(walk, cmark_node_get_start_line(node));
    struct cp_str literal = cp_str_of(cmark_node_get_literal(node));
    size_t last = first + count_lines(literal);
    last = last > first ? last - 1 : first;
    last = last < reading->lines.count ? last : reading->lines.count - 1;
    struct cp_reading_block *block =
        cp_reading_begin(walk, CP_READING_HTML, first, last, start_of(walk, node));
    block->text = keep_lines(reading, literal, first);
    cp_reading_html_anchors(reading, block->text);
    cp_reading_end(walk);
    walk->next_line = last + 1;
}

static unsigned written_number(const struct cp_reading *reading, size_t at)
{
    unsigned number = 0;
    for (size_t digits = 0; digits < 9 && at < reading->clean.len; digits++, at++) {
        if (!cp_is_digit(reading->clean.at[at])) {
            break;
        }
        number = number * 10 + (unsigned)(reading->clean.at[at] - '0');
    }
    return number;
}

static void open_container(struct cp_reading_walk *walk, cmark_node *node,
                           enum cp_reading_kind kind)
{
    size_t start = start_of(walk, node);
    size_t first = line_of(walk, cmark_node_get_start_line(node));
    uint32_t list = walk->block;
    struct cp_reading_block *block =
        cp_reading_begin(walk, kind, first, last_of(walk, node), start);
    if (kind == CP_READING_LIST) {
        block->is_ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        block->number = block->is_ordered ? (unsigned)cmark_node_get_list_start(node) : 0;
    } else if (kind == CP_READING_ITEM && walk->reading->blocks.items[list].is_ordered) {
        block->number = walk->reading->blocks.items[list].number++;
        block->written = written_number(walk->reading, start);
    }
}

static void close_container(struct cp_reading_walk *walk, cmark_node *node)
{
    take_lines_before(walk, last_of(walk, node) + 1);
    cp_reading_end(walk);
}

static const struct {
    cmark_node_type type;
    enum cp_reading_kind kind;
    void (*add)(struct cp_reading_walk *walk, cmark_node *node); /* NULL: leaf with pieces */
} leaves[] = {
    {CMARK_NODE_PARAGRAPH, CP_READING_PARAGRAPH, NULL},
    {CMARK_NODE_HEADING, CP_READING_HEADING, NULL},
    {CMARK_NODE_CODE_BLOCK, CP_READING_CODE, add_code},
    {CMARK_NODE_HTML_BLOCK, CP_READING_HTML, add_html},
};

static bool is_container(enum cp_reading_kind *out, cmark_node_type type)
{
    *out = type == CMARK_NODE_LIST          ? CP_READING_LIST
           : type == CMARK_NODE_ITEM        ? CP_READING_ITEM
           : type == CMARK_NODE_BLOCK_QUOTE ? CP_READING_QUOTE
                                            : CP_READING_RULE;
    return *out != CP_READING_RULE;
}

static void take_leaf(struct cp_reading_walk *walk, cmark_node *node)
{
    for (size_t i = 0; i < sizeof(leaves) / sizeof(leaves[0]); i++) {
        if (leaves[i].type == cmark_node_get_type(node)) {
            if (leaves[i].add) {
                leaves[i].add(walk, node);
            } else {
                add_leaf(walk, node, leaves[i].kind);
            }
        }
    }
    if (cmark_node_get_type(node) == CMARK_NODE_THEMATIC_BREAK) {
        size_t line = line_of(walk, cmark_node_get_start_line(node));
        cp_reading_begin(walk, CP_READING_RULE, line, line, start_of(walk, node));
        cp_reading_end(walk);
    }
    size_t behind = last_of(walk, node) + 1;
    walk->next_line = walk->next_line < behind ? behind : walk->next_line;
}

static bool is_block(cmark_node *node)
{
    cmark_node_type type = cmark_node_get_type(node);
    return type >= CMARK_NODE_FIRST_BLOCK && type <= CMARK_NODE_LAST_BLOCK;
}

static void take_tree(struct cp_reading_walk *walk, cmark_node *root)
{
    cmark_event_type event;
    enum cp_reading_kind kind;
    cmark_iter *iter = cmark_iter_new(root);
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (node == root || !is_block(node)) {
            continue;
        }
        bool has_blocks = is_container(&kind, cmark_node_get_type(node));
        if (event == CMARK_EVENT_ENTER) {
            take_lines_before(walk, line_of(walk, cmark_node_get_start_line(node)));
        }
        if (has_blocks && event == CMARK_EVENT_ENTER) {
            open_container(walk, node, kind);
        } else if (has_blocks) {
            close_container(walk, node);
        } else if (event == CMARK_EVENT_ENTER) {
            take_leaf(walk, node);
        }
    }
    cmark_iter_free(iter);
    take_lines_before(walk, walk->reading->lines.count);
}

/* ---- whole documents ----------------------------------------------------------------------- */

/* What is not given to cmark is paragraphs of its lines. */
static void take_plain(struct cp_reading_walk *walk, size_t first, size_t last)
{
    struct cp_reading *reading = walk->reading;
    struct cp_buf text;
    cp_buf_init(&text);
    size_t start = reading->lines.items[first].start;
    struct cp_reading_block *block =
        cp_reading_begin(walk, CP_READING_PARAGRAPH, first, last, start);
    struct cp_reading_piece *piece = cp_list_push(&reading->pieces, sizeof(*piece));
    for (size_t line = first; line <= last; line++) {
        struct cp_str words = cp_str_trim(cp_reading_line(reading, line));
        cp_buf_puts(&text, line > first ? " " : "");
        cp_reading_push_run(reading, text.len, (size_t)(words.at - reading->clean.at));
        cp_buf_put(&text, words);
    }
    block->text = cp_arena_copy(&reading->arena, cp_buf_str(&text));
    *piece = (struct cp_reading_piece){
        .text = block->text, .parent = CP_READING_NONE, .offset = start, .length = block->length};
    cp_buf_release(&text);
    cp_reading_end(walk);
}

static void take_plain_lines(struct cp_reading_walk *walk)
{
    const struct cp_reading *reading = walk->reading;
    for (size_t line = walk->first_line; line < reading->lines.count; line++) {
        size_t first = line;
        while (line < reading->lines.count && cp_str_trim(cp_reading_line(reading, line)).len > 0) {
            line++;
        }
        if (line > first) {
            take_plain(walk, first, line - 1);
        }
    }
}

static void take_front_matter(struct cp_reading_walk *walk, size_t length)
{
    struct cp_reading *reading = walk->reading;
    size_t first = reading->lines.items[0].start;
    size_t end = walk->first_line;
    while (end < reading->lines.count && reading->lines.items[end].start < first + length) {
        end++;
    }
    struct cp_reading_block *block =
        cp_reading_begin(walk, CP_READING_FRONT_MATTER, 0, end - 1, first);
    struct cp_str whole =
        cp_str_slice(reading->clean, reading->lines.items[1].start,
                     reading->lines.items[end - 1].start - reading->lines.items[1].start);
    block->text = keep_lines(reading, whole, 1);
    cp_reading_end(walk);
    walk->first_line = walk->next_line = end;
}

/* The same length, so that every offset holds: cmark would put three bytes for each NUL. */
static struct cp_str without_nul(struct cp_arena *arena, struct cp_str source)
{
    if (source.len == 0 || !memchr(source.at, '\0', source.len)) {
        return source;
    }
    char *copy = cp_arena_alloc(arena, source.len);
    for (size_t i = 0; i < source.len; i++) {
        copy[i] = source.at[i];
        if (copy[i] == '\0') {
            copy[i] = '\x1A'; /* the control character "substitute" */
        }
    }
    return (struct cp_str){copy, source.len};
}

static void read_markdown(struct cp_reading_walk *walk)
{
    struct cp_reading *reading = walk->reading;
    size_t from = reading->lines.items[walk->first_line].start;
    cmark_node *root = cmark_parse_document(reading->clean.at + from, reading->clean.len - from,
                                            CMARK_OPT_SOURCEPOS);
    cp_reading_tables_find(walk, root);
    take_tree(walk, root);
    cmark_node_free(root);
    if (walk->parsed) {
        cmark_node_free(walk->parsed);
    }
    cp_list_release(&walk->tables);
}

struct cp_reading *cp_reading_new(struct cp_str source)
{
    struct cp_reading *reading = cp_alloc(sizeof(*reading));
    *reading = (struct cp_reading){.source = source};
    cp_arena_init(&reading->arena);
    cp_map_init(&reading->anchors);
    reading->clean = without_nul(&reading->arena, source);
    size_t start = cp_str_has_prefix(source, "\xEF\xBB\xBF") ? 3 : 0;
    size_t matter = cp_reading_front_matter(cp_str_slice(reading->clean, start, source.len));
    struct cp_reading_walk walk = {.reading = reading, .block = CP_READING_NONE};
    cp_reading_split(reading, start);
    if (matter > 0) {
        take_front_matter(&walk, matter);
    }
    if (walk.first_line >= reading->lines.count) {
        return reading;
    }
    if (cp_reading_is_bounded(reading, walk.first_line)) {
        read_markdown(&walk);
    } else {
        take_plain_lines(&walk);
    }
    return reading;
}

void cp_reading_free(struct cp_reading *reading)
{
    if (!reading) {
        return;
    }
    cp_list_release(&reading->lines);
    cp_list_release(&reading->blocks);
    cp_list_release(&reading->spots);
    cp_list_release(&reading->pieces);
    cp_list_release(&reading->runs);
    cp_list_release(&reading->names);
    cp_map_release(&reading->anchors);
    cp_arena_release(&reading->arena);
    free(reading);
}

size_t cp_reading_count(const struct cp_reading *reading)
{
    return reading->blocks.count;
}

const struct cp_reading_block *cp_reading_get(const struct cp_reading *reading, size_t index)
{
    return &reading->blocks.items[index];
}

const struct cp_reading_piece *cp_reading_piece_get(const struct cp_reading *reading, size_t index)
{
    return &reading->pieces.items[index];
}

size_t cp_reading_place(const struct cp_reading *reading, const struct cp_reading_block *block,
                        size_t at)
{
    const struct cp_reading_spot *spot = &reading->spots.items[block - reading->blocks.items];
    const struct cp_reading_run *runs =
        reading->runs.items ? reading->runs.items + spot->first_run : NULL;
    size_t low = 0;
    size_t high = spot->run_count;
    while (runs && low < high) {
        size_t middle = low + (high - low) / 2;
        if (runs[middle].text_at <= at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0) {
        return spot->start;
    }
    size_t place = runs[low - 1].offset + (at - runs[low - 1].text_at);
    size_t end = block->offset + block->length;
    return place < end ? place : end;
}
