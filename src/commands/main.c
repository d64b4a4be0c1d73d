/* The program: tables of commands and global options, and the way from argv to a command. */
#include "commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
    {.id = CP_OPTION_VERSION, .name = "--version", .doc = "Print the version and stop."},
};

static const struct cp_command *const commands[] = {&command_validate};

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

static int print(struct cp_str text)
{
    struct cp_error error;
    if (cp_stream_write(stdout, "standard output", text, &error) == 0) {
        return CP_STATUS_CLEAN;
    }
    say("%s", error.text);
    return CP_STATUS_WORLD;
}

static int print_help(const struct cp_command *command)
{
    struct cp_buf help;
    cp_buf_init(&help);
    cp_help_put(&help, command);
    int status = print(cp_buf_str(&help));
    cp_buf_release(&help);
    return status;
}

static int run(const struct parsing *parsing)
{
    const struct cp_arguments *arguments = &parsing->arguments;
    const char *folder = cp_argument_find(arguments, CP_OPTION_FOLDER);
    if (cp_argument_is_given(arguments, CP_OPTION_HELP)) {
        return print_help(parsing->command);
    }
    if (cp_argument_is_given(arguments, CP_OPTION_VERSION)) {
        return print(CP_STR("contplan " CONTPLAN_VERSION "\n"));
    }
    if (!parsing->command) {
        return say_usage("a command is missing");
    }
    if (folder && chdir(folder) != 0) {
        say("cannot change to the folder %s: %s", quoted(folder), strerror(errno));
        return CP_STATUS_WORLD;
    }
    return parsing->command->run(arguments);
}

int cp_main(int argc, char **argv)
{
    struct parsing parsing;
    /* A reader that goes away is a failed write, said like any other. */
    signal(SIGPIPE, SIG_IGN);
    int status = arguments_parse(&parsing, argc, argv) ? run(&parsing) : CP_STATUS_USAGE;
    arguments_release(&parsing);
    return status;
}
