/*
 * The profile `baseline`: the sections of the house format. A section may say less than it could,
 * but not nothing. Data only.
 */
#include "profiles.h"

static const struct cp_requirement baseline[] = {
    {.field = "schema",
     .severity = CP_ERROR,
     .message = "begin the file with 'schema: contplan/v1', so that it can be read in years to "
                "come"},
    {.field = "id",
     .severity = CP_ERROR,
     .message = "write the file's name without .yaml: other plans refer to this one by it"},
    {.field = "name",
     .severity = CP_ERROR,
     .clause = "the house format of service continuity plans, title",
     .message = "write what people call the service: 'name: Permit portal'"},
    {.field = "accountability",
     .severity = CP_ERROR,
     .clause = "ISO 22301:2019, 5.3",
     .message = "say who answers for the service and how to reach those who know it: "
                "'accountability: {accountable: …, contacts: […]}'"},
    {.field = "accountability.contacts",
     .severity = CP_ERROR,
     .clause = "ISO 22301:2019, 8.4.3",
     .message = "list who can be asked and how, each with an e-mail address, a phone number or a "
                "chat channel"},
    {.field = "scope",
     .severity = CP_ERROR,
     .clause = "ISO 22301:2019, 8.4.4",
     .message = "say what this plan covers and what it leaves to others: 'scope: {in: […], out: "
                "[…]}'"},
    {.field = "dependencies",
     .severity = CP_ERROR,
     .clause = "ISO 22301:2019, 8.4.4",
     .message = "list the services and suppliers that this one needs: 'dependencies: {internal: "
                "[…], external: […]}'"},
    {.field = "architecture",
     .severity = CP_ERROR,
     .clause = "NIST SP 800-34r1, appendices (diagrams, inventory)",
     .message = "link the designs, or list components and environments, as far as somebody who "
                "recovers the service must know them"},
    {.field = "incident_response",
     .severity = CP_ERROR,
     .clause = "ISO 22301:2019, 8.4.2",
     .message = "say when this plan is used and who does what in an incident: 'incident_response: "
                "{activation: …, roles: […]}'"},
    {.field = "it_continuity",
     .severity = CP_ERROR,
     .clause = "NCSC CAF 4.0, B5.b",
     .message = "say where the service runs and what keeps it up when a part is lost: "
                "'it_continuity: {hosting: …, redundancy: […]}'"},
    {.field = "disaster_recovery",
     .severity = CP_ERROR,
     .clause = "NIST SP 800-53r5, CP-2 and CP-10",
     .message = "state objectives, scenarios and runbooks: 'disaster_recovery: {objectives: [{rto: "
                "4h, rpo: 1h}]}'"},
    {.field = "backup_restore",
     .severity = CP_ERROR,
     .clause = "NIST SP 800-53r5, CP-9",
     .message = "say which data there are, how they are saved and when restoring was last tried; "
                "a service without data of its own says {not_applicable: {reason, by}}"},
    {.field = "supporting",
     .severity = CP_ERROR,
     .clause = "ISO 22301:2019, 8.5",
     .message = "link the risk and test trackers and record exercises: 'supporting: {risks: […], "
                "tests: […], exercises: […]}'"},
    {.field = "releases",
     .severity = CP_ERROR,
     .clause = "the house format of service continuity plans, Releases",
     .message = "say how a change reaches production and how it is taken back: 'releases: "
                "{process: …, rollback: …}'"},
};

const struct cp_profile cp_profile_baseline = {
    .name = "baseline",
    .title = "The sections of the house format.",
    CP_REQUIRES(baseline),
};
