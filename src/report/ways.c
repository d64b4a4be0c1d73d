/*
 * How many values of the portfolio file a chapter would show to a wider audience: the ways to reach
 * the people and teams it names, and what stands there of its suppliers. Reads the chapters'
 * tables; writes nothing.
 */
#include "private.h"

/* Each value once, however often the chapter names whom it is about. */
static size_t count_member(struct cp_report *report, const struct cp_member *member,
                           struct cp_map *seen)
{
    struct cp_tally tally = {0};
    struct cp_str leaf = {(const char *)&member->leaf, sizeof member->leaf};
    if (!cp_map_put(seen, cp_arena_copy(&report->arena, leaf), seen)) {
        cp_member_tally(&tally, member, report->options->audience);
    }
    return tally.withheld;
}

static size_t count_paths(struct cp_report *report, const struct cp_member *object,
                          const char *const *paths, struct cp_map *seen)
{
    struct cp_member member;
    size_t count = 0;
    for (; *paths; paths++) {
        if (cp_member_find(&member, object, *paths)) {
            count += count_member(report, &member, seen);
        }
    }
    return count;
}

static size_t count_holder(struct cp_report *report, const struct cp_member *reference,
                           struct cp_map *seen)
{
    static const char *const paths_of_listed[] = {"name", "email", "phone", NULL};
    struct cp_member holder;
    const char *const *paths;
    size_t count = 0;
    if (reference->leaf->state != CP_SET || reference->field->type != CP_TYPE_REFERENCE ||
        cp_member_sight(report, reference) != CP_SIGHT_GIVEN) {
        return 0;
    }
    struct cp_str id = cp_member_text(reference);
    if (cp_holder_find(&holder, &paths, report, id)) {
        return count_paths(report, &holder, paths, seen);
    }
    for (size_t i = 0; cp_listed_member_find(&holder, report, id, i); i++) {
        count += count_paths(report, &holder, paths_of_listed, seen);
    }
    return count;
}

static size_t count_holders(struct cp_report *report, const struct cp_member *entry,
                            struct cp_map *seen)
{
    size_t count = 0;
    if (!cp_member_is_list(entry)) {
        return count_holder(report, entry, seen);
    }
    for (size_t i = 0; i < cp_member_count(entry); i++) {
        struct cp_member item = cp_member_item(entry, i);
        count += count_holder(report, &item, seen);
    }
    return count;
}

static size_t count_cell(struct cp_report *report, const struct cp_column *column,
                         const struct cp_member *row, struct cp_map *seen)
{
    struct cp_member cell;
    bool is_stated = cp_member_find_first(&cell, row, column->paths);
    if (is_stated && column->shows_ways) {
        return count_holders(report, &cell, seen);
    }
    if (!is_stated && column->is_of_supplier &&
        cp_supplier_member_find(&cell, report, row, column->paths)) {
        return count_member(report, &cell, seen);
    }
    return 0;
}

static size_t count_rows(struct cp_report *report, const struct cp_part *part,
                         const struct cp_member *list, struct cp_map *seen)
{
    size_t count = 0;
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member row = cp_member_item(list, i);
        bool is_shown =
            row.leaf->state == CP_SET && cp_member_sight(report, &row) == CP_SIGHT_GIVEN;
        for (size_t column = 0; is_shown && column < part->column_count; column++) {
            count += count_cell(report, &part->columns[column], &row, seen);
        }
    }
    return count;
}

size_t cp_chapter_withheld_ways(struct cp_report *report, const struct cp_chapter *chapter,
                                struct cp_map *seen)
{
    struct cp_member object = cp_chapter_object(report, chapter);
    size_t count = 0;
    for (size_t i = 0; object.leaf->state == CP_SET && i < chapter->part_count; i++) {
        const struct cp_part *part = &chapter->parts[i];
        struct cp_member entry;
        if (!cp_member_find_first(&entry, &object, part->path)) {
            continue;
        }
        if (part->kind == CP_PART_FACT && part->shows_ways) {
            count += count_holders(report, &entry, seen);
        } else if (part->kind == CP_PART_TABLE && cp_member_is_list(&entry)) {
            count += count_rows(report, part, &entry, seen);
        }
    }
    return count;
}
