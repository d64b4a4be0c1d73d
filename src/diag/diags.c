/*
 * Findings as they are found: collected, limited for each file, given their places. Prints nothing
 * and judges nothing.
 */
#include <contplan/diag.h>

#include <assert.h>
#include <string.h>

enum { QUOTED_CHARACTERS = 60 };

void cp_diags_init(struct cp_diags *diags)
{
    memset(diags, 0, sizeof *diags);
    cp_arena_init(&diags->arena);
    diags->plan_index = UINT32_MAX;
}

void cp_diags_release(struct cp_diags *diags)
{
    for (size_t i = 0; i < diags->items.count; i++) {
        cp_list_release(&diags->items.items[i]->notes);
    }
    cp_list_release(&diags->items);
    cp_list_release(&diags->secrets);
    cp_list_release(&diags->in_file);
    cp_list_release(&diags->surplus);
    cp_arena_release(&diags->arena);
    cp_diags_init(diags);
}

void cp_diags_begin_file(struct cp_diags *diags, uint32_t plan_index)
{
    diags->plan_index = plan_index;
    diags->in_file.count = 0;
}

/* The rules that fired in one file are few. */
static struct cp_rule_count *find_count(const struct cp_diags *diags, const struct cp_rule *rule)
{
    for (size_t i = 0; i < diags->in_file.count; i++) {
        if (diags->in_file.items[i].rule == rule) {
            return &diags->in_file.items[i];
        }
    }
    return NULL;
}

bool cp_diags_is_full(const struct cp_diags *diags, const struct cp_rule *rule)
{
    const struct cp_rule_count *in_file = find_count(diags, rule);
    return diags->is_muted || (in_file && in_file->count >= CP_FINDINGS_PER_FILE);
}

static void count_in_file(struct cp_diags *diags, const struct cp_rule *rule)
{
    struct cp_rule_count *in_file = find_count(diags, rule);
    if (!in_file) {
        in_file = cp_list_push(&diags->in_file, sizeof *in_file);
        in_file->rule = rule;
    }
    in_file->count++;
}

/* The rule's count is full. */
static void count_surplus(struct cp_diags *diags, const struct cp_rule *rule, struct cp_file *file)
{
    struct cp_rule_count *in_file = find_count(diags, rule);
    if (in_file->surplus == 0) {
        struct cp_surplus *surplus = cp_list_push(&diags->surplus, sizeof *surplus);
        *surplus = (struct cp_surplus){rule, file, diags->plan_index, 0};
        in_file->surplus = (uint32_t)diags->surplus.count;
    }
    diags->surplus.items[in_file->surplus - 1].count++;
}

static bool is_at_hand(struct cp_place place)
{
    return place.file && place.file->is_loaded;
}

static void resolve(struct cp_diags *diags, struct cp_diagnostic *diagnostic)
{
    if (!diagnostic->is_resolved && is_at_hand(diagnostic->place)) {
        diagnostic->at = cp_location_of(diagnostic->place, &diags->arena);
        diagnostic->is_resolved = true;
    }
}

static void resolve_fix(struct cp_diags *diags, struct cp_fix *fix)
{
    if (fix && fix->at.line == 0 && is_at_hand(fix->place)) {
        fix->at = cp_location_of(fix->place, &diags->arena);
    }
}

/* A note without a line has no location yet. */
static void resolve_note(struct cp_diags *diags, struct cp_note *note)
{
    if (note->at.line == 0 && is_at_hand(note->place)) {
        note->at = cp_location_of(note->place, &diags->arena);
    }
}

static const char *path_of(struct cp_place place)
{
    return place.file ? place.file->path : NULL;
}

static struct cp_diagnostic *push(struct cp_diags *diags, const struct cp_rule *rule,
                                  struct cp_place place, struct cp_str field)
{
    struct cp_diagnostic *diagnostic = cp_arena_alloc(&diags->arena, sizeof *diagnostic);
    *(struct cp_diagnostic **)cp_list_push(&diags->items, sizeof diagnostic) = diagnostic;
    diagnostic->rule = rule;
    diagnostic->severity = rule->severity;
    diagnostic->place = place;
    diagnostic->at.path = path_of(place);
    diagnostic->plan_index = diags->plan_index;
    diagnostic->plan_count = 1;
    diagnostic->field = cp_arena_copy(&diags->arena, field);
    diagnostic->clause = cp_str_of(rule->clause);
    return diagnostic;
}

struct cp_diagnostic *cp_diags_add(struct cp_diags *diags, const struct cp_rule *rule,
                                   struct cp_place place, struct cp_str field, const char *format,
                                   ...)
{
    if (diags->is_muted) {
        return NULL;
    }
    if (diags->is_tally) {
        count_in_file(diags, rule);
        return NULL;
    }
    if (cp_diags_is_full(diags, rule)) {
        count_surplus(diags, rule, place.file);
        return NULL;
    }
    count_in_file(diags, rule);
    struct cp_diagnostic *diagnostic = push(diags, rule, place, field);
    va_list args;
    va_start(args, format);
    diagnostic->message = cp_arena_vprintf(&diags->arena, format, args);
    va_end(args);
    resolve(diags, diagnostic);
    return diagnostic;
}

void cp_diagnostic_help(struct cp_diags *diags, struct cp_diagnostic *diagnostic,
                        const char *format, ...)
{
    if (!diagnostic) {
        return;
    }
    va_list args;
    va_start(args, format);
    diagnostic->help = cp_arena_vprintf(&diags->arena, format, args);
    va_end(args);
}

void cp_diagnostic_note(struct cp_diags *diags, struct cp_diagnostic *diagnostic,
                        struct cp_place place, const char *format, ...)
{
    if (!diagnostic) {
        return;
    }
    struct cp_note *note = cp_list_push(&diagnostic->notes, sizeof *note);
    note->place = place;
    note->at.path = path_of(place);
    va_list args;
    va_start(args, format);
    note->message = cp_arena_vprintf(&diags->arena, format, args);
    va_end(args);
    resolve_note(diags, note);
}

void cp_diagnostic_fix(struct cp_diags *diags, struct cp_diagnostic *diagnostic,
                       const struct cp_fix *fix)
{
    if (!diagnostic || fix->text.len > CP_FIX_BYTES) {
        return;
    }
    assert(diagnostic->rule->fix != CP_FIX_NONE);
    struct cp_fix *own = cp_arena_alloc(&diags->arena, sizeof *own);
    *own = *fix;
    own->text = cp_arena_copy(&diags->arena, fix->text);
    own->meant = cp_arena_copy(&diags->arena, fix->meant);
    own->title = cp_arena_copy(&diags->arena, fix->title);
    own->at = (struct cp_location){.path = path_of(fix->place)};
    diagnostic->fix = own;
    resolve_fix(diags, own);
}

/* A NUL would end the message it is quoted in, so it is named here and not by the writers. */
static void put_quoted(struct cp_buf *out, struct cp_str value)
{
    for (size_t characters = 0; value.len > 0; characters++) {
        if (characters == QUOTED_CHARACTERS) {
            cp_buf_puts(out, "\xe2\x80\xa6");
            break;
        }
        uint32_t c = 1;
        size_t len = cp_utf8_decode(&c, value);
        len = len > 0 ? len : 1;
        cp_buf_put(out, c == 0 ? CP_STR("<U+0000>") : cp_str_slice(value, 0, len));
        value = cp_str_slice(value, len, value.len);
    }
}

const char *cp_diags_quote(struct cp_diags *diags, struct cp_str value)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_buf_putc(&buf, '\'');
    put_quoted(&buf, value);
    cp_buf_putc(&buf, '\'');
    const char *quoted = cp_arena_copy(&diags->arena, cp_buf_str(&buf)).at;
    cp_buf_release(&buf);
    return quoted;
}

void cp_diags_resolve(struct cp_diags *diags)
{
    for (size_t i = 0; i < diags->items.count; i++) {
        struct cp_diagnostic *diagnostic = diags->items.items[i];
        resolve(diags, diagnostic);
        resolve_fix(diags, diagnostic->fix);
        for (size_t j = 0; j < diagnostic->notes.count; j++) {
            resolve_note(diags, &diagnostic->notes.items[j]);
        }
    }
}
