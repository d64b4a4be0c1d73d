/* What the program says about its own run: on standard error, a line each, never text raw. */
#include "commands.h"

#include <contplan/rules.h>

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

void say_unreadable(const char *path)
{
    say("%s holds no plan that can be read; contplan validate says why", quoted(path));
}

int say_failure(const struct cp_error *error)
{
    say("%s", error->text);
    return CP_STATUS_WORLD;
}

const char *quoted(const char *word)
{
    static struct cp_arena arena; /* a few words a run, all of the command line */
    return cp_arena_printf(&arena, "'%s'", cp_printable_in(&arena, cp_str_of(word))).at;
}

void put_names(struct cp_buf *out, const struct cp_str *names, size_t count, const char *last)
{
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i == 0 ? "" : i + 1 < count ? ", " : last);
        cp_buf_put(out, names[i]);
    }
}

int say_bad_choice(const char *option, const struct cp_str *names, size_t count,
                   struct cp_str given)
{
    struct cp_buf list;
    struct cp_arena arena;
    cp_buf_init(&list);
    cp_arena_init(&arena);
    put_names(&list, names, count, " or ");
    int status = say_usage("%s takes %.*s, not %s", option, CP_ARG(cp_buf_str(&list)),
                           quoted(cp_arena_copy(&arena, given).at));
    cp_buf_release(&list);
    cp_arena_release(&arena);
    return status;
}

int say_unknown_format(const char *option, const void *formats, size_t count, size_t size,
                       struct cp_str given)
{
    CP_LIST(struct cp_str) names = {0};
    for (size_t i = 0; i < count; i++) {
        const char *const *name = (const void *)((const char *)formats + i * size);
        *(struct cp_str *)cp_list_push(&names, sizeof *names.items) = cp_str_of(*name);
    }
    int status = say_bad_choice(option, names.items, count, given);
    cp_list_release(&names);
    return status;
}

/* The codes and names of the rules whose names hold the word, "a, b or c". */
static void put_kindred(struct cp_buf *out, struct cp_str word)
{
    CP_LIST(struct cp_str) names = {0};
    struct cp_arena arena;
    cp_arena_init(&arena);
    for (size_t i = 0; word.len >= 2 && i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        if (cp_str_find(cp_str_of(rule->name), word) != SIZE_MAX) {
            *(struct cp_str *)cp_list_push(&names, sizeof *names.items) =
                cp_arena_printf(&arena, "%s %s", rule->code, rule->name);
        }
    }
    put_names(out, names.items, names.count, " or ");
    cp_list_release(&names);
    cp_arena_release(&arena);
}

int say_unknown_rule(const char *option, struct cp_str word)
{
    struct cp_buf meant;
    struct cp_arena arena;
    cp_buf_init(&meant);
    cp_arena_init(&arena);
    struct cp_str nearest = cp_rules_nearest(word);
    const char *shown = quoted(cp_arena_copy(&arena, word).at);
    if (nearest.len > 0) {
        cp_buf_put(&meant, nearest);
    } else {
        put_kindred(&meant, word);
    }
    int status = meant.len > 0 ? say_usage("%s%sthere is no rule %s; did you mean %.*s?",
                                           option ? option : "", option ? ": " : "", shown,
                                           CP_ARG(cp_buf_str(&meant)))
                               : say_usage("%s%sthere is no rule %s; contplan rules lists them",
                                           option ? option : "", option ? ": " : "", shown);
    cp_arena_release(&arena);
    cp_buf_release(&meant);
    return status;
}
