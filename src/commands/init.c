/* contplan init: a portfolio to begin with. */
#include "commands.h"

#include <contplan/edit.h>

#include <stdio.h>

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

static int say_next(const char *plan)
{
    struct cp_error error;
    struct cp_arena arena;
    cp_arena_init(&arena);
    struct cp_str text = cp_arena_printf(
        &arena,
        "Next: give %s your service's name and id,\nand fill it in. Until then contplan validate "
        "reports what is present but empty (CP102)\nand that nobody has approved it (CP311), and "
        "nothing else.\n",
        cp_printable_in(&arena, cp_str_of(plan)));
    int result = cp_stream_write(stdout, "standard output", text, &error);
    cp_arena_release(&arena);
    if (result != 0) {
        say("%s", error.text);
    }
    return result == 0 ? CP_STATUS_CLEAN : CP_STATUS_WORLD;
}

static int write_first_plan(struct cp_arena *arena, const char *folder)
{
    struct cp_buf text;
    bool is_written = false;
    const char *path = cp_path_join(arena, folder, "plans/my-service.yaml");
    cp_buf_init(&text);
    cp_plan_form_put(&text, cp_str_of(first_plan), cp_profile_find(CP_STR("baseline")),
                     "../plan.schema.json");
    int status = start_file(path, cp_buf_str(&text), &is_written);
    cp_buf_release(&text);
    return status == CP_STATUS_CLEAN && is_written ? say_next(path) : status;
}

/* Where a portfolio stands already, only the schemas that are missing are written. */
static int init(const struct cp_arguments *arguments)
{
    struct cp_arena arena;
    bool is_written = false;
    if (arguments->operands.count > 1) {
        return say_usage("init starts one portfolio: name one folder");
    }
    cp_arena_init(&arena);
    const char *folder =
        cp_path_clean(&arena, arguments->operands.count == 1 ? arguments->operands.items[0] : ".");
    int status =
        start_file(cp_path_join(&arena, folder, "contplan.yaml"), CP_STR(config_text), &is_written);
    if (status == CP_STATUS_CLEAN) {
        status = start_schemas(folder);
    }
    if (status == CP_STATUS_CLEAN && is_written) {
        status = write_first_plan(&arena, folder);
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
