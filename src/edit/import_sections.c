/*
 * Where each part of the document goes: into the field that its heading stands for, or as titled
 * prose into the section it stands under. Nothing is left out.
 */
#include "import.h"

enum { PLACEHOLDER_BYTES = 160 };

/* ---- where ----------------------------------------------------------------------------------- */

static struct cp_str section_of(const char *path)
{
    return (struct cp_str){path, strcspn(path, ".")};
}

/* The row that a path leads to. */
static const struct cp_field *field_of(const char *path)
{
    static const struct cp_plan none;
    const struct cp_field *field = NULL;
    cp_value_find(&cp_object_plan, &none, path, &field);
    return field;
}

/* The section that a part stands in, as a key; empty at the top. */
static struct cp_str section_above(const struct import *import, const struct part *part)
{
    while (part->parent != SIZE_MAX) {
        part = &import->parts.items[part->parent];
        const struct cp_field *field = part->path ? field_of(part->path) : NULL;
        struct cp_str section = field ? section_of(part->path) : (struct cp_str){0};
        field = section.len > 0 ? cp_field_find(&cp_object_plan, section) : NULL;
        if (field && field->type == CP_TYPE_OBJECT && !field->is_list) {
            return section;
        }
    }
    return (struct cp_str){0};
}

/* The mapping of a section, made where it is missing; the plan itself where the section can hold no
 * prose. */
static struct draft *mapping_of(struct import *import, struct cp_str section)
{
    const struct cp_field *field = section.len > 0 ? cp_field_find(&cp_object_plan, section) : NULL;
    bool is_section = field && field->type == CP_TYPE_OBJECT && !field->is_list;
    return is_section ? draft_at(import->arena, import->plan, field->key) : import->plan;
}

/* Titled prose in a section. */
static void put_more(struct import *import, struct part *part, struct cp_str section,
                     struct cp_str text)
{
    struct draft *list = draft_at(import->arena, mapping_of(import, section), "more");
    struct draft *item = draft_add(import->arena, list);
    draft_set(import->arena, item, "title", cp_arena_copy(import->arena, part->title));
    if (text.len > 0) {
        draft_set(import->arena, item, "text", text);
    }
    part->is_titled = true;
}

static void note_empty(struct import *import, const struct part *part)
{
    *(struct cp_str *)cp_list_push(&import->empty, sizeof(struct cp_str)) = cp_arena_printf(
        import->arena, "%.*s (line %u)", CP_ARG(part->title), import_line(import, part->offset));
}

/* ---- images ---------------------------------------------------------------------------------- */

/* The value of an attribute of a tag, without its quotes. */
static struct cp_str attribute(struct cp_str tag, const char *name)
{
    size_t len = strlen(name);
    for (size_t at = 1; at + len + 1 < tag.len; at++) {
        bool is_name = cp_is_blank(tag.at[at - 1]) && tag.at[at + len] == '=' &&
                       cp_str_is_equal_folded(cp_str_slice(tag, at, len), cp_str_of(name));
        char quote = is_name ? tag.at[at + len + 1] : '\0';
        if (quote == '"' || quote == '\'') {
            struct cp_str rest = cp_str_slice(tag, at + len + 2, SIZE_MAX);
            return cp_str_slice(rest, 0, cp_str_find(rest, (struct cp_str){&quote, 1}));
        }
    }
    return (struct cp_str){0};
}

static void add_diagram(struct import *import, struct cp_str src, struct cp_str alt)
{
    if (src.len == 0 || cp_str_find(src, CP_STR("\n")) != SIZE_MAX) {
        return;
    }
    struct draft *list = draft_at(import->arena, import->plan, "architecture.diagrams");
    struct draft *item = draft_add(import->arena, list);
    draft_set(import->arena, item, "src", cp_arena_copy(import->arena, src));
    if (alt.len > 0) {
        draft_set(import->arena, item, "alt", cp_arena_copy(import->arena, cp_str_trim(alt)));
    }
}

/* Lifts the images of a block; whether the block holds nothing else. */
static bool take_images(struct import *import, const struct bit *bit)
{
    struct cp_str source = cp_str_slice(import->source, bit->offset, bit->length);
    struct cp_buf given;
    size_t count = 0;
    cp_buf_init(&given);
    for (size_t at = 0; at < source.len; at++) {
        struct cp_str tag = cp_str_slice(source, at, 5);
        if (cp_str_is_equal_folded(tag, CP_STR("<img ")) && bit->block->kind != CP_READING_CODE) {
            tag = cp_str_slice(source, at, SIZE_MAX);
            tag = cp_str_slice(tag, 0, cp_str_find(tag, CP_STR(">")));
            struct cp_str src = attribute(tag, "src");
            struct cp_str alt = attribute(tag, "alt");
            add_diagram(import, src, alt);
            count += src.len > 0;
            cp_buf_printf(&given, "img %s %s %.*s\n%.*s\n", "src", alt.len > 0 ? "alt" : "",
                          CP_ARG(src), CP_ARG(alt));
        }
    }
    for (uint32_t i = 0; i < bit->block->piece_count; i++) {
        const struct cp_reading_piece *piece =
            cp_reading_piece_get(import->reading, bit->block->first_piece + i);
        if (piece->kind == CP_PIECE_IMAGE && piece->target.len > 0) {
            add_diagram(import, piece->target, piece->text);
            count++;
            cp_buf_printf(&given, "%.*s\n%.*s\n", CP_ARG(piece->target), CP_ARG(piece->text));
        }
    }
    bool is_whole = count > 0 && words_are_in(import->arena, source, cp_buf_str(&given));
    cp_buf_release(&given);
    return is_whole;
}

/* ---- what stands in a part ------------------------------------------------------------------- */

static void scan(struct import *import, const struct bit *bit, const char *path)
{
    for (size_t at = bit->index; at < bit->block->end; at++) {
        facts_scan(import, cp_reading_get(import->reading, at), path);
    }
}

/* The first of the bits behind which there are images alone. */
static size_t find_tail(const struct import *import, size_t first, size_t end)
{
    size_t tail = end;
    while (tail > first) {
        const struct bit *bit = &import->bits.items[tail - 1];
        struct cp_str source = cp_str_trim(cp_str_slice(import->source, bit->offset, bit->length));
        if (!cp_str_has_prefix(source, "<img ") && !cp_str_has_prefix(source, "![")) {
            break;
        }
        tail--;
    }
    return tail;
}

static bool take_bit(struct import *import, size_t index, size_t tail, const char *path)
{
    const struct bit *bit = &import->bits.items[index];
    if (bit->is_definition) {
        return true; /* they go where they are used */
    }
    if (bit->block->kind == CP_READING_TABLE && tables_take(import, bit, path)) {
        return true;
    }
    if (bit->block->kind == CP_READING_LIST && lists_take(import, bit, path)) {
        return true;
    }
    bool is_contacts = path && strcmp(path, "accountability.contacts") == 0;
    if (is_contacts && bit->block->kind == CP_READING_PARAGRAPH &&
        contacts_take_lines(import, bit)) {
        return true;
    }
    bool is_architecture = path && strncmp(path, "architecture", strlen("architecture")) == 0;
    if (is_architecture && take_images(import, bit) && index >= tail) {
        return true;
    }
    scan(import, bit, path);
    return false;
}

static void put_stretch(struct cp_buf *out, const struct import *import, size_t from, size_t to)
{
    struct cp_str text = prose_stretch(import, from, to);
    cp_buf_puts(out, out->len > 0 && text.len > 0 ? "\n\n" : "");
    cp_buf_put(out, text);
}

/* Lifts what can be lifted from the source between two bytes; what is left, as Markdown. `path` is
 * that of the part's field, or NULL. */
static struct cp_str collect(struct import *import, size_t from, size_t to, size_t first_bit,
                             size_t bit_end, const char *path)
{
    struct cp_buf left;
    size_t tail = find_tail(import, first_bit, bit_end);
    cp_buf_init(&left);
    for (size_t i = first_bit; i < bit_end; i++) {
        const struct bit *bit = &import->bits.items[i];
        if (take_bit(import, i, tail, path)) {
            put_stretch(&left, import, from, bit->offset);
            from = bit->offset + bit->length;
        }
    }
    put_stretch(&left, import, from, to);
    return prose_noted(import, words_keep(import->arena, &left));
}

static size_t bits_end(const struct import *import, const struct part *part)
{
    const struct part *last = &import->parts.items[part->end - 1];
    return last->first_bit + last->bit_count;
}

static struct cp_str collect_own(struct import *import, const struct part *part, const char *path)
{
    return collect(import, part->from, part->to, part->first_bit, part->first_bit + part->bit_count,
                   path);
}

/* ---- headings that are not known ------------------------------------------------------------- */

static bool has_known_below(const struct import *import, size_t index)
{
    const struct part *part = &import->parts.items[index];
    for (size_t at = index + 1; at < part->end; at++) {
        if (import->parts.items[at].path) {
            return true;
        }
    }
    return false;
}

/* With all headings below it, unless some of them are known. */
static void take_unknown(struct import *import, size_t index)
{
    struct part *part = &import->parts.items[index];
    struct cp_str section = section_above(import, part);
    struct cp_str text;
    if (has_known_below(import, index)) {
        text = collect_own(import, part, NULL);
    } else {
        size_t to = import->parts.items[part->end - 1].to;
        text = collect(import, part->from, to, part->first_bit, bits_end(import, part), NULL);
        for (size_t at = index + 1; at < part->end; at++) {
            import->parts.items[at].is_done = true;
        }
    }
    if (text.len > 0) {
        put_more(import, part, section, text);
    } else {
        note_empty(import, part);
    }
}

/* ---- headings that are known ----------------------------------------------------------------- */

/* The words of a part that says nothing but that something is not known yet; else empty. */
static struct cp_str placeholder_in(const struct import *import, const struct part *part)
{
    const struct bit *bit = part->bit_count == 1 ? &import->bits.items[part->first_bit] : NULL;
    if (!bit || bit->block->kind != CP_READING_PARAGRAPH || part->end != part->first_part + 1) {
        return (struct cp_str){0};
    }
    struct cp_str words = cp_str_trim(bit->block->text);
    bool is_plain = bit->block->piece_count <= 1 && words.len <= PLACEHOLDER_BYTES &&
                    cp_str_find(words, CP_STR(". ")) == SIZE_MAX;
    return is_plain && cp_placeholder_find(words).len > 0 ? words : (struct cp_str){0};
}

/* Whether another part of the document speaks of the same section. */
static bool has_others(const struct import *import, const struct part *part)
{
    struct cp_str section = section_of(part->path);
    for (size_t i = 0; i < import->parts.count; i++) {
        const struct part *other = &import->parts.items[i];
        if (other != part && other->path && cp_str_is_equal(section_of(other->path), section)) {
            return true;
        }
    }
    return false;
}

/* `unknown`, with the document's own words, in place of the field. */
static bool take_placeholder(struct import *import, const struct part *part)
{
    const struct cp_field *field = field_of(part->path);
    struct cp_str words = placeholder_in(import, part);
    bool is_section = section_of(part->path).len == strlen(part->path);
    bool is_free =
        !draft_reach(import->plan, part->path) && !(is_section && has_others(import, part));
    if (words.len == 0 || !is_free || !field || field->type == CP_TYPE_PROSE) {
        return false;
    }
    struct cp_str section = is_section ? CP_STR("") : section_of(part->path);
    const char *dot = strrchr(part->path, '.');
    struct draft *parent = mapping_of(import, section);
    if (dot && (size_t)(dot - part->path) > section.len) {
        return false;
    }
    draft_set_unknown(import->arena, parent, dot ? dot + 1 : part->path,
                      cp_arena_copy(import->arena, words),
                      import_check(import, import->bits.items[part->first_bit].offset,
                                   "check: add who finds out (owner) and by which day (due)"));
    return true;
}

/* A text under a key, behind what stands there already. */
static void append(struct import *import, struct draft *mapping, const char *key,
                   struct cp_str text)
{
    struct draft *old = draft_find(mapping, key);
    if (old) {
        draft_append(import->arena, old, text);
    } else {
        draft_set(import->arena, mapping, key, text);
    }
}

/* The prose of a section goes before everything else in it; of a second heading for the same
 * section, under that heading. */
static void put_section_prose(struct import *import, struct part *part, struct cp_str text)
{
    const char *key = strcmp(part->path, "releases") == 0 ? "process" : "description";
    struct cp_str section = section_of(part->path);
    const struct cp_field *field = cp_field_find(&cp_object_plan, section);
    if (strcmp(part->path, "summary") == 0 && !draft_find(import->plan, "summary")) {
        draft_set(import->arena, import->plan, "summary", text);
        return;
    }
    bool is_section = field->type == CP_TYPE_OBJECT && !field->is_list;
    struct draft *mapping = mapping_of(import, section);
    if (is_section && !draft_find(mapping, key)) {
        draft_set(import->arena, mapping, key, text);
    } else {
        put_more(import, part, is_section ? section : (struct cp_str){0}, text);
    }
}

static bool is_line(struct cp_str text)
{
    return text.len > 0 && memchr(text.at, '\n', text.len) == NULL;
}

/* Whether `unknown` stands there already, from a heading before. */
static bool is_exempt(const struct draft *mapping, const char *key)
{
    const struct draft *draft = draft_find(mapping, key);
    return draft && draft->kind == DRAFT_MAPPING && !draft->object;
}

/* What is left of a part whose heading stands for a field in a section. */
static void put_field_prose(struct import *import, struct part *part, struct cp_str text)
{
    const struct cp_field *field = field_of(part->path);
    const char *key = strrchr(part->path, '.') + 1;
    struct cp_str section = section_of(part->path);
    bool is_direct = section.len + 1 + strlen(key) == strlen(part->path);
    struct draft *mapping = mapping_of(import, section);
    bool is_value = is_direct && is_line(text) && !draft_find(mapping, key) && !field->is_list &&
                    (field->type == CP_TYPE_REFERENCE || field->type == CP_TYPE_HOURS) &&
                    values_read(import, field, text).len > 0;
    if (strcmp(part->path, "disaster_recovery.objectives") == 0) {
        append(import, mapping, "objectives_description", text);
    } else if (is_direct && strcmp(key, "workaround") == 0 && !is_exempt(mapping, key)) {
        append(import, draft_at(import->arena, mapping, "workaround"), "text", text);
    } else if (field->type == CP_TYPE_PROSE && is_direct) {
        append(import, mapping, key, text);
    } else if (is_value) {
        draft_set(import->arena, mapping, key, values_read(import, field, text));
    } else {
        put_more(import, part, section, text);
    }
}

static void take_known(struct import *import, struct part *part)
{
    bool is_sub = strchr(part->path, '.') != NULL;
    if (take_placeholder(import, part)) {
        return;
    }
    struct cp_str text = collect_own(import, part, part->path);
    const char *key = objectives_key(words_normal(import->arena, part->title));
    struct cp_str length = cp_str_slice(text, 0, text.len - cp_str_has_suffix(text, "."));
    if (key && length.len > 0 && values_length(length) == length.len) {
        objectives_add(import, key, length, part->from, true);
    }
    if (text.len > 0 && is_sub) {
        put_field_prose(import, part, text);
    } else if (text.len > 0) {
        put_section_prose(import, part, text);
    }
}

/* What stands before all headings, and under the title. */
static void take_preamble(struct import *import, struct part *part)
{
    struct cp_str text = collect_own(import, part, "");
    if (text.len > 0) {
        append(import, import->plan, "summary", text);
    }
}

/* ---- wordings -------------------------------------------------------------------------------- */

static bool are_same_words(struct import *import, struct cp_str a, struct cp_str b)
{
    return words_are_in(import->arena, a, b) && words_are_in(import->arena, b, a);
}

/* Whether the key alone says what the heading says. */
static bool is_said(struct import *import, const struct part *part)
{
    const char *house = headings_of_house(part->path);
    const char *dot = strrchr(part->path, '.');
    house = house ? house : dot && strcmp(dot, ".notes") == 0 ? "Notes" : NULL;
    struct cp_str wording = cp_str_of(house);
    wording = cp_str_slice(wording, 0, cp_str_find(wording, CP_STR("|")));
    return are_same_words(import, part->title, wording);
}

/* The heading as the document words it, above what came of it. */
static void note_wording(struct import *import, const struct part *part)
{
    struct draft *draft = draft_reach(import->plan, part->path);
    bool is_text_under = part->bit_count > 0;
    char section[32];
    snprintf(section, sizeof section, "%.*s", CP_ARG(section_of(part->path)));
    draft = draft || !is_text_under ? draft : draft_reach(import->plan, section);
    if (!draft) {
        note_empty(import, part);
    } else if (!is_said(import, part)) {
        draft_note(import->arena, draft,
                   cp_arena_printf(import->arena, "Heading: %.*s", CP_ARG(part->title)));
    }
}

void sections_take(struct import *import)
{
    for (size_t i = 0; i < import->parts.count; i++) {
        struct part *part = &import->parts.items[i];
        part->first_part = i;
        if (part->is_done) {
            continue;
        }
        if (i == 0 || part->is_title) {
            take_preamble(import, part);
        } else if (part->path) {
            take_known(import, part);
        } else {
            take_unknown(import, i);
        }
    }
    objectives_settle(import);
    for (size_t i = 1; i < import->parts.count; i++) {
        const struct part *part = &import->parts.items[i];
        if (part->path && !part->is_titled && !part->is_done) {
            note_wording(import, part);
        }
    }
}
