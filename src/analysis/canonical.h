/* Canonical JSON, for what is compared or hashed. Private to the analysis layer. */
#ifndef ANALYSIS_CANONICAL_H
#define ANALYSIS_CANONICAL_H

#include <contplan/base.h>
#include <contplan/yaml.h>

/* A string of JSON with the fewest escapes (as RFC 8785 has them), so that any other program can
 * come to the same bytes. */
void canonical_put_string(struct cp_buf *out, struct cp_str s);
/* What parts a member from the one before, and its key. */
void canonical_put_key(struct cp_buf *out, bool *is_first, struct cp_str key);
/* A node as it stands in the file, keys sorted; no deeper than a document may be. */
void canonical_put_node(struct cp_buf *out, const struct cp_node *node);

#endif
