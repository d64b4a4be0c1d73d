/*
 * Values that a document leaves unknown: which they are, and since when. The day is somebody else's
 * to tell, from older versions of the document; here stands when one of those says the same.
 */
#include "import.h"

/* ---- which they are -------------------------------------------------------------------------- */

struct unknowns {
    struct cp_arena *arena;
    CP_LIST(struct cp_import_unknown) items;
    CP_LIST(struct draft *) drafts; /* `unknown` of each */
};

static void add(struct unknowns *unknowns, struct draft *draft, struct cp_str path)
{
    const struct draft *reason = draft_find(draft, "reason");
    struct cp_import_unknown *item = cp_list_push(&unknowns->items, sizeof *item);
    *item = (struct cp_import_unknown){.path = path, .reason = reason->text};
    *(struct draft **)cp_list_push(&unknowns->drafts, sizeof draft) = draft;
}

/* As deep as the tables are. */
static void collect(struct unknowns *unknowns, struct draft *parent, struct cp_str path)
{
    size_t index = 0;
    for (struct draft *child = parent->first; child; child = child->next) {
        struct cp_arena *arena = unknowns->arena;
        struct cp_str below = parent->kind == DRAFT_LIST
                                  ? cp_arena_printf(arena, "%.*s[%zu]", CP_ARG(path), index++)
                                  : cp_arena_printf(arena, "%.*s%s%.*s", CP_ARG(path),
                                                    path.len > 0 ? "." : "", CP_ARG(child->key));
        if (child->object == &cp_object_unknown) {
            add(unknowns, child, path);
        } else if (child->kind != DRAFT_TEXT) {
            collect(unknowns, child, below);
        }
    }
}

static void open_unknowns(struct unknowns *out, struct import *import)
{
    *out = (struct unknowns){.arena = import->arena};
    collect(out, import->plan, CP_STR(""));
}

static void release(struct unknowns *unknowns)
{
    cp_list_release(&unknowns->items);
    cp_list_release(&unknowns->drafts);
}

/* ---- since when ------------------------------------------------------------------------------ */

static void put_since(struct import *import, struct draft *draft,
                      const struct cp_import_unknown *unknown)
{
    struct cp_buf day;
    if (unknown->is_lost) {
        draft_note(import->arena, draft,
                   CP_STR("check: add since which day it is not known (since); the history of the "
                          "document could not be read"));
    }
    if (unknown->has_since) {
        cp_buf_init(&day);
        cp_date_put(&day, unknown->since);
        draft_set(import->arena, draft, "since", cp_arena_copy(import->arena, cp_buf_str(&day)));
        cp_buf_release(&day);
    }
}

void unknowns_date(struct import *import)
{
    struct unknowns unknowns;
    if (!import->asked->date) {
        return;
    }
    open_unknowns(&unknowns, import);
    if (unknowns.items.count > 0) {
        import->asked->date(import->asked->context, unknowns.items.items, unknowns.items.count);
    }
    for (size_t i = 0; i < unknowns.items.count; i++) {
        put_since(import, unknowns.drafts.items[i], &unknowns.items.items[i]);
    }
    release(&unknowns);
}

/* ---- whether it was so before ---------------------------------------------------------------- */

/* Word for word, but for case and punctuation. */
static bool says_same(struct cp_str a, struct cp_str b)
{
    struct cp_str left;
    struct cp_str right;
    for (;;) {
        bool has_left = words_next(&left, &a);
        bool has_right = words_next(&right, &b);
        if (!has_left || !has_right) {
            return has_left == has_right;
        }
        if (!cp_str_is_equal_folded(left, right)) {
            return false;
        }
    }
}

void unknowns_compare(bool *is_said, struct import *older, const struct cp_import_unknown *wanted,
                      size_t count)
{
    struct unknowns unknowns;
    open_unknowns(&unknowns, older);
    for (size_t i = 0; i < count; i++) {
        is_said[i] = false;
        for (size_t j = 0; j < unknowns.items.count; j++) {
            const struct cp_import_unknown *found = &unknowns.items.items[j];
            is_said[i] = is_said[i] || (cp_str_is_equal(found->path, wanted[i].path) &&
                                        says_same(found->reason, wanted[i].reason));
        }
    }
    release(&unknowns);
}
