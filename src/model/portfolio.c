/*
 * The portfolio file: decoded, its names indexed, its defaults judged once. Reads no file itself.
 */
#include <contplan/model.h>

#include "resolve.h"

static const char config_schema[] = "contplan-config/v1";

void cp_portfolio_init(struct cp_portfolio *portfolio)
{
    *portfolio = (struct cp_portfolio){0};
    cp_arena_init(&portfolio->arena);
    cp_map_init(&portfolio->names);
    cp_map_init(&portfolio->folded);
    cp_map_init(&portfolio->people);
    cp_map_init(&portfolio->teams);
    cp_map_init(&portfolio->suppliers);
    cp_map_init(&portfolio->regions);
}

void cp_portfolio_release(struct cp_portfolio *portfolio)
{
    cp_map_release(&portfolio->names);
    cp_map_release(&portfolio->folded);
    cp_map_release(&portfolio->people);
    cp_map_release(&portfolio->teams);
    cp_map_release(&portfolio->suppliers);
    cp_map_release(&portfolio->regions);
    cp_arena_release(&portfolio->arena);
}

/* `northcloud.east` under northcloud, where `east` is meant: that is what it is taken for. */
static void shorten_region(const struct cp_supplier *supplier, struct cp_text *region,
                           struct cp_diags *diags)
{
    struct cp_str id = supplier->id.text;
    struct cp_str whole = region->text;
    if (whole.len <= id.len + 1 || whole.at[id.len] != '.' ||
        !cp_str_is_equal(cp_str_slice(whole, 0, id.len), id)) {
        return;
    }
    region->text = cp_str_slice(whole, id.len + 1, SIZE_MAX);
    struct cp_diagnostic *finding =
        cp_node_report(diags, &cp_rule_bad_value, region->leaf.node,
                       "'regions' names %s with the supplier's id, which it stands under",
                       cp_diags_quote(diags, whole));
    cp_diagnostic_help(diags, finding, "write the short name, %.*s; plans write %.*s",
                       CP_ARG(region->text), CP_ARG(whole));
}

static void index_regions(struct cp_portfolio *portfolio, struct cp_supplier *supplier,
                          struct cp_diags *diags)
{
    for (size_t i = 0; supplier->id.leaf.state == CP_SET && i < supplier->regions.count; i++) {
        struct cp_text *region = &supplier->regions.items[i];
        if (region->leaf.state == CP_SET) {
            shorten_region(supplier, region, diags);
            cp_map_put(&portfolio->regions,
                       cp_arena_printf(&portfolio->arena, "%.*s.%.*s", CP_ARG(supplier->id.text),
                                       CP_ARG(region->text)),
                       supplier);
        }
    }
}

static void index_name(struct cp_map *map, const struct cp_text *id, void *value)
{
    if (id->leaf.state == CP_SET) {
        cp_map_put(map, id->text, value);
    }
}

static void index_folded(struct cp_portfolio *portfolio, struct cp_text *id, struct cp_str name)
{
    char *folded = cp_arena_alloc(&portfolio->arena, name.len + 1);
    cp_map_put(&portfolio->folded, fold_name(folded, name.len, name), id);
}

/* What an id is printed as; of those that share one the first. */
static void index_words(struct cp_portfolio *portfolio, struct cp_text *id, struct cp_text *name)
{
    index_name(&portfolio->names, id, name->leaf.state == CP_SET ? name : id);
    if (id->leaf.state == CP_SET) {
        index_folded(portfolio, id, id->text);
    }
    if (id->leaf.state == CP_SET && name->leaf.state == CP_SET) {
        index_folded(portfolio, id, name->text);
    }
}

static void index_names(struct cp_portfolio *portfolio, struct cp_diags *diags)
{
    struct cp_config *config = &portfolio->config;
    for (size_t i = 0; i < config->people.count; i++) {
        struct cp_person *person = &config->people.items[i];
        index_name(&portfolio->people, &person->id, person);
        portfolio->has_leavers |= person->until.leaf.state == CP_SET;
        index_words(portfolio, &person->id, &person->name);
    }
    for (size_t i = 0; i < config->teams.count; i++) {
        struct cp_team *team = &config->teams.items[i];
        index_name(&portfolio->teams, &team->id, team);
        index_words(portfolio, &team->id, &team->name);
    }
    for (size_t i = 0; i < config->suppliers.count; i++) {
        struct cp_supplier *supplier = &config->suppliers.items[i];
        index_name(&portfolio->suppliers, &supplier->id, supplier);
        index_words(portfolio, &supplier->id, &supplier->name);
        index_regions(portfolio, supplier, diags);
    }
}

/* The shape of `defaults` is reported here, once, and not in every plan that inherits it. */
static void check_defaults(struct cp_portfolio *portfolio, struct cp_diags *diags)
{
    struct cp_node *defaults = portfolio->config.defaults.node;
    if (!defaults) {
        return;
    }
    if (defaults->kind != CP_NODE_MAPPING) {
        struct cp_diagnostic *finding =
            cp_node_report(diags, &cp_rule_wrong_type, defaults,
                           "'defaults' takes a mapping: a plan in part, which every plan inherits");
        cp_diagnostic_help(diags, finding, "write sections of a plan below it, indented");
        return;
    }
    portfolio->defaults = defaults;
    struct cp_plan *plan = cp_arena_alloc(&portfolio->arena, sizeof *plan);
    struct cp_decoder decoder = {.arena = &portfolio->arena, .diags = diags};
    cp_decode(&decoder, &cp_object_plan, plan, defaults, NULL);
}

/* The mapping to decode; NULL, with a finding, where the file is something else. */
static struct cp_node *root_of(const struct cp_yaml *yaml, struct cp_diags *diags)
{
    if (!yaml->root || yaml->root->kind == CP_NODE_MAPPING) {
        return yaml->root;
    }
    struct cp_diagnostic *finding =
        cp_node_report(diags, &cp_rule_wrong_type, yaml->root,
                       "the portfolio file must be a mapping of keys with their values");
    cp_diagnostic_help(diags, finding, "start with a line such as 'organisation: Your office'");
    return NULL;
}

/* Whether one of them has an id that cannot be read: whoever names it is not to blame. An id that
 * is given twice still stands for the first. */
static bool has_broken_id(const void *list, size_t size, size_t id)
{
    const struct cp_values *values = list;
    for (size_t i = 0; i < values->count; i++) {
        const char *item = (const char *)values->items + i * size;
        const struct cp_text *text = (const struct cp_text *)(const void *)(item + id);
        if (text->leaf.state == CP_BROKEN && !cp_id_is_valid(text->text)) {
            return true;
        }
    }
    return false;
}

static bool has_broken_ids(const struct cp_config *config)
{
    return has_broken_id(&config->people.leaf, sizeof(struct cp_person),
                         offsetof(struct cp_person, id)) ||
           has_broken_id(&config->teams.leaf, sizeof(struct cp_team),
                         offsetof(struct cp_team, id)) ||
           has_broken_id(&config->suppliers.leaf, sizeof(struct cp_supplier),
                         offsetof(struct cp_supplier, id));
}

/* A key that is none may have been meant to declare anybody. */
static bool has_doubt(const struct cp_portfolio *portfolio, const struct cp_node *root)
{
    const struct cp_config *config = &portfolio->config;
    bool is_broken = !root || has_broken_ids(config) || config->people.leaf.state == CP_BROKEN ||
                     config->teams.leaf.state == CP_BROKEN ||
                     config->suppliers.leaf.state == CP_BROKEN;
    for (const struct cp_node *child = root ? root->first : NULL; child; child = child->next) {
        is_broken = is_broken || !cp_field_find(&cp_object_config, child->key->text);
    }
    return is_broken;
}

void cp_portfolio_decode(struct cp_portfolio *portfolio, const struct cp_yaml *yaml,
                         struct cp_diags *diags)
{
    struct cp_decoder decoder = {
        .arena = &portfolio->arena, .diags = diags, .stated = &portfolio->stated};
    portfolio->file = yaml->file;
    struct cp_node *root = root_of(yaml, diags);
    if (root && !cp_version_is_known(root, config_schema, diags)) {
        root = NULL;
    }
    cp_decode(&decoder, &cp_object_config, &portfolio->config, root, NULL);
    calendar_check(&portfolio->config.calendar, diags);
    decoder.stated = NULL;
    cp_settings_pick(&decoder, &cp_object_options, &portfolio->config.options,
                     (struct cp_values *)(void *)&portfolio->config.rules);
    portfolio->is_unusable = root == NULL;
    portfolio->is_doubtful = has_doubt(portfolio, root);
    index_names(portfolio, diags);
    check_defaults(portfolio, diags);
    cp_portfolio_resolve(portfolio, diags);
}

void cp_portfolio_settle(struct cp_portfolio *portfolio, struct cp_date today)
{
    for (size_t i = 0; i < portfolio->config.people.count; i++) {
        struct cp_person *person = &portfolio->config.people.items[i];
        person->has_left =
            person->until.leaf.state == CP_SET && today.days > person->until.date.days;
    }
}

const struct cp_person *cp_portfolio_find_person(const struct cp_portfolio *portfolio,
                                                 struct cp_str id)
{
    return cp_map_find(&portfolio->people, id);
}

const struct cp_team *cp_portfolio_find_team(const struct cp_portfolio *portfolio, struct cp_str id)
{
    return cp_map_find(&portfolio->teams, id);
}

const struct cp_supplier *cp_portfolio_find_supplier(const struct cp_portfolio *portfolio,
                                                     struct cp_str id)
{
    return cp_map_find(&portfolio->suppliers, id);
}

const struct cp_tier *cp_portfolio_find_tier(const struct cp_portfolio *portfolio,
                                             const struct cp_plan *plan)
{
    unsigned tier = cp_plan_tier(plan);
    if (tier == 0 || portfolio->config.tiers.tier[tier - 1].leaf.state != CP_SET) {
        return NULL;
    }
    return &portfolio->config.tiers.tier[tier - 1];
}

struct cp_str cp_portfolio_name_of(const struct cp_portfolio *portfolio, struct cp_str id)
{
    const struct cp_text *name = cp_map_find(&portfolio->names, id);
    return name ? name->text : id;
}

/* Minutes of a working day; 0 where no calendar says. */
static int64_t working_day(const struct cp_opening *hours)
{
    if (hours->leaf.state != CP_SET) {
        return 0;
    }
    return hours->hours.kind == CP_HOURS_ALWAYS ? 24 * 60 : cp_hours_longest_day(&hours->hours);
}

bool cp_portfolio_working_seconds(int64_t *out, const struct cp_portfolio *portfolio,
                                  struct cp_duration duration)
{
    int64_t day = working_day(&portfolio->config.calendar.hours);
    int64_t days = 0;
    if (duration.work_days > 0 && day == 0) {
        return false;
    }
    return cp_mul(&days, duration.work_days, 60 * day) && cp_add(out, days, duration.work_seconds);
}
