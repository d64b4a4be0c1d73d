/*
 * Two plans and their portfolios compared: what is said of each kind of difference, which way is
 * weaker, how items are matched, what is inherited and what withheld; and, over every pair of the
 * example's plans, that nothing differs from itself and that back is the mirror of forth.
 */
#include "report_case.h"
#include "suites.h"

#include <contplan/analysis.h>

#include <stdlib.h>
#include <string.h>

/* ---- words ----------------------------------------------------------------------------------- */

static void put_words_of(struct cp_buf *out, const char *was, const char *is)
{
    static const char *const marks[][2] = {[CP_WORDS_KEPT] = {"", ""},
                                           [CP_WORDS_REMOVED] = {"[-", "-]"},
                                           [CP_WORDS_ADDED] = {"{+", "+}"}};
    struct cp_arena arena;
    const struct cp_words *words;
    cp_arena_init(&arena);
    size_t count = cp_words_compare(&words, &arena, cp_str_of(was), cp_str_of(is));
    for (size_t i = 0; i < count; i++) {
        cp_buf_puts(out, i > 0 ? " " : "");
        cp_buf_printf(out, "%s%.*s%s", marks[words[i].kind][0], CP_ARG(words[i].text),
                      marks[words[i].kind][1]);
    }
    cp_arena_release(&arena);
}

START_TEST(words_are_kept_taken_out_and_put_in)
{
    static const struct {
        const char *was, *is, *expected;
    } rows[] = {
        {"a b c", "a b c", "a b c"},
        {"a b c", "a x c", "a [-b-] {+x+} c"},
        {"a b c", "a c", "a [-b-] c"},
        {"a c", "a b c", "a {+b+} c"},
        {"a\n  b", "a b", "a b"},
        {"one", "two", "[-one-] {+two+}"},
        {"Restore it.\n\nThen wait.", "Restore it. Then wait long.",
         "Restore it. Then [-wait.-] {+wait long.+}"},
        {"```\na\nb\n```", "```\na b\n```",
         "``` \xE2\x86\xB5 a [-\xE2\x86\xB5-] b \xE2\x86\xB5 ```"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct cp_buf out;
        cp_buf_init(&out);
        put_words_of(&out, rows[i].was, rows[i].is);
        ck_assert_str_eq(out.at, rows[i].expected);
        cp_buf_release(&out);
    }
}
END_TEST

START_TEST(words_differ_but_for_blanks)
{
    ck_assert(cp_words_are_equal(CP_STR("a b\nc"), CP_STR(" a  b c\n")));
    ck_assert(!cp_words_are_equal(CP_STR("a b"), CP_STR("ab")));
    ck_assert(!cp_words_are_equal(CP_STR("a b"), CP_STR("a b c")));
    ck_assert(!cp_words_are_equal(CP_STR("```\n# a\nb\n```"), CP_STR("```\n# a b\n```")));
}
END_TEST

/* A cheap generator: the same texts on every machine. */
static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 16;
}

static void put_random_words(struct cp_buf *out, uint32_t *state)
{
    size_t count = next_random(state) % 30;
    for (size_t i = 0; i < count; i++) {
        cp_buf_putc(out, (char)('a' + next_random(state) % 4));
        cp_buf_putc(out, ' ');
    }
}

/* Joins the words that a side has. */
static void put_side(struct cp_buf *out, const struct cp_words *words, size_t count,
                     enum cp_words_kind other)
{
    for (size_t i = 0; i < count; i++) {
        if (words[i].kind != other) {
            cp_buf_put(out, words[i].text);
            cp_buf_putc(out, ' ');
        }
    }
}

START_TEST(words_give_both_texts_back_and_their_mirror)
{
    uint32_t state = 1;
    for (size_t round = 0; round < 500; round++) {
        struct cp_buf texts[4];
        struct cp_arena arena;
        const struct cp_words *forth;
        const struct cp_words *back;
        cp_arena_init(&arena);
        for (size_t i = 0; i < 4; i++) {
            cp_buf_init(&texts[i]);
        }
        put_random_words(&texts[0], &state);
        put_random_words(&texts[1], &state);
        struct cp_str was = cp_buf_str(&texts[0]);
        struct cp_str is = cp_buf_str(&texts[1]);
        size_t count = cp_words_compare(&forth, &arena, was, is);
        ck_assert_uint_eq(cp_words_compare(&back, &arena, is, was), count);
        put_side(&texts[2], forth, count, CP_WORDS_ADDED);
        put_side(&texts[3], forth, count, CP_WORDS_REMOVED);
        ck_assert(cp_words_are_equal(was, cp_buf_str(&texts[2])));
        ck_assert(cp_words_are_equal(is, cp_buf_str(&texts[3])));
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            kept += forth[i].kind == CP_WORDS_KEPT;
            kept -= back[i].kind == CP_WORDS_KEPT;
        }
        ck_assert_uint_eq(kept, 0);
        for (size_t i = 0; i < 4; i++) {
            cp_buf_release(&texts[i]);
        }
        cp_arena_release(&arena);
    }
}
END_TEST

START_TEST(words_of_hostile_texts_are_not_compared)
{
    struct cp_buf was;
    struct cp_buf is;
    struct cp_arena arena;
    const struct cp_words *words;
    cp_buf_init(&was);
    cp_buf_init(&is);
    cp_arena_init(&arena);
    for (unsigned i = 0; i < 9000; i++) {
        cp_buf_printf(&was, "a%u ", i);
        cp_buf_printf(&is, "b%u ", i);
    }
    ck_assert_uint_eq(cp_words_compare(&words, &arena, cp_buf_str(&was), cp_buf_str(&is)), 0);
    cp_buf_repeat(&is, 'b', 64 * 1024);
    ck_assert_uint_eq(cp_words_compare(&words, &arena, cp_buf_str(&is), CP_STR("b")), 0);
    cp_arena_release(&arena);
    cp_buf_release(&was);
    cp_buf_release(&is);
}
END_TEST

/* ---- plans ----------------------------------------------------------------------------------- */

static void put_change(struct cp_buf *out, const struct cp_change *change)
{
    cp_buf_printf(out, "%s %.*s | %.*s | %.*s -> %.*s", cp_change_name(change->kind),
                  CP_ARG(change->field), CP_ARG(change->label), CP_ARG(change->was),
                  CP_ARG(change->is));
    cp_buf_puts(out, change->is_withheld ? " (withheld)" : "");
    if (change->left_out > 0) {
        cp_buf_printf(out, " (%zu left out)", change->left_out);
    }
    for (size_t i = 0; i < change->plans.count; i++) {
        cp_buf_printf(out, "%s%.*s", i == 0 ? " in " : ", ", CP_ARG(change->plans.items[i]));
    }
    cp_buf_putc(out, '\n');
}

static void put_comparison(struct cp_buf *out, const struct cp_comparison *comparison)
{
    for (size_t i = 0; i < comparison->files.count; i++) {
        const struct cp_compared *file = comparison->files.items[i];
        for (size_t j = 0; j < file->changes.count; j++) {
            put_change(out, &file->changes.items[j]);
        }
    }
}

static void compare_cases(struct cp_buf *out, struct report_case *was, struct report_case *is,
                          enum cp_audience audience)
{
    struct cp_comparison comparison;
    struct cp_compared_plan old = {"plan.yaml", was->plan.id.text, &was->plan, &was->portfolio};
    struct cp_compared_plan new = {"plan.yaml", is->plan.id.text, &is->plan, &is->portfolio};
    cp_buf_init(out);
    cp_comparison_init(&comparison, audience);
    cp_comparison_add_portfolio(&comparison, "contplan.yaml", &was->portfolio, &is->portfolio,
                                true);
    cp_comparison_add_plan(&comparison, &old, &new);
    cp_comparison_settle(&comparison);
    put_comparison(out, &comparison);
    cp_comparison_release(&comparison);
}

struct texts {
    const char *config, *plan;
};

static void expect_for(enum cp_audience audience, struct texts was, struct texts is,
                       const char *expected)
{
    struct report_case old;
    struct report_case new;
    struct cp_buf out;
    report_case_init(&old, was.config, was.plan);
    report_case_init(&new, is.config, is.plan);
    compare_cases(&out, &old, &new, audience);
    ck_assert_str_eq(out.len > 0 ? out.at : "", expected);
    cp_buf_release(&out);
    report_case_release(&old);
    report_case_release(&new);
}

static void expect(const char *was, const char *is, const char *expected)
{
    expect_for(CP_INTERNAL, (struct texts){"", was}, (struct texts){"", is}, expected);
}

#define OBJECTIVES(text) "id: a\ndisaster_recovery:\n  objectives:\n" text

START_TEST(objectives_are_weakened_and_strengthened)
{
    expect(OBJECTIVES("    - {rto: 2h, rpo: 1h, mtpd: 2d}\n"),
           OBJECTIVES("    - {rto: 24h, rpo: 15m, mtpd: 2d}\n"),
           "weakened disaster_recovery.objectives[0].rto | objective: RTO | 2h -> 24h\n"
           "strengthened disaster_recovery.objectives[0].rpo | objective: RPO | 1h -> 15m\n");
}
END_TEST

START_TEST(a_promise_that_is_no_longer_given_is_weaker)
{
    expect(OBJECTIVES("    - {rto: 2h, rpo: 1h, wrt: 1h}\n"),
           OBJECTIVES("    - {rpo: {unknown: {reason: new, owner: jo, due: 2027-01-01}}}\n"),
           "weakened disaster_recovery.objectives[0].rto | objective: RTO | 2h -> \n"
           "weakened disaster_recovery.objectives[0].rpo | objective: RPO | 1h -> unknown: new "
           "(jo, due 2027-01-01)\n"
           "removed disaster_recovery.objectives[0].wrt | objective: WRT | 1h -> \n");
}
END_TEST

/* Each row's direction, from what it was to what is weaker. */
START_TEST(each_direction_is_its_row_s)
{
    static const struct {
        const char *was, *is;
    } rows[] = {
        {"tier: 1\n", "tier: 2\n"},
        {"disaster_recovery: {objectives: [{rto: 1h, clock: disruption}]}\n",
         "disaster_recovery: {objectives: [{rto: 1h, clock: declaration}]}\n"},
        {"backup_restore: {backups: [{id: b, every: continuous}]}\n",
         "backup_restore: {backups: [{id: b, every: 1h}]}\n"},
        {"backup_restore: {backups: [{id: b, retention: 6mo}]}\n",
         "backup_restore: {backups: [{id: b, retention: 90d}]}\n"},
        {"backup_restore: {backups: [{id: b, copies: [{region: r, immutable: yes}]}]}\n",
         "backup_restore: {backups: [{id: b, copies: [{region: r, immutable: no}]}]}\n"},
        {"it_continuity: {redundancy: [{against: zone, level: active-active}]}\n",
         "it_continuity: {redundancy: [{against: zone, level: warm-standby}]}\n"},
        {"dependencies: {internal: [{service: b, criticality: soft}]}\n",
         "dependencies: {internal: [{service: b, criticality: hard}]}\n"},
        {"dependencies: {internal: [{service: b, recovery_needs: no}]}\n",
         "dependencies: {internal: [{service: b, recovery_needs: yes}]}\n"},
        {"scope: {support_hours: 24x7}\n", "scope: {support_hours: Mon-Fri 08:00-18:00}\n"},
        {"scope: {workaround: {sustain: 2d}}\n", "scope: {workaround: {sustain: 4h}}\n"},
        {"review: {every: 6mo}\n", "review: {every: 1y}\n"},
        {"review: {every: 30d}\n", "review: {every: 6mo}\n"},
        {"suppressions: [{rule: CP301, until: 2026-12-01}]\n",
         "suppressions: [{rule: CP301, until: 2027-12-01}]\n"},
        {"disaster_recovery: {runbooks: [{id: r, automation: full}]}\n",
         "disaster_recovery: {runbooks: [{id: r, automation: manual}]}\n"},
        {"disaster_recovery: {objectives: [{rto: 8wh}]}\n",
         "disaster_recovery: {objectives: [{rto: 9wh}]}\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct report_case cases[2];
        struct cp_buf forth;
        struct cp_buf back;
        report_case_init(&cases[0], "", rows[i].was);
        report_case_init(&cases[1], "", rows[i].is);
        compare_cases(&forth, &cases[0], &cases[1], CP_INTERNAL);
        compare_cases(&back, &cases[1], &cases[0], CP_INTERNAL);
        ck_assert_msg(cp_str_has_prefix(cp_buf_str(&forth), "weakened "), "%s", forth.at);
        ck_assert_msg(cp_str_has_prefix(cp_buf_str(&back), "strengthened "), "%s", back.at);
        cp_buf_release(&forth);
        cp_buf_release(&back);
        report_case_release(&cases[0]);
        report_case_release(&cases[1]);
    }
}
END_TEST

/* What silences findings is no harmless change. */
START_TEST(to_ask_less_is_weaker)
{
    static const char plan[] = "id: a\n";
    expect("phase: live\n", "phase: retired\n", "weakened phase | phase | live -> retired\n");
    expect("phase: beta\n", "phase: live\n", "strengthened phase | phase | beta -> live\n");
    expect("id: a\n", "id: a\nphase: retired\n", "weakened phase | phase |  -> retired\n");
    expect("id: a\n", "id: a\nphase: live\n", "added phase | phase |  -> live\n");
    expect("id: a\n", "id: a\nsuppressions: [{rule: CP301, until: 2026-12-01}]\n",
           "weakened suppressions[0] | suppression 'CP301' |  -> until 2026-12-01\n");
    expect_for(CP_INTERNAL, (struct texts){"rules: {CP102: error, CP201: off, CP3: info}\n", plan},
               (struct texts){"rules: {CP101: off, CP102: warning, CP3: error, CP4: info}\n", plan},
               "weakened rules.CP101 | rules: CP101 |  -> off\n"
               "weakened rules.CP102 | rules: CP102 | error -> warning\n"
               "strengthened rules.CP3 | rules: CP3 | info -> error\n"
               "added rules.CP4 | rules: CP4 |  -> info\n"
               "strengthened rules.CP201 | rules: CP201 | off -> \n");
}
END_TEST

START_TEST(what_cannot_be_ordered_has_no_direction)
{
    expect("review: {every: 30d}\n", "review: {every: 1mo}\n",
           "changed review.every | review: every | 30d -> 1mo\n");
    expect(OBJECTIVES("    - {rto: 8h}\n"), OBJECTIVES("    - {rto: 1wd}\n"),
           "changed disaster_recovery.objectives[0].rto | objective: RTO | 8h -> 1wd\n");
    expect("scope: {support_hours: Mon 09:00-17:00}\n", "scope: {support_hours: Tue 09:00-17:00}\n",
           "changed scope.support_hours | scope: support hours | Mon 09:00-17:00 -> Tue "
           "09:00-17:00\n");
}
END_TEST

START_TEST(working_time_is_held_against_elapsed_time_on_the_calendar)
{
    static const char config[] = "calendar: {hours: Mon-Fri 09:00-17:00}\n";
    expect_for(CP_INTERNAL, (struct texts){config, OBJECTIVES("    - {rto: 4h}\n")},
               (struct texts){config, OBJECTIVES("    - {rto: 1wd}\n")},
               "weakened disaster_recovery.objectives[0].rto | objective: RTO | 4h -> 1wd\n");
}
END_TEST

START_TEST(writing_it_otherwise_is_no_change)
{
    expect("id: a\nsummary: Takes two lines.\nscope: {users: x, support_hours: Mon-Fri 08:00-18:00}"
           "\ndisaster_recovery:\n  objectives:\n    - {rto: 240m, rpo: 1d}\n",
           "# a comment\ndisaster_recovery: # another\n  objectives:\n  - rpo: '24h'\n    rto: "
           "4 hours\nscope:\n  support_hours: [Mon-Wed 08:00-18:00, 'Thu,Fri 08:00-18:00']\n"
           "  users: \"x\"\nsummary: >\n  Takes\n  two lines.\nid: a\n",
           "");
}
END_TEST

START_TEST(items_are_matched_by_their_keys)
{
    expect("incident_response:\n  roles:\n"
           "    - {role: lead, holders: [jo], deputies: [al]}\n"
           "    - {role: scribe, holders: [mia]}\n",
           "incident_response:\n  roles:\n"
           "    - {role: scribe, holders: [mia, kim]}\n"
           "    - {role: lead, holders: [jo]}\n"
           "    - {role: press, holders: [pat]}\n",
           "added incident_response.roles[0].holders[1] | role 'scribe': holders |  -> kim\n"
           "removed incident_response.roles[0].deputies[0] | role 'lead': deputies | al -> \n"
           "added incident_response.roles[2] | role 'press' |  -> holders pat\n");
}
END_TEST

START_TEST(items_without_keys_are_matched_by_what_tells_them_apart)
{
    expect(OBJECTIVES("    - {for: Wardens, rto: 4h, rpo: 1h}\n"
                      "    - {for: Residents, rto: 2d, rpo: 1h}\n"),
           OBJECTIVES("    - {for: Residents, rto: 4h, rpo: 1h}\n"
                      "    - {for: Wardens, rto: 2d, rpo: 1h}\n"),
           "weakened disaster_recovery.objectives[1].rto | objective 'Wardens': RTO | 4h -> 2d\n"
           "strengthened disaster_recovery.objectives[0].rto | objective 'Residents': RTO | 2d -> "
           "4h\n");
}
END_TEST

START_TEST(items_without_either_are_matched_by_likeness)
{
    expect("scope:\n  in:\n    - Taking applications for permits and fees\n    - Paying fees\n",
           "scope:\n  in:\n    - Printing\n    - Taking applications for permits and licences\n"
           "    - Paying fees\n",
           "added scope.in[0] | scope: in |  -> Printing\n"
           "changed scope.in[1] | scope: in | Taking applications for permits and fees -> Taking "
           "applications for permits and licences\n");
    expect(OBJECTIVES("    - {for: Wardens, rto: 4h, rpo: 1h}\n"),
           OBJECTIVES("    - {for: All wardens, rto: 4h, rpo: 1h}\n"),
           "changed disaster_recovery.objectives[0].for | objective 'All wardens': for | Wardens "
           "-> All wardens\n");
}
END_TEST

START_TEST(a_moved_item_has_changed_only_where_the_order_counts)
{
    expect("scope: {in: [a, b, c]}\n", "scope: {in: [c, a, b]}\n", "");
    expect("incident_response: {roles: [{role: lead, holders: [jo, al]}]}\n",
           "incident_response: {roles: [{role: lead, holders: [al, jo]}]}\n",
           "changed incident_response.roles[0].holders | role 'lead': holders: order | jo, al -> "
           "al, jo\n");
    expect("disaster_recovery: {runbooks: [{id: r, steps: [{id: x}, {id: y}]}]}\n",
           "disaster_recovery: {runbooks: [{id: r, steps: [{id: y}, {id: x}]}]}\n",
           "changed disaster_recovery.runbooks[0].steps | runbook 'r': steps: order | x, y -> y, "
           "x\n");
}
END_TEST

START_TEST(an_empty_list_may_say_something)
{
    expect("disaster_recovery: {runbooks: [{id: r, steps: [{id: x}]}]}\n",
           "disaster_recovery: {runbooks: [{id: r, steps: [{id: x, after: []}]}]}\n",
           "added disaster_recovery.runbooks[0].steps[0].after | runbook 'r': step 'x': after |  "
           "-> none\n");
}
END_TEST

START_TEST(sections_may_become_unknown)
{
    expect("releases: {process: Weekly.}\n",
           "releases: {unknown: {reason: moving, owner: jo, due: 2027-01-01}}\n",
           "changed releases | releases | stated -> unknown: moving (jo, due 2027-01-01)\n"
           "removed releases.process | releases: process | Weekly. -> \n");
    expect("scope: {in: {not_applicable: {reason: none, by: jo}}}\n", "scope: {in: [a]}\n",
           "changed scope.in | scope: in | not applicable: none (jo) -> stated\n"
           "added scope.in[0] | scope: in |  -> a\n");
}
END_TEST

START_TEST(what_cannot_be_read_is_shown_as_it_stands)
{
    expect(OBJECTIVES("    - {rto: 4h, wrt: [1h]}\n"), OBJECTIVES("    - {rto: soon, wrt: {}}\n"),
           "weakened disaster_recovery.objectives[0].rto | objective: RTO | 4h -> soon\n"
           "changed disaster_recovery.objectives[0].wrt | objective: WRT | cannot be read -> "
           "cannot be read\n");
}
END_TEST

/* ---- what is inherited ----------------------------------------------------------------------- */

START_TEST(a_tier_s_change_is_said_in_the_portfolio_file)
{
    static const char plan[] = "id: a\ntier: 2\n"
                               "disaster_recovery: {objectives: [{rto: 1h}, {for: x, rpo: 5m}]}\n";
    expect_for(CP_INTERNAL, (struct texts){"tiers: {2: {objectives: {rto: 4h, rpo: 1h}}}\n", plan},
               (struct texts){"tiers: {2: {objectives: {rto: 8h, rpo: 30m}}}\n", plan},
               "weakened tiers.2.objectives.rto | tier 2: objectives: RTO | 4h -> 8h in a\n"
               "strengthened tiers.2.objectives.rpo | tier 2: objectives: RPO | 1h -> 30m in a\n");
}
END_TEST

START_TEST(another_tier_is_the_plan_s_own_change)
{
    static const char config[] = "tiers: {1: {review_every: 3mo, objectives: {rto: 1h}}, "
                                 "2: {review_every: 6mo, objectives: {rto: 4h}}}\n";
    expect_for(CP_INTERNAL, (struct texts){config, "id: a\ntier: 1\n"},
               (struct texts){config, "id: a\ntier: 2\n"},
               "weakened tier | tier | 1 -> 2\n"
               "weakened tiers.2.review_every | review: every | 3mo -> 6mo\n");
}
END_TEST

START_TEST(defaults_are_said_once)
{
    expect_for(CP_INTERNAL,
               (struct texts){"defaults: {releases: {process: Weekly.}, incident_response: "
                              "{roles: [{role: lead, rota: on-call}]}}\n",
                              "id: a\nincident_response: {roles: [{role: lead, holders: [jo]}]}\n"},
               (struct texts){"defaults: {releases: {process: Daily.}, incident_response: "
                              "{roles: [{role: lead, rota: duty}, {role: scribe, rota: duty}]}}\n",
                              "id: a\nincident_response: {roles: [{role: lead, holders: [jo]}]}\n"},
               "changed defaults.incident_response.roles[0].rota | defaults: role 'lead': rota | "
               "on-call -> duty in a\n"
               "added defaults.incident_response.roles[1] | defaults: role 'scribe' |  -> rota "
               "duty in a\n"
               "changed defaults.releases.process | defaults: releases: process | Weekly. -> "
               "Daily. in a\n");
}
END_TEST

START_TEST(a_value_of_its_own_is_not_reached)
{
    expect_for(CP_INTERNAL,
               (struct texts){"defaults: {review: {every: 1y}}\n", "review: {every: 6mo}\n"},
               (struct texts){"defaults: {review: {every: 2y}}\n", "review: {every: 6mo}\n"},
               "weakened defaults.review.every | defaults: review: every | 1y -> 2y\n");
    expect_for(CP_INTERNAL,
               (struct texts){"defaults: {review: {every: 1y}}\n", "review: {every: 6mo}\n"},
               (struct texts){"defaults: {review: {every: 1y}}\n", "id: a\n"},
               "weakened defaults.review.every | review: every | 6mo -> 1y\n"
               "added id | id |  -> a\n");
}
END_TEST

START_TEST(the_portfolio_file_is_compared_by_its_ids)
{
    expect_for(CP_INTERNAL,
               (struct texts){"people: [{id: jo, name: Jo}, {id: al, name: Al}]\n"
                              "rules: {CP301: warning}\nheadings: {a: b}\n",
                              "id: a\n"},
               (struct texts){"people: [{id: al, name: Al B}, {id: kim, name: Kim}]\n"
                              "rules: {CP301: error, CP302: off}\nheadings: {a: c}\n",
                              "id: a\n"},
               "weakened rules.CP302 | rules: CP302 |  -> off\n"
               "changed people[0].name | person 'al': name | Al -> Al B\n"
               "added people[1] | person 'kim' |  -> name Kim\n"
               "removed people[0] | person 'jo' | name Jo -> \n"
               "strengthened rules.CP301 | rules: CP301 | warning -> error\n"
               "changed headings | headings |  -> \n");
}
END_TEST

/* ---- what is withheld ------------------------------------------------------------------------ */

START_TEST(what_is_for_others_is_withheld)
{
    static const struct texts was = {"", "accountability: {contacts: [{name: Desk, phone: '1'}]}\n"
                                         "scope: {audience: restricted, users: few}\n"};
    static const struct texts is = {
        "", "accountability: {contacts: [{name: Desk, phone: '2'}, {name: New, phone: '3'}]}\n"
            "scope: {audience: restricted, users: many, in: [a]}\n"};
    expect_for(CP_INTERNAL, was, is,
               "changed accountability.contacts[0].phone | contact 'Desk': phone |  ->  "
               "(withheld)\n"
               "added accountability.contacts[1] | contact 'New' |  ->  (1 left out)\n"
               "changed scope.in[0] | scope: in |  ->  (withheld)\n"
               "changed scope.users | scope: users |  ->  (withheld)\n");
    expect_for(CP_RESTRICTED, was, is,
               "changed accountability.contacts[0].phone | contact 'Desk': phone | 1 -> 2\n"
               "added accountability.contacts[1] | contact 'New' |  -> phone 3\n"
               "added scope.in[0] | scope: in |  -> a\n"
               "changed scope.users | scope: users | few -> many\n");
}
END_TEST

START_TEST(a_name_that_is_for_others_is_not_in_the_label)
{
    expect("backup_restore: {backups: [{id: b, copies: [{account: secret, encrypted: yes}]}]}\n",
           "backup_restore: {backups: [{id: b, copies: [{account: secret, encrypted: no}]}]}\n",
           "weakened backup_restore.backups[0].copies[0].encrypted | backup 'b': copy: encrypted | "
           "yes -> no\n");
}
END_TEST

START_TEST(an_audience_is_a_change)
{
    expect("scope: {audience: restricted, users: few}\n", "scope: {users: few}\n",
           "removed scope.audience | scope: audience | restricted -> \n");
}
END_TEST

/* ---- properties ------------------------------------------------------------------------------ */

START_TEST(nothing_differs_from_itself)
{
    for (size_t i = 0; i < example_plan_count; i++) {
        struct report_case was;
        struct report_case is;
        struct cp_buf out;
        report_case_load_example(&was, i);
        report_case_load_example(&is, i);
        compare_cases(&out, &was, &is, CP_RESTRICTED);
        ck_assert_str_eq(out.len > 0 ? out.at : "", "");
        cp_buf_release(&out);
        report_case_release(&was);
        report_case_release(&is);
    }
}
END_TEST

/* The changes as pairs of texts that do not tell forth from back, sorted. */
static int by_line(const void *a, const void *b)
{
    const char *const *left = a;
    const char *const *right = b;
    return strcmp(*left, *right);
}

struct mirror {
    struct cp_arena arena;
    CP_LIST(const char *) lines;
};

static void add_lines(struct mirror *out, const struct cp_compared *file, bool is_back)
{
    static const char *const back[] = {"strengthened", "weakened", "changed", "removed", "added"};
    for (size_t i = 0; i < file->changes.count; i++) {
        const struct cp_change *change = &file->changes.items[i];
        struct cp_str texts[2] = {is_back ? change->is : change->was,
                                  is_back ? change->was : change->is};
        const char *kind = is_back ? back[change->kind] : cp_change_name(change->kind);
        *(const char **)cp_list_push(&out->lines, sizeof(const char *)) =
            cp_arena_printf(&out->arena, "%s %.*s -> %.*s", kind, CP_ARG(texts[0]),
                            CP_ARG(texts[1]))
                .at;
    }
}

static void reflect(struct mirror *out, struct report_case *was, struct report_case *is,
                    bool is_back)
{
    struct cp_comparison comparison;
    struct cp_compared_plan old = {"plan.yaml", CP_STR("a"), &was->plan, &was->portfolio};
    struct cp_compared_plan new = {"plan.yaml", CP_STR("a"), &is->plan, &is->portfolio};
    cp_arena_init(&out->arena);
    cp_comparison_init(&comparison, CP_RESTRICTED);
    cp_comparison_add_portfolio(&comparison, "contplan.yaml", &was->portfolio, &is->portfolio,
                                true);
    cp_comparison_add_plan(&comparison, &old, &new);
    cp_comparison_settle(&comparison);
    for (size_t i = 0; i < comparison.files.count; i++) {
        add_lines(out, comparison.files.items[i], is_back);
    }
    cp_comparison_release(&comparison);
    if (out->lines.count > 1) {
        qsort(out->lines.items, out->lines.count, sizeof *out->lines.items, by_line);
    }
}

static void expect_mirror(struct report_case *was, struct report_case *is)
{
    struct mirror forth = {0};
    struct mirror back = {0};
    reflect(&forth, was, is, false);
    reflect(&back, is, was, true);
    ck_assert_uint_gt(forth.lines.count, 10);
    ck_assert_uint_eq(forth.lines.count, back.lines.count);
    for (size_t i = 0; i < forth.lines.count; i++) {
        ck_assert_str_eq(forth.lines.items[i], back.lines.items[i]);
    }
    cp_list_release(&forth.lines);
    cp_list_release(&back.lines);
    cp_arena_release(&forth.arena);
    cp_arena_release(&back.arena);
}

/* Two portfolios that have nothing to do with each other. */
START_TEST(portfolio_files_have_a_mirror_too)
{
    struct report_case was;
    struct report_case is;
    report_case_load(&was, "plans/example/contplan.yaml", "plans/example/plans/portal.yaml");
    report_case_load(&is, "plans/opg/contplan.yaml", "plans/opg/serve-opg.yaml");
    expect_mirror(&was, &is);
    report_case_release(&was);
    report_case_release(&is);
}
END_TEST

START_TEST(back_is_the_mirror_of_forth)
{
    for (size_t second = 0; second < (size_t)_i; second++) {
        struct report_case was;
        struct report_case is;
        report_case_load_example(&was, (size_t)_i);
        report_case_load_example(&is, second);
        expect_mirror(&was, &is);
        report_case_release(&was);
        report_case_release(&is);
    }
}
END_TEST

Suite *cp_suite_compare(void)
{
    Suite *suite = suite_create("compare");
    TCase *tests = tcase_create("compare");
    tcase_add_test(tests, words_are_kept_taken_out_and_put_in);
    tcase_add_test(tests, words_differ_but_for_blanks);
    tcase_add_test(tests, words_give_both_texts_back_and_their_mirror);
    tcase_add_test(tests, words_of_hostile_texts_are_not_compared);
    tcase_add_test(tests, objectives_are_weakened_and_strengthened);
    tcase_add_test(tests, a_promise_that_is_no_longer_given_is_weaker);
    tcase_add_test(tests, each_direction_is_its_row_s);
    tcase_add_test(tests, to_ask_less_is_weaker);
    tcase_add_test(tests, what_cannot_be_ordered_has_no_direction);
    tcase_add_test(tests, working_time_is_held_against_elapsed_time_on_the_calendar);
    tcase_add_test(tests, writing_it_otherwise_is_no_change);
    tcase_add_test(tests, items_are_matched_by_their_keys);
    tcase_add_test(tests, items_without_keys_are_matched_by_what_tells_them_apart);
    tcase_add_test(tests, items_without_either_are_matched_by_likeness);
    tcase_add_test(tests, a_moved_item_has_changed_only_where_the_order_counts);
    tcase_add_test(tests, an_empty_list_may_say_something);
    tcase_add_test(tests, sections_may_become_unknown);
    tcase_add_test(tests, what_cannot_be_read_is_shown_as_it_stands);
    tcase_add_test(tests, a_tier_s_change_is_said_in_the_portfolio_file);
    tcase_add_test(tests, another_tier_is_the_plan_s_own_change);
    tcase_add_test(tests, defaults_are_said_once);
    tcase_add_test(tests, a_value_of_its_own_is_not_reached);
    tcase_add_test(tests, the_portfolio_file_is_compared_by_its_ids);
    tcase_add_test(tests, what_is_for_others_is_withheld);
    tcase_add_test(tests, a_name_that_is_for_others_is_not_in_the_label);
    tcase_add_test(tests, an_audience_is_a_change);
    tcase_add_test(tests, nothing_differs_from_itself);
    tcase_add_test(tests, portfolio_files_have_a_mirror_too);
    tcase_add_loop_test(tests, back_is_the_mirror_of_forth, 0, 10);
    suite_add_tcase(suite, tests);
    return suite;
}
