/* contplan explain: what a rule is about, why it matters, and what to do. */
#include "commands.h"

#include <contplan/output.h>
#include <contplan/rules.h>

static int say_unknown(const char *word)
{
    struct cp_str nearest = cp_rules_nearest(cp_str_of(word));
    if (nearest.len > 0) {
        return say_usage("there is no rule %s; did you mean %.*s?", quoted(word), CP_ARG(nearest));
    }
    return say_usage("there is no rule %s; contplan rules lists them", quoted(word));
}

static int put_rules(struct cp_buf *out, const struct cp_arguments *arguments)
{
    for (size_t i = 0; i < arguments->operands.count; i++) {
        const char *word = arguments->operands.items[i];
        const struct cp_rule *rule = cp_rules_find(cp_str_of(word));
        if (!rule) {
            return say_unknown(word);
        }
        cp_buf_puts(out, i > 0 ? "\n" : "");
        cp_rule_put(out, rule);
    }
    return CP_STATUS_CLEAN;
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
        "it, and how wrong and right look. Without one, lists all rules, as contplan rules "
        "does.",
    .run = explain,
};
