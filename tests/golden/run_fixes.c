/*
 * Fixes over every fixture of the rules, and over the example portfolio with slips of the pen put
 * into it. Whatever is mended: no finding comes up, nothing is left to mend, no byte changes
 * outside of what a fix names, and every comment stays.
 */
#include "names.h"
#include "suites.h"

#include <contplan/engine.h>
#include <contplan/rules.h>
#include <contplan/source.h>
#include <contplan/yaml.h>

#include <stdlib.h>
#include <string.h>

static const char fixtures[] = CONTPLAN_SOURCE_DIR "/tests/golden/rules";
static const char example[] = CONTPLAN_SOURCE_DIR "/plans/example";

/* Files in memory. */
struct tree {
    struct cp_arena arena;
    CP_LIST(struct cp_overlay_file) files;
};

static void tree_release(struct tree *tree)
{
    cp_list_release(&tree->files);
    cp_arena_release(&tree->arena);
}

static void add_file(struct tree *tree, const char *path, struct cp_str bytes)
{
    *(struct cp_overlay_file *)cp_list_push(&tree->files, sizeof(struct cp_overlay_file)) =
        (struct cp_overlay_file){path, bytes};
}

static struct cp_str load(struct cp_arena *arena, const char *path)
{
    struct cp_error error;
    struct cp_buf bytes;
    cp_buf_init(&bytes);
    ck_assert_msg(cp_source_folder.load(&cp_source_folder, path, SIZE_MAX, &bytes, &error) == 0,
                  "%s", path);
    struct cp_str copy = cp_arena_copy(arena, cp_buf_str(&bytes));
    cp_buf_release(&bytes);
    return copy;
}

/* Earlier versions of files, whose heads end in a day, are left out. */
static void read_fixture(struct tree *out, const char *name)
{
    *out = (struct tree){0};
    cp_arena_init(&out->arena);
    struct cp_str mark = CP_STR("--- # file: ");
    struct cp_str rest = load(&out->arena, cp_path_join(&out->arena, fixtures, name));
    struct cp_str end = cp_str_slice(rest, rest.len, 0);
    struct cp_str line;
    bool is_kept = false;
    for (const char *from = rest.at; cp_str_line(&line, &rest); from = rest.at) {
        const char *to = rest.len > 0 ? rest.at : end.at;
        if (cp_str_has_prefix(line, mark.at)) {
            struct cp_str path = cp_str_slice(line, mark.len, SIZE_MAX);
            is_kept = cp_str_find(path, CP_STR(" ")) == SIZE_MAX;
            if (is_kept) {
                add_file(out, cp_arena_copy(&out->arena, path).at, (struct cp_str){to, 0});
            }
        } else if (is_kept && out->files.count > 0) {
            out->files.items[out->files.count - 1].bytes.len += (size_t)(to - from);
        }
    }
}

/* ---- what must hold -------------------------------------------------------------------------- */

struct mended {
    const struct tree *tree;
    struct cp_overlay overlay;
    struct cp_source source;
    struct cp_request request;
    struct cp_selection selection;
    struct cp_engine *engine;
    const struct cp_findings *found;
    struct cp_mending mending;
};

static void mend(struct mended *out, const struct tree *tree, bool is_unsafe)
{
    *out = (struct mended){.tree = tree};
    out->overlay = (struct cp_overlay){tree->files.items, tree->files.count, NULL};
    out->source = cp_source_overlay(&out->overlay);
    out->request = (struct cp_request){.today = cp_date_of(2026, 11, 23), .jobs = 1};
    cp_selection_init(&out->selection);
    out->engine = cp_engine_new(&out->source, &out->request);
    out->found = cp_engine_validate(out->engine, &out->selection);
    cp_mending_open(&out->mending, &out->source, &out->request, &out->selection, out->found,
                    is_unsafe);
}

static void mended_release(struct mended *mended)
{
    cp_mending_close(&mended->mending);
    cp_engine_free(mended->engine);
    cp_selection_release(&mended->selection);
}

static struct cp_str without_numbers(struct cp_arena *arena, struct cp_str field)
{
    char *text = cp_arena_alloc(arena, field.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] < '0' || field.at[i] > '9') {
            text[len++] = field.at[i];
        }
    }
    return (struct cp_str){text, len};
}

static size_t count_alike(const struct cp_findings *findings, const struct cp_diagnostic *like,
                          struct cp_arena *arena)
{
    size_t count = 0;
    struct cp_str field = without_numbers(arena, like->field);
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *other = findings->items[i];
        count += other->rule == like->rule && strcmp(other->at.path, like->at.path) == 0 &&
                 cp_str_is_equal(without_numbers(arena, other->field), field);
    }
    return count;
}

/* An unsafe fix leaves a lesser finding where it was made. */
static bool is_lesser(const struct cp_findings *found, const struct cp_diagnostic *finding)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct cp_diagnostic *old = found->items[i];
        if (old->fix && old->rule->fix == CP_FIX_UNSAFE && old->severity >= finding->severity &&
            strcmp(old->at.path, finding->at.path) == 0 &&
            cp_str_is_equal(old->field, finding->field)) {
            return true;
        }
    }
    return false;
}

static void check_findings(const struct mended *mended, const char *name, bool is_unsafe)
{
    struct cp_arena arena;
    const struct cp_findings *left = mended->mending.findings;
    cp_arena_init(&arena);
    for (size_t i = 0; i < left->count; i++) {
        const struct cp_diagnostic *finding = left->items[i];
        size_t before = count_alike(mended->found, finding, &arena);
        size_t after = count_alike(left, finding, &arena);
        ck_assert_msg(after <= before || (is_unsafe && is_lesser(mended->found, finding)),
                      "%s: %s:%u: %s has come up: %.*s", name, finding->at.path, finding->at.line,
                      finding->rule->code, CP_ARG(finding->message));
    }
    cp_arena_release(&arena);
}

static bool is_mended(const struct mended *mended, const char *path, struct cp_str *is)
{
    for (size_t i = 0; i < mended->mending.files.count; i++) {
        if (strcmp(mended->mending.files.items[i].path, path) == 0) {
            *is = cp_buf_str(&mended->mending.files.items[i].is);
            return true;
        }
    }
    return false;
}

static void check_again(const struct mended *mended, const char *name, bool is_unsafe)
{
    struct tree tree = {0};
    struct mended again;
    cp_arena_init(&tree.arena);
    for (size_t i = 0; i < mended->tree->files.count; i++) {
        struct cp_overlay_file file = mended->tree->files.items[i];
        (void)is_mended(mended, file.path, &file.bytes);
        add_file(&tree, file.path, file.bytes);
    }
    mend(&again, &tree, is_unsafe);
    ck_assert_msg(again.mending.fixed == 0, "%s: %zu more to mend", name, again.mending.fixed);
    ck_assert_uint_eq(again.mending.files.count, 0);
    mended_release(&again);
    tree_release(&tree);
}

/* Whether a byte is among those that a fix takes out, of those found first. */
static bool is_named(const struct cp_findings *found, const char *path, size_t at)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct cp_fix *fix = found->items[i]->fix;
        if (fix && strcmp(fix->place.file->path, path) == 0 && at >= fix->place.span.offset &&
            at < (size_t)fix->place.span.offset + fix->place.span.length) {
            return true;
        }
    }
    return false;
}

static bool begins_fix(const struct cp_findings *found, const char *path, size_t at)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct cp_fix *fix = found->items[i]->fix;
        if (fix && strcmp(fix->place.file->path, path) == 0 && at == fix->place.span.offset) {
            return true;
        }
    }
    return false;
}

/* What stands between the places of fixes still stands there, in its order: only where one round
 * was enough, since later ones name other bytes. */
static void check_bytes(const struct mended *mended, const char *name)
{
    for (size_t i = 0; i < mended->mending.files.count; i++) {
        const struct cp_mended *file = &mended->mending.files.items[i];
        struct cp_str was = cp_buf_str(&file->was);
        struct cp_str is = cp_buf_str(&file->is);
        for (size_t from = 0; from < was.len;) {
            size_t to = from;
            while (to < was.len && !is_named(mended->found, file->path, to) &&
                   (to == from || !begins_fix(mended->found, file->path, to))) {
                to++;
            }
            size_t at = cp_str_find(is, cp_str_slice(was, from, to - from));
            ck_assert_msg(at != SIZE_MAX, "%s: %s: changed at byte %zu: '%.*s'", name, file->path,
                          from, (int)(to - from), was.at + from);
            is = cp_str_slice(is, at + (to - from), SIZE_MAX);
            from = to > from ? to : to + 1;
        }
    }
}

static void check_mending(const struct tree *tree, const char *name, bool is_unsafe)
{
    struct mended mended;
    mend(&mended, tree, is_unsafe);
    check_findings(&mended, name, is_unsafe);
    if (mended.mending.fixed > 0) {
        check_again(&mended, name, is_unsafe);
        check_bytes(&mended, name);
    }
    mended_release(&mended);
}

/* ---- fixtures -------------------------------------------------------------------------------- */

static struct names names;

START_TEST(fixtures_are_mended_and_nothing_else)
{
    struct tree tree;
    read_fixture(&tree, names.items.items[_i]);
    check_mending(&tree, names.items.items[_i], false);
    check_mending(&tree, names.items.items[_i], true);
    tree_release(&tree);
}
END_TEST

/* ---- slips of the pen ------------------------------------------------------------------------ */

struct listing {
    struct tree *tree;
    const char *folder;
};

static bool add_entry(void *context, const struct cp_entry *entry)
{
    struct listing *listing = context;
    struct cp_arena *arena = &listing->tree->arena;
    const char *path = cp_path_join(arena, listing->folder, entry->name);
    if (entry->kind == CP_PATH_FILE) {
        const char *from = cp_path_join(arena, example, path);
        add_file(listing->tree, path, load(arena, from));
    }
    return true;
}

static void read_example(struct tree *out)
{
    static const char *const folders[] = {".", "plans", "runbooks"};
    struct cp_error error;
    *out = (struct tree){0};
    cp_arena_init(&out->arena);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct listing listing = {out, folders[i]};
        const char *folder = cp_path_join(&out->arena, example, folders[i]);
        ck_assert(cp_source_folder.list(&cp_source_folder, folder, add_entry, &listing, &error) ==
                  0);
    }
}

/* Counts slips that are mended; those that are not leave the file as it is. */
static bool mends_slip(const struct tree *tree, struct cp_overlay_file *file, struct cp_str was)
{
    struct mended mended;
    struct cp_str is = file->bytes;
    mend(&mended, tree, false);
    bool is_found = is_mended(&mended, file->path, &is);
    ck_assert_msg(cp_str_is_equal(is, is_found ? was : file->bytes),
                  "neither mended nor left: %.*s", CP_ARG(file->bytes));
    mended_release(&mended);
    return is_found;
}

/* The second letter of each key that is long enough is left out, one key at a time. */
START_TEST(slips_in_keys_are_mended_to_what_was_there)
{
    struct tree tree;
    struct cp_file source;
    struct cp_yaml yaml;
    struct cp_diags diags;
    size_t slips = 0;
    size_t mended = 0;
    read_example(&tree);
    struct cp_overlay_file *file = &tree.files.items[0];
    while (strcmp(file->path, "plans/permits.yaml") != 0) {
        file++;
    }
    const struct cp_str was = file->bytes;
    cp_diags_init(&diags);
    cp_file_init(&source, file->path);
    cp_file_set(&source, was);
    cp_yaml_parse(&yaml, &tree.arena, &source, &diags);
    for (const struct cp_node *node = yaml.root->first; node; node = node->next) {
        for (const struct cp_node *child = node; child; child = child->first) {
            if (!child->key || child->key->span.length < 4 || (child != node && child->index > 0)) {
                continue;
            }
            size_t at = child->key->span.offset;
            file->bytes = cp_arena_printf(&tree.arena, "%.*s%.*s", (int)at + 1, was.at,
                                          CP_ARG(cp_str_slice(was, at + 2, SIZE_MAX)));
            slips++;
            mended += mends_slip(&tree, file, was);
        }
    }
    ck_assert_uint_gt(slips, 20);
    ck_assert_msg(mended * 10 >= slips * 7, "%zu of %zu are mended", mended, slips);
    cp_file_drop(&source);
    cp_diags_release(&diags);
    tree_release(&tree);
}
END_TEST

Suite *cp_golden_fixes(void)
{
    Suite *suite = suite_create("fixes");
    TCase *tcase = tcase_create("fixtures");
    names_list(&names, fixtures, ".yaml");
    tcase_add_loop_test(tcase, fixtures_are_mended_and_nothing_else, 0, (int)names.items.count);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("slips");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, slips_in_keys_are_mended_to_what_was_there);
    suite_add_tcase(suite, tcase);
    return suite;
}
