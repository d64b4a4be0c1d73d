/*
 * The formats of simulated outages, one row each, and the words that their writers share. Knows no
 * format from inside; what it puts is raw.
 */
#include "simulation.h"

enum { DAY_SECONDS = 24 * 60 * 60, NAMED = 12 };

static const struct cp_simulation_format formats[] = {
    {"text", "a timeline and tables, for people", simulation_write_text, ranking_write_text},
    {"markdown", "the same as a document", simulation_write_markdown, ranking_write_markdown},
    {"json", "one document for programs", simulation_write_json, ranking_write_json},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

size_t cp_simulation_formats(const struct cp_simulation_format **out)
{
    *out = formats;
    return FORMATS;
}

const struct cp_simulation_format *cp_simulation_format_find(struct cp_str name)
{
    for (size_t i = 0; i < FORMATS; i++) {
        if (cp_str_is(name, formats[i].name)) {
            return &formats[i];
        }
    }
    return NULL;
}

/* ---- times ----------------------------------------------------------------------------------- */

void simulation_put_length(struct cp_buf *out, int64_t seconds)
{
    if (seconds == CP_TIME_UNKNOWN) {
        cp_buf_puts(out, "unknown");
    } else {
        cp_duration_put(out, (struct cp_duration){.seconds = seconds});
    }
}

/* "Tue 24 Nov", with the year where it is asked for. */
static void put_day(struct cp_buf *out, struct cp_date date, bool has_year)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int year;
    unsigned month;
    unsigned day;
    cp_date_split(date, &year, &month, &day);
    cp_buf_printf(out, "%s %u %s", days[cp_date_weekday(date)], day, months[month - 1]);
    if (has_year) {
        cp_buf_printf(out, " %d", year);
    }
}

static void put_minute(struct cp_buf *out, const struct cp_zone *zone, int64_t at)
{
    int64_t second = cp_zone_local(zone, at) - (int64_t)cp_zone_date(zone, at).days * DAY_SECONDS;
    cp_buf_printf(out, "%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60));
    if (second % 60 != 0) {
        cp_buf_printf(out, ":%02d", (int)(second % 60));
    }
}

static int year_of(struct cp_date date)
{
    int year;
    unsigned month;
    unsigned day;
    cp_date_split(date, &year, &month, &day);
    return year;
}

void simulation_put_clock(struct cp_buf *out, const struct cp_zone *zone, int64_t at,
                          int64_t seconds)
{
    int64_t then;
    if (seconds == CP_TIME_UNKNOWN || !cp_add(&then, at, seconds)) {
        cp_buf_puts(out, "unknown");
        return;
    }
    struct cp_date first = cp_zone_date(zone, at);
    struct cp_date date = cp_zone_date(zone, then);
    if (date.days != first.days) {
        put_day(out, date, year_of(date) != year_of(first));
        cp_buf_putc(out, ' ');
    }
    put_minute(out, zone, then);
    int32_t offset = cp_zone_find(zone, then).offset;
    if (offset != cp_zone_find(zone, at).offset) {
        int minutes = (offset < 0 ? -offset : offset) / 60;
        cp_buf_printf(out, " %c%02d:%02d", offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }
}

void simulation_put_moment(struct cp_buf *out, const struct cp_zone *zone, struct cp_str zone_name,
                           int64_t at)
{
    put_day(out, cp_zone_date(zone, at), true);
    cp_buf_puts(out, " at ");
    put_minute(out, zone, at);
    cp_buf_puts(out, " (");
    cp_buf_put(out, zone_name);
    cp_buf_putc(out, ')');
}

/* ---- what held something up ------------------------------------------------------------------ */

void simulation_put_step(struct cp_buf *out, struct cp_str runbook, struct cp_str step)
{
    cp_buf_put(out, runbook);
    if (step.len > 0) {
        cp_buf_putc(out, '/');
        cp_buf_put(out, step);
    }
}

static void put_work(struct cp_buf *out, const struct cp_hold *hold)
{
    simulation_put_step(out, hold->runbook, hold->step);
    if (hold->name.len > 0) {
        cp_buf_puts(out, " by ");
        cp_buf_put(out, hold->name);
    }
}

static void put_busy(struct cp_buf *out, const struct cp_hold *hold)
{
    cp_buf_put(out, hold->name);
    cp_buf_puts(out, ", busy with ");
    simulation_put_step(out, hold->runbook, hold->step);
    cp_buf_puts(out, " of ");
    cp_buf_put(out, hold->service);
}

/* What is said before and behind the name; `bare` where there is none. */
static const struct {
    const char *before, *behind, *bare;
} phrases[] = {
    [CP_HOLD_NONE] = {"", "", "nothing"},
    [CP_HOLD_DETECTION] = {"", "", "detection"},
    [CP_HOLD_DECLARATION] = {"", "", "declaration"},
    [CP_HOLD_CALL_OUT] = {"call-out of ", "", "call-out"},
    [CP_HOLD_RUNBOOK] = {"", "", "the runbook before"},
    [CP_HOLD_NEED] = {"recovery needs ", "", "a recovery need"},
    [CP_HOLD_DEPENDENCY] = {"hard dependency on ", "", "a hard dependency"},
    [CP_HOLD_RESUME] = {"getting back to normal after ", "", "getting back to normal"},
    [CP_HOLD_RETURN] = {"return of ", "", "the return of what is lost"},
    [CP_HOLD_HOURS] = {"hours of ", "", "hours"},
    [CP_HOLD_SWITCH_OVER] = {"switch-over to ", "", "switch-over"},
    [CP_HOLD_PROMISE] = {"", "", "the RTO, promised and shown by no runbook"},
    [CP_HOLD_CIRCLE] = {"coming up together with ", "", "coming up together"},
    [CP_HOLD_UNFILLED] = {"role ", ", which nobody fills", "a role that nobody fills"},
    [CP_HOLD_UNSTATED] = {"not known: ", "", "something that is not known"},
    [CP_HOLD_DEADLOCK] = {"recoveries that need one another, ", " among them",
                          "recoveries that need one another"},
};

void simulation_put_hold(struct cp_buf *out, const struct cp_hold *hold)
{
    if (hold->kind == CP_HOLD_STEP && hold->runbook.len > 0) {
        put_work(out, hold);
    } else if (hold->kind == CP_HOLD_BUSY && hold->name.len > 0) {
        put_busy(out, hold);
    } else if (hold->kind == CP_HOLD_RUNBOOK && hold->runbook.len > 0) {
        cp_buf_puts(out, "runbook ");
        cp_buf_put(out, hold->runbook);
    } else if (hold->kind == CP_HOLD_STEP || hold->kind == CP_HOLD_BUSY) {
        cp_buf_puts(out, hold->kind == CP_HOLD_STEP ? "a step" : "a holder who was busy");
    } else if (hold->name.len > 0) {
        cp_buf_puts(out, phrases[hold->kind].before);
        cp_buf_put(out, *phrases[hold->kind].before || *phrases[hold->kind].behind
                            ? hold->name
                            : cp_str_of(phrases[hold->kind].bare));
        cp_buf_puts(out, phrases[hold->kind].behind);
    } else {
        cp_buf_puts(out, phrases[hold->kind].bare);
    }
}

/* ---- sentences ------------------------------------------------------------------------------- */

static void put_things(struct cp_buf *out, const struct cp_simulation *simulation)
{
    size_t shown = simulation->lost.count < NAMED ? simulation->lost.count : NAMED;
    for (size_t i = 0; i < shown; i++) {
        const struct cp_thing *thing = &simulation->lost.items[i];
        cp_buf_printf(out, "%s%s ", i > 0 ? ", " : "", cp_thing_name(thing->kind));
        cp_buf_put(out, thing->id);
    }
    if (simulation->lost.count > shown) {
        cp_buf_printf(out, " and %zu more", simulation->lost.count - shown);
    }
}

static bool is_among_lost(const struct cp_simulation *simulation, struct cp_str person)
{
    for (size_t i = 0; i < simulation->lost.count; i++) {
        const struct cp_thing *thing = &simulation->lost.items[i];
        if (thing->kind == CP_THING_PERSON && cp_str_is_equal(thing->id, person)) {
            return true;
        }
    }
    return false;
}

/* "bettina-kroll (left after 2026-08-31)": who is absent without having been named for it. */
static void put_absent(struct cp_buf *out, const struct cp_outage *outage, struct cp_str id)
{
    const struct cp_person *person = cp_portfolio_find_person(outage->network->portfolio, id);
    struct cp_date today = cp_zone_date(outage->zone, outage->simulation->at);
    cp_buf_put(out, id);
    if (person && person->until.leaf.state == CP_SET && person->until.date.days < today.days) {
        cp_buf_puts(out, " (left after ");
        cp_date_put(out, person->until.date);
        cp_buf_putc(out, ')');
    }
}

/* Those who are absent; `is_lost`: but those who have been named as lost. */
static void put_people(struct cp_buf *out, const struct cp_outage *outage, bool is_lost)
{
    const struct cp_simulation *simulation = outage->simulation;
    size_t count = 0;
    for (size_t i = 0; i < simulation->absent.count; i++) {
        struct cp_str person = simulation->absent.items[i];
        if (is_lost && is_among_lost(simulation, person)) {
            continue;
        }
        if (count < NAMED) {
            cp_buf_puts(out, count > 0 ? ", " : is_lost ? " Absent: " : "");
            put_absent(out, outage, person);
        }
        count++;
    }
    if (count > NAMED) {
        cp_buf_printf(out, " and %zu more", count - NAMED);
    }
    cp_buf_puts(out, count > 0 ? "." : "");
}

void simulation_put_loss(struct cp_buf *out, const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    bool is_lost = simulation->lost.count > 0 || simulation->absent.count == 0;
    cp_buf_puts(out, is_lost ? "Lost on " : "Absent on ");
    simulation_put_moment(out, outage->zone, outage->zone_name, simulation->at);
    cp_buf_puts(out, ": ");
    if (is_lost) {
        put_things(out, simulation);
        cp_buf_puts(out, simulation->lost.count > 0 ? "." : "nothing.");
    }
    put_people(out, outage, is_lost);
}

static void put_count(struct cp_buf *out, size_t count, const char *one, const char *several)
{
    cp_buf_printf(out, "%zu %s", count, count == 1 ? one : several);
}

/* What became of all services. */
struct totals {
    size_t count[CP_SERVICE_DOWN + 1], unknown, kept;
    int64_t well; /* the last time at which one is well again */
};

/* A service that is up may still be degraded. */
static int64_t find_well(const struct cp_service_outcome *service)
{
    int64_t well = service->up_at;
    for (size_t i = 0; i < service->spans.count; i++) {
        well = service->spans.items[i].to > well ? service->spans.items[i].to : well;
    }
    return well;
}

bool simulation_is_kept(const struct cp_outage *outage, const struct cp_service_outcome *service)
{
    return outage->is_kept && outage->is_kept[service->plan];
}

static struct totals totals_of(const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    struct totals totals = {0};
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        totals.count[service->state]++;
        if (simulation_is_kept(outage, service)) {
            totals.kept++;
            continue;
        }
        int64_t well = find_well(service);
        totals.unknown += well == CP_TIME_UNKNOWN;
        totals.well = well != CP_TIME_UNKNOWN && well > totals.well ? well : totals.well;
    }
    return totals;
}

/* When all is well again, as far as that is known. */
static void put_up(struct cp_buf *out, const struct cp_outage *outage, const struct totals *totals)
{
    size_t hit = totals->count[CP_SERVICE_DOWN] + totals->count[CP_SERVICE_DEGRADED];
    size_t away = totals->unknown + totals->kept;
    const char *why = totals->kept == 0      ? "not known"
                      : totals->unknown == 0 ? "withheld"
                                             : "withheld or not known";
    if (hit == away) {
        if (hit > 0) {
            cp_buf_printf(out, " When %s well again is %s.", hit == 1 ? "it is" : "they are", why);
        }
        return;
    }
    if (away > 0) {
        cp_buf_printf(out, " All but %zu are well again after ", away);
    } else {
        cp_buf_puts(out, " All is well again after ");
    }
    simulation_put_length(out, totals->well);
    cp_buf_puts(out, " (");
    simulation_put_clock(out, outage->zone, outage->simulation->at, totals->well);
    if (away == 0) {
        cp_buf_puts(out, ").");
    } else {
        cp_buf_printf(out, "); when %s, is %s.", away == 1 ? "that one is" : "those are", why);
    }
}

/* "3 services go down, 1 is degraded, 6 are not affected." */
static void put_states(struct cp_buf *out, const struct totals *totals)
{
    static const struct {
        enum cp_service_state state;
        const char *first, *firsts, *one, *several;
    } words[] = {
        {CP_SERVICE_DOWN, "service goes down", "services go down", NULL, NULL},
        {CP_SERVICE_DEGRADED, "service is degraded", "services are degraded", "is degraded",
         "are degraded"},
        {CP_SERVICE_UNAFFECTED, "service is not affected", "services are not affected",
         "is not affected", "are not affected"},
    };
    bool is_first = true;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t count = totals->count[words[i].state];
        if (count > 0) {
            cp_buf_puts(out, is_first ? "" : ", ");
            put_count(out, count, is_first ? words[i].first : words[i].one,
                      is_first ? words[i].firsts : words[i].several);
            is_first = false;
        }
    }
    cp_buf_puts(out, is_first ? "There is no service." : ".");
}

void simulation_put_result(struct cp_buf *out, const struct cp_outage *outage)
{
    struct totals totals = totals_of(outage);
    put_states(out, &totals);
    put_up(out, outage, &totals);
    cp_buf_putc(out, ' ');
    if (outage->simulation->breach_count == 0) {
        cp_buf_puts(out, "No promise is broken.");
    } else {
        put_count(out, outage->simulation->breach_count, "promise is broken.",
                  "promises are broken.");
    }
}

void simulation_put_reason(struct cp_buf *out, const struct cp_hold *hold)
{
    static const struct {
        enum cp_hold_kind kind;
        const char *before, *behind;
    } unknowns[] = {
        {CP_HOLD_UNSTATED, "", " is not known"},
        {CP_HOLD_RETURN, "when ", " is back is not known"},
        {CP_HOLD_CALL_OUT, "how long the call-out of ", " takes is not known"},
        {CP_HOLD_HOURS, "when ", " is at work is not known"},
    };
    for (size_t i = 0; hold->name.len > 0 && i < sizeof unknowns / sizeof *unknowns; i++) {
        if (hold->kind == unknowns[i].kind) {
            cp_buf_puts(out, unknowns[i].before);
            cp_buf_put(out, hold->name);
            cp_buf_puts(out, unknowns[i].behind);
            return;
        }
    }
    simulation_put_hold(out, hold);
}

size_t simulation_unknowns(struct simulation_unknown **out, struct cp_arena *arena,
                           const struct cp_outage *outage)
{
    const struct cp_simulation *simulation = outage->simulation;
    struct cp_buf text;
    size_t most = 0;
    size_t count = 0;
    for (size_t i = 0; i < simulation->services.count; i++) {
        most += simulation->services.items[i].up_at == CP_TIME_UNKNOWN;
    }
    *out = cp_arena_alloc(arena, (most + 1) * sizeof **out);
    cp_buf_init(&text);
    for (size_t i = 0; i < simulation->services.count; i++) {
        const struct cp_service_outcome *service = &simulation->services.items[i];
        const char *advice =
            service->up_at == CP_TIME_UNKNOWN && !simulation_is_kept(outage, service)
                ? cp_hold_advice(&service->limited_by)
                : NULL;
        if (advice) {
            simulation_put_reason(&text, &service->limited_by);
            (*out)[count++] = (struct simulation_unknown){
                .service = cp_network_id(outage->network, service->plan),
                .reason = cp_arena_copy(arena, cp_buf_str(&text)),
                .advice = advice};
            cp_buf_clear(&text);
        }
    }
    cp_buf_release(&text);
    return count;
}

void simulation_put_bound(struct cp_buf *out, const struct cp_outage *outage)
{
    if (outage->simulation->steps.count == 0) {
        return;
    }
    cp_buf_puts(out, "Who is asked for first goes by tier, RTO and id, which need not be the best "
                     "order of work; ");
    if (outage->simulation->lower_bound == CP_TIME_UNKNOWN) {
        cp_buf_printf(out, "how much a better one could save is %s.",
                      outage->has_kept_times ? "withheld" : "not known");
    } else {
        cp_buf_puts(out, "no order ends before ");
        simulation_put_length(out, outage->simulation->lower_bound);
        cp_buf_putc(out, '.');
    }
}

/* What is said before, between and behind the name and the service. */
static const struct {
    const char *before, *behind, *end;
} changes[] = {
    [CP_REMEDY_CAPACITY] = {"one thing more at a time in team '", "'", ""},
    [CP_REMEDY_DEPUTY] = {"a second person with the hours of '", "', for the same work", ""},
    [CP_REMEDY_ROLE] = {"somebody always there for role '", "' of '", "'"},
    [CP_REMEDY_HOURS] = {"work round the clock by '", "', or by somebody else then", ""},
    [CP_REMEDY_FALLBACK] = {"a lasting fallback for '", "' in '", "'"},
    [CP_REMEDY_COMMITMENT] = {"a commitment of '", "' to be back within ", ""},
};

static void put_change(struct cp_buf *out, const struct cp_remedy *remedy)
{
    cp_buf_puts(out, changes[remedy->kind].before);
    cp_buf_put(out, remedy->name);
    cp_buf_puts(out, changes[remedy->kind].behind);
    cp_buf_put(out, remedy->service);
    cp_buf_puts(out, changes[remedy->kind].end);
    if (remedy->kind == CP_REMEDY_COMMITMENT) {
        if (remedy->within != CP_TIME_UNKNOWN) {
            simulation_put_length(out, remedy->within);
            cp_buf_puts(out, ", ");
        }
        cp_buf_puts(out, "the first RTO of those that wait");
    }
}

void simulation_put_remedy(struct cp_buf *out, const struct cp_remedy *remedy)
{
    const char *gap = ": ";
    put_change(out, remedy);
    if (remedy->saved > 0) {
        cp_buf_puts(out, gap);
        put_count(out, remedy->services, "service well again ", "services well again ");
        if (remedy->saved == CP_TIME_UNKNOWN) {
            cp_buf_puts(out, "sooner");
        } else {
            simulation_put_length(out, remedy->saved);
            cp_buf_puts(out, remedy->services == 1 ? " sooner" : " sooner in all");
        }
        gap = ", ";
    }
    if (remedy->made_known > 0) {
        cp_buf_puts(out, gap);
        put_count(out, (size_t)remedy->made_known, "more service known to be well again",
                  "more services known to be well again");
        gap = ", ";
    }
    if (remedy->breaches > 0) {
        cp_buf_puts(out, gap);
        put_count(out, (size_t)remedy->breaches, "more promise kept", "more promises kept");
    }
}

struct cp_str simulation_last(const struct cp_outage *outage)
{
    size_t plan = outage->simulation->services.items[outage->last].plan;
    return cp_network_id(outage->network, plan);
}

const char *simulation_promise(enum cp_promise promise)
{
    static const char *const names[] = {
        [CP_PROMISE_RTO] = "RTO", [CP_PROMISE_RPO] = "RPO", [CP_PROMISE_MTPD] = "MTPD"};
    return names[promise];
}

enum ranking_effect ranking_effect_of(const struct cp_worst *worst)
{
    if (worst->breaches > 0) {
        return worst->overrun == CP_TIME_UNKNOWN ? RANKING_UNMEASURED : RANKING_BROKEN;
    }
    return worst->down + worst->degraded > 0 ? RANKING_FELT : RANKING_NOTHING;
}

void ranking_put_opening(struct cp_buf *out, const struct cp_ranking *ranking)
{
    size_t counts[RANKING_NOTHING + 1] = {0};
    for (size_t i = 0; i < ranking->count; i++) {
        counts[ranking_effect_of(&ranking->things[i])]++;
    }
    cp_buf_puts(out, "What if each were lost alone on ");
    simulation_put_moment(out, ranking->zone, ranking->zone_name, ranking->at);
    cp_buf_printf(out, "? Of %zu thing%s, ", ranking->count, ranking->count == 1 ? "" : "s");
    put_count(out, counts[RANKING_BROKEN], "would break a promise, ", "would break promises, ");
    if (counts[RANKING_UNMEASURED] > 0) {
        put_count(out, counts[RANKING_UNMEASURED], "would break one by a time that is not known, ",
                  "would break them by a time that is not known, ");
    }
    put_count(out, counts[RANKING_FELT], "more would be felt, ", "more would be felt, ");
    cp_buf_printf(out, "%zu would change nothing.", counts[RANKING_NOTHING]);
}
