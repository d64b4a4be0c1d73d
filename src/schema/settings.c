/*
 * Settings of which some are known by a table: these are decoded as what the table says, the others
 * stay names with their values. Knows no setting by name.
 */
#include <contplan/schema.h>

/* A mapping of those children of `settings` that are in the table. The records are copies, and
 * share what is below. */
static struct cp_node *copy_known(struct cp_arena *arena, const struct cp_object *object,
                                  const struct cp_node *settings)
{
    struct cp_node *known = cp_arena_alloc(arena, sizeof *known);
    struct cp_node **end = &known->first;
    *known = *settings;
    known->first = NULL;
    known->count = 0;
    for (const struct cp_node *child = settings->first; child; child = child->next) {
        if (!cp_field_find(object, child->key->text)) {
            continue;
        }
        struct cp_node *copy = cp_arena_alloc(arena, sizeof *copy);
        *copy = *child;
        copy->next = NULL;
        *end = copy;
        end = &copy->next;
        known->count++;
    }
    return known;
}

void cp_settings_pick(struct cp_decoder *decoder, const struct cp_object *object, void *out,
                      struct cp_values *settings)
{
    struct cp_text *items = settings->items;
    size_t kept = 0;
    struct cp_node *known = NULL;
    for (size_t i = 0; i < settings->count; i++) {
        if (!cp_field_find(object, items[i].leaf.node->key->text)) {
            items[kept++] = items[i];
        }
    }
    if (kept < settings->count) {
        known = copy_known(decoder->arena, object, settings->leaf.node);
    }
    settings->count = kept;
    cp_decode(decoder, object, out, known, NULL);
}
