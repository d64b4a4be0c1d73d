/* The chapter of how the service is built. */
#include "private.h"

static void build_diagram(struct cp_report *report, const struct cp_member *item)
{
    struct cp_member title, src, alt;
    bool has_title =
        cp_member_find(&title, item, "title") && cp_member_sight(report, &title) == CP_SIGHT_GIVEN;
    bool has_src =
        cp_member_find(&src, item, "src") && cp_member_sight(report, &src) == CP_SIGHT_GIVEN;
    bool has_alt =
        cp_member_find(&alt, item, "alt") && cp_member_sight(report, &alt) == CP_SIGHT_GIVEN;
    cp_document_begin(report->document, CP_BLOCK_PARAGRAPH);
    if (has_title) {
        cp_report_put(report, &title);
        cp_document_break(report->document);
    }
    if (has_src && cp_member_text(&src).len > 0) {
        cp_document_image(report->document, has_alt ? cp_member_text(&alt) : cp_member_text(&title),
                          cp_member_text(&src));
    } else if (has_alt) {
        cp_report_put(report, &alt);
    }
    cp_document_end(report->document);
}

static bool build_diagrams(struct cp_report *report, const struct cp_part *part,
                           const struct cp_member *list)
{
    (void)part;
    cp_items_build(report, list, build_diagram);
    return true;
}

static const struct cp_column component_columns[] = {
    CP_COLUMN("Component", "name"),
    CP_COLUMN("What It Does", "text"),
};

static const struct cp_column environment_columns[] = {
    CP_COLUMN("Environment", "name"), CP_COLUMN("Account", "account"), CP_COLUMN("Data", "data"),
    CP_COLUMN("Access", "access"),    CP_COLUMN("Remarks", "text"),
};

static const struct cp_part parts[] = {
    CP_PART(OWN, "diagrams", "Diagrams", .build = build_diagrams),
    CP_PART(LINKS, "documents", "Documents"),
    CP_PART(TABLE, "components", "Components", .missing = "components",
            CP_COLUMNS(component_columns)),
    CP_PART(TABLE, "environments", "Environments", CP_COLUMNS(environment_columns)),
};

const struct cp_chapter cp_chapter_architecture = {
    .key = "architecture",
    .title = "Architecture",
    .house_title = "Architecture (HLD/LLD)",
    CP_PARTS(parts),
};
