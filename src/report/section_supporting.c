/* The chapter of risks, tests, exercises and real disruptions. */
#include "private.h"

#define RECORD_COLUMNS                                                                             \
    CP_COLUMN("Scenario", "scenario"), CP_COLUMN("Runbooks", "runbooks"),                          \
        CP_COLUMN("Participants", "participants"), CP_COLUMN("Achieved RTO", "achieved.rto"),      \
        CP_COLUMN("Achieved RPO", "achieved.rpo"),                                                 \
        CP_COLUMN("Result", "result", .missing = "result"), CP_COLUMN("Evidence", "evidence")

static const struct cp_column exercise_columns[] = {
    CP_COLUMN("Exercise", "id"),
    CP_COLUMN("Date", "date", .missing = "date"),
    CP_COLUMN("Type", "type", .missing = "type"),
    RECORD_COLUMNS,
};

static const struct cp_column activation_columns[] = {
    CP_COLUMN("Disruption", "id"),
    CP_COLUMN("Date", "date", .missing = "date"),
    CP_COLUMN("What Happened", "summary"),
    RECORD_COLUMNS,
};

/* An open finding says so, since an empty cell would not be read as that. */
static void put_done(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member done;
    if (cp_member_find(&done, row, "done")) {
        cp_report_put(report, &done);
    } else {
        cp_document_text(report->document, CP_STR("open"));
    }
}

static const struct cp_column finding_columns[] = {
    CP_COLUMN("From", "id text", .put = cp_report_put_parent),
    CP_COLUMN("Finding", "text id"),
    CP_COLUMN("Severity", "severity"),
    CP_COLUMN("Owner", "owner"),
    CP_COLUMN("Due", "due"),
    CP_COLUMN("Done", "done", .put = put_done),
    CP_COLUMN("Evidence", "evidence"),
};

static bool build_findings(struct cp_report *report, const struct cp_part *part,
                           const struct cp_member *records)
{
    if (cp_nested_table_is_empty(report, records, "findings")) {
        return false;
    }
    bool is_exercise = cp_str_is(cp_str_of(part->path), "exercises");
    cp_report_heading(report, CP_PART_LEVEL,
                      is_exercise ? CP_STR("Findings of Exercises")
                                  : CP_STR("Findings of Disruptions"));
    return cp_nested_table_build(report, finding_columns, CP_COUNT(finding_columns), records,
                                 "findings");
}

static const struct cp_part parts[] = {
    CP_PART(FACT, "exercise_every", "The plan is exercised every"),
    CP_PART(LINKS, "risks", "Risks", .missing = "risks"),
    CP_PART(LINKS, "tests", "Tests"),
    CP_PART(TABLE, "exercises", "Exercises", .missing = "exercises", CP_COLUMNS(exercise_columns)),
    CP_PART(OWN, "exercises", NULL, .build = build_findings),
    CP_PART(TABLE, "activations", "Disruptions", CP_COLUMNS(activation_columns)),
    CP_PART(OWN, "activations", NULL, .build = build_findings),
};

const struct cp_chapter cp_chapter_supporting = {
    .key = "supporting",
    .title = "Supporting Information",
    .house_title = "Supporting Information (Risk & Test Tracker Links)",
    CP_PARTS(parts),
};
