/*
 * Which value is for whom, and how many are not for the audience at hand. The nearest stated
 * audience counts, from the value outwards.
 */
#include <contplan/report.h>

#include "private.h"

const char *cp_audience_name(enum cp_audience audience)
{
    return audience == CP_PUBLIC ? "public" : audience == CP_INTERNAL ? "internal" : "restricted";
}

struct cp_frame cp_frame_enter(const struct cp_frame *frame, const struct cp_leaf *object)
{
    struct cp_frame inner = *frame;
    if (object != frame->section && object->audience != CP_AUDIENCE_UNSTATED) {
        inner.object = object;
    }
    return inner;
}

bool cp_frame_shows(const struct cp_frame *frame, const struct cp_field *field,
                    const struct cp_leaf *leaf, enum cp_audience audience)
{
    return cp_audience_of(frame->plan, field, leaf, frame->object, frame->section) <= audience;
}

bool cp_field_is_identity(const struct cp_field *field)
{
    return (field->flags & CP_FIELD_NAMES_PLAN) != 0;
}

/* ---- counting ------------------------------------------------------------------------------ */

static void tally_members(struct cp_tally *tally, const struct cp_member *object,
                          enum cp_audience audience)
{
    for (size_t i = 0; i < object->field->of->count; i++) {
        struct cp_member member = cp_member_in(object, &object->field->of->fields[i]);
        cp_member_tally(tally, &member, audience);
    }
}

static void tally_one(struct cp_tally *tally, const struct cp_member *entry,
                      enum cp_audience audience)
{
    if (entry->leaf->state == CP_SET && entry->field->type == CP_TYPE_OBJECT) {
        tally_members(tally, entry, audience);
        return;
    }
    bool is_shown = cp_frame_shows(&entry->frame, entry->field, entry->leaf, audience);
    tally->shown += is_shown;
    tally->withheld += !is_shown;
}

/* The depth of this recursion is that of the field tables. */
void cp_member_tally(struct cp_tally *tally, const struct cp_member *entry,
                     enum cp_audience audience)
{
    if (entry->leaf->state == CP_ABSENT) {
        return;
    }
    if (!cp_member_is_list(entry)) {
        tally_one(tally, entry, audience);
        return;
    }
    for (size_t i = 0; i < cp_member_count(entry); i++) {
        struct cp_member item = cp_member_item(entry, i);
        tally_one(tally, &item, audience);
    }
}

size_t cp_plan_withheld(const struct cp_plan *plan, const struct cp_field *field,
                        enum cp_audience audience)
{
    struct cp_tally tally = {0};
    struct cp_member root = {.leaf = &plan->leaf, .frame = {.plan = plan}};
    for (size_t i = 0; i < cp_object_plan.count; i++) {
        const struct cp_field *row = &cp_object_plan.fields[i];
        if (!cp_field_is_identity(row) && (!field || field == row)) {
            struct cp_member entry = cp_member_in(&root, row);
            cp_member_tally(&tally, &entry, audience);
        }
    }
    return tally.withheld;
}
