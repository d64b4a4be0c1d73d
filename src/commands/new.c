/* contplan new: a plan to fill in, or the record of an exercise in a plan. */
#include "commands.h"

#include <contplan/edit.h>
#include <contplan/model.h>
#include <contplan/yaml.h>

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static const struct cp_option options[] = {
    {.id = CP_OPTION_PROFILE,
     .name = "--profile",
     .argument = "NAME|PATH",
     .doc = "Ask for what this profile asks, instead of the portfolio file's or baseline: one that "
            "ships with contplan, or a file of your own."},
};

/* ---- plans ----------------------------------------------------------------------------------- */

/* What people call a service, as an id: letters small, and a '-' for whatever an id does not take.
 */
static const char *id_like(struct cp_arena *arena, const char *name)
{
    struct cp_buf id;
    cp_buf_init(&id);
    for (const char *at = name; *at && id.len < 64; at++) {
        bool is_capital = *at >= 'A' && *at <= 'Z';
        char c = is_capital ? (char)(*at - 'A' + 'a') : *at;
        bool is_taken = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_taken) {
            cp_buf_putc(&id, c);
        } else if (id.len > 0 && id.at[id.len - 1] != '-') {
            cp_buf_putc(&id, '-');
        }
    }
    id.len -= id.len > 0 && id.at[id.len - 1] == '-';
    const char *like = cp_arena_copy(arena, cp_buf_str(&id)).at;
    cp_buf_release(&id);
    return like;
}

static int say_bad_id(const char *id)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    const char *like = id_like(&arena, id);
    int status = say_usage("%s cannot be the id of a plan: write %s%s%s%s", quoted(id),
                           cp_type_get(CP_TYPE_ID)->write, *like ? "; did you mean " : "", like,
                           *like ? "?" : "");
    cp_arena_release(&arena);
    return status;
}

static int check_id(const char *id)
{
    if (strcmp(id, "contplan") == 0) {
        return say_usage("no plan can be called 'contplan': contplan.yaml is the portfolio file");
    }
    if (cp_id_is_valid(cp_str_of(id))) {
        return CP_STATUS_CLEAN;
    }
    return say_bad_id(id);
}

static bool has_parent_part(struct cp_str path)
{
    return cp_str_is(path, "..") || cp_str_has_prefix(path, "../") ||
           cp_str_has_suffix(path, "/..") || cp_str_find(path, CP_STR("/../")) != SIZE_MAX;
}

/* The folder at which a pattern finds files of that name, from the portfolio's on; NULL where it
 * finds none: a wildcard on the way stands for folders that are there, but for `**`. */
static const char *folder_of(struct cp_arena *arena, struct cp_str pattern, const char *name)
{
    const char *text = cp_arena_copy(arena, pattern).at;
    const char *slash = strrchr(text, '/');
    struct cp_str folder = {text, slash ? (size_t)(slash - text) : 0};
    while (cp_str_has_suffix(folder, "**")) {
        folder.len -= folder.len > 2 ? strlen("/**") : strlen("**");
    }
    const char *path = cp_arena_copy(arena, folder).at;
    bool leads_out = *text == '/' || has_parent_part(folder);
    if (leads_out || strpbrk(path, "*?[") ||
        fnmatch(slash ? slash + 1 : text, name, FNM_PERIOD) != 0) {
        return NULL;
    }
    return path;
}

/* Where the portfolio's patterns find a plan of that name; NULL where they find none. */
static const char *plans_folder(struct cp_arena *arena, const struct cp_home *home,
                                const char *name)
{
    const struct cp_config *config = &home->portfolio->config;
    if (!home->config) {
        return home->folder;
    }
    if (config->plans.leaf.state == CP_ABSENT) {
        return cp_path_join(arena, home->folder, "plans");
    }
    for (size_t i = 0; i < config->plans.count; i++) {
        const char *folder = folder_of(arena, config->plans.items[i].text, name);
        if (folder) {
            return cp_path_join(arena, home->folder, folder);
        }
    }
    return NULL;
}

/* The schema beside the portfolio file as the plan sees it; NULL where it is not there. */
static const char *schema_seen_from(struct cp_arena *arena, const struct cp_home *home,
                                    const char *folder)
{
    const char *schema = cp_path_join(arena, home->folder, plan_schema_name);
    if (cp_source_folder.kind(&cp_source_folder, schema) != CP_PATH_FILE ||
        !cp_path_is_below(folder, home->folder)) {
        return NULL;
    }
    struct cp_buf path;
    cp_buf_init(&path);
    while (strcmp(folder, home->folder) != 0) {
        cp_buf_puts(&path, "../");
        folder = cp_path_parent(arena, folder);
    }
    cp_buf_puts(&path, plan_schema_name);
    const char *seen = cp_arena_copy(arena, cp_buf_str(&path)).at;
    cp_buf_release(&path);
    return seen;
}

static int write_plan(struct run *run, const struct cp_home *home, const char *folder,
                      const char *id)
{
    struct cp_buf text;
    bool is_written = false;
    const char *schema = schema_seen_from(&run->arena, home, folder);
    const char *name = cp_arena_printf(&run->arena, "%s.yaml", id).at;
    cp_buf_init(&text);
    cp_plan_form_put(&text, cp_str_of(id), home->profile, &home->portfolio->config, schema);
    int status =
        start_file(cp_path_join(&run->arena, folder, name), cp_buf_str(&text), &is_written);
    cp_buf_release(&text);
    if (status == CP_STATUS_CLEAN && is_written && !schema) {
        say("the plan names no schema for editors: contplan init writes one beside contplan.yaml");
    }
    return status == CP_STATUS_CLEAN && !is_written ? CP_STATUS_USAGE : status;
}

/* Nothing is written where it would not be found again, or from a profile that is not whole. */
static int place_plan(struct run *run, const char *id)
{
    struct cp_home home;
    const char *name = cp_arena_printf(&run->arena, "%s.yaml", id).at;
    cp_engine_home(run->engine, &home);
    if (!home.is_sound) {
        say("nothing was written: there is an error in the portfolio file or the profile; contplan "
            "validate says which");
        return CP_STATUS_FINDINGS;
    }
    const char *folder = plans_folder(&run->arena, &home, name);
    if (!folder) {
        return say_usage("no pattern in 'plans' of %s would find %s: add one, such as "
                         "plans/*.yaml",
                         quoted(home.config), quoted(name));
    }
    int status = check_home(folder, home.folder);
    return status == CP_STATUS_CLEAN ? write_plan(run, &home, folder, id) : status;
}

/* More than one word, of which the first is not "exercise". */
static int say_many(const char *first)
{
    const struct cp_str exercise = CP_STR("exercise");
    return cp_str_nearest(cp_str_of(first), &exercise, 1).len > 0
               ? say_usage("new takes one id, not %s and another; did you mean exercise?",
                           quoted(first))
               : say_usage("new takes one id: new permit-portal; or new exercise PLAN");
}

static int new_plan(const struct cp_arguments *arguments)
{
    struct run run;
    struct cp_arguments here = *arguments;
    const char *id = arguments->operands.items[0];
    int status = arguments->operands.count > 1 ? say_many(id) : check_id(id);
    if (status == CP_STATUS_CLEAN) {
        status = run_check_profile(arguments);
    }
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    here.operands.count = 0;
    status = run_open(&run, &here);
    if (status == CP_STATUS_CLEAN) {
        status = place_plan(&run, id);
    }
    run_close(&run);
    return status;
}

/* ---- exercises ------------------------------------------------------------------------------- */

struct exercise {
    struct cp_arena *arena;
    struct cp_buf entry;
    struct cp_date today;
};

static bool has_id(const struct cp_plan *plan, struct cp_str id)
{
    for (size_t i = 0; i < plan->supporting.exercises.count; i++) {
        if (cp_str_is_equal(plan->supporting.exercises.items[i].id.text, id)) {
            return true;
        }
    }
    return false;
}

/* The day, with a number behind it where the plan has an exercise of that name. */
static struct cp_str free_id(struct cp_arena *arena, const struct cp_plan *plan,
                             struct cp_date today)
{
    struct cp_buf day;
    cp_buf_init(&day);
    cp_date_put(&day, today);
    struct cp_str id = cp_arena_copy(arena, cp_buf_str(&day));
    for (unsigned number = 2; has_id(plan, id); number++) {
        id = cp_arena_printf(arena, "%.*s-%u", CP_ARG(cp_buf_str(&day)), number);
    }
    cp_buf_release(&day);
    return id;
}

static bool put_exercise(void *context, const struct cp_view *view)
{
    struct exercise *exercise = context;
    if (view->is_parsed) {
        cp_exercise_form_put(&exercise->entry,
                             free_id(exercise->arena, view->plan, exercise->today), exercise->today,
                             view->plan);
    }
    return false;
}

/* Into the plan; else to standard output, with a word of why. */
static int put_entry(const char *path, struct cp_str bytes, struct cp_str entry,
                     struct cp_error *error)
{
    struct cp_buf grown;
    cp_buf_init(&grown);
    int result = cp_list_append(&grown, bytes, "supporting.exercises", entry, error);
    if (result == 0) {
        result = cp_file_replace(path, bytes, cp_buf_str(&grown), error);
        say(result == 0 ? "%s has a new entry in 'supporting.exercises': fill it in"
                        : "%s was left as it is",
            quoted(path));
    } else {
        say("%s: %s; put this there by hand", quoted(path), error->text);
        result = cp_stream_write(stdout, "standard output", entry, error);
    }
    cp_buf_release(&grown);
    return result;
}

static int add_exercise(struct run *run, struct cp_str bytes)
{
    struct cp_error error;
    struct exercise exercise = {.arena = &run->arena, .today = run->request.today};
    const char *path = run->paths.items[0];
    int status = CP_STATUS_CLEAN;
    cp_buf_init(&exercise.entry);
    cp_engine_each(run->engine, put_exercise, &exercise);
    if (exercise.entry.len == 0) {
        say_unreadable(path);
        status = CP_STATUS_FINDINGS;
    } else if (put_entry(path, bytes, cp_buf_str(&exercise.entry), &error) != 0) {
        say("%s", error.text);
        status = CP_STATUS_WORLD;
    }
    cp_buf_release(&exercise.entry);
    return status;
}

static int new_exercise(const struct cp_arguments *arguments)
{
    struct run run;
    struct cp_error error;
    struct cp_buf bytes; /* of the plan, read before it is looked at, so that a change shows */
    if (arguments->operands.count != 2) {
        return say_usage("new exercise takes one plan: new exercise PLAN");
    }
    int status = run_open_plan(&run, arguments, arguments->operands.items[1]);
    cp_buf_init(&bytes);
    if (status == CP_STATUS_CLEAN && cp_source_folder.load(&cp_source_folder, run.paths.items[0],
                                                           CP_YAML_BYTES, &bytes, &error) != 0) {
        say("%s", error.text);
        status = CP_STATUS_WORLD;
    }
    if (status == CP_STATUS_CLEAN) {
        status = add_exercise(&run, cp_buf_str(&bytes));
    }
    cp_buf_release(&bytes);
    run_close(&run);
    return status;
}

static int new (const struct cp_arguments *arguments)
{
    if (arguments->operands.count == 0) {
        return say_usage("new takes the id of a plan to be: new permit-portal");
    }
    if (strcmp(arguments->operands.items[0], "exercise") == 0) {
        return new_exercise(arguments);
    }
    return new_plan(arguments);
}

const struct cp_command command_new = {
    .name = "new",
    .operands = "ID | exercise PLAN",
    .summary = "start a plan, or the record of an exercise",
    .doc = "Writes a plan to fill in from top to bottom, with what its profile asks for, or adds "
           "the record of an exercise of today to a plan. Overwrites nothing.",
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = new,
};
