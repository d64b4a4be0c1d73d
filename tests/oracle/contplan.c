/*
 * Asks contplan: writes the world's files into memory, lets the engine read them, simulates, and
 * turns the result into the oracle's terms. Knows nothing of how either reckons.
 */
#include "agree.h"

#include <contplan/analysis.h>
#include <contplan/base.h>
#include <contplan/engine.h>
#include <contplan/rules.h>
#include <contplan/source.h>

#include <stdlib.h>
#include <string.h>

/* ---- files in memory ------------------------------------------------------------------------- */

struct files {
    struct cp_overlay_file items[MOST_PLANS + 1];
    char *texts[MOST_PLANS + 1];
    char paths[MOST_PLANS + 1][64];
    size_t count;
};

static FILE *open_text(char **text, size_t *size)
{
    FILE *out = open_memstream(text, size);
    if (!out) {
        abort();
    }
    return out;
}

static void add_file(struct files *files, const char *path, const struct world *world, int plan)
{
    size_t i = files->count++;
    size_t size = 0;
    FILE *out = open_text(&files->texts[i], &size);
    if (plan < 0) {
        world_write_portfolio(out, world);
        fputs("plans: [\"plans/*.yaml\", \"plans/*/*.yaml\"]\n", out);
    } else {
        world_write_plan(out, world, plan);
    }
    fclose(out);
    snprintf(files->paths[i], sizeof(files->paths[i]), "%s", path);
    files->items[i] = (struct cp_overlay_file){files->paths[i], {files->texts[i], size}};
}

static void write_files(struct files *files, const struct world *world, bool is_backwards)
{
    files->count = 0;
    for (int i = 0; i < world->plan_count; i++) {
        char path[64];
        snprintf(path, sizeof(path), is_backwards ? "plans/%d/%s.yaml" : "plans/%.0d%s.yaml",
                 is_backwards ? 9 - i : 0, world->plans[i].id.text);
        add_file(files, path, world, i);
    }
    add_file(files, "contplan.yaml", world, -1);
}

static void release_files(struct files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->texts[i]);
    }
}

/* ---- the answer in our terms ----------------------------------------------------------------- */

struct asking {
    const struct world *world;
    struct answer *out;
    bool *odd;
    struct remedy *remedies; /* NULL: not asked for */
    struct fares *fares;
    int remedy_count;
};

static int minutes_of(struct asking *asking, int64_t seconds)
{
    if (seconds == CP_TIME_UNKNOWN) {
        return NEVER;
    }
    *asking->odd |= seconds % 60 != 0;
    return (int)(seconds / 60);
}

static struct name name_of_str(struct cp_str s)
{
    struct name name;
    snprintf(name.text, sizeof(name.text), "%.*s", CP_ARG(s));
    return name;
}

static int plan_of(const struct world *world, struct cp_str id)
{
    for (int i = 0; i < world->plan_count; i++) {
        if (cp_str_is(id, world->plans[i].id.text)) {
            return i;
        }
    }
    abort();
}

static void take_breach(struct asking *asking, struct outcome *out, const struct cp_breach *breach)
{
    static const enum promise promises[] = {
        [CP_PROMISE_RTO] = PROMISE_RTO,
        [CP_PROMISE_RPO] = PROMISE_RPO,
        [CP_PROMISE_MTPD] = PROMISE_MTPD,
    };
    struct breach *it = &out->breaches[promises[breach->promise]];
    *asking->odd |= it->is_breached; /* twice */
    *it = (struct breach){true, minutes_of(asking, breach->limit),
                          minutes_of(asking, breach->actual)};
}

static void take_service(struct asking *asking, const struct cp_network *network,
                         const struct cp_service_outcome *service)
{
    static const enum state states[] = {
        [CP_SERVICE_UNAFFECTED] = UNAFFECTED,
        [CP_SERVICE_DEGRADED] = DEGRADED_STATE,
        [CP_SERVICE_DOWN] = DOWN,
    };
    int plan = plan_of(asking->world, cp_network_id(network, service->plan));
    struct outcome *out = &asking->out->outcomes[plan];
    *out = (struct outcome){.is_present = true, .state = states[service->state]};
    out->from = minutes_of(asking, service->from);
    out->up_at = minutes_of(asking, service->up_at);
    out->own = minutes_of(asking, service->own);
    out->scenario = name_of_str(service->scenario);
    for (size_t i = 0; i < service->breaches.count; i++) {
        take_breach(asking, out, &service->breaches.items[i]);
    }
}

static void take_step(struct asking *asking, const struct cp_network *network,
                      const struct cp_step_outcome *step)
{
    struct answer *out = asking->out;
    if (out->work_count == MOST_WORK) {
        abort();
    }
    struct work *work = &out->works[out->work_count++];
    *work = (struct work){
        .plan = plan_of(asking->world, cp_network_id(network, step->plan)),
        .runbook = name_of_str(step->runbook),
        .step = name_of_str(step->step),
        .holder = name_of_str(step->holder),
        .start = minutes_of(asking, step->start),
        .end = minutes_of(asking, step->end),
    };
}

static void take(struct asking *asking, const struct cp_network *network,
                 const struct cp_simulation *simulation)
{
    memset(asking->out, 0, sizeof(*asking->out));
    for (size_t i = 0; i < simulation->services.count; i++) {
        take_service(asking, network, &simulation->services.items[i]);
    }
    for (size_t i = 0; i < simulation->steps.count; i++) {
        take_step(asking, network, &simulation->steps.items[i]);
    }
    for (size_t i = 0; i < simulation->lost.count; i++) {
        if (simulation->lost.items[i].kind != CP_THING_PERSON) {
            answer_add_lost(asking->out, name_of_str(simulation->lost.items[i].id));
        }
    }
    asking->out->lower_bound =
        simulation->lower_bound == CP_TIME_UNKNOWN ? -1 : simulation->lower_bound;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static size_t strs_of(struct cp_str out[MOST_NAMES], const struct names *names)
{
    for (int i = 0; i < names->count; i++) {
        out[i] = cp_str_of(names->at[i].text);
    }
    return (size_t)names->count;
}

static struct cp_zone zone_of(const struct world *world, struct cp_arena *arena)
{
    struct cp_zone zone;
    struct cp_error error;
    bool is_stated = world->calendar.is_stated && world->calendar.zone != ZONE_ABSENT;
    const char *name = is_stated ? zone_name(world->calendar.zone) : "UTC";
    if (cp_zone_load(&zone, NULL, cp_str_of(name), arena, &error) != 0) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    return zone;
}

static void take_fares(struct asking *asking, const struct cp_network *network,
                       const struct cp_simulation *simulation)
{
    *asking->fares = (struct fares){.breaches = (int)simulation->breach_count};
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        int64_t *well =
            &asking->fares->well[plan_of(asking->world, cp_network_id(network, service->plan))];
        *well = service->up_at;
        for (size_t j = 0; j < service->spans.count; j++) {
            *well = service->spans.items[j].to > *well ? service->spans.items[j].to : *well;
        }
    }
}

static void take_remedies(struct asking *asking, const struct cp_network *network,
                          const struct cp_loss *loss, struct cp_arena *arena)
{
    static const enum remedy_kind kinds[] = {
        [CP_REMEDY_CAPACITY] = MORE_CAPACITY,    [CP_REMEDY_DEPUTY] = OTHER_REMEDY,
        [CP_REMEDY_ROLE] = OTHER_REMEDY,         [CP_REMEDY_HOURS] = LONGER_HOURS,
        [CP_REMEDY_FALLBACK] = LASTING_FALLBACK, [CP_REMEDY_COMMITMENT] = COMMITMENT};
    struct cp_remedy *found;
    size_t count = cp_simulate_remedies(&found, arena, network, loss, MOST_REMEDIES);
    for (size_t i = 0; i < count; i++) {
        asking->remedies[asking->remedy_count++] =
            (struct remedy){.kind = kinds[found[i].kind],
                            .name = name_of_str(found[i].name),
                            .service = name_of_str(found[i].service),
                            .within = found[i].within,
                            .saved = found[i].saved,
                            .services = (int)found[i].services,
                            .made_known = (int)found[i].made_known,
                            .breaches = (int)found[i].breaches};
    }
}

static bool simulate(void *context, const struct cp_network *network)
{
    struct asking *asking = context;
    const struct question *question = &asking->world->question;
    struct cp_str lost[MOST_NAMES];
    struct cp_str absent[MOST_NAMES];
    struct cp_loss loss = {
        .lost = lost,
        .lost_count = strs_of(lost, &question->lose),
        .absent = absent,
        .absent_count = strs_of(absent, &question->absent),
        .scenario = cp_str_of(question->scenario.text),
        .at = question->at * 60,
    };
    struct cp_simulation simulation;
    struct cp_almanac almanac;
    struct cp_arena arena;
    cp_arena_init(&arena);
    cp_almanac_init(&almanac, network->portfolio, zone_of(asking->world, &arena), &arena);
    loss.almanac = &almanac;
    cp_simulate(&simulation, &arena, network, &loss);
    if (asking->remedies) {
        take_fares(asking, network, &simulation);
        take_remedies(asking, network, &loss, &arena);
    } else {
        take(asking, network, &simulation);
    }
    cp_arena_release(&arena);
    return true;
}

static void ask(struct asking *asking, const struct manner *manner)
{
    struct files files;
    write_files(&files, asking->world, manner->is_backwards);
    struct cp_overlay overlay = {files.items, files.count, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {.today = cp_date_of(2026, 11, 23), .jobs = manner->jobs};
    struct cp_engine *engine = cp_engine_new(&source, &request);
    cp_engine_each_network(engine, simulate, asking);
    cp_engine_free(engine);
    release_files(&files);
}

void contplan_answer(struct answer *out, bool *odd, const struct world *world,
                     const struct manner *manner)
{
    struct asking asking = {.world = world, .out = out, .odd = odd};
    ask(&asking, manner);
}

int contplan_remedies(struct remedy out[MOST_REMEDIES], struct fares *fares,
                      const struct world *world)
{
    struct asking asking = {.world = world, .remedies = out, .fares = fares};
    ask(&asking, &(struct manner){.jobs = 1});
    return asking.remedy_count;
}

int contplan_faults(const struct world *world, FILE *out)
{
    struct files files;
    struct cp_selection selection;
    int faults = 0;
    write_files(&files, world, false);
    struct cp_overlay overlay = {files.items, files.count, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {.today = cp_date_of(2026, 11, 23), .jobs = 1};
    struct cp_engine *engine = cp_engine_new(&source, &request);
    cp_selection_init(&selection);
    const struct cp_findings *findings = cp_engine_validate(engine, &selection);
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        if (strncmp(finding->rule->code, "CP0", 3) == 0) {
            fprintf(out, "%s:%u: %s %.*s\n", finding->at.path, finding->at.line,
                    finding->rule->code, CP_ARG(finding->message));
            faults++;
        }
    }
    cp_selection_release(&selection);
    cp_engine_free(engine);
    release_files(&files);
    return faults;
}
