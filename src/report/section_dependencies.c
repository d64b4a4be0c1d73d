/* The chapter of what the service needs, who needs it, and the software it is made of. */
#include "private.h"

/* Whom an id names, and the name behind it: a product of the supplier's, say. */
static void put_both(struct cp_report *report, const struct cp_member *row, const char *path)
{
    struct cp_member id, name;
    bool has_id = cp_member_find(&id, row, path) && cp_member_sight(report, &id) == CP_SIGHT_GIVEN;
    bool has_name =
        cp_member_find(&name, row, "name") && cp_member_sight(report, &name) == CP_SIGHT_GIVEN;
    if (has_id) {
        cp_report_put(report, &id);
    }
    cp_document_text(report->document, has_id && has_name ? CP_STR(" (") : CP_STR(""));
    if (has_name) {
        cp_report_put(report, &name);
    }
    cp_document_text(report->document, has_id && has_name ? CP_STR(")") : CP_STR(""));
}

static void put_name(struct cp_report *report, const struct cp_member *row)
{
    put_both(report, row, "supplier");
}

static void put_service(struct cp_report *report, const struct cp_member *row)
{
    put_both(report, row, "service");
}

static void put_fallback(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member fallback;
    if (cp_member_find(&fallback, row, "fallback") && fallback.leaf->state == CP_SET) {
        cp_report_put_workaround(report, &fallback);
    } else {
        cp_report_put_member(report, row, "fallback");
    }
}

/* The dependency's own word goes before the portfolio's. */
static bool find_either(struct cp_member *out, const struct cp_report *report,
                        const struct cp_member *row, const char *key)
{
    return cp_member_find(out, row, key) || cp_supplier_member_find(out, report, row, key);
}

static void put_commits(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member commits;
    if (!find_either(&commits, report, row, "commits")) {
        return;
    }
    if (commits.leaf->state == CP_SET) {
        cp_report_put_commits(report, &commits);
    } else {
        cp_report_put(report, &commits);
    }
}

static void put_contact(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member contact;
    if (find_either(&contact, report, row, "contact")) {
        cp_report_put(report, &contact);
    }
}

#define SHARED_COLUMNS                                                                             \
    CP_COLUMN("Purpose", "purpose", .missing = "purpose"),                                         \
        CP_COLUMN("Criticality", "criticality", .missing = "criticality"),                         \
        CP_COLUMN("Needed for Recovery", "recovery_needs"),                                        \
        CP_COLUMN("Holds Our Data", "holds_data"), CP_COLUMN("Time to Resume", "resume"),          \
        CP_COLUMN("Built to Bear Its Absence", "pattern"),                                         \
        CP_COLUMN("Fallback", "fallback", .put = put_fallback)

static const struct cp_column internal_columns[] = {
    CP_COLUMN("Dependency", "service name", .put = put_service),
    SHARED_COLUMNS,
};

static const struct cp_column external_columns[] = {
    CP_COLUMN("Dependency", "supplier name", .put = put_name),
    SHARED_COLUMNS,
    CP_COLUMN("Commitment", "commits", .put = put_commits, .is_of_supplier = true),
    CP_COLUMN("Contact", "contact", .put = put_contact, .is_of_supplier = true),
};

static const struct cp_column consumer_columns[] = {
    CP_COLUMN("Consumer", "service name", .put = put_service),
    CP_COLUMN("Purpose", "purpose"),
};

/* ---- software ------------------------------------------------------------------------------ */

static void put_software(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member version, text;
    cp_report_put_named(report, row);
    if (cp_member_find(&version, row, "version") &&
        cp_member_sight(report, &version) == CP_SIGHT_GIVEN) {
        cp_document_text(report->document, CP_STR(" "));
        cp_report_put(report, &version);
    }
    if (cp_member_find(&text, row, "text") && cp_member_sight(report, &text) == CP_SIGHT_GIVEN) {
        cp_document_text(report->document, CP_STR(": "));
        cp_report_put(report, &text);
    }
}

static void build_software_list(struct cp_report *report, const struct cp_member *list);

static void build_software_item(struct cp_report *report, const struct cp_member *item)
{
    struct cp_member items;
    cp_document_begin(report->document, CP_BLOCK_ITEM);
    if (cp_leaf_is_exempt(item->leaf)) {
        cp_report_put_exemption(report, item->leaf);
    } else {
        put_software(report, item);
    }
    if (cp_field_find(item->field->of, CP_STR("items")) && cp_member_find(&items, item, "items") &&
        cp_member_is_list(&items)) {
        cp_document_begin(report->document, CP_BLOCK_BULLETS);
        build_software_list(report, &items);
        cp_document_end(report->document);
    }
    cp_document_end(report->document);
}

/* Two levels deep, as the tables are. */
static void build_software_list(struct cp_report *report, const struct cp_member *list)
{
    for (size_t i = 0; i < cp_member_count(list); i++) {
        struct cp_member item = cp_member_item(list, i);
        if (cp_member_sight(report, &item) == CP_SIGHT_GIVEN) {
            build_software_item(report, &item);
        }
    }
}

/* Software and the parts list (SBOM) are one list under one heading. */
static bool build_software(struct cp_report *report, const struct cp_part *part,
                           const struct cp_member *section)
{
    struct cp_member software, sbom;
    (void)part;
    bool has_software = cp_member_find(&software, section, "software");
    bool has_sbom =
        cp_member_find(&sbom, section, "sbom") && cp_member_sight(report, &sbom) == CP_SIGHT_GIVEN;
    if (has_software && cp_leaf_is_exempt(software.leaf)) {
        cp_report_exempt(report, software.leaf);
    }
    cp_document_begin(report->document, CP_BLOCK_BULLETS);
    if (has_software && cp_member_is_list(&software)) {
        build_software_list(report, &software);
    }
    cp_document_begin(report->document, CP_BLOCK_ITEM);
    if (has_sbom) {
        cp_report_put(report, &sbom);
    }
    cp_document_end(report->document);
    cp_document_end(report->document);
    return true;
}

static const struct cp_part parts[] = {
    CP_PART(TABLE, "internal", "Internal Dependencies", .missing = "internal dependencies",
            CP_COLUMNS(internal_columns)),
    CP_PART(TABLE, "external", "External Dependencies", .missing = "external dependencies",
            .is_house = true, CP_COLUMNS(external_columns)),
    CP_PART(TABLE, "consumers", "Consumers", CP_COLUMNS(consumer_columns)),
    CP_PART(OWN, "software sbom", "Software", .missing = "software", .is_house = true,
            .is_whole = true, .build = build_software),
};

const struct cp_chapter cp_chapter_dependencies = {
    .key = "dependencies",
    .title = "Dependencies",
    .house_title = "Interfaces and Dependencies (Internal and External)",
    CP_PARTS(parts),
};
