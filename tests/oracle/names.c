/*
 * Names, places and days: the small change of the oracle. Days are counted without the library
 * under test.
 */
#include "world.h"

#include <string.h>

bool name_is(const struct name *name, const char *text)
{
    return strcmp(name->text, text) == 0;
}

bool name_is_same(const struct name *a, const struct name *b)
{
    return strcmp(a->text, b->text) == 0;
}

bool name_is_stated(const struct name *name)
{
    return name->text[0] != '\0';
}

struct name name_of(const char *text)
{
    struct name name = {{0}};
    snprintf(name.text, sizeof(name.text), "%s", text);
    return name;
}

void names_add(struct names *names, const char *text)
{
    struct name name = name_of(text);
    if (names->count < MOST_NAMES && !names_has(names, &name)) {
        names->at[names->count++] = name;
    }
}

bool names_has(const struct names *names, const struct name *name)
{
    for (int i = 0; i < names->count; i++) {
        if (name_is_same(&names->at[i], name)) {
            return true;
        }
    }
    return false;
}

bool place_contains(const struct name *outer, const struct name *inner)
{
    size_t len = strlen(outer->text);
    return len > 0 && strncmp(outer->text, inner->text, len) == 0 &&
           (inner->text[len] == '\0' || inner->text[len] == '.');
}

int place_depth(const struct name *place)
{
    int depth = 0;
    for (const char *at = place->text; *at != '\0'; at++) {
        depth += *at == '.';
    }
    return depth;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Counts year by year and month by month: slow and plain. */
int day_of(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int days = day - 1;
    for (int i = 1970; i < year; i++) {
        days += is_leap(i) ? 366 : 365;
    }
    for (int i = 1; i < month; i++) {
        days += lengths[i - 1] + (i == 2 && is_leap(year));
    }
    return days;
}

int weekday_of(int day)
{
    return (day + 3) % 7; /* 1 January 1970 was a Thursday */
}
