/*
 * The fixtures of the rules: tests/golden/rules/CPnnn-name.yaml, one for each row of the registry.
 * A fixture is cut at its lines `--- # file: PATH` into files in memory; the engine checks them,
 * and what it finds must be what the comments in them say, no more and no less:
 *
 *   rto: 8h # expect: CP301
 *   # expect@+1: CP201 at 'TBC'          of the line below, where a comment cannot stand
 *   tier: 1 # expect: CP104 error says "MTPD" helps "add"
 *   <!-- # expect@+2: CP704 -->          in Markdown
 *
 * A file `# file: PATH 2026-05-01` is an earlier version of one (past.h).
 *
 * Above the first file: `# only: CP301 CP306` reports these alone, `# today: 2026-11-23` sets the
 * day. A file without a finding is the good case; each fixture needs one. retired.txt keeps the
 * codes of rules that are gone, so that none is given out again.
 */
#include "names.h"
#include "past.h"
#include "suites.h"

#include <contplan/engine.h>
#include <contplan/rules.h>
#include <contplan/source.h>

#include <stdlib.h>
#include <string.h>

static const char folder[] = CONTPLAN_SOURCE_DIR "/tests/golden/rules";

struct expectation {
    const char *path;
    uint32_t line;
    struct cp_str code, severity, at, says, helps;
    bool is_met;
};

struct fixture {
    struct cp_arena arena;
    struct cp_buf bytes;
    struct cp_selection only;
    struct cp_date today;
    CP_LIST(struct cp_overlay_file) files;
    struct past_case past;
    CP_LIST(struct expectation) expectations;
    struct cp_buf wrong; /* what did not come out as expected */
};

/* ---- reading --------------------------------------------------------------------------------- */

static void load(struct cp_buf *out, const char *path)
{
    struct cp_error error;
    if (cp_source_folder.load(&cp_source_folder, path, SIZE_MAX, out, &error) != 0) {
        ck_abort_msg("%s", error.text);
    }
}

/* The next word of `*rest`, moving it on. */
static struct cp_str next_word(struct cp_str *rest)
{
    *rest = cp_str_trim(*rest);
    size_t len = cp_str_find(*rest, CP_STR(" "));
    struct cp_str word = cp_str_slice(*rest, 0, len);
    *rest = cp_str_trim(cp_str_slice(*rest, word.len, SIZE_MAX));
    return word;
}

/* A text in single or double quotes. */
static struct cp_str next_quoted(struct cp_str *rest)
{
    struct cp_str quote = cp_str_slice(*rest, 0, 1);
    ck_assert_msg(cp_str_is(quote, "'") || cp_str_is(quote, "\""), "not in quotes: %.*s",
                  CP_ARG(*rest));
    size_t len = cp_str_find(cp_str_slice(*rest, 1, SIZE_MAX), quote);
    ck_assert_msg(len != SIZE_MAX, "no closing quote: %.*s", CP_ARG(*rest));
    struct cp_str text = cp_str_slice(*rest, 1, len);
    *rest = cp_str_trim(cp_str_slice(*rest, len + 2, SIZE_MAX));
    return text;
}

/* CODE [severity] [at 'source text'] [says "part of the message"] [helps "part of the help"] */
static void add_expectation(struct fixture *fixture, const char *path, uint32_t line,
                            struct cp_str rest)
{
    struct expectation *expectation = cp_list_push(&fixture->expectations, sizeof(*expectation));
    *expectation = (struct expectation){.path = path, .line = line, .code = next_word(&rest)};
    ck_assert_msg(cp_rules_find(expectation->code) != NULL, "%s: %.*s is no rule", path,
                  CP_ARG(expectation->code));
    while (rest.len > 0) {
        struct cp_str word = next_word(&rest);
        enum cp_severity severity;
        if (cp_str_is(word, "at")) {
            expectation->at = next_quoted(&rest);
        } else if (cp_str_is(word, "says")) {
            expectation->says = next_quoted(&rest);
        } else if (cp_str_is(word, "helps")) {
            expectation->helps = next_quoted(&rest);
        } else {
            ck_assert_msg(cp_severity_parse(&severity, word), "%s:%u: not understood: %.*s", path,
                          line, CP_ARG(word));
            expectation->severity = word;
        }
    }
}

/* The lines down or up that `@+2` and `@-1` tell, moving `*rest` behind it. */
static int read_shift(struct cp_str *rest)
{
    int shift = 0;
    bool is_up = cp_str_has_prefix(*rest, "@-");
    size_t at = is_up || cp_str_has_prefix(*rest, "@+") ? 2 : 0;
    while (at > 0 && at < rest->len && rest->at[at] >= '0' && rest->at[at] <= '9') {
        shift = shift * 10 + (rest->at[at++] - '0');
    }
    *rest = cp_str_slice(*rest, at, SIZE_MAX);
    return is_up ? -shift : shift;
}

/* All `# expect: …` of a line; each ends where the next begins. */
static void read_line(struct fixture *fixture, const char *path, uint32_t number,
                      struct cp_str line)
{
    struct cp_str mark = CP_STR("# expect");
    size_t comment = cp_str_find(line, CP_STR(" -->")); /* in Markdown */
    line = cp_str_slice(line, 0, comment);
    size_t at = cp_str_find(line, mark);
    while (at != SIZE_MAX) {
        struct cp_str rest = cp_str_slice(line, at + mark.len, SIZE_MAX);
        int shift = read_shift(&rest);
        ck_assert_msg(cp_str_has_prefix(rest, ":"), "%s:%u: no colon behind expect", path, number);
        rest = cp_str_slice(rest, 1, SIZE_MAX);
        at = cp_str_find(rest, mark);
        struct cp_str own = cp_str_slice(rest, 0, at);
        line = cp_str_slice(rest, own.len, SIZE_MAX);
        add_expectation(fixture, path, (uint32_t)((int)number + shift), own);
        at = cp_str_find(line, mark);
    }
}

static void read_head(struct fixture *fixture, struct cp_str line)
{
    if (cp_str_has_prefix(line, "# only:")) {
        struct cp_str rest = cp_str_slice(line, 7, SIZE_MAX);
        while (rest.len > 0) {
            struct cp_str code = next_word(&rest);
            ck_assert_msg(cp_selection_select(&fixture->only, code), "%.*s is no rule",
                          CP_ARG(code));
        }
    } else if (cp_str_has_prefix(line, "# today:")) {
        ck_assert(cp_date_parse(&fixture->today, cp_str_trim(cp_str_slice(line, 8, SIZE_MAX))));
    }
}

static void split(struct fixture *fixture)
{
    struct cp_str mark = CP_STR("--- # file: ");
    struct cp_str all = cp_buf_str(&fixture->bytes);
    struct cp_str rest = all;
    struct cp_str line;
    struct cp_overlay_file *file = NULL;
    struct past_file *old = NULL;
    uint32_t number = 0;
    for (const char *from = rest.at; cp_str_line(&line, &rest); from = rest.at) {
        bool is_head = cp_str_has_prefix(line, mark.at);
        const char *end = rest.len > 0 ? rest.at : all.at + all.len;
        old = is_head ? past_case_add(&fixture->past, cp_str_slice(line, mark.len, SIZE_MAX)) : old;
        if (old) {
            const char *begin = old->text.at ? old->text.at : end;
            old->text = (struct cp_str){begin, (size_t)(end - begin)};
        } else if (is_head) {
            file = cp_list_push(&fixture->files, sizeof(*file));
            file->path = cp_arena_copy(&fixture->arena, cp_str_slice(line, mark.len, SIZE_MAX)).at;
            file->bytes.at = rest.at;
            number = 0;
        } else if (file) {
            file->bytes.len += (size_t)(end - from);
            read_line(fixture, file->path, ++number, line);
        } else {
            read_head(fixture, line);
        }
    }
}

static void fixture_init(struct fixture *fixture, const char *name)
{
    *fixture = (struct fixture){0};
    cp_arena_init(&fixture->arena);
    cp_buf_init(&fixture->bytes);
    cp_buf_init(&fixture->wrong);
    cp_selection_init(&fixture->only);
    fixture->today = cp_date_of(2026, 11, 23);
    load(&fixture->bytes, cp_path_join(&fixture->arena, folder, name));
    past_case_init(&fixture->past);
    split(fixture);
    ck_assert_msg(fixture->files.count > 0, "%s holds no line '--- # file: PATH'", name);
}

static void fixture_release(struct fixture *fixture)
{
    cp_list_release(&fixture->files);
    past_case_release(&fixture->past);
    cp_list_release(&fixture->expectations);
    cp_selection_release(&fixture->only);
    cp_buf_release(&fixture->bytes);
    cp_buf_release(&fixture->wrong);
    cp_arena_release(&fixture->arena);
}

/* ---- comparing ------------------------------------------------------------------------------- */

/* The text a finding is about, as it stands in the file. */
static struct cp_str source_of(const struct fixture *fixture, const struct cp_diagnostic *finding)
{
    for (size_t i = 0; i < fixture->files.count; i++) {
        if (strcmp(fixture->files.items[i].path, finding->at.path) == 0) {
            return cp_str_slice(fixture->files.items[i].bytes, finding->place.span.offset,
                                finding->place.span.length);
        }
    }
    return (struct cp_str){0};
}

static bool is_expected(const struct fixture *fixture, const struct expectation *expectation,
                        const struct cp_diagnostic *finding)
{
    const char *severity = cp_severity_name(finding->severity);
    return !expectation->is_met && strcmp(expectation->path, finding->at.path) == 0 &&
           expectation->line == finding->at.line &&
           cp_str_is(expectation->code, finding->rule->code) &&
           (expectation->severity.len == 0 || cp_str_is(expectation->severity, severity)) &&
           (expectation->at.len == 0 ||
            cp_str_is_equal(expectation->at, source_of(fixture, finding))) &&
           cp_str_find(finding->message, expectation->says) != SIZE_MAX &&
           cp_str_find(finding->help, expectation->helps) != SIZE_MAX;
}

static void compare(struct fixture *fixture, const struct cp_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct cp_diagnostic *finding = findings->items[i];
        struct expectation *met = NULL;
        for (size_t j = 0; j < fixture->expectations.count && !met; j++) {
            struct expectation *expectation = &fixture->expectations.items[j];
            met = is_expected(fixture, expectation, finding) ? expectation : NULL;
        }
        if (met) {
            met->is_met = true;
        } else {
            cp_buf_printf(&fixture->wrong, "\n  found     %s:%u:%u %s %s: %.*s (%.*s) [%.*s]",
                          finding->at.path, finding->at.line, finding->at.column,
                          finding->rule->code, cp_severity_name(finding->severity),
                          CP_ARG(finding->message), CP_ARG(finding->help),
                          CP_ARG(source_of(fixture, finding)));
        }
    }
    for (size_t i = 0; i < fixture->expectations.count; i++) {
        const struct expectation *expectation = &fixture->expectations.items[i];
        if (!expectation->is_met) {
            cp_buf_printf(&fixture->wrong, "\n  expected  %s:%u %.*s %.*s", expectation->path,
                          expectation->line, CP_ARG(expectation->code),
                          CP_ARG(expectation->severity));
        }
    }
}

static void run(struct fixture *fixture, unsigned jobs)
{
    struct cp_overlay overlay = {fixture->files.items, fixture->files.count, NULL};
    struct cp_source source = cp_source_overlay(&overlay);
    struct cp_request request = {.today = fixture->today, .jobs = jobs};
    fixture->past.oldest.count = 0;
    if (past_case_open(&fixture->past, &source)) {
        request.past = &fixture->past.past;
        request.before = &fixture->past.before;
    }
    struct cp_engine *engine = cp_engine_new(&source, &request);
    const char *const *failures;
    for (size_t i = 0; i < fixture->expectations.count; i++) {
        fixture->expectations.items[i].is_met = false;
    }
    compare(fixture, cp_engine_validate(engine, &fixture->only));
    size_t count = cp_engine_failures(engine, &failures);
    for (size_t i = 0; i < count; i++) {
        cp_buf_printf(&fixture->wrong, "\n  failure   %s", failures[i]);
    }
    cp_engine_free(engine);
}

/* ---- the tests ------------------------------------------------------------------------------- */

static struct names names;

START_TEST(finds_what_is_expected)
{
    struct fixture fixture;
    const char *name = names.items.items[_i];
    fixture_init(&fixture, name);
    run(&fixture, 1);
    run(&fixture, 3);
    if (fixture.wrong.len > 0) {
        ck_abort_msg("%s:%s", name, fixture.wrong.at);
    }
    fixture_release(&fixture);
}
END_TEST

static bool has_expectation(const struct fixture *fixture, const char *path, const char *code)
{
    for (size_t i = 0; i < fixture->expectations.count; i++) {
        const struct expectation *expectation = &fixture->expectations.items[i];
        if ((!path || strcmp(expectation->path, path) == 0) &&
            (!code || cp_str_is(expectation->code, code))) {
            return true;
        }
    }
    return false;
}

static bool has_good_case(const struct fixture *fixture)
{
    for (size_t i = 0; i < fixture->files.count; i++) {
        if (!has_expectation(fixture, fixture->files.items[i].path, NULL)) {
            return true;
        }
    }
    return false;
}

START_TEST(every_rule_has_a_bad_and_a_good_case)
{
    const struct cp_rule *rule = cp_checks_get((size_t)_i)->rule;
    char name[128];
    struct fixture fixture;
    snprintf(name, sizeof(name), "%s-%s.yaml", rule->code, rule->name);
    fixture_init(&fixture, name);
    ck_assert_msg(has_expectation(&fixture, NULL, rule->code), "%s: no bad case", name);
    ck_assert_msg(has_good_case(&fixture), "%s: no file without a finding", name);
    fixture_release(&fixture);
}
END_TEST

START_TEST(every_rule_explains_itself)
{
    const struct cp_rule *rule = cp_checks_get((size_t)_i)->rule;
    ck_assert_msg(rule->summary && strlen(rule->summary) > 20, "%s: no summary", rule->code);
    ck_assert_msg(rule->explanation && strlen(rule->explanation) > 80, "%s: no explanation",
                  rule->code);
    ck_assert_msg(rule->severity != CP_OFF, "%s: no severity", rule->code);
    ck_assert_msg(!rule->clause || strlen(rule->clause) > 4, "%s: no clause", rule->code);
}
END_TEST

/* The name of a fixture as a code and a rule's name, behind which it may go on; false for one that
 * is about no single rule. */
static bool split_name(struct cp_str *code, struct cp_str *rule, const char *name)
{
    struct cp_str all = cp_str_of(name);
    *code = cp_str_slice(all, 0, 5);
    *rule = cp_str_slice(all, 6, all.len > 11 ? all.len - 11 : 0);
    return cp_str_has_prefix(all, "CP");
}

/* A rule that goes leaves its fixture behind, and this test says where its code must be kept. */
START_TEST(every_fixture_has_its_rule)
{
    struct cp_str code;
    struct cp_str name;
    if (split_name(&code, &name, names.items.items[_i])) {
        const struct cp_rule *rule = cp_rules_find(code);
        ck_assert_msg(rule && cp_str_has_prefix(name, rule->name),
                      "%s is about no rule: delete it and add its code to retired.txt",
                      names.items.items[_i]);
    }
}
END_TEST

START_TEST(no_code_is_used_twice)
{
    struct fixture fixture = {0};
    const struct cp_rule *rule = cp_checks_get((size_t)_i)->rule;
    struct cp_str line;
    cp_arena_init(&fixture.arena);
    cp_buf_init(&fixture.bytes);
    load(&fixture.bytes, cp_path_join(&fixture.arena, folder, "retired.txt"));
    struct cp_str rest = cp_buf_str(&fixture.bytes);
    while (cp_str_line(&line, &rest)) {
        ck_assert_msg(!cp_str_is(next_word(&line), rule->code),
                      "%s was used before: take a code that never was", rule->code);
    }
    if (_i > 0) {
        ck_assert_str_lt(cp_checks_get((size_t)_i - 1)->rule->code, rule->code);
    }
    fixture_release(&fixture);
}
END_TEST

Suite *cp_golden_rules(void)
{
    Suite *suite = suite_create("rules");
    TCase *fixtures = tcase_create("fixtures");
    TCase *registry = tcase_create("registry");
    int rules = (int)cp_checks_count();
    names_list(&names, folder, ".yaml");
    tcase_add_loop_test(fixtures, finds_what_is_expected, 0, (int)names.items.count);
    tcase_add_loop_test(registry, every_fixture_has_its_rule, 0, (int)names.items.count);
    tcase_add_loop_test(registry, every_rule_has_a_bad_and_a_good_case, 0, rules);
    tcase_add_loop_test(registry, every_rule_explains_itself, 0, rules);
    tcase_add_loop_test(registry, no_code_is_used_twice, 0, rules);
    suite_add_tcase(suite, fixtures);
    suite_add_tcase(suite, registry);
    return suite;
}
