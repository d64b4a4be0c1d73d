/*
 * CP9, text that misleads: characters that nobody sees, terms that are not the field's, and dates
 * in prose of which there is no record. Looks at each value by itself.
 */
#include "dependencies.h"

#include <contplan/markdown.h>

#include <string.h>

/* ---- characters that nobody sees ------------------------------------------------------------- */

static const struct {
    uint32_t from, to;
    const char *name;
} names[] = {
    {0x00A0, 0x00A0, "no-break space"},
    {0x00AD, 0x00AD, "soft hyphen"},
    {0x061C, 0x061C, "a mark of writing direction"},
    {0x2000, 0x200A, "a blank that is no space"},
    {0x200B, 0x200B, "zero-width space"},
    {0x200C, 0x200C, "zero-width non-joiner"},
    {0x200D, 0x200D, "zero-width joiner"},
    {0x200E, 0x200F, "a mark of writing direction"},
    {0x202A, 0x202D, "a control of writing direction"},
    {0x202E, 0x202E, "right-to-left override"},
    {0x202F, 0x202F, "narrow no-break space"},
    {0x205F, 0x205F, "a blank that is no space"},
    {0x2060, 0x2060, "word joiner"},
    {0x2066, 0x2069, "a control of writing direction"},
    {0x3000, 0x3000, "a blank that is no space"},
    {0xFEFF, 0xFEFF, "zero-width no-break space"},
    {0xE0000, 0xE007F, "an invisible tag"},
};

static const char *name_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (c >= names[i].from && c <= names[i].to) {
            return names[i].name;
        }
    }
    return c < 0x20 || (c >= 0x7F && c < 0xA0) ? "a control character" : "an invisible character";
}

/* Blanks that look like spaces and are none to a shell. */
static bool is_odd_blank(uint32_t c)
{
    return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Joiners between characters beyond ASCII are spelling: of Persian, of Hindi, of emoji. */
static bool is_spelling(uint32_t c, struct cp_str text, size_t at)
{
    return (c == 0x200C || c == 0x200D) && at > 0 && at + 3 < text.len &&
           (unsigned char)text.at[at - 1] >= 0x80 && (unsigned char)text.at[at + 3] >= 0x80;
}

/* Whether the eight bytes from `at` are plain: newlines, and what ASCII prints. Each byte of `odd`
 * has its highest bit set where the byte is not: beyond ASCII, below the blank, or DEL. No step
 * carries from one byte into the next. */
static bool is_plain(const char *at)
{
    const uint64_t ones = 0x0101010101010101U;
    const uint64_t high = ones * 0x80;
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    uint64_t low = ~((bytes | high) - ones * 0x20);
    uint64_t other = bytes ^ ones * '\n';
    uint64_t no_newline = ((other & ~high) + ones * 0x7F) | other;
    uint64_t odd = bytes | (low & no_newline) | ((bytes & ~high) + ones);
    return (odd & high) == 0;
}

/* The first such character of the text, with where it stands; 0 where there is none. */
static uint32_t find_invisible(size_t *at, size_t *len, struct cp_str text, bool is_exact)
{
    for (size_t i = 0; i < text.len;) {
        if (text.len - i >= 8 && is_plain(text.at + i)) {
            i += 8;
            continue;
        }
        if (text.at[i] >= ' ' && text.at[i] <= '~') {
            i++;
            continue;
        }
        unsigned char byte = (unsigned char)text.at[i];
        uint32_t c = byte;
        size_t length = byte < 0x80 ? 1 : cp_utf8_decode(&c, cp_str_slice(text, i, 4));
        bool is_control = byte < 0x80 ? byte == 0x7F || (byte < 0x20 && !strchr("\n\t\r", byte))
                                      : cp_is_unprintable(c);
        if ((is_control && !is_spelling(c, text, i)) || (is_exact && is_odd_blank(c))) {
            *at = i;
            *len = length;
            return c;
        }
        i += length > 0 ? length : 1;
    }
    return 0;
}

/* Whether a program reads the value, and not only a person. */
static bool is_exact_value(const struct cp_value *value)
{
    return (value->field->flags & CP_FIELD_CODE) ||
           (value->field->type != CP_TYPE_TEXT && value->field->type != CP_TYPE_PROSE);
}

static void lower_in_prose(struct cp_diagnostic *finding, bool is_exact)
{
    if (finding && !is_exact) {
        finding->severity = CP_WARNING;
    }
}

static const char help_invisible[] = "delete the character and write the text by hand: what people "
                                     "see and what programs read must be the same";

static void check_invisible(const struct cp_values_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->count; i++) {
        const struct cp_value *value = &in->values[i];
        bool is_exact = is_exact_value(value);
        size_t at = 0;
        size_t len = 0;
        uint32_t c = value->suspects & CP_SUSPECT_INVISIBLE
                         ? find_invisible(&at, &len, value->text, is_exact)
                         : 0;
        if (c == 0) {
            continue;
        }
        struct cp_node *node = value->leaf->node;
        struct cp_diagnostic *finding =
            cp_node_report_at(in->diags, rule, node, cp_node_inner_place(node, at, len),
                              "'%s' holds U+%04X (%s), which nobody sees", value->field->key,
                              (unsigned)c, name_of(c));
        cp_diagnostic_help(in->diags, finding, "%s", help_invisible);
        lower_in_prose(finding, is_exact);
    }
}

static void check_comments(const struct cp_source_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->yaml->comments.count; i++) {
        struct cp_span span = in->yaml->comments.items[i].span;
        size_t at = 0;
        size_t len = 0;
        struct cp_str text = cp_str_slice(in->yaml->file->bytes, span.offset, span.length);
        uint32_t c = find_invisible(&at, &len, text, false);
        if (c == 0) {
            continue;
        }
        struct cp_place place = {in->yaml->file, {span.offset + (uint32_t)at, (uint32_t)len}};
        struct cp_diagnostic *finding =
            cp_diags_add(in->diags, rule, place, CP_STR(""),
                         "a comment holds U+%04X (%s), which nobody sees", (unsigned)c, name_of(c));
        cp_diagnostic_help(in->diags, finding, "%s", help_invisible);
        lower_in_prose(finding, false);
    }
}

static const struct cp_rule rule_invisible = {
    .code = "CP903",
    .name = "invisible-character",
    .severity = CP_ERROR,
    .summary = "a character that nobody sees: a control of writing direction, a zero-width space",
    .explanation =
        "Controls of writing direction make a text read otherwise than it runs, and invisible "
        "characters make two texts differ that look alike: a reviewer sees one command, the shell "
        "another. Where a program reads the value (commands, ids and what refers to them, "
        "addresses) this is an error, and so are blanks there that are no spaces; in prose, in "
        "names that are only printed and in comments it is a warning. They usually come with "
        "pasted text. "
        "Delete the character; the finding says which it is and where.",
    .clause = "ISO 22301:2019, 7.5.3",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: restore\n"
           "      steps:\n"
           "        - command: \"pg_restore\\u00a0--clean permits.dump\"\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: restore\n"
            "      steps:\n"
            "        - command: \"pg_restore --clean permits.dump\"\n",
};

/* ---- terms ----------------------------------------------------------------------------------- */

/* A wrong term, in small letters, and the right one; `anchor` is a byte of it that is rare. */
static const struct {
    const char *wrong, *right;
    char anchor;
} terms[] = {
    {"recover point objective", "recovery point objective", 'j'},
    {"recover time objective", "recovery time objective", 'j'},
    {"recovered point objective", "recovery point objective", 'j'},
    {"recovered time objective", "recovery time objective", 'j'},
    {"recovery point object", "recovery point objective", 'j'},
    {"recovery time object", "recovery time objective", 'j'},
    {"recovery points objective", "recovery point objective", 'j'},
    {"recovery times objective", "recovery time objective", 'j'},
    {"return time objective", "recovery time objective", 'j'},
    {"return to operation objective", "recovery time objective", 'j'},
    {"restore point objective", "recovery point objective", 'j'},
    {"restore time objective", "recovery time objective", 'j'},
    {"recovery point objection", "recovery point objective", 'j'},
    {"recovery time objection", "recovery time objective", 'j'},
    {"recovery point objective (rto)", "recovery point objective (RPO)", 'j'},
    {"recovery time objective (rpo)", "recovery time objective (RTO)", 'j'},
    {"rto (recovery point objective)", "RPO (recovery point objective)", 'j'},
    {"rpo (recovery time objective)", "RTO (recovery time objective)", 'j'},
    {"maximum tolerable period of downtime", "maximum tolerable period of disruption", 'x'},
    {"maximum tolerated period of disruption", "maximum tolerable period of disruption", 'x'},
    {"disaster recover plan", "disaster recovery plan", 'v'},
};

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_letter(char c)
{
    return fold(c) >= 'a' && fold(c) <= 'z';
}

/* The phrase, any blank for a blank, as whole words around the anchor at `at`; or nothing. */
static struct cp_str match_phrase(struct cp_str text, size_t at, const char *phrase, char anchor)
{
    size_t len = strlen(phrase);
    size_t before = (size_t)(strchr(phrase, anchor) - phrase);
    struct cp_str found = cp_str_slice(text, at - before, len);
    if (at < before || found.len < len || (at > before && is_letter(text.at[at - before - 1]))) {
        return (struct cp_str){0};
    }
    for (size_t i = 0; i < len; i++) {
        if (phrase[i] == ' ' ? !cp_is_blank(found.at[i]) : fold(found.at[i]) != phrase[i]) {
            return (struct cp_str){0};
        }
    }
    size_t end = at - before + len;
    bool goes_on = end < text.len && is_letter(text.at[end]) && is_letter(phrase[len - 1]);
    bool is_plural = goes_on && fold(text.at[end]) == 's' &&
                     !(end + 1 < text.len && is_letter(text.at[end + 1]));
    return goes_on && !is_plural ? (struct cp_str){0} : found;
}

/* The parts of a value's prose, gone through once along with the search, and only once a term was
 * found. */
struct reading {
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    bool has_begun, has_run;
};

static bool is_in_run(struct cp_str found, const struct cp_prose_run *run)
{
    return run->kind == CP_PROSE_TEXT && found.at >= run->text.at &&
           found.at + found.len <= run->text.at + run->text.len;
}

static bool is_behind(const struct cp_prose_run *run, struct cp_str found)
{
    return run->kind != CP_PROSE_LINK && run->kind != CP_PROSE_IMAGE &&
           run->text.at >= found.at + found.len;
}

/* Whether these are words, and no code, address or tag. */
static bool is_words(struct reading *reading, struct cp_str found, struct cp_str text)
{
    if (!reading->has_begun) {
        cp_prose_scan_init(&reading->scan, text);
        reading->has_begun = true;
        reading->has_run = cp_prose_scan_next(&reading->run, &reading->scan);
    }
    while (reading->has_run && !is_in_run(found, &reading->run) &&
           !is_behind(&reading->run, found)) {
        reading->has_run = cp_prose_scan_next(&reading->run, &reading->scan);
    }
    return reading->has_run && is_in_run(found, &reading->run);
}

static void report_term(const struct cp_values_input *in, const struct cp_rule *rule,
                        const struct cp_value *value, struct cp_str found, const char *right)
{
    struct cp_node *node = value->leaf->node;
    struct cp_diagnostic *finding = cp_node_report_at(
        in->diags, rule, node, cp_words_place(in->diags, rule, node, value->text, found),
        "'%s' says %s", value->field->key, cp_diags_quote(in->diags, found));
    cp_diagnostic_help(in->diags, finding, "the term is '%s'", right);
}

static void search_terms(const struct cp_values_input *in, const struct cp_rule *rule,
                         const struct cp_value *value)
{
    struct cp_str text = value->text;
    struct reading reading = {.has_begun = false};
    for (size_t i = 0; i < text.len; i++) {
        char c = fold(text.at[i]);
        if (c != 'j' && c != 'x' && c != 'v') {
            continue;
        }
        for (size_t j = 0; j < sizeof(terms) / sizeof(terms[0]); j++) {
            struct cp_str found = {0};
            if (terms[j].anchor == c) {
                found = match_phrase(text, i, terms[j].wrong, c);
            }
            if (found.len > 0 && is_words(&reading, found, text)) {
                report_term(in, rule, value, found, terms[j].right);
                i = (size_t)(found.at - text.at) + found.len - 1;
                break;
            }
        }
    }
}

static bool is_read_by_people(const struct cp_value *value)
{
    return (value->field->type == CP_TYPE_TEXT || value->field->type == CP_TYPE_PROSE) &&
           !(value->field->flags & CP_FIELD_CODE);
}

static void check_terms(const struct cp_values_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->count; i++) {
        if (in->values[i].suspects & CP_SUSPECT_TERM && is_read_by_people(&in->values[i])) {
            search_terms(in, rule, &in->values[i]);
        }
    }
}

static const struct cp_rule rule_term = {
    .code = "CP905",
    .name = "misused-term",
    .severity = CP_INFO,
    .summary = "a term of continuity that is written wrongly or taken for another",
    .explanation =
        "RTO and RPO are taken for one another often enough; \"Recover Point Objective\" or "
        "\"recovery time objective (RPO)\" leaves the reader to guess which of the two was meant, "
        "in the one paragraph that people argue about afterwards. Write the term as the standards "
        "have it.",
    .clause = "ISO 22301:2019, 3",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  objectives_description: The Recover Point Objective follows the hourly snapshots.\n",
    .good =
        "id: permits\n"
        "disaster_recovery:\n"
        "  objectives_description: The recovery point objective follows the hourly snapshots.\n",
};

/* ---- dates in prose -------------------------------------------------------------------------- */

/* What is said to have happened, and the fields that would record it. */
static const struct {
    const char *verb;
    const char *keys[3]; /* of date fields */
    const char *record;  /* what messages call it */
    const char *help;
} deeds[] = {
    {"tested",
     {"date"},
     "exercise or restore test",
     "supporting.exercises or "
     "backup_restore.restore_tests"},
    {"exercised", {"date"}, "exercise", "supporting.exercises"},
    {"rehearsed", {"date"}, "exercise", "supporting.exercises"},
    {"reviewed", {"last", "on"}, "review", "review.last"},
    {"approved", {"on"}, "approval", "review.approvals"},
};

enum { DEEDS = sizeof(deeds) / sizeof(deeds[0]), SENTENCE = 48 };

static unsigned month_of(struct cp_str word)
{
    static const char *const months[] = {"january",   "february", "march",    "april",
                                         "may",       "june",     "july",     "august",
                                         "september", "october",  "november", "december"};
    for (unsigned i = 0; i < 12; i++) {
        struct cp_str name = cp_str_of(months[i]);
        if (cp_str_is_equal_folded(word, name) ||
            cp_str_is_equal_folded(word, cp_str_slice(name, 0, 3))) {
            return i + 1;
        }
    }
    return 0;
}

/* What may stand between a deed and its day: `tested: **12 March**`. */
static bool is_mark(char c)
{
    return c == ',' || c == ':' || c == '(' || c == '*' || c == '_';
}

/* The word or number before `end`, blanks and such marks left out. */
static struct cp_str word_before(struct cp_str text, size_t end)
{
    while (end > 0 && (cp_is_blank(text.at[end - 1]) || is_mark(text.at[end - 1]))) {
        end--;
    }
    size_t start = end;
    while (start > 0 && (is_letter(text.at[start - 1]) ||
                         (text.at[start - 1] >= '0' && text.at[start - 1] <= '9'))) {
        start--;
    }
    return cp_str_slice(text, start, end - start);
}

static unsigned number_of(struct cp_str word)
{
    unsigned number = 0;
    size_t i = 0;
    while (i < word.len && i < 4 && word.at[i] >= '0' && word.at[i] <= '9') {
        number = number * 10 + (unsigned)(word.at[i++] - '0');
    }
    return number;
}

/* The date whose year stands at `at`: 2026-03-12, 12 March 2026, March 12, 2026, March 2026 (its
 * first day); with where it starts. */
static bool read_date(struct cp_date *out, size_t *start, struct cp_str text, size_t at)
{
    *start = at;
    if (cp_date_parse(out, cp_str_slice(text, at, 10))) {
        return true;
    }
    struct cp_str first = word_before(text, at);
    unsigned month = month_of(first);
    size_t first_at = (size_t)(first.at - text.at);
    struct cp_str second = word_before(text, first_at);
    unsigned day = number_of(month > 0 ? second : first);
    bool has_day = day >= 1 && day <= 31;
    month = month > 0 ? month : has_day ? month_of(second) : 0;
    bool is_second_used = has_day && second.len > 0;
    *start = is_second_used ? (size_t)(second.at - text.at) : first_at;
    *out = cp_date_of((int)number_of(cp_str_slice(text, at, 4)), month > 0 ? month : 1,
                      has_day && day <= 28 ? day : 1);
    return month > 0;
}

/* Whether one of the two words before says that it is still to be done, or was not. */
static bool is_denied(struct cp_str text, size_t at)
{
    static const char *const words[] = {"be", "not", "never", "next", "until", "unless"};
    for (unsigned i = 0; i < 2 && at > 0; i++) {
        struct cp_str before = word_before(text, at);
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++) {
            if (cp_str_is_equal_folded(before, cp_str_of(words[j]))) {
                return true;
            }
        }
        at = (size_t)(before.at - text.at);
    }
    return false;
}

/* Whether the word before a date says that something has held from then on, or until then. */
static bool is_span(struct cp_str word)
{
    static const char *const words[] = {"since", "from", "until", "till", "before"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (cp_str_is_equal_folded(word, cp_str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* What was done, by the words before the date; DEEDS where none was, or it is still to be done. */
static size_t find_deed(size_t *verb_at, struct cp_str text, size_t date_at)
{
    size_t at = date_at;
    for (unsigned words = 0; words < 5 && at > 0; words++) {
        struct cp_str word = word_before(text, at);
        size_t word_at = (size_t)(word.at - text.at);
        for (size_t i = 0; i < DEEDS && word.len > 0; i++) {
            if (cp_str_is_equal_folded(word, cp_str_of(deeds[i].verb))) {
                *verb_at = word_at;
                return is_denied(text, word_at) ? (size_t)DEEDS : i;
            }
        }
        if (word.len == 0 || date_at - word_at > SENTENCE || is_span(word)) {
            break;
        }
        at = word_at;
    }
    return DEEDS;
}

/* Whether the file records a deed of this kind on that day or later. */
static bool has_record(const struct cp_values_input *in, size_t deed, struct cp_date date)
{
    for (size_t i = 0; i < in->count; i++) {
        const struct cp_value *value = &in->values[i];
        if (value->field->type != CP_TYPE_DATE) {
            continue;
        }
        struct cp_date recorded = ((const struct cp_day *)(const void *)value->leaf)->date;
        for (size_t j = 0; j < 3 && deeds[deed].keys[j]; j++) {
            if (strcmp(value->field->key, deeds[deed].keys[j]) == 0 && recorded.days >= date.days) {
                return true;
            }
        }
    }
    return false;
}

static void judge_date(const struct cp_values_input *in, const struct cp_rule *rule,
                       const struct cp_value *value, size_t year_at)
{
    struct cp_date date;
    size_t date_at;
    size_t verb_at = 0;
    if (!read_date(&date, &date_at, value->text, year_at)) {
        return;
    }
    size_t deed = find_deed(&verb_at, value->text, date_at);
    if (deed == DEEDS || has_record(in, deed, date)) {
        return;
    }
    size_t end = date_at == year_at ? year_at + 10 : year_at + 4;
    struct cp_str said = cp_str_slice(value->text, verb_at, end - verb_at);
    struct cp_node *node = value->leaf->node;
    struct cp_diagnostic *finding = cp_node_report_at(
        in->diags, rule, node, cp_words_place(in->diags, rule, node, value->text, said),
        "'%s' says %s, and no %s is recorded from that day on", value->field->key,
        cp_diags_quote(in->diags, said), deeds[deed].record);
    cp_diagnostic_help(in->diags, finding, "record it in %s, where programs and auditors find it",
                       deeds[deed].help);
}

static bool is_digits(struct cp_str text, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.len || text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return true;
}

/* The next number of four digits that begins with 20; the text's length where there is none. */
static size_t find_year(struct cp_str text, size_t at)
{
    for (; at < text.len; at++) {
        const char *two = memchr(text.at + at, '2', text.len - at);
        if (!two) {
            return text.len;
        }
        at = (size_t)(two - text.at);
        if (is_digits(text, at, 4) && two[1] == '0' && !is_digits(text, at + 4, 1) &&
            (at == 0 || !is_digits(text, at - 1, 1))) {
            return at;
        }
    }
    return text.len;
}

static void check_dates(const struct cp_values_input *in, const struct cp_rule *rule)
{
    for (size_t i = 0; i < in->count; i++) {
        struct cp_str text = in->values[i].text;
        if (!(in->values[i].suspects & CP_SUSPECT_YEAR) || !is_read_by_people(&in->values[i])) {
            continue;
        }
        for (size_t at = find_year(text, 0); at < text.len; at = find_year(text, at + 4)) {
            judge_date(in, rule, &in->values[i], at);
        }
    }
}

static const struct cp_rule rule_prose_date = {
    .code = "CP906",
    .name = "prose-date",
    .severity = CP_INFO,
    .summary = "prose tells of a test, review or approval that is recorded nowhere",
    .explanation =
        "\"Last tested on 12 March 2026\" in a paragraph is believed by people and seen by no "
        "check: the plan counts as untested all the same, and the sentence stays when it has long "
        "become untrue. Pointed out are dates behind \"tested\", \"exercised\", \"rehearsed\", "
        "\"reviewed\" and \"approved\" that are later than any record of that kind, but not where "
        "\"since\" or \"from\" stands between. Record the "
        "exercise, restore test, review or approval under its own field, with its result.",
    .clause = "ISO 22301:2019, 8.5; DORA 11(8)",
    .bad = "id: permits\n"
           "backup_restore:\n"
           "  description: The restore was last tested on 12 March 2026.\n"
           "  stores: [{id: permits-db}]\n",
    .good = "id: permits\n"
            "backup_restore:\n"
            "  description: The restore was last tested on 12 March 2026.\n"
            "  stores: [{id: permits-db}]\n"
            "  restore_tests:\n"
            "    - {date: 2026-03-12, store: permits-db, result: passed, took: 40m}\n",
};

static const struct cp_check checks[] = {
    {.rule = &rule_invisible, .check_source = check_comments, .check_values = check_invisible},
    {.rule = &cp_rule_copied_section,
     .check_portfolio = cp_check_copied,
     .facts = CP_FACTS_NETWORK | CP_FACTS_PROSE},
    {.rule = &rule_term, .check_values = check_terms},
    {.rule = &rule_prose_date, .check_values = check_dates},
};

const struct cp_topic cp_topic_hygiene = CP_TOPIC(checks);
