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
    cp_diags_begin_file(&engine->diags, unit->index);
    struct cp_diagnostic *finding =
        cp_diags_add(&engine->diags, &cp_rule_duplicate_id, place, CP_STR("id"),
                     "two plans have the id %s", cp_diags_quote(&engine->diags, id_of(unit)));
    cp_diagnostic_help(&engine->diags, finding, "give each plan an id of its own");
    cp_diagnostic_note(&engine->diags, finding, first_place, "the other stands here");
}

/* The first plan of each id: id -> unit for messages, id -> facts for the rules. */
struct ids {
    struct cp_map units;
    struct cp_map plans;
    CP_LIST(struct cp_str) list;
};

static void index_ids(struct ids *out, const struct group *group)
{
    *out = (struct ids){0};
    cp_map_init(&out->units);
    cp_map_init(&out->plans);
    for (size_t i = 0; i < group->units.count; i++) {
        struct unit *unit = group->units.items[i];
        cp_map_put(&out->units, id_of(unit), unit);
        cp_map_put(&out->plans, id_of(unit), unit->facts);
        /* Who names the plan by its file is not to blame that the plan calls itself otherwise. */
        cp_map_put(&out->plans, unit->stem, unit->facts);
        *(struct cp_str *)cp_list_push(&out->list, sizeof(struct cp_str)) = id_of(unit);
    }
}

static void release_ids(struct ids *ids)
{
    cp_map_release(&ids->units);
    cp_map_release(&ids->plans);
    cp_list_release(&ids->list);
}

static void check_unit(struct cp_engine *engine, struct unit *unit, const struct ids *ids,
                       struct cp_portfolio_input *in)
{
    struct unit *first = cp_map_find(&ids->units, id_of(unit));
    cp_diags_begin_file(&engine->diags, unit->index);
    if (first != unit) {
        report_shared_id(engine, unit, first);
    }
    in->subject = unit->facts;
    in->file = &unit->file;
    in->plan = unit->plan;
    if (!in->portfolio->is_unusable) {
        cp_facts_check_names(unit->facts, &unit->file, in->portfolio, in->plans, in->plan_ids,
                             in->plan_count, &engine->diags);
        cp_rules_check_portfolio(in, &unit->group->off);
    }
}

void merge_group(struct cp_engine *engine, struct group *group)
{
    struct cp_survey survey;
    struct ids ids;
    struct cp_limits limits;
    index_ids(&ids, group);
    cp_limits_init(&limits, group->profile, &group->portfolio.config);
    struct cp_portfolio_input in = {.portfolio = &group->portfolio,
                                    .limits = &limits,
                                    .plans = &ids.plans,
                                    .plan_ids = ids.list.items,
                                    .plan_count = ids.list.count,
                                    .today = engine->request->today,
                                    .diags = &engine->diags};
    if (group->has_network) {
        cp_survey_init(&survey, &group->network);
        in.survey = &survey;
    }
    for (size_t i = 0; i < group->units.count; i++) {
        if (group->units.items[i]->is_asked) {
            check_unit(engine, group->units.items[i], &ids, &in);
        }
    }
    if (group->has_network) {
        cp_survey_release(&survey);
    }
    release_ids(&ids);
}
