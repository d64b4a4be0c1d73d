/*
 * A world as the files a user would write. Everything in the world stands in them, and nothing
 * else. Knows the format, not the program.
 */
#include "world.h"

/* ---- values ---------------------------------------------------------------------------------- */

static void write_unknown(FILE *out)
{
    fputs("{unknown: {reason: Nobody has asked, owner: Head, due: 2030-01-01, "
          "since: 2026-01-01}}",
          out);
}

static void write_value(FILE *out, struct length length)
{
    static const char *const units[] = {"", "m", "wm", "wd"};
    if (length.kind == UNKNOWN_LENGTH) {
        write_unknown(out);
    } else {
        size_t kind = (size_t)length.kind;
        fprintf(out, "%d%s", length.amount,
                kind < sizeof units / sizeof units[0] ? units[kind] : "");
    }
}

/* In a mapping between braces, behind another key. */
static void write_length(FILE *out, const char *key, struct length length)
{
    if (length.kind != NOT_STATED) {
        fprintf(out, ", %s: ", key);
        write_value(out, length);
    }
}

/* On a line of its own. */
static void write_length_line(FILE *out, const char *indent, const char *key, struct length length)
{
    if (length.kind != NOT_STATED) {
        fprintf(out, "%s%s: ", indent, key);
        write_value(out, length);
        fputc('\n', out);
    }
}

/* The key with that it is not known. */
static void write_unknown_key(FILE *out, const char *key, bool is_unknown)
{
    if (is_unknown) {
        fputs(key, out);
        write_unknown(out);
    }
}

static void write_name(FILE *out, const char *key, const struct name *name)
{
    if (name_is_stated(name)) {
        fprintf(out, ", %s: %s", key, name->text);
    }
}

static void write_list(FILE *out, const struct names *names)
{
    fputc('[', out);
    for (int i = 0; i < names->count; i++) {
        fprintf(out, "%s%s", i > 0 ? ", " : "", names->at[i].text);
    }
    fputc(']', out);
}

static void write_names(FILE *out, const char *key, const struct names *names)
{
    if (names->count > 0) {
        fprintf(out, ", %s: ", key);
        write_list(out, names);
    }
}

/* A key of its own line, behind `indent`. */
static void write_line(FILE *out, const char *indent, const char *key, const struct names *names)
{
    if (names->count > 0) {
        fprintf(out, "%s%s: ", indent, key);
        write_list(out, names);
        fputc('\n', out);
    }
}

static void write_span(FILE *out, const struct span *span)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    bool is_first = true;
    fputc('"', out);
    for (int i = 0; i < 7; i++) {
        if (span->days & 1U << i) {
            fprintf(out, "%s%s", is_first ? "" : ",", days[i]);
            is_first = false;
        }
    }
    fprintf(out, " %02d:%02d-%02d:%02d\"", span->from / 60, span->from % 60, span->to / 60,
            span->to % 60);
}

/* ", hours: …" or nothing. */
static void write_hours(FILE *out, const struct hours *hours)
{
    if (hours->kind == HOURS_ALWAYS || hours->kind == HOURS_OFFICE) {
        fprintf(out, ", hours: %s", hours->kind == HOURS_ALWAYS ? "24x7" : "office");
    } else if (hours->kind == HOURS_WEEKLY) {
        fputs(", hours: [", out);
        for (int i = 0; i < hours->count; i++) {
            fputs(i > 0 ? ", " : "", out);
            write_span(out, &hours->spans[i]);
        }
        fputc(']', out);
    }
}

static void write_day(FILE *out, int day)
{
    int year = 2026;
    int month = 1;
    while (day_of(year + 1, 1, 1) <= day) {
        year++;
    }
    while (month < 12 && day_of(year, month + 1, 1) <= day) {
        month++;
    }
    fprintf(out, "%04d-%02d-%02d", year, month, day - day_of(year, month, 1) + 1);
}

/* ---- contplan.yaml --------------------------------------------------------------------------- */

const char *zone_name(enum zone zone)
{
    static const char *const names[] = {"", "UTC", "Europe/London", "Australia/Lord_Howe",
                                        "Asia/Kathmandu"};
    return names[zone];
}

static void write_calendar(FILE *out, const struct calendar *calendar)
{
    if (!calendar->is_stated) {
        return;
    }
    fputs("calendar: {holidays: [", out);
    for (int i = 0; i < calendar->holiday_count; i++) {
        fputs(i > 0 ? ", " : "", out);
        write_day(out, calendar->holidays[i]);
    }
    fputc(']', out);
    write_hours(out, &calendar->hours);
    if (calendar->zone != ZONE_ABSENT) {
        fprintf(out, ", time_zone: %s", zone_name(calendar->zone));
    }
    fputs("}\n", out);
}

static void write_people(FILE *out, const struct world *world)
{
    fputs(world->person_count > 0 ? "people:\n" : "", out);
    for (int i = 0; i < world->person_count; i++) {
        const struct person *person = &world->people[i];
        fprintf(out, "  - {id: %s", person->id.text);
        write_name(out, "team", &person->team);
        write_hours(out, &person->hours);
        if (person->has_until) {
            fputs(", until: ", out);
            write_day(out, person->until);
        }
        fputs("}\n", out);
    }
    fputs(world->team_count > 0 ? "teams:\n" : "", out);
    for (int i = 0; i < world->team_count; i++) {
        const struct team *team = &world->teams[i];
        fprintf(out, "  - {id: %s", team->id.text);
        write_names(out, "members", &team->members);
        write_unknown_key(out, ", members: ", team->are_members_unknown);
        write_unknown_key(out, ", capacity: ", team->is_capacity_unknown);
        write_hours(out, &team->hours);
        write_length(out, "call_out", team->call_out);
        if (team->capacity >= 0) {
            fprintf(out, ", capacity: %d", team->capacity);
        }
        fputs("}\n", out);
    }
}

static void write_suppliers(FILE *out, const struct world *world)
{
    fputs(world->supplier_count > 0 ? "suppliers:\n" : "", out);
    for (int i = 0; i < world->supplier_count; i++) {
        const struct supplier *supplier = &world->suppliers[i];
        fprintf(out, "  - {id: %s", supplier->id.text);
        write_names(out, "regions", &supplier->regions);
        write_names(out, "runs_on", &supplier->runs_on);
        write_unknown_key(out, ", runs_on: ", supplier->is_ground_unknown);
        if (supplier->rto.kind != NOT_STATED) {
            fputs(", commits: {rpo: 0", out);
            write_length(out, "rto", supplier->rto);
            fputc('}', out);
        }
        fputs("}\n", out);
    }
}

static void write_tiers(FILE *out, const struct world *world)
{
    static const char indent[] = "      ";
    fputs(world->has_tiers ? "tiers:\n" : "", out);
    for (int i = 0; i < TIERS && world->has_tiers; i++) {
        const struct limits *limits = &world->tiers[i];
        fprintf(out, "  %d:\n    name: Tier\n", i + 1);
        if (limits->mtpd.kind + limits->rto.kind + limits->wrt.kind + limits->rpo.kind > 0) {
            fputs("    objectives:\n", out);
        }
        write_length_line(out, indent, "mtpd", limits->mtpd);
        write_length_line(out, indent, "rto", limits->rto);
        write_length_line(out, indent, "wrt", limits->wrt);
        write_length_line(out, indent, "rpo", limits->rpo);
    }
}

void world_write_portfolio(FILE *out, const struct world *world)
{
    fputs("schema: contplan-config/v1\n", out);
    write_calendar(out, &world->calendar);
    write_people(out, world);
    write_suppliers(out, world);
    write_tiers(out, world);
}

/* ---- a plan ---------------------------------------------------------------------------------- */

static void write_dependency(FILE *out, const struct dependency *dependency)
{
    static const char *const criticalities[] = {"", ", criticality: hard",
                                                ", criticality: degraded", ", criticality: soft"};
    fprintf(out, "    - {%s: %s%s%s", dependency->is_external ? "supplier" : "service",
            dependency->target.text, criticalities[dependency->criticality],
            dependency->is_needed ? ", recovery_needs: yes" : "");
    write_unknown_key(out, ", recovery_needs: ", dependency->is_need_unknown);
    write_unknown_key(out, ", fallback: ", dependency->is_fallback_unknown);
    write_length(out, "resume", dependency->resume);
    if (dependency->rto.kind != NOT_STATED) {
        fputs(", commits: {rpo: 0", out);
        write_length(out, "rto", dependency->rto);
        fputc('}', out);
    }
    if (dependency->has_fallback) {
        fputs(", fallback: {text: Paper", out);
        write_length(out, "sustain", dependency->sustain);
        fputc('}', out);
    }
    fputs("}\n", out);
}

static void write_dependencies(FILE *out, const struct plan *plan, bool is_external)
{
    bool is_first = true;
    for (int i = 0; i < plan->dependency_count; i++) {
        if (plan->dependencies[i].is_external == is_external) {
            fputs(!is_first ? "" : is_external ? "  external:\n" : "  internal:\n", out);
            is_first = false;
            write_dependency(out, &plan->dependencies[i]);
        }
    }
}

static void write_incident_response(FILE *out, const struct plan *plan)
{
    bool has_times = plan->detect.kind != NOT_STATED || plan->declare.kind != NOT_STATED;
    fputs(has_times || plan->role_count > 0 ? "incident_response:\n" : "", out);
    fputs(has_times ? "  activation:\n    times:\n" : "", out);
    write_length_line(out, "      ", "detect", plan->detect);
    write_length_line(out, "      ", "declare", plan->declare);
    fputs(plan->role_count > 0 ? "  roles:\n" : "", out);
    for (int i = 0; i < plan->role_count; i++) {
        const struct role *role = &plan->roles[i];
        fprintf(out, "    - {role: %s", role->id.text);
        write_names(out, "holders", &role->holders);
        write_names(out, "deputies", &role->deputies);
        write_name(out, "rota", &role->rota);
        fputs("}\n", out);
    }
}

static void write_places(FILE *out, const struct plan *plan)
{
    static const char *const things[] = {"zone", "region", "supplier", "account", "data"};
    static const char *const levels[] = {"none",         "backup-restore", "pilot-light",
                                         "warm-standby", "active-passive", "active-active"};
    fputs("it_continuity:\n  description: Here\n", out);
    if (name_is_stated(&plan->hosting)) {
        fprintf(out, "  hosting: %s\n", plan->hosting.text);
    }
    write_line(out, "  ", "regions", &plan->regions);
    write_line(out, "  ", "zones", &plan->zones);
    if (plan->is_redundancy_unknown) {
        write_unknown_key(out, "  redundancy: ", true);
        fputc('\n', out);
    }
    fputs(plan->redundancy_count > 0 ? "  redundancy:\n" : "", out);
    for (int i = 0; i < plan->redundancy_count; i++) {
        const struct redundancy *row = &plan->redundancy[i];
        fprintf(out, "    - {against: %s", things[row->against]);
        if (!row->is_level_unknown) {
            fprintf(out, ", level: %s", levels[row->level]);
        }
        write_unknown_key(out, ", level: ", row->is_level_unknown);
        write_unknown_key(out, ", uses: ", row->is_use_unknown);
        write_name(out, "uses", &row->uses);
        write_length(out, "takes", row->takes);
        fputs("}\n", out);
    }
}

static void write_scenarios(FILE *out, const struct plan *plan)
{
    static const char *const kinds[] = {"",         "data-loss", "data-corruption",   "ransomware",
                                        "zone",     "region",    "supplier",          "people",
                                        "premises", "network",   "denial-of-service", "other"};
    static const char *const responses[] = {"", "runbook", "automatic", "wait", "accept"};
    fputs(plan->scenario_count > 0 ? "  scenarios:\n" : "", out);
    for (int i = 0; i < plan->scenario_count; i++) {
        const struct scenario *scenario = &plan->scenarios[i];
        fprintf(out, "    - {id: %s", scenario->id.text);
        if (scenario->kind != KIND_ABSENT) {
            fprintf(out, ", kind: %s", kinds[scenario->kind]);
        }
        if (scenario->response != RESPONSE_ABSENT) {
            fprintf(out, ", response: %s", responses[scenario->response]);
        }
        write_names(out, "loses", &scenario->loses);
        write_names(out, "runbooks", &scenario->runbooks);
        fputs("}\n", out);
    }
}

static void write_steps(FILE *out, const struct runbook *runbook)
{
    fputs(runbook->step_count > 0 ? "      steps:\n" : "", out);
    if (runbook->are_steps_unknown) {
        write_unknown_key(out, "      steps: ", true);
        fputc('\n', out);
    }
    for (int i = 0; i < runbook->step_count; i++) {
        const struct step *step = &runbook->steps[i];
        fprintf(out, "        - {id: %s, action: Do it", step->id.text);
        write_name(out, "role", &step->role);
        write_length(out, "duration", step->duration);
        if (step->has_after) {
            fputs(", after: ", out);
            write_list(out, &step->after);
        }
        fputs("}\n", out);
    }
}

static void write_runbooks(FILE *out, const struct plan *plan)
{
    static const char *const types[] = {"",        "recovery", "failover",      "restore",
                                        "rebuild", "failback", "communications"};
    fputs(plan->runbook_count > 0 ? "  runbooks:\n" : "", out);
    for (int i = 0; i < plan->runbook_count; i++) {
        const struct runbook *runbook = &plan->runbooks[i];
        fprintf(out, "    - id: %s\n", runbook->id.text);
        if (name_is_stated(&runbook->owner)) {
            fprintf(out, "      owner: %s\n", runbook->owner.text);
        }
        if (runbook->type != TYPE_ABSENT) {
            fprintf(out, "      type: %s\n", types[runbook->type]);
        }
        write_length_line(out, "      ", "duration", runbook->duration);
        write_steps(out, runbook);
    }
}

static void write_limits(FILE *out, const struct limits *limits)
{
    write_length(out, "mtpd", limits->mtpd);
    write_length(out, "rto", limits->rto);
    write_length(out, "wrt", limits->wrt);
    write_length(out, "rpo", limits->rpo);
}

static void write_objectives(FILE *out, const struct plan *plan)
{
    static const char *const clocks[] = {"", "disruption", "detection", "declaration"};
    fputs(plan->objective_count > 0 ? "  objectives:\n" : "", out);
    for (int i = 0; i < plan->objective_count; i++) {
        const struct objective *objective = &plan->objectives[i];
        fputs("    - {basis: bia", out);
        write_name(out, "for", &objective->subject);
        write_name(out, "scenario", &objective->scenario);
        write_limits(out, &objective->limits);
        if (objective->clock != CLOCK_ABSENT) {
            fprintf(out, ", clock: %s", clocks[objective->clock]);
        }
        fputs("}\n", out);
    }
}

static void write_backup(FILE *out, const struct backup *backup)
{
    fprintf(out, "    - {id: %s, store: %s, method: %s", backup->id.text, backup->store.text,
            backup->is_replica ? "replica" : "dump");
    write_length(out, "every", backup->every);
    write_length(out, "takes", backup->takes);
    write_length(out, "lag", backup->lag);
    fputs(backup->copy_count > 0 ? ", copies: [" : "", out);
    for (int i = 0; i < backup->copy_count; i++) {
        const struct copy *copy = &backup->copies[i];
        fprintf(out, "%s{account: vault", i > 0 ? ", " : "");
        write_name(out, "provider", &copy->provider);
        write_name(out, "region", &copy->region);
        write_length(out, "lag", copy->lag);
        fputc('}', out);
    }
    fputs(backup->copy_count > 0 ? "]}\n" : "}\n", out);
}

static void write_stores(FILE *out, const struct plan *plan)
{
    fputs(plan->store_count > 0 ? "backup_restore:\n  stores:\n" : "", out);
    for (int i = 0; i < plan->store_count; i++) {
        const struct store *store = &plan->stores[i];
        fprintf(out, "    - {id: %s%s%s", store->id.text,
                store->is_not_canonical ? ", canonical: no" : "",
                store->is_rebuilt ? ", rebuild_from: The papers" : "");
        write_names(out, "located", &store->located);
        fputs("}\n", out);
    }
    fputs(plan->backup_count > 0 ? "  backups:\n" : "", out);
    for (int i = 0; i < plan->backup_count; i++) {
        write_backup(out, &plan->backups[i]);
    }
}

void world_write_plan(FILE *out, const struct world *world, int index)
{
    const struct plan *plan = &world->plans[index];
    fprintf(out, "schema: contplan/v1\nid: %s\nname: Service %s\n", plan->id.text, plan->id.text);
    fputs(plan->is_retired ? "phase: retired\n" : "", out);
    if (plan->tier > 0) {
        fprintf(out, "tier: %d\n", plan->tier);
    }
    fputs(plan->has_workaround ? "scope:\n  workaround:\n    text: Paper\n" : "", out);
    write_length_line(out, "    ", "sustain",
                      plan->has_workaround ? plan->workaround : (struct length){NOT_STATED, 0});
    fputs(plan->dependency_count > 0 ? "dependencies:\n" : "", out);
    write_dependencies(out, plan, false);
    write_dependencies(out, plan, true);
    write_incident_response(out, plan);
    write_places(out, plan);
    fputs("disaster_recovery:\n  description: So\n", out);
    write_scenarios(out, plan);
    write_runbooks(out, plan);
    write_objectives(out, plan);
    write_stores(out, plan);
}

/* ---- the question ---------------------------------------------------------------------------- */

void world_write_question(FILE *out, const struct world *world)
{
    const struct question *question = &world->question;
    int day = (int)(question->at / 1440);
    int minute = (int)(question->at % 1440);
    fputs("simulate", out);
    for (int i = 0; i < question->lose.count; i++) {
        fprintf(out, " --lose %s", question->lose.at[i].text);
    }
    for (int i = 0; i < question->absent.count; i++) {
        fprintf(out, " --absent %s", question->absent.at[i].text);
    }
    if (name_is_stated(&question->scenario)) {
        fprintf(out, " --scenario %s", question->scenario.text);
    }
    fputs(" --at ", out);
    write_day(out, day);
    fprintf(out, "T%02d:%02dZ\n", minute / 60, minute % 60);
}
