/*
 * Entries: finding a value below another one, and what this audience sees of it. Says nothing of
 * how values are written.
 */
#include "private.h"

#include <string.h>

struct cp_member cp_member_plan(const struct cp_report *report)
{
    return (struct cp_member){.leaf = &report->plan->leaf, .frame = {.plan = report->plan}};
}

bool cp_member_is_list(const struct cp_member *entry)
{
    return entry->field && entry->field->is_list && !entry->is_item && entry->leaf->state == CP_SET;
}

static bool is_entered(const struct cp_member *entry)
{
    return entry->field->type == CP_TYPE_OBJECT && !entry->field->is_list &&
           entry->leaf->state == CP_SET;
}

/* A set object is an entry of its own kind: its row says which table its members have. The plan
 * itself has no row. */
static const struct cp_object *object_of(const struct cp_member *entry)
{
    return entry->field ? entry->field->of : &cp_object_plan;
}

/* The frame of the member `leaf`. The plan's own members are sections. */
static struct cp_frame frame_inside(const struct cp_member *entry, const struct cp_leaf *leaf)
{
    if (!entry->field) {
        return (struct cp_frame){.plan = entry->frame.plan, .section = leaf};
    }
    return cp_frame_enter(&entry->frame, entry->leaf);
}

struct cp_member cp_member_in(const struct cp_member *parent, const struct cp_field *field)
{
    const struct cp_leaf *leaf = cp_field_get(field, parent->leaf);
    return (struct cp_member){field, leaf, frame_inside(parent, leaf), false};
}

bool cp_member_find(struct cp_member *out, const struct cp_member *parent, const char *path)
{
    struct cp_member at = *parent;
    while (*path) {
        struct cp_str key = {path, strcspn(path, ". ")};
        const struct cp_field *field = cp_field_find(object_of(&at), key);
        at = cp_member_in(&at, field);
        path += key.len;
        if (*path != '.' || !is_entered(&at)) {
            break;
        }
        path++;
    }
    *out = at;
    return at.leaf->state != CP_ABSENT;
}

bool cp_member_find_first(struct cp_member *out, const struct cp_member *parent, const char *paths)
{
    for (const char *path = paths; *path; path += strspn(path, " ")) {
        if (cp_member_find(out, parent, path)) {
            return true;
        }
        path += strcspn(path, " ");
    }
    return false;
}

size_t cp_member_count(const struct cp_member *list)
{
    return ((const struct cp_values *)(const void *)list->leaf)->count;
}

/* The entry's frame holds the item's own audience already, so that reading its members through
 * cp_member_find() and judging the item itself agree. */
struct cp_member cp_member_item(const struct cp_member *list, size_t index)
{
    const struct cp_values *values = (const struct cp_values *)(const void *)list->leaf;
    const char *at = (const char *)values->items + index * cp_field_size(list->field);
    const struct cp_leaf *leaf = (const struct cp_leaf *)(const void *)at;
    return (struct cp_member){list->field, leaf, cp_frame_enter(&list->frame, leaf), true};
}

/* An object or a list is given where anything in it is. That something is missing is told only to
 * those who might have read it. */
enum cp_sight cp_member_sight(const struct cp_report *report, const struct cp_member *entry)
{
    enum cp_audience audience = report->options->audience;
    struct cp_tally tally = {0};
    bool is_lost = entry->leaf->state == CP_BROKEN && cp_member_text(entry).len == 0 &&
                   !cp_leaf_is_exempt(entry->leaf);
    if (!is_lost) {
        cp_member_tally(&tally, entry, audience);
    }
    if (tally.shown > 0) {
        return CP_SIGHT_GIVEN;
    }
    bool is_open = cp_frame_shows(&entry->frame, entry->field, entry->leaf, audience);
    return tally.withheld > 0 || !is_open ? CP_SIGHT_WITHHELD : CP_SIGHT_MISSING;
}

static bool is_text_type(enum cp_type_id type)
{
    return type == CP_TYPE_TEXT || type == CP_TYPE_PROSE || type == CP_TYPE_ID ||
           type == CP_TYPE_REFERENCE || type == CP_TYPE_URL || type == CP_TYPE_EMAIL ||
           type == CP_TYPE_PHONE;
}

/* A broken value is shown as it was written. */
struct cp_str cp_member_text(const struct cp_member *entry)
{
    const struct cp_node *node = entry->leaf->node;
    if (entry->leaf->state == CP_BROKEN) {
        return node && node->kind == CP_NODE_SCALAR ? node->text : (struct cp_str){0};
    }
    if (entry->leaf->state != CP_SET || !is_text_type(entry->field->type)) {
        return (struct cp_str){0};
    }
    return ((const struct cp_text *)(const void *)entry->leaf)->text;
}
