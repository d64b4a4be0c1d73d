// Findings built by hand: a file, places in it, and the counts that a run would have made.
#include "findings_case.h"

#include <string.h>

const struct cp_rule findings_case_error = {
    .code = "CP301",
    .name = "rto-exceeds-mtpd",
    .severity = CP_ERROR,
    .summary = "RTO and WRT together exceed the MTPD",
    .clause = "ISO 22301:2019 8.4.2",
};
const struct cp_rule findings_case_warning = {
    .code = "CP007",
    .name = "swallowed-text",
    .severity = CP_WARNING,
    .summary = "text that YAML reads as a comment",
};
const struct cp_rule findings_case_info = {
    .code = "CP205",
    .name = "honest-unknown",
    .severity = CP_INFO,
    .summary = "a fact that is stated as unknown",
};

void findings_case_init(struct findings_case *out, const char *path, struct cp_str text)
{
    *out = (struct findings_case){.findings = {.plans = 1}};
    cp_file_init(&out->file, path);
    cp_file_set(&out->file, text);
    cp_diags_init(&out->diags);
}

void findings_case_release(struct findings_case *findings_case)
{
    cp_diags_release(&findings_case->diags);
    cp_file_drop(&findings_case->file);
}

struct cp_place findings_case_place(struct findings_case *findings_case, const char *words)
{
    struct cp_str bytes = findings_case->file.bytes;
    size_t offset = cp_str_find(bytes, cp_str_of(words));
    struct cp_span end = {(uint32_t)bytes.len, 0};
    struct cp_span found = {(uint32_t)offset, (uint32_t)strlen(words)};
    return (struct cp_place){&findings_case->file, offset == SIZE_MAX ? end : found};
}

const struct cp_findings *findings_case_count(struct findings_case *findings_case)
{
    struct cp_findings *findings = &findings_case->findings;
    findings->items = findings_case->diags.items.items;
    findings->count = findings_case->diags.items.count;
    findings->errors = findings->warnings = findings->infos = 0;
    for (size_t i = 0; i < findings->count; i++) {
        enum cp_severity severity = findings->items[i]->severity;
        findings->errors += severity == CP_ERROR;
        findings->warnings += severity == CP_WARNING;
        findings->infos += severity == CP_INFO;
    }
    return findings;
}

struct cp_str findings_case_without_rules(struct cp_buf *out, struct cp_str text)
{
    static const char index[] = "          \"ruleIndex\": ";
    size_t from = cp_str_find(text, CP_STR("          \"version\": "));
    size_t to = cp_str_find(text, CP_STR("\n          ]\n"));
    struct cp_str line;
    if (from == SIZE_MAX || to == SIZE_MAX || to < from) {
        return text;
    }
    cp_buf_put(out, cp_str_slice(text, 0, from));
    cp_buf_puts(out, "          \"rules\": [");
    text = cp_str_slice(text, to, text.len);
    while (cp_str_line(&line, &text)) {
        if (!cp_str_has_prefix(line, index)) {
            cp_buf_printf(out, "%.*s\n", CP_ARG(line));
        }
    }
    return cp_buf_str(out);
}
