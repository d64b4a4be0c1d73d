/*
 * The values of a file as one list, made once for all checks that look at values one by one.
 * Knows no field.
 */
#include "topics.h"

struct collecting {
    struct cp_list *values;
    bool own_only;
};

static bool is_text_type(enum cp_type_id type)
{
    return type <= CP_TYPE_PHONE;
}

static bool collect(void *context, const struct cp_visit *at)
{
    const struct collecting *collecting = context;
    enum cp_type_id type = at->field->type;
    if (at->leaf->state != CP_SET) {
        return false;
    }
    if (type == CP_TYPE_ANY || type == CP_TYPE_SETTINGS) {
        return false;
    }
    if (type == CP_TYPE_OBJECT || (at->field->is_list && !at->is_item)) {
        return true;
    }
    if (collecting->own_only && at->leaf->is_inherited) {
        return false;
    }
    struct cp_value *value = cp_list_push(collecting->values, sizeof(*value));
    value->field = at->field;
    value->leaf = at->leaf;
    if (is_text_type(type)) {
        value->text = ((const struct cp_text *)(const void *)at->leaf)->text;
        value->suspects = cp_text_suspects(value->text);
    }
    return false;
}

void cp_values_collect(struct cp_list *values, const struct cp_object *object,
                       const void *object_value, bool own_only)
{
    struct collecting collecting = {values, own_only};
    cp_value_walk(object, object_value, collect, &collecting);
}
