/* What `contplan diff` compares: two sources of one repository. Private to the commands. */
#ifndef COMMANDS_SIDES_H
#define COMMANDS_SIDES_H

#include "commands.h"

struct sides {
    const char *was, *is; /* revisions; NULL: what is not a commit */
    bool is_from_base;    /* A...B: from the best common ancestor of both */
    bool is_staged;       /* the newer side is the index */
    bool is_unstaged;     /* the older one is */
    size_t operands;      /* how many of the command line's are revisions: none or one */
};

/* Reads from the command line which sides are meant; opens the repository of `run`, since only it
 * knows what is a revision. A status. */
int sides_read(struct sides *out, struct run *run, const struct cp_arguments *arguments);
/* Opens run->before and run->source. A status. */
int sides_open(const struct sides *sides, struct run *run);

#endif
