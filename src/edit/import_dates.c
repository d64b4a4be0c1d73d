/*
 * Dates as people write them in prose: where they stand, what they may mean, and what the document
 * itself settles. Knows no field.
 */
#include "import.h"

enum { DATE_BYTES = 40, TOKENS = 3 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/* A number, or the name of a month, at `*at`; `*out` is its text without `st`, `nd` and their like.
 */
static bool read_token(struct cp_str *out, struct cp_str text, size_t *at)
{
    static const char *const ordinals[] = {"st", "nd", "rd", "th"};
    size_t from = *at;
    size_t end = from;
    while (end < text.len && cp_is_digit(text.at[end])) {
        end++;
    }
    bool is_number = end > from;
    while (!is_number && end < text.len && is_letter(text.at[end])) {
        end++;
    }
    *out = cp_str_slice(text, from, end - from);
    *at = end;
    for (size_t i = 0; is_number && i < 4; i++) {
        if (cp_str_is_equal_folded(cp_str_slice(text, end, 2), cp_str_of(ordinals[i]))) {
            *at = end + 2;
        }
    }
    return end > from && out->len <= 9;
}

static bool is_month(struct cp_str word)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; word.len >= 3 && i < 12; i++) {
        if (cp_str_is_equal_folded(cp_str_slice(word, 0, 3), cp_str_of(names[i]))) {
            return true;
        }
    }
    return false;
}

/* Blanks, commas, a dash, a stroke or a point, perhaps "of", between two tokens. */
static size_t skip_between(struct cp_str text, size_t at)
{
    size_t from = at;
    while (at < text.len && at - from < 4 && strchr(" ,./-", text.at[at])) {
        at++;
    }
    bool is_of = at > from && cp_str_is_equal_folded(cp_str_slice(text, at, 3), CP_STR("of "));
    return is_of ? at + 3 : at;
}

/* Three tokens from `at` on, as one text that cp_date_readings() takes; where they end, or 0. */
static size_t read_tokens(char out[DATE_BYTES], struct cp_str text, size_t at)
{
    size_t len = 0;
    size_t months = 0;
    size_t years = 0; /* of four figures: less may be a version */
    char joint = ' ';
    for (size_t i = 0; i < TOKENS; i++) {
        struct cp_str token;
        size_t next = i == 0 ? at : skip_between(text, at);
        if ((i > 0 && next == at) || !read_token(&token, text, &next)) {
            return 0;
        }
        bool is_name = !cp_is_digit(token.at[0]);
        months += is_name;
        years += !is_name && token.len == 4;
        if (is_name && !is_month(token)) {
            return 0;
        }
        if (i > 0) {
            joint = text.at[at];
            out[len++] = months > 0 || strchr(" ,", joint) ? ' ' : joint;
        }
        memcpy(out + len, token.at, token.len);
        len += token.len;
        at = next;
    }
    out[len] = '\0';
    bool goes_on = at < text.len && (cp_is_digit(text.at[at]) || is_letter(text.at[at]));
    bool is_time = at < text.len && text.at[at] == 'T';
    bool is_date = months <= 1 && years == 1 && (!goes_on || is_time);
    return is_date && (months == 1 || !strchr(" ,", joint)) ? at : 0;
}

/* Which of the readings is meant, moved to the front; whether that is sure. */
static bool settle(struct found_date *date, const struct import *import, const char *text)
{
    bool is_numeric = strpbrk(text, "/.-") != NULL && !is_letter(text[0]);
    if (date->count == 1) {
        return true;
    }
    bool has_order = import->is_day_first != import->is_month_first;
    bool has_year = is_numeric && strlen(text) >= 8 && cp_is_digit(text[strlen(text) - 4]);
    if (date->count != 2 || !has_order || !has_year) {
        return false;
    }
    date->readings[0] = import->is_day_first ? date->readings[0] : date->readings[1];
    return true;
}

bool dates_find(struct found_date *out, const struct import *import, struct cp_str text, size_t at)
{
    char candidate[DATE_BYTES];
    for (; at < text.len; at++) {
        char before = at > 0 ? text.at[at - 1] : ' ';
        bool starts = !cp_is_digit(before) && !is_letter(before) && !strchr("/.-", before);
        if (!starts || (!cp_is_digit(text.at[at]) && !is_letter(text.at[at]))) {
            continue;
        }
        size_t end = read_tokens(candidate, text, at);
        out->count = end > 0 ? cp_date_readings(out->readings, cp_str_of(candidate)) : 0;
        if (out->count > 0) {
            out->from = at;
            out->to = end;
            out->is_sure = settle(out, import, candidate);
            return true;
        }
    }
    return false;
}

/* `25/11/2025` can only be read with the day first. */
static void learn(struct import *import, struct cp_str text)
{
    unsigned parts[2] = {0};
    size_t at = 0;
    for (size_t i = 0; i < 2; i++, at++) {
        size_t from = at;
        while (at < text.len && at - from < 3 && cp_is_digit(text.at[at])) {
            parts[i] = parts[i] * 10 + (unsigned)(text.at[at++] - '0');
        }
        if (at == from || at - from > 2 || at >= text.len || !strchr("/.-", text.at[at])) {
            return;
        }
    }
    import->is_day_first = import->is_day_first || (parts[0] > 12 && parts[1] <= 12);
    import->is_month_first = import->is_month_first || (parts[1] > 12 && parts[0] <= 12);
}

void dates_learn(struct import *import)
{
    struct found_date date;
    for (size_t at = 0; dates_find(&date, import, import->source, at); at = date.to) {
        learn(import, cp_str_slice(import->source, date.from, date.to - date.from));
    }
}

struct cp_str dates_text(struct cp_arena *arena, struct cp_date date)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_date_put(&text, date);
    return words_keep(arena, &text);
}
