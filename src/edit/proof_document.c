/*
 * The document divided at its headings, and where in the plan the words of each part must stand:
 * in the titled text or under the heading in prose that carries the same words, or in the section
 * whose heading it is. Knows nothing of how the plan was made.
 */
#include "import.h"
#include "proof.h"

/* The names of headings, as a portfolio extends them. */
struct names {
    struct cp_arena arena;
    struct cp_import asked;
    struct import import;
};

/* ---- dividing -------------------------------------------------------------------------------- */

static bool has_carrier(const struct proof_plan *plan, struct cp_str title)
{
    for (size_t i = 0; i < plan->carriers.count; i++) {
        if (proof_is_same_words(plan->carriers.items[i].title, title)) {
            return true;
        }
    }
    return false;
}

/* Whether some comment of the plan holds each of its words. */
static bool is_remarked(const struct proof_plan *plan, struct cp_str title)
{
    struct proof_word word;
    struct proof_range whole = {0, (uint32_t)plan->words.count};
    for (size_t at = 0; proof_word_next(&word, title, &at);) {
        if (!proof_plan_has_remark(plan, word.text, whole)) {
            return false;
        }
    }
    return true;
}

static struct proof_part *add_part(struct proof_document *document, uint32_t line, uint32_t from)
{
    if (document->parts.count > 0) {
        struct proof_part *last = &document->parts.items[document->parts.count - 1];
        last->to = document->lines.items[line].from;
    }
    struct proof_part *part = cp_list_push(&document->parts, sizeof *part);
    *part = (struct proof_part){
        .line = line, .from = from, .to = (uint32_t)document->source.len, .parent = UINT32_MAX};
    return part;
}

/* The nearest part before the last one that it stands under. */
static uint32_t find_parent(const struct proof_document *document)
{
    size_t last = document->parts.count - 1;
    for (size_t i = last; i-- > 0;) {
        const struct proof_part *part = &document->parts.items[i];
        if (part->level > 0 && part->level < document->parts.items[last].level) {
            return (uint32_t)i;
        }
    }
    return UINT32_MAX;
}

/* `[^label]` or `[label]` at the start of a footnote's or a definition's text; empty where none
 * stands there. */
static struct cp_str note_label(const struct proof_document *document,
                                const struct proof_line *line)
{
    struct cp_str text = cp_str_slice(document->source, line->from, line->to - line->from);
    size_t end = cp_str_has_prefix(text, "[") ? cp_str_find(text, CP_STR("]:")) : SIZE_MAX;
    return end == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(text, 0, end + 1);
}

/* A footnote or definition is a part of its own; behind it goes on what stood before. */
static void divide_note(struct proof_document *document, size_t index)
{
    const struct proof_line *line = &document->lines.items[index];
    struct proof_part above = document->parts.items[document->parts.count - 1];
    struct cp_str note = note_label(document, line);
    bool is_indented = line->from < line->to && cp_is_blank(document->source.at[line->from]);
    bool is_over = above.note.len > 0 && line->kind != PROOF_BLANK && !is_indented &&
                   document->lines.items[index - 1].kind == PROOF_BLANK;
    if (note.len > 0 || is_over) {
        struct proof_part *part = add_part(document, (uint32_t)index, line->from);
        part->note = note;
        part->title = above.title;
        part->level = above.level;
        part->parent = above.parent;
    }
}

static void divide(struct proof_document *document, const struct proof_plan *plan,
                   struct names *names)
{
    bool was_front = false;
    add_part(document, 0, 0);
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct proof_line *line = &document->lines.items[i];
        bool is_front = line->kind == PROOF_FRONT;
        bool is_strong = line->kind == PROOF_STRONG &&
                         (has_carrier(plan, line->title) || is_remarked(plan, line->title) ||
                          headings_find(&names->import, line->title, (struct cp_str){0}));
        if (is_front != was_front) {
            add_part(document, (uint32_t)i, line->from)->is_front = is_front;
        }
        was_front = is_front;
        divide_note(document, i);
        if (line->kind == PROOF_HEADING || is_strong) {
            struct proof_part *part = add_part(document, (uint32_t)i, line->to);
            part->title = line->title;
            part->level = is_strong ? 7 : line->level;
            part->parent = find_parent(document);
        }
    }
}

/* ---- what a heading stands for --------------------------------------------------------------- */

static struct cp_str section_of(const char *path)
{
    return (struct cp_str){path, path ? strcspn(path, ".") : 0};
}

/* What a heading stands for in the section that it is in, or at the top. */
static const char *find_path(struct proof_document *document, const struct proof_part *part,
                             struct names *names)
{
    struct cp_str section = {0};
    if (part->parent != UINT32_MAX) {
        section = section_of(document->parts.items[part->parent].path);
    }
    const struct heading *found = headings_find(&names->import, part->title, section);
    found = found ? found : headings_find(&names->import, part->title, (struct cp_str){0});
    if (found && found->path[0] == '.') {
        return section.len > 0 ? section.at : NULL;
    }
    return found ? found->path : NULL;
}

static void find_paths(struct proof_document *document, struct names *names)
{
    for (size_t i = 0; i < document->parts.count; i++) {
        struct proof_part *part = &document->parts.items[i];
        part->path = part->title.len > 0 ? find_path(document, part, names) : NULL;
    }
}

/* The first heading that holds the name of the service, or the first of all. */
static void find_title(struct proof_document *document, const struct proof_plan *plan)
{
    struct proof_range name = proof_plan_reach(plan, "name");
    struct proof_part *first = NULL;
    for (size_t i = 0; i < document->parts.count; i++) {
        struct proof_part *part = &document->parts.items[i];
        struct proof_word word;
        size_t held = 0;
        for (size_t at = 0; proof_word_next(&word, part->title, &at);) {
            held += proof_plan_has(plan, word.text, name, NULL);
        }
        first = first ? first : part->title.len > 0 ? part : NULL;
        if (name.to > name.from && held >= name.to - name.from) {
            part->is_title = true;
            return;
        }
    }
    if (first && !first->path) {
        first->is_title = true;
    }
}

/* ---- where its words are sought -------------------------------------------------------------- */

static void add_range(struct proof_part *part, struct cp_arena *arena, struct proof_range range)
{
    enum { AT_MOST = 64 };
    if (!part->ranges) {
        part->ranges = cp_arena_alloc(arena, AT_MOST * sizeof *part->ranges);
    }
    if (range.to == 0 || part->range_count == AT_MOST) {
        return;
    }
    size_t at = part->range_count++;
    while (at > 0 && part->ranges[at - 1].to - part->ranges[at - 1].from > range.to - range.from) {
        part->ranges[at] = part->ranges[at - 1];
        at--;
    }
    part->ranges[at] = range;
}

/* A heading without the number before it. */
static struct cp_str without_number(struct cp_str title)
{
    size_t at = 0;
    while (at < title.len && strchr("0123456789.)\\# \t", title.at[at])) {
        at++;
    }
    return cp_str_slice(title, at, SIZE_MAX);
}

/* What says a heading says nothing else. */
static void use_up(struct proof_plan *plan, struct proof_range range)
{
    for (uint32_t i = range.from; i < range.to; i++) {
        proof_plan_take(plan, plan->words.items[i].text, (struct proof_range){i, i + 1});
    }
}

static bool add_carriers(struct proof_part *part, struct proof_plan *plan, struct cp_str title)
{
    bool is_any = false;
    for (size_t i = 0; i < plan->carriers.count; i++) {
        const struct proof_carrier *carrier = &plan->carriers.items[i];
        if (proof_is_same_words(carrier->title, title)) {
            add_range(part, &plan->arena, carrier->range);
            use_up(plan, carrier->words);
            is_any = true;
        }
    }
    return is_any;
}

/* What tells of the plan as a whole: its texts at the top, and titled ones. */
static void add_top(struct proof_part *part, struct proof_plan *plan)
{
    for (size_t i = 0; i < plan->values.count; i++) {
        const struct proof_value *value = &plan->values.items[i];
        if (value->node->parent == plan->yaml.root) {
            add_range(part, &plan->arena, value->range);
        }
    }
    add_range(part, &plan->arena, proof_plan_reach(plan, "more"));
}

/* Whether each word of a heading that nothing carries stands where its part would, or in a comment
 * there. */
static bool has_words(const struct proof_plan *plan, const struct proof_part *part,
                      struct cp_str title)
{
    struct proof_word word;
    for (size_t at = 0; proof_word_next(&word, title, &at);) {
        bool is_there = false;
        for (size_t i = 0; !is_there && i < part->range_count; i++) {
            is_there = proof_plan_has(plan, word.text, part->ranges[i], NULL) ||
                       proof_plan_has_remark(plan, word.text, part->ranges[i]);
        }
        if (!is_there) {
            return false;
        }
    }
    return true;
}

static void add_parents(struct proof_document *document, struct proof_part *part,
                        struct proof_plan *plan)
{
    const struct proof_part *above = part;
    while (above->parent != UINT32_MAX && (above == part || above->range_count == 0)) {
        above = &document->parts.items[above->parent];
    }
    for (size_t i = 0; above != part && i < above->range_count; i++) {
        add_range(part, &plan->arena, above->ranges[i]);
    }
    if (part->range_count == 0) {
        add_top(part, plan);
    }
}

/* Whether nothing stands under the heading itself: then it may be named anywhere. */
static bool is_empty(const struct proof_document *document, const struct proof_part *part)
{
    struct proof_word word;
    struct cp_str text = cp_str_slice(document->source, part->from, part->to - part->from);
    size_t at = 0;
    return !proof_word_next(&word, text, &at);
}

static struct proof_range whole(const struct proof_plan *plan)
{
    return (struct proof_range){0, (uint32_t)plan->words.count};
}

/* The same of words of Markdown, in the plan's own words alone. */
static bool has_text(const struct proof_plan *plan, const struct proof_part *part,
                     struct cp_str text)
{
    struct proof_words words = {0};
    size_t there = 0;
    proof_text_read(&words, NULL, text);
    for (size_t i = 0; i < words.count; i++) {
        bool is_there = false;
        for (size_t j = 0; !is_there && j < part->range_count; j++) {
            is_there = proof_plan_has(plan, words.items[i].text, part->ranges[j], NULL);
        }
        there += is_there;
    }
    bool is_all = there == words.count;
    cp_list_release(&words);
    return is_all;
}

/* A footnote stands where it is used, or else where it stood. */
static void add_uses(struct proof_document *document, struct proof_part *note,
                     struct proof_plan *plan)
{
    struct proof_part before = *note;
    note->ranges = NULL;
    note->range_count = 0;
    for (size_t i = 0; i < document->parts.count; i++) {
        const struct proof_part *part = &document->parts.items[i];
        struct cp_str text = cp_str_slice(document->source, part->from, part->to - part->from);
        for (size_t j = 0; part->note.len == 0 && j < part->range_count; j++) {
            if (cp_str_find(text, note->note) != SIZE_MAX) {
                add_range(note, &plan->arena, part->ranges[j]);
            }
        }
    }
    if (!has_text(plan, note, cp_str_slice(document->source, note->from, note->to - note->from))) {
        note->ranges = before.ranges;
        note->range_count = before.range_count;
    }
}

static void find_ranges(struct proof_document *document, struct proof_part *part,
                        struct proof_plan *plan)
{
    bool is_carried =
        part->title.len > 0 && (add_carriers(part, plan, part->title) ||
                                add_carriers(part, plan, without_number(part->title)));
    if (part->path) {
        char section[64];
        struct cp_str name = section_of(part->path);
        snprintf(section, sizeof section, "%.*s", CP_ARG(name));
        add_range(part, &plan->arena, proof_plan_reach(plan, section));
        is_carried = true;
    }
    if (part->is_front || document->parts.count == 1) {
        add_range(part, &plan->arena, whole(plan));
    } else if (part->is_title || part->title.len == 0) {
        add_top(part, plan);
    } else if (!is_carried) {
        add_parents(document, part, plan);
        part->is_lost = !has_words(plan, part, part->title) &&
                        !(is_empty(document, part) && is_remarked(plan, part->title));
    }
}

/* ---- dates ----------------------------------------------------------------------------------- */

/* `25/11/2025` is the day first, `11/25/2025` the month; others settle nothing. */
static void weigh_date(struct proof_document *document, struct cp_str text)
{
    unsigned numbers[2] = {0, 0};
    size_t at = 0;
    for (size_t i = 0; i < 2; i++) {
        size_t start = at;
        while (at < text.len && at - start < 2 && cp_is_digit(text.at[at])) {
            numbers[i] = numbers[i] * 10 + (unsigned)(text.at[at++] - '0');
        }
        if (at == start || at == text.len || !strchr("/.", text.at[at++])) {
            return;
        }
    }
    bool has_year = at + 1 < text.len && cp_is_digit(text.at[at]) && cp_is_digit(text.at[at + 1]);
    bool is_date = has_year && numbers[0] > 0 && numbers[1] > 0;
    document->is_day_first |= is_date && numbers[0] > 12 && numbers[0] <= 31 && numbers[1] <= 12;
    document->is_month_first |= is_date && numbers[1] > 12 && numbers[1] <= 31 && numbers[0] <= 12;
}

static void weigh_dates(struct proof_document *document)
{
    for (size_t i = 0; i < document->source.len; i++) {
        bool is_start = cp_is_digit(document->source.at[i]) &&
                        (i == 0 || !strchr("0123456789/.", document->source.at[i - 1]));
        if (is_start) {
            weigh_date(document, cp_str_slice(document->source, i, 10));
        }
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

int proof_document_open(struct proof_document *document, struct cp_str source,
                        struct proof_plan *plan, const struct cp_config *config,
                        struct cp_error *error)
{
    struct names names = {.asked = {.config = config}};
    *document = (struct proof_document){.source = source};
    cp_arena_init(&names.arena);
    names.import.asked = &names.asked;
    names.import.arena = &names.arena;
    int result = headings_open(&names.import, error);
    if (result == 0) {
        proof_lines_read(&document->lines, source);
        proof_text_read(&document->words, &document->targets, source);
        divide(document, plan, &names);
        find_paths(document, &names);
        find_title(document, plan);
        weigh_dates(document);
        for (size_t i = 0; i < document->parts.count; i++) {
            find_ranges(document, &document->parts.items[i], plan);
        }
        for (size_t i = 0; i < document->parts.count; i++) {
            if (document->parts.items[i].note.len > 0) {
                add_uses(document, &document->parts.items[i], plan);
            }
        }
    }
    cp_map_release(&names.import.headings);
    cp_arena_release(&names.arena);
    return result;
}

void proof_document_close(struct proof_document *document)
{
    cp_list_release(&document->lines);
    cp_list_release(&document->words);
    cp_list_release(&document->targets);
    cp_list_release(&document->parts);
}
