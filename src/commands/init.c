/* contplan init: a portfolio to begin with. */
#include "commands.h"

#include <contplan/edit.h>

static const char config_text[] =
    "# yaml-language-server: $schema=portfolio.schema.json\n"
    "# What the plans of this portfolio have in common; contplan-plan(5) describes every key.\n"
    "schema: contplan-config/v1\n"
    "plans: [plans/*.yaml]\n"
    "\n"
    "# What plans must state: baseline, iso22301, nist-800-34, dora, or the path of your own.\n"
    "profile: baseline\n"
    "\n"
    "# Whose plans these are, and whom they name. Take away the '# ' and write your own.\n"
    "# organisation: Borough of Eastmere\n"
    "# incident_roles: [lead, scribe]\n"
    "# people:\n"
    "#   - id: jon.reyes\n"
    "#     name: Jon Reyes\n"
    "#     email: jon.reyes@example.org\n"
    "# teams:\n"
    "#   - id: permits-team\n"
    "#     name: Permits team\n"
    "#     members: [jon.reyes]\n";

static const char first_plan[] = "my-service";
static const char first_plan_path[] = "plans/my-service.yaml";

static int say_next(const char *format, const char *path)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_str text = cp_arena_printf(&arena, format, cp_printable_in(&arena, cp_str_of(path)));
    int status = print(text);
    cp_arena_release(&arena);
    return status;
}

static int write_first_plan(struct cp_arena *arena, const char *folder)
{
    struct cp_buf text;
    bool is_written = false;
    cp_buf_init(&text);
    cp_plan_form_put(&text, cp_str_of(first_plan), cp_profile_find(CP_STR("baseline")), NULL,
                     "../plan.schema.json");
    int status =
        start_file(cp_path_join(arena, folder, first_plan_path), cp_buf_str(&text), &is_written);
    cp_buf_release(&text);
    return status;
}

static bool find_plan(void *context, const struct cp_entry *entry)
{
    bool *has_plan = context;
    *has_plan = *has_plan || cp_str_has_suffix(cp_str_of(entry->name), ".yaml");
    return !*has_plan;
}

/* Whether there are plans to begin with, so that none is needed to show how one looks. */
static bool has_plans(struct cp_arena *arena, const char *folder)
{
    struct cp_error error;
    bool has_plan = false;
    const char *plans = cp_path_join(arena, folder, "plans");
    return cp_source_folder.kind(&cp_source_folder, plans) == CP_PATH_FOLDER &&
           cp_source_folder.list(&cp_source_folder, plans, find_plan, &has_plan, &error) == 0 &&
           has_plan;
}

/* The portfolio file comes last: until it is there, starting may be tried again. */
static int start_portfolio(struct cp_arena *arena, const char *folder, const char *config)
{
    bool is_written = false;
    bool has_own = has_plans(arena, folder);
    int status = start_schemas(folder);
    if (status == CP_STATUS_CLEAN && !has_own) {
        status = write_first_plan(arena, folder);
    }
    if (status == CP_STATUS_CLEAN) {
        status = start_file(config, CP_STR(config_text), &is_written);
    }
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    return has_own
               ? say_next("Next: contplan validate says what the plans in %s lack.\n",
                          cp_path_join(arena, folder, "plans"))
               : say_next("Next: rename %s after your service, write that name into its id,\n"
                          "and fill it in. Until then contplan validate reports what is present "
                          "but empty (CP102)\nand that nobody has approved it (CP311), and "
                          "nothing else.\n",
                          cp_path_join(arena, folder, first_plan_path));
}

/* Where a portfolio stands already, only the schemas that are missing are written. */
static int init(const struct cp_arguments *arguments)
{
    struct cp_arena arena;
    bool is_written = false;
    const char *given = arguments->operands.count > 0 ? arguments->operands.items[0] : ".";
    if (arguments->operands.count > 1) {
        return say_usage("init starts one portfolio: name one folder");
    }
    if (*given == '\0') {
        return say_usage("an empty path names no folder");
    }
    cp_arena_init(&arena);
    const char *folder = cp_path_clean(&arena, given);
    const char *config = cp_path_join(&arena, folder, "contplan.yaml");
    int status = CP_STATUS_CLEAN;
    if (cp_source_folder.kind(&cp_source_folder, config) == CP_PATH_MISSING) {
        status = start_portfolio(&arena, folder, config);
    } else {
        status = start_file(config, CP_STR(config_text), &is_written);
        status = status == CP_STATUS_CLEAN ? start_schemas(folder) : status;
    }
    cp_arena_release(&arena);
    return status;
}

const struct cp_command command_init = {
    .name = "init",
    .operands = "[DIR]",
    .summary = "start a portfolio",
    .doc = "Starts a portfolio in DIR, which is made where it is missing, or in the working "
           "directory: contplan.yaml, a first plan to fill in, and the JSON Schemas by which "
           "editors complete both. Asks nothing and overwrites nothing.",
    .run = init,
};
