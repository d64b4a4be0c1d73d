/*
 * CP7, the steps of a runbook among themselves: their order, whether anybody sees that they worked,
 * and whether they ask for the access that was asked for beforehand.
 */
#include "command.h"
#include "runbooks.h"

static bool is_set(const struct cp_leaf *leaf)
{
    return leaf->state == CP_SET;
}

/* ---- order ----------------------------------------------------------------------------------- */

static void report_below(const struct cp_plan_input *in, const struct cp_rule *rule,
                         const struct cp_step *step, const struct cp_text *after,
                         const struct cp_step *first)
{
    const char *name = cp_diags_quote(in->diags, after->text);
    bool has_id = is_set(&step->id.leaf);
    struct cp_diagnostic *finding = cp_node_report(
        in->diags, rule, after->leaf.node, "the step%s%s waits for %s, which stands below it",
        has_id ? " " : "", has_id ? cp_diags_quote(in->diags, step->id.text) : "", name);
    cp_diagnostic_help(in->diags, finding,
                       "move %s above this step: whoever goes from top to bottom comes here first",
                       name);
    cp_diagnostic_note(in->diags, finding, cp_node_place(first->id.leaf.node),
                       "the step that must be done first");
}

/* The steps by their ids. */
static void index_steps(struct cp_map *out, const struct cp_runbook *runbook)
{
    for (size_t i = 0; i < runbook->steps.count; i++) {
        struct cp_step *step = &runbook->steps.items[i];
        if (is_set(&step->id.leaf)) {
            cp_map_put(out, step->id.text, step);
        }
    }
}

static void check_waits(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct cp_runbook *runbook)
{
    struct cp_map ids;
    cp_map_init(&ids);
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        if (step->after.count > 0 && ids.count == 0) {
            index_steps(&ids, runbook);
        }
        for (size_t j = 0; j < step->after.count; j++) {
            const struct cp_text *after = &step->after.items[j];
            const struct cp_step *first =
                is_set(&after->leaf) ? cp_map_find(&ids, after->text) : NULL;
            if (first && first > step) {
                report_below(in, rule, step, after, first);
            }
        }
    }
    cp_map_release(&ids);
}

unsigned cp_step_number(struct cp_str *out, struct cp_str text)
{
    size_t at = cp_str_is_equal_folded(cp_str_slice(text, 0, 5), CP_STR("step ")) ? 5 : 0;
    size_t from = at;
    unsigned number = 0;
    while (at < text.len && at - from < 4 && cp_is_digit(text.at[at])) {
        number = number * 10 + (unsigned)(text.at[at++] - '0');
    }
    char behind = at < text.len ? text.at[at] : ' ';
    bool has_end = strchr(".):", behind) && (at + 1 >= text.len || cp_is_blank(text.at[at + 1]));
    *out = cp_str_slice(text, 0, at);
    return at > from && (has_end || (from > 0 && cp_is_blank(behind))) ? number : 0;
}

/* Numbers may begin again, and leave some out; they do not go back. */
static void check_numbers(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_runbook *runbook)
{
    unsigned last = 0;
    const struct cp_text *before = NULL;
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_text *action = &runbook->steps.items[i].action;
        struct cp_str words;
        unsigned number = is_set(&action->leaf) ? cp_step_number(&words, action->text) : 0;
        if (number == 0) {
            continue;
        }
        if (before && number < last && number > 1) {
            struct cp_node *node = action->leaf.node;
            struct cp_diagnostic *finding = cp_node_report_at(
                in->diags, rule, node, cp_words_place(in->diags, rule, node, action->text, words),
                "number %u stands below number %u", number, last);
            cp_diagnostic_help(in->diags, finding,
                               "put the steps in the order in which they are done, and leave the "
                               "numbers out: documents number them");
            cp_diagnostic_note(in->diags, finding, cp_node_place(before->leaf.node),
                               "number %u stands here", last);
        }
        last = number;
        before = action;
    }
}

static void check_order(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct cp_runbook *runbook)
{
    check_waits(in, rule, runbook);
    check_numbers(in, rule, runbook);
}

void cp_check_step_order(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    cp_for_runbooks(in, rule, check_order);
}

const struct cp_rule cp_rule_steps_out_of_order = {
    .code = "CP707",
    .name = "steps-out-of-order",
    .severity = CP_WARNING,
    .summary = "steps that do not stand in the order in which they are done",
    .explanation =
        "A runbook is followed from top to bottom. A step that waits for one below it (`after`) is "
        "begun too early by anybody who does not read to the end first; and a text that begins "
        "with \"Step 3\" below \"Step 4\" leaves the reader to guess which of the two orders was "
        "meant. Move the steps, and leave their numbers out of the text: documents number them. "
        "Numbers may begin again at 1, for the next part.",
    .clause = "ISO 22301:2019, 8.4.4; NIST SP 800-34r1, ISCP template (recovery sequence)",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: move\n"
           "      steps:\n"
           "        - {id: switch, action: Point the name to the south., after: [start]}\n"
           "        - {id: start, action: Start the southern site., after: []}\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: move\n"
            "      steps:\n"
            "        - {id: start, action: Start the southern site.}\n"
            "        - {id: switch, action: Point the name to the south.}\n",
};

/* ---- whether it worked ----------------------------------------------------------------------- */

static void check_verified(const struct cp_plan_input *in, const struct cp_rule *rule,
                           const struct cp_runbook *runbook)
{
    size_t changing = 0;
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        bool counts = step->command.leaf.state != CP_ABSENT || i + 1 == runbook->steps.count;
        changing += step->command.leaf.state != CP_ABSENT;
        if (!is_set(&step->leaf) || (counts && step->verify.leaf.state != CP_ABSENT)) {
            return;
        }
    }
    struct cp_node *steps = runbook->steps.leaf.node;
    struct cp_diagnostic *finding = cp_node_report_at(
        in->diags, rule, steps, cp_missing_place(in->plan, &runbook->steps.leaf),
        changing > 0 ? "no step of %s that has a command says how one sees that it worked, nor "
                       "does the last"
                     : "the last step of %s does not say how one sees that it worked",
        cp_runbook_name(in, runbook));
    cp_diagnostic_help(in->diags, finding,
                       "add 'verify' to the last step, and to each that changes something: what "
                       "is to be seen, and where");
}

void cp_check_verified(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    cp_for_runbooks(in, rule, check_verified);
}

const struct cp_rule cp_rule_unverified_steps = {
    .code = "CP708",
    .name = "unverified-steps",
    .severity = CP_WARNING,
    .summary = "a runbook of which nobody would see whether it worked",
    .explanation =
        "A command that ends without an error has not brought a service back. Where neither a step "
        "that changes something (one with a command) nor the last says in `verify` what is to be "
        "seen, the runbook ends in hope, and the incident is declared over too early. Say at least "
        "for the last step how one sees that the service works again.",
    .clause =
        "NIST SP 800-34r1, reconstitution (validation); DORA RTS on ICT risk (EU 2024/1774), 26",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: restore\n"
           "      steps:\n"
           "        - {action: Restore the newest dump., command: permits restore --latest}\n"
           "        - {action: Open the site.}\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: restore\n"
            "      steps:\n"
            "        - {action: Restore the newest dump., command: permits restore --latest}\n"
            "        - {action: Open the site., verify: A permit of this morning is found}\n",
};

/* ---- access ---------------------------------------------------------------------------------- */

/* The roles that the prerequisites of a runbook name, and those reported of its steps. */
struct access {
    struct cp_map named, reported;
    const struct cp_text *where; /* the first of them is named here */
    struct cp_str first;
};

static void name_roles(struct access *access, const struct cp_runbook *runbook)
{
    for (size_t i = 0; i < runbook->access.count; i++) {
        const struct cp_text *text = &runbook->access.items[i].text;
        size_t at = 0;
        for (struct cp_str role;
             is_set(&text->leaf) && cp_access_role_next(&role, text->text, &at);) {
            if (!access->where) {
                cp_map_init(&access->named);
                cp_map_init(&access->reported);
                access->where = text;
                access->first = role;
            }
            cp_map_put(&access->named, role, access);
        }
    }
}

static void check_text(const struct cp_plan_input *in, const struct cp_rule *rule,
                       struct access *access, const struct cp_text *text, const char *key)
{
    size_t at = 0;
    for (struct cp_str role; is_set(&text->leaf) && cp_access_role_next(&role, text->text, &at);) {
        if (cp_map_find(&access->named, role) || cp_map_put(&access->reported, role, access)) {
            continue;
        }
        struct cp_node *node = text->leaf.node;
        const char *name = cp_diags_quote(in->diags, role);
        struct cp_diagnostic *finding = cp_node_report_at(
            in->diags, rule, node, cp_words_place(in->diags, rule, node, text->text, role),
            "'%s' asks for the role %s, and 'access' names %s", key, name,
            cp_diags_quote(in->diags, access->first));
        cp_diagnostic_help(in->diags, finding,
                           "name the same role in both places; where both are needed, add %s to "
                           "'access', so that it is held before the first step",
                           name);
        cp_diagnostic_note(in->diags, finding, cp_node_place(access->where->leaf.node),
                           "what must be held beforehand");
    }
}

static void check_access(const struct cp_plan_input *in, const struct cp_rule *rule,
                         const struct cp_runbook *runbook)
{
    struct access access = {.where = NULL};
    name_roles(&access, runbook);
    if (!access.where) {
        return;
    }
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        check_text(in, rule, &access, &step->action, "action");
        check_text(in, rule, &access, &step->verify, "verify");
        check_text(in, rule, &access, &step->rollback, "rollback");
    }
    cp_map_release(&access.named);
    cp_map_release(&access.reported);
}

void cp_check_access_roles(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    cp_for_runbooks(in, rule, check_access);
}

const struct cp_rule cp_rule_access_role_differs = {
    .code = "CP710",
    .name = "access-role-differs",
    .severity = CP_WARNING,
    .summary = "a step asks for another access role than the prerequisites do",
    .explanation =
        "Access takes time to get, at night more than by day. Whoever has got what `access` asks "
        "for, and then finds in the middle of the runbook that a step needs another role, waits "
        "while the service is down. Compared are the names in code before the word \"role\" (the "
        "`operator` role), in `access` and in what the steps say. Name in `access` every role "
        "that a step needs.",
    .clause = "ISO 22301:2019, 8.3.4",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: restore\n"
           "      access: [The `operator` role in the production account]\n"
           "      steps:\n"
           "        - {action: Assume the `breakglass` role and restore., verify: It is back}\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: restore\n"
            "      access: [The `breakglass` role in the production account]\n"
            "      steps:\n"
            "        - {action: Assume the `breakglass` role and restore., verify: It is back}\n",
};
