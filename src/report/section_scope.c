/* The chapters of what the plan covers, and of what a disruption does to the business. */
#include "private.h"

static const struct cp_part scope_parts[] = {
    CP_PART(FACT, "users", "Users", .missing = "users"),
    CP_PART(FACT, "support_hours", "Support hours", .missing = "support hours"),
    CP_PART(FACT, "workaround", "Workaround", .put = cp_report_put_workaround),
    CP_PART(ITEMS, "in", "In Scope", .missing = "what is in scope"),
    CP_PART(ITEMS, "out", "Out of Scope", .missing = "what is out of scope"),
    CP_PART(ITEMS, "assumptions", "Assumptions"),
};

const struct cp_chapter cp_chapter_scope = {
    .key = "scope",
    .title = "Scope",
    .house_title = "Service Scope",
    CP_PARTS(scope_parts),
};

static const struct cp_column impact_columns[] = {
    CP_COLUMN("After", "at"),
    CP_COLUMN("Impact", "level", .missing = "level"),
    CP_COLUMN("Kinds", "kinds"),
    CP_COLUMN("What Happens", "note"),
};

static const struct cp_part impact_parts[] = {
    CP_PART(TABLE, "impact", NULL, CP_COLUMNS(impact_columns)),
};

const struct cp_chapter cp_chapter_impact = {
    .key = "impact",
    .title = "Business Impact",
    .is_optional = true,
    .is_rootless = true,
    CP_PARTS(impact_parts),
};
