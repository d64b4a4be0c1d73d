/*
 * Plans and records to fill in: which fields they ask for, as rows, and which they offer; what is
 * said about a field comes from its own table. Knows no file.
 */
#include <contplan/edit.h>

#include <assert.h>

/* A field that a form asks for where the profile asks for `when`, or for the field itself. */
struct row {
    const char *path;
    const char *when;
};

/* What a plan needs so that the rules are content with what the profile asks for. */
static const struct row plan_rows[] = {
    {"schema", "schema"},
    {"id", "id"},
    {"name", "name"},
    {"summary", "name"},
    {"accountability.accountable", "accountability"},
    {"accountability.contacts[].name", "accountability.contacts"},
    {"accountability.contacts[].role", "accountability.contacts"},
    {"accountability.contacts[].email", "accountability.contacts"},
    {"accountability.contacts[].phone", "accountability.contacts"},
    {"scope.in", "scope"},
    {"scope.out", "scope"},
    {"scope.workaround.text", "scope.workaround"},
    {"scope.workaround.sustain", "scope.workaround"},
    {"impact[].at", "impact"},
    {"impact[].level", "impact"},
    {"dependencies.external[].name", "dependencies"},
    {"dependencies.external[].purpose", "dependencies"},
    {"dependencies.external[].criticality", "dependencies"},
    {"dependencies.external[].commits.rto", "dependencies"},
    {"dependencies.software[].name", "dependencies.software"},
    {"architecture.diagrams[].title", "architecture.diagrams"},
    {"architecture.diagrams[].src", "architecture.diagrams"},
    {"architecture.documents[].title", "architecture"},
    {"architecture.documents[].url", "architecture"},
    {"incident_response.activation.criteria", "incident_response"},
    {"incident_response.roles[].role", "incident_response"},
    {"incident_response.roles[].holders", "incident_response"},
    {"incident_response.roles[].deputies", "incident_response"},
    {"incident_response.call_tree[].from", "incident_response.call_tree"},
    {"incident_response.call_tree[].to", "incident_response.call_tree"},
    {"incident_response.call_tree[].by", "incident_response.call_tree"},
    {"incident_response.call_tree[].within", "incident_response.call_tree"},
    {"incident_response.notifications[].who", "incident_response.notifications"},
    {"incident_response.notifications[].when", "incident_response.notifications"},
    {"incident_response.notifications[].within", "incident_response.notifications"},
    {"incident_response.tools[].name", "incident_response.tools"},
    {"incident_response.tools[].url", "incident_response.tools"},
    {"incident_response.records.title", "incident_response.records"},
    {"incident_response.records.text", "incident_response.records"},
    {"it_continuity.redundancy[].against", "it_continuity.redundancy"},
    {"it_continuity.redundancy[].level", "it_continuity.redundancy"},
    {"it_continuity.measures", "it_continuity"},
    {"disaster_recovery.scenarios[].id", "disaster_recovery.scenarios"},
    {"disaster_recovery.scenarios[].name", "disaster_recovery.scenarios"},
    {"disaster_recovery.scenarios[].kind", "disaster_recovery.scenarios"},
    {"disaster_recovery.scenarios[].strategy", "disaster_recovery.scenarios"},
    {"disaster_recovery.scenarios[].runbooks", "disaster_recovery.scenarios"},
    {"disaster_recovery.runbooks[].id", "disaster_recovery.runbooks"},
    {"disaster_recovery.runbooks[].name", "disaster_recovery.runbooks"},
    {"disaster_recovery.runbooks[].type", "disaster_recovery.runbooks"},
    {"disaster_recovery.runbooks[].url", "disaster_recovery.runbooks"},
    {"disaster_recovery.runbooks[].duration", "disaster_recovery.runbooks"},
    {"disaster_recovery.objectives[].mtpd", "disaster_recovery"},
    {"disaster_recovery.objectives[].rto", "disaster_recovery"},
    {"disaster_recovery.objectives[].rpo", "disaster_recovery"},
    {"backup_restore.stores[].id", "backup_restore"},
    {"backup_restore.stores[].what", "backup_restore"},
    {"backup_restore.backups[].id", "backup_restore"},
    {"backup_restore.backups[].store", "backup_restore"},
    {"backup_restore.backups[].method", "backup_restore"},
    {"backup_restore.backups[].every", "backup_restore"},
    {"backup_restore.backups[].retention", "backup_restore"},
    {"backup_restore.backups[].copies[].provider", "backup_restore"},
    {"backup_restore.backups[].copies[].region", "backup_restore"},
    {"backup_restore.backups[].copies[].account", "backup_restore"},
    {"backup_restore.backups[].copies[].immutable", "backup_restore"},
    {"backup_restore.backups[].copies[].encrypted", "backup_restore"},
    {"backup_restore.restore_tests[].date", "backup_restore"},
    {"backup_restore.restore_tests[].store", "backup_restore"},
    {"backup_restore.restore_tests[].backup", "backup_restore"},
    {"backup_restore.restore_tests[].result", "backup_restore"},
    {"backup_restore.restore_tests[].took", "backup_restore"},
    {"supporting.risks[].title", "supporting"},
    {"supporting.risks[].url", "supporting"},
    {"supporting.tests[].title", "supporting"},
    {"supporting.tests[].url", "supporting"},
    {"supporting.exercises[].id", "supporting"},
    {"supporting.exercises[].date", "supporting"},
    {"supporting.exercises[].type", "supporting"},
    {"supporting.exercises[].participants", "supporting"},
    {"supporting.exercises[].achieved.rto", "supporting"},
    {"supporting.exercises[].achieved.rpo", "supporting"},
    {"supporting.exercises[].result", "supporting"},
    {"releases.process", "releases"},
    {"releases.rollback", "releases"},
    {"review.last", "review"},
    {"review.every", "review"},
    {"review.by", "review"},
};

/* Of these a plan needs two: with the data in use, three copies. */
static const char two_items[] = "backup_restore.backups[].copies[].";

/* An example where the field's own is one for many uses of its table. */
struct example {
    const char *path;
    const char *text;
};

static const struct example examples[] = {
    {"architecture.documents[].title", "High-level design"},
    {"architecture.documents[].url", "https://docs.example.org/permits/design"},
    {"incident_response.records.title", "Incident log"},
    {"supporting.risks[].title", "Risk register"},
    {"supporting.risks[].url", "https://tracker.example.org/permits/risks"},
    {"supporting.tests[].title", "Results of tests"},
    {"supporting.tests[].url", "https://tracker.example.org/permits/tests"},
};

/* What else a plan may state and few would guess: it stands in the form behind comment signs, for
 * whoever takes them away. `text` is YAML as it stands below the first column. */
struct offer {
    const char *path;
    const char *text;
};

static const struct offer offers[] = {
    {"tier", "tier: 2\n"},
    {"phase", "phase: beta\n"},
    {"impact", "impact:\n"
               "  - {at: 4h, level: minor, kinds: [operational]}\n"
               "  - {at: 24h, level: severe, note: The statutory deadline is missed}\n"},
    {"incident_response.call_tree",
     "call_tree:\n"
     "  - {from: Service desk, to: incident-lead, by: [phone, chat], within: 10m}\n"},
    {"disaster_recovery.scenarios", "scenarios:\n"
                                    "  - id: database-lost\n"
                                    "    name: The database is lost\n"
                                    "    kind: data-loss\n"
                                    "    loses: [case-database]\n"
                                    "    runbooks: [restore-database]\n"},
    {"disaster_recovery.runbooks",
     "runbooks:\n"
     "  - id: restore-database\n"
     "    name: Restore the database\n"
     "    type: restore\n"
     "    owner: jon.reyes\n"
     "    steps:\n"
     "      - {id: stop, action: Put up the maintenance page, duration: 10m}\n"
     "      - {id: restore, action: Restore the newest snapshot, duration: 1h}\n"
     "      - {id: check, action: Look at the newest, duration: 5m, verify: It opens}\n"},
    {"disaster_recovery.runbooks[].steps",
     "steps:\n"
     "  - {id: stop, action: Put up the maintenance page, role: incident-lead, duration: 10m}\n"
     "  - {id: restore, action: Restore the snapshot, duration: 1h, after: [stop], verify: It "
     "opens}\n"},
    {"review", "review:\n"
               "  last: 2026-10-01\n"
               "  every: 6mo\n"
               "  by: jon.reyes\n"},
};

/* What makes the record of an exercise worth keeping. */
static const char *const exercise_paths[] = {
    "id",           "date",         "type",         "scenario", "runbooks",
    "participants", "achieved.rto", "achieved.rpo", "result",   "evidence",
};

/* A field that the program fills in by itself. */
struct given {
    const char *path;
    struct cp_str value;
};

struct form {
    struct cp_buf *out;
    CP_LIST(const char *) paths;
    const struct given *given;
    size_t given_count;
    const struct cp_config *config; /* of the portfolio, or NULL */
    struct given role;              /* which entry of the roles is being put, where it is known */
    struct cp_buf path;             /* of the field that is being put */
    bool is_of_plan; /* an empty line before each section, offers, examples of its own */
};

enum { WIDTH = 92, STEP = 2 };

/* ---- one field ------------------------------------------------------------------------------- */

/* Whether the form asks for the field at the present path, or for one below it. */
static bool is_asked(const struct form *form)
{
    for (size_t i = 0; i < form->paths.count; i++) {
        struct cp_str path = cp_str_of(form->paths.items[i]);
        if (cp_str_has_prefix(path, form->path.at) &&
            (path.len == form->path.len || strchr(".[", path.at[form->path.len]))) {
            return true;
        }
    }
    return false;
}

/* Whether it asks for something below. */
static bool is_entered(const struct form *form)
{
    for (size_t i = 0; i < form->paths.count; i++) {
        struct cp_str path = cp_str_of(form->paths.items[i]);
        if (path.len > form->path.len && cp_str_has_prefix(path, form->path.at) &&
            strchr(".[", path.at[form->path.len])) {
            return true;
        }
    }
    return false;
}

static const char role_path[] = "incident_response.roles[].role";
static const char roles_path[] = "incident_response.roles[].";

static const struct given *find_given(const struct form *form)
{
    if (form->role.path && strcmp(form->role.path, form->path.at) == 0) {
        return &form->role;
    }
    for (size_t i = 0; i < form->given_count; i++) {
        if (strcmp(form->given[i].path, form->path.at) == 0) {
            return &form->given[i];
        }
    }
    return NULL;
}

/* Comment lines, folded at blanks. */
static void put_comment(struct cp_buf *out, const char *text, size_t indent)
{
    size_t column = SIZE_MAX;
    while (*text) {
        size_t len = strcspn(text, " ");
        if (column == SIZE_MAX || column + 1 + len > WIDTH) {
            cp_buf_puts(out, column == SIZE_MAX ? "" : "\n");
            cp_buf_repeat(out, ' ', indent);
            cp_buf_putc(out, '#');
            column = indent + 1;
        }
        cp_buf_printf(out, " %.*s", (int)len, text);
        column += 1 + len;
        text += len + strspn(text + len, " ");
    }
    cp_buf_putc(out, '\n');
}

static void put_choices(struct cp_buf *out, const char *const *words, size_t indent)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, "One of: ");
    for (size_t i = 0; words[i]; i++) {
        cp_buf_printf(&text, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    put_comment(out, text.at, indent);
    cp_buf_release(&text);
}

static const struct offer *find_offer(const struct form *form)
{
    for (size_t i = 0; form->is_of_plan && i < sizeof offers / sizeof *offers; i++) {
        if (strcmp(offers[i].path, form->path.at) == 0) {
            return &offers[i];
        }
    }
    return NULL;
}

/* The form's example, else the field's. */
static const char *find_example(const struct form *form, const struct cp_field *field)
{
    for (size_t i = 0; form->is_of_plan && i < sizeof examples / sizeof *examples; i++) {
        if (strcmp(examples[i].path, form->path.at) == 0) {
            return examples[i].text;
        }
    }
    return field->example;
}

/* What to write, and an example that may stand there as it is. */
static void put_guide(struct form *form, const struct cp_field *field, size_t indent, bool is_deep)
{
    const struct cp_field *shown = field;
    if (field->type == CP_TYPE_OBJECT && field->of->shorthand && !field->example) {
        shown = cp_field_find(field->of, cp_str_of(field->of->shorthand));
    }
    const char *example = find_example(form, shown);
    put_comment(form->out, field->doc, indent);
    if (field->choices) {
        put_choices(form->out, field->choices, indent);
    }
    if (field->choices && field->is_list) {
        cp_buf_repeat(form->out, ' ', indent);
        cp_buf_printf(form->out, "# Example: [%s, %s]\n", field->choices[0], field->choices[1]);
    } else if (example && !is_deep) {
        cp_buf_repeat(form->out, ' ', indent);
        cp_buf_puts(form->out, "# Example: ");
        cp_scalar_put(form->out, cp_str_of(example));
        cp_buf_putc(form->out, '\n');
    }
}

static void put_key(struct form *form, const char *key, size_t indent, bool is_behind_dash)
{
    if (is_behind_dash) {
        cp_buf_repeat(form->out, ' ', indent - STEP);
        cp_buf_puts(form->out, "- ");
    } else {
        cp_buf_repeat(form->out, ' ', indent);
    }
    cp_buf_printf(form->out, "%s:", key);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void put_object(struct form *form, const struct cp_object *object, size_t indent,
                       bool is_item);

static void put_below(struct form *form, const struct cp_field *field, size_t indent)
{
    cp_buf_putc(form->out, '\n');
    cp_buf_puts(&form->path, field->is_list ? "[]." : ".");
    size_t deeper = indent + (field->is_list ? 2U : 1U) * STEP;
    bool is_roles = strcmp(form->path.at, roles_path) == 0 && form->config;
    size_t roles = is_roles ? form->config->incident_roles.count : 0;
    size_t items = roles > 0 ? roles : strcmp(form->path.at, two_items) == 0 ? 2 : 1;
    for (size_t i = 0; i < items; i++) {
        const struct cp_text *role = roles > 0 ? &form->config->incident_roles.items[i] : NULL;
        bool is_known = role && cp_leaf_is_set(&role->leaf);
        form->role = is_known ? (struct given){role_path, role->text} : (struct given){0};
        put_object(form, field->of, deeper, field->is_list);
    }
    form->role = (struct given){0};
}

static void put_blank(struct form *form, const struct cp_field *field, size_t indent)
{
    const struct given *given = find_given(form);
    if (given) {
        cp_buf_putc(form->out, ' ');
        cp_scalar_put(form->out, given->value);
    } else if (field->is_list && !field->choices) {
        cp_buf_putc(form->out, '\n');
        cp_buf_repeat(form->out, ' ', indent + STEP);
        cp_buf_putc(form->out, '-');
    }
    cp_buf_putc(form->out, '\n');
}

static void put_field(struct form *form, const struct cp_field *field, size_t indent,
                      bool is_behind_dash)
{
    bool is_deep = field->type == CP_TYPE_OBJECT && is_entered(form);
    if (!find_given(form) && (!is_deep || indent > 0)) {
        put_guide(form, field, is_behind_dash ? indent - STEP : indent, is_deep);
    } else if (is_deep) {
        assert(field->of); /* what an object is an object of */
        put_comment(form->out, field->of->doc, indent);
    }
    put_key(form, field->key, indent, is_behind_dash);
    if (is_deep) {
        put_below(form, field, indent);
    } else {
        put_blank(form, field, indent);
    }
}

/* What the field is, and how it may look, behind comment signs. */
static void put_offer(struct form *form, const struct cp_field *field, const char *text,
                      size_t indent)
{
    bool is_section = indent == 0 && field->of && !field->is_list;
    put_comment(form->out, is_section ? field->of->doc : field->doc, indent);
    if (field->choices) {
        put_choices(form->out, field->choices, indent);
    }
    while (*text) {
        size_t len = strcspn(text, "\n");
        cp_buf_repeat(form->out, ' ', indent);
        cp_buf_printf(form->out, "# %.*s\n", (int)len, text);
        text += len + 1;
    }
}

/* Only as deep as the tables are. */
static void put_object(struct form *form, const struct cp_object *object, size_t indent,
                       bool is_item)
{
    size_t len = form->path.len;
    bool is_first = true;
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        cp_buf_puts(&form->path, field->key);
        const struct offer *offer = is_asked(form) ? NULL : find_offer(form);
        if (is_asked(form) || offer) {
            cp_buf_puts(form->out, form->is_of_plan && indent == 0 && field->of ? "\n" : "");
        }
        if (is_asked(form)) {
            put_field(form, field, indent, is_item && is_first);
            is_first = false;
        } else if (offer) {
            put_offer(form, field, offer->text, indent);
        }
        form->path.len = len;
        form->path.at[len] = '\0';
    }
}

static void ask(struct form *form, const char *path)
{
    *(const char **)cp_list_push(&form->paths, sizeof path) = path;
}

static void put_form(struct form *form, const struct cp_object *object)
{
    cp_buf_init(&form->path);
    cp_buf_puts(&form->path, "");
    put_object(form, object, 0, false);
    cp_buf_release(&form->path);
    cp_list_release(&form->paths);
}

/* ---- plans ----------------------------------------------------------------------------------- */

/* Whether the form asks for the field, or for something in it, already. */
static bool is_covered(struct form *form, const char *path)
{
    cp_buf_clear(&form->path);
    cp_buf_puts(&form->path, path);
    return is_asked(form);
}

/* Whatever the profile says, a plan without these is none: they come with the format. */
static bool is_of_every_plan(const char *path)
{
    return strcmp(path, "schema") == 0 || strcmp(path, "id") == 0 || strcmp(path, "name") == 0;
}

/* The rows that the profile calls for, and then what else it asks for itself. */
static void ask_profile(struct form *form, const struct cp_profile *profile)
{
    static const struct cp_plan live; /* without a tier */
    for (size_t i = 0; i < sizeof plan_rows / sizeof *plan_rows; i++) {
        if (is_of_every_plan(plan_rows[i].path) ||
            cp_profile_requirement(profile, &live, plan_rows[i].when) ||
            cp_profile_requirement(profile, &live, plan_rows[i].path)) {
            ask(form, plan_rows[i].path);
        }
    }
    for (const struct cp_profile *at = profile; at; at = at->extends) {
        for (size_t i = 0; i < at->count; i++) {
            const char *path = at->requires[i].field;
            if (cp_profile_requirement(profile, &live, path) && !is_covered(form, path)) {
                ask(form, path);
            }
        }
    }
}

void cp_plan_form_put(struct cp_buf *out, struct cp_str id, const struct cp_profile *profile,
                      const struct cp_config *config, const char *schema)
{
    const struct given given[] = {{"schema", CP_STR("contplan/v1")}, {"id", id}};
    struct form form = {
        .out = out, .given = given, .given_count = 2, .config = config, .is_of_plan = true};
    if (schema) {
        cp_buf_printf(out, "# yaml-language-server: $schema=%s\n", schema);
    }
    put_comment(
        out,
        "Fill in what is empty. What is not known yet is written {unknown: {reason: why, "
        "owner: who finds out, due: 2027-01-31}}, and what does not apply "
        "{not_applicable: {reason: why, by: who decided}}, with your own words. Keys behind a "
        "'#' are more that a plan may state; contplan-plan(5) describes them all.",
        0);
    cp_buf_init(&form.path);
    ask_profile(&form, profile);
    cp_buf_release(&form.path);
    put_form(&form, &cp_object_plan);
}

/* Whether the plan has what the field refers to: else there is nothing to fill in. */
static bool has_referent(const struct cp_plan *plan, const char *path)
{
    if (strcmp(path, "scenario") == 0) {
        return plan->disaster_recovery.scenarios.count > 0;
    }
    return strcmp(path, "runbooks") != 0 || plan->disaster_recovery.runbooks.count > 0;
}

void cp_exercise_form_put(struct cp_buf *out, struct cp_str id, struct cp_date day,
                          const struct cp_plan *plan)
{
    const struct cp_field *exercises = NULL;
    struct cp_buf date;
    cp_buf_init(&date);
    cp_date_put(&date, day);
    const struct given given[] = {{"id", id}, {"date", cp_buf_str(&date)}};
    struct form form = {.out = out, .given = given, .given_count = 2};
    cp_value_find(&cp_object_plan, plan, "supporting.exercises", &exercises);
    for (size_t i = 0; i < sizeof exercise_paths / sizeof *exercise_paths; i++) {
        if (has_referent(plan, exercise_paths[i])) {
            ask(&form, exercise_paths[i]);
        }
    }
    put_form(&form, exercises->of);
    cp_buf_release(&date);
}
