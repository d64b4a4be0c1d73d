/*
 * base: what every layer stands on. Memory, strings, lists, maps, errors, checked arithmetic,
 * dates, durations, opening hours, time zones, JSON writing, whole-file writing, and the one way
 * from untrusted text to printable text. Knows nothing of YAML, plans or rules.
 */
#ifndef CONTPLAN_BASE_H
#define CONTPLAN_BASE_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* ---- strings ------------------------------------------------------------------------------- */

/* A borrowed run of bytes, not terminated. `at` may be NULL only where `len` is 0. */
struct cp_str {
    const char *at;
    size_t len;
};

#define CP_STR(literal) ((struct cp_str){(literal), sizeof(literal) - 1})
/* For "%.*s": the two arguments of a cp_str. */
#define CP_ARG(s) (int)(s).len, (s).at

/* ASCII alone, whatever the locale; a blank is a space, a tab or a line's end. */
static inline bool cp_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool cp_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
/* What stands for text that is left out. */
#define CP_ELLIPSIS "\xE2\x80\xA6"

/* cp_str_of, _is_equal, _is, _has_prefix and _slice run for most values, so they stand here.
 * The bytes of a terminated string, borrowed; NULL gives the empty string. */
static inline struct cp_str cp_str_of(const char *text)
{
    return (struct cp_str){text, text ? strlen(text) : 0};
}
/* Whether both hold the same bytes. */
static inline bool cp_str_is_equal(struct cp_str a, struct cp_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}
/* Whether `s` holds exactly the bytes of the terminated `text`. */
static inline bool cp_str_is(struct cp_str s, const char *text)
{
    /* most texts that are compared differ in their first byte, and that takes no call to tell */
    return (s.len == 0 || s.at[0] == text[0]) && cp_str_is_equal(s, cp_str_of(text));
}
static inline bool cp_str_has_prefix(struct cp_str s, const char *prefix)
{
    size_t len = strlen(prefix);
    assert(s.at || s.len == 0);
    return len <= s.len && (len == 0 || memcmp(s.at, prefix, len) == 0);
}
bool cp_str_has_suffix(struct cp_str s, const char *suffix);
/* Byte order, as strcmp: < 0, 0, > 0. */
int cp_str_compare(struct cp_str a, struct cp_str b);
/* `s` without blanks (space, tab, CR, LF) at both ends; borrowed from `s`. */
struct cp_str cp_str_trim(struct cp_str s);
/* `s` from byte `from`, at most `len` bytes; both are cut to what is there. */
static inline struct cp_str cp_str_slice(struct cp_str s, size_t from, size_t len)
{
    if (from >= s.len) {
        return (struct cp_str){s.at ? s.at + s.len : NULL, 0};
    }
    size_t left = s.len - from;
    return (struct cp_str){s.at + from, len < left ? len : left};
}
/* The next line of `*rest` without its line end (LF, CRLF or CR), moving `*rest` behind it.
 * False when nothing is left. */
bool cp_str_line(struct cp_str *out, struct cp_str *rest);
/* Byte offset of `needle` in `s`, or SIZE_MAX. */
size_t cp_str_find(struct cp_str s, struct cp_str needle);
/* Whether the bytes are equal when ASCII letters are folded to lower case. */
bool cp_str_is_equal_folded(struct cp_str a, struct cp_str b);
/* 64-bit FNV-1a of the bytes: a fingerprint, not a defence. */
uint64_t cp_str_hash(struct cp_str s);
/* Edits (insert, delete, replace, swap of neighbours) between `a` and `b`; `limit` + 1 as soon as
 * it must exceed `limit`. Both are compared by bytes and cut at 64. */
size_t cp_str_distance(struct cp_str a, struct cp_str b, size_t limit);
/* The nearest of `count` candidates within a third of the length of `word` (at least 1, at most 3
 * edits), or the empty string: the did-you-mean of every message. */
struct cp_str cp_str_nearest(struct cp_str word, const struct cp_str *candidates, size_t count);
/* Whether no other of the candidates is as near as `nearest`, one of them that was found so: then
 * it is what was meant. */
bool cp_str_is_nearest_alone(struct cp_str word, struct cp_str nearest,
                             const struct cp_str *candidates, size_t count);

/* The first lines of a text that are not blank, as sorted fingerprints. */
enum { CP_LINES_MOST = 2000, CP_LINES_SAME = 1000 };
struct cp_lines {
    uint64_t at[CP_LINES_MOST];
    size_t count;
};
void cp_lines_read(struct cp_lines *out, struct cp_str text);
/* How many of the lines of both are in common, of CP_LINES_SAME; 0 where neither has any. */
size_t cp_lines_likeness(const struct cp_lines *a, const struct cp_lines *b);

/* ---- memory -------------------------------------------------------------------------------- */

/* malloc/realloc that end the program with one line on standard error and status 3 when memory
 * runs out. Freed with free(). */
void *cp_alloc(size_t size);
void *cp_realloc(void *at, size_t size);

/* Memory that is given back all at once. In debug builds every item is its own allocation, so
 * that the sanitizers see overruns. */
struct cp_arena {
    struct cp_arena_block *blocks;
    char *at;
    size_t left;
};

void cp_arena_init(struct cp_arena *arena);
/* Frees everything; the arena may be used again. */
void cp_arena_release(struct cp_arena *arena);
/* Forgets everything but keeps one block for reuse. */
void cp_arena_reset(struct cp_arena *arena);
/* `size` zeroed bytes, aligned for any object; owned by the arena. */
void *cp_arena_alloc(struct cp_arena *arena, size_t size);
/* What cp_arena_room() gives where the block at hand has no room for it. */
void *cp_arena_grow(struct cp_arena *arena, size_t size);
/* `size` bytes likewise, but not zeroed: for those who write all of it. */
static inline void *cp_arena_room(struct cp_arena *arena, size_t size)
{
    size_t gap = (size_t)(-(uintptr_t)arena->at & (_Alignof(max_align_t) - 1));
    if (gap >= arena->left || size >= arena->left - gap) {
        return cp_arena_grow(arena, size);
    }
    char *item = arena->at + gap;
    arena->at = item + size;
    arena->left -= gap + size;
    return item;
}
/* A terminated copy of `s` (the terminator is not counted in `len`), owned by the arena. */
struct cp_str cp_arena_copy(struct cp_arena *arena, struct cp_str s);
/* printf and vprintf into the arena. */
struct cp_str cp_arena_printf(struct cp_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct cp_str cp_arena_vprintf(struct cp_arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* ---- growing bytes ------------------------------------------------------------------------- */

struct cp_outlet;

/* A growing byte string on the heap; always terminated once something was put. */
struct cp_buf {
    char *at;
    size_t len;
    size_t capacity;
    struct cp_outlet *outlet; /* borrowed; NULL: it keeps everything */
};

void cp_buf_init(struct cp_buf *buf);
void cp_buf_release(struct cp_buf *buf);
void cp_buf_clear(struct cp_buf *buf);
void cp_buf_put(struct cp_buf *buf, struct cp_str s);
void cp_buf_puts(struct cp_buf *buf, const char *text);
void cp_buf_putc(struct cp_buf *buf, char c);
void cp_buf_repeat(struct cp_buf *buf, char c, size_t times);
void cp_buf_printf(struct cp_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The bytes so far, borrowed until the next put. */
struct cp_str cp_buf_str(const struct cp_buf *buf);

/* ---- lists --------------------------------------------------------------------------------- */

/* A list of T. The untyped twin has the same layout; tables of offsets rely on it. */
#define CP_LIST(T)                                                                                 \
    struct {                                                                                       \
        T *items;                                                                                  \
        size_t count;                                                                              \
        size_t capacity;                                                                           \
    }

struct cp_list {
    void *items;
    size_t count;
    size_t capacity;
};

/* Makes room for one more item of `size` bytes on the heap and returns it, zeroed. `list` points
 * to a CP_LIST or a cp_list. */
void *cp_list_push(void *list, size_t size);
/* Frees the items (not what they point to). */
void cp_list_release(void *list);

/* ---- maps ---------------------------------------------------------------------------------- */

struct cp_map_entry {
    struct cp_str key;
    void *value;
};

enum { CP_MAP_FEW = 8 };

/* String keys to pointers. Keys are borrowed and must outlive the map. The first few stand in the
 * map itself. */
struct cp_map {
    struct cp_map_slot *slots;
    size_t count;
    size_t capacity; /* of the slots; 0 while all stand in `few` */
    struct cp_map_entry few[CP_MAP_FEW];
};

void cp_map_init(struct cp_map *map);
void cp_map_release(struct cp_map *map);
/* Enters `value` under `key` and returns what stood there before, or NULL; the first value stays
 * when one was there. */
void *cp_map_put(struct cp_map *map, struct cp_str key, void *value);
/* The value under `key`, or NULL. */
void *cp_map_find(const struct cp_map *map, struct cp_str key);

/* ---- errors -------------------------------------------------------------------------------- */

/* A failure of the world (not of a plan): one sentence that names the thing. The text is already
 * printable. */
struct cp_error {
    char text[512];
};

/* Sets the sentence; every %s of it that may come from outside is made printable by the caller
 * with cp_printable(). Returns -1, so that `return cp_error_set(...)` reads well. */
int cp_error_set(struct cp_error *error, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));

enum { CP_ERRNO_TEXT = 128 };

/* The system's words for an errno ("No space left on device"), written into `out`; safe beside
 * other threads, unlike strerror(). Returns `out`. */
const char *cp_errno_text(char out[CP_ERRNO_TEXT], int number);

/* ---- arithmetic ---------------------------------------------------------------------------- */

/* a + b and a * b; false, and `*out` untouched, on overflow. */
bool cp_add(int64_t *out, int64_t a, int64_t b);
bool cp_mul(int64_t *out, int64_t a, int64_t b);

/* ---- text ---------------------------------------------------------------------------------- */

/* Decodes one code point at `s.at` into `*out`; returns its length in bytes, 0 where the bytes are
 * not well-formed UTF-8 or nothing is left. */
size_t cp_utf8_decode(uint32_t *out, struct cp_str s);
/* Appends a code point as UTF-8. */
void cp_utf8_put(struct cp_buf *buf, uint32_t code_point);
/* Code points in well-formed `s`; a malformed byte counts as one. */
size_t cp_utf8_count(struct cp_str s);
/* Columns that `s` takes on a terminal: wide and combining characters are known; unprintable ones
 * count nothing, so measure what cp_printable() gave. */
size_t cp_text_width(struct cp_str s);
/* Whether a code point must never reach a terminal, log or page raw: C0 (but LF and tab), DEL, C1,
 * bidirectional controls, zero-width and other invisible format characters, U+2028/2029, BOM. */
bool cp_is_unprintable(uint32_t code_point);
/* Appends `s` on one line as a person may safely read it: unprintable characters, tabs and line
 * ends as <U+001B>, malformed bytes as <0xFF>. The second # of a mark that build servers take for
 * a command wherever it stands in a line of a log (`##[error]`, `##vso[task]`) is shown as
 * <U+0023>. */
void cp_printable(struct cp_buf *out, struct cp_str s);
/* The same for the one character (or malformed byte) of `s` that starts at byte `at`; returns its
 * length in bytes. */
size_t cp_printable_next(struct cp_buf *out, struct cp_str s, size_t at);
/* The same, terminated, in an arena. */
const char *cp_printable_in(struct cp_arena *arena, struct cp_str s);

/* ---- dates --------------------------------------------------------------------------------- */

/* A day of the proleptic Gregorian calendar: days since 1970-01-01. */
struct cp_date {
    int32_t days;
};

/* Parses YYYY-MM-DD (years 1900 to 9999); false where it is anything else. */
bool cp_date_parse(struct cp_date *out, struct cp_str s);
struct cp_date cp_date_of(int year, unsigned month, unsigned day);
void cp_date_split(struct cp_date date, int *year, unsigned *month, unsigned *day);
/* Puts YYYY-MM-DD. */
void cp_date_put(struct cp_buf *out, struct cp_date date);
/* The same day `months` later; the last day of the month where that day does not exist. */
struct cp_date cp_date_add_months(struct cp_date date, int32_t months);
/* 0 Monday .. 6 Sunday. */
unsigned cp_date_weekday(struct cp_date date);
enum { CP_DATE_READINGS = 3 };

/* The readings as ISO dates of something like 25/11/2025, 25.11.2025 or 25 November 2025: none up
 * to three (day first, then month first, then a year of two digits first). Years of two digits are
 * those of this century. */
size_t cp_date_readings(struct cp_date out[CP_DATE_READINGS], struct cp_str s);

/* ---- durations ----------------------------------------------------------------------------- */

/* A length of time. Elapsed, working and calendar parts do not convert into one another without a
 * calendar; a parsed duration has only one kind of them. */
struct cp_duration {
    int64_t seconds;      /* elapsed */
    int64_t work_seconds; /* working hours, minutes: 8wh */
    int32_t work_days;    /* working days: 5wd */
    int32_t months;       /* calendar months, years: 6mo 1y (a year is 12) */
};

enum cp_duration_fault {
    CP_DURATION_OK,
    CP_DURATION_MALFORMED, /* nothing known */
    CP_DURATION_NO_UNIT,   /* a number alone */
    CP_DURATION_RANGE,     /* "2-4 hours", "6 months - 1 year" */
    CP_DURATION_NEGATIVE,
    CP_DURATION_VAGUE, /* "a number of days", "asap", "several hours" */
    CP_DURATION_MIXED, /* elapsed time, working time, months: two kinds of them in one sum */
    CP_DURATION_OVERFLOW
};

/* Parses `30s 90m 4h 2d 1w 6mo 1y`, `0`, sums (`1d 12h`), words ("2 hours", "5 working days"), ISO
 * 8601 (PT4H, P6M) and working time (8wh, 30wm, 5wd), each unit at most once and whole numbers
 * only. Bounded by 200 years. `*out` is set only where the result is CP_DURATION_OK. */
enum cp_duration_fault cp_duration_parse(struct cp_duration *out, struct cp_str s);
/* Puts the shortest canonical form: `1d 12h`, `2w` but `10d`, `5wd`, `18mo` as `1y 6mo`, `0`;
 * negative parts with a minus sign. */
void cp_duration_put(struct cp_buf *out, struct cp_duration duration);
bool cp_duration_is_working(struct cp_duration duration);
bool cp_duration_has_months(struct cp_duration duration);

/* ---- opening hours ------------------------------------------------------------------------- */

/* One stretch of a week: days as bits (bit 0 Monday), minutes of the day, end exclusive. */
struct cp_hours_span {
    uint8_t days;
    uint16_t from;
    uint16_t to;
};

enum cp_hours_kind { CP_HOURS_ALWAYS, CP_HOURS_OFFICE, CP_HOURS_WEEKLY };

enum { CP_HOURS_SPANS = 14 };

/* `24x7`, `office` (the calendar's hours) or a list of weekly stretches. `count` is 0 until
 * something was added; `24x7` is one stretch over the whole week, `office` an empty one. */
struct cp_hours {
    enum cp_hours_kind kind;
    uint8_t count;
    struct cp_hours_span spans[CP_HOURS_SPANS];
};

/* Adds one entry (`24x7`, `office`, `Mon-Fri 08:00-18:00`, `Sat 09:00-13:00`, `Mon,Wed
 * 10:00-12:00`, `24:00` as an end) to `hours`, which starts zeroed. False, and nothing added, where
 * it cannot be read, ends before it starts, overlaps what is there, or stands beside `24x7` or
 * `office`. */
bool cp_hours_add(struct cp_hours *hours, struct cp_str s);
void cp_hours_put(struct cp_buf *out, const struct cp_hours *hours);
/* Minutes of the longest weekday: the length of one working day. 0 where `kind` is not WEEKLY. */
unsigned cp_hours_longest_day(const struct cp_hours *hours);

/* ---- time zones ---------------------------------------------------------------------------- */

/* An instant is a number of seconds since 1970-01-01T00:00Z; a local time is one since 1970-01-01
 * 00:00 as clocks of a zone show it. Leap seconds are not counted. */

/* From `at` until the next change, clocks are `offset` seconds ahead of UTC. */
struct cp_zone_change {
    int64_t at;
    int32_t offset;
};

/* The changes of a zone's clocks, in the order of time. Zeroed, it is UTC. */
struct cp_zone {
    const struct cp_zone_change *changes; /* borrowed from the arena it was made in */
    size_t count;
    int32_t first; /* the offset before them */
    int64_t
        repeats_from; /* from here they are those of 400 years later too; 0: they do not repeat */
};

/* A stretch of time without a change: `to` is not in it. INT64_MIN and INT64_MAX at the ends. */
struct cp_zone_stretch {
    int64_t from, to;
    int32_t offset;
};

/* Reads the bytes of a file of the time zone data (TZif, RFC 8536, of version 2 or later), with the
 * rule for years to come at its end. A calendar repeats after 400 years, so that much of the rule
 * is written out. False, and `*out` UTC, where the bytes are no such file, or count leap seconds.
 */
bool cp_zone_parse(struct cp_zone *out, struct cp_str tzif, struct cp_arena *arena);
/* Reads the zone `name` from the time zone data in `folder` (NULL: /usr/share/zoneinfo). `UTC`
 * needs no data. A name comes from a stranger's file: letters, digits, `_`, `+` and `-`, in parts
 * that `/` separates, so that it never leads out of the folder; and only a regular file is read. 0;
 * else -1 with `error`, and `*out` is UTC: never take it silently for the zone that was asked for.
 */
int cp_zone_load(struct cp_zone *out, const char *folder, struct cp_str name,
                 struct cp_arena *arena, struct cp_error *error);
/* Whether the time zone data in `folder` (NULL: as above) has no zone of that name; false where it
 * cannot be told. */
bool cp_zone_is_missing(const char *folder, struct cp_str name);
/* The names of all zones, as the data's own list (tzdata.zi) has them, the `arena`'s; the count. 0
 * where there is no such list: then it is not known what is there. */
size_t cp_zone_names(struct cp_str **out, const char *folder, struct cp_arena *arena);
/* The stretch in which `at` lies. */
struct cp_zone_stretch cp_zone_find(const struct cp_zone *zone, int64_t at);
/* What clocks show at `at`, and the day it is then. */
int64_t cp_zone_local(const struct cp_zone *zone, int64_t at);
struct cp_date cp_zone_date(const struct cp_zone *zone, int64_t at);
/* The instant of a local time; one that is skipped or shown twice is counted by the offset before
 * the change. */
int64_t cp_zone_instant(const struct cp_zone *zone, int64_t local);

/* A time as somebody writes it. */
struct cp_time {
    int64_t local;   /* as clocks show it */
    int32_t offset;  /* of those clocks, where `has_offset` */
    bool has_offset; /* else it is of a zone that is stated elsewhere */
};

/* Parses 2026-03-29T01:30, with seconds, with an offset (`Z`, `+01:00`), with a blank for the `T`;
 * a day alone is its 00:00. Years 1900 to 9999. False where it is anything else. */
bool cp_time_parse(struct cp_time *out, struct cp_str s);
/* Its instant; `zone` counts where no offset is stated. */
int64_t cp_time_instant(struct cp_time time, const struct cp_zone *zone);
/* Puts 2026-03-29T01:30:00+01:00, with `Z` in UTC and where the offset is none of whole minutes. */
void cp_time_put(struct cp_buf *out, const struct cp_zone *zone, int64_t at);

/* ---- JSON ---------------------------------------------------------------------------------- */

/* Writes JSON with two-space indentation (or all on one line) into a buffer. Everything written is
 * valid UTF-8 and safe in logs: unprintable characters, and what build servers take for a command,
 * leave as \u escapes. */
struct cp_json {
    struct cp_buf *out;
    unsigned depth;
    bool is_compact;
    bool needs_comma;
};

void cp_json_init(struct cp_json *json, struct cp_buf *out, bool is_compact);
/* `key` NULL for the items of an array and the outermost value. */
void cp_json_object(struct cp_json *json, const char *key);
void cp_json_array(struct cp_json *json, const char *key);
void cp_json_end_object(struct cp_json *json);
void cp_json_end_array(struct cp_json *json);
void cp_json_string(struct cp_json *json, const char *key, struct cp_str value);
void cp_json_number(struct cp_json *json, const char *key, int64_t value);
void cp_json_bool(struct cp_json *json, const char *key, bool value);
void cp_json_null(struct cp_json *json, const char *key);

/* ---- fingerprints -------------------------------------------------------------------------- */

enum { CP_SHA256_TEXT = 65 };

/* The SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits, terminated. */
void cp_sha256(char out[CP_SHA256_TEXT], struct cp_str bytes);

/* ---- files --------------------------------------------------------------------------------- */

/* Writes the whole file or nothing: temporary file in the same folder, fsync, rename. An existing
 * file keeps its mode; a new one gets 0666 less the umask. Nothing is touched where the bytes on
 * disk are already equal. A symbolic link stays, what it leads to is replaced; folders, devices and
 * links that lead nowhere are refused. 0, or -1 with `error`. */
int cp_file_write(const char *path, struct cp_str bytes, struct cp_error *error);
/* The same, but only where the file still holds `was`, the bytes that were read before: what
 * somebody else has written meanwhile is not lost. */
int cp_file_replace(const char *path, struct cp_str was, struct cp_str bytes,
                    struct cp_error *error);
/* The same for a file that is to be run: whoever may read it may run it. */
int cp_program_write(const char *path, struct cp_str bytes, struct cp_error *error);
/* Makes `path` and the folders above it, as `mkdir -p`. 0, or -1 with `error`. */
int cp_folder_make(const char *path, struct cp_error *error);
/* Writes all bytes to an open stream and flushes it; -1 with `error` on a full disk or a closed
 * pipe. `name` is what messages call it. */
int cp_stream_write(FILE *stream, const char *name, struct cp_str bytes, struct cp_error *error);

/* An open stream that takes the bytes of a growing buffer before they are all there. */
struct cp_outlet {
    FILE *stream;
    const char *name; /* what messages call it */
    bool has_failed;  /* nothing is written from then on */
    struct cp_error error;
};

/* Says that nobody looks back at what was put so far: where the buffer has an outlet and holds
 * enough to be worth it, it is written and the buffer empty. */
void cp_buf_pass(struct cp_buf *buf);
/* Writes what a buffer with an outlet still holds. -1 with `error`, the first there was. */
int cp_buf_finish(struct cp_buf *buf, struct cp_error *error);

#endif
