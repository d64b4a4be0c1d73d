/*
 * From the days that the facts tell to the entries of a plan that stand behind them, and which of
 * those are for an audience. Says nothing of how they are shown.
 */
#include "due.h"

#include <stdlib.h>

/* ---- values of a plan ------------------------------------------------------------------------ */

struct cp_member viewed_plan(const struct cp_viewed *viewed)
{
    return (struct cp_member){.leaf = &viewed->plan->leaf, .frame = {.plan = viewed->plan}};
}

static bool is_shown(const struct cp_member *at, enum cp_audience audience)
{
    return cp_frame_shows(&at->frame, at->field, at->leaf, audience);
}

bool viewed_find(struct cp_member *out, const struct cp_member *entry, const char *path,
                 enum cp_audience audience)
{
    return cp_member_find(out, entry, path) && out->leaf->state == CP_SET &&
           is_shown(out, audience);
}

struct cp_str viewed_text(const struct cp_member *entry, const char *path,
                          enum cp_audience audience)
{
    struct cp_member at;
    if (!viewed_find(&at, entry, path, audience)) {
        return (struct cp_str){0};
    }
    return at.field->type == CP_TYPE_CHOICE
               ? cp_str_of(
                     cp_choice_word(at.field, (const struct cp_choice *)(const void *)at.leaf))
               : cp_member_text(&at);
}

struct cp_str viewed_name(const struct cp_viewed *viewed)
{
    const struct cp_text *name = &viewed->plan->name;
    return name->leaf.state == CP_SET ? name->text : viewed->id;
}

/* ---- entries with a day ---------------------------------------------------------------------- */

/* An entry by the path of its day, as the facts name it. */
struct dated {
    struct cp_member entry, record, day;
};

struct search {
    const struct cp_viewed *viewed;
    enum cp_audience audience;
    struct cp_arena *arena;
    struct cp_map by_path; /* of a day -> struct dated */
    struct cp_map stores;  /* id -> struct cp_member */
};

static void note(struct search *in, const struct cp_member *entry, const struct cp_member *record,
                 const char *key)
{
    struct cp_member day;
    struct cp_buf path;
    if (entry->leaf->state != CP_SET || !cp_member_find(&day, entry, key) ||
        day.leaf->state != CP_SET) {
        return;
    }
    struct dated *dated = cp_arena_alloc(in->arena, sizeof(*dated));
    *dated = (struct dated){*entry, *record, day};
    cp_buf_init(&path);
    cp_node_path(&path, day.leaf->node);
    cp_map_put(&in->by_path, cp_arena_copy(in->arena, cp_buf_str(&path)), dated);
    cp_buf_release(&path);
}

static void note_findings(struct search *in, const struct cp_member *record)
{
    struct cp_member findings;
    if (record->leaf->state != CP_SET || !cp_member_find(&findings, record, "findings") ||
        !cp_member_is_list(&findings)) {
        return;
    }
    for (size_t i = 0; i < cp_member_count(&findings); i++) {
        struct cp_member finding = cp_member_item(&findings, i);
        note(in, &finding, record, "due");
    }
}

static void note_list(struct search *in, const char *path)
{
    struct cp_member plan = viewed_plan(in->viewed);
    struct cp_member list;
    if (!cp_member_find(&list, &plan, path) || !cp_member_is_list(&list)) {
        return;
    }
    bool is_of_records =
        list.field->of != NULL && cp_field_find(list.field->of, CP_STR("findings"));
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member entry = cp_member_item(&list, i);
        note(in, &entry, &entry, "date");
        if (is_of_records) {
            note_findings(in, &entry);
        }
    }
}

static void note_stores(struct search *in)
{
    struct cp_member plan = viewed_plan(in->viewed);
    struct cp_member list;
    if (!cp_member_find(&list, &plan, "backup_restore.stores") || !cp_member_is_list(&list)) {
        return;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member store = cp_member_item(&list, i);
        struct cp_member id;
        if (store.leaf->state == CP_SET && cp_member_find(&id, &store, "id") &&
            id.leaf->state == CP_SET) {
            struct cp_member *kept = cp_arena_alloc(in->arena, sizeof(*kept));
            *kept = id;
            cp_map_put(&in->stores, cp_member_text(&id), kept);
        }
    }
}

static void search_init(struct search *in)
{
    struct cp_member plan = viewed_plan(in->viewed);
    struct cp_member review;
    cp_map_init(&in->by_path);
    cp_map_init(&in->stores);
    if (cp_member_find(&review, &plan, "review")) {
        note(in, &review, &review, "last");
    }
    note_list(in, "supporting.exercises");
    note_list(in, "supporting.activations");
    note_list(in, "backup_restore.restore_tests");
    note_stores(in);
}

/* ---- what is due ----------------------------------------------------------------------------- */

/* Where the plan says how often, by enum cp_due_kind. */
static const char *const terms[] = {
    [CP_DUE_EXERCISE] = "supporting.exercise_every",
    [CP_DUE_RESTORE_TEST] = "backup_restore.restore_test_every",
    [CP_DUE_REVIEW] = "review.every",
    [CP_DUE_FINDING] = NULL,
};

/* A day tells how often something is done, and whoever may not know that is told neither. */
static bool is_open(const struct search *in, const struct cp_due *due, const struct dated *dated,
                    struct cp_str about)
{
    struct cp_member plan = viewed_plan(in->viewed);
    struct cp_member term;
    const struct cp_member *store =
        due->kind == CP_DUE_RESTORE_TEST ? cp_map_find(&in->stores, about) : NULL;
    bool is_term_open = !terms[due->kind] || !cp_member_find(&term, &plan, terms[due->kind]) ||
                        is_shown(&term, in->audience);
    return is_term_open && (!store || is_shown(store, in->audience)) &&
           is_shown(&dated->record, in->audience) && is_shown(&dated->entry, in->audience) &&
           is_shown(&dated->day, in->audience);
}

/* Of a finding: its id in its exercise, where both have one; else where it stands. */
static struct cp_str key_of(const struct search *in, const struct cp_facts *facts,
                            const struct cp_due *due, const struct dated *dated)
{
    struct cp_member record, finding;
    if (due->kind == CP_DUE_RESTORE_TEST) {
        return cp_arena_copy(in->arena, cp_fact_str(facts, due->dated->about));
    }
    if (due->kind != CP_DUE_FINDING) {
        return (struct cp_str){0};
    }
    if (cp_member_find(&record, &dated->record, "id") && record.leaf->state == CP_SET &&
        cp_member_find(&finding, &dated->entry, "id") && finding.leaf->state == CP_SET) {
        return cp_arena_printf(in->arena, "%.*s/%.*s", CP_ARG(cp_member_text(&record)),
                               CP_ARG(cp_member_text(&finding)));
    }
    return cp_arena_copy(in->arena, cp_fact_str(facts, due->dated->field));
}

static void take(struct due_items *out, const struct search *in, const struct cp_facts *facts,
                 const struct cp_due *due)
{
    const struct dated *dated = cp_map_find(&in->by_path, cp_fact_str(facts, due->dated->field));
    if (!dated || !is_open(in, due, dated, cp_fact_str(facts, due->dated->about))) {
        out->withheld++;
        return;
    }
    struct due_item *item = cp_list_push(&out->items, sizeof *item);
    *item = (struct due_item){.due = *due,
                              .last = due->dated->date,
                              .entry = dated->entry,
                              .record = dated->record,
                              .key = key_of(in, facts, due, dated)};
    item->due.dated = NULL; /* the facts are gone with this call */
}

void due_items_init(struct due_items *out, const struct cp_viewed *viewed,
                    enum cp_audience audience, struct cp_date today, struct cp_arena *arena)
{
    struct search in = {.viewed = viewed, .audience = audience, .arena = arena};
    struct cp_limits limits;
    struct cp_due due;
    *out = (struct due_items){0};
    if (cp_plan_phase(viewed->plan) == CP_RETIRED) {
        return;
    }
    struct cp_facts *facts =
        cp_facts_new(viewed->plan, viewed->id, viewed->portfolio, CP_FACTS_RULES, arena);
    cp_limits_init(&limits, viewed->profile, &viewed->portfolio->config);
    struct cp_dues dues = {
        .facts = facts, .portfolio = viewed->portfolio, .every = limits.every, .today = today};
    search_init(&in);
    while (cp_dues_next(&due, &dues)) {
        take(out, &in, facts, &due);
    }
    cp_map_release(&in.by_path);
    cp_map_release(&in.stores);
    free(facts);
}

void due_items_release(struct due_items *items)
{
    cp_list_release(&items->items);
}
