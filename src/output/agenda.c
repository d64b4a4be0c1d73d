/*
 * What falls due, as events of a calendar: which there are, what they are called, and by what each
 * is known again when its day moves. How a calendar is written is another file's.
 */
#include "due.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_MOST = 400 }; /* bytes of a plan's text in an event */

void cp_agenda_init(struct cp_agenda *out, enum cp_audience audience, struct cp_date today)
{
    *out = (struct cp_agenda){.audience = audience, .today = today};
    cp_map_init(&out->seen);
    cp_map_init(&out->uids);
    cp_arena_init(&out->arena);
}

void cp_agenda_release(struct cp_agenda *agenda)
{
    cp_list_release(&agenda->events);
    cp_map_release(&agenda->seen);
    cp_map_release(&agenda->uids);
    cp_arena_release(&agenda->arena);
}

/* ---- words ----------------------------------------------------------------------------------- */

/* Puts a text of a plan on one line, cut where it is long. */
static void put_line(struct cp_buf *out, struct cp_str text)
{
    size_t from = out->len;
    bool is_blank = false;
    text = cp_str_trim(text);
    for (size_t i = 0; i < text.len; i++) {
        bool is_space = text.at[i] == ' ' || (text.at[i] >= '\t' && text.at[i] <= '\r');
        bool is_start = ((unsigned char)text.at[i] & 0xC0) != 0x80;
        if (is_start && out->len - from >= TEXT_MOST) {
            cp_buf_puts(out, "…");
            break;
        }
        if (!is_space) {
            cp_buf_puts(out, is_blank ? " " : "");
            cp_buf_putc(out, text.at[i]);
        }
        is_blank = is_space;
    }
}

/* A line "Owner: Maya Lind"; nothing where there is no text. */
static void put_labelled(struct cp_buf *out, const char *label, struct cp_str text)
{
    if (text.len > 0) {
        cp_buf_printf(out, "%s: ", label);
        put_line(out, text);
        cp_buf_putc(out, '\n');
    }
}

static void put_holder(struct cp_buf *out, const char *label, const struct cp_portfolio *portfolio,
                       struct cp_str id)
{
    put_labelled(out, label, id.len > 0 ? cp_portfolio_name_of(portfolio, id) : id);
}

/* ---- events ---------------------------------------------------------------------------------- */

/* What an event is made of. */
struct draft {
    struct cp_agenda *agenda;
    const struct cp_viewed *viewed; /* NULL: of a portfolio file */
    enum cp_event_kind kind;
    struct cp_date date;
    struct cp_str key; /* what tells it from others of its kind; raw */
    struct cp_buf summary, description;
};

static struct draft draft_of(struct cp_agenda *agenda, const struct cp_viewed *viewed,
                             enum cp_event_kind kind, struct cp_date date, struct cp_str key)
{
    struct draft draft = {agenda, viewed, kind, date, key, {0}, {0}};
    cp_buf_init(&draft.summary);
    cp_buf_init(&draft.description);
    return draft;
}

static const char *const words[] = {
    [CP_EVENT_EXERCISE] = "exercise", [CP_EVENT_RESTORE_TEST] = "restore-test",
    [CP_EVENT_REVIEW] = "review",     [CP_EVENT_FINDING] = "finding",
    [CP_EVENT_WAIVER] = "waiver",
};

/* Plans of several portfolios may have one id; then the order of their paths tells them apart. */
static struct cp_str uid_of(const struct draft *draft)
{
    struct cp_agenda *agenda = draft->agenda;
    struct cp_str plan = draft->viewed ? draft->viewed->id : (struct cp_str){0};
    char digest[CP_SHA256_TEXT];
    struct cp_str name = cp_arena_printf(&agenda->arena, "%s\n%.*s\n%.*s", words[draft->kind],
                                         CP_ARG(plan), CP_ARG(draft->key));
    size_t *seen = cp_map_find(&agenda->uids, name);
    if (!seen) {
        seen = cp_arena_alloc(&agenda->arena, sizeof(*seen));
        cp_map_put(&agenda->uids, name, seen);
    }
    cp_sha256(digest,
              *seen > 0 ? cp_arena_printf(&agenda->arena, "%.*s\n%zu", CP_ARG(name), *seen) : name);
    (*seen)++;
    return cp_arena_printf(&agenda->arena, "%.32s@contplan", digest);
}

static struct cp_str hidden(const struct draft *draft, const struct cp_secrets *shared,
                            const struct cp_buf *text)
{
    struct cp_arena *arena = &draft->agenda->arena;
    struct cp_str result = cp_arena_copy(arena, cp_buf_str(text));
    if (draft->viewed && draft->viewed->own) {
        result = cp_secrets_mask_own(draft->viewed->own, result, arena);
    }
    return shared ? cp_secrets_mask_own(shared, result, arena) : result;
}

/* Adds the event, and gives the draft back. */
static void finish(struct draft *draft, const struct cp_secrets *shared)
{
    struct cp_agenda *agenda = draft->agenda;
    struct cp_event event = {
        .kind = draft->kind,
        .date = draft->date,
        .is_overdue = agenda->today.days > draft->date.days,
        .uid = uid_of(draft),
        .summary = hidden(draft, shared, &draft->summary),
        .description = hidden(draft, shared, &draft->description),
        .order = agenda->events.count,
    };
    *(struct cp_event *)cp_list_push(&agenda->events, sizeof event) = event;
    cp_buf_release(&draft->summary);
    cp_buf_release(&draft->description);
}

static struct cp_str file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return cp_str_of(slash ? slash + 1 : path);
}

/* As seen from the portfolio file: where the plans are checked out is nobody's business. */
static struct cp_str path_within(const struct cp_portfolio *portfolio, const char *path)
{
    struct cp_str whole = cp_str_of(path);
    if (!portfolio->file) {
        return *path == '/' ? file_name(path) : whole;
    }
    size_t folder = strlen(portfolio->file->path) - file_name(portfolio->file->path).len;
    bool is_in = strncmp(path, portfolio->file->path, folder) == 0;
    return cp_str_slice(whole, is_in ? folder : 0, SIZE_MAX);
}

/* "Plan: permits (plans/permits.yaml)". */
static void put_plan(struct draft *draft)
{
    cp_buf_puts(&draft->description, "Plan: ");
    put_line(&draft->description, draft->viewed->id);
    cp_buf_puts(&draft->description, " (");
    put_line(&draft->description, path_within(draft->viewed->portfolio, draft->viewed->path));
    cp_buf_puts(&draft->description, ")\n");
}

/* ---- what falls due -------------------------------------------------------------------------- */

/* "Last on 2026-09-17. The next is due by 2027-03-17 (every 6mo)." */
static void put_term(struct draft *draft, const struct due_item *item)
{
    struct cp_buf *out = &draft->description;
    cp_buf_puts(out, "Last on ");
    cp_date_put(out, item->last);
    cp_buf_puts(out, item->due.is_overdue ? ". The next was due by " : ". The next is due by ");
    cp_date_put(out, item->due.date);
    cp_buf_puts(out, " (every ");
    cp_duration_put(out, item->due.every);
    cp_buf_puts(out, ").\n");
}

static void put_exercise(struct draft *draft, const struct due_item *item)
{
    enum cp_audience audience = draft->agenda->audience;
    cp_buf_puts(&draft->summary, "Exercise of ");
    put_term(draft, item);
    put_labelled(&draft->description, "Last exercise", viewed_text(&item->entry, "id", audience));
    put_labelled(&draft->description, "Type", viewed_text(&item->entry, "type", audience));
    put_labelled(&draft->description, "Scenario", viewed_text(&item->entry, "scenario", audience));
    put_labelled(&draft->description, "Result", viewed_text(&item->entry, "result", audience));
}

static void put_restore_test(struct draft *draft, const struct due_item *item)
{
    cp_buf_puts(&draft->summary, "Restore test of the store ");
    put_line(&draft->summary, item->key);
    cp_buf_puts(&draft->summary, " of ");
    put_term(draft, item);
    put_labelled(&draft->description, "Backup",
                 viewed_text(&item->entry, "backup", draft->agenda->audience));
}

static void put_review(struct draft *draft, const struct due_item *item)
{
    cp_buf_puts(&draft->summary, "Review of ");
    put_term(draft, item);
    put_holder(&draft->description, "Last by", draft->viewed->portfolio,
               viewed_text(&item->entry, "by", draft->agenda->audience));
}

static void put_finding(struct draft *draft, const struct due_item *item)
{
    enum cp_audience audience = draft->agenda->audience;
    struct cp_str id = viewed_text(&item->entry, "id", audience);
    cp_buf_puts(&draft->summary, id.len > 0 ? "Finding " : "Finding");
    put_line(&draft->summary, id);
    cp_buf_puts(&draft->summary, " of ");
    put_line(&draft->description, viewed_text(&item->entry, "text", audience));
    cp_buf_puts(&draft->description, draft->description.len > 0 ? "\n" : "");
    put_labelled(&draft->description, "Severity", viewed_text(&item->entry, "severity", audience));
    put_holder(&draft->description, "Owner", draft->viewed->portfolio,
               viewed_text(&item->entry, "owner", audience));
    put_labelled(&draft->description, "Found by", viewed_text(&item->record, "id", audience));
}

static const struct {
    enum cp_event_kind kind;
    void (*put)(struct draft *draft, const struct due_item *item);
} of_due[] = {
    [CP_DUE_EXERCISE] = {CP_EVENT_EXERCISE, put_exercise},
    [CP_DUE_RESTORE_TEST] = {CP_EVENT_RESTORE_TEST, put_restore_test},
    [CP_DUE_REVIEW] = {CP_EVENT_REVIEW, put_review},
    [CP_DUE_FINDING] = {CP_EVENT_FINDING, put_finding},
};

static void add_due(struct cp_agenda *agenda, const struct cp_viewed *viewed,
                    const struct due_item *item)
{
    enum cp_due_kind kind = item->due.kind;
    struct draft draft = draft_of(agenda, viewed, of_due[kind].kind, item->due.date, item->key);
    of_due[kind].put(&draft, item);
    put_line(&draft.summary, viewed_name(viewed));
    put_plan(&draft);
    finish(&draft, viewed->shared);
}

/* ---- waivers --------------------------------------------------------------------------------- */

static void put_waiver(struct draft *draft, const struct cp_rule *rule)
{
    bool is_over = draft->agenda->today.days > draft->date.days;
    cp_buf_printf(&draft->summary, "Waiver of %s %s: ", rule->code, is_over ? "ended" : "ends");
    cp_buf_printf(&draft->description, "%s %s: %s.\n", rule->code, rule->name, rule->summary);
}

/* Whether plans share the entry, and it was seen in another one. */
static bool is_seen(struct cp_agenda *agenda, const struct cp_leaf *leaf)
{
    struct cp_buf path;
    cp_buf_init(&path);
    cp_buf_printf(&path, "%s\n", leaf->node->file->path);
    cp_node_path(&path, leaf->node);
    struct cp_str key = cp_arena_copy(&agenda->arena, cp_buf_str(&path));
    bool result = leaf->is_inherited && cp_map_put(&agenda->seen, key, agenda) != NULL;
    cp_buf_release(&path);
    return result;
}

static void add_entry(struct cp_agenda *agenda, const struct cp_viewed *viewed,
                      const struct cp_member *entry)
{
    enum cp_audience audience = agenda->audience;
    struct cp_member until;
    const struct cp_rule *rule = cp_rules_find(viewed_text(entry, "rule", CP_RESTRICTED));
    if (!rule || !viewed_find(&until, entry, "until", CP_RESTRICTED) ||
        is_seen(agenda, entry->leaf)) {
        return;
    }
    if (!viewed_find(&until, entry, "until", audience) ||
        viewed_text(entry, "rule", audience).len == 0) {
        agenda->withheld++;
        return;
    }
    bool is_shared = entry->leaf->is_inherited;
    struct cp_date day = ((const struct cp_day *)(const void *)until.leaf)->date;
    struct draft draft =
        draft_of(agenda, is_shared ? NULL : viewed, CP_EVENT_WAIVER, day, cp_str_of(rule->code));
    put_waiver(&draft, rule);
    cp_buf_puts(&draft.summary, is_shared ? "defaults of " : "");
    put_line(&draft.summary,
             is_shared ? file_name(entry->leaf->node->file->path) : viewed_name(viewed));
    put_labelled(&draft.description, "Reason", viewed_text(entry, "reason", audience));
    put_holder(&draft.description, "By", viewed->portfolio, viewed_text(entry, "by", audience));
    if (!is_shared) {
        put_plan(&draft);
    }
    finish(&draft, viewed->shared);
}

static void add_entries(struct cp_agenda *agenda, const struct cp_viewed *viewed)
{
    struct cp_member plan = viewed_plan(viewed);
    struct cp_member list;
    if (!cp_member_find(&list, &plan, "suppressions") || !cp_member_is_list(&list)) {
        return;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member entry = cp_member_item(&list, i);
        if (entry.leaf->state == CP_SET) {
            add_entry(agenda, viewed, &entry);
        }
    }
}

/* Comments stand in no document: the public is told nothing of them, and their reason, which may be
 * about anything on the line, only those who are told everything. */
static void add_comment(struct cp_agenda *agenda, const struct cp_viewed *viewed,
                        const struct cp_waived *waived, const struct cp_secrets *shared)
{
    enum cp_audience least =
        viewed ? cp_audience_of(viewed->plan, NULL, NULL, NULL, NULL) : CP_INTERNAL;
    if (agenda->audience < (least > CP_INTERNAL ? least : CP_INTERNAL)) {
        agenda->withheld++;
        return;
    }
    struct cp_str key =
        cp_arena_printf(&agenda->arena, "%s/%.*s", waived->rule->code, CP_ARG(waived->field));
    struct draft draft = draft_of(agenda, viewed, CP_EVENT_WAIVER, waived->said.last_day, key);
    put_waiver(&draft, waived->rule);
    put_line(&draft.summary, viewed ? viewed_name(viewed) : file_name(waived->path));
    put_labelled(&draft.description, "Where", waived->field);
    if (agenda->audience == CP_RESTRICTED) {
        put_labelled(&draft.description, "Reason", waived->said.reason);
    }
    put_labelled(&draft.description, "By", waived->said.by);
    if (viewed) {
        put_plan(&draft);
    }
    finish(&draft, shared);
}

/* ---- plans ----------------------------------------------------------------------------------- */

void cp_agenda_add(struct cp_agenda *agenda, const struct cp_viewed *viewed,
                   const struct cp_waived *waived, size_t count)
{
    struct cp_arena arena;
    struct due_items items;
    const struct cp_text *organisation = &viewed->portfolio->config.organisation;
    if (agenda->organisation.len == 0 && organisation->leaf.state == CP_SET) {
        agenda->organisation = cp_arena_copy(&agenda->arena, organisation->text);
    }
    cp_arena_init(&arena);
    due_items_init(&items, viewed, agenda->audience, agenda->today, &arena);
    for (size_t i = 0; i < items.items.count; i++) {
        add_due(agenda, viewed, &items.items.items[i]);
    }
    agenda->withheld += items.withheld;
    due_items_release(&items);
    cp_arena_release(&arena);
    add_entries(agenda, viewed);
    for (size_t i = 0; i < count; i++) {
        add_comment(agenda, viewed, &waived[i], viewed->shared);
    }
}

void cp_agenda_add_shared(struct cp_agenda *agenda, const struct cp_waived *waived,
                          const struct cp_secrets *shared)
{
    add_comment(agenda, NULL, waived, shared);
}
