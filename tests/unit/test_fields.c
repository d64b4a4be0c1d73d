/*
 * The field tables held against the plan format: every key in its place and order, and no other;
 * every row documented, with an example that is valid; choices as the model's enums count them.
 */
#include "suites.h"

#include <contplan/model.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the format ---------------------------------------------------------------------------- */

#define CONTACT "name role email phone chat url hours"
#define LINK "title text url"
#define WORKAROUND "text sustain"
#define MORE "title text"

/* Each object by its path and the keys it has, in order. */
struct object_row {
    const char *path, *keys;
};

static const struct object_row plan_format[] = {
    {"", "schema id name summary aliases[] urls[] repository phase tier classification "
         "accountability scope impact[] dependencies architecture incident_response it_continuity "
         "disaster_recovery backup_restore supporting releases more[] review standards[] "
         "suppressions[]"},
    {"accountability", "description accountable responsible[] consulted[] informed[] contacts[] "
                       "more[] notes"},
    {"accountability.contacts[]", CONTACT},
    {"accountability.more[]", MORE},
    {"scope", "description in[] out[] users support_hours assumptions[] workaround more[] notes"},
    {"scope.in[]", "text"},
    {"scope.out[]", "text"},
    {"scope.assumptions[]", "text"},
    {"scope.workaround", WORKAROUND},
    {"scope.more[]", MORE},
    {"impact[]", "at level kinds[] note"},
    {"dependencies", "description internal[] external[] consumers[] software[] sbom more[] notes"},
    {"dependencies.internal[]", "service name purpose criticality recovery_needs resume holds_data "
                                "pattern[] fallback"},
    {"dependencies.internal[].fallback", WORKAROUND},
    {"dependencies.external[]", "supplier name commits contact purpose criticality recovery_needs "
                                "resume holds_data pattern[] fallback"},
    {"dependencies.external[].commits", "rto rpo"},
    {"dependencies.external[].contact", CONTACT},
    {"dependencies.external[].fallback", WORKAROUND},
    {"dependencies.consumers[]", "service name purpose"},
    {"dependencies.software[]", "name version url text items[]"},
    {"dependencies.software[].items[]", "name version url text"},
    {"dependencies.sbom", LINK},
    {"dependencies.more[]", MORE},
    {"architecture", "description diagrams[] documents[] components[] environments[] more[] notes"},
    {"architecture.diagrams[]", "title src alt"},
    {"architecture.documents[]", LINK},
    {"architecture.components[]", "name text"},
    {"architecture.environments[]", "name account data access text"},
    {"architecture.more[]", MORE},
    {"incident_response", "description process activation roles[] call_tree[] notifications[] "
                          "channels[] tools[] security_contact records post_incident more[] notes"},
    {"incident_response.process", LINK},
    {"incident_response.activation", "criteria[] authority[] deactivation declare_recovered times"},
    {"incident_response.activation.criteria[]", "text"},
    {"incident_response.activation.times", "detect declare"},
    {"incident_response.roles[]", "role holders[] rota deputies[] responsibilities channel"},
    {"incident_response.call_tree[]", "from to by[] within"},
    {"incident_response.notifications[]", "who when within by url"},
    {"incident_response.channels[]", "name url depends_on[] alternative"},
    {"incident_response.tools[]", "name url depends_on[] alternative"},
    {"incident_response.security_contact", CONTACT},
    {"incident_response.records", LINK},
    {"incident_response.post_incident", LINK},
    {"incident_response.more[]", MORE},
    {"it_continuity", "description hosting regions[] zones[] redundancy[] measures[] "
                      "degraded_modes[] more[] notes"},
    {"it_continuity.redundancy[]", "against level uses takes"},
    {"it_continuity.measures[]", "text"},
    {"it_continuity.degraded_modes[]", "text"},
    {"it_continuity.more[]", MORE},
    {"disaster_recovery", "description scenarios[] runbooks[] objectives[] objectives_description "
                          "more[] notes"},
    {"disaster_recovery.scenarios[]", "id name kind likelihood impact loses[] response strategy "
                                      "runbooks[] alternatives[] return[]"},
    {"disaster_recovery.scenarios[].alternatives[]", "text"},
    {"disaster_recovery.scenarios[].return[]", "text"},
    {"disaster_recovery.runbooks[]", "id name description type path url owner automation duration "
                                     "needs[] access[] parameters[] steps[]"},
    {"disaster_recovery.runbooks[].access[]", "text"},
    {"disaster_recovery.runbooks[].parameters[]", "name meaning"},
    {"disaster_recovery.runbooks[].steps[]",
     "id action role duration command verify rollback after[]"},
    {"disaster_recovery.objectives[]", "for scenario mtpd rto wrt rpo mbco clock basis rationale"},
    {"disaster_recovery.more[]", MORE},
    {"backup_restore",
     "description stores[] backups[] restore_tests[] restore_test_every more[] notes"},
    {"backup_restore.stores[]", "id what canonical rebuild_from located[]"},
    {"backup_restore.backups[]", "id store method every takes lag retention copies[]"},
    {"backup_restore.backups[].copies[]",
     "provider region account offline immutable encrypted lag retention"},
    {"backup_restore.restore_tests[]", "date store backup result took automated every evidence"},
    {"backup_restore.more[]", MORE},
    {"supporting",
     "description risks[] tests[] exercises[] activations[] exercise_every more[] notes"},
    {"supporting.risks[]", LINK},
    {"supporting.tests[]", LINK},
    {"supporting.exercises[]", "id date type scenario runbooks[] participants[] achieved result "
                               "evidence[] findings[]"},
    {"supporting.exercises[].achieved", "rto rpo"},
    {"supporting.exercises[].evidence[]", "text"},
    {"supporting.exercises[].findings[]", "id text severity owner due done evidence"},
    {"supporting.activations[]", "id date summary scenario runbooks[] participants[] achieved "
                                 "result evidence[] findings[]"},
    {"supporting.activations[].achieved", "rto rpo"},
    {"supporting.activations[].evidence[]", "text"},
    {"supporting.activations[].findings[]", "id text severity owner due done evidence"},
    {"supporting.more[]", MORE},
    {"releases", "description process rollback url more[] notes"},
    {"releases.more[]", MORE},
    {"more[]", MORE},
    {"review", "description last every by note approvals[] more[] notes"},
    {"review.approvals[]", "by on content"},
    {"review.more[]", MORE},
    {"standards[]", "id clause satisfied_by[]"},
    {"suppressions[]", "rule reason by until"},
    {NULL, NULL},
};

static const struct object_row config_format[] = {
    {"", "schema organisation plans[] profile incident_roles[] calendar people[] teams[] "
         "suppliers[] tiers rules headings defaults"},
    {"calendar", "time_zone hours holidays[]"},
    {"people[]", "id name team email phone hours until"},
    {"teams[]", "id name members[] hours call_out capacity contact"},
    {"teams[].contact", CONTACT},
    {"suppliers[]", "id name status_page contact regions[] runs_on[] commits"},
    {"suppliers[].contact", CONTACT},
    {"suppliers[].commits", "rto rpo support_hours"},
    {"tiers", "1 2 3 4"},
    {"tiers.1", "name objectives review_every exercise_every restore_test_every"},
    {"tiers.1.objectives", "mtpd rto wrt rpo"},
    {"tiers.2", "name objectives review_every exercise_every restore_test_every"},
    {"tiers.2.objectives", "mtpd rto wrt rpo"},
    {"tiers.3", "name objectives review_every exercise_every restore_test_every"},
    {"tiers.3.objectives", "mtpd rto wrt rpo"},
    {"tiers.4", "name objectives review_every exercise_every restore_test_every"},
    {"tiers.4.objectives", "mtpd rto wrt rpo"},
    {NULL, NULL},
};

/* ---- walking the tables --------------------------------------------------------------------- */

/* Calls `visit` for the object and all below it, each with its path, in the tables' order. */
static void walk(const struct cp_object *object, const char *path,
                 void (*visit)(const char *path, const struct cp_object *object, void *context),
                 void *context)
{
    visit(path, object, context);
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        if (field->type == CP_TYPE_OBJECT) {
            char below[200];
            snprintf(below, sizeof below, "%s%s%s%s", path, *path ? "." : "", field->key,
                     field->is_list ? "[]" : "");
            walk(field->of, below, visit, context);
        }
    }
}

static void walk_both(void (*visit)(const char *path, const struct cp_object *object,
                                    void *context))
{
    walk(&cp_object_plan, "", visit, NULL);
    walk(&cp_object_config, "", visit, NULL);
    walk(&cp_object_options, "rules", visit, NULL);
}

static void check_format(const char *path, const struct cp_object *object, void *context)
{
    const struct object_row **expected = context;
    ck_assert_ptr_nonnull((*expected)->path);
    ck_assert_str_eq(path, (*expected)->path);
    char keys[512] = "";
    for (size_t i = 0; i < object->count; i++) {
        size_t len = strlen(keys);
        snprintf(keys + len, sizeof keys - len, "%s%s%s", i ? " " : "", object->fields[i].key,
                 object->fields[i].is_list ? "[]" : "");
    }
    ck_assert_msg(strcmp(keys, (*expected)->keys) == 0, "%s has\n  %s\nand not\n  %s", path, keys,
                  (*expected)->keys);
    ++*expected;
}

START_TEST(tables_have_the_keys_of_the_format_and_no_other)
{
    const struct object_row *expected = plan_format;
    walk(&cp_object_plan, "", check_format, &expected);
    ck_assert_msg(!expected->path, "missing: %s", expected->path);
    expected = config_format;
    walk(&cp_object_config, "", check_format, &expected);
    ck_assert_msg(!expected->path, "missing: %s", expected->path);
}
END_TEST

/* ---- rows ----------------------------------------------------------------------------------- */

static bool is_sentence(const char *text)
{
    size_t len = text ? strlen(text) : 0;
    return len >= 10 && strchr("`ABCDEFGHIJKLMNOPQRSTUVWXYZ", text[0]) && text[len - 1] == '.' &&
           !strstr(text, "  ") && !strchr(text, '\n');
}

static void check_docs(const char *path, const struct cp_object *object, void *context)
{
    (void)context;
    ck_assert_msg(is_sentence(object->doc), "%s: its table has no good doc", path);
    ck_assert_ptr_nonnull(object->name);
    for (size_t i = 0; i < object->count; i++) {
        ck_assert_msg(is_sentence(object->fields[i].doc), "%s.%s: doc is not a sentence: %s", path,
                      object->fields[i].key, object->fields[i].doc);
    }
}

START_TEST(every_row_has_a_doc)
{
    walk_both(check_docs);
}
END_TEST

static bool is_of(const char *text, const char *first, const char *rest)
{
    return *text && strchr(first, *text) && strspn(text, rest) == strlen(text);
}

static void check_keys(const char *path, const struct cp_object *object, void *context)
{
    (void)context;
    for (size_t i = 0; i < object->count; i++) {
        const char *key = object->fields[i].key;
        ck_assert_msg(
            is_of(key, "abcdefghijklmnopqrstuvwxyz1234", "abcdefghijklmnopqrstuvwxyz_1234"),
            "%s.%s is not snake_case", path, key);
        ck_assert_msg(strcmp(key, "audience") != 0, "%s: audience is not a row", path);
        for (size_t j = 0; j < i; j++) {
            ck_assert_msg(strcmp(object->fields[j].key, key) != 0, "%s.%s twice", path, key);
        }
    }
}

START_TEST(keys_are_snake_case_and_given_once)
{
    walk_both(check_keys);
}
END_TEST

/* A row states of its type what the type needs, and nothing that it cannot use. */
static void check_row(const char *path, const struct cp_field *field)
{
    bool has_choices = field->choices != NULL;
    ck_assert_msg(has_choices == (field->type == CP_TYPE_CHOICE), "%s.%s: choices", path,
                  field->key);
    ck_assert_msg((field->of != NULL) == (field->type == CP_TYPE_OBJECT) ||
                      field->type == CP_TYPE_ANY || field->type == CP_TYPE_SETTINGS,
                  "%s.%s: of", path, field->key);
    ck_assert_msg((field->refers != 0) == (field->type == CP_TYPE_REFERENCE), "%s.%s: refers", path,
                  field->key);
    ck_assert_msg(!field->merge_key || (field->is_list && field->of), "%s.%s: merge", path,
                  field->key);
}

static void check_rows(const char *path, const struct cp_object *object, void *context)
{
    (void)context;
    for (size_t i = 0; i < object->count; i++) {
        check_row(path, &object->fields[i]);
    }
}

START_TEST(rows_state_what_their_type_needs)
{
    walk_both(check_rows);
}
END_TEST

static const struct cp_field *find(const struct cp_object *object, const char *key, size_t len)
{
    for (size_t i = 0; i < object->count; i++) {
        const char *candidate = object->fields[i].key;
        if (strlen(candidate) == len && memcmp(candidate, key, len) == 0) {
            return &object->fields[i];
        }
    }
    return NULL;
}

/* The row at a dotted path; it must be there. */
static const struct cp_field *row_at(const struct cp_object *object, const char *path)
{
    for (;;) {
        size_t len = strcspn(path, ".");
        const struct cp_field *field = find(object, path, len);
        ck_assert_msg(field != NULL, "no row %s", path);
        if (!path[len]) {
            return field;
        }
        object = field->of;
        path += len + 1;
    }
}

static void check_merge_keys(const char *path, const struct cp_object *object, void *context)
{
    (void)context;
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        const char *key = field->merge_key;
        while (key && *key) {
            size_t len = strcspn(key, " ");
            ck_assert_msg(find(field->of, key, len) != NULL, "%s.%s: its items have no %s", path,
                          field->key, key);
            key += len + strspn(key + len, " ");
        }
    }
}

START_TEST(merge_keys_are_keys_of_the_items)
{
    walk_both(check_merge_keys);
    ck_assert_str_eq(row_at(&cp_object_plan, "dependencies.external")->merge_key, "supplier name");
    ck_assert_str_eq(row_at(&cp_object_plan, "incident_response.roles")->merge_key, "role");
    ck_assert_str_eq(row_at(&cp_object_plan, "incident_response.tools")->merge_key, "name");
    ck_assert_str_eq(row_at(&cp_object_plan, "backup_restore.stores")->merge_key, "id");
    ck_assert_ptr_null(row_at(&cp_object_plan, "disaster_recovery.objectives")->merge_key);
}
END_TEST

static void check_shorthand(const char *path, const struct cp_object *object, void *context)
{
    (void)context;
    if (object->shorthand) {
        ck_assert_msg(find(object, object->shorthand, strlen(object->shorthand)) != NULL,
                      "%s: no key %s", path, object->shorthand);
    }
}

START_TEST(shorthands_are_keys)
{
    walk_both(check_shorthand);
}
END_TEST

/* The objects met so far. */
struct met {
    const struct cp_object *objects[200];
    size_t count;
};

static void check_name(const char *path, const struct cp_object *object, void *context)
{
    struct met *met = context;
    for (size_t i = 0; i < met->count; i++) {
        if (met->objects[i] == object) {
            return;
        }
        ck_assert_msg(strcmp(met->objects[i]->name, object->name) != 0,
                      "%s: another object is called %s as well", path, object->name);
    }
    met->objects[met->count++] = object;
}

START_TEST(objects_have_names_of_their_own)
{
    struct met met = {.count = 0};
    walk(&cp_object_plan, "", check_name, &met);
    walk(&cp_object_config, "", check_name, &met);
}
END_TEST

/* ---- examples ------------------------------------------------------------------------------- */

static bool is_choice(const struct cp_field *field, const char *word)
{
    for (const char *const *choice = field->choices; *choice; choice++) {
        if (strcmp(*choice, word) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_length(const struct cp_field *field, const char *example)
{
    struct cp_duration duration;
    return cp_duration_parse(&duration, cp_str_of(example)) == CP_DURATION_OK &&
           (field->type == CP_TYPE_PERIOD || !cp_duration_has_months(duration));
}

static bool is_valid_example(const struct cp_field *field, const char *example)
{
    struct cp_date date;
    struct cp_hours hours = {.kind = CP_HOURS_ALWAYS};
    switch (field->type) {
    case CP_TYPE_DURATION:
    case CP_TYPE_PERIOD:
    case CP_TYPE_INTERVAL:
        return is_length(field, example);
    case CP_TYPE_DATE:
        return cp_date_parse(&date, cp_str_of(example));
    case CP_TYPE_HOURS:
        return cp_hours_add(&hours, cp_str_of(example));
    case CP_TYPE_CHOICE:
        return is_choice(field, example);
    case CP_TYPE_YES_NO:
        return strcmp(example, "yes") == 0 || strcmp(example, "no") == 0;
    case CP_TYPE_ID:
    case CP_TYPE_REFERENCE:
        return strlen(example) <= 64 && is_of(example, "abcdefghijklmnopqrstuvwxyz0123456789",
                                              "abcdefghijklmnopqrstuvwxyz0123456789._-");
    case CP_TYPE_URL:
        return strncmp(example, "https://", 8) == 0;
    case CP_TYPE_EMAIL:
        return strchr(example, '@') != NULL;
    case CP_TYPE_PHONE:
        return is_of(example, "+", "+0123456789 ");
    case CP_TYPE_PERCENT:
        return is_of(example, "123456789", "0123456789 %");
    case CP_TYPE_NUMBER:
        return is_of(example, "123456789", "0123456789");
    default:
        return *example != '\0';
    }
}

static void check_examples(const char *path, const struct cp_object *object, void *context)
{
    (void)context;
    for (size_t i = 0; i < object->count; i++) {
        const struct cp_field *field = &object->fields[i];
        if (field->type == CP_TYPE_OBJECT || field->type == CP_TYPE_SETTINGS ||
            field->type == CP_TYPE_ANY) {
            continue;
        }
        ck_assert_msg(field->example != NULL, "%s.%s has no example", path, field->key);
        ck_assert_msg(is_valid_example(field, field->example), "%s.%s: %s is no good example", path,
                      field->key, field->example);
    }
}

START_TEST(scalars_have_a_valid_example)
{
    walk_both(check_examples);
}
END_TEST

/* ---- choices -------------------------------------------------------------------------------- */

struct choice_row {
    const char *path;
    unsigned value;
    const char *word;
};

/* A word of each enum of model.h: the first, the last, and those that rules ask for by name. */
static const struct choice_row enums[] = {
    {"impact.level", CP_NEGLIGIBLE, "negligible"},
    {"impact.level", CP_MINOR, "minor"},
    {"impact.level", CP_MODERATE, "moderate"},
    {"impact.level", CP_MAJOR, "major"},
    {"impact.level", CP_SEVERE, "severe"},
    {"dependencies.internal.criticality", CP_HARD, "hard"},
    {"dependencies.external.criticality", CP_DEGRADED, "degraded"},
    {"dependencies.internal.criticality", CP_SOFT, "soft"},
    {"disaster_recovery.scenarios.response", CP_RESPONSE_RUNBOOK, "runbook"},
    {"disaster_recovery.scenarios.response", CP_RESPONSE_AUTOMATIC, "automatic"},
    {"disaster_recovery.scenarios.response", CP_RESPONSE_WAIT, "wait"},
    {"disaster_recovery.scenarios.response", CP_RESPONSE_ACCEPT, "accept"},
    {"disaster_recovery.objectives.clock", CP_CLOCK_DISRUPTION, "disruption"},
    {"disaster_recovery.objectives.clock", CP_CLOCK_DETECTION, "detection"},
    {"disaster_recovery.objectives.clock", CP_CLOCK_DECLARATION, "declaration"},
    {"phase", CP_DISCOVERY, "discovery"},
    {"phase", CP_ALPHA, "alpha"},
    {"phase", CP_BETA, "beta"},
    {"phase", CP_LIVE, "live"},
    {"phase", CP_RETIRED, "retired"},
    {"classification", CP_PUBLIC - 1, "public"},
    {"classification", CP_INTERNAL - 1, "internal"},
    {"classification", CP_RESTRICTED - 1, "restricted"},
    {"tier", 0, "1"},
    {"tier", CP_TIERS - 1, "4"},
};

START_TEST(choices_count_as_the_enums_do)
{
    for (size_t i = 0; i < sizeof enums / sizeof *enums; i++) {
        const struct cp_field *field = row_at(&cp_object_plan, enums[i].path);
        ck_assert_str_eq(field->choices[enums[i].value], enums[i].word);
    }
}
END_TEST

START_TEST(what_gives_addresses_away_is_restricted)
{
    ck_assert_int_eq(row_at(&cp_object_plan, "accountability.contacts.phone")->audience,
                     CP_RESTRICTED);
    ck_assert_int_eq(row_at(&cp_object_plan, "architecture.environments.account")->audience,
                     CP_RESTRICTED);
    ck_assert_int_eq(row_at(&cp_object_plan, "backup_restore.backups.copies.account")->audience,
                     CP_RESTRICTED);
    ck_assert_int_eq(row_at(&cp_object_config, "people.email")->audience, CP_RESTRICTED);
    ck_assert_int_eq(row_at(&cp_object_config, "people.phone")->audience, CP_RESTRICTED);
    ck_assert_int_eq(row_at(&cp_object_plan, "accountability.contacts.email")->audience,
                     CP_AUDIENCE_UNSTATED);
}
END_TEST

START_TEST(who_has_left_may_stand_in_dated_records)
{
    const char *const dated[] = {"supporting.exercises.participants",
                                 "supporting.activations.participants", "review.by",
                                 "review.approvals.by"};
    for (size_t i = 0; i < sizeof dated / sizeof *dated; i++) {
        ck_assert_msg(row_at(&cp_object_plan, dated[i])->flags & CP_FIELD_DATED, "%s", dated[i]);
    }
    ck_assert(!(row_at(&cp_object_plan, "accountability.accountable")->flags & CP_FIELD_DATED));
}
END_TEST

Suite *cp_suite_fields(void)
{
    Suite *suite = suite_create("fields");
    TCase *rows = tcase_create("rows");
    tcase_add_test(rows, tables_have_the_keys_of_the_format_and_no_other);
    tcase_add_test(rows, every_row_has_a_doc);
    tcase_add_test(rows, keys_are_snake_case_and_given_once);
    tcase_add_test(rows, rows_state_what_their_type_needs);
    tcase_add_test(rows, merge_keys_are_keys_of_the_items);
    tcase_add_test(rows, shorthands_are_keys);
    tcase_add_test(rows, objects_have_names_of_their_own);
    tcase_add_test(rows, scalars_have_a_valid_example);
    tcase_add_test(rows, choices_count_as_the_enums_do);
    tcase_add_test(rows, what_gives_addresses_away_is_restricted);
    tcase_add_test(rows, who_has_left_may_stand_in_dated_records);
    suite_add_tcase(suite, rows);
    return suite;
}
