/*
 * Field table of the section `accountability`: who answers for the service and who is asked or
 * told. Rows only.
 */
#include "fields.h"

static const struct cp_field fields[] = {
    CP_SECTION_FIRST(struct cp_accountability),
    CP_REFERENCE(struct cp_accountability, accountable, "accountable",
                 "The one person or team that answers for the service and its continuity. Exactly "
                 "one, since two who are accountable are none.",
                 .refers = CP_REFERS_HOLDER, .example = "maya.lind"),
    CP_REFERENCES(struct cp_accountability, responsible, "responsible",
                  "Who does the work of keeping the service and this plan in order.",
                  .refers = CP_REFERS_HOLDER, .example = "permits-team"),
    CP_REFERENCES(struct cp_accountability, consulted, "consulted",
                  "Whose opinion is asked before the service or this plan changes.",
                  .refers = CP_REFERS_HOLDER, .example = "information-security"),
    CP_REFERENCES(struct cp_accountability, informed, "informed",
                  "Who is told of changes and of disruptions.", .refers = CP_REFERS_HOLDER,
                  .example = "contact-centre"),
    CP_OBJECTS(struct cp_accountability, struct cp_contact, contacts, "contacts",
               "How to reach those who know the service, without having to open another page.",
               .of = &cp_object_contact, .merge_key = "name"),
    CP_SECTION_LAST(struct cp_accountability),
};

const struct cp_object cp_object_accountability =
    CP_TABLE(struct cp_accountability, "accountability", fields, .takes_audience = true,
             .doc = "Service Accountability (Accountable / Responsible): who answers for the "
                    "service, and how they are reached.");
