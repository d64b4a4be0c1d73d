/*
 * Working time on the clocks of a zone: when somebody is at work next, when work is done, how much
 * of it lies in between. While clocks do not change, the open time since a Monday long ago is a
 * matter of weeks, weekdays and holidays, so that no span is walked through. Knows no plan, and
 * nobody who works.
 */
#include <contplan/analysis.h>

#include <stdlib.h>

enum { DAYS = 7, DAY_SECONDS = 24 * 60 * 60 };

static const int64_t farthest = INT64_C(146097) * DAY_SECONDS; /* 400 years */
static const int64_t latest = INT64_C(1) << 40;                /* some 35,000 years */

/* ---- what all have in common --------------------------------------------------------------- */

static int compare_dates(const void *a, const void *b)
{
    int32_t left = ((const struct cp_date *)a)->days;
    int32_t right = ((const struct cp_date *)b)->days;
    return (left > right) - (left < right);
}

static size_t read_holidays(struct cp_date *days, const struct cp_calendar *calendar)
{
    size_t count = 0;
    for (size_t i = 0; i < calendar->holidays.count; i++) {
        if (calendar->holidays.items[i].leaf.state == CP_SET) {
            days[count++] = calendar->holidays.items[i].date;
        }
    }
    if (count > 1) {
        qsort(days, count, sizeof *days, compare_dates);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || days[kept - 1].days != days[i].days) {
            days[kept++] = days[i];
        }
    }
    return kept;
}

static void add_holidays(struct cp_almanac *almanac, const struct cp_calendar *calendar,
                         struct cp_arena *arena)
{
    struct cp_date *days = cp_arena_alloc(arena, (calendar->holidays.count + 1) * sizeof *days);
    size_t count = read_holidays(days, calendar);
    uint32_t(*before)[DAYS] = cp_arena_alloc(arena, (count + 1) * sizeof *before);
    for (size_t i = 0; i < count; i++) {
        memcpy(before[i + 1], before[i], sizeof before[i]);
        before[i + 1][cp_date_weekday(days[i])]++;
    }
    almanac->holidays = days;
    almanac->before = (const uint32_t(*)[DAYS])before;
    almanac->holiday_count = count;
}

void cp_almanac_init(struct cp_almanac *out, const struct cp_portfolio *portfolio,
                     struct cp_zone zone, struct cp_arena *arena)
{
    const struct cp_calendar *calendar = &portfolio->config.calendar;
    const struct cp_opening *hours = &calendar->hours;
    bool is_stated = hours->leaf.state == CP_SET && hours->hours.kind != CP_HOURS_OFFICE;
    bool is_absent = hours->leaf.state == CP_ABSENT &&
                     (calendar->leaf.state == CP_ABSENT || calendar->leaf.state == CP_SET);
    *out = (struct cp_almanac){
        .zone = zone,
        .is_assumed = !is_stated && is_absent,
        .is_unknown = !is_stated && !is_absent,
        .office = {CP_HOURS_WEEKLY, 1, {{0x1f, 9 * 60, 17 * 60}}},
    };
    if (is_stated) {
        out->office = hours->hours;
    }
    add_holidays(out, calendar, arena);
}

/* ---- the hours of a week ------------------------------------------------------------------- */

static int compare_open(const void *a, const void *b)
{
    int32_t left = ((const struct cp_open *)a)->from;
    int32_t right = ((const struct cp_open *)b)->from;
    return (left > right) - (left < right);
}

/* Adds those of one weekday, sorted, joined where they touch; their number. */
static size_t add_day(struct cp_open *open, const struct cp_hours *hours, unsigned day)
{
    size_t count = 0;
    for (size_t i = 0; i < hours->count; i++) {
        const struct cp_hours_span *span = &hours->spans[i];
        if (span->days & 1U << day && span->from < span->to) {
            open[count++] = (struct cp_open){span->from * 60, span->to * 60};
        }
    }
    if (count > 1) {
        qsort(open, count, sizeof *open, compare_open);
    }
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && open[i].from <= open[kept - 1].to) {
            open[kept - 1].to = open[i].to > open[kept - 1].to ? open[i].to : open[kept - 1].to;
        } else {
            open[kept++] = open[i];
        }
    }
    return kept;
}

static void add_week(struct cp_worktime *worktime, const struct cp_hours *hours,
                     struct cp_arena *arena)
{
    struct cp_open *open = cp_arena_alloc(arena, ((size_t)hours->count + 1) * DAYS * sizeof *open);
    worktime->open = open;
    for (unsigned day = 0; day < DAYS; day++) {
        size_t first = worktime->first[day];
        size_t end = first + add_day(open + first, hours, day);
        int32_t seconds = 0;
        for (size_t i = first; i < end; i++) {
            seconds += open[i].to - open[i].from;
        }
        worktime->first[day + 1] = (uint8_t)end;
        worktime->before[day + 1] = worktime->before[day] + seconds;
        worktime->longest = seconds > worktime->longest ? seconds : worktime->longest;
    }
}

void cp_worktime_init(struct cp_worktime *out, const struct cp_almanac *almanac,
                      const struct cp_hours *hours, struct cp_arena *arena)
{
    bool is_office = !hours || hours->count == 0 || hours->kind == CP_HOURS_OFFICE;
    hours = is_office ? &almanac->office : hours;
    *out = (struct cp_worktime){
        .almanac = almanac,
        .is_always = hours->kind == CP_HOURS_ALWAYS,
        .is_known = !is_office || !almanac->is_unknown,
        .is_assumed = is_office && almanac->is_assumed,
        .longest = DAY_SECONDS,
    };
    if (!out->is_always) {
        out->longest = 0;
        add_week(out, hours, arena);
    }
}

/* ---- while clocks do not change ------------------------------------------------------------ */

/* The open seconds of days up to a local time are counted from Monday, 1969-12-29. */
static const int32_t monday = -3;

static int64_t floor_of(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/* The number of holidays before `day`. */
static size_t holidays_before(const struct cp_almanac *almanac, int64_t day)
{
    size_t low = 0;
    size_t high = almanac->holiday_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (almanac->holidays[middle].days < day) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* A day of the calendar, as these hours see it. */
struct day {
    int64_t before; /* open seconds since the Monday long ago */
    const struct cp_open *open;
    size_t count; /* none on a holiday */
};

static struct day day_of(const struct cp_worktime *worktime, int64_t day)
{
    const struct cp_almanac *almanac = worktime->almanac;
    int64_t week = floor_of(day - monday, DAYS);
    unsigned weekday = (unsigned)(day - monday - week * DAYS);
    struct day result = {week * worktime->before[DAYS] + worktime->before[weekday],
                         worktime->open + worktime->first[weekday],
                         (size_t)(worktime->first[weekday + 1] - worktime->first[weekday])};
    size_t past = holidays_before(almanac, day);
    for (unsigned i = 0; past > 0 && i < DAYS; i++) {
        result.before -=
            (int64_t)almanac->before[past][i] * (worktime->before[i + 1] - worktime->before[i]);
    }
    if (past < almanac->holiday_count && almanac->holidays[past].days == day) {
        result.count = 0;
    }
    return result;
}

/* The open seconds from the Monday long ago to `local`. */
static int64_t open_until(const struct cp_worktime *worktime, int64_t local)
{
    int64_t number = floor_of(local, DAY_SECONDS);
    int64_t second = local - number * DAY_SECONDS;
    struct day day = day_of(worktime, number);
    int64_t open = day.before;
    for (size_t i = 0; i < day.count && day.open[i].from < second; i++) {
        open += (second < day.open[i].to ? second : day.open[i].to) - day.open[i].from;
    }
    return open;
}

/* The first day from `first` on, and up to `last`, at whose end `open` seconds have been open; they
 * have at the end of the last. */
static int64_t day_reaching(const struct cp_worktime *worktime, int64_t first, int64_t last,
                            int64_t open)
{
    while (first < last) {
        int64_t middle = first + (last - first) / 2;
        if (day_of(worktime, middle + 1).before >= open) {
            last = middle;
        } else {
            first = middle + 1;
        }
    }
    return first;
}

/* The first local time in [from, to] at which `open` seconds have been open since the Monday: more
 * than at `from`, and no more than at `to`. Most work is done within days: so the span that is
 * searched grows from there. */
static int64_t time_reaching(const struct cp_worktime *worktime, int64_t from, int64_t to,
                             int64_t open)
{
    int64_t first = floor_of(from, DAY_SECONDS);
    int64_t end = floor_of(to, DAY_SECONDS);
    int64_t last = first;
    for (int64_t step = 1; last < end && day_of(worktime, last + 1).before < open; step *= 2) {
        first = last + 1;
        last = last + step < end ? last + step : end;
    }
    int64_t number = day_reaching(worktime, first, last, open);
    struct day day = day_of(worktime, number);
    int64_t left = open - day.before;
    for (size_t i = 0; i < day.count; i++) {
        int64_t length = day.open[i].to - day.open[i].from;
        if (left <= length) {
            return number * DAY_SECONDS + day.open[i].from + left;
        }
        left -= length;
    }
    return to;
}

/* ---- over changes of the clocks ------------------------------------------------------------ */

/* Whether there is anything to count with. */
static bool can_count(const struct cp_worktime *worktime, int64_t at)
{
    return worktime->is_known && at > -latest && at < latest &&
           (worktime->is_always || worktime->before[DAYS] > 0);
}

/* A stretch without a change of clocks from `at` on, cut at `end`, and what is open in it. */
struct part {
    int64_t from, to;
    int32_t offset;
    int64_t before, open; /* seconds since the Monday, and in the part */
};

static struct part part_at(const struct cp_worktime *worktime, int64_t at, int64_t end)
{
    struct cp_zone_stretch stretch = cp_zone_find(&worktime->almanac->zone, at);
    int64_t to = stretch.to < end ? stretch.to : end;
    int64_t before = open_until(worktime, at + stretch.offset);
    return (struct part){at, to, stretch.offset, before,
                         open_until(worktime, to + stretch.offset) - before};
}

/* When `work` seconds, at least one, from `start` on are done. */
static bool find_end(int64_t *out, const struct cp_worktime *worktime, int64_t start, int64_t work)
{
    int64_t end = start + farthest;
    for (int64_t at = start; at < end;) {
        struct part part = part_at(worktime, at, end);
        if (work <= part.open) {
            *out = time_reaching(worktime, part.from + part.offset, part.to + part.offset,
                                 part.before + work) -
                   part.offset;
            return true;
        }
        work -= part.open;
        at = part.to;
    }
    return false;
}

/* The first second of work is done one second after the next open instant. */
bool cp_worktime_next(int64_t *out, const struct cp_worktime *worktime, int64_t at)
{
    if (!can_count(worktime, at)) {
        return false;
    }
    if (worktime->is_always) {
        *out = at;
        return true;
    }
    int64_t done;
    if (!find_end(&done, worktime, at, 1)) {
        return false;
    }
    *out = done - 1;
    return true;
}

bool cp_worktime_end(int64_t *out, const struct cp_worktime *worktime, int64_t start, int64_t work)
{
    if (!can_count(worktime, start) || work < 0 || work > farthest) {
        return false;
    }
    if (worktime->is_always) {
        *out = start + work;
        return true;
    }
    return work == 0 ? cp_worktime_next(out, worktime, start)
                     : find_end(out, worktime, start, work);
}

bool cp_worktime_between(int64_t *out, const struct cp_worktime *worktime, int64_t from, int64_t to)
{
    if (!can_count(worktime, from) || to > latest || (to > from && to - from > farthest)) {
        return false;
    }
    int64_t open = worktime->is_always && to > from ? to - from : 0;
    for (int64_t at = from; !worktime->is_always && at < to;) {
        struct part part = part_at(worktime, at, to);
        open += part.open;
        at = part.to;
    }
    *out = open;
    return true;
}

bool cp_duration_end(int64_t *out, const struct cp_worktime *worktime, struct cp_duration length,
                     int64_t start)
{
    int64_t work;
    int64_t from = start;
    if (length.months != 0 || !cp_mul(&work, length.work_days, worktime->longest) ||
        !cp_add(&work, work, length.work_seconds) || !cp_add(&from, start, length.seconds)) {
        return false;
    }
    *out = from;
    return work == 0 || cp_worktime_end(out, worktime, from, work);
}
