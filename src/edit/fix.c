/*
 * Fixes applied: bytes exchanged, the result read again and compared with what was meant. Whatever
 * would change more than the fixes say is left out. Knows no field, no rule and no file.
 */
#include <contplan/edit.h>

#include "parsed.h"

#include <assert.h>
#include <stdlib.h>

/* ---- the bytes ------------------------------------------------------------------------------- */

static size_t end_of(const struct cp_fix *fix)
{
    return (size_t)fix->place.span.offset + fix->place.span.length;
}

static int by_place(const void *a, const void *b)
{
    const struct cp_fix *left = ((const struct cp_fix_try *)a)->fix;
    const struct cp_fix *right = ((const struct cp_fix_try *)b)->fix;
    size_t from = left->place.span.offset;
    size_t other = right->place.span.offset;
    if (from != other) {
        return from < other ? -1 : 1;
    }
    int order = (end_of(left) > end_of(right)) - (end_of(left) < end_of(right));
    return order != 0 ? order : cp_str_compare(left->text, right->text);
}

/* Two at one place overlap as well: which of them comes first, nobody said. */
static void choose(struct cp_fix_try *fixes, size_t count, size_t bytes)
{
    const struct cp_fix *last = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct cp_fix *fix = fixes[i].fix;
        if (end_of(fix) > bytes) {
            fixes[i].outcome = CP_FIX_REFUSED;
        } else if (last && (fix->place.span.offset < end_of(last) ||
                            fix->place.span.offset == last->place.span.offset)) {
            fixes[i].outcome = CP_FIX_WAITS;
        } else {
            fixes[i].outcome = CP_FIX_APPLIED;
            last = fix;
        }
    }
}

static void put_applied(struct cp_buf *out, struct cp_str bytes, const struct cp_fix_try *fixes,
                        size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        const struct cp_fix *fix = fixes[i].fix;
        if (fixes[i].outcome == CP_FIX_APPLIED) {
            cp_buf_put(out, cp_str_slice(bytes, at, fix->place.span.offset - at));
            cp_buf_put(out, fix->text);
            at = end_of(fix);
        }
    }
    cp_buf_put(out, cp_str_slice(bytes, at, SIZE_MAX));
}

/* ---- what they mean -------------------------------------------------------------------------- */

struct meaning {
    const struct cp_fix_try *fixes;
    size_t count;
};

static const struct cp_fix *find_change(const struct meaning *meaning, const struct cp_node *node,
                                        enum cp_fix_change change)
{
    for (size_t i = 0; i < meaning->count; i++) {
        const struct cp_fix *fix = meaning->fixes[i].fix;
        if (meaning->fixes[i].outcome == CP_FIX_APPLIED && fix->change == change &&
            fix->target.offset == node->span.offset && fix->target.length == node->span.length) {
            return fix;
        }
    }
    return NULL;
}

static bool is_meant(const struct meaning *meaning, const struct cp_node *was,
                     const struct cp_node *is);

static bool is_meant_key(const struct meaning *meaning, const struct cp_node *was,
                         const struct cp_node *is)
{
    const struct cp_fix *fix = was->key ? find_change(meaning, was->key, CP_FIX_KEY) : NULL;
    return fix ? is->key && cp_str_is_equal(is->key->text, fix->meant)
               : parsed_has_same_key(was, is);
}

/* The next that is to stay. */
static const struct cp_node *skip_gone(const struct meaning *meaning, const struct cp_node *node)
{
    while (node && find_change(meaning, node, CP_FIX_ENTRY)) {
        node = node->next;
    }
    return node;
}

/* Every child is still there, in its order; others are those of `added` (NULL: there are none). */
static bool has_meant_children(const struct meaning *meaning, const struct cp_node *was,
                               const struct cp_node *is, const struct cp_node *added)
{
    const struct cp_node *old = skip_gone(meaning, was->first);
    const struct cp_node *more = added ? added->first : NULL;
    for (const struct cp_node *child = is->first; child; child = child->next) {
        if (more && parsed_has_same_key(more, child) && parsed_is_same(more, child)) {
            more = more->next;
        } else if (old && is_meant_key(meaning, old, child) && is_meant(meaning, old, child)) {
            old = skip_gone(meaning, old->next);
        } else {
            return false;
        }
    }
    return !old && !more;
}

static bool has_grown_as_meant(const struct meaning *meaning, const struct cp_node *was,
                               const struct cp_node *is, struct cp_str text)
{
    struct parsed added;
    parsed_open(&added, text);
    bool is_sound = added.yaml.root && added.yaml.root->kind == CP_NODE_MAPPING &&
                    has_meant_children(meaning, was, is, added.yaml.root);
    parsed_close(&added);
    return is_sound;
}

/* As deep as documents may be. */
static bool is_meant(const struct meaning *meaning, const struct cp_node *was,
                     const struct cp_node *is)
{
    const struct cp_fix *fix =
        was->kind == CP_NODE_SCALAR ? find_change(meaning, was, CP_FIX_VALUE) : NULL;
    if (fix) {
        return is->kind == CP_NODE_SCALAR && cp_str_is_equal(is->text, fix->meant);
    }
    if (was->kind != is->kind || !cp_str_is_equal(was->text, is->text)) {
        return false;
    }
    fix = was->kind == CP_NODE_MAPPING ? find_change(meaning, was, CP_FIX_ADDED) : NULL;
    return fix ? has_grown_as_meant(meaning, was, is, fix->text)
               : has_meant_children(meaning, was, is, NULL);
}

/* ---- comments -------------------------------------------------------------------------------- */

static struct cp_str text_of(struct cp_str bytes, struct cp_span span)
{
    assert(bytes.at); /* what holds a comment holds bytes */
    return cp_str_slice(bytes, span.offset, span.length);
}

static bool is_touched(const struct meaning *meaning, struct cp_span span)
{
    for (size_t i = 0; i < meaning->count; i++) {
        const struct cp_fix *fix = meaning->fixes[i].fix;
        if (meaning->fixes[i].outcome == CP_FIX_APPLIED && fix->place.span.length > 0 &&
            fix->place.span.offset < span.offset + span.length && span.offset < end_of(fix)) {
            return true;
        }
    }
    return false;
}

/* Whether every comment that no fix names is still one, in its order. */
static bool has_comments(const struct meaning *meaning, const struct parsed *was,
                         struct cp_str old_bytes, const struct parsed *is, struct cp_str bytes)
{
    size_t at = 0;
    for (size_t i = 0; i < was->yaml.comments.count; i++) {
        struct cp_span span = was->yaml.comments.items[i].span;
        if (is_touched(meaning, span)) {
            continue;
        }
        while (at < is->yaml.comments.count &&
               !cp_str_is_equal(text_of(bytes, is->yaml.comments.items[at].span),
                                text_of(old_bytes, span))) {
            at++;
        }
        if (at++ == is->yaml.comments.count) {
            return false;
        }
    }
    return true;
}

/* ---- applying -------------------------------------------------------------------------------- */

/* Only of YAML anything can be asked. */
static bool is_yaml(const struct cp_fix_try *fixes, size_t count)
{
    return count > 0 && fixes[0].fix->change != CP_FIX_TEXT;
}

static bool is_intended(struct cp_str bytes, const struct cp_fix_try *fixes, size_t count)
{
    struct parsed was;
    struct parsed is;
    struct cp_buf text;
    const struct meaning meaning = {fixes, count};
    cp_buf_init(&text);
    put_applied(&text, bytes, fixes, count);
    parsed_open(&was, bytes);
    parsed_open(&is, cp_buf_str(&text));
    bool is_sound = was.yaml.root && is.yaml.root &&
                    is_meant(&meaning, was.yaml.root, is.yaml.root) &&
                    has_comments(&meaning, &was, bytes, &is, cp_buf_str(&text));
    parsed_close(&is);
    parsed_close(&was);
    cp_buf_release(&text);
    return is_sound;
}

static void refuse_all(struct cp_fix_try *fixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (fixes[i].outcome == CP_FIX_APPLIED) {
            fixes[i].outcome = CP_FIX_REFUSED;
        }
    }
}

/* One that does harm does so by itself; where none does, and all together do, none is taken. */
static void settle(struct cp_str bytes, struct cp_fix_try *fixes, size_t count)
{
    if (!is_yaml(fixes, count) || is_intended(bytes, fixes, count)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (fixes[i].outcome == CP_FIX_APPLIED && !is_intended(bytes, &fixes[i], 1)) {
            fixes[i].outcome = CP_FIX_REFUSED;
        }
    }
    if (!is_intended(bytes, fixes, count)) {
        refuse_all(fixes, count);
    }
}

size_t cp_fixes_apply(struct cp_buf *out, struct cp_str bytes, struct cp_fix_try *fixes,
                      size_t count)
{
    size_t applied = 0;
    if (count > 1) {
        qsort(fixes, count, sizeof *fixes, by_place);
    }
    choose(fixes, count, bytes.len);
    settle(bytes, fixes, count);
    put_applied(out, bytes, fixes, count);
    for (size_t i = 0; i < count; i++) {
        applied += fixes[i].outcome == CP_FIX_APPLIED;
    }
    return applied;
}
