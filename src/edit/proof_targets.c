/*
 * Link targets and images of a document, each sought under its own heading of the plan: as the
 * target of a link or image there, or written out.
 */
#include "proof.h"

static struct cp_str without_scheme(struct cp_str target)
{
    size_t skip = cp_str_has_prefix(target, "mailto:") ? 7
                  : cp_str_has_prefix(target, "tel:")  ? 4
                                                       : 0;
    return cp_str_slice(target, skip, SIZE_MAX);
}

static bool is_same_target(struct cp_str ours, struct cp_str theirs)
{
    return cp_str_is_equal(ours, theirs) ||
           cp_str_is_equal(without_scheme(ours), without_scheme(theirs));
}

static bool has_link(const struct proof *proof, const struct proof_target *target,
                     struct proof_range range)
{
    for (size_t i = 0; i < proof->plan.links.count; i++) {
        const struct proof_link *link = &proof->plan.links.items[i];
        if (link->at >= range.from && link->at <= range.to &&
            (link->is_image || !target->is_image) && is_same_target(link->target, target->text)) {
            return true;
        }
    }
    return false;
}

/* Whether the target stands as a text, not as a part of a longer one. */
static bool is_written_in(struct cp_str text, struct cp_str target)
{
    for (size_t at = cp_str_find(text, target); at != SIZE_MAX;) {
        size_t behind = at + target.len;
        char next = behind < text.len ? text.at[behind] : ' ';
        struct proof_word word;
        size_t start = 0;
        bool is_longer =
            next == '/' || next == '#' ||
            (proof_word_next(&word, cp_str_slice(text, behind, 4), &start) && word.at == 0);
        if (!is_longer) {
            return true;
        }
        size_t found = cp_str_find(cp_str_slice(text, behind, SIZE_MAX), target);
        at = found == SIZE_MAX ? SIZE_MAX : behind + found;
    }
    return false;
}

static bool has_text(const struct proof *proof, struct cp_str target, struct proof_range range)
{
    for (size_t i = 0; i < proof->plan.values.count; i++) {
        const struct proof_value *value = &proof->plan.values.items[i];
        if (value->range.from >= range.from && value->range.to <= range.to &&
            is_written_in(value->node->text, target)) {
            return true;
        }
    }
    return false;
}

static bool is_in_item(const struct proof *proof, const struct proof_target *target)
{
    for (size_t i = 0; i < proof->plan.links.count; i++) {
        const struct proof_link *link = &proof->plan.links.items[i];
        if (!is_same_target(link->target, target->text)) {
            continue;
        }
        for (size_t j = 0; j < proof->plan.values.count; j++) {
            const struct proof_value *value = &proof->plan.values.items[j];
            if (link->at >= value->range.from && link->at <= value->range.to &&
                !proof_is_running_text(value)) {
                return true;
            }
        }
    }
    return false;
}

static bool is_remarked(const struct proof *proof, struct cp_str target)
{
    for (size_t i = 0; i < proof->plan.remarks.count; i++) {
        if (is_written_in(proof->plan.remarks.items[i].text, target)) {
            return true;
        }
    }
    return false;
}

static bool is_target_kept(const struct proof *proof, const struct proof_target *target)
{
    const struct proof_part *part = proof_part_of(proof, target->at);
    struct proof_range all = {0, (uint32_t)proof->plan.words.count};
    if (target->label.len > 0 || part->is_front) { /* its uses are elsewhere, or it has none */
        return has_link(proof, target, all) || has_text(proof, target->text, all) ||
               is_remarked(proof, target->text);
    }
    for (size_t i = 0; i < part->range_count; i++) {
        if (has_link(proof, target, part->ranges[i]) ||
            (!target->is_image && has_text(proof, target->text, part->ranges[i]))) {
            return true;
        }
    }
    return is_in_item(proof, target);
}

void proof_check_targets(struct proof *proof)
{
    for (size_t i = 0; i < proof->document.targets.count; i++) {
        const struct proof_target *target = &proof->document.targets.items[i];
        if (!is_target_kept(proof, target)) {
            bool is_image = target->is_image;
            cp_diags_add(
                proof->diags, is_image ? &cp_rule_lost_image : &cp_rule_lost_link,
                proof_place(proof, target->at, target->at + (uint32_t)target->text.len),
                (struct cp_str){0}, "the %s %s does not stand in the plan under its heading",
                is_image ? "image" : "link target", cp_diags_quote(proof->diags, target->text));
        }
    }
}
