/* A command's result on standard output, whole or with what went wrong said. */
#include "commands.h"

#include <stdio.h>

int print(struct cp_str text)
{
    struct cp_error error;
    if (cp_stream_write(stdout, "standard output", text, &error) == 0) {
        return CP_STATUS_CLEAN;
    }
    say("%s", error.text);
    return CP_STATUS_WORLD;
}
