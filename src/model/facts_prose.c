/*
 * Fingerprints of a plan's own prose, so that what stands in several plans is found. Compares
 * nothing.
 */
#include "facts.h"

/* 64-bit FNV-1a of the text with each run of white space as one blank, none at its ends; the
 * characters so hashed in `*length`. */
static uint64_t hash_folded(uint32_t *length, struct cp_str text)
{
    uint64_t hash = 0xcbf29ce484222325U;
    text = cp_str_trim(text);
    *length = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = cp_is_blank(text.at[i]) ? ' ' : text.at[i];
        if (c == ' ' && cp_is_blank(text.at[i + 1])) {
            continue;
        }
        hash = (hash ^ (unsigned char)c) * 0x100000001b3U;
        *length += (c & 0xC0) != 0x80;
    }
    return hash;
}

static void keep_text_of(struct gather *gather, const struct cp_text *text)
{
    uint32_t length;
    uint64_t fingerprint = hash_folded(&length, text->text);
    if (length < CP_FACT_PROSE_LEAST) {
        return;
    }
    struct cp_fact_prose *prose = keep_fact(gather, CP_POOL_PROSE);
    prose->fingerprint = fingerprint;
    prose->length = length;
    prose->field = keep_path(gather, text->leaf.node);
    prose->span = cp_node_place(text->leaf.node).span;
}

void keep_prose(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_stated_values *stated = &gather->plan->stated;
    for (size_t i = 0; i < stated->count; i++) {
        const struct cp_stated *at = &stated->items[i];
        const struct cp_text *text = (const struct cp_text *)(const void *)at->leaf;
        if (at->field->type == CP_TYPE_PROSE && at->leaf->state == CP_SET &&
            !at->leaf->is_inherited && text->text.len >= CP_FACT_PROSE_LEAST) {
            keep_text_of(gather, text);
        }
    }
    facts->prose.count = (uint32_t)gather->pools[CP_POOL_PROSE].count;
    facts->prose.state = CP_SET;
}
