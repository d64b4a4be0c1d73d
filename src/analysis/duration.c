/*
 * Lengths of time against one another: elapsed with elapsed, working with working, and both on the
 * portfolio's calendar. Says unknown where it cannot tell; words are the rules'.
 */
#include <contplan/analysis.h>

bool cp_duration_sum(struct cp_duration *out, struct cp_duration a, struct cp_duration b)
{
    struct cp_duration sum;
    int64_t days = (int64_t)a.work_days + b.work_days;
    int64_t months = (int64_t)a.months + b.months;
    if (!cp_add(&sum.seconds, a.seconds, b.seconds) ||
        !cp_add(&sum.work_seconds, a.work_seconds, b.work_seconds) || days > INT32_MAX ||
        days < INT32_MIN || months > INT32_MAX || months < INT32_MIN) {
        return false;
    }
    sum.work_days = (int32_t)days;
    sum.months = (int32_t)months;
    *out = sum;
    return true;
}

static bool is_zero(struct cp_duration duration)
{
    return duration.seconds == 0 && !cp_duration_is_working(duration) && duration.months == 0;
}

static const struct cp_opening *calendar_of(const struct cp_portfolio *portfolio)
{
    return &portfolio->config.calendar.hours;
}

/* What keeps a calendar's answer away: there is none, or it cannot be read. */
static enum cp_verdict without_calendar(const struct cp_portfolio *portfolio)
{
    const struct cp_leaf *calendar = &portfolio->config.calendar.leaf;
    bool is_absent = calendar->state == CP_ABSENT ||
                     (calendar->state == CP_SET && calendar_of(portfolio)->leaf.state == CP_ABSENT);
    return is_absent ? CP_NO_CALENDAR : CP_UNDECIDED;
}

/* The least and the most elapsed seconds of a duration of any kinds but months. */
static bool find_bounds(int64_t *least, int64_t *most, struct cp_duration duration,
                        const struct cp_portfolio *portfolio)
{
    if (duration.months != 0) {
        return false;
    }
    *least = *most = duration.seconds;
    if (!cp_duration_is_working(duration)) {
        return true;
    }
    struct cp_duration work = duration;
    work.seconds = 0;
    int64_t seconds;
    int64_t early;
    int64_t late;
    return calendar_of(portfolio)->leaf.state == CP_SET &&
           cp_portfolio_working_seconds(&seconds, portfolio, work) &&
           cp_working_elapsed(&early, &late, &calendar_of(portfolio)->hours, seconds) &&
           cp_add(least, *least, early) && cp_add(most, *most, late);
}

bool cp_duration_longest(int64_t *out, struct cp_duration duration,
                         const struct cp_portfolio *portfolio)
{
    int64_t least;
    int64_t most;
    if (!find_bounds(&least, &most, duration, portfolio)) {
        return false;
    }
    *out = most;
    return true;
}

/* The least and the most days that so many months can have. */
static void find_month_days(int64_t *least, int64_t *most, int32_t months)
{
    static const int32_t shortest[] = {0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334};
    static const int32_t longest[] = {0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337};
    int64_t years = months / 12;
    *least = years * 365 + shortest[months % 12];
    *most = years * 366 + longest[months % 12];
}

/* The same as find_bounds() with months, which are never negative. */
static bool find_calendar_bounds(int64_t *least, int64_t *most, struct cp_duration duration,
                                 const struct cp_portfolio *portfolio)
{
    enum { DAY = 24 * 60 * 60 };
    int64_t least_days;
    int64_t most_days;
    find_month_days(&least_days, &most_days, duration.months);
    duration.months = 0;
    return find_bounds(least, most, duration, portfolio) &&
           cp_add(least, *least, least_days * DAY) && cp_add(most, *most, most_days * DAY);
}

bool cp_duration_is_longer(struct cp_duration length, struct cp_duration limit,
                           const struct cp_portfolio *portfolio)
{
    int64_t least;
    int64_t most;
    int64_t limit_least;
    int64_t limit_most;
    if (length.months > 0 && limit.months > 0) {
        int32_t both = length.months < limit.months ? length.months : limit.months;
        length.months -= both;
        limit.months -= both;
    }
    return find_calendar_bounds(&least, &most, length, portfolio) &&
           find_calendar_bounds(&limit_least, &limit_most, limit, portfolio) && least > limit_most;
}

static enum cp_verdict verdict_of(int64_t length, int64_t limit)
{
    return length > limit ? CP_OVER : CP_WITHIN;
}

/* Both of working time only. Days with days and hours with hours need no calendar. */
static enum cp_verdict judge_working(struct cp_duration length, struct cp_duration limit,
                                     const struct cp_portfolio *portfolio)
{
    if (length.work_days == 0 && limit.work_days == 0) {
        return verdict_of(length.work_seconds, limit.work_seconds);
    }
    if (length.work_seconds == 0 && limit.work_seconds == 0) {
        return verdict_of(length.work_days, limit.work_days);
    }
    int64_t first;
    int64_t second;
    if (calendar_of(portfolio)->leaf.state != CP_SET ||
        !cp_portfolio_working_seconds(&first, portfolio, length) ||
        !cp_portfolio_working_seconds(&second, portfolio, limit)) {
        return without_calendar(portfolio);
    }
    return verdict_of(first, second);
}

enum cp_verdict cp_duration_judge(struct cp_duration length, struct cp_duration limit,
                                  const struct cp_portfolio *portfolio)
{
    if (length.months != 0 || limit.months != 0) {
        return CP_UNDECIDED;
    }
    if (is_zero(length) || is_zero(limit)) {
        return is_zero(length) ? CP_WITHIN : CP_OVER;
    }
    if (!cp_duration_is_working(length) && !cp_duration_is_working(limit)) {
        return verdict_of(length.seconds, limit.seconds);
    }
    if (cp_duration_is_working(length) && cp_duration_is_working(limit)) {
        bool is_pure = length.seconds == 0 && limit.seconds == 0;
        return is_pure ? judge_working(length, limit, portfolio) : CP_UNDECIDED;
    }
    int64_t least;
    int64_t most;
    int64_t limit_least;
    int64_t limit_most;
    if (!find_bounds(&least, &most, length, portfolio) ||
        !find_bounds(&limit_least, &limit_most, limit, portfolio)) {
        return without_calendar(portfolio);
    }
    return verdict_of(most, limit_least);
}
