/* contplan completion: what shells need to complete command lines, and the answers they then ask
 * for. */
#include "commands.h"

#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_CANDIDATES,
     .name = "--candidates",
     .doc = "Print what may stand in place of the last word behind '--', as the scripts do."},
};

static int print_candidates(const struct cp_arguments *arguments)
{
    struct cp_error error;
    struct cp_buf out;
    cp_buf_init(&out);
    int status =
        cp_candidates_put(&out, arguments->operands.items, arguments->operands.count, &error) == 0
            ? print(cp_buf_str(&out))
            : say_failure(&error);
    cp_buf_release(&out);
    return status;
}

static int completion(const struct cp_arguments *arguments)
{
    const struct completion_script *scripts;
    size_t count = completion_scripts(&scripts);
    struct cp_str names[8];
    if (cp_argument_is_given(arguments, CP_OPTION_CANDIDATES)) {
        return print_candidates(arguments);
    }
    if (arguments->operands.count != 1) {
        return say_usage("completion is for one shell: name bash, zsh or fish");
    }
    for (size_t i = 0; i < count; i++) {
        names[i] = cp_str_of(scripts[i].shell);
        if (strcmp(arguments->operands.items[0], scripts[i].shell) == 0) {
            return print(cp_str_of(scripts[i].text));
        }
    }
    return say_bad_choice("completion", names, count, cp_str_of(arguments->operands.items[0]));
}

const struct cp_command command_completion = {
    .name = "completion",
    .operands = "bash|zsh|fish",
    .summary = "complete command lines in a shell",
    .doc = "Writes what bash, zsh or fish reads to complete command lines of contplan: commands, "
           "options and their values, rules, the ids of plans, suppliers and people, revisions.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = completion,
};
