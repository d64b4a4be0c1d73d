/*
 * Private to edit: bytes read as a YAML document, and whether two of them say the same.
 */
#ifndef EDIT_PARSED_H
#define EDIT_PARSED_H

#include <contplan/yaml.h>

struct parsed {
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_file file;
    struct cp_yaml yaml;
};

/* The bytes must stay until it is closed. */
void parsed_open(struct parsed *parsed, struct cp_str bytes);
void parsed_close(struct parsed *parsed);
/* Whether two children stand under keys that read alike, or under none. */
bool parsed_has_same_key(const struct cp_node *a, const struct cp_node *b);
/* Whether two values read alike, with all below them; their own keys do not count. */
bool parsed_is_same(const struct cp_node *a, const struct cp_node *b);

#endif
