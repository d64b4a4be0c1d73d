/*
 * The files beside a plan that it leads to: paths of runbooks, images, relative links in prose.
 * Finds paths; asks no source what stands there.
 */
#include "engine.h"

#include <contplan/markdown.h>
#include <contplan/schema.h>

#include <string.h>

struct following {
    struct cp_arena *arena;
    bool (*each)(void *context, const char *path);
    void *context;
    bool is_wanted;
};

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

/* The target as a file name: %20 is a blank. NULL where that gives a NUL. */
static const char *decode(struct cp_arena *arena, struct cp_str target)
{
    char *out = cp_arena_alloc(arena, target.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < target.len; i++) {
        int high = i + 2 < target.len && target.at[i] == '%' ? hex_digit(target.at[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(target.at[i + 2]) : -1;
        out[len] = low >= 0 ? (char)(high * 16 + low) : target.at[i];
        i += low >= 0 ? 2 : 0;
        if (out[len++] == '\0') {
            return NULL;
        }
    }
    return out;
}

/* Whether a target names a place in this tree, and not an address or a heading. */
static bool is_relative(struct cp_str target)
{
    size_t end = 0;
    while (end < target.len && !strchr(":/?#", target.at[end])) {
        end++;
    }
    return end > 0 && !(end < target.len && target.at[end] == ':');
}

const char *cp_link_target(struct cp_arena *arena, const char *from, struct cp_str target)
{
    size_t len = 0;
    if (!is_relative(target)) {
        return NULL;
    }
    while (len < target.len && target.at[len] != '#' && target.at[len] != '?') {
        len++;
    }
    const char *name = decode(arena, cp_str_slice(target, 0, len));
    return name ? cp_path_join(arena, cp_path_parent(arena, from), name) : NULL;
}

const char *link_path(struct cp_arena *arena, const struct cp_leaf *leaf, struct cp_str target)
{
    return leaf->node ? cp_link_target(arena, leaf->node->file->path, target) : NULL;
}

static void follow(struct following *following, const struct cp_leaf *leaf, struct cp_str target)
{
    const char *path = following->is_wanted ? link_path(following->arena, leaf, target) : NULL;
    if (path) {
        following->is_wanted = following->each(following->context, path);
    }
}

static void follow_prose(struct following *following, const struct cp_text *text)
{
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    cp_prose_scan_init(&scan, text->text);
    while (cp_prose_scan_next(&run, &scan)) {
        if (run.kind == CP_PROSE_LINK || run.kind == CP_PROSE_IMAGE) {
            follow(following, &text->leaf, run.target);
        }
    }
}

void follow_links(const struct cp_plan *plan, struct cp_arena *arena,
                  bool (*each)(void *context, const char *path), void *context)
{
    struct following following = {arena, each, context, true};
    for (size_t i = 0; i < plan->stated.count && following.is_wanted; i++) {
        const struct cp_stated *at = &plan->stated.items[i];
        const struct cp_text *text = (const struct cp_text *)(const void *)at->leaf;
        if (at->leaf->state != CP_SET) {
            continue;
        }
        if (at->field->type == CP_TYPE_PROSE && cp_prose_may_lead(text->text)) {
            follow_prose(&following, text);
        } else if (at->field->type == CP_TYPE_URL || (at->field->flags & CP_FIELD_PATH)) {
            follow(&following, at->leaf, text->text);
        }
    }
}
