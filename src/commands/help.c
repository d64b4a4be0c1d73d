/* What -h prints, from the command and option tables. */
#include "commands.h"

#include <contplan/output.h>

#include <string.h>

enum { MARGIN = 2, GUTTER = 26 };

/* A term with its explanation beside it, or below where the term is long. */
static void put_entry(struct cp_buf *out, struct cp_str term, const char *doc)
{
    cp_buf_repeat(out, ' ', MARGIN);
    cp_buf_put(out, term);
    if (MARGIN + term.len + 2 > GUTTER) {
        cp_buf_putc(out, '\n');
        cp_buf_repeat(out, ' ', GUTTER);
    } else {
        cp_buf_repeat(out, ' ', GUTTER - MARGIN - term.len);
    }
    cp_folded_put(out, cp_str_of(doc), GUTTER);
}

static void put_option(struct cp_buf *out, const struct cp_option *option)
{
    struct cp_buf term;
    cp_buf_init(&term);
    if (option->letter) {
        cp_buf_printf(&term, "%s, ", option->letter);
    }
    cp_buf_puts(&term, option->name);
    if (option->argument) {
        cp_buf_printf(&term, " %s", option->argument);
    }
    put_entry(out, cp_buf_str(&term), option->doc);
    cp_buf_release(&term);
}

static void put_options(struct cp_buf *out, const char *heading, const struct cp_option *options,
                        size_t count)
{
    if (count > 0) {
        cp_buf_printf(out, "\n%s\n", heading);
    }
    for (size_t i = 0; i < count; i++) {
        put_option(out, &options[i]);
    }
}

static void put_commands(struct cp_buf *out)
{
    const struct cp_command *const *commands;
    size_t count = cp_commands(&commands);
    cp_buf_puts(out, "\nCommands:\n");
    for (size_t i = 0; i < count; i++) {
        put_entry(out, cp_str_of(commands[i]->name), commands[i]->summary);
    }
}

void cp_help_put(struct cp_buf *out, const struct cp_command *command)
{
    const struct cp_option *globals;
    size_t count = cp_global_options(&globals);
    if (command) {
        cp_buf_printf(out, "Usage: contplan %s [OPTION ...]%s%s\n\n", command->name,
                      *command->operands ? " " : "", command->operands);
        cp_folded_put(out, cp_str_of(command->doc), 0);
        put_options(out, "Options:", command->options, command->option_count);
        put_options(out, "Options of every command:", globals, count);
        cp_buf_printf(out, "\nThe manual page contplan-%s(1) says more.\n", command->name);
        return;
    }
    cp_buf_puts(out, "Usage: contplan [OPTION ...] COMMAND [ARGUMENT ...]\n\n");
    cp_folded_put(out,
                  CP_STR("Service continuity plans as code: checks plans written in YAML, reasons "
                         "over them together, and renders them for people."),
                  0);
    put_commands(out);
    put_options(out, "Options:", globals, count);
    cp_buf_puts(out, "\nExit status: 0 clean, 1 findings, 2 wrong use, 3 something could not be "
                     "read or written.\nThe manual page contplan(1) says more.\n");
}
