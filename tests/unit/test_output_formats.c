/*
 * What holds of every format in the registry: each is told apart what was found, and it is the same
 * in all of them. A format that no reader here knows fails the test. Seeded; no luck involved.
 */
#include "findings_case.h"
#include "hostile.h"
#include "readers.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 12, FILES = 3, FINDINGS = 60, LINE = 160 };

/* ---- a set of findings ----------------------------------------------------------------------- */

/* A line each: severity, code, place, and the number that its message begins with. */
struct set {
    char lines[FINDINGS * 2][LINE];
    size_t count;
};

/* What is known so far of the one that is being read. */
struct piece {
    struct set *set;
    char severity;
    char code[8];
    char path[64];
    unsigned line, number;
};

static void add(struct set *set, char severity, const char *code, const char *path, unsigned line,
                unsigned number)
{
    ck_assert_uint_lt(set->count, FINDINGS * 2);
    snprintf(set->lines[set->count++], LINE, "%c %s %s:%u w%u", severity, code, path, line, number);
}

static void add_piece(const struct piece *piece)
{
    add(piece->set, piece->severity, piece->code, piece->path, piece->line, piece->number);
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void put_set(struct cp_buf *out, struct set *set)
{
    qsort(set->lines, set->count, LINE, compare_lines);
    for (size_t i = 0; i < set->count; i++) {
        cp_buf_printf(out, "%s\n", set->lines[i]);
    }
}

/* The letter of a word that stands for a severity in any of the formats. */
static char severity_of(const char *word)
{
    static const char *const words[][4] = {{"error", "major", "failure", "E"},
                                           {"warning", "minor", "W", NULL},
                                           {"info", "notice", "note", "I"}};
    for (size_t i = 0; i < 3; i++) {
        for (size_t j = 0; j < 4 && words[i][j]; j++) {
            if (strcmp(word, words[i][j]) == 0) {
                return "EWI"[i];
            }
        }
    }
    ck_abort_msg("'%s' is no severity", word);
}

static unsigned number_of(const char *message)
{
    unsigned number = UINT32_MAX;
    ck_assert_msg(sscanf(message, "w%uw", &number) == 1, "no message of ours: %s", message);
    return number;
}

/* ---- readers of lines ------------------------------------------------------------------------ */

/* `line` is terminated. */
static void read_text_line(struct set *set, const char *line)
{
    char path[64];
    char word[16];
    unsigned at;
    unsigned number;
    const char *code = strrchr(line, '[');
    if (sscanf(line, "%60[^: ]:%u:%*u: %15[a-z]: w%uw", path, &at, word, &number) == 4 &&
        strcmp(word, "note") != 0) {
        char name[8];
        ck_assert(code && sscanf(code, "[%5s", name) == 1);
        add(set, severity_of(word), name, path, at, number);
    }
}

static void read_concise_line(struct set *set, const char *line)
{
    char path[64];
    char word[2];
    char code[8];
    unsigned at;
    unsigned number;
    ck_assert_msg(
        sscanf(line, "%60[^:]:%u:%*u: %1[EWI] %5s w%uw", path, &at, word, code, &number) == 5, "%s",
        line);
    add(set, severity_of(word), code, path, at, number);
}

static void read_github_line(struct set *set, const char *line)
{
    char path[64];
    char word[16];
    char code[8];
    unsigned at;
    if (strncmp(line, "::notice title=contplan::", 25) == 0) {
        return;
    }
    if (line[0] != ':') {
        read_concise_line(set, line);
        return;
    }
    const char *title = strstr(line, ",title=");
    ck_assert_ptr_nonnull(title);
    ck_assert_msg(sscanf(line, "::%15[a-z] file=%60[^,],line=%u,", word, path, &at) == 3 &&
                      sscanf(title, ",title=%5s", code) == 1,
                  "%s", line);
    const char *message = strstr(title, "::");
    ck_assert_ptr_nonnull(message);
    add(set, severity_of(word), code, path, at, number_of(message + 2));
}

static void read_markdown_line(struct set *set, const char *line)
{
    char path[64];
    char word[16];
    char code[8];
    unsigned at;
    unsigned number;
    if (sscanf(line, "| %15[a-z] | `%60[^:]:%u:%*u` | %5s %*[a-z-] | w%uw", word, path, &at, code,
               &number) == 5) {
        add(set, severity_of(word), code, path, at, number);
    }
}

static void read_lines(struct set *set, struct cp_str text,
                       void (*read)(struct set *set, const char *line))
{
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        char *copy = cp_alloc(line.len + 1);
        memcpy(copy, line.at, line.len);
        copy[line.len] = '\0';
        read(set, copy);
        free(copy);
    }
}

static void read_text(struct set *set, struct cp_str text)
{
    read_lines(set, text, read_text_line);
}

static void read_concise(struct set *set, struct cp_str text)
{
    read_lines(set, text, read_concise_line);
}

static void read_github(struct set *set, struct cp_str text)
{
    read_lines(set, text, read_github_line);
}

static void read_markdown(struct set *set, struct cp_str text)
{
    read_lines(set, text, read_markdown_line);
}

/* ---- readers of trees ------------------------------------------------------------------------ */

/* Where each fact of a finding stands; the one of `last` is the last. */
struct places {
    const char *severity, *code, *path, *line, *message, *last;
};

struct tree {
    const struct places *places;
    struct piece piece;
};

static bool is_at(const char *where, const char *place)
{
    return strcmp(where, place) == 0;
}

static void take_piece(void *context, const char *where, struct cp_str value)
{
    struct tree *tree = context;
    struct piece *piece = &tree->piece;
    const struct places *places = tree->places;
    if (!value.at) {
        return;
    }
    if (is_at(where, places->severity)) {
        char word[16];
        snprintf(word, sizeof word, "%.*s", CP_ARG(value));
        piece->severity = severity_of(word);
    } else if (is_at(where, places->code)) {
        snprintf(piece->code, 6, "%.*s", CP_ARG(value));
    } else if (is_at(where, places->path)) {
        snprintf(piece->path, sizeof piece->path, "%.*s", CP_ARG(value));
    } else if (is_at(where, places->line)) {
        piece->line = (unsigned)strtoul(value.at, NULL, 10);
    } else if (is_at(where, places->message)) {
        piece->number = number_of(value.at);
    }
    if (is_at(where, places->last)) {
        add_piece(piece);
    }
}

static void read_tree(struct set *set, struct cp_str text, const struct places *places)
{
    struct tree tree = {places, {.set = set}};
    ck_assert_msg(json_read(text, take_piece, &tree), "no JSON:\n%.*s", CP_ARG(text));
}

static void read_json(struct set *set, struct cp_str text)
{
    static const struct places places = {"findings[].severity", "findings[].code",
                                         "findings[].path",     "findings[].line",
                                         "findings[].message",  "findings[].field"};
    read_tree(set, text, &places);
}

static void read_jsonl(struct set *set, struct cp_str text)
{
    static const struct places places = {"severity", "code", "path", "line", "message", "field"};
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        read_tree(set, line, &places);
    }
}

static void read_gitlab(struct set *set, struct cp_str text)
{
    static const struct places places = {"[].severity",      "[].check_name",
                                         "[].location.path", "[].location.lines.begin",
                                         "[].description",   "[].location.lines.begin"};
    read_tree(set, text, &places);
}

static void read_sarif(struct set *set, struct cp_str text)
{
    static const struct places places = {
        "runs[].results[].level",
        "runs[].results[].ruleId",
        "runs[].results[].locations[].physicalLocation.artifactLocation.uri",
        "runs[].results[].locations[].physicalLocation.region.startLine",
        "runs[].results[].message.text",
        "runs[].results[].properties.plans"};
    read_tree(set, text, &places);
}

/* The body begins with the line that text has of it, but for the rule. */
static void take_junit(void *context, const char *where, struct cp_str value)
{
    struct piece *piece = context;
    char path[64];
    char word[16];
    if (is_at(where, "testcase name")) {
        snprintf(piece->code, 6, "%.*s", CP_ARG(value));
    } else if (is_at(where, "failure #") || is_at(where, "skipped #")) {
        ck_assert_msg(sscanf(value.at, "\n%60[^:]:%u:%*u: %15[a-z]: w%uw", path, &piece->line, word,
                             &piece->number) == 4,
                      "%s", value.at);
        snprintf(piece->path, sizeof piece->path, "%s", path);
        piece->severity = severity_of(word);
        ck_assert((piece->severity == 'E') == is_at(where, "failure #"));
        add_piece(piece);
    }
}

static void read_junit(struct set *set, struct cp_str text)
{
    struct piece piece = {.set = set};
    ck_assert_msg(xml_read(text, take_junit, &piece), "no XML:\n%.*s", CP_ARG(text));
}

static const struct reader_row {
    const char *name;
    void (*read)(struct set *set, struct cp_str text);
} readers[] = {
    {"text", read_text},     {"concise", read_concise}, {"json", read_json},
    {"jsonl", read_jsonl},   {"sarif", read_sarif},     {"github", read_github},
    {"gitlab", read_gitlab}, {"junit", read_junit},     {"markdown", read_markdown},
};

static const struct reader_row *reader_of(const char *name)
{
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (strcmp(readers[i].name, name) == 0) {
            return &readers[i];
        }
    }
    ck_abort_msg("no reader here knows the format %s", name);
}

/* ---- findings at large ----------------------------------------------------------------------- */

struct many {
    struct cp_file files[FILES];
    struct cp_diags diags;
    struct cp_findings findings;
};

static const char lines_of_text[] = "a: one\nb: [two, three]\nc: |\n  four\n  five\nd: six\n";

static void add_any(struct many *many, struct chance *chance, struct cp_file *file, unsigned number)
{
    static const struct cp_rule *const rules[] = {&findings_case_error, &findings_case_warning,
                                                  &findings_case_info};
    size_t offset = chance_below(chance, sizeof lines_of_text - 1);
    size_t length = chance_below(chance, sizeof lines_of_text - offset);
    struct cp_place place = {file, {(uint32_t)offset, (uint32_t)length}};
    struct cp_buf words;
    cp_buf_init(&words);
    chance_fill(&words, chance, 6);
    struct cp_diagnostic *finding = cp_diags_add(&many->diags, rules[chance_below(chance, 3)],
                                                 place, CP_STR("a"), "w%uw %s", number, words.at);
    cp_diagnostic_help(&many->diags, finding, "%s", words.at);
    cp_diagnostic_note(&many->diags, finding, place, "%s", words.at);
    cp_buf_release(&words);
}

static void many_init(struct many *out, struct chance *chance, size_t count)
{
    static const char *const paths[FILES] = {"contplan.yaml", "plans/a.yaml", "plans/b.yaml"};
    unsigned number = 0;
    *out = (struct many){.findings = {.plans = FILES}};
    cp_diags_init(&out->diags);
    for (size_t i = 0; i < FILES; i++) {
        cp_file_init(&out->files[i], paths[i]);
        cp_file_set(&out->files[i], CP_STR(lines_of_text));
        for (size_t left = chance_below(chance, count / FILES + 1); left > 0; left--) {
            add_any(out, chance, &out->files[i], number++);
        }
    }
    cp_diags_resolve(&out->diags);
    out->findings.items = out->diags.items.items;
    out->findings.count = out->diags.items.count;
}

static void many_release(struct many *many)
{
    cp_diags_release(&many->diags);
    for (size_t i = 0; i < FILES; i++) {
        cp_file_drop(&many->files[i]);
    }
}

static void put_expected(struct cp_buf *out, const struct many *many)
{
    static struct set set;
    set.count = 0;
    for (size_t i = 0; i < many->findings.count; i++) {
        const struct cp_diagnostic *finding = many->findings.items[i];
        add(&set, severity_of(cp_severity_name(finding->severity)), finding->rule->code,
            finding->at.path, finding->at.line, number_of(finding->message.at));
    }
    put_set(out, &set);
}

static void put_found(struct cp_buf *out, const struct cp_findings_format *format,
                      const struct many *many)
{
    static const struct cp_output_options plain = {.has_color = false};
    static struct set set;
    struct cp_buf written;
    set.count = 0;
    cp_buf_init(&written);
    format->write(&written, &many->findings, &plain);
    reader_of(format->name)->read(&set, cp_buf_str(&written));
    put_set(out, &set);
    cp_buf_release(&written);
}

/* Shows both from where they part: check takes no message of any length. */
static void check_same(const char *format, struct cp_str expected, struct cp_str found)
{
    enum { SHOWN = 400 };
    size_t at = 0;
    while (at < expected.len && at < found.len && expected.at[at] == found.at[at]) {
        at++;
    }
    ck_assert_msg(cp_str_is_equal(expected, found), "%s\n--- expected\n%.*s\n--- found\n%.*s",
                  format, CP_ARG(cp_str_slice(expected, at, SHOWN)),
                  CP_ARG(cp_str_slice(found, at, SHOWN)));
}

START_TEST(every_format_says_the_same)
{
    const struct cp_findings_format *formats;
    struct chance chance = {19};
    size_t count = cp_findings_formats(&formats);
    for (int round = 0; round < ROUNDS; round++) {
        struct many many;
        many_init(&many, &chance, FINDINGS);
        for (size_t i = 0; i < count; i++) {
            struct cp_buf expected;
            struct cp_buf found;
            cp_buf_init(&expected);
            cp_buf_init(&found);
            put_expected(&expected, &many);
            put_found(&found, &formats[i], &many);
            check_same(formats[i].name, cp_buf_str(&expected), cp_buf_str(&found));
            cp_buf_release(&found);
            cp_buf_release(&expected);
        }
        many_release(&many);
    }
}
END_TEST

/* ---- what findings are known by -------------------------------------------------------------- */

/* The fingerprints that a format gives, a line each, sorted. */
static void take_fingerprint(void *context, const char *where, struct cp_str value)
{
    struct set *set = context;
    if (is_at(where, "[].fingerprint") ||
        is_at(where, "runs[].results[].partialFingerprints.contplanFinding/v1")) {
        ck_assert_uint_lt(set->count, FINDINGS * 2);
        snprintf(set->lines[set->count++], LINE, "%.*s", CP_ARG(value));
    }
}

static void read_fingerprints(struct set *set, const char *format,
                              const struct cp_findings *findings)
{
    static const struct cp_output_options plain = {.has_color = false};
    struct cp_buf written;
    set->count = 0;
    cp_buf_init(&written);
    cp_findings_format_find(cp_str_of(format))->write(&written, findings, &plain);
    ck_assert(json_read(cp_buf_str(&written), take_fingerprint, set));
    qsort(set->lines, set->count, LINE, compare_lines);
    cp_buf_release(&written);
}

static const char *const fingerprinting[] = {"gitlab", "sarif"};

START_TEST(no_two_fingerprints_are_the_same)
{
    static struct set set;
    struct chance chance = {3};
    for (int round = 0; round < ROUNDS; round++) {
        struct many many;
        many_init(&many, &chance, FINDINGS);
        read_fingerprints(&set, fingerprinting[_i], &many.findings);
        ck_assert_uint_eq(set.count, many.findings.count);
        for (size_t i = 1; i < set.count; i++) {
            ck_assert_str_ne(set.lines[i - 1], set.lines[i]);
        }
        many_release(&many);
    }
}
END_TEST

/* Findings at the same values, in a text with more lines above. */
static void find_at_values(struct findings_case *out, const char *text)
{
    static const char *const values[] = {"6h", "8h", "TBC", "\xc3\xa4 4h"};
    static const struct cp_str ids[] = {{"permits", 7}};
    findings_case_init(out, "plans/permits.yaml", cp_str_of(text));
    out->findings.plan_ids = ids;
    out->diags.plan_index = 0;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        cp_diags_add(&out->diags, &findings_case_error, findings_case_place(out, values[i]),
                     CP_STR("objectives[0]"), "%zu", strlen(text));
    }
    cp_diags_resolve(&out->diags);
}

static bool is_same_set(const struct set *a, const struct set *b)
{
    bool is_same = a->count == b->count;
    for (size_t i = 0; is_same && i < a->count; i++) {
        is_same = strcmp(a->lines[i], b->lines[i]) == 0;
    }
    return is_same;
}

START_TEST(fingerprints_outlive_what_comes_above)
{
    static const struct {
        const char *text;
        bool is_same;
    } others[] = {
        {"# new\n\nrto: 6h\nmtpd: 8h\nname: TBC\nx: \xc3\xa4 4h\n", true},
        {"x:   \xc3\xa4 4h\nname: TBC\n\nmtpd: 8h\nrto: 6h # a remark\n", true},
        {"rto: 6h\nmtpd: 8h\nname: TODO\nx: \xc3\xa4 4h\n", false},
    };
    static struct set before;
    static struct set after;
    struct findings_case c;
    find_at_values(&c, "rto: 6h\nmtpd: 8h\nname: TBC\nx: \xc3\xa4 4h\n");
    read_fingerprints(&before, fingerprinting[_i], findings_case_count(&c));
    findings_case_release(&c);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        find_at_values(&c, others[i].text);
        read_fingerprints(&after, fingerprinting[_i], findings_case_count(&c));
        ck_assert_msg(is_same_set(&before, &after) == others[i].is_same, "%s", others[i].text);
        findings_case_release(&c);
    }
}
END_TEST

/* ---- SARIF ----------------------------------------------------------------------------------- */

/* How the rules stand in the driver, and whether results lead to theirs. */
struct rules {
    char ids[512][8];
    size_t count, results;
    char id[8];
};

static void take_rule(void *context, const char *where, struct cp_str value)
{
    struct rules *rules = context;
    if (is_at(where, "runs[].tool.driver.rules[].id")) {
        ck_assert_uint_lt(rules->count, 512);
        snprintf(rules->ids[rules->count++], 8, "%.*s", CP_ARG(value));
    } else if (is_at(where, "runs[].results[].ruleId")) {
        snprintf(rules->id, 8, "%.*s", CP_ARG(value));
    } else if (is_at(where, "runs[].results[].ruleIndex")) {
        ck_assert_str_eq(rules->ids[strtoul(value.at, NULL, 10)], rules->id);
        rules->results++;
    }
}

START_TEST(sarif_has_every_rule_and_leads_to_it)
{
    static struct rules rules;
    struct findings_case c;
    struct cp_output_options plain = {.has_color = false};
    struct cp_buf written;
    findings_case_init(&c, "a.yaml", CP_STR("a"));
    for (size_t i = 0; i < cp_checks_count(); i++) {
        cp_diags_add(&c.diags, cp_checks_get(i)->rule, findings_case_place(&c, "a"), CP_STR(""),
                     "x");
    }
    cp_buf_init(&written);
    cp_findings_format_find(CP_STR("sarif"))->write(&written, findings_case_count(&c), &plain);
    ck_assert(json_read(cp_buf_str(&written), take_rule, &rules));
    ck_assert_uint_eq(rules.count, cp_checks_count());
    ck_assert_uint_eq(rules.results, cp_checks_count());
    for (size_t i = 0; i < rules.count; i++) {
        ck_assert_str_eq(rules.ids[i], cp_checks_get(i)->rule->code);
    }
    cp_buf_release(&written);
    findings_case_release(&c);
}
END_TEST

Suite *cp_suite_output_formats(void)
{
    Suite *suite = suite_create("output_formats");
    TCase *tcase = tcase_create("formats");
    tcase_add_test(tcase, every_format_says_the_same);
    tcase_add_loop_test(tcase, no_two_fingerprints_are_the_same, 0, 2);
    tcase_add_loop_test(tcase, fingerprints_outlive_what_comes_above, 0, 2);
    tcase_add_test(tcase, sarif_has_every_rule_and_leads_to_it);
    suite_add_tcase(suite, tcase);
    return suite;
}
