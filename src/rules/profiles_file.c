/*
 * A user's own profile: its field table, and from what a file states to the same rows that the
 * shipped profiles have. Reads no file, and does not look for what the profile extends.
 */
#include "topics.h"

#include <string.h>

struct when {
    struct cp_leaf leaf;
    CP_VALUES(struct cp_choice) phase, tier;
};

struct stated {
    struct cp_leaf leaf;
    struct cp_text field, clause, message;
    struct cp_choice severity;
    struct when when;
};

struct profile {
    struct cp_leaf leaf;
    struct cp_choice schema;
    struct cp_text title, extends;
    CP_VALUES(struct stated) requires;
    CP_VALUES(struct cp_text) severities;
    struct cp_options options;
};

static const struct cp_field when_fields[] = {
    CP_CHOICES(struct when, phase, "phase", "Only of services in these phases.",
               CP_WORDS("discovery", "alpha", "beta", "live", "retired"), .example = "live"),
    CP_CHOICES(struct when, tier, "tier", "Only of services of these tiers.",
               CP_WORDS("1", "2", "3", "4"), .example = "1"),
};

static const struct cp_object when_object =
    CP_TABLE(struct when, "condition", when_fields,
             .doc = "Of which plans something is asked; both must hold where both are stated.");

static const struct cp_field stated_fields[] = {
    CP_TEXT(
        struct stated, field, "field",
        "What must be stated, as a path: keys with dots, and `[]` behind a list, of whose items "
        "each must state it.",
        .example = "disaster_recovery.runbooks[].owner"),
    CP_OBJECT(struct stated, struct when, when, "when", "Of which plans; absent, of all.",
              .of = &when_object),
    CP_CHOICE(
        struct stated, severity, "severity",
        "What it is when missing; absent, what `severities` says of CP101, else an error. With "
        "off, what the profile extends asks "
        "for is not asked, though CP103 to CP107 remain: `severities` switches these off.",
        CP_WORDS("off", "info", "warning", "error"), .example = "warning",
        CP_BY_STRENGTH("error", "warning", "info", "off")),
    CP_TEXT(struct stated, clause, "clause", "The source that asks for it; findings cite it.",
            .example = "House rules, 4.2"),
    CP_TEXT(struct stated, message, "message", "What to write: the help line of the finding.",
            .example = "name who keeps the runbook right"),
};

static const struct cp_object stated_object =
    CP_TABLE(struct stated, "requirement", stated_fields, .identity = "field",
             .doc = "Something that plans must state. Of several about one field the first counts "
                    "that is asked of the plan.");

static const struct cp_field profile_fields[] = {
    CP_CHOICE(struct profile, schema, "schema", "The version of this format; may be left out.",
              CP_WORDS("contplan-profile/v1"), .example = "contplan-profile/v1"),
    CP_TEXT(struct profile, title, "title", "What the profile stands for.",
            .example = "What the harbour authority asks"),
    CP_TEXT(struct profile, extends, "extends",
            "The profile that holds as well, where this one says nothing: the name of a shipped "
            "one, or a path relative to this file.",
            .example = "iso22301"),
    CP_OBJECTS(struct profile, struct stated, requires, "requires", "What plans must state.",
               .of = &stated_object),
    CP_SETTINGS(
        struct profile, severities, "severities",
        "Severities of rules, by code, beginning of codes or name: off, info, warning or "
        "error; also of what the profile extends requires, and of the requirements here that "
        "state none. Plans before live lower them as usual.",
        .example = "CP404: error", CP_BY_STRENGTH("error", "warning", "info", "off")),
    CP_OBJECT(struct profile, struct cp_options, options, "options",
              "Limits that rules judge by; the portfolio file's `rules` may state others.",
              .of = &cp_object_options),
};

const struct cp_object cp_object_profile =
    CP_TABLE(struct profile, "profile", profile_fields,
             .doc = "What is asked of plans, in a file of one's own.");

/* ---- from what is stated to rows ------------------------------------------------------------- */

enum { MENDED_KEYS = 8 };

struct reading {
    struct cp_arena *arena;
    struct cp_diags *diags;
    const char *clause; /* what findings cite where a requirement states no clause */
};

/* NUL-terminated and the arena's; NULL where it is not set. */
static const char *text_of(const struct reading *reading, const struct cp_text *text)
{
    return cp_leaf_is_set(&text->leaf) ? cp_arena_copy(reading->arena, text->text).at : NULL;
}

static unsigned bits_of(const struct cp_values *values, unsigned shift)
{
    const struct cp_choice *choices = values->items;
    unsigned bits = 0;
    for (size_t i = 0; i < values->count; i++) {
        bits |= cp_leaf_is_set(&choices[i].leaf) ? 1U << (choices[i].value + shift) : 0;
    }
    return bits;
}

static void report_no_field(const struct reading *reading, const struct stated *stated)
{
    struct cp_node *node = stated->leaf.node;
    struct cp_node *at = node->kind == CP_NODE_MAPPING && node->first ? node->first->key : node;
    struct cp_diagnostic *finding =
        cp_node_report_at(reading->diags, &cp_rule_bad_value, node, cp_node_place(at),
                          "the requirement has no 'field'");
    cp_diagnostic_help(reading->diags, finding,
                       "write the path of what must be stated: 'field: "
                       "disaster_recovery.runbooks[].owner'");
}

static struct cp_str nearest_key(const struct cp_object *object, struct cp_str key)
{
    struct cp_str keys[64];
    size_t count = object->count < 64 ? object->count : 64;
    for (size_t i = 0; i < count; i++) {
        keys[i] = cp_str_of(object->fields[i].key);
    }
    return cp_str_nearest(key, keys, count);
}

/* The whole path with each key that is none replaced by the nearest; NULL where one has none like
 * it. */
static const char *mend(const struct reading *reading, const char *path)
{
    const struct cp_object *object;
    const char *fault = cp_requirement_fault(path, &object);
    for (size_t i = 0; fault && i < MENDED_KEYS; i++) {
        struct cp_str key = {fault, strcspn(fault, ".[")};
        struct cp_str nearest =
            cp_field_find(object, key) ? (struct cp_str){0} : nearest_key(object, key);
        if (nearest.len == 0) {
            return NULL;
        }
        path = cp_arena_printf(reading->arena, "%.*s%.*s%s", (int)(fault - path), path,
                               CP_ARG(nearest), fault + key.len)
                   .at;
        fault = cp_requirement_fault(path, &object);
    }
    return fault ? NULL : path;
}

static void report_fault(const struct reading *reading, const struct stated *stated,
                         const char *path, const char *fault, const struct cp_object *object)
{
    struct cp_str key = {fault, strcspn(fault, ".[")};
    const struct cp_field *field = cp_field_find(object, key);
    struct cp_str nearest = nearest_key(object, key);
    const char *mended = field ? NULL : mend(reading, path);
    struct cp_diagnostic *finding =
        cp_node_report(reading->diags, &cp_rule_bad_value, stated->field.leaf.node,
                       "%s is no field of a plan", cp_diags_quote(reading->diags, cp_str_of(path)));
    if (field) {
        cp_diagnostic_help(reading->diags, finding,
                           field->type != CP_TYPE_OBJECT ? "'%s' is the end of a path"
                           : field->is_list ? "'%s' is a list: write '[].' and a key behind it"
                                            : "behind '%s' stands a dot and a key",
                           field->key);
    } else if (mended) {
        cp_diagnostic_help(reading->diags, finding, "did you mean '%s'?", mended);
    } else if (nearest.len > 0) {
        cp_diagnostic_help(reading->diags, finding, "begin with '%.*s%.*s'; the rest is no path",
                           (int)(fault - path), path, CP_ARG(nearest));
    } else {
        cp_diagnostic_help(reading->diags, finding, "contplan-plan(5) lists the keys of the %s",
                           object->name);
    }
}

/* Enters one requirement; one that is defective is left out. */
static bool read_requirement(struct cp_requirement *out, const struct reading *reading,
                             const struct stated *stated)
{
    const struct cp_object *object;
    const char *path = text_of(reading, &stated->field);
    if (!path) {
        if (stated->leaf.state == CP_SET && stated->field.leaf.state == CP_ABSENT) {
            report_no_field(reading, stated);
        }
        return false;
    }
    const char *fault = cp_requirement_fault(path, &object);
    if (fault) {
        report_fault(reading, stated, path, fault, object);
        return false;
    }
    const char *clause = text_of(reading, &stated->clause);
    bool has_severity = cp_leaf_is_set(&stated->severity.leaf);
    *out = (struct cp_requirement){
        .field = path,
        .phases = bits_of((const struct cp_values *)(const void *)&stated->when.phase, 0),
        .tiers = bits_of((const struct cp_values *)(const void *)&stated->when.tier, 1),
        .severity = has_severity ? (enum cp_severity)stated->severity.value : CP_ERROR,
        .has_no_severity = !has_severity,
        .clause = clause ? clause : reading->clause,
        .message = text_of(reading, &stated->message),
    };
    return true;
}

static void read_requirements(struct cp_profile *out, const struct reading *reading,
                              const struct profile *profile)
{
    struct cp_requirement *rows =
        cp_arena_alloc(reading->arena, profile->requires.count * sizeof *rows);
    out->requires = rows;
    for (size_t i = 0; i < profile->requires.count; i++) {
        out->count += read_requirement(&rows[out->count], reading, &profile->requires.items[i]);
    }
}

static void read_severities(struct cp_profile *out, const struct reading *reading,
                            const struct profile *profile)
{
    struct cp_profile_severity *rows =
        cp_arena_alloc(reading->arena, profile->severities.count * sizeof *rows);
    out->severities = rows;
    for (size_t i = 0; i < profile->severities.count; i++) {
        struct cp_severity_choice choice;
        if (cp_setting_read(&choice, "severities", &profile->severities.items[i], reading->diags)) {
            rows[out->severity_count++] = (struct cp_profile_severity){
                cp_arena_copy(reading->arena, choice.pattern).at, choice.severity};
        }
    }
}

void cp_profile_decode(struct cp_profile *out, struct cp_text *extends, struct cp_str name,
                       const struct cp_yaml *yaml, struct cp_arena *arena, struct cp_diags *diags)
{
    struct reading reading = {arena, diags,
                              cp_arena_printf(arena, "the profile '%.*s'", CP_ARG(name)).at};
    struct cp_decoder decoder = {.arena = arena, .diags = diags};
    struct profile *profile = cp_arena_alloc(arena, sizeof *profile);
    struct cp_node *root = yaml->root;
    if (root && root->kind != CP_NODE_MAPPING) {
        struct cp_diagnostic *finding =
            cp_node_report(diags, &cp_rule_wrong_type, root,
                           "a profile must be a mapping of keys with their values");
        cp_diagnostic_help(diags, finding, "start with a line such as 'extends: baseline'");
        root = NULL;
    }
    cp_decode(&decoder, &cp_object_profile, profile, root, NULL);
    *out = (struct cp_profile){.name = cp_arena_copy(arena, name).at};
    out->title = text_of(&reading, &profile->title);
    read_requirements(out, &reading, profile);
    read_severities(out, &reading, profile);
    out->options = &profile->options;
    *extends = profile->extends;
}
