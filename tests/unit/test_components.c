/* Circles, held against the plain definition: two nodes are in one where each leads to the other.
 */
#include "hostile.h"
#include "suites.h"

#include <contplan/analysis.h>

#include <string.h>

enum { MOST = 12, ROUNDS = 2000 };

struct graph {
    bool leads[MOST][MOST];
    uint32_t first[MOST + 1], heads[MOST * MOST];
    size_t count;
};

static void graph_init(struct graph *out, struct chance *chance)
{
    uint32_t edges = 0;
    size_t density = 1 + chance_below(chance, 4);
    memset(out, 0, sizeof *out);
    out->count = chance_below(chance, MOST + 1);
    for (size_t i = 0; i < out->count; i++) {
        out->first[i] = edges;
        for (uint32_t j = 0; j < out->count; j++) {
            if (chance_below(chance, MOST) < density) {
                out->leads[i][j] = true;
                out->heads[edges++] = j;
            }
        }
    }
    out->first[out->count] = edges;
}

/* Warshall: leads[i][j] becomes whether there is a way, over any number of edges. */
static void close_ways(struct graph *graph)
{
    for (size_t k = 0; k < graph->count; k++) {
        for (size_t i = 0; i < graph->count; i++) {
            for (size_t j = 0; graph->leads[i][k] && j < graph->count; j++) {
                graph->leads[i][j] = graph->leads[i][j] || graph->leads[k][j];
            }
        }
    }
}

static void check_pair(const struct graph *graph, const struct cp_components *found, size_t i,
                       size_t j)
{
    bool is_one = i == j || (graph->leads[i][j] && graph->leads[j][i]);
    ck_assert_int_eq(found->of[i] == found->of[j], is_one);
    if (graph->leads[i][j]) {
        ck_assert_uint_ge(found->of[i], found->of[j]);
    }
}

START_TEST(circles_are_those_of_the_definition)
{
    struct chance chance = {5};
    for (int round = 0; round < ROUNDS; round++) {
        struct graph graph;
        struct cp_arena arena;
        struct cp_components found;
        size_t nodes = 0;
        graph_init(&graph, &chance);
        cp_arena_init(&arena);
        cp_components_init(&found, graph.first, graph.heads, graph.count, &arena);
        close_ways(&graph);
        for (size_t i = 0; i < graph.count; i++) {
            ck_assert_int_eq(found.is_circular[found.of[i]], graph.leads[i][i]);
            for (size_t j = 0; j < graph.count; j++) {
                check_pair(&graph, &found, i, j);
            }
        }
        for (size_t i = 0; i < found.count; i++) {
            nodes += found.sizes[i];
        }
        ck_assert_uint_eq(nodes, graph.count);
        cp_arena_release(&arena);
    }
}
END_TEST

enum { LONG = 200000 };

/* A chain (`is_ring`: closed) as long as no call stack would bear. */
static size_t components_of_a_chain(bool is_ring)
{
    static uint32_t first[LONG + 1];
    static uint32_t heads[LONG];
    struct cp_arena arena;
    struct cp_components found;
    for (uint32_t i = 0; i < LONG; i++) {
        first[i] = i;
        heads[i] = (i + 1) % LONG;
    }
    first[LONG] = is_ring ? LONG : LONG - 1; /* else the last one leads nowhere */
    cp_arena_init(&arena);
    cp_components_init(&found, first, heads, LONG, &arena);
    ck_assert_int_eq(found.is_circular[0], is_ring);
    cp_arena_release(&arena);
    return found.count;
}

START_TEST(depth_is_no_matter)
{
    ck_assert_uint_eq(components_of_a_chain(true), 1);
    ck_assert_uint_eq(components_of_a_chain(false), LONG);
}
END_TEST

Suite *cp_suite_components(void)
{
    Suite *suite = suite_create("components");
    TCase *circles = tcase_create("circles");
    tcase_add_test(circles, circles_are_those_of_the_definition);
    tcase_add_test(circles, depth_is_no_matter);
    suite_add_tcase(suite, circles);
    return suite;
}
