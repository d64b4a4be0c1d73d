/*
 * Working time on the weekly hours: how much elapsed time a given amount of work can take. Knows
 * neither holidays nor time zones; answers for the worst and the best start.
 */
#include <contplan/analysis.h>

#include <stdlib.h>

enum { DAY_MINUTES = 24 * 60, WEEK_SECONDS = 7 * 24 * 60 * 60, STRETCHES = 7 * CP_HOURS_SPANS };

/* An open stretch of the week, in seconds from Monday 00:00. */
struct stretch {
    int64_t from, to;
};

struct week {
    struct stretch stretches[STRETCHES];
    size_t count;
    int64_t open; /* seconds */
};

static int compare_stretches(const void *a, const void *b)
{
    const struct stretch *left = a;
    const struct stretch *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

static void add_span(struct week *week, const struct cp_hours_span *span)
{
    for (unsigned day = 0; day < 7; day++) {
        if (span->days & (1U << day) && span->from < span->to) {
            int64_t start = (int64_t)day * DAY_MINUTES;
            week->stretches[week->count++] =
                (struct stretch){(start + span->from) * 60, (start + span->to) * 60};
        }
    }
}

/* Sorts the stretches and joins those that touch or overlap. */
static void join(struct week *week)
{
    qsort(week->stretches, week->count, sizeof(week->stretches[0]), compare_stretches);
    size_t kept = 0;
    for (size_t i = 0; i < week->count; i++) {
        struct stretch next = week->stretches[i];
        if (kept > 0 && next.from <= week->stretches[kept - 1].to) {
            struct stretch *last = &week->stretches[kept - 1];
            last->to = next.to > last->to ? next.to : last->to;
        } else {
            week->stretches[kept++] = next;
        }
    }
    week->count = kept;
    for (size_t i = 0; i < kept; i++) {
        week->open += week->stretches[i].to - week->stretches[i].from;
    }
}

/* Seconds from `start` until `work` (more than 0, at most one week's) is done, the first work being
 * done in stretch number `first`; numbers past the last are those of the next week. */
static int64_t walk(const struct week *week, int64_t start, size_t first, int64_t work)
{
    for (size_t i = first;; i++) {
        const struct stretch *open = &week->stretches[i % week->count];
        int64_t shift = i >= week->count ? WEEK_SECONDS : 0;
        int64_t length = open->to - open->from;
        if (work <= length) {
            return open->from + shift + work - start;
        }
        work -= length;
    }
}

/* The time until work is done rises while the office is open and falls while it is closed: so it is
 * longest from a closing minute and shortest from an opening one. */
static void find_extremes(int64_t *least, int64_t *most, const struct week *week, int64_t work)
{
    for (size_t i = 0; i < week->count; i++) {
        int64_t early = walk(week, week->stretches[i].from, i, work);
        int64_t late = walk(week, week->stretches[i].to, i + 1, work);
        *least = i == 0 || early < *least ? early : *least;
        *most = i == 0 || late > *most ? late : *most;
    }
}

bool cp_working_elapsed(int64_t *least, int64_t *most, const struct cp_hours *hours, int64_t work)
{
    if (hours->kind == CP_HOURS_ALWAYS || work == 0) {
        *least = *most = work;
        return true;
    }
    struct week week = {.count = 0};
    for (size_t i = 0; hours->kind == CP_HOURS_WEEKLY && i < hours->count; i++) {
        add_span(&week, &hours->spans[i]);
    }
    join(&week);
    if (week.open == 0 || work < 0) {
        return false;
    }
    int64_t weeks = (work - 1) / week.open;
    int64_t whole;
    int64_t early = 0;
    int64_t late = 0;
    find_extremes(&early, &late, &week, work - weeks * week.open);
    if (!cp_mul(&whole, weeks, WEEK_SECONDS) || !cp_add(&late, late, whole)) {
        return false;
    }
    *least = early + whole;
    *most = late;
    return true;
}
