/*
 * A property of every writer of findings: whatever stands in paths, lines and messages, the output
 * is well-formed text without control characters, each line starts with words of ours, and a build
 * server finds in it no command but those that `github` means to give. Seeded; no luck involved.
 */
#include "findings_case.h"
#include "hostile.h"
#include "suites.h"

#include <string.h>

enum { ROUNDS = 300, FINDINGS_A_ROUND = 4 };

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

static void attack_init(struct attack *out, struct chance *chance)
{
    cp_buf_init(&out->path);
    cp_buf_init(&out->text);
    cp_buf_init(&out->words);
    chance_fill(&out->path, chance, 6);
    chance_fill(&out->text, chance, 60);
    findings_case_init(&out->c, out->path.at, cp_buf_str(&out->text));
    for (int i = 0; i < FINDINGS_A_ROUND; i++) {
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

/* Every line is a command of ours, and its properties end where we end them: reading them as the
 * runner does finds the title. */
static bool is_of_github(struct cp_str line, const char *path)
{
    (void)path;
    bool is_ours = cp_str_has_prefix(line, "::error ") || cp_str_has_prefix(line, "::warning ") ||
                   cp_str_has_prefix(line, "::notice ");
    struct cp_str behind = cp_str_slice(line, 2, line.len);
    struct cp_str properties = cp_str_slice(behind, 0, cp_str_find(behind, CP_STR("::")));
    return is_ours && cp_str_has_suffix(properties, ",title=CP007 swallowed-text");
}

static const struct format_row {
    const char *name;
    bool (*is_ours)(struct cp_str line, const char *path);
    bool has_commands;
} rows[] = {
    {"text", is_of_text, false},
    {"concise", is_of_concise, false},
    {"json", is_of_json, false},
    {"github", is_of_github, true},
};

static void check_lines(const struct format_row *row, struct cp_str text, const char *path)
{
    ck_assert(text.len > 0 && text.at[text.len - 1] == '\n');
    struct cp_str line;
    while (cp_str_line(&line, &text)) {
        bool is_command = cp_str_has_prefix(trim_start(line), "::");
        if (!row->is_ours(line, path) || has_mark(line) || is_command != row->has_commands) {
            ck_abort_msg("%s: forged line or command: %.*s", row->name, CP_ARG(line));
        }
    }
}

static void check_format(const struct format_row *row, struct attack *attack, bool has_color)
{
    struct cp_output_options options = {.has_color = has_color};
    struct cp_buf out;
    struct cp_buf bare;
    struct cp_buf path;
    cp_buf_init(&out);
    cp_buf_init(&bare);
    cp_buf_init(&path);
    cp_findings_format_find(cp_str_of(row->name))
        ->write(&out, findings_case_count(&attack->c), &options);
    strip_colour(&bare, cp_buf_str(&out));
    ck_assert(has_color || bare.len == out.len);
    unsigned char first = (unsigned char)attack->path.at[0];
    bool is_dotted = first == ':' || first == '#' || first == ' ' || first >= 0x80;
    cp_buf_puts(&path, is_dotted ? "./" : "");
    cp_printable(&path, cp_buf_str(&attack->path));
    cp_buf_putc(&path, ':');
    check_printable(row->name, cp_buf_str(&bare));
    check_lines(row, cp_buf_str(&bare), path.at);
    cp_buf_release(&path);
    cp_buf_release(&bare);
    cp_buf_release(&out);
}

START_TEST(no_text_of_a_file_gets_out_raw)
{
    const struct format_row *row = &rows[_i];
    struct chance chance = {20260727};
    for (int round = 0; round < ROUNDS; round++) {
        struct attack attack;
        attack_init(&attack, &chance);
        check_format(row, &attack, false);
        check_format(row, &attack, true);
        attack_release(&attack);
    }
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

static void check_command(struct cp_str line, struct attack *attack, size_t index)
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
    cp_printable(&expected, attack->c.diags.items.items[index]->message);
    cp_buf_puts(&expected, "");
    ck_assert(cp_str_has_prefix(cp_buf_str(&got), expected.at));
    cp_buf_release(&expected);
    cp_buf_release(&got);
}

START_TEST(github_reads_back_path_and_message)
{
    struct chance chance = {7};
    for (int round = 0; round < ROUNDS; round++) {
        struct attack attack;
        attack_init(&attack, &chance);
        struct cp_output_options options = {.has_color = false};
        struct cp_buf out;
        cp_buf_init(&out);
        cp_findings_format_find(CP_STR("github"))
            ->write(&out, findings_case_count(&attack.c), &options);
        struct cp_str rest = cp_buf_str(&out);
        struct cp_str line;
        size_t count = 0;
        while (cp_str_line(&line, &rest)) {
            check_command(line, &attack, count++);
        }
        ck_assert_uint_eq(count, FINDINGS_A_ROUND);
        cp_buf_release(&out);
        attack_release(&attack);
    }
}
END_TEST

Suite *cp_suite_output_hostile(void)
{
    Suite *suite = suite_create("output_hostile");
    TCase *tcase = tcase_create("hostile");
    tcase_add_loop_test(tcase, no_text_of_a_file_gets_out_raw, 0,
                        (int)(sizeof rows / sizeof rows[0]));
    tcase_add_test(tcase, github_reads_back_path_and_message);
    suite_add_tcase(suite, tcase);
    return suite;
}
