/* The chapter of scenarios, runbooks and objectives. */
#include <contplan/analysis.h>

#include "private.h"

/* ---- scenarios ----------------------------------------------------------------------------- */

static const struct cp_column scenario_columns[] = {
    CP_COLUMN("Scenario", "name id"),
    CP_COLUMN("Kind", "kind"),
    CP_COLUMN("Likelihood", "likelihood"),
    CP_COLUMN("Impact", "impact"),
    CP_COLUMN("Loses", "loses"),
    CP_COLUMN("Response", "response", .otherwise = "runbook"),
    CP_COLUMN("Strategy", "strategy"),
    CP_COLUMN("Runbooks", "runbooks"),
    CP_COLUMN("Alternatives", "alternatives"),
    CP_COLUMN("Return", "return"),
};

/* ---- runbooks ------------------------------------------------------------------------------ */

static void put_code(struct cp_report *report, const struct cp_member *row, const char *path)
{
    struct cp_member entry;
    if (!cp_member_find(&entry, row, path) || cp_member_sight(report, &entry) != CP_SIGHT_GIVEN) {
        return;
    }
    if (entry.leaf->state == CP_SET) {
        cp_document_code(report->document, cp_member_text(&entry));
    } else {
        cp_report_put(report, &entry);
    }
}

/* The command of a step whose lines a cell cannot keep; it stands below the table. */
static bool find_long_command(struct cp_str *out, const struct cp_report *report,
                              const struct cp_member *step)
{
    struct cp_member command;
    if (step->leaf->state != CP_SET || !cp_member_find(&command, step, "command") ||
        cp_member_sight(report, &command) != CP_SIGHT_GIVEN || command.leaf->state != CP_SET) {
        return false;
    }
    *out = cp_member_text(&command);
    return cp_str_find(cp_str_trim(*out), CP_STR("\n")) != SIZE_MAX;
}

static void put_command(struct cp_report *report, const struct cp_member *row)
{
    struct cp_str command;
    if (find_long_command(&command, report, row)) {
        cp_document_text(report->document, CP_STR("see below"));
    } else {
        put_code(report, row, "command");
    }
}

static void put_parameter(struct cp_report *report, const struct cp_member *row)
{
    put_code(report, row, "name");
}

static const char at_start[] = "at the start";

/* Stated and empty, a step needs none before it. */
static void put_after(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member after;
    bool is_stated = cp_member_find(&after, row, "after");
    if (is_stated && cp_member_is_list(&after) && cp_member_count(&after) == 0) {
        cp_document_text(report->document, cp_str_of(at_start));
    } else if (is_stated) {
        cp_report_put(report, &after);
    }
}

static const struct cp_column step_columns[] = {
    CP_COLUMN("Step", "id"),
    CP_COLUMN("Action", "action", .missing = "action"),
    CP_COLUMN("Who", "role"),
    CP_COLUMN("Takes", "duration"),
    CP_COLUMN("Command", "command", .put = put_command),
    CP_COLUMN("Check", "verify"),
    CP_COLUMN("Undo", "rollback"),
    CP_COLUMN("After", "after", .put = put_after, .otherwise = "the step before",
              .first_otherwise = at_start),
};

static const struct cp_column parameter_columns[] = {
    CP_COLUMN("Parameter", "name", .put = put_parameter),
    CP_COLUMN("Meaning", "meaning"),
};

static void put_path(struct cp_report *report, const struct cp_member *path)
{
    cp_document_link(report->document, cp_member_text(path), cp_member_text(path));
}

static const struct cp_part steps_part = CP_PART(TABLE, "steps", NULL, CP_COLUMNS(step_columns));

/* `place` is that of its row in the table, for a step without an id. */
static void build_long_command(struct cp_report *report, const struct cp_member *step, size_t place)
{
    struct cp_str command;
    struct cp_member id;
    if (!find_long_command(&command, report, step)) {
        return;
    }
    bool has_id = cp_member_find(&id, step, "id") && cp_member_sight(report, &id) == CP_SIGHT_GIVEN;
    struct cp_str label =
        has_id ? cp_arena_printf(&report->arena, "Step %.*s:", CP_ARG(cp_member_text(&id)))
               : cp_arena_printf(&report->arena, "Step %zu:", place);
    cp_document_begin(report->document, CP_BLOCK_PARAGRAPH);
    cp_document_strong(report->document, label);
    cp_document_end(report->document);
    cp_document_code_block(report->document, CP_STR("text"), command);
}

static void build_long_commands(struct cp_report *report, const struct cp_member *steps)
{
    size_t place = 0;
    for (size_t i = 0; i < cp_member_count(steps); i++) {
        struct cp_member step = cp_member_item(steps, i);
        if (cp_member_sight(report, &step) == CP_SIGHT_GIVEN) {
            build_long_command(report, &step, ++place);
        }
    }
}

/* The runbook's way through its steps, as a scenario reckons with it; NULL where it is not known,
 * or would tell of what this audience does not see. */
static const struct cp_runbook_path *find_path(const struct cp_report *report,
                                               const struct cp_member *runbook)
{
    struct cp_tally tally = {0};
    cp_member_tally(&tally, runbook, report->options->audience);
    for (size_t i = 0; i < report->plan->disaster_recovery.scenarios.count; i++) {
        const struct cp_recovery *recovery = &report->recoveries[i];
        for (size_t j = 0; j < recovery->count && tally.withheld == 0; j++) {
            const struct cp_runbook_path *path = recovery->paths[j];
            if (&path->runbook->leaf == runbook->leaf && path->is_known && path->count > 0) {
                return path;
            }
        }
    }
    return NULL;
}

static bool is_nothing(struct cp_duration length)
{
    return length.seconds == 0 && length.work_seconds == 0 && length.work_days == 0 &&
           length.months == 0;
}

/* Where the runbook states no duration: what its steps come to. */
static void build_total(struct cp_report *report, const struct cp_member *runbook)
{
    struct cp_member duration;
    const struct cp_runbook_path *path = find_path(report, runbook);
    if (!path || cp_member_find(&duration, runbook, "duration")) {
        return;
    }
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, path->assumed > 0 ? "In all at least " : "In all ");
    cp_duration_put(&text, path->length);
    if (!is_nothing(path->call_out.length)) {
        cp_buf_puts(&text, ", including the call-out of ");
        cp_duration_put(&text, path->call_out.length);
    }
    cp_buf_puts(&text, path->assumed > 0 ? "; not every step says how long it takes." : ".");
    cp_report_remark(report, cp_buf_str(&text));
    cp_buf_release(&text);
}

/* Steps are missed only where the runbook is kept nowhere else. */
static bool build_steps(struct cp_report *report, const struct cp_part *part,
                        const struct cp_member *runbook)
{
    struct cp_member steps;
    (void)part;
    cp_parts_build(report, &steps_part, 1, runbook);
    if (cp_member_find(&steps, runbook, "steps") && cp_member_is_list(&steps)) {
        build_total(report, runbook);
        build_long_commands(report, &steps);
    }
    return true;
}

static const struct cp_part runbook_parts[] = {
    CP_PART(PROSE, "description", NULL),
    CP_PART(FACT, "type", "Type"),
    CP_PART(FACT, "owner", "Owner", .missing = "owner"),
    CP_PART(FACT, "automation", "Automation"),
    CP_PART(FACT, "duration", "Duration"),
    CP_PART(FACT, "needs", "Needs"),
    CP_PART(FACT, "access", "Access"),
    CP_PART(FACT, "path", "Kept at", .put = put_path),
    CP_PART(FACT, "url", "Kept at"),
    CP_PART(TABLE, "parameters", NULL, CP_COLUMNS(parameter_columns)),
    CP_PART(OWN, "steps path url", NULL, .missing = "steps", .is_whole = true,
            .build = build_steps),
};

static void build_runbook(struct cp_report *report, const struct cp_member *runbook)
{
    struct cp_member name;
    bool has_name = cp_member_find_first(&name, runbook, "name id") &&
                    cp_member_sight(report, &name) == CP_SIGHT_GIVEN;
    report->subject = has_name ? cp_member_text(&name) : CP_STR("a runbook");
    report->part_level = CP_DETAIL_LEVEL + 1;
    cp_report_heading(report, CP_DETAIL_LEVEL, has_name ? report->subject : CP_STR("Runbook"));
    cp_parts_build(report, runbook_parts, CP_COUNT(runbook_parts), runbook);
    report->part_level = CP_PART_LEVEL;
    report->subject = (struct cp_str){0};
}

static bool build_runbooks(struct cp_report *report, const struct cp_part *part,
                           const struct cp_member *list)
{
    (void)part;
    report->recoveries = cp_recoveries_get(report->plan, report->portfolio, &report->arena);
    cp_items_build(report, list, build_runbook);
    return true;
}

/* ---- objectives ---------------------------------------------------------------------------- */

/* The objective's own length, else the tier's, which is said. */
static void put_effective(struct cp_report *report, const struct cp_member *row, const char *path,
                          const struct cp_length *effective)
{
    struct cp_member own;
    if (cp_member_find(&own, row, path)) {
        cp_report_put(report, &own);
    } else if (cp_length_is_known(effective)) {
        cp_duration_put(&report->line, effective->duration);
        cp_buf_printf(&report->line, " (tier %u)", cp_plan_tier(report->plan));
        cp_document_text(report->document, cp_buf_str(&report->line));
        cp_buf_clear(&report->line);
    }
}

static struct cp_effective effective_of(const struct cp_report *report, const struct cp_member *row)
{
    struct cp_effective effective;
    cp_effective_init(&effective, (const struct cp_objective *)(const void *)row->leaf,
                      cp_portfolio_find_tier(report->portfolio, report->plan));
    return effective;
}

static void put_rto(struct cp_report *report, const struct cp_member *row)
{
    put_effective(report, row, "rto", effective_of(report, row).rto);
}

static void put_rpo(struct cp_report *report, const struct cp_member *row)
{
    put_effective(report, row, "rpo", effective_of(report, row).rpo);
}

static void put_mtpd(struct cp_report *report, const struct cp_member *row)
{
    put_effective(report, row, "mtpd", effective_of(report, row).mtpd);
}

static void put_wrt(struct cp_report *report, const struct cp_member *row)
{
    put_effective(report, row, "wrt", effective_of(report, row).wrt);
}

/* An objective without a subject is for the whole service. */
static void put_subject(struct cp_report *report, const struct cp_member *row)
{
    struct cp_member subject;
    if (cp_member_find(&subject, row, "for")) {
        cp_report_put(report, &subject);
    } else {
        cp_document_text(report->document, CP_STR("The whole service"));
    }
}

static const struct cp_column objective_columns[] = {
    CP_COLUMN("For", "for", .put = put_subject),
    CP_COLUMN("Scenario", "scenario"),
    CP_COLUMN("RTO", "rto", .put = put_rto),
    CP_COLUMN("RPO", "rpo", .put = put_rpo),
    CP_COLUMN("MTPD", "mtpd", .put = put_mtpd),
    CP_COLUMN("WRT", "wrt", .put = put_wrt),
    CP_COLUMN("RTO Counts From", "clock"),
    CP_COLUMN("Acceptable Meanwhile (MBCO)", "mbco"),
    CP_COLUMN("Basis", "basis"),
    CP_COLUMN("Rationale", "rationale"),
};

static const char missing_objectives[] = "recovery time and recovery point objectives";

/* What no objective states and no tier fills. */
static void miss_lengths(struct cp_report *report, const struct cp_member *list)
{
    static const struct {
        const char *name;
        size_t offset;
    } lengths[] = {{"RTO", offsetof(struct cp_effective, rto)},
                   {"RPO", offsetof(struct cp_effective, rpo)},
                   {"MTPD", offsetof(struct cp_effective, mtpd)}};
    for (size_t i = 0; i < CP_COUNT(lengths); i++) {
        size_t missing = 0;
        for (size_t at = 0; at < cp_member_count(list); at++) {
            struct cp_member row = cp_member_item(list, at);
            struct cp_effective effective = effective_of(report, &row);
            const char *member = (const char *)&effective + lengths[i].offset;
            missing += row.leaf->state == CP_SET &&
                       *(const struct cp_length *const *)(const void *)member == NULL;
        }
        if (missing > 0) {
            cp_report_miss(report, lengths[i].name);
            cp_buf_printf(&report->missing, " of %zu of %zu objectives", missing,
                          cp_member_count(list));
        }
    }
}

static bool build_objectives(struct cp_report *report, const struct cp_part *part,
                             const struct cp_member *section)
{
    static const struct cp_part description = CP_PART(PROSE, "objectives_description", NULL);
    struct cp_member list;
    (void)part;
    report->part_level = CP_DETAIL_LEVEL;
    cp_parts_build(report, &description, 1, section);
    report->part_level = CP_PART_LEVEL;
    cp_member_find(&list, section, "objectives");
    if (cp_member_sight(report, &list) == CP_SIGHT_MISSING) {
        cp_report_miss(report, missing_objectives);
    } else if (cp_leaf_is_exempt(list.leaf)) {
        cp_report_exempt(report, list.leaf);
    } else if (cp_member_is_list(&list)) {
        miss_lengths(report, &list);
        cp_table_build(report, objective_columns, CP_COUNT(objective_columns), &list, NULL);
    }
    return true;
}

static const struct cp_part parts[] = {
    CP_PART(TABLE, "scenarios", "Scenarios", .missing = "scenarios", CP_COLUMNS(scenario_columns)),
    CP_PART(OWN, "runbooks", "Runbooks", .missing = "runbooks", .build = build_runbooks),
    CP_PART(OWN, "objectives objectives_description", "Recovery Time and Recovery Point Objectives",
            .missing = missing_objectives, .is_house = true, .is_whole = true,
            .build = build_objectives),
};

const struct cp_chapter cp_chapter_disaster_recovery = {
    .key = "disaster_recovery",
    .title = "Disaster Recovery",
    .house_title = "Disaster Recovery Plans (Procedures / Runbooks)",
    CP_PARTS(parts),
};
