/*
 * The profile `dora`: what the Digital Operational Resilience Act and its technical standards on
 * ICT risk ask of a plan beyond the sections of the house format. Articles are cited by number.
 * Data only.
 */
#include "profiles.h"

static const struct cp_requirement dora[] = {
    {.field = "impact",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(5)",
     .message = "say how the harm grows with time: '- {at: 4h, level: major, kinds: [financial], "
                "note: …}'"},
    {.field = "scope.workaround",
     .severity = CP_WARNING,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(3)",
     .message =
         "say how people work meanwhile, and for how long: 'workaround: {text: …, sustain: 2d}'"},
    {.field = "dependencies",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(5)",
     .message = "list the services and suppliers that this one needs: 'dependencies: {internal: "
                "[…], external: […]}'"},
    {.field = "dependencies.external",
     .severity = CP_WARNING,
     .clause = "DORA (EU 2022/2554), 11(4)",
     .message = "list the suppliers that the service needs, and what they commit themselves to"},
    {.field = "incident_response",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(7); DORA RTS on ICT risk (EU 2024/1774), 26(1)(a)",
     .message = "say when this plan is used and who does what in an incident: 'incident_response: "
                "{activation: …, roles: […]}'"},
    {.field = "incident_response.roles",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(7)",
     .message = "list the roles of an incident and who fills each"},
    {.field = "incident_response.activation.criteria",
     .severity = CP_ERROR,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(1)(a)",
     .message = "write the facts at which the plan is used"},
    {.field = "incident_response.activation.authority",
     .severity = CP_WARNING,
     .clause = "DORA (EU 2022/2554), 11(7)",
     .message = "name who may activate the plan: 'authority: [duty-desk]'"},
    {.field = "incident_response.activation.deactivation",
     .severity = CP_ERROR,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(1)(a)",
     .message = "say when the incident is over and who ends it: 'deactivation: …'"},
    {.field = "incident_response.activation.declare_recovered",
     .severity = CP_ERROR,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(1)(f)",
     .message =
         "say who declares the service recovered, and on what grounds: 'declare_recovered: …'"},
    {.field = "incident_response.notifications",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(2)",
     .message = "list who outside must be told, when and by whom: '- {who: …, when: …, within: "
                "72h, by: …}'"},
    {.field = "incident_response.tools",
     .severity = CP_WARNING,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(1)(d)",
     .message = "list the tools an incident needs and what is used without them: '- {name: …, "
                "alternative: …}'"},
    {.field = "incident_response.records",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(8)",
     .message = "say where decisions and actions are recorded: 'records: {title: …, url: …}'"},
    {.field = "it_continuity",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(4)",
     .message = "say where the service runs and what keeps it up when a part is lost: "
                "'it_continuity: {hosting: …, redundancy: […]}'"},
    {.field = "it_continuity.redundancy",
     .severity = CP_WARNING,
     .clause = "DORA (EU 2022/2554), 12(4)",
     .message = "say what each loss is covered by: '- {against: region, level: warm-standby, "
                "takes: 30m}'"},
    {.field = "it_continuity.degraded_modes",
     .severity = CP_WARNING,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(1)(e)",
     .message = "list how the service runs in part: 'degraded_modes: [Reading works, nothing can "
                "be saved]'"},
    {.field = "disaster_recovery",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(6); DORA RTS on ICT risk (EU 2024/1774), 26",
     .message = "state objectives, scenarios and runbooks: 'disaster_recovery: {objectives: [{rto: "
                "4h, rpo: 1h}], scenarios: […], runbooks: […]}'"},
    {.field = "disaster_recovery.scenarios",
     .severity = CP_ERROR,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(2)",
     .message = "list the severe but plausible losses and the answer to each: '- {id: region-lost, "
                "kind: region, loses: […], runbooks: […]}'"},
    {.field = "disaster_recovery.scenarios[].kind",
     .severity = CP_WARNING,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(2)",
     .message = "say what kind of disruption it is: 'kind: ransomware'"},
    {.field = "disaster_recovery.runbooks",
     .severity = CP_ERROR,
     .clause = "DORA RTS on ICT risk (EU 2024/1774), 26(1)(b)",
     .message = "list the procedures: '- {id: restore, type: restore, owner: …, steps: […]}'"},
    {.field = "disaster_recovery.objectives",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(6)",
     .message = "state how fast the service must be back and how much data it may lose"},
    {.field = "backup_restore",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(1)",
     .message = "say which data there are, how they are saved and when restoring was last tried; a "
                "service without data of its own says {not_applicable: {reason, by}}"},
    {.field = "backup_restore.stores",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(1)",
     .message = "list the data there are: '- {id: orders, what: …, canonical: yes}'"},
    {.field = "backup_restore.backups",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(1)",
     .message =
         "list what is saved, how and how often: '- {store: orders, method: snapshot, every: 1h}'"},
    {.field = "backup_restore.backups[].every",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 12(1)",
     .message = "state how often it is taken: 'every: 1h'"},
    {.field = "backup_restore.restore_tests",
     .severity = CP_WARNING,
     .clause = "DORA (EU 2022/2554), 12(2) and 12(7)",
     .message = "record when restoring was last tried: '- {date: …, store: …, result: passed, "
                "took: 40m}'"},
    {.field = "supporting",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(6)(a)",
     .message = "record exercises, and link the risk and test trackers: 'supporting: {exercises: "
                "[…], risks: […], tests: […]}'"},
    {.field = "supporting.exercises",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(6)(a)",
     .message =
         "record the exercises held: '- {id: …, date: …, type: functional, result: passed}'"},
    {.field = "review",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(6)",
     .message = "say when the plan was last reviewed and by whom: 'review: {last: …, by: …}'"},
    {.field = "review.last",
     .severity = CP_ERROR,
     .clause = "DORA (EU 2022/2554), 11(6)",
     .message = "write the date of the last review: 'last: 2026-09-30'"},
};

static const struct cp_profile_severity severities[] = {
    {"CP311", CP_WARNING}, /* an objective that nobody approved */
};

const struct cp_profile cp_profile_dora = {
    .name = "dora",
    .title = "DORA (EU 2022/2554) and its technical standards on ICT risk (EU 2024/1774).",
    .extends = &cp_profile_baseline,
    CP_REQUIRES(dora),
    CP_SEVERITIES(severities),
};
