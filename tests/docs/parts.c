/*
 * The generated parts of the manual pages, from the program's own tables: fields, profiles, rules,
 * commands and their options, formats.
 */
#include "parts.h"

#include "../../src/schema/roff.h"

#include <contplan/commands.h>
#include <contplan/model.h>
#include <contplan/output.h>
#include <contplan/report.h>
#include <contplan/rules.h>
#include <string.h>

static const char begin_list[] = ".Bl -tag -width Ds\n";
static const char end_list[] = ".El\n";

/* ---- fields and profiles ------------------------------------------------------------------- */

static bool put_plan(struct cp_buf *out, const char *argument)
{
    (void)argument;
    cp_schema_put_manual(out, &cp_object_plan, NULL);
    return true;
}

static bool put_portfolio(struct cp_buf *out, const char *argument)
{
    (void)argument;
    cp_schema_put_manual(out, &cp_object_config, &cp_object_plan);
    return true;
}

static bool put_profile(struct cp_buf *out, const char *argument)
{
    const struct cp_profile *profile = cp_profile_find(cp_str_of(argument));
    if (!profile) {
        return false;
    }
    cp_buf_puts(out, ".Bl -bullet -compact\n");
    for (size_t i = 0; i < profile->count; i++) {
        const struct cp_requirement *requirement = &profile->requires[i];
        cp_buf_puts(out, ".It\n");
        cp_roff_put_macro(out, "Ic", cp_str_of(requirement->field), "");
        if (requirement->clause) {
            cp_buf_printf(out, ".Pq %s\n", requirement->clause);
        }
    }
    cp_buf_puts(out, end_list);
    return true;
}

/* ---- rules --------------------------------------------------------------------------------- */

static const char *const groups[] = {
    "syntax and shape",     "what is required",           "placeholders", "objectives",
    "people and incidents", "dependencies and portfolio", "backup",       "runbooks and links",
    "exercises and review", "audience, secrets",
};

static void put_rule(struct cp_buf *out, const struct cp_rule *rule)
{
    cp_buf_printf(out, ".It Ic %s Pq %s , %s\n", rule->code, rule->name,
                  cp_severity_name(rule->severity));
    cp_roff_put_text(out, rule->summary);
    if (rule->clause) {
        cp_buf_puts(out, ".br\n");
        cp_roff_put_text(out, rule->clause);
    }
}

static bool put_rules(struct cp_buf *out, const char *argument)
{
    (void)argument;
    char group = '\0';
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        if (rule->code[2] != group) {
            cp_buf_puts(out, group ? end_list : "");
            group = rule->code[2];
            cp_buf_printf(out, ".Ss CP%c: %s\n%s", group, groups[group - '0'], begin_list);
        }
        put_rule(out, rule);
    }
    cp_buf_puts(out, end_list);
    return true;
}

/* ---- commands and options ------------------------------------------------------------------- */

static const struct cp_command *find_command(const char *name)
{
    const struct cp_command *const *commands;
    size_t count = cp_commands(&commands);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

/* The options of a command, or those of all commands for the program's own name. */
static bool find_options(const struct cp_option **out, size_t *count, const char *name)
{
    const struct cp_command *command = find_command(name);
    if (command) {
        *out = command->options;
        *count = command->option_count;
    } else {
        *count = cp_global_options(out);
    }
    return command || strcmp(name, "contplan") == 0;
}

/* `Fl o , Fl \-output Ar FILE`, for a line that a macro has begun. */
static void put_option_names(struct cp_buf *out, const struct cp_option *option)
{
    if (option->letter) {
        cp_buf_printf(out, " Fl %s ,", option->letter + 1);
    }
    cp_buf_puts(out, " Fl ");
    for (const char *c = option->name + 1; *c; c++) {
        cp_buf_puts(out, *c == '-' ? "\\-" : (const char[]){*c, '\0'});
    }
    if (option->argument) {
        cp_buf_printf(out, " Ar %s", option->argument);
    }
    cp_buf_putc(out, '\n');
}

static bool put_options(struct cp_buf *out, const char *name)
{
    const struct cp_option *options;
    size_t count;
    if (!find_options(&options, &count, name)) {
        return false;
    }
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, ".It");
        put_option_names(out, &options[i]);
        cp_roff_put_text(out, options[i].doc);
    }
    cp_buf_puts(out, end_list);
    return true;
}

/* "[PATH ...]": what may be left out stands in brackets. */
static void put_operands(struct cp_buf *out, const char *operands)
{
    bool is_optional = operands[0] == '[';
    size_t len = strlen(operands) - (is_optional ? 2 : 0);
    cp_buf_puts(out, is_optional ? ".Op Ar " : ".Ar ");
    cp_buf_put(out, (struct cp_str){operands + is_optional, len});
    cp_buf_putc(out, '\n');
}

static bool put_synopsis(struct cp_buf *out, const char *name)
{
    const struct cp_option *options;
    size_t count;
    if (!find_options(&options, &count, name)) {
        return false;
    }
    const struct cp_command *command = find_command(name);
    cp_buf_puts(out, ".Nm contplan\n");
    if (command) {
        cp_buf_printf(out, ".Cm %s\n", name);
    }
    for (size_t i = 0; i < count; i++) {
        struct cp_option bare = options[i];
        bare.letter = NULL;
        cp_buf_puts(out, ".Op");
        put_option_names(out, &bare);
    }
    if (command) {
        put_operands(out, command->operands);
    } else {
        cp_buf_puts(out, ".Ar COMMAND\n.Op Ar ARGUMENT ...\n");
    }
    return true;
}

static bool put_commands(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_command *const *commands;
    size_t count = cp_commands(&commands);
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(out, ".It Cm %s\n", commands[i]->name);
        cp_roff_put_text(out, commands[i]->doc);
        cp_buf_printf(out, "See\n.Xr contplan-%s 1 .\n", commands[i]->name);
    }
    cp_buf_puts(out, end_list);
    return true;
}

/* ---- formats -------------------------------------------------------------------------------- */

static bool put_findings_formats(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_findings_format *formats;
    size_t count = cp_findings_formats(&formats);
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(out, ".It Cm %s\n", formats[i].name);
        cp_roff_put_text(out, formats[i].doc);
    }
    cp_buf_puts(out, end_list);
    return true;
}

static bool put_plan_formats(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_plan_format *formats;
    size_t count = cp_plan_formats(&formats);
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(out, ".It Cm %s\n", formats[i].name);
        cp_roff_put_text(out, formats[i].doc);
        cp_buf_printf(out, ".Pq Pa .%s\n", formats[i].extension);
    }
    cp_buf_puts(out, end_list);
    return true;
}

/* The keys that --section takes, in one line. */
static bool put_sections(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_str *keys;
    size_t count = cp_report_sections(&keys);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i > 0 && i + 1 == count ? "and\n" : "");
        cp_roff_put_macro(out, "Ic", keys[i], i + 2 < count ? "," : i + 1 == count ? "." : "");
    }
    return true;
}

/* ---- by name -------------------------------------------------------------------------------- */

struct part {
    const char *name; /* what comes behind it and a blank is the argument */
    bool (*put)(struct cp_buf *out, const char *argument);
};

static const struct part parts[] = {
    {"plan", put_plan},
    {"portfolio file", put_portfolio},
    {"profile", put_profile},
    {"rules", put_rules},
    {"synopsis", put_synopsis},
    {"options", put_options},
    {"commands", put_commands},
    {"formats of findings", put_findings_formats},
    {"formats of plans", put_plan_formats},
    {"sections", put_sections},
};

bool manual_put_part(struct cp_buf *out, const char *name)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t len = strlen(parts[i].name);
        if (strncmp(name, parts[i].name, len) == 0 && (name[len] == ' ' || name[len] == '\0')) {
            return parts[i].put(out, name + len + (name[len] == ' '));
        }
    }
    return false;
}
