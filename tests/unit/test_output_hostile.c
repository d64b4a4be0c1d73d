/*
 * A property of every writer of findings: whatever stands in paths, lines and messages, the output
 * is well-formed text without control characters, each line starts with words of ours, and a build
 * server finds in it no command but those that `github` means to give. Seeded; no luck involved.
 */
#include "findings_case.h"
#include "format_judge.h"
#include "hostile.h"
#include "suites.h"

#include <string.h>

/* Now and then more than GitHub shows. */
enum { ROUNDS = 200, FINDINGS_A_ROUND = 4, MANY = 50, MANY_EVERY = 25 };

struct attack {
    struct cp_buf path, text, words;
    struct findings_case c;
    struct cp_excuse excuse;
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
    cp_buf_clear(&out->words);
    chance_fill(&out->words, chance, 12);
    out->excuse = (struct cp_excuse){cp_buf_str(&out->words), cp_buf_str(&out->words), {0}};
    out->c.diags.items.items[0]->excuse = &out->excuse;
}

static void attack_release(struct attack *attack)
{
    findings_case_release(&attack->c);
    cp_buf_release(&attack->path);
    cp_buf_release(&attack->text);
    cp_buf_release(&attack->words);
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
    judge_strip_colour(&bare, findings_case_without_rules(&shorter, cp_buf_str(&out)));
    put_start(&start, attack);
    ck_assert(has_color || shorter.len > 0 || bare.len == out.len);
    const char *defect =
        judge_findings(format->name, cp_buf_str(&bare), start.at, (int)findings->count);
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
    const char *defect = judge_findings(format->name, written, "a.yaml:", 1);
    ck_assert_msg(!defect, "%s: %s in\n%.*s", format->name, defect, CP_ARG(tail_of(written)));
    put_leaky(&leaky, written, leak->leak);
    defect = judge_findings(format->name, cp_buf_str(&leaky), "a.yaml:", 1);
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
