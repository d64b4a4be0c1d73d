/*
 * The proof that a plan holds every word, link target and image of a document: each word is sought
 * under its own heading, and used up when found. What is missing is a finding at its place in the
 * document.
 */
#include "proof.h"

const struct cp_rule cp_rule_lost_word = {
    .code = "import", .name = "lost-word", .severity = CP_ERROR, .summary = "words are missing"};
const struct cp_rule cp_rule_lost_heading = {.code = "import",
                                             .name = "lost-heading",
                                             .severity = CP_ERROR,
                                             .summary = "a heading is missing"};
const struct cp_rule cp_rule_lost_link = {
    .code = "import", .name = "lost-link", .severity = CP_ERROR, .summary = "a target is missing"};
const struct cp_rule cp_rule_lost_image = {
    .code = "import", .name = "lost-image", .severity = CP_ERROR, .summary = "an image is missing"};

/* ---- words under their own heading ----------------------------------------------------------- */

/* A part of the document and one of the stretches of the plan in which its words may stand. */
struct search {
    const struct proof_part *part;
    struct proof_range range;
};

static void take_words(struct proof *proof, const struct search *search, bool are_labels)
{
    size_t end = proof_word_from(&proof->document.words, search->part->to);
    for (size_t i = proof_word_from(&proof->document.words, search->part->from); i < end; i++) {
        const struct proof_word *word = &proof->document.words.items[i];
        if (!proof->is_found[i] && are_labels == (proof_label_of(proof, word).len > 0)) {
            proof->is_found[i] = proof_plan_take(&proof->plan, word->text, search->range);
        }
    }
}

static int by_width(const void *a, const void *b)
{
    const struct search *left = a;
    const struct search *right = b;
    uint32_t widths[] = {left->range.to - left->range.from, right->range.to - right->range.from};
    return widths[0] != widths[1]
               ? (widths[0] > widths[1]) - (widths[0] < widths[1])
               : (left->part->line > right->part->line) - (left->part->line < right->part->line);
}

/* The narrowest stretches come first, so that what stands in a text of its own is used up by the
 * heading that it carries; labels come last, since keys may say them. */
static void take_parts(struct proof *proof)
{
    CP_LIST(struct search) searches = {0};
    for (size_t i = 0; i < proof->document.parts.count; i++) {
        const struct proof_part *part = &proof->document.parts.items[i];
        for (size_t j = 0; j < part->range_count; j++) {
            *(struct search *)cp_list_push(&searches, sizeof(struct search)) =
                (struct search){part, part->ranges[j]};
        }
    }
    if (searches.count > 0) {
        qsort(searches.items, searches.count, sizeof *searches.items, by_width);
    }
    for (size_t i = 0; i < 2 * searches.count; i++) {
        take_words(proof, &searches.items[i % searches.count], i >= searches.count);
    }
    cp_list_release(&searches);
}

/* ---- findings -------------------------------------------------------------------------------- */

/* Where the words are sought, and where else they stand. */
static void help(struct proof *proof, struct cp_diagnostic *finding, const struct proof_part *part,
                 struct cp_str word)
{
    uint32_t at = 0;
    struct proof_range all = {0, (uint32_t)proof->plan.words.count};
    const char *title = part->title.len > 0 ? cp_diags_quote(proof->diags, part->title) : NULL;
    struct cp_buf path;
    cp_buf_init(&path);
    if (proof_plan_has(&proof->plan, word, all, &at)) {
        for (size_t i = 0; i < proof->plan.values.count; i++) {
            const struct proof_value *value = &proof->plan.values.items[i];
            if (at >= value->range.from && at < value->range.to) {
                cp_node_path(&path, value->node);
            }
        }
    }
    const char *under = title ? title : "no heading";
    if (path.len > 0) {
        cp_diagnostic_help(proof->diags, finding,
                           "it stands under %s in the document, and in the plan in '%.*s' instead, "
                           "or not as often",
                           under, CP_ARG(cp_buf_str(&path)));
    } else {
        cp_diagnostic_help(proof->diags, finding,
                           "it stands under %s in the document; write it where the plan has that",
                           under);
    }
    cp_buf_release(&path);
}

/* One finding for words that are missing in a row. */
static void report_words(struct proof *proof, const struct proof_part *part, size_t first,
                         size_t end)
{
    const struct proof_word *words = proof->document.words.items;
    uint32_t from = words[first].at;
    uint32_t to = proof_word_end(&words[end - 1]);
    struct cp_diagnostic *finding =
        cp_diags_add(proof->diags, &cp_rule_lost_word, proof_place(proof, from, to),
                     (struct cp_str){0}, "%s does not stand in the plan%s",
                     cp_diags_quote(proof->diags, proof_slice(proof, from, to)),
                     part->title.len > 0 ? " under its heading" : "");
    help(proof, finding, part, words[first].text);
}

static void report_part(struct proof *proof, const struct proof_part *part)
{
    size_t end = proof_word_from(&proof->document.words, part->to);
    size_t first = SIZE_MAX;
    for (size_t i = proof_word_from(&proof->document.words, part->from); i < end; i++) {
        bool is_lost = !proof->is_found[i] && !proof_is_excused(proof, part, i);
        bool is_new_line =
            first != SIZE_MAX && proof_line_of(proof, proof->document.words.items[i].at) !=
                                     proof_line_of(proof, proof->document.words.items[first].at);
        if (first != SIZE_MAX && (!is_lost || is_new_line)) {
            report_words(proof, part, first, i);
            first = SIZE_MAX;
        }
        first = is_lost && first == SIZE_MAX ? i : first;
    }
    if (first != SIZE_MAX) {
        report_words(proof, part, first, end);
    }
}

/* ---- headings -------------------------------------------------------------------------------- */

/* Words that the title of any plan has. */
static bool is_usual(struct cp_str word)
{
    static const char *const words[] = {"service", "continuity", "plan", "for", "the", "of"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is_equal_folded(word, cp_str_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* In what the plan says of itself at its top, or in a comment before that. */
static bool is_title_kept(const struct proof *proof, const struct proof_part *part)
{
    if (cp_str_has_prefix(part->title, "<%=")) { /* the front matter's, by a template */
        return true;
    }
    static const char *const keys[] = {"name", "summary", "aliases", "more"};
    struct proof_word word;
    for (size_t at = 0; proof_word_next(&word, part->title, &at);) {
        bool is_there = is_usual(word.text);
        for (size_t i = 0; !is_there && i < sizeof keys / sizeof *keys; i++) {
            struct proof_range range = proof_plan_reach(&proof->plan, keys[i]);
            is_there =
                proof_plan_has(&proof->plan, word.text, range, NULL) ||
                proof_plan_has_remark(&proof->plan, word.text, (struct proof_range){0, range.to});
        }
        if (!is_there) {
            return false;
        }
    }
    return true;
}

static void check_heading(struct proof *proof, const struct proof_part *part)
{
    bool is_lost = part->is_title ? !is_title_kept(proof, part) : part->is_lost;
    if (part->title.len > 0 && part->note.len == 0 && is_lost) {
        const struct proof_line *line = &proof->document.lines.items[part->line];
        struct cp_diagnostic *finding = cp_diags_add(
            proof->diags, &cp_rule_lost_heading, proof_place(proof, line->from, line->to),
            (struct cp_str){0}, "the heading %s does not stand in the plan",
            cp_diags_quote(proof->diags, part->title));
        cp_diagnostic_help(proof->diags, finding,
                           "write what stands under it as an entry of 'more', with it as 'title'");
    }
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void check(struct proof *proof)
{
    take_parts(proof);
    for (size_t i = 0; i < proof->document.parts.count; i++) {
        check_heading(proof, &proof->document.parts.items[i]);
        report_part(proof, &proof->document.parts.items[i]);
    }
    proof_check_targets(proof);
}

int cp_import_check(struct cp_diags *diags, struct cp_file *document, struct cp_str plan,
                    const struct cp_config *config, struct cp_error *error)
{
    struct proof proof = {.file = document, .diags = diags};
    bool is_read = proof_plan_open(&proof.plan, plan);
    int result =
        is_read ? 0 : cp_error_set(error, "the plan cannot be read; contplan validate says why");
    if (is_read) {
        result = proof_document_open(&proof.document, document->bytes, &proof.plan, config, error);
    }
    if (is_read && result == 0) {
        size_t count = proof.document.words.count;
        proof.is_found = cp_alloc(2 * count + 1);
        proof.is_exchanged = proof.is_found + count;
        memset(proof.is_found, 0, 2 * count + 1);
        check(&proof);
        free(proof.is_found);
    }
    if (is_read) {
        proof_document_close(&proof.document);
    }
    proof_plan_close(&proof.plan);
    return result;
}
