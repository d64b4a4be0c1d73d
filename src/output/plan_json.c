/*
 * A plan as JSON, resolved: its own values merged with the inherited ones, keys as in the plan
 * format and in its order, what is not stated omitted, what is withheld counted. Walks the field
 * tables; knows the objectives only, which the tier fills.
 */
#include <contplan/analysis.h>
#include <contplan/schema.h>

#include "plans.h"

#include <string.h>

enum { VERSION = 1 };

struct writer {
    struct cp_json json;
    const struct cp_plan *plan;
    const struct cp_portfolio *portfolio;
    enum cp_audience audience;
    struct cp_arena arena;
    struct cp_map names; /* ids of people, teams and suppliers that were written */
    CP_LIST(struct cp_str) ids;
};

static bool is_shown(const struct writer *writer, const struct cp_member *member)
{
    struct cp_tally tally = {0};
    cp_member_tally(&tally, member, writer->audience);
    return tally.shown > 0;
}

/* ---- scalars ------------------------------------------------------------------------------- */

static void note_name(struct writer *writer, struct cp_str id)
{
    bool is_known = cp_portfolio_find_person(writer->portfolio, id) ||
                    cp_portfolio_find_team(writer->portfolio, id) ||
                    cp_portfolio_find_supplier(writer->portfolio, id);
    if (is_known && !cp_map_put(&writer->names, id, &writer->names)) {
        *(struct cp_str *)cp_list_push(&writer->ids, sizeof(struct cp_str)) = id;
    }
}

static void put_text(struct writer *writer, const char *key, const struct cp_member *member)
{
    const struct cp_text *text = (const void *)member->leaf;
    if (member->field->type == CP_TYPE_REFERENCE) {
        note_name(writer, text->text);
    }
    cp_json_string(&writer->json, key, text->text);
}

static void put_duration(struct writer *writer, const char *key, struct cp_duration duration)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_duration_put(&buf, duration);
    cp_json_string(&writer->json, key, cp_buf_str(&buf));
    cp_buf_release(&buf);
}

static void put_length(struct writer *writer, const char *key, const struct cp_member *member)
{
    const struct cp_length *length = (const void *)member->leaf;
    if (length->is_continuous) {
        cp_json_string(&writer->json, key, CP_STR("continuous"));
    } else {
        put_duration(writer, key, length->duration);
    }
}

static void put_day(struct cp_json *json, const char *key, struct cp_date date)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_date_put(&buf, date);
    cp_json_string(json, key, cp_buf_str(&buf));
    cp_buf_release(&buf);
}

static void put_date(struct writer *writer, const char *key, const struct cp_member *member)
{
    put_day(&writer->json, key, ((const struct cp_day *)(const void *)member->leaf)->date);
}

static void put_hours(struct writer *writer, const char *key, const struct cp_member *member)
{
    struct cp_buf buf;
    cp_buf_init(&buf);
    cp_hours_put(&buf, &((const struct cp_opening *)(const void *)member->leaf)->hours);
    cp_json_string(&writer->json, key, cp_buf_str(&buf));
    cp_buf_release(&buf);
}

static void put_yes_no(struct writer *writer, const char *key, const struct cp_member *member)
{
    cp_json_bool(&writer->json, key, ((const struct cp_flag *)(const void *)member->leaf)->is_yes);
}

static void put_number(struct writer *writer, const char *key, const struct cp_member *member)
{
    cp_json_number(&writer->json, key,
                   ((const struct cp_number *)(const void *)member->leaf)->value);
}

/* A word that is a digit, as a tier's, is a number for programs. */
static void put_choice(struct writer *writer, const char *key, const struct cp_member *member)
{
    struct cp_str word = cp_str_of(cp_choice_word(member->field, (const void *)member->leaf));
    if (word.len == 1 && word.at[0] >= '0' && word.at[0] <= '9') {
        cp_json_number(&writer->json, key, word.at[0] - '0');
    } else {
        cp_json_string(&writer->json, key, word);
    }
}

static void put_object(struct writer *writer, const char *key, const struct cp_member *member);

static void (*const put_by_type[])(struct writer *, const char *, const struct cp_member *) = {
    [CP_TYPE_TEXT] = put_text,       [CP_TYPE_PROSE] = put_text,      [CP_TYPE_ID] = put_text,
    [CP_TYPE_REFERENCE] = put_text,  [CP_TYPE_URL] = put_text,        [CP_TYPE_EMAIL] = put_text,
    [CP_TYPE_PHONE] = put_text,      [CP_TYPE_DURATION] = put_length, [CP_TYPE_PERIOD] = put_length,
    [CP_TYPE_INTERVAL] = put_length, [CP_TYPE_DATE] = put_date,       [CP_TYPE_HOURS] = put_hours,
    [CP_TYPE_YES_NO] = put_yes_no,   [CP_TYPE_NUMBER] = put_number,   [CP_TYPE_CHOICE] = put_choice,
    [CP_TYPE_OBJECT] = put_object,
};

/* ---- what is not a value ------------------------------------------------------------------- */

static void put_part(struct writer *writer, const char *key, const struct cp_text *text)
{
    if (text->text.len > 0) {
        cp_json_string(&writer->json, key, text->text);
    }
}

static void put_unknown(struct writer *writer, const char *key, const struct cp_leaf *leaf)
{
    struct cp_unknown unknown;
    cp_unknown_decode(&unknown, leaf, &writer->arena);
    cp_json_object(&writer->json, key);
    cp_json_object(&writer->json, "unknown");
    put_part(writer, "reason", &unknown.reason);
    put_part(writer, "owner", &unknown.owner);
    note_name(writer, unknown.owner.text);
    if (unknown.due.leaf.state == CP_SET) {
        put_day(&writer->json, "due", unknown.due.date);
    }
    if (unknown.since.leaf.state == CP_SET) {
        put_day(&writer->json, "since", unknown.since.date);
    }
    cp_json_end_object(&writer->json);
    cp_json_end_object(&writer->json);
}

static void put_not_applicable(struct writer *writer, const char *key, const struct cp_leaf *leaf)
{
    struct cp_not_applicable exemption;
    cp_not_applicable_decode(&exemption, leaf, &writer->arena);
    cp_json_object(&writer->json, key);
    cp_json_object(&writer->json, "not_applicable");
    put_part(writer, "reason", &exemption.reason);
    put_part(writer, "by", &exemption.by);
    note_name(writer, exemption.by.text);
    cp_json_end_object(&writer->json);
    cp_json_end_object(&writer->json);
}

/* A broken value is the text that stands there, so that nobody takes it for a missing one. */
static void put_broken(struct writer *writer, const char *key, const struct cp_leaf *leaf)
{
    cp_json_object(&writer->json, key);
    bool is_text = leaf->node && leaf->node->kind == CP_NODE_SCALAR;
    cp_json_string(&writer->json, "broken", is_text ? leaf->node->text : (struct cp_str){0});
    cp_json_end_object(&writer->json);
}

/* ---- objects and lists --------------------------------------------------------------------- */

static void put_one(struct writer *writer, const char *key, const struct cp_member *member)
{
    switch (member->leaf->state) {
    case CP_UNKNOWN:
        put_unknown(writer, key, member->leaf);
        break;
    case CP_NOT_APPLICABLE:
        put_not_applicable(writer, key, member->leaf);
        break;
    case CP_BROKEN:
        put_broken(writer, key, member->leaf);
        break;
    default:
        put_by_type[member->field->type](writer, key, member);
    }
}

static void put_list(struct writer *writer, const struct cp_member *list)
{
    cp_json_array(&writer->json, list->field->key);
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member item = cp_member_item(list, i);
        if (is_shown(writer, &item)) {
            put_one(writer, NULL, &item);
        }
    }
    cp_json_end_array(&writer->json);
}

static void put_member(struct writer *writer, const struct cp_member *member)
{
    bool is_empty_list = cp_member_is_list(member) && cp_member_count(member) == 0;
    if (!is_shown(writer, member) && !is_empty_list) {
        return;
    }
    if (cp_member_is_list(member)) {
        put_list(writer, member);
    } else {
        put_one(writer, member->field->key, member);
    }
}

/* What the tier states and the objective does not. */
static void put_from_tier(struct writer *writer, const struct cp_objective *objective)
{
    struct cp_effective effective;
    cp_effective_init(&effective, objective,
                      cp_portfolio_find_tier(writer->portfolio, writer->plan));
    const struct {
        const char *key;
        const struct cp_length *own, *effective;
    } rows[] = {{"mtpd", &objective->mtpd, effective.mtpd},
                {"rto", &objective->rto, effective.rto},
                {"wrt", &objective->wrt, effective.wrt},
                {"rpo", &objective->rpo, effective.rpo}};
    bool is_open = false;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].own->leaf.state != CP_ABSENT || !cp_length_is_known(rows[i].effective)) {
            continue;
        }
        if (!is_open) {
            cp_json_object(&writer->json, "from_tier");
            is_open = true;
        }
        put_duration(writer, rows[i].key, rows[i].effective->duration);
    }
    if (is_open) {
        cp_json_end_object(&writer->json);
    }
}

/* The depth of this recursion is that of the field tables. */
static void put_object(struct writer *writer, const char *key, const struct cp_member *member)
{
    const struct cp_object *object = member->field->of;
    cp_json_object(&writer->json, key);
    for (size_t i = 0; i < object->count; i++) {
        struct cp_member inner = cp_member_in(member, &object->fields[i]);
        put_member(writer, &inner);
    }
    if (member->is_item && strcmp(member->field->key, "objectives") == 0) {
        put_from_tier(writer, (const void *)member->leaf);
    }
    cp_json_end_object(&writer->json);
}

/* ---- the document -------------------------------------------------------------------------- */

static void put_plan(struct writer *writer, const char *section)
{
    struct cp_member plan = {.leaf = &writer->plan->leaf, .frame = {.plan = writer->plan}};
    cp_json_object(&writer->json, "plan");
    for (size_t i = 0; i < cp_object_plan.count; i++) {
        const struct cp_field *field = &cp_object_plan.fields[i];
        struct cp_member member = cp_member_in(&plan, field);
        bool is_identity = cp_field_is_identity(field) && member.leaf->state == CP_SET;
        if (is_identity) {
            put_one(writer, field->key, &member);
        } else if (!cp_field_is_identity(field) && (!section || strcmp(section, field->key) == 0)) {
            put_member(writer, &member);
        }
    }
    cp_json_end_object(&writer->json);
}

static void put_names(struct writer *writer)
{
    cp_json_object(&writer->json, "names");
    for (size_t i = 0; i < writer->ids.count; i++) {
        const char *id = cp_arena_copy(&writer->arena, writer->ids.items[i]).at;
        cp_json_string(&writer->json, id,
                       cp_portfolio_name_of(writer->portfolio, writer->ids.items[i]));
    }
    cp_json_end_object(&writer->json);
}

void plan_json_write(struct cp_buf *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio, const struct cp_report_options *options)
{
    struct writer writer = {.plan = plan, .portfolio = portfolio, .audience = options->audience};
    cp_arena_init(&writer.arena);
    cp_map_init(&writer.names);
    cp_json_init(&writer.json, out, false);
    cp_json_object(&writer.json, NULL);
    cp_json_number(&writer.json, "version", VERSION);
    cp_json_string(&writer.json, "audience", cp_str_of(cp_audience_name(options->audience)));
    struct cp_withheld withheld = cp_report_withheld(plan, portfolio, options->audience);
    cp_json_number(&writer.json, "withheld", (int64_t)(withheld.plan + withheld.portfolio));
    put_plan(&writer, options->section);
    put_names(&writer);
    cp_json_end_object(&writer.json);
    cp_buf_putc(out, '\n');
    cp_list_release(&writer.ids);
    cp_map_release(&writer.names);
    cp_arena_release(&writer.arena);
}
