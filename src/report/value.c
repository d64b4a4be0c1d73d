/*
 * Values as pieces of text, by the type of their row; and what is said of a value that is unknown
 * or does not apply. Knows no chapter.
 */
#include "private.h"

#include <string.h>

static const void *value_of(const struct cp_member *entry)
{
    return entry->leaf;
}

static void put_line(struct cp_report *report)
{
    cp_document_text(report->document, cp_buf_str(&report->line));
    cp_buf_clear(&report->line);
}

static void put_text(struct cp_report *report, const struct cp_member *entry)
{
    cp_document_text(report->document, cp_member_text(entry));
}

/* Whether the text is an address and nothing else; Markdown alone would not link it. */
static bool is_address(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] <= ' ' || text.at[i] == '<' || text.at[i] == '(') {
            return false;
        }
    }
    return cp_str_has_prefix(text, "https://") || cp_str_has_prefix(text, "http://");
}

static void put_prose(struct cp_report *report, const struct cp_member *entry)
{
    struct cp_str text = cp_str_trim(cp_member_text(entry));
    if (is_address(text)) {
        cp_document_link(report->document, text, text);
    } else {
        cp_document_prose_inline(report->document, text);
    }
}

static void put_url(struct cp_report *report, const struct cp_member *entry)
{
    cp_document_link(report->document, cp_member_text(entry), cp_member_text(entry));
}

static void put_email(struct cp_report *report, const struct cp_member *entry)
{
    struct cp_str target =
        cp_arena_printf(&report->arena, "mailto:%.*s", CP_ARG(cp_member_text(entry)));
    cp_document_link(report->document, cp_member_text(entry), target);
}

static void put_phone(struct cp_report *report, const struct cp_member *entry)
{
    struct cp_buf target;
    struct cp_str phone = cp_member_text(entry);
    cp_buf_init(&target);
    cp_buf_puts(&target, "tel:");
    for (size_t i = 0; i < phone.len; i++) {
        bool is_dialled = phone.at[i] == '+' || (phone.at[i] >= '0' && phone.at[i] <= '9');
        cp_buf_put(&target, cp_str_slice(phone, i, is_dialled));
    }
    cp_document_link(report->document, phone, cp_buf_str(&target));
    cp_buf_release(&target);
}

/* Whether a length was written in the short form (72h, 1d 12h), which is then kept. */
static bool is_short_form(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("0123456789 smhdwoy", text.at[i])) {
            return false;
        }
    }
    return text.len > 0 && text.len <= 16;
}

static void put_length(struct cp_report *report, const struct cp_member *entry)
{
    const struct cp_length *length = value_of(entry);
    const struct cp_node *node = entry->leaf->node;
    if (length->is_continuous) {
        cp_buf_puts(&report->line, "continuous");
    } else if (node && is_short_form(node->text)) {
        cp_buf_put(&report->line, node->text);
    } else {
        cp_duration_put(&report->line, length->duration);
    }
    put_line(report);
}

static void put_date(struct cp_report *report, const struct cp_member *entry)
{
    const struct cp_day *day = value_of(entry);
    cp_date_put(&report->line, day->date);
    put_line(report);
}

static void put_hours(struct cp_report *report, const struct cp_member *entry)
{
    const struct cp_opening *opening = value_of(entry);
    cp_hours_put(&report->line, &opening->hours);
    if (opening->hours.kind == CP_HOURS_OFFICE) {
        cp_buf_puts(&report->line, " hours");
    }
    put_line(report);
}

static void put_yes_no(struct cp_report *report, const struct cp_member *entry)
{
    const struct cp_flag *flag = value_of(entry);
    cp_document_text(report->document, flag->is_yes ? CP_STR("yes") : CP_STR("no"));
}

static void put_number(struct cp_report *report, const struct cp_member *entry)
{
    const struct cp_number *number = value_of(entry);
    cp_buf_printf(&report->line, "%lld", (long long)number->value);
    put_line(report);
}

static void put_choice(struct cp_report *report, const struct cp_member *entry)
{
    const char *word = cp_choice_word(entry->field, value_of(entry));
    cp_document_text(report->document, cp_str_of(word));
}

/* An object in the place of a value: its first text or link. */
static void put_object(struct cp_report *report, const struct cp_member *entry)
{
    struct cp_member member;
    if (cp_field_find(entry->field->of, CP_STR("phone"))) {
        cp_report_put_contact(report, entry);
    } else if (cp_field_find(entry->field->of, CP_STR("title"))) {
        cp_report_put_link(report, entry);
    } else if (cp_field_find(entry->field->of, CP_STR("text")) &&
               cp_member_find(&member, entry, "text")) {
        cp_report_put(report, &member);
    }
}

static void (*const put_by_type[])(struct cp_report *, const struct cp_member *) = {
    [CP_TYPE_TEXT] = put_text,     [CP_TYPE_PROSE] = put_prose,
    [CP_TYPE_ID] = put_text,       [CP_TYPE_REFERENCE] = cp_report_put_reference,
    [CP_TYPE_URL] = put_url,       [CP_TYPE_EMAIL] = put_email,
    [CP_TYPE_PHONE] = put_phone,   [CP_TYPE_DURATION] = put_length,
    [CP_TYPE_PERIOD] = put_length, [CP_TYPE_INTERVAL] = put_length,
    [CP_TYPE_DATE] = put_date,     [CP_TYPE_HOURS] = put_hours,
    [CP_TYPE_YES_NO] = put_yes_no, [CP_TYPE_NUMBER] = put_number,
    [CP_TYPE_CHOICE] = put_choice, [CP_TYPE_OBJECT] = put_object,
};

/* ---- unknown, not applicable --------------------------------------------------------------- */

static void put_parenthesis(struct cp_report *report, struct cp_str first, const char *before,
                            struct cp_str second)
{
    if (first.len == 0 && second.len == 0) {
        return;
    }
    cp_buf_puts(&report->line, " (");
    cp_buf_put(&report->line, first);
    if (second.len > 0) {
        cp_buf_puts(&report->line, first.len > 0 ? ", " : "");
        cp_buf_puts(&report->line, before);
        cp_buf_put(&report->line, second);
    }
    cp_buf_puts(&report->line, ")");
}

static void put_unknown(struct cp_report *report, const struct cp_leaf *leaf)
{
    struct cp_unknown unknown;
    struct cp_buf due;
    cp_buf_init(&due);
    cp_unknown_decode(&unknown, leaf, &report->arena);
    if (unknown.due.leaf.state == CP_SET) {
        cp_date_put(&due, unknown.due.date);
    }
    cp_document_strong(report->document, CP_STR("Unknown:"));
    cp_buf_putc(&report->line, ' ');
    cp_buf_put(&report->line,
               unknown.reason.text.len > 0 ? unknown.reason.text : CP_STR("no reason is given"));
    put_parenthesis(report, cp_portfolio_name_of(report->portfolio, unknown.owner.text), "due ",
                    cp_buf_str(&due));
    put_line(report);
    cp_buf_release(&due);
}

static void put_not_applicable(struct cp_report *report, const struct cp_leaf *leaf)
{
    struct cp_not_applicable exemption;
    cp_not_applicable_decode(&exemption, leaf, &report->arena);
    cp_document_strong(report->document, CP_STR("Not applicable:"));
    cp_buf_putc(&report->line, ' ');
    cp_buf_put(&report->line, exemption.reason.text.len > 0 ? exemption.reason.text
                                                            : CP_STR("no reason is given"));
    put_parenthesis(report, cp_portfolio_name_of(report->portfolio, exemption.by.text), "",
                    (struct cp_str){0});
    put_line(report);
}

/* Incomplete ones are broken, and still say what they say. */
static bool has_key(const struct cp_leaf *leaf, const char *key)
{
    return leaf->state == CP_BROKEN && cp_node_find(leaf->node, key);
}

bool cp_leaf_is_exempt(const struct cp_leaf *leaf)
{
    return leaf->state == CP_UNKNOWN || leaf->state == CP_NOT_APPLICABLE ||
           has_key(leaf, "unknown") || has_key(leaf, "not_applicable");
}

void cp_report_put_exemption(struct cp_report *report, const struct cp_leaf *leaf)
{
    if (leaf->state == CP_UNKNOWN || has_key(leaf, "unknown")) {
        put_unknown(report, leaf);
    } else {
        put_not_applicable(report, leaf);
    }
}

/* ---- any value ----------------------------------------------------------------------------- */

static void put_one(struct cp_report *report, const struct cp_member *entry)
{
    if (cp_leaf_is_exempt(entry->leaf)) {
        cp_report_put_exemption(report, entry->leaf);
    } else if (entry->leaf->state == CP_BROKEN) {
        cp_document_text(report->document, cp_member_text(entry));
    } else {
        put_by_type[entry->field->type](report, entry);
    }
}

static void put_list(struct cp_report *report, const struct cp_member *list)
{
    bool is_prose = list->field->type == CP_TYPE_OBJECT || list->field->type == CP_TYPE_PROSE;
    bool is_first = true;
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member item = cp_member_item(list, i);
        if (cp_member_sight(report, &item) != CP_SIGHT_GIVEN) {
            continue;
        }
        if (!is_first && (is_prose || report->is_listed)) {
            cp_document_break(report->document);
        } else if (!is_first) {
            cp_document_text(report->document, CP_STR(", "));
        }
        report->is_listed = false;
        put_one(report, &item);
        is_first = false;
    }
    report->is_listed = false;
}

void cp_report_put(struct cp_report *report, const struct cp_member *entry)
{
    if (entry->leaf == report->apart || cp_member_sight(report, entry) != CP_SIGHT_GIVEN) {
        return;
    }
    if (cp_member_is_list(entry)) {
        put_list(report, entry);
    } else {
        put_one(report, entry);
    }
}
