/*
 * CP7, the commands of a plan's steps: what cannot be pasted as it stands, and parameters that
 * nobody has declared. What is wrong in a command, command.h knows.
 */
#include "command.h"
#include "runbooks.h"

/* A text of a step, and what messages call it. */
struct told {
    const struct cp_text *text;
    const char *what;
    bool is_command; /* else prose */
};

static bool is_told(const struct cp_text *text)
{
    return text->leaf.state == CP_SET;
}

/* ---- what cannot be pasted ------------------------------------------------------------------- */

/* The line as a whole: one of two quotation marks alone would be worse than both. */
static void fix_line(const struct cp_plan_input *in, struct cp_diagnostic *finding,
                     const struct told *told, const struct cp_flaws *flaws, struct cp_str line,
                     const struct cp_rule *rule)
{
    const struct cp_node *node = told->text->leaf.node;
    struct cp_str text = told->text->text;
    struct cp_place place = cp_words_place(in->diags, rule, told->text->leaf.node, text, line);
    struct cp_buf mended;
    cp_buf_init(&mended);
    if (cp_flaws_mend(&mended, line, flaws) && cp_line_is_as_written(place, line)) {
        struct cp_str before = cp_str_slice(text, 0, (size_t)(line.at - text.at));
        struct cp_str behind = cp_str_slice(text, before.len + line.len, SIZE_MAX);
        struct cp_str title = cp_arena_printf(in->arena, "write %.*s", CP_ARG(cp_buf_str(&mended)));
        struct cp_str meant = cp_arena_printf(in->arena, "%.*s%.*s%.*s", CP_ARG(before),
                                              CP_ARG(cp_buf_str(&mended)), CP_ARG(behind));
        const struct cp_fix fix = {.place = place,
                                   .text = cp_buf_str(&mended),
                                   .change = CP_FIX_VALUE,
                                   .target = node->span,
                                   .meant = meant,
                                   .title = title};
        cp_diagnostic_fix(in->diags, finding, &fix);
    }
    cp_buf_release(&mended);
}

static void report_flaw(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct told *told, const struct cp_flaws *flaws,
                        const struct cp_flaw *flaw, struct cp_str command)
{
    struct cp_node *node = told->text->leaf.node;
    struct cp_place place = cp_words_place(in->diags, rule, node, told->text->text, flaw->wrong);
    struct cp_buf words;
    cp_buf_init(&words);
    cp_flaw_describe(&words, flaw, told->what);
    struct cp_diagnostic *finding =
        cp_node_report_at(in->diags, rule, node, place, "%.*s", CP_ARG(cp_buf_str(&words)));
    cp_buf_clear(&words);
    bool has_secret = cp_diags_has_secret(in->diags, cp_node_place(node));
    cp_flaw_advise(&words, flaw, has_secret ? NULL : flaws, command);
    cp_diagnostic_help(in->diags, finding, "%.*s", CP_ARG(cp_buf_str(&words)));
    cp_buf_release(&words);
    if (finding && !has_secret) {
        fix_line(in, finding, told, flaws, cp_flaw_line(flaw, command), rule);
    }
}

/* `command` is the text, or code in it. */
static void check_command(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct told *told, struct cp_str command)
{
    if (!(cp_command_look(command) & (CP_LOOK_ODD | CP_LOOK_OPTION))) {
        return;
    }
    struct cp_flaws flaws;
    cp_command_check(&flaws, command);
    for (size_t i = 0; i < flaws.count; i++) {
        const struct cp_flaw *flaw = &flaws.items[i];
        if (cp_flaw_is_first(&flaws, i)) {
            report_flaw(in, cp_flaw_is_option(flaw) ? &cp_rule_single_dash_option : rule, told,
                        &flaws, flaw, command);
        }
    }
}

/* In prose the commands are those between backticks. */
static void check_code(const struct cp_plan_input *in, const struct cp_rule *rule,
                       const struct told *told)
{
    struct cp_str text = told->text->text;
    size_t at = 0;
    for (struct cp_str code; is_told(told->text) && cp_code_next(&code, text, &at);) {
        check_command(in, rule, told, code);
    }
}

static void check_steps(const struct cp_plan_input *in, const struct cp_rule *rule,
                        const struct cp_runbook *runbook)
{
    for (size_t i = 0; i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        if (is_told(&step->command)) {
            check_command(in, rule, &(struct told){&step->command, "'command'", true},
                          step->command.text);
        }
        check_code(in, rule, &(struct told){&step->action, "'action'", false});
        check_code(in, rule, &(struct told){&step->verify, "'verify'", false});
        check_code(in, rule, &(struct told){&step->rollback, "'rollback'", false});
    }
}

void cp_check_commands(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    cp_for_runbooks(in, rule, check_steps);
}

const struct cp_rule cp_rule_typographic_command = {
    .code = "CP704",
    .name = "typographic-command",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "a typographic dash or quotation mark inside a command",
    .explanation =
        "Word processors, wikis and chat turn two hyphens into one long dash and straight "
        "quotation "
        "marks into curved ones. They look better and work no longer: pasted at night, the command "
        "fails, or worse, runs with one argument more than was meant. Looked at are commands, and "
        "code between backticks in what a step says; comments, here-documents, and text in "
        "straight quotation marks may have what typography they like. The finding says how the "
        "command should read; commands copied from a terminal never have this fault.",
    .clause = "ISO 22301:2019, 8.4.4",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: rebuild\n"
           "      steps:\n"
           "        - command: aws-vault exec permits — terraform init\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: rebuild\n"
            "      steps:\n"
            "        - command: aws-vault exec permits -- terraform init\n",
};

const struct cp_rule cp_rule_single_dash_option = {
    .code = "CP705",
    .name = "single-dash-option",
    .severity = CP_ERROR,
    .fix = CP_FIX_SAFE,
    .summary = "a long option behind a single dash, where the tool wants two",
    .explanation =
        "Most tools read what follows a single dash as letters, each an option by itself: `curl "
        "-data x` sends `ata`, `kubectl -namespace permits` looks into the namespace `amespace`, "
        "and `docker run -rm` does not run at all. Such commands come from a document that "
        "swallowed a dash, and nobody sees it until the command is needed. Reported is only what "
        "is known to be wrong for the tool named: `find -name`, `terraform -chdir` and `tar -xzf` "
        "are right as they stand.",
    .clause = "ISO 22301:2019, 8.4.4",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: restore\n"
           "      steps:\n"
           "        - command: docker run -rm permits-tools restore\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: restore\n"
            "      steps:\n"
            "        - command: docker run --rm permits-tools restore\n",
};

/* ---- parameters ------------------------------------------------------------------------------ */

/* The parameters of a runbook: those it declares, and those found in its steps that it does not. */
struct parameters {
    const struct cp_runbook *runbook;
    struct cp_map declared; /* name -> its struct cp_parameter; once one is looked for */
    struct cp_map found;
    bool has_begun;
};

/* A name may be declared with its brackets. */
static struct cp_str name_of(const struct cp_parameter *parameter)
{
    struct cp_str name = cp_str_trim(parameter->name.text);
    bool has_brackets = cp_str_has_prefix(name, "<") && cp_str_has_suffix(name, ">");
    return has_brackets ? cp_str_slice(name, 1, name.len - 2) : name;
}

static void parameters_begin(struct parameters *all)
{
    if (all->has_begun) {
        return;
    }
    all->has_begun = true;
    cp_map_init(&all->declared);
    cp_map_init(&all->found);
    for (size_t i = 0; i < all->runbook->parameters.count; i++) {
        struct cp_parameter *parameter = &all->runbook->parameters.items[i];
        if (is_told(&parameter->name)) {
            cp_map_put(&all->declared, name_of(parameter), parameter);
        }
    }
}

static void parameters_end(struct parameters *all)
{
    if (all->has_begun) {
        cp_map_release(&all->declared);
        cp_map_release(&all->found);
    }
}

static const struct cp_parameter *find_nearest(const struct parameters *all, struct cp_str name)
{
    CP_LIST(struct cp_str) names = {0};
    for (size_t i = 0; i < all->runbook->parameters.count; i++) {
        if (is_told(&all->runbook->parameters.items[i].name)) {
            *(struct cp_str *)cp_list_push(&names, sizeof(*names.items)) =
                name_of(&all->runbook->parameters.items[i]);
        }
    }
    struct cp_str nearest = cp_str_nearest(name, names.items, names.count);
    cp_list_release(&names);
    return nearest.len > 0 ? cp_map_find(&all->declared, nearest) : NULL;
}

static void report_parameter(const struct cp_plan_input *in, const struct cp_rule *rule,
                             const struct parameters *all, const struct told *told,
                             struct cp_str name)
{
    struct cp_node *node = told->text->leaf.node;
    struct cp_str words = {name.at - 1, name.len + 2}; /* with its brackets */
    struct cp_diagnostic *finding = cp_node_report_at(
        in->diags, rule, node, cp_words_place(in->diags, rule, node, told->text->text, words),
        "%s leaves %s to fill in, and %s declares no such parameter", told->what,
        cp_diags_quote(in->diags, words), cp_runbook_name(in, all->runbook));
    const struct cp_parameter *nearest = finding ? find_nearest(all, name) : NULL;
    if (nearest) {
        cp_diagnostic_help(in->diags, finding, "did you mean <%.*s>?", CP_ARG(name_of(nearest)));
        cp_diagnostic_note(in->diags, finding, cp_node_place(nearest->name.leaf.node),
                           "that one is declared here");
    } else {
        cp_diagnostic_help(in->diags, finding,
                           "declare it in the runbook: 'parameters: [{name: %.*s, meaning: …}]', "
                           "with what to put there and where to find it",
                           CP_ARG(name));
    }
}

static void check_text(const struct cp_plan_input *in, const struct cp_rule *rule,
                       struct parameters *all, const struct told *told)
{
    struct cp_str text = told->text->text;
    if (!is_told(told->text) || text.len == 0 || !memchr(text.at, '<', text.len)) {
        return;
    }
    struct cp_parameter_scan scan;
    cp_parameter_scan_init(&scan, text);
    /* Placeholder markup (`<DIAGRAM>`) is CP2's, which looks at prose. */
    struct cp_str other = told->is_command ? (struct cp_str){0} : cp_placeholder_markup_find(text);
    for (struct cp_str name; cp_parameter_next(&name, &scan);) {
        bool is_other = name.at >= other.at && name.at < other.at + other.len;
        parameters_begin(all);
        if (!is_other && !cp_map_find(&all->declared, name) &&
            !cp_map_put(&all->found, name, all)) {
            report_parameter(in, rule, all, told, name);
        }
    }
}

/* Each name is reported once in a runbook. */
static void check_runbook(const struct cp_plan_input *in, const struct cp_rule *rule,
                          const struct cp_runbook *runbook)
{
    struct parameters all = {.runbook = runbook};
    const struct cp_leaf *declared = &runbook->parameters.leaf;
    bool is_known = declared->state == CP_SET || declared->state == CP_ABSENT;
    for (size_t i = 0; is_known && i < runbook->steps.count; i++) {
        const struct cp_step *step = &runbook->steps.items[i];
        check_text(in, rule, &all, &(struct told){&step->command, "'command'", true});
        check_text(in, rule, &all, &(struct told){&step->verify, "'verify'", false});
        check_text(in, rule, &all, &(struct told){&step->rollback, "'rollback'", false});
    }
    parameters_end(&all);
}

void cp_check_parameters(const struct cp_plan_input *in, const struct cp_rule *rule)
{
    cp_for_runbooks(in, rule, check_runbook);
}

const struct cp_rule cp_rule_undeclared_parameter = {
    .code = "CP706",
    .name = "undeclared-parameter",
    .severity = CP_WARNING,
    .summary = "a <parameter> in a step that the runbook does not declare",
    .explanation =
        "A command with `<snapshot-id>` in it cannot be run until somebody knows what to put "
        "there. "
        "Who wrote the runbook knows; who follows it at night may not. Declare each under the "
        "runbook's `parameters`, with what to put there and where to find it, and collect the "
        "values before the first step. Redirection (`psql <dump.sql`), here-documents and HTML are "
        "told apart; each name is reported once in a runbook, where it first stands.",
    .clause = "ISO 22301:2019, 8.4.4",
    .bad = "id: permits\n"
           "disaster_recovery:\n"
           "  runbooks:\n"
           "    - id: restore\n"
           "      steps:\n"
           "        - command: pg_restore --dbname=permits <snapshot>\n",
    .good = "id: permits\n"
            "disaster_recovery:\n"
            "  runbooks:\n"
            "    - id: restore\n"
            "      parameters:\n"
            "        - {name: snapshot, meaning: The newest file in the store of backups}\n"
            "      steps:\n"
            "        - command: pg_restore --dbname=permits <snapshot>\n",
};
