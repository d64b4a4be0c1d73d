/*
 * Field table of the portfolio file: calendar, people, teams, suppliers, tiers, and what is kept
 * for others to read (rules, headings, defaults). Rows only.
 */
#include "fields.h"

static const struct cp_field calendar_fields[] = {
    CP_TEXT(struct cp_calendar, time_zone, "time_zone",
            "The time zone of all hours, by its name in the time zone database.",
            .example = "Europe/London"),
    CP_HOURS(struct cp_calendar, hours, "hours",
             "The office hours, which `office` stands for elsewhere. One working day is as long as "
             "the longest day here.",
             .example = "Mon-Fri 09:00-17:00"),
    CP_DATES(struct cp_calendar, holidays, "holidays", "Days on which nobody works.",
             .example = "2026-12-25"),
};

static const struct cp_object calendar_object =
    CP_TABLE(struct cp_calendar, "calendar", calendar_fields,
             .doc = "When the office works: what working hours and working days mean.");

static const struct cp_field person_fields[] = {
    CP_ID(struct cp_person, id, "id", "By which plans refer to this person.",
          .flags = CP_FIELD_DECLARES, .example = "jon.reyes"),
    CP_TEXT(struct cp_person, name, "name", "As it is printed.", .example = "Jon Reyes"),
    CP_REFERENCE(struct cp_person, team, "team", "The id of the team the person belongs to.",
                 .refers = CP_REFERS_TEAM, .example = "permits-team"),
    CP_EMAIL(struct cp_person, email, "email", "Restricted unless an audience is stated.",
             .audience = CP_RESTRICTED, .example = "jon.reyes@example.org"),
    CP_PHONE(struct cp_person, phone, "phone",
             "Best with its country code. Restricted unless an audience is stated.",
             .audience = CP_RESTRICTED, .example = "+44 1632 960017"),
    CP_HOURS(struct cp_person, hours, "hours",
             "When the person works; absent, as the team does, without a team in office hours.",
             .flags = CP_FIELD_LESS_IS_WEAKER, .example = "office"),
    CP_DATE(struct cp_person, until, "until",
            "The person's last day. Afterwards they may stand in dated records only.",
            .example = "2026-12-31"),
};

static const struct cp_object person_object =
    CP_TABLE(struct cp_person, "person", person_fields, .takes_audience = true,
             .doc = "Somebody whom plans name.");

static const struct cp_field team_fields[] = {
    CP_ID(struct cp_team, id, "id", "By which plans refer to this team.",
          .flags = CP_FIELD_DECLARES, .example = "permits-team"),
    CP_TEXT(struct cp_team, name, "name", "As it is printed.", .example = "Permits team"),
    CP_REFERENCES(struct cp_team, members, "members", "The ids of the people in it.",
                  .refers = CP_REFERS_PERSON, .example = "jon.reyes"),
    CP_HOURS(struct cp_team, hours, "hours", "When the team works; absent, in office hours.",
             .flags = CP_FIELD_LESS_IS_WEAKER, .example = "24x7"),
    CP_DURATION(struct cp_team, call_out, "call_out",
                "How long it takes from calling the team until it works. Absent, it is assumed to "
                "be 0.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "30m"),
    CP_NUMBER(struct cp_team, capacity, "capacity",
              "How many tasks it can do at once; absent, as many as it has members.",
              .flags = CP_FIELD_LESS_IS_WEAKER, .example = "3"),
    CP_OBJECT(struct cp_team, struct cp_contact, contact, "contact", "How the team is reached.",
              .of = &cp_object_contact),
};

static const struct cp_object team_object = CP_TABLE(
    struct cp_team, "team", team_fields, .takes_audience = true, .doc = "A team that plans name.");

static const struct cp_field commits_fields[] = {
    CP_DURATION(struct cp_commits, rto, "rto",
                "Within what time they promise to be back (their RTO).",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "4h"),
    CP_DURATION(struct cp_commits, rpo, "rpo",
                "How much data, measured in time, they promise at most to lose (their RPO).",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "15m"),
    CP_HOURS(struct cp_commits, support_hours, "support_hours", "When they promise to answer.",
             .flags = CP_FIELD_LESS_IS_WEAKER | CP_FIELD_PROMISE, .example = "24x7"),
};

static const struct cp_object commits_object =
    CP_TABLE(struct cp_commits, "supplier's commitment", commits_fields,
             .doc = "What the supplier has committed itself to towards everybody.");

static const struct cp_field supplier_fields[] = {
    CP_ID(struct cp_supplier, id, "id", "By which plans refer to this supplier.",
          .flags = CP_FIELD_DECLARES, .example = "northcloud"),
    CP_TEXT(struct cp_supplier, name, "name", "As it is printed.", .example = "Northcloud"),
    CP_URL(struct cp_supplier, status_page, "status_page",
           "Where the supplier says whether it is up.", .example = "https://status.example.net/"),
    CP_OBJECT(struct cp_supplier, struct cp_contact, contact, "contact",
              "How the supplier is reached in an incident.", .of = &cp_object_contact),
    CP_IDS(struct cp_supplier, regions, "regions",
           "Short names of its regions; plans write them as `supplier.region`.", .example = "east"),
    CP_REFERENCES(struct cp_supplier, runs_on, "runs_on", "What it needs itself, and falls with.",
                  .refers = CP_REFERS_SUPPLIER | CP_REFERS_REGION, .example = "northcloud.east"),
    CP_OBJECT(struct cp_supplier, struct cp_commits, commits, "commits",
              "What it has committed itself to. Without it nobody knows when it is back.",
              .of = &commits_object),
};

static const struct cp_object supplier_object =
    CP_TABLE(struct cp_supplier, "supplier", supplier_fields, .takes_audience = true,
             .doc = "A supplier that plans name.");

static const struct cp_field tier_objectives_fields[] = {
    CP_DURATION(struct cp_tier_objectives, mtpd, "mtpd",
                "The tier's maximum tolerable period of disruption.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "24h"),
    CP_DURATION(struct cp_tier_objectives, rto, "rto", "The tier's recovery time objective.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "4h"),
    CP_DURATION(struct cp_tier_objectives, wrt, "wrt", "The tier's work recovery time.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "2h"),
    CP_DURATION(struct cp_tier_objectives, rpo, "rpo", "The tier's recovery point objective.",
                .flags = CP_FIELD_MORE_IS_WEAKER | CP_FIELD_PROMISE, .example = "1h"),
};

static const struct cp_object tier_objectives_object =
    CP_TABLE(struct cp_tier_objectives, "tier's objectives", tier_objectives_fields,
             .doc = "They fill what a stated objective omits, and are what weaker objectives are "
                    "held against. A plan that states no objective has none.");

static const struct cp_field tier_fields[] = {
    CP_TEXT(struct cp_tier, name, "name", "What the organisation calls the tier.",
            .example = "Critical"),
    CP_OBJECT(struct cp_tier, struct cp_tier_objectives, objectives, "objectives",
              "What the tier asks of recovery.", .of = &tier_objectives_object),
    CP_PERIOD(struct cp_tier, review_every, "review_every", "How often its plans are reviewed.",
              .flags = CP_FIELD_MORE_IS_WEAKER, .example = "6mo", .least = CP_A_DAY),
    CP_PERIOD(struct cp_tier, exercise_every, "exercise_every",
              "How often its plans are exercised.", .flags = CP_FIELD_MORE_IS_WEAKER,
              .example = "1y", .least = CP_A_DAY),
    CP_PERIOD(struct cp_tier, restore_test_every, "restore_test_every",
              "How often its plans' stores are restored as a test.",
              .flags = CP_FIELD_MORE_IS_WEAKER, .example = "6mo", .least = CP_A_DAY),
};

static const struct cp_object tier_object = CP_TABLE(
    struct cp_tier, "tier", tier_fields, .doc = "What is asked of services of one criticality.");

static const struct cp_field tiers_fields[] = {
    CP_OBJECT(struct cp_tiers, struct cp_tier, tier[0], "1", "The most critical services.",
              .of = &tier_object),
    CP_OBJECT(struct cp_tiers, struct cp_tier, tier[1], "2", "Critical services.",
              .of = &tier_object),
    CP_OBJECT(struct cp_tiers, struct cp_tier, tier[2], "3", "Services that can wait.",
              .of = &tier_object),
    CP_OBJECT(struct cp_tiers, struct cp_tier, tier[3], "4", "The least critical services.",
              .of = &tier_object),
};

static const struct cp_object tiers_object =
    CP_TABLE(struct cp_tiers, "tiers", tiers_fields, .doc = "The tiers, by number.");

static const struct cp_field config_fields[] = {
    CP_TEXT(struct cp_config, schema, "schema", "The version of this format; may be left out.",
            .example = "contplan-config/v1"),
    CP_TEXT(struct cp_config, organisation, "organisation", "Whose plans these are.",
            .example = "Borough of Eastmere"),
    CP_TEXTS(struct cp_config, plans, "plans",
             "Patterns of the plans' files, relative to this file; absent, `plans/*.yaml`. This "
             "file is never a plan.",
             .example = "plans/*.yaml"),
    CP_TEXT(struct cp_config, profile, "profile",
            "What plans must state: `baseline`, which is also the default, `iso22301`, "
            "`nist-800-34`, `dora`, or the path of a profile of one's own, relative to this file.",
            .example = "dora"),
    CP_IDS(struct cp_config, incident_roles, "incident_roles",
           "The incident roles every plan must fill.", .example = "incident-lead"),
    CP_OBJECT(struct cp_config, struct cp_calendar, calendar, "calendar", "When the office works.",
              .of = &calendar_object),
    CP_OBJECTS(struct cp_config, struct cp_person, people, "people", "The people whom plans name.",
               .of = &person_object),
    CP_OBJECTS(struct cp_config, struct cp_team, teams, "teams", "The teams that plans name.",
               .of = &team_object),
    CP_OBJECTS(struct cp_config, struct cp_supplier, suppliers, "suppliers",
               "The suppliers that plans name.", .of = &supplier_object),
    CP_OBJECT(struct cp_config, struct cp_tiers, tiers, "tiers",
              "What each tier asks of its services.", .of = &tiers_object),
    CP_SETTINGS(struct cp_config, rules, "rules",
                "The severity of a rule, by its code, its name or the beginning of codes: `error`, "
                "`warning`, `info` or `off`; and the options that rules have, by their names. "
                "They stand before those of the profile.",
                .of = &cp_object_options, CP_BY_STRENGTH("error", "warning", "info", "off")),
    CP_ANY(
        struct cp_config, headings, "headings",
        "Wordings of headings in documents to be imported: a mapping from the path of a field to "
        "the headings that mean it."),
    CP_ANY(struct cp_config, defaults, "defaults",
           "A partial plan that every plan of this portfolio inherits.", .of = &cp_object_plan),
};

const struct cp_object cp_object_config =
    CP_TABLE(struct cp_config, "portfolio file", config_fields,
             .doc = "What the plans of one portfolio have in common.");
