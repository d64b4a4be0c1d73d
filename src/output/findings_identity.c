/*
 * What a finding is known by from one run to the next, for services that tell new findings from old
 * ones. Knows no format.
 */
#include "findings.h"

#include <stdio.h>

enum { DIGITS = 32 }; /* of the SHA-256: 128 bits */

void cp_identity_init(struct cp_identity *out)
{
    cp_arena_init(&out->arena);
    cp_map_init(&out->seen);
}

void cp_identity_release(struct cp_identity *identity)
{
    cp_map_release(&identity->seen);
    cp_arena_release(&identity->arena);
}

/* How many bytes the first `count` characters take; a malformed byte is one. */
static size_t length_of(struct cp_str text, size_t count)
{
    size_t at = 0;
    for (; count > 0 && at < text.len; count--) {
        uint32_t c;
        size_t len = cp_utf8_decode(&c, cp_str_slice(text, at, text.len));
        at += len > 0 ? len : 1;
    }
    return at;
}

/* The value as far as its first line shows it; secrets are masked there. */
static struct cp_str value_of(const struct cp_location *at)
{
    if (at->line == 0 || at->column < at->excerpt_column) {
        return CP_STR("");
    }
    size_t before = length_of(at->excerpt, at->column - at->excerpt_column);
    struct cp_str value = cp_str_slice(at->excerpt, before, at->excerpt.len);
    bool is_one_line = at->end_line == at->line && at->end_column >= at->column;
    return is_one_line ? cp_str_slice(value, 0, length_of(value, at->end_column - at->column))
                       : cp_str_trim(value);
}

static void put_part(struct cp_buf *out, struct cp_str part)
{
    cp_buf_put(out, part);
    cp_buf_putc(out, '\0');
}

/* What plans inherit is known by the file it stands in: which of them comes first may change. */
static struct cp_str home_of(const struct cp_findings *findings,
                             const struct cp_diagnostic *diagnostic)
{
    const struct cp_file *file = diagnostic->place.file;
    struct cp_str plan = cp_finding_plan(findings, diagnostic);
    return plan.len > 0 && !(file && file->is_shared) ? plan : cp_str_of(diagnostic->at.path);
}

static size_t count_up(struct cp_identity *identity, const char *digest)
{
    struct cp_str key = {digest, DIGITS};
    size_t *count = cp_map_find(&identity->seen, key);
    if (!count) {
        count = cp_arena_alloc(&identity->arena, sizeof *count);
        *count = 0;
        cp_map_put(&identity->seen, cp_arena_copy(&identity->arena, key), count);
    }
    return ++*count;
}

void cp_identity_next(char out[CP_IDENTITY_TEXT], struct cp_identity *identity,
                      const struct cp_findings *findings, const struct cp_diagnostic *diagnostic)
{
    char digest[CP_SHA256_TEXT];
    struct cp_buf parts;
    cp_buf_init(&parts);
    put_part(&parts, cp_str_of(diagnostic->rule->code));
    put_part(&parts, home_of(findings, diagnostic));
    put_part(&parts, diagnostic->field);
    put_part(&parts, value_of(&diagnostic->at));
    cp_sha256(digest, cp_buf_str(&parts));
    cp_buf_release(&parts);
    snprintf(out, CP_IDENTITY_TEXT, "%.*s:%zu", DIGITS, digest, count_up(identity, digest));
}
