/*
 * A document divided at its headings, of whatever kind: Markdown's own, HTML, a bold line by
 * itself. Knows which headings a plan has, not what is done with what stands under them.
 */
#include "import.h"

#include <stdlib.h>

enum { HEADING_BYTES = 120, TOP_BOLD = 2, LEVELS = 16 };

/* What is known of the headings before the first is taken. */
struct outline {
    size_t real;        /* Markdown's and HTML's */
    unsigned top;       /* the smallest level of them */
    size_t of_top;      /* how many have it */
    size_t at_level[8]; /* how many of them have each level */
    unsigned level;     /* of the last one that was taken */
};

/* ---- lines ----------------------------------------------------------------------------------- */

void lines_open(struct import *import)
{
    *(size_t *)cp_list_push(&import->lines, sizeof(size_t)) = 0;
    for (size_t i = 0; i < import->source.len; i++) {
        if (import->source.at[i] == '\n') {
            *(size_t *)cp_list_push(&import->lines, sizeof(size_t)) = i + 1;
        }
    }
}

unsigned import_line(const struct import *import, size_t offset)
{
    size_t low = 0;
    size_t high = import->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        bool is_behind = import->lines.items[middle] <= offset;
        low = is_behind ? middle : low;
        high = is_behind ? high : middle;
    }
    return (unsigned)low + 1;
}

struct cp_str import_check(struct import *import, size_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct cp_str text = cp_arena_vprintf(import->arena, format, args);
    va_end(args);
    return cp_arena_printf(import->arena, "%.*s (%s:%u)", CP_ARG(text), import->asked->name,
                           import_line(import, offset));
}

static size_t line_end(struct cp_str source, size_t at, size_t to)
{
    while (at < to && source.at[at] != '\n') {
        at++;
    }
    return at < to ? at + 1 : to;
}

/* ---- headings that Markdown does not know ---------------------------------------------------- */

/* `<h2 …>Text</h2>` on a line: its level, and its words; 0. */
static unsigned html_heading(struct cp_str *out, struct cp_str line)
{
    line = cp_str_trim(line);
    bool is_open = line.len > 9 && line.at[0] == '<' && (line.at[1] | 0x20) == 'h' &&
                   line.at[2] >= '1' && line.at[2] <= '6' && strchr("> \t", line.at[3]);
    size_t begin = is_open ? cp_str_find(line, CP_STR(">")) : SIZE_MAX;
    bool is_closed = is_open && line.at[line.len - 1] == '>' &&
                     line.at[line.len - 2] == line.at[2] && (line.at[line.len - 3] | 0x20) == 'h' &&
                     line.at[line.len - 4] == '/';
    if (!is_closed || begin == SIZE_MAX || begin + 1 > line.len - 5) {
        return 0;
    }
    *out = cp_str_slice(line, begin + 1, line.len - 5 - begin - 1);
    return (unsigned)(line.at[2] - '0');
}

/* Words without the tags between them. */
static struct cp_str without_tags(struct cp_arena *arena, struct cp_str text)
{
    struct cp_buf words;
    bool is_inside = false;
    cp_buf_init(&words);
    for (size_t i = 0; i < text.len; i++) {
        is_inside = is_inside || text.at[i] == '<';
        if (!is_inside) {
            cp_buf_putc(&words, text.at[i] == '\n' ? ' ' : text.at[i]);
        }
        is_inside = is_inside && text.at[i] != '>';
    }
    return cp_str_trim(words_keep(arena, &words));
}

/* `**Text**`, perhaps with a colon: its words; empty where the line is anything else. */
static struct cp_str bold_line(struct cp_str line)
{
    line = cp_str_trim(line);
    while (line.len > 0 && strchr(":\\ ", line.at[line.len - 1])) {
        line.len--;
    }
    bool is_bold = line.len > 4 && line.len <= HEADING_BYTES &&
                   ((cp_str_has_prefix(line, "**") && cp_str_has_suffix(line, "**")) ||
                    (cp_str_has_prefix(line, "__") && cp_str_has_suffix(line, "__")));
    struct cp_str words = cp_str_trim(is_bold ? cp_str_slice(line, 2, line.len - 4) : line);
    while (words.len > 0 && words.at[words.len - 1] == ':') {
        words.len--;
    }
    bool is_plain = is_bold && words.len > 0 && words.at[words.len - 1] != '.';
    for (size_t i = 0; is_plain && i < words.len; i++) {
        is_plain = !strchr("*_`[]<>", words.at[i]);
    }
    return is_plain ? words : (struct cp_str){0};
}

/* A paragraph of one short line without an end. */
static struct cp_str bare_line(struct cp_str text)
{
    text = cp_str_trim(text);
    bool is_short = text.len > 0 && text.len <= HEADING_BYTES / 2 &&
                    memchr(text.at, '\n', text.len) == NULL &&
                    !strchr(".;,", text.at[text.len - 1]);
    while (is_short && text.len > 0 && text.at[text.len - 1] == ':') {
        text.len--;
    }
    return is_short ? text : (struct cp_str){0};
}

/* ---- parts ----------------------------------------------------------------------------------- */

/* The first component of a path. */
static struct cp_str section_of(const char *path)
{
    return (struct cp_str){path, strcspn(path, ".")};
}

/* The nearest part above that has a smaller level. */
static size_t parent_of(const struct import *import, unsigned level)
{
    size_t nearest = 0;
    for (unsigned at = 1; at < level && at < LEVELS; at++) {
        nearest = import->open[at] > nearest ? import->open[at] : nearest;
    }
    return nearest > 0 ? nearest : SIZE_MAX;
}

/* The section in which a heading of a level would stand: "" at the top, "?" under a heading that is
 * not known. Goes up a level at a time. */
static struct cp_str section_at(const struct import *import, unsigned level)
{
    size_t parent = parent_of(import, level);
    if (parent == SIZE_MAX || import->parts.items[parent].is_title) {
        return CP_STR("");
    }
    const struct part *part = &import->parts.items[parent];
    bool is_cover = part->path ? strcmp(part->path, "summary") == 0 : part->bit_count == 0;
    if (is_cover) {
        return section_at(import, part->level); /* it only holds others together */
    }
    return part->path ? section_of(part->path) : CP_STR("?");
}

static struct part *add_part(struct import *import, unsigned level, struct cp_str title,
                             size_t offset, size_t from)
{
    size_t parent = parent_of(import, level);
    struct part *part = cp_list_push(&import->parts, sizeof *part);
    *part = (struct part){.level = level,
                          .title = title,
                          .offset = offset,
                          .from = from,
                          .first_bit = import->bits.count,
                          .parent = parent};
    import->open[level] = import->parts.count - 1;
    return part;
}

/* Whether the section is one that takes notes: a mapping of its own. */
static bool has_notes(struct cp_str section)
{
    const struct cp_field *field = cp_field_find(&cp_object_plan, section);
    return field && field->type == CP_TYPE_OBJECT && !field->is_list;
}

/* Whether a heading goes on with the title: only that stands before it, and it either names no
 * service, or all other headings stand under the new one. */
static bool is_named_below(const struct import *import, const struct outline *outline,
                           unsigned level)
{
    const struct part *last = &import->parts.items[import->parts.count - 1];
    size_t above = 0;
    for (unsigned at = 1; at <= level && at < 8; at++) {
        above += outline->at_level[at];
    }
    return import->parts.count == 2 && last->is_title && last->bit_count == 0 &&
           (import->name.len == 0 || (above == 2 && outline->real > 2));
}

static void count_heading(struct outline *outline, unsigned level)
{
    bool is_higher = outline->real == 0 || level < outline->top;
    outline->real++;
    outline->at_level[level]++;
    outline->of_top = is_higher ? 1 : outline->of_top + (level == outline->top);
    outline->top = is_higher ? level : outline->top;
}

static void take_heading(struct import *import, struct outline *outline, unsigned level,
                         struct cp_str title, size_t offset, size_t from)
{
    struct cp_str section = section_at(import, level);
    bool is_first = import->parts.count == 1;
    const struct heading *known = headings_find(import, title, section);
    known = known && import->is_house && !headings_are_house(known->path, title) ? NULL : known;
    bool is_top = is_first && (level <= outline->top || outline->real == 0);
    bool is_name = is_top && !known && outline->of_top == 1;
    bool is_second = is_named_below(import, outline, level) && !known;
    struct part *part = add_part(import, level, title, offset, from);
    if ((is_top && titles_are_telling(title)) || is_name || is_second) {
        part->is_title = true;
        titles_take(import, title);
        return;
    }
    import->software += !known && headings_are_of_software(import->arena, title);
    bool is_notes = known && known->path[0] == '.';
    known = is_notes && !has_notes(section) ? NULL : known;
    if (known) {
        part->path = known->path[0] == '.'
                         ? cp_arena_printf(import->arena, "%.*s%s", CP_ARG(section), known->path).at
                         : known->path;
        import->signs += headings_are_telling(known);
    }
}

static void add_bit(struct import *import, const struct cp_reading_block *block, size_t from,
                    size_t to)
{
    if (to > from && cp_str_trim(cp_str_slice(import->source, from, to - from)).len > 0) {
        struct bit *bit = cp_list_push(&import->bits, sizeof *bit);
        *bit =
            (struct bit){.block = block, .index = import->at, .offset = from, .length = to - from};
        bit->is_definition = prose_is_definition(import, block, import->was_definition);
        import->parts.items[import->parts.count - 1].bit_count++;
    }
}

/* A block of HTML, cut at each line that is a heading. */
static void take_html(struct import *import, struct outline *outline,
                      const struct cp_reading_block *block)
{
    size_t to = block->offset + block->length;
    size_t from = block->offset;
    for (size_t at = from; at < to;) {
        size_t next = line_end(import->source, at, to);
        struct cp_str words;
        unsigned level = html_heading(&words, cp_str_slice(import->source, at, next - at));
        if (level > 0) {
            add_bit(import, block, from, at);
            take_heading(import, outline, level, without_tags(import->arena, words), at, next);
            outline->level = level;
            from = next;
        }
        at = next;
    }
    add_bit(import, block, from, to);
}

/* A paragraph, whose first line may be a heading in all but name. */
static void take_paragraph(struct import *import, struct outline *outline,
                           const struct cp_reading_block *block)
{
    size_t to = block->offset + block->length;
    size_t next = line_end(import->source, block->offset, to);
    struct cp_str line = cp_str_slice(import->source, block->offset, next - block->offset);
    bool is_headless = outline->real <= 1;
    struct cp_str words = bold_line(line);
    bool is_bold = words.len > 0;
    if (!is_bold && outline->real == 0) {
        words = bare_line(cp_str_slice(import->source, block->offset, block->length));
    }
    if (is_bold && import->bold.len == 0 && import->parts.count <= 2) {
        import->bold = words;
    }
    unsigned level = is_headless ? TOP_BOLD : outline->level + 1;
    bool is_known = words.len > 0 && headings_find(import, words, section_at(import, level));
    bool is_title = words.len > 0 && import->parts.count == 1 && outline->real == 0 &&
                    titles_are_telling(words);
    if (is_known || is_title || (is_bold && is_headless)) {
        take_heading(import, outline, is_title ? 1 : level, words, block->offset, next);
        add_bit(import, block, next, to);
    } else {
        add_bit(import, block, block->offset, to);
    }
}

static void take_block(struct import *import, struct outline *outline,
                       const struct cp_reading_block *block)
{
    size_t to = block->offset + block->length;
    switch (block->kind) {
    case CP_READING_HEADING:
        take_heading(import, outline, block->level, cp_str_trim(block->text), block->offset, to);
        outline->level = block->level;
        break;
    case CP_READING_HTML:
        take_html(import, outline, block);
        break;
    case CP_READING_PARAGRAPH:
        take_paragraph(import, outline, block);
        break;
    case CP_READING_FRONT_MATTER:
        titles_read_front_matter(import,
                                 cp_str_slice(import->source, block->offset, block->length));
        import->parts.items[0].from = to;
        break;
    default:
        add_bit(import, block, block->offset, to);
    }
}

/* Counts the headings, and keeps the definitions of links. */
static void look_ahead(struct import *import, struct outline *outline)
{
    size_t count = cp_reading_count(import->reading);
    bool was_definition = false;
    for (size_t i = 0; i < count; i++) {
        const struct cp_reading_block *block = cp_reading_get(import->reading, i);
        struct cp_str words;
        struct cp_str line;
        struct cp_str rest = cp_str_slice(import->source, block->offset, block->length);
        bool is_top = block->parent == UINT32_MAX;
        if (is_top && block->kind == CP_READING_HEADING) {
            count_heading(outline, block->level);
        }
        while (block->kind == CP_READING_HTML && is_top && cp_str_line(&line, &rest)) {
            unsigned level = html_heading(&words, line);
            if (level > 0) {
                count_heading(outline, level);
            }
        }
        was_definition = is_top && prose_is_definition(import, block, was_definition);
        if (was_definition) {
            prose_define(import, block);
        }
    }
}

/* Where each part's text ends, and its last descendant. */
static void settle_ends(struct import *import)
{
    size_t count = import->parts.count;
    for (size_t i = 0; i < count; i++) {
        struct part *part = &import->parts.items[i];
        size_t end = i + 1;
        part->to = end < count ? import->parts.items[end].offset : import->source.len;
        while (i > 0 && end < count && import->parts.items[end].level > part->level) {
            end++;
        }
        part->end = end;
    }
}

void parts_open(struct import *import)
{
    struct outline outline = {0};
    size_t count = cp_reading_count(import->reading);
    look_ahead(import, &outline);
    add_part(import, 0, (struct cp_str){0}, 0, 0);
    for (size_t i = 0; i < count;) {
        const struct cp_reading_block *block = cp_reading_get(import->reading, i);
        import->at = i;
        bool is_definition = prose_is_definition(import, block, import->was_definition);
        if (is_definition) {
            add_bit(import, block, block->offset, block->offset + block->length);
        } else {
            take_block(import, &outline, block);
        }
        import->was_definition = is_definition;
        i = block->end > i ? block->end : i + 1;
    }
    settle_ends(import);
}
