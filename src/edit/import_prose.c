/*
 * Prose as it stands in the document: stretches of the source, with the definitions of the links in
 * them. Not a word of it is changed.
 */
#include "import.h"

enum { LABEL_BYTES = 200 };

/* ---- definitions ----------------------------------------------------------------------------- */

static struct cp_str lower(struct cp_arena *arena, struct cp_str text)
{
    struct cp_str copy = cp_arena_copy(arena, text);
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t i = 0; i < copy.len; i++) {
        at[i] = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] - 'A' + 'a') : at[i];
    }
    return copy;
}

/* What stands between the brackets at `at`; empty where they do not close soon. */
static struct cp_str label_at(struct cp_str text, size_t at)
{
    struct cp_str rest = cp_str_slice(text, at + 1, LABEL_BYTES);
    size_t end = cp_str_find(rest, CP_STR("]"));
    return end == SIZE_MAX ? (struct cp_str){0} : cp_str_trim(cp_str_slice(rest, 0, end));
}

bool prose_is_definition(const struct import *import, const struct cp_reading_block *block,
                         bool is_behind)
{
    struct cp_str source = cp_str_slice(import->source, block->offset, block->length);
    bool is_note = block->kind == CP_READING_PARAGRAPH && cp_str_has_prefix(source, "[^") &&
                   cp_str_find(cp_str_slice(source, 0, LABEL_BYTES), CP_STR("]:")) != SIZE_MAX;
    bool is_rest = is_behind && block->kind == CP_READING_CODE && cp_str_has_prefix(source, "    ");
    return block->kind == CP_READING_DEFINITIONS || is_note || is_rest;
}

static void define(struct import *import, struct cp_str line)
{
    struct definition *definition = cp_arena_alloc(import->arena, sizeof *definition);
    definition->lines = line;
    *(struct definition **)cp_list_push(&import->definitions, sizeof definition) = definition;
    size_t open = cp_str_find(line, CP_STR("["));
    struct cp_str label = lower(import->arena, label_at(line, open));
    if (label.len > 0) {
        cp_map_put(&import->labels, label, definition);
    }
}

void prose_define(struct import *import, const struct cp_reading_block *block)
{
    struct cp_str rest = cp_str_slice(import->source, block->offset, block->length);
    struct cp_str line;
    while (cp_str_line(&line, &rest)) {
        size_t count = import->definitions.count;
        if (cp_str_has_prefix(cp_str_trim(line), "[")) {
            define(import, line);
        } else if (count > 0 && cp_str_trim(line).len > 0) {
            struct cp_str *last = &import->definitions.items[count - 1]->lines;
            last->len = (size_t)(line.at + line.len - last->at); /* goes on */
        }
    }
}

static bool is_inside(struct cp_str part, struct cp_str whole)
{
    return part.at >= whole.at && part.at + part.len <= whole.at + whole.len;
}

/* Puts, behind the text, each definition that it uses and does not hold itself. */
static struct cp_str with_definitions(struct import *import, struct cp_str text,
                                      struct cp_str source)
{
    struct cp_buf out;
    struct cp_map seen;
    cp_map_init(&seen);
    cp_buf_init(&out);
    for (size_t at = 0; import->definitions.count > 0 && at < text.len; at++) {
        struct cp_str label = text.at[at] == '[' ? label_at(text, at) : (struct cp_str){0};
        struct definition *found =
            label.len > 0 ? cp_map_find(&import->labels, lower(import->arena, label)) : NULL;
        if (!found || cp_map_put(&seen, found->lines, found)) {
            continue;
        }
        found->is_used = true;
        if (!is_inside(found->lines, source)) {
            cp_buf_puts(&out, out.len == 0 ? "\n\n" : "\n");
            cp_buf_put(&out, cp_str_trim(found->lines));
        }
    }
    struct cp_str whole = out.len > 0 ? cp_arena_printf(import->arena, "%.*s%.*s", CP_ARG(text),
                                                        CP_ARG(cp_buf_str(&out)))
                                      : text;
    cp_buf_release(&out);
    cp_map_release(&seen);
    return whole;
}

struct cp_str prose_noted(struct import *import, struct cp_str text)
{
    return with_definitions(import, text, (struct cp_str){0});
}

/* ---- stretches ------------------------------------------------------------------------------- */

/* Without empty lines at its start, and blanks at its end; the first line keeps its indentation. */
static struct cp_str trim_lines(struct cp_str text)
{
    struct cp_str rest = text;
    struct cp_str line;
    const char *start = text.at;
    while (cp_str_line(&line, &rest) && cp_str_trim(line).len == 0) {
        start = rest.at;
    }
    size_t end = text.len;
    while (end > 0 && cp_is_blank(text.at[end - 1])) {
        end--;
    }
    size_t skipped = (size_t)(start - text.at);
    return end > skipped ? cp_str_slice(text, skipped, end - skipped) : (struct cp_str){0};
}

struct cp_str prose_stretch(const struct import *import, size_t from, size_t to)
{
    return trim_lines(cp_str_slice(import->source, from, to > from ? to - from : 0));
}

static size_t indent_of(struct cp_str line)
{
    size_t at = 0;
    while (at < line.len && line.at[at] == ' ') {
        at++;
    }
    return at;
}

struct cp_str prose_dedented(struct import *import, size_t from, size_t to)
{
    struct cp_str text = trim_lines(cp_str_slice(import->source, from, to - from));
    struct cp_str rest = text;
    struct cp_str line;
    struct cp_buf out;
    size_t shared = SIZE_MAX;
    cp_str_line(&line, &rest); /* the first stands behind its mark */
    while (cp_str_line(&line, &rest)) {
        size_t indent = indent_of(line);
        shared = indent < line.len && indent < shared ? indent : shared;
    }
    cp_buf_init(&out);
    rest = text;
    for (bool is_first = true; cp_str_line(&line, &rest); is_first = false) {
        size_t indent = indent_of(line);
        cp_buf_puts(&out, is_first ? "" : "\n");
        cp_buf_put(&out, is_first
                             ? line
                             : cp_str_slice(line, indent < shared ? indent : shared, SIZE_MAX));
    }
    return with_definitions(import, words_keep(import->arena, &out), text);
}

/* Puts a stretch of a line: an escaped bar as the bar, a line's end and the blanks behind it as one
 * blank. */
static void put_line(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_escape = text.at[i] == '\\' && i + 1 < text.len && text.at[i + 1] == '|';
        if (text.at[i] == '\n') {
            while (i + 1 < text.len && cp_is_blank(text.at[i + 1])) {
                i++;
            }
            cp_buf_putc(out, ' ');
        } else if (!is_escape) {
            cp_buf_putc(out, text.at[i]);
        }
    }
}

size_t prose_start(const struct import *import, const struct cp_reading_block *block)
{
    size_t at = block->offset;
    size_t end = block->offset + block->length;
    const char *source = import->source.at;
    bool is_item = block->parent != CP_READING_NONE &&
                   cp_reading_get(import->reading, block->parent)->kind == CP_READING_ITEM;
    while (at < end && strchr(" \t>", source[at])) {
        at++;
    }
    size_t mark = at;
    while (mark < end && cp_is_digit(source[mark])) {
        mark++;
    }
    bool is_mark = mark < end && strchr(mark > at ? ".)" : "-+*", source[mark]);
    bool is_first = is_item && mark + 1 < end && is_mark && strchr(" \t", source[mark + 1]);
    at = is_first ? mark + 1 : at;
    while (at < end && strchr(" \t", source[at])) {
        at++;
    }
    return at;
}

struct cp_str prose_line(struct import *import, const struct cp_reading_block *block)
{
    struct cp_buf out;
    size_t at = block->kind == CP_READING_CELL ? block->offset : prose_start(import, block);
    size_t end = block->offset + block->length;
    cp_buf_init(&out);
    for (uint32_t i = 0; i < block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, block->first_piece + i);
        bool is_link = piece->kind == CP_PIECE_LINK || piece->kind == CP_PIECE_IMAGE;
        bool is_reference = is_link && piece->target_length == 0 && piece->length > 0 &&
                            piece->target.len > 0 && piece->offset >= at;
        if (is_reference) {
            put_line(&out, cp_str_slice(import->source, at, piece->offset - at));
            cp_buf_printf(&out, "%s[%.*s](%.*s)", piece->kind == CP_PIECE_IMAGE ? "!" : "",
                          CP_ARG(piece->text), CP_ARG(piece->target));
            at = piece->offset + piece->length;
        }
    }
    put_line(&out, cp_str_slice(import->source, at, end > at ? end - at : 0));
    return cp_str_trim(words_keep(import->arena, &out));
}

struct cp_str prose_join(struct cp_arena *arena, struct cp_str a, struct cp_str b)
{
    if (a.len == 0 || b.len == 0) {
        return a.len > 0 ? a : b;
    }
    return cp_arena_printf(arena, "%.*s\n\n%.*s", CP_ARG(a), CP_ARG(b));
}
