/*
 * What must not be shown: bytes of a file that were found to be a secret, hidden in findings about
 * whatever stands beside them or quotes them. Knows no rule and not what a secret looks like.
 */
#include <contplan/diag.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

void cp_diags_keep_read_secret(struct cp_diags *diags, struct cp_place place, struct cp_str text)
{
    assert(place.file && place.file->is_loaded);
    struct cp_secret *secret = cp_list_push(&diags->secrets, sizeof *secret);
    secret->place = place;
    secret->text = cp_arena_copy(&diags->arena, text);
}

void cp_diags_keep_secret(struct cp_diags *diags, struct cp_place place)
{
    cp_diags_keep_read_secret(
        diags, place, cp_str_slice(place.file->bytes, place.span.offset, place.span.length));
}

bool cp_diags_has_secret(const struct cp_diags *diags, struct cp_place place)
{
    for (size_t i = 0; i < diags->secrets.count; i++) {
        const struct cp_place *secret = &diags->secrets.items[i].place;
        if (secret->file == place.file &&
            secret->span.offset < place.span.offset + place.span.length &&
            place.span.offset < secret->span.offset + secret->span.length) {
            return true;
        }
    }
    return false;
}

/* ---- all secrets of a run -------------------------------------------------------------------- */

enum {
    NONE = -1,
    TELLING = 16 /* bytes: a shorter one may be a word of other files, and is hidden in its own */
};

void cp_secrets_init(struct cp_secrets *secrets)
{
    *secrets = (struct cp_secrets){0};
}

void cp_secrets_release(struct cp_secrets *secrets)
{
    cp_list_release(&secrets->by_place);
    cp_list_release(&secrets->by_text);
}

void cp_secrets_add(struct cp_secrets *secrets, const struct cp_diags *diags)
{
    for (size_t i = 0; i < diags->secrets.count; i++) {
        const struct cp_secret *secret = &diags->secrets.items[i];
        *(struct cp_hidden *)cp_list_push(&secrets->by_place, sizeof(struct cp_hidden)) =
            (struct cp_hidden){secret, 0};
        if (secret->text.len > 0) {
            *(struct cp_hidden *)cp_list_push(&secrets->by_text, sizeof(struct cp_hidden)) =
                (struct cp_hidden){secret, 0};
        }
    }
}

static int compare_numbers(uintptr_t a, uintptr_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
    const struct cp_place *left = &((const struct cp_hidden *)a)->secret->place;
    const struct cp_place *right = &((const struct cp_hidden *)b)->secret->place;
    int order = compare_numbers((uintptr_t)left->file, (uintptr_t)right->file);
    return order != 0 ? order : compare_numbers(left->span.offset, right->span.offset);
}

/* Those of a file that must be hidden everywhere before others of the same text. */
static int by_text(const void *a, const void *b)
{
    const struct cp_secret *left = ((const struct cp_hidden *)a)->secret;
    const struct cp_secret *right = ((const struct cp_hidden *)b)->secret;
    int order = cp_str_compare(left->text, right->text);
    return order != 0 ? order
                      : compare_numbers((uintptr_t)left->place.file, (uintptr_t)right->place.file);
}

static bool is_prefix(struct cp_str prefix, struct cp_str text)
{
    return cp_str_is_equal(cp_str_slice(text, 0, prefix.len), prefix);
}

/* Each secret that another begins with is linked from it, so that all that a text can begin with
 * are found from the last that does not come behind it. */
static void link_prefixes(struct cp_secrets *secrets)
{
    struct cp_hidden *items = secrets->by_text.items;
    for (size_t i = 0; i < secrets->by_text.count; i++) {
        int64_t before = (int64_t)i - 1;
        while (before != NONE && !is_prefix(items[before].secret->text, items[i].secret->text)) {
            before = items[before].link;
        }
        items[i].link = before;
    }
}

/* Up to where the secrets of a file reach that begin no later. */
static void link_ends(struct cp_secrets *secrets)
{
    struct cp_hidden *items = secrets->by_place.items;
    for (size_t i = 0; i < secrets->by_place.count; i++) {
        const struct cp_place *place = &items[i].secret->place;
        bool is_same = i > 0 && items[i - 1].secret->place.file == place->file;
        int64_t end = (int64_t)place->span.offset + place->span.length;
        items[i].link = is_same && items[i - 1].link > end ? items[i - 1].link : end;
    }
}

void cp_secrets_sort(struct cp_secrets *secrets)
{
    if (secrets->by_place.count > 0) {
        qsort(secrets->by_place.items, secrets->by_place.count, sizeof(struct cp_hidden), by_place);
        qsort(secrets->by_text.items, secrets->by_text.count, sizeof(struct cp_hidden), by_text);
    }
    link_ends(secrets);
    link_prefixes(secrets);
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* What a text may tell of: the finding whose text it is, or (NULL) the whole run. */
struct scope {
    const struct cp_secrets *secrets;
    const struct cp_diagnostic *diagnostic;
    struct cp_arena *arena;
    bool is_own; /* it is of the files that the secrets stand in */
};

static bool concerns(const struct cp_diagnostic *diagnostic, const struct cp_file *file)
{
    bool is_there = diagnostic->place.file == file;
    for (size_t i = 0; !is_there && i < diagnostic->notes.count; i++) {
        is_there = diagnostic->notes.items[i].place.file == file;
    }
    return is_there;
}

/* Names that the portfolio file gives are quoted anywhere; so are ids, which only a token can be.
 */
static bool is_hidden_in(const struct scope *scope, const struct cp_secret *secret)
{
    return scope->is_own || secret->text.len >= TELLING || secret->place.file->is_shared ||
           (scope->diagnostic && concerns(scope->diagnostic, secret->place.file));
}

/* The last secret that does not come behind the text, as an index; NONE where all do. */
static int64_t find_last(const struct cp_secrets *secrets, struct cp_str text)
{
    size_t low = 0;
    size_t high = secrets->by_text.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cp_str_compare(secrets->by_text.items[middle].secret->text, text) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return (int64_t)low - 1;
}

/* The length of the longest secret that the text begins with; 0 for none. */
static size_t whole_at(const struct scope *scope, struct cp_str text)
{
    const struct cp_hidden *items = scope->secrets->by_text.items;
    int64_t at = find_last(scope->secrets, text);
    while (at != NONE &&
           (!is_prefix(items[at].secret->text, text) || !is_hidden_in(scope, items[at].secret))) {
        at = items[at].link;
    }
    return at != NONE ? items[at].secret->text.len : 0;
}

/* The length of what a quotation that was cut left of a secret; 0 for none. */
static size_t cut_at(const struct scope *scope, struct cp_str text, size_t end)
{
    const struct cp_hidden *items = scope->secrets->by_text.items;
    struct cp_str left = cp_str_slice(text, 0, end);
    size_t next = (size_t)(find_last(scope->secrets, left) + 1);
    bool is_cut = end > 0 && next < scope->secrets->by_text.count &&
                  is_prefix(left, items[next].secret->text) &&
                  is_hidden_in(scope, items[next].secret);
    return is_cut ? end : 0;
}

static size_t length_at(const struct scope *scope, struct cp_str text, size_t cut)
{
    size_t len = whole_at(scope, text);
    return len == 0 && cut != SIZE_MAX ? cut_at(scope, text, cut) : len;
}

static void mask_text(struct cp_str *text, const struct scope *scope)
{
    struct cp_buf masked;
    bool is_masked = false;
    cp_buf_init(&masked);
    for (size_t i = 0; i < text->len;) {
        struct cp_str rest = cp_str_slice(*text, i, SIZE_MAX);
        size_t len = length_at(scope, rest, cp_str_find(rest, cp_str_of(CP_ELLIPSIS)));
        is_masked = is_masked || len > 0;
        cp_buf_put(&masked, len > 0 ? CP_STR("***") : cp_str_slice(*text, i, 1));
        i += len > 0 ? len : 1;
    }
    *text = is_masked ? cp_arena_copy(scope->arena, cp_buf_str(&masked)) : *text;
    cp_buf_release(&masked);
}

struct cp_str cp_secrets_mask(const struct cp_secrets *secrets, struct cp_str text,
                              struct cp_arena *arena)
{
    struct scope scope = {secrets, NULL, arena, false};
    mask_text(&text, &scope);
    return text;
}

struct cp_str cp_secrets_mask_own(const struct cp_secrets *secrets, struct cp_str text,
                                  struct cp_arena *arena)
{
    struct scope scope = {secrets, NULL, arena, true};
    mask_text(&text, &scope);
    return text;
}

/* ---- excerpts -------------------------------------------------------------------------------- */

/* One asterisk a character, so that columns stay what they are. */
static void put_masked(struct cp_buf *out, struct cp_str text, size_t from, size_t to)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t c;
        size_t len = cp_utf8_decode(&c, cp_str_slice(text, i, SIZE_MAX));
        len = len > 0 ? len : 1;
        bool is_hidden = i + len > from && i < to;
        cp_buf_put(out, is_hidden ? CP_STR("*") : cp_str_slice(text, i, len));
        i += len;
    }
}

/* The bytes of the secret, where they are bytes of the excerpt, as offsets in it. Once masked, an
 * excerpt may be shorter in bytes than its source: `excerpt_offset` then leads astray only behind
 * characters beyond ASCII that were hidden, so secrets are masked from the last one back. */
static void mask_secret(struct cp_location *at, const struct cp_secret *secret,
                        struct cp_arena *arena)
{
    size_t start = secret->place.span.offset;
    size_t end = start + secret->place.span.length;
    size_t excerpt_end = at->excerpt_offset + at->excerpt.len;
    if (start >= excerpt_end || end <= at->excerpt_offset) {
        return;
    }
    struct cp_buf masked;
    cp_buf_init(&masked);
    put_masked(&masked, at->excerpt, start > at->excerpt_offset ? start - at->excerpt_offset : 0,
               end - at->excerpt_offset);
    at->excerpt = cp_arena_copy(arena, cp_buf_str(&masked));
    cp_buf_release(&masked);
}

static void mask_excerpt(struct cp_location *at, const struct cp_secrets *secrets,
                         const struct cp_file *file, struct cp_arena *arena)
{
    struct cp_secret probe = {.place = {(struct cp_file *)(uintptr_t)file,
                                        {at->excerpt_offset + (uint32_t)at->excerpt.len, 0}}};
    struct cp_hidden key = {&probe, 0};
    size_t low = 0;
    size_t high = at->line > 0 ? secrets->by_place.count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_place(&secrets->by_place.items[middle], &key) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low > 0; low--) {
        const struct cp_hidden *hidden = &secrets->by_place.items[low - 1];
        if (hidden->secret->place.file != file || hidden->link <= (int64_t)at->excerpt_offset) {
            return;
        }
        mask_secret(at, hidden->secret, arena);
    }
}

/* ---- findings -------------------------------------------------------------------------------- */

static void mask_location(struct cp_location *at, const struct scope *scope,
                          const struct cp_file *file)
{
    struct cp_str path = cp_str_of(at->path);
    struct scope run = {scope->secrets, NULL, scope->arena, false};
    mask_text(&path, &run);
    at->path = at->path ? path.at : NULL;
    mask_excerpt(at, scope->secrets, file, scope->arena);
}

static bool is_touching(struct cp_place a, struct cp_place b)
{
    return a.file == b.file && a.span.offset < b.span.offset + b.span.length &&
           b.span.offset < a.span.offset + a.span.length;
}

/* What is no longer the same bytes would not be hidden next time. */
static bool shows_secret(const struct cp_fix *fix, const struct scope *scope)
{
    struct cp_str text = fix->text;
    for (size_t i = 0; i < scope->secrets->by_place.count; i++) {
        if (is_touching(fix->place, scope->secrets->by_place.items[i].secret->place)) {
            return true;
        }
    }
    mask_text(&text, scope);
    return text.at != fix->text.at;
}

void cp_diagnostic_mask(struct cp_diagnostic *diagnostic, const struct cp_secrets *secrets,
                        struct cp_arena *arena)
{
    struct scope scope = {secrets, diagnostic, arena, false};
    if (secrets->by_text.count == 0) {
        return;
    }
    mask_text(&diagnostic->message, &scope);
    mask_text(&diagnostic->help, &scope);
    mask_text(&diagnostic->field, &scope);
    mask_text(&diagnostic->clause, &scope);
    mask_location(&diagnostic->at, &scope, diagnostic->place.file);
    if (diagnostic->fix && shows_secret(diagnostic->fix, &scope)) {
        diagnostic->fix = NULL;
    }
    if (diagnostic->fix) {
        mask_text(&diagnostic->fix->title, &scope);
        mask_location(&diagnostic->fix->at, &scope, diagnostic->fix->place.file);
    }
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        struct cp_note *note = &diagnostic->notes.items[i];
        mask_text(&note->message, &scope);
        mask_location(&note->at, &scope, note->place.file);
    }
}

void cp_diagnostic_mask_field(struct cp_diagnostic *diagnostic, const struct cp_secrets *secrets,
                              struct cp_arena *arena)
{
    struct scope scope = {secrets, diagnostic, arena, false};
    if (secrets->by_text.count > 0) {
        mask_text(&diagnostic->field, &scope);
    }
}
