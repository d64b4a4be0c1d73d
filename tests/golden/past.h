/*
 * A past in memory, for fixtures and examples of rules that need one: a file whose line says
 * `# file: PATH 2026-05-01` was committed on that day, by Ada Moss; without a day it stands in the
 * work tree, which `--since` holds against the oldest versions there are.
 */
#ifndef CONTPLAN_TESTS_PAST_H
#define CONTPLAN_TESTS_PAST_H

#include <contplan/source.h>

struct past_file {
    const char *path;
    struct cp_date day;
    struct cp_str text;
};

struct past_case {
    struct cp_arena arena;
    CP_LIST(struct past_file *) files;
    CP_LIST(struct cp_overlay_file) oldest;
    struct cp_overlay overlay;
    struct cp_source before;
    struct cp_past past;
};

void past_case_init(struct past_case *out);
void past_case_release(struct past_case *past);
/* Enters the file where `name` ends in a day; NULL where it does not. Its text is set later. */
struct past_file *past_case_add(struct past_case *past, struct cp_str name);
/* Once all texts are set: whether there is a past; `now` is the work tree. */
bool past_case_open(struct past_case *past, const struct cp_source *now);

#endif
