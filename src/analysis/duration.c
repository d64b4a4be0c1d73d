/*
 * Lengths of time against one another: elapsed with elapsed, working with working, and both on the
 * portfolio's calendar. Says unknown where it cannot tell; words are the rules'.
 */
#include "recovery.h"

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

/* What holds whatever the office hours are: a length of which no kind of time is longer than the
 * limit's, or none shorter; and work takes at least its own time. */
static enum cp_verdict judge_anywhere(struct cp_duration length, struct cp_duration limit)
{
    int64_t least;
    if (cp_duration_is_at_least(limit, length) || is_zero(length)) {
        return CP_WITHIN;
    }
    if (cp_duration_is_at_least(length, limit)) {
        return CP_OVER;
    }
    if (!cp_add(&least, length.seconds, length.work_seconds)) {
        return CP_UNDECIDED;
    }
    if (!cp_duration_is_working(limit) && least > limit.seconds) {
        return CP_OVER;
    }
    bool is_less =
        limit.seconds == 0 && length.work_days <= limit.work_days && least <= limit.work_seconds;
    return is_less ? CP_WITHIN : CP_UNDECIDED;
}

bool cp_duration_most_work(int64_t *out, struct cp_duration duration,
                           const struct cp_portfolio *portfolio)
{
    int64_t elapsed = duration.seconds;
    int64_t least;
    int64_t most;
    duration.seconds = 0;
    return duration.months == 0 && calendar_of(portfolio)->leaf.state == CP_SET &&
           cp_working_elapsed(&least, &most, &calendar_of(portfolio)->hours, elapsed) &&
           least == elapsed && cp_portfolio_working_seconds(out, portfolio, duration) &&
           cp_add(out, *out, elapsed);
}

/* Both have working time, and either may have elapsed time before, within or after it, in working
 * seconds and in bounds of elapsed ones: `length` takes no less than all its parts one after the
 * other, nor than its work alone. */
static enum cp_verdict judge_mixed(struct cp_duration length, struct cp_duration limit,
                                   const struct cp_portfolio *portfolio)
{
    int64_t least;
    int64_t most;
    int64_t limit_least;
    int64_t limit_most;
    int64_t parts;
    int64_t work;
    if (!find_bounds(&least, &most, length, portfolio) ||
        !find_bounds(&limit_least, &limit_most, limit, portfolio) ||
        !cp_add(&parts, length.seconds, length.work_seconds)) {
        return CP_UNDECIDED;
    }
    least -= length.seconds;
    least = parts > least ? parts : least;
    if (least > limit_least || most <= limit_least) {
        return least > limit_least ? CP_OVER : CP_WITHIN;
    }
    bool is_telling = limit.seconds == 0 && cp_duration_most_work(&work, length, portfolio);
    return is_telling ? verdict_of(work, limit.work_seconds) : CP_UNDECIDED;
}

/* Days of work as hours of work; false where no calendar says how long they are. */
static bool find_hours(struct cp_duration *duration, const struct cp_portfolio *portfolio)
{
    struct cp_duration work = *duration;
    work.seconds = 0;
    duration->work_days = 0;
    return calendar_of(portfolio)->leaf.state == CP_SET &&
           cp_portfolio_working_seconds(&duration->work_seconds, portfolio, work);
}

static enum cp_verdict judge_on_calendar(struct cp_duration length, struct cp_duration limit,
                                         const struct cp_portfolio *portfolio)
{
    int64_t least;
    int64_t most;
    int64_t limit_least;
    int64_t limit_most;
    if (!find_hours(&length, portfolio) || !find_hours(&limit, portfolio)) {
        return without_calendar(portfolio);
    }
    enum cp_verdict verdict = judge_anywhere(length, limit);
    if (verdict != CP_UNDECIDED) {
        return verdict;
    }
    if (cp_duration_is_working(length) && cp_duration_is_working(limit)) {
        return judge_mixed(length, limit, portfolio);
    }
    bool is_known = find_bounds(&least, &most, length, portfolio) &&
                    find_bounds(&limit_least, &limit_most, limit, portfolio);
    return is_known ? verdict_of(most, limit_least) : CP_UNDECIDED;
}

/* Where there are months, whatever length they have. */
static enum cp_verdict judge_months(struct cp_duration length, struct cp_duration limit,
                                    const struct cp_portfolio *portfolio)
{
    if (cp_duration_is_longer(length, limit, portfolio)) {
        return CP_OVER;
    }
    bool is_less =
        cp_duration_is_equal(length, limit) || cp_duration_is_longer(limit, length, portfolio);
    return is_less ? CP_WITHIN : CP_UNDECIDED;
}

enum cp_verdict cp_duration_judge(struct cp_duration length, struct cp_duration limit,
                                  const struct cp_portfolio *portfolio)
{
    if (length.months != 0 || limit.months != 0) {
        return judge_months(length, limit, portfolio);
    }
    enum cp_verdict verdict = judge_anywhere(length, limit);
    return verdict == CP_UNDECIDED ? judge_on_calendar(length, limit, portfolio) : verdict;
}
