/*
 * A document read from text, for the tests of the layer yaml and those above it.
 */
#ifndef CONTPLAN_TESTS_YAML_DOC_H
#define CONTPLAN_TESTS_YAML_DOC_H

#include <contplan/yaml.h>

struct yaml_doc {
    struct cp_file file;
    struct cp_arena arena;
    struct cp_diags diags;
    struct cp_yaml yaml;
};

/* Reads `bytes`, which must outlive the document, as the file `plan.yaml`. */
void yaml_doc_init(struct yaml_doc *doc, struct cp_str bytes);
void yaml_doc_release(struct yaml_doc *doc);
/* The node at keys and indexes parted by blanks ("roles 0 holders"); fails the test where none is.
 */
struct cp_node *yaml_doc_get(const struct yaml_doc *doc, const char *path);
/* The only finding; fails the test where there is another number of them. */
const struct cp_diagnostic *yaml_doc_only(const struct yaml_doc *doc);

#endif
