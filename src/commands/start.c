/* Files that init and new leave behind: written where nothing stands, kept where something does. */
#include "commands.h"

#include <contplan/model.h>

#include <stdio.h>

const char plan_schema_name[] = "plan.schema.json";
static const char portfolio_schema_name[] = "portfolio.schema.json";

static int world_failed(const struct cp_error *error)
{
    say("%s", error->text);
    return CP_STATUS_WORLD;
}

int start_file(const char *path, struct cp_str bytes, bool *is_written)
{
    struct cp_error error;
    struct cp_arena arena;
    *is_written = cp_source_folder.kind(&cp_source_folder, path) == CP_PATH_MISSING;
    if (!*is_written) {
        say("%s is there already and was left as it is", quoted(path));
        return CP_STATUS_CLEAN;
    }
    cp_arena_init(&arena);
    int result = cp_folder_make(cp_path_parent(&arena, path), &error);
    if (result == 0) {
        result = cp_file_write(path, bytes, &error);
    }
    struct cp_str line =
        cp_arena_printf(&arena, "wrote %s\n", cp_printable_in(&arena, cp_str_of(path)));
    if (result == 0) {
        result = cp_stream_write(stdout, "standard output", line, &error);
    }
    cp_arena_release(&arena);
    return result == 0 ? CP_STATUS_CLEAN : world_failed(&error);
}

static int start_schema(const char *folder, const char *name, const struct cp_object *object,
                        const char *title)
{
    struct cp_arena arena;
    struct cp_buf schema;
    bool is_written;
    cp_arena_init(&arena);
    cp_buf_init(&schema);
    cp_schema_put_json(&schema, object, title);
    int status = start_file(cp_path_join(&arena, folder, name), cp_buf_str(&schema), &is_written);
    cp_buf_release(&schema);
    cp_arena_release(&arena);
    return status;
}

int start_schemas(const char *folder)
{
    int status = start_schema(folder, plan_schema_name, &cp_object_plan,
                              "A service continuity plan (contplan/v1)");
    return status != CP_STATUS_CLEAN
               ? status
               : start_schema(folder, portfolio_schema_name, &cp_object_config,
                              "A portfolio of continuity plans (contplan-config/v1)");
}
