/*
 * contplan approve: somebody's agreement to the objectives of a plan as they stand, written into
 * the plan. What would be written is checked as a plan first; nothing is written that it would not
 * stand in.
 */
#include "commands.h"

#include <contplan/analysis.h>
#include <contplan/edit.h>
#include <contplan/schema.h>
#include <contplan/yaml.h>

#include <stdio.h>
#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_BY,
     .name = "--by",
     .argument = "NAME",
     .doc = "Who approves: a person or team of the portfolio by id or name, or another name."},
};

struct approval {
    const char *path;
    const char *by;
    struct cp_date on;
    struct cp_buf bytes; /* of the plan, read before it is looked at, so that a change shows */
    struct cp_buf entry;
    struct cp_arena arena;
    bool is_there; /* the same entry stands there already */
    int status;
};

/* ---- whether there is something to approve --------------------------------------------------- */

static int refuse(const char *path, const char *why)
{
    say("%s: not approved: %s", quoted(path), why);
    return CP_STATUS_FINDINGS;
}

/* Whether a key that is none is most likely one of those that lead to what is approved. */
static bool is_misspelt_part(struct cp_str field)
{
    static const struct {
        const char *parent;
        const char *keys[3];
    } rows[] = {
        {"", {"tier", "accountability", "disaster_recovery"}},
        {"accountability.", {"accountable"}},
        {"disaster_recovery.", {"objectives"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cp_str key = cp_str_slice(field, strlen(rows[i].parent), SIZE_MAX);
        for (size_t j = 0; j < 3 && cp_str_has_prefix(field, rows[i].parent); j++) {
            struct cp_str meant = cp_str_of(rows[i].keys[j]);
            if (meant.len > 0 &&
                (cp_str_is_equal_folded(key, meant) || cp_str_nearest(key, &meant, 1).len > 0)) {
                return true;
            }
        }
    }
    return false;
}

/* A finding that leaves in doubt what would be approved. That an objective is lacking, or cannot be
 * kept, is for those to weigh who approve: it is clear what it says. */
static bool is_in_the_way(const struct cp_diagnostic *finding)
{
    static const struct {
        const char *field;
        bool only_unread; /* only what cannot be read is in the way */
    } rows[] = {
        {"disaster_recovery.objectives", true},
        {"tier", true},
        {"accountability.accountable", false},
        {"review.approvals", false},
    };
    char group = finding->rule->code[2];
    if (finding->severity != CP_ERROR) {
        return false;
    }
    if (finding->rule == &cp_rule_unknown_key && is_misspelt_part(finding->field)) {
        return true;
    }
    if (finding->field.len == 0) {
        return group == '0';
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (cp_str_has_prefix(finding->field, rows[i].field)) {
            return !rows[i].only_unread || group == '0' || group == '2';
        }
    }
    return false;
}

/* An error in the entry itself, which stands nowhere yet. */
static bool is_of_entry(const struct cp_diagnostic *finding)
{
    return cp_str_has_prefix(finding->field, "review.approvals[");
}

static void say_error(struct cp_arena *arena, const struct cp_diagnostic *finding)
{
    struct cp_str place = {0};
    if (finding->at.path && !is_of_entry(finding)) {
        place = cp_arena_printf(arena,
                                "%s:%u:%u: ", cp_printable_in(arena, cp_str_of(finding->at.path)),
                                (unsigned)finding->at.line, (unsigned)finding->at.column);
    }
    say("%.*s%s [%s]%s%s", CP_ARG(place), cp_printable_in(arena, finding->message),
        finding->rule->code, finding->help.len > 0 ? "; " : "",
        cp_printable_in(arena, finding->help));
}

/* Says the errors that are in the way; a status. */
static int say_errors(const struct approval *approval, const struct cp_findings *findings)
{
    bool is_any = false;
    struct cp_arena arena;
    cp_arena_init(&arena);
    for (size_t i = 0; i < findings->count; i++) {
        if (is_in_the_way(findings->items[i])) {
            say_error(&arena, findings->items[i]);
            is_any = true;
        }
    }
    cp_arena_release(&arena);
    return is_any ? refuse(approval->path, "this would leave in doubt what is approved, or by whom")
                  : CP_STATUS_CLEAN;
}

/* ---- the entry ------------------------------------------------------------------------------- */

/* Whether the same person's approval of the same content and day is among the plan's. */
static bool is_among(const struct cp_view *view, const struct approval *approval,
                     const char *content)
{
    struct cp_str name = cp_portfolio_name_of(view->portfolio, cp_str_of(approval->by));
    for (size_t i = 0; i < view->plan->review.approvals.count; i++) {
        const struct cp_approval *other = &view->plan->review.approvals.items[i];
        if (other->leaf.state == CP_SET && other->on.leaf.state == CP_SET &&
            other->on.date.days == approval->on.days && other->by.leaf.state == CP_SET &&
            cp_str_is_equal_folded(cp_portfolio_name_of(view->portfolio, other->by.text), name) &&
            other->content.leaf.state == CP_SET && cp_str_is(other->content.text, content)) {
            return true;
        }
    }
    return false;
}

static void put_entry(struct approval *approval, const struct cp_view *view)
{
    char content[CP_SHA256_TEXT];
    cp_approval_content(content, view->plan, view->portfolio);
    approval->is_there = is_among(view, approval, content);
    cp_buf_puts(&approval->entry, "by: ");
    cp_scalar_put(&approval->entry, cp_str_of(approval->by));
    cp_buf_puts(&approval->entry, "\non: ");
    cp_date_put(&approval->entry, approval->on);
    cp_buf_printf(&approval->entry, "\ncontent: %s\n", content);
}

/* Whether the portfolio file's defaults give it an objective with a part that cannot be read: that
 * is a finding of that file, not of the plan. */
static bool inherits_broken(const struct cp_plan *plan)
{
    const struct cp_field *list = NULL;
    cp_value_find(&cp_object_plan, plan, "disaster_recovery.objectives", &list);
    for (size_t i = 0; i < plan->disaster_recovery.objectives.count; i++) {
        const struct cp_objective *objective = &plan->disaster_recovery.objectives.items[i];
        for (size_t j = 0; j < list->of->count; j++) {
            const struct cp_leaf *leaf = cp_field_get(&list->of->fields[j], objective);
            if (leaf->state == CP_BROKEN && leaf->is_inherited) {
                return true;
            }
        }
    }
    return false;
}

/* Why nothing in the plan can be approved, or NULL. */
static const char *obstacle(const struct cp_view *view)
{
    const struct cp_values *objectives =
        (const struct cp_values *)(const void *)&view->plan->disaster_recovery.objectives;
    if (!view->is_parsed) {
        return "it holds no plan that can be read; contplan validate says why";
    }
    if (view->portfolio->is_unusable) {
        return "the portfolio file cannot be read; contplan validate says why";
    }
    if (objectives->leaf.state != CP_SET || objectives->count == 0) {
        return "it states no objectives; write 'disaster_recovery.objectives' first";
    }
    if (inherits_broken(view->plan)) {
        return "an objective in the portfolio file's defaults cannot be read; contplan validate "
               "says why";
    }
    if (view->plan->review.approvals.leaf.is_inherited) {
        return "its approvals stand in the portfolio file's defaults; move them into the plan";
    }
    return NULL;
}

/* Turns the name into the id it stands for; false, said why, where it is only like one. Whom the
 * portfolio does not know may approve under their name. */
static bool find_who(struct approval *approval, const struct cp_portfolio *portfolio)
{
    struct cp_holder holder;
    if (!cp_portfolio_find_holder(&holder, portfolio, cp_str_of(approval->by))) {
        return true;
    }
    const char *id = cp_arena_copy(&approval->arena, holder.id).at;
    if (holder.is_certain) {
        approval->by = id;
        return true;
    }
    const char *other = cp_arena_copy(&approval->arena, holder.other).at;
    if (holder.other.len > 0) {
        say("--by: %s may be %s or %s", quoted(approval->by), quoted(id), quoted(other));
    } else {
        say("--by: nobody is called %s; did you mean %s (%s)?", quoted(approval->by), quoted(id),
            cp_printable_in(&approval->arena, holder.name));
    }
    approval->status = refuse(approval->path, "it is not clear by whom");
    return false;
}

static bool read_plan(void *context, const struct cp_view *view)
{
    struct approval *approval = context;
    const char *why = obstacle(view);
    if (why) {
        approval->status = refuse(approval->path, why);
    } else if (find_who(approval, view->portfolio)) {
        put_entry(approval, view);
    }
    return false;
}

/* ---- what would be written ------------------------------------------------------------------- */

/* Checks the plan as it would be, among the files as they are. */
static int check_grown(struct run *run, const struct approval *approval, struct cp_str bytes)
{
    const struct cp_overlay_file file = {.path = approval->path, .bytes = bytes};
    const struct cp_overlay overlay = {.files = &file, .count = 1, .below = &cp_source_folder};
    const struct cp_source source = cp_source_overlay(&overlay);
    struct cp_selection selection;
    cp_selection_init(&selection);
    struct cp_engine *engine = cp_engine_new(&source, &run->request);
    int status = say_errors(approval, cp_engine_validate(engine, &selection));
    cp_engine_free(engine);
    cp_selection_release(&selection);
    return status;
}

static int write_grown(struct run *run, const struct approval *approval, struct cp_str bytes)
{
    struct cp_error error;
    int status = check_grown(run, approval, bytes);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    if (cp_file_replace(approval->path, cp_buf_str(&approval->bytes), bytes, &error) != 0) {
        say("%s", error.text);
        return CP_STATUS_WORLD;
    }
    say("%s: its objectives are approved by %s", quoted(approval->path), quoted(approval->by));
    return CP_STATUS_CLEAN;
}

/* The entry is worth having all the same. */
static int refuse_with_entry(const struct approval *approval, const char *why)
{
    refuse(approval->path, why);
    say("put this into 'review.approvals' by hand:");
    int status = print(cp_buf_str(&approval->entry));
    return status == CP_STATUS_CLEAN ? CP_STATUS_FINDINGS : status;
}

static int add_entry(struct run *run, const struct approval *approval)
{
    struct cp_error error;
    struct cp_buf grown;
    cp_buf_init(&grown);
    int status = cp_list_append(&grown, cp_buf_str(&approval->bytes), "review.approvals",
                                cp_buf_str(&approval->entry), &error) == 0
                     ? write_grown(run, approval, cp_buf_str(&grown))
                     : refuse_with_entry(approval, error.text);
    cp_buf_release(&grown);
    return status;
}

/* Reads the plan, makes the entry and adds it. */
static int record(struct run *run, struct approval *approval)
{
    struct cp_error error;
    cp_buf_init(&approval->bytes);
    cp_buf_init(&approval->entry);
    cp_arena_init(&approval->arena);
    if (cp_source_folder.load(&cp_source_folder, approval->path, CP_YAML_BYTES, &approval->bytes,
                              &error) != 0) {
        say("%s", error.text);
        approval->status = CP_STATUS_WORLD;
    } else {
        cp_engine_each(run->engine, read_plan, approval);
    }
    if (approval->status == CP_STATUS_CLEAN && approval->is_there) {
        say("%s: its objectives are approved by %s already, on this day; nothing was written",
            quoted(approval->path), quoted(approval->by));
    } else if (approval->status == CP_STATUS_CLEAN) {
        approval->status = add_entry(run, approval);
    }
    cp_arena_release(&approval->arena);
    cp_buf_release(&approval->entry);
    cp_buf_release(&approval->bytes);
    return approval->status;
}

/* ---- the command ----------------------------------------------------------------------------- */

static bool is_one_line(const char *text)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    bool is_printable = strcmp(cp_printable_in(&arena, cp_str_of(text)), text) == 0;
    cp_arena_release(&arena);
    return is_printable && cp_str_trim(cp_str_of(text)).len == strlen(text) && *text;
}

static int approve_plan(const struct cp_arguments *arguments, const char *by)
{
    struct run run;
    struct approval approval = {.by = by};
    int status = run_open_plan(&run, arguments, arguments->operands.items[0]);
    if (status == CP_STATUS_CLEAN && cp_engine_plans(run.engine) != 1) {
        status = say_usage("%s is no plan", quoted(arguments->operands.items[0]));
    }
    if (status == CP_STATUS_CLEAN) {
        approval.path = run.paths.items[0];
        approval.on = run.request.today;
        status = record(&run, &approval);
    }
    run_close(&run);
    return status;
}

static int approve(const struct cp_arguments *arguments)
{
    const char *by = cp_argument_find(arguments, CP_OPTION_BY);
    if (arguments->operands.count != 1) {
        return say_usage("approve takes one plan: approve PLAN --by NAME");
    }
    if (!by) {
        return say_usage("approve needs to know who approves: --by NAME");
    }
    if (!is_one_line(by)) {
        return say_usage("--by takes a name on one line, not %s", quoted(by));
    }
    return approve_plan(arguments, by);
}

const struct cp_command command_approve = {
    .name = "approve",
    .operands = "PLAN",
    .summary = "record an approval of a plan's objectives",
    .doc = "Records in the plan that somebody agrees to its objectives as they stand: who, when, "
           "and a fingerprint by which a later change of them shows. Only these lines of the file "
           "change.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = approve,
};
