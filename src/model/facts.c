/*
 * Facts: what is kept of a plan once its worker is done, as one block without pointers, so that
 * rules over all plans need no plan in memory. Grows with the rules that read it.
 */
#include <contplan/model.h>

#include "facts.h"
#include "resolve.h"

#include <stdlib.h>
#include <string.h>

struct cp_fact_text keep_text(struct gather *gather, struct cp_str text)
{
    struct cp_fact_text fact = {(uint32_t)gather->text.len, (uint32_t)text.len};
    cp_buf_put(&gather->text, text);
    return fact;
}

struct cp_fact_text keep_path(struct gather *gather, const struct cp_node *node)
{
    size_t from = gather->text.len;
    cp_node_path(&gather->text, node);
    return (struct cp_fact_text){(uint32_t)from, (uint32_t)(gather->text.len - from)};
}

/* Kept are names that may be another plan's, and people whose last day is known: whether these
 * stand is decided when all plans, and the day, are known. */
static void keep_reference(struct gather *gather, const struct cp_field *field,
                           const struct cp_text *value)
{
    const struct cp_person *person = (field->refers & CP_REFERS_PERSON)
                                         ? cp_portfolio_find_person(gather->portfolio, value->text)
                                         : NULL;
    bool is_leaving = person && person->until.leaf.state == CP_SET;
    bool is_plan =
        (field->refers & CP_REFERS_PLAN) &&
        !cp_reference_is_resolved(gather->plan, gather->portfolio, field->refers, value->text);
    if (!is_plan && !is_leaving) {
        return;
    }
    struct cp_fact_reference *reference = cp_list_push(&gather->references, sizeof *reference);
    reference->id = keep_text(gather, value->text);
    reference->field = keep_path(gather, value->leaf.node);
    reference->meant =
        keep_text(gather, is_plan ? nearest_declared(gather->plan, field->refers, value->text)
                                  : (struct cp_str){0});
    reference->span = cp_node_place(value->leaf.node).span;
    reference->refers = (uint16_t)(is_plan ? field->refers : CP_REFERS_PERSON);
    reference->is_inherited = value->leaf.is_inherited;
    reference->is_dated = (field->flags & CP_FIELD_DATED) != 0;
}

/* Whether somebody is to find it out. An owner who is nobody was reported; in `defaults`, which all
 * plans share, the node does not say so. */
static bool has_owner(const struct gather *gather, const struct cp_text *owner)
{
    static const struct cp_field holder = {.key = "owner", .refers = CP_REFERS_HOLDER};
    return owner->leaf.state == CP_SET &&
           (gather->portfolio->is_doubtful ||
            cp_reference_is_text(gather->portfolio, &holder, owner->text) ||
            cp_reference_is_resolved(gather->plan, gather->portfolio, holder.refers, owner->text));
}

static void keep_unknown(struct gather *gather, const struct cp_leaf *leaf)
{
    struct cp_unknown details;
    cp_unknown_decode(&details, leaf, gather->arena);
    if (!has_owner(gather, &details.owner)) {
        return;
    }
    struct cp_fact_unknown *unknown = cp_list_push(&gather->unknowns, sizeof *unknown);
    unknown->field = keep_path(gather, leaf->node);
    unknown->reason = keep_text(gather, details.reason.text);
    unknown->owner = keep_text(gather, details.owner.text);
    unknown->span = cp_node_place(leaf->node).span;
    unknown->due = details.due.date;
    unknown->is_inherited = leaf->is_inherited;
}

static void gather_stated(struct gather *gather, const struct cp_stated_values *stated)
{
    for (size_t i = 0; i < stated->count; i++) {
        const struct cp_stated *at = &stated->items[i];
        if (at->leaf->state == CP_UNKNOWN) {
            keep_unknown(gather, at->leaf);
        } else if (at->leaf->state == CP_SET && at->field->type == CP_TYPE_REFERENCE &&
                   (!at->field->is_list || at->is_item)) {
            keep_reference(gather, at->field, (const struct cp_text *)(const void *)at->leaf);
        }
    }
}

static void move_text(struct cp_fact_text *text, uint32_t by)
{
    text->at += by;
}

/* Header, dates, references, unknowns, text: one block; what asks for the widest alignment first.
 */
static struct cp_facts *lay_out(struct gather *gather, const struct cp_facts *header)
{
    size_t references = gather->references.count * sizeof *gather->references.items;
    size_t unknowns = gather->unknowns.count * sizeof *gather->unknowns.items;
    size_t dates = gather->dates.count * sizeof *gather->dates.items;
    size_t text = sizeof *header + references + unknowns + dates;
    struct cp_facts *facts = cp_alloc(text + gather->text.len);
    *facts = *header;
    facts->size = (uint32_t)(text + gather->text.len);
    facts->references = (uint32_t)(sizeof *header + dates);
    facts->reference_count = (uint32_t)gather->references.count;
    facts->unknowns = (uint32_t)(sizeof *header + dates + references);
    facts->unknown_count = (uint32_t)gather->unknowns.count;
    facts->dates = sizeof *header;
    facts->date_count = (uint32_t)gather->dates.count;
    move_text(&facts->id, (uint32_t)text);
    for (size_t i = 0; i < gather->references.count; i++) {
        move_text(&gather->references.items[i].id, (uint32_t)text);
        move_text(&gather->references.items[i].field, (uint32_t)text);
        move_text(&gather->references.items[i].meant, (uint32_t)text);
    }
    for (size_t i = 0; i < gather->unknowns.count; i++) {
        move_text(&gather->unknowns.items[i].field, (uint32_t)text);
        move_text(&gather->unknowns.items[i].reason, (uint32_t)text);
        move_text(&gather->unknowns.items[i].owner, (uint32_t)text);
    }
    for (size_t i = 0; i < gather->dates.count; i++) {
        move_text(&gather->dates.items[i].field, (uint32_t)text);
        move_text(&gather->dates.items[i].about, (uint32_t)text);
    }
    if (references > 0) {
        memcpy((char *)facts + facts->references, gather->references.items, references);
    }
    if (unknowns > 0) {
        memcpy((char *)facts + facts->unknowns, gather->unknowns.items, unknowns);
    }
    if (dates > 0) {
        memcpy((char *)facts + facts->dates, gather->dates.items, dates);
    }
    memcpy((char *)facts + text, gather->text.at, gather->text.len);
    return facts;
}

struct cp_facts *cp_facts_new(const struct cp_plan *plan, struct cp_str stem,
                              const struct cp_portfolio *portfolio, struct cp_arena *arena)
{
    struct gather gather = {.plan = plan, .portfolio = portfolio, .arena = arena};
    struct cp_facts header = {.phase = CP_LIVE};
    cp_buf_init(&gather.text);
    bool has_id = plan && plan->id.leaf.state == CP_SET;
    header.id = keep_text(&gather, has_id ? plan->id.text : stem);
    if (plan) {
        header.phase = (uint8_t)cp_plan_phase(plan);
        header.tier = (uint8_t)cp_plan_tier(plan);
        header.is_parsed = plan->leaf.state == CP_SET;
        if (has_id) {
            header.id_span = cp_node_place(plan->id.leaf.node).span;
        }
        gather_stated(&gather, &plan->stated);
        keep_dates(&gather);
        keep_terms(header.terms, &gather);
    }
    struct cp_facts *facts = lay_out(&gather, &header);
    cp_list_release(&gather.references);
    cp_list_release(&gather.unknowns);
    cp_list_release(&gather.dates);
    cp_buf_release(&gather.text);
    return facts;
}

struct cp_str cp_fact_str(const struct cp_facts *facts, struct cp_fact_text text)
{
    return (struct cp_str){(const char *)facts + text.at, text.len};
}

const struct cp_fact_reference *cp_facts_references(const struct cp_facts *facts)
{
    return (const struct cp_fact_reference *)(const void *)((const char *)facts +
                                                            facts->references);
}

const struct cp_fact_unknown *cp_facts_unknowns(const struct cp_facts *facts)
{
    return (const struct cp_fact_unknown *)(const void *)((const char *)facts + facts->unknowns);
}

const struct cp_fact_dated *cp_facts_dates(const struct cp_facts *facts)
{
    return (const struct cp_fact_dated *)(const void *)((const char *)facts + facts->dates);
}
