/*
 * Working hours, minute by minute.
 */
#include "almanac.h"

#include <string.h>

/* From the day on (since 1970, UTC), behind the minutes, clocks are `offset` minutes east of UTC.
 */
struct change {
    int day, minutes, offset;
};

enum { CHANGES = 5 };

/* The European Union's and New South Wales' rules, worked out by hand for 2026 and 2027: the last
 * Sundays of March and October at 01:00 UTC; the first Sundays of April and October at 02:00, where
 * Lord Howe Island moves by half an hour. */
static const struct change london[CHANGES] = {
    {0, 0, 0},       /* 2026 */
    {20541, 60, 60}, /* 29 March 2026 */
    {20751, 60, 0},  /* 25 October 2026 */
    {20905, 60, 60}, /* 28 March 2027 */
    {21122, 60, 0},  /* 31 October 2027 */
};
static const struct change lord_howe[CHANGES] = {
    {0, 0, 660},       /* 2026 */
    {20547, 900, 630}, /* 4 April 2026, 15:00 */
    {20729, 930, 660}, /* 3 October 2026, 15:30 */
    {20911, 900, 630}, /* 3 April 2027 */
    {21093, 930, 660}, /* 2 October 2027 */
};

static int offset_at(enum zone zone, int64_t utc)
{
    int offset = 0;
    if (zone == ZONE_KATHMANDU) {
        return 345;
    }
    if (zone != ZONE_LONDON && zone != ZONE_LORD_HOWE) {
        return 0;
    }
    const struct change *changes = zone == ZONE_LONDON ? london : lord_howe;
    for (int i = 0; i < CHANGES; i++) {
        bool is_past = changes[i].day * (int64_t)1440 + changes[i].minutes <= utc;
        offset = is_past ? changes[i].offset : offset;
    }
    return offset;
}

static int64_t local_minute(const struct almanac *almanac, int minute)
{
    int64_t utc = almanac->world->question.at + minute;
    const struct calendar *calendar = &almanac->world->calendar;
    return utc + (calendar->is_stated ? offset_at(calendar->zone, utc) : 0);
}

static bool is_holiday(const struct calendar *calendar, int day)
{
    for (int i = 0; i < calendar->holiday_count; i++) {
        if (calendar->holidays[i] == day) {
            return true;
        }
    }
    return false;
}

static bool reckon_is_open(const struct almanac *almanac, const struct shift *shift, int minute)
{
    int64_t local = local_minute(almanac, minute);
    int day = (int)(local / 1440);
    int of_day = (int)(local % 1440);
    if (shift->hours.kind == HOURS_ALWAYS) {
        return true;
    }
    if (is_holiday(&almanac->world->calendar, day)) {
        return false;
    }
    for (int i = 0; i < shift->hours.count; i++) {
        const struct span *span = &shift->hours.spans[i];
        if ((span->days & 1U << weekday_of(day)) && span->from <= of_day && of_day < span->to) {
            return true;
        }
    }
    return false;
}

void almanac_init(struct almanac *almanac, const struct world *world)
{
    static const struct hours assumed = {HOURS_WEEKLY, {{0x1f, 9 * 60, 17 * 60}}, 1};
    almanac->world = world;
    almanac->shift_count = 1;
    almanac->shifts[OFFICE_SHIFT].hours =
        world->calendar.is_stated ? world->calendar.hours : assumed;
    almanac->shifts[OFFICE_SHIFT].known = 0;
}

int almanac_shift(struct almanac *almanac, const struct hours *hours)
{
    if (hours->kind == HOURS_ABSENT || hours->kind == HOURS_OFFICE) {
        return OFFICE_SHIFT;
    }
    for (int i = 0; i < almanac->shift_count; i++) {
        if (memcmp(&almanac->shifts[i].hours, hours, sizeof(*hours)) == 0) {
            return i;
        }
    }
    almanac->shifts[almanac->shift_count].hours = *hours;
    almanac->shifts[almanac->shift_count].known = 0;
    return almanac->shift_count++;
}

bool almanac_is_open(struct almanac *almanac, int index, int minute)
{
    struct shift *shift = &almanac->shifts[index];
    if (shift->hours.kind == HOURS_ALWAYS) {
        return true;
    }
    for (; shift->known <= minute && shift->known < HORIZON; shift->known++) {
        shift->is_open[shift->known] = reckon_is_open(almanac, shift, shift->known);
    }
    return minute < HORIZON && shift->is_open[minute];
}

int almanac_end(struct almanac *almanac, int shift, int from, int amount)
{
    int minute = from;
    int left = amount;
    while (minute < HORIZON && (left > 0 || !almanac_is_open(almanac, shift, minute))) {
        left -= almanac_is_open(almanac, shift, minute);
        minute++;
        if (left == 0 && amount > 0) {
            return minute; /* the closing minute, not the next opening */
        }
    }
    return minute < HORIZON ? minute : NEVER;
}

int almanac_longest_day(const struct almanac *almanac)
{
    const struct hours *hours = &almanac->shifts[OFFICE_SHIFT].hours;
    int longest = 0;
    if (hours->kind == HOURS_ALWAYS) {
        return 1440;
    }
    for (int day = 0; day < 7; day++) {
        int minutes = 0;
        for (int i = 0; i < hours->count; i++) {
            const struct span *span = &hours->spans[i];
            minutes += span->days & 1U << day ? span->to - span->from : 0;
        }
        longest = minutes > longest ? minutes : longest;
    }
    return longest;
}

int almanac_day_end(const struct almanac *almanac, int day)
{
    int minute = 0;
    while (local_minute(almanac, minute) / 1440 <= day) {
        minute++;
    }
    return minute;
}

int almanac_length_end(struct almanac *almanac, struct length length, int from)
{
    if (from >= NEVER || length.kind == UNKNOWN_LENGTH) {
        return NEVER;
    }
    switch (length.kind) {
    case ELAPSED:
        return from + length.amount;
    case WORKING_MINUTES:
        return almanac_end(almanac, OFFICE_SHIFT, from, length.amount);
    case WORKING_DAYS:
        return almanac_end(almanac, OFFICE_SHIFT, from,
                           length.amount * almanac_longest_day(almanac));
    default:
        return from;
    }
}
