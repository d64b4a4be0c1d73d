/*
 * The messages of the rules, made of hostile keys, values, comments and names of files: a portfolio
 * of nothing else is checked by the engine, and every format writes what was found. Seeded.
 */
#include "format_judge.h"
#include "hostile.h"
#include "suites.h"

#include <contplan/engine.h>

#include <string.h>

enum { ROUNDS = 25, PLANS = 3 };

/* Where text stands in the files: ~ is a value in double quotes, ^ what a comment may hold. */
static const char config_shape[] = "schema: contplan-config/v1\n"
                                   "people:\n"
                                   "  jon.reyes: {name: ~, email: ~, phone: ~, until: 2020-01-01}\n"
                                   "  ~: {name: ~}\n"
                                   "teams:\n"
                                   "  ~: {name: ~, members: [~, jon.reyes]}\n"
                                   "suppliers:\n"
                                   "  ~: {name: ~}\n"
                                   "~: ~ # contplan: ignore ^\n";

static const char plan_shape[] =
    "schema: ~\n"
    "id: ~\n"
    "name: ~\n"
    "~: ~ # contplan: ignore CP006 until ^\n"
    "phase: ~\n"
    "tier: ~\n"
    "accountability:\n"
    "  accountable: jon.reyes\n"
    "  contacts: [{name: ~, url: ~, email: ~, phone: ~}, {name: ~, ~: ~}]\n"
    "dependencies:\n"
    "  internal: [{service: ~, criticality: ~}]\n"
    "  external: [{name: ~, purpose: ~, criticality: hard}, {supplier: ~}]\n"
    "incident_response:\n"
    "  activation: {criteria: [~], authority: [~]}\n"
    "  roles:\n"
    "  - {role: ~, holders: [~, ~], deputies: [~]}\n"
    "  call_tree: [{from: ~, to: [~]}]\n"
    "it_continuity: {measures: [~], ~: ~}\n"
    "disaster_recovery:\n"
    "  objectives:\n"
    "  - {for: ~, mtpd: 1h, rto: 2h, rpo: ~}\n"
    "  - {scenario: ~, rto: ~, wrt: ~}\n"
    "  scenarios: [{id: ~, name: ~, loses: [~], response: [~]}]\n"
    "  runbooks:\n"
    "  - {id: ~, name: ~, path: ~, steps: [{id: ~, do: ~, command: ~, after: [~], role: ~}]}\n"
    "backup_restore:\n"
    "  description: ~\n"
    "  stores: [{id: ~, name: ~, canonical: true}]\n"
    "  backups: [{store: ~, every: ~, copies: [{where: ~, encrypted: false}]}]\n"
    "supporting:\n"
    "  risks: [{title: ~, url: ~}]\n"
    "  exercises: [{id: ~, date: 2099-01-01, type: ~, participants: [~]}]\n"
    "review: {last: 2099-01-01, approvals: [{by: ~, on: 2099-01-02, content: ~}]}\n"
    "suppressions:\n"
    "- {rule: ~, until: ~, by: ~, reason: ~}\n"
    "- {rule: CP101, until: 2027-01-01, by: ~, reason: ~}\n"
    "- {rule: CP006, until: 2027-01-01, by: jon.reyes, reason: ~}\n";

/* As YAML's double quotes take any text; what is malformed cannot stand in a plan. */
static void put_quoted(struct cp_buf *out, struct cp_str text)
{
    cp_buf_putc(out, '"');
    while (text.len > 0) {
        uint32_t c = 0;
        size_t len = cp_utf8_decode(&c, text);
        bool is_plain = len > 0 && c >= ' ' && c != '"' && c != '\\' && !cp_is_unprintable(c);
        if (is_plain) {
            cp_buf_put(out, cp_str_slice(text, 0, len));
        } else if (len > 0) {
            cp_buf_printf(out, "\\U%08X", (unsigned)c);
        }
        text = cp_str_slice(text, len > 0 ? len : 1, text.len);
    }
    cp_buf_putc(out, '"');
}

static void put_comment(struct cp_buf *out, struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool is_plain = text.at[i] >= ' ' && text.at[i] <= '~';
        cp_buf_putc(out, is_plain ? text.at[i] : ' ');
    }
}

static void fill_shape(struct cp_buf *out, const char *shape, struct chance *chance)
{
    struct cp_buf words;
    cp_buf_init(&words);
    for (; *shape; shape++) {
        if (*shape == '~' || *shape == '^') {
            chance_fill(&words, chance, 4);
            (*shape == '~' ? put_quoted : put_comment)(out, cp_buf_str(&words));
        } else {
            cp_buf_putc(out, *shape);
        }
    }
    cp_buf_release(&words);
}

/* ---- a portfolio ----------------------------------------------------------------------------- */

struct portfolio {
    struct cp_buf paths[PLANS + 1], texts[PLANS + 1];
    struct cp_overlay_file files[PLANS + 1];
};

/* Anything that a name of a file may be. */
static void put_name(struct cp_buf *out, struct chance *chance, int index)
{
    struct cp_buf words;
    cp_buf_init(&words);
    chance_fill(&words, chance, 3);
    for (size_t i = 0; i < words.len; i++) {
        cp_buf_putc(out, words.at[i] == '/' ? '|' : words.at[i]);
    }
    cp_buf_printf(out, "%d.yaml", index);
    cp_buf_release(&words);
}

static void portfolio_init(struct portfolio *out, struct chance *chance)
{
    for (int i = 0; i <= PLANS; i++) {
        cp_buf_init(&out->paths[i]);
        cp_buf_init(&out->texts[i]);
        cp_buf_puts(&out->paths[i], i == 0 ? "x/contplan.yaml" : "x/plans/");
        if (i > 0) {
            put_name(&out->paths[i], chance, i);
        }
        fill_shape(&out->texts[i], i == 0 ? config_shape : plan_shape, chance);
        out->files[i] = (struct cp_overlay_file){out->paths[i].at, cp_buf_str(&out->texts[i])};
    }
}

static void portfolio_release(struct portfolio *portfolio)
{
    for (int i = 0; i <= PLANS; i++) {
        cp_buf_release(&portfolio->paths[i]);
        cp_buf_release(&portfolio->texts[i]);
    }
}

/* ---- what was found of it -------------------------------------------------------------------- */

static void judge_format(const struct cp_findings_format *format,
                         const struct cp_findings *findings)
{
    struct cp_output_options plain = {.has_color = false};
    size_t waived = strcmp(format->name, "sarif") == 0 ? findings->waived : 0;
    struct cp_buf out;
    cp_buf_init(&out);
    format->write(&out, findings, &plain);
    const char *defect =
        judge_findings(format->name, cp_buf_str(&out), "x/", (int)(findings->count + waived));
    struct cp_str shown = cp_str_slice(cp_buf_str(&out), out.len > 4000 ? out.len - 4000 : 0, 4000);
    ck_assert_msg(!defect, "%s: %s in\n%.*s", format->name, defect, CP_ARG(shown));
    cp_buf_release(&out);
}

/* The rules that spoke, by the code that each finding has. */
static void note_rules(struct cp_map *rules, const struct cp_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const char *code = findings->items[i]->rule->code;
        cp_map_put(rules, cp_str_of(code), (void *)(uintptr_t)code);
    }
}

START_TEST(no_message_of_a_rule_gets_out_raw)
{
    static const char *const paths[] = {"x"};
    const struct cp_findings_format *formats;
    size_t count = cp_findings_formats(&formats);
    struct chance chance = {1123};
    struct cp_map rules;
    size_t waived = 0;
    cp_map_init(&rules);
    for (int round = 0; round < ROUNDS; round++) {
        struct portfolio portfolio;
        struct cp_selection selection;
        portfolio_init(&portfolio, &chance);
        cp_selection_init(&selection);
        struct cp_overlay overlay = {portfolio.files, PLANS + 1, NULL};
        struct cp_source source = cp_source_overlay(&overlay);
        struct cp_request request = {
            .paths = paths, .path_count = 1, .today = cp_date_of(2026, 11, 23), .jobs = 1};
        struct cp_engine *engine = cp_engine_new(&source, &request);
        const struct cp_findings *findings = cp_engine_validate(engine, &selection);
        for (size_t i = 0; i < count; i++) {
            judge_format(&formats[i], findings);
        }
        note_rules(&rules, findings);
        waived += findings->waived;
        cp_engine_free(engine);
        cp_selection_release(&selection);
        portfolio_release(&portfolio);
    }
    ck_assert_uint_gt(rules.count, 20);
    ck_assert_uint_gt(waived, 0);
    cp_map_release(&rules);
}
END_TEST

Suite *cp_suite_output_messages(void)
{
    Suite *suite = suite_create("output_messages");
    TCase *tcase = tcase_create("messages");
    tcase_add_test(tcase, no_message_of_a_rule_gets_out_raw);
    suite_add_tcase(suite, tcase);
    return suite;
}
