/*
 * Values as people write them, by the type of the field that is to hold them: lengths of time,
 * periods, holders, choices. What is not sure is none. Knows neither headings nor labels.
 */
#include "import.h"

/* ---- lengths of time ------------------------------------------------------------------------- */

static size_t skip(struct cp_str text, size_t at, bool (*is_member)(char))
{
    while (at < text.len && is_member(text.at[at])) {
        at++;
    }
    return at;
}

static bool is_gap(char c)
{
    return c == ' ' || c == '-';
}

/* Behind a figure and its unit ("4 working hours", "24-hour", "15mins"), or `at`. */
static size_t read_term(struct cp_str text, size_t at)
{
    size_t digits = skip(text, at, cp_is_digit);
    size_t unit = skip(text, digits, is_gap);
    size_t end = skip(text, unit, words_is_letter);
    struct cp_str word = cp_str_slice(text, unit, end - unit);
    if (cp_str_is_equal_folded(word, CP_STR("working")) ||
        cp_str_is_equal_folded(word, CP_STR("business"))) {
        end = skip(text, skip(text, end, is_gap), words_is_letter);
    }
    bool is_one = digits > at && digits - at <= 6 && end > unit && unit - digits <= 1;
    return is_one ? end : at;
}

static bool is_length(struct cp_str text)
{
    struct cp_duration duration;
    return cp_duration_parse(&duration, text) == CP_DURATION_OK;
}

/* The longest sum that can be read. */
size_t values_length(struct cp_str text)
{
    size_t best = 0;
    size_t at = 0;
    for (size_t terms = 0; terms < 3; terms++) {
        size_t end = read_term(text, at);
        if (end == at || !is_length(cp_str_slice(text, 0, end))) {
            break;
        }
        best = end;
        at = skip(text, end, cp_is_blank);
    }
    bool goes_on = best < text.len && (cp_is_digit(text.at[best]) || text.at[best] == '_');
    bool is_iso = text.len > 2 && text.at[0] == 'P';
    size_t iso = is_iso ? cp_str_find(text, CP_STR(" ")) : 0;
    if (is_iso && is_length(cp_str_slice(text, 0, iso))) {
        return iso < text.len ? iso : text.len;
    }
    return goes_on ? 0 : best;
}

/* ---- by type --------------------------------------------------------------------------------- */

bool values_is_holder(const struct import *import, struct cp_str text)
{
    bool is_telling = false;
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("[]{}<>|~`@", text.at[i])) {
            return false;
        }
        is_telling = is_telling || text.at[i] == ' ' || (text.at[i] >= 'A' && text.at[i] <= 'Z');
    }
    const struct cp_config *config = import->asked->config;
    bool is_declared = config && (config->people.count > 0 || config->teams.count > 0);
    return text.len > 0 && text.len <= 80 && (is_telling || !is_declared) &&
           memchr(text.at, '\n', text.len) == NULL && cp_placeholder_find(text).len == 0 &&
           cp_placeholder_markup_find(text).len == 0 && !strchr(".:", text.at[text.len - 1]);
}

const char *values_place(struct cp_str text)
{
    static const struct {
        const char *words, *place;
    } rows[] = {{"internal", "internal"},    {"in-house", "internal"},
                {"in house", "internal"},    {"own service", "internal"},
                {"external", "external"},    {"third party", "external"},
                {"third-party", "external"}, {"3rd party", "external"},
                {"supplier", "external"},    {"vendor", "external"},
                {"saas", "external"},        {"hosted by the supplier", "external"},
                {"outsourced", "external"},  {"3rd-party", "external"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (words_have_at(text, 0, rows[i].words)) {
            return rows[i].place;
        }
    }
    return NULL;
}

/* Words for how often, as a period. */
static const char *period_of(struct cp_str text)
{
    static const struct {
        const char *words, *period;
    } rows[] = {{"annually", "1y"},       {"annual", "1y"},       {"yearly", "1y"},
                {"every year", "1y"},     {"once a year", "1y"},  {"quarterly", "3mo"},
                {"every quarter", "3mo"}, {"monthly", "1mo"},     {"every month", "1mo"},
                {"half-yearly", "6mo"},   {"six-monthly", "6mo"}, {"biannually", "6mo"},
                {"twice a year", "6mo"},  {"weekly", "1w"},       {"every week", "1w"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (cp_str_is_equal_folded(text, cp_str_of(rows[i].words))) {
            return rows[i].period;
        }
    }
    return NULL;
}

/* At least a day, as reviews and exercises are. */
static struct cp_str read_period(struct cp_str value)
{
    struct cp_duration length;
    const char *word = period_of(value);
    struct cp_str rest = cp_str_is_equal_folded(cp_str_slice(value, 0, 6), CP_STR("every "))
                             ? cp_str_trim(cp_str_slice(value, 6, SIZE_MAX))
                             : value;
    bool is_read = cp_duration_parse(&length, rest) == CP_DURATION_OK &&
                   (length.months > 0 || length.work_days > 0 || length.seconds >= CP_A_DAY);
    return word ? cp_str_of(word) : is_read ? rest : (struct cp_str){0};
}

static struct cp_str read_date(struct import *import, struct cp_str value)
{
    struct found_date found;
    bool is_date = dates_find(&found, import, value, 0) && found.from == 0 &&
                   found.to == value.len && found.is_sure;
    return is_date ? dates_text(import->arena, found.readings[0]) : (struct cp_str){0};
}

static struct cp_str read_choice(struct import *import, const struct cp_field *field,
                                 struct cp_str value)
{
    struct cp_str last = value;
    bool is_tier = cp_field_is(field, CP_STR("tier"));
    if (is_tier && cp_str_is_equal_folded(cp_str_slice(value, 0, 5), CP_STR("tier "))) {
        last = cp_str_trim(cp_str_slice(value, 5, SIZE_MAX));
    }
    for (size_t i = 0; field->choices[i]; i++) {
        if (cp_str_is_equal_folded(last, cp_str_of(field->choices[i]))) {
            return cp_arena_copy(import->arena, cp_str_of(field->choices[i]));
        }
    }
    return (struct cp_str){0};
}

static struct cp_str read_hours(struct cp_str value)
{
    struct cp_hours hours = {0};
    bool is_always = cp_str_is(value, "24/7") || cp_str_is_equal_folded(value, CP_STR("24x7")) ||
                     cp_str_is_equal_folded(value, CP_STR("24x7x365"));
    return is_always ? CP_STR("24x7") : cp_hours_add(&hours, value) ? value : (struct cp_str){0};
}

/* Whether a length of time fits the field. */
static struct cp_str read_length(const struct cp_field *field, struct cp_str text)
{
    struct cp_duration length;
    bool is_fit = cp_duration_parse(&length, text) == CP_DURATION_OK && length.months == 0;
    bool is_interval = field->type == CP_TYPE_INTERVAL && cp_str_is(text, "continuous");
    return is_fit || is_interval ? text : (struct cp_str){0};
}

static struct cp_str read_url(struct cp_str text)
{
    bool is_address = cp_str_find(text, CP_STR("://")) != SIZE_MAX;
    return is_address && cp_str_find(text, CP_STR(" ")) == SIZE_MAX ? text : (struct cp_str){0};
}

static struct cp_str read_email(struct cp_str text)
{
    bool is_address =
        cp_str_find(text, CP_STR("@")) != SIZE_MAX && cp_str_find(text, CP_STR(".")) != SIZE_MAX;
    return is_address && cp_str_find(text, CP_STR(" ")) == SIZE_MAX ? text : (struct cp_str){0};
}

static struct cp_str read_phone(struct cp_str text)
{
    size_t digits = 0;
    for (size_t i = 0; i < text.len; i++) {
        digits += cp_is_digit(text.at[i]);
        if (!cp_is_digit(text.at[i]) && !strchr("+()- .", text.at[i])) {
            return (struct cp_str){0};
        }
    }
    return digits >= 5 && digits <= 16 ? text : (struct cp_str){0};
}

static struct cp_str read_yes_no(struct cp_str text)
{
    bool is_yes = cp_str_is_equal_folded(text, CP_STR("yes"));
    bool is_no = cp_str_is_equal_folded(text, CP_STR("no"));
    return is_yes ? CP_STR("yes") : is_no ? CP_STR("no") : (struct cp_str){0};
}

struct cp_str values_read(struct import *import, const struct cp_field *field, struct cp_str text)
{
    switch (field->type) {
    case CP_TYPE_ID:
        return words_id(import->arena, text);
    case CP_TYPE_REFERENCE:
        return values_is_holder(import, text) ? text : (struct cp_str){0};
    case CP_TYPE_DATE:
        return read_date(import, text);
    case CP_TYPE_PERIOD:
        return read_period(text);
    case CP_TYPE_DURATION:
    case CP_TYPE_INTERVAL:
        return read_length(field, text);
    case CP_TYPE_CHOICE:
        return read_choice(import, field, text);
    case CP_TYPE_HOURS:
        return read_hours(text);
    case CP_TYPE_URL:
        return read_url(text);
    case CP_TYPE_EMAIL:
        return read_email(text);
    case CP_TYPE_PHONE:
        return read_phone(text);
    case CP_TYPE_YES_NO:
        return read_yes_no(text);
    default:
        return text;
    }
}
