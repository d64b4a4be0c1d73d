/*
 * The calendar of the portfolio file: that its hours are hours, and that its time zone has the
 * shape of a name of the time zone database. Knows no such database.
 */
#include "resolve.h"

/* Names of one word; most are old. */
static const char *const lone_zones[] = {
    "UTC",       "GMT",     "CET",       "EET",    "MET",     "WET",      "EST",       "MST",
    "HST",       "UCT",     "Zulu",      "GMT0",   "GMT+0",   "GMT-0",    "EST5EDT",   "CST6CDT",
    "MST7MDT",   "PST8PDT", "Cuba",      "Egypt",  "Eire",    "GB",       "GB-Eire",   "Greenwich",
    "Hongkong",  "Iceland", "Iran",      "Israel", "Jamaica", "Japan",    "Kwajalein", "Libya",
    "NZ",        "NZ-CHAT", "Navajo",    "PRC",    "Poland",  "Portugal", "ROC",       "ROK",
    "Singapore", "Turkey",  "Universal", "W-SU",
};

static const char *const areas[] = {
    "Africa/",    "America/", "Antarctica/", "Arctic/",  "Asia/", "Atlantic/",
    "Australia/", "Europe/",  "Indian/",     "Pacific/", "Etc/",  "US/",
    "Canada/",    "Brazil/",  "Chile/",      "Mexico/",
};

static bool is_zone_name(struct cp_str text)
{
    for (size_t i = 0; i < sizeof lone_zones / sizeof lone_zones[0]; i++) {
        if (cp_str_is(text, lone_zones[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof areas / sizeof areas[0]; i++) {
        if (cp_str_has_prefix(text, areas[i])) {
            return text.len > cp_str_of(areas[i]).len && cp_str_find(text, CP_STR(" ")) == SIZE_MAX;
        }
    }
    return false;
}

void calendar_check(struct cp_calendar *calendar, struct cp_diags *diags)
{
    struct cp_text *zone = &calendar->time_zone;
    if (zone->leaf.state == CP_SET && cp_placeholder_find(zone->text).len == 0 &&
        !is_zone_name(zone->text)) {
        struct cp_diagnostic *finding =
            cp_node_report(diags, &cp_rule_bad_value, zone->leaf.node,
                           "'time_zone' is %s, which is no name of the time zone database",
                           cp_diags_quote(diags, zone->text));
        cp_diagnostic_help(diags, finding,
                           "write the name of a place whose clock it is, such as Europe/London; "
                           "or UTC");
        zone->leaf.state = CP_BROKEN;
    }
    struct cp_opening *hours = &calendar->hours;
    if (hours->leaf.state == CP_SET && hours->hours.kind == CP_HOURS_OFFICE) {
        struct cp_diagnostic *finding =
            cp_node_report(diags, &cp_rule_bad_value, hours->leaf.node,
                           "'hours' is 'office', and these are the hours that 'office' stands for");
        cp_diagnostic_help(diags, finding, "write them out, such as Mon-Fri 09:00-17:00");
        hours->leaf.state = CP_BROKEN;
    }
}
