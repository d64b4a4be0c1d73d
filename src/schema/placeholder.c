/*
 * Words that stand for a missing fact: placeholders, placeholder markup, and quantities that say
 * nothing. Each search is one pass that looks closer only at bytes that are rare in prose and stand
 * in what it looks for (the `b` of "to be"), and allocates nothing. Knows neither fields nor
 * Markdown: whoever asks says which text is neither code nor URL.
 */
#include <contplan/schema.h>

#include <string.h>

/* How far a search looks around itself, so that no text makes it slow. */
enum { CLOSE_BY = 120 };

/* ---- bytes --------------------------------------------------------------------------------- */

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_word_byte(char c)
{
    return (fold(c) >= 'a' && fold(c) <= 'z') || cp_is_digit(c) || c == '_';
}

/* The byte at `at`, or a zero byte behind the end. */
static char byte_at(struct cp_str text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

static bool starts_word(struct cp_str text, size_t at)
{
    return at == 0 || !is_word_byte(text.at[at - 1]);
}

/* Where the word that begins at `at` ends. */
static size_t word_end(struct cp_str text, size_t at)
{
    while (at < text.len && is_word_byte(text.at[at])) {
        at++;
    }
    return at;
}

static size_t skip_blanks(struct cp_str text, size_t at)
{
    while (at < text.len && cp_is_blank(text.at[at])) {
        at++;
    }
    return at;
}

/* Whether the terminated, lower-case `word` stands at `at` in any case; says nothing of its end. */
static bool has_folded(struct cp_str text, size_t at, const char *word)
{
    for (; *word; word++, at++) {
        if (at >= text.len || fold(text.at[at]) != *word) {
            return false;
        }
    }
    return true;
}

/* Matches words with any blanks between them, the last one whole; returns where they end, or 0. */
static size_t match_phrase(struct cp_str text, size_t at, const char *phrase)
{
    for (; *phrase; phrase++) {
        if (*phrase == ' ') {
            size_t next = skip_blanks(text, at);
            if (next == at) {
                return 0;
            }
            at = next;
        } else if (fold(byte_at(text, at)) == *phrase) {
            at++;
        } else {
            return 0;
        }
    }
    return at < text.len && is_word_byte(text.at[at]) ? 0 : at;
}

/* The first of the phrases that stands at `at`; returns where it ends, or 0. */
static size_t match_any(struct cp_str text, size_t at, const char *const *phrases)
{
    for (; *phrases; phrases++) {
        size_t end = match_phrase(text, at, *phrases);
        if (end > 0) {
            return end;
        }
    }
    return 0;
}

/* The next byte from `at` on that the table marks; the length of the text where there is none. Four
 * at a time, since this loop sees every byte of every text. */
static size_t next_anchor(struct cp_str text, size_t at, const bool anchors[256])
{
    const unsigned char *bytes = (const unsigned char *)text.at;
    while (at + 4 <= text.len && !(anchors[bytes[at]] | anchors[bytes[at + 1]] |
                                   anchors[bytes[at + 2]] | anchors[bytes[at + 3]])) {
        at += 4;
    }
    while (at < text.len && !anchors[bytes[at]]) {
        at++;
    }
    return at;
}

/* Where the word `word`, of small letters, begins whose last byte stands before the blanks that end
 * at `at`; SIZE_MAX where no blank or another word stands there. */
static size_t word_back(struct cp_str text, size_t at, const char *word)
{
    size_t end = at;
    while (end > 0 && cp_is_blank(text.at[end - 1])) {
        end--;
    }
    size_t len = strlen(word);
    bool is_there =
        end < at && end >= len && has_folded(text, end - len, word) && starts_word(text, end - len);
    return is_there ? end - len : SIZE_MAX;
}

/* ---- placeholder words --------------------------------------------------------------------- */

/* TBC and its like as whole upper-case words; not in TODO.md, TODO_LIST or TODO-list. */
static size_t match_word(struct cp_str text, size_t at)
{
    static const char *const words[] = {"TBC", "TBD", "TODO", "FIXME", NULL};
    if (!starts_word(text, at)) {
        return 0;
    }
    size_t end = word_end(text, at);
    char joint = byte_at(text, end);
    bool is_part = (joint == '.' || joint == '-') && is_word_byte(byte_at(text, end + 1));
    for (size_t i = 0; words[i] && !is_part; i++) {
        if (cp_str_is((struct cp_str){text.at + at, end - at}, words[i])) {
            return end;
        }
    }
    return 0;
}

/* Whether the text or one of its sentences ends at `at`: quotes and emphasis do not count. */
static bool is_sentence_end(struct cp_str text, size_t at)
{
    while (at < text.len && strchr("*_\"'~", text.at[at])) {
        at++;
    }
    size_t next = skip_blanks(text, at);
    if (next >= text.len || strchr(".;!?)]|<", text.at[next])) {
        return true;
    }
    size_t lines = 0;
    for (size_t i = at; i < next; i++) {
        lines += text.at[i] == '\n';
    }
    bool is_item = lines > 0 && strchr("-*+#", text.at[next]);
    return lines > 1 || is_item;
}

/* The whole word before `at`, blanks left out; empty where none stands there. */
static struct cp_str word_before(struct cp_str text, size_t at)
{
    size_t end = at;
    while (end > 0 && cp_is_blank(text.at[end - 1])) {
        end--;
    }
    size_t start = end;
    while (start > 0 && end - start < CLOSE_BY && is_word_byte(text.at[start - 1])) {
        start--;
    }
    return (struct cp_str){text.at + start, end - start};
}

/* "needs to be confirmed", "wait for it to be completed": work to do, not a fact that is missing.
 */
static bool is_instruction(struct cp_str text, size_t at)
{
    static const char *const duties[] = {"needs", "need", "needed", "has",
                                         "have",  "had",  "ought",  NULL};
    static const char *const waits[] = {"wait", "waits", "waiting", "until", "allow", "ask", NULL};
    struct cp_str before = word_before(text, at);
    if (before.len > 0 && match_any(before, 0, duties) == before.len) {
        return true;
    }
    for (size_t i = at; i > 0 && at - i < CLOSE_BY && !strchr(".:;!?|", text.at[i - 1]); i--) {
        if (starts_word(text, i - 1) && match_any(text, i - 1, waits) > 0) {
            return true;
        }
    }
    return false;
}

/* "to be confirmed" around the `b` at `at`, at the end of a sentence. */
static struct cp_str match_to_be(struct cp_str text, size_t at)
{
    static const char *const missing[] = {
        "confirmed", "added",    "decided",  "agreed",    "determined", "announced", "advised",
        "defined",   "provided", "supplied", "completed", "documented", "written",   NULL};
    size_t end = fold(byte_at(text, at + 1)) == 'e' ? match_phrase(text, at, "be") : 0;
    size_t start = end > 0 ? word_back(text, at, "to") : SIZE_MAX;
    end = start != SIZE_MAX ? match_any(text, skip_blanks(text, end), missing) : 0;
    if (end == 0 || !is_sentence_end(text, end) || is_instruction(text, start)) {
        return (struct cp_str){0};
    }
    return (struct cp_str){text.at + start, end - start};
}

struct cp_str cp_placeholder_find(struct cp_str text)
{
    static const bool anchors[256] = {['T'] = true, ['F'] = true, ['b'] = true, ['B'] = true};
    for (size_t i = 0; (i = next_anchor(text, i, anchors)) < text.len; i++) {
        size_t end = fold(text.at[i]) == 'b' ? 0 : match_word(text, i);
        if (end > 0) {
            return (struct cp_str){text.at + i, end - i};
        }
        struct cp_str phrase = fold(text.at[i]) == 'b' ? match_to_be(text, i) : (struct cp_str){0};
        if (phrase.len > 0) {
            return phrase;
        }
    }
    return (struct cp_str){0};
}

/* ---- placeholder markup -------------------------------------------------------------------- */

/* Offset behind the byte that closes what opens at `at`, close by on the same line and without
 * another opening between; 0 where none is. */
static size_t find_closing(struct cp_str text, size_t at, char closing)
{
    size_t i = at + 1;
    while (i < text.len && i < at + CLOSE_BY && text.at[i] != '\n' && text.at[i] != text.at[at] &&
           text.at[i] != closing) {
        i++;
    }
    return byte_at(text, i) == closing ? i + 1 : 0;
}

/* <img src="">, whatever else stands in the tag. */
static bool has_empty_source(struct cp_str tag)
{
    for (size_t i = 4; i + 4 <= tag.len; i++) {
        if (!cp_is_blank(tag.at[i - 1]) || !has_folded(tag, i, "src=")) {
            continue;
        }
        char quote = byte_at(tag, i + 4);
        size_t at = quote == '"' || quote == '\'' ? skip_blanks(tag, i + 5) : i + 4;
        char next = byte_at(tag, at);
        return at > i + 4 ? next == quote : cp_is_blank(next) || next == '>' || next == '/';
    }
    return false;
}

/* A tag's inside that is no HTML but a name to fill in: DIAGRAM, TEAM NAME. */
static bool is_shouted(struct cp_str inside)
{
    static const char *const html[] = {
        "abbr",    "blockquote", "center", "code",  "del",   "details", "div",    "font",
        "img",     "ins",        "kbd",    "pre",   "small", "span",    "strong", "sub",
        "summary", "sup",        "table",  "tbody", "tfoot", "thead",   NULL};
    size_t letters = 0;
    for (size_t i = 0; i < inside.len; i++) {
        char c = inside.at[i];
        letters += c >= 'A' && c <= 'Z';
        if (!(c >= 'A' && c <= 'Z') && (i == 0 || !(cp_is_digit(c) || strchr(" _-/.", c)))) {
            return false;
        }
    }
    return letters >= 3 && match_any(inside, 0, html) == 0;
}

static size_t match_tag(struct cp_str text, size_t at)
{
    size_t end = find_closing(text, at, '>');
    if (end == 0) {
        return 0;
    }
    struct cp_str tag = {text.at + at, end - at};
    struct cp_str inside = {text.at + at + 1, end - at - 2};
    bool is_found = match_phrase(inside, 0, "img") > 0
                        ? has_empty_source(tag)
                        : is_shouted(inside) || match_phrase(inside, 0, "insert") > 0;
    return is_found ? end : 0;
}

/* [insert name here], but no link whose words begin so. */
static size_t match_insert(struct cp_str text, size_t at)
{
    if (match_phrase(text, at + 1, "insert") == 0) {
        return 0;
    }
    size_t end = find_closing(text, at, ']');
    char next = byte_at(text, end);
    return next == '(' || next == '[' || next == ':' ? 0 : end;
}

/* The end of a link's target that starts behind `](` at `at` and is empty or a placeholder. */
static size_t match_target(struct cp_str text, size_t at)
{
    size_t start = skip_blanks(text, at);
    size_t end = byte_at(text, start) == '<' ? find_closing(text, start, '>') : 0;
    bool is_empty = end == start + 2;
    if (end == 0) {
        end = match_word(text, start);
        is_empty = end == 0;
        end = is_empty ? start : end;
    } else if (!is_empty) {
        return 0;
    }
    end = skip_blanks(text, end);
    return byte_at(text, end) == ')' ? end + 1 : 0;
}

/* A link or image from its opening bracket on, given where its text closes. */
static struct cp_str match_empty_link(struct cp_str text, size_t closing)
{
    size_t end = byte_at(text, closing + 1) == '(' ? match_target(text, closing + 2) : 0;
    size_t depth = 0;
    for (size_t i = closing; end > 0 && i-- > 0 && closing - i < CLOSE_BY;) {
        depth += text.at[i] == ']';
        if (text.at[i] == '[' && depth-- == 0) {
            return (struct cp_str){text.at + i, end - i};
        }
    }
    return (struct cp_str){0};
}

/* "lorem ipsum" around the `p` at `at`. */
static struct cp_str match_lorem(struct cp_str text, size_t at)
{
    size_t end = at > 0 ? match_phrase(text, at - 1, "ipsum") : 0;
    size_t start = end > 0 ? word_back(text, at - 1, "lorem") : SIZE_MAX;
    return start != SIZE_MAX ? (struct cp_str){text.at + start, end - start} : (struct cp_str){0};
}

static struct cp_str match_markup(struct cp_str text, size_t at)
{
    size_t end = 0;
    switch (text.at[at]) {
    case '<':
        end = match_tag(text, at);
        break;
    case '[':
        end = match_insert(text, at);
        break;
    case ']':
        return match_empty_link(text, at);
    default:
        return match_lorem(text, at);
    }
    return end > 0 ? (struct cp_str){text.at + at, end - at} : (struct cp_str){0};
}

struct cp_str cp_placeholder_markup_find(struct cp_str text)
{
    static const bool anchors[256] = {
        ['<'] = true, ['['] = true, [']'] = true, ['p'] = true, ['P'] = true};
    for (size_t i = 0; (i = next_anchor(text, i, anchors)) < text.len; i++) {
        struct cp_str found = match_markup(text, i);
        if (found.len > 0) {
            return found;
        }
    }
    return (struct cp_str){0};
}

/* ---- vague quantities ---------------------------------------------------------------------- */

/* A unit of time at `at`, with "working" and its like before it; where it ends, or 0. */
static size_t match_unit(struct cp_str text, size_t at)
{
    static const char *const kinds[] = {"working", "business", "calendar", "office", NULL};
    static const char *const units[] = {"minutes", "minute", "mins",  "hours", "hour",
                                        "hrs",     "days",   "day",   "weeks", "week",
                                        "months",  "month",  "years", "year",  NULL};
    size_t kind = match_any(text, at, kinds);
    return match_any(text, kind > 0 ? skip_blanks(text, kind) : at, units);
}

/* "a number of days" around the byte at `at`, by which its word is known. */
static struct cp_str match_some(struct cp_str text, size_t at)
{
    static const struct {
        const char *word, *before, *behind;
        size_t anchor; /* the byte of the word at which the search stops */
    } amounts[] = {
        {"several", NULL, NULL, 2},
        {"few", "a", NULL, 2},
        {"number", "a", "of", 3},
        {"couple", "a", "of", 3},
    };
    for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
        size_t from = at - amounts[i].anchor;
        bool is_near =
            amounts[i].anchor <= at && fold(text.at[at]) == amounts[i].word[amounts[i].anchor];
        size_t end = is_near ? match_phrase(text, from, amounts[i].word) : 0;
        if (end == 0 || !starts_word(text, from)) {
            continue;
        }
        from = amounts[i].before ? word_back(text, from, amounts[i].before) : from;
        end =
            amounts[i].behind ? match_phrase(text, skip_blanks(text, end), amounts[i].behind) : end;
        end = from != SIZE_MAX && end > 0 ? match_unit(text, skip_blanks(text, end)) : 0;
        return end > 0 ? (struct cp_str){text.at + from, end - from} : (struct cp_str){0};
    }
    return (struct cp_str){0};
}

static size_t match_number(struct cp_str text, size_t at)
{
    size_t end = at;
    while (end < text.len && cp_is_digit(text.at[end])) {
        end++;
    }
    if (end > at && byte_at(text, end) == '.' && cp_is_digit(byte_at(text, end + 1))) {
        end++;
        while (cp_is_digit(byte_at(text, end))) {
            end++;
        }
    }
    return end > at ? end : 0;
}

/* A dash or "to" between the ends of a range, blanks included; where the second end begins. */
static size_t match_dash(struct cp_str text, size_t at)
{
    static const char *const dashes[] = {"-", "\xE2\x80\x93", "\xE2\x80\x94"};
    size_t start = skip_blanks(text, at);
    size_t word = start > at ? match_phrase(text, start, "to") : 0;
    if (word == 0) {
        struct cp_str rest = {text.at + start, text.len - start};
        for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]) && word == 0; i++) {
            word = cp_str_has_prefix(rest, dashes[i]) ? start + strlen(dashes[i]) : 0;
        }
    }
    return word > 0 ? skip_blanks(text, word) : 0;
}

/* "2-4 hours", "6 months - 1 year"; not the end of a time, a date or a version. */
static size_t match_range(struct cp_str text, size_t at)
{
    char before = at > 0 ? text.at[at - 1] : ' ';
    size_t end = strchr(".:-/,+#", before) || is_word_byte(before) ? 0 : match_number(text, at);
    size_t unit = end > 0 ? match_unit(text, skip_blanks(text, end)) : 0;
    size_t second = end > 0 ? match_dash(text, unit > 0 ? unit : end) : 0;
    size_t number = second > 0 ? match_number(text, second) : 0;
    return number > 0 ? match_unit(text, skip_blanks(text, number)) : 0;
}

struct cp_str cp_vague_find(struct cp_str text)
{
    static const bool anchors[256] = {
        ['v'] = true, ['V'] = true, ['w'] = true, ['W'] = true, ['b'] = true, ['B'] = true,
        ['p'] = true, ['P'] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,
        ['4'] = true, ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true};
    for (size_t i = 0; (i = next_anchor(text, i, anchors)) < text.len; i++) {
        struct cp_str found = {0};
        if (cp_is_digit(text.at[i])) {
            size_t end = match_range(text, i);
            found = end > 0 ? (struct cp_str){text.at + i, end - i} : found;
            i = match_number(text, i) - 1;
        } else {
            found = match_some(text, i);
        }
        if (found.len > 0) {
            return found;
        }
    }
    return (struct cp_str){0};
}
