/*
 * What a plan says was done, and when: approvals, reviews, exercises, activations, restore tests.
 * Knows neither clauses nor formats.
 */
#include "evidence.h"

#include <string.h>

struct gathering {
    struct cp_evidence_plan *out;
    const struct cp_evidence *evidence;
    struct cp_arena *arena;
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    size_t withheld;
};

static const char *const names[] = {
    [CP_RECORD_APPROVAL] = "approval",         [CP_RECORD_REVIEW] = "review",
    [CP_RECORD_EXERCISE] = "exercise",         [CP_RECORD_ACTIVATION] = "activation",
    [CP_RECORD_RESTORE_TEST] = "restore test",
};

const char *cp_record_name(enum cp_record_kind kind)
{
    return names[kind];
}

/* Paths of what a record is evidence of: where it stands, and what it was about. */
static const struct {
    const char *path;
    unsigned kinds; /* bit 1 << kind */
} subjects[] = {
    {"disaster_recovery.objectives", 1U << CP_RECORD_APPROVAL},
    {"review", 1U << CP_RECORD_APPROVAL | 1U << CP_RECORD_REVIEW},
    {"review.approvals", 1U << CP_RECORD_APPROVAL},
    {"review.last", 1U << CP_RECORD_REVIEW},
    {"supporting", 1U << CP_RECORD_EXERCISE | 1U << CP_RECORD_ACTIVATION},
    {"supporting.exercises", 1U << CP_RECORD_EXERCISE},
    {"supporting.activations", 1U << CP_RECORD_ACTIVATION},
    {"backup_restore", 1U << CP_RECORD_RESTORE_TEST},
    {"backup_restore.restore_tests", 1U << CP_RECORD_RESTORE_TEST},
};

bool record_is_of(enum cp_record_kind kind, struct cp_str path)
{
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++) {
        if (cp_str_is(path, subjects[i].path)) {
            return (subjects[i].kinds & 1U << kind) != 0;
        }
    }
    return false;
}

/* ---- finding the entries --------------------------------------------------------------------- */

static struct cp_member member(const struct cp_member *parent, const char *key)
{
    const struct cp_object *object = parent->field ? parent->field->of : &cp_object_plan;
    return cp_member_in(parent, cp_field_find(object, cp_str_of(key)));
}

static struct cp_member section(const struct gathering *in, const char *key)
{
    struct cp_member plan = {.leaf = &in->plan->leaf, .frame = {.plan = in->plan}};
    return member(&plan, key);
}

static bool is_shown(const struct gathering *in, const struct cp_member *at)
{
    return cp_frame_shows(&at->frame, at->field, at->leaf, in->evidence->audience);
}

/* A member's text for the audience, else empty. */
static struct cp_str text_of(const struct gathering *in, const struct cp_member *entry,
                             const char *key)
{
    struct cp_member at = member(entry, key);
    if (at.leaf->state != CP_SET || !is_shown(in, &at)) {
        return (struct cp_str){0};
    }
    return at.field->type == CP_TYPE_CHOICE
               ? cp_str_of(
                     cp_choice_word(at.field, (const struct cp_choice *)(const void *)at.leaf))
               : ((const struct cp_text *)(const void *)at.leaf)->text;
}

static void put_part(struct cp_buf *out, struct cp_str part)
{
    cp_buf_puts(out, out->len > 0 && part.len > 0 ? ", " : "");
    cp_buf_put(out, part);
}

static bool is_in_period(const struct gathering *in, struct cp_date date)
{
    const struct cp_evidence *evidence = in->evidence;
    return date.days <= evidence->to.days &&
           (!evidence->has_from || date.days >= evidence->from.days);
}

/* Whether the entry has a day in the period and is for the audience. */
static bool is_wanted(struct gathering *in, const struct cp_member *entry,
                      const struct cp_member *day)
{
    bool is_given = day->leaf->state == CP_SET &&
                    is_in_period(in, ((const struct cp_day *)(const void *)day->leaf)->date);
    bool is_open = is_shown(in, entry) && is_shown(in, day);
    in->withheld += is_given && !is_open;
    return is_given && is_open;
}

static void add(struct gathering *in, enum cp_record_kind kind, const struct cp_member *day,
                const struct cp_node *node, struct cp_str what)
{
    struct cp_buf path;
    cp_buf_init(&path);
    cp_node_path(&path, node);
    struct cp_record *record = cp_list_push(&in->out->records, sizeof *record);
    *record = (struct cp_record){.kind = kind,
                                 .date = ((const struct cp_day *)(const void *)day->leaf)->date,
                                 .field = cp_arena_copy(in->arena, cp_buf_str(&path)),
                                 .what = cp_arena_copy(in->arena, what)};
    cp_buf_release(&path);
}

/* ---- each kind ------------------------------------------------------------------------------- */

static bool is_present(const struct cp_approval *approval, const char *content)
{
    return approval->content.leaf.state == CP_SET &&
           cp_str_is_equal_folded(approval->content.text, cp_str_of(content));
}

bool has_present_approval(const struct cp_plan *plan, const struct cp_portfolio *portfolio)
{
    char content[CP_SHA256_TEXT];
    cp_approval_content(content, plan, portfolio);
    for (size_t i = 0; i < plan->review.approvals.count; i++) {
        if (is_present(&plan->review.approvals.items[i], content)) {
            return true;
        }
    }
    return false;
}

static void put_name(const struct gathering *in, struct cp_buf *out, struct cp_str id)
{
    put_part(out, id.len > 0 ? cp_portfolio_name_of(in->portfolio, id) : id);
}

static void put_approval(const struct gathering *in, struct cp_buf *out,
                         const struct cp_member *entry)
{
    const struct cp_approval *approval = (const struct cp_approval *)(const void *)entry->leaf;
    char content[CP_SHA256_TEXT];
    put_name(in, out, text_of(in, entry, "by"));
    cp_approval_content(content, in->plan, in->portfolio);
    if (approval->content.leaf.state == CP_SET) {
        put_part(out, is_present(approval, content) ? CP_STR("of the present objectives")
                                                    : CP_STR("of other objectives"));
    }
}

static void put_exercise(const struct gathering *in, struct cp_buf *out,
                         const struct cp_member *entry)
{
    put_part(out, text_of(in, entry, "id"));
    put_part(out, text_of(in, entry, "type"));
    put_part(out, text_of(in, entry, "result"));
}

static void put_activation(const struct gathering *in, struct cp_buf *out,
                           const struct cp_member *entry)
{
    put_part(out, text_of(in, entry, "id"));
    put_part(out, text_of(in, entry, "result"));
}

static void put_restore_test(const struct gathering *in, struct cp_buf *out,
                             const struct cp_member *entry)
{
    put_part(out, text_of(in, entry, "store"));
    put_part(out, text_of(in, entry, "backup"));
    put_part(out, text_of(in, entry, "result"));
}

static const struct {
    enum cp_record_kind kind;
    const char *section, *list, *day;
    void (*put)(const struct gathering *in, struct cp_buf *out, const struct cp_member *entry);
} lists[] = {
    {CP_RECORD_APPROVAL, "review", "approvals", "on", put_approval},
    {CP_RECORD_EXERCISE, "supporting", "exercises", "date", put_exercise},
    {CP_RECORD_ACTIVATION, "supporting", "activations", "date", put_activation},
    {CP_RECORD_RESTORE_TEST, "backup_restore", "restore_tests", "date", put_restore_test},
};

static void add_list(struct gathering *in, size_t index)
{
    struct cp_member above = section(in, lists[index].section);
    struct cp_member list = member(&above, lists[index].list);
    if (above.leaf->state != CP_SET || !cp_member_is_list(&list)) {
        return;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member entry = cp_member_item(&list, i);
        struct cp_member day = member(&entry, lists[index].day);
        struct cp_buf what;
        if (entry.leaf->state != CP_SET || !is_wanted(in, &entry, &day)) {
            continue;
        }
        cp_buf_init(&what);
        lists[index].put(in, &what, &entry);
        add(in, lists[index].kind, &day, entry.leaf->node, cp_buf_str(&what));
        cp_buf_release(&what);
    }
}

static void add_review(struct gathering *in)
{
    struct cp_member review = section(in, "review");
    struct cp_member day = member(&review, "last");
    struct cp_buf what;
    if (review.leaf->state != CP_SET || !is_wanted(in, &review, &day)) {
        return;
    }
    cp_buf_init(&what);
    put_name(in, &what, text_of(in, &review, "by"));
    add(in, CP_RECORD_REVIEW, &day, day.leaf->node, cp_buf_str(&what));
    cp_buf_release(&what);
}

size_t records_add(struct cp_evidence_plan *out, const struct cp_evidence *evidence,
                   struct cp_arena *arena, const struct cp_plan *plan,
                   const struct cp_portfolio *portfolio)
{
    struct gathering in = {out, evidence, arena, plan, portfolio, 0};
    add_review(&in);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        add_list(&in, i);
    }
    return in.withheld;
}
