/*
 * Findings as SARIF 2.1.0 (OASIS): every rule in the driver, a result a finding, and one for each
 * that is waived, with its suppression. Columns count code points. Texts are printable, since
 * viewers show them, and none of them is a link; paths are URIs. Which member stands where and why
 * is the standard's.
 */
#include "findings.h"

#include <string.h>

/* GitHub takes so many results of a run, and refuses more. */
enum { MOST = 25000 };

static const char base_id[] = "%SRCROOT%";

/* ---- texts and places ------------------------------------------------------------------------ */

/* In a message `[words](target)` is a link: the bracket that would end the words is escaped, where
 * backslashes before it have not done so already (3.11.6). */
static void put_unlinked(struct cp_buf *out, struct cp_str text)
{
    size_t slashes = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_link = cp_str_has_prefix(cp_str_slice(text, i, 2), "](") && slashes % 2 == 0;
        cp_buf_puts(out, is_link ? "\\" : "");
        cp_buf_putc(out, text.at[i]);
        slashes = text.at[i] == '\\' ? slashes + 1 : 0;
    }
}

/* A message object; `text` is printable. */
static void put_message(struct cp_json *json, const char *key, struct cp_str text)
{
    struct cp_buf unlinked;
    cp_buf_init(&unlinked);
    put_unlinked(&unlinked, text);
    cp_json_object(json, key);
    cp_json_string(json, "text", cp_buf_str(&unlinked));
    cp_json_end_object(json);
    cp_buf_release(&unlinked);
}

static void put_untrusted(struct cp_json *json, const char *key, struct cp_str text)
{
    struct cp_buf printable;
    cp_buf_init(&printable);
    cp_printable(&printable, text);
    put_message(json, key, cp_buf_str(&printable));
    cp_buf_release(&printable);
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~/", c));
}

/* A path as a URI (RFC 3986): relative to where contplan was run, or of a file. */
static void put_uri(struct cp_buf *out, const char *path)
{
    cp_buf_puts(out, path[0] == '/' ? "file://" : "");
    for (; *path; path++) {
        if (is_unreserved(*path)) {
            cp_buf_putc(out, *path);
        } else {
            cp_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*path);
        }
    }
}

static void put_region(struct cp_json *json, const char *key, const struct cp_location *at)
{
    if (at->line == 0) {
        return; /* it is about the whole file */
    }
    cp_json_object(json, key);
    cp_json_number(json, "startLine", at->line);
    cp_json_number(json, "startColumn", at->column);
    cp_json_number(json, "endLine", at->end_line);
    cp_json_number(json, "endColumn", at->end_column);
    cp_json_end_object(json);
}

static void put_artifact(struct cp_json *json, const char *path)
{
    struct cp_buf uri;
    cp_buf_init(&uri);
    put_uri(&uri, path);
    cp_json_object(json, "artifactLocation");
    cp_json_string(json, "uri", cp_buf_str(&uri));
    if (path[0] != '/') {
        cp_json_string(json, "uriBaseId", cp_str_of(base_id));
    }
    cp_json_end_object(json);
    cp_buf_release(&uri);
}

static void put_physical(struct cp_json *json, const struct cp_location *at)
{
    if (!at->path) {
        return;
    }
    cp_json_object(json, "physicalLocation");
    put_artifact(json, at->path);
    put_region(json, "region", at);
    cp_json_end_object(json);
}

static void put_locations(struct cp_json *json, const struct cp_location *at)
{
    cp_json_array(json, "locations");
    if (at->path) {
        cp_json_object(json, NULL);
        put_physical(json, at);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

/* ---- the driver ------------------------------------------------------------------------------ */

static struct cp_str level_of(enum cp_severity severity)
{
    static const char *const levels[] = {"none", "note", "warning", "error"};
    return cp_str_of(levels[severity]);
}

static void put_text(struct cp_json *json, const char *key, const char *text)
{
    cp_json_object(json, key);
    cp_json_string(json, "text", cp_str_of(text));
    cp_json_end_object(json);
}

/* The explanation is Markdown that reads well as it is. */
static void put_help(struct cp_json *json, const struct cp_rule *rule)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, rule->explanation);
    if (rule->clause) {
        cp_buf_printf(&text, "\n\nAsked by %s.", rule->clause);
    }
    cp_json_object(json, "help");
    cp_json_string(json, "text", cp_buf_str(&text));
    cp_json_string(json, "markdown", cp_buf_str(&text));
    cp_json_end_object(json);
    cp_buf_release(&text);
}

static void put_rule(struct cp_json *json, const struct cp_rule *rule)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "id", cp_str_of(rule->code));
    cp_json_string(json, "name", cp_str_of(rule->name));
    put_text(json, "shortDescription", rule->summary);
    put_text(json, "fullDescription", rule->explanation);
    put_help(json, rule);
    cp_json_object(json, "defaultConfiguration");
    cp_json_bool(json, "enabled", rule->severity != CP_OFF);
    cp_json_string(json, "level", level_of(rule->severity));
    cp_json_end_object(json);
    cp_json_end_object(json);
}

static void put_tool(struct cp_json *json)
{
    cp_json_object(json, "tool");
    cp_json_object(json, "driver");
    cp_json_string(json, "name", CP_STR("contplan"));
    cp_json_string(json, "version", CP_STR(CONTPLAN_VERSION));
    cp_json_array(json, "rules");
    for (size_t i = 0; i < cp_checks_count(); i++) {
        put_rule(json, cp_checks_get(i)->rule);
    }
    cp_json_end_array(json);
    cp_json_end_object(json);
    cp_json_end_object(json);
}

/* Where the rule stands in the driver; the rows are in the order of their codes. */
static void put_rule_index(struct cp_json *json, const struct cp_rule *rule)
{
    size_t low = 0;
    size_t high = cp_checks_count();
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(cp_checks_get(middle)->rule->code, rule->code);
        if (order == 0) {
            cp_json_number(json, "ruleIndex", (int64_t)middle);
            return;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
}

/* ---- results --------------------------------------------------------------------------------- */

static void put_finding_message(struct cp_json *json, const struct cp_diagnostic *diagnostic)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_message_put(&text, diagnostic);
    if (diagnostic->help.len > 0) {
        cp_buf_puts(&text, "\nhelp: ");
        cp_printable(&text, diagnostic->help);
    }
    put_message(json, "message", cp_buf_str(&text));
    cp_buf_release(&text);
}

static void put_related(struct cp_json *json, const struct cp_diagnostic *diagnostic)
{
    cp_json_array(json, "relatedLocations");
    for (size_t i = 0; i < diagnostic->notes.count; i++) {
        const struct cp_note *note = &diagnostic->notes.items[i];
        cp_json_object(json, NULL);
        cp_json_number(json, "id", (int64_t)i + 1);
        put_physical(json, &note->at);
        put_untrusted(json, "message", note->message);
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
}

/* What a fix puts in must be told as it is, or not at all. */
static bool is_tellable(struct cp_str text)
{
    uint32_t c;
    for (size_t len; text.len > 0; text = cp_str_slice(text, len, SIZE_MAX)) {
        len = cp_utf8_decode(&c, text);
        if (len == 0 || cp_is_unprintable(c)) {
            return false;
        }
    }
    return true;
}

/* A fix that is not safe is one for a person to choose, as its description says. */
static void put_fixes(struct cp_json *json, const struct cp_diagnostic *diagnostic)
{
    const struct cp_fix *fix = diagnostic->fix;
    if (!fix || fix->at.line == 0 || !is_tellable(fix->text)) {
        return;
    }
    struct cp_buf title;
    cp_buf_init(&title);
    cp_buf_puts(&title, diagnostic->rule->fix == CP_FIX_UNSAFE ? "to be looked at: " : "");
    cp_printable(&title, fix->title);
    cp_json_array(json, "fixes");
    cp_json_object(json, NULL);
    put_message(json, "description", cp_buf_str(&title));
    cp_json_array(json, "artifactChanges");
    cp_json_object(json, NULL);
    put_artifact(json, fix->at.path);
    cp_json_array(json, "replacements");
    cp_json_object(json, NULL);
    put_region(json, "deletedRegion", &fix->at);
    cp_json_object(json, "insertedContent");
    cp_json_string(json, "text", fix->text);
    cp_json_end_object(json);
    cp_json_end_object(json);
    cp_json_end_array(json);
    cp_json_end_object(json);
    cp_json_end_array(json);
    cp_json_end_object(json);
    cp_json_end_array(json);
    cp_buf_release(&title);
}

static void put_excuse(struct cp_json *json, const struct cp_excuse *excuse)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_printable(&text, excuse->reason);
    cp_buf_puts(&text, " (until ");
    cp_date_put(&text, excuse->until);
    cp_buf_puts(&text, ", by ");
    cp_printable(&text, excuse->by);
    cp_buf_putc(&text, ')');
    cp_json_object(json, NULL);
    cp_json_string(json, "kind", CP_STR("inSource"));
    cp_json_string(json, "justification", cp_buf_str(&text));
    cp_json_end_object(json);
    cp_buf_release(&text);
}

/* A comment and an entry of the plan both stand in the source, a baseline does not. All results
 * have the array, or none may (3.27.23); the state as well (3.27.24). */
static void put_suppressions(struct cp_json *json, const struct cp_findings *findings,
                             const struct cp_diagnostic *diagnostic)
{
    cp_json_array(json, "suppressions");
    if (diagnostic->excuse) {
        put_excuse(json, diagnostic->excuse);
    } else if (diagnostic->is_known) {
        cp_json_object(json, NULL);
        cp_json_string(json, "kind", CP_STR("external"));
        cp_json_string(json, "justification", CP_STR("known from the baseline"));
        cp_json_end_object(json);
    }
    cp_json_end_array(json);
    if (findings->has_baseline) {
        cp_json_string(json, "baselineState",
                       diagnostic->is_known ? CP_STR("unchanged") : CP_STR("new"));
    }
}

static void put_fact(struct cp_json *json, const char *key, struct cp_str text)
{
    if (text.len > 0) {
        cp_shown_put_json(json, key, text);
    }
}

static void put_properties(struct cp_json *json, const struct cp_findings *findings,
                           const struct cp_diagnostic *diagnostic)
{
    cp_json_object(json, "properties");
    put_fact(json, "plan", cp_finding_plan(findings, diagnostic));
    put_fact(json, "field", diagnostic->field);
    put_fact(json, "clause", diagnostic->clause);
    cp_json_number(json, "plans", diagnostic->plan_count);
    cp_json_end_object(json);
}

static void put_result(struct cp_json *json, const struct cp_findings *findings,
                       const struct cp_diagnostic *diagnostic, const char *fingerprint)
{
    cp_json_object(json, NULL);
    cp_json_string(json, "ruleId", cp_str_of(diagnostic->rule->code));
    put_rule_index(json, diagnostic->rule);
    cp_json_string(json, "level", level_of(diagnostic->severity));
    put_finding_message(json, diagnostic);
    put_locations(json, &diagnostic->at);
    put_related(json, diagnostic);
    cp_json_object(json, "partialFingerprints");
    cp_json_string(json, "contplanFinding/v1", cp_str_of(fingerprint));
    cp_json_end_object(json);
    put_suppressions(json, findings, diagnostic);
    put_fixes(json, diagnostic);
    put_properties(json, findings, diagnostic);
    cp_json_end_object(json);
}

/* How many results there is room for: errors before the rest, what is waived behind what is
 * reported, and what is known last. */
enum { WAIVED = CP_ERROR + 1, KNOWN, KINDS };

struct room {
    size_t of[KINDS];
    size_t cut;
};

/* One after the other: what is reported, what is waived, what is known. */
static const struct cp_diagnostic *result_of(const struct cp_findings *findings, size_t index)
{
    size_t waived = findings->waived_items ? findings->waived : 0;
    if (index < findings->count) {
        return findings->items[index];
    }
    index -= findings->count;
    return index < waived ? findings->waived_items[index] : findings->known_items[index - waived];
}

static size_t count_results(const struct cp_findings *findings)
{
    return findings->count + (findings->waived_items ? findings->waived : 0) +
           findings->known_count;
}

static size_t kind_of(const struct cp_diagnostic *diagnostic)
{
    return diagnostic->is_waived ? WAIVED : diagnostic->is_known ? KNOWN : diagnostic->severity;
}

static void give(struct room *room, size_t kind, size_t *left)
{
    size_t wanted = room->of[kind];
    room->of[kind] = wanted < *left ? wanted : *left;
    room->cut += wanted - room->of[kind];
    *left -= room->of[kind];
}

static void share_out(struct room *out, const struct cp_findings *findings)
{
    static const size_t order[] = {CP_ERROR, CP_WARNING, CP_INFO, WAIVED, KNOWN};
    size_t left = MOST;
    *out = (struct room){0};
    for (size_t i = 0; i < count_results(findings); i++) {
        out->of[kind_of(result_of(findings, i))]++;
    }
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        give(out, order[i], &left);
    }
}

/* All are told apart, those too that there is no room for. */
static void put_results(struct cp_json *json, const struct cp_findings *findings, struct room room)
{
    struct cp_identity identity;
    cp_identity_init(&identity);
    cp_json_array(json, "results");
    for (size_t i = 0; i < count_results(findings); i++) {
        const struct cp_diagnostic *diagnostic = result_of(findings, i);
        size_t *left = &room.of[kind_of(diagnostic)];
        char fingerprint[CP_IDENTITY_TEXT];
        cp_identity_next(fingerprint, &identity, findings, diagnostic);
        if (*left > 0) {
            put_result(json, findings, diagnostic, fingerprint);
            --*left;
        }
        cp_buf_pass(json->out);
    }
    cp_json_end_array(json);
    cp_identity_release(&identity);
}

/* ---- the run --------------------------------------------------------------------------------- */

/* What it is about is named by the place, where there is one. */
static void put_notification(struct cp_json *json, enum cp_severity severity, const char *path,
                             struct cp_buf *text)
{
    struct cp_location at = {.path = path};
    cp_json_object(json, NULL);
    if (path) {
        put_locations(json, &at);
    }
    put_untrusted(json, "message", cp_buf_str(text));
    cp_json_string(json, "level", level_of(severity));
    cp_json_end_object(json);
    cp_buf_clear(text);
}

/* What is not among the results although it was asked for. */
static void put_invocation(struct cp_json *json, const struct cp_findings *findings, size_t cut)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_json_array(json, "invocations");
    cp_json_object(json, NULL);
    cp_json_bool(json, "executionSuccessful", findings->failure_count == 0);
    cp_json_array(json, "toolExecutionNotifications");
    for (size_t i = 0; i < findings->failure_count; i++) {
        cp_buf_puts(&text, findings->failures[i]);
        put_notification(json, CP_ERROR, NULL, &text);
    }
    for (size_t i = 0; i < findings->omission_count; i++) {
        cp_omission_put(&text, &findings->omissions[i]);
        cp_buf_puts(&text, "this file");
        put_notification(json, CP_WARNING, findings->omissions[i].path, &text);
    }
    if (cut > 0) {
        cp_buf_printf(&text, "%zu results are left out: GitHub takes %d of a run", cut, MOST);
        put_notification(json, CP_WARNING, NULL, &text);
    }
    cp_json_end_array(json);
    cp_json_end_object(json);
    cp_json_end_array(json);
    cp_buf_release(&text);
}

static void put_base(struct cp_json *json)
{
    cp_json_object(json, "originalUriBaseIds");
    cp_json_object(json, base_id);
    put_text(json, "description", "the folder that contplan was run in");
    cp_json_end_object(json);
    cp_json_end_object(json);
}

void cp_findings_write_sarif(struct cp_buf *out, const struct cp_findings *findings,
                             const struct cp_output_options *options)
{
    struct cp_json json;
    struct room room;
    (void)options;
    share_out(&room, findings);
    cp_json_init(&json, out, false);
    cp_json_object(&json, NULL);
    cp_json_string(&json, "$schema", CP_STR("https://json.schemastore.org/sarif-2.1.0.json"));
    cp_json_string(&json, "version", CP_STR("2.1.0"));
    cp_json_array(&json, "runs");
    cp_json_object(&json, NULL);
    put_tool(&json);
    put_invocation(&json, findings, room.cut);
    put_base(&json);
    cp_json_string(&json, "columnKind", CP_STR("unicodeCodePoints"));
    put_results(&json, findings, room);
    cp_json_end_object(&json);
    cp_json_end_array(&json);
    cp_json_end_object(&json);
    cp_buf_putc(out, '\n');
}
