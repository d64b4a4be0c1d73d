/*
 * A property of every writer of findings: whatever stands in paths, lines and messages, the output
 * is well-formed text without control characters, each line starts with words of ours, and a build
 * server finds in it no command but those that `github` means to give. Seeded; no luck involved.
 */
#include "findings_case.h"
#include "hostile.h"
#include "readers.h"
#include "suites.h"

#include <string.h>

/* Now and then more than GitHub shows. */
enum { ROUNDS = 200, FINDINGS_A_ROUND = 4, MANY = 50, MANY_EVERY = 25 };

struct attack {
    struct cp_buf path, text, words;
    struct findings_case c;
};

static struct cp_place any_place(struct attack *attack, struct chance *chance)
{
    size_t offset = chance_below(chance, attack->text.len + 1);
    size_t length = chance_below(chance, attack->text.len + 1 - offset);
    return (struct cp_place){&attack->c.file, {(uint32_t)offset, (uint32_t)length}};
}

static const char *any_words(struct attack *attack, struct chance *chance)
{
    chance_fill(&attack->words, chance, 12);
    return attack->words.at;
}

static void add_finding(struct attack *attack, struct chance *chance)
{
    struct cp_diags *diags = &attack->c.diags;
    struct cp_place place = any_place(attack, chance);
    struct cp_diagnostic *finding = cp_diags_add(diags, &findings_case_warning, place, CP_STR(""),
                                                 "%s", any_words(attack, chance));
    finding->severity = (enum cp_severity)(CP_INFO + chance_below(chance, 3));
    finding->plan_count = (uint32_t)(1 + chance_below(chance, 3));
    finding->field = cp_arena_copy(&diags->arena, cp_str_of(any_words(attack, chance)));
    finding->clause = cp_arena_copy(&diags->arena, cp_str_of(any_words(attack, chance)));
    cp_diagnostic_help(diags, finding, "%s", any_words(attack, chance));
    place = any_place(attack, chance);
    cp_diagnostic_note(diags, finding, place, "%s", any_words(attack, chance));
}

static void attack_init(struct attack *out, struct chance *chance, int findings)
{
    cp_buf_init(&out->path);
    cp_buf_init(&out->text);
    cp_buf_init(&out->words);
    chance_fill(&out->path, chance, 6);
    chance_fill(&out->text, chance, 60);
    findings_case_init(&out->c, out->path.at, cp_buf_str(&out->text));
    for (int i = 0; i < findings; i++) {
        add_finding(out, chance);
    }
}

static void attack_release(struct attack *attack)
{
    findings_case_release(&attack->c);
    cp_buf_release(&attack->path);
    cp_buf_release(&attack->text);
    cp_buf_release(&attack->words);
}

/* ---- what must hold ------------------------------------------------------------------------ */

/* The output without the colours that we put there ourselves. */
static void strip_colour(struct cp_buf *out, struct cp_str text)
{
    static const char *const ours[] = {"\033[0m",    "\033[2m",    "\033[1;31m", "\033[1;32m",
                                       "\033[1;34m", "\033[1;35m", "\033[1;36m"};
    while (text.len > 0) {
        size_t len = cp_str_find(text, CP_STR("\033"));
        cp_buf_put(out, cp_str_slice(text, 0, len));
        text = cp_str_slice(text, len, text.len);
        size_t skip = 0;
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
            skip = cp_str_has_prefix(text, ours[i]) ? strlen(ours[i]) : skip;
        }
        cp_buf_put(out, cp_str_slice(text, 0, skip > 0 ? 0 : 1));
        text = cp_str_slice(text, skip > 0 ? skip : 1, text.len);
    }
}

static bool is_gutter(struct cp_str line)
{
    size_t at = 0;
    while (at < line.len && (line.at[at] == ' ' || (line.at[at] >= '0' && line.at[at] <= '9'))) {
        at++;
    }
    return at >= 6 && at < line.len && (line.at[at] == '|' || line.at[at] == '=');
}

static bool is_of_text(struct cp_str line, const char *path)
{
    return line.len == 0 || is_gutter(line) || cp_str_has_prefix(line, path);
}

static bool is_of_concise(struct cp_str line, const char *path)
{
    return cp_str_has_prefix(line, path);
}

static bool is_of_json(struct cp_str line, const char *path)
{
    static const char *const starts[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         "\"version\"",
                                         "\"findings\"",
                                         "\"code\"",
                                         "\"name\"",
                                         "\"severity\"",
                                         "\"message\"",
                                         "\"help\"",
                                         "\"clause\"",
                                         "\"path\"",
                                         "\"line\"",
                                         "\"column\"",
                                         "\"end_line\"",
                                         "\"end_column\"",
                                         "\"plan\"",
                                         "\"plans\"",
                                         "\"field\"",
                                         "\"related\"",
                                         "\"summary\"",
                                         "\"errors\"",
                                         "\"warnings\"",
                                         "\"infos\"",
                                         "\"waived\"",
                                         "\"omitted\""};
    (void)path;
    struct cp_str start = cp_str_trim(line);
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (cp_str_has_prefix(start, starts[i])) {
            return true;
        }
    }
    return false;
}

/* A command of ours, and its properties end where we end them: reading them as the runner does
 * finds the title. Or a line of the log, where there are many. */
static bool is_of_github(struct cp_str line, const char *path)
{
    bool is_ours = cp_str_has_prefix(line, "::error ") || cp_str_has_prefix(line, "::warning ") ||
                   cp_str_has_prefix(line, "::notice ");
    struct cp_str behind = cp_str_slice(line, 2, line.len);
    struct cp_str properties = cp_str_slice(behind, 0, cp_str_find(behind, CP_STR("::")));
    return is_ours ? cp_str_has_suffix(properties, ",title=CP007 swallowed-text") ||
                         cp_str_is(properties, "notice title=contplan")
                   : cp_str_has_prefix(line, path);
}

/* What the document is made of is judged by its reader. */
static bool is_any(struct cp_str line, const char *path)
{
    (void)path;
    return line.len > 0;
}

static bool is_of_jsonl(struct cp_str line, const char *path)
{
    (void)path;
    return (cp_str_has_prefix(line, "{\"type\":\"finding\",\"code\":\"CP007\",") ||
            cp_str_has_prefix(line, "{\"type\":\"summary\",\"version\":1,")) &&
           json_read(line, NULL, NULL);
}

static const char markdown_head[] = "| Severity | Place | Rule | What is wrong | What to write |";

/* Of a table, nothing ends a cell but what we put there. */
static bool is_of_markdown(struct cp_str line, const char *path)
{
    static const char *const fixed[] = {"", "## Continuity plans", markdown_head,
                                        "| -------- | ----- | ---- | ------------- | "
                                        "------------- |"};
    size_t bars = 0;
    (void)path;
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        if (cp_str_is(line, fixed[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < line.len; i++) {
        bool is_escaped = i > 0 && line.at[i - 1] == '\\';
        bars += line.at[i] == '|' && !is_escaped;
    }
    return cp_str_has_suffix(line, " in 1 plan.") ||
           ((cp_str_has_prefix(line, "| error | `") || cp_str_has_prefix(line, "| warning | `") ||
             cp_str_has_prefix(line, "| info | `")) &&
            bars == 6);
}

/* ---- readers, which count the findings, or refuse the whole ---------------------------------- */

enum { REFUSED = -1 };

struct counting {
    const char *where; /* of what is there once a finding */
    const char *const *known;
    int count;
};

static void count_piece(void *context, const char *where, struct cp_str value)
{
    struct counting *counting = context;
    bool is_known = !counting->known;
    (void)value;
    for (size_t i = 0; !is_known && counting->known[i]; i++) {
        is_known = strcmp(where, counting->known[i]) == 0;
    }
    if (!is_known) {
        counting->count = INT32_MIN;
    }
    counting->count += strcmp(where, counting->where) == 0;
}

static int count_json(struct cp_str text)
{
    struct counting counting = {.where = "findings[].code"};
    return json_read(text, count_piece, &counting) ? counting.count : REFUSED;
}

static int count_gitlab(struct cp_str text)
{
    static const char *const known[] = {"[]",
                                        "[].description",
                                        "[].check_name",
                                        "[].fingerprint",
                                        "[].severity",
                                        "[].location",
                                        "[].location.path",
                                        "[].location.lines",
                                        "[].location.lines.begin",
                                        NULL};
    struct counting counting = {.where = "[].location.lines.begin", .known = known};
    return json_read(text, count_piece, &counting) ? counting.count : REFUSED;
}

/* Of a result; what else there is does not come from files. */
static const char *const result_members[] = {
    "",
    ".ruleId",
    ".level",
    ".message",
    ".message.text",
    ".locations[]",
    ".locations[].physicalLocation",
    ".relatedLocations[]",
    ".relatedLocations[].id",
    ".relatedLocations[].message",
    ".relatedLocations[].message.text",
    ".relatedLocations[].physicalLocation",
    ".partialFingerprints",
    ".partialFingerprints.contplanFinding/v1",
    ".properties",
    ".properties.field",
    ".properties.clause",
    ".properties.plans",
    ".ruleIndex",
};

static bool is_of_result(const char *where)
{
    static const char results[] = "runs[].results[]";
    size_t len = sizeof results - 1;
    const char *inside = strstr(where, ".physicalLocation.");
    if (strncmp(where, results, len) != 0 || inside) {
        return !inside || strstr(inside, ".artifactLocation") || strstr(inside, ".region");
    }
    for (size_t i = 0; i < sizeof result_members / sizeof result_members[0]; i++) {
        if (strcmp(where + len, result_members[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* No text of a message is a link: no bracket that ends words stands before a target unescaped. */
static bool has_link(struct cp_str text)
{
    size_t at;
    while ((at = cp_str_find(text, CP_STR("]("))) != SIZE_MAX) {
        size_t slashes = 0;
        while (slashes < at && text.at[at - slashes - 1] == '\\') {
            slashes++;
        }
        if (slashes % 2 == 0) {
            return true;
        }
        text = cp_str_slice(text, at + 2, text.len);
    }
    return false;
}

/* A relative reference of the characters that may stand in one. */
static bool is_uri(struct cp_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/%",
                    text.at[i])) {
            return cp_str_has_prefix(text, "file:///") && i == 4;
        }
    }
    return true;
}

static void count_result(void *context, const char *where, struct cp_str value)
{
    int *count = context;
    bool is_message = strstr(where, "message.text") != NULL;
    bool is_place = strstr(where, ".uri") && !strstr(where, ".uriBaseId");
    *count += strcmp(where, "runs[].results[].ruleId") == 0;
    if (!is_of_result(where) || (is_message && has_link(value)) || (is_place && !is_uri(value))) {
        *count = INT32_MIN;
    }
}

static int count_sarif(struct cp_str text)
{
    int count = 0;
    return json_read(text, count_result, &count) ? count : REFUSED;
}

static int count_junit(struct cp_str text)
{
    static const char *const known[] = {"testsuites",
                                        "testsuites #",
                                        "testsuites name",
                                        "testsuites tests",
                                        "testsuites time",
                                        "testsuites failures",
                                        "testsuites errors",
                                        "testsuite",
                                        "testsuite #",
                                        "testsuite name",
                                        "testsuite tests",
                                        "testsuite failures",
                                        "testsuite errors",
                                        "testsuite skipped",
                                        "testsuite time",
                                        "testcase",
                                        "testcase #",
                                        "testcase name",
                                        "testcase classname",
                                        "testcase time",
                                        "failure",
                                        "failure #",
                                        "failure message",
                                        "failure type",
                                        "skipped",
                                        "skipped #",
                                        "skipped message",
                                        "system-out",
                                        "system-out #",
                                        NULL};
    struct counting counting = {.where = "testcase", .known = known};
    return xml_read(text, count_piece, &counting) ? counting.count - 1 : REFUSED;
}

/* The scanner of prose sees neither HTML nor a target to follow. */
static int count_markdown(struct cp_str text)
{
    struct cp_prose_scan scan;
    struct cp_prose_run run;
    struct cp_str line;
    int count = -2; /* the head and the line below it */
    cp_prose_scan_init(&scan, text);
    while (cp_prose_scan_next(&run, &scan)) {
        if (run.kind != CP_PROSE_TEXT) {
            return REFUSED;
        }
    }
    while (cp_str_line(&line, &text)) {
        count += cp_str_has_prefix(line, "| ");
    }
    return count;
}

/* As many lines as there are findings, but for the one on what was cut. */
static int count_lines(struct cp_str text)
{
    struct cp_str line;
    int count = 0;
    while (cp_str_line(&line, &text)) {
        count += !cp_str_has_prefix(line, "::notice title=contplan::");
    }
    return count;
}

static int count_jsonl(struct cp_str text)
{
    return count_lines(text) - 1;
}

static int count_text(struct cp_str text)
{
    struct cp_str line;
    int count = 0;
    while (cp_str_line(&line, &text)) {
        count += cp_str_has_suffix(line, " [CP007 swallowed-text]");
    }
    return count;
}

/* ---- all formats ----------------------------------------------------------------------------- */

static const struct format_row {
    const char *name;
    bool (*is_ours)(struct cp_str line, const char *path);
    int (*count)(struct cp_str text);
} rows[] = {
    {"text", is_of_text, count_text},
    {"concise", is_of_concise, count_lines},
    {"json", is_of_json, count_json},
    {"jsonl", is_of_jsonl, count_jsonl},
    {"sarif", is_any, count_sarif},
    {"github", is_of_github, count_lines},
    {"gitlab", is_any, count_gitlab},
    {"junit", is_any, count_junit},
    {"markdown", is_of_markdown, count_markdown},
};

static const struct format_row *row_of(const char *format)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (strcmp(rows[i].name, format) == 0) {
            return &rows[i];
        }
    }
    ck_abort_msg("nobody here judges the format %s", format);
}

/* What is wrong with an output, or NULL. */
static const char *defect_of(const struct format_row *row, struct cp_str text, const char *path,
                             int findings)
{
    struct cp_str rest = text;
    struct cp_str line;
    if (has_raw(text)) {
        return "a raw character";
    }
    if (text.len == 0 || text.at[text.len - 1] != '\n') {
        return "no line end";
    }
    while (cp_str_line(&line, &rest)) {
        bool is_command = cp_str_has_prefix(trim_start(line), "::");
        if (!row->is_ours(line, path)) {
            return "a forged line";
        }
        if (has_mark(line) || (is_command && strcmp(row->name, "github") != 0)) {
            return "a command";
        }
    }
    return row->count(text) == findings ? NULL : "not the findings that there are";
}

/* The end of an output: SARIF begins with all rules, and check takes no message of any length. */
static struct cp_str tail_of(struct cp_str text)
{
    enum { TAIL = 4000 };
    return cp_str_slice(text, text.len > TAIL ? text.len - TAIL : 0, TAIL);
}

/* What a line of ours that names the path begins with. */
static void put_start(struct cp_buf *out, const struct attack *attack)
{
    unsigned char first = (unsigned char)attack->path.at[0];
    bool is_dotted = first == ':' || first == '#' || first == ' ' || first >= 0x80;
    cp_buf_puts(out, is_dotted ? "./" : "");
    cp_printable(out, cp_buf_str(&attack->path));
    cp_buf_putc(out, ':');
}

static void check_format(const struct cp_findings_format *format, struct attack *attack,
                         bool has_color)
{
    const struct cp_findings *findings = findings_case_count(&attack->c);
    struct cp_output_options options = {.has_color = has_color};
    struct cp_buf out;
    struct cp_buf bare;
    struct cp_buf start;
    struct cp_buf shorter;
    cp_buf_init(&out);
    cp_buf_init(&bare);
    cp_buf_init(&start);
    format->write(&out, findings, &options);
    cp_buf_init(&shorter);
    strip_colour(&bare, findings_case_without_rules(&shorter, cp_buf_str(&out)));
    put_start(&start, attack);
    ck_assert(has_color || shorter.len > 0 || bare.len == out.len);
    const char *defect =
        defect_of(row_of(format->name), cp_buf_str(&bare), start.at, (int)findings->count);
    ck_assert_msg(!defect, "%s: %s in\n%.*s", format->name, defect,
                  CP_ARG(tail_of(cp_buf_str(&bare))));
    cp_buf_release(&shorter);
    cp_buf_release(&start);
    cp_buf_release(&bare);
    cp_buf_release(&out);
}

START_TEST(no_text_of_a_file_gets_out_raw)
{
    const struct cp_findings_format *formats;
    size_t count = cp_findings_formats(&formats);
    struct chance chance = {20260727};
    for (int round = 0; round < ROUNDS; round++) {
        struct attack attack;
        attack_init(&attack, &chance, round % MANY_EVERY == 0 ? MANY : FINDINGS_A_ROUND);
        for (size_t i = 0; i < count; i++) {
            check_format(&formats[i], &attack, false);
            check_format(&formats[i], &attack, true);
        }
        attack_release(&attack);
    }
}
END_TEST

/* ---- whether that could fail ----------------------------------------------------------------- */

/* What a writer that forgot to escape would have let through, and who has to see it: the formats
 * in which it does harm. */
static const struct leak_row {
    const char *leak;
    const char *formats;
} leaks[] = {
    {"\x1b[2J", "text concise json jsonl sarif github gitlab junit markdown"},
    {"\xc2\x9b", "text concise json jsonl sarif github gitlab junit markdown"},
    {"\xe2\x80\xae", "text concise json jsonl sarif github gitlab junit markdown"},
    {"\xff", "text concise json jsonl sarif github gitlab junit markdown"},
    {"\n::error::x", "text concise json jsonl sarif github gitlab junit markdown"},
    {"\n::error file=x,title=CP007 swallowed-text::x", "github"},
    {"##[error]x", "text concise json jsonl sarif github gitlab junit markdown"},
    {"##vso[task.complete]", "text concise json jsonl sarif github gitlab junit markdown"},
    {"\nx", "text concise json jsonl sarif github gitlab markdown"},
    {"\"", "json jsonl sarif gitlab junit"},
    {"\\", "json jsonl sarif gitlab"},
    {"\",\"x\":\"", "sarif gitlab"},
    {"]]>", "junit"},
    {"<b>", "junit markdown"},
    {"</script>", "junit markdown"},
    {"&nbsp;", "junit"},
    {"\"><failure message=\"", "junit"},
    {"a | b", "markdown"},
    {"[a](http://x.example/)", "markdown"},
    {"![a](http://x.example/)", "markdown"},
    {"[a](http://x.example/)", "sarif"},
};

static void put_leaky(struct cp_buf *out, struct cp_str text, const char *leak)
{
    size_t at;
    while ((at = cp_str_find(text, CP_STR("MARK"))) != SIZE_MAX) {
        cp_buf_put(out, cp_str_slice(text, 0, at));
        cp_buf_puts(out, leak);
        text = cp_str_slice(text, at + 4, text.len);
    }
    cp_buf_put(out, text);
}

static bool is_word_of(const char *word, const char *words)
{
    size_t len = strlen(word);
    for (const char *at = words; (at = strstr(at, word)) != NULL; at += len) {
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

static void check_leak(const struct leak_row *leak, const struct cp_findings_format *format,
                       struct cp_str written)
{
    struct cp_buf leaky;
    cp_buf_init(&leaky);
    const char *defect = defect_of(row_of(format->name), written, "a.yaml:", 1);
    ck_assert_msg(!defect, "%s: %s in\n%.*s", format->name, defect, CP_ARG(tail_of(written)));
    put_leaky(&leaky, written, leak->leak);
    defect = defect_of(row_of(format->name), cp_buf_str(&leaky), "a.yaml:", 1);
    ck_assert_msg(defect || !is_word_of(format->name, leak->formats), "nobody sees it: %.*s",
                  CP_ARG(tail_of(cp_buf_str(&leaky))));
    cp_buf_release(&leaky);
}

START_TEST(what_gets_out_raw_is_seen)
{
    const struct cp_findings_format *formats;
    struct findings_case c;
    findings_case_init(&c, "a.yaml", CP_STR("rto: 4h\n"));
    struct cp_diagnostic *finding = cp_diags_add(
        &c.diags, &findings_case_warning, findings_case_place(&c, "4h"), CP_STR(""), "a MARK b");
    cp_diagnostic_help(&c.diags, finding, "write it");
    for (size_t i = cp_findings_formats(&formats); i > 0; i--) {
        struct cp_output_options options = {.has_color = false};
        struct cp_buf out;
        cp_buf_init(&out);
        formats[i - 1].write(&out, findings_case_count(&c), &options);
        check_leak(&leaks[_i], &formats[i - 1], cp_buf_str(&out));
        cp_buf_release(&out);
    }
    findings_case_release(&c);
}
END_TEST

/* ---- the runner gets what we meant --------------------------------------------------------- */

/* Undoes the escapes as the runner does. */
static void unescape(struct cp_buf *out, struct cp_str text)
{
    static const struct {
        const char *code;
        char c;
    } codes[] = {{"%0D", '\r'}, {"%0A", '\n'}, {"%3A", ':'}, {"%2C", ','}, {"%25", '%'}};
    while (text.at && text.len > 0) {
        size_t len = 1;
        char c = text.at[0];
        for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
            if (cp_str_has_prefix(text, codes[i].code)) {
                c = codes[i].c;
                len = 3;
            }
        }
        cp_buf_putc(out, c);
        text = cp_str_slice(text, len, text.len);
    }
}

static void check_command(struct cp_str line, struct attack *attack,
                          const struct cp_diagnostic *finding)
{
    struct cp_buf expected;
    struct cp_buf got;
    cp_buf_init(&expected);
    cp_buf_init(&got);
    struct cp_str file = cp_str_slice(line, cp_str_find(line, CP_STR("file=")) + 5, line.len);
    unescape(&got, cp_str_slice(file, 0, cp_str_find(file, CP_STR(","))));
    cp_printable(&expected, cp_buf_str(&attack->path));
    ck_assert(cp_str_is_equal(cp_buf_str(&got), cp_buf_str(&expected)));
    cp_buf_clear(&got);
    cp_buf_clear(&expected);
    struct cp_str behind = cp_str_slice(line, 2, line.len);
    unescape(&got, cp_str_slice(behind, cp_str_find(behind, CP_STR("::")) + 2, line.len));
    cp_printable(&expected, finding->message);
    cp_buf_puts(&expected, "");
    ck_assert(cp_str_has_prefix(cp_buf_str(&got), expected.at));
    cp_buf_release(&expected);
    cp_buf_release(&got);
}

/* Errors first; those of one severity in their order. */
static void check_commands(struct attack *attack, struct cp_str text)
{
    struct cp_str line;
    for (enum cp_severity severity = CP_ERROR; severity > CP_OFF; severity--) {
        for (size_t i = 0; i < attack->c.diags.items.count; i++) {
            const struct cp_diagnostic *finding = attack->c.diags.items.items[i];
            if (finding->severity == severity) {
                ck_assert(cp_str_line(&line, &text));
                check_command(line, attack, finding);
            }
        }
    }
    ck_assert(!cp_str_line(&line, &text));
}

START_TEST(github_reads_back_path_and_message)
{
    struct chance chance = {7};
    for (int round = 0; round < ROUNDS; round++) {
        struct attack attack;
        attack_init(&attack, &chance, FINDINGS_A_ROUND);
        struct cp_output_options options = {.has_color = false};
        struct cp_buf out;
        cp_buf_init(&out);
        cp_findings_format_find(CP_STR("github"))
            ->write(&out, findings_case_count(&attack.c), &options);
        check_commands(&attack, cp_buf_str(&out));
        cp_buf_release(&out);
        attack_release(&attack);
    }
}
END_TEST

Suite *cp_suite_output_hostile(void)
{
    Suite *suite = suite_create("output_hostile");
    TCase *tcase = tcase_create("hostile");
    tcase_add_test(tcase, no_text_of_a_file_gets_out_raw);
    tcase_add_loop_test(tcase, what_gets_out_raw_is_seen, 0, (int)(sizeof leaks / sizeof leaks[0]));
    tcase_add_test(tcase, github_reads_back_path_and_message);
    suite_add_tcase(suite, tcase);
    return suite;
}
