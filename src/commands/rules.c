/* contplan rules: all of them, as a table or as JSON. */
#include "commands.h"

#include <contplan/output.h>

#include <string.h>

static const char *const format_words[] = {"table", "json", NULL};

static const struct cp_option options[] = {
    {.id = CP_OPTION_FORMAT,
     .name = "--format",
     .argument = "FORMAT",
     .words = format_words,
     .doc = "Write a table (the default), or json with all that the rules say of themselves."},
};

static void put_table(struct cp_buf *out)
{
    struct cp_table table;
    const struct cp_table_format *formats;
    cp_table_formats(&formats);
    cp_rules_tabulate(&table);
    formats[0].write(out, &table, &(struct cp_output_options){.width = 0});
    cp_table_release(&table);
}

static int list_rules(const struct cp_arguments *arguments)
{
    const char *format = cp_argument_find(arguments, CP_OPTION_FORMAT);
    struct cp_buf out;
    if (arguments->operands.count > 0) {
        return say_usage("rules takes no %s: it lists them all; contplan explain says more of one, "
                         "or of those of a group",
                         quoted(arguments->operands.items[0]));
    }
    cp_buf_init(&out);
    if (format && strcmp(format, "json") == 0) {
        cp_rules_put_json(&out);
    } else {
        put_table(&out);
    }
    int status = print(cp_buf_str(&out));
    cp_buf_release(&out);
    return status;
}

const struct cp_command command_rules = {
    .name = "rules",
    .operands = "",
    .summary = "list all rules",
    .doc = "Lists all rules with their severity for a live service under the profile baseline, and "
           "what each finds. contplan explain says more of one.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = list_rules,
};
