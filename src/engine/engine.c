/* The run: open, workers over the plans, merge, settle, close. */
#include "engine.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

void worker_init(struct worker *worker)
{
    *worker = (struct worker){0};
    cp_arena_init(&worker->arena);
    cp_buf_init(&worker->bytes);
    cp_diags_init(&worker->diags);
}

void worker_release(struct worker *worker)
{
    cp_arena_release(&worker->arena);
    cp_buf_release(&worker->bytes);
    cp_diags_release(&worker->diags);
    cp_list_release(&worker->failures);
    cp_list_release(&worker->waivers.items);
    cp_list_release(&worker->waivers.shown);
}

struct cp_engine *cp_engine_new(const struct cp_source *source, const struct cp_request *request)
{
    struct cp_engine *engine = cp_alloc(sizeof *engine);
    *engine = (struct cp_engine){.source = source, .request = request};
    cp_arena_init(&engine->arena);
    cp_arena_init(&engine->scratch);
    cp_diags_init(&engine->diags);
    cp_map_init(&engine->folders);
    engine->waivers.is_shown = true;
    documents_open(engine);
    engine_discover(engine);
    since_open(engine);
    history_open(engine);
    return engine;
}

static void release_group(struct group *group)
{
    if (group->has_network) {
        cp_network_release(&group->network);
    }
    cp_selection_release(&group->selection);
    cp_portfolio_release(&group->portfolio);
    cp_map_release(&group->by_path);
    cp_list_release(&group->units);
    cp_list_release(&group->failures);
    cp_file_drop(&group->config_file);
    cp_buf_release(&group->config_bytes);
}

void cp_engine_free(struct cp_engine *engine)
{
    since_close(engine);
    history_close(engine);
    documents_close(engine);
    for (size_t i = 0; i < engine->units.count; i++) {
        free(engine->units.items[i]->facts);
    }
    for (size_t i = 0; i < engine->groups.count; i++) {
        release_group(engine->groups.items[i]);
    }
    for (size_t i = 0; i < engine->worker_count; i++) {
        worker_release(&engine->workers[i]);
    }
    free(engine->workers);
    cp_list_release(&engine->groups);
    cp_map_release(&engine->by_config);
    folders_release(engine);
    cp_list_release(&engine->units);
    cp_list_release(&engine->failures);
    for (size_t i = 0; i < engine->profile_files.count; i++) {
        cp_file_drop(&engine->profile_files.items[i]->file);
    }
    cp_list_release(&engine->profile_files);
    cp_list_release(&engine->found);
    cp_list_release(&engine->waived);
    cp_list_release(&engine->known);
    cp_list_release(&engine->waivers.items);
    cp_list_release(&engine->waivers.shown);
    cp_list_release(&engine->plan_ids);
    cp_list_release(&engine->omissions);
    cp_diags_release(&engine->diags);
    cp_arena_release(&engine->scratch);
    cp_arena_release(&engine->arena);
    free(engine);
}

/* ---- workers --------------------------------------------------------------------------------- */

struct shift {
    struct cp_engine *engine;
    struct worker *worker;
    atomic_size_t *next;
    void (*each)(struct cp_engine *engine, struct worker *worker, struct unit *unit);
};

/* Recoveries are worked out here, while the plan is at hand. */
static void add_recoveries(struct cp_facts *facts, struct cp_study *study)
{
    if (facts->scenarios.count == 0) {
        return;
    }
    const struct cp_recovery *recoveries = cp_study_recoveries(study);
    for (size_t i = 0; i < facts->scenarios.count; i++) {
        if (recoveries[i].own_is != CP_OWN_UNKNOWN) {
            cp_facts_set_own(facts, i, recoveries[i].own);
        }
    }
}

void keep_facts(struct unit *unit, const struct cp_plan *plan, struct worker *worker)
{
    const struct cp_portfolio *portfolio = &unit->group->portfolio;
    unit->facts = cp_facts_new(plan, unit->stem, portfolio, unit->group->parts, &worker->arena);
    if (plan) {
        add_recoveries(unit->facts, &worker->study);
    }
    cp_file_drop(&unit->file);
}

/* Plans that nobody asked for are read for their facts alone; the rules judge none in the light of
 * a portfolio file that could not be read. */
static void check_unit(struct cp_engine *engine, struct worker *worker, struct unit *unit)
{
    struct cp_plan plan;
    worker->diags.is_muted = !unit->is_asked;
    bool is_loaded = load_unit(engine, worker, unit, &plan);
    if (is_loaded && plan.leaf.state == CP_SET && unit->is_asked &&
        !unit->group->portfolio.is_unusable) {
        cp_rules_check_plan(&worker->study, unit->group->profile, &unit->group->off,
                            engine->request->today, &worker->diags);
        history_check(engine, worker, unit, &plan);
    }
    if (is_loaded && plan.leaf.state == CP_SET) {
        documents_check_plan(engine, worker, unit, &plan);
    }
    since_check(engine, worker, unit, is_loaded ? &plan : NULL);
    keep_facts(unit, is_loaded ? &plan : NULL, worker);
}

static void *work(void *argument)
{
    struct shift *shift = argument;
    for (;;) {
        size_t index = atomic_fetch_add(shift->next, 1);
        if (index >= shift->engine->units.count) {
            return NULL;
        }
        shift->each(shift->engine, shift->worker, shift->engine->units.items[index]);
    }
}

void start_workers(struct cp_engine *engine)
{
    size_t most = engine->units.count > 0 ? engine->units.count : 1;
    engine->worker_count = engine->request->jobs < most ? engine->request->jobs : most;
    engine->workers = cp_alloc(engine->worker_count * sizeof *engine->workers);
    for (size_t i = 0; i < engine->worker_count; i++) {
        worker_init(&engine->workers[i]);
    }
}

/* The calling thread is the first worker; where a thread cannot be had, the others do its share. */
void run_workers(struct cp_engine *engine,
                 void (*each)(struct cp_engine *engine, struct worker *worker, struct unit *unit))
{
    atomic_size_t next = 0;
    struct shift *shifts = cp_alloc(engine->worker_count * sizeof *shifts);
    pthread_t *threads = cp_alloc(engine->worker_count * sizeof *threads);
    size_t started = 1;
    for (size_t i = 0; i < engine->worker_count; i++) {
        shifts[i] = (struct shift){engine, &engine->workers[i], &next, each};
    }
    while (started < engine->worker_count &&
           pthread_create(&threads[started], NULL, work, &shifts[started]) == 0) {
        started++;
    }
    work(&shifts[0]);
    for (size_t i = 1; i < started; i++) {
        pthread_join(threads[i], NULL);
    }
    free(threads);
    free(shifts);
}

const struct cp_findings *cp_engine_validate(struct cp_engine *engine,
                                             const struct cp_selection *selection)
{
    engine->choice = selection;
    for (size_t i = 0; i < engine->groups.count; i++) {
        choose_checks(engine->groups.items[i], selection);
    }
    start_workers(engine);
    run_workers(engine, check_unit);
    gather_failures(engine);
    build_networks(engine);
    since_choose(engine);
    for (size_t i = 0; i < engine->groups.count; i++) {
        merge_group(engine, engine->groups.items[i]);
    }
    documents_check(engine);
    settle(engine);
    return &engine->findings;
}

/* ---- looking at plans ------------------------------------------------------------------------ */

void view_unit(struct cp_view *out, const struct unit *unit, const struct cp_plan *plan)
{
    *out = (struct cp_view){.path = unit->file.path,
                            .id = plan->id.leaf.state == CP_SET ? plan->id.text : unit->stem,
                            .plan = plan,
                            .portfolio = &unit->group->portfolio,
                            .is_parsed = plan->leaf.state == CP_SET};
    out->stem = unit->stem.len > 0 ? unit->stem : out->id.len > 0 ? out->id : CP_STR("plan");
}

static bool show_unit(struct cp_engine *engine, struct worker *worker, struct unit *unit,
                      bool (*visit)(void *context, const struct cp_view *view), void *context)
{
    struct cp_plan plan;
    worker->diags.secrets.count = 0; /* those of other plans, and their waivers */
    worker->waivers.items.count = 0;
    worker->waivers.shown.count = 0;
    if (!tally_unit(engine, worker, unit, &plan)) {
        return true;
    }
    struct cp_view view;
    struct cp_secrets secrets;
    cp_secrets_init(&secrets);
    cp_secrets_add(&secrets, &worker->diags);
    cp_secrets_sort(&secrets);
    view_unit(&view, unit, &plan);
    view.secrets = &secrets;
    view.profile = unit->group->profile;
    view.waived = worker->waivers.shown.items;
    view.waived_count = worker->waivers.shown.count;
    bool is_wanted = visit(context, &view);
    cp_secrets_release(&secrets);
    cp_file_drop(&unit->file);
    return is_wanted;
}

void cp_engine_each(struct cp_engine *engine,
                    bool (*visit)(void *context, const struct cp_view *view), void *context)
{
    bool is_wanted = true;
    start_workers(engine);
    engine->workers[0].waivers.is_shown = true;
    for (size_t i = 0; is_wanted && i < engine->units.count; i++) {
        if (engine->units.items[i]->is_asked) {
            is_wanted =
                show_unit(engine, &engine->workers[0], engine->units.items[i], visit, context);
        }
    }
    gather_failures(engine);
}

size_t cp_engine_shared_waived(struct cp_engine *engine, const struct cp_waived **out)
{
    struct cp_waived *shown = engine->waivers.shown.items;
    size_t kept = 0;
    for (size_t i = 0; i < engine->waivers.shown.count; i++) {
        const struct group *group = cp_map_find(&engine->by_config, cp_str_of(shown[i].path));
        if (group && group->is_asked) {
            shown[kept++] = shown[i];
        }
    }
    engine->waivers.shown.count = kept;
    *out = shown;
    return kept;
}

bool cp_engine_has_other_ids(const struct cp_engine *engine)
{
    return engine->has_other_ids;
}

const char *cp_engine_lost_past(const struct cp_engine *engine)
{
    return engine->lost_past;
}

size_t cp_engine_plans(const struct cp_engine *engine)
{
    size_t count = 0;
    for (size_t i = 0; i < engine->units.count; i++) {
        count += engine->units.items[i]->is_asked;
    }
    return count;
}
