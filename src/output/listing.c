/*
 * Which facts of a plan stand in a list of plans, and which of them are for whom. Writes nothing:
 * the formats are the table's.
 */
#include "listing.h"

enum { ID, NAME, TIER, PHASE, ACCOUNTABLE, RTO, RPO };

static const struct cp_table_column columns[] = {
    [ID] = {"id", CP_COLUMN_TEXT},
    [NAME] = {"name", CP_COLUMN_TEXT},
    [TIER] = {"tier", CP_COLUMN_NUMBER},
    [PHASE] = {"phase", CP_COLUMN_TEXT},
    [ACCOUNTABLE] = {"accountable", CP_COLUMN_TEXT},
    [RTO] = {"rto", CP_COLUMN_LIST},
    [RPO] = {"rpo", CP_COLUMN_LIST},
};

void cp_listing_init(struct cp_table *table)
{
    cp_table_init(table, "plans", columns, sizeof columns / sizeof columns[0]);
}

static struct cp_member plan_member(const struct listing *listing)
{
    return (struct cp_member){.leaf = &listing->plan->leaf, .frame = {.plan = listing->plan}};
}

static struct cp_member member(const struct cp_member *parent, const char *key)
{
    const struct cp_object *object = parent->field ? parent->field->of : &cp_object_plan;
    return cp_member_in(parent, cp_field_find(object, cp_str_of(key)));
}

bool listing_shows(const struct listing *listing, const struct cp_member *at)
{
    return cp_frame_shows(&at->frame, at->field, at->leaf, listing->audience);
}

static bool is_empty(const struct cp_node *node)
{
    return node &&
           (node->kind == CP_NODE_SCALAR ? cp_str_trim(node->text).len == 0 : node->count == 0);
}

static void add_state(const struct listing *listing, size_t column, const struct cp_leaf *leaf)
{
    static const enum cp_cell_state cells[] = {[CP_UNKNOWN] = CP_CELL_UNKNOWN,
                                               [CP_NOT_APPLICABLE] = CP_CELL_NOT_APPLICABLE,
                                               [CP_BROKEN] = CP_CELL_BROKEN};
    bool is_blank = leaf->state == CP_BROKEN && is_empty(leaf->node);
    cp_table_add(listing->table, column, is_blank ? CP_CELL_EMPTY : cells[leaf->state],
                 (struct cp_str){0});
}

/* Adds what is to be said instead of the value; false where the value itself is. An object that is
 * exempt stands for what it would hold. */
static bool add_exempt(const struct listing *listing, size_t column, const struct cp_member *at)
{
    if (at->leaf->state == CP_ABSENT || at->leaf->state == CP_SET) {
        return at->leaf->state == CP_ABSENT;
    }
    if (listing_shows(listing, at)) {
        add_state(listing, column, at->leaf);
    } else {
        cp_table_add(listing->table, column, CP_CELL_WITHHELD, (struct cp_str){0});
    }
    return true;
}

void listing_add_text(const struct listing *listing, size_t column, const struct cp_member *at,
                      struct cp_str text)
{
    bool is_withheld = !listing_shows(listing, at);
    cp_table_add(listing->table, column, is_withheld ? CP_CELL_WITHHELD : CP_CELL_GIVEN,
                 is_withheld ? (struct cp_str){0} : text);
}

void listing_add_identity(const struct listing *listing, size_t column, struct cp_str id)
{
    struct cp_member plan = plan_member(listing);
    struct cp_member name = member(&plan, "name");
    cp_table_add(listing->table, column, CP_CELL_GIVEN, id);
    if (!add_exempt(listing, column + 1, &name)) {
        cp_table_add(listing->table, column + 1, CP_CELL_GIVEN, listing->plan->name.text);
    }
}

void listing_add_class(const struct listing *listing, size_t column)
{
    struct cp_member plan = plan_member(listing);
    struct cp_member tier = member(&plan, "tier");
    struct cp_member phase = member(&plan, "phase");
    unsigned number = cp_plan_tier(listing->plan);
    if (!add_exempt(listing, column, &tier)) {
        char digit = (char)('0' + number);
        listing_add_text(listing, column, &tier, (struct cp_str){&digit, 1});
    }
    if (phase.leaf->state == CP_ABSENT || !add_exempt(listing, column + 1, &phase)) {
        struct cp_choice stated = {.value = (uint8_t)cp_plan_phase(listing->plan)};
        listing_add_text(listing, column + 1, &phase,
                         cp_str_of(cp_choice_word(phase.field, &stated)));
    }
}

static void add_accountable(const struct listing *listing)
{
    struct cp_member plan = plan_member(listing);
    struct cp_member section = member(&plan, "accountability");
    if (section.leaf->state != CP_SET) {
        (void)add_exempt(listing, ACCOUNTABLE, &section);
        return;
    }
    struct cp_member at = member(&section, "accountable");
    const struct cp_text *holder = &listing->plan->accountability.accountable;
    if (!add_exempt(listing, ACCOUNTABLE, &at)) {
        listing_add_text(listing, ACCOUNTABLE, &at,
                         cp_portfolio_name_of(listing->portfolio, holder->text));
    }
}

static void add_length(const struct listing *listing, size_t column,
                       const struct cp_member *objective, const char *key,
                       const struct cp_length *length)
{
    struct cp_member at = member(objective, key);
    struct cp_buf text;
    if (!length) {
        return;
    }
    if (!listing_shows(listing, &at)) {
        cp_table_add(listing->table, column, CP_CELL_WITHHELD, (struct cp_str){0});
    } else if (length->leaf.state != CP_SET) {
        add_state(listing, column, &length->leaf);
    } else {
        cp_buf_init(&text);
        cp_duration_put(&text, length->duration);
        cp_table_add(listing->table, column, CP_CELL_GIVEN, cp_buf_str(&text));
        cp_buf_release(&text);
    }
}

static void add_objectives(const struct listing *listing, size_t column, bool is_rto)
{
    const struct cp_tier *tier = cp_portfolio_find_tier(listing->portfolio, listing->plan);
    struct cp_member plan = plan_member(listing);
    struct cp_member section = member(&plan, "disaster_recovery");
    if (section.leaf->state != CP_SET) {
        (void)add_exempt(listing, column, &section);
        return;
    }
    struct cp_member list = member(&section, "objectives");
    if (list.leaf->state != CP_SET) {
        (void)add_exempt(listing, column, &list);
        return;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member item = cp_member_item(&list, i);
        struct cp_effective effective;
        if (item.leaf->state != CP_SET) {
            (void)add_exempt(listing, column, &item);
            continue;
        }
        cp_effective_init(&effective, &listing->plan->disaster_recovery.objectives.items[i], tier);
        add_length(listing, column, &item, is_rto ? "rto" : "rpo",
                   is_rto ? effective.rto : effective.rpo);
    }
}

void listing_add_objectives(const struct listing *listing, size_t column)
{
    add_objectives(listing, column, true);
    add_objectives(listing, column + 1, false);
}

void cp_listing_add(struct cp_table *table, const struct cp_plan *plan,
                    const struct cp_portfolio *portfolio, struct cp_str id,
                    enum cp_audience audience)
{
    struct listing listing = {table, plan, portfolio, audience};
    cp_table_add_row(table);
    listing_add_identity(&listing, ID, id);
    listing_add_class(&listing, TIER);
    add_accountable(&listing);
    listing_add_objectives(&listing, RTO);
}
