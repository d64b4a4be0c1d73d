/*
 * Lengths of time: reading what people write, saying why it is none, writing the shortest form.
 * Knows no calendar: working time and months stay what they are.
 */
#include <contplan/base.h>

#include <string.h>

#include "ascii.h"

enum part { ELAPSED, WORK_TIME, WORK_DAYS, MONTHS, PARTS };

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WEEK = 7 * DAY, YEARS = 200 };

/* 200 years of each part. */
static const int64_t limits[PARTS] = {
    [ELAPSED] = (int64_t)YEARS * 366 * DAY,
    [WORK_TIME] = (int64_t)YEARS * 366 * DAY,
    [WORK_DAYS] = (int64_t)YEARS * 366,
    [MONTHS] = (int64_t)YEARS * 12,
};

struct unit {
    const char *name;
    enum part part;
    int32_t factor;
};

/* As they stand, in lower case. */
static const struct unit short_units[] = {
    {"s", ELAPSED, 1},       {"m", ELAPSED, MINUTE},    {"h", ELAPSED, HOUR}, {"d", ELAPSED, DAY},
    {"w", ELAPSED, WEEK},    {"mo", MONTHS, 1},         {"y", MONTHS, 12},    {"wd", WORK_DAYS, 1},
    {"wh", WORK_TIME, HOUR}, {"wm", WORK_TIME, MINUTE}, {NULL, ELAPSED, 0},
};

/* In any case, with or without an s at the end. */
static const struct unit unit_words[] = {
    {"second", ELAPSED, 1},   {"sec", ELAPSED, 1},     {"minute", ELAPSED, MINUTE},
    {"min", ELAPSED, MINUTE}, {"hour", ELAPSED, HOUR}, {"hr", ELAPSED, HOUR},
    {"day", ELAPSED, DAY},    {"week", ELAPSED, WEEK}, {"month", MONTHS, 1},
    {"year", MONTHS, 12},     {"yr", MONTHS, 12},      {NULL, ELAPSED, 0},
};

/* The same behind "working" or "business". */
static const struct unit working_words[] = {
    {"minute", WORK_TIME, MINUTE},
    {"hour", WORK_TIME, HOUR},
    {"day", WORK_DAYS, 1},
    {NULL, ELAPSED, 0},
};

/* ISO 8601 in the order in which designators may stand; those from TIME_DESIGNATORS on follow a T.
 */
static const struct unit designators[] = {
    {"Y", MONTHS, 12},    {"M", MONTHS, 1},       {"W", ELAPSED, WEEK}, {"D", ELAPSED, DAY},
    {"H", ELAPSED, HOUR}, {"M", ELAPSED, MINUTE}, {"S", ELAPSED, 1},
};

enum { TIME_DESIGNATORS = 4, DESIGNATORS = 7, TERMS = 8 };

/* A word of these, anywhere, and no number can be meant. */
static const char *const vague_words[] = {
    "about",       "almost",    "approx",   "approximately", "around",     "asap",     "circa",
    "couple",      "depends",   "effort",   "efforts",       "eventually", "few",      "immediate",
    "immediately", "instantly", "many",     "nearly",        "number",     "promptly", "quickly",
    "roughly",     "several",   "shortly",  "some",          "sometime",   "soon",     "variable",
    "varies",      "various",   "whenever",
};

static const char *const range_separators[] = {"-",  "\xe2\x80\x93", "\xe2\x80\x94",
                                               "..", " to ",         " and "};

/* What has been added up, and which units it took. */
struct sum {
    int64_t parts[PARTS];
    const struct unit *units[TERMS];
    size_t count;
    bool is_over;
};

static struct cp_str take_run(struct cp_str *rest, bool (*is_member)(char))
{
    size_t len = 0;
    while (len < rest->len && is_member(rest->at[len])) {
        len++;
    }
    struct cp_str run = cp_str_slice(*rest, 0, len);
    *rest = cp_str_slice(*rest, len, rest->len);
    return run;
}

/* The value of digits; the largest there is where they are too many, which no limit allows. */
static int64_t value_of(struct cp_str digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!cp_mul(&value, value, 10) || !cp_add(&value, value, digits.at[i] - '0')) {
            return INT64_MAX;
        }
    }
    return value;
}

static bool is_same_unit(const struct unit *a, const struct unit *b)
{
    return a->part == b->part && a->factor == b->factor;
}

/* False where the unit was there before or there are too many. */
static bool add_term(struct sum *sum, int64_t value, const struct unit *unit)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (is_same_unit(sum->units[i], unit)) {
            return false;
        }
    }
    if (sum->count == TERMS) {
        return false;
    }
    sum->units[sum->count++] = unit;
    int64_t *part = &sum->parts[unit->part];
    if (!cp_mul(&value, value, unit->factor) || !cp_add(part, *part, value) ||
        *part > limits[unit->part]) {
        sum->is_over = true;
    }
    return true;
}

static bool is_working(enum part part)
{
    return part == WORK_TIME || part == WORK_DAYS;
}

static bool is_mixed(const struct sum *sum)
{
    for (size_t i = 1; i < sum->count; i++) {
        enum part first = sum->units[0]->part;
        enum part other = sum->units[i]->part;
        if (first != other && !(is_working(first) && is_working(other))) {
            return true;
        }
    }
    return false;
}

static enum cp_duration_fault settle(struct cp_duration *out, const struct sum *sum)
{
    if (is_mixed(sum)) {
        return CP_DURATION_MIXED;
    }
    if (sum->is_over) {
        return CP_DURATION_OVERFLOW;
    }
    *out = (struct cp_duration){
        .seconds = sum->parts[ELAPSED],
        .work_seconds = sum->parts[WORK_TIME],
        .work_days = (int32_t)sum->parts[WORK_DAYS],
        .months = (int32_t)sum->parts[MONTHS],
    };
    return CP_DURATION_OK;
}

static const struct unit *find_word(const struct unit *units, struct cp_str word)
{
    struct cp_str singular = word;
    if (word.len > 1 && fold(word.at[word.len - 1]) == 's') {
        singular.len--;
    }
    for (const struct unit *unit = units; unit->name; unit++) {
        struct cp_str name = cp_str_of(unit->name);
        if (cp_str_is_equal_folded(word, name) || cp_str_is_equal_folded(singular, name)) {
            return unit;
        }
    }
    return NULL;
}

/* Reads a unit from the front of `*rest`, or gives NULL. */
static const struct unit *read_unit(struct cp_str *rest)
{
    struct cp_str word = take_run(rest, is_letter);
    for (const struct unit *unit = short_units; unit->name; unit++) {
        if (cp_str_is(word, unit->name)) {
            return unit;
        }
    }
    if (cp_str_is_equal_folded(word, CP_STR("working")) ||
        cp_str_is_equal_folded(word, CP_STR("business"))) {
        take_run(rest, cp_is_blank);
        return find_word(working_words, take_run(rest, is_letter));
    }
    return find_word(unit_words, word);
}

/* `1d 12h`, `2 hours`, `5 working days`. */
static enum cp_duration_fault parse_sum(struct cp_duration *out, struct cp_str s)
{
    struct sum sum = {.count = 0};
    struct cp_str rest = cp_str_trim(s);
    while (rest.len > 0) {
        struct cp_str digits = take_run(&rest, cp_is_digit);
        take_run(&rest, cp_is_blank);
        if (digits.len > 0 && rest.len == 0) {
            return CP_DURATION_NO_UNIT;
        }
        const struct unit *unit = digits.len > 0 ? read_unit(&rest) : NULL;
        if (!unit || !add_term(&sum, value_of(digits), unit)) {
            return CP_DURATION_MALFORMED;
        }
        take_run(&rest, cp_is_blank);
    }
    return sum.count > 0 ? settle(out, &sum) : CP_DURATION_MALFORMED;
}

/* The index of the designator `c` at or after `from` on its side of the T, or DESIGNATORS. */
static size_t find_designator(char c, size_t from)
{
    size_t end = from < TIME_DESIGNATORS ? TIME_DESIGNATORS : DESIGNATORS;
    for (size_t i = from; i < end; i++) {
        if (designators[i].name[0] == c) {
            return i;
        }
    }
    return DESIGNATORS;
}

/* `P1DT12H` from behind the P. */
static enum cp_duration_fault parse_iso(struct cp_duration *out, struct cp_str rest)
{
    struct sum sum = {.count = 0};
    bool is_time = false;
    size_t next = 0;
    while (rest.len > 0) {
        if (rest.at[0] == 'T' && !is_time) {
            is_time = true;
            next = TIME_DESIGNATORS;
            rest = cp_str_slice(rest, 1, rest.len);
        }
        struct cp_str digits = take_run(&rest, cp_is_digit);
        if (digits.len == 0 || rest.len == 0 || (!is_time && next == TIME_DESIGNATORS)) {
            return CP_DURATION_MALFORMED;
        }
        size_t found = find_designator(rest.at[0], next);
        if (found == DESIGNATORS || !add_term(&sum, value_of(digits), &designators[found])) {
            return CP_DURATION_MALFORMED;
        }
        next = found + 1;
        rest = cp_str_slice(rest, 1, rest.len);
    }
    return sum.count > 0 ? settle(out, &sum) : CP_DURATION_MALFORMED;
}

static bool is_vague_word(struct cp_str word)
{
    for (size_t i = 0; i < sizeof vague_words / sizeof vague_words[0]; i++) {
        if (cp_str_is_equal_folded(word, cp_str_of(vague_words[i]))) {
            return true;
        }
    }
    return false;
}

/* "several hours", or "hours" alone. */
static bool is_vague(struct cp_str s)
{
    struct cp_str rest = s;
    while (rest.len > 0) {
        struct cp_str word = take_run(&rest, is_letter);
        if (is_vague_word(word) || (word.len == s.len && find_word(unit_words, word))) {
            return true;
        }
        rest = cp_str_slice(rest, word.len == 0, rest.len);
    }
    return false;
}

static bool is_end_of_range(struct cp_str s)
{
    struct cp_duration ignored;
    enum cp_duration_fault fault = parse_sum(&ignored, s);
    return fault == CP_DURATION_OK || fault == CP_DURATION_NO_UNIT || fault == CP_DURATION_OVERFLOW;
}

/* Two lengths with something between them that says "to". */
static bool is_range(struct cp_str s)
{
    if (cp_str_is_equal_folded(cp_str_slice(s, 0, 8), CP_STR("between "))) {
        s = cp_str_slice(s, 8, s.len);
    }
    for (size_t i = 0; i < sizeof range_separators / sizeof range_separators[0]; i++) {
        struct cp_str separator = cp_str_of(range_separators[i]);
        size_t at = cp_str_find(s, separator);
        if (at != SIZE_MAX && is_end_of_range(cp_str_slice(s, 0, at)) &&
            is_end_of_range(cp_str_slice(s, at + separator.len, s.len))) {
            return true;
        }
    }
    return false;
}

/* A hyphen or a minus sign before a length. */
static bool is_negative(struct cp_str s)
{
    size_t sign = cp_str_has_prefix(s, "-") ? 1 : cp_str_has_prefix(s, "\xe2\x88\x92") ? 3 : 0;
    if (sign == 0) {
        return false;
    }
    struct cp_str rest = cp_str_trim(cp_str_slice(s, sign, s.len));
    return rest.len > 0 && (cp_is_digit(rest.at[0]) || rest.at[0] == 'P');
}

static bool is_zero(struct cp_str s)
{
    size_t zeros = 0;
    while (zeros < s.len && s.at[zeros] == '0') {
        zeros++;
    }
    return s.len > 0 && zeros == s.len;
}

enum cp_duration_fault cp_duration_parse(struct cp_duration *out, struct cp_str s)
{
    s = cp_str_trim(s);
    if (is_zero(s)) {
        *out = (struct cp_duration){0};
        return CP_DURATION_OK;
    }
    enum cp_duration_fault fault = CP_DURATION_MALFORMED;
    if (cp_str_has_prefix(s, "P")) {
        fault = parse_iso(out, cp_str_slice(s, 1, s.len));
    } else if (is_negative(s)) {
        return CP_DURATION_NEGATIVE;
    } else {
        fault = parse_sum(out, s);
    }
    if (fault == CP_DURATION_MALFORMED && is_vague(s)) {
        return CP_DURATION_VAGUE;
    }
    return fault == CP_DURATION_MALFORMED && is_range(s) ? CP_DURATION_RANGE : fault;
}

/* ---- writing ------------------------------------------------------------------------------- */

static void put_term(struct cp_buf *out, size_t start, int64_t value, const char *unit)
{
    if (out->len > start) {
        cp_buf_putc(out, ' ');
    }
    cp_buf_printf(out, "%lld%s", (long long)value, unit);
}

/* A value in the units of one part, largest first. */
static void put_part(struct cp_buf *out, size_t start, int64_t value, const struct unit *units,
                     size_t count)
{
    for (size_t i = 0; i < count && value != 0; i++) {
        int64_t whole = value / units[i].factor;
        if (whole != 0) {
            put_term(out, start, whole, units[i].name);
        }
        value -= whole * units[i].factor;
    }
}

void cp_duration_put(struct cp_buf *out, struct cp_duration duration)
{
    static const struct unit calendar[] = {{"y", MONTHS, 12}, {"mo", MONTHS, 1}};
    static const struct unit weeks[] = {{"w", ELAPSED, WEEK}};
    static const struct unit elapsed[] = {
        {"d", ELAPSED, DAY}, {"h", ELAPSED, HOUR}, {"m", ELAPSED, MINUTE}, {"s", ELAPSED, 1}};
    static const struct unit work_days[] = {{"wd", WORK_DAYS, 1}};
    static const struct unit work_time[] = {{"wh", WORK_TIME, HOUR}, {"wm", WORK_TIME, MINUTE}};
    size_t start = out->len;
    put_part(out, start, duration.months, calendar, 2);
    /* Weeks only where they say it all: 2w, but 10d. */
    if (duration.seconds % WEEK == 0) {
        put_part(out, start, duration.seconds, weeks, 1);
    } else {
        put_part(out, start, duration.seconds, elapsed, 4);
    }
    put_part(out, start, duration.work_days, work_days, 1);
    put_part(out, start, duration.work_seconds, work_time, 2);
    if (out->len == start) {
        cp_buf_putc(out, '0');
    }
}

bool cp_duration_is_working(struct cp_duration duration)
{
    return duration.work_seconds != 0 || duration.work_days != 0;
}

bool cp_duration_has_months(struct cp_duration duration)
{
    return duration.months != 0;
}
