/*
 * What falls due of a plan, with the entries of the plan that say so, as far as they are for an
 * audience: what the views of it start from. Private to the output layer.
 */
#ifndef OUTPUT_DUE_H
#define OUTPUT_DUE_H

#include <contplan/output.h>

/* Borrowed from the plan; texts are the arena's. */
struct due_item {
    struct cp_due due;
    struct cp_date last;     /* when it was last done; not of a finding */
    struct cp_member entry;  /* the review, exercise, restore test or finding */
    struct cp_member record; /* of a finding: the exercise or activation that made it */
    struct cp_str key;       /* what tells it from others of its kind in the plan; raw */
};

struct due_items {
    CP_LIST(struct due_item) items;
    size_t withheld; /* for a narrower audience */
};

/* Lists them in the order of the facts; retired plans owe nothing. */
void due_items_init(struct due_items *out, const struct cp_viewed *viewed,
                    enum cp_audience audience, struct cp_date today, struct cp_arena *arena);
void due_items_release(struct due_items *items);

/* The plan itself as an entry. */
struct cp_member viewed_plan(const struct cp_viewed *viewed);
/* The value at `path` below `entry`, where it is set and for the audience. */
bool viewed_find(struct cp_member *out, const struct cp_member *entry, const char *path,
                 enum cp_audience audience);
/* Its text, or the word of a choice; raw, empty where there is none for the audience. */
struct cp_str viewed_text(const struct cp_member *entry, const char *path,
                          enum cp_audience audience);
/* What the plan is called; every audience may know. */
struct cp_str viewed_name(const struct cp_viewed *viewed);

#endif
