/*
 * Two engines side by side, the same paths over two sources: which portfolio and which plan of one
 * is which of the other, shown a pair at a time. A plan is known by its id, else by its path, else
 * by likeness of its lines. Judges no difference.
 */
#include "engine.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_LIKENESS = 64,        /* files of either side that are judged so */
    ALIKE = CP_LINES_SAME / 2 /* from which a file counts as another under a new name */
};

enum side { WAS, IS, SIDES };

/* A plan of one side on its way to a pair. */
struct half {
    struct unit *unit;
    struct cp_str id;
    bool is_paired;
    bool is_twice; /* its id is that of another portfolio's plan as well: nobody can tell them */
};

struct halves {
    struct half *items;
    size_t count;
};

struct pair {
    struct unit *unit[SIDES]; /* NULL: that side has none */
};

/* A portfolio on both sides, while its plans are paired. */
struct match {
    struct cp_engine *engine[SIDES];
    const struct group *group[SIDES];
    struct halves halves[SIDES];
    bool is_same; /* the portfolio file has the same bytes */
    CP_LIST(struct pair) pairs;
    struct cp_arena arena;
};

static struct worker *worker_of(struct cp_engine *engine)
{
    return &engine->workers[0];
}

static bool is_half_asked(const struct half *half)
{
    return half && half->unit->is_asked;
}

/* One that was asked for may be another that was not, under its new or old name. */
static void add_pair(struct match *match, struct half *was, struct half *is)
{
    if (is_half_asked(was) || is_half_asked(is)) {
        struct pair *pair = cp_list_push(&match->pairs, sizeof *pair);
        pair->unit[WAS] = was ? was->unit : NULL;
        pair->unit[IS] = is ? is->unit : NULL;
    }
    if (was) {
        was->is_paired = true;
    }
    if (is) {
        is->is_paired = true;
    }
}

/* ---- which plan is which --------------------------------------------------------------------- */

static void collect(struct match *match, enum side side)
{
    const struct group *group = match->group[side];
    struct halves *halves = &match->halves[side];
    size_t count = group ? group->units.count : 0;
    halves->items = cp_arena_alloc(&match->arena, (count + 1) * sizeof(struct half));
    for (size_t i = 0; i < count; i++) {
        halves->items[halves->count++] = (struct half){.unit = group->units.items[i]};
    }
}

static int compare_paths(const struct half *was, const struct half *is)
{
    return strcmp(was->unit->file.path, is->unit->file.path);
}

/* Files that are the same on both sides need not be read: there is nothing to say of them, unless
 * the portfolio file has changed. Both sides are sorted by path. */
static void pair_same_files(struct match *match)
{
    struct halves *was = &match->halves[WAS];
    struct halves *is = &match->halves[IS];
    for (size_t i = 0, j = 0; i < was->count && j < is->count;) {
        int order = compare_paths(&was->items[i], &is->items[j]);
        if (order == 0 && cp_source_is_same(match->engine[WAS]->source, match->engine[IS]->source,
                                            is->items[j].unit->file.path)) {
            is->items[j].is_paired = was->items[i].is_paired = true;
            if (!match->is_same) {
                add_pair(match, &was->items[i], &is->items[j]);
            }
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static void read_ids(struct match *match, enum side side)
{
    struct halves *halves = &match->halves[side];
    struct cp_engine *engine = match->engine[side];
    struct cp_plan plan;
    for (size_t i = 0; i < halves->count; i++) {
        struct half *half = &halves->items[i];
        if (half->is_paired || !load_unit(engine, worker_of(engine), half->unit, &plan)) {
            continue;
        }
        struct cp_str id = plan.id.leaf.state == CP_SET ? plan.id.text : half->unit->stem;
        half->id = cp_arena_copy(&match->arena, id);
        cp_file_drop(&half->unit->file);
    }
}

static void pair_ids(struct match *match)
{
    struct halves *was = &match->halves[WAS];
    struct halves *is = &match->halves[IS];
    struct cp_map ids;
    cp_map_init(&ids);
    for (size_t i = 0; i < was->count; i++) {
        if (!was->items[i].is_paired && was->items[i].id.len > 0) {
            cp_map_put(&ids, was->items[i].id, &was->items[i]);
        }
    }
    for (size_t i = 0; i < is->count; i++) {
        struct half *half = &is->items[i];
        struct half *old = half->is_paired ? NULL : cp_map_find(&ids, half->id);
        if (old && !old->is_paired) {
            add_pair(match, old, half);
        }
    }
    cp_map_release(&ids);
}

static void pair_paths(struct match *match)
{
    struct halves *was = &match->halves[WAS];
    struct halves *is = &match->halves[IS];
    for (size_t i = 0, j = 0; i < was->count && j < is->count;) {
        int order = compare_paths(&was->items[i], &is->items[j]);
        if (order == 0 && !was->items[i].is_paired && !is->items[j].is_paired) {
            add_pair(match, &was->items[i], &is->items[j]);
        }
        i += order <= 0;
        j += order >= 0;
    }
}

/* ---- likeness -------------------------------------------------------------------------------- */

struct lines {
    struct cp_lines *read;
    struct half *half;
};

static void read_lines(struct lines *out, struct match *match, enum side side, struct half *half)
{
    struct cp_engine *engine = match->engine[side];
    struct cp_error error;
    struct cp_buf bytes;
    cp_buf_init(&bytes);
    out->half = half;
    out->read = cp_arena_alloc(&match->arena, sizeof *out->read);
    if (engine->source->load(engine->source, half->unit->file.path, CP_YAML_BYTES, &bytes,
                             &error) == 0) {
        cp_lines_read(out->read, cp_buf_str(&bytes));
    }
    cp_buf_release(&bytes);
}

static size_t read_all_lines(struct lines *out, struct match *match, enum side side)
{
    struct halves *halves = &match->halves[side];
    size_t count = 0;
    for (size_t i = 0; i < halves->count && count < MAX_LIKENESS; i++) {
        if (!halves->items[i].is_paired) {
            read_lines(&out[count++], match, side, &halves->items[i]);
        }
    }
    return count;
}

struct likeness {
    const struct lines *was, *is;
    size_t score;
};

static int by_score(const void *a, const void *b)
{
    const struct likeness *left = a;
    const struct likeness *right = b;
    if (left->score != right->score) {
        return left->score > right->score ? -1 : 1;
    }
    int order = strcmp(left->is->half->unit->file.path, right->is->half->unit->file.path);
    return order != 0 ? order
                      : strcmp(left->was->half->unit->file.path, right->was->half->unit->file.path);
}

/* A plan that was renamed together with its id: half of its lines are still there. */
static void pair_likeness(struct match *match)
{
    struct lines *was = cp_arena_alloc(&match->arena, MAX_LIKENESS * sizeof *was);
    struct lines *is = cp_arena_alloc(&match->arena, MAX_LIKENESS * sizeof *is);
    size_t olds = read_all_lines(was, match, WAS);
    size_t news = olds > 0 ? read_all_lines(is, match, IS) : 0;
    struct likeness *likenesses =
        cp_arena_alloc(&match->arena, (olds * news + 1) * sizeof *likenesses);
    size_t count = 0;
    for (size_t i = 0; i < olds * news; i++) {
        struct likeness likeness = {&was[i / news], &is[i % news], 0};
        likeness.score = cp_lines_likeness(likeness.was->read, likeness.is->read);
        if (likeness.score >= ALIKE) {
            likenesses[count++] = likeness;
        }
    }
    qsort(likenesses, count, sizeof *likenesses, by_score);
    for (size_t i = 0; i < count; i++) {
        if (!likenesses[i].was->half->is_paired && !likenesses[i].is->half->is_paired) {
            add_pair(match, likenesses[i].was->half, likenesses[i].is->half);
        }
    }
}

/* Whether the plan may be on a side although it was not found there: what that side lists is not
 * known, which was said. */
static bool is_lost(const struct match *match, enum side side, const struct half *half)
{
    const struct group *group = match->group[side];
    return (group && group->is_unreadable) ||
           folder_is_lost(match->engine[side], half->unit->file.path);
}

static void pair_rest(struct match *match)
{
    for (size_t i = 0; i < match->halves[WAS].count; i++) {
        struct half *half = &match->halves[WAS].items[i];
        if (!half->is_paired && !is_lost(match, IS, half)) {
            add_pair(match, half, NULL);
        }
    }
    for (size_t i = 0; i < match->halves[IS].count; i++) {
        struct half *half = &match->halves[IS].items[i];
        if (!half->is_paired && !is_lost(match, WAS, half)) {
            add_pair(match, NULL, half);
        }
    }
}

/* ---- showing pairs --------------------------------------------------------------------------- */

static int by_path(const void *a, const void *b)
{
    const struct pair *left = a;
    const struct pair *right = b;
    const struct unit *first = left->unit[IS] ? left->unit[IS] : left->unit[WAS];
    const struct unit *second = right->unit[IS] ? right->unit[IS] : right->unit[WAS];
    int order = strcmp(first->file.path, second->file.path);
    return order != 0 ? order : !left->unit[IS] - !right->unit[IS];
}

/* False where the plan is there and cannot be read, which was said. */
static bool view_side(struct cp_view *out, struct cp_plan *plan, struct cp_engine *engine,
                      struct unit *unit)
{
    if (!unit || !load_unit(engine, worker_of(engine), unit, plan)) {
        return !unit;
    }
    view_unit(out, unit, plan);
    return true;
}

static void show_views(struct match *match, const struct cp_view *was, const struct cp_view *is,
                       const struct cp_pair_visitor *visitor)
{
    struct cp_secrets secrets;
    cp_secrets_init(&secrets);
    cp_secrets_add(&secrets, &worker_of(match->engine[WAS])->diags);
    cp_secrets_add(&secrets, &worker_of(match->engine[IS])->diags);
    cp_secrets_sort(&secrets);
    visitor->plan(visitor->context, was, is, &secrets);
    cp_secrets_release(&secrets);
}

static void show_pair(struct match *match, const struct pair *pair,
                      const struct cp_pair_visitor *visitor)
{
    struct cp_plan plans[SIDES];
    struct cp_view views[SIDES];
    bool is_whole = true;
    for (enum side side = WAS; side < SIDES; side++) {
        worker_of(match->engine[side])->diags.secrets.count = 0; /* those of other plans */
        is_whole = view_side(&views[side], &plans[side], match->engine[side], pair->unit[side]) &&
                   is_whole;
    }
    if (is_whole) {
        show_views(match, pair->unit[WAS] ? &views[WAS] : NULL, pair->unit[IS] ? &views[IS] : NULL,
                   visitor);
    }
    for (enum side side = WAS; side < SIDES; side++) {
        if (pair->unit[side]) {
            cp_file_drop(&pair->unit[side]->file);
        }
    }
}

/* The portfolio file, of the newer side where there is one; without any, the folder. */
static const char *path_of(const struct match *match)
{
    const char *path = NULL;
    for (enum side side = WAS; side < SIDES; side++) {
        const struct group *group = match->group[side];
        if (group && (group->config_path || !path)) {
            path = group->config_path ? group->config_path : group->folder;
        }
    }
    return path;
}

static const struct cp_portfolio *portfolio_of(const struct group *group)
{
    return group ? &group->portfolio : NULL;
}

static bool is_group_asked(const struct group *group)
{
    return group && group->is_asked;
}

/* A folder that is one on both sides has no file that could differ. */
static bool is_same_config(const struct match *match, const char *path)
{
    return match->group[WAS] && match->group[IS] &&
           cp_source_is_same(match->engine[WAS]->source, match->engine[IS]->source, path);
}

/* ---- profiles -------------------------------------------------------------------------------- */

/* A profile as one side has it, while the two are compared. */
struct profile_side {
    struct cp_arena arena;
    struct cp_buf bytes;
    struct cp_file file;
    struct cp_diags diags;
    struct cp_yaml yaml;
};

static bool profile_side_load(struct profile_side *out, const struct cp_engine *engine,
                              const char *path)
{
    struct cp_error ignored;
    *out = (struct profile_side){0};
    cp_arena_init(&out->arena);
    cp_buf_init(&out->bytes);
    cp_diags_init(&out->diags);
    out->diags.is_muted = true;
    cp_file_init(&out->file, path);
    bool is_loaded =
        engine->source->load(engine->source, path, CP_YAML_BYTES + 1, &out->bytes, &ignored) == 0;
    cp_file_set(&out->file, cp_buf_str(&out->bytes));
    cp_yaml_parse(&out->yaml, &out->arena, &out->file, &out->diags);
    return is_loaded;
}

static void profile_side_release(struct profile_side *side)
{
    cp_file_drop(&side->file);
    cp_diags_release(&side->diags);
    cp_buf_release(&side->bytes);
    cp_arena_release(&side->arena);
}

static bool has_profile(const struct cp_engine *engine, const char *path)
{
    for (size_t i = 0; i < engine->profile_files.count; i++) {
        if (strcmp(engine->profile_files.items[i]->file.path, path) == 0) {
            return true;
        }
    }
    return false;
}

static void show_profile(const struct match *match, const char *path,
                         const struct cp_pair_visitor *visitor)
{
    struct profile_side sides[SIDES];
    bool is_whole = true;
    for (enum side side = WAS; side < SIDES; side++) {
        is_whole = profile_side_load(&sides[side], match->engine[side], path) && is_whole;
    }
    if (is_whole) {
        visitor->profile(visitor->context, path, sides[WAS].yaml.root, sides[IS].yaml.root);
    }
    for (enum side side = WAS; side < SIDES; side++) {
        profile_side_release(&sides[side]);
    }
}

/* Another profile is a change of whatever names it; the same one may ask for something else. */
static void show_profiles(const struct match *match, const struct cp_pair_visitor *visitor)
{
    const struct cp_engine *was = match->engine[WAS];
    const struct cp_engine *is = match->engine[IS];
    for (size_t i = 0; i < is->profile_files.count; i++) {
        const struct profile_file *file = is->profile_files.items[i];
        if (file->group == match->group[IS] && has_profile(was, file->file.path) &&
            !cp_source_is_same(was->source, is->source, file->file.path)) {
            show_profile(match, file->file.path, visitor);
        }
    }
}

/* ---- a portfolio ----------------------------------------------------------------------------- */

/* Its plans, as far as they are found on both sides of it. */
static void pair_group(struct match *match)
{
    cp_arena_init(&match->arena);
    match->is_same = is_same_config(match, path_of(match));
    for (enum side side = WAS; side < SIDES; side++) {
        collect(match, side);
    }
    pair_same_files(match);
    read_ids(match, WAS);
    read_ids(match, IS);
    pair_ids(match);
    pair_paths(match);
}

/* One portfolio: its file, then its plans, in the order of their paths. */
static void show_group(struct match *match, const struct cp_pair_visitor *visitor)
{
    bool is_asked = is_group_asked(match->group[WAS]) || is_group_asked(match->group[IS]);
    visitor->portfolio(visitor->context, path_of(match), portfolio_of(match->group[WAS]),
                       portfolio_of(match->group[IS]), is_asked);
    if (is_asked) {
        show_profiles(match, visitor);
    }
    pair_likeness(match);
    pair_rest(match);
    if (match->pairs.count > 1) {
        qsort(match->pairs.items, match->pairs.count, sizeof *match->pairs.items, by_path);
    }
    for (size_t i = 0; i < match->pairs.count; i++) {
        show_pair(match, &match->pairs.items[i], visitor);
    }
    cp_list_release(&match->pairs);
    cp_arena_release(&match->arena);
}

/* ---- plans that moved into another portfolio ------------------------------------------------- */

/* Plans of one side that are nowhere on the other, by their ids. */
static void index_lost(struct cp_map *out, struct match *matches, size_t count, enum side side)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < matches[i].halves[side].count; j++) {
            struct half *half = &matches[i].halves[side].items[j];
            struct half *like =
                !half->is_paired && half->id.len > 0 ? cp_map_put(out, half->id, half) : NULL;
            if (like) {
                like->is_twice = true;
            }
        }
    }
}

static void pair_moved(struct match *matches, size_t count)
{
    struct cp_map was;
    struct cp_map is;
    cp_map_init(&was);
    cp_map_init(&is);
    index_lost(&was, matches, count, WAS);
    index_lost(&is, matches, count, IS);
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < matches[i].halves[IS].count; j++) {
            struct half *half = &matches[i].halves[IS].items[j];
            struct half *old = half->is_paired ? NULL : cp_map_find(&was, half->id);
            if (old && !old->is_twice && cp_map_find(&is, half->id) == half && !half->is_twice) {
                add_pair(&matches[i], old, half);
            }
        }
    }
    cp_map_release(&was);
    cp_map_release(&is);
}

/* ---- which portfolio is which ---------------------------------------------------------------- */

/* A portfolio whose file came or went is still the one of its folder. */
static struct group *find_group(const struct cp_engine *engine, const struct group *wanted)
{
    for (size_t i = 0; i < engine->groups.count; i++) {
        if (strcmp(engine->groups.items[i]->folder, wanted->folder) == 0) {
            return engine->groups.items[i];
        }
    }
    return NULL;
}

static int by_folder(const void *a, const void *b)
{
    const struct match *left = a;
    const struct match *right = b;
    const struct group *first = left->group[IS] ? left->group[IS] : left->group[WAS];
    const struct group *second = right->group[IS] ? right->group[IS] : right->group[WAS];
    return strcmp(first->folder, second->folder);
}

void cp_engine_add_shared_secrets(const struct cp_engine *engine, struct cp_secrets *out)
{
    cp_secrets_add(out, &engine->diags);
}

void cp_engine_compare(struct cp_engine *was, struct cp_engine *is,
                       const struct cp_pair_visitor *visitor)
{
    CP_LIST(struct match) matches = {0};
    struct match match = {.engine = {was, is}};
    start_workers(was);
    start_workers(is);
    worker_of(was)->diags.is_muted = worker_of(is)->diags.is_muted = true;
    for (size_t i = 0; i < is->groups.count; i++) {
        match.group[IS] = is->groups.items[i];
        match.group[WAS] = find_group(was, match.group[IS]);
        *(struct match *)cp_list_push(&matches, sizeof match) = match;
    }
    for (size_t i = 0; i < was->groups.count; i++) {
        if (!find_group(is, was->groups.items[i])) {
            match.group[WAS] = was->groups.items[i];
            match.group[IS] = NULL;
            *(struct match *)cp_list_push(&matches, sizeof match) = match;
        }
    }
    if (matches.count > 1) {
        qsort(matches.items, matches.count, sizeof match, by_folder);
    }
    for (size_t i = 0; i < matches.count; i++) {
        pair_group(&matches.items[i]);
    }
    pair_moved(matches.items, matches.count);
    for (size_t i = 0; i < matches.count; i++) {
        show_group(&matches.items[i], visitor);
    }
    cp_list_release(&matches);
    gather_failures(was);
    gather_failures(is);
}
