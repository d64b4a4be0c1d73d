/*
 * The values of a file as one list, made once for all checks that look at values one by one.
 * Knows no field.
 */
#include "topics.h"

static const unsigned everywhere = CP_SUSPECT_WORD | CP_SUSPECT_MARKUP | CP_SUSPECT_INVISIBLE;

/* The searches that look at values of a row. Ids hold nothing that could be found. */
static unsigned searches_of(const struct cp_field *field)
{
    switch (field->type) {
    case CP_TYPE_TEXT:
    case CP_TYPE_PROSE:
        return field->flags & CP_FIELD_CODE ? CP_SUSPECT_INVISIBLE : ~0U;
    case CP_TYPE_REFERENCE:
    case CP_TYPE_URL:
    case CP_TYPE_EMAIL:
    case CP_TYPE_PHONE:
        return everywhere;
    default:
        return 0;
    }
}

/* Whether values of the type are looked at whatever they say. */
static bool is_judged(enum cp_type_id type)
{
    return type == CP_TYPE_URL || type == CP_TYPE_EMAIL || type == CP_TYPE_PHONE ||
           type == CP_TYPE_DATE;
}

static bool is_set(const struct cp_stated *at, bool own_only)
{
    return at->leaf->state == CP_SET && !(own_only && at->leaf->is_inherited);
}

static void add(struct cp_values_input *in, struct cp_value *out, const struct cp_stated *at)
{
    *out = (struct cp_value){.field = at->field, .leaf = at->leaf};
    unsigned searches = searches_of(at->field);
    if (searches != 0) {
        out->text = ((const struct cp_text *)(const void *)at->leaf)->text;
        out->suspects = cp_text_suspects(out->text) & searches;
    }
    in->count += out->suspects != 0 || is_judged(at->field->type);
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
        if (is_set(&stated->items[i], own_only)) {
            add(in, &items[in->count], &stated->items[i]);
        }
    }
}

struct cp_place cp_words_place(const struct cp_diags *diags, const struct cp_rule *rule,
                               struct cp_node *node, struct cp_str text, struct cp_str words)
{
    return cp_diags_is_full(diags, rule)
               ? cp_node_place(node)
               : cp_node_inner_place(node, (size_t)(words.at - text.at), words.len);
}
