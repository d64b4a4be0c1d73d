/*
 * Facts: what is kept of a plan once its worker is done, as one block without pointers, so that
 * rules over all plans need no plan in memory. Grows with the rules that read it.
 */
#include <contplan/model.h>

#include "facts.h"
#include "resolve.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What the items of each pool are. */
static const size_t sizes[CP_FACT_POOLS] = {
    [CP_POOL_DATES] = sizeof(struct cp_fact_dated),
    [CP_POOL_REFERENCES] = sizeof(struct cp_fact_reference),
    [CP_POOL_UNKNOWNS] = sizeof(struct cp_fact_unknown),
    [CP_POOL_DEPENDENCIES] = sizeof(struct cp_fact_dependency),
    [CP_POOL_SCENARIOS] = sizeof(struct cp_fact_scenario),
    [CP_POOL_RUNBOOKS] = sizeof(struct cp_fact_runbook),
    [CP_POOL_STEPS] = sizeof(struct cp_fact_step),
    [CP_POOL_OBJECTIVES] = sizeof(struct cp_fact_objective),
    [CP_POOL_REDUNDANCY] = sizeof(struct cp_fact_redundancy),
    [CP_POOL_STORES] = sizeof(struct cp_fact_store),
    [CP_POOL_BACKUPS] = sizeof(struct cp_fact_backup),
    [CP_POOL_COPIES] = sizeof(struct cp_fact_copy),
    [CP_POOL_ROLES] = sizeof(struct cp_fact_role),
    [CP_POOL_TOOLS] = sizeof(struct cp_fact_tool),
    [CP_POOL_NAMES] = sizeof(struct cp_fact_name),
    [CP_POOL_WORDS] = sizeof(struct cp_fact_word),
    [CP_POOL_PROSE] = sizeof(struct cp_fact_prose),
};

enum { FIRST_CAPACITY = 8 };

/* The lists grow in the arena, where nobody has to give them back one by one. */
static void make_room(struct gather *gather, struct cp_list *list, size_t size)
{
    size_t capacity = list->capacity > 0 ? 2 * list->capacity : FIRST_CAPACITY;
    void *items = cp_arena_room(gather->arena, capacity * size);
    if (list->items) {
        memcpy(items, list->items, list->count * size);
    }
    list->items = items;
    list->capacity = capacity;
}

void *keep_fact(struct gather *gather, enum cp_fact_pool pool)
{
    struct cp_list *list = &gather->pools[pool];
    size_t size = sizes[pool];
    if (list->count == list->capacity) {
        make_room(gather, list, size);
    }
    return memset((char *)list->items + list->count++ * size, 0, size);
}

/* What was put at the end of the text; where the same stands there already, that. Of texts that
 * share a slot only the last is known, so that this takes as long for any plan. */
static struct cp_fact_text share(struct gather *gather, size_t from)
{
    struct cp_str text = cp_str_slice(cp_buf_str(&gather->text), from, SIZE_MAX);
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.at[i]) * 16777619U;
    }
    struct cp_fact_text *known = &gather->known[hash % KNOWN_TEXTS];
    struct cp_str kept = {gather->text.at + known->at, known->len};
    if (!cp_str_is_equal(kept, text)) {
        *known = (struct cp_fact_text){(uint32_t)from, (uint32_t)text.len};
    } else {
        gather->text.len = from;
    }
    return *known;
}

struct cp_fact_text keep_text(struct gather *gather, struct cp_str text)
{
    size_t from = gather->text.len;
    cp_buf_put(&gather->text, text);
    return text.len > 0 ? share(gather, from) : (struct cp_fact_text){0};
}

struct cp_fact_text keep_path(struct gather *gather, const struct cp_node *node)
{
    size_t from = gather->text.len;
    cp_node_path(&gather->text, node);
    return gather->text.len > from ? share(gather, from) : (struct cp_fact_text){0};
}

/* Kept are names that may be another plan's, and people whose last day is known: whether these
 * stand is decided when all plans, and the day, are known. */
static void keep_reference(struct gather *gather, const struct cp_field *field,
                           const struct cp_text *value)
{
    bool may_leave = gather->portfolio->has_leavers && (field->refers & CP_REFERS_PERSON);
    const struct cp_person *person =
        may_leave ? cp_portfolio_find_person(gather->portfolio, value->text) : NULL;
    bool is_leaving = person && person->until.leaf.state == CP_SET;
    bool is_plan =
        (field->refers & CP_REFERS_PLAN) &&
        !cp_reference_is_resolved(gather->plan, gather->portfolio, field->refers, value->text);
    if (!is_plan && !is_leaving) {
        return;
    }
    struct cp_fact_reference *reference = keep_fact(gather, CP_POOL_REFERENCES);
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
    struct cp_fact_unknown *unknown = keep_fact(gather, CP_POOL_UNKNOWNS);
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
        if (at->is_exempt && at->leaf->state == CP_UNKNOWN) {
            keep_unknown(gather, at->leaf);
        } else if (at->field->type == CP_TYPE_REFERENCE && at->leaf->state == CP_SET) {
            keep_reference(gather, at->field, (const struct cp_text *)(const void *)at->leaf);
        }
    }
}

/* Offsets of items are multiples of what the widest of their members asks for. */
static uint32_t align(size_t size)
{
    return (uint32_t)((size + _Alignof(int64_t) - 1) / _Alignof(int64_t) * _Alignof(int64_t));
}

/* Header, items by their kind, text: one block. */
static struct cp_facts *lay_out(const struct gather *gather, struct cp_facts *header)
{
    uint32_t at = align(sizeof *header);
    for (size_t i = 0; i < CP_FACT_POOLS; i++) {
        uint32_t count = (uint32_t)gather->pools[i].count;
        header->pools[i] = (struct cp_fact_pool_place){at, count};
        at = align(at + count * sizes[i]);
    }
    header->text = at;
    header->size = at + (uint32_t)gather->text.len;
    struct cp_facts *facts = cp_alloc(header->size);
    memset(facts, 0, at);
    *facts = *header;
    for (size_t i = 0; i < CP_FACT_POOLS; i++) {
        if (gather->pools[i].count > 0) {
            memcpy((char *)facts + header->pools[i].at, gather->pools[i].items,
                   gather->pools[i].count * sizes[i]);
        }
    }
    memcpy((char *)facts + at, gather->text.at, gather->text.len);
    return facts;
}

static void gather_plan(struct gather *gather, struct cp_facts *header)
{
    const struct cp_plan *plan = gather->plan;
    header->phase = (uint8_t)cp_plan_phase(plan);
    header->tier = (uint8_t)cp_plan_tier(plan);
    header->is_parsed = plan->leaf.state == CP_SET;
    if (plan->id.leaf.state == CP_SET) {
        header->id_span = cp_node_place(plan->id.leaf.node).span;
    }
    if (header->parts & CP_FACTS_RULES) {
        gather_stated(gather, &plan->stated);
        keep_dates(gather);
        keep_terms(header->terms, gather);
    }
    if (header->parts & CP_FACTS_NETWORK) {
        keep_network(gather, header);
    }
    if ((header->parts & CP_FACTS_RECOVERY) == CP_FACTS_RECOVERY) {
        keep_recovery(gather, header);
    }
    if (header->parts & CP_FACTS_PROSE) {
        keep_prose(gather, header);
    }
}

struct cp_facts *cp_facts_new(const struct cp_plan *plan, struct cp_str stem,
                              const struct cp_portfolio *portfolio, unsigned parts,
                              struct cp_arena *arena)
{
    struct gather gather = {.plan = plan,
                            .portfolio = portfolio,
                            .arena = arena,
                            .has_paths = (parts & CP_FACTS_RULES) != 0};
    struct cp_facts header = {.phase = CP_LIVE, .parts = (uint8_t)parts};
    cp_buf_init(&gather.text);
    bool has_id = plan && plan->id.leaf.state == CP_SET;
    header.id = keep_text(&gather, has_id ? plan->id.text : stem);
    if (plan) {
        gather_plan(&gather, &header);
    }
    struct cp_facts *facts = lay_out(&gather, &header);
    cp_buf_release(&gather.text);
    return facts;
}

void cp_facts_set_own(struct cp_facts *facts, size_t scenario, struct cp_duration own)
{
    struct cp_fact_scenario *all =
        (struct cp_fact_scenario *)(void *)((char *)facts + facts->pools[CP_POOL_SCENARIOS].at);
    assert(scenario < facts->scenarios.count);
    all[facts->scenarios.first + scenario].has_own = true;
    all[facts->scenarios.first + scenario].own = own;
}

/* ---- reading --------------------------------------------------------------------------------- */

struct cp_str cp_fact_str(const struct cp_facts *facts, struct cp_fact_text text)
{
    return (struct cp_str){(const char *)facts + facts->text + text.at, text.len};
}

uint32_t cp_facts_count(const struct cp_facts *facts, enum cp_fact_pool pool)
{
    return facts->pools[pool].count;
}

static const void *items_of(const struct cp_facts *facts, enum cp_fact_pool pool, uint32_t first)
{
    return (const char *)facts + facts->pools[pool].at + first * sizes[pool];
}

const struct cp_fact_reference *cp_facts_references(const struct cp_facts *facts)
{
    return items_of(facts, CP_POOL_REFERENCES, 0);
}

const struct cp_fact_unknown *cp_facts_unknowns(const struct cp_facts *facts)
{
    return items_of(facts, CP_POOL_UNKNOWNS, 0);
}

const struct cp_fact_dated *cp_facts_dates(const struct cp_facts *facts)
{
    return items_of(facts, CP_POOL_DATES, 0);
}

const struct cp_fact_dependency *cp_fact_dependencies(const struct cp_facts *facts,
                                                      struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_DEPENDENCIES, list.first);
}

const struct cp_fact_scenario *cp_fact_scenarios(const struct cp_facts *facts,
                                                 struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_SCENARIOS, list.first);
}

const struct cp_fact_runbook *cp_fact_runbooks(const struct cp_facts *facts,
                                               struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_RUNBOOKS, list.first);
}

const struct cp_fact_step *cp_fact_steps(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_STEPS, list.first);
}

const struct cp_fact_objective *cp_fact_objectives(const struct cp_facts *facts,
                                                   struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_OBJECTIVES, list.first);
}

const struct cp_fact_redundancy *cp_fact_redundancies(const struct cp_facts *facts,
                                                      struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_REDUNDANCY, list.first);
}

const struct cp_fact_store *cp_fact_stores(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_STORES, list.first);
}

const struct cp_fact_backup *cp_fact_backups(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_BACKUPS, list.first);
}

const struct cp_fact_copy *cp_fact_copies(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_COPIES, list.first);
}

const struct cp_fact_role *cp_fact_roles(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_ROLES, list.first);
}

const struct cp_fact_tool *cp_fact_tools(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_TOOLS, list.first);
}

const struct cp_fact_name *cp_fact_names(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_NAMES, list.first);
}

const struct cp_fact_word *cp_fact_words(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_WORDS, list.first);
}

const struct cp_fact_prose *cp_fact_prose(const struct cp_facts *facts, struct cp_fact_list list)
{
    return items_of(facts, CP_POOL_PROSE, list.first);
}
