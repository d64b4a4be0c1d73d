/*
 * A command's text, read as a shell would cut it into words: what was set by a word processor, what
 * is a long option behind a single dash. Runs nothing and expands nothing. Where it cannot tell, it
 * says nothing.
 */
#include "command.h"

unsigned cp_command_look(struct cp_str text)
{
    unsigned seen = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte >= 0x80) {
            seen |= CP_LOOK_ODD;
        } else if (byte == '<') {
            seen |= CP_LOOK_ANGLE;
        } else if (byte == '-' && i + 2 < text.len && text.at[i + 1] >= 'a' &&
                   text.at[i + 2] >= 'a' && (i == 0 || text.at[i - 1] <= ' ')) {
            seen |= CP_LOOK_OPTION;
        }
    }
    return seen;
}

/* ---- words ----------------------------------------------------------------------------------- */

enum token { TOKEN_END, TOKEN_WORD, TOKEN_BREAK };

struct reader {
    struct cp_str text;
    size_t at;
    struct cp_str until;   /* ends the here-document that begins with the next line; empty: none */
    bool has_endless_body; /* a here-document had no end: none is looked for any more */
};

static char peek(struct cp_str text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

static bool is_operator(char c)
{
    return c == '\n' || c == '|' || c == '&' || c == ';' || c == '(' || c == ')' || c == '`';
}

/* Behind the closing one of the quotation mark at `at`; behind the mark where there is none. */
static size_t skip_quoted(struct cp_str text, size_t at)
{
    char mark = text.at[at];
    for (size_t i = at + 1; i < text.len; i++) {
        if (text.at[i] == mark) {
            return i + 1;
        }
        i += mark == '"' && text.at[i] == '\\';
    }
    return at + 1;
}

/* Behind blanks, continued lines and a comment. */
static size_t skip_blanks(struct cp_str text, size_t at)
{
    while (at < text.len) {
        char c = text.at[at];
        if (c == '\\' && (peek(text, at + 1) == '\n' || peek(text, at + 1) == '\r')) {
            at += peek(text, at + 1) == '\r' && peek(text, at + 2) == '\n' ? 3 : 2;
        } else if (c == '#') {
            size_t line = cp_str_find(cp_str_slice(text, at, text.len), CP_STR("\n"));
            return line == SIZE_MAX ? text.len : at + line;
        } else if (c == '\n' || !cp_is_blank(c)) {
            return at;
        } else {
            at++;
        }
    }
    return at;
}

static bool is_here(struct cp_str text, size_t at)
{
    return peek(text, at) == '<' && peek(text, at + 1) == '<';
}

/* Reads `<<WORD`, `<<-'WORD'`; of `<<<` and `<<2` nothing begins. */
static void read_here(struct reader *reader)
{
    struct cp_str text = reader->text;
    size_t at = reader->at + 2;
    bool is_string = peek(text, at) == '<';
    at += is_string || peek(text, at) == '-';
    while (peek(text, at) == ' ' || peek(text, at) == '\'' || peek(text, at) == '"') {
        at++;
    }
    size_t from = at;
    while (at < text.len && !cp_is_blank(text.at[at]) && !is_operator(text.at[at]) &&
           !strchr("<>'\"", text.at[at])) {
        at++;
    }
    if (!is_string && at > from && !cp_is_digit(text.at[from])) {
        reader->until = cp_str_slice(text, from, at - from);
    }
    reader->at = is_string ? from : at + (peek(text, at) == '\'' || peek(text, at) == '"');
}

/* Moves behind the body of a here-document, at the beginning of whose first line it stands. */
static void skip_body(struct reader *reader)
{
    struct cp_str rest = cp_str_slice(reader->text, reader->at, reader->text.len);
    struct cp_str line;
    while (!reader->has_endless_body && cp_str_line(&line, &rest)) {
        if (cp_str_is_equal(cp_str_trim(line), reader->until)) {
            reader->at = reader->text.len - rest.len;
            reader->until = (struct cp_str){0};
            return;
        }
    }
    reader->has_endless_body = true;
    reader->until = (struct cp_str){0};
}

static struct cp_str read_word(struct reader *reader)
{
    struct cp_str text = reader->text;
    size_t from = reader->at;
    size_t at = from;
    while (at < text.len && !cp_is_blank(text.at[at]) && !is_operator(text.at[at]) &&
           !is_here(text, at)) {
        char c = text.at[at];
        at = c == '"' || c == '\'' ? skip_quoted(text, at)
             : c == '\\'           ? at + 1 + (at + 1 < text.len && text.at[at + 1] != '\n')
                                   : at + 1;
    }
    reader->at = at;
    return cp_str_slice(text, from, at - from);
}

static enum token read_token(struct cp_str *word, struct reader *reader)
{
    reader->at = skip_blanks(reader->text, reader->at);
    while (is_here(reader->text, reader->at)) {
        read_here(reader);
        reader->at = skip_blanks(reader->text, reader->at);
    }
    if (reader->at >= reader->text.len) {
        return TOKEN_END;
    }
    char c = reader->text.at[reader->at];
    if (is_operator(c)) {
        reader->at++;
        if (c == '\n' && reader->until.len > 0) {
            skip_body(reader);
        }
        return TOKEN_BREAK;
    }
    *word = read_word(reader);
    return TOKEN_WORD;
}

/* ---- which tool ------------------------------------------------------------------------------ */

static const char prefixes[] =
    "$ % ! { sudo doas env time nohup exec command nice ionice timeout xargs watch then do else if "
    "while until";
/* Their options that take a word. */
static const char takes_word[] = "-u -g -U -p -n -s -k -I -L -P";

/* A command of the text, as far as it has been read. */
struct reading {
    struct cp_command_words words;
    bool has_tool, has_prefix, has_words, is_after_option;
};

static bool is_option(struct cp_str word)
{
    return word.len > 1 && word.at[0] == '-';
}

static bool is_assignment(struct cp_str word)
{
    size_t at = 0;
    while (at < word.len &&
           (word.at[at] == '_' || (word.at[at] | 0x20) >= 'a' || cp_is_digit(word.at[at]))) {
        at++;
    }
    return at > 0 && at < word.len && word.at[at] == '=';
}

static struct cp_str base_of(struct cp_str word)
{
    size_t at = word.len;
    while (at > 0 && word.at[at - 1] != '/') {
        at--;
    }
    return cp_str_slice(word, at, word.len);
}

/* Before the tool is known: what may precede it. */
static void seek_tool(struct reading *reading, struct cp_str word)
{
    bool is_value = reading->is_after_option;
    reading->is_after_option = reading->has_prefix && cp_words_has(takes_word, word);
    if (is_assignment(word) || cp_words_has(prefixes, word)) {
        reading->has_prefix |= !is_assignment(word);
    } else if ((unsigned char)word.at[0] >= 0x80) {
        reading->has_prefix = true; /* no tool, but a bullet */
    } else if (!reading->has_prefix || !(is_value || is_option(word) || cp_is_digit(word.at[0]))) {
        reading->words.tool = base_of(word);
        reading->has_tool = true;
        reading->is_after_option = false;
    }
}

static void add_word(struct reading *reading, struct cp_str word)
{
    struct cp_command_words *words = &reading->words;
    bool is_certain = !reading->is_after_option;
    reading->has_words = true;
    if (cp_str_is(word, "--")) { /* what follows is often another program */
        *reading = (struct reading){.has_words = true};
    } else if (!reading->has_tool) {
        seek_tool(reading, word);
    } else if (is_option(word)) {
        reading->is_after_option = cp_str_find(word, CP_STR("=")) == SIZE_MAX;
    } else if (words->count < sizeof(words->items) / sizeof(words->items[0])) {
        words->is_operand[words->count] = is_certain;
        words->items[words->count++] = word;
        reading->is_after_option = false;
    } else {
        words->overlooked++;
    }
}

/* ---- typography ------------------------------------------------------------------------------ */

static const struct {
    uint32_t from, to;
    char instead;
    bool is_long; /* word processors make it of two dashes as well */
} marks[] = {
    {0x00AB, 0x00AB, '"', false},  {0x00B4, 0x00B4, '\'', false}, {0x00BB, 0x00BB, '"', false},
    {0x2010, 0x2012, '-', false},  {0x2013, 0x2015, '-', true},   {0x2018, 0x201B, '\'', false},
    {0x201C, 0x201F, '"', false},  {0x2032, 0x2032, '\'', false}, {0x2033, 0x2033, '"', false},
    {0x2039, 0x203A, '\'', false}, {0x2212, 0x2212, '-', false},  {0xFE58, 0xFE58, '-', true},
    {0xFE63, 0xFE63, '-', false},  {0xFF02, 0xFF02, '"', false},  {0xFF07, 0xFF07, '\'', false},
    {0xFF0D, 0xFF0D, '-', false},
};

/* What ASCII has for the character at `at`, or 0; its length. */
static char plain_of(size_t *len, bool *is_long, struct cp_str text, size_t at)
{
    uint32_t c = 0;
    *len = cp_utf8_decode(&c, cp_str_slice(text, at, 4));
    for (size_t i = 0; *len > 1 && i < sizeof(marks) / sizeof(marks[0]); i++) {
        if (c >= marks[i].from && c <= marks[i].to) {
            *is_long = marks[i].is_long;
            return marks[i].instead;
        }
    }
    *len += *len == 0;
    return '\0';
}

static void add_flaw(struct cp_flaws *out, struct cp_flaw flaw)
{
    if (out->count == CP_FLAWS_MOST) {
        out->is_cut = true;
        return;
    }
    out->items[out->count++] = flaw;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || cp_is_digit(c) || c == '-';
}

/* A row of dashes, with a typographic one among them. */
struct dashes {
    size_t from, to, count;
    bool is_long; /* one of them is */
};

/* What was meant by the dashes before an option: `--force`, but `-f`, `-xzf`, `-chdir`. */
static const char *meant_by(const struct dashes *dashes, struct cp_str word,
                            const struct reading *reading)
{
    bool begins = dashes->from == 0 || strchr("\"' \t\n({[=", word.at[dashes->from - 1]) != NULL;
    size_t end = dashes->to;
    while (end < word.len && is_name(word.at[end])) {
        end++;
    }
    struct cp_str name = cp_str_slice(word, dashes->to, end - dashes->to);
    if (dashes->to == word.len && dashes->from == 0) {
        const char *alone = dashes->is_long || dashes->count > 1 ? "--" : "-";
        return reading->has_words ? alone : ""; /* at the beginning it is a bullet */
    }
    if (!begins || name.len == 1 || (dashes->count == 1 && !dashes->is_long) ||
        (name.len > 0 && cp_is_digit(name.at[0]))) {
        return "-";
    }
    if (dashes->count > 1) {
        return "--";
    }
    return cp_tool_is_single_dash(reading->words.tool) ||
                   (name.len < 4 && !cp_option_is_long(&reading->words, name))
               ? "-"
               : "--";
}

/* Within straight quotes a dash or quotation mark may be part of a text; not where an option
 * begins, or the value of an assignment or of JSON. */
static bool may_be_text(char plain, struct cp_str word, size_t from, size_t to)
{
    char before = peek(word, from - 1);
    char behind = peek(word, to);
    return plain == '-' ? !(cp_is_blank(before) && is_name(behind))
                        : !(before == '{' || before == '[' || before == '=');
}

static struct dashes read_dashes(struct cp_str word, size_t at)
{
    struct dashes dashes = {.from = at, .to = at};
    while (dashes.from > 0 && word.at[dashes.from - 1] == '-') {
        dashes.from--;
        dashes.count++;
    }
    while (dashes.to < word.len) {
        size_t len = 1;
        bool is_long = false;
        if (word.at[dashes.to] != '-' && plain_of(&len, &is_long, word, dashes.to) != '-') {
            break;
        }
        dashes.to += len;
        dashes.count++;
        dashes.is_long |= is_long;
    }
    return dashes;
}

static void check_typography(struct cp_flaws *out, struct cp_str word,
                             const struct reading *reading)
{
    size_t quoted_to = 0;
    for (size_t i = 0; i < word.len;) {
        size_t len = 1;
        bool is_long = false;
        if (word.at[i] == '\\') { /* the next stands for itself */
            i += 2;
            continue;
        }
        char plain = (unsigned char)word.at[i] < 0x80 ? '\0' : plain_of(&len, &is_long, word, i);
        bool is_quoted = i < quoted_to;
        if (plain == '-') {
            struct dashes dashes = read_dashes(word, i);
            len = dashes.to - i;
            if (!is_quoted || !may_be_text(plain, word, dashes.from, dashes.to)) {
                add_flaw(out, (struct cp_flaw){
                                  .kind = CP_FLAW_DASH,
                                  .wrong = cp_str_slice(word, dashes.from, dashes.to - dashes.from),
                                  .instead = meant_by(&dashes, word, reading)});
            }
        } else if (plain && (!is_quoted || !may_be_text(plain, word, i, i + len))) {
            add_flaw(out, (struct cp_flaw){.kind = CP_FLAW_QUOTE,
                                           .wrong = cp_str_slice(word, i, len),
                                           .instead = plain == '"' ? "\"" : "'"});
        } else if (!is_quoted && (word.at[i] == '"' || word.at[i] == '\'')) {
            quoted_to = skip_quoted(word, i) - 1;
        }
        i += len;
    }
}

/* ---- options --------------------------------------------------------------------------------- */

static void check_option(struct cp_flaws *out, struct cp_str word, const struct reading *reading)
{
    size_t end = 1;
    while (end < word.len && is_name(word.at[end])) {
        end++;
    }
    bool is_whole = end == word.len || word.at[end] == '=';
    if (reading->has_tool && is_option(word) && word.at[1] != '-' && end > 2 && is_whole &&
        cp_option_is_long(&reading->words, cp_str_slice(word, 1, end - 1))) {
        add_flaw(out, (struct cp_flaw){.kind = CP_FLAW_OPTION,
                                       .wrong = cp_str_slice(word, 0, end),
                                       .instead = "-",
                                       .tool = reading->words.tool});
    }
}

void cp_command_check(struct cp_flaws *out, struct cp_str command)
{
    struct reader reader = {.text = command};
    struct reading reading = {.has_tool = false};
    struct cp_str word;
    out->count = 0;
    out->is_cut = false;
    for (enum token token; (token = read_token(&word, &reader)) != TOKEN_END;) {
        if (token == TOKEN_BREAK) {
            reading = (struct reading){.has_tool = false};
            continue;
        }
        check_typography(out, word, &reading);
        check_option(out, word, &reading);
        add_word(&reading, word);
    }
}
