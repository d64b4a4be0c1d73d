/* contplan simulate: what goes down when something is lost, who recovers it when, and who breaks
 * which promise. */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

static const char *const fail_words[] = {"breach", "never", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_LOSE,
     .name = "--lose",
     .argument = "ID[,ID...]",
     .is_repeatable = true,
     .doc = "Lose this: a plan, a supplier, a region (supplier.region), a zone "
            "(supplier.region.zone), a store, a team or a person. May be given several times."},
    {.id = CP_OPTION_ABSENT,
     .name = "--absent",
     .argument = "PERSON[,PERSON...]",
     .is_repeatable = true,
     .doc = "These people are not there; deputies do what is theirs."},
    {.id = CP_OPTION_SCENARIO,
     .name = "--scenario",
     .argument = "ID",
     .doc = "Plans that declare this scenario recover as it says. Without --lose, what it loses is "
            "lost."},
    {.id = CP_OPTION_AT,
     .name = "--at",
     .argument = "TIME",
     .doc = "When it happens, as 2026-01-31T17:00, on the clocks of the calendar's time zone, or "
            "with an offset as 2026-01-31T17:00+01:00; the first minute of today if absent."},
    {.id = CP_OPTION_ALL,
     .name = "--all",
     .doc = "Lose each thing alone, one after the other, and rank them by the promises broken."},
    {.id = CP_OPTION_FAIL_ON,
     .name = "--fail-on",
     .argument = "WHAT",
     .words = fail_words,
     .doc = "Exit with status 1 where a promise is broken (breach), or never (the default)."},
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .doc = "Write text (the default), markdown or json."},
    {.id = CP_OPTION_OUTPUT,
     .name = "--output",
     .letter = "-o",
     .argument = "FILE",
     .doc = "Write into FILE, not on standard output."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Withhold what is above public, internal (the default) or restricted."},
};

struct simulating {
    const struct cp_arguments *arguments;
    const struct cp_simulation_format *format;
    struct run *run;
    enum cp_audience audience;
    CP_LIST(struct cp_str) lost;   /* words of --lose */
    CP_LIST(struct cp_str) absent; /* of --absent */
    struct cp_str scenario;
    struct cp_time at;
    bool is_at_assumed;
    bool is_all;
    const struct cp_network *network; /* of the portfolio; NULL until it is seen */
    bool has_breach;
    struct cp_arena arena;
    const char *file;  /* NULL: standard output */
    struct cp_buf out; /* what is printed; with an outlet, unless it goes into a file */
    int status;
};

/* ---- the command line ------------------------------------------------------------------------ */

/* The words of a value, between commas and blanks, each once, added to a list of struct cp_str. */
static int add_words(void *list, const struct cp_given *given)
{
    static const char separators[] = ", \t\n";
    struct cp_list *words = list;
    size_t before = words->count;
    for (const char *at = given->value; *at;) {
        struct cp_str word = {at, strcspn(at, separators)};
        at += word.len;
        at += strspn(at, separators);
        bool is_known = word.len == 0;
        for (size_t i = 0; i < words->count; i++) {
            is_known = is_known || cp_str_is_equal(((struct cp_str *)words->items)[i], word);
        }
        if (!is_known) {
            *(struct cp_str *)cp_list_push(list, sizeof word) = word;
        }
        before = word.len > 0 ? SIZE_MAX : before;
    }
    return before == SIZE_MAX ? CP_STATUS_CLEAN
                              : say_usage("%s names nothing", given->option->name);
}

static int read_time(struct simulating *out)
{
    const char *at = cp_argument_find(out->arguments, CP_OPTION_AT);
    out->is_at_assumed = !at;
    out->at.local = (int64_t)out->run->request.today.days * 24 * 60 * 60;
    if (!at || cp_time_parse(&out->at, cp_str_of(at))) {
        return CP_STATUS_CLEAN;
    }
    return say_usage("--at takes a day and a time as 2026-01-31T17:00, or with an offset as "
                     "2026-01-31T17:00+01:00, not %s",
                     quoted(at));
}

static int read_losses(struct simulating *out)
{
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < out->arguments->options.count; i++) {
        const struct cp_given *given = &out->arguments->options.items[i];
        if (given->option->id == CP_OPTION_LOSE) {
            status = add_words(&out->lost, given);
        } else if (given->option->id == CP_OPTION_ABSENT) {
            status = add_words(&out->absent, given);
        }
    }
    const char *scenario = cp_argument_find(out->arguments, CP_OPTION_SCENARIO);
    if (status == CP_STATUS_CLEAN && scenario && *scenario == '\0') {
        return say_usage("--scenario names nothing");
    }
    out->scenario = cp_str_of(scenario);
    return status;
}

static int read_options(struct simulating *out)
{
    const char *name = cp_argument_find(out->arguments, CP_OPTION_FORMAT);
    out->format = cp_simulation_format_find(cp_str_of(name ? name : "text"));
    if (!out->format) {
        const struct cp_simulation_format *formats;
        size_t count = cp_simulation_formats(&formats);
        return say_unknown_format("--format", formats, count, sizeof *formats, cp_str_of(name));
    }
    out->audience = audience_of(out->arguments);
    out->is_all = cp_argument_is_given(out->arguments, CP_OPTION_ALL);
    int status = read_losses(out);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    bool is_any = out->lost.count + out->absent.count + out->scenario.len > 0;
    if (out->is_all && is_any) {
        return say_usage("--all loses each thing alone; leave out --lose, --absent and --scenario");
    }
    if (!out->is_all && !is_any) {
        return say_usage("simulate needs to know what is lost: --lose ID, --scenario ID, or --all");
    }
    return read_time(out);
}

/* ---- what is named --------------------------------------------------------------------------- */

/* "--lose: nothing is called 'identiy'; did you mean 'identity'?" */
static int say_unknown(const char *option, const char *what, struct cp_str word,
                       const struct cp_str *known, size_t count, struct cp_arena *arena)
{
    struct cp_str nearest = cp_str_nearest(word, known, count);
    const char *given = quoted(cp_arena_copy(arena, word).at);
    return nearest.len > 0 ? say_usage("%s: %s is called %s; did you mean %s?", option, what, given,
                                       quoted(cp_arena_copy(arena, nearest).at))
                           : say_usage("%s: %s is called %s", option, what, given);
}

static bool is_retired(const struct cp_network *network, struct cp_str id)
{
    size_t plan = cp_network_find(network, id);
    return plan != SIZE_MAX && network->plans[plan]->phase == CP_RETIRED;
}

static int check_lost(struct simulating *in, const struct cp_network *network)
{
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < in->lost.count; i++) {
        if (cp_network_can_lose(network, in->lost.items[i])) {
            continue;
        }
        if (is_retired(network, in->lost.items[i])) {
            status = say_usage("--lose: %s is retired, and takes no part in an outage",
                               quoted(cp_arena_copy(&in->arena, in->lost.items[i]).at));
        } else {
            struct cp_thing *things;
            size_t count = cp_things_get(&things, &in->arena, network);
            struct cp_str *known = cp_arena_alloc(&in->arena, (count + 1) * sizeof *known);
            for (size_t j = 0; j < count; j++) {
                known[j] = things[j].id;
            }
            status = say_unknown("--lose", "nothing that can be lost", in->lost.items[i], known,
                                 count, &in->arena);
        }
    }
    return status;
}

static int check_absent(struct simulating *in, const struct cp_network *network)
{
    const struct cp_portfolio *portfolio = network->portfolio;
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < in->absent.count; i++) {
        if (!cp_map_find(&portfolio->people, in->absent.items[i])) {
            size_t count = portfolio->config.people.count;
            struct cp_str *known = cp_arena_alloc(&in->arena, (count + 1) * sizeof *known);
            for (size_t j = 0; j < count; j++) {
                known[j] = portfolio->config.people.items[j].id.text;
            }
            status =
                say_unknown("--absent", "no person", in->absent.items[i], known, count, &in->arena);
        }
    }
    return status;
}

static int check_scenario(struct simulating *in, const struct cp_network *network)
{
    CP_LIST(struct cp_str) known = {0};
    if (in->scenario.len == 0 || cp_network_has_scenario(network, in->scenario)) {
        return CP_STATUS_CLEAN;
    }
    for (size_t i = 0; i < network->count; i++) {
        const struct cp_facts *facts = network->plans[i];
        const struct cp_fact_scenario *scenarios = cp_fact_scenarios(facts, facts->scenarios);
        for (size_t j = 0; j < facts->scenarios.count; j++) {
            *(struct cp_str *)cp_list_push(&known, sizeof(struct cp_str)) =
                cp_fact_str(facts, scenarios[j].id);
        }
    }
    int status = say_unknown("--scenario", "no scenario", in->scenario, known.items, known.count,
                             &in->arena);
    cp_list_release(&known);
    return status;
}

/* ---- the clocks ------------------------------------------------------------------------------ */

struct clocks {
    struct cp_zone zone;
    struct cp_str name;
    struct cp_str assumption; /* empty: none */
};

/* The zone of the calendar; UTC where there is none, and an assumption where it cannot be had. */
static struct clocks clocks_of(struct simulating *in, const struct cp_network *network)
{
    const struct cp_text *stated = &network->portfolio->config.calendar.time_zone;
    struct clocks clocks = {.name = CP_STR("UTC")};
    struct cp_error error;
    if (stated->leaf.state == CP_ABSENT) {
        return clocks;
    }
    if (stated->leaf.state != CP_SET) {
        clocks.assumption =
            CP_STR("The calendar's time zone is not known: times and hours are taken as UTC.");
    } else if (cp_zone_load(&clocks.zone, in->run->request.zones, stated->text, &in->arena,
                            &error) != 0) {
        clocks.assumption =
            cp_arena_printf(&in->arena, "%c%s: times and hours are taken as UTC.",
                            error.text[0] >= 'a' && error.text[0] <= 'z' ? error.text[0] - 'a' + 'A'
                                                                         : error.text[0],
                            error.text + 1);
    } else {
        clocks.name = stated->text;
    }
    return clocks;
}

/* Adds a sentence where it belongs in the sorted list, which is the arena's. */
static void add_assumption(struct cp_simulation *simulation, struct cp_str sentence,
                           struct cp_arena *arena)
{
    size_t count = simulation->assumptions.count;
    struct cp_str *all = cp_arena_alloc(arena, (count + 1) * sizeof *all);
    size_t at = 0;
    if (sentence.len == 0) {
        return;
    }
    while (at < count && cp_str_compare(simulation->assumptions.items[at], sentence) <= 0) {
        at++;
    }
    for (size_t i = 0; i < count; i++) {
        all[i + (i >= at)] = simulation->assumptions.items[i];
    }
    all[at] = sentence;
    simulation->assumptions.items = all;
    simulation->assumptions.count = count + 1;
}

static struct cp_str assumed_time(const struct simulating *in)
{
    return in->is_at_assumed ? CP_STR("No time is given: it happens in the first minute of today.")
                             : (struct cp_str){0};
}

/* ---- the outage ------------------------------------------------------------------------------ */

static bool is_later(const struct cp_service_outcome *a, const struct cp_service_outcome *b)
{
    return a->up_at > b->up_at || (a->up_at == b->up_at && a->own > 0 && b->own == 0);
}

/* Of the services that are hit and up again at a known time, the one that is last, if possible one
 * that does something for it; SIZE_MAX: none. */
static size_t find_last(const struct cp_simulation *simulation)
{
    const struct cp_service_outcome *services = simulation->services.items;
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < simulation->services.count; i++) {
        if (services[i].state != CP_SERVICE_UNAFFECTED && services[i].up_at != CP_TIME_UNKNOWN &&
            (last == SIZE_MAX || is_later(&services[i], &services[last]))) {
            last = i;
        }
    }
    return last;
}

/* What of the plans of the network is for a narrower audience. */
static bool add_reserved(void *context, const struct cp_view *view)
{
    if (view->is_parsed) {
        cp_reserved_add(context, view->plan, view->id);
    }
    return true;
}

/* Reads the plans of the network once more, since facts have no audience. */
static void find_reserved(struct simulating *in, struct cp_reserved *out,
                          const struct cp_network *network)
{
    struct cp_request request = in->run->request;
    const char **paths = cp_arena_alloc(&in->arena, (network->count + 1) * sizeof *paths);
    if (in->audience == CP_RESTRICTED) {
        return;
    }
    for (size_t i = 0; i < network->count; i++) {
        paths[i] = network->files[i]->path;
    }
    request.paths = paths;
    request.path_count = network->count;
    struct cp_engine *engine = cp_engine_new(&in->run->source, &request);
    cp_engine_each(engine, add_reserved, out);
    cp_engine_free(engine);
}

/* What the audience does not get to see. */
struct hidden {
    struct cp_reserved reserved;
    struct cp_secrets secrets;
};

static void hidden_init(struct hidden *out, struct simulating *in, const struct cp_network *network)
{
    cp_reserved_init(&out->reserved, network->portfolio, in->audience);
    find_reserved(in, &out->reserved, network);
    cp_secrets_init(&out->secrets);
    cp_engine_add_secrets(in->run->engine, &out->secrets);
    cp_engine_add_shared_secrets(in->run->engine, &out->secrets);
    cp_secrets_sort(&out->secrets);
}

static void hidden_release(struct hidden *hidden)
{
    cp_secrets_release(&hidden->secrets);
    cp_reserved_release(&hidden->reserved);
}

/* All names of --lose and --absent. */
static const struct cp_str *asked_of(struct simulating *in)
{
    size_t count = in->lost.count + in->absent.count;
    struct cp_str *asked = cp_arena_alloc(&in->arena, (count + 1) * sizeof *asked);
    for (size_t i = 0; i < count; i++) {
        asked[i] = i < in->lost.count ? in->lost.items[i] : in->absent.items[i - in->lost.count];
    }
    return asked;
}

/* As wide as the terminal, where it goes there. */
static struct cp_output_options output_options(const struct simulating *in)
{
    struct cp_output_options how = run_output_options(in->arguments);
    how.width = in->file ? 0 : how.width;
    return how;
}

static void simulate_loss(struct simulating *in, const struct cp_network *network,
                          const struct clocks *clocks, const struct cp_almanac *almanac)
{
    enum { LONGEST_PATH = 60, MOST_REMEDIES = 5 };
    const struct cp_loss loss = {.lost = in->lost.items,
                                 .lost_count = in->lost.count,
                                 .absent = in->absent.items,
                                 .absent_count = in->absent.count,
                                 .scenario = in->scenario,
                                 .almanac = almanac,
                                 .at = cp_time_instant(in->at, &clocks->zone),
                                 .is_at_assumed = in->is_at_assumed};
    struct cp_simulation simulation;
    struct hidden hidden;
    struct cp_hold *path = NULL;
    /* Before there is an answer: reading the plans once more takes room that it takes then. */
    hidden_init(&hidden, in, network);
    cp_simulate(&simulation, &in->arena, network, &loss);
    add_assumption(&simulation, clocks->assumption, &in->arena);
    add_assumption(&simulation, assumed_time(in), &in->arena);
    struct cp_outage outage = {.network = network,
                               .zone = &clocks->zone,
                               .zone_name = clocks->name,
                               .simulation = &simulation,
                               .last = find_last(&simulation),
                               .asked = asked_of(in),
                               .asked_count = in->lost.count + in->absent.count,
                               .audience = in->audience};
    if (outage.last != SIZE_MAX) {
        outage.path_count =
            cp_simulation_trace(&path, &in->arena, network, &simulation, outage.last, LONGEST_PATH);
    }
    outage.path = path;
    outage.remedy_count =
        cp_simulate_remedies(&outage.remedies, &in->arena, network, &loss, MOST_REMEDIES);
    cp_outage_hide(&outage, &simulation, &hidden.reserved, &hidden.secrets, &in->arena);
    const struct cp_output_options how = output_options(in);
    in->format->write(&in->out, &outage, &how);
    hidden_release(&hidden);
    in->has_breach = simulation.breach_count > 0;
}

static void simulate_each(struct simulating *in, const struct cp_network *network,
                          const struct clocks *clocks, const struct cp_almanac *almanac)
{
    struct cp_worst *things = NULL;
    const struct cp_str assumptions[2] = {assumed_time(in), clocks->assumption};
    bool is_first = assumptions[0].len > 0;
    struct cp_ranking ranking = {.audience = in->audience,
                                 .zone = &clocks->zone,
                                 .zone_name = clocks->name,
                                 .at = cp_time_instant(in->at, &clocks->zone),
                                 .assumptions = assumptions + !is_first,
                                 .assumption_count =
                                     (is_first ? 1U : 0U) + (clocks->assumption.len > 0 ? 1U : 0U)};
    struct hidden hidden;
    hidden_init(&hidden, in, network);
    ranking.count = cp_simulate_each(&things, &in->arena, network, almanac, ranking.at);
    ranking.things = things;
    cp_ranking_hide(&ranking, things, &hidden.reserved, &hidden.secrets, &in->arena);
    const struct cp_output_options how = output_options(in);
    in->format->write_ranking(&in->out, &ranking, &how);
    hidden_release(&hidden);
    in->has_breach = ranking.count > 0 && things[0].breaches > 0;
}

static void say_left_out(struct simulating *in, const struct cp_network *network)
{
    for (size_t i = 0; i < network->count; i++) {
        if (!network->plans[i]->is_parsed) {
            say("%s holds no plan that can be read, so that the answer leaves it out; contplan "
                "validate says why",
                quoted(network->files[i]->path));
            in->status = CP_STATUS_FINDINGS;
        }
    }
}

static bool take_network(void *context, const struct cp_network *network)
{
    struct simulating *in = context;
    if (in->network) {
        in->status = say_usage("simulate takes one portfolio, and these paths lie in several; name "
                               "a path in one of them");
        return false;
    }
    in->network = network;
    return true;
}

static void simulate_network(struct simulating *in, const struct cp_network *network)
{
    struct cp_almanac almanac;
    int status = check_lost(in, network);
    status = status == CP_STATUS_CLEAN ? check_absent(in, network) : status;
    status = status == CP_STATUS_CLEAN ? check_scenario(in, network) : status;
    if (status != CP_STATUS_CLEAN) {
        in->status = status;
        return;
    }
    say_left_out(in, network);
    say_flaws(in->run->engine);
    struct clocks clocks = clocks_of(in, network);
    cp_almanac_init(&almanac, network->portfolio, clocks.zone, &in->arena);
    if (in->is_all) {
        simulate_each(in, network, &clocks, &almanac);
    } else {
        simulate_loss(in, network, &clocks, &almanac);
    }
}

/* ---- the command ----------------------------------------------------------------------------- */

static int simulate_all(struct simulating *in)
{
    const char *fail = cp_argument_find(in->arguments, CP_OPTION_FAIL_ON);
    int status = run_need_portfolio(in->run, in->arguments);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    cp_engine_each_network(in->run->engine, take_network, in);
    bool is_whole = !run_say_failures(in->run);
    if (in->status == CP_STATUS_CLEAN && in->network) {
        simulate_network(in, in->network);
    }
    if (in->status == CP_STATUS_USAGE) {
        return in->status;
    }
    if (in->file && in->out.len == 0) {
        return is_whole ? in->status : CP_STATUS_WORLD;
    }
    status = in->file ? print_into(in->file, cp_buf_str(&in->out)) : print_rest(&in->out);
    if (status != CP_STATUS_CLEAN || !is_whole) {
        return status != CP_STATUS_CLEAN ? status : CP_STATUS_WORLD;
    }
    bool is_failure = fail && strcmp(fail, "breach") == 0 && in->has_breach;
    return is_failure ? CP_STATUS_FINDINGS : in->status;
}

static int simulate(const struct cp_arguments *arguments)
{
    struct run run;
    struct cp_outlet outlet = {.stream = stdout, .name = "standard output"};
    struct simulating in = {
        .arguments = arguments, .run = &run, .file = cp_argument_find(arguments, CP_OPTION_OUTPUT)};
    cp_arena_init(&in.arena);
    cp_buf_init(&in.out);
    in.out.outlet = in.file ? NULL : &outlet;
    int status = run_open(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = read_options(&in);
    }
    if (status == CP_STATUS_CLEAN) {
        status = simulate_all(&in);
    }
    run_close(&run);
    cp_list_release(&in.lost);
    cp_list_release(&in.absent);
    cp_buf_release(&in.out);
    cp_arena_release(&in.arena);
    return status;
}

const struct cp_command command_simulate = {
    .name = "simulate",
    .operands = "[PATH ...]",
    .summary = "show what an outage does, and who recovers it when",
    .doc =
        "Takes something away from a portfolio at a point in time, and tells which services are "
        "down or degraded from when to when, in which order they recover and by whom, what holds "
        "each of them up, and which promises are broken by how much. A PATH is a plan or a folder "
        "of the portfolio; the working directory where none is given.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = simulate,
};
