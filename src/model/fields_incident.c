/*
 * Field tables of the section `incident_response`: activation, roles, call tree, notifications,
 * channels and tools. Rows only.
 */
#include "fields.h"

static const struct cp_field times_fields[] = {
    CP_DURATION(struct cp_times, detect, "detect",
                "The longest time until a disruption is noticed. Absent, it is assumed to be 0.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "5m"),
    CP_DURATION(struct cp_times, declare, "declare",
                "The longest time from noticing to the decision that this plan is used. Absent, it "
                "is assumed to be 0.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "10m"),
};

static const struct cp_object times_object =
    CP_TABLE(struct cp_times, "activation times", times_fields,
             .doc = "What passes before recovery begins; it counts towards the RTO.");

static const struct cp_field activation_fields[] = {
    CP_OBJECTS(struct cp_activation, struct cp_item, criteria, "criteria",
               "What must be seen for this plan to be used: facts that a tired person can check.",
               .of = &cp_object_item, .example = "Nobody can apply for 15 minutes"),
    CP_REFERENCES(struct cp_activation, authority, "authority",
                  "Who may decide that this plan is used.", .refers = CP_REFERS_HOLDER,
                  .example = "maya.lind"),
    CP_PROSE(struct cp_activation, deactivation, "deactivation",
             "When the incident is over and work returns to normal.",
             .example = "The service has run for one hour without alarms."),
    CP_PROSE(struct cp_activation, declare_recovered, "declare_recovered",
             "What is checked before the service is declared recovered, and by whom.",
             .example = "A case officer opens yesterday's last application."),
    CP_OBJECT(struct cp_activation, struct cp_times, times, "times",
              "What passes between the disruption and the start of recovery.", .of = &times_object),
};

static const struct cp_object activation_object =
    CP_TABLE(struct cp_activation, "activation", activation_fields,
             .doc = "When this plan is used, who decides it, and when it ends.");

static const struct cp_field role_fields[] = {
    CP_ID(struct cp_role, role, "role",
          "The role's short name, by which steps and the call tree refer to it. The portfolio's "
          "`incident_roles` say which must be filled.",
          .flags = CP_FIELD_DECLARES, .example = "incident-lead"),
    CP_REFERENCES(struct cp_role, holders, "holders", "Who fills it, first choice first.",
                  .refers = CP_REFERS_HOLDER, .flags = CP_FIELD_ORDERED, .example = "jon.reyes"),
    CP_REFERENCE(struct cp_role, rota, "rota",
                 "The team or rota that fills it in turns, or says who does today.",
                 .refers = CP_REFERS_TEAM | CP_REFERS_OR_TEXT, .example = "on-call"),
    CP_REFERENCES(struct cp_role, deputies, "deputies",
                  "Who steps in where the holder is absent; somebody other than the holder.",
                  .refers = CP_REFERS_HOLDER, .flags = CP_FIELD_ORDERED, .example = "amina.holt"),
    CP_PROSE(struct cp_role, responsibilities, "responsibilities",
             "What whoever fills it does, and what they may decide alone.",
             .example = "Decides the order of work and speaks to the directors."),
    CP_TEXT(struct cp_role, channel, "channel", "Where they are found during an incident.",
            .example = "Bridge line 2"),
};

static const struct cp_object role_object =
    CP_TABLE(struct cp_role, "role", role_fields, .takes_audience = true,
             .doc = "A role in an incident and who fills it.");

static const struct cp_field call_fields[] = {
    CP_REFERENCE(struct cp_call, from, "from", "Who calls.",
                 .refers = CP_REFERS_ROLE | CP_REFERS_HOLDER, .example = "incident-lead"),
    CP_REFERENCE(struct cp_call, to, "to", "Who is called.",
                 .refers = CP_REFERS_ROLE | CP_REFERS_HOLDER, .example = "scribe"),
    CP_CHOICES(struct cp_call, by, "by",
               "By what means, first choice first. Two that do not fail together are worth having.",
               CP_WORDS("pager", "phone", "sms", "chat", "email", "in-person", "radio"),
               .flags = CP_FIELD_ORDERED, .example = "phone"),
    CP_DURATION(struct cp_call, within, "within", "How soon the call is made.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "10m"),
};

static const struct cp_object call_object =
    CP_TABLE(struct cp_call, "call", call_fields, .identity = "from to", .takes_audience = true,
             .doc = "One call of the call tree.");

static const struct cp_field notification_fields[] = {
    CP_TEXT(struct cp_notification, who, "who", "Who is told: a regulator, customers, the press.",
            .example = "Information Commissioner"),
    CP_TEXT(struct cp_notification, when, "when", "What makes telling them due.",
            .example = "Personal data were lost or seen by others"),
    /* Whoever must be told learns of it later. */
    CP_DURATION(struct cp_notification, within, "within", "How soon they must be told.",
                .flags = CP_FIELD_MORE_IS_WEAKER, .example = "72h"),
    CP_TEXT(struct cp_notification, by, "by", "Who tells them, or by what means.",
            .example = "Data protection officer"),
    CP_URL(struct cp_notification, url, "url", "The form or page for it.",
           .example = "https://regulator.example.org/report"),
};

static const struct cp_object notification_object =
    CP_TABLE(struct cp_notification, "notification", notification_fields, .identity = "who when",
             .takes_audience = true, .doc = "Somebody outside the team who must be told.");

static const struct cp_field tool_fields[] = {
    CP_TEXT(struct cp_tool, name, "name", "What it is called; other fields refer to it so.",
            .flags = CP_FIELD_DECLARES, .example = "Bridge line"),
    CP_URL(struct cp_tool, url, "url", "Where it is reached.",
           .example = "https://bridge.example.org/permits"),
    CP_REFERENCES(struct cp_tool, depends_on, "depends_on",
                  "What it needs itself. One that falls "
                  "with the service is no help.",
                  .refers = CP_REFERS_PLAN | CP_REFERS_SUPPLIER | CP_REFERS_REGION | CP_REFERS_TOOL,
                  .example = "northcloud"),
    CP_PROSE(struct cp_tool, alternative, "alternative", "What is used when it is down as well.",
             .example = "Mobile phones; numbers are on the printed card."),
};

static const struct cp_object tool_object =
    CP_TABLE(struct cp_tool, "tool", tool_fields, .takes_audience = true,
             .doc = "A channel or a tool that the incident team works with.");

static const struct cp_field incident_response_fields[] = {
    CP_SECTION_FIRST(struct cp_incident_response),
    CP_OBJECT(struct cp_incident_response, struct cp_link, process, "process",
              "The organisation's incident process, which this section need not repeat.",
              .of = &cp_object_link),
    CP_OBJECT(struct cp_incident_response, struct cp_activation, activation, "activation",
              "When this plan is used, who decides it, and when it ends.",
              .of = &activation_object),
    CP_OBJECTS(struct cp_incident_response, struct cp_role, roles, "roles",
               "Who does what in an incident.", .of = &role_object, .merge_key = "role"),
    CP_OBJECTS(struct cp_incident_response, struct cp_call, call_tree, "call_tree",
               "Who calls whom, from the first to know to the last to be told.",
               .of = &call_object),
    CP_OBJECTS(struct cp_incident_response, struct cp_notification, notifications, "notifications",
               "Regulators, customers and others who must be told, and by when.",
               .of = &notification_object),
    CP_OBJECTS(struct cp_incident_response, struct cp_tool, channels, "channels",
               "Where the incident team talks.", .of = &tool_object, .merge_key = "name"),
    CP_OBJECTS(struct cp_incident_response, struct cp_tool, tools, "tools",
               "What the incident team works with.", .of = &tool_object, .merge_key = "name"),
    CP_OBJECT(struct cp_incident_response, struct cp_contact, security_contact, "security_contact",
              "Whom to call where the incident may be an attack.", .of = &cp_object_contact),
    CP_OBJECT(struct cp_incident_response, struct cp_link, records, "records",
              "Where actions and decisions are recorded while the incident lasts.",
              .of = &cp_object_link),
    CP_OBJECT(struct cp_incident_response, struct cp_link, post_incident, "post_incident",
              "How lessons are drawn afterwards, and where they are kept.", .of = &cp_object_link),
    CP_SECTION_LAST(struct cp_incident_response),
};

const struct cp_object cp_object_incident_response = CP_TABLE(
    struct cp_incident_response, "incident_response", incident_response_fields,
    .takes_audience = true,
    .doc = "Incident Response Plans (Call Tree, Including Roles and Responsibilities): who "
           "does what from the first alarm to the last lesson.");
