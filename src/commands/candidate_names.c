/*
 * The names that the plans, the portfolio file and the repository around the working directory
 * hold. All of them are somebody else's text: candidate_put() lets none through that a shell would
 * take for more than a word, and secrets are left out here.
 */
#include "commands.h"

#include <string.h>

/* ---- revisions ------------------------------------------------------------------------------- */

static bool put_revision(void *context, const char *name)
{
    static const struct {
        const char *folder, *what;
    } kinds[] = {{"refs/heads/", "branch"}, {"refs/tags/", "tag"}, {"refs/remotes/", "branch"}};
    struct cp_str full = cp_str_of(name);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (cp_str_has_prefix(full, kinds[i].folder)) {
            candidate_put(context, cp_str_slice(full, strlen(kinds[i].folder), SIZE_MAX),
                          kinds[i].what);
        }
    }
    return ((struct candidates *)context)->left > 0;
}

void candidate_revisions_put(struct candidates *to)
{
    struct cp_arguments none = {0};
    struct cp_error error;
    struct run run;
    candidate_put(to, CP_STR("HEAD"), "the last commit");
    if (run_prepare(&run, &none) == CP_STATUS_CLEAN &&
        run_open_repository(&run, &error) == CP_REPOSITORY_USABLE) {
        cp_repository_each_reference(run.repository, put_revision, to, &error);
    }
    run_close(&run);
}

/* ---- plans and what they name ---------------------------------------------------------------- */

/* What is looked for in a portfolio, and what was found. */
struct names {
    void (*collect)(struct names *names, const struct cp_network *network);
    struct cp_arena *arena;
    CP_LIST(struct cp_str) items;
};

static void add(struct names *names, struct cp_str name)
{
    *(struct cp_str *)cp_list_push(&names->items, sizeof name) = cp_arena_copy(names->arena, name);
}

static bool collect(void *context, const struct cp_network *network)
{
    struct names *names = context;
    names->collect(names, network);
    return true;
}

/* The portfolio file and the revision that were asked for; nothing else is of any account here. */
static void copy_options(struct cp_arguments *out, const struct cp_arguments *arguments)
{
    for (size_t i = 0; i < arguments->options.count; i++) {
        enum cp_option_id id = arguments->options.items[i].option->id;
        if (id == CP_OPTION_CONFIG || id == CP_OPTION_REV) {
            *(struct cp_given *)cp_list_push(&out->options, sizeof(struct cp_given)) =
                arguments->options.items[i];
        }
    }
}

static void put_found(struct candidates *to, struct cp_engine *engine, struct names *names)
{
    struct cp_secrets secrets;
    cp_engine_each_network(engine, collect, names);
    cp_secrets_init(&secrets);
    cp_engine_add_secrets(engine, &secrets);
    cp_engine_add_shared_secrets(engine, &secrets);
    cp_secrets_sort(&secrets);
    for (size_t i = 0; i < names->items.count; i++) {
        struct cp_str name = names->items.items[i];
        if (cp_str_is_equal(cp_secrets_mask_own(&secrets, name, to->arena), name)) {
            candidate_put(to, name, NULL);
        }
    }
    cp_secrets_release(&secrets);
}

static void put_collected(struct candidates *to,
                          void (*how)(struct names *names, const struct cp_network *network))
{
    struct names names = {.collect = how, .arena = to->arena};
    struct cp_arguments asked = {0};
    struct run run;
    copy_options(&asked, to->arguments);
    if (run_open(&run, &asked) == CP_STATUS_CLEAN) {
        put_found(to, run.engine, &names);
    }
    run_close(&run);
    cp_list_release(&names.items);
    cp_list_release(&asked.options);
}

static void collect_plans(struct names *names, const struct cp_network *network)
{
    for (size_t i = 0; i < network->count; i++) {
        add(names, cp_network_id(network, i));
    }
}

static void collect_suppliers(struct names *names, const struct cp_network *network)
{
    const struct cp_config *config = &network->portfolio->config;
    for (size_t i = 0; i < config->suppliers.count; i++) {
        add(names, config->suppliers.items[i].id.text);
    }
}

static void collect_people(struct names *names, const struct cp_network *network)
{
    const struct cp_config *config = &network->portfolio->config;
    for (size_t i = 0; i < config->people.count; i++) {
        add(names, config->people.items[i].id.text);
    }
}

static void collect_subjects(struct names *names, const struct cp_network *network)
{
    collect_plans(names, network);
    collect_suppliers(names, network);
}

static void collect_losses(struct names *names, const struct cp_network *network)
{
    const struct cp_config *config = &network->portfolio->config;
    collect_subjects(names, network);
    collect_people(names, network);
    for (size_t i = 0; i < config->teams.count; i++) {
        add(names, config->teams.items[i].id.text);
    }
    for (size_t i = 0; i < config->suppliers.count; i++) {
        const struct cp_supplier *supplier = &config->suppliers.items[i];
        for (size_t j = 0; j < supplier->regions.count; j++) {
            add(names, cp_arena_printf(names->arena, "%.*s.%.*s", CP_ARG(supplier->id.text),
                                       CP_ARG(supplier->regions.items[j].text)));
        }
    }
}

static void collect_scenarios(struct names *names, const struct cp_network *network)
{
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
        for (size_t j = 0; j < facts->scenarios.count; j++) {
            add(names, cp_fact_str(facts, scenarios[j].id));
        }
    }
}

void candidate_plans_put(struct candidates *to)
{
    put_collected(to, collect_plans);
}

void candidate_subjects_put(struct candidates *to)
{
    put_collected(to, collect_subjects);
}

void candidate_losses_put(struct candidates *to)
{
    put_collected(to, collect_losses);
}

void candidate_people_put(struct candidates *to)
{
    put_collected(to, collect_people);
}

void candidate_scenarios_put(struct candidates *to)
{
    put_collected(to, collect_scenarios);
}
