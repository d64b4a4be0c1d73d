/*
 * Fixes over a whole run: applied in memory, the run made again, until nothing is left; and given
 * up where a finding comes up that was not there. Writes nothing, and knows no rule.
 */
#include "engine.h"

#include <contplan/edit.h>

#include <stdlib.h>
#include <string.h>

/* A run is made for each round of each attempt: what takes more is not worth the wait. */
enum { MOST_ROUNDS = 16, MOST_ATTEMPTS = 8, MOST_BLAMED = 1000 };

/* A fix as it was made, in words that outlive the run that proposed it. */
struct made {
    const char *path;
    const struct cp_rule *rule;
    enum cp_severity severity;
    uint32_t line;
    struct cp_str field; /* what it is called now */
    struct cp_str name;  /* by which it is known in another attempt */
    bool is_answered;    /* a finding was put down to it */
};

/* A fix that may be made, with its finding. */
struct wish {
    const struct cp_diagnostic *finding;
    struct cp_str name;
};

struct work {
    struct cp_mending *mending;
    const struct cp_source *source;
    const struct cp_request *request;
    const struct cp_selection *selection;
    const struct cp_findings *found; /* before anything was mended */
    bool is_unsafe;
    struct cp_map refused; /* names of fixes -> that name */
    CP_LIST(struct made) made;
};

/* ---- what may be fixed ----------------------------------------------------------------------- */

static struct cp_str name_of(struct cp_arena *arena, const struct cp_diagnostic *finding)
{
    return cp_arena_printf(arena, "%s %s %.*s %.*s %.*s", finding->fix->place.file->path,
                           finding->rule->code, CP_ARG(finding->field), CP_ARG(finding->message),
                           CP_ARG(finding->fix->title));
}

static void refuse(struct work *work, struct cp_str name, const char *path, uint32_t line,
                   const struct cp_rule *rule, const char *why)
{
    if (cp_map_find(&work->refused, name)) {
        return;
    }
    struct cp_unmended *left = cp_list_push(&work->mending->left, sizeof *left);
    *left = (struct cp_unmended){cp_arena_copy(&work->mending->arena, cp_str_of(path)).at, line,
                                 rule, cp_arena_copy(&work->mending->arena, cp_str_of(why)).at};
    cp_map_put(&work->refused, name, (void *)(uintptr_t)name.at);
}

struct wishes {
    CP_LIST(struct wish) items;
};

static int by_file(const void *a, const void *b)
{
    const struct cp_diagnostic *left = ((const struct wish *)a)->finding;
    const struct cp_diagnostic *right = ((const struct wish *)b)->finding;
    int order = strcmp(left->fix->place.file->path, right->fix->place.file->path);
    return order != 0
               ? order
               : cp_str_compare(((const struct wish *)a)->name, ((const struct wish *)b)->name);
}

static void list_wishes(struct wishes *out, struct work *work, const struct cp_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        if (!finding->fix || (finding->rule->fix == CP_FIX_UNSAFE && !work->is_unsafe)) {
            continue;
        }
        struct cp_str name = name_of(&work->mending->arena, finding);
        if (!cp_map_find(&work->refused, name)) {
            *(struct wish *)cp_list_push(&out->items, sizeof(struct wish)) =
                (struct wish){finding, name};
        }
    }
    if (out->items.count > 1) {
        qsort(out->items.items, out->items.count, sizeof *out->items.items, by_file);
    }
}

/* ---- files ----------------------------------------------------------------------------------- */

static struct cp_mended *file_of(struct work *work, const char *path)
{
    struct cp_mending *mending = work->mending;
    for (size_t i = 0; i < mending->files.count; i++) {
        if (strcmp(mending->files.items[i].path, path) == 0) {
            return &mending->files.items[i];
        }
    }
    struct cp_error error;
    struct cp_mended *file = cp_list_push(&mending->files, sizeof *file);
    file->path = cp_arena_copy(&mending->arena, cp_str_of(path)).at;
    cp_buf_init(&file->was);
    cp_buf_init(&file->is);
    /* one that is gone by now is empty, and no fix fits into it */
    (void)work->source->load(work->source, path, CP_YAML_BYTES + 1, &file->was, &error);
    cp_buf_put(&file->is, cp_buf_str(&file->was));
    return file;
}

static bool is_changed(const struct cp_mended *file)
{
    return !cp_str_is_equal(cp_buf_str(&file->was), cp_buf_str(&file->is));
}

static void forget_changes(struct work *work)
{
    for (size_t i = 0; i < work->mending->files.count; i++) {
        struct cp_mended *file = &work->mending->files.items[i];
        cp_buf_clear(&file->is);
        cp_buf_put(&file->is, cp_buf_str(&file->was));
    }
    work->made.count = 0;
}

static void drop_unchanged(struct cp_mending *mending)
{
    size_t kept = 0;
    for (size_t i = 0; i < mending->files.count; i++) {
        struct cp_mended *file = &mending->files.items[i];
        if (is_changed(file)) {
            mending->files.items[kept++] = *file;
        } else {
            cp_buf_release(&file->was);
            cp_buf_release(&file->is);
        }
    }
    mending->files.count = kept;
}

static void close_engine(struct cp_mending *mending)
{
    if (mending->engine) {
        cp_engine_free(mending->engine);
        mending->engine = NULL;
    }
}

static const struct cp_findings *look_again(struct work *work)
{
    struct cp_mending *mending = work->mending;
    close_engine(mending);
    mending->overlaid.count = 0;
    for (size_t i = 0; i < mending->files.count; i++) {
        struct cp_mended *file = &mending->files.items[i];
        if (is_changed(file)) {
            *(struct cp_overlay_file *)cp_list_push(&mending->overlaid,
                                                    sizeof(struct cp_overlay_file)) =
                (struct cp_overlay_file){file->path, cp_buf_str(&file->is)};
        }
    }
    mending->overlay = (struct cp_overlay){
        .files = mending->overlaid.items, .count = mending->overlaid.count, .below = work->source};
    mending->source = cp_source_overlay(&mending->overlay);
    mending->engine = cp_engine_new(&mending->source, work->request);
    return cp_engine_validate(mending->engine, work->selection);
}

/* ---- a round --------------------------------------------------------------------------------- */

/* What its field is called once the fix is made. */
static struct cp_str field_after(struct cp_arena *arena, const struct cp_diagnostic *finding)
{
    struct cp_str field = finding->field;
    size_t parent = field.len;
    if (finding->fix->change != CP_FIX_KEY) {
        return cp_arena_copy(arena, field);
    }
    while (parent > 0 && field.at[parent - 1] != '.') {
        parent--;
    }
    return cp_arena_printf(arena, "%.*s%.*s", (int)parent, field.at, CP_ARG(finding->fix->meant));
}

static void note_outcome(struct work *work, const struct wish *wish, enum cp_fix_outcome outcome,
                         const char *path)
{
    const struct cp_diagnostic *finding = wish->finding;
    if (outcome == CP_FIX_APPLIED) {
        struct made *made = cp_list_push(&work->made, sizeof *made);
        *made = (struct made){.path = path,
                              .rule = finding->rule,
                              .severity = finding->severity,
                              .line = finding->fix->at.line,
                              .field = field_after(&work->mending->arena, finding),
                              .name = wish->name};
    } else if (outcome == CP_FIX_REFUSED) {
        refuse(work, wish->name, path, finding->fix->at.line, finding->rule,
               "something else in the file would change with it");
    }
}

static const struct wish *wish_of(const struct wish *wishes, size_t count, const struct cp_fix *fix)
{
    size_t i = 0;
    while (i + 1 < count && wishes[i].finding->fix != fix) {
        i++;
    }
    return &wishes[i];
}

static size_t mend_file(struct work *work, const struct wish *wishes, size_t count)
{
    struct cp_mended *file = file_of(work, wishes[0].finding->fix->place.file->path);
    struct cp_fix_try *tries = cp_alloc(count * sizeof *tries);
    struct cp_buf bytes;
    cp_buf_init(&bytes);
    for (size_t i = 0; i < count; i++) {
        tries[i] = (struct cp_fix_try){.fix = wishes[i].finding->fix};
    }
    size_t applied = cp_fixes_apply(&bytes, cp_buf_str(&file->is), tries, count);
    for (size_t i = 0; i < count; i++) {
        note_outcome(work, wish_of(wishes, count, tries[i].fix), tries[i].outcome, file->path);
    }
    cp_buf_release(&file->is);
    file->is = bytes;
    free(tries);
    return applied;
}

/* How many fixes were made. */
static size_t mend(struct work *work, const struct cp_findings *findings)
{
    size_t applied = 0;
    struct wishes wishes = {0};
    list_wishes(&wishes, work, findings);
    for (size_t from = 0, to = 0; from < wishes.items.count; from = to) {
        const char *path = wishes.items.items[from].finding->fix->place.file->path;
        while (to < wishes.items.count &&
               strcmp(wishes.items.items[to].finding->fix->place.file->path, path) == 0) {
            to++;
        }
        applied += mend_file(work, &wishes.items.items[from], to - from);
    }
    cp_list_release(&wishes.items);
    return applied;
}

/* ---- what has come up ------------------------------------------------------------------------ */

/* Entries of lists move up where one goes: their numbers do not count. */
static struct cp_str kind_of(struct cp_arena *arena, const struct cp_diagnostic *finding)
{
    struct cp_buf kind;
    bool is_index = false;
    cp_buf_init(&kind);
    cp_buf_printf(&kind, "%s %s ", finding->at.path ? finding->at.path : "", finding->rule->code);
    for (size_t i = 0; i < finding->field.len; i++) {
        char c = finding->field.at[i];
        is_index = c == '[' || (is_index && c != ']');
        if (!is_index || c == '[') {
            cp_buf_putc(&kind, c);
        }
    }
    struct cp_str copy = cp_arena_copy(arena, cp_buf_str(&kind));
    cp_buf_release(&kind);
    return copy;
}

/* How often findings were there before, by kind; and, by path, how many were not told. */
struct before {
    struct cp_arena arena;
    struct cp_map kinds;   /* -> size_t */
    struct cp_map omitted; /* -> size_t */
};

static size_t *count_at(struct before *before, struct cp_map *map, struct cp_str key)
{
    size_t *count = cp_map_find(map, key);
    if (!count) {
        count = cp_arena_alloc(&before->arena, sizeof *count);
        cp_map_put(map, key, count);
    }
    return count;
}

static void before_init(struct before *before, const struct cp_findings *found)
{
    cp_arena_init(&before->arena);
    cp_map_init(&before->kinds);
    cp_map_init(&before->omitted);
    for (size_t i = 0; i < found->count; i++) {
        ++*count_at(before, &before->kinds, kind_of(&before->arena, found->items[i]));
    }
    for (size_t i = 0; i < found->omission_count; i++) {
        *count_at(before, &before->omitted, cp_str_of(found->omissions[i].path)) +=
            found->omissions[i].count;
    }
}

static void before_release(struct before *before)
{
    cp_map_release(&before->kinds);
    cp_map_release(&before->omitted);
    cp_arena_release(&before->arena);
}

static bool take(const struct cp_map *counts, struct cp_str key)
{
    size_t *count = cp_map_find(counts, key);
    bool is_left = count && *count > 0;
    if (is_left) {
        --*count;
    }
    return is_left;
}

static bool is_same_file(const struct made *made, const struct cp_diagnostic *finding)
{
    return finding->at.path && strcmp(made->path, finding->at.path) == 0;
}

/* What an unsafe fix puts in may be worth a remark of its own. */
static bool is_answer(struct work *work, const struct cp_diagnostic *finding)
{
    for (size_t i = 0; i < work->made.count; i++) {
        struct made *made = &work->made.items[i];
        if (made->rule->fix == CP_FIX_UNSAFE && !made->is_answered && is_same_file(made, finding) &&
            finding->severity <= made->severity && cp_str_is_equal(made->field, finding->field)) {
            made->is_answered = true;
            return true;
        }
    }
    return false;
}

static bool is_within(struct cp_str field, struct cp_str parent)
{
    return cp_str_is_equal(cp_str_slice(field, 0, parent.len), parent) &&
           (field.len == parent.len || parent.len == 0 || field.at[parent.len] == '.' ||
            field.at[parent.len] == '[');
}

/* How closely a fix may have to do with a finding that came up. */
enum { NEAR, IN_FILE, ANYWHERE, CLOSENESSES };

static bool is_as_close(const struct made *made, const struct cp_diagnostic *finding, int closeness)
{
    return closeness == ANYWHERE ||
           (is_same_file(made, finding) &&
            (closeness == IN_FILE || is_within(finding->field, made->field) ||
             is_within(made->field, finding->field)));
}

/* Gives up the fixes that most likely brought a finding up. */
static void blame(struct work *work, const struct cp_diagnostic *finding)
{
    struct cp_arena *arena = &work->mending->arena;
    size_t blamed = 0;
    const char *why = cp_arena_printf(arena, "this would bring to light: %s [%s]",
                                      cp_printable_in(arena, finding->message), finding->rule->code)
                          .at;
    for (int closeness = NEAR; closeness < CLOSENESSES && blamed == 0; closeness++) {
        for (size_t i = 0; i < work->made.count; i++) {
            const struct made *made = &work->made.items[i];
            if (is_as_close(made, finding, closeness)) {
                refuse(work, made->name, made->path, made->line, made->rule, why);
                blamed++;
            }
        }
    }
}

/* Whether nothing has come up; else fixes have been given up for it. */
static bool is_clean(struct work *work, const struct cp_findings *findings)
{
    struct before before;
    size_t come_up = 0;
    before_init(&before, work->found);
    for (size_t i = 0; i < findings->count && come_up < MOST_BLAMED; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        bool is_known = take(&before.kinds, kind_of(&before.arena, finding)) ||
                        take(&before.omitted, cp_str_of(finding->at.path)) ||
                        is_answer(work, finding);
        if (!is_known) {
            blame(work, finding);
            come_up++;
        }
    }
    before_release(&before);
    return come_up == 0;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static bool attempt(struct work *work)
{
    const struct cp_findings *findings = work->found;
    forget_changes(work);
    for (size_t round = 0; round < MOST_ROUNDS && mend(work, findings) > 0; round++) {
        findings = look_again(work);
    }
    work->mending->findings = findings;
    return is_clean(work, findings);
}

static void give_up(struct work *work)
{
    for (size_t i = 0; i < work->made.count; i++) {
        const struct made *made = &work->made.items[i];
        refuse(work, made->name, made->path, made->line, made->rule,
               "with the other fixes, new findings would come up");
    }
    forget_changes(work);
    work->mending->findings = work->found;
}

/* What was tried in vain is no fix. */
static void drop_refused(struct work *work)
{
    const struct cp_findings *findings = work->mending->findings;
    for (size_t i = 0; i < findings->count; i++) {
        struct cp_diagnostic *finding = findings->items[i];
        if (finding->fix && cp_map_find(&work->refused, name_of(&work->mending->arena, finding))) {
            finding->fix = NULL;
        }
    }
}

void cp_mending_open(struct cp_mending *out, const struct cp_source *source,
                     const struct cp_request *request, const struct cp_selection *selection,
                     const struct cp_findings *found, bool is_unsafe)
{
    struct work work = {.mending = out,
                        .source = source,
                        .request = request,
                        .selection = selection,
                        .found = found,
                        .is_unsafe = is_unsafe};
    *out = (struct cp_mending){.findings = found};
    cp_arena_init(&out->arena);
    cp_map_init(&work.refused);
    bool is_done = false;
    for (size_t i = 0; i < MOST_ATTEMPTS && !is_done; i++) {
        is_done = attempt(&work);
    }
    if (!is_done) {
        give_up(&work);
    }
    if (work.made.count == 0) {
        close_engine(out);
        out->findings = found;
    }
    out->fixed = work.made.count;
    drop_refused(&work);
    drop_unchanged(out);
    cp_map_release(&work.refused);
    cp_list_release(&work.made);
}

void cp_mending_close(struct cp_mending *mending)
{
    close_engine(mending);
    for (size_t i = 0; i < mending->files.count; i++) {
        cp_buf_release(&mending->files.items[i].was);
        cp_buf_release(&mending->files.items[i].is);
    }
    cp_list_release(&mending->files);
    cp_list_release(&mending->left);
    cp_list_release(&mending->overlaid);
    cp_arena_release(&mending->arena);
}
