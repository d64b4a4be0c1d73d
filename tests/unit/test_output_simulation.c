/*
 * The writers of simulated outages: an outage put together by hand, word by word; and one made of
 * hostile text, at any width.
 */
#include "golden_file.h"
#include "hostile.h"
#include "suites.h"

#include <contplan/output.h>

#include <stdlib.h>
#include <string.h>

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, PLANS = 3, STRETCHES = 3, ROUNDS = 200 };

/* Three plans that nobody could read, known by their names alone, and what happens to them. */
struct outage_case {
    struct cp_arena arena;
    struct cp_portfolio portfolio;
    struct cp_facts *facts[PLANS];
    struct cp_network network;
    struct cp_zone zone;
    struct cp_simulation simulation;
    struct cp_remedy remedy;
    struct cp_service_outcome services[PLANS];
    struct cp_outage_span spans[PLANS][2];
    struct cp_breach breaches[PLANS];
    struct cp_hold stretches[PLANS][STRETCHES];
    struct cp_step_outcome steps[PLANS];
    struct cp_thing lost[PLANS];
    struct cp_str absent[1];
    struct cp_str assumptions[2];
    struct cp_outage outage;
};

static void case_init(struct outage_case *out, const struct cp_str ids[PLANS])
{
    *out = (struct outage_case){.outage = {.zone_name = CP_STR("Europe/London"),
                                           .audience = CP_INTERNAL,
                                           .last = SIZE_MAX}};
    struct cp_error error;
    cp_arena_init(&out->arena);
    cp_portfolio_init(&out->portfolio);
    for (size_t i = 0; i < PLANS; i++) {
        out->facts[i] = cp_facts_new(NULL, ids[i], &out->portfolio, CP_FACTS_RECOVERY, &out->arena);
    }
    cp_network_init(&out->network, &out->portfolio, (const struct cp_facts *const *)out->facts,
                    NULL, PLANS);
    ck_assert(cp_zone_load(&out->zone, NULL, out->outage.zone_name, &out->arena, &error) == 0);
    out->simulation.at = INT64_C(1792886400); /* 25 October 2026, 00:00 UTC */
    out->outage.network = &out->network;
    out->outage.zone = &out->zone;
    out->outage.simulation = &out->simulation;
}

static void case_release(struct outage_case *it)
{
    cp_network_release(&it->network);
    for (size_t i = 0; i < PLANS; i++) {
        free(it->facts[i]);
    }
    cp_portfolio_release(&it->portfolio);
    cp_arena_release(&it->arena);
}

static void write(struct cp_buf *out, const struct outage_case *it, const char *format,
                  unsigned width)
{
    const struct cp_output_options how = {.width = width};
    cp_simulation_format_find(cp_str_of(format))->write(out, &it->outage, &how);
}

static void assert_written(const struct outage_case *it, const char *format, const char *expected)
{
    struct cp_buf out;
    cp_buf_init(&out);
    write(&out, it, format, 60);
    ck_assert_str_eq(out.at, expected);
    cp_buf_release(&out);
}

static void check_golden(const struct outage_case *it, const char *format)
{
    struct cp_buf out;
    struct cp_buf path;
    cp_buf_init(&out);
    cp_buf_init(&path);
    cp_buf_printf(&path, "tests/golden/output/outage.%s", format);
    write(&out, it, format, 60);
    golden_check(path.at, cp_buf_str(&out));
    cp_buf_release(&path);
    cp_buf_release(&out);
}

/* ---- by hand --------------------------------------------------------------------------------- */

#define LIST(list, array, number)                                                                  \
    do {                                                                                           \
        (list).items = (array);                                                                    \
        (list).count = (number);                                                                   \
    } while (0)

/* The first goes down and comes up, the second only suffers, the third never comes up. */
static void tell_services(struct outage_case *it)
{
    it->stretches[0][0] = (struct cp_hold){.kind = CP_HOLD_DETECTION, .to = 10 * MINUTE};
    it->stretches[0][1] = (struct cp_hold){.kind = CP_HOLD_STEP,
                                           .name = CP_STR("ada"),
                                           .service = CP_STR("a"),
                                           .runbook = CP_STR("move"),
                                           .step = CP_STR("fence"),
                                           .from = 10 * MINUTE,
                                           .to = 2 * HOUR};
    it->stretches[2][0] =
        (struct cp_hold){.kind = CP_HOLD_RETURN, .name = CP_STR("north"), .to = CP_TIME_UNKNOWN};
    it->spans[0][0] = (struct cp_outage_span){CP_SERVICE_DOWN, 0, 2 * HOUR};
    it->spans[1][0] = (struct cp_outage_span){CP_SERVICE_DEGRADED, HOUR, 3 * HOUR};
    it->spans[2][0] = (struct cp_outage_span){CP_SERVICE_DOWN, 0, CP_TIME_UNKNOWN};
    it->breaches[0] = (struct cp_breach){.promise = CP_PROMISE_RTO,
                                         .clock = CP_CLOCK_DETECTION,
                                         .limit = HOUR,
                                         .actual = 110 * MINUTE,
                                         .scenario = CP_STR("north-lost"),
                                         .is_of_tier = true};
    it->breaches[2] = (struct cp_breach){.promise = CP_PROMISE_RPO,
                                         .limit = HOUR,
                                         .actual = CP_TIME_UNKNOWN,
                                         .store = CP_STR("cases")};
    it->services[0] = (struct cp_service_outcome){.plan = 0,
                                                  .state = CP_SERVICE_DOWN,
                                                  .up_at = 2 * HOUR,
                                                  .own = 110 * MINUTE,
                                                  .scenario = CP_STR("north-lost"),
                                                  .limited_by = it->stretches[0][1]};
    it->services[1] = (struct cp_service_outcome){.plan = 1,
                                                  .state = CP_SERVICE_DEGRADED,
                                                  .from = HOUR,
                                                  .up_at = 3 * HOUR,
                                                  .down_from = CP_TIME_UNKNOWN};
    it->services[2] = (struct cp_service_outcome){.plan = 2,
                                                  .state = CP_SERVICE_DOWN,
                                                  .up_at = CP_TIME_UNKNOWN,
                                                  .own = HOUR,
                                                  .is_promised = true,
                                                  .limited_by = it->stretches[2][0]};
    LIST(it->services[0].critical_path, it->stretches[0], 2);
    LIST(it->services[0].breaches, &it->breaches[0], 1);
    LIST(it->services[2].breaches, &it->breaches[2], 1);
    for (size_t i = 0; i < PLANS; i++) {
        LIST(it->services[i].spans, it->spans[i], 1);
    }
    LIST(it->simulation.services, it->services, PLANS);
    it->simulation.breach_count = 2;
}

static void tell_work(struct outage_case *it)
{
    it->steps[0] = (struct cp_step_outcome){0,
                                            CP_STR("move"),
                                            CP_STR("fence"),
                                            CP_STR("ada"),
                                            10 * MINUTE,
                                            2 * HOUR,
                                            {.kind = CP_HOLD_HOURS, .name = CP_STR("ada")}};
    it->steps[1] = (struct cp_step_outcome){2,
                                            CP_STR("rebuild"),
                                            {0},
                                            {0},
                                            CP_TIME_UNKNOWN,
                                            CP_TIME_UNKNOWN,
                                            {.kind = CP_HOLD_UNFILLED, .name = CP_STR("lead")}};
    LIST(it->simulation.steps, it->steps, 2);
    it->simulation.lower_bound = 110 * MINUTE;
    it->lost[0] = (struct cp_thing){CP_THING_REGION, CP_STR("cloud.north")};
    LIST(it->simulation.lost, it->lost, 1);
    it->absent[0] = CP_STR("bo");
    LIST(it->simulation.absent, it->absent, 1);
    it->assumptions[0] = CP_STR("'a': nothing is known of the moon.");
    LIST(it->simulation.assumptions, it->assumptions, 1);
    it->outage.path = it->stretches[0];
    it->outage.path_count = 2;
    it->outage.last = 0;
}

static void case_by_hand(struct outage_case *out)
{
    const struct cp_str ids[PLANS] = {CP_STR("a"), CP_STR("b"), CP_STR("permits")};
    case_init(out, ids);
    tell_services(out);
    tell_work(out);
}

START_TEST(text_says_it_all)
{
    struct outage_case it;
    case_by_hand(&it);
    check_golden(&it, "text");
    case_release(&it);
}
END_TEST

START_TEST(markdown_says_the_same)
{
    struct outage_case it;
    case_by_hand(&it);
    check_golden(&it, "markdown");
    case_release(&it);
}
END_TEST

START_TEST(json_says_it_to_programs)
{
    struct outage_case it;
    case_by_hand(&it);
    check_golden(&it, "json");
    case_release(&it);
}
END_TEST

START_TEST(nothing_happened)
{
    const struct cp_str ids[PLANS] = {CP_STR("a"), CP_STR("b"), CP_STR("c")};
    struct outage_case it;
    case_init(&it, ids);
    for (size_t i = 0; i < PLANS; i++) {
        it.services[i] = (struct cp_service_outcome){.plan = i};
    }
    LIST(it.simulation.services, it.services, PLANS);
    it.absent[0] = CP_STR("bo");
    LIST(it.simulation.absent, it.absent, 1);
    assert_written(&it, "text",
                   "Absent on Sun 25 Oct 2026 at 01:00 (Europe/London): bo.\n"
                   "3 services are not affected. No promise is broken.\n");
    case_release(&it);
}
END_TEST

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;
    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what)) {
        count++;
    }
    return count;
}

/* Tables of many rows are written piece by piece, which nobody sees; only the last row fills a
 * column, which has to stand in the first piece all the same. */
START_TEST(a_long_table_is_one_table)
{
    enum { MANY = 450, COLUMNS = 6 };
    const struct cp_str ids[PLANS] = {CP_STR("a"), CP_STR("b"), CP_STR("c")};
    struct cp_worst things[MANY];
    struct outage_case it;
    struct cp_buf out;
    case_init(&it, ids);
    cp_buf_init(&out);
    for (size_t i = 0; i < MANY; i++) {
        things[i] = (struct cp_worst){
            .thing = {CP_THING_SERVICE, CP_STR("a")}, .breaches = 1, .overrun = CP_TIME_UNKNOWN};
    }
    things[MANY - 1].reason.kind = CP_HOLD_UNSTATED;
    const struct cp_ranking ranking = {.things = things,
                                       .count = MANY,
                                       .audience = CP_INTERNAL,
                                       .zone = &it.zone,
                                       .zone_name = it.outage.zone_name};
    cp_simulation_format_find(CP_STR("markdown"))
        ->write_ranking(&out, &ranking, &(struct cp_output_options){.width = 0});
    const char *table = strstr(out.at, "\n| ");
    ck_assert_ptr_nonnull(table);
    ck_assert_uint_eq(count_of(table, "\n"), MANY + 3);
    ck_assert_uint_eq(count_of(table, "|"), (MANY + 2) * (COLUMNS + 1));
    ck_assert_uint_eq(count_of(table, "Lost"), 1);
    ck_assert_ptr_null(strstr(table, "\n\n"));
    cp_buf_release(&out);
    case_release(&it);
}
END_TEST

/* ---- phrases --------------------------------------------------------------------------------- */

/* Each kind of delay, with a name and without. */
START_TEST(every_delay_has_words)
{
    static const struct {
        struct cp_hold hold;
        const char *said;
    } rows[] = {
        {{.kind = CP_HOLD_DECLARATION}, "declaration"},
        {{.kind = CP_HOLD_CALL_OUT, .name = CP_STR("ops")}, "call-out of ops"},
        {{.kind = CP_HOLD_STEP, .runbook = CP_STR("move")}, "move"},
        {{.kind = CP_HOLD_STEP, .name = CP_STR("ada"), .runbook = CP_STR("move")}, "move by ada"},
        {{.kind = CP_HOLD_STEP}, "a step"},
        {{.kind = CP_HOLD_RUNBOOK, .runbook = CP_STR("move")}, "runbook move"},
        {{.kind = CP_HOLD_NEED, .name = CP_STR("network")}, "recovery needs network"},
        {{.kind = CP_HOLD_DEPENDENCY, .name = CP_STR("network")}, "hard dependency on network"},
        {{.kind = CP_HOLD_RESUME, .name = CP_STR("network")},
         "getting back to normal after network"},
        {{.kind = CP_HOLD_RETURN, .name = CP_STR("cloud.north")}, "return of cloud.north"},
        {{.kind = CP_HOLD_BUSY,
          .name = CP_STR("ada"),
          .service = CP_STR("b"),
          .runbook = CP_STR("move"),
          .step = CP_STR("fence")},
         "ada, busy with move/fence of b"},
        {{.kind = CP_HOLD_HOURS, .name = CP_STR("ada")}, "hours of ada"},
        {{.kind = CP_HOLD_SWITCH_OVER, .name = CP_STR("cloud.south")},
         "switch-over to cloud.south"},
        {{.kind = CP_HOLD_SWITCH_OVER}, "switch-over"},
        {{.kind = CP_HOLD_PROMISE}, "the RTO, promised and shown by no runbook"},
        {{.kind = CP_HOLD_CIRCLE, .name = CP_STR("b")}, "coming up together with b"},
        {{.kind = CP_HOLD_UNFILLED, .name = CP_STR("lead")}, "role lead, which nobody fills"},
        {{.kind = CP_HOLD_UNSTATED, .name = CP_STR("when cloud is back")},
         "not known: when cloud is back"},
        {{.kind = CP_HOLD_DEADLOCK, .name = CP_STR("b")},
         "recoveries that need one another, b among them"},
    };
    const struct cp_str ids[PLANS] = {CP_STR("a"), CP_STR("b"), CP_STR("c")};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct outage_case it;
        struct cp_buf out;
        char expected[128];
        case_init(&it, ids);
        it.services[0] = (struct cp_service_outcome){
            .state = CP_SERVICE_DOWN, .up_at = HOUR, .limited_by = rows[i].hold};
        LIST(it.simulation.services, it.services, 1);
        cp_buf_init(&out);
        write(&out, &it, "text", 0);
        snprintf(expected, sizeof expected, "  -             %s\n", rows[i].said);
        ck_assert_msg(strstr(out.at, expected) != NULL, "%s in\n%s", rows[i].said, out.at);
        cp_buf_release(&out);
        case_release(&it);
    }
}
END_TEST

START_TEST(what_would_help_is_said)
{
    static const struct {
        struct cp_remedy remedy;
        const char *said;
    } rows[] = {
        {{.kind = CP_REMEDY_CAPACITY,
          .name = CP_STR("ops"),
          .saved = 180 * MINUTE,
          .services = 4,
          .breaches = 2},
         "- one thing more at a time in team 'ops': 4 services well again 3h sooner in\n"
         "  all, 2 more promises kept\n"},
        {{.kind = CP_REMEDY_DEPUTY, .name = CP_STR("ada"), .saved = MINUTE, .services = 1},
         "- a second person with the hours of 'ada', for the same work: 1 service well\n"
         "  again 1m sooner\n"},
        {{.kind = CP_REMEDY_ROLE,
          .name = CP_STR("dba"),
          .service = CP_STR("a"),
          .made_known = 1,
          .breaches = 1},
         "- somebody always there for role 'dba' of 'a': 1 more service known to be well\n"
         "  again, 1 more promise kept\n"},
        {{.kind = CP_REMEDY_HOURS, .name = CP_STR("ada"), .breaches = 1},
         "- work round the clock by 'ada', or by somebody else then: 1 more promise kept\n"},
        {{.kind = CP_REMEDY_FALLBACK, .name = CP_STR("b"), .service = CP_STR("a"), .breaches = 1},
         "- a lasting fallback for 'b' in 'a': 1 more promise kept\n"},
        {{.kind = CP_REMEDY_COMMITMENT,
          .name = CP_STR("cloud"),
          .within = 120 * MINUTE,
          .made_known = 2},
         "- a commitment of 'cloud' to be back within 2h, the first RTO of those that\n"
         "  wait: 2 more services known to be well again\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct outage_case it;
        struct cp_buf out;
        struct cp_remedy remedy = rows[i].remedy;
        case_by_hand(&it);
        it.outage.remedies = &remedy;
        it.outage.remedy_count = 1;
        cp_buf_init(&out);
        write(&out, &it, "text", 0);
        ck_assert_ptr_nonnull(strstr(out.at, "\nWhat would help most, each alone\n"));
        ck_assert_msg(strstr(out.at, rows[i].said) != NULL, "row %zu\n%s", i, out.at);
        cp_buf_release(&out);
        case_release(&it);
    }
}
END_TEST

/* ---- withheld names -------------------------------------------------------------------------- */

START_TEST(names_are_withheld)
{
    struct outage_case it;
    struct cp_reserved reserved;
    struct cp_secrets secrets;
    struct cp_buf out;
    struct cp_step steps[1] = {{.leaf = {.state = CP_SET, .audience = CP_RESTRICTED},
                                .id = {.leaf = {.state = CP_SET}, .text = CP_STR("fence")}}};
    struct cp_text holders[1] = {{.leaf = {.state = CP_SET}, .text = CP_STR("ada")}};
    struct cp_runbook runbooks[1] = {{.leaf = {.state = CP_SET}}};
    struct cp_role roles[1] = {{.leaf = {.state = CP_SET, .audience = CP_RESTRICTED}}};
    struct cp_plan plan = {0};
    struct cp_remedy remedy = {.kind = CP_REMEDY_DEPUTY, .name = CP_STR("ada"), .saved = MINUTE};
    plan.leaf.state = plan.disaster_recovery.section.leaf.state = CP_SET;
    plan.incident_response.section.leaf.state = plan.disaster_recovery.runbooks.leaf.state = CP_SET;
    plan.incident_response.roles.leaf.state = runbooks[0].steps.leaf.state = CP_SET;
    roles[0].holders.leaf.state = CP_SET;
    LIST(runbooks[0].steps, steps, 1);
    LIST(plan.disaster_recovery.runbooks, runbooks, 1);
    LIST(roles[0].holders, holders, 1);
    LIST(plan.incident_response.roles, roles, 1);
    case_by_hand(&it);
    cp_secrets_init(&secrets);
    cp_reserved_init(&reserved, &it.portfolio, CP_INTERNAL);
    cp_reserved_add(&reserved, &plan, CP_STR("a"));
    it.outage.remedies = &remedy;
    it.outage.remedy_count = 1;
    cp_outage_hide(&it.outage, &it.simulation, &reserved, &secrets, &it.arena);
    ck_assert(cp_str_is(remedy.name, "(withheld)"));
    cp_buf_init(&out);
    write(&out, &it, "json", 0);
    ck_assert_ptr_null(strstr(out.at, "fence"));
    ck_assert_ptr_nonnull(strstr(out.at, "\"step\": \"(withheld)\""));
    ck_assert_ptr_nonnull(strstr(out.at, "\"holder\": \"(withheld)\""));
    ck_assert_ptr_nonnull(strstr(out.at, "\"runbook\": \"move\""));
    ck_assert_ptr_nonnull(strstr(out.at, "moon"));
    ck_assert_ptr_nonnull(strstr(out.at, "\"audience\": \"internal\""));
    ck_assert_ptr_null(strstr(out.at, "\"withheld\": 0"));
    cp_buf_release(&out);
    cp_reserved_release(&reserved);
    cp_secrets_release(&secrets);
    case_release(&it);
}
END_TEST

/* ---- hostile text ---------------------------------------------------------------------------- */

static struct cp_str any_text(struct outage_case *it, struct chance *chance)
{
    struct cp_buf text;
    cp_buf_init(&text);
    chance_fill(&text, chance, 8);
    struct cp_str copy = cp_arena_copy(&it->arena, cp_buf_str(&text));
    cp_buf_release(&text);
    return copy;
}

static int64_t any_time(struct chance *chance)
{
    static const int64_t units[] = {1, MINUTE, HOUR, DAY, 400 * DAY};
    if (chance_below(chance, 8) == 0) {
        return CP_TIME_UNKNOWN;
    }
    return (int64_t)chance_below(chance, 60) * units[chance_below(chance, 5)];
}

static struct cp_hold any_hold(struct outage_case *it, struct chance *chance)
{
    return (struct cp_hold){.kind = (enum cp_hold_kind)chance_below(chance, CP_HOLD_DEADLOCK + 1),
                            .name = any_text(it, chance),
                            .service = any_text(it, chance),
                            .runbook = any_text(it, chance),
                            .step = any_text(it, chance),
                            .from = (int64_t)chance_below(chance, DAY),
                            .to = any_time(chance)};
}

static void attack_service(struct outage_case *it, struct chance *chance, size_t i)
{
    struct cp_service_outcome *service = &it->services[i];
    int64_t from = (int64_t)chance_below(chance, DAY);
    int64_t to = any_time(chance);
    it->spans[i][0] = (struct cp_outage_span){CP_SERVICE_DEGRADED, 0, from};
    it->spans[i][1] = (struct cp_outage_span){CP_SERVICE_DOWN, from, to};
    it->breaches[i] =
        (struct cp_breach){.promise = (enum cp_promise)chance_below(chance, CP_PROMISE_MTPD + 1),
                           .subject = any_text(it, chance),
                           .scenario = any_text(it, chance),
                           .store = any_text(it, chance),
                           .limit = any_time(chance),
                           .actual = any_time(chance)};
    *service = (struct cp_service_outcome){
        .plan = i,
        .state = (enum cp_service_state)chance_below(chance, CP_SERVICE_DOWN + 1),
        .from = from,
        .up_at = to,
        .own = any_time(chance),
        .scenario = any_text(it, chance),
        .limited_by = any_hold(it, chance)};
    it->stretches[i][0] = any_hold(it, chance);
    LIST(service->critical_path, it->stretches[i], 1);
    LIST(service->breaches, &it->breaches[i], 1);
    LIST(service->spans, it->spans[i], 2);
    it->steps[i] = (struct cp_step_outcome){i,
                                            any_text(it, chance),
                                            any_text(it, chance),
                                            any_text(it, chance),
                                            any_time(chance),
                                            any_time(chance),
                                            any_hold(it, chance)};
    it->lost[i] = (struct cp_thing){CP_THING_STORE, any_text(it, chance)};
}

static void attack(struct outage_case *out, struct chance *chance)
{
    struct cp_buf text[PLANS];
    struct cp_str ids[PLANS];
    for (size_t i = 0; i < PLANS; i++) {
        cp_buf_init(&text[i]);
        chance_fill(&text[i], chance, 12);
        ids[i] = cp_buf_str(&text[i]);
    }
    case_init(out, ids);
    for (size_t i = 0; i < PLANS; i++) {
        cp_buf_release(&text[i]);
        attack_service(out, chance, i);
    }
    LIST(out->simulation.services, out->services, PLANS);
    LIST(out->simulation.steps, out->steps, PLANS);
    LIST(out->simulation.lost, out->lost, PLANS);
    out->absent[0] = any_text(out, chance);
    LIST(out->simulation.absent, out->absent, 1);
    out->assumptions[0] = any_text(out, chance);
    LIST(out->simulation.assumptions, out->assumptions, 1);
    out->outage.path = out->stretches[0];
    out->outage.path_count = 1;
    out->outage.last = 0;
    out->remedy = (struct cp_remedy){.kind = CP_REMEDY_FALLBACK,
                                     .name = any_text(out, chance),
                                     .service = any_text(out, chance),
                                     .saved = MINUTE,
                                     .services = 1};
    out->outage.remedies = &out->remedy;
    out->outage.remedy_count = 1;
}

/* No line is a command; those of the timeline fit. */
static void check_lines(const char *format, struct cp_str text, size_t width)
{
    struct cp_str line;
    bool is_timeline = false;
    while (cp_str_line(&line, &text)) {
        if (cp_str_has_prefix(trim_start(line), "::") || has_mark(line)) {
            ck_abort_msg("%s: a command: %.*s", format, CP_ARG(line));
        }
        is_timeline = is_timeline || cp_str_has_prefix(line, "after  ");
        if (is_timeline && width > 0 && cp_text_width(line) > width) {
            ck_abort_msg("wider than %zu: %.*s", width, CP_ARG(line));
        }
        is_timeline = is_timeline && cp_str_find(line, CP_STR("until unknown")) == SIZE_MAX;
    }
}

static void check_outage(const struct outage_case *it, const char *format, unsigned width)
{
    struct cp_buf out;
    cp_buf_init(&out);
    write(&out, it, format, width);
    check_printable(format, cp_buf_str(&out));
    check_lines(format, cp_buf_str(&out), width);
    ck_assert(out.len > 0 && out.at[out.len - 1] == '\n');
    cp_buf_release(&out);
}

static void check_ranking(const struct outage_case *it, const char *format, struct cp_str text)
{
    struct cp_worst worst = {
        .thing = {CP_THING_PERSON, text}, .breaches = 1, .overrun = HOUR, .service = text};
    struct cp_ranking ranking = {.zone = &it->zone,
                                 .zone_name = text,
                                 .things = &worst,
                                 .count = 1,
                                 .assumptions = &text,
                                 .assumption_count = 1};
    const struct cp_output_options how = {.width = 0};
    struct cp_buf out;
    cp_buf_init(&out);
    cp_simulation_format_find(cp_str_of(format))->write_ranking(&out, &ranking, &how);
    check_printable(format, cp_buf_str(&out));
    check_lines(format, cp_buf_str(&out), 0);
    cp_buf_release(&out);
}

START_TEST(no_text_of_a_plan_gets_out_raw)
{
    struct chance chance = {20261123};
    for (int i = 0; i < ROUNDS; i++) {
        struct outage_case it;
        attack(&it, &chance);
        check_outage(&it, "text", 40 + (unsigned)chance_below(&chance, 120));
        check_outage(&it, "markdown", 0);
        check_outage(&it, "json", 0);
        check_ranking(&it, "text", it.assumptions[0]);
        check_ranking(&it, "markdown", it.assumptions[0]);
        check_ranking(&it, "json", it.assumptions[0]);
        case_release(&it);
    }
}
END_TEST

Suite *cp_suite_output_simulation(void)
{
    Suite *suite = suite_create("output_simulation");
    TCase *tcase = tcase_create("simulation");
    tcase_add_test(tcase, text_says_it_all);
    tcase_add_test(tcase, markdown_says_the_same);
    tcase_add_test(tcase, json_says_it_to_programs);
    tcase_add_test(tcase, nothing_happened);
    tcase_add_test(tcase, a_long_table_is_one_table);
    tcase_add_test(tcase, every_delay_has_words);
    tcase_add_test(tcase, what_would_help_is_said);
    tcase_add_test(tcase, names_are_withheld);
    tcase_add_test(tcase, no_text_of_a_plan_gets_out_raw);
    suite_add_tcase(suite, tcase);
    return suite;
}
