/* The program: from argv to a command, its help, or the version. */
#include "commands.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int print_help(const struct cp_command *command)
{
    struct cp_buf help;
    cp_buf_init(&help);
    cp_help_put(&help, command);
    int status = print(cp_buf_str(&help));
    cp_buf_release(&help);
    return status;
}

static int run(struct parsing *parsing)
{
    struct cp_arguments *arguments = &parsing->arguments;
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
    int status = run_check_globals(arguments);
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    if (folder) {
        arguments->started_in = getcwd(NULL, 0);
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
