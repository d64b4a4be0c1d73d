/*
 * All plans of a portfolio together, in path order: ids that two plans share, names of plans that
 * lead nowhere, and the rules that need the others or the date.
 */
#include "engine.h"

static struct cp_str id_of(const struct unit *unit)
{
    return cp_fact_str(unit->facts, unit->facts->id);
}

static void report_shared_id(struct cp_engine *engine, struct unit *unit, struct unit *first)
{
    struct cp_place place = {&unit->file, unit->facts->id_span};
    struct cp_place first_place = {&first->file, first->facts->id_span};
    struct cp_diagnostic *finding =
        cp_diags_add(&engine->diags, &cp_rule_duplicate_id, place, CP_STR("id"),
                     "two plans have the id %s", cp_diags_quote(&engine->diags, id_of(unit)));
    cp_diagnostic_help(&engine->diags, finding, "give each plan an id of its own");
    cp_diagnostic_note(&engine->diags, finding, first_place, "the other stands here");
}

/* id -> unit for messages, id -> facts for the rules. */
static void index_ids(struct cp_engine *engine, struct group *group, struct cp_map *plans)
{
    struct cp_map units;
    cp_map_init(&units);
    for (size_t i = 0; i < group->units.count; i++) {
        struct unit *unit = group->units.items[i];
        struct unit *first = cp_map_put(&units, id_of(unit), unit);
        cp_map_put(plans, id_of(unit), unit->facts);
        if (first && unit->is_asked) {
            report_shared_id(engine, unit, first);
        }
    }
    cp_map_release(&units);
}

static void check_unit(struct cp_engine *engine, struct unit *unit, struct cp_portfolio_input *in)
{
    cp_diags_begin_file(&engine->diags, unit->index);
    in->subject = unit->facts;
    in->file = &unit->file;
    cp_facts_check_names(unit->facts, &unit->file, in->portfolio->file, in->plans, in->plan_ids,
                         in->plan_count, &engine->diags);
    cp_rules_check_portfolio(in);
    unit->dropped += engine->diags.dropped;
}

void merge_group(struct cp_engine *engine, struct group *group)
{
    struct cp_map plans;
    CP_LIST(struct cp_str) ids = {0};
    cp_map_init(&plans);
    index_ids(engine, group, &plans);
    for (size_t i = 0; i < group->units.count; i++) {
        *(struct cp_str *)cp_list_push(&ids, sizeof(struct cp_str)) = id_of(group->units.items[i]);
    }
    struct cp_portfolio_input in = {.portfolio = &group->portfolio,
                                    .plans = &plans,
                                    .plan_ids = ids.items,
                                    .plan_count = ids.count,
                                    .today = engine->request->today,
                                    .diags = &engine->diags};
    for (size_t i = 0; i < group->units.count; i++) {
        if (group->units.items[i]->is_asked) {
            check_unit(engine, group->units.items[i], &in);
        }
    }
    cp_list_release(&ids);
    cp_map_release(&plans);
}
