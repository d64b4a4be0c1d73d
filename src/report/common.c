/*
 * What several chapters write alike: contacts, workarounds, commitments, named links.
 */
#include "private.h"

void cp_report_put_member(struct cp_report *report, const struct cp_member *row, const char *path)
{
    struct cp_member member;
    if (cp_member_find(&member, row, path)) {
        cp_report_put(report, &member);
    }
}

void cp_report_put_named(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member name, url;
    bool has_name =
        cp_member_find(&name, row, "name") && cp_member_sight(report, &name) == CP_SIGHT_GIVEN;
    bool has_url =
        cp_member_find(&url, row, "url") && cp_member_sight(report, &url) == CP_SIGHT_GIVEN;
    if (has_name && has_url && cp_member_text(&name).len > 0 && cp_member_text(&url).len > 0) {
        cp_document_link(report->document, cp_member_text(&name), cp_member_text(&url));
        return;
    }
    if (has_name) {
        cp_report_put(report, &name);
        cp_document_text(report->document, has_url ? CP_STR(" ") : CP_STR(""));
    }
    if (has_url) {
        cp_report_put(report, &url);
    }
}

void cp_report_put_parent(struct cp_report *report, const struct cp_member *row)
{
    (void)row;
    cp_report_put_member(report, report->parent, "id");
}

/* "Take applications on paper (can be kept up for 2d)", or a sentence behind sentences. */
void cp_report_put_workaround(struct cp_report *report, const struct cp_member *workaround)
{
    struct cp_member text, sustain;
    bool has_text = cp_member_find(&text, workaround, "text") && text.leaf != report->apart &&
                    cp_member_sight(report, &text) == CP_SIGHT_GIVEN;
    bool is_sentence = has_text && cp_str_has_suffix(cp_str_trim(cp_member_text(&text)), ".");
    if (has_text) {
        cp_report_put(report, &text);
    }
    if (!cp_member_find(&sustain, workaround, "sustain") ||
        cp_member_sight(report, &sustain) != CP_SIGHT_GIVEN) {
        return;
    }
    const char *before = !has_text     ? "for up to "
                         : is_sentence ? " This can be kept up for "
                                       : " (can be kept up for ";
    cp_document_text(report->document, cp_str_of(before));
    cp_report_put(report, &sustain);
    cp_document_text(report->document, cp_str_of(!has_text ? "" : is_sentence ? "." : ")"));
}

/* "RTO 4h, RPO 15m". */
void cp_report_put_commits(struct cp_report *report, const struct cp_member *commits)
{
    static const struct {
        const char *path, *label;
    } parts[] = {{"rto", "RTO "}, {"rpo", "RPO "}, {"support_hours", "support "}};
    const char *separator = "";
    for (size_t i = 0; i < CP_COUNT(parts); i++) {
        struct cp_member member;
        if (cp_field_find(commits->field->of, cp_str_of(parts[i].path)) &&
            cp_member_find(&member, commits, parts[i].path) &&
            cp_member_sight(report, &member) == CP_SIGHT_GIVEN) {
            cp_document_text(report->document, cp_str_of(separator));
            cp_document_text(report->document, cp_str_of(parts[i].label));
            cp_report_put(report, &member);
            separator = ", ";
        }
    }
}

/* ---- contacts ------------------------------------------------------------------------------ */

static const struct cp_column contact_columns[] = {
    CP_COLUMN("Name", "name url", .put = cp_report_put_named),
    CP_COLUMN("Role", "role"),
    CP_COLUMN("E-mail", "email"),
    CP_COLUMN("Telephone", "phone"),
    CP_COLUMN("Chat", "chat"),
    CP_COLUMN("Hours", "hours"),
};

static bool is_only_link(const struct cp_report *report, const struct cp_member *contact)
{
    struct cp_member member;
    for (size_t i = 1; i < CP_COUNT(contact_columns); i++) {
        if (cp_member_find(&member, contact, contact_columns[i].paths) &&
            cp_member_sight(report, &member) == CP_SIGHT_GIVEN) {
            return false;
        }
    }
    return true;
}

static bool are_only_links(const struct cp_report *report, const struct cp_member *list)
{
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member contact = cp_member_item(list, i);
        if (contact.leaf->state != CP_SET || !is_only_link(report, &contact)) {
            return false;
        }
    }
    return true;
}

bool cp_contacts_build(struct cp_report *report, const struct cp_part *part,
                       const struct cp_member *list)
{
    (void)part;
    if (!are_only_links(report, list)) {
        return cp_table_build(report, contact_columns, CP_COUNT(contact_columns), list, NULL);
    }
    cp_document_begin(report->document, CP_BLOCK_BULLETS);
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member contact = cp_member_item(list, i);
        cp_document_begin(report->document, CP_BLOCK_ITEM);
        cp_report_put_named(report, &contact);
        cp_document_end(report->document);
    }
    cp_document_end(report->document);
    return true;
}
