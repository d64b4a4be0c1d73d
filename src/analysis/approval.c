/*
 * What an approval approves, as one line of canonical JSON and its fingerprint (rules.md,
 * "Approval"). It is made to be hashed, never shown: text stands in it raw. Judges nothing.
 */
#include <contplan/analysis.h>
#include <contplan/schema.h>

#include "canonical.h"

struct writer {
    struct cp_buf *out;
    const struct cp_portfolio *portfolio;
};

/* ---- values ---------------------------------------------------------------------------------- */

/* Elapsed time is a number of seconds, working time "Nws"; what only a calendar could turn into
 * seconds is, without one, its shortest form. */
static void put_duration(const struct writer *writer, struct cp_duration duration)
{
    int64_t seconds;
    if (duration.months == 0 && !cp_duration_is_working(duration)) {
        cp_buf_printf(writer->out, "%lld", (long long)duration.seconds);
    } else if (duration.months == 0 && duration.seconds == 0 &&
               cp_portfolio_working_seconds(&seconds, writer->portfolio, duration)) {
        cp_buf_printf(writer->out, "\"%lldws\"", (long long)seconds);
    } else {
        cp_buf_putc(writer->out, '"');
        cp_duration_put(writer->out, duration);
        cp_buf_putc(writer->out, '"');
    }
}

static void put_value(const struct writer *writer, const struct cp_field *field,
                      const struct cp_leaf *leaf)
{
    const void *value = leaf;
    if (leaf->state != CP_SET) {
        canonical_put_node(writer->out, leaf->node);
    } else if (field->type == CP_TYPE_DURATION) {
        put_duration(writer, ((const struct cp_length *)value)->duration);
    } else if (field->type == CP_TYPE_CHOICE) {
        canonical_put_string(writer->out, cp_str_of(cp_choice_word(field, value)));
    } else {
        canonical_put_string(writer->out, ((const struct cp_text *)value)->text);
    }
}

/* ---- objectives ------------------------------------------------------------------------------ */

/* An objective as it holds, so that a tier's change is one of the objective, too. */
static struct cp_objective filled(const struct cp_objective *objective, const struct cp_tier *tier)
{
    struct cp_objective whole = *objective;
    struct cp_effective lengths;
    cp_effective_init(&lengths, objective, tier);
    whole.mtpd = lengths.mtpd ? *lengths.mtpd : whole.mtpd;
    whole.rto = lengths.rto ? *lengths.rto : whole.rto;
    whole.wrt = lengths.wrt ? *lengths.wrt : whole.wrt;
    whole.rpo = lengths.rpo ? *lengths.rpo : whole.rpo;
    return whole;
}

/* The row whose key comes next after `key` in byte order, or NULL. */
static const struct cp_field *next_field(const struct cp_object *object, struct cp_str key)
{
    const struct cp_field *next = NULL;
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        if (cp_str_compare(cp_str_of(field->key), key) > 0 &&
            (!next || strcmp(field->key, next->key) < 0)) {
            next = field;
        }
    }
    return next;
}

static void put_objective(const struct writer *writer, const struct cp_object *object,
                          const struct cp_objective *objective)
{
    bool is_first = true;
    struct cp_str key = {0};
    cp_buf_putc(writer->out, '{');
    for (const struct cp_field *field; (field = next_field(object, key)) != NULL;) {
        const struct cp_leaf *leaf = cp_field_get(field, objective);
        key = cp_str_of(field->key);
        if (leaf->state != CP_ABSENT) {
            canonical_put_key(writer->out, &is_first, key);
            put_value(writer, field, leaf);
        }
    }
    cp_buf_putc(writer->out, '}');
}

static void put_objectives(const struct writer *writer, const struct cp_object *object,
                           const struct cp_plan *plan)
{
    const struct cp_tier *tier = cp_portfolio_find_tier(writer->portfolio, plan);
    cp_buf_putc(writer->out, '[');
    for (size_t i = 0; i < plan->disaster_recovery.objectives.count; i++) {
        const struct cp_objective *objective = &plan->disaster_recovery.objectives.items[i];
        cp_buf_puts(writer->out, i == 0 ? "" : ",");
        if (objective->leaf.state == CP_SET) {
            struct cp_objective whole = filled(objective, tier);
            put_objective(writer, object, &whole);
        } else {
            canonical_put_node(writer->out, objective->leaf.node);
        }
    }
    cp_buf_putc(writer->out, ']');
}

/* ---- the whole ------------------------------------------------------------------------------- */

void cp_approval_put(struct cp_buf *out, const struct cp_plan *plan,
                     const struct cp_portfolio *portfolio)
{
    static const struct {
        const char *key, *path;
    } rows[] = {{"accountable", "accountability.accountable"},
                {"objectives", "disaster_recovery.objectives"},
                {"tier", "tier"}};
    struct writer writer = {.out = out, .portfolio = portfolio};
    bool is_first = true;
    cp_buf_putc(out, '{');
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct cp_field *field;
        const struct cp_leaf *leaf = cp_value_find(&cp_object_plan, plan, rows[i].path, &field);
        if (leaf->state == CP_ABSENT) {
            continue;
        }
        canonical_put_key(out, &is_first, cp_str_of(rows[i].key));
        if (field->is_list && leaf->state == CP_SET) {
            put_objectives(&writer, field->of, plan);
        } else {
            put_value(&writer, field, leaf);
        }
    }
    cp_buf_putc(out, '}');
}

void cp_approval_content(char out[CP_SHA256_TEXT], const struct cp_plan *plan,
                         const struct cp_portfolio *portfolio)
{
    struct cp_buf json;
    cp_buf_init(&json);
    cp_approval_put(&json, plan, portfolio);
    cp_sha256(out, cp_buf_str(&json));
    cp_buf_release(&json);
}

/* Broken, or a placeholder that stands for a text. */
static bool is_doubtful(const struct cp_field *field, const struct cp_leaf *leaf)
{
    bool is_text = field->type == CP_TYPE_TEXT || field->type == CP_TYPE_PROSE ||
                   field->type == CP_TYPE_REFERENCE;
    return leaf->state == CP_BROKEN ||
           (is_text && leaf->state == CP_SET &&
            cp_placeholder_find(((const struct cp_text *)(const void *)leaf)->text).len > 0);
}

static bool is_objective_doubtful(const struct cp_field *list, const struct cp_objective *objective)
{
    for (size_t i = 0; i < list->of->count; i++) {
        if (is_doubtful(&list->of->fields[i], cp_field_get(&list->of->fields[i], objective))) {
            return true;
        }
    }
    return objective->leaf.state == CP_BROKEN;
}

bool cp_approval_is_in_doubt(const struct cp_plan *plan)
{
    static const char *const paths[] = {"tier", "accountability", "accountability.accountable",
                                        "disaster_recovery", "disaster_recovery.objectives"};
    const struct cp_field *field = NULL;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        const struct cp_leaf *leaf = cp_value_find(&cp_object_plan, plan, paths[i], &field);
        if (is_doubtful(field, leaf)) {
            return true;
        }
    }
    for (size_t i = 0; i < plan->disaster_recovery.objectives.count; i++) {
        if (is_objective_doubtful(field, &plan->disaster_recovery.objectives.items[i])) {
            return true;
        }
    }
    return false;
}
