/*
 * The facts of recovery: dependencies, scenarios, runbooks, objectives, redundancy, backups, people
 * and tools of a plan, as those need them who see many plans. Judges nothing, resolves no name.
 */
#include "facts.h"

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_plain(uint8_t state)
{
    return state == CP_SET || state == CP_ABSENT;
}

/* Of something in a value whose state is `above`. */
static uint8_t state_in(uint8_t above, const struct cp_leaf *leaf)
{
    return is_plain(above) ? leaf->state : above;
}

struct cp_fact_length cp_fact_length_of(const struct cp_length *length)
{
    struct cp_duration duration = length->duration;
    struct cp_fact_length out = {.state = length->leaf.state};
    if (out.state != CP_SET || length->is_continuous) {
        return out;
    }
    out.unit = duration.months != 0               ? CP_FACT_MONTHS
               : cp_duration_is_working(duration) ? CP_FACT_WORKING
                                                  : CP_FACT_ELAPSED;
    out.amount = duration.months != 0               ? duration.months
                 : cp_duration_is_working(duration) ? duration.work_seconds
                                                    : duration.seconds;
    out.days = duration.work_days;
    return out;
}

struct cp_duration cp_fact_duration(struct cp_fact_length length)
{
    struct cp_duration duration = {.work_days = length.days};
    if (length.unit == CP_FACT_ELAPSED) {
        duration.seconds = length.amount;
    } else if (length.unit == CP_FACT_WORKING) {
        duration.work_seconds = length.amount;
    } else {
        duration.months = (int32_t)length.amount;
    }
    return duration;
}

static struct cp_fact_length length_in(uint8_t above, const struct cp_length *length)
{
    return is_plain(above) ? cp_fact_length_of(length) : (struct cp_fact_length){.state = above};
}

static uint8_t choice_in(uint8_t above, const struct cp_choice *choice)
{
    uint8_t state = state_in(above, &choice->leaf);
    return state == CP_SET ? choice->value : state == CP_ABSENT ? CP_FACT_ABSENT : CP_FACT_UNCLEAR;
}

static uint8_t flag_in(uint8_t above, const struct cp_flag *flag)
{
    uint8_t state = state_in(above, &flag->leaf);
    return state == CP_ABSENT ? CP_FACT_NOT_STATED
           : state != CP_SET  ? CP_FACT_UNSURE
           : flag->is_yes     ? CP_FACT_YES
                              : CP_FACT_NO;
}

/* The text and, in `*state`, its state. */
static struct cp_fact_text text_in(struct gather *gather, uint8_t *state, uint8_t above,
                                   const struct cp_text *text)
{
    *state = state_in(above, &text->leaf);
    return keep_text(gather, *state == CP_SET ? text->text : (struct cp_str){0});
}

static struct cp_fact_text id_in(struct gather *gather, uint8_t above, const struct cp_text *id)
{
    uint8_t state;
    return text_in(gather, &state, above, id);
}

static void keep_place(struct gather *gather, struct cp_fact_name *out, const struct cp_leaf *leaf)
{
    if (leaf->node) {
        out->field = gather->has_paths ? keep_path(gather, leaf->node) : (struct cp_fact_text){0};
        out->span = cp_node_place(leaf->node).span;
        out->is_inherited = leaf->is_inherited;
    }
}

/* ---- lists ----------------------------------------------------------------------------------- */

/* Begins a list, which lasts until it is closed. */
static struct cp_fact_list open_list(const struct gather *gather, enum cp_fact_pool pool,
                                     uint8_t above, const struct cp_leaf *leaf)
{
    return (struct cp_fact_list){.first = (uint32_t)gather->pools[pool].count,
                                 .state = state_in(above, leaf)};
}

static void close_list(struct cp_fact_list *list, const struct gather *gather,
                       enum cp_fact_pool pool)
{
    list->count = (uint32_t)gather->pools[pool].count - list->first;
}

static struct cp_fact_list keep_words(struct gather *gather, uint8_t above,
                                      const struct cp_leaf *leaf, const struct cp_text *items,
                                      size_t count)
{
    struct cp_fact_list list = open_list(gather, CP_POOL_WORDS, above, leaf);
    for (size_t i = 0; i < count; i++) {
        struct cp_fact_word *word = keep_fact(gather, CP_POOL_WORDS);
        word->text = text_in(gather, &word->state, list.state, &items[i]);
    }
    close_list(&list, gather, CP_POOL_WORDS);
    return list;
}

/* ---- dependencies ---------------------------------------------------------------------------- */

static void keep_target(struct gather *gather, struct cp_fact_name *out, uint8_t above,
                        const struct cp_text *target, unsigned refers)
{
    out->text = text_in(gather, &out->state, above, target);
    out->refers = (uint16_t)refers;
    keep_place(gather, out, &target->leaf);
}

static void keep_dependency(struct gather *gather, uint8_t above,
                            const struct cp_dependency *dependency, bool is_external)
{
    struct cp_fact_dependency *out = keep_fact(gather, CP_POOL_DEPENDENCIES);
    const struct cp_text *id = is_external ? &dependency->supplier : &dependency->service;
    bool has_id = id->leaf.state != CP_ABSENT || dependency->name.leaf.state == CP_ABSENT;
    uint8_t state = state_in(above, &dependency->leaf);
    if (has_id) {
        out->kind = is_external ? CP_ON_SUPPLIER : CP_ON_PLAN;
        keep_target(gather, &out->target, state, id,
                    is_external ? CP_REFERS_SUPPLIER : CP_REFERS_PLAN);
    } else {
        out->kind = is_external ? CP_ON_NAME_EXTERNAL : CP_ON_NAME_INTERNAL;
        keep_target(gather, &out->target, state, &dependency->name, 0);
    }
    uint8_t fallback = state_in(state, &dependency->fallback.leaf);
    uint8_t commits = state_in(state, &dependency->commits.leaf);
    out->audience =
        (uint8_t)cp_audience_of(gather->plan, NULL, has_id ? &id->leaf : &dependency->name.leaf,
                                &dependency->leaf, &gather->plan->dependencies.section.leaf);
    out->criticality = choice_in(state, &dependency->criticality);
    out->recovery_needs = flag_in(state, &dependency->recovery_needs);
    out->holds_data = flag_in(state, &dependency->holds_data);
    out->fallback = fallback;
    out->pattern = state_in(state, &dependency->pattern.leaf);
    out->sustain = length_in(fallback, &dependency->fallback.sustain);
    out->resume = length_in(state, &dependency->resume);
    out->rto = length_in(commits, &dependency->commits.rto);
    out->rpo = length_in(commits, &dependency->commits.rpo);
}

/* Of two lists as one. */
static uint8_t state_of_both(uint8_t a, uint8_t b)
{
    static const uint8_t order[] = {CP_BROKEN, CP_UNKNOWN, CP_SET, CP_NOT_APPLICABLE};
    for (size_t i = 0; i < sizeof order; i++) {
        if (a == order[i] || b == order[i]) {
            return order[i];
        }
    }
    return CP_ABSENT;
}

static void keep_consumers(struct gather *gather, struct cp_facts *facts, uint8_t above)
{
    const struct cp_dependencies *from = &gather->plan->dependencies;
    facts->consumers = open_list(gather, CP_POOL_NAMES, above, &from->consumers.leaf);
    keep_place(gather, &facts->consumers_place, &from->consumers.leaf);
    for (size_t i = 0; i < from->consumers.count; i++) {
        const struct cp_consumer *consumer = &from->consumers.items[i];
        bool has_id = consumer->service.leaf.state != CP_ABSENT;
        keep_target(gather, keep_fact(gather, CP_POOL_NAMES),
                    state_in(facts->consumers.state, &consumer->leaf),
                    has_id ? &consumer->service : &consumer->name, has_id ? CP_REFERS_PLAN : 0);
    }
    close_list(&facts->consumers, gather, CP_POOL_NAMES);
}

static void keep_dependencies(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_dependencies *from = &gather->plan->dependencies;
    uint8_t above = from->section.leaf.state;
    struct cp_fact_list *list = &facts->dependencies;
    *list = open_list(gather, CP_POOL_DEPENDENCIES, above, &from->internal.leaf);
    for (size_t i = 0; i < from->internal.count; i++) {
        keep_dependency(gather, list->state, &from->internal.items[i], false);
    }
    uint8_t external = state_in(above, &from->external.leaf);
    for (size_t i = 0; i < from->external.count; i++) {
        keep_dependency(gather, external, &from->external.items[i], true);
    }
    close_list(list, gather, CP_POOL_DEPENDENCIES);
    list->state = state_of_both(list->state, external);
    keep_consumers(gather, facts, above);
}

/* ---- scenarios, runbooks, objectives --------------------------------------------------------- */

static void keep_scenario(struct gather *gather, uint8_t above, const struct cp_scenario *scenario)
{
    struct cp_fact_scenario *out = keep_fact(gather, CP_POOL_SCENARIOS);
    uint8_t state = state_in(above, &scenario->leaf);
    uint8_t response = choice_in(state, &scenario->response);
    out->state = state;
    out->id = id_in(gather, state, &scenario->id);
    out->kind = choice_in(state, &scenario->kind);
    out->response = response == CP_FACT_ABSENT ? CP_RESPONSE_RUNBOOK : response;
    out->loses = keep_words(gather, state, &scenario->loses.leaf, scenario->loses.items,
                            scenario->loses.count);
    out->runbooks = keep_words(gather, state, &scenario->runbooks.leaf, scenario->runbooks.items,
                               scenario->runbooks.count);
}

static void keep_step(struct gather *gather, uint8_t above, const struct cp_step *step)
{
    struct cp_fact_step *out = keep_fact(gather, CP_POOL_STEPS);
    uint8_t state = state_in(above, &step->leaf);
    out->state = state;
    out->id = id_in(gather, state, &step->id);
    out->role = text_in(gather, &out->role_state, state, &step->role);
    out->duration = length_in(state, &step->duration);
    out->after = keep_words(gather, state, &step->after.leaf, step->after.items, step->after.count);
}

/* Whether a step says how long it takes, or says that this is not known. */
static bool has_timed_step(const struct cp_runbook *runbook)
{
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        if (step->leaf.state != CP_SET || step->duration.leaf.state != CP_ABSENT) {
            return true;
        }
    }
    return false;
}

enum cp_timing cp_runbook_timing(const struct cp_runbook *runbook)
{
    if (has_timed_step(runbook)) {
        return CP_TIMING_STEPS;
    }
    if (runbook->duration.leaf.state != CP_ABSENT) {
        return CP_TIMING_WHOLE;
    }
    return is_plain(runbook->steps.leaf.state) ? CP_TIMING_NONE : CP_TIMING_UNCLEAR;
}

static void keep_runbook(struct gather *gather, uint8_t above, const struct cp_runbook *runbook)
{
    struct cp_fact_runbook *out = keep_fact(gather, CP_POOL_RUNBOOKS);
    uint8_t state = state_in(above, &runbook->leaf);
    out->state = state;
    out->id = id_in(gather, state, &runbook->id);
    out->owner = text_in(gather, &out->owner_state, state, &runbook->owner);
    out->type = choice_in(state, &runbook->type);
    out->timing = (uint8_t)cp_runbook_timing(runbook);
    out->duration = length_in(state, &runbook->duration);
    out->needs =
        keep_words(gather, state, &runbook->needs.leaf, runbook->needs.items, runbook->needs.count);
    out->steps = open_list(gather, CP_POOL_STEPS, state, &runbook->steps.leaf);
    for (size_t i = 0; i < runbook->steps.count; i++) {
        keep_step(gather, out->steps.state, &runbook->steps.items[i]);
    }
    close_list(&out->steps, gather, CP_POOL_STEPS);
}

static void keep_objective(struct gather *gather, uint8_t above,
                           const struct cp_objective *objective)
{
    struct cp_fact_objective *out = keep_fact(gather, CP_POOL_OBJECTIVES);
    uint8_t state = state_in(above, &objective->leaf);
    uint8_t clock = choice_in(state, &objective->clock);
    out->state = state;
    out->subject = id_in(gather, state, &objective->subject);
    out->scenario = text_in(gather, &out->scenario_state, state, &objective->scenario);
    out->clock = clock == CP_FACT_ABSENT ? CP_CLOCK_DISRUPTION : clock;
    keep_place(gather, &out->rto_place,
               objective->rto.leaf.node ? &objective->rto.leaf : &objective->leaf);
    out->mtpd = length_in(state, &objective->mtpd);
    out->rto = length_in(state, &objective->rto);
    out->wrt = length_in(state, &objective->wrt);
    out->rpo = length_in(state, &objective->rpo);
}

static void keep_runbooks(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_disaster_recovery *from = &gather->plan->disaster_recovery;
    facts->runbooks =
        open_list(gather, CP_POOL_RUNBOOKS, from->section.leaf.state, &from->runbooks.leaf);
    for (size_t i = 0; i < from->runbooks.count; i++) {
        keep_runbook(gather, facts->runbooks.state, &from->runbooks.items[i]);
    }
    close_list(&facts->runbooks, gather, CP_POOL_RUNBOOKS);
}

static void keep_scenarios(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_disaster_recovery *from = &gather->plan->disaster_recovery;
    uint8_t above = from->section.leaf.state;
    facts->scenarios = open_list(gather, CP_POOL_SCENARIOS, above, &from->scenarios.leaf);
    for (size_t i = 0; i < from->scenarios.count; i++) {
        keep_scenario(gather, facts->scenarios.state, &from->scenarios.items[i]);
    }
    close_list(&facts->scenarios, gather, CP_POOL_SCENARIOS);
    facts->objectives = open_list(gather, CP_POOL_OBJECTIVES, above, &from->objectives.leaf);
    for (size_t i = 0; i < from->objectives.count; i++) {
        keep_objective(gather, facts->objectives.state, &from->objectives.items[i]);
    }
    close_list(&facts->objectives, gather, CP_POOL_OBJECTIVES);
}

/* ---- continuity and backup ------------------------------------------------------------------- */

static void keep_redundancy(struct gather *gather, uint8_t above,
                            const struct cp_redundancy *redundancy)
{
    struct cp_fact_redundancy *out = keep_fact(gather, CP_POOL_REDUNDANCY);
    uint8_t state = state_in(above, &redundancy->leaf);
    out->state = state;
    out->uses = text_in(gather, &out->uses_state, state, &redundancy->uses);
    out->against = choice_in(state, &redundancy->against);
    out->level = choice_in(state, &redundancy->level);
    out->takes = length_in(state, &redundancy->takes);
}

static void keep_redundancies(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_it_continuity *from = &gather->plan->it_continuity;
    facts->redundancy =
        open_list(gather, CP_POOL_REDUNDANCY, from->section.leaf.state, &from->redundancy.leaf);
    for (size_t i = 0; i < from->redundancy.count; i++) {
        keep_redundancy(gather, facts->redundancy.state, &from->redundancy.items[i]);
    }
    close_list(&facts->redundancy, gather, CP_POOL_REDUNDANCY);
}

static void keep_places(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_it_continuity *from = &gather->plan->it_continuity;
    uint8_t above = from->section.leaf.state;
    facts->hosting = text_in(gather, &facts->hosting_state, above, &from->hosting);
    facts->regions =
        keep_words(gather, above, &from->regions.leaf, from->regions.items, from->regions.count);
    facts->zones =
        keep_words(gather, above, &from->zones.leaf, from->zones.items, from->zones.count);
}

static void keep_store(struct gather *gather, uint8_t above, const struct cp_store *store)
{
    struct cp_fact_store *out = keep_fact(gather, CP_POOL_STORES);
    uint8_t state = state_in(above, &store->leaf);
    out->state = state;
    out->id = id_in(gather, state, &store->id);
    out->canonical = flag_in(state, &store->canonical);
    out->rebuild_from = state_in(state, &store->rebuild_from.leaf);
    out->located =
        keep_words(gather, state, &store->located.leaf, store->located.items, store->located.count);
}

static void keep_copy(struct gather *gather, uint8_t above, const struct cp_copy *copy)
{
    struct cp_fact_copy *out = keep_fact(gather, CP_POOL_COPIES);
    uint8_t state = state_in(above, &copy->leaf);
    out->state = state;
    out->provider = text_in(gather, &out->provider_state, state, &copy->provider);
    out->region = text_in(gather, &out->region_state, state, &copy->region);
    out->account = text_in(gather, &out->account_state, state, &copy->account);
    out->lag = length_in(state, &copy->lag);
}

static void keep_backup(struct gather *gather, uint8_t above, const struct cp_backup *backup)
{
    struct cp_fact_backup *out = keep_fact(gather, CP_POOL_BACKUPS);
    uint8_t state = state_in(above, &backup->leaf);
    out->state = state;
    out->id = id_in(gather, state, &backup->id);
    out->store = text_in(gather, &out->store_state, state, &backup->store);
    out->method = choice_in(state, &backup->method);
    out->every = length_in(state, &backup->every);
    out->takes = length_in(state, &backup->takes);
    out->lag = length_in(state, &backup->lag);
    out->copies = open_list(gather, CP_POOL_COPIES, state, &backup->copies.leaf);
    for (size_t i = 0; i < backup->copies.count; i++) {
        keep_copy(gather, out->copies.state, &backup->copies.items[i]);
    }
    close_list(&out->copies, gather, CP_POOL_COPIES);
}

static void keep_backup_restore(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_backup_restore *from = &gather->plan->backup_restore;
    uint8_t above = from->section.leaf.state;
    facts->stores = open_list(gather, CP_POOL_STORES, above, &from->stores.leaf);
    for (size_t i = 0; i < from->stores.count; i++) {
        keep_store(gather, facts->stores.state, &from->stores.items[i]);
    }
    close_list(&facts->stores, gather, CP_POOL_STORES);
    facts->backups = open_list(gather, CP_POOL_BACKUPS, above, &from->backups.leaf);
    for (size_t i = 0; i < from->backups.count; i++) {
        keep_backup(gather, facts->backups.state, &from->backups.items[i]);
    }
    close_list(&facts->backups, gather, CP_POOL_BACKUPS);
}

/* ---- incident response ----------------------------------------------------------------------- */

static void keep_role(struct gather *gather, uint8_t above, const struct cp_role *role)
{
    struct cp_fact_role *out = keep_fact(gather, CP_POOL_ROLES);
    uint8_t state = state_in(above, &role->leaf);
    out->role.text = text_in(gather, &out->role.state, state, &role->role);
    out->holders =
        keep_words(gather, state, &role->holders.leaf, role->holders.items, role->holders.count);
    out->deputies =
        keep_words(gather, state, &role->deputies.leaf, role->deputies.items, role->deputies.count);
    out->rota = text_in(gather, &out->rota_state, state, &role->rota);
    if (out->holders.count == 1 && out->deputies.state == CP_ABSENT &&
        out->rota_state == CP_ABSENT) {
        keep_place(gather, &out->role, &role->holders.items[0].leaf);
    }
}

static void keep_tool(struct gather *gather, uint8_t above, const struct cp_tool *tool,
                      bool is_channel)
{
    struct cp_fact_tool *out = keep_fact(gather, CP_POOL_TOOLS);
    uint8_t state = state_in(above, &tool->leaf);
    out->state = state;
    out->name = id_in(gather, state, &tool->name);
    out->depends_on = keep_words(gather, state, &tool->depends_on.leaf, tool->depends_on.items,
                                 tool->depends_on.count);
    out->alternative = state_in(state, &tool->alternative.leaf);
    out->is_channel = is_channel;
}

static void keep_tools(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_incident_response *from = &gather->plan->incident_response;
    uint8_t above = from->section.leaf.state;
    facts->tools = open_list(gather, CP_POOL_TOOLS, above, &from->channels.leaf);
    for (size_t i = 0; i < from->channels.count; i++) {
        keep_tool(gather, facts->tools.state, &from->channels.items[i], true);
    }
    uint8_t tools = state_in(above, &from->tools.leaf);
    for (size_t i = 0; i < from->tools.count; i++) {
        keep_tool(gather, tools, &from->tools.items[i], false);
    }
    close_list(&facts->tools, gather, CP_POOL_TOOLS);
    facts->tools.state = state_of_both(facts->tools.state, tools);
}

static void keep_roles(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_incident_response *from = &gather->plan->incident_response;
    facts->roles = open_list(gather, CP_POOL_ROLES, from->section.leaf.state, &from->roles.leaf);
    for (size_t i = 0; i < from->roles.count; i++) {
        keep_role(gather, facts->roles.state, &from->roles.items[i]);
    }
    close_list(&facts->roles, gather, CP_POOL_ROLES);
}

static void keep_times(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_incident_response *from = &gather->plan->incident_response;
    uint8_t times = state_in(state_in(from->section.leaf.state, &from->activation.leaf),
                             &from->activation.times.leaf);
    facts->detect = length_in(times, &from->activation.times.detect);
    facts->declare = length_in(times, &from->activation.times.declare);
}

/* ---- the plan -------------------------------------------------------------------------------- */

/* The length of the first sentence, of at most 200 bytes in whole characters. */
static size_t find_sentence(struct cp_str text)
{
    enum { MOST = 200 };
    size_t end = text.len < MOST ? text.len : MOST;
    while (end > 0 && end < text.len && (text.at[end] & 0xC0) == 0x80) {
        end--;
    }
    for (size_t i = 1; i < end; i++) {
        bool is_blank = text.at[i] == ' ' || text.at[i] == '\n';
        if (is_blank && (text.at[i - 1] == '.' || (text.at[i - 1] == '\n'))) {
            return text.at[i - 1] == '.' ? i : i - 1;
        }
    }
    return end;
}

/* It on one line. */
static struct cp_fact_text keep_sentence(struct gather *gather, const struct cp_text *prose)
{
    struct cp_str text =
        prose->leaf.state == CP_SET ? cp_str_trim(prose->text) : (struct cp_str){0};
    struct cp_fact_text out = keep_text(gather, cp_str_slice(text, 0, find_sentence(text)));
    for (size_t i = out.at; i < out.at + out.len; i++) {
        gather->text.at[i] = gather->text.at[i] == '\n' ? ' ' : gather->text.at[i];
    }
    return out;
}

void keep_network(struct gather *gather, struct cp_facts *facts)
{
    facts->name = id_in(gather, gather->plan->leaf.state, &gather->plan->name);
    keep_dependencies(gather, facts);
    keep_scenarios(gather, facts);
    keep_redundancies(gather, facts);
    keep_roles(gather, facts);
    keep_times(gather, facts);
}

void keep_recovery(struct gather *gather, struct cp_facts *facts)
{
    const struct cp_plan *plan = gather->plan;
    uint8_t accountability = plan->accountability.section.leaf.state;
    facts->summary = keep_sentence(gather, &plan->summary);
    facts->owner =
        text_in(gather, &facts->owner_state, accountability, &plan->accountability.accountable);
    facts->owner_audience =
        (uint8_t)cp_audience_of(plan, NULL, &plan->accountability.accountable.leaf, NULL,
                                &plan->accountability.section.leaf);
    facts->tier_audience = (uint8_t)cp_audience_of(plan, NULL, &plan->tier.leaf, NULL, NULL);
    facts->workaround = state_in(plan->scope.section.leaf.state, &plan->scope.workaround.leaf);
    facts->workaround_sustain = length_in(facts->workaround, &plan->scope.workaround.sustain);
    keep_tools(gather, facts);
    keep_places(gather, facts);
    keep_runbooks(gather, facts);
    keep_backup_restore(gather, facts);
}
