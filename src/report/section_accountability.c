/* The chapter of who answers for the service and how they are reached. */
#include "private.h"

static const struct cp_part parts[] = {
    CP_PART(FACT, "accountable", "Accountable", .missing = "who is accountable",
            .shows_ways = true),
    CP_PART(FACT, "responsible", "Responsible", .missing = "who is responsible",
            .shows_ways = true),
    CP_PART(FACT, "consulted", "Consulted"),
    CP_PART(FACT, "informed", "Informed"),
    CP_PART(OWN, "contacts", "Contacts", .missing = "contacts", .is_house = true,
            .build = cp_contacts_build),
};

const struct cp_chapter cp_chapter_accountability = {
    .key = "accountability",
    .title = "Accountability",
    .house_title = "Service Accountability (Accountable / Responsible)",
    .has_house_notes = true,
    CP_PARTS(parts),
};
