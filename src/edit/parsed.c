/* Bytes read as a YAML document, to be compared with what was meant. Knows no field. */
#include "parsed.h"

void parsed_open(struct parsed *parsed, struct cp_str bytes)
{
    cp_arena_init(&parsed->arena);
    cp_diags_init(&parsed->diags);
    cp_file_init(&parsed->file, "document");
    cp_file_set(&parsed->file, bytes);
    cp_yaml_parse(&parsed->yaml, &parsed->arena, &parsed->file, &parsed->diags);
}

void parsed_close(struct parsed *parsed)
{
    cp_file_drop(&parsed->file);
    cp_diags_release(&parsed->diags);
    cp_arena_release(&parsed->arena);
}

bool parsed_has_same_key(const struct cp_node *a, const struct cp_node *b)
{
    return !a->key || !b->key ? !a->key && !b->key : cp_str_is_equal(a->key->text, b->key->text);
}

/* As deep as documents may be. */
bool parsed_is_same(const struct cp_node *a, const struct cp_node *b)
{
    if (a->kind != b->kind || a->count != b->count || !cp_str_is_equal(a->text, b->text)) {
        return false;
    }
    const struct cp_node *other = b->first;
    for (const struct cp_node *child = a->first; child; child = child->next, other = other->next) {
        if (!parsed_has_same_key(child, other) || !parsed_is_same(child, other)) {
            return false;
        }
    }
    return true;
}
