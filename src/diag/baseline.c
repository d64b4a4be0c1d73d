/*
 * A baseline as it stands in a file: findings that are known already, an entry a line, so that
 * changes of it can be read and merged. It is YAML, of which only the lines are understood that are
 * written here: whatever else stands in one is refused by its line. Knows neither rules nor plans.
 */
#include <contplan/diag.h>

#include <stdlib.h>
#include <string.h>

void cp_baseline_init(struct cp_baseline *out)
{
    *out = (struct cp_baseline){0};
    cp_arena_init(&out->arena);
}

void cp_baseline_release(struct cp_baseline *baseline)
{
    cp_list_release(&baseline->items);
    cp_arena_release(&baseline->arena);
}

/* ---- reading --------------------------------------------------------------------------------- */

struct reader {
    struct cp_baseline *out;
    struct cp_error *error;
    struct cp_str rest; /* of the line */
    struct cp_buf word; /* the value read last */
    uint32_t line;
    bool has_version;
};

/* `problem` goes on behind "line 7 ", `word` behind that. */
static int fail(struct reader *reader, const char *problem, struct cp_str word)
{
    struct cp_buf shown;
    cp_buf_init(&shown);
    cp_printable(&shown, cp_str_slice(word, 0, 60));
    cp_error_set(reader->error, "line %u %s%s", (unsigned)reader->line, problem,
                 shown.len > 0 ? shown.at : "");
    cp_buf_release(&shown);
    return -1;
}

static int fail_shape(struct reader *reader)
{
    return fail(reader, "is no entry as contplan writes it", (struct cp_str){0});
}

static void skip_blanks(struct reader *reader)
{
    while (reader->rest.len > 0 && (reader->rest.at[0] == ' ' || reader->rest.at[0] == '\t')) {
        reader->rest = cp_str_slice(reader->rest, 1, SIZE_MAX);
    }
}

/* Whether `mark` stands next, behind blanks; it is then left behind. */
static bool skip(struct reader *reader, const char *mark)
{
    skip_blanks(reader);
    bool is_next = cp_str_has_prefix(reader->rest, mark);
    reader->rest = is_next ? cp_str_slice(reader->rest, strlen(mark), SIZE_MAX) : reader->rest;
    return is_next;
}

/* The number of so many hexadecimal digits that stand next; -1 where they do not. */
static int64_t read_hex(struct reader *reader, size_t digits)
{
    int64_t number = 0;
    struct cp_str text = cp_str_slice(reader->rest, 0, digits);
    for (size_t i = 0; i < text.len; i++) {
        static const char names[] = "0123456789abcdef";
        char digit = text.at[i] >= 'A' && text.at[i] <= 'F' ? (char)(text.at[i] + 32) : text.at[i];
        const char *at = digit ? strchr(names, digit) : NULL;
        if (!at) {
            return -1;
        }
        number = number * 16 + (at - names);
    }
    reader->rest = cp_str_slice(reader->rest, digits, SIZE_MAX);
    return text.len == digits ? number : -1;
}

/* What a backslash stands before. */
static bool read_escape(struct reader *reader)
{
    static const char names[] = "\"\\/ntrbf0";
    static const char meant[] = "\"\\/\n\t\r\b\f";
    static const struct {
        char name;
        size_t digits;
    } numbers[] = {{'x', 2}, {'u', 4}, {'U', 8}};
    char name = reader->rest.len > 0 ? reader->rest.at[0] : '\0';
    const char *at = name ? strchr(names, name) : NULL;
    reader->rest = cp_str_slice(reader->rest, 1, SIZE_MAX);
    if (at) {
        cp_buf_putc(&reader->word, meant[at - names]);
        return true;
    }
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (name == numbers[i].name) {
            int64_t number = read_hex(reader, numbers[i].digits);
            bool is_character = number >= 0 && number <= 0x10ffff && (number & ~0x7ff) != 0xd800;
            if (is_character) {
                cp_utf8_put(&reader->word, (uint32_t)number);
            }
            return is_character;
        }
    }
    return false;
}

/* Up to the closing quote, which two of them are not in single quotes. */
static bool read_quoted(struct reader *reader, char quote)
{
    while (reader->rest.len > 0) {
        char c = reader->rest.at[0];
        bool is_double = reader->rest.len > 1 && reader->rest.at[1] == quote;
        reader->rest = cp_str_slice(reader->rest, 1, SIZE_MAX);
        if (c == quote && (quote == '"' || !is_double)) {
            return true;
        }
        if (c == quote) {
            reader->rest = cp_str_slice(reader->rest, 1, SIZE_MAX);
        }
        if (c != '\\' || quote != '"') {
            cp_buf_putc(&reader->word, c);
        } else if (!read_escape(reader)) {
            return false;
        }
    }
    return false;
}

static bool read_plain(struct reader *reader, const char *ends)
{
    size_t len = 0;
    while (len < reader->rest.len && !strchr(ends, reader->rest.at[len])) {
        len++;
    }
    cp_buf_put(&reader->word, cp_str_trim(cp_str_slice(reader->rest, 0, len)));
    reader->rest = cp_str_slice(reader->rest, len, SIZE_MAX);
    return reader->word.len > 0;
}

/* The next value into reader->word, up to one of `ends` where no quotes end it. */
static bool read_word(struct reader *reader, const char *ends)
{
    skip_blanks(reader);
    cp_buf_clear(&reader->word);
    char first = reader->rest.len > 0 ? reader->rest.at[0] : '\0';
    if (first != '"' && first != '\'') {
        return read_plain(reader, ends);
    }
    reader->rest = cp_str_slice(reader->rest, 1, SIZE_MAX);
    return read_quoted(reader, first);
}

/* From 1 to CP_KNOWN_MOST; 0 for anything else. */
static uint32_t read_number(struct cp_str word)
{
    uint32_t number = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] < '0' || word.at[i] > '9' || number > CP_KNOWN_MOST) {
            return 0;
        }
        number = number * 10 + (uint32_t)(word.at[i] - '0');
    }
    return number <= CP_KNOWN_MOST ? number : 0;
}

static int set_text(struct reader *reader, struct cp_str *text, struct cp_str key)
{
    if (text->at) {
        return fail(reader, "states twice its ", key);
    }
    *text = cp_arena_copy(&reader->out->arena, cp_buf_str(&reader->word));
    return 0;
}

/* A member of an entry, whose value is to come. */
static int read_member(struct reader *reader, struct cp_known *known, struct cp_str key)
{
    const struct {
        const char *name;
        struct cp_str *text;
    } members[] = {{"file", &known->file},
                   {"plan", &known->plan},
                   {"field", &known->field},
                   {"rule", &known->rule}};
    if (!skip(reader, ":") || !read_word(reader, ",}")) {
        return fail_shape(reader);
    }
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (cp_str_is(key, members[i].name)) {
            return set_text(reader, members[i].text, key);
        }
    }
    if (!cp_str_is(key, "count")) {
        return fail(reader, "has a member that entries do not have: ", key);
    }
    known->count = read_number(cp_buf_str(&reader->word));
    return known->count > 0
               ? 0
               : fail(reader, "counts no number of findings: ", cp_buf_str(&reader->word));
}

/* What stands between the braces, and the closing one. */
static int read_entry(struct reader *reader)
{
    struct cp_known known = {.count = 1, .line = reader->line};
    int result = 0;
    do {
        skip_blanks(reader);
        struct cp_str key = {reader->rest.at, 0};
        while (key.len < reader->rest.len && reader->rest.at[key.len] >= 'a' &&
               reader->rest.at[key.len] <= 'z') {
            key.len++;
        }
        reader->rest = cp_str_slice(reader->rest, key.len, SIZE_MAX);
        result = read_member(reader, &known, key);
    } while (result == 0 && skip(reader, ","));
    if (result == 0 && (!skip(reader, "}") || cp_str_trim(reader->rest).len > 0)) {
        return fail_shape(reader);
    }
    if (result == 0 && (known.file.len == 0 || known.rule.len == 0)) {
        return fail(reader, "names no file or no rule", (struct cp_str){0});
    }
    if (result == 0) {
        *(struct cp_known *)cp_list_push(&reader->out->items, sizeof known) = known;
    }
    return result;
}

static int read_version(struct reader *reader)
{
    if (!read_word(reader, "#") || read_number(cp_buf_str(&reader->word)) != CP_BASELINE_VERSION) {
        return fail(reader, "states a version that this contplan does not know: ",
                    cp_buf_str(&reader->word));
    }
    reader->has_version = true;
    return 0;
}

static bool is_conflict(struct cp_str line)
{
    return cp_str_has_prefix(line, "<<<<<<<") || cp_str_has_prefix(line, "|||||||") ||
           cp_str_has_prefix(line, "=======") || cp_str_has_prefix(line, ">>>>>>>");
}

static int read_line(struct reader *reader, struct cp_str line)
{
    struct cp_str text = cp_str_trim(line);
    reader->rest = line;
    if (text.len == 0 || text.at[0] == '#') {
        return 0;
    }
    if (is_conflict(line)) {
        return fail(reader, "marks a merge conflict: keep the entries of both sides",
                    (struct cp_str){0});
    }
    if (skip(reader, "version:")) {
        return read_version(reader);
    }
    if (!reader->has_version) {
        return fail(reader, "is not the version that a baseline begins with",
                    (struct cp_str){0}); /* what stands there may be of any file */
    }
    if (cp_str_is(text, "findings:") || cp_str_is(text, "findings: []")) {
        return 0;
    }
    return skip(reader, "-") && skip(reader, "{") ? read_entry(reader) : fail_shape(reader);
}

int cp_baseline_parse(struct cp_baseline *out, struct cp_str bytes, struct cp_error *error)
{
    struct reader reader = {.out = out, .error = error};
    struct cp_str line;
    int result = 0;
    cp_buf_init(&reader.word);
    if (cp_str_has_prefix(bytes, "\xef\xbb\xbf")) {
        bytes = cp_str_slice(bytes, 3, SIZE_MAX);
    }
    while (result == 0 && cp_str_line(&line, &bytes)) {
        reader.line++;
        result = read_line(&reader, line);
    }
    if (result == 0 && !reader.has_version) {
        result = cp_error_set(error, "it is empty; --write-baseline writes one");
    }
    cp_buf_release(&reader.word);
    return result;
}

/* ---- what a run makes of it ------------------------------------------------------------------ */

void cp_baseline_restart(struct cp_baseline *baseline)
{
    size_t kept = 0;
    for (size_t i = 0; i < baseline->items.count; i++) {
        struct cp_known known = baseline->items.items[i];
        known.found = 0;
        known.is_checked = false;
        if (known.line > 0) {
            baseline->items.items[kept++] = known;
        }
    }
    baseline->items.count = kept;
}

static int by_place(const void *a, const void *b)
{
    const struct cp_known *left = a;
    const struct cp_known *right = b;
    int order = cp_str_compare(left->file, right->file);
    order = order != 0 ? order : cp_str_compare(left->field, right->field);
    order = order != 0 ? order : cp_str_compare(left->rule, right->rule);
    return order != 0 ? order : cp_str_compare(left->plan, right->plan);
}

static void sort(struct cp_baseline *baseline)
{
    if (baseline->items.count > 1) {
        qsort(baseline->items.items, baseline->items.count, sizeof *baseline->items.items,
              by_place);
    }
}

void cp_baseline_prune(struct cp_baseline *baseline)
{
    size_t kept = 0;
    sort(baseline);
    for (size_t i = 0; i < baseline->items.count; i++) {
        struct cp_known known = baseline->items.items[i];
        struct cp_known *last = kept > 0 ? &baseline->items.items[kept - 1] : NULL;
        known.count = known.is_checked ? known.found : known.count;
        if (known.count == 0) {
            continue;
        }
        if (last && by_place(last, &known) == 0) {
            uint32_t room = CP_KNOWN_MOST - last->count;
            last->count += known.count < room ? known.count : room;
        } else {
            baseline->items.items[kept++] = known;
        }
    }
    baseline->items.count = kept;
}

/* ---- writing --------------------------------------------------------------------------------- */

/* In double quotes, which hold every character. */
static void put_quoted(struct cp_buf *out, struct cp_str text)
{
    cp_buf_putc(out, '"');
    for (size_t at = 0; at < text.len;) {
        uint32_t c = 0;
        struct cp_str rest = cp_str_slice(text, at, SIZE_MAX);
        size_t len = cp_utf8_decode(&c, rest);
        if (len == 0) {
            cp_utf8_put(out, 0xfffd);
        } else if (c < 0x20 || cp_is_unprintable(c)) {
            cp_buf_printf(out, c < 0x10000 ? "\\u%04x" : "\\U%08x", (unsigned)c);
        } else {
            cp_buf_puts(out, c == '"' || c == '\\' ? "\\" : "");
            cp_buf_put(out, cp_str_slice(rest, 0, len));
        }
        at += len > 0 ? len : 1;
    }
    cp_buf_putc(out, '"');
}

static void put_member(struct cp_buf *out, const char *name, struct cp_str text)
{
    if (text.len > 0) {
        cp_buf_printf(out, "%s: ", name);
        put_quoted(out, text);
        cp_buf_puts(out, ", ");
    }
}

static void put_known(struct cp_buf *out, const struct cp_known *known)
{
    cp_buf_puts(out, "- {");
    put_member(out, "file", known->file);
    put_member(out, "plan", known->plan);
    put_member(out, "field", known->field);
    put_member(out, "rule", known->rule);
    cp_buf_printf(out, "count: %u}\n", (unsigned)known->count);
}

void cp_baseline_put(struct cp_buf *out, struct cp_baseline *baseline)
{
    cp_buf_puts(out, "# Findings that contplan validate --baseline knows and does not report.\n"
                     "# --write-baseline writes this file, --prune-baseline takes out what matches "
                     "nothing.\n");
    cp_buf_printf(out, "version: %d\n", CP_BASELINE_VERSION);
    cp_buf_puts(out, baseline->items.count > 0 ? "findings:\n" : "findings: []\n");
    sort(baseline);
    for (size_t i = 0; i < baseline->items.count; i++) {
        put_known(out, &baseline->items.items[i]);
    }
}
