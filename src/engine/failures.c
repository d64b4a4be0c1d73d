/*
 * What could not be read: kept by whoever meets it, gathered and sorted once. A failure of the run,
 * never a finding about a plan.
 */
#include "engine.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void engine_fail(struct cp_engine *engine, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char **failure = cp_list_push(&engine->failures, sizeof *failure);
    *failure = cp_arena_vprintf(&engine->arena, format, arguments).at;
    va_end(arguments);
}

void worker_fail(struct worker *worker, const struct cp_error *error)
{
    *(const char **)cp_list_push(&worker->failures, sizeof(const char *)) =
        cp_arena_copy(&worker->diags.arena, cp_str_of(error->text)).at;
}

void gather_failures(struct cp_engine *engine)
{
    for (size_t i = 0; i < engine->worker_count; i++) {
        for (size_t j = 0; j < engine->workers[i].failures.count; j++) {
            *(const char **)cp_list_push(&engine->failures, sizeof(const char *)) =
                engine->workers[i].failures.items[j];
        }
    }
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t cp_engine_failures(struct cp_engine *engine, const char *const **out)
{
    if (engine->failures.count > 1) {
        qsort(engine->failures.items, engine->failures.count, sizeof *engine->failures.items,
              by_text);
    }
    size_t kept = 0;
    for (size_t i = 0; i < engine->failures.count; i++) {
        if (kept == 0 || strcmp(engine->failures.items[kept - 1], engine->failures.items[i]) != 0) {
            engine->failures.items[kept++] = engine->failures.items[i];
        }
    }
    engine->failures.count = kept;
    *out = engine->failures.items;
    return engine->failures.count;
}
