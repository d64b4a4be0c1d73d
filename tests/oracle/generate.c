/*
 * The generator: seed -> world. This file has the shared parts, the people and suppliers, and the
 * question. Knows nothing of contplan.
 */
#include "generate.h"

#include <string.h>

/* ---- shared parts ---------------------------------------------------------------------------- */

bool make_unknown(struct making *making, int percent)
{
    return making->unknowns > 0 && maybe(&making->chance, percent);
}

struct length make_length(struct making *making, int most, int absent)
{
    struct chance *chance = &making->chance;
    if (maybe(chance, absent)) {
        return (struct length){NOT_STATED, 0};
    }
    if (maybe(chance, making->unknowns)) {
        return (struct length){UNKNOWN_LENGTH, 0};
    }
    if (maybe(chance, 8)) {
        return (struct length){ELAPSED, 0};
    }
    /* Coarse numbers, so that many things happen at one instant. */
    int grain = maybe(chance, 60) ? 30 : maybe(chance, 50) ? 10 : 1;
    int count = most / grain > 0 ? most / grain : 1;
    return (struct length){ELAPSED, grain * between(chance, 1, count)};
}

struct length make_working_length(struct making *making, int most, int absent)
{
    struct length length = make_length(making, most, absent);
    if (length.kind != ELAPSED || length.amount == 0 || !maybe(&making->chance, 15)) {
        return length;
    }
    if (maybe(&making->chance, 50)) {
        return (struct length){WORKING_DAYS, between(&making->chance, 1, 2)};
    }
    return (struct length){WORKING_MINUTES, length.amount};
}

struct name make_supplier(struct making *making)
{
    struct world *world = making->world;
    return world->suppliers[pick(&making->chance, world->supplier_count)].id;
}

struct name make_place(struct making *making)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    const struct supplier *supplier = &world->suppliers[pick(chance, world->supplier_count)];
    struct name place = supplier->id;
    if (supplier->regions.count > 0 && maybe(chance, 75)) {
        const struct name *region = &supplier->regions.at[pick(chance, supplier->regions.count)];
        snprintf(place.text, sizeof(place.text), "%.8s.%.4s%s", supplier->id.text, region->text,
                 maybe(chance, 60)   ? ""
                 : maybe(chance, 50) ? ".a"
                                     : ".b");
    }
    return place;
}

struct name make_person_or_team(struct making *making)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    if (world->person_count + world->team_count == 0 || maybe(chance, 7)) {
        return name_of(maybe(chance, 50) ? "The Duty Engineer" : "Somebody at Acme");
    }
    if (world->person_count == 0 || (world->team_count > 0 && maybe(chance, 40))) {
        return world->teams[pick(chance, world->team_count)].id;
    }
    return world->people[pick(chance, world->person_count)].id;
}

static struct name numbered(const char *letter, int number)
{
    struct name name;
    snprintf(name.text, sizeof(name.text), "%s%d", letter, number % 100);
    return name;
}

/* ---- the portfolio file ---------------------------------------------------------------------- */

static struct hours make_hours(struct making *making, int absent)
{
    static const struct hours shapes[] = {
        {.kind = HOURS_ALWAYS},
        {.kind = HOURS_OFFICE},
        {HOURS_WEEKLY, {{0x1f, 8 * 60, 18 * 60}}, 1},
        {HOURS_WEEKLY, {{0x1f, 9 * 60, 12 * 60}, {0x1f, 13 * 60, 17 * 60}}, 2},
        {HOURS_WEEKLY, {{0x7f, 0, 24 * 60}}, 1},
        {HOURS_WEEKLY, {{0x60, 0, 6 * 60}, {0x0a, 22 * 60, 24 * 60}}, 2},
        {HOURS_WEEKLY, {{0x40, 60, 4 * 60}, {0x3f, 8 * 60, 20 * 60}}, 2},
        {HOURS_WEEKLY, {{0x1f, 6 * 60, 14 * 60 + 7}, {0x20, 90, 3 * 60}}, 2},
    };
    if (maybe(&making->chance, absent)) {
        return (struct hours){.kind = HOURS_ABSENT};
    }
    if (maybe(&making->chance, 40)) {
        return shapes[0];
    }
    return shapes[pick(&making->chance, (int)(sizeof(shapes) / sizeof(*shapes)))];
}

/* Days near which clocks change or offices close; the question begins around one of them. */
static int make_day(struct making *making)
{
    static const int days[][3] = {{2026, 11, 23}, {2026, 10, 25}, {2027, 3, 28}, {2026, 12, 24},
                                  {2026, 10, 3},  {2027, 4, 3},   {2026, 11, 27}};
    const int *day = days[pick(&making->chance, (int)(sizeof(days) / sizeof(*days)))];
    return day_of(day[0], day[1], day[2]);
}

/* Whose clocks change around that day. */
static enum zone zone_of_day(int day)
{
    bool is_in_april = day >= day_of(2027, 4, 1);
    bool is_in_early_october = day < day_of(2026, 10, 10);
    return is_in_april || is_in_early_october ? ZONE_LORD_HOWE : ZONE_LONDON;
}

static void make_calendar(struct making *making, int day)
{
    struct calendar *calendar = &making->world->calendar;
    struct chance *chance = &making->chance;
    calendar->is_stated = !maybe(chance, 15);
    if (!calendar->is_stated) {
        return;
    }
    bool is_where_clocks_change = maybe(chance, 60);
    calendar->zone = is_where_clocks_change ? zone_of_day(day) : (enum zone)pick(chance, ZONES);
    do {
        calendar->hours = make_hours(making, 0);
    } while (calendar->hours.kind == HOURS_OFFICE ||
             (calendar->hours.kind == HOURS_ALWAYS && !maybe(chance, 20)));
    calendar->holiday_count = pick(chance, MOST_HOLIDAYS + 1);
    for (int i = 0; i < calendar->holiday_count; i++) {
        calendar->holidays[i] = day + 3 * i + pick(chance, 3);
    }
}

static void make_people(struct making *making, int day)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    bool is_short_of_people = maybe(chance, 40);
    world->person_count =
        maybe(chance, 10) ? 0 : between(chance, 1, is_short_of_people ? 2 : MOST_PEOPLE);
    world->team_count = pick(chance, MOST_TEAMS);
    for (int i = 0; i < world->person_count; i++) {
        struct person *person = &world->people[i];
        person->id = numbered("p", i);
        person->hours = make_hours(making, 50);
        if (world->team_count > 0 && maybe(chance, 60)) {
            person->team = numbered("t", pick(chance, world->team_count));
        }
        person->has_until = maybe(chance, 12);
        person->until = day + between(chance, -2, 3);
    }
    for (int i = 0; i < world->team_count; i++) {
        struct team *team = &world->teams[i];
        team->id = numbered("t", i);
        team->hours = make_hours(making, 40);
        team->call_out = make_length(making, 60, 50);
        team->capacity = maybe(chance, 60) ? -1 : between(chance, 1, 2);
        team->is_capacity_unknown = team->capacity < 0 && make_unknown(making, 10);
        team->are_members_unknown = make_unknown(making, 10);
        for (int j = 0; j < world->person_count && !team->are_members_unknown; j++) {
            if (maybe(chance, 30)) {
                names_add(&team->members, world->people[j].id.text);
            }
        }
    }
}

static void make_suppliers(struct making *making)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    world->supplier_count = pick(chance, MOST_SUPPLIERS + 1);
    int count = world->supplier_count;
    for (int i = 0; i < count; i++) {
        struct supplier *supplier = &world->suppliers[i];
        supplier->id = numbered("s", i);
        names_add(&supplier->regions, "eu");
        if (maybe(chance, 60)) {
            names_add(&supplier->regions, "us");
        }
        supplier->rto = make_working_length(making, 480, 8);
        world->supplier_count = i; /* runs on earlier ones */
        supplier->is_ground_unknown = make_unknown(making, 10);
        if (i > 0 && !supplier->is_ground_unknown && maybe(chance, 30)) {
            struct name place = make_place(making);
            names_add(&supplier->runs_on, place.text);
        }
        world->supplier_count = count;
    }
}

struct limits make_limits(struct making *making, int absent)
{
    struct limits limits = {
        .mtpd = make_working_length(making, 2880, absent),
        .rto = make_working_length(making, 600, absent / 3),
        .wrt = make_working_length(making, 240, absent + 20),
        .rpo = make_length(making, 1440, absent),
    };
    return limits;
}

static void make_tiers(struct making *making)
{
    making->world->has_tiers = maybe(&making->chance, 60);
    for (int i = 0; i < TIERS && making->world->has_tiers; i++) {
        making->world->tiers[i] = make_limits(making, 30);
    }
}

/* ---- the question ---------------------------------------------------------------------------- */

static void lose_something(struct making *making)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    struct names *lose = &world->question.lose;
    const struct plan *plan = &world->plans[pick(chance, world->plan_count)];
    switch (pick(chance, 8)) {
    case 0:
    case 1:
    case 2:
        names_add(lose, plan->id.text);
        return;
    case 3:
        if (plan->store_count > 0) {
            names_add(lose, plan->stores[pick(chance, plan->store_count)].id.text);
        }
        return;
    case 4:
        if (world->person_count + world->team_count > 0) {
            struct name name = make_person_or_team(making);
            if (strchr(name.text, ' ') == NULL) {
                names_add(lose, name.text);
            }
        }
        return;
    default:
        if (world->supplier_count > 0) {
            struct name place = make_place(making);
            names_add(lose, place.text);
        }
    }
}

void make_question(struct making *making)
{
    struct world *world = making->world;
    struct chance *chance = &making->chance;
    struct question *question = &world->question;
    const struct plan *plan = &world->plans[pick(chance, world->plan_count)];
    int count = between(chance, 1, 2) + maybe(chance, 10);
    if (plan->scenario_count > 0 && !plan->is_retired && maybe(chance, 25)) {
        question->scenario = plan->scenarios[pick(chance, plan->scenario_count)].id;
        count = maybe(chance, 60) ? 0 : count;
    }
    for (int i = 0; i < count; i++) {
        lose_something(making);
    }
    if (question->lose.count == 0 && !name_is_stated(&question->scenario)) {
        names_add(&question->lose, plan->id.text);
    }
    if (world->person_count > 0 && maybe(chance, 25)) {
        names_add(&question->absent, world->people[pick(chance, world->person_count)].id.text);
    }
}

void world_generate(struct world *out, uint64_t seed)
{
    struct making making = {.world = out, .chance = chance_of(seed)};
    memset(out, 0, sizeof(*out));
    making.unknowns = maybe(&making.chance, 70) ? 0 : 3;
    int day = make_day(&making);
    int most = maybe(&making.chance, 40) ? 3 : MOST_PLANS;
    out->question.at =
        (day + between(&making.chance, -1, 1)) * (int64_t)1440 +
        (maybe(&making.chance, 50) ? 60 * pick(&making.chance, 24) : pick(&making.chance, 1440));
    make_calendar(&making, day);
    make_people(&making, day);
    make_suppliers(&making);
    make_tiers(&making);
    out->plan_count = between(&making.chance, 1, most);
    for (int i = 0; i < out->plan_count; i++) {
        out->plans[i].id = numbered("v", i);
    }
    for (int i = 0; i < out->plan_count; i++) {
        make_plan(&making, i);
    }
    make_question(&making);
}
