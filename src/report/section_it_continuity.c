/* The chapter of what keeps the service up without anybody's doing. */
#include "private.h"

static const struct cp_column redundancy_columns[] = {
    CP_COLUMN("Against the Loss Of", "against"),
    CP_COLUMN("Redundancy", "level", .missing = "level"),
    CP_COLUMN("Taken Over By", "uses"),
    CP_COLUMN("Within", "takes"),
};

static const struct cp_part parts[] = {
    CP_PART(FACT, "hosting", "Hosting"),
    CP_PART(FACT, "regions", "Regions"),
    CP_PART(FACT, "zones", "Zones"),
    CP_PART(TABLE, "redundancy", "Redundancy", .missing = "redundancy",
            CP_COLUMNS(redundancy_columns)),
    CP_PART(ITEMS, "measures", "Measures"),
    CP_PART(ITEMS, "degraded_modes", "Degraded Modes"),
};

const struct cp_chapter cp_chapter_it_continuity = {
    .key = "it_continuity",
    .title = "IT Continuity",
    .house_title = "IT Continuity Plans (Resilience)",
    CP_PARTS(parts),
};
