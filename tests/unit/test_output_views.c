/*
 * The views of a portfolio, attacked through plans: whatever their texts hold, a calendar keeps its
 * lines and its number of events, a table its rows, and a graph its nodes
 * and links.
 */
#include "hostile.h"
#include "report_case.h"
#include "suites.h"

#include <contplan/output.h>

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 150 };

/* ---- plans with hostile texts ------------------------------------------------------------------
 */

/* A text as YAML reads it back; bytes that are none are left out. */
static void put_quoted(struct cp_buf *out, struct cp_str text)
{
    cp_buf_putc(out, '"');
    while (text.len > 0) {
        uint32_t c = 0;
        size_t len = cp_utf8_decode(&c, text);
        if (len > 0) {
            cp_buf_printf(out, "\\U%08X", (unsigned)c);
        }
        text = cp_str_slice(text, len > 0 ? len : 1, SIZE_MAX);
    }
    cp_buf_putc(out, '"');
}

/* `%` stands for a hostile text, `$` for one that no other is equal to. */
static void put_attack(struct cp_buf *out, struct chance *chance, const char *pattern)
{
    struct cp_buf text;
    char own = 'A'; /* a holder with a capital is nobody's id */
    cp_buf_init(&text);
    for (const char *at = pattern; *at; at++) {
        if (*at == '%' || *at == '$') {
            chance_fill(&text, chance, 14);
            if (*at == '$') {
                cp_buf_putc(&text, own++);
            }
            put_quoted(out, cp_buf_str(&text));
        } else {
            cp_buf_putc(out, *at);
        }
    }
    cp_buf_release(&text);
}

static const char config[] = "organisation: %\n"
                             "people: [{id: ada, name: %}]\n"
                             "suppliers: [{id: s, name: %}]\n";

static const char plan[] = "schema: contplan/v1\n"
                           "id: a\n"
                           "name: %\n"
                           "accountability: {accountable: $}\n"
                           "dependencies:\n"
                           "  internal:\n"
                           "    - {name: $, criticality: hard}\n"
                           "    - {service: a, criticality: hard}\n"
                           "  external:\n"
                           "    - {name: $}\n"
                           "    - {supplier: s, criticality: soft, recovery_needs: yes}\n"
                           "disaster_recovery:\n"
                           "  objectives: [{for: %, rto: 4h, rpo: 1h}]\n"
                           "backup_restore:\n"
                           "  stores: [{id: s}]\n"
                           "  backups: [{id: b, store: s, method: dump}]\n"
                           "  restore_tests: [{date: 2026-01-04, store: s, backup: b}]\n"
                           "supporting:\n"
                           "  exercises:\n"
                           "    - id: e\n"
                           "      date: 2026-01-05\n"
                           "      summary: %\n"
                           "      findings:\n"
                           "        - {id: f, text: %, owner: %, due: 2026-12-01}\n"
                           "        - {text: %, owner: ada, due: 2026-03-01}\n"
                           "review: {last: 2026-01-06, by: %, note: %}\n"
                           "suppressions: [{rule: CP301, reason: %, by: %, until: 2027-01-31}]\n";

static void attack_init(struct report_case *out, struct chance *chance)
{
    struct cp_buf texts[2];
    cp_buf_init(&texts[0]);
    cp_buf_init(&texts[1]);
    put_attack(&texts[0], chance, config);
    put_attack(&texts[1], chance, plan);
    report_case_init(out, texts[0].at, texts[1].at);
    ck_assert_int_eq(out->plan.leaf.state, CP_SET);
    cp_buf_release(&texts[0]);
    cp_buf_release(&texts[1]);
}

static struct cp_viewed viewed_of(const struct report_case *report)
{
    return (struct cp_viewed){.plan = &report->plan,
                              .portfolio = &report->portfolio,
                              .profile = cp_profile_find(CP_STR("baseline")),
                              .id = CP_STR("a"),
                              .path = "plans/a.yaml"};
}

static const struct cp_date today = {20780}; /* 2026-11-23 */

/* ---- calendars ---------------------------------------------------------------------------------
 */

static void put_calendar(struct cp_buf *out, const struct cp_viewed *viewed,
                         enum cp_audience audience)
{
    struct cp_agenda agenda;
    struct cp_waived waived = {.rule = cp_rules_find(CP_STR("CP401")),
                               .said = {.by = viewed->plan->review.by.text,
                                        .reason = viewed->plan->review.note.text,
                                        .last_day = {today.days + 1}},
                               .field = CP_STR("review.by"),
                               .path = "contplan.yaml"};
    cp_agenda_init(&agenda, audience, today);
    cp_agenda_add(&agenda, viewed, &waived, 1);
    cp_agenda_add_shared(&agenda, &waived, NULL);
    cp_agenda_put(out, &agenda);
    cp_agenda_release(&agenda);
}

static bool is_of_calendar(struct cp_str line)
{
    static const char *const starts[] = {
        " ",         "BEGIN:",       "END:",        "VERSION:",      "PRODID:",
        "CALSCALE:", "METHOD:",      "NAME:",       "X-WR-CALNAME:", "REFRESH-",
        "X-PUBL",    "UID:",         "DTSTAMP:",    "DTSTART;",      "DTEND;",
        "SUMMARY:",  "DESCRIPTION:", "CATEGORIES:", "TRANSP:"};
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (cp_str_has_prefix(line, starts[i])) {
            return true;
        }
    }
    return false;
}

/* Lines that end as they must and are not too long; the number that is `wanted`. */
static size_t check_calendar(struct cp_str text, const char *wanted)
{
    size_t count = 0;
    while (text.len > 0) {
        size_t end = cp_str_find(text, CP_STR("\r\n"));
        ck_assert(end != SIZE_MAX);
        struct cp_str line = cp_str_slice(text, 0, end);
        check_printable("calendar", line);
        if (line.len > 75 || !is_of_calendar(line) || has_mark(line) ||
            cp_str_has_prefix(trim_start(line), "::")) {
            ck_abort_msg("calendar: forged or long line: %.*s", CP_ARG(line));
        }
        count += cp_str_is(line, wanted);
        text = cp_str_slice(text, end + 2, SIZE_MAX);
    }
    return count;
}

START_TEST(no_text_breaks_a_calendar)
{
    struct chance chance = {20261123};
    for (int round = 0; round < ROUNDS; round++) {
        struct report_case report;
        struct cp_buf out;
        attack_init(&report, &chance);
        struct cp_viewed viewed = viewed_of(&report);
        cp_buf_init(&out);
        put_calendar(&out, &viewed, CP_RESTRICTED);
        ck_assert_uint_eq(check_calendar(cp_buf_str(&out), "BEGIN:VEVENT"), 8);
        cp_buf_release(&out);
        report_case_release(&report);
    }
}
END_TEST

/* ---- overviews ---------------------------------------------------------------------------------
 */

static void put_overview(struct cp_buf *out, const struct cp_viewed *viewed, const char *format,
                         unsigned width)
{
    static const struct cp_findings none = {0};
    struct cp_overview overview;
    cp_overview_init(&overview, &none, CP_RESTRICTED, today);
    cp_overview_add(&overview, viewed);
    cp_overview_settle(&overview);
    cp_table_format_find(cp_str_of(format))
        ->write(out, &overview.table, &(struct cp_output_options){.width = width});
    cp_overview_release(&overview);
}

/* Of `wanted` lines, none begins what a build server would obey. */
static void check_table(const char *format, struct cp_str text, size_t wanted)
{
    struct cp_str line;
    size_t count = 0;
    while (cp_str_line(&line, &text)) {
        check_printable(format, line);
        if (has_mark(line) || cp_str_has_prefix(trim_start(line), "::")) {
            ck_abort_msg("%s: forged line: %.*s", format, CP_ARG(line));
        }
        count++;
    }
    ck_assert_msg(wanted == 0 || count == wanted, "%s: %zu lines", format, count);
}

START_TEST(no_text_breaks_an_overview)
{
    struct chance chance = {20261124};
    for (int round = 0; round < ROUNDS; round++) {
        struct report_case report;
        struct cp_buf out;
        attack_init(&report, &chance);
        struct cp_viewed viewed = viewed_of(&report);
        cp_buf_init(&out);
        put_overview(&out, &viewed, "table", 0);
        check_table("table", cp_buf_str(&out), 4);
        cp_buf_clear(&out);
        put_overview(&out, &viewed, "csv", 0);
        check_table("csv", cp_buf_str(&out), 2);
        ck_assert(cp_str_find(cp_buf_str(&out), CP_STR(",\"=")) == SIZE_MAX);
        cp_buf_clear(&out);
        put_overview(&out, &viewed, "json", 0);
        check_table("json", cp_buf_str(&out), 0);
        cp_buf_release(&out);
        report_case_release(&report);
    }
}
END_TEST

START_TEST(a_table_fits_the_width)
{
    struct report_case report;
    struct cp_buf out;
    report_case_load(&report, "plans/example/contplan.yaml", "plans/example/plans/documents.yaml");
    struct cp_viewed viewed = viewed_of(&report);
    cp_buf_init(&out);
    for (unsigned width = 40; width < 200; width++) {
        struct cp_str line;
        cp_buf_clear(&out);
        put_overview(&out, &viewed, "table", width);
        for (struct cp_str rest = cp_buf_str(&out); cp_str_line(&line, &rest);) {
            ck_assert_uint_le(cp_text_width(line), width);
        }
    }
    ck_assert(cp_str_find(cp_buf_str(&out), CP_STR("want of width")) == SIZE_MAX);
    cp_buf_release(&out);
    report_case_release(&report);
}
END_TEST

/* ---- graphs ------------------------------------------------------------------------------------
 */

static void put_graph(struct cp_buf *out, const struct cp_viewed *viewed, const char *format)
{
    struct cp_arena arena;
    struct cp_network network;
    struct cp_graph graph;
    cp_arena_init(&arena);
    struct cp_facts *facts =
        cp_facts_new(viewed->plan, viewed->id, viewed->portfolio, CP_FACTS_RECOVERY, &arena);
    cp_network_init(&network, viewed->portfolio, (const struct cp_facts *const *)&facts, NULL, 1);
    cp_graph_init(&graph, CP_RESTRICTED, CP_CLUSTER_OWNER);
    cp_graph_add(&graph, &network);
    cp_graph_settle(&graph);
    cp_graph_format_find(cp_str_of(format))->write(out, &graph);
    cp_graph_release(&graph);
    cp_network_release(&network);
    free(facts);
    cp_arena_release(&arena);
}

/* What stands outside of quotes, as the format ends them. */
static void put_bones(struct cp_buf *out, struct cp_str text, bool has_escapes)
{
    bool is_inside = false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_escape = has_escapes && is_inside && text.at[i] == '\\';
        i += is_escape;
        if (!is_escape && text.at[i] == '"') {
            is_inside = !is_inside;
        } else if (!is_inside) {
            cp_buf_putc(out, text.at[i]);
        }
    }
    ck_assert(!is_inside);
}

static const char plain_plan[] =
    "schema: contplan/v1\n"
    "id: a\n"
    "name: A\n"
    "accountability: {accountable: Ada}\n"
    "dependencies:\n"
    "  internal: [{name: B, criticality: hard}, {service: a, criticality: hard}]\n"
    "  external: [{name: C}, {supplier: s, criticality: soft, recovery_needs: yes}]\n";

static void put_plain_bones(struct cp_buf *out, const char *format, bool has_escapes)
{
    struct report_case report;
    struct cp_buf text;
    report_case_init(&report, "suppliers: [{id: s, name: S}]\n", plain_plan);
    struct cp_viewed viewed = viewed_of(&report);
    cp_buf_init(&text);
    put_graph(&text, &viewed, format);
    put_bones(out, cp_buf_str(&text), has_escapes);
    cp_buf_release(&text);
    report_case_release(&report);
}

/* Mermaid has no escapes: what it could take for anything but text is an entity. */
static void check_entities(struct cp_str text)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                " ,.()/_-";
    bool is_inside = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"') {
            is_inside = !is_inside;
        } else if (is_inside && c == '#') {
            size_t digits = strspn(text.at + i + 1, "0123456789");
            ck_assert(digits > 0 && text.at[i + 1 + digits] == ';');
            i += digits + 1;
        } else if (is_inside && c < 0x80 && !strchr(plain, c)) {
            ck_abort_msg("raw %c in %.*s", c, CP_ARG(text));
        }
    }
}

static const struct {
    const char *name;
    bool has_escapes;
} drawings[] = {{"dot", true}, {"mermaid", false}};

START_TEST(no_text_adds_to_a_graph)
{
    struct chance chance = {20261125};
    struct cp_buf wanted;
    cp_buf_init(&wanted);
    put_plain_bones(&wanted, drawings[_i].name, drawings[_i].has_escapes);
    for (int round = 0; round < ROUNDS; round++) {
        struct report_case report;
        struct cp_buf out, bones;
        attack_init(&report, &chance);
        struct cp_viewed viewed = viewed_of(&report);
        cp_buf_init(&out);
        cp_buf_init(&bones);
        put_graph(&out, &viewed, drawings[_i].name);
        check_table(drawings[_i].name, cp_buf_str(&out), 0);
        put_bones(&bones, cp_buf_str(&out), drawings[_i].has_escapes);
        ck_assert_str_eq(bones.at, wanted.at);
        if (!drawings[_i].has_escapes) {
            check_entities(cp_buf_str(&out));
        }
        cp_buf_release(&bones);
        cp_buf_release(&out);
        report_case_release(&report);
    }
    cp_buf_release(&wanted);
}
END_TEST

Suite *cp_suite_output_views(void)
{
    Suite *suite = suite_create("output_views");
    TCase *calendars = tcase_create("calendars");
    tcase_add_test(calendars, no_text_breaks_a_calendar);
    suite_add_tcase(suite, calendars);
    TCase *overviews = tcase_create("overviews");
    tcase_add_test(overviews, no_text_breaks_an_overview);
    tcase_add_test(overviews, a_table_fits_the_width);
    suite_add_tcase(suite, overviews);
    TCase *graphs = tcase_create("graphs");
    tcase_add_loop_test(graphs, no_text_adds_to_a_graph, 0,
                        (int)(sizeof drawings / sizeof drawings[0]));
    suite_add_tcase(suite, graphs);
    return suite;
}
