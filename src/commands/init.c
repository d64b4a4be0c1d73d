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
    "# incident_roles: [incident-lead, scribe]\n"
    "# calendar: {time_zone: Europe/London, hours: Mon-Fri 09:00-17:00}\n"
    "# people:\n"
    "#   - {id: jon.reyes, name: Jon Reyes, email: jon.reyes@example.org}\n"
    "#   - {id: maya.lind, name: Maya Lind, phone: +44 1632 960002}\n"
    "#   - {id: amina.holt, name: Amina Holt, phone: +44 1632 960003}\n"
    "# teams:\n"
    "#   - id: permits-team\n"
    "#     name: Permits team\n"
    "#     members: [jon.reyes, amina.holt]\n"
    "#     contact: {name: Permits desk, phone: +44 1632 960001}\n"
    "# suppliers:\n"
    "#   - id: northcloud\n"
    "#     name: Northcloud\n"
    "#     regions: [east, west]\n"
    "#     commits: {rto: 4h}\n"
    "#\n"
    "# What plans of a tier promise where they say nothing else; a plan states its 'tier'.\n"
    "# tiers:\n"
    "#   2:\n"
    "#     objectives: {mtpd: 24h, rto: 6h, wrt: 2h, rpo: 1h}\n"
    "#     exercise_every: 1y\n";

static const struct cp_option options[] = {
    {.id = CP_OPTION_CI,
     .name = "--ci",
     .argument = "SERVICE",
     .words = pipeline_words,
     .doc = "Add a pipeline for github or gitlab that validates the plans of each change."},
};

static const char first_plan[] = "my-service";
static const char first_plan_path[] = "plans/my-service.yaml";

/* How a shell takes the command that validates what stands in the folder. */
static struct cp_str validate_in(struct cp_arena *arena, const char *folder)
{
    bool is_plain = strspn(folder, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                   "_./-") == strlen(folder);
    if (strcmp(folder, ".") == 0) {
        return CP_STR("contplan validate");
    }
    return cp_arena_printf(arena, "contplan -C %s validate", is_plain ? folder : quoted(folder));
}

static int say_next(struct cp_arena *arena, const char *folder, bool has_own)
{
    struct cp_str validate = validate_in(arena, folder);
    const char *plan = cp_path_join(arena, folder, first_plan_path);
    struct cp_str text =
        has_own
            ? cp_arena_printf(arena, "Next: %.*s\nsays what the plans in %s lack.\n",
                              CP_ARG(validate),
                              cp_printable_in(arena, cp_str_of(cp_path_parent(arena, plan))))
            : cp_arena_printf(arena,
                              "Next: rename %s after your service, write that name into its "
                              "id,\nand fill it in. Until then\n    %.*s --format "
                              "concise\nlists what is present but empty (CP102) and that nobody "
                              "has approved it (CP311),\nand nothing else.\n",
                              cp_printable_in(arena, cp_str_of(plan)), CP_ARG(validate));
    return print(text);
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
    int status = check_home(cp_path_join(arena, folder, "plans"), folder);
    if (status == CP_STATUS_CLEAN) {
        status = start_schemas(folder);
    }
    if (status == CP_STATUS_CLEAN && !has_own) {
        status = write_first_plan(arena, folder);
    }
    if (status == CP_STATUS_CLEAN) {
        status = start_file(config, CP_STR(config_text), &is_written);
    }
    if (status != CP_STATUS_CLEAN) {
        return status;
    }
    return say_next(arena, folder, has_own);
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
    int status = check_way(folder);
    if (status == CP_STATUS_CLEAN &&
        cp_source_folder.kind(&cp_source_folder, config) == CP_PATH_MISSING) {
        status = start_portfolio(&arena, folder, config);
    } else if (status == CP_STATUS_CLEAN) {
        status = start_file(config, CP_STR(config_text), &is_written);
        status = status == CP_STATUS_CLEAN ? start_schemas(folder) : status;
    }
    const char *service = cp_argument_find(arguments, CP_OPTION_CI);
    if (status == CP_STATUS_CLEAN && service) {
        status = start_pipeline(folder, service);
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
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .run = init,
};
