/* The chapter of what the service needs, who needs it, and the software it is made of. */
#include "private.h"

/* A supplier's product stands behind the supplier's name. */
static void put_name(struct cp_report *report, const struct cp_entry *row)
{
    struct cp_entry supplier;
    bool has_supplier = cp_field_find(row->field->of, CP_STR("supplier")) &&
                        cp_entry_find(&supplier, row, "supplier") &&
                        cp_entry_sight(report, &supplier) == CP_SIGHT_GIVEN;
    struct cp_entry name;
    bool has_name =
        cp_entry_find(&name, row, "name") && cp_entry_sight(report, &name) == CP_SIGHT_GIVEN;
    if (has_supplier) {
        cp_report_put(report, &supplier);
    }
    cp_document_text(report->document, has_supplier && has_name ? CP_STR(" (") : CP_STR(""));
    if (has_name) {
        cp_report_put(report, &name);
    }
    cp_document_text(report->document, has_supplier && has_name ? CP_STR(")") : CP_STR(""));
}

static void put_service(struct cp_report *report, const struct cp_entry *row)
{
    struct cp_entry entry;
    if (cp_entry_find_first(&entry, row, "service name")) {
        cp_report_put(report, &entry);
    }
}

static void put_fallback(struct cp_report *report, const struct cp_entry *row)
{
    struct cp_entry fallback;
    if (cp_entry_find(&fallback, row, "fallback") && fallback.leaf->state == CP_SET) {
        cp_report_put_workaround(report, &fallback);
    } else {
        cp_report_put_member(report, row, "fallback");
    }
}

/* What the portfolio file says of the row's supplier: its member `key`, as an entry. */
static bool find_supplier_member(struct cp_entry *out, const struct cp_report *report,
                                 const struct cp_entry *row, const char *key)
{
    struct cp_entry id;
    const struct cp_supplier *supplier =
        cp_entry_find(&id, row, "supplier")
            ? cp_portfolio_find_supplier(report->portfolio, cp_entry_text(&id))
            : NULL;
    if (!supplier) {
        return false;
    }
    struct cp_entry entry = {.field = cp_field_find(&cp_object_config, CP_STR("suppliers")),
                             .leaf = &supplier->leaf,
                             .frame = {.plan = report->plan},
                             .is_item = true};
    return cp_entry_find(out, &entry, key);
}

/* The dependency's own word goes before the portfolio's. */
static bool find_either(struct cp_entry *out, const struct cp_report *report,
                        const struct cp_entry *row, const char *key)
{
    return cp_entry_find(out, row, key) || find_supplier_member(out, report, row, key);
}

static void put_commits(struct cp_report *report, const struct cp_entry *row)
{
    struct cp_entry commits;
    if (!find_either(&commits, report, row, "commits")) {
        return;
    }
    if (commits.leaf->state == CP_SET) {
        cp_report_put_commits(report, &commits);
    } else {
        cp_report_put(report, &commits);
    }
}

static void put_contact(struct cp_report *report, const struct cp_entry *row)
{
    struct cp_entry contact;
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
    CP_COLUMN("Commitment", "commits", .put = put_commits),
    CP_COLUMN("Contact", "contact", .put = put_contact),
};

static const struct cp_column consumer_columns[] = {
    CP_COLUMN("Consumer", "service name", .put = put_service),
    CP_COLUMN("Purpose", "purpose"),
};

/* ---- software ------------------------------------------------------------------------------ */

static void put_software(struct cp_report *report, const struct cp_entry *row)
{
    struct cp_entry version, text;
    cp_report_put_named(report, row);
    if (cp_entry_find(&version, row, "version") &&
        cp_entry_sight(report, &version) == CP_SIGHT_GIVEN) {
        cp_document_text(report->document, CP_STR(" "));
        cp_report_put(report, &version);
    }
    if (cp_entry_find(&text, row, "text") && cp_entry_sight(report, &text) == CP_SIGHT_GIVEN) {
        cp_document_text(report->document, CP_STR(": "));
        cp_report_put(report, &text);
    }
}

static void build_software_list(struct cp_report *report, const struct cp_entry *list);

static void build_software_item(struct cp_report *report, const struct cp_entry *item)
{
    struct cp_entry items;
    cp_document_begin(report->document, CP_BLOCK_ITEM);
    if (cp_leaf_is_exempt(item->leaf)) {
        cp_report_put_exemption(report, item->leaf);
    } else {
        put_software(report, item);
    }
    if (cp_field_find(item->field->of, CP_STR("items")) && cp_entry_find(&items, item, "items") &&
        cp_entry_is_list(&items)) {
        cp_document_begin(report->document, CP_BLOCK_BULLETS);
        build_software_list(report, &items);
        cp_document_end(report->document);
    }
    cp_document_end(report->document);
}

/* Two levels deep, as the tables are. */
static void build_software_list(struct cp_report *report, const struct cp_entry *list)
{
    for (size_t i = 0; i < cp_entry_count(list); i++) {
        struct cp_entry item = cp_entry_item(list, i);
        if (cp_entry_sight(report, &item) == CP_SIGHT_GIVEN) {
            build_software_item(report, &item);
        }
    }
}

/* Software and the parts list (SBOM) are one list under one heading. */
static bool build_software(struct cp_report *report, const struct cp_part *part,
                           const struct cp_entry *section)
{
    struct cp_entry software, sbom;
    (void)part;
    bool has_software = cp_entry_find(&software, section, "software");
    bool has_sbom =
        cp_entry_find(&sbom, section, "sbom") && cp_entry_sight(report, &sbom) == CP_SIGHT_GIVEN;
    if (has_software && cp_leaf_is_exempt(software.leaf)) {
        cp_report_exempt(report, software.leaf);
    }
    cp_document_begin(report->document, CP_BLOCK_BULLETS);
    if (has_software && cp_entry_is_list(&software)) {
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
