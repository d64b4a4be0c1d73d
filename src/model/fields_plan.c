/*
 * Field table of the plan itself: its own fields, then its sections in the house format's order.
 * Rows only; the words of the phase stand in the order of enum cp_phase, those of the
 * classification in the order of enum cp_audience from CP_PUBLIC on.
 */
#include "fields.h"

static const struct cp_field plan_fields[] = {
    CP_TEXT(struct cp_plan, schema, "schema", "The version of this format.",
            .flags = CP_FIELD_NAMES_PLAN, .example = "contplan/v1"),
    CP_ID(struct cp_plan, id, "id",
          "By which other plans refer to this one; the same as the file's name without `.yaml`.",
          .flags = CP_FIELD_NAMES_PLAN, .example = "permit-portal"),
    CP_TEXT(struct cp_plan, name, "name", "What people call the service.",
            .flags = CP_FIELD_NAMES_PLAN, .example = "Permit portal"),
    CP_PROSE(struct cp_plan, summary, "summary",
             "What the service does and for whom. Its first sentence must do by itself.",
             .example = "Residents apply for parking permits here."),
    CP_TEXTS(struct cp_plan, aliases, "aliases", "Other names it is known by.",
             .example = "E-permits"),
    CP_URLS(struct cp_plan, urls, "urls", "Where users find the service.",
            .example = "https://permits.example.org/"),
    CP_URL(struct cp_plan, repository, "repository", "Where its source code is kept.",
           .example = "https://git.example.org/permits/portal"),
    CP_CHOICE(struct cp_plan, phase, "phase",
              "How far the service is; absent, `live`. Before `live` most errors are warnings.",
              CP_WORDS("discovery", "alpha", "beta", "live", "retired"), .example = "live"),
    /* Less is asked of a plan of a later tier. */
    CP_CHOICE(struct cp_plan, tier, "tier",
              "How critical it is, from 1 (most) to 4; the portfolio file says what a tier asks. "
              "Absent, no tier's rules hold.",
              CP_WORDS("1", "2", "3", "4"), .flags = CP_FIELD_MORE_IS_WEAKER, .example = "2"),
    CP_CHOICE(struct cp_plan, classification, "classification",
              "The audience of sections that state none; absent, `internal`.",
              CP_WORDS("public", "internal", "restricted"), .flags = CP_FIELD_NAMES_PLAN,
              .example = "internal"),
    CP_OBJECT(struct cp_plan, struct cp_accountability, accountability, "accountability",
              "Who answers for the service.", .of = &cp_object_accountability),
    CP_OBJECT(struct cp_plan, struct cp_scope, scope, "scope", "What the plan covers.",
              .of = &cp_object_scope),
    CP_OBJECTS(struct cp_plan, struct cp_impact, impact, "impact",
               "Business impact by time after the disruption (BIA), the earliest first.",
               .of = &cp_object_impact),
    CP_OBJECT(struct cp_plan, struct cp_dependencies, dependencies, "dependencies",
              "What the service needs, and who needs it.", .of = &cp_object_dependencies),
    CP_OBJECT(struct cp_plan, struct cp_architecture, architecture, "architecture",
              "How the service is built.", .of = &cp_object_architecture),
    CP_OBJECT(struct cp_plan, struct cp_incident_response, incident_response, "incident_response",
              "Who does what in an incident.", .of = &cp_object_incident_response),
    CP_OBJECT(struct cp_plan, struct cp_it_continuity, it_continuity, "it_continuity",
              "What keeps the service up.", .of = &cp_object_it_continuity),
    CP_OBJECT(struct cp_plan, struct cp_disaster_recovery, disaster_recovery, "disaster_recovery",
              "How the service is brought back, and how fast.", .of = &cp_object_disaster_recovery),
    CP_OBJECT(struct cp_plan, struct cp_backup_restore, backup_restore, "backup_restore",
              "How its data are saved and restored.", .of = &cp_object_backup_restore),
    CP_OBJECT(struct cp_plan, struct cp_supporting, supporting, "supporting",
              "Risks, tests, exercises and real disruptions.", .of = &cp_object_supporting),
    CP_OBJECT(struct cp_plan, struct cp_releases, releases, "releases",
              "How changes go out, and how they are taken back.", .of = &cp_object_releases),
    CP_OBJECTS(struct cp_plan, struct cp_more, more, "more",
               "Titled prose that belongs to no section.", .of = &cp_object_more),
    CP_OBJECT(struct cp_plan, struct cp_review, review, "review",
              "When the plan was last looked at, and who agreed to it.", .of = &cp_object_review),
    CP_OBJECTS(struct cp_plan, struct cp_standard, standards, "standards",
               "Clauses of standards, and where this plan satisfies them.",
               .of = &cp_object_standard),
    CP_OBJECTS(struct cp_plan, struct cp_suppression, suppressions, "suppressions",
               "Findings that are accepted until a day.", .of = &cp_object_suppression),
};

const struct cp_object cp_object_plan =
    CP_TABLE(struct cp_plan, "plan", plan_fields,
             .doc = "How one service survives and recovers from disruption.");
