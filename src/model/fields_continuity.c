/*
 * Field tables of the section `it_continuity`: where the service runs and what takes over. Rows
 * only.
 */
#include "fields.h"

static const struct cp_field redundancy_fields[] = {
    CP_CHOICE(struct cp_redundancy, against, "against", "The loss of what it answers.",
              CP_WORDS("zone", "region", "supplier", "account", "data"), .example = "zone"),
    CP_CHOICE(struct cp_redundancy, level, "level",
              "How ready the standby is, from `none` to `active-active`.",
              CP_WORDS("none", "backup-restore", "pilot-light", "warm-standby", "active-passive",
                       "active-active"),
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "active-passive"),
    CP_REFERENCE(struct cp_redundancy, uses, "uses", "What takes over: the standby.",
                 .refers = CP_REFERS_REGION | CP_REFERS_SUPPLIER | CP_REFERS_STORE |
                           CP_REFERS_BACKUP | CP_REFERS_OR_TEXT,
                 .example = "northcloud.east.b"),
    CP_DURATION(struct cp_redundancy, takes, "takes", "How long the switch-over takes.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "5m"),
};

static const struct cp_object redundancy_object =
    CP_TABLE(struct cp_redundancy, "redundancy", redundancy_fields, .identity = "against",
             .takes_audience = true, .doc = "What takes over when a thing of one kind is lost.");

static const struct cp_field it_continuity_fields[] = {
    CP_SECTION_FIRST(struct cp_it_continuity),
    CP_REFERENCE(struct cp_it_continuity, hosting, "hosting",
                 "The id of the supplier the service runs at.", .refers = CP_REFERS_SUPPLIER,
                 .example = "northcloud"),
    CP_REFERENCES(struct cp_it_continuity, regions, "regions",
                  "The regions it runs in now, as `supplier.region`.", .refers = CP_REFERS_REGION,
                  .example = "northcloud.east"),
    CP_REFERENCES(struct cp_it_continuity, zones, "zones",
                  "The zones it runs in now, as `supplier.region.zone`; they need no declaration.",
                  .refers = CP_REFERS_ZONE, .example = "northcloud.east.a"),
    CP_OBJECTS(struct cp_it_continuity, struct cp_redundancy, redundancy, "redundancy",
               "What takes over when a zone, a region or more is lost; one entry for each kind of "
               "loss.",
               .of = &redundancy_object),
    CP_OBJECTS(struct cp_it_continuity, struct cp_item, measures, "measures",
               "What else keeps the service up: spare capacity, limits, monitoring.",
               .of = &cp_object_item, .example = "Two servers share the load"),
    CP_OBJECTS(struct cp_it_continuity, struct cp_item, degraded_modes, "degraded_modes",
               "How the service can go on with less, and what users then do without.",
               .of = &cp_object_item, .example = "Applications can be read but not changed"),
    CP_SECTION_LAST(struct cp_it_continuity),
};

const struct cp_object cp_object_it_continuity =
    CP_TABLE(struct cp_it_continuity, "it_continuity", it_continuity_fields, .takes_audience = true,
             .doc = "IT Continuity Plans (Resilience): what keeps the service up without anybody "
                    "recovering it.");
