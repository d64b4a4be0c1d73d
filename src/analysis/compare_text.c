/*
 * Values and their places in words: what is shown of a change, and the text by which two values
 * are found to say the same. Decides nothing.
 */
#include "compare.h"

#include "canonical.h"

#include <stdlib.h>

enum { MAX_SUMMARY = 600, MAX_EXCERPT = 120, MAX_CHAIN = 16 };

bool is_plain_item(const struct cp_object *object)
{
    return object && object->shorthand && object->count == 1;
}

static bool is_list_spot(const struct spot *spot)
{
    return spot->field && spot->field->is_list && !spot->is_item;
}

/* ---- one value ------------------------------------------------------------------------------- */

static void put_parts(struct cp_buf *out, struct cp_str reason, struct cp_str who,
                      const struct cp_day *due)
{
    bool has_due = due && due->leaf.state == CP_SET;
    cp_buf_puts(out, reason.len > 0 ? ": " : "");
    cp_buf_put(out, reason);
    if (who.len == 0 && !has_due) {
        return;
    }
    cp_buf_puts(out, " (");
    cp_buf_put(out, who);
    if (has_due) {
        cp_buf_puts(out, who.len > 0 ? ", due " : "due ");
        cp_date_put(out, due->date);
    }
    cp_buf_putc(out, ')');
}

static void put_exemption(struct cp_buf *out, const struct cp_leaf *leaf, struct cp_arena *scratch)
{
    struct cp_unknown unknown;
    struct cp_not_applicable exemption;
    if (leaf->state == CP_UNKNOWN) {
        cp_unknown_decode(&unknown, leaf, scratch);
        cp_buf_puts(out, "unknown");
        put_parts(out, unknown.reason.text, unknown.owner.text, &unknown.due);
    } else {
        cp_not_applicable_decode(&exemption, leaf, scratch);
        cp_buf_puts(out, "not applicable");
        put_parts(out, exemption.reason.text, exemption.by.text, NULL);
    }
}

/* What cannot be read is shown as it stands. */
static void put_broken(struct cp_buf *out, const struct cp_leaf *leaf)
{
    bool is_text = leaf->node && leaf->node->kind == CP_NODE_SCALAR && leaf->node->text.len > 0;
    if (is_text) {
        cp_buf_put(out, cp_str_trim(leaf->node->text));
    } else {
        cp_buf_puts(out, "cannot be read");
    }
}

/* Whether a length was written in the short form (24h, 1d 12h), which is then kept. */
static bool is_short_form(const struct cp_node *node)
{
    struct cp_str text = node && node->kind == CP_NODE_SCALAR ? node->text : (struct cp_str){0};
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("0123456789 smhdwoy", text.at[i])) {
            return false;
        }
    }
    return text.len > 0 && text.len <= 16;
}

static bool is_length(const struct cp_field *field)
{
    return field->type == CP_TYPE_DURATION || field->type == CP_TYPE_PERIOD ||
           field->type == CP_TYPE_INTERVAL;
}

static void put_length(struct cp_buf *out, const struct cp_length *length)
{
    if (length->is_continuous) {
        cp_buf_puts(out, "continuous");
    } else {
        cp_duration_put(out, length->duration);
    }
}

static void put_scalar(struct cp_buf *out, const struct cp_field *field, const struct cp_leaf *leaf)
{
    const void *value = leaf;
    switch (field->type) {
    case CP_TYPE_DURATION:
    case CP_TYPE_PERIOD:
    case CP_TYPE_INTERVAL:
        put_length(out, value);
        break;
    case CP_TYPE_DATE:
        cp_date_put(out, ((const struct cp_day *)value)->date);
        break;
    case CP_TYPE_HOURS:
        cp_hours_put(out, &((const struct cp_opening *)value)->hours);
        break;
    case CP_TYPE_YES_NO:
        cp_buf_puts(out, ((const struct cp_flag *)value)->is_yes ? "yes" : "no");
        break;
    case CP_TYPE_NUMBER:
        cp_buf_printf(out, "%lld", (long long)((const struct cp_number *)value)->value);
        break;
    case CP_TYPE_CHOICE:
        cp_buf_puts(out, cp_choice_word(field, value));
        break;
    default:
        cp_buf_put(out, cp_str_trim(((const struct cp_text *)value)->text));
    }
}

void value_put(struct cp_buf *out, const struct cp_field *field, const struct cp_leaf *leaf,
               struct cp_arena *scratch)
{
    if (leaf->state == CP_UNKNOWN || leaf->state == CP_NOT_APPLICABLE) {
        put_exemption(out, leaf, scratch);
    } else if (leaf->state == CP_BROKEN) {
        put_broken(out, leaf);
    } else if (leaf->state == CP_SET && is_length(field) && is_short_form(leaf->node)) {
        cp_buf_put(out, cp_str_trim(leaf->node->text));
    } else if (leaf->state == CP_SET && field->type == CP_TYPE_OBJECT) {
        cp_buf_puts(out, "stated");
    } else if (leaf->state == CP_SET && field->type != CP_TYPE_ANY) {
        put_scalar(out, field, leaf);
    }
}

/* ---- the same meaning, the same text --------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    const struct cp_str *left = a;
    const struct cp_str *right = b;
    return cp_str_compare(*left, *right);
}

/* With its length in front, so that nothing in it can be taken for what follows. */
static void put_counted(struct cp_buf *out, struct cp_str text)
{
    cp_buf_printf(out, "%zu:", text.len);
    cp_buf_put(out, text);
}

static void put_canon_of_members(struct cp_buf *out, const struct cp_object *object,
                                 const struct cp_leaf *value)
{
    struct cp_buf member;
    cp_buf_init(&member);
    cp_buf_printf(out, "a%u", (unsigned)value->audience);
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_leaf *leaf = cp_field_get(&object->fields[i], value);
        if (leaf->state != CP_ABSENT) {
            cp_buf_clear(&member);
            canon_put(&member, &object->fields[i], leaf, false);
            cp_buf_printf(out, "m%zu=", i);
            put_counted(out, cp_buf_str(&member));
        }
    }
    cp_buf_release(&member);
}

/* In byte order, since an item that only moved has not changed; where the order says something, as
 * they stand. */
static void put_canon_of_items(struct cp_buf *out, const struct cp_field *field,
                               const struct cp_values *values)
{
    struct cp_buf item;
    struct cp_arena arena;
    cp_arena_init(&arena);
    cp_buf_init(&item);
    struct cp_str *texts = cp_arena_alloc(&arena, (values->count + 1) * sizeof *texts);
    size_t size = field->type == CP_TYPE_SETTINGS ? sizeof(struct cp_text) : cp_field_size(field);
    for (size_t i = 0; i < values->count; i++) {
        const char *at = (const char *)values->items + i * size;
        cp_buf_clear(&item);
        canon_put(&item, field, (const struct cp_leaf *)(const void *)at, true);
        texts[i] = cp_arena_copy(&arena, cp_buf_str(&item));
    }
    if (!(field->flags & CP_FIELD_ORDERED)) {
        qsort(texts, values->count, sizeof *texts, by_text);
    }
    for (size_t i = 0; i < values->count; i++) {
        put_counted(out, texts[i]);
    }
    cp_buf_release(&item);
    cp_arena_release(&arena);
}

static bool is_read_by_words(const struct cp_field *field)
{
    return (field->type == CP_TYPE_TEXT || field->type == CP_TYPE_PROSE) &&
           !(field->flags & CP_FIELD_CODE);
}

/* A reference that leads nowhere any more still says what it said. */
static bool is_text_all_the_same(const struct cp_field *field, const struct cp_leaf *leaf)
{
    return leaf->state == CP_BROKEN && field->type <= CP_TYPE_PHONE && leaf->node &&
           leaf->node->kind == CP_NODE_SCALAR;
}

void canon_put(struct cp_buf *out, const struct cp_field *field, const struct cp_leaf *leaf,
               bool is_item)
{
    if (is_text_all_the_same(field, leaf)) {
        words_put(out, leaf->node->text);
    } else if (leaf->state != CP_SET || field->type == CP_TYPE_ANY) {
        cp_buf_printf(out, "s%u", (unsigned)leaf->state);
        canonical_put_node(out, leaf->node);
    } else if (!is_item && (field->is_list || field->type == CP_TYPE_SETTINGS)) {
        put_canon_of_items(out, field, (const void *)leaf);
    } else if (field->type == CP_TYPE_OBJECT) {
        put_canon_of_members(out, field->of, leaf);
    } else if (is_read_by_words(field)) {
        words_put(out, ((const struct cp_text *)(const void *)leaf)->text);
    } else {
        put_scalar(out, field, leaf);
    }
}

/* ---- what tells items apart ------------------------------------------------------------------ */

static struct cp_str next_key(const char **keys)
{
    struct cp_str key = {*keys, strcspn(*keys, " ")};
    *keys += key.len + strspn(*keys + key.len, " ");
    return key;
}

bool list_is_keyed(const struct cp_field *list)
{
    return cp_field_keys(list) != NULL;
}

struct cp_str key_text(const struct cp_field *list, const struct cp_leaf *item)
{
    const char *keys = list->of && item->state == CP_SET ? cp_field_keys(list) : NULL;
    while (keys && *keys) {
        const struct cp_field *row = cp_field_find(list->of, next_key(&keys));
        const struct cp_leaf *leaf = row ? cp_field_get(row, item) : NULL;
        if (leaf && leaf->state == CP_SET) {
            return ((const struct cp_text *)(const void *)leaf)->text;
        }
    }
    return (struct cp_str){0};
}

/* Whether the row is among those by which the label names the item. */
static bool is_in_name(const struct spot *item, enum side side, const struct cp_field *row)
{
    const struct cp_leaf *leaf = cp_field_get(row, item->leaf[side]);
    const char *keys = item->table->identity;
    if (list_is_keyed(item->field)) {
        return row->type <= CP_TYPE_PHONE && leaf->state == CP_SET &&
               ((const struct cp_text *)(const void *)leaf)->text.at ==
                   key_text(item->field, item->leaf[side]).at;
    }
    while (keys && *keys) {
        if (cp_str_is(next_key(&keys), row->key)) {
            return true;
        }
    }
    return false;
}

/* ---- what an object says --------------------------------------------------------------------- */

static void put_key_words(struct cp_buf *out, const char *key)
{
    static const struct {
        const char *key, *words;
    } known[] = {{"rto", "RTO"},   {"rpo", "RPO"}, {"mtpd", "MTPD"}, {"wrt", "WRT"},
                 {"mbco", "MBCO"}, {"url", "URL"}, {"urls", "URLs"}, {"sbom", "SBOM"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].key, key) == 0) {
            cp_buf_puts(out, known[i].words);
            return;
        }
    }
    for (; *key; key++) {
        cp_buf_putc(out, *key == '_' ? ' ' : *key);
    }
}

/* The beginning of a long text, on one line, cut between characters. */
static void put_excerpt(struct cp_buf *out, struct cp_str text)
{
    struct cp_buf words;
    cp_buf_init(&words);
    words_put(&words, cp_str_slice(text, 0, MAX_EXCERPT));
    struct cp_str line = cp_buf_str(&words);
    while (text.len > MAX_EXCERPT && line.len > 0 && line.at[line.len - 1] != ' ') {
        line.len--;
    }
    cp_buf_put(out, cp_str_trim(line));
    cp_buf_puts(out, text.len > MAX_EXCERPT ? CP_ELLIPSIS : "");
    cp_buf_release(&words);
}

struct summary {
    struct cp_buf *out;
    size_t *left_out;
    const struct comparer *comparer;
    enum side side;
    struct cp_arena *scratch;
    size_t start;
};

static void put_separator(const struct summary *summary, size_t from, const char *separator)
{
    cp_buf_puts(summary->out, summary->out->len > from ? separator : "");
}

static void put_summary(const struct summary *summary, const struct spot *object);

static void put_value(const struct summary *summary, const struct spot *spot)
{
    struct cp_buf text;
    cp_buf_init(&text);
    value_put(&text, spot->field, spot->leaf[summary->side], summary->scratch);
    put_excerpt(summary->out, cp_buf_str(&text));
    cp_buf_release(&text);
}

static struct spot item_on_side(const struct spot *list, enum side side, size_t index)
{
    const struct cp_leaf *item = list_item(list, side, index);
    return spot_of_item(list, side == WAS ? item : NULL, side == IS ? item : NULL);
}

/* Scalars one after the other; of objects only how many there are. */
static void put_list(const struct summary *summary, const struct spot *list)
{
    bool is_counted = list->field->type == CP_TYPE_OBJECT && !is_plain_item(list->field->of);
    size_t from = summary->out->len;
    size_t shown = 0;
    for (size_t i = 0; i < list_count(list, summary->side); i++) {
        struct spot item = item_on_side(list, summary->side, i);
        if (!spot_is_shown(summary->comparer, &item, summary->side)) {
            ++*summary->left_out;
        } else if (is_counted) {
            shown++;
        } else if (is_plain_item(list->field->of)) {
            put_separator(summary, from, ", ");
            put_summary(summary, &item);
        } else {
            put_separator(summary, from, ", ");
            put_value(summary, &item);
        }
    }
    if (shown > 0) {
        cp_buf_printf(summary->out, "%zu", shown);
    }
}

static void put_member_value(const struct summary *summary, const struct spot *member)
{
    const struct cp_leaf *leaf = member->leaf[summary->side];
    if (leaf->state == CP_SET && member->field->is_list) {
        put_list(summary, member);
    } else if (leaf->state == CP_SET && member->field->type == CP_TYPE_OBJECT) {
        cp_buf_putc(summary->out, '(');
        put_summary(summary, member);
        cp_buf_putc(summary->out, ')');
    } else if (spot_is_shown(summary->comparer, member, summary->side)) {
        put_value(summary, member);
    } else {
        ++*summary->left_out;
    }
}

/* A member by which nothing is said leaves no trace. */
static void put_member(const struct summary *summary, const struct spot *object,
                       const struct cp_field *field, size_t from)
{
    struct spot member = spot_of_member(object, field);
    struct cp_buf *out = summary->out;
    bool is_in_label = from == summary->start && is_in_name(object, summary->side, field) &&
                       spot_is_shown(summary->comparer, &member, summary->side);
    if (member.leaf[summary->side]->state == CP_ABSENT || is_in_label) {
        return;
    }
    size_t before = out->len;
    put_separator(summary, from, "; ");
    if (!is_plain_item(object->table)) {
        put_key_words(out, field->key);
        cp_buf_putc(out, ' ');
    }
    size_t named = out->len;
    put_member_value(summary, &member);
    if (out->len == named) {
        out->len = before;
    }
}

/* The depth of this recursion is that of the field tables. */
static void put_summary(const struct summary *summary, const struct spot *object)
{
    size_t from = summary->out->len;
    for (size_t i = 0; i < object->table->count; i++) {
        if (summary->out->len - summary->start > MAX_SUMMARY) {
            put_separator(summary, from, "; ");
            cp_buf_puts(summary->out, CP_ELLIPSIS);
            return;
        }
        put_member(summary, object, &object->table->fields[i], from);
    }
}

void summary_put(struct cp_buf *out, size_t *left_out, const struct comparer *comparer,
                 const struct spot *spot, enum side side, struct cp_arena *scratch)
{
    struct summary summary = {out, left_out, comparer, side, scratch, out->len};
    put_summary(&summary, spot);
}

/* ---- where it stands ------------------------------------------------------------------------- */

/* What tells the item from its like, as far as the audience may know. */
static void put_name(struct cp_buf *out, const struct comparer *comparer, const struct spot *item)
{
    enum side side = item->leaf[IS]->state != CP_ABSENT ? IS : WAS;
    const char *keys = cp_field_keys(item->field);
    const char *all = keys ? keys : item->table->identity ? item->table->identity : "";
    size_t from = out->len;
    struct cp_arena scratch;
    cp_arena_init(&scratch);
    while (*all && !(keys && out->len > from)) {
        struct spot member = spot_of_member(item, cp_field_find(item->table, next_key(&all)));
        bool is_given = member.leaf[side]->state == CP_SET;
        if (is_given && spot_is_shown(comparer, &member, side)) {
            struct summary summary = {out, NULL, comparer, side, &scratch, from};
            cp_buf_puts(out, out->len > from ? ", " : " '");
            put_value(&summary, &member);
        }
    }
    cp_buf_puts(out, out->len > from ? "'" : "");
    cp_arena_release(&scratch);
}

static bool is_object_item(const struct spot *spot)
{
    return spot->is_item && spot->table && !is_plain_item(spot->table);
}

/* What a spot adds to the label; nothing where another one says it. */
static void put_component(struct cp_buf *out, const struct comparer *comparer,
                          const struct spot *spot, bool is_last)
{
    const struct cp_field *field = spot->field;
    bool is_list_of_objects = is_list_spot(spot) && field->of && !is_plain_item(field->of);
    bool is_told_above = (spot->is_item && !is_object_item(spot)) ||
                         is_plain_item(spot->above->table) || (is_list_of_objects && !is_last);
    if (is_object_item(spot)) {
        cp_buf_puts(out, spot->table->name);
        put_name(out, comparer, spot);
    } else if (spot->is_item && field->type == CP_TYPE_SETTINGS) {
        const struct cp_leaf *leaf = spot->leaf[spot->leaf[IS]->node ? IS : WAS];
        cp_buf_put(out, leaf->node->key->text);
    } else if (spot->table && !spot->is_item && field->key[0] >= '0' && field->key[0] <= '9') {
        cp_buf_printf(out, "%s %s", spot->table->name, field->key);
    } else if (!is_told_above) {
        put_key_words(out, field->key);
    }
}

/* The section is told where nothing below it says enough by itself. */
void label_put(struct cp_buf *out, const struct comparer *comparer, const struct spot *spot)
{
    const struct spot *chain[MAX_CHAIN];
    size_t count = 0;
    bool has_item = false;
    size_t start = out->len;
    for (; spot->above && count < MAX_CHAIN; spot = spot->above) {
        chain[count++] = spot;
        has_item = has_item || is_object_item(spot);
    }
    bool is_section = count > 1 && chain[count - 1]->table && !chain[count - 1]->is_item;
    bool is_told = !is_section || !(has_item || (count > 2 && chain[count - 2]->table));
    for (size_t i = count; i > 0; i--) {
        size_t before = out->len;
        if (i == count && !is_told) {
            continue;
        }
        cp_buf_puts(out, out->len > start ? ": " : "");
        size_t named = out->len;
        put_component(out, comparer, chain[i - 1], i == 1);
        if (out->len == named) {
            out->len = before;
        }
    }
}
