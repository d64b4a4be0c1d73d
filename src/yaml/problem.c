/*
 * What libyaml stopped at, in words that help: the common mistakes in sentences of our own with
 * their cure, anything else in libyaml's. Guesses what was meant from the lines around the place;
 * changes nothing.
 */
#include "build.h"
#include "quote.h"

#include <stdlib.h>
#include <string.h>

struct stop {
    struct cp_yaml_builder *b;
    struct cp_str bytes;
    uint32_t at;   /* where libyaml noticed */
    uint32_t from; /* where what it was reading begins, or `at` */
    const char *problem;
    const char *context; /* or "" */
};

void cp_yaml_run_out(void)
{
    free(cp_alloc(SIZE_MAX / 2));
}

enum { SHOWN_BYTES = 60 };

/* ---- looking around -------------------------------------------------------------------------- */

static char char_at(const struct stop *s, uint32_t at)
{
    return at < s->bytes.len ? s->bytes.at[at] : '\0';
}

static struct cp_str text_in(const struct stop *s, uint32_t from, uint32_t end)
{
    return cp_str_slice(s->bytes, from, end > from ? end - from : 0);
}

static const char *quote_in(const struct stop *s, uint32_t from, uint32_t end)
{
    return cp_diags_quote(s->b->diags, text_in(s, from, end));
}

/* First byte of the line of `at` that is neither blank nor the dash of a list item. */
static uint32_t line_text(const struct stop *s, uint32_t at)
{
    uint32_t end = cp_yaml_line_end(s->bytes, at);
    uint32_t text = cp_yaml_skip_blanks(s->bytes, cp_yaml_line_start(s->bytes, at), end);
    while (char_at(s, text) == '-' && cp_yaml_is_blank(char_at(s, text + 1))) {
        text = cp_yaml_skip_blanks(s->bytes, text + 1, end);
    }
    return text;
}

static bool is_first_on_line(const struct stop *s, uint32_t at)
{
    uint32_t start = cp_yaml_line_start(s->bytes, at);
    return cp_yaml_skip_blanks(s->bytes, start, at) == at;
}

/* The first byte of the last line above `at` that has text and is no comment; false where none is.
 */
static bool find_line_above(const struct stop *s, uint32_t *out, uint32_t at)
{
    uint32_t line = cp_yaml_line_start(s->bytes, at);
    while (line > s->b->cursor.body) {
        line = cp_yaml_line_start(s->bytes, line - 1);
        uint32_t text = cp_yaml_skip_blanks(s->bytes, line, (uint32_t)s->bytes.len);
        char c = char_at(s, text);
        if (c != '#' && !cp_yaml_is_line_end(c)) {
            *out = line;
            return true;
        }
    }
    return false;
}

/* The first `:` before `end` that ends a key; `end` where none does. */
static uint32_t find_colon(const struct stop *s, uint32_t from, uint32_t end)
{
    for (uint32_t at = from; at < end; at++) {
        char next = char_at(s, at + 1);
        if (s->bytes.at[at] == ':' && (cp_yaml_is_blank(next) || cp_yaml_is_line_end(next))) {
            return at;
        }
    }
    return end;
}

/* The end of the plain value that was meant to start at `from`; in brackets a comma ends it too. */
static uint32_t meant_end(const struct stop *s, uint32_t from)
{
    uint32_t end = cp_yaml_value_end(s->bytes, from);
    if (s->b->parser.flow_level == 0) {
        return end;
    }
    uint32_t at = from + 1;
    while (at < end && !strchr(",]}", s->bytes.at[at])) {
        at++;
    }
    return at < end ? at : end;
}

/* ---- saying it ------------------------------------------------------------------------------- */

static struct cp_diagnostic *add(const struct stop *s, uint32_t from, uint32_t end,
                                 const char *format, ...) __attribute__((format(printf, 4, 5)));

static struct cp_diagnostic *add(const struct stop *s, uint32_t from, uint32_t end,
                                 const char *format, ...)
{
    struct cp_diags *diags = s->b->diags;
    va_list args;
    va_start(args, format);
    struct cp_str message = cp_arena_vprintf(&diags->arena, format, args);
    va_end(args);
    end = end > s->bytes.len ? (uint32_t)s->bytes.len : end;
    return cp_diags_add(diags, &cp_rule_yaml_syntax, cp_yaml_place(s->b, from, end), CP_STR(""),
                        "%s", message.at);
}

static void help(const struct stop *s, struct cp_diagnostic *found, const char *text)
{
    cp_diagnostic_help(s->b->diags, found, "%s", text);
}

static void help_quotes(const struct stop *s, struct cp_diagnostic *found, uint32_t from,
                        uint32_t end)
{
    cp_yaml_help_quotes(s->b->diags, found, cp_yaml_lead(s->bytes, from), text_in(s, from, end));
}

static void note(const struct stop *s, struct cp_diagnostic *found, uint32_t from, uint32_t end,
                 const char *text)
{
    cp_diagnostic_note(s->b->diags, found, cp_yaml_place(s->b, from, end), "%s", text);
}

/* ---- one function a mistake ------------------------------------------------------------------ */

void cp_yaml_report_tab(struct cp_yaml_builder *b, uint32_t at)
{
    uint32_t end = at;
    while (end < b->bytes.len && b->bytes.at[end] == '\t') {
        end++;
    }
    struct cp_diagnostic *found =
        cp_diags_add(b->diags, &cp_rule_yaml_syntax, cp_yaml_place(b, at, end), CP_STR(""),
                     "a tab is used for indentation");
    cp_diagnostic_help(b->diags, found, "indent with spaces only");
}

static void report_tab(const struct stop *s)
{
    cp_yaml_report_tab(s->b, s->at);
}

static void report_start_at(const struct stop *s, uint32_t from)
{
    uint32_t end = meant_end(s, from);
    struct cp_diagnostic *found =
        char_at(s, from) == '`'
            ? add(s, from, end, "a value without quotes cannot start with a backtick")
            : add(s, from, end, "a value without quotes cannot start with '%c'", char_at(s, from));
    help_quotes(s, found, from, end);
}

static void report_start(const struct stop *s)
{
    if (char_at(s, s->at) == '\t') {
        cp_yaml_report_tab(s->b, s->at);
    } else {
        report_start_at(s, s->at);
    }
}

static void report_start_from(const struct stop *s)
{
    report_start_at(s, s->from);
}

static void report_no_content(const struct stop *s)
{
    char c = char_at(s, s->at);
    if (c != '\0' && strchr(",[]{}", c) && s->b->parser.flow_level == 0) {
        report_start_at(s, s->at);
    } else {
        struct cp_diagnostic *found = add(s, s->at, s->at + 1, "a value is missing here");
        help(s, found, "write the value, or \"\" for an empty one");
    }
}

/* `key: text: more` on one line. */
static void report_second_colon(const struct stop *s, uint32_t key, uint32_t colon)
{
    uint32_t value = cp_yaml_skip_blanks(s->bytes, colon + 1, s->at);
    uint32_t end = meant_end(s, value);
    struct cp_diagnostic *found =
        add(s, s->at, s->at + 1, "a ':' inside the value of %s makes YAML read another key",
            quote_in(s, key, cp_yaml_trim_blanks(s->bytes, key, colon)));
    help_quotes(s, found, value, end);
}

/* `-text` first on the line of `at`, which is text to YAML and was meant as an item. */
static bool report_joined_dash(const struct stop *s, uint32_t at)
{
    uint32_t line = cp_yaml_line_start(s->bytes, at);
    uint32_t dash = cp_yaml_skip_blanks(s->bytes, line, (uint32_t)s->bytes.len);
    char next = char_at(s, dash + 1);
    if (char_at(s, dash) != '-' || next == '-' || next == '\0' || cp_yaml_is_blank(next) ||
        cp_yaml_is_line_end(next)) {
        return false;
    }
    struct cp_diagnostic *found =
        add(s, dash, dash + 1, "no blank stands behind the '-' of a list item");
    uint32_t end = cp_yaml_value_end(s->bytes, dash);
    cp_diagnostic_help(s->b->diags, found, "write '- %.*s'", CP_ARG(text_in(s, dash + 1, end)));
    return true;
}

/* An item below a line whose dash is joined to its text, so that YAML takes both for one text. */
static bool report_dash_above(const struct stop *s)
{
    uint32_t line = 0;
    bool is_item = line_text(s, s->at) >
                   cp_yaml_skip_blanks(s->bytes, cp_yaml_line_start(s->bytes, s->at), s->at);
    return is_item && find_line_above(s, &line, s->at) && report_joined_dash(s, line);
}

static bool is_key_char(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

/* `key:value` on the line above, which is text to YAML: then this line's key cannot follow. */
static bool report_joined_colon(const struct stop *s)
{
    uint32_t line = 0;
    if (!find_line_above(s, &line, s->at)) {
        return false;
    }
    uint32_t text = line_text(s, line);
    uint32_t end = cp_yaml_value_end(s->bytes, text);
    uint32_t at = text;
    while (at < end && is_key_char(s->bytes.at[at])) {
        at++;
    }
    if (at == text || char_at(s, at) != ':' || at + 1 >= end || char_at(s, at + 1) == '/' ||
        find_colon(s, text, end) < end) {
        return false;
    }
    struct cp_diagnostic *found =
        add(s, at, at + 1, "no blank stands behind the ':' of %s", quote_in(s, text, at));
    struct cp_str key = text_in(s, text, at);
    cp_diagnostic_help(s->b->diags, found, "write '%.*s: %.*s'", CP_ARG(key),
                       CP_ARG(text_in(s, at + 1, end)));
    return true;
}

/* The fault is often in the line above the key at `key`: it lacks its ':', or its blanks. False
 * where there is nothing better to help with than the key's own indentation. */
static bool help_line_above(const struct stop *s, struct cp_diagnostic *found, uint32_t key)
{
    uint32_t line = 0;
    if (!find_line_above(s, &line, key)) {
        return false;
    }
    uint32_t text = line_text(s, line);
    uint32_t end = meant_end(s, text);
    uint32_t word = text;
    while (word < end && !cp_yaml_is_blank(s->bytes.at[word])) {
        word++;
    }
    bool is_beside = text - line == key - cp_yaml_line_start(s->bytes, key);
    bool has_colon = find_colon(s, text, end + 1) <= end;
    if (is_beside && !has_colon && word < end && char_at(s, text) != '-') {
        uint32_t value = cp_yaml_skip_blanks(s->bytes, word, end);
        cp_diagnostic_help(s->b->diags, found,
                           "put a ':' behind the key of the line above: %.*s: %.*s",
                           CP_ARG(text_in(s, text, word)), CP_ARG(text_in(s, value, end)));
        note(s, found, text, end, "a ':' is missing here");
        return true;
    }
    if (!is_beside && has_colon) {
        note(s, found, text, word, "the key above is indented otherwise");
    }
    return false;
}

static void report_colon(const struct stop *s)
{
    uint32_t key = line_text(s, s->at);
    uint32_t colon = find_colon(s, key, s->at);
    if (colon < s->at) {
        report_second_colon(s, key, colon);
        return;
    }
    if (report_joined_colon(s) || report_dash_above(s)) {
        return;
    }
    uint32_t key_end = cp_yaml_trim_blanks(s->bytes, key, s->at);
    const char *name = quote_in(s, key, key_end);
    if (memchr(s->bytes.at + key, ' ', key_end - key)) {
        struct cp_diagnostic *found =
            add(s, s->at, s->at + 1, "this ':' makes YAML read %s as a key inside a value", name);
        help(s, found,
             "put quotes around the whole value, or write it as a block of text with '|'");
        return;
    }
    struct cp_diagnostic *found =
        add(s, key, s->at, "the key %s is indented deeper than the line above it allows", name);
    if (!help_line_above(s, found, key)) {
        help(s, found, "give it the indentation of the keys it stands beside");
    }
}

/* The text at `at` follows a line whose end became a comment. */
static bool report_after_comment(const struct stop *s, uint32_t at)
{
    uint32_t line = 0;
    if (!find_line_above(s, &line, at)) {
        return false;
    }
    uint32_t text = line_text(s, line);
    uint32_t colon = find_colon(s, text, cp_yaml_line_end(s->bytes, text));
    uint32_t comment = cp_yaml_value_end(s->bytes, text);
    comment = cp_yaml_skip_blanks(s->bytes, comment, (uint32_t)s->bytes.len);
    char first = char_at(s, comment + 1);
    if (char_at(s, comment) != '#' || cp_yaml_is_blank(first) || cp_yaml_is_line_end(first)) {
        return false;
    }
    struct cp_diagnostic *found =
        add(s, at, cp_yaml_value_end(s->bytes, at), "a value cannot go on behind a comment");
    struct cp_str key = text_in(s, text, colon < comment ? colon : text);
    cp_diagnostic_help(s->b->diags, found, "put quotes around the whole value%s%.*s",
                       key.len > 0 ? " of " : "", CP_ARG(key));
    note(s, found, comment, cp_yaml_line_end(s->bytes, comment), "YAML takes this for a comment");
    return true;
}

/* Whether the line above opens a block of text, whose lines must then be deeper. */
static bool is_below_header(const struct stop *s, uint32_t at)
{
    uint32_t line = 0;
    if (!find_line_above(s, &line, at)) {
        return false;
    }
    uint32_t text = line_text(s, line);
    uint32_t end = cp_yaml_value_end(s->bytes, text);
    while (end > text && strchr("+-123456789", s->bytes.at[end - 1])) {
        end--;
    }
    bool is_header = end > text && (s->bytes.at[end - 1] == '|' || s->bytes.at[end - 1] == '>');
    return is_header && (end - 1 == text || cp_yaml_is_blank(s->bytes.at[end - 2]));
}

/* Text where a key must stand. */
static void report_no_colon(const struct stop *s)
{
    uint32_t end = cp_yaml_value_end(s->bytes, s->from);
    if (report_after_comment(s, s->from) || report_joined_dash(s, s->from)) {
        return;
    }
    if (is_below_header(s, s->from)) {
        struct cp_diagnostic *found = add(
            s, s->from, end, "a block of text must be indented deeper than the key it belongs to");
        help(s, found, "indent the lines of the text");
        return;
    }
    struct cp_diagnostic *found =
        add(s, s->from, end, "%s is neither a key nor part of the value above",
            quote_in(s, s->from, end));
    help(s, found, "put a ':' behind a key; indent the line deeper where it belongs to the value");
}

/* The whole value in quotes of the other kind: `'Ships' sail` began with a quote that is text. */
static bool help_other_quotes(const struct stop *s, struct cp_diagnostic *found, uint32_t value)
{
    uint32_t end = cp_yaml_value_end(s->bytes, s->at);
    struct cp_str whole = text_in(s, value, end);
    char quote = whole.at[0];
    char other = quote == '"' ? '\'' : '"';
    bool is_text = (quote == '"' || quote == '\'') && whole.at[whole.len - 1] != quote &&
                   whole.len <= SHOWN_BYTES && find_colon(s, value, end) == end &&
                   !memchr(whole.at, other, whole.len) && !memchr(whole.at, '\\', whole.len);
    if (is_text) {
        cp_diagnostic_help(s->b->diags, found, "put quotes around the whole value: %c%.*s%c", other,
                           CP_ARG(whole), other);
    }
    return is_text;
}

static void report_after_quote(const struct stop *s, uint32_t end_of_quote)
{
    char quote = s->bytes.at[end_of_quote - 1];
    struct cp_diagnostic *found = add(s, s->at, cp_yaml_value_end(s->bytes, s->at),
                                      "text follows the quote that closes the value");
    const struct cp_node *value = s->b->previous;
    bool is_known = value && value->span.offset + value->span.length == end_of_quote;
    if (!is_known || !help_other_quotes(s, found, value->span.offset)) {
        help(s, found,
             quote == '"' ? "where a quote is part of the text, write it as \\\""
                          : "where a quote is part of the text, write it twice: ''");
    }
    if (is_known) {
        note(s, found, value->span.offset, value->span.offset + 1, "the quote was opened here");
    }
}

/* Text behind a complete value on its line. */
static void report_after_value(const struct stop *s)
{
    uint32_t start = cp_yaml_line_start(s->bytes, s->at);
    uint32_t end = cp_yaml_trim_blanks(s->bytes, start, s->at);
    char last = end > start ? s->bytes.at[end - 1] : '\0';
    if (last == '"' || last == '\'') {
        report_after_quote(s, end);
        return;
    }
    uint32_t text_end = cp_yaml_value_end(s->bytes, s->at);
    if (last != ']' && last != '}') {
        add(s, s->at, text_end, "%s cannot stand here", quote_in(s, s->at, text_end));
        return;
    }
    struct cp_diagnostic *found =
        add(s, s->at, text_end, "text follows the '%c' that closes the value", last);
    uint32_t key = line_text(s, s->at);
    uint32_t colon = find_colon(s, key, s->at);
    uint32_t value = colon < s->at ? cp_yaml_skip_blanks(s->bytes, colon + 1, s->at) : key;
    help_quotes(s, found, value, text_end);
}

static void report_indentation(const struct stop *s, const char *beside)
{
    if (report_joined_dash(s, s->at)) {
        return;
    }
    uint32_t line_end = cp_yaml_line_end(s->bytes, s->at);
    uint32_t colon = find_colon(s, s->at, line_end);
    if (colon == s->at) {
        help(s, add(s, s->at, s->at + 1, "no key stands before this ':'"), "write the key");
        return;
    }
    uint32_t end = colon < line_end ? colon : cp_yaml_value_end(s->bytes, s->at);
    struct cp_diagnostic *found =
        add(s, s->at, end, "the indentation of %s fits nothing above it", quote_in(s, s->at, end));
    help(s, found, "give it exactly the indentation of the lines it belongs with");
    if (s->from < s->at) {
        note(s, found, s->from, s->from + 1, beside);
    }
}

static void report_no_key(const struct stop *s)
{
    if (!is_first_on_line(s, s->at)) {
        report_after_value(s);
    } else if (char_at(s, s->at) == '-' && cp_yaml_is_blank(char_at(s, s->at + 1))) {
        if (report_dash_above(s)) {
            return;
        }
        struct cp_diagnostic *found =
            add(s, s->at, s->at + 1, "a list item stands where the next key must stand");
        help(s, found, "put the list under a key of its own");
        note(s, found, s->from, s->from + 1, "the keys begin here");
    } else if (!report_after_comment(s, s->at)) {
        report_indentation(s, "the keys around it begin here");
    }
}

static void report_no_dash(const struct stop *s)
{
    if (!is_first_on_line(s, s->at)) {
        report_after_value(s);
    } else if (!report_after_comment(s, s->at)) {
        report_indentation(s, "the list above it begins here");
    }
}

static void report_item(const struct stop *s)
{
    struct cp_diagnostic *found =
        add(s, s->at, s->at + 1, "a list cannot start on the line of its key");
    help(s, found, "start it on the next line, or put quotes around the value if '-' is text");
}

static void report_open_quote(const struct stop *s)
{
    struct cp_diagnostic *found =
        add(s, s->from, s->from + 1, "the quote opened here is never closed");
    cp_diagnostic_help(s->b->diags, found, "close it with %c at the end of the value",
                       char_at(s, s->from));
    note(s, found, s->at, s->at, "the text ends here");
}

static void report_escape(const struct stop *s)
{
    uint32_t at = s->at;
    while (at > s->from && char_at(s, at) != '\\') {
        at--; /* from the digits of \x to the backslash */
    }
    uint32_t code = 0;
    size_t length = cp_utf8_decode(&code, text_in(s, at + 1, (uint32_t)s->bytes.len));
    uint32_t end = at + 1 + (uint32_t)length;
    struct cp_diagnostic *found =
        add(s, at, end, "%s means nothing in double quotes", quote_in(s, at, end));
    help(s, found, "write \\\\ for a backslash, or put the value in single quotes");
}

static void report_open_bracket(const struct stop *s)
{
    char open = char_at(s, s->from);
    char close = open == '[' ? ']' : '}';
    bool is_on_line = cp_yaml_line_end(s->bytes, s->from) > s->at;
    if (is_on_line) {
        struct cp_diagnostic *found =
            add(s, s->at, s->at + 1, "a ',' or '%c' is missing here", close);
        help(s, found, "where the bracket is text, put quotes around the whole value");
        note(s, found, s->from, s->from + 1, "the bracket was opened here");
        return;
    }
    struct cp_diagnostic *found =
        add(s, s->from, s->from + 1, "the '%c' opened here is not closed", open);
    cp_diagnostic_help(s->b->diags, found, "close it with '%c'", close);
    note(s, found, s->at, s->at, "a ',' or the closing bracket is missing before this");
}

static void report_after_root(const struct stop *s)
{
    if (is_first_on_line(s, s->at)) {
        report_indentation(s, "");
    } else {
        report_after_value(s);
    }
}

static void report_other(const struct stop *s)
{
    const char *between = s->context[0] ? ", " : "";
    add(s, s->at, s->at + 1, "%s%s%s", s->problem, between, s->context);
}

/* ---- which function for which of libyaml's problems ------------------------------------------ */

struct row {
    const char *problem; /* how libyaml's words begin */
    const char *context; /* and its context; "" for any */
    void (*report)(const struct stop *s);
};

static const struct row rows[] = {
    {"found a tab character", "", report_tab},
    {"found character that cannot start any token", "", report_start},
    {"mapping keys are not allowed", "", report_start},
    {"found undefined tag handle", "", report_start},
    {"", "while scanning an anchor", report_start_from},
    {"", "while scanning an alias", report_start_from},
    {"", "while scanning a tag", report_start_from},
    {"", "while scanning a directive", report_start_from},
    {"did not find expected comment or line break", "while scanning a block", report_start_from},
    {"did not find expected node content", "", report_no_content},
    {"mapping values are not allowed", "", report_colon},
    {"could not find expected ':'", "", report_no_colon},
    {"did not find expected key", "", report_no_key},
    {"did not find expected '-' indicator", "", report_no_dash},
    {"block sequence entries are not allowed", "", report_item},
    {"found unexpected end of stream", "while scanning a quoted scalar", report_open_quote},
    {"found unexpected document indicator", "while scanning a quoted scalar", report_open_quote},
    {"", "while parsing a quoted scalar", report_escape},
    {"did not find expected ',' or", "", report_open_bracket},
    {"did not find expected <document start>", "", report_after_root},
    {"", "", report_other},
};

static bool is_row_of(const struct row *row, const struct stop *s)
{
    return strncmp(s->problem, row->problem, strlen(row->problem)) == 0 &&
           strncmp(s->context, row->context, strlen(row->context)) == 0;
}

void cp_yaml_report_problem(struct cp_yaml_builder *b)
{
    const yaml_parser_t *parser = &b->parser;
    if (parser->error == YAML_MEMORY_ERROR) {
        cp_yaml_run_out();
    }
    struct stop s = {
        .b = b,
        .bytes = b->bytes,
        .at = cp_yaml_cursor_seek(&b->cursor, parser->problem_mark.index),
        .problem = parser->problem ? parser->problem : "the document cannot be read",
        .context = parser->context ? parser->context : "",
    };
    s.from = parser->context ? cp_yaml_cursor_seek(&b->cursor, parser->context_mark.index) : s.at;
    bool is_scanning = strncmp(s.context, "while scanning", strlen("while scanning")) == 0;
    if (cp_yaml_report_hidden_bracket(b, is_scanning ? s.from : s.at)) {
        return;
    }
    const struct row *row = rows;
    while (!is_row_of(row, &s)) {
        row++;
    }
    row->report(&s);
}
