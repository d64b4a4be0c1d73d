/*
 * The chapters of the plan's own fields: the service at a glance, its tier, the review and the
 * clauses it satisfies.
 */
#include "private.h"

/* "2 (Essential)", as the portfolio calls it. */
static void put_tier(struct cp_report *report, const struct cp_member *tier)
{
    const struct cp_tier *declared = cp_portfolio_find_tier(report->portfolio, report->plan);
    (void)tier;
    cp_buf_printf(&report->line, "%u", cp_plan_tier(report->plan));
    if (declared && declared->name.text.len > 0) {
        cp_buf_printf(&report->line, " (%.*s)", CP_ARG(declared->name.text));
    }
    cp_document_text(report->document, cp_buf_str(&report->line));
    cp_buf_clear(&report->line);
}

static const struct cp_part service_parts[] = {
    CP_PART(FACT, "tier", "Tier", .put = put_tier), CP_PART(FACT, "phase", "Phase"),
    CP_PART(FACT, "aliases", "Also known as"),      CP_PART(FACT, "urls", "Found at"),
    CP_PART(FACT, "repository", "Source code"),
};

const struct cp_chapter cp_chapter_service = {
    .key = "service",
    .title = "Service",
    .is_optional = true,
    .is_rootless = true,
    CP_PARTS(service_parts),
};

/* The house has the tier under a heading of its own. */
const struct cp_chapter cp_chapter_tier = {
    .key = "tier",
    .title = "Tier",
    .is_optional = true,
    .is_rootless = true,
    .parts = service_parts,
    .part_count = 1,
};

const struct cp_chapter cp_chapter_details = {
    .key = "service",
    .title = "Service Details",
    .is_optional = true,
    .is_rootless = true,
    .parts = service_parts + 1,
    .part_count = CP_COUNT(service_parts) - 1,
};

/* Enough to tell one content from another; the plan holds the whole. */
static void put_content(struct cp_report *report, const struct cp_member *row)
{
    enum { SHOWN = 12 };
    struct cp_member content;
    bool is_long = cp_member_find(&content, row, "content") && content.leaf->state == CP_SET &&
                   cp_member_sight(report, &content) == CP_SIGHT_GIVEN &&
                   cp_member_text(&content).len > SHOWN;
    if (!is_long) {
        cp_report_put_member(report, row, "content");
        return;
    }
    cp_document_text(report->document, cp_str_slice(cp_member_text(&content), 0, SHOWN));
    cp_document_text(report->document, CP_STR("…"));
}

static const struct cp_column approval_columns[] = {
    CP_COLUMN("Approved By", "by"),
    CP_COLUMN("On", "on"),
    CP_COLUMN("Content", "content", .put = put_content),
};

static const struct cp_part review_parts[] = {
    CP_PART(FACT, "last", "Last reviewed", .missing = "last review"),
    CP_PART(FACT, "by", "Reviewed by"),
    CP_PART(FACT, "every", "Reviewed every"),
    CP_PART(FACT, "note", "What was looked at"),
    CP_PART(TABLE, "approvals", "Approvals", CP_COLUMNS(approval_columns)),
};

const struct cp_chapter cp_chapter_review = {
    .key = "review",
    .title = "Review",
    .is_optional = true,
    CP_PARTS(review_parts),
};

static const struct cp_column standard_columns[] = {
    CP_COLUMN("Standard", "id"),
    CP_COLUMN("Clause", "clause"),
    CP_COLUMN("Satisfied By", "satisfied_by"),
};

static const struct cp_part standard_parts[] = {
    CP_PART(TABLE, "standards", NULL, CP_COLUMNS(standard_columns)),
};

const struct cp_chapter cp_chapter_standards = {
    .key = "standards",
    .title = "Standards",
    .is_optional = true,
    .is_rootless = true,
    CP_PARTS(standard_parts),
};
