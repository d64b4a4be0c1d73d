/*
 * What ids stand for: people and teams with the ways to reach them, suppliers, roles, scenarios and
 * runbooks of the plan; and links and contacts as pieces of text. An id that names nothing is shown
 * as it stands.
 */
#include "private.h"

/* ---- contacts ------------------------------------------------------------------------------ */

/* Adds the members of `object` that this audience may see, each after `separator` but the first,
 * for which `*first` stands. */
static void put_members(struct cp_report *report, const struct cp_member *object,
                        const char *const *paths, const char **separator)
{
    for (; *paths; paths++) {
        struct cp_member member;
        if (cp_member_find(&member, object, *paths) &&
            cp_member_sight(report, &member) == CP_SIGHT_GIVEN) {
            cp_document_text(report->document, cp_str_of(*separator));
            cp_report_put(report, &member);
            *separator = ", ";
        }
    }
}

static const char *const ways[] = {"email", "phone", "chat", "url", "hours", NULL};
static const char *const ways_of_person[] = {"email", "phone", NULL};
static const char *const names_of_contact[] = {"name", "role", NULL};

void cp_report_put_contact(struct cp_report *report, const struct cp_member *contact)
{
    const char *separator = "";
    put_members(report, contact, names_of_contact, &separator);
    put_members(report, contact, ways, &separator);
}

/* The frame of values in the portfolio file: no section of the plan's is around them. */
static struct cp_member config_entry(const struct cp_report *report, const char *list,
                                     const struct cp_leaf *item)
{
    const struct cp_field *field = cp_field_find(&cp_object_config, cp_str_of(list));
    struct cp_frame frame = {.plan = report->plan};
    return (struct cp_member){field, item, cp_frame_enter(&frame, item), true};
}

/* Puts them in brackets behind a name. */
static void put_ways(struct cp_report *report, const struct cp_member *object,
                     const char *const *paths)
{
    const char *separator = " (";
    put_members(report, object, paths, &separator);
    if (separator[0] == ',') {
        cp_document_text(report->document, CP_STR(")"));
    }
}

bool cp_holder_find(struct cp_member *out, const char *const **paths,
                    const struct cp_report *report, struct cp_str id)
{
    const struct cp_person *person = cp_portfolio_find_person(report->portfolio, id);
    const struct cp_team *team = cp_portfolio_find_team(report->portfolio, id);
    if (person) {
        *paths = ways_of_person;
        *out = config_entry(report, "people", &person->leaf);
        return true;
    }
    if (!team) {
        return false;
    }
    *paths = ways;
    struct cp_member entry = config_entry(report, "teams", &team->leaf);
    return cp_member_find(out, &entry, "contact") && out->leaf->state == CP_SET;
}

bool cp_supplier_member_find(struct cp_member *out, const struct cp_report *report,
                             const struct cp_member *row, const char *key)
{
    struct cp_member id;
    const struct cp_supplier *supplier =
        cp_member_find(&id, row, "supplier")
            ? cp_portfolio_find_supplier(report->portfolio, cp_member_text(&id))
            : NULL;
    if (!supplier) {
        return false;
    }
    struct cp_member entry = config_entry(report, "suppliers", &supplier->leaf);
    return cp_member_find(out, &entry, key);
}

/* Of longer teams the first ones are listed. */
enum { LISTED_MEMBERS = 12 };

/* The team, where its members stand for the contact that it does not state. */
static const struct cp_team *find_listed(const struct cp_report *report, struct cp_str id)
{
    const struct cp_team *team = cp_portfolio_find_person(report->portfolio, id)
                                     ? NULL
                                     : cp_portfolio_find_team(report->portfolio, id);
    return team && team->contact.leaf.state == CP_ABSENT ? team : NULL;
}

bool cp_listed_member_find(struct cp_member *out, const struct cp_report *report, struct cp_str id,
                           size_t index)
{
    const struct cp_team *team = find_listed(report, id);
    for (size_t i = 0; team && i < team->members.count && i < LISTED_MEMBERS; i++) {
        const struct cp_person *person =
            cp_portfolio_find_person(report->portfolio, team->members.items[i].text);
        if (person && index-- == 0) {
            *out = config_entry(report, "people", &person->leaf);
            return true;
        }
    }
    return false;
}

/* On a line each, with the ways to reach them: whoever is on duty is among them. */
static void put_listed(struct cp_report *report, struct cp_str id)
{
    struct cp_member person, name;
    report->is_listed = false;
    for (size_t i = 0; cp_listed_member_find(&person, report, id, i); i++) {
        if (cp_member_find(&name, &person, "name") &&
            cp_member_sight(report, &name) == CP_SIGHT_GIVEN) {
            cp_document_text(report->document, cp_str_of(report->is_listed ? "" : ":"));
            cp_document_break(report->document);
            cp_report_put(report, &name);
            put_ways(report, &person, ways_of_person);
            report->is_listed = true;
        }
    }
    if (report->is_listed && find_listed(report, id)->members.count > LISTED_MEMBERS) {
        cp_document_break(report->document);
        cp_document_text(report->document, CP_STR("and others"));
    }
}

static void put_holder(struct cp_report *report, struct cp_str id)
{
    struct cp_member holder;
    const char *const *paths;
    cp_document_text(report->document, cp_portfolio_name_of(report->portfolio, id));
    if (report->shows_ways && cp_holder_find(&holder, &paths, report, id)) {
        put_ways(report, &holder, paths);
    } else if (report->shows_ways) {
        put_listed(report, id);
    }
}

/* ---- the plan's own ids -------------------------------------------------------------------- */

void cp_report_put_role(struct cp_report *report, struct cp_str role)
{
    for (size_t i = 0; i < role.len; i++) {
        char c = role.at[i] == '-' ? ' ' : role.at[i];
        bool is_lower = c >= 'a' && c <= 'z';
        cp_buf_putc(&report->line, i == 0 && is_lower ? (char)(c - 'a' + 'A') : c);
    }
    cp_document_text(report->document, cp_buf_str(&report->line));
    cp_buf_clear(&report->line);
}

/* Below disaster_recovery: where a reference of this kind finds its item. */
static const struct {
    enum cp_refers refers;
    const char *path;
} named_items[] = {
    {CP_REFERS_SCENARIO, "disaster_recovery.scenarios"},
    {CP_REFERS_RUNBOOK, "disaster_recovery.runbooks"},
};

static bool put_item_name(struct cp_report *report, const char *path, struct cp_str id)
{
    struct cp_member plan = cp_member_plan(report);
    struct cp_member list, member;
    if (!cp_member_find(&list, &plan, path) || !cp_member_is_list(&list)) {
        return false;
    }
    for (size_t i = 0; i < cp_member_count(&list); i++) {
        struct cp_member item = cp_member_item(&list, i);
        if (cp_member_find(&member, &item, "id") && cp_str_is_equal(cp_member_text(&member), id) &&
            cp_member_find(&member, &item, "name") && cp_member_text(&member).len > 0 &&
            cp_member_sight(report, &member) == CP_SIGHT_GIVEN) {
            cp_report_put(report, &member);
            return true;
        }
    }
    return false;
}

static bool has_role(const struct cp_report *report, struct cp_str id)
{
    const struct cp_incident_response *response = &report->plan->incident_response;
    for (size_t i = 0; i < response->roles.count; i++) {
        if (cp_str_is_equal(response->roles.items[i].role.text, id)) {
            return true;
        }
    }
    return false;
}

void cp_report_put_reference(struct cp_report *report, const struct cp_member *entry)
{
    struct cp_str id = cp_member_text(entry);
    unsigned refers = entry->field->refers;
    for (size_t i = 0; i < CP_COUNT(named_items); i++) {
        if ((refers & named_items[i].refers) && put_item_name(report, named_items[i].path, id)) {
            return;
        }
    }
    if ((refers & CP_REFERS_ROLE) && has_role(report, id)) {
        cp_report_put_role(report, id);
    } else if (refers & (CP_REFERS_PERSON | CP_REFERS_TEAM | CP_REFERS_SUPPLIER)) {
        put_holder(report, id);
    } else {
        cp_document_text(report->document, id);
    }
}

/* ---- links --------------------------------------------------------------------------------- */

void cp_report_put_link(struct cp_report *report, const struct cp_member *link)
{
    struct cp_member title, url, text;
    bool has_title =
        cp_member_find(&title, link, "title") && cp_member_sight(report, &title) == CP_SIGHT_GIVEN;
    bool has_url =
        cp_member_find(&url, link, "url") && cp_member_sight(report, &url) == CP_SIGHT_GIVEN;
    bool has_text = cp_member_find(&text, link, "text") && text.leaf != report->apart &&
                    cp_member_sight(report, &text) == CP_SIGHT_GIVEN;
    if (has_title && has_url && title.leaf->state == CP_SET && url.leaf->state == CP_SET) {
        cp_document_link(report->document, cp_member_text(&title), cp_member_text(&url));
    } else if (has_title) {
        cp_report_put(report, &title);
    } else if (has_url) {
        cp_report_put(report, &url);
    }
    if (has_text) {
        cp_document_text(report->document, has_title || has_url ? CP_STR(": ") : CP_STR(""));
        cp_report_put(report, &text);
    }
}
