/*
 * What may stand next on a command line, from the command and option tables: the words before the
 * last one are read as the program would, but nothing is complained of. Which values an option
 * takes is known to candidate_values.c.
 */
#include "commands.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 2000 };

/* ---- words ----------------------------------------------------------------------------------- */

/* Whether bash, zsh and fish all take the word as it is: nothing in it is expanded or ends it, and
 * it is no option. What is beyond ASCII may stand in it where it can be printed. */
bool candidate_is_plain(struct cp_str word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./:,@+=";
    for (size_t i = 0; i < word.len; i++) {
        bool is_ascii = (unsigned char)word.at[i] < 0x80;
        if (is_ascii && !memchr(plain, word.at[i], sizeof plain - 1)) {
            return false;
        }
    }
    struct cp_buf printable;
    cp_buf_init(&printable);
    cp_printable(&printable, word);
    bool result = word.len > 0 && cp_str_is_equal(cp_buf_str(&printable), word);
    cp_buf_release(&printable);
    return result;
}

/* As much as says what it is: the first sentence, or what stands before a colon. */
static struct cp_str gist(const char *what)
{
    struct cp_str text = cp_str_of(what);
    size_t end = cp_str_find(text, CP_STR(". "));
    size_t colon = cp_str_find(text, CP_STR(": "));
    text = cp_str_slice(text, 0, end < colon ? end : colon);
    return cp_str_has_suffix(text, ".") ? cp_str_slice(text, 0, text.len - 1) : text;
}

static void put(struct candidates *to, struct cp_str word, const char *what)
{
    if (to->left == 0 || !cp_str_is_equal(cp_str_slice(word, 0, to->typed.len), to->typed)) {
        return;
    }
    to->left--;
    cp_buf_put(to->out, to->kept);
    cp_buf_put(to->out, word);
    if (what) {
        cp_buf_putc(to->out, '\t');
        cp_buf_put(to->out, gist(what));
    }
    cp_buf_putc(to->out, '\n');
}

void candidate_put(struct candidates *to, struct cp_str word, const char *what)
{
    if (candidate_is_plain(word) && !memchr("-:=", word.at[0], 3)) {
        put(to, word, what);
    }
}

/* ---- what was typed -------------------------------------------------------------------------- */

struct reading {
    const struct cp_command *command; /* NULL: none yet */
    const struct cp_option *waiting;  /* the option whose value comes next, or NULL */
    struct cp_arguments arguments;
    bool only_operands;
};

static void keep(struct reading *reading, const struct cp_option *option, const char *value)
{
    struct cp_given *given = cp_list_push(&reading->arguments.options, sizeof *given);
    *given = (struct cp_given){option, value};
    reading->waiting = NULL;
}

static void read_option(struct reading *reading, const char *word)
{
    bool is_long = word[1] == '-';
    size_t len = is_long ? strcspn(word, "=") : 2;
    const struct cp_option *option = option_find(reading->command, (struct cp_str){word, len});
    const char *value = word[len] == '\0' ? NULL : word + len + (word[len] == '=');
    if (option && option->argument && !value) {
        reading->waiting = option;
    } else if (option) {
        keep(reading, option, value);
    }
}

static void read_word(struct reading *reading, const char *word)
{
    if (reading->waiting) {
        keep(reading, reading->waiting, word);
    } else if (!reading->only_operands && strcmp(word, "--") == 0) {
        reading->only_operands = true;
    } else if (!reading->only_operands && word[0] == '-' && word[1] != '\0') {
        read_option(reading, word);
    } else if (!reading->command) {
        reading->command = command_find(word);
    } else {
        *(const char **)cp_list_push(&reading->arguments.operands, sizeof(const char *)) = word;
    }
}

/* ---- what comes next ------------------------------------------------------------------------- */

static void put_options(struct candidates *to, const struct cp_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(to, cp_str_of(options[i].name), options[i].doc);
    }
}

static void put_commands(struct candidates *to)
{
    const struct cp_command *const *commands;
    size_t count = cp_commands(&commands);
    for (size_t i = 0; i < count; i++) {
        put(to, cp_str_of(commands[i]->name), commands[i]->summary);
    }
}

/* The next word of what the table says of operands, with the brackets around it. */
static struct cp_str next_operand(const char **at)
{
    *at += strspn(*at, " ");
    struct cp_str word = {*at, strcspn(*at, " ")};
    *at += word.len;
    return word;
}

/* Of one way to write the operands, such as "[REV[..REV]] [PATH ...]": what may be the one behind
 * `given`. What is optional may be left out, and words in small letters stand for themselves. */
static void put_way(struct candidates *to, const char *way, size_t given)
{
    struct cp_str last = {0};
    const char *first = way;
    for (size_t i = 0; *first && *first != '|'; i++) {
        struct cp_str word = next_operand(&first);
        bool is_more = cp_str_has_prefix(word, "...");
        bool is_optional = cp_str_has_prefix(word, "[");
        bool is_word = !is_optional && word.len > 0 && word.at[0] >= 'a' && word.at[0] <= 'z' &&
                       cp_str_find(word, CP_STR("|")) == SIZE_MAX;
        if (is_more && i <= given) {
            candidate_operands_put(to, last);
        } else if (!is_more && i >= given) {
            candidate_operands_put(to, word);
            if (!is_optional) {
                return;
            }
        } else if (is_word && !cp_str_is(word, to->arguments->operands.items[i])) {
            return;
        }
        last = word;
        first += strspn(first, " ");
    }
}

static void put_operands(struct candidates *to, const struct cp_command *command)
{
    const char *way = command->operands;
    size_t given = to->arguments->operands.count;
    while (way) {
        put_way(to, way, given);
        way = strstr(way, " | ");
        way = way ? way + 3 : NULL;
    }
}

static void put_next(struct candidates *to, struct reading *reading, const char *word)
{
    const struct cp_option *globals;
    size_t count = cp_global_options(&globals);
    const char *equals = strchr(word, '=');
    to->typed = cp_str_of(word);
    if (reading->waiting) {
        candidate_values_put(to, reading->command, reading->waiting);
    } else if (!reading->only_operands && word[0] == '-' && equals) {
        struct cp_str name = {word, (size_t)(equals - word)};
        const struct cp_option *option = option_find(reading->command, name);
        to->kept = (struct cp_str){word, name.len + 1};
        to->typed = cp_str_of(equals + 1);
        candidate_values_put(to, reading->command, option);
    } else if (!reading->only_operands && word[0] == '-') {
        if (reading->command) {
            put_options(to, reading->command->options, reading->command->option_count);
        }
        put_options(to, globals, count);
    } else if (!reading->command) {
        put_commands(to);
    } else {
        put_operands(to, reading->command);
    }
}

/* Where `-C` was typed, the answer is found from there. */
static int put_from(const char *folder, struct candidates *to, struct reading *reading,
                    const char *word, struct cp_error *error)
{
    int result = 0;
    int here = open(".", O_RDONLY | O_CLOEXEC);
    if (here >= 0 && chdir(folder) == 0) {
        put_next(to, reading, word);
        result = fchdir(here);
    }
    if (result != 0) {
        cp_error_set(error, "cannot change back to the working directory: %s", strerror(errno));
    }
    if (here >= 0) {
        close(here);
    }
    return result;
}

int cp_candidates_put(struct cp_buf *out, const char *const *words, size_t count,
                      struct cp_error *error)
{
    struct reading reading = {0};
    struct cp_arena arena;
    int result = 0;
    if (count == 0) {
        return 0;
    }
    cp_arena_init(&arena);
    for (size_t i = 0; i + 1 < count; i++) {
        read_word(&reading, words[i]);
    }
    const char *folder = cp_argument_find(&reading.arguments, CP_OPTION_FOLDER);
    struct candidates to = {
        .out = out, .arguments = &reading.arguments, .arena = &arena, .left = MOST};
    if (folder) {
        result = put_from(folder, &to, &reading, words[count - 1], error);
    } else {
        put_next(&to, &reading, words[count - 1]);
    }
    cp_arena_release(&arena);
    cp_list_release(&reading.arguments.options);
    cp_list_release(&reading.arguments.operands);
    return result;
}
