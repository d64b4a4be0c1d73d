/* Private to the commands: what import is made of. */
#ifndef COMMANDS_IMPORT_H
#define COMMANDS_IMPORT_H

#include "commands.h"

#include <contplan/edit.h>

/* One of several documents that are imported together. */
struct document {
    const char *path; /* as the user sees it */
    struct cp_buf bytes;
    struct cp_buf plan; /* YAML, where it is one */
    struct cp_import_plan called;
    bool is_plan;
};

/* In the order of their paths. */
struct documents {
    CP_LIST(struct document *) items;
    struct cp_map by_path; /* absolute */
};

struct importing {
    struct run run; /* over the working directory */
    const char *output;
    bool is_check;
    struct documents documents; /* where there are several */
    bool is_follow;
    struct cp_log log; /* of the documents; without files where their past is not known */
    bool has_lost_past;
};

/* import.c: reads a document, or a plan, that may be as large as a plan; a status, and said why
 * not. */
int load_import(struct cp_buf *out, const char *path);
/* Makes the plan of a document; `id` NULL: from its title. Likewise. */
int make_import(struct importing *importing, const char *path, const char *id, struct cp_str bytes,
                struct cp_buf *plan);

/* The same of one of several; `id` from its title, `links` as in struct cp_import, and nothing is
 * said. */
enum cp_import_result put_import(struct importing *importing, struct document *document,
                                 const struct cp_import_links *links, struct cp_error *error);

/* import_find.c: the documents of operands, folders among them; a status, and said why not. */
int find_documents(struct importing *importing, const struct cp_arguments *arguments);
void release_documents(struct documents *documents);
/* Whether there is a folder at the path. */
bool is_folder(const char *path);

/* import_links.c: makes the plan of a document anew, once all of them are known, with the links
 * between them. */
enum cp_import_result link_import(struct importing *importing, struct document *document,
                                  struct cp_error *error);

/* import_folder.c: whether operands and --output ask for a folder of plans. */
bool is_import_of_several(const struct importing *importing, const struct cp_arguments *arguments);
/* Whether there is a folder for them; a status. */
int check_import_of_several(const struct importing *importing);
/* Makes and writes them; a status. */
int import_several(struct importing *importing, const struct cp_arguments *arguments);

/* import_follow.c: opens the history of the documents that are to be brought in; a status. Where
 * there is a repository and yet no history, says so and goes on without. */
int open_follow(struct importing *importing, const char *const *paths, size_t count);
void close_follow(struct importing *importing);
/* One of them: cp_import.date, with itself for context. */
struct following {
    struct importing *importing;
    const char *path;
};
void date_unknowns(void *following, struct cp_import_unknown *unknowns, size_t count);

/* import_check.c: the proof that the plan, YAML in `plan`, holds all of the document at `path`.
 * `file` is where the plan stands, NULL where it was made of the document just now. A status. */
int check_import(struct run *run, const char *path, struct cp_str document, const char *file,
                 struct cp_str plan);

#endif
