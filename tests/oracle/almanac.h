/*
 * Working hours, minute by minute: a table per kind of hours says of each minute whether it is
 * open. The few changes of the clocks in the years at hand are written down by hand.
 */
#ifndef CONTPLAN_ORACLE_ALMANAC_H
#define CONTPLAN_ORACLE_ALMANAC_H

#include "oracle.h"

struct shift {
    struct hours hours;   /* never HOURS_ABSENT or HOURS_OFFICE where there is a calendar */
    bool is_without_zone; /* the office that is assumed: UTC */
    int known;            /* minutes of the table that are filled */
    unsigned char is_open[HORIZON];
};

enum { MOST_SHIFTS = MOST_PEOPLE + MOST_TEAMS + 1, OFFICE_SHIFT = 0 };

struct almanac {
    const struct world *world;
    struct shift shifts[MOST_SHIFTS]; /* the first is the office */
    int shift_count;
};

void almanac_init(struct almanac *almanac, const struct world *world);
/* The shift of these hours; ABSENT and OFFICE are the office. */
int almanac_shift(struct almanac *almanac, const struct hours *hours);
/* Whether the minute that begins at `minute` is open. */
bool almanac_is_open(struct almanac *almanac, int shift, int minute);
/* When `amount` minutes of work begun at `from` or later are done; 0: the first open minute. */
int almanac_end(struct almanac *almanac, int shift, int from, int amount);
/* Minutes of the longest day of the office. */
int almanac_longest_day(const struct almanac *almanac);
/* The first minute of the day after `day` in the calendar's zone, at least 0. */
int almanac_day_end(const struct almanac *almanac, int day);
/* When a length that is stated begun at `from` ends; NEVER where it is unknown, `from` where it is
 * not stated. */
int almanac_length_end(struct almanac *almanac, struct length length, int from);

#endif
