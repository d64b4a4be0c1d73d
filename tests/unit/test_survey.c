/*
 * What rules over a network ask more than once: readiness and circles in large networks of every
 * shape, on a small stack; pairs, and a way around a circle.
 */
#include "suites.h"

#include <contplan/analysis.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 60 * 60, STACK = 256 * 1024 };

/* ---- networks -------------------------------------------------------------------------------- */

/* Which plan the recovery of plan i needs, SIZE_MAX for none. */
struct shape {
    const char *name;
    size_t count;
    size_t (*need)(size_t plan, size_t count);
};

static size_t need_next(size_t plan, size_t count)
{
    return plan + 1 < count ? plan + 1 : SIZE_MAX;
}

static size_t need_first(size_t plan, size_t count)
{
    (void)count;
    return plan > 0 ? 0 : SIZE_MAX;
}

static size_t need_round(size_t plan, size_t count)
{
    return (plan + 1) % count;
}

struct built {
    struct cp_portfolio portfolio;
    struct cp_facts **facts;
    size_t count;
    struct cp_network network;
    struct cp_survey survey;
};

static struct cp_facts *keep(const struct cp_portfolio *portfolio, const char *text,
                             struct cp_arena *arena)
{
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
    struct cp_plan plan;
    cp_diags_init(&diags);
    cp_file_init(&file, "plan.yaml");
    cp_file_set(&file, cp_str_of(text));
    cp_yaml_parse(&yaml, arena, &file, &diags);
    cp_plan_decode(&plan, arena, &yaml, CP_STR(""), portfolio, &diags);
    struct cp_facts *facts =
        cp_facts_new(&plan, CP_STR("stem"), portfolio, CP_FACTS_RULES | CP_FACTS_NETWORK, arena);
    cp_facts_set_own(facts, 0, (struct cp_duration){.seconds = HOUR});
    cp_file_drop(&file);
    cp_diags_release(&diags);
    cp_arena_reset(arena);
    return facts;
}

static void build(struct built *out, const struct shape *shape)
{
    struct cp_arena arena;
    cp_arena_init(&arena);
    cp_portfolio_init(&out->portfolio);
    out->count = shape->count;
    out->facts = cp_alloc(shape->count * sizeof(*out->facts));
    for (size_t i = 0; i < shape->count; i++) {
        char text[512];
        char need[128] = "";
        if (shape->need(i, shape->count) != SIZE_MAX) {
            snprintf(need, sizeof need,
                     "dependencies: {internal: [{service: p%05zu, recovery_needs: yes}]}\n",
                     shape->need(i, shape->count));
        }
        snprintf(text, sizeof text,
                 "id: p%05zu\n%sdisaster_recovery:\n  scenarios: [{id: s}]\n"
                 "  objectives: [{rto: 4h}]\n",
                 i, need);
        out->facts[i] = keep(&out->portfolio, text, &arena);
    }
    cp_arena_release(&arena);
}

static void release(struct built *built)
{
    cp_survey_release(&built->survey);
    cp_network_release(&built->network);
    for (size_t i = 0; i < built->count; i++) {
        free(built->facts[i]);
    }
    free(built->facts);
    cp_portfolio_release(&built->portfolio);
}

static void *survey_built(void *context)
{
    struct built *built = context;
    cp_network_init(&built->network, &built->portfolio,
                    (const struct cp_facts *const *)built->facts, NULL, built->count);
    cp_survey_init(&built->survey, &built->network);
    return NULL;
}

/* As a thread whose stack is small: depth must not cost any. */
static void build_and_survey(struct built *out, const struct shape *shape)
{
    pthread_attr_t attributes;
    pthread_t thread;
    build(out, shape);
    pthread_attr_init(&attributes);
    ck_assert_int_eq(pthread_attr_setstacksize(&attributes, STACK), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, survey_built, out), 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
}

static size_t count_lates(const struct built *built)
{
    size_t count = 0;
    for (size_t i = 0; i < built->count; i++) {
        count += built->survey.ready[i].is_late;
    }
    return count;
}

/* ---- tests ----------------------------------------------------------------------------------- */

START_TEST(a_long_chain_adds_up)
{
    static const struct shape shape = {"chain", 10000, need_next};
    struct built built;
    build_and_survey(&built, &shape);
    ck_assert(built.survey.ready[0].is_known);
    ck_assert_int_eq(built.survey.ready[0].length.seconds, (int64_t)shape.count * HOUR);
    ck_assert_int_eq(built.survey.ready[9999].length.seconds, HOUR);
    ck_assert_uint_eq(count_lates(&built), 10000 - 4);
    ck_assert_uint_eq(built.survey.circle[0], UINT32_MAX);
    release(&built);
}
END_TEST

START_TEST(a_star_waits_once)
{
    static const struct shape shape = {"star", 10000, need_first};
    struct built built;
    build_and_survey(&built, &shape);
    for (size_t i = 1; i < shape.count; i++) {
        ck_assert_int_eq(built.survey.ready[i].length.seconds, 2 * HOUR);
    }
    ck_assert_uint_eq(count_lates(&built), 0);
    ck_assert(cp_pairs_have(built.survey.edges, built.survey.edge_count, 9999, 0));
    ck_assert(!cp_pairs_have(built.survey.edges, built.survey.edge_count, 0, 9999));
    ck_assert(!cp_pairs_have_any(built.survey.edges, built.survey.edge_count, 0));
    ck_assert(cp_pairs_have_any(built.survey.edges, built.survey.edge_count, 5000));
    release(&built);
}
END_TEST

START_TEST(a_circle_is_never_ready)
{
    static const struct shape shape = {"circle", 10000, need_round};
    struct built built;
    uint32_t way[CP_CIRCLE_SHOWN];
    build_and_survey(&built, &shape);
    for (size_t i = 0; i < shape.count; i++) {
        ck_assert(!built.survey.ready[i].is_known);
        ck_assert_uint_eq(built.survey.circle[i], built.survey.circle[0]);
    }
    ck_assert_uint_eq(built.survey.circle_sizes[built.survey.circle[0]], 10000);
    ck_assert_uint_eq(cp_circle_trace(way, &built.survey, 0), 0);
    release(&built);
}
END_TEST

START_TEST(a_small_circle_is_traced_from_each_of_its_plans)
{
    static const struct shape shape = {"circle", CP_CIRCLE_SHOWN, need_round};
    struct built built;
    uint32_t way[CP_CIRCLE_SHOWN];
    build_and_survey(&built, &shape);
    for (uint32_t i = 0; i < shape.count; i++) {
        ck_assert_uint_eq(cp_circle_trace(way, &built.survey, i), shape.count);
        ck_assert_uint_eq(built.network.edges[way[0]].from, i);
        ck_assert_uint_eq(built.network.edges[way[shape.count - 1]].to, i);
    }
    release(&built);
}
END_TEST

START_TEST(a_path_that_is_too_long_is_told_with_its_need)
{
    static const struct shape shape = {"chain", 6, need_next};
    struct built built;
    struct cp_arena arena;
    const struct cp_late *lates;
    cp_arena_init(&arena);
    build_and_survey(&built, &shape);
    ck_assert_uint_eq(cp_lates_find(&lates, &built.survey, 2, &arena), 0);
    ck_assert_uint_eq(cp_lates_find(&lates, &built.survey, 0, &arena), 1);
    ck_assert_int_eq(lates[0].total.seconds, 6 * HOUR);
    ck_assert_int_eq(lates[0].own.seconds, HOUR);
    ck_assert_uint_eq(lates[0].need.plan, 1);
    release(&built);
    cp_arena_release(&arena);
}
END_TEST

START_TEST(no_plans_have_a_survey)
{
    static const struct shape shape = {"nothing", 0, need_next};
    struct built built;
    build_and_survey(&built, &shape);
    ck_assert_uint_eq(built.survey.edge_count, 0);
    ck_assert_uint_eq(built.survey.prose_count, 0);
    release(&built);
}
END_TEST

Suite *cp_suite_survey(void)
{
    Suite *suite = suite_create("survey");
    TCase *shapes = tcase_create("shapes");
    tcase_set_timeout(shapes, 120);
    tcase_add_test(shapes, a_long_chain_adds_up);
    tcase_add_test(shapes, a_star_waits_once);
    tcase_add_test(shapes, a_circle_is_never_ready);
    tcase_add_test(shapes, a_small_circle_is_traced_from_each_of_its_plans);
    tcase_add_test(shapes, a_path_that_is_too_long_is_told_with_its_need);
    tcase_add_test(shapes, no_plans_have_a_survey);
    suite_add_tcase(suite, shapes);
    return suite;
}
