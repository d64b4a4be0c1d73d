/* The commands, and the options that every command takes: one row each. */
#include "commands.h"

static const char *const color_words[] = {"auto", "always", "never", NULL};

static const struct cp_option globals[] = {
    {.id = CP_OPTION_FOLDER,
     .name = "--directory",
     .letter = "-C",
     .argument = "DIR",
     .doc = "Run as if started in DIR."},
    {.id = CP_OPTION_CONFIG,
     .name = "--config",
     .argument = "FILE",
     .doc = "Use FILE as the portfolio file, instead of the nearest contplan.yaml upwards."},
    {.id = CP_OPTION_COLOR,
     .name = "--color",
     .argument = "WHEN",
     .words = color_words,
     .doc = "Colour the output: auto (on a terminal, unless NO_COLOR is set), always or never."},
    {.id = CP_OPTION_TODAY,
     .name = "--today",
     .argument = "DATE",
     .doc = "The day that dates are compared with, as 2026-01-31; the present day if absent."},
    {.id = CP_OPTION_JOBS,
     .name = "--jobs",
     .argument = "N",
     .doc = "Read plans with N workers; as many as there are processors if absent. The output does "
            "not depend on it."},
    {.id = CP_OPTION_HELP, .name = "--help", .letter = "-h", .doc = "Print help and stop."},
    {.id = CP_OPTION_VERSION,
     .name = "--version",
     .letter = "-V",
     .doc = "Print the version and stop."},
};

static const struct cp_command *const commands[] = {
    &command_init,     &command_new,      &command_import, &command_validate,   &command_explain,
    &command_rules,    &command_render,   &command_list,   &command_status,     &command_graph,
    &command_simulate, &command_diff,     &command_log,    &command_approve,    &command_schema,
    &command_evidence, &command_calendar, &command_hook,   &command_completion,
};

size_t cp_global_options(const struct cp_option **out)
{
    *out = globals;
    return sizeof globals / sizeof globals[0];
}

size_t cp_commands(const struct cp_command *const **out)
{
    *out = commands;
    return sizeof commands / sizeof commands[0];
}
