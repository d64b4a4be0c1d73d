/*
 * What must not be shown: bytes of a file that were found to be a secret, hidden in findings about
 * whatever stands beside them. Knows no rule and not what a secret looks like.
 */
#include <contplan/diag.h>

#include <assert.h>

static const char ellipsis[] = "\xe2\x80\xa6";

void cp_diags_keep_secret(struct cp_diags *diags, struct cp_place place)
{
    assert(place.file && place.file->is_loaded);
    struct cp_secret *secret = cp_list_push(&diags->secrets, sizeof *secret);
    secret->place = place;
    secret->text = cp_arena_copy(
        &diags->arena, cp_str_slice(place.file->bytes, place.span.offset, place.span.length));
}

/* ---- texts ----------------------------------------------------------------------------------- */

/* How much of the secret stands at the start of `text`: all of it, or what a quotation that was cut
 * left of it; 0 where it is something else. */
static size_t length_at(struct cp_str text, struct cp_str secret)
{
    size_t len = 0;
    while (len < secret.len && len < text.len && text.at[len] == secret.at[len]) {
        len++;
    }
    struct cp_str rest = cp_str_slice(text, len, SIZE_MAX);
    bool is_cut = len > 0 && cp_str_has_prefix(rest, ellipsis);
    return len == secret.len || is_cut ? len : 0;
}

static bool holds(struct cp_str text, struct cp_str secret)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == secret.at[0] && length_at(cp_str_slice(text, i, SIZE_MAX), secret) > 0) {
            return true;
        }
    }
    return false;
}

static void mask_text(struct cp_str *text, struct cp_str secret, struct cp_arena *arena)
{
    if (secret.len == 0 || !holds(*text, secret)) {
        return;
    }
    struct cp_buf masked;
    cp_buf_init(&masked);
    for (size_t i = 0; i < text->len;) {
        size_t len = length_at(cp_str_slice(*text, i, SIZE_MAX), secret);
        cp_buf_put(&masked, len > 0 ? CP_STR("***") : cp_str_slice(*text, i, 1));
        i += len > 0 ? len : 1;
    }
    *text = cp_arena_copy(arena, cp_buf_str(&masked));
    cp_buf_release(&masked);
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
static void mask_excerpt(struct cp_location *at, const struct cp_secret *secret,
                         struct cp_arena *arena)
{
    size_t start = secret->place.span.offset;
    size_t end = start + secret->place.span.length;
    size_t excerpt_end = at->excerpt_offset + at->excerpt.len;
    if (at->line == 0 || start >= excerpt_end || end <= at->excerpt_offset) {
        return;
    }
    struct cp_buf masked;
    cp_buf_init(&masked);
    put_masked(&masked, at->excerpt, start > at->excerpt_offset ? start - at->excerpt_offset : 0,
               end - at->excerpt_offset);
    at->excerpt = cp_arena_copy(arena, cp_buf_str(&masked));
    cp_buf_release(&masked);
}

void cp_diagnostic_mask(struct cp_diagnostic *diagnostic, const struct cp_secret *secret,
                        struct cp_arena *arena)
{
    mask_text(&diagnostic->message, secret->text, arena);
    mask_text(&diagnostic->help, secret->text, arena);
    mask_text(&diagnostic->field, secret->text, arena);
    if (diagnostic->place.file == secret->place.file) {
        mask_excerpt(&diagnostic->at, secret, arena);
    }
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        struct cp_note *note = &diagnostic->notes.items[i];
        mask_text(&note->message, secret->text, arena);
        if (note->place.file == secret->place.file) {
            mask_excerpt(&note->at, secret, arena);
        }
    }
}
