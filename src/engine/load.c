/* Reading one file: bytes, tree, plan. The only place where the engine asks the source for bytes.
 */
#include "engine.h"

#include <string.h>

bool load_unit(const struct cp_engine *engine, struct worker *worker, struct unit *unit,
               struct cp_plan *plan)
{
    struct cp_error error;
    struct cp_yaml yaml;
    cp_arena_reset(&worker->arena);
    cp_buf_clear(&worker->bytes);
    cp_diags_begin_file(&worker->diags, unit->index);
    worker->study = (struct cp_study){
        .plan = plan, .portfolio = &unit->group->portfolio, .arena = &worker->arena};
    /* One byte more than allowed, so that the YAML layer can say that the file is too long. */
    if (engine->source->load(engine->source, unit->file.path, CP_YAML_BYTES + 1, &worker->bytes,
                             &error) != 0) {
        if (unit->is_asked) {
            worker_fail(worker, &error);
        }
        return false;
    }
    unit->is_read = true;
    cp_file_set(&unit->file, cp_buf_str(&worker->bytes));
    cp_yaml_parse(&yaml, &worker->arena, &unit->file, &worker->diags);
    cp_yaml_check_swallowed(&yaml, &worker->diags);
    cp_rules_check_source(&yaml, &worker->diags);
    cp_plan_decode(plan, &worker->arena, &yaml, unit->stem, &unit->group->portfolio,
                   &worker->diags);
    /* Where no rule runs, no waiver is without use. */
    if (unit->is_asked && plan->leaf.state == CP_SET && !unit->group->portfolio.is_unusable) {
        collect_waivers(engine, &unit->group->portfolio, &worker->waivers, &yaml, plan,
                        &worker->diags);
    }
    return true;
}

static bool is_config_inside(const struct cp_engine *engine, const struct group *group)
{
    return engine->request->config ||
           engine->source->is_inside(engine->source, group->config_path, group->folder);
}

/* A zone that nobody has cannot be told from one that only this system lacks, where it does not
 * say what it has. */
static void check_zone(struct cp_engine *engine, struct group *group)
{
    const char *folder = engine->request->zones;
    const struct cp_text *zone = &group->portfolio.config.calendar.time_zone;
    struct cp_str *names;
    if (zone->leaf.state != CP_SET || cp_placeholder_find(zone->text).len > 0 ||
        !cp_zone_is_missing(folder, zone->text)) {
        return;
    }
    size_t count = cp_zone_names(&names, folder, &engine->scratch);
    if (count > 0) {
        struct cp_diagnostic *finding = cp_node_report(
            &engine->diags, &cp_rule_bad_value, zone->leaf.node,
            "'time_zone' is %s, which the time zone data of this system does not have",
            cp_diags_quote(&engine->diags, zone->text));
        struct cp_str nearest = cp_str_nearest(zone->text, names, count);
        if (nearest.len > 0) {
            cp_diagnostic_help(&engine->diags, finding, "did you mean '%.*s'?", CP_ARG(nearest));
        } else {
            cp_diagnostic_help(&engine->diags, finding,
                               "write the name of a place whose clock it is, such as "
                               "Europe/London; or UTC");
        }
    }
    cp_arena_reset(&engine->scratch);
}

static void decode_config(struct cp_engine *engine, struct group *group)
{
    struct cp_yaml yaml;
    cp_file_set(&group->config_file, cp_buf_str(&group->config_bytes));
    cp_diags_begin_file(&engine->diags, UINT32_MAX);
    cp_yaml_parse(&yaml, &group->portfolio.arena, &group->config_file, &engine->diags);
    cp_yaml_check_swallowed(&yaml, &engine->diags);
    cp_rules_check_source(&yaml, &engine->diags);
    cp_portfolio_decode(&group->portfolio, &yaml, &engine->diags);
    cp_portfolio_settle(&group->portfolio, engine->request->today);
    check_zone(engine, group);
    cp_rules_check_config(&group->portfolio, engine->request->today, &engine->diags);
    collect_waivers(engine, &group->portfolio, &engine->waivers, &yaml, NULL, &engine->diags);
}

/* A portfolio file that was named, and that only the other side of a comparison has. */
static bool is_config_of_other_side(const struct cp_engine *engine, const struct group *group)
{
    return engine->request->is_side &&
           engine->source->kind(engine->source, group->config_path) == CP_PATH_MISSING;
}

void load_config(struct cp_engine *engine, struct group *group)
{
    struct cp_error error;
    if (!group->config_path || is_config_of_other_side(engine, group)) {
        load_profile(engine, group);
        return;
    }
    cp_file_init(&group->config_file, group->config_path);
    group->is_unreadable = true;
    group->portfolio.is_unusable = true;
    group->portfolio.is_doubtful = true;
    if (!is_config_inside(engine, group)) {
        engine_fail(engine, "%s is a symbolic link that leads out of its folder; it was not read",
                    cp_printable_in(&engine->arena, cp_str_of(group->config_path)));
    } else if (engine->source->load(engine->source, group->config_path, CP_YAML_BYTES + 1,
                                    &group->config_bytes, &error) != 0) {
        engine_fail(engine, "%s", error.text);
    } else {
        group->is_unreadable = false;
        decode_config(engine, group);
    }
    group->config_file.is_shared = true;
    load_profile(engine, group);
}
