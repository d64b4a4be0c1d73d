/* Private to edit: what tables may list, and what their columns are called. */
#ifndef EDIT_IMPORT_TABLES_H
#define EDIT_IMPORT_TABLES_H

#include "import.h"

enum { TABLE_COLUMNS = 10 };

/* A column that is known. */
struct table_column {
    const char *key;   /* of the item */
    const char *words; /* alternatives between '|', the usual one first */
};

/* What a table may list. */
struct table_kind {
    const char *list; /* path of the list */
    const char *rest; /* the key that takes what no other does: prose, or a list of texts */
    const char *name; /* the key without which an item is none */
    const char *also; /* another that the head must have, for the kind to be told by it; or NULL */
    struct table_column columns[TABLE_COLUMNS];
};

extern const struct table_kind table_kinds[];
extern const size_t table_kind_count;

#endif
