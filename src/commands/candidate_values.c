/*
 * Which values options and operands take, beyond the words of their rows: rules, formats, names of
 * plans, revisions. Files and folders are the shell's own business; a line that begins with a colon
 * asks it for them.
 */
#include "commands.h"

#include <contplan/report.h>
#include <contplan/rules.h>

#include <string.h>

static void put_files(struct candidates *to)
{
    cp_buf_puts(to->out, ":files\n");
}

static void put_folders(struct candidates *to)
{
    cp_buf_puts(to->out, ":folders\n");
}

/* ---- what the tables hold -------------------------------------------------------------------- */

static void put_codes(struct candidates *to)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        candidate_put(to, cp_str_of(rule->code), rule->name);
    }
}

static void put_rule_names(struct candidates *to)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        candidate_put(to, cp_str_of(rule->name), rule->summary);
    }
}

static void put_rules(struct candidates *to)
{
    put_codes(to);
    put_rule_names(to);
}

/* A rule, then its severity. */
static void put_severities(struct candidates *to)
{
    static const char *const levels[] = {"error", "warning", "info", "off"};
    size_t equals = cp_str_find(to->typed, CP_STR("="));
    for (size_t i = 0; equals == SIZE_MAX && i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        candidate_put(to, cp_arena_printf(to->arena, "%s=", rule->code), rule->name);
    }
    for (size_t i = 0; equals != SIZE_MAX && i < sizeof levels / sizeof levels[0]; i++) {
        struct cp_str rule = cp_str_slice(to->typed, 0, equals + 1);
        candidate_put(to, cp_arena_printf(to->arena, "%.*s%s", CP_ARG(rule), levels[i]), NULL);
    }
}

static void put_profiles(struct candidates *to)
{
    const struct cp_str *names;
    size_t count = cp_profile_names(&names);
    for (size_t i = 0; i < count; i++) {
        candidate_put(to, names[i], cp_profile_find(names[i])->title);
    }
}

static void put_profiles_and_files(struct candidates *to)
{
    put_profiles(to);
    put_files(to);
}

static void put_sections(struct candidates *to)
{
    const struct cp_str *keys;
    size_t count = cp_report_sections(&keys);
    for (size_t i = 0; i < count; i++) {
        candidate_put(to, keys[i], NULL);
    }
}

/* Rows of `size` bytes whose first two members are their name and what they are. */
static void put_rows(struct candidates *to, const void *rows, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const char *const *row = (const void *)((const char *)rows + i * size);
        candidate_put(to, cp_str_of(row[0]), row[1]);
    }
}

/* A format, then a file behind a colon. */
static void put_findings_formats(struct candidates *to)
{
    const struct cp_findings_format *formats;
    size_t colon = cp_str_find(to->typed, CP_STR(":"));
    if (colon != SIZE_MAX && cp_findings_format_find(cp_str_slice(to->typed, 0, colon))) {
        cp_buf_puts(to->out, ":files-behind-colon\n");
        return;
    }
    size_t count = cp_findings_formats(&formats);
    put_rows(to, formats, count, sizeof *formats);
}

static void put_comparison_formats(struct candidates *to)
{
    const struct cp_comparison_format *formats;
    size_t count = cp_comparison_formats(&formats);
    put_rows(to, formats, count, sizeof *formats);
}

static void put_evidence_formats(struct candidates *to)
{
    const struct cp_evidence_format *formats;
    size_t count = cp_evidence_formats(&formats);
    put_rows(to, formats, count, sizeof *formats);
}

static void put_history_formats(struct candidates *to)
{
    const struct cp_history_format *formats;
    size_t count = cp_history_formats(&formats);
    put_rows(to, formats, count, sizeof *formats);
}

static void put_simulation_formats(struct candidates *to)
{
    const struct cp_simulation_format *formats;
    size_t count = cp_simulation_formats(&formats);
    put_rows(to, formats, count, sizeof *formats);
}

static void put_targets(struct candidates *to)
{
    const struct cp_plan_format *formats;
    size_t count = cp_plan_formats(&formats);
    for (size_t i = 0; i < count; i++) {
        candidate_put(to, cp_str_of(formats[i].name), formats[i].doc);
    }
}

/* ---- lists and ranges ------------------------------------------------------------------------ */

/* What stands up to the last `mark` stays; where that is not fit to be written again, nothing
 * completes it. */
static void keep_up_to(struct candidates *to, struct cp_str mark)
{
    size_t end = 0;
    for (size_t at = 0; at + mark.len <= to->typed.len; at++) {
        if (cp_str_is_equal(cp_str_slice(to->typed, at, mark.len), mark)) {
            end = at + mark.len;
        }
    }
    if (end > 0) {
        to->left = candidate_is_plain(cp_str_slice(to->typed, 0, end)) ? to->left : 0;
        to->kept = cp_arena_printf(to->arena, "%.*s%.*s", CP_ARG(to->kept), (int)end, to->typed.at);
        to->typed = cp_str_slice(to->typed, end, SIZE_MAX);
    }
}

static void put_rule_list(struct candidates *to)
{
    keep_up_to(to, CP_STR(","));
    put_rules(to);
}

static void put_loss_list(struct candidates *to)
{
    keep_up_to(to, CP_STR(","));
    candidate_losses_put(to);
}

static void put_people_list(struct candidates *to)
{
    keep_up_to(to, CP_STR(","));
    candidate_people_put(to);
}

static void put_revision_range(struct candidates *to)
{
    keep_up_to(to, CP_STR(".."));
    candidate_revisions_put(to);
}

static void put_plans_and_files(struct candidates *to)
{
    candidate_plans_put(to);
    put_files(to);
}

/* ---- which of them --------------------------------------------------------------------------- */

/* The values of an option: of the command, or of every one that has the option. */
static const struct {
    enum cp_option_id id;
    const struct cp_command *command;
    void (*put)(struct candidates *to);
} values[] = {
    {CP_OPTION_FOLDER, NULL, put_folders},
    {CP_OPTION_CONFIG, NULL, put_files},
    {CP_OPTION_OUTPUT, NULL, put_files},
    {CP_OPTION_STDIN_FILENAME, NULL, put_files},
    {CP_OPTION_BASELINE, NULL, put_files},
    {CP_OPTION_REV, NULL, candidate_revisions_put},
    {CP_OPTION_SINCE, NULL, candidate_revisions_put},
    {CP_OPTION_SELECT, NULL, put_rule_list},
    {CP_OPTION_IGNORE, NULL, put_rule_list},
    {CP_OPTION_SEVERITY, NULL, put_severities},
    {CP_OPTION_PROFILE, NULL, put_profiles_and_files},
    {CP_OPTION_STANDARD, NULL, put_profiles},
    {CP_OPTION_SECTION, NULL, put_sections},
    {CP_OPTION_FOCUS, NULL, candidate_subjects_put},
    {CP_OPTION_LOSE, NULL, put_loss_list},
    {CP_OPTION_ABSENT, NULL, put_people_list},
    {CP_OPTION_SCENARIO, NULL, candidate_scenarios_put},
    {CP_OPTION_TO, &command_render, put_targets},
    {CP_OPTION_FORMAT, &command_validate, put_findings_formats},
    {CP_OPTION_FORMAT, &command_diff, put_comparison_formats},
    {CP_OPTION_FORMAT, &command_log, put_history_formats},
    {CP_OPTION_FORMAT, &command_evidence, put_evidence_formats},
    {CP_OPTION_FORMAT, &command_simulate, put_simulation_formats},
};

void candidate_values_put(struct candidates *to, const struct cp_command *command,
                          const struct cp_option *option)
{
    for (size_t i = 0; option && option->words && option->words[i]; i++) {
        candidate_put(to, cp_str_of(option->words[i]), NULL);
    }
    for (size_t i = 0; option && i < sizeof values / sizeof values[0]; i++) {
        if (values[i].id == option->id && !option->words &&
            (!values[i].command || values[i].command == command)) {
            values[i].put(to);
        }
    }
}

/* What the words in capitals stand for that the tables call operands by. */
static const struct {
    const char *name;
    void (*put)(struct candidates *to);
} operands[] = {
    {"PATH", put_files},
    {"FILE", put_files},
    {"DIR", put_folders},
    {"PLAN", put_plans_and_files},
    {"CODE", put_codes},
    {"NAME", put_rule_names},
    {"REV", candidate_revisions_put},
    {"REV[..REV]", put_revision_range},
};

static void put_operand(struct candidates *to, struct cp_str name)
{
    bool is_word = name.at && name.len > 0 && name.at[0] >= 'a' && name.at[0] <= 'z';
    for (size_t i = 0; i < sizeof operands / sizeof operands[0]; i++) {
        if (cp_str_is(name, operands[i].name)) {
            operands[i].put(to);
        }
    }
    if (is_word) {
        candidate_put(to, name, NULL);
    }
}

/* "[CODE|NAME" without its bracket, whose other half stands behind "...", and one after the other.
 */
void candidate_operands_put(struct candidates *to, struct cp_str name)
{
    bool is_open = cp_str_has_prefix(name, "[");
    name = cp_str_slice(name, is_open, SIZE_MAX);
    bool is_closed =
        cp_str_has_suffix(name, "]") && (is_open || cp_str_find(name, CP_STR("[")) == SIZE_MAX);
    if (is_closed) {
        name.len--;
    }
    while (name.at && name.len > 0) {
        size_t bar = cp_str_find(name, CP_STR("|"));
        put_operand(to, cp_str_slice(name, 0, bar));
        name = bar == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(name, bar + 1, SIZE_MAX);
    }
}
