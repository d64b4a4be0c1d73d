/*
 * Which way a value has gone: whether the plan promises less than it did, or less is asked of it,
 * by the direction that the field's row states. Where two values do not compare it says only that
 * they differ.
 */
#include "compare.h"

enum order { LESS, EQUAL, GREATER, UNORDERED };

static enum order order_of(int64_t was, int64_t is)
{
    return is < was ? LESS : is > was ? GREATER : EQUAL;
}

/* ---- lengths --------------------------------------------------------------------------------- */

enum { DAY = 24 * 60 * 60, SHORTEST_MONTH = 28, LONGEST_MONTH = 31 };

/* Calendar months against elapsed time: only where no month can be so long or so short. */
static enum order order_of_months(struct cp_duration was, struct cp_duration is)
{
    if (cp_duration_is_working(was) || cp_duration_is_working(is)) {
        return UNORDERED;
    }
    int64_t months = (int64_t)is.months - was.months;
    int64_t seconds = was.seconds - is.seconds;
    int64_t least = months * (months > 0 ? SHORTEST_MONTH : LONGEST_MONTH) * DAY;
    int64_t most = months * (months > 0 ? LONGEST_MONTH : SHORTEST_MONTH) * DAY;
    return least > seconds ? GREATER : most < seconds ? LESS : UNORDERED;
}

static enum order order_on_calendar(struct cp_duration was, struct cp_duration is,
                                    const struct cp_portfolio *portfolio)
{
    enum cp_verdict forth = cp_duration_judge(is, was, portfolio);
    enum cp_verdict back = cp_duration_judge(was, is, portfolio);
    if (forth == CP_OVER && back == CP_WITHIN) {
        return GREATER;
    }
    if (forth == CP_WITHIN && back == CP_OVER) {
        return LESS;
    }
    return forth == CP_WITHIN && back == CP_WITHIN ? EQUAL : UNORDERED;
}

/* A calendar that has changed as well must not decide. */
static enum order order_of_durations(const struct comparer *comparer, struct cp_duration was,
                                     struct cp_duration is)
{
    if (was.months != 0 || is.months != 0) {
        return order_of_months(was, is);
    }
    enum order before = order_on_calendar(was, is, comparer->portfolio[WAS]);
    enum order after = order_on_calendar(was, is, comparer->portfolio[IS]);
    return before == after ? after : UNORDERED;
}

static enum order order_of_lengths(const struct comparer *comparer, const struct spot *spot)
{
    const struct cp_length *was = (const void *)spot->leaf[WAS];
    const struct cp_length *is = (const void *)spot->leaf[IS];
    if (was->is_continuous || is->is_continuous) {
        return order_of(!was->is_continuous, !is->is_continuous);
    }
    return order_of_durations(comparer, was->duration, is->duration);
}

/* ---- hours ----------------------------------------------------------------------------------- */

enum { MINUTES_OF_DAY = 24 * 60, MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY };

/* Marks the minutes of a week; false where only a calendar could tell, and there is none. */
static bool mark_week(bool *week, const struct cp_hours *hours,
                      const struct cp_portfolio *portfolio)
{
    const struct cp_opening *office = &portfolio->config.calendar.hours;
    if (hours->kind == CP_HOURS_OFFICE) {
        if (office->leaf.state != CP_SET || office->hours.kind == CP_HOURS_OFFICE) {
            return false;
        }
        hours = &office->hours;
    }
    memset(week, hours->kind == CP_HOURS_ALWAYS, MINUTES_OF_WEEK);
    for (size_t i = 0; hours->kind == CP_HOURS_WEEKLY && i < hours->count; i++) {
        const struct cp_hours_span *span = &hours->spans[i];
        for (unsigned day = 0; day < 7; day++) {
            if (span->days & 1U << day) {
                memset(week + day * MINUTES_OF_DAY + span->from, true,
                       (size_t)(span->to - span->from));
            }
        }
    }
    return true;
}

/* One week holds another where none of its minutes is missing. */
static enum order order_of_hours(const struct comparer *comparer, const struct spot *spot)
{
    static const size_t whole = MINUTES_OF_WEEK;
    const struct cp_opening *was = (const void *)spot->leaf[WAS];
    const struct cp_opening *is = (const void *)spot->leaf[IS];
    bool before[MINUTES_OF_WEEK];
    bool after[MINUTES_OF_WEEK];
    bool has_lost = false;
    bool has_gained = false;
    if (!mark_week(before, &was->hours, comparer->portfolio[WAS]) ||
        !mark_week(after, &is->hours, comparer->portfolio[IS])) {
        return UNORDERED;
    }
    for (size_t i = 0; i < whole; i++) {
        has_lost = has_lost || (before[i] && !after[i]);
        has_gained = has_gained || (after[i] && !before[i]);
    }
    if (has_lost == has_gained) {
        return has_lost ? UNORDERED : EQUAL;
    }
    return has_lost ? LESS : GREATER;
}

bool hours_are_same(const struct comparer *comparer, const struct spot *spot)
{
    const struct cp_opening *was = (const void *)spot->leaf[WAS];
    const struct cp_opening *is = (const void *)spot->leaf[IS];
    return spot->field->type == CP_TYPE_HOURS && was->leaf.state == CP_SET &&
           is->leaf.state == CP_SET && was->hours.kind != CP_HOURS_OFFICE &&
           is->hours.kind != CP_HOURS_OFFICE && order_of_hours(comparer, spot) == EQUAL;
}

/* ---- any scalar ------------------------------------------------------------------------------ */

static int64_t number_of(const struct cp_field *field, const struct cp_leaf *leaf)
{
    const void *value = leaf;
    switch (field->type) {
    case CP_TYPE_DATE:
        return ((const struct cp_day *)value)->date.days;
    case CP_TYPE_YES_NO:
        return ((const struct cp_flag *)value)->is_yes;
    case CP_TYPE_NUMBER:
        return ((const struct cp_number *)value)->value;
    default:
        return ((const struct cp_choice *)value)->value;
    }
}

static enum order order_of_values(const struct comparer *comparer, const struct spot *spot)
{
    switch (spot->field->type) {
    case CP_TYPE_DURATION:
    case CP_TYPE_PERIOD:
    case CP_TYPE_INTERVAL:
        return order_of_lengths(comparer, spot);
    case CP_TYPE_HOURS:
        return order_of_hours(comparer, spot);
    default:
        return order_of(number_of(spot->field, spot->leaf[WAS]),
                        number_of(spot->field, spot->leaf[IS]));
    }
}

/* ---- words ----------------------------------------------------------------------------------- */

/* What the side says, for its place among the values of a row; empty where it says nothing. */
static struct cp_str word_of(const struct spot *spot, enum side side)
{
    const struct cp_field *field = spot->field;
    const struct cp_leaf *leaf = spot->leaf[side];
    if (field->type != CP_TYPE_CHOICE) {
        return leaf->state == CP_SET ? ((const struct cp_text *)(const void *)leaf)->text
                                     : (struct cp_str){0};
    }
    if (leaf->state == CP_SET) {
        return cp_str_of(field->choices[number_of(field, leaf)]);
    }
    return cp_str_of(leaf->state == CP_ABSENT ? field->by_strength[0] : "");
}

/* How weak that is. SIZE_MAX: nobody can tell. */
static size_t weakness_of(const struct spot *spot, enum side side)
{
    const char *const *words = spot->field->by_strength;
    struct cp_str word = word_of(spot, side);
    for (size_t i = 0; words[i]; i++) {
        if (cp_str_is(word, words[i])) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Of two values one of which cannot be told, the weakest there is decides. GREATER is weaker. */
static enum order order_by_strength(const struct spot *spot)
{
    size_t was = weakness_of(spot, WAS);
    size_t is = weakness_of(spot, IS);
    size_t weakest = 0;
    while (spot->field->by_strength[weakest + 1]) {
        weakest++;
    }
    if (was != SIZE_MAX && is != SIZE_MAX) {
        return order_of((int64_t)was, (int64_t)is);
    }
    return is == weakest ? GREATER : was == weakest ? LESS : UNORDERED;
}

/* ---- which way ------------------------------------------------------------------------------- */

static bool is_directed(const struct cp_field *field)
{
    return (field->flags & (CP_FIELD_MORE_IS_WEAKER | CP_FIELD_LESS_IS_WEAKER)) != 0;
}

static enum cp_change_kind kind_of(bool is_weaker)
{
    return is_weaker ? CP_CHANGE_WEAKENED : CP_CHANGE_STRENGTHENED;
}

static enum cp_change_kind by_presence(const struct spot *spot)
{
    bool was = spot->leaf[WAS]->state == CP_SET;
    bool is = spot->leaf[IS]->state == CP_SET;
    if ((spot->field->flags & CP_FIELD_PROMISE) && was != is) {
        return kind_of(was);
    }
    if (spot->is_item && is_directed(spot->field) && was != is) {
        return kind_of(is == ((spot->field->flags & CP_FIELD_MORE_IS_WEAKER) != 0));
    }
    if (spot->leaf[WAS]->state == CP_ABSENT) {
        return CP_CHANGE_ADDED;
    }
    return spot->leaf[IS]->state == CP_ABSENT ? CP_CHANGE_REMOVED : CP_CHANGE_CHANGED;
}

enum cp_change_kind direction_of(const struct comparer *comparer, const struct spot *spot)
{
    const struct cp_field *field = spot->field;
    if (field->by_strength) {
        enum order order = order_by_strength(spot);
        return order == LESS || order == GREATER ? kind_of(order == GREATER) : by_presence(spot);
    }
    if (spot->leaf[WAS]->state != CP_SET || spot->leaf[IS]->state != CP_SET) {
        return by_presence(spot);
    }
    if (!is_directed(field)) {
        return CP_CHANGE_CHANGED;
    }
    enum order order = order_of_values(comparer, spot);
    if (order != LESS && order != GREATER) {
        return CP_CHANGE_CHANGED;
    }
    return kind_of((order == GREATER) == ((field->flags & CP_FIELD_MORE_IS_WEAKER) != 0));
}
