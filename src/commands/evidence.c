/* contplan evidence: what plans show for the clauses of a standard, for those who audit them. */
#include "commands.h"

#include <contplan/output.h>

#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_STANDARD,
     .name = "--standard",
     .argument = "ID",
     .doc = "The standard: the name of a profile, or an id that plans state in their 'standards'."},
    {.id = CP_OPTION_FROM,
     .name = "--from",
     .argument = "DATE",
     .doc = "Leave out what was done before this day, as 2026-01-31."},
    {.id = CP_OPTION_UNTIL,
     .name = "--to",
     .argument = "DATE",
     .doc = "Leave out what was done after this day; after today if absent."},
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .doc = "Write markdown (the default), json, or csv for spreadsheets."},
    {.id = CP_OPTION_AUDIENCE,
     .name = "--audience",
     .argument = "WHO",
     .words = audience_words,
     .doc = "Withhold what is above public, internal (the default) or restricted, and say how much "
            "that was."},
};

struct collecting {
    struct cp_evidence evidence;
    const struct cp_evidence_format *format;
    const struct cp_findings *findings;
    struct cp_secrets shared;     /* of portfolio files */
    CP_LIST(struct cp_str) known; /* ids of standards that plans state */
    bool is_stated;               /* some plan states the one asked for */
    int status;
};

/* ---- the command line ------------------------------------------------------------------------ */

static int read_day(struct cp_date *out, const struct cp_arguments *arguments, enum cp_option_id id,
                    const char *name)
{
    const char *day = cp_argument_find(arguments, id);
    if (!day || cp_date_parse(out, cp_str_of(day))) {
        return CP_STATUS_CLEAN;
    }
    return say_usage("%s takes a date as 2026-01-31, not %s", name, quoted(day));
}

static int read_period(struct cp_evidence *out, const struct cp_arguments *arguments,
                       struct cp_date today)
{
    out->today = out->to = today;
    out->has_from = cp_argument_is_given(arguments, CP_OPTION_FROM);
    int status = read_day(&out->from, arguments, CP_OPTION_FROM, "--from");
    if (status == CP_STATUS_CLEAN) {
        status = read_day(&out->to, arguments, CP_OPTION_UNTIL, "--to");
    }
    if (status == CP_STATUS_CLEAN && out->has_from && out->from.days > out->to.days) {
        return say_usage("--from is a later day than %s",
                         cp_argument_is_given(arguments, CP_OPTION_UNTIL) ? "--to" : "today");
    }
    return status;
}

static int read_options(struct collecting *out, const struct cp_arguments *arguments)
{
    const char *name = cp_argument_find(arguments, CP_OPTION_FORMAT);
    const char *standard = cp_argument_find(arguments, CP_OPTION_STANDARD);
    out->format = cp_evidence_format_find(cp_str_of(name ? name : "markdown"));
    if (!out->format) {
        const struct cp_evidence_format *formats;
        size_t count = cp_evidence_formats(&formats);
        return say_unknown_format("--format", formats, count, sizeof *formats, cp_str_of(name));
    }
    if (!standard || *standard == '\0') {
        return say_usage("evidence needs to know of what: --standard iso22301");
    }
    out->evidence.standard = cp_str_of(standard);
    out->evidence.profile = cp_profile_find(out->evidence.standard);
    out->evidence.audience = audience_of(arguments);
    return CP_STATUS_CLEAN;
}

/* ---- the plans ------------------------------------------------------------------------------- */

static void note_standards(struct collecting *in, const struct cp_view *view)
{
    for (size_t i = 0; i < view->plan->standards.count; i++) {
        const struct cp_text *id = &view->plan->standards.items[i].id;
        if (id->leaf.state != CP_SET) {
            continue;
        }
        in->is_stated = in->is_stated || cp_str_is_equal(id->text, in->evidence.standard);
        *(struct cp_str *)cp_list_push(&in->known, sizeof(struct cp_str)) =
            cp_arena_copy(&in->evidence.arena, id->text);
    }
}

static bool add_view(void *context, const struct cp_view *view)
{
    struct collecting *in = context;
    if (!view->is_parsed) {
        say_unreadable(view->path);
        in->status = CP_STATUS_FINDINGS;
        return true;
    }
    note_standards(in, view);
    cp_evidence_add(&in->evidence, view->plan, view->portfolio, view->id, view->path, in->findings);
    cp_evidence_hide(&in->evidence, view->secrets);
    cp_evidence_hide(&in->evidence, &in->shared);
    return true;
}

static int say_unknown_standard(struct collecting *in)
{
    const struct cp_str *profiles;
    struct cp_buf list;
    size_t count = cp_profile_names(&profiles);
    for (size_t i = 0; i < count; i++) {
        *(struct cp_str *)cp_list_push(&in->known, sizeof *profiles) = profiles[i];
    }
    struct cp_str nearest = cp_str_nearest(in->evidence.standard, in->known.items, in->known.count);
    const char *given = quoted(in->evidence.standard.at);
    if (nearest.len > 0) {
        return say_usage("--standard: there is no profile %s, and no plan states it; did you mean "
                         "%s?",
                         given, quoted(cp_arena_copy(&in->evidence.arena, nearest).at));
    }
    cp_buf_init(&list);
    put_names(&list, profiles, count, " and ");
    int status = say_usage("--standard: there is no profile %s, and no plan states it; profiles "
                           "are %s",
                           given, list.at);
    cp_buf_release(&list);
    return status;
}

/* ---- history --------------------------------------------------------------------------------- */

/* Rows by the path of their field, in one file. */
struct tracing {
    struct collecting *in;
    struct cp_arena arena;
    struct cp_map known; /* path -> 1 + its index */
    CP_LIST(const char *) fields;
    CP_LIST(struct cp_evidence_row *) rows;
    bool is_config;
};

static void trace_row(struct tracing *tracing, struct cp_evidence_row *row)
{
    const char *prefix = tracing->is_config ? "defaults." : "";
    struct cp_str path = cp_arena_printf(&tracing->arena, "%s%.*s", prefix, CP_ARG(row->field));
    *(struct cp_evidence_row **)cp_list_push(&tracing->rows, sizeof row) = row;
    if (!cp_map_find(&tracing->known, path)) {
        *(const char **)cp_list_push(&tracing->fields, sizeof path.at) = path.at;
        cp_map_put(&tracing->known, path, tracing);
    }
}

static void touch(void *context, size_t field, const struct cp_log_commit *commit)
{
    struct tracing *tracing = context;
    struct cp_str path = cp_str_of(tracing->fields.items[field]);
    path = cp_str_slice(path, tracing->is_config ? strlen("defaults.") : 0, SIZE_MAX);
    for (size_t i = 0; i < tracing->rows.count; i++) {
        if (cp_str_is_equal(tracing->rows.items[i]->field, path)) {
            cp_evidence_add_commit(&tracing->in->evidence, tracing->rows.items[i],
                                   cp_str_of(commit->commit.id), commit->author, commit->committed);
        }
    }
}

static bool trace(struct tracing *tracing, struct run *run, struct cp_str path)
{
    const struct cp_evidence *evidence = &tracing->in->evidence;
    const struct cp_touches asked = {.fields = tracing->fields.items,
                                     .count = tracing->fields.count,
                                     .has_from = evidence->has_from,
                                     .from = evidence->from,
                                     .to = evidence->to,
                                     .touch = touch,
                                     .context = tracing};
    bool is_known = cp_engine_touches(run->engine, cp_arena_copy(&tracing->arena, path).at, &asked);
    cp_list_release(&tracing->fields);
    cp_list_release(&tracing->rows);
    cp_map_release(&tracing->known);
    cp_arena_release(&tracing->arena);
    return is_known;
}

static struct tracing tracing_of(struct collecting *in, bool is_config)
{
    struct tracing tracing = {.in = in, .is_config = is_config};
    cp_arena_init(&tracing.arena);
    cp_map_init(&tracing.known);
    return tracing;
}

static bool is_traced(const struct cp_evidence_row *row)
{
    return row->field.len > 0 && row->state != CP_EVIDENCE_NO_FIELD &&
           row->state != CP_EVIDENCE_WITHHELD;
}

/* Rows of one plan follow one another until they are sorted. */
static void trace_plans(struct collecting *in, struct run *run)
{
    for (size_t i = 0; i < in->evidence.rows.count;) {
        struct cp_evidence_plan *plan = in->evidence.rows.items[i]->plan;
        struct tracing tracing = tracing_of(in, false);
        for (; i < in->evidence.rows.count && in->evidence.rows.items[i]->plan == plan; i++) {
            if (is_traced(in->evidence.rows.items[i])) {
                trace_row(&tracing, in->evidence.rows.items[i]);
            }
        }
        plan->has_history = trace(&tracing, run, plan->path);
    }
}

/* What plans inherit is changed in the portfolio file. */
static void trace_config(struct collecting *in, struct run *run, struct cp_str config)
{
    struct tracing tracing = tracing_of(in, true);
    for (size_t i = 0; i < in->evidence.rows.count; i++) {
        struct cp_evidence_row *row = in->evidence.rows.items[i];
        if (row->is_inherited && is_traced(row) && cp_str_is_equal(row->plan->config, config)) {
            trace_row(&tracing, row);
        }
    }
    bool is_known = tracing.rows.count == 0;
    is_known = trace(&tracing, run, config) || is_known;
    for (size_t i = 0; i < in->evidence.rows.count; i++) {
        struct cp_evidence_row *row = in->evidence.rows.items[i];
        if (row->is_inherited && cp_str_is_equal(row->plan->config, config)) {
            row->plan->has_history = row->plan->has_history && is_known;
        }
    }
}

static void trace_all(struct collecting *in, struct run *run)
{
    struct cp_map seen;
    if (!run->request.past || cp_engine_lost_past(run->engine)) {
        return;
    }
    trace_plans(in, run);
    cp_map_init(&seen);
    for (size_t i = 0; i < in->evidence.plans.count; i++) {
        struct cp_str config = in->evidence.plans.items[i]->config;
        if (config.len > 0 && !cp_map_find(&seen, config)) {
            cp_map_put(&seen, config, in);
            trace_config(in, run, config);
        }
    }
    cp_map_release(&seen);
}

static void say_lost_past(const struct run *run, const struct cp_error *error)
{
    const char *lost = run->request.past ? cp_engine_lost_past(run->engine) : error->text;
    if (lost) {
        say("warning: %s; which commits changed a field is not known", lost);
    }
}

/* ---- the result ------------------------------------------------------------------------------ */

static int write_out(const struct collecting *in)
{
    struct cp_buf out;
    cp_buf_init(&out);
    in->format->write(&out, &in->evidence);
    int status = print(cp_buf_str(&out));
    cp_buf_release(&out);
    return status;
}

/* The plans are held to the standard's profile, and then looked at one by one. */
static int collect(struct collecting *in, struct run *run, const struct cp_arguments *arguments)
{
    struct cp_selection selection;
    struct cp_error error;
    cp_selection_init(&selection);
    (void)run_find_past(run, arguments, &error);
    run->request.profile = in->evidence.profile ? in->evidence.profile->name : run->request.profile;
    run->engine = cp_engine_new(&run->source, &run->request);
    in->findings = cp_engine_validate(run->engine, &selection);
    struct cp_request again = run->request;
    again.past = NULL;
    struct cp_engine *plans = cp_engine_new(&run->source, &again);
    cp_secrets_init(&in->shared);
    cp_engine_add_shared_secrets(plans, &in->shared);
    cp_secrets_sort(&in->shared);
    cp_engine_each(plans, add_view, in);
    cp_secrets_release(&in->shared);
    cp_engine_free(plans);
    cp_selection_release(&selection);
    bool is_whole = !run_say_failures(run);
    if (is_whole && !in->evidence.profile && !in->is_stated) {
        return say_unknown_standard(in);
    }
    trace_all(in, run);
    say_lost_past(run, &error);
    cp_evidence_settle(&in->evidence);
    int status = write_out(in);
    if (status == CP_STATUS_CLEAN) {
        status = is_whole ? in->status : CP_STATUS_WORLD;
    }
    return status;
}

static int evidence(const struct cp_arguments *arguments)
{
    struct collecting in = {0};
    struct run run;
    cp_evidence_init(&in.evidence);
    int status = run_prepare(&run, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = read_options(&in, arguments);
    }
    if (status == CP_STATUS_CLEAN) {
        status = read_period(&in.evidence, arguments, run.request.today);
    }
    if (status == CP_STATUS_CLEAN) {
        status = collect(&in, &run, arguments);
    }
    run_close(&run);
    cp_list_release(&in.known);
    cp_evidence_release(&in.evidence);
    return status;
}

const struct cp_command command_evidence = {
    .name = "evidence",
    .operands = "[PATH ...]",
    .summary = "show what plans state for a standard",
    .doc =
        "Lists, clause by clause of a standard, the fields of each plan that satisfy it: how "
        "they stand today, what was approved, reviewed, exercised and restored in a period, which "
        "commits changed it, and where there are gaps.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = evidence,
};
