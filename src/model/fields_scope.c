/*
 * Field tables of the section `scope` and of the business impact by time. Rows only; the words of
 * the levels stand in the order of enum cp_impact_level.
 */
#include "fields.h"

static const struct cp_field scope_fields[] = {
    CP_SECTION_FIRST(struct cp_scope),
    CP_OBJECTS(struct cp_scope, struct cp_item, in, "in",
               "What this plan brings back: the functions that count as the service.",
               .of = &cp_object_item, .example = "Applications, refunds and renewals"),
    CP_OBJECTS(
        struct cp_scope, struct cp_item, out, "out",
        "What a reader might expect of this plan and will not find, and where it is instead.",
        .of = &cp_object_item, .example = "Payments: see the plan of the payment service"),
    CP_PROSE(struct cp_scope, users, "users",
             "Who uses the service and how many they are: the reason for its objectives.",
             .example = "About 1,200 applicants a day and 40 case officers."),
    CP_HOURS(
        struct cp_scope, support_hours, "support_hours",
        "When the service is supported. A short RTO outside these hours has nobody to meet it.",
        .flags = CP_FIELD_LESS_IS_WEAKER | CP_FIELD_PROMISE, .example = "Mon-Fri 08:00-18:00"),
    CP_OBJECTS(struct cp_scope, struct cp_item, assumptions, "assumptions",
               "What this plan takes for granted; where one fails, the plan does not hold.",
               .of = &cp_object_item, .example = "Two engineers can be reached"),
    CP_OBJECT(struct cp_scope, struct cp_workaround, workaround, "workaround",
              "The manual fallback of the service's users, and how long it can be kept up.",
              .of = &cp_object_workaround),
    CP_SECTION_LAST(struct cp_scope),
};

const struct cp_object cp_object_scope =
    CP_TABLE(struct cp_scope, "scope", scope_fields, .takes_audience = true,
             .doc = "Service Scope: what the plan covers, for whom and when.");

static const struct cp_field impact_fields[] = {
    CP_DURATION(struct cp_impact, at, "at",
                "The time since the disruption at which the impact has grown to this level.",
                .example = "4h"),
    CP_CHOICE(struct cp_impact, level, "level", "How bad it is by then.",
              CP_WORDS("negligible", "minor", "moderate", "major", "severe"),
              .example = "moderate"),
    CP_CHOICES(
        struct cp_impact, kinds, "kinds", "What is harmed.",
        CP_WORDS("operational", "financial", "regulatory", "reputational", "safety", "people"),
        .example = "operational"),
    CP_PROSE(struct cp_impact, note, "note", "What happens by then, so that others can judge it.",
             .example = "The statutory deadline of the day's applications is missed."),
};

const struct cp_object cp_object_impact =
    CP_TABLE(struct cp_impact, "impact", impact_fields, .identity = "at", .takes_audience = true,
             .doc = "One line of the business impact analysis (BIA): how bad the disruption is "
                    "after a time. The MTPD follows from where the impact becomes severe.");
