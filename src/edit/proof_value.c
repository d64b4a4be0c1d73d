/*
 * The same value in other words: a date, a length of time, a word of choice, hours, that the plan
 * has as a value of that type; and labels that are said by a key. Equal is what is read as the same
 * day or length: nothing is rounded, and a date with two readings counts only where the document
 * settles which.
 */
#include "import.h"
#include "proof.h"

enum { MOST_WORDS = 7 };

/* ---- plain forms ----------------------------------------------------------------------------- */

static const char *const figures[][2] = {
    {"an", "1"},       {"a", "1"},
    {"one", "1"},      {"two", "2"},
    {"three", "3"},    {"four", "4"},
    {"five", "5"},     {"six", "6"},
    {"seven", "7"},    {"eight", "8"},
    {"nine", "9"},     {"ten", "10"},
    {"eleven", "11"},  {"twelve", "12"},
    {"fifteen", "15"}, {"twenty", "20"},
    {"thirty", "30"},  {"ninety", "90"},
    {"and", ""},       {"of", ""},
    {"zero", "0"},     {"nil", "0"},
    {"none", "0"},     {"hr", "hour"},
    {"hrs", "hours"},  {"business", "working"},
};

static void put_figure(struct cp_buf *out, struct cp_str word)
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (cp_str_is_equal_folded(word, cp_str_of(figures[i][0]))) {
            cp_buf_puts(out, figures[i][1]);
            return;
        }
    }
    cp_buf_put(out, word);
}

/* Words as a length of time may be written in a plan. */
static void put_words(struct cp_buf *out, const struct proof_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, out->len > 0 ? " " : "");
        put_figure(out, words[i].text);
    }
}

static bool is_number(struct cp_str word)
{
    return word.len > 0 && cp_is_digit(word.at[0]);
}

/* ---- lengths of time ------------------------------------------------------------------------- */

static bool is_same_length(struct cp_duration a, struct cp_duration b)
{
    return a.seconds == b.seconds && a.work_seconds == b.work_seconds &&
           a.work_days == b.work_days && a.months == b.months;
}

static bool is_length_field(const struct cp_field *field)
{
    return field && (field->type == CP_TYPE_DURATION || field->type == CP_TYPE_PERIOD ||
                     field->type == CP_TYPE_INTERVAL);
}

static bool says_length(const struct proof_value *value, const struct proof_word *words,
                        size_t count)
{
    struct cp_buf text;
    struct cp_duration theirs;
    struct cp_duration ours;
    if (!is_length_field(value->field) ||
        cp_duration_parse(&ours, value->node->text) != CP_DURATION_OK) {
        return false;
    }
    cp_buf_init(&text);
    put_words(&text, words, count);
    bool is_same = cp_duration_parse(&theirs, cp_buf_str(&text)) == CP_DURATION_OK &&
                   is_same_length(theirs, ours);
    cp_buf_release(&text);
    return is_same;
}

/* A figure below a head that names the unit: "RTO (h)". */
static bool says_figure(const struct proof_value *value, struct cp_str head, struct cp_str word)
{
    static const char *const units[] = {"h", "hours", "hrs", "min", "minutes", "days", "d"};
    struct proof_word unit;
    struct cp_duration ours;
    struct cp_duration theirs;
    bool is_same = false;
    struct cp_buf text;
    if (!is_length_field(value->field) || !is_number(word) ||
        cp_duration_parse(&ours, value->node->text) != CP_DURATION_OK) {
        return false;
    }
    cp_buf_init(&text);
    for (size_t at = 0; !is_same && proof_word_next(&unit, head, &at);) {
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
            cp_buf_clear(&text);
            cp_buf_printf(&text, "%.*s %s", CP_ARG(word), units[i]);
            is_same = is_same || (cp_str_is_equal_folded(unit.text, cp_str_of(units[i])) &&
                                  cp_duration_parse(&theirs, cp_buf_str(&text)) == CP_DURATION_OK &&
                                  is_same_length(theirs, ours));
        }
    }
    cp_buf_release(&text);
    return is_same;
}

/* ---- dates ----------------------------------------------------------------------------------- */

/* `14th` without the letters. */
static struct cp_str without_ending(struct cp_str word)
{
    size_t digits = 0;
    while (digits < word.len && cp_is_digit(word.at[digits])) {
        digits++;
    }
    return digits > 0 && word.len == digits + 2 ? cp_str_slice(word, 0, digits) : word;
}

/* The words as one date: figures with strokes, a month's name in the middle. */
static void put_date(struct cp_buf *out, const struct proof_word *words)
{
    bool is_month_first = !is_number(words[0].text);
    bool is_named = is_month_first || !is_number(words[1].text);
    bool is_year_first = words[0].text.len == 4 && is_number(words[0].text);
    const char *mark = is_named ? " " : is_year_first ? "-" : "/";
    struct cp_str first = without_ending(words[is_month_first ? 1 : 0].text);
    struct cp_str second = without_ending(words[is_month_first ? 0 : 1].text);
    second = cp_str_is_equal_folded(second, CP_STR("sept")) ? CP_STR("Sep") : second;
    cp_buf_printf(out, "%.*s%s%.*s%s%.*s", CP_ARG(first), mark, CP_ARG(second), mark,
                  CP_ARG(words[2].text));
}

/* The days that the words may mean. */
static size_t readings_of(struct cp_date out[CP_DATE_READINGS], const struct proof_word *words)
{
    struct cp_buf text;
    cp_buf_init(&text);
    put_date(&text, words);
    size_t count =
        cp_date_parse(&out[0], cp_buf_str(&text)) ? 1 : cp_date_readings(out, cp_buf_str(&text));
    cp_buf_release(&text);
    return count;
}

static bool says_date(const struct proof_document *document, const struct proof_value *value,
                      const struct proof_word *words, size_t count)
{
    struct cp_date ours;
    struct cp_date readings[CP_DATE_READINGS];
    if (count != 3 || !value->field || value->field->type != CP_TYPE_DATE ||
        !cp_date_parse(&ours, value->node->text)) {
        return false;
    }
    size_t found = readings_of(readings, words);
    bool is_day = document->is_day_first && !document->is_month_first;
    bool is_month = document->is_month_first && !document->is_day_first;
    bool is_same = found >= 1 && readings[0].days == ours.days && (found == 1 || is_day);
    return is_same || (found >= 2 && readings[1].days == ours.days && is_month);
}

/* ---- words of choice ------------------------------------------------------------------------- */

/* Letters and figures alone, small. */
static void put_letters(struct cp_buf *out, struct cp_str text)
{
    struct proof_word word;
    for (size_t at = 0; proof_word_next(&word, text, &at);) {
        for (size_t i = 0; i < word.text.len; i++) {
            char c = word.text.at[i];
            cp_buf_putc(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
        }
    }
}

static bool says_choice(const struct proof_value *value, const struct proof_word *words,
                        size_t count)
{
    struct cp_buf ours;
    struct cp_buf theirs;
    bool is_word =
        value->field &&
        (value->field->type == CP_TYPE_CHOICE || value->field->type == CP_TYPE_ID ||
         value->field->type == CP_TYPE_REFERENCE || value->field->type == CP_TYPE_YES_NO);
    bool is_name = value->node->key && cp_str_is(value->node->key->text, "id");
    if (!is_word || is_name) {
        return false;
    }
    cp_buf_init(&ours);
    cp_buf_init(&theirs);
    put_letters(&ours, value->node->text);
    for (size_t i = 0; i < count; i++) {
        put_letters(&theirs, words[i].text);
    }
    bool is_same = cp_str_is_equal(cp_buf_str(&ours), cp_buf_str(&theirs));
    cp_buf_release(&ours);
    cp_buf_release(&theirs);
    return is_same;
}

/* ---- as a plan writes it --------------------------------------------------------------------- */

bool proof_value_put(struct cp_buf *out, const struct proof_word *words, size_t count)
{
    struct cp_buf text;
    struct cp_duration length;
    struct cp_date readings[CP_DATE_READINGS];
    cp_buf_init(&text);
    put_words(&text, words, count);
    bool is_value = count > 1 && cp_duration_parse(&length, cp_buf_str(&text)) == CP_DURATION_OK;
    if (is_value) {
        cp_duration_put(out, length);
    } else if (count == 3) {
        is_value = readings_of(readings, words) == 1;
        if (is_value) {
            cp_date_put(out, readings[0]);
        }
    }
    cp_buf_release(&text);
    return is_value;
}

/* ---- any of them ----------------------------------------------------------------------------- */

/* The head of the table that a byte stands in, where its lines go up to one without a break. */
static struct cp_str head_above(const struct proof_document *document, uint32_t at)
{
    size_t i = 0;
    while (i + 1 < document->lines.count && document->lines.items[i + 1].from <= at) {
        i++;
    }
    while (i > 0 && document->lines.items[i].kind != PROOF_BLANK &&
           document->lines.items[i].kind != PROOF_HEAD_ROW) {
        i--;
    }
    const struct proof_line *line = &document->lines.items[i];
    return line->kind == PROOF_HEAD_ROW
               ? cp_str_slice(document->source, line->from, line->to - line->from)
               : (struct cp_str){0};
}

static bool says(const struct proof_document *document, const struct proof_value *value,
                 const struct proof_word *words, size_t count)
{
    return (count == 1 && is_length_field(value->field) && is_number(words[0].text) &&
            says_figure(value, head_above(document, words[0].at), words[0].text)) ||
           says_length(value, words, count) || says_date(document, value, words, count) ||
           says_choice(value, words, count);
}

size_t proof_value_covers(const struct proof_document *document, const struct proof_plan *plan,
                          const struct proof_word *first, size_t count, struct proof_range range)
{
    for (size_t length = count < MOST_WORDS ? count : MOST_WORDS; length > 0; length--) {
        for (size_t i = 0; i < plan->typed.count; i++) {
            const struct proof_value *value = &plan->typed.items[i];
            bool is_in = value->range.from >= range.from && value->range.to <= range.to;
            if (is_in && says(document, value, first, length)) {
                return length;
            }
        }
    }
    return 0;
}
