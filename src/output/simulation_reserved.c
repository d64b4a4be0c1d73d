/*
 * What of plans and portfolio file an audience does not get to see in a simulated outage: names
 * that it could tell, and whose lengths it counts with. Facts have no audience, so it is taken from
 * the plans.
 */
#include <contplan/output.h>

#include <string.h>

void cp_reserved_init(struct cp_reserved *out, const struct cp_portfolio *portfolio,
                      enum cp_audience audience)
{
    *out = (struct cp_reserved){.portfolio = portfolio, .audience = audience};
    cp_map_init(&out->plans);
    cp_map_init(&out->names);
    cp_map_init(&out->kept);
    cp_map_init(&out->open);
    cp_arena_init(&out->arena);
}

void cp_reserved_release(struct cp_reserved *reserved)
{
    cp_map_release(&reserved->plans);
    cp_map_release(&reserved->names);
    cp_map_release(&reserved->kept);
    cp_map_release(&reserved->open);
    cp_arena_release(&reserved->arena);
}

/* ---- the portfolio file ---------------------------------------------------------------------- */

/* Its people, teams and suppliers, and their places; it states no audience for all of them. */
static const struct cp_leaf *find_declared(const struct cp_portfolio *portfolio, struct cp_str name)
{
    struct cp_str supplier = cp_str_slice(name, 0, cp_str_find(name, CP_STR(".")));
    const struct cp_supplier *at = cp_portfolio_find_supplier(portfolio, supplier);
    const struct cp_team *team = cp_portfolio_find_team(portfolio, name);
    const struct cp_person *person = cp_portfolio_find_person(portfolio, name);
    return at ? &at->leaf : team ? &team->leaf : person ? &person->leaf : NULL;
}

static bool is_narrow(const struct cp_reserved *reserved, struct cp_str name)
{
    const struct cp_leaf *leaf = find_declared(reserved->portfolio, name);
    enum cp_audience audience = CP_INTERNAL;
    if (leaf && leaf->audience != CP_AUDIENCE_UNSTATED) {
        audience = (enum cp_audience)leaf->audience;
    }
    return leaf && audience > reserved->audience;
}

/* ---- what a plan keeps back ------------------------------------------------------------------ */

enum what {
    NAME,
    LOSABLE, /* a name of something that the answer may name without the plan */
    TIME,    /* a length from which an end is counted */
    LIMIT    /* what is promised */
};

/* All that an outage tells of a plan. */
static const struct {
    const char *path;
    enum what what;
} rows[] = {
    {"tier", LIMIT},
    {"scope.workaround.sustain", TIME},
    {"dependencies.internal[].service", NAME},
    {"dependencies.internal[].name", NAME},
    {"dependencies.internal[].resume", TIME},
    {"dependencies.internal[].fallback.sustain", TIME},
    {"dependencies.external[].supplier", NAME},
    {"dependencies.external[].name", NAME},
    {"dependencies.external[].resume", TIME},
    {"dependencies.external[].fallback.sustain", TIME},
    {"dependencies.external[].commits.rto", TIME},
    {"dependencies.external[].commits.rpo", TIME},
    {"incident_response.activation.times.detect", TIME},
    {"incident_response.activation.times.declare", TIME},
    {"incident_response.roles[].role", NAME},
    {"incident_response.roles[].holders[]", NAME},
    {"incident_response.roles[].deputies[]", NAME},
    {"incident_response.roles[].rota", NAME},
    {"it_continuity.hosting", NAME},
    {"it_continuity.regions[]", NAME},
    {"it_continuity.zones[]", NAME},
    {"it_continuity.redundancy[].uses", NAME},
    {"it_continuity.redundancy[].takes", TIME},
    {"disaster_recovery.scenarios[].id", NAME},
    {"disaster_recovery.scenarios[].loses[]", LOSABLE},
    {"disaster_recovery.runbooks[].id", NAME},
    {"disaster_recovery.runbooks[].owner", NAME},
    {"disaster_recovery.runbooks[].duration", TIME},
    {"disaster_recovery.runbooks[].steps[].id", NAME},
    {"disaster_recovery.runbooks[].steps[].role", NAME},
    {"disaster_recovery.runbooks[].steps[].duration", TIME},
    {"disaster_recovery.objectives[].for", NAME},
    {"disaster_recovery.objectives[].scenario", NAME},
    {"disaster_recovery.objectives[].mtpd", LIMIT},
    {"disaster_recovery.objectives[].rto", LIMIT},
    {"disaster_recovery.objectives[].wrt", LIMIT},
    {"disaster_recovery.objectives[].rpo", LIMIT},
    {"backup_restore.stores[].id", LOSABLE},
    {"backup_restore.backups[].every", TIME},
    {"backup_restore.backups[].takes", TIME},
    {"backup_restore.backups[].lag", TIME},
    {"backup_restore.backups[].copies[].lag", TIME},
};

/* A plan that is being added. */
struct adding {
    struct cp_reserved *reserved;
    struct cp_reserved_plan *plan;
    struct cp_str id;
    enum what what;
};

static void put(const struct adding *adding, struct cp_str name)
{
    struct cp_reserved *reserved = adding->reserved;
    cp_map_put(&reserved->names,
               cp_arena_printf(&reserved->arena, "%.*s\n%.*s", CP_ARG(adding->id), CP_ARG(name)),
               reserved);
}

/* Who is called is a team, who does it a person: one tells of the other. */
static void put_relatives(const struct adding *adding, struct cp_str name)
{
    const struct cp_portfolio *portfolio = adding->reserved->portfolio;
    const struct cp_person *person = cp_portfolio_find_person(portfolio, name);
    const struct cp_team *team = cp_portfolio_find_team(portfolio, name);
    if (person && person->team.leaf.state == CP_SET) {
        put(adding, person->team.text);
    }
    for (size_t i = 0; team && i < team->members.count; i++) {
        put(adding, team->members.items[i].text);
    }
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '.') { /* a place tells of what it lies in */
            put(adding, cp_str_slice(name, 0, i));
        }
    }
}

static void add_name(const struct adding *adding, struct cp_str name, bool is_shown)
{
    struct cp_reserved *reserved = adding->reserved;
    if (name.len == 0) {
        return;
    }
    if (adding->plan->is_closed == is_shown) {
        put(adding, name);
    }
    if (!is_shown && !adding->plan->is_closed) {
        put_relatives(adding, name);
    }
    if (!is_shown && adding->what == LOSABLE) {
        cp_map_put(&reserved->kept, cp_arena_copy(&reserved->arena, name), reserved);
    }
    if (is_shown && is_narrow(reserved, name)) {
        cp_map_put(&reserved->open, cp_arena_copy(&reserved->arena, name), reserved);
    }
}

static void add_value(const struct adding *adding, const struct cp_member *at)
{
    bool is_shown = cp_frame_shows(&at->frame, at->field, at->leaf, adding->reserved->audience);
    if (adding->what == NAME || adding->what == LOSABLE) {
        add_name(adding, cp_member_text(at), is_shown);
    } else if (!is_shown && adding->what == TIME) {
        adding->plan->has_times = true;
    } else if (!is_shown) {
        adding->plan->has_limits = true;
    }
}

/* The depth is that of the brackets in the path. */
static void add_path(const struct adding *adding, const struct cp_member *from, const char *path)
{
    enum { LONGEST = 64 };
    char head[LONGEST];
    const char *list = strstr(path, "[]");
    size_t len = list ? (size_t)(list - path) : strlen(path);
    struct cp_member at;
    memcpy(head, path, len);
    head[len] = '\0';
    if (!cp_member_find(&at, from, head)) {
        return;
    }
    if (!list || !cp_member_is_list(&at)) {
        add_value(adding, &at);
        return;
    }
    for (size_t i = 0; i < cp_member_count(&at); i++) {
        struct cp_member item = cp_member_item(&at, i);
        if (list[2] == '.' && item.leaf->state == CP_SET) {
            add_path(adding, &item, list + 3);
        } else {
            add_value(adding, &item);
        }
    }
}

void cp_reserved_add(struct cp_reserved *reserved, const struct cp_plan *plan, struct cp_str id)
{
    struct cp_reserved_plan *kept = cp_arena_alloc(&reserved->arena, sizeof(*kept));
    struct adding adding = {reserved, kept, cp_arena_copy(&reserved->arena, id), NAME};
    const struct cp_member root = {.leaf = &plan->leaf, .frame = {.plan = plan}};
    *kept = (struct cp_reserved_plan){.is_closed = cp_audience_of(plan, NULL, NULL, NULL, NULL) >
                                                   reserved->audience};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        adding.what = rows[i].what;
        add_path(&adding, &root, rows[i].path);
    }
    reserved->has_lengths = reserved->has_lengths || kept->has_times || kept->has_limits;
    cp_map_put(&reserved->plans, adding.id, kept);
}

/* ---- what is kept back ----------------------------------------------------------------------- */

const struct cp_reserved_plan *cp_reserved_plan(const struct cp_reserved *reserved,
                                                struct cp_str plan)
{
    static const struct cp_reserved_plan nothing = {false, false, false};
    const struct cp_reserved_plan *found = cp_map_find(&reserved->plans, plan);
    return found ? found : &nothing;
}

bool cp_reserved_is_narrow(const struct cp_reserved *reserved, struct cp_str name)
{
    return is_narrow(reserved, name) && !cp_map_find(&reserved->open, name);
}

bool cp_reserved_keeps(const struct cp_reserved *reserved, struct cp_str plan, struct cp_str name)
{
    const struct cp_reserved_plan *known = cp_reserved_plan(reserved, plan);
    struct cp_buf key;
    cp_buf_init(&key);
    cp_buf_printf(&key, "%.*s\n%.*s", CP_ARG(plan), CP_ARG(name));
    bool is_named = cp_map_find(&reserved->names, cp_buf_str(&key)) != NULL;
    cp_buf_release(&key);
    return is_named != known->is_closed || cp_reserved_is_narrow(reserved, name);
}

bool cp_reserved_keeps_thing(const struct cp_reserved *reserved, struct cp_str name)
{
    return cp_map_find(&reserved->kept, name) || cp_reserved_is_narrow(reserved, name);
}
