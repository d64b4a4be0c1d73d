/*
 * Names within a text: the parameters that a command leaves to fill in, and the access roles that
 * prose tells somebody to hold. Both know what only looks like one.
 */
#include "command.h"

enum { CANDIDATES_MOST = 1000, MARKUP_BYTES = 4096, NAME_BYTES = 64 };

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(char c)
{
    return is_letter(c) || cp_is_digit(c) || c == '_';
}

static char peek(struct cp_str text, size_t at)
{
    return at < text.len ? text.at[at] : '\0';
}

/* ---- parameters ------------------------------------------------------------------------------ */

void cp_parameter_scan_init(struct cp_parameter_scan *scan, struct cp_str text)
{
    *scan = (struct cp_parameter_scan){.text = text, .left = CANDIDATES_MOST};
}

/* The name behind the bracket at `at`: letters, digits and the signs that join them; words that
 * single blanks part. Empty where it is none. */
static struct cp_str read_name(struct cp_str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && end - at <= NAME_BYTES &&
           (is_word(text.at[end]) || ((text.at[end] == ' ' || strchr("-.", text.at[end])) &&
                                      end > at + 1 && is_word(text.at[end - 1])))) {
        end++;
    }
    struct cp_str name = cp_str_slice(text, at + 1, end - at - 1);
    bool is_name = name.len > 0 && is_letter(name.at[0]) && peek(text, end) == '>' &&
                   is_word(name.at[name.len - 1]);
    return is_name ? name : (struct cp_str){0};
}

/* `sort <in >out`, `sort <in>out`, `(?<name>…)`, `\<word\>`, `a<b and c>d`, `<<EOF>file`. */
static bool is_redirection(struct cp_str text, struct cp_str name)
{
    size_t from = (size_t)(name.at - text.at) - 1;
    size_t to = from + name.len + 2;
    char before = from > 0 ? text.at[from - 1] : ' ';
    size_t letters = to;
    while (letters < text.len && (is_word(text.at[letters]) || text.at[letters] == '.')) {
        letters++;
    }
    bool has_blank = memchr(name.at, ' ', name.len) != NULL;
    return before == '<' || before == '\\' || before == '?' ||
           (before == 'P' && from > 1 && text.at[from - 2] == '?') || peek(text, to) == '>' ||
           (has_blank && (is_word(before) || is_word(peek(text, to)))) ||
           (cp_is_blank(before) && letters - to > 2 && is_letter(peek(text, to)));
}

/* Elements of HTML that could be nothing else, and keys. */
static bool is_known(struct cp_str name)
{
    static const char *const known[] = {
        "br",   "hr",    "img",    "p",     "li",    "ul",  "ol",     "td",    "tr",   "th",
        "h1",   "h2",    "h3",     "h4",    "h5",    "h6",  "html",   "head",  "body", "div",
        "span", "tbody", "thead",  "svg",   "enter", "tab", "return", "space", "esc",  "escape",
        "cr",   "del",   "delete", "shift", "ctrl",  "alt", "up",     "down",
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (cp_str_is_equal_folded(name, cp_str_of(known[i]))) {
            return true;
        }
    }
    static const char *const chords[] = {"ctrl-", "alt-", "shift-", "cmd-", "c-"};
    for (size_t i = 0; i < sizeof(chords) / sizeof(chords[0]); i++) {
        size_t len = strlen(chords[i]);
        if (name.len == len + 1 &&
            cp_str_is_equal_folded(cp_str_slice(name, 0, len), cp_str_of(chords[i]))) {
            return true;
        }
    }
    return false;
}

/* Whether an end tag of that name follows. */
static bool is_element(struct cp_str text, struct cp_str name)
{
    size_t to = (size_t)(name.at - text.at) + name.len;
    struct cp_str rest = cp_str_slice(text, to, MARKUP_BYTES);
    for (size_t at; (at = cp_str_find(rest, CP_STR("</"))) != SIZE_MAX;) {
        rest = cp_str_slice(rest, at + 2, rest.len);
        if (cp_str_is_equal(cp_str_slice(rest, 0, name.len), name) &&
            !is_word(peek(rest, name.len))) {
            return true;
        }
    }
    return false;
}

bool cp_parameter_next(struct cp_str *out, struct cp_parameter_scan *scan)
{
    while (scan->left > 0 && scan->at < scan->text.len) {
        scan->left--;
        struct cp_str rest = cp_str_slice(scan->text, scan->at, scan->text.len);
        const char *hit = memchr(rest.at, '<', rest.len);
        if (!hit) {
            break;
        }
        size_t at = (size_t)(hit - scan->text.at);
        struct cp_str name = read_name(scan->text, at);
        scan->at = at + 1 + name.len;
        if (name.len > 0 && !is_redirection(scan->text, name) && !is_known(name) &&
            !is_element(scan->text, name)) {
            *out = name;
            return true;
        }
    }
    return false;
}

/* ---- code ------------------------------------------------------------------------------------ */

enum { CODE_BYTES = 4096 };

/* The code from `at` on, without its backticks; empty where there is none. */
static struct cp_str read_code(struct cp_str text, size_t at)
{
    if (peek(text, at) != '`' || peek(text, at + 1) == '`') {
        return (struct cp_str){0};
    }
    struct cp_str rest = cp_str_slice(text, at + 1, CODE_BYTES);
    size_t end = cp_str_find(rest, CP_STR("`"));
    return end == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(rest, 0, end);
}

bool cp_code_next(struct cp_str *out, struct cp_str text, size_t *at)
{
    while (*at < text.len) {
        const char *hit = memchr(text.at + *at, '`', text.len - *at);
        if (!hit) {
            break;
        }
        size_t from = (size_t)(hit - text.at);
        *out = read_code(text, from);
        if (out->len > 0) {
            *at = from + out->len + 2;
            return true;
        }
        for (*at = from; peek(text, *at) == '`'; ++*at) {
        }
    }
    *at = text.len;
    return false;
}

/* ---- access roles ---------------------------------------------------------------------------- */

static size_t skip_blanks(struct cp_str text, size_t at)
{
    while (at < text.len && cp_is_blank(text.at[at])) {
        at++;
    }
    return at;
}

/* Whether a whole word stands at `at`, in letters of any size. */
static bool has_word(struct cp_str text, size_t at, const char *word)
{
    size_t len = strlen(word);
    return cp_str_is_equal_folded(cp_str_slice(text, at, len), cp_str_of(word)) &&
           !is_word(peek(text, at + len));
}

/* Behind what joins two names, where another name follows: `, and`, `or`, `/`. Else `at`. */
static size_t skip_joint(struct cp_str text, size_t at)
{
    size_t to = skip_blanks(text, at);
    if (peek(text, to) == ',' || peek(text, to) == '/') {
        to = skip_blanks(text, to + 1);
    }
    if (has_word(text, to, "and") || has_word(text, to, "or")) {
        to = skip_blanks(text, to + (has_word(text, to, "or") ? 2 : 3));
    }
    return peek(text, to) == '`' ? to : at;
}

/* What code is before the word "role", by itself or with others. */
static bool is_role(struct cp_str text, struct cp_str code)
{
    enum { JOINED_MOST = 8 };
    for (size_t i = 0; i < JOINED_MOST && code.len > 0; i++) {
        size_t behind = (size_t)(code.at - text.at) + code.len + 1;
        size_t word = skip_blanks(text, behind);
        if (word > behind && (has_word(text, word, "role") || has_word(text, word, "roles"))) {
            return true;
        }
        size_t next = skip_joint(text, behind);
        code = next == behind ? (struct cp_str){0} : read_code(text, next);
    }
    return false;
}

bool cp_access_role_next(struct cp_str *out, struct cp_str text, size_t *at)
{
    while (cp_code_next(out, text, at)) {
        if (is_role(text, *out)) {
            return true;
        }
    }
    return false;
}
