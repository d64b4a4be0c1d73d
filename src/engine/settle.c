/*
 * From all that was found to what is reported: places counted out, severities settled, one finding
 * a place however many plans inherit it, what is waived left out, sorted and counted.
 */
#include "engine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- gathering ------------------------------------------------------------------------------- */

static void gather(struct cp_engine *engine, const struct cp_diags *diags)
{
    for (size_t i = 0; i < diags->items.count; i++) {
        *(struct cp_diagnostic **)cp_list_push(&engine->found, sizeof(struct cp_diagnostic *)) =
            diags->items.items[i];
    }
}

/* ---- locations of files that were dropped since ---------------------------------------------- */

struct pending {
    const struct cp_place *place;
    struct cp_location *at;
};

static int by_file(const void *a, const void *b)
{
    const struct pending *left = a;
    const struct pending *right = b;
    return strcmp(left->place->file->path, right->place->file->path);
}

/* A file that has gone since it was read leaves the place at its start. */
static void resolve_file(struct cp_engine *engine, const struct pending *pending, size_t count)
{
    struct worker *worker = &engine->workers[0];
    struct cp_file *file = pending[0].place->file;
    struct cp_error error;
    bool was_loaded = file->is_loaded;
    cp_buf_clear(&worker->bytes);
    if (!was_loaded) {
        (void)engine->source->load(engine->source, file->path, CP_YAML_BYTES, &worker->bytes,
                                   &error);
        cp_file_set(file, cp_buf_str(&worker->bytes));
    }
    for (size_t i = 0; i < count; i++) {
        *pending[i].at = cp_location_of(*pending[i].place, &engine->diags.arena);
    }
    if (!was_loaded) {
        cp_file_drop(file);
    }
}

struct all_pending {
    CP_LIST(struct pending) items;
};

static void add_pending(struct all_pending *list, struct cp_diagnostic *found)
{
    if (!found->is_resolved) {
        *(struct pending *)cp_list_push(&list->items, sizeof(struct pending)) =
            (struct pending){&found->place, &found->at};
    }
    for (size_t i = 0; i < found->notes.count; i++) {
        if (found->notes.items[i].at.line == 0 && found->notes.items[i].place.file) {
            *(struct pending *)cp_list_push(&list->items, sizeof(struct pending)) =
                (struct pending){&found->notes.items[i].place, &found->notes.items[i].at};
        }
    }
    if (found->fix && found->fix->at.line == 0) {
        *(struct pending *)cp_list_push(&list->items, sizeof(struct pending)) =
            (struct pending){&found->fix->place, &found->fix->at};
    }
    found->is_resolved = true;
}

static void resolve_pending(struct cp_engine *engine)
{
    struct all_pending list = {0};
    for (size_t i = 0; i < engine->found.count; i++) {
        add_pending(&list, engine->found.items[i]);
    }
    for (size_t i = 0; i < engine->waived.count; i++) {
        add_pending(&list, engine->waived.items[i]);
    }
    for (size_t i = 0; i < engine->known.count; i++) {
        add_pending(&list, engine->known.items[i]);
    }
    if (list.items.count > 1) {
        qsort(list.items.items, list.items.count, sizeof *list.items.items, by_file);
    }
    const struct pending *items = list.items.items;
    for (size_t from = 0, to = 0; from < list.items.count; from = to) {
        while (to < list.items.count && items[to].place->file == items[from].place->file) {
            to++;
        }
        resolve_file(engine, &items[from], to - from);
    }
    cp_list_release(&list.items);
}

/* ---- secrets --------------------------------------------------------------------------------- */

static void mask_excuse(struct cp_excuse *excuse, const struct cp_secrets *secrets,
                        struct cp_arena *arena)
{
    excuse->by = cp_secrets_mask_own(secrets, excuse->by, arena);
    excuse->reason = cp_secrets_mask_own(secrets, excuse->reason, arena);
}

void gather_secrets(const struct cp_engine *engine, struct cp_secrets *out)
{
    cp_secrets_init(out);
    cp_secrets_add(out, &engine->diags);
    for (size_t i = 0; i < engine->worker_count; i++) {
        cp_secrets_add(out, &engine->workers[i].diags);
    }
    cp_secrets_sort(out);
}

/* Also in what is said of the run: ids, and paths of files. */
static void mask_secrets(struct cp_engine *engine)
{
    struct cp_secrets secrets;
    gather_secrets(engine, &secrets);
    for (size_t i = 0; i < engine->found.count; i++) {
        cp_diagnostic_mask(engine->found.items[i], &secrets, &engine->diags.arena);
    }
    for (size_t i = 0; i < engine->waived.count; i++) {
        cp_diagnostic_mask(engine->waived.items[i], &secrets, &engine->diags.arena);
    }
    for (size_t i = 0; i < engine->known.count; i++) {
        cp_diagnostic_mask(engine->known.items[i], &secrets, &engine->diags.arena);
    }
    for (size_t i = 0; secrets.by_text.count > 0 && i < engine->waivers.items.count; i++) {
        mask_excuse(&engine->waivers.items.items[i].excuse, &secrets, &engine->diags.arena);
    }
    for (size_t i = 0; secrets.by_text.count > 0 && i < engine->plan_ids.count; i++) {
        engine->plan_ids.items[i] =
            cp_secrets_mask(&secrets, engine->plan_ids.items[i], &engine->diags.arena);
    }
    for (size_t i = 0; secrets.by_text.count > 0 && i < engine->omissions.count; i++) {
        struct cp_str path = cp_str_of(engine->omissions.items[i].path);
        engine->omissions.items[i].path = cp_secrets_mask(&secrets, path, &engine->diags.arena).at;
    }
    cp_secrets_release(&secrets);
}

/* ---- severities ------------------------------------------------------------------------------ */

static struct group *group_of_config(const struct cp_engine *engine, const struct cp_file *file)
{
    struct group *group = file ? cp_map_find(&engine->by_config, cp_str_of(file->path)) : NULL;
    return group && &group->config_file == file ? group : NULL;
}

/* Whether anybody asked for what the finding is about. A portfolio file that cannot be read at all,
 * and a defect of a profile, make every answer about plans doubtful, so that is always said. */
static bool is_asked(const struct cp_engine *engine, const struct cp_diagnostic *found)
{
    if (found->plan_index != UINT32_MAX) {
        return engine->units.items[found->plan_index]->is_asked;
    }
    const struct group *group = group_of_config(engine, found->place.file);
    return !group || group->is_asked || group->portfolio.config.leaf.state != CP_SET;
}

static struct group *group_of_profile(const struct cp_engine *engine, const struct cp_file *file)
{
    for (size_t i = 0; file && i < engine->profile_files.count; i++) {
        if (&engine->profile_files.items[i]->file == file) {
            return engine->profile_files.items[i]->group;
        }
    }
    return NULL;
}

struct group *group_of_finding(const struct cp_engine *engine, const struct cp_diagnostic *found)
{
    if (found->plan_index != UINT32_MAX) {
        return engine->units.items[found->plan_index]->group;
    }
    struct group *group = group_of_config(engine, found->place.file);
    group = group ? group : group_of_document(engine, found->place.file);
    return group ? group : group_of_profile(engine, found->place.file);
}

static enum cp_phase phase_of(const struct cp_engine *engine, const struct cp_diagnostic *found)
{
    return found->plan_index == UINT32_MAX
               ? CP_LIVE
               : (enum cp_phase)engine->units.items[found->plan_index]->facts->phase;
}

/* What the portfolio file says of severities, then the command line. */
static void add_choices(struct cp_selection *out, const struct cp_selection *more)
{
    for (size_t i = 0; i < more->choices.count; i++) {
        *(struct cp_severity_choice *)cp_list_push(&out->choices, sizeof *more->choices.items) =
            more->choices.items[i];
    }
    out->has_select = out->has_select || more->has_select;
}

enum cp_severity severity_of(const struct cp_engine *engine, const struct group *group,
                             const struct cp_diagnostic *found)
{
    struct cp_diagnostic settled = *found;
    assert(group);
    if (!is_asked(engine, found)) {
        return CP_OFF;
    }
    settled.severity = cp_profile_severity(group->profile, found);
    return cp_settle_severity(&group->selection, &settled, phase_of(engine, found));
}

/* Whether a rule is wanted is told as if it had fired. */
uint32_t *dropped_surplus(const struct cp_engine *engine, const struct cp_surplus *surplus)
{
    struct cp_diagnostic probe = {.rule = surplus->rule,
                                  .severity = surplus->rule->severity,
                                  .place = {.file = surplus->file},
                                  .plan_index = surplus->plan_index};
    struct group *group = group_of_finding(engine, &probe);
    if (!group || severity_of(engine, group, &probe) == CP_OFF) {
        return NULL;
    }
    return surplus->plan_index != UINT32_MAX ? &engine->units.items[surplus->plan_index]->dropped
                                             : &group->dropped;
}

static void count_surplus(const struct cp_engine *engine, const struct cp_diags *diags)
{
    for (size_t i = 0; i < diags->surplus.count; i++) {
        uint32_t *dropped = dropped_surplus(engine, &diags->surplus.items[i]);
        if (dropped) {
            *dropped += diags->surplus.items[i].count;
        }
    }
}

void choose_checks(struct group *group, const struct cp_selection *selection)
{
    struct cp_diags silent; /* the file's own mistakes in `rules` were reported when it was read */
    cp_diags_init(&silent);
    silent.is_muted = true;
    cp_selection_init(&group->selection);
    cp_selection_add_config(&group->selection, &group->portfolio.config, &silent);
    add_choices(&group->selection, selection);
    cp_checks_choose(&group->off, &group->selection, group->profile);
    group->parts = CP_FACTS_RULES | cp_checks_facts(&group->off);
    cp_diags_release(&silent);
}

static void settle_severities(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->found.count; i++) {
        struct cp_diagnostic *found = engine->found.items[i];
        const struct group *group = group_of_finding(engine, found);
        if (group) {
            found->severity = severity_of(engine, group, found);
        }
    }
    count_surplus(engine, &engine->diags);
    for (size_t i = 0; i < engine->worker_count; i++) {
        count_surplus(engine, &engine->workers[i].diags);
    }
}

/* ---- order and counts ------------------------------------------------------------------------ */

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
    const struct cp_diagnostic *left = *(struct cp_diagnostic *const *)a;
    const struct cp_diagnostic *right = *(struct cp_diagnostic *const *)b;
    int order = strcmp(left->place.file->path, right->place.file->path);
    if (order == 0) {
        order = compare_numbers(left->place.span.offset, right->place.span.offset);
    }
    if (order == 0) {
        order = compare_numbers(left->place.span.length, right->place.span.length);
    }
    if (order == 0) {
        order = strcmp(left->rule->code, right->rule->code);
    }
    if (order == 0) {
        order = cp_str_compare(left->message, right->message);
    }
    if (order == 0) {
        order = compare_numbers(left->is_waived, right->is_waived);
    }
    return order != 0 ? order : compare_numbers(left->plan_index, right->plan_index);
}

/* The same finding of the same inherited value, made once a plan. */
static bool is_same_finding(const struct cp_diagnostic *a, const struct cp_diagnostic *b)
{
    return a->rule == b->rule && a->is_waived == b->is_waived && a->place.file == b->place.file &&
           a->place.file->is_shared && a->place.span.offset == b->place.span.offset &&
           a->place.span.length == b->place.span.length && cp_str_is_equal(a->message, b->message);
}

static void fold(struct cp_engine *engine)
{
    size_t kept = 0;
    for (size_t i = 0; i < engine->found.count; i++) {
        struct cp_diagnostic *found = engine->found.items[i];
        struct cp_diagnostic *last = kept > 0 ? engine->found.items[kept - 1] : NULL;
        if (found->severity == CP_OFF) {
            continue;
        }
        if (!last || !is_same_finding(last, found)) {
            engine->found.items[kept++] = found;
            continue;
        }
        last->plan_count++;
        if (found->severity > last->severity) {
            last->severity = found->severity;
        }
    }
    engine->found.count = kept;
}

/* What is waived is kept apart. */
static void leave_out_waived(struct cp_engine *engine)
{
    size_t kept = 0;
    for (size_t i = 0; i < engine->found.count; i++) {
        struct cp_diagnostic *found = engine->found.items[i];
        if (found->is_waived) {
            *(struct cp_diagnostic **)cp_list_push(&engine->waived, sizeof found) = found;
        } else {
            engine->found.items[kept++] = found;
        }
    }
    engine->found.count = kept;
}

/* Where the findings over the limit are counted that stand in the same file as this one; those of a
 * profile beside those of the portfolio file that asks for it. */
static uint32_t *dropped_of(const struct cp_engine *engine, const struct cp_diagnostic *found)
{
    struct group *group = group_of_config(engine, found->place.file);
    if (!group && found->plan_index != UINT32_MAX) {
        return &engine->units.items[found->plan_index]->dropped;
    }
    group = group ? group : group_of_finding(engine, found);
    return &group->dropped;
}

/* How many of each severity are reported of the findings of one file: errors before the rest. */
static void share_out(size_t shares[CP_ERROR + 1], struct cp_diagnostic *const *found, size_t count)
{
    size_t left = CP_FINDINGS_PER_FILE;
    memset(shares, 0, (CP_ERROR + 1) * sizeof shares[0]);
    for (size_t i = 0; i < count; i++) {
        shares[found[i]->severity]++;
    }
    for (size_t severity = CP_ERROR; severity > CP_OFF; severity--) {
        shares[severity] = shares[severity] < left ? shares[severity] : left;
        left -= shares[severity];
    }
}

/* Keeps so many findings of each file as are reported. */
static void cut(struct cp_engine *engine)
{
    struct cp_diagnostic **found = engine->found.items;
    size_t kept = 0;
    for (size_t from = 0, to = 0; from < engine->found.count; from = to) {
        size_t shares[CP_ERROR + 1];
        while (to < engine->found.count && found[to]->place.file == found[from]->place.file) {
            to++;
        }
        share_out(shares, found + from, to - from);
        for (size_t i = from; i < to; i++) {
            if (shares[found[i]->severity] > 0) {
                shares[found[i]->severity]--;
                found[kept++] = found[i];
            } else {
                (*dropped_of(engine, found[i]))++;
            }
        }
    }
    engine->found.count = kept;
}

static void add_omission(struct cp_engine *engine, const char *path, uint32_t dropped)
{
    if (dropped > 0) {
        *(struct cp_omission *)cp_list_push(&engine->omissions, sizeof(struct cp_omission)) =
            (struct cp_omission){path, dropped};
    }
}

static void count_severities(struct cp_engine *engine)
{
    struct cp_findings *findings = &engine->findings;
    for (size_t i = 0; i < engine->found.count; i++) {
        enum cp_severity severity = engine->found.items[i]->severity;
        findings->errors += severity == CP_ERROR;
        findings->warnings += severity == CP_WARNING;
        findings->infos += severity == CP_INFO;
    }
}

static void sum_up(struct cp_engine *engine)
{
    struct cp_findings *findings = &engine->findings;
    for (size_t i = 0; i < engine->groups.count; i++) {
        const struct group *group = engine->groups.items[i];
        add_omission(engine, group->config_path, group->is_asked ? group->dropped : 0);
    }
    for (size_t i = 0; i < engine->units.count; i++) {
        const struct unit *unit = engine->units.items[i];
        findings->plans += unit->is_asked && unit->is_read;
        *(struct cp_str *)cp_list_push(&engine->plan_ids, sizeof(struct cp_str)) =
            cp_fact_str(unit->facts, unit->facts->id);
        add_omission(engine, unit->file.path, unit->is_asked ? unit->dropped : 0);
    }
    findings->documents = documents_asked(engine);
    findings->items = engine->found.items;
    findings->count = engine->found.count;
    findings->waived_items = engine->waived.items;
    findings->waived = engine->waived.count;
    findings->known_items = engine->known.items;
    findings->known_count = engine->known.count;
    findings->has_baseline = engine->request->baseline != NULL;
    findings->plan_ids = engine->plan_ids.items;
    findings->omissions = engine->omissions.items;
    findings->omission_count = engine->omissions.count;
    findings->failure_count = cp_engine_failures(engine, &findings->failures);
}

void settle(struct cp_engine *engine)
{
    gather(engine, &engine->diags);
    for (size_t i = 0; i < engine->worker_count; i++) {
        gather(engine, &engine->workers[i].diags);
    }
    gather_waivers(engine);
    history_age(engine);
    settle_severities(engine);
    mark_whole_groups(engine);
    apply_waivers(engine);
    if (engine->found.count > 1) {
        qsort(engine->found.items, engine->found.count, sizeof *engine->found.items, by_place);
    }
    fold(engine);
    leave_out_waived(engine);
    leave_out_known(engine);
    count_severities(engine);
    cut(engine);
    resolve_pending(engine);
    sum_up(engine);
    mask_secrets(engine);
}
