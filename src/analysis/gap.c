/*
 * How long nobody is at work of those who may begin a recovery, at the worst in a week without
 * holidays. Judges nothing; what cannot be told is unknown.
 */
#include <contplan/analysis.h>

#include <string.h>

enum { DAY = 24 * 60, WEEK = 7 * DAY };

/* The minutes of the week in which somebody is there. */
struct week {
    const struct cp_portfolio *portfolio;
    unsigned char *open;        /* WEEK bits, once there are people */
    const struct cp_node *node; /* where the first hours stand */
    size_t people;
    bool is_always;
};

static void open_minute(struct week *week, unsigned minute)
{
    week->open[minute / 8] |= (unsigned char)(1U << minute % 8);
}

static bool is_open(const struct week *week, unsigned minute)
{
    return (week->open[minute / 8] & 1U << minute % 8) != 0;
}

static void open_week(struct week *week, const struct cp_hours *hours)
{
    week->is_always |= hours->kind == CP_HOURS_ALWAYS;
    for (unsigned i = 0; !week->is_always && i < hours->count; i++) {
        const struct cp_hours_span *span = &hours->spans[i];
        for (unsigned day = 0; day < 7; day++) {
            for (unsigned at = span->from; (span->days >> day & 1U) && at < span->to; at++) {
                open_minute(week, day * DAY + at);
            }
        }
    }
}

/* The hours as stated, those of the office by the calendar. False where they are not known. */
static bool add_hours(struct week *week, const struct cp_opening *hours)
{
    const struct cp_opening *office = &week->portfolio->config.calendar.hours;
    bool is_office = hours->leaf.state == CP_ABSENT ||
                     (hours->leaf.state == CP_SET && hours->hours.kind == CP_HOURS_OFFICE);
    const struct cp_opening *meant = is_office ? office : hours;
    if (meant->leaf.state != CP_SET || meant->hours.kind == CP_HOURS_OFFICE) {
        return false;
    }
    if (!week->node) {
        week->node = hours->leaf.node ? hours->leaf.node : meant->leaf.node;
    }
    if (week->people++ == 0) {
        memset(week->open, 0, WEEK / 8);
    }
    open_week(week, &meant->hours);
    return true;
}

static bool add_person(struct week *week, const struct cp_person *person)
{
    if (person->has_left) {
        return true;
    }
    if (person->hours.leaf.state != CP_ABSENT || person->team.leaf.state == CP_ABSENT) {
        return add_hours(week, &person->hours);
    }
    const struct cp_team *team = person->team.leaf.state == CP_SET
                                     ? cp_portfolio_find_team(week->portfolio, person->team.text)
                                     : NULL;
    return team && add_hours(week, &team->hours);
}

/* Who is named by plain text is always there. */
static bool add_holder(struct week *week, const struct cp_text *name)
{
    if (name->leaf.state != CP_SET) {
        return false;
    }
    const struct cp_team *team = cp_portfolio_find_team(week->portfolio, name->text);
    const struct cp_person *person = cp_portfolio_find_person(week->portfolio, name->text);
    if (team) {
        return add_hours(week, &team->hours);
    }
    week->is_always |= !person;
    return !person || add_person(week, person);
}

static bool add_role(struct week *week, const struct cp_role *role)
{
    bool is_known = (role->holders.leaf.state == CP_SET || role->holders.leaf.state == CP_ABSENT) &&
                    (role->deputies.leaf.state == CP_SET || role->deputies.leaf.state == CP_ABSENT);
    for (size_t i = 0; is_known && i < role->holders.count; i++) {
        is_known = add_holder(week, &role->holders.items[i]);
    }
    for (size_t i = 0; is_known && i < role->deputies.count; i++) {
        is_known = add_holder(week, &role->deputies.items[i]);
    }
    return is_known && (role->rota.leaf.state == CP_ABSENT || add_holder(week, &role->rota));
}

static const struct cp_role *find_role(const struct cp_plan *plan, struct cp_str name)
{
    for (size_t i = 0; i < plan->incident_response.roles.count; i++) {
        const struct cp_role *role = &plan->incident_response.roles.items[i];
        if (role->role.leaf.state == CP_SET && cp_str_is_equal(role->role.text, name)) {
            return role;
        }
    }
    return NULL;
}

/* The longest closed stretch, which may run over the end of the week. */
static void find_longest(struct cp_gap *out, const struct week *week)
{
    unsigned closed = 0;
    for (unsigned i = 0; i < 2 * WEEK; i++) {
        closed = is_open(week, i % WEEK) ? 0 : closed + 1;
        if (closed <= WEEK && (int64_t)closed * 60 > out->seconds) {
            out->seconds = (int64_t)closed * 60;
            out->until = (i + 1) % WEEK;
            out->from = (i + 1 + WEEK - closed) % WEEK;
        }
    }
}

bool cp_recovery_gap(struct cp_gap *out, const struct cp_recovery *recovery,
                     const struct cp_plan *plan, const struct cp_portfolio *portfolio)
{
    *out = (struct cp_gap){0};
    if (recovery->own_is != CP_OWN_RUNBOOKS) {
        return false;
    }
    unsigned char open[WEEK / 8];
    struct week week = {.portfolio = portfolio, .open = open};
    const struct cp_runbook_path *path = recovery->paths[0];
    const struct cp_choice *automation = &path->runbook->automation;
    const struct cp_text *role = path->count > 0 ? &path->steps[0]->role : NULL;
    const struct cp_text *name =
        role && role->leaf.state != CP_ABSENT ? role : &path->runbook->owner;
    bool is_by_itself = automation->leaf.state == CP_SET && automation->value == CP_AUTOMATION_FULL;
    if (is_by_itself || name->leaf.state != CP_SET) {
        return false;
    }
    const struct cp_role *of = find_role(plan, name->text);
    if (!(of ? add_role(&week, of) : add_holder(&week, name)) || week.is_always ||
        week.people == 0) {
        return false;
    }
    find_longest(out, &week);
    out->node = week.node;
    out->name = name->text;
    return out->seconds > 0;
}
