/*
 * What tables may list, and how people call the columns: rows. The order is that in which they are
 * tried where the heading does not tell.
 */
#include "import_tables.h"

#define DEPENDENCY_COLUMNS(NAMES)                                                                  \
    {"name", NAMES},                                                                               \
        {"purpose", "Purpose|Description|Use|Usage|Used for|What we use it for|"                   \
                    "What for|Why|Reason|Function|What it does|What is it used for|"               \
                    "Why we need it|Role"},                                                        \
    {                                                                                              \
        "criticality", "Criticality|Critical|Importance"                                           \
    }

const struct table_kind table_kinds[] = {
    {"disaster_recovery.objectives",
     "rationale",
     "rto",
     NULL,
     {{"for", "For|Service|Function|System|Component|User group|Process|Application|Area|"
              "Business function|Capability|Business process|What"},
      {"rto", "RTO|RTO (h)|RTO (hours)|Recovery time objective|Recovery time objective "
              "(RTO)|Recovery time|"
              "RTO (Recovery time objective)|Target RTO"},
      {"rpo", "RPO|RPO (h)|RPO (hours)|Recovery point objective|Recovery point objective "
              "(RPO)|Recovery point|"
              "RPO (Recovery point objective)|Target RPO"},
      {"mtpd", "MTPD|MTD|Maximum tolerable downtime|Maximum tolerable period of disruption|MAO|"
               "Maximum tolerable outage|MTPD (hours)"},
      {"wrt", "WRT|Work recovery time"},
      {"mbco", "MBCO|Minimum level|Minimum service level"},
      {"rationale", "Rationale|Notes|Comment|Reason|Justification"}}},
    {"disaster_recovery.scenarios",
     "strategy",
     "name",
     "strategy",
     {{"name", "Scenario|Event|Threat|Disaster|Failure|Incident|What happens|Failure scenario|"
               "Disruption|Risk|Failure mode|What fails|Type of incident|Situation"},
      {"likelihood", "Likelihood|Probability"},
      {"impact", "Impact|Severity"},
      {"strategy", "Strategy|Response|Recovery|Mitigation|Action|Recovery strategy|Plan|"
                   "What we do|Recovery action|Recovery steps|Actions|How we recover|"
                   "Recovery procedure|Recovery approach|What to do|Procedure|Solution"}}},
    {"incident_response.call_tree",
     NULL,
     "from",
     "to",
     {{"from", "From|Caller|Who calls"},
      {"to", "To|Calls|Called|Who is called"},
      {"by", "By|Method|How|Channel"},
      {"within", "Within|When|Time"}}},
    {"incident_response.roles",
     "responsibilities",
     "role",
     NULL,
     {{"role", "Role|Incident role|Position|Team role|Function"},
      {"holders", "Holder|Name|Who|Person|Primary|Assigned to|Lead|Held by|Filled by|Team member"},
      {"deputies", "Deputy|Alternate|Backup|Secondary|Stand-in|Deputised by"},
      {"responsibilities", "Responsibilities|Duty|Description|Task|What they do|Responsibility|"
                           "What this role does"},
      {"channel", "Channel|Where"}}},
    {"accountability.contacts",
     "role",
     "name",
     NULL,
     {{"name", "Name|Contact|Person|Who|Team|Contact name|Group"},
      {"role", "Role|Title|Position|Job title|Responsibility|Function"},
      {"email", "Email|E-mail|Email address|Mail"},
      {"phone", "Phone|Telephone|Mobile|Tel|Phone number|Contact number|Telephone number|Number"},
      {"chat", "Slack|Chat|Teams|Slack channel|Channel"},
      {"url", "Link|URL|Page"},
      {"hours", "Hours|Availability|Available"}}},
    {"dependencies.internal",
     "purpose",
     "name",
     NULL,
     {DEPENDENCY_COLUMNS("Dependency|Service|Name|System|Internal dependency|Interface|Application|"
                         "Component|Internal service")}},
    {"dependencies.external",
     "purpose",
     "name",
     NULL,
     {DEPENDENCY_COLUMNS("Dependency|Name|Service|Supplier|Third party|Vendor|System|Provider|"
                         "Product|External dependency|External service|Interface|Component|Tool|"
                         "Application|Company|Who|Thing|Third-party service|Item"),
      {"commits.rto", "RTO|SLA|Their RTO|Supplier RTO|Recovery time"},
      {"commits.rpo", "RPO|Their RPO|Supplier RPO"}}},
    {"dependencies.consumers",
     "purpose",
     "name",
     NULL,
     {{"name", "Consumer|Service|Name|System|Dependent|Team"},
      {"purpose", "Purpose|Description|Use|Used for|Why"}}},
    {"dependencies.software",
     "text",
     "name",
     NULL,
     {{"name", "Software|Name|Component|Package|Library|Technology|Product|Tool"},
      {"version", "Version|Release"},
      {"url", "URL|Link|Source|Website"},
      {"text", "Purpose|Description|Use|Notes|Used for"}}},
    {"architecture.environments",
     "text",
     "name",
     NULL,
     {{"name", "Environment|Name"},
      {"account", "Account|AWS account|Subscription"},
      {"data", "Data"},
      {"access", "Access|Who has access"},
      {"text", "Purpose|Description|Notes"}}},
    {"architecture.components",
     "text",
     "name",
     NULL,
     {{"name", "Component|Name|Service|Part"}, {"text", "Purpose|Description|What it does"}}},
    {"disaster_recovery.runbooks",
     "description",
     "name",
     NULL,
     {{"name", "Runbook|Procedure|Name|Playbook|Title"},
      {"url", "Link|URL|Location|Where"},
      {"owner", "Owner|Maintained by"},
      {"description", "Description|Purpose|When to use|Used for|Notes"}}},
    {"backup_restore.restore_tests",
     "evidence",
     "date",
     NULL,
     {{"date", "Date|When|Date of test|Test date"},
      {"result", "Result|Outcome|Status"},
      {"took", "Took|Duration|Time taken"},
      {"evidence", "Evidence|Notes|Link|Comment"}}},
    {"supporting.exercises",
     "evidence",
     "date",
     NULL,
     {{"date", "Date|When|Date of test|Test date|Exercise date"},
      {"type", "Type|Type of exercise|Exercise type|Kind|Type of test|Exercise|Test"},
      {"result", "Result|Outcome|Status"},
      {"evidence", "Evidence|Notes|Link|Comment|Report"}}},
    {"incident_response.notifications",
     "when",
     "who",
     NULL,
     {{"who", "Who|Regulator|Organisation|Party|Audience|Recipient"},
      {"when", "When|Trigger|Reason"},
      {"within", "Within|Deadline|Timescale"},
      {"by", "By|Method|How|Channel|Responsible"},
      {"url", "Link|URL|Form"}}},
    {"supporting.risks",
     "text",
     "title",
     NULL,
     {{"title", "Risk|Title|Description|Name"}, {"url", "Link|URL"}, {"text", "Notes|Mitigation"}}},
};

const size_t table_kind_count = sizeof table_kinds / sizeof *table_kinds;
