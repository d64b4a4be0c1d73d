/*
 * The type table: what each type is called, how large it is, what to write, and how its text is
 * read. A new type is a row here. Knows no field of any plan.
 */
#include "decode.h"

#include <assert.h>
#include <string.h>

static void decode_id(struct cp_decoder *decoder, const struct cp_field *field,
                      struct cp_leaf *out);
static void decode_reference(struct cp_decoder *decoder, const struct cp_field *field,
                             struct cp_leaf *out);
static void decode_length(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out);
static void decode_date(struct cp_decoder *decoder, const struct cp_field *field,
                        struct cp_leaf *out);
static void decode_hours(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out);
static void decode_yes_no(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out);
static void decode_number(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out);
static void decode_percent(struct cp_decoder *decoder, const struct cp_field *field,
                           struct cp_leaf *out);
static void decode_choice(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out);

static const struct cp_type_row types[] = {
    [CP_TYPE_TEXT] = {{"text", sizeof(struct cp_text), "a line of text"}, NULL, true, false},
    [CP_TYPE_PROSE] = {{"prose", sizeof(struct cp_text), "Markdown text"}, NULL, true, false},
    [CP_TYPE_ID] = {{"id", sizeof(struct cp_text),
                     "an id: small letters, digits, '.', '_' and '-', at most 64, starting with a "
                     "letter or digit"},
                    decode_id,
                    true,
                    false},
    [CP_TYPE_REFERENCE] = {{"reference", sizeof(struct cp_text), "the id of what is meant"},
                           decode_reference,
                           true,
                           false},
    [CP_TYPE_URL] = {{"URL", sizeof(struct cp_text), "a URL or a relative path"},
                     NULL,
                     true,
                     false},
    [CP_TYPE_EMAIL] = {{"e-mail address", sizeof(struct cp_text), "an e-mail address"},
                       NULL,
                       true,
                       false},
    [CP_TYPE_PHONE] = {{"phone number", sizeof(struct cp_text), "a phone number"},
                       NULL,
                       true,
                       false},
    [CP_TYPE_DURATION] = {{"duration", sizeof(struct cp_length),
                           "a length of time such as 4h, 90m, 1d 12h or 5wd (working days)"},
                          decode_length,
                          false,
                          false},
    [CP_TYPE_PERIOD] = {{"period", sizeof(struct cp_length),
                         "a length of time such as 13w, 6mo or 1y"},
                        decode_length,
                        false,
                        false},
    [CP_TYPE_INTERVAL] = {{"interval", sizeof(struct cp_length),
                           "a length of time such as 15m or 1d, or continuous"},
                          decode_length,
                          false,
                          false},
    [CP_TYPE_DATE] = {{"date", sizeof(struct cp_day), "a date as 2026-01-31"},
                      decode_date,
                      false,
                      false},
    [CP_TYPE_HOURS] =
        {{"hours", sizeof(struct cp_opening),
          "24x7, office, or a stretch such as Mon-Fri 08:00-18:00, or a list of these"},
         decode_hours,
         false,
         true},
    [CP_TYPE_YES_NO] = {{"yes/no", sizeof(struct cp_flag), "yes or no"},
                        decode_yes_no,
                        false,
                        false},
    [CP_TYPE_NUMBER] = {{"number", sizeof(struct cp_number), "a whole number from 1 to 9999"},
                        decode_number,
                        false,
                        false},
    [CP_TYPE_PERCENT] = {{"percent", sizeof(struct cp_number), "a percentage such as 20 %"},
                         decode_percent,
                         false,
                         false},
    [CP_TYPE_CHOICE] = {{"choice", sizeof(struct cp_choice), "one of the words listed"},
                        decode_choice,
                        false,
                        false},
    [CP_TYPE_OBJECT] = {{"mapping", 0, "keys with their values"}, NULL, false, false},
    [CP_TYPE_SETTINGS] = {{"settings", sizeof(struct cp_values), "names with their values"},
                          NULL,
                          false,
                          false},
    [CP_TYPE_ANY] = {{"any", sizeof(struct cp_leaf), "a value of any shape"}, NULL, false, false},
};

const struct cp_type_row *cp_type_row(enum cp_type_id id)
{
    assert((size_t)id < sizeof types / sizeof types[0]);
    return &types[id];
}

const struct cp_type *cp_type_get(enum cp_type_id id)
{
    return &cp_type_row(id)->about;
}

/* The usual finding of a scalar that cannot be read: "'rto' is 'x', which is no duration". */
static struct cp_diagnostic *refuse(struct cp_decoder *decoder, const struct cp_rule *rule,
                                    const struct cp_field *field, struct cp_leaf *out,
                                    const char *problem)
{
    leaf_break(out);
    return cp_node_report(decoder->diags, rule, out->node, "'%s' is %s, %s", field->key,
                          cp_diags_quote(decoder->diags, out->node->text), problem);
}

/* The same for a type that has one thing to say. */
static struct cp_diagnostic *refuse_plainly(struct cp_decoder *decoder,
                                            const struct cp_field *field, struct cp_leaf *out,
                                            const char *problem)
{
    struct cp_diagnostic *finding = refuse(decoder, &cp_rule_bad_value, field, out, problem);
    cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    return finding;
}

static bool is_id_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_id_byte(char c)
{
    return is_id_start(c) || c == '.' || c == '_' || c == '-';
}

bool cp_id_is_valid(struct cp_str s)
{
    if (s.len == 0 || s.len > 64 || !is_id_start(s.at[0])) {
        return false;
    }
    size_t i = 1;
    while (i < s.len && is_id_byte(s.at[i])) {
        i++;
    }
    return i == s.len;
}

/* What a text would be as an id: lower case, every run of other bytes one '-'. */
static struct cp_str id_from(struct cp_arena *arena, struct cp_str s)
{
    char id[64];
    size_t len = 0;
    for (size_t i = 0; i < s.len && len < sizeof id; i++) {
        char c = s.at[i];
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        if (is_id_start(c) || (is_id_byte(c) && len > 0)) {
            id[len++] = c;
        } else if (len > 0 && id[len - 1] != '-') {
            id[len++] = '-';
        }
    }
    while (len > 0 && id[len - 1] == '-') {
        len--;
    }
    return cp_arena_copy(arena, (struct cp_str){id, len});
}

static void decode_id(struct cp_decoder *decoder, const struct cp_field *field, struct cp_leaf *out)
{
    struct cp_str text = out->node->text;
    if (cp_id_is_valid(text) || cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    struct cp_diagnostic *finding =
        refuse(decoder, &cp_rule_bad_value, field, out, "which cannot be an id");
    struct cp_str nearest = id_from(decoder->arena, text);
    bool is_secret = cp_diags_has_secret(decoder->diags, cp_node_place(out->node));
    if (nearest.len > 0 && !is_secret) {
        cp_diagnostic_help(decoder->diags, finding,
                           "ids are small letters, digits, '.', '_' and '-': write %.*s",
                           CP_ARG(nearest));
    } else {
        cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    }
}

/* Whether the reference leads anywhere is the model's to say; a placeholder leads nowhere. */
static void decode_reference(struct cp_decoder *decoder, const struct cp_field *field,
                             struct cp_leaf *out)
{
    if (!(field->refers & CP_REFERS_OR_TEXT)) {
        cp_decode_placeholder(decoder, field, out);
    }
}

static const char *duration_problem(enum cp_duration_fault fault)
{
    switch (fault) {
    case CP_DURATION_NO_UNIT:
        return "a number without a unit";
    case CP_DURATION_NEGATIVE:
        return "which is less than nothing";
    case CP_DURATION_MIXED:
        return "which adds working time to elapsed time";
    case CP_DURATION_OVERFLOW:
        return "which is too long to compute with";
    case CP_DURATION_OK:
        return "which is in months or years: their length differs";
    default:
        return "which is no length of time";
    }
}

static bool is_duration_fit(const struct cp_field *field, const struct cp_length *length)
{
    return field->type != CP_TYPE_DURATION || !cp_duration_has_months(length->duration);
}

/* Working hours count as hours; a day and a month of any kind are long enough. */
static bool is_too_short(const struct cp_field *field, const struct cp_length *length)
{
    const struct cp_duration *duration = &length->duration;
    return duration->months == 0 && duration->work_days == 0 &&
           duration->seconds + duration->work_seconds < field->least;
}

static void help_length(struct cp_decoder *decoder, const struct cp_field *field,
                        struct cp_diagnostic *finding, const struct cp_leaf *out)
{
    struct cp_str text = cp_str_trim(out->node->text);
    struct cp_length meant = {0};
    struct cp_buf length;
    cp_buf_init(&length);
    if (cp_length_guess(&meant.duration, text) && is_duration_fit(field, &meant) &&
        !is_too_short(field, &meant)) {
        cp_duration_put(&length, meant.duration);
        cp_diagnostic_help(decoder->diags, finding, "write %s", length.at);
        if (cp_length_is_certain(text)) {
            cp_node_fix_value(decoder->diags, finding, out->node, cp_buf_str(&length));
        }
    } else {
        cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    }
    cp_buf_release(&length);
}

static void refuse_short(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out, struct cp_str text)
{
    size_t digits = 0;
    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9') {
        digits++;
    }
    bool is_in_minutes = digits > 0 && cp_str_is(cp_str_slice(text, digits, SIZE_MAX), "m");
    struct cp_diagnostic *finding = refuse(decoder, &cp_rule_bad_duration, field, out,
                                           field->least == CP_A_DAY ? "which is less than a day"
                                                                    : "which is less than an hour");
    if (is_in_minutes) {
        cp_diagnostic_help(decoder->diags, finding, "'m' is minutes: for months write %.*smo",
                           (int)digits, text.at);
    } else {
        cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    }
}

/* The unit of the last number of `4h 30`, whose unit was left out: the one below the last written;
 * NULL where there is none. */
static const char *unit_below(struct cp_str written)
{
    static const struct {
        const char *unit, *below;
    } units[] = {
        {"wh", "wm"}, {"wd", "wh"}, {"mo", "d"}, {"hours", "m"}, {"hour", "m"}, {"days", "h"},
        {"day", "h"}, {"y", "mo"},  {"w", "d"},  {"d", "h"},     {"h", "m"},    {"m", "s"},
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (cp_str_has_suffix(written, units[i].unit)) {
            return units[i].below;
        }
    }
    return NULL;
}

static void help_unit(struct cp_decoder *decoder, const struct cp_field *field,
                      struct cp_diagnostic *finding, const struct cp_leaf *out)
{
    struct cp_str text = cp_str_trim(out->node->text);
    size_t at = text.len;
    while (at > 0 && text.at[at - 1] >= '0' && text.at[at - 1] <= '9') {
        at--;
    }
    struct cp_str number = cp_str_slice(text, at, text.len);
    struct cp_str written = cp_str_trim(cp_str_slice(text, 0, at));
    const char *below = unit_below(written);
    if (below && !cp_diags_has_secret(decoder->diags, cp_node_place(out->node))) {
        cp_diagnostic_help(decoder->diags, finding, "add the unit, as %.*s %.*s%s", CP_ARG(written),
                           CP_ARG(number), below);
    } else if (written.len > 0) {
        cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    } else if (field->type == CP_TYPE_PERIOD) {
        cp_diagnostic_help(decoder->diags, finding, "add the unit, as %.*sd", CP_ARG(number));
    } else {
        cp_diagnostic_help(decoder->diags, finding, "add the unit, as %.*sm or %.*sh",
                           CP_ARG(number), CP_ARG(number));
    }
}

static void decode_length(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out)
{
    struct cp_length *length = (struct cp_length *)(void *)out;
    struct cp_str text = cp_str_trim(out->node->text);
    if (field->type == CP_TYPE_INTERVAL && cp_str_is(text, "continuous")) {
        length->is_continuous = true;
        return;
    }
    enum cp_duration_fault fault = cp_duration_parse(&length->duration, text);
    if (fault == CP_DURATION_OK && is_duration_fit(field, length)) {
        if (is_too_short(field, length)) {
            refuse_short(decoder, field, out, text);
        }
        return;
    }
    if (fault != CP_DURATION_RANGE && cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    bool is_vague = fault == CP_DURATION_RANGE || fault == CP_DURATION_VAGUE;
    struct cp_diagnostic *finding =
        is_vague ? refuse(decoder, &cp_rule_vague_value, field, out,
                          fault == CP_DURATION_RANGE ? "a range, not one length of time"
                                                     : "which nobody can measure")
                 : refuse(decoder, &cp_rule_bad_duration, field, out, duration_problem(fault));
    if (fault == CP_DURATION_NO_UNIT) {
        help_unit(decoder, field, finding, out);
    } else if (is_vague) {
        cp_diagnostic_help(decoder->diags, finding, "write the one length that is promised, as %s",
                           field->example ? field->example : "4h");
    } else {
        help_length(decoder, field, finding, out);
    }
}

static void put_readings(struct cp_buf *out, const struct cp_date *readings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i > 0 ? " or " : "");
        cp_date_put(out, readings[i]);
    }
}

/* Written YYYY-MM-DD, whether or not there is such a day. */
static bool is_date_shaped(struct cp_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        bool is_dash = i == 4 || i == 7;
        if (is_dash ? s.at[i] != '-' : s.at[i] < '0' || s.at[i] > '9') {
            return false;
        }
    }
    return s.len == 10;
}

static void decode_date(struct cp_decoder *decoder, const struct cp_field *field,
                        struct cp_leaf *out)
{
    struct cp_day *day = (struct cp_day *)(void *)out;
    struct cp_str text = cp_str_trim(out->node->text);
    if (cp_date_parse(&day->date, text) || cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    bool is_shaped = is_date_shaped(text);
    struct cp_diagnostic *finding =
        refuse(decoder, &cp_rule_bad_date, field, out,
               is_shaped ? "and that day does not exist" : "which is no date written YYYY-MM-DD");
    struct cp_date readings[CP_DATE_READINGS];
    size_t count = cp_date_readings(readings, text);
    struct cp_buf help;
    cp_buf_init(&help);
    put_readings(&help, readings, count);
    if (count > 0) {
        cp_diagnostic_help(decoder->diags, finding, "write %.*s", CP_ARG(cp_buf_str(&help)));
    }
    if (count == 1) {
        cp_node_fix_value(decoder->diags, finding, out->node, cp_buf_str(&help));
    }
    if (count == 0 && is_shaped) {
        cp_diagnostic_help(decoder->diags, finding,
                           "write a day of the calendar, from the year 1900 on");
    } else if (count == 0) {
        cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
    }
    cp_buf_release(&help);
}

static void decode_hours_entry(struct cp_decoder *decoder, const struct cp_field *field,
                               struct cp_opening *opening, struct cp_node *node)
{
    bool is_scalar = node->kind == CP_NODE_SCALAR;
    if (is_scalar && cp_hours_add(&opening->hours, cp_str_trim(node->text))) {
        return;
    }
    struct cp_leaf entry = {.node = node, .state = CP_SET};
    leaf_break(&opening->leaf);
    if (is_scalar && cp_decode_placeholder(decoder, field, &entry)) {
        return;
    }
    if (is_scalar) {
        refuse_plainly(decoder, field, &entry, "which cannot be read as opening hours");
        return;
    }
    struct cp_diagnostic *finding = cp_node_report(decoder->diags, &cp_rule_wrong_type, node,
                                                   "an entry of '%s' must be a text", field->key);
    cp_diagnostic_help(decoder->diags, finding, "write %s", cp_type_get(field->type)->write);
}

static void decode_hours(struct cp_decoder *decoder, const struct cp_field *field,
                         struct cp_leaf *out)
{
    struct cp_opening *opening = (struct cp_opening *)(void *)out;
    if (out->node->kind == CP_NODE_SCALAR) {
        decode_hours_entry(decoder, field, opening, out->node);
        return;
    }
    for (struct cp_node *entry = out->node->first; entry; entry = entry->next) {
        decode_hours_entry(decoder, field, opening, entry);
    }
}

/* `Yes`, `TRUE`, `y`, `on`: words that YAML or people take for one of the two. */
static const char *yes_no_of(struct cp_str text)
{
    static const char *const words[][2] = {{"yes", "yes"}, {"true", "yes"}, {"y", "yes"},
                                           {"on", "yes"},  {"no", "no"},    {"false", "no"},
                                           {"n", "no"},    {"off", "no"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is_equal_folded(text, cp_str_of(words[i][0]))) {
            return words[i][1];
        }
    }
    return NULL;
}

static void decode_yes_no(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out)
{
    struct cp_flag *flag = (struct cp_flag *)(void *)out;
    struct cp_str text = out->node->text;
    flag->is_yes = cp_str_is(text, "yes") || cp_str_is(text, "true");
    if (flag->is_yes || cp_str_is(text, "no") || cp_str_is(text, "false") ||
        cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    struct cp_diagnostic *finding =
        refuse(decoder, &cp_rule_bad_value, field, out, "neither yes nor no");
    const char *meant = yes_no_of(text);
    cp_diagnostic_help(decoder->diags, finding, "write %s",
                       meant ? meant : cp_type_get(field->type)->write);
    if (meant) {
        cp_node_fix_value(decoder->diags, finding, out->node, cp_str_of(meant));
    }
}

static void decode_number(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out)
{
    struct cp_number *number = (struct cp_number *)(void *)out;
    struct cp_str text = out->node->text;
    bool is_number = text.len >= 1 && text.len <= 4;
    for (size_t i = 0; is_number && i < text.len; i++) {
        is_number = text.at[i] >= '0' && text.at[i] <= '9';
        number->value = number->value * 10 + (text.at[i] - '0');
    }
    if ((is_number && number->value > 0) || cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    refuse_plainly(decoder, field, out, "which is no whole number from 1 to 9999");
}

static void decode_percent(struct cp_decoder *decoder, const struct cp_field *field,
                           struct cp_leaf *out)
{
    struct cp_number *number = (struct cp_number *)(void *)out;
    struct cp_str text = cp_str_trim(out->node->text);
    if (cp_str_has_suffix(text, "%")) {
        text = cp_str_trim(cp_str_slice(text, 0, text.len - 1));
    }
    bool is_number = text.len >= 1 && text.len <= 3;
    for (size_t i = 0; is_number && i < text.len; i++) {
        is_number = text.at[i] >= '0' && text.at[i] <= '9';
        number->value = number->value * 10 + (text.at[i] - '0');
    }
    if ((is_number && number->value <= 100) || cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    refuse_plainly(decoder, field, out, "which is no percentage from 0 to 100");
}

static void put_words(struct cp_buf *out, const char *const *words)
{
    for (size_t i = 0; words[i]; i++) {
        cp_buf_puts(out, i == 0 ? "" : words[i + 1] ? ", " : " or ");
        cp_buf_puts(out, words[i]);
    }
}

/* `*is_alone`: nothing else can have been meant. */
static struct cp_str nearest_word(const char *const *words, struct cp_str text, bool *is_alone)
{
    struct cp_str candidates[32];
    size_t count = 0;
    *is_alone = true;
    while (words[count] && count < sizeof candidates / sizeof candidates[0]) {
        candidates[count] = cp_str_of(words[count]);
        if (cp_str_is_equal_folded(candidates[count], text)) {
            return candidates[count];
        }
        count++;
    }
    struct cp_str nearest = cp_str_nearest(text, candidates, count);
    *is_alone = cp_str_is_nearest_alone(text, nearest, candidates, count);
    return nearest;
}

static void decode_choice(struct cp_decoder *decoder, const struct cp_field *field,
                          struct cp_leaf *out)
{
    struct cp_choice *choice = (struct cp_choice *)(void *)out;
    struct cp_str text = out->node->text;
    for (uint8_t i = 0; field->choices[i]; i++) {
        if (cp_str_is(text, field->choices[i])) {
            choice->value = i;
            return;
        }
    }
    if (cp_decode_placeholder(decoder, field, out)) {
        return;
    }
    struct cp_diagnostic *finding =
        refuse(decoder, &cp_rule_bad_choice, field, out, "which is not among the words it takes");
    bool is_alone;
    struct cp_str nearest = nearest_word(field->choices, text, &is_alone);
    struct cp_buf words;
    cp_buf_init(&words);
    put_words(&words, field->choices);
    if (nearest.len > 0) {
        cp_diagnostic_help(decoder->diags, finding, "did you mean %.*s? It takes %.*s",
                           CP_ARG(nearest), CP_ARG(cp_buf_str(&words)));
        if (is_alone) {
            cp_node_fix_value(decoder->diags, finding, out->node, nearest);
        }
    } else {
        cp_diagnostic_help(decoder->diags, finding, "write %.*s", CP_ARG(cp_buf_str(&words)));
    }
    cp_buf_release(&words);
}
