/*
 * The grammar of a waiver's comment. Knows neither rules nor what a comment covers.
 */
#include <contplan/diag.h>

/* The next word of `*rest`, moving it behind; empty at the end. */
static struct cp_str next_word(struct cp_str *rest)
{
    *rest = cp_str_trim(*rest);
    size_t len = 0;
    while (len < rest->len && rest->at[len] != ' ' && rest->at[len] != '\t') {
        len++;
    }
    struct cp_str word = cp_str_slice(*rest, 0, len);
    *rest = cp_str_slice(*rest, len, SIZE_MAX);
    return word;
}

/* Whether a word begins a part of its own. */
static bool is_mark(struct cp_str word)
{
    return cp_str_is(word, "until") || cp_str_is(word, "by") || cp_str_is(word, "--");
}

/* The words up to the next mark, one at most where `is_single`. */
static struct cp_str next_words(struct cp_str *rest, bool is_single)
{
    struct cp_str words = {0};
    for (;;) {
        struct cp_str behind = *rest;
        struct cp_str word = next_word(&behind);
        if (word.len == 0 || is_mark(word) || (is_single && words.len > 0)) {
            return words;
        }
        words.at = words.len > 0 ? words.at : word.at;
        words.len = (size_t)(word.at + word.len - words.at);
        *rest = behind;
    }
}

static bool skip_words(struct cp_str *rest, const char *words)
{
    struct cp_str trimmed = cp_str_trim(*rest);
    bool is_there = cp_str_has_prefix(trimmed, words);
    *rest = is_there ? cp_str_slice(trimmed, strlen(words), SIZE_MAX) : *rest;
    return is_there;
}

/* CP301, in capitals or not. */
static bool is_code(struct cp_str word)
{
    bool is_code = word.len >= 5 && cp_str_is_equal_folded(cp_str_slice(word, 0, 2), CP_STR("CP"));
    for (size_t i = 2; is_code && i < 5; i++) {
        is_code = word.at[i] >= '0' && word.at[i] <= '9';
    }
    return is_code;
}

static bool is_order(struct cp_str word)
{
    static const char *const words[] = {"ignore", "disable", "suppress", "waive", "waiver",
                                        "allow",  "skip",    "silence",  "off",   "except"};
    struct cp_str bare = cp_str_has_suffix(word, ":") ? cp_str_slice(word, 0, word.len - 1) : word;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is_equal_folded(bare, cp_str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* Whether the rest of a comment, behind the program's name, orders a rule off, or names one and
 * goes on as a waiver does. */
static bool is_meant(struct cp_str rest)
{
    rest = cp_str_trim(rest);
    rest = cp_str_has_prefix(rest, ":") ? cp_str_slice(rest, 1, SIZE_MAX) : rest;
    struct cp_str first = next_word(&rest);
    bool is_first_code = is_code(first);
    if (!is_first_code && !is_order(first)) {
        return false;
    }
    for (struct cp_str word = next_word(&rest); word.len > 0; word = next_word(&rest)) {
        if (is_first_code ? is_mark(word) : is_code(word)) {
            return true;
        }
    }
    return false;
}

static bool is_misspelt(struct cp_str comment)
{
    struct cp_str name = CP_STR("contplan");
    struct cp_str rest = cp_str_trim(cp_str_slice(comment, 1, SIZE_MAX));
    return cp_str_has_prefix(comment, "#") &&
           cp_str_is_equal_folded(cp_str_slice(rest, 0, name.len), name) &&
           is_meant(cp_str_slice(rest, name.len, SIZE_MAX));
}

static void parse_parts(struct cp_waiver *out, struct cp_str rest)
{
    out->rule = next_words(&rest, false);
    for (struct cp_str word = next_word(&rest); word.len > 0; word = next_word(&rest)) {
        if (cp_str_is(word, "until")) {
            out->until = next_words(&rest, true);
        } else if (cp_str_is(word, "by")) {
            out->by = next_words(&rest, false);
        } else if (cp_str_is(word, "--")) {
            out->reason = cp_str_trim(rest);
            break;
        }
    }
    out->has_last_day = cp_date_parse(&out->last_day, out->until);
}

bool cp_waiver_parse(struct cp_waiver *out, struct cp_str comment)
{
    struct cp_str rest = comment;
    *out = (struct cp_waiver){0};
    if (skip_words(&rest, "#") && skip_words(&rest, "contplan:") &&
        cp_str_is(next_word(&rest), "ignore")) {
        parse_parts(out, rest);
        return true;
    }
    out->is_misspelt = is_misspelt(comment);
    return out->is_misspelt;
}
