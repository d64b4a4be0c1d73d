/*
 * The time zone data of the system: files as RFC 8536 lays them out, with the rule for years to
 * come at their end (POSIX, TZ). Strict and bounded: a file that is not understood is refused.
 * Knows neither the process's zone nor its environment.
 */
#include <contplan/base.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ascii.h"

enum {
    HEADER = 44,
    MOST_BYTES = 256 * 1024,
    MOST_CHANGES = 4000,
    LONGEST_NAME = 100,
    MOST_NAMES = 2000,
    LARGEST_OFFSET = 26 * 60 * 60,
    DAY_SECONDS = 24 * 60 * 60,
    FIRST_YEAR = 1900, /* of what a rule without changes before it is written out for */
    LAST_YEAR = 4000,
    RULE_YEARS = 404, /* 400, one to begin in, one more at each end */
};

static const char system_folder[] = "/usr/share/zoneinfo";

/* ---- the file ------------------------------------------------------------------------------ */

/* The numbers of the header, in its order. */
struct header {
    uint32_t is_ut, is_standard, leaps, changes, types, letters;
};

/* The `size` bytes at `at`, most significant first. */
static uint64_t read_number(const char *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) {
        value = value << 8 | (unsigned char)at[i];
    }
    return value;
}

/* Two's complement, whatever the machine's. */
static int64_t signed_of(uint64_t bits)
{
    return bits <= INT64_MAX ? (int64_t)bits : -(int64_t)(UINT64_MAX - bits) - 1;
}

static bool parse_header(struct header *out, struct cp_str s)
{
    if (s.len < HEADER || !cp_str_has_prefix(s, "TZif") || s.at[4] < '2') {
        return false;
    }
    uint32_t counts[6];
    for (size_t i = 0; i < 6; i++) {
        counts[i] = (uint32_t)read_number(s.at + 20 + 4 * i, 4);
        if (counts[i] > MOST_CHANGES) {
            return false;
        }
    }
    *out = (struct header){counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]};
    return out->leaps == 0 && out->types > 0;
}

/* The bytes of a block behind its header; `size` is that of an instant. */
static size_t length_of(const struct header *header, size_t size)
{
    return header->changes * (size + 1) + header->types * (size_t)6 + header->letters +
           header->is_standard + header->is_ut;
}

static bool read_offset(int32_t *out, const char *types, unsigned type)
{
    uint64_t bits = read_number(types + 6 * type, 4);
    int64_t offset = signed_of(bits | (bits >> 31 ? ~UINT64_C(0xffffffff) : 0));
    *out = (int32_t)offset;
    return offset > -LARGEST_OFFSET && offset < LARGEST_OFFSET;
}

/* Reads the changes of the second block, which starts at `at`, into the room `changes`. */
static bool parse_changes(struct cp_zone *zone, struct cp_zone_change *changes, const char *at,
                          const struct header *header)
{
    assert(at);
    const char *kinds = at + 8 * (size_t)header->changes;
    const char *types = kinds + header->changes;
    for (size_t i = 0; i < header->changes; i++) {
        unsigned type = (unsigned char)kinds[i];
        changes[i].at = signed_of(read_number(at + 8 * i, 8));
        if (type >= header->types || !read_offset(&changes[i].offset, types, type) ||
            (i > 0 && changes[i].at <= changes[i - 1].at)) {
            return false;
        }
    }
    zone->changes = changes;
    zone->count = header->changes;
    return read_offset(&zone->first, types, 0);
}

/* ---- the rule for years to come ------------------------------------------------------------ */

/* On which day of a year, and how many seconds after its midnight, clocks change. */
struct turn {
    enum { TURN_WEEKDAY, TURN_DAY, TURN_DAY_OF_365 } kind;
    int month, week, day; /* TURN_WEEKDAY: week 5 is the last, day 0 Sunday; else only the day */
    int seconds;
};

struct rule {
    int32_t standard, summer; /* offsets */
    bool has_summer;
    struct turn start, end; /* of the summer */
};

static bool take(struct cp_str *rest, char c)
{
    if (rest->len == 0 || rest->at[0] != c) {
        return false;
    }
    *rest = cp_str_slice(*rest, 1, rest->len);
    return true;
}

static bool take_number(int *out, struct cp_str *rest, int least, int most)
{
    size_t len = 0;
    for (*out = 0; len < rest->len && len < 3 && cp_is_digit(rest->at[len]); len++) {
        *out = *out * 10 + (rest->at[len] - '0');
    }
    *rest = cp_str_slice(*rest, len, rest->len);
    return len > 0 && *out >= least && *out <= most;
}

/* `GMT` or `<+0330>`: at least three characters. */
static bool take_name(struct cp_str *rest)
{
    bool is_quoted = take(rest, '<');
    size_t len = 0;
    while (len < rest->len && (is_quoted ? rest->at[len] != '>' : is_letter(rest->at[len]))) {
        len++;
    }
    *rest = cp_str_slice(*rest, len, rest->len);
    return len >= 3 && (!is_quoted || take(rest, '>'));
}

/* `2`, `-2:30`, `2:30:15`, in seconds; hours up to `most`. */
static bool take_time(int *out, struct cp_str *rest, int most)
{
    int hours;
    int minutes = 0;
    int seconds = 0;
    bool is_negative = take(rest, '-');
    if (!is_negative) {
        take(rest, '+');
    }
    if (!take_number(&hours, rest, 0, most) ||
        (take(rest, ':') && (!take_number(&minutes, rest, 0, 59) ||
                             (take(rest, ':') && !take_number(&seconds, rest, 0, 59))))) {
        return false;
    }
    *out = ((hours * 60 + minutes) * 60 + seconds) * (is_negative ? -1 : 1);
    return true;
}

/* `M3.5.0`, `J60` or `59`, with `/` and a time other than 02:00. */
static bool take_turn(struct turn *out, struct cp_str *rest)
{
    bool is_read;
    *out = (struct turn){.seconds = 2 * 60 * 60};
    if (take(rest, 'M')) {
        out->kind = TURN_WEEKDAY;
        is_read = take_number(&out->month, rest, 1, 12) && take(rest, '.') &&
                  take_number(&out->week, rest, 1, 5) && take(rest, '.') &&
                  take_number(&out->day, rest, 0, 6);
    } else if (take(rest, 'J')) {
        out->kind = TURN_DAY_OF_365;
        is_read = take_number(&out->day, rest, 1, 365);
    } else {
        out->kind = TURN_DAY;
        is_read = take_number(&out->day, rest, 0, 365);
    }
    return is_read && (!take(rest, '/') || take_time(&out->seconds, rest, 167));
}

/* POSIX counts offsets westwards. */
static bool parse_rule(struct rule *out, struct cp_str s)
{
    int offset;
    *out = (struct rule){0};
    if (!take_name(&s) || !take_time(&offset, &s, 24)) {
        return false;
    }
    out->standard = -offset;
    if (s.len == 0) {
        return true;
    }
    out->has_summer = true;
    out->summer = out->standard + 60 * 60;
    if (!take_name(&s)) {
        return false;
    }
    if (s.len > 0 && s.at[0] != ',') {
        if (!take_time(&offset, &s, 24)) {
            return false;
        }
        out->summer = -offset;
    }
    return take(&s, ',') && take_turn(&out->start, &s) && take(&s, ',') &&
           take_turn(&out->end, &s) && s.len == 0;
}

/* The first of the weekday in the month, plus weeks, but not beyond the month's end. */
static struct cp_date weekday_of(const struct turn *turn, int year)
{
    struct cp_date first = cp_date_of(year, (unsigned)turn->month, 1);
    struct cp_date next = cp_date_add_months(first, 1);
    int weekday = ((int)cp_date_weekday(first) + 1) % 7; /* 0 Sunday */
    int32_t days = first.days + (turn->day - weekday + 7) % 7 + (turn->week - 1) * 7;
    return (struct cp_date){days >= next.days ? days - 7 : days};
}

/* The instant of the turn, clocks being `offset` ahead until then. */
static int64_t turn_in(const struct turn *turn, int year, int32_t offset)
{
    struct cp_date date = cp_date_of(year, 1, 1);
    if (turn->kind == TURN_WEEKDAY) {
        date = weekday_of(turn, year);
    } else if (turn->kind == TURN_DAY) {
        date.days += turn->day;
    } else {
        bool is_leap = cp_date_of(year, 3, 1).days - date.days == 60;
        date.days += turn->day - 1 + (is_leap && turn->day >= 60 ? 1 : 0);
    }
    return (int64_t)date.days * DAY_SECONDS + turn->seconds - offset;
}

/* Adds a change unless it is one that the file tells itself. False where it is not the latest. */
static bool add_change(struct cp_zone *zone, struct cp_zone_change *changes, int64_t told_until,
                       struct cp_zone_change change)
{
    if (change.at <= told_until) {
        return true;
    }
    if (zone->count > 0 && change.at < changes[zone->count - 1].at) {
        return false;
    }
    if (zone->count > 0 && change.at == changes[zone->count - 1].at) {
        zone->count--; /* an end of summer at which the next one starts */
    }
    changes[zone->count++] = change;
    return true;
}

/* Writes the rule out for more than 400 years from the last change that the file tells. */
static bool write_out(struct cp_zone *zone, struct cp_zone_change *changes, const struct rule *rule)
{
    int64_t told_until = zone->count > 0 ? changes[zone->count - 1].at : INT64_MIN;
    int64_t days = told_until / DAY_SECONDS;
    int year = FIRST_YEAR;
    if (days > cp_date_of(LAST_YEAR, 1, 1).days) {
        return false;
    }
    if (days > cp_date_of(FIRST_YEAR, 1, 1).days) {
        unsigned month;
        unsigned day;
        cp_date_split((struct cp_date){(int32_t)days}, &year, &month, &day);
    }
    zone->repeats_from = (int64_t)cp_date_of(year + 2, 1, 1).days * DAY_SECONDS;
    for (int i = 0; i < RULE_YEARS; i++, year++) {
        struct cp_zone_change start = {turn_in(&rule->start, year, rule->standard), rule->summer};
        struct cp_zone_change end = {turn_in(&rule->end, year, rule->summer), rule->standard};
        bool is_north = start.at < end.at;
        if (!add_change(zone, changes, told_until, is_north ? start : end) ||
            !add_change(zone, changes, told_until, is_north ? end : start)) {
            return false;
        }
    }
    return true;
}

/* The rule between two line ends; an empty one says nothing. */
static bool parse_footer(struct cp_zone *zone, struct cp_zone_change *changes, struct cp_str s)
{
    struct rule rule;
    if (s.len < 2 || s.at[0] != '\n' || s.at[s.len - 1] != '\n') {
        return false;
    }
    s = cp_str_slice(s, 1, s.len - 2);
    if (s.len == 0) {
        return true;
    }
    if (!parse_rule(&rule, s)) {
        return false;
    }
    if (rule.has_summer) {
        return write_out(zone, changes, &rule);
    }
    if (zone->count == 0) {
        zone->first = rule.standard;
    }
    return true;
}

static bool parse(struct cp_zone *zone, struct cp_str s, struct cp_arena *arena)
{
    struct header header;
    if (s.len > MOST_BYTES || !parse_header(&header, s)) {
        return false;
    }
    s = cp_str_slice(s, HEADER + length_of(&header, 4), s.len);
    if (!parse_header(&header, s) || s.len - HEADER < length_of(&header, 8)) {
        return false;
    }
    size_t room = header.changes + (size_t)2 * RULE_YEARS;
    struct cp_zone_change *changes = cp_arena_room(arena, room * sizeof *changes);
    return parse_changes(zone, changes, s.at + HEADER, &header) &&
           parse_footer(zone, changes, cp_str_slice(s, HEADER + length_of(&header, 8), s.len));
}

bool cp_zone_parse(struct cp_zone *out, struct cp_str tzif, struct cp_arena *arena)
{
    struct cp_zone zone = {0};
    bool is_read = parse(&zone, tzif, arena);
    *out = is_read ? zone : (struct cp_zone){0};
    return is_read;
}

/* ---- on disk ------------------------------------------------------------------------------- */

/* Nothing that leads out of a folder: parts of letters, digits, `_`, `+` and `-`. */
static bool is_name(struct cp_str s)
{
    char before = '/';
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool is_part = is_letter(c) || cp_is_digit(c) || c == '_' || c == '+' || c == '-';
        if (!is_part && (c != '/' || before == '/')) {
            return false;
        }
        before = c;
    }
    return before != '/' && s.len <= LONGEST_NAME;
}

/* At most one byte more than a file may have. */
static bool read_all(struct cp_buf *out, int fd)
{
    char block[4096];
    ssize_t got = 1;
    while (got > 0 && out->len <= MOST_BYTES) {
        got = read(fd, block, sizeof block);
        if (got > 0) {
            cp_buf_put(out, (struct cp_str){block, (size_t)got});
        }
    }
    return got >= 0;
}

/* Reads the regular file `path`. False with errno, which is ENOENT for anything else than a file.
 */
static bool read_file(struct cp_buf *out, const char *path)
{
    struct stat found;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return false;
    }
    bool is_file = fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
    errno = ENOENT;
    bool is_read = is_file && read_all(out, fd);
    int number = errno;
    close(fd);
    errno = number;
    return is_read;
}

/* "the time zone 'Mars/Olympus' …": the start of every message. */
static int fail(struct cp_error *error, const char *format, struct cp_str name, const char *detail)
{
    struct cp_buf shown;
    cp_buf_init(&shown);
    cp_printable(&shown, cp_str_slice(name, 0, LONGEST_NAME));
    cp_error_set(error, format, shown.at ? shown.at : "", detail);
    cp_buf_release(&shown);
    return -1;
}

static int load(struct cp_zone *out, const char *folder, struct cp_str name, struct cp_arena *arena,
                struct cp_error *error)
{
    struct cp_buf path;
    struct cp_buf bytes;
    cp_buf_init(&path);
    cp_buf_init(&bytes);
    cp_buf_printf(&path, "%s/%.*s", folder, CP_ARG(name));
    int result = 0;
    char text[CP_ERRNO_TEXT];
    if (!read_file(&bytes, path.at)) {
        int number = errno;
        result = number == ENOENT || number == ENOTDIR
                     ? fail(error, "the time zone '%s' is not in the time zone data of %s", name,
                            "this system")
                     : fail(error, "the time zone '%s' cannot be read: %s", name,
                            cp_errno_text(text, number));
    } else if (!cp_zone_parse(out, cp_buf_str(&bytes), arena)) {
        result = fail(error, "the file of the time zone '%s' %s", name,
                      "is not one of the time zone data (RFC 8536)");
    }
    cp_buf_release(&bytes);
    cp_buf_release(&path);
    return result;
}

int cp_zone_load(struct cp_zone *out, const char *folder, struct cp_str name,
                 struct cp_arena *arena, struct cp_error *error)
{
    *out = (struct cp_zone){0};
    if (cp_str_is(name, "UTC") || cp_str_is(name, "Etc/UTC")) {
        return 0;
    }
    if (!is_name(name)) {
        return fail(error, "'%s' is no name of a time zone%s", name, "");
    }
    return load(out, folder ? folder : system_folder, name, arena, error);
}

bool cp_zone_is_missing(const char *folder, struct cp_str name)
{
    struct cp_buf path;
    struct stat found;
    if (cp_str_is(name, "UTC") || cp_str_is(name, "Etc/UTC")) {
        return false;
    }
    if (!is_name(name)) {
        return true;
    }
    cp_buf_init(&path);
    cp_buf_printf(&path, "%s/%.*s", folder ? folder : system_folder, CP_ARG(name));
    bool is_missing =
        stat(path.at, &found) != 0 ? errno == ENOENT || errno == ENOTDIR : !S_ISREG(found.st_mode);
    cp_buf_release(&path);
    return is_missing;
}

/* ---- all names ------------------------------------------------------------------------------- */

/* The name that a line of tzdata.zi gives a zone ("Z NAME …", "L ZONE NAME"); empty: none. */
static struct cp_str name_in(struct cp_str line)
{
    bool is_link = cp_str_has_prefix(line, "L ");
    if (!is_link && !cp_str_has_prefix(line, "Z ")) {
        return (struct cp_str){0};
    }
    struct cp_str rest = cp_str_slice(line, 2, SIZE_MAX);
    size_t blank = cp_str_find(rest, CP_STR(" "));
    return is_link ? cp_str_trim(cp_str_slice(rest, blank, SIZE_MAX))
                   : cp_str_slice(rest, 0, blank);
}

size_t cp_zone_names(struct cp_str **out, const char *folder, struct cp_arena *arena)
{
    struct cp_buf path;
    struct cp_buf bytes;
    struct cp_str line;
    size_t count = 0;
    cp_buf_init(&path);
    cp_buf_init(&bytes);
    cp_buf_printf(&path, "%s/tzdata.zi", folder ? folder : system_folder);
    bool is_read = read_file(&bytes, path.at);
    struct cp_str rest = is_read ? cp_arena_copy(arena, cp_buf_str(&bytes)) : (struct cp_str){0};
    *out = cp_arena_alloc(arena, MOST_NAMES * sizeof **out);
    while (count < MOST_NAMES && cp_str_line(&line, &rest)) {
        struct cp_str name = name_in(line);
        if (is_name(name)) {
            (*out)[count++] = name;
        }
    }
    cp_buf_release(&bytes);
    cp_buf_release(&path);
    return count;
}
