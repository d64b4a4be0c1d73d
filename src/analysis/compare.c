/*
 * Two portfolios compared, file by file: the portfolio file first, so that what plans inherit is
 * said once, there, with the plans it reaches; then its plans. Reads nothing; knows no format.
 */
#include "compare.h"

#include <stdlib.h>

const char *cp_change_name(enum cp_change_kind kind)
{
    static const char *const names[] = {[CP_CHANGE_WEAKENED] = "weakened",
                                        [CP_CHANGE_STRENGTHENED] = "strengthened",
                                        [CP_CHANGE_CHANGED] = "changed",
                                        [CP_CHANGE_ADDED] = "added",
                                        [CP_CHANGE_REMOVED] = "removed"};
    return names[kind];
}

void cp_comparison_init(struct cp_comparison *out, enum cp_audience audience)
{
    *out = (struct cp_comparison){.audience = audience};
    cp_arena_init(&out->arena);
    cp_map_init(&out->inherited);
}

static void release_files(struct cp_compared *const *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < files[i]->changes.count; j++) {
            cp_list_release(&files[i]->changes.items[j].plans);
        }
        cp_list_release(&files[i]->changes);
    }
}

void cp_comparison_release(struct cp_comparison *comparison)
{
    release_files(comparison->files.items, comparison->files.count);
    cp_list_release(&comparison->files);
    cp_list_release(&comparison->unasked);
    cp_map_release(&comparison->inherited);
    cp_arena_release(&comparison->arena);
}

static struct cp_compared *add_file(struct cp_comparison *comparison, const char *head,
                                    const char *path, struct cp_str id)
{
    struct cp_compared *file = cp_arena_alloc(&comparison->arena, sizeof *file);
    file->path = cp_arena_copy(&comparison->arena, cp_str_of(path));
    file->head = head;
    file->id = cp_arena_copy(&comparison->arena, id);
    *(struct cp_compared **)cp_list_push(&comparison->files, sizeof file) = file;
    return file;
}

/* ---- secrets --------------------------------------------------------------------------------- */

static void hide(struct cp_comparison *comparison, struct cp_str *text)
{
    if (comparison->shared) {
        *text = cp_secrets_mask_own(comparison->shared, *text, &comparison->arena);
    }
    if (comparison->own) {
        *text = cp_secrets_mask_own(comparison->own, *text, &comparison->arena);
    }
}

/* Words are compared anew: a secret may be several, of which one has changed. Where nothing else
 * has, both sides are told, since no word shows it. */
static void hide_in_change(struct cp_comparison *comparison, struct cp_change *change)
{
    struct cp_str was = change->was;
    struct cp_str is = change->is;
    hide(comparison, &change->field);
    hide(comparison, &change->label);
    hide(comparison, &change->was);
    hide(comparison, &change->is);
    if (change->word_count > 0 && (was.at != change->was.at || is.at != change->is.at)) {
        change->is_prose = !cp_words_are_equal(change->was, change->is);
        change->word_count = change->is_prose ? cp_words_compare(&change->words, &comparison->arena,
                                                                 change->was, change->is)
                                              : 0;
    }
}

static void hide_in_file(struct cp_comparison *comparison, struct cp_compared *file)
{
    hide(comparison, &file->id);
    hide(comparison, &file->path);
    for (size_t i = 0; i < file->changes.count; i++) {
        hide_in_change(comparison, &file->changes.items[i]);
    }
}

/* A change of the file as a whole. */
static void tell_file(struct comparer *comparer, enum cp_change_kind kind, const char *label,
                      const char *was, const char *is)
{
    struct cp_change *change = cp_list_push(&comparer->file->changes, sizeof *change);
    change->kind = kind;
    change->label = cp_str_of(label);
    change->was = cp_arena_copy(&comparer->all->arena, cp_str_of(was));
    change->is = cp_arena_copy(&comparer->all->arena, cp_str_of(is));
}

static void compare_root(struct comparer *comparer, const struct cp_object *object,
                         const struct cp_leaf *was, const struct cp_leaf *is)
{
    struct spot root = {.table = object, .leaf = {was, is}};
    compare_members(comparer, &root);
}

/* ---- the portfolio file ---------------------------------------------------------------------- */

/* What plans inherit, as a plan in part; shapes were judged where it was read. */
static void decode_defaults(struct cp_plan *out, struct comparer *comparer, enum side side)
{
    struct cp_diags diags;
    cp_diags_init(&diags);
    diags.is_muted = true;
    struct cp_decoder decoder = {.arena = &comparer->scratch, .diags = &diags};
    cp_decode(&decoder, &cp_object_plan, out, comparer->portfolio[side]->defaults, NULL);
    cp_diags_release(&diags);
}

static void compare_defaults(struct comparer *comparer)
{
    static const struct cp_plan unstated;
    struct cp_plan plans[SIDES];
    decode_defaults(&plans[WAS], comparer, WAS);
    decode_defaults(&plans[IS], comparer, IS);
    comparer->is_defaults = true;
    comparer->plan[WAS] = &plans[WAS];
    comparer->plan[IS] = &plans[IS];
    compare_root(comparer, &cp_object_plan, &plans[WAS].leaf, &plans[IS].leaf);
    comparer->is_defaults = false;
    comparer->plan[WAS] = comparer->plan[IS] = &unstated;
}

/* Values that plans have without stating them; all of them, where the file cannot be read. */
static bool is_inheritable(struct cp_str path)
{
    return path.len == 0 || cp_str_has_prefix(path, "defaults.") ||
           cp_str_has_prefix(path, "tiers.");
}

static void index_inherited(struct cp_comparison *comparison)
{
    cp_map_release(&comparison->inherited);
    struct cp_compared *file = comparison->portfolio;
    for (size_t i = 0; i < file->changes.count; i++) {
        struct cp_change *change = &file->changes.items[i];
        change->is_inherited = is_inheritable(change->field);
        if (change->is_inherited) {
            cp_map_put(&comparison->inherited,
                       inherited_key(&comparison->arena, change->field, change->is_of_older),
                       change);
        }
    }
}

static const char *readable(bool is_readable)
{
    return is_readable ? "can be read" : "cannot be read";
}

static bool is_config_readable(const struct cp_portfolio *portfolio)
{
    return !portfolio->file || !portfolio->is_unusable;
}

void cp_comparison_add_portfolio(struct cp_comparison *comparison, const char *path,
                                 const struct cp_portfolio *was, const struct cp_portfolio *is,
                                 bool is_asked)
{
    static const struct cp_plan unstated;
    static const struct cp_portfolio none;
    struct comparer comparer = {.all = comparison, .is_portfolio = true};
    comparer.portfolio[WAS] = was ? was : &none;
    comparer.portfolio[IS] = is ? is : &none;
    comparer.plan[WAS] = comparer.plan[IS] = &unstated;
    cp_arena_init(&comparer.scratch);
    comparer.file = comparison->portfolio =
        add_file(comparison, "Portfolio file", path, (struct cp_str){0});
    if (!is_asked) {
        *(struct cp_compared **)cp_list_push(&comparison->unasked, sizeof(struct cp_compared *)) =
            comparer.file;
    }
    bool was_readable = is_config_readable(comparer.portfolio[WAS]);
    bool is_readable = is_config_readable(comparer.portfolio[IS]);
    if (was_readable != is_readable) {
        tell_file(&comparer, CP_CHANGE_CHANGED, "portfolio file", readable(was_readable),
                  readable(is_readable));
    } else {
        compare_root(&comparer, &cp_object_config, &comparer.portfolio[WAS]->config.leaf,
                     &comparer.portfolio[IS]->config.leaf);
        compare_defaults(&comparer);
    }
    index_inherited(comparison);
    hide_in_file(comparison, comparer.file);
    cp_arena_release(&comparer.scratch);
}

/* ---- another file ---------------------------------------------------------------------------- */

static bool is_mapping(const struct cp_node *root)
{
    return root && root->kind == CP_NODE_MAPPING;
}

/* Its shape was judged where it was read. */
static const struct cp_leaf *decode_file(struct comparer *comparer, const struct cp_object *table,
                                         struct cp_node *root)
{
    struct cp_diags diags;
    cp_diags_init(&diags);
    diags.is_muted = true;
    struct cp_decoder decoder = {.arena = &comparer->scratch, .diags = &diags};
    void *out = cp_arena_alloc(&comparer->scratch, table->size);
    cp_decode(&decoder, table, out, root, NULL);
    cp_diags_release(&diags);
    return out;
}

void cp_comparison_add_file(struct cp_comparison *comparison, const char *path,
                            const struct cp_object *table, struct cp_node *was, struct cp_node *is)
{
    static const struct cp_plan unstated;
    static const struct cp_portfolio none;
    struct comparer comparer = {.all = comparison, .is_portfolio = true};
    comparer.portfolio[WAS] = comparer.portfolio[IS] = &none;
    comparer.plan[WAS] = comparer.plan[IS] = &unstated;
    cp_arena_init(&comparer.scratch);
    comparer.file = add_file(comparison, "Profile", path, (struct cp_str){0});
    if (is_mapping(was) && is_mapping(is)) {
        compare_root(&comparer, table, decode_file(&comparer, table, was),
                     decode_file(&comparer, table, is));
    } else if (is_mapping(was) || is_mapping(is)) {
        tell_file(&comparer, CP_CHANGE_CHANGED, table->name, readable(is_mapping(was)),
                  readable(is_mapping(is)));
    }
    hide_in_file(comparison, comparer.file);
    cp_arena_release(&comparer.scratch);
}

/* ---- a plan ---------------------------------------------------------------------------------- */

static void fill_term(struct cp_length *out, const struct cp_length *of_tier)
{
    if (out->leaf.state == CP_ABSENT) {
        *out = *of_tier;
    }
}

/* A section that the plan does not have holds what its tier says all the same. */
static void fill_section(struct cp_leaf *section, struct cp_length *term,
                         const struct cp_length *of_tier)
{
    fill_term(term, of_tier);
    if (section->state == CP_ABSENT && term->leaf.state != CP_ABSENT) {
        section->state = CP_SET;
    }
}

static void fill_objective(struct cp_objective *out, const struct cp_tier *tier)
{
    fill_term(&out->mtpd, &tier->objectives.mtpd);
    fill_term(&out->rto, &tier->objectives.rto);
    fill_term(&out->wrt, &tier->objectives.wrt);
    fill_term(&out->rpo, &tier->objectives.rpo);
}

/* The plan as it holds: what its tier states and it does not. */
static void fill_from_tier(struct cp_plan *plan, const struct cp_portfolio *portfolio,
                           struct cp_arena *arena)
{
    const struct cp_tier *tier = cp_portfolio_find_tier(portfolio, plan);
    size_t count = plan->disaster_recovery.objectives.count;
    if (!tier) {
        return;
    }
    struct cp_objective *objectives = cp_arena_alloc(arena, (count + 1) * sizeof *objectives);
    for (size_t i = 0; i < count; i++) {
        objectives[i] = plan->disaster_recovery.objectives.items[i];
        if (objectives[i].leaf.state == CP_SET) {
            fill_objective(&objectives[i], tier);
        }
    }
    plan->disaster_recovery.objectives.items = objectives;
    fill_section(&plan->review.section.leaf, &plan->review.every, &tier->review_every);
    fill_section(&plan->supporting.section.leaf, &plan->supporting.exercise_every,
                 &tier->exercise_every);
    fill_section(&plan->backup_restore.section.leaf, &plan->backup_restore.restore_test_every,
                 &tier->restore_test_every);
}

static void compare_plans(struct comparer *comparer, const struct cp_compared_plan *was,
                          const struct cp_compared_plan *is)
{
    struct cp_plan plans[SIDES] = {*was->plan, *is->plan};
    comparer->plan[WAS] = &plans[WAS];
    comparer->plan[IS] = &plans[IS];
    for (enum side side = WAS; side < SIDES; side++) {
        fill_from_tier(&plans[side], comparer->portfolio[side], &comparer->scratch);
    }
    compare_root(comparer, &cp_object_plan, &plans[WAS].leaf, &plans[IS].leaf);
}

static bool is_plan_readable(const struct cp_compared_plan *side)
{
    return side->plan->leaf.state == CP_SET;
}

static void compare_pair(struct comparer *comparer, const struct cp_compared_plan *was,
                         const struct cp_compared_plan *is)
{
    comparer->portfolio[WAS] = was->portfolio;
    comparer->portfolio[IS] = is->portfolio;
    comparer->id = is->id;
    hide(comparer->all, &comparer->id);
    if (is_plan_readable(was) && is_plan_readable(is)) {
        compare_plans(comparer, was, is);
    } else {
        tell_file(comparer, CP_CHANGE_CHANGED, "plan", readable(is_plan_readable(was)),
                  readable(is_plan_readable(is)));
    }
}

void cp_comparison_add_plan(struct cp_comparison *comparison, const struct cp_compared_plan *was,
                            const struct cp_compared_plan *is)
{
    const struct cp_compared_plan *there = is ? is : was;
    struct comparer comparer = {.all = comparison};
    comparer.file = add_file(comparison, "Plan", there->path, there->id);
    cp_arena_init(&comparer.scratch);
    if (was && is) {
        compare_pair(&comparer, was, is);
    } else {
        tell_file(&comparer, is ? CP_CHANGE_ADDED : CP_CHANGE_REMOVED, "plan", was ? was->path : "",
                  is ? is->path : "");
    }
    hide_in_file(comparison, comparer.file);
    cp_arena_release(&comparer.scratch);
    if (comparer.file->changes.count == 0) {
        comparison->files.count--;
    }
}

/* ---- settling -------------------------------------------------------------------------------- */

void cp_comparison_keep(struct cp_comparison *comparison,
                        bool (*keep)(void *context, const struct cp_compared *file,
                                     const struct cp_change *change),
                        void *context)
{
    for (size_t i = 0; i < comparison->files.count; i++) {
        struct cp_compared *file = comparison->files.items[i];
        size_t kept = 0;
        for (size_t j = 0; j < file->changes.count; j++) {
            if (keep(context, file, &file->changes.items[j])) {
                file->changes.items[kept++] = file->changes.items[j];
            } else {
                cp_list_release(&file->changes.items[j].plans);
            }
        }
        file->changes.count = kept;
    }
}

static bool is_unasked(const struct cp_comparison *comparison, const struct cp_compared *file)
{
    for (size_t i = 0; i < comparison->unasked.count; i++) {
        if (comparison->unasked.items[i] == file) {
            return true;
        }
    }
    return false;
}

static void drop_unreached(struct cp_compared *file)
{
    size_t kept = 0;
    for (size_t i = 0; i < file->changes.count; i++) {
        if (file->changes.items[i].plans.count > 0) {
            file->changes.items[kept++] = file->changes.items[i];
        }
    }
    file->changes.count = kept;
}

/* What is weakened comes first; the rest stays in its order. */
static void bring_weakened_forward(struct cp_compared *file, struct cp_arena *arena)
{
    size_t count = 0;
    size_t all = file->changes.count;
    struct cp_change *sorted = cp_arena_alloc(arena, (all + 1) * sizeof *sorted);
    for (int is_weakened = 1; is_weakened >= 0; is_weakened--) {
        for (size_t i = 0; i < all; i++) {
            if ((file->changes.items[i].kind == CP_CHANGE_WEAKENED) == is_weakened) {
                sorted[count++] = file->changes.items[i];
            }
        }
    }
    memcpy(file->changes.items, sorted, count * sizeof *sorted);
}

static void count_changes(struct cp_comparison *comparison, const struct cp_compared *file)
{
    for (size_t i = 0; i < file->changes.count; i++) {
        const struct cp_change *change = &file->changes.items[i];
        comparison->counts[change->kind]++;
        comparison->withheld += change->is_withheld + change->left_out;
    }
}

void cp_comparison_settle(struct cp_comparison *comparison)
{
    size_t kept = 0;
    for (size_t i = 0; i < comparison->files.count; i++) {
        struct cp_compared *file = comparison->files.items[i];
        if (is_unasked(comparison, file)) {
            drop_unreached(file);
        }
        if (file->changes.count > 0) {
            bring_weakened_forward(file, &comparison->arena);
            count_changes(comparison, file);
            comparison->files.items[kept++] = file;
        } else {
            cp_list_release(&file->changes);
        }
    }
    comparison->files.count = kept;
}
