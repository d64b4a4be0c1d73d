/*
 * Field tables of a runbook, its parameters and its steps. Rows only.
 */
#include "fields.h"

static const struct cp_field parameter_fields[] = {
    CP_TEXT(struct cp_parameter, name, "name",
            "As it stands in the commands between angle brackets.", .example = "snapshot-id"),
    CP_PROSE(struct cp_parameter, meaning, "meaning", "What to put there, and where to find it.",
             .example = "The newest snapshot from before the disruption"),
};

static const struct cp_object parameter_object =
    CP_TABLE(struct cp_parameter, "parameter", parameter_fields, .identity = "name",
             .takes_audience = true, .doc = "Something to fill in before a command can be run.");

static const struct cp_field step_fields[] = {
    CP_ID(struct cp_step, id, "id", "By which later steps refer to it.", .flags = CP_FIELD_DECLARES,
          .example = "restore"),
    CP_PROSE(struct cp_step, action, "action", "What is done, as an instruction.",
             .example = "Restore the newest snapshot into a new database."),
    CP_REFERENCE(struct cp_step, role, "role",
                 "Who does it; a role is one of this plan's incident roles. Absent, the runbook's "
                 "owner.",
                 .refers = CP_REFERS_ROLE | CP_REFERS_TEAM | CP_REFERS_PERSON,
                 .example = "operations"),
    CP_DURATION(struct cp_step, duration, "duration",
                "How long it takes, as measured or exercised. The durations along the longest path "
                "are what the runbook needs.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "45m"),
    CP_TEXT(struct cp_step, command, "command",
            "The command, exactly as it is pasted. A parameter stands between angle brackets.",
            .flags = CP_FIELD_CODE, .example = "pg_restore --clean --dbname=permits <snapshot-id>"),
    CP_PROSE(struct cp_step, verify, "verify", "How one sees that it worked.",
             .example = "The newest application is at most one hour older than the disruption."),
    CP_PROSE(struct cp_step, rollback, "rollback", "How it is undone where it did not work.",
             .example = "Drop the new database; the old one is untouched."),
    CP_REFERENCES(struct cp_step, after, "after",
                  "The ids of the steps that must be done first. Absent, the step before; an empty "
                  "list, none: it may begin at once. No step may wait for itself by way of others.",
                  .refers = CP_REFERS_STEP, .flags = CP_FIELD_MAY_BE_EMPTY, .example = "restore"),
};

static const struct cp_object step_object = CP_TABLE(
    struct cp_step, "step", step_fields, .takes_audience = true, .doc = "One step of a runbook.");

static const struct cp_field runbook_fields[] = {
    CP_ID(struct cp_runbook, id, "id", "By which scenarios and exercises refer to it.",
          .flags = CP_FIELD_DECLARES, .example = "restore-database"),
    CP_TEXT(struct cp_runbook, name, "name", "What it does, in a few words.",
            .example = "Restore the database from a snapshot"),
    CP_PROSE(struct cp_runbook, description, "description",
             "When to use it, and what to know before beginning.",
             .example = "For data that are lost or wrong. Users see a maintenance page meanwhile."),
    CP_CHOICE(struct cp_runbook, type, "type",
              "What it is for. Fail-back and communications do not count towards the recovery "
              "time.",
              CP_WORDS("recovery", "failover", "restore", "rebuild", "failback", "maintenance-mode",
                       "communications"),
              .example = "restore"),
    CP_TEXT(struct cp_runbook, path, "path",
            "The runbook's own file, relative to this one, where it is kept beside the plan.",
            .flags = CP_FIELD_PATH, .example = "runbooks/restore-database.md"),
    CP_URL(struct cp_runbook, url, "url", "The runbook's address, where it is kept elsewhere.",
           .example = "https://runbooks.example.org/restore-database"),
    CP_REFERENCE(struct cp_runbook, owner, "owner",
                 "Who keeps it right, and does its steps where "
                 "they name nobody.",
                 .refers = CP_REFERS_HOLDER, .example = "permits-team"),
    CP_CHOICE(struct cp_runbook, automation, "automation", "How much of it needs no hands.",
              CP_WORDS("full", "partial", "manual"), .flags = CP_FIELD_MORE_IS_WEAKER,
              .example = "partial"),
    CP_DURATION(struct cp_runbook, duration, "duration",
                "How long it takes as a whole; it counts where no step states a duration.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "90m"),
    CP_REFERENCES(struct cp_runbook, needs, "needs", "What must work for it to be run.",
                  .refers = CP_REFERS_PLAN | CP_REFERS_SUPPLIER | CP_REFERS_TOOL,
                  .example = "identity"),
    CP_OBJECTS(struct cp_runbook, struct cp_item, access, "access",
               "Accounts and rights that whoever runs it must hold beforehand.",
               .of = &cp_object_item, .example = "Administrator of the database account"),
    CP_OBJECTS(struct cp_runbook, struct cp_parameter, parameters, "parameters",
               "What must be filled into its commands.", .of = &parameter_object),
    CP_OBJECTS(struct cp_runbook, struct cp_step, steps, "steps",
               "What is done, by whom, how long it takes and how one sees that it worked.",
               .of = &step_object, .merge_key = "id", .flags = CP_FIELD_ORDERED),
};

const struct cp_object cp_object_runbook =
    CP_TABLE(struct cp_runbook, "runbook", runbook_fields, .takes_audience = true,
             .doc = "A procedure that somebody else could follow at night.");
