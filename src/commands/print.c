/* A command's result on standard output or in a file, whole or with what went wrong said. */
#define _DEFAULT_SOURCE /* realpath() */

#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

int print(struct cp_str text)
{
    struct cp_error error;
    if (cp_stream_write(stdout, "standard output", text, &error) == 0) {
        return CP_STATUS_CLEAN;
    }
    say("%s", error.text);
    return CP_STATUS_WORLD;
}

/* Links followed: one with another name may lead to a plan. */
static bool is_yaml(const char *file)
{
    char *real = realpath(file, NULL);
    struct cp_str name = cp_str_of(real);
    bool result = cp_str_has_suffix(name, ".yaml") || cp_str_has_suffix(name, ".yml");
    free(real);
    return result;
}

int print_rest(struct cp_buf *out)
{
    struct cp_error error;
    if (cp_buf_finish(out, &error) == 0) {
        return CP_STATUS_CLEAN;
    }
    say("%s", error.text);
    return CP_STATUS_WORLD;
}

int print_into(const char *file, struct cp_str text)
{
    struct cp_error error;
    if (!file) {
        return print(text);
    }
    if (is_yaml(file)) {
        return say_usage("%s is a YAML file, as plans are; it was not written over", quoted(file));
    }
    int status = check_way(file);
    if (status == CP_STATUS_CLEAN && cp_file_write(file, text, &error) != 0) {
        say("%s", error.text);
        status = CP_STATUS_WORLD;
    }
    return status;
}
