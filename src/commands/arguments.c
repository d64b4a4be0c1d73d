/*
 * The command line against the option tables: long and short options, values with '=' or as the
 * next word, '--', operands. Global options may stand before and after the command.
 */
#include "commands.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CANDIDATES = 64 };

struct parser {
    struct parsing *out;
    char **argv;
    int argc;
    int at;
    bool only_operands; /* behind "--" */
};

const char *cp_argument_find(const struct cp_arguments *arguments, enum cp_option_id id)
{
    const char *value = NULL;
    for (size_t i = 0; i < arguments->options.count; i++) {
        if (arguments->options.items[i].option->id == id) {
            value = arguments->options.items[i].value;
        }
    }
    return value;
}

bool cp_argument_is_given(const struct cp_arguments *arguments, enum cp_option_id id)
{
    for (size_t i = 0; i < arguments->options.count; i++) {
        if (arguments->options.items[i].option->id == id) {
            return true;
        }
    }
    return false;
}

/* ---- finding options ------------------------------------------------------------------------- */

static const struct cp_option *find_in(const struct cp_option *options, size_t count,
                                       struct cp_str name)
{
    for (size_t i = 0; i < count; i++) {
        if (cp_str_is(name, options[i].name) ||
            (options[i].letter && cp_str_is(name, options[i].letter))) {
            return &options[i];
        }
    }
    return NULL;
}

const struct cp_option *option_find(const struct cp_command *command, struct cp_str name)
{
    const struct cp_option *options;
    size_t count = cp_global_options(&options);
    const struct cp_option *option = find_in(options, count, name);
    if (!option && command) {
        option = find_in(command->options, command->option_count, name);
    }
    return option;
}

static size_t add_names(struct cp_str *names, size_t at, const struct cp_option *options,
                        size_t count)
{
    for (size_t i = 0; i < count && at < MAX_CANDIDATES; i++) {
        names[at++] = cp_str_of(options[i].name);
    }
    return at;
}

static void say_foreign_option(const struct cp_command *command, const char *word)
{
    struct cp_str names[MAX_CANDIDATES];
    struct cp_buf list;
    cp_buf_init(&list);
    put_names(&list, names, add_names(names, 0, command->options, command->option_count), " and ");
    say_usage("unknown option %s; besides the options of all commands, %s takes %s", quoted(word),
              command->name, list.at);
    cp_buf_release(&list);
}

static bool say_unknown_option(const struct cp_command *command, const char *word)
{
    struct cp_str names[MAX_CANDIDATES];
    const struct cp_option *options;
    size_t count = cp_global_options(&options);
    count = add_names(names, 0, options, count);
    if (command) {
        count = add_names(names, count, command->options, command->option_count);
    }
    struct cp_str given = {word, strcspn(word, "=")};
    struct cp_str nearest = cp_str_nearest(given, names, count);
    if (nearest.len > 0) {
        say_usage("unknown option %s; did you mean %.*s?", quoted(word), CP_ARG(nearest));
    } else if (command && command->option_count > 0) {
        say_foreign_option(command, word);
    } else {
        say_usage("unknown option %s", quoted(word));
    }
    return false;
}

const struct cp_command *command_find(const char *name)
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

/* What other programs call it, where that is not near enough to be guessed. */
static struct cp_str own_word(const char *word)
{
    static const char *const words[][2] = {
        {"check", "validate"}, {"lint", "validate"}, {"verify", "validate"}, {"test", "validate"},
        {"build", "render"},   {"export", "render"}, {"show", "render"},     {"create", "new"},
        {"add", "new"},        {"start", "init"},    {"ls", "list"},         {"audit", "evidence"},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(words[i][0], word) == 0) {
            return cp_str_of(words[i][1]);
        }
    }
    return (struct cp_str){0};
}

static bool say_unknown_command(const char *word)
{
    struct cp_str names[MAX_CANDIDATES];
    const struct cp_command *const *commands;
    size_t count = cp_commands(&commands);
    for (size_t i = 0; i < count && i < MAX_CANDIDATES; i++) {
        names[i] = cp_str_of(commands[i]->name);
    }
    struct cp_str nearest = own_word(word);
    nearest = nearest.len > 0 ? nearest : cp_str_nearest(cp_str_of(word), names, count);
    if (nearest.len > 0) {
        say_usage("unknown command %s; did you mean %.*s?", quoted(word), CP_ARG(nearest));
    } else {
        say_usage("unknown command %s", quoted(word));
    }
    return false;
}

/* ---- values ---------------------------------------------------------------------------------- */

static bool is_word_taken(const struct cp_option *option, const char *value)
{
    for (size_t i = 0; option->words && option->words[i]; i++) {
        if (strcmp(option->words[i], value) == 0) {
            return true;
        }
    }
    return !option->words;
}

static bool say_bad_word(const struct cp_option *option, const char *value)
{
    struct cp_str names[MAX_CANDIDATES];
    size_t count = 0;
    while (option->words[count] && count < MAX_CANDIDATES) {
        names[count] = cp_str_of(option->words[count]);
        count++;
    }
    say_bad_choice(option->name, names, count, cp_str_of(value));
    return false;
}

static bool keep_option(struct parser *parser, const struct cp_option *option, const char *value)
{
    if (option->argument && !value && parser->at < parser->argc) {
        value = parser->argv[parser->at++];
    }
    if (option->argument && !value) {
        say_usage("%s needs a value: %s %s", option->name, option->name, option->argument);
        return false;
    }
    if (!option->argument && value) {
        say_usage("%s takes no value", option->name);
        return false;
    }
    if (value && !is_word_taken(option, value)) {
        return say_bad_word(option, value);
    }
    struct cp_given *given = cp_list_push(&parser->out->arguments.options, sizeof *given);
    *given = (struct cp_given){option, value};
    return true;
}

static bool parse_option(struct parser *parser, const char *word)
{
    const struct cp_command *command = parser->out->command;
    bool is_long = word[1] == '-';
    size_t len = is_long ? strcspn(word, "=") : 2;
    const struct cp_option *option = option_find(command, (struct cp_str){word, len});
    if (!option) {
        return say_unknown_option(command, word);
    }
    const char *value = word[len] == '\0' ? NULL : word + len + (word[len] == '=');
    return keep_option(parser, option, value);
}

static bool parse_word(struct parser *parser, const char *word)
{
    if (!parser->only_operands && strcmp(word, "--") == 0) {
        struct cp_arguments *arguments = &parser->out->arguments;
        parser->only_operands = true;
        arguments->has_dashes = true;
        arguments->before_dashes = arguments->operands.count;
        return true;
    }
    if (!parser->only_operands && word[0] == '-' && word[1] != '\0') {
        return parse_option(parser, word);
    }
    if (!parser->out->command) {
        if (strcmp(word, "help") == 0) {
            return keep_option(parser, option_find(NULL, CP_STR("--help")), NULL);
        }
        parser->out->command = command_find(word);
        return parser->out->command ? true : say_unknown_command(word);
    }
    *(const char **)cp_list_push(&parser->out->arguments.operands, sizeof(const char *)) = word;
    return true;
}

bool arguments_parse(struct parsing *out, int argc, char **argv)
{
    struct parser parser = {.out = out, .argv = argv, .argc = argc, .at = 1};
    *out = (struct parsing){.arguments = {.program = argc > 0 ? argv[0] : "contplan"}};
    while (parser.at < argc) {
        if (!parse_word(&parser, argv[parser.at++])) {
            return false;
        }
    }
    return true;
}

void arguments_release(struct parsing *parsing)
{
    free(parsing->arguments.started_in);
    cp_list_release(&parsing->arguments.options);
    cp_list_release(&parsing->arguments.operands);
}
