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

bool cp_waiver_parse(struct cp_waiver *out, struct cp_str comment)
{
    struct cp_str rest = comment;
    *out = (struct cp_waiver){0};
    bool is_ours = skip_words(&rest, "#") && skip_words(&rest, "contplan:");
    if (!is_ours || !cp_str_is(next_word(&rest), "ignore")) {
        return false;
    }
    out->rule = next_words(&rest, true);
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
    return true;
}
