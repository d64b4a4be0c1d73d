/*
 * Field tables of the section `disaster_recovery`: scenarios and objectives; the runbooks have a
 * file of their own. Rows only; the words of response and clock stand in the order of enum
 * cp_response and enum cp_clock.
 */
#include "fields.h"

static const struct cp_field scenario_fields[] = {
    CP_ID(struct cp_scenario, id, "id", "By which objectives and exercises refer to it.",
          .flags = CP_FIELD_DECLARES, .example = "region-loss"),
    CP_TEXT(struct cp_scenario, name, "name", "What has happened, in a few words.",
            .example = "The east region is lost"),
    CP_CHOICE(struct cp_scenario, kind, "kind", "What kind of loss it is.",
              CP_WORDS("data-loss", "data-corruption", "ransomware", "account-compromise", "zone",
                       "region", "supplier", "people", "premises", "network", "power", "insider",
                       "denial-of-service", "dependency-poisoning", "other"),
              .example = "region"),
    CP_CHOICE(struct cp_scenario, likelihood, "likelihood", "How likely it is.",
              CP_WORDS("low", "medium", "high"), .example = "low"),
    CP_CHOICE(struct cp_scenario, impact, "impact", "How bad it would be.",
              CP_WORDS("low", "medium", "high"), .example = "high"),
    CP_REFERENCES(struct cp_scenario, loses, "loses", "What is gone.",
                  .refers = CP_REFERS_PLAN | CP_REFERS_PERSON | CP_REFERS_TEAM |
                            CP_REFERS_SUPPLIER | CP_REFERS_REGION | CP_REFERS_STORE,
                  .example = "northcloud.east"),
    CP_CHOICE(struct cp_scenario, response, "response",
              "How the service comes back: by a runbook (the default), by itself, by waiting for "
              "what was lost, or not at all because the loss is accepted.",
              CP_WORDS("runbook", "automatic", "wait", "accept"), .example = "runbook"),
    CP_PROSE(struct cp_scenario, strategy, "strategy", "The plan in a sentence or two.",
             .example = "Restore the last backup in the west region and point users there."),
    CP_REFERENCES(struct cp_scenario, runbooks, "runbooks",
                  "The ids of the runbooks that answer it. All of them are run, in this order.",
                  .refers = CP_REFERS_RUNBOOK, .flags = CP_FIELD_ORDERED,
                  .example = "restore-database"),
    CP_OBJECTS(struct cp_scenario, struct cp_item, alternatives, "alternatives",
               "What to try where the runbooks do not work.", .of = &cp_object_item,
               .example = "Restore the export of the week before"),
    CP_OBJECTS(struct cp_scenario, struct cp_item, fail_back, "return",
               "How the service returns to its usual place afterwards (fail-back).",
               .of = &cp_object_item,
               .example = "Switch back at night, once the east region has run for a day"),
};

static const struct cp_object scenario_object =
    CP_TABLE(struct cp_scenario, "scenario", scenario_fields, .takes_audience = true,
             .doc = "Something severe but plausible, and the answer to it.");

static const struct cp_field objective_fields[] = {
    CP_TEXT(struct cp_objective, subject, "for",
            "The user group or function it is for; absent, the whole service.",
            .example = "New applications"),
    CP_REFERENCE(struct cp_objective, scenario, "scenario",
                 "The id of the scenario it is for; absent, every scenario that has none of its "
                 "own.",
                 .refers = CP_REFERS_SCENARIO, .example = "region-loss"),
    /* A longer MTPD is what a longer RTO is then measured by. */
    CP_DURATION(struct cp_objective, mtpd, "mtpd",
                "Maximum tolerable period of disruption: after this the harm cannot be borne. It "
                "comes from the business, and RTO and WRT must fit into it.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "24h"),
    CP_DURATION(struct cp_objective, rto, "rto",
                "Recovery time objective: the service is back within this time.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "4h"),
    CP_DURATION(struct cp_objective, wrt, "wrt",
                "Work recovery time: checks and catching up after the technical recovery. RTO and "
                "WRT together must not exceed the MTPD.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "2h"),
    CP_DURATION(struct cp_objective, rpo, "rpo",
                "Recovery point objective: at most this much data, measured in time, is lost.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "1h"),
    CP_PROSE(struct cp_objective, mbco, "mbco",
             "Minimum business continuity objective: the reduced level that is acceptable "
             "meanwhile.",
             .example = "Urgent applications are decided on paper within the day."),
    /* The same RTO counted from a later moment is a longer one. */
    CP_CHOICE(struct cp_objective, clock, "clock",
              "From when the RTO counts; absent, from the disruption.",
              CP_WORDS("disruption", "detection", "declaration"), .flags = CP_FIELD_MORE_IS_WEAKER,
              .example = "disruption"),
    CP_CHOICE(struct cp_objective, basis, "basis", "Where the figures come from.",
              CP_WORDS("bia", "regulator", "contract", "estimate"), .example = "bia"),
    CP_PROSE(struct cp_objective, rationale, "rationale",
             "Why these figures and not others, so that whoever reviews them can judge.",
             .example = "The statutory deadline is the end of the next working day."),
};

static const struct cp_object objective_object =
    CP_TABLE(struct cp_objective, "objective", objective_fields, .identity = "for scenario",
             .takes_audience = true,
             .doc = "How fast the service must be back and how much data it may lose.");

static const struct cp_field disaster_recovery_fields[] = {
    CP_SECTION_FIRST(struct cp_disaster_recovery),
    CP_OBJECTS(struct cp_disaster_recovery, struct cp_scenario, scenarios, "scenarios",
               "What this plan is prepared for.", .of = &scenario_object, .merge_key = "id"),
    CP_OBJECTS(struct cp_disaster_recovery, struct cp_runbook, runbooks, "runbooks",
               "The procedures that bring the service back.", .of = &cp_object_runbook,
               .merge_key = "id"),
    CP_OBJECTS(struct cp_disaster_recovery, struct cp_objective, objectives, "objectives",
               "Recovery Time and Recovery Point Objectives: one entry for all, or one for each "
               "user group or scenario that differs.",
               .of = &objective_object),
    CP_PROSE(struct cp_disaster_recovery, objectives_description, "objectives_description",
             "Prose under the heading of the objectives.",
             .example = "Agreed with the service owner in the yearly review."),
    CP_SECTION_LAST(struct cp_disaster_recovery),
};

const struct cp_object cp_object_disaster_recovery =
    CP_TABLE(struct cp_disaster_recovery, "disaster_recovery", disaster_recovery_fields,
             .takes_audience = true,
             .doc = "Disaster Recovery Plans (Procedures / Runbooks): what may happen, how the "
                    "service is brought back, and how fast.");
