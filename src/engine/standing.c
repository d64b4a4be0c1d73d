/*
 * Since when a file has said something: from its newest version back into those that one was made
 * from, for as long as each of them says it. Knows versions by their number alone; what they say is
 * for others to judge.
 */
#include "past.h"

#include <stdlib.h>
#include <string.h>

/* Things on their way into the past of one file. */
struct walk {
    const struct cp_log_file *log;
    const struct cp_standings *standings;
    bool *is_reached; /* by version and thing: all that was made from the version says it */
};

static bool *reached(const struct walk *walk, size_t version)
{
    return &walk->is_reached[version * walk->standings->count];
}

/* Whether anything is asked of a version. */
static bool ask(const struct walk *walk, size_t version)
{
    bool is_any = false;
    for (size_t i = 0; i < walk->standings->count; i++) {
        struct cp_standing *item = &walk->standings->items[i];
        item->is_asked = !item->is_lost && reached(walk, version)[i];
        item->is_said = false;
        is_any = is_any || item->is_asked;
    }
    return is_any;
}

/* What a version says has been said since then, and may have been in those it was made from. */
static void go_on(const struct walk *walk, size_t version, size_t index)
{
    const struct cp_log_version *found = &walk->log->versions.items[version];
    walk->standings->items[index].since = version;
    for (size_t i = 0; i < found->parent_count; i++) {
        if (found->before[i] != SIZE_MAX) {
            reached(walk, found->before[i])[index] = true;
        }
    }
}

/* What cannot be read may have said it or not: since when is not known then. */
static void judge(const struct walk *walk, size_t version)
{
    const struct cp_standings *standings = walk->standings;
    bool is_read = standings->judge(standings->context, version, standings->items);
    for (size_t i = 0; i < standings->count; i++) {
        struct cp_standing *item = &standings->items[i];
        if (item->is_asked && !is_read) {
            item->is_lost = true;
        } else if (item->is_asked && item->is_said) {
            go_on(walk, version, i);
        }
    }
}

void cp_standings_find(struct cp_standings *standings, const struct cp_log_file *log)
{
    struct walk walk = {.log = log, .standings = standings};
    size_t versions = log->versions.count;
    walk.is_reached = cp_alloc(versions * standings->count + 1);
    memset(walk.is_reached, false, versions * standings->count + 1);
    memset(walk.is_reached, versions > 0, standings->count);
    for (size_t i = 0; i < standings->count; i++) {
        standings->items[i] = (struct cp_standing){.since = SIZE_MAX};
    }
    for (size_t i = 0; i < versions; i++) {
        if (ask(&walk, i)) {
            judge(&walk, i);
        }
    }
    free(walk.is_reached);
}
