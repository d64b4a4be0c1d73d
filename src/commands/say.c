/* What the program says about its own run: on standard error, a line each, never text raw. */
#include "commands.h"

#include <stdarg.h>
#include <stdio.h>

static void say_line(const char *format, va_list arguments)
{
    fputs("contplan: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

void say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_line(format, arguments);
    va_end(arguments);
}

int say_usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say_line(format, arguments);
    va_end(arguments);
    fputs("Try 'contplan -h' or 'contplan COMMAND -h'.\n", stderr);
    return CP_STATUS_USAGE;
}

const char *quoted(const char *word)
{
    static struct cp_arena arena; /* a few words a run, all of the command line */
    return cp_arena_printf(&arena, "'%s'", cp_printable_in(&arena, cp_str_of(word))).at;
}

int say_bad_choice(const char *option, const struct cp_str *names, size_t count,
                   struct cp_str given)
{
    struct cp_buf list;
    struct cp_arena arena;
    cp_buf_init(&list);
    cp_arena_init(&arena);
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(&list, i == 0 ? "" : i + 1 < count ? ", " : " or ");
        cp_buf_put(&list, names[i]);
    }
    int status = say_usage("%s takes %.*s, not %s", option, CP_ARG(cp_buf_str(&list)),
                           quoted(cp_arena_copy(&arena, given).at));
    cp_buf_release(&list);
    cp_arena_release(&arena);
    return status;
}
