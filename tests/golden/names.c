/* The names of the files in a folder of expectations. */
#include "names.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void names_list(struct names *out, const char *folder, const char *ending)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    while (dir && (entry = readdir(dir)) != NULL) {
        struct cp_str found = cp_str_of(entry->d_name);
        if (found.len > strlen(ending) && cp_str_has_suffix(found, ending)) {
            char *name = cp_alloc(found.len + 1);
            memcpy(name, found.at, found.len + 1);
            *(char **)cp_list_push(&out->items, sizeof(name)) = name;
        }
    }
    if (dir) {
        closedir(dir);
    }
    qsort(out->items.items, out->items.count, sizeof(*out->items.items), compare_names);
}
