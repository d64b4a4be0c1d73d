/*
 * Objectives filled from the tier, lengths of time against one another, and the call tree as a
 * graph.
 */
#include "suites.h"

#include <contplan/analysis.h>

#include <stdlib.h>
#include <string.h>

enum { HOUR = 3600, DAY = 24 * HOUR };

static struct cp_duration duration(const char *text)
{
    struct cp_duration out;
    ck_assert_msg(cp_duration_parse(&out, cp_str_of(text)) == CP_DURATION_OK, "%s", text);
    return out;
}

/* "10m + 3wd": what no value can say by itself. */
static struct cp_duration sum_of(const char *text)
{
    struct cp_str whole = cp_str_of(text);
    size_t plus = cp_str_find(whole, CP_STR(" + "));
    struct cp_duration first;
    struct cp_duration second = {0};
    ck_assert(cp_duration_parse(&first, cp_str_slice(whole, 0, plus)) == CP_DURATION_OK);
    if (plus != SIZE_MAX) {
        struct cp_str rest = cp_str_slice(whole, plus + 3, SIZE_MAX);
        ck_assert(cp_duration_parse(&second, rest) == CP_DURATION_OK);
    }
    ck_assert(cp_duration_sum(&first, first, second));
    return first;
}

static struct cp_length length(const char *text)
{
    return (struct cp_length){.leaf = {.state = CP_SET}, .duration = duration(text)};
}

static struct cp_text text(const char *value)
{
    return (struct cp_text){.leaf = {.state = CP_SET}, .text = cp_str_of(value)};
}

/* A portfolio whose calendar has these hours; none where `hours` is NULL. */
static void portfolio_init(struct cp_portfolio *out, const char *hours)
{
    cp_portfolio_init(out);
    if (hours) {
        struct cp_opening *opening = &out->config.calendar.hours;
        out->config.calendar.leaf.state = opening->leaf.state = CP_SET;
        ck_assert(cp_hours_add(&opening->hours, cp_str_of(hours)));
    }
}

/* ---- working time ---------------------------------------------------------------------------- */

static struct cp_hours hours_of(const char *first, const char *second)
{
    struct cp_hours hours = {0};
    ck_assert(cp_hours_add(&hours, cp_str_of(first)));
    ck_assert(!second || cp_hours_add(&hours, cp_str_of(second)));
    return hours;
}

START_TEST(working_time_is_longest_from_a_closing_minute)
{
    static const struct {
        const char *first, *second;
        int64_t work, least, most;
    } rows[] = {
        /* 7 days from Friday 17:00 end on Tuesday week at 17:00. */
        {"Mon-Fri 09:00-17:00", NULL, 56 * HOUR, 8 * DAY + 8 * HOUR, 264 * HOUR},
        {"Mon-Fri 09:00-17:00", NULL, 8 * HOUR, 8 * HOUR, 3 * DAY},
        {"Mon-Fri 09:00-17:00", NULL, 1, 1, 64 * HOUR + 1},
        {"Mon-Fri 09:00-17:00", NULL, 40 * HOUR, 4 * DAY + 8 * HOUR, 7 * DAY},
        {"Mon-Fri 09:00-17:00", NULL, 40 * HOUR + 1, 7 * DAY + 1, 7 * DAY + 64 * HOUR + 1},
        {"Mon-Fri 09:00-17:00", "Sat 09:00-13:00", 8 * HOUR, 8 * HOUR, 68 * HOUR},
        {"Mon-Fri 09:00-12:00", "Mon-Fri 12:00-17:00", 8 * HOUR, 8 * HOUR, 3 * DAY},
        {"Wed 10:00-12:00", NULL, 3 * HOUR, 7 * DAY + HOUR, 13 * DAY + 23 * HOUR},
        {"24x7", NULL, 5 * DAY, 5 * DAY, 5 * DAY},
        {"Mon-Sun 00:00-24:00", NULL, 5 * DAY, 5 * DAY, 5 * DAY},
        {"Mon-Fri 09:00-17:00", NULL, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cp_hours hours = hours_of(rows[i].first, rows[i].second);
        int64_t least = -1;
        int64_t most = -1;
        ck_assert(cp_working_elapsed(&least, &most, &hours, rows[i].work));
        ck_assert_msg(least == rows[i].least && most == rows[i].most,
                      "row %zu: %lld to %lld, not %lld to %lld", i, (long long)least,
                      (long long)most, (long long)rows[i].least, (long long)rows[i].most);
    }
}
END_TEST

/* The answer of a walk minute by minute from every quarter of an hour, slow and plain. */
static int64_t plain_most(const bool *open, int64_t work)
{
    int64_t most = 0;
    for (size_t start = 0; start < 10080; start += 15) {
        int64_t left = work;
        size_t minute = start;
        for (; left > 0; minute++) {
            left -= open[minute % 10080];
        }
        int64_t took = (int64_t)(minute - start);
        most = took > most ? took : most;
    }
    return most;
}

START_TEST(working_time_equals_a_plain_walk)
{
    static const char *const days[] = {"Mon,Wed 10:00-12:00", "Tue-Sat 07:30-08:15", NULL};
    bool open[10080] = {false};
    struct cp_hours hours = hours_of(days[0], days[1]);
    for (size_t i = 0; i < hours.count; i++) {
        for (size_t minute = 0; minute < 10080; minute++) {
            const struct cp_hours_span *span = &hours.spans[i];
            size_t of_day = minute % 1440;
            open[minute] |= (span->days >> (minute / 1440) & 1U) != 0 && of_day >= span->from &&
                            of_day < span->to;
        }
    }
    for (int64_t work = 1; work < 1000; work += 310) {
        int64_t least;
        int64_t most;
        ck_assert(cp_working_elapsed(&least, &most, &hours, work * 60));
        ck_assert_int_eq(most, plain_most(open, work) * 60);
    }
}
END_TEST

START_TEST(hours_that_say_nothing_give_no_answer)
{
    struct cp_hours office = {.kind = CP_HOURS_OFFICE};
    struct cp_hours closed = {.kind = CP_HOURS_WEEKLY};
    struct cp_hours hour = hours_of("Mon 09:00-10:00", NULL);
    int64_t least;
    int64_t most;
    ck_assert(!cp_working_elapsed(&least, &most, &office, HOUR));
    ck_assert(!cp_working_elapsed(&least, &most, &closed, HOUR));
    ck_assert(!cp_working_elapsed(&least, &most, &hour, -1));
    ck_assert(!cp_working_elapsed(&least, &most, &hour, INT64_MAX));
}
END_TEST

/* ---- judging --------------------------------------------------------------------------------- */

START_TEST(lengths_are_judged_by_their_kinds)
{
    static const struct {
        const char *length, *limit, *calendar;
        enum cp_verdict verdict;
    } rows[] = {
        {"4h", "4h", NULL, CP_WITHIN},
        {"4h 1s", "4h", NULL, CP_OVER},
        {"8wh", "8wh", NULL, CP_WITHIN},
        {"9wh", "8wh", NULL, CP_OVER},
        {"5wd", "5wd", NULL, CP_WITHIN},
        {"6wd", "5wd", NULL, CP_OVER},
        {"9wh", "1wd", NULL, CP_NO_CALENDAR},
        {"5wd", "7d", NULL, CP_NO_CALENDAR},
        {"2h", "5wd", NULL, CP_NO_CALENDAR},
        {"0", "1wd", NULL, CP_WITHIN},
        {"1wd", "0", NULL, CP_OVER},
        {"0", "0", NULL, CP_WITHIN},
        {"1mo", "5wd", NULL, CP_UNDECIDED},
        {"4h", "1mo", NULL, CP_WITHIN},
        {"30d", "1mo", NULL, CP_UNDECIDED},
        {"32d", "1mo", NULL, CP_OVER},
        {"12wh", "10h", NULL, CP_OVER},
        {"10h", "12wh", NULL, CP_WITHIN},
        {"10m + 30wd", "2wd", NULL, CP_OVER},
        {"1s + 5wd", "5wd", NULL, CP_OVER},
        {"10d + 2wd", "5d", NULL, CP_OVER},
        {"1wd", "1h + 1wd", NULL, CP_WITHIN},
        {"30d + 1wd", "2wd", NULL, CP_NO_CALENDAR},
        {"30d + 1wd", "2wd", "Mon-Fri 09:00-17:00", CP_OVER},
        {"1h + 3wd", "1wd", "Mon-Fri 09:00-17:00", CP_OVER},
        {"1h + 15wh", "2wd", "Mon-Fri 09:00-17:00", CP_WITHIN},
        {"61m + 15wh", "2wd", "Mon-Fri 09:00-17:00", CP_OVER},
        {"12h + 1wd", "2wd", "Mon-Fri 09:00-17:00", CP_UNDECIDED},
        {"1wd", "5d + 1wh", "Mon-Fri 09:00-17:00", CP_WITHIN},
        {"2wd", "1d + 1wh", "Mon-Fri 09:00-17:00", CP_OVER},
        {"1wd", "1d + 1wh", "Mon-Fri 09:00-17:00", CP_UNDECIDED},
        {"9wh", "1wd", "Mon-Fri 09:00-17:00", CP_OVER},
        {"8wh", "1wd", "Mon-Fri 09:00-17:00", CP_WITHIN},
        {"7wd", "264h", "Mon-Fri 09:00-17:00", CP_WITHIN},
        {"7wd", "263h", "Mon-Fri 09:00-17:00", CP_OVER},
        {"8h", "1wd", "Mon-Fri 09:00-17:00", CP_WITHIN},
        {"9h", "1wd", "Mon-Fri 09:00-17:00", CP_OVER},
        {"5wd", "5d", "24x7", CP_WITHIN},
        {"6wd", "5d", "24x7", CP_OVER},
        {"5wd", "7d", "office", CP_UNDECIDED},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cp_portfolio portfolio;
        portfolio_init(&portfolio, rows[i].calendar);
        enum cp_verdict verdict =
            cp_duration_judge(sum_of(rows[i].length), sum_of(rows[i].limit), &portfolio);
        ck_assert_msg(verdict == rows[i].verdict, "%s against %s: %d, not %d", rows[i].length,
                      rows[i].limit, verdict, rows[i].verdict);
        cp_portfolio_release(&portfolio);
    }
}
END_TEST

START_TEST(what_is_longer_is_so_in_every_month)
{
    static const struct {
        const char *length, *limit;
        bool is_longer;
    } rows[] = {
        {"1y", "6mo", true},   {"1y", "12mo", false}, {"13mo", "1y", true},  {"367d", "1y", true},
        {"366d", "1y", false}, {"1mo", "27d", true},  {"1mo", "28d", false}, {"32d", "1mo", true},
        {"31d", "1mo", false}, {"1w", "5wd", false},  {"5wd", "3d", true},   {"2y", "1y 5mo", true},
        {"0", "1mo", false},   {"1mo", "0", true},
    };
    struct cp_portfolio portfolio;
    portfolio_init(&portfolio, "Mon-Fri 09:00-17:00");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        ck_assert_msg(cp_duration_is_longer(duration(rows[i].length), duration(rows[i].limit),
                                            &portfolio) == rows[i].is_longer,
                      "%s and %s", rows[i].length, rows[i].limit);
    }
    for (int32_t months = 1; months <= 30; months++) {
        for (int32_t day = 0; day < 5 * 366; day++) {
            struct cp_date from = {cp_date_of(2023, 1, 1).days + day};
            int64_t days = cp_date_add_months(from, months).days - from.days;
            struct cp_duration stretch = {.seconds = days * DAY};
            struct cp_duration counted = {.months = months};
            ck_assert(!cp_duration_is_longer(counted, stretch, &portfolio));
            ck_assert(!cp_duration_is_longer(stretch, counted, &portfolio));
        }
    }
    cp_portfolio_release(&portfolio);
}
END_TEST

START_TEST(a_calendar_that_cannot_be_read_is_not_the_plan_s_fault)
{
    struct cp_portfolio portfolio;
    portfolio_init(&portfolio, "24x7");
    portfolio.config.calendar.hours.leaf.state = CP_BROKEN;
    ck_assert_int_eq(cp_duration_judge(duration("5wd"), duration("5d"), &portfolio), CP_UNDECIDED);
    portfolio.config.calendar.hours.leaf.state = CP_ABSENT;
    ck_assert_int_eq(cp_duration_judge(duration("5wd"), duration("5d"), &portfolio),
                     CP_NO_CALENDAR);
    cp_portfolio_release(&portfolio);
}
END_TEST

START_TEST(sums_keep_the_kinds_apart_and_notice_overflow)
{
    struct cp_duration sum;
    ck_assert(cp_duration_sum(&sum, duration("4h"), duration("1wd")));
    ck_assert_int_eq(sum.seconds, 4 * HOUR);
    ck_assert_int_eq(sum.work_days, 1);
    struct cp_duration most = {.seconds = INT64_MAX};
    ck_assert(!cp_duration_sum(&sum, most, duration("1s")));
    most = (struct cp_duration){.work_days = INT32_MAX};
    ck_assert(!cp_duration_sum(&sum, most, duration("1wd")));
    ck_assert_int_eq(sum.seconds, 4 * HOUR);

    struct cp_portfolio portfolio;
    int64_t longest;
    portfolio_init(&portfolio, "Mon-Fri 09:00-17:00");
    ck_assert(cp_duration_sum(&sum, duration("4h"), duration("1wd")));
    ck_assert(cp_duration_longest(&longest, sum, &portfolio));
    ck_assert_int_eq(longest, 4 * HOUR + 3 * DAY);
    ck_assert(!cp_duration_longest(&longest, duration("1mo"), &portfolio));
    cp_portfolio_release(&portfolio);
}
END_TEST

START_TEST(objectives_are_filled_from_the_tier)
{
    struct cp_objective objective = {.rto = length("4h"), .rpo = {.leaf = {.state = CP_UNKNOWN}}};
    struct cp_tier tier = {.objectives = {.rto = length("8h"), .mtpd = length("1d")}};
    struct cp_effective filled;
    tier.objectives.rpo = length("1h");

    cp_effective_init(&filled, &objective, &tier);
    ck_assert_ptr_eq(filled.rto, &objective.rto);
    ck_assert_ptr_eq(filled.mtpd, &tier.objectives.mtpd);
    ck_assert_ptr_eq(filled.rpo, &objective.rpo);
    ck_assert_ptr_null(filled.wrt);
    ck_assert(cp_length_is_known(filled.rto));
    ck_assert(!cp_length_is_known(filled.rpo));
    ck_assert(!cp_length_is_known(filled.wrt));

    cp_effective_init(&filled, &objective, NULL);
    ck_assert_ptr_null(filled.mtpd);
}
END_TEST

/* ---- the call tree --------------------------------------------------------------------------- */

enum { MOST_CALLS = 12 };

/* Calls as "desk>lead", roles as "lead=ada". */
struct tree {
    struct cp_portfolio portfolio;
    struct cp_arena arena;
    struct cp_incident_response response;
    struct cp_call calls[MOST_CALLS];
    struct cp_role roles[MOST_CALLS];
    struct cp_text holders[MOST_CALLS];
};

static struct cp_text half(const char *pair, char mark, bool is_second)
{
    const char *at = strchr(pair, mark);
    struct cp_text value = text(is_second ? at + 1 : pair);
    if (!is_second) {
        value.text.len = (size_t)(at - pair);
    }
    return value;
}

static void tree_init(struct tree *tree, const char *const *calls, const char *const *roles)
{
    *tree = (struct tree){
        .response = {.call_tree = {.items = tree->calls}, .roles = {.items = tree->roles}}};
    cp_portfolio_init(&tree->portfolio);
    cp_arena_init(&tree->arena);
    for (; *calls; calls++) {
        struct cp_call *call = &tree->calls[tree->response.call_tree.count++];
        call->from = half(*calls, '>', false);
        call->to = half(*calls, '>', true);
    }
    for (; roles && *roles; roles++) {
        size_t at = tree->response.roles.count++;
        tree->roles[at].role = half(*roles, '=', false);
        tree->holders[at] = half(*roles, '=', true);
        tree->roles[at].holders.items = &tree->holders[at];
        tree->roles[at].holders.count = 1;
    }
}

static void tree_release(struct tree *tree)
{
    cp_arena_release(&tree->arena);
    cp_portfolio_release(&tree->portfolio);
}

START_TEST(roles_are_reached_by_any_of_their_names)
{
    static const char *const calls[] = {"desk>ada", "lead>ben", "press>cy", NULL};
    static const char *const roles[] = {"lead=ada", "scribe=ben", "press=dora", "driver=cy", NULL};
    bool reached[MOST_CALLS];
    struct tree tree;
    tree_init(&tree, calls, roles);
    ck_assert(cp_call_tree_reach(reached, &tree.response, &tree.portfolio, &tree.arena));
    ck_assert(reached[0] && reached[1]);
    ck_assert(!reached[2] && !reached[3]);

    tree.calls[0].from.leaf.state = CP_BROKEN;
    ck_assert(!cp_call_tree_reach(reached, &tree.response, &tree.portfolio, &tree.arena));
    tree.response.call_tree.count = 0;
    ck_assert(!cp_call_tree_reach(reached, &tree.response, &tree.portfolio, &tree.arena));
    tree_release(&tree);
}
END_TEST

START_TEST(calls_that_lead_back_are_found)
{
    static const struct {
        const char *calls[6];
        size_t closes[5]; /* 9: none */
    } rows[] = {
        {{"a>b", "b>c", "c>a", NULL}, {9, 9, 0}},
        {{"a>b", "b>c", "c>b", NULL}, {9, 9, 1}},
        {{"a>a", NULL}, {0}},
        {{"a>b", "a>c", "b>d", "c>d", NULL}, {9, 9, 9, 9}},
        {{"b>c", "a>b", "c>a", NULL}, {9, 0, 9}},
        {{"a>b", "b>a", "a>c", "c>a", NULL}, {9, 0, 9, 2}},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t closes[MOST_CALLS];
        struct tree tree;
        tree_init(&tree, rows[i].calls, NULL);
        cp_call_tree_cycles(closes, &tree.response, &tree.portfolio, &tree.arena);
        for (size_t j = 0; j < tree.response.call_tree.count; j++) {
            size_t expected = rows[i].closes[j] == 9 ? SIZE_MAX : rows[i].closes[j];
            ck_assert_msg(closes[j] == expected, "tree %zu, call %zu: %zu", i, j, closes[j]);
        }
        tree_release(&tree);
    }
}
END_TEST

/* A chain that would overflow the stack if it were followed by recursion. */
START_TEST(long_chains_are_walked_without_recursion)
{
    enum { CALLS = 100 * 1000 };
    struct cp_arena arena;
    struct cp_portfolio portfolio;
    struct cp_incident_response response = {.call_tree = {.count = CALLS}};
    cp_arena_init(&arena);
    cp_portfolio_init(&portfolio);
    struct cp_call *calls = cp_alloc(CALLS * sizeof(*calls));
    size_t *closes = cp_alloc(CALLS * sizeof(*closes));
    response.call_tree.items = calls;
    for (int i = 0; i < CALLS; i++) {
        calls[i] = (struct cp_call){0};
        calls[i].from = calls[i].to = text("");
        calls[i].from.text = cp_arena_printf(&arena, "n%d", i);
        calls[i].to.text = cp_arena_printf(&arena, "n%d", (i + 1) % CALLS);
    }
    cp_call_tree_cycles(closes, &response, &portfolio, &arena);
    ck_assert_uint_eq(closes[CALLS - 1], 0);
    ck_assert_uint_eq(closes[CALLS - 2], SIZE_MAX);
    free(calls);
    free(closes);
    cp_portfolio_release(&portfolio);
    cp_arena_release(&arena);
}
END_TEST

Suite *cp_suite_analysis(void)
{
    Suite *suite = suite_create("analysis");
    TCase *time = tcase_create("time");
    tcase_add_test(time, working_time_is_longest_from_a_closing_minute);
    tcase_add_test(time, working_time_equals_a_plain_walk);
    tcase_add_test(time, hours_that_say_nothing_give_no_answer);
    tcase_add_test(time, lengths_are_judged_by_their_kinds);
    tcase_add_test(time, what_is_longer_is_so_in_every_month);
    tcase_add_test(time, a_calendar_that_cannot_be_read_is_not_the_plan_s_fault);
    tcase_add_test(time, sums_keep_the_kinds_apart_and_notice_overflow);
    tcase_add_test(time, objectives_are_filled_from_the_tier);
    TCase *tree = tcase_create("call tree");
    tcase_add_test(tree, roles_are_reached_by_any_of_their_names);
    tcase_add_test(tree, calls_that_lead_back_are_found);
    tcase_add_test(tree, long_chains_are_walked_without_recursion);
    suite_add_tcase(suite, time);
    suite_add_tcase(suite, tree);
    return suite;
}
