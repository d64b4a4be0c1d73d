/*
 * The second half of the proof, for documents in the house format: the plan, written in that format
 * again, must give the document's words back under the same headings and in the same order. Between
 * them others may stand. Knows no plan.
 */
#include "import.h"
#include "proof.h"

const struct cp_rule cp_rule_lost_order = {.code = "import",
                                           .name = "lost-order",
                                           .severity = CP_ERROR,
                                           .summary = "words do not come back"};

/* A heading and what stands under it. */
struct stretch {
    struct cp_str title;
    unsigned level;
    uint32_t line, from, own_end, end; /* bytes: to the next heading; to the next not under it */
    size_t parent;                     /* SIZE_MAX: none */
};

struct side {
    struct cp_str text;
    struct proof_lines lines;
    struct proof_words words;
    CP_LIST(struct stretch) stretches;
};

/* ---- both texts ------------------------------------------------------------------------------ */

static void close_stretches(struct side *side, unsigned level, uint32_t at)
{
    for (size_t i = 0; i < side->stretches.count; i++) {
        struct stretch *open = &side->stretches.items[i];
        open->own_end = open->own_end == UINT32_MAX ? at : open->own_end;
        if (open->end == UINT32_MAX && open->level >= level) {
            open->end = at;
        }
    }
}

static size_t parent_of(const struct side *side, unsigned level)
{
    for (size_t i = side->stretches.count; i-- > 0;) {
        if (side->stretches.items[i].level < level) {
            return i;
        }
    }
    return SIZE_MAX;
}

static void divide(struct side *side)
{
    proof_lines_read(&side->lines, side->text);
    for (size_t i = 0; i < side->lines.count; i++) {
        const struct proof_line *line = &side->lines.items[i];
        if (line->kind == PROOF_HEADING) {
            close_stretches(side, line->level, line->from);
            size_t parent = parent_of(side, line->level);
            *(struct stretch *)cp_list_push(&side->stretches, sizeof(struct stretch)) =
                (struct stretch){.title = line->title,
                                 .level = line->level,
                                 .line = (uint32_t)i,
                                 .from = line->to,
                                 .own_end = UINT32_MAX,
                                 .end = UINT32_MAX,
                                 .parent = parent};
        }
    }
    close_stretches(side, 0, (uint32_t)side->text.len);
}

static void close_side(struct side *side)
{
    cp_list_release(&side->lines);
    cp_list_release(&side->words);
    cp_list_release(&side->stretches);
}

/* ---- the same heading ------------------------------------------------------------------------ */

static struct cp_str parent_title(const struct side *side, const struct stretch *stretch)
{
    return stretch->parent == SIZE_MAX ? (struct cp_str){0}
                                       : side->stretches.items[stretch->parent].title;
}

/* The same heading under the same one, else the same heading anywhere; NULL. */
static const struct stretch *find_same(const struct side *there, const struct side *here,
                                       const struct stretch *wanted)
{
    const struct stretch *found = NULL;
    for (size_t i = 0; i < there->stretches.count; i++) {
        const struct stretch *stretch = &there->stretches.items[i];
        if (!proof_is_same_words(stretch->title, wanted->title)) {
            continue;
        }
        if (proof_is_same_words(parent_title(there, stretch), parent_title(here, wanted))) {
            return stretch;
        }
        found = found ? found : stretch;
    }
    return found;
}

/* The first heading that was rendered, where it ends in the title: the format puts words before
 * it. */
static const struct stretch *find_title(const struct side *there, const struct stretch *wanted)
{
    const struct stretch *first = there->stretches.count > 0 ? there->stretches.items : NULL;
    struct cp_str title = first ? first->title : (struct cp_str){0};
    for (size_t skip = 0; skip + wanted->title.len <= title.len; skip++) {
        if (proof_is_same_words(cp_str_slice(title, skip, SIZE_MAX), wanted->title)) {
            return first;
        }
    }
    return NULL;
}

/* ---- in order -------------------------------------------------------------------------------- */

struct order {
    struct cp_diags *diags;
    struct cp_file *file;
    struct side document, rendered;
};

/* Behind the first place from `at` on where the same words stand one after another; 0: nowhere. */
static size_t find_run(const struct side *side, size_t at, size_t end, struct cp_str run)
{
    for (; at < end; at++) {
        struct proof_word word;
        size_t behind = at;
        bool is_same = true;
        for (size_t i = 0; is_same && proof_word_next(&word, run, &i);) {
            is_same = behind < end && cp_str_is_equal(side->words.items[behind].text, word.text);
            behind += is_same;
        }
        if (is_same && behind > at) {
            return behind;
        }
    }
    return 0;
}

/* The words up to `count` from `first` on as the house format writes the same value; how many they
 * are, 0 where they are no value. */
static size_t as_written(struct cp_buf *out, const struct proof_word *first, size_t count)
{
    for (size_t length = count < 7 ? count : 7; length > 0; length--) {
        cp_buf_clear(out);
        if (proof_value_put(out, first, length)) {
            return length;
        }
    }
    return 0;
}

/* Passes over the word in what was rendered; the number of words passed, 0 where it does not come.
 */
static size_t pass(const struct order *order, size_t word, size_t end, size_t *at, size_t rendered)
{
    const struct proof_word *first = &order->document.words.items[word];
    struct cp_buf value;
    cp_buf_init(&value);
    size_t length = as_written(&value, first, end - word);
    size_t behind = find_run(&order->rendered, *at, rendered, first->text);
    size_t other = length > 0 ? find_run(&order->rendered, *at, rendered, cp_buf_str(&value)) : 0;
    cp_buf_release(&value);
    if (other > 0 && (behind == 0 || other < behind)) {
        *at = other;
        return length;
    }
    *at = behind > 0 ? behind : *at;
    return behind > 0 ? 1 : 0;
}

static void report(struct order *order, const struct stretch *stretch, size_t word)
{
    const struct proof_word *lost = &order->document.words.items[word];
    struct cp_place place = {order->file, {lost->at, (uint32_t)lost->text.len}};
    cp_diags_add(order->diags, &cp_rule_lost_order, place, (struct cp_str){0},
                 "%s does not come back in this order under the heading %s when the plan is "
                 "written in the house format",
                 cp_diags_quote(order->diags, lost->text),
                 cp_diags_quote(order->diags, stretch->title));
}

/* Passes over words that must come one behind the other; the first that does not, or `end`. */
static size_t pass_all(const struct order *order, size_t first, size_t end, size_t *at,
                       size_t rendered)
{
    while (first < end) {
        size_t passed = pass(order, first, end, at, rendered);
        if (passed == 0) {
            return first;
        }
        first += passed;
    }
    return end;
}

/* Whether a line is a row of a table or an item of a list: an entry of its own. */
static bool is_entry(const struct side *side, const struct proof_line *line)
{
    struct cp_str text = cp_str_trim(cp_str_slice(side->text, line->from, line->to - line->from));
    size_t digits = 0;
    while (digits < text.len && cp_is_digit(text.at[digits])) {
        digits++;
    }
    bool is_item = text.len > 1 && strchr("-+*", text.at[0]) && cp_is_blank(text.at[1]);
    bool is_numbered = digits > 0 && digits < text.len && strchr(".)", text.at[digits]);
    return text.len > 0 && (is_item || is_numbered || memchr(text.at, '|', text.len));
}

/* Whether a line that was rendered, from the word `at` on, holds all words of an entry, whatever
 * the order of its columns; `at` moves to it. */
static bool pass_entry(const struct order *order, size_t first, size_t end, size_t *at,
                       size_t rendered)
{
    const struct side *side = &order->rendered;
    for (size_t i = 0; i < side->lines.count; i++) {
        const struct proof_line *line = &side->lines.items[i];
        size_t from = proof_word_from(&side->words, line->from);
        size_t to = proof_word_from(&side->words, line->to);
        size_t word = first;
        bool is_behind = to > *at && to <= rendered;
        while (is_behind && word < end) {
            size_t start = from;
            size_t passed = pass(order, word, end, &start, to);
            is_behind = passed > 0;
            word += passed;
        }
        if (is_behind) {
            *at = from > *at ? from : *at;
            return true;
        }
    }
    return false;
}

/* Line by line; what heads a column may be called as the format calls it. One finding a heading:
 * what comes behind the first word that is missing proves nothing. */
static void check_words(struct order *order, const struct stretch *stretch,
                        const struct stretch *same)
{
    size_t at = proof_word_from(&order->rendered.words, same->from);
    size_t rendered = proof_word_from(&order->rendered.words, same->end);
    for (size_t i = stretch->line + 1; i < order->document.lines.count; i++) {
        const struct proof_line *line = &order->document.lines.items[i];
        size_t first = proof_word_from(&order->document.words, line->from);
        size_t end = proof_word_from(&order->document.words, line->to);
        size_t start = at;
        if (line->from >= stretch->own_end || line->kind == PROOF_HEADING) {
            return;
        }
        size_t lost = pass_all(order, first, end, &at, rendered);
        if (lost == end) {
            continue;
        }
        at = start;
        if (line->kind != PROOF_HEAD_ROW &&
            !(is_entry(&order->document, line) && pass_entry(order, first, end, &at, rendered))) {
            report(order, stretch, lost);
            return;
        }
    }
}

/* Comments are no words of what is read. */
static void drop_comments(struct side *side)
{
    size_t kept = 0;
    size_t end = 0;
    for (size_t i = 0; i < side->words.count; i++) {
        size_t at = side->words.items[i].at;
        size_t open = cp_str_find(cp_str_slice(side->text, end, at - end), CP_STR("<!--"));
        if (at < end) {
            continue;
        }
        if (open != SIZE_MAX) {
            size_t close = cp_str_find(cp_str_slice(side->text, at, SIZE_MAX), CP_STR("-->"));
            end = close == SIZE_MAX ? side->text.len : at + close;
            continue;
        }
        side->words.items[kept++] = side->words.items[i];
    }
    side->words.count = kept;
}

static const struct stretch *find_any(const struct order *order, const struct stretch *stretch)
{
    static const char *const paths[] = {
        "accountability",    "scope",         "dependencies",      "architecture",
        "incident_response", "it_continuity", "disaster_recovery", "backup_restore",
        "supporting",        "releases"};
    const struct stretch *same = stretch == order->document.stretches.items
                                     ? find_title(&order->rendered, stretch)
                                     : find_same(&order->rendered, &order->document, stretch);
    for (size_t i = 0; !same && i < sizeof paths / sizeof *paths; i++) {
        if (headings_mean(stretch->title, paths[i])) {
            const char *words = headings_of_house(paths[i]);
            struct stretch house = {.title = {words, strcspn(words, "|")}, .parent = SIZE_MAX};
            same = find_same(&order->rendered, &order->document, &house);
        }
    }
    return same;
}

static void check_stretch(struct order *order, const struct stretch *stretch)
{
    const struct stretch *same = find_any(order, stretch);
    const struct proof_line *line = &order->document.lines.items[stretch->line];
    struct cp_place place = {order->file, {line->from, line->to - line->from}};
    if (same) {
        check_words(order, stretch, same);
    } else {
        cp_diags_add(order->diags, &cp_rule_lost_heading, place, (struct cp_str){0},
                     "the heading %s does not come back when the plan is written in the house "
                     "format",
                     cp_diags_quote(order->diags, stretch->title));
    }
}

static void read_words(struct side *side)
{
    struct proof_word word;
    for (size_t at = 0; proof_word_next(&word, side->text, &at);) {
        *(struct proof_word *)cp_list_push(&side->words, sizeof word) = word;
    }
}

bool cp_import_is_house(struct cp_str document)
{
    static const char *const paths[] = {
        "accountability",    "scope",         "dependencies",      "architecture",
        "incident_response", "it_continuity", "disaster_recovery", "backup_restore",
        "supporting"};
    size_t known = 0;
    struct proof_lines lines = {0};
    proof_lines_read(&lines, document);
    for (size_t i = 0; i < lines.count; i++) {
        for (size_t j = 0;
             lines.items[i].kind == PROOF_HEADING && j < (sizeof paths / sizeof *paths); j++) {
            const char *words = headings_of_house(paths[j]);
            struct cp_str title = {words, strcspn(words, "|")};
            known += proof_is_same_words(lines.items[i].title, title);
        }
    }
    cp_list_release(&lines);
    return known >= 5;
}

void cp_import_check_order(struct cp_diags *diags, struct cp_file *document, struct cp_str rendered)
{
    struct order order = {.diags = diags,
                          .file = document,
                          .document = {.text = document->bytes},
                          .rendered = {.text = rendered}};
    divide(&order.document);
    divide(&order.rendered);
    proof_text_read(&order.document.words, NULL, document->bytes);
    drop_comments(&order.document);
    read_words(&order.rendered);
    for (size_t i = 0; i < order.document.stretches.count; i++) {
        check_stretch(&order, &order.document.stretches.items[i]);
    }
    close_side(&order.document);
    close_side(&order.rendered);
}
