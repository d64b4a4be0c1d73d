/*
 * What counts as standing in the plan though the word itself does not stand under its heading: the
 * same value in other words, a label that a key says, a whole line that is a fact in an entry of
 * another section.
 */
#include "proof.h"

/* The stretch of words of a line that holds the word. */
static void line_words(const struct proof *proof, size_t word, size_t *first, size_t *end)
{
    const struct proof_line *line = proof_line_of(proof, proof->document.words.items[word].at);
    *first = proof_word_from(&proof->document.words, line->from);
    *end = proof_word_from(&proof->document.words, line->to);
}

/* The same day, length of time or choice as a value of the plan; the words are then found. */
static bool is_same_value(struct proof *proof, const struct proof_part *part, size_t word)
{
    enum { BEFORE = 3 };
    size_t first;
    size_t end;
    line_words(proof, word, &first, &end);
    for (size_t back = 0; back <= BEFORE && word >= first + back; back++) {
        const struct proof_word *from = &proof->document.words.items[word - back];
        for (size_t i = 0; i < part->range_count; i++) {
            size_t covered = proof_value_covers(&proof->document, &proof->plan, from,
                                                end - (word - back), part->ranges[i]);
            for (size_t j = back; j < covered; j++) {
                proof->is_found[word - back + j] = true;
            }
            if (covered > back) {
                return true;
            }
        }
    }
    return false;
}

static bool are_remarked(const struct proof *proof, const struct proof_part *part,
                         struct cp_str text)
{
    struct proof_word word;
    bool is_all = part->range_count > 0;
    for (size_t at = 0; is_all && proof_word_next(&word, text, &at);) {
        bool is_any = false;
        for (size_t i = 0; !is_any && i < part->range_count; i++) {
            is_any = proof_plan_has_remark(&proof->plan, word.text, part->ranges[i]);
        }
        is_all = is_any;
    }
    return is_all;
}

static bool is_said_by_key(const struct proof *proof, const struct proof_part *part, size_t word)
{
    struct cp_str label = proof_label_of(proof, &proof->document.words.items[word]);
    for (size_t i = 0; label.len > 0 && i < part->range_count; i++) {
        if (proof_label_is_key(&proof->plan, label, part->ranges[i])) {
            return true;
        }
    }
    return label.len > 0 && are_remarked(proof, part, label);
}

/* Whether the node is an entry of a list of titled texts. */
static bool is_titled(const struct cp_node *item)
{
    return item->parent && item->parent->key && cp_str_is(item->parent->key->text, "more");
}

/* Prose that is read in its place, and no part of an entry in a list: a line of the document cannot
 * have gone there as a fact. */
bool proof_is_running_text(const struct proof_value *value)
{
    const struct cp_node *node = value->node;
    bool is_prose = value->field && value->field->type == CP_TYPE_PROSE;
    for (; is_prose && node->parent; node = node->parent) {
        if (!node->key) {
            return is_titled(node);
        }
    }
    return is_prose;
}

/* How often the word stands in a line up to its own place. */
static size_t times_of(const struct proof *proof, size_t first, size_t word)
{
    size_t times = 1;
    for (size_t i = first; i < word; i++) {
        times += cp_str_is_equal(proof->document.words.items[i].text,
                                 proof->document.words.items[word].text);
    }
    return times;
}

static bool holds_line(struct proof *proof, size_t first, size_t end, struct proof_range range)
{
    for (size_t i = first; i < end;) {
        const struct proof_word *word = &proof->document.words.items[i];
        struct cp_str label = proof_label_of(proof, word);
        size_t covered = proof_value_covers(&proof->document, &proof->plan, word, end - i, range);
        if (covered == 0 &&
            !proof_plan_has_as_often(&proof->plan, word->text, times_of(proof, first, i), range) &&
            !(label.len > 0 && proof_label_is_key(&proof->plan, label, range))) {
            return false;
        }
        i += covered > 0 ? covered : 1;
    }
    return true;
}

static bool is_elsewhere(const struct proof_part *part, struct proof_range range)
{
    for (size_t i = 0; i < part->range_count; i++) {
        if (range.from >= part->ranges[i].from && range.to <= part->ranges[i].to) {
            return false;
        }
    }
    return true;
}

static bool find_elsewhere(struct proof *proof, const struct proof_part *part, size_t first,
                           size_t end)
{
    for (size_t i = 0; i < proof->plan.values.count; i++) {
        const struct proof_value *value = &proof->plan.values.items[i];
        if (!proof_is_running_text(value) && is_elsewhere(part, value->range) &&
            holds_line(proof, first, end, value->range)) {
            return true;
        }
    }
    for (size_t i = 0; i < proof->plan.branches.count; i++) {
        const struct proof_branch *branch = &proof->plan.branches.items[i];
        bool is_item = !branch->node->key && branch->node->parent && !is_titled(branch->node);
        if (is_item && is_elsewhere(part, branch->range) &&
            holds_line(proof, first, end, branch->range)) {
            return true;
        }
    }
    return false;
}

/* Whether a whole line stands as one fact in another section: in an entry of a list or in a value,
 * but in no running text. */
static bool is_fact_elsewhere(struct proof *proof, const struct proof_part *part, size_t word)
{
    size_t first;
    size_t end;
    const struct proof_line *line = proof_line_of(proof, proof->document.words.items[word].at);
    if (proof->sought != line) {
        line_words(proof, word, &first, &end);
        proof->sought = line;
        proof->is_sought_found = find_elsewhere(proof, part, first, end);
    }
    return proof->is_sought_found;
}

static bool ends_with(struct cp_str text, struct cp_str end)
{
    return text.len >= end.len &&
           cp_str_is_equal(cp_str_slice(text, text.len - end.len, SIZE_MAX), end);
}

/* A word of something without blanks ("www.pets.example/risks") that the plan has as a target. */
static bool is_target(const struct proof *proof, size_t word)
{
    const struct proof_word *found = &proof->document.words.items[word];
    struct cp_str source = proof->document.source;
    size_t from = found->at;
    size_t to = proof_word_end(found);
    while (from > 0 && !cp_is_blank(source.at[from - 1]) &&
           !strchr("|<>()[]*\"", source.at[from - 1])) {
        from--;
    }
    while (to < source.len && !cp_is_blank(source.at[to]) &&
           !strchr("|<>()[]*\",", source.at[to])) {
        to++;
    }
    to -= to > from && source.at[to - 1] == '.';
    struct cp_str text = cp_str_slice(source, from, to - from);
    for (size_t i = 0; i < proof->plan.links.count; i++) {
        if (text.len > found->text.len && ends_with(proof->plan.links.items[i].target, text)) {
            return true;
        }
    }
    return false;
}

/* The same word of the part that used up this one's place, though a value says it: "Director" of
 * the role `iscp-director`, which then needs no other. */
static bool is_exchanged(struct proof *proof, const struct proof_part *part, size_t word)
{
    size_t end = proof_word_from(&proof->document.words, part->to);
    for (size_t i = proof_word_from(&proof->document.words, part->from); i < end; i++) {
        bool is_same = i != word && proof->is_found[i] && !proof->is_exchanged[i] &&
                       cp_str_is_equal(proof->document.words.items[i].text,
                                       proof->document.words.items[word].text);
        if (is_same && is_same_value(proof, part, i)) {
            proof->is_exchanged[i] = true;
            return true;
        }
    }
    return false;
}

/* A cell that says "Internal", where the list of internal dependencies holds the row. */
static bool is_said_by_list(const struct proof *proof, const struct proof_part *part, size_t word)
{
    const struct proof_word *found = &proof->document.words.items[word];
    const struct proof_line *line = proof_line_of(proof, found->at);
    struct cp_str before = cp_str_trim(proof_slice(proof, line->from, found->at));
    struct cp_str behind = cp_str_trim(proof_slice(proof, proof_word_end(found), line->to));
    bool is_cell = cp_str_has_suffix(before, "|") && (behind.len == 0 || behind.at[0] == '|');
    bool is_place = cp_str_is_equal_folded(found->text, CP_STR("internal")) ||
                    cp_str_is_equal_folded(found->text, CP_STR("external"));
    for (size_t i = 0; is_cell && is_place && i < part->range_count; i++) {
        if (proof_label_is_key(&proof->plan, found->text, part->ranges[i])) {
            return true;
        }
    }
    return false;
}

bool proof_is_excused(struct proof *proof, const struct proof_part *part, size_t word)
{
    const struct proof_word *found = &proof->document.words.items[word];
    if (part->is_front && are_remarked(proof, part, found->text)) {
        return true;
    }
    return is_same_value(proof, part, word) || is_said_by_key(proof, part, word) ||
           is_fact_elsewhere(proof, part, word) || is_target(proof, word) ||
           is_exchanged(proof, part, word) || is_said_by_list(proof, part, word);
}
