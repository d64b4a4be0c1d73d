/*
 * The values of a file as one list, made once for all checks that look at values one by one.
 * Knows no field.
 */
#include "topics.h"

static bool is_text_type(enum cp_type_id type)
{
    return type <= CP_TYPE_PHONE;
}

static bool is_value(const struct cp_stated *at, bool own_only)
{
    return at->leaf->state == CP_SET && !(own_only && at->leaf->is_inherited);
}

void cp_values_add(struct cp_values_input *in, const struct cp_stated_values *stated,
                   struct cp_arena *arena, bool own_only)
{
    struct cp_value *items =
        cp_arena_room(arena, (in->count + stated->count) * sizeof(struct cp_value));
    for (size_t i = 0; i < in->count; i++) {
        items[i] = in->values[i];
    }
    in->values = items;
    for (size_t i = 0; i < stated->count; i++) {
        const struct cp_stated *at = &stated->items[i];
        if (!is_value(at, own_only)) {
            continue;
        }
        struct cp_value *value = &items[in->count++];
        *value = (struct cp_value){.field = at->field, .leaf = at->leaf};
        if (is_text_type(at->field->type)) {
            value->text = ((const struct cp_text *)(const void *)at->leaf)->text;
            value->suspects = cp_text_suspects(value->text);
        }
    }
}
