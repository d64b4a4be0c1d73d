/* What must hold of an output of findings, format by format; it is tried with hostile text. */
#include "format_judge.h"

#include "hostile.h"
#include "readers.h"

#include <contplan/markdown.h>

#include <check.h>
#include <string.h>

/* ---- what must hold ------------------------------------------------------------------------ */

/* The output without the colours that we put there ourselves. */
void judge_strip_colour(struct cp_buf *out, struct cp_str text)
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
                                         "\"documents\"",
                                         "\"field\"",
                                         "\"related\"",
                                         "\"summary\"",
                                         "\"errors\"",
                                         "\"warnings\"",
                                         "\"infos\"",
                                         "\"waived\"",
                                         "\"known\"",
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

/* Whether a line ends with `before`, the code and name of a rule, and `after`. */
static bool has_rule_at_end(struct cp_str line, const char *before, const char *after)
{
    size_t end = line.len - (cp_str_has_suffix(line, after) ? strlen(after) : 0);
    size_t start = end;
    while (start > 0 && strchr("CP0123456789 abcdefghijklmnopqrstuvwxyz-", line.at[start - 1])) {
        start--;
    }
    struct cp_str rule = cp_str_slice(line, start, end - start);
    return cp_str_has_suffix(line, after) && rule.len > 6 && rule.at[5] == ' ' &&
           cp_str_has_prefix(rule, "CP") && cp_str_has_suffix(cp_str_slice(line, 0, start), before);
}

/* A command of ours, and its properties end where we end them: reading them as the runner does
 * finds the title. Or a line of the log, where there are many. */
static bool is_of_github(struct cp_str line, const char *path)
{
    bool is_ours = cp_str_has_prefix(line, "::error ") || cp_str_has_prefix(line, "::warning ") ||
                   cp_str_has_prefix(line, "::notice ");
    struct cp_str behind = cp_str_slice(line, 2, line.len);
    struct cp_str properties = cp_str_slice(behind, 0, cp_str_find(behind, CP_STR("::")));
    return is_ours ? has_rule_at_end(properties, ",title=", "") ||
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
    return (cp_str_has_prefix(line, "{\"type\":\"finding\",\"code\":\"CP") ||
            cp_str_has_prefix(line, "{\"type\":\"summary\",\"version\":1,")) &&
           json_read(line, NULL, NULL);
}

static const char markdown_head[] = "| Severity | Place | Rule | What is wrong | What to write |";

static bool is_summary(struct cp_str line)
{
    for (size_t i = 0; i < line.len; i++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789,;. ", line.at[i])) {
            return false;
        }
    }
    return cp_str_has_suffix(line, ".");
}

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
    return is_summary(line) ||
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

static int count_json(struct cp_str text, const char *path)
{
    (void)path;
    struct counting counting = {.where = "findings[].code"};
    return json_read(text, count_piece, &counting) ? counting.count : REFUSED;
}

static int count_gitlab(struct cp_str text, const char *path)
{
    (void)path;
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
    ".suppressions[]",
    ".suppressions[].kind",
    ".suppressions[].justification",
    ".partialFingerprints",
    ".partialFingerprints.contplanFinding/v1",
    ".properties",
    ".properties.plan",
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

static int count_sarif(struct cp_str text, const char *path)
{
    (void)path;
    int count = 0;
    return json_read(text, count_result, &count) ? count : REFUSED;
}

static int count_junit(struct cp_str text, const char *path)
{
    (void)path;
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
static int count_markdown(struct cp_str text, const char *path)
{
    (void)path;
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
static int count_lines(struct cp_str text, const char *path)
{
    (void)path;
    struct cp_str line;
    int count = 0;
    while (cp_str_line(&line, &text)) {
        count += !cp_str_has_prefix(line, "::notice title=contplan::");
    }
    return count;
}

static int count_jsonl(struct cp_str text, const char *path)
{
    return count_lines(text, path) - 1;
}

/* "path:1:2: error: message [CP101 required-missing]", which no note ends with. */
static int count_text(struct cp_str text, const char *path)
{
    struct cp_str line;
    int count = 0;
    while (cp_str_line(&line, &text)) {
        count += cp_str_has_prefix(line, path) && has_rule_at_end(line, " [", "]");
    }
    return count;
}

/* ---- all formats ----------------------------------------------------------------------------- */

static const struct format_row {
    const char *name;
    bool (*is_ours)(struct cp_str line, const char *path);
    int (*count)(struct cp_str text, const char *path);
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
const char *judge_findings(const char *format, struct cp_str text, const char *path, int findings)
{
    const struct format_row *row = row_of(format);
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
        if (has_mark(line) || (is_command && strcmp(format, "github") != 0)) {
            return "a command";
        }
    }
    return row->count(text, path) == findings ? NULL : "not the findings that there are";
}
