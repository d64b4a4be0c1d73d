/*
 * The formats of comparisons, one row each, and what their writers share: totals, and how much of a
 * long text is shown. Knows no format from inside.
 */
#include "comparison.h"

static const struct cp_comparison_format formats[] = {
    {"text", "the changes of each plan, a line each, for people", comparison_write_text},
    {"markdown", "the same for a comment on a pull request", comparison_write_markdown},
    {"json", "one document for programs", comparison_write_json},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };
enum { EXCERPT = 200, WORDS_AROUND = 6, PLANS_NAMED = 5 };

size_t cp_comparison_formats(const struct cp_comparison_format **out)
{
    *out = formats;
    return FORMATS;
}

const struct cp_comparison_format *cp_comparison_format_find(struct cp_str name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

/* ---- totals ---------------------------------------------------------------------------------- */

static void put_count(struct cp_buf *out, size_t count, const char *noun)
{
    cp_buf_printf(out, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

void comparison_put_totals(struct cp_buf *out, const struct cp_comparison *comparison)
{
    size_t total = 0;
    const char *separator = ": ";
    for (size_t i = 0; i < CP_CHANGE_KINDS; i++) {
        total += comparison->counts[i];
    }
    put_count(out, total, "change");
    cp_buf_puts(out, " in ");
    put_count(out, comparison->files.count, "file");
    for (size_t i = 0; i < CP_CHANGE_KINDS; i++) {
        if (comparison->counts[i] > 0) {
            cp_buf_printf(out, "%s%zu %s", separator, comparison->counts[i],
                          cp_change_name((enum cp_change_kind)i));
            separator = ", ";
        }
    }
    if (comparison->withheld > 0) {
        cp_buf_puts(out, "; ");
        put_count(out, comparison->withheld, "value");
        cp_buf_puts(out, " withheld");
    }
}

void comparison_put_reach(struct cp_buf *out, const struct cp_change *change)
{
    size_t count = change->plans.count;
    if (count == 0) {
        return;
    }
    cp_buf_puts(out, " (in ");
    put_count(out, count, "plan");
    for (size_t i = 0; i < count && count <= PLANS_NAMED; i++) {
        cp_buf_puts(out, i == 0 ? ": " : ", ");
        cp_buf_put(out, change->plans.items[i]);
    }
    cp_buf_putc(out, ')');
}

const char *comparison_withheld(const struct cp_comparison *comparison)
{
    return comparison->audience == CP_PUBLIC ? "not public" : "restricted";
}

bool comparison_is_rewritten(const struct cp_change *change)
{
    return change->is_prose && change->was.len > 0 && change->is.len > 0 && change->word_count == 0;
}

bool comparison_is_bare(const struct cp_change *change)
{
    return change->was.len == 0 && change->is.len == 0;
}

/* ---- long texts ------------------------------------------------------------------------------ */

void comparison_put_excerpt(struct cp_buf *out, struct cp_str text)
{
    size_t at = 0;
    bool has_blank = false;
    text = cp_str_trim(text);
    for (size_t shown = 0; at < text.len && shown < EXCERPT; shown++) {
        uint32_t code_point;
        size_t len = cp_utf8_decode(&code_point, cp_str_slice(text, at, text.len));
        len = len > 0 ? len : 1;
        if (!cp_is_blank(text.at[at])) {
            cp_buf_puts(out, has_blank ? " " : "");
            cp_buf_put(out, cp_str_slice(text, at, len));
        }
        has_blank = cp_is_blank(text.at[at]);
        at += len;
    }
    cp_buf_puts(out, at < text.len ? CP_ELLIPSIS : "");
}

/* Where the first words end, or the last ones begin. */
static size_t cut_words(struct cp_str text, bool is_first)
{
    size_t words = 0;
    for (size_t i = 0; i < text.len; i++) {
        size_t at = is_first ? i : text.len - 1 - i;
        words += text.at[at] == ' ';
        if (words == WORDS_AROUND) {
            return is_first ? at : at + 1;
        }
    }
    return is_first ? text.len : 0;
}

void comparison_put_kept(struct cp_buf *out, const struct cp_change *change, size_t index)
{
    struct cp_str text = change->words[index].text;
    size_t head = index > 0 ? cut_words(text, true) : 0;
    size_t tail = index + 1 < change->word_count ? cut_words(text, false) : text.len;
    if (head >= tail) {
        cp_buf_put(out, text);
        return;
    }
    cp_buf_put(out, cp_str_slice(text, 0, head));
    cp_buf_puts(out, head > 0 ? " " : "");
    cp_buf_puts(out, CP_ELLIPSIS);
    cp_buf_puts(out, tail < text.len ? " " : "");
    cp_buf_put(out, cp_str_slice(text, tail, text.len));
}
