/* Private to the commands: what import is made of. */
#ifndef COMMANDS_IMPORT_H
#define COMMANDS_IMPORT_H

#include "commands.h"

#include <contplan/edit.h>

struct importing {
    struct run run; /* over the working directory */
    const char *output;
    bool is_check;
};

/* import.c: reads a document, or a plan, that may be as large as a plan; a status, and said why
 * not. */
int load_import(struct cp_buf *out, const char *path);
/* Makes the plan of a document; `id` NULL: from its title. Likewise. */
int make_import(struct importing *importing, const char *path, const char *id, struct cp_str bytes,
                struct cp_buf *plan);

/* import_check.c: the proof that the plan, YAML in `plan`, holds all of the document at `path`.
 * `file` is where the plan stands, NULL where it was made of the document just now. A status. */
int check_import(struct run *run, const char *path, struct cp_str document, const char *file,
                 struct cp_str plan);

#endif
