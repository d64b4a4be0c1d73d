/*
 * What an audience does not get to see of a simulated outage: names that the plans keep for a
 * narrower one, and secrets. Facts have no audience, so the names are taken from the plans.
 */
#include <contplan/output.h>

/* ---- what is withheld ------------------------------------------------------------------------ */

void cp_reserved_init(struct cp_reserved *out, enum cp_audience audience)
{
    *out = (struct cp_reserved){.audience = audience};
    cp_map_init(&out->names);
    cp_arena_init(&out->arena);
}

void cp_reserved_release(struct cp_reserved *reserved)
{
    cp_map_release(&reserved->names);
    cp_arena_release(&reserved->arena);
}

/* A plan that is being added. */
struct adding {
    struct cp_reserved *reserved;
    const struct cp_plan *plan;
    struct cp_str id;
};

static void add(const struct adding *adding, const struct cp_text *name)
{
    struct cp_reserved *reserved = adding->reserved;
    if (name->leaf.state != CP_SET || name->text.len == 0) {
        return;
    }
    struct cp_str *key = cp_arena_alloc(&reserved->arena, sizeof *key);
    *key = cp_arena_printf(&reserved->arena, "%.*s\n%.*s", CP_ARG(adding->id), CP_ARG(name->text));
    cp_map_put(&reserved->names, *key, key);
    cp_map_put(&reserved->names, cp_str_slice(*key, adding->id.len, SIZE_MAX), key);
}

static bool is_narrower(const struct adding *adding, const struct cp_leaf *leaf,
                        const struct cp_leaf *object, const struct cp_leaf *section)
{
    return cp_audience_of(adding->plan, NULL, leaf, object, section) > adding->reserved->audience;
}

static void add_runbooks(const struct adding *adding)
{
    const struct cp_disaster_recovery *recovery = &adding->plan->disaster_recovery;
    const struct cp_leaf *section = &recovery->section.leaf;
    for (size_t i = 0; i < recovery->scenarios.count; i++) {
        const struct cp_scenario *scenario = &recovery->scenarios.items[i];
        if (is_narrower(adding, &scenario->leaf, NULL, section)) {
            add(adding, &scenario->id);
        }
    }
    for (size_t i = 0; i < recovery->runbooks.count; i++) {
        const struct cp_runbook *runbook = &recovery->runbooks.items[i];
        if (is_narrower(adding, &runbook->leaf, NULL, section)) {
            add(adding, &runbook->id);
            add(adding, &runbook->owner);
        }
        for (size_t j = 0; j < runbook->steps.count; j++) {
            const struct cp_step *step = &runbook->steps.items[j];
            if (is_narrower(adding, &step->leaf, &runbook->leaf, section)) {
                add(adding, &step->id);
                add(adding, &step->role);
            }
        }
    }
}

static void add_roles(const struct adding *adding)
{
    const struct cp_incident_response *response = &adding->plan->incident_response;
    for (size_t i = 0; i < response->roles.count; i++) {
        const struct cp_role *role = &response->roles.items[i];
        if (!is_narrower(adding, &role->leaf, NULL, &response->section.leaf)) {
            continue;
        }
        add(adding, &role->rota);
        for (size_t j = 0; j < role->holders.count; j++) {
            add(adding, &role->holders.items[j]);
        }
        for (size_t j = 0; j < role->deputies.count; j++) {
            add(adding, &role->deputies.items[j]);
        }
    }
}

void cp_reserved_add(struct cp_reserved *reserved, const struct cp_plan *plan, struct cp_str id)
{
    const struct adding adding = {reserved, plan, id};
    const struct cp_backup_restore *backup = &plan->backup_restore;
    add_runbooks(&adding);
    add_roles(&adding);
    for (size_t i = 0; i < backup->stores.count; i++) {
        if (is_narrower(&adding, &backup->stores.items[i].leaf, NULL, &backup->section.leaf)) {
            add(&adding, &backup->stores.items[i].id);
        }
    }
}

/* ---- hiding ---------------------------------------------------------------------------------- */

struct hiding {
    const struct cp_reserved *reserved;
    const struct cp_secrets *secrets;
    struct cp_arena *arena;
    struct cp_map seen; /* the names that were withheld: each counts once */
    size_t sentences;   /* that were */
};

/* What the name is withheld as in that plan; NULL: it is not. */
static const struct cp_str *find_withheld(const struct hiding *hiding, struct cp_str plan,
                                          struct cp_str name)
{
    struct cp_buf key;
    cp_buf_init(&key);
    cp_buf_printf(&key, "%.*s\n%.*s", CP_ARG(plan), CP_ARG(name));
    const struct cp_str *found = cp_map_find(&hiding->reserved->names, cp_buf_str(&key));
    cp_buf_release(&key);
    return found;
}

/* `plan`: whose name it is. */
static void hide(struct hiding *hiding, struct cp_str *name, struct cp_str plan)
{
    if (name->len == 0) {
        return;
    }
    const struct cp_str *key = find_withheld(hiding, plan, *name);
    if (key) {
        *name = CP_STR("(withheld)");
        cp_map_put(&hiding->seen, *key, hiding);
        return;
    }
    *name = cp_secrets_mask_own(hiding->secrets, *name, hiding->arena);
}

/* Whether a sentence holds a name that is withheld in any plan: as a word, or between quotes. */
static bool is_telling(const struct hiding *hiding, struct cp_str sentence)
{
    static const char marks[] = " '\",.;:()";
    const struct cp_str anywhere = {0};
    size_t quote = SIZE_MAX;
    size_t word = 0;
    if (find_withheld(hiding, anywhere,
                      cp_str_slice(sentence, 0, cp_str_find(sentence, CP_STR(": "))))) {
        return true; /* it begins with whom it is about */
    }
    for (size_t i = 0; i <= sentence.len; i++) {
        bool is_end = i == sentence.len;
        if (!is_end && !strchr(marks, sentence.at[i])) {
            continue;
        }
        struct cp_str said = cp_str_slice(sentence, word, i - word);
        if (said.len > 0 && find_withheld(hiding, anywhere, said)) {
            return true;
        }
        word = i + 1;
        if (!is_end && sentence.at[i] == '\'') {
            said = quote == SIZE_MAX ? anywhere : cp_str_slice(sentence, quote, i - quote);
            if (said.len > 0 && find_withheld(hiding, anywhere, said)) {
                return true;
            }
            quote = i + 1;
        }
    }
    return false;
}

/* What is not known is said in words, with names among them. */
static void hide_phrase(struct hiding *hiding, struct cp_str *phrase)
{
    bool is_withheld = is_telling(hiding, *phrase);
    hiding->sentences += is_withheld;
    *phrase = is_withheld ? CP_STR("(withheld)")
                          : cp_secrets_mask_own(hiding->secrets, *phrase, hiding->arena);
}

/* `waiting`: the plan that was held up, where the stretch names no other. */
static void hide_hold(struct hiding *hiding, struct cp_hold *hold, struct cp_str waiting)
{
    struct cp_str plan = hold->service.len > 0 ? hold->service : waiting;
    if (hold->kind == CP_HOLD_UNSTATED) {
        hide_phrase(hiding, &hold->name);
    } else {
        hide(hiding, &hold->name, waiting);
        hide(hiding, &hold->name, plan);
    }
    hide(hiding, &hold->runbook, plan);
    hide(hiding, &hold->step, plan);
    hold->service = cp_secrets_mask_own(hiding->secrets, hold->service, hiding->arena);
}

static void hide_service(struct hiding *hiding, struct cp_service_outcome *service,
                         struct cp_str plan)
{
    hide(hiding, &service->scenario, plan);
    hide_hold(hiding, &service->limited_by, plan);
    for (size_t i = 0; i < service->critical_path.count; i++) {
        hide_hold(hiding, &service->critical_path.items[i], plan);
    }
    for (size_t i = 0; i < service->breaches.count; i++) {
        hide(hiding, &service->breaches.items[i].subject, plan);
        hide(hiding, &service->breaches.items[i].scenario, plan);
        hide(hiding, &service->breaches.items[i].store, plan);
    }
}

/* Only stores stand in plans; suppliers, places and people are the portfolio file's. */
static void hide_thing(struct hiding *hiding, struct cp_thing *thing)
{
    const struct cp_str anywhere = {0};
    if (thing->kind == CP_THING_STORE) {
        hide(hiding, &thing->id, anywhere);
    } else {
        thing->id = cp_secrets_mask_own(hiding->secrets, thing->id, hiding->arena);
    }
}

/* A change touches several plans: what one of them withholds, it does not name. */
static void hide_remedy(struct hiding *hiding, struct cp_remedy *remedy)
{
    const struct cp_str anywhere = {0};
    hide(hiding, &remedy->name, anywhere);
    remedy->service = cp_secrets_mask_own(hiding->secrets, remedy->service, hiding->arena);
}

static void hide_assumptions(struct hiding *hiding, struct cp_simulation *simulation)
{
    size_t kept = 0;
    for (size_t i = 0; i < simulation->assumptions.count; i++) {
        struct cp_str sentence = simulation->assumptions.items[i];
        if (hiding->reserved->names.count > 0 && is_telling(hiding, sentence)) {
            hiding->sentences++;
        } else {
            simulation->assumptions.items[kept++] =
                cp_secrets_mask_own(hiding->secrets, sentence, hiding->arena);
        }
    }
    simulation->assumptions.count = kept;
}

void cp_outage_hide(struct cp_outage *outage, struct cp_simulation *simulation,
                    const struct cp_reserved *reserved, const struct cp_secrets *secrets,
                    struct cp_arena *arena)
{
    struct hiding hiding = {.reserved = reserved, .secrets = secrets, .arena = arena};
    cp_map_init(&hiding.seen);
    for (size_t i = 0; i < simulation->services.count; i++) {
        struct cp_service_outcome *service = &simulation->services.items[i];
        hide_service(&hiding, service, cp_network_id(outage->network, service->plan));
    }
    for (size_t i = 0; i < simulation->steps.count; i++) {
        struct cp_step_outcome *step = &simulation->steps.items[i];
        struct cp_str plan = cp_network_id(outage->network, step->plan);
        hide(&hiding, &step->runbook, plan);
        hide(&hiding, &step->step, plan);
        hide(&hiding, &step->holder, plan);
        hide_hold(&hiding, &step->why, plan);
    }
    for (size_t i = 0; i < outage->path_count; i++) {
        hide_hold(&hiding, &outage->path[i], (struct cp_str){0});
    }
    for (size_t i = 0; i < simulation->lost.count; i++) {
        hide_thing(&hiding, &simulation->lost.items[i]);
    }
    for (size_t i = 0; i < outage->remedy_count; i++) {
        hide_remedy(&hiding, &outage->remedies[i]);
    }
    hide_assumptions(&hiding, simulation);
    outage->withheld = hiding.seen.count + hiding.sentences;
    cp_map_release(&hiding.seen);
}

void cp_ranking_hide(struct cp_ranking *ranking, struct cp_worst *things,
                     const struct cp_reserved *reserved, const struct cp_secrets *secrets,
                     struct cp_arena *arena)
{
    struct hiding hiding = {.reserved = reserved, .secrets = secrets, .arena = arena};
    cp_map_init(&hiding.seen);
    for (size_t i = 0; i < ranking->count; i++) {
        hide_thing(&hiding, &things[i].thing);
        hide_hold(&hiding, &things[i].reason, (struct cp_str){0});
    }
    ranking->withheld = hiding.seen.count + hiding.sentences;
    cp_map_release(&hiding.seen);
}
