/*
 * The rules of this layer: what YAML itself, or our limits on it, forbid.
 * Only rows; the code that emits a finding stands in the file of its topic.
 */
#include <contplan/yaml.h>

const struct cp_rule cp_rule_yaml_syntax = {
    .code = "CP001",
    .name = "yaml-syntax",
    .severity = CP_ERROR,
    .summary = "the file is not one well-formed YAML document",
    .explanation =
        "The file cannot be read as YAML, so nothing in it can be checked or rendered. "
        "The place is where reading stopped; the mistake stands there or shortly before.\n\n"
        "Most often it is a plain value that needs quotes (one that holds `: `, or starts with "
        "`@`, `*`, `!`, `%` or a backtick), a tab used for indentation, a line indented unlike "
        "its neighbours, or a quote that is never closed. One file holds exactly one document, "
        "and merge keys (`<<`) are not part of the format. Only the first mistake of a file is "
        "reported, since what follows it cannot be judged.",
    .bad = "scope:\n"
           "  in: [Permits, Refunds\n",
    .good = "scope:\n"
            "  in: [Permits, Refunds]\n",
};

const struct cp_rule cp_rule_yaml_encoding = {
    .code = "CP002",
    .name = "yaml-encoding",
    .severity = CP_ERROR,
    .summary = "the file is not UTF-8 text",
    .explanation =
        "Files are read as UTF-8; other encodings, binary files and control characters are "
        "refused, because a reader could not tell what such bytes stand for.\n\n"
        "Save the file as UTF-8 and remove control characters. A byte-order mark at the start "
        "and Windows line ends are accepted.",
    .bad = "name: Caf\xE9\n",
    .good = "name: Café\n",
};

const struct cp_rule cp_rule_yaml_limit = {
    .code = "CP003",
    .name = "yaml-limit",
    .severity = CP_ERROR,
    .summary = "the document is larger or deeper than any document of its kind",
    .explanation =
        "Size, nesting, the number of values, directives and anchors are bounded, so that no "
        "file can make a check slow or exhaust memory. The limits lie far above what a "
        "document written by people needs; a value that stands behind an alias counts each "
        "time it is used.\n\n"
        "Split the file, or move long text into a document of its own and link to it.",
    .bad = "scope:\n"
           "  [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"
           "  [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"
           "  x\n"
           "  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n"
           "  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
    .good = "scope: {in: [Permits]}\n",
};

const struct cp_rule cp_rule_duplicate_key = {
    .code = "CP004",
    .name = "duplicate-key",
    .severity = CP_ERROR,
    .summary = "a key is given twice in the same mapping",
    .explanation =
        "YAML asks that the keys of a mapping differ. Readers disagree on which of two equal "
        "keys wins, so one of the values is silently lost.\n\n"
        "Remove one of them, or put both values under one key. Until then the first value is "
        "the one that is checked.",
    .bad = "releases:\n"
           "  process: By hand\n"
           "  process: Every merge to main\n",
    .good = "releases:\n"
            "  process: Every merge to main\n",
};

const struct cp_rule cp_rule_swallowed_text = {
    .code = "CP005",
    .name = "swallowed-text",
    .severity = CP_WARNING,
    .fix = CP_FIX_SAFE,
    .summary = "text that was meant as a value is a comment or a tag to YAML",
    .explanation =
        "A `#` behind a blank starts a comment. `chat: #permits` is therefore an empty value, "
        "and `note: see ticket #42` ends at `ticket`; the document loses the text without a "
        "word. A word with a `!` in front of a value is a tag, which says of what type it is: "
        "`note: !important call first` loses the first word.\n\n"
        "Put quotes around the whole value: `chat: \"#permits\"`. Where a comment is meant, "
        "leave a blank behind the `#`.",
    .bad = "accountability:\n"
           "  contacts:\n"
           "    - name: Permits team\n"
           "      chat: #permits\n",
    .good = "accountability:\n"
            "  contacts:\n"
            "    - name: Permits team\n"
            "      chat: \"#permits\"\n",
};
