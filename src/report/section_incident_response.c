/* The chapter of the incident: activation, roles, the call tree, who is told, channels and tools.
 */
#include "private.h"

static void put_role_name(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member role;
    cp_member_find(&role, row, "role");
    if (role.leaf->state == CP_SET) {
        cp_report_put_role(report, cp_member_text(&role));
    } else {
        cp_report_put(report, &role);
    }
}

/* A rota stands in for both, in a column of its own. */
static void put_holders(struct cp_report *report, const struct cp_member *row)
{
    cp_report_put_member(report, row, "holders");
}

static void put_deputies(struct cp_report *report, const struct cp_member *row)
{
    cp_report_put_member(report, row, "deputies");
}

static const struct cp_column role_columns[] = {
    CP_COLUMN("Role", "role", .put = put_role_name),
    CP_COLUMN("Holders", "holders rota", .put = put_holders, .missing = "holders",
              .shows_ways = true),
    CP_COLUMN("Deputies", "deputies rota", .put = put_deputies, .missing = "deputies",
              .shows_ways = true),
    CP_COLUMN("Rota", "rota", .shows_ways = true),
    CP_COLUMN("Responsibilities", "responsibilities"),
    CP_COLUMN("Channel", "channel"),
};

static const struct cp_column call_columns[] = {
    CP_COLUMN("From", "from"),
    CP_COLUMN("To", "to", .shows_ways = true),
    CP_COLUMN("By", "by"),
    CP_COLUMN("Within", "within"),
};

static const struct cp_column notification_columns[] = {
    CP_COLUMN("Who", "who"), CP_COLUMN("When", "when"), CP_COLUMN("Within", "within"),
    CP_COLUMN("By", "by"),   CP_COLUMN("Where", "url"),
};

static const struct cp_column tool_columns[] = {
    CP_COLUMN("Name", "name url", .put = cp_report_put_named),
    CP_COLUMN("Depends On", "depends_on"),
    CP_COLUMN("Alternative", "alternative"),
};

static const struct cp_part parts[] = {
    CP_PART(FACT, "process", "Process"),
    CP_PART(FACT, "security_contact", "Security contact"),
    CP_PART(FACT, "records", "Records"),
    CP_PART(FACT, "post_incident", "After the incident"),
    CP_PART(FACT, "activation.authority", "Who may activate this plan", .shows_ways = true),
    CP_PART(FACT, "activation.times.detect", "Time to notice a disruption"),
    CP_PART(FACT, "activation.times.declare", "Time to declare it"),
    CP_PART(FACT, "activation.declare_recovered", "Declared recovered by"),
    CP_PART(FACT, "activation.deactivation", "Stood down when"),
    CP_PART(ITEMS, "activation.criteria", "Activation Criteria", .missing = "activation criteria"),
    CP_PART(TABLE, "roles", "Roles and Responsibilities", .missing = "roles",
            CP_COLUMNS(role_columns)),
    CP_PART(TABLE, "call_tree", "Call Tree", .missing = "call tree", CP_COLUMNS(call_columns)),
    CP_PART(TABLE, "notifications", "Notifications", CP_COLUMNS(notification_columns)),
    CP_PART(TABLE, "channels", "Channels", CP_COLUMNS(tool_columns)),
    CP_PART(TABLE, "tools", "Tools", CP_COLUMNS(tool_columns)),
};

const struct cp_chapter cp_chapter_incident_response = {
    .key = "incident_response",
    .title = "Incident Response",
    .house_title = "Incident Response Plans (Call Tree, Including Roles and Responsibilities)",
    CP_PARTS(parts),
};
