/*
 * A scalar read once more from its source, keeping where each byte of the value came from.
 */
#ifndef CONTPLAN_YAML_REPLAY_H
#define CONTPLAN_YAML_REPLAY_H

#include <contplan/yaml.h>

/* Bytes of the value and the bytes of the file they came from. Equal lengths: copied as they stand;
 * otherwise an escape or a folded line end, which has no parts. */
struct cp_yaml_run {
    uint32_t value, value_length;
    uint32_t source, source_length;
};

struct cp_yaml_replay {
    CP_LIST(struct cp_yaml_run) runs; /* in order, without gaps in the value */
    struct cp_buf value;
};

/* Replays the scalar `node`, whose file's bytes are loaded. The value equals node->text. */
void cp_yaml_replay_build(struct cp_yaml_replay *out, const struct cp_node *node);
void cp_yaml_replay_release(struct cp_yaml_replay *replay);

#endif
