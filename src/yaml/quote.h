/*
 * The cure of most mistakes in YAML: quotes around the value, spelled out.
 */
#ifndef CONTPLAN_YAML_QUOTE_H
#define CONTPLAN_YAML_QUOTE_H

#include <contplan/diag.h>

/* Sets the help line of `found`: put quotes around the whole value, and what that looks like for
 * `text`. `before` is what stands before the value on its line (`chat: `, `- `), or empty. */
void cp_yaml_help_quotes(struct cp_diags *diags, struct cp_diagnostic *found, struct cp_str before,
                         struct cp_str text);

#endif
