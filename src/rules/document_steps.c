/*
 * CP7, the steps of Markdown runbooks: numbers that skip or go back, steps of which nobody would
 * see whether they worked, and roles that the prerequisites do not name.
 */
#include "command.h"
#include "document.h"
#include "runbooks.h"

/* ---- order ----------------------------------------------------------------------------------- */

static void report_number(const struct cp_document_input *in, const struct cp_rule *rule,
                          struct cp_place place, unsigned number, unsigned last)
{
    struct cp_diagnostic *finding =
        number > last ? cp_diags_add(in->diags, rule, place, (struct cp_str){0},
                                     "number %u follows number %u", number, last)
                      : cp_diags_add(in->diags, rule, place, (struct cp_str){0},
                                     "number %u stands below number %u", number, last);
    cp_diagnostic_help(in->diags, finding,
                       number > last + 1
                           ? "put back the step that is missing, or number the steps anew"
                           : "put the steps in the order in which they are done, and number them "
                             "anew");
}

static struct cp_place number_place(const struct cp_document_input *in,
                                    const struct cp_reading_block *item)
{
    size_t start = cp_reading_place(in->reading, item, 0);
    size_t end = start;
    while (end < in->file->bytes.len && cp_is_digit(in->file->bytes.at[end])) {
        end++;
    }
    return cp_document_place(in, start, end - start);
}

/* Whether every item has the same number: Markdown counts for itself, and so does the author. */
static bool is_counted_by_markdown(const struct cp_reading *reading, size_t list)
{
    size_t count = 0;
    unsigned first = 0;
    for (size_t i = list + 1; i < cp_reading_get(reading, list)->end;
         i = cp_reading_get(reading, i)->end) {
        unsigned number = cp_reading_get(reading, i)->written;
        if (count++ > 0 && number != first) {
            return false;
        }
        first = number;
    }
    return count > 1;
}

/* Lists that are not part of another go on where the one before ended, or begin again. */
static void check_list(const struct cp_document_input *in, const struct cp_rule *rule, size_t list,
                       unsigned *last)
{
    const struct cp_reading_block *block = cp_reading_get(in->reading, list);
    bool is_counted = is_counted_by_markdown(in->reading, list);
    bool is_first = true;
    unsigned before = *last;
    for (size_t i = list + 1; i < block->end; i = cp_reading_get(in->reading, i)->end) {
        const struct cp_reading_block *item = cp_reading_get(in->reading, i);
        unsigned number = is_counted ? item->number : item->written;
        bool may_begin = is_first && (number <= 1 || before == 0);
        if (!may_begin && number != before + 1 && !(is_counted && !is_first)) {
            report_number(in, rule, number_place(in, item), number, before);
        }
        before = number;
        is_first = false;
    }
    *last = before;
}

/* A heading, or a line in bold, that says which step it is. */
static bool is_step(const struct cp_reading *reading, const struct cp_reading_block *block,
                    unsigned *number, struct cp_str *words)
{
    bool is_bold = block->kind == CP_READING_PARAGRAPH && block->piece_count > 0 &&
                   cp_reading_piece_get(reading, block->first_piece)->is_strong &&
                   cp_str_is_equal_folded(cp_str_slice(block->text, 0, 5), CP_STR("step "));
    *number = block->kind == CP_READING_HEADING || is_bold ? cp_step_number(words, block->text) : 0;
    return *number > 0;
}

enum { LEVELS = 8, BOLD_LEVEL = 7 };

static void check_heading(const struct cp_document_input *in, const struct cp_rule *rule,
                          const struct cp_reading_block *block, unsigned last[LEVELS])
{
    struct cp_str words;
    unsigned number;
    unsigned level = block->kind == CP_READING_HEADING ? block->level : BOLD_LEVEL;
    for (unsigned i = level + 1; i < LEVELS; i++) {
        last[i] = 0;
    }
    if (!is_step(in->reading, block, &number, &words)) {
        return;
    }
    if (last[level] > 0 && number > 1 && number != last[level] + 1) {
        report_number(in, rule, cp_document_words(in, block, 0, words.len), number, last[level]);
    }
    last[level] = number;
}

void cp_check_document_order(const struct cp_document_input *in, const struct cp_rule *rule)
{
    unsigned last_item = 0;
    unsigned last[LEVELS] = {0};
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        unsigned inner = 0;
        if (block->kind == CP_READING_LIST && block->is_ordered) {
            check_list(in, rule, i, block->parent == CP_READING_NONE ? &last_item : &inner);
        } else if (block->kind == CP_READING_HEADING ||
                   (block->kind == CP_READING_PARAGRAPH && block->parent == CP_READING_NONE)) {
            check_heading(in, rule, block, last);
        }
    }
}

/* ---- whether it worked ----------------------------------------------------------------------- */

/* Without indentation, and the marks of lists and emphasis. */
static struct cp_str line_words(struct cp_str line)
{
    size_t at = 0;
    while (at < line.len && (cp_is_blank(line.at[at]) || strchr(">*_-+#|", line.at[at]) ||
                             ((cp_is_digit(line.at[at]) || line.at[at] == '.') && at < 8))) {
        at++;
    }
    return cp_str_slice(line, at, line.len);
}

/* Whether a line between two bytes of the document begins as a check does. */
static bool has_check(const struct cp_document_input *in, size_t from, size_t to)
{
    static const char *const starts[] = {"verify", "check", "verification", "confirm"};
    struct cp_str line;
    struct cp_str rest = cp_str_slice(in->file->bytes, from, to - from);
    while (cp_str_line(&line, &rest)) {
        struct cp_str words = line_words(line);
        bool is_heading = cp_str_has_prefix(cp_str_trim(line), "#");
        for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
            size_t length = strlen(starts[i]);
            if (cp_str_is_equal_folded(cp_str_slice(words, 0, length), cp_str_of(starts[i])) &&
                (is_heading || (words.len > length && strchr(":*_", words.at[length])))) {
                return true;
            }
        }
    }
    return false;
}

struct step {
    size_t from, to;   /* bytes of the document */
    size_t first, end; /* blocks */
};
struct steps {
    CP_LIST(struct step) items;
};

static size_t offset_of(const struct cp_document_input *in, size_t block)
{
    return block < cp_reading_count(in->reading) ? cp_reading_get(in->reading, block)->offset
                                                 : in->file->bytes.len;
}

static void add_step(struct steps *steps, const struct cp_document_input *in, size_t first,
                     size_t end)
{
    struct step *step = cp_list_push(&steps->items, sizeof(*step));
    *step = (struct step){offset_of(in, first), offset_of(in, end), first, end};
}

/* Steps are sections whose headings say so, else the items of ordered lists. */
static void find_headings(struct steps *out, const struct cp_document_input *in)
{
    size_t count = cp_reading_count(in->reading);
    size_t open = SIZE_MAX;
    unsigned level = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        struct cp_str words;
        unsigned number;
        if (block->kind != CP_READING_HEADING || (open != SIZE_MAX && block->level > level)) {
            continue;
        }
        if (open != SIZE_MAX) {
            add_step(out, in, open, i);
        }
        level = block->level;
        open = is_step(in->reading, block, &number, &words) ? i : SIZE_MAX;
    }
    if (open != SIZE_MAX) {
        add_step(out, in, open, count);
    }
}

static void find_items(struct steps *out, const struct cp_document_input *in)
{
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *list = cp_reading_get(in->reading, i);
        if (list->kind != CP_READING_LIST || !list->is_ordered || list->parent != CP_READING_NONE) {
            continue;
        }
        for (size_t item = i + 1; item < list->end; item = cp_reading_get(in->reading, item)->end) {
            add_step(out, in, item, cp_reading_get(in->reading, item)->end);
        }
    }
}

static bool has_code(const struct cp_document_input *in, const struct step *step)
{
    for (size_t i = step->first; i < step->end; i++) {
        if (cp_reading_get(in->reading, i)->kind == CP_READING_CODE) {
            return true;
        }
    }
    return false;
}

static bool is_verified(const struct cp_document_input *in, const struct steps *steps)
{
    for (size_t i = 0; i < steps->items.count; i++) {
        const struct step *step = &steps->items.items[i];
        bool is_last = i + 1 == steps->items.count;
        size_t to = is_last ? in->file->bytes.len : step->to;
        if ((is_last || has_code(in, step)) && has_check(in, step->from, to)) {
            return true;
        }
    }
    return false;
}

void cp_check_document_verified(const struct cp_document_input *in, const struct cp_rule *rule)
{
    struct steps steps = {0};
    if (!in->is_runbook) {
        return;
    }
    find_headings(&steps, in);
    if (steps.items.count < 2) {
        steps.items.count = 0;
        find_items(&steps, in);
    }
    if (steps.items.count > 1 && !is_verified(in, &steps)) {
        const struct step *last = &steps.items.items[steps.items.count - 1];
        const struct cp_reading_block *block = cp_reading_get(in->reading, last->first);
        struct cp_place place = block->kind == CP_READING_ITEM
                                    ? number_place(in, block)
                                    : cp_document_words(in, block, 0, block->text.len);
        struct cp_diagnostic *finding = cp_diags_add(
            in->diags, rule, place, (struct cp_str){0},
            "no step with a command says how one sees that it worked, nor does the last");
        cp_diagnostic_help(in->diags, finding,
                           "add a line 'Verify: …' to the last step, and to each that changes "
                           "something: what is to be seen, and where");
        if (finding) {
            finding->severity = CP_INFO;
        }
    }
    cp_list_release(&steps.items);
}

/* ---- access ---------------------------------------------------------------------------------- */

static const char access_sections[] =
    "prerequisite|before you|before we|access|permission|you need|you will need|requirement";

struct roles {
    struct cp_map named, reported;
    struct cp_str first;
};

/* Calls `each` for every role that a text of the document names. */
static void for_roles(const struct cp_document_input *in, struct roles *roles, bool is_named,
                      void (*each)(const struct cp_document_input *in, struct roles *roles,
                                   const struct cp_rule *rule, struct cp_str role),
                      const struct cp_rule *rule)
{
    bool is_about = false;
    for (size_t i = 0; i < cp_reading_count(in->reading); i++) {
        const struct cp_reading_block *block = cp_reading_get(in->reading, i);
        if (block->kind == CP_READING_HEADING) {
            is_about = cp_document_is_about(in, i, access_sections);
        }
        if (is_about != is_named || !cp_document_has_words(block)) {
            continue;
        }
        struct cp_str text = cp_str_slice(in->file->bytes, block->offset, block->length);
        size_t at = 0;
        for (struct cp_str role; cp_access_role_next(&role, text, &at);) {
            each(in, roles, rule, role);
        }
    }
}

static void name_role(const struct cp_document_input *in, struct roles *roles,
                      const struct cp_rule *rule, struct cp_str role)
{
    (void)in;
    (void)rule;
    roles->first = roles->first.len > 0 ? roles->first : role;
    cp_map_put(&roles->named, role, roles);
}

static void judge_role(const struct cp_document_input *in, struct roles *roles,
                       const struct cp_rule *rule, struct cp_str role)
{
    if (cp_map_find(&roles->named, role) || cp_map_put(&roles->reported, role, roles)) {
        return;
    }
    const char *name = cp_diags_quote(in->diags, role);
    struct cp_diagnostic *finding = cp_diags_add(
        in->diags, rule, cp_document_place(in, (size_t)(role.at - in->file->bytes.at), role.len),
        (struct cp_str){0}, "the step asks for the role %s, and the prerequisites name %s", name,
        cp_diags_quote(in->diags, roles->first));
    cp_diagnostic_help(in->diags, finding,
                       "name the same role in both places; where both are needed, add %s to the "
                       "prerequisites, so that it is held before the first step",
                       name);
    cp_diagnostic_note(
        in->diags, finding,
        cp_document_place(in, (size_t)(roles->first.at - in->file->bytes.at), roles->first.len),
        "what must be held beforehand");
}

void cp_check_document_roles(const struct cp_document_input *in, const struct cp_rule *rule)
{
    struct roles roles = {0};
    cp_map_init(&roles.named);
    cp_map_init(&roles.reported);
    for_roles(in, &roles, true, name_role, rule);
    if (roles.first.len > 0) {
        for_roles(in, &roles, false, judge_role, rule);
    }
    cp_map_release(&roles.named);
    cp_map_release(&roles.reported);
}
