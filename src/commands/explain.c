/* contplan explain: what a rule is about, why it matters, and what to do. */
#include "commands.h"

#include <contplan/output.h>
#include <contplan/rules.h>

#include <string.h>

/* The rules of one word: a code, the beginning of codes, or a name. */
static int put_word(struct cp_buf *out, struct cp_str word)
{
    bool is_any = false;
    for (size_t i = 0; i < cp_checks_count(); i++) {
        const struct cp_rule *rule = cp_checks_get(i)->rule;
        if (cp_rule_is_match(word, rule)) {
            cp_buf_puts(out, out->len > 0 ? "\n" : "");
            cp_rule_put(out, rule);
            is_any = true;
        }
    }
    return is_any ? CP_STATUS_CLEAN : say_unknown_rule(NULL, word);
}

static int put_words(struct cp_buf *out, struct cp_str list)
{
    int status = CP_STATUS_CLEAN;
    do {
        size_t comma = cp_str_find(list, CP_STR(","));
        status = put_word(out, cp_str_trim(cp_str_slice(list, 0, comma)));
        list = comma == SIZE_MAX ? (struct cp_str){0} : cp_str_slice(list, comma + 1, SIZE_MAX);
    } while (status == CP_STATUS_CLEAN && list.len > 0);
    return status;
}

static int put_rules(struct cp_buf *out, const struct cp_arguments *arguments)
{
    int status = CP_STATUS_CLEAN;
    for (size_t i = 0; status == CP_STATUS_CLEAN && i < arguments->operands.count; i++) {
        status = put_words(out, cp_str_of(arguments->operands.items[i]));
    }
    return status;
}

static int explain(const struct cp_arguments *arguments)
{
    struct cp_buf out;
    if (arguments->operands.count == 0) {
        return command_rules.run(arguments);
    }
    cp_buf_init(&out);
    int status = put_rules(&out, arguments);
    if (status == CP_STATUS_CLEAN) {
        status = print(cp_buf_str(&out));
    }
    cp_buf_release(&out);
    return status;
}

const struct cp_command command_explain = {
    .name = "explain",
    .operands = "[CODE|NAME ...]",
    .summary = "say what a rule is about",
    .doc =
        "Says what the rules named by code or name find, why that matters, which source asks for "
        "it, and how wrong and right look. The beginning of codes, such as CP3, means all of "
        "these. Without one, lists all rules, as contplan rules does.",
    .run = explain,
};
