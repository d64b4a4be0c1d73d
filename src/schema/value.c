/*
 * Looking at decoded values through their tables: rows by key, values by path, a walk over all of
 * them. Knows no field by name.
 */
#include <contplan/schema.h>

#include "decode.h"

#include <string.h>

const struct cp_field *cp_field_find(const struct cp_object *object, struct cp_str key)
{
    for (size_t i = 0; i < object->count; i++) {
        if (cp_field_is(&object->fields[i], key)) {
            return &object->fields[i];
        }
    }
    return NULL;
}

static const struct cp_field *declaring_row(const struct cp_object *object)
{
    for (size_t i = 0; object && i < object->count; i++) {
        if (object->fields[i].flags & CP_FIELD_DECLARES) {
            return &object->fields[i];
        }
    }
    return NULL;
}

const char *cp_field_keys(const struct cp_field *list)
{
    const struct cp_field *declaring = declaring_row(list->of);
    return list->merge_key ? list->merge_key : declaring ? declaring->key : NULL;
}

struct cp_leaf *cp_field_get(const struct cp_field *field, const void *object_value)
{
    return (struct cp_leaf *)(void *)((char *)(uintptr_t)object_value + field->offset);
}

size_t cp_field_size(const struct cp_field *field)
{
    return field->type == CP_TYPE_OBJECT ? field->of->size : cp_type_get(field->type)->size;
}

const char *cp_choice_word(const struct cp_field *field, const struct cp_choice *choice)
{
    return field->choices[choice->value];
}

bool cp_leaf_is_set(const struct cp_leaf *leaf)
{
    return leaf->state == CP_SET;
}

struct cp_leaf *cp_value_find(const struct cp_object *object, const void *object_value,
                              const char *path, const struct cp_field **field)
{
    for (;;) {
        size_t len = strcspn(path, ".");
        const struct cp_field *row = cp_field_find(object, (struct cp_str){path, len});
        if (!row) {
            return NULL;
        }
        struct cp_leaf *value = cp_field_get(row, object_value);
        if (field) {
            *field = row;
        }
        if (path[len] == '\0') {
            return value;
        }
        if (row->type != CP_TYPE_OBJECT || row->is_list) {
            return NULL;
        }
        object = row->of;
        object_value = value;
        path += len + 1;
    }
}

struct walk {
    bool (*visit)(void *context, const struct cp_visit *at);
    void *context;
};

static void walk_object(const struct walk *walk, const struct cp_object *object,
                        const struct cp_leaf *value, const struct cp_leaf *section, bool is_root);

static void walk_items(const struct walk *walk, const struct cp_visit *list)
{
    const struct cp_values *values = (const struct cp_values *)(const void *)list->leaf;
    struct cp_visit at = *list;
    at.is_item = true;
    size_t size =
        list->field->type == CP_TYPE_SETTINGS ? sizeof(struct cp_text) : cp_field_size(list->field);
    for (size_t i = 0; i < values->count; i++) {
        at.leaf = (struct cp_leaf *)(void *)((char *)values->items + i * size);
        if (walk->visit(walk->context, &at) && at.field->type == CP_TYPE_OBJECT) {
            walk_object(walk, at.field->of, at.leaf, at.section, false);
        }
    }
}

static void walk_object(const struct walk *walk, const struct cp_object *object,
                        const struct cp_leaf *value, const struct cp_leaf *section, bool is_root)
{
    for (uint32_t rows = value->stated; rows != 0;) {
        const struct cp_field *field = &object->fields[take_row(&rows)];
        struct cp_leaf *leaf = cp_field_get(field, value);
        struct cp_visit at = {field, leaf, false, value, is_root ? leaf : section};
        if (!walk->visit(walk->context, &at)) {
            continue;
        }
        if (at.field->is_list || at.field->type == CP_TYPE_SETTINGS) {
            walk_items(walk, &at);
        } else if (at.field->type == CP_TYPE_OBJECT) {
            walk_object(walk, at.field->of, at.leaf, at.section, false);
        }
    }
}

void cp_value_walk(const struct cp_object *object, const void *object_value,
                   bool (*visit)(void *context, const struct cp_visit *at), void *context)
{
    struct walk walk = {.visit = visit, .context = context};
    walk_object(&walk, object, object_value, NULL, true);
}
