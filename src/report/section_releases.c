/* The chapter of how changes go out, and how they are taken back. */
#include "private.h"

static const struct cp_part parts[] = {
    CP_PART(PROSE, "process", NULL, .missing = "release process"),
    CP_PART(FACT, "rollback", "Rollback", .missing = "rollback"),
    CP_PART(FACT, "url", "Releases"),
};

const struct cp_chapter cp_chapter_releases = {
    .key = "releases",
    .title = "Releases",
    .house_title = "Releases",
    CP_PARTS(parts),
};
