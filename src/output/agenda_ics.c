/*
 * A calendar as iCalendar (RFC 5545): an all-day event each, on the last day that is in time.
 * Events and no to-dos, since the calendars that people subscribe to leave to-dos out; they take up
 * no time. What is written depends on the plans and on today alone.
 */
#include <contplan/output.h>

#include <stdlib.h>

enum { LINE_OCTETS = 75 };

static const char *const categories[] = {
    [CP_EVENT_EXERCISE] = "Exercise", [CP_EVENT_RESTORE_TEST] = "Restore test",
    [CP_EVENT_REVIEW] = "Review",     [CP_EVENT_FINDING] = "Finding",
    [CP_EVENT_WAIVER] = "Waiver",
};

/* ---- lines ----------------------------------------------------------------------------------- */

/* Puts a line, folded (RFC 5545, 3.1): no more octets than allowed, and no character cut in two. */
static void put_folded(struct cp_buf *out, struct cp_str line)
{
    size_t room = LINE_OCTETS;
    while (line.len > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)line.at[cut] & 0xC0) == 0x80) {
            cut--;
        }
        cp_buf_put(out, cp_str_slice(line, 0, cut));
        cp_buf_puts(out, "\r\n ");
        line = cp_str_slice(line, cut, SIZE_MAX);
        room = LINE_OCTETS - 1;
    }
    cp_buf_put(out, line);
    cp_buf_puts(out, "\r\n");
}

/* Puts printable text escaped (RFC 5545, 3.3.11). Build servers obey a line that begins with "::",
 * and folding may begin one anywhere: a second colon is spelt out. */
static void put_escaped(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_second = i > 0 && text.at[i] == ':' && text.at[i - 1] == ':';
        bool is_special = text.at[i] == '\\' || text.at[i] == ';' || text.at[i] == ',';
        cp_buf_puts(out, is_special ? "\\" : "");
        if (is_second) {
            cp_buf_puts(out, "<U+003A>");
        } else {
            cp_buf_putc(out, text.at[i]);
        }
    }
}

/* A property of type TEXT; the lines of `text`, which is raw, stay lines. */
static void put_text(struct cp_buf *out, const char *name, struct cp_str text)
{
    struct cp_buf line, printable;
    struct cp_str row;
    const char *separator = "";
    cp_buf_init(&line);
    cp_buf_init(&printable);
    cp_buf_printf(&line, "%s:", name);
    while (cp_str_line(&row, &text)) {
        cp_buf_clear(&printable);
        cp_printable(&printable, row);
        cp_buf_puts(&line, separator);
        put_escaped(&line, cp_buf_str(&printable));
        separator = "\\n";
    }
    put_folded(out, cp_buf_str(&line));
    cp_buf_release(&line);
    cp_buf_release(&printable);
}

static void put_day(struct cp_buf *out, const char *name, struct cp_date date, const char *rest)
{
    int year;
    unsigned month;
    unsigned day;
    cp_date_split(date, &year, &month, &day);
    cp_buf_printf(out, "%s:%04d%02u%02u%s\r\n", name, year, month, day, rest);
}

/* ---- components ------------------------------------------------------------------------------ */

/* Until the day it was due is over it stands on that day; `DTEND` is the first day without it. */
static void put_event(struct cp_buf *out, const struct cp_event *event, struct cp_date today)
{
    struct cp_date next = {event->date.days + 1};
    struct cp_buf summary;
    cp_buf_init(&summary);
    cp_buf_puts(&summary, event->is_overdue ? "Overdue: " : "");
    cp_buf_put(&summary, event->summary);
    cp_buf_puts(out, "BEGIN:VEVENT\r\n");
    put_text(out, "UID", event->uid);
    put_day(out, "DTSTAMP", today, "T000000Z");
    put_day(out, "DTSTART;VALUE=DATE", event->date, "");
    put_day(out, "DTEND;VALUE=DATE", next, "");
    put_text(out, "SUMMARY", cp_buf_str(&summary));
    put_text(out, "DESCRIPTION", event->description);
    cp_buf_printf(out, "CATEGORIES:%s%s\r\n", categories[event->kind],
                  event->is_overdue ? ",Overdue" : "");
    cp_buf_puts(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
    cp_buf_release(&summary);
}

/* A calendar holds one component at least (RFC 5545, 3.6): where nothing falls due, a time zone
 * that nobody asks for. */
static void put_nothing(struct cp_buf *out)
{
    cp_buf_puts(out, "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\n"
                     "DTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\n"
                     "END:STANDARD\r\nEND:VTIMEZONE\r\n");
}

static void put_name(struct cp_buf *out, const struct cp_agenda *agenda)
{
    struct cp_buf name;
    cp_buf_init(&name);
    cp_buf_puts(&name, "Continuity plans");
    cp_buf_puts(&name, agenda->organisation.len > 0 ? " of " : "");
    cp_buf_put(&name, agenda->organisation);
    put_text(out, "NAME", cp_buf_str(&name));
    put_text(out, "X-WR-CALNAME", cp_buf_str(&name));
    cp_buf_release(&name);
}

static int by_day(const void *a, const void *b)
{
    const struct cp_event *left = a;
    const struct cp_event *right = b;
    int days = (left->date.days > right->date.days) - (left->date.days < right->date.days);
    return days != 0 ? days : (left->order > right->order) - (left->order < right->order);
}

void cp_agenda_put(struct cp_buf *out, struct cp_agenda *agenda)
{
    if (agenda->events.count > 1) {
        qsort(agenda->events.items, agenda->events.count, sizeof *agenda->events.items, by_day);
    }
    cp_buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//contplan//calendar//EN\r\n"
                     "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    put_name(out, agenda);
    cp_buf_puts(out, "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n");
    for (size_t i = 0; i < agenda->events.count; i++) {
        put_event(out, &agenda->events.items[i], agenda->today);
    }
    if (agenda->events.count == 0) {
        put_nothing(out);
    }
    cp_buf_puts(out, "END:VCALENDAR\r\n");
}
