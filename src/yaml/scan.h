/*
 * The look at the bytes before libyaml sees them.
 */
#ifndef CONTPLAN_YAML_SCAN_H
#define CONTPLAN_YAML_SCAN_H

#include <contplan/diag.h>

struct cp_yaml_scan {
    uint32_t body; /* first byte behind a byte-order mark */
    bool is_ascii;
};

/* Whether the bytes may be given to libyaml; where they may not, one finding says why. */
bool cp_yaml_scan(struct cp_yaml_scan *out, struct cp_file *file, struct cp_diags *diags);

#endif
