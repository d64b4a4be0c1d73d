/*
 * Who does the steps, and when each can begin (R17 to R22).
 */
#include "reckoning.h"

/* ---- holders --------------------------------------------------------------------------------- */

static int find_team(const struct world *world, const struct name *id)
{
    for (int i = 0; i < world->team_count; i++) {
        if (name_is_same(&world->teams[i].id, id)) {
            return i;
        }
    }
    return -1;
}

/* The team a person states, else the first that lists them. */
static int team_of(const struct world *world, const struct person *person)
{
    if (name_is_stated(&person->team)) {
        return find_team(world, &person->team);
    }
    for (int i = 0; i < world->team_count; i++) {
        if (names_has(&world->teams[i].members, &person->id)) {
            return i;
        }
    }
    return -1;
}

void reckon_holders(struct reckoning *r)
{
    const struct world *world = r->world;
    r->holder_count = world->person_count + world->team_count;
    for (int i = 0; i < world->person_count; i++) {
        const struct person *person = &world->people[i];
        int team = team_of(world, person);
        const struct hours *hours = person->hours.kind == HOURS_ABSENT && team >= 0
                                        ? &world->teams[team].hours
                                        : &person->hours;
        r->holders[i] = (struct holder){.id = person->id, .leaves = NEVER, .team = -1};
        r->holders[i].shift = almanac_shift(&r->almanac, hours);
        if (team >= 0) {
            r->holders[i].call_out = world->teams[team].call_out;
        }
        if (person->has_until) {
            r->holders[i].leaves = almanac_day_end(&r->almanac, person->until);
            reckoning_note(r, r->holders[i].leaves);
        }
    }
    for (int i = 0; i < world->team_count; i++) {
        struct holder *holder = &r->holders[world->person_count + i];
        *holder = (struct holder){.id = world->teams[i].id, .leaves = NEVER, .team = i};
        holder->shift = almanac_shift(&r->almanac, &world->teams[i].hours);
        holder->call_out = world->teams[i].call_out;
    }
}

/* The holder of that name; a text nobody has heard of becomes one. */
static int find_holder(struct reckoning *r, const struct name *id)
{
    for (int i = 0; i < r->holder_count; i++) {
        if (name_is_same(&r->holders[i].id, id)) {
            return i;
        }
    }
    r->holders[r->holder_count] =
        (struct holder){.id = *id, .shift = -1, .leaves = NEVER, .team = -1};
    return r->holder_count++;
}

static int team_capacity(const struct reckoning *r, int index, int minute)
{
    const struct team *team = &r->world->teams[index];
    int members = 0;
    int present = 0;
    for (int i = 0; i < r->world->person_count; i++) {
        const struct person *person = &r->world->people[i];
        if (names_has(&team->members, &person->id) || name_is_same(&person->team, &team->id)) {
            members++;
            present += !r->holders[i].is_absent && minute < r->holders[i].leaves;
        }
    }
    if (r->is_team_lost[index]) {
        return 0;
    }
    if (members == 0) {
        return team->capacity >= 0 ? team->capacity : 1;
    }
    return team->capacity >= 0 && team->capacity < present ? team->capacity : present;
}

int holder_capacity(const struct reckoning *r, int index, int minute)
{
    const struct holder *holder = &r->holders[index];
    if (holder->team >= 0) {
        return team_capacity(r, holder->team, minute);
    }
    return !holder->is_absent && minute < holder->leaves;
}

/* ---- jobs ------------------------------------------------------------------------------------ */

int job_minutes(const struct reckoning *r, struct length duration)
{
    switch (duration.kind) {
    case UNKNOWN_LENGTH:
        return NEVER;
    case WORKING_DAYS:
        return duration.amount * almanac_longest_day(&r->almanac);
    default:
        return duration.amount;
    }
}

static void add_candidate(struct reckoning *r, struct job *job, const struct name *id)
{
    if (name_is_stated(id)) {
        job->candidates[job->candidate_count++] = find_holder(r, id);
    }
}

static void add_role(struct reckoning *r, struct job *job, const struct role *role)
{
    for (int i = 0; i < role->holders.count; i++) {
        add_candidate(r, job, &role->holders.at[i]);
    }
    for (int i = 0; i < role->deputies.count; i++) {
        add_candidate(r, job, &role->deputies.at[i]);
    }
    add_candidate(r, job, &role->rota);
}

static void find_candidates(struct reckoning *r, struct job *job, const struct name *role)
{
    const struct plan *plan = &r->world->plans[job->plan];
    if (!name_is_stated(role)) {
        job->is_for_nobody = !name_is_stated(&job->book->owner);
        add_candidate(r, job, &job->book->owner);
        return;
    }
    for (int i = 0; i < plan->role_count; i++) {
        if (name_is_same(&plan->roles[i].id, role)) {
            add_role(r, job, &plan->roles[i]);
            return;
        }
    }
    add_candidate(r, job, role);
}

static void add_job(struct reckoning *r, int plan, int position, const struct runbook *book,
                    int step)
{
    struct job *job = &r->jobs[r->job_count++];
    *job = (struct job){.plan = plan,
                        .runbook = position,
                        .step = step,
                        .book = book,
                        .holder = -1,
                        .start = NEVER,
                        .end = NEVER};
    job->duration = step < 0 ? book->duration : book->steps[step].duration;
    find_candidates(r, job, step < 0 ? &(struct name){{0}} : &book->steps[step].role);
}

static void add_runbook(struct reckoning *r, int plan, int position, const struct runbook *book)
{
    bool is_timed = false;
    for (int i = 0; i < book->step_count; i++) {
        is_timed |= book->steps[i].duration.kind != NOT_STATED;
    }
    for (int i = 0; i < book->step_count && is_timed; i++) {
        add_job(r, plan, position, book, i);
    }
    if (!is_timed) {
        add_job(r, plan, position, book, -1);
    }
}

void reckon_jobs(struct reckoning *r, int plan)
{
    const struct plan *it = &r->world->plans[plan];
    const struct names *names = &it->scenarios[r->services[plan].scenario].runbooks;
    for (int i = 0; i < names->count; i++) {
        for (int j = 0; j < it->runbook_count; j++) {
            const struct runbook *book = &it->runbooks[j];
            if (!name_is_same(&book->id, &names->at[i]) || !is_counted(book)) {
                continue;
            }
            if (!is_unclear(book)) {
                add_runbook(r, plan, i, book);
            } else if (r->services[plan].unclear > i) {
                r->services[plan].unclear = i;
                r->services[plan].is_hopeless = true;
            }
        }
    }
}

bool are_jobs_done(const struct reckoning *r, int plan)
{
    for (int i = 0; i < r->job_count; i++) {
        if (r->jobs[i].plan == plan && !r->jobs[i].is_done) {
            return false;
        }
    }
    return true;
}

/* ---- starting -------------------------------------------------------------------------------- */

static bool waits_for(const struct job *job, const struct job *other)
{
    if (other->plan != job->plan || other->is_done) {
        return false;
    }
    if (other->runbook != job->runbook) {
        return other->runbook < job->runbook;
    }
    if (job->step < 0) {
        return false;
    }
    const struct step *step = &job->book->steps[job->step];
    return step->has_after ? names_has(&step->after, &job->book->steps[other->step].id)
                           : other->step == job->step - 1;
}

static bool is_gate_open(const struct reckoning *r, int plan)
{
    const struct plan *it = &r->world->plans[plan];
    for (int i = 0; i < it->dependency_count; i++) {
        const struct edge *edge = &r->services[plan].edges[i];
        if (is_needed(&it->dependencies[i]) && !edge->is_answered && !edge->was_seen_by_runbooks) {
            return false;
        }
    }
    return true;
}

static bool is_ready(const struct reckoning *r, const struct job *job)
{
    if (job->is_started || r->services[job->plan].declared > r->now ||
        r->services[job->plan].unclear < job->runbook || !is_gate_open(r, job->plan)) {
        return false;
    }
    for (int i = 0; i < r->job_count; i++) {
        if (waits_for(job, &r->jobs[i])) {
            return false;
        }
    }
    return true;
}

/* Whether it has a unit to spare. A unit whose work ends at this very instant is not free before
 * the next round (R26). */
static bool is_free(const struct reckoning *r, int holder)
{
    int running = 0;
    for (int i = 0; i < r->job_count; i++) {
        const struct job *job = &r->jobs[i];
        running += job->holder == holder && job->is_started && !job->is_done;
    }
    return r->is_unlimited || running < holder_capacity(r, holder, r->now);
}

/* When the holder has a unit free as things stand: so many of the running must have ended. */
static int free_at(struct reckoning *r, int holder)
{
    int ends[MOST_WORK] = {0};
    int count = 0;
    for (int i = 0; i < r->job_count; i++) {
        const struct job *job = &r->jobs[i];
        if (job->holder == holder && job->is_started && !job->is_done) {
            int at = count++;
            for (; at > 0 && ends[at - 1] > job->end; at--) {
                ends[at] = ends[at - 1];
            }
            ends[at] = job->end;
        }
    }
    int over = count - holder_capacity(r, holder, r->now);
    return r->is_unlimited || over < 0 ? r->now : ends[over];
}

/* When the holder would begin and end the job as things stand. */
static void predict(struct reckoning *r, const struct job *job, int index, int *start, int *end)
{
    const struct holder *holder = &r->holders[index];
    int declared = r->services[job->plan].declared;
    int called = almanac_length_end(&r->almanac, holder->call_out, declared);
    int from = free_at(r, index);
    int minutes = job_minutes(r, job->duration);
    from = called > from ? called : from;
    *start = *end = NEVER;
    if (from >= NEVER) {
        return;
    }
    *start = holder->shift < 0 ? from : almanac_end(&r->almanac, holder->shift, from, 0);
    if (*start >= holder->leaves) {
        *start = NEVER;
    } else if (minutes < NEVER) {
        *end = holder->shift < 0 ? from + minutes
                                 : almanac_end(&r->almanac, holder->shift, from, minutes);
        *start = *end > holder->leaves ? NEVER : *start;
    }
    *end = *start < NEVER ? *end : NEVER;
}

/* Whom it goes to, and when it would begin; -1: nobody. */
static int find_best(struct reckoning *r, const struct job *job, int *start, int *end)
{
    int best = -1;
    *start = *end = NEVER;
    for (int i = 0; i < job->candidate_count; i++) {
        int its_start;
        int its_end;
        if (holder_capacity(r, job->candidates[i], r->now) == 0) {
            continue;
        }
        predict(r, job, job->candidates[i], &its_start, &its_end);
        if (its_start < NEVER && (best < 0 || its_end < *end)) {
            best = job->candidates[i];
            *start = its_start;
            *end = its_end;
        }
    }
    return best;
}

static void begin(struct reckoning *r, struct job *job, int holder, int end)
{
    int minutes = job_minutes(r, job->duration);
    job->is_started = true;
    job->holder = holder;
    job->start = r->now;
    job->end = end;
    job->left = minutes < NEVER ? minutes : -1;
}

/* Without anybody: at once, working time on the calendar. */
static bool begin_alone(struct reckoning *r, struct job *job)
{
    begin(r, job, -1, almanac_length_end(&r->almanac, job->duration, r->now));
    reckoning_note(r, job->end);
    return true;
}

static bool try_start(struct reckoning *r, struct job *job)
{
    int start;
    int end;
    if (!is_ready(r, job)) {
        return false;
    }
    if (job->is_for_nobody) {
        return begin_alone(r, job);
    }
    int holder = find_best(r, job, &start, &end);
    if (holder >= 0 && start == r->now && is_free(r, holder)) {
        begin(r, job, holder, end);
        return true;
    }
    reckoning_note(r, start);
    return false;
}

/* R21. */
static bool is_before(const struct reckoning *r, const struct job *a, const struct job *b)
{
    const struct plan *plans = r->world->plans;
    int tiers[2] = {plans[a->plan].tier > 0 ? plans[a->plan].tier : TIERS + 1,
                    plans[b->plan].tier > 0 ? plans[b->plan].tier : TIERS + 1};
    int deadlines[2] = {r->services[a->plan].deadline, r->services[b->plan].deadline};
    if (tiers[0] != tiers[1]) {
        return tiers[0] < tiers[1];
    }
    if (deadlines[0] != deadlines[1]) {
        return deadlines[0] < deadlines[1];
    }
    if (a->plan != b->plan) {
        return a->plan < b->plan; /* plans stand in the order of their ids */
    }
    return a->runbook != b->runbook ? a->runbook < b->runbook : a->step < b->step;
}

/* Tries all in the order of contention; the first that can, starts, and all are tried again. */
static bool start_first(struct reckoning *r)
{
    bool is_tried[MOST_WORK] = {false};
    for (int i = 0; i < r->job_count; i++) {
        int next = -1;
        for (int j = 0; j < r->job_count; j++) {
            if (!is_tried[j] && (next < 0 || is_before(r, &r->jobs[j], &r->jobs[next]))) {
                next = j;
            }
        }
        is_tried[next] = true;
        if (try_start(r, &r->jobs[next])) {
            return true;
        }
    }
    return false;
}

bool reckon_starts(struct reckoning *r)
{
    bool has_started = false;
    while (start_first(r)) {
        has_started = true;
    }
    return has_started;
}
