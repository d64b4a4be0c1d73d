/*
 * The table of all rules and how their checks are run. Lists the topics; knows no rule by itself.
 */
#include "topics.h"

#include <assert.h>

/* In the order of their codes. */
static const struct cp_topic *const topics[] = {
    &cp_topic_shape,   &cp_topic_required, &cp_topic_placeholders, &cp_topic_objectives,
    &cp_topic_people,  &cp_topic_contacts, &cp_topic_calltree,     &cp_topic_dependencies,
    &cp_topic_backup,  &cp_topic_runbooks, &cp_topic_exercises,    &cp_topic_review,
    &cp_topic_secrets, &cp_topic_hygiene,  &cp_topic_waivers,
};

enum { TOPICS = sizeof(topics) / sizeof(topics[0]) };

size_t cp_checks_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < TOPICS; i++) {
        count += topics[i]->count;
    }
    return count;
}

const struct cp_check *cp_checks_get(size_t index)
{
    for (size_t i = 0; i < TOPICS; i++) {
        if (index < topics[i]->count) {
            return &topics[i]->checks[index];
        }
        index -= topics[i]->count;
    }
    return NULL;
}

const struct cp_rule *cp_rules_find(struct cp_str code_or_name)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        if (cp_str_is(code_or_name, rule->code) || cp_str_is(code_or_name, rule->name)) {
            return rule;
        }
    }
    return NULL;
}

struct cp_str cp_rules_nearest(struct cp_str word)
{
    CP_LIST(struct cp_str) names = {0};
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        *(struct cp_str *)cp_list_push(&names, sizeof(*names.items)) = cp_str_of(rule->code);
        *(struct cp_str *)cp_list_push(&names, sizeof(*names.items)) = cp_str_of(rule->name);
    }
    struct cp_str nearest = cp_str_nearest(word, names.items, names.count);
    cp_list_release(&names);
    return nearest;
}

static bool is_wanted(const struct cp_rule *rule, const struct cp_selection *selection,
                      const struct cp_profile *profile)
{
    struct cp_diagnostic probe = {.rule = rule, .severity = CP_ERROR};
    if (cp_settle_severity(selection, &probe, CP_LIVE) != CP_OFF) {
        return true;
    }
    probe.severity = cp_profile_severity(profile, &probe);
    return cp_settle_severity(selection, &probe, CP_LIVE) != CP_OFF;
}

void cp_checks_choose(struct cp_checks_off *out, const struct cp_selection *selection,
                      const struct cp_profile *profile)
{
    *out = (struct cp_checks_off){0};
    for (size_t i = 0; i < cp_checks_count(); i++) {
        assert(i < CP_CHECKS_MOST);
        const struct cp_check *check = cp_checks_get(i);
        out->is_off[i] = !is_wanted(check->rule, selection, profile) &&
                         !(check->other && is_wanted(check->other, selection, profile));
    }
}

static bool is_on(const struct cp_checks_off *off, size_t check)
{
    return !off || !off->is_off[check];
}

static void check_values(const struct cp_values_input *in, const struct cp_checks_off *off)
{
    size_t index = 0;
    for (size_t i = 0; i < TOPICS; i++) {
        for (size_t j = 0; j < topics[i]->count; j++, index++) {
            const struct cp_check *check = &topics[i]->checks[j];
            if (check->check_values && is_on(off, index)) {
                check->check_values(in, check->rule);
            }
        }
    }
}

void cp_rules_check_source(const struct cp_yaml *yaml, struct cp_diags *diags)
{
    struct cp_source_input in = {.yaml = yaml, .diags = diags};
    for (size_t i = 0; i < TOPICS; i++) {
        for (size_t j = 0; j < topics[i]->count; j++) {
            const struct cp_check *check = &topics[i]->checks[j];
            if (check->check_source) {
                check->check_source(&in, check->rule);
            }
        }
    }
}

static void check_plan(const struct cp_plan_input *in, const struct cp_checks_off *off)
{
    size_t index = 0;
    for (size_t i = 0; i < TOPICS; i++) {
        for (size_t j = 0; j < topics[i]->count; j++, index++) {
            const struct cp_check *check = &topics[i]->checks[j];
            if (check->check_plan && is_on(off, index)) {
                check->check_plan(in, check->rule);
            }
        }
    }
}

void cp_rules_check_plan(struct cp_study *study, const struct cp_profile *profile,
                         const struct cp_checks_off *off, struct cp_date today,
                         struct cp_diags *diags)
{
    if (study->plan->leaf.state != CP_SET) {
        return;
    }
    struct cp_values_input values = {.diags = diags};
    struct cp_limits limits;
    struct cp_plan_input in = {.plan = study->plan,
                               .portfolio = study->portfolio,
                               .profile = profile,
                               .limits = &limits,
                               .today = today,
                               .arena = study->arena,
                               .study = study,
                               .diags = diags};
    cp_limits_init(&limits, profile, &study->portfolio->config);
    check_plan(&in, off);
    cp_values_add(&values, &study->plan->stated, study->arena, true);
    check_values(&values, off);
}

/* The shape of `defaults` was reported when they were decoded; here they are decoded once more,
 * silently, so that their values are judged as a plan's are. */
static void add_defaults(struct cp_values_input *values, struct cp_node *defaults,
                         struct cp_arena *arena)
{
    struct cp_diags silent;
    cp_diags_init(&silent);
    silent.is_muted = true;
    struct cp_plan *plan = cp_arena_alloc(arena, sizeof(*plan));
    struct cp_decoder decoder = {.arena = arena, .diags = &silent, .stated = &plan->stated};
    cp_decode(&decoder, &cp_object_plan, plan, defaults, NULL);
    cp_values_add(values, &plan->stated, arena, false);
    cp_diags_release(&silent);
}

void cp_rules_check_config(const struct cp_portfolio *portfolio, struct cp_date today,
                           struct cp_diags *diags)
{
    if (portfolio->config.leaf.state != CP_SET) {
        return;
    }
    struct cp_arena arena;
    struct cp_values_input values = {.diags = diags};
    struct cp_config_input in = {.portfolio = portfolio, .today = today, .diags = diags};
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_check *check = cp_checks_get(i);
        if (check->check_config) {
            check->check_config(&in, check->rule);
        }
    }
    cp_arena_init(&arena);
    cp_values_add(&values, &portfolio->stated, &arena, false);
    if (portfolio->defaults) {
        add_defaults(&values, portfolio->defaults, &arena);
    }
    check_values(&values, NULL);
    cp_arena_release(&arena);
}

void cp_rules_check_portfolio(const struct cp_portfolio_input *in, const struct cp_checks_off *off)
{
    size_t index = 0;
    for (size_t i = 0; i < TOPICS; i++) {
        for (size_t j = 0; j < topics[i]->count; j++, index++) {
            const struct cp_check *check = &topics[i]->checks[j];
            if (check->check_portfolio && is_on(off, index)) {
                check->check_portfolio(in, check->rule);
            }
        }
    }
}

/* ---- history --------------------------------------------------------------------------------- */

void cp_checks_choose_aging(struct cp_checks_off *out)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        out->is_off[i] = !cp_checks_get(i)->ages;
    }
}

bool cp_rule_ages(const struct cp_rule *rule)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        if (cp_checks_get(i)->rule == rule) {
            return cp_checks_get(i)->ages;
        }
    }
    return false;
}

unsigned cp_checks_facts(const struct cp_checks_off *off)
{
    unsigned parts = 0;
    for (size_t i = 0; i < cp_checks_count(); i++) {
        parts |= is_on(off, i) ? cp_checks_get(i)->facts : 0;
    }
    return parts;
}

bool cp_checks_is_on(const struct cp_checks_off *off, const struct cp_rule *rule)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        if (cp_checks_get(i)->rule == rule) {
            return is_on(off, i);
        }
    }
    return false;
}

void cp_rules_check_history(const struct cp_history_input *in, const struct cp_checks_off *off)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_check *check = cp_checks_get(i);
        if (check->check_history && is_on(off, i)) {
            check->check_history(in, check->rule);
        }
    }
}

/* ---- documents ------------------------------------------------------------------------------- */

/* What looks through bytes goes first and is always run, as for plans: it remembers the secrets in
 * them, which no other check may show. */
void cp_rules_check_document(const struct cp_document_input *in, const struct cp_checks_off *off)
{
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_check *check = cp_checks_get(i);
        if (check->check_document && check->check_source) {
            check->check_document(in, check->rule);
        }
    }
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_check *check = cp_checks_get(i);
        if (check->check_document && !check->check_source && is_on(off, i)) {
            check->check_document(in, check->rule);
        }
    }
}
