/*
 * Field tables of what governs the plan: releases, review and approval, standards, suppressions.
 * Rows only.
 */
#include "fields.h"

static const struct cp_field releases_fields[] = {
    CP_SECTION_FIRST(struct cp_releases),
    CP_PROSE(struct cp_releases, process, "process", "How a change reaches production.",
             .example = "Every merged change is released after its tests have passed."),
    CP_PROSE(struct cp_releases, rollback, "rollback",
             "How a bad release is taken back, and how long that takes.",
             .example = "Release the version before; it takes ten minutes."),
    CP_URL(struct cp_releases, url, "url", "Where the releases are listed.",
           .example = "https://git.example.org/permits/portal/releases"),
    CP_SECTION_LAST(struct cp_releases),
};

const struct cp_object cp_object_releases =
    CP_TABLE(struct cp_releases, "releases", releases_fields, .takes_audience = true,
             .doc = "Releases: how changes go out, and how they are taken back.");

static const struct cp_field approval_fields[] = {
    CP_REFERENCE(struct cp_approval, by, "by", "Who approved.", .refers = CP_REFERS_HOLDER,
                 .flags = CP_FIELD_DATED, .example = "maya.lind"),
    CP_DATE(struct cp_approval, on, "on", "The day of the approval.", .example = "2026-03-02"),
    CP_TEXT(struct cp_approval, content, "content",
            "The SHA-256 of the objectives as they were approved: 64 hexadecimal digits.",
            .example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
};

static const struct cp_object approval_object = CP_TABLE(
    struct cp_approval, "approval", approval_fields, .identity = "by on", .takes_audience = true,
    .doc = "Somebody's agreement to the objectives as they stood on a day.");

static const struct cp_field review_fields[] = {
    CP_SECTION_FIRST(struct cp_review),
    CP_DATE(struct cp_review, last, "last", "The day the plan was last reviewed.",
            .example = "2026-06-15"),
    CP_PERIOD(struct cp_review, every, "every",
              "How often it is reviewed; absent, as its tier says.",
              .flags = CP_FIELD_MORE_IS_WEAKER, .example = "6mo", .least = CP_A_DAY),
    CP_REFERENCE(struct cp_review, by, "by", "Who reviewed it last.", .refers = CP_REFERS_HOLDER,
                 .flags = CP_FIELD_DATED, .example = "jon.reyes"),
    CP_PROSE(struct cp_review, note, "note",
             "What was looked at: it tells a review from a moved date.",
             .example = "Objectives and call tree held against the spring exercise."),
    CP_OBJECTS(struct cp_review, struct cp_approval, approvals, "approvals",
               "Who agreed to the objectives, and when.", .of = &approval_object),
    CP_SECTION_LAST(struct cp_review),
};

const struct cp_object cp_object_review =
    CP_TABLE(struct cp_review, "review", review_fields, .takes_audience = true,
             .doc = "When the plan was last looked at, by whom, and who agreed to it.");

static const struct cp_field standard_fields[] = {
    CP_ID(struct cp_standard, id, "id", "The standard.", .example = "iso22301"),
    CP_TEXT(struct cp_standard, clause, "clause", "Its clause.", .example = "8.4.2"),
    CP_TEXTS(struct cp_standard, satisfied_by, "satisfied_by",
             "The paths of the fields that satisfy the clause.",
             .example = "incident_response.roles"),
};

const struct cp_object cp_object_standard = CP_TABLE(
    struct cp_standard, "standard", standard_fields, .identity = "id clause",
    .takes_audience = true, .doc = "A clause of a standard, and where this plan satisfies it.");

static const struct cp_field suppression_fields[] = {
    CP_TEXT(struct cp_suppression, rule, "rule", "The code or the name of the rule.",
            .example = "CP301"),
    CP_PROSE(struct cp_suppression, reason, "reason", "Why the finding is accepted for now.",
             .example = "The supplier's faster restore is delivered in January."),
    CP_REFERENCE(struct cp_suppression, by, "by", "Who accepts it.", .refers = CP_REFERS_HOLDER,
                 .example = "jon.reyes"),
    /* A finding that is accepted for longer. */
    CP_DATE(struct cp_suppression, until, "until", "The last day on which it holds.",
            .flags = CP_FIELD_MORE_IS_WEAKER, .example = "2027-01-31"),
};

const struct cp_object cp_object_suppression =
    CP_TABLE(struct cp_suppression, "suppression", suppression_fields, .identity = "rule",
             .takes_audience = true,
             .doc = "A finding that is accepted until a day. All four fields are required.");
