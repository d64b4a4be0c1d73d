/*
 * Findings that a baseline knows: which of its entries they are, whatever has moved meanwhile, and
 * which entries this run would have found. Knows no file of a baseline, and writes none.
 *
 * A finding is known by its file, field and rule; of a plan that is no longer in that file, by the
 * plan's id; and where entries of a list were added or taken out, by its field without the places
 * in lists. The surest of these is asked of all findings first. One that concerns several plans is
 * known in any of them, since a run over some reports it elsewhere.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

/* What is looked for: a finding, or those of a rule in a file that were not kept. */
struct subject {
    struct cp_diagnostic *found; /* NULL: not kept */
    uint32_t *dropped;           /* where those are counted */
    struct cp_str file, plan, field;
    const struct cp_rule *rule;
    uint32_t count;
    uint32_t left; /* how many of them no entry holds yet */
};

struct matching {
    struct cp_engine *engine;
    struct cp_baseline *baseline;
    const char *folder;      /* of the baseline, absolute */
    struct cp_arena arena;   /* of subjects */
    struct cp_arena scratch; /* of keys */
    struct cp_map units;     /* absolute path -> struct unit */
    struct cp_map ids;       /* -> struct unit, the first of that id */
    struct cp_map groups;    /* absolute path of a portfolio file or profile -> struct group */
    CP_LIST(struct subject) subjects;
    bool *is_gone; /* of each entry: no file stands there any more */
};

enum { NOBODY = UINT32_MAX };

/* ---- paths ----------------------------------------------------------------------------------- */

static const char *absolute(const struct matching *in, struct cp_arena *arena, const char *path)
{
    const char *here = in->engine->request->here;
    return here ? cp_path_absolute(arena, here, path) : path;
}

/* How many bytes of both, which are absolute, name the same folders. */
static size_t common(const char *folder, const char *path)
{
    size_t at = 0;
    size_t end = 0;
    for (; folder[at] && folder[at] == path[at]; at++) {
        end = folder[at] == '/' ? at : end;
    }
    bool is_whole = !folder[at] && path[at] == '/';
    return is_whole && at > 1 ? at : end;
}

/* The path from the baseline's folder, as entries have it. */
static struct cp_str path_from(struct matching *in, const char *path)
{
    const char *folder = in->folder;
    const char *whole = absolute(in, &in->scratch, path);
    if (*folder != '/' || *whole != '/') {
        return cp_str_of(path);
    }
    size_t same = common(folder, whole);
    struct cp_buf out;
    cp_buf_init(&out);
    for (const char *at = folder + same; *at; at++) {
        cp_buf_puts(&out, *at == '/' && at[1] ? "../" : "");
    }
    cp_buf_puts(&out, whole + same + 1);
    struct cp_str copy = cp_arena_copy(&in->arena, cp_buf_str(&out));
    cp_buf_release(&out);
    return copy;
}

static const char *path_of(struct matching *in, const struct cp_known *known)
{
    return cp_path_absolute(&in->scratch, in->folder, known->file.at);
}

/* ---- what was found -------------------------------------------------------------------------- */

/* As it leaves in a file: malformed bytes are told apart by nobody. */
static struct cp_str clean(struct cp_arena *arena, struct cp_str text)
{
    struct cp_buf out;
    cp_buf_init(&out);
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        size_t len = cp_utf8_decode(&c, cp_str_slice(text, at, SIZE_MAX));
        cp_buf_put(&out, len > 0 ? cp_str_slice(text, at, len) : CP_STR("\xef\xbf\xbd"));
        at += len > 0 ? len : 1;
    }
    struct cp_str copy = cp_arena_copy(arena, cp_buf_str(&out));
    cp_buf_release(&out);
    return copy;
}

static void name_subject(struct matching *in, struct subject *subject, const struct cp_file *file,
                         uint32_t plan_index, const struct cp_secrets *secrets)
{
    const struct unit *unit = plan_index != UINT32_MAX ? in->engine->units.items[plan_index] : NULL;
    struct cp_str path = path_from(in, file->path);
    struct cp_str plan = unit && file == &unit->file ? cp_fact_str(unit->facts, unit->facts->id)
                                                     : (struct cp_str){0};
    subject->file = clean(&in->arena, cp_secrets_mask(secrets, path, &in->arena));
    subject->plan = clean(&in->arena, cp_secrets_mask(secrets, plan, &in->arena));
}

static struct subject name_found(struct matching *in, struct cp_diagnostic *found,
                                 const struct cp_secrets *secrets)
{
    struct subject subject = {.found = found, .rule = found->rule, .count = 1, .left = 1};
    cp_diagnostic_mask_field(found, secrets, &in->engine->diags.arena);
    subject.field = clean(&in->arena, found->field);
    name_subject(in, &subject, found->place.file, found->plan_index, secrets);
    return subject;
}

static void add_surplus(struct matching *in, const struct cp_diags *diags,
                        const struct cp_secrets *secrets)
{
    for (size_t i = 0; i < diags->surplus.count; i++) {
        const struct cp_surplus *surplus = &diags->surplus.items[i];
        uint32_t *dropped = dropped_surplus(in->engine, surplus);
        if (dropped) {
            struct subject *subject = cp_list_push(&in->subjects, sizeof *subject);
            *subject = (struct subject){.dropped = dropped,
                                        .rule = surplus->rule,
                                        .count = surplus->count,
                                        .left = surplus->count};
            name_subject(in, subject, surplus->file, surplus->plan_index, secrets);
        }
    }
}

static void gather_subjects(struct matching *in)
{
    struct cp_engine *engine = in->engine;
    struct cp_secrets secrets;
    gather_secrets(engine, &secrets);
    for (size_t i = 0; i < engine->found.count; i++) {
        *(struct subject *)cp_list_push(&in->subjects, sizeof(struct subject)) =
            name_found(in, engine->found.items[i], &secrets);
    }
    add_surplus(in, &engine->diags, &secrets);
    for (size_t i = 0; i < engine->worker_count; i++) {
        add_surplus(in, &engine->workers[i].diags, &secrets);
    }
    cp_secrets_release(&secrets);
    cp_arena_reset(&in->scratch);
}

/* ---- matching -------------------------------------------------------------------------------- */

/* What a finding and its entry have in common, besides the rule. */
struct way {
    bool is_by_plan; /* by the plan, which is no longer where the entry has it; else by the file */
    bool is_loose;   /* by the field without places in lists; else as it stands */
    bool is_surplus; /* of findings that were not kept nobody knows the field */
};

static const struct way ways[] = {
    {false, false, false}, {true, false, false}, {false, true, false},
    {true, true, false},   {false, false, true}, {true, false, true},
};

static void put_field(struct cp_buf *out, struct cp_str field, bool is_loose)
{
    bool is_place = false;
    for (size_t i = 0; i < field.len; i++) {
        is_place = is_place && field.at[i] != ']';
        if (!is_place || !is_loose) {
            cp_buf_putc(out, field.at[i]);
        }
        is_place = is_place || field.at[i] == '[';
    }
}

/* Owned by the scratch arena. */
static struct cp_str key_of(struct matching *in, const struct way *way, struct cp_str home,
                            struct cp_str field, struct cp_str rule)
{
    struct cp_buf key;
    cp_buf_init(&key);
    cp_buf_put(&key, rule);
    cp_buf_putc(&key, '\0');
    cp_buf_put(&key, home);
    cp_buf_putc(&key, '\0');
    if (!way->is_surplus) {
        put_field(&key, field, way->is_loose);
    }
    struct cp_str copy = cp_arena_copy(&in->scratch, cp_buf_str(&key));
    cp_buf_release(&key);
    return copy;
}

/* Entries under one key, each leading to the next. */
struct chain {
    uint32_t first;
};

/* Whether the entry may be had this way. */
static bool is_open(const struct matching *in, size_t entry, const struct way *way)
{
    const struct cp_known *known = &in->baseline->items.items[entry];
    return known->found < known->count &&
           (!way->is_by_plan || (known->plan.len > 0 && in->is_gone[entry]));
}

/* Which entries are open, by their keys. */
static void index_entries(struct matching *in, const struct way *way, struct cp_map *out,
                          uint32_t *next, size_t count)
{
    cp_map_init(out);
    for (size_t i = count; i-- > 0;) {
        const struct cp_known *known = &in->baseline->items.items[i];
        if (!is_open(in, i, way)) {
            continue;
        }
        struct cp_str key =
            key_of(in, way, way->is_by_plan ? known->plan : known->file, known->field, known->rule);
        struct chain *chain = cp_map_find(out, key);
        if (!chain) {
            chain = cp_arena_alloc(&in->scratch, sizeof *chain);
            chain->first = NOBODY;
            cp_map_put(out, key, chain);
        }
        next[i] = chain->first;
        chain->first = (uint32_t)i;
    }
}

static void take(struct matching *in, struct subject *subject, struct chain *chain,
                 const uint32_t *next)
{
    while (subject->left > 0 && chain->first != NOBODY) {
        struct cp_known *known = &in->baseline->items.items[chain->first];
        uint32_t room = known->count - known->found;
        uint32_t taken = subject->left < room ? subject->left : room;
        known->found += taken;
        subject->left -= taken;
        chain->first = known->found < known->count ? chain->first : next[chain->first];
    }
}

static void match_way(struct matching *in, const struct way *way)
{
    size_t count = in->baseline->items.count;
    uint32_t *next = cp_alloc((count + 1) * sizeof *next);
    struct cp_map map;
    index_entries(in, way, &map, next, count);
    for (size_t i = 0; i < in->subjects.count; i++) {
        struct subject *subject = &in->subjects.items[i];
        struct cp_str home = way->is_by_plan ? subject->plan : subject->file;
        if (subject->left == 0 || home.len == 0 || way->is_surplus != !subject->found) {
            continue;
        }
        struct chain *chain = cp_map_find(
            &map, key_of(in, way, home, subject->field, cp_str_of(subject->rule->code)));
        if (chain) {
            take(in, subject, chain, next);
        }
    }
    cp_map_release(&map);
    cp_arena_reset(&in->scratch);
    free(next);
}

static void match_notes(struct matching *in)
{
    static const struct way by_file = {.is_surplus = true};
    uint32_t *next = cp_alloc((in->baseline->items.count + 1) * sizeof *next);
    struct cp_map map;
    index_entries(in, &by_file, &map, next, in->baseline->items.count);
    for (size_t i = 0; i < in->subjects.count; i++) {
        struct subject *subject = &in->subjects.items[i];
        bool is_wanted = subject->found && subject->rule->is_of_several;
        size_t count = is_wanted ? subject->found->notes.count : 0;
        for (size_t j = 0; subject->left > 0 && j < count; j++) {
            struct cp_file *file = subject->found->notes.items[j].place.file;
            struct cp_str path = file ? path_from(in, file->path) : (struct cp_str){0};
            struct chain *chain =
                cp_map_find(&map, key_of(in, &by_file, path, path, cp_str_of(subject->rule->code)));
            if (chain) {
                take(in, subject, chain, next);
            }
        }
    }
    cp_map_release(&map);
    cp_arena_reset(&in->scratch);
    free(next);
}

/* Only of those that are still to be found: each is a look at the file system. */
static void find_gone(struct matching *in)
{
    const struct cp_source *source = in->engine->source;
    const char *here = in->engine->request->here;
    for (size_t i = 0; i < in->baseline->items.count; i++) {
        const struct cp_known *known = &in->baseline->items.items[i];
        if (known->found < known->count) {
            const char *path = path_of(in, known);
            bool is_read = cp_map_find(&in->units, cp_str_of(path)) != NULL;
            path = here ? cp_path_normal(&in->scratch, here, path) : path;
            in->is_gone[i] = !is_read && source->kind(source, path) == CP_PATH_MISSING;
        }
        cp_arena_reset(&in->scratch);
    }
}

static void match(struct matching *in)
{
    bool learns = in->engine->request->learns;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        /* What is learnt anew needs no guess. */
        if (!learns || (!ways[i].is_by_plan && !ways[i].is_loose)) {
            match_way(in, &ways[i]);
        }
        if (i == 0) {
            find_gone(in);
        }
    }
    match_notes(in);
}

/* ---- which entries were looked for ----------------------------------------------------------- */

/* Whether findings of the rule would have been seen, as far as this run was asked for them: what
 * the portfolio file switches off is gone for all. */
static bool has_run(const struct cp_engine *engine, const struct cp_rule *rule)
{
    struct cp_diagnostic probe = {.rule = rule, .severity = CP_ERROR};
    if (cp_settle_severity(engine->choice, &probe, CP_LIVE) == CP_OFF) {
        return false;
    }
    if (rule == &cp_rule_objective_weakened) {
        return engine->request->before != NULL;
    }
    bool is_of_past = rule == &cp_rule_changed_since_exercise || rule == &cp_rule_review_date_alone;
    return !is_of_past || (engine->request->past && !engine->lost_past);
}

static bool is_unit_checked(const struct unit *unit)
{
    return unit->is_asked && unit->is_read && unit->facts->is_parsed &&
           !unit->group->portfolio.is_unusable;
}

static bool is_group_checked(const struct group *group)
{
    return group && group->is_whole && !group->portfolio.is_unusable;
}

/* The portfolio of the nearest folder above. */
static const struct group *group_above(struct matching *in, const char *path)
{
    const struct group *nearest = NULL;
    size_t most = 0;
    for (size_t i = 0; i < in->engine->groups.count; i++) {
        const struct group *group = in->engine->groups.items[i];
        const char *folder = absolute(in, &in->scratch, group->folder);
        if (cp_path_is_below(path, folder) && strlen(folder) >= most) {
            nearest = group;
            most = strlen(folder);
        }
    }
    return nearest;
}

/* What plans inherit, documents and files that are gone are told of by a run over all plans. */
static bool is_looked_for(struct matching *in, size_t entry)
{
    const struct cp_known *known = &in->baseline->items.items[entry];
    const struct cp_rule *rule = cp_rules_find(known->rule);
    if (!rule || !has_run(in->engine, rule)) {
        return false;
    }
    const char *path = path_of(in, known);
    const struct unit *unit = cp_map_find(&in->units, cp_str_of(path));
    const struct group *shared = cp_map_find(&in->groups, cp_str_of(path));
    if (!unit && in->is_gone[entry] && known->plan.len > 0) {
        unit = cp_map_find(&in->ids, known->plan);
    }
    if (unit) {
        return is_unit_checked(unit);
    }
    if (shared) {
        return shared->is_asked && is_group_checked(shared);
    }
    bool is_of_group = in->is_gone[entry] || cp_path_is_markdown(path);
    return is_of_group && in->engine->failures.count == 0 &&
           is_group_checked(group_above(in, path));
}

static void mark_checked(struct matching *in)
{
    for (size_t i = 0; i < in->baseline->items.count; i++) {
        struct cp_known *known = &in->baseline->items.items[i];
        known->is_checked = known->found >= known->count || is_looked_for(in, i);
        cp_arena_reset(&in->scratch);
    }
}

/* ---- what becomes of it ---------------------------------------------------------------------- */

static void learn(struct matching *in)
{
    struct cp_baseline *baseline = in->baseline;
    for (size_t i = 0; i < in->subjects.count; i++) {
        struct subject *subject = &in->subjects.items[i];
        if (subject->left > 0) {
            *(struct cp_known *)cp_list_push(&baseline->items, sizeof(struct cp_known)) =
                (struct cp_known){.file = cp_arena_copy(&baseline->arena, subject->file),
                                  .plan = cp_arena_copy(&baseline->arena, subject->plan),
                                  .field = cp_arena_copy(&baseline->arena, subject->field),
                                  .rule = cp_str_of(subject->rule->code),
                                  .count = subject->left,
                                  .found = subject->left,
                                  .is_checked = true};
            subject->left = 0;
        }
    }
}

/* Of what is waived it is only told whether it is in the baseline as well: an entry is of no use
 * for it as long as the waiver holds, and would hide that it ends. */
static void mark_waived(struct matching *in)
{
    struct cp_engine *engine = in->engine;
    struct cp_map map;
    struct cp_secrets secrets;
    cp_map_init(&map);
    gather_secrets(engine, &secrets);
    for (size_t i = 0; engine->waived.count > 0 && i < in->baseline->items.count; i++) {
        struct cp_known *known = &in->baseline->items.items[i];
        cp_map_put(&map, key_of(in, &ways[0], known->file, known->field, known->rule), known);
    }
    for (size_t i = 0; i < engine->waived.count; i++) {
        struct subject subject = name_found(in, engine->waived.items[i], &secrets);
        subject.found->is_known =
            cp_map_find(&map, key_of(in, &ways[0], subject.file, subject.field,
                                     cp_str_of(subject.rule->code))) != NULL;
    }
    cp_secrets_release(&secrets);
    cp_map_release(&map);
    cp_arena_reset(&in->scratch);
}

/* What is known is kept apart. */
static void leave_out(struct matching *in)
{
    struct cp_engine *engine = in->engine;
    size_t kept = 0;
    for (size_t i = 0; i < in->subjects.count; i++) {
        struct subject *subject = &in->subjects.items[i];
        if (!subject->found) {
            continue;
        }
        subject->found->is_known = subject->left == 0;
        if (subject->found->is_known) {
            *(struct cp_diagnostic **)cp_list_push(&engine->known, sizeof subject->found) =
                subject->found;
        } else {
            engine->found.items[kept++] = subject->found;
        }
    }
    engine->found.count = kept;
}

static void count_known(struct matching *in)
{
    for (size_t i = 0; i < in->subjects.count; i++) {
        const struct subject *subject = &in->subjects.items[i];
        uint32_t known = subject->count - subject->left;
        in->engine->findings.known += known;
        if (subject->dropped) {
            *subject->dropped -= known;
        }
    }
}

static void open_maps(struct matching *in)
{
    struct cp_engine *engine = in->engine;
    cp_map_init(&in->units);
    cp_map_init(&in->ids);
    cp_map_init(&in->groups);
    for (size_t i = 0; i < engine->units.count; i++) {
        struct unit *unit = engine->units.items[i];
        cp_map_put(&in->units, cp_str_of(absolute(in, &in->arena, unit->file.path)), unit);
        cp_map_put(&in->ids, cp_fact_str(unit->facts, unit->facts->id), unit);
    }
    for (size_t i = 0; i < engine->groups.count; i++) {
        struct group *group = engine->groups.items[i];
        if (group->config_path) {
            cp_map_put(&in->groups, cp_str_of(absolute(in, &in->arena, group->config_path)), group);
        }
    }
    for (size_t i = 0; i < engine->profile_files.count; i++) {
        struct profile_file *file = engine->profile_files.items[i];
        cp_map_put(&in->groups, cp_str_of(absolute(in, &in->arena, file->file.path)), file->group);
    }
}

void leave_out_known(struct cp_engine *engine)
{
    struct matching in = {.engine = engine, .baseline = engine->request->baseline};
    if (!in.baseline) {
        return;
    }
    cp_baseline_restart(in.baseline);
    cp_arena_init(&in.arena);
    cp_arena_init(&in.scratch);
    in.folder = cp_path_parent(&in.arena, engine->request->baseline_path);
    in.is_gone = cp_alloc(in.baseline->items.count + 1);
    memset(in.is_gone, 0, in.baseline->items.count + 1);
    open_maps(&in);
    gather_subjects(&in);
    match(&in);
    mark_checked(&in);
    mark_waived(&in);
    if (engine->request->learns) {
        learn(&in);
    }
    leave_out(&in);
    count_known(&in);
    cp_list_release(&in.subjects);
    cp_map_release(&in.units);
    cp_map_release(&in.ids);
    cp_map_release(&in.groups);
    free(in.is_gone);
    cp_arena_release(&in.scratch);
    cp_arena_release(&in.arena);
}
