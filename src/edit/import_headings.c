/*
 * Headings of continuity plans as people word them, and the field that each stands for: rows, and
 * the portfolio's own beside them. Knows no document.
 */
#include "import.h"

/* The first wording is the house format's where there is one. A row that is weak has words that
 * other documents use as well: it counts at the top, or in the section of its own field. */
struct row {
    const char *path;
    const char *words; /* alternatives between '|' */
    bool is_weak;
};

static const struct row rows[] = {
    {"accountability",
     "Service Accountability (Accountable / Responsible)|Accountability|Ownership|RACI|RACI matrix|"
     "Service ownership|Accountable and responsible|Roles and accountability|Plan ownership|"
     "Who is in charge|Who answers for it|Who is accountable|Accountability and responsibility|Who "
     "owns it|Who is responsible",
     false},
    {"accountability.accountable",
     "Accountable|Service owner|System owner|Business owner|Owner|Accountable person|Plan owner",
     true},
    {"accountability.responsible", "Responsible|Responsible team|Responsible people", true},
    {"accountability.contacts",
     "Contacts|Key contacts|Support contacts|Contact details|Service contacts|Emergency contacts|"
     "Contact list|Who to contact|Who to call|Who to ring|Important contacts|Escalation "
     "contacts|Team contacts|"
     "Service team contact|Points of contact|Contact information|Contact us|Key personnel|"
     "Key people|Who is who|Who's who|Emergency contact information|Useful contacts|People to "
     "contact|Contacts list",
     false},
    {"scope", "Service Scope|Scope of the plan|Scope of this document|Scope of service", false},
    {"scope", "Scope|Scope and objectives|Scope and purpose|Purpose and scope|Applicability", true},
    {"scope.in", "In scope|What is in scope|What this plan covers|Included", true},
    {"scope.out",
     "Out of scope|What is out of scope|Exclusions|What this plan does not cover|"
     "Not in scope|Excluded",
     true},
    {"scope.assumptions", "Assumptions|Planning assumptions|Assumptions and constraints", true},
    {"scope.users", "Users|User groups|Who uses the service|Who uses it|Users of the service",
     true},
    {"scope.support_hours",
     "Support hours|Hours of support|Service hours|Opening hours|Hours of operation|"
     "Operating hours|Support times",
     true},
    {"scope.workaround",
     "Workaround|Manual workaround|Manual fallback|Manual procedures|Fallback procedures|"
     "Alternative procedures|Manual process",
     true},
    {"impact",
     "Business impact analysis|BIA|Business impact|Impact analysis|Business impact assessment|"
     "Business impact analysis (BIA)|Impact of disruption|Impact of an outage|"
     "Business impact analysis summary",
     false},
    {"dependencies",
     "Interfaces and Dependencies (Internal and External)|Service dependencies|"
     "System dependencies|Interfaces and dependencies|Dependencies and interfaces|"
     "Upstream and downstream dependencies|Internal and external dependencies|"
     "Dependencies and suppliers|Critical dependencies|What we depend on|What we rely on|Systems "
     "we rely on|What do you rely on|What we need|What the service depends on|What it needs|What "
     "depends upon what",
     false},
    {"dependencies", "Dependencies|Interfaces|Integrations|Dependency", true},
    {"dependencies.internal",
     "Internal Dependencies|Internal services|Upstream services|Upstream dependencies|"
     "Internal systems|Internal interfaces",
     false},
    {"dependencies.internal", "Internal|Upstream", true},
    {"dependencies.external",
     "External Dependencies|External services|Third party dependencies|Third-party services|"
     "Third party suppliers|External suppliers|Key suppliers|Critical suppliers|External systems|"
     "Supplier dependencies|External interfaces|Suppliers and third parties",
     false},
    {"dependencies.external", "External|Third parties|Suppliers|Vendors", true},
    {"dependencies.consumers",
     "Consumers|Downstream services|Downstream dependencies|Dependent services|"
     "Services that depend on us|Services which depend on this|Used by|Downstream consumers|"
     "Who depends on us|Who relies on us|Who uses us|What depends on us",
     true},
    {"dependencies.software",
     "Software|Software inventory|Software dependencies|Technology stack|Tech stack|"
     "Software components|Software and libraries|Technologies used|Software used",
     true},
    {"dependencies.sbom",
     "SBOM|Software bill of materials|Software bill of materials (SBOM)|"
     "Code dependencies",
     false},
    {"architecture",
     "Architecture (HLD/LLD)|System architecture|Service architecture|"
     "Technical architecture|Solution architecture|High level design|"
     "Architecture overview|Architecture and hosting|Low level design",
     false},
    {"architecture",
     "Architecture|HLD|LLD|System description|Technical overview|System overview|"
     "Infrastructure|Technical design|Design|Infrastructure overview",
     true},
    {"architecture.diagrams",
     "Diagrams|Architecture diagram|Network diagram|System diagram|Diagram", true},
    {"architecture.components", "Components|System components|Main components|Key components",
     true},
    {"architecture.environments", "Environments|Environment", true},
    {"architecture.documents", "Design documents|Architecture documents", true},
    {"incident_response",
     "Incident Response Plans (Call Tree, Including Roles and Responsibilities)|Incident response|"
     "Incident management|Incident process|Incident handling|Incident response procedure|"
     "Major incidents|Major incident management|Crisis management|Emergency response|"
     "Incident response and escalation|Incident response plan|Incident management process|"
     "Crisis response|Incident management and escalation|What to do in an incident",
     false},
    {"incident_response", "Incidents|Response", true},
    {"incident_response.process", "Incident process document", true},
    {"incident_response.activation.criteria",
     "Activation criteria|Invocation criteria|Triggers|When to invoke|When to use this plan|"
     "When to activate this plan|Criteria for invocation|Declaration criteria|Trigger events|"
     "Plan activation criteria|Activation triggers",
     false},
    {"incident_response.activation.criteria", "Activation|Invocation|Plan activation", true},
    {"incident_response.activation.deactivation",
     "Deactivation|Stand down|Standing down|Plan deactivation|Stand-down", true},
    {"incident_response.roles",
     "Incident roles|Roles and responsibilities|Incident team|Response team|Recovery team|"
     "Recovery teams|Crisis team|Incident response team|Continuity team|"
     "Incident roles and responsibilities|Crisis management team|Key roles|Recovery roles|"
     "Team roles and responsibilities|Business continuity team|Disaster recovery team",
     false},
    {"incident_response.roles", "Roles|Responsibilities|Team", true},
    {"incident_response.call_tree",
     "Call tree|Escalation path|Escalation matrix|Calling tree|Phone tree|Notification tree|"
     "Telephone tree|Call cascade|Communications tree",
     false},
    {"incident_response.call_tree", "Escalation|Escalations|Escalation process", true},
    {"incident_response.notifications",
     "Notifications|Regulatory reporting|Regulatory notifications|Who must be told|"
     "External notifications|Breach notification",
     true},
    {"incident_response.channels", "Communication channels|Channels|Incident channels", true},
    {"incident_response.tools", "Incident tools|Incident tooling|Tools|Tooling", true},
    {"incident_response.post_incident",
     "Post incident review|After the incident|Lessons learned|Post-incident|Post mortem|"
     "After an incident|Post-incident activities",
     true},
    {"incident_response.security_contact", "Security contact|Security incidents", true},
    {"it_continuity",
     "IT Continuity Plans (Resilience)|IT continuity|Resilience|Service resilience|"
     "IT service continuity|High availability|Resilience and availability|"
     "Resilience and high availability|Business continuity strategy|Continuity strategy|"
     "Resilience measures|How we stay up|What keeps it up",
     false},
    {"it_continuity", "Availability|Hosting|Business continuity|Service continuity|Continuity",
     true},
    {"it_continuity.redundancy", "Redundancy|Failover", true},
    {"it_continuity.measures",
     "Measures|Preventive controls|Preventative measures|"
     "Preventive measures|Mitigations",
     true},
    {"it_continuity.degraded_modes",
     "Degraded modes|Degraded operation|Reduced service|Graceful degradation", true},
    {"disaster_recovery",
     "Disaster Recovery Plans (Procedures / Runbooks)|Disaster recovery|DR|DRP|"
     "Recovery procedures|Recovery plan|Recovery strategy|Recovery strategies|"
     "Disaster recovery procedures|Contingency plan|Contingency planning|Contingency procedures|"
     "DR plan|DR procedures|Disaster recovery strategy|Recovery phase|"
     "Disaster recovery and failover|Recovery process|Recovery approach|How we recover|How to "
     "recover|How we get it back|Disaster recovery runbook",
     false},
    {"disaster_recovery", "Recovery|Restoration", true},
    {"disaster_recovery.scenarios",
     "Scenarios|Disaster scenarios|Failure scenarios|Recovery scenarios|Risk scenarios|"
     "Failure modes|Threat scenarios|Disruption scenarios|Outage scenarios|Incident scenarios|"
     "Loss scenarios|DR scenarios|What could go wrong",
     false},
    {"disaster_recovery.runbooks", "Runbooks|Recovery runbooks|Playbooks|DR runbooks", false},
    {"disaster_recovery.runbooks", "Procedures|Standard operating procedures", true},
    {"disaster_recovery.objectives",
     "Recovery Time and Recovery Point Objectives|RTO and RPO|RTO/RPO|Recovery objectives|"
     "Recovery targets|RTO|RPO|RTOs and RPOs|Recovery time objective|Recovery point objective|"
     "Recovery time objective (RTO)|Recovery point objective (RPO)|RPO and RTO|"
     "Recovery point and recovery time objectives|Continuity objectives|Recovery time objectives|"
     "Recovery time objective and recovery point objective|RTO, RPO and MTPD|"
     "Recovery Time Objective (RTO) and Recovery Point Objective (RPO)|MTPD, RTO and RPO|"
     "Maximum tolerable downtime|Maximum tolerable period of disruption|MTPD|"
     "Service level and recovery objectives|Disaster recovery objectives|"
     "How quickly will it be back|How fast must it be back|How long can we be without it|"
     "Can data be lost|How fast how much|RTO / RPO targets|Recovery order|How much data can be "
     "lost",
     false},
    {"disaster_recovery.objectives", "Objectives|Targets", true},
    {"backup_restore",
     "Backup & Restore Plans (configuration and Testing)|Backup and restore|Backup and recovery|"
     "Data backup|Backup strategy|Backups and restore|Data recovery|Restoring from backup|"
     "Data backup and recovery|Backup and restoration|Backup policy|Backup procedures|"
     "Data backup and restore|How we look after data",
     false},
    {"backup_restore", "Backup|Backups|Restore|Restores|Backups and the testing of backups", true},
    {"backup_restore.backups", "Backup schedule|Backup configuration|Backup arrangements", false},
    {"backup_restore.restore_tests",
     "Restore tests|Restore testing|Backup testing|Recovery testing|Restoration tests", false},
    {"backup_restore.stores", "Data stores|Databases|Data storage|Storage", true},
    {"supporting",
     "Supporting Information (Risk & Test Tracker Links)|Supporting information|"
     "Supporting documents|Supporting documentation",
     false},
    {"supporting",
     "References|Related documents|Further information|Useful links|Links|"
     "Related documentation|Further reading|Appendix|Appendices",
     true},
    {"supporting.risks", "Risk register|Risk assessment|Risk log", false},
    {"supporting.risks", "Risks", true},
    {"supporting.tests", "Tests|Test tracker|Testing|Test plan|Test results", true},
    {"supporting.exercises",
     "Exercises|Exercise log|Testing and exercising|DR tests|Test history|Plan testing|"
     "Exercise schedule|Exercise history|Disaster recovery tests|DR test history|"
     "Testing, training and exercises|Plan testing and exercises|Exercises and tests|"
     "Testing and exercises|DR testing|Disaster recovery testing|Continuity exercises|When did you "
     "last try|Drills|Game days|Test, training and exercise|DR drills",
     false},
    {"supporting.activations", "Incident history|Past incidents|Previous incidents|Activations",
     true},
    {"releases",
     "Releases|Release process|Release management|Deployments|Deployment|"
     "Deployment and releases|Release and deployment|Change and release management",
     true},
    {"releases.rollback", "Rollback|Rolling back|Roll-back|Rollback plan", true},
    {"review",
     "Document review|Plan review|Plan maintenance|Review and maintenance|"
     "Review schedule|Maintenance of the plan|Plan review and maintenance|"
     "Review and approval",
     false},
    {"review",
     "Review|Reviews|Document control|Document history|Version history|Revision history|"
     "Change history|Approval|Approvals|Sign off|Version control|Record of changes",
     true},
    {"summary",
     "Summary|Overview|Introduction|Executive summary|About|About this service|Purpose|"
     "Background|Service description|Description|Service overview|Service summary|"
     "About the service|Introduction and purpose|What it does|What is it",
     true},
    {".notes", "Notes|Note|Additional notes|Other notes|Comments|Remarks", true},
};

static const char *const telling[] = {"incident_response", "it_continuity", "disaster_recovery",
                                      "backup_restore", "impact"};

static void add(struct import *import, struct cp_str words, const char *path, bool is_weak)
{
    struct cp_str normal = words_normal(import->arena, words);
    struct heading *heading = cp_arena_alloc(import->arena, sizeof *heading);
    *heading = (struct heading){path, is_weak};
    if (normal.len > 0) {
        cp_map_put(&import->headings, normal, heading);
    }
}

/* ---- the portfolio's own --------------------------------------------------------------------- */

/* Whether a heading may stand for the path: a section, a list or a text of one, or the summary. */
static bool is_path(struct cp_str path)
{
    const struct cp_object *object = &cp_object_plan;
    const struct cp_field *field = NULL;
    while (object && path.len > 0) {
        size_t dot = cp_str_find(path, CP_STR("."));
        field = cp_field_find(object, cp_str_slice(path, 0, dot));
        object = field && !field->is_list ? field->of : NULL;
        path = dot == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(path, dot + 1, SIZE_MAX);
        if (!field) {
            return false;
        }
    }
    return field && path.len == 0;
}

static int refuse(struct cp_error *error, struct cp_str key)
{
    struct cp_buf shown;
    cp_buf_init(&shown);
    cp_printable(&shown, key);
    int result = cp_error_set(error,
                              "'headings' in the portfolio file: '%.100s' is no field of a plan; "
                              "write a path such as disaster_recovery.objectives, and behind it "
                              "the headings that mean it",
                              shown.at);
    cp_buf_release(&shown);
    return result;
}

static int add_own(struct import *import, const struct cp_node *node, struct cp_error *error)
{
    struct cp_str path = cp_arena_copy(import->arena, node->key->text);
    if (!is_path(path)) {
        return refuse(error, path);
    }
    if (node->kind == CP_NODE_SCALAR) {
        add(import, node->text, path.at, false);
    }
    for (const struct cp_node *item = node->first; item; item = item->next) {
        if (item->kind == CP_NODE_SCALAR) {
            add(import, item->text, path.at, false);
        }
    }
    return 0;
}

int headings_open(struct import *import, struct cp_error *error)
{
    const struct cp_config *config = import->asked->config;
    const struct cp_node *own = config ? config->headings.node : NULL;
    struct cp_str words;
    cp_map_init(&import->headings);
    for (own = own && own->kind == CP_NODE_MAPPING ? own->first : NULL; own; own = own->next) {
        if (add_own(import, own, error) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cp_str rest = cp_str_of(rows[i].words);
        while (words_alternative(&words, &rest)) {
            add(import, words, rows[i].path, rows[i].is_weak);
        }
    }
    return 0;
}

/* ---- looking one up -------------------------------------------------------------------------- */

/* Words that many headings begin or end with and that tell nothing. */
static bool is_filler(struct cp_str word)
{
    static const char *const words[] = {"plan",   "procedure",   "section",     "overview",
                                        "detail", "information", "arrangement", "service",
                                        "system", "key",         "main",        "list",
                                        "table",  "summary",     "process"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is(word, words[i])) {
            return true;
        }
    }
    return false;
}

static struct cp_str first_word(struct cp_str text)
{
    return cp_str_slice(text, 0, cp_str_find(text, CP_STR(" ")));
}

static struct cp_str last_word(struct cp_str text)
{
    size_t at = text.len;
    while (at > 0 && text.at[at - 1] != ' ') {
        at--;
    }
    return cp_str_slice(text, at, SIZE_MAX);
}

static const struct heading *look_up(const struct import *import, struct cp_str normal)
{
    const struct heading *found = cp_map_find(&import->headings, normal);
    while (!found) {
        struct cp_str last = last_word(normal);
        if (last.len == normal.len || !is_filler(last)) {
            break;
        }
        normal = cp_str_slice(normal, 0, normal.len - last.len - 1);
        found = cp_map_find(&import->headings, normal);
    }
    while (!found) {
        struct cp_str first = first_word(normal);
        if (first.len == normal.len || !is_filler(first)) {
            return NULL;
        }
        normal = cp_str_slice(normal, first.len + 1, SIZE_MAX);
        found = cp_map_find(&import->headings, normal);
    }
    return found;
}

/* The heading without what stands in brackets; and that alone. */
static struct cp_str without_brackets(struct cp_arena *arena, struct cp_str title,
                                      struct cp_str *inside)
{
    size_t open = cp_str_find(title, CP_STR("("));
    size_t close = cp_str_find(title, CP_STR(")"));
    *inside = (struct cp_str){0};
    if (open == SIZE_MAX || close == SIZE_MAX || close < open) {
        return title;
    }
    *inside = cp_str_slice(title, open + 1, close - open - 1);
    return cp_arena_printf(arena, "%.*s %.*s", (int)open, title.at,
                           CP_ARG(cp_str_slice(title, close + 1, SIZE_MAX)));
}

/* The heading without the service's own name at either end. */
static struct cp_str without_name(const struct import *import, struct cp_str normal)
{
    struct cp_str name = words_normal(import->arena, import->name);
    if (name.len == 0 || normal.len <= name.len + 1) {
        return normal;
    }
    size_t behind = normal.len - name.len;
    if (cp_str_is_equal(cp_str_slice(normal, 0, name.len), name) && normal.at[name.len] == ' ') {
        return cp_str_slice(normal, name.len + 1, SIZE_MAX);
    }
    bool is_last = cp_str_is_equal(cp_str_slice(normal, behind, SIZE_MAX), name);
    return is_last && normal.at[behind - 1] == ' ' ? cp_str_slice(normal, 0, behind - 1) : normal;
}

/* Whether a weak heading counts in a section. */
static bool counts(const struct heading *heading, struct cp_str section)
{
    size_t len = strcspn(heading->path, ".");
    bool is_own = cp_str_is_equal((struct cp_str){heading->path, len}, section);
    return !heading->is_weak || (section.len == 0 ? len > 0 : is_own || len == 0);
}

/* One wording of a heading, with and without brackets and the service's name. */
static const struct heading *find_wording(const struct import *import, struct cp_str title,
                                          struct cp_str section)
{
    struct cp_str inside;
    struct cp_str bare = without_brackets(import->arena, title, &inside);
    struct cp_str forms[] = {words_normal(import->arena, title), words_normal(import->arena, bare),
                             words_normal(import->arena, inside)};
    for (size_t i = 0; i < 6; i++) {
        struct cp_str form = i < 3 ? forms[i] : without_name(import, forms[i - 3]);
        const struct heading *found = form.len > 0 ? look_up(import, form) : NULL;
        if (found && counts(found, section)) {
            return found;
        }
    }
    return NULL;
}

struct cp_str headings_bare(struct cp_str title)
{
    size_t at = cp_str_find(title, CP_STR("{#"));
    at = at == SIZE_MAX ? cp_str_find(title, CP_STR("{ #")) : at;
    return at == SIZE_MAX ? title : cp_str_trim(cp_str_slice(title, 0, at));
}

const struct heading *headings_find(const struct import *import, struct cp_str title,
                                    struct cp_str section)
{
    /* what stands before one of these may be the whole heading; behind a stroke, its translation */
    static const char *const joints[] = {" / ",           "/", ", ", ": ", " - ", " \xe2\x80\x93 ",
                                         " \xe2\x80\x94 "};
    title = headings_bare(title);
    const struct heading *found = find_wording(import, title, section);
    for (size_t i = 0; !found && i < sizeof joints / sizeof *joints; i++) {
        size_t at = cp_str_find(title, cp_str_of(joints[i]));
        if (at != SIZE_MAX) {
            found = find_wording(import, cp_str_slice(title, 0, at), section);
        }
        if (at != SIZE_MAX && !found && i < 2) {
            found = find_wording(import, cp_str_slice(title, at + strlen(joints[i]), SIZE_MAX),
                                 section);
        }
    }
    return found;
}

bool headings_are_telling(const struct heading *heading)
{
    size_t len = strcspn(heading->path, ".");
    for (size_t i = 0; !heading->is_weak && i < sizeof telling / sizeof *telling; i++) {
        if (strlen(telling[i]) == len && strncmp(heading->path, telling[i], len) == 0) {
            return true;
        }
    }
    return false;
}

bool headings_are_of_software(struct cp_arena *arena, struct cp_str title)
{
    static const char *const words[] = {"install",
                                        "installation",
                                        "installing",
                                        "usage",
                                        "quick start",
                                        "quickstart",
                                        "getting started",
                                        "contributing",
                                        "contribute",
                                        "license",
                                        "licence",
                                        "building",
                                        "build",
                                        "api",
                                        "changelog",
                                        "command",
                                        "command line option",
                                        "configuration option",
                                        "running test",
                                        "run test",
                                        "developing",
                                        "local development",
                                        "installation usage"};
    struct cp_str normal = words_normal(arena, title);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (cp_str_is(normal, words[i])) {
            return true;
        }
    }
    return false;
}

bool headings_mean(struct cp_str title, const char *path)
{
    struct cp_error ignored;
    struct cp_arena arena;
    struct cp_import asked = {0};
    struct import names = {.asked = &asked, .arena = &arena};
    cp_arena_init(&arena);
    const struct heading *found = headings_open(&names, &ignored) == 0
                                      ? headings_find(&names, title, (struct cp_str){0})
                                      : NULL;
    bool is_same = found && strcmp(found->path, path) == 0;
    cp_map_release(&names.headings);
    cp_arena_release(&arena);
    return is_same;
}

/* The headings below a section that the house format has, and writes again. */
bool headings_are_house(const char *path, struct cp_str title)
{
    static const char *const paths[] = {"accountability.contacts", "dependencies.internal",
                                        "dependencies.external", "dependencies.software",
                                        "disaster_recovery.objectives"};
    if (path[0] == '.') {
        return cp_str_is(title, "Notes");
    }
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const char *words = headings_of_house(paths[i]);
        if (strcmp(path, paths[i]) == 0) {
            return cp_str_is_equal(title, (struct cp_str){words, strcspn(words, "|")});
        }
    }
    return strchr(path, '.') == NULL;
}

const char *headings_of_house(const char *path)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(rows[i].path, path) == 0) {
            return rows[i].words;
        }
    }
    return NULL;
}
