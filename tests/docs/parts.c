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

static void put_requirement(struct cp_buf *out, const struct cp_requirement *requirement)
{
    cp_buf_puts(out, ".It\n");
    cp_roff_put_macro(out, "Ic", cp_str_of(requirement->field), "");
    if (requirement->severity != CP_ERROR) {
        cp_buf_printf(out, "as %s\n", cp_severity_name(requirement->severity));
    }
    if (requirement->clause) {
        cp_buf_printf(out, ".Pq %s\n", requirement->clause);
    }
}

static bool put_profile(struct cp_buf *out, const char *argument)
{
    const struct cp_profile *profile = cp_profile_find(cp_str_of(argument));
    if (!profile) {
        return false;
    }
    cp_buf_puts(out, ".Bl -bullet -compact\n");
    for (size_t i = 0; i < profile->count; i++) {
        put_requirement(out, &profile->requires[i]);
    }
    cp_buf_puts(out, end_list);
    return true;
}

/* Those that ship with the program, each with what it asks for. */
static bool put_profiles(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_str *names;
    size_t count = cp_profile_names(&names);
    for (size_t i = 0; i < count; i++) {
        const struct cp_profile *profile = cp_profile_find(names[i]);
        cp_buf_printf(out, ".Ss %s\n", profile->name);
        cp_roff_put_text(out, profile->title);
        cp_buf_puts(out, ".Pp\n");
        if (profile->extends) {
            cp_buf_printf(out, "It asks for what\n.Cm %s\nasks for, and for\n",
                          profile->extends->name);
        } else {
            cp_buf_puts(out, "It asks for\n");
        }
        put_profile(out, profile->name);
    }
    return true;
}

static bool put_profile_file(struct cp_buf *out, const char *argument)
{
    (void)argument;
    cp_schema_put_manual(out, &cp_object_profile, NULL);
    return true;
}

/* ---- directions ---------------------------------------------------------------------------- */

/* Which way the fields of an object weaken; nothing of an object that has none. */
static void put_directed(struct cp_buf *out, const struct cp_object *object, unsigned flag,
                         const char *words)
{
    bool is_open = false;
    for (size_t i = 0; i < object->count; i++) {
        if (object->fields[i].flags & flag) {
            cp_buf_printf(out, is_open ? " ,\n.Ic %s" : "%s:\n.Ic %s",
                          is_open ? object->fields[i].key : words, object->fields[i].key);
            is_open = true;
        }
    }
    cp_buf_puts(out, is_open ? " .\n" : "");
}

/* Those whose values have an order of their own. */
static void put_strengths(struct cp_buf *out, const struct cp_object *object)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        for (size_t j = 0; field->by_strength && field->by_strength[j]; j++) {
            if (j == 0) {
                cp_buf_printf(out, "With a later word in\n.Ic %s :\n", field->key);
            }
            cp_buf_printf(out, ".Cm %s%s\n", field->by_strength[j],
                          field->by_strength[j + 1] ? " ," : " .");
        }
    }
}

static bool has_direction(const struct cp_object *object)
{
    for (size_t i = 0; i < object->count; i++) {
        if (object->fields[i].by_strength ||
            (object->fields[i].flags & (CP_FIELD_MORE_IS_WEAKER | CP_FIELD_LESS_IS_WEAKER))) {
            return true;
        }
    }
    return false;
}

struct directions {
    struct cp_buf *out;
    CP_LIST(const struct cp_object *) seen;
};

static bool has_seen(struct directions *directions, const struct cp_object *object)
{
    for (size_t i = 0; i < directions->seen.count; i++) {
        if (directions->seen.items[i] == object) {
            return true;
        }
    }
    *(const struct cp_object **)cp_list_push(&directions->seen, sizeof object) = object;
    return false;
}

/* The depth of this recursion is that of the field tables. */
static void put_directions_of(struct directions *directions, const struct cp_object *object)
{
    if (has_seen(directions, object)) {
        return;
    }
    if (has_direction(object)) {
        cp_buf_printf(directions->out, ".It %s\n", object->name);
        put_directed(directions->out, object, CP_FIELD_MORE_IS_WEAKER, "With more");
        put_directed(directions->out, object, CP_FIELD_LESS_IS_WEAKER, "With less");
        put_directed(directions->out, object, CP_FIELD_PROMISE, "Where no longer stated");
        put_strengths(directions->out, object);
    }
    for (size_t i = 0; i < object->count; i++) {
        if (object->fields[i].type == CP_TYPE_OBJECT) {
            put_directions_of(directions, object->fields[i].of);
        }
    }
}

static bool put_directions(struct cp_buf *out, const char *argument)
{
    (void)argument;
    struct directions directions = {.out = out};
    cp_buf_puts(out, begin_list);
    put_directions_of(&directions, &cp_object_plan);
    put_directions_of(&directions, &cp_object_config);
    put_directions_of(&directions, &cp_object_profile);
    cp_buf_puts(out, end_list);
    cp_list_release(&directions.seen);
    return true;
}

/* ---- rules --------------------------------------------------------------------------------- */

static const char *const groups[] = {
    "SYNTAX AND SHAPE",     "WHAT IS REQUIRED",           "PLACEHOLDERS", "OBJECTIVES",
    "PEOPLE AND INCIDENTS", "DEPENDENCIES AND PORTFOLIO", "BACKUP",       "RUNBOOKS AND LINKS",
    "EXERCISES AND REVIEW", "AUDIENCE AND SECRETS",
};

/* A literal display: nothing in it is roff's. */
static void put_display(struct cp_buf *out, const char *heading, const char *text)
{
    struct cp_str rest = cp_str_of(text);
    struct cp_str line;
    if (!text) {
        return;
    }
    cp_buf_printf(out, ".Pp\n%s:\n.Bd -literal -offset indent\n", heading);
    while (cp_str_line(&line, &rest)) {
        uint32_t code_point;
        size_t len;
        cp_buf_puts(out, line.len > 0 && strchr(".'", line.at[0]) ? "\\&" : "");
        for (; (len = cp_utf8_decode(&code_point, line)) > 0;
             line = cp_str_slice(line, len, line.len)) {
            if (code_point == '\\') {
                cp_buf_puts(out, "\\e");
            } else if (code_point >= ' ' && code_point < 0x7F) {
                cp_buf_putc(out, (char)code_point);
            } else {
                cp_buf_printf(out, "\\[u%04X]", (unsigned)code_point);
            }
        }
        cp_buf_putc(out, '\n');
    }
    cp_buf_puts(out, ".Ed\n");
}

static void put_paragraphs(struct cp_buf *out, const char *text)
{
    struct cp_arena arena;
    struct cp_str rest = cp_str_of(text);
    cp_arena_init(&arena);
    while (rest.len > 0) {
        struct cp_str paragraph = cp_str_slice(rest, 0, cp_str_find(rest, CP_STR("\n\n")));
        cp_buf_puts(out, ".Pp\n");
        cp_roff_put_text(out, cp_arena_copy(&arena, paragraph).at);
        rest = cp_str_slice(rest, paragraph.len + 2, SIZE_MAX);
    }
    cp_arena_release(&arena);
}

static void put_rule(struct cp_buf *out, const struct cp_rule *rule)
{
    cp_buf_printf(out, ".Ss %s: %s\n", rule->code, rule->name);
    cp_buf_printf(out, ".Em %s :\n", cp_severity_name(rule->severity));
    cp_roff_put_text(out, rule->summary);
    put_paragraphs(out, rule->explanation);
    if (rule->clause) {
        cp_buf_puts(out, ".Pp\nAsked by\n");
        cp_roff_put_text(out, rule->clause);
    }
    if (rule->fix != CP_FIX_NONE) {
        put_paragraphs(out, cp_fixable_words(rule->fix));
    }
    put_display(out, "Wrong", rule->bad);
    put_display(out, "Right", rule->good);
}

static bool put_rules(struct cp_buf *out, const char *argument)
{
    (void)argument;
    char group = '\0';
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        if (rule->code[2] != group) {
            group = rule->code[2];
            cp_buf_printf(out, ".Sh CP%c: %s\n", group, groups[group - '0']);
        }
        put_rule(out, rule);
    }
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

/* How long the bracket is that `text` begins with, its inner ones counted. */
static size_t bracket_length(const char *text)
{
    size_t depth = 0;
    size_t len = 0;
    do {
        depth += text[len] == '[';
        depth -= text[len] == ']';
        len++;
    } while (depth > 0 && text[len]);
    return len;
}

/* "[REV] [PATH ...]": what may be left out stands in brackets, a line each. */
static void put_operands(struct cp_buf *out, const char *operands)
{
    while (operands[0] == '[') {
        size_t len = bracket_length(operands);
        cp_buf_puts(out, ".Op Ar ");
        cp_buf_put(out, (struct cp_str){operands + 1, len - 2});
        cp_buf_putc(out, '\n');
        operands += len + strspn(operands + len, " ");
    }
    if (operands[0]) {
        cp_buf_printf(out, ".Ar %s\n", operands);
    }
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

static bool put_comparison_formats(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_comparison_format *formats;
    size_t count = cp_comparison_formats(&formats);
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(out, ".It Cm %s\n", formats[i].name);
        cp_roff_put_text(out, formats[i].doc);
    }
    cp_buf_puts(out, end_list);
    return true;
}

static bool put_simulation_formats(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_simulation_format *formats;
    size_t count = cp_simulation_formats(&formats);
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(out, ".It Cm %s\n", formats[i].name);
        cp_roff_put_text(out, formats[i].doc);
    }
    cp_buf_puts(out, end_list);
    return true;
}

static bool put_evidence_formats(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_evidence_format *formats;
    size_t count = cp_evidence_formats(&formats);
    cp_buf_puts(out, begin_list);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(out, ".It Cm %s\n", formats[i].name);
        cp_roff_put_text(out, formats[i].doc);
    }
    cp_buf_puts(out, end_list);
    return true;
}

static bool put_history_formats(struct cp_buf *out, const char *argument)
{
    (void)argument;
    const struct cp_history_format *formats;
    size_t count = cp_history_formats(&formats);
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
    {"profile file", put_profile_file},
    {"profiles", put_profiles},
    {"profile", put_profile},
    {"rules", put_rules},
    {"synopsis", put_synopsis},
    {"options", put_options},
    {"commands", put_commands},
    {"formats of evidence", put_evidence_formats},
    {"formats of simulation", put_simulation_formats},
    {"formats of findings", put_findings_formats},
    {"formats of plans", put_plan_formats},
    {"formats of comparisons", put_comparison_formats},
    {"formats of history", put_history_formats},
    {"directions", put_directions},
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
