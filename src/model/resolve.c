/*
 * Names: what a reference may mean, whether it leads anywhere, and what was probably meant where it
 * does not. Judges only identity.
 */
#include "resolve.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    unsigned refers;
    const char *name;
} kinds[] = {
    {CP_REFERS_PLAN, "plan"},         {CP_REFERS_PERSON, "person"},
    {CP_REFERS_TEAM, "team"},         {CP_REFERS_SUPPLIER, "supplier"},
    {CP_REFERS_REGION, "region"},     {CP_REFERS_STORE, "store"},
    {CP_REFERS_BACKUP, "backup"},     {CP_REFERS_RUNBOOK, "runbook"},
    {CP_REFERS_SCENARIO, "scenario"}, {CP_REFERS_ROLE, "role"},
    {CP_REFERS_TOOL, "tool"},         {CP_REFERS_STEP, "step"},
    {CP_REFERS_ZONE, "zone"},
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

void cp_refers_put(struct cp_buf *out, unsigned refers)
{
    const char *names[KINDS];
    size_t count = 0;
    for (size_t i = 0; i < KINDS; i++) {
        if (refers & kinds[i].refers) {
            names[count++] = kinds[i].name;
        }
    }
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i == 0 ? "" : i + 1 == count ? " or " : ", ");
        cp_buf_puts(out, names[i]);
    }
}

/* ---- what is declared ---------------------------------------------------------------------- */

/* Where the items of a list have no name besides their id. */
#define NO_LABEL SIZE_MAX

static const struct cp_text *text_at(const char *item, size_t offset)
{
    return (const struct cp_text *)(const void *)(item + offset);
}

static bool try_items(const struct search *search, unsigned kind, const void *list, size_t size,
                      size_t name, size_t label)
{
    const struct cp_values *values = list;
    if (!(search->refers & kind)) {
        return false;
    }
    for (size_t i = 0; i < values->count; i++) {
        const char *item = (const char *)values->items + i * size;
        const struct cp_text *id = text_at(item, name);
        if (id->leaf.state == CP_SET &&
            search->each(search->context, id, label == NO_LABEL ? NULL : text_at(item, label))) {
            return true;
        }
    }
    return false;
}

bool search_plan(const struct search *search, const struct cp_plan *plan)
{
    const struct {
        unsigned kind;
        const void *list;
        size_t size, name, label;
    } lists[] = {
        {CP_REFERS_STORE, &plan->backup_restore.stores.leaf, sizeof(struct cp_store),
         offsetof(struct cp_store, id), NO_LABEL},
        {CP_REFERS_BACKUP, &plan->backup_restore.backups.leaf, sizeof(struct cp_backup),
         offsetof(struct cp_backup, id), NO_LABEL},
        {CP_REFERS_RUNBOOK, &plan->disaster_recovery.runbooks.leaf, sizeof(struct cp_runbook),
         offsetof(struct cp_runbook, id), offsetof(struct cp_runbook, name)},
        {CP_REFERS_SCENARIO, &plan->disaster_recovery.scenarios.leaf, sizeof(struct cp_scenario),
         offsetof(struct cp_scenario, id), offsetof(struct cp_scenario, name)},
        {CP_REFERS_ROLE, &plan->incident_response.roles.leaf, sizeof(struct cp_role),
         offsetof(struct cp_role, role), NO_LABEL},
        {CP_REFERS_TOOL, &plan->incident_response.tools.leaf, sizeof(struct cp_tool),
         offsetof(struct cp_tool, name), NO_LABEL},
        {CP_REFERS_TOOL, &plan->incident_response.channels.leaf, sizeof(struct cp_tool),
         offsetof(struct cp_tool, name), NO_LABEL},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (try_items(search, lists[i].kind, lists[i].list, lists[i].size, lists[i].name,
                      lists[i].label)) {
            return true;
        }
    }
    return false;
}

bool search_portfolio(const struct search *search, const struct cp_config *config)
{
    return try_items(search, CP_REFERS_PERSON, &config->people.leaf, sizeof(struct cp_person),
                     offsetof(struct cp_person, id), offsetof(struct cp_person, name)) ||
           try_items(search, CP_REFERS_TEAM, &config->teams.leaf, sizeof(struct cp_team),
                     offsetof(struct cp_team, id), offsetof(struct cp_team, name)) ||
           try_items(search, CP_REFERS_SUPPLIER, &config->suppliers.leaf,
                     sizeof(struct cp_supplier), offsetof(struct cp_supplier, id),
                     offsetof(struct cp_supplier, name));
}

/* What a plan declares, sorted, so that a plan full of references costs no more than its length. */
struct index {
    struct cp_declared *items;
    size_t count;
    unsigned kind;
};

static bool count_name(void *context, const struct cp_text *name, const struct cp_text *label)
{
    (void)name;
    (void)label;
    (*(size_t *)context)++;
    return false;
}

static bool index_name(void *context, const struct cp_text *name, const struct cp_text *label)
{
    (void)label;
    struct index *index = context;
    index->items[index->count++] = (struct cp_declared){name->text, index->kind};
    return false;
}

static int by_name(const void *a, const void *b)
{
    const struct cp_declared *left = a;
    const struct cp_declared *right = b;
    return cp_str_compare(left->name, right->name);
}

/* One entry a name, with all it stands for. */
static size_t fold_names(struct cp_declared *items, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && cp_str_is_equal(items[kept - 1].name, items[i].name)) {
            items[kept - 1].kinds |= items[i].kinds;
        } else {
            items[kept++] = items[i];
        }
    }
    return kept;
}

static void index_plan(struct cp_plan *plan, struct cp_arena *arena)
{
    size_t count = 0;
    struct index index = {0};
    struct search search = {.refers = ~0U, .each = count_name, .context = &count};
    search_plan(&search, plan);
    if (count == 0) {
        return;
    }
    index.items = cp_arena_alloc(arena, count * sizeof *index.items);
    search.each = index_name;
    search.context = &index;
    for (size_t i = 0; i < KINDS; i++) {
        index.kind = search.refers = kinds[i].refers;
        search_plan(&search, plan);
    }
    qsort(index.items, index.count, sizeof *index.items, by_name);
    plan->declared = index.items;
    plan->declared_count = fold_names(index.items, index.count);
}

/* ---- resolving ----------------------------------------------------------------------------- */

enum { MAX_PLACE = 3 * 64 + 2 };

/* supplier.region.zone. */
static bool is_zone(const struct cp_portfolio *portfolio, struct cp_str id)
{
    if (id.len > MAX_PLACE) {
        return false;
    }
    const char *dot = id.len > 0 ? memchr(id.at, '.', id.len) : NULL;
    for (size_t len = id.len; dot && len > (size_t)(dot - id.at) + 1; len--) {
        if (id.at[len - 1] == '.' &&
            cp_map_find(&portfolio->regions, (struct cp_str){id.at, len - 1})) {
            return len < id.len;
        }
    }
    return false;
}

static bool is_declared_in(const struct cp_plan *plan, unsigned refers, struct cp_str id)
{
    size_t from = 0;
    size_t to = plan->declared_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = cp_str_compare(id, plan->declared[middle].name);
        if (order == 0) {
            return (plan->declared[middle].kinds & refers) != 0;
        }
        if (order < 0) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    return false;
}

static bool is_region(const struct cp_portfolio *portfolio, struct cp_str id)
{
    return cp_map_find(&portfolio->regions, id) || is_zone(portfolio, id);
}

bool cp_reference_is_resolved(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                              unsigned refers, struct cp_str id)
{
    if (((refers & CP_REFERS_PERSON) && cp_map_find(&portfolio->people, id)) ||
        ((refers & CP_REFERS_TEAM) && cp_map_find(&portfolio->teams, id)) ||
        ((refers & CP_REFERS_SUPPLIER) && cp_map_find(&portfolio->suppliers, id)) ||
        ((refers & CP_REFERS_REGION) && is_region(portfolio, id)) ||
        ((refers & CP_REFERS_ZONE) && is_zone(portfolio, id))) {
        return true;
    }
    return plan && is_declared_in(plan, refers, id);
}

bool is_wordlike(struct cp_str id)
{
    for (size_t i = 0; i < id.len; i++) {
        if (strchr(" \t\r\n", id.at[i]) || (id.at[i] >= 'A' && id.at[i] <= 'Z')) {
            return false;
        }
    }
    return id.len > 0;
}

bool cp_reference_is_text(const struct cp_portfolio *portfolio, const struct cp_field *field,
                          struct cp_str id)
{
    if (!(field->refers & CP_REFERS_OR_TEXT)) {
        return false;
    }
    if (!is_wordlike(id)) {
        return true;
    }
    if (field->refers & (CP_REFERS_PERSON | CP_REFERS_TEAM)) {
        return portfolio->config.people.count + portfolio->config.teams.count == 0;
    }
    /* Places and suppliers: a declared supplier's name in front says that a region is meant. */
    const char *dot = memchr(id.at, '.', id.len);
    return !dot ||
           !cp_map_find(&portfolio->suppliers, (struct cp_str){id.at, (size_t)(dot - id.at)});
}

struct resolver {
    const struct cp_plan *plan; /* NULL for the portfolio file */
    const struct cp_portfolio *portfolio;
    struct cp_diags *diags;
    /* Of comparisons: a slip is one whether or not findings are wanted, so help takes none of its
     * share. */
    size_t left_for_slips, left_for_help;
};

static struct resolver resolver_of(const struct cp_plan *plan, const struct cp_portfolio *portfolio,
                                   struct cp_diags *diags)
{
    return (struct resolver){plan, portfolio, diags, COMPARISONS_PER_FILE, COMPARISONS_PER_FILE};
}

static void report_unresolved(struct resolver *resolver, const struct cp_field *field,
                              struct cp_text *value)
{
    struct cp_diags *diags = resolver->diags;
    struct cp_buf names;
    cp_buf_init(&names);
    cp_refers_put(&names, field->refers);
    bool is_region_alone = field->refers == CP_REFERS_ZONE &&
                           cp_map_find(&resolver->portfolio->regions, value->text) != NULL;
    struct cp_diagnostic *finding =
        is_region_alone
            ? cp_node_report(diags, &cp_rule_unresolved_reference, value->leaf.node,
                             "'%s' names %s, which is a region and no zone", field->key,
                             cp_diags_quote(diags, value->text))
            : cp_node_report(diags, &cp_rule_unresolved_reference, value->leaf.node,
                             "'%s' names %s, and there is no such %.*s", field->key,
                             cp_diags_quote(diags, value->text), CP_ARG(cp_buf_str(&names)));
    cp_buf_release(&names);
    value->leaf.state = CP_BROKEN;
    if (finding) { /* else over the limit of a file: nobody reads what was meant */
        help_unresolved(diags, finding, resolver->plan, resolver->portfolio, field, value->text,
                        &resolver->left_for_help);
    }
}

/* ---- walks --------------------------------------------------------------------------------- */

/* Whether what could declare the name was read: where it was not, the name is not to blame. */
static bool is_judged(const struct resolver *resolver, unsigned refers)
{
    const struct cp_plan *plan = resolver->plan;
    if (resolver->portfolio->is_doubtful && (refers & CP_REFERS_DECLARED)) {
        return false;
    }
    if (!plan) {
        return true;
    }
    const struct {
        unsigned kinds;
        const struct cp_leaf *section, *list;
    } homes[] = {
        {CP_REFERS_STORE, &plan->backup_restore.section.leaf, &plan->backup_restore.stores.leaf},
        {CP_REFERS_BACKUP, &plan->backup_restore.section.leaf, &plan->backup_restore.backups.leaf},
        {CP_REFERS_RUNBOOK, &plan->disaster_recovery.section.leaf,
         &plan->disaster_recovery.runbooks.leaf},
        {CP_REFERS_SCENARIO, &plan->disaster_recovery.section.leaf,
         &plan->disaster_recovery.scenarios.leaf},
        {CP_REFERS_ROLE, &plan->incident_response.section.leaf,
         &plan->incident_response.roles.leaf},
        {CP_REFERS_TOOL, &plan->incident_response.section.leaf,
         &plan->incident_response.tools.leaf},
    };
    for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
        if ((refers & homes[i].kinds) &&
            (homes[i].section->state == CP_BROKEN || homes[i].list->state == CP_BROKEN)) {
            return false;
        }
    }
    return true;
}

static void resolve(struct resolver *resolver, const struct cp_field *field, struct cp_text *value)
{
    const struct cp_plan *plan = resolver->plan;
    const struct cp_portfolio *portfolio = resolver->portfolio;
    if (value->leaf.state != CP_SET ||
        cp_reference_is_resolved(plan, portfolio, field->refers, value->text) ||
        (field->refers & (CP_REFERS_PLAN | CP_REFERS_STEP)) ||
        !is_judged(resolver, field->refers)) {
        return;
    }
    if (!cp_reference_is_text(portfolio, field, value->text) ||
        is_slip(plan, portfolio, field->refers, value->text, &resolver->left_for_slips)) {
        report_unresolved(resolver, field, value);
    }
}

/* The people who answer for `unknown` and `not_applicable`. */
static void resolve_exemption(struct resolver *resolver, const struct cp_leaf *leaf,
                              struct cp_arena *arena)
{
    static const struct cp_field holder = {.key = "owner", .refers = CP_REFERS_HOLDER};
    static const struct cp_field decider = {.key = "by", .refers = CP_REFERS_HOLDER};
    struct cp_unknown unknown;
    struct cp_not_applicable not_applicable;
    cp_unknown_decode(&unknown, leaf, arena);
    cp_not_applicable_decode(&not_applicable, leaf, arena);
    resolve(resolver, &holder, &unknown.owner);
    resolve(resolver, &decider, &not_applicable.by);
}

static void resolve_all(struct resolver *resolver, const struct cp_stated_values *stated,
                        struct cp_arena *arena)
{
    for (size_t i = 0; i < stated->count; i++) {
        const struct cp_stated *at = &stated->items[i];
        if (at->is_exempt) {
            resolve_exemption(resolver, at->leaf, arena);
        } else if (at->field->type == CP_TYPE_REFERENCE) {
            resolve(resolver, at->field, (struct cp_text *)(void *)at->leaf);
        }
    }
}

void cp_plan_resolve(struct cp_plan *plan, const struct cp_portfolio *portfolio,
                     struct cp_arena *arena, struct cp_diags *diags)
{
    index_plan(plan, arena);
    struct resolver resolver = resolver_of(plan, portfolio, diags);
    resolve_all(&resolver, &plan->stated, arena);
    cp_steps_resolve(plan, arena, diags);
}

void cp_portfolio_resolve(struct cp_portfolio *portfolio, struct cp_diags *diags)
{
    struct resolver resolver = resolver_of(NULL, portfolio, diags);
    resolve_all(&resolver, &portfolio->stated, &portfolio->arena);
}
