/*
 * Field tables of the section `supporting`: links to risks and tests, exercises and activations
 * with what they found. Exercises and activations fill the same struct through two tables. Rows
 * only.
 */
#include "fields.h"

static const struct cp_field achieved_fields[] = {
    CP_DURATION(struct cp_achieved, rto, "rto",
                "The time it really took until the service was back (achieved RTO).",
                .example = "3h 20m"),
    CP_DURATION(struct cp_achieved, rpo, "rpo",
                "How much data, measured in time, was really lost (achieved RPO).",
                .example = "35m"),
};

static const struct cp_object achieved_object =
    CP_TABLE(struct cp_achieved, "achieved times", achieved_fields, .doc = "What was measured.");

static const struct cp_field finding_fields[] = {
    CP_ID(struct cp_finding, id, "id", "By which it is spoken of.", .flags = CP_FIELD_DECLARES,
          .example = "f1"),
    CP_PROSE(struct cp_finding, text, "text", "What did not work, or was missing.",
             .example = "The standby's certificate had run out."),
    CP_CHOICE(struct cp_finding, severity, "severity", "How much it matters.",
              CP_WORDS("low", "medium", "high"), .example = "high"),
    CP_REFERENCE(struct cp_finding, owner, "owner", "Who sees to it.", .refers = CP_REFERS_HOLDER,
                 .example = "jon.reyes"),
    /* What was to be put right is put off. */
    CP_DATE(struct cp_finding, due, "due", "The day by which it is to be done.",
            .flags = CP_FIELD_MORE_IS_WEAKER, .example = "2026-09-30"),
    CP_DATE(struct cp_finding, done, "done", "The day it was done. Absent, it is open.",
            .example = "2026-08-14"),
    CP_PROSE(struct cp_finding, evidence, "evidence", "Where it can be seen that it was done.",
             .example = "https://tracker.example.org/OPS-42"),
};

static const struct cp_object finding_object =
    CP_TABLE(struct cp_finding, "finding", finding_fields, .takes_audience = true,
             .doc = "What an exercise or an activation brought to light, and who sees to it.");

/* The rows that exercises and activations share, in two pieces as their own stand between. */
#define RECORD_FIRST                                                                               \
    CP_ID(struct cp_exercise, id, "id", "By which it is spoken of.", .flags = CP_FIELD_DECLARES,   \
          .example = "2026-spring"),                                                               \
        CP_DATE(struct cp_exercise, date, "date", "The day it took place, or began.",              \
                .example = "2026-04-21")
#define RECORD_LAST                                                                                \
    CP_REFERENCE(struct cp_exercise, scenario, "scenario", "The id of the scenario it was about.", \
                 .refers = CP_REFERS_SCENARIO, .example = "region-loss"),                          \
        CP_REFERENCES(struct cp_exercise, runbooks, "runbooks",                                    \
                      "The ids of the runbooks that were followed.", .refers = CP_REFERS_RUNBOOK,  \
                      .example = "restore-database"),                                              \
        CP_REFERENCES(struct cp_exercise, participants, "participants",                            \
                      "Who took part. People who have left since may stand here.",                 \
                      .refers = CP_REFERS_HOLDER, .flags = CP_FIELD_DATED,                         \
                      .example = "jon.reyes"),                                                     \
        CP_OBJECT(struct cp_exercise, struct cp_achieved, achieved, "achieved",                    \
                  "The times that were measured, to be held against the objectives.",              \
                  .of = &achieved_object),                                                         \
        CP_CHOICE(struct cp_exercise, result, "result", "How it went.",                            \
                  CP_WORDS("passed", "passed-with-issues", "failed", "incomplete"),                \
                  .example = "passed-with-issues"),                                                \
        CP_OBJECTS(struct cp_exercise, struct cp_item, evidence, "evidence",                       \
                   "Where it can be seen that it took place.", .of = &cp_object_item,              \
                   .example = "https://docs.example.org/exercises/2026-spring"),                   \
        CP_OBJECTS(struct cp_exercise, struct cp_finding, findings, "findings",                    \
                   "What it brought to light.", .of = &finding_object, .merge_key = "id")

static const struct cp_field exercise_fields[] = {
    RECORD_FIRST,
    CP_CHOICE(struct cp_exercise, type, "type",
              "How real it was, from reading a checklist to switching over live.",
              CP_WORDS("checklist", "walkthrough", "tabletop", "simulation", "functional",
                       "parallel", "full-interruption", "live"),
              .example = "tabletop"),
    RECORD_LAST,
};

static const struct cp_object exercise_object =
    CP_TABLE(struct cp_exercise, "exercise", exercise_fields, .takes_audience = true,
             .doc = "An exercise of this plan.");

static const struct cp_field activation_fields[] = {
    RECORD_FIRST,
    CP_PROSE(struct cp_exercise, summary, "summary", "What happened, in a few sentences.",
             .example = "A failed disk took the database down for two hours."),
    RECORD_LAST,
};

static const struct cp_object activation_object =
    CP_TABLE(struct cp_exercise, "activation record", activation_fields, .takes_audience = true,
             .doc = "A disruption in which this plan was really used.");

static const struct cp_field supporting_fields[] = {
    CP_SECTION_FIRST(struct cp_supporting),
    CP_OBJECTS(struct cp_supporting, struct cp_link, risks, "risks",
               "Where the service's risks are tracked.", .of = &cp_object_link),
    CP_OBJECTS(struct cp_supporting, struct cp_link, tests, "tests", "Where its tests are tracked.",
               .of = &cp_object_link),
    CP_OBJECTS(struct cp_supporting, struct cp_exercise, exercises, "exercises",
               "The exercises of this plan, with what they measured and found.",
               .of = &exercise_object, .merge_key = "id"),
    CP_OBJECTS(struct cp_supporting, struct cp_exercise, activations, "activations",
               "The disruptions in which this plan was really used.", .of = &activation_object,
               .merge_key = "id"),
    CP_PERIOD(struct cp_supporting, exercise_every, "exercise_every",
              "How often this plan is to be exercised; absent, as its tier says.",
              .flags = CP_FIELD_MORE_IS_WEAKER, .example = "6mo", .least = CP_A_DAY),
    CP_SECTION_LAST(struct cp_supporting),
};

const struct cp_object cp_object_supporting =
    CP_TABLE(struct cp_supporting, "supporting", supporting_fields, .takes_audience = true,
             .doc = "Supporting Information (Risk & Test Tracker Links): risks, tests, exercises "
                    "and real disruptions.");
