/*
 * The JSON Schema (draft-07) of a file from its field tables: a definition an object, a property a
 * row, and what may stand in place of any value. It says what decoding says of shapes, no less and
 * no more; editors read it. Knows no plan.
 */
#include "decode.h"

#include <stdio.h>
#include <string.h>

struct schema {
    struct cp_json json;
    CP_LIST(const struct cp_object *) objects; /* in order of first mention, the root first */
};

/* The table below a row, or NULL. */
static const struct cp_object *table_of(const struct cp_field *field)
{
    return field->type == CP_TYPE_OBJECT || field->type == CP_TYPE_ANY ? field->of : NULL;
}

static bool has_object(const struct schema *schema, const struct cp_object *object)
{
    for (size_t i = 0; i < schema->objects.count; i++) {
        if (schema->objects.items[i] == object) {
            return true;
        }
    }
    return false;
}

static void collect(struct schema *schema, const struct cp_object *root)
{
    *(const struct cp_object **)cp_list_push(&schema->objects, sizeof root) = root;
    for (size_t at = 0; at < schema->objects.count; at++) {
        const struct cp_object *object = schema->objects.items[at];
        for (size_t i = 0; i < object->count; i++) {
            const struct cp_object *below = table_of(&object->fields[i]);
            if (below && !has_object(schema, below)) {
                *(const struct cp_object **)cp_list_push(&schema->objects, sizeof below) = below;
            }
        }
    }
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static void put_words(struct cp_json *json, const char *key, const char *const *words)
{
    cp_json_array(json, key);
    for (; *words; words++) {
        cp_json_string(json, NULL, cp_str_of(*words));
    }
    cp_json_end_array(json);
}

/* "titled text" as titled_text, a key that needs no escape in a reference. */
static void put_name(struct cp_buf *out, const char *name)
{
    for (; *name; name++) {
        bool is_letter = (*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9');
        cp_buf_putc(out, is_letter ? *name : '_');
    }
}

static void put_reference(struct cp_json *json, const char *name)
{
    struct cp_buf path;
    cp_buf_init(&path);
    cp_buf_puts(&path, "#/definitions/");
    put_name(&path, name);
    cp_json_object(json, NULL);
    cp_json_string(json, "$ref", cp_buf_str(&path));
    cp_json_end_object(json);
    cp_buf_release(&path);
}

static const char *const scalar_types[] = {"string", "number", "boolean", "null", NULL};
static const char *const hours_types[] = {"string", "number", "boolean", "null", "array", NULL};
static const char *const value_types[] = {"string", "number", "boolean", "null",
                                          "array",  "object", NULL};
static const char *const empty_types[] = {"string", "null", "array", "object", NULL};

static void put_scalar(struct cp_json *json, const char *key)
{
    cp_json_object(json, key);
    put_words(json, "type", scalar_types);
    cp_json_end_object(json);
}

static void put_hours(struct cp_json *json)
{
    cp_json_object(json, NULL);
    put_words(json, "type", hours_types);
    put_scalar(json, "items");
    cp_json_end_object(json);
}

/* A word of digits alone is a number to an editor. */
static bool is_digits(const char *word)
{
    return *word && strspn(word, "0123456789") == strlen(word) && strlen(word) < 10;
}

static void put_choices(struct cp_json *json, const char *const *words)
{
    cp_json_object(json, NULL);
    cp_json_array(json, "enum");
    for (; *words; words++) {
        cp_json_string(json, NULL, cp_str_of(*words));
        if (is_digits(*words)) {
            int64_t number = 0;
            for (const char *at = *words; *at; at++) {
                number = number * 10 + (*at - '0');
            }
            cp_json_number(json, NULL, number);
        }
    }
    cp_json_end_array(json);
    cp_json_end_object(json);
}

/* ---- one row --------------------------------------------------------------------------------- */

static void put_alternatives(struct schema *schema, const struct cp_field *field, bool is_list);

static void put_row(struct schema *schema, const struct cp_field *field);

/* Names of the user's own, and those that a table says more of. */
static void put_settings(struct schema *schema, const struct cp_object *known)
{
    static const struct cp_field setting = {.key = "setting", .type = CP_TYPE_TEXT};
    cp_json_object(&schema->json, NULL);
    cp_json_string(&schema->json, "type", CP_STR("object"));
    if (known) {
        cp_json_object(&schema->json, "properties");
        for (size_t i = 0; i < known->count; i++) {
            put_row(schema, &known->fields[i]);
        }
        cp_json_end_object(&schema->json);
    }
    cp_json_object(&schema->json, "additionalProperties");
    put_alternatives(schema, &setting, false);
    cp_json_end_object(&schema->json);
    cp_json_end_object(&schema->json);
}

static void put_list(struct schema *schema, const struct cp_field *field)
{
    cp_json_object(&schema->json, NULL);
    cp_json_string(&schema->json, "type", CP_STR("array"));
    cp_json_object(&schema->json, "items");
    put_alternatives(schema, field, false);
    cp_json_end_object(&schema->json);
    cp_json_end_object(&schema->json);
}

/* What stands there where the value is given. */
static void put_value(struct schema *schema, const struct cp_field *field)
{
    switch (field->type) {
    case CP_TYPE_OBJECT:
        put_reference(&schema->json, field->of->name);
        if (field->of->shorthand) {
            put_scalar(&schema->json, NULL);
        }
        break;
    case CP_TYPE_CHOICE:
        put_choices(&schema->json, field->choices);
        break;
    case CP_TYPE_SETTINGS:
        put_settings(schema, field->of);
        break;
    case CP_TYPE_HOURS:
        put_hours(&schema->json);
        break;
    default:
        break; /* a single value: the definition `value` */
    }
}

static bool is_plain(const struct cp_field *field)
{
    return field->type != CP_TYPE_OBJECT && field->type != CP_TYPE_CHOICE &&
           field->type != CP_TYPE_SETTINGS && field->type != CP_TYPE_HOURS;
}

/* What may stand in place of any value: `unknown`, `not_applicable`, and nothing, which is a
 * finding but none of shape. */
static void put_stand_ins(struct cp_json *json, bool may_be_empty)
{
    put_reference(json, "unknown");
    put_reference(json, "not_applicable");
    if (may_be_empty) {
        put_reference(json, "empty");
    }
}

static void put_alternatives(struct schema *schema, const struct cp_field *field, bool is_list)
{
    bool is_single = !is_list && is_plain(field);
    cp_json_array(&schema->json, is_single ? "allOf" : "anyOf");
    if (is_single) {
        put_reference(&schema->json, "value");
    } else {
        if (is_list) {
            put_list(schema, field);
        } else {
            put_value(schema, field);
        }
        put_stand_ins(&schema->json, !(is_list && field->flags & CP_FIELD_MAY_BE_EMPTY));
    }
    cp_json_end_array(&schema->json);
}

static bool is_typed(const struct cp_field *field)
{
    switch (field->type) {
    case CP_TYPE_TEXT:
    case CP_TYPE_PROSE:
    case CP_TYPE_CHOICE:
    case CP_TYPE_OBJECT:
    case CP_TYPE_SETTINGS:
    case CP_TYPE_ANY:
        return false;
    default:
        return true;
    }
}

static void put_description(struct cp_json *json, const struct cp_field *field)
{
    struct cp_buf text;
    cp_buf_init(&text);
    cp_buf_puts(&text, field->doc);
    if (is_typed(field)) {
        cp_buf_printf(&text, " Write %s.", cp_type_get(field->type)->write);
    }
    cp_json_string(json, "description", cp_buf_str(&text));
    cp_buf_release(&text);
    if (field->example && !field->choices && !field->is_list) {
        cp_json_array(json, "examples");
        cp_json_string(json, NULL, cp_str_of(field->example));
        cp_json_end_array(json);
    }
}

static void put_row(struct schema *schema, const struct cp_field *field)
{
    cp_json_object(&schema->json, field->key);
    put_description(&schema->json, field);
    if (field->type != CP_TYPE_ANY) {
        put_alternatives(schema, field, field->is_list);
    } else if (field->of) {
        cp_json_array(&schema->json, "allOf");
        put_reference(&schema->json, field->of->name);
        cp_json_end_array(&schema->json);
    }
    cp_json_end_object(&schema->json);
}

/* ---- one object ------------------------------------------------------------------------------ */

static const char *const audience_words[] = {"public", "internal", "restricted", NULL};

static const struct cp_field audience_row = {
    .key = "audience",
    .type = CP_TYPE_CHOICE,
    .choices = audience_words,
    .doc = "Who may read this: it is left out of documents for a wider audience.",
};

/* Keys that are numbers: YAML editors hold them against patterns as they stand, and against names
 * as numbers, so that they find none. */
static void put_numbered(struct schema *schema, const struct cp_object *object)
{
    bool is_begun = false;
    for (size_t i = 0; i < object->count; i++) {
        struct cp_field row = object->fields[i];
        char pattern[16];
        if (!is_digits(row.key)) {
            continue;
        }
        if (!is_begun) {
            cp_json_object(&schema->json, "patternProperties");
        }
        is_begun = true;
        snprintf(pattern, sizeof pattern, "^%s$", row.key);
        row.key = pattern;
        put_row(schema, &row);
    }
    if (is_begun) {
        cp_json_end_object(&schema->json);
    }
}

/* The members of an object's definition. */
static void put_members(struct schema *schema, const struct cp_object *object)
{
    cp_json_string(&schema->json, "description", cp_str_of(object->doc));
    cp_json_string(&schema->json, "type", CP_STR("object"));
    cp_json_object(&schema->json, "properties");
    for (size_t i = 0; i < object->count; i++) {
        if (!is_digits(object->fields[i].key)) {
            put_row(schema, &object->fields[i]);
        }
    }
    if (object->takes_audience) {
        put_row(schema, &audience_row);
    }
    cp_json_end_object(&schema->json);
    put_numbered(schema, object);
    cp_json_bool(&schema->json, "additionalProperties", false);
}

static void put_definition(struct schema *schema, const struct cp_object *object)
{
    struct cp_buf name;
    cp_buf_init(&name);
    put_name(&name, object->name);
    cp_json_object(&schema->json, name.at);
    put_members(schema, object);
    cp_json_end_object(&schema->json);
    cp_buf_release(&name);
}

/* The parts of an exemption; the first `required` of them must be there. */
static void put_parts(struct cp_json *json, const struct cp_object *object, size_t required)
{
    cp_json_object(json, object->name);
    cp_json_string(json, "description", cp_str_of(object->doc));
    cp_json_string(json, "type", CP_STR("object"));
    cp_json_array(json, "required");
    for (size_t i = 0; i < required; i++) {
        cp_json_string(json, NULL, cp_str_of(object->fields[i].key));
    }
    cp_json_end_array(json);
    cp_json_object(json, "properties");
    for (size_t i = 0; i < object->count; i++) {
        cp_json_object(json, object->fields[i].key);
        put_description(json, &object->fields[i]);
        put_words(json, "type", scalar_types);
        cp_json_end_object(json);
    }
    cp_json_end_object(json);
    cp_json_bool(json, "additionalProperties", false);
    cp_json_end_object(json);
}

/* {unknown: …} or {not_applicable: …}: a mapping with that one key. */
static void put_exemption(struct cp_json *json, const struct cp_object *object, size_t required)
{
    cp_json_object(json, object->name);
    cp_json_string(json, "description", cp_str_of(object->doc));
    cp_json_string(json, "type", CP_STR("object"));
    put_words(json, "required", (const char *const[]){object->name, NULL});
    cp_json_object(json, "properties");
    put_parts(json, object, required);
    cp_json_end_object(json);
    cp_json_bool(json, "additionalProperties", false);
    cp_json_end_object(json);
}

static void put_empty(struct cp_json *json)
{
    cp_json_object(json, "empty");
    cp_json_string(json, "description",
                   CP_STR("Nothing yet. contplan validate reports a key that is present but "
                          "empty."));
    put_words(json, "type", empty_types);
    cp_json_string(json, "pattern", CP_STR("^[ \\t\\r\\n]*$"));
    cp_json_number(json, "maxItems", 0);
    cp_json_number(json, "maxProperties", 0);
    cp_json_end_object(json);
}

/* One value of any type (editors type what stands there, and contplan reads the text), or what may
 * stand in its place. One schema and no alternatives, so that editors show what the field means. */
static void put_single(struct cp_json *json)
{
    cp_json_object(json, "value");
    put_words(json, "type", value_types);
    cp_json_number(json, "maxItems", 0);
    cp_json_number(json, "maxProperties", 1);
    cp_json_object(json, "properties");
    put_parts(json, &cp_object_unknown, UNKNOWN_PARTS);
    put_parts(json, &cp_object_not_applicable, NOT_APPLICABLE_PARTS);
    cp_json_end_object(json);
    cp_json_bool(json, "additionalProperties", false);
    cp_json_end_object(json);
}

static void put_definitions(struct schema *schema)
{
    cp_json_object(&schema->json, "definitions");
    for (size_t i = 1; i < schema->objects.count; i++) {
        put_definition(schema, schema->objects.items[i]);
    }
    put_exemption(&schema->json, &cp_object_unknown, UNKNOWN_PARTS);
    put_exemption(&schema->json, &cp_object_not_applicable, NOT_APPLICABLE_PARTS);
    put_empty(&schema->json);
    put_single(&schema->json);
    cp_json_end_object(&schema->json);
}

void cp_schema_put_json(struct cp_buf *out, const struct cp_object *object, const char *title)
{
    struct schema schema = {0};
    cp_json_init(&schema.json, out, false);
    collect(&schema, object);
    cp_json_object(&schema.json, NULL);
    cp_json_string(&schema.json, "$schema", CP_STR("http://json-schema.org/draft-07/schema#"));
    cp_json_string(&schema.json, "title", cp_str_of(title));
    put_members(&schema, object);
    put_definitions(&schema);
    cp_json_end_object(&schema.json);
    cp_buf_putc(out, '\n');
    cp_list_release(&schema.objects);
}
