/*
 * Labels of tables and lines ("Recovery Time Objective:", "Why we need it") that a key of the plan
 * says. Rows; a label counts only where its key stands among the values in question.
 */
#include "import.h"
#include "proof.h"

struct row {
    const char *keys;  /* any of them, blank-separated */
    const char *words; /* alternatives between '|' */
};

static const struct row rows[] = {
    {"rto", "RTO|Recovery time objective|Recovery time objective RTO|Recovery time|Recovery time "
            "target|RTO target|Time RTO|RTO h|RTO hours"},
    {"rpo", "RPO|Recovery point objective|Recovery point objective RPO|Recovery point|Data loss|"
            "RPO target|Point RPO|Maximum data loss|RPO h|RPO hours"},
    {"mtpd", "MTPD|MTD|Maximum tolerable period of disruption|Maximum tolerable downtime|MAD|"
             "Maximum tolerable outage|MTO|Impact tolerance|Maximum allowable downtime"},
    {"wrt", "WRT|Work recovery time"},
    {"for", "For|Function|Activity|System|Service|Service element|Critical activity|"
            "Business process|Mission business process|Process|Component|User group|Application"},
    {"mbco", "MBCO|Minimum business continuity objective"},
    {"name", "Name|Supplier|Dependency|Service|System|Interface|Provider|Thing|Vendor|Component|"
             "Upstream|Upstream system|Software|Package|Product|Person|Who|Contact|Scenario|Event|"
             "Third party|Technology|Environment|Library|Role|Title|What"},
    {"service supplier", "Supplier|Dependency|Service|System|Interface|Provider|Name|Upstream"},
    {"purpose", "Purpose|Why|Why we need it|Use|Used for|Reason|Description|What for|Usage|"
                "What we use it for|What it does|Function|Needed for"},
    {"role", "Role|Title|Function|Job title|Position|Responsibility"},
    {"email", "Email|E-mail|Mail|Email address|Contact"},
    {"phone", "Phone|Telephone|Tel|Mobile|Number|Phone number|Work|Telephone number|Contact|Cell"},
    {"chat", "Slack|Chat|Teams|Slack channel|Channel"},
    {"hours", "Hours|Support hours|Availability"},
    {"url", "URL|Link|Address|Website|Status page"},
    {"fallback", "Fallback|If it fails|What if it is gone|When it breaks|Impact if lost|Workaround|"
                 "If unavailable|Alternative|Mitigation"},
    {"criticality", "Criticality|Critical|Hard or soft|Impact"},
    {"contact", "Contact|Support|Support contact"},
    {"version", "Version"},
    {"text notes note", "Notes|Note|Remarks|Comments|Comment|Description"},
    {"responsibilities", "Responsibilities|Responsibility|Duties|What they do"},
    {"holders", "Name|Holder|Person|Who|Names|Assigned to"},
    {"deputies", "Deputy|Deputies|Alternate|Backup"},
    {"kind", "Type|Kind"},
    {"type", "Type|Kind|Type of exercise"},
    {"likelihood", "Likelihood|Probability"},
    {"impact", "Impact|Severity"},
    {"level", "Impact|Level|Severity|Effect"},
    {"at", "After|Time|Duration of outage|When"},
    {"response strategy", "Response|Strategy|What we do|Action|Recovery strategy|Recovery"},
    {"runbooks", "Runbook|Runbooks|Procedure|Playbook"},
    {"id", "ID|No|Number|Ref|Reference"},
    {"date", "Date|When|Tested on|Date of test"},
    {"result", "Result|Outcome|Status"},
    {"scenario", "Scenario|Test|Exercise|What"},
    {"findings", "Lessons|Findings|Lessons learned|Actions"},
    {"participants", "Participants|Attendees|Who"},
    {"from", "From|Who|Caller"},
    {"to", "To|Calls|Who to call|Contacts"},
    {"by", "By|How|Method|Approved by"},
    {"within", "Within|Time limit"},
    {"what", "What|Data|Store|System"},
    {"every", "How often|Frequency|Every|Schedule"},
    {"retention", "Retention|Kept|Kept for|Retained for"},
    {"copies located", "Where|Location|Copies"},
    {"action", "Action|Step|Description"},
    {"duration", "Duration|Time|Takes|Estimated time"},
    {"after", "After|Depends on"},
    {"internal", "Internal"},
    {"external", "External"},
    {"accountable", "Accountable|Owner|Service owner|Business owner|Plan owner|System owner"},
    {"responsible", "Responsible|Technical owner|Responsible team|Team"},
    {"consulted", "Consulted"},
    {"informed", "Informed|Kept informed"},
    {"users", "Users"},
    {"support_hours", "Support hours|Service hours|Hours"},
    {"repository", "Repository|Repo|Source"},
    {"tier", "Tier|Criticality|Criticality tier"},
    {"hosting", "Hosting|Hosted by"},
    {"last", "Last reviewed|Last review|Reviewed|Date of plan|last_reviewed_on|Last checked"},
    {"every", "review_in|Review|Review interval|Review every"},
    {"authority", "Authority|Declared by"},
    {"aliases", "aliases|Aliases|Also known as"},
    {"url title", "Process|Records"},
};

/* Whether some mapping among the values has the key. */
static bool has_key(const struct proof_plan *plan, struct cp_str key, struct proof_range range)
{
    for (size_t i = 0; i < plan->values.count; i++) {
        const struct proof_value *value = &plan->values.items[i];
        const struct cp_node *node = value->node;
        bool is_in = value->range.from >= range.from && value->range.to <= range.to;
        for (; is_in && node; node = node->parent) {
            if (node->key && cp_str_is_equal(node->key->text, key)) {
                return true;
            }
        }
    }
    return false;
}

static struct cp_str take(struct cp_str *rest, char mark)
{
    const char *end = rest->len > 0 ? memchr(rest->at, mark, rest->len) : NULL;
    size_t length = end ? (size_t)(end - rest->at) : rest->len;
    struct cp_str part = cp_str_slice(*rest, 0, length);
    *rest = end ? cp_str_slice(*rest, length + 1, SIZE_MAX) : (struct cp_str){0};
    return part;
}

void proof_labels_open(struct proof_plan *plan)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cp_str rest = cp_str_of(rows[i].words);
        while (rest.len > 0) {
            struct cp_str normal = words_normal(&plan->arena, take(&rest, '|'));
            *(struct proof_wording *)cp_list_push(&plan->wordings, sizeof(struct proof_wording)) =
                (struct proof_wording){normal, rows[i].keys};
        }
    }
}

bool proof_label_is_key(const struct proof_plan *plan, struct cp_str label,
                        struct proof_range range)
{
    bool is_key = false;
    struct cp_buf normal;
    cp_buf_init(&normal);
    words_put_normal(&normal, label);
    for (size_t i = 0; !is_key && normal.len > 0 && i < plan->wordings.count; i++) {
        struct cp_str keys = cp_str_of(plan->wordings.items[i].keys);
        bool is_row = cp_str_is_equal(plan->wordings.items[i].normal, cp_buf_str(&normal));
        while (is_row && !is_key && keys.len > 0) {
            is_key = has_key(plan, take(&keys, ' '), range);
        }
    }
    cp_buf_release(&normal);
    return is_key;
}
